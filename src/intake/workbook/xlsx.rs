//! XLSX: the parts of an Office Open XML workbook (ECMA-376, part 1, chapter 18).
//!
//! A cell says its type in `t`, its number format by the style `s`; a text stands once in the shared
//! strings. Only the parts that tell something of the cells are read.

use std::collections::HashMap;
use std::io::{Read, Seek};

use quick_xml::events::{BytesStart, Event};

use super::archive::{Archive, Part, attribute, damaged};
use super::format::Format;
use super::gather::{Cell, Gather, Merged};
use super::number::{self, Epoch};
use super::{Sheet, Workbook, find_sheet};
use crate::intake::cells::NO_VALUE;
use crate::intake::error::IntakeError;
use crate::intake::{Limits, Table};
use crate::limits;

mod strings;
mod styles;

use strings::Strings;

/// Where a workbook stands that does not say where.
const WORKBOOK: &str = "xl/workbook.xml";

/// What all sheets share.
struct Book {
    sheets: Vec<(Sheet, String)>,
    strings: Strings,
    formats: Vec<Format>,
    epoch: Epoch,
}

/// Reads one sheet, as [`super::read_workbook`] says.
pub(super) fn read<R: Read + Seek>(
    archive: &mut Archive<R>,
    asked: Option<&str>,
    limits: Limits,
) -> Result<Workbook, IntakeError> {
    let book = Book::read(archive)?;
    let sheets: Vec<Sheet> = book.sheets.iter().map(|(sheet, _)| sheet.clone()).collect();
    let done =
        |sheet, (table, above): (Table, usize)| Workbook { table, sheet, sheets: sheets.clone(), above };
    if let Some(asked) = asked {
        let sheet = find_sheet(&sheets, asked)?;
        return Ok(done(sheet, book.gather(archive, sheet, limits)?.finish()?));
    }
    for hidden in [false, true] {
        for (at, _) in sheets.iter().enumerate().filter(|(_, sheet)| sheet.hidden == hidden) {
            let gathered = book.gather(archive, at, limits)?;
            if !gathered.is_empty() {
                return Ok(done(at, gathered.finish()?));
            }
        }
    }
    Err(IntakeError::Empty)
}

impl Book {
    fn read<R: Read + Seek>(archive: &mut Archive<R>) -> Result<Self, IntakeError> {
        let path = workbook_path(archive)?;
        if !archive.has(&path) {
            return Err(IntakeError::NotAWorkbook);
        }
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let name = path.rsplit_once('/').map_or(path.as_str(), |(_, name)| name);
        let related = relations(archive, &format!("{folder}/_rels/{name}.rels"), folder)?;
        let of_kind = |kind: &str| related.values().find(|(of, _)| of == kind).map(|(_, path)| path.clone());
        let (sheets, epoch) = sheets(archive, &path, &related)?;
        let strings = match of_kind("sharedStrings").filter(|path| archive.has(path)) {
            Some(path) => Strings::read(&mut archive.part(&path)?)?,
            None => Strings::default(),
        };
        let formats = match of_kind("styles").filter(|path| archive.has(path)) {
            Some(path) => styles::read(&mut archive.part(&path)?)?,
            None => Vec::new(),
        };
        Ok(Self { sheets, strings, formats, epoch })
    }

    /// The cells of a sheet; a chart or a dialog that stands in for one has none.
    fn gather<R: Read + Seek>(
        &self,
        archive: &mut Archive<R>,
        sheet: usize,
        limits: Limits,
    ) -> Result<Gather, IntakeError> {
        let mut gather = Gather::new(limits);
        let path = self.sheets.get(sheet).map_or("", |(_, path)| path.as_str());
        let mut part = archive.part(path)?;
        let (mut line, mut column, mut elements) = (0, 0, 0);
        loop {
            let entered = match part.next()? {
                Event::Eof => return Ok(gather),
                Event::Start(element) => Entered::of(&element)?,
                Event::End(element) if element.local_name().as_ref() == "row" => {
                    gather.end_row(line, 1)?;
                    continue;
                }
                _ => continue,
            };
            match entered {
                Entered::Row(number) => {
                    line = number.unwrap_or(line + 1);
                    column = 0;
                }
                Entered::Cell(cell) => {
                    // Cells without a value cost nothing but the time to pass them.
                    elements += 1;
                    if elements > limits::WORKBOOK_CELLS {
                        return Err(IntakeError::TooManyCells { limit: limits::WORKBOOK_CELLS });
                    }
                    column = cell.column.unwrap_or(column);
                    let content = Content::read(&mut part)?;
                    if let Some(shown) = self.shown(&cell, content) {
                        gather.put(column, &shown)?;
                    }
                    column += 1;
                }
                Entered::Merged(merged) => gather.merge(merged)?,
                Entered::Other => {}
            }
        }
    }

