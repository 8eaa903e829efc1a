//! Opening a register: looking before touching, settings of the connection, first start.
//!
//! A file that is no register of ours is refused with its bytes unchanged and nothing created
//! beside it. A new register is made whole under another name and moved into place, so no
//! second starter ever meets half of one.

use std::fs;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::NaiveDate;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags, config::DbConfig};

use crate::limits;
use crate::place::{Fresh, folder_of};
use crate::register::Refusal;
use crate::store::backup::checksum;
use crate::store::{Store, calendars, filter, migrate, refused, settings};
use crate::texts::{Sentence, Text, text};

pub(super) mod held;
mod look;

use held::Held;
use look::{Found, look};
pub(super) use look::{has_no_log, is_ours};

/// Marks a file as a register of ours: the letters `Vndk`.
pub const APPLICATION_ID: i32 = 0x566e_646b;

/// What may be done with an open register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Read and write.
    Write,
    /// Read only.
    Read,
}

/// How a register is opened.
#[derive(Debug, Clone)]
pub struct Opening {
    /// The file.
    pub path: PathBuf,
    /// What may be done with it.
    pub access: Access,
    /// Who is named in the events.
    pub actor: String,
    /// The day the register is asked about.
    pub today: NaiveDate,
    /// Gives this instant in UTC as text; the register stamps its events with it.
    pub clock: fn() -> String,
    /// The base currency of a register that is made now.
    pub currency: crate::domain::money::Currency,
}

/// The switch to WAL can be refused while others open: tried again so often, 10 ms apart.
const OPEN_TRIES: u32 = 100;

impl Store {
    /// Opens the register, and makes it first if there is none yet.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] for what is no register, [`Refusal::Newer`], [`Refusal::Io`];
    /// [`Refusal::Rule`] for one of an older format that may only be read: its tables are not those that
    /// are asked.
    pub fn open(opening: &Opening) -> Result<Self, Refusal> {
        let store = Self::open_as_it_is(opening)?;
        if migrate::version(&store.conn)? < migrate::SCHEMA_VERSION {
            return Err(Refusal::Rule(named(OLDER, &opening.path)));
        }
        calendars::learn(&store.conn)?;
        Ok(store)
    }

    /// Opens a register whose content nobody asks for: one that may only be read stays of its format.
    pub(super) fn open_as_it_is(opening: &Opening) -> Result<Self, Refusal> {
        match look(&opening.path)? {
            Found::Nothing if opening.access == Access::Read => {
                return Err(Refusal::Io(named(NO_FILE, &opening.path)));
            }
            Found::Nothing => create(opening)?,
            Found::Register => {}
        }
        let mut store = Self::again(opening)?;
        look::confirm(&store.conn, &opening.path)?;
        if opening.access == Access::Write {
            migrate::bring_up(&mut store)?;
            store.renew_index()?;
            store.renew_lookup()?;
        }
        migrate::refuse_newer(&store.conn)?;
        Ok(store)
    }

    /// Opens one more connection to a register this process has looked at already.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn again(opening: &Opening) -> Result<Self, Refusal> {
        let held = Held::take(&opening.path);
        let conn = connect(&opening.path, opening.access)?;
        Ok(Self {
            conn,
            _held: held,
            path: opening.path.clone(),
            access: opening.access,
            actor: opening.actor.clone(),
            clock: opening.clock,
            today: opening.today,
            known: std::cell::RefCell::default(),
        })
    }
}

/// Refuses what is no register by its first bytes, and where there is nothing.
pub(super) fn confirm_readable(path: &Path) -> Result<(), Refusal> {
    match look(path)? {
        Found::Nothing => Err(Refusal::Io(named(NO_FILE, path))),
        Found::Register => Ok(()),
    }
}

/// Makes a new register whole under a name of its own, then moves it into place. Whoever
/// comes second finds the first one's file and uses that.
fn create(opening: &Opening) -> Result<(), Refusal> {
    let path = &opening.path;
    let io = |error: std::io::Error| Refusal::Io(named(NO_CREATE, path).with("what", error));
    let folder = folder_of(path);
    if !folder.exists() {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(io)?;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).map_err(io)?;
    }
    let fresh = Fresh::beside(path).map_err(io)?;
    fill(fresh.path(), opening)?;
    fresh.put_in_place().map(drop).map_err(io)
}

