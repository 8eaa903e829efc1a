//! Help: what is searched, the actions in columns, and more about the one under the cursor.

use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::help::{Entry, Help, Line, lines, of_pressed};
use crate::app::keymap::Context;
use crate::app::state::State;
use crate::texts::{Sentence, text};
use crate::ui::hint_line;
use crate::ui::pen::Pen;
use crate::ui::theme::Role;

/// Cells of the keys in a column.
const KEYS: u16 = 11;
/// Cells of the keys, and of the command, in a list of what was found.
const FOUND: (u16, u16) = (16, 18);

/// Draws help over the screen.
pub fn draw(state: &State, help: &Help, pen: &mut Pen) {
    let size = state.size;
    let (screen, wide) = (pen.area, size.help_width());
    let area = Rect {
        x: screen.x + (screen.width - wide) / 2,
        y: screen.y + size.help_margin(),
        width: wide,
        height: screen.height.saturating_sub(2 * size.help_margin()),
    };
    let hints = match &help.rebinding {
        Some(_) => text("Enter keep   Tab replace   Esc leave", "Enter 保留   Tab 取代   Esc 放弃")
            .in_(state.lang)
            .to_owned(),
        None => hint_line(state, &[Context::Help], &[Action::Run, Action::Rebind, Action::Dismiss]),
    };
    let title = text("Help: every action", "帮助：全部操作").in_(state.lang);
    pen.frame(area, title, &hints);
    let entries = help.entries(&state.keymap);
    let found = help.is_searching();
    let lines = lines(&entries, found, size);
    let columns = if found { 1 } else { size.help_columns() };
    let page = usize::from(columns * size.help_rows());
    let inside = Rect { x: area.x + 2, width: wide.saturating_sub(4), ..area };
    let at = lines.iter().position(|line| *line == Line::Entry(help.cursor)).unwrap_or(0);
    search(state, help, entries.len(), (at / page + 1, lines.len().div_ceil(page)), inside, pen);
    let share = inside.width / columns;
    let top = at / page * page;
    for (place, line) in lines.iter().enumerate().skip(top).take(page) {
        let place = u16::try_from(place - top).unwrap_or(0);
        let (column, row) = (place / size.help_rows(), place % size.help_rows());
        let cell = Rect {
            x: inside.x + column * share,
            y: area.y + 3 + row,
            width: share.saturating_sub(u16::from(columns > 1)),
            height: 1,
        };
        match line {
            Line::Blank => {}
            Line::Head(title) => {
                pen.put(cell.x + 1, cell.y, cell.width, &title.in_(state.lang).to_uppercase(), Role::Strong);
            }
            Line::Entry(which) => {
                if let Some(entry) = entries.get(*which) {
                    let is_here = *which == help.cursor;
                    draw_entry(state, help, entry, is_here, cell, pen);
                }
            }
        }
    }
    let y = area.y + 3 + size.help_rows();
    foot(state, help, Rect { y, height: size.help_foot(), ..inside }, pen);
}

/// The field in which one searches, how much there is, and its rule.
fn search(state: &State, help: &Help, count: usize, page: (usize, usize), area: Rect, pen: &mut Pen) {
    let y = area.y + 1;
    let told = match page {
        (_, 0 | 1) if count == 1 => text("1 action", "1 项操作").in_(state.lang).to_owned(),
        (_, 0 | 1) => text("{n} actions", "{n} 项操作").fill(state.lang, &[("n", &count.to_string())]),
        (at, of) => text("{n} actions, page {at} of {of}", "{n} 项操作，第 {at} / {of} 页")
            .fill(state.lang, &[("n", &count.to_string()), ("at", &at.to_string()), ("of", &of.to_string())]),
    };
    let end = pen.put_right(area.right(), y, area.width, &told, Role::Muted);
    let x = pen.put(area.x, y, 1, pen.signs.cursor, Role::Accent) + 1;
    let room = end.saturating_sub(x + 1);
    let typed = help.field.text();
    if typed.is_empty() {
        pen.put(x + 1, y, room, text("type to search", "输入以搜索").in_(state.lang), Role::Muted);
    } else {
        pen.put(x, y, room, typed, Role::Strong);
    }
    if help.rebinding.is_none() {
        pen.cursor = Some(((x + pen.width(help.field.before_cursor())).min(area.right() - 1), y));
    }
    let rule = Rect { y: y + 1, height: 1, ..area };
    pen.on(rule).rule(y + 1, None);
}

