//! The demo register, and the records every new register starts with, as plain entries.
//!
//! The data lies in `assets/` as TOML whose words are those of the command line and whose dates are
//! relative to today ([`when`]); [`synthetic`] makes registers of any size. This module must never
//! know a database, a clock or a file: the texts are embedded and today is an argument. It does not
//! judge the values either: whoever takes the entries reads them like any other input.

mod load;
pub mod synthetic;
#[cfg(test)]
mod tests;
pub mod when;

use chrono::NaiveDate;

/// One record to be made: its kind, its code and its fields as words of the command line.
///
/// Dates are `YYYY-MM-DD`, money `CNY 3900000`, spans `36m`, weights basis points, links the code of
/// a record that came before. A field that is not there is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The kind's word, as in `vendeck KIND add`; rows of templates and reviews and contacts are kinds too.
    pub kind: &'static str,
    /// The record's code, such as `V-0003`.
    pub code: String,
    /// Field keys with their words, in the order of the form.
    pub fields: Vec<(&'static str, String)>,
}

impl Entry {
    /// The words of the field `key`, if the entry has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.fields.iter().find(|(name, _)| *name == key).map(|(_, words)| words.as_str())
    }
}

/// Why an embedded text is not a register. `at` is the record's code or the kind's word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DemoError {
    /// The text is not TOML of the expected shape.
    Syntax {
        /// Which of the embedded texts.
        file: &'static str,
        /// What the reader of TOML said.
        error: toml::de::Error,
    },
    /// A table of a kind that does not exist.
    UnknownKind {
        /// The word found.
        kind: String,
    },
    /// A field that its kind does not have.
    UnknownField {
        /// The record.
        at: String,
        /// The field found.
        field: String,
    },
    /// A field that is missing, of the wrong type, or not readable as a date, period or rating.
    BadValue {
        /// The record.
        at: String,
        /// The field.
        field: String,
    },
    /// A link to a record that does not exist or comes later.
    UnknownLink {
        /// The record.
        at: String,
        /// The field that holds the link.
        field: String,
        /// The code linked to.
        to: String,
    },
    /// Two records have the same code.
    DuplicateCode {
        /// The code.
        code: String,
    },
}

const DEFAULTS: (&str, &str) = ("defaults.toml", include_str!("../assets/templates/defaults.toml"));

const LIBRARY: (&str, &str) = ("library.toml", include_str!("../assets/templates/library.toml"));

const DEMO: [(&str, &str); 16] = [
    ("templates.toml", include_str!("../assets/demo/templates.toml")),
    ("vendors.toml", include_str!("../assets/demo/vendors.toml")),
    ("contracts.toml", include_str!("../assets/demo/contracts.toml")),
    ("services.toml", include_str!("../assets/demo/services.toml")),
    ("scorecards.toml", include_str!("../assets/demo/scorecards.toml")),
    ("risks.toml", include_str!("../assets/demo/risks.toml")),
    ("actions.toml", include_str!("../assets/demo/actions.toml")),
    ("interactions.toml", include_str!("../assets/demo/interactions.toml")),
    ("work.toml", include_str!("../assets/demo/work.toml")),
    ("clauses.toml", include_str!("../assets/demo/clauses.toml")),
    ("service_levels.toml", include_str!("../assets/demo/service_levels.toml")),
    ("exits.toml", include_str!("../assets/demo/exits.toml")),
    ("attention.toml", include_str!("../assets/demo/attention.toml")),
    ("money.toml", include_str!("../assets/demo/money.toml")),
    ("cycle.toml", include_str!("../assets/demo/cycle.toml")),
    ("meetings.toml", include_str!("../assets/demo/meetings.toml")),
];

/// The KPIs and scorecard templates of a new, empty register; `T-0001` is the six-KPI default card.
///
/// # Errors
/// [`DemoError`] when the embedded text is at fault, which the tests of this module rule out.
pub fn defaults() -> Result<Vec<Entry>, DemoError> {
    // No date stands in the defaults, so any day will do.
    load::load(&[DEFAULTS, LIBRARY], NaiveDate::default())
}

/// The whole demo register as of `today`, the defaults first; a link always points to an earlier entry.
///
/// # Errors
/// [`DemoError`] when an embedded text is at fault or `today` lies at the edge of the calendar.
pub fn entries(today: NaiveDate) -> Result<Vec<Entry>, DemoError> {
    let files: Vec<_> = [DEFAULTS, LIBRARY].into_iter().chain(DEMO).collect();
    load::load(&files, today)
}
