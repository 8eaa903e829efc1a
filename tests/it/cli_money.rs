//! The money of contracts, held against a calculation that shares nothing with the program.

use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use crate::support::{Desk, Said};

/// 36 months in three currencies: what is entered, and the figures that an independent calculation gives.
/// The file says by which method.
const CASE: &str = include_str!("fixtures/money-36-months.json");

/// Runs a command on the day of the case.
fn on_day(desk: &Desk, today: &str, args: &[&str]) -> Said {
    Said::of(&desk.command().env("VENDECK_TODAY", today).args(args).output().unwrap())
}

/// Imports rows of a kind as a CSV of all their fields.
fn enter(desk: &Desk, today: &str, kind: &str, rows: &[Json], more: &[(&str, &str)]) {
    let keys: Vec<&String> = rows[0].as_object().unwrap().keys().collect();
    let mut csv = keys
        .iter()
        .map(|key| key.as_str())
        .chain(more.iter().map(|(key, _)| *key))
        .collect::<Vec<_>>()
        .join(",");
    for row in rows {
        let cells = keys.iter().map(|key| match &row[key.as_str()] {
            Json::String(text) => text.clone(),
            other => other.to_string(),
        });
        let cells = cells.chain(more.iter().map(|(_, value)| (*value).to_owned()));
        write!(csv, "\n{}", cells.collect::<Vec<_>>().join(",")).unwrap();
    }
    let path = desk.file(&format!("{kind}.csv"), csv + "\n");
    let said = on_day(desk, today, &["import", path.to_str().unwrap(), "--as", kind]);
    assert_eq!(said.code, 0, "{kind}: {}{}", said.out, said.err);
}

/// The register of the case, with its contract C-0001.
fn entered(case: &Json) -> Desk {
    let desk = Desk::new();
    let today = case["today"].as_str().unwrap();
    let ok = |args: &[&str]| {
        let said = on_day(&desk, today, args);
        assert_eq!(said.code, 0, "{args:?}: {}{}", said.out, said.err);
    };
    ok(&["vendor", "add", "--name", "Alpha"]);
    let contract =
        ["contract", "add", "--vendor", "Alpha", "--title", "Contact centre", "--state", "in_force"];
    ok(&[&contract[..], &["--starts-on", "2024-01-01", "--term", "36m", "--value", "USD 5,000,000"]]
        .concat());
    enter(&desk, today, "rates", case["rates"].as_array().unwrap(), &[("into", "CNY")]);
    let of = [("contract", "C-0001")];
    enter(&desk, today, "cost_lines", case["lines"].as_array().unwrap(), &of);
    let of_invoices = [("contract", "C-0001"), ("dispute", "counted twice")];
    enter(&desk, today, "invoices", case["invoices"].as_array().unwrap(), &of_invoices);
    let change = ["change_request", "add", "--contract", "C-0001", "--title", "x", "--decided-by", "mei"];
    let done = ["--state", "implemented", "--cost", "CNY 45000.00", "--implemented-on", "2025-03-14"];
    ok(&[&change[..], &done].concat());
    let approved = ["--state", "approved", "--cost", "JPY -123457", "--implement-by", "2026-04-30"];
    ok(&[&change[..], &approved].concat());
    // What was only asked for costs nothing yet.
    ok(&[&change[..], &["--state", "assessed", "--cost", "CNY 1000000"]].concat());
    let breach =
        ["breach", "add", "--contract", "C-0001", "--title", "x", "--state", "closed", "--outcome", "x"];
    let theirs = ["--side", "theirs", "--penalty", "USD 7777.77", "--remedied-on", "2024-08-08"];
    ok(&[&breach[..], &theirs].concat());
    ok(&[&breach[..], &["--side", "ours", "--penalty", "JPY 10001", "--found-on", "2025-02-02"]].concat());
    desk
}

/// A pair of figures of the case: minor units in the currency of the contract and in that of the register.
fn pair(json: &Json) -> Json {
    let minor = |side: &str, currency: &str| {
        assert_eq!(json[side]["currency"], currency);
        json[side]["minor"].clone()
    };
    json!([minor("own", "USD"), minor("base", "CNY")])
}

#[test]
fn plan_actual_and_forecast_over_36_months_in_three_currencies_are_right_to_the_cent() {
    let case: Json = serde_json::from_str(CASE).unwrap();
    let desk = entered(&case);
    let said = on_day(&desk, case["today"].as_str().unwrap(), &["contract", "money", "C-0001", "--json"]);
    let found: Json = serde_json::from_str(&said.out).unwrap();
    let expected = &case["expected"];
    assert_eq!(found["notes"], json!([]), "nothing is left out");
    let months = found["months"].as_array().unwrap();
    assert_eq!(months.len(), 36);
    for (month, wanted) in months.iter().zip(expected["months"].as_array().unwrap()) {
        assert_eq!(month["month"], wanted["month"]);
        assert_eq!(month["closed"], wanted["closed"], "{wanted}");
        for key in ["plan", "actual", "forecast", "cumulative"] {
            assert_eq!(pair(&month[key]), wanted[key], "{key} of {}", wanted["month"]);
        }
    }
    for key in ["plan", "actual", "forecast"] {
        assert_eq!(pair(&found["total"][key]), expected["total"][key], "{key}");
    }
    let of_pairs = |json: &Json| {
        let pairs = json.as_object().unwrap().iter().map(|(key, value)| (key.clone(), pair(value)));
        Json::Object(pairs.collect())
    };
    assert_eq!(of_pairs(&found["layers"]), expected["layers"]);
    for (kind, wanted) in expected["kinds"].as_object().unwrap() {
        for key in ["plan", "actual", "forecast"] {
            assert_eq!(pair(&found["kinds"][kind][key]), wanted[key], "{key} of {kind}");
        }
    }
    for key in ["unbilled", "tco", "baseline"] {
        assert_eq!(pair(&found[key]), expected[key], "{key}");
    }
    assert_eq!(found["saving"], expected["saving"]);
}
