//! From what a person typed, or a file holds, to a typed value. Once, at the edge.
//!
//! Blank input is a blank value. Nothing is guessed: what cannot be read exactly is a
//! [`Sentence`] that says what is wanted. Links are only named here; the register finds them.

use chrono::NaiveDate;

use crate::domain::day::{Span, parse_date};
use crate::domain::decimal::Decimal4;
use crate::domain::list::Choice;
use crate::domain::money::{Money, MoneyError, MoneyRules};
use crate::domain::period::Period;
use crate::domain::risk::Cell;
use crate::entity::field::{Meta, Shape};
use crate::entity::value::Value;
use crate::limits;
use crate::texts::{Sentence, Text, text};

/// What ends a line.
const BREAKS: [char; 2] = ['\r', '\n'];

/// What reading needs to know besides the text.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    /// The day that `+90d` and `eom` are counted from.
    pub today: NaiveDate,
    /// How amounts are read.
    pub money: MoneyRules,
}

/// A value as entered: ready, or the name of another record yet to be found.
#[derive(Debug, Clone, PartialEq)]
pub enum Entered {
    /// Ready to be stored.
    Value(Value),
    /// A code, an external id or the exact name of the linked record.
    Refer(String),
}

impl From<Value> for Entered {
    fn from(value: Value) -> Self {
        Self::Value(value)
    }
}

/// Reads the text of one field.
///
/// # Errors
/// The sentence to show beside the field.
pub fn read(meta: &Meta, input: &str, reading: &Reading) -> Result<Entered, Sentence> {
    let trimmed = input.trim();
    if trimmed.is_empty() {
        return Ok(Value::Null.into());
    }
    if input.contains('\0') {
        return Err(HOLDS_NUL.into());
    }
    let value = match meta.shape {
        Shape::Link(_) => return Ok(Entered::Refer(limited(one_line(trimmed), limits::LINE_CHARS)?)),
        Shape::Line => Value::Text(limited(one_line(trimmed), limits::LINE_CHARS)?),
        Shape::Long => Value::Text(limited(input.trim_end().to_owned(), limits::LONG_CHARS)?),
        Shape::List => words(trimmed)?,
        Shape::Bool => Value::Bool(yes_or_no(trimmed).ok_or(YES_OR_NO)?),
        Shape::Int(low, high) => whole(trimmed, low, high)?,
        Shape::Decimal => Value::Decimal(
            trimmed.parse::<Decimal4>().map_err(|_| Sentence::from(DECIMAL).with("input", trimmed))?,
        ),
        Shape::Points => Value::Points(hundredths(trimmed).ok_or_else(|| bad(POINTS, trimmed))?),
        Shape::Weight => Value::Weight(weight(trimmed).ok_or_else(|| bad(WEIGHT, trimmed))?),
        Shape::Date => Value::Date(parse_date(trimmed, reading.today).map_err(|_| bad(DATE, trimmed))?),
        Shape::Span => Value::Span(trimmed.parse::<Span>().map_err(|_| bad(SPAN, trimmed))?),
        Shape::Money => {
            Value::Money(Money::parse(trimmed, &reading.money).map_err(|e| money_sentence(&e, trimmed))?)
        }
        Shape::Period => Value::Period(trimmed.parse::<Period>().map_err(|_| bad(PERIOD, trimmed))?),
        Shape::Cell => Value::Cell(trimmed.parse::<Cell>().map_err(|_| bad(CELL, trimmed))?),
        Shape::Choice(list) => Value::Choice(find(list, trimmed).ok_or_else(|| not_in(list, trimmed))?),
        Shape::Choices(list) => several(list, trimmed)?,
    };
    Ok(value.into())
}

/// The text on one line: what was written below it follows after a space.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.trim_end_matches(BREAKS).replace("\r\n", " ").replace(BREAKS, " ")
}

