//! The rows a list walks over: which, along which index, in what order; and its statements.

use rusqlite::types::Value as Sql;

use crate::entity::Direction;
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
}

/// The statements of the walk of a query, from the end of the list or from a row on.
#[cfg(test)]
pub(in crate::store) fn statements_of(query: &Query, direction: Direction, from_row: bool) -> Vec<String> {
    let key = (&Sql::Null, 1);
    let walk = walk(query).unwrap();
    walk.steps(direction, from_row.then_some(key)).into_iter().map(|(sql, _)| sql).collect()
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
        index = format!("INDEXED BY \"{}_x_{}\"", table.word, table.head(column).key);
        order = format!("x.\"{}\"", sql::order_column(table, column));
    }
    let mut filter = "x.archived = ?".to_owned();
    let mut bound = vec![Sql::Integer(i64::from(query.shelf == Shelves::Archived))];
    if let Some(scope) = query.scope {
        let key = sql::scope_key(table, scope.kind)?;
        index = format!("INDEXED BY \"{}_x_of_{key}\"", table.word);
        filter = format!("{filter} AND x.\"l_{key}\" <> 0 AND x.\"l_{key}\" = ?");
        bound.push(Sql::Integer(scope.id));
    }
    Some(Walk { table: format!("\"{}_x\" x", table.word), index, filter, bound, order, direction })
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
        self.filter.push_str(" AND x.id IN (SELECT value FROM json_each(?))");
        self.bound.push(Sql::Text(serde_json::to_string(ids).unwrap_or_else(|_| "[]".to_owned())));
        self
    }

    /// The statements for ids from a row on, and what each binds before limit and offset: first
    /// the rest of the row's equals, then what lies behind them. In one comparison of row values
    /// SQLite would use the index for the key alone and walk through all the equals.
    pub(super) fn steps(&self, direction: Direction, from: Option<(&Sql, i64)>) -> Vec<(String, Vec<Sql>)> {
        let Some((key, id)) = from else { return vec![self.step(direction, "", &[])] };
        let sign = match direction {
            Direction::Up => ">",
            Direction::Down => "<",
        };
        if self.order == "x.id" {
            return vec![self.step(direction, &format!(" AND x.id {sign} ?"), &[Sql::Integer(id)])];
        }
        let order = &self.order;
        let equals = format!(" AND {order} = ? AND x.id {sign} ?");
        let behind = format!(" AND {order} {sign} ?");
        vec![
            self.step(direction, &equals, &[key.clone(), Sql::Integer(id)]),
            self.step(direction, &behind, std::slice::from_ref(key)),
        ]
    }

    fn step(&self, direction: Direction, more: &str, values: &[Sql]) -> (String, Vec<Sql>) {
        let Self { table, index, filter, bound, .. } = self;
        let order = self.order_by(direction);
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
        if self.order == "x.id" { format!("x.id {way}") } else { format!("{} {way}, x.id {way}", self.order) }
    }
}
