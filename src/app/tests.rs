//! The reducers by what a user does: keys in, state and effects out.

use super::*;
use crate::app::board::Board;
use crate::app::list::ListKey;
use crate::app::look::Look;
use crate::app::state::Setup;
use crate::domain::money::Currency;
use crate::domain::zone::Zone;
use crate::entity::{Kind, Link, Record, Ref, Shape, Value};
use crate::register::erase::Erasure;
use crate::register::{
    Act, Anchor, Attention, Bulk, Card, Change, Counts, Event, Found, Overview, Page, Query, Related, Row,
    Shelves, Step, What, code_of,
};
use crate::texts::{Lang, text};

mod ahead;
mod anything;
mod checklist;
mod deeds;
mod erasing;
mod finding;
mod helping;
mod importing;
mod leaving;
mod lists;
mod marks;
mod money;
mod overview;
mod problems;
mod proposing;
mod reasons;
mod selection;
mod settings;
mod timeline;
mod under;

/// A program under test: presses keys by name and answers its questions from a register of its
/// own, at once or when told to.
pub(super) struct Desk {
    pub(super) state: State,
    pub(super) wanted: Vec<Effect>,
    pub(super) size_of_list: u64,
    pub(super) register: Register,
    slow: bool,
    late: Vec<(Slot, Ticket, Request)>,
}

/// How many records a filter matches, whatever its words: counted after the page.
const FILTERED: u64 = 7;

/// What the register of a [`Desk`] holds besides its list of numbered records.
#[derive(Default)]
pub(super) struct Register {
    /// Contacts of every record.
    pub(super) contacts: Vec<i64>,
    /// Records that are in no list and on no card.
    pub(super) away: Vec<Ref>,
    /// Records that are no more.
    pub(super) missing: Vec<Ref>,
    /// What needs attention.
    pub(super) attention: Vec<Attention>,
    pub(super) events: Vec<Event>,
    pub(super) hits: Vec<Found>,
    pub(super) settings: Vec<crate::register::settings::Held>,
    /// The clauses of every contract.
    pub(super) clauses: Vec<Record>,
    /// The service levels of every contract.
    pub(super) levels: Vec<crate::register::service_level::Level>,
}

impl Setup {
    /// What tests start with: Mei Lin at a wide screen, on the day of the demo.
    pub(crate) fn sample() -> Self {
        Self {
            today: NaiveDate::from_ymd_opt(2026, 7, 26).unwrap(),
            lang: Lang::En,
            look: Look::default(),
            size: Size { width: 120, height: 35 },
            user: "mei.lin".to_owned(),
            register: "acme.db".to_owned(),
            read_only: false,
            base_currency: Currency::CNY,
            drafts: Vec::new(),
            keymap: crate::app::keymap::Keymap::default(),
            board: Board::default(),
            views: crate::app::view::Views::default(),
            personal: Vec::new(),
            zone: Zone::default(),
        }
    }
}

impl Desk {
    pub(super) fn new() -> Self {
        Self::of(Vec::new())
    }

    /// A program that starts with these drafts.
    pub(super) fn of(drafts: Vec<Draft>) -> Self {
        Self {
            state: State::new(Setup { drafts, ..Setup::sample() }),
            wanted: Vec::new(),
            size_of_list: 10,
            register: Register::default(),
            slow: false,
            late: Vec::new(),
        }
    }

    /// Presses keys, named as the key map names them, and answers every question at once.
    pub(super) fn press(mut self, keys: &str) -> Self {
        for key in keys.split(' ') {
            let key = key.parse().unwrap_or_else(|_| panic!("no key {key}"));
            self = self.tell(Msg::Key(key));
        }
        self
    }

    pub(super) fn tell(mut self, msg: Msg) -> Self {
        self.wanted = update(&mut self.state, msg);
        self.heed(self.wanted.clone());
        self
    }

