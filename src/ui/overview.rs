//! The Overview: what has to be done today, before anything else.

use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::geometry::Layout;
use crate::app::keymap::Context;
use crate::app::state::{Panel, State};
use crate::domain::list::{ClosedList, Tone};
use crate::domain::money::Money;
use crate::domain::risk::{Cell, Matrix};
use crate::register::{Attention, Overview, What};
use crate::texts::{Lang, text};
use crate::ui::glyph::Signs;
use crate::ui::history::act_line;
use crate::ui::list::{rounded, signed};
use crate::ui::pen::Pen;
use crate::ui::theme::{Role, role_of};

/// Draws the Overview.
pub fn draw(state: &State, pen: &mut Pen) {
    let Some(data) = state.overview.data.as_deref() else { return };
    match state.size.layout() {
        Layout::Wide => wide(state, data, pen),
        _ => stacked(state, data, pen),
    }
}

fn wide(state: &State, data: &Overview, pen: &mut Pen) {
    let area = pen.area;
    figures(state, data, Rect { x: area.x + 2, y: area.y + 1, width: area.width - 4, height: 3 }, pen);
    let left = area.width * 63 / 100;
    let right = Rect { x: area.x + left + 3, width: area.width.saturating_sub(left + 5), ..area };
    let top = area.y + 5;
    let rest = area.bottom().saturating_sub(top);
    let lines = u16::try_from(state.overview.listed().len()).unwrap_or(u16::MAX).max(1);
    let below = 2
        + u16::try_from(data.movers.len()).unwrap_or(0)
        + 2
        + u16::try_from(data.recent.len()).unwrap_or(0).min(6);
    let upper = (lines + 2).min(rest.saturating_sub(below).max(rest / 2));
    // The last of its rows parts it from what stands below.
    attention(state, data, Rect { x: area.x, y: top, width: left, height: upper.saturating_sub(1) }, pen);
    let mut y = top + upper;
    y = movers(state, data, Rect { x: area.x, y, width: left, height: area.bottom().saturating_sub(y) }, pen);
    recent(
        state,
        data,
        Rect { x: area.x, y: y + 1, width: left, height: area.bottom().saturating_sub(y + 1) },
        pen,
    );
    let y = renewals(state, data, Rect { y: top, height: 10, ..right }, pen);
    risks(state, data, Rect { y: y + 2, height: area.bottom().saturating_sub(y + 2), ..right }, pen);
}

fn stacked(state: &State, data: &Overview, pen: &mut Pen) {
    let area = pen.area;
    figures(
        state,
        data,
        Rect { x: area.x + 2, y: area.y, width: area.width.saturating_sub(3), height: 2 },
        pen,
    );
    let below = state.size.overview_below();
    let upper = Rect { y: area.y + 3, height: area.height.saturating_sub(3 + below), ..area };
    attention(state, data, upper, pen);
    let y = upper.bottom() + 1;
    let half = area.width / 2;
    renewals(
        state,
        data,
        Rect { x: area.x + 2, y, width: half.saturating_sub(4), height: area.bottom().saturating_sub(y) },
        pen,
    );
    movers(
        state,
        data,
        Rect { x: area.x + half, y, width: area.width - half, height: area.bottom().saturating_sub(y) },
        pen,
    );
}

/// The least cells of a figure.
const FIGURE: u16 = 11;
/// Which figures are seen first where there is no room for all.
const RANKS: [u16; 5] = [0, 4, 3, 1, 2];

