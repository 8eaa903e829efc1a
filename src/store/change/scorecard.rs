//! What a new review takes from the register: its scorecard, and a row for each KPI of it.
//!
//! Rows that the same act gives, as an import does, stand as they are: then none are made. A
//! review that comes with its number is as it was when it was exported: it takes nothing.

use crate::entity::input::Entered;
use crate::entity::{Kind, Link, Ref, Value};
use crate::register::Refusal;
use crate::store::change::{Txn, link_to};
use crate::store::{card, refused, settings};

impl Txn<'_> {
    /// A review without a scorecard takes the usual one, and a rate that does not say in what it is told takes the
    /// base currency.
    pub(super) fn complete(&self, kind: Kind, values: &mut [Value]) -> Result<(), Refusal> {
        if kind == Kind::Rate {
            return self.complete_rate(values);
        }
        if kind != Kind::Review {
            return Ok(());
        }
        let place = kind.table().field("template");
        if let Some(cell) = place.and_then(|at| values.get_mut(at)).filter(|cell| cell.is_null()) {
            let code = settings::read(&self.tx, settings::DEFAULT_TEMPLATE)?;
            if let Some(link) = self.named(Kind::Template, &code)? {
                *cell = Value::Link(link);
            }
        }
        self.take_bands(values)
    }

    /// A review keeps the bands by which it is graded: those of its scorecard, else those of the register, as they
    /// are on the day it is opened.
    fn take_bands(&self, values: &mut [Value]) -> Result<(), Refusal> {
        let table = Kind::Review.table();
        let template = table.field("template").and_then(|at| values.get(at)).and_then(Value::as_link);
        let own = match template.map(|link| link.id) {
            Some(id) => {
                card::record(&self.tx, Ref { kind: Kind::Template, id })?.get("bands").as_text().to_owned()
            }
            None => String::new(),
        };
        let bands = if own.is_empty() { settings::read(&self.tx, settings::GRADE_BANDS)? } else { own };
        let cell = table.field("bands").and_then(|at| values.get_mut(at)).filter(|cell| cell.is_null());
        if let Some(cell) = cell {
            *cell = Value::Text(bands);
        }
        Ok(())
    }

    /// Who overrides points is named beside them, and nobody where they are taken back.
    pub(super) fn name_overrider(&self, kind: Kind, before: &[Value], values: &mut [Value]) {
        let table = kind.table();
        let (Some(points), Some(by)) = (table.field("override_points"), table.field("override_by")) else {
            return;
        };
        let is_same = |at: usize| before.get(at) == values.get(at);
        if is_same(points) || !is_same(by) {
            return;
        }
        let is_taken_back = values.get(points).is_none_or(Value::is_null);
        if let Some(cell) = values.get_mut(by) {
            *cell = if is_taken_back { Value::Null } else { Value::Text(self.log.actor().to_owned()) };
        }
    }

    fn complete_rate(&self, values: &mut [Value]) -> Result<(), Refusal> {
        let place = Kind::Rate.table().field("into");
        if let Some(cell) = place.and_then(|at| values.get_mut(at)).filter(|cell| cell.is_null()) {
            *cell = Value::Text(settings::read(&self.tx, settings::BASE_CURRENCY)?);
        }
        Ok(())
    }

    /// Notes a new review as this act's own, and that one has rows.
    pub(super) fn note_scorecard(&mut self, at: Ref, values: &[Value]) {
        match at.kind {
            Kind::Review => {
                self.own_reviews.insert(at.id);
            }
            Kind::ReviewRow => {
                if let Some(review) = review_of(values) {
                    self.rowless.remove(&review.id);
                }
            }
            _ => {}
        }
    }

    /// Notes a new review as one that wants the rows of its scorecard.
    pub(super) fn want_rows(&mut self, at: Ref, values: &[Value]) {
        let place = Kind::Review.table().field("template").filter(|_| at.kind == Kind::Review);
        if let Some(template) = place.and_then(|i| values.get(i)).and_then(Value::as_link) {
            self.rowless.insert(at.id, template.id);
        }
    }

    /// A new review without rows gets one for each row of its scorecard.
    pub(super) fn seed_rows(&mut self) -> Result<(), Refusal> {
        let table = Kind::ReviewRow.table();
        let place = |key: &str| table.field(key).unwrap_or(0);
        for (review, template) in std::mem::take(&mut self.rowless) {
            let rows: Vec<(i64, i64)> = self
                .tx
                .prepare_cached(
                    "SELECT kpi, weight FROM template_row WHERE template = ? AND archived_at IS NULL ORDER BY id",
                )
                .and_then(|mut s| s.query_map([template], |r| Ok((r.get(0)?, r.get(1)?)))?.collect())
                .map_err(refused)?;
            self.note_weights(Ref { kind: Kind::Template, id: template });
            for (kpi, weight) in rows {
                let review = Ref { kind: Kind::Review, id: review };
                let fields = [
                    (place("review"), Entered::Value(link_to(review))),
                    (place("kpi"), Entered::Value(link_to(Ref { kind: Kind::Kpi, id: kpi }))),
                    (place("weight"), Entered::Value(Value::Weight(weight))),
                ];
                self.insert(Kind::ReviewRow, None, &fields)?;
            }
        }
        Ok(())
    }
}

/// The review that a row with these values belongs to.
pub(super) fn review_of(values: &[Value]) -> Option<&Link> {
    Kind::ReviewRow.table().field("review").and_then(|i| values.get(i)).and_then(Value::as_link)
}
