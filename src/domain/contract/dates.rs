//! The dates that follow from the terms of a contract on a given day.
//!
//! This module must never show a deadline that the terms do not give: what is not known is `None`,
//! with the gap named.

use chrono::{Days, NaiveDate};

use super::badge::{Badge, badge};
use super::schedule::Schedule;
use super::{ContractState, Decision, NoticePolicy, Renewal, Terms};
use crate::domain::calendar::Calendar;

/// What the terms give on a day. Deadlines are inclusive: notice on that day is in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dates {
    /// The first day that is not covered by the current term, or by the last one once notice is given.
    pub boundary: Option<NaiveDate>,
    /// The last day in force, the day before the boundary.
    pub last_day: Option<NaiveDate>,
    /// How many renewals lie before that boundary.
    pub term_index: Option<u32>,
    /// The boundary less the notice period.
    pub cancel_by_calendar: Option<NaiveDate>,
    /// The last working day on which notice is in time.
    pub cancel_by: Option<NaiveDate>,
    /// The last working day on which a notice can be sent and still be received in time.
    pub send_by: Option<NaiveDate>,
    /// The day by which to decide.
    pub decide_by: Option<NaiveDate>,
    /// The day the notice window opens.
    pub window_on: Option<NaiveDate>,
    /// The day one wants to be warned, counted back from `cancel_by_calendar`.
    pub warn_on: Option<NaiveDate>,
    /// The last day of the next term, in force unless notice is given in time.
    pub renewed_until: Option<NaiveDate>,
    /// Evergreen: the first day not covered if notice is sent today.
    pub earliest_end: Option<NaiveDate>,
    /// What was decided for the end of this term.
    pub decision: Option<Decision>,
    /// Where the contract stands today.
    pub badge: Option<Badge>,
    /// What is missing to know more.
    pub gap: Option<TermGap>,
    /// The first day on which every field but the badge is as here; `NaiveDate::MIN`: since ever.
    pub valid_from: NaiveDate,
    /// The first day on which a field other than the badge may differ; `NaiveDate::MAX`: for ever.
    pub valid_until: NaiveDate,
}

impl Dates {
    /// No date at all, today and always.
    pub const BLANK: Self = Self {
        boundary: None,
        last_day: None,
        term_index: None,
        cancel_by_calendar: None,
        cancel_by: None,
        send_by: None,
        decide_by: None,
        window_on: None,
        warn_on: None,
        renewed_until: None,
        earliest_end: None,
        decision: None,
        badge: None,
        gap: None,
        valid_from: NaiveDate::MIN,
        valid_until: NaiveDate::MAX,
    };
}

/// What is missing in the terms of a contract that is not closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TermGap {
    /// Neither a last day, nor a start with a term.
    NoEnd,
    /// It renews automatically, and for how long is not said.
    NoRenewalTerm,
}

/// The dates of a contract with these `terms` on `today`.
///
/// The rules are those of the date engine: boundaries from the anchor (OCA: the last day is the
/// boundary less one), the notice period counted back in its own unit, rolled back to a working day,
/// less receipt and transit, rolled back again; for evergreen contracts the end that a notice sent
/// today would have.
///
/// - A notice ends the first term that it was sent in time for, by `send_by`; a late one lets the term renew once more.
/// - A contract that was terminated ends on the day that was set, whatever its terms say.
/// - A decision holds for the term of the day it was made on. It stops no renewal and picks no term,
///   and neither does a contract that is to take its place: only notice makes a term the last.
/// - A cancelled contract has no dates. An ended one has its boundary where the terms give one, and
///   nothing more to do.
/// - An automatic renewal of unknown length keeps the first boundary and names the gap.
#[must_use]
pub fn dates(terms: &Terms, calendar: &Calendar, today: NaiveDate, policy: NoticePolicy) -> Dates {
    let mut found = match terms.renewal {
        _ if terms.state == ContractState::Cancelled => Dates::BLANK,
        _ if terms.terminated_on.is_some() => terminated(terms, calendar),
        Renewal::Evergreen => evergreen(terms, calendar, today),
        Renewal::None | Renewal::Express | Renewal::Auto => fixed(terms, calendar, today, policy),
    };
    if terms.state.is_closed() {
        found = Dates { boundary: found.boundary, term_index: found.term_index, ..Dates::BLANK };
    }
    found.last_day = found.boundary.and_then(|b| b.pred_opt());
    found.badge = badge(&found, terms, today);
    found
}

