//! Forms: one for every kind, made from its table.
//!
//! A field is a text as typed; it becomes a value only when the form is saved, and every error
//! is told at once. What is typed is kept as a draft with each key, so nothing is ever lost.

use std::collections::BTreeMap;

use crate::app::draft::DraftId;
use crate::app::input::TextField;
use crate::app::keymap::Context;
use crate::app::marks::Chosen;
use crate::app::state::{Message, State};
use crate::app::{Effect, words};
use crate::domain::deed::Deed;
use crate::entity::{Kind, Link, Meta, Record, Ref, Shape, Value, show};
use crate::limits;
use crate::register::{Ticket, code_of};
use crate::texts::{Lang, Sentence, text};

pub use deed::open as deed;
pub use keys::{act, edited, on_key, paste};
pub use many::{EMPTY, edit as edit_many};
pub use picker::{Picker, learnt, suggest};
pub use save::{as_typed, on_delayed, on_written, on_written_behind};
pub use several::{several, several_of, taken};
pub use word::{WordPicker, choices, words_of};

mod deed;
mod kept;
mod keys;
mod many;
pub mod merge;
pub mod offer;
mod picker;
mod save;
mod several;
mod word;

/// An open form.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// The kind of its record.
    pub kind: Kind,
    /// The record that is edited; `None` for a new one.
    pub target: Option<Ref>,
    /// The record that a new one was begun for.
    pub linked: Option<Ref>,
    /// What is done with the contract it is opened on, where it asks for that.
    pub deed: Option<Deed>,
    /// The contract as it was then.
    pub done_with: Option<Box<Record>>,
    /// Whether that cannot be done without a reason.
    pub why_needed: bool,
    /// The records that are all edited, where they are several.
    pub many: Option<Chosen>,
    /// What people call that record.
    pub name: String,
    /// The number of its draft.
    pub draft: DraftId,
    /// The fields that are shown, in their order.
    pub fields: Vec<FormField>,
    /// The field under the cursor.
    pub focus: usize,
    /// The write under way.
    pub saving: Option<Ticket>,
    /// Whether that takes so long that it must be waiting for another operator's.
    pub delayed: bool,
    /// What the field under the cursor offers, if it links or its values repeat.
    pub picker: Option<Picker>,
    /// The words it offers, while some letters of one are typed.
    pub words: Option<WordPicker>,
    /// The values that fields have in the register, by their key.
    pub known: BTreeMap<&'static str, Vec<String>>,
    /// Whether the record is put away.
    pub archived: bool,
    /// Whether the values of others that wait for a decision were gone to: then to save is one.
    pub warned: bool,
}

/// One field of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct FormField {
    /// Its place in the table.
    pub at: usize,
    /// What is typed.
    pub input: TextField,
    /// What it held when it was typed over, as one would type it.
    pub original: String,
    /// The value it held then.
    pub seen: Value,
    /// The record that was picked, while the text is still its name.
    pub picked: Option<(String, String)>,
    /// What is wrong, in words.
    pub error: Option<Sentence>,
    /// What another operator wrote meanwhile.
    pub theirs: Option<Value>,
    /// Whether it began with another value than it holds, which is saved though nobody typed it.
    pub begun: bool,
}

/// What a form is opened for.
#[derive(Debug, Clone, Copy)]
enum Opened {
    /// An edit of this record.
    On(Ref),
    /// A new record, begun for this one.
    For(Option<Ref>),
    /// An edit of several records.
    OnMany,
}

impl Form {
    /// A form that holds values, in the order of the kind's table.
    fn of(kind: Kind, opened: Opened, values: &[Value]) -> Self {
        let table = kind.table();
        let (target, linked) = match opened {
            Opened::On(at) => (Some(at), None),
            Opened::For(linked) => (None, linked),
            Opened::OnMany => (None, None),
        };
        let shown = table.fields.iter().enumerate().filter(|(_, meta)| !meta.hidden);
        let mut fields: Vec<FormField> = shown
            .map(|(at, meta)| FormField::of(at, meta, values.get(at).cloned().unwrap_or(Value::Null)))
            .collect();
        let is_edit = !matches!(opened, Opened::For(_));
        if let Some(moves) = table.moves.filter(|_| is_edit) {
            let is_state =
                |field: &FormField| table.fields.get(field.at).is_some_and(|m| m.key == moves.field);
            let after = fields.iter().position(is_state);
            fields.insert(
                after.map_or(fields.len(), |at| at + 1),
                FormField::of(REASON, &REASON_META, Value::Null),
            );
        }
        Self {
            kind,
            target,
            linked,
            deed: None,
            done_with: None,
            why_needed: false,
            many: None,
            name: String::new(),
            draft: 0,
            fields,
            focus: 0,
            saving: None,
            delayed: false,
            picker: None,
            words: None,
            known: BTreeMap::new(),
            archived: false,
            warned: false,
        }
    }

