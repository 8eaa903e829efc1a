//! What one does with a contract or a review, from its table in `domain` to words and to what is
//! written.
//!
//! The screen, the command line and the register ask here, so that a deed is one thing for all of
//! them. This module must never write: it says what would be written.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::NaiveDate;

use crate::domain::contract::{self, ContractKind, ContractState, EndReason, NoticePolicy, Renewal};
use crate::domain::day::Span;
use crate::domain::deed::{Ask, Begins, Deed, Facts, Sets, Subject, To, WhyNot};
use crate::domain::list::{Choice, ClosedList};
use crate::entity::input::Entered;
use crate::entity::{Contract, Kind, Link, Meta, Problem, Record, Ref, Value, typed};
use crate::register::exit::{self, Opening};
use crate::register::{Edit, renewal};
use crate::texts::{Sentence, Text, text};

/// Who does it, and when.
#[derive(Debug, Clone, Copy)]
pub struct Doing<'a> {
    /// Today.
    pub today: NaiveDate,
    /// Whoever does it.
    pub actor: &'a str,
}

/// The key of the reason among the fields of a deed.
pub const WHY: &str = "reason";

/// The key of the field of a price, which follows that of the term.
pub const PRICE: &str = "value";

/// The key of the term of the contract that is added.
pub const TERM: &str = "term";

/// What a deed writes.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// What changes in the record itself.
    pub edits: Vec<Edit>,
    /// What is added beside it.
    pub adds: Option<Adds>,
}

/// What a deed adds beside the record.
#[derive(Debug, Clone, PartialEq)]
pub enum Adds {
    /// A contract with these fields.
    Contract(Vec<(usize, Entered)>),
    /// An exit case with its steps.
    Exit(Box<Opening>),
    /// The next revision of a review, with its rows.
    Revision,
}

/// What deeds can be done with records of this kind, if any.
#[must_use]
pub const fn subject(kind: Kind) -> Option<Subject> {
    match kind {
        Kind::Contract => Some(Subject::Contract),
        Kind::Review => Some(Subject::Review),
        _ => None,
    }
}

/// The kind of the records that a deed is done with.
#[must_use]
pub fn kind_of(deed: Deed) -> Kind {
    match deed.subject() {
        Subject::Contract => Kind::Contract,
        Subject::Review => Kind::Review,
    }
}

/// What is known of a contract for its deeds; `None` for other kinds.
#[must_use]
pub fn facts(record: &Record, today: NaiveDate) -> Option<Facts> {
    let contract = contract_of(record)?;
    let terms = contract.terms();
    let dates = contract::dates(&terms, contract.working_days(), today, NoticePolicy::default());
    Some(Facts { terms, last_day: dates.last_day, decision: dates.decision, today })
}

/// Why a deed cannot be done with a record; `None` where it can.
#[must_use]
pub fn why_not(record: &Record, deed: Deed, today: NaiveDate) -> Option<Sentence> {
    let kind = kind_of(deed);
    if record.at.kind != kind {
        return Some(Sentence::from(ONLY_WITH).with_word("kind", kind.table().one));
    }
    if record.archived_at.is_some() {
        return Some(ARCHIVED.into());
    }
    let why = match facts(record, today) {
        Some(facts) => deed.why_not(&facts)?,
        None => deed.why_not_in(record.get("state").as_key())?,
    };
    Some(match why {
        WhyNot::Only(states) => {
            Sentence::from(ONLY).with_words("states", states.into_iter().map(|state| state.label).collect())
        }
        WhyNot::Noticed(day) => Sentence::from(NOTICED).with("day", day),
        WhyNot::Terminated(day) => Sentence::from(TERMINATED).with("day", day),
        WhyNot::NotAutomatic => NOT_AUTOMATIC.into(),
        WhyNot::NoTerm => NO_TERM.into(),
        WhyNot::NoEnd => NO_END.into(),
        WhyNot::RunsTo(day) => Sentence::from(RUNS_TO).with("day", day),
        WhyNot::RunsOn => RUNS_ON.into(),
    })
}

/// The contract that is linked as the one that follows this one.
#[must_use]
pub fn follows(record: &Record) -> Option<Ref> {
    record.get("replaced_by").as_link().map(|link| Ref { kind: link.kind, id: link.id })
}

