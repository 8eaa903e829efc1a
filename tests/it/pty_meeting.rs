//! Meetings: twelve vendors in eighty keys, what a cut leaves, a second screen that follows, the minutes.

use std::time::{Duration, Instant};

use crate::pty::Tty;
use crate::support::{Desk, rounds};

const SIZE: (u16, u16) = (120, 35);

/// A register with a scorecard of five criteria, and so many vendors with a planned review each; the even ones
/// were reviewed a quarter before.
fn register(desk: &Desk, vendors: usize) -> String {
    let path = desk.path("r.db").to_str().unwrap().to_owned();
    let db = ["--db", path.as_str()];
    let run = |args: &[&str]| desk.ok(db.iter().chain(args));
    let of = |args: &[&str]| {
        let json = desk.get(db.iter().chain(args).copied());
        json["code"].as_str().unwrap().to_owned()
    };
    let template = of(&["template", "add", "--name", "Five", "--state", "draft"]);
    for (at, weight) in ["30%", "25%", "20%", "15%", "10%"].iter().enumerate() {
        let kpi = of(&["kpi", "add", "--name", &format!("Criterion {}", at + 1), "--measure", "qual"]);
        run(&["template_row", "add", "--template", &template, "--kpi", &kpi, "--weight", weight]);
    }
    run(&["template", "edit", &template, "--state", "current"]);
    for at in 0..vendors {
        let vendor = of(&["vendor", "add", "--name", &format!("Vendor {:02}", at + 1)]);
        let add = ["review", "add", "--vendor", &vendor, "--template", &template, "--period"];
        if at % 2 == 0 {
            let before = of(&[&add[..], &["2026-Q1"]].concat());
            let rows = desk.get(db.iter().copied().chain(["review_row", "list", "--review", &before]));
            for row in rows.as_array().unwrap() {
                run(&["review_row", "edit", row["code"].as_str().unwrap(), "--rating", "3"]);
            }
        }
        run(&[&add[..], &["2026-Q2"]].concat());
    }
    path
}

fn open(desk: &Desk, path: &str, command: &[&str]) -> Tty {
    let args: Vec<&str> = ["--db", path, "--today", "2026-07-26"].iter().chain(command).copied().collect();
    Tty::start(desk, SIZE, &args, &[])
}

#[test]
fn twelve_vendors_of_five_criteria_take_eighty_keys() {
    let desk = Desk::new();
    let path = register(&desk, 12);
    let tty = open(&desk, &path, &[]).sees("NEEDS ATTENTION");
    let tty = tty.press("4/period:2026-q2\r").sees("1 of 12").press("*").sees("12 marked");
    let scores = ["54321", "44444", "5545-"];
    let page = |at: usize| format!("{} ", scores[at % 3]);
    let keys = format!("p{}x", (0..12).map(page).collect::<String>());
    assert!(keys.chars().count() <= 80, "{}", keys.chars().count());
    let tty = tty.press(&keys).sees("Minutes written");
    let shown = tty.screen();
    assert!(shown.contains("MOVED MOST") && !shown.contains("not rated"), "{shown}");
    tty.press("q:q\r").given_back();
    let reviews =
        desk.get(["--db", &path, "review", "list", "--filter", "period:2026-q2", "--sort", "-period"]);
    let totals: Vec<i64> =
        reviews.as_array().unwrap().iter().map(|review| review["total"].as_i64().unwrap()).collect();
    // 5·30 + 4·25 + 3·20 + 2·15 + 1·10, of 5; without the last tenth, (150 + 125 + 80 + 75) / 90 of 5.
    let wanted = [7_000, 8_000, 9_556];
    // The list began with the newest, the register lists them from the oldest.
    let expected: Vec<i64> = (0..12).rev().map(|page| wanted[page % 3]).collect();
    assert_eq!(totals, expected);
    assert!(reviews.as_array().unwrap().iter().all(|review| review["state"] == "collecting"));
    let minutes = std::fs::read_to_string(desk.path("minutes-MT-0001.md")).unwrap();
    for words in ["| 1 | Vendor", "95.56", "Vendor 12", "Acknowledged for Vendor 07", "n.a."] {
        assert!(minutes.contains(words), "{words}: {minutes}");
    }
    let page = std::fs::read_to_string(desk.path("minutes-MT-0001.html")).unwrap();
    assert!(page.contains("<table>") && page.contains("@media print"), "{page}");
}

