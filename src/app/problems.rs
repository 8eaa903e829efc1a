//! What a check of the register finds, each line a way to its record.

use crate::app::action::Action;
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::overlay::{moved, no_action};
use crate::app::state::{Message, Overlay, Place, State};
use crate::app::{Effect, words};
use crate::register::finding::Finding;
use crate::register::{Refusal, ref_of};

/// The panel of problems.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Problems {
    /// What was found; `None` while the register is being checked.
    pub findings: Option<Vec<Finding>>,
    /// The line under the cursor.
    pub cursor: usize,
}

impl Problems {
    /// The finding under the cursor.
    #[must_use]
    pub fn finding(&self) -> Option<&Finding> {
        self.findings.as_ref()?.get(self.cursor)
    }

    fn last(&self) -> usize {
        self.findings.as_ref().map_or(0, |findings| findings.len().saturating_sub(1))
    }
}

/// Opens the panel and has the register checked.
pub(super) fn open(state: &mut State, out: &mut Vec<Effect>) {
    state.overlay = Some(Overlay::Problems(Problems::default()));
    out.push(Effect::Check);
}

/// Takes a key while the panel is open.
pub(super) fn on_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    let key = state.board.command(key);
    match state.keymap.action(&[Context::Problems, Context::Menu], key) {
        Some(action) => act(state, action, out),
        None => no_action(state, key),
    }
}

/// Does an action of the panel.
pub(super) fn act(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    let page = state.size.body();
    let Some(Overlay::Problems(problems)) = &mut state.overlay else { return };
    if let Some(cursor) = moved(action, problems.cursor, page, problems.last()) {
        return problems.cursor = cursor;
    }
    match action {
        Action::Choose => match problems.finding().map(|finding| ref_of(&finding.code)) {
            Some(Some(at)) => {
                state.overlay = None;
                state.go(Place::Record(at), out);
            }
            Some(None) => state.message = Some(Message::note(words::OF_THE_REGISTER)),
            None => {}
        },
        Action::Dismiss => state.overlay = None,
        _ => {}
    }
}

/// Takes what was found, if the panel is still open.
pub(super) fn found(state: &mut State, found: Result<Vec<Finding>, Refusal>) {
    let Some(Overlay::Problems(problems)) = &mut state.overlay else { return };
    match found {
        Ok(findings) => {
            problems.findings = Some(findings);
            problems.cursor = problems.cursor.min(problems.last());
        }
        Err(refusal) => {
            state.overlay = None;
            state.message = Message::refused(&refusal);
        }
    }
}
