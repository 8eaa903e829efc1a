//! Dates and periods written relative to today, so that the demo register never ages.
//!
//! A day is an anchor, then steps from left to right, then perhaps a roll:
//! `today`, `today-400d`, `today+63d-24m`, `month-start-14m`, `quarter(-1)+12d back`, `2026-03-01`.
//! Steps are `d` days, `w` weeks, `m` months and `y` years; months and years keep to the end of a
//! shorter month. `back` rolls a weekend to the Friday before it, `on` to the Monday after it.
//! A period is `month(n)`, `quarter(n)`, `half(n)` or `year(n)` of the calendar, where 0 is the last
//! full one before today, -1 the one before it and 1 the one that runs; as an anchor it is its last day.
//! This module must never read a clock: today is an argument.

use chrono::{Datelike, Months, NaiveDate, TimeDelta, Weekday};

/// The length of a period of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// A calendar month.
    Month,
    /// Three months, from January, April, July or October.
    Quarter,
    /// Six months, from January or July.
    Half,
    /// A calendar year.
    Year,
}

impl Unit {
    const ALL: [(&'static str, Self); 4] =
        [("month", Self::Month), ("quarter", Self::Quarter), ("half", Self::Half), ("year", Self::Year)];

    /// How many months the unit holds.
    const fn months(self) -> i32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Half => 6,
            Self::Year => 12,
        }
    }
}

/// A period of the calendar: the `index`-th of its unit since the year 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// How long it is.
    pub unit: Unit,
    index: i32,
}

impl Period {
    /// Reads `quarter(-3)` and the like; `None` when the text is not a period.
    #[must_use]
    pub fn parse(text: &str, today: NaiveDate) -> Option<Self> {
        let (name, number) = text.strip_suffix(')')?.split_once('(')?;
        let unit = Unit::ALL.into_iter().find_map(|(word, unit)| (word == name).then_some(unit))?;
        let months = today.year().checked_mul(12)?.checked_add(i32::try_from(today.month0()).ok()?)?;
        let running = months.div_euclid(unit.months());
        Some(Self { unit, index: running.checked_sub(1)?.checked_add(number.parse().ok()?)? })
    }

    /// The period `count` further on; a negative count goes back.
    #[must_use]
    pub fn plus(self, count: i32) -> Option<Self> {
        Some(Self { index: self.index.checked_add(count)?, ..self })
    }

    /// The last day of the period.
    #[must_use]
    pub fn last(self) -> Option<NaiveDate> {
        let months = self.index.checked_add(1)?.checked_mul(self.unit.months())?;
        let month = u32::try_from(months.rem_euclid(12)).ok()?.checked_add(1)?;
        NaiveDate::from_ymd_opt(months.div_euclid(12), month, 1)?.pred_opt()
    }

    /// The word of the command line: `2026-03`, `2026-Q1`, `2026-H1` or `2026`.
    #[must_use]
    pub fn word(self) -> String {
        let per_year = 12 / self.unit.months();
        let (year, nth) = (self.index.div_euclid(per_year), self.index.rem_euclid(per_year) + 1);
        match self.unit {
            Unit::Month => format!("{year:04}-{nth:02}"),
            Unit::Quarter => format!("{year:04}-Q{nth}"),
            Unit::Half => format!("{year:04}-H{nth}"),
            Unit::Year => format!("{year:04}"),
        }
    }
}

/// Reads a day; `None` when the text does not follow the grammar or leaves the calendar.
#[must_use]
pub fn day(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let (text, roll) = match text.split_once(' ') {
        Some((text, roll)) => (text, Some(roll)),
        None => (text, None),
    };
    let (anchor, steps) = anchored(text, today)?;
    let day = stepped(anchor, steps)?;
    match roll {
        None => Some(day),
        Some("back") => rolled(day, NaiveDate::pred_opt),
        Some("on") => rolled(day, NaiveDate::succ_opt),
        Some(_) => None,
    }
}

/// The anchor at the head of the text, and the steps behind it.
fn anchored(text: &str, today: NaiveDate) -> Option<(NaiveDate, &str)> {
    if let Some(steps) = text.strip_prefix("today") {
        return Some((today, steps));
    }
    if let Some(steps) = text.strip_prefix("month-start") {
        return Some((today.with_day(1)?, steps));
    }
    if let Some(at) = text.find(')') {
        let (period, steps) = text.split_at_checked(at + 1)?;
        return Some((Period::parse(period, today)?.last()?, steps));
    }
    let (date, steps) = text.split_at_checked("2026-03-01".len())?;
    Some((NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()?, steps))
}

