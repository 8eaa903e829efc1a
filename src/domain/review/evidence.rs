//! What was measured in a period, as counts, and the value of a KPI that follows from it.
//!
//! This module must never make a value of nothing: no part of no whole is no data, and neither 0 nor
//! 100. Counts are kept, not percents, so that months add up exactly.

use crate::domain::decimal::{Decimal4, PLACES, divide_rounded};

/// What was found in the register for one KPI and one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// So many of so many: periods met, deliveries in time.
    Share {
        /// How many of them are as they should be.
        part: i64,
        /// How many there are.
        whole: i64,
    },
    /// So many.
    Count(i64),
}

/// Decimal places of a percentage where the KPI says nothing.
pub const USUAL_PLACES: u32 = 2;

impl Found {
    /// The value of the KPI, rounded half away from zero to so many places (at most four): percent of a
    /// share, the number of a count. `None` of a share of nothing.
    #[must_use]
    pub fn value(self, places: Option<u32>) -> Option<Decimal4> {
        match self {
            Self::Count(count) => count.checked_mul(10_i64.pow(PLACES)).map(Decimal4),
            Self::Share { whole: ..=0, .. } => None,
            Self::Share { part, whole } => {
                let places = places.unwrap_or(USUAL_PLACES).min(PLACES);
                let percent = i128::from(part) * 100 * 10_i128.pow(places);
                let rounded = divide_rounded(percent, i128::from(whole));
                i64::try_from(rounded * 10_i128.pow(PLACES - places)).ok().map(Decimal4)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(part: i64, whole: i64, places: Option<u32>) -> Option<String> {
        Found::Share { part, whole }.value(places).map(|value| value.to_string())
    }

    #[test]
    fn a_share_is_a_percentage_and_a_share_of_nothing_is_no_data() {
        assert_eq!(share(11, 12, None).as_deref(), Some("91.67"));
        assert_eq!(share(11, 12, Some(0)).as_deref(), Some("92"));
        assert_eq!(share(11, 12, Some(9)).as_deref(), Some("91.6667"));
        assert_eq!(share(0, 3, None).as_deref(), Some("0"));
        assert_eq!(share(0, 0, None), None);
    }

    #[test]
    fn a_count_is_itself() {
        assert_eq!(Found::Count(3).value(None).unwrap().to_string(), "3");
        assert_eq!(Found::Count(0).value(Some(2)).unwrap().to_string(), "0");
    }
}
