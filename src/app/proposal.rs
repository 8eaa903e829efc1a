//! What the house proposes, over the screen: a line each, chosen or left out, and all that is chosen done
//! by one key. Nothing is done that was not chosen.

use crate::app::action::Action;
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::overlay::{moved, no_action};
use crate::app::state::{Message, Overlay, State};
use crate::app::{Effect, words};
use crate::domain::list::ClosedList;
use crate::domain::period::{FiscalStart, Period, PeriodKind};
use crate::register::proposal::{Fate, Line, Proposal, Wish};
use crate::register::{Refusal, Request, Slot, Write};

/// The open proposal.
#[derive(Debug, Clone, PartialEq)]
pub struct ProposalPane {
    /// What it is asked for.
    pub wish: Wish,
    /// What is proposed, as soon as it is loaded.
    pub proposal: Option<Box<Proposal>>,
    /// The keys of the lines that are chosen.
    pub chosen: Vec<String>,
    /// The line under the cursor.
    pub cursor: usize,
}

impl ProposalPane {
    /// The line under the cursor.
    #[must_use]
    pub fn line(&self) -> Option<&Line> {
        self.proposal.as_ref()?.lines.get(self.cursor)
    }

    /// Whether a line is chosen.
    #[must_use]
    pub fn is_chosen(&self, line: &Line) -> bool {
        self.chosen.contains(&line.key)
    }
}

/// Proposes the reviews of a period: those of the quarter that today lies in, at first.
pub(super) fn open_reviews(state: &mut State, out: &mut Vec<Effect>) {
    let period = Period::containing(state.today, PeriodKind::Quarter, FiscalStart::JANUARY);
    if let Some(period) = period {
        ask(state, Wish::Open { period, plan: None }, out);
    }
}

/// Proposes values for the rows of the review under the cursor.
pub(super) fn fill(state: &mut State, out: &mut Vec<Effect>) {
    if let Some(at) = state.selected() {
        ask(state, Wish::Fill(at), out);
    }
}

/// Proposes what the grade of the review under the cursor leads to.
pub(super) fn decide(state: &mut State, out: &mut Vec<Effect>) {
    if let Some(at) = state.selected() {
        ask(state, Wish::Decide(at), out);
    }
}

/// Opens a proposal.
fn ask(state: &mut State, wish: Wish, out: &mut Vec<Effect>) {
    let pane = ProposalPane { wish, proposal: None, chosen: Vec::new(), cursor: 0 };
    state.overlay = Some(Overlay::Proposal(Box::new(pane)));
    state.ask(Slot::Pane, Request::Propose(wish), out);
}

/// Takes what is proposed. Where it comes anew, what was left out stays so.
pub(super) fn found(state: &mut State, proposal: Box<Proposal>) {
    let Some(Overlay::Proposal(pane)) = &mut state.overlay else { return };
    if pane.wish != proposal.wish {
        return;
    }
    let usual = proposal.usual();
    pane.chosen = match &pane.proposal {
        None => usual,
        Some(before) => {
            let was_there = |key: &String| before.lines.iter().any(|line| line.key == *key);
            usual.into_iter().filter(|key| !was_there(key) || pane.chosen.contains(key)).collect()
        }
    };
    pane.cursor = pane.cursor.min(proposal.lines.len().saturating_sub(1));
    pane.proposal = Some(proposal);
}

/// Takes that there is none.
pub(super) fn refused(state: &mut State, refusal: &Refusal) {
    state.overlay = None;
    state.message = Message::refused(refusal);
}

/// Takes a key while it is open.
pub(super) fn on_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    let key = state.board.command(key);
    match state.keymap.action(&[Context::Proposal], key) {
        Some(action) => act(state, action, out),
        None => no_action(state, key),
    }
}

/// Does an action of it.
pub(super) fn act(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    let page = state.size.body();
    let Some(Overlay::Proposal(pane)) = &mut state.overlay else { return };
    let last = pane.proposal.as_ref().map_or(0, |proposal| proposal.lines.len().saturating_sub(1));
    if let Some(cursor) = moved(action, pane.cursor, page, last) {
        pane.cursor = cursor;
        return;
    }
    match action {
        Action::Dismiss => state.overlay = None,
        Action::Take => toggle(state),
        Action::Accept => accept(state, out),
        Action::PrevPeriod => turn(state, Period::prev, out),
        Action::NextPeriod => turn(state, Period::next, out),
        Action::PeriodKind => turn(state, longer, out),
        _ => {}
    }
}

/// Chooses the line under the cursor or leaves it out, and goes on.
fn toggle(state: &mut State) {
    let Some(Overlay::Proposal(pane)) = &mut state.overlay else { return };
    let Some(line) = pane.line().cloned() else { return };
    match line.fate {
        Fate::Will | Fate::Over if pane.is_chosen(&line) => pane.chosen.retain(|key| *key != line.key),
        Fate::Will | Fate::Over => pane.chosen.push(line.key),
        Fate::Stands | Fate::Skipped => {
            state.message = Some(Message::note(line.says));
            return;
        }
    }
    let last = pane.proposal.as_ref().map_or(0, |proposal| proposal.lines.len().saturating_sub(1));
    pane.cursor = (pane.cursor + 1).min(last);
}

/// Has what is chosen done, and closes.
fn accept(state: &mut State, out: &mut Vec<Effect>) {
    let Some(Overlay::Proposal(pane)) = &state.overlay else { return };
    if pane.proposal.is_none() {
        return;
    }
    let (wish, mut chosen) = (pane.wish, pane.chosen.clone());
    if chosen.is_empty() && matches!(wish, Wish::Decide(_)) {
        // One key decides the line it stands on.
        chosen.extend(pane.line().filter(|line| line.fate == Fate::Will).map(|line| line.key.clone()));
    }
    if chosen.is_empty() {
        state.message = Some(Message::note(words::NOTHING_CHOSEN));
        return;
    }
    let says = wish.done(chosen.len());
    if state.write(Write::Accept(wish, chosen), Some(says), out).is_some() {
        state.overlay = None;
    }
}

/// Asks about another period.
fn turn(state: &mut State, to: impl Fn(Period) -> Option<Period>, out: &mut Vec<Effect>) {
    let Some(Overlay::Proposal(pane)) = &state.overlay else { return };
    let Wish::Open { period, plan } = pane.wish else { return };
    if let Some(period) = to(period) {
        ask(state, Wish::Open { period, plan }, out);
    }
}

/// The period of the next longer kind around this one; behind the year comes its first month again.
fn longer(period: Period) -> Option<Period> {
    let kinds = PeriodKind::ALL;
    let at = kinds.iter().position(|kind| *kind == period.kind())?;
    let kind = kinds.get((at + 1) % kinds.len()).copied()?;
    Period::containing(period.first_day(FiscalStart::JANUARY), kind, FiscalStart::JANUARY)
}
