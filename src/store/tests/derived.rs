//! Derived columns follow their inputs: at once, back again, and as days pass.

use proptest::prelude::*;

use super::support::*;
use super::*;
use crate::store::worker;

fn vendor_row(store: &Store, vendor: Ref) -> [String; 6] {
    let record = store.record(vendor).unwrap();
    ["score", "change", "grade", "risk", "contracts", "ends"].map(|key| plain(&record, key))
}

#[test]
fn a_vendor_follows_its_reviews() {
    let (_dir, mut store) = fresh();
    let a = vendor(&mut store, "Alpha");
    let b = vendor(&mut store, "Beta");
    let score = |store: &Store, vendor| {
        let [points, change, grade, ..] = vendor_row(store, vendor);
        (points, change, grade)
    };
    let is = |s: &str, c: &str, g: &str| (s.to_owned(), c.to_owned(), g.to_owned());
    review(&mut store, a, "2025-Q4", "70");
    assert_eq!(score(&store, a), is("70", "", "C"));
    let q1 = review(&mut store, a, "2026-Q1", "80");
    let q2 = review(&mut store, a, "2026-Q2", "92");
    assert_eq!(score(&store, a), is("92", "12", "A"));
    rate(&mut store, q1, "90");
    assert_eq!(shown(&store, q2, "change"), "2", "the change of the next review follows");
    assert_eq!(score(&store, a), is("92", "2", "A"));
    shelve(&mut store, q2, Shelf::Archive);
    assert_eq!(score(&store, a), is("90", "20", "A"));
    store.undo().unwrap();
    assert_eq!(score(&store, a), is("92", "2", "A"));
    edit(&mut store, q2, &[("vendor", &code_of(b))]);
    assert_eq!((score(&store, a), score(&store, b)), (is("90", "20", "A"), is("92", "", "A")));
    store.undo().unwrap();
    edit(&mut store, q1, &[("period", "2026-Q3")]);
    assert_eq!(score(&store, a), is("90", "-2", "A"), "the review moved behind the other");
    assert_eq!(shown(&store, q2, "change"), "22");
    assert_eq!(errors(&store), NONE);
}

#[test]
fn periods_of_every_kind_stand_in_the_order_of_their_last_days() {
    let (_dir, mut store) = fresh();
    let a = vendor(&mut store, "Alpha");
    for (period, points) in
        [("2026", "50"), ("2025-H2", "60"), ("2026-03", "70"), ("2026-Q1", "80"), ("2025-12", "90")]
    {
        review(&mut store, a, period, points);
    }
    let order = (Kind::Review.table().column("period").unwrap(), crate::entity::Direction::Up);
    let query = Query {
        kind: Kind::Review,
        scope: Some(a),
        filter: Asked::default(),
        order,
        then: None,
        extra: Vec::new(),
        shelf: Shelves::Open,
        anchor: Anchor::First,
        reach: (0, 9),
    };
    let ids = store.list(&query, None).unwrap();
    let periods: Vec<String> =
        ids.iter().map(|id| shown(&store, Ref { kind: Kind::Review, id: *id }, "period")).collect();
    assert_eq!(periods, ["2025-12", "2025-H2", "2026-03", "2026-Q1", "2026"]);
    assert_eq!(vendor_row(&store, a)[0], "50");
    assert_eq!(errors(&store), NONE);
}

#[test]
fn a_vendor_follows_its_risks() {
    let (_dir, mut store) = fresh();
    let (a, b) = (vendor(&mut store, "Alpha"), vendor(&mut store, "Beta"));
    let risk = |store: &Store, vendor| vendor_row(store, vendor)[3].clone();
    let low = add(&mut store, Kind::Risk, &[("title", "Late"), ("vendor", "V-0001"), ("inherent", "1x2")]);
    let high = add(&mut store, Kind::Risk, &[("title", "Leak"), ("vendor", "V-0001"), ("inherent", "5x5")]);
    assert_eq!(risk(&store, a), "severe");
    edit(&mut store, high, &[("current", "1x3")]);
    assert_eq!(risk(&store, a), "low");
    store.undo().unwrap();
    edit(&mut store, high, &[("vendor", "V-0002")]);
    assert_eq!((risk(&store, a), risk(&store, b)), ("low".to_owned(), "severe".to_owned()));
    edit(&mut store, high, &[("state", "closed")]);
    assert_eq!(risk(&store, b), "");
    shelve(&mut store, low, Shelf::Archive);
    assert_eq!(risk(&store, a), "");
    store.undo().unwrap();
    assert_eq!(risk(&store, a), "low");
    assert_eq!(errors(&store), NONE);
}

