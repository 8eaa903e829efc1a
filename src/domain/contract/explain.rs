//! How each date of a contract comes about: the steps of the date engine, each with its rule.
//!
//! The steps are those of [`super::dates()`] for the same terms, counted by the same schedule; nothing
//! here may know a rule of its own.

use chrono::NaiveDate;

use super::dates::{Dates, dates};
use super::schedule::{Schedule, initial_term, term_disagreement};
use super::{Decision, FORCE_MAJEURE_DAYS, NoticePolicy, Renewal, Terms};
use crate::closed_list;
use crate::domain::calendar::Calendar;
use crate::domain::day::Span;

closed_list! {
    /// A date that is explained.
    Point {
        Start = "starts_on", Plain, "Start", "开始日期";
        Boundary = "boundary", Plain, "First day not covered", "不再覆盖的首日";
        LastDay = "last_day", Plain, "Last day", "到期日";
        NoticeGiven = "notice_given_on", Plain, "Notice given", "已发通知";
        CancelByCalendar = "cancel_by_calendar", Plain, "Notice period before", "按通知期倒推";
        CancelBy = "cancel_by", Plain, "Notice received by", "通知最迟送达";
        SendBy = "send_by", Plain, "Send notice by", "通知最迟发出";
        DecideBy = "decide_by", Plain, "Decide by", "最迟决定";
        Decided = "decided_on", Plain, "Decided", "作出决定";
        Terminated = "terminated_on", Plain, "Ended early on", "提前终止日";
        ForceMajeure = "force_majeure_from", Plain, "Force majeure", "不可抗力始于";
        Ground = "force_majeure_ground", Plain, "Ground to terminate", "可据此解除";
        WarnOn = "warn_on", Plain, "Warn on", "提醒日期";
        RenewedUntil = "renewed_until", Plain, "Else renewed until", "否则续约至";
        EarliestEnd = "earliest_end", Plain, "Earliest end", "最早终止";
    }
}

/// One step: a date and the rule it follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Which date.
    pub point: Point,
    /// The date after this step.
    pub day: NaiveDate,
    /// By which rule.
    pub rule: Rule,
}

/// The rule of a step. Days are those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// As entered.
    Entered,
    /// The day after the last day that was entered.
    AfterLastDay(NaiveDate),
    /// The same, though the term as entered would end on another last day.
    AfterLastDayNotTerm {
        /// The last day as entered, which holds.
        stated: NaiveDate,
        /// The last day that start and term give.
        by_term: NaiveDate,
    },
    /// The start and the initial term.
    InitialTerm(NaiveDate, Span),
    /// The initial term and renewals, all counted from the start.
    Renewed {
        /// The initial term; `None` where only its last day is known.
        initial: Option<Span>,
        /// How often it was renewed.
        times: u32,
        /// For how long each time.
        term: Span,
    },
    /// The first day not covered, less one.
    DayBefore,
    /// A day less a span of time.
    Less(NaiveDate, Span),
    /// Notice must come before the end, whatever its period: on the last day at the latest.
    NotAfterLastDay,
    /// The working day before one that is none.
    WorkingDay(NaiveDate),
    /// A working day as it is.
    IsWorkingDay,
    /// A day less what it takes until a notice counts as received.
    Travel {
        /// By when it must be received.
        received: NaiveDate,
        /// After what time it counts as received.
        receipt: Span,
        /// How long it travels.
        transit: Span,
    },
    /// What was decided then; whether that is for the term that is shown.
    Decided(Decision, ForTerm),
    /// Terminated with this as its last day, whatever the terms say.
    EndedEarly,
    /// The event has lasted more than so many days.
    Lasted(NaiveDate, u32),
    /// Unless notice is given in time, it renews by this.
    Renews(Span),
    /// It renews by this, as was decided.
    RenewsAsDecided(Span),
    /// What a notice of this day leads to: its travel, its receipt, its period.
    NoticeFrom {
        /// The day it is sent.
        sent: NaiveDate,
        /// How long it travels.
        transit: Span,
        /// After what time it counts as received.
        receipt: Span,
        /// The notice period.
        notice: Span,
    },
}

/// Which term a decision is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForTerm {
    /// The one that is shown.
    This,
    /// Another.
    Other,
}

