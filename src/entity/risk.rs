//! The table of risks.

use chrono::NaiveDate;

use crate::domain::list::ClosedList;
use crate::domain::moves::RISK_MOVES;
use crate::domain::risk::{Cell, Level, RiskState, RiskType, Treatment};
use crate::entity::field::{Blanks, Derived, Field, Moment, Shape, derived, field};
use crate::entity::value::{Held, Link};
use crate::entity::{Direction, Entity, Kind, Moves, Names, Problem};
use crate::texts::text;

/// Something that may go wrong, how badly, and what is done about it.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct Risk {
    pub title: String,
    pub vendor: Option<Link>,
    pub service: Option<Link>,
    pub contract: Option<Link>,
    pub improvement: Option<Link>,
    pub risk_type: Option<RiskType>,
    pub cause: String,
    pub event: String,
    pub effect: String,
    pub inherent: Option<Cell>,
    pub current: Option<Cell>,
    pub target: Option<Cell>,
    pub treatment: Option<Treatment>,
    pub owner: String,
    pub state: Option<RiskState>,
    pub raised_on: Option<NaiveDate>,
    pub review_on: Option<NaiveDate>,
    pub notes: String,
    pub external_id: String,
    pub source_key: String,
}

impl Default for Risk {
    fn default() -> Self {
        Self {
            state: Some(RiskState::Open),
            title: String::new(),
            vendor: None,
            service: None,
            contract: None,
            improvement: None,
            risk_type: None,
            cause: String::new(),
            event: String::new(),
            effect: String::new(),
            inherent: None,
            current: None,
            target: None,
            treatment: None,
            owner: String::new(),
            raised_on: None,
            review_on: None,
            notes: String::new(),
            external_id: String::new(),
            source_key: String::new(),
        }
    }
}

impl Entity for Risk {
    const KIND: Kind = Kind::Risk;
    const NAMES: Names = Names {
        word: "risk",
        plural: "risks",
        prefix: "RK",
        one: text("Risk", "风险"),
        many: text("Risks", "风险"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("title", text("Title", "标题"), Shape::Line, |r: &Self| r.title.show(), |r, v| r.title.put(v))
            .required().column(34, 1).sortable().group(text("What", "风险")),
        field("vendor", text("Vendor", "供应商"), Shape::Link(Kind::Vendor), |r: &Self| r.vendor.show(), |r, v| r.vendor.put(v))
            .column(24, 3).card(),
        field("service", text("Service", "服务"), Shape::Link(Kind::Service), |r: &Self| r.service.show(), |r, v| r.service.put(v)).card(),
        field("contract", text("Contract", "合同"), Shape::Link(Kind::Contract), |r: &Self| r.contract.show(), |r, v| r.contract.put(v))
            .card(),
        field("improvement", text("Improvement plan", "改进计划"), Shape::Link(Kind::Improvement), |r: &Self| r.improvement.show(), |r, v| r.improvement.put(v))
            .card(),
        field("type", text("Type", "类型"), Shape::Choice(RiskType::CHOICES), |r: &Self| r.risk_type.show(), |r, v| r.risk_type.put(v))
            .column(16, 6).card(),
        field("cause", text("Cause", "原因"), Shape::Line, |r: &Self| r.cause.show(), |r, v| r.cause.put(v)).card(),
        field("event", text("Event", "事件"), Shape::Line, |r: &Self| r.event.show(), |r, v| r.event.put(v)).card(),
        field("effect", text("Effect", "后果"), Shape::Line, |r: &Self| r.effect.show(), |r, v| r.effect.put(v)).card(),
        field("inherent", text("Inherent", "固有风险"), Shape::Cell, |r: &Self| r.inherent.show(), |r, v| r.inherent.put(v))
            .group(text("How bad", "评估")).hint(text("likelihood x impact, such as 4x5", "可能性x影响，如 4x5")).card(),
        field("current", text("Current", "当前风险"), Shape::Cell, |r: &Self| r.current.show(), |r, v| r.current.put(v)).column(7, 5).card(),
        field("target", text("Target", "目标风险"), Shape::Cell, |r: &Self| r.target.show(), |r, v| r.target.put(v)).card(),
        field("treatment", text("Treatment", "应对"), Shape::Choice(Treatment::CHOICES), |r: &Self| r.treatment.show(), |r, v| r.treatment.put(v))
            .column(9, 7).chip().group(text("What we do", "应对")),
        field("owner", text("Owner", "负责人"), Shape::Line, |r: &Self| r.owner.show(), |r, v| r.owner.put(v)).repeats().column(12, 6).card(),
        field("state", text("State", "状态"), Shape::Choice(RiskState::CHOICES), |r: &Self| r.state.show(), |r, v| r.state.put(v))
            .required().column(9, 4).sortable().chip(),
        field("raised_on", text("Raised", "提出日期"), Shape::Date, |r: &Self| r.raised_on.show(), |r, v| r.raised_on.put(v)).card(),
        field("review_on", text("Review on", "复评日期"), Shape::Date, |r: &Self| r.review_on.show(), |r, v| r.review_on.put(v))
            .column(10, 4).sortable().card(),
        field("notes", text("Notes", "备注"), Shape::Long, |r: &Self| r.notes.show(), |r, v| r.notes.put(v)).group(text("Notes", "备注")),
        field("external_id", text("External id", "外部编号"), Shape::Line, |r: &Self| r.external_id.show(), |r, v| r.external_id.put(v)),
        field("source_key", text("Source key", "来源键"), Shape::Line, |r: &Self| r.source_key.show(), |r, v| r.source_key.put(v)).hidden(),
    ];
    const DERIVED: &'static [Derived] = &[
        derived("score", text("Score", "分值"), Shape::Int(1, 25)).column(5, 2).sortable(Blanks::High),
        derived("level", text("Level", "等级"), Shape::Choice(Level::CHOICES)).column(6, 2).chip(),
    ];
    const ORDER: (&'static str, Direction) = ("score", Direction::Down);
    const COLUMNS: &'static [&'static str] = &["title", "vendor", "score", "level", "state", "review_on"];
    const MOVES: Option<Moves> = Some(Moves { field: "state", table: RISK_MOVES });

    fn label(&self) -> String {
        self.title.clone()
    }

    fn check(&self, _: &Moment) -> Vec<Problem> {
        let above = |low: Option<Cell>, high: Option<Cell>| matches!((low, high), (Some(l), Some(h)) if l.product() > h.product());
        let mut problems = Vec::new();
        if above(self.current, self.inherent) {
            problems.push(Problem::new(
                "current",
                text(
                    "The current risk cannot exceed the inherent one: raise the inherent risk or lower this.",
                    "当前风险不应高于固有风险：请调高固有风险或调低当前风险。",
                ),
            ));
        }
        if above(self.target, self.inherent) {
            problems.push(Problem::new(
                "target",
                text("The target cannot exceed the inherent risk.", "目标风险不应高于固有风险。"),
            ));
        }
        problems
    }
}
