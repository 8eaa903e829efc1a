//! The file of rejected rows: line, reason, and the row as it was, to be mended and read again.
//!
//! It is never written over a file that is not one of ours, and never through a link.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::intake::Table;
use crate::intake::cells::guarded;
use crate::shell::import::Halted;
use crate::shell::import::outcome::Rejected;
use crate::shell::save::{Existing, save};
use crate::texts::{Lang, Sentence, Text, text};

/// How each of our files begins; nobody else's does.
const BEGINS: &str = "rejected_line,rejected_reason,rejected_text";

/// Writes the rejected rows; `None` when there are none. Without `given` the file stands beside the
/// source, or in the current folder when that of the source cannot be written.
pub(in crate::shell) fn write(
    source: &Path,
    given: Option<&Path>,
    table: &Table,
    rejected: &[Rejected],
    lang: Lang,
) -> Result<Option<PathBuf>, Halted> {
    if rejected.is_empty() {
        return Ok(None);
    }
    let bytes = content(table, rejected, lang);
    if let Some(path) = given {
        put(path, &bytes).map_err(|error| unwritten(path, &error))?;
        return Ok(Some(path.to_path_buf()));
    }
    let stem = source.file_stem().unwrap_or_default().to_string_lossy();
    let beside = source.with_file_name(format!("{stem}.rejects.csv"));
    let Err(error) = put(&beside, &bytes) else { return Ok(Some(beside)) };
    let here = PathBuf::from(beside.file_name().unwrap_or_default());
    match put(&here, &bytes) {
        Ok(()) => Ok(Some(here)),
        Err(_) => Err(unwritten(&beside, &error)),
    }
}

fn put(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(meta) if meta.is_file() && is_ours(path)? => {}
        Ok(_) => return Err(std::io::ErrorKind::AlreadyExists.into()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    save(path, Existing::Replaced, bytes)
}

fn is_ours(path: &Path) -> std::io::Result<bool> {
    let mut head = vec![0_u8; BEGINS.len()];
    match fs::File::open(path)?.read_exact(&mut head) {
        Ok(()) => Ok(head == BEGINS.as_bytes()),
        Err(_) => Ok(false),
    }
}

fn content(table: &Table, rejected: &[Rejected], lang: Lang) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let own = BEGINS.split(',').map(str::to_owned);
    let header: Vec<String> =
        own.chain(table.columns.iter().map(|name| guarded(name).into_owned())).collect();
    // Writing to memory does not fail.
    let _ = writer.write_record(&header);
    for one in rejected {
        let row = one.row.and_then(|at| table.rows.get(at));
        let unread = table.rejected.iter().find(|row| one.row.is_none() && row.line == one.line);
        let raw = unread.map_or("", |row| row.raw.as_str());
        let mut cells = vec![one.line.to_string(), one.reason(lang), guarded(raw).into_owned()];
        let row_cell = |at: usize| row.map_or("", |row| row.cell(at));
        cells.extend((0..table.columns.len()).map(|at| guarded(row_cell(at)).into_owned()));
        let _ = writer.write_record(&cells);
    }
    writer.into_inner().unwrap_or_default()
}

fn unwritten(path: &Path, error: &std::io::Error) -> Halted {
    Halted::Io(Sentence::from(UNWRITTEN).with("path", path.display()).with("what", error))
}

const UNWRITTEN: Text = text(
    "The rejected rows cannot be kept in {path} ({what}), so nothing was imported. Name another file with --rejects FILE.",
    "被拒的行无法保存到 {path}（{what}），因此未导入任何内容。请用 --rejects FILE 指定其他文件。",
);
