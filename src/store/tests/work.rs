//! What happens under a contract: its moves need what they say, and its dates want attention until it is
//! settled.

use super::support::*;
use super::*;
use crate::register::What;
use crate::texts::Lang;

/// The dates of everything but contracts that want attention: of what kind, when, of which vendor.
fn lines(store: &Store) -> Vec<(What, String, String)> {
    let all = store.attention(None, 100).unwrap();
    let others = all.into_iter().filter(|line| line.at.kind != Kind::Contract);
    others.map(|line| (line.what, line.date.to_string(), line.vendor)).collect()
}

fn line(what: What, date: &str) -> Vec<(What, String, String)> {
    vec![(what, date.to_owned(), "Alpha".to_owned())]
}

/// A register with one contract.
fn desk() -> (tempfile::TempDir, Store) {
    let (dir, mut store) = fresh();
    let alpha = vendor(&mut store, "Alpha");
    contract(&mut store, alpha, &[]);
    (dir, store)
}

#[test]
fn a_deliverable_is_accepted_by_its_criteria_and_wants_attention_until_then() {
    let (_dir, mut store) = desk();
    let words = [("title", "Manual"), ("contract", "C-0001"), ("due_on", "2026-07-20")];
    let manual = add(&mut store, Kind::Deliverable, &words);
    assert_eq!(lines(&store), line(What::Deliverable, "2026-07-20"), "its vendor is that of the contract");
    let met = [("state", "met"), ("delivered_on", "2026-07-25"), ("accepted_on", "2026-07-26")];
    let refusal = try_edit(&mut store, manual, &met, None).unwrap_err();
    assert!(sentences(&refusal)[0].contains("stated criteria"), "{refusal:?}");
    edit(&mut store, manual, &[("criteria", "both languages")]);
    assert!(
        try_edit(&mut store, manual, &[("state", "partly_met"), ("delivered_on", "today")], None).is_err()
    );
    let early = [("state", "met"), ("delivered_on", "2026-07-25"), ("accepted_on", "2026-07-24")];
    let refusal = try_edit(&mut store, manual, &early, None).unwrap_err();
    assert!(sentences(&refusal)[0].contains("before it was delivered"), "{refusal:?}");
    try_edit(&mut store, manual, &met, None).unwrap();
    assert_eq!(lines(&store), []);
    let refusal = try_edit(&mut store, manual, &[("criteria", "")], None).unwrap_err();
    assert!(sentences(&refusal)[0].contains("stated criteria"), "{refusal:?}");
    edit(&mut store, manual, &[("state", "not_met"), ("shortfall", "one language")]);
    assert_eq!(lines(&store), line(What::Deliverable, "2026-07-20"), "what falls short is not settled");
    let told = store.consequences(None).unwrap().into_iter().find(|(line, _)| line.at == manual).unwrap().1;
    assert_eq!(told.in_(Lang::En), "Falls short (one language); it was due on 2026-07-20.");
    let added = [("title", "x"), ("contract", "C-0001"), ("state", "met"), ("accepted_on", "today")];
    assert!(try_add(&mut store, Kind::Deliverable, &added).is_err(), "by what, and when did it come?");
}

#[test]
fn a_change_is_assessed_decided_and_done_in_this_order() {
    let (_dir, mut store) = desk();
    let words = [("title", "Night team"), ("contract", "C-0001"), ("decide_by", "2026-08-05")];
    let change = add(&mut store, Kind::ChangeRequest, &words);
    assert_eq!(lines(&store), line(What::Change, "2026-08-05"));
    let approved = [("state", "approved"), ("decided_on", "today"), ("decided_by", "mei")];
    assert!(try_edit(&mut store, change, &approved, None).is_err(), "what it does is not known yet");
    let assessed = [("state", "assessed"), ("scope", "none"), ("delay", "0d")];
    let refusal = try_edit(&mut store, change, &assessed, None).unwrap_err();
    assert!(sentences(&refusal)[0].contains("Cost"), "{refusal:?}");
    try_edit(&mut store, change, &[&assessed[..], &[("cost", "-20000")]].concat(), None).unwrap();
    assert_eq!(shown(&store, change, "cost"), "CNY -20000.00", "it saves");
    try_edit(&mut store, change, &[&approved[..], &[("implement_by", "2026-09-01")]].concat(), None).unwrap();
    assert_eq!(lines(&store), line(What::Change, "2026-09-01"), "what was approved is to be done");
    let early = [("state", "implemented"), ("implemented_on", "2026-07-01")];
    assert!(try_edit(&mut store, change, &early, None).is_err(), "before it was decided");
    try_edit(&mut store, change, &[("state", "implemented"), ("implemented_on", "today")], None).unwrap();
    assert_eq!(lines(&store), []);
}

#[test]
fn a_dispute_is_negotiated_before_it_goes_to_court_and_closed_with_an_outcome() {
    let (_dir, mut store) = desk();
    let words = [("title", "Invoice"), ("contract", "C-0001"), ("found_on", "2026-07-20")];
    let dispute = add(&mut store, Kind::Breach, &words);
    assert_eq!(lines(&store), line(What::Remedy, "2026-07-20"), "nothing open is silent");
    assert!(try_edit(&mut store, dispute, &[("state", "in_court"), ("court", "CIETAC")], Some("x")).is_err());
    try_edit(&mut store, dispute, &[("state", "negotiating")], None).unwrap();
    let remedy = [("state", "remedying"), ("remedy", "a credit"), ("remedy_due", "2026-08-01")];
    try_edit(&mut store, dispute, &remedy, None).unwrap();
    assert_eq!(lines(&store), line(What::Remedy, "2026-08-01"));
    edit(&mut store, dispute, &[("remedied_on", "2026-07-26")]);
    assert_eq!(lines(&store), line(What::Remedy, "2026-08-01"), "it is not closed yet");
    let closed = [("state", "closed"), ("remedied_on", "2026-07-26")];
    assert!(try_edit(&mut store, dispute, &closed, None).is_err(), "nobody says what came of it");
    try_edit(&mut store, dispute, &[&closed[..], &[("outcome", "credited")]].concat(), None).unwrap();
    assert_eq!(lines(&store), []);
    edit(&mut store, dispute, &[("state", "open")]);
    assert_eq!(
        lines(&store),
        line(What::Remedy, "2026-07-20"),
        "what is open again is open since it was found"
    );
    edit(&mut store, dispute, &[("next_on", "2026-08-09")]);
    assert_eq!(lines(&store), line(What::Remedy, "2026-08-09"));
}

#[test]
fn a_report_is_due_until_it_came_and_again_when_it_is_returned() {
    let (_dir, mut store) = desk();
    let words =
        [("title", "Monthly"), ("contract", "C-0001"), ("period", "2026-06"), ("due_on", "2026-07-10")];
    let report = add(&mut store, Kind::Report, &words);
    assert_eq!(lines(&store), line(What::Report, "2026-07-10"));
    assert!(try_edit(&mut store, report, &[("state", "received")], None).is_err(), "when did it come?");
    try_edit(&mut store, report, &[("state", "received"), ("received_on", "2026-07-12")], None).unwrap();
    assert_eq!(lines(&store), []);
    try_edit(&mut store, report, &[("state", "returned"), ("lacks", "the figures")], None).unwrap();
    assert_eq!(lines(&store), line(What::Report, "2026-07-10"));
    let told = store.consequences(None).unwrap().into_iter().find(|(line, _)| line.at == report).unwrap().1;
    assert_eq!(told.in_(Lang::En), "Returned, for it lacks: the figures. It was due on 2026-07-10.");
}
