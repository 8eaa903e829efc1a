//! Taking back and bringing back: against a model, between operators, across reopenings.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::support::*;
use super::*;

#[test]
fn an_act_is_an_event_a_row_and_an_index_row_or_nothing() {
    let (_dir, mut store) = fresh();
    let count = |store: &Store, table: &str| -> i64 {
        store.conn.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
    };
    let tables = ["vendor", "vendor_x", "directory", "lookup_doc", "event", "change"];
    let before = tables.map(|table| count(&store, table));
    let step = |words: &[(&str, &str)]| Step::Insert {
        kind: Kind::Vendor,
        fields: typed_in(Kind::Vendor, words),
        reason: None,
    };
    let change =
        Change { act: Act::Add, steps: vec![step(&[("name", "Alpha")]), step(&[("country", "CN")])] };
    let refusal = store.apply(&change).unwrap_err();
    assert!(matches!(refusal, Refusal::Invalid(_)));
    assert_eq!(tables.map(|table| count(&store, table)), before, "a refused act leaves nothing");
    let mut txn = store.begin(Act::Add).unwrap();
    txn.step(&step(&[("name", "Alpha")])).unwrap();
    drop(txn);
    assert_eq!(tables.map(|table| count(&store, table)), before, "a dropped act leaves nothing");
    store.apply(&Change { act: Act::Add, steps: vec![step(&[("name", "Alpha")])] }).unwrap();
    assert_eq!(tables.map(|table| count(&store, table)), before.map(|n| n + 1));
    let event = &store.history(1).unwrap()[0];
    assert_eq!((event.actor.as_str(), event.op.as_str(), event.code.as_str()), ("mei.lin", "add", "V-0001"));
}

#[test]
fn redo_brings_back_what_was_taken_back_last_and_nothing_older() {
    let (_dir, mut store) = fresh();
    let a = vendor(&mut store, "Alpha");
    edit(&mut store, a, &[("category", "one")]);
    edit(&mut store, a, &[("category", "two")]);
    for _ in 0..2 {
        store.undo().unwrap();
    }
    assert_eq!(shown(&store, a, "category"), "");
    store.redo().unwrap();
    assert_eq!(shown(&store, a, "category"), "one");
    store.redo().unwrap();
    assert_eq!(shown(&store, a, "category"), "two");
    sentences(&store.redo().unwrap_err());
    for _ in 0..2 {
        store.undo().unwrap();
    }
    edit(&mut store, a, &[("category", "three")]);
    sentences(&store.redo().unwrap_err());
    store.undo().unwrap();
    store.redo().unwrap();
    assert_eq!(shown(&store, a, "category"), "three", "not an act that the newer one discarded");
    sentences(&store.redo().unwrap_err());
    assert_eq!(errors(&store), NONE);
}

#[test]
fn undo_is_refused_when_another_changed_the_same_field() {
    let (dir, mut mei) = fresh();
    let mut wang = as_actor(&dir, "wang");
    let a = vendor(&mut mei, "Alpha");
    edit(&mut mei, a, &[("owner", "mei.lin"), ("phone", "1")]);
    edit(&mut wang, a, &[("phone", "2")]);
    let refusal = mei.undo().unwrap_err();
    let Refusal::Conflict(conflict) = &refusal else { panic!("{refusal:?}") };
    assert_eq!(conflict.clashes.len(), 1);
    assert_eq!(conflict.clashes[0].theirs, Value::Text("2".to_owned()));
    sentences(&refusal);
    wang.undo().unwrap();
    mei.undo().unwrap();
    assert_eq!((shown(&mei, a, "owner"), shown(&mei, a, "phone")), (String::new(), String::new()));
}

#[test]
fn an_adding_is_not_taken_back_over_what_another_added_to_it() {
    let (dir, mut mei) = fresh();
    let mut wang = as_actor(&dir, "wang");
    let a = vendor(&mut mei, "Alpha");
    edit(&mut wang, a, &[("phone", "2")]);
    assert!(matches!(mei.undo(), Err(Refusal::Conflict(_))), "the phone would be lost");
    wang.undo().unwrap();
    let contact = add(&mut wang, Kind::Contact, &[("vendor", "V-0001"), ("name", "Li")]);
    assert!(sentences(&mei.undo().unwrap_err())[0].contains("V-0001"));
    wang.undo().unwrap();
    assert!(matches!(wang.record(contact), Err(Refusal::Missing(_))));
    shelve(&mut wang, a, Shelf::Archive);
    sentences(&mei.undo().unwrap_err());
    shelve(&mut wang, a, Shelf::Open);
    mei.undo().unwrap();
    assert!(matches!(mei.record(a), Err(Refusal::Missing(_))));
    assert_eq!(vendor(&mut mei, "Beta").id, 2, "a code is never given twice");
    assert_eq!(errors(&mei), NONE);
}

