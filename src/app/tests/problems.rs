//! Problems: found behind the screen, each a way to its record.

use super::*;
use crate::register::finding::{Finding, Severity};

fn finding(code: &str) -> Finding {
    let (rule, field) = ("record", "owner".to_owned());
    let sentence = words::NOT_LOADED.into();
    Finding { severity: Severity::Warning, rule, code: code.to_owned(), field, sentence }
}

#[test]
fn a_problem_opens_its_record() {
    let desk = Desk::new().press(": p r o b l e m s Enter");
    assert_eq!(desk.wanted, [Effect::Check]);
    let desk = desk.press("Enter");
    assert!(matches!(desk.state.overlay, Some(Overlay::Problems(_))), "nothing is found yet");
    let desk = desk.tell(Msg::Checked(Ok(vec![finding(""), finding("V-0002"), finding("C-0001")])));
    let desk = desk.press("Enter");
    assert!(desk.says().contains("as a whole"), "{}", desk.says());
    let desk = desk.press("j Enter");
    assert_eq!(desk.state.place(), Place::Record(Ref { kind: Kind::Vendor, id: 2 }));
    assert!(desk.state.overlay.is_none());
    let desk = desk.tell(Msg::Checked(Ok(Vec::new())));
    assert!(desk.state.overlay.is_none(), "a late answer opens nothing");
    let desk = Desk::new().press(": p r o b l e m s Enter").tell(Msg::Checked(Err(Refusal::Busy)));
    assert!(desk.state.overlay.is_none() && desk.state.message.is_some());
}
