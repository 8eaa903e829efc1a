//! Two operators in one register.

use crate::pty::Tty;
use crate::support::Desk;

fn open(desk: &Desk, path: &str) -> Tty {
    Tty::start(desk, (120, 40), &["--db", path], &[]).press("2").sees("1 of 1")
}

#[test]
fn what_another_writes_comes_into_an_open_form() {
    let desk = Desk::new();
    let path = desk.path("r.db").to_str().unwrap().to_owned();
    desk.ok(["--db", &path, "vendor", "add", "--name", "Acme"]);
    let write = |words: &[&str]| {
        let args = ["--db", &path, "--user", "wang.fang", "vendor"];
        desk.ok(args.iter().chain(words));
    };
    let tty = open(&desk, &path).press("e").sees("› Edit").press(" Mine");
    write(&["edit", "V-0001", "--phone", "+86 10 5550 0001"]);
    let tty = tty.sees("+86 10 5550 0001").sees("wang.fang changed Phone: taken in.");
    write(&["edit", "V-0001", "--name", "Theirs"]);
    let tty = tty.sees("theirs: Theirs").press("\u{13}").sees("Another wrote here too");
    write(&["archive", "V-0001"]);
    let tty = tty.sees("wang.fang archived V-0001 meanwhile").press("\u{19}\u{13}").sees("V-0001 saved");
    tty.press(":q\r").given_back();
    let shown = desk.ok(["--db", &path, "vendor", "show", "V-0001"]);
    assert!(shown.contains("Acme Mine") && shown.contains("+86 10 5550 0001"), "{shown}");
}

#[test]
fn a_change_of_another_is_there_within_a_moment_and_the_cursor_stays_on_its_record() {
    let desk = Desk::new();
    let path = desk.path("r.db").to_str().unwrap().to_owned();
    for name in ["Beta", "Delta"] {
        desk.ok(["--db", &path, "vendor", "add", "--name", name]);
    }
    let tty = Tty::start(&desk, (120, 35), &["--db", &path], &[])
        .press("2")
        .sees("1 of 2")
        .press("j")
        .sees("2 of 2");
    desk.ok(["--db", &path, "vendor", "add", "--name", "Alpha"]);
    let tty = tty.sees("Alpha").sees("3 of 3");
    tty.press("d").sees("V-0002 archived").press(":q\r").given_back();
}
