//! Review periods: a month, a quarter, a half, a year; by the calendar or by a fiscal year.
//!
//! A fiscal year is named by the calendar year in which it begins. Months are always calendar
//! months. This module must never know which month a register's fiscal year begins with: it is an
//! argument.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};

use crate::closed_list;
use crate::domain::day::{add_months, is_year};
use crate::domain::decimal::{all_digits, fold_width};

closed_list! {
    /// How long a review period is (seed text 2, line 727: month, quarter or year).
    PeriodKind {
        Month = "month", Plain, "Month", "月度";
        Quarter = "quarter", Plain, "Quarter", "季度";
        Half = "half", Plain, "Half year", "半年度";
        Year = "year", Plain, "Year", "年度";
    }
}

impl PeriodKind {
    /// How many periods of this kind a year has.
    #[must_use]
    pub const fn per_year(self) -> u32 {
        match self {
            Self::Month => 12,
            Self::Quarter => 4,
            Self::Half => 2,
            Self::Year => 1,
        }
    }

    /// How many months a period of this kind has.
    #[must_use]
    pub const fn months(self) -> u32 {
        12 / self.per_year()
    }
}

/// The month a fiscal year begins with, 1 to 12.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FiscalStart(u32);

impl FiscalStart {
    /// The calendar year.
    pub const JANUARY: Self = Self(1);

    /// A fiscal year that begins on the first day of `month`; `None` unless 1 to 12.
    #[must_use]
    pub const fn new(month: u32) -> Option<Self> {
        if month >= 1 && month <= 12 { Some(Self(month)) } else { None }
    }

    /// The month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u32 {
        self.0
    }
}

impl Default for FiscalStart {
    fn default() -> Self {
        Self::JANUARY
    }
}

/// One period of one year. Periods of the same kind order by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    kind: PeriodKind,
    year: i32,
    index: u32,
}

/// Why a text is not a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PeriodError {
    /// Nothing but spaces.
    Empty,
    /// None of `2026-03`, `2026-Q1`, `2026-H1`, `2026`.
    NotAPeriod,
    /// A fifth quarter, a thirteenth month.
    NoSuchPeriod {
        /// The kind of period.
        kind: PeriodKind,
        /// Its number as it is written.
        index: u32,
    },
    /// A year that dates do not have ([`is_year`]).
    YearOutOfRange {
        /// The year.
        year: i32,
    },
}

impl Period {
    /// The `index`-th period (from 1) of this kind in `year`.
    ///
    /// # Errors
    ///
    /// When the year is out of range or has no such period.
    pub fn new(kind: PeriodKind, year: i32, index: u32) -> Result<Self, PeriodError> {
        if !is_year(year) {
            return Err(PeriodError::YearOutOfRange { year });
        }
        if !(1..=kind.per_year()).contains(&index) {
            return Err(PeriodError::NoSuchPeriod { kind, index });
        }
        Ok(Self { kind, year, index })
    }

    /// The period of this kind that `date` lies in; `None` when its year is out of range.
    #[must_use]
    pub fn containing(date: NaiveDate, kind: PeriodKind, fiscal: FiscalStart) -> Option<Self> {
        let start = if kind == PeriodKind::Month { FiscalStart::JANUARY } else { fiscal };
        let shifted = date.month0() + 12 + 1 - start.month();
        let year = if shifted < 12 { date.year() - 1 } else { date.year() };
        Self::new(kind, year, shifted % 12 / kind.months() + 1).ok()
    }

    /// How long it is.
    #[must_use]
    pub const fn kind(self) -> PeriodKind {
        self.kind
    }

    /// The (fiscal) year it belongs to.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.year
    }

    /// Its number in the year, from 1.
    #[must_use]
    pub const fn index(self) -> u32 {
        self.index
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self, fiscal: FiscalStart) -> NaiveDate {
        let start = if self.kind == PeriodKind::Month { FiscalStart::JANUARY } else { fiscal };
        let months = (self.index - 1) * self.kind.months();
        let year = NaiveDate::from_ymd_opt(self.year, start.month(), 1);
        // Neither step can fail: years and months are in range by construction.
        year.and_then(|d| add_months(d, i64::from(months))).unwrap_or_default()
    }

    /// Its last day, inclusive.
    #[must_use]
    pub fn last_day(self, fiscal: FiscalStart) -> NaiveDate {
        let next = add_months(self.first_day(fiscal), i64::from(self.kind.months()));
        next.and_then(|d| d.pred_opt()).unwrap_or_default()
    }

    /// The period after this one; `None` after the last year.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        if self.index < self.kind.per_year() {
            return Self::new(self.kind, self.year, self.index + 1).ok();
        }
        Self::new(self.kind, self.year + 1, 1).ok()
    }

    /// The period before this one; `None` before the first year.
    #[must_use]
    pub fn prev(self) -> Option<Self> {
        if self.index > 1 {
            return Self::new(self.kind, self.year, self.index - 1).ok();
        }
        Self::new(self.kind, self.year - 1, self.kind.per_year()).ok()
    }

    /// The short name for axes and columns: `26Q1`, `26H1`, `26-03`, `2026`.
    #[must_use]
    pub fn short(self) -> String {
        let (year, index) = (self.year % 100, self.index);
        match self.kind {
            PeriodKind::Month => format!("{year:02}-{index:02}"),
            PeriodKind::Quarter => format!("{year:02}Q{index}"),
            PeriodKind::Half => format!("{year:02}H{index}"),
            PeriodKind::Year => self.year.to_string(),
        }
    }
}

