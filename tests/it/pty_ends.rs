//! However it ends, the terminal is given back and what was typed is kept.

use std::io::{Seek, SeekFrom, Write};
use std::time::{Duration, Instant};

use crate::pty::Tty;
use crate::support::Desk;

#[test]
fn the_terminal_is_given_back_in_every_end() {
    use rustix::process::Signal;
    let desk = Desk::new();
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131)] {
        let tty = Tty::demo(&desk);
        tty.signal(signal);
        assert_eq!(tty.given_back().0, code, "{signal:?}");
    }
    assert_eq!(Tty::demo(&desk).press("qq").given_back().0, 0);
    assert_eq!(Tty::demo(&desk).press("\u{3}\u{3}").given_back().0, 0);
    // An error at the start never takes the terminal.
    let folder = desk.path("folder");
    std::fs::create_dir(&folder).unwrap();
    let (code, said) = Tty::start(&desk, (80, 24), &["--db", folder.to_str().unwrap()], &[]).given_back();
    assert_eq!(code, 5);
    assert!(said.contains("is a folder"), "{said}");
}

#[test]
fn a_closed_terminal_ends_the_program_and_keeps_what_was_typed() {
    let desk = Desk::new();
    let register = desk.path("r.db");
    let path = register.to_str().unwrap();
    let rounds = crate::support::rounds(3, 20);
    for round in 0..rounds {
        let typed = format!("半成品{round}");
        let tty = Tty::start(&desk, (120, 35), &["--db", path], &[]).sees("NEEDS ATTENTION");
        let mut tty = tty.press("2").sees("Nothing here.").press("a").sees("New").press(&typed).sees(&typed);
        std::thread::park_timeout(Duration::from_millis(500));
        tty.close();
        let gone = Instant::now();
        let mut child = tty.child;
        while child.try_wait().unwrap().is_none() {
            assert!(gone.elapsed() < Duration::from_secs(5), "it lives on without a terminal");
            std::thread::park_timeout(Duration::from_millis(5));
        }
        let tty = Tty::start(&desk, (120, 35), &["--db", path], &[]).sees("Kept drafts");
        let tty = tty.press("\r").sees("draft kept as you type").shows(&typed);
        let tty = tty.press("\u{18}").sees_no(&typed).press("\u{1b}").sees_no("draft kept as you type");
        tty.press(":q\r").given_back();
    }
}

/// Waits until the process is gone, for at most two seconds.
fn gone_soon(tty: Tty) {
    let since = Instant::now();
    let mut child = tty.child;
    while child.try_wait().unwrap().is_none() {
        assert!(since.elapsed() < Duration::from_secs(2), "it lives on");
        std::thread::park_timeout(Duration::from_millis(5));
    }
}

#[test]
fn whoever_is_cut_off_waits_for_no_other_operator() {
    let desk = Desk::new();
    let path = desk.path("r.db");
    let register = path.to_str().unwrap();
    desk.ok(["--db", register, "vendor", "add", "--name", "Alpha"]);
    let other = rusqlite::Connection::open(&path).unwrap();
    let open = || Tty::start(&desk, (80, 24), &["--db", register], &[]).press("2").sees("of 1");
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let tty = open().press("eX\u{13}").sees("Waiting for another operator");
    tty.signal(rustix::process::Signal::HUP);
    gone_soon(tty);
    other.execute_batch("ROLLBACK").unwrap();
    desk.ok(["--db", register, "check"]);
    let tty = Tty::start(&desk, (80, 24), &["--db", register], &[]).sees("Kept drafts").press("\r");
    tty.shows("AlphaX").press("\u{18}\u{1b}:q\r").given_back();
}

#[test]
fn an_act_on_many_is_given_up_with_the_terminal_and_finished_for_who_leaves() {
    let desk = Desk::new();
    let path = desk.path("r.db");
    let path = path.to_str().unwrap();
    desk.ok([
        "demo",
        "--keep",
        path,
        "--vendors",
        "1500",
        "--contracts",
        "10",
        "--reviews",
        "1",
        "--risks",
        "1",
    ]);
    let owned = || desk.get(["--db", path, "vendor", "list", "--filter", "owner:\"Mei X\""]);
    let begin = || {
        let tty = Tty::start(&desk, (100, 30), &["--db", path], &[]).press("2*").sees("1500 marked");
        tty.press(":assign Mei X\r").sees("Type 1500").press("1500\r").sees("Writing…")
    };
    let tty = begin();
    tty.signal(rustix::process::Signal::HUP);
    gone_soon(tty);
    assert_eq!(owned().as_array().unwrap().len(), 0);
    assert!(desk.run(["--db", path, "check"]).code <= 1);
    let (code, said) = begin().press(":q\r").given_back();
    assert!(code == 0 && said.contains("still writing to the register"), "{said}");
    assert_eq!(owned().as_array().unwrap().len(), 1500);
    desk.ok(["--db", path, "undo"]);
    assert_eq!(owned().as_array().unwrap().len(), 0);
}

