//! The query: what was typed, cut into terms, with every limit applied once.
//!
//! Any text is a query; none is an error. It must never hold syntax: quotes, stars and words like `OR` are
//! punctuation or names as in every other text.

use super::fold::{Edge, Folded, Glyph, digits, fold, is_wide, raw};
use super::pinyin::{FULL_KEY_LETTERS, INITIAL_KEY_LETTERS};
use super::{KEY_BYTES, Mark, cut, key, without_scheme};
use crate::limits;

/// Corrections taken for one term.
pub const FIXES: usize = 8;
/// Digits from which a query may be a telephone number.
pub const PHONE_DIGITS: usize = 3;
/// Last digits by which a telephone number is found: numbers are written with and without the prefixes.
pub const PHONE_TAIL: usize = 8;

/// A typed text, ready to be answered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    raw: String,
    compact: String,
    terms: Vec<Term>,
    phone: Option<String>,
    spellings: Vec<String>,
    reach: Reach,
}

/// How far a query reaches beyond what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Reach {
    /// Only what was typed.
    #[default]
    AsTyped,
    /// The corrections it carries as well.
    Corrected,
    /// Names that are one slip away as a whole, too (two when they are long).
    NearNames,
}

/// One word of a query.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Term {
    glyphs: Vec<Glyph>,
    text: String,
    fixes: Vec<Term>,
}

impl Term {
    /// The folded characters.
    #[must_use]
    pub fn glyphs(&self) -> &[Glyph] {
        &self.glyphs
    }

    /// The folded characters as text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Words of the register this term may have been meant for, nearest first.
    #[must_use]
    pub fn fixes(&self) -> &[Term] {
        &self.fixes
    }

    /// Whether the term is found inside words as well: three letters, or one character of a script
    /// written without blanks. Shorter ones would find everything.
    #[must_use]
    pub fn reaches_inside(&self) -> bool {
        self.glyphs.len() >= super::gram::LETTERS || self.glyphs.iter().any(|g| g.is_wide())
    }

    fn of(glyphs: &[Glyph]) -> Self {
        let mut glyphs = glyphs.to_vec();
        if let Some(first) = glyphs.first_mut() {
            first.edge = Edge::Word;
        }
        Self { text: glyphs.iter().map(|g| g.c).collect(), glyphs, fixes: Vec::new() }
    }
}

/// A place in the order of the keys: all keys that begin with `text`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// The beginning of the keys sought.
    pub text: String,
}

impl Probe {
    /// The place of the names whose pinyin begins with `letters`.
    #[must_use]
    pub fn of_reading(letters: &str) -> Self {
        Self { text: key(Mark::Reading, cut(letters, FULL_KEY_LETTERS)) }
    }
}

impl Query {
    /// Reads a query from any text.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let end = text.char_indices().nth(limits::QUERY_CHARS).map_or(text.len(), |(at, _)| at);
        let text = without_scheme(text.get(..end).unwrap_or_default().trim());
        let whole = fold(text);
        let mut terms: Vec<Term> = Vec::new();
        // A blank parts the terms of a query even between Han characters, where in a name it says nothing.
        for piece in text.split_whitespace() {
            for word in fold(piece).words() {
                let term = Term::of(word);
                if terms.len() < limits::QUERY_WORDS && terms.iter().all(|t| t.text != term.text) {
                    terms.push(term);
                }
            }
        }
        Self { raw: raw(text), compact: whole.compact(), terms, phone: phone(text), ..Self::default() }
    }

    /// Whether there is nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.raw.is_empty()
    }

    /// The query trimmed and in lower case.
    #[must_use]
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// All letters and digits in a row.
    #[must_use]
    pub fn compact(&self) -> &str {
        &self.compact
    }

    /// The terms, each of which must match.
    #[must_use]
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The digits of a query that may be a telephone number or the end of one.
    #[must_use]
    pub fn phone(&self) -> Option<&str> {
        self.phone.as_deref()
    }

    /// Pinyin the letters of the query may have been meant for.
    #[must_use]
    pub fn spellings(&self) -> &[String] {
        &self.spellings
    }

    /// How far the query reaches beyond what was typed.
    #[must_use]
    pub fn reach(&self) -> Reach {
        self.reach
    }

    /// The same query reaching farther.
    #[must_use]
    pub fn with_reach(mut self, reach: Reach) -> Self {
        self.reach = reach;
        self
    }

    /// The query as one term, when its words may be the parts of one (`hua wei`).
    #[must_use]
    pub fn whole(&self) -> Option<Term> {
        if self.terms.len() < 2 {
            return None;
        }
        let folded: Folded = fold(&self.compact);
        Some(Term::of(folded.glyphs()))
    }

    /// The letters and the number of a query written like a code (`v1`, `C-0017`, `17`).
    #[must_use]
    pub fn code(&self) -> Option<(&str, u64)> {
        if self.terms.len() == 1 { code(&self.compact) } else { None }
    }

    /// The places in the order of the keys where hits begin.
    #[must_use]
    pub fn probes(&self) -> Vec<Probe> {
        let mut all = Vec::new();
        let mut push = |text: String| all.push(Probe { text });
        if self.compact.is_empty() {
            if !self.raw.is_empty() {
                push(key(Mark::Raw, &self.raw));
            }
            return all;
        }
        push(cut(&self.compact, KEY_BYTES).to_owned());
        if self.is_latin() {
            push(key(Mark::Reading, cut(&self.compact, FULL_KEY_LETTERS)));
            if self.compact.len() <= INITIAL_KEY_LETTERS {
                push(key(Mark::Initials, &self.compact));
            }
        }
        if let Some(number) = &self.phone {
            push(key(Mark::Phone, &number.chars().rev().take(PHONE_TAIL).collect::<String>()));
        }
        all
    }

    /// Whether everything typed is a Latin letter or digit, so that it may be pinyin.
    #[must_use]
    pub fn is_latin(&self) -> bool {
        self.compact.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            && self.compact.bytes().any(|b| b.is_ascii_lowercase())
    }

    /// The same query with words of the register for the term at `at`, nearest first.
    #[must_use]
    pub fn with_fixes(mut self, at: usize, words: &[String]) -> Self {
        if let Some(term) = self.terms.get_mut(at) {
            term.fixes = words.iter().take(FIXES).map(|w| Term::of(fold(w).glyphs())).collect();
        }
        self
    }

    /// The same query with pinyin it may have been meant for.
    #[must_use]
    pub fn with_spellings(mut self, spellings: Vec<String>) -> Self {
        self.spellings = spellings;
        self
    }

    /// Whether the query is written in Han characters alone.
    #[must_use]
    pub fn is_wide(&self) -> bool {
        !self.compact.is_empty() && self.compact.chars().all(is_wide)
    }
}

