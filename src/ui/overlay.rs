//! What lies over the screen: the keys, a menu, the command line.

use ratatui::layout::Rect;

use crate::app::action::{ACTIONS, Group};
use crate::app::command::CommandLine;
use crate::app::form::offer::{Offer, line};
use crate::app::state::{Menu, State};
use crate::texts::{Text, text};
use crate::ui::pen::{Pen, width};
use crate::ui::theme::Role;

/// Draws the command line on the last row.
pub fn command(line: &CommandLine, pen: &mut Pen) {
    let area = pen.area;
    let y = area.bottom() - 1;
    for x in area.left()..area.right() {
        pen.put(x, y, 1, " ", Role::Text);
    }
    let x = pen.put(area.x + 1, y, 1, ":", Role::Accent);
    pen.put(x, y, area.width, line.field.text(), Role::Strong);
    pen.cursor = Some(((x + width(line.field.before_cursor())).min(area.right() - 1), y));
}

/// Draws a menu in the middle.
pub fn menu(state: &State, menu: &Menu, pen: &mut Pen) {
    let labels: Vec<&str> = menu.items.iter().map(|item| item.label.in_(state.lang)).collect();
    let footer = text("Enter choose", "Enter 选择").in_(state.lang);
    choice(menu.title.in_(state.lang), &labels, menu.cursor, footer, pen);
}

/// Draws the drafts that earlier runs left.
pub fn drafts(state: &State, offer: &Offer, pen: &mut Pen) {
    let lines: Vec<String> = state.drafts.iter().map(|draft| line(draft, state.lang)).collect();
    let labels: Vec<&str> = lines.iter().map(String::as_str).collect();
    let footer = match (offer.thrown.is_empty(), lines.is_empty()) {
        (true, _) => text("Enter go on   d throw away   Esc later", "Enter 继续   d 丢弃   Esc 以后"),
        (false, false) => text(
            "Enter go on   d throw away   u bring back   Esc later",
            "Enter 继续   d 丢弃   u 恢复   Esc 以后",
        ),
        (false, true) => text("u bring back   Esc close", "u 恢复   Esc 关闭"),
    };
    let title = text("Kept drafts", "保留的草稿").in_(state.lang);
    choice(title, &labels, offer.cursor, footer.in_(state.lang), pen);
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

const GROUPS: [(Group, Text); 3] = [
    (Group::Here, text("THIS SCREEN", "本页")),
    (Group::Move, text("MOVE", "移动")),
    (Group::Anywhere, text("ANYWHERE", "任意位置")),
];

/// Draws the keys, made from the key map and the table of actions.
pub fn help(state: &State, top: usize, pen: &mut Pen) {
    let screen = pen.area;
    let wide = screen.width.saturating_sub(4).min(112);
    let high = screen.height.saturating_sub(2);
    let area = Rect { x: screen.x + (screen.width - wide) / 2, y: screen.y + 1, width: wide, height: high };
    let footer = text("j k scroll   any other key closes", "j k 滚动   其他键关闭").in_(state.lang);
    pen.frame(area, text("Keys", "按键").in_(state.lang), footer);
    let columns = if wide >= 100 { 3 } else { usize::from(wide >= 70) + 1 };
    let share = (wide - 4) / u16::try_from(columns).unwrap_or(1);
    let lines = help_lines(state);
    let rows = usize::from(high.saturating_sub(5));
    let top = top.min(lines.len().saturating_sub(rows));
    let lines = lines.get(top..).unwrap_or_default();
    let per_column = if columns == 1 { rows } else { lines.len().div_ceil(columns).max(1).min(rows) };
    for (nth, line) in lines.iter().enumerate().take(per_column * columns) {
        let column = u16::try_from(nth / per_column.max(1)).unwrap_or(0);
        let row = u16::try_from(nth % per_column.max(1)).unwrap_or(0);
        let (x, y) = (area.x + 2 + column * share, area.y + 1 + row);
        match line {
            HelpLine::Head(label) => {
                pen.put(x, y, share, label, Role::Strong);
            }
            HelpLine::Keys(keys, says) => {
                pen.put(x, y, 14, keys, Role::Accent);
                pen.put(x + 15, y, share.saturating_sub(16), says, Role::Text);
            }
            HelpLine::Blank => {}
        }
    }
    let note = text(
        "Input method on? Full-width ： ／ ？ count as : / ?; any Chinese text you type opens Find anything.",
        "输入法开着也可以：全角 ： ／ ？ 等同 : / ?；直接输入汉字即打开“查找一切”。",
    );
    pen.put(area.x + 2, area.bottom() - 3, wide - 4, note.in_(state.lang), Role::Muted);
    let note = text(
        "Commands: :vendors :12 :V-0003 :lang zh :theme light :archived :q",
        "命令：:vendors :12 :V-0003 :lang en :theme light :archived :q",
    );
    pen.put(area.x + 2, area.bottom() - 2, wide - 4, note.in_(state.lang), Role::Muted);
}

enum HelpLine {
    Head(String),
    Keys(String, String),
    Blank,
}

fn help_lines(state: &State) -> Vec<HelpLine> {
    let mut lines = Vec::new();
    for (group, label) in GROUPS {
        if !lines.is_empty() {
            lines.push(HelpLine::Blank);
        }
        lines.push(HelpLine::Head(label.in_(state.lang).to_owned()));
        for spec in ACTIONS.iter().filter(|spec| spec.group == group) {
            let keys = state.keymap.keys_of(spec.action);
            let keys = if keys.is_empty() { format!(":{}", spec.word) } else { keys.join(" ") };
            lines.push(HelpLine::Keys(keys, spec.says.in_(state.lang).to_owned()));
        }
    }
    lines
}
