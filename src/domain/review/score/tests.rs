use super::*;
use crate::domain::review::Band;
use proptest::prelude::*;

fn score(hundredths: i64) -> Score {
    Score::from_hundredths(hundredths).unwrap()
}

fn dec(text: &str) -> Decimal4 {
    text.parse().unwrap()
}

fn quant(direction: KpiDirection, floor: &str, target: &str) -> KpiRule {
    KpiRule { measure: KpiMeasure::Quant, direction, floor: Some(dec(floor)), target: Some(dec(target)) }
}

fn points(rule: &KpiRule, raw: &str) -> i64 {
    kpi_points(rule, KpiValue::Raw(dec(raw))).unwrap().hundredths()
}

fn row(weight_bp: i64, hundredths: i64) -> ScoredRow {
    ScoredRow { weight_bp, outcome: Outcome::Points(score(hundredths)), veto: Veto::No }
}

/// Quality, on-time delivery, satisfaction, cost control, compliance, cooperation.
fn golden_card() -> Vec<ScoredRow> {
    vec![
        row(3_000, 8_600),
        row(2_500, 9_250),
        row(1_500, 8_000),
        row(1_500, 7_500),
        row(1_000, 10_000),
        row(500, 9_000),
    ]
}

fn with(rows: &[ScoredRow], place: usize, outcome: Outcome) -> Vec<ScoredRow> {
    let mut rows = rows.to_vec();
    rows[place].outcome = outcome;
    rows
}

fn graded(rows: &[ScoredRow]) -> Total {
    total(rows, &GradeRules::default())
}

#[test]
fn golden_total() {
    let found = graded(&golden_card());
    assert_eq!(found.total, Some(score(8_668)));
    assert_eq!((found.coverage_bp, found.grade), (Some(10_000), Some(Grade::B)));
}

#[test]
fn golden_total_with_satisfaction_not_applicable() {
    let found = graded(&with(&golden_card(), 2, Outcome::NotApplicable));
    // 87.8529…
    assert_eq!(found.total, Some(score(8_785)));
    assert_eq!((found.coverage_bp, found.grade), (Some(10_000), Some(Grade::B)));
}

#[test]
fn golden_rolling_score() {
    let newest_first = [score(9_000), score(8_000), score(7_000)];
    assert_eq!(rolling(&newest_first), Some(score(8_061)));
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
    let rule = KpiRule { measure: KpiMeasure::Qual, direction: KpiDirection::Max, floor: None, target: None };
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
    assert_eq!(kpi_points(&KpiRule { target: None, ..rule }, raw), Err(PointsError::NoScale));
    assert_eq!(kpi_points(&KpiRule { floor: None, ..rule }, raw), Err(PointsError::NoScale));
    let (floor, target, direction) = (dec("90"), dec("98"), KpiDirection::Min);
    let reversed = PointsError::ScaleReversed { floor, target, direction };
    assert_eq!(kpi_points(&KpiRule { direction, ..rule }, raw), Err(reversed));
    let wrong = PointsError::WrongMeasure { expected: KpiMeasure::Quant };
    assert_eq!(kpi_points(&rule, KpiValue::Rating(3)), Err(wrong));
}

#[test]
fn what_is_not_measured_lowers_the_coverage_and_not_the_total() {
    let rows = with(&golden_card(), 2, Outcome::NotMeasured);
    let found = graded(&rows);
    assert_eq!((found.total, found.coverage_bp), (Some(score(8_785)), Some(8_500)));
    assert_eq!(found.grade, Some(Grade::B));
    let found = graded(&with(&rows, 3, Outcome::NotMeasured));
    assert_eq!((found.coverage_bp, found.grade), (Some(7_000), None));
    assert!(found.total.is_some());
}

#[test]
fn the_bound_of_coverage_is_inclusive_and_exact() {
    let rows = |scored, open| {
        [row(scored, 9_500), ScoredRow { weight_bp: open, outcome: Outcome::NotMeasured, veto: Veto::No }]
    };
    assert_eq!(graded(&rows(8_000, 2_000)).grade, Some(Grade::A));
    // 79.9959… % is shown as 79.99 % and gets no grade.
    let found = graded(&rows(3_999, 1_000));
    assert_eq!((found.coverage_bp, found.grade), (Some(7_999), None));
}

#[test]
fn with_nothing_to_score_there_is_no_total() {
    assert_eq!(graded(&[]), Total::default());
    let none_applies = [ScoredRow { weight_bp: 10_000, outcome: Outcome::NotApplicable, veto: Veto::Yes }];
    assert_eq!(graded(&none_applies), Total::default());
    let none_measured = [ScoredRow { weight_bp: 10_000, outcome: Outcome::NotMeasured, veto: Veto::Yes }];
    assert_eq!(graded(&none_measured), Total { coverage_bp: Some(0), ..Total::default() });
    assert_eq!(graded(&[row(0, 9_000)]), Total::default());
    assert_eq!(graded(&[row(-5, 9_000)]), Total::default());
    assert_eq!(graded(&[row(-5, 9_000), row(10, 5_000)]).total, Some(score(5_000)));
}

