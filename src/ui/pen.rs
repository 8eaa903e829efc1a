//! Putting text on the screen: cleaned, measured in cells, cut between graphemes.
//!
//! The one way from a text to a cell. Widths are those of the terminal (East Asian wide
//! characters take two), padding is by cells, and a wide character is never cut in half.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use crate::app::look::{Glyphs, Look};
use crate::markdown::{self, Ink};
use crate::ui::glyph::{Signs, plain, signs};
use crate::ui::theme::{Role, Theme};
use crate::wrap::{Breadth, Measure};

/// Draws on a part of the screen.
#[derive(Debug)]
pub struct Pen<'a> {
    /// The cells.
    pub buf: &'a mut Buffer,
    /// The styles.
    pub theme: &'a Theme,
    /// The signs of frames and marks.
    pub signs: &'static Signs,
    /// How text is measured and cut.
    pub measure: Measure,
    /// Where it may draw.
    pub area: Rect,
    /// Where the terminal's own cursor belongs, if anywhere.
    pub cursor: Option<(u16, u16)>,
}

impl<'a> Pen<'a> {
    /// A pen for a whole screen.
    pub fn new(buf: &'a mut Buffer, theme: &'a Theme, look: &Look) -> Self {
        let area = buf.area;
        Self { buf, theme, signs: signs(look.glyphs()), measure: look.measure(), area, cursor: None }
    }

    /// The width of a text in cells, as it will be drawn.
    #[must_use]
    pub fn width(&self, text: &str) -> u16 {
        self.measure.width(text)
    }

