//! The connection: settings, migrations, a full disk, the chain of events.

use super::support::*;
use super::*;
use crate::store::check::Finding;
use crate::store::migrate;

#[test]
fn sqlite_is_new_enough_for_several_processes_on_one_log() {
    // 3.7.0 to 3.51.2 can corrupt a register that several processes write (the WAL-reset bug).
    assert!(rusqlite::version_number() >= 3_054_000, "{}", rusqlite::version());
}

#[test]
fn every_connection_has_the_safe_settings() {
    use rusqlite::config::DbConfig;
    use rusqlite::limits::Limit;
    let (dir, store) = fresh();
    let reader = Store::again(&Opening { access: Access::Read, ..opening(dir.path()) }).unwrap();
    for (store, access) in [(&store, Access::Write), (&reader, Access::Read)] {
        let pragma = |name: &str| -> String {
            let sql = format!("PRAGMA {name}");
            let value: rusqlite::types::Value = store.conn.query_row(&sql, [], |row| row.get(0)).unwrap();
            match value {
                rusqlite::types::Value::Text(text) => text,
                rusqlite::types::Value::Integer(n) => n.to_string(),
                other => format!("{other:?}"),
            }
        };
        let config = |setting| store.conn.db_config(setting).unwrap();
        assert_eq!(pragma("foreign_keys"), "1");
        assert_eq!(pragma("journal_mode"), "wal");
        assert_eq!(pragma("synchronous"), "2");
        assert_eq!(pragma("busy_timeout"), "10000");
        assert_eq!(pragma("trusted_schema"), "0");
        assert_eq!(pragma("cell_size_check"), "1");
        assert_eq!(pragma("mmap_size"), "0");
        assert_eq!(pragma("temp_store"), "2");
        assert_eq!(pragma("application_id"), APPLICATION_ID.to_string());
        assert_eq!(pragma("user_version"), SCHEMA_VERSION.to_string());
        assert_eq!(pragma("query_only"), if access == Access::Read { "1" } else { "0" });
        assert!(config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE));
        assert!(config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG));
        assert!(!config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA));
        assert!(!config(DbConfig::SQLITE_DBCONFIG_DQS_DML));
        assert!(!config(DbConfig::SQLITE_DBCONFIG_DQS_DDL));
        assert_eq!(store.conn.limit(Limit::SQLITE_LIMIT_ATTACHED).unwrap(), 0);
    }
}

#[test]
fn every_table_is_strict() {
    let (_dir, store) = fresh();
    let lax: Vec<String> = store
        .conn
        .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND type = 'table' AND name NOT LIKE 'sqlite_%'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(lax, NONE);
}

/// Shipped migrations never change; until the first release this one still may.
#[test]
fn shipped_migrations_are_those_that_were_shipped() {
    let versions: Vec<i64> = migrate::hashes().into_iter().map(|(version, _)| version).collect();
    assert_eq!(
        versions,
        [1_000, 1_001, 1_002, 1_003, 1_004, 1_005, 1_006, 1_007, 1_008, 1_009, 1_010, 1_011, 1_012, 1_013]
    );
    assert_eq!(SCHEMA_VERSION, *versions.last().unwrap());
    let pinned = include_str!("../../../assets/migrations/hashes.txt");
    let now: String = migrate::hashes().iter().map(|(version, hash)| format!("{version} {hash}\n")).collect();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write("assets/migrations/hashes.txt", &now).unwrap();
        return;
    }
    assert_eq!(pinned, now, "a migration changed; before the first release run with UPDATE=1");
}

#[test]
fn a_register_has_the_schema_of_the_migrations() {
    let (_dir, store) = fresh();
    let blank = migrate::schema(&migrate::blank(migrate::SCHEMA_VERSION).unwrap()).unwrap();
    assert_eq!(migrate::schema(&store.conn).unwrap(), blank);
    assert!(blank.len() > 60);
}

/// The built-in KPIs and scorecards of today have keys and scales that an old format does not keep: on the way down
/// to it they are lost, and their history tells of it. A register that was made by an old program never had them.
fn but_for_built_in(found: Vec<Finding>) -> Vec<Finding> {
    let is_built_in = |found: &Finding| found.code.starts_with("K-") || found.code.starts_with("T-");
    found.into_iter().filter(|found| !is_built_in(found)).collect()
}

