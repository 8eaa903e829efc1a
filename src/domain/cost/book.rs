//! Plan against actual by month, the forecast to the end of the term, and what all of it makes.
//!
//! - The plan is that of the cost lines; the actual is what invoices bill, by the months they bill.
//! - A month of a cost line is *closed* when it has ended and the line was billed for it or for a later one,
//!   by an invoice that names the line or by one that names none: until then its bill is still to come. The
//!   forecast is the plan of what is not closed and the actual of all months that have ended.
//! - One's own effort is billed by nobody: it is no part of plan against actual, and counts as planned in
//!   the total cost. So do changes, with what they were decided to cost, and penalties that were settled.
//! - Each share of a month is converted by the rates of the last day of its month, so that plan and actual
//!   differ by what was billed and not by the day on which it was.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::plan::months_apart;
use super::{Bill, FeeKind, Figures, Item, Of, Part, Rates, Row, Share, TcoLayer};
use crate::domain::day::add_months;
use crate::domain::decimal::divide_rounded;
use crate::domain::list::ClosedList;
use crate::domain::money::Currency;
use crate::limits;

/// What a book is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The civil date.
    pub today: NaiveDate,
    /// The currency of the contract.
    pub own: Currency,
    /// The first day of the term; `None` where it is not known.
    pub starts: Option<NaiveDate>,
    /// The last day of the term; `None` where it is not known.
    pub ends: Option<NaiveDate>,
    /// What is planned.
    pub items: Vec<Item>,
    /// What was billed.
    pub bills: Vec<Bill>,
    /// What came beside plan and bills.
    pub others: Vec<Other>,
    /// The exchange rates, into the base currency of the register.
    pub rates: Rates,
}

/// A cost beside plan and bills: a change that was decided, a penalty that was settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// The code of its record.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// The layer it is part of.
    pub layer: TcoLayer,
    /// What it costs, in minor units; negative where it was received.
    pub minor: i128,
    /// The currency.
    pub currency: Currency,
    /// The day.
    pub on: NaiveDate,
}

/// One month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// Its first day.
    pub first: NaiveDate,
    /// Whether it has ended and no bill of it is to come.
    pub is_closed: bool,
    /// Its figures.
    pub row: Row,
    /// The forecast of this and all earlier months.
    pub cumulative: Figures,
    /// What its figures are made of, and what else fell into it.
    pub parts: Vec<Part>,
}

impl Month {
    /// Whether anything was billed for it.
    #[must_use]
    pub fn has_bills(&self) -> bool {
        self.parts.iter().any(|part| part.of == Of::Actual)
    }

    /// Whether its difference tells anything: something of it was billed, or was to be and never will.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        let settled = |part: &Part| match part.of {
            Of::Plan => part.is_planned() && !part.counts,
            Of::Actual => part.counts,
            Of::Beside => false,
        };
        self.parts.iter().any(settled)
    }
}

/// What one layer makes over the term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LayerSum {
    /// The layer.
    pub layer: TcoLayer,
    /// Its cost.
    pub figures: Figures,
}

/// What one kind of fee makes over the term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindSum {
    /// The kind; `None` for bills of several, or of which nobody said.
    pub kind: Option<FeeKind>,
    /// Its figures. Difference and forecast are those of the kind only where every bill says its kind.
    pub row: Row,
}

/// What is missing, so that something was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// There is no rate of a currency on or before the end of a month, the first in which it is needed.
    NoRate {
        /// The currency.
        currency: Currency,
        /// The last day of that month.
        by: NaiveDate,
    },
    /// It spans more months than are worked out: those behind this day are left out.
    TooLong {
        /// The last day that is counted.
        last: NaiveDate,
    },
    /// So many months that were planned were passed over by the bills behind them.
    Skipped {
        /// How many.
        months: usize,
    },
    /// The in-house baseline does not cover all of the term, so that nothing is said to be saved.
    BaselineShort,
}

