//! Scores: from a measured value to points, from points to a total, from totals to a rolling score.
//!
//! This module must never fill a blank: a criterion that was not measured lowers the coverage, one
//! that does not apply drops out, and neither becomes 0 or 100. All arithmetic is exact and is
//! rounded once, half away from zero.

use std::fmt;
use std::str::FromStr;

use super::grade::{GradeBands, worst_grade};
use super::{Grade, KpiDirection, KpiMeasure};
use crate::domain::decimal::{
    Decimal4, DecimalError, PLACES, Zeros, divide_rounded, parse_fixed, print_fixed,
};

/// The highest score, 100.00.
pub const FULL: i64 = 10_000;

/// The highest rating given by hand.
pub const MAX_RATING: u8 = 5;

/// Points or a score: 0.00 to 100.00 in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Score(i64);

impl Score {
    /// The worst.
    pub const ZERO: Self = Self(0);
    /// The best.
    pub const MAX: Self = Self(FULL);

    /// A score of so many hundredths; `None` outside 0 to 10 000.
    #[must_use]
    pub const fn from_hundredths(hundredths: i64) -> Option<Self> {
        if hundredths >= 0 && hundredths <= FULL { Some(Self(hundredths)) } else { None }
    }

    /// The score in hundredths.
    #[must_use]
    pub const fn hundredths(self) -> i64 {
        self.0
    }

    /// A fraction of hundredths, rounded half away from zero and held within the scale.
    fn of_fraction(numerator: i128, denominator: i128) -> Self {
        let hundredths = divide_rounded(numerator, denominator).clamp(0, i128::from(FULL));
        Self(i64::try_from(hundredths).unwrap_or(FULL))
    }
}

/// Why a text is not a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ScoreError {
    /// Not a number with at most two decimals.
    Decimal(DecimalError),
    /// Below 0 or above 100.
    OutOfRange,
}

impl FromStr for Score {
    type Err = ScoreError;

    /// Reads points, `86.5` is 8650 hundredths.
    fn from_str(input: &str) -> Result<Self, ScoreError> {
        let hundredths = parse_fixed(input, 2).map_err(ScoreError::Decimal)?;
        Self::from_hundredths(hundredths).ok_or(ScoreError::OutOfRange)
    }
}

impl fmt::Display for Score {
    /// Points without trailing zeros: `86.5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&print_fixed(i128::from(self.0), 2, Zeros::Trimmed))
    }
}

/// How a KPI turns a value into points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KpiRule {
    /// Measured or rated by hand.
    pub measure: KpiMeasure,
    /// Which way is better; only for measured ones.
    pub direction: KpiDirection,
    /// The value that earns no points; only for measured ones.
    pub floor: Option<Decimal4>,
    /// The value that earns all points; only for measured ones.
    pub target: Option<Decimal4>,
}

/// The value of a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KpiValue {
    /// A measured value in the unit of the KPI.
    Raw(Decimal4),
    /// A rating by hand, 0 to 5.
    Rating(u8),
    /// The mean of the ratings of several, 0 to 5.
    Mean(Decimal4),
}

/// Why a value earns no points, not even zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PointsError {
    /// A measured value for a rated KPI, or the other way round.
    WrongMeasure {
        /// How the KPI is expressed.
        expected: KpiMeasure,
    },
    /// A measured KPI without floor or target has no scale.
    NoScale,
    /// The floor is on the better side of the target.
    ScaleReversed {
        /// The value that earns no points.
        floor: Decimal4,
        /// The value that earns all points.
        target: Decimal4,
        /// Which way is said to be better.
        direction: KpiDirection,
    },
    /// A rating above 5.
    RatingOutOfRange {
        /// The rating.
        rating: u8,
    },
}

/// The points that `value` earns under `rule`.
///
/// A measured value earns `clamp(100 · (x − floor) / (target − floor))`, which is direction-aware
/// since floor and target are; where both are the same it is met or not. A rating earns 20 points a
/// step, so that a 5 is 100.
///
/// # Errors
///
/// When the value does not fit the rule, or the rule has no scale.
pub fn kpi_points(rule: &KpiRule, value: KpiValue) -> Result<Score, PointsError> {
    match (rule.measure, value) {
        (KpiMeasure::Quant, KpiValue::Raw(raw)) => linear_points(rule, raw),
        (KpiMeasure::Qual, KpiValue::Rating(rating)) => rating_points(rating),
        (KpiMeasure::Qual, KpiValue::Mean(mean)) => mean_points(mean),
        (expected, _) => Err(PointsError::WrongMeasure { expected }),
    }
}

fn linear_points(rule: &KpiRule, raw: Decimal4) -> Result<Score, PointsError> {
    let (Some(floor), Some(target)) = (rule.floor, rule.target) else {
        return Err(PointsError::NoScale);
    };
    // A range has two ends that are bad: a line from floor to target has one.
    if rule.direction == KpiDirection::Range {
        return Err(PointsError::NoScale);
    }
    // Turned so that higher is better; a KPI where lower is better is the same one upside down.
    let turned = |d: Decimal4| match rule.direction {
        KpiDirection::Max | KpiDirection::Range => i128::from(d.0),
        KpiDirection::Min => -i128::from(d.0),
    };
    let (low, high, x) = (turned(floor), turned(target), turned(raw));
    if low > high {
        return Err(PointsError::ScaleReversed { floor, target, direction: rule.direction });
    }
    if low == high {
        return Ok(if x >= high { Score::MAX } else { Score::ZERO });
    }
    Ok(Score::of_fraction(i128::from(FULL) * (x - low).clamp(0, high - low), high - low))
}