#[test]
fn a_failed_veto_caps_the_grade_and_leaves_the_total() {
    let mut rows = golden_card();
    rows[4] = ScoredRow { veto: Veto::Yes, ..row(1_000, 0) };
    let found = graded(&rows);
    assert_eq!((found.total, found.grade), (Some(score(7_668)), Some(Grade::D)));
    assert!(found.veto_failed && found.capped_by_veto);
    // A veto KPI that earned anything at all has not failed.
    rows[4] = ScoredRow { veto: Veto::Yes, ..row(1_000, 1) };
    let found = graded(&rows);
    assert_eq!((found.grade, found.veto_failed), (Some(Grade::C), false));
    // Nothing to cap where the total alone is worst already, and no grade where there is none.
    let worst = graded(&[ScoredRow { veto: Veto::Yes, ..row(10_000, 0) }]);
    assert_eq!((worst.grade, worst.veto_failed, worst.capped_by_veto), (Some(Grade::D), true, false));
    let open = ScoredRow { weight_bp: 9_000, outcome: Outcome::NotMeasured, veto: Veto::No };
    let thin = graded(&[ScoredRow { veto: Veto::Yes, ..row(1_000, 0) }, open]);
    assert_eq!((thin.grade, thin.veto_failed, thin.capped_by_veto), (None, true, false));
}

#[test]
fn the_grade_is_read_from_the_rounded_total() {
    // 89.995 is 90.00 once rounded, and 90.00 is an A.
    let found = graded(&[row(5_000, 8_999), row(5_000, 9_000)]);
    assert_eq!((found.total, found.grade), (Some(score(9_000)), Some(Grade::A)));
}

#[test]
fn the_bands_and_the_bound_are_settings() {
    let bands =
        vec![Band { grade: Grade::A, low: 8_500, high: FULL }, Band { grade: Grade::B, low: 0, high: 8_500 }];
    let rules = GradeRules { bands: GradeBands::new(bands).unwrap(), min_coverage_bp: 5_000 };
    let open = ScoredRow { weight_bp: 5_000, outcome: Outcome::NotMeasured, veto: Veto::No };
    assert_eq!(total(&[row(5_000, 8_600), open], &rules).grade, Some(Grade::A));
}

#[test]
fn only_the_last_twelve_reviews_count() {
    assert_eq!(rolling(&[]), None);
    assert_eq!(rolling(&[score(7_777)]), Some(score(7_777)));
    let mut many = vec![score(8_000); 12];
    many.extend([Score::ZERO; 5]);
    assert_eq!(rolling(&many), Some(score(8_000)));
}

#[test]
fn scores_are_typed_and_printed_in_points() {
    for (input, hundredths) in
        [("86.5", 8_650), ("100", 10_000), ("0", 0), ("99.99", 9_999), ("８６.50", 8_650)]
    {
        assert_eq!(input.parse(), Ok(score(hundredths)), "{input}");
    }
    assert_eq!("100.01".parse::<Score>(), Err(ScoreError::OutOfRange));
    assert_eq!("-1".parse::<Score>(), Err(ScoreError::OutOfRange));
    let too_fine = ScoreError::Decimal(DecimalError::TooManyPlaces { max: 2 });
    assert_eq!("86.555".parse::<Score>(), Err(too_fine));
    assert_eq!(score(8_650).to_string(), "86.5");
    assert_eq!((Score::from_hundredths(-1), Score::from_hundredths(10_001)), (None, None));
}

fn any_outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        Just(Outcome::NotMeasured),
        Just(Outcome::NotApplicable),
        (0..=FULL).prop_map(|h| Outcome::Points(score(h))),
    ]
}

prop_compose! {
    fn any_row()(weight_bp in 0_i64..=10_000, outcome in any_outcome(), veto: bool) -> ScoredRow {
        ScoredRow { weight_bp, outcome, veto: if veto { Veto::Yes } else { Veto::No } }
    }
}

proptest! {
    #[test]
    fn a_better_criterion_never_lowers_the_result(rows in proptest::collection::vec(any_row(), 1..12), better in 0..=FULL) {
        let before = graded(&rows);
        if let Some(place) = rows.iter().position(|r| matches!(r.outcome, Outcome::Points(p) if p.hundredths() < better)) {
            let after = graded(&with(&rows, place, Outcome::Points(score(better))));
            prop_assert!(after.total >= before.total);
            if let (Some(a), Some(b)) = (after.grade, before.grade) {
                prop_assert!(a <= b);
            }
        }
    }

    #[test]
    fn the_total_lies_among_the_points(rows in proptest::collection::vec(any_row(), 0..12)) {
        let found = graded(&rows);
        let scored = rows.iter().filter(|r| r.weight_bp > 0).filter_map(|r| match r.outcome {
            Outcome::Points(p) => Some(p),
            Outcome::NotMeasured | Outcome::NotApplicable => None,
        });
        let scored: Vec<Score> = scored.collect();
        match found.total {
            Some(total) => {
                prop_assert!(scored.iter().min().unwrap() <= &total && &total <= scored.iter().max().unwrap());
                prop_assert!((0..=FULL).contains(&found.coverage_bp.unwrap()));
            }
            None => prop_assert!(scored.is_empty() && found.grade.is_none()),
        }
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
        };
        let at = |x: i32| kpi_points(&rule, KpiValue::Raw(Decimal4(i64::from(x)))).unwrap();
        let (worse, better) = if lower { (a.max(b), a.min(b)) } else { (a.min(b), a.max(b)) };
        prop_assert!(at(worse) <= at(better));
        prop_assert_eq!(at(target), Score::MAX);
    }

    #[test]
    fn printed_scores_parse_to_the_same(hundredths in 0..=FULL) {
        prop_assert_eq!(score(hundredths).to_string().parse(), Ok(score(hundredths)));
    }
}
