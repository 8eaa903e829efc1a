//! Saving a form: every error told at once, the answer of the register taken in.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::{Form, FormField, REASON, deed, many, picker};
use crate::app::draft::Draft;
use crate::app::state::{Message, Place, State};
use crate::app::{Effect, checklist, words};
use crate::domain::deed::Deed;
use crate::domain::exit::ExitState;
use crate::domain::list::ClosedList;
use crate::entity::input::{self, Entered};
use crate::entity::{Kind, Meta, Problem, Record, Ref, Shape, Value};
use crate::register::{self, Act, Change, Edit, Refusal, Saved, Step, Ticket, Write, code_of};
use crate::texts::{Sentence, Text, text};

/// Saves the form, or says what is wrong with it.
pub(super) fn save(state: &mut State, out: &mut Vec<Effect>) {
    let reading = state.reading();
    picker::close(state);
    let Some(form) = &mut state.form else { return };
    if form.has_theirs() && !form.warned {
        // Nobody writes over what he may not have seen.
        form.warned = true;
        form.go_to_theirs();
        state.message = Some(Message::bad(words::CONFLICT));
        return;
    }
    if let Some(chosen) = form.many.clone() {
        return many::save(state, chosen, out);
    }
    if let Some(what) = form.deed {
        return deed::save(state, what, out);
    }
    let table = form.kind.table();
    let mut edits: Vec<Edit> = Vec::new();
    for field in &mut form.fields {
        let Some(meta) = table.fields.get(field.at) else { continue };
        let changed = Form::is_changed(field);
        if !changed && !field.begun && form.target.is_some() {
            continue;
        }
        match entered(meta, field, &reading) {
            Ok(Entered::Value(Value::Null)) if meta.required => {
                field.error = Some(missing(meta));
            }
            Ok(Entered::Value(Value::Null)) if !changed => {}
            Ok(new) => {
                field.error = None;
                edits.push(Edit { field: field.at, seen: Some(field.known().clone()), new });
            }
            Err(sentence) => field.error = Some(sentence),
        }
    }
    if form.errors() > 0 {
        return to_first_error(state);
    }
    if edits.is_empty() {
        return unchanged(state, out);
    }
    let reason =
        form.fields.iter().find(|field| field.at == REASON).map(|field| field.input.text().trim().to_owned());
    let reason = reason.filter(|reason| !reason.is_empty());
    let (act, step) = match form.target {
        Some(at) => (Act::Edit, Step::Update { at, edits, reason, only_if: None }),
        None => {
            let fields = edits.into_iter().map(|edit| (edit.field, edit.new)).collect();
            (Act::Add, Step::Insert { kind: form.kind, fields, reason })
        }
    };
    send(state, Change { act, steps: vec![step] }, out);
}

/// Sends off what a form writes.
pub(super) fn send(state: &mut State, change: Change, out: &mut Vec<Effect>) {
    let ticket = state.write(Write::Apply(change), None, out);
    if let Some(form) = &mut state.form {
        form.saving = ticket;
        out.extend(ticket.map(Effect::WakeUnlessWritten));
    }
}

/// Closes a form in which nothing was changed.
pub(super) fn unchanged(state: &mut State, out: &mut Vec<Effect>) {
    out.extend(state.form.take().map(|form| Effect::DropDraft(form.draft)));
    state.message = Some(Message::note(words::NO_CHANGES));
}

/// Says that a field must be filled in.
pub(super) fn missing(meta: &Meta) -> Sentence {
    Sentence::from(MISSING).with_word("field", meta.label)
}

/// Says that the form is being saved, and what that waits for.
pub(super) fn say_saving(state: &mut State) {
    let Some(form) = &state.form else { return };
    let says = if form.delayed { words::WAITING } else { words::STILL_SAVING };
    state.message = Some(Message::note(says));
}

/// The answer is still to come: another operator is writing.
pub fn on_delayed(state: &mut State, ticket: Ticket) {
    if let Some(form) = state.form.as_mut().filter(|form| form.saving == Some(ticket)) {
        form.delayed = true;
        say_saving(state);
    }
}

