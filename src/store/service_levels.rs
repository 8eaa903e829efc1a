//! The service levels of a contract with all their periods.

use crate::entity::{Kind, Ref};
use crate::register::Refusal;
use crate::register::service_level::{Level, Levels, credits};
use crate::store::{Store, card, settings};

impl Store {
    /// The service levels of a contract, by name, with their periods and what is due of their credits.
    ///
    /// # Errors
    /// [`Refusal::Missing`].
    pub fn service_levels(&self, at: Ref) -> Result<Levels, Refusal> {
        let _moment = self.moment()?;
        let contract = card::record(&self.conn, at)?;
        let fiscal = settings::fiscal_start(&self.conn)?;
        let mut lines = Vec::new();
        for level in card::children(&self.conn, Kind::ServiceLevel, "contract", at.id)? {
            let measured = card::children(&self.conn, Kind::Measurement, "level", level.at.id)?;
            lines.push(Level::of(level, &measured, fiscal));
        }
        lines.sort_by_cached_key(|level| crate::lookup::sort_key(&level.record.label()));
        let credits = credits(&lines, fiscal);
        Ok(Levels { contract: at, code: contract.code.clone(), name: contract.label(), lines, credits })
    }
}
