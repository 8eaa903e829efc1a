//! ODS: the content of an OpenDocument spreadsheet (OASIS, part 3, chapter 9).
//!
//! One part holds all sheets. A cell says its value in attributes and how it is shown in paragraphs;
//! cells and rows that repeat stand once, with how often.

use std::collections::HashSet;
use std::io::{Read, Seek};

use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use rust_decimal::Decimal;

use super::archive::{Archive, Part, attribute, damaged};
use super::format::Format;
use super::gather::{Cell, Gather, Merged};
use super::number::{self, Epoch};
use super::{Sheet, Workbook, find_sheet};
use crate::domain::money::Currency;
use crate::intake::cells::NO_VALUE;
use crate::intake::error::IntakeError;
use crate::intake::{Limits, Table};

const CONTENT: &str = "content.xml";

/// Whether the archive has the one part that an ODS cannot be without, and an XLSX never has.
pub(super) fn is_here<R: Read + Seek>(archive: &mut Archive<R>) -> bool {
    archive.has(CONTENT)
}

/// Reads one sheet, as [`super::read_workbook`] says.
pub(super) fn read<R: Read + Seek>(
    archive: &mut Archive<R>,
    asked: Option<&str>,
    limits: Limits,
) -> Result<Workbook, IntakeError> {
    let found = match asked {
        Some(asked) => {
            let (sheets, _) = walk(&mut archive.part(CONTENT)?, Wanted::None, limits)?;
            let at = find_sheet(&sheets, asked)?;
            walk(&mut archive.part(CONTENT)?, Wanted::Number(at), limits)?
        }
        None => {
            let shown = walk(&mut archive.part(CONTENT)?, Wanted::FirstFilled { hidden: false }, limits)?;
            match shown {
                (_, None) => walk(&mut archive.part(CONTENT)?, Wanted::FirstFilled { hidden: true }, limits)?,
                found => found,
            }
        }
    };
    let (sheets, Some((sheet, gathered))) = found else { return Err(IntakeError::Empty) };
    let (table, above): (Table, usize) = gathered.finish()?;
    Ok(Workbook { table, sheet, sheets, above })
}

/// Which sheet is gathered on the way through the content.
#[derive(Debug, Clone, Copy)]
enum Wanted {
    None,
    Number(usize),
    FirstFilled { hidden: bool },
}

/// The sheets, and the cells of the one that was wanted.
type Found = (Vec<Sheet>, Option<(usize, Gather)>);

/// Goes through the whole content once.
fn walk(part: &mut Part<'_>, wanted: Wanted, limits: Limits) -> Result<Found, IntakeError> {
    let mut hiding: HashSet<String> = HashSet::new();
    let mut style = None;
    let mut found: Found = (Vec::new(), None);
    loop {
        let sheet = match part.next()? {
            Event::Eof => return Ok(found),
            Event::Start(element) => match element.local_name().as_ref() {
                "style" => {
                    style = attribute(&element, "name").map(std::borrow::Cow::into_owned);
                    continue;
                }
                "table-properties" => {
                    if attribute(&element, "display").as_deref() == Some("false") {
                        hiding.extend(style.take());
                    }
                    continue;
                }
                "table" => {
                    let name = attribute(&element, "name").unwrap_or_default().into_owned();
                    let hidden =
                        attribute(&element, "style-name").is_some_and(|style| hiding.contains(&*style));
                    Sheet { name, hidden }
                }
                _ => continue,
            },
            _ => continue,
        };
        let at = found.0.len();
        let is_wanted = match wanted {
            Wanted::None => false,
            Wanted::Number(number) => number == at,
            Wanted::FirstFilled { hidden } => found.1.is_none() && (hidden || !sheet.hidden),
        };
        found.0.push(sheet);
        let gathered = table(part, is_wanted.then(|| Gather::new(limits)))?;
        let taken = |gather: &Gather| matches!(wanted, Wanted::Number(_)) || !gather.is_empty();
        if let Some(gather) = gathered.filter(taken) {
            found.1 = Some((at, gather));
        }
    }
}

/// Reads up to the end of the sheet that was just entered.
fn table(part: &mut Part<'_>, mut gather: Option<Gather>) -> Result<Option<Gather>, IntakeError> {
    let floor = part.depth();
    let (mut line, mut column, mut times) = (1_usize, 0_usize, 1);
    loop {
        let cell = match part.next()? {
            Event::Eof => return Err(damaged(part.name())),
            Event::Start(element) => match element.local_name().as_ref() {
                "table-row" => {
                    times = count(&element, "number-rows-repeated");
                    column = 0;
                    continue;
                }
                "table-cell" if gather.is_some() => Opened::of(&element),
                "covered-table-cell" => {
                    column = column.saturating_add(count(&element, "number-columns-repeated"));
                    continue;
                }
                _ => continue,
            },
            Event::End(element) => {
                let ends_row = element.local_name().as_ref() == "table-row";
                if ends_row && let Some(gather) = &mut gather {
                    gather.end_row(line, times)?;
                }
                if ends_row {
                    line = line.saturating_add(times);
                }
                if part.depth() < floor {
                    return Ok(gather);
                }
                continue;
            }
            _ => continue,
        };
        let shown = cell.shown(&paragraphs(part)?);
        if let (Some(gather), Some(shown)) = (&mut gather, shown) {
            for at in column..column.saturating_add(cell.times) {
                gather.put(at, &shown)?;
            }
            gather.merge(Merged { first: line, last: line.saturating_add(cell.rows - 1), column })?;
        }
        column = column.saturating_add(cell.times);
    }
}