impl Form {
    /// What the record is called by what is typed.
    pub(super) fn called(&self, reading: &input::Reading) -> String {
        let table = self.kind.table();
        let mut values = (table.blank)();
        for field in &self.fields {
            let value = table.fields.get(field.at).map(|meta| entered(meta, field, reading));
            if let (Some(Ok(Entered::Value(value))), Some(cell)) = (value, values.get_mut(field.at)) {
                *cell = value;
            }
        }
        let name = (table.label)(&values);
        if name.is_empty() { self.name.clone() } else { name }
    }
}

/// A text as it is read: a bare number in a field of a length of time is days.
#[must_use]
pub fn as_typed<'t>(meta: &Meta, text: &'t str) -> Cow<'t, str> {
    let digits = text.trim();
    let is_bare =
        !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
    if meta.shape == Shape::Span && is_bare { format!("{digits}d").into() } else { text.into() }
}

/// The value of a field; a picked record by its code, however it is called.
pub(super) fn entered(meta: &Meta, field: &FormField, reading: &input::Reading) -> Result<Entered, Sentence> {
    match field.picked_code() {
        Some(code) => Ok(Entered::Refer(code.to_owned())),
        None => input::read(meta, &as_typed(meta, field.input.text()), reading),
    }
}

pub(super) fn to_first_error(state: &mut State) {
    let Some(form) = &mut state.form else { return };
    if let Some(first) = form.fields.iter().position(|field| field.error.is_some()) {
        form.focus = first;
        let sentence = Sentence::from(words::ERRORS).with("n", form.errors());
        state.message = Some(Message::bad(sentence));
    }
}

/// Takes the outcome of saving.
pub fn on_written(state: &mut State, result: Result<Saved, Refusal>, out: &mut Vec<Effect>) {
    let reading = state.reading();
    let Some(form) = &mut state.form else { return };
    form.saving = None;
    form.delayed = false;
    match result {
        Ok(saved) => {
            out.push(Effect::DropDraft(form.draft));
            let at = form.target.or_else(|| saved.records.first().copied());
            let done = form.deed.map(|deed| done(form, deed, &saved.records, &reading, state.today));
            let name = form.called(&reading);
            let own = silenced(form, &reading).or_else(|| closes(form).then(|| words::CASE_CLOSED.into()));
            let case =
                saved.records.iter().copied().find(|made| form.deed.is_some() && made.kind == Kind::ExitCase);
            state.form = None;
            if let Some(at) = at {
                state.message = Some(match done {
                    Some(done) => with_doubt(done, words::DEED_BUT, saved.doubts),
                    None => match own {
                        Some(own) => Message::good(own.with("code", code_of(at)).with("name", &name)),
                        None => saved_message(at, &name, saved.doubts),
                    },
                });
                if at.kind == Kind::ExitStep {
                    checklist::go_on(state, at);
                }
                if let Place::List(key) = state.place()
                    && key.kind == at.kind
                {
                    state.list_mut(key).at = Some(at.id);
                }
            }
            if let Some(case) = case {
                // What was opened is worked on next; the message goes along.
                let said = state.message.take();
                state.go(Place::Record(case), out);
                state.message = said;
                return;
            }
            state.refresh(out);
        }
        Err(Refusal::Invalid(problems)) => {
            for problem in problems {
                let field =
                    form.fields.iter().position(|f| form.meta(f).is_some_and(|m| m.key == problem.field));
                match field.and_then(|at| form.fields.get_mut(at)) {
                    Some(field) => field.error = Some(problem.sentence),
                    None => state.message = Some(Message::bad(problem.sentence)),
                }
            }
            to_first_error(state);
        }
        Err(Refusal::Conflict(conflict)) => {
            for clash in conflict.clashes {
                if let Some(field) = form.fields.iter_mut().find(|field| field.at == clash.field) {
                    field.theirs = Some(clash.theirs);
                }
            }
            form.warned = true;
            form.go_to_theirs();
            state.message = Some(Message::bad(words::CONFLICT));
        }
        Err(refusal) => state.message = Message::refused(&refusal),
    }
}

