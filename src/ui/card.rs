//! The card of the record under the cursor: beside a list, or as a summary below it.

use chrono::NaiveDate;

use crate::app::action::Action;
use crate::app::finder::{REACHED_BY, contact_line, has_contacts};
use crate::app::keymap::Context;
use crate::app::state::State;
use crate::domain::exit::StepState;
use crate::domain::list::{ClosedList, Tone};
use crate::entity::{Kind, Record, Sense, Shape, Value, show};
use crate::markdown;
use crate::register::{Card, PUT_AWAY, Related};
use crate::texts::{Lang, text};
use crate::ui::history::event_line;
use crate::ui::list::{cell, role_of_value, rounded, signed};
use crate::ui::pen::Pen;
use crate::ui::theme::{Role, role_of};

/// Fields of a card beside a list.
const FACTS: usize = 6;
/// Cells of the labels of a card.
const LABEL: u16 = 15;

/// Draws the card beside a list.
pub fn beside(state: &State, pen: &mut Pen) {
    let Some(card) = state.selected_card() else { return };
    let area = pen.area;
    let mut y = title(&card.record, state.lang, pen);
    y = figures(card, state.lang, y + 1, pen);
    y = facts(&card.record, state.lang, y, pen);
    // What every record of a kind has stands at the same rows, filled or not: the eye finds it,
    // and moving the cursor sends the values only.
    for fixed in [true, false] {
        for related in card.related.iter().filter(|related| (own_rows(card, related) > 0) == fixed) {
            if (fixed || related.total > 0) && y + 2 < area.bottom() {
                y = section(state, card, related, y + 1, pen);
            }
        }
    }
    if let Some((label, notes)) = long_text(&card.record, state.lang)
        && y + 2 < area.bottom().saturating_sub(3)
    {
        pen.put(area.x, y + 1, area.width, &label.to_uppercase(), Role::Strong);
        y += 2;
        let room = usize::from(area.bottom().saturating_sub(y + 2)).min(4);
        for line in markdown::lines(notes, pen.measure, area.width).iter().take(room) {
            pen.markdown(area.x, y, line);
            y += 1;
        }
    }
    if let Some(event) = &card.last_event {
        let y = area.bottom().saturating_sub(1);
        pen.put(area.x, y, area.width, &event_line(event, &state.zone, state.lang), Role::Muted);
    }
}

/// Draws the card in four lines below a list.
pub fn summary(state: &State, pen: &mut Pen) {
    let Some(card) = state.selected_card() else { return };
    let area = pen.area;
    let x = area.x + 2;
    let room = area.width.saturating_sub(3);
    let end = pen.put_right(area.right() - 1, area.y, 12, &card.record.code, Role::Muted);
    let at = pen.put(x, area.y, end.saturating_sub(x + 1), &card.record.label(), Role::Strong) + 2;
    chips(&card.record, state.lang, at, area.y, end.saturating_sub(at), pen);
    let is_vendor = card.record.at.kind == Kind::Vendor;
    // How to reach one without contacts stands on a line of its own.
    let is_told = is_vendor && !has_contacts(card);
    let facts = shown_facts(&card.record, state.lang, |key| !is_told || !REACHED_BY.contains(&key));
    let mut at = x;
    for (label, value) in facts {
        let wide = pen.width(&label) + pen.width(&value) + 1;
        if at + wide.min(24) > area.right() {
            break;
        }
        at = pen.put(at, area.y + 1, room, &label, Role::Muted) + 1;
        at = pen.put(at, area.y + 1, area.right().saturating_sub(at + 1), &value, Role::Text) + 2;
    }
    let mut at = x;
    for related in card.related.iter().filter(|related| related.total > 0) {
        let label = related.counted().in_(state.lang);
        at = pen.put(
            at,
            area.y + 2,
            area.right().saturating_sub(at),
            &related.total.to_string(),
            Role::Strong,
        ) + 1;
        at = pen.put(at, area.y + 2, area.right().saturating_sub(at), label, Role::Muted) + 2;
    }
    let line = if is_vendor { contact_line(card) } else { String::new() };
    let notes =
        long_text(&card.record, state.lang).map(|(_, text)| text.replace('\n', " ")).unwrap_or_default();
    let line = if line.is_empty() { notes } else { format!("{line}   {notes}") };
    pen.put(x, area.y + 3, room, &line, Role::Text);
}

