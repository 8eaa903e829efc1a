//! The table of reports that vendors owe, due and received.

use chrono::NaiveDate;

use crate::domain::delivery::{ReportKind, ReportState};
use crate::domain::list::ClosedList;
use crate::domain::moves::REPORT_MOVES;
use crate::domain::period::Period;
use crate::entity::field::{Field, Moment, Shape, field};
use crate::entity::value::{Held, Link};
use crate::entity::{Direction, Entity, Kind, Moves, Names, Problem};
use crate::texts::{Text, text};

/// A report that a vendor owes under a contract: when it is due, when it came, whether it will do.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct Report {
    pub title: String,
    pub contract: Option<Link>,
    pub kind: Option<ReportKind>,
    pub period: Option<Period>,
    pub due_on: Option<NaiveDate>,
    pub received_on: Option<NaiveDate>,
    pub state: Option<ReportState>,
    pub received_by: String,
    pub lacks: String,
    pub notes: String,
}

impl Default for Report {
    fn default() -> Self {
        Self {
            title: String::new(),
            contract: None,
            kind: None,
            period: None,
            due_on: None,
            received_on: None,
            state: Some(ReportState::Due),
            received_by: String::new(),
            lacks: String::new(),
            notes: String::new(),
        }
    }
}

impl Entity for Report {
    const KIND: Kind = Kind::Report;
    const NAMES: Names = Names {
        word: "report",
        plural: "reports",
        prefix: "RP",
        one: text("Report", "报告"),
        many: text("Reports", "报告"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("title", text("Title", "标题"), Shape::Line, |r: &Self| r.title.show(), |r, v| r.title.put(v))
            .required().column(34, 1).sortable(),
        field("contract", text("Contract", "合同"), Shape::Link(Kind::Contract), |r: &Self| r.contract.show(), |r, v| r.contract.put(v))
            .parent().column(24, 3).card(),
        field("kind", text("Kind", "类型"), Shape::Choice(ReportKind::CHOICES), |r: &Self| r.kind.show(), |r, v| r.kind.put(v))
            .column(10, 6).chip(),
        field("period", text("Period", "期间"), Shape::Period, |r: &Self| r.period.show(), |r, v| r.period.put(v))
            .card(),
        field("due_on", text("Due", "应交日期"), Shape::Date, |r: &Self| r.due_on.show(), |r, v| r.due_on.put(v))
            .column(10, 2).sortable().card(),
        field("received_on", text("Received", "收到日期"), Shape::Date, |r: &Self| r.received_on.show(), |r, v| r.received_on.put(v))
            .column(10, 4).card(),
        field("state", text("State", "状态"), Shape::Choice(ReportState::CHOICES), |r: &Self| r.state.show(), |r, v| r.state.put(v))
            .required().column(12, 3).sortable().chip(),
        field("received_by", text("Received by", "接收人"), Shape::Line, |r: &Self| r.received_by.show(), |r, v| r.received_by.put(v))
            .repeats().card(),
        field("lacks", text("Is lacking", "缺漏"), Shape::Line, |r: &Self| r.lacks.show(), |r, v| r.lacks.put(v))
            .card(),
        field("notes", text("Notes", "备注"), Shape::Long, |r: &Self| r.notes.show(), |r, v| r.notes.put(v)),
    ];
    const ORDER: (&'static str, Direction) = ("due_on", Direction::Up);
    const COLUMNS: &'static [&'static str] = &["title", "contract", "due_on", "received_on", "state"];
    const MOVES: Option<Moves> = Some(Moves { field: "state", table: REPORT_MOVES });

    fn label(&self) -> String {
        self.title.clone()
    }

    fn check(&self, _: &Moment) -> Vec<Problem> {
        let came = self.state.is_some_and(|state| state != ReportState::Due);
        if came && self.received_on.is_none() {
            return vec![Problem::new("received_on", NO_DAY)];
        }
        if self.state == Some(ReportState::Returned) && self.lacks.is_empty() {
            return vec![Problem::new("lacks", NO_WORD)];
        }
        Vec::new()
    }
}

const NO_WORD: Text = text("Say what the returned report is lacking.", "请填写退回的报告缺漏之处。");
const NO_DAY: Text = text("A report that came has the day on which it came.", "已收到的报告须填写收到日期。");
