//! The checksum of a copy: SHA-256 of its bytes, in a file beside it that `sha256sum -c` reads too.
//!
//! Only a file without a connection of this process is read: closing it would drop the locks of the connection.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::place::{self, Fresh};
use crate::register::Refusal;
use crate::store::backup::no_copy;
use crate::store::hex;
use crate::store::open::held;

/// How the name of a checksum ends, after that of its copy.
pub const END: &str = ".sha256";
/// Bytes read at a time.
const PART: usize = 1 << 16;

/// What the checksum beside a copy says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checksum {
    /// The copy is as it was made.
    Matches,
    /// It was changed since, or went bad.
    Differs,
    /// There is none: the copy was made elsewhere, or by an older program.
    Missing,
}

impl Checksum {
    /// Its word for programs.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Matches => "matches",
            Self::Differs => "differs",
            Self::Missing => "missing",
        }
    }
}

/// Where the checksum of a copy lies.
#[must_use]
pub fn beside(copy: &Path) -> PathBuf {
    place::beside(copy, END)
}

/// Compares a copy with its checksum.
///
/// # Errors
/// When one of the two cannot be read.
pub fn compare(copy: &Path) -> io::Result<Checksum> {
    let written = match fs::read_to_string(beside(copy)) {
        Ok(written) => written,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Checksum::Missing),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => return Ok(Checksum::Differs),
        Err(error) => return Err(error),
    };
    let written = written.split_whitespace().next().unwrap_or_default();
    // What this process has open is no copy at rest, and cannot be compared.
    let is_same = sum(copy)?.is_none_or(|sum| sum.eq_ignore_ascii_case(written));
    Ok(if is_same { Checksum::Matches } else { Checksum::Differs })
}

/// Takes the checksum away from beside a file that is written to from now on: it is a copy no more but a
/// register of its own.
pub(in crate::store) fn lift(register: &Path) -> Result<(), Refusal> {
    match fs::remove_file(beside(register)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(no_copy(register)(error)),
        _ => Ok(()),
    }
}

/// Writes the checksum of a copy beside it, in the place of an older one.
pub(in crate::store) fn write(copy: &Path) -> io::Result<()> {
    let Some(sum) = sum(copy)? else { return Ok(()) };
    let fresh = Fresh::beside(&beside(copy))?;
    let name = copy.file_name().unwrap_or_default().to_string_lossy();
    fs::OpenOptions::new()
        .write(true)
        .open(fresh.path())?
        .write_all(format!("{sum}  {name}\n").as_bytes())?;
    fresh.replace()
}

/// The sum in hexadecimal digits; `None` while this process has the file open.
fn sum(path: &Path) -> io::Result<Option<String>> {
    held::while_closed(path, |mut file| {
        let mut digest = Sha256::new();
        let mut part = vec![0; PART];
        loop {
            match file.read(&mut part)? {
                0 => break,
                read => digest.update(part.get(..read).unwrap_or_default()),
            }
        }
        Ok(hex(&digest.finalize()))
    })
}
