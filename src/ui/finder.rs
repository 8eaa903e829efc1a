//! Find anything: the box, its hits by kind, and the answer to most questions below them.

use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::finder::{Finder, SCOPES, contact_line};
use crate::app::geometry::Layout;
use crate::app::keymap::Context;
use crate::app::state::State;
use crate::entity::{Kind, Value, show};
use crate::register::answer::role_label;
use crate::register::{Found, PUT_AWAY_NOTE};
use crate::texts::{Lang, text};
use crate::ui::hint_line;
use crate::ui::list::rounded;
use crate::ui::pen::Pen;
use crate::ui::theme::{Role, role_of};

/// The least cells for what is typed, beside all scopes.
const TYPED: u16 = 24;

/// Draws the box over the screen.
pub fn draw(state: &State, finder: &Finder, pen: &mut Pen) {
    let screen = pen.area;
    let wide = screen.width.saturating_sub(4).min(96);
    let x = screen.x + (screen.width - wide) / 2;
    let y = screen.y + if state.size.layout() == Layout::Wide { 4 } else { 2 };
    // The footer stays in sight: it says what was copied.
    let high = screen.bottom().saturating_sub(y + 2).min(26);
    let area = Rect { x, y, width: wide, height: high };
    let hinted = [Action::Open, Action::NextScope, Action::CopyContact, Action::Edit, Action::Dismiss];
    let hints = hint_line(state, &[Context::Find], &hinted);
    pen.frame(area, text("Find anything", "查找一切").in_(state.lang), &hints);
    let inner = Rect {
        x: area.x + 2,
        y: area.y + 1,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(2),
    };
    let caret = question(state, finder, inner, pen);
    line(pen, inner, inner.y + 1);
    let preview = 4;
    let hits = Rect { y: inner.y + 2, height: inner.height.saturating_sub(preview + 3), ..inner };
    draw_hits(state, finder, hits, pen);
    line(pen, inner, hits.bottom());
    draw_preview(state, finder, Rect { y: hits.bottom() + 1, height: preview, ..inner }, pen);
    pen.cursor = Some(caret);
}

fn line(pen: &mut Pen, area: Rect, y: u16) {
    for x in area.left()..area.right() {
        pen.put(x, y, 1, pen.signs.rule, Role::Frame);
    }
}

fn question(state: &State, finder: &Finder, area: Rect, pen: &mut Pen) -> (u16, u16) {
    let mut right = area.right();
    // What is typed comes first: without room for all scopes there is only the one that is searched.
    let all: u16 = SCOPES.iter().map(|scope| pen.width(scope.label.in_(state.lang)) + 2).sum();
    let has_all = all + TYPED <= area.width;
    let seen = SCOPES.iter().enumerate().filter(|(at, _)| has_all || *at == finder.scope);
    for (at, scope) in seen.rev() {
        let role = if at == finder.scope { Role::Accent } else { Role::Muted };
        right = pen.put_right(right, area.y, 12, scope.label.in_(state.lang), role).saturating_sub(2);
    }
    let x = pen.put(area.x, area.y, 1, pen.signs.cursor, Role::Accent) + 1;
    let room = right.saturating_sub(x);
    pen.put(x, area.y, room, finder.field.text(), Role::Strong);
    ((x + pen.width(finder.field.before_cursor())).min(right), area.y)
}

