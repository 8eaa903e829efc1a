//! What an erasing could not sweep at once: told as done, kept out of copies, swept by the next start.

use std::path::Path;

use rusqlite::Connection;

use super::erasing::{bytes_of, held, register};
use super::support::*;
use super::*;
use crate::register::erase::Swept;
use crate::store::backup::{Checksum, checksum};

/// An erasing that another program's reading kept from being swept.
fn read_meanwhile() -> (tempfile::TempDir, Store) {
    let (dir, mut store, person) = register();
    store.conn.busy_timeout(std::time::Duration::ZERO).unwrap();
    let reader = Connection::open(dir.path().join("r.db")).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM event;").unwrap();
    let erased = store.erase(person, &["Quimby".to_owned()]).unwrap();
    assert_eq!(erased.swept, Swept::Later);
    (dir, store)
}

/// An erasing of which nothing could be swept: the look-up still has its words.
fn unswept() -> (tempfile::TempDir, Store) {
    let (dir, mut store, person) = register();
    let path = dir.path().join("r.db");
    stop_after_erasing(&mut store, &path);
    store.erase(person, &["Quimby".to_owned()]).unwrap();
    drop(store);
    let store = open_at(&path, Access::Write).unwrap();
    (dir, store)
}

/// Has the engine stop whatever it does once an erasing is written.
fn stop_after_erasing(store: &mut Store, path: &Path) {
    let other = Connection::open(path).unwrap();
    let is_erased = move || {
        other.query_row("SELECT EXISTS (SELECT 1 FROM unswept)", [], |row| row.get(0)).unwrap_or(false)
    };
    store.conn.progress_handler(crate::store::STEPS, Some(is_erased)).unwrap();
}

#[test]
fn what_could_not_be_swept_is_told_and_swept_by_the_next_start() {
    let (dir, store) = read_meanwhile();
    let found = store.check().unwrap();
    assert!(found.iter().any(|found| found.rule == "erasing"), "{found:?}");
    drop(store);
    let mut store = open_at(&dir.path().join("r.db"), Access::Write).unwrap();
    assert!(store.has_house_work().unwrap(), "opening itself makes no file anew: a screen waits for it");
    store.sweep_left().unwrap();
    assert!(!store.has_house_work().unwrap());
    assert_eq!(errors(&store), NONE);
    drop(store);
    assert_eq!(held(&bytes_of(dir.path())).len(), 0);
}

#[test]
fn the_writer_sweeps_when_it_does_the_work_of_the_house() {
    let (dir, store) = unswept();
    drop(store);
    assert!(!held(&bytes_of(dir.path())).is_empty(), "else the test proves nothing");
    let workers = crate::store::worker::Workers::start(&opening(dir.path()), None, |_| {});
    workers.set_today(today());
    workers.close();
    assert_eq!(held(&bytes_of(dir.path())).len(), 0);
}

#[test]
fn what_was_erased_is_told_as_erased_whatever_stops_the_sweeping() {
    let (dir, mut store, person) = register();
    let path = dir.path().join("r.db");
    stop_after_erasing(&mut store, &path);
    let erased = store.erase(person, &["Quimby".to_owned()]).unwrap();
    assert_eq!(erased.swept, Swept::Later);
    drop(store);
    // As long as it cannot be swept, it can be worked in.
    let mut store = open_at(&path, Access::Write).unwrap();
    stop_after_erasing(&mut store, &path);
    store.sweep_left().unwrap();
    drop(store);
    let mut store = open_at(&path, Access::Write).unwrap();
    assert!(store.has_house_work().unwrap());
    vendor(&mut store, "Later");
    store.sweep_left().unwrap();
    drop(store);
    assert_eq!(held(&bytes_of(dir.path())).len(), 0);
}

#[test]
fn a_copy_of_what_is_not_swept_yet_is_swept() {
    let (dir, store) = unswept();
    let elsewhere = tempfile::tempdir().unwrap();
    let copy = elsewhere.path().join("r.bak");
    store.backup(&copy).unwrap();
    assert_eq!(held(&bytes_of(elsewhere.path())).len(), 0);
    assert!(!held(&bytes_of(dir.path())).is_empty(), "else the test proves nothing");
    let copy = open_at(&copy, Access::Read).unwrap();
    assert_eq!(errors(&copy), NONE);
    assert_eq!(copy.history(5).unwrap(), store.history(5).unwrap());
}

#[test]
fn a_copy_that_is_swept_is_a_copy_no_more() {
    let (dir, store) = unswept();
    let path = dir.path().join("r.db");
    drop(store);
    // As an older program copied it: with what was not swept.
    meddle(&path, "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE;");
    let copy = dir.path().join("old.bak");
    std::fs::copy(&path, &copy).unwrap();
    checksum::write(&copy).unwrap();
    let mut store = open_at(&copy, Access::Write).unwrap();
    store.sweep_left().unwrap();
    drop(store);
    assert_eq!(checksum::compare(&copy).unwrap(), Checksum::Missing);
}
