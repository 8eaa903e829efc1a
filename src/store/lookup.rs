//! The index of the look-up inside the register: its tables, what is written to them, what is read.
//!
//! Everything here can be made anew from the records, and is written in the transaction of the record, so
//! that a search right after the start, from another process or after a crash sees what the register holds.
//! Matching and ranking are not decided here: the index proposes, [`crate::lookup`] decides.
//!
//! `lookup_doc` keeps the entries of each record, so that a candidate is ranked and a record taken out
//! without its table. `lookup_gram` keeps no text and no places, only which gram stands in which record.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::RangeInclusive;

use rusqlite::{Connection, OptionalExtension as _, Result, Transaction, params};

use crate::limits::KINDS;
use crate::lookup::query::{Probe, Query, Reach};
use crate::lookup::{
    Candidate, Entry, Hit, Kind, Postings, Tier, gram, kind_of, pack, postings, rank, unpack,
};

use near::{corrected, near_names};

mod near;
mod renew;

/// Bits of a row that hold the id: a million million records of a kind.
const ID_BITS: u32 = 40;
/// Records written to the index at once: enough to write its pages in order, a few megabytes of memory.
const BATCH: usize = 8_192;
/// Words remembered as written, so that a bulk write does not ask for them again.
const KNOWN_WORDS: usize = 100_000;
/// Keys read for one beginning in one kind. Exact ones come first in their order.
const KEYS: usize = 48;
/// Records the grams propose in one go; a query that finds more is not yet a question.
const GRAMS: usize = 200;
/// Hits, none of them at the beginning of a word, below which slips of the keyboard are forgiven as well.
const FEW: usize = 3;

/// Writes to the index, gathered so that many records cost little; see [`Writer::flush`].
#[derive(Debug, Default)]
pub(super) struct Writer {
    pending: BTreeMap<i64, Option<Vec<Entry>>>,
    known_words: HashSet<String>,
}

impl Writer {
    /// Makes the record `doc` findable by `entries`, its name first, in place of what it was found by.
    ///
    /// # Errors
    /// Whatever the database answers.
    pub(super) fn put(&mut self, conn: &Connection, doc: i64, entries: Vec<Entry>) -> Result<()> {
        self.pending.insert(row_of(doc), Some(entries));
        self.flush_when_full(conn)
    }

    /// Makes the record `doc` unfindable.
    ///
    /// # Errors
    /// Whatever the database answers.
    pub(super) fn remove(&mut self, conn: &Connection, doc: i64) -> Result<()> {
        self.pending.insert(row_of(doc), None);
        self.flush_when_full(conn)
    }

    /// Writes what is gathered. To be called before the transaction of the records is committed; dropping a
    /// writer instead abandons what was not written, as for a transaction that is rolled back.
    ///
    /// # Errors
    /// Whatever the database answers.
    pub(super) fn flush(&mut self, conn: &Connection) -> Result<()> {
        let mut fresh: Vec<(u8, String, i64)> = Vec::new();
        let mut words: BTreeSet<String> = BTreeSet::new();
        // In the order of the documents, because FTS5 writes out a segment at each step backwards.
        for (row, entries) in std::mem::take(&mut self.pending) {
            let doc = doc_of(row);
            let packed = entries.as_deref().map(pack).unwrap_or_default();
            let old = packed_entries(conn, doc)?;
            if old.as_deref().unwrap_or_default() == packed {
                continue;
            }
            if let Some(old) = old {
                erase(conn, doc, &postings(&unpack(&old)))?;
            }
            if packed.is_empty() {
                continue;
            }
            let new = postings(entries.as_deref().unwrap_or_default());
            conn.prepare_cached("INSERT INTO lookup_doc(doc, entries) VALUES(?1, ?2)")?
                .execute(params![row_of(doc), packed])?;
            conn.prepare_cached("INSERT INTO lookup_gram(rowid, grams) VALUES(?1, ?2)")?
                .execute(params![row_of(doc), new.grams])?;
            fresh.extend(new.keys.into_iter().map(|key| (kind_of(doc), key, id_of(doc))));
            words.extend(new.words.into_iter().filter(|w| !self.known_words.contains(w)));
        }
        fresh.sort_unstable();
        let mut insert =
            conn.prepare_cached("INSERT OR IGNORE INTO lookup_key(kind, key, id) VALUES(?1, ?2, ?3)")?;
        for (kind, key, id) in fresh {
            insert.execute(params![kind, key, id])?;
        }
        let mut insert = conn.prepare_cached("INSERT OR IGNORE INTO lookup_word(word) VALUES(?1)")?;
        for word in words {
            insert.execute(params![word])?;
            if self.known_words.len() < KNOWN_WORDS {
                self.known_words.insert(word);
            }
        }
        Ok(())
    }

