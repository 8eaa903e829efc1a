//! Currencies of ISO 4217 that have an amount of decimals.
//!
//! This module must never hold a table of its own: codes and exponents come from `iso_currency`.

use std::fmt;
use std::str::FromStr;

use iso_currency::Currency as Iso;

/// A currency of ISO 4217 with a known exponent (so no gold, no test code).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency(pub(super) Iso);

impl Currency {
    /// Chinese yuan.
    pub const CNY: Self = Self(Iso::CNY);
    /// United States dollar.
    pub const USD: Self = Self(Iso::USD);
    /// Euro.
    pub const EUR: Self = Self(Iso::EUR);
    /// Pound sterling.
    pub const GBP: Self = Self(Iso::GBP);

    /// The currency with this three-letter code, in either case.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let iso = Iso::from_code(&code.to_ascii_uppercase())?;
        iso.exponent().map(|_| Self(iso))
    }

    /// The currencies of the country with this ISO 3166 alpha-2 code, the main one first.
    #[must_use]
    pub fn of_country(alpha2: &str) -> Option<Self> {
        let country = iso_currency::Country::from_str(&alpha2.to_ascii_uppercase()).ok()?;
        Self::from_code(Iso::from(country).code())
    }

    /// The three-letter code.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// How many decimals an amount has: 0, 2, 3 or 4.
    #[must_use]
    pub fn exponent(self) -> u32 {
        self.0.exponent().map_or(2, u32::from)
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponents_are_the_currencys_own() {
        let cases = [("CNY", 2), ("jpy", 0), ("KWD", 3), ("CLF", 4), ("KRW", 0)];
        for (code, exponent) in cases {
            assert_eq!(Currency::from_code(code).unwrap().exponent(), exponent, "{code}");
        }
    }

    #[test]
    fn what_has_no_decimals_of_its_own_is_no_currency() {
        for code in ["XAU", "XXX", "XDR", "ABC", "", "CNYY", "元"] {
            assert_eq!(Currency::from_code(code), None, "{code}");
        }
    }

    #[test]
    fn a_country_has_its_currency() {
        let of = |c| Currency::of_country(c).map(Currency::code);
        assert_eq!((of("CN"), of("CA"), of("de"), of("??")), (Some("CNY"), Some("CAD"), Some("EUR"), None));
    }
}
