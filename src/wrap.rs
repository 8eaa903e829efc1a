//! Text cut by the cells it takes on a screen: to one line, or into lines.

use std::borrow::Cow;
use std::ops::Range;

use unicode_linebreak::linebreaks;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::clean::{clean, clean_lines};

pub use breadth::Breadth;

mod breadth;

/// How text is measured and cut for a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// The cells of ambiguous characters.
    pub breadth: Breadth,
    /// What tells that something was cut off: clean, and of one cell or two.
    pub more: &'static str,
}

impl Default for Measure {
    fn default() -> Self {
        Self { breadth: Breadth::One, more: "…" }
    }
}

impl Measure {
    /// The cells a text takes once it is made clean.
    #[must_use]
    pub fn width(self, text: &str) -> u16 {
        u16::try_from(self.breadth.cells(&clean(text))).unwrap_or(u16::MAX)
    }

    /// The text made clean, in at most `most` cells; what is cut off is told.
    #[must_use]
    pub fn fitted(self, text: &str, most: u16) -> Cow<'_, str> {
        let text = clean(text);
        let most = usize::from(most);
        if self.breadth.cells(&text) <= most {
            return text;
        }
        let mark = self.breadth.cells(self.more);
        let mut out = String::new();
        let mut used = 0;
        for grapheme in text.graphemes(true) {
            let wide = self.breadth.cells(grapheme);
            if used + wide + mark > most {
                break;
            }
            out.push_str(grapheme);
            used += wide;
        }
        if used + mark <= most {
            out.push_str(self.more);
        }
        Cow::Owned(out)
    }

    /// The clean text in at most `most` cells, with what tells that there is more.
    #[must_use]
    pub fn marked(self, text: &str, most: u16) -> String {
        let room = most.saturating_sub(self.width(self.more));
        let whole = Self { more: "", ..self }.fitted(text, room);
        format!("{whole}{}", self.more)
    }

    /// The text cut into lines of at most `most` cells, at blanks where there are any and between
    /// any two wide characters.
    #[must_use]
    pub fn wrapped(self, text: &str, most: u16) -> Vec<String> {
        let text = clean_lines(text);
        let parts = |line| self.breaks(line, most).filter_map(move |range| line.get(range));
        text.split('\n').flat_map(parts).map(str::to_owned).collect()
    }

    /// Where a text without line feeds, clean already, breaks into lines of at most `most` cells: the
    /// bytes of each, found as they are asked for. Blanks at a break belong to no line.
    pub fn breaks(self, text: &str, most: u16) -> impl Iterator<Item = Range<usize>> {
        let most = usize::from(most.max(2));
        let mut next = Some(0);
        std::iter::from_fn(move || {
            let start = next?;
            let (end, after) = self.first_line(text.get(start..)?, most);
            next = Some(start + after).filter(|start| *start < text.len());
            Some(start..start + end)
        })
    }

    /// The end of the first line of a text, and the start of the second. A word goes to the next line
    /// whole, unless it is wider than any line. Looks only a little further than the line reaches.
    fn first_line(self, text: &str, most: usize) -> (usize, usize) {
        let Some(over) = self.overflow(text, most) else { return (text.len(), text.len()) };
        let cut = |at: usize| text.split_at_checked(at).unwrap_or((text, ""));
        let (line, rest) = last_break(text, over)
            .map(cut)
            .filter(|(_, rest)| self.is_whole(rest, most))
            .unwrap_or_else(|| cut(over));
        (line.trim_end().len(), line.len() + rest.len() - rest.trim_start().len())
    }

    /// Where a text leaves a line of `most` cells, behind its first grapheme at least; `None` where it
    /// fits.
    fn overflow(self, text: &str, most: usize) -> Option<usize> {
        let mut used = 0;
        let (at, grapheme) = text.grapheme_indices(true).find(|(_, grapheme)| {
            used += self.breadth.cells(grapheme);
            used > most
        })?;
        Some(if at == 0 { grapheme.len() } else { at })
    }

    /// Whether the first word of a text fits on a line.
    fn is_whole(self, text: &str, most: usize) -> bool {
        self.overflow(text, most).is_none_or(|over| last_break(text, over).is_some())
    }
}

