use super::*;
use crate::lookup::{FieldRole, Postings, matches};
use proptest::prelude::*;
use rusqlite::config::DbConfig;

const KINDS_OF_TEST: &[Kind] =
    &[Kind { number: 0, code: "v" }, Kind { number: 1, code: "" }, Kind { number: 2, code: "c" }];

fn open() -> Connection {
    let conn = crate::store::migrate::blank(crate::store::migrate::SCHEMA_VERSION).unwrap();
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true).unwrap();
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false).unwrap();
    conn
}

fn vendor(id: i64) -> i64 {
    number(id, 0)
}

fn named(name: &str) -> Vec<Entry> {
    vec![Entry::new(FieldRole::Name, name)]
}

fn register(names: &[&str]) -> Connection {
    let conn = open();
    for (id, name) in names.iter().enumerate() {
        put(&conn, vendor(i64::try_from(id).unwrap() + 1), named(name)).unwrap();
    }
    conn
}

fn found(conn: &Connection, query: &str) -> Vec<String> {
    find(conn, &Query::parse(query), KINDS_OF_TEST, 40).unwrap().into_iter().map(|h| h.text).collect()
}

fn first(conn: &Connection, query: &str) -> String {
    found(conn, query).first().cloned().unwrap_or_default()
}

fn counts(conn: &Connection) -> Vec<i64> {
    ["lookup_doc", "lookup_key", "lookup_gram_docsize"]
        .map(|table| conn.query_row(&format!("SELECT count(*) FROM {table}"), [], |r| r.get(0)).unwrap())
        .to_vec()
}

#[test]
fn names_are_found_in_either_script_by_every_part() {
    let conn = register(&[
        "华为技术有限公司",
        "重庆长安汽车",
        "Northwind Logistics",
        "万  科Ａ",
        "上海腾云数据",
        "绿地控股",
    ]);
    for (query, name) in [
        ("华为", "华为技术有限公司"),
        ("技术", "华为技术有限公司"),
        ("術", "华为技术有限公司"),
        ("huawei", "华为技术有限公司"),
        ("huaweij", "华为技术有限公司"),
        ("huaweijs", "华为技术有限公司"),
        ("hua wei", "华为技术有限公司"),
        ("hw", "华为技术有限公司"),
        ("hwjs", "华为技术有限公司"),
        ("chongqing", "重庆长安汽车"),
        ("cqca", "重庆长安汽车"),
        ("万科A", "万  科Ａ"),
        ("万 科", "万  科Ａ"),
        ("wankea", "万  科Ａ"),
        ("wka", "万  科Ａ"),
        ("tengyun", "上海腾云数据"),
        ("tysj", "上海腾云数据"),
        ("shuju", "上海腾云数据"),
        ("lvdi", "绿地控股"),
        ("north", "Northwind Logistics"),
        ("wind", "Northwind Logistics"),
        ("logistics northwind", "Northwind Logistics"),
        ("NORTHWIND  logi", "Northwind Logistics"),
        ("nl", "Northwind Logistics"),
    ] {
        assert_eq!(first(&conn, query), name, "{query}");
    }
}

#[test]
fn slips_of_the_keyboard_are_forgiven() {
    let conn = register(&["Northwind Logistics", "Globex Digital", "腾云数据", "New Relic", "上海明德外包"]);
    for (query, name) in [
        ("nortwind", "Northwind Logistics"),
        ("northwindd", "Northwind Logistics"),
        ("northwnid logistics", "Northwind Logistics"),
        ("ogistics", "Northwind Logistics"),
        ("gloebx", "Globex Digital"),
        ("xlobex", "Globex Digital"),
        ("tengynushuju", "腾云数据"),
        ("tenyunshuju", "腾云数据"),
        ("腾云树据", "腾云数据"),
        ("腾云数剧", "腾云数据"),
        ("上海明天外包", "上海明德外包"),
        ("newxrelic", "New Relic"),
        ("enw relic", "New Relic"),
    ] {
        assert_eq!(first(&conn, query), name, "{query}");
    }
    assert_eq!(found(&conn, "zzzzqqqq"), Vec::<String>::new());
}

#[test]
fn names_with_signs_are_found() {
    let names = ["O'Brien & Sons", "A-B (UK) Ltd", "100% Organic *Star*", "%*(", "AT&T", "\"OR\" NEAR"];
    let conn = register(&names);
    for (query, name) in [
        ("o'brien", "O'Brien & Sons"),
        ("obrien", "O'Brien & Sons"),
        ("brien", "O'Brien & Sons"),
        ("A-B", "A-B (UK) Ltd"),
        ("ab", "A-B (UK) Ltd"),
        ("(UK", "A-B (UK) Ltd"),
        ("b uk", "A-B (UK) Ltd"),
        ("100%", "100% Organic *Star*"),
        ("*star*", "100% Organic *Star*"),
        ("%*(", "%*("),
        ("%", "%*("),
        ("at&t", "AT&T"),
        ("\"OR\"", "\"OR\" NEAR"),
        ("near", "\"OR\" NEAR"),
    ] {
        assert_eq!(first(&conn, query), name, "{query}");
    }
}

