//! Erasing a person's data: gone from rows, events, look-up, pages and log; the rest as it was.

use std::fs;
use std::path::Path;

use super::support::*;
use super::*;
use crate::register::erase::{ERASED, Swept};
use crate::store::backup::copies;

/// What must not be found in the file afterwards, in any case of its letters.
pub(super) const GONE: [&str; 9] = [
    "Oleander Quimby",
    "oleanderquimby",
    "quimby",
    "欧阳锦瑟",
    "ouyangjinse",
    "o.quimby@nowhere.example",
    "5550 7321",
    "12370555",
    "shellfish",
];

/// A register with a person in many places, of whom some values are old.
pub(super) fn register() -> (tempfile::TempDir, Store, Ref) {
    let (dir, mut store) = fresh();
    let yun = vendor(&mut store, "Yun");
    let person = add(
        &mut store,
        Kind::Contact,
        &[
            ("vendor", "Yun"),
            ("name", "Oleander Quimby"),
            ("phone", "+44 20 5550 7321"),
            ("email", "o.quimby@nowhere.example"),
            ("role", "night manager"),
            ("notes", "Allergic to shellfish.\nCall after ten."),
            ("primary", "yes"),
        ],
    );
    edit(&mut store, person, &[("name", "欧阳锦瑟 Oleander Quimby"), ("notes", "")]);
    add(
        &mut store,
        Kind::Contact,
        &[("vendor", "Yun"), ("name", "Somebody Else"), ("notes", "deputy of 欧阳锦瑟")],
    );
    let meeting = [
        ("vendor", "Yun"),
        ("on", "2026-07-01"),
        ("people", "mei.lin, Oleander Quimby"),
        ("summary", "Quarterly meeting"),
        ("notes", "QUIMBY"),
    ];
    let meeting = add(&mut store, Kind::Interaction, &meeting);
    edit(&mut store, meeting, &[("notes", "Oleander Quimby (020 5550-7321) promised figures")]);
    let contract = contract(&mut store, yun, &[("signatory_theirs", "Oleander Quimby")]);
    edit(&mut store, contract, &[("signatory_theirs", "Another Person")]);
    (dir, store, person)
}

/// The bytes of everything beside the register that is part of it.
pub(super) fn bytes_of(dir: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        bytes.extend(fs::read(entry.unwrap().path()).unwrap());
    }
    bytes.to_ascii_lowercase()
}

pub(super) fn held(bytes: &[u8]) -> Vec<&'static str> {
    let is_in = |word: &&&str| {
        let word = word.to_ascii_lowercase();
        bytes.windows(word.len()).any(|part| part == word.as_bytes())
    };
    GONE.iter().filter(is_in).copied().collect()
}

#[test]
fn what_is_erased_is_in_no_byte_of_the_file() {
    let (dir, mut store, person) = register();
    // The word alone is no name that is looked for: it is one a person of the desk has to name.
    let also = ["Quimby".to_owned()];
    let erasure = store.erasure(person, &also).unwrap();
    assert_eq!((erasure.events, erasure.other_events), (2, 5), "{erasure:?}");
    let places: Vec<String> =
        erasure.places.iter().map(|spot| format!("{} {:?}", spot.code, spot.fields)).collect();
    assert_eq!(places, ["CT-0002 [\"notes\"]", "IN-0001 [\"people\", \"notes\"]"]);
    assert_eq!(erasure.left, []);
    assert_eq!(held(&bytes_of(dir.path())), GONE, "else the test proves nothing");
    let erased = store.erase(person, &also).unwrap();
    assert_eq!(erased.swept, Swept::Clean);
    assert_eq!(erased.erasure, erasure);
    assert_eq!(errors(&store), NONE);
    drop(store);
    assert_eq!(held(&bytes_of(dir.path())), NONE.map(|_| ""));
    let store = open_at(&dir.path().join("r.db"), Access::Write).unwrap();
    assert_eq!(errors(&store), NONE);
    let meeting = Ref { kind: Kind::Interaction, id: 1 };
    assert_eq!(shown(&store, meeting, "people"), format!("mei.lin, {ERASED}"));
    assert_eq!(shown(&store, meeting, "notes"), format!("{ERASED} ({ERASED}) promised figures"));
    assert_eq!(shown(&store, person, "name"), ERASED);
    assert_eq!(store.record(person).unwrap().get("vendor").as_link().unwrap().code, "V-0001");
    assert_eq!(store.find("Quimby", KINDS).unwrap().len() + store.find("oyjs", KINDS).unwrap().len(), 0);
}

