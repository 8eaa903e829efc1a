//! The settings: those of the register, edited in place, and those of this machine, told with where each
//! comes from.
//!
//! What is typed is looked for among them; in a setting that is edited, among what it takes.

use crate::app::action::Action;
use crate::app::input::TextField;
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::state::{Message, Overlay, State};
use crate::app::{Effect, words};
use crate::domain::money::Currency;
use crate::lookup::query::Query;
use crate::lookup::rank::matches_text;
use crate::register::settings::{BASE_CURRENCY, Held, KNOWN, Known};
use crate::register::{Refusal, Request, Saved, Slot, Ticket, Write};
use crate::texts::{Lang, Sentence, Text, text};

pub use personal::{Origin, PERSONAL, Personal, Spec};

mod personal;

/// The panel of settings.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Settings {
    /// What is typed to find one.
    pub field: TextField,
    /// The line under the cursor among [`lines`].
    pub cursor: usize,
    /// What the register holds; `None` until it has told.
    pub held: Option<Vec<Held>>,
    /// The setting that is edited.
    pub editing: Option<Editing>,
}

/// A setting of the register that is edited.
#[derive(Debug, Clone, PartialEq)]
pub struct Editing {
    /// Which.
    pub known: &'static str,
    /// What is typed.
    pub field: TextField,
    /// The offer under the cursor, while one is chosen.
    pub at: Option<usize>,
    /// What it held when its edit began: another's change since is not written over.
    pub seen: String,
    /// What is wrong, in words.
    pub error: Option<Sentence>,
    /// The write under way.
    pub saving: Option<Ticket>,
}

/// One line of the panel.
#[derive(Debug, Clone, Copy)]
pub enum Line<'a> {
    /// A setting of the register, and what it holds as far as that is known.
    OfRegister(&'static Known, Option<&'a Held>),
    /// A setting of this machine.
    OfMachine(&'static Spec, &'a Personal),
}

/// The lines: those of the register first; while something is typed, those that match it.
#[must_use]
pub fn lines<'a>(state: &'a State, pane: &'a Settings) -> Vec<Line<'a>> {
    let held = |known: &Known| pane.held.as_ref()?.iter().find(|held| held.key == known.key);
    let of_register = KNOWN.iter().map(|known| Line::OfRegister(known, held(known)));
    let of_machine = PERSONAL.iter().filter_map(|spec| {
        let personal = state.personal.iter().find(|personal| personal.key == spec.key)?;
        Some(Line::OfMachine(spec, personal))
    });
    let all = of_register.chain(of_machine);
    let typed = pane.field.text().trim();
    if typed.is_empty() {
        return all.collect();
    }
    let query = Query::parse(typed);
    all.filter(|line| line.texts(state).iter().any(|text| matches_text(&query, text))).collect()
}

impl Line<'_> {
    /// What it is called.
    #[must_use]
    pub const fn label(&self) -> Text {
        match self {
            Self::OfRegister(known, _) => known.label,
            Self::OfMachine(spec, _) => spec.label,
        }
    }

    /// What it is for.
    #[must_use]
    pub const fn meaning(&self) -> Text {
        match self {
            Self::OfRegister(known, _) => known.meaning,
            Self::OfMachine(spec, _) => spec.meaning,
        }
    }

    /// The value in force, with its name where it has one.
    #[must_use]
    pub fn value(&self, state: &State) -> String {
        match self {
            Self::OfRegister(known, held) => {
                let Some(held) = held else { return String::new() };
                let name = named(known, held, &held.value, state.lang);
                name.map_or_else(|| held.value.clone(), |name| format!("{}  {name}", held.value))
            }
            Self::OfMachine(_, personal) => personal.now(state).0,
        }
    }

    /// Where the value comes from.
    #[must_use]
    pub fn source(&self, state: &State) -> Sentence {
        match self {
            Self::OfRegister(_, None) => text("…", "…").into(),
            Self::OfRegister(_, Some(held)) if held.is_set => words::SET_IN_REGISTER.into(),
            Self::OfRegister(..) => words::BY_DEFAULT.into(),
            Self::OfMachine(_, personal) => personal.now(state).1.sentence(),
        }
    }

    /// Everything it is found by, in both languages.
    fn texts(&self, state: &State) -> Vec<String> {
        let key = match self {
            Self::OfRegister(known, _) => known.key,
            Self::OfMachine(spec, _) => spec.key,
        };
        let words =
            [self.label(), self.meaning()].into_iter().flat_map(|text| Lang::ALL.map(|lang| text.in_(lang)));
        let mut all: Vec<String> = words.map(str::to_owned).collect();
        all.extend([key.replace('_', " "), key.to_owned(), self.value(state)]);
        all
    }
}

