//! Acknowledging and snoozing what needs attention, and telling it again.

use crate::app::action::Action;
use crate::app::cursor::Line;
use crate::app::state::{Message, Panel, Place, State};
use crate::app::{Effect, form, words};
use crate::domain::list::ClosedList;
use crate::entity::{Kind, Ref, Value};
use crate::register::{Act, Attention, Change, Due, Saved, Shelf, Step, Write, code_of};
use crate::texts::Sentence;

/// Opens the form by which what is due under the cursor is left out until a day; among what was
/// snoozed, tells it again.
pub(super) fn snooze(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    if let Some(line) = line(state) {
        return match &line.silence {
            Some(silence) => wake(state, silence.at, &line.code, out),
            None => ask(state, line.at, Due { what: line.what, date: line.date }, action, out),
        };
    }
    let Some(at) = state.selected() else { return };
    let card = state.card.as_deref().filter(|card| card.record.at == at);
    match card.map(|card| card.dues.first().copied()) {
        Some(Some(due)) => ask(state, at, due, action, out),
        Some(None) => {
            state.message = Some(Message::note(Sentence::from(words::NOTHING_DUE).with("code", code_of(at))));
        }
        // The page of another record keeps its own card.
        None if matches!(state.place(), Place::Record(_)) => {
            state.message = Some(Message::note(words::OPEN_FIRST));
        }
        None => state.wait_for(at, action, out),
    }
}

/// Shows what was snoozed in the place of what needs attention, or that again.
pub(super) fn turn(state: &mut State) {
    let pane = &mut state.overview;
    pane.snoozed = !pane.snoozed;
    pane.enter(Panel::Attention);
}

/// The line of the attention list under the cursor.
fn line(state: &State) -> Option<Attention> {
    let Some(Line::Due(at, what)) = state.overview.cursor.line().filter(|_| state.place() == Place::Overview)
    else {
        return None;
    };
    let is_it = |line: &&Attention| line.at == at && line.what == what;
    state.overview.listed().iter().find(is_it).cloned()
}

/// A line that one has just snoozed, or told again, hands the cursor on to the next.
pub(super) fn passed_on(state: &mut State, saved: &Saved) {
    let is_silence = saved.records.iter().any(|at| at.kind == Kind::Acknowledgement);
    let line = state.overview.cursor.line().filter(|_| is_silence);
    state.own.extend(line.map(Line::record));
}

fn wake(state: &mut State, silence: Ref, code: &str, out: &mut Vec<Effect>) {
    let said = Sentence::from(words::WOKEN).with("code", code);
    let steps = vec![Step::Shelve { at: silence, to: Shelf::Archive }];
    state.write(Write::Apply(Change { act: Act::Archive, steps }), Some(said), out);
}

fn ask(state: &mut State, at: Ref, due: Due, action: Action, out: &mut Vec<Effect>) {
    form::add(state, Kind::Acknowledgement, Some(at), out);
    let about = [
        ("record", Value::Text(code_of(at))),
        ("what", Value::Text(due.what.key().to_owned())),
        ("due_on", Value::Date(due.date)),
    ];
    form::impose(state, &about);
    let first = if action == Action::Acknowledge { "why" } else { "until" };
    form::focus_on_key(state, first, out);
}
