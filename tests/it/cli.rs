//! The command line as scripts see it: words, exit codes, JSON, both languages, hostile text.

use serde_json::{Value as Json, json};

use crate::support::Desk;

const KINDS: [&str; 12] = [
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

fn add(desk: &Desk, args: &[&str]) -> Json {
    desk.get(args.iter().copied())
}

fn desk_with_vendor() -> Desk {
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
        ("template_row", vec!["--template", "T-0002", "--kpi", "K-0009", "--weight", "30%"], "--weight"),
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
    assert_eq!(names(&["vendor", "list", "--filter", "gam"]), ["gamma"]);
    let said = desk.refuses(2, ["vendor", "list", "--sort", "shoe"]);
    assert!(said.contains("cannot be ordered by “shoe”; there are name,"), "{said}");
    let lines = desk.ok(["vendor", "list", "--json-lines"]);
    assert_eq!(lines.lines().count(), 3);
    assert!(lines.lines().all(|line| serde_json::from_str::<Json>(line).unwrap()["version"] == 1));
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
fn a_change_is_taken_back_and_brought_back_by_another_run() {
    let desk = desk_with_vendor();
    desk.ok(["vendor", "edit", "V-0001", "--owner", "x"]);
    assert_eq!(desk.get(["undo"])["turn"], "undone");
    assert_eq!(desk.get(["vendor", "show", "V-0001"])["owner"], Json::Null);
    assert_eq!(desk.get(["redo"])["records"], json!(["V-0001"]));
    assert_eq!(desk.get(["vendor", "show", "V-0001"])["owner"], "x");
    desk.refuses(2, ["redo"]);
    desk.refuses(2, ["undo", "--user", "somebody.else"]);
    assert_eq!(desk.get(["history", "V-0001", "--limit", "2"]).as_array().unwrap().len(), 2);
    desk.refuses(2, ["history", "nonsense"]);
}

#[test]
fn a_backup_is_private_whole_and_restored() {
    use std::os::unix::fs::PermissionsExt;
    let desk = desk_with_vendor();
    let backup = desk.path("b.db");
    let backup = backup.to_str().unwrap();
    assert_eq!(desk.get(["backup", backup])["path"], backup);
    assert_eq!(std::fs::metadata(backup).unwrap().permissions().mode() & 0o777, 0o600);
    desk.refuses(7, ["backup", backup]);
    desk.ok(["vendor", "add", "--name", "later"]);
    let restored = desk.get(["restore", backup]);
    assert!(std::path::Path::new(restored["kept"].as_str().unwrap()).exists());
    assert_eq!(desk.get(["vendor", "list"]).as_array().unwrap().len(), 1);
    assert_eq!(desk.get(["check"]), json!([]));
    desk.refuses(5, ["restore", desk.file("text", "no register").to_str().unwrap()]);
    assert_eq!(desk.get(["vendor", "list"]).as_array().unwrap().len(), 1);
}

#[test]
fn what_is_no_register_is_refused_and_left_as_it_is() {
    let desk = Desk::new();
    let folder = desk.path("folder");
    std::fs::create_dir(&folder).unwrap();
    for (name, content) in [("empty", ""), ("text", "hello, world\n")] {
        let path = desk.file(name, content);
        desk.refuses(5, ["--db", path.to_str().unwrap(), "vendor", "list", "--json"]);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), content);
    }
    desk.refuses(5, ["--db", folder.to_str().unwrap(), "find", "x"]);
    desk.refuses(7, ["--db", "missing.db", "--read-only", "vendor", "list"]);
    assert!(!desk.path("missing.db").exists());
}

#[test]
fn a_register_of_a_newer_program_is_refused() {
    let desk = desk_with_vendor();
    let path = desk.path("b.db");
    desk.ok(["backup", path.to_str().unwrap()]);
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[60..64].copy_from_slice(&9_000_i32.to_be_bytes());
    std::fs::write(&path, &bytes).unwrap();
    let said = desk.refuses(6, ["--db", path.to_str().unwrap(), "vendor", "list"]);
    assert!(said.contains("made by a newer vendeck"), "{said}");
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}

#[test]
fn damaged_pages_are_found_and_a_backup_put_in_their_place() {
    let desk = desk_with_vendor();
    let (register, backup) = (desk.path("r.db"), desk.path("b.db"));
    for path in [&register, &backup] {
        desk.ok(["backup", path.to_str().unwrap()]);
    }
    let mut bytes = std::fs::read(&register).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..].fill(0x5a);
    std::fs::write(&register, &bytes).unwrap();
    let db = register.to_str().unwrap();
    assert_eq!(desk.run(["--db", db, "check"]).code, 5);
    desk.ok(["--db", db, "restore", backup.to_str().unwrap()]);
    assert_eq!(desk.get(["--db", db, "check"]), json!([]));
    assert_eq!(desk.get(["--db", db, "vendor", "list"])[0]["code"], "V-0001");
}

