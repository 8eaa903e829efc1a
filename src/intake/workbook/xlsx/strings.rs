//! The shared strings of an XLSX workbook (ECMA-376, part 1, 18.4).

use quick_xml::events::Event;

use crate::intake::error::IntakeError;
use crate::intake::workbook::archive::{Part, damaged};
use crate::limits;

/// The strings of a workbook, by number.
///
/// They stand in one buffer: a file of a few kilobytes may hold millions of empty ones.
#[derive(Debug, Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    /// Reads the part that holds them.
    pub(super) fn read(part: &mut Part<'_>) -> Result<Self, IntakeError> {
        let mut strings = Self::default();
        loop {
            match part.next()? {
                Event::Eof => return Ok(strings),
                Event::Start(element) if element.local_name().as_ref() == "si" => {}
                _ => continue,
            }
            strings.text.push_str(&rich_text(part)?);
            if strings.text.len() > limits::WORKBOOK_STRINGS_BYTES {
                return Err(IntakeError::TooMuchText { limit: limits::WORKBOOK_STRINGS_BYTES });
            }
            if strings.ends.len() >= limits::WORKBOOK_CELLS {
                return Err(IntakeError::TooManyCells { limit: limits::WORKBOOK_CELLS });
            }
            strings.ends.push(u32::try_from(strings.text.len()).unwrap_or(u32::MAX));
        }
    }

    /// The string of a number, from 0.
    pub(super) fn get(&self, number: usize) -> Option<&str> {
        let start = match number.checked_sub(1) {
            Some(before) => *self.ends.get(before)? as usize,
            None => 0,
        };
        self.text.get(start..*self.ends.get(number)? as usize)
    }
}

/// The text of the element that was just entered: its runs one after the other, without the
/// readings (`rPh`) that stand above Chinese and Japanese words.
pub(super) fn rich_text(part: &mut Part<'_>) -> Result<String, IntakeError> {
    let floor = part.depth();
    let (mut text, mut reading) = (String::new(), None);
    loop {
        let enters_text = match part.next()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "t" => true,
                "rPh" => {
                    reading = reading.or(Some(part.depth()));
                    false
                }
                _ => false,
            },
            Event::End(_) => {
                if part.depth() < floor {
                    return Ok(unescaped(&text));
                }
                reading = reading.filter(|depth| part.depth() >= *depth);
                false
            }
            Event::Eof => return Err(damaged(part.name())),
            _ => false,
        };
        if enters_text {
            let run = part.text()?;
            if reading.is_none() {
                text.push_str(&run);
            }
        }
    }
}

/// The text with its `_x000D_` made the characters they stand for (18.4.12, 22.9.2.19).
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut units: Vec<u16> = Vec::new();
    while let Some(at) = rest.find("_x") {
        let (before, tail) = rest.split_at(at);
        let unit = tail.get(2..6).filter(|_| tail.get(6..7) == Some("_"));
        let unit = unit.filter(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
        flush(&mut out, &mut units, before);
        match unit.and_then(|hex| u16::from_str_radix(hex, 16).ok()) {
            Some(unit) => {
                units.push(unit);
                rest = tail.get(7..).unwrap_or_default();
            }
            None => {
                flush(&mut out, &mut units, "_x");
                rest = tail.get(2..).unwrap_or_default();
            }
        }
    }
    out.extend(characters(&mut units));
    out.push_str(rest);
    out
}

/// Adds `text` behind the characters of `units`; without text, half of a pair waits for the other.
fn flush(out: &mut String, units: &mut Vec<u16>, text: &str) {
    let waits = units.last().is_some_and(|unit| (0xD800..0xDC00).contains(unit));
    if !(text.is_empty() && waits) {
        out.extend(characters(units));
        out.push_str(text);
    }
}

fn characters(units: &mut Vec<u16>) -> impl Iterator<Item = char> {
    char::decode_utf16(units.drain(..)).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_the_format_are_characters_again() {
        assert_eq!(unescaped("a_x000D_b"), "a\rb");
        assert_eq!(unescaped("_x005F_x000D_"), "_x000D_");
        assert_eq!(unescaped("_xD83D__xDCF7_!"), "📷!");
        assert_eq!(unescaped("_xD83D_"), "\u{fffd}");
        assert_eq!(unescaped("a_x00_b _xyzzy_ 供_x"), "a_x00_b _xyzzy_ 供_x");
    }
}