/// What LibreOffice says of a cell whose formula has gone wrong; the format itself has no word for it.
fn is_error(attribute: &Attribute<'_>) -> bool {
    attribute.key.as_ref() == "calcext:value-type" && *attribute.value == *"error"
}

/// How often something repeats; once where nothing is said.
fn count(element: &BytesStart<'_>, name: &str) -> usize {
    attribute(element, name).and_then(|times| times.trim().parse().ok()).unwrap_or(1).max(1)
}

/// What the element of a cell says.
struct Opened {
    times: usize,
    rows: usize,
    kind: String,
    is_error: bool,
    is_formula: bool,
    value: Option<String>,
    currency: Option<Currency>,
}

impl Opened {
    fn of(element: &BytesStart<'_>) -> Self {
        let said = |name| attribute(element, name).map(std::borrow::Cow::into_owned);
        let values = ["value", "date-value", "time-value", "boolean-value", "string-value"];
        Self {
            times: count(element, "number-columns-repeated"),
            rows: count(element, "number-rows-spanned"),
            kind: said("value-type").unwrap_or_default(),
            is_error: element.attributes().with_checks(false).flatten().any(|one| is_error(&one)),
            is_formula: said("formula").is_some(),
            value: values.into_iter().find_map(said),
            currency: said("currency").and_then(|code| Currency::from_code(&code)),
        }
    }

    /// What the cell shows; `None` when it is blank.
    fn shown(&self, paragraphs: &str) -> Option<Cell> {
        let value = self.value.as_deref().unwrap_or_default();
        if self.is_error {
            // LibreOffice numbers most of its errors: `Err:502`.
            let known = paragraphs.starts_with('#');
            return Some(Cell::Text(if known { paragraphs } else { "#VALUE!" }.to_owned()));
        }
        match self.kind.as_str() {
            "float" | "percentage" | "currency" => Some(match number::decimal(value) {
                Some(number) => Cell::Number(self.number(number, paragraphs)),
                None => Cell::Text(value.to_owned()),
            }),
            "date" => Some(Cell::Text(value.replace('T', " "))),
            "time" => Some(Cell::Text(time(value).unwrap_or_else(|| paragraphs.to_owned()))),
            "boolean" => Some(Cell::Text(value.to_owned())),
            "" if self.is_formula && paragraphs.is_empty() => Some(Cell::Text(NO_VALUE.to_owned())),
            _ => {
                let text = if paragraphs.is_empty() { value } else { paragraphs };
                (!text.is_empty()).then(|| Cell::Text(text.to_owned()))
            }
        }
    }

    fn number(&self, number: Decimal, shown: &str) -> String {
        let plain = number.to_string();
        match (self.kind.as_str(), self.currency) {
            ("percentage", _) => Format::Percent.shown(number, Epoch::Y1900),
            ("currency", Some(currency)) => Format::Amount(currency).shown(number, Epoch::Y1900),
            // A code, whose zeros its format puts in front.
            _ if shown.starts_with('0') && shown.trim_start_matches('0') == plain => shown.to_owned(),
            _ => plain,
        }
    }
}

/// `PT14H30M00S` as `14:30:00`.
fn time(value: &str) -> Option<String> {
    let (hours, rest) = value.strip_prefix("PT")?.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds = rest.strip_suffix('S')?;
    let seconds = seconds.split_once('.').map_or(seconds, |(whole, _)| whole);
    Some(format!("{hours:0>2}:{minutes:0>2}:{seconds:0>2}"))
}

/// The paragraphs of the cell that was just entered, without notes that hang on it.
fn paragraphs(part: &mut Part<'_>) -> Result<String, IntakeError> {
    let floor = part.depth();
    let name = part.name().to_owned();
    let mut text = String::new();
    let (mut within, mut note, mut several) = (false, None, false);
    loop {
        let event = part.next()?;
        if matches!(event, Event::Eof) {
            return Err(damaged(&name));
        }
        let mut enters_note = false;
        let mut ends = false;
        match &event {
            Event::Start(element) => match element.local_name().as_ref() {
                "annotation" => enters_note = true,
                "p" if note.is_none() => {
                    if several {
                        text.push('\n');
                    }
                    (within, several) = (true, true);
                }
                "s" if within => text.extend(std::iter::repeat_n(' ', count(element, "c").min(1024))),
                "tab" if within => text.push('\t'),
                "line-break" if within => text.push('\n'),
                _ => {}
            },
            Event::End(element) => {
                within &= element.local_name().as_ref() != "p";
                ends = true;
            }
            event if within && note.is_none() => Part::push_text(&name, event, &mut text)?,
            _ => {}
        }
        drop(event);
        if enters_note {
            note = note.or(Some(part.depth()));
        }
        if ends {
            note = note.filter(|depth| part.depth() >= *depth);
            if part.depth() < floor {
                return Ok(text);
            }
        }
    }
}
