//! What people do with the screens, and what they see.

use chrono::NaiveDateTime;
use vendeck::domain::zone::Zone;

use crate::pty::Tty;
use crate::support::{Desk, Said};

#[test]
fn a_phone_number_in_six_keys() {
    let desk = Desk::new();
    let tty = Tty::demo(&desk).press("\u{10}tysj").sees("+86 20 5550 0131");
    tty.press("\u{1b}").sees_no("Find anything").press("qq").given_back();
}

#[test]
fn keys_typed_ahead_do_what_they_say() {
    let desk = Desk::new();
    // In one write: to the vendors, three down, open.
    let tty = Tty::demo(&desk).press("2jjj\r").sees("Chinese name");
    assert!(tty.screen().contains("V-0035"), "{}", tty.screen());
    tty.press(":q\r").given_back();
}

#[test]
fn a_vendor_is_added_saved_undone_and_brought_back() {
    let desk = Desk::new();
    let register = desk.path("r.db");
    let path = register.to_str().unwrap();
    let tty = Tty::start(&desk, (120, 35), &["--db", path], &[]).sees("NEEDS ATTENTION");
    let tty = tty
        .press("2")
        .sees("Nothing here.")
        .press("a")
        .sees("New")
        .press("海蓝物流\x13")
        .sees("V-0001 saved")
        .sees("1 of 1");
    assert_eq!(desk.get(["--db", path, "vendor", "show", "V-0001"])["name"], "海蓝物流");
    let tty = tty.press("u").sees("Taken back").sees("Nothing here.");
    let tty = tty.press("\u{12}").sees("Brought back").sees("1 of 1");
    tty.press(":q\r").given_back();
    assert_eq!(desk.get(["--db", path, "vendor", "show", "V-0001"])["name"], "海蓝物流");
}

#[test]
fn clauses_are_judged_with_a_key_each_and_a_period_is_measured() {
    let desk = Desk::new();
    let tty = Tty::demo(&desk).press(":C-0005\r").sees("主云托管服务").press("C").sees("1 unchecked");
    // The last but one is insurance, of which nothing was found yet.
    let tty = tty.press("Gk\r17.4\r").sees("Clause 23, Insurance: Present.").sees("0 unchecked");
    let tty = tty.press("kx").sees("3 missing").press("u").sees("2 missing").press("q").sees_no("unchecked");
    let tty = tty.press("Km").sees("Measurements › New").press("99.97\x13").sees("saved");
    tty.press("K").sees("10/12").press("q:q\r").given_back();
}

#[test]
fn reviews_are_opened_for_a_period_and_what_a_grade_leads_to_is_decided() {
    let desk = Desk::new();
    let tty = Tty::demo(&desk).press("4R").sees("2026-Q3: ").sees("skipped");
    let tty = tty.press("\r").sees("reviews opened for 2026-Q3").press("R").sees("2026-Q3: 0 to open");
    let tty = tty.press("q").sees_no("Open reviews").press(":PR-0004\r").sees("PR-0004");
    let tty =
        tty.press("V").sees("What the grade leads to").press("\r").sees("consequence of PR-0004 decided");
    tty.press("V").sees("in the ledger already").press("qu").sees("Taken back").press(":q\r").given_back();
}

#[test]
fn the_language_is_switched_at_once() {
    let desk = Desk::new();
    let tty =
        Tty::demo(&desk).press(":lang zh\r").sees("需要关注").press(":lang en\r").sees("NEEDS ATTENTION");
    tty.press("qq").given_back();
}

#[test]
fn another_operators_change_appears_and_the_cursor_stays() {
    let desk = Desk::new();
    let register = desk.path("r.db");
    let path = register.to_str().unwrap();
    for name in ["Beta", "Delta"] {
        desk.ok(["--db", path, "vendor", "add", "--name", name]);
    }
    let tty = Tty::start(&desk, (120, 35), &["--db", path], &[]).press("2j").sees("2 of 2");
    desk.ok(["--db", path, "vendor", "add", "--name", "Alpha"]);
    tty.sees("Alpha").sees("3 of 3").press(":q\r").given_back();
}

#[test]
fn any_size_is_drawn_and_the_selection_is_kept() {
    let desk = Desk::new();
    let mut tty = Tty::demo(&desk).press("2jj").sees("3 of 35");
    for (cols, rows) in [(80, 24), (40, 10), (20, 5), (2, 2), (300, 90), (60, 12)] {
        tty = tty.resize(cols, rows);
    }
    // The card beside the list is there only where there is room.
    let tty = tty.resize(120, 35).sees("CONTACTS");
    assert!(tty.screen().contains("3 of 35"), "{}", tty.screen());
    tty.press("qq").given_back();
}

