//! The register of another day, and what was done, in the program.

use vendeck::domain::money::Currency;
use vendeck::entity::Kind;
use vendeck::entity::input::{self, Reading};
use vendeck::register::{Act, Change, Step};
use vendeck::store::{Access, Opening, Store};

use crate::pty::Tty;
use crate::support::Desk;

/// A register in which a vendor was added in March 2026 and renamed today.
fn register(desk: &Desk) -> String {
    let path = desk.path("r.db");
    let opening = Opening {
        path: path.clone(),
        access: Access::Write,
        actor: "mei.lin".to_owned(),
        today: "2026-03-02".parse().unwrap(),
        clock: || "2026-03-02T08:00:00.000Z".to_owned(),
        currency: Currency::CNY,
    };
    let mut store = Store::open(&opening).unwrap();
    let table = Kind::Vendor.table();
    let name = table.field("name").unwrap();
    let reading =
        Reading { today: opening.today, money: vendeck::domain::money::MoneyRules::of_base(Currency::CNY) };
    let fields = vec![(name, input::read(&table.fields[name], "Alpha", &reading).unwrap())];
    let step = Step::Insert { kind: Kind::Vendor, fields, reason: None };
    store.apply(&Change { act: Act::Add, steps: vec![step] }).unwrap();
    drop(store);
    let path = path.to_str().unwrap().to_owned();
    desk.ok(["--db", &path, "vendor", "edit", "V-0001", "--name", "Beta"]);
    desk.ok(["--db", &path, "vendor", "add", "--name", "Gamma"]);
    path
}

#[test]
fn the_register_of_another_day_is_shown_and_left_again() {
    let desk = Desk::new();
    let path = register(&desk);
    let tty = Tty::start(&desk, (100, 30), &["--db", &path], &[]).press("2").sees("Gamma");
    let tty = tty.press("t").sees(":at").press("2026-06-30\r").sees("as of 2026-06-30, read only");
    let tty = tty.sees("Alpha").sees_no("Gamma").press("d").sees("to be read only");
    let tty = tty.press("q").sees("Gamma").sees_no("as of 2026-06-30");
    let tty = tty.press("t2026-01-01\r").sees("The register begins on 2026-03-02");
    tty.press(":q\r").given_back();
}

#[test]
fn what_changed_between_two_days_is_told_on_the_whole() {
    let desk = Desk::new();
    let path = register(&desk);
    let tty = Tty::start(&desk, (100, 30), &["--db", &path], &[]).press("2").sees("Gamma");
    let tty = tty.press("D2026-06-30\r").sees("Changes").sees("Alpha › Beta").sees("V-0002");
    tty.press(":q\r").given_back();
    let told = desk.ok(["--db", &path, "history", "--from", "2026-06-30"]);
    assert!(told.contains("V-0001") && told.contains("V-0002") && !told.contains("T-0001"), "{told}");
    let listed = desk.ok(["--db", &path, "--as-of", "2026-06-30", "vendor", "list"]);
    assert!(listed.contains("Alpha") && !listed.contains("Gamma"), "{listed}");
    let refused = desk.refuses(2, ["--db", &path, "--as-of", "2026-06-30", "vendor", "add", "--name", "X"]);
    assert!(refused.contains("read"), "{refused}");
    assert!(desk.refuses(2, ["--db", &path, "--as-of", "2999-01-01", "vendor", "list"]).contains("--as-of"));
}

#[test]
fn an_act_is_taken_back_out_of_turn_and_what_was_said_is_read_again() {
    let desk = Desk::new();
    let path = register(&desk);
    let env = [("VENDECK_USER", "mei.lin")];
    let tty = Tty::start(&desk, (100, 30), &["--db", &path], &env).press("2").sees("Gamma");
    let tty = tty.press("!").sees("of the register").press("jd").sees("V-0001 archived");
    let tty = tty.press("u").sees("Taken back: edit of V-0001").press("2").sees_no("of the register");
    let tty = tty.press("!").sees("Messages").sees("V-0001 archived: ");
    let tty = tty.press("2").sees_no("Messages").press(":archived\r").sees("Alpha");
    tty.press(":q\r").given_back();
}