#[test]
fn a_vendor_follows_its_contracts() {
    let (_dir, mut store) = fresh();
    let (a, b) = (vendor(&mut store, "Alpha"), vendor(&mut store, "Beta"));
    let row = |store: &Store, vendor| {
        let [.., contracts, ends] = vendor_row(store, vendor);
        (contracts, ends)
    };
    let is = |c: &str, e: &str| (c.to_owned(), e.to_owned());
    let first = contract(&mut store, a, &[("starts_on", "2026-01-01"), ("ends_on", "2026-09-30")]);
    contract(&mut store, a, &[("starts_on", "2026-01-01"), ("ends_on", "2027-09-30")]);
    add(&mut store, Kind::Contract, &[("vendor", "V-0001"), ("title", "Draft"), ("ends_on", "2026-08-01")]);
    assert_eq!(row(&store, a), is("2", "2026-09-30"));
    edit(&mut store, first, &[("vendor", "V-0002")]);
    assert_eq!((row(&store, a), row(&store, b)), (is("1", "2027-09-30"), is("1", "2026-09-30")));
    shelve(&mut store, first, Shelf::Archive);
    assert_eq!(row(&store, b), is("0", ""));
    for _ in 0..2 {
        store.undo().unwrap();
    }
    assert_eq!((row(&store, a), row(&store, b)), (is("2", "2026-09-30"), is("0", "")));
    assert_eq!(errors(&store), NONE);
}

/// One contract of every way to renew, one vendor.
fn timeline(store: &mut Store) -> (Ref, Vec<Ref>) {
    let a = vendor(store, "Alpha");
    let begins = ("starts_on", "2025-09-01");
    let year = ("term", "12m");
    let all = [
        contract(store, a, &[begins, year, ("renewal", "auto"), ("renewal_term", "12m"), ("notice", "60d")]),
        contract(store, a, &[begins, year, ("renewal", "none")]),
        contract(
            store,
            a,
            &[begins, ("term", "1m"), ("renewal", "auto"), ("renewal_term", "1m"), ("notice", "7d")],
        ),
        contract(store, a, &[begins, ("renewal", "evergreen"), ("notice", "3m")]),
        contract(store, a, &[begins, year, ("renewal", "express")]),
        contract(store, a, &[("starts_on", "2026-09-01"), year, ("renewal", "auto"), ("renewal_term", "6m")]),
    ];
    (a, all.to_vec())
}

#[test]
fn a_contract_changes_from_day_to_day() {
    let (_dir, mut store) = fresh();
    let (_, all) = timeline(&mut store);
    let mut seen = Vec::new();
    for day in ["2026-06-01", "2026-07-03", "2026-07-04", "2026-08-31", "2026-09-01", "2027-06-01"] {
        store.set_today(day.parse().unwrap());
        let record = store.record(all[0]).unwrap();
        seen.push(["badge", "act_by", "last_day"].map(|key| plain(&record, key)));
    }
    let is = |b: &str, a: &str, l: &str| [b.to_owned(), a.to_owned(), l.to_owned()];
    assert_eq!(
        seen,
        [
            is("in_term", "2026-07-03", "2026-08-31"),
            is("notice_window", "2026-07-03", "2026-08-31"),
            is("notice_missed", "2026-07-03", "2026-08-31"),
            is("notice_missed", "2026-07-03", "2026-08-31"),
            is("in_term", "2027-07-02", "2027-08-31"),
            is("in_term", "2027-07-02", "2027-08-31"),
        ]
    );
}

