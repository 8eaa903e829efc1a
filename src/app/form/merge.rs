//! What others write while a form is open: other fields are taken in, the same field is shown beside
//! one's own, and a record that is put away or gone is said. What was typed is never lost to it.

use super::{Form, FormField, typed_form};
use crate::app::state::{Message, State};
use crate::app::{Effect, words};
use crate::entity::{Meta, Record, Value};
use crate::register::{Card, Refusal, Request, Slot};
use crate::texts::Sentence;

/// What another's change did to a field.
#[derive(PartialEq)]
enum Met {
    /// Nothing: the field holds what the register does.
    Same,
    /// It was not typed in: it holds theirs now.
    Taken,
    /// It was: both are shown.
    Clashed,
}

/// Asks for the record of the open form, which others may have changed.
pub fn look(state: &mut State, out: &mut Vec<Effect>) {
    let target = state.form.as_ref().filter(|form| form.saving.is_none()).and_then(|form| form.target);
    if let Some(at) = target {
        state.ask(Slot::Form, Request::Card(at), out);
    }
}

/// Takes the record of the open form as it is now.
pub fn take(state: &mut State, card: &Card, out: &mut Vec<Effect>) {
    let is_open = |form: &&mut Form| form.target == Some(card.record.at) && form.saving.is_none();
    let Some(form) = state.form.as_mut().filter(is_open) else { return };
    let was_archived = std::mem::replace(&mut form.archived, card.record.archived_at.is_some());
    let (taken, clashed) = form.meet(&card.record);
    let who = card.last_event.as_ref().map(|event| event.actor.clone()).unwrap_or_default();
    let about = |says| Sentence::from(says).with("who", &who).with("code", &card.record.code);
    let archived = form.archived && !was_archived;
    let message = match (clashed, taken) {
        _ if archived => Some(Message::doubt(about(words::ARCHIVED_MEANWHILE))),
        (Some(meta), _) => Some(Message::doubt(
            Sentence::from(words::CLASHED).with("who", &who).with_word("field", meta.label),
        )),
        (None, Some(meta)) => Some(Message::note(
            Sentence::from(words::MERGED).with("who", &who).with_word("field", meta.label),
        )),
        (None, None) => None,
    };
    if message.is_some() {
        state.message = message;
        super::kept::keep(state, out);
    }
}

/// Takes that the record of the open form cannot be read.
pub fn refused(state: &mut State, refusal: &Refusal) {
    if let (Some(form), Refusal::Missing(_)) = (&state.form, refusal) {
        let code = form.target.map(crate::register::code_of).unwrap_or_default();
        state.message = Some(Message::bad(Sentence::from(words::GONE_MEANWHILE).with("code", code)));
    }
}

impl Form {
    /// Lays what the register holds now beside what is typed. The first field that was taken in and the
    /// first that clashed.
    pub(super) fn meet(&mut self, now: &Record) -> (Option<&'static Meta>, Option<&'static Meta>) {
        let (mut taken, mut clashed) = (None, None);
        let table = self.kind.table();
        for field in &mut self.fields {
            let (Some(meta), Some(value)) = (table.fields.get(field.at), now.values.get(field.at)) else {
                continue;
            };
            match field.meet(meta, value) {
                Met::Same => {}
                Met::Taken => taken = taken.or(Some(meta)),
                Met::Clashed => {
                    clashed = clashed.or(Some(meta));
                    self.warned = false;
                }
            }
        }
        (taken, clashed)
    }

    /// Whether another's value waits for a decision.
    #[must_use]
    pub fn has_theirs(&self) -> bool {
        self.fields.iter().any(|field| field.theirs.is_some())
    }

    /// Goes to the first field in which another's value waits for a decision.
    pub(super) fn go_to_theirs(&mut self) {
        let first = self.fields.iter().position(|field| field.theirs.is_some());
        self.focus = first.unwrap_or(self.focus);
    }
}

impl FormField {
    fn meet(&mut self, meta: &Meta, now: &Value) -> Met {
        if is_same(self.known(), now) {
            return Met::Same;
        }
        let is_mine = Form::is_changed(self) && self.input.text() != typed_form(now);
        if is_mine {
            self.theirs = Some(now.clone());
            return Met::Clashed;
        }
        *self = Self::of(self.at, meta, now.clone());
        Met::Taken
    }

    /// Takes what another wrote.
    pub(super) fn take_theirs(&mut self, meta: &Meta) {
        if let Some(theirs) = self.theirs.take() {
            *self = Self::of(self.at, meta, theirs);
        }
    }

    /// Keeps what was typed, knowing what another wrote.
    pub(super) fn keep_mine(&mut self) {
        if let Some(theirs) = self.theirs.take() {
            self.original = typed_form(&theirs);
            self.seen = theirs;
        }
    }
}

/// Two values are the same here; a link is its target.
fn is_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Link(a), Value::Link(b)) => (a.kind, a.id) == (b.kind, b.id),
        _ => a == b,
    }
}
