//! The Overview, the record page and the history: what they hold, and where their cursor is.

use crate::app::cursor::{Cursor, Line};
use crate::entity::Ref;
use crate::limits;
use crate::register::{Attention, Card, Event, Overview};

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
    /// Whether what was snoozed stands in the place of what needs attention.
    pub snoozed: bool,
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
    /// The field under the cursor while that is on the record itself, as a place in its table.
    pub field: Option<usize>,
    /// How many lines of the record's own fields are above those that are seen.
    pub scroll: usize,
}

/// The own fields of a record on its page, as far as the cursor needs to know them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// Where each field begins that can be edited: its line, and its place in the table.
    pub stops: Vec<(usize, usize)>,
    /// How many lines there are.
    pub lines: usize,
    /// How many are seen at once.
    pub room: usize,
}

impl Sheet {
    fn hidden(&self) -> usize {
        self.lines.saturating_sub(self.room)
    }
}

/// Lines beyond those that are seen at which the next field is still gone to at once.
const NEAR: usize = 3;

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
        // Where nothing is left that was snoozed, there is nothing to look at.
        self.snoozed &= !overview.snoozed.is_empty();
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
        let Some(data) = self.data.as_deref().filter(|_| self.panel == Panel::Attention && !self.snoozed)
        else {
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
        let data = self.data.as_deref().filter(|_| self.panel == Panel::Attention && !self.snoozed)?;
        let shown = data.attention.len();
        let is_cut = shown == limits::ATTENTION_LINES && i64::try_from(shown).is_ok_and(|n| n < data.due);
        (is_cut && self.cursor.is_at(shown - 1)).then_some((shown, data.due))
    }

    /// What stands in the list of attention: what needs it, or what was snoozed.
    #[must_use]
    pub fn listed(&self) -> &[Attention] {
        match &self.data {
            Some(data) if self.snoozed => &data.snoozed,
            Some(data) => &data.attention,
            None => &[],
        }
    }

    /// The lines of the panel under the cursor.
    #[must_use]
    pub fn lines(&self) -> Vec<Line> {
        let Some(data) = &self.data else { return Vec::new() };
        match self.panel {
            Panel::Attention => self.listed().iter().map(|line| Line::Due(line.at, line.what)).collect(),
            Panel::Movers => data.movers.iter().map(|mover| Line::Record(mover.at)).collect(),
            Panel::Recent => data.recent.iter().map(line_of).collect(),
        }
    }
}

impl RecordPane {
    /// The page of a record before its card is there: the cursor is on the record itself.
    #[must_use]
    pub const fn of(at: Ref) -> Self {
        Self { cursor: Cursor::on(Line::Record(at)), field: None, scroll: 0 }
    }

    /// Goes one field down. A long text is read line by line before the cursor goes on. Whether there
    /// was a way to go: else the cursor leaves the fields.
    pub(in crate::app) fn down(&mut self, sheet: &Sheet) -> bool {
        let next = self.place(sheet).map_or(0, |at| at + 1);
        match sheet.stops.get(next) {
            Some((line, _)) if *line > self.scroll + sheet.room + NEAR => self.scroll += 1,
            Some(stop) => self.enter(*stop, sheet),
            None if self.scroll < sheet.hidden() => self.scroll += 1,
            None => return false,
        }
        true
    }

    /// Goes one field up, as [`RecordPane::down`]; above the first is the record itself.
    pub(in crate::app) fn up(&mut self, sheet: &Sheet) {
        let Some(at) = self.place(sheet) else {
            self.scroll = self.scroll.saturating_sub(1);
            return;
        };
        let is_seen = sheet.stops.get(at).is_some_and(|(line, _)| *line >= self.scroll);
        match at.checked_sub(1).and_then(|before| sheet.stops.get(before)) {
            _ if !is_seen => self.scroll -= 1,
            Some((line, _)) if line + NEAR < self.scroll => self.scroll -= 1,
            Some(stop) => self.enter(*stop, sheet),
            None => (self.field, self.scroll) = (None, 0),
        }
    }

    /// Comes to the last field from below.
    pub(in crate::app) fn enter_last(&mut self, sheet: &Sheet) {
        if let Some(stop) = sheet.stops.last() {
            self.enter(*stop, sheet);
            self.scroll = sheet.hidden();
        }
    }

    fn enter(&mut self, (line, field): (usize, usize), sheet: &Sheet) {
        self.field = Some(field);
        let least = (line + 1).saturating_sub(sheet.room);
        self.scroll = self.scroll.clamp(least, line.max(least)).min(sheet.hidden().max(least));
    }

    /// The place of the field under the cursor among those there are.
    fn place(&self, sheet: &Sheet) -> Option<usize> {
        let field = self.field?;
        sheet.stops.iter().position(|(_, stop)| *stop == field)
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
    fn the_cursor_goes_through_the_fields_and_reads_a_long_text_to_its_end() {
        let mut pane = RecordPane::of(Ref { kind: Kind::Vendor, id: 1 });
        // Three short fields, and a text of seven lines below its heading.
        let sheet = Sheet { stops: vec![(0, 4), (1, 5), (2, 9)], lines: 10, room: 4 };
        let mut seen = Vec::new();
        while pane.down(&sheet) {
            seen.push((pane.field, pane.scroll));
        }
        let text = (1..=6).map(|scroll| (Some(9), scroll));
        let fields = [(Some(4), 0), (Some(5), 0), (Some(9), 0)];
        assert_eq!(seen, fields.into_iter().chain(text).collect::<Vec<_>>());
        let mut up = 0;
        while pane.field.is_some() {
            pane.up(&sheet);
            up += 1;
        }
        assert_eq!(
            (pane.scroll, up),
            (0, 7),
            "the heading is come to first, then the fields, then the record"
        );
        pane.enter_last(&sheet);
        assert_eq!((pane.field, pane.scroll), (Some(9), 6));
        assert!(!pane.down(&Sheet { stops: Vec::new(), lines: 2, room: 4 }), "no fields, nothing hidden");
    }
}
