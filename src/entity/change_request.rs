//! The table of change requests: requested, assessed, approved, implemented.

use chrono::NaiveDate;

use crate::domain::action::Side;
use crate::domain::day::Span;
use crate::domain::delivery::ChangeState;
use crate::domain::list::ClosedList;
use crate::domain::money::Money;
use crate::domain::moves::CHANGE_MOVES;
use crate::entity::field::{Field, Moment, Shape, field};
use crate::entity::value::{Held, Link};
use crate::entity::{Direction, Entity, Kind, Moves, Names, Problem};
use crate::texts::{Text, text};

/// A wish to change what a contract says, with what it does to scope, cost and time.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct ChangeRequest {
    pub title: String,
    pub contract: Option<Link>,
    pub side: Option<Side>,
    pub requested_by: String,
    pub requested_on: Option<NaiveDate>,
    pub why: String,
    pub scope: String,
    pub cost: Option<Money>,
    pub delay: Option<Span>,
    pub assessed_by: String,
    pub decide_by: Option<NaiveDate>,
    pub state: Option<ChangeState>,
    pub decided_on: Option<NaiveDate>,
    pub decided_by: String,
    pub implement_by: Option<NaiveDate>,
    pub implemented_on: Option<NaiveDate>,
    pub notes: String,
}

impl Default for ChangeRequest {
    fn default() -> Self {
        Self {
            title: String::new(),
            contract: None,
            side: None,
            requested_by: String::new(),
            requested_on: None,
            why: String::new(),
            scope: String::new(),
            cost: None,
            delay: None,
            assessed_by: String::new(),
            decide_by: None,
            state: Some(ChangeState::Requested),
            decided_on: None,
            decided_by: String::new(),
            implement_by: None,
            implemented_on: None,
            notes: String::new(),
        }
    }
}

impl Entity for ChangeRequest {
    const KIND: Kind = Kind::ChangeRequest;
    const NAMES: Names = Names {
        word: "change_request",
        plural: "change_requests",
        prefix: "CR",
        one: text("Change request", "变更申请"),
        many: text("Change requests", "变更申请"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("title", text("Title", "标题"), Shape::Line, |r: &Self| r.title.show(), |r, v| r.title.put(v))
            .required().column(34, 1).sortable(),
        field("contract", text("Contract", "合同"), Shape::Link(Kind::Contract), |r: &Self| r.contract.show(), |r, v| r.contract.put(v))
            .parent().column(24, 3).card(),
        field("side", text("Wanted by", "提出方"), Shape::Choice(Side::CHOICES), |r: &Self| r.side.show(), |r, v| r.side.put(v))
            .column(7, 6).chip(),
        field("requested_by", text("Requested by", "申请人"), Shape::Line, |r: &Self| r.requested_by.show(), |r, v| r.requested_by.put(v))
            .repeats().card(),
        field("requested_on", text("Requested", "申请日期"), Shape::Date, |r: &Self| r.requested_on.show(), |r, v| r.requested_on.put(v))
            .card(),
        field("why", text("Why", "变更原因"), Shape::Long, |r: &Self| r.why.show(), |r, v| r.why.put(v)),
        field("scope", text("Scope", "范围"), Shape::Line, |r: &Self| r.scope.show(), |r, v| r.scope.put(v))
            .card().group(text("Effect on", "影响评估")).hint(text("none, where there is none", "没有则写“无”")),
        field("cost", text("Cost", "费用"), Shape::Money, |r: &Self| r.cost.show(), |r, v| r.cost.put(v))
            .column(11, 4).sortable().card().hint(text("0 where there is none, -20k where it saves", "没有则填 0，节省填负数")),
        field("delay", text("Time", "工期"), Shape::Span, |r: &Self| r.delay.show(), |r, v| r.delay.put(v))
            .card().hint(text("0d where there is none", "没有则填 0d")),
        field("assessed_by", text("Assessed by", "评估人"), Shape::Line, |r: &Self| r.assessed_by.show(), |r, v| r.assessed_by.put(v))
            .repeats().card(),
        field("decide_by", text("Decide by", "决定期限"), Shape::Date, |r: &Self| r.decide_by.show(), |r, v| r.decide_by.put(v))
            .column(10, 2).sortable().card().group(text("Decision", "审批与实施")),
        field("state", text("State", "状态"), Shape::Choice(ChangeState::CHOICES), |r: &Self| r.state.show(), |r, v| r.state.put(v))
            .required().column(12, 3).sortable().chip(),
        field("decided_on", text("Decided", "决定日期"), Shape::Date, |r: &Self| r.decided_on.show(), |r, v| r.decided_on.put(v))
            .card(),
        field("decided_by", text("Decided by", "决定人"), Shape::Line, |r: &Self| r.decided_by.show(), |r, v| r.decided_by.put(v))
            .repeats().card(),
        field("implement_by", text("Implement by", "实施期限"), Shape::Date, |r: &Self| r.implement_by.show(), |r, v| r.implement_by.put(v))
            .card(),
        field("implemented_on", text("Implemented", "实施日期"), Shape::Date, |r: &Self| r.implemented_on.show(), |r, v| r.implemented_on.put(v))
            .card(),
        field("notes", text("Notes", "备注"), Shape::Long, |r: &Self| r.notes.show(), |r, v| r.notes.put(v)),
    ];
    const ORDER: (&'static str, Direction) = ("decide_by", Direction::Up);
    const COLUMNS: &'static [&'static str] = &["title", "contract", "cost", "decide_by", "state"];
    const MOVES: Option<Moves> = Some(Moves { field: "state", table: CHANGE_MOVES });

    fn label(&self) -> String {
        self.title.clone()
    }

    fn check(&self, _: &Moment) -> Vec<Problem> {
        let mut problems = Vec::new();
        let steps = [
            ("decided_on", self.requested_on, self.decided_on),
            ("implemented_on", self.decided_on.or(self.requested_on), self.implemented_on),
        ];
        for (field, before, after) in steps {
            if before.zip(after).is_some_and(|(before, after)| after < before) {
                problems.push(Problem::new(field, OUT_OF_ORDER));
            }
        }
        problems
    }
}

const OUT_OF_ORDER: Text = text(
    "A change is requested, then decided, then implemented; this day is before the step before it.",
    "变更依次为申请、决定、实施；该日期早于上一步。",
);
