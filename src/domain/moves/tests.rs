use super::*;
use crate::domain::action::ActionState;
use crate::domain::contract::ContractState;
use crate::domain::delivery::{Acceptance, BreachState, ChangeState, ReportState};
use crate::domain::list::{Choice, ClosedList};
use crate::domain::review::ReviewState;
use crate::domain::risk::RiskState;
use crate::domain::vendor::VendorState;

const TABLES: [(&[Choice], &[Move]); 9] = [
    (VendorState::CHOICES, VENDOR_MOVES),
    (ContractState::CHOICES, CONTRACT_MOVES),
    (ReviewState::CHOICES, REVIEW_MOVES),
    (RiskState::CHOICES, RISK_MOVES),
    (ActionState::CHOICES, ACTION_MOVES),
    (Acceptance::CHOICES, DELIVERABLE_MOVES),
    (ChangeState::CHOICES, CHANGE_MOVES),
    (BreachState::CHOICES, BREACH_MOVES),
    (ReportState::CHOICES, REPORT_MOVES),
];

/// Checks a move with exactly these needs met.
fn check(table: &[Move], from: &str, to: &str, met: &[Need]) -> Result<(), MoveRefusal> {
    let filled = |key: &str| met.iter().any(|need| matches!(need, Need::Field(field) if *field == key));
    let reason = met.contains(&Need::Reason).then_some("agreed in the meeting");
    check_move(table, from, to, &MoveFacts { filled: &filled, reason })
}

/// Checks a move with every field filled and a reason given.
fn check_with_all(table: &[Move], from: &str, to: &str) -> Result<(), MoveRefusal> {
    check_move(table, from, to, &MoveFacts { filled: &|_| true, reason: Some("agreed") })
}

/// Every move that is allowed once all it needs is there, as `from>to`.
fn allowed(states: &[Choice], table: &[Move]) -> Vec<String> {
    let pairs = states.iter().flat_map(|from| states.iter().map(move |to| (from.key, to.key)));
    let moves = pairs.filter(|(from, to)| from != to && check_with_all(table, from, to).is_ok());
    moves.map(|(from, to)| format!("{from}>{to}")).collect()
}

#[test]
fn tables_name_known_states_and_each_move_once_or_its_exception_first() {
    for (states, table) in TABLES {
        let known = |key: &str| states.iter().any(|s| s.key == key);
        for (place, row) in table.iter().enumerate() {
            assert!(row.from == ANY || known(row.from), "{row:?}");
            assert!(known(row.to) && row.from != row.to, "{row:?}");
            let again = |m: &Move| m.to == row.to && m.from == row.from;
            assert!(!table.iter().skip(place + 1).any(again), "{row:?}");
            let hidden = |m: &Move| m.to == row.to && m.from == ANY;
            assert!(!table.iter().take(place).any(hidden), "{row:?} stands behind what covers it");
        }
    }
}

#[test]
fn every_state_but_the_first_can_be_reached() {
    for (states, table) in TABLES {
        for state in states.iter().skip(1) {
            assert!(table.iter().any(|m| m.to == state.key), "{}", state.key);
        }
    }
}

