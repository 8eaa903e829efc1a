//! Pages against a naive reference, and filters.

use proptest::prelude::*;

use super::support::*;
use super::*;
use crate::entity::{Blanks, Column, Direction, Record, Shape};

/// The ids of a list as anybody would work them out: all records, kept, sorted.
fn reference(store: &Store, query: &Query) -> Vec<i64> {
    let table = query.kind.table();
    let mut ids: Vec<i64> = store
        .conn
        .prepare(&format!("SELECT id FROM {}", table.word))
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let words = crate::lookup::Query::parse(&query.filter.words);
    ids.retain(|id| {
        let record = store.record(Ref { kind: query.kind, id: *id }).unwrap();
        let shelf = record.archived_at.is_some() == (query.shelf == Shelves::Archived);
        let scope = query.scope.is_none_or(|to| {
            record.values.iter().any(|v| v.as_link().is_some_and(|l| l.kind == to.kind && l.id == to.id))
        });
        let mut entries = super::super::index::entries::of(&record);
        if let Some(vendor) = record.get("vendor").as_link() {
            let vendor = store.record(Ref { kind: Kind::Vendor, id: vendor.id }).unwrap();
            entries.extend(super::super::index::entries::of(&vendor));
        }
        shelf && scope && (words.is_empty() || crate::lookup::matches(&words, &entries))
    });
    let key = |id: i64, column| key_of(&store.record(Ref { kind: query.kind, id }).unwrap(), column);
    let way = |order: std::cmp::Ordering, direction| {
        if direction == Direction::Up { order } else { order.reverse() }
    };
    ids.sort_by(|a, b| {
        let (column, direction) = query.order;
        let first = way(key(*a, column).cmp(&key(*b, column)), direction);
        let second = query.then.map_or(std::cmp::Ordering::Equal, |(column, direction)| {
            way(key(*a, column).cmp(&key(*b, column)), direction)
        });
        first.then(second).then(way(a.cmp(b), query.then.map_or(direction, |then| then.1)))
    });
    ids
}

/// The texts of the register below in the order in which people look them up: Chinese by its
/// sound among the Latin, and whatever the case.
const BY_SOUND: [&[&str]; 9] = [
    &["Alpha", "alpha"],
    &["北辰科技"],
    &["HT-1"],
    &["HT-2"],
    &["华信软件"],
    &["mei.lin"],
    &["王"],
    &["Zeta (UK)"],
    &["中科"],
];

/// What a record is ordered by, told from its value alone: on which side of the others a blank
/// stands, and then a text by its sound, an amount by its size in whatever currency, a word of a
/// list by its place there, a date by time.
fn key_of(record: &Record, column: Column) -> (i8, i64) {
    let table = record.table();
    let value = match record.cell(column).unwrap() {
        Value::Null => {
            let is_low = match column {
                Column::Field(at) => matches!(table.fields[at].shape, Shape::Money | Shape::Int(..)),
                Column::Derived(at) => table.derived[at].blanks == Blanks::Low,
            };
            return (if is_low { -1 } else { 1 }, 0);
        }
        Value::Text(text) => {
            let place = BY_SOUND.iter().position(|alike| alike.contains(&text.as_str()));
            i64::try_from(place.unwrap_or_else(|| panic!("where does {text} stand?"))).unwrap()
        }
        Value::Money(money) => {
            let tenths = [10_000, 1_000, 100, 10, 1][usize::try_from(money.currency.exponent()).unwrap()];
            money.minor * tenths
        }
        Value::Choice(choice) => {
            let Shape::Choice(list) = table.head(column).shape else { panic!("{choice:?}") };
            i64::try_from(list.iter().position(|other| other.key == choice.key).unwrap()).unwrap()
        }
        Value::Date(date) => i64::from(chrono::Datelike::num_days_from_ce(date)),
        Value::Int(n) | Value::Points(n) => *n,
        other => panic!("{other:?}"),
    };
    (0, value)
}

