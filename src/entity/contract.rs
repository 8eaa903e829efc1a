//! The table of contracts.

use chrono::NaiveDate;

use crate::calendars;
use crate::domain::calendar::{Calendar, WEEKENDS};
use crate::domain::contract::{
    Badge, ContractKind, ContractState, Decision, EndReason, FORCE_MAJEURE_DAYS, NoticeMethod, Renewal, Terms,
};
use crate::domain::day::Span;
use crate::domain::list::ClosedList;
use crate::domain::money::Money;
use crate::domain::moves::CONTRACT_MOVES;
use crate::entity::field::{Blanks, Derived, Field, Moment, Shape, derived, field};
use crate::entity::value::{Held, Link, Weight};
use crate::entity::{Direction, Entity, Kind, Moves, Names, Problem};
use crate::texts::{Sentence, text};

/// An agreement with a vendor.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct Contract {
    pub number: String,
    pub vendor: Option<Link>,
    pub title: String,
    pub kind: Option<ContractKind>,
    pub parent: Option<Link>,
    pub state: Option<ContractState>,
    pub replaced_by: Option<Link>,
    pub signed_on: Option<NaiveDate>,
    pub starts_on: Option<NaiveDate>,
    pub term: Option<Span>,
    pub ends_on: Option<NaiveDate>,
    pub renewal: Option<Renewal>,
    pub renewal_term: Option<Span>,
    pub notice: Option<Span>,
    pub notice_theirs: Option<Span>,
    pub transit: Option<Span>,
    pub receipt: Option<Span>,
    pub calendar: String,
    pub warn: Option<Span>,
    pub uplift: Option<Weight>,
    pub uplift_index: String,
    pub value: Option<Money>,
    pub owner: String,
    pub our_entity: String,
    pub signatory_ours: String,
    pub signatory_theirs: String,
    pub tags: Vec<String>,
    pub legal_reviewer: String,
    pub reviewed_on: Option<NaiveDate>,
    pub approved_by: String,
    pub approved_on: Option<NaiveDate>,
    pub decision: Option<Decision>,
    pub decided_on: Option<NaiveDate>,
    pub decided_by: String,
    pub notice_given_on: Option<NaiveDate>,
    pub notice_method: Option<NoticeMethod>,
    pub notice_proof: String,
    pub force_majeure_from: Option<NaiveDate>,
    pub terminated_on: Option<NaiveDate>,
    pub end_reason: Option<EndReason>,
    pub notes: String,
    pub external_id: String,
    pub source_key: String,
}

impl Default for Contract {
    fn default() -> Self {
        let at_once = Span::days(0);
        Self {
            state: Some(ContractState::Draft),
            renewal: Some(Renewal::None),
            notice: Some(at_once),
            transit: Some(at_once),
            receipt: Some(at_once),
            calendar: WEEKENDS.to_owned(),
            number: String::new(),
            vendor: None,
            title: String::new(),
            kind: None,
            parent: None,
            replaced_by: None,
            signed_on: None,
            starts_on: None,
            term: None,
            ends_on: None,
            renewal_term: None,
            notice_theirs: None,
            warn: None,
            uplift: None,
            uplift_index: String::new(),
            value: None,
            owner: String::new(),
            our_entity: String::new(),
            signatory_ours: String::new(),
            signatory_theirs: String::new(),
            tags: Vec::new(),
            legal_reviewer: String::new(),
            reviewed_on: None,
            approved_by: String::new(),
            approved_on: None,
            decision: None,
            decided_on: None,
            decided_by: String::new(),
            notice_given_on: None,
            notice_method: None,
            notice_proof: String::new(),
            force_majeure_from: None,
            terminated_on: None,
            end_reason: None,
            notes: String::new(),
            external_id: String::new(),
            source_key: String::new(),
        }
    }
}

impl Contract {
    /// What the date engine needs to know of this contract.
    #[must_use]
    pub fn terms(&self) -> Terms {
        Terms {
            starts_on: self.starts_on,
            term: self.term,
            ends_on: self.ends_on,
            renewal: self.renewal.unwrap_or(Renewal::None),
            renewal_term: self.renewal_term,
            notice: self.notice.unwrap_or_default(),
            transit: self.transit.unwrap_or_default(),
            receipt: self.receipt.unwrap_or_default(),
            warn: self.warn,
            notice_given_on: self.notice_given_on,
            decision: self.decision.zip(self.decided_on),
            terminated_on: self.terminated_on,
            force_majeure_from: self.force_majeure_from,
            state: self.state.unwrap_or(ContractState::Draft),
        }
    }
}

