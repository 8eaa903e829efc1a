//! The first start, and the tour.

use crate::pty::Tty;
use crate::support::Desk;

const REGISTER: &str = ".local/share/vendeck/register.db";

fn first(desk: &Desk) -> Tty {
    Tty::start(desk, (90, 28), &[], &[]).sees("How do you want to start?")
}

#[test]
fn who_starts_empty_adds_a_vendor_into_a_register_of_his_own() {
    let desk = Desk::new();
    let tty = first(&desk);
    assert!(!desk.path(REGISTER).exists(), "nothing is made before it is chosen");
    let tty = tty.press("L").sees("还没有登记册").press("L").sees("How do you want");
    let tty = tty.press("3").sees("Vendors › New").press("Acme\u{13}").sees("V-0001 saved");
    tty.press(":q\r").given_back();
    assert!(desk.path(REGISTER).exists());
    Tty::start(&desk, (90, 28), &[], &[])
        .sees("NEEDS ATTENTION")
        .press("2")
        .sees("Acme")
        .press(":q\r")
        .given_back();
}

#[test]
fn the_demo_is_thrown_away_and_has_a_tour_that_watches() {
    let desk = Desk::new();
    let tty = first(&desk).press("\r").sees("NEEDS ATTENTION").sees(":tour shows you round");
    let tty = tty.press(":tour\r").sees("Tour 1 of 6").press("2").sees("Tour 2 of 6");
    let tty = tty.press("/state:active\r").sees("Tour 3 of 6").press("\u{10}tysj").sees("Tour 4 of 6");
    let tty = tty.press("\r").sees("Tengyun Data Technology Co., Ltd.").press("e").sees("Tour 5 of 6");
    let tty = tty.press("X\u{13}").sees("Tour 6 of 6").press("u").sees("That was the tour");
    tty.press(":q\r").given_back();
    assert!(!desk.path(REGISTER).exists());
}

#[test]
fn a_path_that_leads_nowhere_is_told_and_a_shared_register_is_opened() {
    let desk = Desk::new();
    let shared = desk.path("shared.db");
    desk.ok(["--db", shared.to_str().unwrap(), "vendor", "add", "--name", "Shared vendor"]);
    let tty = first(&desk).press("4").sees("Path of the register:").press("/nowhere.db\r");
    let tty = tty.sees("There is no file at /nowhere.db").press("\u{1b}").sees_no("Path of the register:");
    let tty = tty.press("4").sees("Path of the register:").press(&format!("{}\r", shared.display()));
    let tty = tty.sees("To open it each time").press("2").sees("Shared vendor");
    tty.press(":q\r").given_back();
    assert!(!desk.path(REGISTER).exists());
}

#[test]
fn a_list_is_imported_at_the_first_start() {
    let desk = Desk::new();
    let list = desk.file("vendors.csv", "name,phone\nAlpha,1\nBeta,2\n");
    let tty =
        first(&desk).press("2").sees("Path of the spreadsheet:").press(&format!("{}\r", list.display()));
    let tty = tty.sees("Alpha");
    tty.press("\u{1b}:q\r").given_back();
}

#[test]
fn a_tour_elsewhere_says_where_it_is() {
    let desk = Desk::new();
    let path = desk.path("r.db");
    let tty = Tty::start(&desk, (90, 28), &["--db", path.to_str().unwrap()], &[]).sees("NEEDS ATTENTION");
    tty.press(":tour\r").sees("The tour walks on demo data").press(":q\r").given_back();
}

#[test]
fn somebody_whom_nothing_names_is_told_once_how_to_say_who_he_is() {
    let desk = Desk::new();
    let register = desk.path("r.db");
    let path = register.to_str().unwrap();
    desk.ok(["--db", path, "vendor", "list"]);
    let nobody = [("USER", ""), ("LOGNAME", "")];
    let tty = Tty::start(&desk, (120, 35), &["--db", path], &nobody).sees("NEEDS ATTENTION");
    let tty = tty.shows("You are called uid-").shows(":me NAME").press("2").sees_no("You are called");
    let tty = tty.press(":me\r").sees("Say who you are").press(":me 王芳\r").sees("You are 王芳");
    tty.press("aAcme\u{13}").sees("V-0001 saved").press(":q\r").given_back();
    assert_eq!(desk.get(["--db", path, "history", "V-0001"])[0]["user"], "王芳");
    desk.file(".config/vendeck/config.toml", "user = \"wang.fang\"\n");
    let tty = Tty::start(&desk, (120, 35), &["--db", path], &nobody).sees("NEEDS ATTENTION");
    assert!(!tty.screen().contains("You are called"), "{}", tty.screen());
    tty.press(":q\r").given_back();
}
