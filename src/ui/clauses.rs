//! The checklist of a contract's clauses: a line a type, what was found of it, where it stands; below, what
//! is said of the line under the cursor.

use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::clauses::ClausesPane;
use crate::app::state::State;
use crate::domain::clause::{Gap, Verdict};
use crate::domain::list::ClosedList;
use crate::register::clauses::{Checklist, Line, UNCHECKED, says, word};
use crate::texts::{Lang, Text, text};
use crate::ui::form::around_cursor;
use crate::ui::hint_line;
use crate::ui::pen::Pen;
use crate::ui::theme::Role;

/// The most cells of the box.
const WIDE: u16 = 108;
/// Cells of the number, of the type and of what was found.
const NUMBER: u16 = 3;
const ABOUT: u16 = 27;
const FOUND: u16 = 13;
/// Cells of the article.
const ARTICLE: u16 = 12;
/// Rows of what is said below.
const FOOT: u16 = 4;
/// Rows above the lines: what there is in numbers, what hangs on it.
const HEAD: u16 = 2;

/// Draws the checklist over the screen.
pub fn draw(state: &State, pane: &ClausesPane, pen: &mut Pen) {
    let screen = pen.area;
    let wide = WIDE.min(screen.width.saturating_sub(2));
    let lines = pane.list.as_ref().map_or(0, |list| list.lines.len());
    let high = u16::try_from(lines).unwrap_or(0) + HEAD + FOOT + 2;
    let high = high.min(screen.height.saturating_sub(2)).max(3);
    let x = screen.x + (screen.width - wide) / 2;
    let area = Rect { x, y: screen.y + (screen.height - high) / 3, width: wide, height: high };
    let hints: &[Action] = match pane.typing {
        Some(_) => &[Action::Run, Action::Dismiss],
        None => &[
            Action::ClausePresent,
            Action::ClauseMissing,
            Action::ClauseApart,
            Action::ClauseArticle,
            Action::Edit,
            Action::Dismiss,
        ],
    };
    let hints = hint_line(state, &[pane.context()], hints);
    let (name, code) = pane.list.as_ref().map_or(("", ""), |list| (list.name.as_str(), list.code.as_str()));
    let title = TITLE.in_(state.lang);
    let room = wide.saturating_sub(11 + pen.width(code) + pen.width(title));
    let name = pen.measure.fitted(name, room).into_owned();
    pen.frame(area, &format!("{title}  {name} {code}"), &hints);
    let Some(list) = &pane.list else { return };
    let inner =
        Rect { x: area.x + 2, y: area.y + 1, width: wide.saturating_sub(4), height: high.saturating_sub(2) };
    head(state, list, inner, pen);
    let foot = FOOT.min(inner.height.saturating_sub(HEAD + 1));
    let rows = inner.height.saturating_sub(HEAD + foot);
    let body = Rect { y: inner.y + HEAD, height: rows, ..inner };
    // The line under the cursor stays among those that are seen.
    let top = (pane.cursor + 1).saturating_sub(usize::from(rows));
    for (y, (at, line)) in (body.top()..body.bottom()).zip(list.lines.iter().enumerate().skip(top)) {
        let row = Rect { y, height: 1, ..body };
        draw_line(state, pane, (at, line), row, pen);
    }
    if let Some(line) = pane.line() {
        told(state, list, line, Rect { y: body.bottom(), height: foot, ..inner }, pen);
    }
}

/// How many are there, missing and still to be looked for; and what hangs on the contract.
fn head(state: &State, list: &Checklist, area: Rect, pen: &mut Pen) {
    let lang = state.lang;
    let missing = list.count(|verdict| matches!(verdict, Verdict::Missing(_)));
    let open = list.count(|verdict| verdict == Verdict::Unchecked);
    let counts = [
        (list.count(|verdict| verdict == Verdict::Present), word(Verdict::Present), Role::Good),
        (missing, word(Verdict::Missing(Gap::Warning)), if missing > 0 { Role::Bad } else { Role::Muted }),
        (open, UNCHECKED, if open > 0 { Role::Attention } else { Role::Muted }),
    ];
    let mut x = area.x;
    for (count, label, role) in counts {
        let count_role = if count > 0 { Role::Strong } else { Role::Muted };
        x = pen.put(x, area.y, 4, &count.to_string(), count_role) + 1;
        x = pen.put(x, area.y, area.right().saturating_sub(x), label.in_(lang), role) + 3;
    }
    let stake = match &list.stake {
        Some(stake) => {
            STAKE.fill(lang, &[("service", stake.service.as_str()), ("much", &stake.criticality.to_string())])
        }
        None => NO_STAKE.in_(lang).to_owned(),
    };
    let kind = list.kind.map_or(NO_KIND, ClosedList::label).in_(lang);
    pen.put(area.x, area.y + 1, area.width, &format!("{kind}{}{stake}", SEPARATOR.in_(lang)), Role::Muted);
}

