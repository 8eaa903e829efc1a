//! The state of the program: everything a screen shows, and nothing it could work out.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::app::Effect;
use crate::app::command::CommandLine;
use crate::app::draft::Draft;
use crate::app::finder::Finder;
use crate::app::form::Form;
use crate::app::form::offer::Offer;
use crate::app::geometry::{Layout, Size};
use crate::app::key::Key;
use crate::app::keymap::Keymap;
use crate::app::list::{List, ListKey};
use crate::domain::list::Tone;
use crate::domain::money::{Currency, MoneyRules};
use crate::entity::input::Reading;
use crate::entity::{Column, Kind, Ref, Value};
use crate::limits;
use crate::register::{Anchor, Card, Counts, Event, Overview, Page, Refusal, Request, Slot, Ticket, Write};
use crate::texts::{Lang, Sentence, Text};

/// Everything a screen shows.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// The civil date.
    pub today: NaiveDate,
    /// The language of the interface.
    pub lang: Lang,
    /// The theme's name.
    pub theme: String,
    /// The size of the screen.
    pub size: Size,
    /// Who works here.
    pub user: String,
    /// The file name of the register.
    pub register: String,
    /// Whether the register can be written.
    pub read_only: bool,
    /// The currency bare numbers mean.
    pub base_currency: Currency,
    /// The key map.
    pub keymap: Keymap,
    /// Records by tab.
    pub counts: Counts,
    /// The Overview.
    pub overview: OverviewPane,
    /// The lists that were opened.
    pub lists: BTreeMap<ListKey, List>,
    /// The newest card that was loaded.
    pub card: Option<Box<Card>>,
    /// The record page.
    pub record: RecordPane,
    /// The history page.
    pub history: HistoryPane,
    /// Where one is and was.
    pub trail: Trail,
    /// The open form.
    pub form: Option<Form>,
    /// The record whose form opens as soon as it is loaded.
    pub edit_wanted: Option<Ref>,
    /// Forms that were left with something typed.
    pub drafts: Vec<Draft>,
    /// Forms that were left while they were being saved, as drafts, by their write.
    pub unanswered: BTreeMap<Ticket, Draft>,
    /// What lies over the screen.
    pub overlay: Option<Overlay>,
    /// The line at the bottom, until the next key.
    pub message: Option<Message>,
    /// Keys that wait for the next.
    pub pending: Vec<Key>,
    /// Whether `q` was pressed once.
    pub quit_asked: bool,
    /// What the open editor is for.
    pub editing: Option<Editing>,
    /// What to say when the write under way is done.
    pub writing: Option<Sentence>,
    /// The redo under way.
    pub redoing: Option<Ticket>,
    asked: BTreeMap<u8, (Slot, Ticket)>,
    next_ticket: Ticket,
}

/// A place one can be at and come back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The figures and what needs attention.
    Overview,
    /// A list.
    List(ListKey),
    /// One record, full screen.
    Record(Ref),
    /// The history of a record, or of the register.
    History(Option<Ref>),
}

/// The places one was at, in the order of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Trail {
    places: Vec<Place>,
    at: usize,
}

/// The Overview.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OverviewPane {
    /// Its figures.
    pub data: Option<Box<Overview>>,
    /// The panel under the cursor.
    pub panel: Panel,
    /// The line under the cursor in that panel.
    pub cursor: usize,
    /// How many lines of what needs attention were wanted, beyond those of a screen.
    pub reach: usize,
}

/// A panel of the Overview that holds records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Panel {
    /// What needs attention.
    #[default]
    Attention,
    /// The greatest changes of score.
    Movers,
    /// The newest acts.
    Recent,
}

/// The record page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecordPane {
    /// The related row under the cursor; 0 is the record itself.
    pub cursor: usize,
}

/// The history page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HistoryPane {
    /// The events, newest first.
    pub events: Vec<Event>,
    /// The event under the cursor.
    pub cursor: usize,
}

