//! The mouse: a click chooses a tab or a row, a second one opens it, the wheel moves the cursor.
//!
//! It is off until it is wanted: a terminal that reports the mouse no longer selects text by it. There
//! is nothing that only the mouse can do.

use crate::app::Effect;
use crate::app::action::Action;
use crate::app::browse::{self, TABS, tab_of};
use crate::app::geometry::Layout;
use crate::app::key::Key;
use crate::app::list::Seen;
use crate::app::state::{Message, Place, State};
use crate::app::words;
use crate::texts::{Text, text};

/// What the mouse did, and in which cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    /// What it did.
    pub did: Did,
    /// The column, from 0.
    pub x: u16,
    /// The row, from 0.
    pub y: u16,
}

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Did {
    /// The left button was pressed.
    Click,
    /// It was pressed again at once.
    DoubleClick,
    /// The wheel was turned up.
    WheelUp,
    /// The wheel was turned down.
    WheelDown,
}

/// Lines that one turn of the wheel moves a list.
const WHEEL: usize = 3;
/// The row of the tabs, and the first row below their rule.
const TAB_ROW: u16 = 0;
const BODY: u16 = 2;

/// Turns it on or off.
pub(super) fn turn(state: &mut State) {
    state.look.mouse = !state.look.mouse;
    state.message = Some(Message::note(if state.look.mouse { words::MOUSE_ON } else { words::MOUSE_OFF }));
}

/// Takes what the mouse did.
pub(super) fn on(state: &mut State, mouse: Mouse, out: &mut Vec<Effect>) {
    match mouse.did {
        Did::WheelUp => wheel(state, Key::Up, Action::Up, out),
        Did::WheelDown => wheel(state, Key::Down, Action::Down, out),
        Did::Click | Did::DoubleClick if is_covered(state) => {}
        Did::Click if mouse.y == TAB_ROW => {
            let tab = tabs(state).iter().position(|tab| (tab.x..tab.x + tab.wide).contains(&mouse.x));
            if let Some(tab) = tab {
                browse::open_tab(state, tab, out);
            }
        }
        Did::Click => drop(point(state, mouse, out)),
        Did::DoubleClick => {
            if point(state, mouse, out) {
                browse::act(state, Action::Open, out);
            }
        }
    }
}

/// Whether something lies over the screen, or has its keys.
fn is_covered(state: &State) -> bool {
    state.overlay.is_some()
        || state.form.is_some()
        || state.importer.is_some()
        || state.stage.is_some()
        || state.awaited.is_some()
}

fn wheel(state: &mut State, key: Key, action: Action, out: &mut Vec<Effect>) {
    if state.overlay.is_some() {
        super::overlay::on_key(state, key, out);
    } else if !is_covered(state) {
        for _ in 0..WHEEL {
            browse::act(state, action, out);
        }
    }
}

/// Puts the cursor on the row of a list that was clicked. Whether there was one: a heading is none.
fn point(state: &mut State, mouse: Mouse, out: &mut Vec<Effect>) -> bool {
    let (Place::List(_), Some(list)) = (state.place(), state.list()) else { return false };
    let Some(below) = mouse.y.checked_sub(BODY + state.size.list_head()) else { return false };
    let seen = list.seen(list.rows_in(state.size));
    let wide = if list.timeline.is_some() { state.size.width } else { state.size.list_width() };
    let Some(Seen::Row(row)) = seen.get(usize::from(below / state.size.record_lines())) else { return false };
    let Some(place) = list.page.rows.iter().position(|other| other.at == row.at) else { return false };
    if mouse.x >= wide {
        return false;
    }
    let row = list.page.start + place as u64;
    let by = i64::try_from(row).unwrap_or(0) - i64::try_from(list.row).unwrap_or(0);
    browse::step_by(state, by, out);
    true
}

/// One tab as it stands in the bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab {
    /// Its first cell.
    pub x: u16,
    /// Its cells, the blanks at its ends included.
    pub wide: u16,
    /// What it says.
    pub label: String,
}

/// What the tabs are called.
pub const TAB_NAMES: [Text; 5] = [
    text("Overview", "总览"),
    text("Vendors", "供应商"),
    text("Contracts", "合同"),
    text("Reviews", "考核"),
    text("Risks", "风险"),
];

/// Cells of the name of the program before the tabs; 0 where there is no room for it.
#[must_use]
pub fn brand(state: &State) -> u16 {
    let named = labels(state, true);
    let brand = 8 + u16::from(is_roomy(state));
    if width(state, &named) + brand <= state.size.width { brand } else { 0 }
}

/// The tabs as they stand in the bar. Where there is no room for all, the name of the program goes
/// first, then those of the tabs one is not on: every tab stays to be seen.
#[must_use]
pub fn tabs(state: &State) -> Vec<Tab> {
    let named = labels(state, true);
    let labels = if width(state, &named) <= state.size.width { named } else { labels(state, false) };
    let mut x = brand(state);
    let measure = state.look.measure();
    let mut all = Vec::new();
    for label in labels {
        let wide = measure.width(&label) + 2;
        all.push(Tab { x, wide, label });
        x += wide + gap(state);
    }
    all
}

/// Whether the bar has room for figures.
#[must_use]
pub const fn is_roomy(state: &State) -> bool {
    state.size.width >= 110 && !matches!(state.size.layout(), Layout::Line)
}

fn gap(state: &State) -> u16 {
    if is_roomy(state) { 2 } else { 1 }
}

fn width(state: &State, labels: &[String]) -> u16 {
    let measure = state.look.measure();
    labels.iter().map(|label| measure.width(label) + 2 + gap(state)).sum::<u16>() - gap(state)
}

fn labels(state: &State, is_named: bool) -> Vec<String> {
    let counts = [
        None,
        Some(state.counts.vendors),
        Some(state.counts.contracts),
        Some(state.counts.open_reviews),
        Some(state.counts.risks),
    ];
    let active = tab_of(state.place());
    let label = |(at, (name, count)): (usize, (&Text, Option<i64>))| {
        let mut label = (at + 1).to_string();
        if is_named || active == Some(at) {
            label = format!("{label} {}", name.in_(state.lang));
        }
        if let (true, Some(count)) = (is_roomy(state), count) {
            label.push_str(&format!(" {count}"));
            if at == 3 {
                label.push_str(text(" due", " 待办").in_(state.lang));
            }
        }
        label
    };
    debug_assert_eq!(TABS.len(), TAB_NAMES.len());
    TAB_NAMES.iter().zip(counts).enumerate().map(label).collect()
}
