//! Changes as data: one act of one operator, made of steps.

use crate::domain::deed::Deed;
use crate::domain::moves::{MoveRefusal, Need};
use crate::entity::input::Entered;
use crate::entity::{Kind, Problem, Ref, Shape, Table, Value};
use crate::texts::{Sentence, Text, text};

/// What an operator did, as the history names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Added records.
    Add,
    /// Changed fields.
    Edit,
    /// Put records away.
    Archive,
    /// Brought records back.
    Unarchive,
    /// Read a file in.
    Import,
    /// Changed a setting.
    Set,
    /// Erased a person's data for good.
    Erase,
    /// The register's own records of its founding.
    Found,
}

impl Act {
    /// The stored word.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Edit => "edit",
            Self::Archive => "archive",
            Self::Unarchive => "unarchive",
            Self::Import => "import",
            Self::Set => "set",
            Self::Erase => "erase",
            Self::Found => "found",
        }
    }
}

/// One act, as data for the writer thread.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What the history will call it.
    pub act: Act,
    /// Its steps, all or none.
    pub steps: Vec<Step>,
}

/// One step of an act.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// A new record.
    Insert {
        /// Its kind.
        kind: Kind,
        /// The fields that are not left as they are in a blank record.
        fields: Vec<(usize, Entered)>,
        /// Why it starts in the state it does.
        reason: Option<String>,
    },
    /// Other values of some fields.
    Update {
        /// The record.
        at: Ref,
        /// The fields.
        edits: Vec<Edit>,
        /// The reason, where a move between states wants one.
        reason: Option<String>,
        /// Refuse unless the record still has this version.
        only_if: Option<i64>,
    },
    /// What one does with a contract.
    Deed {
        /// The contract.
        at: Ref,
        /// What is done.
        deed: Deed,
        /// What was entered into the fields it asks for.
        given: Vec<Edit>,
        /// Why.
        reason: Option<String>,
    },
    /// Put away, or brought back.
    Shelve {
        /// The record.
        at: Ref,
        /// Put away or brought back.
        to: Shelf,
    },
}

/// Where a record stands: in the lists or put away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// Put away: found, but in no list.
    Archive,
    /// In the lists.
    Open,
}

/// One field's change.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit {
    /// The place of the field in its table.
    pub field: usize,
    /// What the operator saw before changing it; `None` when nothing was looked at.
    pub seen: Option<Value>,
    /// What it shall be.
    pub new: Entered,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The number of the act in the history; `None` when nothing had to change.
    pub change: Option<i64>,
    /// The records it touched, in the order of its steps.
    pub records: Vec<Ref>,
    /// What a person entered that is no mistake as such, and yet wants a look.
    pub doubts: Vec<Problem>,
}

/// Why a move between states is not possible, in words.
#[must_use]
pub fn move_sentence(table: &Table, field: usize, refusal: &MoveRefusal) -> Sentence {
    let Some(Shape::Choice(list)) = table.fields.get(field).map(|m| m.shape) else {
        return Sentence::from(NO_STATE);
    };
    let label = |key: &str| list.iter().find(|c| c.key == key).map_or(text("?", "?"), |c| c.label);
    match refusal {
        MoveRefusal::NoSuchMove { from, to, possible } if possible.is_empty() => {
            Sentence::from(NO_MOVE_AT_ALL).with_word("from", label(from)).with_word("to", label(to))
        }
        MoveRefusal::NoSuchMove { from, to, possible } => Sentence::from(NO_MOVE)
            .with_word("from", label(from))
            .with_word("to", label(to))
            .with_words("possible", possible.iter().map(|key| label(key)).collect()),
        MoveRefusal::Missing(Need::Reason) => NEEDS_REASON.into(),
        MoveRefusal::Missing(Need::Field(key)) => {
            let word = table.fields.iter().find(|m| m.key == *key).map_or(text("?", "?"), |m| m.label);
            Sentence::from(NEEDS_FIELD).with_word("field", word).with("key", key)
        }
    }
}

const NO_MOVE: Text = text(
    "There is no move from {from} to {to}. From here one can go to: {possible}.",
    "不能从“{from}”变为“{to}”。可选：{possible}。",
);
const NO_MOVE_AT_ALL: Text =
    text("{from} is final; it cannot become {to}.", "“{from}”是最终状态，不能变为“{to}”。");
const NO_STATE: Text = text("This kind of record has no states.", "此类记录没有状态。");
const NEEDS_REASON: Text = text(
    "This move needs a reason (--reason TEXT, or the reason asked for).",
    "此变更须写明理由（--reason TEXT）。",
);
const NEEDS_FIELD: Text =
    text("This move needs {field} ({key}) filled first.", "此变更须先填写{field}（{key}）。");
