//! Letters of other keyboard layouts as the keys they lie on: a layout left on must not take the
//! commands away, no more than an input method does.
//!
//! No command is ever a letter of these scripts, so nothing is lost by it. It holds where keys are
//! commands alone: in a field a letter is a letter.

use std::collections::BTreeMap;

use crate::app::key::{Key, folded};

/// Layouts that are known by name, with the letters of their keys beside those of the Latin one.
pub const LAYOUTS: [(&str, &[(&str, &str)]); 2] = [
    (
        "cyrillic",
        &[
            ("йцукенгшщзхъ", "qwertyuiop[]"),
            ("фывапролджэ", "asdfghjkl;'"),
            ("ячсмитьбюё", "zxcvbnm,.`"),
            ("ЙЦУКЕНГШЩЗХЪ", "QWERTYUIOP{}"),
            ("ФЫВАПРОЛДЖЭ", "ASDFGHJKL:\""),
            ("ЯЧСМИТЬБЮЁ", "ZXCVBNM<>~"),
            // Where Ukrainian and Belarusian differ.
            ("іїєґўІЇЄҐЎ", "s]'\\oS}\"|O"),
            ("№", "#"),
        ],
    ),
    (
        "greek",
        &[
            ("ςερτυθιοπ", "wertyuiop"),
            ("ασδφγηξκλ", "asdfghjkl"),
            ("ζχψωβνμ", "zxcvbnm"),
            ("ΕΡΤΥΘΙΟΠ", "ERTYUIOP"),
            ("ΑΣΔΦΓΗΞΚΛ", "ASDFGHJKL"),
            ("ΖΧΨΩΒΝΜ", "ZXCVBNM"),
        ],
    ),
];

/// Which letters count as which keys, beside the full-width ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    pairs: BTreeMap<char, char>,
}

impl Default for Board {
    /// Every layout that is known by name.
    fn default() -> Self {
        Self::of(LAYOUTS.map(|(name, _)| name), [])
    }
}

impl Board {
    /// These layouts, and pairs of one's own over them: a letter, and the key it stands for.
    pub fn of<'n>(
        layouts: impl IntoIterator<Item = &'n str>,
        own: impl IntoIterator<Item = (char, char)>,
    ) -> Self {
        let rows = layouts.into_iter().filter_map(|name| LAYOUTS.iter().find(|(known, _)| *known == name));
        let known =
            rows.flat_map(|(_, rows)| rows.iter()).flat_map(|(from, to)| from.chars().zip(to.chars()));
        Self { pairs: known.chain(own).collect() }
    }

    /// The key that counts where keys are commands.
    #[must_use]
    pub fn command(&self, key: Key) -> Key {
        let on = |c: char| self.pairs.get(&c).copied();
        match key {
            Key::Char(c) => on(c).map_or_else(|| folded(key), Key::Char),
            Key::Ctrl(c) => Key::Ctrl(on(c).unwrap_or(c)),
            Key::Alt(c) => Key::Alt(on(c).unwrap_or(c)),
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::keymap::BINDINGS;

    #[test]
    fn each_letter_lies_on_one_key() {
        for (name, rows) in LAYOUTS {
            let mut seen = std::collections::BTreeSet::new();
            for (from, to) in rows {
                assert_eq!(from.chars().count(), to.chars().count(), "{name}: {from}");
                assert!(
                    to.is_ascii() && from.chars().all(|c| !c.is_ascii() && seen.insert(c)),
                    "{name}: {from}"
                );
            }
        }
    }

    #[test]
    fn no_command_is_lost_to_a_layout() {
        let board = Board::default();
        for key in BINDINGS.iter().flat_map(|(_, keys, _)| keys.split(' ')).filter_map(|key| key.parse().ok())
        {
            assert_eq!(board.command(key), key);
        }
    }

    #[test]
    fn letters_count_as_the_keys_they_lie_on() {
        let board = Board::default();
        let key = |c| board.command(Key::Char(c));
        assert_eq!(
            [key('о'), key('Ж'), key('П'), key('ξ'), key('і')],
            [Key::Char('j'), Key::Char(':'), Key::Char('G'), Key::Char('j'), Key::Char('s')]
        );
        assert_eq!(key('：'), Key::Char(':'), "full-width signs count as before");
        assert_eq!(board.command(Key::Ctrl('з')), Key::Ctrl('p'));
        let own = Board::of(["greek"], [('ש', 'a')]);
        assert_eq!(own.command(Key::Char('ש')), Key::Char('a'));
        assert_eq!(own.command(Key::Char('о')), Key::Char('о'), "what is not named counts for nothing");
    }
}
