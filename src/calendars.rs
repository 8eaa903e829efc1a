//! The working-day calendars that come with the program, by the names contracts give them.
//!
//! What a country keeps free is data, published year by year (`assets/calendars`); the rules that
//! count by it are in [`crate::domain::calendar`].

use std::sync::OnceLock;

use chrono::NaiveDate;
use toml::{Table, Value};

use crate::domain::calendar::{Calendar, WEEKENDS};

/// The name of the calendar of mainland China.
pub const CN: &str = "cn";
/// The names there are.
pub const NAMES: [&str; 2] = [WEEKENDS, CN];

const CN_YEARS: &str = include_str!("../assets/calendars/cn.toml");

/// The calendar of this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Calendar> {
    static PLAIN: Calendar = Calendar::weekends();
    static CHINA: OnceLock<Calendar> = OnceLock::new();
    match name {
        WEEKENDS => Some(&PLAIN),
        CN => Some(CHINA.get_or_init(|| read(CN_YEARS).unwrap_or_default())),
        _ => None,
    }
}

/// Reads a calendar: a table for each year, with the days that are `off` and those that are `worked`,
/// each `MM-DD` or `MM-DD..MM-DD`. `None` where it is written otherwise.
fn read(text: &str) -> Option<Calendar> {
    let years: Table = toml::from_str(text).ok()?;
    let (mut off, mut worked, mut known) = (Vec::new(), Vec::new(), Vec::new());
    for (year, days) in &years {
        let number: i32 = year.parse().ok()?;
        let table = days.as_table()?;
        off.extend(days_of(number, table.get("off")?)?);
        worked.extend(days_of(number, table.get("worked")?)?);
        known.push(number);
    }
    Some(Calendar::new(off, worked, known))
}

/// The days of one list of a year.
fn days_of(year: i32, list: &Value) -> Option<Vec<NaiveDate>> {
    let mut days = Vec::new();
    for item in list.as_array()? {
        let text = item.as_str()?;
        let (first, last) = text.split_once("..").unwrap_or((text, text));
        let day = |text: &str| NaiveDate::parse_from_str(&format!("{year}-{text}"), "%Y-%m-%d").ok();
        let (first, last) = (day(first)?, day(last)?);
        days.extend(first.iter_days().take_while(|day| *day <= last));
    }
    Some(days)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Datelike, Weekday};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn china_is_read_whole() {
        let calendar = read(CN_YEARS).expect("the file is well");
        assert_eq!(Some(&calendar), named(CN));
        for (date, is_worked) in [
            ("2026-10-01", false),
            ("2026-10-07", false),
            ("2026-10-08", true),
            ("2026-10-10", true),
            ("2026-09-20", true),
            ("2026-02-23", false),
            ("2020-02-03", true),
            ("2013-02-16", true),
        ] {
            assert_eq!(calendar.is_working_day(day(date)), is_worked, "{date}");
        }
        assert!((2010..=2026).all(|year| calendar.knows(year)));
        assert!(!calendar.knows(2027) && !calendar.knows(2009));
        assert!(named(WEEKENDS).unwrap().knows(2027));
        assert_eq!(named("mars"), None);
    }

    #[test]
    fn what_is_off_is_no_weekend_and_what_is_worked_is_one() {
        let years: Table = toml::from_str(CN_YEARS).unwrap();
        for (year, days) in &years {
            let of = |key: &str| days_of(year.parse().unwrap(), &days[key]).unwrap();
            let is_weekend = |day: &NaiveDate| matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
            assert!(of("off").iter().all(|day| !is_weekend(day)), "{year}");
            assert!(of("worked").iter().all(is_weekend), "{year}");
            // Eleven days are free by law, thirteen since 2025; make-up days move more of them.
            let free = of("off").len() - of("worked").len();
            assert!((7..=13).contains(&free), "{year}: {free}");
        }
    }

    #[test]
    fn what_is_written_otherwise_is_no_calendar() {
        for text in
            ["x", "[2026]\noff = []", "[2026]\noff = [\"13-01\"]\nworked = []", "[y]\noff=[]\nworked=[]"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
