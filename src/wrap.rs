//! Text cut by the cells it takes on a screen: to one line, or into lines.

use std::borrow::Cow;
use std::ops::Range;

use unicode_linebreak::linebreaks;
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use crate::clean::{clean, clean_lines};

/// The text made clean, in at most `most` cells; what is cut off is told by `…`.
#[must_use]
pub fn fitted(text: &str, most: u16) -> Cow<'_, str> {
    let text = clean(text);
    let most = usize::from(most);
    if text.width() <= most {
        return text;
    }
    let mut out = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        let wide = grapheme.width();
        if used + wide + 1 > most {
            break;
        }
        out.push_str(grapheme);
        used += wide;
    }
    if most > 0 {
        out.push('…');
    }
    Cow::Owned(out)
}

/// The text cut into lines of at most `most` cells, at blanks where there are any and between
/// any two wide characters.
#[must_use]
pub fn wrapped(text: &str, most: u16) -> Vec<String> {
    let text = clean_lines(text);
    let lines = text.split('\n').flat_map(|line| breaks(line, most).filter_map(|range| line.get(range)));
    lines.map(str::to_owned).collect()
}

/// Where a text without line feeds, clean already, breaks into lines of at most `most` cells: the
/// bytes of each, found as they are asked for. Blanks at a break belong to no line.
pub fn breaks(text: &str, most: u16) -> impl Iterator<Item = Range<usize>> {
    let most = usize::from(most.max(2));
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let (end, after) = first_line(text.get(start..)?, most);
        next = Some(start + after).filter(|start| *start < text.len());
        Some(start..start + end)
    })
}

/// The end of the first line of a text, and the start of the second. A word goes to the next line
/// whole, unless it is wider than any line. Looks only a little further than the line reaches.
fn first_line(text: &str, most: usize) -> (usize, usize) {
    let Some(over) = overflow(text, most) else { return (text.len(), text.len()) };
    let cut = |at: usize| text.split_at_checked(at).unwrap_or((text, ""));
    let (line, rest) =
        last_break(text, over).map(cut).filter(|(_, rest)| is_whole(rest, most)).unwrap_or_else(|| cut(over));
    (line.trim_end().len(), line.len() + rest.len() - rest.trim_start().len())
}

/// Where a text leaves a line of `most` cells, behind its first grapheme at least; `None` where it
/// fits.
fn overflow(text: &str, most: usize) -> Option<usize> {
    let mut used = 0;
    let (at, grapheme) = text.grapheme_indices(true).find(|(_, grapheme)| {
        used += grapheme.width();
        used > most
    })?;
    Some(if at == 0 { grapheme.len() } else { at })
}

/// Whether the first word of a text fits on a line.
fn is_whole(text: &str, most: usize) -> bool {
    overflow(text, most).is_none_or(|over| last_break(text, over).is_some())
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