#[test]
fn codes_numbers_telephones_and_addresses_are_found() {
    let conn = open();
    let contract = number(17, 2);
    put(
        &conn,
        vendor(1),
        vec![
            Entry::new(FieldRole::Name, "腾云数据"),
            Entry::new(FieldRole::Code, "V-0001"),
            Entry::new(FieldRole::CreditCode, "91110108MA01ABCD2X"),
            Entry::new(FieldRole::ExternalId, "000002"),
            Entry::new(FieldRole::Phone, "+86 28 5550 0199"),
            Entry::new(FieldRole::Email, "wang.min@yun.example"),
            Entry::new(FieldRole::Tag, "重点"),
        ],
    )
    .unwrap();
    put(&conn, vendor(2), named("Other")).unwrap();
    put(
        &conn,
        contract,
        vec![
            Entry::new(FieldRole::Title, "Primary cloud hosting"),
            Entry::new(FieldRole::Code, "C-0017"),
            Entry::new(FieldRole::Number, "CLD-118"),
        ],
    )
    .unwrap();
    for (query, doc, role) in [
        ("V-0001", vendor(1), FieldRole::Code),
        ("v0001", vendor(1), FieldRole::Code),
        ("v1", vendor(1), FieldRole::Code),
        ("c-17", contract, FieldRole::Code),
        ("17", contract, FieldRole::Code),
        ("cld-118", contract, FieldRole::Number),
        ("118", contract, FieldRole::Number),
        ("000002", vendor(1), FieldRole::ExternalId),
        ("91110108ma01", vendor(1), FieldRole::CreditCode),
        ("0199", vendor(1), FieldRole::Phone),
        ("028-5550 0199", vendor(1), FieldRole::Phone),
        ("862855500199", vendor(1), FieldRole::Phone),
        ("55500", vendor(1), FieldRole::Phone),
        ("wang.min@yun.example", vendor(1), FieldRole::Email),
        ("yun.example", vendor(1), FieldRole::Email),
        ("重点", vendor(1), FieldRole::Tag),
        ("zhongdian", vendor(1), FieldRole::Tag),
        ("hosting", contract, FieldRole::Title),
    ] {
        let hits = find(&conn, &Query::parse(query), KINDS_OF_TEST, 40).unwrap();
        let hit = hits.first().unwrap_or_else(|| panic!("nothing for {query}"));
        assert_eq!((hit.doc, hit.role), (doc, role), "{query}");
    }
    let vendors_only = find(&conn, &Query::parse("hosting"), &KINDS_OF_TEST[..1], 40).unwrap();
    assert!(vendors_only.is_empty(), "a search in one kind finds no other");
}

#[test]
fn the_best_hit_comes_first() {
    let conn = register(&["Big Acme Works", "Acmeland", "Acme", "Acme Industrial", "Macme Ltd", "安采美德"]);
    assert_eq!(found(&conn, "acme"), ["Acme", "Acme Industrial", "Acmeland", "Big Acme Works", "Macme Ltd"]);
    let conn = register(&["Hwang Ltd", "华为", "哈尔滨王"]);
    assert_eq!(first(&conn, "hw"), "Hwang Ltd");
    assert_eq!(found(&conn, "hw").get(1).map(String::as_str), Some("华为"));
}

#[test]
fn an_exact_name_is_first_among_thousands_that_begin_alike() {
    let conn = open();
    let mut writer = Writer::default();
    for id in 1..=3_000 {
        writer.put(&conn, vendor(id), named(&format!("Acme Global {id}"))).unwrap();
        writer.put(&conn, vendor(id + 10_000), named(&format!("华东精密第{id}厂"))).unwrap();
    }
    writer.put(&conn, vendor(99_999), named("Acme")).unwrap();
    writer.put(&conn, vendor(99_998), named("华东")).unwrap();
    writer.flush(&conn).unwrap();
    assert_eq!(first(&conn, "acme"), "Acme");
    assert_eq!(first(&conn, "acme 2999"), "Acme Global 2999");
    assert_eq!(first(&conn, "huadong"), "华东");
    assert_eq!(found(&conn, "acme").len(), 40);
    let candidates = |typed, most| candidates(&conn, &Query::parse(typed), KINDS_OF_TEST[0], most).unwrap();
    assert_eq!(candidates("acme", 2_000), None);
    assert_eq!(candidates("acme", 3_001).map(|ids| ids.len()), Some(3_001));
    assert_eq!(candidates("acme 2999", 2_000), Some(BTreeSet::from([2_999])));
}

