//! The life of reviews: opened by plans, rated by several, shared, disputed, sealed and corrected.

use super::locked::reviewed;
use super::support::*;
use super::*;
use crate::domain::deed::Deed;
use crate::register::proposal::{Fate, Wish};

fn try_deed(
    store: &mut Store,
    at: Ref,
    deed: Deed,
    words: &[(&str, &str)],
    reason: Option<&str>,
) -> Result<Saved, Refusal> {
    let given = typed_in(Kind::Review, words).into_iter();
    let given = given.map(|(field, new)| Edit { field, seen: None, new }).collect();
    let step = Step::Deed { at, deed, given, reason: reason.map(str::to_owned) };
    store.apply(&Change { act: Act::Edit, steps: vec![step] })
}

fn values(store: &Store, at: Ref, keys: &[&str]) -> Vec<String> {
    let record = store.record(at).unwrap();
    keys.iter().map(|key| plain(&record, key)).collect()
}

/// The reviews that lists show.
fn listed(store: &Store) -> Vec<String> {
    let query = Query {
        kind: Kind::Review,
        scope: None,
        filter: crate::entity::filter::Asked::default(),
        order: Kind::Review.table().order,
        then: None,
        extra: Vec::new(),
        shelf: Shelves::Open,
        anchor: Anchor::First,
        reach: (0, 50),
    };
    store.list(&query, None).unwrap().into_iter().map(|id| code_of(Ref { kind: Kind::Review, id })).collect()
}

fn findings(store: &Store) -> Vec<String> {
    let all = store.check().unwrap().into_iter();
    all.filter(|finding| finding.rule == "seal").map(|finding| finding.code).collect()
}

#[test]
fn a_dispute_is_told_in_the_vendors_words_and_the_days_are_noted_by_themselves() {
    let (_dir, mut store) = fresh();
    let a = vendor(&mut store, "Alpha");
    let review = review(&mut store, a, "2026-Q1", "80");
    for deed in [Deed::Collect, Deed::Draft, Deed::Share] {
        try_deed(&mut store, review, deed, &[], None).unwrap();
    }
    assert_eq!(values(&store, review, &["state", "shared_on"]), ["shared", "2026-07-26"]);
    let silent = try_deed(&mut store, review, Deed::Dispute, &[], None).unwrap_err();
    assert!(
        matches!(&silent, Refusal::Invalid(problems) if problems[0].field == "response_text"),
        "{silent:?}"
    );
    // Nor by another way.
    let edited = try_edit(&mut store, review, &[("state", "disputed")], None).unwrap_err();
    assert!(sentences(&edited)[0].contains("response_text"), "{edited:?}");
    try_deed(&mut store, review, Deed::Dispute, &[("response_text", "Not our fault.")], None).unwrap();
    let answered = ["state", "response", "response_on", "response_text"];
    assert_eq!(values(&store, review, &answered), ["disputed", "disputed", "2026-07-26", "Not our fault."]);
    try_deed(&mut store, review, Deed::Draft, &[], None).unwrap();
    assert_eq!(values(&store, review, &["state", "shared_on", "response_on"]), ["draft", "", ""]);
    try_deed(&mut store, review, Deed::Share, &[], None).unwrap();
    try_deed(&mut store, review, Deed::Acknowledge, &[], None).unwrap();
    assert_eq!(values(&store, review, &["response", "response_on"]), ["acknowledged", "2026-07-26"]);
    let early = try_deed(&mut store, review, Deed::Correct, &[], Some("typo")).unwrap_err();
    assert!(matches!(early, Refusal::Rule(_)), "{early:?}");
    try_deed(&mut store, review, Deed::Lock, &[], None).unwrap();
    let locked = values(&store, review, &["state", "locked_on", "locked_by"]);
    assert_eq!(locked, ["locked", "2026-07-26", "mei.lin"]);
    assert_eq!(shown(&store, review, "seal").len(), 64);
    let row = store.related(review, Kind::ReviewRow, at(Kind::ReviewRow, "review"), 1).unwrap().rows[0].at;
    let late = [("row", code_of(row)), ("rater", "Ann".to_owned()), ("rating", "1".to_owned())];
    let late: Vec<(&str, &str)> = late.iter().map(|(key, word)| (*key, word.as_str())).collect();
    sentences(&try_add(&mut store, Kind::RaterScore, &late).expect_err("a locked review was rated"));
    assert_eq!((errors(&store), findings(&store)), (NONE.to_vec(), Vec::new()));
}

