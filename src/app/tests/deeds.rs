//! What one does with a contract, by keys: the menu with its reasons, the short form, one write.

use super::*;
use crate::app::form::{Form, FormField};
use crate::app::state::{Menu, Overlay};
use crate::domain::contract::{ContractState, Renewal};
use crate::domain::day::Span;
use crate::domain::deed::Deed;
use crate::domain::money::Money;
use crate::entity::input::Entered;
use crate::entity::value::Weight;
use crate::entity::{Contract, values};
use crate::register::Saved;

fn menu(desk: &Desk) -> &Menu {
    match &desk.state.overlay {
        Some(Overlay::Menu(menu)) => menu,
        other => panic!("no menu but {other:?}"),
    }
}

fn form(desk: &Desk) -> &Form {
    desk.state.form.as_ref().expect("no form")
}

fn field<'d>(desk: &'d Desk, key: &str) -> &'d FormField {
    let form = form(desk);
    form.fields.iter().find(|field| form.meta(field).unwrap().key == key).expect("no such field")
}

/// The keys of a command and its end.
fn command(word: &str) -> String {
    let letters: Vec<String> = word.chars().map(String::from).collect();
    format!(": {} Enter", letters.join(" "))
}

#[test]
fn the_menu_begins_with_what_is_possible_and_says_why_the_rest_is_not() {
    let desk = Desk::new().press("3 m");
    let under = &menu(&desk).items[menu(&desk).cursor];
    assert_eq!((under.label.in_(Lang::En), under.off.is_none()), ("Start legal review".to_owned(), true));
    let desk = desk.press("j j Enter");
    assert_eq!(desk.says(), "Only in the state: Legal review.");
    assert_eq!(menu(&desk).cursor, 2, "the menu stays");
    assert!(desk.state.form.is_none());
}

#[test]
fn a_deed_asks_for_just_what_it_needs_and_is_one_write() {
    let desk = Desk::new().press("3 m Enter");
    let keys: Vec<&str> = form(&desk).fields.iter().map(|f| form(&desk).meta(f).unwrap().key).collect();
    assert_eq!(keys, ["legal_reviewer", "reason"]);
    let desk = desk.press("A n n Tab s o Ctrl-S");
    let (ticket, change) = desk.written().expect("nothing is written");
    let [Step::Deed { at, deed, given, reason }] = change.steps.as_slice() else { panic!("{change:?}") };
    assert_eq!((code_of(*at), *deed), ("C-0001".to_owned(), Deed::LegalReview));
    assert_eq!(given[0].new, Entered::Value(Value::Text("Ann".to_owned())));
    assert_eq!(reason.as_deref(), Some("so"));
    let saved = Saved { change: Some(5), records: vec![*at], doubts: Vec::new() };
    let desk = desk.tell(Msg::Written(ticket, Ok(saved)));
    assert_eq!(desk.says(), "C-0001 Vendor 1: In legal review.");
    assert!(desk.state.form.is_none());
}

#[test]
fn a_deed_that_needs_a_reason_asks_for_it_and_one_that_made_a_contract_names_it() {
    let desk = Desk::new().press("3").press(&command("cancel")).press("Ctrl-S");
    assert_eq!(desk.written(), None);
    assert_eq!(field(&desk, "reason").error.as_ref().unwrap().in_(Lang::En), "Why is needed.");
    let desk = desk.press("d r o p p e d Ctrl-S");
    let (ticket, _) = desk.written().expect("nothing is written");
    let beside = Ref { kind: Kind::Contract, id: 52 };
    let first = Ref { kind: Kind::Contract, id: 1 };
    let saved = Saved { change: Some(5), records: vec![beside, first], doubts: Vec::new() };
    let desk = desk.tell(Msg::Written(ticket, Ok(saved)));
    assert_eq!(desk.says(), "C-0001 Vendor 1: Cancelled; made C-0052.");
}

