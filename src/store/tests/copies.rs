//! Copies: made while others write, put in the place of what is there, sound or damaged.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::support::*;
use super::*;
use crate::place::beside;
use crate::store::backup::Copied;

fn restore(dir: &Path, access: Access, from: &Path) -> Result<Copied, Refusal> {
    Store::restore(&Opening { access, ..opening(dir) }, from)
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
    meddle(&meddled, "DROP TRIGGER event_stays; UPDATE event SET after = '{}' WHERE seq = 200;");
    cases.push(("an event changed", fs::read(&meddled).unwrap()));
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
            assert!(kept.path.to_string_lossy().contains("real.damaged-"), "{name}: {kept:?}");
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
    assert!(store.before_import().unwrap().is_none(), "a new register has nothing to lose");
    vendor(&mut store, "Alpha");
    let copies = || {
        let names = contents(dir.path()).into_keys().map(|path| path.file_name().unwrap().to_owned());
        let copies = names.filter(|name| name.to_string_lossy().starts_with("r.db.before-import-"));
        copies.collect::<Vec<_>>()
    };
    drop(store.before_import().unwrap().unwrap());
    assert_eq!(copies().len(), 0, "what was not kept is gone");
    let neighbour = dir.path().join("r.db2.before-import-1.bak");
    fs::write(&neighbour, "of another register").unwrap();
    let mut copy = |at: fn() -> String| {
        store.clock = at;
        vendor(&mut store, &at());
        store.before_import().unwrap().unwrap().keep()
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
    assert!(matches!(reading.before_import(), Err(Refusal::ReadOnly)));
}
