//! Meetings: on whom they are opened, what their pages hold, and where they are kept to stand.

use super::support::*;
use super::*;
use crate::register::meeting::{Convening, Desk, Whom};
use crate::register::{Anchor, Query};

/// Three vendors: Alpha with a rated quarter and a planned one, Beta with a locked quarter alone, Gamma without any.
fn desk() -> (tempfile::TempDir, Store, [Ref; 3]) {
    let (dir, mut store) = fresh();
    let vendors = ["Alpha", "Beta", "Gamma"].map(|name| vendor(&mut store, name));
    for (vendor, period, rating) in
        [("V-0001", "2026-Q1", "4"), ("V-0002", "2026-Q1", "3"), ("V-0001", "2026-03", "5")]
    {
        let words = [("vendor", vendor), ("template", "T-0001"), ("period", period)];
        let review = add(&mut store, Kind::Review, &words);
        for row in rows_of(&store, review) {
            edit(&mut store, row, &[("rating", rating)]);
        }
    }
    add(&mut store, Kind::Review, &[("vendor", "V-0001"), ("template", "T-0001"), ("period", "2026-Q2")]);
    (dir, store, vendors)
}

fn rows_of(store: &Store, review: Ref) -> Vec<Ref> {
    let field = Kind::ReviewRow.table().field("review").unwrap();
    store.related(review, Kind::ReviewRow, field, 20).unwrap().rows.into_iter().map(|row| row.at).collect()
}

fn on(vendors: &[Ref]) -> Convening {
    let ids = vendors.iter().map(|at| at.id).collect();
    Convening { title: "review".to_owned(), chair: "Mei".to_owned(), whom: Whom::Marked(Kind::Vendor, ids) }
}

fn meeting_of(saved: &Saved) -> Ref {
    *saved.records.iter().find(|at| at.kind == Kind::Meeting).unwrap()
}

#[test]
fn a_meeting_has_a_page_for_each_vendor_with_a_review() {
    let (_dir, mut store, vendors) = desk();
    let saved = store.convene(&on(&vendors)).unwrap();
    let session = store.session(meeting_of(&saved)).unwrap();
    let pages: Vec<(String, String)> = session
        .items
        .iter()
        .map(|item| (item.vendor.label(), item.review().period.unwrap().to_string()))
        .collect();
    let wanted = [("Alpha", "2026-Q2"), ("Beta", "2026-Q1")];
    assert_eq!(pages, wanted.map(|(name, period)| (name.to_owned(), period.to_owned())));
    assert_eq!(session.meeting.get("state").as_key(), "running");
    assert_eq!(store.running_meeting().unwrap(), Some(session.meeting.at));
    // A month is no part of the trend of quarters, though it is the newest result before.
    let alpha = &session.items[0];
    assert_eq!(
        alpha.trend.iter().map(|(period, total)| (period.to_string(), *total)).collect::<Vec<_>>(),
        [("2026-Q1".to_owned(), 8_000)]
    );
    assert_eq!(alpha.lines.len(), 6);
    assert!(alpha.lines.iter().all(|line| line.was.is_some()));
}

#[test]
fn a_vendor_without_data_has_no_score_no_grade_and_no_rank() {
    let (_dir, mut store, vendors) = desk();
    let saved = store.convene(&on(&vendors)).unwrap();
    let session = store.session(meeting_of(&saved)).unwrap();
    let standings = session.standings(None);
    let blank = &standings[0];
    assert_eq!((blank.total.total, blank.total.grade, blank.rank, blank.change), (None, None, None, None));
    assert_eq!((standings[1].rank, standings[1].total.total.unwrap().hundredths()), (Some(1), 6_000));
    assert_eq!(session.ranking(&standings), [1, 0]);
}

#[test]
fn no_meeting_is_opened_on_nobody_or_on_too_many() {
    let (_dir, mut store, vendors) = desk();
    let refused = store.convene(&on(&vendors[2..])).unwrap_err();
    assert!(matches!(refused, Refusal::Rule(_)), "{refused:?}");
    let query = Query {
        kind: Kind::Vendor,
        scope: None,
        filter: crate::entity::filter::Asked::default(),
        order: Kind::Vendor.table().order,
        then: None,
        extra: Vec::new(),
        shelf: crate::register::Shelves::Open,
        anchor: Anchor::First,
        reach: (0, 1),
    };
    for at in 0..crate::limits::AGENDA {
        vendor(&mut store, &format!("Other {at}"));
    }
    let all = Convening { whom: Whom::Listed(query), ..on(&[]) };
    assert!(matches!(store.convene(&all).unwrap_err(), Refusal::Rule(_)));
    assert_eq!(store.running_meeting().unwrap(), None);
}

#[test]
fn where_a_meeting_stands_is_kept_and_is_no_event() {
    let (_dir, mut store, vendors) = desk();
    let at = meeting_of(&store.convene(&on(&vendors)).unwrap());
    let events = store.history(100).unwrap().len();
    let desk = Desk { page: 1, line: 3, ..Desk::default() };
    store.keep_desk(at, &desk).unwrap();
    assert_eq!(store.session(at).unwrap().desk, desk);
    assert_eq!(store.history(100).unwrap().len(), events);
    assert_eq!(store.check().unwrap().iter().filter(|f| f.severity != check::Severity::Warning).count(), 0);
}

#[test]
fn a_meeting_opened_by_mistake_is_taken_back_with_where_it_stood() {
    let (_dir, mut store, vendors) = desk();
    let at = meeting_of(&store.convene(&on(&vendors)).unwrap());
    store.keep_desk(at, &Desk { page: 1, ..Desk::default() }).unwrap();
    store.undo().unwrap();
    assert!(matches!(store.session(at), Err(Refusal::Missing(_))));
    assert_eq!(store.running_meeting().unwrap(), None);
}

#[test]
fn the_page_and_the_register_come_to_the_same_total() {
    let (_dir, mut store, vendors) = desk();
    let meeting = meeting_of(&store.convene(&on(&vendors)).unwrap());
    let review = store.session(meeting).unwrap().items[0].review.at;
    let rows = rows_of(&store, review);
    for (row, rater, rating) in [(0, "Mei", "4"), (0, "Tang", "5"), (0, "Xu", "4"), (1, "Mei", "2")] {
        let code = crate::register::code_of(rows[row]);
        add(&mut store, Kind::RaterScore, &[("row", &code), ("rater", rater), ("rating", rating)]);
    }
    let wish = crate::register::proposal::Wish::Fill(review);
    let proposal = store.propose(wish).unwrap();
    let all: Vec<String> = proposal.lines.iter().map(|line| line.key.clone()).collect();
    store.accept(wish, &all).unwrap();
    edit(&mut store, rows[2], &[("rating", "3")]);
    let session = store.session(store.running_meeting().unwrap().unwrap()).unwrap();
    let item = &session.items[0];
    let total = session.standings(None)[0].total.total.unwrap().hundredths();
    // (4 + 5 + 4) / 3 of 5 at 30 %, 2 at 25 %, 3 at 15 %: a mean of several is no whole rating.
    assert_eq!((item.review.get("total"), total), (&Value::Points(total), 6_429));
}
