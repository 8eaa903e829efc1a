//! How a figure comes about, in words: a line for each step, with what it is, its value and its rule.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::domain::contract::{self, Decision, ForTerm, NoticePolicy, Renewal, Rule, Step, TermGap};
use crate::domain::day::SpanUnit;
use crate::domain::list::ClosedList;
use crate::entity::{Contract, Kind, Record, show, typed};
use crate::texts::{Sentence, Text, text};

/// The word of the dates of a contract in JSON.
pub const DATES: &str = "dates";

/// One line of an explanation.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The word of what is explained, as in JSON.
    pub key: &'static str,
    /// What is explained.
    pub what: Sentence,
    /// Its value after this step.
    pub value: String,
    /// By which rule.
    pub how: Sentence,
}

/// An explanation.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Explained {
    /// Its steps, in the order in which they follow from each other.
    pub lines: Vec<Line>,
    /// What is to be said beside them.
    pub notes: Vec<Sentence>,
}

/// How the dates of a contract come about on a day, whatever its state; `None` for other kinds.
#[must_use]
pub fn explain(record: &Record, today: NaiveDate) -> Option<Explained> {
    let contract = typed::<Contract>(&record.values).ok().filter(|_| record.at.kind == Kind::Contract)?;
    let terms = contract.open_terms();
    let calendar = contract.working_days();
    let policy = NoticePolicy::default();
    let steps = contract::explain(&terms, calendar, today, policy);
    let lines = steps.iter().map(|step| Line {
        key: step.point.key(),
        what: step.point.choice().label.into(),
        value: step.day.to_string(),
        how: rule_sentence(step),
    });
    let lines = lines.collect();
    let dates = contract::dates(&terms, calendar, today, policy);
    let mut notes = Vec::new();
    if contract.terms().state.is_closed() && !steps.is_empty() {
        notes.push(Sentence::from(CLOSED));
    }
    match dates.gap {
        Some(TermGap::NoEnd) => notes.push(Sentence::from(NO_END)),
        Some(TermGap::NoRenewalTerm) => notes.push(Sentence::from(NO_RENEWAL_TERM)),
        None => {}
    }
    if terms.renews_itself() && dates.decision == Some(Decision::LetLapse) {
        notes.push(Sentence::from(ONLY_NOTICE));
    }
    if terms.renewal == Renewal::None || terms.renewal == Renewal::Express {
        notes.extend(dates.last_day.map(|_| Sentence::from(NO_RENEWAL)));
    }
    let mut unknown: Vec<i32> =
        steps.iter().map(|step| step.day.year()).filter(|year| !calendar.knows(*year)).collect();
    unknown.sort_unstable();
    unknown.dedup();
    if let (Some(first), Some(last)) = (unknown.first(), unknown.last()) {
        let is_run = usize::try_from(last - first).is_ok_and(|span| span + 1 == unknown.len());
        let years = match unknown.len() {
            3.. if is_run => format!("{first}-{last}"),
            _ => unknown.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        };
        let sentence = Sentence::from(NO_HOLIDAYS).with("calendar", &contract.calendar);
        notes.push(sentence.with("years", years));
    }
    Some(Explained { lines, notes })
}

