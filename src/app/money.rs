//! The money of a contract over the screen: plan against actual by month, the total cost, and how each
//! month comes about.

use crate::app::Effect;
use crate::app::action::Action;
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::overlay::{moved, no_action};
use crate::app::state::{Message, Overlay, State};
use crate::entity::Ref;
use crate::register::money::Account;
use crate::register::{Refusal, Request, Slot};

pub mod lines;

/// The open money of a contract.
#[derive(Debug, Clone, PartialEq)]
pub struct MoneyPane {
    /// The contract.
    pub at: Ref,
    /// Its money, once that is loaded.
    pub account: Option<Box<Account>>,
    /// What of it is shown.
    pub view: View,
    /// The month under the cursor.
    pub month: usize,
    /// The first line that is seen, where lines are shown and not months.
    pub top: usize,
    /// Whether amounts are hidden.
    pub is_hidden: bool,
}

/// What is shown of the money of a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// Plan, actual and forecast by month.
    #[default]
    Months,
    /// Total cost, saving, kinds of fee, invoices, and what is to be known.
    Costs,
    /// How the month under the cursor comes about.
    How,
}

impl MoneyPane {
    /// The lines of what is shown, where it is lines.
    #[must_use]
    pub fn lines(&self, lang: crate::texts::Lang) -> Vec<lines::Line> {
        let Some(account) = &self.account else { return Vec::new() };
        match self.view {
            View::Months => Vec::new(),
            View::Costs => lines::costs(account, self.is_hidden, lang),
            View::How => lines::how(account, self.month, self.is_hidden, lang),
        }
    }
}

/// Opens the money of the contract under the cursor.
pub(super) fn open(state: &mut State, out: &mut Vec<Effect>) {
    let Some(at) = state.selected() else { return };
    let pane = MoneyPane { at, account: None, view: View::Months, month: 0, top: 0, is_hidden: false };
    state.overlay = Some(Overlay::Money(Box::new(pane)));
    state.ask(Slot::Pane, Request::Money(at), out);
}

/// Takes the money; the cursor begins at the month of today, and stays where it was when it comes anew.
pub(super) fn found(state: &mut State, account: Option<Box<Account>>) {
    let Some(Overlay::Money(pane)) = &mut state.overlay else { return };
    let Some(account) = account else { return state.overlay = None };
    let months = &account.book.months;
    if pane.account.is_none() {
        let past = months.iter().filter(|month| month.first <= account.today).count();
        pane.month = past.saturating_sub(1);
    }
    pane.month = pane.month.min(months.len().saturating_sub(1));
    pane.account = Some(account);
}

/// There is none, and why.
pub(super) fn refused(state: &mut State, refusal: &Refusal) {
    if matches!(&state.overlay, Some(Overlay::Money(pane)) if pane.account.is_none()) {
        state.overlay = None;
    }
    state.message = Message::refused(refusal);
}

/// Takes a key while it is open.
pub(super) fn on_key(state: &mut State, key: Key) {
    let key = state.board.command(key);
    match state.keymap.action(&[Context::Money], key) {
        Some(action) => act(state, action),
        None => no_action(state, key),
    }
}

/// Does an action of it.
pub(super) fn act(state: &mut State, action: Action) {
    let (page, lang) = (state.size.body().saturating_sub(4), state.lang);
    let Some(Overlay::Money(pane)) = &mut state.overlay else { return };
    let turned = match pane.view {
        View::Months | View::How => View::Costs,
        View::Costs => View::Months,
    };
    match action {
        Action::Dismiss | Action::Explain if pane.view == View::How => pane.show(View::Months),
        Action::Dismiss => state.overlay = None,
        Action::NextPanel | Action::PrevPanel => pane.show(turned),
        Action::Explain if pane.view == View::Months => pane.show(View::How),
        _ if pane.view == View::Months => {
            let months = pane.account.as_ref().map_or(0, |account| account.book.months.len());
            pane.month = moved(action, pane.month, page, months.saturating_sub(1)).unwrap_or(pane.month);
        }
        _ => {
            let last = pane.lines(lang).len().saturating_sub(1);
            pane.top = moved(action, pane.top, page, last).unwrap_or(pane.top);
        }
    }
}

impl MoneyPane {
    fn show(&mut self, view: View) {
        (self.view, self.top) = (view, 0);
    }
}
