//! A criterion of a review as it is held, and what it comes to.
//!
//! This module must never hide what was measured behind what a person made of it: an override
//! stands in for the value, and the points of the value stay beside it.

use super::scale::{KpiRule, KpiValue, kpi_points};
use super::score::{Outcome, Score, ScoredRow, Veto};
use super::{KpiDirection, KpiMeasure, RowStatus};
use crate::domain::decimal::Decimal4;

/// Whether and where a KPI alone decides the grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VetoRule {
    /// It counts with its weight only.
    None,
    /// It fails at no points.
    AtZero,
    /// It fails at this measured value and on the worse side of it.
    At(Decimal4),
}

/// One criterion of a review as it is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// Its weight in basis points.
    pub weight_bp: i64,
    /// Whether it has a value.
    pub status: RowStatus,
    /// Its measured value, in the unit of the KPI.
    pub raw: Option<Decimal4>,
    /// Its rating, 0 to 5.
    pub rating: Option<u8>,
    /// The mean of the ratings of several, in place of one.
    pub mean: Option<Decimal4>,
    /// The points that a person set in place of those of the value.
    pub override_points: Option<Score>,
    /// How the value earns points; `None` where the KPI cannot be read.
    pub rule: Option<KpiRule>,
    /// Whether it can decide the grade alone.
    pub veto: VetoRule,
}

/// What a criterion came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    /// It as it counts in the total.
    pub row: ScoredRow,
    /// The points of the value as it was measured or rated, overridden or not.
    pub original: Option<Score>,
}

impl Criterion {
    /// The value that its KPI reads.
    #[must_use]
    pub fn value(&self) -> Option<KpiValue> {
        match self.rule.as_ref()?.measure {
            KpiMeasure::Quant => self.raw.map(KpiValue::Raw),
            KpiMeasure::Qual => self.mean.map(KpiValue::Mean).or(self.rating.map(KpiValue::Rating)),
        }
    }

    /// What it came to. An override stands in for the value, for the veto as well: who knows better
    /// than the figure says so with a reason.
    #[must_use]
    pub fn judged(&self) -> Judged {
        let measured = self.status == RowStatus::Measured;
        let earned = || kpi_points(self.rule.as_ref()?, self.value()?).ok();
        let original = measured.then(earned).flatten();
        let points = self.override_points.filter(|_| measured).or(original);
        let outcome = match (self.status, points) {
            (RowStatus::NotApplicable, _) => Outcome::NotApplicable,
            (_, Some(points)) => Outcome::Points(points),
            (_, None) => Outcome::NotMeasured,
        };
        let veto = match self.veto {
            VetoRule::AtZero => Veto::Yes,
            VetoRule::At(_) if self.override_points.is_some() => Veto::Yes,
            VetoRule::At(bound) if self.is_beyond(bound) => Veto::Failed,
            VetoRule::None | VetoRule::At(_) => Veto::No,
        };
        Judged { row: ScoredRow { weight_bp: self.weight_bp, outcome, veto }, original }
    }

    /// Whether the measured value lies at the bound or on its worse side; a rating and the value of
    /// a range have no such side.
    fn is_beyond(&self, bound: Decimal4) -> bool {
        match (&self.rule, self.value()) {
            (Some(rule), Some(KpiValue::Raw(raw))) => match rule.direction {
                KpiDirection::Max => raw <= bound,
                KpiDirection::Min => raw >= bound,
                KpiDirection::Range => false,
            },
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::review::{FULL, GradeRules, total};
    use proptest::prelude::*;

    fn dec(text: &str) -> Decimal4 {
        text.parse().unwrap()
    }

    fn score(hundredths: i64) -> Score {
        Score::from_hundredths(hundredths).unwrap()
    }

    fn incidents(raw: &str) -> Criterion {
        let rule = KpiRule {
            measure: KpiMeasure::Quant,
            direction: KpiDirection::Min,
            floor: Some(dec("10")),
            target: Some(dec("0")),
            steps: None,
        };
        Criterion {
            weight_bp: 10_000,
            status: RowStatus::Measured,
            raw: Some(dec(raw)),
            rating: None,
            mean: None,
            override_points: None,
            rule: Some(rule),
            veto: VetoRule::At(dec("3")),
        }
    }

    #[test]
    fn a_veto_fails_at_its_bound_and_beyond_whatever_the_points() {
        for (raw, veto, points) in
            [("2.9", Veto::No, 7_100), ("3", Veto::Failed, 7_000), ("10", Veto::Failed, 0)]
        {
            let judged = incidents(raw).judged();
            assert_eq!(
                (judged.row.veto, judged.row.outcome),
                (veto, Outcome::Points(score(points))),
                "{raw}"
            );
        }
        let mut uptime = incidents("3");
        if let Some(rule) = &mut uptime.rule {
            (rule.direction, rule.floor, rule.target) = (KpiDirection::Max, Some(dec("0")), Some(dec("10")));
        }
        assert_eq!(uptime.judged().row.veto, Veto::Failed);
        uptime.raw = Some(dec("3.1"));
        assert_eq!(uptime.judged().row.veto, Veto::No);
    }

    #[test]
    fn an_override_stands_in_for_the_value_and_keeps_its_points() {
        let overridden = Criterion { override_points: Some(score(9_250)), ..incidents("5") };
        let judged = overridden.judged();
        assert_eq!(judged.original, Some(score(5_000)));
        assert_eq!(judged.row.outcome, Outcome::Points(score(9_250)));
        assert!(!judged.row.fails_veto());
        let to_nothing = Criterion { override_points: Some(Score::ZERO), ..incidents("0") };
        assert!(to_nothing.judged().row.fails_veto());
        // Points may be set where nothing was measured, and then there are no others.
        let unmeasured = Criterion { raw: None, ..overridden };
        assert_eq!(unmeasured.judged().original, None);
        assert_eq!(unmeasured.judged().row.outcome, Outcome::Points(score(9_250)));
    }

    #[test]
    fn the_three_blanks_stay_apart() {
        let none = Criterion { raw: None, status: RowStatus::NotMeasured, ..incidents("0") };
        assert_eq!(none.judged().row.outcome, Outcome::NotMeasured);
        let not_applicable = Criterion { status: RowStatus::NotApplicable, ..none };
        assert_eq!(not_applicable.judged().row.outcome, Outcome::NotApplicable);
        assert_eq!(incidents("10").judged().row.outcome, Outcome::Points(Score::ZERO));
        let without_rule = Criterion { rule: None, ..incidents("1") };
        assert_eq!(without_rule.judged().row.outcome, Outcome::NotMeasured);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]
        #[test]
        fn a_better_value_never_lowers_total_or_grade(
            worse in 0_i64..=120_000, gain in 0_i64..=120_000, bound in 0_i64..=120_000, others in 0..=FULL, weight in 0_i64..=10_000,
        ) {
            let at = |raw: i64| {
                let row = Criterion { raw: Some(Decimal4(raw)), veto: VetoRule::At(Decimal4(bound)), weight_bp: weight, ..incidents("0") };
                let other = ScoredRow { weight_bp: 10_000 - weight, outcome: Outcome::Points(score(others)), veto: Veto::No };
                total(&[row.judged().row, other], &GradeRules::default())
            };
            let (before, after) = (at(worse), at((worse - gain).max(0)));
            prop_assert!(after.total >= before.total);
            prop_assert!(after.grade <= before.grade);
        }
    }
}
