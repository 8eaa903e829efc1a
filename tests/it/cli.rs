//! Records on the command line as scripts see it: words, exit codes, JSON, both languages.

use serde_json::{Value as Json, json};

use crate::support::Desk;

pub(crate) const KINDS: [&str; 12] = [
    "vendor",
    "contract",
    "review",
    "risk",
    "contact",
    "service",
    "action",
    "interaction",
    "kpi",
    "template",
    "template_row",
    "review_row",
];

pub(crate) fn add(desk: &Desk, args: &[&str]) -> Json {
    desk.get(args.iter().copied())
}

pub(crate) fn desk_with_vendor() -> Desk {
    let desk = Desk::new();
    add(&desk, &["vendor", "add", "--name", "腾云数据科技有限公司", "--class", "ito,bpo", "--tags", "a,b"]);
    desk
}

#[test]
fn a_new_record_is_printed_with_its_code_and_version() {
    let desk = Desk::new();
    let said = desk.run(["vendor", "add", "--name", "Acme"]);
    assert_eq!((said.code, said.out.as_str(), said.err.as_str()), (0, "V-0001  Acme\n", ""));
    let record = add(&desk, &["vendor", "add", "--name", "Beta", "--preferred", "yes", "--country", "CN"]);
    assert_eq!(record["kind"], "vendor");
    assert_eq!(record["code"], "V-0002");
    assert_eq!(record["version"], 1);
    assert_eq!(record["archived"], false);
    assert_eq!(record["state"], "prospect");
    assert_eq!(record["preferred"], true);
    assert_eq!(record["tags"], json!([]));
    assert_eq!(record["contacts"], json!([]));
    assert_eq!(record["phone"], Json::Null);
}

#[test]
fn what_wants_a_look_is_said_once_beside_what_was_saved() {
    let desk = Desk::new();
    let said = desk.run(["vendor", "add", "--name", "pay\u{200b}pal"]);
    assert_eq!((said.code, said.out.as_str()), (0, "V-0001  pay<U+200B>pal\n"));
    assert!(
        said.err.starts_with("vendeck: name: Holds a character that cannot be seen (U+200B)."),
        "{}",
        said.err
    );
    let said = desk.run(["vendor", "edit", "V-0001", "--owner", "mei.lin"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""), "the name did not change");
    let said = desk.run(["vendor", "edit", "V-0001", "--name-en", "\u{410}cme", "--lang", "zh"]);
    assert!(said.err.starts_with("vendeck: name_en："), "{}", said.err);
    // Of a list `check` tells, not the import.
    let list = desk.file("a.csv", "name\nＡcme\n");
    let said = desk.run(["import", list.to_str().unwrap(), "--as", "vendors"]);
    assert!(!said.err.contains("full-width"), "{}", said.err);
}

#[test]
fn every_kind_is_listed_added_shown_edited_archived_and_brought_back() {
    let desk = Desk::new();
    let made = [
        ("vendor", vec!["--name", "N"], "--owner"),
        ("contract", vec!["--vendor", "V-0001", "--title", "T", "--value", "390万"], "--owner"),
        ("review", vec!["--vendor", "V-0001", "--period", "2026-Q2"], "--owner"),
        ("risk", vec!["--title", "R", "--vendor", "V-0001", "--inherent", "4x5"], "--owner"),
        ("contact", vec!["--vendor", "V-0001", "--name", "王蕾"], "--role"),
        ("service", vec!["--name", "S"], "--owner"),
        ("action", vec!["--title", "A", "--due-on", "2026-08-01"], "--owner"),
        ("interaction", vec!["--vendor", "V-0001", "--on", "2026-07-01", "--summary", "met"], "--owner"),
        ("kpi", vec!["--name", "K"], "--unit"),
        ("template", vec!["--name", "T"], "--description"),
        ("template_row", vec!["--template", "T", "--kpi", "K-0009", "--weight", "30%"], "--weight"),
        ("review_row", vec!["--review", "PR-0001", "--kpi", "K-0009", "--weight", "500"], "--note"),
    ];
    assert_eq!(made.len(), KINDS.len());
    for (kind, fields, edited) in made {
        let add: Vec<&str> = [kind, "add"].into_iter().chain(fields).collect();
        let record = desk.get(add);
        let code = record["code"].as_str().unwrap().to_owned();
        assert_eq!(record["version"], 1, "{kind}");
        let listed = desk.get([kind, "list"]);
        assert!(listed.as_array().unwrap().iter().any(|row| row["code"] == *code), "{kind}");
        let value = if edited == "--weight" { "20%" } else { "x" };
        let changed = desk.get([kind, "edit", &code, edited, value]);
        assert_eq!(changed["version"], 2, "{kind}");
        assert_eq!(desk.get([kind, "show", &code]), changed, "{kind}");
        assert!(desk.ok([kind, "show", &code]).starts_with(&code), "{kind}");
        assert_eq!(desk.get([kind, "archive", &code])["archived"], true, "{kind}");
        let listed = desk.get([kind, "list"]);
        assert!(listed.as_array().unwrap().iter().all(|row| row["code"] != *code), "{kind}");
        let archived = desk.get([kind, "list", "--archived"]);
        assert_eq!(archived[0]["code"], *code, "{kind}");
        assert_eq!(desk.get([kind, "unarchive", &code])["archived"], false, "{kind}");
        assert!(desk.ok([kind, "list"]).contains(&code), "{kind}");
    }
    assert_eq!(desk.get(["check"]), json!([]));
}

