//! The table of key performance indicators: what a scorecard measures, and how.

use crate::domain::decimal::Decimal4;
use crate::domain::list::ClosedList;
use crate::domain::review::{
    Aggregate, Feed, KpiDirection, KpiMeasure, KpiMethod, KpiNature, KpiRule, Steps, StepsError, VetoRule,
};
use crate::entity::field::{Field, Moment, Shape, field};
use crate::entity::value::Held;
use crate::entity::{Direction, Entity, Kind, Names, Problem, scale};
use crate::texts::{Text, text};

/// One key performance indicator.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct Kpi {
    pub name: String,
    pub name_zh: String,
    pub key: String,
    pub measure: Option<KpiMeasure>,
    pub nature: Option<KpiNature>,
    pub direction: Option<KpiDirection>,
    pub unit: String,
    pub floor: Option<Decimal4>,
    pub target: Option<Decimal4>,
    pub bands: String,
    pub precision: Option<i64>,
    pub aggregate: Option<Aggregate>,
    pub feed: Option<Feed>,
    pub method: Option<KpiMethod>,
    pub veto: bool,
    pub veto_at: Option<Decimal4>,
    pub description: String,
}

impl Default for Kpi {
    fn default() -> Self {
        Self {
            measure: Some(KpiMeasure::Qual),
            name: String::new(),
            name_zh: String::new(),
            key: String::new(),
            nature: None,
            direction: None,
            unit: String::new(),
            floor: None,
            target: None,
            bands: String::new(),
            precision: None,
            aggregate: None,
            feed: None,
            method: None,
            veto: false,
            veto_at: None,
            description: String::new(),
        }
    }
}

impl Entity for Kpi {
    const KIND: Kind = Kind::Kpi;
    const NAMES: Names = Names {
        word: "kpi",
        plural: "kpis",
        prefix: "K",
        one: text("KPI", "考核指标"),
        many: text("KPIs", "考核指标"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("name", text("Name", "名称"), Shape::Line, |r: &Self| r.name.show(), |r, v| r.name.put(v))
            .required().column(28, 1).sortable(),
        field("name_zh", text("Chinese name", "中文名称"), Shape::Line, |r: &Self| r.name_zh.show(), |r, v| r.name_zh.put(v))
            .column(20, 2).card(),
        field("key", text("Key", "标识"), Shape::Line, |r: &Self| r.key.show(), |r, v| r.key.put(v))
            .card().hint(text("what the command line calls it", "命令行中的名称")),
        field("measure", text("Measured", "类型"), Shape::Choice(KpiMeasure::CHOICES), |r: &Self| r.measure.show(), |r, v| r.measure.put(v))
            .required().column(12, 3).chip(),
        field("nature", text("Nature", "性质"), Shape::Choice(KpiNature::CHOICES), |r: &Self| r.nature.show(), |r, v| r.nature.put(v))
            .card(),
        field("direction", text("Better is", "方向"), Shape::Choice(KpiDirection::CHOICES), |r: &Self| r.direction.show(), |r, v| r.direction.put(v))
            .card(),
        field("unit", text("Unit", "单位"), Shape::Line, |r: &Self| r.unit.show(), |r, v| r.unit.put(v)).repeats().column(8, 6).card(),
        field("floor", text("Floor", "零分值"), Shape::Decimal, |r: &Self| r.floor.show(), |r, v| r.floor.put(v))
            .hint(text("earns 0 points", "得 0 分")).column(9, 7).card(),
        field("target", text("Target", "满分值"), Shape::Decimal, |r: &Self| r.target.show(), |r, v| r.target.put(v))
            .hint(text("earns 100 points", "得 100 分")).column(9, 5).card(),
        field("bands", text("Steps", "分段得分"), Shape::Line, |r: &Self| r.bands.show(), |r, v| r.bands.put(v))
            .card().hint(text("instead of floor and target: 0: 20, 90: 60, 98: 100", "替代零分值与满分值：0: 20, 90: 60, 98: 100")),
        field("precision", text("Decimals", "小数位"), Shape::Int(0, 4), |r: &Self| r.precision.show(), |r, v| r.precision.put(v)).card(),
        field("aggregate", text("Over a period", "期内汇总"), Shape::Choice(Aggregate::CHOICES), |r: &Self| r.aggregate.show(), |r, v| r.aggregate.put(v))
            .card(),
        field("feed", text("Filled from", "数据来源"), Shape::Choice(Feed::CHOICES), |r: &Self| r.feed.show(), |r, v| r.feed.put(v)).card(),
        field("method", text("Method", "考核方式"), Shape::Choice(KpiMethod::CHOICES), |r: &Self| r.method.show(), |r, v| r.method.put(v))
            .column(16, 4).card(),
        field("veto", text("Veto", "一票否决"), Shape::Bool, |r: &Self| r.veto.show(), |r, v| r.veto.put(v)).chip(),
        field("veto_at", text("Veto at", "否决值"), Shape::Decimal, |r: &Self| r.veto_at.show(), |r, v| r.veto_at.put(v))
            .card().hint(text("fails there and beyond; blank: at 0 points", "达到或更差即否决；留空为 0 分")),
        field("description", text("Description", "评分说明"), Shape::Long, |r: &Self| r.description.show(), |r, v| r.description.put(v)),
    ];
    const ORDER: (&'static str, Direction) = ("name", Direction::Up);
    const COLUMNS: &'static [&'static str] = &["name", "name_zh", "measure", "method", "target", "unit"];

    /// Both names: a scorecard is read by both sides.
    fn label(&self) -> String {
        if self.name_zh.is_empty() || self.name_zh == self.name {
            self.name.clone()
        } else {
            format!("{} {}", self.name, self.name_zh)
        }
    }

    fn check(&self, _: &Moment) -> Vec<Problem> {
        let mut problems = Vec::new();
        problems.extend(self.wrong_line());
        if let Err(error) = self.steps() {
            problems.push(Problem::new("bands", scale::of_steps(error)));
        }
        if !self.key.is_empty() && !is_key(&self.key) {
            problems.push(Problem::new("key", NO_KEY));
        }
        let sided = matches!(self.direction(), KpiDirection::Max | KpiDirection::Min);
        if self.veto_at.is_some() && !(self.veto && self.measure == Some(KpiMeasure::Quant) && sided) {
            problems.push(Problem::new("veto_at", NO_VETO_AT));
        }
        problems
    }

    fn advise(&self, _: &Moment) -> Vec<Problem> {
        if self.measure != Some(KpiMeasure::Quant) || self.has_scale() {
            return Vec::new();
        }
        vec![Problem::new(
            "target",
            text(
                "A measured KPI without floor and target, or steps, earns no points; give it its scale.",
                "定量指标未设零分值与满分值，也未设分段，无法计分；请补全。",
            ),
        )]
    }
}

impl Kpi {
    /// How it turns a value into points. Steps that cannot be read are none.
    #[must_use]
    pub fn rule(&self) -> KpiRule {
        KpiRule {
            measure: self.measure.unwrap_or(KpiMeasure::Qual),
            direction: self.direction(),
            floor: self.floor,
            target: self.target,
            steps: self.steps().ok().flatten(),
        }
    }

