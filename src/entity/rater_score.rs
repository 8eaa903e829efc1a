//! The table of what each of several raters gave for one row of a review.

use crate::domain::decimal::Decimal4;
use crate::domain::list::ClosedList;
use crate::domain::review::RowStatus;
use crate::entity::field::{Field, Shape, field};
use crate::entity::value::{Held, Link};
use crate::entity::{Direction, Entity, Kind, Names};
use crate::texts::text;

/// What one rater gave; the row itself holds what was agreed.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct RaterScore {
    pub row: Option<Link>,
    pub rater: String,
    pub status: Option<RowStatus>,
    pub raw: Option<Decimal4>,
    pub rating: Option<i64>,
    pub sealed: bool,
    pub note: String,
}

impl Default for RaterScore {
    fn default() -> Self {
        Self {
            row: None,
            rater: String::new(),
            status: Some(RowStatus::Measured),
            raw: None,
            rating: None,
            sealed: false,
            note: String::new(),
        }
    }
}

impl Entity for RaterScore {
    const KIND: Kind = Kind::RaterScore;
    const NAMES: Names = Names {
        word: "rater_score",
        plural: "rater_scores",
        prefix: "RA",
        one: text("Rater score", "评分人评分"),
        many: text("Rater scores", "评分人评分"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("row", text("Review row", "考核行"), Shape::Link(Kind::ReviewRow), |r: &Self| r.row.show(), |r, v| r.row.put(v)).parent().column(24, 2).card(),
        field("rater", text("Rater", "评分人"), Shape::Line, |r: &Self| r.rater.show(), |r, v| r.rater.put(v)).required().repeats().column(16, 1).sortable(),
        field("status", text("Status", "状态"), Shape::Choice(RowStatus::CHOICES), |r: &Self| r.status.show(), |r, v| r.status.put(v)).required().column(12, 4).chip(),
        field("raw", text("Measured", "实测值"), Shape::Decimal, |r: &Self| r.raw.show(), |r, v| r.raw.put(v)).column(9, 3).card().hint(text("in the KPI's unit", "按指标单位")),
        field("rating", text("Rating", "评级"), Shape::Int(0, 5), |r: &Self| r.rating.show(), |r, v| r.rating.put(v)).column(6, 3).card().hint(text("0 to 5", "0 至 5")),
        field("sealed", text("Sealed", "密封"), Shape::Bool, |r: &Self| r.sealed.show(), |r, v| r.sealed.put(v)).chip(),
        field("note", text("Note", "说明"), Shape::Long, |r: &Self| r.note.show(), |r, v| r.note.put(v)),
    ];
    const ORDER: (&'static str, Direction) = ("rater", Direction::Up);
    const COLUMNS: &'static [&'static str] = &["rater", "row", "rating", "raw", "status"];
    const ONE_OF: &'static [&'static str] = &["row", "rater"];

    fn label(&self) -> String {
        self.rater.clone()
    }
}
