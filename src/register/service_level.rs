//! The service levels of a contract as people read them: each with its periods, and what credit is due.

use chrono::NaiveDate;

use crate::domain::calendar::Calendar;
use crate::domain::day::Span;
use crate::domain::decimal::Decimal4;
use crate::domain::money::{Currency, Money};
use crate::domain::period::{FiscalStart, Period, PeriodKind};
use crate::domain::service_level::{self, Judged, PeriodCredit};
use crate::entity::{Measurement, Record, Ref, ServiceLevel, typed};

/// Days behind the end of a period by which its value is to be known: a monthly report is usually due by
/// the tenth.
pub const MEASURE_DAYS: u64 = 10;

/// The period that is to be measured next: the first without a measurement from the day measuring starts,
/// else from the first that was measured. `None` where nobody has said when it starts.
#[must_use]
pub fn next_period(level: &ServiceLevel, measured: &[Period], fiscal: FiscalStart) -> Option<Period> {
    let every = level.every.unwrap_or(PeriodKind::Month);
    let starts = level.starts_on.and_then(|day| Period::containing(day, every, fiscal));
    let mut next = starts.or_else(|| measured.first().copied())?;
    while measured.contains(&next) {
        next = next.next()?;
    }
    Some(next)
}

/// By when the credit of a period is to be claimed: its last day and what the contract gives beyond.
/// Business days are those of a week with Saturday and Sunday off.
#[must_use]
pub fn claim_by(level: &ServiceLevel, period: Period, fiscal: FiscalStart) -> Option<NaiveDate> {
    let last = period.last_day(fiscal);
    let within = level.claim_within.unwrap_or_else(|| Span::days(0));
    Calendar::weekends().after(last, within)
}

/// The service levels of a contract with their periods, and what is due of their credits.
#[derive(Debug, Clone, PartialEq)]
pub struct Levels {
    /// The contract.
    pub contract: Ref,
    /// Its code.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// Each level, by name.
    pub lines: Vec<Level>,
    /// What is due, the newest period first; periods without any credit are left out.
    pub credits: Vec<CreditLine>,
}

/// One service level with its periods.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    /// The record.
    pub record: Record,
    /// Its periods, oldest first.
    pub periods: Vec<MeasuredPeriod>,
    /// The period that is to be measured next.
    pub next: Option<Period>,
}

/// One period of a service level.
#[derive(Debug, Clone, PartialEq)]
pub struct MeasuredPeriod {
    /// The measurement.
    pub at: Ref,
    /// Its code.
    pub code: String,
    /// Which.
    pub period: Period,
    /// What was measured; `None` where nothing was.
    pub value: Option<Decimal4>,
    /// What follows from it.
    pub judged: Judged,
    /// When the credit was claimed, if it was.
    pub claimed_on: Option<NaiveDate>,
}

/// What is due of the credits of one period of a contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditLine {
    /// Which.
    pub period: Period,
    /// The sum of the credits, the cap and what is due.
    pub credit: PeriodCredit,
    /// How many misses it has, and how many of their credits were claimed.
    pub misses: (usize, usize),
}

impl Level {
    /// A level with its measurements.
    #[must_use]
    pub fn of(record: Record, measured: &[Record], fiscal: FiscalStart) -> Self {
        let level: Option<ServiceLevel> = typed(&record.values).ok();
        let mut rows: Vec<(Measurement, Period, &Record)> = measured
            .iter()
            .filter_map(|row| {
                let measurement: Measurement = typed(&row.values).ok()?;
                let period = measurement.period?;
                Some((measurement, period, row))
            })
            .collect();
        rows.sort_by_key(|(_, period, row)| (period.last_day(fiscal), row.at.id));
        let values: Vec<_> = rows.iter().map(|(measurement, ..)| measurement.measured()).collect();
        let promise = level.as_ref().and_then(ServiceLevel::promise);
        let judged = promise.map(|promise| service_level::judge(&promise, &values)).unwrap_or_default();
        let periods = rows.iter().zip(judged).map(|((measurement, period, row), judged)| MeasuredPeriod {
            at: row.at,
            code: row.code.clone(),
            period: *period,
            value: measurement.value,
            judged,
            claimed_on: measurement.claimed_on,
        });
        let periods: Vec<MeasuredPeriod> = periods.collect();
        let measured: Vec<Period> = periods.iter().map(|measured| measured.period).collect();
        let next = level.and_then(|level| next_period(&level, &measured, fiscal));
        Self { record, periods, next }
    }

    /// How the newest measured value differs from the one before, in the unit of the metric.
    #[must_use]
    pub fn change(&self) -> Option<Decimal4> {
        let mut values = self.periods.iter().rev().filter_map(|period| period.value);
        let (now, before) = (values.next()?, values.next()?);
        now.0.checked_sub(before.0).map(Decimal4)
    }

    /// The cap of a period, as this level states it.
    fn cap(&self) -> Option<Money> {
        let level: ServiceLevel = typed(&self.record.values).ok()?;
        Some(level.promise()?.credit?.cap())
    }
}

/// What is due of the credits of each period, the newest first; a line for each currency.
#[must_use]
pub fn credits(levels: &[Level], fiscal: FiscalStart) -> Vec<CreditLine> {
    let mut found: Vec<(Period, Currency)> = levels
        .iter()
        .flat_map(|level| &level.periods)
        .filter_map(|measured| Some((measured.period, measured.judged.credit?.currency)))
        .collect();
    found.sort_by_key(|(period, currency)| {
        (std::cmp::Reverse((period.last_day(fiscal), period.kind().months())), currency.code())
    });
    found.dedup();
    let line = |(period, currency): (Period, Currency)| {
        let mut amounts = Vec::new();
        let mut misses = (0, 0);
        for level in levels {
            for measured in level.periods.iter().filter(|measured| measured.period == period) {
                let (Some(credit), Some(cap)) = (measured.judged.credit, level.cap()) else { continue };
                if credit.currency != currency {
                    continue;
                }
                amounts.push((credit, cap));
                if credit.minor > 0 {
                    misses.0 += 1;
                    misses.1 += usize::from(measured.claimed_on.is_some());
                }
            }
        }
        let credit = service_level::period_credit(&amounts)?;
        (credit.sum.minor > 0).then_some(CreditLine { period, credit, misses })
    };
    found.into_iter().filter_map(line).collect()
}
