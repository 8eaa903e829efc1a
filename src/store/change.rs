//! Writing: one act of one operator, whole or not at all, with its events.
//!
//! Every write goes through [`Txn`]: an IMMEDIATE transaction that writes the record, one
//! event a record and, before the commit, every index row that follows from them. Dropping a
//! [`Txn`] aborts it. Here an act begins, is put together and ends; what a step of it may do to a
//! record is decided in `entered`, and written in `rows`.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use serde_json::Value as Json;

use crate::entity::{Kind, Link, Problem, Record, Ref, Value};
use crate::register::{Act, Change, Clash, Conflict, Refusal, Saved, Step, Turn, code_of};
use crate::store::backup::checksum;
use crate::store::index::Indexer;
use crate::store::{Store, calendars, refused};

mod deed;
mod entered;
pub(super) mod event;
pub(super) mod exit;
mod frozen;
mod money;
pub(super) mod review;
mod revisions;
mod rows;
pub(super) mod rules;
mod scorecard;
mod scores;
pub(super) mod weights;

use event::Log;

/// KiB of pages that the writing connection keeps for an act of one operator.
const CACHE: i64 = 4_000;
/// The same for an act of many records.
const BULK_CACHE: i64 = 256_000;
/// Records from which on an act is one of many.
const MANY: usize = 1_000;

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
    /// Exit cases that were added without their steps.
    stepless: BTreeSet<Ref>,
    /// Templates that this act writes or takes rows from.
    weighed: BTreeSet<i64>,
    /// Exit cases that this act writes to, and vendors it takes out.
    exits: BTreeSet<Ref>,
    /// What a person entered that wants a look.
    doubts: Vec<Problem>,
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
        // An act that came to nothing may have taught its own.
        calendars::learn(&tx)?;
        checksum::lift(&self.path)?;
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
            stepless: BTreeSet::new(),
            weighed: BTreeSet::new(),
            exits: BTreeSet::new(),
            doubts: Vec::new(),
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
    /// Makes room for an act on so many records.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub(super) fn expect(&self, records: usize) -> Result<(), Refusal> {
        let kibibytes = if records > MANY { BULK_CACHE } else { CACHE };
        set_cache(&self.tx, kibibytes)
    }

    /// Who does it.
    pub(super) fn actor(&self) -> &str {
        self.log.actor()
    }

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
            Step::Deed { at, deed, given, reason } => self.deed(*at, *deed, given, reason.as_deref()),
            Step::Shelve { at, to } => {
                self.shelve(*at, *to)?;
                Ok(*at)
            }
        }
    }

    /// Writes the index rows and ends the act.
    ///
    /// # Errors
    /// When the disk refuses; then nothing was changed.
    pub fn commit(mut self) -> Result<Saved, Refusal> {
        self.seed_rows()?;
        self.seed_steps()?;
        self.refuse_unbalanced()?;
        self.refuse_exit()?;
        let indexer = std::mem::take(&mut self.indexer);
        indexer.flush(&self.tx, self.today)?;
        for (kind, next) in &self.next {
            let sql = "INSERT OR REPLACE INTO sequence (kind, next) VALUES (?, ?)";
            self.tx.execute(sql, params![*kind as i64, next]).map_err(refused)?;
        }
        let saved = self.log.close(&self.tx)?;
        self.tx.commit().map_err(refused)?;
        Ok(Saved { doubts: self.doubts, ..saved })
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
        let doubts = self.doubts.len();
        self.tx.execute_batch("SAVEPOINT part").map_err(refused)?;
        let done = part(self);
        if done.is_err() {
            self.tx.execute_batch("ROLLBACK TO part").map_err(refused)?;
            self.log.back_to(mark);
            (self.next, (self.own_reviews, self.filled_reviews, self.rowless)) = held;
            self.doubts.truncate(doubts);
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
    pub(super) fn reverting(&mut self, turn: Turn, target: i64, act: Act) {
        self.log.reverting(turn, target, act);
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
        let happened = event::Happened { op, at, version, before, after, reason, seals: None };
        self.log.add(&self.tx, self.clock, &happened)
    }

    /// Writes the event of an erasing.
    pub(super) fn log_erasing(
        &mut self,
        at: Ref,
        version: i64,
        before: &Json,
        after: &Json,
        seals: Option<&str>,
    ) -> Result<(), Refusal> {
        let (before, after) = (Some(before), Some(after));
        let happened = event::Happened { op: "erase", at, version, before, after, reason: None, seals };
        self.log.add(&self.tx, self.clock, &happened)
    }

    /// Notes that the file is to be swept of what this act erases.
    pub(super) fn note_unswept(&mut self) -> Result<(), Refusal> {
        let change = self.log.begun(&self.tx, self.clock)?;
        self.tx.execute("INSERT INTO unswept (change) VALUES (?)", [change]).map(drop).map_err(refused)
    }

    /// This instant, in UTC.
    pub(super) fn now(&self) -> String {
        (self.clock)()
    }

    /// Notes that index rows of this record must be written before the commit.
    pub(super) fn touch(&mut self, at: Ref) {
        self.indexer.touch(at);
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
    set_cache(conn, kibibytes)
}

fn set_cache(conn: &Connection, kibibytes: i64) -> Result<(), Refusal> {
    conn.pragma_update(None, "cache_size", -kibibytes).map_err(refused)
}

pub(super) fn link_to(at: Ref) -> Value {
    Value::Link(Link { kind: at.kind, id: at.id, code: code_of(at), label: String::new() })
}

/// Says that another was first with these fields; with the record as a whole where there are none.
pub(super) fn conflict(record: &Record, clashes: Vec<Clash>) -> Refusal {
    Refusal::Conflict(Conflict { at: record.at, code: record.code.clone(), version: record.version, clashes })
}
