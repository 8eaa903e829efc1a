//! Present mode: one vendor on the whole screen, large enough for the last row of a meeting room; behind the
//! last vendor the ranking.
//!
//! What there is no room for gives way in a fixed order: what was agreed last time, the trend, the line below
//! a criterion. Score, change, rank, grade and every criterion stay.

use ratatui::layout::Rect;

use crate::app::present::Stage;
use crate::app::state::State;
use crate::domain::list::ClosedList;
use crate::entity::{Record, Value, show};
use crate::register::meeting::change_words;
use crate::register::meeting::{Item, Session, Standing, Tried, is_open};
use crate::register::scoring;
use crate::texts::{Lang, Text, text};
use crate::ui::pen::Pen;
use crate::ui::theme::{Role, role_of};

mod criteria;
mod digits;
mod jotting;
mod ranking;
mod trend;

pub use jotting::draw as jotting;

/// The least width with the score beside the criteria.
const BESIDE: u16 = 76;
/// The least width and height of the roomy page.
const ROOMY: (u16, u16) = (100, 30);
/// The most dots of the agenda.
const DOTS: usize = 30;

/// Draws the meeting.
pub fn draw(state: &State, stage: &Stage, pen: &mut Pen) {
    let area = pen.area;
    let Some(session) = &stage.session else {
        pen.put(area.x + 1, area.y, area.width, OPENING.in_(state.lang), Role::Muted);
        return;
    };
    let standings = session.standings(stage.tried.as_ref());
    heading(state, stage, session, pen);
    pen.rule(area.y + 1, None);
    let body = Rect { y: area.y + 2, height: area.height.saturating_sub(4), ..area };
    match stage.item().zip(standings.get(stage.desk.page)) {
        Some((item, standing)) => page(state, stage, (item, standing), session.items.len(), body, pen),
        None => ranking::draw(state, session, &standings, body, pen),
    }
}

/// What is shown of a meeting on a screen of one line.
#[must_use]
pub fn spoken(stage: &Stage, lang: Lang) -> String {
    let Some(item) = stage.item() else { return RANKING.in_(lang).to_owned() };
    let line = stage.line().map(|line| criteria::name(line, lang)).unwrap_or_default();
    format!("{}  {line}", item.vendor.label())
}

/// The title, the agenda as dots, the time that is left, and what is special now.
fn heading(state: &State, stage: &Stage, session: &Session, pen: &mut Pen) {
    let (area, lang) = (pen.area, state.lang);
    let y = area.y;
    let mut right = area.right() - 1;
    if let Some((hour, minute)) = stage.clock.filter(|_| area.width >= ROOMY.0) {
        right = pen.put_right(right, y, 6, &format!("{hour:02}:{minute:02}"), Role::Muted).saturating_sub(3);
    }
    let (word, role) = mode(stage, session);
    right = pen.put_right(right, y, area.width / 3, &word.in_(lang), role).saturating_sub(2);
    if let Some(left) = stage.left().filter(|_| !session.is_closed()) {
        let role = if left < 0 { Role::Bad } else { Role::Text };
        let (minutes, seconds) = (left.abs() / 60, left.abs() % 60);
        let time = format!("{minutes:02}:{seconds:02}");
        let says = if left < 0 { OVER } else { LEFT }.fill(lang, &[("time", &time)]);
        right = pen.put_right(right, y, area.width / 4, &says, role).saturating_sub(2);
    }
    let count = session.items.len();
    let place = if stage.is_ranking() {
        RANKING.in_(lang).to_owned()
    } else {
        let page = (stage.desk.page + 1).to_string();
        OF.fill(lang, &[("page", &page), ("all", &count.to_string())])
    };
    right = pen.put_right(right, y, area.width / 3, &place, Role::Strong).saturating_sub(2);
    let dots = u16::try_from(count).unwrap_or(u16::MAX);
    let title = session.meeting.label();
    let wanted = pen.width(&title).min(24) + 4;
    if count <= DOTS && right.saturating_sub(area.x + wanted) > dots {
        let mut x = right - dots;
        right = x.saturating_sub(2);
        for (at, item) in session.items.iter().enumerate() {
            let (sign, role) = match (at == stage.desk.page, item.is_scored()) {
                (true, _) => (pen.signs.cursor, Role::Accent),
                (false, true) => (pen.signs.done, Role::Text),
                (false, false) => (pen.signs.open, Role::Muted),
            };
            x = pen.put(x, y, 1, sign, role);
        }
    }
    let room = right.saturating_sub(area.x + 1);
    let title = pen.measure.fitted(&title, room).into_owned();
    pen.put(area.x + 1, y, room, &title, Role::Strong);
}