#[test]
fn a_seal_breaks_by_any_figure_behind_it_and_follows_a_lock_that_is_brought_back() {
    let (dir, mut store) = fresh();
    let (review, rows) = reviewed(&mut store);
    edit(&mut store, review, &[("state", "locked")]);
    let first = shown(&store, review, "seal");
    // Taken back, scored otherwise by another, and brought back: the seal is of what is there now.
    store.undo().unwrap();
    assert_eq!(shown(&store, review, "seal"), "");
    edit(&mut as_actor(&dir, "other"), rows[0], &[("rating", "2")]);
    store.redo().unwrap();
    assert_ne!(shown(&store, review, "seal"), first);
    assert_eq!(findings(&store), NONE);
    let path = dir.path().join("r.db");
    for (meddled, mended) in [
        (format!("UPDATE review_row SET rating = 5 WHERE id = {}", rows[0].id), "rating = 2"),
        (format!("UPDATE review_row SET weight = 1 WHERE id = {}", rows[0].id), "weight = 3000"),
    ] {
        meddle(&path, &meddled);
        assert_eq!(findings(&store), [code_of(review)], "{meddled}");
        meddle(&path, &format!("UPDATE review_row SET {mended} WHERE id = {}", rows[0].id));
        assert_eq!(findings(&store), NONE, "{mended}");
    }
    meddle(&path, "UPDATE review SET bands = 'A 1, D 0' WHERE id = 1");
    assert_eq!(findings(&store), [code_of(review)]);
}

#[test]
fn a_correction_takes_the_place_of_the_old_which_stays_as_it_is() {
    let (_dir, mut store) = fresh();
    let (old, _) = reviewed(&mut store);
    let vendor = ref_of(&shown(&store, old, "vendor")).unwrap();
    edit(&mut store, old, &[("state", "locked")]);
    assert_eq!(shown(&store, vendor, "score"), "80");
    let silent = try_deed(&mut store, old, Deed::Correct, &[], None).unwrap_err();
    assert!(matches!(&silent, Refusal::Invalid(problems) if problems[0].field == "reason"), "{silent:?}");
    let before = store.record(old).unwrap();
    let saved = try_deed(&mut store, old, Deed::Correct, &[], Some("the wrong list was counted")).unwrap();
    let new = *saved.records.iter().find(|at| at.kind == Kind::Review && **at != old).unwrap();
    assert_eq!(values(&store, new, &["state", "revision", "corrects"]), ["draft", "2", &code_of(old)]);
    assert_eq!(values(&store, new, &["total", "period"]), values(&store, old, &["total", "period"]));
    // Lists, the vendor's score and the history of it know the newest revision only.
    assert_eq!(listed(&store), [code_of(new)]);
    rate(&mut store, new, "60");
    assert_eq!(values(&store, vendor, &["score", "grade"]), ["60", "D"]);
    assert_eq!(store.record(old).unwrap().values, before.values);
    assert_eq!(shown(&store, old, "superseded"), "yes");
    let told = store.sheet(old).unwrap();
    let by = told.related.iter().find(|related| related.kind == Kind::Review).unwrap();
    assert_eq!(by.rows[0].at, new, "the old one says what corrects it");
    // One correction at a time; the next is of the newest.
    let twice = try_deed(&mut store, old, Deed::Correct, &[], Some("again")).unwrap_err();
    assert!(sentences(&twice)[0].contains(&code_of(new)), "{twice:?}");
    assert_eq!(errors(&store), NONE);
    // Taken back, the old one speaks again.
    for _ in 0..7 {
        store.undo().unwrap();
    }
    assert_eq!((listed(&store), shown(&store, vendor, "score")), (vec![code_of(old)], "80".to_owned()));
    assert_eq!((shown(&store, old, "superseded"), errors(&store)), ("no".to_owned(), NONE.to_vec()));
}

#[test]
fn what_several_raters_gave_is_told_with_its_spread_and_sealed_values_are_not() {
    let (_dir, mut store) = fresh();
    let a = vendor(&mut store, "Alpha");
    let review = add(&mut store, Kind::Review, &[("vendor", &code_of(a)), ("period", "2026-Q1")]);
    let row = store.related(review, Kind::ReviewRow, at(Kind::ReviewRow, "review"), 1).unwrap().rows[0].at;
    let code = code_of(row);
    for (rater, rating, sealed) in
        [("Ann", "5", "no"), ("Bo", "4", "no"), ("Cy", "4", "no"), ("Di", "1", "yes")]
    {
        let words = [("row", code.as_str()), ("rater", rater), ("rating", rating), ("sealed", sealed)];
        add(&mut store, Kind::RaterScore, &words);
    }
    assert_eq!(values(&store, row, &["raters", "raters_mean", "spread", "points"]), ["3", "4.3333", "1", ""]);
    assert_eq!(errors(&store), NONE);
}

/// Vendors of the strategic tier in these states, and a plan for the tier.
fn tier(store: &mut Store, states: &[&str]) -> (Ref, Vec<Ref>) {
    let vendors = states.iter().enumerate().map(|(nth, state)| {
        let name = format!("Vendor {nth}");
        add(
            store,
            Kind::Vendor,
            &[("name", &name), ("tier", "strategic"), ("state", state), ("owner", "mei")],
        )
    });
    let vendors = vendors.collect();
    let plan = [("name", "Strategic, each quarter"), ("tier", "strategic"), ("period_kind", "quarter")];
    (add(store, Kind::ReviewPlan, &plan), vendors)
}

