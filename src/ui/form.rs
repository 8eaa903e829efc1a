//! A form: fields in one or two columns, what was there before, what is wrong and how to mend it.

use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::form::Form;
use crate::app::geometry::Layout;
use crate::app::state::State;
use crate::domain::list::ClosedList;
use crate::entity::Value;
use crate::register::{self, code_of};
use crate::texts::{Lang, text};
use crate::ui::pen::Pen;
use crate::ui::theme::Role;
use crate::wrap::Measure;

use field::{Block, Manner};

mod field;
mod lines;

/// The part of a line around its cursor that fits into `room` cells, and the cell of the cursor in
/// it. The cursor is a byte of the text.
pub(super) fn around_cursor(text: &str, cursor: usize, room: u16, measure: Measure) -> (String, u16) {
    let seen = lines::line(text, cursor, room, measure);
    let across = seen.caret.map_or(0, |(_, across)| across);
    (seen.lines.concat(), across)
}

/// Draws the open form.
pub fn draw(state: &State, pen: &mut Pen) {
    let Some(form) = &state.form else { return };
    let area = pen.area;
    heading(state, form, pen);
    let tells = form.deed.and_then(|deed| Action::Do(deed).spec().tells);
    if let Some(tells) = tells {
        let foretold = form.deed.zip(form.done_with.as_deref());
        let foretold = foretold.and_then(|(deed, on)| register::deed::foretold(on, deed, state.today));
        let says = foretold.unwrap_or_else(|| tells.into()).in_(state.lang);
        pen.put(area.x + 3, area.y + 1, area.width.saturating_sub(4), &says, Role::Muted);
    }
    let above = if tells.is_some() { 3 } else { 2 };
    let body = Rect { y: area.y + above, height: area.height.saturating_sub(above), ..area };
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
    let onto = pen.signs.onto;
    let chosen = form.many.as_ref();
    let what = match form.target {
        None if let Some(chosen) = chosen => {
            let n = chosen.ids.len().to_string();
            let marked = text("{n} marked", "已标记 {n} 条").fill(state.lang, &[("n", &n)]);
            let edit = text("Edit", "编辑").in_(state.lang);
            format!("{} {onto} {marked} {onto} {edit}", table.many.in_(state.lang))
        }
        Some(at) => format!(
            "{} {onto} {} {onto} {}",
            table.many.in_(state.lang),
            code_of(at),
            form.deed.map_or(text("Edit", "编辑"), ClosedList::label).in_(state.lang)
        ),
        None => format!("{} {onto} {}", table.many.in_(state.lang), text("New", "新增").in_(state.lang)),
    };
    let mut end = area.right().saturating_sub(1);
    if form.changes() > 0 {
        let kept = text("draft kept as you type", "草稿随输入保存").in_(state.lang);
        end = pen.put_right(end, area.y, 40, kept, Role::Muted);
    } else if chosen.is_some() {
        let how = text("what you fill in is changed; - empties", "仅更改填写的项；- 表示清空");
        end = pen.put_right(end, area.y, 44, how.in_(state.lang), Role::Muted);
    }
    let room = |x: u16| end.saturating_sub(x + 2);
    let x = pen.put(area.x + 2, area.y, room(area.x + 2), &what, Role::Strong) + 2;
    if chosen.is_none() {
        pen.put(x, area.y, room(x), &whose(form, state.lang), Role::Text);
    }
}

/// Which record it is, and whose: its name, and that of the vendor or other record it belongs to.
fn whose(form: &Form, lang: Lang) -> String {
    let name = form.name.replace('\n', " ");
    let owner = form.fields.iter().find_map(|field| match &field.seen {
        Value::Link(link) if link.label != name => Some(link.label.clone()),
        _ => None,
    });
    match (form.target, owner) {
        (Some(_), Some(owner)) if name.is_empty() => owner,
        (Some(_), Some(owner)) => {
            text("{name} (of {owner})", "{name}（{owner}）").fill(lang, &[("name", &name), ("owner", &owner)])
        }
        (None, _) if !name.is_empty() => text("for {name}", "所属：{name}").fill(lang, &[("name", &name)]),
        _ => name,
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
    let manner = Manner::of(pen, state.lang, state.reading());
    let blocks: Vec<(usize, Block)> =
        fields.iter().filter_map(|at| Some((*at, Block::of(form, *at, area, manner)?))).collect();
    let focus = blocks.iter().position(|(at, _)| *at == form.focus).unwrap_or(0);
    let mut used: u16 = blocks.iter().take(focus + 1).map(|(_, block)| block.height()).sum();
    let mut top = 0;
    while let Some((_, block)) = blocks.get(top).filter(|_| used > area.height && top < focus) {
        used -= block.height();
        top += 1;
    }
    let mut y = area.y;
    for (_, block) in blocks.iter().skip(top) {
        if y >= area.bottom() {
            break;
        }
        y = block.draw(y, pen);
    }
}

#[cfg(test)]
mod tests;
