//! What is under the cursor is a record and not a row, whatever others do meanwhile.

use super::*;
use crate::register::Turn;

/// An event on a vendor.
fn event(seq: i64, vendor: i64) -> Event {
    let record = Ref { kind: Kind::Vendor, id: vendor };
    Event {
        seq,
        change: seq,
        at: String::new(),
        actor: "a.singh".to_owned(),
        act: "edit".to_owned(),
        act_size: 1,
        turn: Turn::Done,
        op: "edit".to_owned(),
        record,
        code: code_of(record),
        label: String::new(),
        fields: Vec::new(),
        reason: None,
    }
}

fn overview(ids: &[i64]) -> Desk {
    let mut desk = Desk::new();
    desk.register.attention = ids.iter().map(|id| due(*id)).collect();
    desk.press("1")
}

fn record_page(contacts: &[i64]) -> Desk {
    let mut desk = Desk::new();
    desk.register.contacts = contacts.to_vec();
    desk.press("2 Enter")
}

/// What `d` puts away.
fn archived(desk: Desk) -> Option<String> {
    let (_, change) = desk.press("d").written()?;
    match change.steps[..] {
        [Step::Shelve { at, .. }] => Some(code_of(at)),
        _ => panic!("{change:?}"),
    }
}

/// The last write is done.
fn done(desk: Desk) -> Desk {
    let (ticket, change) = desk.written().expect("nothing written");
    let records = change.steps.iter().map(|step| match step {
        Step::Shelve { at, .. } | Step::Update { at, .. } | Step::Deed { at, .. } => *at,
        Step::Insert { .. } => panic!("an insert"),
    });
    let saved = Saved { change: Some(1), records: records.collect(), doubts: vec![] };
    desk.tell(Msg::Written(ticket, Ok(saved)))
}

#[test]
fn a_chord_typed_at_once_is_one_frame() {
    let desk = Desk::new().press("2 G g");
    assert!(desk.state.is_waiting(), "the keys that may follow are shown, but not at once");
    assert!(!desk.press("g").state.is_waiting());
}

#[test]
fn a_held_key_loads_a_part_of_the_list_once_in_a_screen() {
    for (start, key) in [("2", "j"), ("2 G", "k")] {
        for height in [24, 35, 87, 160] {
            let mut desk = Desk::new();
            desk.size_of_list = 5_000;
            let mut desk = desk.tell(Msg::Resized(Size { width: 120, height })).press(start);
            let rows = desk.state.size.list_rows();
            let mut parts = 0;
            for _ in 0..10 * rows {
                desk = desk.press(key);
                let is_part = |effect: &&Effect| matches!(effect, Effect::Read(_, _, Request::Page(_)));
                parts += desk.wanted.iter().filter(is_part).count();
                let seen = desk.state.list().unwrap().visible(rows).count();
                assert_eq!(seen, usize::from(rows), "{key} at {height} rows");
            }
            assert!((5..=10).contains(&parts), "{parts} parts for {key} at {height} rows");
        }
    }
}

#[test]
fn on_a_record_page_another_contact_does_not_move_what_d_archives() {
    let mut desk = record_page(&[4, 5, 6]).press("Tab j");
    assert_eq!(desk.selected(), "CT-0005");
    desk.register.contacts.insert(0, 9);
    let desk = desk.changed();
    assert_eq!(archived(desk).as_deref(), Some("CT-0005"));
}

#[test]
fn on_the_overview_a_new_line_does_not_move_what_d_archives() {
    let mut desk = overview(&[1, 2, 3]).press("j");
    desk.register.attention.insert(0, due(9));
    let desk = desk.changed();
    assert_eq!(archived(desk).as_deref(), Some("AC-0002"));
}

#[test]
fn in_a_history_a_new_event_does_not_move_the_one_that_was_chosen() {
    let mut desk = Desk::new();
    desk.register.events = vec![event(8, 3), event(7, 2)];
    let mut desk = desk.press("2 g h j");
    desk.register.events.insert(0, event(9, 1));
    let desk = desk.changed();
    assert_eq!(desk.selected(), "V-0002");
}

