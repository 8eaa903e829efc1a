//! What tests of other wings may ask about the schema, as plain data.

use rusqlite::Connection;

use crate::entity::{Direction, Kind, Shape, Table};
use crate::register::Query;
use crate::store::{migrate, page, sql};

/// A column as the migrated schema has it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Stored {
    /// Its name.
    pub(crate) name: String,
    /// Its type.
    pub(crate) kind: String,
    /// Whether it may not be NULL.
    pub(crate) required: bool,
}

/// An empty register in memory.
#[derive(Debug)]
pub(crate) struct Blank(Connection);

impl Blank {
    pub(crate) fn new() -> Self {
        Self(migrate::blank(migrate::SCHEMA_VERSION).unwrap())
    }

    /// The columns of a table, in their order.
    pub(crate) fn columns(&self, table: &str) -> Vec<Stored> {
        let mut statement =
            self.0.prepare("SELECT name, type, \"notnull\" FROM pragma_table_xinfo(?)").unwrap();
        let read =
            |row: &rusqlite::Row| Ok(Stored { name: row.get(0)?, kind: row.get(1)?, required: row.get(2)? });
        statement.query_map([table], read).unwrap().collect::<Result<_, _>>().unwrap()
    }

    /// What the schema says of a column, without its name and comma. Columns that were added later
    /// stand in one line behind the others.
    pub(crate) fn definition(&self, table: &str, column: &str) -> String {
        let sql: String = self
            .0
            .query_row("SELECT sql FROM sqlite_schema WHERE name = ?", [table], |row| row.get(0))
            .unwrap();
        let places = [format!("\n  \"{column}\" "), format!(", \"{column}\" ")];
        let found = places.iter().find_map(|start| sql.split_once(start));
        let (_, later) = found.unwrap_or_else(|| panic!("{table}.{column} is not in the schema"));
        let mut depth = 0;
        let is_over = |c: char| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            depth < 0 || (depth == 0 && c == ',')
        };
        later.split(is_over).next().unwrap_or_default().trim().to_owned()
    }

    /// How SQLite goes about the id walk of a page, from the end of the list or from a row on: the
    /// lines of each statement.
    pub(crate) fn plans(&self, query: &Query, direction: Direction, start: Start) -> Vec<Vec<String>> {
        let statements = page::statements_of(query, direction, start == Start::AtRow);
        statements.iter().map(|sql| self.plan(sql)).collect()
    }

    /// How SQLite goes about reading one row of a list with these columns beside the usual ones.
    pub(crate) fn row_plan(&self, query: &Query) -> Vec<String> {
        let table = query.kind.table();
        let columns: Vec<_> = table.columns.iter().chain(&query.extra).copied().collect();
        self.plan(&sql::select(table, &columns))
    }

    fn plan(&self, sql: &str) -> Vec<String> {
        let mut statement = self.0.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let mut rows = statement.raw_query();
        let mut lines = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            lines.push(row.get(3).unwrap());
        }
        lines
    }
}

/// Where an id walk begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Start {
    AtEnd,
    AtRow,
}

/// The columns that the store writes for a kind, beside id, version and the mark of those put away.
pub(crate) fn written(table: &Table) -> Vec<(String, Shape, bool)> {
    let of = |meta: &crate::entity::Meta| {
        let (shape, required) = (meta.shape, meta.required || meta.shape == Shape::Bool);
        sql::columns(meta.key, shape).into_iter().map(move |name| (name, shape, required)).collect::<Vec<_>>()
    };
    table.fields.iter().flat_map(of).collect()
}

/// The columns that the store writes to the index table of a kind.
pub(crate) fn indexed(table: &Table) -> Vec<String> {
    let head = ["id", "valid_from", "valid_until", "shares"].map(str::to_owned);
    head.into_iter().chain(sql::index_columns(table)).collect()
}

/// The key of the link by which lists of a kind can be narrowed to a record of another.
pub(crate) fn scope_key(kind: Kind, to: Kind) -> Option<&'static str> {
    sql::scope_key(kind.table(), to)
}