/// Putting away twice is two acts, though the record looks the same after both.
#[test]
fn a_putting_away_is_not_taken_back_over_that_of_another() {
    let (dir, mut mei) = fresh();
    let mut wang = as_actor(&dir, "wang");
    let a = vendor(&mut mei, "Alpha");
    shelve(&mut mei, a, Shelf::Archive);
    shelve(&mut wang, a, Shelf::Open);
    shelve(&mut wang, a, Shelf::Archive);
    let refusal = mei.undo().unwrap_err();
    assert!(matches!(refusal, Refusal::Conflict(_)), "{refusal:?}");
    assert!(sentences(&refusal)[0].contains("V-0001"), "{refusal:?}");
    assert!(mei.record(a).unwrap().archived_at.is_some(), "it stays where wang has put it");
    for _ in 0..2 {
        wang.undo().unwrap();
    }
    mei.undo().unwrap();
    assert_eq!(
        mei.record(a).unwrap().archived_at,
        None,
        "once wang has taken back all, it is mei's own again"
    );
    assert_eq!(errors(&mei), NONE);
}

#[test]
fn undo_never_leaves_a_record_against_its_rules() {
    let (dir, mut mei) = fresh();
    let mut wang = as_actor(&dir, "wang");
    vendor(&mut mei, "Alpha");
    let contract = add(
        &mut mei,
        Kind::Contract,
        &[("vendor", "V-0001"), ("title", "Frame"), ("starts_on", "2026-06-01"), ("ends_on", "2026-12-31")],
    );
    edit(&mut mei, contract, &[("starts_on", "2025-01-01")]);
    edit(&mut wang, contract, &[("ends_on", "2025-12-31")]);
    let refusal = mei.undo().unwrap_err();
    assert!(matches!(refusal, Refusal::Invalid(_)), "{refusal:?}");
}

#[test]
fn an_import_is_taken_back_in_one_step() {
    let (_dir, mut store) = fresh();
    let mut txn = store.begin(Act::Import).unwrap();
    for name in ["Alpha", "Beta", "Gamma"] {
        let vendor = txn.insert(Kind::Vendor, None, &typed_in(Kind::Vendor, &[("name", name)])).unwrap();
        let code = code_of(vendor);
        let words = [("vendor", code.as_str()), ("title", name)];
        txn.insert(Kind::Contract, None, &typed_in(Kind::Contract, &words)).unwrap();
    }
    txn.commit().unwrap();
    let counts = |store: &Store| (store.tab_counts().unwrap().vendors, store.tab_counts().unwrap().contracts);
    assert_eq!(counts(&store), (3, 3));
    let reverted = store.undo().unwrap();
    assert_eq!((reverted.events, reverted.act.as_str()), (6, "import"));
    assert_eq!(reverted.first, Some(Ref { kind: Kind::Vendor, id: 1 }));
    assert_eq!(counts(&store), (0, 0));
    let reverted = store.redo().unwrap();
    assert_eq!(reverted.first, Some(Ref { kind: Kind::Vendor, id: 1 }));
    assert_eq!(counts(&store), (3, 3));
    assert_eq!(errors(&store), NONE);
}

/// Both say which act they took back or brought back, and it is never the same one.
#[test]
fn two_that_one_operator_asks_for_at_once_are_two_acts() {
    type Turning = fn(&mut Store) -> Result<Reverted, Refusal>;
    let (dir, mut store) = fresh();
    let mut other = as_actor(&dir, store.actor());
    let both = [vendor(&mut store, "Alpha"), vendor(&mut store, "Beta")];
    for round in 0..rounds(10, 200) {
        for vendor in both {
            shelve(&mut store, vendor, Shelf::Archive);
        }
        for (turn, open) in [(Store::undo as Turning, true), (Store::redo as Turning, false)] {
            let start = std::sync::Barrier::new(2);
            let touched: std::collections::BTreeSet<Ref> = std::thread::scope(|scope| {
                let ask = |store| {
                    let start = &start;
                    move || {
                        start.wait();
                        turn(store).unwrap().first.unwrap()
                    }
                };
                let asked = [scope.spawn(ask(&mut store)), scope.spawn(ask(&mut other))];
                asked.into_iter().map(|thread| thread.join().unwrap()).collect()
            });
            assert_eq!(touched.len(), 2, "round {round}: one act was turned twice");
            for vendor in both {
                assert_eq!(store.record(vendor).unwrap().archived_at.is_none(), open, "round {round}");
            }
        }
        for vendor in both {
            shelve(&mut store, vendor, Shelf::Open);
        }
    }
    assert_eq!(errors(&store), NONE);
}

