//! The table of service levels: what a vendor promised to keep to, and what a miss costs.

use chrono::NaiveDate;

use crate::domain::day::Span;
use crate::domain::decimal::Decimal4;
use crate::domain::list::ClosedList;
use crate::domain::money::Money;
use crate::domain::period::PeriodKind;
use crate::domain::service_level::{self, Aim, CreditRule, Outcome, Promise};
use crate::entity::field::{Blanks, Derived, Field, Moment, Shape, derived, field};
use crate::entity::value::{Held, Link, Weight};
use crate::entity::{Direction, Entity, Kind, Names, Problem};
use crate::texts::{Sentence, Text, text};

/// A service level of a contract: a metric with its target, measured by period.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct ServiceLevel {
    pub title: String,
    pub contract: Option<Link>,
    pub unit: String,
    pub aim: Option<Aim>,
    pub target: Option<Decimal4>,
    pub every: Option<PeriodKind>,
    pub starts_on: Option<NaiveDate>,
    pub method: String,
    pub charge: Option<Money>,
    pub at_risk: Option<Weight>,
    pub allocation: Option<Weight>,
    pub tiers: Vec<String>,
    pub repeat: Option<Weight>,
    pub claim_within: Option<Span>,
    pub owner: String,
    pub notes: String,
}

impl Default for ServiceLevel {
    fn default() -> Self {
        Self {
            aim: Some(Aim::AtLeast),
            every: Some(PeriodKind::Month),
            title: String::new(),
            contract: None,
            unit: String::new(),
            target: None,
            starts_on: None,
            method: String::new(),
            charge: None,
            at_risk: None,
            allocation: None,
            tiers: Vec::new(),
            repeat: None,
            claim_within: None,
            owner: String::new(),
            notes: String::new(),
        }
    }
}

impl ServiceLevel {
    /// What was promised, as far as it is whole; `None` without a target.
    #[must_use]
    pub fn promise(&self) -> Option<Promise> {
        let (target, aim) = (self.target?, self.aim?);
        Some(Promise { target, aim, credit: self.credit_rule(target, aim) })
    }

    fn credit_rule(&self, target: Decimal4, aim: Aim) -> Option<CreditRule> {
        let (charge, at_risk, allocation) = (self.charge?, self.at_risk?, self.allocation?);
        let tiers = service_level::tiers(&self.tiers, aim, target).ok()?;
        let repeat_bp = self.repeat.map(|weight| weight.0);
        Some(CreditRule { charge, at_risk_bp: at_risk.0, allocation_bp: allocation.0, tiers, repeat_bp })
    }
}

