//! Files: what is no register is refused untouched, first starts race, copies go back and forth.

#![expect(clippy::print_stderr, reason = "it tells what became of the flipped bits")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::support::*;
use super::*;

/// Makes one bad thing at a path.
type Make = Box<dyn Fn(&Path)>;

fn bad_files() -> Vec<(&'static str, Make)> {
    let sound = sound_bytes();
    let bytes = |bytes: Vec<u8>| -> Make { Box::new(move |path: &Path| fs::write(path, &bytes).unwrap()) };
    let changed = |at: usize, byte: u8| {
        let mut bytes = sound.clone();
        bytes[at] = byte;
        bytes
    };
    let foreign: Make = Box::new(|path| meddle(path, "CREATE TABLE t (a); INSERT INTO t VALUES (1);"));
    let foreign_wal: Make = Box::new(|path| meddle(path, "PRAGMA journal_mode = WAL; CREATE TABLE t (a);"));
    let half = sound[..sound.len() / 2].to_vec();
    let page_short = sound[..sound.len() - 4096].to_vec();
    let orphan = sound.clone();
    let linked = sound.clone();
    vec![
        ("a directory", Box::new(|path: &Path| fs::create_dir(path).unwrap())),
        (
            "a pipe",
            Box::new(|path: &Path| {
                rustix::fs::mknodat(rustix::fs::CWD, path, rustix::fs::FileType::Fifo, 0o600.into(), 0)
                    .unwrap();
            }),
        ),
        ("a socket", Box::new(|path: &Path| drop(std::os::unix::net::UnixListener::bind(path).unwrap()))),
        ("a dangling link", Box::new(|path: &Path| std::os::unix::fs::symlink("nowhere", path).unwrap())),
        ("a link to a folder", Box::new(|path: &Path| std::os::unix::fs::symlink(".", path).unwrap())),
        (
            "a link to a device",
            Box::new(|path: &Path| std::os::unix::fs::symlink("/dev/null", path).unwrap()),
        ),
        (
            "a hard link",
            Box::new(move |path: &Path| {
                fs::write(path, &linked).unwrap();
                fs::hard_link(path, path.with_extension("twin")).unwrap();
            }),
        ),
        ("an empty file", bytes(Vec::new())),
        ("one byte", bytes(vec![b'S'])),
        ("ninety-nine bytes", bytes(sound[..99].to_vec())),
        ("text", bytes("名称,状态\n华信软件,active\n".repeat(50).into_bytes())),
        ("zeros", bytes(vec![0; 8192])),
        ("the head of a database and nothing else", bytes(sound[..100].to_vec())),
        ("another program's database", foreign),
        ("another program's database with a log", foreign_wal),
        ("another application's mark", bytes(with_number(&sound, 68, 42))),
        ("a newer format", bytes(with_number(&sound, 60, 9_000))),
        ("a format that never was", bytes(with_number(&sound, 60, 999))),
        ("half a register", bytes(half)),
        ("a register without its last page", bytes(page_short)),
        ("a page size that cannot be", bytes(changed(16, 3))),
        ("a way of writing that is not known", bytes(changed(18, 7))),
        ("a schema format that is not known", bytes(with_number(&sound, 44, 77))),
        ("a text encoding that is not ours", bytes(with_number(&sound, 56, 2))),
        (
            "the log of a register that is gone",
            Box::new(move |path: &Path| {
                fs::write(path.with_file_name("bad.db-wal"), &orphan).unwrap();
            }),
        ),
        (
            "the journal of a register that is gone",
            Box::new(|path: &Path| {
                fs::write(path.with_file_name("bad.db-journal"), b"journal").unwrap();
            }),
        ),
    ]
}

#[test]
fn what_is_no_register_is_refused_and_left_as_it_is() {
    for (name, make) in bad_files() {
        for access in [Access::Write, Access::Read] {
            let dir = tempfile::tempdir().unwrap();
            let path = dir.path().join("bad.db");
            make(&path);
            let before = contents(dir.path());
            let refusal = open_at(&path, access).err().unwrap_or_else(|| panic!("{name} was opened"));
            let said = sentences(&refusal).join(" ");
            let fits = match name {
                "a newer format" => matches!(refusal, Refusal::Newer { found: 9_000, ours: SCHEMA_VERSION }),
                _ if name.contains("is gone") && access == Access::Read => true,
                _ => matches!(refusal, Refusal::Damaged(_)) && said.contains("bad.db"),
            };
            assert!(fits, "{name}: {refusal:?}");
            assert_eq!(contents(dir.path()), before, "{name} was touched");
        }
    }
}

#[test]
fn a_register_under_a_link_is_a_register() {
    let (dir, store) = fresh();
    drop(store);
    let link = dir.path().join("link.db");
    std::os::unix::fs::symlink("r.db", &link).unwrap();
    let store = open_at(&link, Access::Write).unwrap();
    assert_eq!(errors(&store), NONE);
}

