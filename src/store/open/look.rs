//! Looking at a file before a connection touches it.
//!
//! What is no register of ours is refused here, its bytes unchanged and nothing created beside
//! it: SQLite would start a new database in an empty file, and would replay a forgotten log into
//! a new one.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::Path;

use rusqlite::Connection;

use super::{APPLICATION_ID, held, named};
use crate::place::beside;
use crate::register::Refusal;
use crate::store::{migrate, refused};
use crate::texts::{Text, text};

/// What every file of SQLite 3 begins with.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// What lies at a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing: a register can be made there.
    Nothing,
    /// A register, as far as its first bytes tell.
    Register,
}

/// Looks at the file without opening a connection.
pub(super) fn look(path: &Path) -> Result<Found, Refusal> {
    let refuse = |text: Text| Err(Refusal::Damaged(named(text, path)));
    let unreadable = |error: std::io::Error| Refusal::Io(named(NO_ACCESS, path).with("what", error));
    let meta = match fs::symlink_metadata(path) {
        Ok(meta) if meta.file_type().is_symlink() => match fs::metadata(path) {
            Ok(meta) => meta,
            Err(_) => return refuse(DANGLING),
        },
        Ok(meta) => meta,
        Err(error) if error.kind() == ErrorKind::NotFound => return nothing(path),
        Err(error) => return Err(unreadable(error)),
    };
    let kind = meta.file_type();
    if kind.is_dir() {
        return refuse(DIRECTORY);
    }
    if kind.is_fifo() || kind.is_socket() || kind.is_char_device() || kind.is_block_device() {
        return refuse(NOT_A_FILE);
    }
    if meta.nlink() > 1 {
        return refuse(HARD_LINKED);
    }
    if meta.len() == 0 {
        return refuse(EMPTY);
    }
    match held::read_head(path).map_err(unreadable)? {
        Some(head) => judge(path, &head, meta.len()),
        None => Ok(Found::Register),
    }
}

/// There is no file; but a log that an older register left would be replayed into a new one.
fn nothing(path: &Path) -> Result<Found, Refusal> {
    for log in ["-wal", "-journal"].map(|end| beside(path, end)) {
        if log.exists() && !path.exists() {
            return Err(Refusal::Damaged(named(ORPHAN_LOG, path).with("log", log.display())));
        }
    }
    Ok(Found::Nothing)
}

/// Whether the file is a register of ours by the marks in its first bytes, sound or not.
pub(in crate::store) fn is_ours(path: &Path) -> bool {
    let is_file = fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.nlink() == 1);
    is_file
        && match held::read_head(path) {
            Ok(Some(head)) => head.starts_with(MAGIC) && number(&head, 68) == APPLICATION_ID,
            // A connection is open to it, so it was looked at.
            Ok(None) => true,
            Err(_) => false,
        }
}

/// Whether the file is a register of ours that is written without a log, as every copy is made.
pub(in crate::store) fn has_no_log(path: &Path) -> bool {
    is_ours(path) && held::read_head(path).is_ok_and(|head| head.is_some_and(|head| head.get(18) == Some(&1)))
}

/// Judges a file by the first hundred bytes, which are those of the format of SQLite 3.
fn judge(path: &Path, head: &[u8; 100], length: u64) -> Result<Found, Refusal> {
    let refuse = |text: Text| Err(Refusal::Damaged(named(text, path)));
    if !head.starts_with(MAGIC) {
        return refuse(NO_REGISTER);
    }
    let byte = |at: usize| head.get(at).copied().unwrap_or(0);
    let number = |at: usize| number(head, at);
    if number(68) != APPLICATION_ID {
        return refuse(OTHER_PROGRAM);
    }
    let version = i64::from(number(60));
    if migrate::is_newer(version) {
        return Err(Refusal::Newer { found: version, ours: migrate::SCHEMA_VERSION });
    }
    let page = u64::from(byte(16)) << 8 | u64::from(byte(17));
    let is_page = page == 1 || (page.is_power_of_two() && page >= 512);
    let is_journal = matches!(byte(18), 1 | 2) && byte(18) == byte(19);
    let is_sound = is_page
        && is_journal
        && [byte(20), byte(21), byte(22), byte(23)] == [0, 64, 32, 32]
        && number(44) == 4
        && number(56) == 1
        && migrate::is_known(version);
    if !is_sound {
        return refuse(DAMAGED_HEAD);
    }
    let page = if page == 1 { 65_536 } else { page };
    let pages = u64::from(number(28).unsigned_abs());
    let counts = number(24) == number(92) && !beside(path, "-wal").exists();
    if counts && length < pages * page {
        return Err(Refusal::Damaged(
            named(CUT_SHORT, path).with("bytes", length).with("whole", pages * page),
        ));
    }
    Ok(Found::Register)
}

