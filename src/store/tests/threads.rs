//! The two threads: the newest question wins, writes go in order and are never lost.

use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use super::support::*;
use super::*;
use crate::store::worker::{Report, STALE_ROWS, Workers};

const LONG: Duration = Duration::from_secs(20);

fn start(dir: &std::path::Path) -> (Workers, Receiver<Report>) {
    let (send, reports) = channel();
    let workers = Workers::start(&opening(dir), None, move |report| drop(send.send(report)));
    (workers, reports)
}

fn insert(name: &str) -> Write {
    let step =
        Step::Insert { kind: Kind::Vendor, fields: typed_in(Kind::Vendor, &[("name", name)]), reason: None };
    Write::Apply(Change { act: Act::Add, steps: vec![step] })
}

/// Reports until one answers what is asked for.
fn until<T>(reports: &Receiver<Report>, mut wanted: impl FnMut(&Report) -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        let report = reports.recv_timeout(LONG.saturating_sub(began.elapsed())).expect("no report came");
        if let Some(found) = wanted(&report) {
            return found;
        }
    }
}

#[test]
fn writes_are_done_in_order_and_all_of_them_before_the_end() {
    let (dir, store) = fresh();
    drop(store);
    let (workers, reports) = start(dir.path());
    for n in 1..=100 {
        assert!(workers.write(n, insert(&format!("Vendor {n}"))));
    }
    assert!(workers.write(101, Write::Undo));
    assert!(workers.write(102, Write::Redo));
    assert!(workers.write(103, Write::Undo));
    workers.close();
    let mut tickets = Vec::new();
    for report in reports {
        match report {
            Report::Written(ticket, result) => {
                assert_eq!(result.unwrap().records[0].id, i64::try_from(ticket).unwrap());
                tickets.push(ticket);
            }
            Report::Reverted(ticket, result) => {
                result.unwrap();
                tickets.push(ticket);
            }
            _ => {}
        }
    }
    assert_eq!(tickets, (1..=103).collect::<Vec<_>>());
    let store = Store::open(&opening(dir.path())).unwrap();
    assert_eq!(store.tab_counts().unwrap().vendors, 99);
}

#[test]
fn the_newest_question_of_a_slot_wins_and_stops_the_one_that_runs() {
    let (dir, mut store) = fresh();
    let mut txn = store.begin(Act::Import).unwrap();
    for n in 0..6_000 {
        let name = format!("Very long name of a vendor {n}");
        txn.insert(Kind::Vendor, None, &typed_in(Kind::Vendor, &[("name", name.as_str())])).unwrap();
    }
    txn.commit().unwrap();
    drop(store);
    let (workers, reports) = start(dir.path());
    let broad = Query {
        kind: Kind::Vendor,
        scope: None,
        filter: Asked::words("v".to_owned()),
        order: Kind::Vendor.table().order,
        then: None,
        extra: Vec::new(),
        shelf: Shelves::Open,
        anchor: Anchor::First,
        reach: (0, 10),
    };
    let count = |ticket| workers.ask(Slot::Count, ticket, Request::Count(broad.clone()));
    for ticket in 1..=50 {
        count(ticket);
    }
    workers.ask(Slot::Card, 99, Request::Card(Ref { kind: Kind::Vendor, id: 3 }));
    let mut answered = Vec::new();
    until(&reports, |report| {
        let Report::Answered(ticket, answer) = report else { return None };
        match answer {
            Answer::Count(count) => assert_eq!(*count, 6_000),
            Answer::Card(card) => assert_eq!(card.record.at.id, 3),
            other => panic!("{other:?}"),
        }
        answered.push(*ticket);
        (answered.contains(&50) && answered.contains(&99)).then_some(())
    });
    assert!(answered.len() <= 4, "questions that were replaced are not answered: {answered:?}");
}

#[test]
fn a_running_question_is_stopped() {
    let (_dir, mut store) = fresh();
    let stop = store.stoppable().unwrap();
    let stopper = std::thread::spawn({
        let stop = stop.clone();
        move || {
            std::thread::park_timeout(Duration::from_millis(5));
            stop.want();
        }
    });
    let began = Instant::now();
    let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    let ask = |sql| store.conn.query_row(sql, [], |row| row.get::<_, i64>(0)).map_err(refused);
    assert_eq!(ask(endless), Err(Refusal::Interrupted));
    assert!(began.elapsed() < LONG);
    stopper.join().unwrap();
    stop.take_back();
    assert_eq!(ask("SELECT count(*) FROM (VALUES (1), (2))"), Ok(2));
}