/// What a value is called.
fn named(known: &Known, held: &Held, value: &str, lang: Lang) -> Option<String> {
    let of_table =
        known.offers.iter().find(|(offer, _)| *offer == value).map(|(_, name)| name.in_(lang).to_owned());
    of_table.or_else(|| held.offers.iter().find(|(code, _)| code == value).map(|(_, name)| name.clone()))
}

/// What the setting that is edited offers for what is typed, as value and name: all of it where nothing
/// matches, so that one sees what it takes.
#[must_use]
pub fn offers(pane: &Settings, lang: Lang) -> Vec<(String, String)> {
    let Some(editing) = &pane.editing else { return Vec::new() };
    let Some(known) = KNOWN.iter().find(|known| known.key == editing.known) else { return Vec::new() };
    let held = pane.held.iter().flatten().find(|held| held.key == known.key);
    let of_table = known.offers.iter().map(|(value, name)| ((*value).to_owned(), name.in_(lang).to_owned()));
    let all: Vec<(String, String)> =
        of_table.chain(held.into_iter().flat_map(|held| held.offers.clone())).collect();
    let typed = editing.field.text().trim().to_lowercase();
    let query = Query::parse(&typed);
    let other = |value: &str| known.offers.iter().find(|(offer, _)| *offer == value).map(|(_, name)| *name);
    let is_met = |(value, name): &&(String, String)| {
        let names = other(value)
            .map_or_else(Vec::new, |name| Lang::ALL.map(|lang| name.in_(lang).to_owned()).to_vec());
        value.to_lowercase().starts_with(&typed)
            || names.iter().chain([name]).any(|name| matches_text(&query, name))
    };
    if typed.is_empty() {
        return all;
    }
    let met: Vec<(String, String)> = all.iter().filter(is_met).cloned().collect();
    if met.is_empty() { all } else { met }
}

/// Opens the panel.
pub(super) fn open(state: &mut State, out: &mut Vec<Effect>) {
    state.overlay = Some(Overlay::Settings(Settings::default()));
    state.ask(Slot::Settings, Request::Settings, out);
}

/// Asks anew where the panel is open: another may have set one.
pub(super) fn look(state: &mut State, out: &mut Vec<Effect>) {
    if matches!(state.overlay, Some(Overlay::Settings(_))) {
        state.ask(Slot::Settings, Request::Settings, out);
    }
}

/// Takes what the register holds.
pub(super) fn told(state: &mut State, held: Vec<Held>) {
    let base = held.iter().find(|held| held.key == BASE_CURRENCY);
    if let Some(currency) = base.and_then(|held| Currency::from_code(&held.value)) {
        state.base_currency = currency;
    }
    if let Some(Overlay::Settings(pane)) = &mut state.overlay {
        pane.held = Some(held);
    }
}

/// The register cannot tell: without its settings the panel is none.
pub(super) fn not_told(state: &mut State, refusal: &Refusal) {
    if matches!(state.overlay, Some(Overlay::Settings(_))) {
        state.overlay = None;
        state.message = Message::refused(refusal);
    }
}

/// Takes a key.
pub(super) fn on_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    let Some(Overlay::Settings(pane)) = &mut state.overlay else { return };
    if let Some(action) = state.keymap.action(&[Context::Settings], key) {
        return act(state, action, out);
    }
    match &mut pane.editing {
        Some(editing) if editing.saving.is_some() => {}
        Some(editing) => {
            editing.field.key(key);
            (editing.at, editing.error) = (None, None);
        }
        None => {
            pane.field.key(key);
            pane.cursor = 0;
        }
    }
}

/// Takes pasted text.
pub(super) fn paste(pane: &mut Settings, text: &str) {
    match &mut pane.editing {
        Some(editing) => drop(editing.field.paste_line(text)),
        None => {
            pane.field.paste_line(text);
            pane.cursor = 0;
        }
    }
}

/// Does an action.
pub(super) fn act(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    let page = isize::try_from(state.size.body()).unwrap_or(1);
    let Some(Overlay::Settings(pane)) = &state.overlay else { return };
    let is_editing = pane.editing.is_some();
    let by = match action {
        Action::Down => 1,
        Action::Up => -1,
        Action::PageDown => page,
        Action::PageUp => -page,
        Action::First => isize::MIN,
        Action::Last => isize::MAX,
        Action::Choose if is_editing => return save(state, out),
        Action::Choose => return edit(state),
        Action::Dismiss => return leave(state),
        _ => return,
    };
    let last =
        if is_editing { offers(pane, state.lang).len() } else { lines(state, pane).len() }.saturating_sub(1);
    let Some(Overlay::Settings(pane)) = &mut state.overlay else { return };
    match &mut pane.editing {
        Some(editing) => {
            let now = editing.at.map_or(-1, |at| isize::try_from(at).unwrap_or(0));
            editing.at = Some(usize::try_from(now.saturating_add(by)).unwrap_or(0).min(last));
        }
        None => pane.cursor = pane.cursor.saturating_add_signed(by).min(last),
    }
}

