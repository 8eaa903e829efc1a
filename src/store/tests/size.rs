//! Speed at size: a register of 100,000 vendors and 300,000 contracts, filled and asked. Figures
//! are printed; run with `cargo test --release --lib store::tests::size -- --ignored --nocapture`.

#![expect(
    clippy::print_stdout,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::too_many_lines,
    reason = "it prints figures, and is run by hand"
)]

use std::time::{Duration, Instant};

use super::*;
use crate::demo::synthetic::{self, RARE_EN, RARE_ZH, Sizes};
use crate::entity::{Column, Direction};

const BATCH: usize = 10_000;

/// 100,000 vendors, or as many as `VENDECK_SIZE` says, and all else in proportion.
fn sizes() -> Sizes {
    let vendors = std::env::var("VENDECK_SIZE").ok().and_then(|size| size.parse().ok()).unwrap_or(100_000);
    Sizes { vendors, contracts: 3 * vendors, reviews: vendors / 5, risks: vendors / 20 }
}

fn fill(path: &std::path::Path) -> Store {
    let opening = Opening { path: path.to_path_buf(), ..opening(path.parent().unwrap()) };
    let mut store = Store::open(&opening).unwrap();
    let began = Instant::now();
    let mut count = 0_usize;
    let mut entries = synthetic::register(1, sizes(), today()).peekable();
    while entries.peek().is_some() {
        let mut txn = store.begin(Act::Found).unwrap();
        for entry in entries.by_ref().take(BATCH) {
            txn.enter(&entry).unwrap();
            count += 1;
        }
        txn.commit().unwrap();
    }
    let took = began.elapsed();
    let bytes = std::fs::metadata(path).unwrap().len();
    println!(
        "entered {count} records in {took:.1?}: {:.0} a second, {} MB",
        count as f64 / took.as_secs_f64(),
        bytes / 1_000_000
    );
    store
}

fn timed<T>(name: &str, times: usize, mut ask: impl FnMut(usize) -> T) {
    let mut all: Vec<Duration> = (0..times)
        .map(|turn| {
            let began = Instant::now();
            std::hint::black_box(ask(turn));
            began.elapsed()
        })
        .collect();
    all.sort_unstable();
    println!(
        "{name:<44} p50 {:>9.1?}  p95 {:>9.1?}  worst {:>9.1?}",
        all[times / 2],
        all[times * 95 / 100],
        all[times - 1]
    );
}

fn query(kind: Kind, order: (Column, Direction), anchor: Anchor) -> Query {
    let reach = match anchor {
        Anchor::Record { .. } => (45, 45),
        _ => (0, 90),
    };
    Query {
        kind,
        scope: None,
        filter: Asked::default(),
        order,
        then: None,
        extra: Vec::new(),
        shelf: Shelves::Open,
        anchor,
        reach,
    }
}

