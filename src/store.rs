//! The register: one SQLite file behind one face.
//!
//! The only wing that knows SQL. It stores facts, writes each change with its events and its
//! index rows in one transaction, and answers pages, cards and hits. It must never decide a
//! rule (that is `domain`) and never speak to a terminal. Nothing outside knows it is SQLite.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::domain::money::Currency;
use crate::register::Refusal;
use crate::texts::{Sentence, text};

pub mod backup;
mod built_in;
mod bulk;
mod calendars;
pub mod card;
pub mod change;
pub mod check;
mod clauses;
mod cycle;
pub mod erase;
pub mod find;
pub mod history;
mod known;
pub mod overview;
pub mod page;
mod past;
mod proposal;
mod revert;
mod reviews;
mod seal;
mod service_levels;
pub mod settings;
pub mod worker;

mod due;
mod feed;
mod filter;
mod index;
mod lookup;
mod meeting;
mod migrate;
mod money;
mod open;
#[cfg(test)]
pub(crate) mod probe;
mod silence;
mod sql;
mod standing;
mod tally;
mod verdict;

pub use change::Txn;
pub use migrate::{SCHEMA_VERSION, VERSION_STEP};
pub use open::{APPLICATION_ID, Access, Opening};

/// An open register.
#[derive(Debug)]
pub struct Store {
    // Dropped in this order: the file is given free only after its connection is closed.
    conn: Connection,
    _held: open::held::Held,
    path: PathBuf,
    access: Access,
    actor: String,
    clock: fn() -> String,
    today: NaiveDate,
    /// Where the rows of the last page stand, so that the next one need not be counted out.
    known: std::cell::RefCell<Option<page::Known>>,
}

impl Store {
    /// Who is named in the events.
    #[must_use]
    pub fn actor(&self) -> &str {
        &self.actor
    }

    /// The day the register is asked about.
    #[must_use]
    pub const fn today(&self) -> NaiveDate {
        self.today
    }

    /// Whether the register can be written.
    #[must_use]
    pub fn is_writable(&self) -> bool {
        self.access == Access::Write
    }

    /// The same connection, by which nothing is written any more.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn into_reading(mut self) -> Result<Self, Refusal> {
        self.conn.pragma_update(None, "query_only", true).map_err(refused)?;
        self.access = Access::Read;
        Ok(self)
    }

    /// Changes the day the register is asked about, when a new day begins.
    pub const fn set_today(&mut self, today: NaiveDate) {
        self.today = today;
    }

    /// The currency that bare numbers mean.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn base_currency(&self) -> Result<Currency, Refusal> {
        let code = self.setting(settings::BASE_CURRENCY)?;
        Ok(Currency::from_code(&code).unwrap_or(settings::DEFAULT_CURRENCY))
    }

    /// A number that changes when any other process or connection has written.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn epoch(&self) -> Result<i64, Refusal> {
        let mut statement = self.conn.prepare_cached("PRAGMA data_version").map_err(refused)?;
        statement.query_row([], |row| row.get(0)).map_err(refused)
    }

    /// What tells this register from every other: the beginning of its first event's hash, in
    /// hexadecimal.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn mark(&self) -> Result<String, Refusal> {
        let first = "SELECT lower(hex(substr(hash, 1, 6))) FROM event ORDER BY seq LIMIT 1";
        self.conn.query_row(first, [], |row| row.get(0)).map_err(refused)
    }

    /// Makes all that is read until it is dropped be of one moment, and be read under one lock.
    /// Nothing where that is so already.
    fn moment(&self) -> Result<Option<rusqlite::Transaction<'_>>, Refusal> {
        if !self.conn.is_autocommit() {
            return Ok(None);
        }
        self.conn.unchecked_transaction().map(Some).map_err(refused)
    }

    /// From now on another thread can stop what is asked here.
    ///
    /// The look-up's table is connected first: stopped in the midst of that, the engine does not say
    /// that it was stopped but that the table cannot be made, which reads like damage.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn stoppable(&mut self) -> Result<StopWish, Refusal> {
        let stop = StopWish::default();
        self.stop_by(&stop)?;
        Ok(stop)
    }

    /// Makes the register stop by a wish that is there already.
    ///
    /// # Errors
    /// As [`Store::stoppable`].
    pub fn stop_by(&mut self, stop: &StopWish) -> Result<(), Refusal> {
        lookup::connect(&self.conn).map_err(refused)?;
        let wish = stop.clone();
        self.conn.progress_handler(STEPS, Some(move || wish.is_wanted())).map_err(refused)
    }
}