/// The first format has no files and knows less of contracts; all else is as it is now.
#[test]
fn a_register_of_the_first_format_is_brought_up_with_a_copy_from_before() {
    let (dir, mut store) = fresh();
    let alpha = vendor(&mut store, "Alpha");
    let path = opening(dir.path()).path;
    let before = store.history(10).unwrap();
    make_old(&store, 1_000);
    drop(store);
    let mut store = Store::open(&opening(dir.path())).unwrap();
    let blank = migrate::schema(&migrate::blank(migrate::SCHEMA_VERSION).unwrap()).unwrap();
    assert_eq!(migrate::schema(&store.conn).unwrap(), blank);
    assert_eq!(store.history(10).unwrap(), before);
    let file = add(&mut store, Kind::File, &[("target", "/srv/a.pdf"), ("vendor", "Alpha")]);
    let card = store.sheet(alpha).unwrap();
    assert!(card.related.iter().any(|related| related.kind == Kind::File && related.total == 1));
    assert_eq!(store.record(file).unwrap().label(), "a.pdf");
    assert_eq!(but_for_built_in(store.check().unwrap()), []);
    let copy = path.with_extension("db.v1000.bak");
    let old = rusqlite::Connection::open(&copy).unwrap();
    assert_eq!(old.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0)).unwrap(), 1_000);
}

#[test]
fn a_break_in_the_history_of_an_older_format_stays_where_it_was() {
    let (dir, mut store) = fresh();
    vendor(&mut store, "Alpha");
    vendor(&mut store, "Beta");
    make_old(&store, 1_001);
    let path = opening(dir.path()).path;
    drop(store);
    meddle(&path, "DROP TRIGGER event_stays; UPDATE event SET reason = 'x' WHERE seq = 20;");
    let breaks = |store: &Store| {
        let all = crate::store::check::chain::broken(&store.conn).unwrap();
        all.into_iter().map(|found| found.sentence.in_(crate::texts::Lang::En)).collect::<Vec<_>>()
    };
    let reading = Opening { path: path.clone(), access: Access::Read, ..opening(dir.path()) };
    let old = breaks(&Store::open_as_it_is(&reading).unwrap());
    assert!(old.len() == 1 && old[0].contains("event 20 "), "{old:?}");
    assert_eq!(breaks(&open_at(&path, Access::Write).unwrap()), old);
}

#[test]
fn a_register_of_an_older_format_that_may_only_be_read_says_what_to_do_and_stays_as_it_was() {
    let (dir, mut store) = fresh();
    vendor(&mut store, "Alpha");
    make_old(&store, 1_001);
    let path = opening(dir.path()).path;
    drop(store);
    let before = std::fs::read(&path).unwrap();
    let refusal = open_at(&path, Access::Read).unwrap_err();
    assert!(sentences(&refusal)[0].contains("without --read-only"), "{refusal:?}");
    assert_eq!(std::fs::read(&path).unwrap(), before);
    drop(open_at(&path, Access::Write).unwrap());
    assert_eq!(but_for_built_in(open_at(&path, Access::Read).unwrap().check().unwrap()), []);
}

/// Settings are records, and a form can open one.
#[test]
fn a_setting_takes_only_what_fits_it_whichever_way_it_is_entered() {
    let (_dir, mut store) = fresh();
    let currency = Ref { kind: Kind::Setting, id: 1 };
    assert_eq!(shown(&store, currency, "key"), "base_currency");
    for words in [("value", "gold"), ("value", ""), ("key", "colour")] {
        let refusal = try_edit(&mut store, currency, &[words], None).unwrap_err();
        assert!(matches!(refusal, Refusal::Invalid(_)), "{words:?}: {refusal:?}");
    }
    edit(&mut store, currency, &[("value", "USD")]);
    assert_eq!(store.base_currency().unwrap().code(), "USD");
    assert!(try_add(&mut store, Kind::Setting, &[("key", "colour"), ("value", "red")]).is_err());
}

