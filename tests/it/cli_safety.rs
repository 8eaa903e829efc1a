//! What keeps a register whole on the command line: undo, backups, refusals, checks.

use serde_json::{Value as Json, json};

use crate::cli::desk_with_vendor;
use crate::support::Desk;

#[test]
fn a_change_is_taken_back_and_brought_back_by_another_run() {
    let desk = desk_with_vendor();
    desk.ok(["vendor", "edit", "V-0001", "--owner", "x"]);
    assert_eq!(desk.get(["undo"])["turn"], "undone");
    assert_eq!(desk.get(["vendor", "show", "V-0001"])["owner"], Json::Null);
    assert_eq!(desk.get(["redo"])["records"], json!(["V-0001"]));
    assert_eq!(desk.get(["vendor", "show", "V-0001"])["owner"], "x");
    desk.refuses(2, ["redo"]);
    desk.refuses(2, ["undo", "--user", "somebody.else"]);
    assert_eq!(desk.get(["history", "V-0001", "--limit", "2"]).as_array().unwrap().len(), 2);
    desk.refuses(2, ["history", "nonsense"]);
}

#[test]
fn a_backup_is_private_whole_and_restored() {
    use std::os::unix::fs::PermissionsExt;
    let desk = desk_with_vendor();
    let backup = desk.path("b.db");
    let backup = backup.to_str().unwrap();
    assert_eq!(desk.get(["backup", backup])["path"], backup);
    assert_eq!(std::fs::metadata(backup).unwrap().permissions().mode() & 0o777, 0o600);
    desk.refuses(7, ["backup", backup]);
    desk.ok(["vendor", "add", "--name", "later"]);
    let restored = desk.get(["restore", backup]);
    assert!(std::path::Path::new(restored["kept"].as_str().unwrap()).exists());
    assert_eq!(desk.get(["vendor", "list"]).as_array().unwrap().len(), 1);
    assert_eq!(desk.get(["check"]), json!([]));
    desk.refuses(5, ["restore", desk.file("text", "no register").to_str().unwrap()]);
    assert_eq!(desk.get(["vendor", "list"]).as_array().unwrap().len(), 1);
}

#[test]
fn copies_are_listed_and_one_that_was_changed_is_a_finding() {
    let desk = desk_with_vendor();
    let db = desk.get(["info"])["register"].as_str().unwrap().to_owned();
    let backup = std::path::Path::new(&db).with_file_name("b.bak");
    assert_eq!(desk.get(["backup", "--list"]), json!([]));
    let made = desk.get(["backup", backup.to_str().unwrap()]);
    assert!(std::path::Path::new(made["checksum"].as_str().unwrap()).exists(), "{made}");
    let listed = desk.get(["backup", "--list"]);
    assert_eq!((&listed[0]["made"], &listed[0]["checksum"]), (&json!("asked"), &json!("matches")));
    assert_eq!(desk.get(["info"])["copies"], 1);
    let mut bytes = std::fs::read(&backup).unwrap();
    bytes[97] ^= 1;
    std::fs::write(&backup, bytes).unwrap();
    let (listed, code) = desk.json(["backup", "--list"]);
    assert_eq!((&listed[0]["checksum"], code), (&json!("differs"), 1), "{listed}");
    assert!(desk.run(["backup", "--list"]).out.contains("DIFFERS"));
    assert!(desk.refuses(5, ["restore", backup.to_str().unwrap()]).contains("checksum differs"));
    desk.refuses(2, ["backup"]);
    desk.refuses(2, ["backup", "x.bak", "--list"]);
    // By whatever path one comes, a copy is one.
    desk.ok(["--db", "near.db", "vendor", "add", "--name", "x"]);
    desk.ok(["--db", "near.db", "backup", "near.bak"]);
    assert_eq!(desk.get(["--db", "near.db", "backup", "--list"]).as_array().unwrap().len(), 1);
}

