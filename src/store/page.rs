//! Pages of a list: filtered, ordered, around a record, at any size of the register.
//!
//! The walk over many rows happens on the index table alone and by one of its indexes; the
//! records of the page are read afterwards by their ids. Nothing here may scan a table a key.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use rusqlite::types::Value as Sql;
use rusqlite::{OptionalExtension, params_from_iter};

use crate::entity::{Column, Direction, Kind, Value};
use crate::limits;
use crate::register::{Anchor, Page, Query, Refusal, Row, Shelves, code_of};
use crate::store::filter::{CANDIDATES, Filter, Matching};
use crate::store::page::legs::Legs;
use crate::store::page::walk::{Spot, Walk, behind, walk};
use crate::store::{Store, index, refused, sql};

#[cfg(test)]
pub(super) use walk::statements_of;

mod legs;
mod walk;

/// Rows that are read at a time where all of a list are.
const PART: usize = 1_000;

/// Where the rows of a page stand in their list, as long as nobody writes.
#[derive(Debug)]
pub(super) struct Known {
    list: (String, Vec<Sql>),
    epoch: (i64, u64),
    start: u64,
    ids: Vec<i64>,
}

impl Store {
    /// The page a query asks for.
    ///
    /// # Errors
    /// When the register cannot be read, or [`Refusal::Interrupted`].
    pub fn page(&self, query: &Query) -> Result<Page, Refusal> {
        let _moment = self.moment()?;
        let Some(walk) = walk(query) else { return Ok(Page { total: Some(0), ..Page::default() }) };
        let Some(filter) = Filter::of(&self.conn, query.kind, &query.filter)? else {
            let total = self.total(query, &walk)?;
            return self.laid_out(query, &walk, total);
        };
        let walk = walk.through(&filter);
        match filter.matching(limits::FILTER_IDS)? {
            Matching::All(ids) => {
                let walk = walk.only(&ids);
                let total = self.count(&walk, "", &[])?;
                self.laid_out(query, &walk, total)
            }
            Matching::More => self.sieved(query, &walk, &filter),
        }
    }

    fn laid_out(&self, query: &Query, walk: &Walk, total: u64) -> Result<Page, Refusal> {
        let (ids, start, anchor) = self.ids(query, walk, total)?;
        let known = Known { list: walk.list(), epoch: self.moved()?, start, ids: ids.clone() };
        *self.known.borrow_mut() = Some(known);
        Ok(Page {
            rows: self.rows(query, &ids)?,
            start,
            total: Some(total),
            anchor,
            extra: query.extra.clone(),
        })
    }

    /// A page of a list that a broad filter narrows: each row on the way is held against it.
    /// Matches are frequent, so the way is short; how many there are in all is not known.
    fn sieved(&self, query: &Query, walk: &Walk, filter: &Filter<'_>) -> Result<Page, Refusal> {
        let (before, after) = query.reach;
        let forward = walk.direction;
        let backward = forward.reversed();
        let (ids, start, anchor) = match query.anchor {
            Anchor::First => (self.sift(walk, filter, forward, None, before + after)?, 0, 0),
            Anchor::Last => {
                let mut ids = self.sift(walk, filter, backward, None, before + after)?;
                ids.reverse();
                let total = self.count_matching(query)?;
                let anchor = ids.len().saturating_sub(1);
                let start = total.saturating_sub(ids.len() as u64);
                let rows = self.rows(query, &ids)?;
                let extra = query.extra.clone();
                return Ok(Page { rows, start, total: Some(total), anchor, extra });
            }
            Anchor::Row(row) => {
                let whole = usize::try_from(row).unwrap_or(usize::MAX).saturating_add(after);
                let mut ids = self.sift(walk, filter, forward, None, whole)?;
                let row = usize::try_from(row).unwrap_or(0).min(ids.len().saturating_sub(1));
                let start = row.saturating_sub(before);
                ids.drain(..start.min(ids.len()));
                (ids, start as u64, row - start)
            }
            Anchor::Record { id, row } => match self.spot_of(walk, id)? {
                None => {
                    let elsewhere = Query { anchor: Anchor::Row(row), ..query.clone() };
                    return self.sieved(&elsewhere, walk, filter);
                }
                Some(spot) => {
                    let mut ids = self.sift(walk, filter, backward, Some(&spot), before)?;
                    ids.reverse();
                    let itself = filter.holds(id)?;
                    let anchor = ids.len();
                    ids.extend(itself.then_some(id));
                    let rest = after.saturating_sub(usize::from(itself));
                    ids.extend(self.sift(walk, filter, forward, Some(&spot), rest)?);
                    let start = if anchor < before { 0 } else { row.saturating_sub(anchor as u64) };
                    (ids, start, anchor)
                }
            },
        };
        let ended = ids.len() < before + after && query.anchor == Anchor::First;
        let total = ended.then_some(ids.len() as u64);
        let anchor = anchor.min(ids.len().saturating_sub(1));
        Ok(Page { rows: self.rows(query, &ids)?, start, total, anchor, extra: query.extra.clone() })
    }

