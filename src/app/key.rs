//! Keys of the program's own: what a terminal sends, without the terminal.
//!
//! A key prints as the key map writes it (`Ctrl-P`, `Enter`, `g`) and is read back from that.

use std::fmt;
use std::str::FromStr;

/// One key press.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// A character, with Shift already in it.
    Char(char),
    /// Ctrl and a lower-case letter.
    Ctrl(char),
    /// Alt and a character, a letter in lower case. Over a slow line Esc and a key look like it,
    /// so nothing that changes a record may hang on one.
    Alt(char),
    /// Enter.
    Enter,
    /// Esc.
    Esc,
    /// Tab.
    Tab,
    /// Shift-Tab.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
}

const NAMED: &[(Key, &str)] = &[
    (Key::Enter, "Enter"),
    (Key::Esc, "Esc"),
    (Key::Tab, "Tab"),
    (Key::BackTab, "Shift-Tab"),
    (Key::Backspace, "Backspace"),
    (Key::Delete, "Delete"),
    (Key::Up, "Up"),
    (Key::Down, "Down"),
    (Key::Left, "Left"),
    (Key::Right, "Right"),
    (Key::Home, "Home"),
    (Key::End, "End"),
    (Key::PageUp, "PgUp"),
    (Key::PageDown, "PgDn"),
    (Key::Char(' '), "Space"),
];

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((_, name)) = NAMED.iter().find(|(key, _)| key == self) {
            return f.write_str(name);
        }
        match self {
            Self::Char(c) => write!(f, "{c}"),
            Self::Ctrl(c) => write!(f, "Ctrl-{}", c.to_ascii_uppercase()),
            Self::Alt(c) => write!(f, "Alt-{}", c.to_ascii_uppercase()),
            _ => Ok(()),
        }
    }
}

/// The text names no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoKey;

impl FromStr for Key {
    type Err = NoKey;

    fn from_str(text: &str) -> Result<Self, NoKey> {
        if let Some((key, _)) = NAMED.iter().find(|(_, name)| *name == text) {
            return Ok(*key);
        }
        let one = |text: &str| {
            let mut chars = text.chars();
            chars.next().filter(|_| chars.next().is_none())
        };
        let with = |held: &str| text.strip_prefix(held).map(|rest| one(rest).map(|c| c.to_ascii_lowercase()));
        let key = match (with("Ctrl-"), with("Alt-")) {
            (Some(c), _) => c.map(Self::Ctrl),
            (_, Some(c)) => c.map(Self::Alt),
            _ => one(text).map(Self::Char),
        };
        key.ok_or(NoKey)
    }
}

/// Keys of a sequence as the key map writes it, such as `g g`.
///
/// # Errors
/// [`NoKey`] when one of the words names no key.
pub fn sequence(text: &str) -> Result<Vec<Key>, NoKey> {
    text.split(' ').map(str::parse).collect()
}

/// A full-width sign or letter as the key it stands for: an input method left on must not take
/// the commands away.
#[must_use]
pub fn folded(key: Key) -> Key {
    let Key::Char(c) = key else { return key };
    let ascii = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        '。' => '.',
        '、' => '/',
        '【' | '「' => '[',
        '】' | '」' => ']',
        '《' => '<',
        '》' => '>',
        '…' => '^',
        '￥' => '$',
        other => other,
    };
    Key::Char(ascii)
}

/// Whether a key types a Chinese character: no command is ever one.
#[must_use]
pub fn is_han(key: Key) -> bool {
    matches!(key, Key::Char(c) if crate::lookup::fold::is_han(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_prints_as_text_that_reads_back() {
        let mut keys: Vec<Key> = NAMED.iter().map(|(key, _)| *key).collect();
        keys.extend(['a', 'Z', '/', '中'].map(Key::Char));
        keys.extend(['p', 's'].map(Key::Ctrl));
        keys.extend(['b', '/'].map(Key::Alt));
        for key in keys {
            assert_eq!(key.to_string().parse(), Ok(key));
        }
        assert_eq!(sequence("g g"), Ok(vec![Key::Char('g'), Key::Char('g')]));
        assert_eq!("Ctrl-PP".parse::<Key>(), Err(NoKey));
    }

    #[test]
    fn full_width_signs_are_the_keys_they_stand_for() {
        for (wide, key) in [('：', ':'), ('／', '/'), ('？', '?'), ('ｊ', 'j'), ('《', '<'), ('　', ' ')]
        {
            assert_eq!(folded(Key::Char(wide)), Key::Char(key));
        }
    }
}
