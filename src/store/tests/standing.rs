//! What a state, a score and a scorecard in use are held to.

use super::support::*;
use super::*;

fn refused_at(result: Result<Ref, Refusal>) -> Vec<&'static str> {
    let refusal = result.expect_err("it was taken");
    sentences(&refusal);
    match refusal {
        Refusal::Invalid(problems) => problems.iter().map(|problem| problem.field).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn what_a_state_needs_may_be_missing_from_the_start_and_is_told_but_not_cleared_later() {
    let (_dir, mut store) = fresh();
    let a = code_of(vendor(&mut store, "Alpha"));
    let words = [("vendor", a.as_str()), ("title", "Work"), ("state", "in_force"), ("owner", "mei")];
    let running = add(&mut store, Kind::Contract, &words);
    let told = |store: &Store| {
        let found = store.check().unwrap();
        found.into_iter().map(|finding| finding.field).collect::<Vec<_>>()
    };
    assert_eq!(told(&store), ["starts_on"]);
    edit(&mut store, running, &[("notes", "the paper does not say when it began")]);
    edit(&mut store, running, &[("starts_on", "2026-01-01")]);
    assert_eq!(told(&store), [""; 0]);
    let cleared = try_edit(&mut store, running, &[("starts_on", "")], None).map(|_| running);
    assert_eq!(refused_at(cleared), ["starts_on"]);
}

#[test]
fn a_review_is_not_added_locked() {
    let (_dir, mut store) = fresh();
    let a = code_of(vendor(&mut store, "Alpha"));
    let words = [("vendor", a.as_str()), ("period", "2026-Q1"), ("state", "locked")];
    assert_eq!(refused_at(try_add(&mut store, Kind::Review, &words)), ["state"]);
}

/// The first row of a new review of a new vendor, and its KPI.
fn row_and_kpi(store: &mut Store) -> (Ref, Ref) {
    let a = code_of(vendor(store, "Alpha"));
    let review = add(store, Kind::Review, &[("vendor", &a), ("period", "2026-Q1")]);
    let row =
        store.related(review, Kind::ReviewRow, at(Kind::ReviewRow, "review"), 1).unwrap().rows.remove(0);
    (row.at, Ref { kind: Kind::Kpi, id: row.get("kpi").as_link().unwrap().id })
}

#[test]
fn a_value_that_its_kpi_cannot_turn_into_points_is_refused() {
    let (_dir, mut store) = fresh();
    let (row, kpi) = row_and_kpi(&mut store);
    let rate = |store: &mut Store, words: &[(&str, &str)]| try_edit(store, row, words, None).map(|_| row);
    assert_eq!(refused_at(rate(&mut store, &[("raw", "97")])), ["raw"], "a rated KPI");
    edit(&mut store, kpi, &[("measure", "quant")]);
    assert_eq!(refused_at(rate(&mut store, &[("rating", "4")])), ["rating"], "a measured KPI");
    assert_eq!(refused_at(rate(&mut store, &[("raw", "97")])), ["raw"], "no scale");
    edit(&mut store, kpi, &[("floor", "90"), ("target", "100"), ("direction", "max")]);
    assert!(rate(&mut store, &[("raw", "97")]).is_ok());
    assert_eq!(shown(&store, row, "points"), "70");
    for words in [[("measure", "qual")], [("floor", "")]] {
        assert!(try_edit(&mut store, kpi, &words, None).is_err(), "the value would lose its points");
    }
    let reversed = try_edit(&mut store, kpi, &[("direction", "min")], None).map(|_| kpi);
    assert_eq!(refused_at(reversed), ["direction"]);
    assert_eq!(errors(&store), NONE);
}

#[test]
fn a_row_is_not_measured_only_when_it_is_empty() {
    let (_dir, mut store) = fresh();
    let (row, _) = row_and_kpi(&mut store);
    edit(&mut store, row, &[("rating", "4")]);
    assert_eq!(shown(&store, row, "status"), "measured");
    let said = try_edit(&mut store, row, &[("status", "not_measured")], None).map(|_| row);
    assert_eq!(refused_at(said), ["status"]);
    edit(&mut store, row, &[("status", "not_measured"), ("rating", "")]);
    assert_eq!(
        (shown(&store, row, "status"), shown(&store, row, "points")),
        ("not_measured".to_owned(), String::new())
    );
}

#[test]
fn a_scorecard_that_does_not_add_up_comes_into_no_use() {
    let (_dir, mut store) = fresh();
    let a = code_of(vendor(&mut store, "Alpha"));
    let template = ref_of(&store.setting("default_template").unwrap()).unwrap();
    let rows =
        store.related(template, Kind::TemplateRow, at(Kind::TemplateRow, "template"), 20).unwrap().rows;
    let [first, second, ..] = &rows[..] else { panic!("{rows:?}") };
    let was = |row: &crate::entity::Record, key| crate::entity::show::plain(row.get(key));
    let review = [("vendor", a.as_str()), ("period", "2026-Q1")];
    for (field, wrong) in [("weight", "1%".to_owned()), ("kpi", was(second, "kpi"))] {
        edit(&mut store, first.at, &[(field, &wrong)]);
        sentences(&try_add(&mut store, Kind::Review, &review).unwrap_err());
        assert_eq!(store.check().unwrap().iter().filter(|found| found.rule == "weights").count(), 1);
        edit(&mut store, template, &[("state", "draft")]);
        sentences(&try_edit(&mut store, template, &[("state", "current")], None).unwrap_err());
        edit(&mut store, first.at, &[(field, &was(first, field))]);
        edit(&mut store, template, &[("state", "current")]);
    }
    add(&mut store, Kind::Review, &review);
}