impl fmt::Display for Period {
    /// The stored form: `2026-03`, `2026-Q1`, `2026-H1`, `2026`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, index) = (self.year, self.index);
        match self.kind {
            PeriodKind::Month => write!(f, "{year}-{index:02}"),
            PeriodKind::Quarter => write!(f, "{year}-Q{index}"),
            PeriodKind::Half => write!(f, "{year}-H{index}"),
            PeriodKind::Year => write!(f, "{year}"),
        }
    }
}

impl FromStr for Period {
    type Err = PeriodError;

    /// Reads the stored form, `2026Q1`, `2026h1`, `2026/3`, and `2026年3月`, `2026年1季度`, `2026年第一季度`,
    /// `2026年上半年`, `2026年`.
    fn from_str(input: &str) -> Result<Self, PeriodError> {
        let folded = fold_width(input).to_uppercase();
        let text = folded.trim();
        if text.is_empty() {
            return Err(PeriodError::Empty);
        }
        let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (year, rest) = text.split_at(digits);
        if year.len() != 4 {
            return Err(PeriodError::NotAPeriod);
        }
        let year = year.parse().map_err(|_| PeriodError::NotAPeriod)?;
        let (kind, index) = match rest.strip_prefix('年') {
            Some(named) => in_chinese(named.trim())?,
            None => in_signs(rest)?,
        };
        Self::new(kind, year, index)
    }
}

/// What follows the year: nothing, `-Q1`, `Q1`, `-H1`, `H1`, `-03`, `/3`.
fn in_signs(text: &str) -> Result<(PeriodKind, u32), PeriodError> {
    if text.is_empty() {
        return Ok((PeriodKind::Year, 1));
    }
    let plain = text.strip_prefix(['-', '/']).unwrap_or(text);
    if let Some(quarter) = plain.strip_prefix('Q') {
        return Ok((PeriodKind::Quarter, number(quarter, 1)?));
    }
    if let Some(half) = plain.strip_prefix('H') {
        return Ok((PeriodKind::Half, number(half, 1)?));
    }
    if plain.len() == text.len() {
        return Err(PeriodError::NotAPeriod);
    }
    Ok((PeriodKind::Month, number(plain, 2)?))
}

/// What follows `年`: nothing, `3月`, `1季度`, `第一季度`, `上半年`, `Q1`.
fn in_chinese(text: &str) -> Result<(PeriodKind, u32), PeriodError> {
    match text {
        "" | "度" | "年度" => return Ok((PeriodKind::Year, 1)),
        "上半年" => return Ok((PeriodKind::Half, 1)),
        "下半年" => return Ok((PeriodKind::Half, 2)),
        _ => {}
    }
    if let Some(month) = text.strip_suffix('月') {
        return Ok((PeriodKind::Month, number(month.trim(), 2)?));
    }
    if let Some(quarter) = text.strip_suffix("季度") {
        let quarter = quarter.strip_prefix('第').unwrap_or(quarter);
        let named = ["一", "二", "三", "四"].into_iter().zip(1..).find(|(word, _)| *word == quarter);
        let index = named.map_or_else(|| number(quarter, 1), |(_, index)| Ok(index))?;
        return Ok((PeriodKind::Quarter, index));
    }
    if text.starts_with(['Q', 'H']) { in_signs(text) } else { Err(PeriodError::NotAPeriod) }
}

