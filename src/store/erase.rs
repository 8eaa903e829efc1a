//! Erasing a person's data for good: out of the record, out of every event that told of it, out of what
//! other records say of it, and out of the pages of the file.
//!
//! The history keeps that it happened: who did what when, to which record, in which fields. The chain of
//! events holds, for each hash covers a salted digest of the content and not the content (`change/event.rs`).
//! This is the one thing that no undo takes back.
//!
//! What is erased and from where is decided in `erase/gather.rs`; that nothing of it is left in the file, in
//! `erase/sweep.rs`.

use rusqlite::params;
use serde_json::{Map, Value as Json};

use crate::entity::{Ref, Shape, Value};
use crate::register::erase::{ERASED, Erased, Erasure, Spot, Swept, is_of_a_person};
use crate::register::{Act, Refusal, code_of};
use crate::store::backup::copies;
use crate::store::change::event::{Content, fresh_salt};
use crate::store::{Store, Txn, hex, refused};
use crate::texts::{Sentence, Text, text};

mod gather;
pub(in crate::store) mod sweep;

use gather::{Found, Told};

impl Store {
    /// What erasing a record would take away, with the words in `also` taken wherever they stand.
    ///
    /// # Errors
    /// [`Refusal::Missing`]; [`Refusal::Rule`] when the record is not about a person, or nothing is left of
    /// it to erase.
    pub fn erasure(&self, at: Ref, also: &[String]) -> Result<Erasure, Refusal> {
        let _moment = self.moment()?;
        let found = gather::found(&self.conn, at, also)?;
        Ok(self.told(&found))
    }

    /// Erases a record that is about a person, and what other records and the history hold of it. The
    /// record stays as a row without content and is put away, so that what refers to it stays sound.
    ///
    /// # Errors
    /// As [`Store::erasure`]; [`Refusal::ReadOnly`], [`Refusal::Busy`], [`Refusal::Io`]: then nothing was erased.
    pub fn erase(&mut self, at: Ref, also: &[String]) -> Result<Erased, Refusal> {
        // What is freed in the pages is overwritten at once; sweeping then makes them anew.
        self.conn.pragma_update(None, "secure_delete", true).map_err(refused)?;
        let mut txn = self.begin(Act::Erase)?;
        let found = gather::found(&txn.tx, at, also)?;
        let seals = txn.redact(&found.told)?;
        txn.blank(at, &seals)?;
        for (place, values) in &found.places {
            let record = txn.record(*place)?;
            txn.erase_fields(&record, values, None)?;
        }
        txn.note_unswept()?;
        let saved = txn.commit()?;
        // It is erased, whatever comes of the sweeping: who is told otherwise keeps what else holds it.
        let swept = match self.sweep() {
            Err(Refusal::Damaged(damage)) => return Err(Refusal::Damaged(damage)),
            other => other.unwrap_or(Swept::Later),
        };
        Ok(Erased { saved, erasure: self.told(&found), swept })
    }

    fn told(&self, found: &Found) -> Erasure {
        let spot = |at: &Ref, fields: Vec<&'static str>| Spot { at: *at, code: code_of(*at), fields };
        let changed = |at: &Ref, values: &[Value]| {
            let now = found.now.get(at).map(|record| record.values.as_slice()).unwrap_or_default();
            let fields = at.kind.table().fields.iter().zip(now.iter().zip(values));
            fields.filter(|(_, (now, then))| now != then).map(|(meta, _)| meta.key).collect()
        };
        Erasure {
            code: code_of(found.at),
            label: found.label.clone(),
            words: found.words.clone(),
            events: found.told.iter().filter(|told| told.at == found.at).count(),
            places: found.places.iter().map(|(at, values)| spot(at, changed(at, values))).collect(),
            other_events: found.told.iter().filter(|told| told.at != found.at).count(),
            left: found.left.iter().map(|(at, fields)| spot(at, fields.clone())).collect(),
            copies: copies::of(&self.path).into_iter().map(|copy| copy.path.display().to_string()).collect(),
        }
    }
}

impl Txn<'_> {
    /// Writes what may stay over the content of events; the digest of what was left of each, as the event
    /// of the erasing keeps it.
    fn redact(&mut self, told: &[Told]) -> Result<String, Refusal> {
        let mut seals = Map::new();
        let sql = "UPDATE event SET before = ?, after = ?, reason = ?, salt = ?, sealed = ? WHERE seq = ?";
        for event in told {
            let salt = fresh_salt(&self.tx)?;
            let [before, after, reason] = event.left.each_ref().map(Option::as_deref);
            let left = Content([before, after, reason, event.seals.as_deref()]).digest(&salt);
            self.tx
                .prepare_cached(sql)
                .and_then(|mut s| s.execute(params![before, after, reason, salt, event.sealed, event.seq]))
                .map_err(refused)?;
            seals.insert(event.seq.to_string(), Json::String(hex(&left)));
        }
        Ok(Json::Object(seals).to_string())
    }

    /// Takes all text out of the record itself, and puts it away.
    fn blank(&mut self, at: Ref, seals: &str) -> Result<(), Refusal> {
        let record = self.record(at)?;
        let fields = record.table().fields.iter().zip(&record.values);
        let values: Vec<Value> = fields
            .map(|(meta, value)| match meta.shape {
                _ if value.is_null() || !gather::is_own_text(meta) => match (meta.key, value) {
                    // Nobody is called first under an erased name.
                    ("primary", _) => Value::Bool(false),
                    _ => value.clone(),
                },
                Shape::Line | Shape::Long if meta.required => Value::Text(ERASED.to_owned()),
                _ => Value::Null,
            })
            .collect();
        self.erase_fields(&record, &values, Some(seals))?;
        if record.archived_at.is_none() {
            let record = self.record(at)?;
            let now = self.now();
            self.put_away(&record, &now)?;
        }
        Ok(())
    }
}

/// Refuses what is not about a person.
fn of_a_person(at: Ref) -> Result<(), Refusal> {
    if is_of_a_person(at.kind) {
        return Ok(());
    }
    let sentence = Sentence::from(NOT_A_PERSON).with("code", code_of(at));
    Err(Refusal::Rule(sentence.with_word("kind", at.kind.table().one)))
}

const NOT_A_PERSON: Text = text(
    "{code} is no record of a person but a {kind}: erase the contact, and it goes wherever its words stand.",
    "{code} 是{kind}，不是个人记录：请抹除联系人，其内容在各处都会清除。",
);
