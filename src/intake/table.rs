//! The table that every file is read into: named columns and rows of text.
//!
//! A row keeps its line in the file. A table must never drop a record: rows and rejected rows
//! together are all records of the file.

use serde_json::{Map, Value};

use crate::intake::error::RowProblem;
use crate::limits::REJECT_BYTES;

/// A file that was read: its columns, its rows, and the rows that could not be read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// The names of the columns as written, blanks around them taken off; may repeat or be empty.
    pub columns: Vec<String>,
    /// The rows, each with one cell a column, in the order of the file.
    pub rows: Vec<Row>,
    /// The rows that could not be read, in the order of the file.
    pub rejected: Vec<RejectedRow>,
}

impl Table {
    /// How many records the file holds: rows and rejected rows.
    #[must_use]
    pub fn read(&self) -> usize {
        self.rows.len() + self.rejected.len()
    }

    /// The cells of one column with their lines; `column` counts from 0.
    pub fn column(&self, column: usize) -> impl Iterator<Item = (usize, &str)> {
        self.rows.iter().map(move |row| (row.line(), row.cell(column)))
    }
}

/// One row: its line and its cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    line: usize,
    // One buffer a row: a String a cell would triple the memory of a large file.
    text: Box<str>,
    ends: Box<[u32]>,
    /// The columns whose cells are numbers of a workbook with decimals, mostly none or one.
    numbers: Box<[u16]>,
    json: Option<Box<Map<String, Value>>>,
}

impl Row {
    /// A row of `cells` that begins in `line`, counted from 1.
    pub fn new<S: AsRef<str>>(line: usize, cells: impl IntoIterator<Item = S>) -> Self {
        let mut text = String::new();
        let mut ends = Vec::new();
        for cell in cells {
            text.push_str(cell.as_ref());
            ends.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
        }
        Self { line, text: text.into(), ends: ends.into(), numbers: Box::default(), json: None }
    }

    /// The same row, the cells of `columns` being numbers with a point before their decimals.
    #[must_use]
    pub fn with_numbers(self, columns: &[u16]) -> Self {
        Self { numbers: columns.into(), ..self }
    }

    /// The same row in another line.
    #[must_use]
    pub fn at_line(self, line: usize) -> Self {
        Self { line, ..self }
    }

    /// The row with another cell in `column`, a number with decimals or not.
    #[must_use]
    pub(super) fn with_number_or_text(&self, column: usize, (text, is_number): (&str, bool)) -> Self {
        let width = self.width().max(column + 1);
        let cells = (0..width).map(|at| if at == column { text } else { self.cell(at) });
        let mut numbers: Vec<u16> =
            self.numbers.iter().copied().filter(|at| usize::from(*at) != column).collect();
        numbers.extend(u16::try_from(column).ok().filter(|_| is_number));
        Self { numbers: numbers.into(), json: self.json.clone(), ..Self::new(self.line, cells) }
    }

    /// The same row with the JSON object it was made of.
    #[must_use]
    pub fn with_json(mut self, object: Map<String, Value>) -> Self {
        self.json = Some(Box::new(object));
        self
    }

    /// The line of the file in which the row begins, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// The text of a cell as the file holds it, the guard of a CSV export taken off; `column`
    /// counts from 0, and a column the row does not have is empty.
    #[must_use]
    pub fn cell(&self, column: usize) -> &str {
        let end = |at: usize| self.ends.get(at).map(|end| *end as usize);
        let start = column.checked_sub(1).map_or(Some(0), end);
        match (start, end(column)) {
            (Some(start), Some(end)) => self.text.get(start..end).unwrap_or_default(),
            _ => "",
        }
    }

    /// How many cells the row has; those behind are empty.
    #[must_use]
    pub fn width(&self) -> usize {
        self.ends.len()
    }

    /// Whether the cell of a column is a number of a workbook with decimals, which has a point
    /// before them whatever mark the texts of the file use.
    #[must_use]
    pub fn is_number(&self, column: usize) -> bool {
        self.numbers.iter().any(|at| usize::from(*at) == column)
    }

    /// All cells in the order of the columns.
    #[cfg(test)]
    pub(super) fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.width()).map(|column| self.cell(column))
    }

    /// The JSON value of the column named `name`, for lists and child records; `None` for a row of
    /// a CSV file and where the object lacks the key.
    ///
    /// A number that is not a 64-bit integer is a JSON string here, with its digits as written.
    #[must_use]
    pub fn json(&self, name: &str) -> Option<&Value> {
        self.json.as_ref()?.get(name)
    }

    /// Whether the row is a JSON object without the key `name`; a `null` is there.
    #[must_use]
    pub fn lacks(&self, name: &str) -> bool {
        self.json.as_ref().is_some_and(|object| !object.contains_key(name))
    }
}

/// A record of the file that is not a row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedRow {
    /// The line in which it begins, from 1.
    pub line: usize,
    /// The line in which it ends.
    pub last_line: usize,
    /// Its text as written, at most [`REJECT_BYTES`] of it.
    pub raw: String,
    /// Why.
    pub problem: RowProblem,
}

impl RejectedRow {
    /// A rejected row whose text `raw` begins in `line`.
    #[must_use]
    pub fn new(line: usize, raw: &str, problem: RowProblem) -> Self {
        let last_line = line + line_breaks(raw);
        let cut = raw.get(..raw.floor_char_boundary(REJECT_BYTES)).unwrap_or(raw);
        Self { line, last_line, raw: cut.to_owned(), problem }
    }
}

/// How many lines end in `text`: CR LF, LF and a lone CR each end one.
pub(crate) fn line_breaks(text: &str) -> usize {
    let mut after_cr = false;
    let mut breaks = 0;
    for byte in text.bytes() {
        breaks += usize::from(byte == b'\r' || (byte == b'\n' && !after_cr));
        after_cr = byte == b'\r';
    }
    breaks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_by_position() {
        let row = Row::new(7, ["a", "", "供应商"]);
        assert_eq!(row.line(), 7);
        assert_eq!(row.cells().collect::<Vec<_>>(), ["a", "", "供应商"]);
        assert_eq!(row.cell(3), "");
        assert!(row.json("a").is_none());
        assert_eq!(Row::new(1, Vec::<String>::new()).cells().count(), 0);
    }

    #[test]
    fn a_line_ends_in_three_ways() {
        assert_eq!(line_breaks("a\r\nb\nc\rd"), 3);
        assert_eq!(line_breaks("\n\r\r\n"), 3);
    }

    #[test]
    fn a_rejected_row_keeps_its_beginning_and_its_lines() {
        let raw = format!("{}\n\n", "供".repeat(REJECT_BYTES));
        let row = RejectedRow::new(3, &raw, RowProblem::UnclosedQuote { line: 3 });
        assert_eq!((row.line, row.last_line), (3, 5));
        assert!(row.raw.len() <= REJECT_BYTES && row.raw.len() > REJECT_BYTES - 4);
    }
}
