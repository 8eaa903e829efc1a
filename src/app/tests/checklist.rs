//! The checklist of an exit case by keys, and what is snoozed on the Overview.

use super::*;
use crate::app::form::{Form, FormField};
use crate::domain::exit::{ExitStepKind, StepState};
use crate::domain::list::ClosedList;
use crate::entity::input::Entered;
use crate::register::{Related, Silence};

const CASE: Ref = Ref { kind: Kind::ExitCase, id: 1 };

fn record(at: Ref, fields: &[(&str, Value)]) -> Record {
    let table = at.kind.table();
    let mut values = (table.blank)();
    for (key, value) in fields {
        values[table.field(key).unwrap()] = value.clone();
    }
    let derived = vec![Value::Null; table.derived.len()];
    Record { at, code: code_of(at), version: 1, archived_at: None, values, derived }
}

fn step(step: ExitStepKind, state: StepState) -> Record {
    let at = Ref { kind: Kind::ExitStep, id: i64::try_from(step.index()).unwrap() + 1 };
    let (step, blocks) = (Value::Choice(step.choice()), Value::Bool(step.rule().blocks));
    record(at, &[("step", step), ("state", Value::Choice(state.choice())), ("blocks", blocks)])
}

/// The page of a case of which these steps are open.
fn page(open: &[ExitStepKind]) -> Desk {
    let rows: Vec<Record> = ExitStepKind::ALL
        .iter()
        .map(|kind| step(*kind, if open.contains(kind) { StepState::Open } else { StepState::Done }))
        .collect();
    let related = vec![Related { kind: Kind::ExitStep, field: 1, total: 13, rows }];
    let case = record(CASE, &[("title", Value::Text("Frame".to_owned()))]);
    let mut desk = Desk::new();
    desk.state.go(Place::Record(CASE), &mut Vec::new());
    desk.state.card = Some(Box::new(Card { record: case, related, dues: Vec::new(), last_event: None }));
    desk
}

fn under_cursor(desk: &Desk) -> Option<usize> {
    desk.state.selected().filter(|at| at.kind == Kind::ExitStep).and_then(|at| usize::try_from(at.id).ok())
}

fn form(desk: &Desk) -> &Form {
    desk.state.form.as_ref().expect("no form")
}

fn typed(desk: &Desk, key: &str) -> String {
    let form = form(desk);
    let is_it = |field: &&FormField| form.meta(field).is_some_and(|meta| meta.key == key);
    form.fields.iter().find(is_it).expect("no such field").input.text().to_owned()
}

fn focused(desk: &Desk) -> &'static str {
    form(desk).focused().and_then(|field| form(desk).meta(field)).unwrap().key
}

#[test]
fn a_step_without_a_proof_is_one_key_and_the_next_that_is_open_is_under_the_cursor() {
    let open = [ExitStepKind::OpenItems, ExitStepKind::Staff, ExitStepKind::Closing];
    let desk = page(&open).press("Space");
    assert_eq!((under_cursor(&desk), desk.written()), (Some(3), None), "the case itself is not ticked");
    let desk = desk.press("Space");
    let (_, change) = desk.written().expect("nothing is written");
    let [Step::Update { at, edits, .. }] = change.steps.as_slice() else { panic!("{change:?}") };
    assert_eq!(at.id, 3);
    let new: Vec<Entered> = edits.iter().map(|edit| edit.new.clone()).collect();
    let done = Value::Choice(StepState::Done.choice());
    assert_eq!(new, [Entered::Value(done), Entered::Value(Value::Date(desk.state.today))]);
    assert_eq!(under_cursor(&desk), Some(7));
    // What is settled is not ticked twice.
    let desk = desk.press("k Space");
    assert_eq!(desk.says(), "XS-0006 is settled; e opens it again, with the reason.");
}

#[test]
fn a_step_with_a_proof_asks_for_it_and_one_that_is_left_out_for_why() {
    let desk = page(&[ExitStepKind::Data]).press("Space Space");
    assert_eq!((focused(&desk), typed(&desk, "state").as_str()), ("proof", "done"));
    assert_eq!(typed(&desk, "done_on"), "2026-07-26");
    // What nobody typed is no draft of anybody's, and yet saved with what is typed.
    assert_eq!(desk.press("Esc").state.drafts, []);
    let desk = page(&[ExitStepKind::Data]).press("Space Space x Ctrl-S");
    let (_, change) = desk.written().expect("nothing is written");
    let [Step::Update { edits, .. }] = change.steps.as_slice() else { panic!("{change:?}") };
    let table = Kind::ExitStep.table();
    let keys: Vec<&str> = edits.iter().map(|edit| table.fields[edit.field].key).collect();
    assert_eq!(keys, ["state", "done_on", "proof"]);
    // Kept as a draft, it says all of it again.
    let desk = page(&[ExitStepKind::Data]).press("Space Space x Esc");
    let kept: Vec<&str> = desk.state.drafts[0].fields.keys().map(String::as_str).collect();
    assert_eq!(kept, ["done_on", "proof", "state"]);
    let desk = page(&[ExitStepKind::Data]).press("Space -");
    assert_eq!((focused(&desk), typed(&desk, "state").as_str()), ("why", "not_applicable"));
}

#[test]
fn the_last_step_closes_the_case_once_nothing_blocks() {
    let desk = page(&[ExitStepKind::Assets, ExitStepKind::Lessons, ExitStepKind::Closing]).press("G Space");
    assert_eq!(desk.says(), "1 step of X-0001 is open: Assets, credentials back.");
    assert!(desk.state.form.is_none());
    let desk = page(&[ExitStepKind::Lessons, ExitStepKind::Closing]).press("G Space");
    assert_eq!(form(&desk).target, Some(CASE));
    let begun = ["state", "closed_on", "settled_on"].map(|key| typed(&desk, key));
    assert_eq!(begun, ["closed", "2026-07-26", "2026-07-26"]);
    assert_eq!(focused(&desk), "settlement");
}

#[test]
fn what_is_due_is_snoozed_by_a_form_that_knows_what_it_is_about() {
    let mut desk = Desk::new();
    desk.register.attention = vec![due(4), due(5)];
    let desk = desk.press("1 j z");
    let about = ["record", "what", "due_on", "until"].map(|key| typed(&desk, key));
    assert_eq!(about, ["AC-0005", "action", "2026-07-26", ""]);
    assert_eq!(focused(&desk), "until");
    assert_eq!(focused(&desk.press("Esc : a c k n o w l e d g e Enter")), "why");
}

#[test]
fn what_was_snoozed_stands_behind_a_key_and_is_told_again_with_another() {
    let silent = |id| {
        let at = Ref { kind: Kind::Acknowledgement, id };
        Attention { silence: Some(Silence { at, until: None, reason: "seen".to_owned() }), ..due(id) }
    };
    let mut desk = Desk::new();
    desk.register.attention = vec![due(4)];
    let mut desk = desk.press("1 Z");
    assert_eq!(desk.says(), "Nothing that is due is snoozed.");
    desk.state.overview.data.as_mut().unwrap().snoozed = vec![silent(7), silent(8)];
    let desk = desk.press("Z j");
    assert_eq!(desk.state.selected(), Some(Ref { kind: Kind::Action, id: 8 }));
    let desk = desk.press("z");
    let (_, change) = desk.written().expect("nothing is written");
    let [Step::Shelve { at, .. }] = change.steps[..] else { panic!("{change:?}") };
    assert_eq!(code_of(at), "AK-0008");
    // Back to what is due.
    assert!(!desk.press("Esc").state.overview.snoozed);
}
