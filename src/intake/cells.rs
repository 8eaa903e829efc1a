//! What stands in one cell: blanks, and the guard of our CSV export.
//!
//! It must never change a cell beyond what its own rules say: codes with leading zeros stay text.

use std::borrow::Cow;

use crate::intake::error::CellProblem;

/// What opens a formula in a spreadsheet (OWASP "CSV injection", and the full-width forms that
/// Excel folds).
const FORMULA_OPENERS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The words that say that a cell holds nothing, in lower case. `#N/A` is how a formula says so.
const BLANK_WORDS: [&str; 5] = ["none", "n/a", "null", "-", "#n/a"];

/// What a spreadsheet shows where a formula has gone wrong.
const FORMULA_ERRORS: [&str; 16] = [
    "#REF!",
    "#VALUE!",
    "#DIV/0!",
    "#NAME?",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#CALC!",
    "#GETTING_DATA",
    "#FIELD!",
    "#BLOCKED!",
    "#CONNECT!",
    "#BUSY!",
    "#UNKNOWN!",
    "#EXTERNAL!",
    "#PYTHON!",
];

/// What stands for the value of a formula that no program has worked out yet.
pub(super) const NO_VALUE: &str = "#FORMULA?";

/// Whether a cell holds nothing: empty, blanks only, or `None`, `N/A`, `#N/A`, `null`, `-` in any case.
#[must_use]
pub fn is_blank(cell: &str) -> bool {
    let cell = cell.trim();
    cell.is_empty() || BLANK_WORDS.iter().any(|word| cell.eq_ignore_ascii_case(word))
}

/// The text of a cell without the blanks around it, or `None` when the cell is blank.
///
/// # Errors
///
/// [`CellProblem::LostCharacter`] when the cell holds U+FFFD, which is never stored;
/// [`CellProblem::FormulaError`] and [`CellProblem::NoStoredValue`] where a formula has no value.
pub fn value(cell: &str) -> Result<Option<&str>, CellProblem> {
    if cell.contains('\u{fffd}') {
        return Err(CellProblem::LostCharacter);
    }
    if cell.starts_with('#') {
        let word = cell.trim_end();
        if word == NO_VALUE {
            return Err(CellProblem::NoStoredValue);
        }
        if FORMULA_ERRORS.contains(&word) {
            return Err(CellProblem::FormulaError);
        }
    }
    Ok((!is_blank(cell)).then(|| cell.trim()))
}

/// The cell as a CSV export writes it: with `'` before what a spreadsheet would take for a formula.
///
/// Text that already looks guarded gets one more `'`, so that [`unguarded`] gives every text back.
#[must_use]
pub fn guarded(text: &str) -> Cow<'_, str> {
    if opens_formula(text.trim_start_matches('\'')) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The cell as it was before [`guarded`]: one `'` is taken off when a formula would open behind it.
#[must_use]
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if opens_formula(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

fn opens_formula(text: &str) -> bool {
    text.starts_with(FORMULA_OPENERS)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn blanks_in_all_their_forms() {
        for cell in
            ["", " ", "#N/A", "\u{3000}\t", "None", "NONE", " n/a", "N/A", "null", "NULL ", "-", " - "]
        {
            assert!(is_blank(cell), "{cell:?}");
            assert_eq!(value(cell), Ok(None));
        }
        for cell in ["0", "--", "nil", "Non", "NA", "无", "-1", "0000"] {
            assert!(!is_blank(cell), "{cell:?}");
        }
    }

    #[test]
    fn a_value_keeps_leading_zeros_and_loses_only_outer_blanks() {
        assert_eq!(value(" 000001 "), Ok(Some("000001")));
        assert_eq!(value("万  科Ａ"), Ok(Some("万  科Ａ")));
        assert_eq!(value("St. Paul\u{fffd}s"), Err(CellProblem::LostCharacter));
        assert_eq!(value("#REF!"), Err(CellProblem::FormulaError));
        assert_eq!(value(NO_VALUE), Err(CellProblem::NoStoredValue));
        assert_eq!(value("#1 Services"), Ok(Some("#1 Services")));
    }

    #[test]
    fn the_guard_is_taken_off_only_where_a_guard_can_stand() {
        for opener in FORMULA_OPENERS {
            let text = format!("{opener}1+1");
            assert_eq!(guarded(&text), format!("'{text}"));
            assert_eq!(unguarded(&format!("'{text}")), text);
        }
        assert_eq!(unguarded("''=1"), "'=1");
        for cell in ["'", "''", "'quoted'", "'s-Hertogenbosch", "=1", "O'Brien", "' =1"] {
            assert_eq!(unguarded(cell), cell);
        }
        assert_eq!(guarded("O'Brien"), "O'Brien");
    }

    proptest! {
        #[test]
        fn every_text_comes_back_from_the_guard(text in "['=+@\\-\t\r\n＝＋－＠a华]{0,6}") {
            let guarded = guarded(&text).into_owned();
            prop_assert!(!opens_formula(&guarded));
            prop_assert_eq!(unguarded(&guarded), text);
        }
    }
}
