//! The table of consequences: what a result of a review led to, decided by a person.

use chrono::NaiveDate;

use crate::domain::consequence::{ConsequenceKind, ConsequenceState};
use crate::domain::list::ClosedList;
use crate::domain::money::Money;
use crate::domain::moves::CONSEQUENCE_MOVES;
use crate::entity::field::{Field, Shape, field};
use crate::entity::value::{Held, Link};
use crate::entity::{Direction, Entity, Kind, Moves, Names};
use crate::texts::text;

/// A reward, a penalty or another answer to a result.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct Consequence {
    pub kind: Option<ConsequenceKind>,
    pub vendor: Option<Link>,
    pub review: Option<Link>,
    pub improvement: Option<Link>,
    pub state: Option<ConsequenceState>,
    pub amount: Option<Money>,
    pub basis: String,
    pub why: String,
    pub decided_by: String,
    pub decided_on: Option<NaiveDate>,
    pub owner: String,
    pub due_on: Option<NaiveDate>,
    pub done_on: Option<NaiveDate>,
    pub notes: String,
}

impl Default for Consequence {
    fn default() -> Self {
        Self {
            kind: None,
            vendor: None,
            review: None,
            improvement: None,
            state: Some(ConsequenceState::Proposed),
            amount: None,
            basis: String::new(),
            why: String::new(),
            decided_by: String::new(),
            decided_on: None,
            owner: String::new(),
            due_on: None,
            done_on: None,
            notes: String::new(),
        }
    }
}

impl Entity for Consequence {
    const KIND: Kind = Kind::Consequence;
    const NAMES: Names = Names {
        word: "consequence",
        plural: "consequences",
        prefix: "CQ",
        one: text("Consequence", "奖惩措施"),
        many: text("Consequences", "奖惩措施"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("kind", text("Kind", "措施"), Shape::Choice(ConsequenceKind::CHOICES), |r: &Self| r.kind.show(), |r, v| r.kind.put(v)).required().column(16, 1).chip(),
        field("vendor", text("Vendor", "供应商"), Shape::Link(Kind::Vendor), |r: &Self| r.vendor.show(), |r, v| r.vendor.put(v)).required().column(26, 2).card(),
        field("review", text("Review", "考核"), Shape::Link(Kind::Review), |r: &Self| r.review.show(), |r, v| r.review.put(v)).card(),
        field("improvement", text("Improvement plan", "改进计划"), Shape::Link(Kind::Improvement), |r: &Self| r.improvement.show(), |r, v| r.improvement.put(v)).card(),
        field("state", text("State", "状态"), Shape::Choice(ConsequenceState::CHOICES), |r: &Self| r.state.show(), |r, v| r.state.put(v)).required().column(10, 2).chip(),
        field("amount", text("Amount", "金额"), Shape::Money, |r: &Self| r.amount.show(), |r, v| r.amount.put(v)).column(11, 4).card(),
        field("basis", text("Basis", "合同依据"), Shape::Line, |r: &Self| r.basis.show(), |r, v| r.basis.put(v)).card().hint(text("the article of the contract", "合同条款")),
        field("why", text("Why", "理由"), Shape::Line, |r: &Self| r.why.show(), |r, v| r.why.put(v)).card(),
        field("decided_by", text("Decided by", "决定人"), Shape::Line, |r: &Self| r.decided_by.show(), |r, v| r.decided_by.put(v)).repeats().card(),
        field("decided_on", text("Decided", "决定日期"), Shape::Date, |r: &Self| r.decided_on.show(), |r, v| r.decided_on.put(v)).column(10, 5).sortable().card(),
        field("owner", text("Owner", "负责人"), Shape::Line, |r: &Self| r.owner.show(), |r, v| r.owner.put(v)).repeats().column(12, 6).card(),
        field("due_on", text("Due", "截止日期"), Shape::Date, |r: &Self| r.due_on.show(), |r, v| r.due_on.put(v)).column(10, 3).sortable().card(),
        field("done_on", text("Done", "完成日期"), Shape::Date, |r: &Self| r.done_on.show(), |r, v| r.done_on.put(v)).card(),
        field("notes", text("Notes", "备注"), Shape::Long, |r: &Self| r.notes.show(), |r, v| r.notes.put(v)),
    ];
    const ORDER: (&'static str, Direction) = ("due_on", Direction::Up);
    const COLUMNS: &'static [&'static str] =
        &["kind", "vendor", "state", "amount", "due_on", "decided_on", "owner"];
    const MOVES: Option<Moves> = Some(Moves { field: "state", table: CONSEQUENCE_MOVES });

    fn label(&self) -> String {
        let vendor = self.vendor.as_ref().map(|vendor| vendor.label.as_str()).unwrap_or_default();
        let kind = self.kind.map(|kind| kind.key().replace('_', " ")).unwrap_or_default();
        format!("{kind} {vendor}").trim().to_owned()
    }
}
