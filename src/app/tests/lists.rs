//! What narrows and orders lists.

use super::*;

/// What the newest question for a list asks of its records.
fn asked(desk: &Desk) -> crate::entity::filter::Asked {
    let mut asks = desk.wanted.iter().rev().filter_map(|effect| match effect {
        Effect::Read(Slot::List, _, Request::Page(query)) => Some(query.filter.clone()),
        _ => None,
    });
    asks.next().expect("nothing was asked")
}

#[test]
fn a_term_that_cannot_be_read_takes_no_part_and_enter_says_why() {
    let desk = Desk::new().press("2 / a l Space o w n r :");
    assert_eq!((asked(&desk).words.as_str(), asked(&desk).wheres.len()), ("al", 0));
    let desk = desk.press("m Enter");
    assert_eq!(desk.says(), "Vendors have no column “ownr”; did you mean owner (Owner)?");
    assert!(!desk.state.is_filtering());
    let desk = desk.press("/ Space s t a t e : a c t");
    assert_eq!((asked(&desk).words.as_str(), asked(&desk).wheres.len()), ("al", 1));
}

#[test]
fn tab_in_a_filter_takes_what_may_follow_and_narrows_at_once() {
    let desk = Desk::new().press("2 / s t Tab");
    assert_eq!(desk.state.list().unwrap().words.text(), "state:");
    let desk = desk.press("Tab Tab Shift-Tab");
    assert_eq!(desk.state.list().unwrap().words.text(), "state:prospect");
    assert_eq!(asked(&desk).wheres.len(), 1);
    assert_eq!(desk.state.place(), Place::List(ListKey { kind: Kind::Vendor, scope: None }));
}

#[test]
fn sort_chosen_again_keeps_what_was_first_as_second() {
    let order = |desk: &Desk| desk.state.list().unwrap().order.write(Kind::Vendor.table());
    let desk = Desk::new().press("2 s j Enter");
    assert_eq!(order(&desk), "category,name");
    let asks = desk.wanted.iter().find_map(|effect| match effect {
        Effect::Read(Slot::List, _, Request::Page(query)) => Some((query.order, query.then)),
        _ => None,
    });
    assert_eq!(asks.map(|(_, then)| then.is_some()), Some(true));
    let desk = desk.press("S");
    assert_eq!(order(&desk), "-category,name");
    let desk = desk.press(">");
    assert_eq!(order(&desk), "state", "beside it there is one key");
    assert_eq!(order(&desk.press("s Enter")), "-state");
}

#[test]
fn a_jump_takes_a_filter() {
    let desk = Desk::new().press(": v e n d o r s Space c l a s s = B P O Enter");
    assert_eq!(asked(&desk).wheres.len(), 1);
    assert_eq!(desk.state.list().unwrap().words.text(), "class=BPO");
}
