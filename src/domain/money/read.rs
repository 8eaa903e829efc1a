//! Reading an amount: what stands before the digits, the digits, what stands after them.
//!
//! This module must never take a part of a text for the whole: every character is accounted for.

use super::mark::{self, Mark};
use super::number::{self, Digits};
use super::{Currency, Money, MoneyError, MoneyRules};
use crate::domain::decimal::fold_width;
use crate::limits;

impl Money {
    /// Reads an amount as people write it.
    ///
    /// Understood are a sign or parentheses, thousands in well-formed groups of three (comma, point,
    /// apostrophe or space), one decimal mark, the multiples `k m bn 千 万 百万 千万 亿`, and a currency
    /// by code, sign or name on either side. Zeros beyond the decimals of the currency are allowed.
    /// No amount is greater than [`limits::MONEY_MINOR`].
    ///
    /// # Errors
    ///
    /// A [`MoneyError`] for everything that is not exactly one number of one currency.
    pub fn parse(input: &str, rules: &MoneyRules) -> Result<Self, MoneyError> {
        let folded = fold_width(input);
        let text = folded.trim();
        if text.is_empty() {
            return Err(MoneyError::Empty);
        }
        if text.chars().count() > limits::AMOUNT_CHARS {
            return Err(MoneyError::TooLong { max: limits::AMOUNT_CHARS });
        }
        let is_digit = |c: char| c.is_ascii_digit();
        let (Some(first), Some(last)) = (text.find(is_digit), text.rfind(is_digit)) else {
            return Err(MoneyError::NoNumber);
        };
        let (rest, after) = text.split_at(last + 1);
        let (before, body) = rest.split_at(first);
        let around = Around::read(before, after)?;
        let digits = number::read(body, rules.decimal)?;
        let currency = rules.choose(&around.marks)?;
        let units = minor_units(&digits, around.power_of_ten, currency)?;
        let fits = i64::try_from(units).ok().filter(|minor| *minor <= limits::MONEY_MINOR);
        let minor = fits.ok_or_else(|| too_large(currency))?;
        Ok(Self { minor: if around.negative { -minor } else { minor }, currency })
    }
}

fn too_large(currency: Currency) -> MoneyError {
    MoneyError::OutOfRange { most: Money { minor: limits::MONEY_MINOR, currency } }
}

/// What stands around the digits.
#[derive(Debug, Default)]
struct Around {
    negative: bool,
    power_of_ten: u32,
    marks: Vec<Mark>,
}

impl Around {
    fn read(before: &str, after: &str) -> Result<Self, MoneyError> {
        let before = tokens(before)?;
        let after = tokens(after)?;
        let mut around = Self::default();
        let (mut signed, mut open, mut close) = (false, false, false);
        for token in before {
            match token {
                Token::Sign(_) | Token::Open if signed || open => return Err(MoneyError::TwoSigns),
                Token::Sign(sign) => (signed, around.negative) = (true, sign == '-'),
                Token::Open => (open, around.negative) = (true, true),
                Token::Close => return Err(MoneyError::UnbalancedParenthesis),
                Token::Mark(mark) => around.marks.push(mark),
                Token::Multiple(text, _) => return Err(MoneyError::UnknownText { text }),
            }
        }
        for (place, token) in after.into_iter().enumerate() {
            match token {
                Token::Multiple(_, power) if place == 0 => around.power_of_ten = power,
                Token::Multiple(text, _) => return Err(MoneyError::UnknownText { text }),
                Token::Close if open && !close => close = true,
                Token::Open | Token::Close => return Err(MoneyError::UnbalancedParenthesis),
                Token::Sign(_) => return Err(MoneyError::TwoSigns),
                Token::Mark(mark) => around.marks.push(mark),
            }
        }
        if open == close { Ok(around) } else { Err(MoneyError::UnbalancedParenthesis) }
    }
}

#[derive(Debug)]
enum Token {
    Sign(char),
    Open,
    Close,
    Mark(Mark),
    Multiple(String, u32),
}