    /// What a cell shows; `None` when it is blank.
    fn shown(&self, cell: &Opened, content: Content) -> Option<Cell> {
        let value = content.value.filter(|value| !value.is_empty());
        let Some(value) = value else {
            // A formula that was never worked out has no value, which is not the same as a blank.
            let unknown = content.is_formula && cell.kind != Type::FormulaText;
            let text = content.inline.or_else(|| unknown.then(|| NO_VALUE.to_owned()));
            return text.map(Cell::Text);
        };
        Some(match cell.kind {
            Type::Shared => Cell::Text(self.strings.get(value.trim().parse().ok()?)?.to_owned()),
            Type::FormulaText => Cell::Text(strings::unescaped(&value)),
            Type::Inline => Cell::Text(content.inline.unwrap_or(value)),
            Type::Bool => Cell::Text(if value.trim() == "1" { "true" } else { "false" }.to_owned()),
            Type::Error => Cell::Text(value),
            Type::Date => Cell::Text(value.replace('T', " ")),
            Type::Number => match (number::decimal(&value), self.formats.get(cell.style)) {
                (Some(number), Some(format)) => Cell::Number(format.shown(number, self.epoch)),
                (Some(number), None) => Cell::Number(number.to_string()),
                (None, _) => Cell::Text(value),
            },
        })
    }
}

/// What begins in a sheet.
enum Entered {
    /// A row, with its number where it says one.
    Row(Option<usize>),
    Cell(Opened),
    Merged(Merged),
    Other,
}

/// What the element of a cell says.
struct Opened {
    column: Option<usize>,
    style: usize,
    kind: Type,
}

/// The type of a cell (18.18.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Type {
    Number,
    Shared,
    FormulaText,
    Inline,
    Bool,
    Error,
    Date,
}

impl Entered {
    fn of(element: &BytesStart<'_>) -> Result<Self, IntakeError> {
        let number = |name| attribute(element, name).and_then(|value| value.trim().parse::<usize>().ok());
        Ok(match element.local_name().as_ref() {
            "row" => Self::Row(number("r")),
            "c" => {
                let place = attribute(element, "r");
                let column = place.as_deref().map(|place| place_of(place).ok_or_else(|| damaged(place)));
                let kind = match attribute(element, "t").as_deref() {
                    Some("s") => Type::Shared,
                    Some("str") => Type::FormulaText,
                    Some("inlineStr") => Type::Inline,
                    Some("b") => Type::Bool,
                    Some("e") => Type::Error,
                    Some("d") => Type::Date,
                    _ => Type::Number,
                };
                let column = column.transpose()?.map(|(column, _)| column);
                Self::Cell(Opened { column, style: number("s").unwrap_or(0), kind })
            }
            "mergeCell" => match attribute(element, "ref").as_deref().and_then(area) {
                Some(merged) => Self::Merged(merged),
                None => Self::Other,
            },
            _ => Self::Other,
        })
    }
}

/// What stands in a cell.
#[derive(Default)]
struct Content {
    value: Option<String>,
    inline: Option<String>,
    is_formula: bool,
}

