//! Civil dates and spans of time: adding months, reading `36m` and `2026年7月31日`.
//!
//! This module must never read a clock (`today` is an argument) and must never chain month
//! arithmetic on a clamped date: every sum starts from its own anchor.

use std::fmt;
use std::str::FromStr;

use chrono::{Months, NaiveDate};

use crate::closed_list;
use crate::domain::decimal::{all_digits, fold_width};
use crate::limits;

mod input;

pub use input::{DateError, is_year, parse_date};

/// `date` moved by `months`, at the last day of the month where the day does not exist.
///
/// `None` outside the range of the calendar library.
#[must_use]
pub fn add_months(date: NaiveDate, months: i64) -> Option<NaiveDate> {
    let count = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
    if months < 0 { date.checked_sub_months(count) } else { date.checked_add_months(count) }
}

closed_list! {
    /// What a span counts.
    SpanUnit {
        Day = "day", Plain, "days", "天";
        BusinessDay = "business_day", Plain, "business days", "个工作日";
        Month = "month", Plain, "months", "个月";
    }
}

/// A length of time as contracts state it: 36 months, 60 days, 20 business days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    /// How many.
    pub n: u32,
    /// Of what.
    pub unit: SpanUnit,
}

impl Span {
    /// `n` calendar days.
    #[must_use]
    pub const fn days(n: u32) -> Self {
        Self { n, unit: SpanUnit::Day }
    }

    /// `n` working days.
    #[must_use]
    pub const fn business_days(n: u32) -> Self {
        Self { n, unit: SpanUnit::BusinessDay }
    }

    /// `n` calendar months.
    #[must_use]
    pub const fn months(n: u32) -> Self {
        Self { n, unit: SpanUnit::Month }
    }
}

impl Default for Span {
    /// No time at all, `0d`.
    fn default() -> Self {
        Self::days(0)
    }
}

impl fmt::Display for Span {
    /// The canonical form: `36m`, `60d`, `20bd`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            SpanUnit::Day => "d",
            SpanUnit::BusinessDay => "bd",
            SpanUnit::Month => "m",
        };
        write!(f, "{}{unit}", self.n)
    }
}

/// Why a text is not a span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpanError {
    /// Nothing but spaces.
    Empty,
    /// It does not begin with a whole number.
    NoNumber,
    /// A number without a unit: 60 days or 60 months is not the same notice.
    NoUnit,
    /// A unit that is not known.
    UnknownUnit {
        /// The unit as it is written.
        unit: String,
    },
    /// Longer than any contract.
    TooLong {
        /// The longest span in this unit.
        max: Span,
    },
}

impl FromStr for Span {
    type Err = SpanError;

    /// Reads `36m`, `60d`, `20bd`, `3y` (36 months), `2w` (14 days), `90 days`, `36个月`, `60天`,
    /// `20个工作日`, `3年`; full-width characters are folded.
    fn from_str(input: &str) -> Result<Self, SpanError> {
        let folded = fold_width(input).to_lowercase();
        let text = folded.trim();
        if text.is_empty() {
            return Err(SpanError::Empty);
        }
        let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (digits, unit) = text.split_at(digits);
        if !all_digits(digits) {
            return Err(SpanError::NoNumber);
        }
        let unit = unit.trim();
        if unit.is_empty() {
            return Err(SpanError::NoUnit);
        }
        let Some((_, unit, factor)) = UNITS.iter().find(|(words, _, _)| words.contains(&unit)) else {
            return Err(SpanError::UnknownUnit { unit: unit.to_owned() });
        };
        let max = if *unit == SpanUnit::Month { limits::SPAN_MONTHS } else { limits::SPAN_DAYS };
        let n = digits.parse::<u32>().ok().and_then(|n| n.checked_mul(*factor)).filter(|n| *n <= max);
        n.map(|n| Self { n, unit: *unit }).ok_or(SpanError::TooLong { max: Self { n: max, unit: *unit } })
    }
}

/// The words for a unit, what it counts, and how many of that one word is.
const UNITS: &[(&[&str], SpanUnit, u32)] = &[
    (&["d", "day", "days", "天", "日", "个日历日"], SpanUnit::Day, 1),
    (&["w", "week", "weeks", "周", "个周", "个星期"], SpanUnit::Day, 7),
    (&["bd", "business day", "business days", "工作日", "个工作日"], SpanUnit::BusinessDay, 1),
    (&["m", "month", "months", "月", "个月"], SpanUnit::Month, 1),
    (&["y", "year", "years", "年"], SpanUnit::Month, 12),
];

#[cfg(test)]
mod tests;
