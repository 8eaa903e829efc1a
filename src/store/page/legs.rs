//! The statements of a walk in an order of two keys, one after the other as they are wanted.
//!
//! No index holds two keys. What is equal in the first is a run: short runs are sorted as they are
//! met, in blocks of the index of the first key; of a long one the index of the second is walked,
//! passing over the rows of other runs, of which there are then not many. The first page of 100,000
//! vendors by state and score is so read from a few hundred rows instead of from half of all.

use std::collections::VecDeque;

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use crate::entity::Direction;
use crate::register::Refusal;
use crate::store::card::page_direction;
use crate::store::page::walk::{Along, Spot, Statement, Walk, behind};
use crate::store::refused;

/// Rows of a run that are sorted at once; of a longer run the index of the second key is walked.
/// About the root of the rows of a page times those of the largest registers, where both cost the
/// same; the registers of tests are small.
const RUN: i64 = if cfg!(all(test, debug_assertions)) { 7 } else { 5_000 };

/// The statements of a walk from one of its rows on, or from its end.
pub(super) struct Legs<'a> {
    conn: &'a Connection,
    walk: &'a Walk,
    direction: Direction,
    ready: VecDeque<Statement>,
    rest: Rest,
}

/// What lies behind the statements that are ready.
enum Rest {
    Nothing,
    /// All of it.
    All,
    /// What lies behind a first key.
    Behind(Sql),
    /// A first key and what lies behind it.
    From(Sql),
}

impl<'a> Legs<'a> {
    /// The statements from a row on, that row left out, or from the end of the list.
    pub(super) fn of(
        conn: &'a Connection,
        walk: &'a Walk,
        direction: Direction,
        from: Option<&Spot>,
    ) -> Result<Self, Refusal> {
        let by_runs = walk.then.is_some() && walk.is_along;
        let mut legs = Self { conn, walk, direction, ready: VecDeque::new(), rest: Rest::Nothing };
        match from {
            _ if !by_runs => legs.ready = walk.steps(direction, from).into(),
            None => legs.rest = Rest::All,
            Some(spot) => {
                legs.ready = walk.rest_of_equals(direction, spot).into();
                if legs.is_long(&spot.key)?
                    && let Some(rest) = legs.ready.back_mut()
                {
                    *rest = walk.run(direction, &spot.key, spot.then.as_ref(), Along::Second);
                }
                legs.rest = Rest::Behind(spot.key.clone());
            }
        }
        Ok(legs)
    }

    /// The next statement; nothing at the end of the list.
    pub(super) fn next(&mut self) -> Result<Option<Statement>, Refusal> {
        if let Some(leg) = self.ready.pop_front() {
            return Ok(Some(leg));
        }
        let sign = behind(self.direction);
        let (bound, from) = match std::mem::replace(&mut self.rest, Rest::Nothing) {
            Rest::Nothing => return Ok(None),
            Rest::All => (String::new(), None),
            Rest::Behind(key) => (format!(" AND {} {sign} ?", self.walk.order), Some(key)),
            Rest::From(key) => (format!(" AND {} {sign}= ?", self.walk.order), Some(key)),
        };
        let Some(first) = self.key_at(&bound, from.as_ref(), 0)? else { return Ok(None) };
        let values: Vec<Sql> = from.into_iter().collect();
        let Some(end) = self.key_at(&bound, values.first(), RUN)? else {
            return Ok(Some(self.walk.step(self.direction, &bound, &values)));
        };
        if end == first {
            self.rest = Rest::Behind(first.clone());
            return Ok(Some(self.walk.run(self.direction, &first, None, Along::Second)));
        }
        // Up to the run that reaches over the end of the block.
        let before = behind(self.direction.reversed());
        let block = format!("{bound} AND {} {before} ?", self.walk.order);
        let values: Vec<Sql> = values.into_iter().chain([end.clone()]).collect();
        self.rest = Rest::From(end);
        Ok(Some(self.walk.step(self.direction, &block, &values)))
    }

    /// Whether more rows than are sorted at once have this first key.
    fn is_long(&self, key: &Sql) -> Result<bool, Refusal> {
        let same = format!(" AND {} = ?", self.walk.order);
        Ok(self.key_at(&same, Some(key), RUN)?.is_some())
    }

    /// The first key of the row that lies `skip` rows behind a bound, of those of the whole shelf.
    fn key_at(&self, bound: &str, from: Option<&Sql>, skip: i64) -> Result<Option<Sql>, Refusal> {
        let Walk { table, index, order, shelf, .. } = self.walk;
        let way = page_direction(self.direction);
        let statement = format!(
            "SELECT {order} FROM {table} {index} WHERE x.archived = ?{bound} ORDER BY {order} {way} LIMIT 1 OFFSET ?"
        );
        let bound = [Sql::Integer(*shelf)].into_iter().chain(from.cloned()).chain([Sql::Integer(skip)]);
        self.conn
            .prepare_cached(&statement)
            .and_then(|mut s| s.query_row(params_from_iter(bound), |row| row.get(0)).optional())
            .map_err(refused)
    }
}