#[test]
fn kill_nine_in_a_form_loses_at_most_half_a_second() {
    let desk = Desk::new();
    let register = desk.path("r.db");
    let path = register.to_str().unwrap();
    for round in 0..crate::support::rounds(2, 20) {
        let typed = format!("Half {round}");
        let tty = Tty::start(&desk, (120, 35), &["--db", path], &[]).sees("NEEDS ATTENTION");
        let tty = tty.press("2").sees("Nothing here.").press("a").sees("New").press(&typed).sees(&typed);
        std::thread::park_timeout(Duration::from_millis(500));
        tty.signal(rustix::process::Signal::KILL);
        tty.end();
        let tty = Tty::start(&desk, (120, 35), &["--db", path], &[]).sees("Kept drafts");
        let tty = tty.press("\r").sees("draft kept as you type").shows(&typed);
        let tty = tty.press("\u{18}").sees_no(&typed).press("\u{1b}").sees_no("draft kept as you type");
        tty.press(":q\r").given_back();
        assert_eq!(desk.run(["--db", path, "check"]).code, 0);
    }
}

#[test]
fn screens_nobody_can_see_or_use_are_refused_before_anything_is_opened() {
    let desk = Desk::new();
    let path = desk.path("r.db");
    for (script, stream) in [
        ("vendeck --db r.db >drawn", "stdout"),
        ("vendeck --db r.db </dev/null", "stdin"),
        ("echo hi | vendeck --db r.db", "stdin"),
        ("vendeck demo | cat >drawn; exit 7", "stdout"),
    ] {
        let (code, said) = Tty::shell(&desk, "-c", script).given_back();
        assert_eq!(code, 7, "{script}: {said}");
        assert!(said.contains(&format!("{stream} is no terminal")), "{script}: {said}");
        assert!(!path.exists(), "{script}");
    }
    assert_eq!(std::fs::read(desk.path("drawn")).unwrap(), b"");
    let said = desk.refuses(7, ["--lang", "zh"]);
    assert!(said.contains("不是终端"), "{said}");
}

/// Writes nonsense over all but the first page of a register, as a failing disk would.
fn damage(path: &std::path::Path) {
    let mut file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
    let length = usize::try_from(file.metadata().unwrap().len()).unwrap();
    file.seek(SeekFrom::Start(4096)).unwrap();
    file.write_all(&vec![0x5a; length - 4096]).unwrap();
}

#[test]
fn a_register_that_is_damaged_under_the_program_ends_it_with_the_reason() {
    let desk = Desk::new();
    // What meets the damage: a question, a change, an act taken back.
    for (name, keys) in [("a.db", "3"), ("b.db", "d"), ("c.db", "u")] {
        let register = desk.path(name);
        let path = register.to_str().unwrap();
        desk.ok(["demo", "--keep", path, "--vendors", "40", "--contracts", "400"]);
        let tty =
            Tty::start(&desk, (120, 35), &["--db", path], &[]).sees("ACTIVE").press("2").sees("1 of 40");
        damage(&register);
        let (code, said) = tty.press(keys).given_back();
        assert_eq!(code, 5, "{keys}: {said}");
        assert!(said.contains("damaged"), "{keys}: {said}");
    }
}

#[test]
fn a_defect_gives_the_terminal_back_in_whichever_thread_it_is() {
    let desk = Desk::new();
    for place in ["loop", "worker"] {
        let tty = Tty::start(&desk, (120, 35), &["demo"], &[("VENDECK_FAULT", place)]);
        let (code, said) = tty.sees("NEEDS ATTENTION").press("2").given_back();
        assert_eq!(code, 101, "{place}: {said}");
        assert!(said.contains(&format!("a defect on purpose in the {place}")), "{place}: {said}");
    }
}

#[test]
fn the_mouse_is_off_until_it_is_wanted_and_after_every_end() {
    use rustix::process::Signal;
    let desk = Desk::new();
    let is_on = |tty: &Tty| {
        tty.seen.lock().unwrap().parser.screen().mouse_protocol_mode() != vt100::MouseProtocolMode::None
    };
    let tty = Tty::demo(&desk);
    assert!(!is_on(&tty));
    let tty = tty.press(":mouse\r").sees("The mouse is on").until("mouse", is_on);
    // The fourth row of the vendors, and it again at once.
    let tty = tty.press("2").sees("1 of 35").press("\x1b[<0;12;9M\x1b[<0;12;9m").sees("4 of 35");
    let tty = tty.press("\x1b[<65;12;9M").sees("7 of 35");
    let tty = tty.press("\x1b[<0;12;7M\x1b[<0;12;7m\x1b[<0;12;7M").sees_no("of 35");
    let tty = tty.press(":mouse\r").sees("The mouse is off").until("no mouse", |tty| !is_on(tty));
    tty.press(":q\r").given_back();
    desk.file(".config/vendeck/config.toml", "mouse = true\n");
    for signal in [Signal::TERM, Signal::HUP, Signal::QUIT] {
        let tty = Tty::demo(&desk).until("mouse", is_on);
        tty.signal(signal);
        tty.given_back();
    }
    Tty::demo(&desk).until("mouse", is_on).press("qq").given_back();
}
