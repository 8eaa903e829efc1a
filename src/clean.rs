//! Hostile text made visible: whatever a terminal could obey or hide is shown as a mark.
//!
//! Control characters (C0, DEL, C1), bidirectional controls, zero-width and other invisible
//! characters become `<U+202E>` and the like. Nothing is dropped: what is in the register is
//! seen. Every text that goes to a terminal passes here, and nothing else may escape it.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The text with every character marked that a terminal would obey or hide.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hostile) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut chars = text.chars().peekable();
    let mut before = None;
    while let Some(c) = chars.next() {
        let joins = c == '\u{200d}' && before.is_some_and(is_pictograph) && chars.peek().is_some_and(|n| is_pictograph(*n));
        if is_hostile(c) && !joins {
            let _ = write!(out, "<U+{:04X}>", u32::from(c));
        } else {
            out.push(c);
        }
        before = Some(c);
    }
    Cow::Owned(out)
}

/// As [`clean`], with ends of line kept: for text of many lines, which is then cut into lines.
#[must_use]
pub fn clean_lines(text: &str) -> Vec<Cow<'_, str>> {
    text.split('\n').map(|line| clean(line.strip_suffix('\r').unwrap_or(line))).collect()
}

/// Whether a terminal would obey or hide this character.
#[must_use]
pub fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00ad}'
            | '\u{034f}'
            | '\u{061c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0e}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// A joiner between two pictographs makes one of them; elsewhere it only hides.
fn is_pictograph(c: char) -> bool {
    matches!(u32::from(c), 0x1f000..=0x1faff | 0x2600..=0x27bf | 0xfe0f)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_shown() {
        assert_eq!(clean("a\u{1b}[2Jb"), "a<U+001B>[2Jb");
        assert_eq!(clean("invoice\u{202e}gnp"), "invoice<U+202E>gnp");
        assert_eq!(clean("a\u{9b}31m"), "a<U+009B>31m");
        assert_eq!(clean("pay\u{200b}pal"), "pay<U+200B>pal");
        assert_eq!(clean("\u{feff}x\u{7f}"), "<U+FEFF>x<U+007F>");
        assert!(matches!(clean("腾云数据 Ltd é"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_joiner_is_kept_only_between_pictographs() {
        assert_eq!(clean("👨\u{200d}👩"), "👨\u{200d}👩");
        assert_eq!(clean("pay\u{200d}pal"), "pay<U+200D>pal");
    }

    #[test]
    fn lines_are_cut_and_their_ends_never_shown() {
        assert_eq!(clean_lines("a\r\nb\n\tc"), ["a", "b", "<U+0009>c"]);
    }
}
