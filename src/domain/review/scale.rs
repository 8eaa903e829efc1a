//! From a value to points: along a line between floor and target, by steps, or by a rating.
//!
//! This module must never give points that fall while the value gets better: a scale that would is
//! no scale. What is typed as steps is read here, with the reason where it is none.

use std::fmt;
use std::str::FromStr;

use super::score::{FULL, MAX_RATING, Score, ScoreError};
use super::{KpiDirection, KpiMeasure};
use crate::domain::decimal::{Decimal4, DecimalError, PLACES, fold_width};

/// The fewest steps of a scale: one alone would give every value the same points.
pub const FEWEST_STEPS: usize = 2;

/// The most steps of a scale (ServiceNow takes as many): more are a line.
pub const MOST_STEPS: usize = 5;

/// One step of a scale: what values from `from` on earn, up to the next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The first value of the step. The lowest step also takes what lies below it.
    pub from: Decimal4,
    /// What it earns.
    pub points: Score,
}

/// A scale of [`FEWEST_STEPS`] to [`MOST_STEPS`] steps, from the lowest value up.
///
/// Steps are half-open, `from <= x < next`; the lowest reaches down and the highest up without end
/// (ServiceNow), so that every value is on one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Steps {
    steps: Vec<Step>,
}

/// Why steps are no scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StepsError {
    /// Fewer than [`FEWEST_STEPS`] or more than [`MOST_STEPS`].
    Count {
        /// How many there are.
        count: usize,
    },
    /// A part that is not a value, a colon and points. Parts count from 1.
    Shape {
        /// Which part.
        part: usize,
    },
    /// A value that is no number with at most four decimals.
    Value {
        /// Which part.
        part: usize,
        /// What is wrong with it.
        error: DecimalError,
    },
    /// Points that are none.
    Points {
        /// Which part.
        part: usize,
        /// What is wrong with them.
        error: ScoreError,
    },
    /// Two steps begin at the same value.
    Twice {
        /// The value.
        from: Decimal4,
    },
    /// Points get better where the value gets worse.
    WrongWay {
        /// Where the step begins that earns more, or less, than it may.
        from: Decimal4,
    },
}

impl Steps {
    /// Checks that `steps`, in any order, are a scale in `direction`.
    ///
    /// # Errors
    ///
    /// The first flaw from the lowest value up.
    pub fn new(mut steps: Vec<Step>, direction: KpiDirection) -> Result<Self, StepsError> {
        if !(FEWEST_STEPS..=MOST_STEPS).contains(&steps.len()) {
            return Err(StepsError::Count { count: steps.len() });
        }
        steps.sort_unstable_by_key(|step| step.from);
        let pairs = || steps.iter().zip(steps.iter().skip(1));
        if let Some((_, twin)) = pairs().find(|(low, high)| low.from == high.from) {
            return Err(StepsError::Twice { from: twin.from });
        }
        let mut may_rise = direction != KpiDirection::Min;
        for (low, high) in pairs() {
            let (rises, falls) = (high.points > low.points, high.points < low.points);
            if (rises && !may_rise) || (falls && direction == KpiDirection::Max) {
                return Err(StepsError::WrongWay { from: high.from });
            }
            // A range rises to its best and then falls; it does not rise again.
            may_rise &= !falls;
        }
        Ok(Self { steps })
    }

    /// Reads `0: 20, 90: 60, 95: 80, 98: 100`: from which value on how many points.
    ///
    /// # Errors
    ///
    /// The first part that cannot be read, else what [`Steps::new`] refuses.
    pub fn read(input: &str, direction: KpiDirection) -> Result<Self, StepsError> {
        let folded = fold_width(input).replace(['、', ';'], ",");
        let parts = folded.split(',').map(str::trim).filter(|part| !part.is_empty());
        let steps = parts.enumerate().map(|(at, part)| step(at + 1, part)).collect::<Result<Vec<_>, _>>()?;
        Self::new(steps, direction)
    }

    /// The steps from the lowest value up.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The step on which `value` is, with the value at which the next begins.
    #[must_use]
    pub fn step_of(&self, value: Decimal4) -> (Step, Option<Decimal4>) {
        let above = self.steps.iter().position(|step| step.from > value).unwrap_or(self.steps.len());
        let next = self.steps.get(above).map(|step| step.from);
        let step = self.steps.get(above.saturating_sub(1)).copied();
        (step.unwrap_or(Step { from: value, points: Score::ZERO }), next)
    }
}

fn step(part: usize, text: &str) -> Result<Step, StepsError> {
    let (from, points) = text.split_once(':').ok_or(StepsError::Shape { part })?;
    let from = Decimal4::from_str(from).map_err(|error| StepsError::Value { part, error })?;
    let points = Score::from_str(points).map_err(|error| StepsError::Points { part, error })?;
    Ok(Step { from, points })
}

impl fmt::Display for Steps {
    /// As it is typed: `0: 20, 90: 60`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.steps.iter().enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            write!(f, "{comma}{}: {}", step.from, step.points)?;
        }
        Ok(())
    }
}

/// How a KPI turns a value into points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KpiRule {
    /// Measured or rated by hand.
    pub measure: KpiMeasure,
    /// Which way is better; only for measured ones.
    pub direction: KpiDirection,
    /// The value that earns no points; only for measured ones.
    pub floor: Option<Decimal4>,
    /// The value that earns all points; only for measured ones.
    pub target: Option<Decimal4>,
    /// The steps of a measured one; they stand before floor and target.
    pub steps: Option<Steps>,
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
    /// A measured KPI without steps, floor or target has no scale; nor has a range without steps.
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
/// A measured value earns what its step earns; without steps `clamp(100 · (x − floor) / (target −
/// floor))`, which is direction-aware since floor and target are; where both are the same it is met
/// or not. A rating earns 20 points a step, so that a 5 is 100.
///
/// # Errors
///
/// When the value does not fit the rule, or the rule has no scale.
pub fn kpi_points(rule: &KpiRule, value: KpiValue) -> Result<Score, PointsError> {
    match (rule.measure, value) {
        (KpiMeasure::Quant, KpiValue::Raw(raw)) => match &rule.steps {
            Some(steps) => Ok(steps.step_of(raw).0.points),
            None => linear_points(rule, raw),
        },
        (KpiMeasure::Qual, KpiValue::Rating(rating)) => rating_points(rating),
        (KpiMeasure::Qual, KpiValue::Mean(mean)) => mean_points(mean),
        (expected, _) => Err(PointsError::WrongMeasure { expected }),
    }
}

fn linear_points(rule: &KpiRule, raw: Decimal4) -> Result<Score, PointsError> {
    let (Some(floor), Some(target)) = (rule.floor, rule.target) else {
        return Err(PointsError::NoScale);
    };
    // Turned so that higher is better; a KPI where lower is better is the same one upside down.
    let sign = match rule.direction {
        KpiDirection::Max => 1,
        KpiDirection::Min => -1,
        // A line has one better side; the middle of a range is told by steps.
        KpiDirection::Range => return Err(PointsError::NoScale),
    };
    let turned = |d: Decimal4| sign * i128::from(d.0);
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

#[cfg(test)]
mod tests;
