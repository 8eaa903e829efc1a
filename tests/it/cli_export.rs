//! Export, and what becomes of our own exports when they are read back.

use serde_json::{Value as Json, json};

use crate::cli_import::{figures, import};
use crate::support::Desk;

#[test]
fn export_and_import_make_the_same_register() {
    let desk = Desk::new();
    let demo = desk.path("demo.db");
    let demo = demo.to_str().unwrap();
    desk.ok(["demo", "--keep", demo]);
    desk.ok(["--db", demo, "vendor", "archive", "V-0003"]);
    desk.ok([
        "--db",
        demo,
        "vendor",
        "edit",
        "V-0002",
        "--notes",
        "=1+1\r\n\"quoted\", 'and'\ttab",
        "--address",
        "-",
    ]);
    desk.ok(["--db", demo, "contract", "edit", "C-0001", "--notice", ""]);
    // A review without a scorecard, that was put away before it was locked.
    let add = ["review", "add", "--vendor", "V-0001", "--period", "2024-Q1", "--state", "acknowledged"];
    let added = desk.get(["--db", demo].into_iter().chain(add));
    let review = added["code"].as_str().unwrap();
    desk.ok(["--db", demo, "review", "edit", review, "--template", ""]);
    desk.ok(["--db", demo, "review", "archive", review]);
    desk.ok(["--db", demo, "review", "edit", review, "--state", "locked"]);
    let kinds = [
        "vendors",
        "contacts",
        "contracts",
        "services",
        "kpis",
        "templates",
        "template_rows",
        "reviews",
        "review_rows",
        "risks",
        "meetings",
        "agenda_items",
        "actions",
        "interactions",
        "deliverables",
        "change_requests",
        "breaches",
        "reports",
        "clauses",
        "service_levels",
        "measurements",
        "exit_cases",
        "exit_steps",
        "acknowledgements",
        "cost_lines",
        "invoices",
        "payments",
        "rates",
    ];
    for format in ["csv", "json"] {
        let copy = desk.path(&format!("{format}.db"));
        let copy = copy.to_str().unwrap();
        for kind in kinds {
            let file = desk.path(&format!("{kind}.{format}"));
            let file = file.to_str().unwrap();
            desk.ok(["--db", demo, "export", kind, "--format", format, "--force", "-o", file]);
            let said = desk.run(["--db", copy, "import", file, "--as", kind, "--json"]);
            assert_eq!(said.code, 0, "{format} {kind} {}{}", said.out, said.err);
            let again = desk.get(["--db", copy, "import", file, "--as", kind]);
            assert_eq!(again["read"], again["unchanged"], "{format} {kind}");
            assert!(!said.err.contains("fill nothing"), "{format} {kind} {}", said.err);
        }
        for kind in kinds {
            let export = |db| {
                let rows: Json =
                    serde_json::from_str(&desk.ok(["--db", db, "export", kind, "--format", "json"])).unwrap();
                let mut rows = rows.as_array().unwrap().clone();
                for row in &mut rows {
                    row.as_object_mut().unwrap().remove("version");
                    for child in ["contacts", "template_rows", "review_rows"] {
                        row.as_object_mut().unwrap().remove(child);
                    }
                }
                rows
            };
            assert_eq!(export(demo), export(copy), "{format} {kind}");
        }
        let findings = desk.json(["--db", copy, "check"]).0;
        assert!(findings.as_array().unwrap().iter().all(|f| f["severity"] == "warning"), "{findings}");
    }
}

