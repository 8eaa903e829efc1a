//! Checking: the file, the chain of events, the index rows and the rules of the register.

use rusqlite::Connection;

use crate::domain::improvement::ImprovementState;
use crate::domain::list::ClosedList;
use crate::entity::{Kind, Moment, Ref, Value};
pub use crate::register::finding::{Finding, Severity};
use crate::register::{Refusal, code_of};
use crate::store::change::review::is_answered;
use crate::store::change::rules::missing_for_state;
use crate::store::change::weights::unbalanced;
use crate::store::{Store, card, clauses, migrate, refused, seal};
use crate::texts::{Sentence, Text, text};

pub(super) mod chain;
mod derived;
pub(super) mod facts;

impl Store {
    /// Everything that is wrong. Empty when all is well.
    ///
    /// # Errors
    /// When the register cannot be read at all.
    pub fn check(&self) -> Result<Vec<Finding>, Refusal> {
        let _moment = self.moment()?;
        let mut findings = file(&self.conn)?;
        findings.extend(schema(&self.conn)?);
        findings.extend(chain::broken(&self.conn)?);
        findings.extend(unswept(&self.conn)?);
        findings.extend(facts::differing(&self.conn)?);
        findings.extend(derived::differing(&self.conn, self.today)?);
        findings.extend(self.rules()?);
        Ok(findings)
    }