    /// Up to `most` ids from a row on that hold the words, in the order of `direction`.
    fn sift(
        &self,
        walk: &Walk,
        filter: &Filter<'_>,
        direction: Direction,
        from: Option<&Spot>,
        most: usize,
    ) -> Result<Vec<i64>, Refusal> {
        let mut found = Vec::new();
        let mut legs = Legs::of(&self.conn, walk, direction, from)?;
        while found.len() < most {
            let Some((statement, mut bound)) = legs.next()? else { break };
            bound.extend([-1, 0].map(Sql::Integer));
            let mut statement = self.conn.prepare_cached(&statement).map_err(refused)?;
            let mut rows = statement.query(params_from_iter(bound)).map_err(refused)?;
            while found.len() < most {
                let Some(row) = rows.next().map_err(refused)? else { break };
                let id = row.get(0).map_err(refused)?;
                if filter.holds(id)? {
                    found.push(id);
                }
            }
        }
        Ok(found)
    }

    /// The ids of the whole list in its order, for the command line and export.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn list(&self, query: &Query, most: Option<usize>) -> Result<Vec<i64>, Refusal> {
        let _moment = self.moment()?;
        let Some(mut walk) = walk(query) else { return Ok(Vec::new()) };
        if let Some(filter) = Filter::of(&self.conn, query.kind, &query.filter)? {
            walk = walk.through(&filter);
            match filter.matching(limits::FILTER_IDS)? {
                Matching::All(ids) => walk = walk.only(&ids),
                Matching::More => {
                    let most = most.unwrap_or(usize::MAX);
                    return self.sift(&walk, &filter, walk.direction, None, most);
                }
            }
        }
        self.after(&walk, None, most.unwrap_or(usize::MAX), 0)
    }

    /// The ids of the whole list in its order, or of its rows from one record to another, both
    /// included; none where one of these is not in the list.
    ///
    /// # Errors
    /// When the register cannot be read, or [`Refusal::Interrupted`].
    pub fn ids_of(&self, query: &Query, ends: Option<(i64, i64)>) -> Result<Vec<i64>, Refusal> {
        let mut ids = self.list(query, None)?;
        let Some((from, to)) = ends else { return Ok(ids) };
        let place = |wanted: i64| ids.iter().position(|id| *id == wanted);
        let (Some(from), Some(to)) = (place(from), place(to)) else { return Ok(Vec::new()) };
        ids.truncate(from.max(to) + 1);
        ids.drain(..from.min(to));
        Ok(ids)
    }

    /// Every row of the list in its order, or those of `only`, as it stands at one moment. `take` is given each with its
    /// place and the number of all, and says whether to go on.
    ///
    /// # Errors
    /// When the register cannot be read; [`Refusal::Interrupted`] where `take` does not go on.
    pub fn each_row(
        &self,
        query: &Query,
        only: Option<&[i64]>,
        mut take: impl FnMut(Row, usize, usize) -> ControlFlow<()>,
    ) -> Result<usize, Refusal> {
        let _moment = self.moment()?;
        let mut ids = self.list(query, None)?;
        if let Some(only) = only {
            let only: BTreeSet<&i64> = only.iter().collect();
            ids.retain(|id| only.contains(id));
        }
        for (part, some) in ids.chunks(PART).enumerate() {
            for (at, row) in self.rows(query, some)?.into_iter().enumerate() {
                if take(row, part * PART + at, ids.len()).is_break() {
                    return Err(Refusal::Interrupted);
                }
            }
        }
        Ok(ids.len())
    }

    /// How many records of the list match; the whole walk where the filter is broad.
    ///
    /// # Errors
    /// When the register cannot be read, or [`Refusal::Interrupted`].
    pub fn count_matching(&self, query: &Query) -> Result<u64, Refusal> {
        let _moment = self.moment()?;
        let Some(walk) = walk(query) else { return Ok(0) };
        let Some(filter) = Filter::of(&self.conn, query.kind, &query.filter)? else {
            return self.total(query, &walk);
        };
        let walk = walk.through(&filter);
        match filter.matching(CANDIDATES)? {
            Matching::All(ids) => self.count(&walk.only(&ids), "", &[]),
            // A scope has its own index, which is shorter than the table.
            Matching::More if !filter.asks_rows() && query.scope.is_none() => {
                self.count(&walk.in_any_order(), "", &[])
            }
            Matching::More if !filter.asks_rows() => self.count(&walk, "", &[]),
            Matching::More => {
                let ids = self.sift(&walk, &filter, Direction::Up, None, usize::MAX)?;
                Ok(ids.len() as u64)
            }
        }
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
        let statement =
            format!("SELECT count(*) FROM {} {} WHERE {}{more}", walk.table, walk.index, walk.filter);
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
                let ids = self.rows_from(walk, start, whole, total)?;
                let anchor = usize::try_from(row - start).unwrap_or(0).min(ids.len().saturating_sub(1));
                Ok((ids, start, anchor))
            }
            Anchor::Record { id, row } => match self.spot_of(walk, id)? {
                None => self.ids(&Query { anchor: Anchor::Row(row), ..query.clone() }, walk, total),
                Some(spot) => {
                    let mut ids = self.before(walk, Some(&spot), before)?;
                    ids.reverse();
                    let anchor = ids.len();
                    ids.push(id);
                    ids.extend(self.after(walk, Some(&spot), after.saturating_sub(1), 0)?);
                    if anchor < before {
                        return Ok((ids, 0, anchor));
                    }
                    let rank = match self.known_row(walk, id)? {
                        Some(row) => row,
                        None => self.rank(walk, &spot, row, total)?,
                    };
                    Ok((ids, rank.saturating_sub(anchor as u64), anchor))
                }
            },
        }
    }

    /// The place of a record in the order, if the list holds it.
    fn spot_of(&self, walk: &Walk, id: i64) -> Result<Option<Spot>, Refusal> {
        let then = walk.then.as_ref().map_or("NULL", |then| then.order.as_str());
        let statement = format!(
            "SELECT {}, {then} FROM {} NOT INDEXED WHERE {} AND x.id = ?",
            walk.order, walk.table, walk.filter
        );
        let bound = walk.bound.iter().cloned().chain([Sql::Integer(id)]);
        let spot = |row: &rusqlite::Row<'_>| {
            let second = row.get(1)?;
            Ok(Spot { key: row.get(0)?, then: walk.then.as_ref().map(|_| second), id })
        };
        self.conn
            .prepare_cached(&statement)
            .and_then(|mut s| s.query_row(params_from_iter(bound), spot).optional())
            .map_err(refused)
    }

    /// Ids from the row with the number `start` on, counted from the nearer end of the list.
    fn rows_from(&self, walk: &Walk, start: u64, most: usize, total: u64) -> Result<Vec<i64>, Refusal> {
        let end = start.saturating_add(most as u64).min(total);
        if start < total / 2 {
            return self.after(walk, None, most, start);
        }
        let most = usize::try_from(end.saturating_sub(start)).unwrap_or(most);
        let mut ids = self.step(walk, walk.direction.reversed(), None, most, total - end)?;
        ids.reverse();
        Ok(ids)
    }

    /// The row of a record on the last page of this list, if nobody has written since.
    fn known_row(&self, walk: &Walk, id: i64) -> Result<Option<u64>, Refusal> {
        let epoch = self.moved()?;
        let known = self.known.borrow();
        let same = known.as_ref().filter(|known| known.epoch == epoch && known.list == walk.list());
        let place = |known: &Known| Some(known.start + known.ids.iter().position(|k| *k == id)? as u64);
        Ok(same.and_then(place))
    }

    /// Numbers that change whenever anybody writes, this connection included.
    fn moved(&self) -> Result<(i64, u64), Refusal> {
        Ok((self.epoch()?, self.conn.total_changes()))
    }

    /// How many rows of the list stand before a record, counted from the end of the list that is
    /// nearer to the row where it was last seen.
    fn rank(&self, walk: &Walk, spot: &Spot, seen: u64, total: u64) -> Result<u64, Refusal> {
        let from_start = seen <= total / 2;
        let toward = if from_start { walk.direction.reversed() } else { walk.direction };
        let sign = behind(toward);
        let (order, id) = (&walk.order, Sql::Integer(spot.id));
        // One range a key, each a walk over the index; a row-value comparison is not used for both ends.
        let mut near = 0;
        if order == "x.id" {
            near += self.count(walk, &format!(" AND x.id {sign} ?"), &[id])?;
        } else {
            near += self.count(walk, &format!(" AND {order} {sign} ?"), std::slice::from_ref(&spot.key))?;
            let mut same = format!(" AND {order} = ?");
            let mut bound = vec![spot.key.clone()];
            if let Some((then, key)) = walk.then.as_ref().zip(spot.then.as_ref()) {
                let way = behind(walk.way_of(then, toward));
                bound.push(key.clone());
                near += self.count(walk, &format!("{same} AND {} {way} ?", then.order), &bound)?;
                same = format!("{same} AND {} = ?", then.order);
            }
            let sign = behind(walk.way_of_ids(toward));
            bound.push(id);
            near += self.count(walk, &format!("{same} AND x.id {sign} ?"), &bound)?;
        }
        Ok(if from_start { near } else { total.saturating_sub(near + 1) })
    }

    /// Ids after a row in the order of the list.
    fn after(&self, walk: &Walk, from: Option<&Spot>, most: usize, skip: u64) -> Result<Vec<i64>, Refusal> {
        self.step(walk, walk.direction, from, most, skip)
    }

    /// Ids before a row, nearest first.
    fn before(&self, walk: &Walk, from: Option<&Spot>, most: usize) -> Result<Vec<i64>, Refusal> {
        self.step(walk, walk.direction.reversed(), from, most, 0)
    }

    fn step(
        &self,
        walk: &Walk,
        direction: Direction,
        from: Option<&Spot>,
        most: usize,
        skip: u64,
    ) -> Result<Vec<i64>, Refusal> {
        let mut ids = Vec::new();
        let mut legs = Legs::of(&self.conn, walk, direction, from)?;
        // Where there are several statements, none says how many rows of it to pass over.
        let is_one = walk.then.is_none() || !walk.is_along;
        let (offset, passed) = if is_one { (skip, 0) } else { (0, skip) };
        let passed = usize::try_from(passed).unwrap_or(usize::MAX);
        let wanted = most.saturating_add(passed);
        while ids.len() < wanted {
            let Some((statement, mut bound)) = legs.next()? else { break };
            bound.push(Sql::Integer(i64::try_from(wanted - ids.len()).unwrap_or(i64::MAX)));
            bound.push(Sql::Integer(i64::try_from(offset).unwrap_or(0)));
            ids.extend(self.collect_ids(&statement, bound)?);
        }
        ids.drain(..passed.min(ids.len()));
        Ok(ids)
    }

    fn collect_ids(&self, statement: &str, bound: Vec<Sql>) -> Result<Vec<i64>, Refusal> {
        self.conn
            .prepare_cached(statement)
            .and_then(|mut s| s.query_map(params_from_iter(bound), |row| row.get(0))?.collect())
            .map_err(refused)
    }

    /// The rows of a list for these ids, in their order.
    fn rows(&self, query: &Query, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
        let kind = query.kind;
        let table = kind.table();
        let today = self.today.to_string();
        let columns: Vec<Column> = table.columns.iter().chain(&query.extra).copied().collect();
        let usual = sql::statements(kind).select_row.as_str();
        let other = if query.extra.is_empty() { String::new() } else { sql::select(table, &columns) };
        let select = if query.extra.is_empty() { usual } else { &other };
        let mut statement = self.conn.prepare_cached(select).map_err(refused)?;
        let mut rows = Vec::with_capacity(ids.len());
        for id in ids {
            let mut found = statement.query([id]).map_err(refused)?;
            let Some(row) = found.next().map_err(refused)? else { continue };
            let read = sql::read(row, kind, &columns)?;
            let right = read.valid_from <= today && today < read.valid_until;
            let mut row =
                Row { at: read.at, code: code_of(read.at), version: read.version, cells: read.cells };
            drop(found);
            if !right && matches!(kind, Kind::Contract | Kind::Vendor) {
                self.set_right(&mut row, &columns)?;
            }
            rows.push(row);
        }
        Ok(rows)
    }

    /// Replaces the derived cells of a row whose day has passed.
    fn set_right(&self, row: &mut Row, columns: &[Column]) -> Result<(), Refusal> {
        let record = super::card::record(&self.conn, row.at)?;
        let fresh = index::derive(&self.conn, &record, self.today)?;
        for (cell, column) in row.cells.iter_mut().zip(columns) {
            if let Column::Derived(at) = column {
                *cell = fresh.derived.get(*at).cloned().unwrap_or(Value::Null);
            }
        }
        Ok(())
    }
}
