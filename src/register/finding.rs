//! What a check of the register finds, as data.

use crate::texts::Sentence;

/// One thing that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How bad.
    pub severity: Severity,
    /// Which rule found it.
    pub rule: &'static str,
    /// The code of the record, or empty for the register.
    pub code: String,
    /// The field, or empty.
    pub field: String,
    /// What is wrong and what to do.
    pub sentence: Sentence,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Bytes of the file have changed on the disk.
    Damage,
    /// The register is not sound.
    Error,
    /// A record wants a look.
    Warning,
}

impl Severity {
    /// The word of JSON; a damaged file is an error too.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Damage | Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}
