//! How the dates of a record come about: opened on the record under the cursor, scrolled, closed.

use crate::app::Effect;
use crate::app::action::Action;
use crate::app::browse::needed;
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::overlay::{moved, no_action};
use crate::app::state::{Overlay, State};
use crate::register::explain::{Explained, explain};

/// An open explanation.
#[derive(Debug, Clone, PartialEq)]
pub struct ExplainedPane {
    /// What people call the record.
    pub name: String,
    /// Its code.
    pub code: String,
    /// The steps.
    pub explained: Explained,
    /// The first step that is seen.
    pub top: usize,
}

/// Opens the explanation of the record under the cursor, as soon as that is loaded.
pub(super) fn open(state: &mut State, out: &mut Vec<Effect>) {
    let Some(record) = needed(state, Action::Explain, out) else { return };
    let Some(explained) = explain(&record, state.today) else { return };
    let pane = ExplainedPane { name: record.label(), code: record.code, explained, top: 0 };
    state.overlay = Some(Overlay::Explained(pane));
}

/// Takes a key while it is open.
pub(super) fn on_key(state: &mut State, key: Key) {
    let key = state.board.command(key);
    match state.keymap.action(&[Context::Explained], key) {
        Some(action) => act(state, action),
        None => no_action(state, key),
    }
}

/// Does an action of it.
pub(super) fn act(state: &mut State, action: Action) {
    let page = state.size.body();
    let Some(Overlay::Explained(pane)) = &mut state.overlay else { return };
    let last = pane.explained.lines.len().saturating_sub(1);
    match moved(action, pane.top, page, last) {
        Some(top) => pane.top = top,
        None if action == Action::Dismiss => state.overlay = None,
        None => {}
    }
}
