//! What needs attention, as data, and what happens if nobody acts.

use chrono::NaiveDate;

use crate::closed_list;
use crate::domain::cost::Standing;
use crate::domain::delivery::{Acceptance, BreachState, ChangeState, ReportState};
use crate::domain::improvement::ImprovementState;
use crate::domain::list::ClosedList as _;
use crate::domain::money::Money;
use crate::entity::{Kind, Record, Ref, Value, show};
use crate::register::renewal;
use crate::texts::{Lang, Sentence, Text, text};

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
        Measurement = "measurement", Attention, "Measurement", "测量";
        Credit = "credit", Attention, "Service credit", "服务抵扣";
        ExitStep = "exit_step", Attention, "Exit step", "退出步骤";
        Settlement = "settlement", Attention, "Settlement", "结算";
        Invoice = "invoice", Attention, "Invoice", "发票";
        Consequence = "consequence", Attention, "Consequence", "奖惩措施";
        Improvement = "improvement", Attention, "Improvement", "改进计划";
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
            Self::Measurement => Kind::ServiceLevel,
            Self::Credit => Kind::Measurement,
            Self::ExitStep => Kind::ExitStep,
            Self::Settlement => Kind::ExitCase,
            Self::Invoice => Kind::Invoice,
            Self::Consequence => Kind::Consequence,
            Self::Improvement => Kind::Improvement,
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
    /// What it is called in each language, where that is no text of anybody's.
    pub named: Option<Text>,
    /// What people call its vendor, if it has one that is not the record itself.
    pub vendor: String,
    /// By whom it is silent, where it is.
    pub silence: Option<Silence>,
}

/// That a date is left out of what needs attention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silence {
    /// The record of it.
    pub at: Ref,
    /// The day on which it is told again; `None`: as long as its date is the same.
    pub until: Option<NaiveDate>,
    /// Why.
    pub reason: String,
}

impl Attention {
    /// What the record is called in `lang`.
    #[must_use]
    pub fn called(&self, lang: Lang) -> &str {
        self.named.map_or(&self.label, |name| name.in_(lang))
    }
}

/// What happens if nobody acts by the date, in words.
#[must_use]
pub fn consequence(record: &Record, due: Due, today: NaiveDate) -> Sentence {
    let late = due.date < today;
    match due.what {
        What::Notice => renewal::of_notice(record, due.date, today),
        What::End if late => with_day(ENDED, due.date),
        What::End => end_sentence(record, due.date),
        What::Lapsed => with_day(LAPSED, due.date),
        What::Review => with_day(if late { REVIEW_LATE } else { REVIEW_DUE }, due.date),
        What::RiskReview => with_day(if late { RISK_LATE } else { RISK_DUE }, due.date),
        What::Action => with_day(if late { ACTION_LATE } else { ACTION_DUE }, due.date),
        What::FollowUp => with_day(if late { FOLLOW_LATE } else { FOLLOW_DUE }, due.date),
        What::Deliverable => delivery_sentence(record, due.date, late),
        What::Change => change_sentence(record, due.date, late),
        What::Remedy => breach_sentence(record, due.date, late),
        What::Report => report_sentence(record, due.date, late),
        What::Measurement => with_day(if late { MEASURE_LATE } else { MEASURE_DUE }, due.date),
        What::Credit => with_day(if late { CREDIT_LATE } else { CREDIT_DUE }, due.date),
        What::ExitStep => step_sentence(record, due.date, late),
        What::Settlement => settlement_sentence(record, due.date, late),
        What::Invoice => invoice_sentence(record, due.date, late),
        What::Consequence => with_day(if late { DECIDED_LATE } else { DECIDED_DUE }, due.date),
        What::Improvement => improvement_sentence(record, due.date, late),
    }
}

/// Why a contract ends: it was decided, notice was given, or its terms say so.
fn end_sentence(record: &Record, date: NaiveDate) -> Sentence {
    match (record.get("terminated_on"), record.get("notice_given_on")) {
        (Value::Date(_), _) => with_day(ENDS_EARLY, date),
        (_, Value::Date(given)) => with_day(ENDS_BY_NOTICE, date).with("given", given),
        _ => with_day(ENDS, date),
    }
}

