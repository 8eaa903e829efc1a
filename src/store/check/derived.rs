//! Everything that follows from the records, worked out anew and compared with what is stored:
//! index rows, attention, names, look-up and tallies.
//!
//! A finding names the record and the field, so that saving the record again mends it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::list::ClosedList;
use crate::entity::{Kind, Record, Ref, Table};
use crate::limits::KINDS;
use crate::lookup::Postings;
use crate::register::{Refusal, code_of};
use crate::store::check::{Finding, Severity, ids};
use crate::store::index::{self, Derivation, day_text, entries, owner, row_of};
use crate::store::tally::{self, Sums};
use crate::store::{card, lookup, refused, sql};
use crate::texts::{Sentence, Text, text};

/// What differs. Rows that were right on their day and whose day has passed are no finding.
pub(super) fn differing(conn: &Connection, today: NaiveDate) -> Result<Vec<Finding>, Refusal> {
    let mut findings = Vec::new();
    let mut counted = Sums::new();
    for kind in Kind::ALL {
        let mut keys = 0;
        for id in ids(conn, *kind)? {
            let at = Ref { kind: *kind, id };
            let record = card::record(conn, at)?;
            let day = day_of(conn, at)?;
            // An index row speaks for the days it is right on; its inputs for the same.
            let derivation =
                index::derive(conn, &record, if day.holds(today) { today } else { day.from(today) })?;
            record_findings(conn, &record, &derivation, &mut findings)?;
            let postings = crate::lookup::postings(&entries::of(&record));
            keys += postings.keys.len();
            if !can_be_found(conn, at, &postings)? {
                findings.push(finding("lookup", record.code.clone(), "entries", STALE_INDEX));
            }
            tally::add(&mut counted, at.kind, &tally::stored(conn, at)?);
        }
        findings.extend(orphans(conn, kind.table())?);
        let stored: i64 = conn
            .query_row("SELECT count(*) FROM lookup_key WHERE kind = ?", [*kind as i64], |row| row.get(0))
            .map_err(refused)?;
        if usize::try_from(stored) != Ok(keys) {
            findings.push(finding("lookup", String::new(), kind.table().word, ORPHAN));
        }
    }
    findings.extend(bad_tallies(&counted, &tally::stored_sums(conn)?));
    Ok(findings)
}

/// Whether the look-up has every key and word of a record.
fn can_be_found(conn: &Connection, at: Ref, postings: &Postings) -> Result<bool, Refusal> {
    let mut key = conn
        .prepare_cached("SELECT 1 FROM lookup_key WHERE kind = ? AND key = ? AND id = ?")
        .map_err(refused)?;
    let mut word = conn.prepare_cached("SELECT 1 FROM lookup_word WHERE word = ?").map_err(refused)?;
    for text in &postings.keys {
        if !key.exists(params![at.kind as i64, text, at.id]).map_err(refused)? {
            return Ok(false);
        }
    }
    for text in &postings.words {
        if !word.exists([text]).map_err(refused)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn finding(rule: &'static str, code: String, field: &str, text: Text) -> Finding {
    Finding { severity: Severity::Error, rule, code, field: field.to_owned(), sentence: text.into() }
}

/// The days on which an index row is right, as text.
struct Days(Option<(String, String)>);

impl Days {
    fn holds(&self, day: NaiveDate) -> bool {
        let day = day.to_string();
        self.0.as_ref().is_some_and(|(from, until)| *from <= day && day < *until)
    }

    /// The day to ask about instead of `today`: the last one the row was right on.
    fn from(&self, today: NaiveDate) -> NaiveDate {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let Some((from, until)) = &self.0 else { return today };
        let last = day(until).and_then(|day| day.pred_opt()).filter(|last| *last < today);
        last.or_else(|| day(from)).unwrap_or(today)
    }
}

fn day_of(conn: &Connection, at: Ref) -> Result<Days, Refusal> {
    let statement =
        format!("SELECT valid_from, valid_until FROM \"{}_x\" WHERE id = ?", at.kind.table().word);
    let found = conn
        .prepare_cached(&statement)
        .and_then(|mut s| s.query_row([at.id], |row| Ok((row.get(0)?, row.get(1)?))).optional())
        .map_err(refused)?;
    Ok(Days(found))
}

fn record_findings(
    conn: &Connection,
    record: &Record,
    derivation: &Derivation,
    findings: &mut Vec<Finding>,
) -> Result<(), Refusal> {
    let mut report =
        |rule, field: &str| findings.push(finding(rule, record.code.clone(), field, STALE_INDEX));
    if let Some(field) = index_difference(conn, record, derivation)? {
        report("index", field);
    }
    let mut fresh = record.clone();
    fresh.derived.clone_from(&derivation.derived);
    if tally::stored(conn, record.at)? != tally::shares(&fresh, &derivation.dues) {
        report("tally", "shares");
    }
    if dues_differ(conn, record, derivation)? {
        report("due", "date");
    }
    if name_differs(conn, record)? {
        report("directory", "label");
    }
    if !lookup::is_found_by(conn, record.at.doc(), &entries::of(record)).map_err(refused)? {
        report("lookup", "entries");
    }
    Ok(())
}

/// The first column of the index row that is not as it should be.
fn index_difference(
    conn: &Connection,
    record: &Record,
    derivation: &Derivation,
) -> Result<Option<&'static str>, Refusal> {
    let table = record.table();
    let columns = sql::index_columns(table);
    let list: Vec<String> = columns.iter().map(|name| format!("\"{name}\"")).collect();
    let statement = format!("SELECT {} FROM \"{}_x\" WHERE id = ?", list.join(", "), table.word);
    let stored: Option<Vec<Sql>> = conn
        .prepare_cached(&statement)
        .and_then(|mut s| {
            s.query_row([record.at.id], |row| (0..columns.len()).map(|at| row.get(at)).collect()).optional()
        })
        .map_err(refused)?;
    let wanted = row_of(record, &derivation.derived);
    let Some(stored) = stored else { return Ok(Some("id")) };
    let at = stored.iter().zip(&wanted).position(|(a, b)| a != b);
    Ok(at.and_then(|at| columns.get(at)).map(|column| key_of(table, column)))
}

/// The key of the field or derived column that an index column belongs to.
fn key_of(table: &Table, column: &str) -> &'static str {
    let name = column.strip_prefix("s_").or_else(|| column.strip_prefix("l_")).unwrap_or(column);
    let base = name.strip_suffix("_minor").or_else(|| name.strip_suffix("_currency")).unwrap_or(name);
    let known = table.column(base).map_or("", |found| table.head(found).key);
    if known.is_empty() { "archived" } else { known }
}

