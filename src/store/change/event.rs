//! The events of an act: written one a record, chained by their hashes.
//!
//! Each hash covers the one before, who did the act, when, and every word of the event, so that
//! a change of any of them shows. Nothing here may change or remove an event.
//!
//! The words themselves ([`Content`]) are covered by a digest with a random salt in front: so they can be
//! erased for good ([`crate::store::erase`]) while the chain holds. Of a bare digest one could try out which
//! name or number it was of; of one whose salt is gone nobody can.

use rusqlite::{Connection, params};
use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};

use crate::entity::{Ref, Table, Value, show};
use crate::register::{Act, Refusal, Saved, Turn};
use crate::store::refused;

/// The events of one act under way.
#[derive(Debug)]
pub(super) struct Log {
    act: Act,
    actor: String,
    reverts: Option<(Turn, i64)>,
    begun: Option<Begun>,
    last_hash: Option<Vec<u8>>,
    events: i64,
    records: Vec<Ref>,
}

/// The row of the act: written with its first event, so that an act without any leaves none.
#[derive(Debug)]
struct Begun {
    id: i64,
    at: String,
}

/// A place in the log of an act.
#[derive(Debug)]
pub(super) struct Mark {
    begun: Option<(i64, String)>,
    last_hash: Option<Vec<u8>>,
    events: i64,
    records: usize,
}

/// What happened to one record.
pub(super) struct Happened<'a> {
    pub(super) op: &'a str,
    pub(super) at: Ref,
    pub(super) version: i64,
    pub(super) before: Option<&'a Json>,
    pub(super) after: Option<&'a Json>,
    pub(super) reason: Option<&'a str>,
    /// Digests of what an erasing left of other events.
    pub(super) seals: Option<&'a str>,
}

impl Log {
    pub(super) fn new(act: Act, actor: String) -> Self {
        Self { act, actor, reverts: None, begun: None, last_hash: None, events: 0, records: Vec::new() }
    }

    pub(super) fn act(&self) -> Act {
        self.act
    }

    /// Whoever does it.
    pub(super) fn actor(&self) -> &str {
        &self.actor
    }

    pub(super) fn is_reverting(&self) -> bool {
        self.reverts.is_some()
    }

    /// Says that this act takes an earlier one back or brings it back, under the name of that one.
    pub(super) fn reverting(&mut self, turn: Turn, target: i64, act: Act) {
        self.reverts = Some((turn, target));
        self.act = act;
    }

    /// Where the log is, for going back there when a part of the act is given up.
    pub(super) fn mark(&self) -> Mark {
        let begun = self.begun.as_ref().map(|begun| (begun.id, begun.at.clone()));
        Mark { begun, last_hash: self.last_hash.clone(), events: self.events, records: self.records.len() }
    }

    /// Forgets what was written since the mark; the rows are gone already.
    pub(super) fn back_to(&mut self, mark: Mark) {
        self.begun = mark.begun.map(|(id, at)| Begun { id, at });
        self.last_hash = mark.last_hash;
        self.events = mark.events;
        self.records.truncate(mark.records);
    }

    /// Writes one event.
    pub(super) fn add(
        &mut self,
        conn: &Connection,
        clock: fn() -> String,
        happened: &Happened,
    ) -> Result<(), Refusal> {
        let (turn, target) = self.turn();
        let begun = match self.begun.take() {
            Some(begun) => begun,
            None => self.begin(conn, clock())?,
        };
        let previous = match self.last_hash.take() {
            Some(hash) => hash,
            None => last_hash(conn)?,
        };
        let text = |json: Option<&Json>| json.map(ToString::to_string);
        let (before, after) = (text(happened.before), text(happened.after));
        let Happened { op, at, version, reason, seals, .. } = *happened;
        let body = EventBody {
            change: begun.id,
            target,
            words: [&begun.at, &self.actor, self.act.key(), turn.key(), op],
            at,
            version,
        };
        let salt = fresh_salt(conn)?;
        let content = Content([before.as_deref(), after.as_deref(), reason, seals]).digest(&salt);
        let hash = body.hash(&previous, &content);
        conn.prepare_cached(
            "INSERT INTO event (change, op, kind, record, version, before, after, reason, seals, salt, hash) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .and_then(|mut s| {
            let kind = at.kind as i64;
            s.execute(params![begun.id, op, kind, at.id, version, before, after, reason, seals, salt, hash])
        })
        .map_err(refused)?;
        self.begun = Some(begun);
        self.last_hash = Some(hash);
        self.events += 1;
        if self.records.last() != Some(&at) {
            self.records.push(at);
        }
        Ok(())
    }

    /// Writes the act even if it came to nothing, as when what it takes back was undone already.
    pub(super) fn ensure(&mut self, conn: &Connection, clock: fn() -> String) -> Result<(), Refusal> {
        if self.begun.is_none() {
            self.begun = Some(self.begin(conn, clock())?);
        }
        Ok(())
    }

    /// The number of the act, which is written if it was not yet.
    pub(super) fn begun(&mut self, conn: &Connection, clock: fn() -> String) -> Result<i64, Refusal> {
        self.ensure(conn, clock)?;
        Ok(self.begun.as_ref().map_or(0, |begun| begun.id))
    }

    /// Writes how many events the act has.
    pub(super) fn close(self, conn: &Connection) -> Result<Saved, Refusal> {
        let change = self.begun.map(|begun| begun.id);
        if let Some(change) = change {
            let sql = "UPDATE change SET events = ? WHERE id = ?";
            conn.execute(sql, params![self.events, change]).map_err(refused)?;
        }
        Ok(Saved { change, records: self.records, doubts: Vec::new() })
    }

    fn turn(&self) -> (Turn, Option<i64>) {
        self.reverts.map_or((Turn::Done, None), |(turn, target)| (turn, Some(target)))
    }

    fn begin(&self, conn: &Connection, at: String) -> Result<Begun, Refusal> {
        let (turn, target) = self.turn();
        conn.execute(
            "INSERT INTO change (at, actor, act, op, target, events, live) VALUES (?, ?, ?, ?, ?, 0, ?)",
            params![at, self.actor, self.act.key(), turn.key(), target, i64::from(turn == Turn::Done)],
        )
        .map_err(refused)?;
        Ok(Begun { id: conn.last_insert_rowid(), at })
    }
}

