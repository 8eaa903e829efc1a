//! The settings: the register's and this machine's, a line each, and the one under the cursor in full.

use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::app::settings::{Editing, Line, Settings, lines, offers};
use crate::app::state::State;
use crate::register::settings::KNOWN;
use crate::texts::{Sentence, Text, text};
use crate::ui::form::around_cursor;
use crate::ui::hint_line;
use crate::ui::pen::Pen;
use crate::ui::theme::Role;

/// Cells of what a setting is called.
const LABEL: u16 = 20;
/// The widest the panel gets.
const WIDE: u16 = 104;
/// Rows of the setting in full: its meaning, what it takes, how it is changed.
const FULL: u16 = 4;
/// Offers that are shown at once, where there is room.
const OFFERS: u16 = 8;

/// Draws the panel over the screen.
pub fn draw(state: &State, pane: &Settings, pen: &mut Pen) {
    let screen = pen.area;
    let wide = screen.width.saturating_sub(4).min(WIDE).max(screen.width.min(60));
    let high = screen.height.saturating_sub(2);
    let area = Rect { x: screen.x + (screen.width - wide) / 2, y: screen.y + 1, width: wide, height: high };
    let hints = hint_line(state, &[Context::Settings], &[Action::Choose, Action::Dismiss]);
    pen.frame(area, TITLE.in_(state.lang), &hints);
    let inner =
        Rect { x: area.x + 2, y: area.y + 1, width: wide.saturating_sub(4), height: high.saturating_sub(2) };
    search(state, pane, inner, pen);
    let body = Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner };
    let full = full(state, pane, body);
    list(state, pane, Rect { height: body.height.saturating_sub(full), ..body }, pen);
    let foot = Rect { y: body.bottom().saturating_sub(full), height: full, ..body };
    match &pane.editing {
        Some(editing) => edited(state, pane, editing, foot, pen),
        None => told(state, pane, foot, pen),
    }
}

/// Rows of the foot: more while a setting is edited.
fn full(state: &State, pane: &Settings, body: Rect) -> u16 {
    let most = body.height.saturating_sub(3);
    if pane.editing.is_none() {
        return (FULL + 1).min(most);
    }
    let offered = u16::try_from(offers(pane, state.lang).len()).unwrap_or(OFFERS).min(OFFERS);
    (offered + 3).min(most)
}

/// The field in which one searches, and its rule.
fn search(state: &State, pane: &Settings, area: Rect, pen: &mut Pen) {
    let x = pen.put(area.x, area.y, 1, pen.signs.cursor, Role::Accent) + 1;
    let room = area.right().saturating_sub(x + 1);
    let typed = pane.field.text();
    if typed.is_empty() {
        pen.put(x + 1, area.y, room, text("type to search", "输入以搜索").in_(state.lang), Role::Muted);
    } else {
        pen.put(x, area.y, room, typed, Role::Strong);
    }
    if pane.editing.is_none() {
        pen.cursor =
            Some(((x + pen.width(pane.field.before_cursor())).min(area.right().saturating_sub(1)), area.y));
    }
    let rule = Rect { y: area.y + 1, height: 1, ..area };
    pen.on(rule).rule(area.y + 1, None);
}

/// One row of the list: a heading or a setting, by its place.
enum Row<'a> {
    Head(Text),
    Of(usize, Line<'a>),
}

fn list(state: &State, pane: &Settings, area: Rect, pen: &mut Pen) {
    let all = lines(state, pane);
    let mut rows = Vec::new();
    let mut before = None;
    for (at, line) in all.into_iter().enumerate() {
        let head = match line {
            Line::OfRegister(..) => OF_REGISTER,
            Line::OfMachine(..) => OF_MACHINE,
        };
        if before != Some(head) {
            rows.push(Row::Head(head));
        }
        before = Some(head);
        rows.push(Row::Of(at, line));
    }
    if rows.is_empty() {
        pen.put(
            area.x,
            area.y,
            area.width,
            text("No setting matches.", "没有匹配的设置。").in_(state.lang),
            Role::Muted,
        );
    }
    let here = rows.iter().position(|row| matches!(row, Row::Of(at, _) if *at == pane.cursor)).unwrap_or(0);
    let top = (here + 1).saturating_sub(usize::from(area.height));
    for (y, row) in (area.top()..area.bottom()).zip(rows.iter().skip(top)) {
        match row {
            Row::Head(head) => {
                pen.put(area.x, y, area.width, &head.in_(state.lang).to_uppercase(), Role::Muted);
            }
            Row::Of(at, line) => {
                setting(state, pane, (*at == pane.cursor, line), Rect { y, height: 1, ..area }, pen);
            }
        }
    }
}

