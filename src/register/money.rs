//! The money of a contract, as data: its book, what is open of its invoices, and what was left out of
//! either, in words.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::action::Side;
use crate::domain::contract::{self, NoticePolicy};
use crate::domain::cost::{
    Bill, Book, Facts, FeeKind, FeeModel, Gap, InvoiceState, Item, Layer, Months, Other, Rate, Rates,
    Standing, TcoLayer,
};
use crate::domain::delivery::{BreachState, ChangeState};
use crate::domain::list::ClosedList;
use crate::domain::money::{Currency, Money};
use crate::domain::period::{FiscalStart, Period, PeriodKind};
use crate::entity::{Breach, ChangeRequest, Contract, CostLine, Invoice, Kind, Record, Value, show, typed};
use crate::texts::{Lang, Sentence, Text, text};

pub mod words;

#[cfg(test)]
mod tests;

/// What is read of the register for the money of one contract.
#[derive(Debug, Clone, PartialEq)]
pub struct Material {
    /// The contract.
    pub contract: Record,
    /// Its cost lines, invoices, change requests and breaches that are not put away.
    pub parts: Vec<Record>,
    /// The exchange rates, the last given of a day last.
    pub rates: Vec<Rate>,
    /// The base currency of the register.
    pub base: Currency,
    /// The month its fiscal year begins with.
    pub fiscal: FiscalStart,
    /// The civil date.
    pub today: NaiveDate,
}

/// The money of one contract.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// The code of the contract.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// The civil date.
    pub today: NaiveDate,
    /// The first and the last day of the term, where they are known.
    pub term: (Option<NaiveDate>, Option<NaiveDate>),
    /// Plan, actual, forecast and total cost.
    pub book: Book,
    /// The rates it was worked out with.
    pub rates: Rates,
    /// How its invoices stand, by currency.
    pub invoices: Vec<Payable>,
    /// What was left out, and what is to be known beside the figures.
    pub notes: Vec<Sentence>,
}

/// How the invoices in one currency stand, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payable {
    /// The currency.
    pub currency: Currency,
    /// What was billed.
    pub billed: i128,
    /// What was paid.
    pub paid: i128,
    /// What is to be paid yet.
    pub open: i128,
    /// What of it was to be paid by yesterday.
    pub overdue: i128,
    /// What of it is disputed.
    pub disputed: i128,
}

impl Account {
    /// What is said above the figures: the term, up to when bills are in, the currencies.
    #[must_use]
    pub fn heading(&self) -> Vec<Sentence> {
        let (from, to) = self.term;
        let term =
            from.zip(to).map(|(from, to)| Sentence::from(words::TERM).with("from", from).with("to", to));
        let closed = self.book.closed_on().map(|day| Sentence::from(words::CLOSED).with("day", day));
        let (own, base) = (self.book.own, self.book.base);
        let says = if own == base { words::CURRENCY } else { words::CURRENCIES };
        let currencies = Sentence::from(says).with("own", own).with("base", base);
        term.into_iter().chain(closed).chain([currencies]).collect()
    }

    /// The saving in words, or why none is told.
    #[must_use]
    pub fn saving(&self, lang: Lang) -> String {
        match (self.book.saving, self.book.baseline) {
            (Some(points), _) => show::full(&Value::Weight(points), lang),
            (None, None) => words::NO_BASELINE.in_(lang).to_owned(),
            (None, Some(_)) => words::NOT_WHOLE.in_(lang).to_owned(),
        }
    }
}

/// Works out the money of a contract; `None` for other kinds of record.
#[must_use]
pub fn account(material: &Material) -> Option<Account> {
    let contract = typed::<Contract>(&material.contract.values)
        .ok()
        .filter(|_| material.contract.at.kind == Kind::Contract)?;
    let (ends, why) = end_of(&contract, material.today);
    let mut gatherer = Gatherer {
        material,
        term: (contract.starts_on, ends),
        facts: Facts {
            today: material.today,
            own: own_currency(&contract, material),
            starts: contract.starts_on,
            ends,
            items: Vec::new(),
            bills: Vec::new(),
            others: Vec::new(),
            rates: Rates::new(material.base, material.rates.iter().copied()),
        },
        payables: BTreeMap::new(),
        notes: why.into_iter().collect(),
    };
    gatherer.gather();
    let Gatherer { facts, payables, mut notes, term, .. } = gatherer;
    let book = Book::of(&facts);
    notes.extend(book.gaps.iter().map(|gap| gap_sentence(*gap, facts.rates.base())));
    if crosses_renewal(&contract, &facts) {
        notes.push(RISES.into());
    }
    Some(Account {
        code: material.contract.code.clone(),
        name: material.contract.label(),
        today: material.today,
        term,
        book,
        rates: facts.rates,
        invoices: payables.into_values().collect(),
        notes,
    })
}

