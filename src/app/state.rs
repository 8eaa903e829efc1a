//! The state of the program: everything a screen shows, and nothing it could work out.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use chrono::NaiveDate;

use crate::app::Effect;
use crate::app::action::Action;
use crate::app::board::Board;
use crate::app::command::Folder;
use crate::app::cursor::{Cursor, Line, TO_FIRST, TO_LAST};
use crate::app::draft::Draft;
use crate::app::form::Form;
use crate::app::form::offer::Offer;
use crate::app::geometry::Size;
use crate::app::importer::Importer;
use crate::app::key::Key;
use crate::app::keymap::{Context, Keymap};
use crate::app::list::{List, ListKey};
use crate::app::look::Look;
use crate::app::past::Present;
use crate::app::present::Stage;
use crate::app::settings::Personal;
use crate::app::sheet;
use crate::app::timeline::Timeline;
use crate::app::view::Views;
use crate::domain::list::Tone;
use crate::domain::money::{Currency, MoneyRules};
use crate::domain::zone::Zone;
use crate::entity::input::Reading;
use crate::entity::{Kind, Record, Ref, Value, show};
use crate::limits;
use crate::register::{Bulk, Card, Counts, Refusal, Request, Slot, Ticket, Write};
use crate::texts::{Lang, Sentence};

pub use overlay::{Menu, MenuDoes, MenuItem, Overlay};
pub use panes::{HistoryPane, OverviewPane, Panel, RecordPane, Sheet};
pub use trail::{Of, Place, Trail};

mod asking;
mod overlay;
mod panes;
mod trail;

/// Everything a screen shows.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// The civil date.
    pub today: NaiveDate,
    /// How civil time is told from instants.
    pub zone: Zone,
    /// The language of the interface.
    pub lang: Lang,
    /// How the screens look.
    pub look: Look,
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
    /// Which letters of other layouts count as which keys.
    pub board: Board,
    /// How lists are shown.
    pub views: Views,
    /// The settings of this machine, as they were at the start.
    pub personal: Vec<Personal>,
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
    /// The open import.
    pub importer: Option<Importer>,
    /// The meeting on the screen.
    pub stage: Option<Box<Stage>>,
    /// The import that is being written though its screen was closed.
    pub importing: Option<Ticket>,
    /// What is done as soon as the record it is done to is loaded; see [`State::wait_for`].
    pub awaited: Option<(Ref, Action)>,
    /// Forms that were left with something typed.
    pub drafts: Vec<Draft>,
    /// Forms that were left while they were being saved, as drafts, by their write.
    pub unanswered: BTreeMap<Ticket, Draft>,
    /// What lies over the screen.
    pub overlay: Option<Overlay>,
    /// The line at the bottom, until the next key.
    pub message: Option<Message>,
    /// What was said there, the newest first.
    pub messages: VecDeque<Message>,
    /// The present, while the register of another day is shown.
    pub present: Option<Present>,
    /// Whether amounts and what tells of people are hidden on the screen.
    pub masked: bool,
    /// Whether the register is that of the demo.
    pub is_demo: bool,
    /// The step of the tour one is at.
    pub tour: Option<usize>,
    /// The day whose register is being made.
    pub going: Option<NaiveDate>,
    /// Keys that wait for the next.
    pub pending: Vec<Key>,
    /// The commands that were run, the newest last.
    pub commands: Vec<String>,
    /// The names of the folder that stands on the command line.
    pub folder: Option<Folder>,
    /// Whether `q` was pressed once.
    pub quit_asked: bool,
    /// What the open editor is for.
    pub editing: Option<Editing>,
    /// The writes under way, and what to say when each is done.
    pub writing: BTreeMap<Ticket, Option<Sentence>>,
    /// Those that keep where a meeting stands, of which nothing is said.
    pub desks: BTreeSet<Ticket>,
    /// The erasings among them: what they erased is in drafts too until their end is told.
    pub erasings: BTreeSet<Ticket>,
    /// The acts on many records under way.
    pub bulks: BTreeMap<Ticket, Bulk>,
    /// The records of one's own last acts, until what is shown was loaded after it: a line of
    /// theirs that goes was taken away knowingly.
    pub(super) own: Vec<Ref>,
    asked: BTreeMap<u8, (Slot, Ticket, Request)>,
    next_ticket: Ticket,
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
    /// How civil time is told from instants.
    pub zone: Zone,
    /// The language.
    pub lang: Lang,
    /// How the screens look at first.
    pub look: Look,
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
    /// The key map: the default with the user's own keys laid over it.
    pub keymap: Keymap,
    /// Which letters of other layouts count as which keys.
    pub board: Board,
    /// How lists are shown.
    pub views: Views,
    /// The settings of this machine.
    pub personal: Vec<Personal>,
}

