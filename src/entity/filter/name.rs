//! Which column a name means: its key, its label in either language, a short word, or the
//! beginning of one of these where only one column has it.

use crate::domain::decimal::fold_width;
use crate::entity::{Column, Table};
use crate::texts::{Lang, Sentence, Text, text};

/// Short words people use for a column, with the keys they stand for in the order of choice.
const SHORT: &[(&str, &[&str])] = &[
    ("end", &["last_day", "ends"]),
    ("ends", &["last_day"]),
    ("expires", &["last_day", "ends"]),
    ("last_day", &["ends"]),
    ("ends_on", &["ends"]),
    ("到期", &["last_day", "ends"]),
    ("notice_by", &["act_by"]),
    ("supplier", &["vendor"]),
    ("due", &["due_on"]),
    ("status", &["badge", "state"]),
    ("amount", &["value"]),
    ("金额", &["value"]),
];

/// The greatest number of names an error tells of.
const TOLD: usize = 8;

/// The column that a name means in the lists of a kind.
///
/// # Errors
/// The sentence that names the nearest column, or the several that it may mean.
pub fn column(table: &Table, name: &str) -> Result<Column, Sentence> {
    let asked = plain(name);
    let is_exact = |column: &Column| names(table, *column).contains(&asked);
    if let Some(column) = columns(table).find(|column| plain(table.head(*column).key) == asked) {
        return Ok(column);
    }
    if let Some(column) = columns(table).find(is_exact) {
        return Ok(column);
    }
    let short = SHORT.iter().find(|(word, _)| plain(word) == asked);
    if let Some(column) = short.and_then(|(_, keys)| keys.iter().find_map(|key| table.column(key))) {
        return Ok(column);
    }
    let begun: Vec<Column> = columns(table)
        .filter(|column| !asked.is_empty() && names(table, *column).iter().any(|n| n.starts_with(&asked)))
        .collect();
    match begun.as_slice() {
        [one] => Ok(*one),
        [] => Err(unknown(table, name, &asked)),
        several => {
            let keys: Vec<&str> = several.iter().take(TOLD).map(|column| table.head(*column).key).collect();
            Err(Sentence::from(SEVERAL).with("name", name).with("keys", keys.join(", ")))
        }
    }
}

/// The columns that can be asked for: what is entered and seen, and what is worked out.
pub(super) fn columns(table: &Table) -> impl Iterator<Item = Column> {
    let fields = table.fields.iter().enumerate().filter(|(_, meta)| !meta.hidden);
    let fields = fields.map(|(at, _)| Column::Field(at));
    fields.chain((0..table.derived.len()).map(Column::Derived))
}

/// The names of a column, each without what people leave out.
pub(super) fn names(table: &Table, column: Column) -> [String; 3] {
    let head = table.head(column);
    [plain(head.key), plain(head.label.in_(Lang::En)), plain(head.label.in_(Lang::Zh))]
}

/// A name in half width and lower case, without blanks and signs.
pub(super) fn plain(name: &str) -> String {
    fold_width(name).to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

fn unknown(table: &Table, name: &str, asked: &str) -> Sentence {
    let distance = |column: &Column| {
        let names = names(table, *column);
        names.iter().map(|name| strsim::osa_distance(name, asked)).min().unwrap_or(usize::MAX)
    };
    let nearest = columns(table).min_by_key(distance);
    let is_near = |column: &Column| distance(column) <= 1 + asked.chars().count() / 3;
    match nearest.filter(is_near) {
        Some(column) => {
            let head = table.head(column);
            let sentence = Sentence::from(NEAR).with("name", name).with("key", head.key);
            sentence.with_word("label", head.label).with_word("kinds", table.many)
        }
        None => {
            let keys: Vec<&str> = table.columns.iter().map(|column| table.head(*column).key).collect();
            let sentence = Sentence::from(UNKNOWN).with("name", name).with("keys", keys.join(", "));
            sentence.with_word("kinds", table.many)
        }
    }
}

const SEVERAL: Text = text(
    "“{name}” begins several columns: {keys}. Type more of it.",
    "“{name}”对应多列：{keys}。请再多输入几个字母。",
);
const NEAR: Text = text(
    "{kinds} have no column “{name}”; did you mean {key} ({label})?",
    "{kinds}没有“{name}”这一列；是否指 {key}（{label}）？",
);
const UNKNOWN: Text = text(
    "{kinds} have no column “{name}”; there are {keys} and more. Quotes make it a word.",
    "{kinds}没有“{name}”这一列；可用 {keys} 等。加引号则按词查找。",
);
