//! The sizes of things: pure arithmetic that reducers and drawing share.
//!
//! Anything both sides need, such as how many rows a list shows, is worked out here from the
//! size of the screen alone.

/// The size of the screen in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// How a screen is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// List and detail side by side.
    Wide,
    /// A list above a summary of four lines.
    Stacked,
    /// A list alone.
    Narrow,
    /// One line that says what is typed or selected: there is no room for a list, or none for a
    /// name beside its frame.
    Line,
}

/// Rows of the frame: the tabs, their rule, the rule of the footer, the footer.
pub const CHROME: u16 = 4;
/// Lines of the summary below a stacked list, its rule included.
pub const SUMMARY: u16 = 6;
/// The least rows of a list above a summary: the list keeps four of its own.
const STACKED_HEIGHT: u16 = CHROME + SUMMARY + 2 + 4;
/// The most rows below the attention list of an Overview in one column.
const OVERVIEW_BELOW: u16 = 8;
/// The most columns of the box of help.
const HELP_WIDTH: u16 = 114;
/// The least columns of one of its columns of lines.
const HELP_COLUMN: u16 = 35;
/// The least rows of a screen on which the box leaves the tabs to be seen, and tells all it can.
const HELP_TALL: u16 = 30;
/// The least columns of a list whose records take one line each.
const ONE_LINE: u16 = 60;
/// Cells of a list before its first column: the cursor and the mark, each with a blank.
pub const GUTTER: u16 = 3;
/// The least columns of a list beside a detail.
const LIST_WIDTH: u16 = 60;

impl Size {
    /// The layout this size allows.
    #[must_use]
    pub const fn layout(self) -> Layout {
        if self.width < 40 || self.height < 10 {
            Layout::Line
        } else if self.width >= 110 && self.height >= 28 {
            Layout::Wide
        } else if self.width >= 80 && self.height >= STACKED_HEIGHT {
            Layout::Stacked
        } else {
            Layout::Narrow
        }
    }

    /// Rows between the frame's top and bottom.
    #[must_use]
    pub const fn body(self) -> u16 {
        self.height.saturating_sub(CHROME)
    }

    /// Lines above the rows of a list: its heading, where there is room, and the column heads.
    #[must_use]
    pub const fn list_head(self) -> u16 {
        match self.layout() {
            Layout::Wide => 3,
            Layout::Stacked | Layout::Narrow => 2,
            Layout::Line => 0,
        }
    }

    /// Lines that a record of a list takes: two where its columns do not stand beside each other.
    #[must_use]
    pub const fn record_lines(self) -> u16 {
        if self.width < ONE_LINE { 2 } else { 1 }
    }

    /// Records of a list that are seen at once.
    #[must_use]
    pub const fn list_rows(self) -> u16 {
        let body = self.body();
        let rows = match self.layout() {
            Layout::Stacked => body.saturating_sub(SUMMARY),
            _ => body,
        };
        let rows = rows.saturating_sub(self.list_head()) / self.record_lines();
        if rows == 0 { 1 } else { rows }
    }

    /// Columns of the box of help, its frame included.
    #[must_use]
    pub const fn help_width(self) -> u16 {
        let room = self.width.saturating_sub(4);
        if room < HELP_WIDTH { room } else { HELP_WIDTH }
    }

    /// Columns of lines in the box of help.
    #[must_use]
    pub const fn help_columns(self) -> u16 {
        match self.help_width().saturating_sub(4) / HELP_COLUMN {
            0 | 1 => 1,
            2 => 2,
            _ => 3,
        }
    }

    /// The rows above the box of help, and below it.
    #[must_use]
    pub const fn help_margin(self) -> u16 {
        if self.height >= HELP_TALL { 2 } else { 1 }
    }

    /// Rows at its foot, which tell more of the action under the cursor.
    #[must_use]
    pub const fn help_foot(self) -> u16 {
        if self.height >= HELP_TALL { 5 } else { 2 }
    }

    /// Rows of lines in the box of help: what its frame, the field, the rule below that and the foot
    /// leave.
    #[must_use]
    pub const fn help_rows(self) -> u16 {
        let rows = self.height.saturating_sub(2 * self.help_margin() + 4 + self.help_foot());
        if rows == 0 { 1 } else { rows }
    }

    /// The most lines of the attention list that an Overview shows at once: what its figures, its
    /// heading and the panels below it leave.
    #[must_use]
    pub const fn overview_lines(self) -> u16 {
        let lines = match self.layout() {
            Layout::Wide => self.body().saturating_sub(10),
            Layout::Stacked | Layout::Narrow | Layout::Line => self.body().saturating_sub(4),
        };
        if lines == 0 { 1 } else { lines }
    }

    /// Rows below the attention list of an Overview in one column: the ends and the movers, where the
    /// list keeps some lines beside them.
    #[must_use]
    pub const fn overview_below(self) -> u16 {
        match self.body() / 3 {
            0..3 => 0,
            third if third < OVERVIEW_BELOW => third,
            _ => OVERVIEW_BELOW,
        }
    }

    /// How many of [`Panel::ALL`](crate::app::state::Panel::ALL) this size shows, from the first on.
    #[must_use]
    pub const fn overview_panels(self) -> usize {
        match self.layout() {
            Layout::Wide => 3,
            // A blank row, the heading and a line.
            Layout::Stacked | Layout::Narrow if self.overview_below() >= 3 => 2,
            Layout::Stacked | Layout::Narrow | Layout::Line => 1,
        }
    }

    /// Columns of the list where a detail stands beside it.
    #[must_use]
    pub const fn list_width(self) -> u16 {
        match self.layout() {
            Layout::Wide => {
                let share = self.width / 100 * 62 + self.width % 100 * 62 / 100;
                if share < LIST_WIDTH { LIST_WIDTH } else { share }
            }
            _ => self.width,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_drawn_sizes_have_the_drawn_layouts() {
        let layout = |width, height| Size { width, height }.layout();
        assert_eq!(layout(120, 35), Layout::Wide);
        assert_eq!(layout(120, 24), Layout::Stacked);
        assert_eq!(layout(80, 24), Layout::Stacked);
        assert_eq!(layout(100, 18), Layout::Stacked);
        assert_eq!(Size { width: 100, height: 16 }.list_rows(), 4);
        assert_eq!(layout(100, 15), Layout::Narrow);
        assert_eq!(layout(60, 24), Layout::Narrow);
        assert_eq!(layout(40, 10), Layout::Narrow);
        assert_eq!(Size { width: 60, height: 20 }.list_rows(), 14);
        assert_eq!(Size { width: 59, height: 20 }.list_rows(), 7, "two lines a record");
        assert_eq!(Size { width: 40, height: 10 }.list_rows(), 2);
        assert_eq!(layout(39, 24), Layout::Line);
        assert_eq!(layout(0, 0), Layout::Line);
        assert_eq!(Size { width: 0, height: 0 }.list_rows(), 1);
    }
}
