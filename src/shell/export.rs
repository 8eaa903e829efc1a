//! Records as a file: CSV, JSON, Markdown, XLSX, row by row.
//!
//! In a workbook a date is a date and a number a number, with the currency in its format; a text
//! never becomes a formula. What is written says no more than the values it is given.

use rust_xlsxwriter::{Format as Style, Workbook, Worksheet, XlsxError};
use serde_json::{Map, Value as Json};

use crate::entity::{Align, Shape, Value, show};
use crate::intake::cells::{guarded, unguarded};
use crate::register::export::Format;
use crate::texts::{Lang, Sentence, Text, text};

/// Cells of a workbook's column, at least and at most.
const WIDTHS: (usize, usize) = (8, 48);
/// Rows of a workbook, its heading included.
const SHEET_ROWS: usize = 1 << 20;
/// Digits that a spreadsheet reckons with; an amount of more is written as text.
const DIGITS: usize = 15;

/// What stands above a column.
#[derive(Debug, Clone)]
pub(in crate::shell) struct Heading {
    /// The word of JSON.
    pub(in crate::shell) key: &'static str,
    /// The word above it elsewhere.
    pub(in crate::shell) label: String,
    /// The type of its values.
    pub(in crate::shell) shape: Shape,
}

/// In whose words values are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::shell) enum Words {
    /// Those by which an import reads them again.
    Exact,
    /// Those of the screen.
    Shown(Lang),
}

/// A file that is being written, in memory: it gets its place when it is whole.
pub(in crate::shell) struct Writer {
    headings: Vec<Heading>,
    words: Words,
    file: File,
    rows: usize,
}

enum File {
    Csv(Box<csv::Writer<Vec<u8>>>),
    Json(Vec<u8>),
    Markdown(String),
    Xlsx(Box<Sheet>),
}

struct Sheet {
    book: Workbook,
    widths: Vec<usize>,
}

impl Writer {
    /// Begins a file with its headings.
    pub(in crate::shell) fn new(
        format: Format,
        headings: Vec<Heading>,
        words: Words,
    ) -> Result<Self, Sentence> {
        let labels = || headings.iter().map(|heading| heading.label.as_str());
        let file = match format {
            Format::Csv => {
                let mut writer = csv::Writer::from_writer(Vec::new());
                writer.write_record(labels()).map_err(unwritten)?;
                File::Csv(Box::new(writer))
            }
            Format::Json => File::Json(b"[".to_vec()),
            Format::Markdown => {
                let rule =
                    |heading: &Heading| if heading.shape.align() == Align::Right { "--:" } else { "---" };
                let rules: Vec<&str> = headings.iter().map(rule).collect();
                let labels: Vec<String> = labels().map(in_a_cell).collect();
                File::Markdown(format!("| {} |\n| {} |\n", labels.join(" | "), rules.join(" | ")))
            }
            Format::Xlsx => File::Xlsx(Box::new(Sheet::new(&headings).map_err(unwritten)?)),
            // Deadlines are no rows of a table: they are written elsewhere.
            Format::Ics => return Err(Sentence::from(NO_TABLE)),
        };
        Ok(Self { headings, words, file, rows: 0 })
    }

    /// Writes a row: a value for each heading.
    pub(in crate::shell) fn row(&mut self, values: &[Value]) -> Result<(), Sentence> {
        self.rows += 1;
        let words = |value: &Value| match self.words {
            Words::Exact => show::plain(value),
            Words::Shown(lang) => show::full(value, lang),
        };
        match &mut self.file {
            File::Csv(writer) => {
                let cell = |(heading, value): (&Heading, &Value)| {
                    let plain = words(value);
                    let is_text =
                        matches!(heading.shape, Shape::Line | Shape::Long | Shape::List | Shape::Link(_));
                    if is_text { guarded(&plain).into_owned() } else { plain }
                };
                writer.write_record(self.headings.iter().zip(values).map(cell)).map_err(unwritten)
            }
            File::Json(bytes) => {
                let keys = self.headings.iter().map(|heading| heading.key.to_owned());
                let object: Map<String, Json> = keys.zip(values.iter().map(show::to_json)).collect();
                bytes.extend_from_slice(if self.rows == 1 { b"\n" } else { b",\n" });
                serde_json::to_writer(bytes, &object).map_err(unwritten)
            }
            File::Markdown(text) => {
                let cells: Vec<String> = values.iter().map(|value| in_a_cell(&words(value))).collect();
                text.push_str(&format!("| {} |\n", cells.join(" | ")));
                Ok(())
            }
            File::Xlsx(sheet) => {
                if self.rows >= SHEET_ROWS {
                    return Err(Sentence::from(TOO_MANY_ROWS).with("most", SHEET_ROWS - 1));
                }
                let texts: Vec<String> = values.iter().map(words).collect();
                sheet.row(self.rows, values, &texts)
            }
        }
    }

    /// The whole file.
    pub(in crate::shell) fn finish(self) -> Result<Vec<u8>, Sentence> {
        match self.file {
            File::Csv(writer) => writer.into_inner().map_err(|error| unwritten(error.into_error())),
            File::Json(mut bytes) => {
                bytes.extend_from_slice(if self.rows == 0 { b"]\n" } else { b"\n]\n" });
                Ok(bytes)
            }
            File::Markdown(text) => Ok(text.into_bytes()),
            File::Xlsx(sheet) => sheet.finish().map_err(unwritten),
        }
    }
}