/// Says that what is due was left out, and until when.
fn silenced(form: &Form, reading: &input::Reading) -> Option<Sentence> {
    let place = form.kind.table().field("until").filter(|_| form.kind == Kind::Acknowledgement)?;
    let field = form.fields.iter().find(|field| field.at == place)?;
    let until = form.meta(field).and_then(|meta| entered(meta, field, reading).ok());
    Some(match until {
        Some(Entered::Value(Value::Date(day))) => Sentence::from(words::SNOOZED).with("until", day),
        _ => words::ACKNOWLEDGED.into(),
    })
}

/// Whether a form closed an exit case.
fn closes(form: &Form) -> bool {
    let place = form.kind.table().field("state");
    let is_state = |field: &&FormField| Some(field.at) == place && field.replaces().is_some();
    let state = form.fields.iter().find(is_state);
    form.kind == Kind::ExitCase && state.is_some_and(|field| field.input.text() == ExitState::Closed.key())
}

/// Says what was done with a contract, and which one was made beside it.
fn done(form: &Form, deed: Deed, records: &[Ref], reading: &input::Reading, today: NaiveDate) -> Sentence {
    let code = form.target.map(code_of).unwrap_or_default();
    let beside = records
        .iter()
        .find(|at| Some(**at) != form.target && (at.kind == form.kind || at.kind == Kind::ExitCase));
    let says = if beside.is_some() { words::DEED_MADE } else { words::DEED_DONE };
    let after = form.done_with.as_deref().map(|before| as_typed_over(form, before, reading));
    let fact = after.map(|after| register::deed::done(&after, deed, records, today));
    let says = Sentence::from(says).with("code", code).with("name", &form.name);
    let says = match fact {
        Some(fact) => says.with_sentence("deed", fact),
        None => says.with_word("deed", deed.label()),
    };
    match beside {
        Some(beside) => says.with("made", code_of(*beside)),
        None => says,
    }
}

/// A contract that was as `before`, with what was typed.
fn as_typed_over(form: &Form, before: &Record, reading: &input::Reading) -> Record {
    let mut after = before.clone();
    for field in &form.fields {
        let typed = form.meta(field).and_then(|meta| entered(meta, field, reading).ok());
        if let (Some(Entered::Value(value)), Some(held)) = (typed, after.values.get_mut(field.at)) {
            *held = value;
        }
    }
    after
}

/// Takes the outcome of saving a form that was left meanwhile.
pub fn on_written_behind(
    state: &mut State,
    draft: Draft,
    result: Result<Saved, Refusal>,
    out: &mut Vec<Effect>,
) {
    match result {
        Ok(saved) => {
            out.push(Effect::DropDraft(draft.id));
            if let Some(at) = saved.records.first() {
                state.message = Some(saved_message(*at, &draft.name, saved.doubts));
            }
            state.refresh(out);
        }
        Err(refusal) => {
            state.drafts.push(draft);
            state.message = Message::refused(&refusal);
        }
    }
}

/// Says that a record was saved, and what of it wants a look.
fn saved_message(at: Ref, name: &str, doubts: Vec<Problem>) -> Message {
    let says = if name.is_empty() { words::SAVED_NAMELESS } else { words::SAVED };
    let saved = Sentence::from(says).with("code", code_of(at)).with("name", name);
    with_doubt(saved, words::SAVED_BUT, doubts)
}

/// Says what was done, and what of it wants a look.
fn with_doubt(saved: Sentence, both: Text, doubts: Vec<Problem>) -> Message {
    match doubts.into_iter().next() {
        None => Message::good(saved),
        Some(doubt) => {
            let both = Sentence::from(both).with_sentence("saved", saved);
            Message::doubt(both.with_sentence("doubt", doubt.sentence))
        }
    }
}

const MISSING: Text = text("{field} is needed.", "请填写{field}。");
