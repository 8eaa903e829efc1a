//! Marking records of a list: one, from one to the cursor, all that its filter lets through.
//!
//! What is loaded is marked at once; of longer lists the register is asked which records they are, at
//! one moment, and keys wait for its answer.

use crate::app::list::{List, ListKey};
use crate::app::state::{Message, Place, State};
use crate::app::{Effect, browse, words};
use crate::entity::input::Reading;
use crate::register::{Anchor, Query, Request, Shelves, Slot};
use crate::texts::Sentence;

/// The records that an act is done to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Their numbers.
    pub ids: Vec<i64>,
    /// Where they stand.
    pub shelf: Shelves,
}

/// The marked records of the list one is at; `None` where none is marked.
#[must_use]
pub fn chosen(state: &State) -> Option<Chosen> {
    let list = state.list().filter(|list| !list.marks.is_empty())?;
    Some(Chosen { ids: list.marks.ids(), shelf: list.shelf })
}

/// Whether any record of the list one is at is marked.
#[must_use]
pub fn any(state: &State) -> bool {
    state.list().is_some_and(|list| !list.marks.is_empty())
}

/// Gives up what is being marked, else takes the marks away. Whether there was anything of it.
pub(super) fn clear(state: &mut State, key: ListKey) -> bool {
    state.forget(Slot::Marks) || state.list_mut(key).marks.clear()
}

/// Marks the record under the cursor, or takes its mark away, and goes on to the next.
pub(super) fn turn(state: &mut State, out: &mut Vec<Effect>) {
    let Some((key, at)) = here(state) else { return };
    let marks = &mut state.list_mut(key).marks;
    if !marks.settle() {
        marks.turn(at);
    }
    browse::down(state, out);
}

/// Begins to mark from here to where the cursor goes; ends it there.
pub(super) fn range(state: &mut State) {
    let Some((key, at)) = here(state) else { return };
    let marks = &mut state.list_mut(key).marks;
    if !marks.settle() {
        marks.begin(at);
    }
}

/// Marks all that the filter lets through; where they are marked, takes their marks away.
pub(super) fn all(state: &mut State, out: &mut Vec<Effect>) {
    let Place::List(key) = state.place() else { return };
    let reading = state.reading();
    let list = state.list_mut(key);
    if let Some(why) = list.filter(&reading).problem(key.kind.table()) {
        // The list shows what the rest of the filter lets through, which is not what was asked for.
        state.message =
            Some(Message::bad(Sentence::from(words::MARK_FILTER_FIRST).with_sentence("why", why)));
        return;
    }
    list.marks.settle();
    let loaded = list.page.start == 0 && list.page.total == Some(list.page.rows.len() as u64);
    if loaded {
        let ids: Vec<i64> = list.page.rows.iter().map(|row| row.at.id).collect();
        list.marks.turn_all(&ids);
    } else {
        let query = question(list, &reading);
        state.ask(Slot::Marks, Request::Ids(query, None), out);
    }
}

/// Has the range of the list one is at reach to the cursor.
pub(super) fn follow(state: &mut State, out: &mut Vec<Effect>) {
    let Some(list) = state.list() else { return };
    let (Some(range), Some(to)) = (list.marks.range(), list.at.filter(|_| !list.gone)) else { return };
    let from = range.from;
    if range.to == to {
        return;
    }
    let (key, was) = (list.key, range.to);
    if let Some(ids) = between(list, from, to) {
        return state.list_mut(key).marks.stretch(to, ids);
    }
    if let Some(way) = between(list, was, to) {
        return state.list_mut(key).marks.go_on(to, &way);
    }
    let asked = Request::Ids(question(list, &state.reading()), Some((from, to)));
    if !state.is_asked(Slot::Marks, &asked) {
        state.ask(Slot::Marks, asked, out);
    }
}

/// Takes the records that are to be marked.
pub(super) fn take(state: &mut State, ids: Vec<i64>, query: &Query, ends: Option<(i64, i64)>) {
    let reading = state.reading();
    let list = state.list_mut(ListKey::of(query));
    if !list.is_narrowed_as(query, &reading) {
        // They were asked for by another filter than the one that is seen.
        return;
    }
    match ends {
        None => list.marks.turn_all(&ids),
        // The record where it began is gone, and with it the range.
        Some(_) if ids.is_empty() => list.marks.give_up(),
        Some((_, to)) => list.marks.stretch(to, ids),
    }
}

fn here(state: &State) -> Option<(ListKey, i64)> {
    let list = state.list()?;
    Some((list.key, list.record()?.id))
}

/// The question for the whole of a list.
fn question(list: &List, reading: &Reading) -> Query {
    Query { reach: (0, 0), ..list.ask(Anchor::First, 0, reading) }
}

/// The records from one to another, as far as they are loaded.
fn between(list: &List, from: i64, to: i64) -> Option<Vec<i64>> {
    let rows = &list.page.rows;
    let place = |wanted: i64| rows.iter().position(|row| row.at.id == wanted);
    let (from, to) = (place(from)?, place(to)?);
    let rows = rows.iter().take(from.max(to) + 1).skip(from.min(to));
    Some(rows.map(|row| row.at.id).collect())
}
