//! The money of a contract: a table of its months with a bar, or lines of figures.

use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::app::mask::MASK;
use crate::app::money::lines::Line;
use crate::app::money::{MoneyPane, View};
use crate::app::state::State;
use crate::domain::cost::{Book, Figures, Month};
use crate::domain::money::{Currency, Money};
use crate::register::money::{Account, words};
use crate::texts::{Lang, Text, text};
use crate::ui::pen::Pen;
use crate::ui::theme::Role;

/// The most cells of the box.
const WIDE: u16 = 120;
/// Cells between two columns.
const GAP: u16 = 2;
/// The least and the most cells of a bar.
const BAR: (u16, u16) = (8, 24);
/// Rows above the table: the views, what is to be known of the figures, a blank.
const HEAD: u16 = 3;
/// Cells that the names of the views take.
const VIEWS: u16 = 38;

/// Draws it over the screen.
pub fn draw(state: &State, pane: &MoneyPane, pen: &mut Pen) {
    let screen = pen.area;
    let lang = state.lang;
    let wide = WIDE.min(screen.width);
    let x = screen.x + (screen.width - wide) / 2;
    // The tabs and the line at the bottom, where messages are, stay.
    let area = Rect { x, y: screen.y + 2, width: wide, height: screen.height.saturating_sub(3) };
    let hints = hints(state, pane.view);
    let Some(account) = &pane.account else {
        return pen.frame(area, LOADING.in_(lang), &hints);
    };
    let room = area.width.saturating_sub(pen.width(&account.code) + 10);
    let name = pen.measure.fitted(&account.name, room).into_owned();
    pen.frame(area, &format!("{name} {}", account.code), &hints);
    let inner = Rect {
        x: area.x + 2,
        y: area.y + 1,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(2),
    };
    let pen = &mut pen.on(inner);
    head(account, pane.view, lang, pen);
    let below = below(inner);
    if account.book.months.iter().all(|month| month.parts.is_empty()) {
        says(words::NOTHING.in_(lang), Role::Muted, below.y, pen);
        let lines: Vec<Line> = account.notes.iter().map(|note| Line::Note(note.in_(lang))).collect();
        let rest = Rect { y: below.y + 2, height: below.height.saturating_sub(2), ..below };
        return lines_of(&lines, 0, &mut pen.on(rest));
    }
    match pane.view {
        View::Months => months(account, pane, lang, pen),
        View::Costs | View::How => lines_of(&pane.lines(lang), pane.top, &mut pen.on(below)),
    }
}

/// What is below the head.
fn below(inner: Rect) -> Rect {
    Rect { y: inner.y + HEAD, height: inner.height.saturating_sub(HEAD), ..inner }
}

/// What the keys do in a view.
fn hints(state: &State, view: View) -> String {
    let (turn, explain, close) = match view {
        View::Months => (Some(words::TCO), Some(HOW), CLOSE),
        View::Costs => (Some(BY_MONTH), None, CLOSE),
        View::How => (None, Some(BY_MONTH), BACK),
    };
    let wanted = [(Action::NextPanel, turn), (Action::Explain, explain), (Action::Dismiss, Some(close))];
    let hint = |(action, says): (Action, Option<Text>)| {
        let key = state.keymap.keys_in(&[Context::Money], action).into_iter().next()?;
        Some(format!("{key} {}", says?.in_(state.lang)))
    };
    wanted.into_iter().filter_map(hint).collect::<Vec<_>>().join("   ")
}

/// Which of the views is shown, and what is to be known of the figures.
fn head(account: &Account, view: View, lang: Lang, pen: &mut Pen) {
    let area = pen.area;
    let mut x = area.x;
    for (own, title) in [(View::Months, BY_MONTH), (View::Costs, words::TCO), (View::How, HOW)] {
        let is_shown = own == view;
        if own == View::How && !is_shown {
            continue;
        }
        let role = if is_shown { Role::Accent } else { Role::Muted };
        x = pen.put(x, area.y, area.right().saturating_sub(x), title.in_(lang), role) + 3;
    }
    let told: Vec<String> = account.heading().iter().map(|line| line.in_(lang)).collect();
    let told = told.join(if lang == Lang::En { ", " } else { "，" });
    pen.put(area.x, area.y + 1, area.width, &told, Role::Muted);
}

