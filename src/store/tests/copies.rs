//! Copies: made while others write, put in the place of what is there, sound or damaged.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::support::*;
use super::*;
use crate::place::beside;
use crate::store::backup::{Before, Checksum, Copied, Made, checksum, copies};

fn restore(dir: &Path, access: Access, from: &Path) -> Result<Copied, Refusal> {
    Store::restore(&Opening { access, ..opening(dir) }, from).map(|restored| restored.kept)
}

#[test]
fn a_copy_brings_everything_back() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = demo(dir.path());
    let copy = dir.path().join("copy.bak");
    let copied = store.backup(&copy).unwrap();
    assert_eq!(copied.bytes, fs::metadata(&copy).unwrap().len());
    assert_eq!(fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
    let before = store.history(5).unwrap();
    let mut other = open_at(&dir.path().join("r.db"), Access::Write).unwrap();
    let a = vendor(&mut store, "After the backup");
    let kept = restore(dir.path(), Access::Write, &copy).unwrap();
    assert!(matches!(store.record(a), Err(Refusal::Missing(_))));
    assert_eq!(store.history(5).unwrap(), before);
    assert!(matches!(other.record(a), Err(Refusal::Missing(_))), "another operator sees it at once");
    assert_eq!(errors(&store), NONE);
    assert_eq!(errors(&open_at(&kept.path, Access::Read).unwrap()), NONE);
    assert_eq!(shown(&open_at(&kept.path, Access::Read).unwrap(), a, "name"), "After the backup");
    restore(dir.path(), Access::Write, &kept.path).unwrap();
    assert_eq!(shown(&store, a, "name"), "After the backup", "a restore is taken back by a restore");
    vendor(&mut other, "Written after both");
    assert_eq!(errors(&store), NONE);
}

#[test]
fn a_copy_goes_on_while_another_writes() {
    let dir = tempfile::tempdir().unwrap();
    let store = demo(dir.path());
    let path = dir.path().join("r.db");
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut store = open_at(&path, Access::Write).unwrap();
            for n in 0..40 {
                vendor(&mut store, &format!("During {n}"));
            }
        });
        for n in 0..5 {
            let copy = dir.path().join(format!("copy{n}.bak"));
            store.backup(&copy).unwrap();
            assert_eq!(errors(&open_at(&copy, Access::Read).unwrap()), NONE);
        }
        writer.join().unwrap();
    });
}

#[test]
fn what_cannot_be_restored_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let store = demo(dir.path());
    let copy = dir.path().join("copy.bak");
    store.backup(&copy).unwrap();
    let sound = fs::read(&copy).unwrap();
    let mark = store.history(1).unwrap();
    let bad = dir.path().join("bad.bak");
    let mut torn = sound.clone();
    let middle = torn.len() / 2;
    torn[middle..middle + 20_000].fill(0x5a);
    let mut cases: Vec<(&str, Vec<u8>)> = vec![
        ("text", b"not a backup".to_vec()),
        ("half", sound[..sound.len() / 2].to_vec()),
        ("torn", torn),
        ("newer", with_number(&sound, 60, 77_000)),
    ];
    let meddled = dir.path().join("meddled.db");
    fs::write(&meddled, &sound).unwrap();
    meddle(&meddled, "DROP TRIGGER event_is_sealed; UPDATE event SET after = '{}' WHERE seq = 200;");
    cases.push(("an event changed", fs::read(&meddled).unwrap()));
    let older = dir.path().join("older.db");
    fs::write(&older, &sound).unwrap();
    let old = open_at(&older, Access::Write).unwrap();
    make_old(&old, 1_001);
    drop(old);
    meddle(&older, "DROP TRIGGER event_stays; UPDATE event SET after = '{}' WHERE seq = 200;");
    cases.push(("an event of an older format changed", fs::read(&older).unwrap()));
    let other = dir.path().join("other.db");
    fs::write(&other, &sound).unwrap();
    meddle(&other, "DROP INDEX vendor_name;");
    cases.push(("a table's index gone", fs::read(&other).unwrap()));
    let altered = dir.path().join("altered.db");
    fs::write(&altered, &sound).unwrap();
    meddle(&altered, "UPDATE vendor SET owner = 'nobody', external_id = 'x' WHERE id = 1;");
    cases.push(("a value that no event wrote", fs::read(&altered).unwrap()));
    cases.push(("another program's", with_number(&sound, 68, 42)));
    for (name, bytes) in cases {
        fs::write(&bad, bytes).unwrap();
        let refusal = restore(dir.path(), Access::Write, &bad).expect_err(name);
        sentences(&refusal);
        assert_eq!(store.history(1).unwrap(), mark, "{name}");
        assert_eq!(errors(&store), NONE, "{name}");
    }
    sentences(&restore(dir.path(), Access::Write, &dir.path().join("r.db")).unwrap_err());
    sentences(&restore(dir.path(), Access::Write, &dir.path().join("nothing.bak")).unwrap_err());
    sentences(&store.backup(&copy).unwrap_err());
    assert_eq!(restore(dir.path(), Access::Read, &copy).unwrap_err(), Refusal::ReadOnly);
    let left = contents(dir.path()).into_keys().filter(|p| p.to_string_lossy().contains("part-")).count();
    assert_eq!(left, 0, "no half copies are left");
}

