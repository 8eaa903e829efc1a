//! The working-day calendars by the names contracts give them: those that come with the program, and those of
//! the register that is open.
//!
//! What a country keeps free is data, published year by year (`assets/calendars`, and records of their own);
//! the rules that count by it are in [`crate::domain::calendar`]. A process has one register open at a time, and
//! whoever opens it, or sees it change, teaches its calendars here.

use std::collections::BTreeMap;
use std::sync::{OnceLock, PoisonError, RwLock};

use chrono::NaiveDate;
use toml::{Table, Value};

use crate::domain::calendar::{Calendar, WEEKENDS};

/// The name of the calendar of mainland China.
pub const CN: &str = "cn";
/// The names of those that come with the program.
pub const NAMES: [&str; 2] = [WEEKENDS, CN];

const CN_YEARS: &str = include_str!("../assets/calendars/cn.toml");

/// The calendars of the register by name, each with the text it was read from.
type Own = BTreeMap<String, (String, &'static Calendar)>;

static OWN: RwLock<Own> = RwLock::new(Own::new());

/// The calendar of this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Calendar> {
    static PLAIN: Calendar = Calendar::weekends();
    static CHINA: OnceLock<Calendar> = OnceLock::new();
    match name {
        WEEKENDS => Some(&PLAIN),
        CN => Some(CHINA.get_or_init(|| read(CN_YEARS).unwrap_or_default())),
        own => {
            let all = OWN.read().unwrap_or_else(PoisonError::into_inner);
            all.get(own).map(|(_, calendar)| *calendar)
        }
    }
}

/// The names there are, those of the program first.
#[must_use]
pub fn names() -> Vec<String> {
    let own = OWN.read().unwrap_or_else(PoisonError::into_inner);
    NAMES.iter().map(|name| (*name).to_owned()).chain(own.keys().cloned()).collect()
}

/// Takes the calendars of the register, each a name and its days; one that cannot be read is none. A name
/// that is known from before stays: whoever counts by it goes on to.
pub fn learn(all: BTreeMap<String, String>) {
    let is_new = {
        let own = OWN.read().unwrap_or_else(PoisonError::into_inner);
        all.iter().any(|(name, days)| own.get(name).is_none_or(|(text, _)| text != days))
    };
    if !is_new {
        return;
    }
    let mut own = OWN.write().unwrap_or_else(PoisonError::into_inner);
    for (name, days) in all {
        if own.get(&name).is_some_and(|(text, _)| *text == days) {
            continue;
        }
        if let Ok(calendar) = read(&days) {
            // A calendar is small and seldom changes: the old one is given up, not back.
            own.insert(name, (days, Box::leak(Box::new(calendar))));
        }
    }
}

/// Reads a calendar: a table for each year, with the days that are `off` and those that are `worked`,
/// each `MM-DD` or `MM-DD..MM-DD`; a list that is not there is empty.
///
/// # Errors
/// The part that is not understood.
pub fn read(text: &str) -> Result<Calendar, String> {
    let years: Table = toml::from_str(text).map_err(|error| error.message().to_owned())?;
    let (mut off, mut worked, mut known) = (Vec::new(), Vec::new(), Vec::new());
    for (year, days) in &years {
        let number: i32 = year.parse().map_err(|_| year.clone())?;
        let table = days.as_table().ok_or_else(|| year.clone())?;
        for (key, list) in table {
            let found = days_of(number, list).map_err(|part| format!("{year} {key}: {part}"))?;
            match key.as_str() {
                "off" => off.extend(found),
                "worked" => worked.extend(found),
                other => return Err(format!("{year} {other}")),
            }
        }
        known.push(number);
    }
    Ok(Calendar::new(off, worked, known))
}

/// The days of one list of a year; else the part that is none.
fn days_of(year: i32, list: &Value) -> Result<Vec<NaiveDate>, String> {
    let mut days = Vec::new();
    for item in list.as_array().ok_or_else(|| list.to_string())? {
        let text = item.as_str().ok_or_else(|| item.to_string())?;
        let (first, last) = text.split_once("..").unwrap_or((text, text));
        let day = |text: &str| NaiveDate::parse_from_str(&format!("{year}-{text}"), "%Y-%m-%d").ok();
        let (Some(first), Some(last)) = (day(first), day(last)) else { return Err(text.to_owned()) };
        if last < first {
            return Err(text.to_owned());
        }
        days.extend(first.iter_days().take_while(|day| *day <= last));
    }
    Ok(days)
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
        for (text, part) in [
            ("[2026]\noff = [\"13-01\"]", "2026 off: 13-01"),
            ("[2026]\noff = [\"05-03..05-01\"]", "2026 off: 05-03..05-01"),
            ("[2026]\nfree = []", "2026 free"),
            ("[y]\noff=[]", "y"),
        ] {
            assert_eq!(read(text), Err(part.to_owned()), "{text}");
        }
        assert!(read("x").is_err());
        let days = read("[2026]\noff = [\"12-31\"]").unwrap();
        assert!(!days.is_working_day(day("2026-12-31")) && !days.knows(2027));
    }
}
