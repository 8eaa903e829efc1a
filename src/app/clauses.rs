//! The checklist of a contract's clauses: a line a type, walked with the cursor and judged with one key
//! each; where it stands is typed in place, all else in the form.

use crate::app::action::Action;
use crate::app::browse::needed;
use crate::app::input::TextField;
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::overlay::{moved, no_action};
use crate::app::state::{Message, Overlay, State};
use crate::app::{Effect, form, words};
use crate::domain::clause::ClauseState;
use crate::domain::list::ClosedList;
use crate::entity::input::Entered;
use crate::entity::{Kind, Link, Ref, Value};
use crate::limits;
use crate::register::clauses::{Checklist, Line, told};
use crate::register::{Act, Change, Edit, Refusal, Request, Shelf, Slot, Step, Write};
use crate::texts::{Sentence, text};

/// An open checklist.
#[derive(Debug, Clone, PartialEq)]
pub struct ClausesPane {
    /// The contract.
    pub at: Ref,
    /// The checklist, as soon as it is loaded.
    pub list: Option<Checklist>,
    /// The line under the cursor.
    pub cursor: usize,
    /// The article that is being typed.
    pub typing: Option<TextField>,
}

impl ClausesPane {
    /// The line under the cursor.
    #[must_use]
    pub fn line(&self) -> Option<&Line> {
        self.list.as_ref()?.lines.get(self.cursor)
    }

    /// Where its keys are read.
    #[must_use]
    pub const fn context(&self) -> Context {
        if self.typing.is_some() { Context::Naming } else { Context::Clauses }
    }
}

/// Opens the checklist of the contract under the cursor.
pub(super) fn open(state: &mut State, out: &mut Vec<Effect>) {
    let Some(record) = needed(state, Action::Clauses, out) else { return };
    let pane = ClausesPane { at: record.at, list: None, cursor: 0, typing: None };
    state.overlay = Some(Overlay::Clauses(Box::new(pane)));
    state.ask(Slot::Pane, Request::Clauses(record.at), out);
}

/// Takes the checklist.
pub(super) fn found(state: &mut State, list: Checklist) {
    if let Some(Overlay::Clauses(pane)) = &mut state.overlay
        && pane.at == list.contract
    {
        pane.list = Some(list);
    }
}

/// Takes that there is none.
pub(super) fn refused(state: &mut State, refusal: &Refusal) {
    state.overlay = None;
    state.message = Message::refused(refusal);
}

/// Takes a key while it is open.
pub(super) fn on_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    let Some(Overlay::Clauses(pane)) = &mut state.overlay else { return };
    let context = pane.context();
    if let Some(field) = &mut pane.typing {
        match state.keymap.action(&[context], key) {
            Some(action) => act(state, action, out),
            None => drop(field.key(key)),
        }
        return;
    }
    let key = state.board.command(key);
    match state.keymap.action(&[context], key) {
        Some(action) => act(state, action, out),
        None => no_action(state, key),
    }
}

/// Does an action of it.
pub(super) fn act(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    let page = state.size.body();
    let Some(Overlay::Clauses(pane)) = &mut state.overlay else { return };
    if let Some(field) = pane.typing.take() {
        if action == Action::Run {
            judge(state, Some(ClauseState::Present), Some(field.text()), out);
        }
        return;
    }
    let last = pane.list.as_ref().map_or(0, |list| list.lines.len().saturating_sub(1));
    if let Some(cursor) = moved(action, pane.cursor, page, last) {
        pane.cursor = cursor;
        return;
    }
    match action {
        Action::ClausePresent => judge(state, Some(ClauseState::Present), None, out),
        Action::ClauseMissing => judge(state, Some(ClauseState::Missing), None, out),
        Action::ClauseApart => judge(state, Some(ClauseState::NotApplicable), None, out),
        Action::ClauseUnseen => judge(state, None, None, out),
        Action::ClauseArticle => {
            let Some(line) = pane.line() else { return };
            let held = line.found.as_ref().map_or("", |record| record.get("article").as_text());
            pane.typing = Some(TextField::of_at_most(limits::LINE_CHARS, held));
        }
        Action::Edit => edit(state, out),
        Action::Undo => drop(state.write(Write::Undo, None, out)),
        Action::Dismiss => state.overlay = None,
        _ => {}
    }
}