/// Does damage to the bytes of a register.
type Damage = fn(&mut Vec<u8>);

/// What a register can suffer and a backup mends.
const DAMAGES: [(&str, Damage); 8] = [
    ("torn pages", |bytes| {
        let middle = bytes.len() / 2;
        bytes[middle..middle + 40_000].fill(0x5a);
    }),
    ("a torn schema", |bytes| bytes[100..4_096].fill(0x5a)),
    ("a format that never was", |bytes| bytes[60..64].fill(0)),
    ("another text encoding", |bytes| bytes[59] = 2),
    ("a page size that cannot be", |bytes| bytes[16] = 3),
    ("a way of writing that is not known", |bytes| bytes[18] = 7),
    ("half of it", |bytes| bytes.truncate(bytes.len() / 2)),
    ("a head alone", |bytes| bytes.truncate(100)),
];

/// A register whose log holds one page more than its file, which nothing must bring into the
/// register anew: `check` would find it. And a backup from before.
fn register_with_a_log() -> (tempfile::TempDir, PathBuf) {
    let (dir, mut store) = fresh();
    vendor(&mut store, "Alpha");
    drop(store);
    let store = open_at(&dir.path().join("r.db"), Access::Write).unwrap();
    let copy = dir.path().join("copy.bak");
    store.backup(&copy).unwrap();
    store.conn.execute("UPDATE vendor SET address = 'x' WHERE id = 1", []).unwrap();
    store.conn.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
    drop(store);
    assert!(fs::metadata(dir.path().join("r.db-wal")).unwrap().len() > 0);
    (dir, copy)
}

#[test]
fn a_backup_comes_in_the_place_of_a_register_with_any_damage() {
    let (origin, copy) = register_with_a_log();
    let mark = open_at(&copy, Access::Read).unwrap().history(5).unwrap();
    for (name, damage) in DAMAGES {
        for log in ["with its log", "without"] {
            let dir = tempfile::tempdir().unwrap();
            let real = dir.path().join("real.db");
            let mut bytes = fs::read(origin.path().join("r.db")).unwrap();
            damage(&mut bytes);
            fs::write(&real, &bytes).unwrap();
            fs::set_permissions(&real, fs::Permissions::from_mode(0o660)).unwrap();
            if log == "with its log" {
                fs::copy(origin.path().join("r.db-wal"), beside(&real, "-wal")).unwrap();
            }
            let link = dir.path().join("r.db");
            std::os::unix::fs::symlink("real.db", &link).unwrap();
            let kept = restore(dir.path(), Access::Write, &copy).unwrap_or_else(|e| panic!("{name}: {e:?}"));
            let store = open_at(&link, Access::Write).unwrap();
            assert_eq!(store.history(5).unwrap(), mark, "{name} {log}");
            assert_eq!(errors(&store), NONE, "{name} {log}");
            drop(store);
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&real), mode(&kept.path)), (0o660, 0o600), "{name} {log}");
            assert!(fs::symlink_metadata(&link).unwrap().is_symlink(), "{name} {log}");
            assert!(kept.path.to_string_lossy().contains("real.db.damaged-"), "{name}: {kept:?}");
            assert_eq!(kept.bytes, fs::metadata(&kept.path).unwrap().len(), "{name} {log}");
            let left: Vec<PathBuf> = contents(dir.path()).into_keys().collect();
            let kept_log = beside(&kept.path, "-wal");
            let known = |path: &PathBuf| [&real, &link, &kept.path, &kept_log].contains(&path);
            assert!(left.iter().all(known), "{name} {log}: {left:?}");
        }
    }
}

