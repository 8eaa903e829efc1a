//! The money of a contract over the screen.

use super::*;
use crate::app::money::{MoneyPane, View};

use crate::domain::contract::Renewal;
use crate::domain::cost::Layer;
use crate::domain::day::Span;
use crate::domain::money::{Currency, Money};
use crate::domain::period::FiscalStart;
use crate::entity::{Contract, CostLine, Record, values};
use crate::register::money::{Account, Material};

/// A contract of 2026 with CNY 100.00 a month, of which nothing is billed.
pub(super) fn account(at: Ref) -> Option<Box<Account>> {
    let record = |at: Ref, values| {
        let derived = vec![Value::Null; at.kind.table().derived.len()];
        Record { at, code: code_of(at), version: 1, archived_at: None, values, derived }
    };
    let contract = Contract {
        starts_on: "2026-01-01".parse().ok(),
        term: Some(Span::months(12)),
        renewal: Some(Renewal::None),
        ..Contract::default()
    };
    let amount = Some(Money { minor: 10_000, currency: Currency::CNY });
    let line = CostLine { title: "Fee".to_owned(), amount, layer: Some(Layer::Fee), ..CostLine::default() };
    let material = Material {
        contract: record(at, values(&contract)),
        parts: vec![record(Ref { kind: Kind::CostLine, id: 1 }, values(&line))],
        rates: Vec::new(),
        base: Currency::CNY,
        fiscal: FiscalStart::JANUARY,
        today: "2026-07-26".parse().ok()?,
    };
    crate::register::money::account(&material).map(Box::new)
}

/// What is open of the money of a contract.
fn pane(desk: &Desk) -> Option<&MoneyPane> {
    match &desk.state.overlay {
        Some(Overlay::Money(pane)) => Some(pane),
        _ => None,
    }
}

fn view(desk: &Desk) -> Option<View> {
    pane(desk).map(|pane| pane.view)
}

#[test]
fn it_opens_on_contracts_alone_at_the_month_of_today() {
    let desk = Desk::new().press("2 $");
    assert_eq!((view(&desk), desk.says().as_str()), (None, "Only contracts are acted on so."));
    let desk = Desk::new().press("3 $");
    let open = pane(&desk).unwrap();
    let account = open.account.as_ref().unwrap();
    let month = &account.book.months[open.month];
    assert_eq!(month.first.format("%Y-%m").to_string(), "2026-07");
    assert_eq!(pane(&Desk::new().press("3 : m o n e y Enter")).unwrap().month, open.month);
    for close in ["Esc", "q", "$", "Ctrl-C"] {
        assert_eq!(view(&Desk::new().press("3 $").press(close)), None, "{close}");
    }
}

#[test]
fn the_months_are_gone_through_and_each_tells_how_it_comes_about() {
    let desk = Desk::new().press("3 $");
    let today = pane(&desk).unwrap().month;
    let desk = desk.press("j j k");
    assert_eq!(pane(&desk).unwrap().month, today + 1);
    let desk = desk.press("G j");
    assert_eq!(pane(&desk).unwrap().month, 11);
    let desk = desk.press("Home =");
    assert_eq!((view(&desk), pane(&desk).unwrap().month), (Some(View::How), 0));
    let desk = desk.press("j j");
    assert_eq!((pane(&desk).unwrap().top, pane(&desk).unwrap().month), (2, 0), "lines are scrolled");
    let desk = desk.press("Esc");
    assert_eq!((view(&desk), pane(&desk).unwrap().top), (Some(View::Months), 0));
    let desk = desk.press("Tab");
    assert_eq!(view(&desk), Some(View::Costs));
    let desk = desk.press("= Tab");
    assert_eq!(view(&desk), Some(View::Months));
}

#[test]
fn it_is_asked_anew_when_others_write_and_the_cursor_stays() {
    let desk = Desk::new().press("3 $ k k");
    let month = pane(&desk).unwrap().month;
    let desk = desk.tell(Msg::Changed);
    let asks = |effect: &Effect| matches!(effect, Effect::Read(Slot::Pane, _, Request::Money(_)));
    assert!(desk.wanted.iter().any(asks), "{:?}", desk.wanted);
    assert_eq!(pane(&desk).unwrap().month, month);
}

#[test]
fn amounts_are_hidden_while_others_look_on() {
    let desk = Desk::new().press("3 : m a s k Enter $");
    let shown = crate::app::mask::masked(&desk.state);
    let Some(Overlay::Money(pane)) = &shown.overlay else { panic!("{:?}", shown.overlay) };
    let pane = MoneyPane { view: View::Costs, ..(**pane).clone() };
    let told = format!("{:?}", pane.lines(crate::texts::Lang::En));
    assert!(told.contains("***") && !told.contains("1,200.00"), "{told}");
    let how = MoneyPane { view: View::How, ..pane };
    let told = format!("{:?}", how.lines(crate::texts::Lang::En));
    assert!(told.contains("***") && !told.contains("100.00"), "{told}");
}
