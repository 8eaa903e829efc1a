//! Erasing a person's data for good, as data: what would go, what stays, what was done.

use crate::domain::blot::Words;
use crate::entity::{Kind, Ref};
use crate::register::Saved;
use crate::texts::{Sentence, Text, text};

/// What stands where something was erased, in both languages: it is part of the register, and no more a
/// word of a screen.
pub const ERASED: &str = "[erased 已抹除]";

/// Whether records of this kind are about a person, so that one of them can be erased.
#[must_use]
pub const fn is_of_a_person(kind: Kind) -> bool {
    matches!(kind, Kind::Contact | Kind::Interaction)
}

/// What erasing a record would take away.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Erasure {
    /// The code of the record: what is typed to erase it.
    pub code: String,
    /// What people call it.
    pub label: String,
    /// The words that go wherever they stand: names, numbers and addresses, those of the past too.
    pub words: Words,
    /// Events of the record whose content goes.
    pub events: usize,
    /// Other records that hold one of the words now, with the fields it is taken out of.
    pub places: Vec<Spot>,
    /// Events of other records whose content goes in part.
    pub other_events: usize,
    /// Fields that hold one of the words and keep it: a firm's own name or number, another person's.
    pub left: Vec<Spot>,
    /// Copies beside the register, which hold everything until they are removed.
    pub copies: Vec<String>,
}

/// Records named in a line; of more it is told how many.
const NAMED: usize = 6;

impl Erasure {
    /// What would go and what stays, in sentences: everything to know before it is done.
    #[must_use]
    pub fn sentences(&self) -> Vec<Sentence> {
        let named = Sentence::from(OF_ITSELF).with("code", &self.code).with("label", &self.label);
        let mut told = vec![named.with("events", self.events)];
        let words = self.words.told();
        if let Some(words) = series(words.iter().map(String::as_str)) {
            told.push(Sentence::from(LOOKED_FOR).with_sentence("words", words));
        }
        if let Some(words) = series(self.words.too_short()) {
            let sentence = Sentence::from(TOO_SHORT).with_sentence("words", words);
            told.push(sentence.with("code", &self.code));
        }
        if !self.places.is_empty() || self.other_events > 0 {
            let sentence = if self.places.is_empty() { IN_THE_PAST } else { ELSEWHERE };
            told.push(
                Sentence::from(sentence)
                    .with_sentence("places", list(&self.places))
                    .with("events", self.other_events),
            );
        }
        if !self.left.is_empty() {
            told.push(Sentence::from(STAYS).with_sentence("places", list(&self.left)));
        }
        if !self.copies.is_empty() {
            told.push(Sentence::from(COPIES_HOLD).with("count", self.copies.len()));
        }
        told.push(FOR_GOOD.into());
        told
    }
}

/// Words in a row, as people write them.
fn series<'a>(words: impl Iterator<Item = &'a str>) -> Option<Sentence> {
    let both = text("{first}, {next}", "{first}、{next}");
    words
        .map(|word| Sentence::from(text("{word}", "{word}")).with("word", word))
        .reduce(|all, next| Sentence::from(both).with_sentence("first", all).with_sentence("next", next))
}

fn list(spots: &[Spot]) -> Sentence {
    let mut spots_told = spots.iter().take(NAMED).map(Spot::sentence);
    let first = spots_told.next().unwrap_or_else(|| text("", "").into());
    let both = text("{first} · {next}", "{first} · {next}");
    let joined = spots_told.fold(first, |all, next| {
        Sentence::from(both).with_sentence("first", all).with_sentence("next", next)
    });
    match spots.len().saturating_sub(NAMED) {
        0 => joined,
        more => Sentence::from(text("{first} and {more} more", "{first} 等另 {more} 处"))
            .with_sentence("first", joined)
            .with("more", more),
    }
}

const OF_ITSELF: Text = text(
    "{code} {label}: the record, and what the history told of it (events: {events}).",
    "{code} {label}：记录本身及 {events} 条历史事件的内容。",
);
const LOOKED_FOR: Text = text("Looked for: {words}.", "查找内容：{words}。");
const TOO_SHORT: Text = text(
    "Too short to be looked for: {words}. vendeck erase {code} --also TEXT looks for what it names, however short.",
    "过短而不查找：{words}。可用 vendeck erase {code} --also 文字 指定，长短不限。",
);
const ELSEWHERE: Text = text(
    "Its words also go out of {places}, and of the history of other records (events: {events}).",
    "其姓名、电话、邮箱还将从 {places} 以及其他记录的 {events} 条历史事件中清除。",
);
const IN_THE_PAST: Text = text(
    "Its words also go out of the history of other records (events: {events}).",
    "其姓名、电话、邮箱还将从其他记录的 {events} 条历史事件中清除。",
);
const STAYS: Text = text(
    "They stay where they are a firm's own or another person's: {places}. Edit them there if they are not.",
    "属于公司或他人的内容保留：{places}。如非如此，请先在该处修改。",
);
const COPIES_HOLD: Text = text(
    "Copies hold it until they are removed: {count} beside the register, and every one kept elsewhere.",
    "登记册旁的 {count} 份副本在删除前仍含有这些内容；存放在别处的副本亦然。",
);
const FOR_GOOD: Text = text(
    "Nothing takes this back. The history keeps that it happened: who, when, which fields.",
    "此操作无法撤销。历史仅保留操作人、时间和涉及的字段。",
);

/// Some fields of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The record.
    pub at: Ref,
    /// Its code.
    pub code: String,
    /// The keys of the fields.
    pub fields: Vec<&'static str>,
}

impl Spot {
    /// The record and its fields, for a line.
    #[must_use]
    pub fn sentence(&self) -> Sentence {
        let fields = &self.at.kind.table().fields;
        let label = |key: &&str| fields.iter().find(|meta| meta.key == *key).map(|meta| meta.label);
        let labels: Vec<Text> = self.fields.iter().filter_map(label).collect();
        let blank = || Sentence::from(text("", ""));
        let joined = labels.into_iter().fold(None, |words: Option<Sentence>, label| match words {
            None => Some(label.into()),
            Some(words) => {
                let both = text("{first}, {next}", "{first}、{next}");
                Some(Sentence::from(both).with_sentence("first", words).with_word("next", label))
            }
        });
        let line = Sentence::from(text("{code} {fields}", "{code} {fields}")).with("code", &self.code);
        line.with_sentence("fields", joined.unwrap_or_else(blank))
    }
}

/// What was erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// What was written.
    pub saved: Saved,
    /// What was known of it before.
    pub erasure: Erasure,
    /// Whether nothing of it is left in the file.
    pub swept: Swept,
}

/// Whether anything of what was erased is left in free pages of the file, or in its log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Swept {
    /// Nothing is left.
    Clean,
    /// Another program reads what was there before, or the disk is full; the next start that can write sweeps it.
    Later,
}
