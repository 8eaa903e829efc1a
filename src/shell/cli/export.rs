//! `vendeck export`: every record of a kind, as CSV or a workbook for spreadsheets, JSON for programs,
//! Markdown for people.
//!
//! What it writes for spreadsheets and programs, `import` reads back to the same records.

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use clap::parser::ValueSource;
use serde_json::{Value as Json, json};

use crate::clean::clean_lines;
use crate::entity::filter::Asked;
use crate::entity::{Kind, Meta, Record, Ref, Shape, Table, Value, show};
use crate::intake::cells;
use crate::register::export;
use crate::register::{Anchor, Query, Refusal, Shelves};
use crate::shell::cli::output::{Form, json_line};
use crate::shell::cli::stop::{Exit, Stop};
use crate::shell::cli::{Desk, args, records};
use crate::shell::deadlines;
use crate::shell::export::{Heading, Words, Writer};
use crate::shell::records::OWN;
use crate::shell::save::{Existing, save};
use crate::store::Store;
use crate::texts::{Lang, Sentence, Text, text};

/// How records are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    /// CSV with a line of headings.
    Csv(Guard),
    /// One JSON array, a record a line.
    Json,
    /// A JSON object a line.
    JsonLines,
    /// A table in Markdown, or a workbook.
    Table(export::Format),
}

/// What stands around and between records in JSON.
struct Frame {
    open: &'static str,
    between: &'static str,
    close: &'static str,
    /// All of it, where there is no record.
    empty: &'static str,
}

const ARRAY: Frame = Frame { open: "[\n", between: ",\n", close: "\n]\n", empty: "[]\n" };
const LINES: Frame = Frame { open: "", between: "\n", close: "\n", empty: "" };

/// How text cells are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Guard {
    /// With `'` before what a spreadsheet would take for a formula.
    On,
    /// As they are.
    Off,
}

/// The word for the deadlines of all kinds.
const DEADLINES: &str = "due";

/// `vendeck export KIND`.
pub(super) fn run(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    let word = matches.get_one::<String>("kind").map_or("", String::as_str);
    let format = format(desk, matches)?;
    let is_all = word == DEADLINES;
    if is_all && format != Format::Table(export::Format::Ics) {
        return Err(Stop::Usage(ONLY_A_CALENDAR.into()));
    }
    // With all deadlines the kind does not matter.
    let kind = if is_all { Kind::Contract } else { kind(word)? };
    let store = desk.store_to_read()?;
    let bytes = match format {
        Format::Table(export::Format::Ics) => {
            let found = deadlines::of(&store, desk.lang, |at| is_all || at.kind == kind)?;
            found.ok_or_else(|| Stop::NoHit(deadlines::NONE.into()))?.0
        }
        Format::Csv(guard) => as_csv(&store, kind, guard)?,
        Format::Json => as_json(&store, kind, ARRAY)?,
        Format::JsonLines => as_json(&store, kind, LINES)?,
        Format::Table(format) => as_table(&store, kind, format, desk.lang)?,
    };
    match matches.get_one::<PathBuf>("output") {
        Some(path) => {
            let existing = if matches.get_flag("force") { Existing::Replaced } else { Existing::Kept };
            save(path, existing, &bytes).map_err(|error| not_written(path, &error))?;
            if desk.out.is_json() {
                desk.out.json(&json!({ "path": path.to_string_lossy(), "bytes": bytes.len() }))?;
            } else {
                desk.say(&Sentence::from(WRITTEN).with("path", path.display()));
            }
        }
        None if matches!(format, Format::Table(export::Format::Xlsx)) && desk.out.is_terminal() => {
            return Err(Stop::Usage(NO_TERMINAL.into()));
        }
        // A terminal is shown what is fit to be shown; a pipe gets every character.
        None if desk.out.is_terminal() => {
            let shown = String::from_utf8_lossy(&bytes);
            desk.out.raw(clean_lines(&shown).as_bytes())?;
        }
        None => desk.out.raw(&bytes)?,
    }
    Ok(Exit::Done)
}

