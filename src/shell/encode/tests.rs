//! What is sent is short. That terminals show what it should is held against emulators beside the
//! tests of the whole program.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::*;

const WIDTH: u16 = 40;

fn style(n: u8) -> Style {
    match n % 8 {
        0 => Style::new(),
        1 => Style::new().fg(Color::Indexed(75)),
        2 => Style::new().fg(Color::White).bg(Color::Rgb(47, 65, 89)).add_modifier(Modifier::BOLD),
        3 => Style::new().add_modifier(Modifier::REVERSED),
        4 => Style::new().fg(Color::Red).add_modifier(Modifier::DIM),
        5 => Style::new().fg(Color::Rgb(255, 255, 255)).add_modifier(Modifier::ITALIC),
        6 => Style::new().fg(Color::Rgb(154, 163, 178)).add_modifier(Modifier::UNDERLINED),
        _ => Style::new().add_modifier(Modifier::UNDERLINED | Modifier::BOLD),
    }
}

#[test]
fn blanks_are_erased_and_moves_are_short() {
    let mut before = Buffer::empty(Rect::new(0, 0, WIDTH, 2));
    before.set_string(0, 0, "abcdefghijklmnop", Style::new());
    let mut now = Buffer::empty(Rect::new(0, 0, WIDTH, 2));
    now.set_string(0, 0, "a", Style::new());
    let mut out = String::new();
    Encoder::default().cells(&changes(&before, &now, Breadth::One), WIDTH, &mut out);
    assert_eq!(out, "\x1b[1;2H\x1b[15X");
    let mut out = String::new();
    let mut encoder = Encoder { at: Some(At { x: 3, y: 1, drift: 0 }), width: WIDTH, ..Encoder::default() };
    encoder.go(8, 1, &mut out);
    encoder.go(0, 2, &mut out);
    encoder.go(9, 2, &mut out);
    encoder.go(4, 4, &mut out);
    encoder.go(4, 5, &mut out);
    encoder.go(4, 1, &mut out);
    assert_eq!(out, "\x1b[5C\r\n\x1b[9C\x1b[5D\n\n\n\x1b[2;5H");
}

#[test]
fn a_letter_between_changes_is_sent_again_not_moved_over() {
    let lines = |text: &str, style| {
        let mut buffer = Buffer::empty(Rect::new(0, 0, WIDTH, 1));
        buffer.set_string(0, 0, text, Style::new());
        buffer.set_style(Rect::new(2, 0, 1, 1), style);
        buffer
    };
    let sent = |before: &Buffer, now: &Buffer| {
        let mut out = String::new();
        Encoder::default().cells(&changes(before, now, Breadth::One), WIDTH, &mut out);
        out
    };
    let plain = Style::new();
    assert_eq!(sent(&lines("ab cdefg", plain), &lines("xb yd12z", plain)), "\x1b[1Hxb yd12z");
    let bold = style(1);
    assert_eq!(sent(&lines("abc", bold), &lines("axcx", bold)), "\x1b[1;2Hx\x1b[Cx");
}

#[test]
fn after_a_run_of_lines_the_place_is_set_once() {
    let mut now = Buffer::empty(Rect::new(0, 0, WIDTH, 2));
    now.set_string(0, 0, "╭─────╮ab…c", Style::new());
    now.set_string(0, 1, "……", Style::new());
    let mut out = String::new();
    let mut encoder = Encoder::default();
    encoder.cells(&changes(&Buffer::empty(now.area), &now, Breadth::One), WIDTH, &mut out);
    encoder.go(0, 1, &mut out);
    assert_eq!(out, "\x1b[1H╭─────╮\x1b[8Gab…\x1b[11Gc\r\n……\r");
    // Where the run may have left the row, only the whole place is sure.
    let mut now = Buffer::empty(Rect::new(0, 0, WIDTH, 1));
    now.set_string(0, 0, format!("{}a", "─".repeat(30)), Style::new());
    let mut out = String::new();
    Encoder::default().cells(&changes(&Buffer::empty(now.area), &now, Breadth::One), WIDTH, &mut out);
    assert_eq!(out, format!("\x1b[1H{}\x1b[1;31Ha", "─".repeat(30)));
}

#[test]
fn white_goes_by_its_number() {
    assert_eq!(colour(Color::Rgb(255, 255, 255), 30), "38;5;231");
    assert_eq!(colour(Color::Rgb(154, 163, 178), 30), "38;2;154;163;178");
}

#[test]
fn once_the_terminal_told_no_place_is_set_anew() {
    let mut now = Buffer::empty(Rect::new(0, 0, WIDTH, 1));
    now.set_string(0, 0, "╭──╮ab…c", Style::new());
    let sent = |told| {
        let mut out = String::new();
        let mut encoder = Encoder::default();
        encoder.hear(told);
        encoder.cells(&changes(&Buffer::empty(now.area), &now, Breadth::One), WIDTH, &mut out);
        out
    };
    assert_eq!(sent(None), "\x1b[1H╭──╮\x1b[5Gab…\x1b[8Gc");
    assert_eq!(sent(Some(Breadth::One)), "\x1b[1H╭──╮ab…c");
}
