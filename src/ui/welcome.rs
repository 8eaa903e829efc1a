//! The first start: the ways to begin, and whether the terminal can show what there is.

use ratatui::layout::Rect;

use crate::app::state::State;
use crate::app::welcome::{WAYS, Welcome};
use crate::texts::text;
use crate::ui::pen::Pen;
use crate::ui::theme::Role;

/// Cells before the ways.
const MARGIN: u16 = 4;
/// The least rows on which each way has a line that says what it does, and a blank one.
const ROOMY: u16 = 22;

/// Draws the question in the place of the screen.
pub fn draw(state: &State, welcome: &Welcome, pen: &mut Pen) {
    let area = pen.area;
    let lang = state.lang;
    for y in area.top()..area.bottom() {
        pen.put(area.x, y, area.width, &" ".repeat(usize::from(area.width)), Role::Text);
    }
    let roomy = area.height >= ROOMY;
    let x = area.x + MARGIN.min(area.width / 8);
    let room = area.right().saturating_sub(x + 1);
    let mut y = area.y + if roomy { 2 } else { 0 };
    let end = pen.put(x, y, room, "vendeck", Role::Accent) + 2;
    let slogan = text("the outsourcing desk in your terminal", "终端里的外包管理台").in_(lang);
    pen.put(end, y, area.right().saturating_sub(end), slogan, Role::Muted);
    y += if roomy { 3 } else { 1 };
    let asks = text("No register yet. How do you want to start?", "还没有登记册。您想怎样开始？").in_(lang);
    pen.put(x, y, room, asks, Role::Strong);
    y += if roomy { 2 } else { 1 };
    for (at, way) in WAYS.iter().enumerate() {
        let is_here = at == welcome.cursor;
        if is_here {
            pen.put(x, y, 1, pen.signs.cursor, Role::Accent);
        }
        let title = format!("{}  {}", at + 1, way.title.in_(lang));
        pen.put(x + 2, y, room.saturating_sub(2), &title, if is_here { Role::Strong } else { Role::Text });
        y += 1;
        if roomy {
            pen.put(x + 5, y, room.saturating_sub(5), way.says.in_(lang), Role::Muted);
            y += 1;
        }
        if let (true, Some(path), Some(asks)) = (is_here, &welcome.path, way.asks) {
            let start = pen.put(x + 5, y, room.saturating_sub(5), asks.in_(lang), Role::Text) + 1;
            let width = area.right().saturating_sub(start + 1);
            pen.bar(Rect { x: start, y, width, height: 1 }, Role::Selected);
            let (seen, across) =
                crate::ui::form::around_cursor(path.text(), path.before_cursor().len(), width, pen.measure);
            pen.put(start, y, width, &seen, Role::Selected);
            pen.cursor = Some((start + across, y));
            y += 1;
        }
        y += u16::from(roomy);
    }
    if let Some(problem) = &welcome.problem {
        for line in pen.measure.wrapped(&problem.in_(lang), room) {
            pen.put(x, y, room, &line, Role::Bad);
            y += 1;
        }
    }
    let bottom = area.bottom() - 1;
    pen.on(area).rule(bottom.saturating_sub(1), None);
    let hints = match welcome.path {
        Some(_) => text("Enter go on   Esc back", "Enter 继续   Esc 返回"),
        None => text("1-4 choose   L 中文   q quit", "1-4 选择   L English   q 退出"),
    };
    pen.put(area.x + 1, bottom, area.width.saturating_sub(2), hints.in_(lang), Role::Muted);
}
