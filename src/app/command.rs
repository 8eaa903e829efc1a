//! The command line: the word of an action, a jump, or a setting of the session.

use crate::app::action::Action;
use crate::app::input::{TextField, Typed};
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::list::ListKey;
use crate::app::state::{Message, Overlay, Place, State};
use crate::app::{Effect, browse, words};
use crate::entity::Kind;
use crate::register::{Anchor, Shelves};
use crate::texts::{Lang, Sentence, Text};

/// The themes there are; the first is that of who names none.
pub const THEMES: [&str; 2] = ["dark", "light"];

/// The command line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CommandLine {
    /// What is typed.
    pub field: TextField,
}

/// Takes a key.
pub fn on_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    let Some(Overlay::Command(line)) = &mut state.overlay else { return };
    match state.keymap.action(&[Context::Command], key) {
        Some(Action::Dismiss) => state.overlay = None,
        Some(Action::Run) => {
            let words = line.field.text().trim().to_owned();
            state.overlay = None;
            run(state, &words, out);
        }
        _ if key == Key::Backspace && line.field.text().is_empty() => state.overlay = None,
        _ => {
            let _: Typed = line.field.key(key);
        }
    }
}

/// Does what a command says.
pub fn run(state: &mut State, words: &str, out: &mut Vec<Effect>) {
    let (word, rest) = words.split_once(' ').map_or((words, ""), |(word, rest)| (word, rest.trim()));
    match word {
        "" => {}
        "q" | "quit" => out.push(Effect::Quit),
        "lang" => set_lang(state, rest),
        "theme" => set_theme(state, rest),
        "archived" => show_shelf(state, Shelves::Archived, out),
        "open" if shelf(state) == Some(Shelves::Archived) => show_shelf(state, Shelves::Open, out),
        "history" if rest.is_empty() && state.selected().is_none() => state.go(Place::History(None), out),
        "changes" => state.go(Place::History(None), out),
        "add" if !rest.is_empty() => match Kind::from_word(rest) {
            Some(kind) => super::form::add(state, kind, None, out),
            None => state.message = Some(no_such(words::UNKNOWN_KIND, rest)),
        },
        _ => other(state, word, rest, out),
    }
}

fn other(state: &mut State, word: &str, rest: &str, out: &mut Vec<Effect>) {
    if let Ok(row) = word.parse::<u64>() {
        return go_to_row(state, row, out);
    }
    if let Some(at) = crate::register::ref_of(word) {
        return state.go(Place::Record(at), out);
    }
    if let Some(kind) = Kind::from_word(word) {
        let key = ListKey { kind, scope: None };
        let list = state.list_mut(key);
        if !rest.is_empty() {
            list.words.set(rest);
        }
        return state.go(Place::List(key), out);
    }
    match Action::from_word(word) {
        Some(action) => browse::act(state, action, out),
        None => state.message = Some(no_such(words::UNKNOWN_COMMAND, word)),
    }
}

fn no_such(says: Text, word: &str) -> Message {
    Message::bad(Sentence::from(says).with("word", word))
}

/// Which records the list one is at shows.
fn shelf(state: &State) -> Option<Shelves> {
    state.list().map(|list| list.shelf)
}

fn set_lang(state: &mut State, word: &str) {
    match Lang::from_word(word) {
        Some(lang) => state.lang = lang,
        None => {
            let words = Lang::ALL.map(Lang::word).join(", ");
            state.message = Some(Message::bad(Sentence::from(words::UNKNOWN_LANG).with("langs", words)));
        }
    }
}

fn set_theme(state: &mut State, word: &str) {
    if THEMES.contains(&word) {
        word.clone_into(&mut state.theme);
    } else {
        let sentence = Sentence::from(words::UNKNOWN_THEME).with("themes", THEMES.join(", "));
        state.message = Some(Message::bad(sentence));
    }
}

fn show_shelf(state: &mut State, shelf: Shelves, out: &mut Vec<Effect>) {
    let Place::List(key) = state.place() else {
        state.message = Some(Message::bad(words::ONLY_IN_LISTS));
        return;
    };
    let list = state.list_mut(key);
    list.shelf = shelf;
    list.at = None;
    list.row = 0;
    state.ask_list_at(key, Anchor::First, out);
}

fn go_to_row(state: &mut State, row: u64, out: &mut Vec<Effect>) {
    let Place::List(key) = state.place() else {
        state.message = Some(Message::bad(words::ONLY_IN_LISTS));
        return;
    };
    let last = state.list_mut(key).known_total();
    if row == 0 || row > last {
        state.message = Some(Message::bad(Sentence::from(words::NO_ROW).with("last", last)));
        return;
    }
    state.ask_list_at(key, Anchor::Row(row - 1), out);
}
