//! What a cost line comes to by month.
//!
//! One curve: what has accrued before a day. A whole calendar month costs what is agreed for it, be it a
//! cycle or an equal part of a longer one; of the month in which a line begins, and of that in which it
//! ends, each day is as dear as the next. Where a line runs for whole months from the day it begins, its
//! last days take the rest, so that a term of whole cycles costs exactly as many of them. A month is the
//! difference of the curve at its two ends, each rounded half away from zero: so the months make up the
//! whole to the minor unit.

use chrono::{Datelike, NaiveDate};

use super::{Cycle, FeeKind, TcoLayer};
use crate::domain::day::add_months;
use crate::domain::decimal::{Decimal4, divide_rounded};
use crate::domain::money::Money;

/// What one cost line plans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The code of the line.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// The layer it is part of; none for the in-house baseline.
    pub layer: Option<TcoLayer>,
    /// The kind of fee.
    pub kind: FeeKind,
    /// Whether the vendor bills it; else it is one's own effort, of which no invoice comes.
    pub is_billed: bool,
    /// The amount of a whole cycle.
    pub amount: Money,
    /// How often it falls due.
    pub cycle: Cycle,
    /// The first day.
    pub from: NaiveDate,
    /// The last day, inclusive.
    pub to: NaiveDate,
}

impl Item {
    /// The amount of a cycle of so many units at a rate each, rounded half away from zero; `None` where it
    /// is more than an amount holds.
    #[must_use]
    pub fn amount_of(rate: Money, quantity: Decimal4) -> Option<Money> {
        let minor = divide_rounded(i128::from(rate.minor) * i128::from(quantity.0), 10_000);
        Some(Money { minor: i64::try_from(minor).ok()?, ..rate })
    }

    /// What has accrued before a day, in minor units.
    #[must_use]
    pub fn accrued(&self, day: NaiveDate) -> i128 {
        let amount = i128::from(self.amount.minor);
        let Some(months) = self.cycle.months() else {
            return if self.from < day && self.from <= self.to { amount } else { 0 };
        };
        if day <= self.from || self.to < self.from {
            return 0;
        }
        let end = self.to.succ_opt().unwrap_or(self.to);
        let elapsed = if day >= end {
            whole_months(self.from, end).unwrap_or_else(|| elapsed(self.from, end))
        } else {
            elapsed(self.from, day)
        };
        divide_rounded(amount * elapsed.0, i128::from(months) * elapsed.1)
    }

    /// The share of a month that begins on `first`.
    #[must_use]
    pub fn of_month(&self, first: NaiveDate) -> i128 {
        let next = add_months(first, 1).unwrap_or(first);
        self.accrued(next) - self.accrued(first)
    }
}

/// The whole months from one day to another, as a fraction of one part; `None` where days are left over.
fn whole_months(from: NaiveDate, end: NaiveDate) -> Option<(i128, i128)> {
    let apart = months_apart(from, end);
    (apart > 0 && add_months(from, apart) == Some(end)).then_some((i128::from(apart), 1))
}

/// The months from one day to another as a fraction: a month in part counts by its days.
fn elapsed(from: NaiveDate, end: NaiveDate) -> (i128, i128) {
    let days = |day: NaiveDate| (i128::from(day.day0()), i128::from(day.num_days_in_month()));
    let ((before, of), (behind, of_last)) = (days(from), days(end));
    let whole = i128::from(months_apart(from, end)) * of * of_last;
    (whole + behind * of - before * of_last, of * of_last)
}

/// How many calendar months later one day's month is than another's.
pub(super) fn months_apart(from: NaiveDate, to: NaiveDate) -> i64 {
    i64::from(to.year() - from.year()) * 12 + i64::from(to.month()) - i64::from(from.month())
}
