//! Service levels, what they came to and what that costs; clauses that stand once in a contract.

use super::support::*;
use super::*;
use crate::register::What;
use crate::store::index;

/// A register with a contract and a service level that costs 10,000.00 x 12 % x 40 % a miss.
fn desk() -> (tempfile::TempDir, Store, Ref, Ref) {
    let (dir, mut store) = fresh();
    let alpha = vendor(&mut store, "Alpha");
    let contract = contract(&mut store, alpha, &[]);
    let words = [
        ("title", "Availability"),
        ("contract", "C-0001"),
        ("target", "99.9"),
        ("charge", "CNY 10000"),
        ("at_risk", "12%"),
        ("allocation", "40%"),
    ];
    let level = add(&mut store, Kind::ServiceLevel, &words);
    (dir, store, contract, level)
}

fn measure(store: &mut Store, period: &str, value: &str) -> Ref {
    let words = [("level", "SL-0001"), ("period", period), ("value", value)];
    add(store, Kind::Measurement, &words)
}

fn dues(store: &Store) -> Vec<(What, String, String)> {
    let all = store.attention(None, 100).unwrap();
    all.into_iter().map(|line| (line.what, line.date.to_string(), line.vendor)).collect()
}

fn due(what: What, date: &str) -> (What, String, String) {
    (what, date.to_owned(), "Alpha".to_owned())
}

#[test]
fn a_miss_has_its_credit_which_is_to_be_claimed_until_it_is() {
    let (_dir, mut store, _, level) = desk();
    let march = measure(&mut store, "2026-03", "99.8");
    assert_eq!(
        (shown(&store, march, "outcome"), shown(&store, march, "credit")),
        ("missed".into(), "CNY 480.00".into())
    );
    assert_eq!(dues(&store), [due(What::Credit, "2026-03-31"), due(What::Measurement, "2026-05-10")]);
    edit(&mut store, level, &[("claim_within", "30d")]);
    assert_eq!(dues(&store)[0], due(What::Credit, "2026-04-30"));
    edit(&mut store, march, &[("claimed_on", "2026-04-12")]);
    assert_eq!(dues(&store), [due(What::Measurement, "2026-05-10")]);
    let all = store.check().unwrap();
    assert!(all.iter().all(|found| found.severity == check::Severity::Warning), "{all:?}");
}

#[test]
fn a_target_that_changes_changes_what_came_of_every_period_and_nothing_is_made_of_none() {
    let (_dir, mut store, contract, level) = desk();
    let (march, april) = (measure(&mut store, "2026-03", "99.8"), measure(&mut store, "2026-04", ""));
    let told = |store: &Store| ["latest", "outcome", "attained"].map(|key| shown(store, level, key));
    assert_eq!(told(&store), ["99.8", "missed", "0%"], "a period that was not measured is no bad one");
    assert_eq!(shown(&store, april, "outcome"), "not_measured");
    edit(&mut store, level, &[("target", "99.5")]);
    assert_eq!(shown(&store, march, "outcome"), "met");
    assert_eq!(told(&store), ["99.8", "met", "100%"]);
    edit(&mut store, march, &[("excused", "yes"), ("why_excused", "flood")]);
    assert_eq!(told(&store), ["99.8", "excused", ""]);
    shelve(&mut store, march, Shelf::Archive);
    assert_eq!(told(&store), ["", "", ""]);
    assert_eq!(dues(&store), [due(What::Measurement, "2026-06-10")]);
    edit(&mut store, contract, &[("state", "ended"), ("end_reason", "expired")]);
    assert_eq!(dues(&store), [], "nothing is measured under a contract that is over");
    let (conn, today) = (&store.conn, store.today());
    for at in [level, april] {
        let record = store.record(at).unwrap();
        assert_eq!(record.derived, index::derive(conn, &record, today).unwrap().derived);
    }
}

#[test]
fn a_level_that_was_never_measured_is_due_from_the_day_measuring_starts() {
    let (_dir, mut store, _, level) = desk();
    assert_eq!(dues(&store), [], "nobody said when");
    edit(&mut store, level, &[("starts_on", "2026-02-15"), ("every", "quarter")]);
    assert_eq!(dues(&store), [due(What::Measurement, "2026-04-10")]);
}