/// Everything a screen asks, as words.
fn answers(store: &Store) -> Vec<String> {
    let page = |kind: Kind| {
        Request::Page(Query {
            kind,
            scope: None,
            filter: Asked::default(),
            order: kind.table().order,
            then: None,
            extra: Vec::new(),
            shelf: Shelves::Open,
            anchor: Anchor::First,
            reach: (0, 50),
        })
    };
    let mut said = Vec::new();
    for request in [page(Kind::Vendor), page(Kind::Contract)] {
        let Answer::Page(mut page, counts) = worker::answer(store, &request).unwrap() else { panic!() };
        // Where rows stand is that of the day they were written on; what they say is today's.
        page.rows.sort_by_key(|row| row.at);
        said.push(format!("{:?} {counts:?}", page.rows));
    }
    let overview = store.overview(100).unwrap();
    said.push(format!("{:?}", (overview.counts, overview.attention, overview.ends, overview.committed)));
    for id in 1..=6 {
        said.push(format!("{:?}", store.card(Ref { kind: Kind::Contract, id }).unwrap().record));
    }
    let card = store.card(Ref { kind: Kind::Vendor, id: 1 }).unwrap();
    let contracts = card.related.into_iter().find(|r| r.kind == Kind::Contract).unwrap();
    let mut rows = contracts.rows;
    rows.sort_by_key(|record| record.at);
    said.push(format!("{:?} {rows:?}", card.record));
    said
}

/// A register that cannot be written answers on any day as one that was brought up to that day.
#[test]
fn another_day_is_answered_as_if_all_was_made_anew() {
    let config = ProptestConfig { cases: rounds(10, 400), ..ProptestConfig::default() };
    let (dir, mut store) = fresh();
    timeline(&mut store);
    drop(store);
    proptest!(config, |(days in -500_i64..1_500)| {
        let day = today() + chrono::TimeDelta::days(days);
        let copy = tempfile::tempdir().unwrap();
        let path = copy.path().join("r.db");
        std::fs::copy(dir.path().join("r.db"), &path).unwrap();
        let reading = Opening { path: path.clone(), access: Access::Read, today: day, ..opening(copy.path()) };
        let read_only = answers(&Store::open(&reading).unwrap());
        let mut store = Store::open(&Opening { access: Access::Write, ..reading }).unwrap();
        while store.refresh_stale(2).unwrap() > 0 {}
        prop_assert!(!store.has_stale().unwrap(), "every row is right on {}", day);
        prop_assert_eq!(answers(&store), read_only, "on {}", day);
        prop_assert_eq!(errors(&store), NONE);
    });
}

#[test]
fn what_is_stale_is_refreshed_and_then_nothing_is() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = demo(dir.path());
    assert_eq!(store.refresh_stale(1_000).unwrap(), 0, "rows of today are right today");
    store.set_today("2027-01-15".parse().unwrap());
    assert!(store.refresh_stale(1_000).unwrap() > 5);
    assert_eq!(store.refresh_stale(1_000).unwrap(), 0, "a lapsed contract does not stay stale");
    assert_eq!(errors(&store), NONE);
}

#[test]
fn check_passes_on_a_day_nobody_has_refreshed_for() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = demo(dir.path());
    for day in ["2026-08-01", "2027-03-01", "2020-01-01"] {
        store.set_today(day.parse().unwrap());
        assert_eq!(errors(&store), NONE, "on {day}");
    }
}

