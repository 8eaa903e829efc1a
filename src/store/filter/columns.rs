//! What is asked of a column, in the words of the engine.
//!
//! The index row of a record holds every derived column, every link and every column a list can be
//! ordered by; what else is asked is asked of the record itself.

use rusqlite::types::Value as Sql;

use crate::entity::filter::{Between, Sense, Test};
use crate::entity::{Column, Shape, Table};
use crate::store::filter::functions::{HOLDS, IS_AMONG, SIZE, folded};
use crate::store::sql::{self, EARLY, HIGH, LATE, LOW};

/// One condition on the index row `x`, with what it binds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Predicate {
    pub(super) sql: String,
    pub(super) bound: Vec<Sql>,
    /// The end of the name of an index that finds what fulfils it.
    pub(super) index: Option<String>,
}

impl Predicate {
    /// What `test` asks of a column of a kind.
    pub(super) fn of(table: &Table, column: Column, test: &Test) -> Self {
        let cell = Cell::of(table, column);
        match test {
            Test::Blank => cell.blank(),
            Test::OneOf(places) => cell.one_of(places),
            Test::Is(yes) => cell.of_record("coalesce({}, 0) = ?", vec![Sql::Integer(i64::from(*yes))]),
            Test::Text(text) => cell.of_record(&format!("{HOLDS}({{}}, ?)"), vec![Sql::Text(folded(text))]),
            Test::Words(words) => {
                let any: Vec<String> = words.iter().map(|_| format!("{IS_AMONG}({{}}, ?)")).collect();
                let bound = words.iter().map(|word| Sql::Text(folded(word))).collect();
                cell.of_record(&format!("({})", any.join(" OR ")), bound)
            }
            Test::Linked(id) => Self {
                sql: format!("x.\"l_{0}\" <> 0 AND x.\"l_{0}\" = ?", cell.key),
                bound: vec![Sql::Integer(*id)],
                index: Some(format!("of_{}", cell.key)),
            },
            // A name is made ids of before it comes here.
            Test::Named(_) => Self::among(&format!("x.\"l_{}\"", cell.key), &[]),
            Test::Between(between) => cell.between(between),
        }
    }

    /// Whether `what` is one of these numbers.
    pub(super) fn among(what: &str, ids: &[i64]) -> Self {
        Self {
            sql: format!("{what} IN (SELECT value FROM json_each(?))"),
            bound: vec![Sql::Text(serde_json::to_string(ids).unwrap_or_else(|_| "[]".to_owned()))],
            index: None,
        }
    }

    /// Itself, or its contrary: of what is blank nothing holds but that it is.
    pub(super) fn turned(self, sense: Sense) -> Self {
        match sense {
            Sense::Holds => self,
            Sense::HoldsNot => Self { sql: format!("NOT coalesce(({}), 0)", self.sql), index: None, ..self },
        }
    }
}

/// A column of a kind, and where it is kept.
struct Cell<'t> {
    table: &'t Table,
    column: Column,
    key: &'static str,
    shape: Shape,
    /// Whether the index row holds it in a form that keeps its order.
    is_ordered: bool,
}

impl<'t> Cell<'t> {
    fn of(table: &'t Table, column: Column) -> Self {
        let head = table.head(column);
        let is_ordered = match column {
            Column::Derived(_) => head.shape != Shape::Money,
            // A text is ordered by its sound, which says less than the text.
            Column::Field(_) => head.sortable && !matches!(head.shape, Shape::Line | Shape::Long),
        };
        Self { table, column, key: head.key, shape: head.shape, is_ordered }
    }

    /// Its column of the index row.
    fn ordered(&self) -> String {
        format!("x.\"{}\"", sql::order_column(self.table, self.column))
    }

    fn index(&self) -> Option<String> {
        self.table.head(self.column).sortable.then(|| self.key.to_owned())
    }

    fn on_index(&self, sql: String, bound: Vec<Sql>) -> Predicate {
        Predicate { sql, bound, index: self.index() }
    }

    /// A condition on the record itself, in which `{}` is its value.
    fn of_record(&self, condition: &str, bound: Vec<Sql>) -> Predicate {
        let name = match self.shape {
            Shape::Money => format!("{}_minor", self.key),
            _ => self.key.to_owned(),
        };
        let condition = condition.replace("{}", &format!("t.\"{name}\""));
        let word = self.table.word;
        let sql = format!("EXISTS (SELECT 1 FROM \"{word}\" t WHERE t.id = x.id AND {condition})");
        Predicate { sql, bound, index: None }
    }

