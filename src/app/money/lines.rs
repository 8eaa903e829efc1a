//! The money of a contract as lines: headings, figures in columns, and sentences.

use crate::app::mask::MASK;
use crate::domain::cost::{Figures, Month, Of, Part, Row, Share, last_day};
use crate::domain::list::ClosedList;
use crate::domain::money::{Currency, Money};
use crate::register::money::{Account, words};
use crate::texts::{Lang, Sentence, Text, text};

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// What the figures below it are, each at its column.
    Heading(String, Vec<String>),
    /// What it is, and its figures.
    Figures(String, Vec<String>),
    /// The same of what sums others up.
    Sum(String, Vec<String>),
    /// A sentence below a line, in the colour of a label.
    Below(String),
    /// A sentence that wants a look.
    Note(String),
    /// Nothing.
    Blank,
}

/// Writes figures, or hides them.
struct Writer<'a> {
    account: &'a Account,
    is_hidden: bool,
    lang: Lang,
}

impl Writer<'_> {
    fn digits(&self, minor: i128, currency: Currency) -> String {
        if self.is_hidden { MASK.to_owned() } else { Money::grouped(minor, currency) }
    }

    /// In the currency of the contract, and in that of the register where it is another.
    fn both(&self, figures: Figures) -> Vec<String> {
        let book = &self.account.book;
        let mut cells = vec![self.digits(figures.own, book.own)];
        if book.own != book.base {
            cells.push(self.digits(figures.base, book.base));
        }
        cells
    }

    fn currencies(&self) -> Vec<String> {
        let book = &self.account.book;
        let mut cells = vec![book.own.code().to_owned()];
        if book.own != book.base {
            cells.push(book.base.code().to_owned());
        }
        cells
    }

    fn say(&self, text: Text) -> String {
        text.in_(self.lang).to_owned()
    }
}

/// Total cost by layer, saving, kinds of fee, invoices, and what is to be known.
#[must_use]
pub fn costs(account: &Account, is_hidden: bool, lang: Lang) -> Vec<Line> {
    let writer = Writer { account, is_hidden, lang };
    let book = &account.book;
    let mut lines = vec![Line::Heading(writer.say(words::TCO), writer.currencies())];
    for sum in &book.layers {
        lines.push(Line::Figures(writer.say(sum.layer.label()), writer.both(sum.figures)));
    }
    lines.push(Line::Sum(writer.say(words::TOTAL), writer.both(book.tco)));
    if let Some(baseline) = book.baseline {
        lines.push(Line::Figures(writer.say(words::BASELINE), writer.both(baseline)));
    }
    match book.saving {
        Some(_) => lines.push(Line::Sum(writer.say(words::SAVING), vec![account.saving(lang)])),
        None => {
            let title = writer.say(words::SAVING);
            lines.extend([Line::Sum(title, Vec::new()), Line::Below(account.saving(lang))]);
        }
    }
    if !book.kinds.is_empty() {
        // An invoice that names no kind settles the plan of all of them: then none has a forecast of its own.
        let columns = if book.has_forecast_by_kind() { 4 } else { 2 };
        let titles = [words::PLAN, words::ACTUAL, words::DIFFERENCE, words::FORECAST];
        let heads = titles.iter().take(columns).map(|title| writer.say(*title)).collect();
        let title = format!("{}, {}", writer.say(words::KIND), book.own);
        lines.extend([Line::Blank, Line::Heading(title, heads)]);
        for sum in &book.kinds {
            let label = sum.kind.map_or(words::SEVERAL_KINDS, ClosedList::label);
            lines.push(Line::Figures(writer.say(label), of_row(&writer, sum.row, columns)));
        }
        lines.push(Line::Sum(writer.say(words::TOTAL), of_row(&writer, book.total, columns)));
    }
    if !account.invoices.is_empty() {
        let titles = [words::BILLED, words::PAID, words::OPEN, words::OVERDUE, words::DISPUTED];
        let heads = titles.map(|title| writer.say(title)).to_vec();
        lines.extend([Line::Blank, Line::Heading(writer.say(words::INVOICES), heads)]);
        for sum in &account.invoices {
            let figures = [sum.billed, sum.paid, sum.open, sum.overdue, sum.disputed];
            let cells = figures.map(|minor| writer.digits(minor, sum.currency)).to_vec();
            lines.push(Line::Figures(sum.currency.code().to_owned(), cells));
        }
    }
    if !account.notes.is_empty() {
        lines.push(Line::Blank);
        lines.extend(account.notes.iter().map(|note| Line::Note(note.in_(lang))));
    }
    lines
}

