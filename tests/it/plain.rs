//! Plain mode: every task by lines through a pipe, without a byte that steers a terminal.

use std::io::Write as _;
use std::process::Stdio;

use crate::pty::Tty;
use crate::support::{Desk, Said};

/// Sits at a desk: one line after another, then the end. What was said.
fn sit(desk: &Desk, args: &[&str], env: &[(&str, &str)], lines: &[&str]) -> Said {
    let mut command = desk.command();
    command
        .args(args)
        .envs(env.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    for line in lines {
        writeln!(stdin, "{line}").unwrap();
    }
    drop(stdin);
    Said::of(&child.wait_with_output().unwrap())
}

/// A sitting on the demo register of this desk, which stays.
fn demo(desk: &Desk, lines: &[&str]) -> String {
    let path = desk.path("demo.db");
    if !path.exists() {
        desk.ok(["demo", "--keep", path.to_str().unwrap()]);
    }
    let said = sit(desk, &["--db", path.to_str().unwrap(), "--plain"], &[], lines);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    is_plain(&said.out);
    said.out
}

/// No control character but the ends of lines.
fn is_plain(out: &str) {
    let control = out.chars().find(|c| c.is_control() && *c != '\n');
    assert_eq!(control, None, "{out:?}");
}

/// All of these stand in what was said, each behind the one before.
fn has(out: &str, parts: &[&str]) {
    let mut rest = out;
    for part in parts {
        let at = rest.find(part).unwrap_or_else(|| panic!("no {part:?} in what is left:\n{rest}\nof\n{out}"));
        rest = &rest[at + part.len()..];
    }
}

#[test]
fn what_needs_attention_is_told_and_opened_by_its_number() {
    let desk = Desk::new();
    let out = demo(&desk, &["n", "3", "q"]);
    has(
        &out,
        &[
            "vendors active. 96 items need attention.",
            "\n1 late 97 days, review, ",
            "\n10 ",
            "86 more: n lists them.",
            "Command",
        ],
    );
    has(
        &out,
        &["Command (number opens", ": n\n", "11 ", "20 ", ": 3\n", "Finish the open review", "Last change: "],
    );
    assert!(!out.contains("\n1 late 97 days, review, \n"));
}

#[test]
fn anything_is_found_and_its_contacts_are_read() {
    let desk = Desk::new();
    let out = demo(&desk, &["f tysj", "1", "1", "b", "p"]);
    has(
        &out,
        &[
            "9 found.",
            "1 腾云数据 Tengyun Data, vendor, ",
            "V-0002",
            "腾云数据 Tengyun Data. V-0002.",
            "Score: 79",
            "Contacts, 3:",
        ],
    );
    has(
        &out,
        &[
            "\n1 陈立",
            "陈立. ",
            "Phone: +86 20 5550 0131",
            "腾云数据 Tengyun Data. V-0002.",
            "腾云数据 Tengyun Data. V-0002.",
        ],
    );
}

#[test]
fn lists_are_narrowed_sorted_and_gone_through() {
    let desk = Desk::new();
    let out = demo(
        &desk,
        &[
            "l contracts ends:<90d",
            "s -value",
            "l vendors",
            "n",
            "n",
            "n",
            "n",
            "l nothing",
            "l vendors xx:1",
        ],
    );
    has(
        &out,
        &[
            "Contracts, ",
            "\n1 ",
            "Contracts, ",
            "\n1 JP-003",
            "Vendors, 35.",
            "25 more",
            "\n11 ",
            "15 more",
            "\n21 ",
            "5 more",
            "\n35 ",
        ],
    );
    has(&out, &["There is nothing more to list", "Name a kind of record: ", "have no column “xx”"]);
}

#[test]
fn a_record_is_added_edited_undone_and_redone() {
    let desk = Desk::new();
    let out = demo(
        &desk,
        &[
            "a vendor",
            "Acme Plain",
            "category",
            "Testing",
            "",
            "e phone",
            "+44 20 7946 0000",
            "f acme plain",
            "1",
            "u",
            "p",
            "r",
            "p",
            "c",
            "q",
        ],
    );
    has(
        &out,
        &[
            "Name: Acme Plain",
            "Category",
            "V-0036 saved; u undoes it.",
            "Acme Plain. V-0036.",
            "Category: Testing",
        ],
    );
    has(
        &out,
        &["Phone", "V-0036 saved", "Phone: +44 20 7946 0000", "1 found.", "Taken back: edit of V-0036"],
    );
    has(
        &out,
        &[
            "Taken back",
            "Acme Plain. V-0036.",
            "Brought back",
            "Phone: +44",
            "edit, V-0036, Acme Plain, phone: +44",
        ],
    );
    assert_eq!(
        desk.get(["--db", desk.path("demo.db").to_str().unwrap(), "show", "V-0036"])["phone"],
        "+44 20 7946 0000"
    );
}

#[test]
fn what_is_wrong_is_said_at_once_and_nothing_typed_is_lost() {
    let desk = Desk::new();
    let typed = ["9999", "e", "a contract", "V-0002", "Plain support", "value", "S2,035.00", "2035", ""];
    let out = demo(&desk, &typed);
    has(
        &out,
        &[
            "The numbers listed go from 1 to 10.",
            "No record is open",
            "Vendor",
            "Title",
            "S2,035.00\n",
            "“S”",
        ],
    );
    has(&out, &["2035\n", "saved; u undoes it.", "Plain support. C-", "Value: CNY 2,035.00"]);
    let out = demo(&desk, &["a vendor", "Half typed", ".", "f half typed"]);
    has(&out, &["Nothing was changed.", "Nothing was found"]);
}

#[test]
fn a_contact_is_added_to_the_open_vendor_and_archived() {
    let desk = Desk::new();
    let out = demo(
        &desk,
        &["f tysj", "1", "a contact", "Plain Person", "notes", "first line", "second line", "", "", "d", "d"],
    );
    has(
        &out,
        &[
            "Name",
            "Plain Person",
            "saved; u undoes it.",
            "Plain Person. ",
            "Vendor: 腾云数据 Tengyun Data, V-0002",
            "archived; u brings it back.",
            "is in use again.",
        ],
    );
    assert!(out.contains("first line second line"), "{out}");
}

#[test]
fn what_is_due_what_changed_and_what_is_exported() {
    let desk = Desk::new();
    let out = demo(
        &desk,
        &[
            "w 30d",
            "c all",
            "x vendors out.csv",
            "x vendors",
            "vendor list --filter alpha",
            "set base-currency",
            "nonsense",
            "lang zh",
            "h",
            "退出",
            "q",
        ],
    );
    has(
        &out,
        &[
            " due.",
            "\n1 late ",
            "Command",
            "\n1 2026-",
            "Type x, what to export and a file",
            "“nonsense” is not understood",
            "项需要关注",
            "f 或 find",
            "q",
        ],
    );
    let exported = std::fs::read_to_string(desk.path("out.csv")).unwrap();
    assert!(exported.starts_with("code,version,") && exported.contains("V-0035"), "{exported}");
}

#[test]
fn a_terminal_that_cannot_be_drawn_on_gets_lines() {
    let desk = Desk::new();
    let path = desk.path("r.db");
    let said = sit(&desk, &["--db", path.to_str().unwrap()], &[("TERM", "dumb")], &["q"]);
    assert_eq!(said.code, 0, "{}", said.err);
    is_plain(&said.out);
    has(&said.out, &["0 vendors active. 0 items need attention.", "Command (number opens"]);
    let said = sit(&desk, &["demo"], &[("TERM", "dumb")], &["f tysj", "q"]);
    has(&said.out, &["96 items need attention", "9 found."]);
    let (code, bytes) = Tty::start(&desk, (80, 24), &["demo", "--plain", "--today", "2026-07-26"], &[])
        .sees("96 items need attention")
        .press("q\r")
        .end();
    assert_eq!(code, 0);
    assert!(!bytes.contains('\x1b'), "{bytes:?}");
}

#[test]
fn hostile_text_does_not_steer_the_terminal() {
    let desk = Desk::new();
    let path = desk.path("r.db");
    let name = "a\u{1b}[2Jb\u{202e}c\u{9b}31m";
    desk.ok(["--db", path.to_str().unwrap(), "vendor", "add", "--name", name]);
    let said = sit(
        &desk,
        &["--db", path.to_str().unwrap(), "--plain"],
        &[],
        &["l vendors", "1", "e 1", name, "f a", "q"],
    );
    is_plain(&said.out);
    has(&said.out, &["<U+001B>", "<U+202E>"]);
}

#[test]
fn what_one_does_with_a_contract_is_asked_a_field_a_question() {
    let desk = Desk::new();
    let out = demo(&desk, &["p C-0001", "m", "m notice", "", "fax", "email", "mail 12", "agreed", "q"]);
    has(
        &out,
        &[
            "Give notice",
            "possible",
            "Notice given, else 2026-07-26",
            "Notice method",
            "Notice method",
            "u undoes it",
        ],
    );
    let path = desk.path("demo.db");
    let shown = desk.get(["--db", path.to_str().unwrap(), "contract", "show", "C-0001"]);
    assert_eq!(
        (shown["notice_method"].as_str(), shown["notice_proof"].as_str()),
        (Some("email"), Some("mail 12"))
    );
    let left = demo(&desk, &["p C-0001", "m notice", "m renew", ".", "p V-0001", "m", "q"]);
    has(
        &left,
        &["Notice was given on 2026-07-26", "Nothing was changed.", "Open a contract or a review first."],
    );
    // The price that is offered is that of the term that was answered before.
    let renewal = demo(&Desk::new(), &["p C-0001", "m renew", "", "24m", ".", "q"]);
    has(&renewal, &["Term, else 12 months", "Value, else CNY 12,566,000.00"]);
}