fn fixed(terms: &Terms, calendar: &Calendar, today: NaiveDate, policy: NoticePolicy) -> Dates {
    let Some(schedule) = Schedule::of(terms, calendar) else {
        return Dates { gap: Some(TermGap::NoEnd), ..Dates::BLANK };
    };
    let rolls = terms.renewal == Renewal::Auto;
    let gap = (rolls && !schedule.renews()).then_some(TermGap::NoRenewalTerm);
    let Some(term) = current_term(terms, &schedule, today) else {
        return Dates { gap, ..Dates::BLANK };
    };
    let boundary = schedule.boundary(term);
    let cancel_by = boundary.and_then(|b| schedule.cancel_by(b));
    let cancel_by_calendar = boundary.and_then(|b| schedule.cancel_by_calendar(b));
    let send_by = cancel_by.and_then(|d| schedule.send_by(d));
    let moves_on = schedule.renews() && !terms.is_last();
    let decided = terms.decision.filter(|(_, on)| schedule.term_decided(*on) == Some(term));
    let days_before = |days: u32| send_by.and_then(|d| d.checked_sub_days(Days::new(u64::from(days))));
    let previous = term.checked_sub(1).filter(|_| moves_on).and_then(|k| schedule.boundary(k));
    let next = term.checked_add(1).filter(|_| moves_on).and_then(|k| schedule.boundary(k));
    Dates {
        boundary,
        term_index: Some(term),
        cancel_by_calendar,
        cancel_by,
        send_by,
        decide_by: days_before(policy.decision_lead_days),
        window_on: days_before(policy.window_days),
        warn_on: cancel_by_calendar.zip(terms.warn).and_then(|(d, warn)| calendar.before(d, warn)),
        gap,
        decision: decided.map(|(decision, _)| decision),
        renewed_until: next.and_then(|b| b.pred_opt()),
        valid_from: previous.unwrap_or(NaiveDate::MIN),
        valid_until: boundary.filter(|_| moves_on).unwrap_or(NaiveDate::MAX),
        ..Dates::BLANK
    }
}

/// The number of the term whose end matters: the one notice was given for, else today's.
fn current_term(terms: &Terms, schedule: &Schedule<'_>, today: NaiveDate) -> Option<u32> {
    match terms.notice_given_on {
        _ if !schedule.renews() => Some(0),
        Some(day) => schedule.term_ended_by_notice(day),
        // How often an ended contract was renewed is not known without a notice.
        None if terms.state.is_closed() => None,
        None => schedule.term_on(today),
    }
}

/// A contract that ends on a day that was set.
fn terminated(terms: &Terms, calendar: &Calendar) -> Dates {
    let boundary = terms.terminated_on.and_then(|day| day.succ_opt());
    let schedule = Schedule::of(terms, calendar).filter(|_| terms.renewal != Renewal::Evergreen);
    let term_index = schedule.zip(terms.terminated_on).and_then(|(s, day)| s.term_decided(day));
    Dates { boundary, term_index, ..Dates::BLANK }
}

fn evergreen(terms: &Terms, calendar: &Calendar, today: NaiveDate) -> Dates {
    match terms.notice_given_on {
        Some(sent) => Dates { boundary: end_of_notice(sent, terms, calendar), ..Dates::BLANK },
        None => Dates {
            earliest_end: end_of_notice(today, terms, calendar),
            valid_from: today,
            valid_until: today.succ_opt().unwrap_or(NaiveDate::MAX),
            ..Dates::BLANK
        },
    }
}

/// The first day not covered when a notice is sent on `sent`: at the earliest the next one.
fn end_of_notice(sent: NaiveDate, terms: &Terms, calendar: &Calendar) -> Option<NaiveDate> {
    let arrived = calendar.after(sent, terms.transit)?;
    let received = calendar.after(arrived, terms.receipt)?;
    Some(calendar.after(received, terms.notice)?.max(received.succ_opt()?))
}