    /// Presses keys that come faster than any answer: each waits only where it must.
    pub(super) fn press_ahead(mut self, keys: &str) -> Self {
        self.slow = true;
        for key in keys.split(' ') {
            let key = key.parse().unwrap_or_else(|_| panic!("no key {key}"));
            while self.state.must_wait(key) {
                assert!(!self.late.is_empty(), "{key} waits for nothing");
                self.answer_first();
            }
            self = self.tell(Msg::Key(key));
        }
        self
    }

    /// Holds the answers to all questions from now on back.
    pub(super) fn slowly(mut self) -> Self {
        self.slow = true;
        self
    }

    /// Gives the answers that were held back, the oldest first, and all that follow at once.
    pub(super) fn catch_up(mut self) -> Self {
        self.slow = false;
        while !self.late.is_empty() {
            self.answer_first();
        }
        self
    }

    /// Gives one of the answers that were held back: the oldest.
    pub(super) fn answer_one(mut self) -> Self {
        self.answer_first();
        self
    }

    /// As [`Desk::catch_up`], the newest answer first.
    pub(super) fn catch_up_backwards(mut self) -> Self {
        self.slow = false;
        while let Some(newest) = self.late.pop() {
            self.late.insert(0, newest);
            self.answer_first();
        }
        self
    }

    fn answer_first(&mut self) {
        let (_, ticket, request) = self.late.remove(0);
        let answer = self.answer(&request);
        let wanted = update(&mut self.state, Msg::Answered(ticket, answer));
        self.note(&wanted);
        self.heed(wanted);
    }

    /// What answers lead to belongs to the message that asked, but for further questions.
    fn note(&mut self, wanted: &[Effect]) {
        let deeds = wanted.iter().filter(|effect| !matches!(effect, Effect::Read(..)));
        self.wanted.extend(deeds.cloned());
    }

    /// Answers what is asked, the newest question first, or notes it for later.
    fn heed(&mut self, mut open: Vec<Effect>) {
        while let Some(effect) = open.pop() {
            let Effect::Read(slot, ticket, request) = effect else { continue };
            if self.slow {
                self.late.push((slot, ticket, request));
                continue;
            }
            let answer = self.answer(&request);
            let wanted = update(&mut self.state, Msg::Answered(ticket, answer));
            self.note(&wanted);
            open.extend(wanted);
        }
    }