/// What lies over the screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Overlay {
    /// Find anything.
    Find(Finder),
    /// The command line.
    Command(CommandLine),
    /// The keys.
    Help {
        /// The first line that is seen.
        top: usize,
    },
    /// A choice among a few.
    Menu(Menu),
    /// The drafts that earlier runs left.
    Drafts(Offer),
}

/// A choice among a few.
#[derive(Debug, Clone, PartialEq)]
pub struct Menu {
    /// What is chosen.
    pub title: Text,
    /// What there is.
    pub items: Vec<MenuItem>,
    /// The one under the cursor.
    pub cursor: usize,
}

/// One thing to choose.
#[derive(Debug, Clone, PartialEq)]
pub struct MenuItem {
    /// Its word.
    pub label: Text,
    /// What it does.
    pub does: MenuDoes,
}

/// What a choice does.
#[derive(Debug, Clone, PartialEq)]
pub enum MenuDoes {
    /// Orders the list.
    SortBy(Column),
    /// Opens a form for a new record, with this record linked.
    Add(Kind, Option<Ref>),
}

/// The line at the bottom.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// What it says.
    pub sentence: Sentence,
    /// How it says it.
    pub tone: Tone,
}

/// What the user's editor was opened for.
#[derive(Debug, Clone, PartialEq)]
pub enum Editing {
    /// The field of the form under the cursor.
    Field,
    /// The long text of a record.
    Notes {
        /// The record.
        at: Ref,
        /// The place of the field.
        field: usize,
        /// What it held.
        seen: Value,
    },
}

/// With what the program starts.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The civil date.
    pub today: NaiveDate,
    /// The language.
    pub lang: Lang,
    /// The theme's name.
    pub theme: String,
    /// The size of the screen.
    pub size: Size,
    /// Who works here.
    pub user: String,
    /// The file name of the register.
    pub register: String,
    /// Whether the register can only be read.
    pub read_only: bool,
    /// The currency bare numbers mean.
    pub base_currency: Currency,
    /// Drafts that earlier runs left.
    pub drafts: Vec<Draft>,
}

impl State {
    /// The state at the start: the Overview, nothing loaded yet.
    #[must_use]
    pub fn new(setup: Setup) -> Self {
        let mut state = Self {
            today: setup.today,
            lang: setup.lang,
            theme: setup.theme,
            size: setup.size,
            user: setup.user,
            register: setup.register,
            read_only: setup.read_only,
            base_currency: setup.base_currency,
            keymap: Keymap::default(),
            counts: Counts::default(),
            overview: OverviewPane::default(),
            lists: BTreeMap::new(),
            card: None,
            record: RecordPane::default(),
            history: HistoryPane::default(),
            trail: Trail { places: vec![Place::Overview], at: 0 },
            form: None,
            edit_wanted: None,
            drafts: setup.drafts,
            unanswered: BTreeMap::new(),
            overlay: None,
            message: None,
            pending: Vec::new(),
            quit_asked: false,
            editing: None,
            writing: None,
            redoing: None,
            asked: BTreeMap::new(),
            next_ticket: 1,
        };
        if !state.drafts.is_empty() {
            state.overlay = Some(Overlay::Drafts(Offer::default()));
        }
        state
    }

    /// Where one is.
    #[must_use]
    pub fn place(&self) -> Place {
        self.trail.places.get(self.trail.at).copied().unwrap_or(Place::Overview)
    }

    /// The list one is at.
    #[must_use]
    pub fn list(&self) -> Option<&List> {
        match self.place() {
            Place::List(key) => self.lists.get(&key),
            _ => None,
        }
    }

    /// A list, made when it is first wanted.
    pub fn list_mut(&mut self, key: ListKey) -> &mut List {
        self.lists.entry(key).or_insert_with(|| List::new(key))
    }

    /// Whether the words of a list are being typed.
    #[must_use]
    pub fn is_filtering(&self) -> bool {
        self.list().is_some_and(|list| list.typing)
    }

