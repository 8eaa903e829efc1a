//! The table of satisfaction surveys: how many gave each answer.

use chrono::NaiveDate;

use crate::domain::period::Period;
use crate::entity::field::{Field, Shape, field};
use crate::entity::value::{Held, Link};
use crate::entity::{Direction, Entity, Kind, Names};
use crate::texts::text;

/// What the users of a service answered in one period.
#[derive(Debug, Clone, PartialEq, Default)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct Survey {
    pub title: String,
    pub vendor: Option<Link>,
    pub contract: Option<Link>,
    pub period: Option<Period>,
    pub held_on: Option<NaiveDate>,
    pub invited: Option<i64>,
    pub ones: Option<i64>,
    pub twos: Option<i64>,
    pub threes: Option<i64>,
    pub fours: Option<i64>,
    pub fives: Option<i64>,
    pub notes: String,
}

impl Entity for Survey {
    const KIND: Kind = Kind::Survey;
    const NAMES: Names = Names {
        word: "survey",
        plural: "surveys",
        prefix: "SU",
        one: text("Survey", "满意度调查"),
        many: text("Surveys", "满意度调查"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("title", text("Title", "标题"), Shape::Line, |r: &Self| r.title.show(), |r, v| r.title.put(v)).required().column(30, 1).sortable(),
        field("vendor", text("Vendor", "供应商"), Shape::Link(Kind::Vendor), |r: &Self| r.vendor.show(), |r, v| r.vendor.put(v)).required().column(24, 3).card(),
        field("contract", text("Contract", "合同"), Shape::Link(Kind::Contract), |r: &Self| r.contract.show(), |r, v| r.contract.put(v)).card(),
        field("period", text("Period", "期间"), Shape::Period, |r: &Self| r.period.show(), |r, v| r.period.put(v)).required().column(8, 2).sortable().hint(text("2026-Q1, 2026-03", "2026-Q1、2026-03")).card(),
        field("held_on", text("Held", "调查日期"), Shape::Date, |r: &Self| r.held_on.show(), |r, v| r.held_on.put(v)).card(),
        field("invited", text("Invited", "发放份数"), Shape::Int(0, 1_000_000), |r: &Self| r.invited.show(), |r, v| r.invited.put(v)).card(),
        field("ones", text("Answers 1", "1 分份数"), Shape::Int(0, 1_000_000), |r: &Self| r.ones.show(), |r, v| r.ones.put(v)).card().group(text("Answers, 1 worst to 5 best", "答卷，1 最差至 5 最好")),
        field("twos", text("Answers 2", "2 分份数"), Shape::Int(0, 1_000_000), |r: &Self| r.twos.show(), |r, v| r.twos.put(v)).card(),
        field("threes", text("Answers 3", "3 分份数"), Shape::Int(0, 1_000_000), |r: &Self| r.threes.show(), |r, v| r.threes.put(v)).card(),
        field("fours", text("Answers 4", "4 分份数"), Shape::Int(0, 1_000_000), |r: &Self| r.fours.show(), |r, v| r.fours.put(v)).card(),
        field("fives", text("Answers 5", "5 分份数"), Shape::Int(0, 1_000_000), |r: &Self| r.fives.show(), |r, v| r.fives.put(v)).card(),
        field("notes", text("Notes", "备注"), Shape::Long, |r: &Self| r.notes.show(), |r, v| r.notes.put(v)),
    ];
    const ORDER: (&'static str, Direction) = ("period", Direction::Down);
    const COLUMNS: &'static [&'static str] = &["period", "title", "vendor"];

    fn label(&self) -> String {
        self.title.clone()
    }
}
