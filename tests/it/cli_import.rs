//! Import of the lists of others: exact accounting, nothing guessed, and the way back.

use serde_json::{Value as Json, json};

use crate::support::{Desk, data};

/// Read, imported, changed, unchanged, rejected.
pub(crate) fn figures(json: &Json) -> [i64; 5] {
    ["read", "imported", "changed", "unchanged", "rejected"].map(|key| json[key].as_i64().unwrap())
}

/// Reads a file in; what was said of it, and the exit code. Every row is accounted for.
pub(crate) fn import(desk: &Desk, path: &std::path::Path, more: &[&str]) -> (Json, i32) {
    let args = ["import", path.to_str().unwrap()];
    let (json, code) = desk.json(args.into_iter().chain(more.iter().copied()));
    let [read, imported, changed, unchanged, rejected] = figures(&json);
    assert_eq!(read, imported + changed + unchanged + rejected, "{json}");
    assert_eq!(code, i32::from(rejected > 0), "{json}");
    (json, code)
}

#[test]
fn a_list_comes_in_once_changes_by_its_key_and_goes_in_one_step() {
    let desk = Desk::new();
    let list = desk.file(
        "list.csv",
        "合同编号,供应商名称,合同名称,合同金额,签订日期,颜色\n\
         0001,腾云数据,运维,390万,2026-01-31,red\n\
         0002, 腾云数据 ,开发,None,13/2/2026,\n\
         0003,Acme,Support,\"1,000.50\",2026-03-01,\n",
    );
    let said = desk.run(["import", "list.csv", "--as", "contracts"]);
    assert_eq!(said.code, 2, "two styles of date are asked about");
    assert!(said.err.contains("--date-format"), "{}", said.err);
    let list_fixed = std::fs::read_to_string(&list).unwrap().replace("13/2/2026", "2026-02-13");
    let list = desk.file("list.csv", list_fixed);
    let (json, _) = import(&desk, &list, &["--as", "contracts", "--dry-run"]);
    assert_eq!(figures(&json), [3, 3, 0, 0, 0]);
    assert_eq!(desk.get(["contract", "list"]), json!([]), "a dry run changes nothing");
    let said = desk.run(["import", "list.csv", "--as", "contracts", "--json"]);
    assert!(said.err.contains("颜色"), "{}", said.err);
    let json: Json = serde_json::from_str(&said.out).unwrap();
    assert_eq!((figures(&json), &json["vendors_created"]), ([3, 3, 0, 0, 0], &json!(2)));
    let rows = desk.get(["contract", "list", "--sort", "number"]);
    assert_eq!(rows[0]["number"], "0001", "leading zeros stay");
    assert_eq!(rows[0]["value"], json!({ "minor": 390_000_000, "currency": "CNY" }));
    assert_eq!(rows[1]["value"], Json::Null, "None is a blank");
    assert_eq!(rows[0]["vendor"], rows[1]["vendor"]);

    assert_eq!(figures(&import(&desk, &list, &["--as", "contracts"]).0), [3, 0, 0, 3, 0]);
    let changed = std::fs::read_to_string(&list).unwrap().replace("Support", "Support 24x7");
    let list = desk.file("list.csv", changed);
    assert_eq!(figures(&import(&desk, &list, &["--as", "contracts"]).0), [3, 0, 1, 2, 0]);
    desk.ok(["undo"]);
    desk.ok(["undo"]);
    assert_eq!(desk.get(["contract", "list"]), json!([]));
    assert_eq!(desk.get(["vendor", "list"]), json!([]), "its vendors went with it");
    assert_eq!(desk.get(["check"]), json!([]));
}