#[test]
fn read_only_changes_nothing() {
    let desk = desk_with_vendor();
    for args in [
        vec!["vendor", "add", "--name", "x"],
        vec!["vendor", "edit", "V-0001", "--owner", "x"],
        vec!["vendor", "archive", "V-0001"],
        vec!["set", "calendar", "weekends"],
        vec!["undo"],
    ] {
        let said = desk.refuses(2, args.iter().copied().chain(["--read-only"]));
        assert!(said.contains("read only"), "{args:?}: {said}");
    }
    assert_eq!(desk.get(["vendor", "list", "--read-only"]).as_array().unwrap().len(), 1);
}

#[test]
fn settings_are_set_and_told() {
    let desk = Desk::new();
    assert_eq!(desk.get(["get", "base_currency"]), json!({ "base_currency": "CNY" }));
    assert_eq!(desk.ok(["set", "base_currency", "cad"]), "CAD\n");
    assert_eq!(desk.get(["get"])["base_currency"], "CAD");
    desk.ok(["vendor", "add", "--name", "v"]);
    let record = add(&desk, &["contract", "add", "--vendor", "V-0001", "--title", "t", "--value", "$5"]);
    assert_eq!(record["value"], json!({ "minor": 500, "currency": "CAD" }));
    desk.refuses(2, ["set", "base_currency", "XYZ"]);
    desk.refuses(2, ["get", "shoe_size"]);
}

#[test]
fn a_new_register_takes_its_currency_from_the_locale() {
    let desk = Desk::new();
    let output = desk.command().env("LANG", "en_CA.UTF-8").args(["get", "base_currency"]).output().unwrap();
    assert_eq!(output.stdout, b"CAD\n");
}