/// The name, the code and the chips. Returns the row behind them.
pub(super) fn title(record: &Record, lang: Lang, pen: &mut Pen) -> u16 {
    let area = pen.area;
    let end = pen.put_right(area.right(), area.y, 12, &record.code, Role::Muted);
    pen.put(area.x, area.y, end.saturating_sub(area.x + 1), &record.label(), Role::Strong);
    chips(record, lang, area.x, area.y + 1, area.width, pen);
    area.y + 2
}

/// The chips of a record.
fn chips(record: &Record, lang: Lang, x: u16, y: u16, room: u16, pen: &mut Pen) {
    let table = record.table();
    let fields =
        table.fields.iter().zip(&record.values).filter(|(meta, _)| meta.chip).map(|(m, v)| (m.label, v));
    let derived =
        table.derived.iter().zip(&record.derived).filter(|(d, _)| d.chip).map(|(d, v)| (d.label, v));
    let end = x + room;
    let mut at = x;
    let mut put = |pen: &mut Pen, word: &str, role| {
        let wide = pen.width(word) + 2;
        if at + wide <= end {
            at = pen.chip(at, y, wide, word, role) + 1;
        }
    };
    if record.archived_at.is_some() {
        put(pen, PUT_AWAY.in_(lang), Role::Attention);
    }
    for (label, value) in fields.chain(derived) {
        match value {
            Value::Choice(choice) => put(pen, choice.label.in_(lang), role_of(choice.tone)),
            Value::Bool(true) => put(pen, label.in_(lang), Role::Info),
            _ => {}
        }
    }
}

/// Score and change of a vendor, total of a review: the number a card is read for.
pub(super) fn figures(card: &Card, lang: Lang, y: u16, pen: &mut Pen) -> u16 {
    let record = &card.record;
    let area = pen.area;
    let (key, label) = match record.at.kind {
        Kind::Vendor => ("score", text("SCORE", "得分")),
        Kind::Review => ("total", text("TOTAL", "总分")),
        Kind::ExitCase => return steps(record, lang, y, pen),
        _ => return y,
    };
    let Value::Points(score) = record.get(key) else {
        let at = pen.put(area.x, y, area.width, label.in_(lang), Role::Muted) + 2;
        pen.put(at, y, 2, pen.signs.none, Role::Muted);
        return y + 1;
    };
    let mut at = pen.put(area.x, y, area.width, label.in_(lang), Role::Strong) + 2;
    let whole = if key == "score" { rounded(*score).to_string() } else { show::points(*score) };
    at = pen.put(at, y, area.width, &whole, Role::Strong) + 2;
    if let Value::Points(change) = record.get("change") {
        let change_text = signed(rounded(*change));
        at = pen.put(at, y, area.width, &change_text, role_of_value(record.get("change"), Sense::Change)) + 2;
    }
    if let Value::Choice(grade) = record.get("grade") {
        pen.chip(at, y, 8, grade.label.in_(lang), role_of(grade.tone));
    }
    y + 1
}

/// How far the steps of an exit case are.
fn steps(record: &Record, lang: Lang, y: u16, pen: &mut Pen) -> u16 {
    let area = pen.area;
    let number = |key: &str| match record.get(key) {
        Value::Int(n) => n.to_string(),
        _ => "0".to_owned(),
    };
    let at = pen.put(area.x, y, area.width, text("STEPS", "步骤").in_(lang), Role::Strong) + 2;
    let done = text("{n} of {all}", "{n}/{all}");
    let done = done.fill(lang, &[("n", &number("settled_steps")), ("all", &number("steps"))]);
    let at = pen.put(at, y, area.right().saturating_sub(at), &done, Role::Strong) + 2;
    if !matches!(record.get("blocking"), Value::Int(0) | Value::Null) {
        let block = text("{n} block", "{n} 项阻断").fill(lang, &[("n", &number("blocking"))]);
        pen.put(at, y, area.right().saturating_sub(at), &block, Role::Attention);
    }
    y + 1
}

