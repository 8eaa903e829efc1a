//! The service levels of a contract: target, newest value, trend, periods met; below, what is due of the
//! credits of each period.

use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::app::levels::LevelsPane;
use crate::app::state::State;
use crate::domain::decimal::Decimal4;
use crate::domain::list::ClosedList;
use crate::domain::money::Money;
use crate::domain::service_level::{Aim, Outcome, PeriodCredit};
use crate::entity::{Value, show};
use crate::register::service_level::{Level, Levels};
use crate::texts::{Lang, Text, text};
use crate::ui::hint_line;
use crate::ui::overview::sparkline;
use crate::ui::pen::Pen;
use crate::ui::theme::{Role, role_of};

/// The most cells of the box.
const WIDE: u16 = 112;
/// Periods of the trend.
const TREND: usize = 12;
/// Cells of the target, the newest value, its change, the outcome, the trend, and the periods met.
const TARGET: u16 = 11;
const LATEST: u16 = 10;
const CHANGE: u16 = 8;
const OUTCOME: u16 = 13;
const SPARK: u16 = 13;
const MET: u16 = 9;
/// Cells of the period of a credit, and of how much of it was claimed.
const PERIOD: u16 = 9;
const CLAIM: u16 = 9;
/// The least widths with room for two amounts of millions, and for three.
const WITH_CAP: u16 = 54;
const WITH_SUM: u16 = 72;

/// Draws the service levels over the screen.
pub fn draw(state: &State, pane: &LevelsPane, pen: &mut Pen) {
    let screen = pen.area;
    let wide = WIDE.min(screen.width.saturating_sub(2));
    let (levels, credits) =
        pane.levels.as_ref().map_or((1, 0), |all| (all.lines.len().max(1), all.credits.len()));
    let wanted = 1 + levels + 2 + credits.clamp(1, 12) + 2;
    let high = u16::try_from(wanted).unwrap_or(u16::MAX).min(screen.height.saturating_sub(2)).max(3);
    let x = screen.x + (screen.width - wide) / 2;
    let area = Rect { x, y: screen.y + (screen.height - high) / 3, width: wide, height: high };
    let hints = hint_line(
        state,
        &[Context::Levels],
        &[Action::Measure, Action::Open, Action::Add, Action::Edit, Action::Dismiss],
    );
    let (name, code) = pane.levels.as_ref().map_or(("", ""), |all| (all.name.as_str(), all.code.as_str()));
    let title = TITLE.in_(state.lang);
    let room = wide.saturating_sub(11 + pen.width(code) + pen.width(title));
    let name = pen.measure.fitted(name, room).into_owned();
    pen.frame(area, &format!("{title}  {name} {code}"), &hints);
    let Some(all) = &pane.levels else { return };
    let inner =
        Rect { x: area.x + 2, y: area.y + 1, width: wide.saturating_sub(4), height: high.saturating_sub(2) };
    if all.lines.is_empty() {
        pen.put(inner.x, inner.y, inner.width, NONE.in_(state.lang), Role::Muted);
        return;
    }
    let rows = u16::try_from(all.lines.len()).unwrap_or(u16::MAX).min(inner.height.saturating_sub(4).max(1));
    table(state, pane, all, Rect { height: rows + 1, ..inner }, pen);
    let below = Rect { y: inner.y + rows + 2, height: inner.height.saturating_sub(rows + 2), ..inner };
    credit_table(state, all, below, pen);
}

/// The columns that have room, from the right: what is least asked for goes first.
struct Columns {
    name: u16,
    spark: u16,
    met: u16,
    change: u16,
}

impl Columns {
    const fn of(wide: u16) -> Self {
        let fixed = TARGET + LATEST + OUTCOME;
        let (spark, met, change) = match wide {
            ..=63 => (0, 0, 0),
            64..=77 => (0, MET, 0),
            78..=89 => (SPARK, MET, 0),
            _ => (SPARK, MET, CHANGE),
        };
        Self { name: wide.saturating_sub(fixed + spark + met + change), spark, met, change }
    }
}

