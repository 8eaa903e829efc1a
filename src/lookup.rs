//! Look-up: finding any record by what a hurried person types of it.
//!
//! A record gives its [`Entry`]s (names, codes, telephone numbers); [`postings()`] makes of them what the
//! index keeps: **keys** in order, for what is typed from the beginning, **grams** for what stands inside,
//! and **words** for slips of the keyboard. A [`Query`] names the places to look; what comes from there are
//! candidates only, and [`rank()`] decides on the entries themselves what matches and how well.
//! Nothing here knows where the index lies, reads a clock or fails on any text.

pub mod fold;
pub mod gram;
pub mod pinyin;
pub mod query;
pub mod rank;
pub mod typo;

pub use pinyin::sort_key;
pub use query::Query;
pub use rank::{Candidate, Hit, Kind, Tier, highlights, matches, matches_text, rank};

use crate::limits::{ENTRIES, ENTRY_CHARS, KINDS};
use fold::{Edge, Folded, fold};

/// The edition of the postings, to be raised whenever the same entries give others. A register keeps the
/// edition that made its index, and has the index made anew when that is not this one.
pub const EDITION: i64 = 1;
/// Bytes of a key of written text; longer beginnings are told apart when the candidates are ranked.
pub const KEY_BYTES: usize = 32;

/// What an entry is to its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldRole {
    /// A name of the record in any language.
    Name,
    /// Another name: short, former, translated.
    Alias,
    /// Our code (`V-0001`).
    Code,
    /// Their number of a contract.
    Number,
    /// The key of the record in another system, such as a stock code.
    ExternalId,
    /// The unified social credit code or tax number.
    CreditCode,
    /// What a contract, risk or action is about.
    Title,
    /// A tag.
    Tag,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A web address.
    Website,
}

impl FieldRole {
    const ALL: [Self; 11] = [
        Self::Name,
        Self::Alias,
        Self::Code,
        Self::Number,
        Self::ExternalId,
        Self::CreditCode,
        Self::Title,
        Self::Tag,
        Self::Phone,
        Self::Email,
        Self::Website,
    ];

    /// The word of this role in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Alias => "alias",
            Self::Code => "code",
            Self::Number => "number",
            Self::ExternalId => "external_id",
            Self::CreditCode => "credit_code",
            Self::Title => "title",
            Self::Tag => "tag",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Website => "website",
        }
    }

    /// Whether the entry is words in a language, to be read by pinyin and to hold slips.
    #[must_use]
    pub fn is_words(self) -> bool {
        matches!(self, Self::Name | Self::Alias | Self::Title | Self::Tag)
    }
}

/// One text by which a record is found.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Entry {
    /// What it is to the record.
    pub role: FieldRole,
    /// The text as the record holds it.
    pub text: String,
}

impl Entry {
    /// An entry.
    #[must_use]
    pub fn new(role: FieldRole, text: impl Into<String>) -> Self {
        Self { role, text: text.into() }
    }

    /// The text that is folded: a web address without scheme and path.
    pub(crate) fn folded(&self) -> Folded {
        fold(if self.role == FieldRole::Website { domain(&self.text) } else { &self.text })
    }
}

/// The kind in the number of a record.
#[must_use]
pub fn kind_of(doc: i64) -> u8 {
    u8::try_from(doc.rem_euclid(KINDS)).unwrap_or(u8::MAX)
}

/// What the index keeps of a record with `entries`; the same entries always give the same postings.
#[must_use]
pub fn postings(entries: &[Entry]) -> Postings {
    let mut found = Postings::default();
    let mut grams = Vec::with_capacity(64);
    for entry in entries.iter().take(ENTRIES) {
        found.add(entry, &mut grams);
    }
    for list in [&mut found.keys, &mut found.words, &mut grams] {
        list.sort_unstable();
        list.dedup();
    }
    found.grams = grams.join(" ");
    found
}

/// The words of `entries` that the index keeps for slips of the keyboard, as [`postings()`] gives them.
pub fn words_of(entries: &[Entry]) -> impl Iterator<Item = String> {
    let of_words = entries.iter().take(ENTRIES).filter(|entry| entry.role.is_words());
    of_words.flat_map(|entry| {
        let short = Entry::new(entry.role, first_chars(&entry.text, ENTRY_CHARS)).folded();
        if short.compact().is_empty() { Vec::new() } else { words(&short).collect() }
    })
}

