//! What leaves the program: the clipboard by the way that is there, and a list as a file.

use crate::pty::Tty;
use crate::support::Desk;

/// Copies the name of the second vendor, with each key behind what it acts on.
fn copied(tty: Tty) -> Tty {
    let tty = tty.press("2").sees("1 of 35").press("j").sees("2 of 35").press("y").sees("who to call");
    tty.press("j\r").sees_no("who to call")
}

#[test]
fn a_text_is_copied_and_the_way_is_told() {
    let desk = Desk::new();
    let tty = copied(Tty::demo(&desk)).shows("Copied by OSC 52: ");
    tty.press(":q\r").given_back();
    let inside = [("TMUX", "/tmp/tmux-1/default,1,0")];
    let tty = copied(Tty::start(&desk, (120, 35), &["demo"], &inside).sees("NEEDS ATTENTION"));
    tty.shows("(through tmux)").press(":q\r").given_back();
    let tty = Tty::start(&desk, (120, 35), &["demo"], &[("TERM", "linux")]).sees("NEEDS ATTENTION");
    let tty = copied(tty).shows("select the text").press("j").sees_no("select the text");
    tty.press("k").sees("1 of 35").press(":q\r").given_back();
}

#[test]
fn a_list_is_written_as_it_is_seen_and_never_over_a_file() {
    let desk = Desk::new();
    let tty = Tty::demo(&desk).press("2").sees("1 of 35").press("/state:active\r");
    let tty = tty.press("x").sees("for a spreadsheet").press("\r").sees(":export vendors-2026-07-26.csv");
    let tty = tty.press("\r").sees("rows written to vendors-2026-07-26.csv");
    let csv = std::fs::read_to_string(desk.path("vendors-2026-07-26.csv")).unwrap();
    assert!(csv.starts_with("Code,Name,") && csv.lines().count() > 5, "{csv}");
    let tty = tty.press(":export vendors-2026-07-26.csv\r").sees("exists already");
    let tty = tty.press(":export v.md\r").sees("rows written to v.md");
    let shown = std::fs::read_to_string(desk.path("v.md")).unwrap();
    assert_eq!(shown.lines().count(), csv.lines().count() + 1, "the same rows, and a rule");
    tty.press(":q\r").given_back();
}

#[test]
fn a_file_is_told_and_copied_where_the_desktop_is_elsewhere() {
    let desk = Desk::new();
    let register = desk.path("r.db");
    let db = ["--db", register.to_str().unwrap()];
    desk.ok(db.iter().chain(&["vendor", "add", "--name", "Alpha"]));
    desk.ok(db.iter().chain(&["file", "add", "--target", "/srv/a.pdf", "--vendor", "V-0001"]));
    let far = [("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22"), ("DISPLAY", ":0")];
    let tty = Tty::start(&desk, (120, 35), &db, &far).sees("NEEDS ATTENTION");
    let tty = tty.press("2\r").sees("FILES").press("o").sees("This opens files");
    let tty = tty.press(":files\r").sees("1 of 1").press("o").sees("copied by OSC 52: /srv/a.pdf");
    let tty = tty.press("y").sees("the path or link").press("\r").sees("Copied by OSC 52: /srv/a.pdf");
    tty.press(":q\r").given_back();
}
