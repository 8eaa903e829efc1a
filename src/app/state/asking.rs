//! Questions to the register: what is asked for what is shown, and what its answers do.
//!
//! A newer question of a slot replaces the older one, whose answer is then dropped.

use crate::app::action::Action;
use crate::app::geometry::Layout;
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::list::{List, ListKey};
use crate::app::state::{Message, Overlay, Place, RecordPane, State};
use crate::app::{Effect, browse, present, timeline, words};
use crate::entity::Ref;
use crate::register::{Anchor, Card, Event, Overview, Page, Query, Refusal, Request, Slot, Ticket, code_of};
use crate::texts::Sentence;

impl State {
    /// Asks the register; the answer to an older question of the same slot is no longer wanted.
    pub fn ask(&mut self, slot: Slot, request: Request, out: &mut Vec<Effect>) {
        if slot == Slot::Card && self.awaited.is_some_and(|(at, _)| !request.is_about(at)) {
            self.awaited = None;
        }
        let ticket = self.ticket();
        self.asked.insert(slot as u8, (slot, ticket, request.clone()));
        out.push(Effect::Read(slot, ticket, request));
    }

    /// Does an action as soon as its record is loaded. Until then keys wait, so that what is typed
    /// ahead goes where it was meant to; going elsewhere, Esc and a refusal end the waiting.
    pub fn wait_for(&mut self, at: Ref, action: Action, out: &mut Vec<Effect>) {
        self.awaited = Some((at, action));
        let request = Request::Card(at);
        let asked = self.asked.get(&(Slot::Card as u8));
        if asked.is_none_or(|(_, _, asked)| *asked != request) {
            self.ask(Slot::Card, request, out);
        }
    }

    /// Drops what is asked for a slot: nothing is left that its answer could go to. Whether anything was.
    pub fn forget(&mut self, slot: Slot) -> bool {
        self.asked.remove(&(slot as u8)).is_some()
    }

    /// The slot a ticket was for and what was asked, if its answer is still wanted.
    pub(in crate::app) fn answered(&mut self, ticket: Ticket) -> Option<(Slot, Request)> {
        let slot = self.asked.iter().find(|(_, (_, asked, _))| *asked == ticket).map(|(slot, _)| *slot)?;
        self.asked.remove(&slot).map(|(slot, _, request)| (slot, request))
    }

    /// Whether this is asked and not answered yet.
    pub(in crate::app) fn is_asked(&self, slot: Slot, request: &Request) -> bool {
        self.asked.get(&(slot as u8)).is_some_and(|(_, _, asked)| asked == request)
    }

