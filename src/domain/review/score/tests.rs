use super::*;
use crate::domain::review::Band;
use proptest::prelude::*;

fn score(hundredths: i64) -> Score {
    Score::from_hundredths(hundredths).unwrap()
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
fn a_trend_is_the_slope_of_the_totals() {
    let at = |x: i64, hundredths: i64| (x, score(hundredths));
    assert_eq!(trend(&[at(1, 7_000), at(2, 8_000)]), None);
    assert_eq!(trend(&[at(5, 7_000), at(5, 8_000), at(5, 9_000)]), None);
    assert_eq!(trend(&[at(1, 7_000), at(2, 7_500), at(3, 8_000)]), Some(500));
    // A skipped period is a gap in time and no total of 0.
    assert_eq!(trend(&[at(1, 7_000), at(3, 8_000), at(4, 8_500)]), Some(500));
    assert_eq!(trend(&[at(8, 8_000), at(7, 8_001), at(6, 8_002), at(5, 8_000)]), Some(0));
    assert_eq!(trend(&[at(1, 9_000), at(2, 8_000), at(3, 8_500)]), Some(-250));
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

fn any_veto() -> impl Strategy<Value = Veto> {
    prop_oneof![Just(Veto::No), Just(Veto::Yes), Just(Veto::Failed)]
}

prop_compose! {
    fn any_row()(weight_bp in 0_i64..=10_000, outcome in any_outcome(), veto in any_veto()) -> ScoredRow {
        ScoredRow { weight_bp, outcome, veto }
    }
}

fn shuffled(rows: &[ScoredRow], seed: usize) -> Vec<ScoredRow> {
    let mut rows = rows.to_vec();
    let count = rows.len();
    for at in 0..count {
        rows.swap(at, (at * 7 + seed) % count);
    }
    rows
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]
    #[test]
    fn the_order_of_the_rows_is_nothing_to_the_result(rows in proptest::collection::vec(any_row(), 0..12), seed: u8) {
        prop_assert_eq!(graded(&shuffled(&rows, usize::from(seed))), graded(&rows));
    }

    #[test]
    fn only_the_proportion_of_the_weights_counts(rows in proptest::collection::vec(any_row(), 0..12), factor in 1_i64..1_000) {
        let scaled = rows.iter().map(|row| ScoredRow { weight_bp: row.weight_bp * factor, ..*row });
        prop_assert_eq!(graded(&scaled.collect::<Vec<_>>()), graded(&rows));
    }

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
    fn printed_scores_parse_to_the_same(hundredths in 0..=FULL) {
        prop_assert_eq!(score(hundredths).to_string().parse(), Ok(score(hundredths)));
    }
}
