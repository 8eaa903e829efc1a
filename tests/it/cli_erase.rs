//! Erasing a person's data from the command line: asked twice, gone from every file of the desk.

use serde_json::{Value as Json, json};

use crate::cli::desk_with_vendor;
use crate::support::Desk;

fn desk_with_person() -> Desk {
    let desk = desk_with_vendor();
    desk.ok([
        "contact",
        "add",
        "--vendor",
        "V-0001",
        "--name",
        "Oleander Quimby",
        "--phone",
        "+44 20 5550 7321",
    ]);
    desk.ok(["vendor", "edit", "V-0001", "--notes", "ask Oleander Quimby"]);
    desk
}

/// Every byte below the home of the desk, in small letters.
fn bytes(folder: &std::path::Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        all.extend(if path.is_dir() { bytes(&path) } else { std::fs::read(&path).unwrap() });
    }
    all.to_ascii_lowercase()
}

#[test]
fn nothing_is_erased_before_the_code_was_said_twice() {
    let desk = desk_with_person();
    let said = desk.refuses(2, ["erase", "CT-0001"]);
    assert!(said.contains("--yes CT-0001"), "{said}");
    desk.refuses(2, ["erase", "CT-0001", "--yes", "CT-0002"]);
    desk.refuses(2, ["erase", "CT-0009", "--yes", "CT-0009"]);
    desk.refuses(2, ["erase", "V-0001", "--yes", "V-0001"]);
    desk.refuses(2, ["erase", "CT-0001", "--yes", "CT-0001", "--read-only"]);
    desk.refuses(2, ["erase", "CT-0001", "--yes", "CT-0001", "--remove-copies", "3"]);
    let plan = desk.get(["erase", "CT-0001", "--dry-run"]);
    assert_eq!(plan["places"], json!([{ "code": "V-0001", "fields": ["notes"] }]), "{plan}");
    assert_eq!((&plan["change"], &plan["swept"]), (&Json::Null, &Json::Null));
    let told = desk.ok(["erase", "CT-0001", "--dry-run", "--lang", "zh"]);
    assert!(told.contains("V-0001 备注") && told.contains("无法撤销"), "{told}");
    assert_eq!(desk.get(["contact", "show", "CT-0001"])["name"], "Oleander Quimby");
}

#[test]
fn what_is_erased_is_in_no_file_of_the_desk() {
    let desk = desk_with_person();
    let home = desk.path("");
    let db = desk.get(["info"])["register"].as_str().unwrap().to_owned();
    let copy = std::path::Path::new(&db).with_file_name("copy.bak");
    desk.ok(["backup", copy.to_str().unwrap()]);
    let exported = desk.ok(["export", "contacts"]);
    let text = "Minutes: Oleander Quimby promised figures.";
    let (theirs, other) = (
        desk.file(".local/state/vendeck/texts/1.md", text),
        desk.file(".local/state/vendeck/texts/2.md", "x"),
    );
    let is_held = || bytes(&home).windows(6).any(|part| part == b"quimby");
    assert!(is_held());
    let said = desk.run(["erase", "CT-0001", "--yes", "ct-0001"]);
    assert_eq!((said.code, said.out.as_str()), (0, "CT-0001 is erased for good.\n"), "{}", said.err);
    assert!(said.err.contains("copy.bak"), "the copy is named: {}", said.err);
    assert!(!theirs.exists() && other.exists(), "what an editor left goes where it holds a word of theirs");
    std::fs::remove_file(&copy).unwrap();
    assert!(!is_held(), "gone from the register and its log");
    assert_eq!(desk.get(["check"]), json!([]));
    assert!(!desk.ok(["history"]).contains("Quimby"));
    assert!(desk.ok(["history", "CT-0001"]).contains("erase for good"));
    assert!(desk.refuses(2, ["undo"]).contains("for good"));
    let note = desk.get(["vendor", "show", "V-0001"])["notes"].clone();
    assert_eq!(note, "ask [erased 已抹除]");
    desk.ok(["export", "contacts"]);
    // An older list brings a person in anew: that is another record.
    let list = desk.file("contacts.csv", exported);
    let brought = desk.run(["import", list.to_str().unwrap(), "--as", "contacts"]);
    assert!(brought.code <= 1, "{}", brought.err);
    assert_eq!(desk.get(["check"]), json!([]));
}

#[test]
fn the_copies_of_this_machine_go_when_their_number_is_said() {
    let desk = desk_with_person();
    let db = desk.get(["info"])["register"].as_str().unwrap().to_owned();
    for name in ["a.bak", "b.bak"] {
        desk.ok(["backup", std::path::Path::new(&db).with_file_name(name).to_str().unwrap()]);
    }
    let done = desk.get(["erase", "CT-0001", "--yes", "CT-0001", "--remove-copies", "2"]);
    assert_eq!((&done["copies_removed"], &done["swept"]), (&json!(2), &json!(true)), "{done}");
    assert_eq!(desk.get(["backup", "--list"]), json!([]));
    assert!(!bytes(&desk.path("")).windows(6).any(|part| part == b"quimby"));
}

#[test]
fn what_is_looked_for_and_what_is_not_is_told_before() {
    let desk = desk_with_vendor();
    desk.ok(["contact", "add", "--vendor", "V-0001", "--name", "Li", "--email", "li.li@nowhere.example"]);
    desk.ok(["vendor", "edit", "V-0001", "--notes", "ask Li, not Lisa"]);
    let plan = desk.get(["erase", "CT-0001", "--dry-run"]);
    assert_eq!((&plan["words"], &plan["too_short"]), (&json!(["li.li@nowhere.example"]), &json!(["Li"])));
    let told = desk.ok(["erase", "CT-0001", "--dry-run"]);
    assert!(told.contains("Looked for: li.li@nowhere.example.\n"), "{told}");
    assert!(told.contains("Too short to be looked for: Li. vendeck erase CT-0001 --also TEXT"), "{told}");
    let also = desk.get(["erase", "CT-0001", "--dry-run", "--also", "Li"]);
    assert_eq!((&also["words"], &also["too_short"]), (&json!(["li", "li.li@nowhere.example"]), &json!([])));
    desk.ok(["erase", "CT-0001", "--yes", "CT-0001", "--also", "Li"]);
    assert_eq!(desk.get(["vendor", "show", "V-0001"])["notes"], "ask [erased 已抹除], not Lisa");
}

#[test]
fn that_it_is_erased_is_told_where_a_copy_cannot_be_removed() {
    let desk = desk_with_person();
    let db = desk.get(["info"])["register"].as_str().unwrap().to_owned();
    let copy = std::path::Path::new(&db).with_file_name("a.bak");
    desk.ok(["backup", copy.to_str().unwrap()]);
    let sum = copy.with_file_name("a.bak.sha256");
    std::fs::remove_file(&sum).unwrap();
    std::fs::create_dir(&sum).unwrap();
    let said = desk.run(["erase", "CT-0001", "--yes", "CT-0001", "--remove-copies", "1"]);
    assert!(said.code == 7 && said.err.contains("a.bak cannot be removed"), "{} {}", said.code, said.err);
    assert_eq!(said.out, "CT-0001 is erased for good.\n", "{}", said.err);
}