    /// Whether what is shown is about to change: the answer to a question, or the rest of a chord, is
    /// still to come.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        !self.pending.is_empty()
            || self.asked.values().any(|(slot, ..)| !matches!(slot, Slot::Count | Slot::Known))
    }

    /// Whether the form is being saved: then it takes nothing in until the answer is there.
    #[must_use]
    pub fn is_saving(&self) -> bool {
        self.form.as_ref().is_some_and(|form| form.saving.is_some())
    }

    /// Whether drafts depend on what the register will say of a write: leaving waits for it.
    #[must_use]
    pub fn awaits_word_of_drafts(&self) -> bool {
        self.is_saving() || !self.unanswered.is_empty() || !self.erasings.is_empty()
    }

    /// Whether what this key would act on is not loaded yet: a key typed ahead must wait, or it
    /// would act on nothing or on something else.
    #[must_use]
    pub fn must_wait(&self, key: Key) -> bool {
        if key == Key::Esc || key == Key::Ctrl('c') {
            return false;
        }
        match &self.overlay {
            Some(Overlay::Find(finder)) => match self.keymap.action(&[Context::Find], key) {
                None | Some(Action::Dismiss) => false,
                Some(Action::CopyContact | Action::Edit) if finder.card().is_none() => {
                    !finder.settled || self.asked.contains_key(&(Slot::Preview as u8))
                }
                Some(_) => !finder.settled,
            },
            Some(Overlay::Settings(_)) => self.asked.contains_key(&(Slot::Settings as u8)),
            Some(
                Overlay::Clauses(_)
                | Overlay::Levels(_)
                | Overlay::Money(_)
                | Overlay::Proposal(_)
                | Overlay::Explained(_)
                | Overlay::Standing(_),
            ) => self.asked.contains_key(&(Slot::Pane as u8)),
            Some(Overlay::Erase(_)) => self.asked.contains_key(&(Slot::Erasure as u8)),
            Some(_) => false,
            None if self.is_saving() => !matches!(key, Key::Ctrl('l' | 'z')),
            None if self.form.is_some() => self.asked.contains_key(&(Slot::Find as u8)) && key == Key::Down,
            None if let Some(importer) = &self.importer => {
                importer.must_wait(&self.keymap, self.board.command(key))
            }
            None if let Some(stage) = &self.stage => present::must_wait(stage),
            // Whether a meeting is under way is being asked: what is typed then is meant for it.
            None if self.asked.contains_key(&(Slot::Meeting as u8)) => true,
            None => self.awaited.is_some() || self.is_blind(key),
        }
    }

    fn is_blind(&self, key: Key) -> bool {
        match self.place() {
            Place::List(at) => {
                let Some(list) = self.lists.get(&at) else { return true };
                let contexts = [Context::Filter, Context::Global];
                let typing = list.typing && self.keymap.action(&contexts, key).is_none();
                // An act must not come before what it is done to is known.
                let marking = self.asked.contains_key(&(Slot::Marks as u8));
                !typing && (!list.loaded || list.jumping || marking)
            }
            Place::Record(at) => {
                let loaded = self.card.as_ref().is_some_and(|card| card.record.at == at);
                !loaded && self.asked.contains_key(&(Slot::Card as u8))
            }
            Place::Overview => self.overview.data.is_none() || self.overview.to_end,
            Place::History(_) => self.asked.contains_key(&(Slot::History as u8)),
        }
    }

    /// Asks for everything that is shown once more.
    pub fn refresh(&mut self, out: &mut Vec<Effect>) {
        match &self.overlay {
            Some(Overlay::Clauses(pane)) => self.ask(Slot::Pane, Request::Clauses(pane.at), out),
            Some(Overlay::Levels(pane)) => self.ask(Slot::Pane, Request::Levels(pane.at), out),
            Some(Overlay::Money(pane)) => self.ask(Slot::Pane, Request::Money(pane.at), out),
            Some(Overlay::Proposal(pane)) => self.ask(Slot::Pane, Request::Propose(pane.wish), out),
            _ => {}
        }
        if let Some(stage) = &self.stage {
            // One that is being opened is asked for when it is there.
            if let Some(at) = stage.at() {
                self.ask(Slot::Meeting, Request::Meeting(Some(at)), out);
            }
            return;
        }
        match self.place() {
            Place::Overview => self.ask_overview(out),
            Place::List(key) => self.ask_list(key, out),
            Place::Record(at) => self.ask(Slot::Card, Request::Sheet(at), out),
            Place::History(of) => self.ask_history(of, out),
        }
        if matches!(self.place(), Place::Overview | Place::History(_)) {
            // Nothing here shows the card, so nothing asks for it anew: what is kept is out of date.
            self.card = None;
        }
        if let (Place::List(_), Some(at)) = (self.place(), self.selected()) {
            self.ask(Slot::Card, Request::Card(at), out);
        }
    }

    /// Asks for the figures, and for as many lines as the screen shows or were wanted since.
    pub fn ask_overview(&mut self, out: &mut Vec<Effect>) {
        let lines = self.overview.reach.max(usize::from(self.size.overview_lines()));
        self.ask(Slot::Overview, Request::Overview { lines }, out);
    }

    /// Asks for the part of a list around its cursor.
    pub fn ask_list(&mut self, key: ListKey, out: &mut Vec<Effect>) {
        let (size, reading) = (self.size, self.reading());
        let list = self.list_mut(key);
        let query = list.around(list.rows_in(size), &reading);
        let query = self.with_columns(query);
        self.ask(Slot::List, Request::Page(query), out);
    }

    /// Asks for the part of a list at an anchor.
    pub fn ask_list_at(&mut self, key: ListKey, anchor: Anchor, out: &mut Vec<Effect>) {
        let (size, reading) = (self.size, self.reading());
        let list = self.list_mut(key);
        list.jumping |= !matches!(anchor, Anchor::Record { .. });
        let query = list.ask(anchor, list.rows_in(size), &reading);
        let query = self.with_columns(query);
        self.ask(Slot::List, Request::Page(query), out);
    }

    /// A question for a list with the columns it shows.
    fn with_columns(&self, query: Query) -> Query {
        let table = query.kind.table();
        let mut extra = self.views.columns(query.kind).extra(table);
        // The headings of groups, whether that column is shown or not.
        let list = self.lists.get(&ListKey::of(&query));
        let group = list.and_then(List::grouped_by).filter(|column| !table.columns.contains(column));
        let months = list.filter(|list| list.timeline.is_some()).into_iter();
        for column in months.flat_map(|_| timeline::wanted(table)).chain(group) {
            if !extra.contains(&column) {
                extra.push(column);
            }
        }
        Query { extra, ..query }
    }

    /// Asks for the card of the selected record, where the layout shows it.
    pub fn follow(&mut self, out: &mut Vec<Effect>) {
        let shown = matches!(self.size.layout(), Layout::Wide | Layout::Stacked);
        match self.selected() {
            Some(at) if shown => self.ask(Slot::Card, Request::Card(at), out),
            _ => {}
        }
    }

    /// Takes a part of the list one is at.
    pub(in crate::app) fn take_page(&mut self, page: Page, query: &Query, out: &mut Vec<Effect>) {
        let key = ListKey::of(query);
        if self.place() != Place::List(key) {
            return;
        }
        let (before, size) = (self.selected(), self.size);
        let own = std::mem::take(&mut self.own);
        let reading = self.reading();
        let list = self.list_mut(key);
        let rows = list.rows_in(size);
        let known = list.page.total.filter(|_| page.total.is_none());
        let gone = list.take(page, query.anchor, rows, &own);
        let uncounted = list.page.total.is_none();
        if uncounted {
            list.page.total = known.filter(|total| *total >= list.page.rows.len() as u64);
            let query = list.ask(Anchor::First, rows, &reading);
            self.ask(Slot::Count, Request::Count(query), out);
        }
        self.tell_gone(gone);
        let now = self.selected();
        if now != before || self.card.as_ref().map(|card| card.record.at) != now {
            self.follow(out);
        }
    }

    /// Takes how many records a list has, if it is still narrowed as it was when that was asked.
    pub(in crate::app) fn take_count(&mut self, total: u64, query: &Query) {
        let reading = self.reading();
        let list = self.lists.get_mut(&ListKey::of(query));
        if let Some(list) = list.filter(|list| list.is_narrowed_as(query, &reading)) {
            list.page.total = Some(total);
        }
    }

    /// Takes the figures of the Overview.
    pub(in crate::app) fn take_overview(&mut self, overview: Box<Overview>) {
        self.counts = overview.counts;
        let own = std::mem::take(&mut self.own);
        let was_going = self.overview.to_end;
        let gone = self.overview.take(overview, &own);
        self.tell_gone(gone);
        if was_going {
            self.tell_cut();
        }
    }

    /// Says that there are more lines than are ever shown, where the cursor is on the last of these.
    pub(in crate::app) fn tell_cut(&mut self) {
        if let Some((shown, all)) = self.overview.cut() {
            let sentence = Sentence::from(words::LINES_END).with("n", shown).with("all", all);
            self.message = Some(Message::note(sentence));
        }
    }

    /// Takes the events of the history.
    pub(in crate::app) fn take_history(&mut self, events: Vec<Event>) {
        let own = std::mem::take(&mut self.own);
        let gone = self.history.take(events, &own);
        self.tell_gone(gone);
    }

    /// Takes a record, for the page of that record or for the card beside a list.
    pub(in crate::app) fn take_card(&mut self, card: Box<Card>, out: &mut Vec<Effect>) {
        match self.place() {
            Place::Record(at) if card.record.at == at => {
                let own = std::mem::take(&mut self.own);
                let gone = self.record.cursor.find(&RecordPane::lines(&card), &own);
                self.tell_gone(gone);
                self.card = Some(card);
            }
            Place::Record(_) => {}
            _ => self.card = Some(card),
        }
        if let (Some((at, action)), Some(card)) = (self.awaited, &self.card)
            && card.record.at == at
        {
            self.awaited = None;
            browse::act(self, action, out);
        }
    }

    /// Takes that there is no answer: nothing waits for it any longer, and nobody stays on the page
    /// of a record that is no more.
    pub(in crate::app) fn take_refusal(
        &mut self,
        slot: Slot,
        request: &Request,
        refusal: &Refusal,
        out: &mut Vec<Effect>,
    ) {
        match (slot, request) {
            (Slot::List, Request::Page(query)) => self.list_mut(ListKey::of(query)).jumping = false,
            (Slot::Overview, _) => self.overview.to_end = false,
            (Slot::Card, Request::Card(at) | Request::Sheet(at)) => {
                let was_awaited = self.awaited.take().is_some();
                if matches!(refusal, Refusal::Missing(_)) {
                    self.card = None;
                    if self.place() == Place::Record(*at) {
                        self.drop_place(out);
                    } else if !was_awaited {
                        // The list is being loaded anew as well, and tells it.
                        return;
                    }
                }
            }
            _ => {}
        }
        self.message = Message::refused(refusal);
    }

    /// Says that another operator's change took the line under the cursor away.
    fn tell_gone(&mut self, gone: Option<Ref>) {
        if let Some(at) = gone {
            let sentence = Sentence::from(words::GONE).with("code", code_of(at));
            self.message = Some(Message::note(sentence));
        }
    }
}