#[test]
fn a_changed_record_is_found_by_its_new_words_only() {
    let conn = register(&["Globex", "Initech"]);
    put(&conn, vendor(1), named("华为")).unwrap();
    assert_eq!(first(&conn, "huawei"), "华为");
    assert_eq!(found(&conn, "globex"), Vec::<String>::new());
    assert_eq!(first(&conn, "initech"), "Initech");
}

#[test]
fn a_removed_record_leaves_nothing_behind() {
    let conn = open();
    let nothing = counts(&conn);
    put(&conn, vendor(1), named("重庆 Globex O'Brien")).unwrap();
    assert_ne!(counts(&conn), nothing);
    remove(&conn, vendor(1)).unwrap();
    remove(&conn, vendor(2)).unwrap();
    assert_eq!(counts(&conn), nothing);
    assert_eq!(found(&conn, "globex"), Vec::<String>::new());
    let sound: String = conn.query_row("PRAGMA integrity_check", [], |r| r.get(0)).unwrap();
    assert_eq!(sound, "ok");
    put(&conn, vendor(1), named("Globex")).unwrap();
    clear(&conn).unwrap();
    assert_eq!(counts(&conn), nothing);
}

#[test]
fn the_same_entries_again_write_nothing() {
    let conn = register(&["Globex"]);
    let before = conn.total_changes();
    put(&conn, vendor(1), named("Globex")).unwrap();
    assert_eq!(conn.total_changes(), before);
}

#[test]
fn a_transaction_taken_back_takes_the_index_back() {
    let conn = register(&["Globex"]);
    let tx = conn.unchecked_transaction().unwrap();
    put(&tx, vendor(1), named("Initech")).unwrap();
    put(&tx, vendor(2), named("Umbrella")).unwrap();
    assert_eq!(first(&tx, "initech"), "Initech", "a search inside the transaction sees what it wrote");
    tx.rollback().unwrap();
    assert_eq!(first(&conn, "globex"), "Globex");
    assert_eq!(found(&conn, "umbrella"), Vec::<String>::new());
}

#[test]
fn keys_are_read_in_their_own_order() {
    let conn = open();
    let plan: Vec<String> = conn
        .prepare("EXPLAIN QUERY PLAN SELECT id FROM lookup_key WHERE kind = ?1 AND key >= ?2 AND key < ?3 ORDER BY key")
        .unwrap()
        .query_map(["1", "a", "b"], |row| row.get(3))
        .unwrap()
        .collect::<Result<_>>()
        .unwrap();
    assert_eq!(plan, ["SEARCH lookup_key USING PRIMARY KEY (kind=? AND key>? AND key<?)"]);
}

#[test]
fn rows_keep_kind_and_id() {
    for (id, kind) in [(1, 0), (1_000_000_007, 9), (3, 31)] {
        let doc = number(id, kind);
        assert_eq!((doc_of(row_of(doc)), id_of(doc), kind_of(doc)), (doc, id, kind));
    }
    assert!(row_of(number(1_000_000, 1)) < row_of(number(1, 2)), "the rows of a kind lie together");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_is_an_error(texts in proptest::collection::vec(any::<String>(), 1..6), query in any::<String>()) {
        let conn = open();
        for (id, text) in texts.iter().enumerate() {
            put(&conn, vendor(i64::try_from(id).unwrap() + 1), named(text)).unwrap();
        }
        for typed in texts.iter().chain([&query]) {
            find(&conn, &Query::parse(typed), KINDS_OF_TEST, 40).unwrap();
            let query = Query::parse(typed);
            let Some(candidates) = candidates(&conn, &query, KINDS_OF_TEST[0], 10).unwrap() else { continue };
            for (id, text) in (1..).zip(&texts) {
                prop_assert!(candidates.contains(&id) || !matches(&query, &named(text)), "{typed:?} {text:?}");
            }
        }
    }

    #[test]
    fn every_name_is_found_by_itself_and_the_index_is_what_a_new_one_would_be(
        names in proptest::collection::vec("[a-c华为重庆'% -]{1,8}", 2..8),
    ) {
        let conn = open();
        for (id, name) in names.iter().enumerate() {
            let id = i64::try_from(id).unwrap() + 1;
            put(&conn, vendor(id), named("Acme 重庆")).unwrap();
            put(&conn, vendor(id), named(name)).unwrap();
        }
        for (id, name) in names.iter().enumerate().filter(|(_, n)| !n.trim().is_empty()) {
            let doc = vendor(i64::try_from(id).unwrap() + 1);
            let hits = find(&conn, &Query::parse(name), KINDS_OF_TEST, 40).unwrap();
            prop_assert!(hits.iter().any(|h| h.doc == doc), "{} in {:?}", name, hits);
        }
        let keys: i64 = conn.query_row("SELECT count(*) FROM lookup_key", [], |r| r.get(0)).unwrap();
        let expected: usize = names.iter().map(|n| { let Postings { keys, .. } = postings(&named(n)); keys.len() }).sum();
        prop_assert_eq!(keys, i64::try_from(expected).unwrap());
    }
}
