//! What is asked of a column, from what was typed behind its name.
//!
//! Bounds are counted in the smallest unit a column holds, so a bound that is not included is the
//! next one that is. A bare amount is held against the number whatever its currency, as a list is
//! ordered; one with a currency only against amounts of that currency.

use chrono::{Days, NaiveDate};

use crate::domain::calendar::Calendar;
use crate::domain::day::{Span, SpanUnit, is_year, parse_date};
use crate::domain::decimal::Decimal4;
use crate::domain::list::Choice;
use crate::domain::money::{Currency, Money, MoneyRules};
use crate::domain::period::{FiscalStart, Period, PeriodKind};
use crate::domain::risk::Cell;
use crate::entity::input::{self, Reading};
use crate::entity::{Head, Kind, Shape};
use crate::texts::{Sentence, Text, text};

/// What is asked of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// It is blank.
    Blank,
    /// It is one of the words at these places of its list, or holds one of them.
    OneOf(Vec<usize>),
    /// It is yes, or no.
    Is(bool),
    /// Its text holds this text, whatever the case and the width.
    Text(String),
    /// One of its words is one of these, whatever the case and the width.
    Words(Vec<String>),
    /// It is the record with this number.
    Linked(i64),
    /// It is a record that is found by these words.
    Named(String),
    /// It lies between two bounds, both included.
    Between(Between),
}

/// Two bounds, both included; `None` where there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Between {
    /// Of numbers: whole ones as they are, scores in hundredths, shares in basis points, decimals in
    /// ten-thousandths, cells of the risk matrix by their product, lengths of time in fifths of a
    /// day (a month counts 30 days, five business days seven).
    Numbers(Option<i64>, Option<i64>),
    /// Of days.
    Days(Option<NaiveDate>, Option<NaiveDate>),
    /// Of amounts in ten-thousandths of a unit of money.
    Amounts {
        /// The least.
        low: Option<i64>,
        /// The greatest.
        high: Option<i64>,
        /// Of this currency alone.
        currency: Option<Currency>,
    },
}

/// What was typed behind the name of a column.
#[derive(Debug, Clone, Copy)]
pub(super) enum Given<'t> {
    /// In quotes: `none` is a word like another.
    Quoted(&'t str),
    /// As it is.
    Plain(&'t str),
}

/// A sign of comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Operator {
    const SIGNS: &'static [(&'static str, Self)] = &[
        ("<=", Self::LessOrEqual),
        (">=", Self::GreaterOrEqual),
        ("≤", Self::LessOrEqual),
        ("≥", Self::GreaterOrEqual),
        ("<", Self::Less),
        (">", Self::Greater),
    ];

    /// Whether a sign begins with this character.
    pub(super) fn begins(c: char) -> bool {
        Self::SIGNS.iter().any(|(sign, _)| sign.starts_with(c))
    }

    /// The sign a text begins with, and the rest.
    fn split(typed: &str) -> Option<(Self, &str)> {
        Self::SIGNS.iter().find_map(|(sign, operator)| Some((*operator, typed.strip_prefix(sign)?.trim())))
    }
}

/// The bounds that were typed.
enum Bounds<'t> {
    At(&'t str),
    Beside(Operator, &'t str),
    From(Option<&'t str>, Option<&'t str>),
}

impl<'t> Bounds<'t> {
    fn of(typed: &'t str) -> Self {
        if let Some((operator, rest)) = Operator::split(typed) {
            return Self::Beside(operator, rest);
        }
        match typed.split_once("..").or_else(|| typed.split_once('~')) {
            Some((low, high)) => {
                let end = |text: &'t str| Some(text.trim()).filter(|text| !text.is_empty());
                Self::From(end(low), end(high))
            }
            None => Self::At(typed.strip_prefix('=').unwrap_or(typed).trim()),
        }
    }

    fn is_plain(&self) -> bool {
        matches!(self, Self::At(_))
    }
}

/// The list of a column of one or of several words.
pub(super) const fn list_of(shape: Shape) -> Option<&'static [Choice]> {
    match shape {
        Shape::Choice(list) | Shape::Choices(list) => Some(list),
        _ => None,
    }
}

/// Whether a word asks for the blanks.
pub(super) fn is_none(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "none" | "无" | "空" | "-")
}

