//! The money of a contract in the real program.

use crate::pty::Tty;
use crate::support::Desk;

/// A register with one contract of 36 months and a fee of CNY 1,000.00 a month.
fn desk() -> (Desk, String) {
    let desk = Desk::new();
    let path = desk.path("r.db").to_str().unwrap().to_owned();
    desk.ok(["--db", &path, "vendor", "add", "--name", "Acme"]);
    let terms = ["--starts-on", "2026-01-01", "--term", "36m", "--state", "in_force"];
    desk.ok(
        [&["--db", &path, "contract", "add", "--vendor", "Acme", "--title", "Support"][..], &terms].concat()
    );
    desk.ok([
        "--db",
        &path,
        "cost-line",
        "add",
        "--contract",
        "C-0001",
        "--title",
        "Fee",
        "--amount",
        "1000",
    ]);
    (desk, path)
}

#[test]
fn a_bill_that_is_entered_turns_the_plan_into_the_actual() {
    let (desk, path) = desk();
    let tty = Tty::start(&desk, (120, 35), &["--db", &path], &[]).sees("NEEDS ATTENTION");
    let tty = tty.press("3").sees("1 of 1").press("$").sees("36,000.00").shows("Ended, not billed yet");
    let bill = ["--number", "A-1", "--contract", "C-0001", "--period", "2026-06", "--amount", "1,234.56"];
    desk.ok([&["--db", &path, "invoice", "add"][..], &bill].concat());
    // Somebody else's bill appears while one looks: it closes the half year.
    let tty = tty.sees("1,234.56").sees("31,234.56").press("k=").sees("A-1");
    let tty = tty.shows("1,000.00").press("\u{1b}").sees_no("A-1");
    let tty = tty.press("\t").sees("Saving").shows("no cost line of the layer in-house baseline");
    tty.press("q").sees_no("Saving").press(":q\r").given_back();
}

#[test]
fn an_invoice_is_due_until_it_is_paid() {
    let (desk, path) = desk();
    let run = |args: &[&str]| desk.ok([&["--db", &path][..], args].concat());
    let bill = ["--contract", "C-0001", "--period", "2026-06", "--amount", "1000", "--due-on", "2026-07-20"];
    run(&[&["invoice", "add", "--number", "A-7"][..], &bill].concat());
    let due = run(&["due"]);
    assert!(due.contains("A-7") && due.contains("2026-07-20"), "{due}");
    let tty = Tty::start(&desk, (120, 35), &["--db", &path], &[]).sees("late 6d");
    run(&["payment", "add", "--invoice", "I-0001", "--amount", "1000", "--paid-on", "2026-07-24"]);
    tty.sees_no("late 6d").press(":q\r").given_back();
    assert!(!run(&["due"]).contains("A-7"));
    assert_eq!(desk.get(["--db", &path, "invoice", "show", "I-0001"])["standing"], "paid");
}
