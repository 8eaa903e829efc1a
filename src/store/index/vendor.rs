//! What follows for a vendor from its contracts, reviews and risks.

use chrono::{Days, NaiveDate};
use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::contract::ContractState;
use crate::domain::list::ClosedList;
use crate::domain::review::Grade;
use crate::domain::risk::Level;
use crate::entity::{Kind, Record, Ref, Value};
use crate::register::Refusal;
use crate::store::index::Derivation;
use crate::store::{card, refused, sql};

pub(super) fn derive(conn: &Connection, record: &Record, today: NaiveDate) -> Result<Derivation, Refusal> {
    let id = record.at.id;
    let latest = latest_graded(conn, id)?;
    let risk = worst_risk(conn, id)?;
    let contracts = contracts(conn, id, today)?;
    let derived = vec![
        latest.map_or(Value::Null, |latest| Value::Points(latest.total)),
        latest.and_then(|latest| latest.change).map_or(Value::Null, Value::Points),
        latest.map_or(Value::Null, |latest| Value::Choice(latest.grade.choice())),
        risk.map_or(Value::Null, |level| Value::Choice(level.choice())),
        Value::Int(contracts.count),
        contracts.ends.map_or(Value::Null, Value::Date),
    ];
    // The first end moves on the day after it, when that contract renews; on an earlier day
    // another contract may not have renewed yet. A first end in the past lapsed and stays.
    let valid_from = contracts.ends.map_or(NaiveDate::MIN, |_| today);
    let next = contracts.ends.filter(|day| *day >= today).and_then(|day| day.checked_add_days(Days::new(1)));
    let valid_until = next.unwrap_or(NaiveDate::MAX);
    Ok(Derivation { derived, dues: Vec::new(), valid_from, valid_until })
}

/// What the newest graded review says of its vendor, in hundredths.
#[derive(Clone, Copy)]
struct Latest {
    total: i64,
    change: Option<i64>,
    grade: Grade,
}

/// The newest review with a grade: one that is still being filled speaks for nobody yet, and one
/// that failed a veto keeps the grade it got for that.
fn latest_graded(conn: &Connection, vendor: i64) -> Result<Option<Latest>, Refusal> {
    let found: Option<(i64, i64, i64)> = conn
        .prepare_cached(
            "SELECT total, change, grade FROM review_x INDEXED BY review_x_vendor_period \
             WHERE l_vendor = ? AND archived = 0 AND grade > ? ORDER BY s_period DESC, id DESC LIMIT 1",
        )
        .and_then(|mut s| {
            s.query_row([vendor, sql::LOW], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()
        })
        .map_err(refused)?;
    Ok(found.and_then(|(total, change, grade)| {
        let grade = usize::try_from(grade).ok().and_then(|at| Grade::ALL.get(at).copied())?;
        Some(Latest { total, change: (change != sql::LOW).then_some(change), grade })
    }))
}

/// The highest level among the risks that are not closed.
fn worst_risk(conn: &Connection, vendor: i64) -> Result<Option<Level>, Refusal> {
    let closed = crate::domain::risk::RiskState::Closed.index();
    let worst: Option<i64> = conn
        .prepare_cached(
            "SELECT max(level) FROM risk_x INDEXED BY risk_x_of_vendor \
             WHERE l_vendor <> 0 AND l_vendor = ? AND archived = 0 AND s_state <> ?",
        )
        .and_then(|mut s| {
            s.query_row(rusqlite::params![vendor, i64::try_from(closed).unwrap_or(0)], |row| row.get(0))
        })
        .map_err(refused)?;
    let place = worst.filter(|n| *n != sql::LOW).and_then(|n| usize::try_from(n).ok());
    Ok(place.and_then(|n| Level::ALL.get(n).copied()))
}

/// The contracts of a vendor that are in force.
struct InForce {
    count: i64,
    /// The last day of the one that ends first.
    ends: Option<NaiveDate>,
}

/// How many contracts are in force, and when the first of them ends. Index rows whose day has
/// passed are worked out anew, so that this is right on any day.
fn contracts(conn: &Connection, vendor: i64, today: NaiveDate) -> Result<InForce, Refusal> {
    let in_force = i64::try_from(ContractState::InForce.index()).unwrap_or(0);
    let day = today.to_string();
    let (count, from_later): (i64, bool) = conn
        .prepare_cached(
            "SELECT count(*), coalesce(max(valid_from) > ?3, 0) FROM contract_x INDEXED BY contract_x_vendor_in_force \
             WHERE l_vendor = ?1 AND archived = 0 AND s_state = ?2",
        )
        .and_then(|mut s| s.query_row(params![vendor, in_force, day], |row| Ok((row.get(0)?, row.get(1)?))))
        .map_err(refused)?;
    let mut statement = conn
        .prepare_cached(
            "SELECT id, last_day, valid_from, valid_until FROM contract_x INDEXED BY contract_x_vendor_in_force \
             WHERE l_vendor = ? AND archived = 0 AND s_state = ? ORDER BY last_day",
        )
        .map_err(refused)?;
    let mut rows = statement.query(params![vendor, in_force]).map_err(refused)?;
    let mut ends: Option<NaiveDate> = None;
    while let Some(row) = rows.next().map_err(refused)? {
        let text = |at: usize| row.get_ref(at).ok().and_then(|cell| cell.as_str().ok()).unwrap_or("");
        let last_day = if text(2) <= day.as_str() && day.as_str() < text(3) {
            text(1).parse().ok().filter(|_| text(1) != sql::LATE)
        } else {
            let at = Ref { kind: Kind::Contract, id: row.get(0).map_err(refused)? };
            super::contract::last_day(&card::record(conn, at)?, today)
        };
        ends = ends.into_iter().chain(last_day).min();
        // As days pass a contract only ends later, so what follows cannot end before this one;
        // unless the rows were written on a later day than this.
        let is_stored = text(1) == sql::LATE || last_day.is_some_and(|found| found.to_string() == text(1));
        if is_stored && !from_later {
            break;
        }
    }
    Ok(InForce { count, ends })
}
