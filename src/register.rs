//! The face of the register: what is asked of it, what it answers, why it refuses.
//!
//! Plain data that the screens, the command line and the store all speak. Nothing here may do
//! anything: no SQL, no thread, no terminal; the sentences of a refusal are its only words.

use crate::entity::{Kind, Problem, Ref, Value};
use crate::limits;
use crate::texts::{Sentence, Text, text};

pub mod answer;
pub mod ask;
pub mod bulk;
pub mod change;
pub mod clauses;
pub mod deed;
pub mod due;
pub mod erase;
pub mod exit;
pub mod explain;
pub mod export;
pub mod finding;
pub mod history;
pub mod import;
pub mod meeting;
pub mod money;
pub mod overview;
pub mod proposal;
pub mod renewal;
pub mod review;
pub mod scoring;
pub mod service_level;
pub mod settings;

pub use answer::{Answer, Card, Found, Page, Related, Row};
pub use ask::{
    Anchor, KINDS, PUT_AWAY, PUT_AWAY_NOTE, Query, Request, Shelves, Slot, Ticket, UP_TO_NOW, Write,
};
pub use bulk::{Bulk, Does, Misfit, Misfits, New, Unfit};
pub use change::{Act, Change, Edit, Saved, Shelf, Step, move_sentence};
pub use due::{Attention, Due, Silence, What};
pub use history::{Event, FieldChange, Reverted, Turn};
pub use overview::{Counts, MonthEnds, Mover, Overview};

/// Why the register did not do what was asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// A value breaks a rule: which, and what to do.
    Invalid(Vec<Problem>),
    /// The act as a whole is against a rule.
    Rule(Sentence),
    /// The register was opened to be read only.
    ReadOnly,
    /// There is no such record.
    Missing(Sentence),
    /// Another operator changed the same fields first.
    Conflict(Conflict),
    /// Some of many records cannot, and nothing was done to any.
    Misfits(Misfits),
    /// Another process held the register longer than we wait.
    Busy,
    /// The file is damaged, or is no register.
    Damaged(Sentence),
    /// A newer program made the file: its version and ours.
    Newer {
        /// The version of the file.
        found: i64,
        /// The newest version this program knows.
        ours: i64,
    },
    /// The operating system refused: disk full, no permission, no such folder.
    Io(Sentence),
    /// A newer question replaced this one.
    Interrupted,
}

/// The record a code means, when the code has this kind's prefix.
#[must_use]
pub fn coded(kind: Kind, code: &str) -> Option<Ref> {
    ref_of(code).filter(|at| at.kind == kind)
}

impl Refusal {
    /// What happened and what to do, in one or two sentences.
    #[must_use]
    pub fn sentences(&self) -> Vec<Sentence> {
        match self {
            Self::Invalid(problems) => problems.iter().map(|p| p.sentence.clone()).collect(),
            Self::Rule(s) | Self::Missing(s) | Self::Damaged(s) | Self::Io(s) => vec![s.clone()],
            Self::ReadOnly => vec![READ_ONLY.into()],
            Self::Conflict(conflict) => vec![conflict.sentence()],
            Self::Misfits(misfits) => misfits.sentences(),
            Self::Busy => vec![Sentence::from(BUSY).with("seconds", limits::LOCK_WAIT.as_secs())],
            Self::Newer { found, ours } => {
                vec![Sentence::from(NEWER).with("found", found).with("ours", ours)]
            }
            Self::Interrupted => vec![INTERRUPTED.into()],
        }
    }
}

/// The fields both changed, with theirs beside mine.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// The record.
    pub at: Ref,
    /// Its code.
    pub code: String,
    /// The version it has now.
    pub version: i64,
    /// The fields that clash; empty when a version was demanded and has passed, or when the record
    /// was put away or brought back meanwhile.
    pub clashes: Vec<Clash>,
}

impl Conflict {
    fn sentence(&self) -> Sentence {
        let fields: Vec<&str> = self
            .clashes
            .iter()
            .filter_map(|c| self.at.kind.table().fields.get(c.field))
            .map(|m| m.key)
            .collect();
        let text = if fields.is_empty() { MOVED_ON } else { CLASH };
        let sentence = Sentence::from(text).with("code", &self.code).with("version", self.version);
        if fields.is_empty() { sentence } else { sentence.with("fields", fields.join(", ")) }
    }
}

/// One field that two operators changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Clash {
    /// The place of the field in its table.
    pub field: usize,
    /// What the register holds now.
    pub theirs: Value,
    /// What was to be written.
    pub mine: Value,
}

/// The code of a record, such as `V-0031`: its number with the prefix of its kind.
#[must_use]
pub fn code_of(at: Ref) -> String {
    format!("{}-{:04}", at.kind.table().prefix, at.id)
}

/// The record a code names, whether it exists or not. Its number is 1 to `limits::RECORDS`.
#[must_use]
pub fn ref_of(code: &str) -> Option<Ref> {
    let kind = Kind::from_code(code)?;
    let id = code.split_once('-')?.1.parse().ok()?;
    (1..=limits::RECORDS).contains(&id).then_some(Ref { kind, id })
}

const READ_ONLY: Text = text(
    "The register is open to be read only. Start without --read-only to change it.",
    "登记册以只读方式打开。要修改，请不带 --read-only 启动。",
);
const BUSY: Text = text(
    "Another operator has been writing for more than {seconds} seconds. Try again.",
    "另一位操作员已写入超过 {seconds} 秒，请稍后重试。",
);
const NEWER: Text = text(
    "The register was made by a newer vendeck (format {found}; this one knows {ours}). Update vendeck to open it.",
    "登记册由更新版本的 vendeck 建立（格式 {found}，本程序支持到 {ours}）。请升级 vendeck。",
);
const INTERRUPTED: Text = text("Stopped for a newer question.", "已被新的查询取代。");
const MOVED_ON: Text = text(
    "{code} has moved on to version {version}. Look at it again, then decide.",
    "{code} 已更新到版本 {version}。请重新查看后再决定。",
);
const CLASH: Text = text(
    "Another operator changed {fields} of {code} first. Look at theirs and decide.",
    "另一位操作员已先修改了 {code} 的 {fields}。请核对后再决定。",
);