/// Label and value of what the card shows of the fields that are `wanted`, blanks left out.
fn shown_facts(record: &Record, lang: Lang, wanted: impl Fn(&str) -> bool) -> Vec<(String, String)> {
    let table = record.table();
    let fields = table.fields.iter().zip(&record.values).filter(|(meta, _)| meta.on_card && wanted(meta.key));
    let fields = fields.filter(|(meta, _)| !matches!(meta.shape, Shape::Long));
    let derived = table.derived.iter().zip(&record.derived).filter(|(d, _)| d.on_card);
    let lines = fields.map(|(m, v)| (m.label, v)).chain(derived.map(|(d, v)| (d.label, v)));
    lines
        .filter(|(_, value)| !value.is_null() && **value != Value::Bool(false))
        .map(|(label, value)| (label.in_(lang).to_owned(), show::full(value, lang).replace('\n', " ")))
        .collect()
}

/// The first fields of the card, each at its row: what it is and whose, the days and amounts that
/// follow from it, then the rest.
fn facts(record: &Record, lang: Lang, mut y: u16, pen: &mut Pen) -> u16 {
    let area = pen.area;
    let table = record.table();
    let fields = table.fields.iter().zip(&record.values).filter(|(m, _)| m.on_card && m.shape != Shape::Long);
    let mut fields = fields.map(|(m, v)| (m.label, v));
    let derived = table.derived.iter().zip(&record.derived).filter(|(d, _)| d.on_card);
    let (pressing, rest): (Vec<_>, Vec<_>) =
        derived.partition(|(d, _)| matches!(d.shape, Shape::Date | Shape::Money));
    let mut lines: Vec<_> = fields.by_ref().take(2).collect();
    lines.extend(pressing.into_iter().map(|(d, v)| (d.label, v)));
    lines.extend(fields.chain(rest.into_iter().map(|(d, v)| (d.label, v))));
    for (label, value) in lines.into_iter().take(FACTS) {
        if y >= area.bottom() {
            break;
        }
        pen.put(area.x, y, LABEL, label.in_(lang), Role::Muted);
        let value = show::full(value, lang).replace('\n', " ");
        pen.put(area.x + LABEL + 1, y, area.width.saturating_sub(LABEL + 1), &value, Role::Text);
        y += 1;
    }
    y
}

/// Rows that a section always takes; 0 for kinds that are shown where there is room.
const fn section_rows(kind: Kind) -> u16 {
    match kind {
        Kind::Contact | Kind::Risk => 2,
        Kind::Contract => 3,
        Kind::Review => 1,
        Kind::ReviewRow | Kind::TemplateRow | Kind::ExitStep => 8,
        _ => 0,
    }
}

/// Rows that a section of a card always takes: of the fields by which a kind links, the first has them.
fn own_rows(card: &Card, related: &Related) -> u16 {
    let first = card.related.iter().find(|other| other.kind == related.kind);
    if first.is_some_and(|first| first.field == related.field) { section_rows(related.kind) } else { 0 }
}

/// A few related records under their heading. Returns the row behind them.
fn section(state: &State, card: &Card, related: &Related, y: u16, pen: &mut Pen) -> u16 {
    let area = pen.area;
    let label = related.heading().in_(state.lang).to_uppercase();
    let role = if related.total > 0 { Role::Strong } else { Role::Muted };
    let at = pen.put(area.x, y, area.width, &label, role) + 2;
    pen.put(at, y, 8, &related.total.to_string(), Role::Muted);
    let fixed = own_rows(card, related);
    let keys = jump(related.kind)
        .filter(|_| fixed > 0)
        .map(|action| state.keymap.keys_in(&[Context::Browse], action));
    if let Some(keys) = keys.as_deref().and_then(<[String]>::first) {
        pen.put_right(area.right(), y, 12, keys, Role::Muted);
    }
    let rows = if fixed > 0 { fixed } else { 1 };
    for (line, record) in (y + 1..).zip(related.rows.iter().take(usize::from(rows))) {
        if line < area.bottom().saturating_sub(2) {
            related_row(record, (state.lang, state.today), line, pen);
        }
    }
    y + 1 + rows
}

