//! The table of improvement plans: what is to become better, by when, and whether it did.

use chrono::NaiveDate;

use crate::domain::decimal::Decimal4;
use crate::domain::improvement::ImprovementState;
use crate::domain::list::ClosedList;
use crate::domain::moves::IMPROVEMENT_MOVES;
use crate::entity::field::{Field, Shape, field};
use crate::entity::value::{Held, Link};
use crate::entity::{Direction, Entity, Kind, Moves, Names};
use crate::texts::text;

/// A plan that both sides agree on after a poor result.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct Improvement {
    pub title: String,
    pub vendor: Option<Link>,
    pub review: Option<Link>,
    pub row: Option<Link>,
    pub goal: String,
    pub metric: String,
    pub target: Option<Decimal4>,
    pub owner: String,
    pub counterpart: String,
    pub due_on: Option<NaiveDate>,
    pub verify_on: Option<NaiveDate>,
    pub state: Option<ImprovementState>,
    pub result: String,
}

impl Default for Improvement {
    fn default() -> Self {
        Self {
            title: String::new(),
            vendor: None,
            review: None,
            row: None,
            goal: String::new(),
            metric: String::new(),
            target: None,
            owner: String::new(),
            counterpart: String::new(),
            due_on: None,
            verify_on: None,
            state: Some(ImprovementState::Proposed),
            result: String::new(),
        }
    }
}

impl Entity for Improvement {
    const KIND: Kind = Kind::Improvement;
    const NAMES: Names = Names {
        word: "improvement",
        plural: "improvements",
        prefix: "IP",
        one: text("Improvement plan", "改进计划"),
        many: text("Improvement plans", "改进计划"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("title", text("Title", "标题"), Shape::Line, |r: &Self| r.title.show(), |r, v| r.title.put(v)).required().column(34, 1).sortable(),
        field("vendor", text("Vendor", "供应商"), Shape::Link(Kind::Vendor), |r: &Self| r.vendor.show(), |r, v| r.vendor.put(v)).required().column(22, 3).card(),
        field("review", text("Review", "考核"), Shape::Link(Kind::Review), |r: &Self| r.review.show(), |r, v| r.review.put(v)).card(),
        field("row", text("Review row", "考核行"), Shape::Link(Kind::ReviewRow), |r: &Self| r.row.show(), |r, v| r.row.put(v)).card(),
        field("goal", text("Goal", "目标"), Shape::Long, |r: &Self| r.goal.show(), |r, v| r.goal.put(v)),
        field("metric", text("Metric", "衡量指标"), Shape::Line, |r: &Self| r.metric.show(), |r, v| r.metric.put(v)).card(),
        field("target", text("Target", "目标值"), Shape::Decimal, |r: &Self| r.target.show(), |r, v| r.target.put(v)).card(),
        field("owner", text("Owner", "负责人"), Shape::Line, |r: &Self| r.owner.show(), |r, v| r.owner.put(v)).repeats().column(12, 4).card(),
        field("counterpart", text("Their owner", "对方负责人"), Shape::Line, |r: &Self| r.counterpart.show(), |r, v| r.counterpart.put(v)).personal().card(),
        field("due_on", text("Due", "截止日期"), Shape::Date, |r: &Self| r.due_on.show(), |r, v| r.due_on.put(v)).column(10, 2).sortable().card(),
        field("verify_on", text("Verify", "验证日期"), Shape::Date, |r: &Self| r.verify_on.show(), |r, v| r.verify_on.put(v)).card(),
        field("state", text("State", "状态"), Shape::Choice(ImprovementState::CHOICES), |r: &Self| r.state.show(), |r, v| r.state.put(v)).required().column(12, 2).chip(),
        field("result", text("Result", "结果"), Shape::Long, |r: &Self| r.result.show(), |r, v| r.result.put(v)),
    ];
    const ORDER: (&'static str, Direction) = ("due_on", Direction::Up);
    const COLUMNS: &'static [&'static str] = &["title", "vendor", "due_on", "state", "owner"];
    const MOVES: Option<Moves> = Some(Moves { field: "state", table: IMPROVEMENT_MOVES });

    fn label(&self) -> String {
        self.title.clone()
    }
}
