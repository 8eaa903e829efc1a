//! What is erased: the events and fields that hold a person's words, found by reading the whole history.

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde_json::{Map, Value as Json};

use super::of_a_person;
use crate::domain::blot::Words;
use crate::entity::{Kind, Meta, Record, Ref, Shape, Value};
use crate::register::erase::ERASED;
use crate::register::{Refusal, code_of};
use crate::store::change::event::Content;
use crate::store::{card, migrate, refused};
use crate::texts::{Sentence, Text, text};

/// What erasing one record comes to.
pub(super) struct Found {
    pub(super) at: Ref,
    pub(super) label: String,
    pub(super) words: Words,
    /// Events whose content goes, with what stays of it.
    pub(super) told: Vec<Told>,
    /// The records whose values change, as they are now.
    pub(super) now: BTreeMap<Ref, Record>,
    /// Other records with the values they will have.
    pub(super) places: Vec<(Ref, Vec<Value>)>,
    /// Fields that hold a word and keep it.
    pub(super) left: Vec<(Ref, Vec<&'static str>)>,
}

/// An event of which something goes.
pub(super) struct Told {
    pub(super) seq: i64,
    pub(super) at: Ref,
    /// What stays of the values before and after, and of the reason.
    pub(super) left: [Option<String>; 3],
    pub(super) seals: Option<String>,
    /// The digest of its first content.
    pub(super) sealed: Vec<u8>,
}

/// An event as it stands.
struct Row {
    seq: i64,
    at: Ref,
    texts: [Option<String>; 3],
    seals: Option<String>,
    salt: Vec<u8>,
    sealed: Option<Vec<u8>>,
}

impl Row {
    /// Whether it holds a word. Asked of the values themselves: in the text of JSON a line break is a letter.
    fn holds(&self, words: &Words) -> bool {
        let [before, after, reason] = self.texts.each_ref().map(Option::as_deref);
        let fields = [before, after].into_iter().filter_map(fields_of).flatten();
        words.are_in(reason.unwrap_or_default()) || fields.into_iter().any(|(_, value)| is_in(&value, words))
    }