    /// Whether a field differs from what it held.
    #[must_use]
    pub fn is_changed(field: &FormField) -> bool {
        field.input.text() != field.original
    }

    /// How many fields differ.
    #[must_use]
    pub fn changes(&self) -> usize {
        self.fields.iter().filter(|field| Self::is_changed(field)).count()
    }

    /// How many fields are wrong.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.fields.iter().filter(|field| field.error.is_some()).count()
    }

    /// Where its keys are read, innermost first.
    #[must_use]
    pub fn contexts(&self) -> Vec<Context> {
        let offers =
            self.words.is_some() || self.picker.as_ref().is_some_and(|picker| !picker.hits.is_empty());
        let inner = offers.then_some(Context::Picker).into_iter();
        let inner = inner.chain(choices(self).map(|_| Context::Choice));
        let inner = inner.chain(several(self).map(|_| Context::Several));
        inner.chain([Context::Form, Context::Global]).collect()
    }

    /// What the table says of a field.
    #[must_use]
    pub fn meta(&self, field: &FormField) -> Option<&'static Meta> {
        match self.deed {
            Some(_) if field.at == REASON => Some(deed::why(self)),
            Some(deed) => deed::meta(deed, field.at),
            None if field.at == REASON => Some(&REASON_META),
            None => self.kind.table().fields.get(field.at),
        }
    }

    /// The field under the cursor.
    #[must_use]
    pub fn focused(&self) -> Option<&FormField> {
        self.fields.get(self.focus)
    }

    /// Whether the field under the cursor takes many lines.
    #[must_use]
    pub fn is_long(&self) -> bool {
        self.focused().and_then(|field| self.meta(field)).is_some_and(|meta| meta.shape == Shape::Long)
    }

    fn focused_mut(&mut self) -> Option<&mut FormField> {
        self.fields.get_mut(self.focus)
    }
}

impl FormField {
    /// A field that holds a value.
    fn of(at: usize, meta: &Meta, seen: Value) -> Self {
        let original = typed_form(&seen);
        let picked = seen.as_link().map(|link| (original.clone(), link.code.clone()));
        let most = if meta.shape == Shape::Long { limits::LONG_CHARS } else { limits::LINE_CHARS };
        let input = TextField::of_at_most(most, &original);
        Self { at, input, original, seen, picked, error: None, theirs: None, begun: false }
    }

    /// Puts a value into it that is saved, though nobody typed it.
    fn begin(&mut self, value: &Value) {
        self.original = typed_form(value);
        self.input.set(self.original.clone());
        self.begun = *value != self.seen;
    }

    /// What it holds in the register, as one would type it, while it is to hold something else.
    #[must_use]
    pub fn replaces(&self) -> Option<String> {
        if self.begun {
            return Some(typed_form(&self.seen));
        }
        Form::is_changed(self).then(|| self.original.clone())
    }

    /// What the operator knows that the register holds: what another wrote, once that was shown.
    fn known(&self) -> &Value {
        self.theirs.as_ref().unwrap_or(&self.seen)
    }

    /// Takes back what was typed: the field holds what the register does, as far as is known.
    fn reset(&mut self, meta: &Meta) {
        *self = Self::of(self.at, meta, self.known().clone());
    }

    /// The code of the record that was picked, while the text is still its name.
    fn picked_code(&self) -> Option<&str> {
        self.picked.as_ref().filter(|(name, _)| name == self.input.text()).map(|(_, code)| code.as_str())
    }
}

/// Opens a form for a new record, with `linked` in the field that links to its kind.
pub fn add(state: &mut State, kind: Kind, linked: Option<Ref>, out: &mut Vec<Effect>) {
    begin(state, kind, linked, &[], out);
}

