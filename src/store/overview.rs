//! The figures of the Overview: each from a tally or the head of an index, at any size.

use chrono::{Datelike, Months, NaiveDate};

use crate::domain::contract::ContractState;
use crate::domain::list::ClosedList;
use crate::domain::money::{Currency, Money};
use crate::domain::period::{Period, PeriodKind};
use crate::domain::review::ReviewState;
use crate::domain::risk::{Cell, Level};
use crate::domain::vendor::VendorState;
use crate::entity::{Kind, Ref};
use crate::limits::KINDS;
use crate::register::due::What;
use crate::register::overview::ATTENTION_DAYS;
use crate::register::{Attention, Counts, MonthEnds, Mover, Overview, Refusal, code_of};
use crate::store::due::Renewed;
use crate::store::{Store, refused, sql, tally};

/// Days ahead for which contracts are counted as ending.
const ENDING_DAYS: u64 = 90;
/// Days within which a notice is to be given now.
const NOTICE_DAYS: u64 = 7;
/// The same, as days are told.
const NOTICE_LEFT: i64 = 7;
/// Months of the renewals panel.
const MONTHS: u32 = 6;
/// Periods of the trend.
const PERIODS: usize = 8;
/// Movers up, and down.
const MOVERS: usize = 3;
/// Acts of the recent changes.
const RECENT: usize = 8;