/// One setting: what it is called, its value, where that comes from. The one that is edited shows what is
/// typed in the place of its value.
fn setting(state: &State, pane: &Settings, (is_here, line): (bool, &Line), area: Rect, pen: &mut Pen) {
    let y = area.y;
    if is_here {
        pen.put(area.x.saturating_sub(1), y, 1, pen.signs.cursor, Role::Text);
    }
    let label = LABEL.min(area.width / 3);
    pen.put(area.x + 1, y, label, line.label().in_(state.lang), Role::Text);
    let x = area.x + 1 + label + 1;
    let room = area.right().saturating_sub(x);
    if let Some(editing) = pane.editing.as_ref().filter(|_| is_here) {
        let field = &editing.field;
        let (seen, across) = around_cursor(field.text(), field.before_cursor().len(), room, pen.measure);
        if field.text().is_empty() {
            pen.put(x + 1, y, room.saturating_sub(1), &editing.seen, Role::Muted);
        } else {
            pen.put(x, y, room, &seen, Role::Strong);
        }
        pen.cursor = Some((x + across, y));
        return;
    }
    let source = line.source(state).in_(state.lang);
    let value = line.value(state);
    // Without room for both the value stands alone: where it comes from is told in full at the foot.
    let both = pen.width(&value) + 2 + pen.width(&source) <= room;
    let end = if both { pen.put_right(area.right(), y, room, &source, Role::Muted) } else { area.right() };
    pen.put(x, y, end.saturating_sub(x + u16::from(both)), &value, Role::Strong);
    if is_here {
        let bar = Rect { x: area.x.saturating_sub(1), width: area.width + 2, ..area };
        pen.bar(bar, Role::Selected);
    }
}

/// The setting under the cursor in full.
fn told(state: &State, pane: &Settings, area: Rect, pen: &mut Pen) {
    let all = lines(state, pane);
    let Some(line) = all.get(pane.cursor) else { return };
    let lang = state.lang;
    let meaning = Sentence::from(MEANS).with_word("meaning", line.meaning());
    let mut told: Vec<(String, Role)> = vec![(meaning.in_(lang), Role::Text)];
    match line {
        Line::OfRegister(known, _) => {
            let takes =
                Sentence::from(TAKES).with_word("wanted", known.wanted).with("default", known.default);
            told.push((takes.in_(lang), Role::Text));
            let from = Sentence::from(FROM_SHELL).with("key", known.key);
            told.push((from.in_(lang), Role::Muted));
        }
        Line::OfMachine(spec, _) => {
            let from = Sentence::from(COMES_FROM).with_sentence("source", line.source(state));
            told.push((from.in_(lang), Role::Text));
            told.push((Sentence::from(CHANGED_BY).with_word("how", spec.how).in_(lang), Role::Muted));
        }
    }
    let rule = Rect { height: 1, ..area };
    pen.on(rule).rule(area.y, None);
    let wrapped = told.iter().flat_map(|(text, role)| {
        let parts: Vec<_> =
            pen.measure.wrapped(text, area.width).into_iter().map(|part| (part, *role)).collect();
        parts
    });
    let wrapped: Vec<_> = wrapped.collect();
    for (y, (text, role)) in (area.y + 1..area.bottom()).zip(wrapped) {
        pen.put(area.x, y, area.width, &text, role);
    }
}

/// What the setting that is edited takes, and what is wrong with what is typed.
fn edited(state: &State, pane: &Settings, editing: &Editing, area: Rect, pen: &mut Pen) {
    let lang = state.lang;
    let rule = Rect { height: 1, ..area };
    pen.on(rule).rule(area.y, None);
    let wanted = KNOWN.iter().find(|known| known.key == editing.known).map(|known| known.wanted);
    let (line, role) = match &editing.error {
        Some(error) => (error.in_(lang), Role::Bad),
        None => (
            Sentence::from(TYPE_OR_CHOOSE).with_word("wanted", wanted.unwrap_or(TITLE)).in_(lang),
            Role::Muted,
        ),
    };
    let wrapped = pen.measure.wrapped(&line, area.width);
    let mut y = area.y + 1;
    for part in wrapped.iter().take(2) {
        pen.put(area.x, y, area.width, part, role);
        y += 1;
    }
    let all = offers(pane, lang);
    let rows = usize::from(area.bottom().saturating_sub(y));
    let top = editing.at.map_or(0, |at| (at + 1).saturating_sub(rows));
    for (y, (at, (value, name))) in (y..area.bottom()).zip(all.iter().enumerate().skip(top)) {
        let x = pen.put(area.x + 2, y, 10, value, Role::Accent);
        let x = x.max(area.x + 11);
        pen.put(x + 1, y, area.right().saturating_sub(x + 1), name, Role::Text);
        if editing.at == Some(at) {
            pen.put(area.x, y, 1, pen.signs.cursor, Role::Text);
            pen.bar(Rect { y, height: 1, ..area }, Role::Selected);
        }
    }
}

/// What the panel is called.
pub const TITLE: Text = text("Settings", "设置");
const OF_REGISTER: Text = text("The register, for all who open it", "登记册（对所有使用者生效）");
const OF_MACHINE: Text = text("This machine, for you alone", "本机（仅对您生效）");
const MEANS: Text = text("It is {meaning}.", "{meaning}。");
const TAKES: Text = text("Takes {wanted}; by default {default}.", "取值：{wanted}；默认 {default}。");
const FROM_SHELL: Text = text(
    "Enter changes it, u in a list takes that back; from the shell: vendeck set {key} VALUE",
    "Enter 修改，在列表中按 u 可撤销；命令行：vendeck set {key} 值",
);
const COMES_FROM: Text = text("Comes from: {source}", "来源：{source}");
const CHANGED_BY: Text = text("Changed by {how}.", "更改方式：{how}。");
const TYPE_OR_CHOOSE: Text =
    text("Type {wanted}, or letters of a name; Down chooses.", "输入{wanted}，或名称的字母；用向下键选择。");
