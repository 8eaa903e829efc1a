//! Keys in floods: none is lost, and none of them stops the program.

use crate::pty::Tty;
use crate::support::Desk;

/// More keys than fit between the threads, all in one write.
const FLOOD: usize = 700;

/// A register of one vendor, opened with an editor that changes nothing.
fn open(desk: &Desk) -> Tty {
    let register = desk.path("r.db");
    let path = register.to_str().unwrap();
    desk.ok(["--db", path, "vendor", "add", "--name", "Alpha"]);
    Tty::start(desk, (120, 35), &["--db", path], &[("EDITOR", "true")]).press("2").sees("1 of 1")
}

#[test]
fn the_editor_opens_in_the_midst_of_a_flood_of_keys() {
    let desk = Desk::new();
    let tty = open(&desk).press(&format!("{}E{}3", "j".repeat(FLOOD), "k".repeat(FLOOD)));
    tty.sees("Nothing here.").press(":q\r").given_back();
}

#[test]
fn the_editor_of_a_field_opens_in_the_midst_of_a_flood_of_keys() {
    let desk = Desk::new();
    let typed = format!("{}\u{5}{}Zebra", "x".repeat(FLOOD), "\u{8}".repeat(FLOOD));
    let tty = open(&desk).press("a").sees("New").press(&typed).sees("Zebra").press("\u{18}\u{1b}");
    tty.sees_no("New").press(":q\r").given_back();
}

#[test]
fn ctrl_z_is_heard_in_the_midst_of_a_flood_of_keys() {
    let desk = Desk::new();
    let tty = open(&desk).press(&format!("{}\u{1a}{}3", "j".repeat(FLOOD), "k".repeat(FLOOD)));
    tty.sees("Nothing here.").press(":q\r").given_back();
}

#[test]
fn keys_given_in_help_are_there_at_the_next_start() {
    let desk = Desk::new();
    let tty = open(&desk).press("?archive or").sees("1 action").press("\u{14}").sees("Press the new keys");
    let tty = tty.press("X").sees("X: free").press("\r").sees("X does “archive or restore” now");
    let tty = tty.press("\u{1b}").sees_no("every action").press("X").sees("V-0001 archived");
    tty.press("u").sees("1 of 1").press("qq").given_back();
    let kept = std::fs::read_to_string(desk.path(".config/vendeck/keymap.toml")).unwrap();
    assert!(kept.contains("[browse]") && kept.contains("X = \"archive\""), "{kept}");
    let path = desk.path("r.db");
    let tty = Tty::start(&desk, (120, 35), &["--db", path.to_str().unwrap()], &[]).press("2").sees("1 of 1");
    tty.press("X").sees("V-0001 archived").press("qq").given_back();
}

#[test]
fn a_key_map_that_is_not_understood_names_its_place() {
    let desk = Desk::new();
    desk.file(".config/vendeck/keymap.toml", "[browse]\n\"K\" = \"upp\"\n");
    let path = desk.path("r.db");
    let (code, said) = Tty::start(&desk, (120, 35), &["--db", path.to_str().unwrap()], &[]).end();
    assert_eq!(code, 2);
    assert!(said.contains("keymap.toml, line 2, column 7: there is no action “upp”"), "{said}");
    assert!(!path.exists(), "nothing is made before the keys are known");
}

#[test]
fn a_search_for_commands_and_what_may_follow_a_key_are_shown() {
    let desk = Desk::new();
    let tty = open(&desk).press("g").sees("change history").press("h").sees("History");
    let tty = tty.press("\u{10}>undo").sees(":undo").press("\u{1b}").sees_no(":undo");
    tty.press(":q\r").given_back();
}