/// A register with ties, blanks and both scripts in every column that lists are ordered by.
fn register(seeds: &[(u8, u8, u8, u8)]) -> (tempfile::TempDir, Store) {
    const NAMES: [&str; 6] = ["Alpha", "alpha", "华信软件", "北辰科技", "Zeta (UK)", "中科"];
    const OWNERS: [&str; 3] = ["", "mei.lin", "王"];
    const VALUES: [&str; 5] = ["", "CNY 100", "USD 100", "CNY 100", "JPY 5000"];
    const ENDS: [&str; 4] = ["", "2026-12-31", "2027-01-31", "2026-12-31"];
    let (dir, mut store) = fresh();
    let mut txn = store.begin(Act::Import).unwrap();
    for (at, (name, owner, value, end)) in seeds.iter().enumerate() {
        let pick = |list: &'static [&'static str], n: u8| list[usize::from(n) % list.len()];
        let tier = pick(&["", "routine", "strategic"], *value);
        let words = [("name", pick(&NAMES, *name)), ("owner", pick(&OWNERS, *owner)), ("tier", tier)];
        let vendor = txn.insert(Kind::Vendor, None, &typed_in(Kind::Vendor, &words)).unwrap();
        let of = Ref { kind: Kind::Vendor, id: 1 + i64::from(*owner) % vendor.id };
        let code = code_of(of);
        let state = pick(&["draft", "in_force", "signed"], *name);
        let words = [
            ("vendor", code.as_str()),
            ("title", pick(&NAMES, *end)),
            ("state", state),
            ("value", pick(&VALUES, *value)),
            ("starts_on", "2026-01-01"),
            ("ends_on", pick(&ENDS, *end)),
            ("number", pick(&["", "HT-1", "HT-2"], *owner)),
        ];
        let contract = txn.insert(Kind::Contract, None, &typed_in(Kind::Contract, &words)).unwrap();
        if at % 5 == 4 {
            txn.shelve(contract, Shelf::Archive).unwrap();
        }
        if at % 7 == 6 {
            txn.shelve(vendor, Shelf::Archive).unwrap();
        }
    }
    txn.commit().unwrap();
    (dir, store)
}

/// The page a reference list gives for an anchor and a reach.
fn cut(all: &[i64], query: &Query) -> (Vec<i64>, u64, usize) {
    let (before, after) = query.reach;
    let last = all.len().saturating_sub(1);
    let part = |from: usize, to: usize| all[from.min(all.len())..to.min(all.len())].to_vec();
    match query.anchor {
        Anchor::First => (part(0, before + after), 0, 0),
        Anchor::Last => {
            let ids = part(all.len().saturating_sub(before + after), all.len());
            let anchor = ids.len().saturating_sub(1);
            ((ids.clone()), (all.len() - ids.len()) as u64, anchor)
        }
        Anchor::Row(row) => {
            let row = usize::try_from(row).unwrap().min(last);
            let start = row.saturating_sub(before);
            let ids = part(start, start + before + after);
            (ids.clone(), start as u64, (row - start).min(ids.len().saturating_sub(1)))
        }
        Anchor::Record { id, row } => match all.iter().position(|other| *other == id) {
            None => cut(all, &Query { anchor: Anchor::Row(row), ..query.clone() }),
            Some(at) => {
                let start = at.saturating_sub(before);
                (part(start, at + after.max(1)), start as u64, at - start)
            }
        },
    }
}

fn anchors() -> impl Strategy<Value = Anchor> {
    prop_oneof![
        Just(Anchor::First),
        Just(Anchor::Last),
        (0_u64..80).prop_map(Anchor::Row),
        (1_i64..60, 0_u64..60).prop_map(|(id, row)| Anchor::Record { id, row }),
    ]
}

#[test]
fn pages_are_those_of_a_sorted_list() {
    let config = ProptestConfig { cases: rounds(3, 200), ..ProptestConfig::default() };
    proptest!(config, |(
        seeds in proptest::collection::vec(any::<(u8, u8, u8, u8)>(), 0..50),
        asks in proptest::collection::vec((anchors(), 0_usize..20, 0_usize..30, any::<bool>(), 0_i64..6, any::<Option<(u8, bool)>>()), 12),
        words in prop_oneof!["", "", "alpha", "a", "华", "ht-1", "nothing here"],
    )| {
        let (_dir, store) = register(&seeds);
        for kind in [Kind::Vendor, Kind::Contract] {
            for column in kind.table().sortable() {
                for (anchor, before, after, archived, scope, then) in &asks {
                    for direction in [Direction::Up, Direction::Down] {
                        let query = Query {
                            kind,
                            scope: (kind == Kind::Contract && *scope > 2)
                                .then_some(Ref { kind: Kind::Vendor, id: *scope - 2 }),
                            filter: Asked::words(words.clone()),
                            order: (column, direction),
                            then: then.map(|(at, up)| {
                                let columns: Vec<Column> = kind.table().sortable().collect();
                                let way = if up { Direction::Up } else { Direction::Down };
                                (columns[usize::from(at) % columns.len()], way)
                            }).filter(|(then, _)| *then != column),
                            extra: Vec::new(),
                            shelf: if *archived { Shelves::Archived } else { Shelves::Open },
                            anchor: *anchor,
                            reach: (*before, *after),
                        };
                        let all = reference(&store, &query);
                        let page = store.page(&query).unwrap();
                        let ids: Vec<i64> = page.rows.iter().map(|row| row.at.id).collect();
                        let (wanted, start, place) = cut(&all, &query);
                        prop_assert_eq!(ids, wanted, "{:?}", query);
                        prop_assert_eq!(page.total, Some(all.len() as u64));
                        prop_assert_eq!((page.start, page.anchor), (start, place), "{:?}", query);
                        prop_assert_eq!(store.list(&query, None).unwrap(), all);
                    }
                }
            }
        }
    });
}

