//! Every sentence of the program in both languages, side by side.
//!
//! A [`Text`] cannot be made without both languages, so a missing sentence does not compile.
//! Placeholders are written `{name}`; a test of the house compares them across the languages.
//! This module must never decide anything: it only holds words.

use std::borrow::Cow;

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Chinese in simplified characters.
    Zh,
}

impl Lang {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::En, Self::Zh];

    /// The word of flags, commands and the configuration (ISO 639-1).
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh",
        }
    }

    /// The language of a word, in upper case or lower case.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.word().eq_ignore_ascii_case(word))
    }
}

/// One sentence in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    /// The English sentence.
    pub en: &'static str,
    /// The Chinese sentence.
    pub zh: &'static str,
}

/// Makes a [`Text`]; the English first, then the Chinese.
#[must_use]
pub const fn text(en: &'static str, zh: &'static str) -> Text {
    Text { en, zh }
}

impl Text {
    /// The sentence in `lang`, placeholders unfilled.
    #[must_use]
    pub const fn in_(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Zh => self.zh,
        }
    }

    /// The sentence in `lang` with each `{name}` replaced by its value.
    ///
    /// Values are inserted as they are and never read for placeholders themselves.
    #[must_use]
    pub fn fill(self, lang: Lang, values: &[(&str, &str)]) -> String {
        let mut rest = self.in_(lang);
        let mut out = String::with_capacity(rest.len() + 16);
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((name, tail)) = after.split_once('}') else {
                out.push('{');
                rest = after;
                continue;
            };
            match values.iter().find(|(key, _)| *key == name) {
                Some((_, value)) => out.push_str(value),
                None => {
                    debug_assert!(false, "no value for {{{name}}} in {:?}", self.en);
                    out.push('{');
                    out.push_str(name);
                    out.push('}');
                }
            }
            rest = tail;
        }
        out.push_str(rest);
        out
    }
}

/// A sentence with its values, not yet in any language.
///
/// Rules and the store speak in these, so that the same refusal is read in English by one
/// operator and in Chinese by the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    text: Text,
    values: Vec<(&'static str, Part)>,
}

/// A value inside a [`Sentence`]: data, or a word that has a translation of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Data, the same in every language.
    Data(String),
    /// A word of the program.
    Word(Text),
    /// Words of the program, with commas between.
    Words(Vec<Text>),
    /// Another sentence.
    Said(Sentence),
    /// Data that has a name in each language, the English one first.
    Named(String, String),
}

impl From<Text> for Sentence {
    fn from(text: Text) -> Self {
        Self { text, values: Vec::new() }
    }
}

impl Sentence {
    /// Adds the value of the placeholder `{name}`.
    #[must_use]
    pub fn with(mut self, name: &'static str, data: impl ToString) -> Self {
        self.values.push((name, Part::Data(data.to_string())));
        self
    }

    /// Adds a word as the value of the placeholder `{name}`.
    #[must_use]
    pub fn with_word(mut self, name: &'static str, word: Text) -> Self {
        self.values.push((name, Part::Word(word)));
        self
    }

    /// Adds words as the value of the placeholder `{name}`, with commas between.
    #[must_use]
    pub fn with_words(mut self, name: &'static str, words: Vec<Text>) -> Self {
        self.values.push((name, Part::Words(words)));
        self
    }

    /// Adds another sentence as the value of the placeholder `{name}`.
    #[must_use]
    pub fn with_sentence(mut self, name: &'static str, said: Self) -> Self {
        self.values.push((name, Part::Said(said)));
        self
    }

    /// Adds data that has a name in each language as the value of the placeholder `{name}`.
    #[must_use]
    pub fn with_name(mut self, name: &'static str, english: &str, chinese: &str) -> Self {
        self.values.push((name, Part::Named(english.to_owned(), chinese.to_owned())));
        self
    }

    /// The sentence in `lang`.
    #[must_use]
    pub fn in_(&self, lang: Lang) -> String {
        let values: Vec<(&str, Cow<'_, str>)> = self
            .values
            .iter()
            .map(|(name, part)| match part {
                Part::Data(data) => (*name, Cow::Borrowed(data.as_str())),
                Part::Word(word) => (*name, Cow::Borrowed(word.in_(lang))),
                Part::Words(words) => {
                    let words: Vec<&str> = words.iter().map(|word| word.in_(lang)).collect();
                    (*name, Cow::Owned(words.join(text(", ", "、").in_(lang))))
                }
                Part::Said(said) => (*name, Cow::Owned(said.in_(lang))),
                Part::Named(english, chinese) => {
                    (*name, Cow::Borrowed(if lang == Lang::En { english.as_str() } else { chinese }))
                }
            })
            .collect();
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, &**value)).collect();
        self.text.fill(lang, &values)
    }
}

/// Line and column (in characters) of a byte of a text, both from 1: how messages name a place in
/// a file.
#[must_use]
pub fn place_in(content: &str, byte: usize) -> (usize, usize) {
    let before = content.get(..byte).unwrap_or(content);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_by_name_and_leaves_values_unread() {
        let t = text("{code} saved by {who}", "{who} 已保存 {code}");
        let values = [("code", "V-0001"), ("who", "{code}")];
        assert_eq!(t.fill(Lang::En, &values), "V-0001 saved by {code}");
        assert_eq!(t.fill(Lang::Zh, &values), "{code} 已保存 V-0001");
    }
}
