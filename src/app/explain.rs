//! How the dates of a contract or the score of a review come about, and what lies between two scores: opened on the record under the cursor, scrolled, closed.

use crate::app::Effect;
use crate::app::action::Action;
use crate::app::browse::needed;
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::overlay::{moved, no_action};
use crate::app::state::{Message, Overlay, State};
use crate::entity::{Kind, Record};
use crate::register::explain::{Explained, explain};
use crate::register::{Refusal, Request, Slot};

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
    /// What is asked for it and not answered yet.
    pub asks: Option<Request>,
}

/// Opens the explanation of the record under the cursor, as soon as that is loaded.
pub(super) fn open(state: &mut State, out: &mut Vec<Effect>) {
    let Some(record) = needed(state, Action::Explain, out) else { return };
    if record.at.kind == Kind::Review {
        return ask(state, &record, Request::Explain(record.at), out);
    }
    let Some(explained) = explain(&record, state.today) else { return };
    let pane = ExplainedPane { name: record.label(), code: record.code, explained, top: 0, asks: None };
    state.overlay = Some(Overlay::Explained(pane));
}

/// Opens what lies between the score of the review under the cursor and the one before.
pub(super) fn bridge(state: &mut State, out: &mut Vec<Effect>) {
    let Some(record) = needed(state, Action::Bridge, out) else { return };
    if record.at.kind == Kind::Review {
        ask(state, &record, Request::Bridge(record.at), out);
    }
}

fn ask(state: &mut State, record: &Record, request: Request, out: &mut Vec<Effect>) {
    let pane = ExplainedPane {
        name: record.label(),
        code: record.code.clone(),
        explained: Explained::default(),
        top: 0,
        asks: Some(request.clone()),
    };
    state.overlay = Some(Overlay::Explained(pane));
    state.ask(Slot::Pane, request, out);
}

/// Takes the explanation that `request` asked for.
pub(super) fn found(state: &mut State, request: &Request, found: Explained) {
    if let Some(Overlay::Explained(pane)) = &mut state.overlay
        && pane.asks.as_ref() == Some(request)
    {
        (pane.explained, pane.asks) = (found, None);
    }
}

/// Takes that there is none to be had.
pub(super) fn refused(state: &mut State, refusal: &Refusal) {
    state.overlay = None;
    state.message = Message::refused(refusal);
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