#[test]
fn what_cannot_be_done_says_why_by_its_word_too() {
    let desk = Desk::new().press("3").press(&command("notice"));
    assert_eq!(desk.says(), "Only in the state: In force.");
    assert_eq!(Desk::new().press("2 m").says(), "Only contracts and reviews are acted on so.");
    assert_eq!(Desk::new().press("2").press(&command("sign")).says(), "Only contracts are acted on so.");
}

#[test]
fn what_a_form_begins_with_is_no_draft_and_is_sent_all_the_same() {
    let desk = Desk::new().press("3").press(&command("legal-review")).press("Esc");
    assert_eq!((desk.state.drafts.len(), desk.says()), (0, String::new()));
    let desk = desk.press(&command("legal-review")).press("Ctrl-S");
    assert!(desk.written().is_some());
}

#[test]
fn the_draft_of_a_deed_is_not_that_of_the_whole_form() {
    let desk = Desk::new().press("3").press(&command("cancel")).press("x y Esc");
    assert_eq!(desk.says(), "Draft kept: open the form again and go on.");
    let desk = desk.press("e");
    assert!(form(&desk).deed.is_none() && form(&desk).changes() == 0);
    let desk = desk.press("Esc").press(&command("cancel"));
    assert_eq!(field(&desk, "reason").input.text(), "xy");
    // At the next start it is offered, and leads back to the deed.
    let kept = Desk::new().press("3").press(&command("cancel")).press("x y Esc").state.drafts.clone();
    let desk = Desk::of(kept).press("Enter");
    assert_eq!(form(&desk).deed, Some(Deed::Cancel));
}

/// A contract of a year for CNY 120 that renews by itself and rises by 5 %.
fn renewing() -> Record {
    let contract = Contract {
        state: Some(ContractState::InForce),
        starts_on: "2026-01-01".parse().ok(),
        term: Some(Span::months(12)),
        renewal: Some(Renewal::Auto),
        renewal_term: Some(Span::months(12)),
        uplift: Some(Weight(500)),
        value: Some(Money { minor: 12_000, currency: Currency::CNY }),
        title: "Cleaning".to_owned(),
        ..Contract::default()
    };
    let at = Ref { kind: Kind::Contract, id: 1 };
    Record { values: values(&contract), ..vendor(at) }
}

fn renew(mut desk: Desk) -> Desk {
    crate::app::form::deed(&mut desk.state, &renewing(), Deed::Renew, &mut Vec::new());
    desk
}

fn sent(desk: &Desk, key: &str) -> Entered {
    let (_, change) = desk.written().expect("nothing is written");
    let [Step::Deed { given, .. }] = change.steps.as_slice() else { panic!("{change:?}") };
    let place = Kind::Contract.table().field(key).unwrap();
    given.iter().find(|edit| edit.field == place).expect("not sent").new.clone()
}

#[test]
fn the_price_follows_the_term_until_one_is_typed() {
    let yuan = |yuan: i64| Entered::Value(Value::Money(Money { minor: yuan * 100, currency: Currency::CNY }));
    let shown = |desk: &Desk| field(desk, "value").input.text().to_owned();
    let desk = renew(Desk::new().press("3"));
    assert_eq!((field(&desk, "term").input.text(), shown(&desk).as_str()), ("12m", "CNY 126.00"));
    let desk = desk.press("Tab Backspace Backspace Backspace 2 4 m");
    assert_eq!(shown(&desk), "CNY 252.00");
    let half = desk.press("Backspace x");
    assert_eq!(shown(&half), "", "of what is no term there is no price");
    let desk = half.press("Backspace m Ctrl-S");
    assert_eq!((sent(&desk, "value"), form(&desk).changes()), (yuan(252), 1));
    // A draft that holds another term comes with its price.
    let desk = renew(Desk::new().press("3")).press("Tab Backspace Backspace Backspace 3 6 m Esc");
    assert_eq!(shown(&renew(desk)), "CNY 378.00");
    // What was typed stays, whatever term is typed after it.
    let desk = renew(Desk::new().press("3")).press("Tab Tab Ctrl-U C N Y 9 Shift-Tab");
    let desk = desk.press("Backspace Backspace Backspace 2 4 m Ctrl-S");
    assert_eq!(sent(&desk, "value"), yuan(9));
}
