//! The part of a text that a field shows. Only that part is measured, however long the text is;
//! the cursor is given in bytes of the text, and comes back as a cell of what is shown.

use std::collections::VecDeque;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::clean::clean;
use crate::wrap::Measure;

/// Lines as they are shown, and the caret in them: down, across.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) lines: Vec<String>,
    pub(super) caret: Option<(u16, u16)>,
}

/// One line around its cursor. A sign more than there is room for tells that there is more.
pub(super) fn line(text: &str, cursor: usize, room: u16, measure: Measure) -> Seen {
    let (before, after) = text.split_at_checked(cursor).unwrap_or((text, ""));
    let mut across = 0;
    let back = before.graphemes(true).rev().take_while(|grapheme| {
        across += measure.width(grapheme);
        across < room
    });
    let start = before.len() - back.map(str::len).sum::<usize>();
    let seen = before.get(start..).unwrap_or_default();
    let across = measure.width(seen);
    let mut end = across;
    let after = after.graphemes(true).take_while(|grapheme| {
        let is_seen = end <= room;
        end += measure.width(grapheme);
        is_seen
    });
    Seen { lines: vec![seen.graphemes(true).chain(after).collect()], caret: Some((0, across)) }
}

/// The first rows of many lines; a sign tells that there is more.
pub(super) fn head(text: &str, room: u16, rows: usize, measure: Measure) -> Vec<String> {
    let mut lines: Vec<String> =
        paragraphs(text).flat_map(|p| broken(p, room, rows + 1, measure)).take(rows + 1).collect();
    if lines.len() > rows {
        lines.truncate(rows);
        if let Some(last) = lines.last_mut() {
            *last = measure.marked(last, room);
        }
    }
    lines
}

/// The rows of many lines that lie around the cursor: half of them before it where there are as
/// many, and all that is left behind it where there are not.
pub(super) fn around(text: &str, cursor: usize, room: u16, rows: usize, measure: Measure) -> Seen {
    let (before, after) = text.split_at_checked(cursor).unwrap_or((text, ""));
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = after.find('\n').map_or(text.len(), |at| before.len() + at);
    let own = without_return(text.get(start..end).unwrap_or_default());
    let (to_cursor, behind, across) = at_cursor(own, cursor - start, room, rows, measure);

    let above = start.checked_sub(1).and_then(|end| text.get(..end));
    let above = above.into_iter().flat_map(|text| text.rsplit('\n').map(without_return));
    let above = above.flat_map(|p| broken(p, room, usize::MAX, measure).into_iter().rev());
    let mut seen: Vec<String> = above.take(rows.saturating_sub(to_cursor.len())).collect();
    seen.reverse();
    seen.extend(to_cursor);
    let down = seen.len().saturating_sub(1);
    let below =
        text.get(end + 1..).into_iter().flat_map(paragraphs).flat_map(|p| broken(p, room, rows, measure));
    seen.extend(behind.into_iter().chain(below).take(rows));

    let top = down.saturating_sub(rows / 2).min(seen.len().saturating_sub(rows));
    let lines = seen.into_iter().skip(top).take(rows).collect();
    Seen { lines, caret: u16::try_from(down - top).ok().map(|down| (down, across)) }
}

/// The rows of a paragraph up to the one of the cursor and those behind it, at most `rows` of
/// each, and the cell of the cursor. At the end of a full row it stands behind the last sign.
fn at_cursor(
    paragraph: &str,
    cursor: usize,
    room: u16,
    rows: usize,
    measure: Measure,
) -> (Vec<String>, Vec<String>, u16) {
    let all = clean(paragraph);
    let place = clean(paragraph.get(..cursor).unwrap_or(paragraph)).len();
    let mut breaks = measure.breaks(&all, room).peekable();
    let mut to_cursor = VecDeque::new();
    while let Some(row) = breaks.next_if(|row| row.start <= place) {
        if to_cursor.len() == rows {
            to_cursor.pop_front();
        }
        to_cursor.push_back(row);
    }
    let before = to_cursor.back().and_then(|row| all.get(row.start..place));
    let across = before.map_or(0, |before| measure.width(before)).min(room);
    let shown = |row: Range<usize>| all.get(row).unwrap_or_default().to_owned();
    (to_cursor.into_iter().map(shown).collect(), breaks.take(rows).map(shown).collect(), across)
}

fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').map(without_return)
}

fn without_return(paragraph: &str) -> &str {
    paragraph.strip_suffix('\r').unwrap_or(paragraph)
}

/// The first rows of a paragraph.
fn broken(paragraph: &str, room: u16, rows: usize, measure: Measure) -> Vec<String> {
    let paragraph = clean(paragraph);
    measure
        .breaks(&paragraph, room)
        .take(rows)
        .filter_map(|row| paragraph.get(row))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wrap::Breadth;
    use proptest::prelude::*;

    const ONE: Measure = Measure { breadth: Breadth::One, more: "…" };

    #[test]
    fn a_line_scrolls_so_that_its_cursor_is_seen() {
        let seen = |text: &str, before: &str, room| {
            let Seen { mut lines, caret } = line(text, before.len(), room, ONE);
            (lines.remove(0), caret.unwrap().1)
        };
        assert_eq!(seen("abc", "ab", 8), ("abc".to_owned(), 2));
        assert_eq!(seen("供应商甲乙丙", "供应商甲乙丙", 7), ("甲乙丙".to_owned(), 6));
        assert_eq!(seen("供应商甲乙丙", "供应商", 5), ("应商甲".to_owned(), 4));
        assert_eq!(seen("abcdef", "", 4), ("abcde".to_owned(), 0));
    }

    #[test]
    fn the_first_rows_tell_that_there_is_more() {
        assert_eq!(head("one\r\ntwo", 8, 3, ONE), ["one", "two"]);
        assert_eq!(head("one\ntwo\nthree\nfour", 8, 3, ONE), ["one", "two", "three…"]);
        assert_eq!(head("", 8, 3, ONE), [""]);
    }

    #[test]
    fn the_caret_stands_behind_a_full_row_and_before_an_empty_one() {
        let seen = around("abcd", 4, 4, 3, ONE);
        assert_eq!((seen.lines, seen.caret), (vec!["abcd".to_owned()], Some((0, 4))));
        assert_eq!(around("abcd\n", 5, 4, 3, ONE).caret, Some((1, 0)));
        assert_eq!(around("one two", 4, 4, 3, ONE).caret, Some((1, 0)));
    }

    proptest! {
        #[test]
        fn the_caret_stands_before_the_sign_it_stands_before(
            picks in prop::collection::vec(0..9_usize, 0..200), at in 0..200_usize, room in 8..30_u16, rows in 1..12_usize, is_wide: bool,
        ) {
            const SIGNS: [&str; 9] = ["a", "b", "字", "é", " ", "\n", "\r\n", "-", "\u{202e}"];
            let measure = if is_wide { Measure { breadth: Breadth::Two, more: ".." } } else { ONE };
            let text: String = picks.iter().map(|pick| SIGNS[*pick]).collect();
            let cursor: usize = picks.iter().take(at).map(|pick| SIGNS[*pick].len()).sum();
            let seen = around(&text, cursor, room, rows, measure);
            prop_assert!(seen.lines.len() <= rows);
            let whole = measure.wrapped(&text, room);
            prop_assert!(whole.windows(seen.lines.len()).any(|part| part == seen.lines), "{:?} is no part of {whole:?}", seen.lines);
            prop_assert_eq!(seen.lines.len(), rows.min(whole.len()));
            let (down, across) = seen.caret.unwrap();
            let row = &seen.lines[usize::from(down)];
            prop_assert!(across <= room);
            let sign = text.get(cursor..).and_then(|rest| rest.chars().next()).filter(|c| !c.is_whitespace());
            if let Some(sign) = sign {
                let mut cells = 0;
                let there = row.graphemes(true).find(|grapheme| {
                    let is_there = cells == across;
                    cells += measure.width(grapheme);
                    is_there
                });
                let shown = clean(&sign.to_string()).chars().next().unwrap();
                prop_assert!(there.is_some_and(|grapheme| grapheme.starts_with(shown)), "{there:?} for {sign:?} in {row:?}");
            }
        }
    }
}
