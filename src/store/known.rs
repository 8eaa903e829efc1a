//! The values that a field already has in the register, for forms to offer them.

use std::collections::HashMap;

use rusqlite::Connection;

use crate::entity::Kind;
use crate::limits;
use crate::register::Refusal;
use crate::store::{Store, refused};

impl Store {
    /// The values that the fields of this name hold, of whatever kind of record: those that most
    /// records have first. Of each kind the newest records are looked through.
    ///
    /// # Errors
    /// When the register cannot be read, or [`Refusal::Interrupted`].
    pub fn known(&self, key: &str) -> Result<Vec<String>, Refusal> {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for kind in Kind::ALL {
            let mut fields = kind.table().fields.iter();
            if fields.any(|meta| meta.key == key && meta.repeats) {
                count(&self.conn, kind.table().word, key, &mut counts).map_err(refused)?;
            }
        }
        let mut all: Vec<(String, usize)> = counts.into_iter().collect();
        all.sort_by(|(a, many), (b, more)| more.cmp(many).then_with(|| a.cmp(b)));
        Ok(all.into_iter().map(|(value, _)| value).take(limits::KNOWN_VALUES).collect())
    }
}

fn count(
    conn: &Connection,
    table: &str,
    key: &str,
    counts: &mut HashMap<String, usize>,
) -> rusqlite::Result<()> {
    let statement = format!(
        "SELECT value FROM (SELECT \"{key}\" AS value, archived_at FROM \"{table}\" ORDER BY id DESC LIMIT ?) \
         WHERE value IS NOT NULL AND archived_at IS NULL"
    );
    let mut statement = conn.prepare_cached(&statement)?;
    let mut rows = statement.query([limits::KNOWN_RECORDS])?;
    while let Some(row) = rows.next()? {
        // The words of a list stand in one cell.
        for word in row.get_ref(0)?.as_str()?.split('\u{1f}').filter(|word| !word.is_empty()) {
            match counts.get_mut(word) {
                Some(count) => *count += 1,
                None => drop(counts.insert(word.to_owned(), 1)),
            }
        }
    }
    Ok(())
}
