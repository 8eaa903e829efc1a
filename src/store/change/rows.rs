//! The rows of the record tables, each written with the event that tells of it.
//!
//! Nothing outside this file writes to a record table. What may be written is decided elsewhere:
//! here only a lock can stand against it, and a row that is not as it was read.

use rusqlite::types::Value as Sql;
use rusqlite::{params, params_from_iter};
use serde_json::{Map, Value as Json};

use crate::entity::{Kind, Record, Ref, Value};
use crate::register::erase::ERASED;
use crate::register::{Refusal, code_of};
use crate::store::change::event::{fields_json, some_fields_json};
use crate::store::change::{Changed, Txn, conflict};
use crate::store::{refused, sql};
use crate::texts::{Sentence, Text, text};

impl Txn<'_> {
    /// Writes new values over a record, with the event that tells the difference.
    pub(in crate::store) fn replace(
        &mut self,
        record: &Record,
        values: &[Value],
        op: &str,
        reason: Option<&str>,
    ) -> Result<Changed, Refusal> {
        let values = self.sealed(record, values)?;
        let changed = differing(&record.values, &values);
        if changed.is_empty() {
            return Ok(Changed::No);
        }
        self.refuse_frozen(record, &values, &changed)?;
        self.assign(record, &values, &changed, |txn, version, before, after| {
            txn.log(op, record.at, version, Some(before), Some(after), reason)
        })?;
        Ok(Changed::Yes)
    }

    /// Writes values that hold less of a person over those of a record, whatever rule or lock stands
    /// against a change of it; `seals` is what the event keeps of the history's content. The event tells
    /// the new values and which fields had others.
    pub(in crate::store) fn erase_fields(
        &mut self,
        record: &Record,
        values: &[Value],
        seals: Option<&str>,
    ) -> Result<(), Refusal> {
        let changed = differing(&record.values, values);
        self.assign(record, values, &changed, |txn, version, before, after| {
            // What is left of a text is what it held before, as far as anybody may know.
            let told = |(key, value): (&String, &Json)| {
                let told = match (value, after.get(key).filter(|after| !after.is_null())) {
                    (Json::String(_) | Json::Array(_), Some(after)) => after.clone(),
                    (Json::String(_), None) => Json::from(ERASED),
                    (Json::Array(_), None) => Json::from(vec![ERASED]),
                    (other, _) => other.clone(),
                };
                (key.clone(), told)
            };
            let before: Map<String, Json> = before.as_object().into_iter().flatten().map(told).collect();
            let before = Json::Object(before);
            txn.log_erasing(record.at, version, &before, after, seals)
        })
    }

    /// Writes the fields at `changed`, and has the event told.
    fn assign(
        &mut self,
        record: &Record,
        values: &[Value],
        changed: &[usize],
        tell: impl FnOnce(&mut Self, i64, &Json, &Json) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        let table = record.table();
        let version = record.version + 1;
        let mut assignments = Vec::new();
        let mut bound = Vec::new();
        for at in changed {
            let (Some(meta), Some(value)) = (table.fields.get(*at), values.get(*at)) else { continue };
            for name in sql::columns(meta.key, meta.shape) {
                assignments.push(format!("\"{name}\" = ?"));
            }
            bound.extend(sql::to_columns(meta.shape, value));
        }
        assignments.push("version = ?".to_owned());
        let statement =
            format!("UPDATE \"{}\" SET {} WHERE id = ? AND version = ?", table.word, assignments.join(", "));
        bound.extend([version, record.at.id, record.version].map(Sql::Integer));
        let written = self
            .tx
            .prepare_cached(&statement)
            .and_then(|mut s| s.execute(params_from_iter(bound)))
            .map_err(refused)?;
        if written == 0 {
            return Err(conflict(record, Vec::new()));
        }
        let before = some_fields_json(table, &record.values, changed);
        let after = some_fields_json(table, values, changed);
        tell(self, version, &before, &after)?;
        self.touch_links(record);
        self.note_weights(record.at);
        self.note_assigned(record, values, changed);
        self.touch(record.at);
        Ok(())
    }

    /// Notes an exit whose records were written over.
    fn note_assigned(&mut self, record: &Record, values: &[Value], changed: &[usize]) {
        // Of a vendor that is out already, other fields change freely.
        let state = record.table().field("state").is_some_and(|at| changed.contains(&at));
        if record.at.kind != Kind::Vendor || state {
            self.note_exit(record.at, &record.values);
            self.note_exit(record.at, values);
        }
    }

    /// Sets or clears the mark of a record that was put away.
    pub(in crate::store) fn set_archived(
        &mut self,
        record: &Record,
        archived_at: Option<&str>,
        op: &str,
    ) -> Result<(), Refusal> {
        self.refuse_frozen_shelf(record)?;
        self.put_at(record, archived_at, op)
    }

    /// Puts an erased record away, whatever stands against it.
    pub(in crate::store) fn put_away(&mut self, record: &Record, now: &str) -> Result<(), Refusal> {
        self.put_at(record, Some(now), "archive")
    }

    fn put_at(&mut self, record: &Record, archived_at: Option<&str>, op: &str) -> Result<(), Refusal> {
        let version = record.version + 1;
        let statement =
            format!("UPDATE \"{}\" SET version = ?, archived_at = ? WHERE id = ?", record.table().word);
        self.tx
            .prepare_cached(&statement)
            .and_then(|mut s| s.execute(params![version, archived_at, record.at.id]))
            .map_err(refused)?;
        let json = |at: Option<&str>| Json::from_iter([("archived_at".to_owned(), Json::from(at))]);
        let (before, after) = (json(record.archived_at.as_deref()), json(archived_at));
        self.log(op, record.at, version, Some(&before), Some(&after), None)?;
        if record.at.kind != Kind::Vendor {
            self.note_exit(record.at, &record.values);
        }
        self.touch(record.at);
        Ok(())
    }

    /// Takes a record out, as the taking back of its adding.
    pub(in crate::store) fn remove(&mut self, record: &Record) -> Result<(), Refusal> {
        self.refuse_frozen_row(record.at, &record.values)?;
        let table = record.table();
        let statement = format!("DELETE FROM \"{}\" WHERE id = ?", table.word);
        let gone = self.tx.prepare_cached(&statement).and_then(|mut s| s.execute([record.at.id]));
        gone.map_err(|error| match refused(error) {
            Refusal::Rule(_) => Refusal::Rule(Sentence::from(IN_USE).with("code", &record.code)),
            other => other,
        })?;
        let before = fields_json(table, &record.values);
        self.log("remove", record.at, record.version, Some(&before), None, None)?;
        self.touch_links(record);
        self.touch(record.at);
        Ok(())
    }

    /// Takes a row out of a copy that is set back in time: no rule stands against it, no event tells it.
    pub(in crate::store) fn erase_row(&mut self, record: &Record) -> Result<(), Refusal> {
        let statement = format!("DELETE FROM \"{}\" WHERE id = ?", record.table().word);
        self.tx.prepare_cached(&statement).and_then(|mut s| s.execute([record.at.id])).map_err(refused)?;
        self.touch_links(record);
        self.touch(record.at);
        Ok(())
    }

    /// Sets the mark of a row that was put away, in such a copy.
    pub(in crate::store) fn mark_archived(&mut self, at: Ref, archived: Option<&str>) -> Result<(), Refusal> {
        let statement = format!("UPDATE \"{}\" SET archived_at = ? WHERE id = ?", at.kind.table().word);
        self.tx
            .prepare_cached(&statement)
            .and_then(|mut s| s.execute(params![archived, at.id]))
            .map_err(refused)?;
        self.touch(at);
        Ok(())
    }

    /// Writes a row with its id and version, as new or as brought back.
    pub(in crate::store) fn write_row(
        &mut self,
        at: Ref,
        version: i64,
        values: &[Value],
    ) -> Result<(), Refusal> {
        let table = at.kind.table();
        let mut bound = vec![Sql::Integer(at.id), Sql::Integer(version)];
        for (meta, value) in table.fields.iter().zip(values) {
            bound.extend(sql::to_columns(meta.shape, value));
        }
        let statement = &sql::statements(at.kind).insert;
        let done = self.tx.prepare_cached(statement).and_then(|mut s| s.execute(params_from_iter(bound)));
        self.note_exit(at, values);
        done.map(drop).map_err(|error| match refused(error) {
            Refusal::Rule(_) if self.exists(at) => {
                Refusal::Rule(Sentence::from(CODE_TAKEN).with("code", code_of(at)))
            }
            other => other,
        })
    }

    /// Notes the records this one linked to before it changes.
    fn touch_links(&mut self, record: &Record) {
        for value in &record.values {
            if let Value::Link(link) = value {
                self.indexer.touch_link(record.at.kind, Ref { kind: link.kind, id: link.id });
            }
        }
    }

    pub(super) fn number(&mut self, kind: Kind, given: Option<i64>) -> Result<i64, Refusal> {
        let next = match self.next.get(&kind) {
            Some(next) => *next,
            None => self
                .tx
                .prepare_cached("SELECT next FROM sequence WHERE kind = ?")
                .and_then(|mut s| s.query_row([kind as i64], |row| row.get(0)))
                .or_else(|e| if e == rusqlite::Error::QueryReturnedNoRows { Ok(1) } else { Err(e) })
                .map_err(refused)?,
        };
        let id = given.unwrap_or(next);
        self.next.insert(kind, next.max(id + 1));
        Ok(id)
    }

    fn exists(&self, at: Ref) -> bool {
        let sql = format!("SELECT 1 FROM \"{}\" WHERE id = ?", at.kind.table().word);
        self.tx.prepare_cached(&sql).and_then(|mut s| s.exists([at.id])).unwrap_or(false)
    }
}

/// The places at which two records of values differ.
fn differing(these: &[Value], those: &[Value]) -> Vec<usize> {
    these.iter().zip(those).enumerate().filter(|(_, (a, b))| !same(a, b)).map(|(at, _)| at).collect()
}

/// Two values are the same for the purpose of changing; a link is its target.
pub(super) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Link(a), Value::Link(b)) => a.kind == b.kind && a.id == b.id,
        _ => a == b,
    }
}

const IN_USE: Text = text(
    "{code} cannot be taken back: other records refer to it by now.",
    "{code} 无法撤销：已有其他记录引用它。",
);
const CODE_TAKEN: Text = text("The code {code} is taken.", "编号 {code} 已被占用。");
