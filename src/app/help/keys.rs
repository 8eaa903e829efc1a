//! Keys of the open help.

use super::lines::beside;
use super::{Entry, Help, lines};
use crate::app::action::Action;
use crate::app::cursor::{TO_FIRST, TO_LAST};
use crate::app::input::Typed;
use crate::app::key::Key;
use crate::app::keymap::{Binding, Context, spelled};
use crate::app::state::{Message, Overlay, State};
use crate::app::{Effect, act, bind, words};
use crate::limits;
use crate::texts::Sentence;

/// Opens help over whatever is there.
pub fn open(state: &mut State) {
    state.pending.clear();
    state.overlay = Some(Overlay::Help(Help::of(state)));
}

/// Opens help, or closes it.
pub fn toggle(state: &mut State) {
    if matches!(state.overlay, Some(Overlay::Help(_))) { close(state) } else { open(state) }
}

/// Takes a key while help is open.
pub fn on_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    let Some(Overlay::Help(help)) = &mut state.overlay else { return };
    if help.rebinding.is_some() {
        return rebind_key(state, key, out);
    }
    let column = i64::from(state.size.help_rows());
    let page = i64::from(state.size.help_columns()) * column;
    match state.keymap.action(&[Context::Help], key) {
        Some(Action::Down) => turn(state, 1),
        Some(Action::Up) => turn(state, -1),
        Some(Action::Right) => leap(state, column),
        Some(Action::Left) => leap(state, -column),
        Some(Action::PageDown) => leap(state, page),
        Some(Action::PageUp) => leap(state, -page),
        Some(Action::First) => leap(state, TO_FIRST),
        Some(Action::Last) => leap(state, TO_LAST),
        Some(Action::Run) => run(state, out),
        Some(Action::Rebind) => help.rebinding = help.entry(&state.keymap).map(|_| Vec::new()),
        Some(Action::Dismiss) => close(state),
        // What opened it closes it, as long as it is no text.
        _ if key == Key::Char('?') && help.field.text().is_empty() => close(state),
        _ => {
            if help.field.key(key) == Typed::Changed {
                help.cursor = 0;
            }
        }
    }
}

/// Takes pasted text into what is searched.
pub fn paste(help: &mut Help, text: &str) {
    if help.rebinding.is_none() {
        help.field.paste_line(text);
        help.cursor = 0;
    }
}

/// Closes help; what lay there before lies there again.
fn close(state: &mut State) {
    if let Some(Overlay::Help(help)) = state.overlay.take() {
        state.overlay = help.under.map(|under| *under);
    }
}

/// The next entry, or the one before; behind the last comes the first.
fn turn(state: &mut State, by: isize) {
    if let Some(Overlay::Help(help)) = &mut state.overlay {
        let count = help.entries(&state.keymap).len().max(1);
        help.cursor = (help.cursor + count).saturating_add_signed(by) % count;
    }
}

/// The entry so many lines on, in the order of the columns.
fn leap(state: &mut State, by: i64) {
    if let Some(Overlay::Help(help)) = &mut state.overlay {
        let entries = help.entries(&state.keymap);
        help.cursor = beside(&lines(&entries, help.is_searching(), state.size), help.cursor, by);
    }
}

/// Does what the entry under the cursor says, where help was opened.
fn run(state: &mut State, out: &mut Vec<Effect>) {
    let Some((help, entry)) = here(state) else { return };
    if let Some(why) = help.why_not(state, &entry) {
        state.message = Some(Message::note(why));
        return;
    }
    close(state);
    act(state, entry.spec.action, out);
}

/// The open help and the entry under its cursor.
fn here(state: &State) -> Option<(&Help, Entry)> {
    match &state.overlay {
        Some(Overlay::Help(help)) => Some((help, help.entry(&state.keymap)?)),
        _ => None,
    }
}

/// Takes a key for the entry under the cursor: Enter adds what was pressed to its keys, Tab puts it in
/// their place, Esc leaves them.
fn rebind_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    let Some((help, entry)) = here(state) else { return };
    let context = entry.context(&state.keymap);
    let mut pressed = help.rebinding.clone().unwrap_or_default();
    match key {
        Key::Esc | Key::Enter | Key::Tab if pressed.is_empty() => return rebinding(state, None),
        Key::Esc => return rebinding(state, None),
        Key::Enter | Key::Tab => {
            let binding = |keys, action| Binding { context, keys, action };
            let mut bindings = vec![binding(pressed.clone(), Some(entry.spec.action))];
            if key == Key::Tab {
                let old = state.keymap.sequences(context, entry.spec.action).into_iter();
                bindings.extend(old.filter(|keys| *keys != pressed).map(|keys| binding(keys, None)));
            }
            if bind(state, bindings, out) {
                let sentence = Sentence::from(words::BOUND).with("keys", spelled(&pressed));
                state.message = Some(Message::good(sentence.with_word("what", entry.spec.says)));
                rebinding(state, None);
            } else {
                rebinding(state, Some(Vec::new()));
            }
            return;
        }
        Key::Backspace if !pressed.is_empty() => drop(pressed.pop()),
        key if pressed.len() < limits::CHORD => pressed.push(key),
        _ => {}
    }
    rebinding(state, Some(pressed));
}

fn rebinding(state: &mut State, keys: Option<Vec<Key>>) {
    if let Some(Overlay::Help(help)) = &mut state.overlay {
        help.rebinding = keys;
    }
}
