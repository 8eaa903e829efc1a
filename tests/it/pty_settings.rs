//! Settings in the program: edited in place, two operators safe, taken back.

use crate::pty::Tty;
use crate::support::Desk;

#[test]
fn a_setting_is_edited_in_place_told_and_taken_back() {
    let desk = Desk::new();
    let register = desk.path("r.db");
    let db = ["--db", register.to_str().unwrap()];
    desk.ok(db.iter().chain(&["vendor", "add", "--name", "Alpha"]));
    let fiscal = || desk.get(db.into_iter().chain(["get", "fiscal_year_start"]))["fiscal_year_start"].clone();
    let tty = Tty::start(&desk, (80, 35), &db, &[]).sees("NEEDS ATTENTION");
    let tty = tty.press(",").sees("This machine, for you alone".to_uppercase().as_str());
    // Where it comes from: the flag above, and the environment of the test.
    let screen = tty.screen();
    assert!(screen.contains("--db") && screen.contains("$USER"), "{screen}");
    let tty = tty.press("fisc\r").sees("a month from 1 to 12").press("13\r").sees("does not fit");
    desk.ok(db.iter().chain(&["set", "fiscal_year_start", "7"]));
    let tty = tty.press("\u{15}apr\r").sees("Another operator made it 7 meanwhile");
    assert_eq!(fiscal(), "7");
    let tty = tty.press("\r").sees("Fiscal year starts is 4 now.").sees("4  April");
    assert_eq!(fiscal(), "4");
    let tty = tty.press("\u{1b}").sees("type to search").press("\u{1b}").sees_no("type to search");
    let tty = tty.press("u").sees("Taken back");
    assert_eq!(fiscal(), "7");
    tty.press(":q\r").given_back();
}

#[test]
fn a_register_that_is_only_read_says_why_its_settings_stay() {
    let desk = Desk::new();
    let register = desk.path("r.db");
    let db = ["--db", register.to_str().unwrap()];
    desk.ok(db.iter().chain(&["vendor", "add", "--name", "Alpha"]));
    let args = [&db[..], &["--read-only", "--lang", "zh"]].concat();
    let tty = Tty::start(&desk, (80, 30), &args, &[]).sees("需要关注").press(",").sees("--lang");
    tty.press("\r").sees("只读").press("\u{1b}\u{1b}:q\r").given_back();
}
