//! The language of filters: words, `field:value`, comparisons and ranges, `!` before what must
//! not hold, quotes around blanks. One reading for every list and for the command line.
//!
//! Reading never fails as a whole: each term is read by itself, and one that cannot be read says
//! why and takes no part, so that a list is not emptied while its filter is being typed. Nothing
//! here may ask a register: links are only named.

use std::ops::Range;

use crate::domain::decimal::fold_width;
use crate::entity::filter::value::Operator;
use crate::entity::input::Reading;
use crate::entity::{Column, Table, show};
use crate::limits;
use crate::texts::{Lang, Sentence, Text, text};

pub use complete::{Offer, offers};
pub use name::column;
pub use value::{Between, Test};

mod complete;
mod name;
mod value;

/// One filter as it was read: its terms in the order in which they were typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// The terms.
    pub terms: Vec<Term>,
}

/// One term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Where it stands in the text, in bytes.
    pub span: Range<usize>,
    /// Whether it is to hold.
    pub sense: Sense,
    /// What it says.
    pub means: Means,
}

/// Whether what a term says is to hold of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// It is.
    Holds,
    /// It is not: `!` stands before it.
    HoldsNot,
}

/// What a term says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Means {
    /// A word that stands in the record, in its vendor or in a word its columns show.
    Word(String),
    /// Something of one column.
    Where {
        /// The column.
        column: Column,
        /// What of it.
        test: Test,
        /// What was typed behind the name of the column.
        typed: String,
    },
    /// A column behind whose name nothing is typed yet.
    Unfinished(Column),
    /// Nothing that can be read, and why.
    Ill(Sentence),
}

/// What a filter asks of the records of a list: the terms that could be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// The words that must stand in a record, with blanks between.
    pub words: String,
    /// Words none of which may stand in it.
    pub without: Vec<String>,
    /// What must hold of columns, or must not.
    pub wheres: Vec<Where>,
}

/// What must hold of one column, or must not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Where {
    /// The column.
    pub column: Column,
    /// Whether it must hold.
    pub sense: Sense,
    /// What.
    pub test: Test,
}

impl Where {
    /// Whether what it lets through has the same in this column: blank, one choice, one record.
    #[must_use]
    pub fn is_of_one_choice(&self) -> bool {
        let is_one = match &self.test {
            Test::Blank | Test::Is(_) | Test::Linked(_) => true,
            Test::OneOf(choices) => choices.len() == 1,
            Test::Text(_) | Test::Words(_) | Test::Named(_) | Test::Between(_) => false,
        };
        is_one && self.sense == Sense::Holds
    }
}

/// Reads a filter of the records of a kind.
#[must_use]
pub fn read(table: &Table, typed: &str, reading: &Reading) -> Filter {
    let end = typed.char_indices().nth(limits::LINE_CHARS).map_or(typed.len(), |(at, _)| at);
    let pieces = pieces(typed.get(..end).unwrap_or_default());
    Filter { terms: pieces.into_iter().map(|piece| term(table, piece, reading)).collect() }
}

impl Asked {
    /// Nothing but words.
    #[must_use]
    pub fn words(words: impl Into<String>) -> Self {
        Self { words: words.into(), ..Self::default() }
    }

    /// Whether it lets every record through.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.trim().is_empty() && self.without.is_empty() && self.wheres.is_empty()
    }
}

impl Filter {
    /// What it asks, of the terms that could be read.
    #[must_use]
    pub fn asked(&self) -> Asked {
        let mut asked = Asked::default();
        for term in &self.terms {
            match (&term.means, term.sense) {
                (Means::Word(word), Sense::Holds) => {
                    if !asked.words.is_empty() {
                        asked.words.push(' ');
                    }
                    asked.words.push_str(word);
                }
                (Means::Word(word), Sense::HoldsNot) => asked.without.push(word.clone()),
                (Means::Where { column, test, .. }, sense) => {
                    asked.wheres.push(Where { column: *column, sense, test: test.clone() });
                }
                (Means::Unfinished(_) | Means::Ill(_), _) => {}
            }
        }
        asked
    }

    /// What is wrong with the first term that cannot be read, or is not finished.
    #[must_use]
    pub fn problem(&self, table: &Table) -> Option<Sentence> {
        self.terms.iter().find_map(|term| term.problem(table))
    }
}

impl Term {
    /// What is wrong with it, if it takes no part.
    #[must_use]
    pub fn problem(&self, table: &Table) -> Option<Sentence> {
        match &self.means {
            Means::Word(_) | Means::Where { .. } => None,
            Means::Unfinished(column) => {
                let head = table.head(*column);
                Some(Sentence::from(UNFINISHED).with("key", head.key).with_word("label", head.label))
            }
            Means::Ill(sentence) => Some(sentence.clone()),
        }
    }

    /// What it says in a few words: the label of its column and what is asked of it.
    #[must_use]
    pub fn chip(&self, table: &Table, typed: &str, lang: Lang) -> String {
        let says = match &self.means {
            Means::Word(word) => word.clone(),
            Means::Where { column, test, typed } => {
                let head = table.head(*column);
                let value = test.words(head.shape, lang).unwrap_or_else(|| typed.clone());
                format!("{} {value}", head.label.in_(lang))
            }
            Means::Unfinished(column) => format!("{}…", table.head(*column).label.in_(lang)),
            Means::Ill(_) => return format!("{}?", typed.get(self.span.clone()).unwrap_or_default()),
        };
        match self.sense {
            Sense::Holds => says,
            Sense::HoldsNot => text("not {says}", "非 {says}").fill(lang, &[("says", &says)]),
        }
    }
}

