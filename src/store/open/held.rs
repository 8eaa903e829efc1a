//! The registers this process has connections to.
//!
//! Closing any plain handle of a file drops every POSIX lock the process holds on it, those of
//! SQLite too: then two writers meet and a committed row is lost. So the bytes of a register are
//! read only while this list, under its lock, says that no connection is open.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Device and inode of each file, and how many connections are open to it.
static OPEN: Mutex<BTreeMap<(u64, u64), usize>> = Mutex::new(BTreeMap::new());

/// One connection in the list; leaves it when dropped.
#[derive(Debug)]
pub(in crate::store) struct Held(Option<(u64, u64)>);

impl Held {
    /// Notes a connection that is about to be opened to the file at `path`.
    pub(super) fn take(path: &Path) -> Self {
        let mut open = lock();
        let identity = identity(path);
        if let Some(file) = identity {
            *open.entry(file).or_default() += 1;
        }
        Self(identity)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let Some(file) = self.0 else { return };
        let mut open = lock();
        if let Some(count) = open.get_mut(&file) {
            *count -= 1;
            if *count == 0 {
                open.remove(&file);
            }
        }
    }
}

/// Reads the first bytes of the file, unless a connection of this process is open to it.
/// `None` when one is; zeros stand for what a shorter file does not have.
pub(super) fn read_head(path: &Path) -> std::io::Result<Option<[u8; 100]>> {
    while_closed(path, |mut file| {
        use std::io::Read;
        let mut head = [0_u8; 100];
        let mut filled = 0;
        while let Some(rest) = head.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match file.read(rest)? {
                0 => break,
                read => filled += read,
            }
        }
        Ok(head)
    })
}

/// Reads a file while no connection of this process is open to it, and none is opened. `None` when
/// one is open.
pub(in crate::store) fn while_closed<T>(
    path: &Path,
    read: impl FnOnce(fs::File) -> std::io::Result<T>,
) -> std::io::Result<Option<T>> {
    let open = lock();
    if identity(path).is_some_and(|file| open.contains_key(&file)) {
        return Ok(None);
    }
    // The file is closed before the list is given free.
    let answer = read(fs::File::open(path)?);
    drop(open);
    answer.map(Some)
}

/// Whether both paths are the same file.
pub(in crate::store) fn is_same(a: &Path, b: &Path) -> bool {
    identity(a).is_some_and(|file| identity(b) == Some(file))
}

fn identity(path: &Path) -> Option<(u64, u64)> {
    fs::metadata(path).ok().map(|meta| (meta.dev(), meta.ino()))
}

fn lock() -> MutexGuard<'static, BTreeMap<(u64, u64), usize>> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}
