//! What follows from a contract: its dates, its badge, what it costs a year.

use chrono::NaiveDate;

use crate::domain::contract::{self, Badge, NoticePolicy, Renewal};
use crate::domain::list::ClosedList;
use crate::entity::{Contract, Record, Value, typed};
use crate::register::{Due, What};
use crate::store::index::Derivation;

/// The last day of a contract as it stands on `today`.
pub(super) fn last_day(record: &Record, today: NaiveDate) -> Option<NaiveDate> {
    let contract = typed::<Contract>(&record.values).ok()?;
    contract::dates(&contract.terms(), contract.working_days(), today, NoticePolicy::default()).last_day
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
    // A contract that was entered and never marked as in force has its dates all the same.
    let live = !terms.state.is_closed();
    let renews = terms.renewal == Renewal::Auto && terms.notice_given_on.is_none();
    let act_by = if !live {
        None
    } else if renews {
        dates.send_by
    } else {
        dates.last_day
    };
    let badge = if live { dates.badge } else { None };
    let annual = contract.value.and_then(|value| contract::annual_value(value, &terms));
    let what = match badge {
        _ if act_by.is_none() => None,
        Some(Badge::Lapsed) => Some(What::Lapsed),
        _ if renews => Some(What::Notice),
        _ => Some(What::End),
    };
    let (valid_from, valid_until) = if live {
        contract::badge_range(&dates, &terms, today)
    } else {
        (dates.valid_from, dates.valid_until)
    };
    Derivation {
        derived: vec![
            badge.map_or(Value::Null, |b| Value::Choice(b.choice())),
            act_by.map_or(Value::Null, Value::Date),
            dates.last_day.map_or(Value::Null, Value::Date),
            annual.map_or(Value::Null, Value::Money),
        ],
        dues: what.zip(act_by).map(|(what, date)| Due { what, date }).into_iter().collect(),
        valid_from,
        valid_until,
    }
}
