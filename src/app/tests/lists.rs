//! What narrows and orders lists.

use super::*;

/// What the newest question for a list asks of its records.
fn asked(desk: &Desk) -> crate::entity::filter::Asked {
    let mut asks = desk.wanted.iter().rev().filter_map(|effect| match effect {
        Effect::Read(Slot::List, _, Request::Page(query)) => Some(query.filter.clone()),
        _ => None,
    });
    asks.next().expect("nothing was asked")
}

#[test]
fn a_term_that_cannot_be_read_takes_no_part_and_enter_says_why() {
    let desk = Desk::new().press("2 / a l Space o w n r :");
    assert_eq!((asked(&desk).words.as_str(), asked(&desk).wheres.len()), ("al", 0));
    let desk = desk.press("m Enter");
    assert_eq!(desk.says(), "Vendors have no column “ownr”; did you mean owner (Owner)?");
    assert!(!desk.state.is_filtering());
    let desk = desk.press("/ Space s t a t e : a c t");
    assert_eq!((asked(&desk).words.as_str(), asked(&desk).wheres.len()), ("al", 1));
}

#[test]
fn tab_in_a_filter_takes_what_may_follow_and_narrows_at_once() {
    let desk = Desk::new().press("2 / s t Tab");
    assert_eq!(desk.state.list().unwrap().words.text(), "state:");
    let desk = desk.press("Tab Tab Shift-Tab");
    assert_eq!(desk.state.list().unwrap().words.text(), "state:prospect");
    assert_eq!(asked(&desk).wheres.len(), 1);
    assert_eq!(desk.state.place(), Place::List(ListKey { kind: Kind::Vendor, scope: None }));
}

#[test]
fn sort_chosen_again_keeps_what_was_first_as_second() {
    let order = |desk: &Desk| desk.state.list().unwrap().order.write(Kind::Vendor.table());
    let desk = Desk::new().press("2 s j Enter");
    assert_eq!(order(&desk), "category,name");
    let asks = desk.wanted.iter().find_map(|effect| match effect {
        Effect::Read(Slot::List, _, Request::Page(query)) => Some((query.order, query.then)),
        _ => None,
    });
    assert_eq!(asks.map(|(_, then)| then.is_some()), Some(true));
    let desk = desk.press("S");
    assert_eq!(order(&desk), "-category,name");
    let desk = desk.press(">");
    assert_eq!(order(&desk), "state", "beside it there is one key");
    assert_eq!(order(&desk.press("s Enter")), "-state");
}

#[test]
fn a_jump_takes_a_filter() {
    let desk = Desk::new().press(": v e n d o r s Space c l a s s = B P O Enter");
    assert_eq!(asked(&desk).wheres.len(), 1);
    assert_eq!(desk.state.list().unwrap().words.text(), "class=BPO");
}

fn kept(desk: &Desk) -> Option<crate::app::view::OfKind> {
    desk.wanted.iter().rev().find_map(|effect| match effect {
        Effect::KeepViews(Kind::Vendor, of) => Some((**of).clone()),
        _ => None,
    })
}

#[test]
fn what_is_chosen_of_a_list_is_kept() {
    let desk = Desk::new().press("2 s j Enter");
    let order = kept(&desk).unwrap().last.order.unwrap();
    assert_eq!(order.write(Kind::Vendor.table()), "category,name");
    let desk = desk.press("c j Space");
    let shown = kept(&desk).unwrap().last.columns.shown;
    let table = Kind::Vendor.table();
    let keys: Vec<&str> = shown.iter().map(|shown| table.head(shown.column).key).collect();
    assert_eq!(keys, ["name", "state", "score", "change", "risk", "ends"]);
    let desk = desk.press("r");
    assert_eq!(kept(&desk).unwrap().last.columns.shown, []);
    assert!(desk.press("Esc").state.overlay.is_none());
}

#[test]
fn a_column_that_is_not_loaded_is_asked_for() {
    let desk = Desk::new().press("2 c End Up Up Space");
    let extra = desk.wanted.iter().find_map(|effect| match effect {
        Effect::Read(Slot::List, _, Request::Page(query)) => Some(query.extra.clone()),
        _ => None,
    });
    let table = Kind::Vendor.table();
    assert_eq!(extra.unwrap().len(), 1, "{table:?}");
    let rows = &desk.state.list().unwrap().page;
    assert_eq!(rows.extra.len(), 1);
}

