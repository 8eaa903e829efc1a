//! The history as data: who changed what, and what was taken back.

use serde_json::Value as Json;

use crate::entity::Ref;
use crate::register::{Saved, code_of};
use crate::texts::{Sentence, Text, text};

/// One event: what one act did to one record.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Its number in the register.
    pub seq: i64,
    /// The act it belongs to.
    pub change: i64,
    /// The instant, in UTC.
    pub at: String,
    /// Who.
    pub actor: String,
    /// What the act was.
    pub act: String,
    /// How many events that act has.
    pub act_size: i64,
    /// Whether the act was done, taken back or brought back.
    pub turn: Turn,
    /// What happened to the record: `add`, `edit`, `archive`, `unarchive`, `remove`,
    /// `erase`.
    pub op: String,
    /// The record.
    pub record: Ref,
    /// The code of the record.
    pub code: String,
    /// What people call the record now; empty when it is gone.
    pub label: String,
    /// The fields with their values before and after.
    pub fields: Vec<FieldChange>,
    /// The reason that was given.
    pub reason: Option<String>,
}

/// Whether an act was done, taken back or brought back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Done.
    Done,
    /// Taken back.
    Undone,
    /// Brought back.
    Redone,
}

impl Turn {
    const ALL: [Self; 3] = [Self::Done, Self::Undone, Self::Redone];

    /// The stored word.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Done => "do",
            Self::Undone => "undo",
            Self::Redone => "redo",
        }
    }

    /// The shown word, where it is worth one.
    #[must_use]
    pub const fn label(self) -> Option<Text> {
        match self {
            Self::Done => None,
            Self::Undone => Some(text("undo", "撤销")),
            Self::Redone => Some(text("redo", "重做")),
        }
    }

    /// The turn of a stored word.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|turn| turn.key() == key)
    }
}

/// One field in an event.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldChange {
    /// The key of the field.
    pub key: String,
    /// Its value before, blank for an added record.
    pub before: Json,
    /// Its value after.
    pub after: Json,
}

/// What taking back or bringing back did.
#[derive(Debug, Clone, PartialEq)]
pub struct Reverted {
    /// What was written.
    pub saved: Saved,
    /// Whether the act was taken back or brought back.
    pub turn: Turn,
    /// What the reverted act was.
    pub act: String,
    /// How many records it had touched.
    pub events: i64,
    /// The first of those records.
    pub first: Option<Ref>,
}

/// The sentence of an act taken back or brought back, for a message.
#[must_use]
pub fn reverted_sentence(reverted: &Reverted, name: &str) -> Sentence {
    let text = match reverted.turn {
        Turn::Redone => text("Brought back: {act} of {what}", "已重做：{act} {what}"),
        _ => text("Taken back: {act} of {what}", "已撤销：{act} {what}"),
    };
    let what = match (reverted.first, reverted.events) {
        (Some(at), 1) => format!("{} {name}", code_of(at)).trim_end().to_owned(),
        (Some(at), n) => format!("{} +{}", code_of(at), n - 1),
        (None, _) => String::new(),
    };
    Sentence::from(text).with_word("act", act_label(&reverted.act)).with("what", what)
}

impl Event {
    /// The shown word of what was done to the record; of what was taken back or brought back, the word
    /// of that.
    #[must_use]
    pub fn what(&self) -> Text {
        let op = match (self.turn, self.op.as_str()) {
            (Turn::Undone, "archive") => "unarchive",
            (Turn::Undone, "unarchive") => "archive",
            (Turn::Undone, "remove") => "add",
            (Turn::Undone, "add") => "remove",
            (_, op) => op,
        };
        act_label(op)
    }
}

/// The shown word of an act.
#[must_use]
pub fn act_label(key: &str) -> Text {
    match key {
        "add" => text("add", "新增"),
        "archive" => text("archive", "归档"),
        "unarchive" => text("unarchive", "恢复"),
        "import" => text("import", "导入"),
        "set" => text("set", "设置"),
        "found" => text("founding", "建立"),
        "remove" => text("remove", "移除"),
        "erase" => text("erase for good", "抹除"),
        _ => text("edit", "修改"),
    }
}