/// The day after all `steps`, such as `+63d-24m`.
fn stepped(mut day: NaiveDate, mut steps: &str) -> Option<NaiveDate> {
    while !steps.is_empty() {
        let (sign, tail) = match steps.strip_prefix('+') {
            Some(tail) => (1, tail),
            None => (-1, steps.strip_prefix('-')?),
        };
        let (digits, tail) = tail.split_at_checked(tail.find(|c: char| !c.is_ascii_digit())?)?;
        let count = digits.parse::<i32>().ok()?.checked_mul(sign)?;
        let mut rest = tail.chars();
        day = match rest.next()? {
            'd' => by_days(day, count)?,
            'w' => by_days(day, count.checked_mul(7)?)?,
            'm' => by_months(day, count)?,
            'y' => by_months(day, count.checked_mul(12)?)?,
            _ => return None,
        };
        steps = rest.as_str();
    }
    Some(day)
}

fn by_days(day: NaiveDate, count: i32) -> Option<NaiveDate> {
    day.checked_add_signed(TimeDelta::try_days(i64::from(count))?)
}

fn by_months(day: NaiveDate, count: i32) -> Option<NaiveDate> {
    let months = Months::new(count.unsigned_abs());
    if count < 0 { day.checked_sub_months(months) } else { day.checked_add_months(months) }
}

/// The first working day (Monday to Friday) from `day` in the direction of `step`.
fn rolled(mut day: NaiveDate, step: fn(&NaiveDate) -> Option<NaiveDate>) -> Option<NaiveDate> {
    while matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
        day = step(&day)?;
    }
    Some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ymd(text: &str) -> NaiveDate {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap()
    }

    #[test]
    fn days_step_from_their_anchor_and_keep_to_month_ends() {
        let cases = [
            ("2026-11-22", "today", "2026-11-22"),
            ("2026-11-22", "today-400d", "2025-10-18"),
            ("2026-11-22", "today+63d-24m", "2025-01-24"),
            ("2026-11-22", "today+2w", "2026-12-06"),
            ("2026-11-22", "month-start-14m", "2025-09-01"),
            ("2026-11-22", "2026-03-01+1y", "2027-03-01"),
            ("2028-02-29", "today-1y", "2027-02-28"),
            ("2026-03-31", "today+1m", "2026-04-30"),
            ("2026-11-22", "quarter(0)", "2026-09-30"),
            ("2026-11-22", "quarter(-1)+12d", "2026-07-12"),
        ];
        for (today, text, expected) in cases {
            assert_eq!(day(text, ymd(today)), Some(ymd(expected)), "{text} on {today}");
        }
    }

    #[test]
    fn a_roll_leaves_the_weekend_and_nothing_else() {
        // 2026-11-22 is a Sunday.
        let sunday = ymd("2026-11-22");
        assert_eq!(day("today back", sunday), Some(ymd("2026-11-20")));
        assert_eq!(day("today on", sunday), Some(ymd("2026-11-23")));
        assert_eq!(day("today+1d back", sunday), Some(ymd("2026-11-23")));
    }

    #[test]
    fn periods_count_from_the_last_full_one() {
        let cases = [
            ("2026-11-22", "quarter(0)", "2026-Q3"),
            ("2026-11-22", "quarter(-7)", "2024-Q4"),
            ("2026-11-22", "quarter(1)", "2026-Q4"),
            ("2026-12-31", "quarter(0)", "2026-Q3"),
            ("2027-01-01", "quarter(0)", "2026-Q4"),
            ("2027-01-01", "month(0)", "2026-12"),
            ("2028-02-29", "half(0)", "2027-H2"),
            ("2028-02-29", "year(0)", "2027"),
            ("2028-02-29", "month(1)", "2028-02"),
        ];
        for (today, text, expected) in cases {
            assert_eq!(Period::parse(text, ymd(today)).unwrap().word(), expected, "{text} on {today}");
        }
        let leap = Period::parse("month(1)", ymd("2028-02-29")).unwrap();
        assert_eq!(leap.last(), Some(ymd("2028-02-29")));
        assert_eq!(leap.plus(-2).unwrap().word(), "2027-12");
    }

    #[test]
    fn what_is_not_of_the_grammar_is_refused() {
        let today = ymd("2026-11-22");
        for text in
            ["", "tomorrow", "today+", "today+3", "today+3x", "today 3d", "today+3d sideways", "2026-13-01"]
        {
            assert_eq!(day(text, today), None, "{text:?}");
        }
        for text in ["quarter", "quarter()", "quarter(x)", "week(0)", "2026-Q3", "quarter(2147483647)"] {
            assert_eq!(Period::parse(text, today), None, "{text:?}");
        }
        assert_eq!(day("today-99999999y", today), None, "far outside the calendar");
    }
}
