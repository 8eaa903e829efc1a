//! The drafts that earlier runs left, offered at the start: to go on with, or to throw away one
//! by one. What was thrown away comes back with a key as long as the offer is open.

use super::{add, shown};
use crate::app::action::Action;
use crate::app::draft::{Draft, MANY};
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::list::ListKey;
use crate::app::state::{Message, Overlay, Place, State};
use crate::app::{Effect, overlay, words};
use crate::domain::deed::Deed;
use crate::domain::list::ClosedList;
use crate::entity::Kind;
use crate::register::ref_of;
use crate::texts::{Lang, Text, text};

/// What it is called.
pub const TITLE: Text = text("Kept drafts", "保留的草稿");

/// The open offer. Its drafts are those of the state.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Offer {
    /// The draft under the cursor.
    pub cursor: usize,
    /// What was thrown away, with its place among the others.
    pub thrown: Vec<(usize, Draft)>,
}

/// Takes a key while the offer is open.
pub fn on_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    let key = state.board.command(key);
    match state.keymap.action(&[Context::Drafts, Context::Menu], key) {
        Some(action) => act(state, action, out),
        None => overlay::no_action(state, key),
    }
}

/// Does an action of the offer.
pub fn act(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    let Some(Overlay::Drafts(offer)) = &mut state.overlay else { return };
    let count = state.drafts.len();
    match action {
        Action::Down => offer.cursor = (offer.cursor + 1) % count.max(1),
        Action::Up => offer.cursor = (offer.cursor + count.saturating_sub(1)) % count.max(1),
        Action::ThrowAway if offer.cursor < count => {
            let draft = state.drafts.remove(offer.cursor);
            out.push(Effect::DropDraft(draft.id));
            offer.thrown.push((offer.cursor, draft));
            offer.cursor = offer.cursor.min(count.saturating_sub(2));
        }
        Action::BringBack => {
            if let Some((at, draft)) = offer.thrown.pop() {
                out.push(Effect::KeepDraft(draft.clone()));
                state.drafts.insert(at, draft);
                offer.cursor = at;
            }
        }
        Action::Choose => {
            let at = offer.cursor;
            state.overlay = None;
            resume(state, at, out);
        }
        Action::Dismiss => state.overlay = None,
        _ => {}
    }
}

/// Goes on with a kept draft.
fn resume(state: &mut State, at: usize, out: &mut Vec<Effect>) {
    if at >= state.drafts.len() {
        return;
    }
    // Of the drafts of one form the newest is opened: now it is this one.
    let draft = state.drafts.remove(at);
    state.drafts.push(draft.clone());
    let Some(kind) = Kind::from_word(&draft.form.kind) else { return };
    if draft.form.code == MANY {
        state.go(Place::List(ListKey { kind, scope: None }), out);
        state.message = Some(Message::note(words::DRAFT_OF_MANY));
        return;
    }
    match ref_of(&draft.form.code) {
        None => add(state, kind, ref_of(&draft.form.linked), out),
        Some(target) => {
            state.go(Place::Record(target), out);
            let deed = Deed::from_key(&draft.form.linked);
            state.wait_for(target, deed.map_or(Action::Edit, Action::Do), out);
        }
    }
}

/// What tells a draft from the others: its record, and the first of what was typed.
#[must_use]
pub fn line(draft: &Draft, lang: Lang) -> String {
    let kind = Kind::from_word(&draft.form.kind);
    let (sentence, code) = match (draft.form.code.as_str(), draft.form.linked.as_str()) {
        ("", "") => (NEW, ""),
        ("", linked) => (NEW_FOR, linked),
        (MANY, _) => (CHANGED, ""),
        (code, _) => (CHANGED, code),
    };
    let record = format!("{code} {}", draft.name);
    let word = kind.map_or("?", |kind| kind.table().one.in_(lang));
    let words = kind.map(|kind| first_words(draft, kind, lang)).unwrap_or_default();
    sentence.fill(lang, &[("kind", word), ("record", record.trim()), ("words", &words)])
}

/// The first line of the first field that was filled in.
fn first_words(draft: &Draft, kind: Kind, lang: Lang) -> String {
    let typed = kind.table().fields.iter().filter_map(|meta| {
        let kept = draft.fields.get(meta.key).filter(|kept| kept.text != kept.was)?;
        shown(meta, &kept.text, lang).lines().map(str::trim).find(|line| !line.is_empty()).map(str::to_owned)
    });
    typed.into_iter().next().unwrap_or_default()
}

const NEW: Text = text("{kind}, new: {words}", "新{kind}：{words}");
const NEW_FOR: Text = text("{kind}, new for {record}: {words}", "{record} 的新{kind}：{words}");
const CHANGED: Text = text("{kind} {record}: {words}", "{kind} {record}：{words}");