fn number(text: &str, max_digits: usize) -> Result<u32, PeriodError> {
    if !all_digits(text) || text.len() > max_digits {
        return Err(PeriodError::NotAPeriod);
    }
    text.parse().map_err(|_| PeriodError::NotAPeriod)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::list::ClosedList;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    const APRIL: FiscalStart = FiscalStart(4);

    #[test]
    fn periods_are_read_and_printed() {
        for (input, printed, short) in [
            ("2026-03", "2026-03", "26-03"),
            ("2026/3", "2026-03", "26-03"),
            ("2026-Q1", "2026-Q1", "26Q1"),
            ("2026q1", "2026-Q1", "26Q1"),
            ("２０２６Ｑ１", "2026-Q1", "26Q1"),
            ("2026-H2", "2026-H2", "26H2"),
            ("2026", "2026", "2026"),
            ("2026年3月", "2026-03", "26-03"),
            ("2026年1季度", "2026-Q1", "26Q1"),
            ("2026年第一季度", "2026-Q1", "26Q1"),
            ("2026年下半年", "2026-H2", "26H2"),
            ("2026年度", "2026", "2026"),
        ] {
            let found = period(input);
            assert_eq!((found.to_string().as_str(), found.short().as_str()), (printed, short), "{input}");
        }
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for (input, error) in [
            ("", PeriodError::Empty),
            ("26Q1", PeriodError::NotAPeriod),
            ("202603", PeriodError::NotAPeriod),
            ("2026-3-1", PeriodError::NotAPeriod),
            ("2026-W1", PeriodError::NotAPeriod),
            ("2026-Q", PeriodError::NotAPeriod),
            ("2026年第五季度", PeriodError::NotAPeriod),
            ("2026-Q5", PeriodError::NoSuchPeriod { kind: PeriodKind::Quarter, index: 5 }),
            ("2026-13", PeriodError::NoSuchPeriod { kind: PeriodKind::Month, index: 13 }),
            ("2026-H0", PeriodError::NoSuchPeriod { kind: PeriodKind::Half, index: 0 }),
            ("1899", PeriodError::YearOutOfRange { year: 1899 }),
        ] {
            assert_eq!(input.parse::<Period>(), Err(error), "{input}");
        }
    }

    #[test]
    fn days_by_the_calendar_and_by_a_fiscal_year() {
        let cases = [
            ("2026-Q1", FiscalStart::JANUARY, "2026-01-01", "2026-03-31"),
            ("2026-Q1", APRIL, "2026-04-01", "2026-06-30"),
            ("2026-Q4", APRIL, "2027-01-01", "2027-03-31"),
            ("2026-H2", APRIL, "2026-10-01", "2027-03-31"),
            ("2027", APRIL, "2027-04-01", "2028-03-31"),
            ("2028-02", APRIL, "2028-02-01", "2028-02-29"),
        ];
        for (text, fiscal, first, last) in cases {
            let found = period(text);
            assert_eq!((found.first_day(fiscal), found.last_day(fiscal)), (day(first), day(last)), "{text}");
        }
    }

    #[test]
    fn a_day_lies_in_its_period() {
        let of = |date, kind, fiscal| Period::containing(day(date), kind, fiscal).unwrap().to_string();
        assert_eq!(of("2026-03-31", PeriodKind::Quarter, FiscalStart::JANUARY), "2026-Q1");
        assert_eq!(of("2026-03-31", PeriodKind::Quarter, APRIL), "2025-Q4");
        assert_eq!(of("2026-04-01", PeriodKind::Half, APRIL), "2026-H1");
        assert_eq!(of("2026-03-31", PeriodKind::Year, APRIL), "2025");
        assert_eq!(of("2026-03-31", PeriodKind::Month, APRIL), "2026-03");
        assert_eq!(Period::containing(NaiveDate::MAX, PeriodKind::Year, APRIL), None);
    }

    #[test]
    fn neighbours_cross_the_year_and_stop_at_the_ends() {
        assert_eq!(period("2026-Q4").next(), Some(period("2027-Q1")));
        assert_eq!(period("2026-01").prev(), Some(period("2025-12")));
        assert_eq!(period("2026").next(), Some(period("2027")));
        assert_eq!(period("2999-H2").next(), None);
        assert_eq!(period("1900").prev(), None);
    }

    #[test]
    fn a_fiscal_year_begins_in_a_month() {
        assert_eq!(FiscalStart::new(4), Some(APRIL));
        assert_eq!((FiscalStart::new(0), FiscalStart::new(13)), (None, None));
    }

    proptest! {
        #[test]
        fn periods_tile_the_calendar(offset in 400_u64..400_000, kind in 0_usize..4, start in 1_u32..=12) {
            let date = day("1900-01-01") + chrono::Days::new(offset);
            let fiscal = FiscalStart::new(start).unwrap();
            let found = Period::containing(date, PeriodKind::ALL[kind], fiscal).unwrap();
            prop_assert!(found.first_day(fiscal) <= date && date <= found.last_day(fiscal));
            prop_assert_eq!(found.to_string().parse(), Ok(found));
            if let Some(next) = found.next() {
                prop_assert_eq!(next.first_day(fiscal).pred_opt().unwrap(), found.last_day(fiscal));
                prop_assert_eq!(next.prev(), Some(found));
                prop_assert!(next > found);
            }
        }
    }
}
