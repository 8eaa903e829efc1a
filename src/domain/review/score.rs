//! Scores: from points to a total, from totals to a rolling score and a trend.
//!
//! This module must never fill a blank: a criterion that was not measured lowers the coverage, one
//! that does not apply drops out, and neither becomes 0 or 100. All arithmetic is exact and is
//! rounded once, half away from zero.

use std::fmt;
use std::str::FromStr;

use super::Grade;
use super::grade::{GradeBands, worst_grade};
use crate::domain::decimal::{DecimalError, Zeros, divide_rounded, parse_fixed, print_fixed};

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
    pub(super) fn of_fraction(numerator: i128, denominator: i128) -> Self {
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
    /// It was failed, whatever points it earned: its value lies at the bound or beyond.
    Failed,
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

impl ScoredRow {
    /// Whether it is a veto KPI that was failed; one without points was not.
    #[must_use]
    pub fn fails_veto(&self) -> bool {
        match (self.veto, self.outcome) {
            (Veto::Yes, Outcome::Points(points)) => points == Score::ZERO,
            (Veto::Failed, Outcome::Points(_)) => true,
            _ => false,
        }
    }
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
                veto_failed |= row.fails_veto();
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

/// How many hundredths a period the totals rise or, below 0, fall: the slope of the straight line that
/// lies nearest (least squares), rounded half away from zero.
///
/// `points` are the totals by the number of their period, in any order; a period without a review is
/// left out, not filled. `None` below three periods: two are a change and no trend.
#[must_use]
pub fn trend(points: &[(i64, Score)]) -> Option<i64> {
    let count = i128::try_from(points.len()).ok().filter(|count| *count >= 3)?;
    let xs = || points.iter().map(|(x, _)| i128::from(*x));
    let ys = || points.iter().map(|(_, y)| i128::from(y.hundredths()));
    let (sum_x, sum_y) = (xs().sum::<i128>(), ys().sum::<i128>());
    let covariance = count * xs().zip(ys()).map(|(x, y)| x * y).sum::<i128>() - sum_x * sum_y;
    let variance = count * xs().map(|x| x * x).sum::<i128>() - sum_x * sum_x;
    (variance > 0).then(|| divide_rounded(covariance, variance)).and_then(|slope| i64::try_from(slope).ok())
}

fn share_bp(part: i128, whole: i128) -> i64 {
    i64::try_from(part * i128::from(FULL) / whole).unwrap_or(FULL)
}

#[cfg(test)]
mod tests;