/// The last day that is reckoned with, and what is to be said of it.
fn end_of(contract: &Contract, today: NaiveDate) -> (Option<NaiveDate>, Option<Sentence>) {
    let dates = contract::dates(&contract.terms(), contract.working_days(), today, NoticePolicy::default());
    match (dates.last_day, dates.earliest_end.and_then(|end| end.pred_opt())) {
        (Some(last), _) => (Some(last), None),
        (None, Some(last)) => (Some(last), Some(Sentence::from(OPEN_ENDED).with("day", last))),
        (None, None) => (None, Some(NO_END.into())),
    }
}

/// The currency of a contract: of its value, else of its first cost line, its first invoice, the register.
fn own_currency(contract: &Contract, material: &Material) -> Currency {
    let of_kind = |kind: Kind| material.parts.iter().find(move |part| part.at.kind == kind);
    let amount = |record: &Record| match record.get("amount") {
        Value::Money(money) => Some(money.currency),
        _ => None,
    };
    let value = contract.value.map(|value| value.currency);
    let line = || of_kind(Kind::CostLine).and_then(amount);
    let invoice = || of_kind(Kind::Invoice).and_then(amount);
    value.or_else(line).or_else(invoice).unwrap_or(material.base)
}

/// Whether a fee is planned as entered beyond a renewal with which the contract rises.
fn crosses_renewal(contract: &Contract, facts: &Facts) -> bool {
    let terms = contract.terms();
    let rises = contract.uplift.is_some_and(|uplift| uplift.0 != 0) || !contract.uplift_index.is_empty();
    let first = terms.starts_on.zip(contract::initial_term(&terms, contract.working_days()));
    let end = first.and_then(|(start, term)| contract.working_days().after(start, term));
    let crosses = |item: &Item| {
        let is_fee = item.layer == Some(TcoLayer::Fee) && item.cycle.months().is_some();
        is_fee && end.is_some_and(|end| item.from < end && item.to >= end)
    };
    rises && facts.items.iter().any(crosses)
}

/// Makes the facts of a book from records.
struct Gatherer<'m> {
    material: &'m Material,
    term: (Option<NaiveDate>, Option<NaiveDate>),
    facts: Facts,
    payables: BTreeMap<Currency, Payable>,
    notes: Vec<Sentence>,
}

