//! Acts on many records: one change, all of it or none, or without those that cannot.

use proptest::prelude::*;

use super::support::*;
use super::*;
use crate::entity::words::{Sign, WordChange};

fn bulk(ids: &[Ref], does: Does) -> Bulk {
    let kind = ids[0].kind;
    let ids = ids.iter().map(|at| at.id).collect();
    Bulk { kind, ids, shelf: Some(Shelves::Open), does, unfit: Unfit::Refuse }
}

fn set(kind: Kind, words: &[(&str, &str)]) -> Does {
    let fields = typed_in(kind, words).into_iter().map(|(at, new)| (at, New::Value(new))).collect();
    Does::Edit { fields, reason: None }
}

fn tags(changes: &[(Sign, &str)]) -> Does {
    let change = |(sign, word): &(Sign, &str)| WordChange { sign: *sign, word: (*word).to_owned() };
    let new = New::Words(changes.iter().map(change).collect());
    Does::Edit { fields: vec![(at(Kind::Vendor, "tags"), new)], reason: None }
}

fn done(store: &mut Store, bulk: &Bulk) -> Result<Saved, Refusal> {
    store.bulk(bulk, &mut |_| {})
}

fn copies(dir: &tempfile::TempDir) -> usize {
    let names = std::fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name());
    let names = names.map(|name| name.to_string_lossy().into_owned());
    names.filter(|name| name.starts_with("r.db.before-bulk-") && !name.contains("sha256")).count()
}

#[test]
fn many_are_changed_in_one_act_and_taken_back_in_one() {
    let (dir, mut store) = fresh();
    let all: Vec<Ref> = (0..5).map(|n| vendor(&mut store, &format!("Vendor {n}"))).collect();
    edit(&mut store, all[1], &[("tags", "old,kept")]);
    let acts = store.history(1_000).unwrap().len();
    let mut told = Vec::new();
    let act = bulk(&all, set(Kind::Vendor, &[("owner", "李敏"), ("category", "IT")]));
    let saved = store.bulk(&act, &mut |n| told.push(n)).unwrap();
    assert_eq!((saved.records.len(), told), (5, vec![1, 2, 3, 4, 5]));
    assert!(
        all.iter().all(|at| shown(&store, *at, "owner") == "李敏" && shown(&store, *at, "category") == "IT")
    );
    let events = store.history(1_000).unwrap();
    assert_eq!(events.len(), acts + 5);
    assert!(events[..5].iter().all(|event| Some(event.change) == saved.change));
    done(&mut store, &bulk(&all, tags(&[(Sign::Add, "重点"), (Sign::Remove, "old")]))).unwrap();
    assert_eq!(
        (shown(&store, all[0], "tags"), shown(&store, all[1], "tags")),
        ("重点".into(), "kept, 重点".into())
    );
    store.undo().unwrap();
    assert_eq!(shown(&store, all[1], "tags"), "old, kept");
    store.undo().unwrap();
    assert!(all.iter().all(|at| shown(&store, *at, "owner").is_empty()));
    done(&mut store, &bulk(&all[..2], Does::Shelve(Shelf::Archive))).unwrap();
    assert!(store.record(all[0]).unwrap().archived_at.is_some());
    assert_eq!(copies(&dir), 0, "no copy for a few");
    assert_eq!(errors(&store), NONE);
}

#[test]
fn what_is_so_already_is_no_change() {
    let (_dir, mut store) = fresh();
    let all = [vendor(&mut store, "A"), vendor(&mut store, "B")];
    let act = bulk(&all, set(Kind::Vendor, &[("owner", "Mei")]));
    edit(&mut store, all[0], &[("owner", "Mei")]);
    assert_eq!(done(&mut store, &act).unwrap().records, [all[1]]);
    assert_eq!(done(&mut store, &act).unwrap().change, None);
}