#[test]
fn what_is_no_register_is_refused_and_left_as_it_is() {
    let desk = Desk::new();
    let folder = desk.path("folder");
    std::fs::create_dir(&folder).unwrap();
    for (name, content) in [("empty", ""), ("text", "hello, world\n")] {
        let path = desk.file(name, content);
        desk.refuses(5, ["--db", path.to_str().unwrap(), "vendor", "list", "--json"]);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), content);
    }
    desk.refuses(5, ["--db", folder.to_str().unwrap(), "find", "x"]);
    desk.refuses(7, ["--db", "missing.db", "--read-only", "vendor", "list"]);
    assert!(!desk.path("missing.db").exists());
}

#[test]
fn a_register_of_a_newer_program_is_refused() {
    let desk = desk_with_vendor();
    let path = desk.path("b.db");
    desk.ok(["backup", path.to_str().unwrap()]);
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[60..64].copy_from_slice(&9_000_i32.to_be_bytes());
    std::fs::write(&path, &bytes).unwrap();
    let said = desk.refuses(6, ["--db", path.to_str().unwrap(), "vendor", "list"]);
    assert!(said.contains("made by a newer vendeck"), "{said}");
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}

#[test]
fn damaged_pages_are_found_and_a_backup_put_in_their_place() {
    let desk = desk_with_vendor();
    let (register, backup) = (desk.path("r.db"), desk.path("b.db"));
    for path in [&register, &backup] {
        desk.ok(["backup", path.to_str().unwrap()]);
    }
    let mut bytes = std::fs::read(&register).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..].fill(0x5a);
    std::fs::write(&register, &bytes).unwrap();
    let db = register.to_str().unwrap();
    assert_eq!(desk.run(["--db", db, "check"]).code, 5);
    desk.ok(["--db", db, "restore", backup.to_str().unwrap()]);
    assert_eq!(desk.get(["--db", db, "check"]), json!([]));
    assert_eq!(desk.get(["--db", db, "vendor", "list"])[0]["code"], "V-0001");
}

#[test]
fn a_check_that_finds_changed_bytes_says_that_the_file_is_damaged() {
    let desk = Desk::new();
    let path = desk.path("r.db");
    let db = path.to_str().unwrap();
    desk.ok(["--db", db, "vendor", "add", "--name", "Acme"]);
    assert_eq!(desk.run(["--db", db, "check"]).code, 0);
    // One letter in an index: everything can still be read, and one row is not where it was.
    let conn = rusqlite::Connection::open(&path).unwrap();
    let number = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    let page = number("SELECT rootpage FROM sqlite_schema WHERE name = 'vendor_x_name'");
    let size = number("PRAGMA page_size");
    conn.close().unwrap();
    let byte = |page: i64| usize::try_from(page * size).unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    let index = &mut bytes[byte(page - 1)..byte(page)];
    let at = index.windows(4).position(|letters| letters.eq_ignore_ascii_case(b"acme")).unwrap();
    index[at] = b'b';
    std::fs::write(&path, &bytes).unwrap();
    let (findings, code) = desk.json(["--db", db, "check"]);
    assert_eq!(code, 5, "{findings}");
    assert_eq!((&findings[0]["rule"], &findings[0]["severity"]), (&json!("integrity"), &json!("error")));
}

#[test]
fn read_only_changes_nothing() {
    let desk = desk_with_vendor();
    for args in [
        vec!["vendor", "add", "--name", "x"],
        vec!["vendor", "edit", "V-0001", "--owner", "x"],
        vec!["vendor", "archive", "V-0001"],
        vec!["set", "calendar", "weekends"],
        vec!["undo"],
    ] {
        let said = desk.refuses(2, args.iter().copied().chain(["--read-only"]));
        assert!(said.contains("read only"), "{args:?}: {said}");
    }
    assert_eq!(desk.get(["vendor", "list", "--read-only"]).as_array().unwrap().len(), 1);
}

