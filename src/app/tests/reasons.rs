//! What is not possible says why, and changes nothing.

use super::*;

#[test]
fn what_works_in_lists_only_says_so_elsewhere() {
    let lists = "This works in a list only: 2 to 5 open one.";
    for keys in ["s", "S", "<", ">", ": 1 2 Enter", ": a r c h i v e d Enter", ": r e v e r s e Enter"] {
        let desk = Desk::new().press("1").press(keys);
        assert_eq!(desk.says(), lists, "{keys}");
        assert_eq!(desk.wanted, Vec::new(), "{keys}");
    }
    let says = "Only a list can be filtered: 2 to 5 open one, Ctrl-P finds anything.";
    assert_eq!(Desk::new().press("1 /").says(), says);
}

#[test]
fn the_ends_of_the_trail_are_told() {
    let desk = Desk::new().press("1 H");
    assert_eq!(desk.says(), "There is nothing to go back to.");
    assert_eq!(desk.press("2 L").says(), "There is nothing to go forward to.");
}

#[test]
fn what_works_elsewhere_only_says_so() {
    for word in ["save", "next-word", "leave", "keep-filter", "choose", "dismiss"] {
        let typed: Vec<String> = word.chars().map(String::from).collect();
        let desk = Desk::new().press(&format!("2 : {} Enter", typed.join(" ")));
        assert_eq!(desk.says(), format!("“{word}” does not work here: ? shows where it does."));
    }
    let desk = Desk::new().press("2 a x Ctrl-P");
    assert_eq!(desk.says(), "Not in a form: Esc leaves it and keeps the draft.");
    assert!(desk.state.overlay.is_none() && desk.state.form.is_some());
}

#[test]
fn a_record_that_is_not_there_is_told_and_leaves_no_empty_page() {
    let mut desk = Desk::new().press("2 j");
    desk.register.missing.push(Ref { kind: Kind::Vendor, id: 9999 });
    let desk = desk.press(": V - 9 9 9 9 Enter");
    assert_eq!(desk.says(), "missing");
    assert_eq!(desk.selected(), "V-0002");
    assert_eq!(desk.press("L").says(), "There is nothing to go forward to.");
}

#[test]
fn a_kind_that_is_not_there_is_told() {
    let desk = Desk::new().press("2 : a d d Space x Enter");
    assert_eq!(desk.says(), "There is no kind of record “x”.");
    assert!(desk.state.form.is_none());
    assert!(Desk::new().press("1 : a d d Space v e n d o r Enter").state.form.is_some());
}

#[test]
fn open_leads_out_of_the_archive_and_into_a_record() {
    let desk = Desk::new().press("2 : a r c h i v e d Enter");
    let shelf = |desk: &Desk| desk.state.list().map(|list| list.shelf);
    assert_eq!(shelf(&desk), Some(Shelves::Archived));
    let desk = desk.press(": o p e n Enter");
    assert_eq!(shelf(&desk), Some(Shelves::Open));
    let desk = desk.press(": o p e n Enter");
    assert!(matches!(desk.state.place(), Place::Record(at) if at.id == 1));
}

#[test]
fn a_key_without_a_meaning_closes_nothing() {
    let desk = Desk::new().press("2 s x");
    assert_eq!(desk.says(), "x: no action here, Esc closes");
    assert!(matches!(desk.state.overlay, Some(Overlay::Menu(_))));
    assert!(desk.press("q").state.overlay.is_none());
}

#[test]
fn nothing_hidden_leaves_by_the_clipboard_a_file_or_the_editor() {
    let hidden = |keys: &str| {
        let desk = Desk::new().press("2 : m a s k Enter");
        assert!(desk.state.masked && desk.says().starts_with("Amounts, notes and contacts are hidden"));
        let desk = desk.press(keys);
        let leaves =
            |effect: &Effect| matches!(effect, Effect::Copy(_) | Effect::Export(_) | Effect::OpenEditor(_));
        assert!(!desk.wanted.iter().any(leaves), "{keys}: {:?}", desk.wanted);
        desk.says()
    };
    for keys in ["y", "x", "E", ": e x p o r t Space a . c s v Enter", "e Shift-Tab Shift-Tab Ctrl-E"] {
        assert!(hidden(keys).starts_with("Not while amounts and contacts are hidden"), "{keys}");
    }
    let shown = Desk::new().press("2 : m a s k Enter : m a s k Enter");
    assert!(!shown.state.masked && shown.says() == "Everything is shown again.");
}

#[test]
fn dates_are_explained_where_there_are_any() {
    let desk = Desk::new().press("2 =");
    assert_eq!(desk.says(), "Only the dates of a contract and the score of a review are explained.");
    let desk = Desk::new().press("3 =");
    let Some(Overlay::Explained(pane)) = &desk.state.overlay else { panic!("{:?}", desk.state.overlay) };
    assert_eq!(pane.code, "C-0001");
    assert!(desk.press("j k q").state.overlay.is_none());
}

#[test]
fn a_score_is_explained_and_bridged_where_there_is_one() {
    for keys in ["4 =", "4 D", "4 : b r i d g e Enter"] {
        let desk = Desk::new().press(keys);
        let Some(Overlay::Explained(pane)) = &desk.state.overlay else {
            panic!("{keys}: {:?}", desk.state.overlay)
        };
        assert_eq!((pane.asks.as_ref(), pane.explained.lines.len()), (None, 1), "{keys}");
        assert!(desk.press("q").state.overlay.is_none());
    }
    let desk = Desk::new().press("2 : b r i d g e Enter");
    assert!(desk.says().contains("Only a review has a score to compare."), "{}", desk.says());
}

#[test]
fn vendors_are_ranked_and_narrowed_and_compared_as_they_are_marked() {
    let asked = |desk: &Desk| match &desk.state.overlay {
        Some(Overlay::Standing(pane)) => pane.asks.clone(),
        other => panic!("{other:?}"),
    };
    let tier = |desk: &Desk| match asked(desk) {
        Request::Rank(among) => among.tier,
        other => panic!("{other:?}"),
    };
    let desk = Desk::new().press("2 B");
    assert_eq!(tier(&desk), None);
    let desk = desk.press("t");
    assert_eq!(tier(&desk).as_deref(), Some("strategic"));
    let desk = desk.press("o p");
    let Request::Rank(among) = asked(&desk) else { panic!() };
    assert_eq!((among.owner.as_deref(), among.period), (Some("mei.lin"), "2026-Q1".parse().ok()));
    let desk = desk.press("o t t t t");
    assert_eq!(tier(&desk), None, "behind the last come all of them again");
    let desk = desk.press("q Space Space b");
    let Request::Compare(vendors) = asked(&desk) else { panic!() };
    assert_eq!(vendors.len(), 2);
    assert!(desk.press("Esc 4 b").says().contains("Vendors are compared in their list"));
}
