//! What follows from a contract: its dates, its badge, what it costs a year.

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::calendars;

use crate::domain::contract::{self, NoticePolicy, Renewal};
use crate::domain::list::ClosedList;
use crate::entity::{Contract, Kind, Record, Ref, Value, typed};
use crate::register::{Refusal, renewal};
use crate::store::index::Derivation;
use crate::store::refused;

/// The last day of a contract as it stands on `today`.
pub(super) fn last_day(record: &Record, today: NaiveDate) -> Option<NaiveDate> {
    let contract = typed::<Contract>(&record.values).ok()?;
    contract::dates(&contract.terms(), contract.working_days(), today, NoticePolicy::default()).last_day
}

/// The contracts that count by a calendar of the register's own.
pub(super) fn counting_by_own(conn: &Connection) -> Result<Vec<Ref>, Refusal> {
    let [weekends, cn] = calendars::NAMES;
    let ids: Vec<i64> = conn
        .prepare_cached("SELECT id FROM contract WHERE calendar NOT IN (?1, ?2)")
        .and_then(|mut s| s.query_map([weekends, cn], |row| row.get(0))?.collect())
        .map_err(refused)?;
    Ok(ids.into_iter().map(|id| Ref { kind: Kind::Contract, id }).collect())
}

/// What follows from a contract today, and from when until when it does.
pub(super) fn derive(record: &Record, today: NaiveDate) -> Derivation {
    let blank = || Derivation::always(vec![Value::Null; 4], Vec::new());
    let Ok(contract) = typed::<Contract>(&record.values) else { return blank() };
    let terms = contract.terms();
    let mut dates = contract::dates(&terms, contract.working_days(), today, NoticePolicy::default());
    if terms.renewal == Renewal::Evergreen {
        // Of an evergreen contract only the end that notice sent today would have moves every
        // day, and that is no column.
        (dates.valid_from, dates.valid_until) = (NaiveDate::MIN, NaiveDate::MAX);
    }
    let live = !terms.state.is_closed();
    let due = renewal::due(&terms, &dates);
    let badge = if live { dates.badge } else { None };
    let annual = contract.value.and_then(|value| contract::annual_value(value, &terms));
    let (valid_from, valid_until) = if live {
        contract::badge_range(&dates, &terms, today)
    } else {
        (dates.valid_from, dates.valid_until)
    };
    Derivation {
        derived: vec![
            badge.map_or(Value::Null, |b| Value::Choice(b.choice())),
            due.map_or(Value::Null, |due| Value::Date(due.date)),
            dates.last_day.map_or(Value::Null, Value::Date),
            annual.map_or(Value::Null, Value::Money),
        ],
        dues: due.into_iter().collect(),
        valid_from,
        valid_until,
    }
}