    fn answer(&self, request: &Request) -> Answer {
        match request {
            Request::Page(query) => Answer::Page(self.page(query), Counts::default()),
            Request::Ids(query, ends) => Answer::Ids(self.ids(query.kind, *ends)),
            Request::Count(_) => Answer::Count(FILTERED),
            Request::Card(at) | Request::Sheet(at) if self.register.missing.contains(at) => {
                Answer::Refused(Refusal::Missing(crate::texts::text("missing", "不存在").into()))
            }
            Request::Card(at) | Request::Sheet(at) => Answer::Card(Box::new(self.card(*at))),
            Request::Overview { lines } => Answer::Overview(Box::new(Overview {
                attention: self.register.attention.iter().take(*lines).cloned().collect(),
                due: i64::try_from(self.register.attention.len()).unwrap(),
                ..Overview::default()
            })),
            Request::Find { .. } => Answer::Found(self.register.hits.clone()),
            Request::Known(_) => {
                Answer::Known(["mei.lin", "k.brandt", "林美", "a.singh"].map(str::to_owned).to_vec())
            }
            Request::Clauses(at) => {
                let record = self.card(*at).record;
                let found = self.register.clauses.clone();
                Answer::Clauses(Box::new(crate::register::clauses::Checklist::of(
                    &record, found, "all", None,
                )))
            }
            Request::Levels(at) => {
                let (code, name) = (code_of(*at), "Work".to_owned());
                let lines = self.register.levels.clone();
                let all = crate::register::service_level::Levels {
                    contract: *at,
                    code,
                    name,
                    lines,
                    credits: Vec::new(),
                };
                Answer::Levels(Box::new(all))
            }
            Request::Meeting(_) => Answer::Meeting(None),
            Request::Rank(among) => {
                let ranking = crate::register::review::standing::Ranking {
                    among: among.clone(),
                    offers: (vec!["mei.lin".to_owned()], vec!["2026-Q1".parse().unwrap()]),
                    ..Default::default()
                };
                Answer::Ranked(Box::new(ranking))
            }
            Request::Compare(vendors) => {
                let one = |at: &Ref| crate::register::review::standing::Compared {
                    vendor: *at,
                    code: code_of(*at),
                    name: "Alpha".to_owned(),
                    scored: None,
                };
                let vendors = vendors.iter().map(one).collect();
                Answer::Compared(Box::new(crate::register::review::standing::Comparison {
                    period: None,
                    vendors,
                }))
            }
            Request::Explain(_) | Request::Bridge(_) => {
                let line = crate::register::explain::Line {
                    key: "total",
                    what: text("Total", "总分").into(),
                    value: "86.68".to_owned(),
                    how: text("as told", "如述").into(),
                };
                let notes = Vec::new();
                Answer::Explained(Box::new(crate::register::explain::Explained { lines: vec![line], notes }))
            }
            Request::Settings => Answer::Settings(self.register.settings.clone()),
            Request::Erasure(at) => Answer::Erasure(Box::new(Erasure {
                code: code_of(*at),
                label: "Wang Min".to_owned(),
                copies: vec!["/srv/a.bak".to_owned(), "/srv/b.bak".to_owned()],
                ..Erasure::default()
            })),
            Request::Propose(wish) => Answer::Proposed(Box::new(proposing::proposal(*wish))),
            Request::Money(at) => Answer::Money(money::account(*at)),
            Request::History(_) | Request::Between(..) => Answer::History(self.register.events.clone()),
        }
    }

    fn card(&self, at: Ref) -> Card {
        let contacts = self.register.contacts.iter().map(|id| Ref { kind: Kind::Contact, id: *id });
        let rows: Vec<Record> = contacts.filter(|at| !self.register.away.contains(at)).map(vendor).collect();
        let total = i64::try_from(rows.len()).unwrap();
        let related = vec![Related { kind: Kind::Contact, field: 0, total, rows }];
        Card { record: vendor(at), related, dues: Vec::new(), last_event: None }
    }

    /// The numbers of a list, from one to another.
    fn ids(&self, kind: Kind, ends: Option<(i64, i64)>) -> Vec<i64> {
        let away = |id: i64| self.register.away.contains(&Ref { kind, id });
        let all = (1..=i64::try_from(self.size_of_list).unwrap()).filter(|id| !away(*id));
        let (from, to) = ends.unwrap_or((1, i64::MAX));
        all.filter(|id| (from.min(to)..=from.max(to)).contains(id)).collect()
    }

    fn page(&self, query: &Query) -> Page {
        let ids = self.ids(query.kind, None);
        let last = ids.len().saturating_sub(1);
        let row = match query.anchor {
            Anchor::First => 0,
            Anchor::Last => last,
            Anchor::Row(row) => usize::try_from(row).unwrap().min(last),
            Anchor::Record { id, row } => {
                let here = ids.iter().position(|other| *other == id);
                here.unwrap_or(usize::try_from(row).unwrap().min(last))
            }
        };
        let (before, after) = query.reach;
        let start = row.saturating_sub(before);
        let end = (row + after.max(1)).min(ids.len());
        let row_of = |id: &i64| {
            let at = Ref { kind: query.kind, id: *id };
            Row { at, code: code_of(at), version: 1, cells: vec![Value::Text(format!("Vendor {id}"))] }
        };
        let rows = ids[start..end].iter().map(row_of).collect();
        let total = query.filter.words.is_empty().then_some(ids.len() as u64);
        Page { rows, start: start as u64, total, anchor: row - start, extra: query.extra.clone() }
    }

    pub(super) fn selected(&self) -> String {
        self.state.selected().map(code_of).unwrap_or_default()
    }

