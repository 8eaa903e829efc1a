//! The tables of performance reviews and of their rows.

use chrono::NaiveDate;

use crate::domain::decimal::Decimal4;
use crate::domain::list::ClosedList;
use crate::domain::moves::REVIEW_MOVES;
use crate::domain::period::Period;
use crate::domain::review::{
    Criterion, Grade, GradeBands, ResponseKind, ReviewState, RowStatus, Score, VetoRule,
};
use crate::entity::field::{Blanks, Derived, Field, Moment, Shape, derived, field};
use crate::entity::value::{Held, Link, Points, Weight};
use crate::entity::{Direction, Entity, Kind, Kpi, Moves, Names, Problem, scale};
use crate::texts::text;

/// The review of one vendor for one period.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct Review {
    pub vendor: Option<Link>,
    pub contract: Option<Link>,
    pub template: Option<Link>,
    pub period: Option<Period>,
    pub state: Option<ReviewState>,
    pub owner: String,
    pub due_on: Option<NaiveDate>,
    pub response: Option<ResponseKind>,
    pub response_by: String,
    pub response_on: Option<NaiveDate>,
    pub response_text: String,
    pub summary: String,
    pub plan: Option<Link>,
    pub revision: Option<i64>,
    pub corrects: Option<Link>,
    pub bands: String,
    pub shared_on: Option<NaiveDate>,
    pub locked_on: Option<NaiveDate>,
    pub locked_by: String,
    pub seal: String,
}

impl Default for Review {
    fn default() -> Self {
        Self {
            state: Some(ReviewState::Planned),
            vendor: None,
            contract: None,
            template: None,
            period: None,
            owner: String::new(),
            due_on: None,
            response: None,
            response_by: String::new(),
            response_on: None,
            response_text: String::new(),
            summary: String::new(),
            plan: None,
            revision: None,
            corrects: None,
            bands: String::new(),
            shared_on: None,
            locked_on: None,
            locked_by: String::new(),
            seal: String::new(),
        }
    }
}

impl Entity for Review {
    const KIND: Kind = Kind::Review;
    const NAMES: Names = Names {
        word: "review",
        plural: "reviews",
        prefix: "PR",
        one: text("Review", "考核"),
        many: text("Reviews", "考核"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("vendor", text("Vendor", "供应商"), Shape::Link(Kind::Vendor), |r: &Self| r.vendor.show(), |r, v| r.vendor.put(v))
            .required().column(30, 1).card(),
        field("contract", text("Contract", "合同"), Shape::Link(Kind::Contract), |r: &Self| r.contract.show(), |r, v| r.contract.put(v))
            .card(),
        field("template", text("Scorecard", "考核表"), Shape::Link(Kind::Template), |r: &Self| r.template.show(), |r, v| r.template.put(v))
            .column(24, 7).card(),
        field("period", text("Period", "考核期"), Shape::Period, |r: &Self| r.period.show(), |r, v| r.period.put(v))
            .required().column(8, 1).sortable().hint(text("2026-Q1, 2026-03, 2026", "2026-Q1、2026-03、2026")).card(),
        field("state", text("State", "状态"), Shape::Choice(ReviewState::CHOICES), |r: &Self| r.state.show(), |r, v| r.state.put(v))
            .required().column(12, 3).sortable().chip(),
        field("owner", text("Owner", "负责人"), Shape::Line, |r: &Self| r.owner.show(), |r, v| r.owner.put(v)).repeats().column(12, 6).card(),
        field("due_on", text("Due", "截止日期"), Shape::Date, |r: &Self| r.due_on.show(), |r, v| r.due_on.put(v))
            .column(10, 5).sortable().card(),
        field("response", text("Response", "供应商反馈"), Shape::Choice(ResponseKind::CHOICES), |r: &Self| r.response.show(), |r, v| r.response.put(v))
            .group(text("The vendor's response", "供应商反馈")).card(),
        field("response_by", text("Response by", "反馈人"), Shape::Line, |r: &Self| r.response_by.show(), |r, v| r.response_by.put(v)).personal()
            .card(),
        field("response_on", text("Response on", "反馈日期"), Shape::Date, |r: &Self| r.response_on.show(), |r, v| r.response_on.put(v))
            .card(),
        field("response_text", text("Their words", "反馈内容"), Shape::Long, |r: &Self| r.response_text.show(), |r, v| r.response_text.put(v)),
        field("summary", text("Summary", "考核小结"), Shape::Long, |r: &Self| r.summary.show(), |r, v| r.summary.put(v)),
        field("plan", text("Plan", "考核计划"), Shape::Link(Kind::ReviewPlan), |r: &Self| r.plan.show(), |r, v| r.plan.put(v))
            .card().group(text("The record of it", "考核档案")),
        field("revision", text("Revision", "版次"), Shape::Int(1, 9999), |r: &Self| r.revision.show(), |r, v| r.revision.put(v)).card(),
        field("corrects", text("Corrects", "更正"), Shape::Link(Kind::Review), |r: &Self| r.corrects.show(), |r, v| r.corrects.put(v)).card()
            .inverse(text("Corrected by", "更正为")),
        field("bands", text("Grades", "等级划分"), Shape::Line, |r: &Self| r.bands.show(), |r, v| r.bands.put(v)).card(),
        field("shared_on", text("Shared", "反馈日期"), Shape::Date, |r: &Self| r.shared_on.show(), |r, v| r.shared_on.put(v)).card(),
        field("locked_on", text("Locked", "锁定日期"), Shape::Date, |r: &Self| r.locked_on.show(), |r, v| r.locked_on.put(v)).card(),
        field("locked_by", text("Locked by", "锁定人"), Shape::Line, |r: &Self| r.locked_by.show(), |r, v| r.locked_by.put(v)).repeats().card(),
        field("seal", text("Seal", "校验码"), Shape::Line, |r: &Self| r.seal.show(), |r, v| r.seal.put(v)).hidden(),
    ];
    const DERIVED: &'static [Derived] = &[
        derived("total", text("Total", "总分"), Shape::Points).column(7, 2).sortable(Blanks::Low),
        derived("grade", text("Grade", "等级"), Shape::Choice(Grade::CHOICES)).column(5, 2).chip(),
        derived("coverage", text("Scored", "评分覆盖"), Shape::Weight).column(7, 5).card(),
        derived("change", text("Chg", "变化"), Shape::Points)
            .change()
            .column(6, 4)
            .sortable(Blanks::Low)
            .card(),
        derived("superseded", text("Corrected", "已被更正"), Shape::Bool),
        derived("rolling", text("Rolling", "滚动得分"), Shape::Points).column(7, 6).card(),
    ];
    const ORDER: (&'static str, Direction) = ("period", Direction::Down);
    const COLUMNS: &'static [&'static str] =
        &["period", "vendor", "total", "grade", "change", "state", "due_on"];
    const MOVES: Option<Moves> = Some(Moves { field: "state", table: REVIEW_MOVES });

