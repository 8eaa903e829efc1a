//! Values and changes of a meeting in words, the same on its pages and in its minutes.

use crate::domain::review::RowStatus;
use crate::entity::{ReviewRow, show};
use crate::register::meeting::Line;
use crate::texts::{Lang, Text, text};

/// Stands where there is no figure.
pub const NONE: &str = "–";

/// The value of a criterion in its unit, as it is said.
#[must_use]
pub fn value_words(line: &Line, row: &ReviewRow, lang: Lang) -> String {
    match row.status {
        Some(RowStatus::NotApplicable) => NOT_APPLICABLE.in_(lang).to_owned(),
        Some(RowStatus::Measured) => match (row.override_points, row.raw, row.rating) {
            (Some(points), ..) => show::points(points.0),
            (None, ..) if row.mean.is_some() => row.mean.map(|mean| mean.to_string()).unwrap_or_default(),
            (None, Some(raw), _) => show::with_unit(&raw.to_string(), line.kpi.get("unit").as_text()),
            (None, None, Some(rating)) => rating.to_string(),
            (None, None, None) => NONE.to_owned(),
        },
        _ => NONE.to_owned(),
    }
}

/// A change with its sign.
#[must_use]
pub fn change_words(change: Option<i64>) -> String {
    match change {
        None => NONE.to_owned(),
        Some(0) => "0".to_owned(),
        Some(change) if change > 0 => format!("+{}", show::points(change)),
        Some(change) => show::points(change),
    }
}

const NOT_APPLICABLE: Text = text("n.a.", "不适用");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_has_its_sign() {
        assert_eq!(change_words(Some(425)), "+4.25");
        assert_eq!(change_words(Some(-50)), "-0.5");
        assert_eq!((change_words(Some(0)), change_words(None)), ("0".to_owned(), "–".to_owned()));
    }
}
