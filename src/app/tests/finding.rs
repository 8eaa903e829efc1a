//! Find anything: what it found is for nobody else, and is never mistaken for another hit.

use super::*;
use crate::app::finder::Finder;
use crate::app::look::{Ground, ThemeName, Told};

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

/// What stands on the command line.
fn command(desk: &Desk) -> &str {
    match &desk.state.overlay {
        Some(Overlay::Command(line)) => line.field.text(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn tab_goes_through_what_may_follow_and_back_to_what_was_typed() {
    let desk = Desk::new().press(": l a n g Space");
    let desk = desk.press("Tab");
    assert_eq!(command(&desk), "lang en");
    let desk = desk.press("Tab");
    assert_eq!(command(&desk), "lang zh");
    let desk = desk.press("Tab");
    assert_eq!(command(&desk), "lang ");
    let desk = desk.press("Shift-Tab Enter");
    assert_eq!(desk.state.lang, Lang::Zh);
    // What is typed on goes from what stands there.
    let desk = desk.press(": v e n Tab Space x");
    assert_eq!(command(&desk), "vendors x");
    assert_eq!(command(&desk.press("Tab")), "vendors x", "nothing follows");
    let desk = Desk::new().press(": t h e m e Space Tab").tell(Msg::Paste("er".to_owned()));
    assert_eq!(command(&desk), "theme darker");
    assert_eq!(command(&desk.press("Tab")), "theme darker");
}

#[test]
fn commands_that_were_run_come_back_and_what_was_typed_is_not_lost() {
    let desk = Desk::new().press(": l a n g Space z h Enter : 2 Enter : 2 Enter");
    let desk = desk.press(": x Up");
    assert_eq!(command(&desk), "2");
    let desk = desk.press("Up");
    assert_eq!(command(&desk), "lang zh", "a command run twice is remembered once");
    let desk = desk.press("Up Down");
    assert_eq!(command(&desk), "2");
    let desk = desk.press("Down");
    assert_eq!(command(&desk), "x");
    assert_eq!(command(&desk.press("Down")), "x");
}

#[test]
fn a_theme_that_was_named_stands_whatever_the_terminal_tells() {
    let light = || Msg::Told(Told::Ground(Ground::Light));
    let desk = Desk::new().tell(light());
    assert_eq!((desk.state.look.theme, desk.state.look.ground()), (None, Ground::Light));
    let desk = Desk::new().press(": t h e m e Space d a r k Enter").tell(light());
    assert_eq!(desk.state.look.ground(), Ground::Dark);
    let desk = Desk::new().press(": t h e m e Space m o n o Enter").tell(light());
    assert_eq!(desk.state.look.theme, Some(ThemeName::Mono));
    let desk = desk.press(": t h e m e Space x Enter");
    assert_eq!(desk.state.look.theme, Some(ThemeName::Mono), "a slip changes nothing");
    assert!(
        desk.state.message.is_some_and(|message| message.sentence.in_(Lang::En).contains("high-contrast"))
    );
}

#[test]
fn letters_of_another_layout_are_commands_in_a_list_and_letters_in_a_field() {
    let desk = Desk::new().press("2");
    let row = |desk: &Desk| desk.state.list().unwrap().row;
    let desk = desk.press("о о");
    assert_eq!(row(&desk), 2);
    let desk = desk.press("п п");
    assert_eq!(row(&desk), 0, "gg");
    let desk = desk.press("/ о ξ");
    assert_eq!(desk.state.list().unwrap().words.text(), "оξ");
    let desk = desk.press("Esc Ctrl-P о");
    assert_eq!(finder(&desk).field.text(), "о");
    let desk = desk.press("Esc Ж о");
    assert_eq!(command(&desk), "о", "the command line is opened by the key, and takes letters");
}
