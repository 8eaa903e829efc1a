//! A form: fields in one or two columns, what was there before, what is wrong and how to mend it.

use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

use crate::app::form::{Form, FormField, choices, shown};
use crate::app::geometry::Layout;
use crate::app::state::State;
use crate::entity::{Meta, Shape, show};
use crate::register::{Found, code_of};
use crate::texts::{Lang, text};
use crate::ui::pen::{Pen, width};
use crate::ui::theme::Role;
use crate::wrap::wrapped;

/// Cells of the labels, the mark and the star included.
const LABEL: u16 = 20;
/// Lines of a long text while it is not under the cursor.
const LONG_LINES: usize = 3;

/// Draws the open form.
pub fn draw(state: &State, pen: &mut Pen) {
    let Some(form) = &state.form else { return };
    let area = pen.area;
    heading(state, form, pen);
    let body = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
    let two = state.size.layout() == Layout::Wide;
    let columns = if two { halves(form) } else { vec![(0..form.fields.len()).collect()] };
    let wide = area.width / u16::try_from(columns.len()).unwrap_or(1).max(1);
    let mut caret = None;
    for (nth, fields) in (0_u16..).zip(&columns) {
        let part = Rect { x: area.x + nth * wide, width: wide.saturating_sub(1), ..body };
        let mut inner = pen.on(part);
        column(state, form, fields, &mut inner);
        caret = caret.or(inner.cursor);
    }
    pen.cursor = caret;
}

fn heading(state: &State, form: &Form, pen: &mut Pen) {
    let area = pen.area;
    let table = form.kind.table();
    let what = match form.target {
        Some(at) => format!(
            "{} › {} › {}",
            table.many.in_(state.lang),
            code_of(at),
            text("Edit", "编辑").in_(state.lang)
        ),
        None => format!("{} › {}", table.many.in_(state.lang), text("New", "新增").in_(state.lang)),
    };
    pen.put(area.x + 2, area.y, area.width, &what, Role::Strong);
    if form.changes() > 0 {
        let kept = text("draft kept as you type", "草稿随输入保存").in_(state.lang);
        pen.put_right(area.right().saturating_sub(1), area.y, 40, kept, Role::Muted);
    }
}

/// The fields in two columns, cut at the group nearest to the middle.
fn halves(form: &Form) -> Vec<Vec<usize>> {
    let starts: Vec<usize> = form
        .fields
        .iter()
        .enumerate()
        .filter(|(at, field)| *at > 0 && form.meta(field).is_some_and(|meta| meta.group.is_some()))
        .map(|(at, _)| at)
        .collect();
    let middle = form.fields.len().div_ceil(2);
    let Some(cut) = starts.into_iter().min_by_key(|at| at.abs_diff(middle)) else {
        return vec![(0..form.fields.len()).collect()];
    };
    vec![(0..cut).collect(), (cut..form.fields.len()).collect()]
}

/// One column; where it is longer than the screen, the part around the cursor.
fn column(state: &State, form: &Form, fields: &[usize], pen: &mut Pen) {
    let area = pen.area;
    let room = area.width.saturating_sub(LABEL + 4);
    let heights: Vec<u16> = fields.iter().map(|at| height(form, *at, room)).collect();
    let focus = fields.iter().position(|at| *at == form.focus);
    let mut top = 0;
    if let Some(focus) = focus {
        let mut used: u16 = heights.iter().take(focus + 1).sum::<u16>() + 1;
        while used > area.height && top < focus {
            used -= heights.get(top).copied().unwrap_or(0);
            top += 1;
        }
    }
    let mut y = area.y;
    for (nth, at) in fields.iter().enumerate().skip(top) {
        let Some(field) = form.fields.get(*at) else { continue };
        if y >= area.bottom() {
            break;
        }
        if let Some(group) = form.meta(field).and_then(|meta| meta.group) {
            if nth > top {
                y += 1;
            }
            pen.put(area.x + 2, y, area.width, &group.in_(state.lang).to_uppercase(), Role::Strong);
            y += 1;
        }
        y = draw_field(state, form, *at, field, y, pen);
    }
}