#[test]
fn a_list_moves_sideways_where_columns_were_chosen() {
    let says = Desk::new().press("2 ]").says();
    assert_eq!(says, "Nothing moves: the usual columns are shown. c chooses others.");
    let mut desk = Desk::new().press("2 c + + +").press("Esc");
    for _ in 0..30 {
        desk = desk.press("c j J").press("Esc");
    }
    let wide = "+ ".repeat(60);
    let desk = desk.press("c").press(wide.trim()).press("Esc ]");
    assert_eq!(desk.state.list().unwrap().across, 1);
    assert_eq!(desk.press("[ [ [").state.list().unwrap().across, 0);
}

#[test]
fn a_view_is_saved_opened_renamed_and_taken_away() {
    let name = |desk: &Desk| {
        let key = ListKey { kind: Kind::Vendor, scope: None };
        crate::app::views::present(&desk.state, key).map(|view| view.name)
    };
    let desk = Desk::new().press("2 / r i s k : h i g h Enter f s M i n e Enter");
    assert_eq!((desk.says(), name(&desk)), ("View “Mine” saved".to_owned(), Some("Mine".to_owned())));
    assert_eq!(kept(&desk).unwrap().own[0].filter, "risk:high");
    let desk = desk.press("Esc");
    assert_eq!(name(&desk), None, "the list is another now");
    let desk = desk.press("f End G Up Enter");
    assert_eq!(name(&desk).as_deref(), Some("Mine"));
    assert_eq!(asked(&desk).wheres.len(), 1);
    let desk = desk.press("f r X Enter");
    assert_eq!(kept(&desk).unwrap().own[0].name, "MineX");
    let desk = desk.press("t");
    assert_eq!(kept(&desk).unwrap().start.as_deref(), Some("MineX"));
    let desk = desk.press("d");
    assert_eq!(kept(&desk).unwrap().own, []);
    let desk = desk.press("d");
    assert!(desk.says().contains("comes with the program"), "{}", desk.says());
    assert!(desk.press("s Enter").says().contains("needs a name"));
}

#[test]
fn a_list_starts_in_its_start_view_or_as_it_was_left() {
    let mut views = crate::app::view::Views::default();
    let table = Kind::Vendor.table();
    views.of_mut(Kind::Vendor).last.order = crate::entity::Order::read(table, "tier,-score").ok();
    let mut desk = Desk::new();
    desk.state.views = views.clone();
    let desk = desk.press("2");
    assert_eq!(desk.state.list().unwrap().order.write(table), "tier,-score");
    views.of_mut(Kind::Vendor).start = Some("high risk".to_owned());
    let mut desk = Desk::new();
    desk.state.views = views;
    let desk = desk.press("2");
    assert_eq!(desk.state.list().unwrap().words.text(), "risk:>=high");
    assert_eq!(desk.state.list().unwrap().order.write(table), "-risk,name");
}

#[test]
fn views_are_given_as_a_file_and_taken() {
    let desk = Desk::new().press("2 : v i e w s Space e x p o r t Space a . t o m l Enter");
    assert!(
        desk.wanted.iter().any(|effect| matches!(effect, Effect::GiveViews(path, _) if path == "a.toml"))
    );
    let mut others = crate::app::view::Views::default();
    let view = crate::app::view::View { name: "Theirs".to_owned(), ..Default::default() };
    others.save(Kind::Vendor, view);
    let desk = desk.tell(Msg::ViewsTaken(Ok(Box::new(others))));
    assert_eq!(desk.says(), "Views taken in: 1; f shows them.");
    assert_eq!(kept(&desk).unwrap().own[0].name, "Theirs");
    let desk = desk.press(": v i e w s Space t h e i r s Enter");
    assert_eq!(desk.state.list().unwrap().view.as_deref(), Some("Theirs"));
    assert!(desk.press(": v i e w s Space x Enter").says().contains("no view “x”"));
}

