//! Writing: one act of one operator, whole or not at all, with its events.
//!
//! Every write goes through [`Txn`]: an IMMEDIATE transaction that writes the record, one
//! event a record and, before the commit, every index row that follows from them. Dropping a
//! [`Txn`] aborts it. Nothing outside this file and `history` writes to a record table.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Transaction, TransactionBehavior, params, params_from_iter};
use serde_json::Value as Json;

use crate::demo::Entry;
use crate::domain::money::MoneyRules;
use crate::entity::input::{self, Entered, Reading};
use crate::entity::{Kind, Link, Problem, Record, Ref, Shape, Table, Value};
use crate::register::{
    Act, Change, Clash, Conflict, Edit, Refusal, Saved, Shelf, Step, Turn, code_of, ref_of,
};
use crate::store::index::Indexer;
use crate::store::{Store, refused, sql};
use crate::texts::{Sentence, Text, text};

pub(super) mod event;
mod frozen;
pub(super) mod rules;
mod scorecard;
mod scores;
pub(super) mod weights;

use event::{Log, fields_json, some_fields_json};
use frozen::refuse_new_locked;
use rules::{check, check_links, check_state};

/// KiB of pages that the writing connection keeps for an act of one operator.
const CACHE: i64 = 4_000;
/// The same for an act of many records.
const BULK_CACHE: i64 = 256_000;

/// An act under way. Commit it, or it never happened.
#[derive(Debug)]
pub struct Txn<'s> {
    pub(super) tx: Transaction<'s>,
    pub(super) today: chrono::NaiveDate,
    pub(super) indexer: Indexer,
    clock: fn() -> String,
    log: Log,
    next: BTreeMap<Kind, i64>,
    /// Reviews that this act added, or takes back the adding of: their rows are its own.
    own_reviews: BTreeSet<i64>,
    /// Locked reviews without a row that this act gives theirs, or takes back the giving of.
    filled_reviews: BTreeSet<i64>,
    /// Reviews that this act added without rows so far, with their scorecard.
    rowless: BTreeMap<i64, i64>,
    /// Templates that this act writes or takes rows from.
    weighed: BTreeSet<i64>,
}

impl Store {
    /// Begins an act. Waits for other writers up to the limit of the connection.
    ///
    /// # Errors
    /// [`Refusal::ReadOnly`], [`Refusal::Busy`], [`Refusal::Io`].
    pub fn begin(&mut self, act: Act) -> Result<Txn<'_>, Refusal> {
        if !self.is_writable() {
            return Err(Refusal::ReadOnly);
        }
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(refused)?;
        make_room(&tx, act)?;
        Ok(Txn {
            tx,
            today: self.today,
            indexer: Indexer::default(),
            clock: self.clock,
            log: Log::new(act, self.actor.clone()),
            next: BTreeMap::new(),
            own_reviews: BTreeSet::new(),
            filled_reviews: BTreeSet::new(),
            rowless: BTreeMap::new(),
            weighed: BTreeSet::new(),
        })
    }

    /// Does a whole act.
    ///
    /// # Errors
    /// Whatever stood against one of its steps; then nothing was changed.
    pub fn apply(&mut self, change: &Change) -> Result<Saved, Refusal> {
        let mut txn = self.begin(change.act)?;
        for step in &change.steps {
            txn.step(step)?;
        }
        txn.commit()
    }
}

