//! Forms: one for every kind, made from its table.
//!
//! A field is a text as typed; it becomes a value only when the form is saved, and every error
//! is told at once. What is typed is kept as a draft with each key, so nothing is ever lost.

use std::collections::BTreeMap;

use crate::app::action::Action;
use crate::app::draft::{Draft, DraftKey};
use crate::app::input::{TextField, Typed};
use crate::app::key::Key;
use crate::app::keymap::{Context, Meaning};
use crate::app::state::{Editing, Menu, MenuDoes, MenuItem, Message, Overlay, Place, State};
use crate::app::{Effect, words};
use crate::domain::list::Choice;
use crate::entity::input::{self, Entered};
use crate::entity::{Kind, Meta, Record, Ref, Shape, Value, show};
use crate::register::{
    Act, Change, Edit, Found, Refusal, Request, Saved, Slot, Step, Ticket, Write, code_of,
};
use crate::texts::{Lang, Sentence, text};

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
            state.edit_wanted = Some(target);
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

/// Takes a key.
pub fn on_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    let Some(form) = &mut state.form else { return };
    if form.saving.is_some() {
        state.message = Some(Message::note(words::STILL_SAVING));
        return;
    }
    if pick(form, key) {
        return keep(state, out);
    }
    let is_choice = choices(form).is_some();
    match key {
        Key::Left if is_choice => return act(state, Action::PrevWord, out),
        Key::Right | Key::Char(' ') if is_choice => return act(state, Action::NextWord, out),
        Key::Enter => {
            let is_long = form.focused().and_then(|f| form.meta(f)).is_some_and(|m| m.shape == Shape::Long);
            if !is_long {
                return act(state, Action::NextField, out);
            }
            return typed(state, Key::Char('\n'), out);
        }
        _ => {}
    }
    match state.keymap.resolve(&[Context::Form, Context::Global], &[key]) {
        Meaning::Do(Action::Close) => act(state, Action::LeaveForm, out),
        Meaning::Do(action @ (Action::Redraw | Action::Suspend)) => super::browse::act(state, action, out),
        Meaning::Do(Action::FindAnything) => {}
        Meaning::Do(action) => act(state, action, out),
        _ => typed(state, key, out),
    }
}

/// Does an action of the form.
pub fn act(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    let Some(form) = &mut state.form else { return };
    let last = form.fields.len().saturating_sub(1);
    match action {
        Action::NextField => leave_field(state, |focus| if focus >= last { 0 } else { focus + 1 }),
        Action::PrevField => leave_field(state, |focus| focus.checked_sub(1).unwrap_or(last)),
        Action::PrevWord => cycle(state, -1, out),
        Action::NextWord => cycle(state, 1, out),
        Action::ResetField => {
            if let Some(field) = form.fields.get_mut(form.focus) {
                field.input.set(field.original.clone());
                field.error = None;
            }
            keep(state, out);
        }
        Action::Save => save(state, out),
        Action::OpenEditor => {
            let text = form.focused().map(|field| field.input.text().to_owned()).unwrap_or_default();
            state.editing = Some(Editing::Field);
            out.push(Effect::OpenEditor(text));
        }
        Action::LeaveForm => leave(state, out),
        _ => {}
    }
}

/// Takes pasted text into the field under the cursor; a one-line field keeps one line.
pub fn paste(state: &mut State, pasted: &str, out: &mut Vec<Effect>) {
    let Some(form) = &mut state.form else { return };
    let is_long = form.focused().and_then(|f| form.meta(f)).is_some_and(|m| m.shape == Shape::Long);
    let pasted = if is_long {
        pasted.to_owned()
    } else {
        pasted.trim_end_matches(['\r', '\n']).replace(['\r', '\n'], " ")
    };
    if let Some(field) = form.fields.get_mut(form.focus) {
        field.input.paste(&pasted);
        field.error = None;
    }
    keep(state, out);
}

/// Takes the text of the editor into the field under the cursor.
pub fn edited(state: &mut State, text: &str, out: &mut Vec<Effect>) {
    let Some(form) = &mut state.form else { return };
    if let Some(field) = form.fields.get_mut(form.focus) {
        field.input.set(text.trim_end().to_owned());
        field.error = None;
    }
    keep(state, out);
}

