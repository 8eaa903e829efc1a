//! What is written is what was given, and a spreadsheet reads it so.

use std::io::Cursor;

use chrono::NaiveDate;

use super::*;
use crate::domain::decimal::Decimal4;
use crate::domain::money::{Currency, Money};
use crate::intake::workbook::read_workbook;

fn headings() -> Vec<Heading> {
    let heading = |key, label: &str, shape| Heading { key, label: label.to_owned(), shape };
    vec![
        heading("name", "Name", Shape::Line),
        heading("value", "金额", Shape::Money),
        heading("ends_on", "Ends", Shape::Date),
        heading("score", "Score", Shape::Points),
        heading("weight", "Weight", Shape::Weight),
        heading("primary", "Primary", Shape::Bool),
    ]
}

fn row(name: &str, minor: i64, code: &str) -> Vec<Value> {
    vec![
        Value::Text(name.to_owned()),
        Value::Money(Money { minor, currency: Currency::from_code(code).unwrap() }),
        Value::Date(NaiveDate::from_ymd_opt(2026, 3, 31).unwrap()),
        Value::Points(8650),
        Value::Weight(1250),
        Value::Bool(true),
    ]
}

fn written(format: Format, words: Words, rows: &[Vec<Value>]) -> Vec<u8> {
    let mut writer = Writer::new(format, headings(), words).unwrap();
    for row in rows {
        writer.row(row).unwrap();
    }
    writer.finish().unwrap()
}

#[test]
fn a_workbook_holds_numbers_and_days_and_no_formula() {
    let rows = [
        row("=1+1", 390_000_010, "CNY"),
        row("'=1", -5, "JPY"),
        row("000123", 9_999_999_999_999_999, "KWD"),
        vec![Value::Null; 6],
        row(" 腾云 | a\nb", 1, "KWD"),
    ];
    let bytes = written(Format::Xlsx, Words::Exact, &rows);
    let table = read_workbook(Cursor::new(bytes), None).unwrap().table;
    assert_eq!(table.columns, ["Name", "金额", "Ends", "Score", "Weight", "Primary"]);
    let read: Vec<Vec<&str>> = table.rows.iter().map(|row| (0..6).map(|at| row.cell(at)).collect()).collect();
    let rest = ["2026-03-31", "86.5", "12.5%", "true"];
    let row = |name: &'static str, value: &'static str| [&[name, value][..], &rest].concat();
    assert_eq!(
        read,
        [
            row("=1+1", "CNY 3900000.1"),
            row("'=1", "JPY -5"),
            row("000123", "KWD 9999999999999.999"),
            row(" 腾云 | a\nb", "KWD 0.001"),
        ]
    );
}

#[test]
fn a_text_is_guarded_in_csv_and_stays_in_its_cell_in_markdown() {
    let rows = [row("=a|b\nc", 1000, "USD")];
    let csv = String::from_utf8(written(Format::Csv, Words::Exact, &rows)).unwrap();
    assert_eq!(
        csv,
        "Name,金额,Ends,Score,Weight,Primary\n\"'=a|b\nc\",USD 10.00,2026-03-31,86.5,12.5%,yes\n"
    );
    let shown = written(Format::Markdown, Words::Shown(Lang::Zh), &rows);
    let shown = String::from_utf8(shown).unwrap();
    assert!(shown.starts_with(
        "| Name | 金额 | Ends | Score | Weight | Primary |\n| --- | --: | --- | --: | --: | --- |\n"
    ));
    assert!(shown.contains("| =a\\|b c |") && shown.ends_with("| 是 |\n"), "{shown}");
}

#[test]
fn json_is_the_twin_of_the_list() {
    let json: Json =
        serde_json::from_slice(&written(Format::Json, Words::Exact, &[row("a", 1, "USD")])).unwrap();
    assert_eq!(json[0]["value"], serde_json::json!({ "minor": 1, "currency": "USD" }));
    assert_eq!((&json[0]["score"], &json[0]["primary"]), (&8650.into(), &true.into()));
    assert_eq!(written(Format::Json, Words::Exact, &[]), b"[]\n");
}

#[test]
fn numbers_are_those_that_a_spreadsheet_keeps() {
    assert_eq!(number(&Value::Decimal(Decimal4(975_000))), Some((97.5, "General".to_owned())));
    let money = |minor| Value::Money(Money { minor, currency: Currency::CNY });
    assert_eq!(number(&money(123_456_789_012_345)).map(|(n, _)| n), Some(1_234_567_890_123.45));
    assert_eq!(number(&money(1_234_567_890_123_456)), None);
    assert_eq!(number(&money(-1)).map(|(n, _)| n), Some(-0.01));
    let long = Value::Text("a".repeat(40_000));
    let mut writer = Writer::new(Format::Xlsx, headings(), Words::Exact).unwrap();
    assert!(writer.row(&[long]).is_err());
}