    /// Whether and where it decides the grade alone.
    #[must_use]
    pub fn veto_rule(&self) -> VetoRule {
        match self.veto_at {
            _ if !self.veto => VetoRule::None,
            None => VetoRule::AtZero,
            Some(bound) => VetoRule::At(bound),
        }
    }

    /// Whether a measured value of it earns points.
    #[must_use]
    pub fn has_scale(&self) -> bool {
        let line = self.direction() != KpiDirection::Range && self.floor.is_some() && self.target.is_some();
        line || !self.bands.trim().is_empty()
    }

    /// What programs call it: its key, or its code where it has none.
    #[must_use]
    pub fn word<'a>(&'a self, code: &'a str) -> &'a str {
        if self.key.is_empty() { code } else { &self.key }
    }

    fn direction(&self) -> KpiDirection {
        self.direction.unwrap_or(KpiDirection::Max)
    }

    fn steps(&self) -> Result<Option<Steps>, StepsError> {
        if self.bands.trim().is_empty() {
            return Ok(None);
        }
        Steps::read(&self.bands, self.direction()).map(Some)
    }

    /// What is wrong with floor and target.
    fn wrong_line(&self) -> Option<Problem> {
        if self.floor.is_none() && self.target.is_none() {
            return None;
        }
        if self.floor.is_none() || self.target.is_none() || self.floor == self.target {
            return Some(Problem::new("target", TOGETHER));
        }
        let agree = match self.direction() {
            KpiDirection::Max => self.floor <= self.target,
            KpiDirection::Min => self.target <= self.floor,
            KpiDirection::Range => return Some(Problem::new("bands", RANGE_LINE)),
        };
        (!agree).then(|| Problem::new("direction", DISAGREE))
    }
}

/// Whether a text is a key: a word of the command line.
fn is_key(text: &str) -> bool {
    let starts = text.chars().next().is_some_and(|first| first.is_ascii_lowercase());
    starts && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

const TOGETHER: Text = text(
    "Floor and target go together and differ: the floor earns 0 points, the target 100.",
    "零分值与满分值须同时填写且不相等：零分值得 0 分，满分值得 100 分。",
);
const DISAGREE: Text = text(
    "Floor, target and direction disagree: the target lies on the better side of the floor.",
    "零分值、满分值与方向矛盾：满分值应在更优的一侧。",
);
const RANGE_LINE: Text = text(
    "A range has its best in the middle, which floor and target cannot say: give it steps, such as 0: 40, 18: 100, 25: 40.",
    "区间型指标以中间为优，零分值与满分值无法表达：请填写分段，如 0: 40, 18: 100, 25: 40。",
);
const NO_KEY: Text = text(
    "A key is a word of small letters, digits and _, such as on_time.",
    "标识由小写字母、数字和 _ 组成，如 on_time。",
);
const NO_VETO_AT: Text = text(
    "A veto value is of a measured veto KPI that is better higher or lower; clear it, or say yes to veto.",
    "否决值只用于越高越好或越低越好的定量一票否决指标；请清空，或将一票否决设为是。",
);