    fn check(&self, _: &Moment) -> Vec<Problem> {
        scale::bands_problem(&self.bands).into_iter().collect()
    }

    fn label(&self) -> String {
        let period = self.period.map(|p| p.to_string()).unwrap_or_default();
        let vendor = self.vendor.as_ref().map(|v| v.label.as_str()).unwrap_or_default();
        format!("{period} {vendor}").trim().to_owned()
    }
}

/// One measure of a review: what was measured or rated, and what it is worth.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct ReviewRow {
    pub review: Option<Link>,
    pub kpi: Option<Link>,
    pub weight: Option<Weight>,
    pub status: Option<RowStatus>,
    pub raw: Option<Decimal4>,
    pub rating: Option<i64>,
    pub mean: Option<Decimal4>,
    pub override_points: Option<Points>,
    pub override_reason: String,
    pub override_by: String,
    pub rater: String,
    pub evidence: String,
    pub note: String,
}

impl Default for ReviewRow {
    fn default() -> Self {
        Self {
            status: Some(RowStatus::NotMeasured),
            review: None,
            kpi: None,
            weight: None,
            raw: None,
            rating: None,
            mean: None,
            override_points: None,
            override_reason: String::new(),
            override_by: String::new(),
            rater: String::new(),
            evidence: String::new(),
            note: String::new(),
        }
    }
}

impl Review {
    /// The bands by which it is graded: its own, taken when it was opened. One from before reviews had their
    /// own is graded by the usual ones for ever.
    #[must_use]
    pub fn grade_bands(&self) -> GradeBands {
        self.bands.parse().unwrap_or_default()
    }
}

impl ReviewRow {
    /// It as it is scored, by its KPI.
    #[must_use]
    pub fn criterion(&self, kpi: Option<&Kpi>) -> Criterion {
        Criterion {
            weight_bp: self.weight.map_or(0, |weight| weight.0),
            status: self.status.unwrap_or(RowStatus::NotMeasured),
            raw: self.raw,
            rating: self.rating.and_then(|rating| u8::try_from(rating).ok()),
            mean: self.mean,
            override_points: self.override_points.and_then(|points| Score::from_hundredths(points.0)),
            rule: kpi.map(Kpi::rule),
            veto: kpi.map_or(VetoRule::None, Kpi::veto_rule),
        }
    }

    /// Whether it has a value of any kind.
    fn is_scored(&self) -> bool {
        self.raw.is_some() || self.rating.is_some() || self.override_points.is_some()
    }
}

