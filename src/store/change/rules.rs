//! The rules a record is held against before it is written.
//!
//! Nothing here writes; the rules themselves are those of the entity tables and of `domain`.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use chrono::NaiveDate;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use crate::domain::list::{Choice, ClosedList as _};
use crate::domain::moves::{MoveFacts, Need, check_move, needs_of};
use crate::entity::{
    Acknowledgement, Kind, Measurement, Moment, Problem, Record, Ref, ServiceLevel, Table, Value, typed,
};
use crate::register::{Refusal, What, code_of, move_sentence};
use crate::store::{card, refused, settings, sql};
use crate::texts::{Sentence, Text, text};

/// Required fields and the rules of the record; every problem at once, after those found before.
pub(in crate::store) fn check(
    table: &Table,
    values: &[Value],
    today: NaiveDate,
    mut problems: Vec<Problem>,
) -> Result<(), Refusal> {
    let named: BTreeSet<&str> = problems.iter().map(|p| p.field).collect();
    let mut missing = Vec::new();
    for (meta, value) in table.fields.iter().zip(values) {
        if meta.required && value.is_null() && !named.contains(meta.key) {
            let sentence = Sentence::from(REQUIRED).with_word("field", meta.label).with("key", meta.key);
            missing.push(Problem::new(meta.key, sentence));
        }
    }
    problems.extend(missing);
    problems.extend((table.check)(values, &Moment { today }));
    if table.kind == Kind::Setting {
        problems.extend(settings::problem(values));
    }
    if problems.is_empty() { Ok(()) } else { Err(Refusal::Invalid(problems)) }
}

/// A change of state must be a move of the table of moves.
pub(super) fn check_state(
    table: &Table,
    old: &[Value],
    new: &[Value],
    reason: Option<&str>,
) -> Result<(), Refusal> {
    let Some(moves) = table.moves else { return Ok(()) };
    let Some(at) = table.field(moves.field) else { return Ok(()) };
    let (Some(Value::Choice(from)), Some(Value::Choice(to))) = (old.get(at), new.get(at)) else {
        return Ok(());
    };
    let filled = |key: &str| holds(table, new, key);
    if from == to {
        let cleared = |need: &Need| matches!(need, Need::Field(key) if holds(table, old, key) && !holds(table, new, key));
        return match needs_of(moves.table, to.key).into_iter().find(cleared) {
            Some(Need::Field(key)) => Err(Refusal::Invalid(vec![needed(table, key, to)])),
            _ => Ok(()),
        };
    }
    let facts = MoveFacts { filled: &filled, reason };
    check_move(moves.table, from.key, to.key, &facts).map_err(|refusal| {
        Refusal::Invalid(vec![Problem::new(moves.field, move_sentence(table, at, &refusal))])
    })
}

/// The field that every move into the state of the record needs and that is empty.
///
/// A record may be entered so, since paper says what it says; `check` then tells what is missing.
pub(in crate::store) fn missing_for_state(table: &Table, values: &[Value]) -> Option<Problem> {
    let moves = table.moves?;
    let Value::Choice(state) = values.get(table.field(moves.field)?)? else { return None };
    let empty = |need| match need {
        Need::Field(key) if !holds(table, values, key) => Some(key),
        _ => None,
    };
    let key = needs_of(moves.table, state.key).into_iter().find_map(empty)?;
    Some(needed(table, key, state))
}

/// Whether the field with this key has a value.
fn holds(table: &Table, values: &[Value], key: &str) -> bool {
    table.field(key).and_then(|at| values.get(at)).is_some_and(|value| !value.is_null())
}

/// Says that a record in this state has a value in the field `key`.
fn needed(table: &Table, key: &'static str, state: &Choice) -> Problem {
    let field = table.fields.iter().find(|meta| meta.key == key).map_or(text("?", "?"), |meta| meta.label);
    let sentence = Sentence::from(NEEDED).with_word("state", state.label).with_word("field", field);
    Problem::new(key, sentence.with("key", key))
}

/// A record never refers to itself, nor by a record of its kind that leads back to it: the
/// contract a contract stands under does not stand under that one.
pub(in crate::store) fn check_links(conn: &Connection, at: Ref, values: &[Value]) -> Result<(), Refusal> {
    for (meta, value) in at.kind.table().fields.iter().zip(values) {
        let Some(link) = value.as_link().filter(|link| link.kind == at.kind) else { continue };
        let sentence = if link.id == at.id {
            Sentence::from(ITSELF)
        } else if leads_to(conn, meta.key, link.id, at)? {
            Sentence::from(CIRCLE).with("other", &link.code).with("code", code_of(at))
        } else {
            continue;
        };
        return Err(Refusal::Invalid(vec![Problem::new(meta.key, sentence)]));
    }
    Ok(())
}

/// There is one record in use with the same of what its table says stands once: a clause of a type in a
/// contract.
pub(in crate::store) fn check_single(conn: &Connection, at: Ref, values: &[Value]) -> Result<(), Refusal> {
    let table = at.kind.table();
    let Some(last) = table.one_of.last() else { return Ok(()) };
    let mut bound = vec![Sql::Integer(at.id)];
    let mut alike = String::new();
    for key in table.one_of {
        let Some((place, meta)) = table.fields.iter().enumerate().find(|(_, meta)| meta.key == *key) else {
            continue;
        };
        let _ = write!(alike, " AND \"{key}\" = ?");
        bound.extend(values.get(place).into_iter().flat_map(|value| sql::to_columns(meta.shape, value)));
    }
    let statement =
        format!("SELECT id FROM \"{}\" WHERE id <> ? AND archived_at IS NULL{alike} LIMIT 1", table.word);
    let other: Option<i64> = conn
        .prepare_cached(&statement)
        .and_then(|mut s| s.query_row(params_from_iter(bound), |row| row.get(0)).optional())
        .map_err(refused)?;
    let Some(id) = other else { return Ok(()) };
    let says = Sentence::from(SINGLE).with("code", code_of(Ref { kind: at.kind, id }));
    Err(Refusal::Invalid(vec![Problem::new(last, says)]))
}

