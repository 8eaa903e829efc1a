//! The cycle of reviews: which periods a plan opens a review for, and whose.
//!
//! This module must never open anything: it says what a plan asks for, and why it asks for nothing.

use chrono::{Days, NaiveDate};

use crate::domain::period::{FiscalStart, Period, PeriodKind};
use crate::domain::vendor::VendorState;

/// What a plan says of its periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanRule {
    /// How long its periods are.
    pub every: PeriodKind,
    /// The month its years begin with.
    pub begins: FiscalStart,
    /// The first day it is about; `None`: from ever.
    pub starts_on: Option<NaiveDate>,
    /// The last day it is about, inclusive; `None`: for ever.
    pub ends_on: Option<NaiveDate>,
    /// Whether anything is opened by it.
    pub is_active: bool,
    /// Days behind the end of a period by which its review is due.
    pub due_days: u64,
}

/// The days of a review that a plan asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The first day of its period.
    pub first: NaiveDate,
    /// The last day of its period, inclusive.
    pub last: NaiveDate,
    /// By when it is due.
    pub due: NaiveDate,
}

/// Why a plan asks for no review of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Idle {
    /// Nothing is opened by it any more.
    Inactive,
    /// It is about periods of another kind.
    OtherPeriod(PeriodKind),
    /// The period ends before the plan starts.
    NotYet(NaiveDate),
    /// The period begins after the plan ended.
    Over(NaiveDate),
}

/// What a plan asks for in a period.
///
/// A period that the plan covers in part is reviewed: somebody worked in it.
///
/// # Errors
/// Why it asks for nothing.
pub fn asked(rule: &PlanRule, period: Period) -> Result<Asked, Idle> {
    if period.kind() != rule.every {
        return Err(Idle::OtherPeriod(rule.every));
    }
    if !rule.is_active {
        return Err(Idle::Inactive);
    }
    let (first, last) = (period.first_day(rule.begins), period.last_day(rule.begins));
    if let Some(starts) = rule.starts_on.filter(|starts| last < *starts) {
        return Err(Idle::NotYet(starts));
    }
    if let Some(ends) = rule.ends_on.filter(|ends| first > *ends) {
        return Err(Idle::Over(ends));
    }
    let due = last.checked_add_days(Days::new(rule.due_days)).unwrap_or(last);
    Ok(Asked { first, last, due })
}

/// Whether the work of a vendor in this state is reviewed. One who is leaving, or suspended, is until
/// they are out: what they still do is still measured.
#[must_use]
pub const fn is_reviewed(state: VendorState) -> bool {
    matches!(state, VendorState::Active | VendorState::Watch | VendorState::Suspended | VendorState::Exiting)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::list::ClosedList;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn quarterly() -> PlanRule {
        PlanRule {
            every: PeriodKind::Quarter,
            begins: FiscalStart::JANUARY,
            starts_on: None,
            ends_on: None,
            is_active: true,
            due_days: 15,
        }
    }

    fn of(rule: PlanRule, period: &str) -> Result<String, Idle> {
        let asked = asked(&rule, period.parse().unwrap())?;
        Ok(format!("{} {} {}", asked.first, asked.last, asked.due))
    }

    #[test]
    fn a_quarter_by_the_calendar_and_by_the_fiscal_year() {
        assert_eq!(of(quarterly(), "2026-Q3"), Ok("2026-07-01 2026-09-30 2026-10-15".to_owned()));
        let fiscal = PlanRule { begins: FiscalStart::new(4).unwrap(), ..quarterly() };
        assert_eq!(of(fiscal, "2026-Q3"), Ok("2026-10-01 2026-12-31 2027-01-15".to_owned()));
    }

    #[test]
    fn a_plan_asks_only_for_periods_of_its_kind_that_it_covers() {
        assert_eq!(of(quarterly(), "2026-07"), Err(Idle::OtherPeriod(PeriodKind::Quarter)));
        assert_eq!(of(PlanRule { is_active: false, ..quarterly() }, "2026-Q3"), Err(Idle::Inactive));
        let starts = PlanRule { starts_on: Some(day("2026-10-01")), ..quarterly() };
        assert_eq!(of(starts, "2026-Q3"), Err(Idle::NotYet(day("2026-10-01"))));
        let last_day = PlanRule { starts_on: Some(day("2026-09-30")), ..quarterly() };
        assert!(of(last_day, "2026-Q3").is_ok(), "a period it covers in part is asked for");
        let ends = PlanRule { ends_on: Some(day("2026-06-30")), ..quarterly() };
        assert_eq!(of(ends, "2026-Q3"), Err(Idle::Over(day("2026-06-30"))));
        assert!(of(ends, "2026-Q2").is_ok());
    }

    #[test]
    fn who_is_not_yet_in_or_is_out_is_not_reviewed() {
        let reviewed: Vec<&str> =
            VendorState::ALL.iter().filter(|state| is_reviewed(**state)).map(|state| state.key()).collect();
        assert_eq!(reviewed, ["active", "watch", "suspended", "exiting"]);
    }
}
