//! Forms: one for every kind, made from its table.
//!
//! A field is a text as typed; it becomes a value only when the form is saved, and every error
//! is told at once. What is typed is kept as a draft with each key, so nothing is ever lost.

use std::collections::BTreeMap;

use crate::app::action::Action;
use crate::app::draft::{Draft, DraftKey};
use crate::app::input::TextField;
use crate::app::state::{Menu, MenuDoes, MenuItem, Message, Overlay, Place, State};
use crate::app::{Effect, words};
use crate::domain::list::Choice;
use crate::entity::{Kind, Meta, Record, Ref, Shape, Value, show};
use crate::register::{Found, Ticket, code_of};
use crate::texts::{Lang, Sentence, text};

pub use keys::{act, edited, on_key, paste, suggest};
pub use save::on_written;

mod keys;
mod save;

/// An open form.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// The kind of its record.
    pub kind: Kind,
    /// The record that is edited; `None` for a new one.
    pub target: Option<Ref>,
    /// The version of the record when the form was opened.
    pub version: i64,
    /// The fields that are shown, in their order.
    pub fields: Vec<FormField>,
    /// The field under the cursor.
    pub focus: usize,
    /// The write under way.
    pub saving: Option<Ticket>,
    /// What the picker of a linking field offers.
    pub suggestions: Vec<Found>,
    /// The suggestion under the cursor; `None` while the text itself is meant.
    pub suggestion: Option<usize>,
}

/// One field of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct FormField {
    /// Its place in the table.
    pub at: usize,
    /// What is typed.
    pub input: TextField,
    /// What it held when the form was opened, as one would type it.
    pub original: String,
    /// The value it held.
    pub seen: Value,
    /// The record that was picked, while the text is still its name.
    pub picked: Option<(String, String)>,
    /// What is wrong, in words.
    pub error: Option<Sentence>,
    /// What another operator wrote meanwhile.
    pub theirs: Option<Value>,
}

impl Form {
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

    /// What the table says of a field.
    #[must_use]
    pub fn meta(&self, field: &FormField) -> Option<&'static Meta> {
        if field.at == REASON { Some(&REASON_META) } else { self.kind.table().fields.get(field.at) }
    }

    /// The field under the cursor.
    #[must_use]
    pub fn focused(&self) -> Option<&FormField> {
        self.fields.get(self.focus)
    }

    fn draft_key(&self) -> DraftKey {
        DraftKey {
            kind: self.kind.table().word.to_owned(),
            code: self.target.map(code_of).unwrap_or_default(),
        }
    }

    fn draft(&self) -> Draft {
        let key_of = |field: &FormField| self.meta(field).map_or("", |meta| meta.key).to_owned();
        let changed = self.fields.iter().filter(|field| Self::is_changed(field));
        let fields: BTreeMap<String, String> =
            changed.map(|field| (key_of(field), field.input.text().to_owned())).collect();
        let focus = self.focused().map(key_of).unwrap_or_default();
        Draft { key: self.draft_key(), version: self.version, fields, focus }
    }
}

/// Opens a form for a new record, with `linked` in the field that links to its kind.
pub fn add(state: &mut State, kind: Kind, linked: Option<Ref>, out: &mut Vec<Effect>) {
    let table = kind.table();
    let mut values = (table.blank)();
    if let Some(linked) = linked {
        let at = table.fields.iter().position(|meta| meta.shape == Shape::Link(linked.kind));
        if let Some(cell) = at.and_then(|at| values.get_mut(at)) {
            let label =
                state.card.as_ref().filter(|card| card.record.at == linked).map(|card| card.record.label());
            *cell = Value::Link(crate::entity::Link {
                kind: linked.kind,
                id: linked.id,
                code: code_of(linked),
                label: label.unwrap_or_default(),
            });
        }
    }
    open(state, kind, None, 0, &values, out);
}

/// Opens a form on a record.
pub fn edit(state: &mut State, record: &Record, out: &mut Vec<Effect>) {
    open(state, record.at.kind, Some(record.at), record.version, &record.values, out);
}

fn open(
    state: &mut State,
    kind: Kind,
    target: Option<Ref>,
    version: i64,
    values: &[Value],
    out: &mut Vec<Effect>,
) {
    if state.read_only {
        state.message = Some(Message::bad(words::READ_ONLY));
        return;
    }
    let table = kind.table();
    let shown = table.fields.iter().enumerate().filter(|(_, meta)| !meta.hidden);
    let mut fields: Vec<FormField> = shown
        .map(|(at, _)| {
            let seen = values.get(at).cloned().unwrap_or(Value::Null);
            let original = typed_form(&seen);
            let picked = seen.as_link().map(|link| (original.clone(), link.code.clone()));
            FormField {
                at,
                input: TextField::new(&original),
                original,
                seen,
                picked,
                error: None,
                theirs: None,
            }
        })
        .collect();
    if let (Some(_), Some(moves)) = (target, table.moves) {
        let after =
            fields.iter().position(|field| table.fields.get(field.at).is_some_and(|m| m.key == moves.field));
        fields.insert(after.map_or(fields.len(), |at| at + 1), reason_field());
    }
    let mut form = Form {
        kind,
        target,
        version,
        fields,
        focus: 0,
        saving: None,
        suggestions: Vec::new(),
        suggestion: None,
    };
    let key = form.draft_key();
    if let Some(at) = state.drafts.iter().position(|draft| draft.key == key) {
        let draft = state.drafts.remove(at);
        lay_over(&mut form, &draft);
        state.message = Some(Message::note(words::DRAFT_OPENED));
        out.push(Effect::KeepDraft(draft));
    }
    state.form = Some(form);
}

