//! Which cells of a screen must be sent.

use ratatui::buffer::{Buffer, Cell};

use crate::wrap::Breadth;

/// Cells that are sent again rather than moved over: a move takes four bytes.
const BRIDGE: usize = 3;

/// The cells that must be sent so that a screen that shows `before` shows `now`.
///
/// A wide character is one thing of two cells: when either half changes, on the screen as it is
/// or as it is to be, the whole of it is sent, and so is whatever it touched. Else a terminal
/// would keep half a character, or the ground of one. Both are screens of a terminal that draws
/// ambiguous characters `breadth` wide.
#[must_use]
pub fn changes<'n>(before: &Buffer, now: &'n Buffer, breadth: Breadth) -> Vec<(u16, u16, &'n Cell)> {
    let area = now.area;
    let mut changed = Vec::new();
    for y in area.top()..area.bottom() {
        let (was, is) = (row(before, y), row(now, y));
        if was == is {
            continue;
        }
        let (old, new) = (starts(was, breadth), starts(is, breadth));
        let mut dirty: Vec<bool> = is
            .iter()
            .enumerate()
            .map(|(at, cell)| old.get(at) != new.get(at) || was.get(at) != Some(cell))
            .collect();
        while spread(&mut dirty, &old) | spread(&mut dirty, &new) {}
        bridge(&mut dirty, is);
        for (at, (cell, start)) in is.iter().zip(&new).enumerate() {
            if at == *start && dirty.get(at) == Some(&true) {
                changed.push((area.left() + u16::try_from(at).unwrap_or(0), y, cell));
            }
        }
    }
    changed
}

/// The cells of a row; none where there is no such row.
fn row(buffer: &Buffer, y: u16) -> &[Cell] {
    let width = usize::from(buffer.area.width);
    let start = usize::from(y.saturating_sub(buffer.area.top())) * width;
    buffer.content().get(start..start + width).unwrap_or_default()
}

/// For each cell of a row the place of the cell at which its character begins.
fn starts(row: &[Cell], breadth: Breadth) -> Vec<usize> {
    let mut starts = Vec::with_capacity(row.len());
    let (mut start, mut wide) = (0, 0);
    for (at, cell) in row.iter().enumerate() {
        if at >= start + wide {
            (start, wide) = (at, breadth.cells(cell.symbol()).max(1));
        }
        starts.push(start);
    }
    starts
}

/// Makes every cell of a character dirty of which one is. Whether that made a difference.
fn spread(dirty: &mut [bool], starts: &[usize]) -> bool {
    let mut grew = false;
    for at in 1..starts.len().min(dirty.len()) {
        let same = starts.get(at) == starts.get(at - 1);
        let pair = (dirty.get(at - 1).copied(), dirty.get(at).copied());
        if same && pair.0 != pair.1 {
            for place in [at - 1, at] {
                if let Some(cell) = dirty.get_mut(place) {
                    *cell = true;
                }
            }
            grew = true;
        }
    }
    grew
}

/// Makes the few unchanged cells between two changed ones dirty where sending them again is shorter
/// than a move over them: letters and blanks that look like what stands before them.
fn bridge(dirty: &mut [bool], row: &[Cell]) {
    let plain = |at: usize, like: &Cell| {
        row.get(at).is_some_and(|cell| {
            cell.symbol().len() == 1 && (cell.fg, cell.bg, cell.modifier) == (like.fg, like.bg, like.modifier)
        })
    };
    let mut last: Option<usize> = None;
    for at in 0..dirty.len() {
        if dirty.get(at) != Some(&true) {
            continue;
        }
        if let Some(before) = last.filter(|before| at - before > 1 && at - before <= BRIDGE + 1)
            && let Some(like) = row.get(before)
            && (before + 1..at).all(|gap| plain(gap, like))
        {
            for gap in dirty.iter_mut().take(at).skip(before + 1) {
                *gap = true;
            }
        }
        last = Some(at);
    }
}
