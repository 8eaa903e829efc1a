//! Fields: the rows of the entity tables, and what may be said about each.
//!
//! A field is a key, a label, a shape and two functions. Builders are `const`, so a table is
//! data. Nothing here may know a particular kind of record.

use chrono::NaiveDate;

use crate::domain::list::Choice;
use crate::entity::Kind;
use crate::entity::value::{Mismatch, Value};
use crate::texts::Text;

/// The type of a field: how it is typed in, stored, shown and ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One line of text of at most `limits::LINE_CHARS` characters.
    Line,
    /// Many lines of text of at most `limits::LONG_CHARS` characters.
    Long,
    /// Words with commas between them.
    List,
    /// Yes or no.
    Bool,
    /// A whole number between two bounds, both included.
    Int(i64, i64),
    /// An exact decimal with at most four places.
    Decimal,
    /// A score of 0 to 100 with at most two places; stored in hundredths.
    Points,
    /// A share of 0 to 100 %; stored in basis points.
    Weight,
    /// A civil date.
    Date,
    /// A number of days, business days or months.
    Span,
    /// An amount with its currency; two columns in the register.
    Money,
    /// A month, quarter, half year or year.
    Period,
    /// Likelihood by impact, each 1 to 5.
    Cell,
    /// One word of a closed list.
    Choice(&'static [Choice]),
    /// Several words of a closed list.
    Choices(&'static [Choice]),
    /// Another record.
    Link(Kind),
}

/// Which side of its column a value stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Text.
    Left,
    /// Numbers, amounts and days.
    Right,
}

impl Shape {
    /// Numbers to the right, all else to the left.
    #[must_use]
    pub const fn align(self) -> Align {
        match self {
            Self::Int(..) | Self::Decimal | Self::Points | Self::Weight | Self::Money => Align::Right,
            _ => Align::Left,
        }
    }
}

/// What a field says about itself, without the type of its record.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "a row of marks, each set by a builder of its own name")]
pub struct Meta {
    /// The word of the command line, JSON, filters and the register.
    pub key: &'static str,
    /// The word of the screen.
    pub label: Text,
    /// The type.
    pub shape: Shape,
    /// Whether a record may not be without it.
    pub required: bool,
    /// The width of its column in a list, in cells; 0 when lists do not show it.
    pub width: u16,
    /// Which columns go first when room is short: 1 stays longest.
    pub priority: u8,
    /// Whether lists can be ordered by it: it has an index of its own.
    pub sortable: bool,
    /// Whether it is shown as a chip beside the title of the record.
    pub chip: bool,
    /// Whether the card shows it.
    pub on_card: bool,
    /// Whether the record belongs to the record this field links to.
    pub parent: bool,
    /// Whether people see and enter it; the rest is bookkeeping.
    pub hidden: bool,
    /// Whether it tells who people outside are or how to reach them: hidden while others look on.
    pub personal: bool,
    /// Whether its values come again in other records, so that a form offers those there are.
    pub repeats: bool,
    /// What the records that link by it are called where they stand under the record it links to,
    /// if not by their kind.
    pub inverse: Option<Text>,
    /// The heading above it in the form, where a new group starts.
    pub group: Option<Text>,
    /// What to type, in a few words.
    pub hint: Option<Text>,
}

/// One field of the record type `R`.
#[derive(Debug)]
pub struct Field<R: 'static> {
    /// What it says about itself.
    pub meta: Meta,
    /// Reads it.
    pub get: fn(&R) -> Value,
    /// Writes it.
    pub set: fn(&mut R, Value) -> Result<(), Mismatch>,
}

/// A field with nothing said about it yet.
#[must_use]
pub const fn field<R>(
    key: &'static str,
    label: Text,
    shape: Shape,
    get: fn(&R) -> Value,
    set: fn(&mut R, Value) -> Result<(), Mismatch>,
) -> Field<R> {
    let meta = Meta {
        key,
        label,
        shape,
        required: false,
        width: 0,
        priority: 9,
        sortable: false,
        chip: false,
        on_card: false,
        parent: false,
        hidden: false,
        personal: false,
        repeats: false,
        inverse: None,
        group: None,
        hint: None,
    };
    Field { meta, get, set }
}

