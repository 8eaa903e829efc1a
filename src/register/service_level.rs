//! The service levels of a contract as people read them: each with its periods, and what credit is due.

use chrono::NaiveDate;

use crate::domain::day::Span;
use crate::domain::period::{FiscalStart, Period, PeriodKind};
use crate::entity::ServiceLevel;

/// Days behind the end of a period by which its value is to be known: a monthly report is usually due by
/// the tenth.
pub const MEASURE_DAYS: u64 = 10;

/// The period that is to be measured next: that behind the last one that was, else the one in which
/// measuring starts. `None` where nobody has said when it starts.
#[must_use]
pub fn next_period(level: &ServiceLevel, last: Option<Period>, fiscal: FiscalStart) -> Option<Period> {
    match last {
        Some(last) => last.next(),
        None => Period::containing(level.starts_on?, level.every.unwrap_or(PeriodKind::Month), fiscal),
    }
}

/// By when the credit of a period is to be claimed: its last day and what the contract gives beyond.
/// Business days are those of a week with Saturday and Sunday off.
#[must_use]
pub fn claim_by(level: &ServiceLevel, period: Period, fiscal: FiscalStart) -> Option<NaiveDate> {
    let last = period.last_day(fiscal);
    let within = level.claim_within.unwrap_or_else(|| Span::days(0));
    crate::domain::calendar::Calendar::weekends().after(last, within)
}