/// Every derived row that is meddled with is found, by record and field.
#[test]
fn check_names_the_record_and_the_field() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("r.db");
    drop(demo(dir.path()));
    let cases = [
        ("UPDATE contract_x SET last_day = '2030-01-01' WHERE id = 3", "index", "C-0003", "last_day"),
        ("UPDATE contract_x SET s_title = 'x' WHERE id = 3", "index", "C-0003", "title"),
        ("UPDATE contract_x SET l_vendor = 99 WHERE id = 3", "index", "C-0003", "vendor"),
        ("UPDATE contract_x SET archived = 1 WHERE id = 3", "index", "C-0003", "archived"),
        ("UPDATE vendor_x SET score = 1 WHERE id = 2", "index", "V-0002", "score"),
        ("UPDATE vendor_x SET shares = '' WHERE id = 2", "tally", "V-0002", "shares"),
        ("DELETE FROM vendor_x WHERE id = 2", "index", "V-0002", "id"),
        (
            "UPDATE tally SET count = count + 1 WHERE kind = 9 AND what = 'level' AND word = 'high'",
            "tally",
            "",
            "risk level high",
        ),
        (
            "UPDATE tally SET sum = sum + 1 WHERE kind = 3 AND what = 'annual' AND word = 'CNY'",
            "tally",
            "",
            "contract annual CNY",
        ),
        ("UPDATE directory SET label = 'x' WHERE doc = 4 * 128", "directory", "V-0004", "label"),
        (
            "UPDATE due SET date = '2020-01-01' WHERE rowid = 0 OR doc = (SELECT min(doc) FROM due)",
            "due",
            "*",
            "date",
        ),
        ("DELETE FROM lookup_doc WHERE doc = 5", "lookup", "V-0005", "entries"),
        ("UPDATE lookup_doc SET entries = x'00010078' WHERE doc = 5", "lookup", "V-0005", "entries"),
        ("DELETE FROM lookup_key WHERE kind = 0 AND id = 5", "lookup", "V-0005", "entries"),
        ("INSERT INTO lookup_key VALUES (0, 'ghost', 5)", "lookup", "", "vendor"),
        ("UPDATE vendor SET address = 'Elsewhere' WHERE id = 5", "history", "V-0005", "address"),
        ("UPDATE contract SET archived_at = 'x' WHERE id = 5", "history", "C-0005", "archived_at"),
        ("UPDATE risk SET version = 9 WHERE id = 5", "history", "RK-0005", "version"),
        ("DELETE FROM action WHERE id = 3", "history", "AC-0003", "id"),
        ("UPDATE sequence SET next = 2 WHERE kind = 0", "history", "", "vendor"),
        ("UPDATE change SET live = 0 WHERE id = 2", "history", "*", "change 2"),
        ("INSERT INTO directory VALUES (999 * 128, 'ghost', NULL, 0)", "directory", "V-0999", "id"),
        ("DELETE FROM sqlite_sequence WHERE 0; DROP INDEX vendor_x_risk", "schema", "", "vendor_x_risk"),
    ];
    for (sql, rule, code, field) in cases {
        let copy = dir.path().join("copy.db");
        std::fs::copy(&path, &copy).unwrap();
        let sql = sql.replace("rowid = 0 OR ", "");
        meddle(&copy, &sql);
        let store = Store::open(&Opening { path: copy.clone(), ..opening(dir.path()) }).unwrap();
        let found = store.check().unwrap();
        let named =
            found.iter().any(|f| f.rule == rule && (code == "*" || f.code == code) && f.field == field);
        assert!(named, "{sql}: {found:?}");
    }
}

/// The look-up keeps the beginning of a long text and the first of many; that is no damage.
#[test]
fn check_passes_where_the_look_up_keeps_less_than_the_record() {
    use crate::limits::{ENTRIES, ENTRY_CHARS};
    let (_dir, mut store) = fresh();
    let name = "长".repeat(ENTRY_CHARS + 20);
    let tags: Vec<String> = (0..ENTRIES + 12).map(|n| format!("tag {n}")).collect();
    let a = add(&mut store, Kind::Vendor, &[("name", &name), ("tags", &tags.join(","))]);
    assert_eq!(errors(&store), NONE);
    edit(&mut store, a, &[("phone", "1")]);
    assert_eq!(errors(&store), NONE);
}

#[test]
fn tallies_are_recounted_after_many_acts() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = demo(dir.path());
    let mut seed = 7_u64;
    let mut next = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    for _ in 0..rounds(150, 3_000) {
        let kind =
            [Kind::Vendor, Kind::Contract, Kind::Risk, Kind::ReviewRow][usize::try_from(next(4)).unwrap()];
        let record = Ref { kind, id: i64::try_from(1 + next(30)).unwrap() };
        let words = match (kind, next(3)) {
            (Kind::Vendor, _) => [("state", "watch"), ("state", "suspended"), ("state", "active")]
                [usize::try_from(next(3)).unwrap()],
            (Kind::Contract, 0) => ("value", "USD 12000"),
            (Kind::Contract, 1) => ("vendor", "V-0007"),
            (Kind::Contract, _) => ("ends_on", "2027-02-28"),
            (Kind::Risk, 0) => ("current", "1x1"),
            (Kind::Risk, 1) => ("vendor", "V-0003"),
            (Kind::Risk, _) => ("state", "closed"),
            _ => ("rating", "2"),
        };
        match next(6) {
            0 => drop(store.undo()),
            1 => drop(store.redo()),
            2 => drop(try_shelve(&mut store, record, Shelf::Archive)),
            3 => drop(try_shelve(&mut store, record, Shelf::Open)),
            _ => drop(try_edit(&mut store, record, &[words], Some("why"))),
        }
    }
    assert!(store.history(1).unwrap()[0].seq > 200);
    assert_eq!(errors(&store), NONE);
}