    pub(super) fn says(&self) -> String {
        self.state.message.as_ref().map(|m| m.sentence.in_(Lang::En)).unwrap_or_default()
    }

    /// Tells that another operator changed the register.
    pub(super) fn changed(self) -> Self {
        self.tell(Msg::Changed)
    }

    /// The act on many that the last message wanted.
    pub(super) fn bulk(&self) -> Option<(Ticket, Bulk)> {
        self.wanted.iter().find_map(|effect| match effect {
            Effect::Write(ticket, Write::Bulk(bulk)) => Some((*ticket, (**bulk).clone())),
            _ => None,
        })
    }

    /// The write that the last message wanted.
    pub(super) fn written(&self) -> Option<(Ticket, Change)> {
        self.wanted.iter().find_map(|effect| match effect {
            Effect::Write(ticket, Write::Apply(change)) => Some((*ticket, change.clone())),
            _ => None,
        })
    }
}

/// A line of the attention list for an action.
pub(super) fn due(id: i64) -> Attention {
    Attention {
        at: Ref { kind: Kind::Action, id },
        code: String::new(),
        what: What::Action,
        date: NaiveDate::from_ymd_opt(2026, 7, 26).unwrap(),
        days: 0,
        label: String::new(),
        named: None,
        vendor: String::new(),
        silence: None,
    }
}

/// A hit of Find anything.
pub(super) fn hit(kind: Kind, id: i64) -> Found {
    let at = Ref { kind, id };
    Found {
        at,
        code: code_of(at),
        title: format!("Vendor {id}"),
        detail: Vec::new(),
        role: None,
        text: String::new(),
        archived: false,
    }
}

fn vendor(at: Ref) -> Record {
    let table = at.kind.table();
    let mut values = (table.blank)();
    let name = table.field("name").or_else(|| table.field("title")).unwrap_or(0);
    values[name] = Value::Text(format!("Vendor {}", at.id));
    if let Some(vendor) = table.fields.iter().position(|meta| meta.shape == Shape::Link(Kind::Vendor)) {
        let at = Ref { kind: Kind::Vendor, id: 7 };
        let link = Link { kind: at.kind, id: at.id, code: code_of(at), label: "Vendor 7".to_owned() };
        values[vendor] = Value::Link(link);
    }
    let derived = table.derived.iter().map(|_| Value::Null).collect();
    Record { at, code: code_of(at), version: 1, archived_at: None, values, derived }
}

#[test]
fn the_cursor_follows_the_keys_and_stops_at_the_ends() {
    let desk = Desk::new().press("2 j j");
    assert_eq!(desk.selected(), "V-0003");
    let desk = desk.press("k k k k");
    assert_eq!(desk.selected(), "V-0001");
    let desk = desk.press("G j");
    assert_eq!(desk.selected(), "V-0010");
    assert_eq!(desk.press("g g").selected(), "V-0001");
}

#[test]
fn a_long_list_is_loaded_around_the_cursor() {
    let mut desk = Desk::new();
    desk.size_of_list = 100_000;
    let desk = desk.press("2 G");
    assert_eq!(desk.selected(), "V-100000");
    let desk = desk.press("PgUp PgUp PgUp PgUp");
    let rows = u64::from(desk.state.size.list_rows());
    assert_eq!(desk.state.list().unwrap().row, 99_999 - 4 * rows);
    assert_eq!(desk.selected(), format!("V-{}", 100_000 - 4 * rows));
    let list = desk.state.list().unwrap();
    assert!(list.top <= list.row && list.row < list.top + rows);
    assert_eq!(list.visible(desk.state.size.list_rows()).count() as u64, rows);
}