/// Writes what was found of the type under the cursor, and goes on to the next; `None` says that nobody has
/// looked.
fn judge(state: &mut State, found: Option<ClauseState>, article: Option<&str>, out: &mut Vec<Effect>) {
    let Some(Overlay::Clauses(pane)) = &mut state.overlay else { return };
    let (Some(list), Some(line)) = (&pane.list, pane.line()) else { return };
    let Some(change) = change(pane.at, &list.code, line, found, article) else {
        state.message = Some(Message::note(words::NOTHING_CHANGED));
        return;
    };
    let says = text("Clause {n}, {about}: {found}.", "第 {n} 类条款 {about}：{found}。");
    let says = Sentence::from(says)
        .with("n", line.about.number())
        .with_word("about", line.about.label())
        .with_word("found", told(found));
    pane.cursor = (pane.cursor + 1).min(list.lines.len().saturating_sub(1));
    state.write(Write::Apply(change), Some(says), out);
}

/// The act that makes a line so; `None` where it is.
fn change(
    contract: Ref,
    code: &str,
    line: &Line,
    found: Option<ClauseState>,
    article: Option<&str>,
) -> Option<Change> {
    let table = Kind::Clause.table();
    let mut fields: Vec<(usize, Value)> = Vec::new();
    if let Some(state) = found {
        fields.push((table.field("state")?, Value::Choice(state.choice())));
    }
    if let Some(article) = article {
        let words = article.trim();
        let value = if words.is_empty() { Value::Null } else { Value::Text(words.to_owned()) };
        fields.push((table.field("article")?, value));
    }
    let Some(record) = &line.found else {
        found?;
        fields.push((
            table.field("contract")?,
            Value::Link(Link {
                kind: contract.kind,
                id: contract.id,
                code: code.to_owned(),
                label: String::new(),
            }),
        ));
        fields.push((table.field("about")?, Value::Choice(line.about.choice())));
        let fields = fields.into_iter().map(|(at, value)| (at, Entered::Value(value))).collect();
        let step = Step::Insert { kind: Kind::Clause, fields, reason: None };
        return Some(Change { act: Act::Add, steps: vec![step] });
    };
    if found.is_none() {
        let step = Step::Shelve { at: record.at, to: Shelf::Archive };
        return Some(Change { act: Act::Archive, steps: vec![step] });
    }
    let edits: Vec<Edit> = fields
        .into_iter()
        .map(|(field, value)| (field, record.values.get(field).cloned(), value))
        .filter(|(_, seen, value)| seen.as_ref() != Some(value))
        .map(|(field, seen, value)| Edit { field, seen, new: Entered::Value(value) })
        .collect();
    if edits.is_empty() {
        return None;
    }
    let step = Step::Update { at: record.at, edits, reason: None, only_if: None };
    Some(Change { act: Act::Edit, steps: vec![step] })
}

/// Opens the form of the clause under the cursor, or one for it.
fn edit(state: &mut State, out: &mut Vec<Effect>) {
    let Some(Overlay::Clauses(pane)) = &state.overlay else { return };
    let Some(line) = pane.line().cloned() else { return };
    let contract = pane.at;
    state.overlay = None;
    if let Some(record) = &line.found {
        return form::edit(state, record, out);
    }
    let about = Kind::Clause.table().field("about");
    let begun = about.map(|at| (at, Value::Choice(line.about.choice())));
    form::begin(state, Kind::Clause, Some(contract), begun.as_slice(), out);
}