/// A rule in words.
fn rule_sentence(step: &Step) -> Sentence {
    match step.rule {
        Rule::Entered => ENTERED.into(),
        Rule::AfterLastDay(stated) => Sentence::from(AFTER_LAST_DAY).with("day", stated),
        Rule::AfterLastDayNotTerm { stated, by_term } => {
            Sentence::from(NOT_TERM).with("day", stated).with("other", by_term)
        }
        Rule::InitialTerm(start, term) => {
            let clamped = term.unit == SpanUnit::Month && start.day() != step.day.day();
            let says = if clamped { TERM_OF_MONTHS } else { PLUS };
            Sentence::from(says).with("day", start).with_sentence("span", show::span(term))
        }
        Rule::Renewed { initial: Some(initial), times, term } => {
            let says = Sentence::from(RENEWED).with("times", times);
            says.with_sentence("initial", show::span(initial)).with_sentence("term", show::span(term))
        }
        Rule::Renewed { initial: None, times, term } => {
            Sentence::from(RENEWED_FROM_END).with("times", times).with_sentence("term", show::span(term))
        }
        Rule::DayBefore => DAY_BEFORE.into(),
        Rule::Less(day, span) => {
            Sentence::from(LESS).with("day", day).with_sentence("span", show::span(span))
        }
        Rule::NotAfterLastDay => NOT_AFTER.into(),
        Rule::WorkingDay(from) if is_weekend(from) => {
            Sentence::from(WEEKEND).with("day", from).with_word("weekday", weekday(from))
        }
        Rule::WorkingDay(from) => Sentence::from(HOLIDAY).with("day", from),
        Rule::IsWorkingDay if is_weekend(step.day) => MADE_UP.into(),
        Rule::IsWorkingDay => WORKED.into(),
        Rule::Travel { received, receipt, transit } => {
            let says = match (receipt.n, transit.n) {
                (_, 0) => RECEIPT,
                (0, _) => TRANSIT,
                _ => TRAVEL,
            };
            let mut sentence = Sentence::from(says).with("day", received);
            if receipt.n > 0 {
                sentence = sentence.with_sentence("receipt", show::span(receipt));
            }
            if transit.n > 0 { sentence.with_sentence("transit", show::span(transit)) } else { sentence }
        }
        Rule::Decided(decision, for_term) => {
            let says = if for_term == ForTerm::This { DECIDED } else { DECIDED_BEFORE };
            Sentence::from(says).with_word("decision", decision.label())
        }
        Rule::EndedEarly => ENDED_EARLY.into(),
        Rule::Lasted(began, days) => {
            Sentence::from(LASTED).with("day", began).with("days", days).with("first", days + 1)
        }
        Rule::RenewsAsDecided(term) => Sentence::from(AS_DECIDED).with_sentence("term", show::span(term)),
        Rule::Renews(term) => Sentence::from(RENEWS).with_sentence("term", show::span(term)),
        Rule::NoticeFrom { sent, transit, receipt, notice } => Sentence::from(NOTICE_FROM)
            .with("day", sent)
            .with_sentence("transit", show::span(transit))
            .with_sentence("receipt", show::span(receipt))
            .with_sentence("notice", show::span(notice)),
    }
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

fn weekday(day: NaiveDate) -> Text {
    match day.weekday() {
        Weekday::Mon => text("Monday", "周一"),
        Weekday::Tue => text("Tuesday", "周二"),
        Weekday::Wed => text("Wednesday", "周三"),
        Weekday::Thu => text("Thursday", "周四"),
        Weekday::Fri => text("Friday", "周五"),
        Weekday::Sat => text("Saturday", "周六"),
        Weekday::Sun => text("Sunday", "周日"),
    }
}

const ENTERED: Text = text("as entered", "按录入");
const AFTER_LAST_DAY: Text =
    text("the day after {day}, the last day as entered", "录入的终止日 {day} 的次日");
const NOT_TERM: Text = text(
    "the day after {day}, the last day as entered; it holds, though the term would end on {other}",
    "录入的终止日 {day} 的次日；以此为准，按期限推算应为 {other}",
);
const PLUS: Text = text("{day} + {span}", "{day} + {span}");
const TERM_OF_MONTHS: Text = text(
    "{day} + {span}; where a month is shorter, its last day",
    "{day} + {span}；月份较短时取该月最后一天",
);
const RENEWED: Text = text(
    "{initial} + {times} × {term}, counted from the start at once",
    "{initial} + {times} × {term}，自开始日期一次推算",
);
const RENEWED_FROM_END: Text =
    text("{times} × {term} after the first end, counted at once", "首次到期后 {times} × {term}，一次推算");
const DAY_BEFORE: Text = text("the day before", "前一日");
const LESS: Text = text("{day} − {span}", "{day} − {span}");
const NOT_AFTER: Text = text("before the end: on the last day at the latest", "须在终止之前：最迟为到期日");
const WEEKEND: Text =
    text("{day} is a {weekday}: the working day before it", "{day} 为{weekday}，取此前的工作日");
const HOLIDAY: Text = text("{day} is a holiday: the working day before it", "{day} 为节假日，取此前的工作日");
const WORKED: Text = text("a working day", "为工作日");
const MADE_UP: Text = text("a make-up working day", "为调休工作日");
const TRAVEL: Text = text(
    "received by {day}, less {receipt} until it counts as received and {transit} on the way",
    "须于 {day} 前送达：视为送达 {receipt}，在途 {transit}",
);
const RECEIPT: Text = text(
    "received by {day}, less {receipt} until it counts as received",
    "须于 {day} 前送达：视为送达 {receipt}",
);
const TRANSIT: Text =
    text("received by {day}, less {transit} on the way", "须于 {day} 前送达：在途 {transit}");
const AS_DECIDED: Text = text("as decided, it renews by {term}", "按决定续约 {term}");
const DECIDED: Text = text("{decision}, for this term", "{decision}，适用于本期");
const DECIDED_BEFORE: Text =
    text("{decision}, for another term: it no longer holds", "{decision}，适用于其他期，现已不再适用");
const ENDED_EARLY: Text =
    text("as it was terminated, whatever the terms say", "以终止所定之日为准，不论条款如何");
const LASTED: Text = text(
    "day {first} of the event that began on {day}: more than {days} days",
    "自 {day} 起事件的第 {first} 天：超过 {days} 天",
);
const RENEWS: Text = text("unless notice is given in time, it renews by {term}", "未及时通知则续约 {term}");
const NOTICE_FROM: Text = text(
    "notice sent on {day}: {transit} on the way, {receipt} until it counts as received, then {notice}",
    "{day} 发出通知：在途 {transit}，视为送达 {receipt}，通知期 {notice}",
);
const CLOSED: Text = text(
    "The contract is closed: these are the dates its terms gave, and nothing is due.",
    "合同已结束：以上为条款给出的日期，无待办事项。",
);
const NO_END: Text = text(
    "No end is known: give the last day, or a start and a term.",
    "无法推算到期日：请填写终止日，或开始日期与期限。",
);
const NO_RENEWAL_TERM: Text = text(
    "It renews by itself, and for how long is not said: give the renewal term.",
    "自动续约但未注明续约期限：请填写续约期限。",
);
const NO_HOLIDAYS: Text = text(
    "The calendar {calendar} has no data for {years}: only weekends are off there.",
    "工作日历 {calendar} 没有 {years} 年的节假日数据：该年仅按周末推算。",
);
const ONLY_NOTICE: Text = text(
    "It is decided to let it lapse, but it renews unless notice is given in time.",
    "已决定不再续约，但须按期发出通知，否则仍自动续约。",
);
const NO_RENEWAL: Text = text("It does not renew by itself.", "不会自动续约。");
