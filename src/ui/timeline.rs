//! A list of contracts as a timeline: by when one must act, each with a bar over months, and below it
//! what happens unless one does.

use chrono::Datelike;
use ratatui::layout::Rect;

use crate::app::geometry::{Layout, SUMMARY};
use crate::app::list::{Heading, List, Seen};
use crate::app::state::State;
use crate::app::timeline::{MONTH, Run, Side, Timeline, closed, is_open_ended};
use crate::domain::contract::Urgency;
use crate::domain::list::ClosedList;
use crate::entity::{Kind, Sense, Value};
use crate::register::Row;
use crate::texts::{Lang, Text, text};
use crate::ui::Caret;
use crate::ui::list::{self, head};
use crate::ui::overview::when;
use crate::ui::pen::Pen;
use crate::ui::theme::Role;

use plan::{Cell, Place, Plan, plan};

mod foot;
mod plan;

/// Days from which on the time to act is told in years.
const YEAR: i64 = 365;

/// Draws the timeline of the list one is at.
pub fn draw(state: &State, list: &List, timeline: Timeline, pen: &mut Pen) {
    let area = pen.area;
    let has_foot = matches!(state.size.layout(), Layout::Wide | Layout::Stacked);
    let below = if has_foot { SUMMARY.min(area.height) } else { 0 };
    let upper = Rect { height: area.height - below, ..area };
    let caret = rows(state, list, timeline, &mut pen.on(upper));
    if below > 0 {
        let y = area.bottom() - below;
        pen.rule(y, None);
        foot::draw(state, &mut pen.on(Rect { y: y + 1, height: below - 1, ..area }));
    }
    pen.cursor = caret;
}

/// Draws heading, column heads, months and rows. The caret is where a filter is typed.
fn rows(state: &State, list: &List, timeline: Timeline, pen: &mut Pen) -> Caret {
    let area = pen.area;
    let is_of_vendor = list.key.scope.is_some_and(|scope| scope.kind == Kind::Vendor);
    let name = if is_of_vendor { Cell::Title } else { Cell::Vendor };
    let plan = plan(area.width, state.size.record_lines(), name);
    let caret = above(state, list, timeline, &plan, pen);
    let y = area.y + state.size.list_head();
    if list.page.rows.is_empty() {
        list::empty(state, list, y + 1, pen);
    }
    let seen = list.rows_in(state.size).min(area.height.saturating_sub(state.size.list_head()) / plan.lines);
    for (nth, line) in (0..).zip(list.seen(seen)) {
        let y = y + nth * plan.lines;
        match line {
            Seen::Row(row) => draw_row(state, list, timeline, (row, y), &plan, pen),
            Seen::Heading(Heading::Urgency(urgency)) => {
                let says = urgency.label().in_(state.lang).to_uppercase();
                pen.put(area.x + 2, y, area.width - 2, &says, role_of_urgency(urgency));
            }
            Seen::Heading(Heading::Value(value)) => head::group(value, state.lang, y, pen),
        }
    }
    head::offers(state, list, pen);
    caret
}

const fn role_of_urgency(urgency: Urgency) -> Role {
    match urgency {
        Urgency::Now | Urgency::Next | Urgency::Later => Role::Strong,
        Urgency::Never => Role::Muted,
    }
}

/// Draws what stands above the rows: what the list is narrowed by, the years, today, the months.
fn above(state: &State, list: &List, timeline: Timeline, plan: &Plan, pen: &mut Pen) -> Caret {
    let area = pen.area;
    let months = area.x + plan.months;
    let is_beside = plan.lines == 1;
    // A filter that is typed has the whole line.
    let has_years = is_beside && !list.typing;
    let wide = if has_years { plan.months.saturating_sub(1) } else { area.width };
    let caret = head::heading(state, list, &mut pen.on(Rect { width: wide, ..area }));
    let roomy = state.size.list_head() > 2;
    if has_years {
        years(timeline, plan, area.y, pen);
        today(state, timeline, plan, area.y + u16::from(roomy), pen);
        if roomy {
            let legend = legend(state.lang, pen);
            let wide: u16 = legend.iter().map(|(says, _)| pen.width(says)).sum();
            draw_legend(&legend, months.saturating_sub(wide + 3), area.y + 1, pen);
        }
    } else if !list.typing && timeline.moved != 0 {
        let first = timeline.month(0).format("%Y-%m").to_string();
        pen.put_right(area.right().saturating_sub(1), area.y, 8, &first, Role::Accent);
    }
    let y = area.y + state.size.list_head() - 1;
    if is_beside {
        for place in &plan.columns {
            column_head(state, list, *place, y, pen);
        }
    }
    let this = timeline.cell(timeline.today).div_euclid(i64::from(MONTH));
    for nth in 0..plan.cells / MONTH {
        let label = month_label(timeline.month(nth).month0(), state.lang);
        let role = if i64::from(nth) == this { Role::Accent } else { Role::Muted };
        pen.put(months + nth * MONTH, y, MONTH, label, role);
    }
    caret
}