/// What is asked of a column that was called by `name`.
///
/// # Errors
/// The sentence that names it so and says what is taken.
pub(super) fn test(head: &Head, name: &str, given: Given<'_>, reading: &Reading) -> Result<Test, Sentence> {
    let typed = match given {
        Given::Quoted(text) | Given::Plain(text) => text.trim(),
    };
    let is_plain = matches!(given, Given::Plain(_));
    // A list may have a word for none of its own, which then is meant; `-` is blank everywhere.
    let own = list_of(head.shape).is_some_and(|list| typed != "-" && input::find(list, typed).is_some());
    if is_plain && !own && is_none(typed) {
        return Ok(Test::Blank);
    }
    // In quotes a text is taken as it is; an amount needs them for its blank.
    let is_text = matches!(head.shape, Shape::Line | Shape::Long | Shape::List | Shape::Link(_));
    let bounds = if is_plain || !is_text { Bounds::of(typed) } else { Bounds::At(typed) };
    let read = match head.shape {
        Shape::Choice(list) => of_list(list, &bounds),
        Shape::Choices(list) if bounds.is_plain() => several(list, typed).map(Test::OneOf),
        Shape::Line | Shape::Long if bounds.is_plain() || !starts_with_sign(typed) => {
            Ok(Test::Text(typed.to_owned()))
        }
        Shape::List if bounds.is_plain() => Ok(Test::Words(input::split_words(typed))),
        Shape::Bool if bounds.is_plain() => {
            input::yes_or_no(typed).map(Test::Is).ok_or_else(|| input::YES_OR_NO.into())
        }
        Shape::Link(kind) if bounds.is_plain() || !starts_with_sign(typed) => Ok(linked(kind, typed)),
        Shape::Line | Shape::Long | Shape::List | Shape::Bool | Shape::Choices(_) | Shape::Link(_) => {
            Err(NO_ORDER.into())
        }
        Shape::Date | Shape::Period => days(&bounds, reading.today).map(Test::Between),
        Shape::Money => amounts(&bounds, &reading.money).map(Test::Between),
        shape => numbers(&bounds, shape).map(Test::Between),
    };
    read.map_err(|says| Sentence::from(OF).with("name", name).with_sentence("says", says))
}

fn starts_with_sign(typed: &str) -> bool {
    typed.chars().next().is_some_and(Operator::begins)
}

fn linked(kind: Kind, typed: &str) -> Test {
    let number = Kind::from_code(typed).filter(|of| *of == kind).and_then(|_| typed.split_once('-'));
    let number = number.and_then(|(_, number)| number.parse().ok());
    number.map_or_else(|| Test::Named(typed.to_owned()), Test::Linked)
}

/// The places of the words that were typed; of those that begin so where none is so called.
fn several(list: &'static [Choice], typed: &str) -> Result<Vec<usize>, Sentence> {
    let mut places = Vec::new();
    for word in input::split_words(typed) {
        let begun = begun(list, &word);
        if begun.is_empty() {
            return Err(input::not_in(list, &word));
        }
        places.extend(begun);
    }
    places.sort_unstable();
    places.dedup();
    Ok(places)
}

/// The places of the word called so, else of those that begin so.
pub(super) fn begun(list: &'static [Choice], word: &str) -> Vec<usize> {
    if let Some(found) = input::find(list, word) {
        return list.iter().position(|choice| choice.key == found.key).into_iter().collect();
    }
    let word = word.to_lowercase();
    let key = word.replace([' ', '-'], "_");
    let begins = |choice: &Choice| {
        choice.key.starts_with(&key)
            || choice.label.en.to_lowercase().starts_with(&word)
            || choice.label.zh.starts_with(&word)
    };
    list.iter().enumerate().filter(|(_, choice)| begins(choice)).map(|(at, _)| at).collect()
}

/// Words of a list; before, behind or between two of them in its order.
fn of_list(list: &'static [Choice], bounds: &Bounds<'_>) -> Result<Test, Sentence> {
    let one = |word: &str| {
        let places = begun(list, word);
        let first = places.first().copied().ok_or_else(|| input::not_in(list, word))?;
        Ok::<_, Sentence>((first, places.last().copied().unwrap_or(first)))
    };
    let places = match bounds {
        Bounds::At(words) => return several(list, words).map(Test::OneOf),
        Bounds::Beside(Operator::Less, word) => 0..one(word)?.0,
        Bounds::Beside(Operator::LessOrEqual, word) => 0..one(word)?.1 + 1,
        Bounds::Beside(Operator::Greater, word) => one(word)?.1 + 1..list.len(),
        Bounds::Beside(Operator::GreaterOrEqual, word) => one(word)?.0..list.len(),
        Bounds::From(low, high) => {
            let low = low.map_or(Ok(0), |word| one(word).map(|(first, _)| first))?;
            let high = high.map_or(Ok(list.len()), |word| one(word).map(|(_, last)| last + 1))?;
            low..high
        }
    };
    if places.is_empty() {
        return Err(EMPTY.into());
    }
    Ok(Test::OneOf(places.collect()))
}

