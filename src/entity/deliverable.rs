//! The table of deliverables: what is handed over under a contract and accepted by stated criteria.

use chrono::NaiveDate;

use crate::domain::delivery::Acceptance;
use crate::domain::list::ClosedList;
use crate::domain::moves::DELIVERABLE_MOVES;
use crate::entity::field::{Field, Moment, Shape, field};
use crate::entity::value::{Held, Link};
use crate::entity::{Direction, Entity, Kind, Moves, Names, Problem};
use crate::texts::{Text, text};

/// What a vendor is to hand over under a contract, and whether it was accepted.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct Deliverable {
    pub title: String,
    pub contract: Option<Link>,
    pub criteria: String,
    pub due_on: Option<NaiveDate>,
    pub delivered_on: Option<NaiveDate>,
    pub state: Option<Acceptance>,
    pub accepted_on: Option<NaiveDate>,
    pub accepted_by: String,
    pub shortfall: String,
    pub owner: String,
    pub notes: String,
}

impl Default for Deliverable {
    fn default() -> Self {
        Self {
            title: String::new(),
            contract: None,
            criteria: String::new(),
            due_on: None,
            delivered_on: None,
            state: Some(Acceptance::Scheduled),
            accepted_on: None,
            accepted_by: String::new(),
            shortfall: String::new(),
            owner: String::new(),
            notes: String::new(),
        }
    }
}

impl Entity for Deliverable {
    const KIND: Kind = Kind::Deliverable;
    const NAMES: Names = Names {
        word: "deliverable",
        plural: "deliverables",
        prefix: "D",
        one: text("Deliverable", "交付物"),
        many: text("Deliverables", "交付物"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("title", text("Title", "标题"), Shape::Line, |r: &Self| r.title.show(), |r, v| r.title.put(v))
            .required().column(34, 1).sortable(),
        field("contract", text("Contract", "合同"), Shape::Link(Kind::Contract), |r: &Self| r.contract.show(), |r, v| r.contract.put(v))
            .parent().column(24, 3).card(),
        field("criteria", text("Criteria", "验收标准"), Shape::Long, |r: &Self| r.criteria.show(), |r, v| r.criteria.put(v))
            .hint(text("by what it is accepted", "据以验收的标准")),
        field("due_on", text("Due", "应交日期"), Shape::Date, |r: &Self| r.due_on.show(), |r, v| r.due_on.put(v))
            .column(10, 2).sortable().card(),
        field("delivered_on", text("Delivered", "实交日期"), Shape::Date, |r: &Self| r.delivered_on.show(), |r, v| r.delivered_on.put(v))
            .column(10, 4).card(),
        field("state", text("State", "状态"), Shape::Choice(Acceptance::CHOICES), |r: &Self| r.state.show(), |r, v| r.state.put(v))
            .required().column(12, 3).sortable().chip(),
        field("accepted_on", text("Accepted", "验收日期"), Shape::Date, |r: &Self| r.accepted_on.show(), |r, v| r.accepted_on.put(v))
            .card(),
        field("accepted_by", text("Accepted by", "验收人"), Shape::Line, |r: &Self| r.accepted_by.show(), |r, v| r.accepted_by.put(v))
            .repeats().card(),
        field("shortfall", text("Falls short in", "不足之处"), Shape::Line, |r: &Self| r.shortfall.show(), |r, v| r.shortfall.put(v))
            .card(),
        field("owner", text("Owner", "负责人"), Shape::Line, |r: &Self| r.owner.show(), |r, v| r.owner.put(v))
            .repeats().column(12, 6).card(),
        field("notes", text("Notes", "备注"), Shape::Long, |r: &Self| r.notes.show(), |r, v| r.notes.put(v)),
    ];
    const ORDER: (&'static str, Direction) = ("due_on", Direction::Up);
    const COLUMNS: &'static [&'static str] = &["title", "contract", "due_on", "delivered_on", "state"];
    const MOVES: Option<Moves> = Some(Moves { field: "state", table: DELIVERABLE_MOVES });

    fn label(&self) -> String {
        self.title.clone()
    }

    fn check(&self, _: &Moment) -> Vec<Problem> {
        let mut problems = Vec::new();
        let is_judged = self.state.is_some_and(|state| state != Acceptance::Scheduled);
        if is_judged && self.criteria.is_empty() {
            problems.push(Problem::new("criteria", NO_CRITERIA));
        }
        let falls_short = matches!(self.state, Some(Acceptance::PartlyMet | Acceptance::NotMet));
        if falls_short && self.shortfall.is_empty() {
            problems.push(Problem::new("shortfall", NO_SHORTFALL));
        }
        if self.state == Some(Acceptance::Met) && self.delivered_on.is_none() {
            problems.push(Problem::new("delivered_on", NOT_DELIVERED));
        }
        if let (Some(delivered), Some(accepted)) = (self.delivered_on, self.accepted_on)
            && accepted < delivered
        {
            problems.push(Problem::new("accepted_on", BEFORE_DELIVERY));
        }
        problems
    }
}

const NO_CRITERIA: Text = text(
    "It is accepted or refused by stated criteria; state them.",
    "须依据写明的标准验收，请填写验收标准。",
);
const NO_SHORTFALL: Text = text("Say what it falls short in.", "请填写不足之处。");
const NOT_DELIVERED: Text =
    text("What is accepted was delivered on some day; fill it in.", "已验收的交付物须有实交日期。");
const BEFORE_DELIVERY: Text =
    text("It cannot be accepted before it was delivered.", "验收日期不能早于实交日期。");
