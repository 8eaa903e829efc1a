//! Statements made from the entity tables, and values to and from columns.
//!
//! Identifiers come from the tables only; what people type is always a bound parameter.

use std::sync::LazyLock;

use rusqlite::Row;
use rusqlite::types::{Value as Sql, ValueRef};

use crate::domain::decimal::Decimal4;
use crate::domain::money::{Currency, Money};
use crate::domain::period::{FiscalStart, Period};
use crate::entity::{Blanks, Column, Derived, Kind, Link, Record, Ref, Shape, Table, Value};
use crate::limits::KINDS;
use crate::lookup;
use crate::register::{Refusal, code_of};
use crate::store::refused;
use crate::texts::{Sentence, text};

/// The statements of one kind.
#[derive(Debug)]
pub(super) struct Statements {
    /// Inserts id, version and every field.
    pub(super) insert: String,
    /// Reads one whole record by id.
    pub(super) select: String,
    /// Replaces the index row.
    pub(super) put_index: String,
    /// Reads the list columns of one record by id.
    pub(super) select_row: String,
}

/// Below every whole number a derived column holds.
pub(super) const LOW: i64 = -1_000_000_000_000_000;
/// Above every whole number a derived column holds.
pub(super) const HIGH: i64 = 1_000_000_000_000_000;
/// After every date.
pub(super) const LATE: &str = "9999-12-31";
/// Before every date.
pub(super) const EARLY: &str = "";
/// After every word, for blanks.
const LAST_WORD: &str = "\u{10ffff}";

/// The statements of `kind`.
pub(super) fn statements(kind: Kind) -> &'static Statements {
    static ALL: LazyLock<Vec<Statements>> = LazyLock::new(|| {
        let mut all: Vec<(Kind, Statements)> = Kind::ALL.iter().map(|k| (*k, compose(k.table()))).collect();
        all.sort_by_key(|(kind, _)| *kind);
        all.into_iter().map(|(_, statements)| statements).collect()
    });
    #[expect(clippy::indexing_slicing, reason = "one entry a kind, in the order of their numbers")]
    &ALL[kind as usize]
}

/// The columns of a field: one, or two for an amount.
pub(super) fn columns(key: &str, shape: Shape) -> Vec<String> {
    match shape {
        Shape::Money => vec![format!("{key}_minor"), format!("{key}_currency")],
        _ => vec![key.to_owned()],
    }
}

/// The index column by which a list is ordered.
pub(super) fn order_column(table: &Table, column: Column) -> String {
    match column {
        Column::Field(_) => format!("s_{}", table.head(column).key),
        Column::Derived(_) => table.head(column).key.to_owned(),
    }
}

/// The links of a kind that its index table holds too, so that lists can be narrowed by them.
pub(super) fn scopes(table: &Table) -> impl Iterator<Item = (usize, &'static str)> {
    let links = table.fields.iter().enumerate().filter(|(_, meta)| matches!(meta.shape, Shape::Link(_)));
    links.map(|(at, meta)| (at, meta.key))
}

/// The key of the first link of a kind to records of the kind `to`.
pub(super) fn scope_key(table: &Table, to: Kind) -> Option<&'static str> {
    let links = |at: usize| table.fields.get(at).is_some_and(|meta| meta.shape == Shape::Link(to));
    scopes(table).find(|(at, _)| links(*at)).map(|(_, key)| key)
}

fn compose(table: &Table) -> Statements {
    let word = table.word;
    let names: Vec<String> = table.fields.iter().flat_map(|m| columns(m.key, m.shape)).collect();
    let quoted: Vec<String> = names.iter().map(|n| format!("\"{n}\"")).collect();
    let marks = vec!["?"; names.len() + 2].join(", ");
    let insert = format!("INSERT INTO \"{word}\" (id, version, {}) VALUES ({marks})", quoted.join(", "));
    let all_fields = (0..table.fields.len()).map(Column::Field);
    let all_derived = (0..table.derived.len()).map(Column::Derived);
    let index: Vec<String> = index_columns(table).iter().map(|name| format!("\"{name}\"")).collect();
    let marks = vec!["?"; index.len() + 4].join(", ");
    let put_index = format!(
        "INSERT OR REPLACE INTO \"{word}_x\" (id, valid_from, valid_until, shares, {}) VALUES ({marks})",
        index.join(", "),
    );
    Statements {
        insert,
        select: select(table, &all_fields.chain(all_derived).collect::<Vec<_>>()),
        select_row: select(table, &table.columns),
        put_index,
    }
}

