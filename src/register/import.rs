//! An import as data: what is wanted of a file, what is seen in it, what would become of its rows.
//!
//! The same words for the screen of the program and for what works behind it.

use std::collections::BTreeMap;

use crate::domain::money::{Currency, DecimalMark};
use crate::entity::Kind;
use crate::texts::{Lang, Sentence};

/// A file that is to be read in, and how; what is `None` is for the file itself to say.
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    /// The file as it was named.
    pub path: String,
    /// What its rows are.
    pub kind: Option<Kind>,
    /// The sheet of a workbook, from 0.
    pub sheet: Option<usize>,
    /// The encoding of a text, by its word.
    pub encoding: Option<&'static str>,
    /// The order of its dates, by its word.
    pub dates: Option<&'static str>,
    /// The mark before its decimals.
    pub decimal: Option<DecimalMark>,
    /// The currency of its bare amounts.
    pub currency: Option<Currency>,
    /// The columns that fill another field than their names say, from 0; `None` for none.
    pub uses: BTreeMap<usize, Option<&'static str>>,
    /// The language of the reasons.
    pub lang: Lang,
}

impl Wish {
    /// A file, everything else left to it.
    #[must_use]
    pub fn of(path: &str, lang: Lang) -> Self {
        Self {
            path: path.to_owned(),
            kind: None,
            sheet: None,
            encoding: None,
            dates: None,
            decimal: None,
            currency: None,
            uses: BTreeMap::new(),
            lang,
        }
    }
}

/// What is to be done with a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Job {
    /// See what is in it, and try what would become of its rows; nothing is written.
    Try(Wish),
    /// Read it in.
    Write(Wish),
    /// Stop, and forget it.
    Forget,
}

/// What is told on the way.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// What is in the file.
    Seen(Box<Seen>),
    /// So many rows of all have been gone through.
    Progress(usize, usize),
    /// What would become of the rows.
    Tried(Judged),
    /// What became of the rows.
    Done(Box<Done>),
    /// Why the file cannot be read, or was not read in.
    Failed(Sentence),
}

/// What is in a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// What its rows were taken for.
    pub kind: Kind,
    /// Its sheets; none but for a workbook.
    pub sheets: Vec<String>,
    /// The sheet that was read.
    pub sheet: usize,
    /// How many rows there are.
    pub rows: usize,
    /// Its columns.
    pub columns: Vec<SeenColumn>,
    /// What should be known besides, such as a name that stands in for another.
    pub notes: Vec<Sentence>,
    /// The order of its dates, by its word, where a column of dates has one.
    pub dates: Option<&'static str>,
    /// Whether a column is filled with dates, and one with amounts.
    pub has: Holds,
    /// What has to be said before its rows can be read.
    pub question: Option<Question>,
}

/// What there is among the columns that fill something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Holds {
    /// Dates.
    pub dates: bool,
    /// Amounts.
    pub amounts: bool,
    /// Amounts without a currency of their own.
    pub bare_amounts: bool,
}

/// One column of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct SeenColumn {
    /// Its name as written.
    pub name: String,
    /// Some of its values, all different, none blank.
    pub samples: Vec<String>,
    /// The key of the field it fills.
    pub fills: Option<&'static str>,
}

/// What has to be said before the rows of a file can be read: what about, and the question.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// What is asked about.
    pub about: About,
    /// The question.
    pub sentence: Sentence,
}

/// What is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// How the file is encoded; the words that read all of it.
    Encoding(Vec<&'static str>),
    /// The order of its dates; the words that fit.
    Dates(Vec<&'static str>),
    /// The mark before its decimals.
    Decimal,
    /// The currency of its amounts; the codes of those that their sign may mean.
    Currency(Vec<&'static str>),
    /// What one of these columns fills, from 0; any of them where there is none.
    Columns(Vec<usize>),
}

/// What becomes of the rows of a file. Read = imported + changed + unchanged + rejected.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Judged {
    /// Rows of the file.
    pub read: usize,
    /// New records.
    pub imported: usize,
    /// Records that were changed.
    pub changed: usize,
    /// Rows that say what the register says already.
    pub unchanged: usize,
    /// Rows that went nowhere.
    pub rejected: usize,
    /// Vendors made for the rows of another kind.
    pub vendors_created: usize,
    /// The first rows that went nowhere: line and reason.
    pub first: Vec<(usize, String)>,
}

/// An import that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// What became of the rows.
    pub judged: Judged,
    /// The file of the rows that went nowhere.
    pub rejects: Option<String>,
    /// The copy of the register from before.
    pub copy: Option<String>,
}