impl Gatherer<'_> {
    fn gather(&mut self) {
        for record in &self.material.parts {
            match record.at.kind {
                Kind::CostLine => self.line(record),
                Kind::Invoice => self.invoice(record),
                Kind::ChangeRequest => self.change(record),
                Kind::Breach => self.breach(record),
                _ => {}
            }
        }
    }

    fn left_out(&mut self, record: &Record, why: Text) {
        self.notes.push(Sentence::from(why).with("code", &record.code).with("name", record.label()));
    }

    fn line(&mut self, record: &Record) {
        let Ok(line) = typed::<CostLine>(&record.values) else { return };
        let (Some(amount), Some(layer), Some(cycle)) = (line.amount, line.layer, line.cycle) else { return };
        let amount = match line.model {
            Some(FeeModel::Fixed) | None => Some(amount),
            _ => Item::amount_of(amount, line.quantity.unwrap_or_default()),
        };
        let is_once = cycle.months().is_none();
        let (starts, ends) = self.term;
        // What is due once when one leaves is due at the end, all else that is due once at the beginning.
        let at_end = is_once && layer == Layer::Exit;
        let from = line.starts_on.or(if at_end { ends } else { starts });
        // What comes again comes for as long as the contract does, whatever was meant to follow.
        let to = match (line.ends_on, ends) {
            (Some(to), Some(ends)) => Some(to.min(ends)),
            (to, ends) => to.or(ends).or(from.filter(|_| is_once)),
        };
        let Some((from, to)) = from.zip(to) else { return self.left_out(record, NO_TIME) };
        if !is_once && to < from {
            return self.left_out(record, BEYOND);
        }
        let Some(amount) = amount else { return self.left_out(record, TOO_MUCH) };
        let is_billed = line.side.unwrap_or(layer.usual_side()) == Side::Theirs;
        self.facts.items.push(Item {
            code: record.code.clone(),
            name: record.label(),
            layer: TcoLayer::of(layer),
            kind: line.kind.unwrap_or(FeeKind::Other),
            is_billed,
            amount,
            cycle,
            from,
            // What is due once is due on its day, however the term ends.
            to: if is_once { from } else { to },
        });
    }

    fn invoice(&mut self, record: &Record) {
        let Ok(invoice) = typed::<Invoice>(&record.values) else { return };
        let Some(amount) = invoice.amount else { return };
        self.payable(record, amount);
        // What a change costs counts once: by the change, where that was decided with its cost.
        let of_change = invoice.change_request.as_ref().is_some_and(|link| self.counts_change(link.id));
        if invoice.state == Some(InvoiceState::Withdrawn) || of_change {
            return;
        }
        let months = invoice.period.map(|period| Months::of(period, self.material.fiscal));
        let Some(months) = months.or_else(|| invoice.received_on.and_then(month_of)) else {
            return self.left_out(record, NO_TIME);
        };
        let line = invoice.cost_line.as_ref().and_then(|link| {
            let same = |part: &&Record| part.at.kind == Kind::CostLine && part.at.id == link.id;
            self.material.parts.iter().find(same)
        });
        let line = line.and_then(|line| typed::<CostLine>(&line.values).ok());
        let layer = line.as_ref().and_then(|line| line.layer).and_then(TcoLayer::of);
        let kind = invoice.kind.or(line.map(|line| line.kind.unwrap_or(FeeKind::Other)));
        self.facts.bills.push(Bill {
            code: record.code.clone(),
            name: record.label(),
            line: invoice.cost_line.map(|link| link.code),
            layer: layer.unwrap_or(TcoLayer::Fee),
            kind,
            amount,
            months,
        });
    }

    fn payable(&mut self, record: &Record, amount: Money) {
        let none =
            Payable { currency: amount.currency, billed: 0, paid: 0, open: 0, overdue: 0, disputed: 0 };
        let sum = self.payables.entry(amount.currency).or_insert(none);
        let minor = |key: &str| match record.get(key) {
            Value::Money(money) => i128::from(money.minor),
            _ => 0,
        };
        let standing = Standing::from_key(record.get("standing").as_key());
        let open = minor("open");
        if standing != Some(Standing::Withdrawn) {
            sum.billed += i128::from(amount.minor);
        }
        sum.paid += minor("paid");
        sum.open += open;
        let is_late = record.get("pay_by").as_date().is_some_and(|day| day < self.material.today);
        if is_late && standing != Some(Standing::Disputed) {
            // What was paid beyond one invoice makes no other less late.
            sum.overdue += open.max(0);
        }
        if standing == Some(Standing::Disputed) {
            sum.disputed += open;
        }
    }

    /// Whether a change counts by itself.
    fn counts_change(&self, id: i64) -> bool {
        let mut changes = self.material.parts.iter().filter(|part| part.at.kind == Kind::ChangeRequest);
        let change = changes.find(|part| part.at.id == id);
        change.and_then(|part| typed::<ChangeRequest>(&part.values).ok()).is_some_and(|change| {
            let is_decided = matches!(change.state, Some(ChangeState::Approved | ChangeState::Implemented));
            is_decided && change.cost.is_some()
        })
    }

    /// A change that was decided counts with what it costs, in the month it is done.
    fn change(&mut self, record: &Record) {
        let Ok(change) = typed::<ChangeRequest>(&record.values) else { return };
        if !matches!(change.state, Some(ChangeState::Approved | ChangeState::Implemented)) {
            return;
        }
        let Some(cost) = change.cost else { return };
        let on = change.implemented_on.or(change.implement_by).or(change.decided_on).or(change.requested_on);
        self.other(record, TcoLayer::Change, i128::from(cost.minor), cost.currency, on);
    }

    /// A penalty counts once it is settled: against the cost where the vendor pays it.
    fn breach(&mut self, record: &Record) {
        let Ok(breach) = typed::<Breach>(&record.values) else { return };
        let Some(penalty) = breach.penalty.filter(|penalty| penalty.minor != 0) else { return };
        if breach.state != Some(BreachState::Closed) {
            return self.notes.push(Sentence::from(CLAIMED).with("code", &record.code));
        }
        let sign = match breach.side {
            Some(Side::Theirs) => -1,
            Some(Side::Ours) => 1,
            None => return self.left_out(record, NO_SIDE),
        };
        let on = breach.remedied_on.or(breach.found_on);
        self.other(record, TcoLayer::Penalty, sign * i128::from(penalty.minor), penalty.currency, on);
    }

    fn other(
        &mut self,
        record: &Record,
        layer: TcoLayer,
        minor: i128,
        currency: Currency,
        on: Option<NaiveDate>,
    ) {
        let (code, name) = (record.code.clone(), record.label());
        // What names no day is of today.
        let on = on.unwrap_or(self.material.today);
        self.facts.others.push(Other { code, name, layer, minor, currency, on });
    }
}

