//! Copies of the register: made by the database's own online copy, never by the file system.
//!
//! Beside each lies its checksum ([`checksum`]), so that a copy that was changed or went bad on its disk
//! is known before it is put in the place of a register.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use crate::place::{self, Fresh, LOGS, Placed};
use crate::register::Refusal;
use crate::store::erase::sweep;
use crate::store::{Store, refused};
use crate::texts::{Sentence, Text, text};

mod before;
pub mod checksum;
pub mod copies;
mod restore;

pub use before::{Before, Precaution};
pub use checksum::Checksum;
pub use copies::{Kept, Made};
pub use restore::Restored;

/// Pages a step of the copy; between steps other operators get their turn.
const PAGES: i32 = 2_000;

/// What a copy holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// Where it is.
    pub path: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
}

impl Store {
    /// Copies the register into a new file that only its owner can read. The copy is checked
    /// before it gets its name; an existing file is never overwritten.
    ///
    /// # Errors
    /// [`Refusal::Io`] when the file exists or cannot be made, [`Refusal::Damaged`] when the
    /// register is.
    pub fn backup(&self, to: &Path) -> Result<Copied, Refusal> {
        if to.exists() {
            return Err(taken(to));
        }
        let copied = self.copy_to(to)?.ok_or_else(|| taken(to))?;
        checksum::write(to).map_err(no_copy(to))?;
        Ok(copied)
    }

    /// Makes a checked copy without a checksum beside it; nothing where something has that name by then.
    pub(super) fn copy_to(&self, to: &Path) -> Result<Option<Copied>, Refusal> {
        let fresh = Fresh::beside(to).map_err(no_copy(to))?;
        self.copy_into(fresh.path())?;
        place(fresh, to)
    }

    fn copy_into(&self, part: &Path) -> Result<(), Refusal> {
        let mut target = Connection::open(part).map_err(refused)?;
        copy(&self.conn, &mut target)?;
        // A copy of a WAL register would start with a log of its own beside it.
        target.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(())).map_err(refused)?;
        sweep::sweep_copy(&mut target)?;
        sound(&target)
    }
}

/// Copies the register beside itself before its format changes. A copy that is there already was
/// made of the same format, by whoever was here first.
pub(super) fn before_migration(store: &Store, version: i64) -> Result<(), Refusal> {
    let to = place::beside(&store.path, &format!(".v{version}.bak"));
    if to.exists() {
        return Ok(());
    }
    // Of two that start at the same time the second finds the copy of the first, and writes the same sum.
    store.copy_to(&to)?;
    checksum::write(&to).map_err(no_copy(&to))
}

/// Checks the pages and the indexes of a file.
pub(super) fn sound(conn: &Connection) -> Result<(), Refusal> {
    let verdict: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(refused)?;
    if verdict == "ok" {
        return Ok(());
    }
    Err(Refusal::Damaged(Sentence::from(UNSOUND).with("what", verdict)))
}

/// Removes a copy with its checksum, and the logs that were kept with that of a damaged register.
fn remove(copy: &Path) -> std::io::Result<()> {
    fs::remove_file(copy)?;
    let with_it = LOGS.iter().chain([&checksum::END]).map(|end| place::beside(copy, end));
    with_it.map(fs::remove_file).try_for_each(|removed| match removed {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    })
}

/// Gives a copy its name; nothing where something has it.
fn place(fresh: Fresh, to: &Path) -> Result<Option<Copied>, Refusal> {
    match fresh.put_in_place().map_err(no_copy(to))? {
        Placed::Taken => Ok(None),
        Placed::Here => {
            let bytes = fs::metadata(to).map_err(no_copy(to))?.len();
            Ok(Some(Copied { path: to.to_path_buf(), bytes }))
        }
    }
}

/// A name beside a register with an instant in it, as yet without a file.
fn free_name(instant: &str, name: impl Fn(&str) -> PathBuf) -> PathBuf {
    let instant: String = instant.chars().filter(char::is_ascii_alphanumeric).collect();
    let numbered = (2..1_000).map(|n| name(&format!("{instant}-{n}")));
    let mut names = std::iter::once(name(&instant)).chain(numbered);
    names.find(|path| !path.exists()).unwrap_or_else(|| name(&instant))
}

pub(super) fn taken(to: &Path) -> Refusal {
    Refusal::Io(Sentence::from(EXISTS).with("path", to.display()))
}

fn no_copy(to: &Path) -> impl Fn(std::io::Error) -> Refusal {
    move |error| Refusal::Io(Sentence::from(NO_COPY).with("path", to.display()).with("what", error))
}

/// Copies every page as it stands at one moment, whatever it holds. The target changes all at
/// once or not at all.
fn copy(from: &Connection, to: &mut Connection) -> Result<(), Refusal> {
    let backup = Backup::new(from, to).map_err(refused)?;
    let mut waited = 0_u32;
    loop {
        match backup.step(PAGES).map_err(refused)? {
            StepResult::Done => return Ok(()),
            StepResult::Busy | StepResult::Locked if waited > 1_000 => return Err(Refusal::Busy),
            StepResult::Busy | StepResult::Locked => {
                waited += 1;
                std::thread::park_timeout(Duration::from_millis(10));
            }
            _ => {}
        }
    }
}

const EXISTS: Text = text("{path} exists already; name another file.", "{path} 已存在，请另选文件名。");
const NO_COPY: Text = text("No copy can be made at {path} ({what}).", "无法在 {path} 建立副本（{what}）。");
const UNSOUND: Text =
    text("The file is damaged ({what}). Restore another backup.", "文件已损坏（{what}）。请恢复其他备份。");
