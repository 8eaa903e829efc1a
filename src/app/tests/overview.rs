//! The Overview: its lines are loaded as far as they are wanted.

use super::*;

/// How many lines of what needs attention the last message asked for.
fn lines_asked(desk: &Desk) -> Option<usize> {
    desk.wanted.iter().find_map(|effect| match effect {
        Effect::Read(_, _, Request::Overview { lines }) => Some(*lines),
        _ => None,
    })
}

fn with_lines(count: i64) -> Desk {
    let mut desk = Desk::new();
    desk.register.attention = (1..=count).map(due).collect();
    desk.press("1")
}

#[test]
fn more_lines_are_asked_for_before_the_last_one_is_reached() {
    let desk = with_lines(100);
    assert_eq!(lines_asked(&desk), Some(35), "as many as the screen is high");
    let desk = desk.press("j j j");
    assert_eq!(lines_asked(&desk), None);
    assert_eq!(lines_asked(&desk.press("PgDn")), Some(140));
}
