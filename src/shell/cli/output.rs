//! What goes to stdout: lines and tables for people, JSON for programs.
//!
//! Every text for people passes through `clean`; JSON keeps every character, the unsafe ones as
//! `\u` escapes. Nothing is printed when a command fails.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};

use serde::Serialize;
use serde_json::Value as Json;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};
use unicode_width::UnicodeWidthStr;

use crate::clean::{clean, clean_lines, is_unsafe};
use crate::entity::Align;
use crate::shell::cli::stop::Stop;
use crate::wrap::Measure;

/// The form of what is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Words and aligned tables.
    Words,
    /// One JSON document.
    Json,
    /// One JSON document a line.
    JsonLines,
}

/// How wide a column of a table becomes on a terminal before its cells are cut, in cells.
const WIDEST: u16 = 44;

/// A column of a table.
#[derive(Debug, Clone)]
pub(super) struct Head {
    /// Its heading.
    pub(super) title: String,
    /// The side its cells stand on.
    pub(super) align: Align,
}

impl Head {
    pub(super) fn left(title: &str) -> Self {
        Self { title: title.to_owned(), align: Align::Left }
    }

    pub(super) fn right(title: &str) -> Self {
        Self { title: title.to_owned(), align: Align::Right }
    }
}

/// Stdout.
pub(super) struct Out {
    to: BufWriter<Stdout>,
    form: Form,
    terminal: bool,
}

impl Out {
    pub(super) fn new(form: Form) -> Self {
        let terminal = io::stdout().is_terminal();
        Self { to: BufWriter::new(io::stdout()), form, terminal }
    }

    /// The form of the answer.
    pub(super) const fn form(&self) -> Form {
        self.form
    }

    /// Whether programs read the answer.
    pub(super) fn is_json(&self) -> bool {
        self.form != Form::Words
    }

    /// Whether a terminal shows the answer.
    pub(super) const fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// One line of words.
    pub(super) fn line(&mut self, line: &str) -> Result<(), Stop> {
        self.put(clean(line).as_bytes())?;
        self.put(b"\n")
    }

    /// Words without the end of a line, such as a question, and all before them.
    pub(super) fn part(&mut self, words: &str) -> Result<(), Stop> {
        self.put(clean(words).as_bytes())?;
        self.flush()
    }

    /// Words on as many lines as they have.
    pub(super) fn lines(&mut self, text: &str) -> Result<(), Stop> {
        self.put(clean_lines(text).as_bytes())?;
        self.put(b"\n")
    }

    /// Bytes as they are: documents of a form of their own, such as CSV.
    pub(super) fn raw(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        self.put(bytes)
    }

    /// One JSON document: indented, or on one line.
    pub(super) fn json(&mut self, value: &Json) -> Result<(), Stop> {
        let line = match self.form {
            Form::JsonLines => json_line(value),
            _ => json_pretty(value),
        };
        self.put(line.as_bytes())?;
        self.put(b"\n")
    }

    /// A list in JSON: an array with one value a line, or one value a line without an array.
    pub(super) fn json_list(
        &mut self,
        values: impl IntoIterator<Item = Result<Json, Stop>>,
    ) -> Result<(), Stop> {
        let array = self.form != Form::JsonLines;
        let mut first = true;
        for value in values {
            let line = json_line(&value?);
            if array {
                self.put(if first { b"[\n" } else { b",\n" })?;
            } else if !first {
                self.put(b"\n")?;
            }
            self.put(line.as_bytes())?;
            first = false;
        }
        match (array, first) {
            (true, true) => self.put(b"[]\n"),
            (true, false) => self.put(b"\n]\n"),
            (false, true) => Ok(()),
            (false, false) => self.put(b"\n"),
        }
    }

    /// An aligned table, on a terminal with wide cells cut; without rows nothing at all.
    pub(super) fn table(&mut self, heads: &[Head], rows: &[Vec<String>]) -> Result<(), Stop> {
        let lines = table(heads, rows, self.terminal.then_some(WIDEST));
        self.put_lines(&lines)
    }

    /// An aligned table whose cells are sentences, which are never cut.
    pub(super) fn whole_table(&mut self, heads: &[Head], rows: &[Vec<String>]) -> Result<(), Stop> {
        self.put_lines(&table(heads, rows, None))
    }

    /// Aligned rows without headings, never cut.
    pub(super) fn rows(&mut self, rows: &[Vec<String>]) -> Result<(), Stop> {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let heads = vec![Head::left(""); columns];
        self.put_lines(table(&heads, rows, None).get(1..).unwrap_or_default())
    }

    fn put_lines(&mut self, lines: &[String]) -> Result<(), Stop> {
        for line in lines {
            self.put(line.as_bytes())?;
            self.put(b"\n")?;
        }
        Ok(())
    }