    fn blank(&self) -> Predicate {
        let plain = |sql: String| Predicate { sql, bound: Vec::new(), index: None };
        match (self.column, self.shape) {
            (Column::Derived(_), Shape::Money) => plain(format!("x.\"{}_minor\" IS NULL", self.key)),
            (Column::Derived(_), Shape::Date) => {
                self.on_index(format!("{} IN ('{EARLY}', '{LATE}')", self.ordered()), Vec::new())
            }
            (Column::Derived(_), _) => {
                self.on_index(format!("{} IN ({LOW}, {HIGH})", self.ordered()), Vec::new())
            }
            (Column::Field(_), Shape::Link(_)) => plain(format!("x.\"l_{}\" = 0", self.key)),
            (Column::Field(_), Shape::Bool) => self.of_record("coalesce({}, 0) = 0", Vec::new()),
            (Column::Field(_), _) => self.of_record("{} IS NULL", Vec::new()),
        }
    }

    fn one_of(&self, places: &[usize]) -> Predicate {
        let marks = |n: usize| vec!["?"; n].join(", ");
        if self.is_ordered {
            let numbers = places.iter().map(|at| Sql::Integer(i64::try_from(*at).unwrap_or(i64::MAX)));
            let sql = format!("{} IN ({})", self.ordered(), marks(places.len()));
            return self.on_index(sql, numbers.collect());
        }
        let (Shape::Choice(list) | Shape::Choices(list)) = self.shape else {
            return Predicate::among("x.id", &[]);
        };
        let keys = places.iter().filter_map(|at| list.get(*at)).map(|choice| choice.key);
        if matches!(self.shape, Shape::Choice(_)) {
            let bound = keys.map(|key| Sql::Text(key.to_owned())).collect();
            return self.of_record(&format!("{{}} IN ({})", marks(places.len())), bound);
        }
        let any = vec!["instr(',' || {} || ',', ?) > 0"; places.len()].join(" OR ");
        self.of_record(&format!("({any})"), keys.map(|key| Sql::Text(format!(",{key},"))).collect())
    }

    fn between(&self, between: &Between) -> Predicate {
        match between {
            Between::Numbers(low, high) => self.numbers(low.unwrap_or(LOW + 1), high.unwrap_or(HIGH - 1)),
            Between::Days(low, high) => {
                let low = low.map_or_else(|| "0".to_owned(), |day| day.to_string());
                let high = high.map_or_else(|| "9999-12-30".to_owned(), |day| day.to_string());
                self.days(low, high)
            }
            Between::Amounts { low, high, currency } => {
                let mut found = self.amounts(low.unwrap_or(i64::MIN), high.unwrap_or(i64::MAX));
                if let Some(currency) = currency {
                    let code = Sql::Text(currency.code().to_owned());
                    let (sql, bound) = match self.column {
                        Column::Derived(_) => (format!("x.\"{}_currency\" = ?", self.key), vec![code]),
                        Column::Field(_) => {
                            let of = format!("t.\"{}_currency\" = ?", self.key);
                            let of = self.of_record(&of, vec![code]);
                            (of.sql, of.bound)
                        }
                    };
                    found.sql = format!("({} AND {sql})", found.sql);
                    found.bound.extend(bound);
                }
                found
            }
        }
    }

    fn numbers(&self, low: i64, high: i64) -> Predicate {
        let bound = vec![Sql::Integer(low), Sql::Integer(high)];
        if self.is_ordered {
            return self.on_index(format!("{} BETWEEN ? AND ?", self.ordered()), bound);
        }
        let value = match self.shape {
            // `4x5`: each of one digit.
            Shape::Cell => "CAST(substr({}, 1, 1) AS INTEGER) * CAST(substr({}, 3, 1) AS INTEGER)",
            // `20bd`, `60d`, `3m`, in fifths of a day.
            Shape::Span => {
                "CAST({} AS INTEGER) * CASE WHEN {} LIKE '%bd' THEN 7 WHEN {} LIKE '%m' THEN 150 ELSE 5 END"
            }
            _ => "{}",
        };
        self.of_record(&format!("{value} BETWEEN ? AND ?"), bound)
    }

    fn days(&self, low: String, high: String) -> Predicate {
        // The key of a period begins with its last day.
        let high = if self.shape == Shape::Period { format!("{high}~") } else { high };
        let bound = vec![Sql::Text(low), Sql::Text(high)];
        if self.is_ordered {
            return self.on_index(format!("{} BETWEEN ? AND ?", self.ordered()), bound);
        }
        self.of_record("{} BETWEEN ? AND ?", bound)
    }

    fn amounts(&self, low: i64, high: i64) -> Predicate {
        let bound = vec![Sql::Integer(low), Sql::Integer(high)];
        match (self.column, self.is_ordered) {
            (_, true) => {
                let key = self.ordered();
                self.on_index(format!("{key} BETWEEN ? AND ? AND {key} <> {LOW}"), bound)
            }
            (Column::Derived(_), false) => Predicate {
                sql: format!("{SIZE}(x.\"{0}_minor\", x.\"{0}_currency\") BETWEEN ? AND ?", self.key),
                bound,
                index: None,
            },
            (Column::Field(_), false) => {
                let size = format!("{SIZE}({{}}, t.\"{}_currency\") BETWEEN ? AND ?", self.key);
                self.of_record(&size, bound)
            }
        }
    }
}
