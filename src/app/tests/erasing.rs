//! Erasing a person's data: asked for by the whole word, done once, copies named.

use super::*;
use crate::app::erasing::Stage;
use crate::register::erase::{Erased, Swept};

const PERSON: Ref = Ref { kind: Kind::Contact, id: 3 };

/// A desk at the page of a person, with the question open.
fn asked() -> Desk {
    Desk::new().press(": C T - 0 0 0 3 Enter : e r a s e Enter")
}

fn stage(desk: &Desk) -> Option<&Stage> {
    match &desk.state.overlay {
        Some(Overlay::Erase(erasing)) => Some(&erasing.stage),
        _ => None,
    }
}

fn ticket(desk: &Desk) -> Ticket {
    let write = desk.wanted.iter().find_map(|effect| match effect {
        Effect::Write(ticket, Write::Erase(at)) if *at == PERSON => Some(*ticket),
        _ => None,
    });
    write.unwrap_or_else(|| panic!("nothing is erased: {:?}", desk.wanted))
}

fn erased(copies: &[&str]) -> Box<Erased> {
    let erasure = Erasure {
        code: "CT-0003".to_owned(),
        copies: copies.iter().map(|copy| (*copy).to_owned()).collect(),
        ..Erasure::default()
    };
    let saved = Saved { change: Some(7), records: vec![PERSON], doubts: Vec::new() };
    Box::new(Erased { saved, erasure, swept: Swept::Clean })
}

#[test]
fn nothing_is_erased_before_the_code_or_the_name_stands_there() {
    let desk = asked();
    assert!(matches!(stage(&desk), Some(Stage::Asked(_))), "{:?}", desk.state.overlay);
    let desk = desk.press("Enter");
    assert_eq!(
        (desk.wanted.as_slice(), desk.says().as_str()),
        (&[][..], "That is neither CT-0003 nor the name; nothing was erased.")
    );
    let desk = desk.press("c t - 0 0 0 Enter");
    assert_eq!(desk.wanted, []);
    let desk = desk.press("3 Enter");
    ticket(&desk);
    let desk = desk.press("Enter Enter x");
    assert_eq!(desk.wanted, [], "once is enough");
    ticket(&asked().press("w a n g Space m i n Enter"));
    let desk = asked().press("c t - 0 0 0 3 Esc");
    assert_eq!((desk.wanted.as_slice(), desk.says().as_str()), (&[][..], "Nothing was erased."));
    assert_eq!(stage(&desk), None);
}

#[test]
fn the_copies_are_named_and_removed_by_their_number() {
    let desk = asked().press("c t - 0 0 0 3 Enter");
    let ticket = ticket(&desk);
    let desk = desk.tell(Msg::Erased(ticket, Ok(erased(&["/srv/a.bak", "/srv/b.bak"]))));
    assert!(desk.wanted.iter().any(|effect| matches!(effect, Effect::ForgetErased(_))));
    assert_eq!(desk.says(), "CT-0003 is erased for good.");
    let desk = desk.press("1 Enter");
    assert_eq!(
        (desk.wanted.as_slice(), desk.says().as_str()),
        (&[][..], "Their number is 2; nothing was removed.")
    );
    let desk = desk.press("Backspace 2 Enter");
    let paths = ["/srv/a.bak", "/srv/b.bak"].map(str::to_owned).to_vec();
    assert_eq!(desk.wanted, [Effect::RemoveCopies(paths)]);
    assert_eq!(stage(&desk), None);
    let desk = desk.tell(Msg::CopiesRemoved(Ok(2)));
    assert_eq!(desk.says(), "Copies removed: 2.");
}

#[test]
fn copies_stay_where_nobody_says_their_number() {
    let desk = asked().press("c t - 0 0 0 3 Enter");
    let ticket = ticket(&desk);
    let desk = desk.tell(Msg::Erased(ticket, Ok(erased(&["/srv/a.bak"])))).press("Esc");
    assert_eq!(desk.says(), "Copies left as they are: 1. What was erased is in them.");
    assert_eq!((desk.wanted.as_slice(), stage(&desk)), (&[][..], None));
}