/// Lines a field takes.
fn height(form: &Form, at: usize, room: u16) -> u16 {
    let Some(field) = form.fields.get(at) else { return 0 };
    let Some(meta) = form.meta(field) else { return 0 };
    let group = if meta.group.is_some() { 2 } else { 0 };
    let lines = match meta.shape {
        Shape::Long => long_lines(form, at, field, room).len().max(1),
        _ => 1,
    };
    let below =
        u16::from(field.error.is_some()) + u16::from(Form::is_changed(field) && !field.original.is_empty());
    let picks = if at == form.focus { hits(form).len() } else { 0 };
    group + below + u16::try_from(lines + picks).unwrap_or(u16::MAX)
}

fn long_lines(form: &Form, at: usize, field: &FormField, room: u16) -> Vec<String> {
    let mut lines = wrapped(field.input.text(), room);
    if at != form.focus {
        lines.truncate(LONG_LINES);
    }
    lines
}

fn draw_field(state: &State, form: &Form, at: usize, field: &FormField, y: u16, pen: &mut Pen) -> u16 {
    let Some(meta) = form.meta(field) else { return y };
    let area = pen.area;
    let lang = state.lang;
    let is_here = at == form.focus;
    let changed = Form::is_changed(field);
    let (mark, role) = match (&field.error, changed) {
        (Some(_), _) => ("!", Role::Bad),
        (None, true) => ("+", Role::Info),
        (None, false) => (" ", Role::Text),
    };
    pen.put(area.x + 1, y, 1, mark, role);
    let star = if meta.required { " *" } else { "" };
    let label_role = if is_here { Role::Accent } else { Role::Muted };
    let end = pen.put(area.x + 3, y, LABEL - 2, meta.label.in_(lang), label_role);
    pen.put(end, y, 2, star, label_role);
    let x = area.x + 3 + LABEL;
    let room = area.right().saturating_sub(x + 1);
    let mut y = value(state, form, at, field, meta, x, y, room, pen);
    if changed && !field.original.is_empty() {
        let was = match meta.shape {
            Shape::Long => text("changed", "已更改").in_(lang).to_owned(),
            _ => text("was {value}", "原为 {value}")
                .fill(lang, &[("value", &label_for(meta, &field.original, lang))]),
        };
        pen.put(x, y, room, &was, Role::Muted);
        y += 1;
    }
    if let Some(theirs) = &field.theirs {
        let says =
            text("theirs: {value}", "对方：{value}").fill(lang, &[("value", &show::full(theirs, lang))]);
        pen.put(x, y, room, &says, Role::Attention);
        y += 1;
    }
    if let Some(error) = &field.error {
        pen.put(x, y, 2, "✗", Role::Bad);
        for line in wrapped(&error.in_(lang), room.saturating_sub(2)) {
            pen.put(x + 2, y, room.saturating_sub(2), &line, Role::Bad);
            y += 1;
        }
    }
    if is_here {
        y = picks(form, x, y, room, pen);
    }
    y
}