#[test]
fn the_program_tells_about_itself() {
    let desk = Desk::new();
    let info = desk.get(["info"]);
    assert_eq!(info["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(info["counts"], Json::Null, "asking makes no register");
    assert!(!std::path::Path::new(info["register"].as_str().unwrap()).exists());
    desk.ok(["vendor", "add", "--name", "v"]);
    let info = desk.get(["info"]);
    assert_eq!(info["counts"]["vendors"], 1);
    assert_eq!(info["user"], "mei.lin");
    let sqlite: Vec<u32> =
        info["sqlite"].as_str().unwrap().split('.').map(|part| part.parse().unwrap()).collect();
    assert!(sqlite >= vec![3, 54, 0]);
    assert!(desk.ok(["info", "--lang", "zh"]).contains("登记册"));
}

#[test]
fn help_completions_and_manual_come_from_the_tables() {
    let desk = Desk::new();
    let help = desk.ok(["contract", "add", "--help"]);
    assert!(
        help.contains("--starts-on") && help.contains("master, order, nda, dispatch, amendment"),
        "{help}"
    );
    let help = desk.ok(["contract", "add", "--help", "--lang", "zh"]);
    assert!(help.contains("合同编号") && help.contains("用法"), "{help}");
    for shell in ["bash", "zsh", "fish"] {
        assert!(desk.ok(["completions", shell]).contains("credit-code"), "{shell}");
    }
    let man = desk.ok(["man"]);
    assert!(man.contains(".TH") && man.contains("credit\\-code"), "{man}");
    assert_eq!(desk.ok(["--version"]), format!("vendeck {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn global_flags_stand_before_and_behind_the_command() {
    let desk = Desk::new();
    let db = desk.path("other.db");
    let db = db.to_str().unwrap();
    desk.ok(["--db", db, "vendor", "add", "--name", "x", "--user", "zhao.lei"]);
    assert_eq!(desk.get(["vendor", "list", "--db", db]).as_array().unwrap().len(), 1);
    assert_eq!(desk.get(["--json", "--db", db, "history"])[0]["user"], "zhao.lei");
    assert_eq!(desk.get(["vendor", "list"]), json!([]));
    let said = desk.refuses(2, ["due", "--today", "tomorrow"]);
    assert!(said.contains("--today: “tomorrow” is not a day"), "{said}");
}

#[test]
fn a_wrong_command_line_is_told_in_both_languages() {
    let desk = Desk::new();
    assert!(desk.refuses(2, ["vendor", "add", "--shoe", "1"]).contains("--shoe"));
    let said = desk.refuses(2, ["--lang", "zh", "vendor", "add", "--shoe", "1"]);
    assert!(said.contains("没有参数“--shoe”"), "{said}");
    let said = desk.refuses(2, ["--lang", "zh", "vendor", "add"]);
    assert!(said.contains("缺少名称"), "{said}");
    let output = desk.command().env("LANG", "zh_CN.UTF-8").args(["show", "nobody"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("没有找到"));
}

#[test]
fn the_configuration_chooses_and_a_wrong_key_is_named_with_its_place() {
    let desk = Desk::new();
    desk.file(".config/vendeck/config.toml", "lang = \"zh\"\nuser = \"wang.fang\"\n");
    assert!(desk.run(["show", "nobody"]).err.contains("没有找到"));
    assert!(desk.run(["show", "nobody", "--lang", "en"]).err.contains("Nothing was found"));
    desk.ok(["vendor", "add", "--name", "v"]);
    assert_eq!(desk.get(["history"])[0]["user"], "wang.fang");
    desk.file(".config/vendeck/config.toml", "lang = \"en\"\ncolour = 1\n");
    let said = desk.refuses(2, ["vendor", "list"]);
    assert!(said.contains("config.toml, line 2, column 1: unknown field `colour`"), "{said}");
    desk.ok(["--help"]);
}

#[test]
fn hostile_text_comes_out_harmless_and_unchanged() {
    let desk = Desk::new();
    let hostile = [
        "a\u{1b}[2J\u{1b}[31mRED",
        "\u{1b}]52;c;ZWNobyBwd25lZA==\u{7}",
        "a\u{9b}31mz",
        "pay\u{200b}pal",
        "\u{202e}gpj.exe",
        "tab\there\nand line\rthere",
        "-rf",
        "--json",
        "=1+1",
        "O'Brien & Sons (UK) A-B* \"x\" AND NOT NEAR ^ {",
        "100%_\\",
        "Robert'); DROP TABLE vendors;--",
        "☎\u{fe0f} Ltd",
    ];
    for (at, name) in hostile.iter().enumerate() {
        let record = add(&desk, &["vendor", "add", "--name", name, "--notes", name]);
        // Line breaks are for long text; in a name each is a space.
        assert_eq!(record["name"], name.replace(['\n', '\r'], " "));
        assert_eq!(record["notes"], *name);
        let code = record["code"].as_str().unwrap().to_owned();
        for args in [
            vec!["vendor", "show", &code],
            vec!["show", &code],
            vec!["history", &code],
            vec!["vendor", "show", &code, "--json"],
            vec!["find", name],
        ] {
            let said = desk.run(&args);
            assert!(said.code == 0 || args[0] == "find", "{args:?} {}", said.err);
            let unsafe_char = |c: char| c != '\n' && vendeck::clean::is_unsafe(c);
            assert!(!said.out.contains(unsafe_char), "{args:?}: {:?}", said.out);
            assert!(!said.err.contains(unsafe_char), "{args:?}: {:?}", said.err);
        }
        assert_eq!(desk.get(["vendor", "list"]).as_array().unwrap().len(), at + 1);
    }
    for name in ["O'Brien & Sons", "100%_\\", "Robert')"] {
        assert_eq!(desk.run(["find", name]).code, 0, "{name}");
    }
    let said = desk.run(["find", "\u{1b}[2J"]);
    assert!(!said.err.contains('\u{1b}'));
    let said = desk.refuses(2, ["vendor", "\u{1b}[2J\u{202e}"]);
    assert!(!said.contains('\u{1b}') && !said.contains('\u{202e}'), "{said:?}");
    desk.refuses(2, ["vendor", "add", "--name", "x", "--tier", "\u{1b}[2J"]);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    use std::io::Read as _;
    use std::process::Stdio;
    let desk = Desk::new();
    let path = desk.path("d.db");
    desk.ok(["demo", "--keep", path.to_str().unwrap()]);
    let mut child = desk
        .command()
        .args(["--db", path.to_str().unwrap(), "history", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut byte = [0_u8];
    child.stdout.as_mut().unwrap().read_exact(&mut byte).unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), b"".as_slice()));
}

#[test]
fn the_demo_is_kept_whole_and_sound() {
    let desk = Desk::new();
    let path = desk.path("demo.db");
    let db = path.to_str().unwrap();
    desk.ok(["demo", "--keep", db]);
    let counts = desk.get(["info", "--db", db])["counts"].clone();
    assert!(counts["vendors"].as_i64().unwrap() >= 24, "{counts}");
    assert!(counts["contracts"].as_i64().unwrap() >= 40, "{counts}");
    assert!(counts["risks"].as_i64().unwrap() >= 30, "{counts}");
    let findings = desk.json(["check", "--db", db]).0;
    assert!(findings.as_array().unwrap().iter().all(|f| f["severity"] == "warning"), "{findings}");
    assert!(!desk.get(["due", "--db", db]).as_array().unwrap().is_empty());
    desk.refuses(7, ["demo", "--keep", db]);

    let sized = desk.path("sized.db");
    let db = sized.to_str().unwrap();
    desk.ok([
        "demo",
        "--keep",
        db,
        "--vendors",
        "30",
        "--contracts",
        "50",
        "--reviews",
        "10",
        "--risks",
        "7",
    ]);
    let counts = desk.get(["info", "--db", db])["counts"].clone();
    for (kind, count) in [("vendors", 30), ("contracts", 50), ("reviews", 10), ("risks", 7)] {
        assert_eq!(counts[kind], count, "{kind}");
    }
}