#[test]
fn a_file_belongs_to_a_record_and_is_no_script() {
    let (_dir, mut store) = fresh();
    vendor(&mut store, "Alpha");
    for words in [
        &[("target", "/srv/a.pdf")][..],
        &[("target", "javascript:alert(1)"), ("vendor", "Alpha")],
        &[("vendor", "Alpha")],
    ] {
        assert!(matches!(try_add(&mut store, Kind::File, words), Err(Refusal::Invalid(_))), "{words:?}");
    }
}

#[test]
fn a_newer_register_is_refused_by_a_connection_too() {
    let (dir, store) = fresh();
    store.conn.pragma_update(None, "user_version", 2_000).unwrap();
    let refusal = Store::open(&opening(dir.path())).unwrap_err();
    assert_eq!(refusal, Refusal::Newer { found: 2_000, ours: SCHEMA_VERSION });
    sentences(&refusal);
}

#[test]
fn nothing_is_written_read_only() {
    let (dir, mut store) = fresh();
    let a = vendor(&mut store, "Alpha");
    let mut reader = Store::open(&Opening { access: Access::Read, ..opening(dir.path()) }).unwrap();
    assert_eq!(try_edit(&mut reader, a, &[("phone", "1")], None).unwrap_err(), Refusal::ReadOnly);
    assert_eq!(reader.undo().unwrap_err(), Refusal::ReadOnly);
    assert_eq!(reader.set("base_currency", "USD").unwrap_err(), Refusal::ReadOnly);
    assert!(reader.conn.execute("DELETE FROM contact", []).is_err());
    let nothing = Opening { path: dir.path().join("none.db"), access: Access::Read, ..opening(dir.path()) };
    assert!(matches!(Store::open(&nothing), Err(Refusal::Io(_))));
    assert!(!nothing.path.exists());
}

#[test]
fn a_full_disk_changes_nothing() {
    let (_dir, mut store) = fresh();
    vendor(&mut store, "Alpha");
    let pages: i64 = store.conn.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    let limit = |store: &Store, pages: i64| -> i64 {
        store.conn.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |row| row.get(0)).unwrap()
    };
    let mut refused = 0;
    for room in 0..12 {
        let before = (store.history(3).unwrap(), store.tab_counts().unwrap());
        limit(&store, pages + room);
        let notes = "长".repeat(30_000);
        let words = [("name", "Beta"), ("notes", notes.as_str())];
        match try_add(&mut store, Kind::Vendor, &words) {
            Ok(_) => break,
            Err(refusal) => {
                assert!(matches!(refusal, Refusal::Io(_)), "{refusal:?}");
                sentences(&refusal);
                assert_eq!((store.history(3).unwrap(), store.tab_counts().unwrap()), before);
                refused += 1;
            }
        }
    }
    assert!(refused >= 3);
    limit(&store, 1_000_000);
    vendor(&mut store, "Gamma");
    assert_eq!(errors(&store), NONE);
}

#[test]
fn events_and_acts_are_neither_changed_nor_removed() {
    let (dir, mut store) = fresh();
    vendor(&mut store, "Alpha");
    drop(store);
    let conn = Connection::open(dir.path().join("r.db")).unwrap();
    for sql in [
        "UPDATE event SET reason = 'x'",
        "DELETE FROM event",
        "UPDATE change SET actor = 'x'",
        "UPDATE change SET at = 'x'",
        "DELETE FROM change",
    ] {
        assert!(conn.execute(sql, []).is_err(), "{sql}");
    }
}

