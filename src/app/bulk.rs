//! Acts on marked records: one change, one undo. One of many records is confirmed by typing how many
//! they are; where some cannot, they are shown and can be left out.

use crate::app::action::Action;
use crate::app::command::CommandLine;
use crate::app::input::TextField;
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::marks::{Chosen, chosen};
use crate::app::overlay::{moved, no_action};
use crate::app::state::{Message, Overlay, State};
use crate::app::{Effect, words};
use crate::domain::decimal::fold_width;
use crate::entity::input::{self, Entered};
use crate::entity::{Kind, Ref, Value, show, words as list_words};
use crate::limits;
use crate::register::{
    Bulk, Does, Misfits, New, Refusal, Saved, Shelf, Shelves, Ticket, Unfit, Write, code_of,
};
use crate::texts::{Lang, Sentence, Text, text};

/// The question whether an act on many records shall be done: answered by typing their number.
#[derive(Debug, Clone, PartialEq)]
pub struct Confirm {
    /// The act.
    pub bulk: Box<Bulk>,
    /// What is typed.
    pub field: TextField,
}

/// The records of an act that cannot.
#[derive(Debug, Clone, PartialEq)]
pub struct MisfitsPane {
    /// The act.
    pub bulk: Box<Bulk>,
    /// Which, and why.
    pub misfits: Misfits,
    /// The line under the cursor.
    pub cursor: usize,
}

/// Puts the marked records away, or brings them back.
pub(super) fn shelve(state: &mut State, kind: Kind, chosen: Chosen, out: &mut Vec<Effect>) {
    let to = if chosen.shelf == Shelves::Open { Shelf::Archive } else { Shelf::Open };
    ask(state, of(kind, chosen, Does::Shelve(to)), out);
}

/// Proposes a command that takes the tags of what is marked, or of the record under the cursor.
pub(super) fn propose(state: &mut State, action: Action) {
    let line = format!("{} ", action.spec().word);
    state.overlay = Some(Overlay::Command(CommandLine::with(&line)));
}

/// `:tag +a,-b`: gives what is marked other tags; without signs, these in place of the old.
pub(super) fn tag(state: &mut State, typed: &str, out: &mut Vec<Effect>) {
    set(state, "tags", typed, out);
}

/// `:assign NAME`: makes a person the owner of what is marked.
pub(super) fn assign(state: &mut State, typed: &str, out: &mut Vec<Effect>) {
    set(state, "owner", typed, out);
}

fn set(state: &mut State, key: &str, typed: &str, out: &mut Vec<Effect>) {
    let reading = state.reading();
    let Some((kind, chosen)) = targets(state) else {
        return state.message = Some(Message::note(words::NOT_HERE));
    };
    let table = kind.table();
    let Some((at, meta)) = table.field(key).and_then(|at| Some((at, table.fields.get(at)?))) else {
        let says = Sentence::from(words::NO_SUCH_FIELD).with_word("kinds", table.many);
        return state.message = Some(Message::note(says.with("field", key)));
    };
    let new = match list_words::changes(meta, typed) {
        Some(changes) => New::Words(changes),
        None => match input::read(meta, typed, &reading) {
            Ok(value) => New::Value(value),
            Err(says) => return state.message = Some(Message::bad(says)),
        },
    };
    ask(state, of(kind, chosen, Does::Edit { fields: vec![(at, new)], reason: None }), out);
}

/// What an act is done to: what is marked, else the record under the cursor.
fn targets(state: &State) -> Option<(Kind, Chosen)> {
    if let (Some(chosen), Some(list)) = (chosen(state), state.list()) {
        return Some((list.key.kind, chosen));
    }
    let at = state.selected()?;
    let is_away = match state.list() {
        Some(list) => list.shelf == Shelves::Archived,
        None => browse_archived(state),
    };
    let shelf = if is_away { Shelves::Archived } else { Shelves::Open };
    Some((at.kind, Chosen { ids: vec![at.id], shelf }))
}

fn browse_archived(state: &State) -> bool {
    crate::app::browse::loaded(state).is_some_and(|record| record.archived_at.is_some())
}