impl Txn<'_> {
    /// Does one step.
    ///
    /// # Errors
    /// What stands against it. The act should then be dropped.
    pub fn step(&mut self, step: &Step) -> Result<Ref, Refusal> {
        match step {
            Step::Insert { kind, fields, reason } => self.add(*kind, fields, reason.as_deref()),
            Step::Update { at, edits, reason, only_if } => {
                self.update(*at, edits, reason.as_deref(), *only_if)?;
                Ok(*at)
            }
            Step::Shelve { at, to } => {
                self.shelve(*at, *to)?;
                Ok(*at)
            }
        }
    }

    /// Adds a record that a person enters; `reason` is why it starts in the state it does.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every problem of the record at once.
    pub fn add(
        &mut self,
        kind: Kind,
        fields: &[(usize, Entered)],
        reason: Option<&str>,
    ) -> Result<Ref, Refusal> {
        let values = self.values_of(kind, None, fields)?;
        refuse_new_locked(kind, &values)?;
        self.put_new(kind, None, &values, reason)
    }

    /// Adds a record from a list or an export, in whatever state it is; `id` when its number is given.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every problem of the record at once.
    pub fn insert(
        &mut self,
        kind: Kind,
        given: Option<i64>,
        fields: &[(usize, Entered)],
    ) -> Result<Ref, Refusal> {
        let values = self.values_of(kind, given, fields)?;
        self.put_new(kind, given, &values, None)
    }

    /// The values of a new record with these fields.
    fn values_of(
        &self,
        kind: Kind,
        given: Option<i64>,
        fields: &[(usize, Entered)],
    ) -> Result<Vec<Value>, Refusal> {
        let table = kind.table();
        let mut values = (table.blank)();
        let mut problems = Vec::new();
        for (at, entered) in fields {
            match self.resolve(table, *at, entered) {
                Ok(value) => {
                    if let Some(cell) = values.get_mut(*at) {
                        *cell = value;
                    }
                }
                Err(Refusal::Invalid(found)) => problems.extend(found),
                Err(other) => return Err(other),
            }
        }
        if given.is_none() {
            self.complete(kind, &mut values)?;
        }
        (table.settle)(&mut values, &(table.blank)());
        check(table, &values, self.today, problems)?;
        Ok(values)
    }

    fn put_new(
        &mut self,
        kind: Kind,
        given: Option<i64>,
        values: &[Value],
        reason: Option<&str>,
    ) -> Result<Ref, Refusal> {
        let table = kind.table();
        let at = Ref { kind, id: self.number(kind, given)? };
        check_links(&self.tx, at, values)?;
        self.check_score(at, values)?;
        self.refuse_frozen_new_row(at, values)?;
        self.write_row(at, 1, values)?;
        self.log("add", at, 1, None, Some(&fields_json(table, values)), reason)?;
        self.touch(at);
        self.note_scorecard(at, values);
        self.note_weights(at);
        if given.is_none() {
            self.want_rows(at, values);
        }
        Ok(at)
    }

    /// Changes fields of a record. Fields that another operator changed meanwhile are a
    /// conflict; changes to different fields merge. Returns whether anything changed.
    ///
    /// # Errors
    /// [`Refusal::Conflict`], [`Refusal::Invalid`], [`Refusal::Rule`] for a move between
    /// states that the table of moves does not have.
    pub fn update(
        &mut self,
        at: Ref,
        edits: &[Edit],
        reason: Option<&str>,
        only_if: Option<i64>,
    ) -> Result<Changed, Refusal> {
        let record = self.record(at)?;
        let table = at.kind.table();
        if only_if.is_some_and(|version| version != record.version) {
            return Err(conflict(&record, Vec::new()));
        }
        let mut values = record.values.clone();
        let mut problems = Vec::new();
        let mut clashes = Vec::new();
        for edit in edits {
            let Some(old) = record.values.get(edit.field) else { continue };
            let new = match self.resolve(table, edit.field, &edit.new) {
                Ok(new) => new,
                Err(Refusal::Invalid(found)) => {
                    problems.extend(found);
                    continue;
                }
                Err(other) => return Err(other),
            };
            let moved = edit.seen.as_ref().is_some_and(|seen| !same(seen, old));
            if moved && !same(old, &new) {
                clashes.push(Clash { field: edit.field, theirs: old.clone(), mine: new });
            } else if let Some(cell) = values.get_mut(edit.field) {
                *cell = new;
            }
        }
        if !clashes.is_empty() {
            return Err(conflict(&record, clashes));
        }
        (table.settle)(&mut values, &record.values);
        check(table, &values, self.today, problems)?;
        check_links(&self.tx, at, &values)?;
        self.check_score(at, &values)?;
        check_state(table, &record.values, &values, reason)?;
        self.replace(&record, &values, "edit", reason)
    }

    /// Adds a record of the built-in data, whose words are those of the command line.
    ///
    /// # Errors
    /// As [`Txn::insert`].
    pub fn enter(&mut self, entry: &Entry) -> Result<Ref, Refusal> {
        let kind = Kind::from_word(entry.kind).ok_or_else(|| Refusal::Rule(UNKNOWN_KIND.into()))?;
        let table = kind.table();
        let reading =
            Reading { today: self.today, money: MoneyRules::of_base(super::settings::DEFAULT_CURRENCY) };
        let mut fields = Vec::with_capacity(entry.fields.len());
        let mut problems = Vec::new();
        for (key, words) in &entry.fields {
            let Some((at, meta)) = table.fields.iter().enumerate().find(|(_, meta)| meta.key == *key) else {
                continue;
            };
            match input::read(meta, words, &reading) {
                Ok(entered) => fields.push((at, entered)),
                Err(sentence) => problems.push(Problem::new(meta.key, sentence)),
            }
        }
        if !problems.is_empty() {
            return Err(Refusal::Invalid(problems));
        }
        self.insert(kind, ref_of(&entry.code).map(|at| at.id), &fields)
    }

    /// Puts a record away or brings it back. Returns whether anything changed.
    ///
    /// # Errors
    /// [`Refusal::Missing`].
    pub fn shelve(&mut self, at: Ref, to: Shelf) -> Result<Changed, Refusal> {
        let record = self.record(at)?;
        let (op, archived_at) = match to {
            Shelf::Archive => ("archive", Some((self.clock)())),
            Shelf::Open => ("unarchive", None),
        };
        if record.archived_at.is_some() == archived_at.is_some() {
            return Ok(Changed::No);
        }
        self.set_archived(&record, archived_at.as_deref(), op)?;
        Ok(Changed::Yes)
    }

    /// Writes the index rows and ends the act.
    ///
    /// # Errors
    /// When the disk refuses; then nothing was changed.
    pub fn commit(mut self) -> Result<Saved, Refusal> {
        self.seed_rows()?;
        self.refuse_unbalanced()?;
        let indexer = std::mem::take(&mut self.indexer);
        indexer.flush(&self.tx, self.today)?;
        for (kind, next) in &self.next {
            let sql = "INSERT OR REPLACE INTO sequence (kind, next) VALUES (?, ?)";
            self.tx.execute(sql, params![*kind as i64, next]).map_err(refused)?;
        }
        let saved = self.log.close(&self.tx)?;
        self.tx.commit().map_err(refused)?;
        Ok(saved)
    }

    /// The record as it is inside this act.
    ///
    /// # Errors
    /// [`Refusal::Missing`].
    pub fn record(&self, at: Ref) -> Result<Record, Refusal> {
        super::card::record(&self.tx, at)
    }

    /// Does a part of the act whole or not at all: when `part` is refused, the act goes on as if it
    /// had never been tried.
    ///
    /// # Errors
    /// What `part` says.
    pub fn attempt<T, E: From<Refusal>>(
        &mut self,
        part: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        let mark = self.log.mark();
        let reviews = (self.own_reviews.clone(), self.filled_reviews.clone(), self.rowless.clone());
        let held = (self.next.clone(), reviews);
        self.tx.execute_batch("SAVEPOINT part").map_err(refused)?;
        let done = part(self);
        if done.is_err() {
            self.tx.execute_batch("ROLLBACK TO part").map_err(refused)?;
            self.log.back_to(mark);
            (self.next, (self.own_reviews, self.filled_reviews, self.rowless)) = held;
        }
        self.tx.execute_batch("RELEASE part").map_err(refused)?;
        done
    }

    /// The records whose text field `key` holds exactly `text`, put away or not: at most two, which
    /// is enough to know that it names no single one. A kind without the field has none.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn holding(&self, kind: Kind, key: &str, text: &str) -> Result<Vec<Ref>, Refusal> {
        let table = kind.table();
        if table.field(key).is_none() {
            return Ok(Vec::new());
        }
        let sql = format!("SELECT id FROM \"{}\" WHERE \"{key}\" = ? ORDER BY id LIMIT 2", table.word);
        self.tx
            .prepare_cached(&sql)
            .and_then(|mut s| s.query_map([text], |row| Ok(Ref { kind, id: row.get(0)? }))?.collect())
            .map_err(refused)
    }

    /// The records of `kind`, not put away, whose field at `field` links to `parent`.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn children(&self, parent: Ref, kind: Kind, field: usize) -> Result<Vec<Ref>, Refusal> {
        let Some(meta) = kind.table().fields.get(field) else { return Ok(Vec::new()) };
        let found = super::card::children(&self.tx, kind, meta.key, parent.id)?;
        Ok(found.into_iter().map(|record| record.at).collect())
    }

    /// Says that this act takes an earlier one back or brings it back, and what that one was.
    pub(super) fn reverting(&mut self, turn: Turn, target: i64, act: Act) -> Result<(), Refusal> {
        self.log.reverting(turn, target, act);
        make_room(&self.tx, act)
    }

    /// Writes the act into the history though it may have come to nothing.
    pub(super) fn keep(&mut self) -> Result<(), Refusal> {
        self.log.ensure(&self.tx, self.clock)
    }

    /// Says that the review of this number is this act's own: its rows may be written though it
    /// is locked, because its adding is what is taken back or brought back.
    pub(super) fn owns_review(&mut self, id: i64) {
        self.own_reviews.insert(id);
    }

    /// Says that this act takes back the giving of rows to this locked review.
    pub(super) fn filled_review(&mut self, id: i64) {
        self.filled_reviews.insert(id);
    }

    /// Writes new values over a record, with the event that tells the difference.
    pub(super) fn replace(
        &mut self,
        record: &Record,
        values: &[Value],
        op: &str,
        reason: Option<&str>,
    ) -> Result<Changed, Refusal> {
        let table = record.table();
        let changed: Vec<usize> = record
            .values
            .iter()
            .zip(values)
            .enumerate()
            .filter(|(_, (a, b))| !same(a, b))
            .map(|(i, _)| i)
            .collect();
        if changed.is_empty() {
            return Ok(Changed::No);
        }
        self.refuse_frozen(record, values, &changed)?;
        let version = record.version + 1;
        let mut assignments = Vec::new();
        let mut bound = Vec::new();
        for at in &changed {
            let (Some(meta), Some(value)) = (table.fields.get(*at), values.get(*at)) else { continue };
            for name in sql::columns(meta.key, meta.shape) {
                assignments.push(format!("\"{name}\" = ?"));
            }
            bound.extend(sql::to_columns(meta.shape, value));
        }
        let statement = format!(
            "UPDATE \"{}\" SET {}, version = ? WHERE id = ? AND version = ?",
            table.word,
            assignments.join(", "),
        );
        bound.extend([version, record.at.id, record.version].map(rusqlite::types::Value::Integer));
        let written = self
            .tx
            .prepare_cached(&statement)
            .and_then(|mut s| s.execute(params_from_iter(bound)))
            .map_err(refused)?;
        if written == 0 {
            return Err(conflict(record, Vec::new()));
        }
        let before = some_fields_json(table, &record.values, &changed);
        let after = some_fields_json(table, values, &changed);
        self.log(op, record.at, version, Some(&before), Some(&after), reason)?;
        self.touch_links(record);
        self.note_weights(record.at);
        self.touch(record.at);
        Ok(Changed::Yes)
    }

    /// Sets or clears the mark of a record that was put away.
    pub(super) fn set_archived(
        &mut self,
        record: &Record,
        archived_at: Option<&str>,
        op: &str,
    ) -> Result<(), Refusal> {
        self.refuse_frozen_shelf(record)?;
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
        self.touch(record.at);
        Ok(())
    }

    /// Takes a record out, as the taking back of its adding.
    pub(super) fn remove(&mut self, record: &Record) -> Result<(), Refusal> {
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

    /// Writes a row with its id and version, as new or as brought back.
    pub(super) fn write_row(&mut self, at: Ref, version: i64, values: &[Value]) -> Result<(), Refusal> {
        use rusqlite::types::Value as Sql;
        let table = at.kind.table();
        let mut bound = vec![Sql::Integer(at.id), Sql::Integer(version)];
        for (meta, value) in table.fields.iter().zip(values) {
            bound.extend(sql::to_columns(meta.shape, value));
        }
        let statement = &sql::statements(at.kind).insert;
        let done = self.tx.prepare_cached(statement).and_then(|mut s| s.execute(params_from_iter(bound)));
        done.map(drop).map_err(|error| match refused(error) {
            Refusal::Rule(_) if self.exists(at) => {
                Refusal::Rule(Sentence::from(CODE_TAKEN).with("code", code_of(at)))
            }
            other => other,
        })
    }

    /// Writes an event into the chain of the act.
    pub(super) fn log(
        &mut self,
        op: &str,
        at: Ref,
        version: i64,
        before: Option<&Json>,
        after: Option<&Json>,
        reason: Option<&str>,
    ) -> Result<(), Refusal> {
        self.log.add(&self.tx, self.clock, &event::Happened { op, at, version, before, after, reason })
    }

    /// Notes that index rows of this record must be written before the commit.
    pub(super) fn touch(&mut self, at: Ref) {
        self.indexer.touch(at);
    }

    /// Notes the records this one linked to before it changes.
    fn touch_links(&mut self, record: &Record) {
        for value in &record.values {
            if let Value::Link(link) = value {
                self.indexer.touch_link(record.at.kind, Ref { kind: link.kind, id: link.id });
            }
        }
    }

    fn number(&mut self, kind: Kind, given: Option<i64>) -> Result<i64, Refusal> {
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

    /// Turns what was entered into a value; a named record is looked up.
    fn resolve(&self, table: &Table, at: usize, entered: &Entered) -> Result<Value, Refusal> {
        let Some(meta) = table.fields.get(at) else { return Ok(Value::Null) };
        let name = match entered {
            Entered::Value(Value::Link(link)) if link.id == 0 => &link.code,
            Entered::Value(value) => return Ok(value.clone()),
            Entered::Refer(name) => name,
        };
        let Shape::Link(kind) = meta.shape else { return Ok(Value::Null) };
        let text = match self.named(kind, name)? {
            Some(link) => return Ok(Value::Link(link)),
            None if super::find::is_ambiguous(&self.tx, kind, name)? => SEVERAL,
            None => NO_SUCH,
        };
        let sentence = Sentence::from(text).with_word("kind", kind.table().one).with("name", name);
        Err(Refusal::Invalid(vec![Problem::new(meta.key, sentence)]))
    }

    /// The record of this kind that a code, an external id or an exact name means.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn named(&self, kind: Kind, name: &str) -> Result<Option<Link>, Refusal> {
        super::find::named(&self.tx, kind, name)
    }
}

