//! Index rows: everything that is sorted, counted, ranked or looked up, worked out from facts.
//!
//! No index row is a source of truth: each can be made again from the records, `check` does so
//! and compares. They are written in the transaction of the change they follow from. Rows that
//! depend on the day say from when until when they are right.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};

use crate::entity::{DeliveryMonth, Kind, Record, Ref, Value, typed};
use crate::register::{Due, Refusal};
use crate::store::backup::checksum;
use crate::store::{Store, calendars, card, due, lookup, refused, settings, sql, tally};

mod contract;
pub(super) mod entries;
mod exit;
mod invoice;
mod renew;
pub(super) mod review;
mod risk;
mod service_level;
mod vendor;

/// The edition of the index rows and of what they share in: raised whenever either is made otherwise
/// from the same facts, so that those of an older program are made anew.
pub(super) const EDITION: i64 = 5;

/// What follows from one record today.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Derivation {
    /// The derived columns, in the order of the table.
    pub(super) derived: Vec<Value>,
    /// What of it needs attention.
    pub(super) dues: Vec<Due>,
    /// The first day on which all this is right.
    pub(super) valid_from: NaiveDate,
    /// The first day on which it no longer is.
    pub(super) valid_until: NaiveDate,
}

impl Derivation {
    /// Right on every day.
    pub(super) fn always(derived: Vec<Value>, dues: Vec<Due>) -> Self {
        Self { derived, dues, valid_from: NaiveDate::MIN, valid_until: NaiveDate::MAX }
    }
}

/// Collects the records of an act whose index rows must be written, and writes them once each.
#[derive(Debug, Default)]
pub(super) struct Indexer {
    waiting: BTreeSet<(u8, Ref)>,
    /// Service levels whose measurements were noted in this act already: each follows from the other.
    spread: BTreeSet<Ref>,
    words: lookup::Writer,
}

impl Indexer {
    /// Notes a record.
    pub(super) fn touch(&mut self, at: Ref) {
        self.waiting.insert((rank(at.kind), at));
    }

    fn touch_all(&mut self, all: Vec<Ref>) {
        for at in all {
            self.touch(at);
        }
    }

    /// Notes a record that a record of kind `from` links to, where rows follow from that link.
    pub(super) fn touch_link(&mut self, from: Kind, to: Ref) {
        if follows(from, to.kind) {
            self.touch(to);
        }
    }

    /// Writes the index rows of every noted record, and of those that follow from them.
    pub(super) fn flush(mut self, conn: &Connection, today: NaiveDate) -> Result<(), Refusal> {
        self.put_names(conn)?;
        while let Some((_, at)) = self.waiting.pop_first() {
            self.refresh(conn, at, today)?;
        }
        self.words.flush(conn).map_err(refused)
    }

    /// Writes the names of records by which others are called, and the names of those others, so
    /// that whoever is refreshed next reads them right.
    fn put_names(&self, conn: &Connection) -> Result<(), Refusal> {
        for (_, at) in &self.waiting {
            let Some((kind, key)) = called_after(at.kind) else { continue };
            let record = match card::record(conn, *at) {
                Err(Refusal::Missing(_)) => continue,
                other => other?,
            };
            let before: Option<String> = conn
                .prepare_cached("SELECT label FROM directory WHERE doc = ?")
                .and_then(|mut s| s.query_row([at.doc()], |row| row.get(0)).optional())
                .map_err(refused)?;
            let label = record.label();
            if before.as_ref() == Some(&label) {
                continue;
            }
            put_directory(conn, &record)?;
            for other in kind.iter().filter(|_| before.is_some()) {
                for at in card::linking(conn, *other, key, at.id)? {
                    put_directory(conn, &card::record(conn, at)?)?;
                }
            }
        }
        Ok(())
    }