/// What came waits for its acceptance, and what falls short for what is lacking.
fn delivery_sentence(record: &Record, date: NaiveDate, late: bool) -> Sentence {
    let is_scheduled = record.get("state").as_key() == Acceptance::Scheduled.key();
    match record.get("delivered_on") {
        _ if !is_scheduled => with_day(FALLS_SHORT, date).with("what", record.get("shortfall").as_text()),
        Value::Date(came) => with_day(TO_ACCEPT, *came),
        _ => with_day(if late { DELIVERY_LATE } else { DELIVERY_DUE }, date),
    }
}

fn change_sentence(record: &Record, date: NaiveDate, late: bool) -> Sentence {
    let is_approved = record.get("state").as_key() == ChangeState::Approved.key();
    let by = record.get(if is_approved { "implement_by" } else { "decide_by" });
    with_day(
        match (is_approved, by.is_null(), late) {
            (true, true, _) => CHANGE_WORK,
            (false, true, _) => CHANGE,
            (true, _, true) => CHANGE_WORK_LATE,
            (true, _, false) => CHANGE_WORK_DUE,
            (false, _, true) => CHANGE_LATE,
            (false, _, false) => CHANGE_DUE,
        },
        date,
    )
}

fn breach_sentence(record: &Record, date: NaiveDate, late: bool) -> Sentence {
    let is = |key: &str| *record.get(key) == Value::Date(date);
    let is_remedying = record.get("state").as_key() == BreachState::Remedying.key();
    with_day(
        match late {
            true if is_remedying && is("remedy_due") => REMEDY_LATE,
            false if is_remedying && is("remedy_due") => REMEDY_DUE,
            true if is("next_on") => STEP_LATE,
            false if is("next_on") => STEP_DUE,
            _ => OPEN_SINCE,
        },
        date,
    )
}

fn report_sentence(record: &Record, date: NaiveDate, late: bool) -> Sentence {
    if record.get("state").as_key() == ReportState::Returned.key() {
        return with_day(REPORT_RETURNED, date).with("what", record.get("lacks").as_text());
    }
    with_day(if late { REPORT_LATE } else { REPORT_DUE }, date)
}

fn step_sentence(record: &Record, date: NaiveDate, late: bool) -> Sentence {
    let says = match (*record.get("blocks") == Value::Bool(true), late) {
        (true, false) => EXIT_STEP_BLOCKS,
        (true, true) => EXIT_STEP_BLOCKS_LATE,
        (false, false) => EXIT_STEP_DUE,
        (false, true) => EXIT_STEP_LATE,
    };
    with_day(says, date)
}

/// Who owes whom how much.
fn settlement_sentence(record: &Record, date: NaiveDate, late: bool) -> Sentence {
    let Value::Money(money) = record.get("settlement") else { return with_day(EXIT_STEP_DUE, date) };
    let says = match (money.minor < 0, late) {
        (false, false) => WE_OWE,
        (false, true) => WE_OWE_LATE,
        (true, false) => THEY_OWE,
        (true, true) => THEY_OWE_LATE,
    };
    let owed = Money { minor: money.minor.saturating_abs(), ..*money };
    with_day(says, date).with("money", owed.full())
}

/// What is to be done with an invoice: approve it, settle what is disputed, pay what is open.
fn invoice_sentence(record: &Record, date: NaiveDate, late: bool) -> Sentence {
    let amount = |key: &str| show::full(record.get(key), Lang::En);
    let is_stated = !record.get("pay_by").is_null();
    let standing = Standing::from_key(record.get("standing").as_key());
    match (standing, is_stated, late) {
        (Some(Standing::Disputed), ..) => {
            with_day(INVOICE_DISPUTED, date).with("why", record.get("dispute").as_text())
        }
        (Some(Standing::Overpaid), ..) => {
            with_day(INVOICE_OVERPAID, date).with("paid", amount("paid")).with("amount", amount("amount"))
        }
        (Some(Standing::Received), true, false) => with_day(INVOICE_NEW, date),
        (Some(Standing::Received), true, true) => with_day(INVOICE_NEW_LATE, date),
        (Some(Standing::Received), false, _) => with_day(INVOICE_NEW_UNDATED, date),
        (_, false, _) => with_day(INVOICE_UNDATED, date).with("open", amount("open")),
        (_, true, true) => with_day(INVOICE_LATE, date).with("open", amount("open")),
        (_, true, false) => with_day(INVOICE_DUE, date).with("open", amount("open")),
    }
}