fn draw_line(state: &State, pane: &ClausesPane, (at, line): (usize, &Line), row: Rect, pen: &mut Pen) {
    let lang = state.lang;
    let (x, y) = (row.x, row.y);
    let is_here = at == pane.cursor;
    let about = ABOUT.min(row.width / 3);
    let dim = matches!(line.verdict, Verdict::Unexpected | Verdict::NotApplicable);
    pen.put_right(x + NUMBER, y, NUMBER, &line.about.number().to_string(), Role::Muted);
    let ink = if dim { Role::Muted } else { Role::Text };
    pen.put(x + NUMBER + 1, y, about, line.about.label().in_(lang), ink);
    let (sign, role) = found(line.verdict, pen);
    let at = x + NUMBER + about + 2;
    pen.put(at, y, 1, sign, role);
    pen.put(at + 2, y, FOUND - 3, word(line.verdict).in_(lang), role);
    let at = at + FOUND;
    let article = ARTICLE.min(row.right().saturating_sub(at));
    let record = line.found.as_ref();
    match pane.typing.as_ref().filter(|_| is_here) {
        Some(field) => {
            let (seen, across) =
                around_cursor(field.text(), field.before_cursor().len(), article, pen.measure);
            pen.put(at, y, article, &seen, Role::Strong);
            pen.cursor = Some((at + across, y));
        }
        None => {
            pen.put(at, y, article, record.map_or("", |r| r.get("article").as_text()), Role::Text);
        }
    }
    let at = at + article + 1;
    let note = record.map_or("", |r| {
        let risk = r.get("risk_note").as_text();
        if risk.is_empty() { r.get("excerpt").as_text() } else { risk }
    });
    pen.put(at, y, row.right().saturating_sub(at), &note.replace('\n', " "), Role::Muted);
    if is_here {
        pen.put(x.saturating_sub(1), y, 1, pen.signs.cursor, Role::Text);
        if pane.typing.is_none() {
            pen.bar(row, Role::Selected);
        }
    }
}

/// The sign and the role of what was found.
const fn found(verdict: Verdict, pen: &Pen) -> (&'static str, Role) {
    match verdict {
        Verdict::Present => (pen.signs.mark, Role::Good),
        Verdict::Missing(_) => (pen.signs.wrong, Role::Bad),
        Verdict::NotApplicable => (pen.signs.none, Role::Muted),
        Verdict::Unchecked => ("?", Role::Attention),
        Verdict::Unexpected => (" ", Role::Muted),
    }
}

/// What is said of a line: that it is missing and what that means, else what it says.
fn told(state: &State, list: &Checklist, line: &Line, area: Rect, pen: &mut Pen) {
    if area.height == 0 {
        return;
    }
    let (words, role) = match line.verdict {
        Verdict::Missing(gap) => {
            (says(line.about, gap, list.stake.as_ref()).in_(state.lang), Role::Attention)
        }
        Verdict::Unchecked => (TO_LOOK.in_(state.lang).to_owned(), Role::Muted),
        Verdict::Unexpected => (NOT_ASKED.in_(state.lang).to_owned(), Role::Muted),
        Verdict::Present | Verdict::NotApplicable => {
            let text = line.found.as_ref().map_or("", |record| record.get("excerpt").as_text());
            (text.replace('\n', " "), Role::Text)
        }
    };
    let risk = line.found.as_ref().map_or("", |record| record.get("risk_note").as_text());
    let words = if risk.is_empty() { words } else { format!("{words}  {risk}") };
    let rows = pen.measure.wrapped(words.trim(), area.width);
    for (y, part) in (area.y + 1..area.bottom()).zip(rows) {
        pen.put(area.x, y, area.width, &part, role);
    }
}

/// The line under the cursor in words.
pub(super) fn spoken(pane: &ClausesPane, lang: Lang) -> String {
    let Some(line) = pane.line() else { return String::new() };
    let article = line.found.as_ref().map_or("", |record| record.get("article").as_text());
    format!(
        "{} {}: {} {article}",
        line.about.number(),
        line.about.label().in_(lang),
        word(line.verdict).in_(lang)
    )
}

/// What the pane is called.
pub(super) const TITLE: Text = text("Clauses", "条款");
const STAKE: Text =
    text("{service}, of criticality {much}, rests on it", "服务“{service}”（关键度 {much}）依赖本合同");
const NO_STAKE: Text = text("no service with a criticality names it", "尚无注明关键度的服务关联本合同");
const NO_KIND: Text = text("No kind", "未注明类型");
const SEPARATOR: Text = text(": ", "：");
const TO_LOOK: Text = text(
    "A contract of this kind is expected to have it, and nobody has looked yet.",
    "此类合同应有该条款，尚未核对。",
);
const NOT_ASKED: Text = text(
    "A contract of this kind is not expected to have it; the settings hold what is.",
    "此类合同不要求该条款；要求可在设置中修改。",
);
