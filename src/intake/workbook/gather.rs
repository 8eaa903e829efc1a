//! Cells become the rows of a table, as many as the limits allow.
//!
//! Blank cells cost nothing but their place, and their place is counted: a row whose one cell
//! stands far to the right is as wide as it looks.

use crate::intake::Limits;
use crate::intake::cells::{is_blank, unguarded};
use crate::intake::error::{IntakeError, RowProblem};
use crate::intake::table::{RejectedRow, Row, Table};
use crate::limits;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    /// A text as it was typed.
    Text(String),
    /// A number, with a point before its decimals.
    Number(String),
}

/// A cell merged over several rows; lines count from 1, columns from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Merged {
    /// The line that holds its value.
    pub(super) first: usize,
    /// Its last line.
    pub(super) last: usize,
    /// Its first column.
    pub(super) column: usize,
}

/// Gathers the cells of one sheet.
pub(super) struct Gather {
    limits: Limits,
    rows: Vec<Row>,
    rejected: Vec<RejectedRow>,
    merged: Vec<Merged>,
    /// The cells of the row that is being gathered.
    cells: Vec<String>,
    numbers: Vec<u16>,
    places: usize,
    text: usize,
}

impl Gather {
    /// Nothing gathered yet.
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            limits,
            rows: Vec::new(),
            rejected: Vec::new(),
            merged: Vec::new(),
            cells: Vec::new(),
            numbers: Vec::new(),
            places: 0,
            text: 0,
        }
    }

    /// Puts a cell into the row; `column` counts from 0. The later of two in one place stays.
    pub(super) fn put(&mut self, column: usize, cell: &Cell) -> Result<(), IntakeError> {
        let (text, is_number) = match cell {
            Cell::Text(text) => (unguarded(text), false),
            Cell::Number(text) => (text.as_str(), true),
        };
        if text.trim().is_empty() {
            return Ok(());
        }
        if column >= self.limits.columns {
            return Err(IntakeError::TooManyColumns { found: column + 1, limit: self.limits.columns });
        }
        if self.cells.len() <= column {
            self.places += column + 1 - self.cells.len();
            self.cells.resize(column + 1, String::new());
        }
        if self.places > limits::WORKBOOK_CELLS {
            return Err(IntakeError::TooManyCells { limit: limits::WORKBOOK_CELLS });
        }
        self.text += text.len();
        if self.text > limits::WORKBOOK_TEXT_BYTES {
            return Err(IntakeError::TooMuchText { limit: limits::WORKBOOK_TEXT_BYTES });
        }
        self.numbers.retain(|at| usize::from(*at) != column);
        if is_number && text.contains('.') {
            self.numbers.extend(u16::try_from(column).ok());
        }
        if let Some(place) = self.cells.get_mut(column) {
            text.clone_into(place);
        }
        Ok(())
    }

    /// Ends a row that stands `times` times from `line` on.
    pub(super) fn end_row(&mut self, line: usize, times: usize) -> Result<(), IntakeError> {
        if self.cells.iter().all(String::is_empty) {
            self.cells.clear();
            return Ok(());
        }
        let room = self.limits.rows.saturating_sub(self.rows.len() + self.rejected.len());
        if times > room {
            return Err(IntakeError::TooManyRows { limit: self.limits.rows });
        }
        self.places += (times - 1) * self.cells.len();
        self.text += (times - 1) * self.cells.iter().map(String::len).sum::<usize>();
        if self.places > limits::WORKBOOK_CELLS {
            return Err(IntakeError::TooManyCells { limit: limits::WORKBOOK_CELLS });
        }
        if self.text > limits::WORKBOOK_TEXT_BYTES {
            return Err(IntakeError::TooMuchText { limit: limits::WORKBOOK_TEXT_BYTES });
        }
        let limit = self.limits.cell_bytes;
        let long = self.cells.iter().enumerate().find(|(_, cell)| cell.len() > limit);
        match long {
            Some((at, cell)) => {
                let problem = RowProblem::CellTooLong { column: at + 1, bytes: cell.len(), limit };
                let raw = self.cells.join("\t").replace(['\r', '\n'], " ");
                self.rejected
                    .extend((line..line + times).map(|at| RejectedRow::new(at, &raw, problem.clone())));
            }
            None => {
                let row = Row::new(line, &self.cells).with_numbers(&self.numbers);
                self.rows.extend((line..line + times).map(|at| row.clone().at_line(at)));
            }
        }
        self.cells.clear();
        self.numbers.clear();
        Ok(())
    }

    /// Notes a cell merged over several rows.
    pub(super) fn merge(&mut self, merged: Merged) -> Result<(), IntakeError> {
        if self.merged.len() >= limits::WORKBOOK_CELLS / 8 {
            return Err(IntakeError::TooManyCells { limit: limits::WORKBOOK_CELLS });
        }
        if merged.last > merged.first {
            self.merged.push(merged);
        }
        Ok(())
    }

    /// Whether no cell was filled.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.rejected.is_empty()
    }

    /// The table, and how many filled rows stand above its header.
    pub(super) fn finish(mut self) -> Result<(Table, usize), IntakeError> {
        let filled = |row: &Row| (0..row.width()).filter(|column| !row.cell(*column).is_empty()).count();
        let above = self.rows.iter().position(|row| filled(row) > 1).unwrap_or(0);
        let header = self.rows.get(above).cloned().ok_or(IntakeError::Empty)?;
        if let Some(row) = self.rejected.first().filter(|row| row.line < header.line()) {
            return Err(IntakeError::MalformedHeader { line: row.line, problem: row.problem.clone() });
        }
        self.rows.drain(..=above);
        self.fill_merged(header.line())?;
        let width = self.rows.iter().map(Row::width).max().unwrap_or(0).max(header.width());
        let columns = (0..width).map(|at| self.name(&header, at)).collect();
        Ok((Table { columns, rows: self.rows, rejected: self.rejected }, above))
    }

    /// The name of a column: its header on one line, else its position where it holds anything.
    fn name(&self, header: &Row, column: usize) -> String {
        let words: Vec<&str> = header.cell(column).split_whitespace().collect();
        let holds = || self.rows.iter().any(|row| !is_blank(row.cell(column)));
        match words.as_slice() {
            [] if holds() => format!("#{}", column + 1),
            words => words.join(" "),
        }
    }

    /// Lays the value of a cell merged over several rows into each of them.
    fn fill_merged(&mut self, header: usize) -> Result<(), IntakeError> {
        let in_order = self.rows.is_sorted_by_key(Row::line);
        let place = |rows: &[Row], line| rows.partition_point(|row| row.line() < line);
        let mut fills: Vec<(usize, usize, usize)> = Vec::new();
        for merged in self.merged.iter().filter(|merged| in_order && merged.first > header) {
            let from = place(&self.rows, merged.first);
            let Some(first) = self.rows.get(from).filter(|row| row.line() == merged.first) else { continue };
            let value = first.cell(merged.column);
            for at in from + 1..place(&self.rows, merged.last + 1) {
                self.text += value.len();
                self.places += merged.column + 1;
                fills.push((at, merged.column, from));
            }
            if self.text > limits::WORKBOOK_TEXT_BYTES || self.places > limits::WORKBOOK_CELLS {
                return Err(IntakeError::TooMuchText { limit: limits::WORKBOOK_TEXT_BYTES });
            }
        }
        for (at, column, from) in fills {
            let Some(value) = self.rows.get(from).map(|row| row.cell(column).to_owned()) else { continue };
            let is_number = self.rows.get(from).is_some_and(|row| row.is_number(column));
            if let Some(row) = self.rows.get_mut(at).filter(|row| row.cell(column).is_empty()) {
                *row = row.with_number_or_text(column, (&value, is_number));
            }
        }
        Ok(())
    }
}
