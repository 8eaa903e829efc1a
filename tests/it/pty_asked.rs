//! What the terminal is asked, and what it answers: behind the first frame, late, in pieces or never.
//! No answer delays a frame, and none is taken for keys.

use std::time::Duration;

use crate::pty::Tty;
use crate::support::Desk;

const SIZE: (u16, u16) = (80, 24);
/// What is asked once the first frame is drawn.
const ASKED: [&str; 3] = ["\x1b[H─\x1b[6n", "\x1b]11;?\x1b\\", "\x1b[c"];
/// The answers of a light terminal that draws lines one cell wide.
const LIGHT: &str = "\x1b[1;2R\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?62;22c";
/// Those of a dark one that draws them two cells wide.
const WIDE: &str = "\x1b[1;3R\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\\x1b[?62;22c";

fn demo(desk: &Desk, args: &[&str], env: &[(&str, &str)]) -> Tty {
    Tty::start(desk, SIZE, &[&["demo"], args].concat(), env).sees("NEEDS ATTENTION")
}

/// Waits until the footer's first hint is drawn in this ink.
fn has_ink(tty: Tty, ink: vt100::Color) -> Tty {
    let of = |tty: &Tty| {
        let seen = tty.seen.lock().unwrap();
        let screen = seen.parser.screen();
        let row = screen.rows(0, SIZE.0).position(|row| row.contains(" Enter "))?;
        Some(screen.cell(u16::try_from(row).ok()?, 8)?.fgcolor())
    };
    tty.until(&format!("{ink:?} below"), |tty| of(tty) == Some(ink))
}

/// The ink of hints in the usual themes.
const ON_DARK: vt100::Color = vt100::Color::Idx(248);
const ON_LIGHT: vt100::Color = vt100::Color::Idx(240);

fn pause(ms: u64) {
    std::thread::park_timeout(Duration::from_millis(ms));
}

#[test]
fn what_is_asked_comes_behind_the_first_frame_and_leaves_it_as_it_was() {
    let desk = Desk::new();
    let tty = demo(&desk, &[], &[]).until("question", |tty| tty.bytes().ends_with(ASKED[2]));
    assert!(tty.screen().starts_with("vendeck  1 Overview"), "what is measured in the corner is drawn over");
    let (_, bytes) = tty.press("qq").given_back();
    let at = |text: &str| bytes.find(text).unwrap_or_else(|| panic!("{text:?} is not asked"));
    let frame = at("\x1b[?2026l");
    assert!(frame < at(ASKED[0]) && at(ASKED[0]) < at(ASKED[1]), "the frame waits for nothing");
    assert!(at(ASKED[1]) < at(ASKED[2]), "nothing is behind the last question");
    assert!(bytes.contains("\x1b[8m\x1b[H─"), "nobody sees what is measured");
    for asked in ASKED {
        assert_eq!(bytes.matches(asked).count(), 1, "{asked:?} is asked once");
    }
}

#[test]
fn a_light_terminal_is_drawn_on_with_dark_ink_and_a_theme_that_is_named_stands() {
    let desk = Desk::new();
    let tty = has_ink(demo(&desk, &[], &[]), ON_DARK).press(LIGHT);
    let tty = has_ink(tty, ON_LIGHT);
    let shown = tty.screen();
    // The answers were no keys: the cursor is where it was, nothing is said, nothing is open.
    assert!(shown.contains("Enter open") && !shown.contains("no action"), "{shown}");
    tty.press("qq").given_back();
    let named = demo(&desk, &["--theme", "dark"], &[]).press(LIGHT).press("2").sees("1 of 35");
    has_ink(named, ON_DARK).press("qq").given_back();
    desk.file(".config/vendeck/config.toml", "theme = \"mono\"\n");
    let named = demo(&desk, &[], &[]).press(LIGHT).press("2").sees("1 of 35");
    has_ink(named, vt100::Color::Default).press("qq").given_back();
}

#[test]
fn answers_in_pieces_are_no_keys() {
    let desk = Desk::new();
    // The last question is behind the first frame: that is whole.
    let mut tty = demo(&desk, &[], &[]).until("question", |tty| tty.bytes().ends_with(ASKED[2]));
    let before = tty.screen();
    // Cut anywhere but behind the byte that is a key too: that cut is held for a time of its own, and
    // has its test where no clock runs.
    let mut piece = String::new();
    for (at, c) in LIGHT.chars().enumerate() {
        piece.push(c);
        if c != '\x1b' {
            tty.send(&std::mem::take(&mut piece));
            pause(if at % 8 == 0 { 30 } else { 2 });
        }
    }
    let tty = has_ink(tty, ON_LIGHT).until("screen as it was", |tty| tty.screen() == before);
    // And keys are keys again.
    tty.press("2").sees("1 of 35").press("j").sees("2 of 35").press("qq").given_back();
}

