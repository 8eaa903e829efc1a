//! Deliveries in time: which of them count, in which month, and what share of them came when promised.
//!
//! Counts are kept and never percents, so that months, quarters and years add up exactly. This module
//! must never count a delivery one of whose days is not known.

use std::ops::AddAssign;

use chrono::{Datelike, NaiveDate};

use crate::domain::decimal::divide_rounded;
use crate::domain::period::{Period, PeriodKind};

/// How many were delivered, and how many of them late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Deliveries {
    /// Deliveries whose both days are known.
    pub counted: i64,
    /// Those that came behind the day they were scheduled for.
    pub late: i64,
    /// Those that were scheduled for then and are not counted: the day they came is not known.
    pub left_out: i64,
}

impl Deliveries {
    /// One delivery, scheduled for a day and come on another: late is later than scheduled, and the day
    /// itself is in time.
    #[must_use]
    pub fn one(scheduled: NaiveDate, delivered: NaiveDate) -> Self {
        Self { counted: 1, late: i64::from(delivered > scheduled), left_out: 0 }
    }

    /// How many came in time.
    #[must_use]
    pub const fn in_time(self) -> i64 {
        self.counted - self.late
    }

    /// The share that came in time in basis points, rounded half up; `None` where none is counted.
    #[must_use]
    pub fn rate_bp(self) -> Option<i64> {
        let counted = i128::from(self.counted);
        let rate = || divide_rounded(i128::from(self.in_time()) * 10_000, counted);
        if counted > 0 { i64::try_from(rate()).ok() } else { None }
    }
}

impl AddAssign for Deliveries {
    fn add_assign(&mut self, other: Self) {
        self.counted += other.counted;
        self.late += other.late;
        self.left_out += other.left_out;
    }
}

/// The month a delivery is told in: that of the day it was scheduled for, for that is the promise of
/// the month. `None` outside the years that dates have.
#[must_use]
pub fn month_of(scheduled: NaiveDate) -> Option<Period> {
    Period::new(PeriodKind::Month, scheduled.year(), scheduled.month()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_day_itself_is_in_time_and_the_next_is_late() {
        let of = |delivered| Deliveries::one(day("2026-05-31"), day(delivered)).late;
        assert_eq!((of("2026-05-30"), of("2026-05-31"), of("2026-06-01")), (0, 0, 1));
        assert_eq!(month_of(day("2026-05-31")).unwrap().to_string(), "2026-05");
    }

    #[test]
    fn months_add_up_and_none_has_no_share() {
        let mut sum = Deliveries::default();
        assert_eq!(sum.rate_bp(), None);
        sum += Deliveries { counted: 2, late: 1, left_out: 0 };
        sum += Deliveries { counted: 1, late: 0, left_out: 4 };
        assert_eq!((sum.rate_bp(), sum.in_time(), sum.left_out), (Some(6_667), 2, 4));
    }
}