/// Puts a sentence on as many lines as it takes. Returns the row below it.
fn says(sentence: &str, role: Role, y: u16, pen: &mut Pen) -> u16 {
    let area = pen.area;
    let mut y = y;
    for part in pen.measure.wrapped(sentence, area.width) {
        pen.put(area.x, y, area.width, &part, role);
        y += 1;
    }
    y
}

/// A column of the table of months.
#[derive(Clone, Copy)]
struct Column {
    title: Text,
    figure: fn(&Month) -> Option<Figures>,
    total: Option<fn(&Book) -> Figures>,
    /// Which go first when room is short: 1 stays longest.
    priority: u8,
}

/// The columns, from the left. A difference is told where anything was settled.
const COLUMNS: [Column; 5] = [
    Column {
        title: words::PLAN,
        figure: |month| Some(month.row.plan),
        total: Some(|book| book.total.plan),
        priority: 2,
    },
    Column {
        title: words::ACTUAL,
        figure: |month| month.has_bills().then_some(month.row.actual),
        total: Some(|book| book.total.actual),
        priority: 3,
    },
    Column {
        title: words::DIFFERENCE,
        figure: |month| month.is_settled().then_some(month.row.difference),
        total: Some(|book| book.total.difference),
        priority: 4,
    },
    Column {
        title: words::FORECAST,
        figure: |month| Some(month.row.forecast),
        total: Some(|book| book.total.forecast),
        priority: 1,
    },
    Column { title: words::CUMULATIVE, figure: |month| Some(month.cumulative), total: None, priority: 5 },
];

/// Draws the months, what their signs say above them, and what they make below them.
fn months(account: &Account, pane: &MoneyPane, lang: Lang, pen: &mut Pen) {
    let book = &account.book;
    let show = |minor: i128, currency: Currency| {
        if pane.is_hidden { MASK.to_owned() } else { Money::grouped(minor, currency) }
    };
    let (columns, bar) = plan(book, &show, lang, pen);
    legend(lang, bar, pen);
    let area = below(pen.area);
    let month_wide = pen.width(words::MONTH.in_(lang)).max(7) + 2;
    let mut right = area.x + month_wide;
    pen.put(area.x, area.y, month_wide, words::MONTH.in_(lang), Role::Muted);
    for (column, wide) in &columns {
        right += wide + GAP;
        pen.put_right(right, area.y, *wide, column.title.in_(lang), Role::Muted);
    }
    let sums = sums(book);
    let foot = u16::try_from(sums.len() + 1).unwrap_or(0) + u16::from(book.unbilled != Figures::default());
    let rows = area.height.saturating_sub(foot + 1).max(1);
    let first = first_seen(pane.month, book.months.len(), usize::from(rows));
    let scale =
        book.months.iter().map(|month| month.row.plan.own.max(month.row.actual.own)).max().unwrap_or(0);
    let mut y = area.y + 1;
    for (nth, month) in book.months.iter().enumerate().skip(first).take(usize::from(rows)) {
        pen.put(area.x, y, 7, &month.first.format("%Y-%m").to_string(), Role::Text);
        if month.is_closed {
            pen.put(area.x + 8, y, 1, pen.signs.mark, Role::Good);
        }
        let mut right = area.x + month_wide;
        for (column, wide) in &columns {
            right += wide + GAP;
            let Some(figures) = (column.figure)(month) else { continue };
            let role = role_of(column, month, figures);
            let cell = signed(column, figures.own, show(figures.own, book.own));
            pen.put_right(right, y, *wide, &cell, role);
        }
        if bar > 0 {
            draw_bar(month, scale, Rect { x: right + GAP, y, width: bar, height: 1 }, pen);
        }
        if nth == pane.month {
            pen.bar(Rect { y, height: 1, ..area }, Role::Selected);
        }
        y += 1;
    }
    pen.rule(y, None);
    y += 1;
    for (currency, side) in sums {
        let mut right = area.x + month_wide;
        pen.put(area.x, y, month_wide, currency.code(), Role::Strong);
        for (column, wide) in &columns {
            right += wide + GAP;
            let Some(total) = column.total else { continue };
            let minor = side(total(book));
            pen.put_right(right, y, *wide, &signed(column, minor, show(minor, currency)), Role::Strong);
        }
        y += 1;
    }
    if book.unbilled != Figures::default() {
        let x = pen.put(area.x, y, area.width, words::UNBILLED.in_(lang), Role::Muted) + GAP;
        let amount = format!("{} {}", book.own, show(book.unbilled.own, book.own));
        pen.put(x, y, area.right().saturating_sub(x), &amount, Role::Attention);
    }
}