    fn refresh(&mut self, conn: &Connection, at: Ref, today: NaiveDate) -> Result<(), Refusal> {
        let old = tally::stored(conn, at)?;
        let place = review::place(conn, at)?;
        let mut record = match card::record(conn, at) {
            Err(Refusal::Missing(_)) => {
                tally::apply(conn, at.kind, &old, &[])?;
                self.forget(conn, at)?;
                if at.kind == Kind::Setting {
                    self.touch_all(review::without_due_date(conn)?);
                    self.touch_all(service_level::all(conn)?);
                    self.touch_all(invoice::without_days(conn)?);
                }
                return self.touch_later(conn, at, place.as_ref());
            }
            other => other?,
        };
        if at.kind == Kind::Calendar {
            calendars::learn(conn)?;
        }
        let derivation = derive(conn, &record, today)?;
        record.derived.clone_from(&derivation.derived);
        let shares = tally::shares(&record, &derivation.dues);
        put_index(conn, &record, &derivation, tally::print(&shares))?;
        tally::apply(conn, at.kind, &old, &shares)?;
        due::put(conn, at, if record.archived_at.is_none() { &derivation.dues } else { &[] }, &derivation)?;
        put_directory(conn, &record)?;
        self.words.put(conn, at.doc(), entries::of(&record)).map_err(refused)?;
        self.touch_followers(conn, &record)?;
        self.touch_later(conn, at, place.as_ref())
    }

    fn forget(&mut self, conn: &Connection, at: Ref) -> Result<(), Refusal> {
        let table = at.kind.table();
        let index = format!("DELETE FROM \"{}_x\" WHERE id = ?", table.word);
        conn.prepare_cached(&index).and_then(|mut s| s.execute([at.id])).map_err(refused)?;
        for statement in ["DELETE FROM directory WHERE doc = ?", "DELETE FROM due WHERE doc = ?"] {
            conn.prepare_cached(statement).and_then(|mut s| s.execute([at.doc()])).map_err(refused)?;
        }
        self.words.remove(conn, at.doc()).map_err(refused)
    }

    /// The records whose rows follow from this one's.
    fn touch_followers(&mut self, conn: &Connection, record: &Record) -> Result<(), Refusal> {
        for value in &record.values {
            if let Value::Link(link) = value {
                self.touch_link(record.at.kind, Ref { kind: link.kind, id: link.id });
            }
        }
        let more = match record.at.kind {
            Kind::CostLine => invoice::of_line(conn, record.at.id)?,
            Kind::Kpi => review::rows_of_kpi(conn, record.at.id)?,
            Kind::Setting if record.get("key").as_text() == settings::FISCAL_YEAR_START => {
                let mut found = review::without_due_date(conn)?;
                found.extend(invoice::without_days(conn)?);
                found.extend(service_level::all(conn)?);
                found
            }
            Kind::Calendar => contract::counting_by_own(conn)?,
            Kind::Contract => card::linking(conn, Kind::ServiceLevel, "contract", record.at.id)?,
            Kind::ServiceLevel if self.spread.insert(record.at) => {
                service_level::measurements(conn, record.at.id)?
            }
            _ => Vec::new(),
        };
        self.touch_all(more);
        Ok(())
    }

    /// The reviews whose change follows from the total of this one, where it stood before it was
    /// written anew and where it stands now. Only later reviews are named, so the walk ends.
    fn touch_later(
        &mut self,
        conn: &Connection,
        at: Ref,
        before: Option<&review::Place>,
    ) -> Result<(), Refusal> {
        let now = review::place(conn, at)?;
        if before == now.as_ref() {
            return Ok(());
        }
        for place in before.into_iter().chain(&now) {
            for later in review::next_of_vendor(conn, place)? {
                self.touch(later);
            }
        }
        Ok(())
    }
}

impl Store {
    /// Whether there are rows whose day has passed.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn has_stale(&self) -> Result<bool, Refusal> {
        Ok(!stale(&self.conn, self.today(), 1)?.is_empty())
    }

    /// Brings up to date the rows whose day has passed, at most `most` of them in one act of the
    /// house. Returns how many of them are right now; none means that there is nothing left to do,
    /// or that doing it again would not help.
    ///
    /// # Errors
    /// When the register cannot be written.
    pub fn refresh_stale(&mut self, most: usize) -> Result<usize, Refusal> {
        let today = self.today();
        let stale = stale(&self.conn, today, most)?;
        if stale.is_empty() {
            return Ok(0);
        }
        if !self.is_writable() {
            return Err(Refusal::ReadOnly);
        }
        let behavior = rusqlite::TransactionBehavior::Immediate;
        let tx = self.conn.transaction_with_behavior(behavior).map_err(refused)?;
        calendars::learn(&tx)?;
        checksum::lift(&self.path)?;
        let mut indexer = Indexer::default();
        for at in &stale {
            indexer.touch(*at);
        }
        indexer.flush(&tx, today)?;
        let mut right = 0;
        for at in &stale {
            right += usize::from(!is_stale(&tx, *at, today)?);
        }
        tx.commit().map_err(refused)?;
        Ok(right)
    }
}

