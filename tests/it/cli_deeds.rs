//! What one does with a contract from the command line: what is possible, why not, and done.

use serde_json::Value as Json;

use crate::support::Desk;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.ok(["vendor", "add", "--name", "Alpha"]);
    desk.ok([
        "contract",
        "add",
        "--vendor",
        "V-0001",
        "--title",
        "Frame",
        "--starts-on",
        "2025-08-01",
        "--term",
        "12m",
    ]);
    desk
}

fn action<'j>(said: &'j Json, word: &str) -> &'j Json {
    let all = said["actions"].as_array().unwrap();
    all.iter().find(|action| action["action"] == word).unwrap_or_else(|| panic!("no {word} in {said}"))
}

#[test]
fn what_is_possible_is_listed_with_the_reason_where_it_is_not() {
    let desk = desk();
    let said = desk.get(["contract", "actions", "C-0001"]);
    let review = action(&said, "legal-review");
    assert_eq!((review["possible"].as_bool(), review["why_not"].is_null()), (Some(true), true));
    assert_eq!(action(&said, "notice")["why_not"], "Only in the state: In force.");
    assert_eq!(action(&said, "cancel")["needs_reason"], true);
    assert_eq!(action(&said, "notice")["asks"][1]["field"], "notice_method");
    let text = desk.ok(["contract", "actions", "C-0001", "--lang", "zh"]);
    assert!(text.contains("仅限状态：履行中。"), "{text}");
}

#[test]
fn a_contract_is_taken_through_its_life() {
    let desk = desk();
    for (word, more) in [
        ("legal-review", &["--legal-reviewer", "Ann"][..]),
        ("approve", &[]),
        ("sign", &["--signed-on", "2025-07-01"]),
        ("in-force", &[]),
        ("notice", &["--notice-method", "email", "--notice-proof", "mail 12"]),
    ] {
        desk.ok(["contract", "do", "C-0001", word].iter().chain(more));
    }
    let shown = desk.get(["contract", "show", "C-0001"]);
    let field = |key: &str| shown[key].as_str().unwrap_or_default().to_owned();
    assert_eq!((field("state"), field("approved_by")), ("in_force".to_owned(), "mei.lin".to_owned()));
    assert_eq!((field("notice_given_on"), field("badge")), ("2026-07-26".to_owned(), "last_term".to_owned()));
    // Its last day is the 31st; behind it the end can be recorded, and before it cannot.
    let early = desk.run(["contract", "do", "C-0001", "end"]);
    assert!(early.code != 0 && early.err.contains("It runs to 2026-07-31"), "{}", early.err);
    let ended = desk.get(["contract", "do", "C-0001", "end", "--today", "2026-08-01"]);
    assert_eq!((&ended["state"], &ended["end_reason"]), (&Json::from("ended"), &Json::from("expired")));
}

#[test]
fn a_notice_says_which_day_is_the_last() {
    let desk = desk();
    desk.ok(["contract", "edit", "C-0001", "--renewal", "auto", "--renewal-term", "12m", "--notice", "1m"]);
    for word in ["legal-review", "approve", "sign", "in-force"] {
        desk.ok(["contract", "do", "C-0001", word]);
    }
    let notice = |day: &str, lang: &str| {
        let words = ["contract", "do", "C-0001", "notice", "--notice-method", "email", "--lang", lang];
        desk.run(words.iter().copied().chain(["--notice-given-on", day]))
    };
    let early = notice("2025-07-31", "en");
    assert!(early.code != 0 && early.err.contains("starts on 2025-08-01"), "{}", early.err);
    let future = notice("2026-07-27", "en");
    assert!(future.code != 0 && future.err.contains("still to come"), "{}", future.err);
    let late = notice("2026-07-26", "en");
    assert!(late.err.contains("too late for this term, it ends on 2027-07-31."), "{}", late.err);
    desk.ok(["undo"]);
    let said = notice("2026-06-30", "zh");
    assert!(said.err.contains("已发出通知，将于 2026-07-31 到期。"), "{}", said.err);
}

#[test]
fn force_majeure_is_guarded_on_every_path() {
    let desk = desk();
    for word in ["legal-review", "approve", "sign", "in-force"] {
        desk.ok(["contract", "do", "C-0001", word]);
    }
    let forced = ["--end-reason", "force_majeure", "--reason", "flood"];
    let refused = |words: &[&str]| {
        let said = desk.run(words.iter().copied().chain(forced));
        assert!(said.code != 0 && said.err.contains("since when"), "{words:?}: {}", said.err);
    };
    refused(&["contract", "do", "C-0001", "end", "--today", "2026-08-01"]);
    refused(&["contract", "edit", "C-0001", "--state", "ended"]);
    refused(&["contract", "do", "C-0001", "terminate"]);
    let young = ["contract", "do", "C-0001", "terminate", "--force-majeure-from", "2026-07-01"];
    let said = desk.run(young.iter().copied().chain(forced).chain(["--terminated-on", "2026-07-31"]));
    assert!(said.code != 0 && said.err.contains("from 2026-08-30 on"), "{}", said.err);
}

#[test]
fn what_made_another_contract_tells_both() {
    let desk = desk();
    for word in ["legal-review", "approve", "sign", "in-force"] {
        desk.ok(["contract", "do", "C-0001", word]);
    }
    let said = desk.get(["contract", "do", "C-0001", "renew", "--value", "CNY 9"]);
    assert_eq!((&said["replaced_by"], &said["made"]["code"]), (&Json::from("C-0002"), &Json::from("C-0002")));
    assert_eq!(said["made"]["starts_on"], "2026-08-01");
    let text = desk.ok(["show", "C-0002"]);
    assert!(text.contains("Replaces (1)") && text.contains("C-0001"), "{text}");
}

#[test]
fn what_is_not_asked_and_what_is_no_action_is_told() {
    let desk = desk();
    let said = desk.run(["contract", "do", "C-0001", "legal-review", "--notice-method", "email"]);
    assert!(said.err.contains("it asks for: legal_reviewer"), "{}", said.err);
    let said = desk.run(["contract", "do", "C-0001", "marry"]);
    assert!(said.code == 2 && said.err.contains("legal-review, back-to-draft"), "{} {}", said.code, said.err);
    let said = desk.run(["contract", "do", "C-0001", "cancel"]);
    assert!(said.err.contains("--reason"), "{}", said.err);
}
