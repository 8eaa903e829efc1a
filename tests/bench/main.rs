//! Speed of what the screens ask, over a register of any size.
//!
//! `cargo bench` asks a register of 10,000 vendors and 30,000 contracts, made on the way;
//! `VENDECK_BENCH_VENDORS=100000` another size. Compare figures of one run only.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark ends where it fails")]

use std::process::Command;
use std::sync::OnceLock;

use divan::Bencher;
use tempfile::TempDir;
use vendeck::entity::filter::Asked;
use vendeck::entity::{Kind, Ref};
use vendeck::register::{Anchor, KINDS, Query, Shelves};
use vendeck::store::{Access, Opening, Store};

/// The day the register is made for and asked on.
const TODAY: &str = "2026-07-26";

/// The register, made once; thrown away with its folder.
fn register() -> &'static TempDir {
    static MADE: OnceLock<TempDir> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let vendors: u64 = std::env::var("VENDECK_BENCH_VENDORS").map_or(10_000, |n| n.parse().unwrap());
        let mut demo = Command::new(env!("CARGO_BIN_EXE_vendeck"));
        demo.arg("demo").arg("--keep").arg(folder.path().join("r.db"));
        demo.args([
            "--today",
            TODAY,
            "--vendors",
            &vendors.to_string(),
            "--contracts",
            &(3 * vendors).to_string(),
        ]);
        assert!(demo.status().expect("vendeck runs").success());
        folder
    })
}

fn store() -> Store {
    let opening = Opening {
        path: register().path().join("r.db"),
        access: Access::Read,
        actor: "bench".to_owned(),
        clock: || "2026-07-26T08:00:00Z".to_owned(),
        today: TODAY.parse().unwrap(),
        currency: vendeck::store::settings::DEFAULT_CURRENCY,
    };
    Store::open(&opening).unwrap()
}

fn contracts(words: &str, anchor: Anchor) -> Query {
    let table = Kind::Contract.table();
    Query {
        kind: Kind::Contract,
        scope: None,
        filter: Asked::words(words.to_owned()),
        order: table.order,
        then: None,
        extra: Vec::new(),
        shelf: Shelves::Open,
        anchor,
        reach: (40, 80),
    }
}

#[divan::bench]
fn opening(bencher: Bencher) {
    register();
    bencher.bench_local(store);
}

#[divan::bench]
fn overview(bencher: Bencher) {
    let store = store();
    bencher.bench_local(|| store.overview(35).unwrap());
}

#[divan::bench(args = ["first", "middle", "last"])]
fn page(bencher: Bencher, place: &str) {
    let store = store();
    let half = u64::try_from(store.tab_counts().unwrap().contracts / 2).unwrap();
    let anchor = match place {
        "first" => Anchor::First,
        "middle" => Anchor::Row(half),
        _ => Anchor::Last,
    };
    bencher.bench_local(|| store.page(&contracts("", anchor)).unwrap());
}

#[divan::bench(args = ["zyx", "cloud", "active", "云"])]
fn filter(bencher: Bencher, words: &str) {
    let store = store();
    bencher.bench_local(|| store.page(&contracts(words, Anchor::First)).unwrap());
}

#[divan::bench]
fn card(bencher: Bencher) {
    let store = store();
    let mut id = 0;
    bencher.bench_local(|| {
        id = id % 1_000 + 1;
        store.card(Ref { kind: Kind::Vendor, id }).unwrap()
    });
}

#[divan::bench(args = ["huawei", "hw", "北辰", "logistcs", "V-0123"])]
fn find(bencher: Bencher, typed: &str) {
    let store = store();
    bencher.bench_local(|| store.find(typed, KINDS).unwrap());
}

fn main() {
    divan::main();
}