#[test]
fn an_export_guards_formulas_and_other_files() {
    let desk = Desk::new();
    desk.ok(["vendor", "add", "--name", "=1+1", "--phone", "+1 555 0100"]);
    let csv = desk.ok(["export", "vendors"]);
    assert!(csv.contains(",'=1+1,") && csv.contains(",'+1 555 0100,"), "{csv}");
    assert!(desk.ok(["export", "vendors", "--raw"]).contains(",=1+1,"));
    desk.ok(["export", "vendors", "-o", "v.csv"]);
    desk.refuses(7, ["export", "vendors", "-o", "v.csv"]);
    desk.ok(["export", "vendors", "-o", "v.csv", "--force"]);
    let target = desk.file("target", "keep");
    std::os::unix::fs::symlink(&target, desk.path("link.csv")).unwrap();
    desk.refuses(7, ["export", "vendors", "-o", "link.csv"]);
    desk.ok(["export", "vendors", "-o", "link.csv", "--force"]);
    assert_eq!(std::fs::read_to_string(&target).unwrap(), "keep", "a link is never followed");
    desk.refuses(2, ["export", "shoes"]);
}

#[test]
fn the_code_of_a_stranger_is_no_code_of_ours() {
    let desk = Desk::new();
    desk.ok(["vendor", "add", "--name", "Ours", "--owner", "mei"]);
    let list = desk.file("a.csv", "Code,Name,Owner\nV-1,Theirs,li\nV-0001,Others,wu\n");
    let said = desk.run(["import", "a.csv", "--as", "vendors", "--json"]);
    assert!(said.err.contains("fill nothing: Code"), "{}", said.err);
    assert_eq!(figures(&serde_json::from_str(&said.out).unwrap()), [2, 2, 0, 0, 0]);
    let ours = desk.get(["vendor", "show", "V-0001"]);
    assert_eq!((&ours["name"], &ours["owner"], &ours["version"]), (&json!("Ours"), &json!("mei"), &json!(1)));
    import(&desk, &list, &["--as", "vendors", "--map", "Code=external_id"]);
    assert_eq!(desk.get(["vendor", "show", "V-0004"])["external_id"], "V-1");
    // Two of the three columns are not yet an export of ours.
    let list = desk.file("b.csv", "code,version,name\nV-0001,1,Theirs\n");
    assert_eq!(figures(&import(&desk, &list, &["--as", "vendors"]).0), [1, 1, 0, 0, 0]);
    assert_eq!(desk.get(["vendor", "show", "V-0001"])["name"], "Ours");
}

#[test]
fn a_stranger_who_names_a_vendor_by_a_code_means_their_own_first() {
    let desk = Desk::new();
    desk.ok(["vendor", "add", "--name", "Ours"]);
    desk.ok(["vendor", "add", "--name", "Theirs", "--external-id", "V-0001"]);
    let list = desk.file("a.csv", "number,vendor,title\n1,V-0001,A\n2,V-1,B\n3,V-0002,C\n");
    let (json, _) = import(&desk, &list, &["--as", "contracts"]);
    assert_eq!((figures(&json), &json["vendors_created"]), ([3, 3, 0, 0, 0], &json!(1)));
    let vendor = |code| desk.get(["contract", "show", code])["vendor"].clone();
    assert_eq!(vendor("C-0001"), "V-0002", "their id goes before our code");
    assert_eq!(desk.get(["vendor", "show", "V-0003"])["name"], "V-1", "not a whole code, so a name");
    assert_eq!(vendor("C-0002"), "V-0003");
    assert_eq!(vendor("C-0003"), "V-0002", "a whole code that is nobody's name is ours");
    let contacts = r#"[{"name": "New", "contacts": [{"code": "CT-0001", "name": "Li"}]}]"#;
    desk.ok(["contact", "add", "--vendor", "V-0001", "--name", "Wu"]);
    let list = desk.file("a.json", contacts);
    import(&desk, &list, &["--as", "vendors"]);
    assert_eq!(desk.get(["contact", "list"]).as_array().unwrap().len(), 2);
}

