//! Text made fit to be shown: what could steer a terminal or hide from the eye is written out.
//!
//! Names and notes come from files and from strangers. A control character is shown as
//! `<U+001B>`, a bidirectional override as `<U+202E>`; nothing is dropped and nothing else is
//! changed. This is the one place that knows which characters those are; it never cuts.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The text on one line, every unsafe character written out; line breaks and tabs too.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    written_out(text, is_unsafe)
}

/// The text on as many lines as it has: as [`clean`], but a line feed stays one, and the carriage
/// return of a Windows line end goes.
#[must_use]
pub fn clean_lines(text: &str) -> Cow<'_, str> {
    if text.contains("\r\n") {
        let unix = text.replace("\r\n", "\n");
        return Cow::Owned(written_out(&unix, |c| c != '\n' && is_unsafe(c)).into_owned());
    }
    written_out(text, |c| c != '\n' && is_unsafe(c))
}

/// Whether a character must not reach a terminal as it is: C0 and C1 control characters and DEL,
/// line separators, bidirectional marks, embeddings, overrides and isolates, and whatever takes no
/// room of its own though it is no accent (zero-width, variation selectors, tags, fillers).
#[must_use]
pub const fn is_unsafe(c: char) -> bool {
    matches!(c,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

fn written_out(text: &str, escape: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.chars().any(&escape) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if escape(c) {
            let _ = write!(out, "<U+{:04X}>", u32::from(c));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_written_out() {
        assert_eq!(clean("a\u{1b}[2Jb"), "a<U+001B>[2Jb");
        assert_eq!(clean("a\u{9b}31mb"), "a<U+009B>31mb");
        assert_eq!(clean("pay\u{200b}pal \u{202e}gpj.exe"), "pay<U+200B>pal <U+202E>gpj.exe");
        assert_eq!(clean("☎\u{fe0f} Ltd"), "☎<U+FE0F> Ltd");
        assert_eq!(clean("\u{e0041}"), "<U+E0041>");
        assert_eq!(clean("one\ntwo\tthree\r"), "one<U+000A>two<U+0009>three<U+000D>");
    }

    #[test]
    fn what_is_harmless_stays_as_it_is() {
        for text in ["腾云数据科技有限公司", "Café e\u{301}", "  two  blanks ", "O'Brien & Sons (UK)", ""]
        {
            assert!(matches!(clean(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }

    #[test]
    fn long_text_keeps_its_lines() {
        assert_eq!(clean_lines("one\r\ntwo\nthree\rx"), "one\ntwo\nthree<U+000D>x");
        assert_eq!(clean_lines("a\u{9d}\nb"), "a<U+009D>\nb");
    }

    #[test]
    fn no_control_character_is_left() {
        for c in ('\0'..=char::MAX).filter(|c| c.is_control()) {
            assert!(is_unsafe(c), "{:04X}", u32::from(c));
        }
    }
}
