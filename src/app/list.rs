//! A list: where its cursor is, which part is loaded, what narrows and orders it.
//!
//! The cursor is a record's id; its row is only where that record was last seen. Moves inside
//! the loaded part are pure; at its edges a new part is asked for around the cursor.

use chrono::NaiveDate;

use crate::app::filter::FilterField;
use crate::app::timeline::Timeline;
use crate::app::view::View;
use crate::entity::filter::{self, Filter};
use crate::entity::input::Reading;
use crate::entity::{Column, Direction, Kind, Order, Ref};
use crate::limits;
use crate::register::{Anchor, Page, Query, Row, Shelves};

pub use groups::{Heading, Seen};
pub use marks::Marks;

mod groups;
mod marks;

/// Names a list: its kind, and the record whose related records it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ListKey {
    /// The kind of its records.
    pub kind: Kind,
    /// Only those that link to this record.
    pub scope: Option<Ref>,
}

/// The state of one list.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// Its name.
    pub key: ListKey,
    /// What narrows it, as it is typed.
    pub words: FilterField,
    /// Whether that is being typed.
    pub typing: bool,
    /// Its order.
    pub order: Order,
    /// In use, or put away.
    pub shelf: Shelves,
    /// Whether rows stand under headings, where its order has words for these.
    pub grouped: bool,
    /// The months its records are shown over; none where they are shown as a table.
    pub timeline: Option<Timeline>,
    /// The name of the view that was chosen for it.
    pub view: Option<String>,
    /// How many columns it is moved sideways.
    pub across: usize,
    /// The loaded part.
    pub page: Page,
    /// The record that was chosen last; see [`List::record`].
    pub at: Option<i64>,
    /// Its row in the whole list.
    pub row: u64,
    /// Whether that record is gone from the list: then nothing is under the cursor until it moves.
    pub gone: bool,
    /// The first row that is seen.
    pub top: u64,
    /// Whether a part has been loaded at all.
    pub loaded: bool,
    /// Whether the cursor goes somewhere that is not loaded yet.
    pub jumping: bool,
    /// Its marked records.
    pub marks: Marks,
}

impl ListKey {
    /// The list a question is about.
    #[must_use]
    pub const fn of(query: &Query) -> Self {
        Self { kind: query.kind, scope: query.scope }
    }
}

impl List {
    /// A list in its first order, nothing loaded.
    #[must_use]
    pub fn new(key: ListKey) -> Self {
        Self {
            key,
            words: FilterField::default(),
            typing: false,
            order: Order::of(key.kind.table()),
            shelf: Shelves::Open,
            grouped: false,
            timeline: None,
            view: None,
            across: 0,
            page: Page::default(),
            at: None,
            row: 0,
            gone: false,
            top: 0,
            loaded: false,
            jumping: false,
            marks: Marks::default(),
        }
    }

    /// Takes filter and order of a view, on the day of `today`.
    pub fn show_as(&mut self, view: &View, today: NaiveDate) {
        self.words.set(view.filter.as_str());
        self.order = view.order.unwrap_or(Order::of(self.key.kind.table()));
        self.grouped = view.grouped;
        self.timeline = view.timeline.then(|| Timeline::of(today));
        self.view = Some(view.name.clone());
        self.across = 0;
    }

    /// The record under the cursor.
    #[must_use]
    pub fn record(&self) -> Option<Ref> {
        self.at.filter(|_| !self.gone).map(|id| Ref { kind: self.key.kind, id })
    }

    /// The row under the cursor.
    #[must_use]
    pub fn selected(&self) -> Option<&Row> {
        let id = self.at?;
        self.page.rows.iter().find(|row| row.at.id == id)
    }

    /// How many rows the list has, as far as is known.
    #[must_use]
    pub fn known_total(&self) -> u64 {
        let loaded = self.page.start + self.page.rows.len() as u64;
        self.page.total.unwrap_or(loaded).max(loaded)
    }

    /// The question for the part around the cursor.
    #[must_use]
    pub fn around(&self, rows: u16, reading: &Reading) -> Query {
        let anchor = match self.at {
            Some(id) => Anchor::Record { id, row: self.row },
            None if self.row > 0 => Anchor::Row(self.row),
            None => Anchor::First,
        };
        self.ask(anchor, rows, reading)
    }

    /// The question for the part at an anchor.
    #[must_use]
    pub fn ask(&self, anchor: Anchor, rows: u16, reading: &Reading) -> Query {
        let rows = usize::from(rows.max(1));
        let most = limits::PAGE_ROWS;
        // The cursor may stand at either edge of what is seen, which must not be near an edge of what
        // is loaded: else every step would load anew.
        let reach = match anchor {
            Anchor::First => (0, (rows * 2).min(most)),
            Anchor::Last => ((rows * 2).min(most), 0),
            _ => ((rows * 3 / 2).min(most * 3 / 7), (rows * 2).min(most * 4 / 7)),
        };
        Query {
            kind: self.key.kind,
            scope: self.key.scope,
            filter: self.filter(reading).asked(),
            order: self.order.first,
            then: self.order.then,
            extra: Vec::new(),
            shelf: self.shelf,
            anchor,
            reach,
        }
    }

    /// Forgets its rows; what narrows and orders it stays.
    pub fn unload(&mut self) {
        self.page = Page::default();
        self.loaded = false;
        (self.row, self.top) = (0, 0);
        self.marks = Marks::default();
    }