impl Contract {
    /// The terms as they speak for themselves, whatever became of the contract.
    #[must_use]
    pub fn open_terms(&self) -> Terms {
        Terms { state: ContractState::InForce, ..self.terms() }
    }

    /// What is wrong with the day notice was given.
    fn noticed(&self, today: NaiveDate) -> Option<Problem> {
        let sent = self.notice_given_on?;
        if sent > today {
            let says = text(
                "This is still to come: enter the day on which notice was sent.",
                "该日期尚未到来：请填写通知实际发出的日期。",
            );
            return Some(Problem::new("notice_given_on", says));
        }
        let starts = self.starts_on.filter(|starts| sent < *starts)?;
        let says = text(
            "The contract starts on {day}: notice comes after. Correct one of the two.",
            "合同始于 {day}，通知不能更早，请更正其一。",
        );
        Some(Problem::new("notice_given_on", Sentence::from(says).with("day", starts)))
    }

    /// What stands against force majeure as the reason of its end, in whatever way that is recorded: it
    /// is a ground once the event has lasted long enough, by today and by the last day.
    fn forced(&self, today: NaiveDate) -> Option<Problem> {
        if self.end_reason != Some(EndReason::ForceMajeure) {
            return None;
        }
        let Some(ground) = self.terms().ground_on() else {
            let says = text("Say since when there is force majeure.", "请填写不可抗力开始的日期。");
            return Some(Problem::new("force_majeure_from", says));
        };
        let last = self.terminated_on.map_or(today, |last| last.min(today));
        let says = text(
            "Force majeure is a ground from {day} on, when it has lasted more than {days} days.",
            "不可抗力持续超过 {days} 天后，自 {day} 起方可据此解除。",
        );
        let says = Sentence::from(says).with("day", ground).with("days", FORCE_MAJEURE_DAYS);
        (last < ground).then(|| Problem::new("end_reason", says))
    }

    /// Its working days; weekends off where its calendar is not known.
    #[must_use]
    pub fn working_days(&self) -> &'static Calendar {
        static WEEKENDS: Calendar = Calendar::weekends();
        calendars::named(&self.calendar).unwrap_or(&WEEKENDS)
    }
}