fn tokens(text: &str) -> Result<Vec<Token>, MoneyError> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(c) = rest.chars().next() {
        let (token, tail) = match c {
            '-' | '+' => (Token::Sign(c), after_char(rest)),
            '(' => (Token::Open, after_char(rest)),
            ')' => (Token::Close, after_char(rest)),
            '.' | ',' => return Err(MoneyError::BareMark),
            _ => word(rest)?,
        };
        found.push(token);
        rest = tail.trim_start();
    }
    Ok(found)
}

/// The currency or multiple that `text` begins with, and what follows it.
fn word(text: &str) -> Result<(Token, &str), MoneyError> {
    if let Some((power, tail)) = mark::leading_han_multiple(text) {
        let written = text.strip_suffix(tail).unwrap_or(text);
        return Ok((Token::Multiple(written.to_owned(), power), tail));
    }
    if let Some((mark, tail)) = mark::leading_han(text) {
        return Ok((Token::Mark(mark), tail));
    }
    let letters = text.find(|c: char| !c.is_alphabetic() || is_han(c)).unwrap_or(text.len());
    let (letters, tail) = text.split_at(letters);
    // A sign may be glued to letters that change its meaning: `US$`, `RMB¥`.
    if let Some(sign) = tail.chars().next().filter(|c| matches!(c, '$' | '¥'))
        && let Some(mark) = mark::named(&format!("{letters}{sign}"))
    {
        return Ok((Token::Mark(mark), after_char(tail)));
    }
    if letters.is_empty() {
        let sign: String = text.chars().take(1).collect();
        let mark = mark::named(&sign).ok_or_else(|| unknown(text))?;
        return Ok((Token::Mark(mark), after_char(text)));
    }
    if let Some(power) = mark::multiple(letters) {
        return Ok((Token::Multiple(letters.to_owned(), power), tail));
    }
    let mark = mark::named(letters).ok_or_else(|| unknown(text))?;
    // An abbreviation keeps its full stop: `kr. 500`, `Rs. 500`.
    let abbreviated = mark.may_mean.len() > 1;
    let tail = if abbreviated { tail.strip_prefix('.').unwrap_or(tail) } else { tail };
    Ok((Token::Mark(mark), tail))
}

fn unknown(text: &str) -> MoneyError {
    MoneyError::UnknownText { text: text.trim().to_owned() }
}

fn after_char(text: &str) -> &str {
    let mut chars = text.chars();
    chars.next();
    chars.as_str()
}

const fn is_han(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

impl MoneyRules {
    /// The one currency that `marks` name, or the one that may be assumed where they name none.
    fn choose(self, marks: &[Mark]) -> Result<Currency, MoneyError> {
        let Some(first) = marks.first() else {
            return Ok(self.currency.unwrap_or(self.base));
        };
        let mut may_mean = first.may_mean.clone();
        for other in marks.iter().skip(1) {
            may_mean.retain(|c| other.may_mean.contains(c));
            if may_mean.is_empty() {
                let (first, second) = (first.text.clone(), other.text.clone());
                return Err(MoneyError::TwoCurrencies { first, second });
            }
        }
        let symbol = || first.text.clone();
        match (may_mean.as_slice(), self.currency) {
            ([only], _) => Ok(*only),
            (several, Some(asked)) if several.contains(&asked) => Ok(asked),
            (_, Some(currency)) => Err(MoneyError::SymbolNotCurrency { symbol: symbol(), currency }),
            (several, None) if several.contains(&self.base) => Ok(self.base),
            (_, None) => Err(MoneyError::AmbiguousSymbol { symbol: symbol(), may_mean }),
        }
    }
}

/// `digits × 10^power` in minor units of `currency`, exactly.
fn minor_units(digits: &Digits, power: u32, currency: Currency) -> Result<i128, MoneyError> {
    let fraction = digits.fraction.trim_end_matches('0');
    let allowed = currency.exponent();
    let places = usize::try_from(allowed + power).unwrap_or_default();
    let missing = places.checked_sub(fraction.len());
    let missing = missing.ok_or(MoneyError::TooManyDecimals { currency, allowed })?;
    let whole = digits.whole.trim_start_matches('0');
    let units = format!("0{whole}{fraction}{}", "0".repeat(missing));
    units.parse().map_err(|_| too_large(currency))
}