#[test]
fn meddling_with_the_history_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("r.db");
    let mut store = demo(dir.path());
    edit(&mut store, Ref { kind: Kind::Vendor, id: 1 }, &[("phone", "1")]);
    edit(&mut store, Ref { kind: Kind::Vendor, id: 1 }, &[("phone", "2")]);
    drop(store);
    let last = "(SELECT max(seq) FROM event)";
    for (name, sql) in [
        ("a value after", "UPDATE event SET after = replace(after, 'a', 'b') WHERE seq = 100".to_owned()),
        ("a value before", format!("UPDATE event SET before = '{{}}' WHERE seq = {last}")),
        ("a reason", "UPDATE event SET reason = 'x' WHERE seq = 100".to_owned()),
        ("a record", "UPDATE event SET record = record + 1 WHERE seq = 100".to_owned()),
        ("a kind", "UPDATE event SET kind = 31 WHERE seq = 100".to_owned()),
        ("what happened", format!("UPDATE event SET op = 'archive' WHERE seq = {last}")),
        ("a hash", "UPDATE event SET hash = x'00' WHERE seq = 100".to_owned()),
        ("who", "UPDATE change SET actor = 'nobody' WHERE id = 2".to_owned()),
        ("when", "UPDATE change SET at = '2020-01-01T00:00:00Z' WHERE id = 2".to_owned()),
        ("the act", "UPDATE change SET act = 'import' WHERE id = 2".to_owned()),
        ("an event in the middle gone", "DELETE FROM event WHERE seq = 100".to_owned()),
        ("the last event gone", format!("DELETE FROM event WHERE seq = {last}")),
        ("all events of the last act gone", "DELETE FROM event WHERE change = (SELECT max(id) FROM change); DELETE FROM sqlite_sequence WHERE name = 'event'".to_owned()),
    ] {
        let copy = dir.path().join("copy.db");
        std::fs::copy(&path, &copy).unwrap();
        let drop = "PRAGMA foreign_keys = OFF; DROP TRIGGER event_stays; DROP TRIGGER event_is_sealed; DROP TRIGGER event_remains; DROP TRIGGER change_stays; DROP TRIGGER change_remains;";
        meddle(&copy, &format!("{drop} {sql};"));
        let store = Store::open(&Opening { path: copy, ..opening(dir.path()) }).unwrap();
        let findings = store.check().unwrap();
        assert!(findings.iter().any(|f| f.rule == "chain"), "{name}: {:?}", errors(&store));
    }
}

#[test]
fn numbers_out_of_reach_name_no_record() {
    for code in ["V-0", "V-0000", "V-9223372036854775807", "V-1099511627776", "V--1", "V-", "Q-1", "V-１"] {
        assert_eq!(ref_of(code), None, "{code}");
    }
    let (_dir, store) = fresh();
    let last = ref_of("V-1099511627775").unwrap();
    assert_eq!(Ref::from_doc(last.doc()), Some(last));
    assert!(matches!(store.record(last), Err(Refusal::Missing(_))));
}

#[test]
fn a_name_means_the_record_in_use_and_never_one_of_two() {
    let (_dir, mut store) = fresh();
    let old = vendor(&mut store, "华信软件");
    shelve(&mut store, old, Shelf::Archive);
    let words = [("vendor", "华信软件"), ("title", "Frame")];
    let contract = add(&mut store, Kind::Contract, &words);
    assert_eq!(shown(&store, contract, "vendor"), "V-0001", "the only one, though put away");
    vendor(&mut store, "华信软件");
    let contract = add(&mut store, Kind::Contract, &words);
    assert_eq!(shown(&store, contract, "vendor"), "V-0002", "the one in use");
    vendor(&mut store, "华信软件");
    let refusal = try_add(&mut store, Kind::Contract, &words).unwrap_err();
    assert!(sentences(&refusal)[0].starts_with("Several records"), "{refusal:?}");
    let refusal = try_add(&mut store, Kind::Contract, &[("vendor", "北辰"), ("title", "Frame")]).unwrap_err();
    assert!(sentences(&refusal)[0].starts_with("There is no"), "{refusal:?}");
}

#[test]
fn a_renamed_record_is_called_by_its_new_name_everywhere() {
    let (_dir, mut store) = fresh();
    let a = vendor(&mut store, "Alpha");
    let review = add(&mut store, Kind::Review, &[("vendor", "V-0001"), ("period", "2026-Q1")]);
    edit(&mut store, a, &[("name", "Omega")]);
    edit(&mut store, Ref { kind: Kind::Kpi, id: 1 }, &[("name", "Renamed"), ("name_zh", "")]);
    let label = |at: Ref| store.history_of(at).unwrap()[0].label.clone();
    assert_eq!(label(review), "2026-Q1 Omega");
    let row = store.related(review, Kind::ReviewRow, at(Kind::ReviewRow, "review"), 1).unwrap().rows[0].at;
    assert_eq!(label(row), "Renamed");
    assert_eq!(errors(&store), NONE);
}