#[test]
fn the_selection_is_a_record_and_not_a_row() {
    let desk = Desk::new().press("2 j j");
    assert_eq!(desk.selected(), "V-0003");
    // Another operator's change: the list is asked again around the record, wherever it is now.
    let desk = desk.tell(Msg::Changed);
    let asked = desk.wanted.iter().any(|effect| {
        matches!(effect, Effect::Read(Slot::List, _, Request::Page(query)) if query.anchor == Anchor::Record { id: 3, row: 2 })
    });
    assert!(asked, "{:?}", desk.wanted);
    assert_eq!(desk.selected(), "V-0003");
}

#[test]
fn an_old_answer_changes_nothing() {
    let mut desk = Desk::new().press("2 j");
    let before = desk.state.clone();
    let page = Page { rows: Vec::new(), start: 0, total: Some(0), ..Page::default() };
    let effects = update(&mut desk.state, Msg::Answered(1, Answer::Page(page, Counts::default())));
    assert!(effects.is_empty());
    assert_eq!(desk.state, before);
}

#[test]
fn esc_leads_out_and_never_quits() {
    let desk = Desk::new().press("2 j Enter");
    assert!(matches!(desk.state.place(), Place::Record(at) if at.id == 2));
    let desk = desk.press("Esc");
    assert!(matches!(desk.state.place(), Place::List(ListKey { kind: Kind::Vendor, scope: None })));
    assert_eq!(desk.selected(), "V-0002");
    let desk = desk.press("Esc Esc Esc Esc");
    assert!(!desk.wanted.contains(&Effect::Quit));
}

#[test]
fn back_and_forward_in_time() {
    let desk = Desk::new().press("2 Enter 3 H");
    assert!(matches!(desk.state.place(), Place::Record(at) if at.kind == Kind::Vendor));
    assert!(matches!(desk.press("L").state.place(), Place::List(ListKey { kind: Kind::Contract, .. })));
}

#[test]
fn q_asks_once_on_the_first_level() {
    let desk = Desk::new().press("2 q");
    assert_eq!(desk.says(), "q again to quit");
    assert!(desk.wanted.contains(&Effect::WakeAfterQuit));
    let desk = desk.press("q");
    assert_eq!(desk.wanted, vec![Effect::Quit]);
    let desk = Desk::new().press("q j q");
    assert!(!desk.wanted.contains(&Effect::Quit));
    let desk = Desk::new().press("q").tell(Msg::QuitLapsed).press("q");
    assert!(!desk.wanted.contains(&Effect::Quit));
}

#[test]
fn an_unknown_key_says_so_and_changes_nothing() {
    let desk = Desk::new().press("2 Q");
    assert_eq!(desk.says(), "Q: no action here, ? for keys");
    assert!(desk.wanted.is_empty());
}

#[test]
fn a_chinese_character_opens_find_anything_and_full_width_signs_are_commands() {
    let desk = Desk::new().press("2 腾");
    assert!(matches!(&desk.state.overlay, Some(Overlay::Find(finder)) if finder.field.text() == "腾"));
    let desk = Desk::new().press("：");
    assert!(matches!(desk.state.overlay, Some(Overlay::Command(_))));
    assert!(matches!(Desk::new().press("？").state.overlay, Some(Overlay::Help(_))));
}

#[test]
fn a_paste_over_a_list_is_no_command() {
    let desk = Desk::new().press("2").tell(Msg::Paste("dddd".to_owned()));
    assert!(desk.wanted.is_empty());
    assert_eq!(desk.says(), "Pasted text goes into a field: press / or a first.");
}

#[test]
fn the_filter_narrows_while_one_types_and_esc_clears_it() {
    let desk = Desk::new().press("2 / y u n");
    let query = desk.wanted.iter().find_map(|effect| match effect {
        Effect::Read(Slot::List, _, Request::Page(query)) => Some(query.filter.words.clone()),
        _ => None,
    });
    assert_eq!(query.as_deref(), Some("yun"));
    let desk = desk.press("Enter");
    assert!(!desk.state.is_filtering());
    assert_eq!(desk.state.list().unwrap().words.text(), "yun");
    let desk = desk.press("Esc");
    assert_eq!(desk.state.list().unwrap().words.text(), "");
}