#[test]
#[ignore = "takes minutes; figures of speed"]
fn at_size() {
    let kept = std::env::var_os("VENDECK_SIZE_FILE").map(std::path::PathBuf::from);
    let dir = tempfile::tempdir().unwrap();
    let path = kept.unwrap_or_else(|| dir.path().join("size.db"));
    let store = if path.exists() {
        Store::open(&Opening { path: path.clone(), ..opening(dir.path()) }).unwrap()
    } else {
        fill(&path)
    };
    for kind in [Kind::Vendor, Kind::Contract] {
        let table = kind.table();
        let total = store.page(&query(kind, table.order, Anchor::First)).unwrap().total.unwrap();
        for column in table.sortable() {
            let key = table.head(column).key;
            let order = (column, Direction::Up);
            timed(&format!("{} by {key}, first", table.word), 50, |_| {
                store.page(&query(kind, order, Anchor::First)).unwrap()
            });
            timed(&format!("{} by {key}, last", table.word), 50, |_| {
                store.page(&query(kind, order, Anchor::Last)).unwrap()
            });
            let ids = store.list(&query(kind, order, Anchor::First), None).unwrap();
            for (name, part) in [("near the start", 100), ("at a quarter", 4), ("in the middle", 2)] {
                timed(&format!("{} by {key}, {name}", table.word), 40, |turn| {
                    let row = total / part + turn as u64 * 7;
                    let id = ids[usize::try_from(row).unwrap()];
                    store.page(&query(kind, order, Anchor::Record { id, row })).unwrap()
                });
            }
        }
    }
    let worst: Vec<i64> = store
        .conn
        .prepare("SELECT l_vendor FROM contract_x GROUP BY l_vendor ORDER BY count(*) DESC LIMIT 3")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let of = |id| Ref { kind: Kind::Vendor, id };
    timed("card, usual vendor", 200, |turn| store.card(of(500 + turn as i64 * 97)).unwrap());
    timed("card, greatest vendors", 60, |turn| store.card(of(worst[turn % worst.len()])).unwrap());
    timed("card, contract", 200, |turn| {
        store.card(Ref { kind: Kind::Contract, id: 500 + turn as i64 * 97 }).unwrap()
    });
    timed("overview", 60, |_| store.overview(100).unwrap());
    timed("counts of the tabs", 60, |_| store.tab_counts().unwrap());
    timed("attention of 30 days", 60, |_| {
        store.attention(store.today().checked_add_days(chrono::Days::new(30)), 100).unwrap()
    });
    let table = Kind::Contract.table();
    for column in table.sortable() {
        let query = Query {
            scope: Some(of(worst[0])),
            ..query(Kind::Contract, (column, Direction::Up), Anchor::First)
        };
        timed(&format!("contracts of the greatest by {}", table.head(column).key), 20, |_| {
            store.page(&query).unwrap()
        });
    }
    for words in ["a", "技术", "te", "tech", RARE_EN, RARE_ZH, "hw", "13800"] {
        let query = Query {
            filter: Asked::words(words.to_owned()),
            ..query(Kind::Vendor, Kind::Vendor.table().order, Anchor::First)
        };
        timed(&format!("vendors filtered by {words}"), 20, |_| store.page(&query).unwrap());
        let query = Query { anchor: Anchor::Last, ..query };
        timed(&format!("vendors filtered by {words}, last"), 3, |_| store.page(&query).unwrap());
        let query = Query { kind: Kind::Contract, order: table.order, anchor: Anchor::First, ..query };
        timed(&format!("contracts filtered by {words}"), 20, |_| store.page(&query).unwrap());
        timed(&format!("find {words}"), 20, |_| store.find(words, KINDS).unwrap());
    }
    timed("find a typo: Zyxwel Quarzite", 20, |_| store.find("Zyxwel Quarzite", KINDS).unwrap());
    timed("list all contracts", 3, |_| {
        store.list(&query(Kind::Contract, table.order, Anchor::First), None).unwrap()
    });
    let biggest = store.card(of(worst[0])).unwrap();
    let contracts = biggest.related.iter().find(|r| r.kind == Kind::Contract).unwrap();
    println!("the greatest vendor has {} contracts", contracts.total);
    let row = contracts.rows[0].at;
    let title = row.kind.table().field("title").unwrap();
    drop(store);
    let mut store = Store::open(&Opening { path, ..opening(dir.path()) }).unwrap();
    timed("save a contract of the greatest vendor", 20, |turn| {
        let mut txn = store.begin(Act::Edit).unwrap();
        let new =
            Entered::Value(Value::Text(format!("Title {turn} {}", Instant::now().elapsed().as_nanos())));
        txn.update(row, &[Edit { field: title, seen: None, new }], None, None).unwrap();
        txn.commit().unwrap()
    });
    timed("undo", 10, |_| store.undo().unwrap());
    let later = today().checked_add_days(chrono::Days::new(1)).unwrap();
    store.set_today(later);
    println!("stale the next day: {}", index::stale(&store.conn, later, usize::MAX >> 1).unwrap().len());
    timed("overview the next day, stale", 3, |_| store.overview(100).unwrap());
    let began = Instant::now();
    let mut done = 0;
    loop {
        let step = store.refresh_stale(500).unwrap();
        done += step;
        if step == 0 {
            break;
        }
    }
    println!("refreshed {done} in {:?}", began.elapsed());
}

