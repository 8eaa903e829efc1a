//! Opening the exit of a contract: the case and its thirteen steps, as they would be written.
//!
//! What the contract tells already stands in them: who decided, and that notice was given. This module
//! must never write.

use chrono::NaiveDate;

use crate::domain::contract::{self, Decision, NoticePolicy};
use crate::domain::exit::{DataFate, ExitStepKind, ExitTrigger, Standing, StepState};
use crate::domain::list::{Choice, ClosedList};
use crate::entity::input::Entered;
use crate::entity::{Contract, Kind, Link, Record, Ref, Value, typed};
use crate::register::code_of;
use crate::register::deed::Doing;
use crate::texts::{Sentence, Text, text};

/// What opening an exit case writes beside the contract.
#[derive(Debug, Clone, PartialEq)]
pub struct Opening {
    /// The fields of the case.
    pub case: Vec<(usize, Entered)>,
    /// The fields of each step but the link to the case, in the order of the steps.
    pub steps: Vec<Vec<(usize, Entered)>>,
}

/// The exit case of a contract, with `owner` for it and its steps.
#[must_use]
pub fn opening(record: &Record, owner: &Value, doing: Doing<'_>) -> Opening {
    let today = doing.today;
    let contract = typed::<Contract>(&record.values).unwrap_or_default();
    let last = last_day(&contract, today);
    let at = record.at;
    let own = Link { kind: at.kind, id: at.id, code: record.code.clone(), label: record.label() };
    let case = [
        ("title", Value::Text(record.label())),
        ("contract", Value::Link(own)),
        ("trigger", Value::Choice(trigger(&contract).choice())),
        ("opened_on", Value::Date(today)),
        ("exit_by", last.map_or(Value::Null, Value::Date)),
        ("settle_by", Value::Date(ExitStepKind::Settlement.due_on(last, today))),
        ("owner", owner.clone()),
    ];
    let steps = ExitStepKind::ALL.iter().map(|step| {
        let known = known(*step, &contract, today);
        let (state, done_on, proof) = match known {
            Some((day, proof)) => (StepState::Done, Value::Date(day), Value::Text(proof)),
            None => (StepState::Open, Value::Null, Value::Null),
        };
        let fields = [
            ("step", Value::Choice(step.choice())),
            ("due_on", Value::Date(step.due_on(last, today))),
            ("owner", owner.clone()),
            ("state", Value::Choice(state.choice())),
            ("done_on", done_on),
            ("proof", proof),
            ("blocks", Value::Bool(step.rule().blocks)),
        ];
        entered(Kind::ExitStep, fields)
    });
    Opening { case: entered(Kind::ExitCase, case), steps: steps.collect() }
}

/// What a step was done by, as far as the contract tells: the day and the proof.
fn known(step: ExitStepKind, contract: &Contract, today: NaiveDate) -> Option<(NaiveDate, String)> {
    let (day, proof) = match step {
        // A decision to renew was another one.
        ExitStepKind::Decision if contract.decision == Some(Decision::LetLapse) => {
            (contract.decided_on, &contract.decided_by)
        }
        ExitStepKind::Notice => (contract.notice_given_on, &contract.notice_proof),
        _ => return None,
    };
    day.filter(|day| *day <= today && !proof.is_empty()).map(|day| (day, proof.clone()))
}

fn trigger(contract: &Contract) -> ExitTrigger {
    match (contract.terminated_on, contract.notice_given_on) {
        (Some(_), _) => ExitTrigger::Termination,
        (None, Some(_)) => ExitTrigger::Notice,
        (None, None) => ExitTrigger::Expiry,
    }
}

fn last_day(contract: &Contract, today: NaiveDate) -> Option<NaiveDate> {
    let terms = contract.terms();
    contract::dates(&terms, contract.working_days(), today, NoticePolicy::default()).last_day
}

fn entered<const N: usize>(kind: Kind, fields: [(&str, Value); N]) -> Vec<(usize, Entered)> {
    let table = kind.table();
    let placed = fields.into_iter().filter(|(_, value)| !value.is_null());
    placed.filter_map(|(key, value)| Some((table.field(key)?, Entered::Value(value)))).collect()
}

/// What is offered as the certificate and the fate of the data when a case is closed: the proof of its
/// step, where the data were dealt with.
#[must_use]
pub fn data_proof(steps: &[Record]) -> Option<(String, Option<&'static Choice>)> {
    let is_data = |step: &&Record| step.get("step").as_key() == ExitStepKind::Data.key();
    let step = steps.iter().find(is_data)?;
    let is_none_held = step.get("state").as_key() == StepState::NotApplicable.key();
    let fate = is_none_held.then(|| DataFate::NoneHeld.choice());
    Some((step.get("proof").as_text().to_owned(), fate))
}

/// How a step stands; `None` of a record that is no step.
#[must_use]
pub fn standing(step: &Record) -> Option<Standing> {
    let state = StepState::from_key(step.get("state").as_key())?;
    let blocks = *step.get("blocks") == Value::Bool(true);
    ExitStepKind::from_key(step.get("step").as_key()).map(|step| Standing { step, state, blocks })
}

/// Says which steps of a case are open.
#[must_use]
pub fn open_steps(case: &str, open: &[ExitStepKind]) -> Sentence {
    let says = if open.len() == 1 { ONE_OPEN } else { STEPS_OPEN };
    let says = Sentence::from(says).with("n", open.len()).with("case", case);
    says.with_words("steps", open.iter().map(|step| step.label()).collect())
}

/// Why the exit of a contract cannot be opened while a case of it is under way.
#[must_use]
pub fn under_way(case: &str) -> Sentence {
    Sentence::from(UNDER_WAY).with("case", case)
}

/// What opening a case wrote, as a fact: `records` are those it touched.
#[must_use]
pub fn opened(records: &[Ref]) -> Sentence {
    match records.iter().find(|at| at.kind == Kind::Vendor) {
        Some(vendor) => Sentence::from(OPENED_LEAVING).with("vendor", code_of(*vendor)),
        None => OPENED.into(),
    }
}

const UNDER_WAY: Text = text("{case} is under way already.", "{case} 已在进行中。");
const OPENED: Text = text("Exit case opened", "已启动退出");
const OPENED_LEAVING: Text = text("Exit case opened, {vendor} is Exiting", "已启动退出，{vendor} 进入退出中");
const ONE_OPEN: Text =
    text("1 step of {case} is open: {steps}.", "{case} 尚有 1 个阻断步骤未完成：{steps}。");
const STEPS_OPEN: Text =
    text("{n} steps of {case} are open: {steps}.", "{case} 尚有 {n} 个阻断步骤未完成：{steps}。");
