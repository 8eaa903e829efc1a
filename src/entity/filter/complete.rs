//! What may follow where the cursor of a filter stands: names of columns, and what a column takes.

use crate::entity::filter::name;
use crate::entity::filter::value::{Operator, list_of};
use crate::entity::{Column, Shape, Table, show};
use crate::texts::{Lang, Text, text};

/// One way to go on with a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What it is called where it is offered.
    pub shown: String,
    /// The text up to the cursor with it in its place; `None` for what only shows how a value may
    /// look.
    pub puts: Option<String>,
}

/// The ways to go on with a filter of the records of a kind, typed as far as the cursor.
#[must_use]
pub fn offers(table: &Table, typed: &str, lang: Lang) -> Vec<Offer> {
    let start = start_of_last(typed);
    let (Some(before), Some(last)) = (typed.get(..start), typed.get(start..)) else { return Vec::new() };
    let bare = last.trim_start_matches(['!', '！']);
    let Some(signs) = last.strip_suffix(bare).filter(|_| !bare.is_empty()) else { return Vec::new() };
    let head = format!("{before}{signs}");
    match bare.split_once([':', '：', '=', '＝']) {
        None if bare.starts_with(['"', '“', '「']) || bare.contains(Operator::begins) => Vec::new(),
        None => columns(table, &head, bare, lang),
        Some((name, value)) => match name::column(table, name) {
            Ok(column) => values(table, column, &format!("{head}{name}:"), value, lang),
            Err(_) => Vec::new(),
        },
    }
}

/// Where the last piece begins: behind the last blank that no quotes stand around.
fn start_of_last(typed: &str) -> usize {
    let mut start = 0;
    let mut is_quoted = false;
    for (at, c) in typed.char_indices() {
        if super::QUOTES.contains(&c) {
            is_quoted = !is_quoted;
        } else if c.is_whitespace() && !is_quoted {
            start = at + c.len_utf8();
        }
    }
    start
}

fn columns(table: &Table, head: &str, typed: &str, lang: Lang) -> Vec<Offer> {
    let asked = name::plain(typed);
    let begun = |column: &Column| name::names(table, *column).iter().any(|name| name.starts_with(&asked));
    let offer = |column: Column| {
        let of = table.head(column);
        let label = of.label.in_(Lang::Zh);
        // Whoever types Chinese goes on in Chinese.
        let word =
            if !typed.contains(|c: char| c.is_ascii()) && !label.contains(' ') { label } else { of.key };
        let shown = if lang == Lang::Zh { of.label.in_(lang).to_owned() } else { format!("{}:", of.key) };
        Offer { shown, puts: Some(format!("{head}{word}:")) }
    };
    name::columns(table).filter(|column| !asked.is_empty() && begun(column)).map(offer).collect()
}

fn values(table: &Table, column: Column, head: &str, typed: &str, lang: Lang) -> Vec<Offer> {
    let shape = table.head(column).shape;
    // Of several words with commas between, the last is being typed.
    let at = typed
        .rfind([',', '，', '、'])
        .map_or(0, |at| at + typed.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    let (Some(done), Some(word)) = (typed.get(..at), typed.get(at..)) else { return Vec::new() };
    let put = |word: &str| Some(format!("{head}{done}{word}"));
    let none = || Offer { shown: text("none", "none（空）").in_(lang).to_owned(), puts: put("none") };
    let examples = |examples: Text| {
        let is_new = typed.is_empty();
        examples
            .in_(lang)
            .split("  ")
            .filter(move |_| is_new)
            .map(|e| Offer { shown: e.to_owned(), puts: None })
    };
    match (list_of(shape), shape) {
        (Some(list), _) => {
            let asked = word.to_lowercase();
            let begun = |names: [&str; 3]| names.iter().any(|name| name.to_lowercase().starts_with(&asked));
            let choices = list.iter().filter(|choice| begun([choice.key, choice.label.en, choice.label.zh]));
            let offer = |choice: &crate::domain::list::Choice| Offer {
                shown: choice.label.in_(lang).to_owned(),
                puts: put(choice.key),
            };
            choices.map(offer).collect()
        }
        (None, Shape::Bool) => [("yes", show::YES), ("no", show::NO)]
            .into_iter()
            .filter(|(key, _)| key.starts_with(word))
            .map(|(key, label)| Offer { shown: label.in_(lang).to_owned(), puts: put(key) })
            .collect(),
        (None, Shape::Date) => {
            let days = DAYS.iter().map(|day| day.in_(lang)).filter(|day| day.starts_with(word));
            let offer = |day: &str| Offer { shown: day.to_owned(), puts: put(day) };
            days.map(offer).chain(typed.is_empty().then(none)).collect()
        }
        (None, Shape::Period) => examples(PERIODS).collect(),
        (None, Shape::Money) => examples(AMOUNTS).chain(typed.is_empty().then(none)).collect(),
        (None, Shape::Line | Shape::Long | Shape::List | Shape::Link(_)) => {
            examples(WORDS).chain(typed.is_empty().then(none)).collect()
        }
        (None, Shape::Span) => examples(SPANS).chain(typed.is_empty().then(none)).collect(),
        (None, _) => examples(NUMBERS).chain(typed.is_empty().then(none)).collect(),
    }
}

const DAYS: [Text; 6] = [
    text("<90d", "<90d"),
    text("this-month", "本月"),
    text("this-quarter", "本季度"),
    text("next-quarter", "下季度"),
    text("this-year", "今年"),
    text("<today", "<今天"),
];
const PERIODS: Text = text("2026Q1  2026  >2025Q4", "2026Q1  2026  >2025Q4");
const AMOUNTS: Text = text(">1m  1m..5m  <=USD5k  EUR", ">100万  1m..5m  <=USD5k  EUR");
const NUMBERS: Text = text("<70  >=80  60..80", "<70  >=80  60..80");
const SPANS: Text = text(">=60d  <3m  30d..90d", ">=60d  <3m  30d..90d");
const WORDS: Text = text("a word of it, in quotes with blanks", "其中的词，含空格时加引号");
