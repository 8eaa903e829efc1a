//! The command line: the word of an action, a jump, or a setting of the session.

use crate::app::action::Action;
use crate::app::input::{TextField, Typed};
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::list::ListKey;
use crate::app::look::ThemeName;
use crate::app::state::{Message, Of, Overlay, Place, State};
use crate::app::{Effect, bind, browse, bulk, export, importer, past, tour, views, words};
use crate::entity::Kind;
use crate::limits;
use crate::register::{Anchor, Shelves};
use crate::texts::{Lang, Sentence, Text};

pub use complete::{Completion, completions};
pub use paths::Folder;

mod complete;
pub mod paths;

/// Commands that are remembered.
const REMEMBERED: usize = 100;

/// The command line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CommandLine {
    /// What stands there.
    pub field: TextField,
    /// What was typed before a completion or an earlier command stood there in its place.
    typed: Option<String>,
    /// The completion that stands there.
    pub chosen: Option<usize>,
    /// How many commands back the one that stands there was run.
    back: usize,
}

impl CommandLine {
    /// A command line on which something stands already.
    #[must_use]
    pub fn begun(text: String) -> Self {
        Self { field: TextField::new(text), ..Self::default() }
    }

    /// The ways to go on with what was typed.
    #[must_use]
    pub fn completions(&self, folder: Option<&Folder>) -> Vec<Completion> {
        paths::completions(self.typed(), folder).unwrap_or_else(|| completions(self.typed()))
    }

    /// A command line on which something stands already.
    #[must_use]
    pub fn with(text: &str) -> Self {
        let mut line = Self::default();
        line.field.set(text);
        line
    }

    /// What was typed, whatever stands in its place.
    fn typed(&self) -> &str {
        self.typed.as_deref().unwrap_or(self.field.text())
    }

    /// Takes pasted text, on one line.
    pub fn paste(&mut self, text: &str) {
        self.field.paste(&text.replace('\n', " "));
        self.settle();
    }

    /// Puts a text in the place of what was typed, which is kept.
    fn put(&mut self, text: &str) {
        self.typed = Some(self.typed().to_owned());
        self.field.set(text);
    }

    /// From now on what stands there is what was typed.
    fn settle(&mut self) {
        self.typed = None;
        self.chosen = None;
        self.back = 0;
    }

    /// Puts the next completion, or the one before; behind the last comes what was typed.
    /// The only way to go on that is a folder is gone into.
    fn complete(&mut self, by: isize, folder: Option<&Folder>) {
        let all = self.completions(folder);
        if let [only] = all.as_slice()
            && only.word.ends_with('/')
        {
            self.field.set(only.line());
            return self.settle();
        }
        let places = all.len() + 1;
        // What was typed stands before the first and behind the last.
        let now = self.chosen.map_or(0, |at| at + 1);
        let next = (now + places).saturating_add_signed(by) % places;
        self.chosen = next.checked_sub(1);
        let chosen = self.chosen.and_then(|at| all.get(at));
        let line = chosen.map_or_else(|| self.typed().to_owned(), Completion::line);
        self.back = 0;
        self.put(&line);
    }

    /// Puts the command that was run before the one that stands there, or behind it; behind the
    /// newest comes what was typed.
    fn recall(&mut self, by: isize, ran: &[String]) {
        let back = self.back.saturating_add_signed(by).min(ran.len());
        if back == self.back {
            return;
        }
        let ran = back.checked_sub(1).and_then(|at| ran.iter().rev().nth(at));
        let line = ran.map_or_else(|| self.typed(), String::as_str).to_owned();
        self.chosen = None;
        self.back = back;
        self.put(&line);
    }
}

/// Takes a key.
pub fn on_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    let Some(Overlay::Command(line)) = &mut state.overlay else { return };
    match state.keymap.action(&[Context::Command], key) {
        Some(action) => act(state, action, out),
        None if key == Key::Backspace && line.field.text().is_empty() => state.overlay = None,
        None => {
            if line.field.key(key) == Typed::Changed {
                line.settle();
                paths::ask(state, out);
            }
        }
    }
}