/// How the dates of these `terms` come about on `today`, in the order in which they follow from each
/// other; empty where the terms give none.
#[must_use]
pub fn explain(terms: &Terms, calendar: &Calendar, today: NaiveDate, policy: NoticePolicy) -> Vec<Step> {
    let found = dates(terms, calendar, today, policy);
    let mut steps = Steps { steps: Vec::new(), calendar };
    steps.put(Point::Start, terms.starts_on, Rule::Entered);
    steps.put(Point::NoticeGiven, terms.notice_given_on, Rule::Entered);
    if let Some((decision, on)) = terms.decision {
        let has_terms = terms.renewal == Renewal::Auto && terms.terminated_on.is_none();
        let is_other = has_terms && found.decision.is_none();
        let for_term = if is_other { ForTerm::Other } else { ForTerm::This };
        steps.put(Point::Decided, Some(on), Rule::Decided(decision, for_term));
    }
    steps.put(Point::ForceMajeure, terms.force_majeure_from, Rule::Entered);
    if let Some(began) = terms.force_majeure_from {
        steps.put(Point::Ground, terms.ground_on(), Rule::Lasted(began, FORCE_MAJEURE_DAYS));
    }
    if let Some(last) = terms.terminated_on {
        steps.put(Point::Terminated, Some(last), Rule::Entered);
        steps.put(Point::Boundary, found.boundary, Rule::AfterLastDay(last));
        steps.put(Point::LastDay, found.last_day, Rule::EndedEarly);
    } else if terms.renewal == Renewal::Evergreen {
        steps.evergreen(terms, &found, today);
    } else if let Some(schedule) = Schedule::of(terms, calendar) {
        steps.boundaries(terms, &schedule, &found);
        steps.put(Point::LastDay, found.last_day, Rule::DayBefore);
        steps.notice(terms, &found, policy);
    }
    steps.steps
}

struct Steps<'c> {
    steps: Vec<Step>,
    calendar: &'c Calendar,
}

impl Steps<'_> {
    fn put(&mut self, point: Point, day: Option<NaiveDate>, rule: Rule) {
        self.steps.extend(day.map(|day| Step { point, day, rule }));
    }

    fn evergreen(&mut self, terms: &Terms, found: &Dates, today: NaiveDate) {
        let sent = terms.notice_given_on.unwrap_or(today);
        let (transit, receipt, notice) = (terms.transit, terms.receipt, terms.notice);
        let rule = Rule::NoticeFrom { sent, transit, receipt, notice };
        if terms.notice_given_on.is_some() {
            self.put(Point::Boundary, found.boundary, rule);
            self.put(Point::LastDay, found.last_day, Rule::DayBefore);
        } else {
            self.put(Point::EarliestEnd, found.earliest_end, rule);
        }
    }

    fn boundaries(&mut self, terms: &Terms, schedule: &Schedule<'_>, found: &Dates) {
        let initial = terms.starts_on.and_then(|_| initial_term(terms, self.calendar));
        let first = match (terms.ends_on, terms.starts_on, initial) {
            (Some(stated), ..) => match term_disagreement(terms, self.calendar) {
                Some(other) => Rule::AfterLastDayNotTerm { stated, by_term: other.by_term },
                None => Rule::AfterLastDay(stated),
            },
            (None, Some(start), Some(initial)) => Rule::InitialTerm(start, initial),
            _ => return,
        };
        match (found.term_index, terms.renewal_term) {
            (Some(times), Some(term)) if times > 0 => {
                self.put(Point::Boundary, schedule.boundary(0), first);
                self.put(Point::Boundary, found.boundary, Rule::Renewed { initial, times, term });
            }
            _ => self.put(Point::Boundary, found.boundary, first),
        }
    }

    fn notice(&mut self, terms: &Terms, found: &Dates, policy: NoticePolicy) {
        let (Some(boundary), Some(by_calendar), Some(cancel_by)) =
            (found.boundary, found.cancel_by_calendar, found.cancel_by)
        else {
            return;
        };
        self.put(Point::CancelByCalendar, Some(by_calendar), Rule::Less(boundary, terms.notice));
        if let Some(warn) = terms.warn {
            self.put(Point::WarnOn, found.warn_on, Rule::Less(by_calendar, warn));
        }
        let latest = boundary.pred_opt().map_or(by_calendar, |last| by_calendar.min(last));
        if latest != by_calendar {
            self.put(Point::CancelBy, Some(latest), Rule::NotAfterLastDay);
        }
        self.roll(Point::CancelBy, latest, cancel_by);
        if let Some(send_by) = found.send_by {
            let (receipt, transit) = (terms.receipt, terms.transit);
            let sent =
                self.calendar.before(cancel_by, receipt).and_then(|day| self.calendar.before(day, transit));
            let travels = receipt.n > 0 || transit.n > 0;
            if travels {
                self.put(Point::SendBy, sent, Rule::Travel { received: cancel_by, receipt, transit });
            }
            if let Some(sent) = sent.filter(|sent| !travels || *sent != send_by) {
                self.roll(Point::SendBy, sent, send_by);
            }
            if let Some(day) = found.decide_by {
                self.put(
                    Point::DecideBy,
                    Some(day),
                    Rule::Less(send_by, Span::days(policy.decision_lead_days)),
                );
            }
        }
        if let Some(term) = terms.renewal_term {
            let is_decided = found.decision == Some(Decision::Renew);
            let rule = if is_decided { Rule::RenewsAsDecided(term) } else { Rule::Renews(term) };
            self.put(Point::RenewedUntil, found.renewed_until, rule);
        }
    }

    /// A day as it is where it is worked, else the working day before it.
    fn roll(&mut self, point: Point, from: NaiveDate, to: NaiveDate) {
        let rule = if from == to { Rule::IsWorkingDay } else { Rule::WorkingDay(from) };
        self.put(point, Some(to), rule);
    }
}