impl Entity for Contract {
    const KIND: Kind = Kind::Contract;
    const NAMES: Names = Names {
        word: "contract",
        plural: "contracts",
        prefix: "C",
        one: text("Contract", "合同"),
        many: text("Contracts", "合同"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("number", text("Number", "合同编号"), Shape::Line, |r: &Self| r.number.show(), |r, v| r.number.put(v))
            .column(12, 2).sortable().group(text("Contract", "合同")).hint(text("theirs or yours", "对方或我方编号")).card(),
        field("vendor", text("Vendor", "供应商"), Shape::Link(Kind::Vendor), |r: &Self| r.vendor.show(), |r, v| r.vendor.put(v))
            .required().column(22, 3).card(),
        field("title", text("Title", "标题"), Shape::Line, |r: &Self| r.title.show(), |r, v| r.title.put(v))
            .required().column(26, 1).sortable(),
        field("kind", text("Kind", "类型"), Shape::Choice(ContractKind::CHOICES), |r: &Self| r.kind.show(), |r, v| r.kind.put(v))
            .column(10, 8).chip(),
        field("parent", text("Under", "主合同"), Shape::Link(Kind::Contract), |r: &Self| r.parent.show(), |r, v| r.parent.put(v))
            .inverse(text("Orders and supplements", "订单与补充协议")),
        field("state", text("State", "状态"), Shape::Choice(ContractState::CHOICES), |r: &Self| r.state.show(), |r, v| r.state.put(v))
            .required().column(10, 5).sortable().chip(),
        field("replaced_by", text("Replaced by", "后续合同"), Shape::Link(Kind::Contract), |r: &Self| r.replaced_by.show(), |r, v| r.replaced_by.put(v))
            .inverse(text("Replaces", "取代")),
        field("signed_on", text("Signed", "签订日期"), Shape::Date, |r: &Self| r.signed_on.show(), |r, v| r.signed_on.put(v))
            .column(10, 9).card().group(text("Term", "期限")),
        field("starts_on", text("Start", "开始日期"), Shape::Date, |r: &Self| r.starts_on.show(), |r, v| r.starts_on.put(v))
            .column(10, 9).card(),
        field("term", text("Term", "期限"), Shape::Span, |r: &Self| r.term.show(), |r, v| r.term.put(v))
            .hint(text("36m, 90d, 3y", "36m、90d、3y")).card(),
        field("ends_on", text("End (last day)", "终止日（含）"), Shape::Date, |r: &Self| r.ends_on.show(), |r, v| r.ends_on.put(v))
            .hint(text("or leave to the term", "或由期限推算")),
        field("renewal", text("Renewal", "续约方式"), Shape::Choice(Renewal::CHOICES), |r: &Self| r.renewal.show(), |r, v| r.renewal.put(v))
            .column(10, 7).group(text("Renewal", "续约与通知")).card(),
        field("renewal_term", text("Renews for", "续约期限"), Shape::Span, |r: &Self| r.renewal_term.show(), |r, v| r.renewal_term.put(v))
            .card(),
        field("notice", text("Notice, ours", "我方通知期"), Shape::Span, |r: &Self| r.notice.show(), |r, v| r.notice.put(v))
            .hint(text("3m, 60d, 20bd", "3m、60d、20bd")).card(),
        field("notice_theirs", text("Notice, theirs", "对方通知期"), Shape::Span, |r: &Self| r.notice_theirs.show(), |r, v| r.notice_theirs.put(v)),
        field("transit", text("Transit", "在途"), Shape::Span, |r: &Self| r.transit.show(), |r, v| r.transit.put(v)),
        field("receipt", text("Deemed receipt", "视为送达"), Shape::Span, |r: &Self| r.receipt.show(), |r, v| r.receipt.put(v)),
        field("calendar", text("Calendar", "工作日历"), Shape::Line, |r: &Self| r.calendar.show(), |r, v| r.calendar.put(v)),
        field("warn", text("Warn", "提前提醒"), Shape::Span, |r: &Self| r.warn.show(), |r, v| r.warn.put(v)),
        field("uplift", text("Rises by", "续约涨幅"), Shape::Weight, |r: &Self| r.uplift.show(), |r, v| r.uplift.put(v))
            .hint(text("3 %: on top of the index", "如 3 %，在指数之上")).card(),
        field("uplift_index", text("With index", "涨价指数"), Shape::Line, |r: &Self| r.uplift_index.show(), |r, v| r.uplift_index.put(v)).repeats()
            .hint(text("CPI", "CPI")).card(),
        field("value", text("Value", "金额"), Shape::Money, |r: &Self| r.value.show(), |r, v| r.value.put(v))
            .column(11, 2).sortable().card().group(text("Money and people", "金额与人员")).hint(text("3.9m, 390万, USD 5000", "390万、3.9m、USD 5000")),
        field("owner", text("Owner", "负责人"), Shape::Line, |r: &Self| r.owner.show(), |r, v| r.owner.put(v)).repeats().column(12, 8).card(),
        field("our_entity", text("Our party", "我方主体"), Shape::Line, |r: &Self| r.our_entity.show(), |r, v| r.our_entity.put(v)).repeats().card(),
        field("signatory_ours", text("Signed for us", "我方签署人"), Shape::Line, |r: &Self| r.signatory_ours.show(), |r, v| r.signatory_ours.put(v)).repeats()
            .card(),
        field("signatory_theirs", text("Signed for them", "对方签署人"), Shape::Line, |r: &Self| r.signatory_theirs.show(), |r, v| r.signatory_theirs.put(v)).personal()
            .card(),
        field("tags", text("Tags", "标签"), Shape::List, |r: &Self| r.tags.show(), |r, v| r.tags.put(v)).repeats().card(),
        field("legal_reviewer", text("Legal reviewer", "法务审核人"), Shape::Line, |r: &Self| r.legal_reviewer.show(), |r, v| r.legal_reviewer.put(v)).repeats()
            .group(text("Review and approval", "审核与审批")).card(),
        field("reviewed_on", text("Reviewed", "法务审核日期"), Shape::Date, |r: &Self| r.reviewed_on.show(), |r, v| r.reviewed_on.put(v)),
        field("approved_by", text("Approved by", "审批人"), Shape::Line, |r: &Self| r.approved_by.show(), |r, v| r.approved_by.put(v)).repeats()
            .card(),
        field("approved_on", text("Approved", "审批日期"), Shape::Date, |r: &Self| r.approved_on.show(), |r, v| r.approved_on.put(v)),
        field("decision", text("Decision", "到期决定"), Shape::Choice(Decision::CHOICES), |r: &Self| r.decision.show(), |r, v| r.decision.put(v))
            .group(text("Renewal decision, notice and end", "续约决定、通知与终止")).card(),
        field("decided_on", text("Decided", "决定日期"), Shape::Date, |r: &Self| r.decided_on.show(), |r, v| r.decided_on.put(v))
            .hint(text("holds for the term of that day", "适用于该日所在期")),
        field("decided_by", text("Decided by", "决定人"), Shape::Line, |r: &Self| r.decided_by.show(), |r, v| r.decided_by.put(v)).repeats(),
        field("notice_given_on", text("Notice given", "已发通知"), Shape::Date, |r: &Self| r.notice_given_on.show(), |r, v| r.notice_given_on.put(v))
            .card(),
        field("notice_method", text("Notice method", "通知方式"), Shape::Choice(NoticeMethod::CHOICES), |r: &Self| r.notice_method.show(), |r, v| r.notice_method.put(v)),
        field("notice_proof", text("Proof of notice", "通知凭证"), Shape::Line, |r: &Self| r.notice_proof.show(), |r, v| r.notice_proof.put(v))
            .hint(text("receipt, reference", "回执、编号")),
        field("force_majeure_from", text("Force majeure", "不可抗力始于"), Shape::Date, |r: &Self| r.force_majeure_from.show(), |r, v| r.force_majeure_from.put(v))
            .hint(text("day 1 of the event", "事件首日")),
        field("terminated_on", text("Ended early on", "提前终止日（含）"), Shape::Date, |r: &Self| r.terminated_on.show(), |r, v| r.terminated_on.put(v))
            .hint(text("the last day in force", "最后有效日")),
        field("end_reason", text("End reason", "终止原因"), Shape::Choice(EndReason::CHOICES), |r: &Self| r.end_reason.show(), |r, v| r.end_reason.put(v))
            .card(),
        field("notes", text("Notes", "备注"), Shape::Long, |r: &Self| r.notes.show(), |r, v| r.notes.put(v)).group(text("Notes", "备注")),
        field("external_id", text("External id", "外部编号"), Shape::Line, |r: &Self| r.external_id.show(), |r, v| r.external_id.put(v)),
        field("source_key", text("Source key", "来源键"), Shape::Line, |r: &Self| r.source_key.show(), |r, v| r.source_key.put(v)).hidden(),
    ];
    const DERIVED: &'static [Derived] = &[
        derived("badge", text("Status", "提示"), Shape::Choice(Badge::CHOICES)).column(13, 6).chip(),
        derived("act_by", text("Act by", "最迟行动"), Shape::Date)
            .column(10, 2)
            .sortable(Blanks::High)
            .card(),
        derived("last_day", text("Ends", "到期日"), Shape::Date).column(10, 4).sortable(Blanks::High).card(),
        derived("annual", text("A year", "年额"), Shape::Money).card(),
    ];
    const ORDER: (&'static str, Direction) = ("act_by", Direction::Up);
    const COLUMNS: &'static [&'static str] =
        &["number", "title", "vendor", "value", "act_by", "last_day", "badge", "state"];
    const MOVES: Option<Moves> = Some(Moves { field: "state", table: CONTRACT_MOVES });

