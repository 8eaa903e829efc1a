//! Who changed what: reading the events, taking acts back and bringing them back.
//!
//! Nothing is ever taken out of the history: taking back is an act of its own that names the
//! one it reverts. An act can be taken back while nobody else has changed the same fields, or put
//! the same records away or brought them back.

use rusqlite::{Connection, Row, params};
use serde_json::Value as Json;

use crate::entity::{Kind, Meta, Record, Ref, Shape, Table, Value, show};
use crate::limits;
use crate::register::{Act, Clash, Event, FieldChange, Refusal, Reverted, Turn, code_of, ref_of};
use crate::store::change::event::fields_json;
use crate::store::change::rules::{check, check_links};
use crate::store::change::{Txn, conflict};
use crate::store::{Store, refused};
use crate::texts::{Sentence, Text, text};

impl Store {
    /// The events of a record, newest first.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn history_of(&self, at: Ref) -> Result<Vec<Event>, Refusal> {
        of_record(&self.conn, at, limits::HISTORY_EVENTS)
    }

    /// The newest events of the register.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn history(&self, most: usize) -> Result<Vec<Event>, Refusal> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let sql = format!("{SELECT} ORDER BY e.seq DESC LIMIT ?");
        events(&self.conn, &sql, &[&most])
    }

    /// The newest act of the register as a screen lists it: one line an act.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn recent_acts(&self, most: usize) -> Result<Vec<Event>, Refusal> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let sql = format!(
            "{SELECT} WHERE e.seq IN (SELECT (SELECT seq FROM event WHERE change = a.id ORDER BY seq LIMIT 1) \
             FROM (SELECT id FROM change WHERE act <> 'found' ORDER BY id DESC LIMIT ?) a) ORDER BY e.seq DESC"
        );
        events(&self.conn, &sql, &[&most])
    }

    /// Takes back this operator's newest act that still stands.
    ///
    /// # Errors
    /// [`Refusal::Rule`] when there is none, [`Refusal::Conflict`] when another operator has
    /// changed the same fields since.
    pub fn undo(&mut self) -> Result<Reverted, Refusal> {
        self.revert(Turn::Undone)
    }

    /// Brings back this operator's act that was taken back last, unless something was done since.
    ///
    /// # Errors
    /// As [`Store::undo`].
    pub fn redo(&mut self) -> Result<Reverted, Refusal> {
        self.revert(Turn::Redone)
    }

    /// Which act it is, is asked inside the transaction: of two that one operator asks for at the
    /// same time, the second sees what the first has left.
    fn revert(&mut self, turn: Turn) -> Result<Reverted, Refusal> {
        let actor = self.actor().to_owned();
        let mut txn = self.begin(Act::Edit)?;
        let target = next_target(&txn.tx, &actor, turn)?;
        let (act, events): (String, i64) = txn
            .tx
            .query_row("SELECT act, events FROM change WHERE id = ?", [target], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .map_err(refused)?;
        txn.reverting(turn, target, act_of(&act))?;
        let steps = revert_steps(&txn.tx, target, turn)?;
        let first = if turn == Turn::Undone { steps.last() } else { steps.first() }.map(|step| step.at);
        for step in steps.iter().filter(|step| matches!(step.op.as_str(), "add" | "remove")) {
            if step.at.kind == Kind::Review {
                txn.owns_review(step.at.id);
            }
            if let Some(review) = step.filled_review(&txn, target)? {
                txn.filled_review(review);
            }
        }
        for step in steps {
            txn.revert_step(&step)?;
        }
        txn.keep()?;
        let live = i64::from(turn == Turn::Redone);
        txn.tx.execute("UPDATE change SET live = ? WHERE id = ?", params![live, target]).map_err(refused)?;
        let saved = txn.commit()?;
        Ok(Reverted { saved, act, events, first })
    }
}

/// The act of this operator that is to be taken back or brought back next.
fn next_target(conn: &Connection, actor: &str, turn: Turn) -> Result<i64, Refusal> {
    let (found, nothing) = match turn {
        Turn::Redone => (undone(conn, actor)?.pop(), NOTHING_TO_REDO),
        Turn::Undone | Turn::Done => (newest(conn, actor)?, NOTHING_TO_UNDO),
    };
    found.ok_or_else(|| Refusal::Rule(nothing.into()))
}

