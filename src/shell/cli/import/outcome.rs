//! What became of the rows of a file, and why a row went nowhere.

use crate::register::Refusal;
use crate::shell::cli::stop::{self, Stop};
use crate::texts::{Lang, Sentence};

/// What became of the rows.
#[derive(Default)]
pub(super) struct Outcome {
    /// Records of the file.
    pub(super) read: usize,
    /// New records.
    pub(super) imported: usize,
    /// Records that were changed.
    pub(super) changed: usize,
    /// Rows that say what the register says already.
    pub(super) unchanged: usize,
    /// Vendors made for the rows of another kind.
    pub(super) vendors_created: usize,
    /// Records whose number stands in for their title.
    pub(super) titles_from_numbers: usize,
    /// Rows that went nowhere, by line.
    pub(super) rejected: Vec<Rejected>,
}

/// A row that went nowhere.
pub(super) struct Rejected {
    /// The line of the file in which it begins.
    pub(super) line: usize,
    /// Its place among the rows of the table; `None` when it could not be read as a row.
    pub(super) row: Option<usize>,
    pub(super) why: Vec<Why>,
}

/// Why a row went nowhere.
pub(super) enum Why {
    /// Something about one column or field.
    At(String, Sentence),
    /// Something about the row.
    Row(Sentence),
    /// The register refused.
    Refused(Refusal),
}

impl Rejected {
    /// The reason in words.
    pub(super) fn reason(&self, lang: Lang) -> String {
        let worded = |why: &Why| match why {
            Why::At(place, sentence) => format!("{place}: {}", sentence.in_(lang)),
            Why::Row(sentence) => sentence.in_(lang),
            Why::Refused(Refusal::Invalid(problems)) => {
                let placed = problems.iter().map(|problem| match problem.field {
                    "" => problem.sentence.in_(lang),
                    key => format!("{key}: {}", problem.sentence.in_(lang)),
                });
                placed.collect::<Vec<_>>().join(" ")
            }
            Why::Refused(refusal) => stop::sentences(refusal, lang).join(" "),
        };
        self.why.iter().map(worded).collect::<Vec<_>>().join(" ")
    }
}

/// A row that is not written: rejected, or the whole import is given up.
pub(super) enum Halt {
    /// The row is left out.
    Reject(Vec<Why>),
    /// A record it links to may come later in the file.
    Later(Vec<Why>),
    /// Nothing of the file is kept.
    Give(Stop),
}

impl From<Refusal> for Halt {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Invalid(_) | Refusal::Rule(_) | Refusal::Conflict(_) | Refusal::Missing(_) => {
                Self::Reject(vec![Why::Refused(refusal)])
            }
            other => Self::Give(Stop::Refused(other)),
        }
    }
}

/// One sentence about the row as a whole.
pub(super) fn reject(sentence: impl Into<Sentence>) -> Halt {
    Halt::Reject(vec![Why::Row(sentence.into())])
}
