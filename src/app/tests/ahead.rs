//! Keys that come before what they act on is there, and answers that come late.

use super::*;
use crate::register::Turn;

fn name(desk: &Desk) -> &str {
    desk.state.form.as_ref().expect("the form is closed").fields[0].input.text()
}

#[test]
fn what_is_typed_after_e_goes_into_the_form_however_late_the_form_opens() {
    let desk = Desk::new().press("1").press_ahead("2 j j j e d x y z");
    assert_eq!(name(&desk), "Vendor 4dxyz");
    assert_eq!(desk.written(), None);
}

#[test]
fn what_is_typed_for_a_form_that_never_opens_is_no_command() {
    // The wait of a key has an end; then the key comes all the same.
    let desk = Desk::new().press("1 2 j").slowly().press("j e d u");
    assert_eq!(desk.wanted, Vec::new());
    assert_eq!(desk.says(), "Loading… Esc stops waiting.");
    let desk = desk.press("Esc").catch_up();
    assert!(desk.state.form.is_none(), "the form opens though one stopped waiting");
    assert_eq!(desk.press("d").written().map(|(_, change)| change.steps.len()), Some(1));
}

#[test]
fn a_record_that_is_no_more_opens_no_form_and_holds_no_key() {
    let mut desk = Desk::new().press("2 j");
    desk.register.missing.push(Ref { kind: Kind::Vendor, id: 3 });
    let desk = desk.press("j e");
    assert_eq!(desk.says(), "missing");
    assert!(!desk.state.must_wait(Key::Char('k')));
    let desk = desk.press("k e");
    assert_eq!(name(&desk), "Vendor 2");
}

#[test]
fn going_elsewhere_ends_the_wait_for_a_form() {
    let mut desk = Desk::new().press("2 j").slowly().press("j e");
    desk.state.go(Place::Overview, &mut Vec::new());
    assert!(desk.catch_up().state.form.is_none());
}

#[test]
fn alt_and_a_letter_does_nothing_in_fields_and_in_lists() {
    let desk = Desk::new().press("2 j e x Alt-D Alt-Q y");
    assert_eq!(name(&desk), "Vendor 2xy");
    for open in ["/", ":", "Ctrl-P"] {
        let desk = Desk::new().press("2 j").press(open).press("Alt-D Alt-Q");
        assert_eq!((desk.wanted.as_slice(), desk.selected().as_str()), (&[][..], "V-0002"), "{open}");
    }
    let desk = Desk::new().press("2 j Alt-D");
    assert_eq!(desk.wanted, Vec::new());
    assert_eq!(desk.says(), "Alt-D: no action here, ? for keys");
}

#[test]
fn a_count_that_comes_late_is_for_the_list_and_the_words_it_was_asked_for() {
    let total = |desk: &Desk| desk.state.list().unwrap().page.total;
    assert_eq!(total(&Desk::new().press("2 / y")), Some(FILTERED));
    for keys in ["Esc", "Enter 3", "Enter : a r c h i v e d Enter Esc"] {
        // The page of `y` is there and its count asked for; before that comes one goes on.
        let desk = Desk::new().press("2").slowly().press("/ y").answer_one().press(keys);
        assert_eq!(total(&desk.catch_up_backwards()), Some(10), "{keys}");
    }
}

/// A screen without room for a card: none is loaded beside a list.
const SMALL: Size = Size { width: 70, height: 24 };

#[test]
fn what_needs_the_record_loads_it_first() {
    let small = || Desk::new().tell(Msg::Resized(SMALL));
    let vendor = Place::Record(Ref { kind: Kind::Vendor, id: 7 });
    assert_eq!(small().press("3 j g v").state.place(), vendor);
    assert_eq!(Desk::new().press("1").press_ahead("3 j j g v").catch_up().state.place(), vendor);
    let desk = small().press("2 j E");
    assert!(matches!(desk.state.editing, Some(Editing::Notes { at: Ref { id: 2, .. }, .. })));
}

#[test]
fn on_the_overview_too_what_needs_the_record_loads_it_first() {
    let overview = || {
        let mut desk = Desk::new();
        desk.register.attention = vec![due(1), due(2)];
        desk.press("1 j")
    };
    assert!(overview().press("e").state.form.is_some());
    let desk = overview().press("y j Enter");
    assert_eq!(desk.wanted, [Effect::Copy("Vendor 2".to_owned())]);
    let desk = overview().press("E");
    assert!(
        matches!(desk.state.editing, Some(Editing::Notes { at: Ref { id: 2, .. }, .. })),
        "{}",
        desk.says()
    );
    // What was loaded before another operator's change is not what is edited after it.
    let mut desk = overview().press("e Esc");
    desk.state.card.as_mut().unwrap().record.values[0] = Value::Text("Stale".to_owned());
    assert_eq!(name(&desk.changed().press("e")), "Vendor 2");
}

#[test]
fn each_of_two_writes_under_way_is_told_with_its_own_sentence() {
    let desk = Desk::new().press("2 d");
    let (first, _) = desk.written().unwrap();
    let desk = desk.press("j d");
    let (second, _) = desk.written().unwrap();
    let saved =
        |id| Saved { change: Some(id), records: vec![Ref { kind: Kind::Vendor, id }], doubts: vec![] };
    let desk = desk.tell(Msg::Written(first, Ok(saved(1))));
    assert_eq!(desk.says(), "V-0001 archived: Vendor 1 (u undoes)");
    assert_eq!(desk.tell(Msg::Written(second, Ok(saved(2)))).says(), "V-0002 archived: Vendor 2 (u undoes)");
}

#[test]
fn each_of_two_turns_under_way_is_told_for_what_it_is() {
    let ticket = |desk: &Desk| match desk.wanted[..] {
        [Effect::Write(ticket, _)] => ticket,
        ref other => panic!("{other:?}"),
    };
    let desk = Desk::new().press("2 Ctrl-R");
    let redo = ticket(&desk);
    let desk = desk.press("Ctrl-R u");
    let undo = ticket(&desk);
    let records = vec![Ref { kind: Kind::Vendor, id: 1 }];
    let done = |turn| Reverted {
        turn,
        saved: Saved { change: Some(1), records: records.clone(), doubts: vec![] },
        act: "edit".to_owned(),
        events: 1,
        first: records.first().copied(),
    };
    let desk = desk.tell(Msg::Reverted(redo, Ok(done(Turn::Redone))));
    assert_eq!(desk.says(), "Brought back: edit of V-0001 Vendor 1");
    assert_eq!(
        desk.tell(Msg::Reverted(undo, Ok(done(Turn::Undone)))).says(),
        "Taken back: edit of V-0001 Vendor 1"
    );
}