/// Why a deed cannot be done beside the contract that is linked as the one that follows; `None` where
/// it can: only one at a time is made, and one that was cancelled or put away is none.
#[must_use]
pub fn why_not_beside(deed: Deed, next: &Record) -> Option<Sentence> {
    let cancelled = next.get("state").as_key() == ContractState::Cancelled.key();
    let stands = next.archived_at.is_none() && !cancelled;
    let refused = stands && deed.spec().sets == Sets::Successor;
    refused.then(|| Sentence::from(REPLACED).with("next", next.code.clone()))
}

/// Whether a deed cannot be done with this record without a reason.
#[must_use]
pub fn needs_reason(record: &Record, deed: Deed) -> bool {
    deed.needs_reason(record.get("state").as_key())
}

/// The fields that a deed asks for, by their place in the table of their kind, each as the form of the
/// deed shows it.
#[must_use]
pub fn fields(deed: Deed) -> &'static [(usize, Meta)] {
    static ALL: LazyLock<BTreeMap<Deed, Vec<(usize, Meta)>>> = LazyLock::new(|| {
        let of = |deed: &Deed| {
            let table = kind_of(*deed).table();
            let asked = |ask: &Ask| {
                let place = table.field(ask.field)?;
                let meta = table.fields.get(place)?;
                Some((place, Meta { required: ask.needed, group: None, ..*meta }))
            };
            (*deed, deed.spec().asks.iter().filter_map(asked).collect())
        };
        Deed::ALL.iter().map(of).collect()
    });
    ALL.get(&deed).map_or(&[], Vec::as_slice)
}

/// What each of these fields begins with, in their order.
#[must_use]
pub fn begins(record: &Record, deed: Deed, doing: Doing<'_>) -> Vec<Value> {
    deed.spec().asks.iter().map(|ask| begun(record, ask, doing)).collect()
}

fn begun(record: &Record, ask: &Ask, doing: Doing<'_>) -> Value {
    let Doing { today, actor } = doing;
    let held = || record.get(ask.field).clone();
    let or = |other: Value| if held().is_null() { other } else { held() };
    match ask.begins {
        Begins::Blank => Value::Null,
        Begins::Held => held(),
        Begins::Today => or(Value::Date(today)),
        Begins::Actor => or(Value::Text(actor.to_owned())),
        Begins::NextTerm => {
            let last = facts(record, today).and_then(|facts| facts.last_day);
            last.and_then(|day| day.succ_opt()).map_or(Value::Null, Value::Date)
        }
        Begins::Term => {
            let term = contract_of(record).and_then(|contract| next_term(&contract));
            term.map_or(Value::Null, Value::Span)
        }
        Begins::NextPrice => {
            let price = |contract: &Contract| renewal::price(contract, next_term(contract), today);
            contract_of(record).as_ref().and_then(price).map_or(Value::Null, Value::Money)
        }
        Begins::EndReason => {
            let known = match contract_of(record).and_then(|contract| contract.replaced_by) {
                Some(_) => EndReason::Replaced,
                None => EndReason::Expired,
            };
            or(Value::Choice(known.choice()))
        }
    }
}

/// For how long the contract after this one is, unless something else is said.
fn next_term(contract: &Contract) -> Option<Span> {
    contract.renewal_term.or(contract.term)
}

