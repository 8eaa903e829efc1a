//! The service levels of a contract with their periods, and what is due of their credits: opened on a
//! contract, walked line by line; a period is measured from here.

use crate::app::action::Action;
use crate::app::browse::needed;
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::overlay::{moved, no_action};
use crate::app::state::{Message, Overlay, Place, State};
use crate::app::{Effect, form};
use crate::entity::{Kind, Ref, Value};
use crate::register::service_level::{Level, Levels};
use crate::register::{Refusal, Request, Slot};

/// The open service levels of a contract.
#[derive(Debug, Clone, PartialEq)]
pub struct LevelsPane {
    /// The contract.
    pub at: Ref,
    /// Its service levels, as soon as they are loaded.
    pub levels: Option<Levels>,
    /// The line under the cursor.
    pub cursor: usize,
}

impl LevelsPane {
    /// The service level under the cursor.
    #[must_use]
    pub fn line(&self) -> Option<&Level> {
        self.levels.as_ref()?.lines.get(self.cursor)
    }
}

/// Opens the service levels of the contract under the cursor.
pub(super) fn open(state: &mut State, out: &mut Vec<Effect>) {
    let Some(record) = needed(state, Action::Levels, out) else { return };
    let pane = LevelsPane { at: record.at, levels: None, cursor: 0 };
    state.overlay = Some(Overlay::Levels(Box::new(pane)));
    state.ask(Slot::Pane, Request::Levels(record.at), out);
}

/// Takes them.
pub(super) fn found(state: &mut State, levels: Levels) {
    if let Some(Overlay::Levels(pane)) = &mut state.overlay
        && pane.at == levels.contract
    {
        pane.cursor = pane.cursor.min(levels.lines.len().saturating_sub(1));
        pane.levels = Some(levels);
    }
}

/// Takes that there are none to be had.
pub(super) fn refused(state: &mut State, refusal: &Refusal) {
    state.overlay = None;
    state.message = Message::refused(refusal);
}

/// Takes a key while they are open.
pub(super) fn on_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    let key = state.board.command(key);
    match state.keymap.action(&[Context::Levels], key) {
        Some(action) => act(state, action, out),
        None => no_action(state, key),
    }
}

/// Does an action of it.
pub(super) fn act(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    let page = state.size.body();
    let Some(Overlay::Levels(pane)) = &mut state.overlay else { return };
    let last = pane.levels.as_ref().map_or(0, |levels| levels.lines.len().saturating_sub(1));
    if let Some(cursor) = moved(action, pane.cursor, page, last) {
        pane.cursor = cursor;
        return;
    }
    let contract = pane.at;
    let line = pane.line().cloned();
    match (action, line) {
        (Action::Dismiss, _) => state.overlay = None,
        (Action::Open, Some(level)) => {
            state.overlay = None;
            state.go(Place::Record(level.record.at), out);
        }
        (Action::Edit, Some(level)) => {
            state.overlay = None;
            form::edit(state, &level.record, out);
        }
        (Action::Measure, Some(level)) => {
            state.overlay = None;
            let place = Kind::Measurement.table().field("period");
            let begun = place.zip(level.next).map(|(at, period)| (at, Value::Period(period)));
            form::begin(state, Kind::Measurement, Some(level.record.at), begun.as_slice(), out);
        }
        (Action::Add, _) => {
            state.overlay = None;
            form::begin(state, Kind::ServiceLevel, Some(contract), &[], out);
        }
        _ => {}
    }
}
