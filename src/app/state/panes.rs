//! The Overview, the record page and the history: what they hold, and where their cursor is.

use crate::app::cursor::{Cursor, Line};
use crate::entity::Ref;
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
    /// How many lines of what needs attention were wanted, beyond those of a screen.
    pub reach: usize,
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

/// The record page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordPane {
    /// The cursor: on the record itself, then on its related rows.
    pub cursor: Cursor,
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
        self.cursor.find(&lines, own)
    }

    /// Whether the cursor has come near the end of the lines that are there, while there are more.
    #[must_use]
    pub fn wants_more(&self) -> bool {
        let Some(data) = self.data.as_deref().filter(|_| self.panel == Panel::Attention) else {
            return false;
        };
        let there = data.attention.len();
        self.cursor.row() + there / 4 >= there && i64::try_from(there).is_ok_and(|there| there < data.due)
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
        Self { cursor: Cursor::on(Line::Record(at)) }
    }

    /// The lines of the page: the record, then its related rows, section by section.
    #[must_use]
    pub fn lines(card: &Card) -> Vec<Line> {
        let related = card.related.iter().flat_map(|related| &related.rows);
        std::iter::once(&card.record).chain(related).map(|record| Line::Record(record.at)).collect()
    }
}

impl HistoryPane {
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