#[test]
fn what_has_changed_since_the_export_is_not_written_over() {
    let desk = Desk::new();
    for name in ["A", "B", "C", "D"] {
        desk.ok(["vendor", "add", "--name", name, "--owner", "old"]);
    }
    let csv = desk.ok(["export", "vendors"]);
    for (code, owner) in [("V-0001", "newer"), ("V-0002", "edited"), ("V-0004", "newer")] {
        desk.ok(["vendor", "edit", code, "--owner", owner]);
    }
    desk.ok(["vendor", "archive", "V-0004"]);
    let edited: Vec<String> = csv
        .lines()
        .map(|line| if line.starts_with("V-0004") { line.to_owned() } else { line.replace("old", "edited") })
        .collect();
    let file = desk.file("v.csv", edited.join("\n"));
    let said = desk.run(["import", "v.csv", "--as", "vendors"]);
    let reason = "line 2: V-0001 has changed since the export: it was version 1 and is now 2.";
    assert!(said.err.contains(reason), "{}", said.err);
    let owner = |code| desk.get(["vendor", "show", code])["owner"].clone();
    assert_eq!(["V-0001", "V-0002", "V-0003", "V-0004"].map(owner), ["newer", "edited", "edited", "newer"]);
    assert_eq!(desk.get(["vendor", "show", "V-0004"])["archived"], true);
    desk.ok(["undo"]);
    // One row as the register has it, one to be changed, two behind the times.
    assert_eq!(figures(&import(&desk, &file, &["--as", "vendors"]).0), [4, 0, 0, 1, 3]);
    let no_version = edited.join("\n").replace("V-0001,1,", "V-0001,,");
    desk.file("v.csv", no_version);
    let said = desk.run(["import", "v.csv", "--as", "vendors"]);
    assert!(said.err.contains("line 2: version: “” is not the number"), "{}", said.err);
}

#[test]
fn contacts_inside_an_export_are_not_written_over_either() {
    let desk = Desk::new();
    desk.ok(["vendor", "add", "--name", "A"]);
    for name in ["Li", "Wu"] {
        desk.ok(["contact", "add", "--vendor", "V-0001", "--name", name, "--phone", "100"]);
    }
    let file = desk.path("v.json");
    let file = file.to_str().unwrap();
    let export = || desk.ok(["export", "vendors", "--format", "json", "--force", "-o", file]);
    let edit = || {
        let edited = std::fs::read_to_string(file).unwrap().replace("\"100\"", "\"200\"");
        desk.file("v.json", edited)
    };
    export();
    desk.ok(["contact", "edit", "CT-0002", "--phone", "300"]);
    let (json, _) = import(&desk, &edit(), &["--as", "vendors"]);
    assert_eq!(figures(&json), [1, 0, 0, 0, 1]);
    let phone = |code| desk.get(["contact", "show", code])["phone"].clone();
    assert_eq!(["CT-0001", "CT-0002"].map(phone), ["100", "300"], "a row is whole or not at all");
    export();
    assert_eq!(figures(&import(&desk, &edit(), &["--as", "vendors"]).0), [1, 0, 1, 0, 0]);
    assert_eq!(["CT-0001", "CT-0002"].map(phone), ["200", "300"]);
}

