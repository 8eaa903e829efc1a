//! Civil time of an instant: instants are kept in UTC, people read their own clock.
//!
//! The offsets are data, found out at the edge. This module must never ask which zone one is in.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

/// How far civil time is ahead of UTC, and from which instants on. Without any, it is UTC.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Zone {
    /// In the order of time: the instant (UTC) and the seconds ahead of UTC from it on.
    changes: Vec<(NaiveDateTime, i32)>,
}

impl Zone {
    /// A zone whose offset, in seconds ahead of UTC, changed at these instants (UTC), in any order.
    /// Before the first of them the first offset holds.
    #[must_use]
    pub fn new(mut changes: Vec<(NaiveDateTime, i32)>) -> Self {
        changes.sort_unstable();
        Self { changes }
    }

    /// The civil time of an instant such as `2026-07-26T08:00:00.000Z`, to the minute:
    /// `2026-07-26 16:00`. What is no instant stays as it is.
    #[must_use]
    pub fn civil(&self, instant: &str) -> String {
        let Ok(at) = DateTime::parse_from_rfc3339(instant) else { return instant.to_owned() };
        let at = at.naive_utc();
        (at + self.ahead(at)).format("%Y-%m-%d %H:%M").to_string()
    }

    /// The instant (UTC) at which a civil day is over.
    #[must_use]
    pub fn ends(&self, day: NaiveDate) -> String {
        self.begins(day.succ_opt().unwrap_or(day))
    }

    /// How far civil time is ahead at an instant (UTC).
    fn ahead(&self, at: NaiveDateTime) -> TimeDelta {
        let passed = self.changes.partition_point(|(since, _)| *since <= at);
        let seconds = self.changes.get(passed.saturating_sub(1)).map_or(0, |(_, seconds)| *seconds);
        TimeDelta::seconds(i64::from(seconds))
    }

    /// The instant (UTC) at which a civil day begins, as [`Zone::civil`] takes it. Where the clock is
    /// put on at midnight, the first instant of the day.
    #[must_use]
    pub fn begins(&self, day: NaiveDate) -> String {
        let midnight = day.and_time(NaiveTime::MIN);
        // The offset of midnight is known by that of the instant, which is known by the offset.
        let about = midnight - self.ahead(midnight);
        let at = midnight - self.ahead(about);
        at.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_has_the_offset_of_its_own_season() {
        let instant = |text: &str| DateTime::parse_from_rfc3339(text).unwrap().naive_utc();
        let zone = Zone::new(vec![
            (instant("2026-11-01T06:00:00Z"), -18_000),
            (instant("2025-11-02T06:00:00Z"), -18_000),
            (instant("2026-03-08T07:00:00Z"), -14_400),
        ]);
        assert_eq!(zone.civil("2026-01-15T03:30:00.000Z"), "2026-01-14 22:30");
        assert_eq!(zone.civil("2026-03-08T06:59:59.999Z"), "2026-03-08 01:59");
        assert_eq!(zone.civil("2026-03-08T07:00:00.000Z"), "2026-03-08 03:00");
        assert_eq!(zone.civil("2026-07-26T08:00:00.000Z"), "2026-07-26 04:00");
        assert_eq!(zone.civil("2020-07-26T08:00:00.000Z"), "2020-07-26 03:00", "before all that is known");
        assert_eq!(Zone::default().civil("2026-07-26T08:00:00.000Z"), "2026-07-26 08:00");
        assert_eq!(zone.civil("long ago"), "long ago");
        for (day, begins) in [
            ("2026-03-08", "2026-03-08T05:00:00.000Z"),
            ("2026-03-09", "2026-03-09T04:00:00.000Z"),
            ("2026-11-01", "2026-11-01T04:00:00.000Z"),
            ("2026-11-02", "2026-11-02T05:00:00.000Z"),
        ] {
            assert_eq!(zone.begins(day.parse().unwrap()), begins);
            assert_eq!(zone.civil(begins), format!("{day} 00:00"));
        }
    }
}