/// The bounds in the order of numbers, where each text names a stretch from its first to its last.
fn between<T: Copy + Ord>(
    bounds: &Bounds<'_>,
    stretch: impl Fn(&str) -> Result<(T, T), Sentence>,
    before: impl Fn(T) -> Option<T>,
    after: impl Fn(T) -> Option<T>,
) -> Result<(Option<T>, Option<T>), Sentence> {
    let (low, high) = match bounds {
        Bounds::At(word) => stretch(word).map(|(first, last)| (Some(first), Some(last)))?,
        Bounds::Beside(Operator::Less, word) => (None, before(stretch(word)?.0)),
        Bounds::Beside(Operator::LessOrEqual, word) => (None, Some(stretch(word)?.1)),
        Bounds::Beside(Operator::Greater, word) => (after(stretch(word)?.1), None),
        Bounds::Beside(Operator::GreaterOrEqual, word) => (Some(stretch(word)?.0), None),
        Bounds::From(None, None) => return Err(EMPTY.into()),
        Bounds::From(low, high) => (
            low.map(|word| stretch(word).map(|(first, _)| first)).transpose()?,
            high.map(|word| stretch(word).map(|(_, last)| last)).transpose()?,
        ),
    };
    if low.zip(high).is_some_and(|(low, high)| low > high) {
        return Err(EMPTY.into());
    }
    Ok((low, high))
}

fn numbers(bounds: &Bounds<'_>, shape: Shape) -> Result<Between, Sentence> {
    let stretch = |word: &str| {
        let number = number(word, shape).ok_or_else(|| Sentence::from(NUMBER).with("input", word))?;
        Ok((number, number))
    };
    let (low, high) = between(bounds, stretch, |n: i64| n.checked_sub(1), |n: i64| n.checked_add(1))?;
    Ok(Between::Numbers(low, high))
}

/// A number in the unit of a column of this shape.
fn number(word: &str, shape: Shape) -> Option<i64> {
    let hundredths = |word: &str| {
        let scaled = word.parse::<Decimal4>().ok()?.0;
        (scaled % 100 == 0).then_some(scaled / 100)
    };
    match shape {
        Shape::Points => hundredths(word),
        Shape::Weight => hundredths(word.strip_suffix('%').unwrap_or(word).trim()),
        Shape::Decimal => word.parse::<Decimal4>().ok().map(|n| n.0),
        Shape::Cell => match word.parse::<Cell>() {
            Ok(cell) => Some(i64::from(cell.product())),
            Err(_) => word.parse().ok(),
        },
        Shape::Span => word.parse::<Span>().ok().map(fifths),
        _ => word.parse().ok(),
    }
}

/// A length of time in fifths of a day.
#[must_use]
const fn fifths(span: Span) -> i64 {
    let each = match span.unit {
        SpanUnit::Day => 5,
        SpanUnit::BusinessDay => 7,
        SpanUnit::Month => 150,
    };
    span.n as i64 * each
}

fn days(bounds: &Bounds<'_>, today: NaiveDate) -> Result<Between, Sentence> {
    // A length of time alone is the stretch between today and then: `<90d` is within 90 days.
    let then = |word: &str| ahead(word, today);
    let (low, high) = match bounds {
        Bounds::At(word) if let Some(day) = then(word) => (Some(day.min(today)), Some(day.max(today))),
        Bounds::Beside(Operator::Less | Operator::LessOrEqual, word)
            if let Some(day) = then(word).filter(|day| *day >= today) =>
        {
            (Some(today), Some(day))
        }
        _ => {
            let back = |day: NaiveDate| day.checked_sub_days(Days::new(1));
            let on = |day: NaiveDate| day.checked_add_days(Days::new(1));
            between(bounds, |word| stretch_of_days(word, today), back, on)?
        }
    };
    Ok(Between::Days(low, high))
}

/// The day that lies a length of time ahead, or behind where a minus stands before it.
fn ahead(word: &str, today: NaiveDate) -> Option<NaiveDate> {
    let (is_back, length) = match word.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, word),
    };
    let span: Span = length.trim().parse().ok()?;
    if is_back {
        return parse_date(&format!("-{span}"), today).ok();
    }
    Calendar::weekends().after(today, span).filter(|day| is_year(chrono::Datelike::year(day)))
}

