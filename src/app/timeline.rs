//! The renewal timeline: contracts by when one must act, each with a bar over months. A way of showing
//! the list of contracts, beside its table.
//!
//! Pure arithmetic of days, months and cells; `ui::timeline` draws it.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use crate::app::action::Action;
use crate::app::geometry::{Layout, SUMMARY, Size};
use crate::app::list::{List, ListKey};
use crate::app::state::{Place, State};
use crate::app::{Effect, browse};
use crate::domain::contract::{ContractState, Renewal, Urgency};
use crate::domain::day::add_months;
use crate::domain::list::ClosedList;
use crate::entity::{Column, Direction, Kind, Order, Table, Value};
use crate::limits;
use crate::register::{Page, Row};

/// Cells of a month.
pub const MONTH: u16 = 4;

/// The columns a timeline needs beside those every list of contracts has.
const WANTED: [&str; 2] = ["starts_on", "renewal"];

/// The months that a list of contracts is shown over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeline {
    /// The civil date.
    pub today: NaiveDate,
    /// How many months the first that is shown lies behind this one; negative before it.
    pub moved: i32,
}

/// When a contract runs, and until when one can act on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// The first day in force; `None` where it is not known.
    pub from: Option<NaiveDate>,
    /// The last day on which one can act; `None` where one cannot.
    pub act_by: Option<NaiveDate>,
    /// The last day in force; `None` where it runs until somebody ends it, and one can act on any day,
    /// and where it is decided that another term follows.
    pub last_day: Option<NaiveDate>,
}

/// A bar in the cells that are seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// The cells of the days on which one can act.
    pub can: Range<u16>,
    /// The cells behind them up to the last day, on which it is too late.
    pub late: Range<u16>,
    /// The cell behind that of the last day.
    pub end: Option<u16>,
    /// On which side of the cells all of it lies, where none of it is seen.
    pub away: Option<Side>,
}

/// A side of what is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Before it.
    Left,
    /// Behind it.
    Right,
}

impl Timeline {
    /// The months from that of today on.
    #[must_use]
    pub const fn of(today: NaiveDate) -> Self {
        Self { today, moved: 0 }
    }

    /// Moves on by so many months, or back, as far as dates go.
    pub fn scroll(&mut self, by: i32) {
        let reach = limits::TIMELINE_MONTHS;
        self.moved = self.moved.saturating_add(by).clamp(-reach, reach);
    }

    /// The first day of a month, counted from the first that is shown.
    #[must_use]
    pub fn month(&self, nth: u16) -> NaiveDate {
        let first = self.today.with_day(1).unwrap_or(self.today);
        add_months(first, i64::from(self.moved) + i64::from(nth)).unwrap_or(first)
    }

    /// The cell of a day, counted from the first that is seen: four a month, whatever its days.
    #[must_use]
    pub fn cell(&self, day: NaiveDate) -> i64 {
        let first = self.month(0);
        let months =
            i64::from(day.year() - first.year()) * 12 + i64::from(day.month()) - i64::from(first.month());
        let cells = i64::from(MONTH);
        let part = i64::from(day.day0()) * cells / i64::from(day.num_days_in_month());
        months * cells + part
    }

    /// The bar of a contract in so many cells.
    #[must_use]
    pub fn bar(&self, run: &Run, cells: u16) -> Bar {
        let from = run.from.map_or(i64::MIN, |day| self.cell(day));
        let last = run.last_day.map_or(i64::MAX, |day| self.cell(day));
        let act = match (run.act_by, run.last_day) {
            (Some(day), _) => self.cell(day).min(last),
            (None, None) => i64::MAX,
            (None, Some(_)) => i64::MIN,
        };
        let seen = |cell: i64| u16::try_from(cell.clamp(0, i64::from(cells))).unwrap_or(cells);
        let can_to = seen(act.saturating_add(1)).max(seen(from));
        let late_to = seen(last.saturating_add(1)).max(can_to);
        let end = last.checked_add(1).and_then(|cell| u16::try_from(cell).ok());
        let away = match end {
            _ if from >= i64::from(cells) => Some(Side::Right),
            None if last < -1 => Some(Side::Left),
            _ => None,
        };
        let end = end.filter(|cell| *cell < cells);
        Bar { can: seen(from)..can_to, late: can_to..late_to, end, away }
    }

    /// The cell of today, where it is seen in so many cells; else the side on which it lies.
    ///
    /// # Errors
    /// The side.
    pub fn marker(&self, cells: u16) -> Result<u16, Side> {
        match u16::try_from(self.cell(self.today)) {
            Ok(cell) if cell < cells => Ok(cell),
            Ok(_) => Err(Side::Right),
            Err(_) => Err(Side::Left),
        }
    }
}

impl Run {
    /// When the contract of a row runs; `None` where no end is known of one that has an end.
    #[must_use]
    pub fn of(page: &Page, row: &Row) -> Option<Self> {
        let table = row.at.kind.table();
        let cell = |key| table.column(key).and_then(|column| page.cell(row, column));
        let day = |key| match cell(key) {
            Some(Value::Date(day)) => Some(*day),
            _ => None,
        };
        let run = Self { from: day("starts_on"), act_by: day("act_by"), last_day: day("last_day") };
        if is_open_ended(page, row) {
            return Some(run);
        }
        let last_day = run.last_day?;
        // In force with an end and nothing to send: decided to renew, it goes on behind that end.
        let goes_on = run.act_by.is_none() && closed(page, row).is_none();
        Some(Self { last_day: Some(last_day).filter(|_| !goes_on), ..run })
    }
}

