//! Keys while something lies over the screen.

use crate::app::key::{Key, folded};
use crate::app::state::{MenuDoes, Overlay, State};
use crate::app::{Effect, browse, command, finder, form};

/// Takes a key while something lies over the screen.
pub fn on_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    match &mut state.overlay {
        Some(Overlay::Find(_)) => finder::on_key(state, key, out),
        Some(Overlay::Command(_)) => command::on_key(state, key, out),
        Some(Overlay::Drafts(_)) => form::offer::on_key(state, key, out),
        Some(Overlay::Help { top }) => match folded(key) {
            Key::Down | Key::Char('j') => *top += 1,
            Key::Up | Key::Char('k') => *top = top.saturating_sub(1),
            Key::PageDown | Key::Char(' ') | Key::Ctrl('d') => *top += 10,
            Key::PageUp | Key::Ctrl('u') => *top = top.saturating_sub(10),
            Key::Home => *top = 0,
            Key::Ctrl('l') => out.push(Effect::Redraw),
            _ => state.overlay = None,
        },
        Some(Overlay::Menu(menu)) => match folded(key) {
            Key::Down | Key::Char('j') | Key::Tab => {
                menu.cursor = (menu.cursor + 1) % menu.items.len().max(1);
            }
            Key::Up | Key::Char('k') | Key::BackTab => {
                menu.cursor = (menu.cursor + menu.items.len().saturating_sub(1)) % menu.items.len().max(1);
            }
            Key::Enter | Key::Char('l') | Key::Right => choose(state, out),
            Key::Ctrl('l') => out.push(Effect::Redraw),
            _ => state.overlay = None,
        },
        None => {}
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
