//! A text field: tui-input's core, which counts columns and graphemes rightly, plus paste and a
//! limit. What the limit keeps out is told to the caller, never lost in silence.

use tui_input::{Input, InputRequest};

use crate::app::key::Key;
use crate::entity::input::one_line;
use crate::limits;

/// What a key did to a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// The text is another.
    Changed,
    /// Only the cursor moved, or nothing happened at an edge.
    Moved,
    /// The field is full: the character was not taken.
    Full,
    /// The key is none of a text field's.
    Passed,
}

/// One text field.
#[derive(Debug, Clone)]
pub struct TextField {
    input: Input,
    most: usize,
}

impl PartialEq for TextField {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text() && self.input.cursor() == other.input.cursor()
    }
}

impl Default for TextField {
    fn default() -> Self {
        Self::new("")
    }
}

impl TextField {
    /// A field of a line that holds `text`, the cursor behind it.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self::of_at_most(limits::LINE_CHARS, text)
    }

    /// A field that takes in text up to `most` characters, and holds `text` however long that is.
    #[must_use]
    pub fn of_at_most(most: usize, text: impl Into<String>) -> Self {
        Self { input: Input::new(text.into()), most }
    }

    /// How many characters it takes.
    #[must_use]
    pub fn most(&self) -> usize {
        self.most
    }

    /// What it holds.
    #[must_use]
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// The text before the cursor.
    #[must_use]
    pub fn before_cursor(&self) -> &str {
        self.halves().0
    }

    /// Replaces the text; the limit is not asked.
    pub fn set(&mut self, text: impl Into<String>) {
        self.input = Input::new(text.into());
    }

    /// Replaces the text before the cursor, which stays behind it; the limit is not asked.
    pub fn set_before_cursor(&mut self, text: &str) {
        let held = [text, self.halves().1].concat();
        let cursor = text.chars().count();
        self.input = std::mem::take(&mut self.input).with_value(held).with_cursor(cursor);
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key) -> Typed {
        let request = match key {
            Key::Char(_) if self.room() == 0 => return Typed::Full,
            Key::Char(c) => InputRequest::InsertChar(c),
            Key::Backspace | Key::Ctrl('h') => InputRequest::DeletePrevChar,
            Key::Delete => InputRequest::DeleteNextChar,
            Key::Left | Key::Ctrl('b') => InputRequest::GoToPrevChar,
            Key::Right | Key::Ctrl('f') => InputRequest::GoToNextChar,
            Key::Home | Key::Ctrl('a') => InputRequest::GoToStart,
            Key::End => InputRequest::GoToEnd,
            Key::Alt('b') => InputRequest::GoToPrevWord,
            Key::Alt('f') => InputRequest::GoToNextWord,
            Key::Alt('d') => InputRequest::DeleteNextWord,
            Key::Ctrl('w') => InputRequest::DeletePrevWord,
            Key::Ctrl('u') => InputRequest::DeleteLine,
            Key::Ctrl('k') => InputRequest::DeleteTillEnd,
            _ => return Typed::Passed,
        };
        match self.input.handle(request) {
            Some(change) if change.value => Typed::Changed,
            _ => Typed::Moved,
        }
    }

    /// Inserts pasted text at the cursor as it is, as far as it fits; ends of line become `\n`.
    /// How many characters of it were not taken.
    pub fn paste(&mut self, text: &str) -> usize {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let (taken, rest) = halved(&text, self.room());
        let (before, after) = self.halves();
        let held = [before, taken, after].concat();
        let cursor = self.input.cursor() + taken.chars().count();
        self.input = std::mem::take(&mut self.input).with_value(held).with_cursor(cursor);
        rest.chars().count()
    }

    /// Inserts pasted text at the cursor as one line, as far as it fits. How many characters of it
    /// were not taken.
    pub fn paste_line(&mut self, text: &str) -> usize {
        self.paste(&one_line(text))
    }

    fn room(&self) -> usize {
        self.most.saturating_sub(self.text().chars().count())
    }

    /// The text before the cursor and the text behind it.
    fn halves(&self) -> (&str, &str) {
        halved(self.text(), self.input.cursor())
    }
}

/// The first characters of a text, and the rest.
fn halved(text: &str, chars: usize) -> (&str, &str) {
    let end = text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at);
    text.split_at_checked(end).unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_is_edited_by_character() {
        let mut field = TextField::new("供应商");
        for key in [Key::Left, Key::Left, Key::Delete, Key::Char('货'), Key::Backspace] {
            field.key(key);
        }
        assert_eq!(field.text(), "供商");
        assert_eq!(field.before_cursor(), "供");
    }

    #[test]
    fn alt_moves_by_words_and_types_nothing() {
        let mut field = TextField::new("one two three");
        for key in [Key::Alt('b'), Key::Alt('b'), Key::Alt('d'), Key::Alt('x')] {
            field.key(key);
        }
        assert_eq!(field.text(), "one three");
        assert_eq!(field.key(Key::Alt('x')), Typed::Passed);
    }

    #[test]
    fn a_paste_keeps_its_lines() {
        let mut field = TextField::new("a");
        assert_eq!(field.paste("b\r\nc\rd"), 0);
        assert_eq!(field.text(), "ab\nc\nd");
    }

    #[test]
    fn a_paste_into_one_line_is_one_line() {
        let mut field = TextField::new("a");
        field.paste_line("b\r\nc\rd\n");
        assert_eq!(field.text(), "ab c d");
    }

    #[test]
    fn a_paste_goes_in_at_the_cursor_and_leaves_it_behind() {
        let mut field = TextField::new("供商");
        field.key(Key::Left);
        field.paste("应");
        assert_eq!((field.before_cursor(), field.text()), ("供应", "供应商"));
    }

    #[test]
    fn a_full_field_takes_no_more_and_says_how_much_it_left_out() {
        let mut field = TextField::of_at_most(5, "供应");
        field.key(Key::Home);
        assert_eq!(field.paste("abcd"), 1);
        assert_eq!((field.before_cursor(), field.text()), ("abc", "abc供应"));
        assert_eq!(field.key(Key::Char('x')), Typed::Full);
        assert_eq!(field.paste("xyz"), 3);
        assert_eq!(field.key(Key::Backspace), Typed::Changed);
        assert_eq!(field.key(Key::Char('x')), Typed::Changed);
        assert_eq!(field.text(), "abx供应");
    }

    #[test]
    fn a_long_paste_is_taken_whole() {
        let mut field = TextField::of_at_most(limits::LONG_CHARS, "");
        assert_eq!(field.paste(&"长文本\n".repeat(limits::LONG_CHARS / 4 + 1)), 4);
        assert_eq!(field.text().chars().count(), limits::LONG_CHARS);
    }
}
