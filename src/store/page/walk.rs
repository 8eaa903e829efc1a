//! The rows a list walks over: which, along which index, in what order; and its statements.

use rusqlite::types::Value as Sql;

use crate::entity::{Column, Direction, Table};
use crate::register::{Query, Shelves};
use crate::store::card::page_direction;
use crate::store::filter::Filter;
use crate::store::sql;

/// The rows a list walks over: which, in what order.
pub(super) struct Walk {
    pub(super) table: String,
    /// The index the walk goes along: named, because the planner knows no sizes and would now and
    /// then sort, or walk the whole list for a few records.
    pub(super) index: String,
    pub(super) filter: String,
    pub(super) bound: Vec<Sql>,
    pub(super) order: String,
    pub(super) direction: Direction,
    /// What rows are ordered by that are equal in the first.
    pub(super) then: Option<Then>,
    /// Whether it goes along the index of its order; else its rows are few, and sorted.
    pub(super) is_along: bool,
    /// The shelf it is on, as the index tables hold it.
    pub(super) shelf: i64,
}

/// The second key of an order.
#[derive(Debug, Clone)]
pub(super) struct Then {
    pub(super) order: String,
    pub(super) index: String,
    pub(super) direction: Direction,
}

/// The place of a row in the order: what it is ordered by, and its id.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spot {
    pub(super) key: Sql,
    /// The second key, where there is one.
    pub(super) then: Option<Sql>,
    pub(super) id: i64,
}

/// A statement for ids, without limit and offset, and what it binds before these.
pub(super) type Statement = (String, Vec<Sql>);

/// The statements of the walk of a query, from the end of the list or from a row on.
#[cfg(test)]
pub(in crate::store) fn statements_of(query: &Query, direction: Direction, from_row: bool) -> Vec<String> {
    let spot = Spot { key: Sql::Null, then: None, id: 1 };
    let walk = walk(query).unwrap();
    if walk.then.is_some() && walk.is_along {
        let from = from_row.then_some(&Sql::Null);
        return vec![walk.run(direction, &Sql::Null, from, Along::Second).0];
    }
    walk.steps(direction, from_row.then_some(&spot)).into_iter().map(|(sql, _)| sql).collect()
}

/// The walk of a query over its whole list; nothing when the list is of records that never link
/// to a record of the scope's kind.
pub(super) fn walk(query: &Query) -> Option<Walk> {
    let table = query.kind.table();
    let (column, direction) = query.order;
    let is_sortable = table.head(column).sortable;
    let mut index = "NOT INDEXED".to_owned();
    let mut order = "x.id".to_owned();
    if is_sortable {
        index = index_of(table, column);
        order = order_of(table, column);
    }
    let shelf = i64::from(query.shelf == Shelves::Archived);
    let mut filter = "x.archived = ?".to_owned();
    let mut bound = vec![Sql::Integer(shelf)];
    if let Some(scope) = query.scope {
        let key = sql::scope_key(table, scope.kind)?;
        index = format!("INDEXED BY \"{}_x_of_{key}\"", table.word);
        filter = format!("{filter} AND x.\"l_{key}\" <> 0 AND x.\"l_{key}\" = ?");
        bound.push(Sql::Integer(scope.id));
    }
    // Behind the number of a record nothing is left to be ordered.
    let then = query.then.filter(|(then, _)| is_sortable && *then != column && table.head(*then).sortable);
    let then = then.map(|(column, direction)| Then {
        order: order_of(table, column),
        index: index_of(table, column),
        direction,
    });
    let (table, is_along) = (format!("\"{}_x\" x", table.word), query.scope.is_none());
    Some(Walk { table, index, filter, bound, order, direction, then, is_along, shelf })
}

fn index_of(table: &Table, column: Column) -> String {
    format!("INDEXED BY \"{}_x_{}\"", table.word, table.head(column).key)
}

fn order_of(table: &Table, column: Column) -> String {
    format!("x.\"{}\"", sql::order_column(table, column))
}

/// The sign of what lies behind a row in this direction.
pub(super) const fn behind(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => ">",
        Direction::Down => "<",
    }
}

impl Walk {
    /// The same walk past what the engine is asked to leave out.
    pub(super) fn through(mut self, filter: &Filter<'_>) -> Self {
        for (sql, bound) in filter.predicates() {
            self.filter.push_str(" AND ");
            self.filter.push_str(sql);
            self.bound.extend_from_slice(bound);
        }
        self
    }

    /// The same rows in whatever order, for counting them.
    pub(super) fn in_any_order(mut self) -> Self {
        "NOT INDEXED".clone_into(&mut self.index);
        self
    }

    /// The same walk over these records alone.
    pub(super) fn only(mut self, ids: &[i64]) -> Self {
        "NOT INDEXED".clone_into(&mut self.index);
        self.is_along = false;
        self.filter.push_str(" AND x.id IN (SELECT value FROM json_each(?))");
        self.bound.push(Sql::Text(serde_json::to_string(ids).unwrap_or_else(|_| "[]".to_owned())));
        self
    }

