//! The criteria of a review with weight, bar, score and what it was; below them the asks, the note and the
//! decision.

use ratatui::layout::Rect;

use crate::app::key::{Key, is_han};
use crate::app::present::{Stage, is_measured};
use crate::app::state::State;
use crate::domain::review::{FULL, Outcome};
use crate::entity::{Record, ReviewRow, Value, show};
use crate::register::meeting::{Item, Line};
use crate::register::meeting::{change_words, value_words};
use crate::texts::{Lang, Text, text};
use crate::ui::pen::Pen;
use crate::ui::theme::Role;

/// Cells of the weight, the score, what it was and the change in points; where there is less room.
const ROOMY: [u16; 4] = [6, 9, 8, 7];
const TIGHT: [u16; 4] = [5, 7, 6, 6];
/// The least width for the roomy ones.
const WITH_ROOM: u16 = 54;
/// The most pieces of a bar, and the least width of a row with one.
const BAR: u16 = 20;
const WITH_BAR: u16 = 46;
/// Rows kept for asks, note and decision.
const BELOW: u16 = 7;

/// The columns of a row.
struct Columns {
    name: u16,
    weight: u16,
    bar: u16,
    score: u16,
    was: u16,
    change: u16,
}

impl Columns {
    fn of(wide: u16, most: u16) -> Self {
        let [weight, score, was, change] = if wide >= WITH_ROOM { ROOMY } else { TIGHT };
        let (was, change) = if wide >= 38 { (was, change) } else { (0, 0) };
        let fixed = 2 + weight + score + was + change;
        let room = wide.saturating_sub(fixed);
        let bar = if wide < WITH_BAR { 0 } else { room.saturating_sub(most.clamp(10, 26) + 1).min(BAR + 1) };
        let bar = if bar < 5 { 0 } else { bar };
        Self { name: room.saturating_sub(bar), weight, bar, score, was, change }
    }
}

/// The name of a criterion in the language of the screen.
pub(super) fn name(line: &Line, lang: Lang) -> String {
    let chinese = line.kpi.get("name_zh").as_text();
    if lang == Lang::Zh && !chinese.is_empty() { chinese } else { line.kpi.get("name").as_text() }.to_owned()
}

/// Draws them.
pub(super) fn draw(state: &State, stage: &Stage, item: &Item, area: Rect, pen: &mut Pen) {
    let lang = state.lang;
    if item.lines.is_empty() {
        pen.put(area.x, area.y, area.width, NONE.in_(lang), Role::Muted);
        return;
    }
    let names = item.lines.iter().map(|line| pen.width(&name(line, lang))).max().unwrap_or(0);
    let columns = Columns::of(area.width, names);
    heading(&columns, area, lang, pen);
    let count = u16::try_from(item.lines.len()).unwrap_or(u16::MAX);
    let below = BELOW.min(area.height / 3);
    let room = area.height.saturating_sub(1 + below);
    let each = (room / count.max(1)).clamp(1, 3);
    let shown = (area.height.saturating_sub(1) / each).max(1);
    let top = (stage.desk.line + 1).saturating_sub(usize::from(shown.min(room.max(1) / each).max(1)));
    let mut y = area.y + 1;
    for (at, line) in item.lines.iter().enumerate().skip(top) {
        if y + each > area.bottom() {
            break;
        }
        let row = Rect { y, height: 1, ..area };
        criterion(state, stage, line, at == stage.desk.line, (&columns, row), pen);
        if each > 1 {
            let words = below_it(state, stage, line, at == stage.desk.line);
            let most = area.width.saturating_sub(2);
            // Where there is a row to spare, what a step means is read to its end.
            let lines = if each > 2 { pen.measure.wrapped(&words, most) } else { Vec::new() };
            let lines =
                if lines.len() == 2 { lines } else { vec![pen.measure.fitted(&words, most).into_owned()] };
            for (y, line) in (y + 1..).zip(lines) {
                pen.put(area.x + 2, y, most, &line, Role::Muted);
            }
        }
        y += each;
    }
    let rest = Rect { y: y.min(area.bottom()), height: area.bottom().saturating_sub(y), ..area };
    agreed(state, item, rest, pen);
}

fn heading(columns: &Columns, area: Rect, lang: Lang, pen: &mut Pen) {
    pen.put(area.x + 2, area.y, columns.name.saturating_sub(1), CRITERIA.in_(lang), Role::Muted);
    let mut x = area.x + 2 + columns.name;
    for (wide, label) in [
        (columns.weight, HEAD_WEIGHT),
        (columns.bar, EMPTY),
        (columns.score, HEAD_SCORE),
        (columns.was, HEAD_WAS),
    ] {
        pen.put_right(x + wide, area.y, wide.saturating_sub(1), label.in_(lang), Role::Muted);
        x += wide;
    }
}