/// The word of a closed list that was typed: its key, or its label in either language.
#[must_use]
pub fn find(list: &'static [Choice], typed: &str) -> Option<&'static Choice> {
    let key = typed.to_lowercase().replace([' ', '-'], "_");
    list.iter().find(|choice| {
        choice.key == key || choice.label.en.eq_ignore_ascii_case(typed) || choice.label.zh == typed
    })
}

/// The words of a closed list with commas between, for messages.
#[must_use]
pub fn keys(list: &[Choice]) -> String {
    list.iter().map(|choice| choice.key).collect::<Vec<_>>().join(", ")
}

/// Splits a list field at commas, semicolons and their full-width forms; blanks and repeats go.
#[must_use]
pub fn split_words(input: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in input
        .split([',', ';', '，', '；', '、', '\r', '\n', '\u{1f}'])
        .map(str::trim)
        .filter(|w| !w.is_empty())
    {
        if !words.iter().any(|w| w == word) {
            words.push(word.to_owned());
        }
    }
    words
}

fn bad(text: Text, input: &str) -> Sentence {
    Sentence::from(text).with("input", input)
}

fn limited(text: String, most: usize) -> Result<String, Sentence> {
    let chars = text.chars().count();
    if chars > most {
        return Err(Sentence::from(TOO_LONG).with("chars", chars).with("most", most));
    }
    Ok(text)
}

fn words(input: &str) -> Result<Value, Sentence> {
    let words = split_words(input);
    if words.len() > limits::LIST_WORDS {
        return Err(Sentence::from(TOO_MANY).with("words", words.len()).with("most", limits::LIST_WORDS));
    }
    limited(input.to_owned(), limits::LINE_CHARS)?;
    Ok(if words.is_empty() { Value::Null } else { Value::List(words) })
}

pub(in crate::entity) fn yes_or_no(input: &str) -> Option<bool> {
    match input.to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "x" | "是" | "✓" => Some(true),
        "no" | "n" | "false" | "0" | "否" => Some(false),
        _ => None,
    }
}

fn whole(input: &str, low: i64, high: i64) -> Result<Value, Sentence> {
    let number = input.parse::<i64>().ok().filter(|n| (low..=high).contains(n));
    let number = number.ok_or_else(|| bad(WHOLE, input).with("low", low).with("high", high))?;
    Ok(Value::Int(number))
}

/// `86.5` to 8650; at most two places, 0 to 100.
fn hundredths(input: &str) -> Option<i64> {
    let scaled = input.parse::<Decimal4>().ok()?.0;
    (scaled % 100 == 0 && (0..=1_000_000).contains(&scaled)).then_some(scaled / 100)
}

/// `30%` and `3000` to 3000 basis points.
fn weight(input: &str) -> Option<i64> {
    let percent = input.strip_suffix(['%', '％']).map(str::trim_end);
    let points = match percent {
        Some(number) => hundredths(number)?,
        // A bare number is a percent as people write it; one beyond the whole can only be basis points.
        None => match input.parse::<i64>() {
            Ok(points) if points > 100 => points,
            _ => hundredths(input)?,
        },
    };
    (0..=10_000).contains(&points).then_some(points)
}

fn several(list: &'static [Choice], input: &str) -> Result<Value, Sentence> {
    let mut chosen = Vec::new();
    for word in split_words(input) {
        chosen.push(find(list, &word).ok_or_else(|| not_in(list, &word))?);
    }
    let ordered: Vec<&'static Choice> = list.iter().filter(|choice| chosen.contains(choice)).collect();
    Ok(if ordered.is_empty() { Value::Null } else { Value::Choices(ordered) })
}

pub(in crate::entity) fn not_in(list: &[Choice], input: &str) -> Sentence {
    bad(NOT_IN, input).with("words", keys(list))
}

/// The sentence for an amount that could not be read.
#[must_use]
pub fn money_sentence(error: &MoneyError, input: &str) -> Sentence {
    match error {
        MoneyError::AmbiguousSymbol { .. } => bad(MONEY_SYMBOL, input),
        MoneyError::TooManyDecimals { .. } => bad(MONEY_DECIMALS, input),
        MoneyError::UnknownText { text } => bad(MONEY_UNKNOWN, input).with("text", text),
        MoneyError::OutOfRange { most } => bad(MONEY_LARGE, input).with("most", most.full()),
        _ => bad(MONEY, input),
    }
}

const HOLDS_NUL: Text = text("Holds a NUL character; take it out.", "含有 NUL 字符，请去除。");
const TOO_LONG: Text =
    text("{chars} characters; at most {most} fit here.", "共 {chars} 个字符，最多 {most} 个。");
const TOO_MANY: Text = text("{words} words; at most {most} fit here.", "共 {words} 个词，最多 {most} 个。");
pub(in crate::entity) const YES_OR_NO: Text = text("Answer yes or no.", "请填写 yes 或 no（是/否）。");
const WHOLE: Text =
    text("“{input}” is not a whole number from {low} to {high}.", "“{input}”不是 {low} 至 {high} 的整数。");
const DECIMAL: Text =
    text("“{input}” is not a number with at most four decimals.", "“{input}”不是最多四位小数的数字。");
