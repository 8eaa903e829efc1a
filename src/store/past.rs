//! The register as it was, and what changed between two instants: both from the events alone.
//!
//! Ordering is by number, not by time: the register of an instant is that after the last act whose
//! clock said no later.

use std::collections::HashMap;
use std::path::Path;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension};
use serde_json::{Map, Value as Json};

use crate::entity::{Kind, Record, Ref};
use crate::limits;
use crate::register::{Act, Event, FieldChange, Refusal};
use crate::store::migrate::{rechain, without_guards};
use crate::store::revert::{blank, with_fields};
use crate::store::{Access, Opening, Store, backup, history, refused};
use crate::texts::{Sentence, Text, text};

/// What is known of a record at an earlier time.
#[derive(Default)]
struct Past {
    /// Whether there was one.
    is: Is,
    /// The fields that were others.
    fields: Map<String, Json>,
    /// When it was put away, where that was another.
    shelf: Shelved,
}

/// When a record was put away.
#[derive(Default)]
enum Shelved {
    /// As it is now.
    #[default]
    AsNow,
    /// At this instant; `None` where it was in use.
    At(Option<String>),
}

/// Whether a record was there.
#[derive(Default, PartialEq)]
enum Is {
    /// As it is now, but for the fields.
    #[default]
    There,
    /// Not yet.
    Missing,
    /// It was, and is gone now: all of its fields are known.
    Gone,
}

impl Store {
    /// Makes a new file that holds the register as it was at an instant (UTC), to be read on `day`:
    /// without what was done since, and without its history.
    ///
    /// # Errors
    /// [`Refusal::Rule`] when the register began later, [`Refusal::Io`] when the file cannot be made.
    pub fn past(&self, to: &Path, instant: &str, day: NaiveDate) -> Result<(), Refusal> {
        let last = last_act(&self.conn, instant)?.ok_or_else(|| self.began_later())?;
        self.copy_to(to)?.ok_or_else(|| backup::taken(to))?;
        let mut copy = Self::open(&Opening {
            path: to.to_path_buf(),
            access: Access::Write,
            actor: self.actor.clone(),
            today: day,
            clock: self.clock,
            currency: self.base_currency()?,
        })?;
        copy.go_back(last)
    }

    fn began_later(&self) -> Refusal {
        let first =
            self.conn.query_row("SELECT min(at) FROM change", [], |row| row.get::<_, Option<String>>(0));
        let first = first.ok().flatten().unwrap_or_default();
        let day = first.split('T').next().unwrap_or_default();
        Refusal::Rule(Sentence::from(BEGAN_LATER).with("day", day))
    }

    /// Takes back all acts behind one, in a copy that nobody writes to.
    fn go_back(&mut self, last: i64) -> Result<(), Refusal> {
        let past = past_of(&self.conn, last)?;
        let mut txn = self.begin(Act::Import)?;
        // Each record is written by itself: what it refers to may come after it.
        txn.tx.execute_batch("PRAGMA defer_foreign_keys = ON").map_err(refused)?;
        for (at, past) in &past {
            let now = txn.record(*at).ok();
            txn.set_back(*at, now.as_ref(), past, last)?;
        }
        txn.commit()?;
        forget_acts(&self.conn, last)
    }

    /// What changed on the whole between two instants (UTC), the first excluded: one event a record,
    /// those changed last first, at most [`limits::HISTORY_EVENTS`]. What came and went is left out.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn between(&self, from: &str, to: &str) -> Result<Vec<Event>, Refusal> {
        let [from, to] = [from, to].map(|instant| last_act(&self.conn, instant));
        let (from, to) = (from?.unwrap_or(0), to?.unwrap_or(0));
        let mut sums: HashMap<Ref, Sum> = HashMap::new();
        history::each_between(&self.conn, (from, to), |event| {
            sums.entry(event.record).and_modify(|sum| sum.add(&event)).or_insert_with(|| Sum::of(event));
        })?;
        let mut sums: Vec<Event> = sums.into_values().filter_map(Sum::whole).collect();
        sums.sort_by_key(|event| std::cmp::Reverse(event.seq));
        sums.truncate(limits::HISTORY_EVENTS);
        Ok(sums)
    }
}

/// The last act whose clock said no later than an instant; `None` before the first.
fn last_act(conn: &Connection, instant: &str) -> Result<Option<i64>, Refusal> {
    conn.query_row("SELECT max(id) FROM change WHERE at < ?", [instant], |row| row.get(0))
        .optional()
        .map(Option::flatten)
        .map_err(refused)
}

/// What is known of every record that an act behind `last` touched.
fn past_of(conn: &Connection, last: i64) -> Result<HashMap<Ref, Past>, Refusal> {
    let mut all: HashMap<Ref, Past> = HashMap::new();
    let mut statement = conn
        .prepare("SELECT op, kind, record, before FROM event WHERE change > ? ORDER BY seq DESC")
        .map_err(refused)?;
    let mut rows = statement.query([last]).map_err(refused)?;
    while let Some(row) = rows.next().map_err(refused)? {
        let op: String = row.get(0).map_err(refused)?;
        let Some(kind) = Kind::from_number(row.get(1).map_err(refused)?) else { continue };
        let id = row.get(2).map_err(refused)?;
        let before: Option<String> = row.get(3).map_err(refused)?;
        let before = before.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or(Json::Null);
        all.entry(Ref { kind, id }).or_default().before(&op, before);
    }
    Ok(all)
}