fn table(state: &State, pane: &LevelsPane, all: &Levels, area: Rect, pen: &mut Pen) {
    let lang = state.lang;
    let columns = Columns::of(area.width);
    let mut x = area.x + columns.name;
    let y = area.y;
    pen.put(area.x, y, columns.name, METRIC.in_(lang), Role::Muted);
    x = heading(pen, x, y, TARGET, TARGETED.in_(lang));
    x = heading(pen, x, y, LATEST, NEWEST.in_(lang));
    x = heading(pen, x, y, columns.change, CHANGED.in_(lang));
    pen.put(x + 2, y, OUTCOME.saturating_sub(2), CAME.in_(lang), Role::Muted);
    x += OUTCOME;
    pen.put(x, y, columns.spark, TRENDED.in_(lang), Role::Muted);
    x += columns.spark;
    heading(pen, x, y, columns.met, MET_IN.in_(lang));
    let rows = area.height.saturating_sub(1);
    let top = (pane.cursor + 1).saturating_sub(usize::from(rows));
    for (y, (at, level)) in (area.y + 1..area.bottom()).zip(all.lines.iter().enumerate().skip(top)) {
        let row = Rect { y, height: 1, ..area };
        line(state, level, &columns, row, pen);
        if at == pane.cursor {
            pen.put(area.x.saturating_sub(1), y, 1, pen.signs.cursor, Role::Text);
            pen.bar(row, Role::Selected);
        }
    }
}

/// A heading on the right of its column. Returns the cell behind that.
fn heading(pen: &mut Pen, x: u16, y: u16, wide: u16, label: &str) -> u16 {
    if wide > 0 {
        pen.put_right(x + wide, y, wide.saturating_sub(1), label, Role::Muted);
    }
    x + wide
}

fn line(state: &State, level: &Level, columns: &Columns, row: Rect, pen: &mut Pen) {
    let lang = state.lang;
    let y = row.y;
    let record = &level.record;
    pen.put(row.x, y, columns.name.saturating_sub(1), &record.label(), Role::Text);
    let unit = record.get("unit").as_text();
    let aim = Aim::from_key(record.get("aim").as_key());
    let side = if aim == Some(Aim::AtMost) { "<=" } else { ">=" };
    let target = format!("{side} {}", show::with_unit(&show::plain(record.get("target")), unit));
    let mut x = row.x + columns.name;
    pen.put_right(x + TARGET, y, TARGET - 1, &target, Role::Muted);
    x += TARGET;
    let newest = level.periods.iter().rev().find(|period| period.value.is_some());
    let value = newest.and_then(|period| period.value);
    let latest =
        value.map_or_else(|| pen.signs.none.to_owned(), |value| show::with_unit(&value.to_string(), unit));
    pen.put_right(x + LATEST, y, LATEST - 1, &latest, Role::Strong);
    x += LATEST;
    if columns.change > 0
        && let Some(change) = level.change()
    {
        let (words, role) = change_words(change, aim);
        pen.put_right(x + columns.change, y, columns.change - 1, &words, role);
    }
    x += columns.change;
    if let Some(period) = level.periods.last() {
        let outcome = period.judged.outcome;
        pen.put(x + 2, y, OUTCOME - 2, outcome.label().in_(lang), role_of(outcome.choice().tone));
    }
    x += OUTCOME;
    let last = level.periods.len().saturating_sub(TREND);
    let values: Vec<i64> =
        level.periods.iter().skip(last).filter_map(|period| period.value).map(|value| value.0).collect();
    pen.put(x, y, columns.spark, &sparkline(&values, pen.signs), Role::Text);
    x += columns.spark;
    let of = |wanted: Outcome| level.periods.iter().filter(|one| one.judged.outcome == wanted).count();
    let (met, missed) = (of(Outcome::Met), of(Outcome::Missed));
    if columns.met > 0 && met + missed > 0 {
        pen.put_right(x + columns.met, y, columns.met, &format!("{met}/{}", met + missed), Role::Text);
    }
}

/// A change with its sign, and whether it is one for the better.
fn change_words(change: Decimal4, aim: Option<Aim>) -> (String, Role) {
    let is_better = match aim {
        Some(Aim::AtMost) => change.0 < 0,
        _ => change.0 > 0,
    };
    match change.0 {
        0 => ("0".to_owned(), Role::Muted),
        n => {
            let sign = if n > 0 { "+" } else { "" };
            (format!("{sign}{change}"), if is_better { Role::Good } else { Role::Bad })
        }
    }
}

