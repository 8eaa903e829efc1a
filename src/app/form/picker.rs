//! What a field offers for the text that is typed there: the records that a link may mean, or the
//! values that such a field already has in the register.
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
use crate::lookup::query::Query;
use crate::lookup::rank::matches_text;
use crate::register::{Found, Request, Slot};

/// What a field offers.
#[derive(Debug, Clone, PartialEq)]
pub struct Picker {
    /// The place of the field in the form.
    pub field: usize,
    /// What is offered, best first; none before the answer is there.
    pub hits: Vec<Pick>,
    /// The one under the cursor; `None` while the text itself is meant.
    pub at: Option<usize>,
}

/// One thing a field offers.
#[derive(Debug, Clone, PartialEq)]
pub struct Pick {
    /// What it is called.
    pub title: String,
    /// The code of the record; empty for a value.
    pub code: String,
}

/// What parts the words of a list.
const COMMAS: [char; 5] = [',', '，', ';', '；', '、'];

/// Offers what the text of the field under the cursor may mean, if that links or its values repeat.
pub(super) fn ask(state: &mut State, out: &mut Vec<Effect>) {
    close(state);
    learn(state, out);
    let Some(form) = &mut state.form else { return };
    let Some(field) = form.focused() else { return };
    let text = field.input.text().trim().to_owned();
    if let Some(Shape::Link(kind)) = form.meta(field).map(|meta| meta.shape)
        && !text.is_empty()
    {
        form.picker = Some(Picker { field: form.focus, hits: Vec::new(), at: None });
        state.ask(Slot::Find, Request::Find { text, kinds: vec![kind] }, out);
        return;
    }
    form.picker = known(form);
}

/// Asks which values the field under the cursor has in the register, where they repeat: once a form,
/// and before the first letter is typed.
pub(super) fn learn(state: &mut State, out: &mut Vec<Effect>) {
    let Some(form) = &state.form else { return };
    let repeats = form.focused().and_then(|field| form.meta(field)).filter(|meta| meta.repeats);
    if let Some(meta) = repeats.filter(|meta| !form.known.contains_key(meta.key)) {
        let request = Request::Known(meta.key);
        if !state.is_asked(Slot::Known, &request) {
            state.ask(Slot::Known, request, out);
        }
    }
}

/// Takes the values that a field has in the register.
pub fn learnt(state: &mut State, key: &'static str, values: Vec<String>) {
    let Some(form) = &mut state.form else { return };
    form.known.insert(key, values);
    let is_typed = form.focused().is_some_and(|field| Form::is_changed(field) && form.picker.is_none());
    if is_typed {
        form.picker = known(form);
    }
}

/// The known values that the text of the field under the cursor may mean; of a list, its last word.
fn known(form: &Form) -> Option<Picker> {
    let field = form.focused()?;
    let meta = form.meta(field)?;
    let values = form.known.get(meta.key)?;
    let (before, typed) = parted(meta.shape, field.input.text());
    if typed.is_empty() {
        return None;
    }
    let taken: Vec<&str> = before.split(COMMAS).map(str::trim).collect();
    let lower = typed.to_lowercase();
    let query = Query::parse(typed);
    let is_free = |value: &&String| *value != typed && !taken.contains(&value.as_str());
    let begins = |value: &&String| value.to_lowercase().starts_with(&lower);
    let first = values.iter().filter(is_free).filter(begins);
    let rest = values.iter().filter(is_free).filter(|value| !begins(value) && matches_text(&query, value));
    let picks = first.chain(rest).take(limits::PICKS);
    let hits: Vec<Pick> = picks.map(|value| Pick { title: value.clone(), code: String::new() }).collect();
    (!hits.is_empty()).then_some(Picker { field: form.focus, hits, at: None })
}

/// The part of a text that is being typed, and what stands before it: of a list, its last word.
fn parted(shape: Shape, text: &str) -> (&str, &str) {
    let at = match shape {
        Shape::List => {
            text.char_indices().rfind(|(_, c)| COMMAS.contains(c)).map(|(at, c)| at + c.len_utf8())
        }
        _ => None,
    };
    let (before, typed) = text.split_at_checked(at.unwrap_or(0)).unwrap_or(("", text));
    (before, typed.trim())
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
        picker.hits = hits.into_iter().map(|hit| Pick { title: hit.title, code: hit.code }).collect();
        picker.hits.truncate(limits::PICKS);
        picker.at = None;
    }
}

/// Takes a key while something is offered. Whether it was one of the picker's: Enter is, where
/// something is under the cursor.
pub(super) fn on_key(state: &mut State, key: Key) -> bool {
    state.keymap.action(&[Context::Picker], key).is_some_and(|action| act(state, action))
}

/// Does an action of the picker while something is offered. Whether it was one.
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

fn take(state: &mut State, hit: Option<Pick>) {
    let Some(form) = &mut state.form else { return };
    let shape = form.focused().and_then(|field| form.meta(field)).map(|meta| meta.shape);
    let (Some(field), Some(hit), Some(shape)) = (form.focused_mut(), hit, shape) else { return };
    field.error = None;
    if hit.code.is_empty() {
        let (before, _) = parted(shape, field.input.text());
        let gap = if before.is_empty() { "" } else { " " };
        let text = format!("{before}{gap}{}", hit.title);
        field.input.set(text);
    } else {
        field.input.set(hit.title.clone());
        field.picked = Some((hit.title, hit.code));
    }
}
