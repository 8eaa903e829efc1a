//! The heading of a list: what narrows it and in what order it stands; and while its filter is
//! typed, the ways to go on with that.

use crate::app::geometry::Layout;
use crate::app::list::List;
use crate::app::state::State;
use crate::app::views;
use crate::entity::filter::{Filter, Means};
use crate::entity::{Column, Direction, Value, show};
use crate::register::{PUT_AWAY, Shelves, code_of};
use crate::texts::{Lang, text};
use crate::ui::Caret;
use crate::ui::form::around_cursor;
use crate::ui::glyph::Signs;
use crate::ui::pen::Pen;
use crate::ui::theme::Role;

/// Cells between the offers of a line.
const GAP: u16 = 2;

/// Draws the name of the list, what narrows it and its order. The caret is where a filter is typed.
pub(in crate::ui) fn heading(state: &State, list: &List, pen: &mut Pen) -> Caret {
    let area = pen.area;
    let table = list.key.kind.table();
    let mut at = pen.put(area.x + 2, area.y, area.width, table.many.in_(state.lang), Role::Strong) + 2;
    if let Some(name) = scope(state, list) {
        at = pen.chip(at, area.y, 40, &name, Role::Info) + 1;
    }
    if list.shelf == Shelves::Archived {
        at = pen.chip(at, area.y, 20, PUT_AWAY.in_(state.lang), Role::Attention) + 1;
    }
    if let Some(view) = views::present(state, list.key).filter(|_| !list.typing) {
        at = pen.put(at, area.y, area.right().saturating_sub(at), &view.name, Role::Accent) + 2;
    } else if list.timeline.is_some() && !list.typing {
        let says = text("timeline", "时间线").in_(state.lang);
        at = pen.put(at, area.y, area.right().saturating_sub(at), says, Role::Accent) + 2;
    }
    if !list.marks.is_empty() {
        let says =
            text("{n} marked", "已标记 {n} 条").fill(state.lang, &[("n", &list.marks.count().to_string())]);
        at = pen.chip(at, area.y, 24, &says, Role::Accent) + 1;
    }
    if list.typing {
        return Some(typed(state, list, at, pen));
    }
    let at = chips(state, list, at, pen);
    if state.size.layout() == Layout::Wide {
        let says = order(list, state, pen);
        let room = area.right().saturating_sub(at);
        if pen.width(&says) <= room {
            pen.put(at, area.y, room, &says, Role::Muted);
        }
    }
    None
}

/// What the list is ordered by, in words.
fn order(list: &List, state: &State, pen: &Pen) -> String {
    let table = list.key.kind.table();
    let key = |(column, direction): (Column, Direction)| {
        format!("{} {}", table.head(column).label.in_(state.lang), arrow(direction, pen.signs))
    };
    let keys = std::iter::once(list.order.first).chain(list.order.then).map(key);
    let keys = keys.collect::<Vec<_>>().join(", ");
    text("sorted by {keys}", "排序 {keys}").fill(state.lang, &[("keys", &keys)])
}

/// The name of the record whose related records the list shows.
fn scope(state: &State, list: &List) -> Option<String> {
    let scope = list.key.scope?;
    let mut rows = state.lists.values().flat_map(|list| &list.page.rows);
    let label = rows
        .find(|row| row.at == scope)
        .and_then(|row| row.cells.first())
        .map(|cell| show::short(cell, state.lang));
    let linked = || {
        let record = &state.card.as_ref()?.record;
        let mut links = record.values.iter().filter_map(Value::as_link);
        let link = links.find(|link| link.kind == scope.kind && link.id == scope.id)?;
        Some(link.label.clone())
    };
    Some(label.or_else(linked).unwrap_or_else(|| code_of(scope)))
}

/// The filter as a chip a term; what takes no part looks like it. Returns the cell behind them.
fn chips(state: &State, list: &List, mut at: u16, pen: &mut Pen) -> u16 {
    let area = pen.area;
    let filter = list.filter(&state.reading());
    let table = list.key.kind.table();
    for term in &filter.terms {
        let room = area.right().saturating_sub(at + 1);
        if room < 6 {
            return pen.put(at, area.y, room + 1, pen.measure.more, Role::Info) + 1;
        }
        let role = if term.problem(table).is_some() { Role::Bad } else { Role::Info };
        let chip = term.chip(table, list.words.text(), state.lang);
        let chip = pen.measure.fitted(&chip, room - 2).into_owned();
        at = pen.chip(at, area.y, room, &chip, role) + 1;
    }
    if filter.terms.is_empty() { at } else { at + 1 }
}

