//! Locked reviews are final, and moves between states are those of their tables.

use super::support::*;
use super::*;
use crate::domain::moves::{ANY, Need};
use crate::entity::Shape;

/// A review with its rows, rated and moved up to the state before the lock.
pub(super) fn reviewed(store: &mut Store) -> (Ref, Vec<Ref>) {
    let vendor = vendor(store, "华信软件");
    let review = add(store, Kind::Review, &[("vendor", &code_of(vendor)), ("period", "2026-Q1")]);
    let rows: Vec<Ref> = store
        .related(review, Kind::ReviewRow, at(Kind::ReviewRow, "review"), 20)
        .unwrap()
        .rows
        .into_iter()
        .map(|record| record.at)
        .collect();
    assert_eq!(rows.len(), 6, "a new review has a row for each KPI of the usual scorecard");
    for row in &rows {
        edit(store, *row, &[("rating", "4"), ("status", "measured")]);
    }
    for state in ["collecting", "draft", "shared", "acknowledged"] {
        edit(store, review, &[("state", state)]);
    }
    (review, rows)
}

#[test]
fn a_locked_review_and_its_rows_stay_as_they_are() {
    let (_dir, mut store) = fresh();
    let (review, rows) = reviewed(&mut store);
    edit(&mut store, review, &[("state", "locked")]);
    let before = (store.record(review).unwrap(), store.record(rows[0]).unwrap());
    let kpi = before.1.get("kpi").as_link().unwrap().code.clone();
    let attempts = [
        try_edit(&mut store, review, &[("summary", "better")], None).map(drop),
        try_edit(&mut store, review, &[("state", "draft")], Some("why")).map(drop),
        try_shelve(&mut store, review, Shelf::Archive).map(drop),
        try_edit(&mut store, rows[0], &[("rating", "5")], None).map(drop),
        try_shelve(&mut store, rows[0], Shelf::Archive).map(drop),
        try_add(
            &mut store,
            Kind::ReviewRow,
            &[("review", &code_of(review)), ("kpi", &kpi), ("weight", "10%")],
        )
        .map(drop),
        try_edit(&mut store, ref_of(&kpi).unwrap(), &[("veto", "yes")], None).map(drop),
    ];
    for attempt in attempts {
        sentences(&attempt.expect_err("a lock that does not hold"));
    }
    edit(&mut store, ref_of(&kpi).unwrap(), &[("description", "how it is measured")]);
    assert_eq!(store.record(review).unwrap(), before.0);
    assert_eq!(store.record(rows[0]).unwrap(), before.1);
    assert_eq!(errors(&store), NONE);
}

#[test]
fn a_row_cannot_be_moved_out_of_a_locked_review_nor_into_one() {
    let (_dir, mut store) = fresh();
    let (review, rows) = reviewed(&mut store);
    let vendor = shown(&store, review, "vendor");
    let next = add(&mut store, Kind::Review, &[("vendor", &vendor), ("period", "2026-Q2")]);
    edit(&mut store, review, &[("state", "locked")]);
    let other = store.related(next, Kind::ReviewRow, at(Kind::ReviewRow, "review"), 1).unwrap().rows[0].at;
    for (row, to) in [(rows[0], next), (other, review)] {
        let refusal = try_edit(&mut store, row, &[("review", &code_of(to))], None).unwrap_err();
        assert!(sentences(&refusal)[0].starts_with("PR-0001 is locked"), "{refusal:?}");
    }
}

#[test]
fn only_the_locking_itself_is_taken_back() {
    let (dir, mut store) = fresh();
    let (review, rows) = reviewed(&mut store);
    let mut other = as_actor(&dir, "other");
    edit(&mut other, rows[0], &[("note", "seen")]);
    edit(&mut store, review, &[("state", "locked")]);
    sentences(&other.undo().expect_err("a row of a locked review changed by undo"));
    store.undo().unwrap();
    assert_eq!(shown(&store, review, "state"), "acknowledged");
    other.undo().unwrap();
    store.redo().unwrap();
    assert_eq!(shown(&store, review, "state"), "locked");
    sentences(&other.redo().expect_err("a row of a locked review changed by redo"));
    assert_eq!(errors(&store), NONE);
}

