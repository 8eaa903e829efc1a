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

fn add_without_reason(store: &mut Store, kind: Kind, words: &[(&str, &str)]) -> Result<Ref, Refusal> {
    let step = Step::Insert { kind, fields: typed_in(kind, words), reason: None };
    store.apply(&Change { act: Act::Add, steps: vec![step] }).map(|saved| saved.records[0])
}

#[test]
fn a_new_record_in_a_later_state_has_what_the_state_needs() {
    let (_dir, mut store) = fresh();
    let a = code_of(vendor(&mut store, "Alpha"));
    let try_vendor = |store: &mut Store, state| {
        add_without_reason(store, Kind::Vendor, &[("name", "Beta"), ("state", state)])
    };
    assert_eq!(refused_at(try_vendor(&mut store, "blacklisted")), ["state"]);
    assert!(try_vendor(&mut store, "active").is_ok());
    add(&mut store, Kind::Vendor, &[("name", "Gone"), ("state", "blacklisted")]);
    let try_contract = |store: &mut Store, more: &[(&str, &str)]| {
        add_without_reason(
            store,
            Kind::Contract,
            &[&[("vendor", a.as_str()), ("title", "Work")], more].concat(),
        )
    };
    assert_eq!(refused_at(try_contract(&mut store, &[("state", "in_force")])), ["starts_on"]);
    assert_eq!(refused_at(try_contract(&mut store, &[("state", "ended")])), ["end_reason"]);
    let held = try_contract(&mut store, &[("state", "in_force"), ("starts_on", "2026-01-01")]).unwrap();
    let cleared = try_edit(&mut store, held, &[("starts_on", "")], None).map(|_| held);
    assert_eq!(refused_at(cleared), ["starts_on"], "what a state needs is not cleared under it");
    let review = [("vendor", a.as_str()), ("period", "2026-Q1"), ("state", "locked")];
    assert_eq!(refused_at(add_without_reason(&mut store, Kind::Review, &review)), ["state"]);
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
fn the_weights_of_a_scorecard_in_use_make_up_the_whole() {
    let (_dir, mut store) = fresh();
    let template = ref_of(&store.setting("default_template").unwrap()).unwrap();
    let rows =
        store.related(template, Kind::TemplateRow, at(Kind::TemplateRow, "template"), 20).unwrap().rows;
    let (first, second) = (rows[0].at, &rows[1]);
    let all = &[("weight", "1%")];
    assert_eq!(refused_at(try_edit(&mut store, first, all, None).map(|_| first)), Vec::<&str>::new());
    sentences(&try_shelve(&mut store, first, Shelf::Archive).unwrap_err());
    edit(&mut store, template, &[("state", "draft")]);
    edit(&mut store, first, all);
    sentences(&try_edit(&mut store, template, &[("state", "current")], None).unwrap_err());
    edit(&mut store, first, &[("weight", &crate::entity::show::plain(rows[0].get("weight")))]);
    let twice = crate::entity::show::plain(second.get("kpi"));
    edit(&mut store, first, &[("kpi", &twice)]);
    sentences(&try_edit(&mut store, template, &[("state", "current")], None).unwrap_err());
    edit(&mut store, first, &[("kpi", &crate::entity::show::plain(rows[0].get("kpi")))]);
    edit(&mut store, template, &[("state", "current")]);
    assert_eq!(store.check().unwrap().iter().filter(|finding| finding.rule == "weights").count(), 0);
}