fn of_row(writer: &Writer, row: Row, columns: usize) -> Vec<String> {
    let own = writer.account.book.own;
    let figures = [row.plan, row.actual, row.difference, row.forecast];
    figures.iter().take(columns).map(|figures| writer.digits(figures.own, own)).collect()
}

/// Shares of a month that are told together: what they are, and which.
type Group = (Text, fn(&Part) -> bool);

/// How one month comes about: its figures, the share of each record, the rates, the rules.
#[must_use]
pub fn how(account: &Account, month: usize, is_hidden: bool, lang: Lang) -> Vec<Line> {
    let writer = Writer { account, is_hidden, lang };
    let book = &account.book;
    let Some(month) = book.months.get(month) else { return Vec::new() };
    let row = month.row;
    let mut lines = vec![Line::Heading(month.first.format("%Y-%m").to_string(), writer.currencies())];
    let sums = [
        (words::PLAN, row.plan),
        (words::ACTUAL, row.actual),
        (words::DIFFERENCE, row.difference),
        (words::FORECAST, row.forecast),
        (words::CUMULATIVE, month.cumulative),
    ];
    lines.extend(sums.map(|(title, figures)| Line::Figures(writer.say(title), writer.both(figures))));
    lines.push(Line::Below(said(state_of(account, month), lang)));
    let groups: [Group; 4] = [
        (words::PLAN, Part::is_planned),
        (words::ACTUAL, |part| part.of == Of::Actual),
        (BESIDE, |part| part.of == Of::Beside),
        (OWN_EFFORT, |part| part.of == Of::Plan && !part.is_planned()),
    ];
    for (title, is_of_it) in groups {
        let mut parts = month.parts.iter().filter(|part| is_of_it(part)).peekable();
        if parts.peek().is_none() {
            continue;
        }
        lines.extend([Line::Blank, Line::Heading(writer.say(title), writer.currencies())]);
        for part in parts {
            lines.push(Line::Figures(format!("{} {}", part.code, part.name), of_part(&writer, part)));
            lines.extend(share(&writer, part).map(Line::Below));
        }
    }
    lines.extend(rates(&writer, month));
    lines
}

/// Its figures; where there is no rate, nothing.
fn of_part(writer: &Writer, part: &Part) -> Vec<String> {
    let book = &writer.account.book;
    let shown = |minor: Option<i128>, currency| {
        minor.map_or_else(String::new, |minor| writer.digits(minor, currency))
    };
    let mut cells = vec![shown(part.own, book.own)];
    if book.own != book.base {
        cells.push(shown(part.base, book.base));
    }
    cells
}

/// What the figures of a month are, by what was billed of it.
fn state_of(account: &Account, month: &Month) -> Text {
    let has_ended = last_day(month.first) < account.today;
    match (month.is_closed, has_ended) {
        (true, _) => IS_CLOSED,
        (false, true) => IS_NOT_BILLED,
        (false, false) => IS_TO_COME,
    }
}