/// Five figures, or as many as there is room for, each with what it hangs on below.
fn figures(state: &State, data: &Overview, area: Rect, pen: &mut Pen) {
    let lang = state.lang;
    let counts = &data.counts;
    let n = |n: i64| n.to_string();
    let mean = data.mean_score.map_or_else(|| pen.signs.none.to_owned(), |(mean, _)| one_decimal(mean));
    let committed =
        data.committed.first().map_or_else(|| pen.signs.none.to_owned(), |money| short(*money, lang));
    let others = data.committed.len().saturating_sub(1);
    let figures = [
        (
            [text("ACTIVE VENDORS", "合作中供应商"), text("VENDORS", "供应商")],
            n(counts.active),
            text("{n} on the way in", "{n} 家准入中").fill(lang, &[("n", &n(counts.arriving))]),
            Vec::new(),
        ),
        (
            [text("ANNUAL COMMITMENT", "年度承诺额"), text("COMMITTED", "年承诺额")],
            committed,
            match others {
                0 => text("{n} in force", "{n} 份履行中").fill(lang, &[("n", &n(counts.in_force))]),
                m => text("{n} in force, {m} more currencies", "{n} 份履行中，另有 {m} 种货币")
                    .fill(lang, &[("n", &n(counts.in_force)), ("m", &m.to_string())]),
            },
            Vec::new(),
        ),
        (
            [text("AVERAGE SCORE", "平均得分"), text("AVG SCORE", "平均分")],
            mean,
            since_last(&data.periods, lang),
            data.periods.iter().map(|(_, mean)| *mean).collect(),
        ),
        (
            [text("ENDING IN 90 DAYS", "90 天内到期"), text("END <90d", "90 天到期")],
            n(counts.ending),
            text("{n} need notice now", "{n} 份须立即通知").fill(lang, &[("n", &n(data.notice))]),
            Vec::new(),
        ),
        (
            [text("HIGH+ RISKS OPEN", "高及以上风险"), text("HIGH+ RISK", "高风险")],
            n(counts.high_risks),
            text("{n} severe", "{n} 项严重").fill(lang, &[("n", &n(counts.severe_risks))]),
            Vec::new(),
        ),
    ];
    let seen = (area.width / FIGURE).clamp(1, 5);
    let share = area.width / seen;
    let seen = figures.into_iter().zip(RANKS).filter(|(_, rank)| *rank < seen);
    for (at, (([roomy, tight], value, note, trend), _)) in (0_u16..).zip(seen) {
        let x = area.x + at * share;
        let room = share.saturating_sub(1);
        if area.height >= 3 {
            pen.put(x, area.y, room, roomy.in_(lang), Role::Muted);
            let end = pen.put(x, area.y + 1, room, &value, Role::Strong);
            let line = sparkline(&trend, pen.signs);
            pen.put(end + 3, area.y + 1, (x + room).saturating_sub(end + 3), &line, Role::Accent);
            pen.put(x, area.y + 2, room, &note, Role::Muted);
        } else {
            pen.put(x, area.y, room, tight.in_(lang), Role::Muted);
            pen.put(x, area.y + 1, room, &value, Role::Strong);
        }
    }
}

fn attention(state: &State, data: &Overview, area: Rect, pen: &mut Pen) {
    let lang = state.lang;
    let x = area.x + 2;
    let (label, count) = if state.overview.snoozed {
        (text("SNOOZED", "已搁置"), i64::try_from(data.snoozed.len()).unwrap_or(i64::MAX))
    } else {
        (text("NEEDS ATTENTION", "需要关注"), data.due)
    };
    let at = pen.put(x, area.y, area.width, label.in_(lang), Role::Strong) + 3;
    let at = pen.put(at, area.y, 8, &count.to_string(), Role::Muted) + 3;
    let keys = state.keymap.keys_in(&[Context::Browse], Action::Snoozed);
    if let Some(key) = keys.first().filter(|_| !data.snoozed.is_empty()) {
        let says = if state.overview.snoozed {
            text("{key} what is due", "{key} 待办")
        } else {
            text("{n} snoozed  {key}", "已搁置 {n} 项  {key}")
        };
        let says = says.fill(lang, &[("n", &data.snoozed.len().to_string()), ("key", key)]);
        pen.put(at, area.y, area.right().saturating_sub(at), &says, Role::Muted);
    }
    let listed = state.overview.listed();
    if listed.is_empty() {
        let says = text("Nothing is due in the next 30 days.", "未来 30 天内没有待办。").in_(lang);
        pen.put(x, area.y + 1, area.width, says, Role::Muted);
        return;
    }
    let room = area.height.saturating_sub(1);
    let top = first_seen(state, Panel::Attention, room);
    for (y, (at, line)) in (area.y + 1..area.bottom()).zip(listed.iter().enumerate().skip(top)) {
        attention_line(line, lang, Rect { y, height: 1, ..area }, pen);
        cursor(state, Panel::Attention, at, Rect { y, height: 1, ..area }, pen);
    }
}

/// The first line of a panel that is seen: as far down as its cursor wants.
fn first_seen(state: &State, panel: Panel, room: u16) -> usize {
    let row = if state.overview.panel == panel { state.overview.cursor.row() } else { 0 };
    (row + 1).saturating_sub(usize::from(room))
}

/// The cursor, if it is on this line of this panel.
fn cursor(state: &State, panel: Panel, line: usize, area: Rect, pen: &mut Pen) {
    if state.overview.panel == panel && state.overview.cursor.is_at(line) {
        pen.put(area.x, area.y, 1, pen.signs.cursor, Role::Text);
        pen.bar(area, Role::Selected);
    }
}

