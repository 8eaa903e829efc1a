//! A form for several records: only what is filled in is changed, in each of them alike.

use super::{Form, FormField, Opened, REASON, open, save};
use crate::app::marks::Chosen;
use crate::app::state::State;
use crate::app::{Effect, bulk};
use crate::entity::input::{Entered, Reading};
use crate::entity::{Kind, Meta, Ref, Value, words};
use crate::register::{Does, New, code_of};
use crate::texts::Sentence;

/// Records of a form for several that its draft names.
const NAMED: usize = 3;
/// What stands in a field that is to be emptied.
pub const EMPTY: &str = "-";

/// Opens the form for these records.
pub fn edit(state: &mut State, kind: Kind, chosen: Chosen, out: &mut Vec<Effect>) {
    let form = Form::of(kind, Opened::OnMany, &[]);
    let name = named(kind, &chosen);
    open(state, Form { name, many: Some(chosen), ..form }, out);
}

/// The first of the records by their codes, and how many more there are.
fn named(kind: Kind, chosen: &Chosen) -> String {
    let codes = chosen.ids.iter().take(NAMED).map(|id| code_of(Ref { kind, id: *id }));
    let codes = codes.collect::<Vec<_>>().join(", ");
    match chosen.ids.len().saturating_sub(NAMED) {
        0 => codes,
        more => format!("{codes} +{more}"),
    }
}

/// Saves the form, or says what is wrong with it.
pub(super) fn save(state: &mut State, chosen: Chosen, out: &mut Vec<Effect>) {
    let reading = state.reading();
    let Some(form) = &mut state.form else { return };
    let table = form.kind.table();
    let mut fields: Vec<(usize, New)> = Vec::new();
    for field in form.fields.iter_mut().filter(|field| Form::is_changed(field)) {
        let Some(meta) = table.fields.get(field.at) else { continue };
        match entered(meta, field, &reading) {
            Ok(new) => fields.push((field.at, new)),
            Err(says) => field.error = Some(says),
        }
    }
    if form.errors() > 0 {
        return save::to_first_error(state);
    }
    if fields.is_empty() {
        return save::unchanged(state, out);
    }
    let reason = form.fields.iter().find(|field| field.at == REASON);
    let reason = reason.map(|field| field.input.text().trim().to_owned()).filter(|reason| !reason.is_empty());
    let act = bulk::of(form.kind, chosen, Does::Edit { fields, reason });
    bulk::ask(state, act, out);
}

/// What a field says that each record shall hold.
///
/// # Errors
/// The sentence to show beside it.
pub(super) fn entered(meta: &Meta, field: &FormField, reading: &Reading) -> Result<New, Sentence> {
    let typed = field.input.text();
    if let Some(changes) = words::changes(meta, typed) {
        return Ok(New::Words(changes));
    }
    let new = if typed.trim() == EMPTY {
        Entered::Value(Value::Null)
    } else {
        save::entered(meta, field, reading)?
    };
    match new {
        Entered::Value(Value::Null) if meta.required => Err(save::missing(meta)),
        new => Ok(New::Value(new)),
    }
}
