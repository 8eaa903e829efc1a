//! Help is searched, run and given other keys from.

use super::*;
use crate::app::help::Help;
use crate::app::keymap::{Binding, Context};

fn help(desk: &Desk) -> &Help {
    match &desk.state.overlay {
        Some(Overlay::Help(help)) => help,
        other => panic!("{other:?}"),
    }
}

fn under_the_cursor(desk: &Desk) -> &'static str {
    help(desk).entry(&desk.state.keymap).map_or("", |entry| entry.spec.word)
}

fn typed(text: &str) -> String {
    text.chars()
        .map(|c| if c == ' ' { "Space".to_owned() } else { c.to_string() })
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn what_is_found_is_run() {
    let desk = Desk::new().press("2 ?").press(&typed("archive"));
    assert_eq!(under_the_cursor(&desk), "archive");
    let desk = desk.press("Enter");
    assert!(desk.state.overlay.is_none());
    assert!(matches!(desk.wanted[..], [Effect::Write(..)]), "{:?}", desk.wanted);
}

#[test]
fn what_cannot_be_done_says_why_and_leaves_help_open() {
    let desk = Desk::new().press("1 ?").press(&typed("sort menu")).press("Enter");
    assert_eq!(desk.says(), "This works in a list only: 2 to 5 open one.");
    let desk = desk.press("Ctrl-U").press(&typed("reset-field")).press("Enter");
    assert_eq!(desk.says(), "Works elsewhere: In a form.");
    help(&desk);
}

#[test]
fn the_cursor_goes_by_entries_and_columns() {
    let desk = Desk::new().press("2 ?");
    assert_eq!(under_the_cursor(&desk), "open");
    let desk = desk.press("Down Down");
    assert_eq!(under_the_cursor(&desk), "add");
    let desk = desk.press("Right");
    let there = help(&desk).cursor;
    assert!(there > 10, "{there}");
    let desk = desk.press("Left");
    assert_eq!(under_the_cursor(&desk), "add");
    let last = help(&desk.press("End")).cursor;
    assert_eq!(help(&Desk::new().press("2 ? Up")).cursor, last, "before the first comes the last");
}

#[test]
fn help_in_a_form_runs_what_belongs_there_and_keeps_the_form() {
    let desk = Desk::new().press("2 a x Ctrl-G").press(&typed("reset"));
    assert_eq!(under_the_cursor(&desk), "reset-field");
    let desk = desk.press("Enter");
    assert!(desk.state.overlay.is_none());
    assert_eq!(desk.state.form.as_ref().map(form::Form::changes), Some(0));
    let desk = desk.press("Ctrl-G Ctrl-G");
    assert!(desk.state.overlay.is_none() && desk.state.form.is_some());
}

#[test]
fn help_over_something_leaves_it_there() {
    let desk = Desk::new().press("2 s Ctrl-G Esc");
    assert!(matches!(desk.state.overlay, Some(Overlay::Menu(_))));
    let desk = Desk::new().press("2 s Ctrl-G").press(&typed("choose")).press("Enter");
    assert!(desk.state.overlay.is_none(), "the choice was made");
}

#[test]
fn keys_are_given_by_pressing_them() {
    let desk = Desk::new().press("2 ?").press(&typed("archive")).press("Ctrl-T X X Enter");
    assert_eq!(desk.says(), "X X does “archive or restore” now");
    let key = Key::Char('X');
    let binding = Binding { context: Context::Browse, keys: vec![key, key], action: Some(Action::Archive) };
    assert_eq!(desk.wanted, [Effect::KeepKeys(vec![binding])]);
    let desk = desk.press("Esc X X");
    assert!(matches!(desk.wanted[..], [Effect::Write(..)]), "{:?}", desk.wanted);
}

#[test]
fn keys_given_in_place_of_the_old_take_those_away() {
    let desk = Desk::new().press("2 ?").press(&typed("archive")).press("Ctrl-T X Tab Esc d");
    assert_eq!(desk.says(), "d: no action here, ? for keys");
}

#[test]
fn keys_that_cannot_be_say_why_and_others_may_be_pressed() {
    let desk = Desk::new().press("2 ?").press(&typed("archive")).press("Ctrl-T g Enter");
    assert!(desk.says().starts_with("“g” and “g g” (first) cannot both be"), "{}", desk.says());
    assert_eq!(help(&desk).rebinding, Some(Vec::new()));
    assert_eq!(desk.wanted, Vec::new());
    assert_eq!(help(&desk.press("Esc")).rebinding, None);
}

#[test]
fn keys_are_bound_and_unbound_by_command() {
    let desk = Desk::new().press("2 :").press(&typed("bind g x archive")).press("Enter");
    assert_eq!(desk.says(), "g x does “archive or restore” now");
    let desk = desk.press("g x");
    assert!(matches!(desk.wanted[..], [Effect::Write(..)]), "{:?}", desk.wanted);
    let desk = desk.press(":").press(&typed("unbind d")).press("Enter d");
    assert_eq!(desk.says(), "d: no action here, ? for keys");
    let desk = desk.press(":").press(&typed("bind Ctrl-O save form")).press("Enter");
    assert_eq!(desk.says(), "Ctrl-O does “save” now");
    for (command, says) in [
        ("bind", "Write :bind KEYS ACTION [PLACE]"),
        ("bind x nope", "Write :bind KEYS ACTION [PLACE]"),
        ("bind Ctrl-PP up", "“Ctrl-PP” names no keys"),
        ("bind x save form", "“x” is text in form"),
        ("unbind Q", "Q does nothing in browse."),
    ] {
        let desk = Desk::new().press("2 :").press(&typed(command)).press("Enter");
        assert!(desk.says().starts_with(says), "{command}: {}", desk.says());
    }
}

#[test]
fn a_search_for_commands_is_the_command_line() {
    let desk = Desk::new().press("2 Ctrl-P >").press(&typed("archived")).press("Enter");
    assert_eq!(desk.state.list().map(|list| list.shelf), Some(Shelves::Archived));
}