/// How the share of a record comes about.
fn share(writer: &Writer, part: &Part) -> Option<String> {
    let amount = |minor: i128| format!("{} {}", part.currency, writer.digits(minor, part.currency));
    let says = match part.share {
        Share::Accrued { amount: of, cycle, .. } if cycle.months().is_none() => {
            Sentence::from(ONCE).with("amount", amount(of.minor.into()))
        }
        Share::Accrued { amount: of, cycle, until, before } => Sentence::from(ACCRUED)
            .with("amount", amount(of.minor.into()))
            .with_word("cycle", cycle.label())
            .with("until", writer.digits(until, part.currency))
            .with("before", writer.digits(before, part.currency))
            .with("share", writer.digits(part.minor, part.currency)),
        Share::Piece { amount: of, nth, of: count } if count > 1 => Sentence::from(PIECE)
            .with("nth", nth)
            .with("count", count)
            .with("amount", amount(of.minor.into()))
            .with("share", writer.digits(part.minor, part.currency)),
        Share::Piece { .. } | Share::Whole if part.currency == writer.account.book.own => return None,
        Share::Piece { .. } | Share::Whole => Sentence::from(WHOLE).with("amount", amount(part.minor)),
    };
    Some(said(says, writer.lang))
}

/// The rates of the month, and by which rule they are applied.
fn rates(writer: &Writer, month: &Month) -> Vec<Line> {
    let account = writer.account;
    let (own, base, day) = (account.book.own, account.book.base, last_day(month.first));
    let mut currencies: Vec<Currency> = month.parts.iter().map(|part| part.currency).chain([own]).collect();
    currencies.sort_unstable();
    currencies.dedup();
    currencies.retain(|currency| *currency != base);
    if currencies.is_empty() || currencies == [own] && month.parts.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![Line::Blank, Line::Heading(writer.say(RATES), Vec::new())];
    for currency in currencies {
        let says = match account.rates.on(currency, day) {
            Some(rate) => Sentence::from(RATE)
                .with("units", rate.units)
                .with("currency", currency)
                .with("worth", rate.worth)
                .with("base", base)
                .with("day", rate.on),
            None => Sentence::from(NO_RATE).with("currency", currency).with("day", day),
        };
        lines.push(Line::Below(said(says, writer.lang)));
    }
    lines.push(Line::Below(said(Sentence::from(CONVERTED).with("day", day), writer.lang)));
    lines
}

fn said(sentence: impl Into<Sentence>, lang: Lang) -> String {
    sentence.into().in_(lang)
}

const BESIDE: Text = text("Changes and penalties", "变更与违约金");
const OWN_EFFORT: Text = text("Own effort and in-house baseline", "自行投入与自营基准");
const RATES: Text = text("Exchange rates", "汇率");
const IS_CLOSED: Text =
    text("It has ended and was billed: the forecast is the actual.", "本月已结束且已开票：预测即实际。");
const IS_NOT_BILLED: Text = text(
    "It has ended and not all of it is billed: the forecast is the bills there are, and the plan of the rest.",
    "本月已结束但未全部开票：预测为已开票金额加其余部分的计划。",
);
const IS_TO_COME: Text = text("It has not ended: the forecast is the plan.", "本月尚未结束：预测即计划。");
const ONCE: Text = text("{amount} once", "{amount}，一次性");
const ACCRUED: Text = text(
    "{cycle} {amount}: {until} accrued by the end of the month, less {before} by its beginning = {share}",
    "{cycle} {amount}：月末累计 {until}，减月初累计 {before} = {share}",
);
const PIECE: Text = text(
    "month {nth} of {count} of {amount} = {share}",
    "{amount} 的第 {nth} 个月，共 {count} 个月 = {share}",
);
const WHOLE: Text = text("{amount}", "{amount}");
const RATE: Text = text(
    "{units} {currency} = {worth} {base} from {day} on",
    "{units} {currency} = {worth} {base}，自 {day} 起",
);
const NO_RATE: Text = text("no rate of {currency} on or before {day}", "{day} 及之前没有 {currency} 的汇率");
const CONVERTED: Text = text(
    "Each share is converted by the last rates on or before {day} and rounded once, half away from zero.",
    "每笔金额按 {day} 及之前最近的汇率折算，四舍五入一次。",
);
