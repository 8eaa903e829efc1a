//! Making the index of the look-up anew, when another edition of the program made it.

use super::{Writer, clear};
use crate::entity::Kind;
use crate::entity::Ref;
use crate::lookup::EDITION;
use crate::register::{Act, Refusal};
use crate::store::index::entries;
use crate::store::{Store, card, check, refused, settings};

impl Store {
    /// Makes the index of the look-up anew unless this edition made it: by the keys of another
    /// some records are not found, and `check` takes them for damage.
    ///
    /// # Errors
    /// When the register cannot be written; then the index is as it was.
    pub(in crate::store) fn renew_lookup(&mut self) -> Result<(), Refusal> {
        if settings::lookup_edition(&self.conn)? == EDITION {
            return Ok(());
        }
        let mut txn = self.begin(Act::Found)?;
        // Another process may have done it while this one waited.
        if settings::lookup_edition(&txn.tx)? == EDITION {
            return Ok(());
        }
        clear(&txn.tx).map_err(refused)?;
        let mut words = Writer::default();
        for kind in Kind::ALL {
            for id in check::ids(&txn.tx, *kind)? {
                let at = Ref { kind: *kind, id };
                let entries = entries::of(&card::record(&txn.tx, at)?);
                words.put(&txn.tx, at.doc(), entries).map_err(refused)?;
            }
        }
        words.flush(&txn.tx).map_err(refused)?;
        txn.put_setting(settings::LOOKUP_EDITION, &EDITION.to_string())?;
        txn.commit().map(drop)
    }
}
