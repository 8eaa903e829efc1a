//! Reading a list that someone else made: bytes in, a table of text out.
//!
//! The way of a file: [`decode::decode`] turns bytes into text, [`csv_table::read_csv`] or
//! [`json_table::read_json`] turns text into a [`table::Table`], as [`workbook::read_workbook`] does
//! with a sheet; [`mapping::Mapping`] says which
//! column fills which field, [`dates::DateReader`] and [`cells`] read what stands in a cell, and
//! [`identity`] names a row so that the next list of the same kind finds it again.
//!
//! Nothing here may guess: what can be read in two ways is an error with the two ways in it. This
//! wing must never open a file, know the register or a language, or lose a row: each record of the
//! file is a row of the table or a rejected row with its line and reason.

pub mod cells;
pub mod csv_table;
pub mod dates;
pub mod decode;
pub mod error;
pub mod identity;
pub mod json_table;
pub mod mapping;
pub mod synonyms;
pub mod table;
pub mod workbook;

use crate::limits;

pub use error::{CellProblem, IntakeError, JsonKind, RowProblem};
pub use table::{RejectedRow, Row, Table};

/// How much of a table is read before it is refused.
///
/// The size of the file is limited where it is decoded, by [`limits::FILE_BYTES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Columns of a table: more than this refuses the file.
    pub columns: usize,
    /// Bytes of one cell: more than this rejects its row.
    pub cell_bytes: usize,
    /// Rows of a table, read or rejected: more than this refuses the file.
    pub rows: usize,
}

/// The limits of every file of a user.
pub const LIMITS: Limits =
    Limits { columns: limits::FILE_COLUMNS, cell_bytes: limits::CELL_BYTES, rows: limits::FILE_ROWS };

impl Default for Limits {
    fn default() -> Self {
        LIMITS
    }
}
