//! An import: a list of others becomes records, whole or not at all.
//!
//! The file is read ([`source`]), its columns are laid onto fields ([`plan`]), each row becomes a new
//! record, a change or nothing ([`rows`]), and what cannot be read exactly goes to a file with its
//! line and reason ([`rejects`]). Nothing is guessed, and no row is lost: read = imported + changed +
//! unchanged + rejected. The command line and the screen of the program are two faces of this.

use crate::entity::Meta;
use crate::intake::IntakeError;
use crate::register::Refusal;
use crate::texts::{Sentence, Text, text};

pub(in crate::shell) mod deliveries;
pub(in crate::shell) mod look;
pub(in crate::shell) mod outcome;
pub(in crate::shell) mod plan;
pub(in crate::shell) mod rejects;
pub(in crate::shell) mod rows;
pub(in crate::shell) mod source;
pub(in crate::shell) mod words;

/// Why nothing of a file comes in.
#[derive(Debug)]
pub(in crate::shell) enum Halted {
    /// The file cannot be read as it was asked for.
    File(IntakeError),
    /// No column fills a field that every record needs.
    NoColumn {
        /// The field.
        field: &'static Meta,
        /// The columns of the file.
        columns: Vec<String>,
    },
    /// What was asked for cannot be meant.
    Usage(Sentence),
    /// A file cannot be read or written.
    Io(Sentence),
    /// The register refused.
    Refused(Refusal),
}

impl Halted {
    /// What happened and what to do, in the words of the command line.
    pub(in crate::shell) fn sentence(&self) -> Sentence {
        match self {
            Self::File(error) => words::of_file(error),
            Self::NoColumn { field, columns } => {
                Sentence::from(NO_COLUMN).with("field", field.key).with("columns", columns.join(", "))
            }
            Self::Usage(sentence) | Self::Io(sentence) => sentence.clone(),
            Self::Refused(refusal) => {
                refusal.sentences().into_iter().next().unwrap_or_else(|| Sentence::from(REFUSED))
            }
        }
    }
}

impl From<IntakeError> for Halted {
    fn from(error: IntakeError) -> Self {
        Self::File(error)
    }
}

impl From<Refusal> for Halted {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

const NO_COLUMN: Text = text(
    "No column fills {field}, which every record needs. Name one with --map COLUMN={field}; there are {columns}.",
    "没有列填写必填的 {field}。请用 --map 列={field} 指定；文件的列有 {columns}。",
);
const REFUSED: Text = text("The register refused.", "登记册拒绝了操作。");
