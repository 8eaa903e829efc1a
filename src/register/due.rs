//! What needs attention, as data, and what happens if nobody acts.

use chrono::NaiveDate;

use crate::closed_list;
use crate::entity::{Kind, Record, Ref};
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
    }
}

fn with_day(text: Text, day: NaiveDate) -> Sentence {
    Sentence::from(text).with("day", day)
}

const ENDS: Text = text("Ends on {day}; it does not renew by itself.", "{day} 到期，不会自动续约。");
const ENDED: Text = text("Ended on {day}.", "已于 {day} 到期。");
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