/// One bit anywhere turned: the file is refused, or a question is, or `check` finds it, or the bit
/// meant nothing. Opening and reading never change the file, and nothing ever panics.
#[test]
fn flipped_bits_never_panic_and_change_nothing() {
    let sound = sound_bytes();
    let mut seed = 1_u64;
    let mut next = || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % (1 << 40)).unwrap()
    };
    let (mut refused, mut found, mut unseen) = (0, 0, 0);
    let all = rounds(200, 1_000);
    for round in 0..all {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("bad.db");
        let mut bytes = sound.clone();
        // A third of the flips in the head and the schema, where they do most.
        let at = next() % if round % 3 == 0 { 8_192 } else { bytes.len() };
        bytes[at] ^= 1 << (next() % 8);
        fs::write(&path, &bytes).unwrap();
        let access = if round % 2 == 0 { Access::Write } else { Access::Read };
        match open_at(&path, access) {
            Err(refusal) => {
                sentences(&refusal);
                refused += 1;
            }
            // Everything is asked of some: that takes long.
            Ok(store) if round % (all / 20) == 0 => {
                if questions_stand(&store) {
                    unseen += 1;
                } else {
                    found += 1;
                }
            }
            Ok(store) => drop(store.overview(100)),
        }
        assert_eq!(fs::read(&path).unwrap(), bytes, "byte {at} was refused or read, and the file changed");
    }
    eprintln!(
        "{all} flips: {refused} refused on opening; of 20, {found} found by asking, {unseen} meant nothing"
    );
}

/// Asks everything; `false` when anything was refused or found.
fn questions_stand(store: &Store) -> bool {
    let mut whole = true;
    let mut note = |refusal: Option<Refusal>| {
        if let Some(refusal) = refusal {
            sentences(&refusal);
            whole = false;
        }
    };
    for kind in Kind::ALL {
        let query = Query {
            kind: *kind,
            scope: None,
            words: String::new(),
            order: kind.table().order,
            shelf: Shelves::Open,
            anchor: Anchor::First,
            reach: (0, 200),
        };
        note(store.page(&query).err());
        for id in 1..=3 {
            note(store.card(Ref { kind: *kind, id }).err().filter(|r| !matches!(r, Refusal::Missing(_))));
        }
    }
    note(store.overview(100).err());
    note(store.find("huaxin", KINDS).err());
    note(store.history(50).err());
    match store.check() {
        Err(refusal) => note(Some(refusal)),
        Ok(findings) => whole &= !findings.iter().any(|f| f.severity != check::Severity::Warning),
    }
    whole
}

#[test]
fn racing_first_starts_make_one_register() {
    for _ in 0..rounds(4, 100) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("deep/er/r.db");
        let names: Vec<String> = (0..12).map(|n| format!("Vendor {n}")).collect();
        std::thread::scope(|scope| {
            for name in &names {
                let path = &path;
                scope.spawn(move || {
                    let opening = Opening { path: path.clone(), actor: name.clone(), ..opening(path) };
                    let mut store = Store::open(&opening).unwrap();
                    vendor(&mut store, name);
                });
            }
        });
        let store = open_at(&path, Access::Write).unwrap();
        assert_eq!(store.tab_counts().unwrap().vendors, 12);
        assert_eq!(errors(&store), NONE);
        drop(store);
        let left: Vec<PathBuf> = contents(path.parent().unwrap()).into_keys().collect();
        assert_eq!(left, std::slice::from_ref(&path), "nothing is left beside it");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
    }
}

/// A plain handle that this process closes would drop the locks of its connections: then another
/// process could write at the same time. So a second opening never reads the bytes.
#[test]
fn a_second_opening_in_the_process_keeps_the_locks_of_the_first() {
    let (dir, mut store) = fresh();
    let path = dir.path().join("r.db");
    let txn = store.begin(Act::Edit).unwrap();
    let second = open_at(&path, Access::Read).unwrap();
    drop(second);
    // Locks of the same process do not show here, so a child process tries to write.
    let probe =
        std::process::Command::new("sqlite3").arg(&path).arg("BEGIN IMMEDIATE; SELECT 'written';").output();
    if let Ok(output) = probe {
        assert!(!String::from_utf8_lossy(&output.stdout).contains("written"), "the lock was dropped");
    }
    drop(txn);
}

/// The umask belongs to the whole process, so this is tried in a child.
#[test]
fn files_are_private_under_any_umask() {
    if let Ok(folder) = std::env::var("VENDECK_UMASK_TEST") {
        let folder = PathBuf::from(folder);
        let store = Store::open(&opening(&folder)).unwrap();
        store.backup(&folder.join("copy.bak")).unwrap();
        let modes: Vec<u32> = fs::read_dir(&folder)
            .unwrap()
            .map(|e| e.unwrap().metadata().unwrap().permissions().mode() & 0o777)
            .collect();
        assert!(modes.len() >= 3 && modes.iter().all(|mode| *mode == 0o600), "{modes:?}");
        return;
    }
    for umask in ["000", "022", "077", "777"] {
        let dir = tempfile::tempdir().unwrap();
        let program = std::env::current_exe().unwrap();
        let name = "store::tests::files::files_are_private_under_any_umask";
        let done = std::process::Command::new("sh")
            .args(["-c", "umask \"$1\"; shift; exec \"$@\"", "sh", umask])
            .arg(program)
            .args(["--exact", name])
            .env("VENDECK_UMASK_TEST", dir.path())
            .output()
            .unwrap();
        assert!(done.status.success(), "umask {umask}: {}", String::from_utf8_lossy(&done.stdout));
    }
}
