//! Files that come whole into their place: registers, copies of them, exports.
//!
//! A file is private from the start. It is made beside the place it is for and then moved there,
//! which is one step of the file system: a kill leaves what was there or what is there now, and
//! what is there stays over a power cut. Nothing here may make a hard link, which some file
//! systems do not have: ended between two links, it leaves a file with two names.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use rustix::io::Errno;

/// What SQLite keeps beside a register, by the end of the name.
pub const LOGS: [&str; 3] = ["-wal", "-journal", "-shm"];

/// Tells apart the files that threads of one process make at the same time.
static TURN: AtomicU32 = AtomicU32::new(0);

/// A file under a name of its own, beside the place it is made for. Removed when dropped, with
/// its logs, unless it was moved there.
#[derive(Debug)]
pub struct Fresh {
    path: PathBuf,
    place: PathBuf,
}

/// Whether a file came where it was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placed {
    /// It did.
    Here,
    /// Something was there already, and still is.
    Taken,
}

impl Fresh {
    /// Makes an empty file that only its owner can read, whatever the umask.
    ///
    /// # Errors
    /// When the folder takes no file.
    pub fn beside(place: &Path) -> io::Result<Self> {
        let mut name = OsString::from(".");
        name.push(place.file_name().unwrap_or_default());
        let turn = TURN.fetch_add(1, Ordering::Relaxed);
        name.push(format!(".{}-{turn}.new", std::process::id()));
        let path = place.with_file_name(name);
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
        let fresh = Self { path, place: place.to_path_buf() };
        // The umask may have taken the owner's own bits away.
        file.set_permissions(fs::Permissions::from_mode(0o600))?;
        Ok(fresh)
    }

    /// Where it is so far.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Moves it where it was made for, unless something is there; a link that leads nowhere is.
    ///
    /// # Errors
    /// When the disk or the file system refuses.
    pub fn put_in_place(self) -> io::Result<Placed> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        File::open(&self.path)?.sync_all()?;
        match renameat_with(CWD, &self.path, CWD, &self.place, RenameFlags::NOREPLACE) {
            Ok(()) => {}
            Err(Errno::EXIST) => return Ok(Placed::Taken),
            // Some file systems cannot refuse to replace: there we look first.
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {
                if fs::symlink_metadata(&self.place).is_ok() {
                    return Ok(Placed::Taken);
                }
                fs::rename(&self.path, &self.place)?;
            }
            Err(error) => return Err(error.into()),
        }
        sync_folder(&self.place)?;
        Ok(Placed::Here)
    }

    /// Moves it where it was made for, in the place of what is there. A link is not followed.
    ///
    /// # Errors
    /// When the disk or the file system refuses.
    pub fn replace(self) -> io::Result<()> {
        File::open(&self.path)?.sync_all()?;
        fs::rename(&self.path, &self.place)?;
        sync_folder(&self.place)
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        for leftover in LOGS.map(|end| beside(&self.path, end)).iter().chain([&self.path]) {
            let _ = fs::remove_file(leftover);
        }
    }
}

/// The file that SQLite keeps beside a register, by the end of its name.
#[must_use]
pub fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

/// The folder of a file; that of the process for a bare name.
#[must_use]
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes the names in the folder of `path` last: without this a power cut could take them back.
///
/// # Errors
/// When the disk refuses.
pub fn sync_folder(path: &Path) -> io::Result<()> {
    match rustix::fs::fsync(File::open(folder_of(path))?) {
        // Some file systems keep no folders of their own to be written out.
        Ok(()) | Err(Errno::INVAL | Errno::NOTSUP) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fresh(place: &Path, content: &str) -> Fresh {
        let fresh = Fresh::beside(place).unwrap();
        fs::write(fresh.path(), content).unwrap();
        fresh
    }

    fn names(folder: &Path) -> Vec<OsString> {
        let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_comes_where_nothing_is_and_replaces_only_when_told() {
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().join("r.db");
        assert_eq!(fresh(&place, "one").put_in_place().unwrap(), Placed::Here);
        assert_eq!(fresh(&place, "two").put_in_place().unwrap(), Placed::Taken);
        assert_eq!(fs::read_to_string(&place).unwrap(), "one");
        fresh(&place, "three").replace().unwrap();
        assert_eq!(fs::read_to_string(&place).unwrap(), "three");
        assert_eq!(fs::metadata(&place).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(names(dir.path()), ["r.db"]);
    }

    #[test]
    fn a_link_that_leads_nowhere_is_something() {
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().join("r.db");
        std::os::unix::fs::symlink("nowhere", &place).unwrap();
        assert_eq!(fresh(&place, "one").put_in_place().unwrap(), Placed::Taken);
        assert_eq!(names(dir.path()), ["r.db"]);
    }

    #[test]
    fn what_is_dropped_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let file = fresh(&dir.path().join("r.db"), "one");
        for end in LOGS {
            fs::write(beside(file.path(), end), "log").unwrap();
        }
        drop(file);
        assert_eq!(names(dir.path()), Vec::<OsString>::new());
    }

    #[test]
    fn of_many_at_once_one_comes_in_place() {
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().join("r.db");
        let placed: Vec<Placed> = std::thread::scope(|scope| {
            let racers: Vec<_> = (0..12)
                .map(|n| {
                    scope.spawn({
                        let place = &place;
                        move || fresh(place, &n.to_string()).put_in_place().unwrap()
                    })
                })
                .collect();
            racers.into_iter().map(|racer| racer.join().unwrap()).collect()
        });
        assert_eq!(placed.iter().filter(|placed| **placed == Placed::Here).count(), 1);
        assert_eq!(names(dir.path()), ["r.db"]);
    }
}