/// The most cells of its chip: it may tell a day.
const CHIP: u16 = 20;
/// The least cells of a line of attention with a chip.
const CHIPPED: u16 = 60;

fn attention_line(line: &Attention, lang: Lang, area: Rect, pen: &mut Pen) {
    let (when, role) = when(line.days, lang);
    let when_width = if lang == Lang::Zh { 10 } else { 9 };
    pen.put_right(area.x + 2 + when_width, area.y, when_width, &when, role);
    let x = area.x + 3 + when_width;
    let what = line.what.label().in_(lang);
    let what_width = What::ALL.iter().map(|what| pen.width(what.label().in_(lang))).max().unwrap_or(0);
    pen.put(x, area.y, what_width, what, Role::Muted);
    let x = x + what_width + 2;
    let (word, tone) = chip_of(line);
    let chip = format!("[{}]", silent_chip(line, lang).unwrap_or_else(|| word.in_(lang).to_owned()));
    // Where names have little room, the days say alone what the chip says too.
    let end = if area.width < CHIPPED {
        area.right()
    } else {
        pen.put_right(area.right().saturating_sub(1), area.y, CHIP, &chip, role_of(tone))
    };
    let room = end.saturating_sub(x + 1);
    if line.vendor.is_empty() {
        pen.put(x, area.y, room, line.called(lang), Role::Text);
    } else {
        let at = pen.put(x, area.y, room, &line.vendor, Role::Text) + 2;
        pen.put(at, area.y, end.saturating_sub(at + 1), line.called(lang), Role::Muted);
    }
}

/// Until when a line is silent, where it is.
fn silent_chip(line: &Attention, lang: Lang) -> Option<String> {
    let silence = line.silence.as_ref()?;
    Some(match silence.until {
        Some(day) => text("until {day}", "至 {day}").fill(lang, &[("day", &day.to_string())]),
        None => text("Seen", "已知悉").in_(lang).to_owned(),
    })
}

fn chip_of(line: &Attention) -> (crate::texts::Text, Tone) {
    if line.days < 0 {
        return (text("Late", "逾期"), Tone::Bad);
    }
    let tone = if line.days <= 7 { Tone::Attention } else { Tone::Plain };
    match line.what {
        What::Notice => (text("Notice", "通知"), tone),
        What::End | What::Lapsed => (text("Ends", "到期"), tone),
        _ => (text("Due", "待办"), tone),
    }
}

/// `late 5d`, `today`, `3d`; late is bad, a week or less wants a look.
#[must_use]
pub fn when(days: i64, lang: Lang) -> (String, Role) {
    let n = days.abs().to_string();
    let (says, role) = match days {
        ..0 => (text("late {n}d", "逾期 {n}天"), Role::Bad),
        0 => (text("today", "今天"), Role::Attention),
        1..=7 => (text("{n}d", "{n}天"), Role::Attention),
        _ => (text("{n}d", "{n}天"), Role::Text),
    };
    let filled = if days == 0 { says.in_(lang).to_owned() } else { says.fill(lang, &[("n", &n)]) };
    (filled, role)
}

fn movers(state: &State, data: &Overview, area: Rect, pen: &mut Pen) -> u16 {
    if area.height < 2 {
        return area.y;
    }
    let lang = state.lang;
    pen.put(area.x + 2, area.y, area.width, text("SCORE MOVERS", "得分变动").in_(lang), Role::Strong);
    let mut y = area.y + 1;
    let top = first_seen(state, Panel::Movers, area.height - 1);
    for (at, mover) in data.movers.iter().enumerate().skip(top) {
        if y >= area.bottom() {
            break;
        }
        let role = if mover.change > 0 { Role::Good } else { Role::Bad };
        pen.put_right(area.x + 6, y, 4, &signed(rounded(mover.change)), role);
        let end = pen.put_right(
            area.right().saturating_sub(1),
            y,
            5,
            &rounded(mover.score).to_string(),
            Role::Text,
        );
        pen.put(area.x + 8, y, end.saturating_sub(area.x + 10), &mover.label, Role::Text);
        cursor(state, Panel::Movers, at, Rect { y, height: 1, ..area }, pen);
        y += 1;
    }
    y
}

