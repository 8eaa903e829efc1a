//! Drafts of forms: kept with each key, laid over the form when it is opened again.

use std::collections::BTreeMap;

use super::{Form, FormField, picker};
use crate::app::draft::{Draft, DraftField, DraftForm, MANY};
use crate::app::state::{Message, State};
use crate::app::{Effect, words};
use crate::domain::list::ClosedList;
use crate::entity::{Link, Meta, Value, show};
use crate::register::{code_of, coded};
use crate::texts::Sentence;

impl Form {
    /// What tells this form from all others.
    fn told(&self) -> DraftForm {
        DraftForm {
            kind: self.kind.table().word.to_owned(),
            code: if self.many.is_some() {
                MANY.to_owned()
            } else {
                self.target.map(code_of).unwrap_or_default()
            },
            linked: self
                .deed
                .map_or_else(|| self.linked.map(code_of).unwrap_or_default(), |deed| deed.key().to_owned()),
        }
    }

    fn draft(&self) -> Draft {
        let key_of = |field: &FormField| self.meta(field).map_or("", |meta| meta.key).to_owned();
        let kept = self.fields.iter().filter(|field| self.is_kept(field));
        let fields: BTreeMap<String, DraftField> = kept.map(|field| (key_of(field), field.kept())).collect();
        let focus = self.focused().map(key_of).unwrap_or_default();
        Draft { id: self.draft, form: self.told(), name: self.name.clone(), fields, focus }
    }

    /// Whether a field belongs into the draft. A link that a new record began with is no change,
    /// but without it the record would be another's.
    fn is_kept(&self, field: &FormField) -> bool {
        Self::is_changed(field)
            || field.begun
            || (self.target.is_none() && self.many.is_none() && field.picked_code().is_some())
    }
}

impl FormField {
    /// What is kept of it.
    pub(super) fn kept(&self) -> DraftField {
        DraftField {
            text: self.input.text().to_owned(),
            picked: self.picked_code().map(str::to_owned),
            was: self.replaces().unwrap_or_else(|| self.original.clone()),
            seen: show::to_json(&self.seen),
        }
    }

    /// The field as it was when it was kept.
    pub(super) fn again(at: usize, meta: &Meta, kept: &DraftField) -> Self {
        let mut field = Self::of(at, meta, seen(meta, kept));
        field.input.set(&kept.text);
        field.original.clone_from(&kept.was);
        field.picked = kept.picked.clone().map(|code| (kept.text.clone(), code));
        field
    }
}

/// Lays the newest draft of this form over it; without one the form begins a draft of its own.
pub(super) fn go_on(state: &mut State, form: &mut Form, out: &mut Vec<Effect>) {
    let told = form.told();
    let Some(at) = state.drafts.iter().rposition(|draft| draft.form == told) else {
        let others = state.drafts.iter().chain(state.unanswered.values());
        form.draft = others.map(|draft| draft.id).max().unwrap_or(0) + 1;
        return;
    };
    let draft = state.drafts.remove(at);
    lay_over(form, &draft);
    let is_of_others = form.many.is_some() && draft.name != form.name;
    state.message = Some(if is_of_others {
        Message::doubt(Sentence::from(words::DRAFT_OF_OTHERS).with("name", &draft.name))
    } else {
        Message::note(words::DRAFT_OPENED)
    });
    out.push(Effect::KeepDraft(draft));
}

fn lay_over(form: &mut Form, draft: &Draft) {
    form.draft = draft.id;
    if form.name.is_empty() {
        form.name.clone_from(&draft.name);
    }
    let metas: Vec<Option<&'static Meta>> = form.fields.iter().map(|field| form.meta(field)).collect();
    for (at, (field, meta)) in form.fields.iter_mut().zip(metas).enumerate() {
        let Some(meta) = meta else { continue };
        if meta.key == draft.focus {
            form.focus = at;
        }
        if let Some(kept) = draft.fields.get(meta.key) {
            *field = FormField::again(field.at, meta, kept);
        }
    }
}

/// The value that a field of a draft was typed over; blank when it can no longer be read.
fn seen(meta: &Meta, kept: &DraftField) -> Value {
    match show::from_json(meta.shape, &kept.seen) {
        Some(Value::Link(link)) => coded(link.kind, &link.code)
            .map_or(Value::Null, |at| Value::Link(Link { id: at.id, label: kept.was.clone(), ..link })),
        value => value.unwrap_or(Value::Null),
    }
}

/// Keeps what is typed, or forgets the draft when nothing differs any more.
pub(super) fn keep(state: &mut State, out: &mut Vec<Effect>) {
    let Some(form) = &state.form else { return };
    if form.changes() == 0 {
        out.push(Effect::DropDraft(form.draft));
    } else {
        out.push(Effect::KeepDraft(form.draft()));
    }
}

/// Closes the form; what was typed stays as a draft. While it is being saved, the draft is kept
/// out of the way until the answer is there.
pub(super) fn leave(state: &mut State, out: &mut Vec<Effect>) {
    picker::close(state);
    let Some(form) = state.form.take() else { return };
    if form.changes() == 0 {
        out.push(Effect::DropDraft(form.draft));
        return;
    }
    let draft = form.draft();
    out.push(Effect::KeepDraft(draft.clone()));
    match form.saving {
        None => {
            state.drafts.push(draft);
            state.message = Some(Message::note(words::DRAFT_KEPT));
        }
        Some(ticket) => {
            state.unanswered.insert(ticket, draft);
            state.message = Some(Message::note(words::LEFT_SAVING));
        }
    }
}
