//! Kinds of record as data: one table each, from which lists, cards, forms, the command line,
//! import, export, history and the register's statements are made.
//!
//! A table says what a kind is; it must never say how a screen draws it. Typed records are
//! erased here once (`Table::of`); beyond this wing everything speaks in [`Value`]s.

use crate::limits::KINDS;
use crate::texts::{Sentence, Text};

pub mod field;
pub mod filter;
pub mod input;
pub mod order;
pub mod scale;
pub mod show;
pub mod value;
pub mod words;

mod acknowledgement;
mod action;
mod agenda_item;
mod breach;
mod calendar;
mod change_request;
mod clause;
mod consequence;
mod contact;
mod contract;
mod cost_line;
mod deliverable;
mod delivery_month;
mod exit_case;
mod exit_step;
mod file;
mod improvement;
mod interaction;
mod invoice;
mod kind;
mod kpi;
mod lookalike;
mod measurement;
mod meeting;
mod payment;
mod rate;
mod rater_score;
mod report;
mod review;
mod review_plan;
mod risk;
mod service;
mod service_level;
mod setting;
mod survey;
mod template;
mod vendor;

pub use field::{Align, Blanks, Derived, Field, Meta, Moment, Sense, Shape};
pub use order::Order;
pub use value::{Held, Link, Mismatch, Value};

pub use acknowledgement::Acknowledgement;
pub use action::Action;
pub use agenda_item::AgendaItem;
pub use breach::Breach;
pub use calendar::Calendar;
pub use change_request::ChangeRequest;
pub use clause::Clause;
pub use consequence::Consequence;
pub use contact::Contact;
pub use contract::Contract;
pub use cost_line::CostLine;
pub use deliverable::Deliverable;
pub use delivery_month::DeliveryMonth;
pub use exit_case::ExitCase;
pub use exit_step::ExitStep;
pub use file::File;
pub use improvement::Improvement;
pub use interaction::Interaction;
pub use invoice::Invoice;
pub use kind::Kind;
pub use kpi::Kpi;
pub use measurement::Measurement;
pub use meeting::Meeting;
pub use payment::Payment;
pub use rate::Rate;
pub use rater_score::RaterScore;
pub use report::Report;
pub use review::{Review, ReviewRow};
pub use review_plan::ReviewPlan;
pub use risk::Risk;
pub use service::Service;
pub use service_level::ServiceLevel;
pub use setting::Setting;
pub use survey::Survey;
pub use template::{Template, TemplateRow};
pub use vendor::Vendor;

/// The names and codes of a kind.
#[derive(Debug, Clone, Copy)]
pub struct Names {
    /// The noun of the command line and the table of the register.
    pub word: &'static str,
    /// The plural noun.
    pub plural: &'static str,
    /// The prefix of its codes.
    pub prefix: &'static str,
    /// The shown noun.
    pub one: Text,
    /// The shown plural.
    pub many: Text,
}

/// A record type with its table.
pub trait Entity: Default + Clone + PartialEq + std::fmt::Debug + 'static {
    /// The kind.
    const KIND: Kind;
    /// Names and codes.
    const NAMES: Names;
    /// What is entered and stored.
    const FIELDS: &'static [Field<Self>];
    /// What is worked out.
    const DERIVED: &'static [Derived] = &[];
    /// The column lists start in, and its direction.
    const ORDER: (&'static str, Direction);
    /// The columns of lists, in their order from the left.
    const COLUMNS: &'static [&'static str];

    /// What people call this record; part of every mention of it.
    fn label(&self) -> String;

    /// The rules of this record on its own. Empty when all is well.
    fn check(&self, moment: &Moment) -> Vec<Problem> {
        let _ = moment;
        Vec::new()
    }

    /// What wants a look, though it may be right; said by `check`, never refused.
    fn advise(&self, moment: &Moment) -> Vec<Problem> {
        let _ = moment;
        Vec::new()
    }

    /// Brings fields that say one thing twice into step, before the rules are asked.
    fn settle(&mut self, _before: &Self) {}

    /// The fields that no two records in use have in common, all together; empty where any may.
    const ONE_OF: &'static [&'static str] = &[];

    /// The field that holds the state, and the moves between its words.
    const MOVES: Option<Moves> = None;
}

/// The moves a kind allows between its states.
#[derive(Debug, Clone, Copy)]
pub struct Moves {
    /// The key of the state field.
    pub field: &'static str,
    /// The table of moves.
    pub table: &'static [crate::domain::moves::Move],
}

/// Which way a list is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Smallest first.
    Up,
    /// Greatest first.
    Down,
}