#[test]
fn the_history_keeps_that_it_happened_and_not_what_it_was() {
    let (_dir, mut store, person) = register();
    store.erase(person, &[]).unwrap();
    let told = store.history_of(person).unwrap();
    let lines: Vec<(&str, &str, &str)> =
        told.iter().map(|event| (event.op.as_str(), event.act.as_str(), event.actor.as_str())).collect();
    let me = "mei.lin";
    assert_eq!(
        lines,
        [("archive", "erase", me), ("erase", "erase", me), ("edit", "edit", me), ("add", "add", me)]
    );
    let of = |nth: usize, key: &str| {
        let field = told[nth].fields.iter().find(|field| field.key == key).unwrap();
        (field.before.clone(), field.after.clone())
    };
    assert_eq!(of(3, "phone"), (serde_json::Value::Null, ERASED.into()));
    assert_eq!(of(3, "vendor").1, "V-0001");
    assert_eq!(of(2, "name"), (ERASED.into(), ERASED.into()));
    assert_eq!(of(1, "phone"), (ERASED.into(), serde_json::Value::Null));
}

#[test]
fn an_erasing_is_not_taken_back_nor_what_it_took_away() {
    let (_dir, mut store, person) = register();
    let edit_of_person = store.history_of(person).unwrap()[0].change;
    store.erase(person, &[]).unwrap();
    let after = store.history(3).unwrap();
    assert!(sentences(&store.undo().unwrap_err())[0].contains("for good"));
    let of_erasing = after[0].change;
    assert!(sentences(&store.undo_act(of_erasing).unwrap_err())[0].contains("for good"));
    let said = sentences(&store.undo_act(edit_of_person).unwrap_err());
    assert!(said[0].contains("erased for good on 2026-07-26 by mei.lin"), "{said:?}");
    assert_eq!(store.history(3).unwrap(), after);
    assert!(matches!(store.erase(person, &[]), Err(Refusal::Rule(_))), "nothing is left of it");
    let mut other = store;
    vendor(&mut other, "Later");
    other.undo().unwrap();
    assert_eq!(errors(&other), NONE);
}

#[test]
fn the_past_shows_it_erased() {
    let (dir, mut store, person) = register();
    store.clock = || "2026-07-27T08:00:00.000Z".to_owned();
    store.erase(person, &[]).unwrap();
    let path = dir.path().join("past.db");
    store.past(&path, "2026-07-27T00:00:00.000Z", today()).unwrap();
    let past = open_at(&path, Access::Read).unwrap();
    assert_eq!(shown(&past, person, "phone"), ERASED);
    assert_eq!(shown(&past, person, "name"), ERASED);
    assert!(past.record(person).unwrap().archived_at.is_none(), "it was in use then");
    assert_eq!(errors(&past), NONE);
}

#[test]
fn what_belongs_to_a_firm_or_another_person_stays_and_is_told() {
    let (_dir, mut store, person) = register();
    let yun = Ref { kind: Kind::Vendor, id: 1 };
    edit(&mut store, yun, &[("phone", "+44 20 5550 7321"), ("notes", "ask Oleander Quimby first")]);
    let erased = store.erase(person, &[]).unwrap();
    let left: Vec<(&str, &[&str])> =
        erased.erasure.left.iter().map(|spot| (spot.code.as_str(), spot.fields.as_slice())).collect();
    assert_eq!(left, [("V-0001", &["phone"][..])]);
    assert_eq!(shown(&store, yun, "phone"), "+44 20 5550 7321");
    assert_eq!(shown(&store, yun, "notes"), format!("ask {ERASED} first"));
    assert_eq!(errors(&store), NONE);
}

#[test]
fn two_persons_of_one_text_are_erased_one_after_the_other() {
    let (dir, mut store, person) = register();
    let other = add(&mut store, Kind::Contact, &[("vendor", "Yun"), ("name", "Peregrine Tallow")]);
    let meeting = Ref { kind: Kind::Interaction, id: 1 };
    edit(&mut store, meeting, &[("people", "Oleander Quimby, Peregrine Tallow")]);
    store.erase(person, &[]).unwrap();
    assert_eq!(errors(&store), NONE);
    store.erase(other, &[]).unwrap();
    assert_eq!(errors(&store), NONE);
    assert_eq!(shown(&store, meeting, "people"), format!("{ERASED}, {ERASED}"));
    drop(store);
    let bytes = bytes_of(dir.path());
    assert!(!bytes.windows(6).any(|part| part == b"tallow"));
}

#[test]
fn what_is_left_of_an_erased_event_is_vouched_for() {
    let (dir, mut store, person) = register();
    store.erase(person, &[]).unwrap();
    let sound = dir.path().join("sound.db");
    store.copy_to(&sound).unwrap();
    let seq: i64 = store
        .conn
        .query_row("SELECT min(seq) FROM event WHERE sealed IS NOT NULL", [], |row| row.get(0))
        .unwrap();
    for sql in [
        "UPDATE event SET after = replace(after, 'V-0001', 'V-0002')",
        "UPDATE event SET after = NULL",
        "UPDATE event SET salt = randomblob(16)",
        "UPDATE event SET sealed = randomblob(32)",
        "UPDATE event SET sealed = NULL",
    ] {
        let copy = dir.path().join("copy.db");
        fs::copy(&sound, &copy).unwrap();
        assert_eq!(errors(&open_at(&copy, Access::Read).unwrap()), NONE);
        meddle(&copy, &format!("DROP TRIGGER event_is_sealed; {sql} WHERE seq = {seq};"));
        let found = open_at(&copy, Access::Read).unwrap().check().unwrap();
        assert!(found.iter().any(|found| found.rule == "chain"), "{sql}: {found:?}");
    }
}

