//! What follows from an invoice: by when it is to be paid, what was paid of it, what is open.

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use crate::domain::calendar::Calendar;
use crate::domain::cost::{Standing, standing};
use crate::domain::list::ClosedList;
use crate::domain::money::Money;
use crate::entity::{CostLine, Invoice, Kind, Record, Ref, Value, typed};
use crate::register::{Due, Refusal, What};
use crate::store::index::Derivation;
use crate::store::{card, refused, settings};

/// What follows from an invoice on every day.
pub(super) fn derive(conn: &Connection, record: &Record) -> Result<Derivation, Refusal> {
    let blank = || Derivation::always(vec![Value::Null; 4], Vec::new());
    let Ok(invoice) = typed::<Invoice>(&record.values) else { return Ok(blank()) };
    let (Some(amount), Some(state)) = (invoice.amount, invoice.state) else { return Ok(blank()) };
    let paid = paid(conn, record.at.id, amount)?;
    let stands = standing(state, amount.minor, i128::from(paid));
    let pay_by = pay_by(conn, &invoice)?;
    let is_settled = matches!(stands, Standing::Paid | Standing::Withdrawn);
    let open = amount.minor.checked_sub(paid).filter(|_| stands != Standing::Withdrawn);
    // What names no day wants to be dealt with since its months are over.
    let date = match (pay_by.or(invoice.received_on), invoice.period) {
        (None, Some(period)) => Some(period.last_day(settings::fiscal_start(conn)?)),
        (date, _) => date,
    };
    let date = date.filter(|_| !is_settled);
    let money = |minor: i64| Value::Money(Money { minor, ..amount });
    Ok(Derivation::always(
        vec![
            pay_by.filter(|_| !is_settled).map_or(Value::Null, Value::Date),
            money(paid),
            open.map_or(Value::Null, money),
            Value::Choice(stands.choice()),
        ],
        date.map(|date| Due { what: What::Invoice, date }).into_iter().collect(),
    ))
}

/// What was paid of an invoice, in minor units of its currency.
fn paid(conn: &Connection, id: i64, amount: Money) -> Result<i64, Refusal> {
    conn.prepare_cached(
        "SELECT coalesce(sum(amount_minor), 0) FROM payment \
         WHERE invoice = ?1 AND amount_currency = ?2 AND archived_at IS NULL",
    )
    .and_then(|mut s| s.query_row(params![id, amount.currency.code()], |row| row.get(0)))
    .map_err(refused)
}

/// The day it is to be paid: the one it states, else so many days after it came, by its own word or by
/// that of its cost line.
fn pay_by(conn: &Connection, invoice: &Invoice) -> Result<Option<NaiveDate>, Refusal> {
    let (None, Some(came)) = (invoice.due_on, invoice.received_on) else { return Ok(invoice.due_on) };
    let within = match (&invoice.pay_within, &invoice.cost_line) {
        (None, Some(link)) => {
            let line = card::record(conn, Ref { kind: Kind::CostLine, id: link.id })?;
            typed::<CostLine>(&line.values).ok().and_then(|line| line.pay_within)
        }
        (within, _) => *within,
    };
    // Days or months: no calendar is asked.
    Ok(within.and_then(|within| Calendar::weekends().after(came, within)))
}

/// The invoices whose day follows from the fiscal year, for they name none but their months.
pub(super) fn without_days(conn: &Connection) -> Result<Vec<Ref>, Refusal> {
    conn.prepare_cached("SELECT id FROM invoice WHERE received_on IS NULL AND due_on IS NULL")
        .and_then(|mut s| {
            let at = |row: &rusqlite::Row| Ok(Ref { kind: Kind::Invoice, id: row.get(0)? });
            s.query_map([], at)?.collect()
        })
        .map_err(refused)
}

/// The invoices whose day to pay follows from a cost line.
pub(super) fn of_line(conn: &Connection, line: i64) -> Result<Vec<Ref>, Refusal> {
    card::linking(conn, Kind::Invoice, "cost_line", line)
}