/// The number of four bytes at a place of the head.
fn number(head: &[u8; 100], at: usize) -> i32 {
    let bytes = head.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
    i32::from_be_bytes(bytes.unwrap_or([0; 4]))
}

/// Confirms through the connection what the bytes said, where they could not be read, or where
/// the file was replaced meanwhile; and that the schema can be read.
pub(super) fn confirm(conn: &Connection, path: &Path) -> Result<(), Refusal> {
    let number = |pragma: &str| -> Result<i64, Refusal> {
        conn.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get(0)).map_err(refused)
    };
    if number("application_id")? != i64::from(APPLICATION_ID) {
        return Err(Refusal::Damaged(named(OTHER_PROGRAM, path)));
    }
    migrate::refuse_newer(conn)?;
    if !migrate::is_known(number("user_version")?) {
        return Err(Refusal::Damaged(named(DAMAGED_HEAD, path)));
    }
    conn.prepare("SELECT 1 FROM setting").map(drop).map_err(refused)
}

const NO_ACCESS: Text = text("{path} cannot be read ({what}).", "无法读取 {path}（{what}）。");
const DANGLING: Text = text("{path} is a link that leads nowhere.", "{path} 是失效的链接。");
const DIRECTORY: Text = text(
    "{path} is a folder, not a register. Name a file with --db FILE.",
    "{path} 是文件夹，不是登记册。请用 --db FILE 指定文件。",
);
const NOT_A_FILE: Text = text("{path} is not an ordinary file.", "{path} 不是普通文件。");
const HARD_LINKED: Text = text(
    "{path} has a second name (a hard link), through which locks would fail. Remove the other name or copy the file.",
    "{path} 有第二个名称（硬链接），会使锁失效。请删除另一名称或复制该文件。",
);
const EMPTY: Text = text(
    "{path} is empty: 0 bytes. A register is never empty; remove the file to start a new one.",
    "{path} 为空（0 字节）。登记册不会为空；如要新建，请先删除该文件。",
);
const NO_REGISTER: Text = text(
    "{path} is not a vendeck register. Name another with --db FILE.",
    "{path} 不是 vendeck 登记册。请用 --db FILE 指定其他文件。",
);
const OTHER_PROGRAM: Text = text("{path} is the database of another program.", "{path} 是其他程序的数据库。");
const DAMAGED_HEAD: Text = text(
    "{path} is a damaged register: its first bytes are wrong. Restore a backup with vendeck restore FILE.",
    "{path} 已损坏：文件头有误。请用 vendeck restore FILE 恢复备份。",
);
const CUT_SHORT: Text = text(
    "{path} is cut short: {bytes} bytes of {whole}. Restore a backup with vendeck restore FILE.",
    "{path} 不完整：仅有 {bytes} 字节，应为 {whole} 字节。请用 vendeck restore FILE 恢复备份。",
);
const ORPHAN_LOG: Text = text(
    "There is no register at {path}, but its log {log} is there. Put the register back, or remove the log to start a new one.",
    "{path} 处没有登记册，但其日志 {log} 仍在。请放回登记册，或删除日志后新建。",
);
