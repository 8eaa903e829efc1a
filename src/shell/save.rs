//! Files that are made for the user: whole or not there at all.
//!
//! A file is written under another name beside its place and moved there at the end. A link is never
//! followed: the new file takes its place, or finds it taken.

use std::fs;
use std::io;
use std::path::Path;

use crate::place::{Fresh, Placed};
use crate::texts::{Sentence, Text, text};

/// What becomes of a file that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::shell) enum Existing {
    /// It stays, and nothing is written.
    Kept,
    /// The new one takes its place.
    Replaced,
}

/// Writes a file.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] where another one is kept; what the system says.
pub(in crate::shell) fn save(path: &Path, existing: Existing, bytes: &[u8]) -> io::Result<()> {
    if existing == Existing::Kept && fs::symlink_metadata(path).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let fresh = Fresh::beside(path)?;
    fs::write(fresh.path(), bytes)?;
    if existing == Existing::Replaced {
        return fresh.replace();
    }
    match fresh.put_in_place()? {
        Placed::Here => Ok(()),
        Placed::Taken => Err(io::ErrorKind::AlreadyExists.into()),
    }
}

/// Why a file could not be saved, and what to do.
pub(in crate::shell) fn not_saved(path: &Path, error: &io::Error) -> Sentence {
    match error.kind() {
        io::ErrorKind::AlreadyExists => Sentence::from(EXISTS).with("path", path.display()),
        _ => Sentence::from(NOT_SAVED).with("path", path.display()).with("what", error),
    }
}

const EXISTS: Text = text("{path} exists already; name another file.", "{path} 已存在，请另选文件名。");
const NOT_SAVED: Text = text("{path} cannot be written ({what}).", "无法写入 {path}（{what}）。");
