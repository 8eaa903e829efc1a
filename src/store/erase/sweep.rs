//! Leaving nothing of what was erased in the file: no word in the look-up, no free page, no log.

use std::collections::HashSet;

use rusqlite::limits::Limit;
use rusqlite::{Connection, TransactionBehavior};

use crate::lookup;
use crate::register::Refusal;
use crate::register::erase::Swept;
use crate::store::backup::checksum;
use crate::store::{Store, refused};

impl Store {
    /// Sweeps what an erasing left that could not be swept then. Others may be reading, or the disk be full:
    /// then it waits for the next start. It takes as long as writing the whole file.
    ///
    /// # Errors
    /// [`Refusal::Damaged`].
    pub fn sweep_left(&mut self) -> Result<(), Refusal> {
        if !self.is_writable() {
            return Ok(());
        }
        let is_swept = self.is_unswept().and_then(|is| if is { self.sweep().map(drop) } else { Ok(()) });
        match is_swept {
            Err(Refusal::Damaged(damage)) => Err(Refusal::Damaged(damage)),
            _ => Ok(()),
        }
    }

    /// Whether there is work of the house to do, once the first screen is there: rows whose day has passed, or
    /// what an erasing left.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn has_house_work(&self) -> Result<bool, Refusal> {
        Ok(self.is_writable() && (self.has_stale()? || self.is_unswept()?))
    }

    fn is_unswept(&self) -> Result<bool, Refusal> {
        is_left(&self.conn)
    }

    /// Makes every page of the file anew from what the register holds, and empties its log.
    ///
    /// A page that was freed, and the rest of one that is in use, keep what stood there; so does the log. The
    /// tables of the look-up keep words and grams that no record has any more.
    pub(super) fn sweep(&mut self) -> Result<Swept, Refusal> {
        checksum::lift(&self.path)?;
        make_anew(&mut self.conn)?;
        if !self.empty_log()? {
            return Ok(Swept::Later);
        }
        note_swept(&self.conn)?;
        self.empty_log()?;
        Ok(Swept::Clean)
    }

    /// Writes the log into the file and cuts it to nothing; whether nobody stood in the way. Without a log
    /// there is nothing to do.
    fn empty_log(&self) -> Result<bool, Refusal> {
        let busy: i64 =
            self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).map_err(refused)?;
        Ok(busy == 0)
    }
}

/// Sweeps a copy that nobody has yet, of a register that is not swept: it is copied page by page, with what
/// stands in the free ones.
pub(in crate::store) fn sweep_copy(copy: &mut Connection) -> Result<(), Refusal> {
    if !is_left(copy)? {
        return Ok(());
    }
    make_anew(copy)?;
    note_swept(copy)
}

/// Whether something is left to be swept. A register of an older format knows no erasing.
fn is_left(conn: &Connection) -> Result<bool, Refusal> {
    let is_known = "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'unswept')";
    let is = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, bool>(0)).map_err(refused);
    Ok(is(is_known)? && is("SELECT EXISTS (SELECT 1 FROM unswept)")?)
}

fn note_swept(conn: &Connection) -> Result<(), Refusal> {
    conn.execute("DELETE FROM unswept", []).map(drop).map_err(refused)
}

fn make_anew(conn: &mut Connection) -> Result<(), Refusal> {
    forget_words(conn)?;
    conn.execute("INSERT INTO lookup_gram(lookup_gram) VALUES('optimize')", []).map_err(refused)?;
    rewrite(conn)
}

/// Takes the words out of the look-up that no record has.
fn forget_words(conn: &mut Connection) -> Result<(), Refusal> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(refused)?;
    let mut held: HashSet<String> = HashSet::new();
    {
        let mut statement = tx.prepare("SELECT entries FROM lookup_doc").map_err(refused)?;
        let mut rows = statement.query([]).map_err(refused)?;
        while let Some(row) = rows.next().map_err(refused)? {
            let bytes = row.get_ref(0).map_err(refused)?.as_blob().unwrap_or_default().to_vec();
            held.extend(lookup::words_of(&lookup::unpack(&bytes)));
        }
    }
    let words: Vec<String> = tx
        .prepare("SELECT word FROM lookup_word")
        .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
        .map_err(refused)?;
    for word in words.iter().filter(|word| !held.contains(*word)) {
        tx.prepare_cached("DELETE FROM lookup_word WHERE word = ?")
            .and_then(|mut s| s.execute([word]))
            .map_err(refused)?;
    }
    tx.commit().map_err(refused)
}

/// Rewrites the file. The engine attaches a file of its own for it, which else nothing may, and which
/// may be as large as the register: it is no matter for memory.
fn rewrite(conn: &Connection) -> Result<(), Refusal> {
    conn.execute_batch("PRAGMA temp_store = FILE").map_err(refused)?;
    let most = conn.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 1).map_err(refused)?;
    let done = conn.execute_batch("VACUUM").map_err(refused);
    conn.set_limit(Limit::SQLITE_LIMIT_ATTACHED, most).map_err(refused)?;
    conn.execute_batch("PRAGMA temp_store = MEMORY").map_err(refused)?;
    done
}