/// Does an action of the command line.
pub fn act(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    let Some(Overlay::Command(line)) = &mut state.overlay else { return };
    match action {
        Action::Dismiss => state.overlay = None,
        Action::NextWord | Action::PrevWord => {
            line.complete(if action == Action::NextWord { 1 } else { -1 }, state.folder.as_ref());
            paths::ask(state, out);
        }
        Action::Earlier => line.recall(1, &state.commands),
        Action::Later => line.recall(-1, &state.commands),
        Action::Run => {
            let words = line.field.text().trim().to_owned();
            state.overlay = None;
            remember(state, &words);
            run(state, &words, out);
        }
        _ => {}
    }
}

/// Keeps a command that is run, to be run again; once, where it is run over and over.
fn remember(state: &mut State, words: &str) {
    if words.is_empty() || state.commands.last().is_some_and(|last| last == words) {
        return;
    }
    state.commands.push(words.to_owned());
    let surplus = state.commands.len().saturating_sub(REMEMBERED);
    state.commands.drain(..surplus);
}

/// The commands that are about the screen, not about what lies behind a meeting.
const IN_A_MEETING: [&str; 9] = ["", "q", "quit", "mask", "lang", "theme", "me", "help", "redraw"];

/// Does what a command says.
pub fn run(state: &mut State, words: &str, out: &mut Vec<Effect>) {
    let (word, rest) = words.split_once(' ').map_or((words, ""), |(word, rest)| (word, rest.trim()));
    if state.stage.is_some() && !IN_A_MEETING.contains(&word) {
        // What lies behind the meeting is not seen: nothing is done to it.
        return state.message = Some(Message::note(Sentence::from(words::IN_A_MEETING).with("word", word)));
    }
    match word {
        "" => {}
        "q" | "quit" => out.push(Effect::Quit),
        "at" if !rest.is_empty() => past::at(state, rest, out),
        "diff" if !rest.is_empty() => past::diff(state, rest, out),
        "tour" => tour::turn(state),
        "bind" => bind::command(state, rest, out),
        "unbind" => bind::uncommand(state, rest, out),
        "import" => importer::open(state, rest, out),
        "export" if !rest.is_empty() => export::write(state, rest, out),
        "tag" if !rest.is_empty() => bulk::tag(state, rest, out),
        "assign" if !rest.is_empty() => bulk::assign(state, rest, out),
        "me" => call_me(state, rest, out),
        "views" => views::command(state, rest, out),
        "lang" => set_lang(state, rest),
        "theme" => set_theme(state, rest),
        "open" if shelf(state) == Some(Shelves::Archived) => browse::show_shelf(state, Shelves::Open, out),
        "history" if rest.is_empty() && state.selected().is_none() => {
            state.go(Place::History(Of::Register), out);
        }
        "changes" => state.go(Place::History(Of::Register), out),
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

/// Whoever works here is named so in the history from now on.
fn call_me(state: &mut State, name: &str, out: &mut Vec<Effect>) {
    let is_name = !name.is_empty() && name.chars().count() <= limits::USER_CHARS;
    if !is_name || name.contains(char::is_control) {
        let sentence = Sentence::from(words::NAME_NEEDED).with("name", &state.user);
        return state.message = Some(Message::note(sentence));
    }
    name.clone_into(&mut state.user);
    out.push(Effect::CallMe(name.to_owned()));
    state.message = Some(Message::good(Sentence::from(words::NAMED).with("name", name)));
}

/// Tells somebody whom nothing names how to say who he is.
pub fn tell_nameless(state: &mut State, config: &str) {
    let sentence = Sentence::from(words::NAMELESS).with("name", &state.user).with("config", config);
    state.message = Some(Message::note(sentence));
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
    match ThemeName::from_word(word) {
        Some(name) => state.look.theme = Some(name),
        None => {
            let sentence = Sentence::from(words::UNKNOWN_THEME).with("themes", ThemeName::words());
            state.message = Some(Message::bad(sentence));
        }
    }
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
