//! The table of actions: what somebody promised to do.

use chrono::NaiveDate;

use crate::domain::action::{ActionState, Side};
use crate::domain::list::ClosedList;
use crate::domain::moves::ACTION_MOVES;
use crate::entity::field::{Field, Shape, field};
use crate::entity::value::{Held, Link};
use crate::entity::{Direction, Entity, Kind, Moves, Names};
use crate::texts::text;

/// A promise with an owner and a day.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct Action {
    pub title: String,
    pub vendor: Option<Link>,
    pub contract: Option<Link>,
    pub review: Option<Link>,
    pub risk: Option<Link>,
    pub improvement: Option<Link>,
    pub meeting: Option<Link>,
    pub owner: String,
    pub side: Option<Side>,
    pub due_on: Option<NaiveDate>,
    pub done_on: Option<NaiveDate>,
    pub verified_on: Option<NaiveDate>,
    pub state: Option<ActionState>,
    pub notes: String,
}

impl Default for Action {
    fn default() -> Self {
        Self {
            state: Some(ActionState::Open),
            title: String::new(),
            vendor: None,
            contract: None,
            review: None,
            risk: None,
            improvement: None,
            meeting: None,
            owner: String::new(),
            side: None,
            due_on: None,
            done_on: None,
            verified_on: None,
            notes: String::new(),
        }
    }
}

impl Entity for Action {
    const KIND: Kind = Kind::Action;
    const NAMES: Names = Names {
        word: "action",
        plural: "actions",
        prefix: "AC",
        one: text("Action", "行动项"),
        many: text("Actions", "行动项"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("title", text("Title", "标题"), Shape::Line, |r: &Self| r.title.show(), |r, v| r.title.put(v))
            .required().column(36, 1).sortable(),
        field("vendor", text("Vendor", "供应商"), Shape::Link(Kind::Vendor), |r: &Self| r.vendor.show(), |r, v| r.vendor.put(v))
            .column(24, 3).card(),
        field("contract", text("Contract", "合同"), Shape::Link(Kind::Contract), |r: &Self| r.contract.show(), |r, v| r.contract.put(v))
            .card(),
        field("review", text("Review", "考核"), Shape::Link(Kind::Review), |r: &Self| r.review.show(), |r, v| r.review.put(v)).card(),
        field("risk", text("Risk", "风险"), Shape::Link(Kind::Risk), |r: &Self| r.risk.show(), |r, v| r.risk.put(v)).card(),
        field("improvement", text("Improvement plan", "改进计划"), Shape::Link(Kind::Improvement), |r: &Self| r.improvement.show(), |r, v| r.improvement.put(v))
            .card(),
        field("meeting", text("Meeting", "会议"), Shape::Link(Kind::Meeting), |r: &Self| r.meeting.show(), |r, v| r.meeting.put(v)).card(),
        field("owner", text("Owner", "负责人"), Shape::Line, |r: &Self| r.owner.show(), |r, v| r.owner.put(v)).repeats().column(12, 4).card(),
        field("side", text("Side", "责任方"), Shape::Choice(Side::CHOICES), |r: &Self| r.side.show(), |r, v| r.side.put(v))
            .column(7, 5).chip(),
        field("due_on", text("Due", "截止日期"), Shape::Date, |r: &Self| r.due_on.show(), |r, v| r.due_on.put(v))
            .column(10, 2).sortable().card(),
        field("done_on", text("Done", "完成日期"), Shape::Date, |r: &Self| r.done_on.show(), |r, v| r.done_on.put(v)).card(),
        field("verified_on", text("Verified", "验证日期"), Shape::Date, |r: &Self| r.verified_on.show(), |r, v| r.verified_on.put(v)).card(),
        field("state", text("State", "状态"), Shape::Choice(ActionState::CHOICES), |r: &Self| r.state.show(), |r, v| r.state.put(v))
            .required().column(11, 3).sortable().chip(),
        field("notes", text("Notes", "备注"), Shape::Long, |r: &Self| r.notes.show(), |r, v| r.notes.put(v)),
    ];
    const ORDER: (&'static str, Direction) = ("due_on", Direction::Up);
    const COLUMNS: &'static [&'static str] = &["title", "vendor", "owner", "due_on", "state"];
    const MOVES: Option<Moves> = Some(Moves { field: "state", table: ACTION_MOVES });

    fn label(&self) -> String {
        self.title.clone()
    }
}