    fn flush_when_full(&mut self, conn: &Connection) -> Result<()> {
        if self.pending.len() >= BATCH { self.flush(conn) } else { Ok(()) }
    }
}

/// Writes one record to the index at once; for many, use a [`Writer`].
///
/// # Errors
/// Whatever the database answers.
#[cfg(test)]
pub(super) fn put(conn: &Connection, doc: i64, entries: Vec<Entry>) -> Result<()> {
    let mut writer = Writer::default();
    writer.put(conn, doc, entries)?;
    writer.flush(conn)
}

/// Takes one record out of the index at once.
///
/// # Errors
/// Whatever the database answers.
#[cfg(test)]
pub(super) fn remove(conn: &Connection, doc: i64) -> Result<()> {
    let mut writer = Writer::default();
    writer.remove(conn, doc)?;
    writer.flush(conn)
}

/// Empties the index, for making it anew.
///
/// # Errors
/// Whatever the database answers.
pub(super) fn clear(conn: &Connection) -> Result<()> {
    conn.execute_batch(
        "DELETE FROM lookup_doc; DELETE FROM lookup_key; DELETE FROM lookup_word;
         INSERT INTO lookup_gram(lookup_gram) VALUES('delete-all');",
    )
}

/// The records of `kinds` that match `query`, best first, at most `limit`; slips are forgiven when little
/// matches as it was typed. A kind earlier in `kinds` comes first among equals.
///
/// # Errors
/// Whatever the database answers, an interrupt included.
pub(super) fn find(conn: &Connection, query: &Query, kinds: &[Kind], limit: usize) -> Result<Vec<Hit>> {
    if query.is_empty() {
        return Ok(Vec::new());
    }
    let _view = one_view(conn)?;
    let mut docs = BTreeSet::new();
    by_keys(conn, &query.probes(), kinds, &mut docs)?;
    by_code(conn, query, kinds, &mut docs)?;
    if let Some(question) = gram::question(query)
        && by_grams(conn, &question, kinds, &mut docs)? == Found::More
        && let Some(beginnings) = gram::question_of_beginnings(query)
    {
        by_grams(conn, &beginnings, kinds, &mut docs)?;
    }
    let hits = rank(query, &load(conn, &docs)?, kinds, limit);
    let is_good = hits.first().is_some_and(|h| h.tier < Tier::Inside);
    if is_good || hits.len() >= FEW.min(limit) {
        return Ok(hits);
    }
    let corrected = corrected(conn, query, kinds)?;
    for question in [
        gram::question(&corrected),
        gram::question_of_spellings(corrected.spellings()),
        gram::question_of_near_han(&corrected),
    ]
    .into_iter()
    .flatten()
    {
        by_grams(conn, &question, kinds, &mut docs)?;
    }
    let spelt: Vec<Probe> = corrected.spellings().iter().map(|s| Probe::of_reading(s)).collect();
    by_keys(conn, &spelt, kinds, &mut docs)?;
    let hits = rank(&corrected, &load(conn, &docs)?, kinds, limit);
    if !hits.is_empty() {
        return Ok(hits);
    }
    near_names(conn, query, kinds, &mut docs)?;
    let nearest = corrected.with_reach(Reach::NearNames);
    Ok(rank(&nearest, &load(conn, &docs)?, kinds, limit))
}

