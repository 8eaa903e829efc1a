//! The register of another day is the one that was; what changed between two days is their difference.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use proptest::prelude::*;
use serde_json::Value as Json;

use super::support::*;
use super::*;
use crate::entity::show;

static SECONDS: AtomicU64 = AtomicU64::new(0);

/// A clock that goes on by a second each time it is read.
fn tick() -> String {
    let at = SECONDS.fetch_add(1, Ordering::Relaxed);
    let at = chrono::DateTime::from_timestamp(1_785_000_000 + i64::try_from(at).unwrap(), 0).unwrap();
    at.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

fn ticking() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&Opening { clock: tick, ..opening(dir.path()) }).unwrap();
    (dir, store)
}

/// What happened to a record, and to which of its fields.
type Told = (String, BTreeMap<String, (Json, Json)>);

type Dump = BTreeMap<Ref, BTreeMap<String, Json>>;

/// Every record with every field, and whether it is put away.
fn dump(store: &Store) -> Dump {
    let mut all = Dump::new();
    for kind in Kind::ALL {
        let sql = format!("SELECT id FROM \"{}\"", kind.table().word);
        let mut statement = store.conn.prepare(&sql).unwrap();
        let ids: Vec<i64> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        for id in ids {
            let record = store.record(Ref { kind: *kind, id }).unwrap();
            let fields = kind.table().fields.iter().zip(&record.values);
            let mut fields: BTreeMap<String, Json> =
                fields.map(|(meta, value)| (meta.key.to_owned(), show::to_json(value))).collect();
            fields.insert("archived_at".to_owned(), record.archived_at.clone().into());
            all.insert(record.at, fields);
        }
    }
    all
}

/// The register of an instant, in a file of its own.
fn as_of(store: &Store, dir: &tempfile::TempDir, instant: &str) -> Store {
    let path = dir.path().join(format!("past-{}.db", instant.replace([':', '.'], "")));
    store.past(&path, instant, today()).unwrap();
    open_at(&path, Access::Read).unwrap()
}

#[derive(Debug, Clone)]
enum Deed {
    Add(u8),
    Contract(u8),
    Edit(u8, u8),
    Shelve(u8),
    Undo,
    Redo,
    UndoAct(u8),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        any::<u8>().prop_map(Deed::Add),
        any::<u8>().prop_map(Deed::Contract),
        (any::<u8>(), any::<u8>()).prop_map(|(at, to)| Deed::Edit(at, to)),
        any::<u8>().prop_map(Deed::Shelve),
        Just(Deed::Undo),
        Just(Deed::Redo),
        any::<u8>().prop_map(Deed::UndoAct),
    ]
}

/// Does a deed, as far as the register allows it.
fn play(store: &mut Store, deed: &Deed) {
    let all: Vec<Ref> =
        dump(store).into_keys().filter(|at| matches!(at.kind, Kind::Vendor | Kind::Contract)).collect();
    let pick = |n: u8| all.get(usize::from(n) % all.len().max(1)).copied();
    match deed {
        Deed::Add(n) => drop(try_add(store, Kind::Vendor, &[("name", &format!("Vendor {n}"))])),
        Deed::Contract(n) => {
            if let Some(at) = pick(*n).filter(|at| at.kind == Kind::Vendor) {
                let words = [("vendor", code_of(at)), ("title", format!("Work {n}"))];
                let words: Vec<(&str, &str)> =
                    words.iter().map(|(key, text)| (*key, text.as_str())).collect();
                let _ = try_add(store, Kind::Contract, &words);
            }
        }
        Deed::Edit(at, to) => {
            if let Some(at) = pick(*at) {
                let _ = try_edit(store, at, &[("owner", &format!("owner {to}"))], None);
            }
        }
        Deed::Shelve(at) => {
            if let Some(at) = pick(*at) {
                let to = if store.record(at).unwrap().archived_at.is_some() {
                    Shelf::Open
                } else {
                    Shelf::Archive
                };
                let _ = try_shelve(store, at, to);
            }
        }
        Deed::Undo => drop(store.undo()),
        Deed::Redo => drop(store.redo()),
        Deed::UndoAct(n) => {
            let newest: i64 =
                store.conn.query_row("SELECT max(id) FROM change", [], |row| row.get(0)).unwrap();
            let _ = store.undo_act(newest - i64::from(n % 6));
        }
    }
}