/// The records whose rows are not right today, contracts before the vendors that follow from them.
pub(super) fn stale(conn: &Connection, today: NaiveDate, most: usize) -> Result<Vec<Ref>, Refusal> {
    let mut found = stale_of(conn, Kind::Contract, today, most)?;
    found.extend(stale_of(conn, Kind::Vendor, today, most.saturating_sub(found.len()))?);
    Ok(found)
}

/// The records of a kind whose rows are not right today.
pub(super) fn stale_of(
    conn: &Connection,
    kind: Kind,
    today: NaiveDate,
    most: usize,
) -> Result<Vec<Ref>, Refusal> {
    let word = kind.table().word;
    let statement = format!(
        "SELECT id FROM {word}_x WHERE valid_until <= ?1 UNION ALL \
         SELECT id FROM {word}_x WHERE valid_from > ?1 LIMIT ?2"
    );
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let ids: Vec<i64> = conn
        .prepare_cached(&statement)
        .and_then(|mut s| s.query_map(params![today.to_string(), most], |row| row.get(0))?.collect())
        .map_err(refused)?;
    Ok(ids.into_iter().map(|id| Ref { kind, id }).collect())
}

/// Whether the row of one record is not right today.
fn is_stale(conn: &Connection, at: Ref, today: NaiveDate) -> Result<bool, Refusal> {
    let statement = format!(
        "SELECT 1 FROM {}_x WHERE id = ?1 AND (valid_until <= ?2 OR valid_from > ?2)",
        at.kind.table().word
    );
    conn.prepare_cached(&statement)
        .and_then(|mut s| s.exists(params![at.id, today.to_string()]))
        .map_err(refused)
}

/// What follows from a record today. Reads other records, writes nothing.
pub(super) fn derive(conn: &Connection, record: &Record, today: NaiveDate) -> Result<Derivation, Refusal> {
    match record.at.kind {
        Kind::Vendor => vendor::derive(conn, record, today),
        Kind::Contract => Ok(contract::derive(record, today)),
        Kind::Review => review::derive(conn, record),
        Kind::ReviewRow => review::derive_row(conn, record),
        Kind::DeliveryMonth => Ok(delivery_month(record)),
        Kind::Risk => Ok(risk::derive(record)),
        Kind::ServiceLevel => service_level::derive(conn, record),
        Kind::Measurement => service_level::derive_measurement(conn, record),
        Kind::Action => Ok(due::of_action(record)),
        Kind::Interaction => Ok(due::of_interaction(record)),
        Kind::Deliverable | Kind::ChangeRequest | Kind::Breach | Kind::Report => Ok(due::of_part(record)),
        Kind::ExitCase => exit::derive(conn, record),
        Kind::ExitStep => Ok(exit::derive_step(record)),
        Kind::Consequence => Ok(due::of_consequence(record)),
        Kind::Improvement => Ok(due::of_improvement(record)),
        Kind::Invoice => invoice::derive(conn, record),
        _ => Ok(Derivation::always(Vec::new(), Vec::new())),
    }
}

/// The share of a month's deliveries that came in time.
fn delivery_month(record: &Record) -> Derivation {
    let rate = typed::<DeliveryMonth>(&record.values).ok().and_then(|month| month.counts().rate_bp());
    Derivation::always(vec![rate.map_or(Value::Null, Value::Weight)], Vec::new())
}

/// The kinds whose records are called after those of `kind`, and by which link.
const fn called_after(kind: Kind) -> Option<(&'static [Kind], &'static str)> {
    match kind {
        Kind::Vendor => Some((&[Kind::Review, Kind::Consequence, Kind::DeliveryMonth], "vendor")),
        Kind::Kpi => Some((&[Kind::TemplateRow, Kind::ReviewRow], "kpi")),
        Kind::ServiceLevel => Some((&[Kind::Measurement], "level")),
        _ => None,
    }
}

