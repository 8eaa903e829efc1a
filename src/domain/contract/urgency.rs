//! How pressing a contract is: by the day on which one must act at the latest, and not by its end.

use chrono::NaiveDate;

use crate::closed_list;

/// The most days until an act that is wanted now.
const NOW: i64 = 30;
/// The most days until an act that is wanted next.
const NEXT: i64 = 90;

closed_list! {
    /// By when one must act.
    Urgency {
        Now = "now", Bad, "Late or now", "逾期或 30 天内";
        Next = "next", Attention, "Next 90 days", "90 天内";
        Later = "later", Plain, "Later", "更晚";
        Never = "never", Plain, "Nothing to decide", "无须决定";
    }
}

impl Urgency {
    /// How pressing it is on `today` to act on `act_by` at the latest; never, where there is no such day.
    #[must_use]
    pub fn of(act_by: Option<NaiveDate>, today: NaiveDate) -> Self {
        match act_by.map(|day| (day - today).num_days()) {
            None => Self::Never,
            Some(..=NOW) => Self::Now,
            Some(..=NEXT) => Self::Next,
            Some(_) => Self::Later,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Days;

    #[test]
    fn thirty_days_are_now_and_ninety_are_next() {
        let today = NaiveDate::from_ymd_opt(2026, 7, 26).unwrap();
        let after = |days| Urgency::of(today.checked_add_days(Days::new(days)), today);
        assert_eq!([after(0), after(30), after(31)], [Urgency::Now, Urgency::Now, Urgency::Next]);
        assert_eq!([after(90), after(91)], [Urgency::Next, Urgency::Later]);
        let yesterday = today.pred_opt();
        assert_eq!(Urgency::of(yesterday, today), Urgency::Now, "late");
        assert_eq!(Urgency::of(None, today), Urgency::Never);
    }
}
