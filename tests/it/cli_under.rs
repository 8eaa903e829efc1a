//! What stands in a contract and what its service levels came to, from the command line.

use serde_json::{Value as Json, json};

use crate::support::Desk;

/// A frame on which a vital service rests.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.ok(["vendor", "add", "--name", "Alpha"]);
    desk.ok(["contract", "add", "--vendor", "V-0001", "--title", "Frame", "--kind", "master"]);
    let service = ["service", "add", "--name", "Hosting", "--vendor", "V-0001", "--contract", "C-0001"];
    desk.ok([&service[..], &["--criticality", "4"]].concat());
    desk
}

fn clause<'j>(said: &'j Json, word: &str) -> &'j Json {
    let all = said["clauses"].as_array().unwrap();
    all.iter().find(|clause| clause["clause"] == word).unwrap_or_else(|| panic!("no {word} in {said}"))
}

#[test]
fn a_missing_clause_is_a_finding_as_grave_as_what_rests_on_the_contract() {
    let desk = desk();
    let add = |about: &str, state: &str| {
        desk.ok(["clause", "add", "--contract", "C-0001", "--about", about, "--state", state]);
    };
    add("exit", "missing");
    add("insurance", "missing");
    add("price", "present");
    let said = desk.get(["contract", "clauses", "C-0001"]);
    assert_eq!(said["clauses"].as_array().unwrap().len(), 24);
    assert_eq!(said["criticality"], 4);
    let exit = clause(&said, "exit");
    assert_eq!(
        (&exit["number"], &exit["critical"], &exit["found"]),
        (&json!(18), &json!(true), &json!("missing"))
    );
    assert_eq!(clause(&said, "scope")["found"], Json::Null);
    let severities: Vec<&Json> =
        said["findings"].as_array().unwrap().iter().map(|finding| &finding["severity"]).collect();
    assert_eq!(severities, ["error", "warning"]);
    let check = desk.run(["check", "--json"]);
    assert!(check.out.contains("\"clause\"") && check.out.contains("Exit and handover"), "{}", check.out);
    desk.ok(["service", "edit", "SV-0001", "--criticality", "2"]);
    let said = desk.get(["contract", "clauses", "C-0001"]);
    assert!(said["findings"].as_array().unwrap().iter().all(|finding| finding["severity"] == "warning"));
}

#[test]
fn what_a_contract_is_expected_to_have_follows_from_its_kind_and_is_a_setting() {
    let desk = desk();
    let expected = |desk: &Desk| {
        let said = desk.get(["contract", "clauses", "C-0001"]);
        said["clauses"].as_array().unwrap().iter().filter(|clause| clause["expected"] == true).count()
    };
    assert_eq!(expected(&desk), 24);
    desk.ok(["contract", "edit", "C-0001", "--kind", "nda"]);
    assert_eq!(expected(&desk), 8);
    desk.ok(["set", "clauses_nda", "confidentiality, breach"]);
    assert_eq!(expected(&desk), 2);
    let refused = desk.run(["set", "clauses_nda", "secrecy"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("secrecy"), "{}", refused.err);
}

#[test]
fn credits_are_capped_by_period_and_the_next_period_is_told() {
    let desk = desk();
    for (title, allocation) in [("Availability", "70%"), ("Response", "60%")] {
        let level = ["service_level", "add", "--contract", "C-0001", "--title", title, "--target", "99"];
        let credit = ["--charge", "CNY 10000", "--at-risk", "12%", "--allocation", allocation];
        desk.ok([&level[..], &credit].concat());
    }
    for level in ["SL-0001", "SL-0002"] {
        desk.ok(["measurement", "add", "--level", level, "--period", "2026-06", "--value", "98"]);
    }
    let said = desk.get(["contract", "levels", "C-0001"]);
    let credit = &said["credits"][0];
    assert_eq!((&credit["period"], &credit["misses"]), (&json!("2026-06"), &json!(2)));
    let minor = |key: &str| credit[key]["minor"].as_i64().unwrap_or_else(|| panic!("{credit}"));
    assert_eq!((minor("sum"), minor("cap"), minor("due")), (156_000, 120_000, 120_000));
    let first = &said["service_levels"][0];
    assert_eq!((&first["attained_bp"], &first["next_period"]), (&json!(0), &json!("2026-07")));
    assert_eq!(first["periods"][0]["outcome"], "missed");
    let text = desk.ok(["contract", "levels", "C-0001", "--lang", "zh"]);
    assert!(text.contains("应抵扣 CNY 1,200.00，合计 CNY 1,560.00"), "{text}");
}
