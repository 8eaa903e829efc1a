//! Answers of the register.

use crate::entity::{Column, Kind, Record, Ref, Value, show};
use crate::lookup::FieldRole;
use crate::register::clauses::Checklist;
use crate::register::erase::Erasure;
use crate::register::explain::Explained;
use crate::register::meeting::Session;
use crate::register::money::Account;
use crate::register::proposal::Proposal;
use crate::register::review::standing::{Comparison, Ranking};
use crate::register::service_level::Levels;
use crate::register::settings::Held;
use crate::register::{Counts, Due, Event, Overview, Refusal};
use crate::texts::{Lang, Text, text};

/// An answer to a question of a screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// A part of a list, with the counts of the tabs.
    Page(Page, Counts),
    /// How many records match.
    Count(u64),
    /// Numbers of records, in the order of their list.
    Ids(Vec<i64>),
    /// A record with what is around it.
    Card(Box<Card>),
    /// The figures of the Overview.
    Overview(Box<Overview>),
    /// Hits.
    Found(Vec<Found>),
    /// Values, the most frequent first.
    Known(Vec<String>),
    /// Events.
    History(Vec<Event>),
    /// What erasing a record would take away.
    Erasure(Box<Erasure>),
    /// What the house proposes.
    Proposed(Box<Proposal>),
    /// The money of a contract; `None` where the record is none.
    Money(Option<Box<Account>>),
    /// The settings of the register.
    Settings(Vec<Held>),
    /// The checklist of a contract's clauses.
    Clauses(Box<Checklist>),
    /// The service levels of a contract.
    Levels(Box<Levels>),
    /// A meeting with its pages; `None` where none is under way.
    Meeting(Option<Box<Session>>),
    /// Vendors ranked.
    Ranked(Box<Ranking>),
    /// Vendors side by side.
    Compared(Box<Comparison>),
    /// How a figure comes about.
    Explained(Box<Explained>),
    /// Why there is none.
    Refused(Refusal),
}

/// One row of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The record.
    pub at: Ref,
    /// Its code.
    pub code: String,
    /// Its version, for changes made from the list.
    pub version: i64,
    /// The cells, in the order of the table's list columns; behind them those that were wanted beside
    /// them.
    pub cells: Vec<Value>,
}

/// A part of a list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// The rows.
    pub rows: Vec<Row>,
    /// The number of the first of them in the whole list, counted from 0.
    pub start: u64,
    /// How many rows the whole list has; `None` when it was not counted.
    pub total: Option<u64>,
    /// The place of the anchor among the rows.
    pub anchor: usize,
    /// The columns whose cells follow those of the table's list columns.
    pub extra: Vec<Column>,
}

impl Page {
    /// The cell of a column in one of its rows, if it was loaded.
    #[must_use]
    pub fn cell<'r>(&self, row: &'r Row, column: Column) -> Option<&'r Value> {
        let own = &row.at.kind.table().columns;
        let all = own.iter().chain(&self.extra);
        row.cells.get(all.into_iter().position(|known| *known == column)?)
    }
}

/// A record as its card shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// The record.
    pub record: Record,
    /// Records of other kinds that belong to it or refer to it, kind by kind.
    pub related: Vec<Related>,
    /// What of the record is due, most pressing first, but for what was snoozed.
    pub dues: Vec<Due>,
    /// The newest event of the record.
    pub last_event: Option<Event>,
}

/// The records of one kind that refer to a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Related {
    /// Their kind.
    pub kind: Kind,
    /// The place of the field by which they refer.
    pub field: usize,
    /// How many there are that are not put away.
    pub total: i64,
    /// The first of them, in the order of their list.
    pub rows: Vec<Record>,
}

impl Related {
    /// What they are called under the record they refer to.
    #[must_use]
    pub fn heading(&self) -> Text {
        self.inverse().unwrap_or(self.kind.table().many)
    }

    /// What so many of them are called there.
    #[must_use]
    pub fn counted(&self) -> Text {
        self.inverse().unwrap_or_else(|| self.kind.counted(self.total))
    }

    fn inverse(&self) -> Option<Text> {
        self.kind.table().fields.get(self.field).and_then(|meta| meta.inverse)
    }
}

/// One hit.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The record.
    pub at: Ref,
    /// Its code; for a contact the code of its vendor.
    pub code: String,
    /// What people call it.
    pub title: String,
    /// What it stands beside: its vendor, role or state; blanks left out.
    pub detail: Vec<Value>,
    /// By which part it was found.
    pub role: Option<FieldRole>,
    /// The text that matched.
    pub text: String,
    /// Whether it is put away.
    pub archived: bool,
}

impl Found {
    /// What it stands beside, in words.
    #[must_use]
    pub fn detail(&self, lang: Lang) -> String {
        self.detail.iter().map(|value| show::full(value, lang)).collect::<Vec<_>>().join("  ")
    }
}

/// Words for the part by which a record was found, as JSON names it.
#[must_use]
pub fn role_key(role: Option<FieldRole>) -> &'static str {
    role.map_or("vendor", FieldRole::key)
}

/// What a field that matched is called.
#[must_use]
pub const fn role_label(role: FieldRole) -> Text {
    match role {
        FieldRole::Name => text("name", "名称"),
        FieldRole::Alias => text("other name", "别名"),
        FieldRole::Code => text("code", "编号"),
        FieldRole::Number => text("number", "号码"),
        FieldRole::ExternalId => text("external id", "外部编号"),
        FieldRole::CreditCode => text("credit code", "信用代码"),
        FieldRole::Title => text("title", "标题"),
        FieldRole::Tag => text("tag", "标签"),
        FieldRole::Phone => text("phone", "电话"),
        FieldRole::Email => text("e-mail", "邮箱"),
        FieldRole::Website => text("website", "网站"),
    }
}