#[test]
fn the_vendor_moves_are_those_of_the_field() {
    let mut expected: Vec<String> = [
        "prospect>in_review",
        "in_review>approved",
        "in_review>rejected",
        "approved>active",
        "active>watch",
        "active>suspended",
        "watch>active",
        "watch>suspended",
        "suspended>active",
        "suspended>watch",
        "exiting>exited",
        "exiting>active",
        "exited>in_review",
        "rejected>in_review",
    ]
    .map(str::to_owned)
    .to_vec();
    for state in VendorState::CHOICES {
        let to = ["exiting", "blacklisted"].into_iter().filter(|to| *to != state.key);
        expected.extend(to.map(|to| format!("{}>{to}", state.key)));
    }
    let mut found = allowed(VendorState::CHOICES, VENDOR_MOVES);
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn the_contract_moves_go_forward_and_end_for_good() {
    let expected = [
        "draft>legal_review",
        "draft>cancelled",
        "legal_review>draft",
        "legal_review>approved",
        "legal_review>cancelled",
        "approved>signed",
        "approved>cancelled",
        "signed>in_force",
        "signed>cancelled",
        "in_force>ended",
    ];
    assert_eq!(allowed(ContractState::CHOICES, CONTRACT_MOVES), expected);
}

#[test]
fn the_review_moves_end_in_the_lock() {
    let expected = [
        "planned>collecting",
        "collecting>draft",
        "draft>shared",
        "shared>acknowledged",
        "shared>disputed",
        "acknowledged>locked",
        "disputed>draft",
    ];
    assert_eq!(allowed(ReviewState::CHOICES, REVIEW_MOVES), expected);
}

#[test]
fn a_locked_review_goes_nowhere() {
    for to in ReviewState::CHOICES.iter().map(|s| s.key).filter(|to| *to != "locked") {
        let refusal =
            MoveRefusal::NoSuchMove { from: "locked".to_owned(), to: to.to_owned(), possible: Vec::new() };
        assert_eq!(check_with_all(REVIEW_MOVES, "locked", to), Err(refusal));
    }
}

#[test]
fn whatever_is_not_listed_is_refused_with_what_is_possible() {
    let refused = |table: &[Move], from: &str, to: &str, possible: &[&'static str]| {
        let refusal =
            MoveRefusal::NoSuchMove { from: from.to_owned(), to: to.to_owned(), possible: possible.to_vec() };
        assert_eq!(check_with_all(table, from, to), Err(refusal), "{from} to {to}");
    };
    refused(VENDOR_MOVES, "prospect", "active", &["in_review", "exiting", "blacklisted"]);
    refused(CONTRACT_MOVES, "in_force", "draft", &["ended"]);
    refused(RISK_MOVES, "open", "treating", &["assessed", "closed"]);
    refused(ACTION_MOVES, "done", "dropped", &["in_progress"]);
    refused(VENDOR_MOVES, "active", "married", &["watch", "suspended", "exiting", "blacklisted"]);
    refused(VENDOR_MOVES, "active", "*", &["watch", "suspended", "exiting", "blacklisted"]);
}

#[test]
fn a_move_needs_what_its_row_says() {
    for (table, from, to, needs) in [
        (VENDOR_MOVES, "prospect", "in_review", [Need::Field("owner")].as_slice()),
        (VENDOR_MOVES, "in_review", "rejected", &[Need::Reason]),
        (VENDOR_MOVES, "prospect", "blacklisted", &[Need::Reason]),
        (CONTRACT_MOVES, "signed", "in_force", &[Need::Field("starts_on")]),
        (CONTRACT_MOVES, "in_force", "ended", &[Need::Field("end_reason")]),
        (CONTRACT_MOVES, "draft", "cancelled", &[Need::Reason]),
        (RISK_MOVES, "open", "assessed", &[Need::Field("inherent")]),
        (RISK_MOVES, "assessed", "treating", &[Need::Field("treatment"), Need::Field("owner")]),
        (RISK_MOVES, "assessed", "accepted", &[Need::Reason]),
        (ACTION_MOVES, "open", "dropped", &[Need::Reason]),
    ] {
        for (met, need) in needs.iter().enumerate() {
            let refusal = Err(MoveRefusal::Missing(*need));
            assert_eq!(check(table, from, to, &needs[..met]), refusal, "{from} to {to}");
        }
        assert_eq!(check(table, from, to, needs), Ok(()), "{from} to {to}");
    }
}

#[test]
fn what_is_possible_leaves_out_the_state_itself() {
    assert_eq!(possible_moves(VENDOR_MOVES, "exiting"), ["exited", "active", "blacklisted"]);
}

#[test]
fn a_blank_reason_is_none() {
    let blank = MoveFacts { filled: &|_| true, reason: Some(" \u{3000}") };
    let refusal = MoveRefusal::Missing(Need::Reason);
    assert_eq!(check_move(VENDOR_MOVES, "active", "blacklisted", &blank), Err(refusal));
}

#[test]
fn staying_is_no_move() {
    for (states, table) in TABLES {
        for state in states {
            assert_eq!(check(table, state.key, state.key, &[]), Ok(()), "{}", state.key);
        }
    }
}

#[test]
fn a_blacklisting_is_not_washed_away_without_a_reason() {
    let without = MoveFacts { filled: &|_| true, reason: None };
    for from in ["blacklisted", "exited"] {
        let refused = check_move(VENDOR_MOVES, from, "exiting", &without);
        assert_eq!(refused, Err(MoveRefusal::Missing(Need::Reason)), "{from}");
        assert_eq!(check_with_all(VENDOR_MOVES, from, "exiting"), Ok(()), "{from}");
    }
    assert_eq!(check_move(VENDOR_MOVES, "active", "exiting", &without), Ok(()));
    assert_eq!(possible_moves(VENDOR_MOVES, "blacklisted"), ["exiting"]);
}

#[test]
fn a_state_needs_what_every_move_into_it_needs() {
    assert_eq!(needs_of(CONTRACT_MOVES, "in_force"), [Need::Field("starts_on")]);
    assert_eq!(needs_of(CONTRACT_MOVES, "cancelled"), [Need::Reason]);
    assert_eq!(needs_of(CONTRACT_MOVES, "draft"), [Need::Reason]);
    assert_eq!(needs_of(RISK_MOVES, "assessed"), []);
    assert_eq!(needs_of(VENDOR_MOVES, "prospect"), []);
}

#[test]
fn nothing_is_accepted_without_criteria_approved_without_its_effects_or_taken_to_court_at_once() {
    use Need::Field;
    let missing = |key| Err(MoveRefusal::Missing(Field(key)));
    let came = [Field("delivered_on"), Field("accepted_on")];
    assert_eq!(check(DELIVERABLE_MOVES, "scheduled", "met", &came), missing("criteria"));
    assert_eq!(check(DELIVERABLE_MOVES, "scheduled", "not_met", &[Field("criteria")]), missing("shortfall"));
    assert!(matches!(
        check_with_all(CHANGE_MOVES, "requested", "approved"),
        Err(MoveRefusal::NoSuchMove { .. })
    ));
    let told = [Field("scope"), Field("delay")];
    assert_eq!(check(CHANGE_MOVES, "requested", "assessed", &told), missing("cost"));
    assert_eq!(check(CHANGE_MOVES, "assessed", "approved", &[Field("decided_on")]), missing("decided_by"));
    assert!(matches!(check_with_all(BREACH_MOVES, "open", "in_court"), Err(MoveRefusal::NoSuchMove { .. })));
    assert_eq!(check(BREACH_MOVES, "negotiating", "in_court", &[]), missing("court"));
    assert_eq!(check(REPORT_MOVES, "received", "returned", &[]), missing("lacks"));
}