    /// The record under the cursor.
    #[must_use]
    pub fn selected(&self) -> Option<Ref> {
        match self.place() {
            Place::List(key) => {
                let id = self.lists.get(&key)?.at?;
                Some(Ref { kind: key.kind, id })
            }
            Place::Record(at) => Some(self.related_at_cursor().unwrap_or(at)),
            Place::History(_) => self.history.events.get(self.history.cursor).map(|event| event.record),
            Place::Overview => self.overview.selected(),
        }
    }

    /// The card of the selected record, if it is loaded.
    #[must_use]
    pub fn selected_card(&self) -> Option<&Card> {
        let at = self.selected()?;
        self.card.as_deref().filter(|card| card.record.at == at)
    }

    /// The related record under the cursor of the record page; `None` on the record itself.
    #[must_use]
    pub fn related_at_cursor(&self) -> Option<Ref> {
        let card = self.card.as_deref()?;
        let place = self.record.cursor.checked_sub(1)?;
        card.related.iter().flat_map(|related| &related.rows).nth(place).map(|record| record.at)
    }

    /// How input is read.
    #[must_use]
    pub fn reading(&self) -> Reading {
        Reading { today: self.today, money: MoneyRules::of_base(self.base_currency) }
    }

    /// Asks the register; the answer to an older question of the same slot is no longer wanted.
    pub fn ask(&mut self, slot: Slot, request: Request, out: &mut Vec<Effect>) {
        let ticket = self.ticket();
        self.asked.insert(slot as u8, (slot, ticket));
        out.push(Effect::Read(slot, ticket, request));
    }

    /// The answer that is still to come for a slot is no longer wanted.
    pub fn forget(&mut self, slot: Slot) {
        self.asked.remove(&(slot as u8));
    }

    /// Writes to the register; `said` is shown when it is done.
    pub fn write(&mut self, write: Write, said: Option<Sentence>, out: &mut Vec<Effect>) -> Option<Ticket> {
        if self.read_only {
            self.message = Some(Message::bad(super::words::READ_ONLY));
            return None;
        }
        let ticket = self.ticket();
        self.writing = said;
        out.push(Effect::Write(ticket, write));
        Some(ticket)
    }

    /// The slot a ticket was for, if its answer is still wanted.
    pub(super) fn answered(&mut self, ticket: Ticket) -> Option<Slot> {
        let slot = self.asked.values().find(|(_, asked)| *asked == ticket).map(|(slot, _)| *slot)?;
        self.asked.remove(&(slot as u8));
        Some(slot)
    }

