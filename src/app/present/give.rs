//! Scores as they are given: in the open, tried, or sealed until all raters have given theirs.

use crate::app::present::{is_measured, typing};
use crate::app::state::{Message, State};
use crate::app::{Effect, words};
use crate::domain::list::ClosedList;
use crate::domain::review::{MAX_RATING, ReviewState, RowStatus};
use crate::entity::input::Entered;
use crate::entity::{Kind, Link, Record, Ref, ReviewRow, Value, values};
use crate::register::meeting::{About, Given, Line};
use crate::register::{Act, Change, Edit, Step, Write};
use crate::texts::{Sentence, Text, text};

/// A digit: a rating, or the first of a measured value.
pub(super) fn digit(state: &mut State, digit: char, out: &mut Vec<Effect>) {
    let Some(line) = state.stage.as_ref().and_then(|stage| stage.line()) else {
        return state.message = Some(Message::note(NO_LINE));
    };
    if is_measured(line) {
        let is_tried = state.stage.as_ref().is_some_and(|stage| stage.tried.is_some());
        if is_tried || may_score(state) {
            typing::begin_with(state, About::Value, &digit.to_string());
        }
        return;
    }
    match digit.to_digit(10).and_then(|n| u8::try_from(n).ok()).filter(|rating| *rating <= MAX_RATING) {
        Some(rating) => give(state, Given::Rating(rating), out),
        None => state.message = Some(Message::note(ONE_TO_FIVE)),
    }
}

/// Gives the criterion under the cursor a value and goes on to the next.
pub(super) fn give(state: &mut State, given: Given, out: &mut Vec<Effect>) {
    let user = state.user.clone();
    let Some(stage) = &mut state.stage else { return };
    let Some(row) = stage.line().map(|line| line.row.at.id) else {
        return state.message = Some(Message::note(NO_LINE));
    };
    if let Some(tried) = &mut stage.tried {
        tried.rows.insert(row, given);
        stage.desk.line = (stage.desk.line + 1).min(stage.last_line());
        return;
    }
    if !may_score(state) {
        return;
    }
    let Some(stage) = &mut state.stage else { return };
    if let Some(rater) = stage.desk.rater.clone() {
        return give_sealed(state, &rater, given, out);
    }
    let (page, at) = (stage.desk.page, stage.desk.line);
    let last = stage.last_line();
    let Some(item) = stage.session.as_mut().and_then(|session| session.items.get_mut(page)) else { return };
    let mut steps = Vec::new();
    if item.review().state == Some(ReviewState::Planned) {
        // Who scores a planned review has begun to collect.
        steps.extend(set(&mut item.review, "state", Value::Choice(ReviewState::Collecting.choice())));
    }
    let Some(line) = item.lines.get_mut(at) else { return };
    let was_overridden = line.row().override_points.is_some();
    let scored = score_step(line, given, &user);
    if was_overridden && scored.is_some() {
        state.message = Some(Message::note(Sentence::from(OVERRIDE_GONE).with("code", &line.row.code)));
    }
    steps.extend(scored);
    stage.desk.line = (at + 1).min(last);
    if !steps.is_empty() {
        super::send_steps(state, Act::Edit, steps, out);
    }
    super::keep(state, out);
}

/// Writes a value into the row on the screen, and says what has to be written into the register.
fn score_step(line: &mut Line, given: Given, user: &str) -> Option<Step> {
    let mut row: ReviewRow = line.row();
    if given.is_held(&row) {
        return None;
    }
    given.put(&mut row);
    if row.status == Some(RowStatus::Measured) {
        user.clone_into(&mut row.rater);
    }
    let edits: Vec<Edit> = values(&row)
        .into_iter()
        .enumerate()
        .filter_map(|(field, new)| {
            let cell = line.row.values.get_mut(field).filter(|cell| **cell != new)?;
            let seen = Some(std::mem::replace(cell, new.clone()));
            Some(Edit { field, seen, new: new.into() })
        })
        .collect();
    let is_new = !edits.is_empty();
    is_new.then_some(Step::Update { at: line.row.at, edits, reason: None, only_if: None })
}

/// Writes a value into a field of a record on the screen, and says what has to be written; `None` where it
/// is there already.
pub(super) fn set(record: &mut Record, key: &str, new: Value) -> Option<Step> {
    let field = record.table().field(key)?;
    let cell = record.values.get_mut(field).filter(|cell| **cell != new)?;
    let seen = Some(std::mem::replace(cell, new.clone()));
    let edit = Edit { field, seen, new: new.into() };
    Some(Step::Update { at: record.at, edits: vec![edit], reason: None, only_if: None })
}

