//! Checking: the file, the chain of events, the index rows and the rules of the register.

use rusqlite::Connection;

use crate::entity::{Kind, Moment, Ref, Value};
use crate::register::Refusal;
use crate::store::change::EventBody;
use crate::store::{Store, card, index, refused, tally};
use crate::texts::{Sentence, Text, text};

/// One thing that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How bad.
    pub severity: Severity,
    /// Which rule found it.
    pub rule: &'static str,
    /// The code of the record, or empty for the register.
    pub code: String,
    /// The field, or empty.
    pub field: String,
    /// What is wrong and what to do.
    pub sentence: Sentence,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The register is not sound.
    Error,
    /// A record wants a look.
    Warning,
}

impl Severity {
    /// The word of JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

impl Store {
    /// Everything that is wrong. Empty when all is well.
    ///
    /// # Errors
    /// When the register cannot be read at all.
    pub fn check(&self) -> Result<Vec<Finding>, Refusal> {
        let mut findings = file(&self.conn)?;
        findings.extend(chain(&self.conn)?);
        findings.extend(self.index_rows()?);
        findings.extend(self.rules()?);
        Ok(findings)
    }

    /// Works every index row out anew and compares.
    fn index_rows(&self) -> Result<Vec<Finding>, Refusal> {
        let mut findings = Vec::new();
        for kind in Kind::ALL {
            for id in ids(&self.conn, *kind)? {
                let at = Ref { kind: *kind, id };
                let record = card::record(&self.conn, at)?;
                let indexed = self.record(at)?.derived;
                let fresh = index::derive(&self.conn, &record, self.today)?.derived;
                let differs = fresh.iter().zip(&indexed).position(|(a, b)| a != b);
                if let Some(place) = differs {
                    let field = kind.table().derived.get(place).map_or("", |derived| derived.key);
                    findings.push(Finding {
                        severity: Severity::Error,
                        rule: "index",
                        code: record.code,
                        field: field.to_owned(),
                        sentence: STALE_INDEX.into(),
                    });
                }
            }
            findings.extend(counted(&self.conn, *kind)?);
        }
        Ok(findings)
    }

