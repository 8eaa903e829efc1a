//! The Overview, the record page and the history: what they hold, and where their cursor is.

use crate::app::cursor::{Cursor, Line, TO_FIRST, TO_LAST};
use crate::entity::Ref;
use crate::limits;
use crate::register::{Card, Event, Overview};

/// The Overview.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OverviewPane {
    /// Its figures.
    pub data: Option<Box<Overview>>,
    /// The panel under the cursor.
    pub panel: Panel,
    /// The cursor in that panel.
    pub cursor: Cursor,
    /// How many lines of what needs attention were wanted, beyond those of a screen; at most
    /// [`limits::ATTENTION_LINES`].
    pub reach: usize,
    /// Whether the cursor goes to the last line as soon as that is loaded.
    pub to_end: bool,
}

/// A panel of the Overview that holds records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Panel {
    /// What needs attention.
    #[default]
    Attention,
    /// The greatest changes of score.
    Movers,
    /// The newest acts.
    Recent,
}

impl Panel {
    /// The panels, in the order of Tab.
    pub const ALL: [Self; 3] = [Self::Attention, Self::Movers, Self::Recent];

    /// The panel `by` places on among the first `shown`; behind the last comes the first.
    #[must_use]
    pub fn beside(self, by: isize, shown: usize) -> Self {
        let shown = shown.clamp(1, Self::ALL.len());
        let at = Self::ALL.iter().position(|panel| *panel == self).unwrap_or(0);
        let next = (at + shown).saturating_add_signed(by) % shown;
        Self::ALL.get(next).copied().unwrap_or_default()
    }

    /// Whether it is among the first `shown`.
    #[must_use]
    pub fn is_among(self, shown: usize) -> bool {
        Self::ALL.iter().take(shown).any(|panel| *panel == self)
    }
}

/// The record page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordPane {
    /// The cursor: on the record itself, then on its related rows.
    pub cursor: Cursor,
    /// How many lines of the record's own fields are above those that are seen.
    pub scroll: usize,
}

/// The history page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HistoryPane {
    /// The events, newest first.
    pub events: Vec<Event>,
    /// The cursor.
    pub cursor: Cursor,
}

impl OverviewPane {
    /// Takes new figures; the cursor stays on its line. The record of a line that is gone.
    pub(in crate::app) fn take(&mut self, overview: Box<Overview>, own: &[Ref]) -> Option<Ref> {
        self.data = Some(overview);
        let lines = self.lines();
        if std::mem::take(&mut self.to_end) {
            self.cursor.put(usize::MAX, &lines);
            return None;
        }
        self.cursor.find(&lines, own)
    }

    /// Whether there are lines that are not loaded, and may be.
    fn has_more(&self) -> bool {
        let Some(data) = self.data.as_deref().filter(|_| self.panel == Panel::Attention) else {
            return false;
        };
        let there = data.attention.len();
        there < limits::ATTENTION_LINES && i64::try_from(there).is_ok_and(|there| there < data.due)
    }

    /// Goes to the first line of a panel.
    pub(in crate::app) fn enter(&mut self, panel: Panel) {
        self.panel = panel;
        let lines = self.lines();
        self.cursor.put(0, &lines);
    }

    /// Wants the lines that follow, where the cursor has come near the end of those that are
    /// there. Whether they are to be asked for.
    pub(in crate::app) fn reach_on(&mut self) -> bool {
        let there = self.lines().len();
        let wants = self.has_more() && self.cursor.row() + there / 4 >= there;
        if wants {
            self.reach = (4 * there).min(limits::ATTENTION_LINES);
        }
        wants
    }

    /// Wants the lines up to the last. Whether they are to be asked for.
    pub(in crate::app) fn reach_end(&mut self) -> bool {
        self.to_end = self.has_more();
        if self.to_end {
            self.reach = limits::ATTENTION_LINES;
        }
        self.to_end
    }