/// Opens a form for a new record as [`add`], in which these fields, by their place, hold something already.
pub fn begin(
    state: &mut State,
    kind: Kind,
    linked: Option<Ref>,
    begun: &[(usize, Value)],
    out: &mut Vec<Effect>,
) {
    let table = kind.table();
    let mut values = (table.blank)();
    for (at, value) in begun {
        if let Some(cell) = values.get_mut(*at) {
            cell.clone_from(value);
        }
    }
    let known = state.card.iter().flat_map(|card| {
        std::iter::once(&card.record).chain(card.related.iter().flat_map(|related| &related.rows))
    });
    let name = known.filter(|record| Some(record.at) == linked).map(Record::label).next().unwrap_or_default();
    if let Some(Ref { kind, id }) = linked {
        let at = table.fields.iter().position(|meta| meta.shape == Shape::Link(kind));
        if let Some(cell) = at.and_then(|at| values.get_mut(at)) {
            *cell = Value::Link(Link { kind, id, code: code_of(Ref { kind, id }), label: name.clone() });
        }
    }
    open(state, Form { name, ..Form::of(kind, Opened::For(linked), &values) }, out);
    if let Some(form) = state.form.as_mut().filter(|_| !begun.is_empty()) {
        // What is begun already is not what one types first.
        form.focus = form.fields.iter().position(|field| field.input.text().is_empty()).unwrap_or(0);
        picker::learn(state, out);
    }
}

/// Opens a form on a record.
pub fn edit(state: &mut State, record: &Record, out: &mut Vec<Effect>) {
    let form = Form::of(record.at.kind, Opened::On(record.at), &record.values);
    let archived = record.archived_at.is_some();
    open(state, Form { name: record.label(), archived, ..form }, out);
    if let Some(form) = &mut state.form {
        // A draft may have been typed over values that are no more.
        form.meet(record);
        if form.has_theirs() {
            form.go_to_theirs();
            state.message = Some(Message::doubt(words::THEIRS_MEANWHILE));
        }
    }
}

/// Goes to the field at this place of the table.
pub fn focus_on(state: &mut State, place: usize, out: &mut Vec<Effect>) {
    let Some(form) = &mut state.form else { return };
    if let Some(at) = form.fields.iter().position(|field| field.at == place) {
        form.focus = at;
        picker::learn(state, out);
    }
}

/// The same by the key of the field.
pub fn focus_on_key(state: &mut State, key: &str, out: &mut Vec<Effect>) {
    let place = state.form.as_ref().and_then(|form| form.kind.table().field(key));
    if let Some(place) = place {
        focus_on(state, place, out);
    }
}

/// Begins fields with values that are saved with the form, and are no change of anybody's: left so, there
/// is nothing to keep. What a draft holds stays.
pub fn begin_with(state: &mut State, begins: &[(&'static str, Value)]) {
    let Some(form) = &mut state.form else { return };
    let table = form.kind.table();
    for (key, value) in begins {
        let place = table.field(key);
        let field = form.fields.iter_mut().find(|field| Some(field.at) == place);
        if let Some(field) = field.filter(|field| !Form::is_changed(field)) {
            field.begin(value);
        }
    }
}

/// The same whatever a draft holds.
pub fn impose(state: &mut State, values: &[(&'static str, Value)]) {
    let Some(form) = &mut state.form else { return };
    let table = form.kind.table();
    for (key, value) in values {
        let place = table.field(key);
        if let Some(field) = form.fields.iter_mut().find(|field| Some(field.at) == place) {
            field.begin(value);
        }
    }
}

fn open(state: &mut State, mut form: Form, out: &mut Vec<Effect>) {
    if state.read_only {
        state.message = Some(Message::bad(words::READ_ONLY));
        return;
    }
    kept::go_on(state, &mut form, out);
    state.form = Some(form);
    picker::learn(state, out);
}

/// The place of the line that asks why a state changes; it is no field of the record.
pub const REASON: usize = usize::MAX;

static REASON_META: Meta = crate::entity::field::field::<()>(
    "reason",
    text("Why (state)", "变更原因"),
    Shape::Line,
    |()| Value::Null,
    |(), _| Ok(()),
)
.hint(text("for a change of state that wants one", "状态变更需要时填写"))
.meta;

/// Whether what stands in a field is typed there, letter by letter, and not chosen.
#[must_use]
pub fn is_typed(meta: &Meta) -> bool {
    words_of(meta).is_none() && several_of(meta).is_none()
}

/// How a value stands in a field: a link by its name, all else as one would type it.
fn typed_form(value: &Value) -> String {
    match value {
        Value::Link(link) if !link.label.is_empty() => link.label.clone(),
        other => show::plain(other),
    }
}

/// What a field shows for a text: the labels of chosen words, else the text as typed.
#[must_use]
pub fn shown(meta: &Meta, text: &str, lang: Lang) -> String {
    if let Some(list) = several_of(meta) {
        let labels: Vec<&str> = taken(list, text).iter().map(|choice| choice.label.in_(lang)).collect();
        return labels.join(", ");
    }
    let chosen = words_of(meta).into_iter().flatten().find(|choice| choice.key == text);
    chosen.map_or(text, |choice| choice.label.in_(lang)).to_owned()
}

#[cfg(test)]
mod tests;
