//! Moving the cursor: by lines and pages, to the ends, from panel to panel.

use crate::app::Effect;
use crate::app::browse::places::tab;
use crate::app::browse::{TABS, tab_of};
use crate::app::cursor::{TO_FIRST, TO_LAST};
use crate::app::state::{Place, RecordPane, State};
use crate::register::Anchor;

/// Lines of a page.
pub(super) fn page(state: &State) -> i64 {
    i64::from(state.list().map_or(state.size.list_rows(), |list| list.rows_in(state.size)))
}

pub(super) fn half(state: &State) -> i64 {
    (page(state) / 2).max(1)
}

pub(super) fn step(state: &mut State, by: i64, out: &mut Vec<Effect>) {
    match state.place() {
        Place::List(key) => {
            let (before, size) = (state.selected(), state.size);
            let list = state.list_mut(key);
            if let Some(anchor) = list.step(by, list.rows_in(size)) {
                state.ask_list_at(key, anchor, out);
            }
            if state.selected() != before {
                state.follow(out);
            }
        }
        Place::Record(_) | Place::History(_) => state.step_pane(by),
        Place::Overview => {
            state.step_pane(by);
            if state.overview.reach_on() {
                state.ask_overview(out);
            }
            state.tell_cut();
        }
    }
}

/// The next row, and the first after the last.
pub(super) fn wrap(state: &mut State, by: i64, out: &mut Vec<Effect>) {
    if let Some(list) = state.list() {
        let last = list.known_total().saturating_sub(1);
        if by > 0 && list.row >= last {
            return end(state, Anchor::First, out);
        }
        if by < 0 && list.row == 0 {
            return end(state, Anchor::Last, out);
        }
    }
    step(state, by, out);
}

pub(super) fn end(state: &mut State, anchor: Anchor, out: &mut Vec<Effect>) {
    match state.place() {
        Place::List(key) => {
            let list = state.list_mut(key);
            let near = match anchor {
                Anchor::First => list.page.start == 0 && !list.page.rows.is_empty(),
                _ => !list.rest_below() && !list.page.rows.is_empty(),
            };
            let by = if anchor == Anchor::First { TO_FIRST } else { TO_LAST };
            if near { step(state, by, out) } else { state.ask_list_at(key, anchor, out) }
        }
        Place::Overview if anchor == Anchor::Last && state.overview.reach_end() => state.ask_overview(out),
        Place::Overview if anchor == Anchor::First => {
            state.overview.reach = 0;
            step(state, TO_FIRST, out);
        }
        _ if anchor == Anchor::First => step(state, TO_FIRST, out),
        _ => step(state, TO_LAST, out),
    }
}

pub(super) fn panel(state: &mut State, by: isize, out: &mut Vec<Effect>) {
    match state.place() {
        Place::Overview => {
            let next = state.overview.panel.beside(by, state.size.overview_panels());
            state.overview.enter(next);
        }
        Place::Record(_) => next_section(state, by),
        place => {
            let at = tab_of(place).unwrap_or(0);
            let next = (at + TABS.len()).saturating_add_signed(by) % TABS.len();
            tab(state, next, out);
        }
    }
}

/// The first row of the next section of the record page.
fn next_section(state: &mut State, by: isize) {
    let Some(card) = &state.card else { return };
    let mut starts = vec![0];
    let mut at = 1;
    for related in &card.related {
        if !related.rows.is_empty() {
            starts.push(at);
        }
        at += related.rows.len();
    }
    let now = starts.iter().rposition(|start| *start <= state.record.cursor.row()).unwrap_or(0);
    let next = (now + starts.len()).saturating_add_signed(by) % starts.len();
    state.record.field = None;
    state.record.cursor.put(starts.get(next).copied().unwrap_or(0), &RecordPane::lines(card));
}
