//! `vendeck export`: every record of a kind, as CSV for spreadsheets or JSON for programs.
//!
//! What it writes, `import` reads back to the same records. A file is whole or not there: it is
//! written under another name beside its place and moved there at the end.

use std::fs;
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use clap::parser::ValueSource;
use serde_json::{Value as Json, json};

use crate::clean::clean_lines;
use crate::entity::filter::Asked;
use crate::entity::{Kind, Record, Ref, Shape, Table, Value, show};
use crate::intake::cells;
use crate::place::{Fresh, Placed};
use crate::register::{Anchor, Query, Refusal, Shelves};
use crate::shell::cli::output::{Form, json_line};
use crate::shell::cli::stop::{Exit, Stop};
use crate::shell::cli::{Desk, args, records};
use crate::store::Store;
use crate::texts::{Sentence, Text, text};

/// How records are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    /// CSV with a line of headings.
    Csv(Guard),
    /// One JSON array, a record a line.
    Json,
    /// A JSON object a line.
    JsonLines,
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

/// `vendeck export KIND`.
pub(super) fn run(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    let kind = kind(matches.get_one::<String>("kind").map_or("", String::as_str))?;
    let format = format(desk, matches)?;
    let store = desk.store_to_read()?;
    let bytes = match format {
        Format::Csv(guard) => as_csv(&store, kind, guard)?,
        Format::Json => as_json(&store, kind, ARRAY)?,
        Format::JsonLines => as_json(&store, kind, LINES)?,
    };
    match matches.get_one::<PathBuf>("output") {
        Some(path) => {
            let force = matches.get_flag("force");
            place(path, force, &bytes).map_err(|error| not_written(path, &error))?;
            if desk.out.is_json() {
                desk.out.json(&json!({ "path": path.to_string_lossy(), "bytes": bytes.len() }))?;
            } else {
                desk.say(&Sentence::from(WRITTEN).with("path", path.display()));
            }
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
    let is_csv = matches.get_one::<String>("format").is_some_and(|format| format == "csv");
    let is_named = matches.value_source("format") == Some(ValueSource::CommandLine);
    match desk.out.form() {
        Form::Words if is_csv => Ok(Format::Csv(guard)),
        Form::Json | Form::JsonLines if is_csv && is_named => Err(Stop::Usage(TWO_FORMATS.into())),
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

/// Writes a file whole or not at all. Another one is replaced only by `force`; a link is never
/// followed, for the new file takes its place.
fn place(path: &Path, force: bool, bytes: &[u8]) -> std::io::Result<()> {
    if !force && fs::symlink_metadata(path).is_ok() {
        return Err(std::io::ErrorKind::AlreadyExists.into());
    }
    let fresh = Fresh::beside(path)?;
    fs::write(fresh.path(), bytes)?;
    if force {
        return fresh.replace();
    }
    match fresh.put_in_place()? {
        Placed::Here => Ok(()),
        Placed::Taken => Err(std::io::ErrorKind::AlreadyExists.into()),
    }
}

/// Replaces or makes a file of ours, as [`place`] does.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    place(path, true, bytes)
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

/// The column that names a record for good.
pub(super) const CODE: &str = "code";
/// The column that counts the changes of a record.
pub(super) const VERSION: &str = "version";
/// The column that says whether a record is put away.
pub(super) const ARCHIVED: &str = "archived";
/// What every export has beside the fields, in either format; a file with all three is ours.
pub(super) const OWN: [&str; 3] = [CODE, VERSION, ARCHIVED];

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
    "--json asks for JSON, --format csv for CSV; give one of the two.",
    "--json 要求 JSON，--format csv 要求 CSV；请只用其中一个。",
);
const EXISTS: Text = text(
    "{path} exists already; name another file, or replace it with --force.",
    "{path} 已存在；请另选文件名，或用 --force 覆盖。",
);
const NOT_WRITTEN: Text = text("{path} cannot be written ({what}).", "无法写入 {path}（{what}）。");
const WRITTEN: Text = text("Written to {path}.", "已写入 {path}。");
