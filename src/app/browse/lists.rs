//! What narrows and orders a list.

use crate::app::Effect;
use crate::app::action::Action;
use crate::app::browse::act;
use crate::app::input::Typed;
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::list::ListKey;
use crate::app::state::{Menu, MenuDoes, MenuItem, Message, Overlay, Place, State};
use crate::entity::{Column, Order};
use crate::register::{Anchor, Shelves};
use crate::texts::text;

/// Takes a key while the words of a list are typed.
pub fn filter_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    let Place::List(list_key) = state.place() else { return };
    match state.keymap.action(&[Context::Filter, Context::Global], key) {
        Some(action) => filter_act(state, action, out),
        None => {
            if state.list_mut(list_key).words.key(key) == Typed::Changed {
                narrowed(state, list_key, out);
            }
        }
    }
}

/// Does an action while the words of a list are typed.
pub fn filter_act(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    let Place::List(list_key) = state.place() else { return };
    match action {
        Action::ClearFilter => {
            let list = state.list_mut(list_key);
            list.typing = false;
            clear_words(state, list_key, out);
        }
        Action::KeepFilter => keep_filter(state, list_key),
        Action::NextWord => complete(state, list_key, 1, out),
        Action::PrevWord => complete(state, list_key, -1, out),
        action => act(state, action, out),
    }
}

/// Takes pasted text while the words of a list are typed.
pub fn filter_paste(state: &mut State, pasted: &str, out: &mut Vec<Effect>) {
    if let Place::List(key) = state.place() {
        state.list_mut(key).words.paste_line(pasted);
        narrowed(state, key, out);
    }
}

/// Ends the typing; what of it takes no part is said.
fn keep_filter(state: &mut State, key: ListKey) {
    let reading = state.reading();
    let list = state.list_mut(key);
    list.typing = false;
    let problem = list.filter(&reading).problem(key.kind.table());
    state.message = problem.map(Message::bad);
}

/// Goes on with the filter in the next way there is, or in the one before.
fn complete(state: &mut State, key: ListKey, by: isize, out: &mut Vec<Effect>) {
    let lang = state.lang;
    if state.list_mut(key).words.complete(key.kind.table(), lang, by) {
        narrowed(state, key, out);
    }
}

pub(super) fn start_filter(state: &mut State) {
    if let Place::List(key) = state.place() {
        state.list_mut(key).typing = true;
    }
}

pub(super) fn clear_words(state: &mut State, key: ListKey, out: &mut Vec<Effect>) {
    state.list_mut(key).words.set("");
    state.ask_list(key, out);
}

fn narrowed(state: &mut State, key: ListKey, out: &mut Vec<Effect>) {
    let list = state.list_mut(key);
    list.page.total = None;
    state.ask_list_at(key, Anchor::First, out);
}

pub(super) fn sort_menu(state: &mut State) {
    let Some(list) = state.list() else { return };
    let table = list.key.kind.table();
    let columns = list.sortable();
    let cursor = columns.iter().position(|column| *column == list.order.first.0).unwrap_or(0);
    let items = columns
        .iter()
        .map(|column| MenuItem {
            label: table.head(*column).label.into(),
            does: MenuDoes::SortBy(*column),
            off: None,
        })
        .collect();
    state.overlay = Some(Overlay::Menu(Menu { title: text("Sort by", "排序"), items, cursor }));
}

pub(super) fn sort(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    let Place::List(key) = state.place() else { return };
    let list = state.list_mut(key);
    match action {
        Action::SortLeft => list.sort_beside(-1),
        Action::SortRight => list.sort_beside(1),
        _ => list.order.first.1 = list.order.first.1.reversed(),
    }
    sorted(state, key, out);
}

fn sorted(state: &mut State, key: ListKey, out: &mut Vec<Effect>) {
    let list = state.list_mut(key);
    list.at = None;
    list.row = 0;
    list.top = 0;
    if key.scope.is_none() {
        let order = Some(list.order).filter(|order| *order != Order::of(key.kind.table()));
        state.views.of_mut(key.kind).last.order = order;
        state.keep_views(key.kind, out);
    }
    state.ask_list_at(key, Anchor::First, out);
}

/// Puts rows under headings, or takes those away.
pub(super) fn group(state: &mut State, out: &mut Vec<Effect>) {
    let Place::List(key) = state.place() else { return };
    let list = state.list_mut(key);
    list.grouped = !list.grouped;
    let grouped = list.grouped;
    if key.scope.is_none() {
        state.views.of_mut(key.kind).last.grouped = grouped;
        state.keep_views(key.kind, out);
    }
    state.ask_list(key, out);
}

/// Orders the list by a column, and by what it was ordered by before.
pub(in crate::app) fn sort_by(state: &mut State, column: Column, out: &mut Vec<Effect>) {
    let Place::List(key) = state.place() else { return };
    let list = state.list_mut(key);
    list.order = list.order.chosen(key.kind.table(), column);
    sorted(state, key, out);
}

/// Shows what of a list is in use, or what was put away.
pub(in crate::app) fn show_shelf(state: &mut State, shelf: Shelves, out: &mut Vec<Effect>) {
    let Place::List(key) = state.place() else { return };
    let list = state.list_mut(key);
    list.shelf = shelf;
    list.at = None;
    list.row = 0;
    state.ask_list_at(key, Anchor::First, out);
}
