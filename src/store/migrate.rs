//! Bringing a register up to the format of this program.
//!
//! Shipped migrations never change; a test holds their hashes. All that are missing run in one
//! transaction that reads the version inside, so of many racing starters one does the work.

use std::collections::BTreeMap;

use crate::register::Refusal;
use crate::store::check::chain::{self, Link};
use crate::store::{Store, backup, refused};
use rusqlite::{Connection, TransactionBehavior};

/// One step of the format.
#[derive(Debug)]
pub(super) struct Migration {
    /// The version it brings the register to.
    pub(super) version: i64,
    /// Its statements.
    pub(super) sql: &'static str,
}

/// Versions are major x 1000 + minor; an older program refuses a newer major or minor alike.
pub const VERSION_STEP: i64 = 1000;

/// Every migration, in order.
pub(super) const MIGRATIONS: &[Migration] = &[
    Migration { version: VERSION_STEP, sql: include_str!("../../assets/migrations/0001_register.sql") },
    Migration { version: VERSION_STEP + 1, sql: include_str!("../../assets/migrations/0002_files.sql") },
    Migration { version: SALTED, sql: include_str!("../../assets/migrations/0003_erasing.sql") },
    Migration {
        version: VERSION_STEP + 3,
        sql: include_str!("../../assets/migrations/0004_contract_actions.sql"),
    },
    Migration {
        version: VERSION_STEP + 4,
        sql: include_str!("../../assets/migrations/0005_under_contracts.sql"),
    },
    Migration {
        version: VERSION_STEP + 5,
        sql: include_str!("../../assets/migrations/0006_clauses_and_service_levels.sql"),
    },
    Migration { version: VERSION_STEP + 6, sql: include_str!("../../assets/migrations/0007_exits.sql") },
    Migration {
        version: VERSION_STEP + 7,
        sql: include_str!("../../assets/migrations/0008_acknowledgements.sql"),
    },
    Migration { version: VERSION_STEP + 8, sql: include_str!("../../assets/migrations/0009_money.sql") },
    Migration { version: VERSION_STEP + 9, sql: include_str!("../../assets/migrations/0010_calendars.sql") },
    Migration {
        version: VERSION_STEP + 10,
        sql: include_str!("../../assets/migrations/0011_scorecards.sql"),
    },
    Migration { version: VERSION_STEP + 11, sql: include_str!("../../assets/migrations/0012_cycle.sql") },
    Migration { version: VERSION_STEP + 12, sql: include_str!("../../assets/migrations/0013_overrides.sql") },
    Migration { version: SCHEMA_VERSION, sql: include_str!("../../assets/migrations/0014_desk.sql") },
];

/// The first version whose events have a salt, so that their content can be erased.
const SALTED: i64 = VERSION_STEP + 2;

/// The version this program reads and writes.
pub const SCHEMA_VERSION: i64 = VERSION_STEP + 13;

/// Whether a file of this version was made by a newer program.
pub(super) const fn is_newer(version: i64) -> bool {
    version > SCHEMA_VERSION
}

/// Whether the events of this version have a salt.
pub(super) const fn is_salted(version: i64) -> bool {
    version >= SALTED
}

/// Whether a register of this version was ever made.
pub(super) fn is_known(version: i64) -> bool {
    MIGRATIONS.iter().any(|migration| migration.version == version)
}

/// Refuses a register that a newer program has brought further.
pub(super) fn refuse_newer(conn: &Connection) -> Result<(), Refusal> {
    let found = version(conn)?;
    if is_newer(found) {
        return Err(Refusal::Newer { found, ours: SCHEMA_VERSION });
    }
    Ok(())
}

/// Runs the migrations that are missing, after a backup when there is something to lose.
pub(super) fn bring_up(store: &mut Store) -> Result<(), Refusal> {
    let found = version(&store.conn)?;
    if found == SCHEMA_VERSION || is_newer(found) {
        return refuse_newer(&store.conn);
    }
    if found > 0 {
        backup::before_migration(store, found)?;
    }
    backup::checksum::lift(&store.path)?;
    let tx = store.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(refused)?;
    let found: i64 = tx.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(refused)?;
    for migration in MIGRATIONS.iter().filter(|m| m.version > found) {
        tx.execute_batch(migration.sql).map_err(refused)?;
        tx.pragma_update(None, "user_version", migration.version).map_err(refused)?;
        if migration.version == SALTED {
            chain_anew(&tx)?;
        }
    }
    tx.commit().map_err(refused)
}

/// Chains the events by the digests of their salted content, as far as they are sound by an older rule: a
/// break stays where it was, for `check` to find.
fn chain_anew(conn: &Connection) -> Result<(), Refusal> {
    let mut old = Vec::new();
    rechain(conn, |link| {
        let is_sound = link.unsalted_hash_behind(&old) == link.hash;
        old.clone_from(&link.hash);
        is_sound
    })
}

/// Chains the events anew, up to the first that is not sound.
pub(super) fn rechain(conn: &Connection, mut is_sound: impl FnMut(&Link) -> bool) -> Result<(), Refusal> {
    let mut hashes: Vec<(i64, Vec<u8>)> = Vec::new();
    let mut new = Vec::new();
    chain::walk(conn, |link| {
        if !is_sound(&link) {
            return Ok(false);
        }
        new = link.hash_behind(&new);
        hashes.push((link.seq, new.clone()));
        Ok(true)
    })?;
    without_guards(conn, |conn| {
        let mut update = conn.prepare("UPDATE event SET hash = ? WHERE seq = ?").map_err(refused)?;
        for (seq, hash) in &hashes {
            update.execute((hash, seq)).map_err(refused)?;
        }
        Ok(())
    })
}

/// Does something to the history while nothing guards it, inside a transaction.
pub(super) fn without_guards(
    conn: &Connection,
    work: impl FnOnce(&Connection) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let guards: Vec<(String, String)> = conn
        .prepare(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('event', 'change')",
        )
        .and_then(|mut s| s.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
        .map_err(refused)?;
    for (name, _) in &guards {
        conn.execute_batch(&format!("DROP TRIGGER \"{name}\"")).map_err(refused)?;
    }
    work(conn)?;
    guards.iter().try_for_each(|(_, sql)| conn.execute_batch(sql).map_err(refused))
}

/// The hashes of the shipped migrations, by version.
#[cfg(test)]
pub(super) fn hashes() -> Vec<(i64, String)> {
    use sha2::{Digest, Sha256};
    MIGRATIONS.iter().map(|m| (m.version, super::hex(&Sha256::digest(m.sql)))).collect()
}

/// The version of the format of a register.
pub(super) fn version(conn: &Connection) -> Result<i64, Refusal> {
    conn.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(refused)
}

/// An empty register in memory, as the migrations up to a version make it.
pub(super) fn blank(version: i64) -> rusqlite::Result<Connection> {
    let conn = Connection::open_in_memory()?;
    for migration in MIGRATIONS.iter().filter(|migration| migration.version <= version) {
        conn.execute_batch(migration.sql)?;
    }
    Ok(conn)
}

/// The statements by which tables, indexes and triggers were made, by their names.
pub(super) fn schema(conn: &Connection) -> rusqlite::Result<BTreeMap<String, String>> {
    conn.prepare("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}