/// The format that is asked for: by `--format`, or by a flag that asks for JSON of every command.
fn format(desk: &Desk, matches: &ArgMatches) -> Result<Format, Stop> {
    let guard = if matches.get_flag("raw") { Guard::Off } else { Guard::On };
    let named = matches.get_one::<String>("format").map_or("csv", String::as_str);
    let is_csv = named == "csv";
    let is_named = matches.value_source("format") == Some(ValueSource::CommandLine);
    let table = export::Format::of_ending(named).filter(|format| *format != export::Format::Json && !is_csv);
    match desk.out.form() {
        Form::Words if table.is_some() => Ok(table.map_or(Format::Json, Format::Table)),
        Form::Json | Form::JsonLines if table.is_some() => {
            Err(Stop::Usage(Sentence::from(TWO_FORMATS).with("format", named)))
        }
        Form::Words if is_csv => Ok(Format::Csv(guard)),
        Form::Json | Form::JsonLines if is_csv && is_named => {
            Err(Stop::Usage(Sentence::from(TWO_FORMATS).with("format", named)))
        }
        Form::Words | Form::Json => Ok(Format::Json),
        Form::JsonLines => Ok(Format::JsonLines),
    }
}

/// The kind of a plural or singular word of the command line.
pub(super) fn kind(word: &str) -> Result<Kind, Stop> {
    let word = word.replace('-', "_");
    Kind::from_word(&word).filter(|kind| args::KINDS.contains(kind)).ok_or_else(|| {
        let kinds: Vec<&str> = args::KINDS.iter().map(|kind| kind.table().plural).collect();
        Stop::Usage(Sentence::from(NO_KIND).with("word", word).with("kinds", kinds.join(", ")))
    })
}

fn not_written(path: &Path, error: &std::io::Error) -> Stop {
    let text = if error.kind() == std::io::ErrorKind::AlreadyExists { EXISTS } else { NOT_WRITTEN };
    let sentence = Sentence::from(text).with("path", path.display());
    Stop::Io(if text == EXISTS { sentence } else { sentence.with("what", error) })
}

/// Every record of the kind by number, those put away too.
fn all(store: &Store, kind: Kind) -> Result<Vec<i64>, Refusal> {
    let mut ids = Vec::new();
    for shelf in [Shelves::Open, Shelves::Archived] {
        let query = Query {
            kind,
            scope: None,
            filter: Asked::default(),
            order: kind.table().order,
            then: None,
            extra: Vec::new(),
            shelf,
            anchor: Anchor::First,
            reach: (0, 0),
        };
        ids.extend(store.list(&query, None)?);
    }
    ids.sort_unstable();
    Ok(ids)
}

fn as_json(store: &Store, kind: Kind, frame: Frame) -> Result<Vec<u8>, Refusal> {
    let ids = all(store, kind)?;
    if ids.is_empty() {
        return Ok(frame.empty.into());
    }
    let mut bytes = Vec::from(frame.open);
    for (at, id) in ids.into_iter().enumerate() {
        let record = store.record(Ref { kind, id })?;
        let mut json = records::whole_json(store, &record)?;
        if let Json::Object(object) = &mut json {
            for (meta, value) in record.table().fields.iter().zip(&record.values).filter(|(m, _)| m.hidden) {
                object.insert(meta.key.to_owned(), show::to_json(value));
            }
        }
        bytes.extend_from_slice(if at == 0 { "" } else { frame.between }.as_bytes());
        bytes.extend_from_slice(json_line(&json).as_bytes());
    }
    bytes.extend_from_slice(frame.close.as_bytes());
    Ok(bytes)
}

