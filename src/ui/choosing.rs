//! The boxes in which columns and views of a list are chosen.

use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::columns::ColumnsPane;
use crate::app::input::TextField;
use crate::app::keymap::Context;
use crate::app::state::State;
use crate::app::view::BUILT_IN;
use crate::app::views::ViewsPane;
use crate::texts::text;
use crate::ui::form::around_cursor;
use crate::ui::hint_line;
use crate::ui::overlay::{boxed, choice, choice_in};
use crate::ui::pen::Pen;
use crate::ui::theme::Role;

/// Draws the columns of a list: which are shown, how wide, and where those end that stay.
pub fn columns(state: &State, pane: &ColumnsPane, pen: &mut Pen) {
    let table = pane.kind.table();
    let mut shown = 0;
    let lines: Vec<String> = pane
        .lines
        .iter()
        .map(|(column, width)| {
            let label = table.head(*column).label.in_(state.lang);
            let Some(width) = width else { return format!("    {label}") };
            shown += 1;
            let stays = if shown <= pane.frozen { pen.signs.wall } else { " " };
            format!("{} {stays} {label}  {width}", pen.signs.mark)
        })
        .collect();
    let labels: Vec<&str> = lines.iter().map(String::as_str).collect();
    let actions = [Action::Toggle, Action::MoveUp, Action::Wider, Action::Freeze];
    let hints = hint_line(state, &[Context::Columns], &actions);
    let title = text("Columns", "列").in_(state.lang);
    // At the side, so that the list is seen as it becomes.
    let area = boxed(title, &labels, &hints, pen);
    choice_in(area, title, &labels, pane.cursor, &hints, pen);
}

/// Draws the views of a list, or the name that is typed for one.
pub fn views(state: &State, pane: &ViewsPane, pen: &mut Pen) {
    if let Some((name, of)) = &pane.naming {
        return naming(state, name, of.as_deref(), pen);
    }
    let start = state.views.kinds.get(&pane.kind).and_then(|of| of.start.as_deref());
    let views = state.views.of(pane.kind, state.lang);
    let is_built_in =
        |name: &str| BUILT_IN.iter().any(|view| view.kind == pane.kind && view.name.in_(state.lang) == name);
    let lines: Vec<String> = views
        .iter()
        .map(|view| {
            let mark = if start == Some(view.name.as_str()) { pen.signs.mark } else { " " };
            let own = if is_built_in(&view.name) {
                ""
            } else {
                text("  (yours)", "  （自建）").in_(state.lang)
            };
            let filter = if view.filter.is_empty() { String::new() } else { format!("  {}", view.filter) };
            format!("{mark} {}{own}{filter}", view.name)
        })
        .collect();
    let labels: Vec<&str> = lines.iter().map(String::as_str).collect();
    let actions = [Action::Choose, Action::SaveView, Action::StartView, Action::DropView, Action::Dismiss];
    let hints = hint_line(state, &[Context::Views, Context::Menu], &actions);
    let title = text("Views", "视图").in_(state.lang);
    choice(title, &labels, pane.cursor.min(views.len().saturating_sub(1)), &hints, pen);
}

/// Draws the field in which the name of a view is typed.
fn naming(state: &State, name: &TextField, of: Option<&str>, pen: &mut Pen) {
    let title = match of {
        None => text("Save the list as", "将列表另存为"),
        Some(_) => text("Rename to", "重命名为"),
    };
    let hints = hint_line(state, &[Context::Naming], &[Action::Run, Action::Dismiss]);
    let screen = pen.area;
    let wide = 64.min(screen.width);
    let area = Rect {
        x: screen.x + (screen.width - wide) / 2,
        y: screen.y + screen.height.saturating_sub(3) / 3,
        width: wide,
        height: 3.min(screen.height),
    };
    pen.frame(area, title.in_(state.lang), &hints);
    let room = wide.saturating_sub(4);
    let (seen, across) = around_cursor(name.text(), name.before_cursor().len(), room, pen.measure);
    pen.put(area.x + 2, area.y + 1, room, &seen, Role::Strong);
    pen.cursor = Some((area.x + 2 + across, area.y + 1));
}
