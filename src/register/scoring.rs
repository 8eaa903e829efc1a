//! What a row of a review counts, from its record and that of its KPI.

use crate::domain::review::{
    GradeRules, KpiDirection, KpiMeasure, KpiRule, KpiValue, Outcome, RowStatus, Score, ScoredRow, Veto,
    kpi_points,
};
use crate::entity::{Kpi, Review, ReviewRow};

/// What a row counts in the total.
#[must_use]
pub fn scored(row: &ReviewRow, kpi: Option<&Kpi>) -> ScoredRow {
    let outcome = match row.status {
        Some(RowStatus::NotApplicable) => Outcome::NotApplicable,
        _ => points(row, kpi).map_or(Outcome::NotMeasured, Outcome::Points),
    };
    let veto = if kpi.is_some_and(|kpi| kpi.veto) { Veto::Yes } else { Veto::No };
    ScoredRow { weight_bp: row.weight.map_or(0, |w| w.0), outcome, veto }
}

/// The points of a measured row: the override, else what the KPI makes of its value.
#[must_use]
pub fn points(row: &ReviewRow, kpi: Option<&Kpi>) -> Option<Score> {
    if row.status != Some(RowStatus::Measured) {
        return None;
    }
    if let Some(points) = row.override_points {
        return Score::from_hundredths(points.0);
    }
    let kpi = kpi?;
    let rule = KpiRule {
        measure: kpi.measure.unwrap_or(KpiMeasure::Qual),
        direction: kpi.direction.unwrap_or(KpiDirection::Max),
        floor: kpi.floor,
        target: kpi.target,
    };
    let value = match rule.measure {
        KpiMeasure::Quant => KpiValue::Raw(row.raw?),
        KpiMeasure::Qual => KpiValue::Rating(u8::try_from(row.rating?).ok()?),
    };
    kpi_points(&rule, value).ok()
}

/// By what a review is graded.
#[must_use]
pub fn rules(_review: &Review) -> GradeRules {
    GradeRules::default()
}
