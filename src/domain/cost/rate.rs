//! Dated exchange rates into one base currency.
//!
//! This module must never guess a rate: where none is known on or before a day there is none.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::decimal::{Decimal4, divide_rounded};
use crate::domain::money::Currency;

/// What so many units of a currency are worth in the base currency from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// The currency.
    pub currency: Currency,
    /// Of how many of its units the worth is told: 1, or 100 as for the yen.
    pub units: i64,
    /// Their worth, in whole units of the base currency.
    pub worth: Decimal4,
    /// The day.
    pub on: NaiveDate,
}

/// The rates into one base currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rates {
    base: Currency,
    known: BTreeMap<Currency, Vec<Rate>>,
}

impl Rates {
    /// The rates of a register. Of two of the same currency and day the later one given holds; what is
    /// worth nothing is no rate.
    #[must_use]
    pub fn new(base: Currency, rates: impl IntoIterator<Item = Rate>) -> Self {
        let mut known: BTreeMap<Currency, Vec<Rate>> = BTreeMap::new();
        for rate in rates.into_iter().filter(|rate| rate.units > 0 && rate.worth.0 > 0) {
            known.entry(rate.currency).or_default().push(rate);
        }
        // A stable sort: what was given later stays later.
        for rates in known.values_mut() {
            rates.sort_by_key(|rate| rate.on);
        }
        Self { base, known }
    }

    /// The base currency.
    #[must_use]
    pub const fn base(&self) -> Currency {
        self.base
    }

    /// The last rate of a currency on or before a day; none for the base currency, which needs none.
    #[must_use]
    pub fn on(&self, currency: Currency, day: NaiveDate) -> Option<Rate> {
        let rates = self.known.get(&currency)?;
        let behind = rates.partition_point(|rate| rate.on <= day);
        rates.get(behind.checked_sub(1)?).copied()
    }

    /// An amount in minor units of `from`, in those of `to`, by the rates of a day; rounded once, half away
    /// from zero.
    ///
    /// # Errors
    /// The currency without a rate on or before that day, or whose rate leads beyond 38 digits.
    pub fn convert(
        &self,
        minor: i128,
        from: Currency,
        to: Currency,
        day: NaiveDate,
    ) -> Result<i128, Currency> {
        if from == to {
            return Ok(minor);
        }
        let (worth, units) = self.worth(from, day).ok_or(from)?;
        let (other_worth, other_units) = self.worth(to, day).ok_or(to)?;
        let (more, less) = match (to.exponent(), from.exponent()) {
            (to, from) if to >= from => (10_i128.pow(to - from), 1),
            (to, from) => (1, 10_i128.pow(from - to)),
        };
        let product = |factors: [i128; 3]| factors.into_iter().try_fold(1_i128, i128::checked_mul);
        let above = product([worth, other_units, more]).and_then(|factor| minor.checked_mul(factor));
        let below = product([units, other_worth, less]);
        match above.zip(below) {
            Some((above, below)) if above.unsigned_abs() <= i128::MAX.unsigned_abs() / 2 => {
                Ok(divide_rounded(above, below))
            }
            _ => Err(from),
        }
    }

    /// What so many units are worth, in ten-thousandths of the base currency.
    fn worth(&self, currency: Currency, day: NaiveDate) -> Option<(i128, i128)> {
        if currency == self.base {
            return Some((10_000, 1));
        }
        self.on(currency, day).map(|rate| (i128::from(rate.worth.0), i128::from(rate.units)))
    }
}