/// The index columns beside the id, the bounds of validity and the shares.
pub(super) fn index_columns(table: &Table) -> Vec<String> {
    let sorted = table.fields.iter().filter(|m| m.sortable).map(|m| format!("s_{}", m.key));
    let links = scopes(table).map(|(_, key)| format!("l_{key}"));
    let derived = table.derived.iter().flat_map(|d| columns(d.key, d.shape));
    std::iter::once("archived".to_owned()).chain(sorted).chain(links).chain(derived).collect()
}

/// Reads the wanted columns of one record by id, for [`read`]. Without derived columns among them
/// the index row is not looked at: what was entered is right on every day.
pub(super) fn select(table: &Table, wanted: &[Column]) -> String {
    let word = table.word;
    let has_derived = wanted.iter().any(|column| matches!(column, Column::Derived(_)));
    let index = format!(" LEFT JOIN \"{word}_x\" x ON x.id = t.id");
    let (index, valid) = if has_derived {
        (index, ["x.valid_from".to_owned(), "x.valid_until".to_owned()])
    } else {
        (String::new(), [format!("'{EARLY}'"), format!("'{LATE}'")])
    };
    let head = ["t.id", "t.version", "t.archived_at"].map(str::to_owned);
    let mut list: Vec<String> = head.into_iter().chain(valid).collect();
    let mut joins = Vec::new();
    for column in wanted {
        let head = table.head(*column);
        let side = if matches!(column, Column::Field(_)) { "t" } else { "x" };
        for name in columns(head.key, head.shape) {
            list.push(format!("{side}.\"{name}\""));
        }
        if let Shape::Link(kind) = head.shape {
            list.push(format!("d_{}.label", head.key));
            joins.push(format!(
                " LEFT JOIN directory d_{key} ON d_{key}.doc = t.\"{key}\" * {KINDS} + {number}",
                key = head.key,
                number = kind as i64,
            ));
        }
    }
    format!("SELECT {} FROM \"{word}\" t{index}{} WHERE t.id = ?", list.join(", "), joins.concat())
}

/// One row as read: the record's head, its validity, and the wanted cells.
pub(super) struct Read {
    pub(super) at: Ref,
    pub(super) version: i64,
    pub(super) archived_at: Option<String>,
    pub(super) valid_from: String,
    pub(super) valid_until: String,
    pub(super) cells: Vec<Value>,
}

impl Read {
    /// The whole record, when every field and derived column was wanted.
    pub(super) fn into_record(mut self) -> Record {
        let derived = self.cells.split_off(self.at.kind.table().fields.len().min(self.cells.len()));
        Record {
            at: self.at,
            code: code_of(self.at),
            version: self.version,
            archived_at: self.archived_at,
            values: self.cells,
            derived,
        }
    }
}

/// Reads a row of `select` or `select_row`.
pub(super) fn read(row: &Row, kind: Kind, wanted: &[Column]) -> Result<Read, Refusal> {
    let table = kind.table();
    let get = |at: usize| row.get_ref(at).map_err(refused);
    let text = |at: usize| -> Result<String, Refusal> {
        Ok(get(at)?.as_str_or_null().ok().flatten().unwrap_or("").to_owned())
    };
    let id = get(0)?.as_i64().map_err(|_| unreadable(table, "id"))?;
    let mut cells = Vec::with_capacity(wanted.len());
    let mut at = 5;
    for column in wanted {
        let head = table.head(*column);
        let value = match column {
            Column::Field(_) => field_value(row, &mut at, head.shape),
            Column::Derived(d) => match table.derived.get(*d) {
                Some(derived) => derived_value(row, &mut at, derived),
                None => Ok(Value::Null),
            },
        };
        cells.push(value.map_err(|_| unreadable(table, head.key))?);
    }
    Ok(Read {
        at: Ref { kind, id },
        version: get(1)?.as_i64().map_err(|_| unreadable(table, "version"))?,
        archived_at: row.get(2).map_err(refused)?,
        valid_from: text(3)?,
        valid_until: text(4)?,
        cells,
    })
}

