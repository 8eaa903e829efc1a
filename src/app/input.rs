//! A text field: tui-input's core, which counts columns and graphemes rightly, plus paste.

use tui_input::{Input, InputRequest};

use crate::app::key::Key;

/// What a key did to a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// The text is another.
    Changed,
    /// Only the cursor moved, or nothing happened at an edge.
    Moved,
    /// The key is none of a text field's.
    Passed,
}

/// One text field.
#[derive(Debug, Clone, Default)]
pub struct TextField {
    input: Input,
}

impl PartialEq for TextField {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text() && self.input.cursor() == other.input.cursor()
    }
}

impl TextField {
    /// A field that holds `text`, the cursor behind it.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { input: Input::new(text.into()) }
    }

    /// What it holds.
    #[must_use]
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// The text before the cursor.
    #[must_use]
    pub fn before_cursor(&self) -> String {
        self.text().chars().take(self.input.cursor()).collect()
    }

    /// Replaces the text.
    pub fn set(&mut self, text: impl Into<String>) {
        self.input = Input::new(text.into());
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key) -> Typed {
        let request = match key {
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

    /// Inserts pasted text at the cursor as it is; ends of line become `\n`.
    pub fn paste(&mut self, text: &str) {
        for c in text.replace("\r\n", "\n").replace('\r', "\n").chars() {
            let _ = self.input.handle(InputRequest::InsertChar(c));
        }
    }
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
        field.paste("b\r\nc\rd");
        assert_eq!(field.text(), "ab\nc\nd");
    }
}