fn contracts(words: &str, anchor: Anchor) -> Query {
    Query {
        kind: Kind::Contract,
        scope: None,
        filter: Asked::words(words.to_owned()),
        order: Kind::Contract.table().order,
        then: None,
        extra: Vec::new(),
        shelf: Shelves::Open,
        anchor,
        reach: (0, 40),
    }
}

/// A filter that most records match is not looked up but held against each row on the way.
#[test]
fn a_broad_filter_gives_the_rows_of_the_reference() {
    let (_dir, mut store) = fresh();
    vendor(&mut store, "Alpha");
    let mut txn = store.begin(Act::Import).unwrap();
    for n in 0..crate::limits::FILTER_IDS + 300 {
        let title = if n % 3 == 0 { format!("Frame {n}") } else { format!("Alpha work {n}") };
        let number = format!("HT-{n}");
        let words = [("vendor", "V-0001"), ("title", title.as_str()), ("number", number.as_str())];
        txn.insert(Kind::Contract, None, &typed_in(Kind::Contract, &words)).unwrap();
    }
    txn.commit().unwrap();
    let words = "ht";
    let all = reference(&store, &contracts(words, Anchor::First));
    assert!(all.len() > crate::limits::FILTER_IDS);
    let middle = all[1_000];
    for anchor in [Anchor::First, Anchor::Last, Anchor::Row(1_000), Anchor::Record { id: middle, row: 1_000 }]
    {
        let query = contracts(words, anchor);
        let page = store.page(&query).unwrap();
        let (wanted, start, place) = cut(&all, &query);
        assert_eq!(page.rows.iter().map(|row| row.at.id).collect::<Vec<_>>(), wanted, "{anchor:?}");
        assert_eq!((page.start, page.anchor), (start, place), "{anchor:?}");
    }
    assert_eq!(store.count_matching(&contracts(words, Anchor::First)).unwrap(), all.len() as u64);
    let few = contracts("frame 3", Anchor::First);
    assert_eq!(store.list(&few, None).unwrap(), reference(&store, &few));
    assert_eq!(store.list(&contracts(words, Anchor::First), Some(7)).unwrap(), all[..7]);
}

#[test]
fn a_list_of_what_never_links_to_the_record_is_empty() {
    let (dir, _) = fresh();
    let store = demo(dir.path());
    let query = Query {
        kind: Kind::Kpi,
        scope: Some(Ref { kind: Kind::Vendor, id: 1 }),
        order: Kind::Kpi.table().order,
        ..contracts("", Anchor::First)
    };
    let page = store.page(&query).unwrap();
    assert_eq!((page.rows.len(), page.total), (0, Some(0)));
    assert_eq!(store.list(&query, None).unwrap(), Vec::<i64>::new());
}

#[test]
fn every_kind_and_order_of_the_demo_is_a_page() {
    let dir = tempfile::tempdir().unwrap();
    let store = demo(dir.path());
    for kind in Kind::ALL {
        let table = kind.table();
        for column in table.sortable().chain([table.order.0]) {
            for direction in [Direction::Up, Direction::Down] {
                let query = Query {
                    kind: *kind,
                    order: (column, direction),
                    reach: (0, 2_000),
                    ..contracts("", Anchor::First)
                };
                let page = store.page(&query).unwrap();
                assert_eq!(page.rows.len() as u64, page.total.unwrap(), "{kind:?}");
                for row in page.rows {
                    assert_eq!(row.cells.len(), table.columns.len());
                    let record = store.record(row.at).unwrap();
                    for (cell, column) in row.cells.iter().zip(&table.columns) {
                        assert_eq!(Some(cell), record.cell(*column), "{}", row.code);
                    }
                }
            }
        }
    }
}