fn criterion(
    state: &State,
    stage: &Stage,
    line: &Line,
    is_here: bool,
    (columns, row): (&Columns, Rect),
    pen: &mut Pen,
) {
    let lang = state.lang;
    let y = row.y;
    if is_here {
        pen.put(row.x, y, 1, pen.signs.cursor, Role::Accent);
    }
    let role = if is_here { Role::Strong } else { Role::Text };
    let words = pen.measure.fitted(&name(line, lang), columns.name.saturating_sub(1)).into_owned();
    pen.put(row.x + 2, y, columns.name.saturating_sub(1), &words, role);
    let scored = line.scored(stage.tried.as_ref());
    let mut x = row.x + 2 + columns.name;
    let is_tried = |held: bool| if held { Role::Attention } else { Role::Muted };
    let tried = stage.tried.as_ref();
    let weight = is_tried(tried.is_some_and(|tried| tried.weights.contains_key(&line.row.at.id)));
    pen.put_right(
        x + columns.weight,
        y,
        columns.weight - 1,
        &show::full(&Value::Weight(scored.weight_bp), lang),
        weight,
    );
    x += columns.weight;
    let sealed = stage.desk.rater.as_ref().map(|rater| line.sealed_of(rater).is_some());
    if columns.bar > 0 && sealed.is_none() {
        bar(scored.outcome, Rect { x: x + 1, y, width: columns.bar.saturating_sub(1), height: 1 }, pen);
    }
    x += columns.bar;
    let mut held = line.row();
    if let Some(given) = tried.and_then(|tried| tried.rows.get(&line.row.at.id)) {
        given.put(&mut held);
    }
    // While scores are sealed nobody sees any: that one was given is told, not which.
    let (words, role) = match sealed {
        Some(true) => (SEALED.in_(lang).to_owned(), Role::Good),
        Some(false) => (pen.signs.open.to_owned(), Role::Muted),
        None => (value_words(line, &held, lang), value_role(stage, line, &held)),
    };
    pen.put_right(x + columns.score, y, columns.score - 1, &words, role);
    x += columns.score;
    if let (Some(was), None) = (&line.was, sealed)
        && columns.was > 0
    {
        pen.put_right(x + columns.was, y, columns.was - 1, &value_words(line, was, lang), Role::Muted);
        x += columns.was;
        let before = crate::register::scoring::scored(was, line.kpi().as_ref()).outcome;
        if let (Outcome::Points(now), Outcome::Points(before)) = (scored.outcome, before) {
            let change = now.hundredths() - before.hundredths();
            let role = match change {
                0 => Role::Muted,
                n if n > 0 => Role::Good,
                _ => Role::Bad,
            };
            pen.put_right(x + columns.change, y, columns.change, &change_words(Some(change)), role);
        }
    }
}

fn value_role(stage: &Stage, line: &Line, held: &ReviewRow) -> Role {
    let is_tried = stage.tried.as_ref().is_some_and(|tried| tried.rows.contains_key(&line.row.at.id));
    match held.status {
        _ if is_tried => Role::Attention,
        Some(crate::domain::review::RowStatus::Measured) => Role::Strong,
        _ => Role::Muted,
    }
}

/// The points as a bar; nothing where there are none.
fn bar(outcome: Outcome, area: Rect, pen: &mut Pen) {
    let Outcome::Points(points) = outcome else { return };
    let wide = i64::from(area.width);
    let filled = u16::try_from((points.hundredths() * wide + FULL / 2) / FULL).unwrap_or(0);
    let (full, empty) = (pen.signs.bar, pen.signs.late);
    for at in 0..area.width {
        let (sign, role) = if at < filled { (full, Role::Accent) } else { (empty, Role::Frame) };
        pen.put(area.x + at, area.y, 1, sign, role);
    }
}