/// One action: greyed where it cannot be run.
fn draw_entry(state: &State, help: &Help, entry: &Entry, is_here: bool, area: Rect, pen: &mut Pen) {
    let possible = help.why_not(state, entry).is_none();
    let (bold, plain) = if possible { (Role::Accent, Role::Text) } else { (Role::Muted, Role::Muted) };
    let found = help.is_searching();
    // Without room beside what it does, the command stands at the foot alone.
    let is_tight = found && area.width < 2 * (FOUND.0 + FOUND.1);
    let command = entry.command();
    let room = if found && !is_tight { FOUND.0 } else { KEYS };
    let keys = keys_in(entry, room, state, pen);
    let keys = match (&command, keys.is_empty(), found) {
        (Some(command), true, false) => command.clone(),
        _ => keys,
    };
    if is_here {
        pen.put(area.x, area.y, 1, pen.signs.cursor, Role::Text);
    }
    let end = pen.put(area.x + 1, area.y, area.width.saturating_sub(2).min(room), &keys, bold);
    let x = (area.x + 2 + room).max(end + 1);
    let end = if found && !is_tight {
        let right = area.right() - 1;
        let start = right.saturating_sub(FOUND.1);
        let says = entry.section.title.in_(state.lang);
        let told = command.as_deref().unwrap_or(says);
        pen.put(start, area.y, FOUND.1, told, Role::Muted);
        start
    } else {
        area.right()
    };
    pen.put(x, area.y, end.saturating_sub(x + 1), entry.spec.says.in_(state.lang), plain);
    if is_here {
        pen.bar(area, Role::Selected);
    }
}

/// The keys of an action, as many as fit whole.
fn keys_in(entry: &Entry, room: u16, state: &State, pen: &Pen) -> String {
    let mut told = String::new();
    for keys in entry.keys(&state.keymap) {
        let longer = format!("{told} {keys}");
        if pen.width(longer.trim_start()) <= room || told.is_empty() {
            longer.trim_start().clone_into(&mut told);
        }
    }
    told
}

/// More of the action under the cursor: what it is for or why it cannot be run, its command and the
/// command of the shell that does the same.
fn foot(state: &State, help: &Help, area: Rect, pen: &mut Pen) {
    let Some(entry) = help.entry(&state.keymap) else {
        let none = text("No action matches.", "没有匹配的操作。").in_(state.lang);
        pen.put(area.x, area.y, area.width, none, Role::Muted);
        return;
    };
    let mut y = area.y;
    if area.height > 2 {
        let rule = Rect { height: 1, ..area };
        pen.on(rule).rule(y, None);
        let keys = entry.keys(&state.keymap).join(" ");
        let x = pen.put(area.x, y + 1, area.width, entry.spec.says.in_(state.lang), Role::Strong) + 2;
        pen.put(x, y + 1, area.right().saturating_sub(x), &keys, Role::Accent);
        y += 2;
    }
    let (told, role) = about(state, help, &entry);
    pen.put(area.x, y, area.width, &told.in_(state.lang), role);
    same_as(state, &entry, Rect { y: y + 1, height: 1, ..area }, pen);
    if area.height > 4 {
        let note = text(
            "Input method on? Full-width ： ／ ？ count as : / ?; any Chinese text you type opens Find anything.",
            "输入法开着也可以：全角 ： ／ ？ 等同 : / ?；直接输入汉字即打开“查找一切”。",
        );
        pen.put(area.x, y + 2, area.width, note.in_(state.lang), Role::Muted);
    }
}

/// The sentence about the action under the cursor.
fn about(state: &State, help: &Help, entry: &Entry) -> (Sentence, Role) {
    if let Some(pressed) = &help.rebinding {
        return (of_pressed(&state.keymap, entry, pressed), Role::Strong);
    }
    match help.why_not(state, entry) {
        Some(why) => (why, Role::Attention),
        None => (entry.spec.tells.unwrap_or(entry.spec.says).into(), Role::Text),
    }
}

/// The command of the program and of the shell that do the same.
fn same_as(state: &State, entry: &Entry, area: Rect, pen: &mut Pen) {
    let mut x = area.x;
    let said = [
        (text("Same as ", "等同 "), entry.command()),
        (text("From the shell ", "命令行 "), entry.twin(state)),
    ];
    for (label, value) in said {
        let Some(value) = value else { continue };
        x = pen.put(x, area.y, area.right().saturating_sub(x), label.in_(state.lang), Role::Muted);
        x = pen.put(x, area.y, area.right().saturating_sub(x), &value, Role::Text) + 3;
    }
}
