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
    assert_eq!(desk.state.form.as_ref().expect("the form is closed").suggestions, Vec::new());
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
