//! Before an act on many records: what it does and how many they are; and after it, which cannot.

use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::bulk::{Confirm, MisfitsPane, lines};
use crate::app::keymap::Context;
use crate::app::state::State;
use crate::register::{Misfit, Misfits, code_of};
use crate::texts::{Lang, Text, text};
use crate::ui::form::around_cursor;
use crate::ui::hint_line;
use crate::ui::pen::Pen;
use crate::ui::theme::Role;

/// The most cells of the question.
const WIDE: u16 = 64;
/// The most lines of what an act does.
const LINES: usize = 6;
/// Cells of a code, and of the name behind it.
const CODE: u16 = 8;
const NAME: u16 = 28;
/// Rows of the reason in full.
const FULL: u16 = 3;

/// Draws the question whether an act on many shall be done. The caret is where the number is typed.
pub fn confirm(state: &State, confirm: &Confirm, pen: &mut Pen) {
    let screen = pen.area;
    let (n, many) = (confirm.bulk.ids.len().to_string(), confirm.bulk.kind.table().many.in_(state.lang));
    let fill = |says: Text| says.fill(state.lang, &[("n", &n), ("kinds", many)]);
    let wide = WIDE.min(screen.width);
    let room = wide.saturating_sub(4);
    let mut rows: Vec<(String, Role)> = Vec::new();
    let all = lines(&confirm.bulk, state.lang);
    rows.extend(all.iter().take(LINES).map(|line| (pen.measure.fitted(line, room).into_owned(), Role::Text)));
    if all.len() > LINES {
        rows.push((pen.measure.more.to_owned(), Role::Text));
    }
    if let Some(unseen) = unseen(state).filter(|unseen| *unseen > 0) {
        let says = UNSEEN.fill(state.lang, &[("n", &unseen.to_string())]);
        rows.extend(pen.measure.wrapped(&says, room).into_iter().map(|line| (line, Role::Attention)));
    }
    rows.push((String::new(), Role::Text));
    rows.extend(pen.measure.wrapped(&fill(TELLS), room).into_iter().map(|line| (line, Role::Muted)));
    rows.push((String::new(), Role::Text));
    let high = u16::try_from(rows.len()).unwrap_or(u16::MAX).saturating_add(3).min(screen.height);
    let x = screen.x + (screen.width - wide) / 2;
    let area = Rect { x, y: screen.y + (screen.height - high) / 3, width: wide, height: high };
    let hints = hint_line(state, &[Context::Sure], &[Action::Run, Action::Dismiss]);
    pen.frame(area, &fill(TITLE), &hints);
    let asked = area.bottom().saturating_sub(2);
    for (y, (line, role)) in (area.y + 1..asked).zip(&rows) {
        pen.put(area.x + 2, y, room, line, *role);
    }
    let start = pen.put(area.x + 2, asked, room, &asks(confirm, state.lang), Role::Strong);
    let left = area.right().saturating_sub(start + 2);
    let typed = confirm.field.text();
    let (seen, across) = around_cursor(typed, confirm.field.before_cursor().len(), left, pen.measure);
    pen.put(start, asked, left, &seen, Role::Accent);
    pen.cursor = Some((start + across, asked));
}

/// How many of the marked records the list does not show as it is filtered now; `None` where not all of
/// it is loaded.
fn unseen(state: &State) -> Option<usize> {
    let list = state.list()?;
    let is_whole = list.page.total == Some(list.page.rows.len() as u64);
    let seen = list.page.rows.iter().filter(|row| list.marks.holds(row.at.id)).count();
    is_whole.then(|| list.marks.count().saturating_sub(seen))
}

/// Draws the records that cannot, and why the one under the cursor cannot.
pub fn misfits(state: &State, pane: &MisfitsPane, pen: &mut Pen) {
    let screen = pen.area;
    let misfits = &pane.misfits;
    let wide = screen.width.saturating_sub(4).min(112);
    let listed = u16::try_from(misfits.first.len()).unwrap_or(u16::MAX);
    let high = listed.saturating_add(FULL + 4).min(screen.height.saturating_sub(2));
    let x = screen.x + (screen.width - wide) / 2;
    let area = Rect { x, y: screen.y + (screen.height - high) / 3, width: wide, height: high };
    let mut hinted = vec![Action::Dismiss];
    if misfits.count < misfits.of {
        hinted.insert(0, Action::LeaveOut);
    }
    let hints = hint_line(state, &[Context::Misfits, Context::Menu], &hinted);
    pen.frame(area, &cannot(pane, state.lang), &hints);
    let inner =
        Rect { x: area.x + 2, y: area.y + 1, width: wide.saturating_sub(4), height: high.saturating_sub(2) };
    let rows = inner.height.saturating_sub(FULL + 1);
    let top = (pane.cursor + 1).saturating_sub(usize::from(rows));
    for (y, (at, misfit)) in (inner.y..inner.y + rows).zip(misfits.first.iter().enumerate().skip(top)) {
        line(state, misfit, Rect { y, height: 1, ..inner }, pen);
        if at == pane.cursor {
            pen.put(area.x + 1, y, 1, pen.signs.cursor, Role::Text);
            pen.bar(Rect { x: area.x + 1, y, width: wide.saturating_sub(2), height: 1 }, Role::Selected);
        }
    }
    if let Some(misfit) = misfits.first.get(pane.cursor) {
        let full = pen.measure.wrapped(&misfit.sentence().in_(state.lang), inner.width);
        for (y, part) in (inner.bottom().saturating_sub(FULL)..inner.bottom()).zip(full) {
            pen.put(inner.x, y, inner.width, &part, Role::Text);
        }
    }
}

fn line(state: &State, misfit: &Misfit, area: Rect, pen: &mut Pen) {
    pen.put(area.x, area.y, CODE, &code_of(misfit.at), Role::Bad);
    let name = NAME.min(area.width / 3);
    pen.put(area.x + CODE + 1, area.y, name, &misfit.name, Role::Text);
    let x = area.x + CODE + name + 2;
    let room = area.right().saturating_sub(x);
    pen.put(x, area.y, room, &misfit.why.in_(state.lang), Role::Muted);
}

/// How many of how many cannot.
pub(super) fn cannot(pane: &MisfitsPane, lang: Lang) -> String {
    let Misfits { count, of, .. } = &pane.misfits;
    CANNOT.fill(lang, &[("count", &count.to_string()), ("of", &of.to_string())])
}

/// What is asked before an act on many.
pub(super) fn asks(confirm: &Confirm, lang: Lang) -> String {
    ASKS.fill(lang, &[("n", &confirm.bulk.ids.len().to_string())]) + " "
}

const TITLE: Text = text("{n} {kinds}", "{n} 条{kinds}");
const TELLS: Text = text(
    "One change in the history; u takes all of it back. A copy of the register is made first.",
    "计为一次变更，按 u 可全部撤销；执行前会先备份登记册。",
);
const UNSEEN: Text =
    text("{n} of them are not in the list as it is filtered now.", "其中 {n} 条不在当前筛选的列表中。");
const ASKS: Text = text("Type {n} to go on:", "输入 {n} 以继续：");
const CANNOT: Text = text("{count} of {of} cannot", "{of} 条中有 {count} 条不可行");