impl Direction {
    /// The other way.
    #[must_use]
    pub const fn reversed(self) -> Self {
        match self {
            Self::Up => Self::Down,
            Self::Down => Self::Up,
        }
    }
}

/// What is wrong with a record: where, and in words that say the fix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The key of the field, or the empty string for the record as a whole.
    pub field: &'static str,
    /// What is wrong and what to do.
    pub sentence: Sentence,
}

impl Problem {
    /// A problem of the field `field`.
    #[must_use]
    pub fn new(field: &'static str, sentence: impl Into<Sentence>) -> Self {
        Self { field, sentence: sentence.into() }
    }
}

/// A column of a list: entered or worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// The field at this place.
    Field(usize),
    /// The derived column at this place.
    Derived(usize),
}

/// The erased table of one kind: all that the rest of the program knows of it.
#[derive(Debug)]
pub struct Table {
    /// The kind.
    pub kind: Kind,
    /// The noun of the command line and the table of the register.
    pub word: &'static str,
    /// The plural noun.
    pub plural: &'static str,
    /// The prefix of its codes.
    pub prefix: &'static str,
    /// The prefix in lower case, as the look-up folds it.
    pub code: &'static str,
    /// The shown noun.
    pub one: Text,
    /// The shown plural.
    pub many: Text,
    /// What is entered and stored.
    pub fields: Vec<Meta>,
    /// What is worked out.
    pub derived: &'static [Derived],
    /// The columns of lists.
    pub columns: Vec<Column>,
    /// The order lists start in.
    pub order: (Column, Direction),
    /// The fields that no two records in use have in common, all together.
    pub one_of: &'static [&'static str],
    /// The moves between states.
    pub moves: Option<Moves>,
    /// What people call the record with these values.
    pub label: fn(&[Value]) -> String,
    /// The rules of the record with these values.
    pub check: fn(&[Value], &Moment) -> Vec<Problem>,
    /// What of these values wants a look, though it may be right.
    pub advise: fn(&[Value], &Moment) -> Vec<Problem>,
    /// Brings values that say one thing twice into step, given what they were before.
    pub settle: fn(&mut Vec<Value>, &[Value]),
    /// The values of a record nobody has entered anything into.
    pub blank: fn() -> Vec<Value>,
}

impl Table {
    fn of<E: Entity>() -> Self {
        let fields: Vec<Meta> = E::FIELDS.iter().map(|field| field.meta).collect();
        let place = |key: &str| {
            let field = fields.iter().position(|meta| meta.key == key).map(Column::Field);
            field.or_else(|| E::DERIVED.iter().position(|d| d.key == key).map(Column::Derived))
        };
        let columns: Vec<Column> = E::COLUMNS.iter().filter_map(|key| place(key)).collect();
        debug_assert_eq!(columns.len(), E::COLUMNS.len(), "a column of {:?} names no field", E::KIND);
        Self {
            kind: E::KIND,
            word: E::NAMES.word,
            plural: E::NAMES.plural,
            prefix: E::NAMES.prefix,
            code: E::NAMES.prefix.to_ascii_lowercase().leak(),
            one: E::NAMES.one,
            many: E::NAMES.many,
            derived: E::DERIVED,
            order: (place(E::ORDER.0).unwrap_or(Column::Field(0)), E::ORDER.1),
            columns,
            fields,
            one_of: E::ONE_OF,
            moves: E::MOVES,
            label: |values| typed::<E>(values).map(|record| record.label()).unwrap_or_default(),
            check: |values, moment| typed::<E>(values).map(|r| r.check(moment)).unwrap_or_default(),
            advise: |values, moment| typed::<E>(values).map(|r| r.advise(moment)).unwrap_or_default(),
            settle: |cells, before| {
                if let (Ok(mut record), Ok(before)) = (typed::<E>(cells), typed::<E>(before)) {
                    record.settle(&before);
                    *cells = values(&record);
                }
            },
            blank: || values(&E::default()),
        }
    }