/// Steps of the engine between two looks at whether to stop: some microseconds, and far more than it
/// takes to end a transaction, which must not be stopped.
const STEPS: i32 = 100;

/// The wish that what is asked of a register stop, which another thread has.
///
/// The engine's own interrupt is lost where no statement runs at that moment, and a question is many
/// short statements with work between them; this stands until it is taken back.
#[derive(Debug, Clone, Default)]
pub struct StopWish(Arc<AtomicBool>);

impl StopWish {
    /// Whatever is asked from now on is answered with [`Refusal::Interrupted`], and so is what runs.
    pub fn want(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// Questions are answered again.
    pub fn take_back(&self) {
        self.0.store(false, Ordering::Release);
    }

    fn is_wanted(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// The version of the database engine inside the program.
#[must_use]
pub fn engine_version() -> &'static str {
    rusqlite::version()
}

/// Translates what SQLite says into what the user can act on.
fn refused(error: rusqlite::Error) -> Refusal {
    use rusqlite::ErrorCode as Code;
    let Some(code) = error.sqlite_error_code() else {
        return Refusal::Damaged(Sentence::from(UNREADABLE).with("what", error));
    };
    match code {
        Code::DatabaseBusy | Code::DatabaseLocked => Refusal::Busy,
        Code::OperationInterrupted => Refusal::Interrupted,
        Code::ReadOnly => Refusal::ReadOnly,
        Code::DiskFull => Refusal::Io(DISK_FULL.into()),
        Code::DatabaseCorrupt => Refusal::Damaged(DAMAGED.into()),
        Code::NotADatabase => Refusal::Damaged(NOT_A_REGISTER.into()),
        Code::SystemIoFailure | Code::CannotOpen | Code::PermissionDenied => {
            Refusal::Io(Sentence::from(SYSTEM_REFUSED).with("what", error))
        }
        Code::ConstraintViolation => Refusal::Rule(Sentence::from(CONSTRAINT).with("what", error)),
        _ => Refusal::Damaged(Sentence::from(UNREADABLE).with("what", error)),
    }
}

/// The digits of a digest, as events and checksums keep it.
fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

const DISK_FULL: crate::texts::Text = text(
    "The disk is full; nothing was changed. Make room and try again.",
    "磁盘已满，未作任何更改。请腾出空间后重试。",
);
const DAMAGED: crate::texts::Text = text(
    "The register is damaged. Run vendeck check, then restore a backup with vendeck restore FILE.",
    "登记册已损坏。请运行 vendeck check，再用 vendeck restore FILE 恢复备份。",
);
const NOT_A_REGISTER: crate::texts::Text = text(
    "The file is not a vendeck register. Name another with --db FILE.",
    "该文件不是 vendeck 登记册。请用 --db FILE 指定其他文件。",
);
const SYSTEM_REFUSED: crate::texts::Text = text(
    "The register could not be read or written ({what}). Check the disk and the permissions of the folder.",
    "登记册无法读写（{what}）。请检查磁盘和文件夹权限。",
);
const CONSTRAINT: crate::texts::Text =
    text("The register refused the value ({what}).", "登记册拒绝了该值（{what}）。");
const UNREADABLE: crate::texts::Text = text(
    "The register holds something this program cannot read ({what}). Run vendeck check.",
    "登记册中有本程序无法读取的内容（{what}）。请运行 vendeck check。",
);

#[cfg(test)]
mod tests;
