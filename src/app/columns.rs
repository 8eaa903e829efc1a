//! The columns of a list, while they are chosen: which are shown, in what order, how wide, and how
//! many stay where the list is moved sideways. What is chosen is seen at once and kept.

use crate::app::Effect;
use crate::app::action::Action;
use crate::app::key::{Key, folded};
use crate::app::keymap::Context;
use crate::app::overlay::no_action;
use crate::app::state::{Overlay, Place, State};
use crate::app::view::{Columns, Shown, arrange};
use crate::entity::{Column, Kind, Table};

/// The columns of a kind, one a line: first those that are shown, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnsPane {
    /// The kind of the records.
    pub kind: Kind,
    /// The columns, and how wide each is that is shown.
    pub lines: Vec<(Column, Option<u16>)>,
    /// How many of those that are shown stay.
    pub frozen: usize,
    /// The line under the cursor.
    pub cursor: usize,
}

impl ColumnsPane {
    /// The columns of a kind as they are now.
    #[must_use]
    pub fn of(kind: Kind, columns: &Columns) -> Self {
        let table = kind.table();
        let own = || table.columns.iter().map(|column| Shown::usual(table, *column)).collect();
        let shown: Vec<Shown> = if columns.shown.is_empty() { own() } else { columns.shown.clone() };
        let others = all(table).filter(|column| shown.iter().all(|shown| shown.column != *column));
        let lines = shown.iter().map(|shown| (shown.column, Some(shown.width)));
        let lines = lines.chain(others.map(|column| (column, None))).collect();
        Self { kind, lines, frozen: columns.frozen, cursor: 0 }
    }

    /// What is chosen.
    fn columns(&self) -> Columns {
        let shown =
            self.lines.iter().filter_map(|(column, width)| Some(Shown { column: *column, width: (*width)? }));
        let shown: Vec<Shown> = shown.collect();
        Columns { frozen: self.frozen.min(shown.len()), shown }
    }

    /// How many of the shown stand before a line.
    fn shown_before(&self, line: usize) -> usize {
        self.lines.iter().take(line).filter(|(_, width)| width.is_some()).count()
    }

    /// Shows the column under the cursor, or takes it away; the last stays.
    fn toggle(&mut self) {
        let shown = self.shown_before(self.lines.len());
        let table = self.kind.table();
        if let Some((column, width)) = self.lines.get_mut(self.cursor) {
            *width = match width {
                Some(_) if shown > 1 => None,
                Some(width) => Some(*width),
                None => Some(Shown::usual(table, *column).width),
            };
        }
    }

    fn shift(&mut self, by: isize) {
        let to = self.cursor.saturating_add_signed(by).min(self.lines.len().saturating_sub(1));
        self.lines.swap(self.cursor, to);
        self.cursor = to;
    }

    fn widen(&mut self, by: i16) {
        if let Some((column, Some(width))) = self.lines.get_mut(self.cursor) {
            *width = Shown { column: *column, width: *width }.wider(self.kind.table(), by).width;
        }
    }

    /// Lets the columns up to the cursor stay; none, where those are the ones that stay already.
    fn freeze(&mut self) {
        let wanted = self.shown_before(self.cursor + 1);
        self.frozen = if self.frozen == wanted { 0 } else { wanted };
    }
}

/// The columns that can be shown: what is entered and seen, and what is worked out.
fn all(table: &Table) -> impl Iterator<Item = Column> {
    let fields = table.fields.iter().enumerate().filter(|(_, meta)| !meta.hidden);
    let fields = fields.map(|(at, _)| Column::Field(at));
    fields.chain((0..table.derived.len()).map(Column::Derived))
}

/// Opens the columns of the list one is at.
pub fn open(state: &mut State) {
    if let Place::List(key) = state.place() {
        let pane = ColumnsPane::of(key.kind, &state.views.columns(key.kind));
        state.overlay = Some(Overlay::Columns(pane));
    }
}

/// Takes a key while columns are chosen.
pub fn on_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    match state.keymap.action(&[Context::Columns], folded(key)) {
        Some(action) => act(state, action, out),
        None => no_action(state, key),
    }
}