/// Whether a step changed anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// It did.
    Yes,
    /// All was as wanted already.
    No,
}

/// Sets how many pages the connection keeps: an import touches nearly every page of every index,
/// and with the usual cache each would be written out many times before the commit.
fn make_room(conn: &Connection, act: Act) -> Result<(), Refusal> {
    let kibibytes = if matches!(act, Act::Import | Act::Found) { BULK_CACHE } else { CACHE };
    conn.pragma_update(None, "cache_size", -kibibytes).map_err(refused)
}

/// Two values are the same for the purpose of changing; a link is its target.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Link(a), Value::Link(b)) => a.kind == b.kind && a.id == b.id,
        _ => a == b,
    }
}

pub(super) fn link_to(at: Ref) -> Value {
    Value::Link(Link { kind: at.kind, id: at.id, code: code_of(at), label: String::new() })
}

/// Says that another was first with these fields; with the record as a whole where there are none.
pub(super) fn conflict(record: &Record, clashes: Vec<Clash>) -> Refusal {
    Refusal::Conflict(Conflict { at: record.at, code: record.code.clone(), version: record.version, clashes })
}

const UNKNOWN_KIND: Text =
    text("The built-in data names an unknown kind of record.", "内置数据含未知的记录类型。");
const NO_SUCH: Text = text("There is no {kind} “{name}”.", "没有{kind}“{name}”。");
const SEVERAL: Text = text(
    "Several records ({kind}) are called “{name}”. Give the code of the one that is meant.",
    "有多个{kind}名为“{name}”，请填写编号。",
);
const IN_USE: Text = text(
    "{code} cannot be taken back: other records refer to it by now.",
    "{code} 无法撤销：已有其他记录引用它。",
);
const CODE_TAKEN: Text = text("The code {code} is taken.", "编号 {code} 已被占用。");
