//! What a check of the register found: a line each, and the one under the cursor in full.

use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::app::problems::Problems;
use crate::app::state::State;
use crate::register::finding::{Finding, Severity};
use crate::register::ref_of;
use crate::texts::{Lang, Text, text};
use crate::ui::hint_line;
use crate::ui::pen::Pen;
use crate::ui::theme::Role;

/// Cells of a code, and of the name of a field.
const CODE: u16 = 8;
const FIELD: u16 = 16;
/// Rows of the finding in full.
const FULL: u16 = 3;

/// Draws the panel over the screen.
pub fn draw(state: &State, problems: &Problems, pen: &mut Pen) {
    let screen = pen.area;
    let wide = screen.width.saturating_sub(4).min(112);
    let high = screen.height.saturating_sub(2);
    let area = Rect { x: screen.x + (screen.width - wide) / 2, y: screen.y + 1, width: wide, height: high };
    let hints = hint_line(state, &[Context::Menu], &[Action::Choose, Action::Dismiss]);
    pen.frame(area, TITLE.in_(state.lang), &hints);
    let inner =
        Rect { x: area.x + 2, y: area.y + 1, width: wide.saturating_sub(4), height: high.saturating_sub(2) };
    let Some(findings) = &problems.findings else {
        pen.put(inner.x, inner.y, inner.width, CHECKING.in_(state.lang), Role::Muted);
        return;
    };
    if findings.is_empty() {
        pen.put(inner.x, inner.y, inner.width, ALL_WELL.in_(state.lang), Role::Good);
        return;
    }
    let rows = inner.height.saturating_sub(FULL + 1);
    let top = problems.cursor.saturating_sub(usize::from(rows.saturating_sub(1)));
    for (y, (at, finding)) in (inner.y..inner.y + rows).zip(findings.iter().enumerate().skip(top)) {
        line(finding, state.lang, Rect { y, height: 1, ..inner }, pen);
        if at == problems.cursor {
            pen.put(area.x + 1, y, 1, pen.signs.cursor, Role::Text);
            pen.bar(Rect { x: area.x + 1, y, width: wide.saturating_sub(2), height: 1 }, Role::Selected);
        }
    }
    let seen = format!(" {} / {} ", problems.cursor + 1, findings.len());
    pen.put_right(area.right().saturating_sub(2), area.y, 20, &seen, Role::Muted);
    if let Some(finding) = problems.finding() {
        let full = pen.measure.wrapped(&finding.sentence.in_(state.lang), inner.width);
        for (y, part) in (inner.bottom().saturating_sub(FULL)..inner.bottom()).zip(full) {
            pen.put(inner.x, y, inner.width, &part, Role::Text);
        }
    }
}

fn line(finding: &Finding, lang: Lang, area: Rect, pen: &mut Pen) {
    let role = if finding.severity == Severity::Warning { Role::Attention } else { Role::Bad };
    pen.put(area.x, area.y, CODE, &finding.code, role);
    let fields = ref_of(&finding.code).map(|at| at.kind.table().fields.as_slice()).unwrap_or_default();
    let label = fields.iter().find(|meta| meta.key == finding.field).map(|meta| meta.label.in_(lang));
    let field = label.unwrap_or(&finding.field);
    pen.put(area.x + CODE + 1, area.y, FIELD, field, Role::Muted);
    let x = area.x + CODE + FIELD + 2;
    pen.put(x, area.y, area.right().saturating_sub(x), &finding.sentence.in_(lang), Role::Text);
}

const TITLE: Text = text("Problems", "问题");
const CHECKING: Text = text("Checking file, history and rules…", "正在检查文件、变更历史与规则…");
const ALL_WELL: Text = text("All is well.", "一切正常。");