/// The state of a row's contract, where that is closed.
#[must_use]
pub fn closed(page: &Page, row: &Row) -> Option<ContractState> {
    let state = page.cell(row, row.at.kind.table().column("state")?)?;
    let Value::Choice(choice) = state else { return None };
    ContractState::from_key(choice.key).filter(|state| state.is_closed())
}

/// Whether the contract of a row runs until somebody ends it, which can be done on any day.
#[must_use]
pub fn is_open_ended(page: &Page, row: &Row) -> bool {
    let cell = |key| row.at.kind.table().column(key).and_then(|column| page.cell(row, column));
    let is_evergreen = cell("renewal") == Some(&Value::Choice(Renewal::Evergreen.choice()));
    let has_end = matches!(cell("last_day"), Some(Value::Date(_)));
    is_evergreen && !has_end && closed(page, row).is_none()
}

/// The day by which one must act on the contract of a row.
#[must_use]
pub fn act_by(page: &Page, row: &Row) -> Option<NaiveDate> {
    match page.cell(row, row.at.kind.table().column("act_by")?) {
        Some(Value::Date(day)) => Some(*day),
        _ => None,
    }
}

/// Whether records of this kind can be shown as a timeline.
#[must_use]
pub fn has_timeline(table: &Table) -> bool {
    table.word == Kind::Contract.table().word
}

/// The columns a timeline needs that a list does not load anyway.
pub fn wanted(table: &Table) -> impl Iterator<Item = Column> {
    WANTED.into_iter().filter_map(|key| table.column(key)).filter(|column| !table.columns.contains(column))
}

impl Size {
    /// Contracts of a timeline that are seen at once: it takes the whole width, and where there is room
    /// tells of one of them below.
    #[must_use]
    pub const fn timeline_rows(self) -> u16 {
        match self.layout() {
            Layout::Wide => self.list_rows().saturating_sub(SUMMARY),
            Layout::Stacked | Layout::Narrow | Layout::Line => self.list_rows(),
        }
    }
}

impl List {
    /// Records that are seen at once.
    #[must_use]
    pub const fn rows_in(&self, size: Size) -> u16 {
        if self.timeline.is_some() { size.timeline_rows() } else { size.list_rows() }
    }

    /// Goes on to another day; the months that are seen stay.
    pub fn begin_day(&mut self, today: NaiveDate) {
        if let Some(timeline) = &mut self.timeline {
            let months = |day: NaiveDate| day.year() * 12 + day.month0().cast_signed();
            let by = months(timeline.today) - months(today);
            timeline.today = today;
            // What was never moved begins with the month one is in.
            if timeline.moved != 0 {
                timeline.scroll(by);
            }
        }
    }

    /// Whether its rows stand by when one must act: the order is by that day.
    #[must_use]
    pub fn by_urgency(&self) -> Option<Timeline> {
        let column = self.key.kind.table().column("act_by");
        self.timeline.filter(|_| Some(self.order.first.0) == column)
    }

    /// How pressing the contract of a row is.
    #[must_use]
    pub fn urgency(&self, row: &Row, timeline: Timeline) -> Urgency {
        Urgency::of(act_by(&self.page, row), timeline.today)
    }

    /// Shows it as a timeline, ordered by when one must act; or as a table again.
    pub fn turn_timeline(&mut self, today: NaiveDate) {
        if self.timeline.take().is_some() {
            return;
        }
        self.timeline = Some(Timeline::of(today));
        let table = self.key.kind.table();
        if let Some(column) = table.column("act_by").filter(|column| self.order.first.0 != *column) {
            self.order = Order { first: (column, Direction::Up), then: None };
        }
    }
}

/// Shows the contracts one is at as a timeline, or as a table again; from elsewhere it goes to the
/// timeline of all.
pub fn turn(state: &mut State, out: &mut Vec<Effect>) {
    let all = ListKey { kind: Kind::Contract, scope: None };
    let (key, is_here) = match state.place() {
        Place::List(key) if key.kind == Kind::Contract => (key, true),
        _ => (all, false),
    };
    let today = state.today;
    let list = state.list_mut(key);
    if is_here || list.timeline.is_none() {
        list.turn_timeline(today);
    }
    keep(state, key, out);
    if is_here {
        let size = state.size;
        let list = state.list_mut(key);
        list.show(list.rows_in(size));
        state.ask_list(key, out);
    } else {
        browse::act(state, Action::Tab3, out);
    }
}

/// Has it kept how the contracts were left.
fn keep(state: &mut State, key: ListKey, out: &mut Vec<Effect>) {
    if key.scope.is_some() {
        return;
    }
    let list = state.list_mut(key);
    let (order, is_timeline) = (list.order, list.timeline.is_some());
    let last = &mut state.views.of_mut(key.kind).last;
    last.order = Some(order).filter(|order| *order != Order::of(key.kind.table()));
    last.timeline = is_timeline;
    state.keep_views(key.kind, out);
}

/// Moves the months of the list one is at. Whether it has months.
pub fn scroll(state: &mut State, by: i32) -> bool {
    let Place::List(key) = state.place() else { return false };
    let Some(timeline) = &mut state.list_mut(key).timeline else { return false };
    timeline.scroll(by);
    true
}

#[cfg(test)]
mod tests;