/// What the meeting is in: live, followed, tried, sealed, over.
fn mode(stage: &Stage, session: &Session) -> (crate::texts::Sentence, Role) {
    if session.is_closed() {
        return (CLOSED.into(), Role::Muted);
    }
    if stage.tried.is_some() {
        return (WHAT_IF.into(), Role::Attention);
    }
    if let Some(rater) = &stage.desk.rater {
        return (crate::texts::Sentence::from(SEALED).with("rater", rater), Role::Attention);
    }
    if stage.follows { (FOLLOWS.into(), Role::Info) } else { (LIVE.into(), Role::Good) }
}

/// One vendor.
fn page(
    state: &State,
    stage: &Stage,
    (item, standing): (&Item, &Standing),
    count: usize,
    area: Rect,
    pen: &mut Pen,
) {
    let roomy = area.width >= ROOMY.0 && area.height + 4 >= ROOMY.1;
    let pad = u16::from(roomy);
    let inner = Rect {
        x: area.x + 1 + pad,
        y: area.y + pad,
        width: area.width.saturating_sub(2 + 2 * pad),
        height: area.height.saturating_sub(pad),
    };
    if area.width < BESIDE {
        let used = who(state, item, inner, pen);
        let line = Rect { y: inner.y + used, height: inner.height.saturating_sub(used), ..inner };
        let used = used + figures(state, (item, standing), count, line, pen);
        let below = Rect { y: inner.y + used, height: inner.height.saturating_sub(used), ..inner };
        criteria::draw(state, stage, item, below, pen);
        return;
    }
    let wide = inner.width * 11 / 25;
    let left = Rect { width: wide, ..inner };
    let right = Rect { x: inner.x + wide + 2, width: inner.width.saturating_sub(wide + 2), ..inner };
    let used = who(state, item, left, pen) + pad;
    let below = Rect { y: left.y + used, height: left.height.saturating_sub(used), ..left };
    let used = score(state, (item, standing), count, below, pen);
    let mut rest = Rect { y: below.y + used, height: below.height.saturating_sub(used), ..below };
    let since = u16::try_from(item.since.len()).unwrap_or(u16::MAX).clamp(1, 6) + 2;
    if rest.height > trend::HEIGHT + pad {
        let used = trend::draw(state, item, standing, rest, pen) + pad;
        rest = Rect { y: rest.y + used, height: rest.height.saturating_sub(used), ..rest };
    } else if rest.height > since {
        let used = trend::line(item, standing, rest, pen);
        rest = Rect { y: rest.y + used, height: rest.height.saturating_sub(used), ..rest };
    }
    since_last(state, item, rest, pen);
    criteria::draw(state, stage, item, right, pen);
}

/// Who it is: name, what they do, what they cost, who keeps them. How many rows that took.
fn who(state: &State, item: &Item, area: Rect, pen: &mut Pen) -> u16 {
    let lang = state.lang;
    let name = item.vendor.label();
    pen.put(area.x, area.y, area.width, &pen.measure.fitted(&name, area.width), Role::Strong);
    let mut facts: Vec<String> =
        ["category", "tier"].iter().map(|key| show::full(item.vendor.get(key), lang)).collect();
    if let Some(annual) = item.annual.first() {
        let more = if item.annual.len() > 1 { "+" } else { "" };
        let amount = format!("{}{more}", show::short(&Value::Money(*annual), lang));
        facts.push(A_YEAR.fill(lang, &[("amount", &amount)]));
    }
    facts.push(item.vendor.get("owner").as_text().to_owned());
    facts.retain(|fact| !fact.is_empty());
    pen.put(area.x, area.y + 1, area.width, &facts.join("   "), Role::Muted);
    2
}

