//! Find anything: what it found is for nobody else, and is never mistaken for another hit.

use super::*;
use crate::app::finder::Finder;

fn with_hits(ids: &[i64]) -> Desk {
    let mut desk = Desk::new();
    desk.register.hits = ids.iter().map(|id| hit(Kind::Vendor, *id)).collect();
    desk
}

fn finder(desk: &Desk) -> &Finder {
    match &desk.state.overlay {
        Some(Overlay::Find(finder)) => finder,
        other => panic!("{other:?}"),
    }
}

#[test]
fn hits_that_come_after_it_was_closed_are_offered_in_no_form() {
    let desk = with_hits(&[1, 2]).press("2").slowly().press("Ctrl-P y Esc a").catch_up();
    assert_eq!(desk.state.form.as_ref().expect("the form is closed").picker, None);
}

#[test]
fn hits_for_a_field_do_not_fill_the_palette() {
    let mut desk = with_hits(&[1, 2]).press("3 a");
    let form = desk.state.form.as_mut().unwrap();
    let link = |field: &crate::app::form::FormField| Kind::Contract.table().fields[field.at].key == "vendor";
    form.focus = form.fields.iter().position(link).unwrap();
    let desk = desk.slowly().press("y Esc Ctrl-P").catch_up();
    assert_eq!(finder(&desk).hits, Vec::new());
}

#[test]
fn hits_for_what_is_no_longer_typed_are_dropped() {
    let desk = with_hits(&[1, 2]).slowly().press("Ctrl-P y Backspace").catch_up();
    assert_eq!(finder(&desk).hits, Vec::new());
}

#[test]
fn ctrl_y_copies_no_other_hit_than_the_one_under_the_cursor() {
    let desk = with_hits(&[1, 2]).press("Ctrl-P y").slowly().press("Down Ctrl-Y Ctrl-E");
    assert_eq!(desk.wanted, Vec::new());
    assert_eq!(desk.says(), "This record is not loaded yet: try again.");
    let desk = desk.catch_up().press("Ctrl-Y");
    assert_eq!(desk.wanted, vec![Effect::Copy("Vendor 2".to_owned())]);
    let desk = Desk::new().press("Ctrl-P y Ctrl-Y");
    assert_eq!(desk.says(), "Nothing found to do this with.");
}

#[test]
fn keys_that_need_the_card_of_a_hit_wait_for_it() {
    let desk = with_hits(&[1, 2]).press("1").press_ahead("Ctrl-P y Down Ctrl-Y");
    assert_eq!(desk.wanted, vec![Effect::Copy("Vendor 2".to_owned())]);
    let desk = with_hits(&[1, 2]).press("1").press_ahead("Ctrl-P y Down Ctrl-E x");
    assert_eq!(desk.state.form.expect("no form").target, Some(Ref { kind: Kind::Vendor, id: 2 }));
}