/// The last place at which a text may break (UAX #14) so that what stands before it, but for blanks,
/// ends at `over` or earlier. No line begins with what closes, such as `，`, or ends with what opens.
fn last_break(text: &str, over: usize) -> Option<usize> {
    // What follows decides whether there is a break, and how it goes on behind that does not.
    let seen = text.get(over..)?.grapheme_indices(true).skip_while(|(_, g)| g.trim().is_empty()).nth(2);
    let end = seen.map_or(text.len(), |(at, _)| over + at);
    let is_line = |at: &usize| {
        let line = text.get(..*at).unwrap_or_default().trim_end();
        !line.is_empty() && line.len() <= over
    };
    let places = linebreaks(text.get(..end)?).map(|(at, _)| at).filter(|at| *at < end);
    places.filter(is_line).last()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: Measure = Measure { breadth: Breadth::One, more: "…" };
    const TWO: Measure = Measure { breadth: Breadth::Two, more: ".." };

    fn fitted(text: &str, most: u16) -> Cow<'_, str> {
        ONE.fitted(text, most)
    }

    fn wrapped(text: &str, most: u16) -> Vec<String> {
        ONE.wrapped(text, most)
    }

    #[test]
    fn where_the_terminal_takes_two_cells_two_are_counted() {
        assert_eq!((ONE.width("“Иван”"), TWO.width("“Иван”")), (6, 12));
        assert_eq!((ONE.width("腾云 ok"), TWO.width("腾云 ok")), (7, 7));
        assert_eq!(TWO.fitted("Иван", 8), "Иван");
        assert_eq!(TWO.fitted("Иван", 7), "Ив..");
        assert_eq!(TWO.fitted("abc", 1), "");
        assert_eq!(TWO.wrapped("да нет", 6), ["да", "нет"]);
    }

    #[test]
    fn text_is_cut_between_graphemes_by_cells() {
        assert_eq!(fitted("腾云数据", 8), "腾云数据");
        assert_eq!(fitted("腾云数据", 7), "腾云数…");
        assert_eq!(fitted("腾云数据", 6), "腾云…");
        assert_eq!(fitted("abcdef", 4), "abc…");
        assert_eq!(fitted("abc", 0), "");
    }

    #[test]
    fn lines_break_at_blanks_and_between_wide_characters() {
        assert_eq!(wrapped("one two three", 8), ["one two", "three"]);
        assert_eq!(wrapped("续约需法务先审", 6), ["续约需", "法务先", "审"]);
        assert_eq!(wrapped("a\nb", 8), ["a", "b"]);
        assert_eq!(wrapped(&"x".repeat(20), 8).iter().map(String::len).collect::<Vec<_>>(), [8, 8, 4]);
        assert_eq!(wrapped("  xxxxxxxx one   two", 8), ["  xxxxxx", "xx one", "two"]);
        assert_eq!(wrapped("to https://example.org", 8), ["to", "https://", "example.", "org"]);
        assert_eq!(wrapped("one two   three", 7), ["one two", "three"]);
    }

    #[test]
    fn no_line_begins_with_what_closes_or_ends_with_what_opens() {
        assert_eq!(wrapped("续约需法务，先审", 10), ["续约需法", "务，先审"]);
        assert_eq!(wrapped("续约需法（先审）", 10), ["续约需法", "（先审）"]);
        assert_eq!(wrapped("一二三四五。”", 12), ["一二三四", "五。”"]);
        assert_eq!(wrapped("，，，，，，", 4), ["，，", "，，", "，，"]);
        assert_eq!(wrapped("rates (net) only", 9), ["rates", "(net)", "only"]);
    }
}