/// The records of `kind` that may match `query` as typed, every one that does among them, by id; nothing
/// when more than `most` may. For the filter of a list.
///
/// # Errors
/// Whatever the database answers, an interrupt included.
pub(super) fn candidates(
    conn: &Connection,
    query: &Query,
    kind: Kind,
    most: usize,
) -> Result<Option<BTreeSet<i64>>> {
    // Marks alone stand in no gram, and keys tell only how a text begins.
    let Some(question) = gram::question(query) else { return Ok(None) };
    let _view = one_view(conn)?;
    let mut docs = BTreeSet::new();
    for probe in query.probes() {
        if keys_of(conn, kind.number, &probe.text, most + 1, &mut docs)? == Found::More {
            return Ok(None);
        }
    }
    by_code(conn, query, &[kind], &mut docs)?;
    docs.extend(grams_of(conn, &question, kind.number..=kind.number, most + 1)?);
    Ok((docs.len() <= most).then(|| docs.into_iter().map(id_of).collect()))
}

/// Connects the table of the grams, which the engine else does with the first question.
///
/// # Errors
/// Whatever the database answers.
pub(super) fn connect(conn: &Connection) -> Result<()> {
    conn.prepare("SELECT 1 FROM lookup_gram LIMIT 0").map(drop)
}

/// The entries by which a record is found; empty when it is not in the index.
///
/// # Errors
/// Whatever the database answers.
pub(super) fn entries(conn: &Connection, doc: i64) -> Result<Vec<Entry>> {
    Ok(packed_entries(conn, doc)?.map(|bytes| unpack(&bytes)).unwrap_or_default())
}

/// Whether the record `doc` is found by `entries` and nothing else, as far as the index keeps them: its cuts
/// ([`crate::limits::ENTRY_CHARS`], [`crate::limits::ENTRIES`]) are no difference.
///
/// # Errors
/// Whatever the database answers.
pub(super) fn is_found_by(conn: &Connection, doc: i64, entries: &[Entry]) -> Result<bool> {
    Ok(packed_entries(conn, doc)?.unwrap_or_default() == pack(entries))
}

/// Whether a search gave all there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    All,
    More,
}

/// Holds one state of the register while many small questions are asked, which also spares their locks.
fn one_view(conn: &Connection) -> Result<Option<Transaction<'_>>> {
    if conn.is_autocommit() { conn.unchecked_transaction().map(Some) } else { Ok(None) }
}

fn packed_entries(conn: &Connection, doc: i64) -> Result<Option<Vec<u8>>> {
    conn.prepare_cached("SELECT entries FROM lookup_doc WHERE doc = ?1")?
        .query_row(params![row_of(doc)], |row| row.get(0))
        .optional()
}

fn erase(conn: &Connection, doc: i64, old: &Postings) -> Result<()> {
    let mut delete =
        conn.prepare_cached("DELETE FROM lookup_key WHERE kind = ?1 AND key = ?2 AND id = ?3")?;
    for key in &old.keys {
        delete.execute(params![kind_of(doc), key, id_of(doc)])?;
    }
    conn.prepare_cached("DELETE FROM lookup_gram WHERE rowid = ?1")?.execute(params![row_of(doc)])?;
    conn.prepare_cached("DELETE FROM lookup_doc WHERE doc = ?1")?.execute(params![row_of(doc)])?;
    Ok(())
}

fn load(conn: &Connection, docs: &BTreeSet<i64>) -> Result<Vec<Candidate>> {
    docs.iter().map(|doc| Ok(Candidate { doc: *doc, entries: entries(conn, *doc)? })).collect()
}

fn by_keys(conn: &Connection, probes: &[Probe], kinds: &[Kind], docs: &mut BTreeSet<i64>) -> Result<()> {
    for kind in kinds {
        for probe in probes {
            keys_of(conn, kind.number, &probe.text, KEYS, docs)?;
        }
    }
    Ok(())
}

