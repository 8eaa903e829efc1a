//! Leaving nothing of what was erased in the file: no word in the look-up, no free page, no log.

use std::collections::HashSet;

use rusqlite::limits::Limit;

use crate::lookup;
use crate::register::Refusal;
use crate::register::erase::Swept;
use crate::store::{Store, refused};

impl Store {
    /// Sweeps what an erasing left that could not be swept then. Others may be reading: then it waits for
    /// the next start.
    pub(in crate::store) fn sweep_left(&mut self) -> Result<(), Refusal> {
        let is_left = self.conn.query_row("SELECT EXISTS (SELECT 1 FROM unswept)", [], |row| row.get(0));
        if !is_left.map_err(refused)? {
            return Ok(());
        }
        match self.sweep() {
            Err(Refusal::Busy) => Ok(()),
            other => other.map(drop),
        }
    }

    /// Makes every page of the file anew from what the register holds, and empties its log.
    ///
    /// A page that was freed, and the rest of one that is in use, keep what stood there; so does the log. The
    /// tables of the look-up keep words and grams that no record has any more.
    pub(super) fn sweep(&mut self) -> Result<Swept, Refusal> {
        self.forget_words()?;
        self.conn.execute("INSERT INTO lookup_gram(lookup_gram) VALUES('optimize')", []).map_err(refused)?;
        self.rewrite()?;
        if !self.empty_log()? {
            return Ok(Swept::Later);
        }
        self.conn.execute("DELETE FROM unswept", []).map_err(refused)?;
        self.empty_log()?;
        Ok(Swept::Clean)
    }

    /// Takes the words out of the look-up that no record has.
    fn forget_words(&mut self) -> Result<(), Refusal> {
        let tx =
            self.conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).map_err(refused)?;
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
    fn rewrite(&mut self) -> Result<(), Refusal> {
        self.conn.execute_batch("PRAGMA temp_store = FILE").map_err(refused)?;
        let most = self.conn.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 1).map_err(refused)?;
        let done = self.conn.execute_batch("VACUUM").map_err(refused);
        self.conn.set_limit(Limit::SQLITE_LIMIT_ATTACHED, most).map_err(refused)?;
        self.conn.execute_batch("PRAGMA temp_store = MEMORY").map_err(refused)?;
        done
    }

    /// Writes the log into the file and cuts it to nothing; whether nobody stood in the way. Without a log
    /// there is nothing to do.
    fn empty_log(&self) -> Result<bool, Refusal> {
        let busy: i64 =
            self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).map_err(refused)?;
        Ok(busy == 0)
    }
}
