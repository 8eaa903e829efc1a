//! The clock: the only place that asks what day and what time it is.

use chrono::{Local, NaiveDate, SecondsFormat, Utc};

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
