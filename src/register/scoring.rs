//! What a row of a review counts, from its record and that of its KPI.
//!
//! The one way from records to [`crate::domain::review`], for the register and for a screen that cannot wait
//! for it. It must never score by itself.

use crate::domain::review::{GradeRules, ScoredRow};
use crate::entity::{Kpi, Review, ReviewRow};

/// What a row counts in the total.
#[must_use]
pub fn scored(row: &ReviewRow, kpi: Option<&Kpi>) -> ScoredRow {
    row.criterion(kpi).judged().row
}

/// By what a review is graded: the bands that it took when it was opened.
#[must_use]
pub fn rules(review: &Review) -> GradeRules {
    GradeRules { bands: review.grade_bands(), ..GradeRules::default() }
}