/// One related record in a line: its name, and at the right what one asks of its kind.
pub(super) fn related_row(record: &Record, (lang, today): (Lang, NaiveDate), y: u16, pen: &mut Pen) {
    let area = pen.area;
    if record.at.kind == Kind::ExitStep {
        return step_row(record, (lang, today), y, pen);
    }
    let (left, right): (Vec<String>, Vec<(String, Role)>) = match record.at.kind {
        Kind::Contract => (
            vec![record.get("number").as_text().to_owned(), record.label()],
            vec![plain(record, "value", lang), plain(record, "last_day", lang)],
        ),
        Kind::Risk => {
            (vec![record.label()], vec![plain(record, "score", lang), plain(record, "level", lang)])
        }
        Kind::Review => (
            vec![show::short(record.get("period"), lang)],
            vec![plain(record, "total", lang), plain(record, "grade", lang), plain(record, "state", lang)],
        ),
        Kind::ReviewRow => (
            vec![record.label()],
            vec![plain(record, "weight", lang), value_of_row(record, lang), plain(record, "points", lang)],
        ),
        Kind::TemplateRow => (vec![record.label()], vec![plain(record, "weight", lang)]),
        Kind::Contact => (
            vec![record.label(), record.get("role").as_text().to_owned()],
            vec![(first_of(record, &["phone", "email"]), Role::Text)],
        ),
        Kind::Action | Kind::Deliverable | Kind::Report => {
            (vec![record.label()], vec![plain(record, "due_on", lang), plain(record, "state", lang)])
        }
        Kind::ChangeRequest => {
            (vec![record.label()], vec![plain(record, "cost", lang), plain(record, "state", lang)])
        }
        Kind::Breach => {
            (vec![record.label()], vec![plain(record, "remedy_due", lang), plain(record, "state", lang)])
        }
        Kind::Clause => (
            vec![show::full(record.get("about"), lang)],
            vec![plain(record, "article", lang), plain(record, "state", lang)],
        ),
        Kind::ServiceLevel => {
            let unit = record.get("unit").as_text();
            let (latest, role) = plain(record, "latest", lang);
            let latest = if latest.is_empty() { latest } else { show::with_unit(&latest, unit) };
            (vec![record.label()], vec![(latest, role), plain(record, "outcome", lang)])
        }
        Kind::Measurement => (
            vec![show::short(record.get("period"), lang)],
            vec![plain(record, "value", lang), plain(record, "credit", lang), plain(record, "outcome", lang)],
        ),
        Kind::ExitCase => {
            let done = [record.get("settled_steps"), record.get("steps")].map(|n| show::full(n, lang));
            let progress = (done.join("/"), Role::Text);
            (
                vec![record.label()],
                vec![progress, plain(record, "exit_by", lang), plain(record, "state", lang)],
            )
        }
        Kind::CostLine => (
            vec![record.label()],
            vec![plain(record, "layer", lang), plain(record, "amount", lang), plain(record, "cycle", lang)],
        ),
        Kind::Invoice => (
            vec![show::short(record.get("period"), lang), record.label()],
            vec![
                plain(record, "amount", lang),
                plain(record, "pay_by", lang),
                plain(record, "standing", lang),
            ],
        ),
        Kind::Payment => {
            (vec![record.label()], vec![plain(record, "amount", lang), plain(record, "paid_on", lang)])
        }
        Kind::File => (vec![record.label()], vec![plain(record, "kind", lang)]),
        Kind::Interaction => {
            (vec![show::short(record.get("on"), lang), record.label()], vec![plain(record, "channel", lang)])
        }
        _ => (vec![record.label()], Vec::new()),
    };
    let mut end = area.right();
    for (text, role) in right.iter().rev().filter(|(text, _)| !text.is_empty()) {
        end = pen.put_right(end, y, area.width / 2, text, *role).saturating_sub(2);
    }
    let left: Vec<String> = left.into_iter().filter(|part| !part.is_empty()).collect();
    let room = end.saturating_sub(area.x);
    pen.put(area.x, y, room, &left.join("  ").replace('\n', " "), Role::Text);
}

