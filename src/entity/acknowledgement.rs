//! The table of acknowledgements: what of a record that is due was seen, and need not be told for now.

use chrono::NaiveDate;

use crate::entity::field::{Field, Moment, Shape, field};
use crate::entity::value::Held;
use crate::entity::{Direction, Entity, Kind, Names, Problem};
use crate::texts::{Text, text};

/// One date of one record that is left out of what needs attention: until a day, or as long as the
/// date is this one.
///
/// The record is told by its code and not by a link: it may be of any kind.
#[derive(Debug, Clone, PartialEq, Default)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct Acknowledgement {
    pub record: String,
    pub what: String,
    pub due_on: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    pub why: String,
}

impl Entity for Acknowledgement {
    const KIND: Kind = Kind::Acknowledgement;
    const NAMES: Names = Names {
        word: "acknowledgement",
        plural: "acknowledgements",
        prefix: "AK",
        one: text("Acknowledgement", "知悉记录"),
        many: text("Acknowledgements", "知悉记录"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("record", text("Record", "记录"), Shape::Line, |r: &Self| r.record.show(), |r, v| r.record.put(v))
            .required().column(12, 1).card().hint(text("its code, such as C-0007", "其编号，如 C-0007")),
        field("what", text("What is due", "事项"), Shape::Line, |r: &Self| r.what.show(), |r, v| r.what.put(v))
            .required().column(18, 3).card(),
        field("due_on", text("Due", "期限"), Shape::Date, |r: &Self| r.due_on.show(), |r, v| r.due_on.put(v))
            .required().column(10, 2).sortable().card(),
        field("until", text("Snoozed until", "提醒日"), Shape::Date, |r: &Self| r.until.show(), |r, v| r.until.put(v))
            .column(13, 4).sortable().card().hint(text("blank: as long as its date stays", "留空：期限不变则不再提醒")),
        field("why", text("Why", "理由"), Shape::Line, |r: &Self| r.why.show(), |r, v| r.why.put(v))
            .required().column(34, 2).card(),
    ];
    const ORDER: (&'static str, Direction) = ("due_on", Direction::Up);
    const COLUMNS: &'static [&'static str] = &["record", "what", "due_on", "until", "why"];

    fn label(&self) -> String {
        let day = self.due_on.map(|day| day.to_string()).unwrap_or_default();
        format!("{} {day}", self.record).trim().to_owned()
    }

    fn check(&self, _: &Moment) -> Vec<Problem> {
        let is_code = Kind::from_code(&self.record).is_some() || self.record.is_empty();
        if is_code { Vec::new() } else { vec![Problem::new("record", NO_CODE)] }
    }
}

const NO_CODE: Text = text("Give the code of a record, such as C-0007.", "请填写记录的编号，如 C-0007。");