/// Esc: out of the edit, then out of what is typed, then out of the panel.
fn leave(state: &mut State) {
    let Some(Overlay::Settings(pane)) = &mut state.overlay else { return };
    if pane.editing.is_some() {
        pane.editing = None;
    } else if !pane.field.text().is_empty() {
        (pane.field, pane.cursor) = (TextField::default(), 0);
    } else {
        state.overlay = None;
    }
}

/// Begins the edit of the setting under the cursor, or says why it is none.
fn edit(state: &mut State) {
    let Some(Overlay::Settings(pane)) = &state.overlay else { return };
    let here = lines(state, pane).get(pane.cursor).copied();
    let editing = match here {
        Some(Line::OfMachine(spec, _)) => {
            state.message =
                Some(Message::note(Sentence::from(words::OF_THIS_MACHINE).with_word("how", spec.how)));
            return;
        }
        Some(Line::OfRegister(known, Some(held))) => Editing {
            known: known.key,
            field: TextField::default(),
            at: None,
            seen: held.value.clone(),
            error: None,
            saving: None,
        },
        Some(Line::OfRegister(_, None)) | None => return,
    };
    if let Some(present) = &state.present {
        let sentence = Sentence::from(words::SETTINGS_OF_ANOTHER_DAY).with("day", state.today);
        state.message = Some(Message::note(sentence.with("today", present.today)));
    } else if state.read_only {
        state.message = Some(Message::note(words::READ_ONLY));
    } else if let Some(Overlay::Settings(pane)) = &mut state.overlay {
        pane.editing = Some(editing);
    }
}

/// Saves the offer under the cursor, the one that alone fits what is typed, or what is typed.
fn save(state: &mut State, out: &mut Vec<Effect>) {
    let lang = state.lang;
    let Some(Overlay::Settings(pane)) = &state.overlay else { return };
    let offers = offers(pane, lang);
    let Some(editing) = &pane.editing else { return };
    let Some(known) = KNOWN.iter().find(|known| known.key == editing.known) else { return };
    let chosen = editing.at.and_then(|at| offers.get(at)).map(|(value, _)| value.clone());
    let typed = known.tidy(editing.field.text());
    let alone = || match offers.as_slice() {
        [(value, _)] if !typed.is_empty() => Some(value.clone()),
        _ => None,
    };
    let fits = |value: &String| known.problem(value).is_none();
    let value =
        chosen.or_else(|| Some(typed.clone()).filter(fits)).or_else(alone).unwrap_or_else(|| typed.clone());
    let seen = editing.seen.clone();
    if editing.saving.is_some() {
        return;
    }
    let problem = known.problem(&value);
    let ticket = if problem.is_none() {
        let said = Sentence::from(words::SETTING_SET).with_word("label", known.label).with("value", &value);
        let write = Write::Set { key: known.key, value, seen };
        state.write(write, Some(said), out)
    } else {
        None
    };
    if let Some(Overlay::Settings(pane)) = &mut state.overlay
        && let Some(editing) = &mut pane.editing
    {
        (editing.error, editing.saving) = (problem, ticket);
    }
}

/// A write was answered: whether it was one of the panel's that was refused, which is told in it.
pub(super) fn refused(
    state: &mut State,
    ticket: Ticket,
    result: &Result<Saved, Refusal>,
    out: &mut Vec<Effect>,
) -> bool {
    let Some(Overlay::Settings(pane)) = &mut state.overlay else { return false };
    let Some(editing) = pane.editing.as_mut().filter(|editing| editing.saving == Some(ticket)) else {
        return false;
    };
    let is_refused = match result {
        Ok(_) => {
            pane.editing = None;
            false
        }
        Err(refusal) => {
            editing.saving = None;
            editing.error = refusal.sentences().into_iter().next();
            // Who reads what another has set, and saves again, means it.
            if let Refusal::Conflict(conflict) = refusal
                && let Some(clash) = conflict.clashes.first()
            {
                let theirs = clash.theirs.as_text();
                theirs.clone_into(&mut editing.seen);
                editing.error = Some(Sentence::from(words::SET_MEANWHILE).with("value", theirs));
            }
            true
        }
    };
    look(state, out);
    is_refused
}
