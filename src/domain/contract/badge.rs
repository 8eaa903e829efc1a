//! Where a contract stands on a day.
//!
//! This module must never count dates itself: it only compares those of [`Dates`] with today, so
//! that it is cheap enough to be asked for every row of a list.

use chrono::NaiveDate;

use super::{Dates, Decision, Renewal, Terms};
use crate::closed_list;

closed_list! {
    /// Where a contract stands, derived from its terms and today.
    Badge {
        Upcoming = "upcoming", Plain, "Upcoming", "未开始";
        InTerm = "in_term", Good, "In term", "期内";
        DecisionDue = "decision_due", Attention, "Decision due", "待决定";
        NoticeWindow = "notice_window", Attention, "Notice due", "待通知";
        NoticeMissed = "notice_missed", Bad, "Notice missed", "错过通知期";
        LastTerm = "last_term", Plain, "Last term", "末期";
        Lapsed = "lapsed", Bad, "Lapsed", "到期未决";
    }
}

/// Where a contract stands on `today`; the first that holds of: lapsed, last term, notice missed,
/// notice window, decision due, in term, upcoming.
///
/// `dates` must be those of `terms` and of a day between their `valid_from` and `valid_until` that
/// includes `today`.
///
/// - Every contract that is not ended or cancelled has one, drafts too: a contract that was entered
///   and never marked as signed must not be silent about its notice.
/// - Lapsed is every contract whose last day has passed with nothing decided and no end recorded,
///   unless it renews by itself.
/// - Decided to renew, nothing is missed and nothing has lapsed in that term. Decided not to, the
///   running term is the last; of a contract that renews by itself notice is then due at once, for
///   the decision alone stops no renewal.
/// - Without a known end and without notice only the start speaks; without a start, nothing.
#[must_use]
pub fn badge(dates: &Dates, terms: &Terms, today: NaiveDate) -> Option<Badge> {
    if terms.state.is_closed() {
        return None;
    }
    let begun = terms.starts_on.is_none_or(|start| start <= today);
    let running = if begun { Badge::InTerm } else { Badge::Upcoming };
    let Some(boundary) = dates.boundary else {
        return if terms.is_last() { Some(Badge::LastTerm) } else { terms.starts_on.map(|_| running) };
    };
    let renews_itself = terms.renews_itself();
    let settled = matches!(dates.decision, Some(Decision::Renew | Decision::LetLapse));
    if boundary <= today && !renews_itself {
        return Some(if settled || terms.is_last() { Badge::LastTerm } else { Badge::Lapsed });
    }
    let lapses = dates.decision == Some(Decision::LetLapse);
    if terms.is_last() || terms.renewal == Renewal::None || (lapses && !renews_itself) {
        return Some(Badge::LastTerm);
    }
    let Some(send_by) = dates.send_by.filter(|_| dates.decision != Some(Decision::Renew)) else {
        return Some(running);
    };
    if renews_itself && send_by < today {
        return Some(Badge::NoticeMissed);
    }
    if today <= send_by && (lapses || dates.window_on.is_some_and(|day| day <= today)) {
        return Some(Badge::NoticeWindow);
    }
    if dates.decision.is_none() && dates.decide_by.is_some_and(|day| day <= today) {
        return Some(Badge::DecisionDue);
    }
    Some(running)
}

/// The days, from the first and before the second, on which both [`badge`] and every field of
/// `dates` are as they are on `today`.
///
/// Open ends are `NaiveDate::MIN` and `NaiveDate::MAX`.
#[must_use]
pub fn badge_range(dates: &Dates, terms: &Terms, today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let now = badge(dates, terms, today);
    let differs = |day: NaiveDate| badge(dates, terms, day) != now;
    let after_send_by = dates.send_by.and_then(|d| d.succ_opt());
    let turns = [terms.starts_on, dates.decide_by, dates.window_on, after_send_by, dates.boundary];
    let turns = || turns.into_iter().flatten();
    let began = turns().filter(|day| *day <= today && day.pred_opt().is_some_and(differs)).max();
    let ends = turns().filter(|day| *day > today && differs(*day)).min();
    (
        began.map_or(dates.valid_from, |day| day.max(dates.valid_from)),
        ends.map_or(dates.valid_until, |day| day.min(dates.valid_until)),
    )
}
