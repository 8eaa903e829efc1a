//! The digits of an amount: whole part, thousands groups, decimals.
//!
//! This module must never accept a number whose groups are not well formed, since a wrong group is
//! the mark of a typing or scanning mistake.

use super::{DecimalMark, MoneyError};

/// A number as written: the digits before and after the decimal mark, without separators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Digits {
    /// The digits before the mark, at least one.
    pub(super) whole: String,
    /// The digits after the mark, possibly none.
    pub(super) fraction: String,
}

/// Reads `body`, which begins and ends with a digit.
pub(super) fn read(body: &str, mark: DecimalMark) -> Result<Digits, MoneyError> {
    let pieces = pieces(body)?;
    if pieces.separators.is_empty() {
        return Ok(Digits { whole: body.to_owned(), fraction: String::new() });
    }
    let mark = match mark {
        DecimalMark::Point => Separator::Point,
        DecimalMark::Comma => Separator::Comma,
    };
    let marks = pieces.separators.iter().filter(|separator| **separator == mark).count();
    if marks > 1 {
        return Err(MoneyError::SecondMark);
    }
    let Pieces { mut groups, mut separators } = pieces;
    let mut fraction = "";
    if marks == 1 {
        if separators.pop() != Some(mark) {
            return Err(MoneyError::BadGrouping);
        }
        fraction = groups.pop().unwrap_or_default();
    }
    check_groups(&groups, &separators)?;
    Ok(Digits { whole: groups.concat(), fraction: fraction.to_owned() })
}

/// A number cut at its separators; one more group than separators.
struct Pieces<'a> {
    groups: Vec<&'a str>,
    separators: Vec<Separator>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Separator {
    Point,
    Comma,
    Apostrophe,
    Space,
}

impl Separator {
    const fn of(c: char) -> Option<Self> {
        match c {
            '.' => Some(Self::Point),
            ',' => Some(Self::Comma),
            '\'' | '’' => Some(Self::Apostrophe),
            // The plain, no-break, narrow no-break and thin space.
            ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' => Some(Self::Space),
            _ => None,
        }
    }
}

fn pieces(body: &str) -> Result<Pieces<'_>, MoneyError> {
    let groups: Vec<&str> = body.split(|c: char| !c.is_ascii_digit()).collect();
    let mut separators = Vec::new();
    for c in body.chars().filter(|c| !c.is_ascii_digit()) {
        separators.push(Separator::of(c).ok_or(MoneyError::NotOneNumber { at: c })?);
    }
    if groups.iter().any(|g| g.is_empty()) {
        return Err(MoneyError::BadGrouping);
    }
    Ok(Pieces { groups, separators })
}

/// One kind of separator, one to three digits first (not beginning with a zero), then groups of three.
fn check_groups(groups: &[&str], separators: &[Separator]) -> Result<(), MoneyError> {
    let Some((kind, others)) = separators.split_first() else { return Ok(()) };
    let Some((first, rest)) = groups.split_first() else { return Err(MoneyError::BadGrouping) };
    let same_kind = others.iter().all(|s| s == kind);
    let first_fits = (1..=3).contains(&first.len()) && !first.starts_with('0');
    if same_kind && first_fits && rest.iter().all(|g| g.len() == 3) {
        Ok(())
    } else {
        Err(MoneyError::BadGrouping)
    }
}
