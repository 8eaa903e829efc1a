//! Pages of a list: filtered, ordered, around a record, at any size of the register.
//!
//! The walk over many rows happens on the index table alone and by one of its indexes; the
//! records of the page are read afterwards by their ids. Nothing here may scan a table a key.

use rusqlite::types::Value as Sql;
use rusqlite::{OptionalExtension, params_from_iter};

use crate::entity::{Column, Direction, Kind, Ref, Value};
use crate::limits;
use crate::lookup::Query as Words;
use crate::register::{Anchor, Page, Query, Refusal, Row, Shelves, code_of};
use crate::store::card::page_direction;
use crate::store::lookup::Matching;
use crate::store::{Store, index, lookup as lookup_sql, refused, sql};

/// The rows a list walks over: which, in what order.
struct Walk {
    table: String,
    filter: String,
    bound: Vec<Sql>,
    order: String,
    direction: Direction,
}

impl Store {
    /// The page a query asks for.
    ///
    /// # Errors
    /// When the register cannot be read, or [`Refusal::Interrupted`].
    pub fn page(&self, query: &Query) -> Result<Page, Refusal> {
        let words = Words::parse(&query.words);
        if words.is_empty() {
            let walk = self.walk(query, None);
            let total = self.total(query, &walk)?;
            return self.laid_out(query, &walk, total);
        }
        match self.matching(&words, query.kind, limits::FILTER_IDS)? {
            Matching::All(ids) => {
                let walk = self.walk(query, Some(&ids));
                let total = self.count(&walk, "", &[])?;
                self.laid_out(query, &walk, total)
            }
            Matching::More => self.sieved(query, &words),
        }
    }

    fn laid_out(&self, query: &Query, walk: &Walk, total: u64) -> Result<Page, Refusal> {
        let (ids, start, anchor) = self.ids(query, walk, total)?;
        Ok(Page { rows: self.rows(query.kind, &ids)?, start, total: Some(total), anchor })
    }

    fn matching(&self, words: &Words, kind: Kind, most: usize) -> Result<Matching, Refusal> {
        let kinds = super::find::ranked(&[kind]);
        let Some(kind) = kinds.first() else { return Ok(Matching::All(Vec::new())) };
        lookup_sql::matching(&self.conn, words, *kind, most).map_err(refused)
    }

    /// A page of a list that a broad filter narrows: each row on the way is held against it.
    /// Matches are frequent, so the way is short; how many there are in all is not known.
    fn sieved(&self, query: &Query, words: &Words) -> Result<Page, Refusal> {
        let walk = self.walk(query, None);
        let (before, after) = query.reach;
        let forward = walk.direction;
        let backward = forward.reversed();
        let (ids, start, anchor) = match query.anchor {
            Anchor::First => (self.sift(&walk, words, query.kind, forward, None, before + after)?, 0, 0),
            Anchor::Last => {
                let mut ids = self.sift(&walk, words, query.kind, backward, None, before + after)?;
                ids.reverse();
                let total = self.count_matching(query)?;
                let anchor = ids.len().saturating_sub(1);
                let start = total.saturating_sub(ids.len() as u64);
                let rows = self.rows(query.kind, &ids)?;
                return Ok(Page { rows, start, total: Some(total), anchor });
            }
            Anchor::Row(row) => {
                let whole = usize::try_from(row).unwrap_or(usize::MAX).saturating_add(after);
                let mut ids = self.sift(&walk, words, query.kind, forward, None, whole)?;
                let row = usize::try_from(row).unwrap_or(0).min(ids.len().saturating_sub(1));
                let start = row.saturating_sub(before);
                ids.drain(..start.min(ids.len()));
                (ids, start as u64, row - start)
            }
            Anchor::Record { id, row } => match self.key_of(&walk, id)? {
                None => return self.sieved(&Query { anchor: Anchor::Row(row), ..query.clone() }, words),
                Some(key) => {
                    let mut ids = self.sift(&walk, words, query.kind, backward, Some((&key, id)), before)?;
                    ids.reverse();
                    let itself = self.holds(words, Ref { kind: query.kind, id })?;
                    let anchor = ids.len();
                    ids.extend(itself.then_some(id));
                    ids.extend(self.sift(&walk, words, query.kind, forward, Some((&key, id)), after)?);
                    let at_top = anchor < before;
                    (ids, if at_top { 0 } else { row.saturating_sub(anchor as u64) }, anchor)
                }
            },
        };
        let ended = ids.len() < before + after && query.anchor == Anchor::First;
        let total = ended.then_some(ids.len() as u64);
        Ok(Page { rows: self.rows(query.kind, &ids)?, start, total, anchor })
    }

