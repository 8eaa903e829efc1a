//! Changes of a list of words: `+a,-b` adds one and takes another away, and leaves the rest.

use std::fmt;

use crate::entity::field::{Meta, Shape};
use crate::entity::input::{self, Entered, Reading};
use crate::entity::value::Value;
use crate::texts::Sentence;

/// One word more or less.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordChange {
    /// Whether it is added or taken away.
    pub sign: Sign,
    /// The word.
    pub word: String,
}

/// What becomes of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// It is added, where it is not there already.
    Add,
    /// It is taken away, where it is there.
    Remove,
}

impl fmt::Display for WordChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.sign == Sign::Add { '+' } else { '-' };
        write!(f, "{sign}{}", self.word)
    }
}

/// Whether a field holds several words.
#[must_use]
pub const fn holds_several(shape: Shape) -> bool {
    matches!(shape, Shape::List | Shape::Choices(_))
}

/// The words typed for a field that holds several as changes, when every one has a sign.
#[must_use]
pub fn changes(meta: &Meta, typed: &str) -> Option<Vec<WordChange>> {
    if !holds_several(meta.shape) {
        return None;
    }
    let change = |typed: &String| {
        let (sign, word) = typed
            .strip_prefix(['+', '＋'])
            .map(|word| (Sign::Add, word))
            .or_else(|| typed.strip_prefix(['-', '－', '−']).map(|word| (Sign::Remove, word)))?;
        let word = word.trim();
        (!word.is_empty()).then(|| WordChange { sign, word: word.to_owned() })
    };
    let changes: Option<Vec<WordChange>> = input::split_words(typed).iter().map(change).collect();
    changes.filter(|changes| !changes.is_empty())
}

/// What a field that holds `old` holds after these changes.
///
/// # Errors
/// The sentence about a word that its list does not have, whichever sign it bears.
pub fn changed(
    meta: &Meta,
    changes: &[WordChange],
    old: &Value,
    reading: &Reading,
) -> Result<Entered, Sentence> {
    let mut held = match old {
        Value::List(words) => words.clone(),
        Value::Choices(chosen) => chosen.iter().map(|choice| choice.key.to_owned()).collect(),
        _ => Vec::new(),
    };
    let same = |a: &str, b: &str| match meta.shape {
        Shape::Choices(list) => input::find(list, a) == input::find(list, b),
        _ => a == b,
    };
    for WordChange { sign, word } in changes {
        input::read(meta, word, reading)?;
        let there = held.iter().any(|held| same(held, word));
        match sign {
            Sign::Add if !there => held.push(word.clone()),
            Sign::Remove => held.retain(|held| !same(held, word)),
            Sign::Add => {}
        }
    }
    input::read(meta, &held.join(","), reading)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::{Currency, MoneyRules};
    use crate::entity::Kind;
    use crate::texts::Lang;

    fn reading() -> Reading {
        let today = chrono::NaiveDate::from_ymd_opt(2026, 7, 26).unwrap();
        Reading { today, money: MoneyRules::of_base(Currency::CNY) }
    }

    fn after(typed: &str, old: &[&str]) -> Result<Entered, String> {
        let table = Kind::Vendor.table();
        let meta = &table.fields[table.field("tags").unwrap()];
        let old = Value::List(old.iter().map(|&word| word.to_owned()).collect());
        changed(meta, &changes(meta, typed).unwrap(), &old, &reading()).map_err(|says| says.in_(Lang::En))
    }

    fn list(words: &[&str]) -> Entered {
        Value::List(words.iter().map(|&word| word.to_owned()).collect()).into()
    }

    #[test]
    fn words_come_and_go_and_the_rest_stays() {
        assert_eq!(after("+a,-b", &["b", "c"]), Ok(list(&["c", "a"])));
        assert_eq!(after("＋重点，－旧", &["旧", "c"]), Ok(list(&["c", "重点"])));
        assert_eq!(after("+c", &["b", "c"]), Ok(list(&["b", "c"])), "a word stands once");
        assert_eq!(after("-x", &["b"]), Ok(list(&["b"])));
        assert_eq!(after("-b", &["b"]), Ok(Value::Null.into()));
    }

    #[test]
    fn words_without_signs_are_no_changes() {
        let table = Kind::Vendor.table();
        let meta = &table.fields[table.field("tags").unwrap()];
        for typed in ["a", "+a,b", "+", "-", ""] {
            assert_eq!(changes(meta, typed), None, "{typed}");
        }
        let name = &table.fields[table.field("name").unwrap()];
        assert_eq!(changes(name, "+a"), None);
    }
}
