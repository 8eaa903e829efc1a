//! The numbers of a sheet: digits as the file has them, and the days they stand for.
//!
//! Nothing here passes through a float. A spreadsheet reckons with fifteen digits and writes
//! seventeen, so a fraction is rounded to fifteen: `0.30000000000000004` is 0.3.

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use rust_decimal::{Decimal, RoundingStrategy};

/// The digits a spreadsheet reckons with and shows.
const DIGITS: u32 = 15;

/// The last day a spreadsheet knows, 31 December 9999, counted by either system.
const LAST_DAY: i64 = 2_958_465;

const SECONDS_A_DAY: i64 = 86_400;

/// What day 0 of a workbook is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Epoch {
    /// 1 is 1 January 1900, and 60 is 29 February 1900, a day that never was.
    Y1900,
    /// 0 is 1 January 1904.
    Y1904,
}

/// What of a number is a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// The day alone, whatever the time.
    Day,
    /// The time of day, and the day where there is one.
    Time,
    /// Hours, minutes and seconds, the hours going on beyond a day.
    Elapsed,
}

/// The number that a file writes as `written`, without noise and without an exponent; `None` when it
/// is none or has more digits than anybody means.
pub(super) fn decimal(written: &str) -> Option<Decimal> {
    let written = written.trim();
    let read = if written.contains(['e', 'E']) {
        Decimal::from_scientific(written).ok()
    } else {
        Decimal::from_str_exact(written).ok().or_else(|| written.parse().ok())
    }?;
    // Whole numbers of more digits are codes of programs that do not reckon.
    let exact = if read.normalize().scale() == 0 {
        read
    } else {
        read.round_sf_with_strategy(DIGITS, RoundingStrategy::MidpointAwayFromZero)?
    };
    let normal = exact.normalize();
    Some(if normal.is_zero() { Decimal::ZERO } else { normal })
}

/// A day as `2026-03-31`, a time as `14:30:00`, both with a blank between; `None` for a number that
/// is neither.
pub(super) fn moment(number: Decimal, epoch: Epoch, shown: Shown) -> Option<String> {
    let seconds = (number * Decimal::from(SECONDS_A_DAY)).round();
    let seconds = i64::try_from(seconds).ok().filter(|seconds| *seconds >= 0)?;
    let (days, rest) = (seconds / SECONDS_A_DAY, seconds % SECONDS_A_DAY);
    let time = NaiveTime::from_num_seconds_from_midnight_opt(u32::try_from(rest).ok()?, 0)?;
    match (shown, days, rest) {
        (Shown::Elapsed, ..) => {
            Some(format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60))
        }
        (Shown::Day, ..) | (Shown::Time, 1.., 0) => day(days, epoch),
        (Shown::Time, 0, _) => Some(time.format("%H:%M:%S").to_string()),
        (Shown::Time, ..) => Some(format!("{} {}", day(days, epoch)?, time.format("%H:%M:%S"))),
    }
}

fn day(days: i64, epoch: Epoch) -> Option<String> {
    let first = match epoch {
        Epoch::Y1900 if days == 60 => return Some("1900-02-29".to_owned()),
        Epoch::Y1900 if days < 60 => NaiveDate::from_ymd_opt(1899, 12, 31)?,
        Epoch::Y1900 => NaiveDate::from_ymd_opt(1899, 12, 30)?,
        Epoch::Y1904 => NaiveDate::from_ymd_opt(1904, 1, 1)?,
    };
    if days > LAST_DAY {
        return None;
    }
    let date = first.checked_add_signed(TimeDelta::try_days(days)?)?;
    Some(date.format("%Y-%m-%d").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits_and_lose_the_noise() {
        for (written, read) in [
            ("0.30000000000000004", "0.3"),
            ("1234.1000000000001", "1234.1"),
            ("1234567.89", "1234567.89"),
            ("3900000", "3900000"),
            ("1.0", "1"),
            ("-0", "0"),
            ("-12.50", "-12.5"),
            ("3.9E6", "3900000"),
            ("1.5e-3", "0.0015"),
            ("123456789012345678", "123456789012345678"),
            ("0.1", "0.1"),
            ("2.675", "2.675"),
        ] {
            assert_eq!(decimal(written).map(|n| n.to_string()).as_deref(), Some(read), "{written}");
        }
        for written in ["", "1E+300", "abc", "1 2", "NaN", "1e"] {
            assert_eq!(decimal(written), None, "{written}");
        }
    }

    #[test]
    fn days_are_counted_by_both_systems() {
        let at = |number: &str, epoch, shown| moment(decimal(number).unwrap(), epoch, shown);
        let day = |number| at(number, Epoch::Y1900, Shown::Day);
        assert_eq!(day("46112").as_deref(), Some("2026-03-31"));
        assert_eq!(day("1").as_deref(), Some("1900-01-01"));
        assert_eq!(day("59").as_deref(), Some("1900-02-28"));
        assert_eq!(day("60").as_deref(), Some("1900-02-29"));
        assert_eq!(day("61").as_deref(), Some("1900-03-01"));
        assert_eq!(day("2958465").as_deref(), Some("9999-12-31"));
        assert_eq!(day("2958466"), None);
        assert_eq!(day("-1"), None);
        assert_eq!(at("44650", Epoch::Y1904, Shown::Day).as_deref(), Some("2026-03-31"));
    }

    #[test]
    fn a_time_is_told_where_the_sheet_shows_it() {
        let at = |number: &str, shown| moment(decimal(number).unwrap(), Epoch::Y1900, shown).unwrap();
        assert_eq!(at("46112.6041666667", Shown::Time), "2026-03-31 14:30:00");
        assert_eq!(at("46112.6041666667", Shown::Day), "2026-03-31");
        assert_eq!(at("46112", Shown::Time), "2026-03-31");
        assert_eq!(at("0.6041666666666666", Shown::Time), "14:30:00");
        assert_eq!(at("46111.9999999999", Shown::Time), "2026-03-31");
        assert_eq!(at("1.52083333333333", Shown::Elapsed), "36:30:00");
    }
}
