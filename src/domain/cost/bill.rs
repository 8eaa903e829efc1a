//! Invoices: which months they bill, and where they stand by what was paid of them.

use chrono::NaiveDate;

use super::{FeeKind, InvoiceState, TcoLayer};
use crate::closed_list;
use crate::domain::day::add_months;
use crate::domain::decimal::divide_rounded;
use crate::domain::money::Money;
use crate::domain::period::{FiscalStart, Period};

closed_list! {
    /// Where an invoice stands, by its state and its payments.
    Standing {
        Received = "received", Attention, "To approve", "待审批";
        Approved = "approved", Attention, "To pay", "待付款";
        Disputed = "disputed", Bad, "Disputed", "有争议";
        PartPaid = "part_paid", Attention, "Partly paid", "部分付款";
        Paid = "paid", Good, "Paid", "已付清";
        Overpaid = "overpaid", Bad, "Overpaid", "多付";
        Withdrawn = "withdrawn", Plain, "Withdrawn", "已撤回";
    }
}

/// Where an invoice of so many minor units stands once so many of them are paid.
///
/// What is paid in full is paid, whatever was noted of it before; a credit note is settled by what is paid
/// back. An invoice of nothing is paid once it is approved.
#[must_use]
pub const fn standing(state: InvoiceState, amount: i64, paid: i128) -> Standing {
    let amount = amount as i128;
    // A credit is looked at from its other side.
    let (amount, paid) = if amount < 0 { (-amount, -paid) } else { (amount, paid) };
    match state {
        InvoiceState::Withdrawn if paid == 0 => Standing::Withdrawn,
        InvoiceState::Withdrawn => Standing::Overpaid,
        _ if paid > amount => Standing::Overpaid,
        _ if paid == amount && amount > 0 => Standing::Paid,
        InvoiceState::Disputed => Standing::Disputed,
        InvoiceState::Received => Standing::Received,
        InvoiceState::Approved if paid == amount => Standing::Paid,
        InvoiceState::Approved if paid > 0 => Standing::PartPaid,
        InvoiceState::Approved => Standing::Approved,
    }
}

/// The calendar months that an invoice bills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Months {
    /// The first day of the first.
    pub first: NaiveDate,
    /// How many, at least one.
    pub count: u32,
}

impl Months {
    /// The months of a period.
    #[must_use]
    pub fn of(period: Period, fiscal: FiscalStart) -> Self {
        Self { first: period.first_day(fiscal), count: period.kind().months() }
    }

    /// The first day of the last month.
    #[must_use]
    pub fn last(self) -> NaiveDate {
        add_months(self.first, i64::from(self.count) - 1).unwrap_or(self.first)
    }
}

/// What one invoice bills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bill {
    /// Its code.
    pub code: String,
    /// Its number.
    pub name: String,
    /// The code of the cost line it bills; `None` where it names none and so bills all of them.
    pub line: Option<String>,
    /// The layer it is part of.
    pub layer: TcoLayer,
    /// The kind of fee; `None` where it bills several, or nobody said.
    pub kind: Option<FeeKind>,
    /// Its amount.
    pub amount: Money,
    /// The months.
    pub months: Months,
}

impl Bill {
    /// The share of the `nth` of its months, in minor units: equal parts that make up the whole.
    #[must_use]
    pub fn of_month(&self, nth: u32) -> i128 {
        let up_to = |months: u32| {
            divide_rounded(i128::from(self.amount.minor) * i128::from(months), i128::from(self.months.count))
        };
        if nth < self.months.count { up_to(nth + 1) - up_to(nth) } else { 0 }
    }
}
