//! Clicks: the terminal tells of each alone.

use std::time::{Duration, Instant};

use crate::app::mouse::{Did, Mouse};

/// How soon the second of two clicks comes.
const CLICKS: Duration = Duration::from_millis(400);

/// Tells a second click at once from a first.
#[derive(Debug, Default)]
pub(super) struct Clicks {
    last: Option<(u16, u16, Instant)>,
}

impl Clicks {
    /// What the mouse did: of two clicks in a cell, the second at once, the second is a double click.
    pub(super) fn twice(&mut self, mouse: Mouse) -> Mouse {
        if mouse.did != Did::Click {
            return mouse;
        }
        let at_once = |(x, y, at): (u16, u16, Instant)| (x, y) == (mouse.x, mouse.y) && at.elapsed() < CLICKS;
        if self.last.take().is_some_and(at_once) {
            return Mouse { did: Did::DoubleClick, ..mouse };
        }
        self.last = Some((mouse.x, mouse.y, Instant::now()));
        mouse
    }
}
