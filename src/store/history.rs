//! Who changed what: reading the events.

use rusqlite::{Connection, Row};
use serde_json::Value as Json;

use crate::entity::{Kind, Ref};
use crate::limits;
use crate::limits::KINDS;
use crate::register::{Event, FieldChange, Refusal, Turn, code_of};
use crate::store::{Store, refused};

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
        let sql = format!("{} ORDER BY e.seq DESC LIMIT ?", select());
        events(&self.conn, &sql, &[&most])
    }

    /// The newest act of the register as a screen lists it: one line an act.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn recent_acts(&self, most: usize) -> Result<Vec<Event>, Refusal> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let sql = format!(
            "{} WHERE e.seq IN (SELECT (SELECT seq FROM event WHERE change = a.id ORDER BY seq LIMIT 1) \
             FROM (SELECT id FROM change WHERE act <> 'found' ORDER BY id DESC LIMIT ?) a) ORDER BY e.seq DESC",
            select()
        );
        events(&self.conn, &sql, &[&most])
    }
}

/// Hands over the events of the acts behind the first number, up to the second, the oldest first.
pub(super) fn each_between(
    conn: &Connection,
    acts: (i64, i64),
    mut take: impl FnMut(Event),
) -> Result<(), Refusal> {
    let sql = format!("{} WHERE e.change > ? AND e.change <= ? ORDER BY e.seq", select());
    let mut statement = conn.prepare_cached(&sql).map_err(refused)?;
    let rows = statement.query_map([acts.0, acts.1], event).map_err(refused)?;
    for row in rows {
        if let Some(event) = row.map_err(refused)? {
            take(event);
        }
    }
    Ok(())
}

pub(super) fn of_record(conn: &Connection, at: Ref, most: usize) -> Result<Vec<Event>, Refusal> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let sql = format!("{} WHERE e.kind = ? AND e.record = ? ORDER BY e.seq DESC LIMIT ?", select());
    events(conn, &sql, &[&(at.kind as i64), &at.id, &most])
}

fn select() -> String {
    format!(
        "SELECT e.seq, e.change, c.at, c.actor, c.act, c.op, e.op, e.kind, e.record, e.before, e.after, \
    e.reason, d.label, c.events FROM event e JOIN change c ON c.id = e.change \
    LEFT JOIN directory d ON d.doc = e.record * {KINDS} + e.kind"
    )
}

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