#[test]
fn money_dates_and_links_are_words_of_json() {
    let desk = desk_with_vendor();
    let record = add(
        &desk,
        &[
            "contract",
            "add",
            "--vendor",
            "V-0001",
            "--title",
            "框架",
            "--kind",
            "master",
            "--value",
            "390万",
            "--starts-on",
            "2026-01-01",
            "--term",
            "3y",
            "--notice",
            "60d",
            "--number",
            "0042",
        ],
    );
    assert_eq!(record["value"], json!({ "minor": 390_000_000, "currency": "CNY" }));
    assert_eq!(record["vendor"], "V-0001");
    assert_eq!(record["kind"], "master");
    assert_eq!((&record["starts_on"], &record["term"]), (&json!("2026-01-01"), &json!("36m")));
    assert_eq!(record["number"], "0042");
    assert_eq!(record["last_day"], "2028-12-31");
    let scoped = desk.get(["contract", "list", "--vendor", "V-0001"]);
    assert_eq!(scoped.as_array().unwrap().len(), 1);
}

#[test]
fn a_field_is_cleared_and_lists_take_signs() {
    let desk = desk_with_vendor();
    let record = desk.get(["vendor", "edit", "V-0001", "--tags", "+c,-a", "--class", "-bpo"]);
    assert_eq!(record["tags"], json!(["b", "c"]));
    assert_eq!(record["class"], json!(["ito"]));
    let record = desk.get(["vendor", "edit", "V-0001", "--tags", "", "--class", ""]);
    assert_eq!((&record["tags"], &record["class"]), (&json!([]), &json!([])));
    let record = desk.get(["vendor", "edit", "V-0001", "--tags", "-x,y"]);
    assert_eq!(record["tags"], json!(["-x", "y"]), "words without a sign each are words");
    desk.refuses(2, ["vendor", "edit", "V-0001", "--class", "+xyz"]);
    desk.refuses(2, ["vendor", "edit", "V-0001", "--name", ""]);
    desk.refuses(2, ["vendor", "edit", "V-0001"]);
}

#[test]
fn a_version_that_has_moved_on_is_a_conflict() {
    let desk = desk_with_vendor();
    desk.ok(["vendor", "edit", "V-0001", "--owner", "a", "--if-version", "1"]);
    let said = desk.refuses(3, ["vendor", "edit", "V-0001", "--owner", "b", "--if-version", "1"]);
    assert!(said.contains("V-0001 has moved on to version 2"), "{said}");
    assert_eq!(desk.get(["vendor", "show", "V-0001"])["owner"], "a");
    desk.ok(["vendor", "edit", "V-0001", "--phone", "1"]);
}

