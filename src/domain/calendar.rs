//! Working days: weekends, holidays and make-up working days.
//!
//! This module must never hold the holidays of a country: they are data, published year by year,
//! and in China include working Saturdays, so that "weekday" alone is wrong there.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::domain::day::{Span, SpanUnit, add_months};

/// The name of the calendar that knows weekends and nothing else.
pub const WEEKENDS: &str = "weekends";

/// Which days are worked. Saturday and Sunday are off unless listed as make-up working days.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendar {
    holidays: Vec<NaiveDate>,
    make_up_days: Vec<NaiveDate>,
    /// The years it has data for; `None`: it needs none.
    years: Option<Vec<i32>>,
}

impl Calendar {
    /// Saturdays and Sundays off, nothing else.
    #[must_use]
    pub const fn weekends() -> Self {
        Self { holidays: Vec::new(), make_up_days: Vec::new(), years: None }
    }

    /// Weekends, `holidays` off as well, and `make_up_days` worked whatever day they fall on; in other
    /// years than `years` weekends alone count.
    #[must_use]
    pub fn new(mut holidays: Vec<NaiveDate>, mut make_up_days: Vec<NaiveDate>, years: Vec<i32>) -> Self {
        holidays.sort_unstable();
        make_up_days.sort_unstable();
        Self { holidays, make_up_days, years: Some(years) }
    }

    /// Whether it is known which days of a year are worked.
    #[must_use]
    pub fn knows(&self, year: i32) -> bool {
        self.years.as_ref().is_none_or(|years| years.contains(&year))
    }

    /// Whether `date` is worked. A day listed as both holiday and make-up day is worked.
    #[must_use]
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        self.make_up_days.binary_search(&date).is_ok()
            || (!weekend && self.holidays.binary_search(&date).is_err())
    }

    /// `date` itself when it is worked, else the last working day before it.
    #[must_use]
    pub fn roll_back(&self, date: NaiveDate) -> NaiveDate {
        let mut day = date;
        while !self.is_working_day(day) {
            let Some(before) = day.pred_opt() else { return date };
            day = before;
        }
        day
    }

    /// The `n`-th working day before `date`, which itself does not count.
    ///
    /// `None` before the beginning of the calendar library's range.
    #[must_use]
    pub fn back_business_days(&self, date: NaiveDate, n: u32) -> Option<NaiveDate> {
        self.count_business_days(date, n, NaiveDate::pred_opt)
    }

    /// The `n`-th working day after `date`, which itself does not count.
    #[must_use]
    pub fn forward_business_days(&self, date: NaiveDate, n: u32) -> Option<NaiveDate> {
        self.count_business_days(date, n, NaiveDate::succ_opt)
    }

    /// `date` less `span`: calendar days, working days counted back, or months with end-of-month clamp.
    #[must_use]
    pub fn before(&self, date: NaiveDate, span: Span) -> Option<NaiveDate> {
        match span.unit {
            SpanUnit::Day => date.checked_sub_days(Days::new(u64::from(span.n))),
            SpanUnit::BusinessDay => self.back_business_days(date, span.n),
            SpanUnit::Month => add_months(date, -i64::from(span.n)),
        }
    }

    /// `date` plus `span`: calendar days, working days counted on, or months with end-of-month clamp.
    #[must_use]
    pub fn after(&self, date: NaiveDate, span: Span) -> Option<NaiveDate> {
        match span.unit {
            SpanUnit::Day => date.checked_add_days(Days::new(u64::from(span.n))),
            SpanUnit::BusinessDay => self.forward_business_days(date, span.n),
            SpanUnit::Month => add_months(date, i64::from(span.n)),
        }
    }

    fn count_business_days(
        &self,
        date: NaiveDate,
        n: u32,
        next: fn(&NaiveDate) -> Option<NaiveDate>,
    ) -> Option<NaiveDate> {
        let mut day = date;
        let mut left = n;
        while left > 0 {
            day = next(&day)?;
            if self.is_working_day(day) {
                left -= 1;
            }
        }
        Some(day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// The National Day of 2026 with a make-up Saturday, as an example of such data.
    fn with_holidays() -> Calendar {
        let holidays = (1..=7).map(|d| NaiveDate::from_ymd_opt(2026, 10, d).unwrap()).collect();
        Calendar::new(holidays, vec![day("2026-10-10"), day("2026-09-27")], vec![2026])
    }

    #[test]
    fn weekends_holidays_and_make_up_days() {
        let plain = Calendar::weekends();
        assert!(plain.is_working_day(day("2026-10-01")));
        assert!(!plain.is_working_day(day("2026-10-10")));
        let cn = with_holidays();
        assert!(!cn.is_working_day(day("2026-10-01")));
        assert!(cn.is_working_day(day("2026-10-10")));
        assert!(cn.is_working_day(day("2026-09-27")));
        assert!(!cn.is_working_day(day("2026-10-11")));
    }

    #[test]
    fn rolls_back_to_a_working_day() {
        let plain = Calendar::weekends();
        assert_eq!(plain.roll_back(day("2026-06-06")), day("2026-06-05"));
        assert_eq!(plain.roll_back(day("2026-06-05")), day("2026-06-05"));
        assert_eq!(with_holidays().roll_back(day("2026-10-07")), day("2026-09-30"));
        assert_eq!(with_holidays().roll_back(day("2026-10-10")), day("2026-10-10"));
        assert_eq!(plain.roll_back(NaiveDate::MIN), NaiveDate::MIN);
    }

    #[test]
    fn counts_working_days() {
        let plain = Calendar::weekends();
        assert_eq!(plain.back_business_days(day("2026-06-08"), 1), Some(day("2026-06-05")));
        assert_eq!(plain.back_business_days(day("2026-06-08"), 0), Some(day("2026-06-08")));
        assert_eq!(plain.back_business_days(day("2026-06-08"), 20), Some(day("2026-05-11")));
        assert_eq!(plain.forward_business_days(day("2026-06-05"), 1), Some(day("2026-06-08")));
        assert_eq!(with_holidays().back_business_days(day("2026-10-12"), 3), Some(day("2026-10-08")));
        assert_eq!(plain.back_business_days(NaiveDate::MIN, 1), None);
    }

    #[test]
    fn spans_go_both_ways() {
        let plain = Calendar::weekends();
        assert_eq!(plain.before(day("2028-01-01"), Span::days(60)), Some(day("2027-11-02")));
        assert_eq!(plain.before(day("2025-02-28"), Span::months(3)), Some(day("2024-11-28")));
        assert_eq!(plain.after(day("2026-06-05"), Span::business_days(5)), Some(day("2026-06-12")));
        assert_eq!(plain.after(day("2024-08-31"), Span::months(6)), Some(day("2025-02-28")));
    }

    proptest! {
        #[test]
        fn what_is_counted_back_is_worked_and_counts_forward_again(offset in 0_u64..40_000, n in 1_u32..300) {
            let from = day("1990-01-01") + Days::new(offset);
            let calendar = Calendar::weekends();
            let back = calendar.back_business_days(from, n).unwrap();
            prop_assert!(back < from && calendar.is_working_day(back));
            let between = (1..(from - back).num_days()).filter(|d| {
                calendar.is_working_day(back + Days::new(d.unsigned_abs()))
            });
            prop_assert_eq!(between.count() + 1, usize::try_from(n).unwrap());
        }
    }
}
