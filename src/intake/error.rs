//! What can be wrong with a file, a row or a cell, as data.
//!
//! It must never hold a sentence: the command line makes sentences of it in two languages.

use crate::intake::dates::DateOrder;
use crate::intake::decode::Encoding;

/// Why a whole file cannot be read as it was asked for. Lines and columns count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IntakeError {
    /// The file is larger than [`crate::limits::FILE_BYTES`].
    TooLarge {
        /// Size of the file.
        bytes: usize,
        /// The largest that is read.
        limit: usize,
    },
    /// There is nothing in the file but blanks.
    Empty,
    /// NUL bytes and no byte order mark: UTF-16 most likely.
    LooksLikeUtf16,
    /// The byte order mark of UTF-32, which is not read.
    Utf32,
    /// The first bytes of an old Excel workbook (XLS), or of one that a password locks: neither is
    /// read.
    OldWorkbook,
    /// A ZIP archive that is neither XLSX nor ODS.
    NotAWorkbook,
    /// A workbook that cannot be read to its end.
    DamagedWorkbook {
        /// The part of the archive; empty where it is the archive itself.
        part: String,
    },
    /// A sheet was named that the workbook does not have.
    NoSuchSheet {
        /// What was named.
        name: String,
        /// The sheets of the workbook.
        possible: Vec<String>,
    },
    /// A sheet was named for a file that has none.
    NotASheet,
    /// More parts in a workbook than [`crate::limits::WORKBOOK_PARTS`].
    TooManyParts {
        /// The most that are read.
        limit: usize,
    },
    /// A part of a workbook that inflates to more than [`crate::limits::WORKBOOK_PART_BYTES`].
    PartTooLarge {
        /// The part.
        part: String,
        /// The largest that is read.
        limit: u64,
    },
    /// A tag or a run of text of more than [`crate::limits::WORKBOOK_PIECE_BYTES`].
    PieceTooLong {
        /// The part that holds it.
        part: String,
        /// The longest that is read.
        limit: u64,
    },
    /// More cells in a sheet than [`crate::limits::WORKBOOK_CELLS`].
    TooManyCells {
        /// The most that are read.
        limit: usize,
    },
    /// More text in a sheet than [`crate::limits::WORKBOOK_TEXT_BYTES`], or in what sheets share than
    /// [`crate::limits::WORKBOOK_STRINGS_BYTES`].
    TooMuchText {
        /// The most that is read, in bytes.
        limit: usize,
    },
    /// The bytes are not UTF-8 and no encoding was named.
    NotUtf8 {
        /// The first byte that is not UTF-8, from 0.
        offset: usize,
        /// The encodings that read the file from end to end, the likeliest first.
        candidates: Vec<Encoding>,
    },
    /// The bytes are not text of the encoding that was named or that the byte order mark names.
    Undecodable {
        /// The encoding that was tried.
        encoding: Encoding,
        /// The first byte of what cannot be read, from 0.
        offset: usize,
    },
    /// The encoding that was named is not the one of the byte order mark.
    BomContradicts {
        /// The encoding of the byte order mark.
        bom: Encoding,
        /// The encoding that was named.
        asked: Encoding,
    },
    /// More columns than [`crate::intake::Limits::columns`].
    TooManyColumns {
        /// Columns of the file.
        found: usize,
        /// The most that are read.
        limit: usize,
    },
    /// More rows than [`crate::intake::Limits::rows`].
    TooManyRows {
        /// The most that are read.
        limit: usize,
    },
    /// The line with the names of the columns cannot be read.
    MalformedHeader {
        /// Its first line.
        line: usize,
        /// What is wrong with it.
        problem: RowProblem,
    },
    /// The text is not JSON.
    NotJson {
        /// The line where it stops being JSON.
        line: usize,
        /// The column of that line, in bytes.
        column: usize,
    },
    /// The JSON is not an array of objects.
    NotAnArray {
        /// What it is.
        found: JsonKind,
    },
    /// Columns of one name, so that the name says nothing; `#2` names a column by its position.
    DuplicateHeader {
        /// The name.
        name: String,
        /// The positions of the columns.
        columns: Vec<usize>,
    },
    /// An entry of `--map` without `=`.
    MapWithoutField {
        /// The entry.
        entry: String,
    },
    /// A column was named that the file does not have.
    UnknownColumn {
        /// What was named.
        name: String,
        /// The columns of the file.
        possible: Vec<String>,
    },
    /// A field was named that this kind of record does not have.
    UnknownField {
        /// What was named.
        name: String,
        /// The fields of the kind.
        possible: Vec<&'static str>,
    },
    /// Two entries of `--map` speak of one column.
    ColumnMappedTwice {
        /// The column.
        column: String,
    },
    /// Two columns would fill one field.
    FieldMappedTwice {
        /// The field.
        field: &'static str,
        /// The columns.
        columns: Vec<String>,
    },
    /// Every date of a column can be read in more than one order.
    AmbiguousDates {
        /// The column.
        column: String,
        /// The line of a date that shows it.
        line: usize,
        /// That date as written.
        text: String,
        /// The orders that read the whole column.
        orders: Vec<DateOrder>,
    },
    /// The dates of a column are written in two styles.
    MixedDates {
        /// The column.
        column: String,
        /// Line and text of a date in the first style.
        first: (usize, String),
        /// Line and text of a date in the other style.
        other: (usize, String),
    },
}

/// Why one row was rejected when the file was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowProblem {
    /// Fewer cells than columns.
    TooFewCells {
        /// Columns of the table.
        expected: usize,
        /// Cells of the row.
        found: usize,
    },
    /// More cells than columns.
    TooManyCells {
        /// Columns of the table.
        expected: usize,
        /// Cells of the row.
        found: usize,
    },
    /// Text between a closing quote and the next delimiter, as in `"2"x` (RFC 4180 has no such cell).
    TextAfterQuote {
        /// The line where it stands.
        line: usize,
    },
    /// A quote that is never closed: the row reaches to the end of the file.
    UnclosedQuote {
        /// The line where the quote opens.
        line: usize,
    },
    /// A cell of more bytes than [`crate::intake::Limits::cell_bytes`].
    CellTooLong {
        /// Position of the column.
        column: usize,
        /// Size of the cell.
        bytes: usize,
        /// The largest that is read.
        limit: usize,
    },
    /// An element of the array is not an object.
    NotAnObject {
        /// What it is.
        found: JsonKind,
    },
    /// An object holds a key twice.
    DuplicateKey {
        /// The key.
        name: String,
    },
    /// An object that no text can be made of: nested too deep, or half a surrogate pair in it.
    UnreadableJson,
}

/// What a JSON value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words of JSON itself")]
pub enum JsonKind {
    Null,
    Bool,
    Number,
    String,
    Array,
    Object,
}

/// Why one cell cannot fill its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellProblem {
    /// Not a date in any style that is read.
    NotADate,
    /// Written like a date, but the calendar has no such day.
    NoSuchDay,
    /// A date outside the years a date may have ([`crate::domain::day::is_year`]).
    YearOutOfRange,
    /// A date with a time of day, which a civil date cannot hold.
    HasTimeOfDay,
    /// A date, but not in the order of its column.
    OtherDateOrder,
    /// A character that was lost before the file was written (U+FFFD): it is never stored.
    LostCharacter,
    /// The error of a formula, such as `#REF!`, stands where a value should.
    FormulaError,
    /// A formula that no program has worked out yet.
    NoStoredValue,
}
