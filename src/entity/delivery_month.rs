//! The table of deliveries by month: how many of a vendor's came in time.

use crate::domain::period::{Period, PeriodKind};
use crate::domain::punctuality::Deliveries;
use crate::entity::field::{Derived, Field, Moment, Shape, derived, field};
use crate::entity::value::{Held, Link};
use crate::entity::{Direction, Entity, Kind, Names, Problem};
use crate::texts::{Text, text};

/// The deliveries of one vendor that were scheduled for one month, as one list tells them.
#[derive(Debug, Clone, PartialEq, Default)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct DeliveryMonth {
    pub vendor: Option<Link>,
    pub period: Option<Period>,
    pub deliveries: Option<i64>,
    pub late: Option<i64>,
    pub left_out: Option<i64>,
    pub source: String,
}

impl DeliveryMonth {
    /// Its counts; blanks are none.
    #[must_use]
    pub fn counts(&self) -> Deliveries {
        let of = |count: Option<i64>| count.unwrap_or(0);
        Deliveries { counted: of(self.deliveries), late: of(self.late), left_out: of(self.left_out) }
    }
}

/// The most deliveries of one month that a record holds.
const MOST: i64 = 1_000_000_000;

impl Entity for DeliveryMonth {
    const KIND: Kind = Kind::DeliveryMonth;
    const NAMES: Names = Names {
        word: "delivery_month",
        plural: "delivery_months",
        prefix: "DM",
        one: text("Deliveries of a month", "月度交付"),
        many: text("Deliveries by month", "月度交付"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("vendor", text("Vendor", "供应商"), Shape::Link(Kind::Vendor), |r: &Self| r.vendor.show(), |r, v| r.vendor.put(v))
            .parent().column(28, 2).card(),
        field("period", text("Month", "月份"), Shape::Period, |r: &Self| r.period.show(), |r, v| r.period.put(v))
            .required().column(8, 1).sortable().hint(text("for which they were scheduled, 2026-03", "计划交付的月份，如 2026-03")).card(),
        field("deliveries", text("Deliveries", "交付数"), Shape::Int(0, MOST), |r: &Self| r.deliveries.show(), |r, v| r.deliveries.put(v))
            .required().column(10, 2).card(),
        field("late", text("Late", "逾期数"), Shape::Int(0, MOST), |r: &Self| r.late.show(), |r, v| r.late.put(v))
            .required().column(6, 2).card(),
        field("left_out", text("Not counted", "未计入"), Shape::Int(0, MOST), |r: &Self| r.left_out.show(), |r, v| r.left_out.put(v))
            .hint(text("the day they came is not known", "实际交付日期未知")).column(11, 5).card(),
        field("source", text("Source", "来源"), Shape::Line, |r: &Self| r.source.show(), |r, v| r.source.put(v)).repeats().column(24, 4).card(),
    ];
    const DERIVED: &'static [Derived] =
        &[derived("rate", text("In time", "准时率"), Shape::Weight).column(8, 1).card()];
    const ORDER: (&'static str, Direction) = ("period", Direction::Down);
    const COLUMNS: &'static [&'static str] = &["period", "vendor", "deliveries", "late", "rate", "source"];

    const ONE_OF: &'static [&'static str] = &["vendor", "period", "source"];

    fn label(&self) -> String {
        let vendor = self.vendor.as_ref().map(|vendor| vendor.label.as_str()).unwrap_or_default();
        let period = self.period.map(|period| period.to_string()).unwrap_or_default();
        format!("{period} {vendor}").trim().to_owned()
    }

    fn check(&self, _: &Moment) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.late > self.deliveries {
            problems.push(Problem::new("late", MORE_LATE));
        }
        if self.period.is_some_and(|period| period.kind() != PeriodKind::Month) {
            problems.push(Problem::new("period", NO_MONTH));
        }
        problems
    }
}

const MORE_LATE: Text =
    text("More are late than were delivered. Correct one of the two.", "逾期数大于交付数，请更正。");
const NO_MONTH: Text =
    text("Deliveries are told by the month, such as 2026-03.", "交付按月登记，如 2026-03。");