    /// The event with something of it gone; `None` where all stays.
    fn without(
        self,
        gone: impl Fn(&str, Json) -> Json,
        in_reason: impl Fn(&str) -> Option<String>,
    ) -> Option<Told> {
        let told = |text: &Option<String>| {
            let json = fields_of(text.as_deref());
            let left = |(key, value): (String, Json)| (key.clone(), gone(&key, value));
            json.map(|map| Json::Object(map.into_iter().map(left).collect()).to_string())
        };
        let [before, after, reason] = &self.texts;
        let left = [
            told(before),
            told(after),
            reason.as_deref().map(|text| in_reason(text).unwrap_or_else(|| text.to_owned())),
        ];
        if left == self.texts {
            return None;
        }
        let sealed = self.sealed.unwrap_or_else(|| {
            let [before, after, reason] = self.texts.each_ref().map(Option::as_deref);
            Content([before, after, reason, self.seals.as_deref()]).digest(&self.salt)
        });
        Some(Told { seq: self.seq, at: self.at, left, seals: self.seals, sealed })
    }
}

/// Finds everything.
pub(super) fn found(conn: &Connection, at: Ref, also: &[String]) -> Result<Found, Refusal> {
    of_a_person(at)?;
    // Of an older format nothing can be erased; one that can be written is brought up when it is opened.
    if !migrate::is_salted(migrate::version(conn)?) {
        return Err(Refusal::ReadOnly);
    }
    let record = card::record(conn, at)?;
    let words = words_of(conn, &record, also)?;
    let mut told = Vec::new();
    let mut elsewhere = Vec::new();
    each_event(conn, |row| {
        if row.at == at {
            let whole = |_: &str| Some(ERASED.to_owned());
            told.extend(row.without(|key, value| of_own(at.kind, key, value), whole));
        } else if !words.is_empty() && row.holds(&words) {
            elsewhere.push(row.at);
            let (kind, in_text) = (row.at.kind, |text: &str| words.blot(text, ERASED));
            told.extend(row.without(|key, value| of_other(kind, key, value, &words), in_text));
        }
    })?;
    elsewhere.sort_unstable();
    elsewhere.dedup();
    let mut found = Found {
        at,
        label: record.label(),
        words,
        told,
        now: BTreeMap::new(),
        places: Vec::new(),
        left: Vec::new(),
    };
    let is_blank = is_blank(&record);
    found.now.insert(at, record);
    for place in elsewhere {
        found.look_at(conn, place)?;
    }
    if is_blank && found.told.is_empty() && found.places.is_empty() {
        return Err(Refusal::Rule(Sentence::from(NOTHING_LEFT).with("code", code_of(at))));
    }
    Ok(found)
}

impl Found {
    /// Notes which fields of another record go and which stay.
    fn look_at(&mut self, conn: &Connection, at: Ref) -> Result<(), Refusal> {
        let record = match card::record(conn, at) {
            Err(Refusal::Missing(_)) => return Ok(()),
            other => other?,
        };
        let mut left = Vec::new();
        let mut values = record.values.clone();
        for (meta, value) in record.table().fields.iter().zip(&mut values) {
            let Some(blotted) = blotted(value, &self.words) else { continue };
            if keeps_words(at.kind, meta.key) {
                left.push(meta.key);
            } else {
                *value = blotted;
            }
        }
        if !left.is_empty() {
            self.left.push((at, left));
        }
        if values != record.values {
            self.places.push((at, values));
            self.now.insert(at, record);
        }
        Ok(())
    }
}

/// Whether a field of a person's own record holds words about them. Who of ours looks after it stays.
pub(super) fn is_own_text(meta: &Meta) -> bool {
    matches!(meta.shape, Shape::Line | Shape::Long | Shape::List) && meta.key != "owner"
}

/// Whether a field is a firm's own name, number or address, the name of a thing, or another person's own:
/// what looks like the erased there is not theirs, and is told instead.
fn keeps_words(kind: Kind, key: &str) -> bool {
    match kind {
        Kind::Vendor => !matches!(key, "owner" | "tags" | "notes"),
        Kind::Contact => matches!(key, "name" | "phone" | "email"),
        Kind::Contract => matches!(key, "number" | "our_entity" | "calendar" | "external_id" | "source_key"),
        Kind::Risk => matches!(key, "external_id" | "source_key"),
        Kind::Service => matches!(key, "name" | "sub_type"),
        Kind::Kpi | Kind::Template | Kind::TemplateRow | Kind::Setting | Kind::Rate | Kind::Calendar => true,
        Kind::Review
        | Kind::ReviewRow
        | Kind::Action
        | Kind::Interaction
        | Kind::File
        | Kind::Deliverable
        | Kind::ChangeRequest
        | Kind::Breach
        | Kind::Report
        | Kind::Clause
        | Kind::ServiceLevel
        | Kind::Measurement
        | Kind::ExitCase
        | Kind::ExitStep
        | Kind::Acknowledgement
        | Kind::CostLine
        | Kind::Invoice
        | Kind::Payment
        | Kind::ReviewPlan
        | Kind::Survey
        | Kind::RaterScore
        | Kind::Improvement
        | Kind::Consequence
        | Kind::Meeting
        | Kind::AgendaItem
        | Kind::DeliveryMonth => false,
    }
}

/// The person's words: those of the record now and of every event of it, and those that were named.
fn words_of(conn: &Connection, record: &Record, also: &[String]) -> Result<Words, Refusal> {
    let mut words = Words::default();
    for word in also {
        words.add_wanted(word);
    }
    if record.at.kind != Kind::Contact {
        return Ok(words);
    }
    let mut add = |key: &str, text: &str| match key {
        _ if text == ERASED => {}
        "name" => words.add_name(text),
        "email" => words.add_literal(text),
        "phone" => words.add_number(text),
        _ => {}
    };
    for (meta, value) in record.table().fields.iter().zip(&record.values) {
        add(meta.key, value.as_text());
    }
    let mut statement = conn
        .prepare_cached("SELECT before, after FROM event WHERE kind = ? AND record = ?")
        .map_err(refused)?;
    let mut rows = statement.query((record.at.kind as i64, record.at.id)).map_err(refused)?;
    while let Some(row) = rows.next().map_err(refused)? {
        for at in 0..2 {
            let text: Option<String> = row.get(at).map_err(refused)?;
            for (key, value) in fields_of(text.as_deref()).into_iter().flatten() {
                add(&key, value.as_str().unwrap_or_default());
            }
        }
    }
    Ok(words)
}

fn each_event(conn: &Connection, mut take: impl FnMut(Row)) -> Result<(), Refusal> {
    let mut statement = conn
        .prepare(
            "SELECT seq, kind, record, before, after, reason, seals, salt, sealed FROM event ORDER BY seq",
        )
        .map_err(refused)?;
    let mut rows = statement.query([]).map_err(refused)?;
    while let Some(row) = rows.next().map_err(refused)? {
        let Some(kind) = Kind::from_number(row.get(1).map_err(refused)?) else { continue };
        let read = |row: &rusqlite::Row| -> rusqlite::Result<Row> {
            Ok(Row {
                seq: row.get(0)?,
                at: Ref { kind, id: row.get(2)? },
                texts: [row.get(3)?, row.get(4)?, row.get(5)?],
                seals: row.get(6)?,
                salt: row.get(7)?,
                sealed: row.get(8)?,
            })
        };
        take(read(row).map_err(refused)?);
    }
    Ok(())
}

/// The fields an event tells, by their keys.
fn fields_of(text: Option<&str>) -> Option<Map<String, Json>> {
    text.and_then(|text| serde_json::from_str(text).ok())
}

/// Whether a word stands in a value of an event.
fn is_in(value: &Json, words: &Words) -> bool {
    match value {
        Json::String(text) => words.are_in(text),
        Json::Array(items) => items.iter().any(|item| is_in(item, words)),
        Json::Object(fields) => fields.values().any(|value| is_in(value, words)),
        _ => false,
    }
}

/// What an event keeps of a value of the record itself.
fn of_own(kind: Kind, key: &str, value: Json) -> Json {
    let table = kind.table();
    let meta = table.field(key).and_then(|at| table.fields.get(at));
    match value {
        Json::String(_) if meta.is_some_and(is_own_text) => Json::from(ERASED),
        Json::Array(_) if meta.is_some_and(is_own_text) => Json::from(vec![ERASED]),
        other => other,
    }
}

/// What an event keeps of a value of another record.
fn of_other(kind: Kind, key: &str, value: Json, words: &Words) -> Json {
    let table = kind.table();
    let meta = table.field(key).and_then(|at| table.fields.get(at));
    let is_text = |meta: &Meta| matches!(meta.shape, Shape::Line | Shape::Long | Shape::List);
    if keeps_words(kind, key) || !meta.is_some_and(is_text) {
        return value;
    }
    let blot = |value: Json| match value {
        Json::String(text) => words.blot(&text, ERASED).map_or(Json::String(text), Json::String),
        other => other,
    };
    match value {
        Json::Array(items) => Json::Array(items.into_iter().map(blot).collect()),
        other => blot(other),
    }
}

/// The value without the words; `None` where it holds none.
fn blotted(value: &Value, words: &Words) -> Option<Value> {
    match value {
        Value::Text(text) => words.blot(text, ERASED).map(Value::Text),
        Value::List(items) => {
            let blot = |item: &String| words.blot(item, ERASED).unwrap_or_else(|| item.clone());
            let left: Vec<String> = items.iter().map(blot).collect();
            (left != *items).then_some(Value::List(left))
        }
        _ => None,
    }
}

/// Whether a record holds nothing of a person any more.
fn is_blank(record: &Record) -> bool {
    let mut fields = record.table().fields.iter().zip(&record.values);
    fields.all(|(meta, value)| !is_own_text(meta) || value.is_null() || value.as_text() == ERASED)
}

const NOTHING_LEFT: Text = text("Nothing is left of {code} to erase.", "{code} 已没有可抹除的内容。");
