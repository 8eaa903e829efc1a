//! A view that is written to a file, as data: which rows, which columns, where to.

use crate::entity::Column;
use crate::register::{Query, Refusal};
use crate::texts::{Lang, Sentence, Text, text};

/// How a file of records is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A table of text, for any program.
    Csv,
    /// An array of objects, for programs.
    Json,
    /// A table in Markdown, for people.
    Markdown,
    /// A workbook, with real dates and numbers.
    Xlsx,
    /// The deadlines of its records, with alarms, for calendars.
    Ics,
}

impl Format {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Csv, Self::Xlsx, Self::Markdown, Self::Json, Self::Ics];

    /// How a file of it ends.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Markdown => "md",
            Self::Xlsx => "xlsx",
            Self::Ics => "ics",
        }
    }

    /// The format that the end of a file's name tells.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        Self::of_ending(ending)
    }

    /// The format with this ending, which is also its word on the command line.
    #[must_use]
    pub fn of_ending(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| ending.eq_ignore_ascii_case(format.ending()))
    }

    /// What it is called.
    #[must_use]
    pub const fn label(self) -> Text {
        match self {
            Self::Csv => text("CSV, for any program", "CSV，通用"),
            Self::Json => text("JSON, for programs", "JSON，供程序使用"),
            Self::Markdown => text("Markdown, for a text", "Markdown，用于文档"),
            Self::Xlsx => text("XLSX, for a spreadsheet", "XLSX，电子表格"),
            Self::Ics => text("ICS, its deadlines, for a calendar", "ICS，其截止日期，用于日历"),
        }
    }
}

/// A view that is to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// The file as it was named.
    pub path: String,
    /// How.
    pub format: Format,
    /// Its rows; where the page lies does not matter.
    pub query: Query,
    /// Only these of them, where some are marked.
    pub only: Option<Vec<i64>>,
    /// Its columns behind the code.
    pub columns: Vec<Column>,
    /// The language of headings and words.
    pub lang: Lang,
}

/// What is told of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// So many rows of all are written.
    Progress(usize, usize),
    /// It is there: the file, and how many rows it has.
    Done(String, usize),
    /// Why it is not.
    Failed(Sentence),
}

impl From<&Refusal> for Told {
    fn from(refusal: &Refusal) -> Self {
        Self::Failed(refusal.sentences().into_iter().next().unwrap_or_else(|| Sentence::from(REFUSED)))
    }
}

const REFUSED: Text = text("The register refused.", "登记册拒绝了操作。");
