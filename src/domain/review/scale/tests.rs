use super::*;
use crate::domain::list::ClosedList;
use proptest::prelude::*;

fn dec(text: &str) -> Decimal4 {
    text.parse().unwrap()
}

fn quant(direction: KpiDirection, floor: &str, target: &str) -> KpiRule {
    KpiRule {
        measure: KpiMeasure::Quant,
        direction,
        floor: Some(dec(floor)),
        target: Some(dec(target)),
        steps: None,
    }
}

fn points(rule: &KpiRule, raw: &str) -> i64 {
    kpi_points(rule, KpiValue::Raw(dec(raw))).unwrap().hundredths()
}

#[test]
fn a_measured_value_earns_points_in_its_direction() {
    let higher = quant(KpiDirection::Max, "90", "98");
    for (raw, earned) in
        [("90", 0), ("89", 0), ("94", 5_000), ("98", 10_000), ("99.9", 10_000), ("96.1", 7_625)]
    {
        assert_eq!(points(&higher, raw), earned, "{raw}");
    }
    let lower = quant(KpiDirection::Min, "5", "0.5");
    for (raw, earned) in [("5", 0), ("7", 0), ("0.5", 10_000), ("0", 10_000), ("2.75", 5_000), ("1.4", 8_000)]
    {
        assert_eq!(points(&lower, raw), earned, "{raw}");
    }
}

#[test]
fn points_are_rounded_half_away_from_zero() {
    let thirds = quant(KpiDirection::Max, "0", "3");
    assert_eq!((points(&thirds, "1"), points(&thirds, "2")), (3_333, 6_667));
    // An eighth of a hundredth above, and exactly half a hundredth.
    assert_eq!(points(&quant(KpiDirection::Max, "0", "2"), "0.0001"), 1);
}

#[test]
fn equal_floor_and_target_are_met_or_not() {
    let none_allowed = quant(KpiDirection::Min, "0", "0");
    assert_eq!((points(&none_allowed, "0"), points(&none_allowed, "1")), (10_000, 0));
    let all_wanted = quant(KpiDirection::Max, "100", "100");
    assert_eq!((points(&all_wanted, "100"), points(&all_wanted, "99.99")), (10_000, 0));
}

#[test]
fn a_rating_earns_twenty_points_a_step() {
    let rule = KpiRule {
        measure: KpiMeasure::Qual,
        direction: KpiDirection::Max,
        floor: None,
        target: None,
        steps: None,
    };
    for rating in 0..=5 {
        let earned = kpi_points(&rule, KpiValue::Rating(rating)).unwrap();
        assert_eq!(earned.hundredths(), i64::from(rating) * 2_000);
    }
    assert_eq!(kpi_points(&rule, KpiValue::Rating(6)), Err(PointsError::RatingOutOfRange { rating: 6 }));
}

#[test]
fn what_has_no_scale_earns_nothing_not_even_zero() {
    let rule = quant(KpiDirection::Max, "90", "98");
    let raw = KpiValue::Raw(dec("95"));
    assert_eq!(kpi_points(&KpiRule { target: None, ..rule.clone() }, raw), Err(PointsError::NoScale));
    assert_eq!(kpi_points(&KpiRule { floor: None, ..rule.clone() }, raw), Err(PointsError::NoScale));
    let (floor, target, direction) = (dec("90"), dec("98"), KpiDirection::Min);
    let reversed = PointsError::ScaleReversed { floor, target, direction };
    assert_eq!(kpi_points(&KpiRule { direction, ..rule.clone() }, raw), Err(reversed));
    let wrong = PointsError::WrongMeasure { expected: KpiMeasure::Quant };
    assert_eq!(kpi_points(&rule, KpiValue::Rating(3)), Err(wrong));
}

fn stepped(direction: KpiDirection, typed: &str) -> KpiRule {
    let steps = Steps::read(typed, direction).unwrap();
    KpiRule { measure: KpiMeasure::Quant, direction, floor: None, target: None, steps: Some(steps) }
}

#[test]
fn a_value_earns_what_its_step_earns() {
    let rule = stepped(KpiDirection::Max, "0: 20, 90: 60, 95: 80, 98: 100");
    for (raw, earned) in [
        ("-5", 2_000),
        ("0", 2_000),
        ("89.9999", 2_000),
        ("90", 6_000),
        ("94.9999", 6_000),
        ("95", 8_000),
        ("97.9999", 8_000),
        ("98", 10_000),
        ("1000", 10_000),
    ] {
        assert_eq!(points(&rule, raw), earned, "{raw}");
    }
    let lower = stepped(KpiDirection::Min, "0: 100, 2: 60, 5: 0");
    assert_eq!(
        ["-1", "1.9999", "2", "4.9", "5", "9"].map(|raw| points(&lower, raw)),
        [10_000, 10_000, 6_000, 6_000, 0, 0]
    );
    let range = stepped(KpiDirection::Range, "0: 0, 20: 100, 25: 40");
    assert_eq!(
        ["-1", "19.9999", "20", "24.9999", "25"].map(|raw| points(&range, raw)),
        [0, 0, 10_000, 10_000, 4_000]
    );
}

#[test]
fn steps_stand_before_floor_and_target_and_a_range_is_no_line() {
    let both = KpiRule {
        floor: Some(dec("0")),
        target: Some(dec("100")),
        ..stepped(KpiDirection::Max, "0: 1, 50: 2")
    };
    assert_eq!(points(&both, "99"), 200);
    let range = quant(KpiDirection::Range, "0", "100");
    assert_eq!(kpi_points(&range, KpiValue::Raw(dec("5"))), Err(PointsError::NoScale));
}