/// A calendar that contracts count by keeps its name.
pub(in crate::store) fn check_calendar(
    conn: &Connection,
    before: &Record,
    name: Option<&str>,
) -> Result<(), Refusal> {
    let old = before.get("name").as_text();
    if before.at.kind != Kind::Calendar || name == Some(old) {
        return Ok(());
    }
    let first: Option<i64> = conn
        .prepare_cached("SELECT id FROM contract WHERE calendar = ? ORDER BY id LIMIT 1")
        .and_then(|mut s| s.query_row([old], |row| row.get(0)).optional())
        .map_err(refused)?;
    let Some(id) = first else { return Ok(()) };
    let code = code_of(Ref { kind: Kind::Contract, id });
    let says = Sentence::from(COUNTED_BY).with("name", old).with("code", code);
    Err(Refusal::Invalid(vec![Problem::new("name", says)]))
}

/// No deadline of a notice is snoozed to a day behind it: by then the contract has renewed, and something else
/// is due.
pub(in crate::store) fn check_snooze(at: Ref, values: &[Value], today: NaiveDate) -> Result<(), Refusal> {
    let Some(silence) = typed::<Acknowledgement>(values).ok().filter(|_| at.kind == Kind::Acknowledgement)
    else {
        return Ok(());
    };
    let (Some(due), Some(until)) = (silence.due_on, silence.until) else { return Ok(()) };
    if What::from_key(&silence.what) != Some(What::Notice) || today > due || until <= due {
        return Ok(());
    }
    let says = Sentence::from(TOO_LATE).with("day", due);
    Err(Refusal::Invalid(vec![Problem::new("until", says)]))
}

/// A measurement is of a period as its service level is measured by, that has begun, and not of one before
/// measuring started.
pub(in crate::store) fn check_period(
    conn: &Connection,
    at: Ref,
    values: &[Value],
    today: NaiveDate,
) -> Result<(), Refusal> {
    let Some(measurement) = typed::<Measurement>(values).ok().filter(|_| at.kind == Kind::Measurement) else {
        return Ok(());
    };
    let (Some(link), Some(period)) = (measurement.level, measurement.period) else { return Ok(()) };
    let level = card::record(conn, Ref { kind: Kind::ServiceLevel, id: link.id })?;
    let Ok(level) = typed::<ServiceLevel>(&level.values) else { return Ok(()) };
    let fiscal = settings::fiscal_start(conn)?;
    let says = match level.every {
        Some(every) if every != period.kind() => {
            Sentence::from(OTHER_PERIOD).with_word("every", every.label())
        }
        _ if period.first_day(fiscal) > today => Sentence::from(NOT_BEGUN),
        _ => match level.starts_on {
            Some(starts) if period.last_day(fiscal) < starts => {
                Sentence::from(BEFORE_START).with("day", starts)
            }
            _ => return Ok(()),
        },
    };
    Err(Refusal::Invalid(vec![Problem::new("period", says)]))
}

/// Whether the links `key` of records of one kind lead from the record `from` to another. Each
/// record is looked at once, so that a circle that is there already is no endless one.
fn leads_to(conn: &Connection, key: &str, from: i64, to: Ref) -> Result<bool, Refusal> {
    let statement = format!(
        "WITH RECURSIVE above (id) AS (SELECT ?1 UNION \
         SELECT t.\"{key}\" FROM above JOIN \"{word}\" t ON t.id = above.id WHERE t.\"{key}\" IS NOT NULL) \
         SELECT 1 FROM above WHERE id = ?2",
        word = to.kind.table().word,
    );
    conn.prepare_cached(&statement).and_then(|mut s| s.exists([from, to.id])).map_err(refused)
}

const TOO_LATE: Text = text(
    "Notice is to be sent by {day}: snooze it to a day up to then, or acknowledge it.",
    "通知最迟 {day} 发出：提醒日不能晚于该日，或改为知悉。",
);
const COUNTED_BY: Text = text(
    "{code} counts by the calendar {name}: give it another calendar first.",
    "{code} 使用日历 {name}，请先为其更换日历。",
);
const OTHER_PERIOD: Text =
    text("This service level is measured by the {every}.", "该服务水平的测量周期为{every}。");
const NOT_BEGUN: Text = text("This period has not begun yet.", "该期间尚未开始。");
const BEFORE_START: Text =
    text("Measuring starts on {day}: this period ends before.", "测量自 {day} 开始，该期间早于此日。");
const SINGLE: Text = text(
    "{code} holds this already. Edit it, or put it away first.",
    "{code} 已有此项。请编辑该记录，或先将其归档。",
);
const NEEDED: Text = text(
    "A record in the state {state} needs {field} ({key}).",
    "处于“{state}”状态的记录须填写{field}（{key}）。",
);
const REQUIRED: Text =
    text("{field} is missing; a record needs it ({key}).", "缺少{field}（{key}），为必填项。");
const ITSELF: Text = text("A record cannot refer to itself. Name another.", "记录不能引用自身，请另选。");
const CIRCLE: Text = text(
    "{other} leads back to {code} itself. Name another, or change {other} first.",
    "{other} 又指回 {code} 自身。请另选，或先修改 {other}。",
);