    /// How many lines are shown and how many there are, while the cursor is on the last of those
    /// that are ever shown and there are more.
    #[must_use]
    pub fn cut(&self) -> Option<(usize, i64)> {
        let data = self.data.as_deref().filter(|_| self.panel == Panel::Attention)?;
        let shown = data.attention.len();
        let is_cut = shown == limits::ATTENTION_LINES && i64::try_from(shown).is_ok_and(|n| n < data.due);
        (is_cut && self.cursor.is_at(shown - 1)).then_some((shown, data.due))
    }

    /// The lines of the panel under the cursor.
    #[must_use]
    pub fn lines(&self) -> Vec<Line> {
        let Some(data) = &self.data else { return Vec::new() };
        match self.panel {
            Panel::Attention => data.attention.iter().map(|line| Line::Due(line.at, line.what)).collect(),
            Panel::Movers => data.movers.iter().map(|mover| Line::Record(mover.at)).collect(),
            Panel::Recent => data.recent.iter().map(line_of).collect(),
        }
    }
}

impl RecordPane {
    /// The page of a record before its card is there: the cursor is on the record itself.
    #[must_use]
    pub const fn of(at: Ref) -> Self {
        Self { cursor: Cursor::on(Line::Record(at)), scroll: 0 }
    }

    /// Moves the record's own fields by `by` lines, of which `hidden` do not fit; not beyond the
    /// first and the last. Whether they moved: else the cursor does.
    pub(in crate::app) fn scroll(&mut self, by: i64, hidden: usize) -> bool {
        let now = self.scroll.min(hidden);
        let next = now.saturating_add_signed(isize::try_from(by).unwrap_or(0)).min(hidden);
        let to_the_end = by == TO_FIRST || by == TO_LAST;
        let moves = self.cursor.row() == 0 && next != now && !to_the_end;
        self.scroll = if moves || to_the_end { next } else { now };
        moves
    }

    /// The lines of the page: the record, then its related rows, section by section.
    #[must_use]
    pub fn lines(card: &Card) -> Vec<Line> {
        let related = card.related.iter().flat_map(|related| &related.rows);
        std::iter::once(&card.record).chain(related).map(|record| Line::Record(record.at)).collect()
    }
}

impl HistoryPane {
    /// The event under the cursor.
    #[must_use]
    pub fn event(&self) -> Option<&Event> {
        let line = self.cursor.line()?;
        self.events.iter().find(|event| line_of(event) == line)
    }

    /// Takes new events; the cursor stays on its event. The record of an event that is gone.
    pub(in crate::app) fn take(&mut self, events: Vec<Event>, own: &[Ref]) -> Option<Ref> {
        self.events = events;
        let lines = self.lines();
        self.cursor.find(&lines, own)
    }

    /// The lines of the page.
    #[must_use]
    pub fn lines(&self) -> Vec<Line> {
        self.events.iter().map(line_of).collect()
    }
}

fn line_of(event: &Event) -> Line {
    Line::Event(event.record, event.seq)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Kind;

    #[test]
    fn the_fields_move_before_the_cursor_leaves_them() {
        let mut pane = RecordPane::of(Ref { kind: Kind::Vendor, id: 1 });
        assert!(pane.scroll(1, 3) && pane.scroll(5, 3));
        assert_eq!((pane.scroll, pane.scroll(1, 3)), (3, false), "then the cursor goes on");
        assert!(pane.scroll(-1, 3));
        assert!(!pane.scroll(TO_LAST, 3));
        assert_eq!(pane.scroll, 3);
        assert!(!pane.scroll(TO_FIRST, 3));
        assert_eq!(pane.scroll, 0);
        assert!(!pane.scroll(1, 0), "nothing is hidden");
        pane.scroll = 3;
        assert!(pane.scroll(-1, 1));
        assert_eq!(pane.scroll, 0, "the screen has grown");
    }
}