fn recent(state: &State, data: &Overview, area: Rect, pen: &mut Pen) {
    if area.height < 2 {
        return;
    }
    let lang = state.lang;
    pen.put(area.x + 2, area.y, area.width, text("RECENT CHANGES", "最近变更").in_(lang), Role::Strong);
    let top = first_seen(state, Panel::Recent, area.height - 1);
    if data.recent.is_empty() {
        let says = text(
            "None yet: what you change is listed here, and u undoes it.",
            "暂无：您的更改会列在此处，按 u 可撤销。",
        );
        pen.put(area.x + 2, area.y + 1, area.width.saturating_sub(3), says.in_(lang), Role::Muted);
    }
    for (y, (at, event)) in (area.y + 1..area.bottom()).zip(data.recent.iter().enumerate().skip(top)) {
        let line = act_line(event, &state.zone, lang);
        pen.put(area.x + 2, y, area.width.saturating_sub(3), &line, Role::Text);
        cursor(state, Panel::Recent, at, Rect { y, height: 1, ..area }, pen);
    }
}

/// Contracts that end in the next months: how many, and what they cost a year.
fn renewals(state: &State, data: &Overview, area: Rect, pen: &mut Pen) -> u16 {
    let lang = state.lang;
    let at = pen.put(area.x, area.y, area.width, text("ENDING", "到期分布").in_(lang), Role::Strong) + 2;
    let shown = data.ends.len().min(usize::from(area.height.saturating_sub(1)));
    let says = text("next {n} months", "未来 {n} 个月").fill(lang, &[("n", &shown.to_string())]);
    pen.put(at, area.y, area.width, &says, Role::Muted);
    let most = data.ends.iter().map(|month| month.count).max().unwrap_or(0).max(1);
    let bar = i64::from(area.width.saturating_sub(24).min(18));
    let mut y = area.y + 1;
    for month in &data.ends {
        if y >= area.bottom() {
            break;
        }
        let name = match lang {
            Lang::En => month.month.format("%b").to_string(),
            Lang::Zh => format!("{}月", month.month.format("%-m")),
        };
        pen.put(area.x, y, 5, &name, Role::Muted);
        let long = (month.count * bar + most - 1) / most;
        pen.put(area.x + 6, y, 20, &pen.signs.bar.repeat(usize::try_from(long).unwrap_or(0)), Role::Accent);
        let money = month.annual.map(|money| short(money, lang)).unwrap_or_default();
        let end = pen.put_right(area.right(), y, 10, &money, Role::Text);
        let count_end = end.min(area.right().saturating_sub(9));
        pen.put_right(count_end.saturating_sub(1), y, 6, &month.count.to_string(), Role::Strong);
        y += 1;
    }
    y
}

/// The open risks by likelihood and impact, and by level.
fn risks(state: &State, data: &Overview, area: Rect, pen: &mut Pen) {
    if area.height < 7 {
        return;
    }
    let lang = state.lang;
    pen.put(area.x, area.y, area.width, text("RISK MAP", "风险矩阵").in_(lang), Role::Strong);
    for (row, likelihood) in (0_u16..).zip((1..=5_u8).rev()) {
        let y = area.y + 1 + row;
        pen.put(area.x, y, 2, &likelihood.to_string(), Role::Muted);
        for impact in 1..=5_u8 {
            let Ok(cell) = Cell::new(likelihood, impact) else { continue };
            let count = data.cells.iter().find(|(at, _)| *at == cell).map_or(0, |(_, n)| *n);
            let level = Matrix::ProductBands.level(cell).choice();
            let heat =
                crate::domain::risk::Level::CHOICES.iter().position(|c| c.key == level.key).unwrap_or(0);
            let text = if count == 0 { ".".to_owned() } else { count.to_string() };
            let x = area.x + 2 + u16::from(impact - 1) * 4;
            let initial = level.label.en.chars().next().unwrap_or(' ');
            let word = format!("{initial}{text:>2}");
            pen.put(x, y, 3, &word, Role::Heat(u8::try_from(heat).unwrap_or(0)));
        }
    }
    let y = area.y + 6;
    for impact in 1..=5_u16 {
        pen.put(area.x + 2 + (impact - 1) * 4 + 2, y, 1, &impact.to_string(), Role::Muted);
    }
    pen.put(area.x + 23, y, area.width.saturating_sub(23), text("impact", "影响").in_(lang), Role::Muted);
    for (row, (level, count)) in (0_u16..).zip(data.levels.iter().rev()) {
        let (word, role) = match level {
            Some(level) => (level.label(), role_of(level.choice().tone)),
            None => (text("unassessed", "未评估"), Role::Muted),
        };
        let x = area.x + 23;
        pen.put(x, area.y + 1 + row, area.right().saturating_sub(x + 4), word.in_(lang), role);
        pen.put_right(area.right(), area.y + 1 + row, 4, &count.to_string(), Role::Text);
    }
}