impl Content {
    /// Reads up to the end of the cell that was just entered.
    fn read(part: &mut Part<'_>) -> Result<Self, IntakeError> {
        let floor = part.depth();
        let mut content = Self::default();
        loop {
            let inner = match part.next()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "v" => 'v',
                    "f" => 'f',
                    "is" => 'i',
                    _ => ' ',
                },
                Event::End(_) => {
                    if part.depth() < floor {
                        return Ok(content);
                    }
                    continue;
                }
                Event::Eof => return Err(damaged(part.name())),
                _ => continue,
            };
            match inner {
                'v' => content.value = Some(part.text()?),
                'i' => content.inline = Some(strings::rich_text(part)?),
                'f' => content.is_formula = true,
                _ => {}
            }
        }
    }
}

/// Column from 0 and line from 1 of `C5`.
fn place_of(place: &str) -> Option<(usize, usize)> {
    let place = place.trim().replace('$', "");
    let digits = place.find(|c: char| c.is_ascii_digit())?;
    let (letters, line) = place.split_at(digits);
    // Three letters name the last column there is.
    if letters.is_empty() || letters.len() > 3 || !letters.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let value = |byte: u8| usize::from(byte.to_ascii_uppercase() - b'A') + 1;
    let column = letters.bytes().fold(0, |sum, byte| sum * 26 + value(byte));
    Some((column - 1, line.parse().ok()?))
}

/// The rows of `B2:B5`.
fn area(cells: &str) -> Option<Merged> {
    let (from, to) = cells.split_once(':')?;
    let ((column, first), (_, last)) = (place_of(from)?, place_of(to)?);
    Some(Merged { first, last, column })
}

/// The part that holds the list of sheets.
fn workbook_path<R: Read + Seek>(archive: &mut Archive<R>) -> Result<String, IntakeError> {
    if !archive.has("_rels/.rels") {
        return Ok(WORKBOOK.to_owned());
    }
    let related = relations(archive, "_rels/.rels", "")?;
    let named = related.into_values().find(|(kind, _)| kind == "officeDocument");
    Ok(named.map_or_else(|| WORKBOOK.to_owned(), |(_, path)| path))
}

/// The parts a part refers to: id, last word of the kind, path from the root of the archive.
fn relations<R: Read + Seek>(
    archive: &mut Archive<R>,
    path: &str,
    folder: &str,
) -> Result<HashMap<String, (String, String)>, IntakeError> {
    let mut related = HashMap::new();
    let mut part = archive.part(path)?;
    loop {
        match part.next()? {
            Event::Eof => return Ok(related),
            Event::Start(element) if element.local_name().as_ref() == "Relationship" => {
                let said = |name| attribute(&element, name).map(std::borrow::Cow::into_owned);
                let (Some(id), Some(kind), Some(target)) = (said("Id"), said("Type"), said("Target")) else {
                    continue;
                };
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                related.insert(id, (kind, resolved(folder, &target)));
            }
            _ => {}
        }
    }
}

/// The path of `target` as seen from `folder`.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut path: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|step| !step.is_empty()).collect(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

/// The sheets with their parts, and what day 0 is.
fn sheets<R: Read + Seek>(
    archive: &mut Archive<R>,
    path: &str,
    related: &HashMap<String, (String, String)>,
) -> Result<(Vec<(Sheet, String)>, Epoch), IntakeError> {
    let (mut sheets, mut epoch) = (Vec::new(), Epoch::Y1900);
    let mut part = archive.part(path)?;
    loop {
        match part.next()? {
            Event::Eof => return Ok((sheets, epoch)),
            Event::Start(element) => match element.local_name().as_ref() {
                "workbookPr" if matches!(attribute(&element, "date1904").as_deref(), Some("1" | "true")) => {
                    epoch = Epoch::Y1904;
                }
                "sheet" => {
                    let name = attribute(&element, "name").unwrap_or_default().into_owned();
                    let id = attribute(&element, "id").unwrap_or_default();
                    let hidden = attribute(&element, "state").is_some_and(|state| state != "visible");
                    // A sheet of charts has no cells to read.
                    if let Some((_, path)) = related.get(&*id).filter(|(kind, _)| kind == "worksheet") {
                        sheets.push((Sheet { name, hidden }, path.clone()));
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }
}
