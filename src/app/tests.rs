//! The reducers by what a user does: keys in, state and effects out.

use super::*;
use crate::app::list::ListKey;
use crate::app::state::Setup;
use crate::domain::money::Currency;
use crate::entity::{Kind, Record, Ref, Value};
use crate::register::{Act, Anchor, Card, Counts, Page, Row, Step, code_of};
use crate::texts::Lang;

/// A program under test: presses keys by name, answers questions from a list of ten vendors.
pub(super) struct Desk {
    pub(super) state: State,
    pub(super) wanted: Vec<Effect>,
    size_of_list: u64,
}

impl Desk {
    pub(super) fn new() -> Self {
        Self::of(Vec::new())
    }

    /// A program that starts with these drafts.
    pub(super) fn of(drafts: Vec<Draft>) -> Self {
        let setup = Setup {
            today: NaiveDate::from_ymd_opt(2026, 7, 26).unwrap(),
            lang: Lang::En,
            theme: "dark".to_owned(),
            size: Size { width: 120, height: 35 },
            user: "mei.lin".to_owned(),
            register: "acme.db".to_owned(),
            read_only: false,
            base_currency: Currency::CNY,
            drafts,
        };
        Self { state: State::new(setup), wanted: Vec::new(), size_of_list: 10 }
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
        let mut open: Vec<Effect> = self.wanted.clone();
        while let Some(effect) = open.pop() {
            if let Effect::Read(_, ticket, request) = effect
                && let Some(answer) = self.answer(&request)
            {
                open.extend(update(&mut self.state, Msg::Answered(ticket, answer)));
            }
        }
        self
    }

    fn answer(&self, request: &Request) -> Option<Answer> {
        match request {
            Request::Page(query) => Some(Answer::Page(self.page(query), Counts::default())),
            Request::Card(at) => Some(Answer::Card(Box::new(Card {
                record: vendor(*at),
                related: Vec::new(),
                last_event: None,
            }))),
            _ => None,
        }
    }

    fn page(&self, query: &crate::register::Query) -> Page {
        let total = self.size_of_list;
        let (before, after) = (query.reach.0 as u64, query.reach.1 as u64);
        let row = match query.anchor {
            Anchor::First => 0,
            Anchor::Last => total.saturating_sub(1),
            Anchor::Row(row) => row.min(total.saturating_sub(1)),
            Anchor::Record { id, .. } => u64::try_from(id - 1).unwrap(),
        };
        let start = row.saturating_sub(before);
        let end = (row + after.max(1)).min(total);
        let rows = (start..end)
            .map(|n| {
                let at = Ref { kind: query.kind, id: i64::try_from(n).unwrap() + 1 };
                Row {
                    at,
                    code: code_of(at),
                    version: 1,
                    cells: vec![Value::Text(format!("Vendor {}", n + 1))],
                }
            })
            .collect();
        Page { rows, start, total: Some(total), anchor: usize::try_from(row - start).unwrap() }
    }

    fn selected(&self) -> String {
        self.state.selected().map(code_of).unwrap_or_default()
    }

    pub(super) fn says(&self) -> String {
        self.state.message.as_ref().map(|m| m.sentence.in_(Lang::En)).unwrap_or_default()
    }
}

fn vendor(at: Ref) -> Record {
    let table = at.kind.table();
    let mut values = (table.blank)();
    let name = table.field("name").or_else(|| table.field("title")).unwrap_or(0);
    values[name] = Value::Text(format!("Vendor {}", at.id));
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
    let page = Page { rows: Vec::new(), start: 0, total: Some(0), anchor: 0 };
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
    let desk = Desk::new().press("2 Z");
    assert_eq!(desk.says(), "Z: no action here, ? for keys");
    assert!(desk.wanted.is_empty());
}

