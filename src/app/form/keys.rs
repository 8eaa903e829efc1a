//! Keys, pasted text and the picker of an open form.

use super::save::save;
use super::{Form, choices, keep, leave};
use crate::app::action::Action;
use crate::app::input::Typed;
use crate::app::key::Key;
use crate::app::keymap::{Context, Meaning};
use crate::app::state::{Editing, Message, State};
use crate::app::{Effect, browse, words};
use crate::domain::list::Choice;
use crate::entity::{Shape, input};
use crate::register::{Found, Request, Slot};

/// Takes a key.
pub fn on_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    let Some(form) = &mut state.form else { return };
    if form.saving.is_some() {
        state.message = Some(Message::note(words::STILL_SAVING));
        return;
    }
    if pick(form, key) {
        return keep(state, out);
    }
    let is_long = form.focused().and_then(|f| form.meta(f)).is_some_and(|m| m.shape == Shape::Long);
    if is_long && key == Key::Enter {
        return typed(state, Key::Char('\n'), out);
    }
    let contexts: &[Context] = match choices(form) {
        Some(_) => &[Context::Choice, Context::Form, Context::Global],
        None => &[Context::Form, Context::Global],
    };
    match state.keymap.resolve(contexts, &[key]) {
        Meaning::Do(Action::Close) => act(state, Action::LeaveForm, out),
        Meaning::Do(action @ (Action::Redraw | Action::Suspend)) => browse::act(state, action, out),
        Meaning::Do(Action::FindAnything) => state.message = Some(Message::note(words::NOT_IN_FORMS)),
        Meaning::Do(action) => act(state, action, out),
        _ => typed(state, key, out),
    }
}

/// Does an action of the form.
pub fn act(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    let Some(form) = &mut state.form else { return };
    let last = form.fields.len().saturating_sub(1);
    match action {
        Action::NextField => leave_field(state, |focus| if focus >= last { 0 } else { focus + 1 }),
        Action::PrevField => leave_field(state, |focus| focus.checked_sub(1).unwrap_or(last)),
        Action::PrevWord => cycle(state, -1, out),
        Action::NextWord => cycle(state, 1, out),
        Action::ResetField => {
            if let Some(field) = form.fields.get_mut(form.focus) {
                field.input.set(field.original.clone());
                field.error = None;
            }
            keep(state, out);
        }
        Action::Save => save(state, out),
        Action::OpenEditor => {
            let text = form.focused().map(|field| field.input.text().to_owned()).unwrap_or_default();
            state.editing = Some(Editing::Field);
            out.push(Effect::OpenEditor(text));
        }
        Action::LeaveForm => leave(state, out),
        _ => {}
    }
}

/// Takes pasted text into the field under the cursor; a one-line field keeps one line.
pub fn paste(state: &mut State, pasted: &str, out: &mut Vec<Effect>) {
    let Some(form) = &mut state.form else { return };
    let is_long = form.focused().and_then(|f| form.meta(f)).is_some_and(|m| m.shape == Shape::Long);
    let pasted = if is_long {
        pasted.to_owned()
    } else {
        pasted.trim_end_matches(['\r', '\n']).replace(['\r', '\n'], " ")
    };
    if let Some(field) = form.fields.get_mut(form.focus) {
        field.input.paste(&pasted);
        field.error = None;
    }
    keep(state, out);
}

/// Takes the text of the editor into the field under the cursor.
pub fn edited(state: &mut State, text: &str, out: &mut Vec<Effect>) {
    let Some(form) = &mut state.form else { return };
    if let Some(field) = form.fields.get_mut(form.focus) {
        field.input.set(text.trim_end().to_owned());
        field.error = None;
    }
    keep(state, out);
}

/// Takes what the picker offers.
pub fn suggest(state: &mut State, hits: Vec<Found>) {
    if let Some(form) = &mut state.form {
        form.suggestions = hits;
        form.suggestion = None;
    }
}