/// The codes of a list narrowed by words.
fn narrowed(store: &Store, kind: Kind, words: &str) -> Vec<String> {
    let query = Query {
        kind,
        scope: None,
        filter: Asked::words(words.to_owned()),
        order: kind.table().order,
        then: None,
        extra: Vec::new(),
        shelf: Shelves::Open,
        anchor: Anchor::First,
        reach: (0, 500),
    };
    let page = store.page(&query).unwrap();
    let ids = store.list(&query, None).unwrap();
    assert_eq!(page.rows.iter().map(|row| row.at.id).collect::<Vec<_>>(), ids, "{words}");
    assert_eq!(page.total, Some(ids.len() as u64), "{words}");
    let mut codes: Vec<String> = page.rows.into_iter().map(|row| row.code).collect();
    codes.sort();
    codes
}

#[test]
fn a_filter_finds_what_the_columns_show() {
    let dir = tempfile::tempdir().unwrap();
    let store = demo(dir.path());
    for kind in [Kind::Contract, Kind::Review, Kind::Risk, Kind::Contact, Kind::Action] {
        let all = narrowed(&store, kind, "");
        let of_vendor = |code: &str| {
            let at = ref_of(code).unwrap();
            store.record(at).unwrap().get("vendor").as_link().map(|link| link.label.clone())
        };
        let some = all.iter().find_map(|code| of_vendor(code)).unwrap();
        let expected: Vec<String> =
            all.iter().filter(|code| of_vendor(code).as_ref() == Some(&some)).cloned().collect();
        let found = narrowed(&store, kind, &some);
        assert!(expected.iter().all(|code| found.contains(code)), "{kind:?} {some}: {found:?}");
        assert!(found.len() < all.len(), "{kind:?} {some}");
    }
    for (kind, column, words) in [
        (Kind::Vendor, "state", ["Active", "合作中"]),
        (Kind::Contract, "state", ["Ended", "已终止"]),
        (Kind::Contract, "badge", ["Lapsed", "到期未决"]),
        (Kind::Risk, "level", ["Severe", "重大"]),
    ] {
        let shows = |code: &String| {
            let record = store.record(ref_of(code).unwrap()).unwrap();
            matches!(record.get(column), Value::Choice(choice) if choice.label.en == words[0])
        };
        let expected: Vec<String> = narrowed(&store, kind, "").into_iter().filter(shows).collect();
        assert!(!expected.is_empty(), "{column} {words:?}");
        for word in words {
            let found = narrowed(&store, kind, word);
            assert!(expected.iter().all(|code| found.contains(code)), "{kind:?} {word}: {found:?}");
        }
        // Every word must stand somewhere.
        let both = narrowed(&store, kind, &format!("{} {}", words[0], expected[0]));
        assert_eq!(both, [expected[0].clone()], "{kind:?}");
    }
}

/// Every record that the words let through, found by holding all of them against the words.
fn let_through(store: &Store, kind: Kind, words: &str) -> Vec<i64> {
    use crate::store::index::entries;
    let typed = crate::lookup::Query::parse(words);
    let all = store.list(&Query { kind, order: kind.table().order, ..contracts("", Anchor::First) }, None);
    let holds = |id: &i64| {
        let record = store.record(Ref { kind, id: *id }).unwrap();
        let mut found = entries::of(&record);
        if let Some(vendor) = record.get("vendor").as_link() {
            found.extend(entries::of(&store.record(Ref { kind: Kind::Vendor, id: vendor.id }).unwrap()));
        }
        crate::lookup::matches(&typed, &found)
    };
    all.unwrap().into_iter().filter(holds).collect()
}

#[test]
fn a_filter_lets_no_record_slip_whatever_parts_its_words() {
    let dir = tempfile::tempdir().unwrap();
    let store = demo(dir.path());
    let of_vendors =
        Query { kind: Kind::Vendor, order: Kind::Vendor.table().order, ..contracts("", Anchor::First) };
    let mut words: Vec<String> =
        ["hu awei", "teng yun", "te ngyun", "licences/huawei", "&", "a b c d e f g h i j"]
            .map(str::to_owned)
            .to_vec();
    for id in store.list(&of_vendors, None).unwrap() {
        let record = store.record(Ref { kind: Kind::Vendor, id }).unwrap();
        let shown = ["phone", "website", "name"].map(|key| crate::entity::show::plain(record.get(key)));
        words.extend(shown.into_iter().filter(|word| !word.is_empty()));
    }
    for kind in [Kind::Vendor, Kind::Contract, Kind::Contact] {
        for word in &words {
            let query = Query { kind, order: kind.table().order, ..contracts(word, Anchor::First) };
            let found = store.list(&query, None).unwrap();
            let slipped: Vec<i64> =
                let_through(&store, kind, word).into_iter().filter(|id| !found.contains(id)).collect();
            assert_eq!(slipped, Vec::<i64>::new(), "{kind:?} {word}");
        }
    }
}
