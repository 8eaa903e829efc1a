//! The tables of scorecard templates, in revisions, and of their rows.

use crate::domain::list::ClosedList;
use crate::domain::period::PeriodKind;
use crate::domain::review::TemplateState;
use crate::entity::field::{Field, Moment, Shape, field};
use crate::entity::value::{Held, Link, Weight};
use crate::entity::{Direction, Entity, Kind, Names, Problem, scale};
use crate::texts::text;

/// A scorecard template in one revision.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct Template {
    pub name: String,
    pub key: String,
    pub revision: Option<i64>,
    pub period_kind: Option<PeriodKind>,
    pub state: Option<TemplateState>,
    pub bands: String,
    pub description: String,
}

impl Default for Template {
    fn default() -> Self {
        Self {
            revision: Some(1),
            state: Some(TemplateState::Draft),
            name: String::new(),
            key: String::new(),
            period_kind: None,
            bands: String::new(),
            description: String::new(),
        }
    }
}

impl Entity for Template {
    const KIND: Kind = Kind::Template;
    const NAMES: Names = Names {
        word: "template",
        plural: "templates",
        prefix: "T",
        one: text("Scorecard template", "考核表模板"),
        many: text("Scorecard templates", "考核表模板"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("name", text("Name", "名称"), Shape::Line, |r: &Self| r.name.show(), |r, v| r.name.put(v))
            .required().column(36, 1).sortable(),
        field("key", text("Key", "标识"), Shape::Line, |r: &Self| r.key.show(), |r, v| r.key.put(v))
            .card().hint(text("what the command line calls it", "命令行中的名称")),
        field("revision", text("Revision", "版次"), Shape::Int(1, 9999), |r: &Self| r.revision.show(), |r, v| r.revision.put(v))
            .required().column(8, 2).card(),
        field("period_kind", text("Period", "周期"), Shape::Choice(PeriodKind::CHOICES), |r: &Self| r.period_kind.show(), |r, v| r.period_kind.put(v))
            .column(9, 4).chip(),
        field("state", text("State", "状态"), Shape::Choice(TemplateState::CHOICES), |r: &Self| r.state.show(), |r, v| r.state.put(v))
            .required().column(9, 3).chip(),
        field("bands", text("Grades", "等级划分"), Shape::Line, |r: &Self| r.bands.show(), |r, v| r.bands.put(v))
            .card().hint(text("A 90, B 80, C 70, D 0; the usual ones where blank", "A 90, B 80, C 70, D 0；留空则用默认")),
        field("description", text("Description", "说明"), Shape::Long, |r: &Self| r.description.show(), |r, v| r.description.put(v)),
    ];
    const ORDER: (&'static str, Direction) = ("name", Direction::Up);
    const COLUMNS: &'static [&'static str] = &["name", "revision", "state", "period_kind"];

    fn check(&self, _: &Moment) -> Vec<Problem> {
        scale::bands_problem(&self.bands).into_iter().collect()
    }

    fn label(&self) -> String {
        format!("{} r{}", self.name, self.revision.unwrap_or(1))
    }
}

/// One measure of a template with its weight.
#[derive(Debug, Clone, PartialEq, Default)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct TemplateRow {
    pub template: Option<Link>,
    pub kpi: Option<Link>,
    pub weight: Option<Weight>,
}

impl Entity for TemplateRow {
    const KIND: Kind = Kind::TemplateRow;
    const NAMES: Names = Names {
        word: "template_row",
        plural: "template_rows",
        prefix: "TR",
        one: text("Template row", "模板行"),
        many: text("Template rows", "模板行"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("template", text("Template", "模板"), Shape::Link(Kind::Template), |r: &Self| r.template.show(), |r, v| r.template.put(v))
            .parent(),
        field("kpi", text("KPI", "指标"), Shape::Link(Kind::Kpi), |r: &Self| r.kpi.show(), |r, v| r.kpi.put(v)).required().column(28, 1),
        field("weight", text("Weight", "权重"), Shape::Weight, |r: &Self| r.weight.show(), |r, v| r.weight.put(v))
            .required().column(7, 2).hint(text("such as 30%", "如 30%")).card(),
    ];
    const ORDER: (&'static str, Direction) = ("template", Direction::Up);
    const COLUMNS: &'static [&'static str] = &["kpi", "weight"];

    fn label(&self) -> String {
        self.kpi.as_ref().map_or_else(String::new, |kpi| kpi.label.clone())
    }
}
