//! Contracts: their kinds, states and terms, and what follows from the terms on a given day.
//!
//! [`dates()`] is the date engine and [`badge()`] says where a contract stands. This module must never
//! store a derived date, and must never add a renewal term to a date that was itself derived: every
//! boundary is counted from the anchor (GLPI issues 15893, 23084, 14703 are what comes of chaining).

mod badge;
mod dates;
mod explain;
mod lists;
mod schedule;
mod urgency;

use chrono::NaiveDate;
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

pub use badge::{Badge, badge, badge_range};
pub use dates::{Dates, TermGap, dates};
pub use explain::{ForTerm, Point, Rule, Step, explain};
pub use lists::{ContractKind, ContractState, Decision, EndReason, NoticeMethod, Renewal};
pub use schedule::{Disagreement, initial_term, term_disagreement};
pub use urgency::Urgency;

use super::calendar::Calendar;
use super::day::{Span, SpanUnit};
use super::decimal::divide_rounded;
use super::money::Money;
use crate::limits;

/// What a contract says about its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// The first day in force: the anchor of every boundary.
    pub starts_on: Option<NaiveDate>,
    /// The initial term. When `ends_on` is given as well and disagrees, `ends_on` holds.
    pub term: Option<Span>,
    /// The last day of the initial term, inclusive.
    pub ends_on: Option<NaiveDate>,
    /// What happens at the end of a term.
    pub renewal: Renewal,
    /// By how much an automatic renewal prolongs.
    pub renewal_term: Option<Span>,
    /// How long before the end of a term notice must have been received.
    pub notice: Span,
    /// How long a notice travels.
    pub transit: Span,
    /// After what time it counts as received.
    pub receipt: Span,
    /// How long before the end of the notice period one wants to be warned.
    pub warn: Option<Span>,
    /// The day notice was sent, by either side.
    pub notice_given_on: Option<NaiveDate>,
    /// What was decided for the end of a term, and when: it holds for the term of that day.
    pub decision: Option<(Decision, NaiveDate)>,
    /// The last day in force of a contract that ends or ended early.
    pub terminated_on: Option<NaiveDate>,
    /// The first day of an event of force majeure that lasts.
    pub force_majeure_from: Option<NaiveDate>,
    /// The stored state.
    pub state: ContractState,
}

impl Default for Terms {
    /// A draft without dates, no renewal, no notice period.
    fn default() -> Self {
        Self {
            starts_on: None,
            term: None,
            ends_on: None,
            renewal: Renewal::None,
            renewal_term: None,
            notice: Span::default(),
            transit: Span::default(),
            receipt: Span::default(),
            warn: None,
            notice_given_on: None,
            decision: None,
            terminated_on: None,
            force_majeure_from: None,
            state: ContractState::Draft,
        }
    }
}

/// How early to speak up, settings of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoticePolicy {
    /// How many days before `send_by` to decide.
    pub decision_lead_days: u32,
    /// How many days before `send_by` the notice window opens.
    pub window_days: u32,
}

impl Default for NoticePolicy {
    fn default() -> Self {
        Self { decision_lead_days: 30, window_days: 30 }
    }
}

/// `value`, which is agreed for the initial term, per twelve months.
///
/// Rounded half away from zero to the minor unit. The value itself when the initial term is not
/// known, empty or twelve months. A year is taken as 365 days where the term is counted in days.
/// `None` when the term is counted in business days, which make no year, and where it would be
/// more than any amount may be ([`limits::MONEY_MINOR`]).
#[must_use]
pub fn annual_value(value: Money, terms: &Terms) -> Option<Money> {
    let fits = |annual: &Money| annual.minor.unsigned_abs() <= limits::MONEY_MINOR.unsigned_abs();
    // Holidays only move terms of business days, which have no annual value.
    let Some(term) = initial_term(terms, &Calendar::weekends()).filter(|t| t.n > 0) else {
        return Some(value).filter(fits);
    };
    let minor = divide_rounded(i128::from(value.minor) * per_year(term.unit)?, i128::from(term.n));
    Some(Money { minor: i64::try_from(minor).ok()?, ..value }).filter(fits)
}

