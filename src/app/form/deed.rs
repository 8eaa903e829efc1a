//! The short form of what one does with a contract or a review: just the fields that are asked for, each beginning
//! with what is likely, and why.

use super::{Form, FormField, Opened, REASON, save};
use crate::app::Effect;
use crate::app::state::State;
use crate::domain::deed::Deed;
use crate::entity::input::Entered;
use crate::entity::{Meta, Record, Shape, Value};
use crate::register::deed::{self, Doing, WHY};
use crate::register::{Act, Change, Edit, Step};
use crate::texts::text;

/// The line that asks why.
pub(super) static WHY_META: Meta = crate::entity::field::field::<()>(
    WHY,
    text("Why", "理由"),
    Shape::Line,
    |()| Value::Null,
    |(), _| Ok(()),
)
.hint(text("kept in the history", "记入变更历史"))
.meta;

/// The same where it may not be left blank.
static NEEDED_WHY_META: Meta = Meta { required: true, ..WHY_META };

/// What the form of a deed says of the field at a place of the table of its kind.
pub(super) fn meta(deed: Deed, place: usize) -> Option<&'static Meta> {
    deed::fields(deed).iter().find(|(at, _)| *at == place).map(|(_, meta)| meta)
}

/// What it says of the line that asks why.
pub(super) fn why(form: &Form) -> &'static Meta {
    if form.why_needed { &NEEDED_WHY_META } else { &WHY_META }
}

/// Opens the form of a deed with a record.
pub fn open(state: &mut State, record: &Record, what: Deed, out: &mut Vec<Effect>) {
    let doing = Doing { today: state.today, actor: &state.user };
    let begins = deed::begins(record, what, doing);
    let mut fields: Vec<FormField> = deed::fields(what)
        .iter()
        .zip(begins)
        .map(|((place, meta), begun)| {
            let held = record.values.get(*place).cloned().unwrap_or(Value::Null);
            let mut field = FormField::of(*place, meta, held);
            // What it begins with is no change of anybody's: left so, there is nothing to keep.
            field.original = super::typed_form(&begun);
            field.input.set(field.original.clone());
            field
        })
        .collect();
    fields.push(FormField::of(REASON, &WHY_META, Value::Null));
    let form = Form {
        name: record.label(),
        deed: Some(what),
        done_with: Some(Box::new(record.clone())),
        why_needed: deed::needs_reason(record, what),
        fields,
        ..Form::of(record.at.kind, Opened::On(record.at), &record.values)
    };
    super::open(state, form, out);
    // A draft may hold another term.
    follow(state);
}

/// Makes the price that of the term that is typed, as long as nobody typed a price.
pub(super) fn follow(state: &mut State) {
    let (reading, today) = (state.reading(), state.today);
    let Some(form) = &mut state.form else { return };
    let (Some(what), Some(record)) = (form.deed, &form.done_with) else { return };
    let with = |key| form.fields.iter().position(|field| meta(what, field.at).is_some_and(|m| m.key == key));
    let (Some(term), Some(price)) = (with(deed::TERM), with(deed::PRICE)) else { return };
    let read = form.fields.get(term).and_then(|field| {
        let new = save::entered(meta(what, field.at)?, field, &reading).ok()?;
        Some(Edit { field: field.at, seen: None, new })
    });
    let Some(offered) = deed::price_of(record, what, read.as_slice(), today) else { return };
    if let Some(field) = form.fields.get_mut(price).filter(|field| !Form::is_changed(field)) {
        field.original = super::typed_form(&offered);
        field.input.set(field.original.clone());
    }
}

/// Sends off what was entered, or says what is wrong with it.
pub(super) fn save(state: &mut State, what: Deed, out: &mut Vec<Effect>) {
    let reading = state.reading();
    let Some(form) = &mut state.form else { return };
    let Some(at) = form.target else { return };
    let mut given = Vec::new();
    for field in form.fields.iter_mut().filter(|field| field.at != REASON) {
        let Some(meta) = meta(what, field.at) else { continue };
        match save::entered(meta, field, &reading) {
            Ok(new) if meta.required && new == Entered::Value(Value::Null) => {
                field.error = Some(save::missing(meta));
            }
            Ok(new) => {
                field.error = None;
                given.push(Edit { field: field.at, seen: Some(field.known().clone()), new });
            }
            Err(sentence) => field.error = Some(sentence),
        }
    }
    let why_meta = why(form);
    let mut reason = None;
    if let Some(field) = form.fields.iter_mut().find(|field| field.at == REASON) {
        reason = Some(field.input.text().trim().to_owned()).filter(|reason| !reason.is_empty());
        field.error = (reason.is_none() && why_meta.required).then(|| save::missing(why_meta));
    }
    if form.errors() > 0 {
        return save::to_first_error(state);
    }
    let step = Step::Deed { at, deed: what, given, reason };
    save::send(state, Change { act: Act::Edit, steps: vec![step] }, out);
}
