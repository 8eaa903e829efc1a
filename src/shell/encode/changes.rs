//! Which cells of a screen must be sent.

use ratatui::buffer::{Buffer, Cell};
use unicode_width::UnicodeWidthStr;

/// Cells that are sent again rather than moved over: a move takes four bytes.
const BRIDGE: usize = 3;

/// The cells that must be sent so that a screen that shows `before` shows `now`.
///
/// A wide character is one thing of two cells: when either half changes, on the screen as it is
/// or as it is to be, the whole of it is sent, and so is whatever it touched. Else a terminal
/// would keep half a character, or the ground of one.
#[must_use]
pub fn changes<'n>(before: &Buffer, now: &'n Buffer) -> Vec<(u16, u16, &'n Cell)> {
    let area = now.area;
    let mut changed = Vec::new();
    for y in area.top()..area.bottom() {
        let is_same = (area.left()..area.right()).all(|x| before.cell((x, y)) == now.cell((x, y)));
        if is_same {
            continue;
        }
        let (old, new) = (starts(before, y), starts(now, y));
        let mut dirty: Vec<bool> = (area.left()..area.right())
            .map(|x| {
                let at = usize::from(x - area.left());
                old.get(at) != new.get(at) || before.cell((x, y)) != now.cell((x, y))
            })
            .collect();
        while spread(&mut dirty, &old) | spread(&mut dirty, &new) {}
        bridge(&mut dirty, now, y);
        for (x, (is_dirty, start)) in (area.left()..).zip(dirty.iter().zip(&new)) {
            let leads = usize::from(x - area.left()) == *start;
            if let (true, true, Some(cell)) = (*is_dirty, leads, now.cell((x, y))) {
                changed.push((x, y, cell));
            }
        }
    }
    changed
}

/// For each cell of a row the place of the cell at which its character begins.
fn starts(buffer: &Buffer, y: u16) -> Vec<usize> {
    let mut starts = Vec::with_capacity(usize::from(buffer.area.width));
    for at in 0..usize::from(buffer.area.width) {
        let held = starts.last().copied().filter(|start| {
            let lead = buffer.area.left() + u16::try_from(*start).unwrap_or(0);
            let wide = buffer.cell((lead, y)).map_or(1, |cell| cell.symbol().width());
            at - start < wide.max(1)
        });
        starts.push(held.unwrap_or(at));
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
fn bridge(dirty: &mut [bool], now: &Buffer, y: u16) {
    let cell = |at: usize| now.cell((now.area.left() + u16::try_from(at).ok()?, y));
    let plain = |at: usize, like: &Cell| {
        cell(at).is_some_and(|cell| {
            cell.symbol().len() == 1 && (cell.fg, cell.bg, cell.modifier) == (like.fg, like.bg, like.modifier)
        })
    };
    let mut last: Option<usize> = None;
    for at in 0..dirty.len() {
        if dirty.get(at) != Some(&true) {
            continue;
        }
        if let Some(before) = last.filter(|before| at - before > 1 && at - before <= BRIDGE + 1)
            && let Some(like) = cell(before)
            && (before + 1..at).all(|gap| plain(gap, like))
        {
            for gap in dirty.iter_mut().take(at).skip(before + 1) {
                *gap = true;
            }
        }
        last = Some(at);
    }
}