#[test]
fn steps_are_refused_with_the_reason() {
    use KpiDirection::{Max, Min, Range};
    let wrong = |from: &str| StepsError::WrongWay { from: dec(from) };
    for (typed, direction, error) in [
        ("", Max, StepsError::Count { count: 0 }),
        ("5: 50", Max, StepsError::Count { count: 1 }),
        ("1:1,2:2,3:3,4:4,5:5,6:6", Max, StepsError::Count { count: 6 }),
        ("0: 0, 90", Max, StepsError::Shape { part: 2 }),
        ("0: 0, x: 5", Max, StepsError::Value { part: 2, error: DecimalError::NotANumber }),
        ("0: 0, 5: 101", Max, StepsError::Points { part: 2, error: ScoreError::OutOfRange }),
        ("0: 0, 0.0: 5", Max, StepsError::Twice { from: dec("0") }),
        ("0: 20, 90: 10", Max, wrong("90")),
        ("0: 20, 90: 30", Min, wrong("90")),
        ("0: 20, 5: 10, 9: 15", Range, wrong("9")),
    ] {
        assert_eq!(Steps::read(typed, direction), Err(error), "{typed}");
    }
}

#[test]
fn steps_are_typed_in_any_order_and_width_and_printed_from_the_lowest() {
    let steps = Steps::read(" ９８：１００、0:20.50 ; 90: 60,", KpiDirection::Max).unwrap();
    assert_eq!(steps.to_string(), "0: 20.5, 90: 60, 98: 100");
    assert_eq!(Steps::read(&steps.to_string(), KpiDirection::Max), Ok(steps));
}

/// A scale in any direction: sorted values, points sorted its way.
fn any_steps() -> impl Strategy<Value = (Steps, KpiDirection)> {
    let step = (-500_i64..500, 0..=FULL);
    let steps = proptest::collection::btree_map(step.0, step.1, FEWEST_STEPS..=MOST_STEPS);
    (steps, 0_usize..5, 0_usize..3).prop_map(|(steps, turn, way)| {
        let direction = KpiDirection::ALL[way];
        let mut points: Vec<i64> = steps.values().copied().collect();
        points.sort_unstable();
        let turn = match direction {
            KpiDirection::Max => points.len(),
            KpiDirection::Min => 0,
            KpiDirection::Range => turn.min(points.len()),
        };
        points[turn..].reverse();
        // What is left of the turn must not lie above it.
        let points = if direction == KpiDirection::Range { peaked(&points) } else { points };
        let step = |(from, points): (&i64, &i64)| Step {
            from: Decimal4(*from),
            points: Score::from_hundredths(*points).unwrap(),
        };
        let steps = steps.keys().zip(&points).map(step).collect();
        (Steps::new(steps, direction).unwrap(), direction)
    })
}

/// The same points, rising to the best and falling from it: every other one on each side.
fn peaked(points: &[i64]) -> Vec<i64> {
    let mut sorted = points.to_vec();
    sorted.sort_unstable();
    let rising = sorted.iter().step_by(2).copied();
    let falling = sorted.iter().skip(1).step_by(2).rev().copied();
    rising.chain(falling).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]
    #[test]
    fn every_value_is_on_one_step((steps, _) in any_steps(), raw in -600_i64..600) {
        let (found, next) = steps.step_of(Decimal4(raw));
        let below = steps.steps().iter().filter(|step| step.from.0 <= raw).max_by_key(|step| step.from);
        prop_assert_eq!(found, *below.unwrap_or(&steps.steps()[0]));
        prop_assert!(next.is_none_or(|next| raw < next.0));
    }

    #[test]
    fn steps_never_fall_when_the_value_gets_better((steps, direction) in any_steps(), a in -600_i64..600, b in -600_i64..600) {
        let at = |raw: i64| steps.step_of(Decimal4(raw)).0.points;
        match direction {
            KpiDirection::Max => prop_assert!(at(a.min(b)) <= at(a.max(b))),
            KpiDirection::Min => prop_assert!(at(a.min(b)) >= at(a.max(b))),
            // Between two values of a range nothing is worse than the worse of them.
            KpiDirection::Range => prop_assert!(at(i64::midpoint(a, b)) >= at(a).min(at(b))),
        }
    }

    #[test]
    fn no_text_panics(text in ".*") {
        let _ = Steps::read(&text, KpiDirection::Range);
    }

    #[test]
    fn points_never_fall_when_the_value_gets_better(a: i32, b: i32, floor: i32, target: i32, lower: bool) {
        let (low, high) = (floor.min(target), floor.max(target));
        let (direction, floor, target) =
            if lower { (KpiDirection::Min, high, low) } else { (KpiDirection::Max, low, high) };
        let rule = KpiRule {
            measure: KpiMeasure::Quant,
            direction,
            floor: Some(Decimal4(i64::from(floor))),
            target: Some(Decimal4(i64::from(target))),
            steps: None,
        };
        let at = |x: i32| kpi_points(&rule, KpiValue::Raw(Decimal4(i64::from(x)))).unwrap();
        let (worse, better) = if lower { (a.max(b), a.min(b)) } else { (a.min(b), a.max(b)) };
        prop_assert!(at(worse) <= at(better));
        prop_assert_eq!(at(target), Score::MAX);
    }
}
