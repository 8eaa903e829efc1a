//! What follows for an exit case from its steps: how far it is, what is next, what is to be paid.

use rusqlite::{Connection, params};

use crate::domain::exit::{ExitState, ExitStepKind, Standing, StepState, progress};
use crate::domain::list::ClosedList;
use crate::entity::{ExitCase, ExitStep, Record, Value, typed};
use crate::register::{Due, Refusal, What};
use crate::store::index::Derivation;
use crate::store::refused;

/// How far a case is, and its settlement until it is paid.
pub(super) fn derive(conn: &Connection, record: &Record) -> Result<Derivation, Refusal> {
    let mut steps = Vec::new();
    let mut next = None;
    let mut statement = conn
        .prepare_cached(
            "SELECT step, state, blocks, due_on FROM exit_step WHERE exit_case = ? AND archived_at IS NULL",
        )
        .map_err(refused)?;
    let mut rows = statement.query(params![record.at.id]).map_err(refused)?;
    while let Some(row) = rows.next().map_err(refused)? {
        let word = |at: usize| row.get::<_, String>(at).map_err(refused);
        let Some(step) = ExitStepKind::from_key(&word(0)?) else { continue };
        let state = StepState::from_key(&word(1)?).unwrap_or(StepState::Open);
        steps.push(Standing { step, state, blocks: row.get(2).map_err(refused)? });
        let due: Option<String> = row.get(3).map_err(refused)?;
        let due = due.filter(|_| state == StepState::Open).and_then(|due| due.parse().ok());
        next = [next, due].into_iter().flatten().min();
    }
    let found = progress(&steps);
    let number = |n: usize| Value::Int(i64::try_from(n).unwrap_or(i64::MAX));
    let derived = vec![
        number(found.settled),
        number(found.all),
        number(found.blocking),
        next.map_or(Value::Null, Value::Date),
    ];
    let due = typed::<ExitCase>(&record.values).ok().and_then(|case| {
        let is_owed = case.state == Some(ExitState::Open) && case.settled_on.is_none();
        let owed = case.settlement.filter(|money| is_owed && money.minor != 0);
        let date = owed.and(case.settle_by.or(case.exit_by).or(case.opened_on))?;
        Some(Due { what: What::Settlement, date })
    });
    Ok(Derivation::always(derived, due.into_iter().collect()))
}

/// What a step needs: its day, until it is settled.
pub(super) fn derive_step(record: &Record) -> Derivation {
    let due = typed::<ExitStep>(&record.values).ok().and_then(|step| {
        let open = step.state == Some(StepState::Open);
        step.due_on.filter(|_| open).map(|date| Due { what: What::ExitStep, date })
    });
    Derivation::always(Vec::new(), due.into_iter().collect())
}