/// What is due of the credits, the newest period first.
fn credit_table(state: &State, all: &Levels, area: Rect, pen: &mut Pen) {
    if area.height == 0 {
        return;
    }
    let lang = state.lang;
    pen.put(area.x, area.y, area.width, &CREDITS.in_(lang).to_uppercase(), Role::Strong);
    if all.credits.is_empty() {
        pen.put(area.x, area.y + 1, area.width, NO_CREDIT.in_(lang), Role::Muted);
        return;
    }
    // An amount is never cut: what is due has room in the end.
    let shown: &[Part] = match area.width {
        ..WITH_CAP => &[Part::Due],
        WITH_CAP..WITH_SUM => &[Part::Cap, Part::Due],
        _ => &Part::ALL,
    };
    let room = area.width.saturating_sub(PERIOD + CLAIM);
    let cell = room / u16::try_from(shown.len()).unwrap_or(1);
    for (x, part) in places(area.x + PERIOD, cell).zip(shown) {
        pen.put_right(x + cell, area.y, cell.saturating_sub(1), part.label().in_(lang), Role::Muted);
    }
    let end = area.right().saturating_sub(CLAIM);
    pen.put(end + 1, area.y, CLAIM, CLAIMED.in_(lang), Role::Muted);
    for (y, line) in (area.y + 1..area.bottom()).zip(&all.credits) {
        pen.put(area.x, y, PERIOD - 1, &show::short(&Value::Period(line.period), lang), Role::Text);
        for (x, part) in places(area.x + PERIOD, cell).zip(shown) {
            let (money, role) = part.of(&line.credit);
            pen.put_right(x + cell, y, cell.saturating_sub(1), &amount(money, lang), role);
        }
        let (misses, claimed) = line.misses;
        let role = if claimed < misses { Role::Attention } else { Role::Good };
        pen.put(end + 1, y, CLAIM, &format!("{claimed}/{misses}"), role);
    }
}

/// Where the columns begin that are each so wide.
fn places(from: u16, cell: u16) -> impl Iterator<Item = u16> {
    (0..).map(move |column: u16| from + cell * column)
}

/// An amount of one period.
#[derive(Clone, Copy)]
enum Part {
    Sum,
    Cap,
    Due,
}

impl Part {
    const ALL: [Self; 3] = [Self::Sum, Self::Cap, Self::Due];

    const fn label(self) -> Text {
        match self {
            Self::Sum => text("Sum", "合计"),
            Self::Cap => text("Cap", "上限"),
            Self::Due => text("Due", "应抵扣"),
        }
    }

    const fn of(self, credit: &PeriodCredit) -> (Money, Role) {
        let is_capped = credit.sum.minor > credit.cap.minor;
        match self {
            Self::Sum => (credit.sum, Role::Muted),
            Self::Cap => (credit.cap, if is_capped { Role::Attention } else { Role::Muted }),
            Self::Due => (credit.due, Role::Strong),
        }
    }
}

fn amount(money: Money, lang: Lang) -> String {
    show::full(&Value::Money(money), lang)
}

/// The line under the cursor in words.
pub(super) fn spoken(pane: &LevelsPane, lang: Lang) -> String {
    let Some(level) = pane.line() else { return String::new() };
    let outcome = level.periods.last().map_or("", |period| period.judged.outcome.label().in_(lang));
    format!("{}  {outcome}", level.record.label())
}

/// What the pane is called.
pub(super) const TITLE: Text = text("Service levels", "服务水平");
const METRIC: Text = text("Metric", "指标");
const TARGETED: Text = text("Target", "目标值");
const NEWEST: Text = text("Latest", "最近值");
const CHANGED: Text = text("Change", "变动");
const CAME: Text = text("Outcome", "结果");
const TRENDED: Text = text("Trend", "走势");
const MET_IN: Text = text("Met", "达标期");
const CREDITS: Text = text("Credits", "抵扣");
const CLAIMED: Text = text("Claimed", "已主张");
const NO_CREDIT: Text = text("No credit is due.", "没有应抵扣额。");
const NONE: Text =
    text("No service level is kept for this contract; a adds one.", "本合同尚无服务水平；按 a 新增。");