impl<R> Field<R> {
    /// A record may not be without it.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.meta.required = true;
        self
    }

    /// Lists show it, `width` cells wide; of the columns, those with the lowest `priority` stay
    /// longest when room is short.
    #[must_use]
    pub const fn column(mut self, width: u16, priority: u8) -> Self {
        self.meta.width = width;
        self.meta.priority = priority;
        self
    }

    /// Lists can be ordered by it.
    #[must_use]
    pub const fn sortable(mut self) -> Self {
        self.meta.sortable = true;
        self
    }

    /// It is a chip beside the title.
    #[must_use]
    pub const fn chip(mut self) -> Self {
        self.meta.chip = true;
        self
    }

    /// The card shows it.
    #[must_use]
    pub const fn card(mut self) -> Self {
        self.meta.on_card = true;
        self
    }

    /// The record belongs to the one it links to, and has no tab of its own.
    #[must_use]
    pub const fn parent(mut self) -> Self {
        self.meta.parent = true;
        self.meta.required = true;
        self
    }

    /// Bookkeeping: neither shown nor entered.
    #[must_use]
    pub const fn hidden(mut self) -> Self {
        self.meta.hidden = true;
        self
    }

    /// It tells who people outside are or how to reach them.
    #[must_use]
    pub const fn personal(mut self) -> Self {
        self.meta.personal = true;
        self
    }

    /// Its values come again in other records: a form offers those there are.
    #[must_use]
    pub const fn repeats(mut self) -> Self {
        self.meta.repeats = true;
        self
    }

    /// The records that link by it stand under the one it links to by this name.
    #[must_use]
    pub const fn inverse(mut self, name: Text) -> Self {
        self.meta.inverse = Some(name);
        self
    }

    /// A new group of the form starts here.
    #[must_use]
    pub const fn group(mut self, heading: Text) -> Self {
        self.meta.group = Some(heading);
        self
    }

    /// What to type, in a few words.
    #[must_use]
    pub const fn hint(mut self, hint: Text) -> Self {
        self.meta.hint = Some(hint);
        self
    }
}

/// Where blanks stand when a list is ordered by a derived column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blanks {
    /// Below every value.
    Low,
    /// Above every value.
    High,
}

/// What a number tells, for how it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// A value of its own.
    Value,
    /// The change since before: with its sign, and good where it is above zero.
    Change,
}

/// A column that is worked out from the record and its relations, never entered.
///
/// The value lives in the index table of the kind and is refreshed with its inputs.
#[derive(Debug, Clone, Copy)]
pub struct Derived {
    /// The word of JSON, filters and the index table.
    pub key: &'static str,
    /// The word of the screen.
    pub label: Text,
    /// The type.
    pub shape: Shape,
    /// The width of its column in a list, in cells; 0 when lists do not show it.
    pub width: u16,
    /// Which columns go first when room is short: 1 stays longest.
    pub priority: u8,
    /// Whether lists can be ordered by it.
    pub sortable: bool,
    /// Whether it is a chip beside the title.
    pub chip: bool,
    /// Whether the card shows it.
    pub on_card: bool,
    /// Where blanks stand in the order.
    pub blanks: Blanks,
    /// What its numbers tell.
    pub sense: Sense,
}

/// A derived column with nothing said about it yet; blanks below every value.
#[must_use]
pub const fn derived(key: &'static str, label: Text, shape: Shape) -> Derived {
    Derived {
        key,
        label,
        shape,
        width: 0,
        priority: 9,
        sortable: false,
        chip: false,
        on_card: false,
        blanks: Blanks::Low,
        sense: Sense::Value,
    }
}

impl Derived {
    /// Lists show it; see [`Field::column`].
    #[must_use]
    pub const fn column(mut self, width: u16, priority: u8) -> Self {
        self.width = width;
        self.priority = priority;
        self
    }

    /// Lists can be ordered by it; blanks stand where `blanks` says.
    #[must_use]
    pub const fn sortable(mut self, blanks: Blanks) -> Self {
        self.sortable = true;
        self.blanks = blanks;
        self
    }

    /// It is a chip beside the title.
    #[must_use]
    pub const fn chip(mut self) -> Self {
        self.chip = true;
        self
    }

    /// The card shows it.
    #[must_use]
    pub const fn card(mut self) -> Self {
        self.on_card = true;
        self
    }

    /// It is the change of another number since before.
    #[must_use]
    pub const fn change(mut self) -> Self {
        self.sense = Sense::Change;
        self
    }
}

/// What a rule of one record needs besides the record itself.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// The civil date on which the rule is asked.
    pub today: NaiveDate,
}
