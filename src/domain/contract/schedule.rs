//! The boundaries of the terms of a contract, each counted from the anchor.
//!
//! A boundary is the first day that is *not* covered. This module must never know `today`, and must
//! never step from one boundary to the next: 31 January and two terms of a month is 31 March.

use chrono::{Datelike, NaiveDate};

use super::{Renewal, Terms};
use crate::domain::calendar::Calendar;
use crate::domain::day::{Span, SpanUnit, add_months};

/// More terms than a contract of single days has in the years a date may have.
const MAX_TERMS: u32 = 1 << 19;

/// The initial term: what `ends_on` proves, else what `term` says.
///
/// An `ends_on` on a month boundary gives whole months, so that entering the last day and entering
/// the term come to the same.
#[must_use]
pub fn initial_term(terms: &Terms, calendar: &Calendar) -> Option<Span> {
    let (Some(start), Some(last)) = (terms.starts_on, terms.ends_on) else {
        return terms.term;
    };
    let boundary = last.succ_opt()?;
    let stated = terms.term.filter(|t| calendar.after(start, *t) == Some(boundary));
    stated.or_else(|| span_between(start, boundary))
}

/// The last day that the term gives and the last day that is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Disagreement {
    /// The last day by start and term.
    pub by_term: NaiveDate,
    /// The last day as entered, which holds.
    pub stated: NaiveDate,
}

/// Where both the term and the last day are given and do not agree.
#[must_use]
pub fn term_disagreement(terms: &Terms, calendar: &Calendar) -> Option<Disagreement> {
    let stated = terms.ends_on?;
    let by_term = calendar.after(terms.starts_on?, terms.term?)?.pred_opt()?;
    (by_term != stated).then_some(Disagreement { by_term, stated })
}

/// The boundaries of one contract.
#[derive(Debug, Clone, Copy)]
pub(super) struct Schedule<'a> {
    anchor: Anchor,
    renewal: Option<Span>,
    notice: Span,
    transit: Span,
    receipt: Span,
    calendar: &'a Calendar,
}

#[derive(Debug, Clone, Copy)]
enum Anchor {
    /// Counted from the first day in force.
    Start { start: NaiveDate, initial: Span },
    /// Only the first boundary is known.
    First(NaiveDate),
}

impl<'a> Schedule<'a> {
    /// The schedule of a contract whose end is known or follows from its terms.
    pub(super) fn of(terms: &Terms, calendar: &'a Calendar) -> Option<Self> {
        let anchor = match (terms.starts_on, initial_term(terms, calendar), terms.ends_on) {
            (Some(start), Some(initial), _) => Anchor::Start { start, initial },
            (_, _, Some(last)) => Anchor::First(last.succ_opt()?),
            _ => return None,
        };
        let renewal = terms.renewal_term.filter(|r| terms.renewal == Renewal::Auto && r.n > 0);
        let Terms { notice, transit, receipt, .. } = *terms;
        Some(Self { anchor, renewal, notice, transit, receipt, calendar })
    }

    /// Whether it is known how long a renewal is.
    pub(super) const fn renews(&self) -> bool {
        self.renewal.is_some()
    }

    /// The first day not covered after `k` renewals.
    pub(super) fn boundary(&self, k: u32) -> Option<NaiveDate> {
        let renewals = match self.renewal {
            Some(term) => Span { n: term.n.checked_mul(k)?, ..term },
            None if k == 0 => Span::default(),
            None => return None,
        };
        match self.anchor {
            // Months add up before they are clamped, so that the day of the start comes back.
            Anchor::Start { start, initial }
                if initial.unit == SpanUnit::Month && renewals.unit == SpanUnit::Month =>
            {
                add_months(start, i64::from(initial.n) + i64::from(renewals.n))
            }
            Anchor::Start { start, initial } => {
                self.calendar.after(self.calendar.after(start, initial)?, renewals)
            }
            Anchor::First(first) => self.calendar.after(first, renewals),
        }
    }

    /// The boundary less the notice period.
    pub(super) fn cancel_by_calendar(&self, boundary: NaiveDate) -> Option<NaiveDate> {
        self.calendar.before(boundary, self.notice)
    }

    /// The last working day on which notice is in time.
    pub(super) fn cancel_by(&self, boundary: NaiveDate) -> Option<NaiveDate> {
        let latest = self.cancel_by_calendar(boundary)?.min(boundary.pred_opt()?);
        Some(self.calendar.roll_back(latest))
    }

    /// `cancel_by` less the time a notice needs, rolled back to a working day.
    pub(super) fn send_by(&self, cancel_by: NaiveDate) -> Option<NaiveDate> {
        let received = self.calendar.before(cancel_by, self.receipt)?;
        let sent = self.calendar.before(received, self.transit)?;
        Some(self.calendar.roll_back(sent))
    }

    /// The number of the term that `today` lies in: the smallest with a boundary after it.
    pub(super) fn term_on(&self, today: NaiveDate) -> Option<u32> {
        smallest(|k| self.boundary(k).map(|b| b > today))
    }

    /// The number of the term that something decided on `day` is about: the only one where it does not
    /// renew.
    pub(super) fn term_decided(&self, day: NaiveDate) -> Option<u32> {
        if self.renews() { self.term_on(day) } else { Some(0) }
    }

    /// The number of the term that a notice sent on `day` ends: the first for which it is received in
    /// time.
    pub(super) fn term_ended_by_notice(&self, day: NaiveDate) -> Option<u32> {
        let send_by = |k| self.boundary(k).and_then(|b| self.cancel_by(b)).and_then(|c| self.send_by(c));
        smallest(|k| send_by(k).map(|last| last >= day))
    }
}

/// Whole months from `start` to `boundary` where they fit exactly, else days.
fn span_between(start: NaiveDate, boundary: NaiveDate) -> Option<Span> {
    let days = u32::try_from((boundary - start).num_days()).ok()?;
    let months = i64::from(boundary.year() - start.year()) * 12 + i64::from(boundary.month())
        - i64::from(start.month());
    let exact = months > 0 && add_months(start, months) == Some(boundary);
    Some(if exact { Span::months(u32::try_from(months).ok()?) } else { Span::days(days) })
}

/// The smallest number for which `holds`, which stays true once it is true; `None` where it cannot
/// be told.
fn smallest(holds: impl Fn(u32) -> Option<bool>) -> Option<u32> {
    let mut high = 0;
    while !holds(high)? {
        high = high * 2 + 1;
        if high > MAX_TERMS {
            return None;
        }
    }
    let mut low = 0;
    while low < high {
        let middle = u32::midpoint(low, high);
        if holds(middle)? {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Some(low)
}
