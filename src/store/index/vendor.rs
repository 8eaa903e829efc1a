//! What follows for a vendor from its contracts, reviews and risks.

use chrono::{Days, NaiveDate};
use rusqlite::Connection;

use crate::domain::list::ClosedList;
use crate::domain::review::{GradeBands, Score};
use crate::domain::risk::Level;
use crate::entity::{Record, Value};
use crate::register::Refusal;
use crate::store::index::Derivation;
use crate::store::{refused, sql};

pub(super) fn derive(conn: &Connection, record: &Record) -> Result<Derivation, Refusal> {
    let id = record.at.id;
    let (score, change) = latest_score(conn, id)?;
    let grade = score.and_then(Score::from_hundredths).map(|score| GradeBands::default().grade_of(score));
    let risk = worst_risk(conn, id)?;
    let (contracts, ends, valid_from) = contracts(conn, id)?;
    let derived = vec![
        score.map_or(Value::Null, Value::Points),
        change.map_or(Value::Null, Value::Points),
        grade.map_or(Value::Null, |grade| Value::Choice(grade.choice())),
        risk.map_or(Value::Null, |level| Value::Choice(level.choice())),
        Value::Int(contracts),
        ends.map_or(Value::Null, Value::Date),
    ];
    let valid_until = ends.and_then(|day| day.checked_add_days(Days::new(1))).unwrap_or(NaiveDate::MAX);
    Ok(Derivation { derived, dues: Vec::new(), valid_from, valid_until })
}

/// Total and change of the newest review with a total.
fn latest_score(conn: &Connection, vendor: i64) -> Result<(Option<i64>, Option<i64>), Refusal> {
    let found: rusqlite::Result<(i64, i64)> = conn
        .prepare_cached(
            "SELECT total, change FROM review_x WHERE l_vendor = ? AND archived = 0 AND total > ? \
             ORDER BY s_period DESC LIMIT 1",
        )
        .and_then(|mut s| s.query_row([vendor, sql::LOW], |row| Ok((row.get(0)?, row.get(1)?))));
    match found {
        Err(rusqlite::Error::QueryReturnedNoRows) => Ok((None, None)),
        other => {
            let (score, change) = other.map_err(refused)?;
            Ok((Some(score), (change != sql::LOW).then_some(change)))
        }
    }
}

/// The highest level among the risks that are not closed.
fn worst_risk(conn: &Connection, vendor: i64) -> Result<Option<Level>, Refusal> {
    let closed = crate::domain::risk::RiskState::Closed.index();
    let worst: Option<i64> = conn
        .prepare_cached("SELECT max(level) FROM risk_x WHERE l_vendor = ? AND archived = 0 AND s_state <> ?")
        .and_then(|mut s| {
            s.query_row(rusqlite::params![vendor, i64::try_from(closed).unwrap_or(0)], |row| row.get(0))
        })
        .map_err(refused)?;
    let place = worst.filter(|n| *n != sql::LOW).and_then(|n| usize::try_from(n).ok());
    Ok(place.and_then(|n| Level::ALL.get(n).copied()))
}

/// How many contracts are in force, when the first of them ends, and since when that is so.
fn contracts(conn: &Connection, vendor: i64) -> Result<(i64, Option<NaiveDate>, NaiveDate), Refusal> {
    let in_force = crate::domain::contract::ContractState::InForce.index();
    let (count, first, since): (i64, Option<String>, Option<String>) = conn
        .prepare_cached(
            "SELECT count(*), min(last_day), max(valid_from) FROM contract_x WHERE l_vendor = ? AND archived = 0 AND s_state = ?",
        )
        .and_then(|mut s| {
            s.query_row(rusqlite::params![vendor, i64::try_from(in_force).unwrap_or(0)], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
        })
        .map_err(refused)?;
    let first = first.filter(|day| day != sql::LATE).and_then(|day| day.parse().ok());
    let since = since.and_then(|day| day.parse().ok()).unwrap_or(NaiveDate::MIN);
    Ok((count, first, since))
}