    fn rules(&self) -> Result<Vec<Finding>, Refusal> {
        let moment = Moment { today: self.today };
        let mut findings = Vec::new();
        for kind in Kind::ALL {
            let table = kind.table();
            for id in ids(&self.conn, *kind)? {
                let record = card::record(&self.conn, Ref { kind: *kind, id })?;
                let mut problems = (table.check)(&record.values, &moment);
                problems.extend(missing_for_state(table, &record.values));
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
        findings.extend(clauses::gaps(&self.conn)?);
        findings.extend(seal::broken(&self.conn)?);
        findings.extend(idle_plans(&self.conn)?);
        for found in unbalanced(&self.conn)? {
            findings.push(Finding {
                severity: Severity::Warning,
                rule: "weights",
                code: found.code(),
                field: "weight".to_owned(),
                sentence: found.sentence(),
            });
        }
        Ok(findings)
    }
}

/// Improvement plans that did not work and that nothing came of: what answered one may be put away later.
fn idle_plans(conn: &Connection) -> Result<Vec<Finding>, Refusal> {
    let mut findings = Vec::new();
    for id in ids(conn, Kind::Improvement)? {
        let plan = card::record(conn, Ref { kind: Kind::Improvement, id })?;
        let failed = plan.get("state").as_key() == ImprovementState::Ineffective.key();
        if failed && plan.archived_at.is_none() && !is_answered(conn, plan.at)? {
            findings.push(Finding {
                severity: Severity::Warning,
                rule: "improvement",
                code: plan.code.clone(),
                field: "state".to_owned(),
                sentence: UNANSWERED.into(),
            });
        }
    }
    Ok(findings)
}

fn file(conn: &Connection) -> Result<Vec<Finding>, Refusal> {
    let mut findings = Vec::new();
    let mut add = |severity, rule, what: String| {
        findings.push(Finding {
            severity,
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
        add(Severity::Damage, "integrity", line);
    }
    findings.extend(loose(conn)?);
    Ok(findings)
}

/// Records that refer to one that is not there, each with the field.
fn loose(conn: &Connection) -> Result<Vec<Finding>, Refusal> {
    let sql = "SELECT f.\"table\", f.rowid, l.\"from\" FROM pragma_foreign_key_check f \
        LEFT JOIN pragma_foreign_key_list(f.\"table\") l ON l.id = f.fkid";
    let mut statement = conn.prepare(sql).map_err(refused)?;
    let found: Vec<(String, Option<i64>, Option<String>)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .and_then(Iterator::collect)
        .map_err(refused)?;
    let finding = |(table, id, field): (String, Option<i64>, Option<String>)| {
        let at = Kind::from_word(&table).zip(id).map(|(kind, id)| Ref { kind, id });
        let what = format!("{table} {}", id.map(|id| id.to_string()).unwrap_or_default());
        Finding {
            severity: Severity::Error,
            rule: "foreign_key",
            code: at.map(code_of).unwrap_or_default(),
            field: field.unwrap_or_default(),
            sentence: Sentence::from(LOOSE).with("what", at.map_or(what, code_of)),
        }
    };
    Ok(found.into_iter().map(finding).collect())
}

/// Compares the tables, indexes and triggers with those that are made for the format of the register.
pub(super) fn schema(conn: &Connection) -> Result<Vec<Finding>, Refusal> {
    let blank = migrate::blank(migrate::version(conn)?).map_err(refused)?;
    let fresh = migrate::schema(&blank).map_err(refused)?;
    let ours = migrate::schema(conn).map_err(refused)?;
    let other = ours.iter().filter(|(name, sql)| fresh.get(*name) != Some(sql)).map(|(name, _)| name);
    let gone = fresh.keys().filter(|name| !ours.contains_key(*name));
    let finding = |name: &String| Finding {
        severity: Severity::Error,
        rule: "schema",
        code: String::new(),
        field: name.clone(),
        sentence: Sentence::from(OTHER_SCHEMA).with("name", name),
    };
    Ok(other.chain(gone).map(finding).collect())
}

/// An erasing of which something may still lie in the pages of the file.
fn unswept(conn: &Connection) -> Result<Vec<Finding>, Refusal> {
    if !migrate::is_salted(migrate::version(conn)?) {
        return Ok(Vec::new());
    }
    let sql =
        "SELECT e.kind, e.record FROM unswept u JOIN event e ON e.change = u.change AND e.seals IS NOT NULL";
    let mut statement = conn.prepare(sql).map_err(refused)?;
    let erased: Vec<(i64, i64)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .and_then(Iterator::collect)
        .map_err(refused)?;
    let erased = erased.into_iter().filter_map(|(kind, id)| Some(Ref { kind: Kind::from_number(kind)?, id }));
    let finding = |at: Ref| Finding {
        severity: Severity::Warning,
        rule: "erasing",
        code: code_of(at),
        field: String::new(),
        sentence: UNSWEPT.into(),
    };
    Ok(erased.map(finding).collect())
}

/// Every id of a kind, oldest first.
pub(super) fn ids(conn: &Connection, kind: Kind) -> Result<Vec<i64>, Refusal> {
    let statement = format!("SELECT id FROM \"{}\" ORDER BY id", kind.table().word);
    conn.prepare_cached(&statement)
        .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
        .map_err(refused)
}

const DAMAGED_FILE: Text = text(
    "The file is damaged ({what}). Restore a backup with vendeck restore FILE.",
    "文件已损坏（{what}）。请用 vendeck restore FILE 恢复备份。",
);
const LOOSE: Text = text(
    "{what} refers to a record that is not there. Give it another, or restore a backup.",
    "{what} 引用的记录不存在。请改为其他记录，或恢复备份。",
);
const OTHER_SCHEMA: Text = text(
    "The register's own {name} is not as this program made it. Restore a backup.",
    "登记册结构 {name} 与本程序建立的不一致，请恢复备份。",
);
const UNSWEPT: Text = text(
    "Free pages of the file may still hold what was erased, because another program was reading. Close it and start vendeck again.",
    "文件空闲页中可能仍有已抹除的内容，因当时有其他程序在读取。请关闭该程序后重新启动 vendeck。",
);
const UNANSWERED: Text = text(
    "The plan did not work and nothing came of it. Add a consequence or a risk that names it.",
    "改进计划无效且无后续。请登记引用它的措施或风险。",
);
const NO_OWNER: Text = text("A contract in force has no owner. Set one.", "履行中的合同没有负责人，请指定。");