impl Entity for ServiceLevel {
    const KIND: Kind = Kind::ServiceLevel;
    const NAMES: Names = Names {
        word: "service_level",
        plural: "service_levels",
        prefix: "SL",
        one: text("Service level", "服务水平"),
        many: text("Service levels", "服务水平"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("title", text("Metric", "指标"), Shape::Line, |r: &Self| r.title.show(), |r, v| r.title.put(v))
            .required().column(30, 1).sortable(),
        field("contract", text("Contract", "合同"), Shape::Link(Kind::Contract), |r: &Self| r.contract.show(), |r, v| r.contract.put(v))
            .parent().column(24, 4).card(),
        field("aim", text("Aim", "方向"), Shape::Choice(Aim::CHOICES), |r: &Self| r.aim.show(), |r, v| r.aim.put(v))
            .required().column(8, 5).card(),
        field("target", text("Target", "目标值"), Shape::Decimal, |r: &Self| r.target.show(), |r, v| r.target.put(v))
            .required().column(9, 2).card(),
        field("unit", text("Unit", "单位"), Shape::Line, |r: &Self| r.unit.show(), |r, v| r.unit.put(v)).repeats()
            .column(6, 3).hint(text("%, min, h", "%、分钟、小时")).card(),
        field("every", text("Measured every", "测量周期"), Shape::Choice(PeriodKind::CHOICES), |r: &Self| r.every.show(), |r, v| r.every.put(v))
            .required().column(9, 6).card(),
        field("starts_on", text("Measured from", "测量起始日"), Shape::Date, |r: &Self| r.starts_on.show(), |r, v| r.starts_on.put(v))
            .hint(text("its first period is due from then on", "自该期起提醒登记")),
        field("method", text("Measured by", "测量方法"), Shape::Line, |r: &Self| r.method.show(), |r, v| r.method.put(v)).repeats().card(),
        field("charge", text("Charge a period", "每期费用"), Shape::Money, |r: &Self| r.charge.show(), |r, v| r.charge.put(v))
            .group(text("Service credit", "服务抵扣")).card(),
        field("at_risk", text("At risk", "风险上限"), Shape::Weight, |r: &Self| r.at_risk.show(), |r, v| r.at_risk.put(v))
            .hint(text("of the charge, for all levels together", "占费用比例，各指标合计上限")).card(),
        field("allocation", text("Falls to this", "本项分配"), Shape::Weight, |r: &Self| r.allocation.show(), |r, v| r.allocation.put(v))
            .hint(text("of what is at risk", "占风险金额比例")).card(),
        field("tiers", text("Tiers", "分档"), Shape::List, |r: &Self| r.tiers.show(), |r, v| r.tiers.put(v))
            .hint(text("99.5: 10 %, 99: 25 %; none: all of it", "99.5: 10 %, 99: 25 %；不填则全额")).card(),
        field("repeat", text("When missed again", "连续未达标"), Shape::Weight, |r: &Self| r.repeat.show(), |r, v| r.repeat.put(v))
            .hint(text("at least so much of it", "至少抵扣的比例")).card(),
        field("claim_within", text("Claim within", "主张期限"), Shape::Span, |r: &Self| r.claim_within.show(), |r, v| r.claim_within.put(v))
            .hint(text("30d after the period", "期末后，如 30d")).card(),
        field("owner", text("Owner", "负责人"), Shape::Line, |r: &Self| r.owner.show(), |r, v| r.owner.put(v)).repeats()
            .group(text("Notes", "备注")).card(),
        field("notes", text("Notes", "备注"), Shape::Long, |r: &Self| r.notes.show(), |r, v| r.notes.put(v)),
    ];
    const DERIVED: &'static [Derived] = &[
        derived("latest", text("Latest", "最近值"), Shape::Decimal).column(9, 2).card(),
        derived("outcome", text("Outcome", "结果"), Shape::Choice(Outcome::CHOICES)).column(9, 2).chip(),
        derived("attained", text("Periods met", "达标期占比"), Shape::Weight)
            .column(11, 3)
            .sortable(Blanks::High)
            .card(),
    ];
    const ORDER: (&'static str, Direction) = ("title", Direction::Up);
    const COLUMNS: &'static [&'static str] =
        &["title", "target", "unit", "latest", "outcome", "attained", "contract"];

    fn label(&self) -> String {
        self.title.clone()
    }

    fn check(&self, _: &Moment) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.charge.is_some_and(|charge| charge.minor < 0) {
            problems.push(Problem::new("charge", BELOW_ZERO));
        }
        // A credit follows from three figures; with some of them it would be made up.
        let given = [self.charge.is_some(), self.at_risk.is_some(), self.allocation.is_some()];
        if given.contains(&true) && given.contains(&false) {
            let keys = ["charge", "at_risk", "allocation"];
            let blank = keys.iter().zip(given).find_map(|(key, is_given)| (!is_given).then_some(*key));
            problems.push(Problem::new(blank.unwrap_or("charge"), NOT_WHOLE));
        }
        if let (Some(target), Some(aim)) = (self.target, self.aim)
            && let Err(word) = service_level::tiers(&self.tiers, aim, target)
        {
            problems.push(Problem::new("tiers", Sentence::from(NO_TIER).with("word", word)));
        }
        problems
    }
}

const BELOW_ZERO: Text = text("A charge is not below zero.", "费用不能为负。");
const NOT_WHOLE: Text = text(
    "A credit needs the charge, the share at risk and the part that falls to this: fill all three or none.",
    "抵扣须同时填写每期费用、风险上限和本项分配，或全部留空。",
);
const NO_TIER: Text = text(
    "“{word}” does not follow: tiers are written 99.5: 10 %, 99: 25 %, each worse than the one before and not cheaper.",
    "“{word}”不成分档：应写作 99.5: 10 %, 99: 25 %，逐档变差且抵扣不减。",
);