/// What an improvement plan waits for: its actions, or that somebody verifies what came of them.
fn improvement_sentence(record: &Record, date: NaiveDate, late: bool) -> Sentence {
    let state = ImprovementState::from_key(record.get("state").as_key());
    let says = match (state, late) {
        (Some(ImprovementState::Verify), false) => VERIFY_DUE,
        (Some(ImprovementState::Verify), true) => VERIFY_LATE,
        (Some(ImprovementState::Proposed), false) => AGREE_DUE,
        (Some(ImprovementState::Proposed), true) => AGREE_LATE,
        (_, false) => IMPROVE_DUE,
        (_, true) => IMPROVE_LATE,
    };
    with_day(says, date)
}

fn with_day(text: Text, day: NaiveDate) -> Sentence {
    Sentence::from(text).with("day", day)
}

const DECIDED_DUE: Text = text("Decided; to be done by {day}.", "已决定，最迟 {day} 执行。");
const DECIDED_LATE: Text =
    text("Decided; it was to be done by {day}.", "已决定，应最迟 {day} 执行，已逾期。");
const AGREE_DUE: Text = text(
    "The plan is to be agreed with the vendor and done by {day}.",
    "改进计划待双方确认，最迟 {day} 完成。",
);
const AGREE_LATE: Text =
    text("The plan was to be agreed and done by {day}.", "改进计划应最迟 {day} 确认并完成，已逾期。");
const IMPROVE_DUE: Text = text("The improvement is due on {day}.", "改进应于 {day} 前完成。");
const IMPROVE_LATE: Text = text("The improvement was due on {day}.", "改进应于 {day} 前完成，已逾期。");
const VERIFY_DUE: Text =
    text("Verify by {day} whether the plan was effective.", "最迟 {day} 验证改进是否有效。");
const VERIFY_LATE: Text = text(
    "Whether the plan was effective was to be verified by {day}.",
    "应最迟 {day} 验证改进是否有效，已逾期。",
);
const ENDS_EARLY: Text = text("Ends on {day}, as was decided.", "已定于 {day} 终止。");
const ENDS_BY_NOTICE: Text =
    text("Ends on {day}: notice was given on {given}.", "{day} 到期：已于 {given} 发出通知。");
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
const DELIVERY_DUE: Text = text("To be delivered by {day}.", "最迟 {day} 交付。");
const DELIVERY_LATE: Text = text("Was to be delivered by {day}.", "应最迟 {day} 交付，已逾期。");
const TO_ACCEPT: Text = text("Delivered on {day}; it waits for acceptance.", "已于 {day} 交付，等待验收。");
const FALLS_SHORT: Text =
    text("Falls short ({what}); it was due on {day}.", "尚有不足（{what}）；应交日期为 {day}。");
const CHANGE: Text =
    text("Requested on {day}; name the day by which to decide it.", "已于 {day} 申请；请填写决定期限。");
const CHANGE_DUE: Text = text("The change is to be decided by {day}.", "变更最迟 {day} 决定。");
const CHANGE_LATE: Text = text("The change was to be decided by {day}.", "变更应最迟 {day} 决定，已逾期。");
const CHANGE_WORK: Text =
    text("Approved on {day}; name the day by which to do it.", "已于 {day} 批准；请填写实施期限。");
const CHANGE_WORK_DUE: Text =
    text("The approved change is to be done by {day}.", "已批准的变更最迟 {day} 实施。");
const CHANGE_WORK_LATE: Text =
    text("The approved change was to be done by {day}.", "已批准的变更应最迟 {day} 实施，已逾期。");
