//! Random keys: nothing panics, nothing is lost, Esc leads out.

use super::*;
use proptest::prelude::*;

const KEYS: &[&str] = &[
    "j",
    "k",
    "g",
    "G",
    "Enter",
    "Esc",
    "Tab",
    "Shift-Tab",
    "1",
    "2",
    "3",
    "4",
    "5",
    "/",
    "n",
    "N",
    "H",
    "L",
    "s",
    "S",
    "<",
    ">",
    "a",
    "e",
    "d",
    "E",
    "y",
    "u",
    "Ctrl-R",
    "r",
    ":",
    "?",
    "Ctrl-P",
    "Ctrl-S",
    "Ctrl-X",
    "Down",
    "Up",
    "Left",
    "Right",
    "PgDn",
    "PgUp",
    "Home",
    "End",
    "Space",
    "Backspace",
    "v",
    "c",
    "h",
    "腾",
    "x",
    "9",
    "Ctrl-L",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn random_keys_never_panic_and_the_cursor_stays_inside(picks in prop::collection::vec(0..KEYS.len(), 1..80), size in 0..40_u64, wide in 0..200_u16, high in 0..60_u16) {
        let mut desk = Desk::new();
        desk.size_of_list = size;
        desk = desk.tell(Msg::Resized(Size { width: wide, height: high }));
        for pick in picks {
            desk = desk.press(KEYS[pick]);
            let write = |e: &Effect| if let Effect::Write(ticket, _) = e { Some(*ticket) } else { None };
            if let Some(ticket) = desk.wanted.iter().find_map(write) {
                desk = desk.tell(Msg::Written(ticket, Err(Refusal::Busy)));
            }
            if let Some(list) = desk.state.list() {
                prop_assert!(list.row < size.max(1));
                prop_assert!(list.top <= list.row);
                if let Some(id) = list.at {
                    prop_assert_eq!(u64::try_from(id - 1).unwrap(), list.row);
                }
            }
            if desk.state.form.is_none() {
                let clean = !desk.wanted.iter().any(|e| matches!(e, Effect::KeepDraft(_))) || KEYS[pick] == "Esc";
                prop_assert!(clean || !desk.state.drafts.is_empty());
            }
        }
        // Esc from anywhere leads to where no more can be left, in a few presses.
        let desk = desk.press("Esc Esc Esc Esc Esc Esc");
        prop_assert!(desk.state.overlay.is_none() && desk.state.form.is_none(), "{:?} {:?}", desk.state.overlay, desk.state.form.as_ref().map(|f| f.saving));
    }
}