/// The newest act of this operator that still stands.
fn newest(conn: &Connection, actor: &str) -> Result<Option<i64>, Refusal> {
    conn.prepare_cached(
        "SELECT max(id) FROM change WHERE actor = ? AND op = 'do' AND live = 1 AND act <> 'found'",
    )
    .and_then(|mut s| s.query_row([actor], |row| row.get(0)))
    .map_err(refused)
}

/// The acts of this operator that were taken back since the newest one that was done, the one
/// taken back last at the end. A new act forgets what was taken back before it.
fn undone(conn: &Connection, actor: &str) -> Result<Vec<i64>, Refusal> {
    let turns: Vec<(String, i64)> = conn
        .prepare_cached(
            "SELECT op, target FROM change WHERE actor = ?1 AND op <> 'do' AND id > coalesce(\
             (SELECT max(id) FROM change WHERE actor = ?1 AND op = 'do'), 0) ORDER BY id",
        )
        .and_then(|mut s| s.query_map([actor], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
        .map_err(refused)?;
    let mut undone = Vec::new();
    for (turn, target) in turns {
        if turn == Turn::Undone.key() {
            undone.push(target);
        } else {
            undone.pop();
        }
    }
    Ok(undone)
}

/// One event to be reverted, or done again.
struct RevertStep {
    op: String,
    at: Ref,
    /// What the fields must hold now.
    from: Json,
    /// What they shall hold.
    to: Json,
}

impl RevertStep {
    /// The review that the row to be taken out again belongs to, where nothing has happened to it
    /// since the act `target`: if it is locked now, it was when that act gave it its rows.
    fn filled_review(&self, txn: &Txn<'_>, target: i64) -> Result<Option<i64>, Refusal> {
        if self.op != "remove" || self.at.kind != Kind::ReviewRow {
            return Ok(None);
        }
        let review = self.from.get("review").and_then(Json::as_str).and_then(ref_of);
        let Some(review) = review else { return Ok(None) };
        let has_moved_on: bool = txn
            .tx
            .prepare_cached("SELECT 1 FROM event WHERE kind = ? AND record = ? AND change > ?")
            .and_then(|mut s| s.exists(params![review.kind as i64, review.id, target]))
            .map_err(refused)?;
        Ok((!has_moved_on).then_some(review.id))
    }
}

/// The events of an act, in the order in which they are reverted or done again.
fn revert_steps(conn: &Connection, target: i64, turn: Turn) -> Result<Vec<RevertStep>, Refusal> {
    let order = if turn == Turn::Undone { "DESC" } else { "ASC" };
    let sql =
        format!("SELECT op, kind, record, before, after FROM event WHERE change = ? ORDER BY seq {order}");
    let mut statement = conn.prepare_cached(&sql).map_err(refused)?;
    let rows = statement
        .query_map([target], |row| {
            let text = |at| row.get::<_, Option<String>>(at);
            Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?, text(3)?, text(4)?))
        })
        .map_err(refused)?;
    let mut steps = Vec::new();
    for row in rows {
        let (op, kind, id, before, after) = row.map_err(refused)?;
        let kind = Kind::from_number(kind).ok_or_else(|| Refusal::Damaged(UNKNOWN_EVENT.into()))?;
        let json =
            |text: Option<String>| text.and_then(|t| serde_json::from_str(&t).ok()).unwrap_or(Json::Null);
        let (before, after) = (json(before), json(after));
        let (op, from, to) = match (turn, op.as_str()) {
            (Turn::Undone, "add") => ("remove".to_owned(), after, before),
            (Turn::Undone, "remove") => ("add".to_owned(), after, before),
            (Turn::Undone, "archive") => ("unarchive".to_owned(), after, before),
            (Turn::Undone, "unarchive") => ("archive".to_owned(), after, before),
            (Turn::Undone, _) => (op, after, before),
            _ => (op, before, after),
        };
        steps.push(RevertStep { op, at: Ref { kind, id }, from, to });
    }
    Ok(steps)
}