/// An act on chosen records, which is not done where one of them cannot.
pub(super) fn of(kind: Kind, chosen: Chosen, does: Does) -> Bulk {
    Bulk { kind, ids: chosen.ids, shelf: Some(chosen.shelf), does, unfit: Unfit::Refuse }
}

/// Does an act; one on many records only after they were counted.
pub(super) fn ask(state: &mut State, bulk: Bulk, out: &mut Vec<Effect>) {
    if state.read_only {
        state.message = Some(Message::bad(words::READ_ONLY));
    } else if bulk.ids.len() >= limits::MANY {
        let field = TextField::default();
        state.overlay = Some(Overlay::Confirm(Confirm { bulk: Box::new(bulk), field }));
    } else {
        send(state, bulk, out);
    }
}

fn send(state: &mut State, bulk: Bulk, out: &mut Vec<Effect>) {
    let Some(ticket) = state.write(Write::Bulk(Box::new(bulk.clone())), None, out) else { return };
    if bulk.ids.len() >= limits::MANY {
        state.message = Some(Message::note(words::COPYING_FIRST));
    }
    state.bulks.insert(ticket, bulk);
    if let Some(form) = state.form.as_mut().filter(|form| form.many.is_some()) {
        form.saving = Some(ticket);
        out.push(Effect::WakeUnlessWritten(ticket));
    }
}

/// Takes a key while it is asked.
pub(super) fn confirm_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    let action = state.keymap.action(&[Context::Sure], key);
    match (action, &mut state.overlay) {
        (Some(action), _) => confirm_act(state, action, out),
        (None, Some(Overlay::Confirm(confirm))) => {
            let _typed = confirm.field.key(key);
        }
        (None, _) => {}
    }
}

/// Does an action while it is asked.
pub(super) fn confirm_act(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    let Some(Overlay::Confirm(confirm)) = &state.overlay else { return };
    match action {
        Action::Dismiss => {
            state.overlay = None;
            state.message = Some(Message::note(words::NO_CHANGES));
        }
        Action::Run if fold_width(confirm.field.text().trim()) == confirm.bulk.ids.len().to_string() => {
            if let Some(Overlay::Confirm(confirm)) = state.overlay.take() {
                send(state, *confirm.bulk, out);
            }
        }
        Action::Run => {
            let says = Sentence::from(words::TYPE_THE_COUNT).with("n", confirm.bulk.ids.len());
            state.message = Some(Message::bad(says));
        }
        _ => {}
    }
}

/// Takes a key while those that cannot are shown.
pub(super) fn misfits_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    let key = state.board.command(key);
    match state.keymap.action(&[Context::Misfits, Context::Problems, Context::Menu], key) {
        Some(action) => misfits_act(state, action, out),
        None => no_action(state, key),
    }
}

/// Does an action while those that cannot are shown.
pub(super) fn misfits_act(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    let page = state.size.body();
    let Some(Overlay::Misfits(pane)) = &mut state.overlay else { return };
    let last = pane.misfits.first.len().saturating_sub(1);
    if let Some(cursor) = moved(action, pane.cursor, page, last) {
        return pane.cursor = cursor;
    }
    match action {
        Action::LeaveOut if pane.misfits.count < pane.misfits.of => {
            if let Some(Overlay::Misfits(pane)) = state.overlay.take() {
                send(state, Bulk { unfit: Unfit::LeaveOut, ..*pane.bulk }, out);
            }
        }
        Action::LeaveOut => state.message = Some(Message::note(words::NONE_LEFT)),
        Action::Dismiss => {
            state.overlay = None;
            state.message = Some(Message::note(words::NO_CHANGES));
        }
        _ => {}
    }
}

/// Says how far an act is.
pub(super) fn on_writing(state: &mut State, ticket: Ticket, done: usize, of: usize) {
    if state.bulks.contains_key(&ticket) {
        let says = Sentence::from(words::BULK_WRITING).with("done", done).with("of", of);
        state.message = Some(Message::note(says));
    }
}