fn keys_of(conn: &Connection, kind: u8, from: &str, most: usize, docs: &mut BTreeSet<i64>) -> Result<Found> {
    let before = format!("{from}\u{10FFFF}");
    let mut select = conn.prepare_cached(
        "SELECT id FROM lookup_key WHERE kind = ?1 AND key >= ?2 AND key < ?3 ORDER BY key LIMIT ?4",
    )?;
    let mut rows = select.query(params![kind, from, before, sql(most)])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        docs.insert(number(row.get(0)?, kind));
        count += 1;
    }
    Ok(if count < most { Found::All } else { Found::More })
}

/// By a number written without the zeros of its code (`v1`, `17`).
fn by_code(conn: &Connection, query: &Query, kinds: &[Kind], docs: &mut BTreeSet<i64>) -> Result<()> {
    let Some((letters, digits)) = query.code() else { return Ok(()) };
    for kind in kinds.iter().filter(|k| !k.code.is_empty() && (letters.is_empty() || letters == k.code)) {
        let code = format!("{}{digits:04}", kind.code);
        let mut select =
            conn.prepare_cached("SELECT id FROM lookup_key WHERE kind = ?1 AND key = ?2 LIMIT ?3")?;
        let mut rows = select.query(params![kind.number, code, sql(KEYS)])?;
        while let Some(row) = rows.next()? {
            docs.insert(number(row.get(0)?, kind.number));
        }
    }
    Ok(())
}

/// By grams in the kinds wanted. When one kind has so many that it would hide the next, the search goes on
/// with the next.
fn by_grams(conn: &Connection, question: &str, kinds: &[Kind], docs: &mut BTreeSet<i64>) -> Result<Found> {
    let mut wanted: Vec<u8> = kinds.iter().map(|k| k.number).collect();
    wanted.sort_unstable();
    let Some(last) = wanted.last().copied() else { return Ok(Found::All) };
    let mut found = Found::All;
    let mut next = wanted.first().copied();
    while let Some(first) = next {
        let rows = grams_of(conn, question, first..=last, GRAMS)?;
        next = None;
        if rows.len() >= GRAMS {
            found = Found::More;
            let reached = rows.last().map_or(last, |doc| kind_of(*doc));
            next = wanted.iter().copied().find(|kind| *kind > reached);
        }
        docs.extend(rows.into_iter().filter(|doc| wanted.contains(&kind_of(*doc))));
    }
    Ok(found)
}

/// The records that the grams propose in a range of kinds, in the order of their rows, at most `most`.
fn grams_of(conn: &Connection, question: &str, kinds: RangeInclusive<u8>, most: usize) -> Result<Vec<i64>> {
    let mut select = conn.prepare_cached(
        "SELECT rowid FROM lookup_gram WHERE lookup_gram MATCH ?1 AND rowid >= ?2 AND rowid < ?3
         ORDER BY rowid LIMIT ?4",
    )?;
    let from = i64::from(*kinds.start()) << ID_BITS;
    let before = (i64::from(*kinds.end()) + 1) << ID_BITS;
    let rows = select.query_map(params![question, from, before, sql(most)], |row| row.get(0).map(doc_of))?;
    rows.collect()
}

/// The number of the record `id` of a kind.
fn number(id: i64, kind: u8) -> i64 {
    id * KINDS + i64::from(kind)
}

fn id_of(doc: i64) -> i64 {
    doc.div_euclid(KINDS)
}

/// The row of a record in `lookup_doc` and `lookup_gram`: the kind above and the id below, so that the rows
/// of a kind lie together and a search in one kind reads no other.
fn row_of(doc: i64) -> i64 {
    (i64::from(kind_of(doc)) << ID_BITS) | id_of(doc)
}

fn doc_of(row: i64) -> i64 {
    number(row & ((1 << ID_BITS) - 1), u8::try_from(row >> ID_BITS).unwrap_or(u8::MAX))
}

/// A limit as SQLite takes it.
fn sql(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
