//! The chain of events: whether anything in the history was changed, lost or taken out.

use rusqlite::{Connection, Row};

use crate::entity::{Kind, Ref};
use crate::register::Refusal;
use crate::store::change::event::EventBody;
use crate::store::check::{Finding, Severity};
use crate::store::refused;
use crate::texts::{Sentence, Text, text};

const EVENTS: &str = "SELECT e.seq, e.change, e.kind, e.record, e.version, e.op, e.before, e.after, e.reason, e.hash, \
    c.at, c.actor, c.act, c.op, c.target FROM event e LEFT JOIN change c ON c.id = e.change ORDER BY e.seq";

/// Follows the hashes of the events from the first on, and counts the events of each act. One
/// finding at most: what follows a break cannot be judged.
pub(in crate::store) fn broken(conn: &Connection) -> Result<Vec<Finding>, Refusal> {
    let mut statement = conn.prepare(EVENTS).map_err(refused)?;
    let mut rows = statement.query([]).map_err(refused)?;
    let mut previous: Vec<u8> = Vec::new();
    let mut last = 0;
    while let Some(row) = rows.next().map_err(refused)? {
        last = row.get(0).map_err(refused)?;
        match follows(row, &previous) {
            Ok(Some(hash)) => previous = hash,
            // A value of another type than its column's was written over it.
            Ok(None) | Err(rusqlite::Error::InvalidColumnType(..)) => return Ok(vec![finding(last)]),
            Err(error) => return Err(refused(error)),
        }
    }
    drop(rows);
    Ok(lost(conn, last)?.map(finding).into_iter().collect())
}

/// The hash of the event in this row, if it follows from the one before.
fn follows(row: &Row, previous: &[u8]) -> rusqlite::Result<Option<Vec<u8>>> {
    let stored: Vec<u8> = row.get(9)?;
    let text = |at: usize| -> rusqlite::Result<Option<String>> { row.get(at) };
    let words = [text(10)?, text(11)?, text(12)?, text(13)?, text(5)?].map(Option::unwrap_or_default);
    let texts = [text(6)?, text(7)?, text(8)?];
    let Some(kind) = Kind::from_number(row.get(2)?) else { return Ok(None) };
    let body = EventBody {
        change: row.get(1)?,
        target: row.get(14)?,
        words: words.each_ref().map(String::as_str),
        at: Ref { kind, id: row.get(3)? },
        version: row.get(4)?,
        texts: texts.each_ref().map(Option::as_deref),
    };
    Ok((body.hash(previous) == stored).then_some(stored))
}

/// The first event that is missing behind the last one, or in an act that had more.
fn lost(conn: &Connection, last: i64) -> Result<Option<i64>, Refusal> {
    let given: i64 = conn
        .query_row("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'event'", [], |r| r.get(0))
        .map_err(refused)?;
    if given > last {
        return Ok(Some(last + 1));
    }
    let short: Option<i64> = conn
        .query_row(
            "SELECT min(coalesce((SELECT max(seq) FROM event WHERE change = c.id), 0)) FROM change c \
             WHERE c.events <> (SELECT count(*) FROM event WHERE change = c.id)",
            [],
            |row| row.get(0),
        )
        .map_err(refused)?;
    Ok(short.map(|seq| seq + 1))
}

fn finding(seq: i64) -> Finding {
    Finding {
        severity: Severity::Error,
        rule: "chain",
        code: String::new(),
        field: String::new(),
        sentence: Sentence::from(BROKEN_CHAIN).with("seq", seq),
    }
}

const BROKEN_CHAIN: Text = text(
    "The history does not fit together from event {seq} on: an event was changed or lost.",
    "历史自事件 {seq} 起不连贯：有事件被改动或丢失。",
);
