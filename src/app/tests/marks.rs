//! Marks, and what is done with them.

use super::*;
use crate::register::{Bulk, Does, Misfit, Misfits, New, Shelf, Unfit};

fn marked(desk: &Desk) -> Vec<i64> {
    desk.state.list().unwrap().marks.ids()
}

fn sent(desk: &Desk) -> Bulk {
    desk.bulk().expect("nothing was sent").1
}

/// Answers the act on many that was sent.
fn answered(desk: Desk, result: impl FnOnce(&Bulk) -> Result<Saved, Refusal>) -> Desk {
    let (ticket, bulk) = desk.bulk().expect("nothing was sent");
    let result = result(&bulk);
    desk.tell(Msg::Written(ticket, result))
}

fn all_done(bulk: &Bulk) -> Saved {
    let records = bulk.ids.iter().map(|id| Ref { kind: bulk.kind, id: *id }).collect();
    Saved { change: Some(9), records, doubts: Vec::new() }
}

#[test]
fn space_marks_and_goes_on_and_esc_clears() {
    let desk = Desk::new().press("2 Space Space j Space k Space");
    assert_eq!((marked(&desk), desk.selected()), (vec![1, 2], "V-0005".to_owned()), "the second unmarks");
    let desk = desk.press("k k k k Space");
    assert_eq!(marked(&desk), [2], "the first lost its mark");
    let desk = desk.press("Esc");
    assert_eq!(marked(&desk), Vec::<i64>::new());
}

#[test]
fn a_range_follows_the_cursor_until_it_is_ended() {
    let desk = Desk::new().press("2 j v j j");
    assert_eq!(marked(&desk), [2, 3, 4]);
    let desk = desk.press("k k k");
    assert_eq!(marked(&desk), [1, 2]);
    let desk = desk.press("v G");
    assert_eq!(marked(&desk), [1, 2], "it was ended");
    let desk = desk.press("v k Esc");
    assert_eq!(marked(&desk), [1, 2], "Esc takes the open range away");
}

#[test]
fn a_range_over_what_is_not_loaded_is_asked_for() {
    let mut desk = Desk::new();
    desk.size_of_list = 5_000;
    let desk = desk.press("2 j v G");
    assert_eq!((marked(&desk).len(), desk.selected()), (4_999, "V-5000".to_owned()));
    let desk = desk.press("Home");
    assert_eq!(marked(&desk), [1, 2]);
}

#[test]
fn an_act_waits_for_the_marks_it_is_for() {
    let mut desk = Desk::new();
    desk.size_of_list = 5_000;
    let desk = desk.press("2").press_ahead("* d");
    let Some(Overlay::Confirm(confirm)) = &desk.state.overlay else { panic!("{:?}", desk.state.overlay) };
    assert_eq!(confirm.bulk.ids.len(), 5_000);
}

#[test]
fn esc_gives_up_what_is_being_marked() {
    let mut desk = Desk::new();
    desk.size_of_list = 5_000;
    let desk = desk.press("2 Space").slowly().press("*").press("Esc").catch_up();
    assert_eq!(marked(&desk), [1], "what was marked before stays");
    let desk = desk.press("/ x Enter").slowly().press("*");
    let key = ListKey { kind: Kind::Vendor, scope: None };
    let mut desk = desk;
    desk.state.list_mut(key).words.set("y");
    assert_eq!(marked(&desk.catch_up()), [1], "another filter is seen by now");
}

#[test]
fn all_of_the_filter_are_marked_and_again_none() {
    let desk = Desk::new().press("2 *");
    assert_eq!(marked(&desk).len(), 10);
    let desk = desk.press("Space");
    assert_eq!(marked(&desk).len(), 9);
    let desk = desk.press("* *");
    assert_eq!(marked(&desk).len(), 0);
    let desk = desk.press("/ o w n r : x Enter *");
    assert!(desk.says().starts_with("Nothing is marked while"), "{}", desk.says());
    assert_eq!(marked(&desk).len(), 0);
}

#[test]
fn marks_outlive_a_filter_and_an_order() {
    let desk = Desk::new().press("2 Space Space / x Enter S");
    assert_eq!(marked(&desk), [1, 2]);
    assert_eq!(marked(&desk.press("Esc")), Vec::<i64>::new(), "marks go before the filter");
}

#[test]
fn what_is_marked_is_archived_at_once() {
    let desk = Desk::new().press("2 Space Space d");
    let act = sent(&desk);
    assert_eq!((act.ids.as_slice(), &act.does), (&[1, 2][..], &Does::Shelve(Shelf::Archive)));
    assert_eq!((act.shelf, act.unfit), (Some(Shelves::Open), Unfit::Refuse));
    let desk = answered(desk, |bulk| Ok(all_done(bulk)));
    assert_eq!((desk.says(), marked(&desk)), ("2 archived, u undoes".to_owned(), Vec::new()));
}