/// The value, and in the field under the cursor the cursor.
#[expect(clippy::too_many_arguments, reason = "a place on the screen is three of them")]
fn value(
    state: &State,
    form: &Form,
    at: usize,
    field: &FormField,
    meta: &Meta,
    x: u16,
    y: u16,
    room: u16,
    pen: &mut Pen,
) -> u16 {
    let is_here = at == form.focus;
    if meta.shape == Shape::Long {
        let lines = long_lines(form, at, field, room);
        for (y, line) in (y..).zip(&lines) {
            pen.put(x, y, room, line, Role::Text);
        }
        if is_here {
            let before = wrapped(field.input.before_cursor(), room);
            let down = u16::try_from(before.len().saturating_sub(1)).unwrap_or(0);
            let across = before.last().map_or(0, |line| width(line)).min(room.saturating_sub(1));
            pen.cursor = Some((x + across, (y + down).min(pen.area.bottom().saturating_sub(1))));
        }
        return y + u16::try_from(lines.len().max(1)).unwrap_or(1);
    }
    let text_shown = shown(meta, field, state.lang).replace('\n', " ");
    let is_choice = is_here && choices(form).is_some();
    if is_here {
        let bar = Rect { x, y, width: room, height: 1 };
        pen.bar(bar, Role::Selected);
    }
    let (start, across) = if is_here && !is_choice {
        window(&text_shown, field.input.before_cursor().len(), room)
    } else {
        (text_shown.clone(), 0)
    };
    let role = if is_here { Role::Selected } else { Role::Text };
    if text_shown.is_empty() && !is_here {
        if let Some(hint) = meta.hint {
            pen.put(x, y, room, hint.in_(state.lang), Role::Frame);
        }
    } else {
        pen.put(x, y, room, &start, role);
    }
    if text_shown.is_empty()
        && is_here
        && let Some(hint) = meta.hint
    {
        pen.put(x + 1, y, room.saturating_sub(1), hint.in_(state.lang), Role::Selected);
    }
    if is_choice {
        pen.put_right(x + room, y, 4, "◂ ▸", role);
        pen.cursor = Some((x, y));
    } else if is_here {
        pen.cursor = Some((x + across, y));
    }
    y + 1
}

/// The part of a line that is seen around its cursor, and the cursor's cell in it. The cursor is
/// given in bytes. Only that part is measured, and one sign more, which tells that there is more.
fn window(text: &str, cursor: usize, room: u16) -> (String, u16) {
    let (before, after) = text.split_at_checked(cursor).unwrap_or((text, ""));
    let mut across = 0;
    let back = before.graphemes(true).rev().take_while(|grapheme| {
        across += width(grapheme);
        across < room
    });
    let start = before.len() - back.map(str::len).sum::<usize>();
    let seen = before.get(start..).unwrap_or_default();
    let across = width(seen);
    let mut end = across;
    let after = after.graphemes(true).take_while(|grapheme| {
        let is_seen = end <= room;
        end += width(grapheme);
        is_seen
    });
    (seen.graphemes(true).chain(after).collect(), across)
}

/// What the field held, in the words of the screen.
fn label_for(meta: &Meta, original: &str, lang: Lang) -> String {
    let list = match meta.shape {
        Shape::Choice(list) => list,
        Shape::Bool => crate::app::form::YES_NO,
        _ => return original.to_owned(),
    };
    list.iter()
        .find(|choice| choice.key == original)
        .map_or_else(|| original.to_owned(), |c| c.label.in_(lang).to_owned())
}

/// What the picker offers, below the field.
fn picks(form: &Form, x: u16, y: u16, room: u16, pen: &mut Pen) -> u16 {
    let mut y = y;
    for (at, hit) in hits(form).iter().enumerate() {
        let is_here = form.picker.as_ref().is_some_and(|picker| picker.at == Some(at));
        let sign = if is_here { "▸ " } else { "  " };
        let role = if is_here { Role::Accent } else { Role::Text };
        let end = pen.parts(x, y, room, &[(sign, role), (&hit.title, role)]) + 2;
        pen.put(end, y, (x + room).saturating_sub(end), &hit.code, Role::Muted);
        y += 1;
    }
    y
}

fn hits(form: &Form) -> &[Found] {
    form.picker.as_ref().map_or(&[], |picker| &picker.hits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_scrolls_so_that_its_cursor_is_seen() {
        let seen = |text: &str, before: &str, room| window(text, before.len(), room);
        assert_eq!(seen("abc", "ab", 8), ("abc".to_owned(), 2));
        assert_eq!(seen("供应商甲乙丙", "供应商甲乙丙", 7), ("甲乙丙".to_owned(), 6));
        assert_eq!(seen("供应商甲乙丙", "供应商", 5), ("应商甲".to_owned(), 4));
        assert_eq!(seen("abcdef", "", 4), ("abcde".to_owned(), 0));
    }
}
