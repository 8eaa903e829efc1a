//! The copies of a register that lie beside it: which there are, when and before what each was made.
//!
//! They are known by their names, which this program gave, and by the checksum beside what was made by
//! hand or the state in which a copy is made; and each by the founding of what it holds, for other registers
//! may lie beside this one. A copy that somebody carried elsewhere is not known here.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDateTime, Utc};
use rusqlite::{Connection, OpenFlags};

use super::{before, checksum, remove};
use crate::place::folder_of;
use crate::register::Refusal;
use crate::store::open::{self, held};
use crate::texts::{Sentence, Text, text};

/// A copy of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Where it is.
    pub path: PathBuf,
    /// Why it was made.
    pub made: Made,
    /// When (UTC): by its name, or by the clock of the file system where the name has none.
    pub at: Option<NaiveDateTime>,
    /// Its size in bytes.
    pub bytes: u64,
}

/// Why a copy was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Made {
    /// Before a file was read in.
    Import,
    /// Before many records were changed in one act.
    Bulk,
    /// Before a backup was put in its place.
    Restore,
    /// Of a damaged register, as it was.
    Damage,
    /// Before its format changed.
    Format,
    /// By hand.
    Asked,
}

/// How the words in the names of copies begin, after the name of the register, and why it was made.
const WORDS: &[(&str, Made)] = &[
    ("before-import-", Made::Import),
    ("before-bulk-", Made::Bulk),
    ("before-restore-", Made::Restore),
    ("damaged-", Made::Damage),
    ("v", Made::Format),
];

impl Made {
    /// Its word for programs.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::Bulk => "bulk",
            Self::Restore => "restore",
            Self::Damage => "damage",
            Self::Format => "format",
            Self::Asked => "asked",
        }
    }

    /// Why, in words.
    #[must_use]
    pub const fn label(self) -> Text {
        match self {
            Self::Import => text("before an import", "导入前"),
            Self::Bulk => text("before a change of many records", "批量更改前"),
            Self::Restore => text("before a restore", "恢复前"),
            Self::Damage => text("of the damaged register", "已损坏的登记册"),
            Self::Format => text("before a new format", "升级格式前"),
            Self::Asked => text("made by hand", "手动备份"),
        }
    }
}

/// The copies beside a register, the newest first.
#[must_use]
pub fn of(register: &Path) -> Vec<Kept> {
    // Some copies lie beside the file itself, others beside a link to it.
    let real = fs::canonicalize(register).unwrap_or_else(|_| register.to_path_buf());
    let folder = fs::canonicalize(folder_of(register)).unwrap_or_else(|_| folder_of(register).to_path_buf());
    let link = folder.join(register.file_name().unwrap_or_default());
    let mut places = vec![link, real];
    places.dedup();
    let ours = founding(register);
    let mut kept: Vec<Kept> = places.iter().flat_map(|place| beside(place)).collect();
    kept.retain(|copy| match founding(&copy.path) {
        // What cannot be read is a copy of ours only if it has our whole name: `r.bak` may be of `r.db` or of
        // `r.sqlite`.
        None => copy.made != Made::Asked && places.iter().any(|place| is_named_after(place, &copy.path)),
        theirs => theirs == ours || (ours.is_none() && copy.made != Made::Asked),
    });
    kept.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.path.cmp(&b.path)));
    kept.dedup_by(|a, b| a.path == b.path);
    kept
}

/// The act that founded what is in a file, by which registers are told apart; nothing where it cannot be
/// read. Reading leaves a copy as it is.
fn founding(path: &Path) -> Option<(String, String)> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    super::restore::founding(&Connection::open_with_flags(path, flags).ok()?).ok()
}

/// Removes copies with their checksums; how many are gone.
///
/// # Errors
/// [`Refusal::Io`] with the first that cannot be removed; those before it are gone.
pub fn discard(copies: &[PathBuf]) -> Result<usize, Refusal> {
    for copy in copies {
        remove(copy).map_err(|error| {
            Refusal::Io(Sentence::from(NOT_REMOVED).with("path", copy.display()).with("what", error))
        })?;
    }
    Ok(copies.len())
}

fn beside(register: &Path) -> Vec<Kept> {
    let entries = fs::read_dir(folder_of(register)).into_iter().flatten().flatten();
    let copies = entries.filter_map(|entry| {
        let path = folder_of(register).join(entry.file_name());
        let name = entry.file_name().to_string_lossy().into_owned();
        let (made, at) = known(register, &name).or_else(|| {
            let is_copy = checksum::beside(&path).exists() || is_at_rest(&path);
            let is_it = held::is_same(&path, register);
            (is_copy && !is_it && !is_of_another(register, &name)).then_some((Made::Asked, None))
        })?;
        let meta = fs::symlink_metadata(&path).ok().filter(fs::Metadata::is_file)?;
        let at = at.or_else(|| Some(DateTime::<Utc>::from(meta.modified().ok()?).naive_utc()));
        Some(Kept { path, made, at, bytes: meta.len() })
    });
    copies.collect()
}

/// Whether a file without a checksum is in the state in which copies are made: a register somebody works in
/// has a log, but on a network mount, where only the name tells.
fn is_at_rest(path: &Path) -> bool {
    let is_bak = path.to_string_lossy().ends_with(before::END);
    open::has_no_log(path) && (is_bak || !open::on_network(path))
}

/// Whether the name of a copy begins with the whole name of the register.
fn is_named_after(register: &Path, copy: &Path) -> bool {
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    name(copy).strip_prefix(&name(register)).is_some_and(|rest| rest.starts_with('.'))
}

/// What the name of a copy of this register says.
fn known(register: &Path, name: &str) -> Option<(Made, Option<NaiveDateTime>)> {
    let whole = register.file_name()?.to_string_lossy();
    let stem = register.file_stem()?.to_string_lossy();
    let rest = name.strip_suffix(before::END)?;
    let word = |of: &str| Some(rest.strip_prefix(of)?.strip_prefix('.')?.to_owned());
    let word = word(&whole).or_else(|| word(&stem))?;
    let (begins, made) = WORDS.iter().find(|(begins, _)| word.starts_with(begins))?;
    let of_name = word.strip_prefix(begins)?;
    if *made == Made::Format {
        return of_name.bytes().all(|byte| byte.is_ascii_digit()).then_some((*made, None));
    }
    Some((*made, Some(before::instant(of_name)?)))
}

/// Whether a name tells that the program made it before something, of a register of another name.
fn is_of_another(register: &Path, name: &str) -> bool {
    known(register, name).is_none()
        && name.ends_with(before::END)
        && WORDS.iter().any(|(word, made)| *made != Made::Format && name.contains(&format!(".{word}")))
}

const NOT_REMOVED: Text = text(
    "{path} cannot be removed ({what}); remove it yourself, for it holds what the register held.",
    "无法删除 {path}（{what}）；其中含有登记册原有内容，请自行删除。",
);
