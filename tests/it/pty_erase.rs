//! Erasing a person's data in the program: typed twice, and gone from every byte of the desk.

use crate::pty::Tty;
use crate::support::Desk;

#[test]
fn a_person_is_erased_with_the_copies_and_the_draft() {
    let desk = Desk::new();
    let register = desk.path("r.db");
    let db = ["--db", register.to_str().unwrap()];
    let ok = |args: &[&str]| desk.ok(db.iter().chain(args));
    ok(&["vendor", "add", "--name", "Alpha"]);
    ok(&["contact", "add", "--vendor", "V-0001", "--name", "Oleander Quimby", "--role", "night manager"]);
    ok(&["backup", desk.path("copy.bak").to_str().unwrap()]);
    let tty = Tty::start(&desk, (80, 24), &db, &[]).sees("NEEDS ATTENTION");
    let tty = tty.press(":CT-0001\r").sees("night manager");
    // What is typed in a form is on the disk, and goes too.
    let tty = tty.press("e").sees("E-mail").press("\t\t\t\tquimby@nowhere.example").sees("quimby@nowhere");
    let tty = tty.press("\u{1b}").sees_no("E-mail  ");
    let held = || {
        let files = ["r.db", "r.db-wal", "copy.bak"].map(|name| desk.path(name));
        let drafts = std::fs::read_dir(desk.path(".local/state/vendeck/drafts"));
        let drafts = drafts.into_iter().flatten().map(|entry| entry.unwrap().path());
        let all = files.into_iter().chain(drafts).filter_map(|path| std::fs::read(path).ok());
        all.filter(|bytes| bytes.to_ascii_lowercase().windows(6).any(|part| part == b"quimby")).count()
    };
    // The register or its log, the copy, the draft.
    let tty = tty.until("the draft is on the disk", |_| held() >= 3);
    let tty = tty.press(":erase\r").sees("Nothing takes this back").press("quimby\r").sees("nor the name");
    let tty = tty.press("\u{15}Oleander Quimby\r").sees("These copies hold it still");
    assert!(tty.screen().contains("CT-0001 is erased for good."), "{}", tty.screen());
    let tty = tty.press("1\r").sees("Copies removed: 1.").press("u").sees("for good; that is not taken back");
    assert_eq!(held(), 0);
    let tty = tty.press("gh").sees("erase for good").press(":q\r");
    tty.given_back();
    assert_eq!(held(), 0);
    assert_eq!(desk.get(db.into_iter().chain(["check"])), serde_json::json!([]));
}