#[test]
fn without_colour_the_selection_still_shows() {
    let desk = Desk::new();
    let tty = Tty::start(&desk, (120, 35), &["demo", "--today", "2026-07-26"], &[("NO_COLOR", "1")])
        .sees("NEEDS ATTENTION");
    let tty = tty.press("2").sees("1 of 35");
    {
        let seen = tty.seen.lock().unwrap();
        let screen = seen.parser.screen();
        let row =
            (0..35).find(|row| screen.cell(*row, 0).is_some_and(|cell| cell.contents() == "❯")).unwrap();
        let cell = screen.cell(row, 3).unwrap();
        assert!(cell.inverse(), "the bar is lost");
        assert_eq!(cell.fgcolor(), vt100::Color::Default);
    }
    let (_, bytes) = tty.press("qq").given_back();
    assert!(!bytes.contains("38;5;") && !bytes.contains("38;2;"), "a colour was sent");
}

#[test]
fn hostile_names_reach_no_terminal() {
    let desk = Desk::new();
    let register = desk.path("r.db");
    let path = register.to_str().unwrap();
    for name in ["a\u{1b}[2Jb", "x\u{9b}31mz", "invoice\u{202e}gnp", "pay\u{200b}pal", "t\u{1b}]0;owned\u{7}"]
    {
        desk.ok(["--db", path, "vendor", "add", "--name", name, "--notes", name]);
    }
    let tty = Tty::start(&desk, (120, 35), &["--db", path], &[]).press("2").sees("1 of 5");
    let tty = tty
        .press("jjjj")
        .sees("5 of 5")
        .press("\r")
        .sees_no("sorted")
        .press("gh")
        .sees("History")
        .press("\u{10}pay")
        .sees("matched");
    let (_, bytes) = tty.press("\u{1b}:q\r").given_back();
    for foreign in ["\u{1b}[2Jb", "\u{9b}", "\u{202e}", "\u{200b}", "\u{1b}]0;owned"] {
        assert!(!bytes.contains(foreign), "{foreign:?} reached the terminal");
    }
    assert!(bytes.contains("<U+202E>"));
}

#[test]
fn people_are_told_the_time_of_their_own_clock() {
    let desk = Desk::new();
    desk.ok(["vendor", "add", "--name", "Alpha"]);
    let instant = desk.get(["history"])[0]["at"].as_str().unwrap().to_owned();
    // Eight hours ahead of UTC, by a rule that needs no table of zones on this machine.
    let clock = ("TZ", "CST-8");
    let civil = Zone::new(vec![(NaiveDateTime::MIN, 8 * 3_600)]).civil(&instant);
    for args in [["history", "V-0001"], ["show", "V-0001"]] {
        let said = Said::of(&desk.command().env(clock.0, clock.1).args(args).output().unwrap());
        assert!(said.out.contains(&civil), "{civil} is not in {}", said.out);
    }
    let tty = Tty::start(&desk, (120, 35), &[], &[clock]).sees("RECENT CHANGES").sees(&civil);
    let tty = tty.press("2").sees("sorted by").shows(&civil).press("\r").sees_no("sorted by").shows(&civil);
    tty.press("gh").sees("History").shows(&civil).press(":q\r").given_back();
}

#[test]
fn the_demo_of_another_build_is_not_shown() {
    let desk = Desk::new();
    std::fs::create_dir_all(desk.path(".cache/vendeck")).unwrap();
    let other = desk.path(&format!(".cache/vendeck/demo-{}-1000-2026-07-26.db", env!("CARGO_PKG_VERSION")));
    desk.ok(["--db", other.to_str().unwrap(), "vendor", "add", "--name", "Of another build"]);
    Tty::demo(&desk).press("2").sees("1 of 35").press("qq").given_back();
    assert!(!other.exists(), "only one is kept");
}

#[test]
fn a_problem_leads_to_its_record() {
    let desk = Desk::new();
    let register = desk.path("r.db");
    let db = ["--db", register.to_str().unwrap()];
    desk.ok(db.iter().chain(&["vendor", "add", "--name", "Alpha"]));
    desk.ok(db.iter().chain(&["file", "add", "--target", "gone.pdf", "--vendor", "V-0001"]));
    let tty = Tty::start(&desk, (120, 35), &db, &[]).sees("NEEDS ATTENTION");
    let tty = tty.press(":problems\r").sees("There is no file").press("\r").sees_no("There is no file");
    let tty = tty.press("d").sees(" archived: ").press(":problems\r").sees("All is well");
    tty.press("\x1b:q\r").given_back();
}
