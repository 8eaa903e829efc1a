//! The checklist of an exit case: steps are ticked one by one, and the case is closed behind the last.
//!
//! A step without a proof is one key; one that asks for a proof opens its form with all else filled in.

use crate::app::action::Action;
use crate::app::browse::needed;
use crate::app::state::{Message, Place, RecordPane, State};
use crate::app::{Effect, form, words};
use crate::domain::exit::{ExitState, ExitStepKind, StepState, against_closing};
use crate::domain::list::ClosedList;
use crate::domain::vendor::VendorState;
use crate::entity::input::Entered;
use crate::entity::{Kind, Record, Ref, Value};
use crate::register::{Act, Change, Edit, Step, Write, exit};
use crate::texts::Sentence;

/// Ticks the step under the cursor as done today, and goes on to the next that is open.
pub fn tick(state: &mut State, out: &mut Vec<Effect>) {
    let Some(record) = needed(state, Action::Tick, out) else { return };
    if record.at.kind == Kind::ExitCase {
        return to_open(state);
    }
    let Some(step) = ExitStepKind::from_key(record.get("step").as_key()) else { return };
    if step == ExitStepKind::Closing {
        return close(state, out);
    }
    let asks = step.rule().proof && record.get("proof").is_null();
    let today = Value::Date(state.today);
    let done = [("state", Value::Choice(StepState::Done.choice())), ("done_on", today)];
    if asks {
        form::edit(state, &record, out);
        form::begin_with(state, &done);
        return form::focus_on_key(state, "proof", out);
    }
    let edits = done.into_iter().filter_map(|(key, new)| changed(&record, key, new)).collect();
    let said = Sentence::from(words::STEP_DONE).with_word("step", step.label());
    write(state, record.at, edits, said, out);
    go_on(state, record.at);
}

/// Opens the form of the step under the cursor to say why it is not applicable.
pub fn leave_out(state: &mut State, out: &mut Vec<Effect>) {
    let Some(record) = needed(state, Action::NotApplicable, out) else { return };
    form::edit(state, &record, out);
    form::begin_with(state, &[("state", Value::Choice(StepState::NotApplicable.choice()))]);
    form::focus_on_key(state, "why", out);
}

/// Takes the vendor of the record under the cursor out, if nothing stands against it.
pub fn take_out(state: &mut State, out: &mut Vec<Effect>) {
    let Some(record) = needed(state, Action::Exited, out) else { return };
    let Some((vendor, name)) = leaver(state, &record) else { return };
    let field = Kind::Vendor.table().field("state");
    let new = Entered::Value(Value::Choice(VendorState::Exited.choice()));
    let edits: Vec<Edit> = field.map(|field| Edit { field, seen: None, new }).into_iter().collect();
    let said = Sentence::from(words::EXITED).with("name", name);
    write(state, vendor, edits, said, out);
}

/// The vendor a record is, or names; of a step, that of the case on whose page it is. With what people
/// call it.
pub(in crate::app) fn leaver(state: &State, record: &Record) -> Option<(Ref, String)> {
    let page = state.card.as_deref().filter(|card| state.place() == Place::Record(card.record.at));
    vendor_of(record).or_else(|| vendor_of(&page?.record))
}

fn vendor_of(record: &Record) -> Option<(Ref, String)> {
    if record.at.kind == Kind::Vendor {
        return Some((record.at, record.label()));
    }
    let link = record.get("vendor").as_link()?;
    Some((Ref { kind: link.kind, id: link.id }, link.label.clone()))
}

/// Goes from a step to the next one that is open, on the page of its case.
pub(in crate::app) fn go_on(state: &mut State, from: Ref) {
    let Some(card) = state.card.as_deref().filter(|card| state.place() == Place::Record(card.record.at))
    else {
        return;
    };
    let rows: Vec<&Record> =
        std::iter::once(&card.record).chain(card.related.iter().flat_map(|related| &related.rows)).collect();
    let at = rows.iter().position(|row| row.at == from).unwrap_or(0);
    let is_open = |row: &&Record| {
        row.at.kind == Kind::ExitStep && row.at != from && row.get("state").as_key() == StepState::Open.key()
    };
    let after = rows.iter().enumerate().skip(at + 1).find(|(_, row)| is_open(row));
    let next = after.or_else(|| rows.iter().enumerate().find(|(_, row)| is_open(row))).map(|(row, _)| row);
    if let Some(row) = next {
        let lines = RecordPane::lines(card);
        state.record.field = None;
        state.record.cursor.put(row, &lines);
    }
}

/// From the case itself to its first open step.
fn to_open(state: &mut State) {
    if let Place::Record(at) = state.place() {
        go_on(state, at);
    }
}

/// Opens the form that closes the case, unless a step that blocks is open.
fn close(state: &mut State, out: &mut Vec<Effect>) {
    let case = state.card.as_deref().filter(|card| card.record.at.kind == Kind::ExitCase);
    let Some((case, steps)) = case.map(|card| {
        let steps = card.related.iter().filter(|related| related.kind == Kind::ExitStep);
        (card.record.clone(), steps.flat_map(|related| related.rows.clone()).collect::<Vec<Record>>())
    }) else {
        state.message = Some(Message::note(words::CLOSED_BY_CASE));
        return;
    };
    let open = against_closing(&steps.iter().filter_map(exit::standing).collect::<Vec<_>>());
    if !open.is_empty() {
        state.message = Some(Message::note(exit::open_steps(&case.code, &open)));
        return;
    }
    let today = || Value::Date(state.today);
    let mut begins = vec![("state", Value::Choice(ExitState::Closed.choice())), ("closed_on", today())];
    let offer = |begins: &mut Vec<(&'static str, Value)>, key: &'static str, value: Value| {
        if case.get(key).is_null() && !value.is_null() {
            begins.push((key, value));
        }
    };
    offer(&mut begins, "settled_on", today());
    if let Some((proof, fate)) = exit::data_proof(&steps) {
        let proof = if proof.is_empty() { Value::Null } else { Value::Text(proof) };
        offer(&mut begins, "certificate", proof);
        offer(&mut begins, "data", fate.map_or(Value::Null, Value::Choice));
    }
    form::edit(state, &case, out);
    form::begin_with(state, &begins);
    form::focus_on_key(state, if case.get("settlement").is_null() { "settlement" } else { "data" }, out);
}

fn changed(record: &Record, key: &str, new: Value) -> Option<Edit> {
    let field = record.table().field(key)?;
    Some(Edit { field, seen: record.values.get(field).cloned(), new: Entered::Value(new) })
}

fn write(state: &mut State, at: Ref, edits: Vec<Edit>, said: Sentence, out: &mut Vec<Effect>) {
    let step = Step::Update { at, edits, reason: None, only_if: None };
    state.write(Write::Apply(Change { act: Act::Edit, steps: vec![step] }), Some(said), out);
}
