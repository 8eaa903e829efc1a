//! Forms in the real program: what is typed, kept and written, with other operators about.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use crate::pty::Tty;
use crate::support::Desk;

/// A register with vendors of these names; its path.
fn register(desk: &Desk, names: &[&str]) -> String {
    let path = desk.path("r.db").to_str().unwrap().to_owned();
    for name in names {
        desk.ok(["--db", &path, "vendor", "add", "--name", name]);
    }
    path
}

#[test]
fn a_draft_never_overwrites_what_another_operator_wrote_meanwhile() {
    let desk = Desk::new();
    let path = register(&desk, &["Acme"]);
    let tty = Tty::start(&desk, (120, 35), &["--db", &path], &[]).press("2").sees("1 of 1");
    let tty = tty.press("e").sees("› Edit").press(" Mine\u{1b}").sees("Draft kept");
    desk.ok(["--db", &path, "vendor", "edit", "V-0001", "--name", "Theirs"]);
    let tty = tty.sees("Theirs").press("e").sees("Acme Mine").sees("theirs: Theirs");
    let tty = tty.press("\u{13}").sees("Another wrote here too");
    assert!(desk.ok(["--db", &path, "vendor", "show", "V-0001"]).contains("Theirs"));
    tty.press("\u{13}").sees("V-0001 saved").press(":q\r").given_back();
    assert!(desk.ok(["--db", &path, "vendor", "show", "V-0001"]).contains("Acme Mine"));
}

#[test]
fn a_draft_is_offered_for_its_register_alone_however_that_is_named() {
    let desk = Desk::new();
    let start = |folder: &str, register: &str| {
        std::fs::create_dir_all(desk.path(folder)).unwrap();
        Tty::start_in(&desk.path(folder), &desk, (120, 35), &["--db", register], &[])
    };
    let tty = start("a", "x.db").sees("NEEDS ATTENTION").press("2").sees("Nothing here.");
    tty.press("aOf a\u{1b}").sees("Draft kept").press(":q\r").given_back();
    start("b", "x.db").sees("NEEDS ATTENTION").press(":q\r").given_back();
    let tty = start("b", "../a/x.db").sees("Vendor, new: Of a").press("\r").sees("› New");
    tty.press("\u{18}\u{1b}").sees_no("› New").press(":q\r").given_back();
}

#[test]
fn what_is_typed_while_a_form_is_saved_is_taken_afterwards() {
    let desk = Desk::new();
    let path = register(&desk, &[]);
    let tty = Tty::start(&desk, (120, 35), &["--db", &path], &[]).sees("NEEDS ATTENTION");
    let tty = tty.press("2").sees("Nothing here.").press("aFirst vendor\x13aSecond vendor\x13");
    let tty = tty.sees("V-0002 saved").sees("First vendor").sees("Second vendor");
    tty.press(":q\r").given_back();
}

#[test]
fn a_form_that_waits_for_another_operator_says_so_and_can_be_left() {
    let desk = Desk::new();
    let path = register(&desk, &["Acme"]);
    let tty = Tty::start(&desk, (120, 35), &["--db", &path], &[]).press("2").sees("1 of 1");
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let tty = tty.press("aHeld\x13").sees("Waiting for another operator");
    let tty = tty.press("dropped\u{1b}").sees_no("› New").press("e").sees("› Edit").press("\u{1b}");
    let tty = tty.sees_no("› Edit");
    other.execute_batch("ROLLBACK").unwrap();
    tty.sees("V-0002 saved").press(":q\r").given_back();
    let tty = Tty::start(&desk, (120, 35), &["--db", &path], &[]).press("2").sees("1 of 2");
    tty.press(":q\r").given_back();
}

#[test]
fn a_form_left_while_it_is_saved_is_no_draft_after_the_end() {
    let desk = Desk::new();
    let path = register(&desk, &["Acme"]);
    let tty = Tty::start(&desk, (120, 35), &["--db", &path], &[]).press("2").sees("1 of 1");
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let tty = tty.press("aHeld\x13\u{1b}").sees("Being saved").press("qq");
    let tty = tty.sees_no("Acme");
    other.execute_batch("ROLLBACK").unwrap();
    tty.given_back();
    let tty = Tty::start(&desk, (120, 35), &["--db", &path], &[]).press("2").sees("1 of 2");
    tty.press(":q\r").given_back();
}

#[test]
fn a_paste_beyond_the_limit_is_taken_as_far_as_it_fits_and_the_rest_is_told() {
    let desk = Desk::new();
    let path = register(&desk, &[]);
    let tty = Tty::start(&desk, (80, 24), &["--db", &path], &[]).sees("NEEDS ATTENTION");
    let tty = tty.press("2").sees("Nothing here.").press("a").sees("› New");
    let tty = tty.press(&format!("\u{1b}[200~{}\u{1b}[201~", "n".repeat(30_000)));
    let tty = tty.sees("26000 characters were not taken: at most 4000 fit here.");
    tty.press("\u{18}\u{1b}").sees_no("› New").press(":q\r").given_back();
}

/// An editor that does this with the file `$1`.
fn editor(desk: &Desk, script: &str) -> String {
    let path = desk.file("editor", format!("#!/bin/sh\n{script}\n"));
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
    path.to_str().unwrap().to_owned()
}

/// The files that texts of editors are kept in.
fn kept_texts(desk: &Desk) -> Vec<PathBuf> {
    let folder = std::fs::read_dir(desk.path(".local/state/vendeck/texts")).unwrap();
    folder.map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn what_interrupts_in_the_editor_does_not_end_the_program() {
    let desk = Desk::new();
    let path = register(&desk, &[]);
    let wait = r#"trap '' INT QUIT; echo EDITING; while [ ! -e "$HOME/go" ]; do sleep 0.05; done"#;
    let editor = editor(&desk, &format!(r#"{wait}; printf ' more' >> "$1""#));
    let tty = Tty::start(&desk, (120, 35), &["--db", &path], &[("EDITOR", &editor)]);
    let tty = tty.sees("NEEDS ATTENTION").press("2").sees("Nothing here.").press("aAcme\u{5}");
    let tty = tty.sees("EDITING").press("\u{3}").sees("^C").press("\u{1c}").sees("^\\");
    desk.file("go", "");
    let tty = tty.sees("Acme more");
    assert_eq!(kept_texts(&desk), Vec::<PathBuf>::new());
    tty.press("\u{18}\u{1b}").sees_no("› New").press(":q\r").given_back();
}

#[test]
fn what_was_written_in_an_editor_that_failed_is_kept_and_named() {
    let desk = Desk::new();
    let path = register(&desk, &[]);
    for script in [r#"printf 'lost\351' > "$1"; exit 1"#, r#"printf 'lost\351' > "$1""#] {
        let editor = editor(&desk, script);
        let tty = Tty::start(&desk, (80, 24), &["--db", &path], &[("EDITOR", &editor)]);
        let tty = tty.sees("NEEDS ATTENTION").press("2").sees("Nothing here.").press("aAcme\u{5}");
        let tty = tty.sees("Kept in ~/.local/state/vendeck/texts/").sees("Acme");
        let [kept] = &kept_texts(&desk)[..] else { panic!("{:?}", kept_texts(&desk)) };
        let tty = tty.sees(&format!("{}: ", kept.file_name().unwrap().to_str().unwrap()));
        assert_eq!(std::fs::read(kept).unwrap(), b"lost\xe9");
        assert_eq!(std::fs::metadata(kept).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::remove_file(kept).unwrap();
        tty.press("\u{18}\u{1b}").sees_no("› New").press(":q\r").given_back();
    }
}