    fn rules(&self) -> Result<Vec<Finding>, Refusal> {
        let moment = Moment { today: self.today };
        let mut findings = Vec::new();
        for kind in Kind::ALL {
            let table = kind.table();
            for id in ids(&self.conn, *kind)? {
                let record = card::record(&self.conn, Ref { kind: *kind, id })?;
                let problems = (table.check)(&record.values, &moment);
                for problem in problems.into_iter().chain((table.advise)(&record.values, &moment)) {
                    findings.push(Finding {
                        severity: Severity::Warning,
                        rule: "record",
                        code: record.code.clone(),
                        field: problem.field.to_owned(),
                        sentence: problem.sentence,
                    });
                }
                let ownerless =
                    table.field("owner").and_then(|at| record.values.get(at)).is_some_and(Value::is_null);
                let in_force = record.get("state").as_key() == "in_force";
                if *kind == Kind::Contract && ownerless && in_force && record.archived_at.is_none() {
                    findings.push(Finding {
                        severity: Severity::Warning,
                        rule: "owner",
                        code: record.code.clone(),
                        field: "owner".to_owned(),
                        sentence: NO_OWNER.into(),
                    });
                }
            }
        }
        Ok(findings)
    }
}

fn file(conn: &Connection) -> Result<Vec<Finding>, Refusal> {
    let mut findings = Vec::new();
    let mut add = |rule, what: String| {
        findings.push(Finding {
            severity: Severity::Error,
            rule,
            code: String::new(),
            field: String::new(),
            sentence: Sentence::from(DAMAGED_FILE).with("what", what),
        });
    };
    let mut statement = conn.prepare("PRAGMA integrity_check(20)").map_err(refused)?;
    let lines: Vec<String> =
        statement.query_map([], |row| row.get(0)).and_then(Iterator::collect).map_err(refused)?;
    for line in lines.into_iter().filter(|line| line != "ok") {
        add("integrity", line);
    }
    let mut statement = conn.prepare("PRAGMA foreign_key_check").map_err(refused)?;
    let lines: Vec<String> = statement
        .query_map([], |row| Ok(format!("{} {:?}", row.get::<_, String>(0)?, row.get::<_, Option<i64>>(1)?)))
        .and_then(Iterator::collect)
        .map_err(refused)?;
    for line in lines {
        add("foreign_key", line);
    }
    Ok(findings)
}

/// Follows the hashes of the events from the first on.
fn chain(conn: &Connection) -> Result<Vec<Finding>, Refusal> {
    let sql =
        "SELECT seq, change, op, kind, record, version, before, after, reason, hash FROM event ORDER BY seq";
    let mut statement = conn.prepare(sql).map_err(refused)?;
    let mut rows = statement.query([]).map_err(refused)?;
    let mut previous: Vec<u8> = Vec::new();
    while let Some(row) = rows.next().map_err(refused)? {
        let get = |at| row.get::<_, Option<String>>(at).map_err(refused);
        let (op, before, after, reason) = (get(2)?.unwrap_or_default(), get(6)?, get(7)?, get(8)?);
        let number = |at| row.get::<_, i64>(at).map_err(refused);
        let seq = number(0)?;
        let stored: Vec<u8> = row.get(9).map_err(refused)?;
        let Some(kind) = Kind::from_number(number(3)?) else {
            return Ok(vec![broken(seq)]);
        };
        let body = EventBody {
            change: number(1)?,
            op: &op,
            at: Ref { kind, id: number(4)? },
            version: number(5)?,
            before: before.as_deref(),
            after: after.as_deref(),
            reason: reason.as_deref(),
        };
        if body.hash(&previous) != stored {
            return Ok(vec![broken(seq)]);
        }
        previous = stored;
    }
    Ok(Vec::new())
}

fn broken(seq: i64) -> Finding {
    Finding {
        severity: Severity::Error,
        rule: "chain",
        code: String::new(),
        field: String::new(),
        sentence: Sentence::from(BROKEN_CHAIN).with("seq", seq),
    }
}

/// Counts a kind again and compares with its tally.
fn counted(conn: &Connection, kind: Kind) -> Result<Option<Finding>, Refusal> {
    let statement = format!("SELECT count(*) FROM \"{}\" WHERE archived_at IS NULL", kind.table().word);
    let counted: i64 = conn.query_row(&statement, [], |row| row.get(0)).map_err(refused)?;
    let (tallied, _) = tally::one(conn, kind, "all", "")?;
    Ok((counted != tallied).then(|| Finding {
        severity: Severity::Error,
        rule: "tally",
        code: String::new(),
        field: kind.table().word.to_owned(),
        sentence: Sentence::from(BAD_TALLY).with("counted", counted).with("tallied", tallied),
    }))
}

fn ids(conn: &Connection, kind: Kind) -> Result<Vec<i64>, Refusal> {
    let statement = format!("SELECT id FROM \"{}\" ORDER BY id", kind.table().word);
    conn.prepare_cached(&statement)
        .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
        .map_err(refused)
}

const DAMAGED_FILE: Text = text(
    "The file is damaged ({what}). Restore a backup with vendeck restore FILE.",
    "文件已损坏（{what}）。请用 vendeck restore FILE 恢复备份。",
);
const BROKEN_CHAIN: Text = text(
    "The history does not fit together from event {seq} on: an event was changed or lost.",
    "历史自事件 {seq} 起不连贯：有事件被改动或丢失。",
);
const STALE_INDEX: Text = text(
    "A derived value differs from what its inputs give. Save the record again, or restore a backup.",
    "派生值与其来源不符。请重新保存该记录，或恢复备份。",
);
const BAD_TALLY: Text = text(
    "{counted} records, but {tallied} in the count of the register.",
    "实有 {counted} 条记录，计数为 {tallied} 条。",
);
const NO_OWNER: Text = text("A contract in force has no owner. Set one.", "执行中的合同没有负责人，请指定。");
