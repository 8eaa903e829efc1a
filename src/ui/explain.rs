//! How the dates of a record come about: what, when, and by which rule, a step a line.

use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::explain::ExplainedPane;
use crate::app::keymap::Context;
use crate::app::state::State;
use crate::texts::{Text, text};
use crate::ui::hint_line;
use crate::ui::pen::Pen;
use crate::ui::theme::Role;

/// The most cells of the box.
const WIDE: u16 = 108;
/// Cells of what is explained, and of its value.
const WHAT: u16 = 26;
const VALUE: u16 = 10;

/// Draws the explanation over the screen.
pub fn draw(state: &State, pane: &ExplainedPane, pen: &mut Pen) {
    let screen = pen.area;
    let lang = state.lang;
    let wide = WIDE.min(screen.width.saturating_sub(2));
    let inner = wide.saturating_sub(4);
    let what = WHAT.min(inner / 3);
    let how = inner.saturating_sub(what + VALUE + 2);
    let mut rows: Vec<(Option<(String, &str)>, String)> = Vec::new();
    for line in pane.explained.lines.iter().skip(pane.top) {
        let parts = pen.measure.wrapped(&line.how.in_(lang), how);
        let mut head = Some((line.what.in_(lang), line.value.as_str()));
        rows.extend(parts.into_iter().map(|part| (head.take(), part)));
    }
    let notes: Vec<String> =
        pane.explained.notes.iter().flat_map(|note| pen.measure.wrapped(&note.in_(lang), inner)).collect();
    let gap = usize::from(!notes.is_empty() && !rows.is_empty());
    let high = u16::try_from(rows.len() + gap + notes.len() + 2).unwrap_or(u16::MAX);
    let high = high.max(3).min(screen.height.saturating_sub(2));
    let x = screen.x + (screen.width - wide) / 2;
    let area = Rect { x, y: screen.y + (screen.height - high) / 3, width: wide, height: high };
    let hints = hint_line(state, &[Context::Explained], &[Action::Dismiss]);
    let name = pen.measure.fitted(&pane.name, inner.saturating_sub(pen.width(&pane.code) + 6)).into_owned();
    pen.frame(area, &format!("{name} {}", pane.code), &hints);
    let bottom = area.bottom().saturating_sub(1);
    let mut y = area.y + 1;
    if rows.is_empty() && notes.is_empty() {
        let says = if pane.asks.is_some() { WAITING } else { NOTHING };
        pen.put(area.x + 2, y, inner, says.in_(lang), Role::Muted);
    }
    for (head, part) in &rows {
        if y >= bottom {
            break;
        }
        if let Some((label, value)) = head {
            pen.put(area.x + 2, y, what, label, Role::Muted);
            pen.put(area.x + 2 + what + 1, y, VALUE, value, Role::Strong);
        }
        pen.put(area.x + 2 + what + VALUE + 2, y, how, part, Role::Text);
        y += 1;
    }
    y += u16::try_from(gap).unwrap_or(0);
    for note in &notes {
        if y >= bottom {
            break;
        }
        pen.put(area.x + 2, y, inner, note, Role::Attention);
        y += 1;
    }
}

const WAITING: Text = text("Working it out…", "正在推算…");
const NOTHING: Text = text("The terms give no dates.", "条款未给出日期。");
