//! The register as a whole, from outside its tables: writing, reading, undo, pages, files.

use super::*;
use crate::entity::filter::Asked;
use crate::entity::input::Entered;
use crate::entity::{Kind, Ref, Value};
use crate::register::*;
use crate::store::open::Opening;

mod amounts;
mod bulk;
mod connection;
mod copies;
mod deeds;
mod derived;
mod erasing;
mod exits;
mod files;
mod filters;
mod known;
mod levels;
mod locked;
mod meetings;
mod money;
mod overview;
mod pages;
mod past;
mod rankings;
mod reviews;
mod scorecards;
mod silences;
mod size;
mod standing;
mod support;
mod sweeping;
mod threads;
mod undo;
mod verdicts;
mod work;

/// A clock of which no two readings are the same.
fn clock() -> String {
    static READINGS: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
    let seconds = READINGS.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let instant = today().and_hms_opt(8, 0, 0).unwrap() + std::time::Duration::from_secs(seconds);
    instant.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

pub(super) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 7, 26).unwrap()
}

pub(super) fn opening(dir: &std::path::Path) -> Opening {
    Opening {
        path: dir.join("r.db"),
        access: Access::Write,
        actor: "mei.lin".to_owned(),
        today: today(),
        clock,
        currency: Currency::CNY,
    }
}

/// A register with the whole demo in it.
pub(super) fn demo(dir: &std::path::Path) -> Store {
    let mut store = Store::open(&opening(dir)).unwrap();
    let defaults = crate::demo::defaults().unwrap();
    let mut txn = store.begin(Act::Found).unwrap();
    for entry in crate::demo::entries(today()).unwrap() {
        if !defaults.iter().any(|default| default.code == entry.code) {
            txn.enter(&entry).unwrap_or_else(|refusal| panic!("{entry:?}: {refusal:?}"));
        }
    }
    txn.commit().unwrap();
    store
}

/// What `check` holds against the soundness of the register, one line each.
pub(super) fn errors(store: &Store) -> Vec<String> {
    let found = store.check().unwrap().into_iter().filter(|f| f.severity != check::Severity::Warning);
    let line = |f: check::Finding| {
        format!("{} {} {}: {}", f.rule, f.code, f.field, f.sentence.in_(crate::texts::Lang::En))
    };
    found.map(line).take(12).collect()
}

#[test]
fn the_demo_goes_in_and_checks_clean() {
    let dir = tempfile::tempdir().unwrap();
    let store = demo(dir.path());
    assert_eq!(errors(&store), Vec::<String>::new());
}