    fn label(&self) -> String {
        self.title.clone()
    }

    fn check(&self, moment: &Moment) -> Vec<Problem> {
        let (noticed, forced) = (self.noticed(moment.today), self.forced(moment.today));
        let mut problems: Vec<Problem> = noticed.into_iter().chain(forced).collect();
        if let (Some(start), Some(end)) = (self.starts_on, self.ends_on)
            && end < start
        {
            problems.push(Problem::new(
                "ends_on",
                text(
                    "The last day is before the start. Correct one of the two.",
                    "终止日早于开始日期，请更正其一。",
                ),
            ));
        }
        if let (Some(start), Some(last)) = (self.starts_on, self.terminated_on)
            && last < start
        {
            problems.push(Problem::new(
                "terminated_on",
                text(
                    "It ended before it starts. Correct one of the two.",
                    "提前终止日早于开始日期，请更正其一。",
                ),
            ));
        }
        for (key, span) in [("term", self.term), ("renewal_term", self.renewal_term)] {
            if span.is_some_and(|span| span.n == 0) {
                problems.push(Problem::new(
                    key,
                    text(
                        "No time at all; give a length such as 12m, or leave it blank.",
                        "时长不能为零；请填写如 12m 的时长，或留空。",
                    ),
                ));
            }
        }
        if calendars::named(&self.calendar).is_none() {
            let says = text("No such calendar; there are: {names}.", "没有此工作日历；现有：{names}。");
            let names = calendars::names().join(", ");
            problems.push(Problem::new("calendar", Sentence::from(says).with("names", names)));
        }
        problems
    }