#[test]
fn archive_writes_one_step_and_says_how_to_take_it_back() {
    let desk = Desk::new().press("2 j d");
    let Some(Effect::Write(ticket, Write::Apply(change))) = desk.wanted.first().cloned() else {
        panic!("nothing written")
    };
    assert_eq!(change.act, Act::Archive);
    assert!(matches!(change.steps[..], [Step::Shelve { at: Ref { id: 2, .. }, .. }]));
    let saved = Saved { change: Some(1), records: vec![], doubts: vec![] };
    let desk = desk.tell(Msg::Written(ticket, Ok(saved)));
    assert_eq!(desk.says(), "V-0002 archived: Vendor 2 (u undoes)");
}

#[test]
fn a_form_tells_every_error_at_once_and_goes_to_the_first() {
    let desk = Desk::new().press("2 a Ctrl-S");
    let form = desk.state.form.as_ref().expect("the form is closed");
    assert_eq!(form.errors(), 1);
    assert_eq!(form.focus, 0);
    assert!(desk.wanted.is_empty(), "a faulty form was written");
}

#[test]
fn what_is_typed_is_kept_with_each_key_and_comes_back() {
    let desk = Desk::new().press("2 a 腾 云");
    let Some(Effect::KeepDraft(draft)) = desk.wanted.first() else { panic!("no draft") };
    assert_eq!(draft.fields.get("name").map(|field| field.text.as_str()), Some("腾云"));
    let desk = desk.press("Esc");
    assert!(desk.state.form.is_none());
    let desk = desk.press("a");
    assert_eq!(desk.state.form.as_ref().unwrap().fields[0].input.text(), "腾云");
}

#[test]
fn saving_sends_only_what_changed_with_what_was_seen() {
    let desk = Desk::new().press("2 j e ! Ctrl-S");
    let Some(Effect::Write(ticket, Write::Apply(change))) = desk.wanted.first().cloned() else {
        panic!("nothing written")
    };
    let [Step::Update { at, edits, .. }] = &change.steps[..] else { panic!("{change:?}") };
    assert_eq!(at.id, 2);
    assert_eq!(edits.len(), 1);
    assert_eq!(edits[0].seen, Some(Value::Text("Vendor 2".to_owned())));
    let desk = desk.tell(Msg::Written(ticket, Err(Refusal::Busy)));
    assert_eq!(desk.state.form.as_ref().unwrap().fields[0].input.text(), "Vendor 2!", "the text is kept");
    let desk = desk.press("Ctrl-S");
    let Some(Effect::Write(ticket, _)) = desk.wanted.first().cloned() else { panic!("not written again") };
    let desk =
        desk.tell(Msg::Written(ticket, Ok(Saved { change: Some(2), records: vec![*at], doubts: vec![] })));
    assert!(desk.state.form.is_none());
    assert_eq!(desk.says(), "V-0002 saved: Vendor 2! (u undoes)");
}

#[test]
fn the_command_line_goes_to_rows_lists_and_languages() {
    let mut desk = Desk::new();
    desk.size_of_list = 500;
    let desk = desk.press("2 : 3 0 0 Enter");
    assert_eq!(desk.selected(), "V-0300");
    let desk = desk.press(": l a n g Space z h Enter");
    assert_eq!(desk.state.lang, Lang::Zh);
    let desk = desk.press(": s e r v i c e s Enter");
    assert!(matches!(desk.state.place(), Place::List(ListKey { kind: Kind::Service, .. })));
    let desk = desk.press(": n o p e Enter");
    assert!(desk.says().starts_with("There is no command “nope”"));
}

#[test]
fn a_register_to_be_read_only_opens_no_form_and_writes_nothing() {
    let mut desk = Desk::new();
    desk.state.read_only = true;
    let desk = desk.press("2 d");
    assert!(!desk.wanted.iter().any(|effect| matches!(effect, Effect::Write(..))));
    assert!(desk.press("e").state.form.is_none());
}
