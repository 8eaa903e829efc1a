//! Typed values: what a cell of any record holds.
//!
//! Values are typed all the way to the screen, so alignment, order and colour follow from the
//! type. Nothing here may parse what a person typed (see `shape`) or know SQL.

use chrono::NaiveDate;

use crate::domain::day::Span;
use crate::domain::decimal::Decimal4;
use crate::domain::list::{Choice, ClosedList};
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::risk::Cell;
use crate::entity::Kind;

/// One value of one field.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Blank: not entered. Never the same as zero.
    Null,
    /// Text of one or many lines.
    Text(String),
    /// A whole number.
    Int(i64),
    /// Yes or no.
    Bool(bool),
    /// An exact decimal with four places.
    Decimal(Decimal4),
    /// A score in hundredths (0 to 10 000).
    Points(i64),
    /// A weight in basis points (0 to 10 000).
    Weight(i64),
    /// Minor units and a currency.
    Money(Money),
    /// A civil date.
    Date(NaiveDate),
    /// A number of days, business days or months.
    Span(Span),
    /// A month, quarter, half year or year.
    Period(Period),
    /// Likelihood by impact.
    Cell(Cell),
    /// One word of a closed list.
    Choice(&'static Choice),
    /// Several words of a closed list, in the order of the list.
    Choices(Vec<&'static Choice>),
    /// Free words, such as tags.
    List(Vec<String>),
    /// Another record.
    Link(Link),
}

/// A reference to another record, with what a person needs to recognise it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The kind of the record.
    pub kind: Kind,
    /// Its row id.
    pub id: i64,
    /// Its code, such as `V-0031`.
    pub code: String,
    /// What people call it.
    pub label: String,
}

/// A value did not have the type its field wants. A defect of a table, never of the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mismatch;

/// A Rust type that a field of a record can have.
pub trait Held {
    /// The value as shown and stored.
    fn show(&self) -> Value;

    /// Takes a value.
    ///
    /// # Errors
    /// [`Mismatch`] when the value has another type.
    fn put(&mut self, value: Value) -> Result<(), Mismatch>;
}

impl Value {
    /// Whether the field is blank.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The text of a text value, else the empty string.
    #[must_use]
    pub fn as_text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            _ => "",
        }
    }

    /// The key of a chosen word, else the empty string.
    #[must_use]
    pub fn as_key(&self) -> &'static str {
        match self {
            Self::Choice(choice) => choice.key,
            _ => "",
        }
    }

    /// The link, if this is one.
    #[must_use]
    pub fn as_link(&self) -> Option<&Link> {
        match self {
            Self::Link(link) => Some(link),
            _ => None,
        }
    }

    /// The date, if this is one.
    #[must_use]
    pub fn as_date(&self) -> Option<NaiveDate> {
        match self {
            Self::Date(date) => Some(*date),
            _ => None,
        }
    }

    /// The whole number inside an integer, a score or a weight.
    #[must_use]
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Self::Int(n) | Self::Points(n) | Self::Weight(n) => Some(*n),
            _ => None,
        }
    }
}

impl Held for String {
    fn show(&self) -> Value {
        if self.is_empty() { Value::Null } else { Value::Text(self.clone()) }
    }

    fn put(&mut self, value: Value) -> Result<(), Mismatch> {
        *self = match value {
            Value::Null => String::new(),
            Value::Text(text) => text,
            _ => return Err(Mismatch),
        };
        Ok(())
    }
}

impl Held for bool {
    fn show(&self) -> Value {
        Value::Bool(*self)
    }

    fn put(&mut self, value: Value) -> Result<(), Mismatch> {
        *self = match value {
            Value::Null => false,
            Value::Bool(yes) => yes,
            _ => return Err(Mismatch),
        };
        Ok(())
    }
}

impl Held for Vec<String> {
    fn show(&self) -> Value {
        if self.is_empty() { Value::Null } else { Value::List(self.clone()) }
    }

    fn put(&mut self, value: Value) -> Result<(), Mismatch> {
        *self = match value {
            Value::Null => Vec::new(),
            Value::List(words) => words,
            _ => return Err(Mismatch),
        };
        Ok(())
    }
}

/// A score in hundredths, as a type of its own so that it cannot be shown as a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Points(pub i64);

/// A weight in basis points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Weight(pub i64);

/// The optional types: a blank is `None`.
macro_rules! held_option {
    ($($type:ty => $variant:ident |$inner:ident| $show:expr, $back:expr;)+) => {$(
        impl Held for Option<$type> {
            fn show(&self) -> Value {
                match self {
                    None => Value::Null,
                    Some($inner) => Value::$variant($show),
                }
            }

            fn put(&mut self, value: Value) -> Result<(), Mismatch> {
                *self = match value {
                    Value::Null => None,
                    Value::$variant($inner) => Some($back),
                    _ => return Err(Mismatch),
                };
                Ok(())
            }
        }
    )+};
}

held_option! {
    i64 => Int |n| *n, n;
    Decimal4 => Decimal |n| *n, n;
    Points => Points |n| n.0, Points(n);
    Weight => Weight |n| n.0, Weight(n);
    Money => Money |m| *m, m;
    NaiveDate => Date |d| *d, d;
    Span => Span |s| *s, s;
    Period => Period |p| *p, p;
    Cell => Cell |c| *c, c;
    Link => Link |l| l.clone(), l;
}

impl<E: ClosedList> Held for Option<E> {
    fn show(&self) -> Value {
        self.map_or(Value::Null, |word| Value::Choice(word.choice()))
    }

    fn put(&mut self, value: Value) -> Result<(), Mismatch> {
        *self = match value {
            Value::Null => None,
            Value::Choice(choice) => Some(E::from_key(choice.key).ok_or(Mismatch)?),
            _ => return Err(Mismatch),
        };
        Ok(())
    }
}

impl<E: ClosedList> Held for Vec<E> {
    fn show(&self) -> Value {
        if self.is_empty() {
            return Value::Null;
        }
        let chosen = E::ALL.iter().filter(|word| self.contains(word)).map(|word| word.choice());
        Value::Choices(chosen.collect())
    }

    fn put(&mut self, value: Value) -> Result<(), Mismatch> {
        *self = match value {
            Value::Null => Vec::new(),
            Value::Choices(chosen) => {
                chosen.iter().map(|c| E::from_key(c.key).ok_or(Mismatch)).collect::<Result<_, _>>()?
            }
            _ => return Err(Mismatch),
        };
        Ok(())
    }
}
