//! The Overview, the record page and the history: what they hold, and where their cursor is.

use crate::entity::Ref;
use crate::register::{Event, Overview};

/// The Overview.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OverviewPane {
    /// Its figures.
    pub data: Option<Box<Overview>>,
    /// The panel under the cursor.
    pub panel: Panel,
    /// The line under the cursor in that panel.
    pub cursor: usize,
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
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecordPane {
    /// The related row under the cursor; 0 is the record itself.
    pub cursor: usize,
}

/// The history page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HistoryPane {
    /// The events, newest first.
    pub events: Vec<Event>,
    /// The event under the cursor.
    pub cursor: usize,
}

impl OverviewPane {
    /// Takes new figures; the cursor stays in its panel.
    pub(in crate::app) fn take(&mut self, overview: Box<Overview>) {
        self.data = Some(overview);
        self.cursor = self.cursor.min(self.lines().saturating_sub(1));
    }

    /// Whether the cursor has come near the end of the lines that are there, while there are more.
    #[must_use]
    pub fn wants_more(&self) -> bool {
        let Some(data) = self.data.as_deref().filter(|_| self.panel == Panel::Attention) else {
            return false;
        };
        let there = data.attention.len();
        self.cursor + there / 4 >= there && i64::try_from(there).is_ok_and(|there| there < data.due)
    }

    /// Lines of the panel under the cursor.
    #[must_use]
    pub fn lines(&self) -> usize {
        let Some(data) = &self.data else { return 0 };
        match self.panel {
            Panel::Attention => data.attention.len(),
            Panel::Movers => data.movers.len(),
            Panel::Recent => data.recent.len(),
        }
    }

    /// The record under the cursor.
    #[must_use]
    pub fn selected(&self) -> Option<Ref> {
        let data = self.data.as_deref()?;
        match self.panel {
            Panel::Attention => data.attention.get(self.cursor).map(|line| line.at),
            Panel::Movers => data.movers.get(self.cursor).map(|mover| mover.at),
            Panel::Recent => data.recent.get(self.cursor).map(|event| event.record),
        }
    }
}

impl HistoryPane {
    pub(in crate::app) fn take(&mut self, events: Vec<Event>) {
        self.events = events;
        self.cursor = self.cursor.min(self.events.len().saturating_sub(1));
    }
}
