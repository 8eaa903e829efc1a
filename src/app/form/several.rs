//! A field that holds several of a few words: its list is opened by Space or a letter, Space takes a
//! word in or out, letters of either language or pinyin narrow it.
//!
//! What stands in the field is always a text that can be read: the words that are taken, in the order
//! of the list.

use super::Form;
use super::kept::keep;
use super::word::{WordPicker, matching};
use crate::app::action::Action;
use crate::app::key::Key;
use crate::app::state::{Message, State};
use crate::app::{Effect, words};
use crate::domain::list::Choice;
use crate::entity::input::{find, split_words};
use crate::entity::{Meta, Shape, Value, show};
use crate::texts::Sentence;

/// The words that a field takes several of, if it does.
#[must_use]
pub fn several_of(meta: &Meta) -> Option<&'static [Choice]> {
    match meta.shape {
        Shape::Choices(list) => Some(list),
        _ => None,
    }
}

/// The words that the field under the cursor takes several of, if it does.
#[must_use]
pub fn several(form: &Form) -> Option<&'static [Choice]> {
    form.focused().and_then(|field| form.meta(field)).and_then(several_of)
}

/// The words of a list that stand in a text.
#[must_use]
pub fn taken(list: &'static [Choice], text: &str) -> Vec<&'static Choice> {
    let words = split_words(text);
    let found: Vec<&Choice> = words.iter().filter_map(|word| find(list, word)).collect();
    list.iter().filter(|choice| found.contains(choice)).collect()
}

/// Takes a key into the field: a letter narrows its list, Backspace widens it again.
pub(super) fn typed(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    let Some(form) = &mut state.form else { return };
    let Some(list) = several(form) else { return };
    let letters = form.words.as_ref().map(|words| words.typed.clone());
    let mut letters = match (key, letters) {
        (Key::Backspace | Key::Delete, None) => return put(state, &[], out),
        (Key::Backspace, Some(mut letters)) => {
            letters.pop();
            letters
        }
        (Key::Char(c), letters) => {
            let mut letters = letters.unwrap_or_default();
            letters.push(c);
            letters
        }
        _ => return,
    };
    let mut found = matching(list, &letters);
    if found.is_empty() {
        let sentence = Sentence::from(words::NO_SUCH_WORD).with("typed", &letters);
        state.message = Some(Message::note(sentence));
        letters.pop();
        found = matching(list, &letters);
    }
    if let Some(form) = &mut state.form {
        let before = before(form);
        form.words = Some(WordPicker { typed: letters, found, at: 0, before });
    }
}

/// Opens the list, or goes on in it.
pub(super) fn step(state: &mut State, by: isize) {
    let Some(form) = &mut state.form else { return };
    let Some(list) = several(form) else { return };
    match &mut form.words {
        Some(words) => {
            let last = words.found.len().saturating_sub(1);
            words.at = words.at.saturating_add_signed(by).min(last);
        }
        None => {
            let before = before(form);
            form.words =
                Some(WordPicker { typed: String::new(), found: (0..list.len()).collect(), at: 0, before });
        }
    }
}

/// Takes the word under the cursor in or out; a closed list is opened first.
pub(super) fn toggle(state: &mut State, out: &mut Vec<Effect>) {
    let Some(form) = &mut state.form else { return };
    let Some(list) = several(form) else { return };
    let Some(words) = &mut form.words else { return step(state, 0) };
    let Some(choice) = words.found.get(words.at).and_then(|at| list.get(*at)) else { return };
    // The letters have done their work: the next ones are of another word.
    words.at = list.iter().position(|other| other == choice).unwrap_or(0);
    words.found = (0..list.len()).collect();
    words.typed.clear();
    let text = form.focused().map(|field| field.input.text().to_owned()).unwrap_or_default();
    let mut all = taken(list, &text);
    if all.contains(&choice) {
        all.retain(|other| *other != choice);
    } else {
        all.push(choice);
    }
    let all: Vec<&'static Choice> = list.iter().filter(|choice| all.contains(choice)).collect();
    put(state, &all, out);
}

/// Does an action of the open list. Whether it was one.
pub(super) fn act(state: &mut State, action: Action) -> bool {
    let Some(words) = state.form.as_ref().and_then(|form| form.words.as_ref()) else { return false };
    let before = words.before.clone();
    match action {
        Action::Down => step(state, 1),
        Action::Up => step(state, -1),
        Action::Choose => super::word::close(state),
        Action::Dismiss => {
            super::word::close(state);
            if let Some(field) = state.form.as_mut().and_then(Form::focused_mut) {
                field.input.set(before);
            }
        }
        _ => return false,
    }
    true
}

/// What the field held before its list was opened.
fn before(form: &Form) -> String {
    let open = form.words.as_ref().map(|words| words.before.clone());
    open.or_else(|| form.focused().map(|field| field.input.text().to_owned())).unwrap_or_default()
}

fn put(state: &mut State, all: &[&'static Choice], out: &mut Vec<Effect>) {
    let text = if all.is_empty() { String::new() } else { show::plain(&Value::Choices(all.to_vec())) };
    if let Some(field) = state.form.as_mut().and_then(Form::focused_mut) {
        field.input.set(text);
        field.error = None;
    }
    keep(state, out);
}
