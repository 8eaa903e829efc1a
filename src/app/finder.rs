//! Find anything: what is typed, where it looks, what it found.

use crate::app::action::Action;
use crate::app::command::CommandLine;
use crate::app::input::{TextField, Typed};
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::state::{Message, Overlay, Place, State};
use crate::app::{Effect, form, words};
use crate::entity::{Kind, Record, Value};
use crate::register::{Card, Found, KINDS, Request, Slot};
use crate::texts::{Text, text};

/// Find anything.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Finder {
    /// What is typed.
    pub field: TextField,
    /// Where it looks: the place in [`SCOPES`].
    pub scope: usize,
    /// What it found, best first.
    pub hits: Vec<Found>,
    /// The hit under the cursor.
    pub cursor: usize,
    /// Whether the hits are those of what is typed.
    pub settled: bool,
    /// The record of the hit under the cursor.
    pub preview: Option<Box<Card>>,
}

impl Finder {
    /// The hit under the cursor.
    #[must_use]
    pub fn hit(&self) -> Option<&Found> {
        self.hits.get(self.cursor)
    }

    /// The card of the hit under the cursor, once it is loaded; never that of another hit.
    #[must_use]
    pub fn card(&self) -> Option<&Card> {
        let at = self.hit()?.at;
        self.preview.as_deref().filter(|card| card.record.at == at)
    }
}

/// Where to look.
#[derive(Debug)]
pub struct Scope {
    /// Its word.
    pub label: Text,
    /// The kinds it looks through.
    pub kinds: &'static [Kind],
}

/// The scopes, in the order of Tab.
pub const SCOPES: &[Scope] = &[
    Scope { label: text("All", "全部"), kinds: KINDS },
    Scope { label: text("Vendors", "供应商"), kinds: &[Kind::Vendor, Kind::Contact] },
    Scope { label: text("Contracts", "合同"), kinds: &[Kind::Contract] },
    Scope { label: text("Reviews", "考核"), kinds: &[Kind::Review] },
    Scope { label: text("Risks", "风险"), kinds: &[Kind::Risk] },
];

/// Hits of a page.
const PAGE: isize = 8;

/// Opens Find anything with some text in it.
pub fn open(state: &mut State, typed: &str, out: &mut Vec<Effect>) {
    state.pending.clear();
    state.forget(Slot::Find);
    state.overlay = Some(Overlay::Find(Finder { field: TextField::new(typed), ..Finder::default() }));
    if !typed.is_empty() {
        ask(state, out);
    }
}

/// Closes it; what it asked last is not for whatever is below.
fn close(state: &mut State) {
    state.overlay = None;
    state.forget(Slot::Find);
    state.forget(Slot::Preview);
}

/// Takes a key.
pub fn on_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    match state.keymap.action(&[Context::Find], key) {
        Some(action) => act(state, action, out),
        None => typed(state, key, out),
    }
}

fn typed(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    let Some(Overlay::Find(finder)) = &mut state.overlay else { return };
    if key == Key::Char('>') && finder.field.text().is_empty() {
        // The sign of commands, as in the palettes of editors.
        close(state);
        state.overlay = Some(Overlay::Command(CommandLine::default()));
    } else if finder.field.key(key) == Typed::Changed {
        ask(state, out);
    }
}

/// Does an action of Find anything.
pub fn act(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    let Some(Overlay::Find(finder)) = &mut state.overlay else { return };
    match action {
        Action::Dismiss => close(state),
        Action::Open => open_hit(state, out),
        Action::CopyContact if state.masked => state.message = Some(Message::note(words::HIDDEN)),
        Action::CopyContact => copy_contact(state, out),
        Action::Edit => edit_hit(state, out),
        Action::Down => step(state, 1, out),
        Action::Up => step(state, -1, out),
        Action::PageDown => step(state, PAGE, out),
        Action::PageUp => step(state, -PAGE, out),
        Action::NextScope | Action::PrevScope => {
            let by = if action == Action::NextScope { 1 } else { SCOPES.len() - 1 };
            finder.scope = (finder.scope + by) % SCOPES.len();
            ask(state, out);
        }
        _ => {}
    }
}

/// Takes pasted text; a search is one line.
pub fn paste(state: &mut State, pasted: &str, out: &mut Vec<Effect>) {
    if let Some(Overlay::Find(finder)) = &mut state.overlay {
        finder.field.paste_line(pasted);
        ask(state, out);
    }
}

/// Takes the hits of a question, for the palette or for the picker of a form.
pub fn take(state: &mut State, hits: Vec<Found>, out: &mut Vec<Effect>) {
    match &mut state.overlay {
        Some(Overlay::Find(finder)) => {
            finder.hits = grouped(hits);
            finder.cursor = 0;
            finder.settled = true;
            preview(state, out);
        }
        _ => form::suggest(state, hits),
    }
}