/// What is hashed of an event and never goes: who did what to which record, and when.
pub(in crate::store) struct EventBody<'a> {
    pub(in crate::store) change: i64,
    pub(in crate::store) target: Option<i64>,
    /// When, who, the act, its turn, and what happened to the record.
    pub(in crate::store) words: [&'a str; 5],
    pub(in crate::store) at: Ref,
    pub(in crate::store) version: i64,
}

impl EventBody<'_> {
    /// SHA-256 over the previous hash, every field, each text with its length in front, and the digest
    /// of the content.
    pub(in crate::store) fn hash(&self, previous: &[u8], content: &[u8]) -> Vec<u8> {
        let mut digest = self.begin(previous);
        digest.update(content);
        digest.finalize().to_vec()
    }

    /// The hash of the formats before content had a salt: over the values before and after and the reason
    /// themselves.
    pub(in crate::store) fn unsalted_hash(&self, previous: &[u8], texts: [Option<&str>; 3]) -> Vec<u8> {
        let mut digest = self.begin(previous);
        for text in texts {
            add_text(&mut digest, text);
        }
        digest.finalize().to_vec()
    }

    fn begin(&self, previous: &[u8]) -> Sha256 {
        let mut digest = Sha256::new();
        digest.update(previous);
        let target = self.target.unwrap_or(-1);
        for number in [self.change, target, self.at.kind as i64, self.at.id, self.version] {
            digest.update(number.to_be_bytes());
        }
        for word in self.words {
            add_text(&mut digest, Some(word));
        }
        digest
    }
}

/// What an event tells: the values before and after, the reason, and the seals of an erasing.
pub(in crate::store) struct Content<'a>(pub(in crate::store) [Option<&'a str>; 4]);

impl Content<'_> {
    /// SHA-256 over the salt and every text with its length in front.
    pub(in crate::store) fn digest(&self, salt: &[u8]) -> Vec<u8> {
        let mut digest = Sha256::new();
        digest.update(salt);
        for text in self.0 {
            add_text(&mut digest, text);
        }
        digest.finalize().to_vec()
    }
}

/// Sixteen random bytes.
pub(in crate::store) fn fresh_salt(conn: &Connection) -> Result<Vec<u8>, Refusal> {
    conn.prepare_cached("SELECT randomblob(16)")
        .and_then(|mut s| s.query_row([], |row| row.get(0)))
        .map_err(refused)
}

fn add_text(digest: &mut Sha256, text: Option<&str>) {
    let length = text.map_or(-1, |t| i64::try_from(t.len()).unwrap_or(i64::MAX));
    digest.update(length.to_be_bytes());
    digest.update(text.unwrap_or_default());
}

/// The values of all fields that are not blank, by key.
pub(in crate::store) fn fields_json(table: &Table, values: &[Value]) -> Json {
    let all: Vec<usize> =
        (0..values.len()).filter(|at| values.get(*at).is_some_and(|v| !v.is_null())).collect();
    some_fields_json(table, values, &all)
}

/// The values of the fields at `places`, by key.
pub(super) fn some_fields_json(table: &Table, values: &[Value], places: &[usize]) -> Json {
    let mut object = Map::new();
    for at in places {
        if let (Some(meta), Some(value)) = (table.fields.get(*at), values.get(*at)) {
            object.insert(meta.key.to_owned(), show::to_json(value));
        }
    }
    Json::Object(object)
}

fn last_hash(conn: &Connection) -> Result<Vec<u8>, Refusal> {
    let found = conn
        .prepare_cached("SELECT hash FROM event ORDER BY seq DESC LIMIT 1")
        .and_then(|mut s| s.query_row([], |row| row.get(0)));
    match found {
        Err(rusqlite::Error::QueryReturnedNoRows) => Ok(Vec::new()),
        other => other.map_err(refused),
    }
}
