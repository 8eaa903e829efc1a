//! What one record has in one month: its share, how that comes about, and the figures it makes.
//!
//! This module must never add up a contract: that is the book's.

use std::ops::{Add, AddAssign, Sub};

use super::{Cycle, FeeKind, TcoLayer};
use crate::domain::money::{Currency, Money};

/// One figure in the currency of the contract and in that of the register, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    /// In the currency of the contract.
    pub own: i128,
    /// In the base currency.
    pub base: i128,
}

impl Add for Figures {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { own: self.own + other.own, base: self.base + other.base }
    }
}

impl Sub for Figures {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self { own: self.own - other.own, base: self.base - other.base }
    }
}

impl AddAssign for Figures {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

/// What a share of a month is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// A cost line.
    Plan,
    /// An invoice.
    Actual,
    /// A change or a penalty.
    Beside,
}

/// How a share of a month comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// What a cost line has accrued by the end of the month, less what it had by its beginning, both in
    /// minor units.
    Accrued {
        /// The amount of a cycle.
        amount: Money,
        /// The cycle.
        cycle: Cycle,
        /// By the end of the month.
        until: i128,
        /// By its beginning.
        before: i128,
    },
    /// One of so many equal parts of an invoice.
    Piece {
        /// The whole.
        amount: Money,
        /// Which, from 1.
        nth: u32,
        /// Of how many.
        of: u32,
    },
    /// All of it.
    Whole,
}

/// The share of one record in one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Of what.
    pub of: Of,
    /// The code of the record.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// The layer; none for the in-house baseline.
    pub layer: Option<TcoLayer>,
    /// The kind of fee; `None` where a bill is of several, or nobody said.
    pub kind: Option<FeeKind>,
    /// Whether the vendor bills it.
    pub is_billed: bool,
    /// Whether the forecast has it: a plan until it is billed, a bill once its month has ended.
    pub counts: bool,
    /// How it comes about.
    pub share: Share,
    /// The amount in minor units of its currency.
    pub minor: i128,
    /// Its currency.
    pub currency: Currency,
    /// The same in the currency of the contract; `None` without a rate.
    pub own: Option<i128>,
    /// The same in the base currency; `None` without a rate.
    pub base: Option<i128>,
}

impl Part {
    pub(super) fn figures(&self) -> Figures {
        Figures { own: self.own.unwrap_or(0), base: self.base.unwrap_or(0) }
    }

    /// Whether it is of the plan that the vendor bills.
    #[must_use]
    pub fn is_planned(&self) -> bool {
        self.of == Of::Plan && self.is_billed && self.layer.is_some()
    }
}

/// Plan, actual and forecast of one month, or of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Row {
    /// What the vendor was to bill.
    pub plan: Figures,
    /// What it billed.
    pub actual: Figures,
    /// What it is going to have billed.
    pub forecast: Figures,
    /// What was billed less the plan of what it was billed for; the forecast less the plan.
    pub difference: Figures,
}

impl AddAssign for Row {
    fn add_assign(&mut self, other: Self) {
        self.plan += other.plan;
        self.actual += other.actual;
        self.forecast += other.forecast;
        self.difference += other.difference;
    }
}