#[test]
fn an_import_of_a_locked_review_with_its_rows_is_one_step_back_and_forth() {
    let (_dir, mut store) = fresh();
    let vendor = vendor(&mut store, "华信软件");
    let mut txn = store.begin(Act::Import).unwrap();
    let words =
        [("vendor", code_of(vendor)), ("period", "2025-Q4".to_owned()), ("state", "locked".to_owned())];
    let words: Vec<(&str, &str)> = words.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let review = txn.insert(Kind::Review, None, &typed_in(Kind::Review, &words)).unwrap();
    for kpi in ["K-0001", "K-0002"] {
        let code = code_of(review);
        let row = [
            ("review", code.as_str()),
            ("kpi", kpi),
            ("weight", "50%"),
            ("override_points", "88"),
            ("override_reason", "old file"),
            ("status", "measured"),
        ];
        txn.insert(Kind::ReviewRow, None, &typed_in(Kind::ReviewRow, &row)).unwrap();
    }
    txn.commit().unwrap();
    let rows = |store: &Store| {
        store.related(review, Kind::ReviewRow, at(Kind::ReviewRow, "review"), 20).unwrap().total
    };
    assert_eq!(rows(&store), 2, "rows that are given are not added to");
    assert_eq!(shown(&store, review, "total"), "88");
    store.undo().unwrap();
    assert!(matches!(store.record(review), Err(Refusal::Missing(_))));
    store.redo().unwrap();
    assert_eq!((rows(&store), shown(&store, review, "total")), (2, "88".to_owned()));
    assert_eq!(errors(&store), NONE);
}

/// A review as an export brings it: with its number, in this state, without rows.
fn imported_review(store: &mut Store, state: &str) -> Ref {
    let vendor = code_of(vendor(store, "华信软件"));
    let words = [("vendor", vendor.as_str()), ("period", "2025-Q4"), ("state", state)];
    let mut txn = store.begin(Act::Import).unwrap();
    let review = txn.insert(Kind::Review, Some(7), &typed_in(Kind::Review, &words)).unwrap();
    txn.commit().unwrap();
    review
}

/// Brings rows for these KPIs in one act.
fn import_rows(store: &mut Store, review: Ref, kpis: &[&str]) -> Result<Saved, Refusal> {
    let code = code_of(review);
    let mut txn = store.begin(Act::Import).unwrap();
    for kpi in kpis {
        let words = [("review", code.as_str()), ("kpi", *kpi), ("weight", "50%"), ("rating", "4")];
        txn.attempt(|txn| txn.insert(Kind::ReviewRow, None, &typed_in(Kind::ReviewRow, &words)))?;
    }
    txn.commit()
}

fn rows_of(store: &Store, review: Ref) -> i64 {
    store.related(review, Kind::ReviewRow, at(Kind::ReviewRow, "review"), 20).unwrap().total
}

#[test]
fn an_import_fills_a_locked_review_that_has_no_rows_once() {
    let (dir, mut store) = fresh();
    let review = imported_review(&mut store, "locked");
    assert_eq!(rows_of(&store, review), 0, "a review that comes with its number comes with its rows");
    let by_hand = [("review", "PR-0007"), ("kpi", "K-0001"), ("weight", "50%")];
    sentences(&try_add(&mut store, Kind::ReviewRow, &by_hand).expect_err("no import, no filling"));
    import_rows(&mut store, review, &["K-0001", "K-0002"]).unwrap();
    assert_eq!(rows_of(&store, review), 2);
    let mut other = as_actor(&dir, "other");
    sentences(&import_rows(&mut other, review, &["K-0003"]).expect_err("it has its rows"));
    let row = store.related(review, Kind::ReviewRow, at(Kind::ReviewRow, "review"), 1).unwrap().rows[0].at;
    sentences(&try_edit(&mut store, row, &[("rating", "5")], None).expect_err("they are locked"));
    store.undo().unwrap();
    assert_eq!(rows_of(&store, review), 0, "one step back");
    store.redo().unwrap();
    assert_eq!(rows_of(&store, review), 2, "and forth");
    store.undo().unwrap();
    import_rows(&mut other, review, &["K-0003"]).unwrap();
    sentences(&store.redo().expect_err("another has filled it meanwhile"));
    assert_eq!(rows_of(&store, review), 1);
    assert_eq!(errors(&store), NONE);
}

#[test]
fn rows_that_were_there_before_the_lock_are_not_taken_out() {
    let (dir, mut store) = fresh();
    let review = imported_review(&mut store, "acknowledged");
    import_rows(&mut store, review, &["K-0001", "K-0002"]).unwrap();
    edit(&mut as_actor(&dir, "other"), review, &[("state", "locked")]);
    sentences(&store.undo().expect_err("rows of a locked review were taken out"));
    assert_eq!(rows_of(&store, review), 2);
}