#[test]
fn a_meeting_that_is_cut_off_goes_on_at_the_same_place() {
    let desk = Desk::new();
    let path = register(&desk, 3);
    let tty = open(&desk, &path, &[]).sees("NEEDS ATTENTION").press("4/period:2026-q2\r").sees("1 of 3");
    tty.press("*p").sees("LIVE").press("q").sees("still open").press(":q\r").given_back();
    for round in 0..rounds(3, 20) {
        let rating = char::from(b'1' + u8::try_from(round % 5).unwrap());
        let note = format!("半句话 {round}");
        let page = 1 + round % 3;
        let tty = open(&desk, &path, &["present"]).sees("Criterion 5");
        // To the first page, on to this round's; the first criterion, and half a note.
        let turns = " ".repeat(page - 1);
        let mut tty = tty
            .press(&format!("\u{1b}[H{turns}"))
            .shows(&format!("{page} of 3"))
            .press(&format!("kkkkk{rating}n\u{15}{note}"))
            .sees(&note);
        std::thread::park_timeout(Duration::from_millis(500));
        tty.signal(rustix::process::Signal::KILL);
        let _ = tty.child.wait();
        let tty = open(&desk, &path, &["present"]).shows(&format!("{page} of 3")).sees(&note);
        tty.press("\u{1b}").sees_no("╭─ Note").press("q").sees("still open").press(":q\r").given_back();
        let agenda = desk.get(["--db", &path, "agenda_item", "list"]);
        let item = agenda.as_array().unwrap().iter().find(|item| item["place"] == page).unwrap();
        let review = item["review"].as_str().unwrap();
        let rows = desk.get(["--db", &path, "review_row", "list", "--review", review]);
        let first = rows.as_array().unwrap().iter().find(|row| row["weight"] == 3_000).unwrap();
        assert_eq!(first["rating"], rating as u8 - b'0', "round {round}: the score that was given is gone");
        let found = desk.json(["--db", &path, "check"]).0;
        assert!(found.as_array().unwrap().iter().all(|found| found["severity"] != "error"), "{found}");
    }
}

#[test]
fn a_second_screen_follows_and_changes_nothing() {
    let desk = Desk::new();
    let path = register(&desk, 3);
    let lead = open(&desk, &path, &[]).sees("NEEDS ATTENTION").press("4/period:2026-q2\r").sees("1 of 3");
    let lead = lead.press("*p").sees("LIVE");
    let other = open(&desk, &path, &["follow"]).sees("FOLLOWS").sees("1 of 3");
    let lead = lead.press("5 ").sees("2 of 3");
    let since = Instant::now();
    let other = other.sees("2 of 3");
    eprintln!("followed after {} ms", since.elapsed().as_millis());
    let lead = lead.press("nAgreed on Friday").sees("Agreed on Friday");
    let other = other.sees("Agreed on Friday");
    let lead = lead.press("\r").sees("NOTE");
    // What is hidden on the one is hidden on the other, which a projector may show.
    let lead = lead.press(":mask\r").sees("(***)");
    let other = other.sees("(***)");
    let other = other.press("5").sees("changes nothing");
    other.press("q").given_back();
    lead.press("q:q\r").given_back();
}

#[test]
fn what_is_tried_is_not_saved_what_is_sealed_is_opened_together_and_asks_are_kept() {
    let desk = Desk::new();
    let path = register(&desk, 2);
    let tty = open(&desk, &path, &[]).sees("NEEDS ATTENTION").press("4/period:2026-q2\r").sees("1 of 2");
    let tty = tty.press("*p").sees("LIVE").press("44444").sees("grade B");
    // What if the first were 5, and weighed more?
    let tty = tty.press("wkkkkk5k>").sees("WHAT IF").sees("35%").press("\u{1b}").sees("LIVE").sees("30%");
    let tty = tty.press("kkkkk2").sees("grade D").press("u").sees("grade B");
    // Two raters, neither seen before both are there.
    let tty = tty.press("rMei\r").sees("SEALED: Mei").press("3").sees("sealed").press("\u{1b}").sees("LIVE");
    let tty = tty
        .press("rTang\r")
        .sees("SEALED: Tang")
        .press("5")
        .sees("sealed")
        .press("R")
        .sees("raters 3 5, mean 4, spread 2");
    let tty =
        tty.press("aWeekend shifts\tNorthwind\tsoon\r").sees("date").press("\u{15}2026-08-30\r").sees("ASKS");
    let tty = tty.sees("Northwind  08-30").press("dExtend by a year\r").sees("DECISION");
    let tty = tty
        .press("G")
        .sees("ranking")
        .press("AMei Lin, Tang Yue\r")
        .sees("Mei Lin")
        .press("X")
        .sees("The meeting is over");
    let tty = tty.press("\u{7f}1").sees("This meeting is over");
    tty.press("q:q\r").given_back();
    let reviews = desk.get(["--db", &path, "review", "list", "--filter", "period:2026-q2"]);
    assert_eq!(
        reviews.as_array().unwrap().iter().filter(|review| review["total"] == 8_000).count(),
        1,
        "{reviews}"
    );
    let actions = desk.get(["--db", &path, "action", "list"]);
    assert_eq!(
        (&actions[0]["title"], &actions[0]["due_on"]),
        (&"Weekend shifts".into(), &"2026-08-30".into())
    );
    assert_eq!(desk.get(["--db", &path, "meeting", "show", "MT-0001"])["state"], "closed");
    let minutes = desk.ok(["--db", &path, "meeting", "minutes", "MT-0001"]);
    for words in ["Mei Lin, Tang Yue", "Extend by a year", "Weekend shifts", "Northwind"] {
        assert!(minutes.contains(words), "{words}: {minutes}");
    }
}