/// What an edition before wrote, as far as this one can tell: another number, and other keys.
fn of_another_edition(dir: &tempfile::TempDir) -> Store {
    let mut store = Store::open(&opening(dir.path())).unwrap();
    let mut txn = store.begin(Act::Found).unwrap();
    txn.put_setting("lookup_edition", "0").unwrap();
    txn.tx.execute_batch("UPDATE lookup_key SET key = 'x' || key; DELETE FROM lookup_gram;").unwrap();
    txn.commit().unwrap();
    store
}

#[test]
fn the_look_up_of_another_edition_is_made_anew_when_it_can_be_written() {
    let (dir, mut store) = fresh();
    let a = vendor(&mut store, "华信软件");
    drop(store);
    let hits =
        |store: &Store| store.find("huaxin", KINDS).unwrap().iter().map(|hit| hit.at).collect::<Vec<_>>();
    let store = of_another_edition(&dir);
    assert_eq!(hits(&store), []);
    assert!(errors(&store)[0].starts_with("lookup "), "{:?}", errors(&store));
    let reader = Store::open(&Opening { access: Access::Read, ..opening(dir.path()) }).unwrap();
    assert_eq!(hits(&reader), [], "what is only read stays as it is");
    let store = Store::open(&opening(dir.path())).unwrap();
    assert_eq!(hits(&store), [a]);
    assert_eq!(errors(&store), NONE);
    let newest = store.history(1).unwrap();
    let mut store = Store::open(&opening(dir.path())).unwrap();
    assert_eq!(store.history(1).unwrap(), newest, "once is enough");
    store.undo().unwrap();
    assert!(matches!(store.record(a), Err(Refusal::Missing(_))), "what the house does is nobody's act");
}

#[test]
fn a_restored_look_up_of_another_edition_is_made_anew() {
    let (dir, mut store) = fresh();
    vendor(&mut store, "华信软件");
    let copy = dir.path().join("copy.bak");
    of_another_edition(&dir).backup(&copy).unwrap();
    Store::restore(&opening(dir.path()), &copy).unwrap();
    assert_eq!(store.find("huaxin", KINDS).unwrap().len(), 1);
    assert_eq!(errors(&store), NONE);
}

#[test]
fn index_rows_of_another_edition_are_made_anew_when_they_can_be_written() {
    let (dir, mut store) = fresh();
    let a = vendor(&mut store, "Alpha");
    contract(&mut store, a, &[("starts_on", "2026-01-01"), ("term", "12m"), ("ends_on", "2026-08-01")]);
    let month = |store: &Store| store.overview(0).unwrap().ends[1].count;
    assert_eq!(month(&store), 1);
    let of_another = |store: &mut Store| {
        let mut txn = store.begin(Act::Found).unwrap();
        txn.put_setting("index_edition", "1").unwrap();
        txn.tx.execute("DELETE FROM tally WHERE what = 'month'", []).unwrap();
        // As the rows of that edition tell it, none has a share in a month.
        txn.tx.execute("UPDATE contract_x SET shares = replace(shares, 'month', 'gone')", []).unwrap();
        // It numbered its records in another way.
        txn.tx
            .execute_batch("UPDATE directory SET doc = doc + 7000; UPDATE due SET doc = doc + 7000")
            .unwrap();
        txn.commit().unwrap();
    };
    of_another(&mut store);
    let copy = dir.path().join("copy.bak");
    store.backup(&copy).unwrap();
    let reader = Store::open(&Opening { access: Access::Read, ..opening(dir.path()) }).unwrap();
    assert_eq!(month(&reader), 0, "what is only read stays as it is");
    drop(store);
    let store = Store::open(&opening(dir.path())).unwrap();
    assert_eq!(month(&store), 1);
    let found = store.check().unwrap();
    assert!(found.iter().all(|found| !["directory", "due", "index"].contains(&found.rule)), "{found:?}");
    drop(store);
    Store::restore(&opening(dir.path()), &copy).unwrap();
    assert_eq!(month(&Store::open(&opening(dir.path())).unwrap()), 1);
}

