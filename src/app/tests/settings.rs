//! Settings: the register's edited in place, this machine's told.

use super::*;
use crate::app::settings::{Line, Origin, Personal, Settings, lines, offers};
use crate::register::settings::{BASE_CURRENCY, Held, KNOWN};
use crate::register::{Clash, Conflict};

/// A desk with the settings open.
fn open() -> Desk {
    closed().press(",")
}

/// A desk whose register has settings.
fn closed() -> Desk {
    let mut desk = Desk::new();
    let held = |known: &crate::register::settings::Known| Held {
        key: known.key,
        value: known.default.to_owned(),
        is_set: false,
        offers: if known.key == "default_template" {
            vec![("T-0001".to_owned(), "Usual".to_owned()), ("T-0002".to_owned(), "Other".to_owned())]
        } else {
            Vec::new()
        },
    };
    desk.register.settings = KNOWN.iter().map(held).collect();
    desk.state.personal = vec![
        Personal { key: "theme", value: "auto".to_owned(), from: Origin::Default },
        Personal { key: "lang", value: "en".to_owned(), from: Origin::Environment("LANG") },
    ];
    desk
}

fn pane(desk: &Desk) -> &Settings {
    match &desk.state.overlay {
        Some(Overlay::Settings(pane)) => pane,
        other => panic!("no settings: {other:?}"),
    }
}

fn set(desk: &Desk) -> Option<(Ticket, &str, &str, &str)> {
    desk.wanted.iter().find_map(|effect| match effect {
        Effect::Write(ticket, Write::Set { key, value, seen }) => {
            Some((*ticket, *key, value.as_str(), seen.as_str()))
        }
        _ => None,
    })
}

fn wrong(desk: &Desk) -> String {
    let error = pane(desk).editing.as_ref().and_then(|editing| editing.error.clone());
    error.map(|error| error.in_(Lang::En)).unwrap_or_default()
}

#[test]
fn a_setting_is_chosen_by_letters_of_its_name_in_either_language_or_typed() {
    for (keys, value) in [
        ("u s d Enter", "USD"),
        ("美 元 Enter", "USD"),
        ("y e n Enter", "JPY"),
        ("m x n Enter", "MXN"),
        ("Down Down Enter", "USD"),
    ] {
        let desk = open().press("Enter").press(keys);
        let (_, key, set, seen) =
            set(&desk).unwrap_or_else(|| panic!("{keys}: {:?} {}", desk.wanted, wrong(&desk)));
        assert_eq!((key, set, seen), (BASE_CURRENCY, value, "CNY"), "{keys}");
    }
    let desk = open().press("Down Enter a p r Enter");
    assert_eq!(set(&desk).map(|(_, key, value, _)| (key, value)), Some(("fiscal_year_start", "4")));
    let desk = open().press("Down Down Down Enter o t h e r Enter");
    assert_eq!(set(&desk).map(|(_, key, value, _)| (key, value)), Some(("default_template", "T-0002")));
}

#[test]
fn what_does_not_fit_is_told_in_words_and_not_written() {
    let desk = open().press("Enter g o l d Enter");
    assert_eq!(set(&desk), None);
    assert!(wrong(&desk).contains("a currency code, such as CNY"), "{}", wrong(&desk));
    assert!(offers(pane(&desk), Lang::En).len() > 5, "one sees what it takes");
    assert_eq!(wrong(&desk.press("Backspace")), "");
    let desk = open().press("Enter Enter");
    assert!(set(&desk).is_none() && !wrong(&desk).is_empty(), "nothing typed is no value");
    let desk = open().press("Enter u s d Esc");
    assert!(pane(&desk).editing.is_none() && desk.wanted.is_empty());
}

