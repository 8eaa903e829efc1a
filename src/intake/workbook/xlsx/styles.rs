//! The number formats of an XLSX workbook, by the style of a cell (ECMA-376, part 1, 18.8).

use std::collections::HashMap;

use quick_xml::events::Event;

use crate::intake::error::IntakeError;
use crate::intake::workbook::archive::{Part, attribute, damaged};
use crate::intake::workbook::format::Format;
use crate::limits;

/// The formats of the styles of cells, in their order.
pub(super) fn read(part: &mut Part<'_>) -> Result<Vec<Format>, IntakeError> {
    let mut codes: HashMap<u32, Format> = HashMap::new();
    let mut formats = Vec::new();
    // The styles of cells stand in `cellXfs`; those of `cellStyleXfs` have the same elements.
    let mut of_cells = false;
    loop {
        match part.next()? {
            Event::Eof => return Ok(formats),
            Event::End(element) if element.local_name().as_ref() == "cellXfs" => of_cells = false,
            Event::Start(element) => {
                let id = || attribute(&element, "numFmtId").and_then(|id| id.trim().parse::<u32>().ok());
                match element.local_name().as_ref() {
                    "cellXfs" => of_cells = true,
                    "numFmt" => {
                        if let (Some(id), Some(code)) = (id(), attribute(&element, "formatCode")) {
                            codes.insert(id, Format::of_code(&code));
                        }
                    }
                    "xf" if of_cells => {
                        let id = id().unwrap_or(0);
                        formats.push(codes.get(&id).cloned().unwrap_or_else(|| Format::builtin(id)));
                    }
                    _ => {}
                }
                if formats.len() + codes.len() > limits::WORKBOOK_STYLES {
                    return Err(damaged(part.name()));
                }
            }
            _ => {}
        }
    }
}
