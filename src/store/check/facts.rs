//! The records themselves, held against the history: what their events say is what they hold.
//!
//! The chain of events is hashed, the records are not; a record that differs from its events was
//! changed by something other than an act. A finding names the record and the field.

use rusqlite::{Connection, params};
use serde_json::{Map, Value as Json};

use crate::entity::{Kind, Record, Ref, Shape, show};
use crate::register::{Refusal, code_of};
use crate::store::check::{Finding, Severity, ids};
use crate::store::{card, refused};
use crate::texts::{Text, text};

/// What the events of a record come to.
#[derive(Default)]
struct Told {
    fields: Map<String, Json>,
    archived_at: Json,
    version: i64,
    is_there: bool,
}

/// Records that are not as their events left them, and acts and numbers that do not fit.
pub(in crate::store) fn differing(conn: &Connection) -> Result<Vec<Finding>, Refusal> {
    let mut findings = Vec::new();
    for kind in Kind::ALL {
        for id in ids(conn, *kind)? {
            let record = card::record(conn, Ref { kind: *kind, id })?;
            let told = told(conn, record.at)?;
            if let Some(field) = difference(&record, &told) {
                findings.push(finding(code_of(record.at), field, NOT_AS_TOLD));
            }
        }
    }
    for at in gone(conn)? {
        findings.push(finding(code_of(at), "id", GONE));
    }
    for (change, at) in wrongly_live(conn)? {
        let code = at.map(code_of).unwrap_or_default();
        findings.push(finding(code, &format!("change {change}"), NOT_AS_TOLD));
    }
    for kind in reused(conn)? {
        findings.push(finding(String::new(), kind.table().word, NUMBERS));
    }
    Ok(findings)
}

fn told(conn: &Connection, at: Ref) -> Result<Told, Refusal> {
    let mut statement = conn
        .prepare_cached("SELECT op, version, after FROM event WHERE kind = ? AND record = ? ORDER BY seq")
        .map_err(refused)?;
    let mut rows = statement.query(params![at.kind as i64, at.id]).map_err(refused)?;
    let mut told = Told::default();
    while let Some(row) = rows.next().map_err(refused)? {
        let op = row.get_ref(0).map_err(refused)?.as_str().unwrap_or("").to_owned();
        told.version = row.get(1).map_err(refused)?;
        let after: Option<String> = row.get(2).map_err(refused)?;
        let after = after.and_then(|text| serde_json::from_str::<Map<String, Json>>(&text).ok());
        told.is_there = op != "remove";
        match op.as_str() {
            "add" => {
                told.fields = after.unwrap_or_default();
                told.archived_at = Json::Null;
            }
            "archive" | "unarchive" => {
                told.archived_at = after.and_then(|mut map| map.remove("archived_at")).unwrap_or_default();
            }
            _ => told.fields.extend(after.unwrap_or_default()),
        }
    }
    Ok(told)
}

/// The first field that is not as it was told; `version` and `archived_at` among them.
fn difference(record: &Record, told: &Told) -> Option<&'static str> {
    if !told.is_there {
        return Some("id");
    }
    if told.version != record.version {
        return Some("version");
    }
    if told.archived_at != Json::from(record.archived_at.clone()) {
        return Some("archived_at");
    }
    record.table().fields.iter().zip(&record.values).find_map(|(meta, value)| {
        let blank = if meta.shape == Shape::Bool { Json::Bool(false) } else { Json::Null };
        (show::to_json(value) != *told.fields.get(meta.key).unwrap_or(&blank)).then_some(meta.key)
    })
}

/// Records that were never removed and are not there.
fn gone(conn: &Connection) -> Result<Vec<Ref>, Refusal> {
    let mut gone = Vec::new();
    for kind in Kind::ALL {
        let sql = format!(
            "SELECT record FROM event e WHERE kind = ?1 AND record NOT IN (SELECT id FROM \"{}\") \
             GROUP BY record HAVING (SELECT op FROM event WHERE kind = ?1 AND record = e.record \
             ORDER BY seq DESC LIMIT 1) <> 'remove'",
            kind.table().word
        );
        let ids: Vec<i64> = conn
            .prepare(&sql)
            .and_then(|mut s| s.query_map([*kind as i64], |row| row.get(0))?.collect())
            .map_err(refused)?;
        gone.extend(ids.into_iter().map(|id| Ref { kind: *kind, id }));
    }
    Ok(gone)
}

/// Acts whose mark of standing is not what undo and redo left, each with the first record it touched.
fn wrongly_live(conn: &Connection) -> Result<Vec<(i64, Option<Ref>)>, Refusal> {
    conn.prepare(
        "SELECT id, (SELECT kind FROM event WHERE change = c.id ORDER BY seq LIMIT 1), \
         (SELECT record FROM event WHERE change = c.id ORDER BY seq LIMIT 1) FROM change c WHERE live <> (op = 'do' AND coalesce(\
         (SELECT op FROM change WHERE target = c.id ORDER BY id DESC LIMIT 1), 'redo') = 'redo')",
    )
    .and_then(|mut s| {
        let at = |row: &rusqlite::Row| -> rusqlite::Result<Option<Ref>> {
            let kind = row.get::<_, Option<i64>>(1)?.and_then(Kind::from_number);
            Ok(kind.zip(row.get(2)?).map(|(kind, id)| Ref { kind, id }))
        };
        s.query_map([], |row| Ok((row.get(0)?, at(row)?)))?.collect()
    })
    .map_err(refused)
}

/// Kinds whose next number was given already.
fn reused(conn: &Connection) -> Result<Vec<Kind>, Refusal> {
    let mut kinds = Vec::new();
    for kind in Kind::ALL {
        let sql = format!(
            "SELECT coalesce((SELECT max(id) FROM \"{}\"), 0) >= \
             coalesce((SELECT next FROM sequence WHERE kind = ?), 1)",
            kind.table().word
        );
        if conn.query_row(&sql, [*kind as i64], |row| row.get(0)).map_err(refused)? {
            kinds.push(*kind);
        }
    }
    Ok(kinds)
}

fn finding(code: String, field: &str, text: Text) -> Finding {
    let severity = Severity::Error;
    Finding { severity, rule: "history", code, field: field.to_owned(), sentence: text.into() }
}

const NOT_AS_TOLD: Text = text(
    "The register holds another value than the history tells. Compare with history, then correct it or restore a backup.",
    "登记册的值与历史记录不符。请核对历史后更正，或恢复备份。",
);
const GONE: Text = text(
    "The history tells of a record that is not there. Restore a backup.",
    "历史中的记录已不在登记册内，请恢复备份。",
);
const NUMBERS: Text = text(
    "The next number of this kind was given already. Restore a backup.",
    "此类记录的下一个编号已被使用，请恢复备份。",
);
