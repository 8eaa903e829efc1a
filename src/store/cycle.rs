//! The reviews that plans ask for in a period: which are to be opened, which are there, who is left out
//! and why.
//!
//! A second time in the same period it must never open anything again.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::domain::contract::{self, ContractState, NoticePolicy};
use crate::domain::list::ClosedList;
use crate::domain::period::Period;
use crate::domain::review::{Asked, Idle, asked, is_reviewed};
use crate::domain::vendor::VendorState;
use crate::entity::input::Entered;
use crate::entity::{Contract, Kind, Record, Ref, ReviewPlan, Value, typed};
use crate::register::proposal::{Fate, Line};
use crate::register::{Refusal, code_of};
use crate::store::change::{Txn, link_to};
use crate::store::{card, check, refused, settings};
use crate::texts::{Sentence, Text, text};

/// A plan with what it asks for in the period.
struct Plan {
    record: Record,
    about: ReviewPlan,
    asked: Result<Asked, Idle>,
    /// The scorecard its reviews are judged by; `None` where there is none.
    template: Option<Ref>,
}

/// One review that a plan asks for.
struct Candidate {
    line: Line,
    /// The fields of the review, where it is to be opened.
    fields: Vec<(usize, Entered)>,
}

/// The lines of a period; of one plan only where it is named.
pub(super) fn lines(
    conn: &Connection,
    period: Period,
    only: Option<Ref>,
    today: NaiveDate,
) -> Result<Vec<Line>, Refusal> {
    Ok(candidates(conn, period, only, today)?.into_iter().map(|candidate| candidate.line).collect())
}

impl Txn<'_> {
    /// Opens the reviews of a period whose lines are chosen. Returns how many.
    ///
    /// # Errors
    /// As [`Txn::add`].
    pub(super) fn open_reviews(
        &mut self,
        period: Period,
        only: Option<Ref>,
        chosen: &[String],
    ) -> Result<usize, Refusal> {
        let mut opened = 0;
        for candidate in candidates(&self.tx, period, only, self.today)? {
            if candidate.line.fate == Fate::Will && chosen.contains(&candidate.line.key) {
                self.add(Kind::Review, &candidate.fields, None)?;
                opened += 1;
            }
        }
        Ok(opened)
    }
}

fn candidates(
    conn: &Connection,
    period: Period,
    only: Option<Ref>,
    today: NaiveDate,
) -> Result<Vec<Candidate>, Refusal> {
    let plans = plans(conn, period, only)?;
    let mut taken: BTreeSet<(i64, i64, i64)> = BTreeSet::new();
    let mut found = Vec::new();
    for plan in &plans {
        let days = match plan.asked {
            Ok(days) => days,
            // What is about other periods says nothing of this one, unless it was asked for.
            Err(Idle::OtherPeriod(_)) if only.is_none() => continue,
            Err(idle) => {
                found.push(skipped(plan, None, idle_sentence(idle)));
                continue;
            }
        };
        let subjects = subjects(conn, plan)?;
        if subjects.is_empty() {
            found.push(skipped(plan, None, NOBODY.into()));
        }
        for (vendor, contract) in subjects {
            let vendor = card::record(conn, vendor)?;
            let contract = contract.map(|at| card::record(conn, at)).transpose()?;
            let case = Case { plan, period, days, vendor: &vendor, contract: contract.as_ref(), today };
            found.push(case.candidate(conn, &plans, &mut taken)?);
        }
    }
    Ok(found)
}

/// The plans in use, or the one that is named: those of a vendor or a contract before those of a tier,
/// whose place they take.
fn plans(conn: &Connection, period: Period, only: Option<Ref>) -> Result<Vec<Plan>, Refusal> {
    let fiscal = settings::fiscal_start(conn)?;
    let ids = match only {
        Some(at) => vec![at.id],
        None => check::ids(conn, Kind::ReviewPlan)?,
    };
    let mut plans = Vec::new();
    for id in ids {
        let record = card::record(conn, Ref { kind: Kind::ReviewPlan, id })?;
        if only.is_none() && record.archived_at.is_some() {
            continue;
        }
        let Ok(plan) = typed::<ReviewPlan>(&record.values) else { continue };
        let asked = asked(&plan.rule(fiscal, record.archived_at.is_none()), period);
        let template = template(conn, &plan)?;
        plans.push(Plan { record, about: plan, asked, template });
    }
    plans.sort_by_key(|plan| plan.about.contract.is_none() && plan.about.vendor.is_none());
    Ok(plans)
}