#[test]
fn a_question_of_many_short_statements_is_stopped_between_them_too() {
    let (_dir, mut store) = fresh();
    for n in 0..40 {
        vendor(&mut store, &format!("Alpha {n}"));
    }
    let stop = store.stoppable().unwrap();
    assert_eq!(store.find("alpha", crate::register::KINDS).unwrap().len(), 40);
    stop.want();
    assert_eq!(store.find("alpha", crate::register::KINDS), Err(Refusal::Interrupted));
    stop.take_back();
    assert_eq!(store.find("alpha", crate::register::KINDS).unwrap().len(), 40);
}

/// At every look of the engine at whether to stop, each kind of question is answered rightly or not at
/// all, and leaves no transaction open.
#[test]
fn a_question_stopped_at_any_moment_is_answered_rightly_or_not_at_all() {
    use std::sync::atomic::{AtomicU64, Ordering};
    let dir = tempfile::tempdir().unwrap();
    drop(demo(dir.path()));
    let mut store = Store::again(&opening(dir.path())).unwrap();
    store.stoppable().unwrap();
    let (looks, stop_at) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(u64::MAX)));
    let (counted, at) = (Arc::clone(&looks), Arc::clone(&stop_at));
    let wish = move || counted.fetch_add(1, Ordering::SeqCst) >= at.load(Ordering::SeqCst);
    store.conn.progress_handler(crate::store::STEPS, Some(wish)).unwrap();
    let filtered = |words: &str| Query {
        kind: Kind::Contract,
        scope: None,
        filter: Asked::words(words.to_owned()),
        order: Kind::Contract.table().order,
        then: None,
        extra: Vec::new(),
        shelf: Shelves::Open,
        anchor: Anchor::First,
        reach: (0, 40),
    };
    let requests = [
        Request::Find { text: "tengyun dta".to_owned(), kinds: crate::register::KINDS.to_vec() },
        Request::Page(filtered("tengyun active")),
        Request::Count(filtered("e")),
        Request::Overview { lines: 20 },
        Request::Sheet(Ref { kind: Kind::Vendor, id: 2 }),
        Request::History(None),
    ];
    for request in requests {
        let ask = |stop: u64| {
            looks.store(0, Ordering::SeqCst);
            stop_at.store(stop, Ordering::SeqCst);
            crate::store::worker::answer(&store, &request)
        };
        let whole = ask(u64::MAX).unwrap();
        assert_eq!(ask(u64::MAX), Ok(whole.clone()), "{request:?}");
        let all = looks.load(Ordering::SeqCst);
        assert!(all > 0, "{request:?} is never looked at");
        for stop in (0..all).step_by(usize::try_from(all / 200 + 1).unwrap()) {
            match ask(stop) {
                Ok(answer) => assert_eq!(answer, whole, "{request:?} stopped at {stop} of {all}"),
                Err(refusal) => assert_eq!(refusal, Refusal::Interrupted, "{request:?} at {stop}"),
            }
            assert!(store.conn.is_autocommit(), "{request:?} at {stop} leaves a transaction");
        }
    }
}

#[test]
fn changes_of_others_are_told() {
    let (dir, mut store) = fresh();
    let (workers, reports) = start(dir.path());
    workers.ask(Slot::Overview, 1, Request::Overview { lines: 10 });
    until(&reports, |report| matches!(report, Report::Answered(1, Answer::Overview(_))).then_some(()));
    vendor(&mut store, "Alpha");
    until(&reports, |report| matches!(report, Report::Changed).then_some(()));
    workers.ask(Slot::Overview, 2, Request::Overview { lines: 10 });
    let vendors = until(&reports, |report| match report {
        Report::Answered(2, Answer::Overview(overview)) => Some(overview.counts.vendors),
        _ => None,
    });
    assert_eq!(vendors, 1);
}

/// The day after all the contracts of [`many_contracts`] have ended.
fn later() -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 2, 1).unwrap()
}

/// A register in which a later day makes more rows wrong than some rounds bring up to it.
fn many_contracts() -> tempfile::TempDir {
    let (dir, mut store) = fresh();
    vendor(&mut store, "Alpha");
    let mut txn = store.begin(Act::Import).unwrap();
    for n in 0..5 * STALE_ROWS {
        let title = format!("Contract {n}");
        let words = [("vendor", "V-0001"), ("title", title.as_str()), ("ends_on", "2026-12-31")];
        txn.insert(Kind::Contract, None, &typed_in(Kind::Contract, &words)).unwrap();
    }
    txn.commit().unwrap();
    dir
}

fn opened_later(dir: &std::path::Path) -> Store {
    Store::open(&Opening { today: later(), ..opening(dir) }).unwrap()
}

#[test]
fn a_new_day_brings_rows_up_to_it() {
    let dir = many_contracts();
    let (workers, _reports) = start(dir.path());
    workers.set_today(later());
    let store = opened_later(dir.path());
    let began = Instant::now();
    while store.has_stale().unwrap() {
        assert!(began.elapsed() < LONG, "the rows stay as they were");
        std::thread::park_timeout(Duration::from_millis(5));
    }
    workers.close();
    assert_eq!(errors(&store), NONE);
}

