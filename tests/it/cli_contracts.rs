//! The dates of contracts from the command line: what the terms give, and how.

use serde_json::{Value as Json, json};

use crate::support::{Desk, data};

/// A desk with a contract of these terms, and its dates as they are shown on a day.
fn dates_of(terms: &[&str], today: &str) -> (Desk, Json) {
    let desk = Desk::new();
    desk.ok(["vendor", "add", "--name", "Alpha"]);
    desk.ok(["contract", "add", "--vendor", "V-0001", "--title", "T"].iter().chain(terms));
    let shown = desk.get(["contract", "show", "C-0001", "--today", today]);
    let dates = shown["dates"].clone();
    (desk, dates)
}

/// The terms of a contract, the day it is looked at, and some of its dates then.
type Case = (&'static [&'static str], &'static str, Vec<(&'static str, Json)>);

#[test]
fn the_threads_of_another_program_come_out_right() {
    let cases: [Case; 4] = [
        (
            &[
                "--starts-on",
                "2020-08-01",
                "--term",
                "36m",
                "--renewal",
                "auto",
                "--renewal-term",
                "12m",
                "--notice",
                "3m",
            ],
            "2023-10-31",
            vec![
                ("boundary", json!("2024-08-01")),
                ("last_day", json!("2024-07-31")),
                ("cancel_by_calendar", json!("2024-05-01")),
                ("term_index", json!(1)),
                ("badge", json!("in_term")),
            ],
        ),
        (
            &[
                "--starts-on",
                "2024-08-28",
                "--term",
                "12m",
                "--renewal",
                "auto",
                "--renewal-term",
                "12m",
                "--notice",
                "2m",
            ],
            "2026-02-11",
            vec![
                ("boundary", json!("2026-08-28")),
                ("cancel_by_calendar", json!("2026-06-28")),
                ("cancel_by", json!("2026-06-26")),
                ("send_by", json!("2026-06-26")),
            ],
        ),
        (
            &["--starts-on", "2018-09-27", "--term", "36m", "--notice", "3m", "--warn", "21d"],
            "2019-01-01",
            vec![
                ("boundary", json!("2021-09-27")),
                ("cancel_by_calendar", json!("2021-06-27")),
                ("warn_on", json!("2021-06-06")),
                ("earliest_end", Json::Null),
            ],
        ),
        (
            &["--starts-on", "2015-01-01", "--term", "60m", "--renewal", "auto", "--renewal-term", "12m"],
            "2021-06-01",
            vec![("boundary", json!("2022-01-01")), ("term_index", json!(2))],
        ),
    ];
    for (terms, today, wanted) in cases {
        let (desk, dates) = dates_of(terms, today);
        for (key, value) in wanted {
            assert_eq!(dates[key], value, "{terms:?} {key}");
        }
        let explained = desk.get(["contract", "explain", "C-0001", "--today", today]);
        let steps = explained["steps"].as_array().unwrap();
        let told = |key: &str| steps.iter().rev().find(|step| step["date"] == key).map(|step| &step["day"]);
        for key in ["boundary", "last_day", "cancel_by_calendar", "cancel_by", "send_by", "decide_by"] {
            assert_eq!(told(key), Some(&dates[key]), "{terms:?} {key}");
        }
        assert!(steps.iter().all(|step| step["rule"].as_str().is_some_and(|rule| !rule.is_empty())));
    }
}