impl State {
    /// The state at the start: the Overview, nothing loaded yet.
    #[must_use]
    pub fn new(setup: Setup) -> Self {
        let mut state = Self {
            today: setup.today,
            zone: setup.zone,
            lang: setup.lang,
            look: setup.look,
            size: setup.size,
            user: setup.user,
            register: setup.register,
            read_only: setup.read_only,
            base_currency: setup.base_currency,
            keymap: setup.keymap,
            board: setup.board,
            personal: setup.personal,
            views: setup.views,
            counts: Counts::default(),
            overview: OverviewPane::default(),
            lists: BTreeMap::new(),
            card: None,
            record: RecordPane { cursor: Cursor::default(), field: None, scroll: 0 },
            history: HistoryPane::default(),
            trail: Trail::default(),
            form: None,
            importer: None,
            stage: None,
            importing: None,
            awaited: None,
            drafts: setup.drafts,
            unanswered: BTreeMap::new(),
            overlay: None,
            message: None,
            messages: VecDeque::new(),
            present: None,
            going: None,
            masked: false,
            is_demo: false,
            tour: None,
            pending: Vec::new(),
            commands: Vec::new(),
            folder: None,
            quit_asked: false,
            editing: None,
            writing: BTreeMap::new(),
            erasings: BTreeSet::new(),
            desks: BTreeSet::new(),
            bulks: BTreeMap::new(),
            own: Vec::new(),
            asked: BTreeMap::new(),
            next_ticket: 1,
        };
        if !state.drafts.is_empty() {
            state.overlay = Some(Overlay::Drafts(Offer::default()));
        }
        state
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
        let (views, lang, today) = (&self.views, self.lang, self.today);
        self.lists.entry(key).or_insert_with(|| {
            let mut list = List::new(key);
            if key.scope.is_none() {
                list.order = views.kinds.get(&key.kind).and_then(|of| of.last.order).unwrap_or(list.order);
                list.grouped = views.kinds.get(&key.kind).is_some_and(|of| of.last.grouped);
                let timeline = views.kinds.get(&key.kind).is_some_and(|of| of.last.timeline);
                list.timeline = timeline.then(|| Timeline::of(today));
                if let Some(view) = views.start(key.kind, lang) {
                    list.show_as(&view, today);
                }
            }
            list
        })
    }

    /// Goes on, or back, to another civil date.
    pub(super) fn begin_day(&mut self, today: NaiveDate) {
        self.today = today;
        self.lists.values_mut().for_each(|list| list.begin_day(today));
    }

    /// Has what was chosen about the lists of a kind kept.
    pub(super) fn keep_views(&mut self, kind: Kind, out: &mut Vec<Effect>) {
        let of = self.views.of_mut(kind).clone();
        out.push(Effect::KeepViews(kind, Box::new(of)));
    }

    /// Whether the words of a list are being typed.
    #[must_use]
    pub fn is_filtering(&self) -> bool {
        self.list().is_some_and(|list| list.typing)
    }

