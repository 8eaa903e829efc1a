//! One act on many records, as data: which, what is done to each, and what becomes of those that
//! cannot.

use crate::entity::input::Entered;
use crate::entity::words::WordChange;
use crate::entity::{Kind, Ref};
use crate::register::{Act, Shelf, Shelves, code_of};
use crate::texts::{Sentence, Text, text};

/// An act on many records of one kind: one change in the history, one undo.
#[derive(Debug, Clone, PartialEq)]
pub struct Bulk {
    /// Their kind.
    pub kind: Kind,
    /// Their numbers.
    pub ids: Vec<i64>,
    /// Where they stood when they were seen: one that stands elsewhere now cannot. `None` where
    /// nothing was looked at.
    pub shelf: Option<Shelves>,
    /// What is done to each.
    pub does: Does,
    /// What becomes of the act where some cannot.
    pub unfit: Unfit,
}

/// What is done to each record.
#[derive(Debug, Clone, PartialEq)]
pub enum Does {
    /// Fields get other values.
    Edit {
        /// The fields and what they shall hold.
        fields: Vec<(usize, New)>,
        /// Why, where a move between states wants it.
        reason: Option<String>,
    },
    /// It is put away or brought back.
    Shelve(Shelf),
}

/// What a field shall hold.
#[derive(Debug, Clone, PartialEq)]
pub enum New {
    /// This, whatever it held.
    Value(Entered),
    /// What it held with words more or less.
    Words(Vec<WordChange>),
}

/// What becomes of an act where some of its records cannot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// Nothing is done to any.
    Refuse,
    /// It is done to the others.
    LeaveOut,
}

/// The records of an act that cannot, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Misfits {
    /// How many records there are in all.
    pub of: usize,
    /// How many of them cannot.
    pub count: usize,
    /// The first of them, at most `limits::MISFITS`.
    pub first: Vec<Misfit>,
}

/// One that cannot.
#[derive(Debug, Clone, PartialEq)]
pub struct Misfit {
    /// The record.
    pub at: Ref,
    /// What people call it.
    pub name: String,
    /// Why.
    pub why: Sentence,
}

impl Bulk {
    /// What the history calls it.
    #[must_use]
    pub const fn act(&self) -> Act {
        match self.does {
            Does::Edit { .. } => Act::Edit,
            Does::Shelve(Shelf::Archive) => Act::Archive,
            Does::Shelve(Shelf::Open) => Act::Unarchive,
        }
    }
}

impl Misfits {
    /// How many cannot; then each that is named, with its reason.
    #[must_use]
    pub fn sentences(&self) -> Vec<Sentence> {
        let all = Sentence::from(MISFITS).with("count", self.count).with("of", self.of);
        std::iter::once(all).chain(self.first.iter().map(Misfit::sentence)).collect()
    }
}

impl Misfit {
    /// Which record it is, and why it cannot.
    #[must_use]
    pub fn sentence(&self) -> Sentence {
        let sentence = Sentence::from(MISFIT).with("code", code_of(self.at)).with("name", &self.name);
        sentence.with_sentence("why", self.why.clone())
    }
}

const MISFITS: Text =
    text("Nothing was changed: {count} of {of} cannot.", "未作更改：{of} 条中有 {count} 条不可行。");
const MISFIT: Text = text("{code} {name}: {why}", "{code} {name}：{why}");