struct Unreadable;

impl<E: std::error::Error> From<E> for Unreadable {
    fn from(_: E) -> Self {
        Self
    }
}

fn field_value(row: &Row, at: &mut usize, shape: Shape) -> Result<Value, Unreadable> {
    let cell = row.get_ref(*at)?;
    *at += 1;
    let second = match shape {
        Shape::Money | Shape::Link(_) => {
            *at += 1;
            row.get_ref(*at - 1)?
        }
        _ => ValueRef::Null,
    };
    if matches!(cell, ValueRef::Null) {
        return Ok(if shape == Shape::Bool { Value::Bool(false) } else { Value::Null });
    }
    Ok(match shape {
        Shape::Line | Shape::Long => Value::Text(cell.as_str()?.to_owned()),
        Shape::List => Value::List(cell.as_str()?.split('\u{1f}').map(str::to_owned).collect()),
        Shape::Bool => Value::Bool(cell.as_i64()? != 0),
        Shape::Int(..) => Value::Int(cell.as_i64()?),
        Shape::Decimal => Value::Decimal(Decimal4(cell.as_i64()?)),
        Shape::Points => Value::Points(cell.as_i64()?),
        Shape::Weight => Value::Weight(cell.as_i64()?),
        Shape::Date => Value::Date(cell.as_str()?.parse()?),
        Shape::Span => Value::Span(cell.as_str()?.parse().map_err(|_| Unreadable)?),
        Shape::Period => Value::Period(cell.as_str()?.parse().map_err(|_| Unreadable)?),
        Shape::Cell => Value::Cell(cell.as_str()?.parse().map_err(|_| Unreadable)?),
        Shape::Money => Value::Money(Money {
            minor: cell.as_i64()?,
            currency: Currency::from_code(second.as_str()?).ok_or(Unreadable)?,
        }),
        Shape::Choice(list) => {
            let key = cell.as_str()?;
            Value::Choice(list.iter().find(|c| c.key == key).ok_or(Unreadable)?)
        }
        Shape::Choices(list) => {
            let keys: Vec<&str> = cell.as_str()?.split(',').collect();
            Value::Choices(list.iter().filter(|c| keys.contains(&c.key)).collect())
        }
        Shape::Link(kind) => {
            let id = cell.as_i64()?;
            let label = second.as_str_or_null()?.unwrap_or("").to_owned();
            Value::Link(Link { kind, id, code: code_of(Ref { kind, id }), label })
        }
    })
}

fn derived_value(row: &Row, at: &mut usize, derived: &Derived) -> Result<Value, Unreadable> {
    let cell = row.get_ref(*at)?;
    *at += 1;
    let currency = if derived.shape == Shape::Money {
        *at += 1;
        row.get_ref(*at - 1)?
    } else {
        ValueRef::Null
    };
    if matches!(cell, ValueRef::Null) {
        return Ok(Value::Null);
    }
    let number = || -> Result<Option<i64>, Unreadable> {
        let n = cell.as_i64()?;
        Ok((n != LOW && n != HIGH).then_some(n))
    };
    Ok(match derived.shape {
        Shape::Date => {
            let date = cell.as_str()?;
            if date == EARLY || date == LATE { Value::Null } else { Value::Date(date.parse()?) }
        }
        Shape::Int(..) => number()?.map_or(Value::Null, Value::Int),
        Shape::Bool => number()?.map_or(Value::Null, |n| Value::Bool(n != 0)),
        Shape::Points => number()?.map_or(Value::Null, Value::Points),
        Shape::Weight => number()?.map_or(Value::Null, Value::Weight),
        Shape::Decimal => number()?.map_or(Value::Null, |n| Value::Decimal(Decimal4(n))),
        Shape::Choice(list) => {
            let place = number()?.and_then(|n| usize::try_from(n).ok());
            place.and_then(|n| list.get(n)).map_or(Value::Null, Value::Choice)
        }
        Shape::Money => Value::Money(Money {
            minor: cell.as_i64()?,
            currency: Currency::from_code(currency.as_str()?).ok_or(Unreadable)?,
        }),
        _ => return Err(Unreadable),
    })
}