const REMEDY_DUE: Text = text("The remedy is due on {day}.", "补救最迟 {day} 完成。");
const REMEDY_LATE: Text = text("The remedy was due on {day}.", "补救应最迟 {day} 完成，已逾期。");
const STEP_DUE: Text = text("The next step is on {day}.", "下一步在 {day}。");
const STEP_LATE: Text = text("The next step was on {day}; what came of it?", "下一步原定 {day}，结果如何？");
const MEASURE_DUE: Text =
    text("The next period is to be measured by {day}.", "下一期测量值最迟 {day} 登记。");
const MEASURE_LATE: Text =
    text("The next period was to be measured by {day}.", "下一期测量值应最迟 {day} 登记，已逾期。");
const CREDIT_DUE: Text = text("The credit is to be claimed by {day}.", "抵扣最迟 {day} 主张。");
const CREDIT_LATE: Text = text("The credit was to be claimed by {day}.", "抵扣应最迟 {day} 主张，已逾期。");
const OPEN_SINCE: Text =
    text("Open since {day}; name the next step and its day.", "自 {day} 起未了结；请填写下一步日期。");
const REPORT_DUE: Text = text("The report is due on {day}.", "报告最迟 {day} 提交。");
const REPORT_LATE: Text = text("The report was due on {day}.", "报告应最迟 {day} 提交，已逾期。");
const REPORT_RETURNED: Text =
    text("Returned, for it lacks: {what}. It was due on {day}.", "已退回，缺：{what}。应交日期为 {day}。");
const EXIT_STEP_DUE: Text = text("The step is to be done by {day}.", "此步骤最迟 {day} 完成。");
const EXIT_STEP_LATE: Text = text("The step was to be done by {day}.", "此步骤应最迟 {day} 完成，已逾期。");
const EXIT_STEP_BLOCKS: Text = text(
    "To be done by {day}; until then the vendor cannot be Exited.",
    "最迟 {day} 完成；完成前供应商不能退出。",
);
const EXIT_STEP_BLOCKS_LATE: Text = text(
    "Was to be done by {day}; until then the vendor cannot be Exited.",
    "应最迟 {day} 完成，已逾期；完成前供应商不能退出。",
);
const WE_OWE: Text = text("We owe {money}, to be settled by {day}.", "我方应付 {money}，最迟 {day} 结清。");
const WE_OWE_LATE: Text =
    text("We owe {money}; it was to be settled by {day}.", "我方应付 {money}，应最迟 {day} 结清，已逾期。");
const THEY_OWE: Text =
    text("They owe {money}, to be settled by {day}.", "对方应付 {money}，最迟 {day} 结清。");
const THEY_OWE_LATE: Text =
    text("They owe {money}; it was to be settled by {day}.", "对方应付 {money}，应最迟 {day} 结清，已逾期。");
const INVOICE_NEW: Text =
    text("Waits for approval; it is to be paid by {day}.", "等待审批；最迟 {day} 付款。");
const INVOICE_NEW_LATE: Text =
    text("Waits for approval; it was to be paid by {day}.", "等待审批；应最迟 {day} 付款，已逾期。");
const INVOICE_NEW_UNDATED: Text = text(
    "Waits for approval since {day}; say by when it is to be paid.",
    "自 {day} 起等待审批；请填写付款期限。",
);
const INVOICE_DUE: Text = text("{open} is to be paid by {day}.", "{open} 最迟 {day} 付款。");
const INVOICE_LATE: Text = text("{open} was to be paid by {day}.", "{open} 应最迟 {day} 付款，已逾期。");
const INVOICE_UNDATED: Text = text(
    "{open} is open since {day}; say by when it is to be paid.",
    "{open} 自 {day} 起未付；请填写付款期限。",
);
const INVOICE_DISPUTED: Text = text("Disputed ({why}); due on {day}.", "有争议（{why}）；到期日 {day}。");
const INVOICE_OVERPAID: Text = text(
    "{paid} was paid of {amount}: have the rest paid back, or correct the payment.",
    "应付 {amount}，已付 {paid}：请收回多付款项，或更正付款记录。",
);
