//! What one does with a contract or a review: a menu of it with reasons, and a short form with just what is asked.

use crate::app::action::Action;
use crate::app::browse::needed;
use crate::app::state::{Menu, MenuDoes, MenuItem, Message, Overlay, State};
use crate::app::{Effect, form};
use crate::domain::deed::{Deed, Subject};
use crate::domain::exit::ExitState;
use crate::domain::list::ClosedList as _;
use crate::entity::{Kind, Record};
use crate::register::{deed, exit};
use crate::texts::{Sentence, text};

/// Opens the menu for the record under the cursor; the first that is possible is under its cursor.
pub fn menu(state: &mut State, out: &mut Vec<Effect>) {
    let Some(record) = needed(state, Action::Deeds, out) else { return };
    let Some(subject) = deed::subject(record.at.kind) else { return };
    let item = |deed: Deed| MenuItem {
        label: deed.label().into(),
        does: MenuDoes::Deed(deed),
        off: why_not(state, &record, deed),
    };
    let items: Vec<MenuItem> = Deed::of(subject).map(item).collect();
    let cursor = items.iter().position(|item| item.off.is_none()).unwrap_or(0);
    let title = match subject {
        Subject::Contract => text("Act on this contract", "办理合同"),
        Subject::Review => text("Act on this review", "办理考核"),
    };
    state.overlay = Some(Overlay::Menu(Menu { title, items, cursor }));
}

/// Opens the form of a deed with the record under the cursor, or says why it cannot be done.
pub fn start(state: &mut State, what: Deed, out: &mut Vec<Effect>) {
    let Some(record) = needed(state, Action::Do(what), out) else { return };
    match why_not(state, &record, what) {
        Some(why) => state.message = Some(Message::note(why)),
        None => form::deed(state, &record, what, out),
    }
}

/// Why a deed cannot be done with a record, as far as its card tells.
pub(in crate::app) fn why_not(state: &State, record: &Record, what: Deed) -> Option<Sentence> {
    deed::why_not(record, what, state.today).or_else(|| {
        let card = state.card.as_deref().filter(|card| card.record.at == record.at && what == Deed::Exit)?;
        let mut cases = card.related.iter().filter(|related| related.kind == Kind::ExitCase);
        let is_open = |case: &&Record| case.get("state").as_key() == ExitState::Open.key();
        cases.find_map(|related| related.rows.iter().find(is_open)).map(|case| exit::under_way(&case.code))
    })
}