/// What a deed writes, given what was entered into its fields; what was not entered is as it begins.
///
/// # Errors
/// Every problem at once.
pub fn plan(
    record: &Record,
    deed: Deed,
    given: &[Edit],
    reason: Option<&str>,
    doing: Doing<'_>,
) -> Result<Plan, Vec<Problem>> {
    let Doing { today, actor } = doing;
    let spec = deed.spec();
    let mut problems = Vec::new();
    if reason.is_none_or(|reason| reason.trim().is_empty()) && needs_reason(record, deed) {
        problems.push(Problem::new(WHY, Sentence::from(NEEDS_REASON)));
    }
    let mut asked: Vec<Edit> = Vec::new();
    for ((place, meta), begun) in fields(deed).iter().zip(begins(record, deed, doing)) {
        let edit = given.iter().find(|edit| edit.field == *place).cloned();
        let edit = edit.unwrap_or(Edit { field: *place, seen: None, new: Entered::Value(begun) });
        if meta.required && edit.new == Entered::Value(Value::Null) {
            problems.push(Problem::new(
                meta.key,
                Sentence::from(NEEDED).with_word("field", meta.label).with("key", meta.key),
            ));
        }
        asked.push(edit);
    }
    if !is_given(given, PRICE)
        && let Some(fitting) =
            price_of(record, deed, &asked, today).and_then(|price| set(record.at.kind, PRICE, price))
        && let Some(edit) = asked.iter_mut().find(|edit| edit.field == fitting.field)
    {
        *edit = fitting;
    }
    let to = state_after(deed, &asked, today);
    problems.extend(refused_end(record, deed, &asked, today));
    if !problems.is_empty() {
        return Err(problems);
    }
    let set = |key: &str, value: Value| set(record.at.kind, key, value);
    let mut own = Vec::new();
    if let Some(state) = to {
        own.extend(set("state", Value::Choice(state)));
    }
    let decided = |decision: contract::Decision| {
        let decision = set("decision", Value::Choice(decision.choice()));
        let on = set("decided_on", Value::Date(today));
        decision.into_iter().chain(on).chain(set("decided_by", Value::Text(actor.to_owned())))
    };
    let is_own = matches!(spec.sets, Sets::Own | Sets::Decision(_));
    let renewal = Renewal::from_key(record.get("renewal").as_key()).unwrap_or(Renewal::None);
    own.extend(deed.decides(renewal).into_iter().flat_map(decided));
    if is_own {
        own.extend(asked);
        return Ok(Plan { edits: own, adds: None });
    }
    let adds = match spec.sets {
        Sets::Exit => {
            let owner = value_of(&asked, "owner").cloned().unwrap_or(Value::Null);
            Adds::Exit(Box::new(exit::opening(record, &owner, doing)))
        }
        Sets::Revision => Adds::Revision,
        sets => Adds::Contract(added(record, sets, asked)),
    };
    Ok(Plan { edits: own, adds: Some(adds) })
}

/// The state a deed leads to: a contract that is terminated to a later day is in force until then.
fn state_after(deed: Deed, asked: &[Edit], today: NaiveDate) -> Option<&'static Choice> {
    let last = date_of(asked, "terminated_on").filter(|_| deed == Deed::Terminate);
    deed.spec().to.filter(|_| last.is_none_or(|last| last <= today)).map(To::choice)
}

/// What stands against the end as it was entered.
fn refused_end(record: &Record, deed: Deed, asked: &[Edit], today: NaiveDate) -> Vec<Problem> {
    if deed != Deed::Terminate {
        return Vec::new();
    }
    let last = date_of(asked, "terminated_on");
    let starts = record.get("starts_on").as_date();
    let mut problems = Vec::new();
    if let (Some(last), Some(starts)) = (last, starts)
        && last < starts
    {
        problems.push(Problem::new("terminated_on", Sentence::from(BEFORE_START).with("day", starts)));
    }
    // What renews by itself runs on after the last day of its term.
    let stands = facts(record, today).filter(|facts| !facts.terms.renews_itself());
    if let (Some(last), Some(stands)) = (last, stands.and_then(|facts| facts.last_day))
        && last > stands
    {
        let says = Sentence::from(AFTER_END).with("day", stands).with_word("deed", Deed::End.label());
        problems.push(Problem::new("terminated_on", says));
    }
    problems
}

/// What was done, as a fact.
///
/// `after` is the record as it is then, `records` are those that were touched. Of a notice it says which day is the last, for one that came
/// too late for its term ends another.
#[must_use]
pub fn done(after: &Record, deed: Deed, records: &[Ref], today: NaiveDate) -> Sentence {
    if deed == Deed::Exit {
        return exit::opened(records);
    }
    let noticed = after.get("notice_given_on").as_date().filter(|_| deed == Deed::Notice);
    noticed.and_then(|sent| ended_by(after, sent, today)).unwrap_or_else(|| was_done(deed).into())
}

/// What a notice that is sent today would lead to, in words; `None` of other deeds and where it is not
/// known.
#[must_use]
pub fn foretold(record: &Record, deed: Deed, today: NaiveDate) -> Option<Sentence> {
    if deed != Deed::Notice {
        return None;
    }
    let (last, late) = last_day_by_notice(record, today, today)?;
    Some(Sentence::from(if late { TOO_LATE_TODAY } else { IN_TIME_TODAY }).with("day", last))
}

