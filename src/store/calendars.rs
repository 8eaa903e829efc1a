//! The working calendars of the register, taught to those who count by them.

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::calendars;
use crate::register::Refusal;
use crate::store::{Store, refused};

impl Store {
    /// Teaches the calendars of the register as they are now.
    pub(super) fn learn_calendars(&self) -> Result<(), Refusal> {
        learn(&self.conn)
    }
}

/// Teaches the calendars as this connection sees them, inside an act those that it writes. One that is put
/// away is counted by where a contract names it, unless another has its name.
pub(super) fn learn(conn: &Connection) -> Result<(), Refusal> {
    let all: BTreeMap<String, String> = conn
        .prepare_cached("SELECT name, days FROM calendar ORDER BY archived_at IS NULL, id")
        .and_then(|mut s| s.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
        .map_err(refused)?;
    calendars::learn(all);
    Ok(())
}