    /// A pen for a part of the screen; coordinates stay those of the whole screen.
    pub fn on<'b>(&'b mut self, area: Rect) -> Pen<'b>
    where
        'a: 'b,
    {
        let area = area.intersection(self.area);
        Pen { buf: self.buf, area, cursor: None, ..*self }
    }

    /// Puts text from a cell on, in at most `most` cells. Returns the cell behind it.
    pub fn put(&mut self, x: u16, y: u16, most: u16, text: &str, role: Role) -> u16 {
        let most = most.min(self.area.right().saturating_sub(x));
        if y < self.area.top() || y >= self.area.bottom() || x < self.area.left() || most == 0 {
            return x;
        }
        let style = self.theme.style(role);
        let text = self.measure.fitted(text, most);
        if !text.is_ascii() {
            return self.put_graphemes(x, y, x.saturating_add(most), &text, style);
        }
        // Each byte is a cell: nothing need be looked for in most of what is drawn.
        let mut end = x;
        for at in 0..text.len() {
            if let (Some(cell), Some(symbol)) = (self.buf.cell_mut((end, y)), text.get(at..=at)) {
                cell.set_symbol(symbol).set_style(style);
            }
            end += 1;
        }
        end
    }

    /// Puts clean text that ends before a cell, each grapheme in the cells it takes.
    fn put_graphemes(&mut self, x: u16, y: u16, end: u16, text: &str, style: Style) -> u16 {
        let text = if self.is_ascii() { plain(text) } else { Cow::Borrowed(text) };
        let mut at = x;
        for grapheme in text.graphemes(true) {
            let wide = u16::try_from(self.measure.breadth.cells(grapheme)).unwrap_or(u16::MAX);
            if wide == 0 {
                continue;
            }
            if at.saturating_add(wide) > end {
                break;
            }
            if let Some(cell) = self.buf.cell_mut((at, y)) {
                cell.set_symbol(grapheme).set_style(style);
            }
            for covered in at + 1..at + wide {
                if let Some(cell) = self.buf.cell_mut((covered, y)) {
                    cell.reset();
                }
            }
            at += wide;
        }
        at
    }

    /// Whether only ASCII is to be drawn, and whatever else takes one cell has a sign that does too.
    fn is_ascii(&self) -> bool {
        *self.signs == *signs(Glyphs::Ascii) && self.measure.breadth == Breadth::One
    }

    /// Puts one sign of a frame, which takes one cell.
    fn sign(&mut self, x: u16, y: u16, sign: &'static str, role: Role) {
        let style = self.theme.style(role);
        if self.area.contains((x, y).into())
            && let Some(cell) = self.buf.cell_mut((x, y))
        {
            cell.set_symbol(sign).set_style(style);
        }
    }

    /// Puts text so that it ends before a cell. Returns the cell where it begins.
    pub fn put_right(&mut self, right: u16, y: u16, most: u16, text: &str, role: Role) -> u16 {
        let text = self.measure.fitted(text, most);
        let wide = u16::try_from(self.measure.breadth.cells(&text)).unwrap_or(most);
        let x = right.saturating_sub(wide);
        self.put(x, y, wide, &text, role);
        x
    }

    /// Puts parts after each other, each in its role.
    pub fn parts(&mut self, x: u16, y: u16, most: u16, parts: &[(&str, Role)]) -> u16 {
        let end = x.saturating_add(most);
        let mut at = x;
        for (text, role) in parts {
            at = self.put(at, y, end.saturating_sub(at), text, *role);
        }
        at
    }

    /// Puts a line of a long text from a cell on.
    pub fn markdown(&mut self, x: u16, y: u16, line: &markdown::Line) {
        let mut at = x;
        for (text, ink) in &line.0 {
            let (text, role) = match ink {
                Ink::Plain => (Cow::Borrowed(text.as_str()), Role::Text),
                Ink::Strong => (Cow::Borrowed(text.as_str()), Role::Strong),
                Ink::Code | Ink::Link => (Cow::Borrowed(text.as_str()), Role::Info),
                Ink::Mark => (Cow::Borrowed(text.as_str()), Role::Muted),
                Ink::Quote => (Cow::Owned(text.replace(markdown::BAR, self.signs.wall)), Role::Frame),
                Ink::Rule => (Cow::Owned(text.replace(markdown::DASH, self.signs.rule)), Role::Frame),
            };
            at = self.put(at, y, self.area.right().saturating_sub(at), &text, role);
        }
    }

    /// A chip: a word in brackets, in the colour of what it says.
    pub fn chip(&mut self, x: u16, y: u16, most: u16, word: &str, role: Role) -> u16 {
        self.put(x, y, most, &format!("[{word}]"), role)
    }

    /// A line across the part, with a heavy piece under `heavy`.
    pub fn rule(&mut self, y: u16, heavy: Option<(u16, u16)>) {
        for x in self.area.left()..self.area.right() {
            let is_heavy = heavy.is_some_and(|(from, to)| (from..to).contains(&x));
            let signs = self.signs;
            let (sign, role) = if is_heavy { (signs.heavy, Role::Accent) } else { (signs.rule, Role::Frame) };
            self.sign(x, y, sign, role);
        }
    }

    /// A line down the part.
    pub fn wall(&mut self, x: u16) {
        for y in self.area.top()..self.area.bottom() {
            self.sign(x, y, self.signs.wall, Role::Frame);
        }
    }

    /// Lays a role over a row: the bar of the cursor.
    pub fn bar(&mut self, area: Rect, role: Role) {
        let area = area.intersection(self.area);
        self.buf.set_style(area, self.theme.style(role));
    }

    /// Blanks a box and frames it. A wide character that an edge would cut in half is blanked
    /// first: else the terminal and our picture of it part ways.
    pub fn frame(&mut self, area: Rect, title: &str, footer: &str) {
        let area = area.intersection(self.area);
        if area.width < 2 || area.height < 2 {
            return;
        }
        for y in area.top()..area.bottom() {
            let left = area.left().checked_sub(1).map(|x| (x, y));
            if let Some(cell) = left.and_then(|at| self.buf.cell_mut(at))
                && self.measure.breadth.cells(cell.symbol()) > 1
            {
                cell.set_symbol(" ");
            }
            for x in area.left()..area.right() {
                if let Some(cell) = self.buf.cell_mut((x, y)) {
                    cell.reset();
                }
            }
        }
        let (left, right, top, bottom) = (area.left(), area.right() - 1, area.top(), area.bottom() - 1);
        for x in left..=right {
            self.sign(x, top, self.signs.rule, Role::Frame);
            self.sign(x, bottom, self.signs.rule, Role::Frame);
        }
        for y in top..=bottom {
            self.sign(left, y, self.signs.wall, Role::Frame);
            self.sign(right, y, self.signs.wall, Role::Frame);
        }
        let corners = [(left, top), (right, top), (left, bottom), (right, bottom)];
        for ((x, y), sign) in corners.into_iter().zip(self.signs.corners) {
            self.sign(x, y, sign, Role::Frame);
        }
        let room = area.width.saturating_sub(6);
        for (y, said, role) in [(top, title, Role::Strong), (bottom, footer, Role::Muted)] {
            if !said.is_empty() {
                self.put_afresh(left + 2, y, room, &format!(" {said} "), role);
            }
        }
    }

    /// Puts text in the place of what is there, of whose style nothing stays: a word on a frame is not
    /// as faint as the frame.
    fn put_afresh(&mut self, x: u16, y: u16, most: u16, text: &str, role: Role) {
        let text = &*self.measure.fitted(text, most);
        for x in x..x + self.width(text) {
            if let Some(cell) = self.buf.cell_mut((x, y)) {
                cell.reset();
            }
        }
        self.put(x, y, most, text, role);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::look::Look;
    use crate::ui::theme::Depth;

    #[test]
    fn a_title_is_as_plain_as_any_heading() {
        let area = Rect::new(0, 0, 20, 4);
        let mut buf = Buffer::empty(area);
        for depth in [Depth::Mono, Depth::Basic, Depth::Indexed, Depth::True] {
            let theme = Theme::of(&Look::default(), depth);
            let mut pen = Pen::new(&mut buf, &theme, &Look::default());
            pen.frame(area, "Title", "");
            pen.put(1, 1, 5, "Title", Role::Strong);
            assert_eq!(buf[(3, 0)].style(), buf[(1, 1)].style(), "{depth:?}");
        }
    }

    #[test]
    fn a_width_is_that_of_what_is_drawn() {
        let measure = Measure::default();
        assert_eq!(measure.width("腾云"), 4);
        assert_eq!(measure.width("a\u{202e}"), 9);
    }
}
