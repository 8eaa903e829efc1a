//! What lies over the screen: the keys, a menu, the command line.

use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::command::{CommandLine, Completion};
use crate::app::form::offer::{Offer, TITLE, line};
use crate::app::help::{Line, last_top, lines};
use crate::app::keymap::Context;
use crate::app::state::{Menu, State};
use crate::texts::{Lang, text};
use crate::ui::hint_line;
use crate::ui::pen::{Pen, width};
use crate::ui::theme::Role;

/// Ways to go on with a command that are shown at once.
const COMPLETIONS: u16 = 8;
/// Cells of the words of commands.
const WORDS: u16 = 18;

/// Draws the command line on the last row, and above it the ways to go on with what is typed.
pub fn command(state: &State, line: &CommandLine, pen: &mut Pen) {
    let area = pen.area;
    let y = area.bottom() - 1;
    completions(state, line, pen);
    for x in area.left()..area.right() {
        pen.put(x, y, 1, " ", Role::Text);
    }
    let x = pen.put(area.x + 1, y, 1, ":", Role::Accent);
    pen.put(x, y, area.width, line.field.text(), Role::Strong);
    pen.cursor = Some(((x + width(line.field.before_cursor())).min(area.right() - 1), y));
}

/// The ways to go on with a command, each with what it does; the one that stands there is marked.
fn completions(state: &State, line: &CommandLine, pen: &mut Pen) {
    let screen = pen.area;
    let all = line.completions();
    let most = COMPLETIONS.min(screen.height.saturating_sub(4));
    let rows = u16::try_from(all.len()).unwrap_or(u16::MAX).min(most);
    if rows == 0 {
        return;
    }
    let says = |completion: &Completion| completion.says.in_(state.lang);
    let widest = all.iter().map(|completion| width(says(completion))).max().unwrap_or(0);
    let wide = (WORDS + widest + 7).min(screen.width);
    let area = Rect { x: screen.x, y: screen.bottom() - 1 - rows - 2, width: wide, height: rows + 2 };
    let hints = hint_line(state, &[Context::Command], &[Action::NextWord, Action::Dismiss]);
    pen.frame(area, "", &hints);
    let top = line.chosen.map_or(0, |at| (at + 1).saturating_sub(usize::from(rows)));
    for (y, (at, completion)) in (area.y + 1..).zip(all.iter().enumerate().skip(top).take(usize::from(rows)))
    {
        let end = pen.put(area.x + 3, y, WORDS, &completion.line(), Role::Accent);
        let x = (area.x + 4 + WORDS).max(end + 2);
        pen.put(x, y, area.right().saturating_sub(x + 2), says(completion), Role::Text);
        if line.chosen == Some(at) {
            pen.put(area.x + 1, y, 1, "❯", Role::Text);
            pen.bar(Rect { x: area.x + 1, y, width: wide.saturating_sub(2), height: 1 }, Role::Selected);
        }
    }
}

/// Draws a menu in the middle.
pub fn menu(state: &State, menu: &Menu, pen: &mut Pen) {
    let labels: Vec<&str> = menu.items.iter().map(|item| item.label.in_(state.lang)).collect();
    let hints = hint_line(state, &[Context::Menu], &[Action::Choose, Action::Dismiss]);
    choice(menu.title.in_(state.lang), &labels, menu.cursor, &hints, pen);
}

/// Draws the drafts that earlier runs left.
pub fn drafts(state: &State, offer: &Offer, pen: &mut Pen) {
    let lines: Vec<String> = state.drafts.iter().map(|draft| line(draft, state.lang)).collect();
    let labels: Vec<&str> = lines.iter().map(String::as_str).collect();
    let mut hinted = vec![Action::Dismiss];
    if !offer.thrown.is_empty() {
        hinted.insert(0, Action::BringBack);
    }
    if !labels.is_empty() {
        hinted.splice(0..0, [Action::Choose, Action::ThrowAway]);
    }
    let hints = hint_line(state, &[Context::Drafts, Context::Menu], &hinted);
    let title = TITLE.in_(state.lang);
    choice(title, &labels, offer.cursor, &hints, pen);
}

