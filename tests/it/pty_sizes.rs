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

#[test]
fn every_draw_is_between_marks_and_a_screen_that_does_not_change_is_silent() {
    let desk = Desk::new();
    let tty = Tty::demo(&desk)
        .press("2")
        .sees("1 of 35")
        .press("/yun")
        .sees("Vendors  /yun")
        .press("\x1b")
        .sees_no("Vendors  /yun");
    let tty = tty
        .press("?")
        .sees("every action")
        .press("\x1b")
        .sees_no("every action")
        .press("\x10ty")
        .sees("matched: ");
    let tty =
        tty.press("\x1b").sees_no("─ Find anything").press("e").sees("Edit").press("x").sees("1 changed");
    let tty = tty.press("\x18\x1b").sees_no("Edit");
    let shown = tty.settled();
    let quiet = tty.bytes();
    std::thread::park_timeout(Duration::from_millis(1_200));
    assert_eq!(tty.bytes(), quiet, "an idle screen sends nothing");
    assert_eq!(tty.settled(), shown);
    let (_, bytes) = tty.press("qq").given_back();
    let mut beside = String::new();
    let mut rest = bytes.as_str();
    while let Some((before, frame)) = rest.split_once("\x1b[?2026h") {
        let (drawn, behind) = frame.split_once("\x1b[?2026l").unwrap();
        assert!(!drawn.is_empty(), "a frame that draws nothing");
        beside.push_str(before);
        rest = behind;
    }
    beside.push_str(rest);
    let (before, behind) = beside.split_once("\x1b[8m").unwrap();
    let (asked, left) = behind.split_once("\x1b[c").unwrap();
    assert!(asked.contains("\x1b[6n"), "beside frames the terminal is only asked of itself: {asked:?}");
    assert_eq!([before, left].concat(), "\x1b[?2026l\x1b[?2004l\x1b[m\x1b[?1049l\x1b[?25h");
}

#[test]
fn keys_that_come_together_are_drawn_together() {
    let desk = Desk::new();
    let tty = Tty::demo(&desk).press("2").sees("1 of 35").shows("V-0016");
    let before = sent(&tty.bytes()).0;
    let tty = tty.press(&"j".repeat(30)).sees("31 of 35");
    let shown = tty.settled();
    let frames = sent(&tty.bytes()).0 - before;
    assert!(frames <= 6, "{frames} frames for 30 keys in one write\n{shown}");
    tty.press("qq").given_back();
}