#[test]
fn twenty_are_counted_first() {
    let mut desk = Desk::new();
    desk.size_of_list = 20;
    let desk = desk.press("2 * d");
    assert_eq!(desk.bulk(), None);
    let desk = desk.press("y Enter");
    assert_eq!(desk.bulk(), None, "{}", desk.says());
    assert!(desk.says().starts_with("Type 20"), "{}", desk.says());
    let sent_off = desk.press("Backspace 2 0 Enter");
    assert_eq!(sent(&sent_off).ids.len(), 20);
    assert_eq!(sent_off.says(), "Copying the register first…");
    assert!(sent_off.state.overlay.is_none());
    let mut desk = Desk::new();
    desk.size_of_list = 20;
    let desk = desk.press("2 * d 2 0 Esc");
    assert_eq!((desk.bulk(), desk.state.overlay.is_none(), marked(&desk).len()), (None, true, 20));
    let desk = Desk::new().press("2 * d");
    assert!(desk.bulk().is_some(), "ten are not");
}

#[test]
fn tags_and_an_owner_are_given_by_command() {
    let desk = Desk::new().press("2 Space Space T");
    let Some(Overlay::Command(line)) = &desk.state.overlay else { panic!() };
    assert_eq!(line.field.text(), "tag ");
    let desk = desk.press("+ 重 , - b Enter");
    let Does::Edit { fields, .. } = sent(&desk).does else { panic!() };
    let (place, New::Words(changes)) = &fields[0] else { panic!("{fields:?}") };
    assert_eq!(Kind::Vendor.table().fields[*place].key, "tags");
    assert_eq!(changes.iter().map(ToString::to_string).collect::<Vec<_>>(), ["+重", "-b"]);
    let desk = Desk::new().press("2 j A 李 Enter");
    let act = sent(&desk);
    assert_eq!(act.ids, [2], "without marks it is the record under the cursor");
    let says = answered(desk, |bulk| Ok(all_done(bulk))).says();
    assert_eq!(says, "V-0002 saved: Vendor 2 (u undoes)");
}

#[test]
fn a_form_for_several_changes_what_is_filled_in() {
    let desk = Desk::new().press("2 Space Space e");
    let form = desk.state.form.as_ref().unwrap();
    assert!(form.fields.iter().all(|field| field.input.text().is_empty()), "nothing is filled in");
    let name = |at: usize| Kind::Vendor.table().fields.get(at).map_or("", |meta| meta.key);
    let owner = form.fields.iter().position(|field| name(field.at) == "owner").unwrap();
    let tags = form.fields.iter().position(|field| name(field.at) == "tags").unwrap();
    let desk = desk.press("Down ".repeat(owner).trim_end()).press("M e i");
    let way = tags.abs_diff(owner);
    let key = if tags > owner { "Tab " } else { "Shift-Tab " };
    let desk = desk.press(key.repeat(way).trim_end()).press("- Ctrl-S");
    let Does::Edit { fields, .. } = sent(&desk).does else { panic!() };
    let said: Vec<(&str, &New)> = fields.iter().map(|(at, new)| (name(*at), new)).collect();
    assert!(said.contains(&("owner", &New::Value(Value::Text("Mei".to_owned()).into()))), "{said:?}");
    assert!(said.contains(&("tags", &New::Value(Value::Null.into()))), "{said:?}");
    assert_eq!(said.len(), 2);
    let desk = answered(desk, |bulk| Ok(all_done(bulk)));
    assert!(desk.state.form.is_none());
    assert_eq!((desk.says(), marked(&desk)), ("2 changed, u undoes".to_owned(), vec![1, 2]));
}

#[test]
fn a_name_that_all_need_is_not_emptied() {
    let desk = Desk::new().press("2 Space Space e - Ctrl-S");
    assert_eq!(desk.bulk(), None);
    assert!(desk.state.form.as_ref().unwrap().fields[0].error.is_some());
    let desk = desk.press("Ctrl-X Ctrl-S");
    assert_eq!((desk.says().as_str(), desk.state.form.is_none()), ("Nothing was changed.", true));
}

#[test]
fn a_field_of_words_is_emptied_like_the_others() {
    let desk = Desk::new().press("2 Space Space e");
    let form = desk.state.form.as_ref().unwrap();
    let place = |key: &str| {
        let at = Kind::Vendor.table().field(key).unwrap();
        form.fields.iter().position(|field| field.at == at).unwrap()
    };
    let (class, tier) = (place("class"), place("tier"));
    assert!(class < tier);
    let desk = desk.press("Down ".repeat(class).trim_end()).press("-");
    let desk = desk.press("Down ".repeat(tier - class).trim_end()).press("- Ctrl-S");
    let Does::Edit { fields, .. } = sent(&desk).does else { panic!() };
    assert_eq!(fields.len(), 2);
    assert!(fields.iter().all(|(_, new)| *new == New::Value(Value::Null.into())), "{fields:?}");
}