/// A currency, and which of two figures is in it.
type Side = (Currency, fn(Figures) -> i128);

/// The currencies in which sums are told: of the contract, and of the register where it is another.
fn sums(book: &Book) -> Vec<Side> {
    let mut sums: Vec<Side> = vec![(book.own, |figures| figures.own)];
    if book.own != book.base {
        sums.push((book.base, |figures| figures.base));
    }
    sums
}

/// The columns there is room for with their widths, and the cells of the bar; 0 without one.
fn plan(
    book: &Book,
    show: &dyn Fn(i128, Currency) -> String,
    lang: Lang,
    pen: &Pen,
) -> (Vec<(Column, u16)>, u16) {
    let wide = |column: &Column| {
        let cells = book.months.iter().filter_map(column.figure);
        let cells = cells.map(|figures| signed(column, figures.own, show(figures.own, book.own)));
        let total = |(currency, side): Side| {
            let minor = side((column.total?)(book));
            Some(signed(column, minor, show(minor, currency)))
        };
        let cells = cells.chain(sums(book).into_iter().filter_map(total));
        let cells = cells.map(|cell| pen.width(&cell)).max().unwrap_or(0);
        cells.max(pen.width(column.title.in_(lang)))
    };
    let room = pen.area.width.saturating_sub(pen.width(words::MONTH.in_(lang)).max(7) + 2);
    let mut columns: Vec<(Column, u16)> = COLUMNS.iter().map(|column| (*column, wide(column))).collect();
    let taken = |columns: &[(Column, u16)]| columns.iter().map(|(_, wide)| wide + GAP).sum::<u16>();
    while taken(&columns) > room && columns.len() > 1 {
        let last = columns.iter().map(|(column, _)| column.priority).max();
        columns.retain(|(column, _)| Some(column.priority) != last);
    }
    let left = room.saturating_sub(taken(&columns) + GAP);
    (columns, if left < BAR.0 { 0 } else { left.min(BAR.1) })
}

/// A difference has its sign, also where it costs more.
fn signed(column: &Column, minor: i128, digits: String) -> String {
    if column.title == words::DIFFERENCE && minor > 0 { format!("+{digits}") } else { digits }
}

fn role_of(column: &Column, month: &Month, figures: Figures) -> Role {
    let is_over = figures.own > 0;
    if column.title == words::DIFFERENCE {
        return if is_over { Role::Attention } else { Role::Text };
    }
    if column.title == words::FORECAST && !month.is_closed { Role::Muted } else { Role::Text }
}

/// The first month to be shown so that the one under the cursor is seen, near the middle.
fn first_seen(cursor: usize, count: usize, rows: usize) -> usize {
    cursor.saturating_sub(rows / 2).min(count.saturating_sub(rows))
}

/// What the signs of the table say, at the right of the line that names the views.
fn legend(lang: Lang, bar: u16, pen: &mut Pen) {
    let mut parts = vec![(pen.signs.mark, CLOSED)];
    if bar > 0 {
        parts.extend([(pen.signs.bar, words::ACTUAL), (pen.signs.late, words::PLAN)]);
    }
    let parts: Vec<String> =
        parts.into_iter().map(|(sign, says)| format!("{sign} {}", says.in_(lang))).collect();
    let says = parts.join("  ");
    let area = pen.area;
    // What names the views is never drawn over.
    if pen.width(&says) + VIEWS <= area.width {
        pen.put_right(area.right(), area.y, area.width, &says, Role::Muted);
    }
}