    /// Whether the answer to something that is shown is still to come.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.asked.values().any(|(slot, _)| *slot != Slot::Count)
    }

    /// Whether the form is being saved: then it takes nothing in until the answer is there.
    #[must_use]
    pub fn is_saving(&self) -> bool {
        self.form.as_ref().is_some_and(|form| form.saving.is_some())
    }

    /// Whether what this key would act on is not loaded yet: a key typed ahead must wait, or it
    /// would act on nothing or on something else.
    #[must_use]
    pub fn must_wait(&self, key: Key) -> bool {
        if key == Key::Esc || key == Key::Ctrl('c') {
            return false;
        }
        match &self.overlay {
            Some(Overlay::Find(finder)) => !finder.settled && !matches!(key, Key::Char(_) | Key::Backspace),
            Some(_) => false,
            None if self.is_saving() => !matches!(key, Key::Ctrl('l' | 'z')),
            None if self.form.is_some() => {
                let is_asked = self.asked.contains_key(&(Slot::Find as u8));
                is_asked && key == Key::Down
            }
            None => self.is_blind(key),
        }
    }

    fn is_blind(&self, key: Key) -> bool {
        match self.place() {
            Place::List(at) => {
                let Some(list) = self.lists.get(&at) else { return true };
                let typing = list.typing && matches!(key, Key::Char(_) | Key::Backspace);
                !typing && (!list.loaded || list.jumping)
            }
            Place::Record(at) => {
                let loaded = self.card.as_ref().is_some_and(|card| card.record.at == at);
                !loaded && self.asked.contains_key(&(Slot::Card as u8))
            }
            Place::Overview => self.overview.data.is_none(),
            Place::History(_) => self.asked.contains_key(&(Slot::History as u8)),
        }
    }

    /// Goes to a place; what lay ahead in time is forgotten.
    pub fn go(&mut self, place: Place, out: &mut Vec<Effect>) {
        if self.place() != place {
            self.trail.places.truncate(self.trail.at + 1);
            self.trail.places.push(place);
            if self.trail.places.len() > limits::TRAIL {
                self.trail.places.remove(0);
            }
            self.trail.at = self.trail.places.len() - 1;
        }
        self.arrive(out);
    }

    /// Goes back (`-1`) or forward (`1`) in time. Whether there was anywhere to go.
    pub fn walk(&mut self, by: isize, out: &mut Vec<Effect>) -> bool {
        let Some(at) = self.trail.at.checked_add_signed(by).filter(|at| *at < self.trail.places.len()) else {
            return false;
        };
        self.trail.at = at;
        self.arrive(out);
        true
    }

    fn arrive(&mut self, out: &mut Vec<Effect>) {
        self.pending.clear();
        match self.place() {
            Place::Overview => self.ask_overview(out),
            Place::List(key) => {
                self.list_mut(key);
                self.ask_list(key, out);
            }
            Place::Record(at) => {
                self.record = RecordPane::default();
                self.ask(Slot::Card, Request::Card(at), out);
            }
            Place::History(of) => {
                self.history = HistoryPane::default();
                self.ask(Slot::History, Request::History(of), out);
            }
        }
    }

    /// Asks for everything that is shown once more.
    pub fn refresh(&mut self, out: &mut Vec<Effect>) {
        match self.place() {
            Place::Overview => self.ask_overview(out),
            Place::List(key) => self.ask_list(key, out),
            Place::Record(at) => self.ask(Slot::Card, Request::Card(at), out),
            Place::History(of) => self.ask(Slot::History, Request::History(of), out),
        }
        if let (Place::List(_), Some(at)) = (self.place(), self.selected()) {
            self.ask(Slot::Card, Request::Card(at), out);
        }
    }

    /// Asks for the figures, and for as many lines as a screen holds or were wanted since.
    pub fn ask_overview(&mut self, out: &mut Vec<Effect>) {
        let lines = self.overview.reach.max(usize::from(self.size.height));
        self.ask(Slot::Overview, Request::Overview { lines }, out);
    }

    /// Asks for the part of a list around its cursor.
    pub fn ask_list(&mut self, key: ListKey, out: &mut Vec<Effect>) {
        let rows = self.size.list_rows();
        let query = self.list_mut(key).around(rows);
        self.ask(Slot::List, Request::Page(query), out);
    }

    /// Asks for the part of a list at an anchor.
    pub fn ask_list_at(&mut self, key: ListKey, anchor: Anchor, out: &mut Vec<Effect>) {
        let rows = self.size.list_rows();
        let list = self.list_mut(key);
        list.jumping |= !matches!(anchor, Anchor::Record { .. });
        let query = list.ask(anchor, rows);
        self.ask(Slot::List, Request::Page(query), out);
    }

    /// Asks for the card of the selected record, where the layout shows it.
    pub fn follow(&mut self, out: &mut Vec<Effect>) {
        let shown = matches!(self.size.layout(), Layout::Wide | Layout::Stacked);
        match self.selected() {
            Some(at) if shown => self.ask(Slot::Card, Request::Card(at), out),
            _ => {}
        }
    }

    pub(super) fn take_page(&mut self, page: Page, out: &mut Vec<Effect>) {
        let Place::List(key) = self.place() else { return };
        let rows = self.size.list_rows();
        let before = self.selected();
        let list = self.list_mut(key);
        let known = list.page.total.filter(|_| page.total.is_none());
        list.take(page, rows);
        let uncounted = list.page.total.is_none();
        if uncounted {
            list.page.total = known.filter(|total| *total >= list.page.rows.len() as u64);
            let query = list.ask(Anchor::First, rows);
            self.ask(Slot::Count, Request::Count(query), out);
        }
        let now = self.selected();
        if now != before || self.card.as_ref().map(|card| card.record.at) != now {
            self.follow(out);
        }
    }

    pub(super) fn take_card(&mut self, card: Box<Card>, out: &mut Vec<Effect>) {
        let wanted = match self.place() {
            Place::Record(at) => card.record.at == at,
            _ => true,
        };
        if wanted {
            let rows: usize = card.related.iter().map(|related| related.rows.len()).sum();
            self.record.cursor = self.record.cursor.min(rows);
            self.card = Some(card);
        }
        if let (Some(at), Some(card)) = (self.edit_wanted, self.card.clone())
            && card.record.at == at
        {
            self.edit_wanted = None;
            super::form::edit(self, &card.record, out);
        }
    }

    fn ticket(&mut self) -> Ticket {
        let ticket = self.next_ticket;
        self.next_ticket += 1;
        ticket
    }
}

