//! Keys while something lies over the screen.

use crate::app::action::Action;
use crate::app::key::{Key, folded};
use crate::app::keymap::Context;
use crate::app::state::{Menu, MenuDoes, Message, Overlay, State};
use crate::app::{Effect, browse, command, finder, form, help, words};
use crate::texts::Sentence;

/// Takes a key while something lies over the screen.
pub fn on_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    match state.overlay {
        Some(Overlay::Find(_)) => finder::on_key(state, key, out),
        Some(Overlay::Command(_)) => command::on_key(state, key, out),
        Some(Overlay::Drafts(_)) => form::offer::on_key(state, key, out),
        Some(Overlay::Help { top }) => help_key(state, top, folded(key)),
        Some(Overlay::Menu(_)) => menu_key(state, folded(key), out),
        None => {}
    }
}

/// Scrolls the keys, never past the last line.
fn help_key(state: &mut State, top: usize, key: Key) {
    let last = help::last_top(&state.keymap, state.size);
    let page = usize::from(state.size.help_rows());
    let to = match state.keymap.action(&[Context::Help], key) {
        Some(Action::Down) => top + 1,
        Some(Action::Up) => top.min(last).saturating_sub(1),
        Some(Action::PageDown) => top + page,
        Some(Action::PageUp) => top.min(last).saturating_sub(page),
        Some(Action::First) => 0,
        Some(Action::Last) => last,
        Some(Action::Dismiss) => return state.overlay = None,
        _ => return no_action(state, key),
    };
    state.overlay = Some(Overlay::Help { top: to.min(last) });
}

fn menu_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    match state.keymap.action(&[Context::Menu], key) {
        Some(Action::Down) => turn(state, 1),
        Some(Action::Up) => turn(state, -1),
        Some(Action::Choose) => choose(state, out),
        Some(Action::Dismiss) => state.overlay = None,
        _ => no_action(state, key),
    }
}

/// A key that means nothing changes nothing.
pub(super) fn no_action(state: &mut State, key: Key) {
    state.message = Some(Message::note(Sentence::from(words::NO_ACTION_INSIDE).with("key", key)));
}

/// Moves the cursor of a menu; behind the last item comes the first.
fn turn(state: &mut State, by: isize) {
    if let Some(Overlay::Menu(Menu { items, cursor, .. })) = &mut state.overlay {
        let len = items.len().max(1);
        *cursor = (*cursor + len).saturating_add_signed(by) % len;
    }
}

fn choose(state: &mut State, out: &mut Vec<Effect>) {
    let Some(Overlay::Menu(menu)) = state.overlay.take() else { return };
    let Some(item) = menu.items.into_iter().nth(menu.cursor) else { return };
    match item.does {
        MenuDoes::SortBy(column) => browse::sort_by(state, column, out),
        MenuDoes::Add(kind, linked) => form::add(state, kind, linked, out),
    }
}