#[test]
fn a_damaged_register_is_kept_as_it_is() {
    let (dir, copy) = register_with_a_log();
    let path = dir.path().join("r.db");
    let torn = 400_000..440_000;
    let mut bytes = fs::read(&path).unwrap();
    bytes[torn.clone()].fill(0x5a);
    fs::write(&path, &bytes).unwrap();
    let kept = fs::read(restore(dir.path(), Access::Write, &copy).unwrap().path).unwrap();
    assert_eq!(kept.len(), bytes.len());
    assert!(kept[torn].iter().all(|byte| *byte == 0x5a), "what is torn is kept torn");
}

#[test]
fn a_backup_never_comes_in_the_place_of_what_is_not_ours() {
    let (origin, copy) = register_with_a_log();
    let sound = fs::read(&copy).unwrap();
    let cases = [
        ("text", "名称,状态\n".repeat(50).into_bytes()),
        ("another application's mark", with_number(&sound, 68, 42)),
        ("a newer format", with_number(&sound, 60, 9_000)),
        ("nothing", Vec::new()),
    ];
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("r.db");
    for (name, bytes) in cases {
        fs::write(&path, &bytes).unwrap();
        let before = contents(dir.path());
        sentences(&restore(dir.path(), Access::Write, &copy).expect_err(name));
        assert_eq!(contents(dir.path()), before, "{name}");
    }
    drop(origin);
}

#[test]
fn a_copy_from_before_an_import_stays_only_if_it_is_kept_and_is_new() {
    let (dir, mut store) = fresh();
    assert!(store.copy_before(Before::Import).unwrap().is_none(), "a new register has nothing to lose");
    vendor(&mut store, "Alpha");
    let copies = || {
        let names = contents(dir.path()).into_keys().map(|path| path.file_name().unwrap().to_owned());
        let copies = names.filter(|name| {
            let name = name.to_string_lossy();
            name.starts_with("r.db.before-import-") && name.ends_with(".bak")
        });
        copies.collect::<Vec<_>>()
    };
    drop(store.copy_before(Before::Import).unwrap().unwrap());
    assert_eq!(copies().len(), 0, "what was not kept is gone");
    let neighbour = dir.path().join("r.db2.before-import-1.bak");
    fs::write(&neighbour, "of another register").unwrap();
    let mut copy = |at: fn() -> String| {
        store.clock = at;
        vendor(&mut store, &at());
        store.copy_before(Before::Import).unwrap().unwrap().keep()
    };
    copy(|| "2026-07-20T08:00:00.000Z".to_owned());
    copy(|| "2026-07-20T09:00:00.000Z".to_owned());
    copy(|| "2026-07-25T08:00:00.000Z".to_owned());
    let newest = copy(|| "2026-07-26T09:30:00.000Z".to_owned());
    let begins = |text: &str| copies().iter().any(|name| name.to_string_lossy().contains(text));
    assert_eq!(copies().len(), 3, "of an older day the newest stays: {:?}", copies());
    assert!(!begins("20260720T08") && begins("20260720T09") && begins("20260725T08"));
    assert_eq!(open_at(&newest, Access::Read).unwrap().tab_counts().unwrap().vendors, 5);
    assert!(neighbour.exists());
    let reading = open_at(&dir.path().join("r.db"), Access::Read).unwrap();
    assert!(matches!(reading.copy_before(Before::Import), Err(Refusal::ReadOnly)));
}

#[test]
fn a_copy_that_is_not_as_it_was_made_is_refused_by_its_checksum() {
    let (dir, mut store) = fresh();
    vendor(&mut store, "Alpha");
    let copy = dir.path().join("copy.bak");
    store.backup(&copy).unwrap();
    assert_eq!(checksum::compare(&copy).unwrap(), Checksum::Matches);
    let sum = checksum::beside(&copy);
    assert_eq!(fs::metadata(&sum).unwrap().permissions().mode() & 0o777, 0o600);
    let line = fs::read_to_string(&sum).unwrap();
    assert!(line.ends_with("  copy.bak\n") && line.find(' ') == Some(64), "as sha256sum reads it: {line}");
    // Looking into it with the right to write is no change of it.
    assert_eq!(errors(&open_at(&copy, Access::Write).unwrap()), NONE);
    assert_eq!(checksum::compare(&copy).unwrap(), Checksum::Matches);
    let written = dir.path().join("written.bak");
    store.backup(&written).unwrap();
    vendor(&mut open_at(&written, Access::Write).unwrap(), "In a register of its own");
    assert_eq!(checksum::compare(&written).unwrap(), Checksum::Missing, "it is a copy no more");
    // A byte that no check of pages looks at: the number of the program that wrote last.
    let mut bytes = fs::read(&copy).unwrap();
    bytes[97] ^= 1;
    fs::write(&copy, &bytes).unwrap();
    let refusal = restore(dir.path(), Access::Write, &copy).unwrap_err();
    assert!(matches!(&refusal, Refusal::Damaged(_)), "{refusal:?}");
    let said = sentences(&refusal);
    assert!(said[0].contains("checksum differs") && said[0].contains("copy.bak.sha256"), "{said:?}");
    fs::remove_file(&sum).unwrap();
    let restored = Store::restore(&opening(dir.path()), &copy).unwrap();
    assert_eq!(restored.checksum, Checksum::Missing);
    assert_eq!(errors(&store), NONE);
}