fn ended_by(record: &Record, sent: NaiveDate, today: NaiveDate) -> Option<Sentence> {
    let (last, late) = last_day_by_notice(record, sent, today)?;
    Some(Sentence::from(if late { TOO_LATE } else { IN_TIME }).with("day", last))
}

/// The last day of a contract once notice is sent on `sent`, and whether that is too late for the term
/// it is sent in.
fn last_day_by_notice(record: &Record, sent: NaiveDate, today: NaiveDate) -> Option<(NaiveDate, bool)> {
    let contract = contract_of(record)?;
    let last = |notice_given_on, today| {
        let terms = contract::Terms { notice_given_on, ..contract.terms() };
        contract::dates(&terms, contract.working_days(), today, NoticePolicy::default()).last_day
    };
    let ends = last(Some(sent), today)?;
    Some((ends, last(None, sent).is_some_and(|term| term < ends)))
}

/// What is said of a deed that is done.
const fn was_done(deed: Deed) -> Text {
    match deed {
        Deed::LegalReview => text("In legal review", "已提交法务审核"),
        Deed::BackToDraft => text("Back in draft", "已退回起草"),
        Deed::Approve => text("Approved", "已审批通过"),
        Deed::Sign => text("Signed", "已签署"),
        Deed::InForce => text("In force", "已生效"),
        Deed::Notice => text("Notice given", "已发出通知"),
        Deed::Renew => text("Renewal begun", "已发起续约"),
        Deed::LetRenew => text("Decided to let it renew", "已同意自动续约"),
        Deed::LetLapse => text("Decided to let it lapse", "已决定到期不续"),
        Deed::Renegotiate => text("Decided to renegotiate", "已决定重新谈判"),
        Deed::Amend => text("Supplement added", "已新增补充协议"),
        Deed::Terminate => text("Termination recorded", "已登记提前终止"),
        Deed::End => text("Its end is recorded", "已登记终止"),
        Deed::Exit => text("Exit case opened", "已启动退出"),
        Deed::Cancel => text("Cancelled", "已取消"),
        Deed::Collect => text("Scores are collected", "已开始评分"),
        Deed::Draft => text("In draft", "已形成草稿"),
        Deed::Share => text("Shared with the vendor", "已反馈给供应商"),
        Deed::Acknowledge => text("Acknowledged by the vendor", "供应商已确认"),
        Deed::Dispute => text("Disputed by the vendor", "供应商提出异议"),
        Deed::Lock => text("Locked", "已锁定"),
        Deed::Correct => text("Next revision opened", "已新建修订"),
    }
}

/// The fields of the contract that is added beside this one.
fn added(record: &Record, sets: Sets, asked: Vec<Edit>) -> Vec<(usize, Entered)> {
    const SHARED: &[&str] = &["vendor", "owner", "our_entity"];
    const TERMS: &[&str] = &[
        "kind",
        "parent",
        "renewal",
        "renewal_term",
        "notice",
        "notice_theirs",
        "transit",
        "receipt",
        "calendar",
        "warn",
        "uplift",
        "uplift_index",
        "signatory_ours",
        "signatory_theirs",
        "tags",
    ];
    let terms = if sets == Sets::Successor { TERMS } else { &[] };
    let copied = SHARED.iter().chain(terms).filter_map(|key| {
        let value = record.get(key).clone();
        Some((record.table().field(key)?, value)).filter(|(_, value)| !value.is_null())
    });
    let mut fields: Vec<(usize, Entered)> =
        copied.map(|(place, value)| (place, Entered::Value(value))).collect();
    if sets == Sets::Supplement {
        let set = |key: &str, value: Value| set(Kind::Contract, key, value);
        let kind = set("kind", Value::Choice(ContractKind::Amendment.choice()));
        let parent = set("parent", Value::Link(own_link(record)));
        let renewal = set("renewal", Value::Choice(Renewal::None.choice()));
        let own = kind.into_iter().chain(parent).chain(renewal);
        fields.extend(own.map(|edit| (edit.field, edit.new)));
    }
    fields.extend(asked.into_iter().map(|edit| (edit.field, edit.new)));
    fields
}