/// The book of one contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    /// The currency of the contract.
    pub own: Currency,
    /// The base currency of the register.
    pub base: Currency,
    /// The months, first to last.
    pub months: Vec<Month>,
    /// All months.
    pub total: Row,
    /// What was planned for months that have ended and is not billed yet.
    pub unbilled: Figures,
    /// The layers that cost anything, in their order.
    pub layers: Vec<LayerSum>,
    /// The kinds of fee there are, in their order.
    pub kinds: Vec<KindSum>,
    /// All layers.
    pub tco: Figures,
    /// What the work would cost in-house; `None` where nobody said.
    pub baseline: Option<Figures>,
    /// What is saved against that, in basis points, negative where it costs more; `None` where there is no
    /// baseline, or where something had to be left out of either.
    pub saving: Option<i64>,
    /// What was left out, and why.
    pub gaps: Vec<Gap>,
    /// Whether nothing is missing from the figures in the currency of the contract.
    pub is_whole_own: bool,
    /// Whether nothing is missing from the figures in the base currency.
    pub is_whole_base: bool,
}

impl Book {
    /// Works out the book.
    #[must_use]
    pub fn of(facts: &Facts) -> Self {
        let (firsts, mut gaps) = months_of(facts);
        let ended = add_months(first_of(facts.today), -1);
        let mut maker = Maker { facts, ended, closed: closed(facts), lacking: BTreeMap::new() };
        let mut months = Vec::with_capacity(firsts.len());
        let mut cumulative = Figures::default();
        for first in firsts {
            let parts = maker.parts(first);
            let row = row_of(parts.iter());
            let is_open = parts.iter().any(|part| part.is_planned() && part.counts);
            let is_closed = maker.has_ended(first) && !is_open && !parts.is_empty();
            cumulative += row.forecast;
            months.push(Month { first, is_closed, row, cumulative, parts });
        }
        let lacking = maker.lacking;
        gaps.extend(lacking.iter().map(|(currency, by)| Gap::NoRate { currency: *currency, by: *by }));
        let mut book = Self {
            own: facts.own,
            base: facts.rates.base(),
            months,
            total: Row::default(),
            unbilled: Figures::default(),
            layers: Vec::new(),
            kinds: Vec::new(),
            tco: Figures::default(),
            baseline: None,
            saving: None,
            gaps,
            is_whole_own: true,
            is_whole_base: true,
        };
        book.add_up(ended);
        let is_skipped =
            |month: &&Month| month.is_closed && !month.has_bills() && month.row.plan != Figures::default();
        let skipped = book.months.iter().filter(is_skipped).count();
        if skipped > 0 {
            // What nobody billed is not what was saved.
            book.gaps.push(Gap::Skipped { months: skipped });
            book.saving = None;
        }
        if book.baseline.is_some() && !covers(facts) {
            book.gaps.push(Gap::BaselineShort);
            book.saving = None;
        }
        book
    }

    /// Whether every bill says of which kind of fee it is, so that each kind has a forecast.
    #[must_use]
    pub fn has_forecast_by_kind(&self) -> bool {
        self.kinds.iter().all(|sum| sum.kind.is_some())
    }

    /// The last day of the last closed month that was billed; `None` where none is.
    #[must_use]
    pub fn closed_on(&self) -> Option<NaiveDate> {
        let billed = |month: &&Month| month.is_closed && month.has_bills();
        self.months.iter().rev().find(billed).map(|month| last_day(month.first))
    }

    fn add_up(&mut self, ended: Option<NaiveDate>) {
        for month in &self.months {
            self.total += month.row;
            if ended.is_some_and(|ended| month.first <= ended) {
                self.unbilled += sum(month.parts.iter().filter(|part| part.is_planned() && part.counts));
            }
        }
        let cut = self.gaps.iter().any(|gap| matches!(gap, Gap::TooLong { .. }));
        let parts = || self.months.iter().flat_map(|month| &month.parts);
        self.is_whole_own = !cut && parts().all(|part| part.own.is_some());
        self.is_whole_base = !cut && parts().all(|part| part.base.is_some());
        let costs = |layer: TcoLayer| {
            let mut counted = parts().filter(|part| part.layer == Some(layer) && part.counts).peekable();
            counted.peek()?;
            Some(LayerSum { layer, figures: sum(counted) })
        };
        self.layers = TcoLayer::ALL.iter().filter_map(|layer| costs(*layer)).collect();
        let of_kind = |kind: Option<FeeKind>| {
            let is_fee = |part: &&Part| part.kind == kind && (part.is_planned() || part.of == Of::Actual);
            let mut fees = parts().filter(is_fee).peekable();
            fees.peek()?;
            Some(KindSum { kind, row: row_of(fees) })
        };
        let kinds = FeeKind::ALL.iter().copied().map(Some).chain([None]);
        self.kinds = kinds.filter_map(of_kind).collect();
        self.tco = self.layers.iter().fold(Figures::default(), |all, layer| all + layer.figures);
        let baseline: Vec<&Part> = parts().filter(|part| part.layer.is_none()).collect();
        self.baseline = (!baseline.is_empty()).then(|| sum(baseline.into_iter()));
        self.saving = self.saved();
    }