fn of_quarter(period: &str) -> Wish {
    Wish::Open { period: period.parse().unwrap(), plan: None }
}

fn fates(store: &Store, wish: Wish) -> Vec<(Fate, String)> {
    let proposal = store.propose(wish).unwrap();
    let said = |line: &crate::register::proposal::Line| line.says.in_(crate::texts::Lang::En);
    proposal.lines.iter().map(|line| (line.fate, said(line))).collect()
}

#[test]
fn a_plan_of_a_tier_opens_a_review_for_each_who_works_and_a_second_time_none() {
    let (_dir, mut store) = fresh();
    let (plan, vendors) = tier(&mut store, &["active", "watch", "prospect", "exited"]);
    let wish = of_quarter("2026-Q3");
    let proposal = store.propose(wish).unwrap();
    let count = |fate| proposal.count(fate);
    assert_eq!((count(Fate::Will), count(Fate::Stands), count(Fate::Skipped)), (2, 0, 2));
    assert_eq!(listed(&store), NONE, "a proposal opens nothing");
    let saved = store.accept(wish, &proposal.usual()).unwrap();
    let opened: Vec<Ref> = saved.records.into_iter().filter(|at| at.kind == Kind::Review).collect();
    assert_eq!(opened.len(), 2);
    let first = values(&store, opened[0], &["vendor", "state", "owner", "due_on", "plan", "period"]);
    assert_eq!(first, [&code_of(vendors[0]), "planned", "mei", "2026-10-15", &code_of(plan), "2026-Q3"]);
    let rows = store.related(opened[0], Kind::ReviewRow, at(Kind::ReviewRow, "review"), 20).unwrap();
    assert_eq!(rows.total, 6, "with the rows of the usual scorecard");
    let again = store.propose(wish).unwrap();
    assert_eq!((again.count(Fate::Will), again.count(Fate::Stands)), (0, 2));
    assert_eq!(store.accept(wish, &proposal.usual()).unwrap().change, None, "nothing is opened twice");
    // What was put away is not opened again either.
    shelve(&mut store, opened[1], Shelf::Archive);
    assert_eq!(store.propose(wish).unwrap().count(Fate::Will), 0);
    // One undo takes all of it back.
    shelve(&mut store, opened[1], Shelf::Open);
    for _ in 0..3 {
        store.undo().unwrap();
    }
    assert_eq!((listed(&store), errors(&store)), (NONE.to_vec(), NONE.to_vec()));
}

#[test]
fn who_has_a_plan_of_their_own_is_not_opened_for_the_tier_and_contracts_must_have_run() {
    let (_dir, mut store) = fresh();
    let (_, vendors) = tier(&mut store, &["active", "active"]);
    let own = [("name", "Own"), ("vendor", &code_of(vendors[1])), ("period_kind", "quarter")];
    add(&mut store, Kind::ReviewPlan, &own);
    let later = contract(&mut store, vendors[0], &[("starts_on", "2026-11-01"), ("term", "12m")]);
    let of_contract = [("name", "Of work"), ("contract", &code_of(later)), ("period_kind", "quarter")];
    add(&mut store, Kind::ReviewPlan, &of_contract);
    let monthly = [("name", "Monthly"), ("vendor", &code_of(vendors[0])), ("period_kind", "month")];
    add(&mut store, Kind::ReviewPlan, &monthly);
    let found = fates(&store, of_quarter("2026-Q3"));
    assert_eq!(
        found,
        [
            (Fate::Will, "by PL-0002, due 2026-10-15".to_owned()),
            (Fate::Skipped, "It starts on 2026-11-01.".to_owned()),
            (Fate::Will, "by PL-0001, due 2026-10-15".to_owned()),
            (Fate::Skipped, "It has a plan of its own, PL-0002.".to_owned()),
        ]
    );
    let found = fates(&store, of_quarter("2026-Q4"));
    assert_eq!(found[1], (Fate::Will, "by PL-0003, due 2027-01-15".to_owned()));
    assert_eq!(fates(&store, of_quarter("2026-07")).len(), 1, "other plans say nothing of a month");
    let both = [("name", "Both"), ("tier", "strategic"), ("vendor", "V-0001"), ("period_kind", "year")];
    sentences(&try_add(&mut store, Kind::ReviewPlan, &both).expect_err("a plan about two"));
    let named = Wish::Open { period: "2026-07".parse().unwrap(), plan: ref_of("PL-0001") };
    assert_eq!(fates(&store, named), [(Fate::Skipped, "It is about another period: Quarter.".to_owned())]);
}