#[test]
fn a_backup_of_another_register_is_refused_but_in_an_empty_one() {
    let (dir, mut store) = fresh();
    vendor(&mut store, "Alpha");
    let copy = dir.path().join("copy.bak");
    store.backup(&copy).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let mut other = Store::open(&opening(elsewhere.path())).unwrap();
    vendor(&mut other, "Beta");
    let before = other.history(5).unwrap();
    let refusal = restore(elsewhere.path(), Access::Write, &copy).unwrap_err();
    assert!(matches!(refusal, Refusal::Rule(_)), "{refusal:?}");
    assert!(sentences(&refusal)[0].contains("another register"));
    assert_eq!(other.history(5).unwrap(), before);
    let new = tempfile::tempdir().unwrap();
    let mut empty = Store::open(&opening(new.path())).unwrap();
    restore(new.path(), Access::Write, &copy).unwrap();
    assert_eq!(empty.history(5).unwrap(), store.history(5).unwrap());
    vendor(&mut empty, "Gamma");
    restore(new.path(), Access::Write, &copy).unwrap();
}

#[test]
fn the_copies_beside_a_register_are_known_and_thinned_by_their_reason() {
    let (dir, mut store) = fresh();
    let path = dir.path().join("r.db");
    vendor(&mut store, "Alpha");
    let mut made = Vec::new();
    for (at, what) in [
        ("2026-07-20T08:00:00.000Z", Before::Import),
        ("2026-07-20T09:00:00.000Z", Before::Bulk),
        ("2026-07-20T10:00:00.000Z", Before::Bulk),
        ("2026-07-26T10:00:00.000Z", Before::Bulk),
    ] {
        store.clock = match at {
            "2026-07-20T08:00:00.000Z" => || "2026-07-20T08:00:00.000Z".to_owned(),
            "2026-07-20T09:00:00.000Z" => || "2026-07-20T09:00:00.000Z".to_owned(),
            "2026-07-20T10:00:00.000Z" => || "2026-07-20T10:00:00.000Z".to_owned(),
            _ => || "2026-07-26T10:00:00.000Z".to_owned(),
        };
        made.push(store.copy_before(what).unwrap().unwrap().keep());
    }
    assert!(!made[1].exists() && !checksum::beside(&made[1]).exists(), "thinned with its checksum");
    store.backup(&dir.path().join("by hand.bak")).unwrap();
    fs::write(dir.path().join("r.db2.before-bulk-20260726T100000.bak"), "another's").unwrap();
    fs::write(dir.path().join("notes.bak"), "no copy at all").unwrap();
    // Another register in the same folder, with a copy that nobody may take for one of this.
    let other = Store::open(&Opening { path: dir.path().join("s.db"), ..opening(dir.path()) }).unwrap();
    other.backup(&dir.path().join("of another.bak")).unwrap();
    let listed = copies::of(&path);
    let words = |made: Made| listed.iter().filter(|copy| copy.made == made).count();
    assert_eq!([Made::Import, Made::Bulk, Made::Asked].map(words), [1, 2, 1], "{listed:?}");
    assert_eq!(listed.len(), 4);
    assert!(listed.windows(2).all(|two| two[0].at >= two[1].at), "newest first: {listed:?}");
    assert!(listed.iter().all(|copy| checksum::compare(&copy.path).unwrap() == Checksum::Matches));
    let all: Vec<PathBuf> = listed.into_iter().map(|copy| copy.path).collect();
    assert_eq!(copies::discard(&all).unwrap(), 4);
    assert_eq!(copies::of(&path), Vec::new());
    assert!(!made.iter().any(|copy| copy.exists() || checksum::beside(copy).exists()));
    assert!(dir.path().join("notes.bak").exists() && path.exists());
}