#[test]
fn settings_are_told_with_what_they_can_name_and_set_over_what_was_seen_alone() {
    let (dir, mut store) = fresh();
    let held = |store: &Store| store.settings().unwrap();
    let all = held(&store);
    let of = |all: &[crate::register::settings::Held], key: &str| {
        all.iter().find(|held| held.key == key).cloned().unwrap()
    };
    assert_eq!(all.len(), crate::register::settings::KNOWN.len());
    let fiscal = of(&all, "fiscal_year_start");
    assert_eq!((fiscal.value.as_str(), fiscal.is_set), ("1", false));
    assert!(of(&all, "base_currency").is_set, "a register is founded with one");
    assert_eq!(of(&all, "default_template").offers[0].0, "T-0001");
    store.set_over("fiscal_year_start", "4", Some("1")).unwrap();
    assert_eq!(of(&held(&store), "fiscal_year_start").value, "4");
    let mut other = as_actor(&dir, "an.other");
    other.set("fiscal_year_start", "7").unwrap();
    let refusal = store.set_over("fiscal_year_start", "10", Some("4")).unwrap_err();
    let Refusal::Conflict(conflict) = &refusal else { panic!("{refusal:?}") };
    assert_eq!(conflict.clashes[0].theirs.as_text(), "7");
    assert_eq!(store.setting("fiscal_year_start").unwrap(), "7");
    store.set_over("fiscal_year_start", "10", Some("7")).unwrap();
    store.undo().unwrap();
    assert_eq!(store.setting("fiscal_year_start").unwrap(), "7");
    assert!(matches!(store.set_over("fiscal_year_start", "13", None), Err(Refusal::Rule(_))));
}

/// Who opens the problems goes from each to its record, whatever rule found it.
#[test]
fn a_finding_names_its_record_and_field() {
    let (dir, mut store) = fresh();
    let a = vendor(&mut store, "Alpha");
    let contract = contract(&mut store, a, &[]);
    edit(&mut store, a, &[("phone", "1")]);
    drop(store);
    let path = dir.path().join("r.db");
    for (rule, code, field, sql) in [
        ("foreign_key", code_of(contract), "vendor", "UPDATE contract SET vendor = 77 WHERE id = 1"),
        ("history", code_of(a), "phone", "UPDATE vendor SET phone = '2' WHERE id = 1"),
        (
            "history",
            code_of(a),
            "",
            "DROP TRIGGER change_stays; UPDATE change SET live = 0 WHERE id = (SELECT max(id) FROM change)",
        ),
        (
            "chain",
            code_of(a),
            "",
            "DROP TRIGGER event_stays; UPDATE event SET version = 9 WHERE kind = 0 AND op = 'edit'",
        ),
        ("index", code_of(a), "name", "UPDATE vendor_x SET s_name = 'x' WHERE id = 1"),
        ("index", "V-0099".to_owned(), "id", "UPDATE vendor_x SET id = 99 WHERE id = 1"),
        ("directory", code_of(a), "label", "UPDATE directory SET label = 'x' WHERE doc = 128"),
        (
            "due",
            code_of(contract),
            "date",
            "INSERT INTO due VALUES (131, 'x', '2026-01-01', '2020-01-01', '2030-01-01')",
        ),
        ("lookup", code_of(a), "entries", "UPDATE lookup_doc SET entries = x'00' WHERE doc = 1"),
        (
            "record",
            code_of(contract),
            "ends_on",
            "UPDATE contract SET starts_on = '2026-05-01', ends_on = '2026-01-01' WHERE id = 1",
        ),
    ] {
        let copy = dir.path().join("copy.db");
        let _ = std::fs::remove_file(&copy);
        std::fs::copy(&path, &copy).unwrap();
        meddle(&copy, &format!("PRAGMA foreign_keys = OFF; {sql};"));
        let found = open_at(&copy, Access::Read).unwrap().check().unwrap();
        let is_it = |found: &check::Finding| {
            found.rule == rule && found.code == code && (field.is_empty() || found.field == field)
        };
        let told: Vec<_> = found.iter().map(|found| (found.rule, &found.code, &found.field)).collect();
        assert!(found.iter().any(is_it), "{rule} {code} {field}: {told:?}");
    }
}