/// Takes what became of an act.
pub(super) fn on_written(
    state: &mut State,
    ticket: Ticket,
    bulk: Bulk,
    result: Result<Saved, Refusal>,
    out: &mut Vec<Effect>,
) {
    let draft = state.unanswered.remove(&ticket);
    let is_open = state.form.as_ref().is_some_and(|form| form.saving == Some(ticket));
    if let Some(form) = state.form.as_mut().filter(|_| is_open) {
        (form.saving, form.delayed) = (None, false);
    }
    match result {
        Ok(saved) => {
            let form = if is_open { state.form.take() } else { None };
            let id = form.map(|form| form.draft).or(draft.map(|draft| draft.id));
            out.extend(id.map(Effect::DropDraft));
            state.message = Some(done(state, &bulk, &saved));
            if matches!(bulk.does, Does::Shelve(_)) {
                // They are in this list no more.
                for list in state.lists.values_mut().filter(|list| list.key.kind == bulk.kind) {
                    list.marks.remove(&bulk.ids);
                }
            }
        }
        Err(refusal) => {
            state.drafts.extend(draft);
            match refusal {
                Refusal::Misfits(misfits) if state.overlay.is_none() => {
                    let pane = MisfitsPane { bulk: Box::new(bulk), misfits, cursor: 0 };
                    state.overlay = Some(Overlay::Misfits(pane));
                    state.message = None;
                }
                refusal => state.message = Message::refused(&refusal),
            }
        }
    }
    state.refresh(out);
}

/// Says what was done.
fn done(state: &State, bulk: &Bulk, saved: &Saved) -> Message {
    if saved.change.is_none() {
        return Message::note(words::NOTHING_CHANGED);
    }
    let n = saved.records.len();
    let one =
        |says: Text, at: Ref| Sentence::from(says).with("code", code_of(at)).with("name", state.name_of(at));
    let says = match (&bulk.does, saved.records.first()) {
        (Does::Shelve(Shelf::Archive), Some(at)) if n == 1 => one(words::ARCHIVED, *at),
        (Does::Shelve(Shelf::Open), Some(at)) if n == 1 => one(words::RESTORED, *at),
        (Does::Edit { .. }, Some(at)) if n == 1 => one(words::SAVED, *at),
        (Does::Shelve(Shelf::Archive), _) => Sentence::from(words::MANY_ARCHIVED).with("n", n),
        (Does::Shelve(Shelf::Open), _) => Sentence::from(words::MANY_RESTORED).with("n", n),
        (Does::Edit { .. }, _) => Sentence::from(words::MANY_CHANGED).with("n", n),
    };
    match saved.doubts.first() {
        None => Message::good(says),
        Some(doubt) => {
            let but = Sentence::from(words::DONE_BUT).with_sentence("done", says);
            Message::doubt(but.with_sentence("doubt", doubt.sentence.clone()))
        }
    }
}

/// What an act does, a line for each field.
#[must_use]
pub fn lines(bulk: &Bulk, lang: Lang) -> Vec<String> {
    let fields = match &bulk.does {
        Does::Shelve(Shelf::Archive) => return vec![ARCHIVE.in_(lang).to_owned()],
        Does::Shelve(Shelf::Open) => return vec![RESTORE.in_(lang).to_owned()],
        Does::Edit { fields, .. } => fields,
    };
    let line = |(at, new): &(usize, New)| {
        let label = bulk.kind.table().fields.get(*at).map_or("", |meta| meta.label.in_(lang));
        let says = match new {
            New::Words(changes) => changes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
            New::Value(Entered::Refer(name)) => name.clone(),
            New::Value(Entered::Value(Value::Null)) => EMPTIED.in_(lang).to_owned(),
            New::Value(Entered::Value(value)) => show::full(value, lang).replace('\n', " "),
        };
        LINE.fill(lang, &[("field", label), ("value", &says)])
    };
    fields.iter().map(line).collect()
}

const ARCHIVE: Text = text("Archive them", "归档");
const RESTORE: Text = text("Restore them", "恢复");
const LINE: Text = text("{field}: {value}", "{field}：{value}");
const EMPTIED: Text = text("emptied", "清空");
