//! Reading a date as people type it.
//!
//! This module must never decide between two readings: orders such as day/month/year are not read
//! here at all.

use chrono::{Datelike, Days, NaiveDate};

use super::{Span, SpanError, SpanUnit, add_months};
use crate::domain::decimal::{all_digits, fold_width};
use crate::limits::{FIRST_YEAR, LAST_YEAR};

/// Whether a date may have this year.
#[must_use]
pub const fn is_year(year: i32) -> bool {
    year >= FIRST_YEAR && year <= LAST_YEAR
}

/// Why a text is not a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateError {
    /// Nothing but spaces.
    Empty,
    /// None of the forms that are understood.
    NotADate,
    /// A day that the month does not have: `2026-02-30`.
    NoSuchDay {
        /// The year.
        year: i32,
        /// The month as it is written.
        month: u32,
        /// The day as it is written.
        day: u32,
    },
    /// A year outside [`FIRST_YEAR`]..=[`LAST_YEAR`].
    YearOutOfRange {
        /// The year.
        year: i32,
    },
    /// The span after `+` or `-` cannot be read.
    Span(SpanError),
    /// Business days need a calendar of holidays and cannot be counted from here.
    BusinessDays,
}

/// The date that `input` names.
///
/// Understood are `2026-07-31`, `2026/7/31`, `2026.7.31`, `2026年7月31日`, `7月31日` (this year),
/// `today 今天`, `tomorrow 明天`, `yesterday 昨天`, `+90d -3m +1y +2w` from today, `eom 月底`,
/// `eoq 季末`, `eoy 年底` (of the calendar), and `2026Q4` or `2026-Q4` (its last day).
///
/// # Errors
///
/// A [`DateError`] for everything else, and for days and years that do not exist.
pub fn parse_date(input: &str, today: NaiveDate) -> Result<NaiveDate, DateError> {
    let folded = fold_width(input).to_lowercase();
    let text = folded.trim();
    if text.is_empty() {
        return Err(DateError::Empty);
    }
    let date = match text {
        "today" | "今天" | "今日" => today,
        "tomorrow" | "明天" | "明日" => moved(today, Sign::Plus, Span::days(1))?,
        "yesterday" | "昨天" | "昨日" => moved(today, Sign::Minus, Span::days(1))?,
        "eom" | "月底" | "月末" => end_of_month(today.year(), today.month())?,
        "eoq" | "季末" | "季底" => end_of_month(today.year(), today.month().div_ceil(3) * 3)?,
        "eoy" | "年底" | "年末" => end_of_month(today.year(), 12)?,
        _ => written(text, today)?,
    };
    let year = date.year();
    if is_year(year) { Ok(date) } else { Err(DateError::YearOutOfRange { year }) }
}

#[derive(Debug, Clone, Copy)]
enum Sign {
    Plus,
    Minus,
}

fn written(text: &str, today: NaiveDate) -> Result<NaiveDate, DateError> {
    if let Some(span) = text.strip_prefix('+') {
        return moved(today, Sign::Plus, span.trim().parse().map_err(DateError::Span)?);
    }
    if let Some(span) = text.strip_prefix('-') {
        return moved(today, Sign::Minus, span.trim().parse().map_err(DateError::Span)?);
    }
    if let Some((year, quarter)) = text.split_once('q') {
        let year = number(year.strip_suffix('-').unwrap_or(year), 4)?;
        let quarter = number(quarter, 1)?;
        if !(1..=4).contains(&quarter) {
            return Err(DateError::NotADate);
        }
        return end_of_month(signed(year), quarter * 3);
    }
    if text.contains('月') {
        return in_chinese(text, today);
    }
    let separator = ['-', '/', '.'].into_iter().find(|c| text.contains(*c)).ok_or(DateError::NotADate)?;
    let mut parts = text.split(separator);
    let (Some(year), Some(month), Some(day), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(DateError::NotADate);
    };
    // Four digits first, so that 31/7/2026 and 07/31/26 are not read at all.
    if year.len() != 4 {
        return Err(DateError::NotADate);
    }
    civil(signed(number(year, 4)?), number(month, 2)?, number(day, 2)?)
}

fn in_chinese(text: &str, today: NaiveDate) -> Result<NaiveDate, DateError> {
    let (year, rest) = match text.split_once('年') {
        Some((year, rest)) if year.trim().len() == 4 => (signed(number(year.trim(), 4)?), rest),
        Some(_) => return Err(DateError::NotADate),
        None => (today.year(), text),
    };
    let (month, day) = rest.split_once('月').ok_or(DateError::NotADate)?;
    let day = day.trim().strip_suffix(['日', '号']).ok_or(DateError::NotADate)?;
    civil(year, number(month.trim(), 2)?, number(day.trim(), 2)?)
}

fn civil(year: i32, month: u32, day: u32) -> Result<NaiveDate, DateError> {
    if !is_year(year) {
        return Err(DateError::YearOutOfRange { year });
    }
    NaiveDate::from_ymd_opt(year, month, day).ok_or(DateError::NoSuchDay { year, month, day })
}

fn end_of_month(year: i32, month: u32) -> Result<NaiveDate, DateError> {
    let first = civil(year, month, 1)?;
    let next = add_months(first, 1).and_then(|d| d.pred_opt());
    next.ok_or(DateError::YearOutOfRange { year })
}

fn moved(from: NaiveDate, sign: Sign, span: Span) -> Result<NaiveDate, DateError> {
    let days = Days::new(u64::from(span.n));
    let months = i64::from(span.n);
    let date = match (span.unit, sign) {
        (SpanUnit::Day, Sign::Plus) => from.checked_add_days(days),
        (SpanUnit::Day, Sign::Minus) => from.checked_sub_days(days),
        (SpanUnit::Month, Sign::Plus) => add_months(from, months),
        (SpanUnit::Month, Sign::Minus) => add_months(from, -months),
        (SpanUnit::BusinessDay, _) => return Err(DateError::BusinessDays),
    };
    date.ok_or(DateError::YearOutOfRange { year: from.year() })
}

/// A number of at most `max_digits` digits.
fn number(text: &str, max_digits: usize) -> Result<u32, DateError> {
    if !all_digits(text) || text.len() > max_digits {
        return Err(DateError::NotADate);
    }
    text.parse().map_err(|_| DateError::NotADate)
}

/// A year of at most four digits.
fn signed(year: u32) -> i32 {
    i32::try_from(year).unwrap_or(i32::MAX)
}