#[test]
fn where_some_cannot_none_is_touched_and_all_are_named() {
    let (_dir, mut store) = fresh();
    let all: Vec<Ref> = (0..4).map(|n| vendor(&mut store, &format!("Vendor {n}"))).collect();
    shelve(&mut store, all[1], Shelf::Archive);
    let gone = Ref { kind: Kind::Vendor, id: 999 };
    let mut act = bulk(&[all[0], all[1], gone, all[3]], set(Kind::Vendor, &[("owner", "Mei")]));
    let before = store.history(100).unwrap();
    let Err(Refusal::Misfits(misfits)) = done(&mut store, &act) else { panic!("it was done") };
    assert_eq!((misfits.count, misfits.of), (2, 4));
    let named: Vec<(Ref, &str)> = misfits.first.iter().map(|one| (one.at, one.name.as_str())).collect();
    assert_eq!(named, [(all[1], "Vendor 1"), (gone, "")]);
    assert!(!misfits.first[0].sentence().in_(crate::texts::Lang::En).is_empty());
    assert_eq!(store.history(100).unwrap(), before);
    act.unfit = Unfit::LeaveOut;
    assert_eq!(done(&mut store, &act).unwrap().records, [all[0], all[3]]);
    assert_eq!(shown(&store, all[1], "owner"), "");
    act.ids = vec![999];
    assert!(matches!(done(&mut store, &act), Err(Refusal::Misfits(_))), "none is left");
    assert_eq!(errors(&store), NONE);
}

#[test]
fn a_move_between_states_is_held_for_each() {
    let (_dir, mut store) = fresh();
    let all = [vendor(&mut store, "A"), vendor(&mut store, "B")];
    for at in all {
        edit(&mut store, at, &[("owner", "Mei")]);
    }
    edit(&mut store, all[0], &[("state", "in_review")]);
    let act = bulk(&all, set(Kind::Vendor, &[("state", "approved")]));
    let Err(Refusal::Misfits(misfits)) = done(&mut store, &act) else { panic!("it was done") };
    assert!(misfits.first.iter().any(|one| one.at == all[1]), "{misfits:?}");
    assert_eq!(shown(&store, all[0], "state"), "in_review");
}

#[test]
fn before_many_the_register_is_copied_and_only_where_it_changed() {
    let (dir, mut store) = fresh();
    let all: Vec<Ref> = (0..crate::limits::MANY).map(|n| vendor(&mut store, &format!("V{n}"))).collect();
    let act = bulk(&all, set(Kind::Vendor, &[("owner", "Mei")]));
    done(&mut store, &act).unwrap();
    assert_eq!(copies(&dir), 1);
    done(&mut store, &act).unwrap();
    assert_eq!(copies(&dir), 1, "nothing had to change");
    let mut refused = act.clone();
    refused.ids.push(999);
    done(&mut store, &refused).unwrap_err();
    assert_eq!(copies(&dir), 1);
}

proptest! {
    /// However acts on many are mixed with others, what each leaves is what its records would have
    /// been given one by one, and undo brings back what was.
    #[test]
    fn an_act_on_many_is_its_parts(steps in proptest::collection::vec((0_u8..4, 0_u8..64), 1..8)) {
        let (_dir, mut many) = fresh();
        let (_other, mut single) = fresh();
        let all: Vec<Ref> = (0..6).map(|n| vendor(&mut many, &format!("V{n}"))).collect();
        for n in 0..6 { vendor(&mut single, &format!("V{n}")); }
        for (what, which) in steps {
            let some: Vec<Ref> = all.iter().copied().filter(|at| which >> (at.id - 1) & 1 == 1).collect();
            if some.is_empty() { continue; }
            let does = match what {
                0 => set(Kind::Vendor, &[("owner", "Mei")]),
                1 => tags(&[(Sign::Add, "a"), (Sign::Remove, "b")]),
                2 => tags(&[(Sign::Add, "b"), (Sign::Remove, "a")]),
                _ => Does::Shelve(Shelf::Archive),
            };
            let before: Vec<_> = all.iter().map(|at| many.record(*at).unwrap().values).collect();
            let act = Bulk { unfit: Unfit::LeaveOut, ..bulk(&some, does) };
            let result = done(&mut many, &act);
            for at in &some {
                let one = Bulk { ids: vec![at.id], ..act.clone() };
                let _misfit = done(&mut single, &one);
            }
            if result.is_ok_and(|saved| saved.change.is_some()) {
                many.undo().unwrap();
                let after: Vec<_> = all.iter().map(|at| many.record(*at).unwrap().values).collect();
                prop_assert_eq!(before, after);
                many.redo().unwrap();
            }
        }
        for at in all {
            let (a, b) = (many.record(at).unwrap(), single.record(at).unwrap());
            prop_assert_eq!(a.values, b.values);
            prop_assert_eq!(a.archived_at.is_some(), b.archived_at.is_some());
        }
    }
}
