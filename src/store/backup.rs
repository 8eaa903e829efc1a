//! Copies of the register: made by the database's own online copy, never by the file system.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use crate::place::{Fresh, Placed};
use crate::register::Refusal;
use crate::store::{Access, Store, migrate, open, refused};
use crate::texts::{Sentence, Text, text};

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
        self.copy_to(to)?.ok_or_else(|| taken(to))
    }

    /// Makes a checked copy; nothing where something has that name by then.
    fn copy_to(&self, to: &Path) -> Result<Option<Copied>, Refusal> {
        let fresh = Fresh::beside(to).map_err(no_copy(to))?;
        self.copy_into(fresh.path())?;
        match fresh.put_in_place().map_err(no_copy(to))? {
            Placed::Taken => Ok(None),
            Placed::Here => {
                let bytes = fs::metadata(to).map_err(no_copy(to))?.len();
                Ok(Some(Copied { path: to.to_path_buf(), bytes }))
            }
        }
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
                let instant: String = (opening.clock)().chars().filter(char::is_ascii_alphanumeric).collect();
                let kept = aside(&opening.path, &instant)?;
                source.backup(&opening.path)?;
                Self::open(opening)?;
                Ok(kept)
            }
            other => other,
        }
    }

    fn take_over(&mut self, source: &Self) -> Result<Copied, Refusal> {
        let kept = self.backup(&self.free_name(&(self.clock)()))?;
        copy(&source.conn, &mut self.conn)?;
        sound(&self.conn)?;
        migrate::bring_up(self)?;
        Ok(kept)
    }
}

/// Moves a damaged register aside, with the log that belongs to it.
fn aside(path: &Path, stamp: &str) -> Result<Copied, Refusal> {
    let io = no_copy(path);
    let beside = |path: &Path, tail: &str| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        path.with_file_name(format!("{name}{tail}"))
    };
    let kept = path.with_extension(format!("damaged-{stamp}.bak"));
    for tail in ["-wal", "-shm"] {
        let log = beside(path, tail);
        if log.exists() {
            fs::rename(&log, beside(&kept, tail)).map_err(&io)?;
        }
    }
    fs::rename(path, &kept).map_err(&io)?;
    let bytes = fs::metadata(&kept).map_err(&io)?.len();
    Ok(Copied { path: kept, bytes })
}

impl Store {
    /// A name beside the register for what is there before a backup is put in its place.
    fn free_name(&self, instant: &str) -> PathBuf {
        let instant: String = instant.chars().filter(char::is_ascii_alphanumeric).collect();
        let name = |end: &str| self.path.with_extension(format!("before-restore-{instant}{end}.bak"));
        let numbered = (2..1_000).map(|n| name(&format!("-{n}")));
        std::iter::once(name("")).chain(numbered).find(|path| !path.exists()).unwrap_or_else(|| name(""))
    }
}

/// Copies the register beside itself before its format changes. A copy that is there already was
/// made of the same format, by whoever was here first.
pub(super) fn before_migration(store: &Store, version: i64) -> Result<(), Refusal> {
    let to = store.path.with_extension(format!("v{version}.bak"));
    if to.exists() { Ok(()) } else { store.copy_to(&to).map(drop) }
}

fn taken(to: &Path) -> Refusal {
    Refusal::Io(Sentence::from(EXISTS).with("path", to.display()))
}

fn no_copy(to: &Path) -> impl Fn(std::io::Error) -> Refusal {
    move |error| Refusal::Io(Sentence::from(NO_COPY).with("path", to.display()).with("what", error))
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
