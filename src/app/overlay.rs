//! Keys while something lies over the screen.

use crate::app::action::Action;
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::state::{Menu, MenuDoes, Message, Overlay, State};
use crate::app::{
    Effect, browse, bulk, clauses, columns, command, copy, deeds, erasing, explain, export, finder, form,
    help, levels, money, present, problems, proposal, settings, standing, views, welcome, words,
};
use crate::texts::Sentence;

/// Takes a key while something lies over the screen.
pub fn on_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    match state.overlay {
        Some(Overlay::Find(_)) => finder::on_key(state, key, out),
        Some(Overlay::Command(_)) => command::on_key(state, key, out),
        Some(Overlay::Drafts(_)) => form::offer::on_key(state, key, out),
        Some(Overlay::Help(_)) => help::on_key(state, key, out),
        Some(Overlay::Welcome(_)) => welcome::on_key(state, key, out),
        Some(Overlay::Menu(_)) => menu_key(state, state.board.command(key), out),
        Some(Overlay::Problems(_)) => problems::on_key(state, key, out),
        Some(Overlay::Erase(_)) => erasing::on_key(state, key, out),
        Some(Overlay::Settings(_)) => settings::on_key(state, key, out),
        // Whatever is pressed, it was seen.
        Some(Overlay::Shown(_)) => state.overlay = None,
        Some(Overlay::Columns(_)) => columns::on_key(state, key, out),
        Some(Overlay::Views(_)) => views::on_key(state, key, out),
        Some(Overlay::Confirm(_)) => bulk::confirm_key(state, key, out),
        Some(Overlay::Misfits(_)) => bulk::misfits_key(state, key, out),
        Some(Overlay::Explained(_)) => explain::on_key(state, key),
        Some(Overlay::Clauses(_)) => clauses::on_key(state, key, out),
        Some(Overlay::Levels(_)) => levels::on_key(state, key, out),
        Some(Overlay::Money(_)) => money::on_key(state, key),
        Some(Overlay::Proposal(_)) => proposal::on_key(state, key, out),
        Some(Overlay::Standing(_)) => standing::on_key(state, key, out),
        None => {}
    }
}

fn menu_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    match state.keymap.action(&[Context::Menu], key) {
        Some(action) => menu_act(state, action, out),
        None => no_action(state, key),
    }
}

/// Does an action of a menu.
pub(super) fn menu_act(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    match action {
        Action::Down => turn(state, 1),
        Action::Up => turn(state, -1),
        Action::Choose => choose(state, out),
        Action::Dismiss => state.overlay = None,
        _ => {}
    }
}

/// Where a cursor is after an action that moves it among lines; `None` for all other actions.
pub(super) fn moved(action: Action, cursor: usize, page: u16, last: usize) -> Option<usize> {
    let page = isize::try_from(page).unwrap_or(1);
    let by = match action {
        Action::Down => 1,
        Action::Up => -1,
        Action::PageDown => page,
        Action::PageUp => -page,
        Action::First => isize::MIN,
        Action::Last => isize::MAX,
        _ => return None,
    };
    Some(cursor.saturating_add_signed(by).min(last))
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
    let Some(Overlay::Menu(menu)) = &state.overlay else { return };
    if let Some(why) = menu.items.get(menu.cursor).and_then(|item| item.off.clone()) {
        return state.message = Some(Message::note(why));
    }
    let Some(Overlay::Menu(menu)) = state.overlay.take() else { return };
    let Some(item) = menu.items.into_iter().nth(menu.cursor) else { return };
    match item.does {
        MenuDoes::SortBy(column) => browse::sort_by(state, column, out),
        MenuDoes::Copy(part) => copy::part(state, part, out),
        MenuDoes::Export(format) => export::propose(state, format, out),
        MenuDoes::TakeUp(at) => present::take_up(state, Some(at), out),
        MenuDoes::Convene(wish) => present::convene(state, *wish, out),
        MenuDoes::Deed(deed) => deeds::start(state, deed, out),
        MenuDoes::Add(kind, linked) => form::add(state, kind, linked, out),
    }
}