#[test]
fn dates_come_from_the_terms_in_every_state() {
    let terms = ["--starts-on", "2026-01-01", "--term", "12m", "--renewal", "evergreen", "--notice", "20bd"];
    let (desk, dates) = dates_of(&terms, "2026-09-28");
    assert_eq!(dates["boundary"], Json::Null);
    assert_eq!(dates["earliest_end"], "2026-10-26");
    desk.ok(["contract", "edit", "C-0001", "--calendar", "cn"]);
    let show = |today: &str| desk.get(["contract", "show", "C-0001", "--today", today])["dates"].clone();
    // 1 to 7 October are free, 10 October is worked.
    assert_eq!(show("2026-09-28")["earliest_end"], "2026-10-30");
    desk.ok(["contract", "edit", "C-0001", "--state", "cancelled", "--reason", "never begun"]);
    assert_eq!(show("2026-09-28")["earliest_end"], "2026-10-30");
    assert_eq!(show("2026-09-28")["badge"], Json::Null);
    let explained = desk.get(["contract", "explain", "C-0001", "--today", "2026-09-28"]);
    assert!(explained["notes"][0].as_str().unwrap().starts_with("The contract is closed"), "{explained}");
    let none = desk.get(["contract", "add", "--vendor", "V-0001", "--title", "Open"])["dates"].clone();
    assert!(none.as_object().unwrap().values().all(Json::is_null), "{none}");
    assert!(desk.get(["vendor", "show", "V-0001"]).get("dates").is_none());
}

#[test]
fn an_explanation_is_told_in_both_languages() {
    let terms = [
        "--starts-on",
        "2024-01-31",
        "--term",
        "1m",
        "--renewal",
        "auto",
        "--renewal-term",
        "1m",
        "--calendar",
        "cn",
    ];
    let (desk, dates) = dates_of(&terms, "2027-02-10");
    assert_eq!(dates["boundary"], "2027-02-28");
    let english = desk.ok(["contract", "explain", "C-0001", "--today", "2027-02-10"]);
    assert!(english.contains("1 month + 36 × 1 month, counted from the start at once"), "{english}");
    assert!(english.contains("The calendar cn has no data for 2027"), "{english}");
    let chinese = desk.ok(["contract", "explain", "C-0001", "--today", "2027-02-10", "--lang", "zh"]);
    assert!(chinese.contains("自开始日期一次推算") && chinese.contains("没有 2027 年"), "{chinese}");
    let said = desk.refuses(1, ["contract", "explain", "C-0009"]);
    assert!(said.contains("C-0009"), "{said}");
    let said = desk.refuses(2, ["contract", "edit", "C-0001", "--calendar", "mars"]);
    assert!(said.contains("weekends, cn"), "{said}");
}

#[test]
fn what_was_taken_back_is_told_by_its_own_name() {
    let desk = Desk::new();
    desk.ok(["vendor", "add", "--name", "Alpha", "--country", "cn"]);
    assert_eq!(desk.get(["show", "V-0001"])["country"], "CN");
    desk.ok(["vendor", "archive", "V-0001"]);
    desk.ok(["undo"]);
    let told = desk.ok(["history", "V-0001"]);
    assert!(told.contains("undo archive") && !told.contains("undo unarchive"), "{told}");
    let said = desk.refuses(2, ["vendor", "edit", "V-0001", "--state", "active", "--lang", "zh"]);
    assert!(said.contains("准入评审") && !said.contains("in_review"), "{said}");
}

/// A contract of 36 months that renews for twelve.
const CLOUD: [&str; 16] = [
    "--title",
    "Cloud",
    "--starts-on",
    "2023-10-01",
    "--term",
    "36m",
    "--renewal",
    "auto",
    "--renewal-term",
    "12m",
    "--notice",
    "60d",
    "--value",
    "CNY 3900000",
    "--state",
    "in_force",
];