impl Entity for ReviewRow {
    const KIND: Kind = Kind::ReviewRow;
    const NAMES: Names = Names {
        word: "review_row",
        plural: "review_rows",
        prefix: "RR",
        one: text("Review row", "考核行"),
        many: text("Scores", "评分"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("review", text("Review", "考核"), Shape::Link(Kind::Review), |r: &Self| r.review.show(), |r, v| r.review.put(v)).parent(),
        field("kpi", text("KPI", "指标"), Shape::Link(Kind::Kpi), |r: &Self| r.kpi.show(), |r, v| r.kpi.put(v)).required().column(22, 1),
        field("weight", text("Weight", "权重"), Shape::Weight, |r: &Self| r.weight.show(), |r, v| r.weight.put(v))
            .required().column(7, 2).card(),
        field("status", text("Status", "状态"), Shape::Choice(RowStatus::CHOICES), |r: &Self| r.status.show(), |r, v| r.status.put(v))
            .required().column(12, 5).chip(),
        field("raw", text("Measured", "实测值"), Shape::Decimal, |r: &Self| r.raw.show(), |r, v| r.raw.put(v))
            .column(9, 4).hint(text("in the KPI's unit", "按指标单位")).card(),
        field("rating", text("Rating", "评级"), Shape::Int(0, 5), |r: &Self| r.rating.show(), |r, v| r.rating.put(v))
            .column(6, 3).hint(text("0 to 5", "0 至 5")).card(),
        field("mean", text("Mean", "均值"), Shape::Decimal, |r: &Self| r.mean.show(), |r, v| r.mean.put(v)).hidden().card(),
        field("override_points", text("Override", "调整得分"), Shape::Points, |r: &Self| r.override_points.show(), |r, v| r.override_points.put(v))
            .card(),
        field("override_reason", text("Why overridden", "调整理由"), Shape::Line, |r: &Self| r.override_reason.show(), |r, v| r.override_reason.put(v))
            .card(),
        field("override_by", text("Overridden by", "调整人"), Shape::Line, |r: &Self| r.override_by.show(), |r, v| r.override_by.put(v)).repeats()
            .card(),
        field("rater", text("Rater", "评分人"), Shape::Line, |r: &Self| r.rater.show(), |r, v| r.rater.put(v)).repeats().card(),
        field("evidence", text("Evidence", "依据"), Shape::Line, |r: &Self| r.evidence.show(), |r, v| r.evidence.put(v)).card(),
        field("note", text("Note", "说明"), Shape::Long, |r: &Self| r.note.show(), |r, v| r.note.put(v)),
    ];
    const DERIVED: &'static [Derived] = &[
        derived("points", text("Points", "得分"), Shape::Points).column(7, 1),
        derived("raters", text("Raters", "评分人数"), Shape::Int(0, 9999)).card(),
        derived("raters_mean", text("Their mean", "评分均值"), Shape::Decimal).card(),
        derived("spread", text("Spread", "评分差距"), Shape::Decimal).card(),
    ];
    const ORDER: (&'static str, Direction) = ("review", Direction::Up);
    const COLUMNS: &'static [&'static str] = &["kpi", "weight", "rating", "raw", "points", "status"];

    fn label(&self) -> String {
        self.kpi.as_ref().map_or_else(String::new, |kpi| kpi.label.clone())
    }

    fn settle(&mut self, before: &Self) {
        // The mean is of the raters: who enters another value has overruled them.
        if self.mean.is_some()
            && self.mean == before.mean
            && (self.rating, self.raw) != (before.rating, before.raw)
        {
            self.mean = None;
        }
        // Who fills a row has measured it; who says that it is not measured is asked to empty it.
        if self.is_scored() && self.status == before.status && self.status == Some(RowStatus::NotMeasured) {
            self.status = Some(RowStatus::Measured);
        }
    }

    fn check(&self, _: &Moment) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.status != Some(RowStatus::Measured) && self.is_scored() {
            problems.push(Problem::new(
                "status",
                text(
                    "The row still has a value. Clear rating, measured value and override, or leave it measured.",
                    "该行仍有评分。请清空评级、实测值和调整得分，或保留“已考核”。",
                ),
            ));
        }
        if self.status == Some(RowStatus::Measured) && !self.is_scored() {
            problems.push(Problem::new(
                "rating",
                text(
                    "A measured row needs a rating or a measured value; else it is not measured.",
                    "已考核的行须有评级或实测值；否则请标为未考核。",
                ),
            ));
        }
        if self.override_points.is_some() && self.override_reason.is_empty() {
            problems.push(Problem::new(
                "override_reason",
                text("An override needs its reason.", "调整得分须写明理由。"),
            ));
        }
        problems
    }
}
