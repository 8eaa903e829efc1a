//! Going somewhere: into a record, up one level, to a tab, to what a record is linked with.

use crate::app::Effect;
use crate::app::action::Action;
use crate::app::browse::TABS;
use crate::app::browse::lists::clear_words;
use crate::app::browse::records::{edit, needed};
use crate::app::list::ListKey;
use crate::app::state::{Message, Of, Place, State};
use crate::app::{marks, past, silence, words};
use crate::entity::{Kind, Record, Ref, Shape, Value};
use crate::register::{Anchor, Shelves};
use crate::texts::Sentence;

pub(super) fn tab(state: &mut State, number: usize, out: &mut Vec<Effect>) {
    let place = match TABS.get(number) {
        Some(Some(kind)) => Place::List(ListKey { kind: *kind, scope: None }),
        _ => Place::Overview,
    };
    state.go(place, out);
}

pub(super) fn open(state: &mut State, out: &mut Vec<Effect>) {
    let Some(at) = state.selected() else { return };
    if state.place() == Place::Record(at) {
        return edit(state, out);
    }
    state.go(Place::Record(at), out);
}

/// Out of what one went into: of the words of a list, of its archive, then to where one came from.
/// Lists and the Overview are tabs: nothing is above them.
pub(super) fn back(state: &mut State, out: &mut Vec<Effect>) {
    let tab = match state.place() {
        Place::List(key) => {
            if marks::clear(state, key) {
                return;
            }
            let list = state.list_mut(key);
            if !list.words.text().is_empty() {
                return clear_words(state, key, out);
            }
            if list.shelf == Shelves::Archived {
                list.shelf = Shelves::Open;
                list.at = None;
                return state.ask_list_at(key, Anchor::First, out);
            }
            if key.scope.is_none() {
                return;
            }
            Place::List(ListKey { scope: None, ..key })
        }
        Place::Record(at) => Place::List(ListKey { kind: at.kind, scope: None }),
        Place::History(_) => Place::Overview,
        Place::Overview if state.overview.snoozed => return silence::turn(state),
        Place::Overview => return,
    };
    // Where one came from may be too long ago to be known; the tab is always there.
    if !state.walk(-1, out) {
        state.go(tab, out);
    }
}

/// Goes back (`-1`) or forward (`1`) in time.
pub(super) fn walk(state: &mut State, by: isize, out: &mut Vec<Effect>) {
    state.walk(by, out);
}

/// Closes the top layer; on the first level asks once before the end.
pub(super) fn close(state: &mut State, asked: bool, out: &mut Vec<Effect>) {
    if asked {
        out.push(Effect::Quit);
        return;
    }
    match state.place() {
        Place::Record(_) | Place::History(_) | Place::List(ListKey { scope: Some(_), .. }) => {
            back(state, out);
        }
        Place::List(_) | Place::Overview if state.present.is_some() => past::back(state, out),
        Place::List(_) | Place::Overview => {
            state.quit_asked = true;
            state.message = Some(Message::note(words::QUIT_AGAIN));
            out.push(Effect::WakeAfterQuit);
        }
    }
}

/// Goes to the record of a kind that this one names, else to the list of that kind for it.
pub(super) fn go_to(state: &mut State, action: Action, kind: Kind, out: &mut Vec<Effect>) {
    let Some(record) = needed(state, action, out) else { return };
    match linked(&record, kind) {
        Some(place) => state.go(place, out),
        None => {
            let sentence = Sentence::from(words::NO_LINK).with_word("kind", kind.table().one);
            state.message = Some(Message::note(sentence));
        }
    }
}

/// Where the records of a kind that belong to this one are: the one it names, else a list.
#[must_use]
pub(in crate::app) fn linked(record: &Record, kind: Kind) -> Option<Place> {
    let at = record.at;
    if at.kind == kind {
        return Some(Place::Record(at));
    }
    let link = |wanted: Kind| {
        let links = record.values.iter().filter_map(Value::as_link);
        links.map(|link| Ref { kind: link.kind, id: link.id }).find(|link| link.kind == wanted)
    };
    if let Some(link) = link(kind) {
        return Some(Place::Record(link));
    }
    let links_back = kind.table().fields.iter().any(|meta| meta.shape == Shape::Link(at.kind));
    let scope = if links_back { Some(at) } else { link(Kind::Vendor) };
    let scope = scope.filter(|_| kind != Kind::Vendor)?;
    Some(Place::List(ListKey { kind, scope: Some(scope) }))
}

/// Goes to the history of the record under the cursor.
pub(super) fn go_to_history(state: &mut State, out: &mut Vec<Effect>) {
    if let Some(at) = state.selected() {
        state.go(Place::History(Of::Record(at)), out);
    }
}