/// The filter while it is typed, and the cell of its caret.
fn typed(state: &State, list: &List, at: u16, pen: &mut Pen) -> (u16, u16) {
    let area = pen.area;
    let at = pen.put(at, area.y, 2, "/", Role::Accent);
    let room = area.right().saturating_sub(at);
    let words = list.words.text();
    if words.is_empty() {
        let hint = text("type to narrow, Esc clears", "输入以筛选，Esc 清除").in_(state.lang);
        pen.put(at + 1, area.y, room.saturating_sub(1), hint, Role::Muted);
    }
    let cursor = list.words.before_cursor().len();
    let (seen, across) = around_cursor(words, cursor, room, pen.measure);
    if seen == words {
        let parts = parts(list, words, &list.filter(&state.reading()));
        pen.parts(at, area.y, room, &parts);
    } else {
        pen.put(at, area.y, room, &seen, Role::Strong);
    }
    ((at + across).min(area.right().saturating_sub(1)), area.y)
}

/// The text of a filter in parts: what cannot be read stands out, but not while the cursor is at
/// its end and it may become well.
fn parts<'t>(list: &List, words: &'t str, filter: &Filter) -> Vec<(&'t str, Role)> {
    let mut parts = Vec::new();
    let mut from = 0;
    let cursor = list.words.before_cursor().len();
    for term in &filter.terms {
        let role = match term.means {
            Means::Ill(_) if term.span.end != cursor => Role::Bad,
            Means::Ill(_) | Means::Unfinished(_) => Role::Attention,
            Means::Where { .. } => Role::Info,
            Means::Word(_) => Role::Strong,
        };
        parts.push((words.get(from..term.span.start).unwrap_or_default(), Role::Strong));
        parts.push((words.get(term.span.clone()).unwrap_or_default(), role));
        from = term.span.end;
    }
    parts.push((words.get(from..).unwrap_or_default(), Role::Strong));
    parts
}

/// Draws the heading of a group: the word its rows share.
pub(in crate::ui) fn group(value: &Value, lang: Lang, y: u16, pen: &mut Pen) {
    let word = match value {
        Value::Null => text("blank", "空").in_(lang).to_owned(),
        value => show::full(value, lang),
    };
    let area = pen.area;
    let end = pen.put(area.x + 1, y, area.width.saturating_sub(1), &word, Role::Strong) + 1;
    for x in end..area.right() {
        pen.put(x, y, 1, pen.signs.rule, Role::Frame);
    }
}

/// Draws the ways to go on with a filter on the line below it, or what is wrong with it.
pub(in crate::ui) fn offers(state: &State, list: &List, pen: &mut Pen) {
    if !list.typing {
        return;
    }
    let area = pen.area;
    let table = list.key.kind.table();
    let (offers, chosen) = list.words.offers(table, state.lang);
    let problem = list.filter(&state.reading()).problem(table).map(|says| says.in_(state.lang));
    let y = area.y + 1;
    let x = area.x + 2;
    let room = area.width.saturating_sub(3);
    if offers.is_empty() {
        if let Some(problem) = problem {
            blank(y, pen);
            pen.put(x, y, room, &problem, Role::Attention);
        }
        return;
    }
    blank(y, pen);
    // The one that stands there is in sight, however many stand before it.
    let wide = |n: usize| offers.iter().skip(n).map(|offer| pen.width(&offer.shown) + GAP);
    let chosen_at = chosen.unwrap_or(0);
    let fits = |first: &usize| wide(*first).take(chosen_at + 1 - first).sum::<u16>() <= room + GAP;
    let first = (0..=chosen_at).find(fits).unwrap_or(chosen_at);
    let mut at = x;
    for (n, offer) in offers.iter().enumerate().skip(first) {
        let wide = pen.width(&offer.shown);
        if at + wide > x + room {
            break;
        }
        let role = match (Some(n) == chosen, offer.puts.is_some()) {
            (true, _) => Role::Selected,
            (false, true) => Role::Accent,
            (false, false) => Role::Muted,
        };
        at = pen.put(at, y, wide, &offer.shown, role) + GAP;
    }
}

fn blank(y: u16, pen: &mut Pen) {
    for x in pen.area.left()..pen.area.right() {
        pen.put(x, y, 1, " ", Role::Text);
    }
}

pub(in crate::ui) const fn arrow(direction: Direction, signs: &Signs) -> &'static str {
    match direction {
        Direction::Up => signs.up,
        Direction::Down => signs.down,
    }
}