    /// Where keys are read now, innermost first.
    #[must_use]
    pub fn contexts(&self) -> Vec<Context> {
        match &self.overlay {
            Some(Overlay::Find(_)) => vec![Context::Find],
            Some(Overlay::Command(_)) => vec![Context::Command],
            Some(Overlay::Drafts(_)) => vec![Context::Drafts, Context::Menu],
            Some(Overlay::Menu(_)) => vec![Context::Menu],
            Some(Overlay::Columns(_)) => vec![Context::Columns],
            Some(Overlay::Views(pane)) if pane.naming.is_some() => vec![Context::Naming],
            Some(Overlay::Views(_)) => vec![Context::Views, Context::Menu],
            Some(Overlay::Help(_)) => vec![Context::Help],
            Some(Overlay::Explained(_)) => vec![Context::Explained],
            Some(Overlay::Clauses(pane)) => vec![pane.context()],
            Some(Overlay::Levels(_)) => vec![Context::Levels],
            Some(Overlay::Money(_)) => vec![Context::Money],
            Some(Overlay::Proposal(_)) => vec![Context::Proposal],
            Some(Overlay::Standing(_)) => vec![Context::Standing],
            Some(Overlay::Confirm(_) | Overlay::Erase(_)) => vec![Context::Sure],
            Some(Overlay::Misfits(_)) => vec![Context::Misfits, Context::Problems, Context::Menu],
            Some(Overlay::Problems(_)) => vec![Context::Problems, Context::Menu],
            Some(Overlay::Settings(_)) => vec![Context::Settings],
            Some(Overlay::Shown(_) | Overlay::Welcome(_)) => Vec::new(),
            None => match &self.form {
                Some(form) => form.contexts(),
                None if self.importer.is_some() => vec![Context::Import, Context::Global],
                None if let Some(stage) = &self.stage => vec![stage.context(), Context::Global],
                None if self.is_filtering() => vec![Context::Filter, Context::Global],
                None => self.browsing().to_vec(),
            },
        }
    }