impl Txn<'_> {
    fn revert_step(&mut self, step: &RevertStep) -> Result<(), Refusal> {
        match step.op.as_str() {
            "add" => self.put_back(step),
            "remove" => {
                let record = self.record(step.at)?;
                untouched(&record, &step.from)?;
                self.remove(&record)
            }
            "archive" | "unarchive" => self.shelve_again(step),
            _ => {
                let record = self.record(step.at)?;
                unchanged(&record, &step.from)?;
                let values = with_fields(&record, &step.to);
                check(record.table(), &values, self.today, Vec::new())?;
                check_links(&self.tx, step.at, &values)?;
                self.replace(&record, &values, "edit", None).map(drop)
            }
        }
    }

    /// Puts a record away with the instant at which it was put away before, or brings it back. One
    /// that stands where it shall is left alone; one that another has put away since is refused.
    fn shelve_again(&mut self, step: &RevertStep) -> Result<(), Refusal> {
        let record = self.record(step.at)?;
        let now = record.archived_at.as_deref();
        let (from, to) = (archived_at(&step.from), archived_at(&step.to));
        if now.is_some() == to.is_some() {
            return Ok(());
        }
        if now != from {
            return Err(conflict(&record, Vec::new()));
        }
        self.set_archived(&record, to, &step.op)
    }

    /// Writes a removed record again, under its own number.
    fn put_back(&mut self, step: &RevertStep) -> Result<(), Refusal> {
        let values = with_fields(&blank(step.at), &step.to);
        self.refuse_frozen_new_row(step.at, &values)?;
        self.write_row(step.at, 1, &values)?;
        self.log("add", step.at, 1, None, Some(&fields_json(step.at.kind.table(), &values)), None)?;
        self.touch(step.at);
        Ok(())
    }
}

/// When a record was put away, as an event tells; nothing where it was in use.
fn archived_at(told: &Json) -> Option<&str> {
    told.get("archived_at").and_then(Json::as_str)
}

/// Refuses to remove a record that holds anything it was not added with.
fn untouched(record: &Record, added: &Json) -> Result<(), Refusal> {
    if record.archived_at.is_some() {
        return Err(Refusal::Rule(Sentence::from(PUT_AWAY).with("code", &record.code)));
    }
    let all = show_all(record.table(), &with_fields(&blank(record.at), added));
    unchanged(record, &all)
}

/// Refuses when another has changed one of these fields since.
fn unchanged(record: &Record, from: &Json) -> Result<(), Refusal> {
    let table = record.table();
    let mut clashes = Vec::new();
    for (key, expected) in from.as_object().into_iter().flatten() {
        let Some(at) = table.field(key) else { continue };
        let Some(now) = record.values.get(at) else { continue };
        if show::to_json(now) != *expected {
            let shape = table.fields.get(at).map_or(Shape::Line, |m| m.shape);
            let mine = show::from_json(shape, expected).unwrap_or(Value::Null);
            clashes.push(Clash { field: at, theirs: now.clone(), mine });
        }
    }
    if clashes.is_empty() { Ok(()) } else { Err(conflict(record, clashes)) }
}

/// A record of which nothing is known.
fn blank(at: Ref) -> Record {
    let values = at.kind.table().fields.iter().map(|_| Value::Null).collect();
    Record { at, code: code_of(at), version: 1, archived_at: None, values, derived: Vec::new() }
}

/// Every field, blank ones too, by key.
fn show_all(table: &Table, values: &[Value]) -> Json {
    let shown = |(meta, value): (&Meta, &Value)| {
        let no = meta.shape == Shape::Bool && value.is_null();
        (meta.key.to_owned(), if no { Json::Bool(false) } else { show::to_json(value) })
    };
    Json::Object(table.fields.iter().zip(values).map(shown).collect())
}

