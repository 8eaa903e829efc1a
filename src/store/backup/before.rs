//! Copies made before the register changes much: they stand beside it, under its name.
//!
//! A copy is kept only if the change came about, and of those made before imports only the newest:
//! nobody asked for them, so they may not fill the disk. Nothing here removes any other file.

use std::fs;
use std::path::{Path, PathBuf};

use crate::limits;
use crate::place::folder_of;
use crate::register::Refusal;
use crate::store::{Store, refused};

/// What the copy of an import is made before.
const IMPORT: &str = "import";
/// How the name of every copy ends.
const END: &str = ".bak";

/// A copy of the register as it was before an import. Dropped, it is gone; kept, it stays.
#[derive(Debug)]
pub struct Precaution {
    copy: PathBuf,
    begins: String,
    is_kept: bool,
}

impl Precaution {
    /// Keeps the copy, and of those of earlier imports the newest that there is room for
    /// ([`limits::IMPORT_BACKUPS`] in all). Returns where it is.
    #[must_use]
    pub fn keep(mut self) -> PathBuf {
        self.is_kept = true;
        thin(folder_of(&self.copy), &self.begins, limits::IMPORT_BACKUPS);
        self.copy.clone()
    }
}

impl Drop for Precaution {
    fn drop(&mut self) {
        if !self.is_kept {
            // A copy that cannot be removed does no harm.
            let _ = fs::remove_file(&self.copy);
        }
    }
}

impl Store {
    /// Copies the register beside itself before a file is read into it; `None` where there is
    /// nothing to lose, in a register that holds only what it was founded with.
    ///
    /// # Errors
    /// [`Refusal::ReadOnly`]; as [`Store::backup`] when no copy can be made.
    pub fn before_import(&self) -> Result<Option<Precaution>, Refusal> {
        if !self.is_writable() {
            return Err(Refusal::ReadOnly);
        }
        let acts = "SELECT count(*) > 1 FROM (SELECT 1 FROM change LIMIT 2)";
        if !self.conn.query_row(acts, [], |row| row.get(0)).map_err(refused)? {
            return Ok(None);
        }
        let begins = self.name_before(IMPORT);
        let name = |instant: &str| self.path.with_file_name(format!("{begins}{instant}{END}"));
        let copy = self.backup(&super::free_name(&(self.clock)(), name))?.path;
        Ok(Some(Precaution { copy, begins, is_kept: false }))
    }

    /// How the names of the copies made before `what` begin: with the whole name of the register,
    /// for beside it may stand others.
    fn name_before(&self, what: &str) -> String {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        format!("{name}.before-{what}-")
    }
}

/// Removes all but the newest `most` copies whose names begin so.
fn thin(folder: &Path, begins: &str, most: usize) {
    let is_copy = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(begins) && name.ends_with(END)
    };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut copies: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(is_copy).collect();
    // By when they were written: several copies of one second are told apart by a number.
    copies.sort_by_cached_key(|path| {
        let written = fs::symlink_metadata(path).and_then(|meta| meta.modified()).ok();
        std::cmp::Reverse((written, path.clone()))
    });
    for old in copies.into_iter().skip(most) {
        // What cannot be removed is left: the import has been done.
        let _ = fs::remove_file(old);
    }
}