#[test]
fn the_register_is_copied_before_an_import_changes_it() {
    let desk = Desk::new();
    let register = desk.path("r.db");
    let db = ["--db", register.to_str().unwrap()];
    let copies = || {
        let names = std::fs::read_dir(register.parent().unwrap()).unwrap().map(|entry| entry.unwrap().path());
        names
            .filter(|path| path.to_string_lossy().contains("before-import"))
            .filter(|path| path.extension().is_some_and(|end| end == "bak"))
            .collect::<Vec<_>>()
    };
    let bring = |name: &str, more: &[&str]| {
        desk.file("a.csv", format!("name\n{name}\n"));
        let said = desk.run(db.iter().chain(&["import", "a.csv", "--as", "vendors", "--json"]).chain(more));
        assert_eq!(said.code, 0, "{}", said.err);
        said.err
    };
    bring("A", &[]);
    assert_eq!(copies().len(), 0, "there was nothing yet");
    bring("A", &[]);
    bring("B", &["--dry-run"]);
    assert_eq!(copies().len(), 0, "nothing was changed");
    let said = bring("B", &[]);
    let copy = copies().pop().unwrap();
    let copy = copy.to_str().unwrap();
    assert!(said.contains(copy), "{said}");
    assert_eq!(desk.get(["--db", copy, "vendor", "list"]).as_array().unwrap().len(), 1);
    desk.ok(db.iter().chain(&["restore", copy]));
    assert_eq!(desk.get(db.into_iter().chain(["vendor", "list"])).as_array().unwrap().len(), 1);
}

#[test]
fn a_blank_cell_clears_nothing_and_a_repeat_changes_nothing() {
    let desk = Desk::new();
    let list = desk.file("a.csv", "number,vendor,title,owner\n1,V,T,mei\n");
    import(&desk, &list, &["--as", "contracts"]);
    let list = desk.file("a.csv", "number,vendor,title,owner\n1,V,,N/A\n1,V,T,\n1,V,other,\n");
    let (json, _) = import(&desk, &list, &["--as", "contracts"]);
    assert_eq!(figures(&json), [3, 0, 0, 2, 1]);
    let record = desk.get(["contract", "show", "C-0001"]);
    assert_eq!(
        (&record["owner"], &record["title"], &record["version"]),
        (&json!("mei"), &json!("T"), &json!(1))
    );
    let rejects = std::fs::read_to_string(desk.path("a.rejects.csv")).unwrap();
    assert!(rejects.contains("line 2") && rejects.contains("other"), "{rejects}");
}

#[test]
fn what_is_not_exactly_one_value_is_rejected_with_line_and_reason() {
    let desk = Desk::new();
    let list = desk.file(
        "a.csv",
        "number,vendor,title,value\n1,V,T,942467.\n2,V,T,31.65/MT\n3,V,T,\"$982, 900\"\n4,V,T,5\n5,-,T,5\n6,V,,\n,V,,7\n",
    );
    let (json, _) = import(&desk, &list, &["--as", "contracts", "--currency", "CAD"]);
    assert_eq!(figures(&json), [7, 2, 0, 0, 5]);
    let path = json["rejects_file"].as_str().unwrap();
    let rejects = std::fs::read_to_string(desk.path(path)).unwrap();
    for line in ["\n2,", "\n3,", "\n4,", "\n6,", "\n8,"] {
        assert!(rejects.contains(line), "{line:?} in {rejects}");
    }
    assert!(rejects.contains("942467."), "{rejects}");
    assert_eq!(desk.get(["contract", "show", "C-0002"])["title"], "6", "the number stands in");
    let amount = desk.get(["contract", "show", "C-0001"])["value"].clone();
    assert_eq!(amount, json!({ "minor": 500, "currency": "CAD" }));
    // The rejects are mended and read again.
    let mended = rejects.replace("942467.", "942467.00");
    let mended = desk.file("mended.csv", mended);
    assert_eq!(figures(&import(&desk, &mended, &["--as", "contracts"]).0)[1], 1);
}

#[test]
fn a_date_far_beyond_is_rejected_like_a_typed_one() {
    let desk = Desk::new();
    let list = desk.file(
        "a.csv",
        "number,vendor,title,state,ends_on\n1,V,T,in_force,9999-12-31\n2,V,T,in_force,1899-12-31\n3,V,T,in_force,2999-12-31\n",
    );
    let said = desk.run(["import", list.to_str().unwrap(), "--as", "contracts"]);
    assert!(
        said.err.contains("line 2: ends_on: “9999-12-31” is not in the years 1900 to 2999"),
        "{}",
        said.err
    );
    let rejects = std::fs::read_to_string(desk.path("a.rejects.csv")).unwrap();
    assert!(rejects.contains("1899-12-31"), "{rejects}");
    let kept = desk.get(["contract", "list"]);
    assert_eq!((kept.as_array().unwrap().len(), &kept[0]["last_day"]), (1, &json!("2999-12-31")));
    let said = desk.refuses(2, ["--today", "9999-12-31", "due"]);
    assert!(said.contains("2999"), "{said}");
}