/// Inputs come before what follows from them.
const fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::ReviewRow | Kind::Measurement | Kind::ExitCase | Kind::Invoice => 1,
        Kind::Review => 2,
        Kind::Contract | Kind::Risk => 3,
        Kind::Vendor | Kind::ServiceLevel => 4,
        _ => 0,
    }
}

/// Whether the rows of `to` follow from records of `from` that link to it.
const fn follows(from: Kind, to: Kind) -> bool {
    matches!(
        (from, to),
        (Kind::RaterScore, Kind::ReviewRow)
            | (Kind::ReviewRow | Kind::Review, Kind::Review)
            | (Kind::Measurement, Kind::ServiceLevel)
            | (Kind::ExitStep, Kind::ExitCase)
            | (Kind::Payment, Kind::Invoice)
            | (Kind::Review | Kind::Contract | Kind::Risk, Kind::Vendor)
    )
}

fn put_index(
    conn: &Connection,
    record: &Record,
    derivation: &Derivation,
    shares: String,
) -> Result<(), Refusal> {
    let mut bound = vec![
        Sql::Integer(record.at.id),
        Sql::Text(day_text(derivation.valid_from)),
        Sql::Text(day_text(derivation.valid_until)),
        Sql::Text(shares),
    ];
    bound.extend(row_of(record, &derivation.derived));
    conn.prepare_cached(&sql::statements(record.at.kind).put_index)
        .and_then(|mut s| s.execute(params_from_iter(bound)))
        .map(drop)
        .map_err(refused)
}

/// The columns of an index row behind its id, bounds and shares, in the order of
/// [`sql::index_columns`].
pub(super) fn row_of(record: &Record, derived: &[Value]) -> Vec<Sql> {
    let table = record.table();
    let is_aside = record.archived_at.is_some() || is_superseded(record.at.kind, derived);
    let mut row = vec![Sql::Integer(i64::from(is_aside))];
    for (meta, value) in table.fields.iter().zip(&record.values) {
        if meta.sortable {
            row.push(sql::order_key(meta.shape, value));
        }
    }
    for (at, _) in sql::scopes(table) {
        let id = record.values.get(at).and_then(Value::as_link).map_or(0, |link| link.id);
        row.push(Sql::Integer(id));
    }
    for (column, value) in table.derived.iter().zip(derived) {
        row.extend(sql::derived_columns(column, value));
    }
    row
}

/// Whether a newer revision speaks in the place of this record: it is in the lists of what was put away,
/// and in no ranking and no count.
pub(super) fn is_superseded(kind: Kind, derived: &[Value]) -> bool {
    let place = kind.table().derived(SUPERSEDED);
    place.and_then(|at| derived.get(at)) == Some(&Value::Bool(true))
}

/// The derived column that tells it.
const SUPERSEDED: &str = "superseded";

/// The text of a bound of validity. What lies beyond the stored order, as the ends of time do, is
/// its end: a year of five digits is written with a sign, which would sort before every date.
pub(super) fn day_text(day: NaiveDate) -> String {
    match day.year() {
        ..0 => sql::EARLY.to_owned(),
        0..=9999 => day.to_string(),
        10_000.. => sql::LATE.to_owned(),
    }
}

fn put_directory(conn: &Connection, record: &Record) -> Result<(), Refusal> {
    let owner = owner(record).map(Ref::doc);
    conn.prepare_cached("INSERT OR REPLACE INTO directory (doc, label, owner, archived) VALUES (?, ?, ?, ?)")
        .and_then(|mut s| {
            s.execute(params![
                record.at.doc(),
                record.label(),
                owner,
                i64::from(record.archived_at.is_some()),
            ])
        })
        .map(drop)
        .map_err(refused)
}

/// The record beside which this one is named: the vendor of a contract, the review of a row.
pub(super) fn owner(record: &Record) -> Option<Ref> {
    let table = record.table();
    let link = |at: usize| record.values.get(at).and_then(Value::as_link);
    let parent = table.parent().and_then(|(_, at)| link(at));
    let vendor = || table.field("vendor").and_then(link);
    parent.or_else(vendor).map(|link| Ref { kind: link.kind, id: link.id })
}
