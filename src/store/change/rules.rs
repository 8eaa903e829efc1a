//! The rules a record is held against before it is written.
//!
//! Nothing here writes; the rules themselves are those of the entity tables and of `domain`.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::moves::{MoveFacts, check_move};
use crate::entity::{Moment, Problem, Ref, Table, Value};
use crate::register::{Refusal, move_sentence};
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
    if from == to {
        return Ok(());
    }
    let filled = |key: &str| table.field(key).and_then(|i| new.get(i)).is_some_and(|v| !v.is_null());
    let facts = MoveFacts { filled: &filled, reason };
    check_move(moves.table, from.key, to.key, &facts).map_err(|refusal| {
        Refusal::Invalid(vec![Problem::new(moves.field, move_sentence(table, at, &refusal))])
    })
}

/// A record never refers to itself.
pub(super) fn check_links(table: &Table, at: Ref, values: &[Value]) -> Result<(), Refusal> {
    let itself = |value: &Value| value.as_link().is_some_and(|l| l.kind == at.kind && l.id == at.id);
    match table.fields.iter().zip(values).find(|(_, value)| itself(value)) {
        Some((meta, _)) => Err(Refusal::Invalid(vec![Problem::new(meta.key, ITSELF)])),
        None => Ok(()),
    }
}

const REQUIRED: Text =
    text("{field} is missing; a record needs it ({key}).", "缺少{field}（{key}），为必填项。");
const ITSELF: Text = text("A record cannot refer to itself. Name another.", "记录不能引用自身，请另选。");
