//! The table of review plans: whose reviews are opened how often, by which scorecard.

use chrono::NaiveDate;

use crate::domain::list::ClosedList;
use crate::domain::period::{FiscalStart, PeriodKind};
use crate::domain::review::{PlanRule, YearBasis};
use crate::domain::vendor::Tier;
use crate::entity::field::{Field, Moment, Shape, field};
use crate::entity::value::{Held, Link};
use crate::entity::{Direction, Entity, Kind, Names, Problem};
use crate::texts::{Text, text};

/// Reviews that come back: of one vendor, of a tier, or of a contract.
#[derive(Debug, Clone, PartialEq, Default)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct ReviewPlan {
    pub name: String,
    pub vendor: Option<Link>,
    pub tier: Option<Tier>,
    pub contract: Option<Link>,
    pub template: Option<Link>,
    pub period_kind: Option<PeriodKind>,
    pub basis: Option<YearBasis>,
    pub owner: String,
    pub due_days: Option<i64>,
    pub starts_on: Option<NaiveDate>,
    pub ends_on: Option<NaiveDate>,
    pub notes: String,
}

impl Entity for ReviewPlan {
    const KIND: Kind = Kind::ReviewPlan;
    const NAMES: Names = Names {
        word: "review_plan",
        plural: "review_plans",
        prefix: "PL",
        one: text("Review plan", "考核计划"),
        many: text("Review plans", "考核计划"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("name", text("Name", "名称"), Shape::Line, |r: &Self| r.name.show(), |r, v| r.name.put(v)).required().column(30, 1).sortable(),
        field("vendor", text("Vendor", "供应商"), Shape::Link(Kind::Vendor), |r: &Self| r.vendor.show(), |r, v| r.vendor.put(v)).column(24, 3).card()
            .hint(text("one vendor, or a tier, or a contract", "供应商、层级、合同三者选一")),
        field("tier", text("Tier", "供应商层级"), Shape::Choice(Tier::CHOICES), |r: &Self| r.tier.show(), |r, v| r.tier.put(v)).column(12, 4).chip(),
        field("contract", text("Contract", "合同"), Shape::Link(Kind::Contract), |r: &Self| r.contract.show(), |r, v| r.contract.put(v)).card(),
        field("template", text("Scorecard", "考核表"), Shape::Link(Kind::Template), |r: &Self| r.template.show(), |r, v| r.template.put(v)).card().hint(text("the usual one where blank", "留空则用默认考核表")),
        field("period_kind", text("Every", "周期"), Shape::Choice(PeriodKind::CHOICES), |r: &Self| r.period_kind.show(), |r, v| r.period_kind.put(v)).required().column(9, 2).chip(),
        field("basis", text("Years by", "年度口径"), Shape::Choice(YearBasis::CHOICES), |r: &Self| r.basis.show(), |r, v| r.basis.put(v)).chip()
            .hint(text("the fiscal year of the register where blank", "留空则按登记册的财年")),
        field("owner", text("Owner", "负责人"), Shape::Line, |r: &Self| r.owner.show(), |r, v| r.owner.put(v)).repeats().column(12, 5).card(),
        field("due_days", text("Due after", "期末后天数"), Shape::Int(0, 366), |r: &Self| r.due_days.show(), |r, v| r.due_days.put(v)).card().hint(text("days behind the period; 15 where blank", "期末后天数，留空为 15")),
        field("starts_on", text("From", "起始日期"), Shape::Date, |r: &Self| r.starts_on.show(), |r, v| r.starts_on.put(v)).column(10, 6).sortable().card(),
        field("ends_on", text("Until", "截止日期"), Shape::Date, |r: &Self| r.ends_on.show(), |r, v| r.ends_on.put(v)).card(),
        field("notes", text("Notes", "备注"), Shape::Long, |r: &Self| r.notes.show(), |r, v| r.notes.put(v)),
    ];
    const ORDER: (&'static str, Direction) = ("name", Direction::Up);
    const COLUMNS: &'static [&'static str] = &["name", "vendor", "tier", "period_kind", "owner", "starts_on"];

    fn label(&self) -> String {
        self.name.clone()
    }

    fn check(&self, _: &Moment) -> Vec<Problem> {
        let named = [self.vendor.is_some(), self.tier.is_some(), self.contract.is_some()];
        if named.into_iter().filter(|named| *named).count() > 1 {
            return vec![Problem::new("vendor", ONE_SUBJECT)];
        }
        match (self.starts_on, self.ends_on) {
            (Some(starts), Some(ends)) if ends < starts => vec![Problem::new("ends_on", ENDS_FIRST)],
            _ => Vec::new(),
        }
    }
}

const ONE_SUBJECT: Text = text(
    "A plan is about a vendor, or a tier, or a contract. Leave two of them blank.",
    "计划只针对供应商、层级、合同之一，其余请留空。",
);
const ENDS_FIRST: Text = text("It ends before it starts.", "截止日期早于起始日期。");

impl ReviewPlan {
    /// Days behind the end of a period by which its review is due, where the plan says nothing.
    const USUAL_DAYS: i64 = 15;

    /// What it says of its periods, in a register whose fiscal year begins with `fiscal`.
    #[must_use]
    pub fn rule(&self, fiscal: FiscalStart, is_active: bool) -> PlanRule {
        let begins = match self.basis {
            Some(YearBasis::Calendar) => FiscalStart::JANUARY,
            Some(YearBasis::Fiscal) | None => fiscal,
        };
        PlanRule {
            every: self.period_kind.unwrap_or(PeriodKind::Quarter),
            begins,
            starts_on: self.starts_on,
            ends_on: self.ends_on,
            is_active,
            due_days: u64::try_from(self.due_days.unwrap_or(Self::USUAL_DAYS)).unwrap_or(0),
        }
    }
}
