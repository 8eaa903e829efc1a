//! The Overview as data.

use chrono::NaiveDate;

use crate::domain::money::Money;
use crate::domain::risk::{Cell, Level};
use crate::entity::Ref;
use crate::register::{Attention, Event};

/// Everything the Overview shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Overview {
    /// Records in use, by kind of tab.
    pub counts: Counts,
    /// What needs attention up to `ATTENTION_DAYS` ahead, most pressing first, as
    /// many as were asked for.
    pub attention: Vec<Attention>,
    /// How many dates that is in all; those that were snoozed are none of them.
    pub due: i64,
    /// What is due so far ahead and was acknowledged or snoozed.
    pub snoozed: Vec<Attention>,
    /// Notices that must be given within a week, and still can be.
    pub notice: i64,
    /// What contracts in force cost a year, by currency, the base currency first.
    pub committed: Vec<Money>,
    /// The mean of the vendors' scores in hundredths, and over how many.
    pub mean_score: Option<(i64, i64)>,
    /// The mean totals of the newest periods in hundredths, oldest first. All are of the kind of
    /// period by which most is reviewed of late.
    pub periods: Vec<(String, i64)>,
    /// Contracts in force by the month of their last day, from this month on.
    pub ends: Vec<MonthEnds>,
    /// The greatest changes of score: up, then down.
    pub movers: Vec<Mover>,
    /// Open risks by cell: likelihood, impact, count.
    pub cells: Vec<(Cell, i64)>,
    /// Open risks by level, low first, then those not assessed.
    pub levels: Vec<(Option<Level>, i64)>,
    /// The newest acts.
    pub recent: Vec<Event>,
}

/// How many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Vendors in use.
    pub vendors: i64,
    /// Of these, active or watched.
    pub active: i64,
    /// Of these, on the way in: prospects and in review.
    pub arriving: i64,
    /// Contracts in use.
    pub contracts: i64,
    /// Of these, in force.
    pub in_force: i64,
    /// Contracts in force that end within 90 days.
    pub ending: i64,
    /// Reviews in use.
    pub reviews: i64,
    /// Of these, not yet settled.
    pub open_reviews: i64,
    /// Open risks.
    pub risks: i64,
    /// Of these, high or severe.
    pub high_risks: i64,
    /// Of these, severe.
    pub severe_risks: i64,
}

/// Contracts whose last day lies in one month.
#[derive(Debug, Clone, PartialEq)]
pub struct MonthEnds {
    /// The first day of the month.
    pub month: NaiveDate,
    /// How many.
    pub count: i64,
    /// What they cost a year, in the base currency where it has any share, else in the first.
    pub annual: Option<Money>,
}

/// A vendor whose score changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Mover {
    /// The vendor.
    pub at: Ref,
    /// Its code.
    pub code: String,
    /// What people call it.
    pub label: String,
    /// The newest score in hundredths.
    pub score: i64,
    /// Its change in hundredths.
    pub change: i64,
}

/// How far ahead the Overview looks for what needs attention.
pub const ATTENTION_DAYS: u64 = 30;
