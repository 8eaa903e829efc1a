//! One record, with what belongs to it and what refers to it.

use rusqlite::{Connection, params};

use crate::entity::{Column, Kind, Record, Ref};
use crate::limits;
use crate::register::{Card, Refusal, Related, code_of};
use crate::store::{Store, history, index, refused, sql};
use crate::texts::{Sentence, text};

impl Store {
    /// One record.
    ///
    /// # Errors
    /// [`Refusal::Missing`].
    pub fn record(&self, at: Ref) -> Result<Record, Refusal> {
        record(&self.conn, at)?.fresh(&self.conn, self.today)
    }

    /// A record with what a card shows around it.
    ///
    /// # Errors
    /// [`Refusal::Missing`].
    pub fn card(&self, at: Ref) -> Result<Card, Refusal> {
        self.card_of(at, limits::CARD_ROWS)
    }

    /// A record with what its own page shows around it.
    ///
    /// # Errors
    /// [`Refusal::Missing`].
    pub fn sheet(&self, at: Ref) -> Result<Card, Refusal> {
        self.card_of(at, limits::SHEET_ROWS)
    }

    fn card_of(&self, at: Ref, most: usize) -> Result<Card, Refusal> {
        let _moment = self.moment()?;
        let record = self.record(at)?;
        let mut shown = Vec::new();
        for (kind, field) in at.kind.related() {
            shown.push(self.related(at, kind, field, most)?);
        }
        let last_event = history::of_record(&self.conn, at, 1)?.into_iter().next();
        let dues = self.dues_of(at)?;
        Ok(Card { record, related: shown, dues, last_event })
    }

    /// The records of `kind` that refer to `at` by their field at `field`.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn related(&self, at: Ref, kind: Kind, field: usize, most: usize) -> Result<Related, Refusal> {
        let table = kind.table();
        let key = table.fields.get(field).map_or("", |meta| meta.key);
        let order = sql::order_column(table, table.order.0);
        let direction = page_direction(table.order.1);
        let sortable = table.head(table.order.0).sortable;
        let order =
            if sortable { format!("\"{order}\" {direction}, id {direction}") } else { "id".to_owned() };
        let from = format!("\"{word}_x\" INDEXED BY \"{word}_x_of_{key}\"", word = table.word);
        let of = format!("\"l_{key}\" <> 0 AND \"l_{key}\" = ?");
        let counting = format!("SELECT count(*) FROM {from} WHERE {of} AND archived = 0");
        let total: i64 = self
            .conn
            .prepare_cached(&counting)
            .and_then(|mut s| s.query_row([at.id], |row| row.get(0)))
            .map_err(refused)?;
        if total == 0 {
            return Ok(Related { kind, field, total, rows: Vec::new() });
        }
        let statement = format!("SELECT id FROM {from} WHERE {of} AND archived = 0 ORDER BY {order} LIMIT ?");
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let ids: Vec<i64> = self
            .conn
            .prepare_cached(&statement)
            .and_then(|mut s| s.query_map(params![at.id, most], |row| row.get(0))?.collect())
            .map_err(refused)?;
        let rows = ids.into_iter().map(|id| self.record(Ref { kind, id })).collect::<Result<_, _>>()?;
        Ok(Related { kind, field, total, rows })
    }
}

/// One record as stored, its derived columns as indexed.
pub(super) fn record(conn: &Connection, at: Ref) -> Result<Record, Refusal> {
    let table = at.kind.table();
    let fields = (0..table.fields.len()).map(Column::Field);
    let wanted: Vec<Column> = fields.chain((0..table.derived.len()).map(Column::Derived)).collect();
    Ok(read(conn, at, &sql::statements(at.kind).select, &wanted)?.into_record())
}

/// The records of `kind` whose field `key` links to `id`, put away or not, oldest first.
pub(super) fn linking(conn: &Connection, kind: Kind, key: &str, id: i64) -> Result<Vec<Ref>, Refusal> {
    let statement = format!("SELECT id FROM \"{}\" WHERE \"{key}\" = ? ORDER BY id", kind.table().word);
    let ids: Vec<i64> = conn
        .prepare_cached(&statement)
        .and_then(|mut s| s.query_map([id], |row| row.get(0))?.collect())
        .map_err(refused)?;
    Ok(ids.into_iter().map(|id| Ref { kind, id }).collect())
}

/// Those of them that are in use, whole.
pub(super) fn children(conn: &Connection, kind: Kind, key: &str, id: i64) -> Result<Vec<Record>, Refusal> {
    let all = linking(conn, kind, key, id)?.into_iter().map(|at| record(conn, at));
    all.filter(|found| found.as_ref().map_or(true, |record| record.archived_at.is_none())).collect()
}

/// The wanted columns of one record, by the statement that selects them.
pub(super) fn read(
    conn: &Connection,
    at: Ref,
    select: &str,
    wanted: &[Column],
) -> Result<sql::Read, Refusal> {
    let mut statement = conn.prepare_cached(select).map_err(refused)?;
    let mut rows = statement.query([at.id]).map_err(refused)?;
    match rows.next().map_err(refused)? {
        Some(row) => sql::read(row, at.kind, wanted),
        None => Err(missing(at)),
    }
}

/// Says that there is no such record.
pub(super) fn missing(at: Ref) -> Refusal {
    let sentence = Sentence::from(text("There is no {kind} {code}.", "没有{kind} {code}。"));
    Refusal::Missing(sentence.with_word("kind", at.kind.table().one).with("code", code_of(at)))
}

/// SQL's word for a direction.
pub(super) const fn page_direction(direction: crate::entity::Direction) -> &'static str {
    match direction {
        crate::entity::Direction::Up => "ASC",
        crate::entity::Direction::Down => "DESC",
    }
}

/// A record whose derived columns are right today.
trait Fresh: Sized {
    fn fresh(self, conn: &Connection, today: chrono::NaiveDate) -> Result<Self, Refusal>;
}

impl Fresh for Record {
    fn fresh(mut self, conn: &Connection, today: chrono::NaiveDate) -> Result<Self, Refusal> {
        if matches!(self.at.kind, Kind::Contract | Kind::Vendor) && !is_valid(conn, self.at, today)? {
            self.derived = index::derive(conn, &self, today)?.derived;
        }
        Ok(self)
    }
}

fn is_valid(conn: &Connection, at: Ref, today: chrono::NaiveDate) -> Result<bool, Refusal> {
    let statement = format!(
        "SELECT 1 FROM \"{}_x\" WHERE id = ?1 AND valid_from <= ?2 AND valid_until > ?2",
        at.kind.table().word
    );
    conn.prepare_cached(&statement)
        .and_then(|mut s| s.exists(params![at.id, today.to_string()]))
        .map_err(refused)
}
