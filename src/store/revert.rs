//! Taking acts back and bringing them back.
//!
//! Nothing is ever taken out of the history: taking back is an act of its own that names the
//! one it reverts. An act can be taken back while nobody else has changed the same fields, or put
//! the same records away or brought them back; whether it was the newest does not matter.

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value as Json;

use crate::entity::{Kind, Meta, Record, Ref, Shape, Table, Value, show};
use crate::register::{Act, Clash, Refusal, Reverted, Turn, code_of, ref_of};
use crate::store::change::event::fields_json;
use crate::store::change::rules::{check, check_calendar, check_links, check_single};
use crate::store::change::{Txn, conflict};
use crate::store::{Store, refused};
use crate::texts::{Sentence, Text, text};

impl Store {
    /// Takes back this operator's newest act that still stands.
    ///
    /// # Errors
    /// [`Refusal::Rule`] when there is none, [`Refusal::Conflict`] when another operator has
    /// changed the same fields since.
    pub fn undo(&mut self) -> Result<Reverted, Refusal> {
        self.revert(|conn, actor| {
            let found = newest(conn, actor)?.ok_or_else(|| Refusal::Rule(NOTHING_TO_UNDO.into()))?;
            Ok((Turn::Undone, found))
        })
    }

    /// Takes back one act of this operator, whatever was done after it. Of an act that took
    /// another back, that other is brought back.
    ///
    /// # Errors
    /// [`Refusal::Rule`] when there is no such act, it is another's or does not stand any more, or
    /// other records refer to what it added; [`Refusal::Conflict`] when fields it wrote were written
    /// since.
    pub fn undo_act(&mut self, change: i64) -> Result<Reverted, Refusal> {
        self.revert(|conn, actor| aim(conn, actor, change))
    }

    /// Brings back this operator's act that was taken back last, unless something was done since.
    ///
    /// # Errors
    /// As [`Store::undo`].
    pub fn redo(&mut self) -> Result<Reverted, Refusal> {
        self.revert(|conn, actor| {
            let found = undone(conn, actor)?.pop().ok_or_else(|| Refusal::Rule(NOTHING_TO_REDO.into()))?;
            Ok((Turn::Redone, found))
        })
    }