fn dues_differ(conn: &Connection, record: &Record, derivation: &Derivation) -> Result<bool, Refusal> {
    let stored: Vec<[String; 4]> = conn
        .prepare_cached("SELECT what, date, valid_from, valid_until FROM due WHERE doc = ? ORDER BY what")
        .and_then(|mut s| {
            let read = |row: &rusqlite::Row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]);
            s.query_map([record.at.doc()], read)?.collect()
        })
        .map_err(refused)?;
    let dues = if record.archived_at.is_none() { derivation.dues.as_slice() } else { &[] };
    let mut wanted: Vec<(&str, String)> =
        dues.iter().map(|due| (due.what.key(), due.date.to_string())).collect();
    wanted.sort_unstable();
    let bounds = [day_text(derivation.valid_from), day_text(derivation.valid_until)];
    let same = |stored: &[String; 4], wanted: &(&str, String)| {
        let [what, date, from, until] = stored;
        what == wanted.0 && *date == wanted.1 && [from, until] == [&bounds[0], &bounds[1]]
    };
    Ok(stored.len() != wanted.len() || !stored.iter().zip(&wanted).all(|(s, w)| same(s, w)))
}

fn name_differs(conn: &Connection, record: &Record) -> Result<bool, Refusal> {
    let stored: Option<(String, Option<i64>, bool)> = conn
        .prepare_cached("SELECT label, owner, archived FROM directory WHERE doc = ?")
        .and_then(|mut s| {
            s.query_row([record.at.doc()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()
        })
        .map_err(refused)?;
    let wanted = (record.label(), owner(record).map(Ref::doc), record.archived_at.is_some());
    Ok(stored != Some(wanted))
}

/// Rows that speak of records there are not.
fn orphans(conn: &Connection, table: &Table) -> Result<Vec<Finding>, Refusal> {
    let word = table.word;
    let number = table.kind as i64;
    let index = format!("SELECT id FROM \"{word}_x\" WHERE id NOT IN (SELECT id FROM \"{word}\")");
    let beside = |rows: &str| {
        format!(
            "SELECT doc / {KINDS} FROM {rows} WHERE doc % {KINDS} = {number} AND doc / {KINDS} NOT IN (SELECT id FROM \"{word}\")"
        )
    };
    let found_by = format!(
        "SELECT doc & {mask} FROM lookup_doc WHERE doc >> 40 = {number} \
         AND doc & {mask} NOT IN (SELECT id FROM \"{word}\")",
        mask = crate::limits::RECORDS,
    );
    let mut findings = Vec::new();
    for (rule, statement) in
        [("index", index), ("directory", beside("directory")), ("due", beside("due")), ("lookup", found_by)]
    {
        let ids: Vec<i64> = conn
            .prepare(&statement)
            .and_then(|mut s| s.query_map(params![], |row| row.get(0))?.collect())
            .map_err(refused)?;
        let code = |id| code_of(Ref { kind: table.kind, id });
        findings.extend(ids.into_iter().map(|id| finding(rule, code(id), "id", ORPHAN)));
    }
    Ok(findings)
}

fn bad_tallies(counted: &Sums, stored: &Sums) -> Vec<Finding> {
    let names: BTreeSet<_> = counted.keys().chain(stored.keys()).collect();
    let of = |sums: &Sums, name| sums.get(name).copied().unwrap_or_default();
    let differs = names.into_iter().filter(|name| of(counted, name) != of(stored, name));
    differs
        .map(|name| {
            let (kind, what, word) = name;
            let (counted, tallied) = (of(counted, name), of(stored, name));
            let word = if word.is_empty() { String::new() } else { format!(" {word}") };
            Finding {
                severity: Severity::Error,
                rule: "tally",
                code: String::new(),
                field: format!("{} {what}{word}", kind.table().word),
                sentence: Sentence::from(BAD_TALLY)
                    .with("counted", counted.count)
                    .with("sum", counted.sum)
                    .with("tallied", tallied.count)
                    .with("total", tallied.sum),
            }
        })
        .collect()
}

const STALE_INDEX: Text = text(
    "A derived value differs from what its inputs give. Save the record again, or restore a backup.",
    "派生值与其来源不符。请重新保存该记录，或恢复备份。",
);
const ORPHAN: Text = text(
    "The register's index speaks of a record that is not there. Restore a backup.",
    "登记册索引提到不存在的记录，请恢复备份。",
);
const BAD_TALLY: Text = text(
    "{counted} records with the sum {sum}, but the register counts {tallied} with {total}.",
    "实有 {counted} 条、合计 {sum}，而登记册计为 {tallied} 条、合计 {total}。",
);
