//! What became of the rows of a file, and why a row went nowhere.

use crate::register::Refusal;
use crate::shell::import::Halted;
use crate::texts::{Lang, Sentence};

/// What became of the rows.
#[derive(Default)]
pub(in crate::shell) struct Outcome {
    /// Records of the file.
    pub(in crate::shell) read: usize,
    /// New records.
    pub(in crate::shell) imported: usize,
    /// Records that were changed.
    pub(in crate::shell) changed: usize,
    /// Rows that say what the register says already.
    pub(in crate::shell) unchanged: usize,
    /// Vendors made for the rows of another kind.
    pub(in crate::shell) vendors_created: usize,
    /// Records whose number stands in for their title.
    pub(in crate::shell) titles_from_numbers: usize,
    /// Rows that went nowhere, by line.
    pub(in crate::shell) rejected: Vec<Rejected>,
}

/// A row that went nowhere.
pub(in crate::shell) struct Rejected {
    /// The line of the file in which it begins.
    pub(in crate::shell) line: usize,
    /// Its place among the rows of the table; `None` when it could not be read as a row.
    pub(in crate::shell) row: Option<usize>,
    pub(in crate::shell) why: Vec<Why>,
}

/// Why a row went nowhere.
pub(in crate::shell) enum Why {
    /// Something about one column or field.
    At(String, Sentence),
    /// Something about the row.
    Row(Sentence),
    /// The register refused.
    Refused(Refusal),
}

impl Rejected {
    /// The reason in words.
    pub(in crate::shell) fn reason(&self, lang: Lang) -> String {
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
            Why::Refused(refusal) => {
                refusal.sentences().iter().map(|sentence| sentence.in_(lang)).collect::<Vec<_>>().join(" ")
            }
        };
        self.why.iter().map(worded).collect::<Vec<_>>().join(" ")
    }
}

/// A row that is not written: rejected, or the whole import is given up.
pub(in crate::shell) enum Halt {
    /// The row is left out.
    Reject(Vec<Why>),
    /// A record it links to may come later in the file.
    Later(Vec<Why>),
    /// Nothing of the file is kept.
    Give(Halted),
}

impl From<Refusal> for Halt {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Invalid(_) | Refusal::Rule(_) | Refusal::Conflict(_) | Refusal::Missing(_) => {
                Self::Reject(vec![Why::Refused(refusal)])
            }
            other => Self::Give(Halted::Refused(other)),
        }
    }
}

/// One sentence about the row as a whole.
pub(in crate::shell) fn reject(sentence: impl Into<Sentence>) -> Halt {
    Halt::Reject(vec![Why::Row(sentence.into())])
}