/// Whether the review under the eye can be scored; says why where it cannot.
pub(super) fn may_score(state: &mut State) -> bool {
    if state.read_only {
        state.message = Some(Message::bad(words::READ_ONLY));
        return false;
    }
    let why = match state.stage.as_ref().and_then(|stage| stage.item().zip(stage.session.as_ref())) {
        None => Some(NO_LINE.into()),
        Some((_, session)) if session.is_closed() => Some(super::CLOSED.into()),
        Some((item, _)) if !item.is_open() => {
            let word = item.review().state.map_or(text("?", "?"), ClosedList::label);
            Some(Sentence::from(NOT_OPEN).with("code", &item.review.code).with_word("state", word))
        }
        Some(_) => None,
    };
    let may = why.is_none();
    state.message = why.map(Message::note).or(state.message.take());
    may
}

/// Who gives sealed scores: asked for, or given up.
pub(super) fn seal(state: &mut State) {
    if let Some(why) = super::closed_to(state) {
        return state.message = Some(Message::note(why));
    }
    let Some(stage) = &mut state.stage else { return };
    match stage.desk.rater.take() {
        Some(_) => state.message = Some(Message::note(OPEN_AGAIN)),
        None => typing::begin(state, About::Rater),
    }
}

/// Gives a sealed score: it is written, shown to nobody, and counts for nothing yet.
fn give_sealed(state: &mut State, rater: &str, given: Given, out: &mut Vec<Effect>) {
    let Some(stage) = &mut state.stage else { return };
    let (page, at, last) = (stage.desk.page, stage.desk.line, stage.last_line());
    let item = stage.session.as_mut().and_then(|session| session.items.get_mut(page));
    let Some(line) = item.and_then(|item| item.lines.get_mut(at)) else { return };
    let (status, rating, raw) = match given {
        Given::Rating(rating) => (RowStatus::Measured, Value::Int(i64::from(rating)), Value::Null),
        Given::Raw(raw) => (RowStatus::Measured, Value::Null, Value::Decimal(raw)),
        Given::NotApplicable => (RowStatus::NotApplicable, Value::Null, Value::Null),
        Given::NotMeasured => (RowStatus::NotMeasured, Value::Null, Value::Null),
    };
    let table = Kind::RaterScore.table();
    let told = [
        ("status", Value::Choice(status.choice())),
        ("rating", rating),
        ("raw", raw),
        ("sealed", Value::Bool(true)),
    ];
    let place = |key: &str| table.field(key).unwrap_or(0);
    let step = match line.raters.iter_mut().find(|score| score.get("rater").as_text() == rater) {
        Some(score) => {
            let edits = told.into_iter().map(|(key, new)| {
                let field = place(key);
                if let Some(cell) = score.values.get_mut(field) {
                    *cell = new.clone();
                }
                Edit { field, seen: None, new: new.into() }
            });
            let edits = edits.collect();
            Step::Update { at: score.at, edits, reason: None, only_if: None }
        }
        None => {
            let whose = [("row", link(line.row.at)), ("rater", Value::Text(rater.to_owned()))];
            let fields = whose.into_iter().chain(told);
            let fields = fields.map(|(key, value)| (place(key), Entered::Value(value))).collect();
            Step::Insert { kind: Kind::RaterScore, fields, reason: None }
        }
    };
    stage.desk.line = (at + 1).min(last);
    // Another score of the same rater changes this one: it must be there first.
    let change = Change { act: Act::Edit, steps: vec![step] };
    super::send(state, Write::Apply(change), super::Sent { typed: None, holds: true }, out);
    super::keep(state, out);
}

/// Opens every sealed score of this vendor at once.
pub(super) fn reveal(state: &mut State, out: &mut Vec<Effect>) {
    if let Some(why) = super::closed_to(state) {
        return state.message = Some(Message::note(why));
    }
    let Some(stage) = &mut state.stage else { return };
    stage.desk.rater = None;
    let page = stage.desk.page;
    let item = stage.session.as_mut().and_then(|session| session.items.get_mut(page));
    let scores = item.into_iter().flat_map(|item| &mut item.lines).flat_map(|line| &mut line.raters);
    let steps: Vec<Step> = scores.filter_map(|score| set(score, "sealed", Value::Bool(false))).collect();
    if steps.is_empty() {
        state.message = Some(Message::note(NOTHING_SEALED));
        return;
    }
    super::send_steps(state, Act::Edit, steps, out);
    super::keep(state, out);
}

pub(super) fn link(at: Ref) -> Value {
    Value::Link(Link { kind: at.kind, id: at.id, code: crate::register::code_of(at), label: String::new() })
}

const NO_LINE: Text = text("No criterion is here to be scored.", "此处没有可评分的指标。");
const ONE_TO_FIVE: Text = text("This criterion is rated from 0 to 5.", "该指标按 0 至 5 评级。");
const NOT_OPEN: Text = text(
    "{code} is {state}: it is scored no more. A correction is a new revision.",
    "{code} 为“{state}”，不再评分。如需更正，请建新版次。",
);
const OVERRIDE_GONE: Text = text(
    "The override of {code} went with its old value; u brings it back.",
    "{code} 的调整得分已随旧值取消；按 u 恢复。",
);
const OPEN_AGAIN: Text = text("Scores are given in the open again.", "已恢复公开评分。");
const NOTHING_SEALED: Text = text("Nothing is sealed here.", "此处没有密封评分。");