#[test]
fn nothing_is_erased_of_what_is_no_person_or_may_not_be_written() {
    let (dir, mut store, person) = register();
    let yun = Ref { kind: Kind::Vendor, id: 1 };
    assert!(sentences(&store.erase(yun, &[]).unwrap_err())[0].contains("no record of a person"));
    assert!(matches!(store.erase(Ref { id: 99, ..person }, &[]), Err(Refusal::Missing(_))));
    let mut reading = open_at(&dir.path().join("r.db"), Access::Read).unwrap();
    assert_eq!(reading.erase(person, &[]).unwrap_err(), Refusal::ReadOnly);
    assert_eq!(shown(&store, person, "role"), "night manager");
    assert_eq!(errors(&store), NONE);
}

#[test]
fn an_interaction_is_erased_by_itself() {
    let (_dir, mut store, person) = register();
    let meeting = Ref { kind: Kind::Interaction, id: 1 };
    store.erase(meeting, &[]).unwrap();
    assert_eq!(shown(&store, meeting, "summary"), ERASED);
    assert_eq!([shown(&store, meeting, "people"), shown(&store, meeting, "notes")], ["", ""]);
    assert_eq!(shown(&store, meeting, "on"), "2026-07-01");
    assert!(shown(&store, person, "name").contains("Quimby"), "its words are nobody's name");
    assert_eq!(errors(&store), NONE);
}

#[test]
fn a_locked_review_is_no_hiding_place() {
    let (_dir, mut store, person) = register();
    let (review, _) = super::locked::reviewed(&mut store);
    edit(&mut store, review, &[("response_by", "Oleander Quimby")]);
    edit(&mut store, review, &[("state", "locked")]);
    store.erase(person, &[]).unwrap();
    assert_eq!(shown(&store, review, "response_by"), ERASED);
    assert_eq!(errors(&store), NONE);
}

#[test]
fn a_word_goes_wherever_in_a_line_it_stands() {
    let (dir, mut store, person) = register();
    let named = [("vendor", "Yun"), ("name", "Ona \"Nan\" B\\Tallow"), ("email", "tallow@nowhere.example")];
    let other = add(&mut store, Kind::Contact, &named);
    // Each of these alone is all that its record says of the person.
    for notes in [
        "Agreed:\nOleander Quimby sends figures",
        "at the end of a line Oleander Quimby\nand on",
        "a list:\n\to.quimby@nowhere.example",
        "the one called Ona \"Nan\" B\\Tallow",
    ] {
        let meeting = [("vendor", "Yun"), ("on", "2026-07-02"), ("summary", "Call"), ("notes", notes)];
        add(&mut store, Kind::Interaction, &meeting);
    }
    store.erase(person, &["Quimby".to_owned()]).unwrap();
    store.erase(other, &[]).unwrap();
    let notes = |id: i64| shown(&store, Ref { kind: Kind::Interaction, id }, "notes");
    assert_eq!(notes(2), format!("Agreed:\n{ERASED} sends figures"));
    assert_eq!(notes(4), format!("a list:\n\t{ERASED}"));
    assert_eq!(notes(5), format!("the one called {ERASED}"));
    assert_eq!(errors(&store), NONE);
    drop(store);
    let bytes = bytes_of(dir.path());
    assert_eq!(held(&bytes), NONE.map(|_| ""));
    assert!(!bytes.windows(6).any(|part| part == b"tallow"));
}

#[test]
fn what_was_forgotten_the_first_time_is_erased_the_second() {
    let (dir, mut store, person) = register();
    store.erase(person, &[]).unwrap();
    assert_eq!(held(&bytes_of(dir.path())), ["quimby"]);
    let again = store.erase(person, &["Quimby".to_owned()]).unwrap();
    assert_eq!(again.swept, Swept::Clean);
    assert_eq!(errors(&store), NONE);
    drop(store);
    assert_eq!(held(&bytes_of(dir.path())), NONE.map(|_| ""));
}

#[test]
fn copies_are_named_for_they_hold_it_still() {
    let (dir, mut store, person) = register();
    let copy = dir.path().join("before.bak");
    store.backup(&copy).unwrap();
    let erased = store.erase(person, &[]).unwrap();
    assert_eq!(erased.erasure.copies, [copy.display().to_string()]);
    assert!(!held(&fs::read(&copy).unwrap().to_ascii_lowercase()).is_empty());
    let paths: Vec<_> = erased.erasure.copies.iter().map(std::path::PathBuf::from).collect();
    copies::discard(&paths).unwrap();
    drop(store);
    assert_eq!(held(&bytes_of(dir.path())), ["quimby"], "which nobody named");
}
