//! The table of measurements: what a service level came to in one period.

use chrono::NaiveDate;

use crate::domain::decimal::Decimal4;
use crate::domain::list::ClosedList;
use crate::domain::period::Period;
use crate::domain::service_level::{Measured, Outcome};
use crate::entity::field::{Derived, Field, Moment, Shape, derived, field};
use crate::entity::value::{Held, Link};
use crate::entity::{Direction, Entity, Kind, Names, Problem};
use crate::texts::{Text, text};

/// What a service level came to in one period, and what was done about the credit.
#[derive(Debug, Clone, PartialEq, Default)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct Measurement {
    pub level: Option<Link>,
    pub period: Option<Period>,
    pub value: Option<Decimal4>,
    pub excused: bool,
    pub why_excused: String,
    pub evidence: String,
    pub claimed_on: Option<NaiveDate>,
    pub notes: String,
}

impl Measurement {
    /// What the rules need to know of it.
    #[must_use]
    pub const fn measured(&self) -> Measured {
        Measured { value: self.value, is_excused: self.excused }
    }
}

impl Entity for Measurement {
    const KIND: Kind = Kind::Measurement;
    const NAMES: Names = Names {
        word: "measurement",
        plural: "measurements",
        prefix: "MS",
        one: text("Measurement", "测量值"),
        many: text("Measurements", "测量值"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("level", text("Service level", "服务水平"), Shape::Link(Kind::ServiceLevel), |r: &Self| r.level.show(), |r, v| r.level.put(v))
            .parent().column(30, 2).card(),
        field("period", text("Period", "期间"), Shape::Period, |r: &Self| r.period.show(), |r, v| r.period.put(v))
            .required().column(8, 1).sortable().hint(text("2026-03, 2026-Q1", "2026-03、2026-Q1")).card(),
        field("value", text("Value", "实测值"), Shape::Decimal, |r: &Self| r.value.show(), |r, v| r.value.put(v))
            .column(10, 1).hint(text("in the metric's unit; blank: not measured", "按指标单位；留空为未测量")).card(),
        field("excused", text("Excused", "免责"), Shape::Bool, |r: &Self| r.excused.show(), |r, v| r.excused.put(v))
            .hint(text("the contract does not count it", "按合同不计入考核")),
        field("why_excused", text("Why excused", "免责理由"), Shape::Line, |r: &Self| r.why_excused.show(), |r, v| r.why_excused.put(v)).card(),
        field("evidence", text("Evidence", "依据"), Shape::Line, |r: &Self| r.evidence.show(), |r, v| r.evidence.put(v)).card(),
        field("claimed_on", text("Claimed", "主张日期"), Shape::Date, |r: &Self| r.claimed_on.show(), |r, v| r.claimed_on.put(v))
            .column(10, 4).card(),
        field("notes", text("Notes", "备注"), Shape::Long, |r: &Self| r.notes.show(), |r, v| r.notes.put(v)),
    ];
    const DERIVED: &'static [Derived] = &[
        derived("outcome", text("Outcome", "结果"), Shape::Choice(Outcome::CHOICES)).column(12, 2).chip(),
        derived("credit", text("Credit", "抵扣额"), Shape::Money).column(11, 3).card(),
    ];
    const ORDER: (&'static str, Direction) = ("period", Direction::Down);
    const COLUMNS: &'static [&'static str] = &["period", "level", "value", "outcome", "credit", "claimed_on"];

    const ONE_OF: &'static [&'static str] = &["level", "period"];

    fn label(&self) -> String {
        let level = self.level.as_ref().map(|level| level.label.as_str()).unwrap_or_default();
        let period = self.period.map(|period| period.to_string()).unwrap_or_default();
        format!("{period} {level}").trim().to_owned()
    }

    fn check(&self, _: &Moment) -> Vec<Problem> {
        if self.excused && self.why_excused.is_empty() {
            return vec![Problem::new("why_excused", NO_REASON)];
        }
        Vec::new()
    }
}

const NO_REASON: Text = text("Say why the contract does not count this period.", "请填写该期免责的理由。");