#[test]
fn moves_between_states_go_through_their_table() {
    let desk = desk_with_vendor();
    let said = desk.refuses(2, ["vendor", "edit", "V-0001", "--state", "active"]);
    assert!(said.contains("There is no move from Prospect to Active"), "{said}");
    desk.ok(["vendor", "edit", "V-0001", "--state", "in_review", "--owner", "mei.lin"]);
    let said = desk.refuses(2, ["vendor", "edit", "V-0001", "--state", "rejected"]);
    assert!(said.contains("--reason"), "{said}");
    let record = desk.get(["vendor", "edit", "V-0001", "--state", "rejected", "--reason", "no licence"]);
    assert_eq!(record["state"], "rejected");
    let history = desk.get(["history", "V-0001"]);
    assert_eq!(history[0]["reason"], "no licence");
    assert_eq!(history[0]["user"], "mei.lin");
    assert_eq!(
        history[0]["fields"][0],
        json!({ "field": "state", "before": "in_review", "after": "rejected" })
    );
}

#[test]
fn every_wrong_value_names_its_flag_and_nothing_is_written() {
    let desk = Desk::new();
    let said =
        desk.refuses(2, ["vendor", "add", "--name", "x", "--class", "abc", "--tier", "gold", "--json"]);
    assert!(said.contains("--class: “abc” is not one of ito, bpo, kpo."), "{said}");
    assert!(said.contains("--tier: “gold” is not one of"), "{said}");
    let said = desk.refuses(2, ["vendor", "add"]);
    assert!(said.contains("--name: Name is missing"), "{said}");
    let said = desk.refuses(2, ["contract", "add", "--title", "t", "--vendor", "V-0009"]);
    assert!(said.contains("--vendor: There is no Vendor “V-0009”"), "{said}");
    assert_eq!(desk.get(["vendor", "list"]), json!([]));
}

