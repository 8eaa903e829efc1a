//! Where one is and was: going somewhere, and back and forward in time.

use chrono::NaiveDate;

use crate::app::Effect;
use crate::app::list::ListKey;
use crate::app::state::{HistoryPane, RecordPane, State};
use crate::entity::Ref;
use crate::limits;
use crate::register::{Request, Slot, UP_TO_NOW};

/// A place one can be at and come back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The figures and what needs attention.
    Overview,
    /// A list.
    List(ListKey),
    /// One record, full screen.
    Record(Ref),
    /// What changed.
    History(Of),
}

/// What a history is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// A record.
    Record(Ref),
    /// The register.
    Register,
    /// The register, on the whole from the end of the first day to the end of the second.
    Between(NaiveDate, NaiveDate),
}

/// The places one was at, in the order of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Trail {
    places: Vec<Place>,
    at: usize,
}

impl Default for Trail {
    fn default() -> Self {
        Self { places: vec![Place::Overview], at: 0 }
    }
}

impl Trail {
    /// Whether there is anywhere to go back (`-1`) or forward (`1`) to.
    #[must_use]
    pub fn leads(&self, by: isize) -> bool {
        self.at.checked_add_signed(by).is_some_and(|at| at < self.places.len())
    }
}

impl State {
    /// Where one is.
    #[must_use]
    pub fn place(&self) -> Place {
        self.trail.places.get(self.trail.at).copied().unwrap_or(Place::Overview)
    }

    /// Goes to a place; what lay ahead in time is forgotten.
    pub fn go(&mut self, place: Place, out: &mut Vec<Effect>) {
        if self.place() != place {
            self.trail.places.truncate(self.trail.at + 1);
            self.trail.places.push(place);
            if self.trail.places.len() > limits::TRAIL {
                self.trail.places.remove(0);
            }
            self.trail.at = self.trail.places.len() - 1;
        }
        self.arrive(out);
    }

    /// Goes back (`-1`) or forward (`1`) in time. Whether there was anywhere to go.
    pub fn walk(&mut self, by: isize, out: &mut Vec<Effect>) -> bool {
        let Some(at) = self.trail.at.checked_add_signed(by).filter(|at| *at < self.trail.places.len()) else {
            return false;
        };
        self.trail.at = at;
        self.arrive(out);
        true
    }

    /// Goes to where one was before a place that is no more, as if it had never been.
    pub(in crate::app) fn drop_place(&mut self, out: &mut Vec<Effect>) {
        let Trail { places, at } = &mut self.trail;
        places.remove(*at);
        *at = at.saturating_sub(1);
        if places.is_empty() {
            places.push(Place::Overview);
        }
        self.arrive(out);
    }

    fn arrive(&mut self, out: &mut Vec<Effect>) {
        self.pending.clear();
        self.awaited = None;
        self.overview.to_end = false;
        match self.place() {
            Place::Overview => self.ask_overview(out),
            Place::List(key) => {
                self.list_mut(key);
                self.ask_list(key, out);
            }
            Place::Record(at) => {
                self.record = RecordPane::of(at);
                self.ask(Slot::Card, Request::Sheet(at), out);
            }
            Place::History(of) => {
                self.history = HistoryPane::default();
                self.ask_history(of, out);
            }
        }
    }

    /// Asks for a history.
    pub(super) fn ask_history(&mut self, of: Of, out: &mut Vec<Effect>) {
        let request = match of {
            Of::Record(at) => Request::History(Some(at)),
            Of::Register => Request::History(None),
            Of::Between(from, to) => {
                let present = self.present.map_or(self.today, |present| present.today);
                let end = if to < present { self.zone.ends(to) } else { UP_TO_NOW.to_owned() };
                Request::Between(self.zone.ends(from), end)
            }
        };
        self.ask(Slot::History, request, out);
    }
}
