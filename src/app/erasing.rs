//! Erasing a person's data for good: what would go is told, the code or the name is typed, and the
//! copies that hold it still are named and removed where that is wanted.
//!
//! The one thing here that no undo takes back, so nothing of it happens on a single key.

use crate::app::action::Action;
use crate::app::input::TextField;
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::state::{Message, Overlay, State};
use crate::app::{Effect, past, words};
use crate::entity::Ref;
use crate::register::erase::{Erased, Erasure, Swept};
use crate::register::{Refusal, Request, Slot, Ticket, Write};
use crate::texts::Sentence;

/// The open question.
#[derive(Debug, Clone, PartialEq)]
pub struct Erasing {
    /// The record.
    pub at: Ref,
    /// What is typed.
    pub field: TextField,
    /// How far it is.
    pub stage: Stage,
}

/// How far an erasing is.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// The register is asked what would go.
    Looking,
    /// It is told, and the code is wanted.
    Asked(Box<Erasure>),
    /// The register erases.
    Writing(Ticket),
    /// It is done; these copies hold it still.
    Copies(Vec<String>),
}

/// Opens the question for the record under the cursor.
pub(super) fn open(state: &mut State, out: &mut Vec<Effect>) {
    let Some(at) = state.selected() else { return };
    let erasing = Erasing { at, field: TextField::default(), stage: Stage::Looking };
    state.overlay = Some(Overlay::Erase(erasing));
    state.ask(Slot::Erasure, Request::Erasure(at), out);
}

/// Takes what would go, or why nothing can.
pub(super) fn found(state: &mut State, found: Result<Box<Erasure>, &Refusal>) {
    let Some(Overlay::Erase(erasing)) = &mut state.overlay else { return };
    if erasing.stage != Stage::Looking {
        return;
    }
    match found {
        Ok(erasure) => erasing.stage = Stage::Asked(erasure),
        Err(refusal) => {
            state.overlay = None;
            state.message = Message::refused(refusal);
        }
    }
}

/// Takes a key.
pub(super) fn on_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    let Some(Overlay::Erase(erasing)) = &mut state.overlay else { return };
    match state.keymap.action(&[Context::Sure], key) {
        Some(action) => act(state, action, out),
        None if matches!(erasing.stage, Stage::Asked(_) | Stage::Copies(_)) => drop(erasing.field.key(key)),
        None => {}
    }
}

/// Takes pasted text.
pub(super) fn paste(erasing: &mut Erasing, text: &str) {
    if matches!(erasing.stage, Stage::Asked(_) | Stage::Copies(_)) {
        erasing.field.paste_line(text);
    }
}

/// Does an action.
pub(super) fn act(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    let Some(Overlay::Erase(erasing)) = &mut state.overlay else { return };
    let typed = erasing.field.text().trim().to_lowercase();
    match (action, &erasing.stage) {
        (Action::Dismiss, Stage::Copies(copies)) => {
            let sentence = Sentence::from(words::COPIES_KEPT).with("count", copies.len());
            state.message = Some(Message::note(sentence));
            state.overlay = None;
        }
        (Action::Dismiss, Stage::Asked(_)) => {
            state.message = Some(Message::note(words::NOT_ERASED));
            state.overlay = None;
        }
        // What is being erased cannot be stopped; its end is told.
        (Action::Dismiss, _) => state.overlay = None,
        (Action::Run, Stage::Asked(erasure)) => {
            if typed != erasure.code.to_lowercase() && typed != erasure.label.trim().to_lowercase() {
                let sentence = Sentence::from(words::NEITHER_CODE_NOR_NAME).with("code", &erasure.code);
                state.message = Some(Message::bad(sentence));
                return;
            }
            let at = erasing.at;
            let ticket = state.write(Write::Erase(at), None, out);
            state.erasings.extend(ticket);
            if let (Some(ticket), Some(Overlay::Erase(erasing))) = (ticket, &mut state.overlay) {
                (erasing.stage, erasing.field) = (Stage::Writing(ticket), TextField::default());
            }
        }
        (Action::Run, Stage::Copies(copies)) => {
            if typed == copies.len().to_string() {
                out.push(Effect::RemoveCopies(copies.clone()));
                state.overlay = None;
            } else {
                let sentence = Sentence::from(words::NOT_THE_COUNT).with("count", copies.len());
                state.message = Some(Message::bad(sentence));
            }
        }
        _ => {}
    }
}

/// It was erased, or refused.
pub(super) fn written(
    state: &mut State,
    ticket: Ticket,
    result: Result<Box<Erased>, Refusal>,
    out: &mut Vec<Effect>,
) {
    state.writing.remove(&ticket);
    state.erasings.remove(&ticket);
    let is_open =
        matches!(&state.overlay, Some(Overlay::Erase(erasing)) if erasing.stage == Stage::Writing(ticket));
    if is_open {
        state.overlay = None;
    }
    match result {
        Err(refusal) => state.message = Message::refused(&refusal),
        Ok(erased) => {
            let Erased { saved, erasure, swept } = *erased;
            state.own.extend(saved.records);
            state.drafts.retain(|draft| !draft.holds(&erasure));
            // The register of another day is a file of its own, made before.
            past::back(state, out);
            let says = if swept == Swept::Clean { words::ERASED } else { words::ERASED_BUT_UNSWEPT };
            state.message = Some(Message::good(Sentence::from(says).with("code", &erasure.code)));
            if !erasure.copies.is_empty() && state.overlay.is_none() {
                let stage = Stage::Copies(erasure.copies.clone());
                let at = crate::register::ref_of(&erasure.code);
                state.overlay =
                    at.map(|at| Overlay::Erase(Erasing { at, field: TextField::default(), stage }));
            }
            out.push(Effect::ForgetErased(Box::new(erasure)));
        }
    }
    state.refresh(out);
}

/// The copies were removed, or one could not be.
pub(super) fn copies_removed(state: &mut State, result: Result<usize, Refusal>) {
    state.message = match result {
        Ok(count) => Some(Message::good(Sentence::from(words::COPIES_REMOVED).with("count", count))),
        Err(refusal) => Message::refused(&refusal),
    };
}