impl Store {
    /// Everything the Overview shows, of the attention list at most `lines`.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn overview(&self, lines: usize) -> Result<Overview, Refusal> {
        let _moment = self.moment()?;
        let levels = self.levels()?;
        let stale = self.stale_contracts()?;
        let shift = Shift::of(&stale);
        let until = self.today().checked_add_days(chrono::Days::new(ATTENTION_DAYS));
        let silences = self.silences()?;
        let snoozed = self.silent_lines(until, &silences, &stale)?;
        let soon = |line: &&Attention| line.what == What::Notice && (0..=NOTICE_LEFT).contains(&line.days);
        let hidden = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let silent_notices = hidden(snoozed.iter().filter(soon).count());
        let first = self.today().with_day(1).unwrap_or(self.today());
        Ok(Overview {
            counts: self.counts(&levels, self.ending(&shift)?)?,
            attention: self.ranked_attention(until, lines, &stale, &silences)?,
            due: What::ALL
                .iter()
                .try_fold(0, |sum, what| Ok(sum + self.dues(*what, None, ATTENTION_DAYS, &shift)?))?
                - hidden(snoozed.len()),
            notice: self.dues(What::Notice, Some(self.today()), NOTICE_DAYS, &shift)? - silent_notices,
            snoozed,
            committed: self.committed()?,
            mean_score: self.mean_score()?,
            periods: self.periods()?,
            ends: self.ends(first, &shift)?,
            movers: self.movers()?,
            cells: self.cells()?,
            levels,
            recent: self.recent_acts(RECENT)?,
        })
    }

    /// How many records there are, for the tabs.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn tab_counts(&self) -> Result<Counts, Refusal> {
        let _moment = self.moment()?;
        let levels = self.levels()?;
        self.counts(&levels, self.ending(&Shift::of(&self.stale_contracts()?))?)
    }

    fn counts(&self, levels: &[(Option<Level>, i64)], ending: i64) -> Result<Counts, Refusal> {
        let all = |kind| Ok::<i64, Refusal>(tally::one(&self.conn, kind, "all", "")?.0);
        let in_state = |kind, key: &str| Ok::<i64, Refusal>(tally::one(&self.conn, kind, "state", key)?.0);
        let vendors = |wanted: &[VendorState]| -> Result<i64, Refusal> {
            wanted.iter().try_fold(0, |sum, s| Ok(sum + in_state(Kind::Vendor, s.key())?))
        };
        let settled = [ReviewState::Acknowledged, ReviewState::Locked];
        let settled = settled
            .iter()
            .try_fold(0, |sum, s| Ok::<i64, Refusal>(sum + in_state(Kind::Review, s.key())?))?;
        let reviews = all(Kind::Review)?;
        let level = |level: Level| levels.iter().find(|(l, _)| *l == Some(level)).map_or(0, |(_, n)| *n);
        Ok(Counts {
            vendors: all(Kind::Vendor)?,
            active: vendors(&[VendorState::Active, VendorState::Watch])?,
            arriving: vendors(&[VendorState::Prospect, VendorState::InReview])?,
            contracts: all(Kind::Contract)?,
            in_force: in_state(Kind::Contract, ContractState::InForce.key())?,
            ending,
            reviews,
            open_reviews: reviews - settled,
            risks: levels.iter().map(|(_, n)| n).sum(),
            high_risks: level(Level::High) + level(Level::Severe),
            severe_risks: level(Level::Severe),
        })
    }

    /// How many contracts in force have their last day soon. Those whose day has passed are counted
    /// where they end now.
    fn ending(&self, shift: &Shift) -> Result<i64, Refusal> {
        let days = (self.today().to_string(), self.days_on(ENDING_DAYS));
        tally::count(&self.conn, (Kind::Contract, "ends"), (&days.0, &days.1), &shift.gone, &shift.come)
    }

    /// How many dates of one kind of attention lie from `from` on, and up to `days` ahead.
    fn dues(&self, what: What, from: Option<NaiveDate>, days: u64, shift: &Shift) -> Result<i64, Refusal> {
        let from = from.map_or_else(|| sql::EARLY.to_owned(), |day| day.to_string());
        let days = (from, self.days_on(days));
        let word = tally::due_word(what);
        tally::count(&self.conn, (what.of(), &word), (&days.0, &days.1), &shift.gone, &shift.come)
    }

    /// The first day that is more than so many days ahead.
    fn days_on(&self, days: u64) -> String {
        (self.today() + chrono::Days::new(days + 1)).to_string()
    }

    fn committed(&self) -> Result<Vec<Money>, Refusal> {
        let base = self.base_currency()?;
        let mut amounts: Vec<Money> = tally::all(&self.conn, Kind::Contract, "annual")?
            .into_iter()
            .filter_map(|(code, _, sum)| Some(Money { minor: sum, currency: Currency::from_code(&code)? }))
            .collect();
        amounts.sort_by_key(|money| (money.currency != base, std::cmp::Reverse(money.sort_key())));
        Ok(amounts)
    }

    fn mean_score(&self) -> Result<Option<(i64, i64)>, Refusal> {
        let (count, sum) = tally::one(&self.conn, Kind::Vendor, "scored", "")?;
        Ok((count > 0).then(|| (rounded(sum, count), count)))
    }

    fn periods(&self) -> Result<Vec<(String, i64)>, Refusal> {
        let all = tally::all(&self.conn, Kind::Review, "period")?;
        let read = |(word, count, sum): (String, i64, i64)| Some((word.parse().ok()?, count, sum));
        Ok(trend(all.into_iter().filter_map(read).collect()))
    }

    /// The contracts in force by the month of their last day, from the month of `first` on.
    fn ends(&self, first: NaiveDate, shift: &Shift) -> Result<Vec<MonthEnds>, Refusal> {
        let base = self.base_currency()?;
        let word = |n| months_after(first, n).format(tally::MONTH).to_string();
        let of = (Kind::Contract, "month");
        let sums = tally::range(&self.conn, of, (&word(0), &word(MONTHS)), &shift.gone, &shift.come)?;
        Ok((0..MONTHS).map(|n| month_ends(months_after(first, n), &sums, base)).collect())
    }

    /// The vendors whose score rose and fell most, the greatest rise first.
    fn movers(&self) -> Result<Vec<Mover>, Refusal> {
        let mut movers = self.moved_most("> 0", "DESC")?;
        movers.extend(self.moved_most("< 0", "ASC")?);
        movers.sort_by_key(|mover| std::cmp::Reverse(mover.change));
        Ok(movers)
    }

    /// The vendors with the greatest change of their score on one side. Blanks stand below every
    /// value and are passed over.
    fn moved_most(&self, side: &str, order: &str) -> Result<Vec<Mover>, Refusal> {
        let statement = format!(
            "SELECT x.id, d.label, x.score, x.change FROM vendor_x x JOIN directory d ON d.doc = x.id * {KINDS} + ?1 \
             WHERE x.archived = 0 AND x.change {side} AND x.change > ?2 \
             ORDER BY x.change {order}, x.id {order} LIMIT {MOVERS}"
        );
        let read = |row: &rusqlite::Row| {
            let at = Ref { kind: Kind::Vendor, id: row.get(0)? };
            Ok(Mover { at, code: code_of(at), label: row.get(1)?, score: row.get(2)?, change: row.get(3)? })
        };
        self.conn
            .prepare_cached(&statement)
            .and_then(|mut s| s.query_map([Kind::Vendor as i64, sql::LOW], read)?.collect())
            .map_err(refused)
    }

    fn cells(&self) -> Result<Vec<(Cell, i64)>, Refusal> {
        let all = tally::all(&self.conn, Kind::Risk, "cell")?;
        Ok(all.into_iter().filter_map(|(cell, n, _)| Some((cell.parse().ok()?, n))).collect())
    }

    fn levels(&self) -> Result<Vec<(Option<Level>, i64)>, Refusal> {
        let all = tally::all(&self.conn, Kind::Risk, "level")?;
        let of = |key: &str| all.iter().find(|(word, _, _)| word == key).map_or(0, |(_, n, _)| *n);
        let mut levels: Vec<(Option<Level>, i64)> =
            Level::ALL.iter().map(|l| (Some(*l), of(l.key()))).collect();
        levels.push((None, of("")));
        Ok(levels)
    }
}