/// The hits kind by kind, in the order in which the best of each kind comes.
fn grouped(mut hits: Vec<Found>) -> Vec<Found> {
    let mut kinds: Vec<Kind> = Vec::new();
    for hit in &hits {
        if !kinds.contains(&hit.at.kind) {
            kinds.push(hit.at.kind);
        }
    }
    hits.sort_by_key(|hit| kinds.iter().position(|kind| *kind == hit.at.kind));
    hits
}

fn ask(state: &mut State, out: &mut Vec<Effect>) {
    let Some(Overlay::Find(finder)) = &mut state.overlay else { return };
    let typed = finder.field.text().trim().to_owned();
    finder.settled = false;
    if typed.is_empty() {
        finder.hits.clear();
        finder.preview = None;
        finder.settled = true;
        state.forget(Slot::Find);
        state.forget(Slot::Preview);
        return;
    }
    let kinds = SCOPES.get(finder.scope).map_or(KINDS, |scope| scope.kinds).to_vec();
    state.ask(Slot::Find, Request::Find { text: typed, kinds }, out);
}

fn step(state: &mut State, by: isize, out: &mut Vec<Effect>) {
    let Some(Overlay::Find(finder)) = &mut state.overlay else { return };
    let last = finder.hits.len().saturating_sub(1);
    let to = finder.cursor.saturating_add_signed(by).min(last);
    if to != finder.cursor {
        finder.cursor = to;
        preview(state, out);
    }
}

fn preview(state: &mut State, out: &mut Vec<Effect>) {
    let Some(Overlay::Find(finder)) = &mut state.overlay else { return };
    match finder.hit().map(|hit| hit.at) {
        Some(at) => state.ask(Slot::Preview, Request::Card(at), out),
        None => finder.preview = None,
    }
}

fn open_hit(state: &mut State, out: &mut Vec<Effect>) {
    let Some(Overlay::Find(finder)) = &state.overlay else { return };
    if let Some(at) = finder.hit().map(|hit| hit.at) {
        close(state);
        state.go(Place::Record(at), out);
    }
}

fn edit_hit(state: &mut State, out: &mut Vec<Effect>) {
    let Some(Overlay::Find(finder)) = &state.overlay else { return };
    match loaded(finder) {
        Ok(card) => {
            let record = card.record.clone();
            close(state);
            form::edit(state, &record, out);
        }
        Err(why) => state.message = Some(Message::note(why)),
    }
}

fn copy_contact(state: &mut State, out: &mut Vec<Effect>) {
    let Some(Overlay::Find(finder)) = &state.overlay else { return };
    match loaded(finder) {
        Ok(card) => {
            let known = Some(contact_line(card)).filter(|line| !line.is_empty());
            let line = known.unwrap_or_else(|| card.record.label());
            out.push(Effect::Copy(line));
        }
        Err(why) => state.message = Some(Message::note(why)),
    }
}

/// The card of the hit under the cursor, or why there is none to act on.
fn loaded(finder: &Finder) -> Result<&Card, Text> {
    let why = if finder.hit().is_none() { words::NO_HIT } else { words::NOT_LOADED };
    finder.card().ok_or(why)
}

/// Whether there is a person to reach.
#[must_use]
pub fn has_contacts(card: &Card) -> bool {
    card.related.iter().any(|related| related.kind == Kind::Contact && !related.rows.is_empty())
}

/// The fields by which a vendor without contacts is reached.
pub const REACHED_BY: [&str; 3] = ["phone", "email", "website"];

/// Who to call: name, phone and e-mail of the first contact, else what the record itself can be
/// reached by; empty when nobody knows.
#[must_use]
pub fn contact_line(card: &Card) -> String {
    let contacts = card.related.iter().find(|related| related.kind == Kind::Contact);
    let rows = contacts.map(|related| related.rows.as_slice()).unwrap_or_default();
    let primary = rows.iter().find(|row| *row.get("primary") == Value::Bool(true));
    let reached = |of: &Record, keys: &[&str]| -> Vec<String> {
        let texts = keys.iter().map(|key| of.get(key).as_text().to_owned());
        texts.filter(|text| !text.is_empty()).collect()
    };
    let parts = match primary.or_else(|| rows.first()) {
        Some(contact) => {
            let mut parts = vec![contact.label()];
            parts.extend(reached(contact, &["phone", "email"]));
            parts
        }
        None => reached(&card.record, &REACHED_BY),
    };
    parts.join("  ")
}