/// Goes on with a kept draft.
pub fn resume(state: &mut State, at: usize, out: &mut Vec<Effect>) {
    let Some(draft) = state.drafts.get(at) else { return };
    let Some(kind) = Kind::from_word(&draft.key.kind) else { return };
    match crate::register::ref_of(&draft.key.code) {
        None => add(state, kind, None, out),
        Some(target) => {
            state.go(Place::Record(target), out);
            state.wait_for(target, Action::Edit, out);
        }
    }
}

/// The question at the start: what to do with drafts that an earlier run left.
#[must_use]
pub fn draft_menu(state: &State) -> Overlay {
    let label =
        |draft: &Draft| Kind::from_word(&draft.key.kind).map_or(text("?", "?"), |kind| kind.table().one);
    let drafts = state.drafts.iter().enumerate();
    let mut items: Vec<MenuItem> =
        drafts.map(|(at, draft)| MenuItem { label: label(draft), does: MenuDoes::Resume(at) }).collect();
    items.push(MenuItem { label: text("Throw away", "丢弃"), does: MenuDoes::DropDrafts });
    Overlay::Menu(Menu {
        title: text("Kept drafts: go on with", "保留的草稿：继续"), items, cursor: 0
    })
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

fn reason_field() -> FormField {
    FormField {
        at: REASON,
        input: TextField::default(),
        original: String::new(),
        seen: Value::Null,
        picked: None,
        error: None,
        theirs: None,
    }
}

/// The words a choice field may hold.
#[must_use]
pub fn choices(form: &Form) -> Option<&'static [Choice]> {
    match form.focused().and_then(|field| form.meta(field))?.shape {
        Shape::Choice(list) => Some(list),
        Shape::Bool => Some(YES_NO),
        _ => None,
    }
}

/// The words of a yes-or-no field.
pub const YES_NO: &[Choice] = &[
    Choice { key: "no", label: text("no", "否"), tone: crate::domain::list::Tone::Plain },
    Choice { key: "yes", label: text("yes", "是"), tone: crate::domain::list::Tone::Plain },
];

/// How a value stands in a field: a link by its name, all else as one would type it.
fn typed_form(value: &Value) -> String {
    match value {
        Value::Link(link) if !link.label.is_empty() => link.label.clone(),
        other => show::plain(other),
    }
}

fn lay_over(form: &mut Form, draft: &Draft) {
    let kind = form.kind;
    let key_of = |field: &FormField| {
        if field.at == REASON {
            REASON_META.key
        } else {
            kind.table().fields.get(field.at).map_or("", |meta| meta.key)
        }
    };
    for field in &mut form.fields {
        if let Some(text) = draft.fields.get(key_of(field)) {
            field.input.set(text.clone());
        }
    }
    form.focus = form.fields.iter().position(|field| key_of(field) == draft.focus).unwrap_or(0);
}

fn keep(state: &mut State, out: &mut Vec<Effect>) {
    let Some(form) = &state.form else { return };
    if form.changes() == 0 {
        out.push(Effect::DropDraft(form.draft_key()));
    } else {
        out.push(Effect::KeepDraft(form.draft()));
    }
}

fn leave(state: &mut State, out: &mut Vec<Effect>) {
    let Some(form) = state.form.take() else { return };
    if form.changes() == 0 {
        out.push(Effect::DropDraft(form.draft_key()));
        return;
    }
    let draft = form.draft();
    state.drafts.retain(|kept| kept.key != draft.key);
    state.drafts.push(draft.clone());
    out.push(Effect::KeepDraft(draft));
    state.message = Some(Message::note(words::DRAFT_KEPT));
}

/// What a field shows: the label of a chosen word, else the text as typed.
#[must_use]
pub fn shown(meta: &Meta, field: &FormField, lang: Lang) -> String {
    let word = |list: &'static [Choice]| list.iter().find(|choice| choice.key == field.input.text());
    let chosen = match meta.shape {
        Shape::Choice(list) => word(list),
        Shape::Bool => word(YES_NO),
        _ => None,
    };
    chosen.map_or_else(|| field.input.text().to_owned(), |choice| choice.label.in_(lang).to_owned())
}