#[test]
fn one_period_is_measured_once_and_one_clause_stands_once_in_a_contract() {
    let (_dir, mut store, ..) = desk();
    let first = measure(&mut store, "2026-03", "99.8");
    let again = [("level", "SL-0001"), ("period", "2026-03"), ("value", "97")];
    let refusal = try_add(&mut store, Kind::Measurement, &again).unwrap_err();
    assert!(sentences(&refusal)[0].contains("MS-0001 holds this already"), "{refusal:?}");
    shelve(&mut store, first, Shelf::Archive);
    add(&mut store, Kind::Measurement, &again);
    let refusal = try_shelve(&mut store, first, Shelf::Open).unwrap_err();
    assert!(sentences(&refusal)[0].contains("MS-0002"), "it cannot come back beside the other: {refusal:?}");
    let exit = [("contract", "C-0001"), ("about", "exit"), ("state", "missing")];
    add(&mut store, Kind::Clause, &exit);
    assert!(try_add(&mut store, Kind::Clause, &exit).is_err());
    let other =
        add(&mut store, Kind::Clause, &[("contract", "C-0001"), ("about", "price"), ("state", "present")]);
    assert!(try_edit(&mut store, other, &[("about", "exit")], None).is_err());
}

#[test]
fn a_credit_needs_all_its_figures_and_tiers_that_follow_each_other() {
    let (_dir, mut store, _, level) = desk();
    let refusal = try_edit(&mut store, level, &[("allocation", "")], None).unwrap_err();
    assert!(sentences(&refusal)[0].contains("fill all three or none"), "{refusal:?}");
    let refusal = try_edit(&mut store, level, &[("tiers", "99.5: 10 %, 99.7: 20 %")], None).unwrap_err();
    assert!(sentences(&refusal)[0].contains("“99.7: 20 %”"), "{refusal:?}");
}

#[test]
fn a_measurement_is_of_a_period_as_its_level_is_measured_by() {
    let (_dir, mut store, _, level) = desk();
    edit(&mut store, level, &[("starts_on", "2026-04-01")]);
    let mut refused = |period: &str| {
        let words = [("level", "SL-0001"), ("period", period), ("value", "99")];
        sentences(&try_add(&mut store, Kind::Measurement, &words).unwrap_err())[0].clone()
    };
    assert!(refused("2026-Q2").contains("measured by the Month"));
    assert!(refused("2026-08").contains("not begun"));
    assert!(refused("2026-03").contains("2026-04-01"));
}

#[test]
fn a_period_that_was_passed_over_is_due_and_the_fiscal_year_moves_what_follows() {
    let (_dir, mut store, _, level) = desk();
    edit(&mut store, level, &[("starts_on", "2026-04-01")]);
    measure(&mut store, "2026-04", "99.95");
    measure(&mut store, "2026-06", "99.95");
    assert_eq!(dues(&store), [due(What::Measurement, "2026-06-10")], "May is missing");
    let words = [("title", "Quarterly"), ("contract", "C-0001"), ("target", "1"), ("every", "quarter")];
    add(&mut store, Kind::ServiceLevel, &[&words[..], &[("starts_on", "2026-01-01")]].concat());
    assert!(dues(&store).contains(&due(What::Measurement, "2026-04-10")));
    store.set("fiscal_year_start", "2").unwrap();
    // January belongs to the quarter of November to January.
    assert!(dues(&store).contains(&due(What::Measurement, "2026-02-10")), "{:?}", dues(&store));
}

#[test]
fn a_bare_number_of_percent_is_percent() {
    let (_dir, mut store, _, level) = desk();
    for (typed, kept) in [("10", "10%"), ("2.5", "2.5%"), ("100", "100%"), ("1200", "12%"), ("7%", "7%")] {
        edit(&mut store, level, &[("at_risk", typed)]);
        assert_eq!(shown(&store, level, "at_risk"), kept, "{typed}");
    }
}