/// The differences of two dumps, as the events of [`Store::between`] tell them.
fn difference(before: &Dump, after: &Dump) -> BTreeMap<Ref, Told> {
    let mut all = BTreeMap::new();
    for at in before.keys().chain(after.keys()) {
        let (old, new) = (before.get(at), after.get(at));
        let of = |dump: Option<&BTreeMap<String, Json>>, key: &str| {
            dump.and_then(|d| d.get(key)).cloned().unwrap_or(Json::Null)
        };
        let shelf = |dump| !of(dump, "archived_at").is_null();
        let keys = at.kind.table().fields.iter().map(|meta| meta.key);
        let fields: BTreeMap<String, (Json, Json)> = keys
            .map(|key| (key.to_owned(), (of(old, key), of(new, key))))
            .filter(|(_, (old, new))| old != new)
            .collect();
        let op = match (old.is_some(), new.is_some()) {
            (false, _) => "add",
            (_, false) => "remove",
            _ if shelf(old) != shelf(new) => {
                if shelf(new) {
                    "archive"
                } else {
                    "unarchive"
                }
            }
            _ if fields.is_empty() => continue,
            _ => "edit",
        };
        all.insert(*at, (op.to_owned(), fields));
    }
    all
}

#[test]
fn every_earlier_register_is_the_one_that_was() {
    let config = ProptestConfig { cases: rounds(12, 256), ..ProptestConfig::default() };
    proptest!(config, |(deeds in proptest::collection::vec(deed(), 1..24), pick in any::<prop::sample::Index>())| {
        let (dir, mut store) = ticking();
        let mut were = vec![(tick(), dump(&store))];
        for deed in &deeds {
            play(&mut store, deed);
            were.push((tick(), dump(&store)));
        }
        let (instant, was) = pick.get(&were);
        let past = as_of(&store, &dir, instant);
        prop_assert_eq!(&dump(&past), was);
        prop_assert_eq!(errors(&past), NONE);
        let (last, now) = were.last().unwrap();
        let told: BTreeMap<Ref, _> = store.between(instant, last).unwrap().into_iter().map(|event| {
            let fields = event.fields.into_iter().map(|c| (c.key, (c.before, c.after)));
            let fields = fields.filter(|(_, (before, after))| !(before.is_null() && *after == Json::Bool(false)));
            (event.record, (event.op, fields.collect::<BTreeMap<_, _>>()))
        }).collect();
        let mut expected = difference(was, now);
        for (_, fields) in expected.values_mut() {
            fields.retain(|_, (before, after)| !(before.is_null() && *after == Json::Bool(false)));
        }
        prop_assert_eq!(told, expected);
    });
}

#[test]
fn before_the_register_began_there_is_nothing_to_show() {
    let (dir, store) = ticking();
    let refusal = store.past(&dir.path().join("past.db"), "2001-01-01T00:00:00.000Z", today()).unwrap_err();
    assert!(sentences(&refusal)[0].starts_with("The register begins on 2026-"), "{refusal:?}");
    assert!(!dir.path().join("past.db").exists());
}

#[test]
fn any_own_act_is_taken_back_where_nothing_stands_against_it() {
    let (dir, mut mei) = ticking();
    let mut wang = as_actor(&dir, "wang");
    let a = vendor(&mut mei, "Alpha");
    let change = |saved: Saved| saved.change.unwrap();
    let owner = change(try_edit(&mut mei, a, &[("owner", "mei.lin")], None).unwrap());
    let phone = change(try_edit(&mut mei, a, &[("phone", "1")], None).unwrap());
    let theirs = change(try_edit(&mut wang, a, &[("phone", "2")], None).unwrap());
    let undone = mei.undo_act(owner).unwrap();
    assert_eq!((shown(&mei, a, "owner"), shown(&mei, a, "phone")), (String::new(), "2".to_owned()));
    assert!(sentences(&mei.undo_act(owner).unwrap_err())[0].contains("was reverted already"));
    assert!(matches!(mei.undo_act(phone), Err(Refusal::Conflict(_))), "wang has written over it");
    assert!(sentences(&mei.undo_act(theirs).unwrap_err())[0].starts_with("wang did this"));
    assert!(sentences(&mei.undo_act(9_999).unwrap_err())[0].starts_with("There is no act 9999"));
    mei.undo_act(undone.saved.change.unwrap()).unwrap();
    assert_eq!(shown(&mei, a, "owner"), "mei.lin", "taking back a taking back brings back");
    assert_eq!(errors(&mei), NONE);
}
