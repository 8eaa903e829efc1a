//! A field that holds one of a few words: turned through by keys, or chosen by typing letters of its
//! word in either language, or in pinyin.

use super::kept::keep;
use super::{Form, picker, several};
use crate::app::action::Action;
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::state::{Message, State};
use crate::app::{Effect, words};
use crate::domain::list::{Choice, Tone};
use crate::entity::{Meta, Shape};
use crate::lookup::query::Query;
use crate::lookup::rank::matches_text;
use crate::texts::{Lang, Sentence, text};

/// The words that match the letters typed in a field; the one under the cursor stands in it.
#[derive(Debug, Clone, PartialEq)]
pub struct WordPicker {
    /// The letters.
    pub typed: String,
    /// The words, as places in the list of the field.
    pub found: Vec<usize>,
    /// The place of the one under the cursor among them.
    pub at: usize,
    /// What the field held before.
    pub(super) before: String,
}

/// The words that the field under the cursor chooses from, if it does.
#[must_use]
pub fn choices(form: &Form) -> Option<&'static [Choice]> {
    form.focused().and_then(|field| form.meta(field)).and_then(words_of)
}

/// The words that a field chooses from, if it does.
#[must_use]
pub fn words_of(meta: &Meta) -> Option<&'static [Choice]> {
    match meta.shape {
        Shape::Choice(list) => Some(list),
        Shape::Bool => Some(YES_NO),
        _ => None,
    }
}

/// The words of a yes-or-no field.
const YES_NO: &[Choice] = &[
    Choice { key: "no", label: text("no", "否"), tone: Tone::Plain },
    Choice { key: "yes", label: text("yes", "是"), tone: Tone::Plain },
];

/// Takes a key into a field of choices: a letter narrows its words, Backspace widens them again.
pub(super) fn typed(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    let Some(form) = &mut state.form else { return };
    let before = form.focused().map(|field| field.input.text().to_owned()).unwrap_or_default();
    let mut letters = form.words.as_ref().map(|words| words.typed.clone()).unwrap_or_default();
    match key {
        Key::Char(c) => letters.push(c),
        Key::Backspace if !letters.is_empty() => drop(letters.pop()),
        // There is no text to be cut: without letters the field is made blank.
        Key::Backspace | Key::Delete => return clear(state, out),
        _ => return,
    }
    let before = form.words.take().map_or(before, |words| words.before);
    let Some(list) = choices(form) else { return };
    let found = matching(list, &letters);
    if letters.is_empty() {
        return set(state, &before, out);
    }
    if found.is_empty() {
        // The letter that leads nowhere is not taken; a new word may begin with it.
        let sentence = Sentence::from(words::NO_SUCH_WORD).with("typed", &letters);
        state.message = Some(Message::note(sentence));
        letters.pop();
        if letters.is_empty() {
            return;
        }
    }
    let found = if found.is_empty() { matching(list, &letters) } else { found };
    if let Some(form) = &mut state.form {
        form.words = Some(WordPicker { typed: letters, found, at: 0, before });
    }
    put(state);
    keep(state, out);
}

/// The words that match some letters: those that begin so first.
pub(super) fn matching(list: &[Choice], letters: &str) -> Vec<usize> {
    let lower = letters.to_lowercase();
    let query = Query::parse(letters);
    let labels = |choice: &Choice| Lang::ALL.map(|lang| choice.label.in_(lang).to_lowercase());
    let begins = |choice: &Choice| {
        choice.key.starts_with(&lower) || labels(choice).iter().any(|label| label.starts_with(&lower))
    };
    let holds = |choice: &Choice| labels(choice).iter().any(|label| matches_text(&query, label));
    let all = || list.iter().enumerate();
    let first = all().filter(|(_, choice)| begins(choice));
    let rest = all().filter(|(_, choice)| !begins(choice) && holds(choice));
    first.chain(rest).map(|(at, _)| at).collect()
}

/// Takes a key while words are offered. Whether it was one of theirs.
pub(super) fn on_key(state: &mut State, key: Key) -> bool {
    state.keymap.action(&[Context::Picker], key).is_some_and(|action| act(state, action))
}

/// Does an action while words are offered. Whether it was one.
pub(super) fn act(state: &mut State, action: Action) -> bool {
    if state.form.as_ref().is_some_and(|form| several(form).is_some()) {
        return several::act(state, action);
    }
    let Some(words) = state.form.as_mut().and_then(|form| form.words.as_mut()) else { return false };
    let last = words.found.len().saturating_sub(1);
    match action {
        Action::Down => words.at = (words.at + 1).min(last),
        Action::Up => words.at = words.at.saturating_sub(1),
        Action::Choose => {
            return {
                close(state);
                true
            };
        }
        Action::Dismiss => {
            let before = words.before.clone();
            close(state);
            if let Some(field) = state.form.as_mut().and_then(Form::focused_mut) {
                field.input.set(before);
            }
            return true;
        }
        _ => return false,
    }
    put(state);
    true
}

/// Offers no words any more; the one that stands in the field stays.
pub(super) fn close(state: &mut State) {
    if let Some(form) = &mut state.form {
        form.words = None;
    }
}

/// Puts the word under the cursor into the field.
fn put(state: &mut State) {
    let Some(form) = &mut state.form else { return };
    let word = choices(form).zip(form.words.as_ref()).and_then(|(list, words)| {
        words.found.get(words.at).and_then(|at| list.get(*at)).map(|choice| choice.key)
    });
    if let (Some(word), Some(field)) = (word, form.focused_mut()) {
        field.input.set(word);
        field.error = None;
    }
}

fn clear(state: &mut State, out: &mut Vec<Effect>) {
    let form = state.form.as_ref();
    let required = form.and_then(|form| form.meta(form.focused()?)).is_some_and(|meta| meta.required);
    if !required {
        set(state, "", out);
    }
}

fn set(state: &mut State, word: &str, out: &mut Vec<Effect>) {
    picker::close(state);
    if let Some(field) = state.form.as_mut().and_then(Form::focused_mut) {
        field.input.set(word);
        field.error = None;
    }
    keep(state, out);
}

/// Turns through the words; a field that may be blank has the blank as one more, before the first.
pub(super) fn cycle(state: &mut State, by: isize, out: &mut Vec<Effect>) {
    close(state);
    let Some(form) = &state.form else { return };
    let Some(list) = choices(form) else { return };
    let Some(field) = form.focused() else { return };
    let blank = usize::from(!form.meta(field).is_some_and(|meta| meta.required));
    let count = list.len() + blank;
    let now = list.iter().position(|choice| choice.key == field.input.text()).map_or(0, |at| at + blank);
    let next = (now + count).saturating_add_signed(by) % count;
    let word = next.checked_sub(blank).and_then(|at| list.get(at)).map_or("", |choice| choice.key);
    set(state, word, out);
}