/// What one operator does.
#[derive(Debug, Clone)]
enum Deed {
    Add { name: u8 },
    Edit { pick: u8, field: u8, word: u8 },
    Shelve { pick: u8 },
    Undo,
    Redo,
    Reopen,
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        3 => any::<u8>().prop_map(|name| Deed::Add { name }),
        5 => (any::<u8>(), 0_u8..3, 0_u8..4).prop_map(|(pick, field, word)| Deed::Edit { pick, field, word }),
        2 => any::<u8>().prop_map(|pick| Deed::Shelve { pick }),
        4 => Just(Deed::Undo),
        3 => Just(Deed::Redo),
        1 => Just(Deed::Reopen),
    ]
}

const FIELDS: [&str; 3] = ["category", "owner", "phone"];
const WORDS: [&str; 4] = ["", "one", "二", "O'Brien (UK)"];

/// A vendor of the model: its name, its three fields, and when it was put away.
#[derive(Debug, Clone, PartialEq)]
struct Kept {
    name: String,
    fields: [String; 3],
    archived: Option<String>,
}

/// What an act did to one vendor: what was before and what is after; nothing where there was none.
#[derive(Debug, Clone)]
struct Did {
    id: i64,
    before: Option<Kept>,
    after: Option<Kept>,
}

#[derive(Debug, Default)]
struct Hands {
    done: Vec<Did>,
    undone: Vec<Did>,
}

#[derive(Debug, Default)]
struct Model {
    vendors: BTreeMap<i64, Kept>,
    next: i64,
    hands: [Hands; 2],
}

impl Model {
    fn did(&mut self, who: usize, id: i64, after: Option<Kept>) {
        let before = self.vendors.get(&id).cloned();
        if before == after {
            return;
        }
        self.put(id, after.clone());
        self.hands[who].undone.clear();
        self.hands[who].done.push(Did { id, before, after });
    }

    fn put(&mut self, id: i64, kept: Option<Kept>) {
        match kept {
            Some(kept) => self.vendors.insert(id, kept),
            None => self.vendors.remove(&id),
        };
    }

    /// Goes from one side of an act to the other, if nobody changed the same fields meanwhile.
    fn turn(&mut self, id: i64, from: Option<&Kept>, to: Option<&Kept>) -> bool {
        let now = self.vendors.get(&id).cloned();
        let next = match (now, from, to) {
            (Some(now), Some(from), None) => {
                if now != *from {
                    return false;
                }
                None
            }
            (None, None, Some(to)) => Some(to.clone()),
            (Some(mut now), Some(from), Some(to)) => {
                let turns = |other: &Kept| other.archived.is_some() != to.archived.is_some();
                if turns(from) && turns(&now) {
                    if now.archived != from.archived {
                        return false;
                    }
                    now.archived.clone_from(&to.archived);
                }
                for at in 0..FIELDS.len() {
                    if from.fields[at] != to.fields[at] {
                        if now.fields[at] != from.fields[at] {
                            return false;
                        }
                        now.fields[at].clone_from(&to.fields[at]);
                    }
                }
                Some(now)
            }
            _ => return false,
        };
        self.put(id, next);
        true
    }

    fn undo(&mut self, who: usize) -> bool {
        let Some(did) = self.hands[who].done.last().cloned() else { return false };
        let turned = self.turn(did.id, did.after.as_ref(), did.before.as_ref());
        if turned {
            let did = self.hands[who].done.pop().unwrap();
            self.hands[who].undone.push(did);
        }
        turned
    }

    fn redo(&mut self, who: usize) -> bool {
        let Some(did) = self.hands[who].undone.last().cloned() else { return false };
        let turned = self.turn(did.id, did.before.as_ref(), did.after.as_ref());
        if turned {
            let did = self.hands[who].undone.pop().unwrap();
            self.hands[who].done.push(did);
        }
        turned
    }

    fn pick(&self, pick: u8) -> Option<i64> {
        let ids: Vec<i64> = self.vendors.keys().copied().collect();
        (!ids.is_empty()).then(|| ids[usize::from(pick) % ids.len()])
    }
}

const ACTORS: [&str; 2] = ["mei.lin", "wang"];

