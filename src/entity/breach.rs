//! The table of breaches and disputes, with remedy and outcome.

use chrono::NaiveDate;

use crate::domain::action::Side;
use crate::domain::delivery::{BreachKind, BreachState};
use crate::domain::list::ClosedList;
use crate::domain::money::Money;
use crate::domain::moves::BREACH_MOVES;
use crate::entity::field::{Field, Moment, Shape, field};
use crate::entity::value::{Held, Link};
use crate::entity::{Direction, Entity, Kind, Moves, Names, Problem};
use crate::texts::{Text, text};

/// A duty that was not kept, or what the parties disagree on, with its remedy and outcome.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct Breach {
    pub title: String,
    pub contract: Option<Link>,
    pub kind: Option<BreachKind>,
    pub side: Option<Side>,
    pub found_on: Option<NaiveDate>,
    pub serious: bool,
    pub article: String,
    pub what: String,
    pub state: Option<BreachState>,
    pub remedy: String,
    pub remedy_due: Option<NaiveDate>,
    pub remedied_on: Option<NaiveDate>,
    pub penalty: Option<Money>,
    pub next_on: Option<NaiveDate>,
    pub court: String,
    pub outcome: String,
    pub owner: String,
    pub notes: String,
}

impl Default for Breach {
    fn default() -> Self {
        Self {
            title: String::new(),
            contract: None,
            kind: None,
            side: None,
            found_on: None,
            serious: false,
            article: String::new(),
            what: String::new(),
            state: Some(BreachState::Open),
            remedy: String::new(),
            remedy_due: None,
            remedied_on: None,
            penalty: None,
            next_on: None,
            court: String::new(),
            outcome: String::new(),
            owner: String::new(),
            notes: String::new(),
        }
    }
}

impl Entity for Breach {
    const KIND: Kind = Kind::Breach;
    const NAMES: Names = Names {
        word: "breach",
        plural: "breaches",
        prefix: "B",
        one: text("Breach or dispute", "违约或争议"),
        many: text("Breaches and disputes", "违约与争议"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("title", text("Title", "标题"), Shape::Line, |r: &Self| r.title.show(), |r, v| r.title.put(v))
            .required().column(34, 1).sortable(),
        field("contract", text("Contract", "合同"), Shape::Link(Kind::Contract), |r: &Self| r.contract.show(), |r, v| r.contract.put(v))
            .parent().column(24, 3).card(),
        field("kind", text("Kind", "类型"), Shape::Choice(BreachKind::CHOICES), |r: &Self| r.kind.show(), |r, v| r.kind.put(v))
            .column(8, 4).chip(),
        field("side", text("Whose duty", "责任方"), Shape::Choice(Side::CHOICES), |r: &Self| r.side.show(), |r, v| r.side.put(v))
            .chip(),
        field("found_on", text("Found", "发现日期"), Shape::Date, |r: &Self| r.found_on.show(), |r, v| r.found_on.put(v))
            .card(),
        field("serious", text("Serious", "严重"), Shape::Bool, |r: &Self| r.serious.show(), |r, v| r.serious.put(v))
            .card().hint(text("may end the contract", "可据以解除合同")),
        field("article", text("Article", "条款"), Shape::Line, |r: &Self| r.article.show(), |r, v| r.article.put(v))
            .card(),
        field("what", text("What happened", "事由"), Shape::Long, |r: &Self| r.what.show(), |r, v| r.what.put(v)),
        field("state", text("State", "状态"), Shape::Choice(BreachState::CHOICES), |r: &Self| r.state.show(), |r, v| r.state.put(v))
            .required().column(12, 3).sortable().chip(),
        field("remedy", text("Remedy", "补救措施"), Shape::Long, |r: &Self| r.remedy.show(), |r, v| r.remedy.put(v))
            .group(text("Remedy and outcome", "补救与结果")),
        field("remedy_due", text("Remedy due", "补救期限"), Shape::Date, |r: &Self| r.remedy_due.show(), |r, v| r.remedy_due.put(v))
            .column(10, 2).sortable().card(),
        field("remedied_on", text("Remedied", "补救完成"), Shape::Date, |r: &Self| r.remedied_on.show(), |r, v| r.remedied_on.put(v))
            .card(),
        field("penalty", text("Penalty", "违约金"), Shape::Money, |r: &Self| r.penalty.show(), |r, v| r.penalty.put(v))
            .card(),
        field("next_on", text("Next step", "下一步日期"), Shape::Date, |r: &Self| r.next_on.show(), |r, v| r.next_on.put(v))
            .card().hint(text("a hearing, a letter, a talk", "开庭、函件或会谈的日期")),
        field("court", text("Court or tribunal", "法院或仲裁机构"), Shape::Line, |r: &Self| r.court.show(), |r, v| r.court.put(v))
            .card(),
        field("outcome", text("Outcome", "结果"), Shape::Line, |r: &Self| r.outcome.show(), |r, v| r.outcome.put(v))
            .card(),
        field("owner", text("Owner", "负责人"), Shape::Line, |r: &Self| r.owner.show(), |r, v| r.owner.put(v))
            .repeats().column(12, 6).card(),
        field("notes", text("Notes", "备注"), Shape::Long, |r: &Self| r.notes.show(), |r, v| r.notes.put(v)),
    ];
    const ORDER: (&'static str, Direction) = ("remedy_due", Direction::Up);
    const COLUMNS: &'static [&'static str] = &["title", "contract", "kind", "remedy_due", "state"];
    const MOVES: Option<Moves> = Some(Moves { field: "state", table: BREACH_MOVES });

    fn label(&self) -> String {
        self.title.clone()
    }

    fn check(&self, _: &Moment) -> Vec<Problem> {
        let after = |day: Option<NaiveDate>| self.found_on.zip(day).is_some_and(|(found, day)| day < found);
        if after(self.remedied_on) {
            return vec![Problem::new("remedied_on", BEFORE_FOUND)];
        }
        Vec::new()
    }
}

const BEFORE_FOUND: Text =
    text("It cannot be remedied before it was found.", "补救完成日期不能早于发现日期。");
