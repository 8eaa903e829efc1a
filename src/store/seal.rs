//! The seal of a locked review: one hash over its inputs and its result together.
//!
//! Whoever changes a locked review behind the program's back, or a rule by which it was scored, breaks
//! it, and `check` says so. Codes and figures are sealed, and no words: a name that must be erased by law
//! is not held by a seal. This module must never mend a seal that is broken.

use std::fmt::Write as _;

use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::domain::list::ClosedList;
use crate::domain::review::ReviewState;
use crate::entity::{Kind, Record, Ref, Value, show};
use crate::register::{Refusal, code_of};
use crate::store::check::{Finding, Severity};
use crate::store::{card, hex, index, refused};
use crate::texts::{Text, text};

/// What of a review is sealed beside its rows.
const OF_REVIEW: &[&str] = &[
    "vendor",
    "contract",
    "template",
    "period",
    "bands",
    "revision",
    "corrects",
    "shared_on",
    "response",
    "response_on",
    "locked_on",
];
/// What of a row is sealed.
const OF_ROW: &[&str] = &["kpi", "weight", "status", "raw", "rating", "mean", "override_points"];
/// What of the KPI of a row is sealed: the rule by which it was scored.
const OF_KPI: &[&str] = &["measure", "direction", "floor", "target", "bands", "veto", "veto_at"];
/// What of the result is sealed.
const OF_RESULT: &[&str] = &["total", "grade", "coverage"];

/// The seal of a review with these values, as it stands now.
pub(super) fn of(conn: &Connection, review: &Record) -> Result<String, Refusal> {
    let mut said = String::from("review 1\n");
    lines(&mut said, "", review, OF_REVIEW);
    let mut rows = Vec::new();
    for row in card::children(conn, Kind::ReviewRow, "review", review.at.id)? {
        let mut of_row = String::new();
        lines(&mut of_row, "row ", &row, OF_ROW);
        if let Some(kpi) = row.get("kpi").as_link() {
            let kpi = card::record(conn, Ref { kind: Kind::Kpi, id: kpi.id })?;
            lines(&mut of_row, "kpi ", &kpi, OF_KPI);
        }
        rows.push(of_row);
    }
    // By what they say and not by their numbers, which another register may give anew.
    rows.sort();
    said.extend(rows);
    let mut result = review.clone();
    result.derived = index::review::result(conn, review)?;
    lines(&mut said, "", &result, OF_RESULT);
    Ok(hex(&Sha256::digest(said.as_bytes())))
}

/// A line for each of these fields: its key and its value as the command line would take it.
fn lines(said: &mut String, before: &str, record: &Record, keys: &[&str]) {
    for key in keys {
        let value = match record.get(key) {
            Value::Link(link) => code_of(Ref { kind: link.kind, id: link.id }),
            value => show::to_json(value).to_string(),
        };
        let _ = writeln!(said, "{before}{key} {value}");
    }
}

/// The locked reviews whose inputs or result are not those that were sealed.
pub(super) fn broken(conn: &Connection) -> Result<Vec<Finding>, Refusal> {
    let ids: Vec<i64> = conn
        .prepare_cached("SELECT id FROM review WHERE state = ? AND seal IS NOT NULL ORDER BY id")
        .and_then(|mut s| s.query_map([ReviewState::Locked.key()], |row| row.get(0))?.collect())
        .map_err(refused)?;
    let mut findings = Vec::new();
    for id in ids {
        let review = card::record(conn, Ref { kind: Kind::Review, id })?;
        if of(conn, &review)? != review.get("seal").as_text() {
            findings.push(Finding {
                severity: Severity::Error,
                rule: "seal",
                code: review.code.clone(),
                field: "seal".to_owned(),
                sentence: BROKEN.into(),
            });
        }
    }
    Ok(findings)
}

const BROKEN: Text = text(
    "The review is locked, and its scores or its result are not those that were sealed. Compare it with a backup, then correct it by a new revision.",
    "该考核已锁定，但评分或结果与封存时不一致。请与备份核对，再以新修订更正。",
);