#[test]
fn lists_are_filtered_ordered_and_limited() {
    let desk = Desk::new();
    for name in ["beta", "alpha", "gamma"] {
        desk.ok(["vendor", "add", "--name", name, "--owner", "o"]);
    }
    let names = |args: &[&str]| {
        let rows = desk.get(args.iter().copied());
        rows.as_array().unwrap().iter().map(|r| r["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&["vendor", "list"]), ["alpha", "beta", "gamma"]);
    assert_eq!(names(&["vendor", "list", "--sort", "name:desc", "--limit", "2"]), ["gamma", "beta"]);
    assert_eq!(names(&["vendor", "list", "--sort", "-name", "--limit", "2"]), ["gamma", "beta"]);
    assert_eq!(names(&["vendor", "list", "--sort", "owner,-name"]), ["gamma", "beta", "alpha"]);
    assert_eq!(names(&["vendor", "list", "--filter", "gam"]), ["gamma"]);
    let said = desk.refuses(2, ["vendor", "list", "--sort", "shoe"]);
    assert!(said.contains("cannot be ordered by “shoe”; there are name,"), "{said}");
    let lines = desk.ok(["vendor", "list", "--json-lines"]);
    assert_eq!(lines.lines().count(), 3);
    assert!(lines.lines().all(|line| serde_json::from_str::<Json>(line).unwrap()["version"] == 1));
    desk.ok(["vendor", "edit", "V-0001", "--state", "in_review", "--tags", "it,old", "--reason", "r"]);
    assert_eq!(names(&["vendor", "list", "--filter", "state:in_review"]), ["beta"]);
    assert_eq!(names(&["vendor", "list", "--filter", "!tag:IT o:o"]), ["alpha", "gamma"]);
    assert_eq!(names(&["vendor", "list", "--filter", "负责人：o ！alpha score:none"]), ["beta", "gamma"]);
    assert_eq!(names(&["vendor", "list", "--filter", "!owner:none class:none", "--limit", "1"]), ["alpha"]);
    let said = desk.refuses(2, ["vendor", "list", "--filter", "stat:x"]);
    assert!(said.contains("--filter: stat: “x” is not one of prospect, "), "{said}");
    assert_eq!(names(&["vendor", "list", "--view", "no review YET"]), [""; 0]);
    assert_eq!(names(&["vendor", "list", "--view", "尚无考核", "--filter", "beta"]), [""; 0]);
    let said = desk.refuses(2, ["vendor", "list", "--view", "shoe"]);
    assert!(said.contains("no view “shoe” of Vendors; there are Active, No review yet,"), "{said}");
    let said = desk.refuses(2, ["vendor", "list", "--filter", "owner:"]);
    assert!(said.contains("owner:none"), "{said}");
}

#[test]
fn a_list_is_narrowed_by_every_record_that_is_named() {
    let desk = Desk::new();
    for args in [
        ["vendor", "add", "--name", "Alpha"].as_slice(),
        &["vendor", "add", "--name", "Beta"],
        &["contract", "add", "--title", "Frame", "--vendor", "V-0001"],
        &["risk", "add", "--title", "both", "--vendor", "V-0001", "--contract", "C-0001"],
        &["risk", "add", "--title", "vendor only", "--vendor", "V-0001"],
        &["risk", "add", "--title", "late", "--vendor", "V-0001", "--contract", "C-0001"],
        &["risk", "add", "--title", "another's", "--vendor", "V-0002"],
    ] {
        desk.ok(args);
    }
    let codes = |args: &[&str]| {
        let rows = desk.get(["risk", "list", "--sort", "title"].iter().chain(args).copied());
        rows.as_array()
            .unwrap()
            .iter()
            .map(|row| row["code"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(codes(&["--vendor", "V-0001"]).len(), 3);
    assert_eq!(codes(&["--vendor", "V-0001", "--contract", "C-0001"]), ["RK-0001", "RK-0003"]);
    assert_eq!(codes(&["--contract", "C-0001", "--vendor", "V-0001", "--limit", "1"]), ["RK-0001"]);
    assert!(codes(&["--vendor", "V-0002", "--contract", "C-0001"]).is_empty());
}

#[test]
fn tables_are_aligned_by_width_in_both_scripts() {
    let desk = desk_with_vendor();
    desk.ok(["vendor", "add", "--name", "Acme"]);
    let table = desk.ok(["vendor", "list"]);
    let column = |line: &str| {
        use unicode_width::UnicodeWidthStr;
        line.split_once("Prospect").map(|(before, _)| before.width())
    };
    let places: Vec<_> = table.lines().skip(1).map(column).collect();
    assert_eq!(places.len(), 2, "{table}");
    assert!(places[0].is_some() && places[0] == places[1], "{table}");
}

#[test]
fn anything_is_found_in_two_scripts_and_shown() {
    let desk = desk_with_vendor();
    desk.ok(["contact", "add", "--vendor", "V-0001", "--name", "王蕾", "--phone", "+86 138 1234 5678"]);
    for query in ["腾云", "tengyun", "tysj", "V-0001", "v-0001"] {
        let hits = desk.get(["find", query]);
        assert_eq!(hits[0]["code"], "V-0001", "{query}: {hits}");
        assert_eq!(hits[0]["kind"], "vendor", "{query}");
        assert!(hits[0]["matched"]["field"].is_string() && hits[0]["matched"]["text"].is_string(), "{query}");
    }
    let hits = desk.get(["find", "5678"]);
    assert_eq!((&hits[0]["kind"], &hits[0]["code"]), (&json!("contact"), &json!("V-0001")));
    assert_eq!(desk.get(["show", "5678"])["code"], "V-0001");
    let card = desk.get(["show", "tysj"]);
    assert_eq!(card["contacts"][0]["phone"], "+86 138 1234 5678");
    assert_eq!(card["contacts"][0]["primary"], false);
    let card = desk.ok(["show", "V-0001"]);
    assert!(card.contains("王蕾") && card.contains("+86 138 1234 5678"), "{card}");

    assert_eq!(desk.json(["find", "zzzzqq"]), (json!([]), 1));
    assert_eq!(desk.json(["find", "-x"]), (json!([]), 1));
    let said = desk.refuses(1, ["show", "zzzzqq"]);
    assert!(said.contains("Nothing was found for “zzzzqq”"), "{said}");
    desk.refuses(1, ["vendor", "show", "V-0099"]);
    desk.refuses(2, ["vendor", "show", "C-0001"]);
}

#[test]
fn what_is_due_is_ranked_with_its_consequence() {
    let desk = desk_with_vendor();
    assert_eq!(desk.run(["due", "--exit-code"]).code, 0);
    for (title, end) in [("later", "2026-09-30"), ("late", "2026-07-20"), ("soon", "2026-08-05")] {
        desk.ok([
            "contract",
            "add",
            "--vendor",
            "V-0001",
            "--title",
            title,
            "--state",
            "in_force",
            "--ends-on",
            end,
        ]);
    }
    let (due, code) = desk.json(["due", "--exit-code"]);
    assert_eq!(code, 1);
    let days: Vec<i64> = due.as_array().unwrap().iter().map(|line| line["days"].as_i64().unwrap()).collect();
    assert_eq!(days, [-6, 10, 66]);
    assert_eq!(due[1]["date"], "2026-08-05");
    assert_eq!((&due[1]["code"], &due[1]["kind"]), (&json!("C-0003"), &json!("contract")));
    assert!(due[1]["consequence"].as_str().unwrap().contains("2026-08-05"));
    let within = desk.get(["due", "--within", "30d"]);
    assert_eq!(within.as_array().unwrap().len(), 2);
    let later = desk.get(["due", "--within", "30d", "--today", "2026-09-15"]);
    assert_eq!(later.as_array().unwrap().len(), 3);
    desk.refuses(2, ["due", "--within", "soon"]);
    assert!(desk.ok(["due", "--lang", "zh"]).contains("到期"));
}

#[test]
fn the_overview_has_a_twin_for_programs() {
    let desk = Desk::new();
    for name in ["Alpha", "Beta"] {
        desk.ok(["vendor", "add", "--name", name]);
    }
    let args = ["contract", "add", "--vendor", "V-0001", "--title", "T", "--value", "USD 5"];
    desk.ok(args.iter().chain(&[
        "--state",
        "in_force",
        "--ends-on",
        "2026-08-10",
        "--starts-on",
        "2026-01-01",
    ]));
    let overview = desk.get(["overview"]);
    assert_eq!(overview["counts"]["vendors"], 2);
    assert_eq!(overview["counts"]["in_force"], 1);
    let due = desk.get(["due", "--within", "30d"]);
    assert_eq!(overview["due"], due.as_array().unwrap().len());
    assert_eq!(overview["attention"][0]["code"], due[0]["code"]);
    assert_eq!(overview["attention"][0]["what"], due[0]["what"]);
    assert_eq!(desk.get(["overview", "--lines", "0"])["attention"], serde_json::json!([]));
    let shown = desk.ok(["overview", "--lang", "zh"]);
    assert!(shown.contains("需要关注") && shown.contains("C-0001"), "{shown}");
}

#[test]
fn several_records_are_changed_as_one() {
    let desk = Desk::new();
    for name in ["Alpha", "Beta", "Gamma"] {
        desk.ok(["vendor", "add", "--name", name, "--tags", "old,kept"]);
    }
    let args = ["vendor", "edit", "V-0001", "V-0003", "V-0001", "--owner", "Mei", "--tags", "+new,-old"];
    let said = desk.get(args);
    let codes: Vec<&str> =
        said.as_array().unwrap().iter().map(|record| record["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["V-0001", "V-0003"]);
    assert_eq!(said[1]["tags"], serde_json::json!(["kept", "new"]));
    assert_eq!(desk.get(["show", "V-0002"])["owner"], Json::Null);
    desk.ok(["undo"]);
    assert_eq!(desk.get(["show", "V-0003"])["tags"], serde_json::json!(["old", "kept"]));
    let said = desk.refuses(2, ["vendor", "edit", "V-0001", "V-0099", "--owner", "Mei"]);
    assert!(said.contains("1 of 2 cannot") && said.contains("V-0099"), "{said}");
    assert_eq!(desk.get(["show", "V-0001"])["owner"], Json::Null, "nothing was changed");
    let said = desk.refuses(2, ["vendor", "edit", "V-0001", "V-0002", "--owner", "Mei", "--if-version", "1"]);
    assert!(said.contains("--if-version"), "{said}");
    desk.ok(["vendor", "archive", "V-0001", "V-0002"]);
    assert_eq!(desk.get(["vendor", "list"]).as_array().unwrap().len(), 1);
    desk.ok(["vendor", "unarchive", "V-0001", "V-0002", "V-0003"]);
    assert_eq!(desk.get(["vendor", "list"]).as_array().unwrap().len(), 3);
}