#[test]
fn a_save_and_the_end_do_not_wait_until_every_row_is_of_the_new_day() {
    let dir = many_contracts();
    let (workers, reports) = start(dir.path());
    workers.set_today(later());
    assert!(workers.write(1, insert("Beta")));
    workers.close();
    until(&reports, |report| match report {
        Report::Written(1, result) => Some(result.clone().unwrap()),
        _ => None,
    });
    assert!(opened_later(dir.path()).has_stale().unwrap(), "what is left is for the next start");
}

/// Writes nonsense over the pages of a table or an index of a register that nobody has open.
fn damage(dir: &std::path::Path, name: &str) {
    let store = Store::open(&opening(dir)).unwrap();
    let number = |statement: &str| store.conn.query_row(statement, [], |row| row.get::<_, i64>(0)).unwrap();
    let page = number(&format!("SELECT rootpage FROM sqlite_schema WHERE name = '{name}'"));
    let size = number("PRAGMA page_size");
    drop(store);
    let mut bytes = std::fs::read(dir.join("r.db")).unwrap();
    let byte = |page: i64| usize::try_from(page * size).unwrap();
    bytes[byte(page - 1)..byte(page)].fill(0x5a);
    std::fs::write(dir.join("r.db"), bytes).unwrap();
}

#[test]
fn damage_is_told_whatever_meets_it() {
    let (dir, mut store) = fresh();
    vendor(&mut store, "Alpha");
    let contract =
        [("vendor", "V-0001"), ("title", "Frame"), ("starts_on", "2026-01-01"), ("ends_on", "2026-12-31")];
    add(&mut store, Kind::Contract, &contract);
    drop(store);
    damage(dir.path(), "contract_x_last_day");
    damage(dir.path(), "vendor");
    damage(dir.path(), "event");
    let (workers, reports) = start(dir.path());
    let damaged = || until(&reports, |report| report.damage().is_some().then(|| format!("{report:?}")));
    workers.ask(Slot::Card, 1, Request::Card(Ref { kind: Kind::Vendor, id: 1 }));
    assert!(damaged().starts_with("Answered"));
    assert!(workers.write(2, insert("Beta")));
    assert!(damaged().starts_with("Written"));
    assert!(workers.write(3, Write::Undo));
    assert!(damaged().starts_with("Reverted"));
    workers.set_today(later());
    assert!(damaged().starts_with("Stale"));
}

#[test]
fn threads_without_a_register_refuse_and_go_on() {
    let dir = tempfile::tempdir().unwrap();
    let (workers, reports) = start(dir.path());
    workers.ask(Slot::List, 7, Request::Overview { lines: 10 });
    assert!(workers.write(8, insert("Alpha")));
    let mut seen = (false, false);
    until(&reports, |report| {
        match report {
            Report::Answered(7, Answer::Refused(_)) => seen.0 = true,
            Report::Written(8, Err(_)) => seen.1 = true,
            other => panic!("{other:?}"),
        }
        (seen == (true, true)).then_some(())
    });
    drop(Store::open(&opening(dir.path())).unwrap());
    workers.ask(Slot::List, 9, Request::Overview { lines: 10 });
    until(&reports, |report| matches!(report, Report::Answered(9, Answer::Overview(_))).then_some(()));
}

#[test]
fn twenty_writers_lose_nothing() {
    let (dir, mut store) = fresh();
    let counter = vendor(&mut store, "Counter");
    edit(&mut store, counter, &[("notes", "0")]);
    let path = dir.path();
    std::thread::scope(|scope| {
        for writer in 0..20 {
            scope.spawn(move || {
                let actor = format!("operator {writer}");
                let mut store = Store::open(&Opening { actor, ..opening(path) }).unwrap();
                for n in 0..5 {
                    vendor(&mut store, &format!("Vendor {writer}-{n}"));
                }
                increment(&mut store, counter);
            });
        }
    });
    assert_eq!(store.tab_counts().unwrap().vendors, 101);
    assert_eq!(shown(&store, counter, "notes"), "20");
    assert_eq!(errors(&store), NONE);
}

/// Adds one to a number, and again from the start when another was first.
fn increment(store: &mut Store, counter: Ref) {
    loop {
        let record = store.record(counter).unwrap();
        let next: i64 = plain(&record, "notes").parse::<i64>().unwrap() + 1;
        let edits = vec![Edit {
            field: at(Kind::Vendor, "notes"),
            seen: None,
            new: Value::Text(next.to_string()).into(),
        }];
        let step = Step::Update { at: counter, edits, reason: None, only_if: Some(record.version) };
        match store.apply(&Change { act: Act::Edit, steps: vec![step] }) {
            Ok(_) => return,
            Err(Refusal::Conflict(_)) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
}