/// A folder that holds these names.
fn folder(typed: &str, names: &[&str]) -> Msg {
    let name = |name: &&str| crate::app::command::paths::Name {
        name: name.trim_end_matches('/').to_owned(),
        is_folder: name.ends_with('/'),
    };
    Msg::Listed(crate::app::command::Folder {
        typed: typed.to_owned(),
        names: names.iter().map(name).collect(),
    })
}

fn command_line(desk: &Desk) -> &str {
    match &desk.state.overlay {
        Some(Overlay::Command(line)) => line.field.text(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn tab_goes_on_with_a_path_and_into_a_folder() {
    let desk = Desk::new().press("2 : i m p o r t Space d");
    assert_eq!(desk.wanted, Vec::new(), "the folder is read once");
    let desk = desk.tell(folder("", &["data/", "notes.txt"])).press("Tab");
    assert_eq!(command_line(&desk), "import data/");
    assert_eq!(desk.wanted, [Effect::ListFolder("data/".to_owned())]);
    // What comes late for another folder is not taken.
    let desk = desk.tell(folder("", &["other.csv"])).press("Tab");
    assert_eq!(command_line(&desk), "import data/");
    let desk = desk.tell(folder("data/", &["合同.xlsx", "a b.csv"])).press("Tab");
    assert_eq!(command_line(&desk), "import data/合同.xlsx");
    assert_eq!(command_line(&desk.press("Tab")), "import data/a b.csv");
}

#[test]
fn a_second_export_of_the_day_is_offered_another_name() {
    let desk = Desk::new().press("2 x Enter");
    assert_eq!(desk.wanted, [Effect::ListFolder(String::new())]);
    assert_eq!(command_line(&desk), "export vendors-2026-07-26.csv");
    let there = ["vendors-2026-07-26.csv", "vendors-2026-07-26-2.csv"];
    let desk = desk.tell(folder("", &there));
    assert_eq!(command_line(&desk), "export vendors-2026-07-26-3.csv");
    // What one types oneself is left alone.
    let desk = Desk::new().press("2 x Enter Backspace Backspace Backspace").tell(folder("", &there));
    assert_eq!(command_line(&desk), "export vendors-2026-07-26.");
}

fn mouse(did: crate::app::mouse::Did, x: u16, y: u16) -> Msg {
    Msg::Mouse(crate::app::mouse::Mouse { did, x, y })
}

#[test]
fn the_mouse_chooses_opens_and_scrolls_and_is_deaf_where_something_is_open() {
    use crate::app::mouse::Did::{Click, DoubleClick, WheelDown, WheelUp};
    let desk = || Desk::new().press("2");
    // The first row is below the bar, its rule, and the heads of the list.
    assert_eq!(desk().tell(mouse(Click, 10, 5 + 3)).selected(), "V-0004");
    assert_eq!(desk().tell(mouse(Click, 10, 5 + 30)).selected(), "V-0001", "there is no row");
    assert_eq!(desk().tell(mouse(Click, 110, 5 + 3)).selected(), "V-0001", "that is the card beside");
    assert_eq!(desk().tell(mouse(WheelDown, 10, 9)).selected(), "V-0004");
    assert_eq!(desk().tell(mouse(WheelDown, 10, 9)).tell(mouse(WheelUp, 10, 9)).selected(), "V-0001");
    let open = desk().tell(mouse(Click, 10, 7)).tell(mouse(DoubleClick, 10, 7));
    assert!(matches!(open.state.place(), Place::Record(at) if at.id == 3), "{:?}", open.state.place());
    let risks = crate::app::mouse::tabs(&desk().state)[4].x;
    let there = desk().tell(mouse(Click, risks + 1, 0));
    assert!(matches!(there.state.place(), Place::List(key) if key.kind == Kind::Risk));
    let form = desk().press("e").tell(mouse(Click, 10, 8)).tell(mouse(WheelDown, 10, 8));
    assert!(form.state.form.is_some() && form.selected() == "V-0001");
    let helped = desk().press("?").tell(mouse(Click, risks + 1, 0));
    assert!(matches!(helped.state.place(), Place::List(key) if key.kind == Kind::Vendor));
}
