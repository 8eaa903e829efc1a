//! Workbooks come in like any list, and no file makes the program ask for more than it has.

use std::io::{Cursor, Seek, SeekFrom, Write as _};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::cli_import::{figures, import};
use crate::support::{Desk, Said, data};

/// Memory a run may map, in kB: the limit of 300 MB, and what the program maps without a file.
const MAPPED_KB: u64 = 450_000;

/// An XLSX whose sheets hold these `sheetData`.
fn xlsx(sheets: &[(&str, &str)]) -> Vec<u8> {
    let (mut list, mut related) = (String::new(), String::new());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, content: &str| {
        zip.start_file(name, SimpleFileOptions::default().compression_level(Some(1))).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    };
    for (at, (name, rows)) in sheets.iter().enumerate() {
        list += &format!(r#"<sheet name="{name}" sheetId="{at}" r:id="r{at}"/>"#);
        related += &format!(r#"<Relationship Id="r{at}" Type="x/worksheet" Target="s{at}.xml"/>"#);
        put(&format!("xl/s{at}.xml"), &format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"));
    }
    put("xl/workbook.xml", &format!("<workbook><sheets>{list}</sheets></workbook>"));
    put("xl/_rels/workbook.xml.rels", &format!("<Relationships>{related}</Relationships>"));
    zip.finish().unwrap().into_inner()
}

fn row(cells: &[&str]) -> String {
    let cell = |cell: &&str| match cell.strip_prefix('=') {
        Some(number) => format!("<c><v>{number}</v></c>"),
        None => format!("<c t=\"inlineStr\"><is><t>{cell}</t></is></c>"),
    };
    format!("<row>{}</row>", cells.iter().map(cell).collect::<String>())
}

/// Runs an import of a file of the desk with its memory capped; what was said, and how long it took.
fn capped(desk: &Desk, file: &str) -> (Said, Duration) {
    let program = desk.command();
    let mut command = Command::new("sh");
    command.args(["-c", &format!("ulimit -v {MAPPED_KB}; exec \"$0\" \"$@\"")]).arg(program.get_program());
    command.args(["import", file, "--as", "vendors", "--json"]).stdin(Stdio::null());
    command.env_clear().envs(desk.env()).current_dir(desk.path(""));
    let started = Instant::now();
    let said = Said::of(&command.output().unwrap());
    (said, started.elapsed())
}

/// The file ends in a refusal that says this, in time and within the memory of a small machine.
fn is_refused(desk: &Desk, file: &str, says: &str) {
    let (said, took) = capped(desk, file);
    assert_eq!((said.code, said.out.as_str()), (2, ""), "{file}: {}", said.err);
    assert!(said.err.contains(says), "{file}: {}", said.err);
    assert!(took < Duration::from_secs(10), "{file} took {took:?}");
}

#[test]
fn a_sheet_comes_in_like_a_list_of_text() {
    let desk = Desk::new();
    let rows = [
        row(&["number", "vendor", "title", "value", "starts_on"]),
        row(&["007", "腾云", "运维", "=0.30000000000000004", "2026-03-31"]),
        row(&["008", "腾云", "开发", "1.234,56", "2026-03-31"]),
        row(&["009", "腾云", "#REF!", "=1234.567", "2026-03-31"]),
        row(&["010", "腾云", "测试", "#N/A", ""]),
    ];
    let path = desk.file("a.xlsx", xlsx(&[("Notes", ""), ("Contracts", &rows.concat()), ("Old", "")]));
    let (json, _) = import(&desk, &path, &["--as", "contracts", "--decimal", "comma"]);
    assert_eq!(figures(&json), [4, 3, 0, 0, 1]);
    let contracts = desk.get(["contract", "list", "--sort", "number"]);
    let values: Vec<&Json> =
        contracts.as_array().unwrap().iter().map(|contract| &contract["value"]).collect();
    let cny = |minor: i64| json!({ "minor": minor, "currency": "CNY" });
    assert_eq!(values, [&cny(30), &cny(123_456), &Json::Null], "a number has a point, a text has its comma");
    assert_eq!(contracts[0]["number"], "007");
    let rejects = std::fs::read_to_string(desk.path("a.rejects.csv")).unwrap();
    assert!(rejects.contains("\n4,") && rejects.contains("“#REF!” is the error of a formula"), "{rejects}");
    let again = desk.run(["import", "a.xlsx", "--as", "contracts", "--decimal", "comma"]);
    assert!(again.err.contains("“Contracts”; name another with --sheet: “Notes”, “Old”"), "{}", again.err);
    assert!(again.out.contains("3 unchanged"), "{}", again.out);
    let said = desk.refuses(2, ["import", "a.xlsx", "--as", "contracts", "--sheet", "4"]);
    assert!(said.contains("Notes, Contracts, Old"), "{said}");
    desk.file("a.csv", "name\nA\n");
    let said = desk.refuses(2, ["import", "a.csv", "--as", "vendors", "--sheet", "1"]);
    assert!(said.contains("has no sheets"), "{said}");
}

#[test]
fn a_file_that_unfolds_into_too_much_is_refused_in_time_and_memory() {
    let desk = Desk::new();
    let header = row(&["name"]);
    let far = format!("{header}<row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row>");
    desk.file("far.xlsx", xlsx(&[("S", &far)]));
    is_refused(&desk, "far.xlsx", "16384 columns");
    // One cell of a million rows each stands far to the right.
    let right = "<row><c r=\"SR1\"><v>1</v></c></row>".repeat(20_000);
    desk.file("right.xlsx", xlsx(&[("S", &format!("{header}{right}"))]));
    is_refused(&desk, "right.xlsx", "more than 8000000 cells");
    let bomb = xlsx(&[("S", &format!("{header}{}", " ".repeat(300 << 20)))]);
    let size =
        u32::try_from(header.len() + (300 << 20) + "<worksheet><sheetData></sheetData></worksheet>".len());
    let size = size.unwrap().to_le_bytes();
    desk.file("honest.xlsx", &bomb);
    is_refused(&desk, "honest.xlsx", "unfolds to more than 256 MB");
    // The same file, which says that it is small.
    let mut lie = Cursor::new(bomb.clone());
    for at in (0..bomb.len() - 4).filter(|at| bomb[*at..].starts_with(&size)) {
        lie.seek(SeekFrom::Start(at as u64)).unwrap();
        lie.write_all(&1000_u32.to_le_bytes()).unwrap();
    }
    assert_ne!(lie.get_ref(), &bomb);
    desk.file("lie.xlsx", lie.into_inner());
    let (said, took) = capped(&desk, "lie.xlsx");
    assert_eq!(said.code, 2, "{}", said.err);
    assert!(took < Duration::from_secs(10), "{took:?}");
}

#[test]
fn the_hostile_workbooks_are_refused() {
    let desk = Desk::new();
    for (name, says) in [
        ("sparse.xlsx", "16384 columns"),
        ("bomb512.xlsx", "unfolds to more than 256 MB"),
        ("trunc.xlsx", "damaged or incomplete"),
        ("rnd.xlsx", "UTF-16"),
    ] {
        let Some(path) = data(&format!("hostile/{name}")) else { continue };
        is_refused(&desk, path.to_str().unwrap(), says);
    }
}