#[test]
fn a_chinese_character_opens_find_anything_and_full_width_signs_are_commands() {
    let desk = Desk::new().press("2 腾");
    assert!(matches!(&desk.state.overlay, Some(Overlay::Find(finder)) if finder.field.text() == "腾"));
    let desk = Desk::new().press("：");
    assert!(matches!(desk.state.overlay, Some(Overlay::Command(_))));
    assert!(matches!(Desk::new().press("？").state.overlay, Some(Overlay::Help { .. })));
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
        Effect::Read(Slot::List, _, Request::Page(query)) => Some(query.words.clone()),
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
    let saved = Saved { change: Some(1), records: vec![] };
    let desk = desk.tell(Msg::Written(ticket, Ok(saved)));
    assert_eq!(desk.says(), "V-0002 archived, u undoes");
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
    let desk = desk.tell(Msg::Written(ticket, Ok(Saved { change: Some(2), records: vec![*at] })));
    assert!(desk.state.form.is_none());
    assert_eq!(desk.says(), "V-0002 saved");
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

mod anything {
    use super::*;
    use proptest::prelude::*;

    const KEYS: &[&str] = &[
        "j",
        "k",
        "g",
        "G",
        "Enter",
        "Esc",
        "Tab",
        "Shift-Tab",
        "1",
        "2",
        "3",
        "4",
        "5",
        "/",
        "n",
        "N",
        "H",
        "L",
        "s",
        "S",
        "<",
        ">",
        "a",
        "e",
        "d",
        "E",
        "y",
        "u",
        "Ctrl-R",
        "r",
        ":",
        "?",
        "Ctrl-P",
        "Ctrl-S",
        "Ctrl-X",
        "Down",
        "Up",
        "Left",
        "Right",
        "PgDn",
        "PgUp",
        "Home",
        "End",
        "Space",
        "Backspace",
        "v",
        "c",
        "h",
        "腾",
        "x",
        "9",
        "Ctrl-L",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn random_keys_never_panic_and_the_cursor_stays_inside(picks in prop::collection::vec(0..KEYS.len(), 1..80), size in 0..40_u64, wide in 0..200_u16, high in 0..60_u16) {
            let mut desk = Desk::new();
            desk.size_of_list = size;
            desk = desk.tell(Msg::Resized(Size { width: wide, height: high }));
            for pick in picks {
                desk = desk.press(KEYS[pick]);
                let write = |e: &Effect| if let Effect::Write(ticket, _) = e { Some(*ticket) } else { None };
                if let Some(ticket) = desk.wanted.iter().find_map(write) {
                    desk = desk.tell(Msg::Written(ticket, Err(Refusal::Busy)));
                }
                if let Some(list) = desk.state.list() {
                    prop_assert!(list.row < size.max(1));
                    prop_assert!(list.top <= list.row);
                    if let Some(id) = list.at {
                        prop_assert_eq!(u64::try_from(id - 1).unwrap(), list.row);
                    }
                }
                if desk.state.form.is_none() {
                    let clean = !desk.wanted.iter().any(|e| matches!(e, Effect::KeepDraft(_))) || KEYS[pick] == "Esc";
                    prop_assert!(clean || !desk.state.drafts.is_empty());
                }
            }
            // Esc from anywhere leads to where no more can be left, in a few presses.
            let desk = desk.press("Esc Esc Esc Esc Esc Esc");
            prop_assert!(desk.state.overlay.is_none() && desk.state.form.is_none(), "{:?} {:?}", desk.state.overlay, desk.state.form.as_ref().map(|f| f.saving));
        }
    }
}

#[test]
fn more_lines_are_asked_for_before_the_last_one_is_reached() {
    let line = |id| crate::register::Attention {
        at: Ref { kind: Kind::Action, id },
        code: String::new(),
        what: crate::register::due::What::Action,
        date: NaiveDate::from_ymd_opt(2026, 7, 26).unwrap(),
        days: 0,
        label: String::new(),
        vendor: String::new(),
        consequence: crate::texts::text("", "").into(),
    };
    let mut desk = Desk::new();
    let ticket = |desk: &mut Desk| {
        let mut asked = Vec::new();
        desk.state.go(Place::Overview, &mut asked);
        match asked.first() {
            Some(Effect::Read(_, ticket, Request::Overview { lines })) => (*ticket, *lines),
            other => panic!("{other:?}"),
        }
    };
    let (ticket, lines) = ticket(&mut desk);
    assert_eq!(lines, 35, "as many as the screen is high");
    let overview =
        crate::register::Overview { attention: (1..=35).map(line).collect(), due: 100, ..Default::default() };
    desk = desk.tell(Msg::Answered(ticket, Answer::Overview(Box::new(overview))));
    desk = desk.press("j j j");
    assert_eq!(desk.wanted, Vec::new());
    desk = desk.press("G");
    assert!(
        matches!(desk.wanted[..], [Effect::Read(_, _, Request::Overview { lines: 140 })]),
        "{:?}",
        desk.wanted
    );
}