    /// What narrows it, as it is read today.
    #[must_use]
    pub fn filter(&self, reading: &Reading) -> Filter {
        filter::read(self.key.kind.table(), self.words.text(), reading)
    }

    /// Whether the same filter and shelf narrow it as a question.
    #[must_use]
    pub fn is_narrowed_as(&self, query: &Query, reading: &Reading) -> bool {
        self.shelf == query.shelf && self.filter(reading).asked() == query.filter
    }

    /// Takes the part that was asked for at an anchor; the cursor stays on its record, else goes
    /// to the anchor. Where the record asked for is gone and none of `own`, which one has just
    /// changed oneself, nothing is under the cursor, and the record is returned once.
    pub fn take(&mut self, page: Page, asked: Anchor, rows: u16, own: &[Ref]) -> Option<Ref> {
        let around = match asked {
            Anchor::Record { id, .. } => Some(id),
            _ => None,
        };
        let held = self.at.filter(|_| around.is_some());
        let found = held.and_then(|id| page.rows.iter().position(|row| row.at.id == id));
        if found.is_none() && held != around {
            // The cursor has gone on since this was asked, and the loaded part is around it.
            return None;
        }
        self.loaded = true;
        self.jumping = false;
        let place = found.unwrap_or(page.anchor).min(page.rows.len().saturating_sub(1));
        self.row = if page.rows.is_empty() { 0 } else { page.start + place as u64 };
        let missed = held.filter(|_| found.is_none()).map(|id| Ref { kind: self.key.kind, id });
        let missed = missed.filter(|at| !own.contains(at));
        if missed.is_none() {
            self.at = page.rows.get(place).map(|row| row.at.id);
        }
        self.page = page;
        self.show(rows);
        let was_gone = std::mem::replace(&mut self.gone, missed.is_some());
        missed.filter(|_| !was_gone)
    }

    /// Moves the cursor by `by` rows. `Some` anchor when a part must be loaded for it.
    pub fn step(&mut self, by: i64, rows: u16) -> Option<Anchor> {
        // Where the record is gone, the next one has come up into its row.
        let by = if self.gone && by > 0 { by - 1 } else { by };
        let last = self.known_total().saturating_sub(1);
        let open_end = self.page.total.is_none();
        let target = self.row.saturating_add_signed(by);
        let target = if open_end { target } else { target.min(last) };
        let place = target.checked_sub(self.page.start).and_then(|n| usize::try_from(n).ok());
        let Some(row) = place.and_then(|n| self.page.rows.get(n)) else {
            if open_end && target > last {
                // Behind the loaded part of a list not yet counted there may be nothing more.
                return self.rest_below().then_some(Anchor::Row(target));
            }
            return (!self.page.rows.is_empty()).then_some(Anchor::Row(target));
        };
        let id = row.at.id;
        self.at = Some(id);
        self.gone = false;
        self.row = target;
        self.show(rows);
        self.near_edge(rows).then_some(Anchor::Record { id, row: target })
    }

    /// Whether rows may follow below the loaded part.
    #[must_use]
    pub fn rest_below(&self) -> bool {
        let end = self.page.start + self.page.rows.len() as u64;
        match self.page.total {
            Some(total) => end < total,
            None => !self.page.rows.is_empty(),
        }
    }

    /// Keeps the cursor in sight.
    pub fn show(&mut self, rows: u16) {
        let lines = rows.max(1);
        let rows = u64::from(lines);
        let most = self.known_total().saturating_sub(rows);
        if self.row < self.top {
            self.top = self.row;
        } else if self.row >= self.top + rows {
            self.top = self.row + 1 - rows;
        }
        self.top = self.top.min(most);
        self.show_below_headings(lines);
    }

    /// The rows that are seen, from the top.
    pub fn visible(&self, rows: u16) -> impl Iterator<Item = &Row> {
        let skip = usize::try_from(self.top.saturating_sub(self.page.start)).unwrap_or(usize::MAX);
        self.page.rows.iter().skip(skip).take(usize::from(rows))
    }

    /// Whether the seen rows come near an end of the loaded part behind which there is more.
    fn near_edge(&self, rows: u16) -> bool {
        let near = u64::from(rows / 4);
        let end = self.page.start + self.page.rows.len() as u64;
        let above = self.page.start > 0 && self.top < self.page.start + near;
        let below = self.rest_below() && self.top + u64::from(rows) + near > end;
        above || below
    }

    /// The sortable columns among those shown, in their order from the left.
    #[must_use]
    pub fn sortable(&self) -> Vec<Column> {
        let table = self.key.kind.table();
        let mut columns: Vec<Column> =
            table.columns.iter().copied().filter(|column| table.head(*column).sortable).collect();
        columns.extend(table.sortable().filter(|column| !table.columns.contains(column)));
        columns
    }

    /// Orders the list by the sortable column to the right (`1`) or left (`-1`).
    pub fn sort_beside(&mut self, by: isize) {
        let columns = self.sortable();
        if columns.is_empty() {
            return;
        }
        let at = columns.iter().position(|column| *column == self.order.first.0).unwrap_or(0);
        let len = columns.len();
        let next = (at + len).saturating_add_signed(by) % len;
        if let Some(column) = columns.get(next) {
            self.order = Order { first: (*column, Direction::Up), then: None };
        }
    }
}
