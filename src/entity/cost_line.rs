//! The table of cost lines: what a contract is to cost, a line for each fee and each other layer of cost.

use chrono::NaiveDate;

use crate::domain::action::Side;
use crate::domain::cost::{Cycle, FeeKind, FeeModel, Layer};
use crate::domain::day::{Span, SpanUnit};
use crate::domain::decimal::Decimal4;
use crate::domain::list::ClosedList;
use crate::domain::money::Money;
use crate::entity::field::{Field, Moment, Shape, field};
use crate::entity::value::{Held, Link};
use crate::entity::{Direction, Entity, Kind, Names, Problem};
use crate::texts::{Text, text};

/// What one fee, or one other cost of a contract, comes to a cycle, and from when until when.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct CostLine {
    pub title: String,
    pub contract: Option<Link>,
    pub layer: Option<Layer>,
    pub kind: Option<FeeKind>,
    pub side: Option<Side>,
    pub model: Option<FeeModel>,
    pub amount: Option<Money>,
    pub quantity: Option<Decimal4>,
    pub cycle: Option<Cycle>,
    pub starts_on: Option<NaiveDate>,
    pub ends_on: Option<NaiveDate>,
    pub pay_within: Option<Span>,
    pub notes: String,
}

impl Default for CostLine {
    fn default() -> Self {
        Self {
            title: String::new(),
            contract: None,
            layer: Some(Layer::Fee),
            kind: None,
            side: None,
            model: Some(FeeModel::Fixed),
            amount: None,
            quantity: None,
            cycle: Some(Cycle::Month),
            starts_on: None,
            ends_on: None,
            pay_within: None,
            notes: String::new(),
        }
    }
}

impl Entity for CostLine {
    const KIND: Kind = Kind::CostLine;
    const NAMES: Names = Names {
        word: "cost_line",
        plural: "cost_lines",
        prefix: "FL",
        one: text("Cost line", "费用项"),
        many: text("Cost lines", "费用项"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("title", text("Title", "标题"), Shape::Line, |r: &Self| r.title.show(), |r, v| r.title.put(v))
            .required().column(30, 1).sortable(),
        field("contract", text("Contract", "合同"), Shape::Link(Kind::Contract), |r: &Self| r.contract.show(), |r, v| r.contract.put(v))
            .parent().column(24, 4).card(),
        field("layer", text("Layer", "成本层"), Shape::Choice(Layer::CHOICES), |r: &Self| r.layer.show(), |r, v| r.layer.put(v))
            .required().column(12, 3).chip(),
        field("kind", text("Kind", "费用类别"), Shape::Choice(FeeKind::CHOICES), |r: &Self| r.kind.show(), |r, v| r.kind.put(v))
            .column(10, 5).chip(),
        field("side", text("Whose cost", "承担方"), Shape::Choice(Side::CHOICES), |r: &Self| r.side.show(), |r, v| r.side.put(v))
            .card().hint(text("theirs is billed, ours is own effort", "对方开票，或我方自行投入")),
        field("model", text("Model", "计费方式"), Shape::Choice(FeeModel::CHOICES), |r: &Self| r.model.show(), |r, v| r.model.put(v))
            .required().card().group(text("Amount", "金额")),
        field("amount", text("Amount", "金额"), Shape::Money, |r: &Self| r.amount.show(), |r, v| r.amount.put(v))
            .required().column(11, 2).card().hint(text("a cycle; or the rate of an hour or unit", "每周期金额，或每小时、每单位单价")),
        field("quantity", text("Quantity", "数量"), Shape::Decimal, |r: &Self| r.quantity.show(), |r, v| r.quantity.put(v))
            .card().hint(text("planned hours or units a cycle", "每周期计划工时或数量")),
        field("cycle", text("Cycle", "周期"), Shape::Choice(Cycle::CHOICES), |r: &Self| r.cycle.show(), |r, v| r.cycle.put(v))
            .required().column(11, 4).card(),
        field("starts_on", text("Start", "开始日期"), Shape::Date, |r: &Self| r.starts_on.show(), |r, v| r.starts_on.put(v))
            .column(10, 6).sortable().card().group(text("Time", "时间")).hint(text("that of the contract where blank", "留空则同合同")),
        field("ends_on", text("End (last day)", "终止日（含）"), Shape::Date, |r: &Self| r.ends_on.show(), |r, v| r.ends_on.put(v))
            .column(10, 7).card().hint(text("that of the contract where blank", "留空则同合同")),
        field("pay_within", text("Pay within", "付款期限"), Shape::Span, |r: &Self| r.pay_within.show(), |r, v| r.pay_within.put(v))
            .card().hint(text("30d, of its invoices", "如 30d，适用于其发票")),
        field("notes", text("Notes", "备注"), Shape::Long, |r: &Self| r.notes.show(), |r, v| r.notes.put(v)),
    ];
    const ORDER: (&'static str, Direction) = ("starts_on", Direction::Up);
    const COLUMNS: &'static [&'static str] = &["title", "contract", "layer", "kind", "amount", "cycle"];

    fn label(&self) -> String {
        self.title.clone()
    }

    fn check(&self, _: &Moment) -> Vec<Problem> {
        let mut problems = Vec::new();
        let is_counted = self.model != Some(FeeModel::Fixed);
        if is_counted && self.quantity.is_none_or(|quantity| quantity.0 <= 0) {
            problems.push(Problem::new("quantity", NO_QUANTITY));
        }
        if !is_counted && self.quantity.is_some() {
            problems.push(Problem::new("quantity", NOT_COUNTED));
        }
        if self.starts_on.zip(self.ends_on).is_some_and(|(start, end)| end < start) {
            problems.push(Problem::new("ends_on", BACKWARDS));
        }
        problems.extend(business_days(self.pay_within));
        problems
    }
}

/// What is wrong with a time to pay that is counted in business days.
pub(super) fn business_days(within: Option<Span>) -> Option<Problem> {
    let is_of_work = within.is_some_and(|span| span.unit == SpanUnit::BusinessDay);
    is_of_work.then(|| Problem::new("pay_within", NO_BUSINESS_DAYS))
}

const NO_QUANTITY: Text = text(
    "A rate is multiplied: enter how many hours or units are planned a cycle, more than 0.",
    "单价须乘以数量：请填写每周期计划的工时或数量，须大于 0。",
);
const NOT_COUNTED: Text = text(
    "A fixed fee is not multiplied: clear the quantity, or choose another model.",
    "固定费用不乘数量：请清空数量，或改用其他计费方式。",
);
const BACKWARDS: Text =
    text("The last day is before the start. Correct one of the two.", "终止日早于开始日期，请更正其一。");
const NO_BUSINESS_DAYS: Text =
    text("Time to pay is in days or months, such as 30d.", "付款期限按天或月填写，如 30d。");