/// What stands below a criterion: what several raters gave, the value against its target, evidence, or what
/// the steps of a rating mean.
fn below_it(state: &State, stage: &Stage, line: &Line, is_here: bool) -> String {
    let lang = state.lang;
    let row = line.row();
    let mut parts: Vec<String> = Vec::new();
    parts.extend(raters(line, lang).filter(|_| stage.desk.rater.is_none()));
    if is_measured(line) {
        let unit = line.kpi.get("unit").as_text();
        let target = show::plain(line.kpi.get("target"));
        if !target.is_empty() {
            parts.push(TARGET.fill(lang, &[("target", &show::with_unit(&target, unit))]));
        }
    }
    parts.extend([row.note, row.evidence].into_iter().filter(|words| !words.is_empty()));
    if row.override_points.is_some() {
        parts.push(OVERRIDDEN.fill(lang, &[("why", &row.override_reason)]));
    }
    if parts.is_empty() && is_here {
        parts.extend(meaning(&line.kpi, lang));
    }
    parts.join("; ")
}

/// What several raters gave, their mean and spread.
fn raters(line: &Line, lang: Lang) -> Option<String> {
    let given = |score: &Record| {
        let value = [score.get("raw"), score.get("rating")].into_iter().find(|value| !value.is_null());
        value.map(show::plain)
    };
    let all: Vec<String> = line.revealed().filter_map(given).collect();
    let (mean, spread) = (line.row.get("raters_mean"), line.row.get("spread"));
    if all.is_empty() || mean.is_null() {
        return None;
    }
    let (mean, spread) = (show::plain(mean), show::plain(spread));
    Some(RATERS.fill(lang, &[("all", &all.join(" ")), ("mean", &mean), ("spread", &spread)]))
}

/// What the steps of a rating mean, in the language of the screen.
fn meaning(kpi: &Record, lang: Lang) -> Option<String> {
    let has_han = |line: &&str| line.chars().any(|c| is_han(Key::Char(c)));
    let text = kpi.get("description").as_text();
    let mut lines = text.lines().filter(|line| has_han(line) == (lang == Lang::Zh));
    lines.find(|line| line.trim_start().starts_with('5')).map(|line| line.trim().to_owned())
}

/// The asks of this review, the note and the decision.
fn agreed(state: &State, item: &Item, area: Rect, pen: &mut Pen) {
    let lang = state.lang;
    let mut y = area.y;
    let bottom = area.bottom();
    if !item.asks.is_empty() && y + 1 < bottom {
        pen.put(area.x, y, area.width, ASKS.in_(lang), Role::Muted);
        y += 1;
        let room = usize::from(bottom.saturating_sub(y)).saturating_sub(2).max(1);
        for (at, ask) in item.asks.iter().enumerate().take(room) {
            let due = ask.get("due_on").as_date().map(|due| due.format("%m-%d").to_string());
            let tail = [Some(ask.get("owner").as_text().to_owned()), due];
            let tail: Vec<String> = tail.into_iter().flatten().filter(|part| !part.is_empty()).collect();
            let tail = tail.join("  ");
            let end = area.right().saturating_sub(pen.width(&tail));
            let x = pen.put(area.x, y, 3, &(at + 1).to_string(), Role::Muted) + 1;
            let most = end.saturating_sub(x + 1);
            let words = pen.measure.fitted(&ask.label(), most).into_owned();
            pen.put(x, y, most, &words, Role::Text);
            pen.put(end, y, area.right().saturating_sub(end), &tail, Role::Muted);
            y += 1;
        }
    }
    let long = [(NOTE, item.review.get("summary")), (DECISION, item.agenda.get("decision"))];
    for (label, value) in long {
        let words = value.as_text();
        if words.is_empty() || y + 1 >= bottom {
            continue;
        }
        pen.put(area.x, y, area.width, label.in_(lang), Role::Muted);
        y += 1;
        for line in pen.measure.wrapped(words, area.width).into_iter().take(usize::from(bottom - y).min(3)) {
            pen.put(area.x, y, area.width, &line, Role::Text);
            y += 1;
        }
    }
}

const NONE: Text =
    text("This review has no criteria: give it a scorecard.", "本考核没有指标：请选择考核表。");
const CRITERIA: Text = text("CRITERIA", "指标");
const EMPTY: Text = text("", "");
const HEAD_WEIGHT: Text = text("wt", "权重");
const HEAD_SCORE: Text = text("score", "评分");
const HEAD_WAS: Text = text("was", "上期");
const SEALED: Text = text("sealed", "已密封");
const TARGET: Text = text("target {target}", "目标 {target}");
const OVERRIDDEN: Text = text("overridden: {why}", "已调整：{why}");
const RATERS: Text =
    text("raters {all}, mean {mean}, spread {spread}", "评分人 {all}，平均 {mean}，极差 {spread}");
const ASKS: Text = text("ASKS", "要求");
const NOTE: Text = text("NOTE", "纪要");
const DECISION: Text = text("DECISION", "决定");
