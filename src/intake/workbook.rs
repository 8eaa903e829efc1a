//! A sheet of a workbook as a table: XLSX and ODS, read as a stream.
//!
//! A workbook is a ZIP archive of XML parts, a few kilobytes of which may unfold into anything. So
//! nothing here believes what a file says about its own size: parts are counted while they are
//! inflated (`archive`), cells and texts while they are gathered (`gather`), and the first limit
//! that is met refuses the file.
//!
//! The `calamine` crate reads both formats, but reserves memory for as many strings as an XLSX
//! claims to have, holds an ODS whole with all its repeated cells, and hands out every number as a
//! float; here each number keeps the digits of the file (`number`).
//!
//! A cell must never say anything but what the sheet shows: a date by its number format, a number
//! with its zeros in front where the format puts them there, the stored value of a formula.

mod archive;
mod format;
mod gather;
mod number;
mod ods;
mod xlsx;

use std::io::{Read, Seek};

use crate::intake::error::IntakeError;
use crate::intake::mapping::fold;
use crate::intake::{LIMITS, Limits, Table};
use crate::limits::WORKBOOK_ROWS;

use archive::Archive;

/// A sheet that was read, and what else the workbook holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Workbook {
    /// The table of the sheet. The line of a row is its number in the sheet.
    pub table: Table,
    /// The place of the sheet among [`Workbook::sheets`].
    pub sheet: usize,
    /// All sheets, in the order of the workbook.
    pub sheets: Vec<Sheet>,
    /// How many filled rows stand above the one that names the columns: a title, a date.
    pub above: usize,
}

/// A sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its name as written.
    pub name: String,
    /// Whether the workbook hides it.
    pub hidden: bool,
}

/// Whether a file that begins with these bytes is a ZIP archive, as workbooks are.
#[must_use]
pub fn is_archive(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04")
}

/// Reads one sheet of a workbook: the one that `asked` names, by name or number from 1, else the
/// first with data that is not hidden, else the first with data.
///
/// The first row with two filled cells names the columns, or the first filled row where no row has
/// two; what stands above it is counted and left out. A column without a name is called by its
/// position, as `#3`. Rows without a filled cell are no records. A cell merged over several rows
/// fills each of them; one merged over several columns fills the first.
///
/// # Errors
///
/// [`IntakeError::NotAWorkbook`], [`IntakeError::DamagedWorkbook`], [`IntakeError::NoSuchSheet`],
/// [`IntakeError::Empty`], and one of the limits: [`IntakeError::TooManyColumns`],
/// [`IntakeError::TooManyRows`], [`IntakeError::TooManyCells`], [`IntakeError::TooMuchText`],
/// [`IntakeError::TooManyParts`], [`IntakeError::PartTooLarge`], [`IntakeError::PieceTooLong`].
pub fn read_workbook(file: impl Read + Seek, asked: Option<&str>) -> Result<Workbook, IntakeError> {
    read_workbook_within(file, asked, LIMITS)
}

/// [`read_workbook`] with limits of one's own.
///
/// # Errors
///
/// Those of [`read_workbook`].
pub fn read_workbook_within(
    file: impl Read + Seek,
    asked: Option<&str>,
    limits: Limits,
) -> Result<Workbook, IntakeError> {
    let limits = Limits { rows: limits.rows.min(WORKBOOK_ROWS), ..limits };
    let mut archive = Archive::open(file)?;
    if ods::is_here(&mut archive) {
        ods::read(&mut archive, asked, limits)
    } else {
        xlsx::read(&mut archive, asked, limits)
    }
}

/// The place of the sheet that `asked` names: by its exact name, else its number from 1, else its
/// name but for case, width and marks.
fn find_sheet(sheets: &[Sheet], asked: &str) -> Result<usize, IntakeError> {
    let place = |number: usize| number.checked_sub(1).filter(|at| *at < sheets.len());
    let folded = fold(asked);
    let exact = sheets.iter().position(|sheet| sheet.name == asked);
    let numbered = || asked.trim().parse().ok().and_then(place);
    let near = || sheets.iter().position(|sheet| !folded.is_empty() && fold(&sheet.name) == folded);
    exact.or_else(numbered).or_else(near).ok_or_else(|| IntakeError::NoSuchSheet {
        name: asked.to_owned(),
        possible: sheets.iter().map(|sheet| sheet.name.clone()).collect(),
    })
}

#[cfg(test)]
mod tests;