#[test]
fn the_demo_is_kept_whole_and_sound() {
    let desk = Desk::new();
    let path = desk.path("demo.db");
    let db = path.to_str().unwrap();
    desk.ok(["demo", "--keep", db]);
    let counts = desk.get(["info", "--db", db])["counts"].clone();
    assert!(counts["vendors"].as_i64().unwrap() >= 24, "{counts}");
    assert!(counts["contracts"].as_i64().unwrap() >= 40, "{counts}");
    assert!(counts["risks"].as_i64().unwrap() >= 30, "{counts}");
    let findings = desk.json(["check", "--db", db]).0;
    assert!(findings.as_array().unwrap().iter().all(|f| f["severity"] == "warning"), "{findings}");
    assert!(!desk.get(["due", "--db", db]).as_array().unwrap().is_empty());
    desk.refuses(7, ["demo", "--keep", db]);

    let sized = desk.path("sized.db");
    let db = sized.to_str().unwrap();
    desk.ok([
        "demo",
        "--keep",
        db,
        "--vendors",
        "30",
        "--contracts",
        "50",
        "--reviews",
        "10",
        "--risks",
        "7",
    ]);
    let counts = desk.get(["info", "--db", db])["counts"].clone();
    for (kind, count) in [("vendors", 30), ("contracts", 50), ("reviews", 10), ("risks", 7)] {
        assert_eq!(counts[kind], count, "{kind}");
    }
}

#[test]
fn a_register_that_is_made_on_the_way_is_named() {
    let desk = Desk::new();
    let path = desk.path("nope.db");
    let list = ["--db", path.to_str().unwrap(), "vendor", "list"];
    let first = desk.run(list);
    assert!(
        first.err.contains("There was no register at ") && first.err.contains("nope.db"),
        "{}",
        first.err
    );
    assert_eq!((first.code, desk.run(list).err.as_str()), (0, ""));
}

#[test]
fn a_file_that_is_not_there_is_a_finding_of_its_reference() {
    let desk = Desk::new();
    let register = desk.path("r.db");
    let db = ["--db", register.to_str().unwrap()];
    let ok = |args: &[&str]| desk.ok(db.iter().chain(args));
    ok(&["vendor", "add", "--name", "Alpha"]);
    ok(&["contract", "add", "--vendor", "V-0001", "--title", "T"]);
    desk.file("docs/a.pdf", "%PDF");
    ok(&["file", "add", "--target", "docs/a.pdf", "--contract", "C-0001", "--kind", "contract"]);
    ok(&["file", "add", "--target", "https://example.com/b", "--vendor", "V-0001", "--title", "Portal"]);
    ok(&["file", "add", "--target", "gone.pdf", "--vendor", "V-0001"]);
    let listed = desk.get(db.into_iter().chain(["file", "list"]));
    assert_eq!(listed.as_array().unwrap().len(), 3);
    let (found, code) = desk.json(db.into_iter().chain(["check"]));
    assert_eq!((found.as_array().unwrap().len(), code), (1, 1), "{found}");
    assert_eq!((&found[0]["code"], &found[0]["field"]), (&"F-0003".into(), &"target".into()));
    assert!(found[0]["message"].as_str().unwrap().contains("gone.pdf"), "{found}");
    ok(&["file", "archive", "F-0003"]);
    assert_eq!(desk.get(db.into_iter().chain(["check"])), serde_json::json!([]));
    let said = desk.refuses(
        2,
        db.into_iter().chain(["file", "add", "--target", "data:text/html,x", "--vendor", "V-0001"]),
    );
    assert!(said.contains("data:"), "{said}");
}

#[test]
fn a_backup_from_before_an_erasing_says_whom_it_brings_back() {
    let desk = desk_with_vendor();
    desk.ok(["contact", "add", "--vendor", "V-0001", "--name", "Oleander Quimby"]);
    let [before, after] = ["before.bak", "after.bak"].map(|name| desk.path(name).display().to_string());
    desk.ok(["backup", &before]);
    desk.ok(["erase", "CT-0001", "--yes", "CT-0001"]);
    desk.ok(["backup", &after]);
    assert_eq!(desk.get(["restore", &after])["brings_back"], json!([]));
    let said = desk.run(["restore", &before]);
    assert!(said.code == 0 && said.err.contains("brings back what was erased: CT-0001."), "{}", said.err);
    assert_eq!(desk.get(["contact", "show", "CT-0001"])["name"], "Oleander Quimby");
    desk.ok(["restore", &after]);
    assert_eq!(desk.get(["restore", &before])["brings_back"], json!(["CT-0001"]));
}