    /// The direction of the second key where the walk goes in `direction`.
    pub(super) const fn way_of(&self, then: &Then, direction: Direction) -> Direction {
        if matches!(
            (direction, self.direction),
            (Direction::Up, Direction::Up) | (Direction::Down, Direction::Down)
        ) {
            then.direction
        } else {
            then.direction.reversed()
        }
    }

    /// The direction of ids where the walk goes in `direction`: that of the last key, as in its index.
    pub(super) fn way_of_ids(&self, direction: Direction) -> Direction {
        self.then.as_ref().map_or(direction, |then| self.way_of(then, direction))
    }

    /// The statements for ids from a row on, and what each binds before limit and offset: first
    /// the rest of the row's equals, then what lies behind them. In one comparison of row values
    /// SQLite would use the index for the key alone and walk through all the equals.
    pub(super) fn steps(&self, direction: Direction, from: Option<&Spot>) -> Vec<Statement> {
        let Some(spot) = from else { return vec![self.step(direction, "", &[])] };
        let mut steps = self.rest_of_equals(direction, spot);
        if self.order != "x.id" {
            let behind = format!(" AND {} {} ?", self.order, behind(direction));
            steps.push(self.step(direction, &behind, std::slice::from_ref(&spot.key)));
        }
        steps
    }

    /// The statements for what is equal to a row in the first key and lies behind it.
    pub(super) fn rest_of_equals(&self, direction: Direction, spot: &Spot) -> Vec<Statement> {
        let sign = behind(self.way_of_ids(direction));
        let id = Sql::Integer(spot.id);
        if self.order == "x.id" {
            return vec![self.step(direction, &format!(" AND x.id {sign} ?"), &[id])];
        }
        let order = &self.order;
        let Some((then, key)) = self.then.as_ref().zip(spot.then.as_ref()) else {
            let equals = format!(" AND {order} = ? AND x.id {sign} ?");
            return vec![self.step(direction, &equals, &[spot.key.clone(), id])];
        };
        let equals = format!(" AND {order} = ? AND {} = ? AND x.id {sign} ?", then.order);
        let bound = [spot.key.clone(), key.clone(), id];
        vec![self.step(direction, &equals, &bound), self.run(direction, &spot.key, Some(key), Along::First)]
    }

    /// The statement for one run of equals in the first key, behind a second key or all of it.
    pub(super) fn run(&self, direction: Direction, key: &Sql, from: Option<&Sql>, along: Along) -> Statement {
        let mut more = format!(" AND {} = ?", self.order);
        let mut bound = vec![key.clone()];
        let Some(then) = &self.then else { return self.step(direction, &more, &bound) };
        let way = self.way_of(then, direction);
        if let Some(from) = from {
            more.push_str(&format!(" AND {} {} ?", then.order, behind(way)));
            bound.push(from.clone());
        }
        match along {
            Along::First => self.step(direction, &more, &bound),
            Along::Second => {
                // The first key is the same all along: left out of the order, the index gives the rest
                // of it. The sign keeps the engine from looking for another way.
                let order = format!("{0} {1}, x.id {1}", then.order, page_direction(way));
                self.select(&then.index, &more.replacen("AND ", "AND +", 1), &bound, &order)
            }
        }
    }

    pub(super) fn step(&self, direction: Direction, more: &str, values: &[Sql]) -> Statement {
        self.select(&self.index, more, values, &self.order_by(direction))
    }

    fn select(&self, index: &str, more: &str, values: &[Sql], order: &str) -> Statement {
        let Self { table, filter, bound, .. } = self;
        let bound = bound.iter().chain(values).cloned().collect();
        (
            format!(
                "SELECT x.id FROM {table} {index} WHERE {filter}{more} ORDER BY {order} LIMIT ? OFFSET ?"
            ),
            bound,
        )
    }

    /// What tells this list from every other.
    pub(super) fn list(&self) -> (String, Vec<Sql>) {
        (format!("{} {} {}", self.table, self.filter, self.order_by(self.direction)), self.bound.clone())
    }

    fn order_by(&self, direction: Direction) -> String {
        let way = page_direction(direction);
        match (&self.then, self.order.as_str()) {
            (_, "x.id") => format!("x.id {way}"),
            (None, order) => format!("{order} {way}, x.id {way}"),
            (Some(then), order) => {
                let second = page_direction(self.way_of(then, direction));
                format!("{order} {way}, {} {second}, x.id {second}", then.order)
            }
        }
    }
}

/// Along which index a run of equals is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Along {
    /// That of the first key, and sorted: for a short run.
    First,
    /// That of the second key, passing over what is of other runs: for one so long that this meets
    /// its rows soon.
    Second,
}