#[test]
fn a_review_that_is_still_being_filled_says_nothing_of_its_vendor() {
    let (_dir, mut store) = fresh();
    let a = vendor(&mut store, "Alpha");
    review(&mut store, a, "2025-Q4", "81");
    let newest = add(&mut store, Kind::Review, &[("vendor", &code_of(a)), ("period", "2026-Q1")]);
    let rows = store.related(newest, Kind::ReviewRow, at(Kind::ReviewRow, "review"), 20).unwrap().rows;
    let says = |store: &Store| {
        let [points, change, grade, ..] = vendor_row(store, a);
        [points, change, grade]
    };
    let mut seen = Vec::new();
    for row in rows {
        edit(&mut store, row.at, &[("rating", "5")]);
        let graded = !shown(&store, newest, "grade").is_empty();
        assert_eq!(says(&store), if graded { ["100", "19", "A"] } else { ["81", "", "B"] });
        seen.push(graded);
    }
    assert_eq!((seen.first(), seen.last()), (Some(&false), Some(&true)));
    let trend = store.overview(0).unwrap().periods;
    assert_eq!(trend, [("2025-Q4".to_owned(), 8_100), ("2026-Q1".to_owned(), 10_000)]);
    assert_eq!(errors(&store), NONE);
}

#[test]
fn a_vendor_keeps_the_grade_of_a_failed_veto() {
    let (_dir, mut store) = fresh();
    let a = vendor(&mut store, "Alpha");
    let review = review(&mut store, a, "2026-Q1", "95");
    let row =
        store.related(review, Kind::ReviewRow, at(Kind::ReviewRow, "review"), 1).unwrap().rows.remove(0);
    edit(&mut store, Ref { kind: Kind::Kpi, id: row.get("kpi").as_link().unwrap().id }, &[("veto", "yes")]);
    edit(&mut store, row.at, &[("override_points", "0")]);
    assert_eq!(shown(&store, review, "grade"), "D");
    assert_eq!(vendor_row(&store, a)[2], "D");
    assert_eq!(errors(&store), NONE);
}

#[test]
fn a_contract_that_was_never_marked_as_in_force_is_not_silent() {
    let (_dir, mut store) = fresh();
    vendor(&mut store, "Alpha");
    let signed = add(
        &mut store,
        Kind::Contract,
        &[
            ("vendor", "V-0001"),
            ("title", "Work"),
            ("state", "signed"),
            ("starts_on", "2025-09-01"),
            ("term", "12m"),
            ("renewal", "auto"),
            ("renewal_term", "12m"),
            ("notice", "30d"),
        ],
    );
    assert_eq!(shown(&store, signed, "badge"), "notice_window");
    assert_eq!(shown(&store, signed, "act_by"), "2026-07-31");
    assert_eq!(store.attention(None, 10).unwrap().len(), 1);
    edit(&mut store, signed, &[("state", "cancelled"), ("notes", "never")]);
    assert_eq!(store.attention(None, 10).unwrap(), []);
}