#[test]
fn copies_of_two_registers_of_almost_one_name_are_told_apart() {
    let (dir, mut store) = fresh();
    vendor(&mut store, "Alpha");
    let place = |name: &str| dir.path().join(name);
    let other = Store::open(&Opening { path: place("r.sqlite"), ..opening(dir.path()) }).unwrap();
    store.backup(&place("by hand.bak")).unwrap();
    other.backup(&place("of the other.bak")).unwrap();
    // A checksum that is lost makes no copy a stranger, nor a stranger a copy.
    for name in ["by hand.bak", "of the other.bak"] {
        fs::remove_file(checksum::beside(&place(name))).unwrap();
    }
    store.backup(&place("r.db.v1000.bak")).unwrap();
    other.backup(&place("r.v1001.bak")).unwrap();
    // What cannot be read is told by its whole name alone.
    for name in ["r.db.damaged-20260726T100000.bak", "r.damaged-20260726T100000.bak", "r.sqlite.v1002.bak"] {
        fs::write(place(name), "torn").unwrap();
    }
    fs::write(place("by me.bak"), "no register").unwrap();
    fs::write(place("by me.bak.sha256"), "of something else").unwrap();
    let named = |register: &str| {
        let listed = copies::of(&place(register)).into_iter().map(|copy| copy.path);
        let mut names: Vec<String> =
            listed.map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    };
    assert_eq!(named("r.db"), ["by hand.bak", "r.db.damaged-20260726T100000.bak", "r.db.v1000.bak"]);
    assert_eq!(named("r.sqlite"), ["of the other.bak", "r.sqlite.v1002.bak", "r.v1001.bak"]);
}

#[test]
fn the_logs_of_a_damaged_register_go_with_its_copy() {
    let (dir, _store) = fresh();
    let copy = dir.path().join("r.db.damaged-20260726T100000.bak");
    let ends = ["", "-wal", "-journal", "-shm", ".sha256"];
    for end in ends {
        fs::write(beside(&copy, end), "torn").unwrap();
    }
    let listed: Vec<PathBuf> = copies::of(&dir.path().join("r.db")).into_iter().map(|c| c.path).collect();
    assert_eq!(listed, std::slice::from_ref(&copy));
    assert_eq!(copies::discard(&listed).unwrap(), 1);
    assert!(!ends.iter().any(|end| beside(&copy, end).exists()), "{:?}", contents(dir.path()).keys());
}

#[test]
fn a_backup_that_fails_late_leaves_a_sound_register_as_it_was() {
    let (dir, mut store) = fresh();
    vendor(&mut store, "Alpha");
    let copy = dir.path().join("copy.bak");
    store.backup(&copy).unwrap();
    fs::remove_file(checksum::beside(&copy)).unwrap();
    // No check of the history looks at a row; its words are read when the look-up is made anew.
    meddle(
        &copy,
        "UPDATE setting SET value = '0' WHERE key = 'lookup_edition';
         UPDATE vendor SET name = CAST(x'ff' AS TEXT);",
    );
    let later = vendor(&mut store, "After the backup");
    let before = store.history(5).unwrap();
    let refusal = restore(dir.path(), Access::Write, &copy).unwrap_err();
    assert!(matches!(refusal, Refusal::Damaged(_)), "{refusal:?}");
    assert_eq!(store.history(5).unwrap(), before);
    assert_eq!(shown(&store, later, "name"), "After the backup");
    assert_eq!(errors(&store), NONE);
    let is_of_damage = |path: &PathBuf| path.to_string_lossy().contains("damaged");
    assert!(!contents(dir.path()).keys().any(is_of_damage), "nothing of it was damaged");
}

#[test]
fn a_register_with_the_checksum_of_a_copy_loses_it_when_a_backup_comes_in_its_place() {
    let (dir, mut store) = fresh();
    vendor(&mut store, "Alpha");
    let (copy, lived_in) = (dir.path().join("copy.bak"), dir.path().join("lived in.bak"));
    for to in [&copy, &lived_in] {
        store.backup(to).unwrap();
    }
    let place = Opening { path: lived_in.clone(), ..opening(dir.path()) };
    Store::restore(&place, &copy).unwrap();
    assert_eq!(checksum::compare(&lived_in).unwrap(), Checksum::Missing);
}
