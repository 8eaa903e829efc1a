//! One record on the whole screen: its fields, and everything that belongs to it.

use ratatui::layout::Rect;

use crate::app::geometry::Layout;
use crate::app::state::State;
use crate::entity::{Ref, Shape, Value, show};
use crate::register::Card;
use crate::texts::Lang;
use crate::ui::card::{figures, related_row, title};
use crate::ui::history::event_line;
use crate::ui::pen::{Pen, width, wrapped};
use crate::ui::theme::{Role, role_of};

/// Cells of the labels.
const LABEL: u16 = 17;

/// Draws the record page.
pub fn draw(state: &State, at: Ref, pen: &mut Pen) {
    let Some(card) = state.card.as_deref().filter(|card| card.record.at == at) else { return };
    let area = pen.area;
    let inner = Rect { x: area.x + 2, width: area.width.saturating_sub(4), ..area };
    let below = {
        let mut inner = pen.on(inner);
        let y = title(&card.record, state.lang, &mut inner);
        figures(card, state.lang, y, &mut inner) + 1
    };
    let room = area.bottom().saturating_sub(below);
    let is_selected = state.record.cursor.is_at(0);
    if is_selected {
        pen.put(area.x, area.y, 1, "❯", Role::Accent);
    }
    if state.size.layout() == Layout::Wide {
        let left = Rect { y: below, height: room, width: inner.width / 2 - 1, ..inner };
        let right =
            Rect { x: left.right() + 3, width: inner.right().saturating_sub(left.right() + 3), ..left };
        fields(card, state.lang, &mut pen.on(left));
        related(state, card, &mut pen.on(Rect { x: right.x - 2, width: right.width + 2, ..right }));
    } else {
        // One column: the record's own fields give way to what is under the cursor.
        let lines = field_lines(card, state.lang, inner.width);
        let own = u16::try_from(lines).unwrap_or(u16::MAX).min(room);
        let own = if state.record.cursor.row() == 0 { own } else { own.min(room / 3) };
        fields(card, state.lang, &mut pen.on(Rect { y: below, height: own, ..inner }));
        let rest = Rect { x: inner.x - 2, y: below + own, width: inner.width + 2, height: room - own };
        related(state, card, &mut pen.on(rest));
    }
}

fn field_lines(card: &Card, lang: Lang, room: u16) -> usize {
    shown(card, lang)
        .iter()
        .map(|(_, value, _, long)| if *long { wrapped(value, room).len() + 2 } else { 1 })
        .sum::<usize>()
        + 1
}

/// Label, value, role and whether it is a long text, of every field that is not blank.
fn shown(card: &Card, lang: Lang) -> Vec<(&'static str, String, Role, bool)> {
    let record = &card.record;
    let table = record.table();
    let fields = table.fields.iter().zip(&record.values).filter(|(meta, _)| !meta.hidden && !meta.chip);
    let fields = fields.map(|(meta, value)| (meta.label, meta.shape, value));
    // Score, change and grade stand in the title.
    let in_title = |key: &str| matches!(key, "score" | "total" | "change" | "grade");
    let derived = table.derived.iter().zip(&record.derived).filter(|(d, _)| !d.chip && !in_title(d.key));
    let lines = fields.chain(derived.map(|(d, value)| (d.label, d.shape, value)));
    lines
        .filter(|(_, _, value)| !value.is_null() && **value != Value::Bool(false))
        .map(|(label, shape, value)| {
            let role = match value {
                Value::Choice(choice) => role_of(choice.tone),
                _ => Role::Text,
            };
            let text = match value {
                Value::Link(link) if !link.label.is_empty() => format!("{}  {}", link.label, link.code),
                Value::Money(money) => format!("{} {}", money.currency.code(), money.full_digits()),
                other => show::full(other, lang),
            };
            (label.in_(lang), text, role, shape == Shape::Long)
        })
        .collect()
}

fn fields(card: &Card, lang: Lang, pen: &mut Pen) {
    let area = pen.area;
    let mut y = area.y;
    for (label, value, role, long) in shown(card, lang) {
        if y >= area.bottom() {
            break;
        }
        if long {
            pen.put(area.x, y + 1, area.width, &label.to_uppercase(), Role::Strong);
            y += 2;
            for line in wrapped(&value, area.width) {
                pen.put(area.x, y, area.width, &line, Role::Text);
                y += 1;
            }
            continue;
        }
        pen.put(area.x, y, LABEL, label, Role::Muted);
        let room = area.width.saturating_sub(LABEL + 1);
        for line in wrapped(&value, room).into_iter().take(3) {
            pen.put(area.x + LABEL + 1, y, room, &line, role);
            y += 1;
        }
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
        lines.push(Line::Head(related.kind.table().many.in_(state.lang).to_uppercase(), related.total));
        for (at, _) in related.rows.iter().enumerate() {
            number += 1;
            lines.push(Line::Row(related, at, number));
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
                    state.lang,
                    y,
                    &mut pen.on(Rect { x: area.x + 2, width: area.width.saturating_sub(2), ..row }),
                );
                if state.record.cursor.is_at(*number) {
                    pen.put(area.x, y, 1, "❯", Role::Text);
                    pen.bar(row, Role::Selected);
                }
            }
        }
    }
    debug_assert!(width("") == 0);
}

enum Line<'c> {
    Blank,
    Head(String, i64),
    Row(&'c crate::register::Related, usize, usize),
    Note(String),
}