/// What was billed, up to the plan and beyond it, and what of the plan was not.
fn draw_bar(month: &Month, scale: i128, area: Rect, pen: &mut Pen) {
    if scale <= 0 {
        return;
    }
    let cells = |minor: i128| {
        let cells = (minor.max(0) * i128::from(area.width) + scale / 2) / scale;
        u16::try_from(cells).unwrap_or(area.width).min(area.width)
    };
    let (plan, actual) = (cells(month.row.plan.own), cells(month.row.actual.own));
    for nth in 0..plan.max(actual) {
        let (sign, role) = match (nth < actual, nth < plan) {
            (true, true) => (pen.signs.bar, Role::Accent),
            (true, false) => (pen.signs.bar, Role::Attention),
            (false, _) => (pen.signs.late, Role::Muted),
        };
        pen.put(area.x + nth, area.y, 1, sign, role);
    }
}

/// Draws lines from the `top`th on.
fn lines_of(lines: &[Line], top: usize, pen: &mut Pen) {
    let area = pen.area;
    let mut y = area.y;
    for line in lines.iter().skip(top) {
        if y >= area.bottom() {
            break;
        }
        y = match line {
            Line::Blank => y + 1,
            Line::Heading(label, cells) => {
                figures(lines, (label, cells), (Role::Strong, Role::Muted), y, pen)
            }
            Line::Figures(label, cells) => figures(lines, (label, cells), (Role::Text, Role::Text), y, pen),
            Line::Sum(label, cells) => figures(lines, (label, cells), (Role::Strong, Role::Strong), y, pen),
            Line::Below(sentence) => {
                let indented = Rect { x: area.x + 2, width: area.width.saturating_sub(2), ..area };
                says(sentence, Role::Muted, y, &mut pen.on(indented))
            }
            Line::Note(sentence) => says(sentence, Role::Attention, y, pen),
        };
    }
}

/// The widths of the columns of lines with so many of them, so that their figures stand below each other.
fn widths(lines: &[Line], columns: usize, pen: &Pen) -> Vec<u16> {
    let mut widths: Vec<u16> = Vec::new();
    for line in lines {
        let (Line::Heading(_, cells) | Line::Figures(_, cells) | Line::Sum(_, cells)) = line else {
            continue;
        };
        for (nth, cell) in cells.iter().enumerate().filter(|_| cells.len() == columns) {
            let wide = pen.width(cell);
            match widths.get_mut(nth) {
                Some(known) => *known = wide.max(*known),
                None => widths.push(wide),
            }
        }
    }
    widths
}

/// A label, and at the right its figures. Returns the row below.
fn figures(
    lines: &[Line],
    (label, cells): (&str, &[String]),
    (role, figure_role): (Role, Role),
    y: u16,
    pen: &mut Pen,
) -> u16 {
    let (area, widths) = (pen.area, widths(lines, cells.len(), pen));
    let taken: u16 = widths.iter().map(|wide| wide + GAP).sum();
    let label_wide = LABEL.min(area.width.saturating_sub(taken));
    pen.put(area.x, y, label_wide, label, role);
    let mut right = area.x + label_wide;
    for (cell, wide) in cells.iter().zip(&widths) {
        right += wide + GAP;
        pen.put_right(right, y, *wide, cell, figure_role);
    }
    y + 1
}

/// Cells of a label, where there is room.
const LABEL: u16 = 44;

const CLOSED: Text = text("billed", "已开票");
const BY_MONTH: Text = text("By month", "按月");
const HOW: Text = text("How it comes about", "如何得出");
const CLOSE: Text = text("close", "关闭");
const BACK: Text = text("back", "返回");
const LOADING: Text = text("Money", "费用");
