//! The last page: all vendors of the meeting by rank, who moved, what is asked for.

use ratatui::layout::Rect;

use crate::app::state::State;
use crate::domain::list::ClosedList;
use crate::entity::show;
use crate::register::meeting::change_words;
use crate::register::meeting::{Session, Standing};
use crate::texts::{Text, text};
use crate::ui::pen::Pen;
use crate::ui::theme::{Role, role_of};

/// Cells of rank, total, change, the rank before, and grade.
const RANK: u16 = 5;
const TOTAL: u16 = 8;
const CHANGE: u16 = 8;
const WAS: u16 = 6;
const GRADE: u16 = 11;
/// The least width with the asks beside the ranking.
const BESIDE: u16 = 100;

/// Draws it.
pub(super) fn draw(state: &State, session: &Session, standings: &[Standing], area: Rect, pen: &mut Pen) {
    let lang = state.lang;
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let wide = if inner.width >= BESIDE { inner.width * 11 / 20 } else { inner.width };
    let order = session.ranking(standings);
    let table = Rect { width: wide, ..inner };
    let name = wide.saturating_sub(RANK + TOTAL + CHANGE + WAS + GRADE);
    let heads = [(TOTAL, HEAD_TOTAL), (CHANGE, HEAD_CHANGE), (WAS, HEAD_WAS)];
    let mut x = table.x + RANK + name;
    for (cells, label) in heads {
        pen.put_right(x + cells, table.y, cells - 1, label.in_(lang), Role::Muted);
        x += cells;
    }
    pen.put(x + 1, table.y, GRADE - 1, HEAD_GRADE.in_(lang), Role::Muted);
    let kept = if wide == inner.width { table.height * 2 / 3 } else { table.height };
    let mut y = table.y + 1;
    for at in order.iter().take(usize::from(kept.saturating_sub(1))) {
        let (Some(item), Some(standing)) = (session.items.get(*at), standings.get(*at)) else { continue };
        let none = pen.signs.none;
        let rank = standing.rank.map_or_else(|| none.to_owned(), |rank| rank.to_string());
        pen.put_right(table.x + RANK - 1, y, RANK - 1, &rank, Role::Muted);
        let words = pen.measure.fitted(&item.vendor.label(), name.saturating_sub(1)).into_owned();
        pen.put(table.x + RANK, y, name.saturating_sub(1), &words, Role::Text);
        let total = standing.total.total.map_or_else(|| none.to_owned(), |score| score.to_string());
        let mut x = table.x + RANK + name;
        pen.put_right(x + TOTAL, y, TOTAL - 1, &total, Role::Strong);
        x += TOTAL;
        let role = match standing.change {
            Some(change) if change > 0 => Role::Good,
            Some(change) if change < 0 => Role::Bad,
            _ => Role::Muted,
        };
        let change = standing.change.map_or_else(|| none.to_owned(), |change| change_words(Some(change)));
        pen.put_right(x + CHANGE, y, CHANGE - 1, &change, role);
        x += CHANGE;
        let was = standing.was.map_or_else(|| none.to_owned(), |was| was.to_string());
        pen.put_right(x + WAS, y, WAS - 1, &was, Role::Muted);
        x += WAS;
        let grade = standing.total.grade;
        let (words, role) = grade.map_or((NOT_RATED, Role::Muted), |g| (g.label(), role_of(g.choice().tone)));
        pen.put(x + 1, y, GRADE - 1, words.in_(lang), role);
        y += 1;
    }
    let left = order.len().saturating_sub(usize::from(y.saturating_sub(table.y + 1)));
    if left > 0 {
        let says = MORE.fill(lang, &[("n", &left.to_string())]);
        pen.put(table.x + RANK, y, wide, &says, Role::Muted);
        y += 1;
    }
    let beside = if wide == inner.width {
        Rect { y: (y + 1).min(inner.bottom()), height: inner.bottom().saturating_sub(y + 1), ..inner }
    } else {
        Rect { x: inner.x + wide + 3, width: inner.width.saturating_sub(wide + 3), ..inner }
    };
    told(state, session, standings, beside, pen);
}

/// Who moved most, what is asked for, who is present.
fn told(state: &State, session: &Session, standings: &[Standing], area: Rect, pen: &mut Pen) {
    let lang = state.lang;
    let mut lines: Vec<(String, Role)> = Vec::new();
    let mut movers: Vec<(i64, usize)> = standings
        .iter()
        .enumerate()
        .filter(|(_, standing)| standing.rank.is_some())
        .filter_map(|(at, standing)| Some((standing.change.filter(|change| *change != 0)?, at)))
        .collect();
    movers.sort_by_key(|(change, at)| (std::cmp::Reverse(change.abs()), *at));
    if !movers.is_empty() {
        lines.push((MOVERS.in_(lang).to_owned(), Role::Muted));
    }
    for (change, at) in movers.into_iter().take(4) {
        let name = session.items.get(at).map(|item| item.vendor.label()).unwrap_or_default();
        let role = if change > 0 { Role::Good } else { Role::Bad };
        lines.push((format!("{:>7}  {name}", change_words(Some(change))), role));
    }
    let present = show::full(session.meeting.get("attendees"), lang);
    lines.push((PRESENT.in_(lang).to_owned(), Role::Muted));
    lines.push(if present.is_empty() {
        (NOBODY.in_(lang).to_owned(), Role::Attention)
    } else {
        (present, Role::Text)
    });
    let decisions = session.meeting.get("decisions").as_text();
    if !decisions.is_empty() {
        lines.push((DECISIONS.in_(lang).to_owned(), Role::Muted));
        lines.extend(pen.measure.wrapped(decisions, area.width).into_iter().map(|line| (line, Role::Text)));
    }
    let asks: Vec<String> = session
        .asks()
        .map(|(item, ask)| {
            let due = show::full(ask.get("due_on"), lang);
            let parts = [ask.label(), ask.get("owner").as_text().to_owned(), due, item.vendor.label()];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ")
        })
        .collect();
    if !asks.is_empty() {
        lines.push((ASKS.fill(lang, &[("n", &asks.len().to_string())]), Role::Muted));
        lines.extend(asks.into_iter().map(|ask| (ask, Role::Text)));
    }
    for (y, (words, role)) in (area.y..area.bottom()).zip(lines) {
        let words = pen.measure.fitted(&words, area.width).into_owned();
        pen.put(area.x, y, area.width, &words, role);
    }
}

const HEAD_TOTAL: Text = text("total", "总分");
const HEAD_CHANGE: Text = text("change", "变化");
const HEAD_WAS: Text = text("was", "上期");
const HEAD_GRADE: Text = text("grade", "等级");
const NOT_RATED: Text = text("not rated", "未评级");
const MORE: Text = text("{n} more, in the minutes", "另有 {n} 家，见会议纪要");
const MOVERS: Text = text("MOVED MOST", "变化最大");
const PRESENT: Text = text("PRESENT", "出席");
const NOBODY: Text = text("Nobody is noted yet: A notes who is here.", "尚未登记出席人：按 A 登记。");
const DECISIONS: Text = text("DECISIONS", "会议决定");
const ASKS: Text = text("ASKS  {n}", "要求  {n} 项");
