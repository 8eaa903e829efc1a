//! Questions to the register.

use chrono::NaiveDate;

use crate::entity::filter::Asked;
use crate::entity::{Column, Direction, Kind, Ref};
use crate::register::meeting::{Convening, Desk};
use crate::register::proposal::Wish;
use crate::register::review::standing::Among;
use crate::register::{Bulk, Change};
use crate::texts::{Text, text};

/// Numbers a question or a write, so that a late answer is known for what it is.
pub type Ticket = u64;

/// A question of a screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// A part of a list.
    Page(Query),
    /// How many records a broad filter matches.
    Count(Query),
    /// The numbers of all records of a list, or of those from one to another, both included.
    Ids(Query, Option<(i64, i64)>),
    /// A record with the first of what is around it.
    Card(Ref),
    /// A record with what is around it, for its own page.
    Sheet(Ref),
    /// The figures of the Overview.
    Overview {
        /// How many lines of what needs attention.
        lines: usize,
    },
    /// Find anything.
    Find {
        /// What was typed.
        text: String,
        /// Where to look.
        kinds: Vec<Kind>,
    },
    /// The values that the fields of this name hold, the most frequent first.
    Known(&'static str),
    /// The events of a record, or the newest of the register.
    History(Option<Ref>),
    /// What erasing a record would take away.
    Erasure(Ref),
    /// What the house proposes.
    Propose(Wish),
    /// The money of a contract.
    Money(Ref),
    /// The settings of the register.
    Settings,
    /// The checklist of a contract's clauses.
    Clauses(Ref),
    /// The service levels of a contract.
    Levels(Ref),
    /// A meeting with its pages; the newest that is under way where none is named.
    Meeting(Option<Ref>),
    /// How the score of a review comes about.
    Explain(Ref),
    /// Vendors ranked by their reviews.
    Rank(Among),
    /// Vendors side by side.
    Compare(Vec<Ref>),
    /// What lies between the score of a review and the one before.
    Bridge(Ref),
    /// What changed on the whole between two instants (UTC), the first excluded: one event a record.
    Between(String, String),
}

impl Request {
    /// Whether it asks for this record.
    #[must_use]
    pub fn is_about(&self, at: Ref) -> bool {
        matches!(self, Self::Card(asked) | Self::Sheet(asked) if *asked == at)
    }
}

/// An instant behind every act: what was done up to now.
pub const UP_TO_NOW: &str = "9999-12-31T23:59:59.999Z";

/// The kinds that Find anything looks through.
pub const KINDS: &[Kind] = &[Kind::Vendor, Kind::Contact, Kind::Contract, Kind::Review, Kind::Risk];

/// What a list shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// The kind of its records.
    pub kind: Kind,
    /// Only records that link to this one.
    pub scope: Option<Ref>,
    /// Only records that match this.
    pub filter: Asked,
    /// The column of its order, and the way.
    pub order: (Column, Direction),
    /// What orders records that are equal in that.
    pub then: Option<(Column, Direction)>,
    /// Columns that are wanted beside those every list has.
    pub extra: Vec<Column>,
    /// Records put away instead of those in use.
    pub shelf: Shelves,
    /// Where the page lies.
    pub anchor: Anchor,
    /// Rows before the anchor and from it on.
    pub reach: (usize, usize),
}

/// Which records a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Shelves {
    /// Those in use.
    #[default]
    Open,
    /// Those put away.
    Archived,
}

/// Says of a record, or of a list, that it is put away.
pub const PUT_AWAY: Text = text("archived", "已归档");
/// The same behind a name.
pub const PUT_AWAY_NOTE: Text = text("(archived)", "（已归档）");

/// The row a page lies around.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// The first row.
    First,
    /// The last row.
    Last,
    /// The row of a record; where it is in the list no more, the row with this number.
    Record {
        /// The record's id.
        id: i64,
        /// Its row when last seen.
        row: u64,
    },
    /// The row with this number, counted from 0.
    Row(u64),
}

/// The part of a screen a question is for: a newer one of the same slot replaces the older.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Slot {
    /// The list.
    List,
    /// The count of a broad filter.
    Count,
    /// The record beside it.
    Card,
    /// The Overview.
    Overview,
    /// Find anything and the pickers.
    Find,
    /// The history.
    History,
    /// The preview of a hit.
    Preview,
    /// The record of an open form.
    Form,
    /// What erasing a record would take away.
    Erasure,
    /// The settings of the register.
    Settings,
    /// What is shown of a contract over its page.
    Pane,
    /// The meeting one is in.
    Meeting,
    /// The values of a field of the open form.
    Known,
    /// The records that are to be marked.
    Marks,
}

/// What the writer does.
#[derive(Debug, Clone, PartialEq)]
pub enum Write {
    /// A change.
    Apply(Change),
    /// An act on many records.
    Bulk(Box<Bulk>),
    /// Take the newest own act back.
    Undo,
    /// Bring the last one back.
    Redo,
    /// Take one own act back, by its number in the history.
    UndoAct(i64),
    /// Do the chosen lines of a proposal.
    Accept(Wish, Vec<String>),
    /// Erase a person's record for good.
    Erase(Ref),
    /// Set a setting of the register that held `seen` when its edit began.
    Set {
        /// Its key.
        key: &'static str,
        /// What it shall be.
        value: String,
        /// What it held.
        seen: String,
    },
    /// Open a meeting.
    Convene(Box<Convening>),
    /// Keep where a meeting stands.
    Desk(Ref, Box<Desk>),
    /// Bring index rows up to a new day.
    NewDay(NaiveDate),
}