/// The columns of a field's value.
pub(super) fn to_columns(shape: Shape, value: &Value) -> Vec<Sql> {
    let one = match value {
        Value::Money(money) => {
            return vec![Sql::Integer(money.minor), Sql::Text(money.currency.code().to_owned())];
        }
        Value::Null if shape == Shape::Money => return vec![Sql::Null, Sql::Null],
        Value::Null => Sql::Null,
        Value::Text(text) => Sql::Text(text.clone()),
        Value::List(words) => Sql::Text(words.join("\u{1f}")),
        Value::Int(n) | Value::Points(n) | Value::Weight(n) => Sql::Integer(*n),
        Value::Decimal(n) => Sql::Integer(n.0),
        Value::Bool(yes) => Sql::Integer(i64::from(*yes)),
        Value::Link(link) => Sql::Integer(link.id),
        Value::Date(date) => Sql::Text(date.to_string()),
        Value::Span(span) => Sql::Text(span.to_string()),
        Value::Period(period) => Sql::Text(period.to_string()),
        Value::Cell(cell) => Sql::Text(cell.to_string()),
        Value::Choice(choice) => Sql::Text(choice.key.to_owned()),
        Value::Choices(chosen) => Sql::Text(chosen.iter().map(|c| c.key).collect::<Vec<_>>().join(",")),
    };
    vec![one]
}

/// The columns of a derived value; blanks stand where the column wants them.
pub(super) fn derived_columns(derived: &Derived, value: &Value) -> Vec<Sql> {
    let high = derived.blanks == Blanks::High;
    match (derived.shape, value) {
        (Shape::Date, Value::Null) => vec![Sql::Text(if high { LATE } else { EARLY }.to_owned())],
        (Shape::Money, _) => to_columns(Shape::Money, value),
        (_, Value::Null) => vec![Sql::Integer(if high { HIGH } else { LOW })],
        (Shape::Choice(list), Value::Choice(choice)) => {
            let place = list.iter().position(|c| c.key == choice.key).unwrap_or(0);
            vec![Sql::Integer(i64::try_from(place).unwrap_or(0))]
        }
        (shape, value) => to_columns(shape, value),
    }
}

/// What a field is ordered by: text by its sound, words by their place, amounts by size.
pub(super) fn order_key(shape: Shape, value: &Value) -> Sql {
    match (shape, value) {
        (_, Value::Text(text)) => Sql::Text(lookup::sort_key(text)),
        (_, Value::Money(money)) => Sql::Integer(money.sort_key()),
        (Shape::Choice(list), Value::Choice(choice)) => {
            let place = list.iter().position(|c| c.key == choice.key).unwrap_or(0);
            Sql::Integer(i64::try_from(place).unwrap_or(0))
        }
        (Shape::Choice(_), _) => Sql::Integer(HIGH),
        (Shape::Date, Value::Null) => Sql::Text(LATE.to_owned()),
        (Shape::Money | Shape::Int(..), Value::Null) => Sql::Integer(LOW),
        (_, Value::Period(period)) => Sql::Text(period_key(*period)),
        (_, Value::Null) => Sql::Text(LAST_WORD.to_owned()),
        (_, value) => to_columns(shape, value).into_iter().next().unwrap_or(Sql::Null),
    }
}

/// Periods of every kind stand in the order of their last days; a year behind its last quarter.
pub(super) fn period_key(period: Period) -> String {
    let months = period.kind().months();
    format!("{} {months:02} {period}", period.last_day(FiscalStart::JANUARY))
}

fn unreadable(table: &Table, field: &str) -> Refusal {
    let sentence = Sentence::from(text(
        "{kind}.{field} holds a value this program cannot read. Run vendeck check.",
        "{kind}.{field} 的值无法读取。请运行 vendeck check。",
    ));
    Refusal::Damaged(sentence.with("kind", table.word).with("field", field))
}
