//! Vendors held against each other: a table whose first names stand on the left and whose figures on the right.

use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::app::standing::StandingPane;
use crate::app::state::State;
use crate::register::Request;
use crate::register::review::standing::Table;
use crate::texts::{Lang, Text, text};
use crate::ui::hint_line;
use crate::ui::pen::Pen;
use crate::ui::theme::Role;

/// The most cells of the box, and of one column.
const WIDE: u16 = 112;
const COLUMN: u16 = 30;

/// Draws it over the screen.
pub fn draw(state: &State, pane: &StandingPane, pen: &mut Pen) {
    let screen = pen.area;
    let lang = state.lang;
    let wide = WIDE.min(screen.width.saturating_sub(2));
    let inner = wide.saturating_sub(4);
    let empty: &[_] = &[];
    let notes: Vec<String> = pane
        .table
        .iter()
        .flat_map(|table| &table.notes)
        .flat_map(|note| pen.measure.wrapped(&note.in_(lang), inner))
        .collect();
    let rows = pane.table.as_ref().map_or(empty, |table| &table.rows);
    let wanted = rows.len().max(1) + 1 + notes.len() + 3;
    let high = u16::try_from(wanted).unwrap_or(u16::MAX).min(screen.height.saturating_sub(2)).max(4);
    let x = screen.x + (screen.width - wide) / 2;
    let area = Rect { x, y: screen.y + (screen.height - high) / 3, width: wide, height: high };
    let turns = [
        Action::Open,
        Action::NextClass,
        Action::NextTier,
        Action::NextOwner,
        Action::PrevPeriod,
        Action::Dismiss,
    ];
    let shown: &[Action] = if matches!(pane.asks, Request::Rank(_)) { &turns } else { &[Action::Dismiss] };
    let hints = hint_line(state, &[Context::Standing], shown);
    let title = pane.table.as_ref().map_or_else(String::new, |table| table.title.in_(lang));
    pen.frame(area, &title, &hints);
    let Some(table) = &pane.table else {
        pen.put(area.x + 2, area.y + 1, inner, WAITING.in_(lang), Role::Muted);
        return;
    };
    let below = u16::try_from(notes.len()).unwrap_or(0) + u16::from(!notes.is_empty());
    let body = Rect {
        x: area.x + 2,
        y: area.y + 1,
        width: inner,
        height: high.saturating_sub(2).saturating_sub(below),
    };
    put_table(table, pane.cursor, lang, body, pen);
    for (y, note) in (body.bottom() + 1..area.bottom().saturating_sub(1)).zip(&notes) {
        pen.put(area.x + 2, y, inner, note, Role::Muted);
    }
}

fn put_table(table: &Table, cursor: usize, lang: Lang, area: Rect, pen: &mut Pen) {
    let words: Vec<Vec<String>> = std::iter::once(&table.heads)
        .chain(table.rows.iter().map(|row| &row.cells))
        .map(|cells| cells.iter().map(|cell| cell.in_(lang)).collect())
        .collect();
    let widths = widths(&words, area.width, pen);
    let high = usize::from(area.height.saturating_sub(1)).max(1);
    let top = (cursor + 1).saturating_sub(high);
    let body = words.iter().enumerate().skip(1 + top).take(high);
    for (y, (at, cells)) in (area.y..area.bottom()).zip(words.iter().enumerate().take(1).chain(body)) {
        let role = if at == 0 { Role::Muted } else { Role::Text };
        let mut x = area.x;
        for (column, (cell, wide)) in cells.iter().zip(&widths).enumerate() {
            // Names are read from the left, figures from the right.
            let is_name = pen.width(cell) > 0 && (column == 0 || is_wordy(&words, column));
            if is_name {
                pen.put(x, y, *wide, cell, role);
            } else {
                pen.put_right(x + wide, y, *wide, cell, role);
            }
            x += wide + 2;
        }
        if at == cursor + 1 {
            pen.put(area.x.saturating_sub(1), y, 1, pen.signs.cursor, Role::Text);
            pen.bar(Rect { y, height: 1, ..area }, Role::Selected);
        }
    }
}

/// Whether a column has words and not figures: its first cell below the head begins with a letter.
fn is_wordy(words: &[Vec<String>], column: usize) -> bool {
    let first = words.get(1).and_then(|row| row.get(column)).and_then(|cell| cell.chars().next());
    first.is_some_and(char::is_alphabetic)
}

/// As wide as the widest cell, none beyond [`COLUMN`], and all narrower where there is no room.
fn widths(words: &[Vec<String>], room: u16, pen: &Pen) -> Vec<u16> {
    let count = words.first().map_or(0, Vec::len);
    let widest = |column: usize| {
        let cells = words.iter().filter_map(|row| row.get(column)).map(|cell| pen.width(cell));
        cells.max().unwrap_or(0).min(COLUMN)
    };
    let mut widths: Vec<u16> = (0..count).map(widest).collect();
    let gaps = 2 * u16::try_from(count.saturating_sub(1)).unwrap_or(0);
    while widths.iter().sum::<u16>() + gaps > room {
        let Some(most) = widths.iter_mut().max() else { break };
        if *most <= 4 {
            break;
        }
        *most -= 1;
    }
    widths
}

/// The row under the cursor in words.
pub(super) fn spoken(pane: &StandingPane, lang: Lang) -> String {
    let Some(table) = &pane.table else { return WAITING.in_(lang).to_owned() };
    let cells = table.rows.get(pane.cursor).map_or(&[][..], |row| &row.cells);
    let cells: Vec<String> = cells.iter().map(|cell| cell.in_(lang)).collect();
    format!("{}: {}", table.title.in_(lang), cells.join("  ").trim())
}

const WAITING: Text = text("Comparing…", "正在比较…");