#[test]
fn a_draft_for_several_goes_on_with_what_is_marked_then() {
    let desk = Desk::new().press("2 Space e M Esc");
    let draft = desk.state.drafts[0].clone();
    assert_eq!(draft.form.code, "*");
    let desk = desk.press("Esc Space j Space e");
    let form = desk.state.form.as_ref().unwrap();
    assert_eq!((form.fields[0].input.text(), form.many.as_ref().unwrap().ids.len()), ("M", 2));
    assert!(desk.says().starts_with("This was typed for V-0001:"), "{}", desk.says());
    let later = Desk::of(vec![draft]).press("Enter");
    assert!(later.says().starts_with("Mark the records"), "{}", later.says());
    assert_eq!(later.state.place(), Place::List(ListKey { kind: Kind::Vendor, scope: None }));
    assert_eq!(later.state.drafts.len(), 1, "it is still there");
}

#[test]
fn those_that_cannot_are_shown_and_can_be_left_out() {
    let why = crate::texts::text("no", "不");
    let misfit = Misfit { at: Ref { kind: Kind::Vendor, id: 2 }, name: "B".to_owned(), why: why.into() };
    let misfits = Misfits { of: 2, count: 1, first: vec![misfit] };
    let desk = Desk::new().press("2 Space Space d");
    let desk = answered(desk, |_| Err(Refusal::Misfits(misfits.clone())));
    assert!(matches!(desk.state.overlay, Some(Overlay::Misfits(_))));
    let desk = desk.press("Enter");
    assert_eq!(sent(&desk).unfit, Unfit::LeaveOut);
    let none = Misfits { of: 1, count: 1, ..misfits };
    let desk = answered(desk, |_| Err(Refusal::Misfits(none)));
    let desk = desk.press("Enter");
    assert_eq!((desk.bulk(), desk.says().as_str()), (None, "None is left to do it to: Esc closes."));
    assert_eq!(marked(&desk.press("Esc")), [1, 2]);
}

#[test]
fn a_form_for_several_that_is_refused_keeps_what_was_typed() {
    let why = crate::texts::text("no", "不");
    let misfit = Misfit { at: Ref { kind: Kind::Vendor, id: 2 }, name: "B".to_owned(), why: why.into() };
    let misfits = Misfits { of: 2, count: 1, first: vec![misfit] };
    let desk = Desk::new().press("2 Space Space e X Ctrl-S");
    assert!(desk.state.is_saving());
    let desk = answered(desk, |_| Err(Refusal::Misfits(misfits))).press("Esc");
    assert_eq!(desk.state.form.as_ref().unwrap().fields[0].input.text(), "X");
    assert!(!desk.state.is_saving());
}

#[test]
fn what_is_marked_is_exported_whatever_the_filter_shows() {
    let desk = Desk::new().press("2 Space j Space / x Enter : e x p o r t Space a . c s v Enter");
    let view = desk.wanted.iter().find_map(|effect| match effect {
        Effect::Export(view) => Some(view),
        _ => None,
    });
    let view = view.unwrap();
    assert_eq!((view.only.as_deref(), view.query.filter.words.as_str()), (Some(&[1, 3][..]), ""));
}

#[test]
fn marked_rows_are_copied_as_far_as_they_are_seen() {
    let copied = |desk: &Desk| {
        desk.wanted.iter().find_map(|effect| match effect {
            Effect::Copy(text) => Some(text.clone()),
            _ => None,
        })
    };
    let desk = Desk::new().press("2 Space j Space y Enter");
    assert_eq!(copied(&desk).as_deref(), Some("V-0001\tVendor 1\nV-0003\tVendor 3"));
    let mut desk = Desk::new();
    desk.size_of_list = 5_000;
    let desk = desk.press("2 Space G y Enter");
    assert_eq!(copied(&desk), None);
    assert!(desk.says().ends_with("x writes them to a file."), "{}", desk.says());
}

#[test]
fn nothing_is_marked_outside_lists_and_nothing_done_that_cannot_be() {
    let desk = Desk::new().press("2 Enter Space");
    assert_eq!(desk.says(), "This works in a list only: 2 to 5 open one.");
    let desk = Desk::new().press(": c o n t a c t s Enter Space T");
    assert_eq!(desk.says(), "Contacts have no field “tags”.");
}

#[test]
fn what_was_put_away_is_an_action_of_lists() {
    let desk = Desk::new().press("2 : a r c h i v e d Enter");
    assert_eq!(desk.state.list().unwrap().shelf, Shelves::Archived);
    assert_eq!(desk.press("Esc").state.list().unwrap().shelf, Shelves::Open);
    assert!(Desk::new().press(": a r c h i v e d Enter").says().starts_with("This works in a list only"));
}