    /// The place of the field with this key.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<usize> {
        self.fields.iter().position(|meta| meta.key == key)
    }

    /// The place of the derived column with this key.
    #[must_use]
    pub fn derived(&self, key: &str) -> Option<usize> {
        self.derived.iter().position(|d| d.key == key)
    }

    /// The column with this key.
    #[must_use]
    pub fn column(&self, key: &str) -> Option<Column> {
        self.field(key).map(Column::Field).or_else(|| self.derived(key).map(Column::Derived))
    }

    /// The place of the field that links to the record this one belongs to.
    #[must_use]
    pub fn parent(&self) -> Option<(Kind, usize)> {
        self.fields.iter().enumerate().find_map(|(at, meta)| match meta.shape {
            Shape::Link(kind) if meta.parent => Some((kind, at)),
            _ => None,
        })
    }

    /// The columns lists can be ordered by.
    pub fn sortable(&self) -> impl Iterator<Item = Column> {
        let fields =
            self.fields.iter().enumerate().filter(|(_, m)| m.sortable).map(|(at, _)| Column::Field(at));
        let derived = self.derived.iter().enumerate().filter(|(_, d)| d.sortable);
        fields.chain(derived.map(|(at, _)| Column::Derived(at)))
    }

    /// Key, label, shape, width and priority of a column.
    #[must_use]
    pub fn head(&self, column: Column) -> Head {
        match column {
            Column::Field(at) => self.fields.get(at).map(|meta| Head {
                key: meta.key,
                label: meta.label,
                shape: meta.shape,
                width: meta.width,
                priority: meta.priority,
                sortable: meta.sortable,
                sense: Sense::Value,
            }),
            Column::Derived(at) => self.derived.get(at).map(|d| Head {
                key: d.key,
                label: d.label,
                shape: d.shape,
                width: d.width,
                priority: d.priority,
                sortable: d.sortable,
                sense: d.sense,
            }),
        }
        .unwrap_or(Head {
            key: "",
            label: crate::texts::text("", ""),
            shape: Shape::Line,
            width: 0,
            priority: 9,
            sortable: false,
            sense: Sense::Value,
        })
    }
}

/// What a list needs to know of one of its columns.
#[derive(Debug, Clone, Copy)]
pub struct Head {
    /// The word of filters and JSON.
    pub key: &'static str,
    /// The word of the screen.
    pub label: Text,
    /// The type.
    pub shape: Shape,
    /// The width in cells.
    pub width: u16,
    /// Which columns go first when room is short: 1 stays longest.
    pub priority: u8,
    /// Whether the list can be ordered by it.
    pub sortable: bool,
    /// What its numbers tell.
    pub sense: Sense,
}

/// The typed record of these values.
///
/// # Errors
/// [`Mismatch`] when a value has not the type of its field.
pub fn typed<E: Entity>(values: &[Value]) -> Result<E, Mismatch> {
    let mut record = E::default();
    for (field, value) in E::FIELDS.iter().zip(values) {
        (field.set)(&mut record, value.clone())?;
    }
    Ok(record)
}

/// The values of a typed record, in the order of its fields.
pub fn values<E: Entity>(record: &E) -> Vec<Value> {
    E::FIELDS.iter().map(|field| (field.get)(record)).collect()
}

/// Names a record for good: survives every change of its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ref {
    /// The kind.
    pub kind: Kind,
    /// The row id.
    pub id: i64,
}

impl Ref {
    /// One number for kind and id, as the index tables use it.
    #[must_use]
    pub const fn doc(self) -> i64 {
        self.id * KINDS + self.kind as i64
    }

    /// The record of this number.
    #[must_use]
    pub fn from_doc(doc: i64) -> Option<Self> {
        Some(Self { kind: Kind::from_number(doc.rem_euclid(KINDS))?, id: doc.div_euclid(KINDS) })
    }
}

/// One whole record.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Kind and row id.
    pub at: Ref,
    /// The code, such as `V-0031`; never reused.
    pub code: String,
    /// Counts the changes; the lock of optimistic locking.
    pub version: i64,
    /// When it was put away (an instant in UTC), if it was.
    pub archived_at: Option<String>,
    /// The values of the fields, in the order of the table.
    pub values: Vec<Value>,
    /// The values of the derived columns, in the order of the table.
    pub derived: Vec<Value>,
}

impl Record {
    /// The table of its kind.
    #[must_use]
    pub fn table(&self) -> &'static Table {
        self.at.kind.table()
    }

    /// The value of the field or derived column with this key.
    #[must_use]
    pub fn get(&self, key: &str) -> &Value {
        const NULL: Value = Value::Null;
        let table = self.table();
        table.column(key).and_then(|column| self.cell(column)).unwrap_or(&NULL)
    }

    /// The value of a column.
    #[must_use]
    pub fn cell(&self, column: Column) -> Option<&Value> {
        match column {
            Column::Field(at) => self.values.get(at),
            Column::Derived(at) => self.derived.get(at),
        }
    }

    /// What people call it.
    #[must_use]
    pub fn label(&self) -> String {
        (self.table().label)(&self.values)
    }
}

#[cfg(test)]
mod tests;