/// The letters and the number of a folded code; `None` when it is not letters and then digits.
#[must_use]
pub fn code(compact: &str) -> Option<(&str, u64)> {
    let at = compact.find(|c: char| c.is_ascii_digit())?;
    let (letters, number) = compact.split_at_checked(at)?;
    let plain = letters.bytes().all(|b| b.is_ascii_lowercase()) && number.bytes().all(|b| b.is_ascii_digit());
    if !plain || number.len() > 12 {
        return None;
    }
    Some((letters, number.parse().ok()?))
}

fn phone(text: &str) -> Option<String> {
    let number = digits(text);
    let allowed = |c: char| c.is_numeric() || c.is_whitespace() || "+-()/.（）＋－–‑".contains(c);
    (number.len() >= PHONE_DIGITS && text.chars().all(allowed)).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn terms(text: &str) -> Vec<String> {
        Query::parse(text).terms().iter().map(|t| t.text().to_owned()).collect()
    }

    #[test]
    fn blanks_part_terms_in_every_script() {
        assert_eq!(terms("华为 技术"), ["华为", "技术"]);
        assert_eq!(terms("  Acme   FREIGHT acme"), ["acme", "freight"]);
        assert_eq!(terms("万  科Ａ"), ["万", "科a"]);
        assert_eq!(Query::parse("万  科Ａ").compact(), "万科a");
        assert_eq!(terms("O'Brien OR \"x\" NEAR(* AND"), ["obrien", "or", "x", "near", "and"]);
        assert_eq!(terms("https://www.yun.example/"), ["yunexample"]);
    }

    #[test]
    fn what_is_only_digits_may_be_a_telephone_number() {
        assert_eq!(Query::parse("+86 (28) 5550-0199").phone(), Some("862855500199"));
        assert_eq!(Query::parse("V-0001").phone(), None);
        assert_eq!(Query::parse("12").phone(), None);
    }

    #[test]
    fn codes_are_letters_and_a_number() {
        assert_eq!(Query::parse("V-0001").code(), Some(("v", 1)));
        assert_eq!(Query::parse("17").code(), Some(("", 17)));
        assert_eq!(Query::parse("1a").code(), None);
        assert_eq!(Query::parse("v").code(), None);
    }

    #[test]
    fn probes_name_the_places_of_each_sort_of_key() {
        let texts = |q: &str| Query::parse(q).probes().into_iter().map(|p| p.text).collect::<Vec<_>>();
        assert_eq!(texts("Hw JS"), ["hwjs", "'hwjs", "-hwjs"]);
        assert_eq!(texts("0199"), ["0199", "#9910"]);
        assert_eq!(texts("%*"), ["=%*"]);
        assert_eq!(texts(" "), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn every_text_is_a_query_within_the_limits(text in any::<String>()) {
            let query = Query::parse(&text);
            prop_assert!(query.terms().len() <= limits::QUERY_WORDS);
            prop_assert!(query.probes().iter().all(|p| !p.text.is_empty()));
        }
    }
}
