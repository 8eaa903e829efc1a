//! A cursor on lines that come and go: bound to what its line names, never to the row.
//!
//! Another operator may add or take away lines at any moment. A cursor whose line is gone points
//! at nothing until it is moved: whatever came up into its row was never chosen.

use crate::entity::Ref;
use crate::register::What;

/// A move to the first line from wherever one is.
pub const TO_FIRST: i64 = i64::MIN / 2;
/// A move to the last line from wherever one is.
pub const TO_LAST: i64 = i64::MAX / 2;

/// Names a line for good: the same in every new loading of the lines around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// A record.
    Record(Ref),
    /// A date of a record that needs attention.
    Due(Ref, What),
    /// What was done to a record: the number of the event.
    Event(Ref, i64),
}

impl Line {
    /// The record the line is about.
    #[must_use]
    pub const fn record(self) -> Ref {
        match self {
            Self::Record(at) | Self::Due(at, _) | Self::Event(at, _) => at,
        }
    }
}

/// A cursor. Its row is only where its line was last seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cursor {
    line: Option<Line>,
    row: usize,
    gone: bool,
}

impl Cursor {
    /// A cursor on the first of lines that are not loaded yet.
    #[must_use]
    pub const fn on(line: Line) -> Self {
        Self { line: Some(line), row: 0, gone: false }
    }

    /// The line under it; `None` where there are no lines, or where its line is gone.
    #[must_use]
    pub fn line(&self) -> Option<Line> {
        self.line.filter(|_| !self.gone)
    }

    /// The row of its line, counted from 0; of a line that is gone, the row it had.
    #[must_use]
    pub const fn row(&self) -> usize {
        self.row
    }

    /// Whether the line of this row is under it.
    #[must_use]
    pub fn is_at(&self, row: usize) -> bool {
        self.row == row && self.line().is_some()
    }

    /// Puts it on the line of a row, or on the last line where there are fewer.
    pub fn put(&mut self, row: usize, lines: &[Line]) {
        let row = row.min(lines.len().saturating_sub(1));
        *self = Self { line: lines.get(row).copied(), row, gone: false };
    }

    /// Moves it by `by` lines; it stops at the ends.
    pub fn step(&mut self, by: i64, lines: &[Line]) {
        // Where its line is gone, the next one has come up into the row.
        let by = if self.gone && by > 0 { by - 1 } else { by };
        self.put(self.row.saturating_add_signed(isize::try_from(by).unwrap_or(0)), lines);
    }

    /// Finds its line among lines loaded anew. A line of the records `own`, which one has just
    /// changed oneself, hands it on to the next when it goes. The record of a line that is gone
    /// otherwise is returned once.
    pub fn find(&mut self, lines: &[Line], own: &[Ref]) -> Option<Ref> {
        let Some(held) = self.line else {
            self.put(self.row, lines);
            return None;
        };
        if let Some(row) = lines.iter().position(|line| *line == held) {
            self.put(row, lines);
            return None;
        }
        if own.contains(&held.record()) {
            self.put(self.row, lines);
            return None;
        }
        self.row = self.row.min(lines.len());
        let was_gone = std::mem::replace(&mut self.gone, true);
        (!was_gone).then_some(held.record())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Kind;

    fn lines(ids: &[i64]) -> Vec<Line> {
        ids.iter().map(|id| Line::Record(Ref { kind: Kind::Contact, id: *id })).collect()
    }

    fn at(cursor: &Cursor) -> Option<i64> {
        cursor.line().map(|line| line.record().id)
    }

    #[test]
    fn it_follows_its_line_wherever_that_is() {
        let mut cursor = Cursor::default();
        cursor.step(1, &lines(&[1, 2, 3]));
        assert_eq!(cursor.find(&lines(&[9, 8, 1, 2, 3]), &[]), None);
        assert_eq!((at(&cursor), cursor.row()), (Some(2), 3));
    }

    #[test]
    fn a_line_that_is_gone_leaves_nothing_under_it_until_it_is_moved() {
        let mut cursor = Cursor::default();
        cursor.put(2, &lines(&[1, 2, 3]));
        let gone = Ref { kind: Kind::Contact, id: 3 };
        assert_eq!(cursor.find(&lines(&[1, 2]), &[]), Some(gone));
        assert_eq!(cursor.find(&lines(&[1, 2]), &[]), None, "it is told once");
        assert_eq!(at(&cursor), None);
        let mut up = cursor;
        up.step(-1, &lines(&[1, 2]));
        assert_eq!(at(&up), Some(2));
        // The line comes back, and is what was chosen.
        assert_eq!(cursor.find(&lines(&[3, 1, 2]), &[]), None);
        assert_eq!(at(&cursor), Some(3));
        cursor.find(&lines(&[1, 2]), &[]);
        cursor.step(1, &lines(&[1, 2]));
        assert_eq!(at(&cursor), Some(1), "what came up into its row is the next line");
    }

    #[test]
    fn a_line_taken_away_by_oneself_hands_it_on() {
        let mut cursor = Cursor::default();
        cursor.put(1, &lines(&[1, 2, 3]));
        assert_eq!(cursor.find(&lines(&[1, 3]), &[Ref { kind: Kind::Contact, id: 2 }]), None);
        assert_eq!(at(&cursor), Some(3));
    }
}