/// The scorecard of a plan, else the usual one; of one that is retired, the revision that is current.
fn template(conn: &Connection, plan: &ReviewPlan) -> Result<Option<Ref>, Refusal> {
    let named = match &plan.template {
        Some(link) => Some(Ref { kind: Kind::Template, id: link.id }),
        None => {
            let usual = settings::read(conn, settings::DEFAULT_TEMPLATE)?;
            super::find::named(conn, Kind::Template, &usual)?.map(|link| Ref { kind: link.kind, id: link.id })
        }
    };
    let Some(at) = named else { return Ok(None) };
    let newer: Option<i64> = conn
        .prepare_cached(
            "SELECT n.id FROM template t JOIN template n ON n.name = t.name AND n.revision > t.revision \
             WHERE t.id = ? AND t.state = 'retired' AND n.state = 'current' AND n.archived_at IS NULL \
             ORDER BY n.revision DESC LIMIT 1",
        )
        .and_then(|mut s| s.query_row([at.id], |row| row.get(0)).optional())
        .map_err(refused)?;
    Ok(Some(newer.map_or(at, |id| Ref { kind: Kind::Template, id })))
}

/// Whom a plan is about: vendors, each with the contract where it is about one.
fn subjects(conn: &Connection, plan: &Plan) -> Result<Vec<(Ref, Option<Ref>)>, Refusal> {
    let vendor = |id: i64| Ref { kind: Kind::Vendor, id };
    if let Some(link) = &plan.about.contract {
        let contract = Ref { kind: Kind::Contract, id: link.id };
        let owner = card::record(conn, contract)?.get("vendor").as_link().map(|link| vendor(link.id));
        return Ok(owner.map(|owner| (owner, Some(contract))).into_iter().collect());
    }
    if let Some(link) = &plan.about.vendor {
        return Ok(vec![(vendor(link.id), None)]);
    }
    let Some(tier) = plan.about.tier else { return Ok(Vec::new()) };
    let place = i64::try_from(tier.index()).unwrap_or(0);
    let ids: Vec<i64> = conn
        .prepare_cached(
            "SELECT id FROM vendor_x INDEXED BY vendor_x_tier WHERE archived = 0 AND s_tier = ? ORDER BY id",
        )
        .and_then(|mut s| s.query_map([place], |row| row.get(0))?.collect())
        .map_err(refused)?;
    Ok(ids.into_iter().map(|id| (vendor(id), None)).collect())
}

/// One vendor, or contract, under one plan.
struct Case<'a> {
    plan: &'a Plan,
    period: Period,
    days: Asked,
    vendor: &'a Record,
    contract: Option<&'a Record>,
    today: NaiveDate,
}

impl Case<'_> {
    fn candidate(
        &self,
        conn: &Connection,
        plans: &[Plan],
        taken: &mut BTreeSet<(i64, i64, i64)>,
    ) -> Result<Candidate, Refusal> {
        let template = self.plan.template.map_or(0, |at| at.id);
        if let Some(there) = self.there(conn)? {
            let says = Sentence::from(THERE).with("code", code_of(there));
            return Ok(Candidate { line: self.line(Fate::Stands, Some(there), says), fields: Vec::new() });
        }
        let own = (self.vendor.at.id, self.contract.map_or(0, |contract| contract.at.id), template);
        let why = match self.why_not(plans) {
            None if !taken.insert(own) => Some(TAKEN.into()),
            why => why,
        };
        if let Some(why) = why {
            return Ok(Candidate { line: self.line(Fate::Skipped, None, why), fields: Vec::new() });
        }
        let says = Sentence::from(DUE).with("plan", &self.plan.record.code).with("day", self.days.due);
        let mut line = self.line(Fate::Will, None, says);
        line.puts = vec![("due_on", self.days.due.to_string())];
        Ok(Candidate { line, fields: self.fields() })
    }

    fn line(&self, fate: Fate, at: Option<Ref>, says: Sentence) -> Line {
        let record = self.contract.unwrap_or(self.vendor);
        let key = format!("{} {}", self.plan.record.code, record.code);
        let what = Sentence::from(NAMED).with("code", &record.code).with("name", record.label());
        Line { key, fate, at: at.or(Some(record.at)), what, says, puts: Vec::new() }
    }

    /// The review of this period that is there already, put away or not: what was opened once is not
    /// opened again.
    fn there(&self, conn: &Connection) -> Result<Option<Ref>, Refusal> {
        let template = self.plan.template.map(|at| at.id);
        let bound = params![
            self.vendor.at.id,
            self.period.to_string(),
            self.contract.map(|contract| contract.at.id),
            self.plan.record.at.id,
            template
        ];
        let id: Option<i64> = conn
            .prepare_cached(
                "SELECT id FROM review WHERE vendor = ?1 AND period = ?2 AND contract IS ?3 \
                 AND (plan = ?4 OR template = ?5) ORDER BY id DESC LIMIT 1",
            )
            .and_then(|mut s| s.query_row(bound, |row| row.get(0)).optional())
            .map_err(refused)?;
        Ok(id.map(|id| Ref { kind: Kind::Review, id }))
    }

    /// Why no review is opened for it.
    fn why_not(&self, plans: &[Plan]) -> Option<Sentence> {
        if self.vendor.archived_at.is_some() {
            return Some(PUT_AWAY.into());
        }
        let state = VendorState::from_key(self.vendor.get("state").as_key());
        if let Some(state) = state.filter(|state| !is_reviewed(*state)) {
            return Some(Sentence::from(NOT_REVIEWED).with_word("state", state.label()));
        }
        if self.plan.template.is_none() {
            return Some(NO_SCORECARD.into());
        }
        if let Some(contract) = self.contract {
            return self.why_not_contract(contract);
        }
        let is_of_tier = self.plan.about.vendor.is_none();
        let has_own = |plan: &&Plan| {
            let own = plan.about.vendor.as_ref().is_some_and(|link| link.id == self.vendor.at.id);
            own && plan.about.contract.is_none() && plan.asked.is_ok()
        };
        let own = plans.iter().find(has_own).filter(|_| is_of_tier)?;
        Some(Sentence::from(OWN_PLAN).with("plan", &own.record.code))
    }

    /// Why no review is opened for a contract: nobody worked under it in the period.
    fn why_not_contract(&self, record: &Record) -> Option<Sentence> {
        let Ok(contract) = typed::<Contract>(&record.values) else { return Some(PUT_AWAY.into()) };
        if record.archived_at.is_some() {
            return Some(PUT_AWAY.into());
        }
        let state = contract.state.unwrap_or(ContractState::Draft);
        if !matches!(state, ContractState::InForce | ContractState::Ended) {
            return Some(Sentence::from(NOT_REVIEWED).with_word("state", state.label()));
        }
        if let Some(starts) = contract.starts_on.filter(|starts| *starts > self.days.last) {
            return Some(Sentence::from(STARTS).with("day", starts));
        }
        let terms = contract.terms();
        let dates = contract::dates(&terms, contract.working_days(), self.today, NoticePolicy::default());
        let over = dates.last_day.filter(|last| *last < self.days.first && state == ContractState::Ended);
        over.map(|last| Sentence::from(ENDED).with("day", last))
    }

    /// The fields of the review.
    fn fields(&self) -> Vec<(usize, Entered)> {
        let text = |record: &Record, key: &str| record.get(key).as_text().to_owned();
        let owner = text(&self.plan.record, "owner");
        let of_subject = || text(self.contract.unwrap_or(self.vendor), "owner");
        let owner = if owner.is_empty() { of_subject() } else { owner };
        let link = |at: Option<Ref>| at.map_or(Value::Null, link_to);
        let fields = [
            ("vendor", link(Some(self.vendor.at))),
            ("contract", link(self.contract.map(|contract| contract.at))),
            ("template", link(self.plan.template)),
            ("plan", link(Some(self.plan.record.at))),
            ("period", Value::Period(self.period)),
            ("owner", if owner.is_empty() { Value::Null } else { Value::Text(owner) }),
            ("due_on", Value::Date(self.days.due)),
        ];
        let table = Kind::Review.table();
        let fields = fields.into_iter().filter(|(_, value)| !value.is_null());
        fields.filter_map(|(key, value)| Some((table.field(key)?, Entered::Value(value)))).collect()
    }
}

