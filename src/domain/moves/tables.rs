//! The tables of moves, one a kind of record.
//!
//! This module must never hold anything but the tables. Guards that need kinds of record which the
//! register does not keep yet are told at each table.

use super::{ANY, Move, Need};

const REASON: Need = Need::Reason;
const OWNER: Need = Need::Field("owner");

const fn go(from: &'static str, to: &'static str, needs: &'static [Need]) -> Move {
    Move { from, to, needs }
}

/// Vendors. A move that puts a vendor into a worse standing needs a reason, which then stands for
/// the guard that cannot be looked up yet: the grade, the expired credential, the failed admission.
///
/// Not checked here: admission items passed and an approver other than the proposer (to approved), a
/// contract that came into force (to active, then automatic), the improvement plan (watch and back),
/// the exit case (to exiting), the approver (to blacklisted). That no exit case of theirs is open (to
/// exited) is asked where it is written.
/// The ways back from suspended and exiting are ours: without them a suspension could only end in an
/// exit, and an exit that was withdrawn nowhere. So is
/// that a blacklisted or gone vendor is not taken through an exit again without a reason.
pub const VENDOR_MOVES: &[Move] = &[
    go("prospect", "in_review", &[OWNER]),
    go("in_review", "approved", &[]),
    go("in_review", "rejected", &[REASON]),
    go("approved", "active", &[]),
    go("active", "watch", &[REASON]),
    go("watch", "active", &[]),
    go("active", "suspended", &[REASON]),
    go("watch", "suspended", &[REASON]),
    go("suspended", "watch", &[REASON]),
    go("suspended", "active", &[REASON]),
    go("exiting", "exited", &[]),
    go("exiting", "active", &[REASON]),
    go("exited", "in_review", &[]),
    go("rejected", "in_review", &[]),
    go("blacklisted", "exiting", &[REASON]),
    go("exited", "exiting", &[REASON]),
    go(ANY, "exiting", &[]),
    go(ANY, "blacklisted", &[REASON]),
];

/// Contracts. Who may approve and sign is not checked here. The way back from legal review is ours.
pub const CONTRACT_MOVES: &[Move] = &[
    go("draft", "legal_review", &[]),
    go("legal_review", "draft", &[REASON]),
    go("legal_review", "approved", &[]),
    go("approved", "signed", &[]),
    go("signed", "in_force", &[Need::Field("starts_on")]),
    go("in_force", "ended", &[Need::Field("end_reason")]),
    go("draft", "cancelled", &[REASON]),
    go("legal_review", "cancelled", &[REASON]),
    go("approved", "cancelled", &[REASON]),
    go("signed", "cancelled", &[REASON]),
];

/// Reviews. A dispute is told in the vendor's words; the days, who locked it and the seal are noted by
/// themselves where it is written. A locked review is final: a correction is a new revision.
pub const REVIEW_MOVES: &[Move] = &[
    go("planned", "collecting", &[]),
    go("collecting", "draft", &[]),
    go("draft", "shared", &[]),
    go("shared", "acknowledged", &[]),
    go("shared", "disputed", &[Need::Field("response_text")]),
    go("disputed", "draft", &[]),
    go("acknowledged", "locked", &[]),
];

/// Risks. To close or accept one needs a reason. Not checked here: that a lower residual risk has an
/// implemented control.
pub const RISK_MOVES: &[Move] = &[
    go("open", "assessed", &[Need::Field("inherent")]),
    go("assessed", "treating", &[Need::Field("treatment"), OWNER]),
    go("assessed", "accepted", &[REASON]),
    go("treating", "accepted", &[REASON]),
    go("treating", "assessed", &[]),
    go("accepted", "assessed", &[]),
    go("open", "closed", &[REASON]),
    go("assessed", "closed", &[REASON]),
    go("treating", "closed", &[REASON]),
    go("accepted", "closed", &[REASON]),
    go("closed", "open", &[REASON]),
];

/// Improvement plans: agreed by both sides, carried out, verified. One that did not work is proposed anew
/// or answered; that it is answered is not checked here.
pub const IMPROVEMENT_MOVES: &[Move] = &[
    go("proposed", "agreed", &[Need::Field("goal"), OWNER, Need::Field("due_on")]),
    go("agreed", "in_progress", &[]),
    go("in_progress", "verify", &[]),
    go("verify", "effective", &[Need::Field("result")]),
    go("verify", "ineffective", &[Need::Field("result")]),
    go("verify", "in_progress", &[REASON]),
    go("proposed", "dropped", &[REASON]),
    go("agreed", "dropped", &[REASON]),
    go("in_progress", "dropped", &[REASON]),
    go("dropped", "proposed", &[REASON]),
];

/// Consequences: proposed by a grade or a person, decided by a person, done.
pub const CONSEQUENCE_MOVES: &[Move] = &[
    go("proposed", "decided", &[Need::Field("decided_by"), Need::Field("decided_on")]),
    go("decided", "done", &[Need::Field("done_on")]),
    go("proposed", "declined", &[REASON]),
    go("decided", "declined", &[REASON]),
    go("declined", "proposed", &[REASON]),
];

/// Meetings. To open a closed one again needs a reason.
pub const MEETING_MOVES: &[Move] = &[
    go("planned", "running", &[]),
    go("running", "closed", &[]),
    go("running", "planned", &[REASON]),
    go("closed", "running", &[REASON]),
];

