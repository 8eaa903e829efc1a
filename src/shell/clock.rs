//! The clock: the only place that asks what day and what time it is.
#![expect(clippy::disallowed_methods, reason = "the only place that asks the time")]

use std::time::Duration;

use chrono::{Local, NaiveDate, NaiveTime, SecondsFormat, TimeDelta, Utc};

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

/// The time until the civil day ends, and a moment more.
#[must_use]
pub fn until_midnight() -> Duration {
    let now = Local::now().naive_local();
    let tomorrow = (now.date() + TimeDelta::days(1)).and_time(NaiveTime::MIN);
    (tomorrow - now).to_std().unwrap_or(Duration::from_mins(1)) + Duration::from_millis(50)
}
