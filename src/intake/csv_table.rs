//! A table of text with delimiters: CSV as Excel, Python and databases write it.
//!
//! Cells are split by the `csv` crate, which reads anything; what RFC 4180 does not allow, and what
//! does not fit the header, is found here and rejected by line. It must never shift a cell into
//! another column, and never join two records without saying so.

use std::cmp::{Ordering, Reverse};

use csv::{ReaderBuilder, StringRecord};

use crate::intake::cells::unguarded;
use crate::intake::error::{IntakeError, RowProblem};
use crate::intake::table::{RejectedRow, Row, Table, line_breaks};
use crate::intake::{LIMITS, Limits};

/// How much of a file decides its delimiter: bytes and records of its beginning.
const SAMPLE_BYTES: usize = 64 * 1024;
const SAMPLE_RECORDS: usize = 50;

/// The character between two cells: one of ASCII, not a letter, digit, quote or line break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delimiter(u8);

impl Delimiter {
    /// `,`
    pub const COMMA: Self = Self(b',');
    /// `;`, where the comma is the decimal mark.
    pub const SEMICOLON: Self = Self(b';');
    /// The tabulator.
    pub const TAB: Self = Self(b'\t');

    /// The delimiter that `c` makes, or `None` when it cannot be one.
    #[must_use]
    pub fn new(c: char) -> Option<Self> {
        let byte = u8::try_from(c).ok().filter(u8::is_ascii)?;
        let taken = byte.is_ascii_alphanumeric() || matches!(byte, b'"' | b'\r' | b'\n' | 0);
        (!taken).then_some(Self(byte))
    }
}

/// How a CSV file is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CsvOptions {
    /// The delimiter; `None` takes it from a `sep=` line, else from the shape of the file.
    pub delimiter: Option<Delimiter>,
    /// Where reading stops.
    pub limits: Limits,
}

impl CsvOptions {
    /// Nothing asked for, the limits of the program.
    pub const DEFAULT: Self = Self { delimiter: None, limits: LIMITS };
}

/// The table of a CSV file. Its first record names the columns; empty lines are no records.
///
/// Rows end in CR LF, LF or CR; cells may hold line breaks in quotes; a `sep=;` line before the
/// header (Excel) names the delimiter. A row with another number of cells than the header, with
/// malformed quotes or with a cell over the limit is rejected, and reading goes on after it.
///
/// # Errors
///
/// [`IntakeError::Empty`] without a header; [`IntakeError::MalformedHeader`],
/// [`IntakeError::TooManyColumns`], [`IntakeError::TooManyRows`].
pub fn read_csv(text: &str, options: &CsvOptions) -> Result<Table, IntakeError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (named, body) = sep_line(text);
    let first_line = 1 + line_breaks(text.strip_suffix(body).unwrap_or_default());
    let delimiter = options.delimiter.or(named).unwrap_or_else(|| sniff(body));
    let mut records = Records::new(body, delimiter, first_line);

    let header = records.next().ok_or(IntakeError::Empty)?;
    let mut table = Table { columns: columns(&header, delimiter, options.limits)?, ..Table::default() };
    for record in records {
        if table.read() == options.limits.rows {
            return Err(IntakeError::TooManyRows { limit: options.limits.rows });
        }
        match problem_of(&record, delimiter, table.columns.len(), options.limits) {
            Some(problem) => table.rejected.push(RejectedRow::new(record.line, record.raw, problem)),
            None => table.rows.push(Row::new(record.line, record.cells.iter().map(unguarded))),
        }
    }
    Ok(table)
}

/// The names of the columns.
fn columns(header: &Record<'_>, delimiter: Delimiter, limits: Limits) -> Result<Vec<String>, IntakeError> {
    let found = header.cells.len();
    if found > limits.columns {
        return Err(IntakeError::TooManyColumns { found, limit: limits.columns });
    }
    match problem_of(header, delimiter, found, limits) {
        Some(problem) => Err(IntakeError::MalformedHeader { line: header.line, problem }),
        None => Ok(header.cells.iter().map(|name| name.trim().to_owned()).collect()),
    }
}

/// What keeps a record from being a row of `expected` cells; malformed quotes first, because they
/// are why the cells do not fit.
fn problem_of(
    record: &Record<'_>,
    delimiter: Delimiter,
    expected: usize,
    limits: Limits,
) -> Option<RowProblem> {
    let found = record.cells.len();
    let limit = limits.cell_bytes;
    if let Some(problem) = malformed_quotes(record.raw, delimiter, record.line) {
        return Some(problem);
    }
    match found.cmp(&expected) {
        Ordering::Less => return Some(RowProblem::TooFewCells { expected, found }),
        Ordering::Greater => return Some(RowProblem::TooManyCells { expected, found }),
        Ordering::Equal => {}
    }
    let too_long = record.cells.iter().map(str::len).enumerate().find(|(_, bytes)| *bytes > limit);
    too_long.map(|(at, bytes)| RowProblem::CellTooLong { column: at + 1, bytes, limit })
}