fn play(deeds: &[(bool, Deed)]) -> Result<(), TestCaseError> {
    let (dir, first) = fresh();
    let mut stores = [first, as_actor(&dir, ACTORS[1])];
    let mut model = Model { next: 1, ..Model::default() };
    for (who, deed) in deeds {
        let who = usize::from(*who);
        let store = &mut stores[who];
        match deed {
            Deed::Add { name } => {
                let name = format!("Vendor {name}");
                let made = vendor(store, &name);
                prop_assert_eq!(made.id, model.next);
                model.next += 1;
                model.did(who, made.id, Some(Kept { name, fields: Default::default(), archived: None }));
            }
            Deed::Edit { pick, field, word } => {
                let Some(id) = model.pick(*pick) else { continue };
                let (field, word) = (usize::from(*field), WORDS[usize::from(*word)]);
                edit(store, Ref { kind: Kind::Vendor, id }, &[(FIELDS[field], word)]);
                let mut kept = model.vendors[&id].clone();
                word.clone_into(&mut kept.fields[field]);
                model.did(who, id, Some(kept));
            }
            Deed::Shelve { pick } => {
                let Some(id) = model.pick(*pick) else { continue };
                let mut kept = model.vendors[&id].clone();
                let to = if kept.archived.is_some() { Shelf::Open } else { Shelf::Archive };
                shelve(store, Ref { kind: Kind::Vendor, id }, to);
                kept.archived = store.record(Ref { kind: Kind::Vendor, id }).unwrap().archived_at;
                model.did(who, id, Some(kept));
            }
            Deed::Undo => prop_assert_eq!(store.undo().is_ok(), model.undo(who)),
            Deed::Redo => prop_assert_eq!(store.redo().is_ok(), model.redo(who)),
            Deed::Reopen => *store = as_actor(&dir, ACTORS[who]),
        }
        let found = contents(&stores[1 - who]);
        prop_assert_eq!(&found, &model.vendors, "after {:?} of {}", deed, who);
    }
    prop_assert_eq!(errors(&stores[0]), NONE);
    Ok(())
}

fn contents(store: &Store) -> BTreeMap<i64, Kept> {
    let ids: Vec<i64> = store
        .conn
        .prepare("SELECT id FROM vendor")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let kept = |id: i64| {
        let record = store.record(Ref { kind: Kind::Vendor, id }).unwrap();
        let fields = FIELDS.map(|key| plain(&record, key));
        (id, Kept { name: plain(&record, "name"), fields, archived: record.archived_at })
    };
    ids.into_iter().map(kept).collect()
}

#[test]
fn two_operators_against_a_model() {
    let config = ProptestConfig { cases: rounds(8, 300), ..ProptestConfig::default() };
    proptest!(config, |(deeds in proptest::collection::vec((any::<bool>(), deed()), 1..40))| {
        play(&deeds)?;
    });
}

#[test]
fn changes_to_different_fields_merge_and_to_the_same_clash() {
    let (dir, mut mei) = fresh();
    let mut wang = as_actor(&dir, "wang");
    let a = vendor(&mut mei, "Alpha");
    let seen = |value: Value| Some(value);
    let change = |field: &str, seen: Option<Value>, new: &str, only_if: Option<i64>| Change {
        act: Act::Edit,
        steps: vec![Step::Update {
            at: a,
            edits: vec![Edit {
                field: at(Kind::Vendor, field),
                seen,
                new: Value::Text(new.to_owned()).into(),
            }],
            reason: None,
            only_if,
        }],
    };
    mei.apply(&change("phone", seen(Value::Null), "1", None)).unwrap();
    wang.apply(&change("email", seen(Value::Null), "a@b.cn", None)).unwrap();
    assert_eq!((shown(&mei, a, "phone"), shown(&mei, a, "email")), ("1".to_owned(), "a@b.cn".to_owned()));
    let refusal = wang.apply(&change("phone", seen(Value::Null), "2", None)).unwrap_err();
    let Refusal::Conflict(conflict) = &refusal else { panic!("{refusal:?}") };
    assert_eq!(conflict.clashes[0].theirs, Value::Text("1".to_owned()));
    assert_eq!(conflict.clashes[0].mine, Value::Text("2".to_owned()));
    sentences(&refusal);
    let same = wang.apply(&change("phone", seen(Value::Null), "1", None)).unwrap();
    assert_eq!(same.change, None, "both wrote the same: nothing to do");
    let version = mei.record(a).unwrap().version;
    assert_eq!(version, 3);
    let refusal = wang.apply(&change("phone", None, "3", Some(version - 1))).unwrap_err();
    assert!(matches!(&refusal, Refusal::Conflict(c) if c.clashes.is_empty() && c.version == version));
    sentences(&refusal);
    wang.apply(&change("phone", None, "3", Some(version))).unwrap();
    assert_eq!(shown(&mei, a, "phone"), "3");
}

#[test]
fn an_act_tells_how_many_events_it_has() {
    let (_dir, mut store) = fresh();
    let mut txn = store.begin(Act::Import).unwrap();
    for name in ["Alpha", "Beta"] {
        txn.insert(Kind::Vendor, None, &typed_in(Kind::Vendor, &[("name", name)])).unwrap();
    }
    txn.commit().unwrap();
    let size = |store: &Store| store.recent_acts(1).unwrap()[0].act_size;
    assert_eq!(size(&store), 2);
    vendor(&mut store, "Gamma");
    assert_eq!(size(&store), 1);
}