/// The mean totals of the newest periods, oldest first. Vendors may be reviewed by the month, by the
/// quarter and by the year at once, and means of these do not compare. So the trend is of one kind
/// of period: the one with the most reviews in the newest periods of any kind, and the one of the
/// newest period where two kinds have as many.
fn trend(mut all: Vec<(Period, i64, i64)>) -> Vec<(String, i64)> {
    all.sort_by_cached_key(|(period, _, _)| std::cmp::Reverse(sql::period_key(*period)));
    let mut used: Vec<(PeriodKind, i64)> = Vec::new();
    for (period, count, _) in all.iter().take(PERIODS) {
        match used.iter_mut().find(|(kind, _)| *kind == period.kind()) {
            Some((_, reviews)) => *reviews += count,
            None => used.push((period.kind(), *count)),
        }
    }
    // Of kinds with as many reviews the first has the newest period, and `max_by_key` gives the last.
    let most = used.iter().rev().max_by_key(|(_, reviews)| *reviews).map(|(kind, _)| *kind);
    let of_kind = all.iter().filter(|(period, _, _)| Some(period.kind()) == most).take(PERIODS);
    let mut trend: Vec<(String, i64)> =
        of_kind.map(|(period, count, sum)| (period.to_string(), rounded(*sum, *count))).collect();
    trend.reverse();
    trend
}

/// What contracts whose day has passed take from the tallies, and what they add instead.
struct Shift {
    gone: Vec<tally::Share>,
    come: Vec<tally::Share>,
}

impl Shift {
    fn of(stale: &[Renewed]) -> Self {
        Self {
            gone: stale.iter().flat_map(|contract| contract.gone.iter().cloned()).collect(),
            come: stale.iter().flat_map(Renewed::come).collect(),
        }
    }
}

fn months_after(first: NaiveDate, n: u32) -> NaiveDate {
    first.checked_add_months(Months::new(n)).unwrap_or(NaiveDate::MAX)
}

/// The contracts of one month among the sums by month and currency: their number, and what they
/// cost a year in the base currency, or in the first other one where none has it.
fn month_ends(month: NaiveDate, sums: &[(String, i64, i64)], base: Currency) -> MonthEnds {
    let name = month.format(tally::MONTH).to_string();
    let mut count = 0;
    let mut amounts: Vec<Money> = Vec::new();
    for (word, n, minor) in sums {
        let Some(code) = word.strip_prefix(&name) else { continue };
        count += n;
        let currency = Currency::from_code(code.trim_start());
        amounts.extend(currency.map(|currency| Money { minor: *minor, currency }));
    }
    let annual = amounts.iter().find(|money| money.currency == base).or(amounts.first()).copied();
    MonthEnds { month, count, annual }
}

/// The mean, half away from zero.
fn rounded(sum: i64, count: i64) -> i64 {
    if count == 0 {
        return 0;
    }
    let (whole, rest) = (sum / count, sum % count);
    if 2 * rest.abs() >= count { whole + sum.signum() } else { whole }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The trend of periods with one review each, or as many as stand behind a colon.
    fn check(periods: &str, expected: &str) {
        let read = |word: &str| {
            let (period, count) = word.split_once(':').unwrap_or((word, "1"));
            let count: i64 = count.parse().unwrap();
            (period.parse().unwrap(), count, 8_000 * count)
        };
        let trend = trend(periods.split_whitespace().map(read).collect());
        assert!(trend.iter().all(|(_, mean)| *mean == 8_000));
        let words: Vec<&str> = trend.iter().map(|(period, _)| period.as_str()).collect();
        assert_eq!(words.join(" "), expected, "{periods}");
    }

    #[test]
    fn the_trend_is_of_one_kind_of_period() {
        check("", "");
        check("2025-12 2026-01 2026-02", "2025-12 2026-01 2026-02");
        check("2025-H1 2025-H2 2026-H1", "2025-H1 2025-H2 2026-H1");
        check("2024 2025", "2024 2025");
        // A closing review of the year does not end the trend of the quarters, nor the other way round.
        check("2025-Q2 2025-Q3 2025-Q4 2025", "2025-Q2 2025-Q3 2025-Q4");
        check("2023:9 2024:9 2025:9 2025-Q4", "2023 2024 2025");
        // A house that went over from quarters to months is told by month.
        check("2025-Q1:4 2025-Q2:4 2025-10:4 2025-11:4 2025-12:4", "2025-10 2025-11 2025-12");
        check("2026-Q1:3 2026-H1:3", "2026-H1");
    }

    #[test]
    fn the_trend_is_of_the_newest_periods() {
        check(
            "2025-01 2025-02 2025-03 2025-04 2025-05 2025-06 2025-07 2025-08 2025-09 2025-10",
            "2025-03 2025-04 2025-05 2025-06 2025-07 2025-08 2025-09 2025-10",
        );
        // Of old quarters there are more, but what counts is what is done now.
        check(
            "2023-Q1:9 2023-Q2:9 2023-Q3:9 2023-Q4:9 2025-01 2025-02 2025-03 2025-04 2025-05 2025-06 2025-07 2025-08",
            "2025-01 2025-02 2025-03 2025-04 2025-05 2025-06 2025-07 2025-08",
        );
    }
}