/// A line of the trend; its lowest value is the lowest step.
pub(super) fn sparkline(values: &[i64], signs: &Signs) -> String {
    let (Some(low), Some(high)) = (values.iter().min(), values.iter().max()) else { return String::new() };
    let span = (high - low).max(1);
    let step = |value: &i64| {
        let at = (value - low) * i64::try_from(signs.steps.len() - 1).unwrap_or(0) / span;
        usize::try_from(at).ok().and_then(|at| signs.steps.get(at)).copied().unwrap_or_default()
    };
    values.iter().map(step).collect()
}

/// How far the newest mean is from the one before, and of which period that was.
fn since_last(periods: &[(String, i64)], lang: Lang) -> String {
    let [.., (before, was), (_, is)] = periods else { return String::new() };
    format!("{} {}", signed_decimal(is - was), text("vs {p}", "较 {p}").fill(lang, &[("p", before)]))
}

fn short(money: Money, lang: Lang) -> String {
    match lang {
        Lang::En => money.short(),
        Lang::Zh => money.short_zh(),
    }
}

/// Hundredths with one decimal: `8143` is `81.4`.
fn one_decimal(hundredths: i64) -> String {
    let tenths = (hundredths + 5 * hundredths.signum()) / 10;
    format!("{}.{}", tenths / 10, (tenths % 10).abs())
}

fn signed_decimal(hundredths: i64) -> String {
    let sign = match hundredths {
        ..0 => "-",
        0 => "",
        _ => "+",
    };
    format!("{sign}{}", one_decimal(hundredths.abs()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::geometry::Size;
    use crate::app::look::Look;
    use crate::app::state::Setup;
    use crate::entity::{Kind, Ref};
    use crate::ui::glyph::UNICODE;
    use crate::ui::theme::{Depth, Theme};
    use ratatui::buffer::Buffer;

    #[test]
    fn the_sparkline_spans_its_own_values() {
        assert_eq!(sparkline(&[7400, 8000, 8600], &UNICODE), "⣀⣤⣿");
        assert_eq!(sparkline(&[], &UNICODE), "");
        assert_eq!(sparkline(&[80, 80], &UNICODE), "⣀⣀");
    }

    #[test]
    fn a_mean_is_held_against_the_one_of_the_period_before() {
        let periods = [("2026-04", 8_000), ("2026-05", 7_900), ("2026-06", 8_125)];
        let periods = periods.map(|(period, mean)| (period.to_owned(), mean));
        assert_eq!(since_last(&periods, Lang::En), "+2.3 vs 2026-05");
        assert_eq!(since_last(&periods[..2], Lang::Zh), "-1.0 较 2026-04");
        assert_eq!(since_last(&periods[..1], Lang::En), "");
    }

    #[test]
    fn days_are_told_in_both_languages() {
        assert_eq!(when(-5, Lang::En).0, "late 5d");
        assert_eq!(when(0, Lang::Zh).0, "今天");
        assert_eq!(when(12, Lang::En), ("12d".to_owned(), Role::Text));
        assert_eq!(one_decimal(8143), "81.4");
        assert_eq!(signed_decimal(-120), "-1.2");
    }

    #[test]
    fn as_many_lines_are_asked_for_as_are_ever_seen() {
        for (width, height) in (60..=130).step_by(10).flat_map(|width| (10..=80).map(move |h| (width, h))) {
            let size = Size { width, height };
            let mut state = State::new(Setup { size, ..Setup::sample() });
            let line = |id| Attention {
                at: Ref { kind: Kind::Action, id },
                code: String::new(),
                what: What::Action,
                date: state.today,
                days: 0,
                label: "here".to_owned(),
                named: None,
                vendor: String::new(),
                silence: None,
            };
            let attention: Vec<Attention> = (1..=100).map(line).collect();
            state.overview.data = Some(Box::new(Overview { attention, ..Overview::default() }));
            let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
            crate::ui::draw(&state, &Theme::of(&Look::default(), Depth::Mono), &mut buf);
            let row = |y| (0..width).map(|x| buf[(x, y)].symbol()).collect::<String>();
            let seen = (0..height).filter(|y| row(*y).contains("here")).count();
            assert!(seen > 0, "{size:?} shows none");
            assert!(seen <= usize::from(size.overview_lines()), "{size:?} shows {seen}");
        }
    }
}
