//! Making all index rows anew, when another edition of the program made them.

use super::{EDITION, Indexer};
use crate::entity::{Kind, Ref};
use crate::register::{Act, Refusal};
use crate::store::{Store, check, refused, settings};

impl Store {
    /// Makes the index rows anew unless this edition made them: the figures of another are not those
    /// this one reads, and `check` takes them for damage.
    ///
    /// # Errors
    /// When the register cannot be written; then the rows are as they were.
    pub(in crate::store) fn renew_index(&mut self) -> Result<(), Refusal> {
        if settings::index_edition(&self.conn)? == EDITION {
            return Ok(());
        }
        let today = self.today();
        let mut txn = self.begin(Act::Found)?;
        // Another process may have done it while this one waited.
        if settings::index_edition(&txn.tx)? == EDITION {
            return Ok(());
        }
        // An edition may number its records in another way, and would leave the old numbers behind.
        txn.tx.execute_batch("DELETE FROM directory; DELETE FROM due").map_err(refused)?;
        let mut indexer = Indexer::default();
        for kind in Kind::ALL {
            for id in check::ids(&txn.tx, *kind)? {
                indexer.touch(Ref { kind: *kind, id });
            }
        }
        indexer.flush(&txn.tx, today)?;
        txn.put_setting(settings::INDEX_EDITION, &EDITION.to_string())?;
        txn.commit().map(drop)
    }
}
