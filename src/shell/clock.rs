//! The clock: the only place that asks what day and what time it is.
#![expect(clippy::disallowed_methods, reason = "the only place that asks the time")]

use std::time::Duration;

use chrono::{Local, NaiveDate, NaiveDateTime, NaiveTime, Offset, SecondsFormat, TimeDelta, TimeZone, Utc};

use crate::domain::zone::Zone;

/// How far back changes of civil time are looked for; older instants are told by the oldest.
const WEEKS: i64 = 5 * 52;

/// The civil date where the user is.
#[must_use]
pub fn today() -> NaiveDate {
    Local::now().date_naive()
}

/// This instant in UTC, as the register stamps its events: `2026-07-26T08:00:00.000Z`.
#[must_use]
pub fn instant() -> String {
    Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// How civil time is told from instants where the user is.
#[must_use]
pub fn zone() -> Zone {
    zone_until(Utc::now().naive_utc(), |at| Local.offset_from_utc_datetime(&at).fix().local_minus_utc())
}

/// The zone in which `offset` tells the seconds ahead of UTC: looked at week by week, and where it
/// has changed in a week, to the second.
fn zone_until(now: NaiveDateTime, offset: impl Fn(NaiveDateTime) -> i32) -> Zone {
    let mut changes = Vec::new();
    let (mut later, mut after) = (now, offset(now));
    for _ in 0..WEEKS {
        let earlier = later - TimeDelta::weeks(1);
        let before = offset(earlier);
        if before != after {
            let (mut low, mut high) = (earlier, later);
            while high - low > TimeDelta::seconds(1) {
                let middle = low + TimeDelta::seconds((high - low).num_seconds() / 2);
                if offset(middle) == after { high = middle } else { low = middle }
            }
            changes.push((high, after));
        }
        (later, after) = (earlier, before);
    }
    changes.push((later, after));
    Zone::new(changes)
}

/// How many seconds of the civil day are over.
#[must_use]
pub fn second_of_day() -> u32 {
    chrono::Timelike::num_seconds_from_midnight(&Local::now().naive_local())
}

/// The time until the civil day ends, and a moment more.
#[must_use]
pub fn until_midnight() -> Duration {
    let now = Local::now().naive_local();
    let tomorrow = (now.date() + TimeDelta::days(1)).and_time(NaiveTime::MIN);
    (tomorrow - now).to_std().unwrap_or(Duration::from_mins(1)) + Duration::from_millis(50)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_civil_time_is_found_to_the_second() {
        let instant = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S").unwrap();
        let (spring, autumn) = (instant("2026-03-29T01:00:00"), instant("2025-10-26T01:00:00"));
        let offset = |at| if autumn <= at && at < spring { 3_600 } else { 7_200 };
        let zone = zone_until(instant("2026-07-26T08:13:59"), offset);
        assert_eq!(zone.civil("2026-07-26T08:00:00Z"), "2026-07-26 10:00");
        assert_eq!(zone.civil("2026-03-29T00:59:59Z"), "2026-03-29 01:59");
        assert_eq!(zone.civil("2026-03-29T01:00:00Z"), "2026-03-29 03:00");
        assert_eq!(zone.civil("2025-10-26T00:59:59Z"), "2025-10-26 02:59");
        assert_eq!(zone.civil("2001-01-01T00:00:00Z"), "2001-01-01 02:00");
    }
}
