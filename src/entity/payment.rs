//! The table of payments: what was paid of an invoice, and when.

use chrono::NaiveDate;

use crate::domain::money::Money;
use crate::entity::field::{Field, Moment, Shape, field};
use crate::entity::value::{Held, Link};
use crate::entity::{Direction, Entity, Kind, Names, Problem};
use crate::texts::{Text, text};

/// A payment of an invoice, in whole or in part; negative where it came back.
#[derive(Debug, Clone, PartialEq, Default)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct Payment {
    pub invoice: Option<Link>,
    pub amount: Option<Money>,
    pub paid_on: Option<NaiveDate>,
    pub reference: String,
    pub notes: String,
}

impl Entity for Payment {
    const KIND: Kind = Kind::Payment;
    const NAMES: Names = Names {
        word: "payment",
        plural: "payments",
        prefix: "PY",
        one: text("Payment", "付款"),
        many: text("Payments", "付款"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("invoice", text("Invoice", "发票"), Shape::Link(Kind::Invoice), |r: &Self| r.invoice.show(), |r, v| r.invoice.put(v))
            .parent().column(18, 3).card(),
        field("amount", text("Amount", "金额"), Shape::Money, |r: &Self| r.amount.show(), |r, v| r.amount.put(v))
            .required().column(11, 1).card().hint(text("negative where it came back", "退回款项填负数")),
        field("paid_on", text("Paid", "付款日期"), Shape::Date, |r: &Self| r.paid_on.show(), |r, v| r.paid_on.put(v))
            .required().column(10, 1).sortable().card(),
        field("reference", text("Reference", "付款凭证"), Shape::Line, |r: &Self| r.reference.show(), |r, v| r.reference.put(v))
            .column(24, 2).sortable().card(),
        field("notes", text("Notes", "备注"), Shape::Long, |r: &Self| r.notes.show(), |r, v| r.notes.put(v)),
    ];
    const ORDER: (&'static str, Direction) = ("paid_on", Direction::Down);
    const COLUMNS: &'static [&'static str] = &["reference", "invoice", "amount", "paid_on"];

    fn label(&self) -> String {
        match self.reference.as_str() {
            "" => self.paid_on.map(|day| day.to_string()).unwrap_or_default(),
            reference => reference.to_owned(),
        }
    }

    fn check(&self, moment: &Moment) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.amount.is_some_and(|amount| amount.minor == 0) {
            problems.push(Problem::new("amount", NOTHING));
        }
        if self.paid_on.is_some_and(|day| day > moment.today) {
            problems.push(Problem::new("paid_on", NOT_YET));
        }
        problems
    }
}

const NOTHING: Text = text("A payment of nothing is none. Enter what was paid.", "付款金额不能为零。");
const NOT_YET: Text = text(
    "A payment is entered once it is made: the day is still to come.",
    "付款完成后方可登记，该日期尚未到来。",
);
