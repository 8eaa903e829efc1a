//! Bringing a register up to the format of this program.
//!
//! Shipped migrations never change; a test holds their hashes. All that are missing run in one
//! transaction that reads the version inside, so of many racing starters one does the work.

use crate::register::Refusal;
use crate::store::{Store, backup, refused};
use rusqlite::{Connection, TransactionBehavior};
use sha2::{Digest, Sha256};

/// One step of the format.
#[derive(Debug)]
pub struct Migration {
    /// The version it brings the register to.
    pub version: i64,
    /// Its statements.
    pub sql: &'static str,
}

/// Versions are major x 1000 + minor; an older program refuses a newer major or minor alike.
pub const VERSION_STEP: i64 = 1000;

/// Every migration, in order.
pub const MIGRATIONS: &[Migration] =
    &[Migration { version: VERSION_STEP, sql: include_str!("../../assets/migrations/0001_register.sql") }];

/// The version this program reads and writes.
pub const SCHEMA_VERSION: i64 = VERSION_STEP;

/// Whether a file of this version was made by a newer program.
pub(super) const fn is_newer(version: i64) -> bool {
    version > SCHEMA_VERSION
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
    let tx = store.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(refused)?;
    let found: i64 = tx.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(refused)?;
    for migration in MIGRATIONS.iter().filter(|m| m.version > found) {
        tx.execute_batch(migration.sql).map_err(refused)?;
        tx.pragma_update(None, "user_version", migration.version).map_err(refused)?;
    }
    tx.commit().map_err(refused)
}

/// The hashes of the shipped migrations, by version.
#[must_use]
pub fn hashes() -> Vec<(i64, String)> {
    let hex = |sql: &str| Sha256::digest(sql).iter().map(|byte| format!("{byte:02x}")).collect();
    MIGRATIONS.iter().map(|m| (m.version, hex(m.sql))).collect()
}

fn version(conn: &Connection) -> Result<i64, Refusal> {
    conn.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(refused)
}
