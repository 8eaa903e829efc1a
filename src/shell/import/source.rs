//! The file of an import: opened, known by its first bytes, read into a table.

use std::fs::File;
use std::io::{BufReader, Read as _, Seek as _};
use std::path::Path;

use crate::intake::csv_table::{CsvOptions, read_csv};
use crate::intake::decode::{Encoding, decode};
use crate::intake::json_table::read_json;
use crate::intake::workbook::{Workbook, is_archive, read_workbook};
use crate::intake::{IntakeError, Table};
use crate::limits::{FILE_BYTES, WORKBOOK_BYTES};
use crate::shell::import::Halted;
use crate::texts::{Sentence, Text, text};

/// What is said of the file.
pub(in crate::shell) struct Source<'a> {
    /// How a text is encoded; `None` where it says so itself.
    pub(in crate::shell) encoding: Option<Encoding>,
    /// The sheet of a workbook; `None` for the first with data.
    pub(in crate::shell) sheet: Option<&'a str>,
}

/// A file that was read.
pub(in crate::shell) struct Loaded {
    /// Its table.
    pub(in crate::shell) table: Table,
    /// The names of its sheets; none but for a workbook.
    pub(in crate::shell) sheets: Vec<String>,
    /// The sheet that was read.
    pub(in crate::shell) sheet: usize,
    /// How many rows above the header were left out.
    pub(in crate::shell) above: usize,
}

/// Reads the file into a table.
pub(in crate::shell) fn read(path: &Path, source: &Source<'_>) -> Result<Loaded, Halted> {
    let unread = |error: std::io::Error| {
        Halted::Io(Sentence::from(UNREAD).with("path", path.display()).with("what", error))
    };
    let mut file = File::open(path).map_err(unread)?;
    let bytes = file.metadata().map_err(unread)?.len();
    let mut head = Vec::new();
    file.by_ref().take(4).read_to_end(&mut head).map_err(unread)?;
    let is_workbook = is_archive(&head);
    let most = if is_workbook { WORKBOOK_BYTES } else { FILE_BYTES as u64 };
    if bytes > most {
        let size = |bytes| usize::try_from(bytes).unwrap_or(usize::MAX);
        return Err(IntakeError::TooLarge { bytes: size(bytes), limit: size(most) }.into());
    }
    if is_workbook {
        file.rewind().map_err(unread)?;
        let book = read_workbook(BufReader::new(file), source.sheet)?;
        return Ok(book.into());
    }
    let mut content = head;
    // One byte more than may be read, so that a file that grows meanwhile is seen to.
    file.take(most + 1).read_to_end(&mut content).map_err(unread)?;
    let table = text_table(path, &content, source)?;
    Ok(Loaded { table, sheets: Vec::new(), sheet: 0, above: 0 })
}

fn text_table(path: &Path, content: &[u8], source: &Source<'_>) -> Result<Table, IntakeError> {
    let text = decode(content, source.encoding)?.text;
    if source.sheet.is_some() {
        return Err(IntakeError::NotASheet);
    }
    let is_json = match path.extension().map(std::ffi::OsStr::to_ascii_lowercase) {
        Some(ext) if ext == "json" => true,
        Some(ext) if ext == "csv" || ext == "tsv" || ext == "txt" => false,
        _ => text.trim_start().starts_with('['),
    };
    if is_json { read_json(&text) } else { read_csv(&text, &CsvOptions::DEFAULT) }
}

impl From<Workbook> for Loaded {
    fn from(book: Workbook) -> Self {
        let sheets = book.sheets.into_iter().map(|sheet| sheet.name).collect();
        Self { table: book.table, sheets, sheet: book.sheet, above: book.above }
    }
}

impl Loaded {
    /// Which sheet was read, where there are several, and what stands above its header.
    pub(in crate::shell) fn notes(&self) -> Vec<Sentence> {
        let name = |at: usize| self.sheets.get(at).map_or("", String::as_str);
        let mut notes = Vec::new();
        if self.sheets.len() > 1 {
            let others = (0..self.sheets.len()).filter(|at| *at != self.sheet).map(name);
            let others: Vec<String> = others.map(|name| format!("“{name}”")).collect();
            let sentence = Sentence::from(SHEET).with("sheet", name(self.sheet));
            notes.push(sentence.with("others", others.join(", ")));
        }
        notes.extend(self.left_out());
        notes
    }

    /// What stands above the header, if anything does.
    pub(in crate::shell) fn left_out(&self) -> Option<Sentence> {
        (self.above > 0).then(|| Sentence::from(ABOVE).with("count", self.above))
    }
}

const UNREAD: Text = text("{path} cannot be read ({what}).", "无法读取 {path}（{what}）。");
const SHEET: Text = text(
    "The sheet read is “{sheet}”; name another with --sheet: {others}.",
    "读取的工作表为“{sheet}”；可用 --sheet 指定其他表：{others}。",
);
const ABOVE: Text = text("Rows above the column names, left out: {count}.", "列名行之上略过 {count} 行。");