    fn advise(&self, _: &Moment) -> Vec<Problem> {
        // Lists from elsewhere often say that a contract renews and not for how long; the date
        // engine then keeps the first end and names the gap.
        let mut doubts = Vec::new();
        if self.renewal == Some(Renewal::Auto) && self.renewal_term.is_none() {
            doubts.push(Problem::new(
                "renewal_term",
                text("An automatic renewal needs its term, such as 12m.", "自动续约须填写续约期限，如 12m。"),
            ));
        }
        if self.decision.is_some() && self.decided_on.is_none() {
            doubts.push(Problem::new(
                "decided_on",
                text(
                    "A decision holds for the term of its day: without the day it holds for none.",
                    "决定适用于作出之日所在的期：未填写日期则不适用于任何一期。",
                ),
            ));
        }
        doubts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_longer_than_nothing_while_a_notice_need_not_be() {
        let moment = Moment { today: NaiveDate::from_ymd_opt(2026, 7, 26).unwrap() };
        let fields = |contract: &Contract| {
            let problems = contract.check(&moment);
            problems.into_iter().map(|problem| problem.field).collect::<Vec<_>>()
        };
        let none = Some(Span::default());
        let contract = Contract { notice: none, transit: none, warn: none, ..Contract::default() };
        assert_eq!(fields(&contract), Vec::<&str>::new());
        for zero in ["0d", "0m", "0bd"] {
            let zero = Some(zero.parse().unwrap());
            let contract = Contract { term: zero, renewal_term: zero, ..Contract::default() };
            assert_eq!(fields(&contract), ["term", "renewal_term"]);
        }
        let ended = |on: &str| Contract {
            starts_on: "2026-01-01".parse().ok(),
            terminated_on: on.parse().ok(),
            ..Contract::default()
        };
        assert_eq!(fields(&ended("2025-12-31")), ["terminated_on"]);
        assert_eq!(fields(&ended("2026-01-01")), Vec::<&str>::new());
        let day = Some(Span::days(1));
        let contract = Contract { term: day, renewal_term: day, ..Contract::default() };
        assert_eq!(fields(&contract), Vec::<&str>::new());
    }

    #[test]
    fn notice_was_sent_by_today_and_not_before_the_start() {
        let moment = Moment { today: NaiveDate::from_ymd_opt(2026, 7, 26).unwrap() };
        let sent = |on: &str| {
            let starts_on = "2026-01-01".parse().ok();
            let contract = Contract { starts_on, notice_given_on: on.parse().ok(), ..Contract::default() };
            contract.check(&moment).into_iter().map(|problem| problem.field).collect::<Vec<_>>()
        };
        assert_eq!(sent("2026-07-27"), ["notice_given_on"]);
        assert_eq!(sent("2025-12-31"), ["notice_given_on"]);
        assert_eq!((sent("2026-07-26"), sent("2026-01-01")), (vec![], vec![]));
    }

    #[test]
    fn force_majeure_is_a_reason_once_its_ground_is_open() {
        let moment = Moment { today: NaiveDate::from_ymd_opt(2026, 7, 26).unwrap() };
        let forced = |began: &str, last: &str| {
            let contract = Contract {
                end_reason: Some(EndReason::ForceMajeure),
                force_majeure_from: began.parse().ok(),
                terminated_on: last.parse().ok(),
                ..Contract::default()
            };
            contract.check(&moment).into_iter().map(|problem| problem.field).collect::<Vec<_>>()
        };
        assert_eq!(forced("", ""), ["force_majeure_from"]);
        // Day 61 of what began on 27 May is today.
        assert_eq!(forced("2026-05-27", ""), Vec::<&str>::new());
        assert_eq!(forced("2026-05-28", ""), ["end_reason"]);
        assert_eq!(forced("2026-05-28", "2026-12-31"), ["end_reason"], "a day to come opens no ground");
        assert_eq!(forced("2026-05-27", "2026-07-25"), ["end_reason"]);
    }

    #[test]
    fn a_decision_without_its_day_wants_a_look() {
        let moment = Moment { today: NaiveDate::from_ymd_opt(2026, 7, 26).unwrap() };
        let decided = Contract { decision: Some(Decision::Renew), ..Contract::default() };
        assert_eq!(decided.advise(&moment).first().map(|doubt| doubt.field), Some("decided_on"));
        let dated = Contract { decided_on: Some(moment.today), ..decided };
        assert_eq!(dated.advise(&moment), []);
    }
}
