//! The renewal timeline: a way of showing the list of contracts.

use super::*;
use crate::app::view::OfKind;

fn contracts(scope: Option<Ref>) -> ListKey {
    ListKey { kind: Kind::Contract, scope }
}

fn months(desk: &Desk) -> Option<i32> {
    desk.state.list()?.timeline.map(|timeline| timeline.moved)
}

/// What was kept of the lists of contracts at last.
fn kept(desk: &Desk) -> Option<OfKind> {
    desk.wanted.iter().rev().find_map(|effect| match effect {
        Effect::KeepViews(Kind::Contract, of) => Some((**of).clone()),
        _ => None,
    })
}

#[test]
fn w_shows_the_same_contracts_over_months_and_back() {
    let desk = Desk::new().press("3 j j");
    let at = desk.selected();
    let desk = desk.press("w");
    assert_eq!((months(&desk), desk.selected()), (Some(0), at.clone()), "the cursor stays on its record");
    assert!(kept(&desk).unwrap().last.timeline);
    let asked = desk.wanted.iter().find_map(|effect| match effect {
        Effect::Read(Slot::List, _, Request::Page(query)) => Some(query.clone()),
        _ => None,
    });
    let (asked, table) = (asked.unwrap(), Kind::Contract.table());
    assert_eq!(asked.order, table.order, "by when one must act");
    let wanted = ["starts_on", "renewal"].map(|key| table.column(key).unwrap());
    assert_eq!(asked.extra, wanted);
    assert_eq!(asked.anchor, Anchor::Record { id: 3, row: 2 });
    let desk = desk.press("w");
    assert_eq!((months(&desk), desk.selected()), (None, at));
    assert!(!kept(&desk).unwrap().last.timeline);
}

#[test]
fn arrows_and_brackets_move_the_months_and_ask_for_nothing() {
    let desk = Desk::new().press("3 w Right Right ] Left");
    assert_eq!((months(&desk), desk.wanted.len()), (Some(2), 0));
    let desk = desk.press("[ [ [ Left");
    assert_eq!(months(&desk), Some(-2));
    assert_eq!(desk.state.place(), Place::List(contracts(None)), "Left does not go back here");
    let desk = desk.press("w Right");
    assert!(matches!(desk.state.place(), Place::Record(_)), "in the table it opens, as ever");
}

#[test]
fn it_stays_while_one_goes_into_a_record_and_comes_back() {
    let desk = Desk::new().press("3 w ] j Enter");
    assert_eq!(desk.state.place(), Place::Record(Ref { kind: Kind::Contract, id: 2 }));
    let desk = desk.press("Esc");
    assert_eq!((months(&desk), desk.selected().as_str()), (Some(1), "C-0002"));
    let desk = desk.press("2 3");
    assert_eq!(months(&desk), Some(1));
}

#[test]
fn from_anywhere_it_is_gone_to_and_never_turned_off() {
    let desk = Desk::new().press("2 j w");
    assert_eq!((desk.state.place(), months(&desk)), (Place::List(contracts(None)), Some(0)));
    let desk = desk.press("2 : r e n e w a l s Enter");
    assert_eq!((desk.state.place(), months(&desk)), (Place::List(contracts(None)), Some(0)));
}

#[test]
fn it_is_a_view_and_views_of_ones_own_keep_it() {
    let name = |desk: &Desk| crate::app::views::present(&desk.state, contracts(None)).map(|view| view.name);
    let desk = Desk::new().press("3 f Enter");
    assert_eq!((months(&desk), name(&desk).as_deref()), (Some(0), Some("Renewals")));
    let desk = desk.press("/ a Enter f s M i n e Enter");
    assert!(kept(&desk).unwrap().own[0].timeline);
    let desk = desk.press("w");
    assert_eq!(name(&desk), None, "as a table it is another");
    assert_eq!(months(&desk.press("f G Enter")), Some(0));
}

#[test]
fn in_another_order_it_is_a_timeline_still_and_what_it_has_not_is_said() {
    let desk = Desk::new().press("3 w s j Enter");
    assert_eq!(months(&desk), Some(0));
    let list = desk.state.list().unwrap();
    assert!(!list.has_headings(), "headings tell of the order by when one must act");
    let desk = desk.press("c");
    assert!(desk.says().starts_with("The timeline has columns of its own"), "{}", desk.says());
    assert!(desk.press("O").says().starts_with("The timeline is grouped"));
}

#[test]
fn marks_and_the_page_are_those_of_the_list() {
    let mut desk = Desk::new();
    desk.size_of_list = 200;
    let desk = desk.press("3 w Space Space");
    assert_eq!(desk.state.list().unwrap().marks.count(), 2);
    let rows = desk.state.size.timeline_rows();
    assert!(rows < desk.state.size.list_rows(), "below it stands what happens");
    let before = desk.state.list().unwrap().row;
    let desk = desk.press("PgDn");
    assert_eq!(desk.state.list().unwrap().row, before + u64::from(rows));
    assert!(desk.state.list().unwrap().seen(rows).len() <= usize::from(rows));
    assert!(desk.press("Esc").state.list().unwrap().marks.is_empty());
}

#[test]
fn of_one_vendor_it_is_shown_and_not_kept() {
    let vendor = Ref { kind: Kind::Vendor, id: 3 };
    let mut desk = Desk::new();
    desk.state.go(Place::List(contracts(Some(vendor))), &mut Vec::new());
    let desk = desk.press("w");
    assert_eq!((months(&desk), kept(&desk)), (Some(0), None));
    assert_eq!(desk.state.place(), Place::List(contracts(Some(vendor))));
}

#[test]
fn the_months_are_those_of_the_day_whose_register_is_shown() {
    let day: NaiveDate = "2026-05-01".parse().unwrap();
    let today = |desk: &Desk| desk.state.list().unwrap().timeline.unwrap().today;
    let desk = Desk::new().press("3 w : a t Space 2 0 2 6 - 0 5 - 0 1 Enter");
    let desk = desk.tell(Msg::Arrived(Ok(Some(day))));
    assert_eq!(today(&desk), day);
    let desk = desk.tell(Msg::Arrived(Ok(None)));
    assert_eq!(today(&desk), Setup::sample().today);
    let tomorrow = Setup::sample().today.succ_opt().unwrap();
    assert_eq!(today(&desk.tell(Msg::DayBegan(tomorrow))), tomorrow);
}

#[test]
fn a_click_chooses_the_contract_that_stands_there_and_no_heading() {
    use crate::app::mouse::{Did, Mouse};
    let click = |x, y| Msg::Mouse(Mouse { did: Did::Click, x, y });
    let desk = Desk::new().press("3 w");
    assert_eq!(desk.state.list().unwrap().seen(9).len(), 9);
    let desk = desk.tell(click(10, 5 + 3));
    assert_eq!(desk.selected(), "C-0003", "a heading stands above the first");
    let desk = desk.tell(click(10, 5));
    assert_eq!(desk.selected(), "C-0003");
    assert_eq!(desk.tell(click(110, 5 + 1)).selected(), "C-0001", "its bar is of it");
}