/// What the index keeps of one record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Postings {
    /// Keys in order, each once.
    pub keys: Vec<String>,
    /// Grams separated by blanks, each once.
    pub grams: String,
    /// Words that may be mistyped, each once.
    pub words: Vec<String>,
}

impl Postings {
    fn add(&mut self, entry: &Entry, grams: &mut Vec<String>) {
        let short = Entry::new(entry.role, first_chars(&entry.text, ENTRY_CHARS));
        if entry.role == FieldRole::Phone {
            let digits = fold::digits(&short.text);
            if digits.len() >= query::PHONE_DIGITS {
                self.keys.push(key(Mark::Phone, &reversed(&digits)));
                gram::of_phone(&digits, grams);
            }
            return;
        }
        let folded = short.folded();
        let compact = folded.compact();
        if compact.is_empty() {
            let raw = fold::raw(&short.text);
            self.keys.extend((!raw.is_empty()).then(|| key(Mark::Raw, &raw)));
            return;
        }
        if entry.role != FieldRole::Tag {
            self.keys.push(cut(&compact, KEY_BYTES).to_owned());
        }
        match entry.role {
            FieldRole::Name | FieldRole::Alias => {
                self.keys.extend(pinyin::full_keys(&folded).iter().map(|k| key(Mark::Reading, k)));
                self.keys.extend(pinyin::initial_keys(&folded).iter().map(|k| key(Mark::Initials, k)));
                self.keys.extend(acronym(&folded).map(|a| key(Mark::Initials, &a)));
            }
            FieldRole::Email => {
                let host = short.text.rsplit_once('@').map(|(_, host)| fold(host).compact());
                self.keys.extend(host.filter(|h| !h.is_empty()).map(|h| cut(&h, KEY_BYTES).to_owned()));
            }
            _ => {}
        }
        if !matches!(entry.role, FieldRole::Code | FieldRole::Email | FieldRole::Website) {
            gram::of_text(&folded, grams);
        }
        if entry.role.is_words() {
            self.words.extend(words(&folded));
        }
    }
}

/// The entries as bytes, to be kept beside the index; each text at its indexed length.
#[must_use]
pub fn pack(entries: &[Entry]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in entries.iter().take(ENTRIES) {
        let text = first_chars(&entry.text, ENTRY_CHARS);
        let place = FieldRole::ALL.iter().position(|r| *r == entry.role).and_then(|p| u8::try_from(p).ok());
        if let (Some(place), Ok(length)) = (place, u16::try_from(text.len())) {
            bytes.push(place);
            bytes.extend(length.to_le_bytes());
            bytes.extend(text.as_bytes());
        }
    }
    bytes
}

/// The entries of [`pack`]; what cannot be read is left out, since the index can be made anew.
#[must_use]
pub fn unpack(bytes: &[u8]) -> Vec<Entry> {
    let mut found = Vec::new();
    let mut rest = bytes;
    while let Some(([place, low, high], tail)) = rest.split_first_chunk::<3>() {
        let length = usize::from(u16::from_le_bytes([*low, *high]));
        let Some((text, tail)) = tail.split_at_checked(length) else { break };
        if let (Some(role), Ok(text)) = (FieldRole::ALL.get(usize::from(*place)), std::str::from_utf8(text)) {
            found.push(Entry::new(*role, text));
        }
        rest = tail;
    }
    found
}

/// What a key was made of; its mark sorts it apart from written text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Reading,
    Initials,
    Phone,
    Raw,
}

pub(crate) fn key(mark: Mark, text: &str) -> String {
    let sign = match mark {
        Mark::Reading => '\'',
        Mark::Initials => '-',
        Mark::Phone => '#',
        Mark::Raw => '=',
    };
    format!("{sign}{}", cut(text, KEY_BYTES))
}

/// The first letters of a name of two Latin words or more (`Amazon Web Services`: `aws`).
pub(crate) fn acronym(folded: &Folded) -> Option<String> {
    let letters: String = folded.words().filter_map(|w| w.first()).map(|g| g.c).collect();
    let plain = letters.len() >= 2 && letters.bytes().all(|b| b.is_ascii_alphanumeric());
    plain.then(|| cut(&letters, pinyin::INITIAL_KEY_LETTERS).to_owned())
}

/// The longest beginning of `text` of at most `bytes` bytes that ends between characters.
pub(crate) fn cut(text: &str, bytes: usize) -> &str {
    (0..=bytes.min(text.len())).rev().find_map(|end| text.get(..end)).unwrap_or_default()
}

