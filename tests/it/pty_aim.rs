//! Keys reach what they were meant for, however fast they come and whatever lies open.

use crate::pty::Tty;
use crate::support::Desk;

#[test]
fn what_is_typed_ahead_for_a_form_goes_into_it() {
    let desk = Desk::new();
    let tty = Tty::demo(&desk).press("2").sees("1 of 35").press("jjjedxyz").sees("dxyz");
    assert!(tty.screen().contains("› V-0035 › Edit"), "{}", tty.screen());
    let tty = tty.press("\u{18}\u{1b}").sees("4 of 35");
    assert!(!tty.screen().contains("archived"), "{}", tty.screen());
    tty.press(":q\r").given_back();
}

#[test]
fn alt_and_a_letter_is_neither_esc_nor_a_command() {
    let desk = Desk::new();
    let tty = Tty::demo(&desk).press("2").sees("1 of 35").press("eX").sees("1 changed");
    let tty = tty.press("\u{1b}d").press("Y").sees("XY");
    assert!(tty.screen().contains("› Edit"), "{}", tty.screen());
    let tty = tty.press("\u{18}\u{1b}").sees("1 of 35").press("\u{1b}d").sees("Alt-D: no action here");
    tty.press(":q\r").given_back();
}

#[test]
fn on_a_screen_without_a_card_keys_still_know_the_record() {
    let desk = Desk::new();
    let args = ["demo", "--today", "2026-07-26"];
    let tty = Tty::start(&desk, (70, 24), &args, &[("EDITOR", "true")]).sees("NEEDS ATTENTION");
    let tty = tty.press("E").sees("Nothing was changed.").press("3").sees("1 of 51");
    tty.press("gv").sees("CONTACTS").press(":q\r").given_back();
    let tty = Tty::demo(&desk).press("3").sees("1 of 51").press("jjgv").sees("CONTACTS");
    tty.press(":q\r").given_back();
}

#[test]
fn another_operators_contact_does_not_move_what_d_archives() {
    let desk = Desk::new();
    let path = desk.path("r.db").to_str().unwrap().to_owned();
    desk.ok(["--db", &path, "vendor", "add", "--name", "Acme"]);
    desk.ok(["--db", &path, "contact", "add", "--vendor", "V-0001", "--name", "Bo"]);
    let tty = Tty::start(&desk, (120, 35), &["--db", &path], &[]).press("2").sees("1 of 1");
    let tty = tty.press("\r").sees("❯ Acme").press("\t").sees("❯ Bo");
    desk.ok(["--db", &path, "contact", "add", "--vendor", "V-0001", "--name", "Alder"]);
    let tty = tty.sees("Alder").press("d").sees("CT-0001 archived");
    tty.press(":q\r").given_back();
    assert_eq!(desk.get(["--db", &path, "contact", "list"])[0]["name"], "Alder");
}