/// Filters on columns in a register of any size, named by `VENDECK_SIZE_FILE`.
#[test]
#[ignore = "wants a large register; figures of speed"]
fn filters_at_size() {
    let Some(path) = std::env::var_os("VENDECK_SIZE_FILE").map(std::path::PathBuf::from) else { return };
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&Opening { path, access: Access::Read, ..opening(dir.path()) }).unwrap();
    let reading = crate::entity::input::Reading {
        today: store.today(),
        money: crate::domain::money::MoneyRules::of_base(store.base_currency().unwrap()),
    };
    for (kind, filters) in [
        (
            Kind::Vendor,
            [
                "score:<70",
                "score:<30 tier:strategic",
                "state:active",
                "!owner:none",
                "tag:it",
                "notes:zzz",
                "class:bpo",
                "ends:<90d",
            ],
        ),
        (
            Kind::Contract,
            [
                "value:>1m",
                "ends:<90d state:in_force",
                "vendor:V-0031",
                "vendor:a",
                "vendor:tech value:>1m",
                "title:zzz",
                "!state:ended !a",
                "owner:none",
            ],
        ),
    ] {
        for typed in filters {
            let filter = crate::entity::filter::read(kind.table(), typed, &reading).asked();
            let query = Query { filter, ..query(kind, kind.table().order, Anchor::First) };
            timed(&format!("{} {typed}, first", kind.table().plural), 5, |_| store.page(&query).unwrap());
            timed(&format!("{} {typed}, count", kind.table().plural), 2, |_| {
                store.count_matching(&query).unwrap()
            });
        }
    }
}

/// Orders of two keys in a register of any size, named by `VENDECK_SIZE_FILE`.
#[test]
#[ignore = "wants a large register; figures of speed"]
fn orders_of_two_keys_at_size() {
    let Some(path) = std::env::var_os("VENDECK_SIZE_FILE").map(std::path::PathBuf::from) else { return };
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&Opening { path, access: Access::Read, ..opening(dir.path()) }).unwrap();
    for (kind, orders) in [
        (
            Kind::Vendor,
            ["tier,-score", "state,-score", "risk,name", "owner,ends", "name,score", "category,-change"],
        ),
        (
            Kind::Contract,
            [
                "state,-value",
                "state,act_by",
                "act_by,value",
                "number,title",
                "last_day,-value",
                "value,title",
            ],
        ),
    ] {
        for typed in orders {
            let order = crate::entity::Order::read(kind.table(), typed).unwrap();
            let query = Query { then: order.then, ..query(kind, order.first, Anchor::First) };
            let name = format!("{} by {typed}", kind.table().plural);
            timed(&format!("{name}, first"), 10, |_| store.page(&query).unwrap());
            timed(&format!("{name}, last"), 5, |_| {
                store.page(&Query { anchor: Anchor::Last, ..query.clone() }).unwrap()
            });
            let middle = Query { anchor: Anchor::Row(50_000), ..query.clone() };
            timed(&format!("{name}, row 50,000"), 2, |_| store.page(&middle).unwrap());
            let page = store.page(&middle).unwrap();
            let at = page.rows[page.anchor].at.id;
            let on =
                Query { anchor: Anchor::Record { id: at, row: 50_000 }, reach: (45, 45), ..query.clone() };
            timed(&format!("{name}, on from there"), 3, |_| store.page(&on).unwrap());
            let other = Query { order: kind.table().order, then: None, ..query.clone() };
            timed(&format!("{name}, there anew"), 2, |_| {
                store.page(&other).unwrap();
                store.page(&on).unwrap()
            });
        }
    }
}
