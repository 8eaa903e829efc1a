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
    tty.sees("Nothing here yet").press(":q\r").given_back();
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
    tty.sees("Nothing here yet").press(":q\r").given_back();
}