#[test]
fn without_copies_and_with_a_refusal_the_question_closes() {
    let desk = asked().press("c t - 0 0 0 3 Enter");
    let open = ticket(&desk);
    let desk = desk.tell(Msg::Erased(open, Ok(erased(&[]))));
    assert_eq!((stage(&desk), desk.says().as_str()), (None, "CT-0003 is erased for good."));
    let desk = asked().press("c t - 0 0 0 3 Enter");
    let open = ticket(&desk);
    let desk = desk.tell(Msg::Erased(open, Err(Refusal::Busy)));
    assert!(stage(&desk).is_none() && desk.says().contains("Another operator"), "{}", desk.says());
}

#[test]
fn what_is_no_person_or_may_not_be_written_is_not_asked_about() {
    let desk = Desk::new().press("2 : e r a s e Enter");
    assert!(stage(&desk).is_none() && desk.says().contains("no person"), "{}", desk.says());
    let mut desk = Desk::new().press(": C T - 0 0 0 3 Enter");
    desk.state.read_only = true;
    let desk = desk.press(": e r a s e Enter");
    assert!(stage(&desk).is_none() && desk.says().contains("read"), "{}", desk.says());
}

#[test]
fn a_code_typed_ahead_is_not_lost() {
    let desk =
        Desk::new().press(": C T - 0 0 0 3 Enter").press_ahead(": e r a s e Enter c t - 0 0 0 3 Enter");
    ticket(&desk);
}

#[test]
fn leaving_waits_for_an_erasing_even_where_the_question_was_left() {
    let desk = asked();
    assert!(!desk.state.awaits_word_of_drafts());
    let desk = desk.press("c t - 0 0 0 3 Enter");
    let ticket = ticket(&desk);
    let desk = desk.press("Esc");
    assert_eq!(stage(&desk), None);
    assert!(desk.state.awaits_word_of_drafts(), "what is erased is in drafts until then");
    let desk = desk.tell(Msg::Erased(ticket, Ok(erased(&[]))));
    assert!(!desk.state.awaits_word_of_drafts());
    let desk = asked().press("Esc");
    assert!(!desk.state.awaits_word_of_drafts());
}

#[test]
fn the_register_of_another_day_is_left_when_something_is_erased() {
    let desk = asked().press("c t - 0 0 0 3 Enter");
    let ticket = ticket(&desk);
    let day = chrono::NaiveDate::from_ymd_opt(2026, 7, 1).unwrap();
    let desk = desk.press("Esc : a t Space 2 0 2 6 - 0 7 - 0 1 Enter").tell(Msg::Arrived(Ok(Some(day))));
    assert!(desk.state.present.is_some() && desk.state.today == day);
    let desk = desk.tell(Msg::Erased(ticket, Ok(erased(&["/srv/a.bak"]))));
    assert!(desk.wanted.contains(&Effect::GoTo(None)), "{:?}", desk.wanted);
    let desk = desk.tell(Msg::Arrived(Ok(None)));
    assert!(desk.state.present.is_none());
    assert_eq!(desk.says(), "CT-0003 is erased for good.");
    assert!(matches!(stage(&desk), Some(Stage::Copies(_))));
    // One that is being made is of before too, and is not gone to.
    let desk = asked().press("c t - 0 0 0 3 Enter");
    let ticket = self::ticket(&desk);
    let desk = desk.press("Esc : a t Space 2 0 2 6 - 0 7 - 0 1 Enter");
    assert_eq!(desk.state.going, Some(day));
    let desk = desk.tell(Msg::Erased(ticket, Ok(erased(&[]))));
    assert_eq!(desk.state.going, None);
}