impl Sheet {
    fn new(headings: &[Heading]) -> Result<Self, XlsxError> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        let strong = Style::new().set_bold();
        for (at, heading) in (0_u16..).zip(headings) {
            sheet.write_string_with_format(0, at, &heading.label, &strong)?;
        }
        sheet.set_freeze_panes(1, 0)?;
        Ok(Self { book, widths: headings.iter().map(|heading| wide(&heading.label)).collect() })
    }

    fn row(&mut self, row: usize, values: &[Value], texts: &[String]) -> Result<(), Sentence> {
        let row = u32::try_from(row).map_err(unwritten)?;
        let sheet = self.book.worksheet_from_index(0).map_err(unwritten)?;
        for ((at, value), text) in (0_u16..).zip(values).zip(texts) {
            cell(sheet, (row, at), value, text).map_err(|error| match error {
                XlsxError::MaxStringLengthExceeded => {
                    Sentence::from(TOO_LONG).with("row", row + 1).with("column", at + 1)
                }
                other => unwritten(other),
            })?;
            if let Some(width) = self.widths.get_mut(usize::from(at)) {
                *width = (*width).max(wide(text));
            }
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<u8>, XlsxError> {
        let sheet = self.book.worksheet_from_index(0)?;
        for (at, width) in (0_u16..).zip(&self.widths) {
            let width = u16::try_from((*width).clamp(WIDTHS.0, WIDTHS.1)).unwrap_or(u16::MAX);
            sheet.set_column_width(at, f64::from(width))?;
        }
        self.book.save_to_buffer()
    }
}

/// Writes one cell: a number or a day where it is one, else its text.
fn cell(sheet: &mut Worksheet, (row, at): (u32, u16), value: &Value, text: &str) -> Result<(), XlsxError> {
    match value {
        Value::Null => return Ok(()),
        Value::Date(date) => {
            let style = Style::new().set_num_format("yyyy-mm-dd");
            sheet.write_date_with_format(row, at, date, &style)?;
        }
        Value::Bool(yes) => {
            sheet.write_boolean(row, at, *yes)?;
        }
        other => match number(other) {
            Some((number, format)) => {
                sheet.write_number_with_format(row, at, number, &Style::new().set_num_format(format))?;
            }
            None => {
                // The mark of a text keeps it one when the cell is edited. An import takes one ' off
                // before what would open a formula; here it was none of ours.
                let kept = if unguarded(text) == text { text.to_owned() } else { format!("'{text}") };
                let style = Style::new().set_quote_prefix();
                if matches!(guarded(text), std::borrow::Cow::Owned(_)) {
                    sheet.write_string_with_format(row, at, kept, &style)?;
                } else {
                    sheet.write_string(row, at, kept)?;
                }
            }
        },
    }
    Ok(())
}

/// A value as a number and how it is shown; `None` where it is none, or has more digits than a
/// spreadsheet keeps. The number of a workbook is a float, which holds fifteen digits exactly.
fn number(value: &Value) -> Option<(f64, String)> {
    let (digits, format) = match value {
        Value::Int(n) => (n.to_string(), "0".to_owned()),
        Value::Decimal(n) => (n.to_string(), "General".to_owned()),
        Value::Points(n) => (show::points(*n), "General".to_owned()),
        // 30 % is 0.3 to a spreadsheet.
        Value::Weight(n) => (format!("{n}e-4"), "0.##%".to_owned()),
        Value::Money(money) => {
            let places = usize::try_from(money.currency.exponent()).ok()?;
            let point = if places == 0 { String::new() } else { format!(".{}", "0".repeat(places)) };
            let format = format!("[${}] #,##0{point}", money.currency.code());
            (format!("{}e-{places}", money.minor), format)
        }
        _ => return None,
    };
    let meant = digits.split('e').next().unwrap_or_default();
    let meant = meant.chars().filter(char::is_ascii_digit).count();
    if meant > DIGITS { None } else { Some((digits.parse().ok()?, format)) }
}

/// Text in a cell of a table in Markdown: on one line, without what would end the cell.
fn in_a_cell(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.replace('\\', "\\\\").replace('|', "\\|").replace('<', "&lt;")
}

/// About how many cells of a workbook's column a text takes: its longest line.
fn wide(text: &str) -> usize {
    let wide = |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>() + 2;
    text.lines().map(wide).max().unwrap_or(0)
}

fn unwritten(error: impl std::fmt::Display) -> Sentence {
    Sentence::from(UNWRITTEN).with("what", error)
}

const UNWRITTEN: Text = text("The file cannot be made ({what}).", "无法生成文件（{what}）。");
const NO_TABLE: Text = text("A calendar holds deadlines, and no table.", "日历文件只含截止日期，不含表格。");
const TOO_MANY_ROWS: Text = text(
    "A workbook holds at most {most} records; narrow the list, or write CSV.",
    "工作簿最多容纳 {most} 条记录；请缩小范围，或导出为 CSV。",
);
const TOO_LONG: Text = text(
    "The text of row {row}, column {column} is longer than a cell of a workbook holds; write CSV.",
    "第 {row} 行第 {column} 列的文本超出工作簿单元格的容量；请导出为 CSV。",
);

#[cfg(test)]
mod tests;