#[test]
fn a_line_break_in_a_name_or_number_is_a_space() {
    let desk = Desk::new();
    desk.ok(["vendor", "add", "--name", "a\nb", "--tags", "x\r\ny", "--notes", "a\nb"]);
    let vendor = desk.get(["vendor", "show", "V-0001"]);
    assert_eq!(
        (&vendor["name"], &vendor["tags"], &vendor["notes"]),
        (&json!("a b"), &json!(["x", "y"]), &json!("a\nb"))
    );
    let list = desk.file("a.csv", "number,vendor,title\n\"7\r\n8\",\"a\nb\",T\n9,\"c\nd\",T\n");
    let (json, _) = import(&desk, &list, &["--as", "contracts"]);
    assert_eq!((figures(&json), &json["vendors_created"]), ([2, 2, 0, 0, 0], &json!(1)));
    assert_eq!(desk.get(["contract", "show", "C-0001"])["number"], "7 8");
    assert_eq!(desk.get(["vendor", "show", "V-0002"])["name"], "c d");
    assert_eq!(figures(&import(&desk, &list, &["--as", "contracts"]).0), [2, 0, 0, 2, 0]);
}

#[test]
fn an_amount_beyond_all_is_rejected_like_a_typed_one() {
    let desk = Desk::new();
    desk.ok(["vendor", "add", "--name", "V"]);
    let limit = "the greatest is CNY 100,000,000,000,000.00";
    let value = "90,000,000,000,000,000";
    let words =
        ["contract", "add", "--title", "T", "--vendor", "V-0001", "--state", "in_force", "--value", value];
    let said = desk.refuses(2, words);
    assert!(said.contains(limit), "{said}");
    let list = desk.file("a.csv", format!("number,vendor,title,value\n1,V,T,\"{value}\"\n2,V,T,100万亿\n"));
    let said = desk.run(["import", list.to_str().unwrap(), "--as", "contracts"]);
    assert!(said.err.contains("line 2: value: ") && said.err.contains(limit), "{}", said.err);
    assert_eq!(desk.get(["contract", "list"]).as_array().unwrap().len(), 1);
}

#[test]
fn a_file_of_another_is_never_written_over() {
    let desk = Desk::new();
    let list = desk.file("a.csv", "name,country\nA,china\n");
    let mine = desk.file("mine.txt", "mine");
    let said = desk.run(["import", "a.csv", "--as", "vendors", "--rejects", "mine.txt"]);
    assert_eq!(said.code, 7, "{}", said.err);
    assert_eq!(std::fs::read_to_string(&mine).unwrap(), "mine");
    std::os::unix::fs::symlink(&mine, desk.path("link.csv")).unwrap();
    assert_eq!(desk.run(["import", "a.csv", "--as", "vendors", "--rejects", "link.csv"]).code, 7);
    assert_eq!(std::fs::read_to_string(&mine).unwrap(), "mine");
    // Its own file of an earlier run may go.
    import(&desk, &list, &["--as", "vendors"]);
    import(&desk, &list, &["--as", "vendors"]);
}