#[test]
fn the_timeline_has_a_twin_with_the_same_numbers() {
    let (desk, _) = dates_of(&CLOUD[2..], "2026-07-26");
    for (title, end) in [("Later", "2027-09-30"), ("Lapsed", "2026-07-20")] {
        let terms = ["--state", "in_force", "--ends-on", end];
        desk.ok([&["contract", "add", "--vendor", "V-0001", "--title", title][..], &terms].concat());
    }
    desk.ok(["contract", "add", "--vendor", "V-0001", "--title", "Endless"]);
    let list = ["contract", "list", "--view", "renewals", "--today", "2026-07-26"];
    let found = desk.get(list);
    let of = |at: usize, key: &str| found[at]["timeline"][key].clone();
    let column = |key: &str| (0..4).map(|at| of(at, key)).collect::<Vec<_>>();
    assert_eq!(Json::from(column("urgency")), json!(["now", "now", "later", "never"]));
    assert_eq!(Json::from(column("act_in_days")), json!([-6, 5, 431, null]));
    assert_eq!(of(1, "act_by"), "2026-07-31");
    assert_eq!(of(1, "renews_to"), "2027-09-30");
    assert_eq!(of(1, "price"), json!({ "minor": 130_000_000, "currency": "CNY" }));
    let says = "Give notice by 2026-07-31 or it renews to 2027-09-30, 12 months for CNY 1,300,000.00.";
    assert_eq!(of(1, "consequence"), says);
    assert_eq!(of(2, "price"), Json::Null, "what does not renew by itself has no next term");
    let printed = desk.ok(list);
    assert!(printed.contains(says) && printed.contains("Late or now"), "{printed}");
    let chinese = desk.ok([&list[..], &["--lang", "zh"]].concat());
    assert!(chinese.contains("续约至 2027-09-30，12 个月，计 CNY 1,300,000.00"), "{chinese}");
    let due = desk.get(["due", "--today", "2026-07-26"]);
    assert!(due.as_array().unwrap().iter().any(|line| line["consequence"] == says), "{due}");
    let plain = desk.get(["contract", "list", "--today", "2026-07-26"]);
    assert!(plain[0].get("timeline").is_none(), "only where it was asked for");
}

/// Dates are civil: the same whatever the clock of the machine says of the hour, and where a list names
/// no end nothing is due.
#[test]
fn the_dates_of_a_citys_contracts_are_those_of_its_list_in_every_time_zone() {
    let Some(list) = data("real/toronto_noncompetitive_2026-08-22.csv") else { return };
    let mut reader = csv::Reader::from_path(&list).unwrap();
    let at = reader.headers().unwrap().iter().position(|head| head == "Contract Date").unwrap();
    let mut written: Vec<String> = reader.records().map(|row| row.unwrap()[at].trim().to_owned()).collect();
    written.sort();
    for zone in ["UTC", "Asia/Shanghai", "America/St_Johns", "Pacific/Kiritimati", "Pacific/Pago_Pago"] {
        let desk = Desk::new();
        let run = |args: &[&str]| {
            let out = desk.command().env("TZ", zone).args(args).arg("--json").output().unwrap();
            serde_json::from_slice::<Json>(&out.stdout).unwrap()
        };
        let path = list.to_str().unwrap();
        let told = run(&["import", path, "--as", "contracts", "--currency", "CAD", "--key", "_id"]);
        assert_eq!((&told["imported"], &told["rejected"]), (&json!(written.len()), &json!(0)), "{zone}");
        let contracts = run(&["contract", "list", "--limit", "20000"]);
        let of = |contract: &Json| contract["signed_on"].as_str().unwrap_or_default().to_owned();
        let mut read: Vec<String> = contracts.as_array().unwrap().iter().map(of).collect();
        read.sort();
        assert_eq!(read, written, "{zone}");
        assert_eq!(run(&["due"]), json!([]), "{zone}: none of them names an end");
    }
}

#[test]
fn why_a_contract_ends_is_said_as_it_is() {
    let (desk, _) = dates_of(&CLOUD[2..], "2026-07-26");
    let says = || desk.get(["due", "--today", "2026-07-26"])[0]["consequence"].as_str().unwrap().to_owned();
    let act =
        |args: &[&str]| desk.ok([&["contract", "do", "C-0001"], args, &["--today", "2026-07-26"]].concat());
    act(&["notice", "--notice-method", "letter"]);
    assert_eq!(says(), "Ends on 2026-09-30: notice was given on 2026-07-26.");
    act(&[
        "terminate",
        "--end-reason",
        "terminated_mutual",
        "--terminated-on",
        "2026-08-15",
        "--reason",
        "agreed",
    ]);
    assert_eq!(says(), "Ends on 2026-08-15, as was decided.");
}
