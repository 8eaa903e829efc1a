//! Copies of the register: made by the database's own online copy, never by the file system.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use crate::register::Refusal;
use crate::store::open::private_file;
use crate::store::{Access, Store, migrate, open, refused};
use crate::texts::{Sentence, Text, text};

mod before;

pub use before::Precaution;

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
            return Err(Refusal::Io(Sentence::from(EXISTS).with("path", to.display())));
        }
        let io = |error: std::io::Error| {
            Refusal::Io(Sentence::from(NO_COPY).with("path", to.display()).with("what", error))
        };
        let part = to.with_extension(format!("part-{}", std::process::id()));
        private_file(&part).map_err(io)?;
        let done = self.copy_into(&part).and_then(|()| {
            fs::File::open(&part).and_then(|file| file.sync_all()).map_err(io)?;
            fs::hard_link(&part, to).map_err(io)
        });
        let _ = fs::remove_file(&part);
        done?;
        let bytes = fs::metadata(to).map_err(io)?.len();
        Ok(Copied { path: to.to_path_buf(), bytes })
    }

    fn copy_into(&self, part: &Path) -> Result<(), Refusal> {
        let mut target = Connection::open(part).map_err(refused)?;
        copy(&self.conn, &mut target)?;
        // A copy of a WAL register would start with a log of its own beside it.
        target.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(())).map_err(refused)?;
        sound(&target)
    }

    /// Puts the content of a backup in the place of a register, after checking it and after a
    /// backup of what is there now. Other operators see the new content at once. A register that
    /// is damaged itself is moved aside as it is: that it is damaged is why one restores.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] when the backup is no sound register; nothing was changed then.
    pub fn restore(opening: &open::Opening, from: &Path) -> Result<Copied, Refusal> {
        if opening.access == Access::Read {
            return Err(Refusal::ReadOnly);
        }
        if open::held::is_same(from, &opening.path) {
            return Err(Refusal::Rule(Sentence::from(ITSELF).with("path", from.display())));
        }
        let reading = open::Opening { path: from.to_path_buf(), access: Access::Read, ..opening.clone() };
        let source = Self::open(&reading)?;
        sound(&source.conn)?;
        if let Some(broken) = super::check::chain::broken(&source.conn)?.first() {
            return Err(Refusal::Damaged(broken.sentence.clone()));
        }
        let done = Self::open(opening).and_then(|mut store| store.take_over(&source));
        match done {
            Err(Refusal::Damaged(_)) if open::is_register(&opening.path) => {
                let kept = aside(&opening.path, &stamp(&(opening.clock)()))?;
                source.backup(&opening.path)?;
                Self::open(opening)?;
                Ok(kept)
            }
            other => other,
        }
    }

    fn take_over(&mut self, source: &Self) -> Result<Copied, Refusal> {
        let kept = self.backup(&self.free_name("restore"))?;
        copy(&source.conn, &mut self.conn)?;
        sound(&self.conn)?;
        migrate::bring_up(self)?;
        Ok(kept)
    }
}

/// Moves a damaged register aside, with the log that belongs to it.
fn aside(path: &Path, stamp: &str) -> Result<Copied, Refusal> {
    let io = |error: std::io::Error| {
        Refusal::Io(Sentence::from(NO_COPY).with("path", path.display()).with("what", error))
    };
    let beside = |path: &Path, tail: &str| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        path.with_file_name(format!("{name}{tail}"))
    };
    let kept = path.with_extension(format!("damaged-{stamp}.bak"));
    for tail in ["-wal", "-shm"] {
        let log = beside(path, tail);
        if log.exists() {
            fs::rename(&log, beside(&kept, tail)).map_err(io)?;
        }
    }
    fs::rename(path, &kept).map_err(io)?;
    let bytes = fs::metadata(&kept).map_err(io)?.len();
    Ok(Copied { path: kept, bytes })
}

/// An instant as a part of a file's name.
fn stamp(instant: &str) -> String {
    instant.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Copies the register beside itself before its format changes.
pub(super) fn before_migration(store: &Store, version: i64) -> Result<(), Refusal> {
    let to = store.path.with_extension(format!("v{version}.bak"));
    if to.exists() { Ok(()) } else { store.backup(&to).map(drop) }
}

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

/// Checks the pages and the indexes of a file.
pub(super) fn sound(conn: &Connection) -> Result<(), Refusal> {
    let verdict: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(refused)?;
    if verdict == "ok" {
        return Ok(());
    }
    Err(Refusal::Damaged(Sentence::from(UNSOUND).with("what", verdict)))
}

const ITSELF: Text =
    text("{path} is the register itself. Name a backup.", "{path} 就是当前登记册，请指定备份文件。");
const EXISTS: Text = text("{path} exists already; name another file.", "{path} 已存在，请另选文件名。");
const NO_COPY: Text = text("No copy can be made at {path} ({what}).", "无法在 {path} 建立副本（{what}）。");
const UNSOUND: Text =
    text("The file is damaged ({what}). Restore another backup.", "文件已损坏（{what}）。请恢复其他备份。");