/// Actions. To drop one, and to take it up again, needs a reason.
pub const ACTION_MOVES: &[Move] = &[
    go("open", "in_progress", &[]),
    go("in_progress", "open", &[]),
    go("open", "done", &[]),
    go("in_progress", "done", &[]),
    go("open", "dropped", &[REASON]),
    go("in_progress", "dropped", &[REASON]),
    go("done", "in_progress", &[REASON]),
    go("dropped", "open", &[REASON]),
];

const DONE_BY: &[Need] = &[Need::Field("decided_on"), Need::Field("decided_by")];

/// Deliverables. Nothing is accepted but by stated criteria (seed text 2, line 531), and what falls short
/// is said.
pub const DELIVERABLE_MOVES: &[Move] = &[
    go(
        "scheduled",
        "met",
        &[Need::Field("criteria"), Need::Field("delivered_on"), Need::Field("accepted_on")],
    ),
    go(
        "scheduled",
        "partly_met",
        &[Need::Field("criteria"), Need::Field("delivered_on"), Need::Field("shortfall")],
    ),
    go("scheduled", "not_met", &[Need::Field("criteria"), Need::Field("shortfall")]),
    go("partly_met", "met", &[Need::Field("accepted_on")]),
    go("not_met", "met", &[Need::Field("delivered_on"), Need::Field("accepted_on")]),
    go("not_met", "partly_met", &[Need::Field("delivered_on")]),
    go("partly_met", "not_met", &[REASON]),
    go("met", "partly_met", &[REASON, Need::Field("shortfall")]),
    go("met", "not_met", &[REASON, Need::Field("shortfall")]),
];

/// Change requests: none is approved before its effects are told, none done before it is approved (seed
/// text 2, line 691). The ways back are ours.
pub const CHANGE_MOVES: &[Move] = &[
    go("requested", "assessed", &[Need::Field("scope"), Need::Field("cost"), Need::Field("delay")]),
    go("assessed", "requested", &[REASON]),
    go("assessed", "approved", DONE_BY),
    go("assessed", "rejected", DONE_BY),
    go("approved", "implemented", &[Need::Field("implemented_on")]),
    go("rejected", "requested", &[REASON]),
    go("requested", "withdrawn", &[REASON]),
    go("assessed", "withdrawn", &[REASON]),
    go("approved", "withdrawn", &[REASON]),
];

/// Breaches and disputes: a court or tribunal only after negotiation (seed text 2, lines 783 and 784).
pub const BREACH_MOVES: &[Move] = &[
    go("open", "remedying", &[Need::Field("remedy"), Need::Field("remedy_due")]),
    go("open", "negotiating", &[]),
    go("remedying", "negotiating", &[]),
    go("negotiating", "remedying", &[Need::Field("remedy"), Need::Field("remedy_due")]),
    go("negotiating", "in_court", &[Need::Field("court")]),
    go("in_court", "negotiating", &[REASON]),
    go("open", "closed", &[REASON, Need::Field("outcome")]),
    go("remedying", "closed", &[Need::Field("remedied_on"), Need::Field("outcome")]),
    go("negotiating", "closed", &[Need::Field("outcome")]),
    go("in_court", "closed", &[Need::Field("outcome")]),
    go("closed", "open", &[REASON]),
];

/// Reports. What is returned says what it lacks.
pub const REPORT_MOVES: &[Move] = &[
    go("due", "received", &[Need::Field("received_on")]),
    go("due", "accepted", &[Need::Field("received_on")]),
    go("received", "accepted", &[]),
    go("received", "returned", &[Need::Field("lacks")]),
    go("accepted", "returned", &[REASON, Need::Field("lacks")]),
    go("returned", "received", &[]),
    go("returned", "accepted", &[]),
];

/// Exit cases: none is closed before it is settled and the data are accounted for. That no step which
/// blocks is open is asked where it is written.
pub const EXIT_MOVES: &[Move] = &[
    go(
        "open",
        "closed",
        &[
            Need::Field("settlement"),
            Need::Field("settled_on"),
            Need::Field("data"),
            Need::Field("closed_on"),
        ],
    ),
    go("open", "withdrawn", &[REASON]),
    go("closed", "open", &[REASON]),
];

/// Exit steps. To take up again what is settled needs a reason.
pub const EXIT_STEP_MOVES: &[Move] = &[
    go("open", "done", &[Need::Field("done_on")]),
    go("open", "not_applicable", &[Need::Field("why")]),
    go("not_applicable", "done", &[Need::Field("done_on")]),
    go("done", "open", &[REASON]),
    go("not_applicable", "open", &[REASON]),
];

/// Invoices. To dispute one says why; that it is paid is told by its payments.
pub const INVOICE_MOVES: &[Move] = &[
    go("received", "approved", &[Need::Field("approved_on")]),
    go("received", "disputed", &[Need::Field("dispute")]),
    go("approved", "disputed", &[Need::Field("dispute")]),
    go("disputed", "approved", &[Need::Field("approved_on")]),
    go("disputed", "received", &[]),
    go("approved", "received", &[REASON]),
    go("received", "withdrawn", &[REASON]),
    go("approved", "withdrawn", &[REASON]),
    go("disputed", "withdrawn", &[REASON]),
    go("withdrawn", "received", &[REASON]),
];