#[test]
fn what_another_took_away_is_neither_archived_nor_edited_nor_followed_by_its_neighbour() {
    let contact = Ref { kind: Kind::Contact, id: 5 };
    let vendor = Ref { kind: Kind::Vendor, id: 3 };
    let mut page = record_page(&[4, 5, 6]).press("Tab j");
    page.register.away.push(contact);
    let mut list = Desk::new().press("2 j j");
    list.register.away.push(vendor);
    let mut overview = overview(&[1, 2, 3]).press("j");
    overview.register.attention.remove(1);
    for (desk, code, next) in
        [(page, "CT-0005", "CT-0006"), (list, "V-0003", "V-0004"), (overview, "AC-0002", "AC-0003")]
    {
        let desk = desk.changed();
        assert_eq!(desk.says(), format!("{code} is gone from here: choose another line."));
        // Also after one more change of somebody.
        let desk = desk.changed().press("d");
        assert_eq!(desk.written(), None);
        assert_eq!(desk.says(), "Not here: nothing is selected.");
        let desk = desk.press("e");
        assert!(desk.state.form.is_none(), "{code}");
        assert_eq!(desk.press("j").selected(), next);
    }
}

#[test]
fn what_one_puts_away_oneself_hands_the_cursor_on() {
    let mut list = Desk::new().press("2 j j d");
    list.register.away.push(Ref { kind: Kind::Vendor, id: 3 });
    let list = done(list);
    assert_eq!(
        (list.selected().as_str(), list.says().as_str()),
        ("V-0004", "V-0003 archived: Vendor 3 (u undoes)")
    );
    let mut overview = overview(&[1, 2, 3]).press("j d");
    overview.register.attention.remove(1);
    let mut overview = done(overview);
    assert_eq!(overview.selected(), "AC-0003");
    // From then on the line is as any other.
    overview.register.attention.remove(1);
    assert_eq!(overview.changed().selected(), "");
}

#[test]
fn esc_leads_out_to_where_one_went_in() {
    let mut desk = Desk::new();
    desk.register.attention = vec![due(1), due(2)];
    let desk = desk.press("1 j Enter Esc");
    assert_eq!(desk.state.place(), Place::Overview);
    assert_eq!(desk.selected(), "AC-0002");
    // Through the contracts of a vendor into one of them, and out again step by step.
    let desk = desk.press("2 j g c j Enter");
    let scope = Some(Ref { kind: Kind::Vendor, id: 2 });
    let desk = desk.press("Esc");
    assert_eq!(desk.state.place(), Place::List(ListKey { kind: Kind::Contract, scope }));
    assert_eq!(desk.selected(), "C-0002");
    let desk = desk.press("Esc");
    assert_eq!(desk.state.place(), Place::List(ListKey { kind: Kind::Vendor, scope: None }));
    // A tab has nothing above it.
    assert_eq!(desk.press("Esc Esc").state.place(), Place::List(ListKey { kind: Kind::Vendor, scope: None }));
}

#[test]
fn an_archived_record_leads_back_to_where_the_list_was() {
    let mut desk = Desk::new().press("2 j j : V - 0 0 0 8 Enter");
    desk.state.card.as_mut().unwrap().record.archived_at = Some("2026-07-26T08:00:00Z".to_owned());
    assert_eq!(desk.press("Esc").selected(), "V-0003");
}

#[test]
fn a_page_that_comes_late_does_not_take_the_cursor_back() {
    let mut desk = Desk::new();
    desk.size_of_list = 1_000;
    // The step down asks for the part around the record below; before it comes one is elsewhere.
    let desk = desk.press("2 PgDn Ctrl-D j j j j j j").slowly().press("j");
    let asked = desk.wanted.iter().any(|effect| matches!(effect, Effect::Read(Slot::List, ..)));
    assert!(asked, "{:?}", desk.wanted);
    assert_eq!(desk.press("g g").catch_up().selected(), "V-0001");
}