/// Every pair of states of every kind with moves: those of the table work once their needs are
/// met, and are refused one need at a time; the others are refused in both languages.
#[test]
fn exactly_the_moves_of_the_tables_are_made() {
    let (_dir, mut store) = fresh();
    let vendor = vendor(&mut store, "Alpha");
    let mut txn = store.begin(Act::Import).unwrap();
    let mut made = 0;
    for kind in [Kind::Vendor, Kind::Contract, Kind::Review, Kind::Risk, Kind::Action] {
        let table = kind.table();
        let moves = table.moves.unwrap();
        let field = at(kind, moves.field);
        let Shape::Choice(list) = table.fields[field].shape else { panic!() };
        for from in list {
            for to in list.iter().filter(|to| to.key != from.key) {
                let record = txn.insert(kind, None, &start(kind, vendor, moves.field, from.key)).unwrap();
                let edits = |words: &[(&str, &str)]| -> Vec<Edit> {
                    let edits = typed_in(kind, words).into_iter();
                    edits.map(|(field, new)| Edit { field, seen: None, new }).collect()
                };
                let step = edits(&[(moves.field, to.key)]);
                let row =
                    moves.table.iter().find(|m| (m.from == from.key || m.from == ANY) && m.to == to.key);
                let Some(row) = row else {
                    let refusal = txn.update(record, &step, Some("why"), None).unwrap_err();
                    assert!(matches!(refusal, Refusal::Invalid(_)));
                    sentences(&refusal);
                    continue;
                };
                if !row.needs.is_empty() {
                    sentences(&txn.update(record, &step, None, None).unwrap_err());
                }
                for need in row.needs {
                    if let Need::Field(key) = need {
                        sentences(&txn.update(record, &step, Some("why"), None).unwrap_err());
                        txn.update(record, &edits(&[(*key, filling(key))]), None, None).unwrap();
                    }
                }
                let reason = row.needs.contains(&Need::Reason).then_some("why");
                txn.update(record, &step, reason, None).unwrap_or_else(|e| panic!("{kind:?} {row:?}: {e:?}"));
                made += 1;
            }
        }
    }
    assert!(made > 40, "{made} moves");
    txn.commit().unwrap();
    assert_eq!(errors(&store), NONE);
}

fn start(kind: Kind, vendor: Ref, field: &str, state: &str) -> Vec<(usize, Entered)> {
    let vendor = code_of(vendor);
    let words: Vec<(&str, &str)> = match kind {
        Kind::Vendor => vec![("name", "Beta")],
        Kind::Contract => vec![("vendor", &vendor), ("title", "Work")],
        Kind::Review => vec![("vendor", &vendor), ("period", "2026-Q1")],
        _ => vec![("title", "It")],
    };
    typed_in(kind, &[words, vec![(field, state)]].concat())
}

fn filling(key: &str) -> &'static str {
    match key {
        "owner" => "mei.lin",
        "starts_on" => "2026-01-01",
        "end_reason" => "expired",
        "inherent" => "3x4",
        "treatment" => "reduce",
        "response_text" => "Not our fault.",
        other => panic!("no filling for {other}"),
    }
}

#[test]
fn a_record_does_not_refer_to_itself_nor_back_by_others() {
    let (dir, mut store) = fresh();
    let vendor = code_of(vendor(&mut store, "Alpha"));
    let contracts: Vec<Ref> = ["Frame", "Order", "Annex"]
        .iter()
        .map(|title| add(&mut store, Kind::Contract, &[("vendor", vendor.as_str()), ("title", title)]))
        .collect();
    let codes: Vec<String> = contracts.iter().copied().map(code_of).collect();
    let under = |store: &mut Store, at: usize, parent: &str| {
        try_edit(store, contracts[at], &[("parent", parent)], None)
    };
    sentences(&under(&mut store, 0, &codes[0]).unwrap_err());
    under(&mut store, 1, &codes[0]).unwrap();
    under(&mut store, 2, &codes[1]).unwrap();
    for parent in [&codes[1], &codes[2]] {
        let said = sentences(&under(&mut store, 0, parent).unwrap_err());
        assert!(said[0].contains("leads back to C-0001"), "{said:?}");
    }
    // What was taken back does not come back where another has turned the order round.
    store.undo().unwrap();
    let mut other = as_actor(&dir, "other");
    under(&mut other, 0, &codes[2]).unwrap();
    sentences(&store.redo().expect_err("a circle by redo"));
    assert_eq!(shown(&store, contracts[2], "parent"), "");
    // Whoever has a circle from elsewhere can still cut it.
    meddle(&dir.path().join("r.db"), "UPDATE contract SET parent = 1 WHERE id = 3");
    sentences(&under(&mut store, 0, &codes[1]).unwrap_err());
    under(&mut store, 2, "").unwrap();
    under(&mut store, 1, &codes[2]).unwrap();
}
