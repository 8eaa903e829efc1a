//! How many cells a text takes, on terminals of both kinds.

use unicode_width::UnicodeWidthStr;

/// How many cells a terminal gives to characters of which Unicode says that it depends (East Asian
/// Ambiguous, UAX #11): lines of frames, `…`, quotation marks, accented and Cyrillic letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Breadth {
    /// One: also where nothing is known.
    #[default]
    One,
    /// Two, as terminals set for Chinese may.
    Two,
}

impl Breadth {
    /// The cells that clean text takes.
    #[must_use]
    pub fn cells(self, text: &str) -> usize {
        match self {
            // Most of what is measured is one letter.
            _ if text.len() == 1 => 1,
            Self::One => text.width(),
            Self::Two if text.is_ascii() => text.len(),
            Self::Two => text.width_cjk() + text.chars().filter(|c| is_wide_letter(*c)).count(),
        }
    }
}

/// The ambiguous letters. For good typography they are narrow, and so the crate that measures has
/// them; terminals go by the class alone.
const fn is_wide_letter(c: char) -> bool {
    matches!(
        c,
        '\u{a8}' | '\u{aa}' | '\u{b4}' | '\u{b8}' | '\u{ba}' | '\u{c6}' | '\u{d0}' | '\u{d8}'
        | '\u{de}'..='\u{e1}' | '\u{e6}' | '\u{e8}'..='\u{ea}' | '\u{ec}'..='\u{ed}' | '\u{f0}'
        | '\u{f2}'..='\u{f3}' | '\u{f8}'..='\u{fa}' | '\u{fc}' | '\u{fe}' | '\u{101}' | '\u{111}'
        | '\u{113}' | '\u{11b}' | '\u{126}'..='\u{127}' | '\u{12b}' | '\u{131}'..='\u{133}' | '\u{138}'
        | '\u{13f}'..='\u{142}' | '\u{144}' | '\u{148}'..='\u{14b}' | '\u{14d}' | '\u{152}'..='\u{153}'
        | '\u{166}'..='\u{167}' | '\u{16b}' | '\u{1ce}' | '\u{1d0}' | '\u{1d2}' | '\u{1d4}' | '\u{1d6}'
        | '\u{1d8}' | '\u{1da}' | '\u{1dc}' | '\u{251}' | '\u{261}' | '\u{2c4}' | '\u{2c7}'
        | '\u{2c9}'..='\u{2cb}' | '\u{2cd}' | '\u{2d0}' | '\u{2d8}'..='\u{2db}' | '\u{2dd}' | '\u{2df}'
        | '\u{391}'..='\u{3a1}' | '\u{3a3}'..='\u{3a9}' | '\u{3b1}'..='\u{3c1}' | '\u{3c3}'..='\u{3c9}'
        | '\u{401}' | '\u{410}'..='\u{44f}' | '\u{451}' | '\u{207f}' | '\u{2113}' | '\u{2126}'
        | '\u{212b}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_goes_by_the_class_and_not_by_what_is_a_letter() {
        for text in ["─", "…", "“", "é", "Ж", "Ω", "№", "①", "×"] {
            assert_eq!((Breadth::One.cells(text), Breadth::Two.cells(text)), (1, 2), "{text}");
        }
        for text in ["a", "▰", "❯", "ç", "Ё\u{301}"] {
            let both = (Breadth::One.cells(text), Breadth::Two.cells(text));
            assert_eq!(both, (1, if text.starts_with('Ё') { 2 } else { 1 }), "{text}");
        }
        assert_eq!((Breadth::One.cells("腾云"), Breadth::Two.cells("腾云")), (4, 4));
        assert_eq!(Breadth::Two.cells("e\u{301}"), 1, "an accent of its own takes no cell");
    }
}