    /// Up to `most` ids from a row on that hold the words, in the order of `direction`.
    fn sift(
        &self,
        walk: &Walk,
        words: &Words,
        kind: Kind,
        direction: Direction,
        from: Option<(&Sql, i64)>,
        most: usize,
    ) -> Result<Vec<i64>, Refusal> {
        if most == 0 {
            return Ok(Vec::new());
        }
        let (statement, mut bound) = walk.step(direction, from);
        bound.push(Sql::Integer(-1));
        bound.push(Sql::Integer(0));
        let mut statement = self.conn.prepare_cached(&statement).map_err(refused)?;
        let mut rows = statement.query(params_from_iter(bound)).map_err(refused)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(refused)? {
            let id = row.get(0).map_err(refused)?;
            if self.holds(words, Ref { kind, id })? {
                found.push(id);
                if found.len() == most {
                    break;
                }
            }
        }
        Ok(found)
    }

    fn holds(&self, words: &Words, at: Ref) -> Result<bool, Refusal> {
        let entries = lookup_sql::entries(&self.conn, at.doc()).map_err(refused)?;
        Ok(crate::lookup::matches(words, &entries))
    }

    /// The ids of the whole list in its order, for the command line and export.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn list(&self, query: &Query, most: Option<usize>) -> Result<Vec<i64>, Refusal> {
        let words = Words::parse(&query.words);
        let walk = if words.is_empty() {
            self.walk(query, None)
        } else {
            match self.matching(&words, query.kind, usize::MAX >> 1)? {
                Matching::All(ids) => self.walk(query, Some(&ids)),
                Matching::More => self.walk(query, None),
            }
        };
        let most = most.and_then(|n| i64::try_from(n).ok()).unwrap_or(-1);
        let order = walk.order_by(walk.direction);
        let statement =
            format!("SELECT x.id FROM {} WHERE {} ORDER BY {order} LIMIT ?", walk.table, walk.filter);
        let mut bound = walk.bound;
        bound.push(Sql::Integer(most));
        self.collect_ids(&statement, bound)
    }

    /// How many records of the list match; the whole walk where the filter is broad.
    ///
    /// # Errors
    /// When the register cannot be read, or [`Refusal::Interrupted`].
    pub fn count_matching(&self, query: &Query) -> Result<u64, Refusal> {
        let words = Words::parse(&query.words);
        let walk = self.walk(query, None);
        if words.is_empty() {
            return self.total(query, &walk);
        }
        let ids = self.sift(&walk, &words, query.kind, Direction::Up, None, usize::MAX)?;
        Ok(ids.len() as u64)
    }

    fn walk(&self, query: &Query, only: Option<&[i64]>) -> Walk {
        let table = query.kind.table();
        let (column, direction) = query.order;
        let order = if table.head(column).sortable {
            format!("x.\"{}\"", sql::order_column(table, column))
        } else {
            "x.id".to_owned()
        };
        let from = format!("\"{}_x\" x", table.word);
        let mut filter = "x.archived = ?".to_owned();
        let mut bound = vec![Sql::Integer(i64::from(query.shelf == Shelves::Archived))];
        if let Some(scope) = query.scope {
            let link = sql::scopes(table).find(|(at, _)| {
                table.fields.get(*at).is_some_and(|m| m.shape == crate::entity::Shape::Link(scope.kind))
            });
            if let Some((_, key)) = link {
                filter.push_str(&format!(" AND x.\"l_{key}\" = ?"));
                bound.push(Sql::Integer(scope.id));
            }
        }
        if let Some(ids) = only {
            filter.push_str(" AND x.id IN (SELECT value FROM json_each(?))");
            bound.push(Sql::Text(serde_json::to_string(ids).unwrap_or_else(|_| "[]".to_owned())));
        }
        Walk { table: from, filter, bound, order, direction }
    }

    /// How many rows an unfiltered list has. The whole list of a kind is tallied.
    fn total(&self, query: &Query, walk: &Walk) -> Result<u64, Refusal> {
        if query.scope.is_none() && query.shelf == Shelves::Open {
            let (count, _) = super::tally::one(&self.conn, query.kind, "all", "")?;
            return Ok(u64::try_from(count).unwrap_or(0));
        }
        self.count(walk, "", &[])
    }

    fn count(&self, walk: &Walk, more: &str, values: &[Sql]) -> Result<u64, Refusal> {
        let statement = format!("SELECT count(*) FROM {} WHERE {}{more}", walk.table, walk.filter);
        let bound = walk.bound.iter().chain(values);
        let count: i64 = self
            .conn
            .prepare_cached(&statement)
            .and_then(|mut s| s.query_row(params_from_iter(bound), |row| row.get(0)))
            .map_err(refused)?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// The ids of the page in the order of the list, the number of the first, and the place of
    /// the anchor among them.
    fn ids(&self, query: &Query, walk: &Walk, total: u64) -> Result<(Vec<i64>, u64, usize), Refusal> {
        let (before, after) = query.reach;
        let whole = before + after;
        match query.anchor {
            Anchor::First => Ok((self.after(walk, None, whole, 0)?, 0, 0)),
            Anchor::Last => {
                let mut ids = self.before(walk, None, whole)?;
                ids.reverse();
                let start = total.saturating_sub(ids.len() as u64);
                let anchor = ids.len().saturating_sub(1);
                Ok((ids, start, anchor))
            }
            Anchor::Row(row) => {
                let row = row.min(total.saturating_sub(1));
                let start = row.saturating_sub(before as u64);
                let ids = self.after(walk, None, whole, start)?;
                let anchor = usize::try_from(row - start).unwrap_or(0).min(ids.len().saturating_sub(1));
                Ok((ids, start, anchor))
            }
            Anchor::Record { id, row } => match self.key_of(walk, id)? {
                None => self.ids(&Query { anchor: Anchor::Row(row), ..query.clone() }, walk, total),
                Some(key) => {
                    let mut ids = self.before(walk, Some((&key, id)), before)?;
                    ids.reverse();
                    let anchor = ids.len();
                    ids.push(id);
                    ids.extend(self.after(walk, Some((&key, id)), after.saturating_sub(1), 0)?);
                    let start = if anchor < before { 0 } else { self.rank(walk, &key, id)? - anchor as u64 };
                    Ok((ids, start, anchor))
                }
            },
        }
    }

    /// The order key of a record, if the list holds it.
    fn key_of(&self, walk: &Walk, id: i64) -> Result<Option<Sql>, Refusal> {
        let statement =
            format!("SELECT {} FROM {} WHERE {} AND x.id = ?", walk.order, walk.table, walk.filter);
        let bound = walk.bound.iter().cloned().chain([Sql::Integer(id)]);
        self.conn
            .prepare_cached(&statement)
            .and_then(|mut s| s.query_row(params_from_iter(bound), |row| row.get(0)).optional())
            .map_err(refused)
    }

    /// How many rows of the list stand before a record.
    fn rank(&self, walk: &Walk, key: &Sql, id: i64) -> Result<u64, Refusal> {
        let sign = match walk.direction {
            Direction::Up => "<",
            Direction::Down => ">",
        };
        // Two ranges, each a walk over the index; a row-value comparison is not used for both ends.
        let near = self.count(walk, &format!(" AND {} {sign} ?", walk.order), std::slice::from_ref(key))?;
        let same = format!(" AND {} = ? AND x.id {sign} ?", walk.order);
        Ok(near + self.count(walk, &same, &[key.clone(), Sql::Integer(id)])?)
    }

    /// Ids after a row in the order of the list.
    fn after(
        &self,
        walk: &Walk,
        from: Option<(&Sql, i64)>,
        most: usize,
        skip: u64,
    ) -> Result<Vec<i64>, Refusal> {
        self.step(walk, walk.direction, from, most, skip)
    }

    /// Ids before a row, nearest first.
    fn before(&self, walk: &Walk, from: Option<(&Sql, i64)>, most: usize) -> Result<Vec<i64>, Refusal> {
        self.step(walk, walk.direction.reversed(), from, most, 0)
    }

    fn step(
        &self,
        walk: &Walk,
        direction: Direction,
        from: Option<(&Sql, i64)>,
        most: usize,
        skip: u64,
    ) -> Result<Vec<i64>, Refusal> {
        if most == 0 {
            return Ok(Vec::new());
        }
        let (statement, mut bound) = walk.step(direction, from);
        bound.push(Sql::Integer(i64::try_from(most).unwrap_or(i64::MAX)));
        bound.push(Sql::Integer(i64::try_from(skip).unwrap_or(0)));
        self.collect_ids(&statement, bound)
    }

    fn collect_ids(&self, statement: &str, bound: Vec<Sql>) -> Result<Vec<i64>, Refusal> {
        self.conn
            .prepare_cached(statement)
            .and_then(|mut s| s.query_map(params_from_iter(bound), |row| row.get(0))?.collect())
            .map_err(refused)
    }

    /// The rows of a list for these ids, in their order.
    fn rows(&self, kind: Kind, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
        let table = kind.table();
        let today = self.today.to_string();
        let mut statement = self.conn.prepare_cached(&sql::statements(kind).select_row).map_err(refused)?;
        let mut rows = Vec::with_capacity(ids.len());
        for id in ids {
            let mut found = statement.query([id]).map_err(refused)?;
            let Some(row) = found.next().map_err(refused)? else { continue };
            let read = sql::read(row, kind, &table.columns)?;
            let right = read.valid_from <= today && today < read.valid_until;
            let mut row =
                Row { at: read.at, code: code_of(read.at), version: read.version, cells: read.cells };
            drop(found);
            if !right && matches!(kind, Kind::Contract | Kind::Vendor) {
                self.set_right(&mut row)?;
            }
            rows.push(row);
        }
        Ok(rows)
    }

    /// Replaces the derived cells of a row whose day has passed.
    fn set_right(&self, row: &mut Row) -> Result<(), Refusal> {
        let record = super::card::record(&self.conn, row.at)?;
        let fresh = index::derive(&self.conn, &record, self.today)?;
        for (cell, column) in row.cells.iter_mut().zip(&row.at.kind.table().columns) {
            if let Column::Derived(at) = column {
                *cell = fresh.derived.get(*at).cloned().unwrap_or(Value::Null);
            }
        }
        Ok(())
    }
}

impl Walk {
    /// The statement for ids from a row on, and what it binds before limit and offset.
    fn step(&self, direction: Direction, from: Option<(&Sql, i64)>) -> (String, Vec<Sql>) {
        let mut bound = self.bound.clone();
        let mut filter = self.filter.clone();
        if let Some((key, id)) = from {
            let sign = match direction {
                Direction::Up => ">",
                Direction::Down => "<",
            };
            filter.push_str(&format!(" AND ({}, x.id) {sign} (?, ?)", self.order));
            bound.push(key.clone());
            bound.push(Sql::Integer(id));
        }
        let order = self.order_by(direction);
        let table = &self.table;
        (format!("SELECT x.id FROM {table} WHERE {filter} ORDER BY {order} LIMIT ? OFFSET ?"), bound)
    }

    fn order_by(&self, direction: Direction) -> String {
        let way = page_direction(direction);
        if self.order == "x.id" { format!("x.id {way}") } else { format!("{} {way}, x.id {way}", self.order) }
    }
}
