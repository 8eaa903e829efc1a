//! The register of another day, and what changed between two days.

use chrono::NaiveDate;

use crate::app::command::CommandLine;
use crate::app::state::{Message, Of, Overlay, Place, State};
use crate::app::{Effect, words};
use crate::domain::day::parse_date;
use crate::register::Refusal;
use crate::texts::{Sentence, Text};

/// The present, while another day is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Present {
    /// The civil date.
    pub today: NaiveDate,
    /// Whether the register can only be read.
    pub read_only: bool,
}

/// Opens the command line with a command that takes days, for these to be typed.
pub(super) fn ask(state: &mut State, command: &str) {
    state.overlay = Some(Overlay::Command(CommandLine::begun(format!("{command} "))));
}

/// `:at DAY`. The present day, and `now`, lead back.
pub fn at(state: &mut State, typed: &str, out: &mut Vec<Effect>) {
    let Some(day) = day(state, typed, words::HOW_TO_GO) else { return };
    if day == present(state) {
        return back(state, out);
    }
    state.message = Some(Message::note(Sentence::from(words::GOING).with("day", day)));
    state.going = Some(day);
    out.push(Effect::GoTo(Some((day, state.zone.ends(day)))));
}

/// Back to the present.
pub(super) fn back(state: &mut State, out: &mut Vec<Effect>) {
    state.going = None;
    state.message = None;
    if state.present.is_some() {
        out.push(Effect::GoTo(None));
    }
}

/// The register of another day is there, or that of the present again (`None`).
pub(super) fn arrived(state: &mut State, result: Result<Option<NaiveDate>, Refusal>, out: &mut Vec<Effect>) {
    match result {
        Ok(Some(day)) if state.going == Some(day) => {
            let here = Present { today: state.today, read_only: state.read_only };
            state.present.get_or_insert(here);
            state.begin_day(day);
            state.read_only = true;
            state.message = None;
        }
        Ok(None) => {
            if let Some(present) = state.present.take() {
                state.begin_day(present.today);
                state.read_only = present.read_only;
            }
        }
        Ok(Some(_)) => return,
        Err(refusal) => {
            state.message = Message::refused(&refusal);
            state.going = None;
            return;
        }
    }
    state.going = None;
    state.forget_all(out);
}

/// `:diff DAY [DAY]`.
pub(super) fn diff(state: &mut State, typed: &str, out: &mut Vec<Effect>) {
    let (from, to) = typed.trim().split_once(' ').unwrap_or((typed.trim(), "today"));
    let Some(from) = day(state, from, words::HOW_TO_DIFF) else { return };
    let Some(to) = day(state, to.trim(), words::HOW_TO_DIFF) else { return };
    state.go(Place::History(Of::Between(from.min(to), from.max(to))), out);
}

/// The day that is typed, none of the future; what is wrong with it is said.
fn day(state: &mut State, typed: &str, how: Text) -> Option<NaiveDate> {
    let today = present(state);
    let read = if typed.trim() == "now" { Ok(today) } else { parse_date(typed, today) };
    let says = match read {
        Ok(day) if day <= today => return Some(day),
        Ok(_) => words::IN_THE_FUTURE,
        Err(_) => how,
    };
    state.message = Some(Message::bad(Sentence::from(says).with("day", typed)));
    None
}

fn present(state: &State) -> NaiveDate {
    state.present.map_or(state.today, |present| present.today)
}
