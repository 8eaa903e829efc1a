//! The table of clauses: what was found of each type of clause in the text of a contract.

use crate::domain::clause::{ClauseState, ClauseType};
use crate::domain::list::ClosedList;
use crate::entity::field::{Field, Shape, field};
use crate::entity::value::{Held, Link};
use crate::entity::{Direction, Entity, Kind, Names};
use crate::texts::text;

/// What was found of one type of clause in a contract, and where.
#[derive(Debug, Clone, PartialEq, Default)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct Clause {
    pub contract: Option<Link>,
    pub about: Option<ClauseType>,
    pub state: Option<ClauseState>,
    pub article: String,
    pub excerpt: String,
    pub risk_note: String,
}

impl Entity for Clause {
    const KIND: Kind = Kind::Clause;
    const NAMES: Names = Names {
        word: "clause",
        plural: "clauses",
        prefix: "CL",
        one: text("Clause", "条款"),
        many: text("Clauses", "条款"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("contract", text("Contract", "合同"), Shape::Link(Kind::Contract), |r: &Self| r.contract.show(), |r, v| r.contract.put(v))
            .parent().column(24, 3).card(),
        field("about", text("About", "条款类型"), Shape::Choice(ClauseType::CHOICES), |r: &Self| r.about.show(), |r, v| r.about.put(v))
            .required().column(26, 1).sortable().card(),
        field("state", text("Found", "核对结果"), Shape::Choice(ClauseState::CHOICES), |r: &Self| r.state.show(), |r, v| r.state.put(v))
            .required().column(8, 2).sortable().chip(),
        field("article", text("Article", "条号"), Shape::Line, |r: &Self| r.article.show(), |r, v| r.article.put(v))
            .column(12, 4).hint(text("where it stands, 8.2", "所在条款，如 8.2")).card(),
        field("excerpt", text("Excerpt", "摘录"), Shape::Long, |r: &Self| r.excerpt.show(), |r, v| r.excerpt.put(v)),
        field("risk_note", text("Risk", "风险说明"), Shape::Line, |r: &Self| r.risk_note.show(), |r, v| r.risk_note.put(v))
            .hint(text("what is wrong with it, or without it", "该条款的问题，或缺少时的风险")).card(),
    ];
    const ORDER: (&'static str, Direction) = ("about", Direction::Up);
    const COLUMNS: &'static [&'static str] = &["about", "state", "article", "contract"];

    const ONE_OF: &'static [&'static str] = &["contract", "about"];

    fn label(&self) -> String {
        // A name has no language: both stand in it, and either finds it.
        let Some(about) = self.about else { return String::new() };
        format!("{} {} {}", about.number(), about.label().zh, about.label().en)
    }
}