    /// Where keys are read while no text is typed and nothing lies over the screen.
    #[must_use]
    pub fn browsing(&self) -> &'static [Context] {
        match self.list() {
            Some(list) if list.timeline.is_some() => &[Context::Timeline, Context::Browse, Context::Global],
            None if matches!(self.place(), Place::Record(at) if at.kind == Kind::ExitCase) => {
                &[Context::Checklist, Context::Browse, Context::Global]
            }
            _ => &[Context::Browse, Context::Global],
        }
    }

    /// Whether the next keys are taken for an action that gets keys of one's own.
    #[must_use]
    pub fn is_binding(&self) -> bool {
        matches!(&self.overlay, Some(Overlay::Help(help)) if help.rebinding.is_some())
    }

    /// The record under the cursor.
    #[must_use]
    pub fn selected(&self) -> Option<Ref> {
        match self.place() {
            Place::List(key) => self.lists.get(&key)?.record(),
            Place::Record(_) => self.record.cursor.line().map(Line::record),
            Place::History(_) => self.history.cursor.line().map(Line::record),
            Place::Overview => self.overview.cursor.line().map(Line::record),
        }
    }

    /// The card of the selected record, if it is loaded.
    #[must_use]
    pub fn selected_card(&self) -> Option<&Card> {
        let at = self.selected()?;
        self.card.as_deref().filter(|card| card.record.at == at)
    }

    /// What a record is called, where that is loaded: by its card, its row or its events; else nothing.
    #[must_use]
    pub fn name_of(&self, at: Ref) -> String {
        let cards = self.card.iter().map(|card| &card.record);
        let related = self.card.iter().flat_map(|card| &card.related).flat_map(|related| &related.rows);
        let record = cards.chain(related).find(|record| record.at == at).map(Record::label);
        let row = || {
            let row = self.list()?.page.rows.iter().find(|row| row.at == at)?;
            row.cells.first().map(|cell| show::full(cell, self.lang))
        };
        let event = || {
            let event = self.history.events.iter().find(|event| event.record == at)?;
            Some(event.label.clone())
        };
        record.or_else(event).or_else(row).unwrap_or_default()
    }

    /// Moves the cursor of the Overview, the record page or the history by `by` lines.
    pub(super) fn step_pane(&mut self, by: i64) {
        match self.place() {
            Place::List(_) => {}
            Place::Record(_) => self.step_record(by),
            Place::History(_) => {
                let lines = self.history.lines();
                self.history.cursor.step(by, &lines);
            }
            Place::Overview => {
                let lines = self.overview.lines();
                self.overview.cursor.step(by, &lines);
            }
        }
    }

    /// Moves the cursor of the record page: through the record's own fields, then its related rows.
    fn step_record(&mut self, by: i64) {
        let Some(card) = self.card.as_deref() else { return };
        let (lines, sheet) = (RecordPane::lines(card), self.sheet(card));
        if by == TO_FIRST || by == TO_LAST {
            self.record.field = None;
            self.record.scroll = 0;
            return self.record.cursor.step(by, &lines);
        }
        for _ in 0..by.unsigned_abs() {
            let is_own = self.record.cursor.row() == 0;
            match (is_own, by > 0) {
                (true, true) => {
                    if !self.record.down(&sheet) {
                        self.record.cursor.step(1, &lines);
                        let has_left = self.record.cursor.row() > 0;
                        self.record.field = self.record.field.filter(|_| !has_left);
                    }
                }
                (true, false) => self.record.up(&sheet),
                (false, _) => {
                    self.record.cursor.step(by.signum(), &lines);
                    if self.record.cursor.row() == 0 {
                        self.record.enter_last(&sheet);
                    }
                }
            }
        }
    }

    /// The own fields of a record as its page shows them.
    fn sheet(&self, card: &Card) -> Sheet {
        let (columns, rows) = self.size.sheet(card.record.at.kind);
        let lines = sheet::placed(&card.record, self.lang, self.look.measure(), columns);
        let stops = lines.iter().enumerate().filter_map(|(line, (field, _))| Some((line, (*field)?)));
        Sheet { stops: stops.collect(), lines: lines.len(), room: usize::from(rows) }
    }

    /// How input is read.
    #[must_use]
    pub fn reading(&self) -> Reading {
        Reading { today: self.today, money: MoneyRules::of_base(self.base_currency) }
    }

    /// Keeps what is said now, where it is another message than before, to be read again.
    pub(super) fn remember_message(&mut self, before: Option<&Message>) {
        if let Some(said) = self.message.as_ref().filter(|said| Some(*said) != before) {
            self.messages.push_front(said.clone());
            self.messages.truncate(limits::MESSAGES);
        }
    }

    /// Forgets all that is loaded, and asks for what is shown: another register is open.
    pub(super) fn forget_all(&mut self, out: &mut Vec<Effect>) {
        self.lists.values_mut().for_each(List::unload);
        self.overview = OverviewPane::default();
        self.card = None;
        self.asked.clear();
        self.go(self.place(), out);
    }

    /// Writes to the register; `said` is shown when it is done.
    pub fn write(&mut self, write: Write, said: Option<Sentence>, out: &mut Vec<Effect>) -> Option<Ticket> {
        if self.read_only {
            self.message = Some(Message::bad(super::words::READ_ONLY));
            return None;
        }
        let ticket = self.ticket();
        self.writing.insert(ticket, said);
        out.push(Effect::Write(ticket, write));
        Some(ticket)
    }

    /// The number of the next question, write or import.
    pub(super) fn ticket(&mut self) -> Ticket {
        let ticket = self.next_ticket;
        self.next_ticket += 1;
        ticket
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

    /// Says that something was done and wants a look.
    #[must_use]
    pub fn doubt(sentence: impl Into<Sentence>) -> Self {
        Self { sentence: sentence.into(), tone: Tone::Attention }
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