    /// Which act it is, is asked inside the transaction: of two that one operator asks for at the
    /// same time, the second sees what the first has left.
    fn revert(
        &mut self,
        which: impl FnOnce(&Connection, &str) -> Result<(Turn, i64), Refusal>,
    ) -> Result<Reverted, Refusal> {
        let actor = self.actor().to_owned();
        let mut txn = self.begin(Act::Edit)?;
        let (turn, target) = which(&txn.tx, &actor)?;
        let (act, events): (String, i64) = txn
            .tx
            .query_row("SELECT act, events FROM change WHERE id = ?", [target], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .map_err(refused)?;
        if act == Act::Erase.key() {
            return Err(Refusal::Rule(ERASED_FOR_GOOD.into()));
        }
        refuse_erased(&txn.tx, target)?;
        txn.reverting(turn, target, act_of(&act));
        txn.expect(usize::try_from(events).unwrap_or(0))?;
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
        Ok(Reverted { saved, turn, act, events, first })
    }
}

/// What taking back this act means: the act that is reverted, and which way.
fn aim(conn: &Connection, actor: &str, change: i64) -> Result<(Turn, i64), Refusal> {
    let sql = "SELECT c.actor, c.op, c.act, coalesce(c.target, c.id), coalesce(t.live, c.live) \
        FROM change c LEFT JOIN change t ON t.id = c.target WHERE c.id = ?";
    let found = conn.query_row(sql, [change], |row| {
        Ok((
            row.get::<_, String>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, String>(2)?,
            row.get(3)?,
            row.get(4)?,
        ))
    });
    let found: Option<(String, String, String, i64, bool)> = found.optional().map_err(refused)?;
    let rule = |says: Text| Refusal::Rule(Sentence::from(says).with("change", change));
    let (who, op, act, target, live) = found.ok_or_else(|| rule(NO_SUCH_ACT))?;
    if who != actor {
        return Err(Refusal::Rule(Sentence::from(NOT_YOURS).with("who", who)));
    }
    match (Turn::from_key(&op).unwrap_or(Turn::Done), live) {
        _ if act == Act::Found.key() => Err(Refusal::Rule(NOTHING_TO_UNDO.into())),
        (Turn::Done | Turn::Redone, true) => Ok((Turn::Undone, target)),
        (Turn::Undone, false) => Ok((Turn::Redone, target)),
        _ => Err(rule(STANDS_NO_MORE)),
    }
}

/// Refuses an act of which something was erased for good: nobody knows any more what it wrote.
fn refuse_erased(conn: &Connection, change: i64) -> Result<(), Refusal> {
    let sql = "SELECT e.seq FROM event e WHERE e.change = ? AND e.sealed IS NOT NULL LIMIT 1";
    let erased: Option<i64> = conn.query_row(sql, [change], |row| row.get(0)).optional().map_err(refused)?;
    let Some(seq) = erased else { return Ok(()) };
    let sql = "SELECT c.at, c.actor FROM event e JOIN change c ON c.id = e.change \
        WHERE e.seals IS NOT NULL AND json_extract(e.seals, '$.\"' || ? || '\"') IS NOT NULL ORDER BY e.seq DESC LIMIT 1";
    let told: Option<(String, String)> =
        conn.query_row(sql, [seq], |row| Ok((row.get(0)?, row.get(1)?))).optional().map_err(refused)?;
    let (at, who) = told.unwrap_or_default();
    let day = at.split('T').next().unwrap_or_default();
    Err(Refusal::Rule(Sentence::from(ERASED_SINCE).with("day", day).with("who", who)))
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
                check_calendar(&self.tx, &record, None)?;
                self.remove(&record)
            }
            "archive" | "unarchive" => self.shelve_again(step),
            _ => {
                let record = self.record(step.at)?;
                unchanged(&record, &step.from)?;
                let values = with_fields(&record, &step.to);
                check(record.table(), &values, self.today, Vec::new())?;
                check_links(&self.tx, step.at, &values)?;
                check_single(&self.tx, step.at, &values)?;
                check_calendar(&self.tx, &record, values.first().map(Value::as_text))?;
                self.check_money(step.at, &values)?;
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
pub(super) fn blank(at: Ref) -> Record {
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
pub(super) fn with_fields(record: &Record, fields: &Json) -> Vec<Value> {
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

fn act_of(key: &str) -> Act {
    let all =
        [Act::Add, Act::Edit, Act::Archive, Act::Unarchive, Act::Import, Act::Set, Act::Erase, Act::Found];
    all.into_iter().find(|act| act.key() == key).unwrap_or(Act::Edit)
}

const ERASED_FOR_GOOD: Text = text(
    "Your last act erased a person's data for good; that is not taken back. An older act is taken back by its line in the history (!).",
    "您上一次操作已永久抹除个人数据，无法撤销。更早的操作可在历史（!）中按行撤销。",
);
const ERASED_SINCE: Text = text(
    "What this act wrote was erased for good on {day} by {who}: it cannot be taken back or brought back.",
    "此操作写入的内容已于 {day} 由 {who} 永久抹除，无法撤销或重做。",
);
const PUT_AWAY: Text = text(
    "{code} was put away since; bring it back first, then its adding can be taken back.",
    "{code} 已被归档；请先恢复，再撤销新增。",
);
const NOTHING_TO_UNDO: Text = text("There is nothing of yours to take back.", "没有可撤销的操作。");
const NO_SUCH_ACT: Text = text("There is no act {change} in the history.", "历史中没有第 {change} 次操作。");
const NOT_YOURS: Text = text(
    "{who} did this: one takes back one's own acts only. Edit the record instead.",
    "此操作由 {who} 完成：只能撤销自己的操作。请直接编辑该记录。",
);
const STANDS_NO_MORE: Text = text(
    "Act {change} was reverted already; what reverted it can be taken back.",
    "第 {change} 次操作已被撤销；可撤销那次撤销。",
);
const NOTHING_TO_REDO: Text = text("There is nothing to bring back.", "没有可重做的操作。");
const UNKNOWN_EVENT: Text = text(
    "The history names a kind of record this program does not know.",
    "历史中有本程序不认识的记录类型。",
);
