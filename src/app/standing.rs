//! Vendors held against each other: ranked by their scores, narrowed key by key, or side by side as they are marked.

use crate::app::action::Action;
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::overlay::{moved, no_action};
use crate::app::state::{Message, Overlay, Place, State};
use crate::app::{Effect, marks};
use crate::domain::list::{Choice, ClosedList};
use crate::domain::period::Period;
use crate::domain::vendor::{Tier, VendorClass};
use crate::entity::{Kind, Ref};
use crate::register::review::standing::{Among, Comparison, Ranking, Table};
use crate::register::{Refusal, Request, Slot};

/// An open ranking or comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct StandingPane {
    /// What it asks for.
    pub asks: Request,
    /// It as a table, as soon as it is loaded.
    pub table: Option<Table>,
    /// The row under the cursor.
    pub cursor: usize,
    /// The owners and periods that can be asked for.
    pub offers: (Vec<String>, Vec<Period>),
}

impl StandingPane {
    fn new(asks: Request) -> Self {
        Self { asks, table: None, cursor: 0, offers: (Vec::new(), Vec::new()) }
    }

    fn last(&self) -> usize {
        self.table.as_ref().map_or(0, |table| table.rows.len().saturating_sub(1))
    }
}

/// Opens the ranking of all vendors.
pub(super) fn rank(state: &mut State, out: &mut Vec<Effect>) {
    open(state, Request::Rank(Among::default()), out);
}

/// Opens the vendors that are marked, or the one under the cursor, side by side.
pub(super) fn compare(state: &mut State, out: &mut Vec<Effect>) {
    let marked = marks::chosen(state).map(|chosen| chosen.ids);
    let ids = marked.or_else(|| state.selected().map(|at| vec![at.id])).unwrap_or_default();
    let vendors = ids.into_iter().map(|id| Ref { kind: Kind::Vendor, id }).collect();
    open(state, Request::Compare(vendors), out);
}

fn open(state: &mut State, request: Request, out: &mut Vec<Effect>) {
    state.overlay = Some(Overlay::Standing(Box::new(StandingPane::new(request.clone()))));
    state.ask(Slot::Pane, request, out);
}

/// Takes a ranking.
pub(super) fn ranked(state: &mut State, request: &Request, found: Ranking) {
    take(state, request, found.table());
    if let Some(Overlay::Standing(pane)) = &mut state.overlay {
        pane.offers = found.offers;
    }
}

/// Takes a comparison.
pub(super) fn compared(state: &mut State, request: &Request, found: &Comparison) {
    take(state, request, found.table());
}

fn take(state: &mut State, request: &Request, table: Table) {
    if let Some(Overlay::Standing(pane)) = &mut state.overlay
        && pane.asks == *request
    {
        pane.table = Some(table);
        pane.cursor = pane.cursor.min(pane.last());
    }
}

/// Takes that there is none to be had.
pub(super) fn refused(state: &mut State, refusal: &Refusal) {
    state.overlay = None;
    state.message = Message::refused(refusal);
}

/// Takes a key while it is open.
pub(super) fn on_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    let key = state.board.command(key);
    match state.keymap.action(&[Context::Standing], key) {
        Some(action) => act(state, action, out),
        None => no_action(state, key),
    }
}

/// Does an action of it.
pub(super) fn act(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    let page = state.size.body();
    let Some(Overlay::Standing(pane)) = &mut state.overlay else { return };
    if let Some(cursor) = moved(action, pane.cursor, page, pane.last()) {
        pane.cursor = cursor;
        return;
    }
    match action {
        Action::Dismiss => state.overlay = None,
        Action::Open => {
            let at = pane.table.as_ref().and_then(|table| table.rows.get(pane.cursor)?.at);
            if let Some(at) = at {
                state.overlay = None;
                state.go(Place::Record(at), out);
            }
        }
        _ => narrow(state, action, out),
    }
}

/// Asks for the ranking of others: the next class, tier, owner or period, and all of them behind the last.
fn narrow(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    let Some(Overlay::Standing(pane)) = &mut state.overlay else { return };
    let Request::Rank(among) = &mut pane.asks else { return };
    match action {
        Action::NextClass => among.class = next_word(VendorClass::CHOICES, among.class.as_deref()),
        Action::NextTier => among.tier = next_word(Tier::CHOICES, among.tier.as_deref()),
        Action::NextOwner => among.owner = next(&pane.offers.0, among.owner.as_ref()),
        Action::PrevPeriod => among.period = next(&pane.offers.1, among.period.as_ref()),
        _ => return,
    }
    pane.cursor = 0;
    let request = pane.asks.clone();
    state.ask(Slot::Pane, request, out);
}

fn next_word(words: &[Choice], now: Option<&str>) -> Option<String> {
    let words: Vec<String> = words.iter().map(|choice| choice.key.to_owned()).collect();
    next(&words, now.map(str::to_owned).as_ref())
}

/// What comes behind `now`; the first behind nothing, and nothing behind the last.
fn next<T: Clone + PartialEq>(all: &[T], now: Option<&T>) -> Option<T> {
    let at = now.and_then(|now| all.iter().position(|one| one == now)).map_or(0, |at| at + 1);
    all.get(at).cloned()
}