/// A plan under which nothing is opened.
fn skipped(plan: &Plan, at: Option<Ref>, says: Sentence) -> Candidate {
    let record = &plan.record;
    let what = Sentence::from(NAMED).with("code", &record.code).with("name", record.label());
    let line = Line {
        key: record.code.clone(),
        fate: Fate::Skipped,
        at: at.or(Some(record.at)),
        what,
        says,
        puts: Vec::new(),
    };
    Candidate { line, fields: Vec::new() }
}

fn idle_sentence(idle: Idle) -> Sentence {
    match idle {
        Idle::Inactive => PUT_AWAY.into(),
        Idle::OtherPeriod(kind) => Sentence::from(OTHER_PERIOD).with_word("kind", kind.label()),
        Idle::NotYet(day) => Sentence::from(STARTS).with("day", day),
        Idle::Over(day) => Sentence::from(ENDED).with("day", day),
    }
}

const NAMED: Text = text("{code} {name}", "{code} {name}");
const DUE: Text = text("by {plan}, due {day}", "依 {plan}，截止 {day}");
const THERE: Text = text("{code} is there already.", "已有 {code}。");
const TAKEN: Text =
    text("Another plan asks for the same scorecard in this period.", "本期已由另一计划以同一考核表发起。");
const PUT_AWAY: Text = text("It is put away.", "已归档。");
const NOT_REVIEWED: Text = text("In the state {state} nothing is reviewed.", "处于“{state}”状态，不考核。");
const NO_SCORECARD: Text = text(
    "There is no scorecard: name one in the plan, or a usual one in the settings.",
    "没有考核表：请在计划或设置中指定。",
);
const OWN_PLAN: Text = text("It has a plan of its own, {plan}.", "有专属计划 {plan}。");
const STARTS: Text = text("It starts on {day}.", "始于 {day}。");
const ENDED: Text = text("It ended on {day}.", "已于 {day} 结束。");
const OTHER_PERIOD: Text = text("It is about another period: {kind}.", "计划周期为{kind}。");
const NOBODY: Text = text(
    "It is about nobody: name a vendor, a tier or a contract.",
    "未涉及任何对象：请指定供应商、层级或合同。",
);
