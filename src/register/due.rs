//! What needs attention, as data, and what happens if nobody acts.

use chrono::NaiveDate;

use crate::closed_list;
use crate::domain::delivery::ChangeState;
use crate::entity::{ChangeRequest, Kind, Record, Ref, Value, typed};
use crate::register::renewal;
use crate::texts::{Sentence, Text, text};

closed_list! {
    /// The kinds of attention.
    What {
        Notice = "notice_deadline", Attention, "Notice deadline", "通知截止";
        End = "contract_end", Attention, "Contract ends", "合同到期";
        Lapsed = "lapsed", Bad, "Lapsed", "已过期";
        Review = "review", Attention, "Review", "考核";
        RiskReview = "risk_review", Attention, "Risk review", "风险复评";
        Action = "action", Attention, "Action", "行动项";
        FollowUp = "follow_up", Plain, "Follow-up", "跟进";
        Deliverable = "deliverable", Attention, "Deliverable", "交付";
        Change = "change", Attention, "Change", "变更";
        Remedy = "remedy", Bad, "Remedy", "补救";
        Report = "report", Attention, "Report", "报告";
    }
}

impl What {
    /// The kind of the records that need it.
    #[must_use]
    pub const fn of(self) -> Kind {
        match self {
            Self::Notice | Self::End | Self::Lapsed => Kind::Contract,
            Self::Review => Kind::Review,
            Self::RiskReview => Kind::Risk,
            Self::Action => Kind::Action,
            Self::FollowUp => Kind::Interaction,
            Self::Deliverable => Kind::Deliverable,
            Self::Change => Kind::ChangeRequest,
            Self::Remedy => Kind::Breach,
            Self::Report => Kind::Report,
        }
    }
}

/// One date of one record that needs attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// Of what kind.
    pub what: What,
    /// By when.
    pub date: NaiveDate,
}

/// One line of the attention list.
#[derive(Debug, Clone, PartialEq)]
pub struct Attention {
    /// The record.
    pub at: Ref,
    /// Its code.
    pub code: String,
    /// Of what kind.
    pub what: What,
    /// By when.
    pub date: NaiveDate,
    /// `date` less today; negative when late.
    pub days: i64,
    /// What people call the record.
    pub label: String,
    /// What people call its vendor, if it has one that is not the record itself.
    pub vendor: String,
}

/// What happens if nobody acts by the date, in words.
#[must_use]
pub fn consequence(record: &Record, due: Due, today: NaiveDate) -> Sentence {
    let late = due.date < today;
    match due.what {
        What::Notice => renewal::of_notice(record, due.date, today),
        What::End => with_day(if late { ENDED } else { ENDS }, due.date),
        What::Lapsed => with_day(LAPSED, due.date),
        What::Review => with_day(if late { REVIEW_LATE } else { REVIEW_DUE }, due.date),
        What::RiskReview => with_day(if late { RISK_LATE } else { RISK_DUE }, due.date),
        What::Action => with_day(if late { ACTION_LATE } else { ACTION_DUE }, due.date),
        What::FollowUp => with_day(if late { FOLLOW_LATE } else { FOLLOW_DUE }, due.date),
        What::Deliverable => delivery_sentence(record, due.date, late),
        What::Change => change_sentence(record, due.date, late),
        What::Remedy => with_day(if late { REMEDY_LATE } else { REMEDY_DUE }, due.date),
        What::Report => with_day(if late { REPORT_LATE } else { REPORT_DUE }, due.date),
    }
}

/// What came waits for its acceptance.
fn delivery_sentence(record: &Record, date: NaiveDate, late: bool) -> Sentence {
    match record.get("delivered_on") {
        Value::Date(came) => with_day(TO_ACCEPT, *came),
        _ => with_day(if late { DELIVERY_LATE } else { DELIVERY_DUE }, date),
    }
}

fn change_sentence(record: &Record, date: NaiveDate, late: bool) -> Sentence {
    let is_approved = typed::<ChangeRequest>(&record.values)
        .is_ok_and(|change| change.state == Some(ChangeState::Approved));
    with_day(
        match (is_approved, late) {
            (true, true) => CHANGE_WORK_LATE,
            (true, false) => CHANGE_WORK_DUE,
            (false, true) => CHANGE_LATE,
            (false, false) => CHANGE_DUE,
        },
        date,
    )
}

fn with_day(text: Text, day: NaiveDate) -> Sentence {
    Sentence::from(text).with("day", day)
}

const ENDS: Text = text("Ends on {day}; it does not renew by itself.", "{day} 到期，不会自动续约。");
const ENDED: Text =
    text("Ended on {day}; its end is still to be recorded.", "已于 {day} 到期，尚未登记终止。");
const LAPSED: Text = text(
    "Ran to {day} and nothing was decided: end it or renew it.",
    "已于 {day} 到期，尚未作出决定：请终止或续约。",
);
const REVIEW_DUE: Text = text("The scorecard is due on {day}.", "考核表应于 {day} 前完成。");
const REVIEW_LATE: Text = text("The scorecard was due on {day}.", "考核表应于 {day} 完成，已逾期。");
const RISK_DUE: Text = text("The assessment is to be reviewed on {day}.", "应于 {day} 复评。");
const RISK_LATE: Text = text("The assessment was to be reviewed on {day}.", "应于 {day} 复评，已逾期。");
const ACTION_DUE: Text = text("Promised for {day}.", "承诺于 {day} 完成。");
const ACTION_LATE: Text = text("Was promised for {day}.", "承诺于 {day} 完成，已逾期。");
const FOLLOW_DUE: Text = text("Follow up on {day}.", "应于 {day} 跟进。");
const FOLLOW_LATE: Text = text("The follow-up was due on {day}.", "应于 {day} 跟进，已逾期。");
const DELIVERY_DUE: Text = text("To be delivered by {day}.", "应于 {day} 前交付。");
const DELIVERY_LATE: Text = text("Was to be delivered by {day}.", "应于 {day} 前交付，已逾期。");
const TO_ACCEPT: Text = text("Came on {day} and waits for its acceptance.", "已于 {day} 交付，等待验收。");
const CHANGE_DUE: Text = text("The change is to be decided by {day}.", "变更应于 {day} 前决定。");
const CHANGE_LATE: Text = text("The change was to be decided by {day}.", "变更应于 {day} 前决定，已逾期。");
const CHANGE_WORK_DUE: Text =
    text("The approved change is to be done by {day}.", "已批准的变更应于 {day} 前实施。");
const CHANGE_WORK_LATE: Text =
    text("The approved change was to be done by {day}.", "已批准的变更应于 {day} 前实施，已逾期。");
const REMEDY_DUE: Text = text("The remedy is due on {day}.", "补救应于 {day} 前完成。");
const REMEDY_LATE: Text = text("The remedy was due on {day}.", "补救应于 {day} 前完成，已逾期。");
const REPORT_DUE: Text = text("The report is due on {day}.", "报告应于 {day} 前提交。");
const REPORT_LATE: Text = text("The report was due on {day}.", "报告应于 {day} 前提交，已逾期。");
