//! What the tests of the store share: short words for acts, and registers with little in them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::*;
use crate::entity::Record;
use crate::entity::input::{self, Reading};
use crate::texts::{Lang, Sentence};

/// No errors.
pub(super) const NONE: [String; 0] = [];

/// The place of a field.
pub(super) fn at(kind: Kind, key: &str) -> usize {
    kind.table().field(key).unwrap_or_else(|| panic!("{kind:?} has no field {key}"))
}

/// Fields as one types them.
pub(super) fn typed_in(kind: Kind, words: &[(&str, &str)]) -> Vec<(usize, Entered)> {
    let reading = Reading { today: today(), money: crate::domain::money::MoneyRules::of_base(Currency::CNY) };
    let read = |(key, text): &(&str, &str)| {
        let place = at(kind, key);
        (place, input::read(&kind.table().fields[place], text, &reading).unwrap())
    };
    words.iter().map(read).collect()
}

/// Adds a record in an act of its own.
pub(super) fn try_add(store: &mut Store, kind: Kind, words: &[(&str, &str)]) -> Result<Ref, Refusal> {
    let step = Step::Insert { kind, fields: typed_in(kind, words), reason: None };
    let saved = store.apply(&Change { act: Act::Add, steps: vec![step] })?;
    Ok(saved.records[0])
}

pub(super) fn add(store: &mut Store, kind: Kind, words: &[(&str, &str)]) -> Ref {
    try_add(store, kind, words).unwrap_or_else(|refusal| panic!("{words:?}: {refusal:?}"))
}

/// Changes fields in an act of its own.
pub(super) fn try_edit(
    store: &mut Store,
    record: Ref,
    words: &[(&str, &str)],
    reason: Option<&str>,
) -> Result<Saved, Refusal> {
    let edits = typed_in(record.kind, words);
    let edits = edits.into_iter().map(|(field, new)| Edit { field, seen: None, new }).collect();
    let step = Step::Update { at: record, edits, reason: reason.map(str::to_owned), only_if: None };
    store.apply(&Change { act: Act::Edit, steps: vec![step] })
}

pub(super) fn edit(store: &mut Store, record: Ref, words: &[(&str, &str)]) {
    try_edit(store, record, words, Some("because"))
        .unwrap_or_else(|refusal| panic!("{words:?}: {refusal:?}"));
}

pub(super) fn try_shelve(store: &mut Store, record: Ref, to: Shelf) -> Result<Saved, Refusal> {
    let act = if to == Shelf::Archive { Act::Archive } else { Act::Unarchive };
    store.apply(&Change { act, steps: vec![Step::Shelve { at: record, to }] })
}

pub(super) fn shelve(store: &mut Store, record: Ref, to: Shelf) {
    try_shelve(store, record, to).unwrap();
}

/// A register with nothing but what every register starts with.
pub(super) fn fresh() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&opening(dir.path())).unwrap();
    (dir, store)
}

/// The same register for another operator.
pub(super) fn as_actor(dir: &tempfile::TempDir, actor: &str) -> Store {
    Store::open(&Opening { actor: actor.to_owned(), ..opening(dir.path()) }).unwrap()
}

pub(super) fn vendor(store: &mut Store, name: &str) -> Ref {
    add(store, Kind::Vendor, &[("name", name)])
}

/// A rated review of a vendor; its total is that of every row.
pub(super) fn review(store: &mut Store, vendor: Ref, period: &str, points: &str) -> Ref {
    let review = add(store, Kind::Review, &[("vendor", &code_of(vendor)), ("period", period)]);
    rate(store, review, points);
    review
}

/// Rates every row of a review.
pub(super) fn rate(store: &mut Store, review: Ref, points: &str) {
    for row in store.related(review, Kind::ReviewRow, at(Kind::ReviewRow, "review"), 20).unwrap().rows {
        edit(store, row.at, &[("override_points", points), ("override_reason", "test")]);
    }
}

/// A contract in force.
pub(super) fn contract(store: &mut Store, vendor: Ref, more: &[(&str, &str)]) -> Ref {
    let code = code_of(vendor);
    let words = [&[("vendor", code.as_str()), ("title", "Work"), ("state", "in_force")], more].concat();
    add(store, Kind::Contract, &words)
}

/// A value of a record in words.
pub(super) fn shown(store: &Store, record: Ref, key: &str) -> String {
    plain(&store.record(record).unwrap(), key)
}

pub(super) fn plain(record: &Record, key: &str) -> String {
    crate::entity::show::plain(record.get(key))
}

/// The sentences of a refusal in both languages, neither of them empty nor with a hole.
pub(super) fn sentences(refusal: &Refusal) -> Vec<String> {
    let all: Vec<Sentence> = refusal.sentences();
    assert!(!all.is_empty(), "{refusal:?} says nothing");
    for sentence in &all {
        for lang in [Lang::En, Lang::Zh] {
            let words = sentence.in_(lang);
            assert!(!words.is_empty() && !words.contains(['{', '}']), "{words}");
        }
    }
    all.iter().map(|sentence| sentence.in_(Lang::En)).collect()
}

