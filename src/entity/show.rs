//! From typed values to words: for a screen, for a form field, for JSON and back.
//!
//! Nothing here escapes or cuts: that is for whoever writes to a terminal.

use serde_json::{Value as Json, json};

use crate::domain::day::Span;
use crate::domain::decimal::Decimal4;
use crate::domain::money::{Currency, Money};
use crate::domain::period::Period;
use crate::domain::risk::Cell;
use crate::entity::field::Shape;
use crate::entity::value::Value;
use crate::entity::{Kind, Link, input};
use crate::texts::{Lang, Sentence, Text, text};

/// The word for yes.
pub const YES: Text = text("yes", "是");
/// The word for no.
pub const NO: Text = text("no", "否");

/// The value in words, as a card shows it. Blank for a blank value.
#[must_use]
pub fn full(value: &Value, lang: Lang) -> String {
    match value {
        Value::Null => String::new(),
        Value::Text(text) => text.clone(),
        Value::Int(n) => n.to_string(),
        Value::Bool(yes) => if *yes { YES } else { NO }.in_(lang).to_owned(),
        Value::Decimal(n) => n.to_string(),
        Value::Points(n) => points(*n),
        Value::Weight(n) => format!("{}%", places(*n, 2)),
        Value::Money(money) => money.full(),
        Value::Date(date) => date.to_string(),
        Value::Span(span) => span_in_words(*span, lang),
        Value::Period(period) => period.to_string(),
        Value::Cell(cell) => format!("{} x {} = {}", cell.likelihood(), cell.impact(), cell.product()),
        Value::Choice(choice) => choice.label.in_(lang).to_owned(),
        Value::Choices(chosen) => {
            chosen.iter().map(|choice| choice.label.in_(lang)).collect::<Vec<_>>().join(", ")
        }
        Value::List(words) => words.join(", "),
        Value::Link(link) => link.label.clone(),
    }
}

/// The value in a list, where room is short: amounts rounded, a score without its decimals.
#[must_use]
pub fn short(value: &Value, lang: Lang) -> String {
    match value {
        Value::Money(money) => match lang {
            Lang::En => money.short(),
            Lang::Zh => money.short_zh(),
        },
        Value::Bool(yes) => if *yes { "✓" } else { "" }.to_owned(),
        Value::Span(span) => span.to_string(),
        Value::Cell(cell) => cell.to_string(),
        other => full(other, lang),
    }
}

/// The value as one would type it: reading it again gives the same value.
#[must_use]
pub fn plain(value: &Value) -> String {
    match value {
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Weight(n) => format!("{}%", places(*n, 2)),
        Value::Money(money) => money.plain(),
        Value::Span(span) => span.to_string(),
        Value::Cell(cell) => cell.to_string(),
        Value::Choice(choice) => choice.key.to_owned(),
        Value::Choices(chosen) => chosen.iter().map(|choice| choice.key).collect::<Vec<_>>().join(","),
        Value::List(words) => words.join(", "),
        Value::Link(link) => link.code.clone(),
        other => full(other, Lang::En),
    }
}

/// The value in JSON, in the words of the command line.
#[must_use]
pub fn to_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Int(n) | Value::Points(n) | Value::Weight(n) => json!(n),
        Value::Bool(yes) => json!(yes),
        Value::Money(money) => json!({ "minor": money.minor, "currency": money.currency.code() }),
        Value::Choices(chosen) => chosen.iter().map(|choice| choice.key).collect(),
        Value::List(words) => json!(words),
        other => json!(plain(other)),
    }
}

/// The value of a field from its JSON, or `None` when the JSON has another form. A link comes
/// back as a code that has yet to be found.
#[must_use]
pub fn from_json(shape: Shape, json: &Json) -> Option<Value> {
    if json.is_null() {
        return Some(Value::Null);
    }
    Some(match shape {
        Shape::Line | Shape::Long => Value::Text(json.as_str()?.to_owned()),
        Shape::Int(..) => Value::Int(json.as_i64()?),
        Shape::Points => Value::Points(json.as_i64()?),
        Shape::Weight => Value::Weight(json.as_i64()?),
        Shape::Bool => Value::Bool(json.as_bool()?),
        Shape::Decimal => Value::Decimal(json.as_str()?.parse::<Decimal4>().ok()?),
        Shape::Date => Value::Date(json.as_str()?.parse().ok()?),
        Shape::Span => Value::Span(json.as_str()?.parse::<Span>().ok()?),
        Shape::Period => Value::Period(json.as_str()?.parse::<Period>().ok()?),
        Shape::Cell => Value::Cell(json.as_str()?.parse::<Cell>().ok()?),
        Shape::Money => Value::Money(Money {
            minor: json.get("minor")?.as_i64()?,
            currency: Currency::from_code(json.get("currency")?.as_str()?)?,
        }),
        Shape::Choice(list) => Value::Choice(input::find(list, json.as_str()?)?),
        Shape::Choices(list) => {
            let words = json.as_array()?.iter().map(|word| input::find(list, word.as_str()?));
            Value::Choices(words.collect::<Option<Vec<_>>>()?)
        }
        Shape::List => {
            let words = json.as_array()?.iter().map(|word| word.as_str().map(str::to_owned));
            Value::List(words.collect::<Option<Vec<_>>>()?)
        }
        Shape::Link(kind) => named(kind, json.as_str()?),
    })
}

/// Hundredths as a number with its decimals, trailing zeros dropped: `8650` is `86.5`.
#[must_use]
pub fn points(hundredths: i64) -> String {
    places(hundredths, 2)
}

fn named(kind: Kind, code: &str) -> Value {
    Value::Link(Link { kind, id: 0, code: code.to_owned(), label: String::new() })
}

fn places(scaled: i64, places: u32) -> String {
    let unit = 10_i64.pow(places);
    let sign = if scaled < 0 { "-" } else { "" };
    let (whole, rest) = (scaled.abs() / unit, scaled.abs() % unit);
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    let decimals = format!("{rest:0width$}", width = places as usize);
    format!("{sign}{whole}.{}", decimals.trim_end_matches('0'))
}

fn span_in_words(span: Span, lang: Lang) -> String {
    self::span(span).in_(lang)
}

/// A span of time in words.
#[must_use]
pub fn span(span: Span) -> Sentence {
    use crate::domain::day::SpanUnit;
    let one = span.n == 1;
    let unit = match (span.unit, one) {
        (SpanUnit::Day, true) => text("{n} day", "{n} 天"),
        (SpanUnit::Day, false) => text("{n} days", "{n} 天"),
        (SpanUnit::BusinessDay, true) => text("{n} business day", "{n} 个工作日"),
        (SpanUnit::BusinessDay, false) => text("{n} business days", "{n} 个工作日"),
        (SpanUnit::Month, true) => text("{n} month", "{n} 个月"),
        (SpanUnit::Month, false) => text("{n} months", "{n} 个月"),
    };
    Sentence::from(unit).with("n", span.n)
}

/// A value with the unit of its metric: a percent sign stands close to it, all else apart.
#[must_use]
pub fn with_unit(value: &str, unit: &str) -> String {
    match unit {
        "" | "%" => format!("{value}{unit}"),
        _ => format!("{value} {unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_drop_only_zeros_behind_the_point() {
        assert_eq!(points(8650), "86.5");
        assert_eq!(points(8000), "80");
        assert_eq!(points(-405), "-4.05");
    }
}
