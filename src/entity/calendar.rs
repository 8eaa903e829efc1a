//! The table of working calendars: which days a country or a firm keeps free, beside those that come with
//! the program.

use crate::calendars;
use crate::entity::field::{Field, Moment, Shape, field};
use crate::entity::value::Held;
use crate::entity::{Direction, Entity, Kind, Names, Problem};
use crate::texts::{Sentence, Text, text};

/// A calendar of working days by the name that contracts give.
#[derive(Debug, Clone, PartialEq, Default)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct Calendar {
    pub name: String,
    pub source: String,
    pub days: String,
}

impl Entity for Calendar {
    const KIND: Kind = Kind::Calendar;
    const NAMES: Names = Names {
        word: "calendar",
        plural: "calendars",
        prefix: "WC",
        one: text("Working calendar", "工作日历"),
        many: text("Working calendars", "工作日历"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("name", text("Name", "名称"), Shape::Line, |r: &Self| r.name.show(), |r, v| r.name.put(v))
            .required().column(16, 1).sortable().hint(text("as contracts name it: hk", "合同中使用的名称，如 hk")).card(),
        field("source", text("Source", "来源"), Shape::Line, |r: &Self| r.source.show(), |r, v| r.source.put(v))
            .column(40, 2).hint(text("who publishes these days", "发布机构")).card(),
        field("days", text("Days", "日期"), Shape::Long, |r: &Self| r.days.show(), |r, v| r.days.put(v))
            .required().hint(text("[2026] off = [\"10-01..10-03\"] worked = [\"10-10\"]", "[2026] off = [\"10-01..10-03\"] worked = [\"10-10\"]")),
    ];
    const ORDER: (&'static str, Direction) = ("name", Direction::Up);
    const COLUMNS: &'static [&'static str] = &["name", "source"];
    const ONE_OF: &'static [&'static str] = &["name"];

    fn label(&self) -> String {
        self.name.clone()
    }

    fn check(&self, _: &Moment) -> Vec<Problem> {
        let mut problems = Vec::new();
        if calendars::NAMES.contains(&self.name.as_str()) {
            problems.push(Problem::new("name", TAKEN));
        } else if !self.name.chars().all(|c| c.is_alphanumeric() || c == '-') {
            problems.push(Problem::new("name", NO_NAME));
        }
        if !self.days.is_empty()
            && let Err(place) = calendars::read(&self.days)
        {
            problems.push(Problem::new("days", Sentence::from(UNREADABLE).with("place", place)));
        }
        problems
    }
}

const TAKEN: Text = text(
    "A calendar of this name comes with the program; name it otherwise.",
    "程序自带同名日历，请另取名称。",
);
const NO_NAME: Text =
    text("A name has letters, digits and hyphens only.", "名称只能包含字母、数字和连字符。");
const UNREADABLE: Text = text(
    "“{place}” is not understood: a table for each year, with the days that are off and those that are worked, as [2026] off = [\"10-01..10-03\"] worked = [\"10-10\"].",
    "无法理解“{place}”：每年一个表，列出休息日和补班日，如 [2026] off = [\"10-01..10-03\"] worked = [\"10-10\"]。",
);
