//! What follows from a risk: its score, its level, its review.

use crate::domain::risk::{Matrix, RiskState};
use crate::entity::{Record, Risk, Value, typed};
use crate::register::{Due, What};
use crate::store::index::Derivation;

pub(super) fn derive(record: &Record) -> Derivation {
    let Ok(risk) = typed::<Risk>(&record.values) else {
        return Derivation::always(vec![Value::Null; 2], Vec::new());
    };
    let cell = risk.current.or(risk.inherent);
    let open = risk.state != Some(RiskState::Closed);
    let dues = risk.review_on.filter(|_| open).map(|date| Due { what: What::RiskReview, date });
    let derived = vec![
        cell.map_or(Value::Null, |cell| Value::Int(i64::from(cell.product()))),
        cell.map_or(Value::Null, |cell| Value::Choice(Matrix::ProductBands.level(cell).choice())),
    ];
    Derivation::always(derived, dues.into_iter().collect())
}
