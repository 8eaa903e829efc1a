//! Lists come in while the program runs: seen first, written on a word, taken back in one step.

use crate::pty::Tty;
use crate::support::Desk;

#[test]
fn a_list_is_looked_at_asked_about_imported_and_taken_back() {
    let desk = Desk::new();
    let register = desk.path("r.db");
    let path = register.to_str().unwrap();
    desk.file(
        "list.csv",
        "合同编号,供应商名称,合同名称,合同金额,签订日期,颜色\n\
         0001,腾云数据,运维,390万,03/04/2026,red\n\
         0002,腾云数据,开发,31.65/MT,05/06/2026,\n",
    );
    let tty = Tty::start(&desk, (120, 35), &["--db", path], &[]).sees("NEEDS ATTENTION");
    let tty = tty.press(":import list.csv\r").sees("can be read in more than one way").sees("颜色");
    // Nothing is written while a question is open.
    let tty = tty.press("\x13").press("l").sees("1 new").sees("line 3: value");
    let look = ["--db", path, "--read-only", "contract", "list"];
    assert_eq!(desk.get(look), serde_json::json!([]), "only looked at");
    let tty = tty.press("\x13").sees("Imported 2 rows").sees("list.rejects.csv");
    let rows = desk.get(look);
    assert_eq!((&rows[0]["number"], &rows[0]["signed_on"]), (&"0001".into(), &"2026-04-03".into()));
    let tty = tty.press("u").sees("Taken back");
    assert_eq!(desk.get(look), serde_json::json!([]));
    tty.press(":q\r").given_back();
}

#[test]
fn keys_are_answered_while_a_long_list_is_tried_and_leaving_it_leaves_nothing() {
    let desk = Desk::new();
    let register = desk.path("r.db");
    let path = register.to_str().unwrap();
    let rows: String = (0..20_000).map(|n| format!("Vendor {n}\n")).collect();
    desk.file("long.csv", format!("name\n{rows}"));
    let tty = Tty::start(&desk, (120, 35), &["--db", path], &[]).sees("NEEDS ATTENTION");
    let tty = tty.press(":import long.csv\r").sees("Trying the rows").press("g").sees("◂ Vendors ▸");
    let tty = tty.press("\x1b").sees("NEEDS ATTENTION");
    // The register is free again at once.
    desk.ok(["--db", path, "vendor", "add", "--name", "Another"]);
    tty.press(":q\r").given_back();
    assert_eq!(desk.get(["--db", path, "vendor", "list"]).as_array().unwrap().len(), 1);
}

#[test]
fn a_file_that_cannot_be_read_is_told() {
    let desk = Desk::new();
    desk.file("x.xlsx", b"PK\x03\x04 and no more");
    let tty = Tty::demo(&desk).press(":import x.xlsx\r").sees("The workbook is damaged");
    let tty = tty.press("\x1b:import nothing.csv\r").sees("nothing.csv cannot be read");
    tty.press("\x1b:q\r").given_back();
}

#[test]
fn a_path_is_gone_on_with_from_what_the_folder_holds() {
    let desk = Desk::new();
    desk.file("lists of 2026/供应商.csv", "name\nAlpha\n");
    desk.file("lists of 2026/.hidden.csv", "");
    let tty = Tty::demo(&desk)
        .press(":import li")
        .sees("lists of 2026/")
        .press("\t")
        .sees(":import lists of 2026/");
    let tty = tty
        .press("gong")
        .shows("lists of 2026/供应商.csv")
        .press("\t")
        .sees(":import lists of 2026/供应商.csv");
    assert!(!tty.screen().contains(".hidden"));
    let tty = tty.press("\r").sees("Import › lists").press("\u{1b}").sees_no("Import › lists");
    let tty = tty.press(":import ~").sees("import ~/").press("\t").sees("~/lists of 2026/");
    tty.press("\u{1b}").sees_no("~/lists").press(":q\r").given_back();
}