fn fill(fresh: &Path, opening: &Opening) -> Result<(), Refusal> {
    let conn = Connection::open(fresh).map_err(refused)?;
    conn.pragma_update(None, "application_id", APPLICATION_ID).map_err(refused)?;
    drop(conn);
    let making = Opening { path: fresh.to_path_buf(), access: Access::Write, ..opening.clone() };
    let mut store = Store::again(&making)?;
    migrate::bring_up(&mut store)?;
    store.establish(settings::Founding { base_currency: opening.currency })?;
    store.conn.pragma_update(None, "wal_checkpoint", "TRUNCATE").or_else(ignore_rows).map_err(refused)
}

/// `wal_checkpoint` answers with a row, which `pragma_update` takes for an error.
fn ignore_rows(error: rusqlite::Error) -> rusqlite::Result<()> {
    match error {
        rusqlite::Error::ExecuteReturnedResults => Ok(()),
        other => Err(other),
    }
}

fn connect(path: &Path, access: Access) -> Result<Connection, Refusal> {
    let mut tries = 0;
    loop {
        match try_connect(path, access) {
            Err(Refusal::Busy) if tries < OPEN_TRIES => {
                tries += 1;
                std::thread::park_timeout(Duration::from_millis(10));
            }
            other => return other,
        }
    }
}

/// A connection to whatever pages the file at `path` holds, of which none was looked at: for
/// copying them as they are, or others over them.
pub(super) fn pages_of(path: &Path) -> Result<(Held, Connection), Refusal> {
    let held = Held::take(path);
    Ok((held, unread(path, Access::Write)?))
}

fn unread(path: &Path, access: Access) -> Result<Connection, Refusal> {
    let mode = match access {
        Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
    };
    let conn = Connection::open_with_flags(path, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(refused)?;
    conn.busy_timeout(limits::LOCK_WAIT).map_err(refused)?;
    Ok(conn)
}

fn try_connect(path: &Path, access: Access) -> Result<Connection, Refusal> {
    let conn = unread(path, access)?;
    let set = |conn: &Connection| -> rusqlite::Result<()> {
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
        // Without it a statement is planned anew whenever a value is bound that a partial index
        // might be tested against: a third of the time of every read and write.
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        conn.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
        filter::register(conn)?;
        conn.set_prepared_statement_cache_capacity(256);
        conn.execute_batch(
            "PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;",
        )?;
        if access == Access::Write {
            // A copy that is only looked at stays as it was made, byte for byte.
            let stays = on_network(path) || checksum::beside(path).exists();
            let journal = if stays { "DELETE" } else { "WAL" };
            conn.pragma_update_and_check(None, "journal_mode", journal, |_| Ok(()))?;
        } else {
            conn.pragma_update(None, "query_only", true)?;
        }
        conn.pragma_update(None, "synchronous", "FULL")
    };
    set(&conn).map_err(refused)?;
    Ok(conn)
}

/// Whether the file lies on a network mount, where WAL cannot work: its index is shared memory.
#[cfg(target_os = "linux")]
pub(crate) fn on_network(path: &Path) -> bool {
    const NFS: u64 = 0x6969;
    const SMB: u64 = 0x517b;
    const CIFS: u64 = 0xff53_4d42;
    const SMB2: u64 = 0xfe53_4d42;
    const CEPH: u64 = 0x00c3_6400;
    const V9FS: u64 = 0x0102_1997;
    let Ok(fs) = rustix::fs::statfs(path) else { return false };
    let kind = u64::try_from(fs.f_type).unwrap_or(0);
    [NFS, SMB, CIFS, SMB2, CEPH, V9FS].contains(&kind)
}

/// Elsewhere the kind of a mount is not asked.
#[cfg(not(target_os = "linux"))]
pub(crate) fn on_network(_: &Path) -> bool {
    false
}

fn named(text: Text, path: &Path) -> Sentence {
    Sentence::from(text).with("path", path.display())
}

const OLDER: Text = text(
    "{path} was made by an older version. Open it once without --read-only: it is brought up, with a copy from before beside it.",
    "{path} 由旧版本建立。请先以可写方式打开一次（不加 --read-only）：升级前会在旁边保留副本。",
);
const NO_FILE: Text = text("There is no register at {path}.", "{path} 处没有登记册。");
const NO_CREATE: Text = text(
    "No register can be made at {path} ({what}). Name another place with --db FILE.",
    "无法在 {path} 建立登记册（{what}）。请用 --db FILE 指定其他位置。",
);