    fn saved(&self) -> Option<i64> {
        let baseline = self.baseline?;
        let (cost, whole) = match (self.is_whole_own, self.is_whole_base) {
            (true, _) => (self.tco.own, baseline.own),
            (false, true) => (self.tco.base, baseline.base),
            (false, false) => return None,
        };
        if whole <= 0 || self.layers.is_empty() {
            return None;
        }
        i64::try_from(divide_rounded((whole - cost) * 10_000, whole)).ok()
    }
}

fn sum<'p>(parts: impl Iterator<Item = &'p Part>) -> Figures {
    parts.fold(Figures::default(), |all, part| all + part.figures())
}

fn row_of<'p>(parts: impl Iterator<Item = &'p Part> + Clone) -> Row {
    let planned = || parts.clone().filter(|part| part.is_planned());
    let billed = || parts.clone().filter(|part| part.of == Of::Actual);
    let (plan, actual) = (sum(planned()), sum(billed()));
    let settled = sum(billed().filter(|part| part.counts));
    let difference = settled - sum(planned().filter(|part| !part.counts));
    Row { plan, actual, forecast: plan + difference, difference }
}

/// Makes the shares of months.
struct Maker<'f> {
    facts: &'f Facts,
    /// The first day of the last month that has ended.
    ended: Option<NaiveDate>,
    /// The first day of the last month that was billed, by cost line; of none for all of them.
    closed: BTreeMap<Option<&'f str>, NaiveDate>,
    /// The currencies without a rate, with the last day of the first month that needs one.
    lacking: BTreeMap<Currency, NaiveDate>,
}

impl Maker<'_> {
    fn has_ended(&self, first: NaiveDate) -> bool {
        self.ended.is_some_and(|ended| first <= ended)
    }

    /// Whether a line was billed for the month that begins on `first`, or for a later one.
    fn is_billed(&self, code: &str, first: NaiveDate) -> bool {
        let mut until = [Some(code), None].into_iter().filter_map(|line| self.closed.get(&line));
        until.any(|until| first <= *until)
    }

    fn parts(&mut self, first: NaiveDate) -> Vec<Part> {
        let facts = self.facts;
        let mut parts = Vec::new();
        for item in &facts.items {
            let minor = item.of_month(first);
            if minor != 0 {
                let next = add_months(first, 1).unwrap_or(first);
                let (until, before) = (item.accrued(next), item.accrued(first));
                let part = Part {
                    share: Share::Accrued { amount: item.amount, cycle: item.cycle, until, before },
                    layer: item.layer,
                    kind: Some(item.kind),
                    is_billed: item.is_billed,
                    counts: !(item.is_billed && self.has_ended(first) && self.is_billed(&item.code, first)),
                    ..blank(Of::Plan, &item.code, &item.name, minor, item.amount.currency)
                };
                parts.push(self.converted(part, first));
            }
        }
        for bill in &facts.bills {
            let Ok(nth) = u32::try_from(months_apart(bill.months.first, first)) else { continue };
            let minor = bill.of_month(nth);
            if minor != 0 {
                let of = bill.months.count;
                let part = Part {
                    share: Share::Piece { amount: bill.amount, nth: nth + 1, of },
                    layer: Some(bill.layer),
                    kind: bill.kind,
                    counts: self.has_ended(first),
                    ..blank(Of::Actual, &bill.code, &bill.name, minor, bill.amount.currency)
                };
                parts.push(self.converted(part, first));
            }
        }
        for other in facts.others.iter().filter(|other| first_of(other.on) == first && other.minor != 0) {
            let part = Part {
                layer: Some(other.layer),
                ..blank(Of::Beside, &other.code, &other.name, other.minor, other.currency)
            };
            parts.push(self.converted(part, first));
        }
        parts
    }

    fn converted(&mut self, part: Part, first: NaiveDate) -> Part {
        let (facts, day) = (self.facts, last_day(first));
        let mut into = |to: Currency| match facts.rates.convert(part.minor, part.currency, to, day) {
            Ok(minor) => Some(minor),
            Err(lacking) => {
                self.lacking.entry(lacking).or_insert(day);
                None
            }
        };
        let (own, base) = (into(facts.own), into(facts.rates.base()));
        Part { own, base, ..part }
    }
}