/// Runs a statement as nobody but a meddler would.
pub(super) fn meddle(path: &std::path::Path, sql: &str) {
    let conn = Connection::open(path).unwrap();
    conn.execute_batch(sql).unwrap();
}

/// Rounds of a long loop: a few, or all under `VENDECK_ROUNDS=full`.
pub(super) fn rounds(few: u32, full: u32) -> u32 {
    if std::env::var("VENDECK_ROUNDS").is_ok_and(|rounds| rounds == "full") { full } else { few }
}

/// Every name in a folder with its bytes; nothing for what is no ordinary file.
pub(super) fn contents(folder: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let all = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    all.map(|entry| {
        let kind = entry.file_type().unwrap();
        (entry.path(), kind.is_file().then(|| fs::read(entry.path()).unwrap()))
    })
    .collect()
}

/// The register at a path.
pub(super) fn open_at(path: &Path, access: Access) -> Result<Store, Refusal> {
    Store::open(&Opening { path: path.to_path_buf(), access, ..opening(path.parent().unwrap()) })
}

/// A sound register as bytes, checkpointed and closed.
pub(super) fn sound_bytes() -> Vec<u8> {
    let dir = tempfile::tempdir().unwrap();
    drop(demo(dir.path()));
    fs::read(dir.path().join("r.db")).unwrap()
}

/// The bytes of a file with another number in its head.
pub(super) fn with_number(bytes: &[u8], at: usize, number: u32) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[at..at + 4].copy_from_slice(&number.to_be_bytes());
    bytes
}

/// Makes a register of this format one of an older, with the hashes of its rule.
pub(super) fn make_old(store: &Store, version: i64) {
    let conn = &store.conn;
    let mut hashes = Vec::new();
    let mut previous = Vec::new();
    check::chain::walk(conn, |link| {
        previous = link.unsalted_hash_behind(&previous);
        hashes.push((previous.clone(), link.seq));
        Ok(true)
    })
    .unwrap();
    let blank = migrate::blank(version).unwrap();
    let old = migrate::schema(&blank).unwrap();
    let triggers = ["event_stays", "event_is_sealed", "event_remains"];
    for trigger in triggers {
        conn.execute_batch(&format!("DROP TRIGGER {trigger}")).unwrap();
    }
    conn.execute_batch("DROP INDEX event_record; DROP INDEX event_change; ALTER TABLE event RENAME TO later")
        .unwrap();
    conn.execute_batch(&old["event"]).unwrap();
    let columns = "seq, change, op, kind, record, version, before, after, reason, hash";
    conn.execute_batch(&format!(
        "INSERT INTO event ({columns}) SELECT {columns} FROM later; DROP TABLE later"
    ))
    .unwrap();
    for hash in hashes {
        conn.execute("UPDATE event SET hash = ? WHERE seq = ?", hash).unwrap();
    }
    for name in ["event_record", "event_change", "event_stays", "event_remains"] {
        conn.execute_batch(&old[name]).unwrap();
    }
    // Of two tables that go, one may refer to the other.
    conn.pragma_update(None, "foreign_keys", false).unwrap();
    let now = migrate::schema(conn).unwrap();
    // Later tables refer to each other, in whatever order they go.
    conn.pragma_update(None, "foreign_keys", false).unwrap();
    for (table, _) in now.iter().filter(|(name, sql)| sql.ends_with("STRICT") && !old.contains_key(*name)) {
        conn.execute_batch(&format!("DROP TABLE \"{table}\"")).unwrap();
    }
    drop_later_columns(conn, &blank);
    conn.pragma_update(None, "foreign_keys", true).unwrap();
    conn.pragma_update(None, "user_version", version).unwrap();
    conn.execute_batch("PRAGMA wal_checkpoint").unwrap();
}

/// Takes the columns that tables were given later from them, with the indexes on these.
fn drop_later_columns(conn: &rusqlite::Connection, blank: &rusqlite::Connection) {
    let old = migrate::schema(blank).unwrap();
    let columns = |conn: &rusqlite::Connection, table: &str| -> Vec<String> {
        let mut statement = conn.prepare("SELECT name FROM pragma_table_info(?)").unwrap();
        statement.query_map([table], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    let now = migrate::schema(conn).unwrap();
    for index in now.iter().filter(|(name, sql)| sql.starts_with("CREATE INDEX") && !old.contains_key(*name))
    {
        conn.execute_batch(&format!("DROP INDEX \"{}\"", index.0)).unwrap();
    }
    for (table, _) in now.iter().filter(|(name, sql)| sql.ends_with("STRICT") && old.contains_key(*name)) {
        let before = columns(blank, table);
        for column in columns(conn, table).iter().filter(|column| !before.contains(column)) {
            conn.execute_batch(&format!("ALTER TABLE \"{table}\" DROP COLUMN \"{column}\"")).unwrap();
        }
    }
}