/// Does an action of the columns.
pub fn act(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    let Some(Overlay::Columns(pane)) = &mut state.overlay else { return };
    let last = pane.lines.len().saturating_sub(1);
    let kind = pane.kind;
    match action {
        Action::Dismiss => return state.overlay = None,
        Action::Down => return pane.cursor = if pane.cursor == last { 0 } else { pane.cursor + 1 },
        Action::Up => return pane.cursor = pane.cursor.checked_sub(1).unwrap_or(last),
        Action::First => return pane.cursor = 0,
        Action::Last => return pane.cursor = last,
        Action::Toggle => pane.toggle(),
        Action::MoveUp => pane.shift(-1),
        Action::MoveDown => pane.shift(1),
        Action::Wider => pane.widen(1),
        Action::Narrower => pane.widen(-1),
        Action::Freeze => pane.freeze(),
        Action::OwnColumns => {
            *pane = ColumnsPane::of(kind, &Columns::default());
            return choose(state, kind, Columns::default(), out);
        }
        _ => return,
    }
    let columns = pane.columns();
    choose(state, kind, columns, out);
}

/// Shows these columns in the lists of a kind, and keeps them.
pub(super) fn choose(state: &mut State, kind: Kind, columns: Columns, out: &mut Vec<Effect>) {
    let table = kind.table();
    let before = state.views.columns(kind).extra(table);
    let wants_more = columns.extra(table).iter().any(|column| !before.contains(column));
    state.views.of_mut(kind).last.columns = columns;
    state.keep_views(kind, out);
    if let Place::List(key) = state.place()
        && key.kind == kind
        && wants_more
    {
        state.ask_list(key, out);
    }
}

/// Moves the list one is at sideways by columns.
pub fn sideways(state: &mut State, by: isize) {
    let Place::List(key) = state.place() else { return };
    let columns = state.views.columns(key.kind);
    // The last cell is for the sign that there are more.
    let room = state.size.list_width().saturating_sub(1);
    let list = state.list_mut(key);
    let (_, more) = arrange(key.kind.table(), &columns, list.across, crate::app::geometry::GUTTER, room);
    if by < 0 || more {
        let moved = columns.shown.len().saturating_sub(columns.frozen);
        list.across = list.across.saturating_add_signed(by).min(moved.saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(pane: &ColumnsPane) -> String {
        let table = pane.kind.table();
        let columns = pane.columns();
        let keys: Vec<String> = columns
            .shown
            .iter()
            .map(|shown| format!("{}:{}", table.head(shown.column).key, shown.width))
            .collect();
        keys.join(" ")
    }

    #[test]
    fn columns_are_shown_moved_widened_and_frozen() {
        let mut pane = ColumnsPane::of(Kind::Vendor, &Columns::default());
        assert_eq!(keys(&pane), "name:32 category:13 state:11 score:5 change:4 risk:6 ends:10");
        let table = Kind::Vendor.table();
        assert_eq!(pane.lines.len(), table.fields.iter().filter(|m| !m.hidden).count() + table.derived.len());
        pane.cursor = 1;
        pane.toggle();
        pane.widen(5);
        assert_eq!(keys(&pane).split(' ').next(), Some("name:32"), "what is not shown has no width");
        pane.cursor = 2;
        pane.shift(-1);
        pane.shift(-1);
        pane.shift(-1);
        pane.widen(-20);
        assert!(keys(&pane).starts_with("state:11 name:32 score:5"), "{}", keys(&pane));
        pane.cursor = 1;
        pane.widen(-20);
        assert!(keys(&pane).starts_with("state:11 name:12 "), "{}", keys(&pane));
        pane.cursor = 1;
        pane.freeze();
        assert_eq!(pane.columns().frozen, 2);
        pane.freeze();
        assert_eq!(pane.columns().frozen, 0);
        pane.lines.retain(|(_, width)| width.is_some());
        for at in 0..pane.lines.len() {
            pane.cursor = at;
            pane.toggle();
        }
        assert_eq!(pane.columns().shown.len(), 1, "one stays");
    }
}
