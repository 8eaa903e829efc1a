//! Copies made before the register changes much: they stand beside it, under its name.
//!
//! A copy is kept only if the change came about, and those made before it for the same reason are thinned
//! as they grow old ([`keeping`]): nobody asked for them, so they may not fill the disk. Nothing here
//! removes any other file.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;

use crate::domain::keeping;
use crate::place::folder_of;
use crate::register::Refusal;
use crate::store::backup::remove;
use crate::store::{Store, refused};

/// How the name of every copy ends.
pub(super) const END: &str = ".bak";

/// What a copy is made before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// A file is read in.
    Import,
    /// Many records are changed in one act.
    Bulk,
}

impl Before {
    /// Its word in the name of the copy.
    const fn word(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::Bulk => "bulk",
        }
    }
}

/// A copy of the register as it was before a large change. Dropped, it is gone; kept, it stays.
#[derive(Debug)]
pub struct Precaution {
    copy: PathBuf,
    begins: String,
    is_kept: bool,
}

impl Precaution {
    /// Keeps the copy, and thins the earlier ones of its kind ([`keeping::kept`]). Returns where it is.
    #[must_use]
    pub fn keep(mut self) -> PathBuf {
        self.is_kept = true;
        thin(folder_of(&self.copy), &self.begins, &self.copy);
        self.copy.clone()
    }
}

impl Drop for Precaution {
    fn drop(&mut self) {
        if !self.is_kept {
            // A copy that cannot be removed does no harm.
            let _ = remove(&self.copy);
        }
    }
}

impl Store {
    /// Copies the register beside itself before a large change; `None` where there is nothing to lose,
    /// in a register that holds only what it was founded with. The copy goes with its [`Precaution`] unless
    /// that is kept, which is done when the change came about.
    ///
    /// # Errors
    /// [`Refusal::ReadOnly`]; as [`Store::backup`] when no copy can be made.
    pub fn copy_before(&self, what: Before) -> Result<Option<Precaution>, Refusal> {
        if !self.is_writable() {
            return Err(Refusal::ReadOnly);
        }
        if self.is_as_founded()? {
            return Ok(None);
        }
        let begins = self.name_before(what.word());
        let name = |instant: &str| self.path.with_file_name(format!("{begins}{instant}{END}"));
        let copy = self.backup(&super::free_name(&(self.clock)(), name))?.path;
        Ok(Some(Precaution { copy, begins, is_kept: false }))
    }

    /// Whether the register holds nothing but what it was founded with.
    pub(super) fn is_as_founded(&self) -> Result<bool, Refusal> {
        let acts = "SELECT count(*) < 2 FROM (SELECT 1 FROM change LIMIT 2)";
        self.conn.query_row(acts, [], |row| row.get(0)).map_err(refused)
    }

    /// How the names of the copies made before `what` begin: with the whole name of the register,
    /// for beside it may stand others.
    fn name_before(&self, what: &str) -> String {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        format!("{name}.before-{what}-")
    }
}

/// Removes the copies whose names begin so and that need not be kept now that `newest` was made.
fn thin(folder: &Path, begins: &str, newest: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let instant = |path: &Path| made_at(&path.file_name()?.to_string_lossy(), begins);
    let copies: Vec<(PathBuf, NaiveDateTime)> =
        entries.map(|entry| entry.path()).filter_map(|path| Some((path.clone(), instant(&path)?))).collect();
    let Some(now) = instant(newest) else { return };
    let made: Vec<NaiveDateTime> = copies.iter().map(|(_, made)| *made).collect();
    for ((old, _), keep) in copies.iter().zip(keeping::kept(&made, now)) {
        if !keep && old != newest {
            // What cannot be removed is left: the change has been done.
            let _ = remove(old);
        }
    }
}

/// When a copy was made, by its name. `None` for what is no copy of ours.
fn made_at(name: &str, begins: &str) -> Option<NaiveDateTime> {
    instant(name.strip_prefix(begins)?.strip_suffix(END)?)
}

/// The instant in the name of a copy: `20260726T093000123Z`, or with a number behind it.
pub(super) fn instant(words: &str) -> Option<NaiveDateTime> {
    let instant = words.split_once('-').map_or(words, |(instant, _)| instant);
    NaiveDateTime::parse_from_str(instant.get(..15)?, "%Y%m%dT%H%M%S").ok()
}