impl Past {
    /// Goes back behind one event.
    fn before(&mut self, op: &str, before: Json) {
        let Json::Object(mut fields) = before else {
            *self = Self { is: Is::Missing, ..Self::default() };
            return;
        };
        match op {
            "remove" => *self = Self { is: Is::Gone, fields, shelf: Shelved::At(None) },
            "archive" | "unarchive" => {
                let at = fields.remove("archived_at");
                self.shelf = Shelved::At(at.and_then(|at| at.as_str().map(str::to_owned)));
            }
            _ => self.fields.append(&mut fields),
        }
    }
}

impl super::change::Txn<'_> {
    /// Writes a record as it was. Whatever rules stood against it stood against it then.
    fn set_back(&mut self, at: Ref, now: Option<&Record>, past: &Past, last: i64) -> Result<(), Refusal> {
        if let Some(now) = now {
            self.erase_row(now)?;
        }
        let base = match (&past.is, now) {
            (Is::Missing, _) => return Ok(()),
            (Is::There, Some(now)) => now.clone(),
            (Is::There | Is::Gone, _) => blank(at),
        };
        let values = with_fields(&base, &Json::Object(past.fields.clone()));
        let version = self
            .tx
            .prepare_cached(
                "SELECT version FROM event WHERE kind = ? AND record = ? AND change <= ? ORDER BY seq DESC",
            )
            .and_then(|mut s| s.query_row([at.kind as i64, at.id, last], |row| row.get(0)).optional())
            .map_err(refused)?;
        self.write_row(at, version.unwrap_or(base.version), &values)?;
        let archived = match &past.shelf {
            Shelved::AsNow => &base.archived_at,
            Shelved::At(instant) => instant,
        };
        self.mark_archived(at, archived.as_deref())
    }
}

/// Takes the acts behind one out of the history of a copy, and with them what guards it for a moment.
fn forget_acts(conn: &Connection, last: i64) -> Result<(), Refusal> {
    // An act that was taken back or brought back since stands as it did then.
    let sql = format!(
        "UPDATE change SET live = coalesce((SELECT r.op = 'redo' FROM change r WHERE r.target = change.id
             AND r.id <= {last} ORDER BY r.id DESC LIMIT 1), 1)
         WHERE id IN (SELECT target FROM change WHERE id > {last});
         DELETE FROM unswept WHERE change > {last};
         DELETE FROM event WHERE change > {last};
         DELETE FROM change WHERE id > {last};
         UPDATE sqlite_sequence SET seq = (SELECT max(seq) FROM event) WHERE name = 'event';
         UPDATE sqlite_sequence SET seq = {last} WHERE name = 'change';"
    );
    let tx = conn.unchecked_transaction().map_err(refused)?;
    without_guards(&tx, |tx| tx.execute_batch(&sql).map_err(refused))?;
    keep_what_was_left(&tx)?;
    tx.commit().map_err(refused)
}

/// Takes what erasings have left of events for what they tell: the acts that erased are forgotten here, and
/// with them what vouches for it.
fn keep_what_was_left(conn: &Connection) -> Result<(), Refusal> {
    let erased =
        conn.query_row("SELECT EXISTS (SELECT 1 FROM event WHERE sealed IS NOT NULL)", [], |row| row.get(0));
    if !erased.map_err(refused)? {
        return Ok(());
    }
    without_guards(conn, |conn| {
        conn.execute("UPDATE event SET sealed = NULL WHERE sealed IS NOT NULL", []).map(drop).map_err(refused)
    })?;
    rechain(conn, |_| true)
}

/// What happened to one record on the whole.
struct Sum {
    /// The newest event of it, with the fields of all.
    event: Event,
    /// Whether it was there at the beginning.
    was_there: bool,
    /// Where it stood at the beginning, if it was put away or brought back since.
    was_archived: Option<bool>,
}

impl Sum {
    fn of(event: Event) -> Self {
        let was_archived = match event.op.as_str() {
            "archive" => Some(false),
            "unarchive" => Some(true),
            _ => None,
        };
        Self { was_there: event.op != "add", was_archived, event }
    }

    fn add(&mut self, event: &Event) {
        for change in &event.fields {
            match self.event.fields.iter_mut().find(|known| known.key == change.key) {
                Some(known) => known.after = change.after.clone(),
                None => self.event.fields.push(change.clone()),
            }
        }
        if self.was_archived.is_none() {
            self.was_archived = Self::of(event.clone()).was_archived;
        }
        self.event = Event { fields: std::mem::take(&mut self.event.fields), ..event.clone() };
    }

    /// The event that tells it; nothing where all is as it was.
    fn whole(self) -> Option<Event> {
        let is_there = self.event.op != "remove";
        let Self { mut event, was_there, was_archived } = self;
        let archived = |json: &FieldChange| json.key == "archived_at";
        let is_archived = event.fields.iter().find(|c| archived(c)).map(|c| !c.after.is_null());
        event.fields.retain(|change| change.before != change.after && !archived(change));
        event.reason = None;
        let op = match (was_there, is_there) {
            (false, false) => return None,
            (false, true) => "add",
            (true, false) => "remove",
            (true, true) if was_archived.is_some() && was_archived != is_archived => {
                if is_archived == Some(true) { "archive" } else { "unarchive" }
            }
            (true, true) if event.fields.is_empty() => return None,
            (true, true) => "edit",
        };
        op.clone_into(&mut event.op);
        Some(event)
    }
}

const BEGAN_LATER: Text = text(
    "The register begins on {day}: there is nothing to show before it.",
    "登记册始于 {day}：此前没有内容。",
);
