//! The question before a person's data is erased: what goes, what stays, and the field for the code.

use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::erasing::{Erasing, Stage};
use crate::app::keymap::Context;
use crate::app::state::State;
use crate::texts::{Text, text};
use crate::ui::form::around_cursor;
use crate::ui::hint_line;
use crate::ui::pen::Pen;
use crate::ui::theme::Role;

/// Cells of the box.
const WIDE: u16 = 84;

/// Draws it over the screen.
pub fn draw(state: &State, erasing: &Erasing, pen: &mut Pen) {
    let lang = state.lang;
    let screen = pen.area;
    let wide = WIDE.min(screen.width);
    let room = wide.saturating_sub(4);
    let mut lines: Vec<(String, Role)> = Vec::new();
    let mut put = |text: &str, role: Role, pen: &Pen| {
        lines.extend(pen.measure.wrapped(text, room).into_iter().map(|line| (line, role)));
    };
    let asked = match &erasing.stage {
        Stage::Looking => {
            put(LOOKING.in_(lang), Role::Muted, pen);
            None
        }
        Stage::Writing(_) => {
            put(ERASING.in_(lang), Role::Muted, pen);
            None
        }
        Stage::Asked(erasure) => {
            for sentence in erasure.sentences() {
                put(&sentence.in_(lang), Role::Text, pen);
            }
            Some(TYPE_CODE.fill(lang, &[("code", &erasure.code)]))
        }
        Stage::Copies(copies) => {
            put(HOLD_STILL.in_(lang), Role::Text, pen);
            for copy in copies {
                put(copy, Role::Muted, pen);
            }
            Some(TYPE_COUNT.fill(lang, &[("count", &copies.len().to_string())]))
        }
    };
    let fields = if asked.is_some() { 2 } else { 0 };
    let high = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2 + fields).min(screen.height);
    let area = Rect {
        x: screen.x + (screen.width - wide) / 2,
        y: screen.y + (screen.height - high) / 3,
        width: wide,
        height: high,
    };
    let hints = hint_line(state, &[Context::Sure], &[Action::Run, Action::Dismiss]);
    let title = TITLE.in_(lang);
    pen.frame(area, title, &hints);
    // The field is always there; of what goes before it, as much as there is room for.
    let last = area.bottom().saturating_sub(1 + fields);
    for (y, (line, role)) in (area.y + 1..last).zip(&lines) {
        pen.put(area.x + 2, y, room, line, *role);
    }
    let Some(asked) = asked else { return };
    let y = area.bottom().saturating_sub(2);
    let x = pen.put(area.x + 2, y, room, &asked, Role::Attention) + 1;
    let left = (area.x + 2 + room).saturating_sub(x);
    let field = &erasing.field;
    let (seen, across) = around_cursor(field.text(), field.before_cursor().len(), left, pen.measure);
    pen.put(x, y, left, &seen, Role::Strong);
    pen.cursor = Some((x + across, y));
}

/// What the question is called.
pub const TITLE: Text = text("Erase a person's data for good", "永久抹除个人数据");
const LOOKING: Text = text("Looking through the whole history…", "正在查找全部历史…");
const ERASING: Text = text("Erasing, and making the file anew…", "正在抹除并重写文件…");
/// What is to be typed.
pub const TYPE_CODE: Text = text("Type {code} or the name:", "输入 {code} 或姓名：");
const HOLD_STILL: Text = text(
    "Erased. These copies hold it still; copies kept elsewhere do too. Remove them, then make a new one (vendeck backup FILE).",
    "已抹除。以下副本仍含有这些内容，存放在别处的副本亦然。请删除后重新备份（vendeck backup FILE）。",
);
/// What is to be typed to remove copies.
pub const TYPE_COUNT: Text = text("Type {count} to remove all of them:", "输入 {count} 以全部删除：");
