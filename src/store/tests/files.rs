//! Files: what is no register is refused untouched, first starts race, copies go back and forth.

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

/// Numbers without end, the same in every run.
fn numbers() -> impl FnMut() -> usize {
    let mut seed = 1_u64;
    move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % (1 << 40)).unwrap()
    }
}

/// What became of a register of which one bit was turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Became {
    /// It was not opened.
    Refused,
    /// A question was refused, or `check` found it.
    Found,
    /// Every question was answered and nothing was found: the bit meant nothing.
    Unseen,
}

/// Opens a register of these bytes and asks everything. Whatever they are, that comes to an end,
/// panics nowhere and leaves the file as it is.
fn ask_all(bytes: &[u8], access: Access) -> Became {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("bad.db");
    fs::write(&path, bytes).unwrap();
    let (send, answer) = std::sync::mpsc::channel();
    let asked = path.clone();
    let thread = std::thread::spawn(move || {
        let became = match open_at(&asked, access) {
            Err(refusal) => {
                sentences(&refusal);
                Became::Refused
            }
            Ok(store) if questions_stand(&store) => Became::Unseen,
            Ok(_) => Became::Found,
        };
        let _ = send.send(became);
    });
    let became = answer.recv_timeout(std::time::Duration::from_mins(2));
    // Without an answer the thread has panicked, which it tells itself, or hangs.
    let became = became.unwrap_or_else(|_| panic!("no answer; panicked: {}", thread.is_finished()));
    thread.join().unwrap();
    assert!(fs::read(&path).unwrap() == bytes, "the file changed");
    became
}

fn with_flip(bytes: &[u8], at: usize, bit: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[at] ^= 1 << bit;
    bytes
}

/// One bit turned anywhere, a third of them in the head and the schema, where it does most. Of a
/// thousand 38 in a hundred were caught; the others lie in what fills the pages up.
#[test]
fn flipped_bits_never_panic_hang_or_change_anything() {
    let sound = sound_bytes();
    let mut next = numbers();
    let all = rounds(60, 1_000);
    let mut caught = 0;
    for round in 0..all {
        let at = next() % if round % 3 == 0 { 8_192 } else { sound.len() };
        let access = if round % 2 == 0 { Access::Write } else { Access::Read };
        if ask_all(&with_flip(&sound, at, next() % 8), access) != Became::Unseen {
            caught += 1;
        }
    }
    assert!(caught * 100 >= all * 25, "only {caught} of {all} flips were refused or found");
}

/// The first bytes say what the file is, so no bit of what they say is taken on trust.
#[test]
fn every_flip_in_the_marks_of_a_register_is_refused() {
    let sound = sound_bytes();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("bad.db");
    // Magic and layout, format of the schema, text encoding and version of ours, mark of ours.
    for at in (0..24).chain(44..48).chain(56..64).chain(68..72) {
        for bit in 0..8 {
            let bytes = with_flip(&sound, at, bit);
            fs::write(&path, &bytes).unwrap();
            let opened = open_at(&path, Access::Write);
            sentences(&opened.err().unwrap_or_else(|| panic!("bit {bit} of byte {at} was not seen")));
            assert!(fs::read(&path).unwrap() == bytes, "bit {bit} of byte {at}: the file changed");
        }
    }
}

/// Where the values of an event, its salt and its hash lie in the file, for the events that lie in one piece
/// and in one place: a row that has moved to another page leaves bytes behind that mean nothing.
fn event_places(store: &Store, bytes: &[u8]) -> Vec<std::ops::Range<usize>> {
    let mut statement = store
        .conn
        .prepare("SELECT CAST(concat(before, after, reason) AS BLOB), salt, hash FROM event ORDER BY seq")
        .unwrap();
    let rows = statement.query_map([], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?])).unwrap();
    let pieces = rows.map(|row: rusqlite::Result<[Vec<u8>; 3]>| row.unwrap().concat());
    let place = |piece: Vec<u8>| {
        let mut places = bytes.windows(piece.len()).enumerate().filter(|(_, window)| *window == piece);
        let (at, _) = places.next()?;
        places.next().is_none().then_some(at..at + piece.len())
    };
    pieces.filter_map(place).collect()
}

/// The pages are sound after these flips, and what the records hold is too: only the chain tells.
#[test]
fn every_flip_in_the_history_is_found() {
    let (dir, mut store) = fresh();
    let a = vendor(&mut store, "华信软件");
    edit(&mut store, a, &[("phone", "1"), ("category", "testing")]);
    shelve(&mut store, a, Shelf::Archive);
    let events = usize::try_from(store.history(1).unwrap()[0].seq).unwrap();
    drop(store);
    let path = dir.path().join("r.db");
    let sound = fs::read(&path).unwrap();
    let places = event_places(&open_at(&path, Access::Write).unwrap(), &sound);
    assert!(places.len() * 2 > events, "{} of {events}", places.len());
    let mut next = numbers();
    for round in 0..rounds(40, 1_000) {
        let place = places[next() % places.len()].clone();
        let at = place.start + next() % place.len();
        let bytes = with_flip(&sound, at, next() % 8);
        fs::write(&path, &bytes).unwrap();
        let store = open_at(&path, Access::Read).unwrap();
        let is_found = match store.check() {
            Err(refusal) => !sentences(&refusal).is_empty(),
            Ok(findings) => findings.iter().any(|finding| finding.rule == "chain"),
        };
        assert!(is_found, "round {round}: byte {at} of an event was changed and not seen");
    }
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
            filter: Asked::default(),
            order: kind.table().order,
            then: None,
            extra: Vec::new(),
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