#[test]
fn columns_are_mapped_set_and_dropped() {
    let desk = Desk::new();
    let list = desk.file("a.csv", "Firm;Boss;Junk;Price\nA;x;1;1.234,56\n");
    let said = desk.run(["import", "a.csv", "--as", "vendors"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("--map COLUMN=name"), "{}", said.err);
    let more = [
        "--as",
        "vendor",
        "--map",
        "Firm=name",
        "--map",
        "boss=owner",
        "--map",
        "#3=ignore",
        "--set",
        "tier=routine",
    ];
    import(&desk, &list, &more);
    let record = desk.get(["vendor", "show", "V-0001"]);
    assert_eq!(
        (&record["name"], &record["owner"], &record["tier"]),
        (&json!("A"), &json!("x"), &json!("routine"))
    );
    let more = [
        "--as",
        "contracts",
        "--map",
        "Firm=vendor",
        "--map",
        "Boss=title",
        "--map",
        "Price=value",
        "--decimal",
        "comma",
        "--currency",
        "EUR",
    ];
    import(&desk, &list, &more);
    let record = desk.get(["contract", "show", "C-0001"]);
    assert_eq!((&record["vendor"], &record["value"]["minor"]), (&json!("V-0001"), &json!(123_456)));
    for wrong in [
        vec!["--map", "Nope=name"],
        vec!["--map", "Firm=nope"],
        vec!["--set", "nope=1"],
        vec!["--key", "nope"],
        vec!["--encoding", "ebcdic"],
        vec!["--currency", "XYZ"],
    ] {
        let args = ["import", "a.csv", "--as", "vendors"].into_iter().chain(wrong.iter().copied());
        desk.refuses(2, args);
    }
    desk.refuses(2, ["import", "a.csv", "--as", "shoes"]);
    desk.refuses(7, ["import", "missing.csv", "--as", "vendors"]);
}

#[test]
fn json_brings_contacts_and_keeps_numbers() {
    let desk = Desk::new();
    let list = r#"[{"name": "A", "tags": ["x", "y"], "contacts": [{"name": "Li", "phone": "1", "primary": true}]},
        {"name": "B", "contacts": []}]"#;
    let list = desk.file("a.json", list);
    assert_eq!(figures(&import(&desk, &list, &["--as", "vendors"]).0), [2, 2, 0, 0, 0]);
    let record = desk.get(["vendor", "show", "V-0001"]);
    assert_eq!(record["tags"], json!(["x", "y"]));
    assert_eq!(record["contacts"][0]["phone"], "1");
    assert_eq!(record["contacts"][0]["primary"], true);
    assert_eq!(figures(&import(&desk, &list, &["--as", "vendors"]).0), [2, 0, 0, 2, 0]);
}

#[test]
fn a_row_that_fails_leaves_nothing_behind() {
    let desk = Desk::new();
    // The vendor would be made before the contract is refused.
    let list = desk
        .file("a.csv", "number,vendor,title,starts_on,ends_on\n1,New,T,2026-05-01,2026-01-01\n2,Other,T,,\n");
    let (json, _) = import(&desk, &list, &["--as", "contracts"]);
    assert_eq!((figures(&json), &json["vendors_created"]), ([2, 1, 0, 0, 1], &json!(1)));
    let vendors = desk.get(["vendor", "list"]);
    assert_eq!((vendors.as_array().unwrap().len(), &vendors[0]["name"]), (1, &json!("Other")));
    assert_eq!(desk.get(["check"]), json!([]));
}

#[test]
fn a_citys_contracts_of_two_days() {
    let (Some(first), Some(second)) =
        (data("real/toronto_awarded_2026-05-09.csv"), data("real/toronto_awarded_2026-05-11.csv"))
    else {
        return;
    };
    let desk = Desk::new();
    let key = "Document Number,Successful Supplier,Award,Award Authority Obtained Date,Division,Solicitation Document Description";
    let rejects = desk.path("rejects.csv");
    let more =
        ["--as", "contracts", "--currency", "CAD", "--key", key, "--rejects", rejects.to_str().unwrap()];
    let (json, _) = import(&desk, &first, &more);
    assert_eq!(figures(&json), [7498, 7388, 0, 13, 97]);
    let (json, _) = import(&desk, &second, &more);
    assert_eq!(figures(&json), [7506, 8, 0, 7401, 97]);
    let (json, _) = import(&desk, &second, &more);
    assert_eq!(figures(&json), [7506, 0, 0, 7409, 97]);
    let kept = std::fs::read_to_string(&rejects).unwrap();
    for amount in ["942467.", "$982, 900", "S2,035,000.00", "31.65/MT", "76500.0025.95625.00"] {
        assert!(kept.contains(amount), "{amount}");
    }
    assert_eq!(desk.get(["contract", "list", "--limit", "20000"]).as_array().unwrap().len(), 7396);
    desk.ok(["undo"]);
    desk.ok(["undo"]);
    assert_eq!(desk.get(["contract", "list"]), json!([]));
    assert_eq!(desk.get(["check"]), json!([]));
}

