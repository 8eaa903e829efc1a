//! What is done to the record under the cursor: added to, edited, archived, copied.

use crate::app::action::Action;
use crate::app::marks::chosen;
use crate::app::state::{Editing, Menu, MenuDoes, MenuItem, Message, Of, Overlay, Place, State};
use crate::app::{Effect, bulk, form, words};
use crate::entity::input::Entered;
use crate::entity::{Kind, Record, Ref, Shape, Value};
use crate::register::{Act, Change, Edit, Shelf, Shelves, Step, Write, code_of};
use crate::texts::{Sentence, text};

pub(super) fn add(state: &mut State, out: &mut Vec<Effect>) {
    match state.place() {
        Place::List(key) => form::add(state, key.kind, key.scope, out),
        Place::Record(at) => add_menu(state, at),
        Place::Overview | Place::History(_) => {
            let kinds = [
                Kind::Vendor,
                Kind::Contract,
                Kind::Review,
                Kind::Risk,
                Kind::Action,
                Kind::Interaction,
                Kind::File,
            ];
            let items = kinds.iter().map(|kind| MenuItem {
                label: kind.table().one.into(),
                does: MenuDoes::Add(*kind, None),
                off: None,
            });
            let items = items.collect();
            state.overlay = Some(Overlay::Menu(Menu { title: text("Add", "新增"), items, cursor: 0 }));
        }
    }
}

/// What can be added to a record: whatever links to it. The section under the cursor comes first.
fn add_menu(state: &mut State, at: Ref) {
    let kinds: Vec<Kind> = at.kind.related().map(|(kind, _)| kind).filter(|kind| *kind != at.kind).collect();
    let here = state.selected().map(|selected| selected.kind);
    let cursor = kinds.iter().position(|kind| Some(*kind) == here).unwrap_or(0);
    let items: Vec<MenuItem> = kinds
        .iter()
        .map(|kind| MenuItem {
            label: kind.table().one.into(),
            does: MenuDoes::Add(*kind, Some(at)),
            off: None,
        })
        .collect();
    state.overlay =
        Some(Overlay::Menu(Menu { title: text("Add to this record", "为此记录新增"), items, cursor }));
}

/// The whole record under the cursor, as far as it is loaded.
pub(in crate::app) fn loaded(state: &State) -> Option<Record> {
    let at = state.selected()?;
    let card = state.card.as_deref()?;
    if card.record.at == at {
        return Some(card.record.clone());
    }
    card.related.iter().flat_map(|related| &related.rows).find(|record| record.at == at).cloned()
}

/// The whole record under the cursor, for an action. `None` where it is not loaded yet: then the
/// action is done as soon as it is.
pub(in crate::app) fn needed(state: &mut State, action: Action, out: &mut Vec<Effect>) -> Option<Record> {
    let record = loaded(state);
    if let (Some(at), None) = (state.selected(), &record) {
        state.wait_for(at, action, out);
    }
    record
}

/// Opens the form of the record under the cursor, or one for all that is marked.
pub(super) fn edit(state: &mut State, out: &mut Vec<Effect>) {
    if let (Some(chosen), Some(list)) = (chosen(state), state.list()) {
        return form::edit_many(state, list.key.kind, chosen, out);
    }
    let Some(record) = needed(state, Action::Edit, out) else { return };
    let field = state
        .record
        .field
        .filter(|_| state.record.cursor.row() == 0 && state.place() == Place::Record(record.at));
    form::edit(state, &record, out);
    if let Some(field) = field {
        form::focus_on(state, field, out);
    }
}

/// Puts what is marked away, else the record under the cursor; or brings it back.
pub(super) fn archive(state: &mut State, out: &mut Vec<Effect>) {
    if let (Some(chosen), Some(list)) = (chosen(state), state.list()) {
        return bulk::shelve(state, list.key.kind, chosen, out);
    }
    let of_list = state.list().and_then(|list| Some((list.record()?, list.shelf == Shelves::Archived)));
    let known = of_list.or_else(|| {
        let record = needed(state, Action::Archive, out)?;
        Some((record.at, record.archived_at.is_some()))
    });
    let Some((at, is_archived)) = known else { return };
    let (act, to, said) = if is_archived {
        (Act::Unarchive, Shelf::Open, words::RESTORED)
    } else {
        (Act::Archive, Shelf::Archive, words::ARCHIVED)
    };
    let said = Sentence::from(said).with("code", code_of(at)).with("name", state.name_of(at));
    let change = Change { act, steps: vec![Step::Shelve { at, to }] };
    state.write(Write::Apply(change), Some(said), out);
}

/// Takes the last own act back; in a history that of the line under the cursor.
pub(super) fn undo(state: &mut State, out: &mut Vec<Effect>) {
    let is_of_acts = matches!(state.place(), Place::History(Of::Record(_) | Of::Register));
    let act = if is_of_acts { state.history.event().map(|event| event.change) } else { None };
    state.write(act.map_or(Write::Undo, Write::UndoAct), None, out);
}

/// Opens the user's editor on the long text of the record under the cursor.
pub(super) fn notes(state: &mut State, out: &mut Vec<Effect>) {
    let Some(record) = needed(state, Action::EditNotes, out) else { return };
    let field = record.table().fields.iter().rposition(|meta| meta.shape == Shape::Long);
    let Some(field) = field else { return };
    let seen = record.values.get(field).cloned().unwrap_or(Value::Null);
    out.push(Effect::OpenEditor(seen.as_text().to_owned()));
    state.editing = Some(Editing::Notes { at: record.at, field, seen });
}

/// Takes the long text of a record back from the editor.
pub fn notes_edited(
    state: &mut State,
    at: Ref,
    field: usize,
    seen: Value,
    text: &str,
    out: &mut Vec<Effect>,
) {
    let trimmed = text.trim_end();
    let new = if trimmed.is_empty() { Value::Null } else { Value::Text(trimmed.to_owned()) };
    if new == seen {
        state.message = Some(Message::note(words::NO_CHANGES));
        return;
    }
    let label = at.kind.table().fields.get(field).map_or(text_blank(), |meta| meta.label);
    let said = Sentence::from(words::NOTES_SAVED).with_word("field", label).with("code", code_of(at));
    let said = said.with("name", state.name_of(at));
    let edits = vec![Edit { field, seen: Some(seen), new: Entered::Value(new) }];
    let step = Step::Update { at, edits, reason: None, only_if: None };
    state.write(Write::Apply(Change { act: Act::Edit, steps: vec![step] }), Some(said), out);
}

fn text_blank() -> crate::texts::Text {
    text("", "")
}