/// The score in large digits, with change, rank and grade beside it. How many rows that took.
fn score(
    state: &State,
    (item, standing): (&Item, &Standing),
    count: usize,
    area: Rect,
    pen: &mut Pen,
) -> u16 {
    let words = standing.total.total.map_or_else(|| "–".to_owned(), |score| score.to_string());
    let size = if area.height >= 22 { digits::Size::Large } else { digits::Size::Small };
    let facts = figures_of(state, (item, standing), count);
    let beside = facts.iter().map(|(fact, _)| pen.width(fact)).max().unwrap_or(0);
    let wide = digits::width(&words, size);
    let (size, wide) = if wide + 3 + beside > area.width {
        (digits::Size::Small, digits::width(&words, digits::Size::Small))
    } else {
        (size, wide)
    };
    let role = standing.total.grade.map_or(Role::Muted, |grade| role_of(ClosedList::choice(grade).tone));
    let rows = u16::try_from(facts.len()).unwrap_or(0);
    let is_beside = wide + 3 + beside <= area.width;
    if wide > area.width || (!is_beside && area.height < digits::rows(size) + rows + 1) {
        return figures(state, (item, standing), count, area, pen);
    }
    let high = digits::draw(&words, size, area, role, pen);
    let (x, y) = if is_beside { (area.x + wide + 3, area.y + 1) } else { (area.x, area.y + high) };
    for (y, (fact, role)) in (y..area.bottom()).zip(&facts) {
        pen.put(x, y, area.right().saturating_sub(x), fact, *role);
    }
    if is_beside { high.max(rows + 1) + 1 } else { high + rows + 1 }
}

/// The same in words, where there is no room for large digits. How many rows that took.
fn figures(
    state: &State,
    (item, standing): (&Item, &Standing),
    count: usize,
    area: Rect,
    pen: &mut Pen,
) -> u16 {
    let total = standing.total.total.map_or_else(|| "–".to_owned(), |score| score.to_string());
    let mut x = pen.put(area.x, area.y, area.width, &total, Role::Strong) + 2;
    for (fact, role) in figures_of(state, (item, standing), count) {
        let room = area.right().saturating_sub(x);
        if pen.width(&fact) <= room {
            x = pen.put(x, area.y, room, &fact, role) + 2;
        }
    }
    2
}

/// Change, rank, grade and coverage, each in a few words.
fn figures_of(state: &State, (item, standing): (&Item, &Standing), count: usize) -> Vec<(String, Role)> {
    let lang = state.lang;
    let mut facts = Vec::new();
    if let Some(stage) = state.stage.as_ref().filter(|stage| stage.tried.is_some()) {
        facts.push(against_saved(stage, item, standing, lang));
    }
    if let (Some(before), Some(_)) = (&item.before, standing.change) {
        let role = match standing.change {
            Some(change) if change > 0 => Role::Good,
            Some(change) if change < 0 => Role::Bad,
            _ => Role::Muted,
        };
        let period = show::short(&Value::Period(before.period), lang);
        let says = SINCE.fill(lang, &[("change", &change_words(standing.change)), ("period", &period)]);
        facts.push((says, role));
    }
    if let Some(rank) = standing.rank {
        let says = RANK.fill(lang, &[("rank", &rank.to_string()), ("all", &count.to_string())]);
        let was = standing.was.filter(|was| *was != rank);
        let was = was.map(|was| WAS.fill(lang, &[("rank", &was.to_string())])).unwrap_or_default();
        facts.push((format!("{says}{was}"), Role::Text));
    }
    match standing.total.grade {
        Some(grade) => {
            let choice = ClosedList::choice(grade);
            let veto = if standing.total.capped_by_veto { VETO.in_(lang) } else { "" };
            let says = GRADE.fill(lang, &[("grade", choice.label.in_(lang))]);
            facts.push((format!("{says}{veto}"), role_of(choice.tone)));
        }
        None => facts.push((NO_GRADE.in_(lang).to_owned(), Role::Muted)),
    }
    if let Some(coverage) = standing.total.coverage_bp.filter(|bp| *bp < 10_000) {
        let share = show::full(&Value::Weight(coverage), lang);
        facts.push((COVERED.fill(lang, &[("share", &share)]), Role::Attention));
    }
    facts
}

