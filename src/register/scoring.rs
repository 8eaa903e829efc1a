//! What a row of a review counts, from its record and that of its KPI.

use crate::domain::review::{GradeRules, Outcome, Score, ScoredRow};
use crate::entity::{Kpi, Review, ReviewRow};

/// What a row counts in the total.
#[must_use]
pub fn scored(row: &ReviewRow, kpi: Option<&Kpi>) -> ScoredRow {
    row.criterion(kpi).judged().row
}

/// The points of a measured row: the override, else what the KPI makes of its value.
#[must_use]
pub fn points(row: &ReviewRow, kpi: Option<&Kpi>) -> Option<Score> {
    match scored(row, kpi).outcome {
        Outcome::Points(points) => Some(points),
        Outcome::NotMeasured | Outcome::NotApplicable => None,
    }
}

/// By what a review is graded: the bands that it took when it was opened.
#[must_use]
pub fn rules(review: &Review) -> GradeRules {
    GradeRules { bands: review.grade_bands(), ..GradeRules::default() }
}
