//! Which of many copies are kept: close together for the last days, farther apart the older they are.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDateTime, TimeDelta};

/// Days of which every copy is kept, up to [`RECENT`] in all.
pub const ALL_DAYS: i64 = 2;
/// The most copies of those days: a list that is tried and mended all afternoon must not fill the disk.
pub const RECENT: usize = 20;
/// Days of which the newest copy each is kept.
pub const DAYS: i64 = 14;
/// Days of which the newest copy of each week is kept: eight weeks.
pub const WEEKS: i64 = 56;
/// Days of which the newest copy of each month is kept: a year.
pub const MONTHS: i64 = 366;

/// Which copies are kept at `now`, given the instants at which they were made; in their order.
///
/// The newest copy is always kept. One of the future, by a clock that was wrong, is as one of now.
#[must_use]
pub fn kept(made: &[NaiveDateTime], now: NaiveDateTime) -> Vec<bool> {
    let mut newest_first: Vec<usize> = (0..made.len()).collect();
    newest_first.sort_by_key(|at| made.get(*at).map(std::cmp::Reverse));
    let mut seen = BTreeSet::new();
    let mut recent = 0;
    let mut keeps = vec![false; made.len()];
    for (nth, at) in newest_first.into_iter().enumerate() {
        let Some(instant) = made.get(at) else { continue };
        let age = now - *instant;
        let within = |days| age < TimeDelta::try_days(days).unwrap_or(TimeDelta::MAX);
        let stays = if within(ALL_DAYS) {
            recent += 1;
            recent <= RECENT
        } else if within(DAYS) {
            seen.insert(('d', instant.year(), instant.ordinal()))
        } else if within(WEEKS) {
            seen.insert(('w', instant.iso_week().year(), instant.iso_week().week()))
        } else if within(MONTHS) {
            seen.insert(('m', instant.year(), instant.month()))
        } else {
            false
        };
        keeps.splice(at..=at, [stays || nth == 0]);
    }
    keeps
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn at(days_ago: i64, hour: u32) -> NaiveDateTime {
        let today = NaiveDate::from_ymd_opt(2026, 7, 26).unwrap();
        (today - TimeDelta::try_days(days_ago).unwrap()).and_hms_opt(hour, 0, 0).unwrap()
    }

    #[test]
    fn copies_lie_farther_apart_the_older_they_are() {
        let now = at(0, 12);
        // Three a day for four hundred days.
        let made: Vec<NaiveDateTime> =
            (0..400).flat_map(|day| [8, 10, 11].map(|hour| at(day, hour))).collect();
        let keeps = kept(&made, now);
        let stay: Vec<&NaiveDateTime> =
            made.iter().zip(&keeps).filter(|(_, keep)| **keep).map(|(at, _)| at).collect();
        let between = |from: i64, to: i64| {
            stay.iter().filter(|made| **made > &at(to, 12) && **made <= &at(from, 12)).count()
        };
        assert_eq!(between(0, 2), 6, "all of two days");
        assert_eq!(between(2, 14), 12, "one a day");
        assert!((6..=7).contains(&between(14, 56)), "one a week: {}", between(14, 56));
        assert!((10..=12).contains(&between(56, 366)), "one a month: {}", between(56, 366));
        assert_eq!(between(367, 500), 0);
        assert!(
            stay.iter().filter(|made| ***made < at(2, 12)).all(|made| made.format("%H").to_string() == "11"),
            "the newest of each"
        );
        let again: Vec<NaiveDateTime> = stay.into_iter().copied().collect();
        assert!(kept(&again, now).into_iter().all(|keep| keep), "thinned once is thinned");
    }

    #[test]
    fn the_newest_stays_however_old_and_a_busy_day_is_capped() {
        assert_eq!(kept(&[at(900, 1), at(800, 1)], at(0, 12)), [false, true]);
        assert_eq!(kept(&[at(-3, 1), at(5, 1)], at(0, 12)), [true, true]);
        let made: Vec<NaiveDateTime> =
            (0..60).map(|minute| at(0, 9) + TimeDelta::try_minutes(minute).unwrap()).collect();
        let keeps = kept(&made, at(0, 12));
        assert_eq!(keeps.iter().filter(|keep| **keep).count(), RECENT);
        assert!(keeps[59] && !keeps[0]);
        assert!(kept(&[], at(0, 12)).is_empty());
    }
}