/// The values of a record with those of an event laid over them.
fn with_fields(record: &Record, fields: &Json) -> Vec<Value> {
    let table = record.table();
    let mut values = record.values.clone();
    for (key, json) in fields.as_object().into_iter().flatten() {
        let Some(at) = table.field(key) else { continue };
        let Some(meta) = table.fields.get(at) else { continue };
        let value = match show::from_json(meta.shape, json) {
            Some(Value::Link(mut link)) => {
                link.id = ref_of(&link.code).map_or(0, |target| target.id);
                Value::Link(link)
            }
            Some(value) => value,
            None => continue,
        };
        if let Some(cell) = values.get_mut(at) {
            *cell = value;
        }
    }
    values
}

pub(super) fn of_record(conn: &Connection, at: Ref, most: usize) -> Result<Vec<Event>, Refusal> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let sql = format!("{SELECT} WHERE e.kind = ? AND e.record = ? ORDER BY e.seq DESC LIMIT ?");
    events(conn, &sql, &[&(at.kind as i64), &at.id, &most])
}

const SELECT: &str = "SELECT e.seq, e.change, c.at, c.actor, c.act, c.op, e.op, e.kind, e.record, e.before, e.after, \
    e.reason, d.label, c.events FROM event e JOIN change c ON c.id = e.change \
    LEFT JOIN directory d ON d.doc = e.record * 32 + e.kind";

fn events(conn: &Connection, sql: &str, bound: &[&dyn rusqlite::ToSql]) -> Result<Vec<Event>, Refusal> {
    let mut statement = conn.prepare_cached(sql).map_err(refused)?;
    let rows = statement.query_map(bound, event).map_err(refused)?;
    let found: Vec<Option<Event>> = rows.collect::<Result<_, _>>().map_err(refused)?;
    Ok(found.into_iter().flatten().collect())
}

fn event(row: &Row) -> rusqlite::Result<Option<Event>> {
    let Some(kind) = Kind::from_number(row.get(7)?) else { return Ok(None) };
    let record = Ref { kind, id: row.get(8)? };
    let json = |text: Option<String>| text.and_then(|t| serde_json::from_str::<Json>(&t).ok());
    let (before, after) = (json(row.get(9)?), json(row.get(10)?));
    let turn = Turn::from_key(&row.get::<_, String>(5)?).unwrap_or(Turn::Done);
    Ok(Some(Event {
        seq: row.get(0)?,
        change: row.get(1)?,
        at: row.get(2)?,
        actor: row.get(3)?,
        act: row.get(4)?,
        act_size: row.get(13)?,
        turn,
        op: row.get(6)?,
        record,
        code: code_of(record),
        label: row.get::<_, Option<String>>(12)?.unwrap_or_default(),
        fields: field_changes(before.as_ref(), after.as_ref()),
        reason: row.get(11)?,
    }))
}

fn field_changes(before: Option<&Json>, after: Option<&Json>) -> Vec<FieldChange> {
    let object = |json: Option<&Json>| json.and_then(Json::as_object).cloned().unwrap_or_default();
    let (before, after) = (object(before), object(after));
    let mut keys: Vec<&String> = after.keys().collect();
    keys.extend(before.keys().filter(|key| !after.contains_key(*key)));
    let value =
        |object: &serde_json::Map<String, Json>, key: &str| object.get(key).cloned().unwrap_or(Json::Null);
    let change = |key: &String| FieldChange {
        key: key.clone(),
        before: value(&before, key),
        after: value(&after, key),
    };
    keys.into_iter().map(change).collect()
}

fn act_of(key: &str) -> Act {
    let all = [Act::Add, Act::Edit, Act::Archive, Act::Unarchive, Act::Import, Act::Set, Act::Found];
    all.into_iter().find(|act| act.key() == key).unwrap_or(Act::Edit)
}

const PUT_AWAY: Text = text(
    "{code} was put away since; bring it back first, then its adding can be taken back.",
    "{code} 已被归档；请先恢复，再撤销新增。",
);
const NOTHING_TO_UNDO: Text = text("There is nothing of yours to take back.", "没有可撤销的操作。");
const NOTHING_TO_REDO: Text = text("There is nothing to bring back.", "没有可重做的操作。");
const UNKNOWN_EVENT: Text = text(
    "The history names a kind of record this program does not know.",
    "历史中有本程序不认识的记录类型。",
);