/// Where the quotes of a record break RFC 4180. A quote inside a cell that does not begin with one
/// (`5" pipe`) is text, as everyone reads it.
fn malformed_quotes(raw: &str, delimiter: Delimiter, line: usize) -> Option<RowProblem> {
    enum At {
        Start,
        Plain,
        Quoted { opened: usize },
        AfterQuote { opened: usize },
    }
    if !raw.contains('"') {
        return None;
    }
    let mut at = At::Start;
    for (offset, byte) in raw.bytes().enumerate() {
        at = match (at, byte) {
            (At::Quoted { opened }, b'"') => At::AfterQuote { opened },
            (At::Quoted { opened }, _) | (At::AfterQuote { opened }, b'"') => At::Quoted { opened },
            (At::Start, b'"') => At::Quoted { opened: offset },
            (_, byte) if byte == delimiter.0 => At::Start,
            (At::AfterQuote { .. }, _) => {
                return Some(RowProblem::TextAfterQuote { line: line + breaks_before(raw, offset) });
            }
            _ => At::Plain,
        };
    }
    match at {
        At::Quoted { opened } => Some(RowProblem::UnclosedQuote { line: line + breaks_before(raw, opened) }),
        _ => None,
    }
}

fn breaks_before(raw: &str, offset: usize) -> usize {
    raw.get(..offset).map_or(0, line_breaks)
}

/// The delimiter that a `sep=` line names, and the text after that line.
fn sep_line(text: &str) -> (Option<Delimiter>, &str) {
    let end = text.find(['\r', '\n']).unwrap_or(text.len());
    let (line, rest) = text.split_at(end);
    let plain = line.strip_prefix('"').and_then(|l| l.strip_suffix('"')).unwrap_or(line);
    let Some((word, mark)) = plain.split_once('=') else { return (None, text) };
    let mut marks = mark.chars();
    match (marks.next().and_then(Delimiter::new), marks.next()) {
        (Some(delimiter), None) if word.eq_ignore_ascii_case("sep") => {
            let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\r', '\n']));
            (Some(delimiter), rest.unwrap_or_default())
        }
        _ => (None, text),
    }
}

/// The delimiter under which most records of the beginning have the cells of the first one, and at
/// least two; of equals the one that splits fewest quoted cells, then the one with more cells, then
/// tab, then semicolon: a decimal comma once in every row is common, a semicolon is not. A file of
/// one column has none; it is read with commas.
fn sniff(text: &str) -> Delimiter {
    let cut = text.floor_char_boundary(SAMPLE_BYTES);
    let sample = text.get(..cut).unwrap_or(text);
    let mut best = (Delimiter::COMMA, (0, Reverse(0), 0));
    for delimiter in [Delimiter::TAB, Delimiter::SEMICOLON, Delimiter::COMMA] {
        let mut records: Vec<StringRecord> =
            Records::new(sample, delimiter, 1).take(SAMPLE_RECORDS).map(|record| record.cells).collect();
        if cut < text.len() && records.len() > 1 {
            // The last record of the sample may be cut in two.
            records.pop();
        }
        let width = records.first().map_or(0, StringRecord::len);
        let like_the_first = records.iter().filter(|record| record.len() == width).count();
        let halves = records.iter().filter(|record| record.iter().any(is_half_quoted)).count();
        let fit = (like_the_first, Reverse(halves), width);
        if width > 1 && fit > best.1 {
            best = (delimiter, fit);
        }
    }
    best.0
}

/// Whether a cell holds one quote of a pair: the other one stands behind a false delimiter.
fn is_half_quoted(cell: &str) -> bool {
    cell.matches('"').count() % 2 == 1
}

/// One record of the file.
struct Record<'a> {
    line: usize,
    raw: &'a str,
    cells: StringRecord,
}

/// The records of a text with their lines.
struct Records<'a> {
    reader: csv::Reader<&'a [u8]>,
    text: &'a str,
    counted: usize,
    line: usize,
}

impl<'a> Records<'a> {
    fn new(text: &'a str, delimiter: Delimiter, first_line: usize) -> Self {
        let mut builder = ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(delimiter.0);
        Self { reader: builder.from_reader(text.as_bytes()), text, counted: 0, line: first_line }
    }

    /// The line of the byte at `offset`; offsets must not fall.
    fn line_of(&mut self, offset: usize) -> usize {
        self.line += self.text.get(self.counted..offset).map_or(0, line_breaks);
        self.counted = offset;
        self.line
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        loop {
            let mut cells = StringRecord::new();
            let start = self.reader.position().byte();
            // A flexible reader of text in memory has no error left to give.
            let more = self.reader.read_record(&mut cells).unwrap_or(false);
            let end = self.reader.position().byte();
            let range = usize::try_from(start).ok()?..usize::try_from(end).ok()?;
            if !more {
                return None;
            }
            // The reader counts the line breaks before a record to the record.
            let with_breaks = self.text.get(range.clone())?;
            let raw = with_breaks.trim_start_matches(['\r', '\n']);
            let line = self.line_of(range.start + with_breaks.len() - raw.len());
            let raw = raw.trim_end_matches(['\r', '\n']);
            if !raw.trim_matches([' ', '\u{a0}', '\u{3000}']).is_empty() {
                return Some(Record { line, raw, cells });
            }
        }
    }
}

#[cfg(test)]
mod tests;
