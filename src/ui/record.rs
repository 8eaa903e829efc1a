//! One record on the whole screen: its fields, and everything that belongs to it.

use ratatui::layout::Rect;

use crate::app::geometry::Layout;
use crate::app::sheet::{self, LABEL, SheetLine, head_rows};
use crate::app::state::State;
use crate::entity::Ref;
use crate::register::Card;
use crate::texts::text;
use crate::ui::card::{figures, related_row, title};
use crate::ui::history::event_line;
use crate::ui::pen::Pen;
use crate::ui::theme::{Role, role_of};

/// Draws the record page.
pub fn draw(state: &State, at: Ref, pen: &mut Pen) {
    let Some(card) = state.card.as_deref().filter(|card| card.record.at == at) else { return };
    let area = pen.area;
    let inner = Rect { x: area.x + 2, width: area.width.saturating_sub(4), ..area };
    {
        let mut inner = pen.on(inner);
        let y = title(&card.record, state.lang, &mut inner);
        figures(card, state.lang, y, &mut inner);
    }
    let field = state.record.field.filter(|_| state.record.cursor.is_at(0));
    if state.record.cursor.is_at(0) && field.is_none() {
        pen.put(area.x, area.y, 1, pen.signs.cursor, Role::Accent);
    }
    let below = area.y + head_rows(at.kind);
    let (columns, room) = state.size.sheet(at.kind);
    let lines = sheet::placed(&card.record, state.lang, pen.measure, columns);
    // The cursor of the fields stands in the margin.
    let own = Rect { x: inner.x.saturating_sub(2), y: below, height: room, width: columns + 2 };
    if state.size.layout() == Layout::Wide {
        fields(&lines, field, state.record.scroll, &mut pen.on(own));
        let x = own.right() + 3;
        let right = Rect { x: x - 2, width: (inner.right() + 2).saturating_sub(x), ..own };
        related(state, card, &mut pen.on(right));
    } else {
        // One column: the record's own fields give way to what is under the cursor.
        let all = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(1).min(room);
        let height = if state.record.cursor.row() == 0 { all } else { all.min(room / 3) };
        fields(&lines, field, state.record.scroll, &mut pen.on(Rect { height, ..own }));
        let rest = Rect { x: inner.x - 2, y: below + height, width: inner.width + 2, height: room - height };
        related(state, card, &mut pen.on(rest));
    }
}

/// The part of a record's own fields that fits, and how much of them is below it. The one under the
/// cursor is marked in the two cells before them.
fn fields(lines: &[(Option<usize>, SheetLine)], field: Option<usize>, scroll: usize, pen: &mut Pen) {
    let all = pen.area;
    let area = Rect { x: all.x + 2, width: all.width.saturating_sub(2), ..all };
    let room = usize::from(area.height);
    let top = scroll.min(lines.len().saturating_sub(room));
    for (y, (place, line)) in (area.y..area.bottom()).zip(lines.iter().skip(top)) {
        let is_here = place.is_some() && *place == field;
        if is_here {
            pen.put(all.x, y, 1, pen.signs.cursor, Role::Text);
        }
        match line {
            SheetLine::Blank => {}
            SheetLine::Head(label) => {
                pen.put(area.x, y, area.width, &label.to_uppercase(), Role::Strong);
            }
            SheetLine::Text(line) => pen.markdown(area.x, y, line),
            SheetLine::Field(label, text, tone) => {
                pen.put(area.x, y, LABEL, label.unwrap_or_default(), Role::Muted);
                pen.put(area.x + LABEL + 1, y, area.width.saturating_sub(LABEL + 1), text, role_of(*tone));
            }
        }
        if is_here {
            pen.bar(Rect { y, height: 1, ..all }, Role::Selected);
        }
    }
    let below = lines.len().saturating_sub(top + room);
    if below > 0 && room > 0 {
        pen.put_right(
            area.right(),
            area.bottom() - 1,
            8,
            &format!(" {} {below}", pen.signs.down),
            Role::Muted,
        );
    }
}

/// Sections of related records; the part around the cursor is shown.
fn related(state: &State, card: &Card, pen: &mut Pen) {
    let area = pen.area;
    let mut lines: Vec<Line> = Vec::new();
    let mut number = 0;
    for related in card.related.iter().filter(|related| related.total > 0) {
        if !lines.is_empty() {
            lines.push(Line::Blank);
        }
        lines.push(Line::Head(related.heading().in_(state.lang).to_uppercase(), related.total));
        for (at, _) in related.rows.iter().enumerate() {
            number += 1;
            lines.push(Line::Row(related, at, number));
        }
        let rest = related.total - i64::try_from(related.rows.len()).unwrap_or(0);
        if rest > 0 {
            let says = text("{n} more in their list", "另有 {n} 条，见列表");
            lines.push(Line::Note(says.fill(state.lang, &[("n", &rest.to_string())])));
        }
    }
    if let Some(event) = &card.last_event {
        lines.push(Line::Blank);
        lines.push(Line::Note(event_line(event, &state.zone, state.lang)));
    }
    let at_cursor =
        lines.iter().position(|line| matches!(line, Line::Row(_, _, n) if *n == state.record.cursor.row()));
    let room = usize::from(area.height);
    let top = at_cursor.map_or(0, |at| (at + 2).saturating_sub(room));
    for (y, line) in (area.y..area.bottom()).zip(lines.iter().skip(top)) {
        match line {
            Line::Blank => {}
            Line::Head(label, total) => {
                let x = pen.put(area.x + 2, y, area.width, label, Role::Strong) + 2;
                pen.put(x, y, 8, &total.to_string(), Role::Muted);
            }
            Line::Note(text) => {
                pen.put(area.x + 2, y, area.width.saturating_sub(2), text, Role::Muted);
            }
            Line::Row(related, at, number) => {
                let Some(record) = related.rows.get(*at) else { continue };
                let row = Rect { x: area.x, y, width: area.width, height: 1 };
                related_row(
                    record,
                    (state.lang, state.today),
                    y,
                    &mut pen.on(Rect { x: area.x + 2, width: area.width.saturating_sub(2), ..row }),
                );
                if state.record.cursor.is_at(*number) {
                    pen.put(area.x, y, 1, pen.signs.cursor, Role::Text);
                    pen.bar(row, Role::Selected);
                }
            }
        }
    }
}

enum Line<'c> {
    Blank,
    Head(String, i64),
    Row(&'c crate::register::Related, usize, usize),
    Note(String),
}
