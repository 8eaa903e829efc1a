//! A value of a scorecard must be one that its KPI turns into points, or it would count for nothing
//! without a word.

use crate::domain::review::{KpiMeasure, RowStatus};
use crate::entity::{Kind, Kpi, Problem, Ref, ReviewRow, Value, typed};
use crate::register::Refusal;
use crate::store::card;
use crate::store::change::Txn;
use crate::store::index::review::rows_of_kpi;
use crate::texts::{Sentence, Text, text};

impl Txn<'_> {
    /// Refuses a row of a review whose value has no points under its KPI, and a KPI under which
    /// values that are there would lose theirs.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] at the field that does not fit, [`Refusal::Rule`] for the KPI.
    pub(super) fn check_score(&self, at: Ref, values: &[Value]) -> Result<(), Refusal> {
        match at.kind {
            Kind::ReviewRow => self.check_row(values),
            Kind::Kpi => self.check_kpi(at, values),
            _ => Ok(()),
        }
    }

    fn check_kpi(&self, at: Ref, values: &[Value]) -> Result<(), Refusal> {
        let Ok(kpi) = typed::<Kpi>(values) else { return Ok(()) };
        for row in rows_of_kpi(&self.tx, at.id)? {
            let record = card::record(&self.tx, row)?;
            let Ok(row) = typed::<ReviewRow>(&record.values) else { continue };
            if misfit(&row, &kpi).is_some() {
                let review = row.review.map(|link| link.code).unwrap_or_default();
                let sentence = Sentence::from(LOSES).with("row", &record.code).with("review", review);
                return Err(Refusal::Rule(sentence));
            }
        }
        Ok(())
    }

    fn check_row(&self, values: &[Value]) -> Result<(), Refusal> {
        let Ok(row) = typed::<ReviewRow>(values) else { return Ok(()) };
        let Some(link) = &row.kpi else { return Ok(()) };
        let record = card::record(&self.tx, Ref { kind: Kind::Kpi, id: link.id })?;
        let Ok(kpi) = typed::<Kpi>(&record.values) else { return Ok(()) };
        match misfit(&row, &kpi) {
            Some((field, text)) => {
                let sentence = Sentence::from(text).with("kpi", record.label()).with("unit", &kpi.unit);
                Err(Refusal::Invalid(vec![Problem::new(field, sentence)]))
            }
            None => Ok(()),
        }
    }
}

/// The field of the row that does not fit the KPI, and why.
fn misfit(row: &ReviewRow, kpi: &Kpi) -> Option<(&'static str, Text)> {
    let measured = kpi.measure == Some(KpiMeasure::Quant);
    if measured && row.rating.is_some() {
        return Some(("rating", NOT_RATED));
    }
    if !measured && row.raw.is_some() {
        return Some(("raw", NOT_MEASURED));
    }
    let counts = row.status == Some(RowStatus::Measured) && row.override_points.is_none();
    (measured && counts && !kpi.has_scale()).then_some(("raw", NO_SCALE))
}

const LOSES: Text = text(
    "{row} of {review} has a value that would earn no points any more. Change it first, or make a new KPI.",
    "{review} 的 {row} 已有数值，更改后将无法计分。请先修改该行，或新建指标。",
);
const NOT_RATED: Text = text(
    "{kpi} is measured, not rated; give the measured value ({unit}).",
    "{kpi}为定量指标，请填写实测值（{unit}），而非评级。",
);
const NOT_MEASURED: Text = text(
    "{kpi} is rated from 0 to 5, not measured; give the rating.",
    "{kpi}为定性指标，请填写 0 至 5 的评级，而非实测值。",
);
const NO_SCALE: Text = text(
    "{kpi} has no floor and target and no steps, so a value earns no points. Give the KPI its scale, or override the points.",
    "{kpi}未设零分值与满分值，也未设分段，实测值无法计分。请补全指标，或填写调整得分。",
);