fn as_csv(store: &Store, kind: Kind, guard: Guard) -> Result<Vec<u8>, Stop> {
    let table = kind.table();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let broken =
        |error: csv::Error| Stop::Io(Sentence::from(NOT_WRITTEN).with("path", "CSV").with("what", error));
    writer.write_record(header(table)).map_err(broken)?;
    for id in all(store, kind)? {
        let record = store.record(Ref { kind, id })?;
        writer.write_record(row(&record, guard)).map_err(broken)?;
    }
    let broken = |error| Stop::Io(Sentence::from(NOT_WRITTEN).with("path", "CSV").with("what", error));
    writer.into_inner().map_err(|error| broken(error.into_error()))
}

/// A table in Markdown in the words of the screen, or a workbook that an import reads again.
fn as_table(store: &Store, kind: Kind, format: export::Format, lang: Lang) -> Result<Vec<u8>, Stop> {
    let is_exact = format == export::Format::Xlsx;
    let words = if is_exact { Words::Exact } else { Words::Shown(lang) };
    let table = kind.table();
    let own = OWN.map(|key| Heading { key, label: key.to_owned(), shape: Shape::Line });
    let fields = table.fields.iter().filter(|meta| is_exact || !meta.hidden);
    let label = |meta: &Meta| if is_exact { meta.key.to_owned() } else { meta.label.in_(lang).to_owned() };
    let heading = |meta: &Meta| Heading { key: meta.key, label: label(meta), shape: meta.shape };
    let headings = own.into_iter().chain(fields.map(heading)).collect();
    let mut writer = Writer::new(format, headings, words).map_err(Stop::Io)?;
    for id in all(store, kind)? {
        let record = store.record(Ref { kind, id })?;
        let archived = if record.archived_at.is_some() { "yes" } else { "no" };
        let own = [record.code.clone(), record.version.to_string(), archived.to_owned()].map(Value::Text);
        let fields = table.fields.iter().zip(record.values).filter(|(meta, _)| is_exact || !meta.hidden);
        let values: Vec<Value> = own.into_iter().chain(fields.map(|(_, value)| value)).collect();
        writer.row(&values).map_err(Stop::Io)?;
    }
    writer.finish().map_err(Stop::Io)
}

fn header(table: &'static Table) -> impl Iterator<Item = &'static str> {
    OWN.into_iter().chain(table.fields.iter().map(|meta| meta.key))
}

fn row(record: &Record, guard: Guard) -> Vec<String> {
    let archived = if record.archived_at.is_some() { "yes" } else { "no" };
    let own = [record.code.clone(), record.version.to_string(), archived.to_owned()];
    let cell = |(shape, value): (Shape, &Value)| {
        let plain = show::plain(value);
        let is_text = matches!(shape, Shape::Line | Shape::Long | Shape::List);
        if is_text && guard == Guard::On { cells::guarded(&plain).into_owned() } else { plain }
    };
    let fields = record.table().fields.iter().map(|meta| meta.shape).zip(&record.values).map(cell);
    own.into_iter().chain(fields).collect()
}

const NO_KIND: Text = text("There are no “{word}”; there are {kinds}.", "没有“{word}”；可用：{kinds}。");
const TWO_FORMATS: Text = text(
    "--json asks for JSON, --format {format} for something else; give one of the two.",
    "--json 要求 JSON，--format {format} 要求其他格式；请只用其中一个。",
);
const NO_TERMINAL: Text = text(
    "A workbook is nothing for a terminal; name a file with -o FILE.",
    "工作簿无法在终端显示；请用 -o 文件 指定输出文件。",
);
const EXISTS: Text = text(
    "{path} exists already; name another file, or replace it with --force.",
    "{path} 已存在；请另选文件名，或用 --force 覆盖。",
);
const NOT_WRITTEN: Text = text("{path} cannot be written ({what}).", "无法写入 {path}（{what}）。");
const WRITTEN: Text = text("Written to {path}.", "已写入 {path}。");
const ONLY_A_CALENDAR: Text = text(
    "Deadlines of all kinds are written for calendars alone: --format ics.",
    "各类截止日期只能导出为日历文件：--format ics。",
);