    pub(super) fn flush(&mut self) -> Result<(), Stop> {
        self.to.flush().map_err(|error| Stop::of_stdout(&error))
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        self.to.write_all(bytes).map_err(|error| Stop::of_stdout(&error))
    }
}

impl Drop for Out {
    fn drop(&mut self) {
        // What a failed command has not sent yet is never sent: stdout is whole or silent.
        if self.to.buffer().is_empty() {
            return;
        }
        let to = std::mem::replace(&mut self.to, BufWriter::with_capacity(0, io::stdout()));
        drop(to.into_parts());
    }
}

/// The lines of a table, aligned by display width; cells wider than `widest` are cut.
fn table(heads: &[Head], rows: &[Vec<String>], widest: Option<u16>) -> Vec<String> {
    if rows.is_empty() {
        return Vec::new();
    }
    let fit = |cell: &str| match widest {
        Some(widest) => Measure::default().fitted(cell, widest).into_owned(),
        None => clean(cell).into_owned(),
    };
    let titles: Vec<String> = heads.iter().map(|head| fit(&head.title)).collect();
    let cells: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| fit(cell)).collect()).collect();
    let width = |at: usize| {
        let column = std::iter::once(&titles).chain(&cells).filter_map(|row| row.get(at));
        column.map(|cell| cell.width()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..heads.len()).map(width).collect();
    std::iter::once(&titles).chain(&cells).map(|row| laid_out(row, heads, &widths)).collect()
}

fn laid_out(row: &[String], heads: &[Head], widths: &[usize]) -> String {
    let parts = row.iter().zip(heads).zip(widths).map(|((cell, head), width)| {
        let room = " ".repeat(width.saturating_sub(cell.width()));
        match head.align {
            Align::Left => format!("{cell}{room}"),
            Align::Right => format!("{room}{cell}"),
        }
    });
    parts.collect::<Vec<_>>().join("  ").trim_end_matches(' ').to_owned()
}

/// One JSON value on one line, every unsafe character as a `\u` escape.
pub(super) fn json_line(value: &Json) -> String {
    serialized(value, Escaping(CompactFormatter))
}

fn json_pretty(value: &Json) -> String {
    serialized(value, Escaping(PrettyFormatter::new()))
}

fn serialized<F: Formatter>(value: &Json, formatter: F) -> String {
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, formatter);
    // Writing to memory does not fail, and a JSON value is always serializable.
    let _ = value.serialize(&mut serializer);
    String::from_utf8(bytes).unwrap_or_default()
}

/// Escapes what `clean` writes out; `serde_json` itself leaves C1 and bidirectional marks.
struct Escaping<F>(F);

macro_rules! hand_on {
    ($($name:ident($($arg:ident: $type:ty),*);)+) => {$(
        fn $name<W: ?Sized + Write>(&mut self, writer: &mut W $(, $arg: $type)*) -> io::Result<()> {
            self.0.$name(writer $(, $arg)*)
        }
    )+};
}

impl<F: Formatter> Formatter for Escaping<F> {
    hand_on! {
        begin_array();
        end_array();
        begin_array_value(first: bool);
        end_array_value();
        begin_object();
        end_object();
        begin_object_key(first: bool);
        end_object_key();
        begin_object_value();
        end_object_value();
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(is_unsafe) {
            let (before, from) = rest.split_at(at);
            writer.write_all(before.as_bytes())?;
            let mut chars = from.chars();
            let mut units = [0_u16; 2];
            for unit in chars.next().map(|c| c.encode_utf16(&mut units)).unwrap_or_default() {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = chars.as_str();
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn columns_stand_below_each_other_in_both_scripts() {
        let heads = [Head::left("Name"), Head::right("Score"), Head::left("State")];
        let rows = [["腾云数据", "86.5", "active"], ["Acme", "100", ""]];
        let rows: Vec<Vec<String>> = rows.iter().map(|row| row.map(str::to_owned).to_vec()).collect();
        assert_eq!(
            table(&heads, &rows, None),
            ["Name      Score  State", "腾云数据   86.5  active", "Acme        100"]
        );
        assert!(table(&heads, &[], None).is_empty());
    }

    #[test]
    fn unsafe_characters_leave_as_escapes_and_come_back() {
        let value = json!({ "name": "a\u{1b}[2J\u{202e}\u{9b}\u{200b}\u{e0041}\u{7f}云" });
        let line = json_line(&value);
        assert_eq!(line, r#"{"name":"a\u001b[2J\u202e\u009b\u200b\udb40\udc41\u007f云"}"#);
        assert_eq!(serde_json::from_str::<Json>(&line).unwrap(), value);
        assert_eq!(serde_json::from_str::<Json>(&json_pretty(&value)).unwrap(), value);
    }
}