/// The keys of the picker while it is open. Whether the key was one of them.
fn pick(form: &mut Form, key: Key) -> bool {
    if form.suggestions.is_empty() {
        return false;
    }
    let last = form.suggestions.len() - 1;
    match (key, form.suggestion) {
        (Key::Down, None) => form.suggestion = Some(0),
        (Key::Down, Some(at)) => form.suggestion = Some((at + 1).min(last)),
        (Key::Up, Some(0)) => form.suggestion = None,
        (Key::Up, Some(at)) => form.suggestion = Some(at - 1),
        (Key::Enter, at) => {
            let Some(hit) = form.suggestions.get(at.unwrap_or(0)).cloned() else { return false };
            if let Some(field) = form.fields.get_mut(form.focus) {
                field.input.set(hit.title.clone());
                field.picked = Some((hit.title, hit.code));
                field.error = None;
            }
            form.suggestions.clear();
        }
        (Key::Esc, _) => form.suggestions.clear(),
        _ => return false,
    }
    true
}

fn typed(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    let Some(form) = &mut state.form else { return };
    let Some(meta) = form.focused().and_then(|field| form.meta(field)) else { return };
    if let (Some(list), Key::Char(c)) = (choices(form), key) {
        return first_with(state, list, c, out);
    }
    let Some(field) = form.fields.get_mut(form.focus) else { return };
    if field.input.key(key) != Typed::Changed {
        return;
    }
    field.error = None;
    let text = field.input.text().trim().to_owned();
    form.suggestions.clear();
    form.suggestion = None;
    if let Shape::Link(kind) = meta.shape
        && !text.is_empty()
    {
        state.ask(Slot::Find, Request::Find { text, kinds: vec![kind] }, out);
    }
    keep(state, out);
}

/// The next word of a choice field that begins with a letter.
fn first_with(state: &mut State, list: &'static [Choice], letter: char, out: &mut Vec<Effect>) {
    let lang = state.lang;
    let Some(form) = &mut state.form else { return };
    let Some(field) = form.fields.get_mut(form.focus) else { return };
    let now = list.iter().position(|choice| choice.key == field.input.text());
    let starts = |choice: &Choice| {
        let label = choice.label.in_(lang).chars().next().map(|c| c.to_lowercase().to_string());
        label == Some(letter.to_lowercase().to_string()) || choice.key.starts_with(letter)
    };
    let from = now.map_or(0, |at| at + 1);
    let after = list.iter().skip(from).find(|choice| starts(choice));
    if let Some(choice) = after.or_else(|| list.iter().find(|choice| starts(choice))) {
        field.input.set(choice.key);
        field.error = None;
        keep(state, out);
    }
}

fn cycle(state: &mut State, by: isize, out: &mut Vec<Effect>) {
    let Some(form) = &mut state.form else { return };
    let Some(list) = choices(form) else { return };
    let required = form.focused().and_then(|field| form.meta(field)).is_some_and(|meta| meta.required);
    let Some(field) = form.fields.get_mut(form.focus) else { return };
    // A field that may be blank has the blank as one more word, before the first.
    let blank = usize::from(!required);
    let count = list.len() + blank;
    let now = list.iter().position(|choice| choice.key == field.input.text()).map_or(0, |at| at + blank);
    let next = (now + count).saturating_add_signed(by) % count;
    let word = next.checked_sub(blank).and_then(|at| list.get(at)).map_or("", |choice| choice.key);
    field.input.set(word);
    field.error = None;
    keep(state, out);
}

/// Errors show when a field is left, not while one types.
fn leave_field(state: &mut State, to: impl Fn(usize) -> usize) {
    let reading = state.reading();
    let Some(form) = &mut state.form else { return };
    form.suggestions.clear();
    form.suggestion = None;
    let meta = form.focused().and_then(|field| form.meta(field));
    if let (Some(meta), Some(field)) = (meta, form.fields.get_mut(form.focus)) {
        field.error = input::read(meta, field.input.text(), &reading).err();
    }
    form.focus = to(form.focus);
}
