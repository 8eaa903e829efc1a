//! The table of exit cases: the leaving of one contract, from its opening to the last settlement.

use chrono::NaiveDate;

use crate::domain::exit::{DataFate, ExitState, ExitTrigger};
use crate::domain::list::ClosedList;
use crate::domain::money::Money;
use crate::domain::moves::EXIT_MOVES;
use crate::entity::field::{Blanks, Derived, Field, Moment, Shape, derived, field};
use crate::entity::value::{Held, Link};
use crate::entity::{Direction, Entity, Kind, Moves, Names, Problem};
use crate::texts::{Text, text};

/// The leaving of one contract. Its steps are records of their own.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct ExitCase {
    pub title: String,
    pub contract: Option<Link>,
    pub vendor: Option<Link>,
    pub state: Option<ExitState>,
    pub trigger: Option<ExitTrigger>,
    pub opened_on: Option<NaiveDate>,
    pub exit_by: Option<NaiveDate>,
    pub owner: String,
    pub successor: Option<Link>,
    pub settlement: Option<Money>,
    pub settle_by: Option<NaiveDate>,
    pub settled_on: Option<NaiveDate>,
    pub data: Option<DataFate>,
    pub certificate: String,
    pub closed_on: Option<NaiveDate>,
    pub notes: String,
}

impl Default for ExitCase {
    fn default() -> Self {
        Self {
            title: String::new(),
            contract: None,
            vendor: None,
            state: Some(ExitState::Open),
            trigger: None,
            opened_on: None,
            exit_by: None,
            owner: String::new(),
            successor: None,
            settlement: None,
            settle_by: None,
            settled_on: None,
            data: None,
            certificate: String::new(),
            closed_on: None,
            notes: String::new(),
        }
    }
}

impl Entity for ExitCase {
    const KIND: Kind = Kind::ExitCase;
    const NAMES: Names = Names {
        word: "exit_case",
        plural: "exit_cases",
        prefix: "X",
        one: text("Exit case", "退出事项"),
        many: text("Exit cases", "退出事项"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("title", text("Title", "标题"), Shape::Line, |r: &Self| r.title.show(), |r, v| r.title.put(v))
            .required().column(30, 1).sortable(),
        field("contract", text("Contract", "合同"), Shape::Link(Kind::Contract), |r: &Self| r.contract.show(), |r, v| r.contract.put(v))
            .parent().column(24, 5).card(),
        field("vendor", text("Vendor", "供应商"), Shape::Link(Kind::Vendor), |r: &Self| r.vendor.show(), |r, v| r.vendor.put(v))
            .column(20, 4).card().hint(text("that of the contract", "即合同的供应商")),
        field("state", text("State", "状态"), Shape::Choice(ExitState::CHOICES), |r: &Self| r.state.show(), |r, v| r.state.put(v))
            .required().column(10, 3).sortable().chip(),
        field("trigger", text("Opened by", "缘由"), Shape::Choice(ExitTrigger::CHOICES), |r: &Self| r.trigger.show(), |r, v| r.trigger.put(v))
            .column(11, 7).chip(),
        field("opened_on", text("Opened", "启动日期"), Shape::Date, |r: &Self| r.opened_on.show(), |r, v| r.opened_on.put(v))
            .card(),
        field("exit_by", text("Exit by", "退出期限"), Shape::Date, |r: &Self| r.exit_by.show(), |r, v| r.exit_by.put(v))
            .column(10, 4).card().hint(text("the last day", "即合同最后一日")),
        field("owner", text("Owner", "负责人"), Shape::Line, |r: &Self| r.owner.show(), |r, v| r.owner.put(v))
            .repeats().column(12, 6).card(),
        field("successor", text("Successor", "接替方"), Shape::Link(Kind::Vendor), |r: &Self| r.successor.show(), |r, v| r.successor.put(v))
            .inverse(text("Takes over from", "接替退出事项")).card(),
        field("settlement", text("Settlement", "结算金额"), Shape::Money, |r: &Self| r.settlement.show(), |r, v| r.settlement.put(v))
            .card().group(text("Settlement and data", "结算与数据")).hint(text("we owe; -20k: they owe us", "我方应付；-2万 为对方应付")),
        field("settle_by", text("Settle by", "结算期限"), Shape::Date, |r: &Self| r.settle_by.show(), |r, v| r.settle_by.put(v)),
        field("settled_on", text("Settled", "结清日期"), Shape::Date, |r: &Self| r.settled_on.show(), |r, v| r.settled_on.put(v))
            .card(),
        field("data", text("Data", "数据处置"), Shape::Choice(DataFate::CHOICES), |r: &Self| r.data.show(), |r, v| r.data.put(v))
            .card(),
        field("certificate", text("Certificate", "数据处置证明"), Shape::Line, |r: &Self| r.certificate.show(), |r, v| r.certificate.put(v))
            .hint(text("number or place of the paper", "证明编号或存放处")),
        field("closed_on", text("Closed", "结案日期"), Shape::Date, |r: &Self| r.closed_on.show(), |r, v| r.closed_on.put(v))
            .card(),
        field("notes", text("Notes", "备注"), Shape::Long, |r: &Self| r.notes.show(), |r, v| r.notes.put(v)),
    ];
    const DERIVED: &'static [Derived] = &[
        derived("settled_steps", text("Steps settled", "已办步骤"), Shape::Int(0, 99)),
        derived("steps", text("Steps", "步骤"), Shape::Int(0, 99)),
        derived("blocking", text("Block", "阻断"), Shape::Int(0, 99)).column(6, 4),
        derived("next_due", text("Next step", "下一步"), Shape::Date)
            .column(10, 2)
            .sortable(Blanks::High)
            .card(),
    ];
    const ORDER: (&'static str, Direction) = ("next_due", Direction::Up);
    const COLUMNS: &'static [&'static str] =
        &["title", "vendor", "exit_by", "next_due", "blocking", "owner", "state"];
    const MOVES: Option<Moves> = Some(Moves { field: "state", table: EXIT_MOVES });

    fn label(&self) -> String {
        self.title.clone()
    }

    fn check(&self, moment: &Moment) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (field, day) in [("settled_on", self.settled_on), ("closed_on", self.closed_on)] {
            if day.is_some_and(|day| day > moment.today) {
                problems.push(Problem::new(field, NOT_YET));
            }
            if self.opened_on.zip(day).is_some_and(|(opened, day)| day < opened && field == "closed_on") {
                problems.push(Problem::new(field, BEFORE_OPENING));
            }
        }
        let is_proved =
            self.data.is_none_or(|data| data == DataFate::NoneHeld) || !self.certificate.is_empty();
        if self.state == Some(ExitState::Closed) && !is_proved {
            problems.push(Problem::new("certificate", NO_CERTIFICATE));
        }
        problems
    }
}

const NOT_YET: Text =
    text("That day is to come; record it when it has happened.", "该日期尚未到来，请在事情发生后登记。");
const BEFORE_OPENING: Text = text("It cannot be closed before it was opened.", "结案日期不能早于启动日期。");
const NO_CERTIFICATE: Text = text(
    "A case is closed with a certificate of what became of the data; name it.",
    "结案须有数据处置证明，请填写。",
);