/// The hits under the name of their kind; kinds in the order in which their first hit comes.
fn draw_hits(state: &State, finder: &Finder, area: Rect, pen: &mut Pen) {
    if finder.field.text().trim().is_empty() {
        let hint = text(
            "A name in any script, pinyin (tysj), a code, a number, the last digits of a phone; > for commands.",
            "任意文字的名称、拼音（tysj）、编号、合同号或电话尾号；输入 > 执行命令。",
        );
        pen.put(area.x, area.y, area.width, hint.in_(state.lang), Role::Muted);
        return;
    }
    if finder.hits.is_empty() {
        if finder.settled && !finder.field.text().starts_with('>') {
            pen.put(
                area.x,
                area.y,
                area.width,
                text("Nothing found.", "没有找到。").in_(state.lang),
                Role::Muted,
            );
        }
        return;
    }
    let mut lines: Vec<Line> = Vec::new();
    let mut last: Option<Kind> = None;
    for (at, hit) in finder.hits.iter().enumerate() {
        if last != Some(hit.at.kind) {
            lines.push(Line::Head(hit.at.kind));
            last = Some(hit.at.kind);
        }
        lines.push(Line::Hit(at, hit));
    }
    let here =
        lines.iter().position(|line| matches!(line, Line::Hit(at, _) if *at == finder.cursor)).unwrap_or(0);
    let top = (here + 1).saturating_sub(usize::from(area.height));
    for (y, line) in (area.top()..area.bottom()).zip(lines.iter().skip(top)) {
        match line {
            Line::Head(kind) => {
                pen.put(
                    area.x,
                    y,
                    area.width,
                    &kind.table().many.in_(state.lang).to_uppercase(),
                    Role::Muted,
                );
            }
            Line::Hit(at, hit) => {
                draw_hit(hit, *at == finder.cursor, state.lang, Rect { y, height: 1, ..area }, pen);
            }
        }
    }
}

enum Line<'h> {
    Head(Kind),
    Hit(usize, &'h Found),
}

fn draw_hit(hit: &Found, is_here: bool, lang: Lang, area: Rect, pen: &mut Pen) {
    let sign = if is_here { pen.signs.choice } else { " " };
    pen.put(area.x, area.y, 1, sign, Role::Accent);
    let code_at = pen.put_right(area.right(), area.y, 10, &hit.code, Role::Muted);
    let half = area.width / 2;
    let role = if is_here { Role::Strong } else { Role::Text };
    pen.put(area.x + 2, area.y, half.saturating_sub(3), &hit.title, role);
    let x = area.x + half;
    let mut detail = hit.detail(lang);
    if hit.archived {
        detail = format!("{} {detail}", PUT_AWAY_NOTE.in_(lang));
    }
    pen.put(x, area.y, code_at.saturating_sub(x + 1), &detail, Role::Muted);
}

fn draw_preview(state: &State, finder: &Finder, area: Rect, pen: &mut Pen) {
    let (Some(hit), Some(card)) = (finder.hit(), finder.card()) else { return };
    let record = &card.record;
    let lang = state.lang;
    let end = pen.put_right(area.right(), area.y, 10, &record.code, Role::Muted);
    let x = pen.put(area.x, area.y, area.width / 2, &record.label(), Role::Strong) + 2;
    if let Value::Choice(choice) = record.get("state") {
        pen.chip(x, area.y, end.saturating_sub(x), choice.label.in_(lang), role_of(choice.tone));
    }
    let mut parts: Vec<String> = Vec::new();
    if let Value::Points(score) = record.get("score") {
        parts.push(format!("{} {}", text("Score", "得分").in_(lang), rounded(*score)));
    }
    for related in card.related.iter().filter(|related| related.total > 0) {
        parts.push(format!("{} {}", related.total, related.kind.counted(related.total).in_(lang)));
    }
    for key in ["number", "value", "last_day", "act_by", "total"] {
        let value = record.get(key);
        if !value.is_null() {
            parts.push(show::short(value, lang));
        }
    }
    pen.put(area.x, area.y + 1, area.width, &parts.join("   "), Role::Text);
    let line = contact_line(card);
    pen.put(area.x, area.y + 2, area.width, &line, Role::Strong);
    if let Some(role) = hit.role {
        let says = text("matched: {field} {text}", "匹配：{field} {text}");
        let says = says.fill(lang, &[("field", role_label(role).in_(lang)), ("text", &hit.text)]);
        pen.put(area.x, area.y + 3, area.width, &says, Role::Muted);
    }
}
