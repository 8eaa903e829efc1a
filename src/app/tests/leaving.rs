//! What leaves: by the clipboard and as a file.

use super::*;
use crate::app::copy::Way;
use crate::register::export::{Format, Told as ExportTold, View};

#[test]
fn y_offers_what_of_a_record_can_be_copied() {
    let desk = Desk::new().press("2 j y");
    assert!(matches!(desk.state.overlay, Some(Overlay::Menu(_))));
    let desk = desk.press("j Enter");
    assert_eq!(desk.wanted, [Effect::Copy("Vendor 2".to_owned())]);
    assert!(
        desk.state.overlay.is_none() && desk.state.message.is_none(),
        "nothing is said before it is known"
    );
    let desk = desk.tell(Msg::Copied("Vendor 2".to_owned(), Way::Terminal));
    assert_eq!(desk.says(), "Copied by OSC 52: Vendor 2");
    let desk = desk.press("y j j j Enter");
    assert!(
        matches!(desk.wanted.as_slice(), [Effect::Copy(code)] if code.ends_with("-0002")),
        "{:?}",
        desk.wanted
    );
    let desk = desk.tell(Msg::Copied("V-0002".to_owned(), Way::None));
    assert!(matches!(desk.state.overlay, Some(Overlay::Shown(_))), "it can be selected by hand");
    assert!(desk.press("j").state.overlay.is_none());
}

#[test]
fn x_writes_the_list_as_it_is_seen_under_a_name_that_can_be_changed() {
    let desk = Desk::new().press("2 / a l Enter S x");
    assert!(matches!(desk.state.overlay, Some(Overlay::Menu(_))));
    let desk = desk.press("j Enter");
    let Some(Overlay::Command(line)) = &desk.state.overlay else { panic!("no command line") };
    assert_eq!(line.field.text(), "export vendors-2026-07-26.xlsx");
    let desk = desk.press("Enter");
    let list = desk.state.list().unwrap();
    let [Effect::Export(View { path, format, query, columns, .. })] = desk.wanted.as_slice() else {
        panic!("{:?}", desk.wanted)
    };
    assert_eq!((path.as_str(), *format), ("vendors-2026-07-26.xlsx", Format::Xlsx));
    assert_eq!(
        (&query.filter, query.order),
        (
            &list.filter(&desk.state.reading()).asked(),
            list.ask(Anchor::First, 1, &desk.state.reading()).order
        )
    );
    assert_eq!(columns, &Kind::Vendor.table().columns);
    let desk = desk.tell(Msg::Export(ExportTold::Done("a.xlsx".to_owned(), 7)));
    assert_eq!(desk.says(), "7 rows written to a.xlsx");
    let desk = desk.press(": e x p o r t Space a Enter");
    assert!(desk.wanted.is_empty() && desk.says().contains(".csv"), "{}", desk.says());
    assert!(desk.press("1 x").state.overlay.is_none(), "there is no list");
}

#[test]
fn a_filter_that_cannot_be_read_writes_no_file() {
    let desk = Desk::new().press("3 / e n d s : n e v e r Enter x Enter Enter");
    assert!(desk.says().starts_with("Nothing is written while a part of the filter"), "{}", desk.says());
    assert_eq!(desk.wanted, Vec::new());
}