/// Draws a box in the middle with lines to choose from, the one under the cursor marked.
fn choice(title: &str, labels: &[&str], cursor: usize, footer: &str, pen: &mut Pen) {
    let screen = pen.area;
    let widest = labels.iter().chain(&[title, footer]).map(|label| width(label)).max().unwrap_or(0);
    let wide = widest.max(22).saturating_add(8).min(screen.width);
    let high = (u16::try_from(labels.len()).unwrap_or(u16::MAX).saturating_add(2)).min(screen.height);
    let area = Rect {
        x: screen.x + (screen.width - wide) / 2,
        y: screen.y + (screen.height - high) / 3,
        width: wide,
        height: high,
    };
    pen.frame(area, title, footer);
    let room = usize::from(high.saturating_sub(2));
    let top = (cursor + 1).saturating_sub(room);
    let inside = area.y + 1..area.bottom().saturating_sub(1);
    for (y, (at, label)) in inside.zip(labels.iter().enumerate().skip(top)) {
        let is_here = at == cursor;
        if is_here {
            pen.put(area.x + 2, y, 1, "❯", Role::Text);
        }
        pen.put(area.x + 4, y, wide.saturating_sub(6), label, Role::Text);
        if is_here {
            pen.bar(Rect { x: area.x + 1, y, width: wide.saturating_sub(2), height: 1 }, Role::Selected);
        }
    }
}

/// Draws the keys, made from the key map and the table of actions.
pub fn help(state: &State, top: usize, pen: &mut Pen) {
    let screen = pen.area;
    let size = state.size;
    let wide = size.help_width();
    let high = screen.height.saturating_sub(2);
    let area = Rect { x: screen.x + (screen.width - wide) / 2, y: screen.y + 1, width: wide, height: high };
    let hints = hint_line(state, &[Context::Help], &[Action::PageDown, Action::PageUp, Action::Dismiss]);
    pen.frame(area, text("Keys", "按键").in_(state.lang), &hints);
    let lines = lines(&state.keymap);
    let top = top.min(last_top(&state.keymap, size));
    let share = (wide.saturating_sub(4)) / size.help_columns();
    let rows = size.help_rows();
    for column in 0..size.help_columns() {
        let skip = top + usize::from(column * rows);
        for (row, line) in (0..rows).zip(lines.iter().skip(skip)) {
            let place = Rect { x: area.x + 2 + column * share, y: area.y + 1 + row, width: share, height: 1 };
            help_line(line, state.lang, place, pen);
        }
    }
    if lines.len() > size.help_lines() {
        let last = (top + size.help_lines()).min(lines.len());
        let seen = format!(" {}-{last} / {} ", top + 1, lines.len());
        pen.put_right(area.right().saturating_sub(2), area.y, 20, &seen, Role::Muted);
    }
    let notes = [
        text(
            "Input method on? Full-width ： ／ ？ count as : / ?; any Chinese text you type opens Find anything.",
            "输入法开着也可以：全角 ： ／ ？ 等同 : / ?；直接输入汉字即打开“查找一切”。",
        ),
        text(
            "Commands: :vendors :12 :V-0003 :lang zh :theme light :archived :q",
            "命令：:vendors :12 :V-0003 :lang en :theme light :archived :q",
        ),
    ];
    for (y, note) in (area.bottom().saturating_sub(3)..).zip(notes) {
        pen.put(area.x + 2, y, wide.saturating_sub(4), note.in_(state.lang), Role::Muted);
    }
}

/// Cells of the keys in help: all of an action fit into the first of these, where there is room.
const KEYS: [u16; 2] = [20, 14];
/// The least cells of a line for the first of them.
const ROOMY: u16 = 52;

fn help_line(line: &Line, lang: Lang, area: Rect, pen: &mut Pen) {
    match line {
        Line::Blank => {}
        Line::Head(title) => {
            pen.put(area.x, area.y, area.width, &title.in_(lang).to_uppercase(), Role::Strong);
        }
        Line::Keys(entry) => {
            let end = pen.put(area.x, area.y, area.width, &entry.keys.join(" "), Role::Accent);
            let keys = if area.width >= ROOMY { KEYS[0] } else { KEYS[1] };
            let x = (area.x + keys + 1).max(end + 1);
            pen.put(x, area.y, area.right().saturating_sub(x + 1), entry.says.in_(lang), Role::Text);
        }
    }
}