/// The period around today that a word names, and a quarter or half of this year.
fn running(word: &str, today: NaiveDate) -> Option<Period> {
    let around = |kind| Period::containing(today, kind, FiscalStart::JANUARY);
    let of_year =
        |kind, index: &str| Period::new(kind, chrono::Datelike::year(&today), index.parse().ok()?).ok();
    let word = word.to_lowercase();
    match word.as_str() {
        "this-month" | "month" | "本月" | "当月" => around(PeriodKind::Month),
        "next-month" | "下月" | "下个月" => around(PeriodKind::Month)?.next(),
        "this-quarter" | "quarter" | "本季度" | "本季" | "当季" => around(PeriodKind::Quarter),
        "next-quarter" | "下季度" | "下季" => around(PeriodKind::Quarter)?.next(),
        "this-year" | "year" | "今年" | "本年" | "本年度" => around(PeriodKind::Year),
        "next-year" | "明年" => around(PeriodKind::Year)?.next(),
        _ => match word.split_at_checked(1)? {
            ("q", index) => of_year(PeriodKind::Quarter, index),
            ("h", index) => of_year(PeriodKind::Half, index),
            _ => None,
        },
    }
}

fn stretch_of_days(word: &str, today: NaiveDate) -> Result<(NaiveDate, NaiveDate), Sentence> {
    let period = word.parse::<Period>().ok().or_else(|| running(word, today));
    if let Some(period) = period.filter(|period| is_year(period.year())) {
        return Ok((period.first_day(FiscalStart::JANUARY), period.last_day(FiscalStart::JANUARY)));
    }
    let day = ahead(word, today).or_else(|| parse_date(word, today).ok());
    day.map(|day| (day, day)).ok_or_else(|| Sentence::from(DAY).with("input", word))
}

fn amounts(bounds: &Bounds<'_>, rules: &MoneyRules) -> Result<Between, Sentence> {
    if let Bounds::At(word) = bounds
        && let Some(currency) = Currency::from_code(&word.to_uppercase())
    {
        return Ok(Between::Amounts { low: None, high: None, currency: Some(currency) });
    }
    let words: Vec<&str> = match bounds {
        Bounds::At(word) | Bounds::Beside(_, word) => vec![word],
        Bounds::From(low, high) => low.iter().chain(high).copied().collect(),
    };
    let mut currency = None;
    for word in words {
        let named = named_currency(word, rules);
        if currency.is_some() && named.is_some() && named != currency {
            return Err(CURRENCIES.into());
        }
        currency = named.or(currency);
    }
    // Both ends of a range are of the currency that one of them names.
    let rules = MoneyRules { base: currency.unwrap_or(Currency::CNY), ..*rules };
    let stretch = |word: &str| {
        let money = Money::parse(word, &rules).map_err(|error| input::money_sentence(&error, word))?;
        Ok((money.sort_key(), money.sort_key()))
    };
    let (low, high) = between(bounds, stretch, |n: i64| n.checked_sub(1), |n: i64| n.checked_add(1))?;
    Ok(Between::Amounts { low, high, currency })
}

/// The currency that an amount names: a code, a word, or a sign.
fn named_currency(word: &str, rules: &MoneyRules) -> Option<Currency> {
    let of_base = |base| Money::parse(word, &MoneyRules { base, ..*rules }).ok().map(|money| money.currency);
    let own = of_base(rules.base)?;
    // Two bases that share no sign: what follows neither is named by the amount itself.
    let is_named =
        of_base(Currency::CNY) != Some(Currency::CNY) || of_base(Currency::EUR) != Some(Currency::EUR);
    let has_sign = word.chars().any(|c| matches!(c, '$' | '¥' | '￥' | '€' | '£'));
    (is_named || has_sign).then_some(own)
}

const OF: Text = text("{name}: {says}", "{name}：{says}");
const NO_ORDER: Text = text(
    "Signs such as > and .. compare numbers, amounts and days only; here goes a word.",
    "> 和 .. 等仅用于数字、金额和日期；此处请填词语。",
);
const EMPTY: Text = text("Nothing lies between these.", "此范围内不可能有记录。");
const NUMBER: Text = text(
    "“{input}” is not a number here; type >=70, <70 or 60..80.",
    "“{input}”不是此处可用的数字；请填 >=70、<70 或 60..80。",
);
const DAY: Text = text(
    "“{input}” is not a day; type <90d, this-quarter, 2026Q4, >2026-12-31, today or 2026-07..2026-09.",
    "“{input}”不是日期；请填 <90d、本季度、2026Q4、>2026-12-31、今天 或 2026-07..2026-09。",
);
const CURRENCIES: Text = text("Both ends of a range are of one currency.", "范围两端须为同一货币。");
