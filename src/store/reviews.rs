//! Reviews as they are scored, with what lies before them.
//!
//! It only reads: what a review comes to is decided in `domain`, and written where reviews are indexed.

use crate::entity::{Kind, Record, Ref, Review, typed};
use crate::register::Refusal;
use crate::register::review::{Earlier, Scored, Way};
use crate::store::{Store, card, index, sql};
use crate::texts::{Sentence, Text, text};

impl Store {
    /// A review as it is scored.
    ///
    /// # Errors
    /// [`Refusal::Missing`].
    pub fn scored(&self, at: Ref) -> Result<Scored, Refusal> {
        let _moment = self.moment()?;
        let record = card::record(&self.conn, at)?;
        let mut rows = Vec::new();
        for row in card::children(&self.conn, Kind::ReviewRow, "review", at.id)? {
            let kpi = row.get("kpi").as_link().map(|link| Ref { kind: link.kind, id: link.id });
            let kpi = kpi.map(|kpi| card::record(&self.conn, kpi)).transpose()?;
            rows.push((row, kpi));
        }
        Ok(Scored::of(&record, &rows, self.earlier_of(&record)?))
    }

    /// The way to a review from another, or from the one before it that has a grade.
    ///
    /// # Errors
    /// [`Refusal::Missing`]; [`Refusal::Rule`] where there is none before it.
    pub fn way(&self, to: Ref, from: Option<Ref>) -> Result<Way, Refusal> {
        let _moment = self.moment()?;
        let to = self.scored(to)?;
        let before = from.or_else(|| to.earlier.first().map(|earlier| earlier.at));
        let Some(from) = before else {
            return Err(Refusal::Rule(Sentence::from(NONE_BEFORE).with("code", &to.code)));
        };
        Ok(Way::between(self.scored(from)?, to))
    }

    /// The reviews with a grade before this one, the newest first.
    fn earlier_of(&self, record: &Record) -> Result<Vec<Earlier>, Refusal> {
        let Ok(review) = typed::<Review>(&record.values) else { return Ok(Vec::new()) };
        let (Some(vendor), Some(period)) = (review.vendor, review.period) else { return Ok(Vec::new()) };
        let found = index::review::earlier(&self.conn, vendor.id, &sql::period_key(period), record.at.id)?;
        let earlier = found.into_iter().map(|(id, total)| {
            let at = Ref { kind: Kind::Review, id };
            let period = card::record(&self.conn, at)?;
            let period = typed::<Review>(&period.values).ok().and_then(|review| review.period);
            Ok(Earlier { at, period, total })
        });
        earlier.collect()
    }
}

const NONE_BEFORE: Text = text(
    "{code} has no review before it that was graded. Name another to start from.",
    "{code} 之前没有已评级的考核，请指定另一次考核。",
);
