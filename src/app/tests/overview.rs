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
    assert_eq!(lines_asked(&desk), Some(21), "as many as the screen shows at most");
    let desk = desk.press("j j j");
    assert_eq!(lines_asked(&desk), None);
    assert_eq!(lines_asked(&desk.press("PgDn")), Some(84));
}

#[test]
fn the_end_is_reached_in_one_press_and_keys_wait_for_it() {
    let desk = with_lines(600).press("G");
    assert_eq!(desk.selected(), "AC-0600");
    assert_eq!(desk.says(), "");
    let desk = with_lines(600).press_ahead("G k Enter");
    assert!(matches!(desk.state.place(), Place::Record(at) if at.id == 599), "{:?}", desk.state.place());
    // Back at the top, no more is loaded anew than a screen holds.
    assert_eq!(lines_asked(&with_lines(600).press("G g g r")), Some(21));
}

#[test]
fn lines_beyond_the_limit_are_told() {
    let says = "Only the first 1000 of 1200 lines are shown: deal with some, or look in the lists.";
    let desk = with_lines(1200).press("G");
    assert_eq!((desk.selected().as_str(), desk.says().as_str()), ("AC-1000", says));
    let desk = desk.press("k");
    assert_eq!(desk.says(), "");
    assert_eq!(desk.press("j").says(), says);
}

#[test]
fn only_a_panel_that_is_seen_has_the_cursor() {
    let panel = |desk: &Desk| desk.state.overview.panel;
    let small = Size { width: 80, height: 24 };
    let desk = with_lines(3).press("Tab Tab");
    assert_eq!(panel(&desk), Panel::Recent);
    let desk = desk.tell(Msg::Resized(small));
    assert_eq!((panel(&desk), desk.selected().as_str()), (Panel::Attention, "AC-0001"));
    let desk = desk.press("Tab");
    assert_eq!(panel(&desk), Panel::Movers);
    assert_eq!(panel(&desk.press("Tab")), Panel::Attention);
    let line = with_lines(3).tell(Msg::Resized(Size { width: 30, height: 5 })).press("Tab");
    assert_eq!(panel(&line), Panel::Attention);
}