/// The month of a day.
fn month_of(day: NaiveDate) -> Option<Months> {
    let period = Period::containing(day, PeriodKind::Month, FiscalStart::JANUARY)?;
    Some(Months::of(period, FiscalStart::JANUARY))
}

fn gap_sentence(gap: Gap, base: Currency) -> Sentence {
    match gap {
        Gap::NoRate { currency, by } => {
            Sentence::from(NO_RATE).with("currency", currency).with("base", base).with("day", by)
        }
        Gap::TooLong { last } => Sentence::from(TOO_LONG).with("day", last),
        Gap::Skipped { months } => Sentence::from(SKIPPED).with("n", months),
        Gap::BaselineShort => BASELINE_SHORT.into(),
    }
}

const SKIPPED: Text = text(
    "Planned months that nothing was billed for, though later ones were: {n}. They count as nothing, and no saving is told.",
    "有计划但未开票、其后月份却已开票的月数：{n}。这些月份按零计，不计算节约率。",
);
const OPEN_ENDED: Text = text(
    "It runs until notice is given: reckoned to {day}, the end if notice were sent today.",
    "合同持续有效，直至发出通知：暂计至 {day}（今日发出通知时的终止日）。",
);
const NO_END: Text = text(
    "No end of the term is known: only lines with a last day of their own are planned.",
    "到期日未知：仅计入自有终止日的费用项。",
);
const BEYOND: Text = text(
    "{code} {name} begins after the last day of the term and is left out until the contract is renewed.",
    "{code} {name} 始于合同到期日之后，续约前不计入。",
);
const NO_TIME: Text = text(
    "{code} {name} is left out: it has no first or no last day, nor has the contract.",
    "{code} {name} 未计入：该记录与合同均缺少开始日期或终止日。",
);
const TOO_MUCH: Text = text(
    "{code} {name} is left out: its rate times its quantity is more than an amount holds.",
    "{code} {name} 未计入：单价与数量之积超出金额上限。",
);
const NO_SIDE: Text = text(
    "{code} {name} is left out: say whose duty it was, so that it is known who pays the penalty.",
    "{code} {name} 未计入：请填写责任方，以确定由谁支付违约金。",
);
const CLAIMED: Text = text(
    "The penalty of {code} is not settled; it counts once that is closed.",
    "{code} 的违约金尚未了结，了结后方计入。",
);
const NO_RATE: Text = text(
    "No rate of {currency} in {base} on or before {day}: amounts that need it are left out.",
    "{day} 及之前没有 {currency} 兑 {base} 的汇率：相应金额未计入。",
);
const TOO_LONG: Text =
    text("Worked out up to {day}; what lies behind is left out.", "仅计算至 {day}，其后未计入。");
const BASELINE_SHORT: Text = text(
    "The in-house baseline does not cover the whole term, so no saving is told.",
    "自营基准未覆盖整个期限，故不计算节约率。",
);
const RISES: Text = text(
    "The contract rises when it renews; fees are planned as entered. Enter a line for the renewed term.",
    "合同续约时涨价；费用按录入值计划，请为续约期另设费用项。",
);