#[test]
fn a_cell_made_blank_in_an_export_makes_its_field_blank() {
    let desk = Desk::new();
    desk.ok(["vendor", "add", "--name", "A", "--owner", "mei", "--name-zh", "甲", "--preferred", "yes"]);
    desk.ok(["vendor", "add", "--name", "B", "--owner", "mei"]);
    let csv = desk.ok(["export", "vendors"]);
    let table: Vec<Vec<&str>> = csv.lines().map(|line| line.split(',').collect()).collect();
    let at = |key: &str| table[0].iter().position(|name| *name == key).unwrap();
    let blanked = |row: usize, keys: &[&str]| {
        let blank = |column| keys.iter().any(|key| at(key) == column);
        let cells = table[row].iter().enumerate().map(|(i, cell)| if blank(i) { "" } else { cell });
        cells.collect::<Vec<_>>().join(",")
    };
    let head = table[0].join(",");
    // The third row is not exported but written below: what it leaves out is as in every new record.
    let new = blanked(2, &["code", "version", "archived", "state", "preferred"]).replace(",B,", ",C,");
    let rows = [head, blanked(1, &["owner", "preferred"]), blanked(2, &["name"]), new].join("\n");
    let file = desk.file("v.csv", rows);
    let said = desk.run(["import", file.to_str().unwrap(), "--as", "vendors", "--json"]);
    assert_eq!(figures(&serde_json::from_str(&said.out).unwrap()), [3, 1, 1, 0, 1]);
    assert!(said.err.contains("line 3: name: Name is missing"), "{}", said.err);
    let first = desk.get(["vendor", "show", "V-0001"]);
    assert_eq!((&first["owner"], &first["preferred"]), (&Json::Null, &json!(false)));
    assert_eq!((&first["name"], &first["name_zh"]), (&json!("A"), &json!("甲")));
    assert_eq!(desk.get(["vendor", "show", "V-0002"])["name"], "B");
    assert_eq!(desk.get(["vendor", "show", "V-0003"])["state"], "prospect");
    // A column that was taken out says nothing, and no other stands in for it.
    let cut: Vec<String> =
        desk.ok(["export", "vendors"]).lines().map(|l| l.replacen(",name,", ",ignored,", 1)).collect();
    desk.file("v.csv", cut.join("\n"));
    let said = desk.get(["import", "v.csv", "--as", "vendors"]);
    assert_eq!(figures(&said), [3, 0, 0, 3, 0]);
}

#[test]
fn a_null_in_an_export_makes_its_field_blank_and_a_key_that_is_gone_says_nothing() {
    let desk = Desk::new();
    desk.ok(["vendor", "add", "--name", "A", "--owner", "mei", "--country", "CN"]);
    desk.ok(["contact", "add", "--vendor", "V-0001", "--name", "Li", "--phone", "100", "--role", "sales"]);
    let mut json: Json = serde_json::from_str(&desk.ok(["export", "vendors", "--format", "json"])).unwrap();
    json[0]["owner"] = Json::Null;
    json[0].as_object_mut().unwrap().remove("country");
    json[0]["contacts"][0]["phone"] = Json::Null;
    json[0]["contacts"][0].as_object_mut().unwrap().remove("role");
    let file = desk.file("v.json", json.to_string());
    assert_eq!(figures(&import(&desk, &file, &["--as", "vendors"]).0), [1, 0, 1, 0, 0]);
    let vendor = desk.get(["vendor", "show", "V-0001"]);
    assert_eq!((&vendor["owner"], &vendor["country"]), (&Json::Null, &json!("CN")));
    assert_eq!(
        (&vendor["contacts"][0]["phone"], &vendor["contacts"][0]["role"]),
        (&Json::Null, &json!("sales"))
    );
}

#[test]
fn json_is_written_when_it_is_asked_for_in_either_way() {
    let desk = Desk::new();
    assert_eq!(desk.ok(["export", "vendors", "--json"]), "[]\n");
    assert_eq!(desk.ok(["export", "vendors", "--json-lines"]), "");
    for name in ["Alpha", "腾云"] {
        desk.ok(["vendor", "add", "--name", name]);
    }
    let asked = desk.ok(["export", "vendors", "--json"]);
    assert_eq!(asked, desk.ok(["export", "vendors", "--format", "json"]));
    let lines = desk.ok(["export", "vendors", "--json-lines"]);
    let rows: Vec<Json> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(serde_json::from_str::<Json>(&asked).unwrap(), json!(rows));
    assert_eq!(rows[1]["name"], "腾云");
    let file = desk.path("v.json");
    let told = desk.get(["export", "vendors", "-o", file.to_str().unwrap()]);
    assert_eq!(told, json!({ "path": file.to_str().unwrap(), "bytes": asked.len() }));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), asked);
    let said = desk.refuses(2, ["export", "vendors", "--json", "--format", "csv"]);
    assert!(said.contains("--format csv"), "{said}");
    assert!(desk.ok(["export", "vendors", "--format", "csv"]).starts_with("code,version,"));
}