fn blank(of: Of, code: &str, name: &str, minor: i128, currency: Currency) -> Part {
    Part {
        of,
        code: code.to_owned(),
        name: name.to_owned(),
        layer: None,
        kind: None,
        is_billed: true,
        counts: true,
        share: Share::Whole,
        minor,
        currency,
        own: None,
        base: None,
    }
}

/// The first days of the months that anything falls into, and whether there are too many.
fn months_of(facts: &Facts) -> (Vec<NaiveDate>, Vec<Gap>) {
    let items = facts.items.iter().filter(|item| item.from <= item.to);
    let starts = facts.starts.into_iter().chain(items.clone().map(|item| item.from));
    let begins = starts.chain(facts.bills.iter().map(|bill| bill.months.first));
    let begins = begins.chain(facts.others.iter().map(|other| other.on)).min();
    let ends = facts.ends.into_iter().chain(items.map(|item| item.to));
    let ends = ends.chain(facts.bills.iter().map(|bill| bill.months.last()));
    let ends = ends.chain(facts.others.iter().map(|other| other.on)).max();
    let Some((begins, ends)) = begins.zip(ends) else { return (Vec::new(), Vec::new()) };
    let (first, count) = (first_of(begins), months_apart(begins, ends) + 1);
    let most = i64::from(limits::BOOK_MONTHS);
    let months: Vec<NaiveDate> = (0..count.min(most)).filter_map(|nth| add_months(first, nth)).collect();
    let too_long = months.last().filter(|_| count > most).map(|last| Gap::TooLong { last: last_day(*last) });
    (months, too_long.into_iter().collect())
}

/// The first day of the last month that was billed, by the code of the cost line; credit notes bill nothing.
fn closed(facts: &Facts) -> BTreeMap<Option<&str>, NaiveDate> {
    let mut closed = BTreeMap::new();
    for bill in facts.bills.iter().filter(|bill| bill.amount.minor >= 0) {
        let last = first_of(bill.months.last());
        let until = closed.entry(bill.line.as_deref()).or_insert(last);
        *until = last.max(*until);
    }
    closed
}

/// Whether the in-house baseline is told for all of the term.
fn covers(facts: &Facts) -> bool {
    let items = || facts.items.iter().filter(|item| item.layer.is_none());
    // What is told once is told for all of it, unless some of it is told by the month.
    let mut again: Vec<(NaiveDate, NaiveDate)> =
        items().filter(|item| item.cycle.months().is_some()).map(|item| (item.from, item.to)).collect();
    if again.is_empty() {
        return items().next().is_some();
    }
    again.sort_unstable();
    let begins = facts.starts.is_none_or(|starts| again.first().is_some_and(|(from, _)| *from <= starts));
    let reached = again.iter().try_fold(None, |reached: Option<NaiveDate>, (from, to)| match reached {
        Some(day) if day.succ_opt().is_some_and(|next| *from > next) => None,
        other => Some(Some(other.map_or(*to, |day| day.max(*to)))),
    });
    begins && reached.flatten().is_some_and(|day| facts.ends.is_none_or(|ends| ends <= day))
}

fn first_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

/// The last day of the month that begins on `first`.
#[must_use]
pub fn last_day(first: NaiveDate) -> NaiveDate {
    add_months(first, 1).and_then(|next| next.pred_opt()).unwrap_or(first)
}