/// A link to this contract.
fn own_link(record: &Record) -> Link {
    Link { kind: record.at.kind, id: record.at.id, code: record.code.clone(), label: record.label() }
}

/// The change of the field with this key.
fn set(kind: Kind, key: &str, value: Value) -> Option<Edit> {
    let field = kind.table().field(key)?;
    Some(Edit { field, seen: None, new: Entered::Value(value) })
}

/// Whether something was entered into the field with this key.
fn is_given(given: &[Edit], key: &str) -> bool {
    let place = Kind::Contract.table().field(key);
    given.iter().any(|edit| Some(edit.field) == place)
}

/// What the field of the price offers for the term that is entered, blank where that cannot be told;
/// `None` for deeds that ask for none.
#[must_use]
pub fn price_of(record: &Record, deed: Deed, entered: &[Edit], today: NaiveDate) -> Option<Value> {
    if deed.spec().sets != Sets::Successor {
        return None;
    }
    let term = match value_of(entered, TERM) {
        Some(Value::Span(span)) => Some(*span),
        _ => None,
    };
    let price = contract_of(record).and_then(|contract| renewal::price(&contract, term, today));
    Some(price.map_or(Value::Null, Value::Money))
}

fn value_of<'a>(asked: &'a [Edit], key: &str) -> Option<&'a Value> {
    let place = Kind::Contract.table().field(key)?;
    asked.iter().find(|edit| edit.field == place).and_then(|edit| match &edit.new {
        Entered::Value(value) => Some(value),
        Entered::Refer(_) => None,
    })
}

fn date_of(asked: &[Edit], key: &str) -> Option<NaiveDate> {
    value_of(asked, key).and_then(Value::as_date)
}

fn contract_of(record: &Record) -> Option<Contract> {
    typed::<Contract>(&record.values).ok().filter(|_| record.at.kind == Kind::Contract)
}

const ONLY_WITH: Text = text("Only with a record of this kind: {kind}.", "仅适用于{kind}。");
const ARCHIVED: Text = text("It is put away: restore it first.", "已归档：请先恢复。");
const ONLY: Text = text("Only in the state: {states}.", "仅限状态：{states}。");
const NOTICED: Text = text("Notice was given on {day}.", "已于 {day} 发出通知。");
const REPLACED: Text = text("{next} is to take its place already.", "已有接替合同 {next}。");
const TERMINATED: Text = text("It was terminated to {day}.", "已定于 {day} 终止。");
const NOT_AUTOMATIC: Text = text("It does not renew by itself.", "不会自动续约。");
const NO_TERM: Text = text("It has no term that ends: give notice.", "无固定期限：请发出通知。");
const NO_END: Text = text("No end of it is known: terminate it.", "到期日未知：请提前终止。");
const RUNS_TO: Text =
    text("It runs to {day}; terminate ends it before.", "履行至 {day}；提前结束请用“提前终止”。");
const RUNS_ON: Text = text(
    "Nothing ends it yet: give notice, terminate it or let it lapse.",
    "尚无终止依据：请先发出通知、提前终止或决定到期不续。",
);
const NEEDS_REASON: Text = text("Say why: this is kept in the history.", "请写明理由，理由记入变更历史。");
const NEEDED: Text = text("{field} is needed ({key}).", "请填写{field}（{key}）。");
const BEFORE_START: Text =
    text("It starts on {day}: it cannot end before.", "合同始于 {day}，终止日不能更早。");
const AFTER_END: Text = text(
    "Its last day is {day} as it stands: an early end is not after it. Use “{deed}”.",
    "其到期日为 {day}，提前终止不能晚于该日，请用“{deed}”。",
);
const IN_TIME: Text = text("Notice given, it ends on {day}", "已发出通知，将于 {day} 到期");
const TOO_LATE: Text = text(
    "Notice given, too late for this term, it ends on {day}",
    "已发出通知，但已错过本期，将于 {day} 到期",
);
const IN_TIME_TODAY: Text = text("Sent today, it ends on {day}.", "今日发出则于 {day} 到期。");
const TOO_LATE_TODAY: Text = text(
    "Sent today, it is too late for this term: it ends on {day}.",
    "今日发出已错过本期，将于 {day} 到期。",
);
