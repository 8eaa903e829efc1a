//! The picker of a field that links: what is found for the text that is typed there.
//!
//! It belongs to one field. A question that is open when the field is left is forgotten, so that
//! a late answer never lands on another field.

use super::Form;
use crate::app::Effect;
use crate::app::action::Action;
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::state::State;
use crate::entity::Shape;
use crate::limits;
use crate::register::{Found, Request, Slot};

/// What a field that links offers.
#[derive(Debug, Clone, PartialEq)]
pub struct Picker {
    /// The place of the field in the form.
    pub field: usize,
    /// The hits, best first; none before the answer is there.
    pub hits: Vec<Found>,
    /// The hit under the cursor; `None` while the text itself is meant.
    pub at: Option<usize>,
}

/// Asks for what the text of the field under the cursor may mean, if that links.
pub(super) fn ask(state: &mut State, out: &mut Vec<Effect>) {
    close(state);
    let Some(form) = &mut state.form else { return };
    let Some(field) = form.focused() else { return };
    let text = field.input.text().trim().to_owned();
    if let Some(Shape::Link(kind)) = form.meta(field).map(|meta| meta.shape)
        && !text.is_empty()
    {
        form.picker = Some(Picker { field: form.focus, hits: Vec::new(), at: None });
        state.ask(Slot::Find, Request::Find { text, kinds: vec![kind] }, out);
    }
}

/// Closes the picker; an answer still to come is no longer wanted.
pub(super) fn close(state: &mut State) {
    if let Some(form) = &mut state.form
        && form.picker.take().is_some()
    {
        state.forget(Slot::Find);
    }
}

/// Takes what was found.
pub fn suggest(state: &mut State, hits: Vec<Found>) {
    let Some(form) = &mut state.form else { return };
    if let Some(picker) = form.picker.as_mut().filter(|picker| picker.field == form.focus) {
        picker.hits = hits;
        picker.hits.truncate(limits::PICKS);
        picker.at = None;
    }
}

/// Takes a key while hits are shown. Whether it was one of the picker's: Enter is, where a hit is
/// under the cursor.
pub(super) fn on_key(state: &mut State, key: Key) -> bool {
    state.keymap.action(&[Context::Picker], key).is_some_and(|action| act(state, action))
}

/// Does an action of the picker while hits are shown. Whether it was one.
pub(super) fn act(state: &mut State, action: Action) -> bool {
    let Some(picker) = state.form.as_mut().and_then(|form| form.picker.as_mut()) else { return false };
    let Some(last) = picker.hits.len().checked_sub(1) else { return false };
    match (action, picker.at) {
        (Action::Down, at) => picker.at = Some(at.map_or(0, |at| at + 1).min(last)),
        (Action::Up, Some(at)) => picker.at = at.checked_sub(1),
        (Action::Choose, Some(at)) => {
            let hit = picker.hits.get(at).cloned();
            close(state);
            take(state, hit);
        }
        (Action::Dismiss, _) => close(state),
        _ => return false,
    }
    true
}

fn take(state: &mut State, hit: Option<Found>) {
    if let (Some(field), Some(hit)) = (state.form.as_mut().and_then(Form::focused_mut), hit) {
        field.input.set(hit.title.clone());
        field.picked = Some((hit.title, hit.code));
        field.error = None;
    }
}
