//! Cells and JSON values become what a person would have typed into the field.

use serde_json::Value as Json;

use crate::domain::money::DecimalMark;
use crate::entity::input::{self, Entered, Reading};
use crate::entity::{Meta, Shape, Value};
use crate::intake::Row;
use crate::intake::json_table::cell_text;
use crate::shell::import::plan::{Filled, Origin, Plan, cell_value};
use crate::shell::import::words;
use crate::texts::Sentence;

/// The value of one cell; `None` when it is blank.
pub(super) fn entered(plan: &Plan, filled: &Filled, row: &Row) -> Result<Option<Entered>, Sentence> {
    let json = plan.columns.get(filled.column).and_then(|name| row.json(name));
    if let Some(points) = json.and_then(|json| hundredths(filled.meta, json)) {
        return Ok(Some(points));
    }
    let cell = row.cell(filled.column);
    let Some(dates) = filled.dates else {
        let mut reading = plan.reading;
        if row.is_number(filled.column) {
            // The number of a sheet has a point, whatever `--decimal` says of its texts.
            reading.money.decimal = DecimalMark::Point;
        }
        return of_text(filled.meta, cell, plan.origin, &reading);
    };
    let date = dates.read(cell).map_err(|problem| words::of_cell(problem, cell))?;
    Ok(date.map(|date| Value::Date(date).into()))
}

/// The value of a field of a child record; `None` when it is blank.
pub(super) fn of_json(meta: &Meta, json: &Json, plan: &Plan) -> Result<Option<Entered>, Sentence> {
    match hundredths(meta, json) {
        Some(points) => Ok(Some(points)),
        None => of_text(meta, &cell_text(json), plan.origin, &plan.reading),
    }
}

fn of_text(meta: &Meta, cell: &str, origin: Origin, reading: &Reading) -> Result<Option<Entered>, Sentence> {
    let value = cell_value(cell, origin).map_err(|problem| words::of_cell(problem, cell.trim()))?;
    value.map(|value| input::read(meta, value, reading)).transpose()
}

/// Scores are hundredths in JSON, while people type `86.5`.
fn hundredths(meta: &Meta, json: &Json) -> Option<Entered> {
    let points = json.as_i64().filter(|n| meta.shape == Shape::Points && (0..=10_000).contains(n))?;
    Some(Value::Points(points).into())
}