/// A step of an exit in a line: its sign, its name, whether it blocks, and the day it is due or done.
fn step_row(record: &Record, (lang, today): (Lang, NaiveDate), y: u16, pen: &mut Pen) {
    /// Cells of a day.
    const DAY: u16 = 10;
    let area = pen.area;
    let state = StepState::from_key(record.get("state").as_key()).unwrap_or(StepState::Open);
    let (sign, role) = match state {
        StepState::Open => (" ", Role::Text),
        StepState::Done => (pen.signs.mark, Role::Good),
        StepState::NotApplicable => (pen.signs.none, Role::Muted),
    };
    pen.put(area.x, y, 1, sign, role);
    let day = record.get(if state == StepState::Done { "done_on" } else { "due_on" });
    let day = if state == StepState::NotApplicable { String::new() } else { cell(day, Sense::Value, lang) };
    let shown = if state == StepState::Open { Role::Text } else { Role::Muted };
    let is_late = state == StepState::Open && record.get("due_on").as_date().is_some_and(|due| due < today);
    pen.put_right(area.right(), y, DAY, &day, if is_late { Role::Bad } else { shown });
    let end = area.right().saturating_sub(DAY + 2);
    let blocks = text("blocks", "阻断").in_(lang);
    let wide = pen.width(blocks);
    if state == StepState::Open && *record.get("blocks") == Value::Bool(true) {
        pen.put_right(end, y, wide, blocks, Role::Attention);
    }
    let (x, end) = (area.x + 2, end.saturating_sub(wide + 2));
    let name = show::full(record.get("step"), lang);
    let x = pen.put(x, y, end.saturating_sub(x), &name, shown) + 2;
    let told = record.get(if state == StepState::NotApplicable { "why" } else { "proof" }).as_text();
    if !told.is_empty() && x < end {
        pen.put(x, y, end - x, told, Role::Muted);
    }
}

fn plain(record: &Record, key: &str, lang: Lang) -> (String, Role) {
    let value = record.get(key);
    let table = record.table();
    let sense = table.column(key).map_or(Sense::Value, |column| table.head(column).sense);
    (cell(value, sense, lang), role_of_value(value, sense))
}

/// What was measured or rated, or that it was not.
fn value_of_row(record: &Record, lang: Lang) -> (String, Role) {
    match (record.get("rating"), record.get("raw"), record.get("status")) {
        (Value::Int(rating), _, _) => (rating.to_string(), Role::Text),
        (_, Value::Decimal(raw), _) => (raw.to_string(), Role::Text),
        (_, _, Value::Choice(status)) => (
            status.label.in_(lang).to_owned(),
            if status.tone == Tone::Plain { Role::Muted } else { role_of(status.tone) },
        ),
        _ => (String::new(), Role::Text),
    }
}

fn first_of(record: &Record, keys: &[&str]) -> String {
    keys.iter()
        .map(|key| record.get(key).as_text())
        .find(|text| !text.is_empty())
        .unwrap_or_default()
        .to_owned()
}

/// What goes to the records of a kind that belong to the one under the cursor.
const fn jump(kind: Kind) -> Option<Action> {
    match kind {
        Kind::Contract => Some(Action::GoContracts),
        Kind::Review => Some(Action::GoReviews),
        Kind::Risk => Some(Action::GoRisks),
        _ => None,
    }
}

/// The last long text of a record with its label, if it holds one.
pub(super) fn long_text(record: &Record, lang: Lang) -> Option<(&'static str, &str)> {
    let fields = record.table().fields.iter().zip(&record.values).rev();
    let mut long = fields.filter(|(meta, value)| meta.shape == Shape::Long && !value.is_null());
    long.next().map(|(meta, value)| (meta.label.in_(lang), value.as_text()))
}