#[test]
fn reviews_are_due_by_the_fiscal_year() {
    let (_dir, mut store) = fresh();
    let a = vendor(&mut store, "Alpha");
    add(&mut store, Kind::Review, &[("vendor", &code_of(a)), ("period", "2026-Q1")]);
    let due = |store: &Store| store.attention(None, 10).unwrap().first().map(|line| line.date.to_string());
    assert_eq!(due(&store).as_deref(), Some("2026-04-15"));
    store.set("fiscal_year_start", "4").unwrap();
    assert_eq!(due(&store).as_deref(), Some("2026-07-15"), "the first quarter ends with June");
    assert_eq!(errors(&store), NONE);
    store.undo().unwrap();
    assert_eq!(due(&store).as_deref(), Some("2026-04-15"));
    assert_eq!(errors(&store), NONE);
    sentences(&store.set("default_template", "T-9999").unwrap_err());
}

#[test]
fn a_bound_beyond_the_stored_order_is_its_end() {
    let (_dir, mut store) = fresh();
    let vendor = vendor(&mut store, "Alpha");
    // No date that is read is so late; a register of another hand may hold one all the same.
    let code = code_of(vendor);
    let words = [("vendor", code.as_str()), ("title", "For ever"), ("state", "in_force")];
    let mut fields = typed_in(Kind::Contract, &words);
    let last = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap();
    fields.push((at(Kind::Contract, "ends_on"), Entered::Value(Value::Date(last))));
    let step = Step::Insert { kind: Kind::Contract, fields, reason: None };
    store.apply(&Change { act: Act::Add, steps: vec![step] }).unwrap();
    assert!(!store.has_stale().unwrap());
    assert_eq!(errors(&store), NONE);
}

#[test]
fn rows_that_stay_stale_are_not_tried_for_ever() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = demo(dir.path());
    meddle(
        &dir.path().join("r.db"),
        "CREATE TRIGGER never AFTER INSERT ON contract_x BEGIN \
         UPDATE contract_x SET valid_until = '' WHERE id = NEW.id; END;",
    );
    store.set_today("2027-01-15".parse().unwrap());
    let rounds = (0..1_000).take_while(|_| store.refresh_stale(1).unwrap() > 0).count();
    assert!(rounds < 1_000);
    assert!(store.has_stale().unwrap());
}

#[test]
fn a_calendar_of_the_registers_own_is_counted_by_and_a_change_of_it_moves_what_was() {
    let (dir, mut store) = fresh();
    let a = vendor(&mut store, "Alpha");
    let terms = [("starts_on", "2026-01-01"), ("term", "12m"), ("renewal", "auto"), ("renewal_term", "12m")];
    let counted = [("notice", "5bd"), ("calendar", "isle")];
    let words = [("vendor", "V-0001"), ("title", "Work"), ("state", "in_force")];
    let refusal = try_add(&mut store, Kind::Contract, &[&words[..], &terms, &counted].concat()).unwrap_err();
    assert!(sentences(&refusal)[0].contains("there are: weekends, cn"), "{refusal:?}");
    let days = "[2026]\noff = [\"12-29..12-31\"]\n";
    let isle = add(&mut store, Kind::Calendar, &[("name", "isle"), ("days", days)]);
    let work = contract(&mut store, a, &[&terms[..], &counted].concat());
    // Five working days before 2027-01-01, of which three are off.
    assert_eq!(shown(&store, work, "act_by"), "2026-12-22");
    edit(&mut store, isle, &[("days", "[2026]\noff = []")]);
    assert_eq!(shown(&store, work, "act_by"), "2026-12-25");
    let bad = [("days", "[2026]\noff = [\"02-30\"]")];
    let refusal = try_edit(&mut store, isle, &bad, None).unwrap_err();
    assert!(sentences(&refusal)[0].contains("2026 off: 02-30"), "{refusal:?}");
    let renamed = try_edit(&mut store, isle, &[("name", "island")], None).unwrap_err();
    assert!(sentences(&renamed)[0].contains("C-0001 counts by"), "{renamed:?}");
    assert!(try_add(&mut store, Kind::Calendar, &[("name", "cn"), ("days", days)]).is_err());
    assert!(try_add(&mut store, Kind::Calendar, &[("name", "isle"), ("days", days)]).is_err());
    store.undo().unwrap();
    assert_eq!(shown(&store, work, "act_by"), "2026-12-22");
    drop(store);
    let store = Store::open(&opening(dir.path())).unwrap();
    assert_eq!(store.check().unwrap().iter().filter(|found| found.rule == "index").count(), 0);
}
