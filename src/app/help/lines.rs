//! How the entries of help flow into columns and pages: arithmetic that its keys and its drawing share.

use super::Entry;
use crate::app::geometry::Size;
use crate::texts::Text;

/// The least lines of a section that may stand at the foot of a column, its heading included.
const WIDOW: usize = 3;

/// One line of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Between two sections, or at the foot of a column.
    Blank,
    /// The heading of a section.
    Head(Text),
    /// An entry, by its place.
    Entry(usize),
}

/// The lines of the entries: column after column of [`Size::help_rows`], as many columns a page as
/// the screen has. With headings, unless they are `found` in the order of how well they match.
#[must_use]
pub fn lines(entries: &[Entry], found: bool, size: Size) -> Vec<Line> {
    let rows = usize::from(size.help_rows());
    let mut lines: Vec<Line> = Vec::new();
    let mut section: Option<Text> = None;
    for (at, entry) in entries.iter().enumerate() {
        if !found && section != Some(entry.section.title) {
            section = Some(entry.section.title);
            if !lines.len().is_multiple_of(rows) {
                lines.push(Line::Blank);
            }
            let left = rows - lines.len() % rows;
            if left < WIDOW.min(rows) {
                lines.extend(std::iter::repeat_n(Line::Blank, left));
            }
            lines.push(Line::Head(entry.section.title));
        }
        lines.push(Line::Entry(at));
    }
    lines
}

/// The entry that stands `by` lines from another, or the nearest to that.
#[must_use]
pub(super) fn beside(lines: &[Line], entry: usize, by: i64) -> usize {
    let here = lines.iter().position(|line| *line == Line::Entry(entry)).unwrap_or(0);
    let last = lines.len().saturating_sub(1);
    let there = (here as u64).saturating_add_signed(by);
    let there = usize::try_from(there).unwrap_or(last).min(last);
    let entry_at = |at: usize| match lines.get(at) {
        Some(Line::Entry(entry)) => Some(*entry),
        _ => None,
    };
    let below = (there..lines.len()).find_map(entry_at);
    let above = (0..=there).rev().find_map(entry_at);
    below.or(above).unwrap_or(entry)
}