/// What a term of a renewal comes to where a year of the initial one, which `value` is agreed for,
/// costs so many basis points more with each of so many renewals.
///
/// Counted in 28 digits and rounded once, half away from zero, to the minor unit. `None` where the
/// initial term or that of a renewal is not known, empty or counted in business days, and where it would
/// be more than any amount may be ([`limits::MONEY_MINOR`]).
#[must_use]
pub fn renewal_value(value: Money, terms: &Terms, uplift: i64, renewals: u32) -> Option<Money> {
    let fits = |next: &Money| next.minor.unsigned_abs() <= limits::MONEY_MINOR.unsigned_abs();
    let initial = initial_term(terms, &Calendar::weekends()).filter(|term| term.n > 0)?;
    let renewal = terms.renewal_term.filter(|term| term.n > 0)?;
    let years = i128::from(renewal.n) * per_year(initial.unit)?;
    let of_years = i128::from(initial.n) * per_year(renewal.unit)?;
    let level = Decimal::try_from_i128_with_scale(i128::from(value.minor).checked_mul(years)?, 0).ok()?;
    let rise = power(Decimal::ONE.checked_add(Decimal::new(uplift, BASIS_PLACES))?, renewals)?;
    let of_years = Decimal::try_from_i128_with_scale(of_years, 0).ok()?;
    let next = level.checked_mul(rise)?.checked_div(of_years)?;
    let minor = next.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64()?;
    Some(Money { minor, ..value }).filter(fits)
}

/// Decimal places of a basis point.
const BASIS_PLACES: u32 = 4;

/// `base` so many times by itself; `None` where that is more than a decimal holds.
fn power(base: Decimal, mut times: u32) -> Option<Decimal> {
    let (mut found, mut square) = (Decimal::ONE, base);
    while times > 0 {
        if times % 2 == 1 {
            found = found.checked_mul(square)?;
        }
        times /= 2;
        if times > 0 {
            square = square.checked_mul(square)?;
        }
    }
    Some(found)
}

/// How many of a unit make a year; business days make none.
const fn per_year(unit: SpanUnit) -> Option<i128> {
    match unit {
        SpanUnit::Month => Some(12),
        SpanUnit::Day => Some(365),
        SpanUnit::BusinessDay => None,
    }
}

impl Terms {
    /// Whether the running term is the last, whatever the renewal says: notice was given, or it was
    /// terminated. A contract meant to take its place ends nothing: it may be a draft, and until notice
    /// is given the old one renews by its terms.
    #[must_use]
    pub fn is_last(&self) -> bool {
        self.notice_given_on.is_some() || self.terminated_on.is_some()
    }

    /// Whether it renews by itself unless somebody acts.
    #[must_use]
    pub fn renews_itself(&self) -> bool {
        self.renewal == Renewal::Auto && !self.is_last()
    }

    /// The first day on which its force majeure is a ground to terminate.
    #[must_use]
    pub fn ground_on(&self) -> Option<NaiveDate> {
        self.force_majeure_from.and_then(|began| force_majeure_ground_on(began, FORCE_MAJEURE_DAYS))
    }
}

/// How many days an event of force majeure must have lasted more than to be a ground to terminate
/// (seed text 2, line 777).
pub const FORCE_MAJEURE_DAYS: u32 = 60;

/// The first day on which an event of force majeure that began on `began_on` has lasted more than
/// `days` days and is a ground to terminate; the day it began is day 1.
///
/// Source: seed text 2, line 777 (more than 60 days: day 61).
#[must_use]
pub fn force_majeure_ground_on(began_on: NaiveDate, days: u32) -> Option<NaiveDate> {
    began_on.checked_add_days(chrono::Days::new(u64::from(days)))
}

#[cfg(test)]
mod tests;