const POINTS: Text = text(
    "“{input}” is not a score from 0 to 100 with at most two decimals.",
    "“{input}”不是 0 至 100、最多两位小数的分数。",
);
const WEIGHT: Text = text(
    "“{input}” is not a weight; type 30, 30% or 3000 basis points.",
    "“{input}”不是权重；请填 30、30% 或 3000 基点。",
);
const DATE: Text = text(
    "“{input}” is not a date; type 2026-07-31, +90d, eom or 7月31日.",
    "“{input}”不是日期；请填 2026-07-31、+90d、月底 或 7月31日。",
);
const SPAN: Text = text(
    "“{input}” is not a length of time; type 36m, 60d, 20bd or 3y.",
    "“{input}”不是时长；请填 36m、60d、20bd 或 3y。",
);
const PERIOD: Text = text(
    "“{input}” is not a period; type 2026-03, 2026-Q1, 2026-H1 or 2026.",
    "“{input}”不是考核期；请填 2026-03、2026-Q1、2026-H1 或 2026。",
);
const CELL: Text = text(
    "“{input}” is not likelihood x impact; type 4x5, each from 1 to 5.",
    "“{input}”不是“可能性x影响”；请填 4x5，各为 1 至 5。",
);
const NOT_IN: Text = text("“{input}” is not one of {words}.", "“{input}”不在可选项之中：{words}。");
const MONEY: Text = text(
    "“{input}” is not exactly one amount; type 3,900,000.00, 390万 or USD 5000.",
    "“{input}”不是唯一明确的金额；请填 3,900,000.00、390万 或 USD 5000。",
);
const MONEY_SYMBOL: Text = text(
    "The sign in “{input}” stands for several currencies; write the code, such as CAD, or set the base currency.",
    "“{input}”中的货币符号可指多种货币；请写明代码（如 CAD），或设定本位币。",
);
const MONEY_DECIMALS: Text =
    text("“{input}” has more decimals than its currency.", "“{input}”的小数位数超过该货币的最小单位。");
const MONEY_UNKNOWN: Text = text(
    "“{text}” in “{input}” is neither a currency nor part of an amount.",
    "“{input}”中的“{text}”既非货币代码，也不是金额的一部分。",
);
const MONEY_LARGE: Text =
    text("“{input}” is too large an amount; the greatest is {most}.", "“{input}”金额过大，最大为 {most}。");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::list::ClosedList;
    use crate::domain::vendor::VendorClass;

    #[test]
    fn words_are_split_at_commas_of_both_scripts_without_repeats() {
        assert_eq!(split_words(" a，b; c、a ,"), ["a", "b", "c"]);
    }

    #[test]
    fn a_one_line_field_holds_one_line_however_it_is_filled() {
        assert_eq!(one_line("a\nb\r\nc\rd\r\n"), "a b c d");
        assert_eq!(split_words("a\r\nb\rc"), ["a", "b", "c"]);
        let money = MoneyRules::of_base(crate::domain::money::Currency::CNY);
        let reading = Reading { today: NaiveDate::MIN, money };
        let table = crate::entity::Kind::Contract.table();
        let entered = |key| read(&table.fields[table.field(key).unwrap()], " a\r\nb\n", &reading).unwrap();
        assert_eq!(entered("title"), Value::Text("a b".to_owned()).into());
        assert_eq!(entered("vendor"), Entered::Refer("a b".to_owned()));
        assert_eq!(entered("notes"), Value::Text(" a\r\nb".to_owned()).into());
    }

    #[test]
    fn scores_and_weights_are_exact_or_refused() {
        assert_eq!(hundredths("86.675"), None);
        assert_eq!(hundredths("86.67"), Some(8667));
        assert_eq!(hundredths("100.01"), None);
        assert_eq!(weight("30%"), Some(3000));
        assert_eq!(weight("12.5％"), Some(1250));
        assert_eq!(weight("10001"), None);
    }

    #[test]
    fn several_words_come_in_the_order_of_the_list() {
        let Ok(Value::Choices(found)) = several(VendorClass::CHOICES, "KPO, ito") else { panic!("not read") };
        assert_eq!(found.iter().map(|c| c.key).collect::<Vec<_>>(), ["ito", "kpo"]);
        let sentence = several(VendorClass::CHOICES, "ito,xyz").unwrap_err().in_(crate::texts::Lang::En);
        assert_eq!(sentence, "“xyz” is not one of ito, bpo, kpo.");
    }
}