/// Takes what the picker offers.
pub fn suggest(state: &mut State, hits: Vec<Found>) {
    if let Some(form) = &mut state.form {
        form.suggestions = hits;
        form.suggestion = None;
    }
}

/// Takes the outcome of saving.
pub fn on_written(state: &mut State, result: Result<Saved, Refusal>, out: &mut Vec<Effect>) {
    let Some(form) = &mut state.form else { return };
    form.saving = None;
    match result {
        Ok(saved) => {
            out.push(Effect::DropDraft(form.draft_key()));
            let at = form.target.or_else(|| saved.records.first().copied());
            state.form = None;
            if let Some(at) = at {
                state.message = Some(Message::good(Sentence::from(words::SAVED).with("code", code_of(at))));
                if let Place::List(key) = state.place()
                    && key.kind == at.kind
                {
                    state.list_mut(key).at = Some(at.id);
                }
            }
            state.refresh(out);
        }
        Err(Refusal::Invalid(problems)) => {
            for problem in problems {
                let field =
                    form.fields.iter().position(|f| form.meta(f).is_some_and(|m| m.key == problem.field));
                match field.and_then(|at| form.fields.get_mut(at)) {
                    Some(field) => field.error = Some(problem.sentence),
                    None => state.message = Some(Message::bad(problem.sentence)),
                }
            }
            to_first_error(state);
        }
        Err(Refusal::Conflict(conflict)) => {
            for clash in conflict.clashes {
                if let Some(field) = form.fields.iter_mut().find(|field| field.at == clash.field) {
                    field.seen = clash.theirs.clone();
                    field.theirs = Some(clash.theirs);
                }
            }
            form.version = conflict.version;
            state.message = Some(Message::bad(words::CONFLICT));
        }
        Err(refusal) => state.message = Message::refused(&refusal),
    }
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

/// The keys of the picker while it is open. Whether the key was one of them.
fn pick(form: &mut Form, key: Key) -> bool {
    if form.suggestions.is_empty() {
        return false;
    }
    let last = form.suggestions.len() - 1;
    match (key, form.suggestion) {
        (Key::Down, None) => form.suggestion = Some(0),
        (Key::Down, Some(at)) => form.suggestion = Some((at + 1).min(last)),
        (Key::Up, Some(0)) => form.suggestion = None,
        (Key::Up, Some(at)) => form.suggestion = Some(at - 1),
        (Key::Enter, at) => {
            let Some(hit) = form.suggestions.get(at.unwrap_or(0)).cloned() else { return false };
            if let Some(field) = form.fields.get_mut(form.focus) {
                field.input.set(hit.title.clone());
                field.picked = Some((hit.title, hit.code));
                field.error = None;
            }
            form.suggestions.clear();
        }
        (Key::Esc, _) => form.suggestions.clear(),
        _ => return false,
    }
    true
}

fn typed(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    let Some(form) = &mut state.form else { return };
    let Some(meta) = form.focused().and_then(|field| form.meta(field)) else { return };
    if let (Some(list), Key::Char(c)) = (choices(form), key) {
        return first_with(state, list, c, out);
    }
    let Some(field) = form.fields.get_mut(form.focus) else { return };
    if field.input.key(key) != Typed::Changed {
        return;
    }
    field.error = None;
    let text = field.input.text().trim().to_owned();
    form.suggestions.clear();
    form.suggestion = None;
    if let Shape::Link(kind) = meta.shape
        && !text.is_empty()
    {
        state.ask(Slot::Find, Request::Find { text, kinds: vec![kind] }, out);
    }
    keep(state, out);
}

/// The next word of a choice field that begins with a letter.
fn first_with(state: &mut State, list: &'static [Choice], letter: char, out: &mut Vec<Effect>) {
    let lang = state.lang;
    let Some(form) = &mut state.form else { return };
    let Some(field) = form.fields.get_mut(form.focus) else { return };
    let now = list.iter().position(|choice| choice.key == field.input.text());
    let starts = |choice: &Choice| {
        let label = choice.label.in_(lang).chars().next().map(|c| c.to_lowercase().to_string());
        label == Some(letter.to_lowercase().to_string()) || choice.key.starts_with(letter)
    };
    let from = now.map_or(0, |at| at + 1);
    let after = list.iter().skip(from).find(|choice| starts(choice));
    if let Some(choice) = after.or_else(|| list.iter().find(|choice| starts(choice))) {
        field.input.set(choice.key);
        field.error = None;
        keep(state, out);
    }
}

fn cycle(state: &mut State, by: isize, out: &mut Vec<Effect>) {
    let Some(form) = &mut state.form else { return };
    let Some(list) = choices(form) else { return };
    let required = form.focused().and_then(|field| form.meta(field)).is_some_and(|meta| meta.required);
    let Some(field) = form.fields.get_mut(form.focus) else { return };
    // A field that may be blank has the blank as one more word, before the first.
    let blank = usize::from(!required);
    let count = list.len() + blank;
    let now = list.iter().position(|choice| choice.key == field.input.text()).map_or(0, |at| at + blank);
    let next = (now + count).saturating_add_signed(by) % count;
    let word = next.checked_sub(blank).and_then(|at| list.get(at)).map_or("", |choice| choice.key);
    field.input.set(word);
    field.error = None;
    keep(state, out);
}

/// Errors show when a field is left, not while one types.
fn leave_field(state: &mut State, to: impl Fn(usize) -> usize) {
    let reading = state.reading();
    let Some(form) = &mut state.form else { return };
    form.suggestions.clear();
    form.suggestion = None;
    let meta = form.focused().and_then(|field| form.meta(field));
    if let (Some(meta), Some(field)) = (meta, form.fields.get_mut(form.focus)) {
        field.error = input::read(meta, field.input.text(), &reading).err();
    }
    form.focus = to(form.focus);
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

fn save(state: &mut State, out: &mut Vec<Effect>) {
    let reading = state.reading();
    let Some(form) = &mut state.form else { return };
    form.suggestions.clear();
    let table = form.kind.table();
    let mut edits: Vec<Edit> = Vec::new();
    for field in &mut form.fields {
        let Some(meta) = table.fields.get(field.at) else { continue };
        let changed = Form::is_changed(field);
        if !changed && form.target.is_some() {
            continue;
        }
        match entered(meta, field, &reading) {
            Ok(Entered::Value(Value::Null)) if meta.required => {
                field.error = Some(Sentence::from(MISSING).with_word("field", meta.label));
            }
            Ok(Entered::Value(Value::Null)) if !changed => {}
            Ok(new) => {
                field.error = None;
                edits.push(Edit { field: field.at, seen: Some(field.seen.clone()), new });
            }
            Err(sentence) => field.error = Some(sentence),
        }
    }
    if form.errors() > 0 {
        return to_first_error(state);
    }
    if edits.is_empty() {
        let key = form.draft_key();
        state.form = None;
        out.push(Effect::DropDraft(key));
        state.message = Some(Message::note(words::NO_CHANGES));
        return;
    }
    let reason =
        form.fields.iter().find(|field| field.at == REASON).map(|field| field.input.text().trim().to_owned());
    let reason = reason.filter(|reason| !reason.is_empty());
    let (act, step) = match form.target {
        Some(at) => (Act::Edit, Step::Update { at, edits, reason, only_if: None }),
        None => {
            let fields = edits.into_iter().map(|edit| (edit.field, edit.new)).collect();
            (Act::Add, Step::Insert { kind: form.kind, fields })
        }
    };
    let ticket = state.write(Write::Apply(Change { act, steps: vec![step] }), None, out);
    if let Some(form) = &mut state.form {
        form.saving = ticket;
    }
}

/// The value of a field; a picked record by its code, however it is called.
fn entered(meta: &Meta, field: &FormField, reading: &input::Reading) -> Result<Entered, Sentence> {
    match &field.picked {
        Some((name, code)) if field.input.text() == name => Ok(Entered::Refer(code.clone())),
        _ => input::read(meta, field.input.text(), reading),
    }
}

fn to_first_error(state: &mut State) {
    let Some(form) = &mut state.form else { return };
    if let Some(first) = form.fields.iter().position(|field| field.error.is_some()) {
        form.focus = first;
        let sentence = Sentence::from(words::ERRORS).with("n", form.errors());
        state.message = Some(Message::bad(sentence));
    }
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

const MISSING: crate::texts::Text = text("{field} is needed.", "请填写{field}。");