impl OverviewPane {
    /// Takes new figures; the cursor stays in its panel.
    pub(super) fn take(&mut self, overview: Box<Overview>) {
        self.data = Some(overview);
        self.cursor = self.cursor.min(self.lines().saturating_sub(1));
    }

    /// Whether the cursor has come near the end of the lines that are there, while there are more.
    #[must_use]
    pub fn wants_more(&self) -> bool {
        let Some(data) = self.data.as_deref().filter(|_| self.panel == Panel::Attention) else {
            return false;
        };
        let there = data.attention.len();
        self.cursor + there / 4 >= there && i64::try_from(there).is_ok_and(|there| there < data.due)
    }

    /// Lines of the panel under the cursor.
    #[must_use]
    pub fn lines(&self) -> usize {
        let Some(data) = &self.data else { return 0 };
        match self.panel {
            Panel::Attention => data.attention.len(),
            Panel::Movers => data.movers.len(),
            Panel::Recent => data.recent.len(),
        }
    }

    /// The record under the cursor.
    #[must_use]
    pub fn selected(&self) -> Option<Ref> {
        let data = self.data.as_deref()?;
        match self.panel {
            Panel::Attention => data.attention.get(self.cursor).map(|line| line.at),
            Panel::Movers => data.movers.get(self.cursor).map(|mover| mover.at),
            Panel::Recent => data.recent.get(self.cursor).map(|event| event.record),
        }
    }
}

impl HistoryPane {
    pub(super) fn take(&mut self, events: Vec<Event>) {
        self.events = events;
        self.cursor = self.cursor.min(self.events.len().saturating_sub(1));
    }
}

impl Message {
    /// Says something.
    #[must_use]
    pub fn note(sentence: impl Into<Sentence>) -> Self {
        Self { sentence: sentence.into(), tone: Tone::Plain }
    }

    /// Says that something was done.
    #[must_use]
    pub fn good(sentence: impl Into<Sentence>) -> Self {
        Self { sentence: sentence.into(), tone: Tone::Good }
    }

    /// Says that something is not possible.
    #[must_use]
    pub fn bad(sentence: impl Into<Sentence>) -> Self {
        Self { sentence: sentence.into(), tone: Tone::Bad }
    }

    /// Says why the register refused; nothing for a question that was replaced.
    #[must_use]
    pub fn refused(refusal: &Refusal) -> Option<Self> {
        if *refusal == Refusal::Interrupted {
            return None;
        }
        refusal.sentences().into_iter().next().map(Self::bad)
    }
}