/// How what is tried differs from what is held.
fn against_saved(stage: &Stage, item: &Item, standing: &Standing, lang: Lang) -> (String, Role) {
    let held = item.total(&scoring::rules(&item.review()), None).total;
    let change = standing.total.total.zip(held).map(|(tried, held)| tried.hundredths() - held.hundredths());
    let is_nothing = stage.tried.as_ref().is_none_or(|tried| *tried == Tried::default());
    match change.filter(|_| !is_nothing) {
        Some(change) => (TRIED.fill(lang, &[("change", &change_words(Some(change)))]), Role::Attention),
        None => (NOTHING_TRIED.in_(lang).to_owned(), Role::Attention),
    }
}

/// What was agreed last time, and whether it was done.
fn since_last(state: &State, item: &Item, area: Rect, pen: &mut Pen) {
    if area.height < 2 || item.since.is_empty() {
        return;
    }
    pen.put(area.x, area.y, area.width, SINCE_LAST.in_(state.lang), Role::Muted);
    for (y, action) in (area.y + 1..area.bottom()).zip(&item.since) {
        let (sign, role) = standing_of(action, state, pen);
        let x = pen.put(area.x, y, 2, sign, role) + 1;
        let words = pen.measure.fitted(&action.label(), area.right().saturating_sub(x)).into_owned();
        pen.put(x, y, area.right().saturating_sub(x), &words, Role::Text);
    }
}

/// The sign of an action: done, late, or still open.
fn standing_of(action: &Record, state: &State, pen: &Pen) -> (&'static str, Role) {
    if !is_open(action) {
        return (pen.signs.mark, Role::Good);
    }
    let late = action.get("due_on").as_date().is_some_and(|due| due < state.today);
    if late { (pen.signs.wrong, Role::Bad) } else { (pen.signs.open, Role::Muted) }
}

const OPENING: Text = text("Opening the meeting…", "正在打开会议…");
const RANKING: Text = text("ranking", "排名");
const OF: Text = text("{page} of {all}", "第 {page}/{all} 家");
const LEFT: Text = text("{time} left", "剩余 {time}");
const OVER: Text = text("{time} over", "超时 {time}");
const LIVE: Text = text("LIVE", "进行中");
const FOLLOWS: Text = text("FOLLOWS", "跟随");
const WHAT_IF: Text = text("WHAT IF", "试算");
const SEALED: Text = text("SEALED: {rater}", "密封：{rater}");
const CLOSED: Text = text("ENDED", "已结束");
const A_YEAR: Text = text("{amount} a year", "年额 {amount}");
const SINCE: Text = text("{change} since {period}", "较 {period} {change}");
const RANK: Text = text("rank {rank} of {all}", "第 {rank} 名，共 {all} 家");
const WAS: Text = text(", was {rank}", "，上期第 {rank}");
const GRADE: Text = text("grade {grade}", "等级 {grade}");
const VETO: Text = text(", veto", "，一票否决");
const NO_GRADE: Text = text("no grade yet", "尚无等级");
const COVERED: Text = text("{share} scored", "已评 {share}");
const TRIED: Text = text("{change} against what is saved", "较已保存 {change}");
const NOTHING_TRIED: Text = text("nothing tried yet", "尚未试算");
const SINCE_LAST: Text = text("SINCE LAST REVIEW", "上次约定");
