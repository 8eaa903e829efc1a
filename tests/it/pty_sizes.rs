//! Screens of any size: what is selected stays, and what is drawn is the screen and nothing else.

use std::time::Duration;

use crate::pty::Tty;
use crate::support::{Desk, rounds};

const WIDE: (u16, u16) = (120, 35);

/// The frames and the wipes of the screen that were sent.
fn sent(bytes: &str) -> (usize, usize) {
    (bytes.matches("\x1b[?2026l").count(), bytes.matches("\x1b[2J").count())
}

#[test]
fn what_is_selected_is_kept_through_any_sizes() {
    let desk = Desk::new();
    let tty = Tty::demo(&desk).press("2").sees("1 of 35").press("jjjjjjjjj").sees("10 of 35");
    let mut tty = tty.shows("V-0024");
    let mut seed = 7_u32;
    let mut next = |most: u32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        u16::try_from((seed >> 8) % most).unwrap()
    };
    for _ in 0..rounds(30, 200) {
        tty = tty.resize(4 + next(196), 2 + next(58));
    }
    let tty = tty.resize(WIDE.0, WIDE.1).shows("10 of 35").shows("V-0024");
    // What is shown after all these sizes is what is drawn on a fresh screen.
    let shown = tty.settled();
    let tty = tty.press("\x0c");
    assert_eq!(tty.settled(), shown);
    tty.press("qq").given_back();
}

#[test]
fn sizes_of_a_window_that_is_being_drawn_larger_are_gathered_and_no_empty_screen_flashes_up() {
    let desk = Desk::new();
    let mut tty = Tty::demo(&desk).press("2").sees("1 of 35");
    for cols in 90..119 {
        tty.set_size(cols, 35);
        std::thread::park_timeout(Duration::from_millis(1));
    }
    let tty = tty.resize(WIDE.0, 30).shows("1 of 35");
    let (_, bytes) = tty.press("qq").given_back();
    let (frames, wipes) = sent(&bytes);
    assert!(frames < 15, "{frames} frames for 30 sizes");
    assert_eq!(wipes, 1, "only the first frame wipes the screen");
}

#[test]
fn the_smallest_screens_are_drawn_and_left() {
    let desk = Desk::new();
    let mut tty = Tty::demo(&desk);
    for (cols, rows) in [(1, 1), (1, 60), (300, 1), (2, 2), (39, 9), (40, 10), (500, 200)] {
        tty = tty.resize(cols, rows);
    }
    tty.press(":q\r").given_back();
}