#[test]
fn a_setting_that_is_saved_is_said_and_counts_at_once() {
    let mut desk = open().press("Enter u s d Enter");
    let ticket = set(&desk).unwrap().0;
    desk = desk.press("Enter x");
    assert_eq!(set(&desk), None, "once is enough");
    desk.register.settings[0].value = "USD".to_owned();
    let saved = Saved { change: Some(9), records: Vec::new(), doubts: Vec::new() };
    let desk = desk.tell(Msg::Written(ticket, Ok(saved)));
    assert_eq!(desk.says(), "Base currency is USD now.");
    assert!(pane(&desk).editing.is_none());
    assert_eq!(desk.state.base_currency.code(), "USD");
}

#[test]
fn what_another_has_set_meanwhile_is_shown_and_not_written_over() {
    let desk = open().press("Enter u s d Enter");
    let ticket = set(&desk).unwrap().0;
    let text = |value: &str| Value::Text(value.to_owned());
    let conflict = Conflict {
        at: Ref { kind: Kind::Setting, id: 1 },
        code: "ST-0001".to_owned(),
        version: 0,
        clashes: vec![Clash { field: 1, theirs: text("EUR"), mine: text("USD") }],
    };
    let desk = desk.tell(Msg::Written(ticket, Err(Refusal::Conflict(conflict))));
    assert!(wrong(&desk).contains("made it EUR meanwhile"), "{}", wrong(&desk));
    let desk = desk.press("Enter");
    assert_eq!(set(&desk).map(|(_, _, value, seen)| (value, seen)), Some(("USD", "EUR")));
}

#[test]
fn the_settings_of_another_day_and_of_a_register_to_be_read_stay() {
    let mut desk = open();
    desk.state.read_only = true;
    let desk = desk.press("Enter");
    assert!(pane(&desk).editing.is_none() && desk.says().contains("read"), "{}", desk.says());
    let mut desk = open();
    desk.state.read_only = true;
    desk.state.present = Some(crate::app::past::Present { today: desk.state.today, read_only: false });
    let desk = desk.press("Enter");
    assert!(pane(&desk).editing.is_none() && desk.says().contains("go back"), "{}", desk.says());
}

#[test]
fn typing_finds_a_setting_in_either_language_and_esc_leaves_step_by_step() {
    let labels = |desk: &Desk| -> Vec<&str> {
        lines(&desk.state, pane(desk)).iter().map(|line| line.label().en).collect()
    };
    let desk = open();
    assert_eq!(labels(&desk).len(), KNOWN.len() + 2);
    let desk = desk.press("f i s c");
    assert_eq!(labels(&desk), ["Fiscal year starts"]);
    let desk = desk.press("Esc 主 题");
    assert_eq!(labels(&desk), ["Theme"]);
    let desk = desk.press("Enter");
    assert!(desk.says().contains("config.toml") && desk.wanted.is_empty(), "{}", desk.says());
    let desk = desk.press("Esc Esc");
    assert!(desk.state.overlay.is_none());
}

#[test]
fn a_value_that_was_changed_in_this_session_says_so() {
    let desk = open().press("Esc : t h e m e Space l i g h t Enter ,");
    let all = lines(&desk.state, pane(&desk));
    let theme =
        all.iter().find(|line| matches!(line, Line::OfMachine(spec, _) if spec.key == "theme")).unwrap();
    assert_eq!(theme.value(&desk.state), "light");
    assert_eq!(theme.source(&desk.state).in_(Lang::En), ":theme, until you leave");
}

#[test]
fn keys_typed_ahead_of_the_settings_edit_them() {
    let desk = closed().press("2").press_ahead(", Enter u s d Enter");
    assert_eq!(set(&desk).map(|(_, _, value, _)| value), Some("USD"));
    let desk = Desk::new().slowly().press(",");
    let ticket = desk.wanted.iter().find_map(|effect| match effect {
        Effect::Read(Slot::Settings, ticket, _) => Some(*ticket),
        _ => None,
    });
    let desk = desk.tell(Msg::Answered(ticket.unwrap(), Answer::Refused(Refusal::Busy)));
    assert!(desk.state.overlay.is_none() && desk.says().contains("Another operator"), "{}", desk.says());
}