#[test]
fn keys_typed_before_a_late_answer_are_heard_at_once() {
    let desk = Desk::new();
    let tty = demo(&desk, &[], &[]).press("2").sees("1 of 35").press("j").sees("2 of 35");
    pause(700);
    let tty = tty.press(&format!("j{LIGHT}j")).sees("4 of 35");
    let tty = has_ink(tty, ON_LIGHT);
    tty.press("qq").given_back();
}

#[test]
fn a_terminal_that_never_answers_costs_nothing() {
    let desk = Desk::new();
    let tty = demo(&desk, &[], &[]).press("2").sees("1 of 35").press("/").sees("type to narrow");
    // Esc may be the begin of an answer, and is heard all the same.
    let tty = tty.press("\x1b").sees_no("type to narrow");
    tty.press("j").sees("2 of 35").press("qq").given_back();
}

#[test]
fn where_lines_are_two_cells_wide_the_screen_is_drawn_anew_without_them() {
    let desk = Desk::new();
    let tty = demo(&desk, &[], &[]).press(WIDE).sees("╌╌╌");
    let shown = tty.screen();
    assert!(!shown.contains(['─', '━', '…']), "{shown}");
    let tty = tty.press("?").sees("+╌ Help");
    assert!(!tty.screen().contains(['│', '╭']), "{}", tty.screen());
    tty.press("\x1b").sees_no("+╌ Help").press("qq").given_back();
    let ascii = demo(&desk, &["--ascii"], &[]).press(WIDE).press("?").sees("+- Help");
    assert!(!ascii.screen().contains(['─', '╌', '❯']), "{}", ascii.screen());
    ascii.press("\x1b").sees_no("+- Help").press("qq").given_back();
}

#[test]
fn the_console_is_not_asked_what_it_would_show() {
    let desk = Desk::new();
    let tty = demo(&desk, &[], &[("TERM", "linux")]);
    let tty = tty.until("question", |tty| tty.bytes().ends_with(ASKED[2]));
    let (_, bytes) = tty.press("qq").given_back();
    assert!(!bytes.contains("\x1b]"), "the console knows no such sequence");
    assert!(bytes.contains(ASKED[2]));
    assert!(
        bytes.contains("\x1b[0;91") || bytes.contains("\x1b[91") || bytes.contains(";91"),
        "its sixteen colours are used"
    );
    assert!(!bytes.contains("38;5") && !bytes.contains("38;2"), "and no others");
}

#[test]
fn without_colour_what_is_selected_is_still_reversed() {
    let desk = Desk::new();
    let tty = demo(&desk, &[], &[("NO_COLOR", "1")]).press("2").sees("1 of 35");
    {
        let seen = tty.seen.lock().unwrap();
        let screen = seen.parser.screen();
        let all = (0..SIZE.1).flat_map(|y| (0..SIZE.0).filter_map(move |x| screen.cell(y, x)));
        let plain = vt100::Color::Default;
        assert!(
            all.clone().all(|cell| (cell.fgcolor(), cell.bgcolor()) == (plain, plain)),
            "there is a colour"
        );
        let reversed = all.clone().filter(|cell| cell.inverse()).count();
        assert!(reversed > 60, "{reversed} cells are reversed, which is no row");
        assert!(
            all.clone().any(vt100::Cell::bold) && all.clone().any(vt100::Cell::dim),
            "nothing is bold or dim"
        );
    }
    tty.press("qq").given_back();
}

#[test]
fn a_terminal_that_answers_as_was_taken_for_granted_gets_no_second_frame() {
    let desk = Desk::new();
    let dark = "\x1b[1;2R\x1b]11;rgb:0000/0000/0000\x07\x1b[?1;2c";
    let tty = demo(&desk, &[], &[]).press(dark);
    pause(150);
    let (_, bytes) = tty.press("qq").given_back();
    // The first frame, and the two that ask for the second q and take it.
    let frames = bytes.matches("\x1b[?2026l").count();
    assert!(frames <= 3, "{frames} frames");
}

#[test]
fn what_is_answered_late_does_not_reach_the_shell() {
    let desk = Desk::new();
    let tty = Tty::shell(
        &desk,
        "-c",
        "vendeck demo --today 2026-07-26; echo; echo typed: $(timeout 1 head -c 4 | od -c)",
    );
    let tty = tty.sees("NEEDS ATTENTION").press(":q\r");
    pause(100);
    let tty = tty.press(LIGHT).sees("typed:");
    assert!(!tty.screen().contains("033"), "{}", tty.screen());
}