/// The years of the months, above their first: not that of this month, which everybody knows.
fn years(timeline: Timeline, plan: &Plan, y: u16, pen: &mut Pen) {
    let this = timeline.cell(timeline.today).div_euclid(i64::from(MONTH));
    for nth in 0..plan.cells / MONTH {
        let month = timeline.month(nth);
        if (nth == 0 || month.month() == 1) && i64::from(nth) != this {
            let x = pen.area.x + plan.months + nth * MONTH;
            pen.put(x, y, MONTH, &month.year().to_string(), Role::Muted);
        }
    }
}

/// Marks the cell of today, or says on which side it lies.
fn today(state: &State, timeline: Timeline, plan: &Plan, y: u16, pen: &mut Pen) {
    let x = pen.area.x + plan.months;
    let says = TODAY.in_(state.lang);
    let is_alone = state.size.list_head() > 2;
    match timeline.marker(plan.cells) {
        Ok(cell) => {
            let end = pen.put(x + cell, y, 1, pen.signs.down, Role::Accent) + 1;
            if is_alone {
                pen.put(end, y, (x + plan.cells).saturating_sub(end), says, Role::Accent);
            }
        }
        Err(Side::Left) => drop(pen.put(x.saturating_sub(1), y, 1, pen.signs.left, Role::Accent)),
        Err(Side::Right) => drop(pen.put(x + plan.cells, y, 1, pen.signs.right, Role::Accent)),
    }
}

/// What the signs of the bars mean, each in its colour.
fn legend(lang: Lang, pen: &Pen) -> [(String, Role); 6] {
    let signs = pen.signs;
    let [can, late, end] = LEGEND.map(|word| word.in_(lang));
    [
        (signs.bar.to_owned(), Role::Info),
        (format!(" {can}  "), Role::Muted),
        (signs.late.to_owned(), Role::Muted),
        (format!(" {late}  "), Role::Muted),
        (signs.end.to_owned(), Role::Text),
        (format!(" {end}"), Role::Muted),
    ]
}

/// Draws what the signs of the bars mean from a cell on.
fn draw_legend(legend: &[(String, Role)], x: u16, y: u16, pen: &mut Pen) {
    let parts: Vec<(&str, Role)> = legend.iter().map(|(says, role)| (says.as_str(), *role)).collect();
    let room = pen.area.right().saturating_sub(x);
    pen.parts(x, y, room, &parts);
}

fn column_head(state: &State, list: &List, place: Place, y: u16, pen: &mut Pen) {
    let table = list.key.kind.table();
    let column = table.column(key(place.cell));
    let mut label = match place.cell {
        Cell::ActIn => ACT_IN.in_(state.lang).to_owned(),
        _ => column.map_or("", |column| table.head(column).label.in_(state.lang)).to_owned(),
    };
    let (first, direction) = list.order.first;
    let is_order = column == Some(first);
    if is_order && pen.width(&label) < place.width {
        label.push_str(head::arrow(direction, pen.signs));
    }
    let role = if is_order { Role::Accent } else { Role::Muted };
    put(place, y, (&label, role), pen);
}

/// The column that a cell shows.
const fn key(cell: Cell) -> &'static str {
    match cell {
        Cell::Number => "number",
        Cell::Title => "title",
        Cell::Vendor => "vendor",
        Cell::Value => "value",
        Cell::ActIn => "act_by",
    }
}

fn put(place: Place, y: u16, (says, role): (&str, Role), pen: &mut Pen) {
    let x = pen.area.x + place.x;
    if matches!(place.cell, Cell::Value | Cell::ActIn) {
        pen.put_right(x + place.width, y, place.width, says, role);
    } else {
        pen.put(x, y, place.width, says, role);
    }
}

fn draw_row(
    state: &State,
    list: &List,
    timeline: Timeline,
    (row, y): (&Row, u16),
    plan: &Plan,
    pen: &mut Pen,
) {
    let x = pen.area.x;
    let is_selected = list.at == Some(row.at.id);
    for place in &plan.columns {
        let (says, role) = cell(state, list, timeline, row, place.cell);
        put(*place, y, (&says, if is_selected { Role::Text } else { role }), pen);
    }
    bar(state, list, timeline, (row, y + plan.lines - 1), plan, pen);
    if list.marks.holds(row.at.id) {
        pen.put(x + 1, y, 1, pen.signs.mark, Role::Accent);
    }
    if is_selected {
        pen.put(x, y, 1, pen.signs.cursor, Role::Text);
        // The bars keep what they say; and a step down sends the words alone.
        let width = if plan.lines == 1 { plan.months.saturating_sub(1) } else { pen.area.width };
        pen.bar(Rect { x, y, width, height: 1 }, Role::Selected);
    }
}

