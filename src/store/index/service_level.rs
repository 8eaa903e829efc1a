//! What follows from service levels and their measurements: outcomes, credits, and what is to be measured
//! or claimed by when.

use chrono::{Days, NaiveDate};
use rusqlite::Connection;

use crate::domain::contract::ContractState;
use crate::domain::decimal::Decimal4;
use crate::domain::list::ClosedList;
use crate::domain::period::{FiscalStart, Period};
use crate::domain::service_level::{self, Judged, Measured, Outcome};
use crate::entity::{Kind, Measurement, Record, Ref, ServiceLevel, Value, typed};
use crate::register::due::{Due, What};
use crate::register::{Refusal, service_level as levels};
use crate::store::index::Derivation;
use crate::store::{card, check, refused, settings};

/// One measured period as stored.
struct Stored {
    id: i64,
    period: Period,
    measured: Measured,
}

/// What a service level came to so far, and by when its next period is to be measured.
pub(super) fn derive(conn: &Connection, record: &Record) -> Result<Derivation, Refusal> {
    let blank = || Derivation::always(vec![Value::Null; 3], Vec::new());
    let Ok(level) = typed::<ServiceLevel>(&record.values) else { return Ok(blank()) };
    let is_open = is_open(conn, &level)?;
    let fiscal = settings::fiscal_start(conn)?;
    let periods = periods(conn, record.at.id, fiscal)?;
    let judged = judged(&level, &periods);
    let outcomes: Vec<Outcome> = judged.iter().map(|one| one.outcome).collect();
    let told = periods.iter().zip(&judged).rev().find(|(_, one)| one.outcome != Outcome::NotMeasured);
    let latest: Option<Decimal4> = periods.iter().rev().find_map(|stored| stored.measured.value);
    let derived = vec![
        latest.map_or(Value::Null, Value::Decimal),
        told.map_or(Value::Null, |(_, one)| Value::Choice(one.outcome.choice())),
        service_level::attainment_bp(&outcomes).map_or(Value::Null, Value::Weight),
    ];
    let measured: Vec<Period> = periods.iter().map(|stored| stored.period).collect();
    let next = levels::next_period(&level, &measured, fiscal).filter(|_| is_open);
    let due =
        next.and_then(|period| period.last_day(fiscal).checked_add_days(Days::new(levels::MEASURE_DAYS)));
    let dues = due.map(|date| Due { what: What::Measurement, date });
    Ok(Derivation::always(derived, dues.into_iter().collect()))
}

/// What came of one period, what it costs, and by when that is to be claimed.
pub(super) fn derive_measurement(conn: &Connection, record: &Record) -> Result<Derivation, Refusal> {
    let blank = || Derivation::always(vec![Value::Null; 2], Vec::new());
    let Ok(measurement) = typed::<Measurement>(&record.values) else { return Ok(blank()) };
    let Some(link) = &measurement.level else { return Ok(blank()) };
    let level = card::record(conn, Ref { kind: Kind::ServiceLevel, id: link.id })?;
    let Ok(level) = typed::<ServiceLevel>(&level.values) else { return Ok(blank()) };
    let fiscal = settings::fiscal_start(conn)?;
    let periods = periods(conn, link.id, fiscal)?;
    let all = judged(&level, &periods);
    let own = periods.iter().zip(&all).find(|(stored, _)| stored.id == record.at.id);
    let Some((_, judged)) = own else { return Ok(blank()) };
    let derived =
        vec![Value::Choice(judged.outcome.choice()), judged.credit.map_or(Value::Null, Value::Money)];
    let is_due = judged.credit.is_some_and(|credit| credit.minor > 0) && measurement.claimed_on.is_none();
    let by: Option<NaiveDate> =
        measurement.period.filter(|_| is_due).and_then(|period| levels::claim_by(&level, period, fiscal));
    let dues = by.map(|date| Due { what: What::Credit, date });
    Ok(Derivation::always(derived, dues.into_iter().collect()))
}

/// Every service level: what is due of them, and of their measurements, follows from the fiscal year.
pub(super) fn all(conn: &Connection) -> Result<Vec<Ref>, Refusal> {
    Ok(check::ids(conn, Kind::ServiceLevel)?
        .into_iter()
        .map(|id| Ref { kind: Kind::ServiceLevel, id })
        .collect())
}

/// The measurements of a service level.
pub(super) fn measurements(conn: &Connection, level: i64) -> Result<Vec<Ref>, Refusal> {
    card::linking(conn, Kind::Measurement, "level", level)
}

fn judged(level: &ServiceLevel, periods: &[Stored]) -> Vec<Judged> {
    let measured: Vec<Measured> = periods.iter().map(|stored| stored.measured).collect();
    level.promise().map(|promise| service_level::judge(&promise, &measured)).unwrap_or_default()
}

/// The periods of a service level that are in use, oldest first.
fn periods(conn: &Connection, level: i64, fiscal: FiscalStart) -> Result<Vec<Stored>, Refusal> {
    let read = |row: &rusqlite::Row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, Option<i64>>(2)?, row.get(3)?))
    };
    let rows: Vec<_> = conn
        .prepare_cached(
            "SELECT id, period, value, excused FROM measurement WHERE level = ? AND archived_at IS NULL",
        )
        .and_then(|mut s| s.query_map([level], read)?.collect())
        .map_err(refused)?;
    let stored = |(id, period, value, is_excused): (i64, String, Option<i64>, bool)| {
        let period = period.parse().ok()?;
        Some(Stored { id, period, measured: Measured { value: value.map(Decimal4), is_excused } })
    };
    let mut periods: Vec<Stored> = rows.into_iter().filter_map(stored).collect();
    periods.sort_by_key(|stored| (stored.period.last_day(fiscal), stored.id));
    Ok(periods)
}

/// Whether anything is still to be measured: its contract is neither over nor put away.
fn is_open(conn: &Connection, level: &ServiceLevel) -> Result<bool, Refusal> {
    let Some(link) = &level.contract else { return Ok(false) };
    let state: Option<String> = conn
        .prepare_cached("SELECT iif(archived_at IS NULL, state, NULL) FROM contract WHERE id = ?")
        .and_then(|mut s| s.query_row([link.id], |row| row.get(0)))
        .map_err(refused)?;
    let state = state.and_then(|state| ContractState::from_key(&state));
    Ok(state.is_some_and(|state| !state.is_closed()))
}