/// A web address without its scheme and `www`.
pub(crate) fn without_scheme(text: &str) -> &str {
    let text = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or(text);
    text.strip_prefix("www.").unwrap_or(text)
}

fn domain(text: &str) -> &str {
    without_scheme(text.trim()).split(['/', '?', '#', ':']).next().unwrap_or_default()
}

pub(crate) fn first_chars(text: &str, most: usize) -> &str {
    let end = text.char_indices().nth(most).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or_default()
}

fn reversed(text: &str) -> String {
    text.chars().rev().collect()
}

/// The words of letters alone that are long enough to be mistyped, and the parts of joined ones.
fn words(folded: &Folded) -> impl Iterator<Item = String> {
    let fits = |text: &String| {
        let letters = text.chars().count();
        (typo::KEPT_LETTERS..=typo::WORD_LETTERS).contains(&letters)
            && text.chars().all(|c| c.is_alphabetic() && !fold::is_wide(c))
    };
    let text = |glyphs: &[fold::Glyph]| glyphs.iter().map(|g| g.c).collect::<String>();
    folded.words().flat_map(move |word| {
        let parts = word.chunk_by(|_, next| next.edge == Edge::Inside).map(text);
        parts.chain([text(word)]).filter(fits).collect::<Vec<_>>()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn keys(role: FieldRole, text: &str) -> Vec<String> {
        postings(&[Entry::new(role, text)]).keys
    }

    #[test]
    fn a_name_is_keyed_as_written_by_pinyin_and_by_initials() {
        assert_eq!(
            keys(FieldRole::Name, "万  科Ａ"),
            ["'wanka", "'wankea", "-wka", "万科a"].map(String::from)[1..]
        );
        assert_eq!(keys(FieldRole::Name, "Amazon Web Services"), ["-aws", "amazonwebservices"]);
        assert_eq!(keys(FieldRole::Name, "%*"), ["=%*"]);
        assert_eq!(keys(FieldRole::Title, "框架协议"), ["框架协议"]);
        assert_eq!(keys(FieldRole::Code, "V-0001"), ["v0001"]);
        assert_eq!(keys(FieldRole::Phone, "+86 28 5550 0199"), ["#991005558268"]);
        assert_eq!(keys(FieldRole::Email, "wang.min@yun.example"), ["wangminyunexample", "yunexample"]);
        assert_eq!(keys(FieldRole::Website, "https://www.yun.example/a?b"), ["yunexample"]);
    }

    #[test]
    fn grams_hold_beginnings_pieces_and_readings() {
        let grams = postings(&[Entry::new(FieldRole::Name, "O'Brien 华为")]).grams;
        let all: Vec<&str> = grams.split(' ').collect();
        for gram in ["^o", "^ob", "^obr", "^b", "^br", "^bri", "rie", "华", "华为", "hua'wei", "wei'", "-hw"]
        {
            assert!(all.contains(&gram), "{gram} in {grams}");
        }
    }

    #[test]
    fn words_that_may_be_mistyped_are_kept() {
        let words = postings(&[Entry::new(FieldRole::Name, "Coca-Cola Co 2024 华为 Zürich")]).words;
        assert_eq!(words, ["coca", "cocacola", "cola", "zurich"]);
    }

    proptest! {
        #[test]
        fn entries_come_back_as_they_were(texts in proptest::collection::vec("\\PC{0,30}", 0..9)) {
            let entries: Vec<Entry> = texts.iter().zip(FieldRole::ALL).map(|(t, r)| Entry::new(r, t.as_str())).collect();
            prop_assert_eq!(unpack(&pack(&entries)), entries);
        }

        #[test]
        fn any_bytes_unpack_without_harm(bytes in any::<Vec<u8>>()) {
            prop_assert!(unpack(&bytes).len() <= bytes.len());
        }

        #[test]
        fn any_text_has_postings_within_the_limits(text in any::<String>()) {
            for role in FieldRole::ALL {
                let postings = postings(&[Entry::new(role, text.as_str())]);
                prop_assert!(postings.keys.iter().all(|k| k.len() <= KEY_BYTES + 1));
                prop_assert!(!postings.grams.contains('"'));
                let mut words: Vec<String> = words_of(&[Entry::new(role, text.as_str())]).collect();
                words.sort_unstable();
                words.dedup();
                prop_assert_eq!(words, postings.words);
            }
        }
    }
}
