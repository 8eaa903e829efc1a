//! The chain of events: whether anything in the history was changed, lost or taken out.

use std::collections::HashMap;

use rusqlite::{Connection, Row};
use serde_json::{Map, Value as Json};

use crate::entity::{Kind, Ref};
use crate::register::{Refusal, code_of};
use crate::store::change::event::{Content, EventBody};
use crate::store::check::{Finding, Severity};
use crate::store::{hex, migrate, refused};
use crate::texts::{Sentence, Text, text};

/// What is told of an event and its act; of the formats before content had a salt without one.
const SALTED: &str = "e.seals, e.salt, e.sealed";
const UNSALTED: &str = "NULL, NULL, NULL";

/// An event, as the chain sees it.
pub(in crate::store) struct Link {
    pub(in crate::store) seq: i64,
    pub(in crate::store) at: Ref,
    /// Its number of the act, that of the act it reverts, its version.
    numbers: (i64, Option<i64>, i64),
    words: [String; 5],
    /// The values before and after, the reason, the seals.
    texts: [Option<String>; 4],
    pub(in crate::store) salt: Option<Vec<u8>>,
    sealed: Option<Vec<u8>>,
    pub(in crate::store) hash: Vec<u8>,
}

impl Link {
    fn of(row: &Row) -> rusqlite::Result<Option<Self>> {
        let text = |at: usize| -> rusqlite::Result<Option<String>> { row.get(at) };
        let Some(kind) = Kind::from_number(row.get(2)?) else { return Ok(None) };
        Ok(Some(Self {
            seq: row.get(0)?,
            at: Ref { kind, id: row.get(3)? },
            numbers: (row.get(1)?, row.get(14)?, row.get(4)?),
            words: [text(10)?, text(11)?, text(12)?, text(13)?, text(5)?].map(Option::unwrap_or_default),
            texts: [text(6)?, text(7)?, text(8)?, text(15)?],
            salt: row.get(16)?,
            sealed: row.get(17)?,
            hash: row.get(9)?,
        }))
    }

    fn body(&self) -> EventBody<'_> {
        let (change, target, version) = self.numbers;
        EventBody { change, target, words: self.words.each_ref().map(String::as_str), at: self.at, version }
    }

    /// The digest of its content as it stands, with this salt.
    fn content(&self, salt: &[u8]) -> Vec<u8> {
        Content(self.texts.each_ref().map(Option::as_deref)).digest(salt)
    }

    /// The hash it has behind another with this one.
    pub(in crate::store) fn hash_behind(&self, previous: &[u8]) -> Vec<u8> {
        let Some(salt) = &self.salt else { return self.unsalted_hash_behind(previous) };
        match &self.sealed {
            Some(sealed) => self.body().hash(previous, sealed),
            None => self.body().hash(previous, &self.content(salt)),
        }
    }

    /// The same by the rule of the formats without a salt.
    pub(in crate::store) fn unsalted_hash_behind(&self, previous: &[u8]) -> Vec<u8> {
        let [before, after, reason, _] = self.texts.each_ref().map(Option::as_deref);
        self.body().unsalted_hash(previous, [before, after, reason])
    }
}

/// Hands over the events, oldest first, until one is not taken or cannot be read; its number then.
pub(in crate::store) fn walk(
    conn: &Connection,
    mut take: impl FnMut(Link) -> Result<bool, Refusal>,
) -> Result<Option<(i64, Option<Ref>)>, Refusal> {
    let told = if migrate::is_salted(migrate::version(conn)?) { SALTED } else { UNSALTED };
    let sql = format!(
        "SELECT e.seq, e.change, e.kind, e.record, e.version, e.op, e.before, e.after, e.reason, e.hash, \
         c.at, c.actor, c.act, c.op, c.target, {told} FROM event e LEFT JOIN change c ON c.id = e.change \
         ORDER BY e.seq"
    );
    let mut statement = conn.prepare(&sql).map_err(refused)?;
    let mut rows = statement.query([]).map_err(refused)?;
    while let Some(row) = rows.next().map_err(refused)? {
        let seq = row.get(0).map_err(refused)?;
        match Link::of(row) {
            Ok(Some(link)) => {
                let at = link.at;
                if !take(link)? {
                    return Ok(Some((seq, Some(at))));
                }
            }
            // A value of another type than its column's was written over it.
            Ok(None) | Err(rusqlite::Error::InvalidColumnType(..)) => return Ok(Some((seq, None))),
            Err(error) => return Err(refused(error)),
        }
    }
    Ok(None)
}

/// Follows the hashes of the events from the first on, holds what was left of erased ones against what
/// their erasing told, and counts the events of each act. One finding at most: what follows a break cannot
/// be judged.
pub(in crate::store) fn broken(conn: &Connection) -> Result<Vec<Finding>, Refusal> {
    let mut previous: Vec<u8> = Vec::new();
    let mut last = 0;
    let mut seals: HashMap<i64, String> = HashMap::new();
    let mut sealed: Vec<(i64, Ref, String)> = Vec::new();
    let break_at = walk(conn, |link| {
        last = link.seq;
        if link.hash_behind(&previous) != link.hash {
            return Ok(false);
        }
        if let Some(told) = link.texts.get(3).and_then(Option::as_deref) {
            let told: Map<String, Json> = serde_json::from_str(told).unwrap_or_default();
            let seal = |(seq, seal): (String, Json)| Some((seq.parse().ok()?, seal.as_str()?.to_owned()));
            seals.extend(told.into_iter().filter_map(seal));
        }
        if let (Some(salt), Some(_)) = (&link.salt, &link.sealed) {
            sealed.push((link.seq, link.at, hex(&link.content(salt))));
        }
        previous = link.hash;
        Ok(true)
    })?;
    if let Some((seq, at)) = break_at {
        return Ok(vec![finding(seq, at)]);
    }
    if let Some((seq, at, _)) = sealed.into_iter().find(|(seq, _, left)| seals.get(seq) != Some(left)) {
        return Ok(vec![finding(seq, Some(at))]);
    }
    Ok(lost(conn, last)?.map(|seq| finding(seq, None)).into_iter().collect())
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

fn finding(seq: i64, at: Option<Ref>) -> Finding {
    Finding {
        severity: Severity::Error,
        rule: "chain",
        code: at.map(code_of).unwrap_or_default(),
        field: String::new(),
        sentence: Sentence::from(BROKEN_CHAIN).with("seq", seq),
    }
}

const BROKEN_CHAIN: Text = text(
    "The history does not fit together from event {seq} on: an event was changed or lost.",
    "历史自事件 {seq} 起不连贯：有事件被改动或丢失。",
);