#[test]
fn names_of_companies_are_found_after_their_import() {
    let (Some(shares), Some(software)) =
        (data("real/adata_a_share_codes.csv"), data("real/probo_third_parties.json"))
    else {
        return;
    };
    let desk = Desk::new();
    assert_eq!(figures(&import(&desk, &shares, &["--as", "vendors"]).0), [5640, 5640, 0, 0, 0]);
    assert_eq!(figures(&import(&desk, &software, &["--as", "vendors"]).0), [564, 564, 0, 0, 0]);
    for (query, name) in
        [("平安银行", "平安银行"), ("payh", "平安银行"), ("1password", "1Password"), ("000001", "平安银行")]
    {
        let hits = desk.get(["find", query]);
        let first: Vec<&Json> = hits.as_array().unwrap().iter().take(3).map(|hit| &hit["title"]).collect();
        assert!(first.contains(&&json!(name)), "{query}: {first:?}");
    }
}

#[test]
fn odd_and_malformed_files_are_read_exactly_or_refused() {
    let expect = [
        ("big5.csv", 2, None),
        ("cp1252.csv", 2, None),
        ("cr_only_mac.csv", 0, Some([2, 2, 0, 0, 0])),
        ("dup_headers.csv", 2, None),
        ("empty.csv", 2, None),
        ("gb18030.csv", 2, None),
        ("gbk-trunc.csv", 2, None),
        ("gbk.csv", 2, None),
        ("header_only.csv", 0, Some([0, 0, 0, 0, 0])),
        ("hostile_strings.csv", 1, Some([61, 59, 0, 0, 2])),
        ("malformed_quotes.csv", 2, None),
        ("semicolon_excel_eu.csv", 0, Some([1, 1, 0, 0, 0])),
        ("sep_line.csv", 0, Some([1, 1, 0, 0, 0])),
        ("u16be-nobom.csv", 2, None),
        ("u16le-nobom.csv", 2, None),
        ("u16le.csv", 0, Some([2, 2, 0, 0, 0])),
        ("u8bom.csv", 0, Some([2, 2, 0, 0, 0])),
        ("bomb512.xlsx", 2, None),
        ("sparse.xlsx", 2, None),
    ];
    for (name, code, wanted) in expect {
        let Some(path) = data(&format!("hostile/{name}")) else { return };
        let desk = Desk::new();
        let rejects = desk.path("r.csv");
        let args = [
            "import",
            path.to_str().unwrap(),
            "--as",
            "vendors",
            "--json",
            "--rejects",
            rejects.to_str().unwrap(),
        ];
        let said = desk.run(args);
        assert_eq!(said.code, code, "{name}: {}", said.err);
        assert!(!said.err.contains(|c: char| c != '\n' && vendeck::clean::is_unsafe(c)), "{name}");
        if let Some(wanted) = wanted {
            assert_eq!(figures(&serde_json::from_str(&said.out).unwrap()), wanted, "{name}");
            let unsafe_char = |c: char| c != '\n' && vendeck::clean::is_unsafe(c);
            for args in [vec!["vendor", "list"], vec!["vendor", "list", "--json"], vec!["history"]] {
                assert!(!desk.ok(args.clone()).contains(unsafe_char), "{name} {args:?}");
            }
        }
    }
    let Some(path) = data("hostile/gb18030.csv") else { return };
    let desk = Desk::new();
    let args = ["import", path.to_str().unwrap(), "--as", "contracts", "--encoding", "gb18030", "--json"];
    let said = desk.run(args);
    assert_eq!(figures(&serde_json::from_str(&said.out).unwrap()), [2, 2, 0, 0, 0], "{}", said.err);
    assert_eq!(desk.run(["find", "华为技术有限公司"]).code, 0);
}