fn rating_points(rating: u8) -> Result<Score, PointsError> {
    if rating > MAX_RATING {
        return Err(PointsError::RatingOutOfRange { rating });
    }
    Ok(Score::of_fraction(i128::from(FULL) * i128::from(rating), i128::from(MAX_RATING)))
}

fn mean_points(mean: Decimal4) -> Result<Score, PointsError> {
    let highest = i128::from(MAX_RATING) * 10_i128.pow(PLACES);
    if !(0..=highest).contains(&i128::from(mean.0)) {
        let rating = u8::try_from(mean.0 / 10_i64.pow(PLACES)).unwrap_or(u8::MAX);
        return Err(PointsError::RatingOutOfRange { rating });
    }
    Ok(Score::of_fraction(i128::from(FULL) * i128::from(mean.0), highest))
}

/// What a criterion of a review came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It applies and has no value yet.
    NotMeasured,
    /// It does not apply to this vendor or period.
    NotApplicable,
    /// It earned these points, measured or overridden.
    Points(Score),
}

/// Whether a criterion alone can decide the grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Veto {
    /// It counts with its weight only.
    No,
    /// Failing it, which is earning no points at all, caps the grade (一票否决).
    Yes,
}

/// One criterion of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScoredRow {
    /// Its weight in basis points, 0 to 10 000; a negative one counts as none.
    pub weight_bp: i64,
    /// What it came to.
    pub outcome: Outcome,
    /// Whether it is a veto KPI.
    pub veto: Veto,
}

/// How totals become grades, settings of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradeRules {
    /// The bands of the grades.
    pub bands: GradeBands,
    /// The coverage in basis points below which no grade is given.
    pub min_coverage_bp: i64,
}

impl Default for GradeRules {
    /// The default bands, and no grade below 80 % coverage.
    fn default() -> Self {
        Self { bands: GradeBands::default(), min_coverage_bp: 8_000 }
    }
}

/// The result of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Total {
    /// The weighted mean of the scored criteria; `None` when none is scored.
    pub total: Option<Score>,
    /// The scored share of the applicable weight in basis points, rounded down so that it never
    /// seems to reach the bound; `None` when nothing applies.
    pub coverage_bp: Option<i64>,
    /// The grade; `None` without a total or with too little coverage.
    pub grade: Option<Grade>,
    /// Whether a veto KPI failed, graded or not.
    pub veto_failed: bool,
    /// Whether that made the grade worse than the total alone.
    pub capped_by_veto: bool,
}

/// The result of a review with these criteria.
///
/// `Σ w·p / Σ w` over the scored criteria (ServiceNow: only answered questions contribute;
/// OpenGRC: not-applicable ones drop out of the weights). A failed veto KPI caps the grade at the
/// worst. The grade is read from the rounded total.
#[must_use]
pub fn total(rows: &[ScoredRow], rules: &GradeRules) -> Total {
    let (mut applicable, mut scored, mut weighted) = (0_i128, 0_i128, 0_i128);
    let mut veto_failed = false;
    for row in rows {
        let weight = i128::from(row.weight_bp.max(0));
        match row.outcome {
            Outcome::NotApplicable => {}
            Outcome::NotMeasured => applicable += weight,
            Outcome::Points(points) => {
                applicable += weight;
                scored += weight;
                weighted += weight * i128::from(points.hundredths());
                veto_failed |= row.veto == Veto::Yes && points == Score::ZERO;
            }
        }
    }
    let total = (scored > 0).then(|| Score::of_fraction(weighted, scored));
    let covered = |bp: i64| scored * i128::from(FULL) >= applicable * i128::from(bp);
    let earned = total.filter(|_| covered(rules.min_coverage_bp)).map(|score| rules.bands.grade_of(score));
    let grade = earned.map(|g| if veto_failed { worst_grade() } else { g });
    Total {
        total,
        coverage_bp: (applicable > 0).then(|| share_bp(scored, applicable)),
        grade,
        veto_failed,
        capped_by_veto: grade != earned,
    }
}

/// The score over the last reviews, the newest first: weights 12, 11, … 1 and then nothing.
///
/// Source: the default weighting of the ERPNext supplier scorecard,
/// `max(0, min(1, (12 − i) / 12))`. Periods without a review are to be left out of `newest_first`,
/// not filled (ERPNext issue 31597 counts them as 100). `None` without a review.
#[must_use]
pub fn rolling(newest_first: &[Score]) -> Option<Score> {
    let weighted = newest_first.iter().zip((1..=12_i128).rev());
    let (sum, weights) = weighted.fold((0, 0), |(sum, weights), (score, weight)| {
        (sum + weight * i128::from(score.hundredths()), weights + weight)
    });
    (weights > 0).then(|| Score::of_fraction(sum, weights))
}

fn share_bp(part: i128, whole: i128) -> i64 {
    i64::try_from(part * i128::from(FULL) / whole).unwrap_or(FULL)
}

#[cfg(test)]
mod tests;