impl Test {
    /// What it asks in words of the language, where what was typed is not the best there is.
    fn words(&self, shape: crate::entity::Shape, lang: Lang) -> Option<String> {
        match self {
            Self::Blank => Some(text("blank", "空").in_(lang).to_owned()),
            Self::Is(yes) => Some(if *yes { show::YES } else { show::NO }.in_(lang).to_owned()),
            Self::OneOf(places) => {
                let list = value::list_of(shape)?;
                // Many of them are a comparison, which says it shorter.
                let few = Some(places).filter(|places| places.len() <= 2)?;
                let labels = few.iter().filter_map(|at| list.get(*at)).map(|choice| choice.label.in_(lang));
                Some(labels.collect::<Vec<_>>().join(", "))
            }
            _ => None,
        }
    }
}

/// A piece of a filter between blanks.
struct Piece {
    span: Range<usize>,
    /// Its characters in half width, each with whether it stands in quotes; the quotes left out.
    chars: Vec<(char, Quoted)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quoted {
    Yes,
    No,
}

const QUOTES: [char; 6] = ['"', '“', '”', '「', '」', '＂'];

/// The pieces between blanks that no quotes stand around; a quote that is never closed reaches to
/// the end.
fn pieces(typed: &str) -> Vec<Piece> {
    let mut all = Vec::new();
    let mut open: Option<Piece> = None;
    let mut quoted = Quoted::No;
    for (at, c) in typed.char_indices() {
        if c.is_whitespace() && quoted == Quoted::No {
            all.extend(open.take());
            continue;
        }
        let piece = open.get_or_insert_with(|| Piece { span: at..at, chars: Vec::new() });
        piece.span.end = at + c.len_utf8();
        if QUOTES.contains(&c) {
            quoted = if quoted == Quoted::No { Quoted::Yes } else { Quoted::No };
            continue;
        }
        let c = if quoted == Quoted::Yes { c } else { half_width(c) };
        piece.chars.push((c, quoted));
    }
    all.extend(open);
    all
}

/// A character as it is typed with the input method off.
fn half_width(c: char) -> char {
    match c {
        '。' => '.',
        '，' | '、' => ',',
        '《' => '<',
        '》' => '>',
        '～' => '~',
        c => fold_width(c.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(c),
    }
}

fn term(table: &Table, piece: Piece, reading: &Reading) -> Term {
    let Piece { span, mut chars } = piece;
    let sense = match chars.first() {
        Some(('!', Quoted::No)) if chars.len() > 1 => Sense::HoldsNot,
        _ => Sense::Holds,
    };
    if sense == Sense::HoldsNot {
        chars.remove(0);
    }
    Term { span, sense, means: means(table, &chars, reading) }
}

fn means(table: &Table, chars: &[(char, Quoted)], reading: &Reading) -> Means {
    let string = |part: &[(char, Quoted)]| part.iter().map(|(c, _)| *c).collect::<String>();
    let word = || Means::Word(string(chars));
    let sign = chars
        .iter()
        .position(|(c, quoted)| *quoted == Quoted::No && (Operator::begins(*c) || matches!(c, ':' | '=')));
    let Some((sign, at)) = sign.and_then(|at| Some((chars.get(at)?.0, at))) else { return word() };
    let (Some(before), Some(after)) = (chars.get(..at), chars.get(at + 1..)) else { return word() };
    if at == 0 || before.iter().any(|(_, quoted)| *quoted == Quoted::Yes) {
        return word();
    }
    let name = string(before);
    let column = match name::column(table, &name) {
        Ok(column) => column,
        // Only behind a colon is it clear that a column was meant.
        Err(_) if sign != ':' || !is_name(&name, after) => return word(),
        Err(sentence) => return Means::Ill(sentence),
    };
    // `value>1m` is `value:>1m`.
    let after = if matches!(sign, ':' | '=') { Some(after) } else { chars.get(at..) };
    let typed = string(after.unwrap_or_default());
    let is_quoted = after.is_some_and(|after| after.first().is_some_and(|(_, q)| *q == Quoted::Yes));
    if typed.trim().is_empty() {
        return Means::Unfinished(column);
    }
    let given = if is_quoted { value::Given::Quoted(&typed) } else { value::Given::Plain(&typed) };
    match value::test(&table.head(column), name.trim(), given, reading) {
        Ok(test) => Means::Where { column, test, typed },
        Err(sentence) => Means::Ill(sentence),
    }
}

/// Whether what stands before a colon can be the name of a column: a time of day and the
/// beginning of an address are none.
fn is_name(name: &str, after: &[(char, Quoted)]) -> bool {
    let is_address = matches!(after, [('/', _), ('/', _), ..]);
    !is_address && !name.chars().all(|c| c.is_ascii_digit())
}

const UNFINISHED: Text = text(
    "{key}: ({label}) needs a value; {key}:none is those where it is blank.",
    "{key}：（{label}）需要一个值；{key}:none 表示该项为空。",
);

#[cfg(test)]
mod tests;
