//! What the money of a contract is worked out from.

use chrono::NaiveDate;

use crate::domain::cost::Rate;
use crate::domain::decimal::Decimal4;
use crate::domain::money::Currency;
use crate::entity::{Kind, Record, Ref};
use crate::register::Refusal;
use crate::register::money::{Account, Material, account};
use crate::store::{Store, card, refused, settings};

/// The kinds under a contract that tell of its money.
const PARTS: [Kind; 4] = [Kind::CostLine, Kind::Invoice, Kind::ChangeRequest, Kind::Breach];

impl Store {
    /// The money of a contract: plan, actual, forecast and total cost.
    ///
    /// # Errors
    /// [`Refusal::Missing`].
    pub fn money(&self, contract: Ref) -> Result<Option<Account>, Refusal> {
        let _moment = self.moment()?;
        let contract = self.record(contract)?;
        let mut parts: Vec<Record> = Vec::new();
        if contract.at.kind == Kind::Contract {
            for kind in PARTS {
                parts.extend(card::children(&self.conn, kind, "contract", contract.at.id)?);
            }
        }
        let base = settings::read(&self.conn, settings::BASE_CURRENCY)?;
        let base = Currency::from_code(&base).unwrap_or(settings::DEFAULT_CURRENCY);
        Ok(account(&Material {
            contract,
            parts,
            rates: self.rates(base)?,
            base,
            fiscal: settings::fiscal_start(&self.conn)?,
            today: self.today,
        }))
    }

    /// The rates into the base currency, in the order in which they were given. Of the whole table only
    /// these columns are read: a register may hold a rate of every day of every currency.
    fn rates(&self, base: Currency) -> Result<Vec<Rate>, Refusal> {
        let mut statement = self
            .conn
            .prepare_cached(
                "SELECT currency, units, rate, \"on\" FROM rate \
                 WHERE archived_at IS NULL AND coalesce(\"into\", ?1) = ?1 ORDER BY id",
            )
            .map_err(refused)?;
        let rows = statement
            .query_map([base.code()], |row| {
                let currency: String = row.get(0)?;
                let on: String = row.get(3)?;
                Ok((currency, row.get(1)?, row.get(2)?, on))
            })
            .map_err(refused)?;
        let mut rates = Vec::new();
        for row in rows {
            let (currency, units, worth, on): (String, i64, i64, String) = row.map_err(refused)?;
            let (Some(currency), Ok(on)) = (Currency::from_code(&currency), on.parse::<NaiveDate>()) else {
                continue;
            };
            rates.push(Rate { currency, units, worth: Decimal4(worth), on });
        }
        Ok(rates)
    }
}
