use proptest::prelude::*;

use super::*;
use crate::domain::money::Currency;

fn cny(minor: i64) -> Money {
    Money { minor, currency: Currency::from_code("CNY").unwrap() }
}

fn dec(text: &str) -> Decimal4 {
    text.parse().unwrap()
}

fn rule(tiers: &[&str]) -> CreditRule {
    let words: Vec<String> = tiers.iter().map(|word| (*word).to_owned()).collect();
    CreditRule {
        charge: cny(1_000_000),
        at_risk_bp: 1_200,
        allocation_bp: 4_000,
        tiers: super::tiers(&words, Aim::AtLeast, dec("99.9")).unwrap(),
        repeat_bp: None,
    }
}

fn promise(rule: CreditRule) -> Promise {
    Promise { target: dec("99.9"), aim: Aim::AtLeast, credit: Some(rule) }
}

fn measured(values: &[&str]) -> Vec<Measured> {
    let of = |text: &&str| Measured { value: text.parse().ok(), is_excused: text.starts_with('x') };
    values.iter().map(of).collect()
}

fn credits(promise: &Promise, values: &[&str]) -> Vec<i64> {
    judge(promise, &measured(values)).iter().map(|one| one.credit.unwrap().minor).collect()
}

#[test]
fn the_golden_credit_of_ten_thousand_at_twelve_and_forty_percent_is_480() {
    assert_eq!(credits(&promise(rule(&[])), &["99.8"]), [48_000]);
    assert_eq!(rule(&[]).cap(), cny(120_000));
}

#[test]
fn the_target_itself_is_met_on_either_side() {
    for (aim, worse) in [(Aim::AtLeast, "29.9999"), (Aim::AtMost, "30.0001")] {
        let promise = Promise { target: dec("30"), aim, credit: None };
        let judged = judge(&promise, &measured(&["30", worse]));
        let outcomes: Vec<Outcome> = judged.iter().map(|one| one.outcome).collect();
        assert_eq!(outcomes, [Outcome::Met, Outcome::Missed], "{aim:?}");
        assert_eq!(judged[1].credit, None);
    }
}

#[test]
fn a_tier_begins_behind_its_bound_and_the_worst_that_is_reached_counts() {
    let promise = promise(rule(&["99.5: 10 %", "99：25％", "95:50"]));
    // Missed, yet on no tier's wrong side: nothing is due.
    assert_eq!(
        credits(&promise, &["99.8", "99.5", "99.49", "99", "98.9", "94.9"]),
        [0, 0, 4_800, 4_800, 12_000, 24_000]
    );
}

#[test]
fn a_second_miss_costs_more_and_what_was_excused_or_not_measured_parts_nothing() {
    let rule = CreditRule { repeat_bp: Some(1_500), ..rule(&["99.9: 5 %"]) };
    let promise = promise(rule);
    assert_eq!(credits(&promise, &["99", "99"]), [2_400, 7_200]);
    assert_eq!(credits(&promise, &["99", "x", "-", "99"]), [2_400, 0, 0, 7_200]);
    assert_eq!(credits(&promise, &["99", "100", "99"]), [2_400, 0, 2_400]);
}

#[test]
fn the_credits_of_a_period_are_capped_once_for_the_contract() {
    let cap = cny(120_000);
    let all = period_credit(&[(cny(70_000), cap), (cny(60_000), cap)]).unwrap();
    assert_eq!((all.sum, all.due), (cny(130_000), cny(120_000)));
    let few = period_credit(&[(cny(70_000), cap)]).unwrap();
    assert_eq!(few.due, cny(70_000));
    let usd = Money { minor: 1, currency: Currency::from_code("USD").unwrap() };
    assert_eq!(period_credit(&[(cny(1), cap), (usd, usd)]), None);
    assert_eq!(period_credit(&[]), None);
}

#[test]
fn attainment_counts_what_was_measured_and_not_excused() {
    use Outcome::{Excused, Met, Missed, NotMeasured};
    assert_eq!(attainment_bp(&[Met, Met, Missed, Excused, NotMeasured]), Some(6_667));
    assert_eq!(attainment_bp(&[Excused, NotMeasured]), None);
}

#[test]
fn tiers_get_worse_from_the_target_on_and_never_cheaper() {
    let of = |words: &[&str]| {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        super::tiers(&words, Aim::AtLeast, dec("99.9"))
    };
    assert!(of(&["99.9: 10%", "99: 10%"]).is_ok());
    for (wrong, at) in [
        (&["99.95: 10%"][..], "99.95: 10%"),
        (&["99: 10%", "99: 20%"], "99: 20%"),
        (&["99: 10%", "98: 5%"], "98: 5%"),
        (&["99"], "99"),
        (&["99: 101%"], "99: 101%"),
        (&["99: 0.001%"], "99: 0.001%"),
    ] {
        assert_eq!(of(wrong), Err(at.to_owned()));
    }
}

proptest! {
    #[test]
    fn a_worse_value_never_costs_less_and_no_credit_is_above_the_cap(
        (a, b) in (900_000_i64..1_000_000, 900_000_i64..1_000_000),
        charge in 0_i64..10_000_000_000,
        at_risk in 0_i64..=10_000,
        allocation in 0_i64..=10_000,
        is_repeat: bool,
    ) {
        let rule = CreditRule {
            charge: cny(charge), at_risk_bp: at_risk, allocation_bp: allocation, repeat_bp: Some(1_500),
            ..rule(&["99.5: 10 %", "99: 25 %", "95: 50 %"])
        };
        let cost = |value| rule.credit(Aim::AtLeast, Decimal4(value), is_repeat).minor;
        let (worse, better) = (a.min(b), a.max(b));
        prop_assert!(cost(worse) >= cost(better));
        prop_assert!(cost(worse) <= rule.cap().minor);
    }
}