/// What a cell of a row says.
fn cell(state: &State, list: &List, timeline: Timeline, row: &Row, cell: Cell) -> (String, Role) {
    let table = row.at.kind.table();
    let value = table.column(key(cell)).and_then(|column| list.page.cell(row, column));
    match (cell, value) {
        (Cell::ActIn, Some(Value::Date(day))) => act_in(state.lang, (*day - timeline.today).num_days()),
        (Cell::ActIn, _) if is_open_ended(&list.page, row) => {
            (ANY_DAY.in_(state.lang).to_owned(), Role::Muted)
        }
        (Cell::Number, None | Some(Value::Null)) => (row.code.clone(), Role::Muted),
        (_, Some(value)) => (list::cell(value, Sense::Value, state.lang), Role::Text),
        (_, None) => (String::new(), Role::Text),
    }
}

/// How long one has to act: `late 5d`, `26d`, `1y`.
fn act_in(lang: Lang, days: i64) -> (String, Role) {
    let (says, role) = when(days, lang);
    if days.abs() < YEAR {
        return (says, role);
    }
    let years = if days < 0 { text("late {n}y", "逾期 {n}年") } else { text("{n}y", "{n}年") };
    (years.fill(lang, &[("n", &(days.abs() / YEAR).to_string())]), role)
}

/// Draws when the contract of a row runs; where that is not known, why.
fn bar(state: &State, list: &List, timeline: Timeline, (row, y): (&Row, u16), plan: &Plan, pen: &mut Pen) {
    let x = pen.area.x + plan.months;
    let Some(run) = Run::of(&list.page, row) else {
        let says = closed(&list.page, row).map_or(NO_END, ClosedList::label);
        pen.put(x, y, plan.cells, says.in_(state.lang), Role::Muted);
        return;
    };
    let bar = timeline.bar(&run, plan.cells);
    let lang = state.lang;
    match bar.away {
        Some(Side::Left) => {
            let at = pen.put(x, y, 1, pen.signs.left, Role::Muted) + 1;
            let says = closed(&list.page, row).map_or("", |state| state.label().in_(lang));
            pen.put(at, y, plan.cells.saturating_sub(2), says, Role::Muted);
        }
        Some(Side::Right) => drop(pen.put(x + plan.cells - 1, y, 1, pen.signs.right, Role::Muted)),
        None => {}
    }
    let signs = pen.signs;
    let past = timeline.marker(plan.cells).unwrap_or(if timeline.moved > 0 { 0 } else { plan.cells });
    let mut piece = |cells: std::ops::Range<u16>, sign: &str, role| {
        let wide = cells.end.saturating_sub(cells.start);
        pen.put(x + cells.start, y, wide, &sign.repeat(usize::from(wide)), role);
    };
    // What has passed can no longer be acted in.
    let now = past.clamp(bar.can.start, bar.can.end);
    piece(bar.can.start..now, signs.bar, Role::Muted);
    piece(now..bar.can.end, signs.bar, Role::Info);
    piece(bar.late.clone(), signs.late, Role::Muted);
    if let Some(end) = bar.end {
        piece(end..end + 1, signs.end, Role::Text);
    }
}

/// A month in three cells, or in four in Chinese.
fn month_label(month0: u32, lang: Lang) -> &'static str {
    let at = usize::try_from(month0).unwrap_or(0);
    MONTHS.get(at).map_or("", |month| month.in_(lang))
}

#[rustfmt::skip]
const MONTHS: [Text; 12] = [
    text("Jan", "1月"), text("Feb", "2月"), text("Mar", "3月"), text("Apr", "4月"),
    text("May", "5月"), text("Jun", "6月"), text("Jul", "7月"), text("Aug", "8月"),
    text("Sep", "9月"), text("Oct", "10月"), text("Nov", "11月"), text("Dec", "12月"),
];
const LEGEND: [Text; 3] = [text("can act", "可行动"), text("too late", "已来不及"), text("end", "到期")];
const TODAY: Text = text("today", "今天");
const ACT_IN: Text = text("Act in", "尚余");
const ANY_DAY: Text = text("any day", "随时");
const NO_END: Text = text("no end is known", "终止日未知");

#[cfg(test)]
mod tests;