#[test]
fn a_workbook_comes_back_the_same_and_markdown_is_for_people() {
    let desk = Desk::new();
    desk.ok(["vendor", "add", "--name", "=SUM(A1)", "--phone", "000123", "--notes", "a\nb"]);
    desk.ok(["vendor", "add", "--name", "'=quoted", "--tags", "x,y"]);
    desk.ok([
        "contract",
        "add",
        "--vendor",
        "V-0001",
        "--title",
        "T",
        "--value",
        "USD 0.30",
        "--signed-on",
        "2026-03-31",
    ]);
    for kind in ["vendors", "contracts"] {
        let file = format!("{kind}.xlsx");
        desk.ok(["export", kind, "--format", "xlsx", "-o", &file]);
        let said = desk.get(["import", &file, "--as", kind]);
        assert_eq!(
            (&said["changed"], &said["imported"], &said["rejected"]),
            (&0.into(), &0.into(), &0.into())
        );
        assert_eq!(said["unchanged"], said["read"]);
        let said = desk.refuses(7, ["export", kind, "--format", "xlsx", "-o", &file]);
        assert!(said.contains("exists already"), "{said}");
    }
    let shown = desk.ok(["export", "contracts", "--format", "md", "--lang", "zh"]);
    assert!(shown.contains("| 合同编号 |") || shown.contains("标题"), "{shown}");
    assert!(shown.contains("USD 0.30") && shown.contains("2026-03-31"), "{shown}");
    let said = desk.refuses(2, ["export", "contracts", "--format", "md", "--json"]);
    assert!(said.contains("one of the two"), "{said}");
}

#[test]
fn the_deadlines_of_all_or_of_a_kind_are_a_calendar_with_a_day_and_alarms_each() {
    let desk = Desk::new();
    let demo = desk.path("demo.db");
    let demo = demo.to_str().unwrap();
    desk.ok(["demo", "--keep", demo]);
    let due = desk.get(["--db", demo, "due"]);
    let all = due.as_array().unwrap();
    let calendar = |kind: &str| desk.ok(["--db", demo, "export", kind, "--format", "ics"]);
    let events = |text: &str| -> Vec<(String, String)> {
        let calendars = ical::IcalParser::new(text.as_bytes()).collect::<Result<Vec<_>, _>>().unwrap();
        let value = |event: &ical::parser::ical::component::IcalEvent, name: &str| {
            let found = event.properties.iter().find(|property| property.name == name);
            found.and_then(|property| property.value.clone()).unwrap_or_default()
        };
        let events = calendars.into_iter().flat_map(|calendar| calendar.events);
        let read = |event: ical::parser::ical::component::IcalEvent| {
            assert_eq!(event.alarms.len(), 3);
            let uid = value(&event, "UID");
            (uid.split('@').next().unwrap().to_owned(), value(&event, "DTSTART"))
        };
        events.map(read).collect()
    };
    let told = |kind: &str| -> Vec<(String, String)> {
        let text = |line: &Json, key: &str| line[key].as_str().unwrap().to_owned();
        let of = all.iter().filter(|line| kind.is_empty() || text(line, "kind") == kind);
        of.map(|line| (text(line, "code"), text(line, "date").replace('-', ""))).collect()
    };
    let file = calendar("due");
    assert_eq!(events(&file), told(""));
    assert_eq!(events(&calendar("contracts")), told("contract"));
    assert_eq!(events(&calendar("deliverables")), told("deliverable"));
    let again = calendar("due");
    let names =
        |text: &str| text.lines().filter(|l| l.starts_with("UID")).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(names(&again), names(&file), "a calendar that takes it again doubles nothing");
    desk.refuses(1, ["--db", demo, "export", "contacts", "--format", "ics"]);
    desk.refuses(2, ["--db", demo, "export", "due", "--format", "csv"]);
}
