//! Rankings, comparisons, revisions of scorecards and the built-in ones.

use super::support::*;
use super::*;
use crate::register::review::standing::Among;

#[test]
fn who_has_no_grade_is_in_no_ranking() {
    let (_dir, mut store) = fresh();
    let [a, b, c, d] = ["Alpha", "Beta", "Gamma", "Delta"].map(|name| vendor(&mut store, name));
    for at in [a, b, c, d] {
        edit(&mut store, at, &[("tier", "strategic"), ("owner", "mei")]);
    }
    review(&mut store, a, "2026-Q1", "80");
    review(&mut store, b, "2026-Q1", "90");
    review(&mut store, c, "2026-Q1", "80");
    add(&mut store, Kind::Review, &[("vendor", "Delta"), ("period", "2026-Q1")]);
    let ranking = store.ranking(&Among::default()).unwrap();
    let ranks: Vec<(usize, &str)> = ranking.ranked.iter().map(|one| (one.rank, one.name.as_str())).collect();
    assert_eq!(ranks, [(1, "Beta"), (2, "Alpha"), (2, "Gamma")]);
    assert!(!ranking.ranked.iter().any(|one| one.vendor == d));
    let other = Among { tier: Some("routine".to_owned()), ..Among::default() };
    assert_eq!(store.ranking(&other).unwrap().ranked, []);
    let later = Among { period: "2026-Q2".parse().ok(), ..Among::default() };
    assert_eq!(store.ranking(&later).unwrap().ranked, []);
    assert_eq!(ranking.offers.0, ["mei"]);
}

#[test]
fn the_smallest_change_of_a_weight_that_turns_the_order_is_told() {
    let (_dir, mut store) = fresh();
    let (a, b) = (vendor(&mut store, "Alpha"), vendor(&mut store, "Beta"));
    for (vendor, quality, delivery) in [(a, "90", "60"), (b, "70", "80")] {
        let review = review(&mut store, vendor, "2026-Q1", "80");
        let rows = store.related(review, Kind::ReviewRow, at(Kind::ReviewRow, "review"), 20);
        for (row, points) in rows.unwrap().rows.iter().zip([quality, delivery]) {
            edit(&mut store, row.at, &[("override_points", points)]);
        }
    }
    // 30 % × 20 ahead against 25 % × 20 behind: the second weight passes the first at 30.01 %.
    let told = store.ranking(&Among::default()).unwrap().swing.unwrap();
    assert_eq!((told.word.as_str(), told.change_bp), ("quality", -501));
    assert_eq!((told.rises.1.as_str(), told.falls.1.as_str()), ("Beta", "Alpha"));
    let compared = store.comparison(&[b, a], None).unwrap();
    assert_eq!(compared.criteria().len(), 6);
    assert_eq!(compared.vendors.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Beta", "Alpha"]);
    assert_eq!(compared.table().rows.len(), 6 + 6 + 1);
}

fn weights(store: &Store, review: Ref) -> Vec<String> {
    let rows = store.related(review, Kind::ReviewRow, at(Kind::ReviewRow, "review"), 20).unwrap().rows;
    rows.iter().map(|row| plain(row, "weight")).collect()
}

#[test]
fn a_scorecard_that_was_used_keeps_its_rows_and_has_revisions() {
    let (_dir, mut store) = fresh();
    let a = vendor(&mut store, "Alpha");
    let old = Ref { kind: Kind::Template, id: 1 };
    let row =
        store.related(old, Kind::TemplateRow, at(Kind::TemplateRow, "template"), 20).unwrap().rows[0].at;
    edit(&mut store, row, &[("weight", "30%")]);
    let done = review(&mut store, a, "2025-Q4", "80");
    for state in ["collecting", "draft", "shared", "acknowledged", "locked"] {
        let words = [
            ("state", state),
            ("response_by", "x"),
            ("response_text", "x"),
            ("response", "acknowledged"),
            ("response_on", "2026-01-05"),
        ];
        edit(&mut store, done, if state == "acknowledged" { &words } else { &words[..1] });
    }
    let open = review(&mut store, a, "2026-Q1", "70");
    let refused = try_edit(&mut store, row, &[("weight", "35%")], None).unwrap_err();
    assert!(sentences(&refused)[0].contains("template revise T-0001"), "{refused:?}");
    assert!(try_shelve(&mut store, row, Shelf::Archive).is_err());
    assert!(
        try_add(
            &mut store,
            Kind::TemplateRow,
            &[("template", "T-0001"), ("kpi", "K-0007"), ("weight", "5%")]
        )
        .is_err()
    );

    let mut txn = store.begin(Act::Add).unwrap();
    let kpi = |id| Ref { kind: Kind::Kpi, id };
    let new = txn.revise(old, &[(kpi(1), 3_500), (kpi(6), 0)]).unwrap();
    assert_eq!(txn.touched(new).unwrap().iter().map(|review| review.at).collect::<Vec<_>>(), [open]);
    txn.commit().unwrap();
    assert_eq!((shown(&store, new, "revision"), shown(&store, new, "state")), ("2".into(), "draft".into()));

    let mut txn = store.begin(Act::Edit).unwrap();
    txn.adopt(new).unwrap();
    txn.move_review(open, new).unwrap();
    txn.commit().unwrap();
    assert_eq!(
        (shown(&store, old, "state"), store.setting("default_template").unwrap()),
        ("retired".into(), code_of(new))
    );
    assert_eq!(weights(&store, open), ["35%", "25%", "15%", "15%", "10%"]);
    assert_eq!(weights(&store, done), ["30%", "25%", "15%", "15%", "10%", "5%"], "the locked one stays");
    assert_eq!(shown(&store, open, "total"), "70", "what was scored stays");
    store.undo().unwrap();
    assert_eq!((shown(&store, old, "state"), weights(&store, open).len()), ("current".into(), 6));
    assert_eq!(errors(&store), NONE);
}

#[test]
fn the_built_in_scorecards_are_added_where_they_are_missing_and_nothing_is_changed() {
    let (_dir, mut store) = fresh();
    assert_eq!(store.add_built_in().unwrap(), [], "all are there");
    edit(&mut store, Ref { kind: Kind::Kpi, id: 1 }, &[("key", "")]);
    edit(&mut store, Ref { kind: Kind::Kpi, id: 2 }, &[("description", "ours")]);
    edit(&mut store, Ref { kind: Kind::Template, id: 31 }, &[("key", "")]);
    edit(&mut store, Ref { kind: Kind::Template, id: 31 }, &[("name", "Ours")]);
    let added = store.add_built_in().unwrap();
    let kinds: Vec<Kind> = added.iter().map(|at| at.kind).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == Kind::Template).count(), 1);
    assert_eq!(kinds.iter().filter(|kind| **kind == Kind::TemplateRow).count(), 7);
    assert_eq!(kinds.len(), 8);
    assert_eq!(shown(&store, Ref { kind: Kind::Kpi, id: 1 }, "key"), "quality");
    assert_eq!(shown(&store, Ref { kind: Kind::Kpi, id: 2 }, "description"), "ours");
    assert_eq!(store.add_built_in().unwrap(), []);
    assert_eq!(errors(&store), NONE);
}
