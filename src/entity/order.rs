//! The order of a list: a column, and one more for what is equal in it. As text, `tier,-score`.

use crate::entity::filter::column;
use crate::entity::{Column, Direction, Table};
use crate::texts::{Sentence, Text, text};

/// A column lists are ordered by, and the way.
pub type Key = (Column, Direction);

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// What it is ordered by.
    pub first: Key,
    /// What orders records that are equal in that.
    pub then: Option<Key>,
}

impl Order {
    /// The order lists of a kind start in.
    #[must_use]
    pub const fn of(table: &Table) -> Self {
        Self { first: table.order, then: None }
    }

    /// Reads `score`, `-score`, `score:desc` and `tier,-score`. A column goes by its key or label.
    ///
    /// # Errors
    /// The sentence that names the columns there are.
    pub fn read(table: &Table, typed: &str) -> Result<Self, Sentence> {
        let mut parts = typed.split([',', '，']).map(str::trim).filter(|part| !part.is_empty());
        let no_order = || {
            let keys: Vec<&str> = table.sortable().map(|column| table.head(column).key).collect();
            let sentence = Sentence::from(NO_ORDER).with_word("kinds", table.many).with("asked", typed);
            sentence.with("columns", keys.join(", "))
        };
        let (first, then) = (parts.next().ok_or_else(no_order)?, parts.next());
        if parts.next().is_some() {
            return Err(Sentence::from(TOO_MANY).with("asked", typed));
        }
        let read = |part: &str| key(table, part).ok_or_else(no_order);
        let (first, then) = (read(first)?, then.map(read).transpose()?);
        Ok(Self { first, then: then.filter(|then| then.0 != first.0) })
    }

    /// The text it is read from.
    #[must_use]
    pub fn write(&self, table: &Table) -> String {
        let key = |(column, direction): Key| {
            let sign = if direction == Direction::Down { "-" } else { "" };
            format!("{sign}{}", table.head(column).key)
        };
        let keys = std::iter::once(self.first).chain(self.then).map(key);
        keys.collect::<Vec<_>>().join(",")
    }

    /// The order after a column was chosen: by it, and what was first comes second; where it is
    /// first, the other way and nothing second. It begins where the order of its kind begins with
    /// it, else with the smallest.
    #[must_use]
    pub fn chosen(self, table: &Table, column: Column) -> Self {
        if self.first.0 == column {
            let turned = if self.then.is_some() { self.first.1 } else { self.first.1.reversed() };
            return Self { first: (column, turned), then: None };
        }
        let direction = if table.order.0 == column { table.order.1 } else { Direction::Up };
        Self { first: (column, direction), then: Some(self.first) }
    }
}

fn key(table: &Table, typed: &str) -> Option<Key> {
    let (name, way) = typed.split_once(':').unwrap_or((typed, "asc"));
    let (name, is_turned) = name.strip_prefix('-').map_or((name, false), |name| (name, true));
    let direction = match (way, is_turned) {
        ("asc", false) | ("desc", true) => Direction::Up,
        ("desc", false) | ("asc", true) => Direction::Down,
        _ => return None,
    };
    let column = column(table, name).ok().filter(|column| table.head(*column).sortable)?;
    Some((column, direction))
}

const NO_ORDER: Text = text(
    "{kinds} cannot be ordered by “{asked}”; there are {columns}, two at most with a comma between, each with - before it for the other way.",
    "{kinds}不能按“{asked}”排序；可用：{columns}，至多两列，以逗号分隔，前加 - 为降序。",
);
const TOO_MANY: Text =
    text("“{asked}”: a list is ordered by two columns at most.", "“{asked}”：列表至多按两列排序。");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Kind;
    use crate::texts::Lang;

    #[test]
    fn an_order_is_read_and_written() {
        let table = Kind::Vendor.table();
        let round = |typed: &str| Order::read(table, typed).map(|order| order.write(table));
        for (typed, written) in [
            ("score", "score"),
            ("-score", "-score"),
            ("score:desc", "-score"),
            ("-score:desc", "score"),
            ("tier, -score", "tier,-score"),
            ("得分，名称", "score,name"),
            ("name,-name", "name"),
        ] {
            assert_eq!(round(typed), Ok(written.to_owned()), "{typed}");
        }
        for typed in ["", "shoe", "score:up", "email", "name,shoe"] {
            let says = round(typed).unwrap_err().in_(Lang::En);
            assert!(says.contains("there are name, tier,"), "{typed}: {says}");
        }
        assert!(round("name,tier,score").unwrap_err().in_(Lang::En).contains("two columns at most"));
    }

    #[test]
    fn a_chosen_column_keeps_the_one_before_as_second() {
        let table = Kind::Vendor.table();
        let chosen = |start: &str, keys: &[&str]| {
            let start = Order::read(table, start).unwrap();
            keys.iter().fold(start, |order, key| order.chosen(table, table.column(key).unwrap())).write(table)
        };
        assert_eq!(chosen("name", &["tier"]), "tier,name");
        assert_eq!(chosen("-score", &["tier"]), "tier,-score");
        assert_eq!(chosen("-score", &["tier", "tier"]), "tier");
        assert_eq!(chosen("-score", &["tier", "tier", "tier"]), "-tier");
    }
}
