//! Number formats: what they make of a number on the sheet.
//!
//! Only what changes the meaning of a number is read: dates and times, percentages, zeros in front,
//! and a currency that the format names.

use rust_decimal::Decimal;

use super::number::{self, Epoch, Shown};
use crate::domain::money::Currency;

/// What a number format makes of a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Format {
    /// Its digits.
    Plain,
    /// A day or a time.
    Moment(Shown),
    /// A hundred times as much, with `%`.
    Percent,
    /// At least so many digits, with zeros in front.
    Digits(usize),
    /// An amount in this currency.
    Amount(Currency),
}

impl Format {
    /// The format of a number that every workbook has without saying so (ECMA-376, 18.8.30, and the
    /// dates of Chinese, Japanese and Korean workbooks).
    pub(super) const fn builtin(id: u32) -> Self {
        match id {
            9 | 10 => Self::Percent,
            14..=17 | 27..=31 | 36 | 50..=54 | 57 | 58 => Self::Moment(Shown::Day),
            18..=22 | 32..=35 | 45 | 47 | 55 | 56 => Self::Moment(Shown::Time),
            46 => Self::Moment(Shown::Elapsed),
            _ => Self::Plain,
        }
    }

    /// The format that a code such as `yyyy-mm-dd` says, by its first section.
    pub(super) fn of_code(code: &str) -> Self {
        let Code { bare, currency, is_elapsed } = bare(code);
        let lower = bare.to_ascii_lowercase();
        if lower.contains("general") {
            return Self::Plain;
        }
        // The e of 0.00E+00 is no year.
        let dated = lower.replace("e+", "").replace("e-", "");
        let has = |letters: &[char]| dated.contains(letters);
        if is_elapsed {
            Self::Moment(Shown::Elapsed)
        } else if has(&['h', 's']) {
            Self::Moment(Shown::Time)
        } else if has(&['y', 'd', 'm', 'e', 'g']) {
            Self::Moment(Shown::Day)
        } else if bare.contains('%') {
            Self::Percent
        } else if let Some(currency) = currency {
            Self::Amount(currency)
        } else if bare.len() > 1 && bare.bytes().all(|byte| byte == b'0') {
            Self::Digits(bare.len())
        } else {
            Self::Plain
        }
    }

    /// The number as the sheet shows it, but for its rounding and its thousands.
    pub(super) fn shown(&self, number: Decimal, epoch: Epoch) -> String {
        match self {
            Self::Moment(shown) => {
                number::moment(number, epoch, *shown).unwrap_or_else(|| number.to_string())
            }
            Self::Percent => match number.checked_mul(Decimal::ONE_HUNDRED) {
                Some(percent) => format!("{}%", percent.normalize()),
                None => number.to_string(),
            },
            Self::Digits(digits) if number.scale() == 0 && !number.is_sign_negative() => {
                format!("{:0>digits$}", number.to_string())
            }
            Self::Plain | Self::Digits(_) => number.to_string(),
            Self::Amount(currency) => format!("{} {number}", currency.code()),
        }
    }
}

/// The first section of a code without what is written as it stands.
struct Code {
    bare: String,
    currency: Option<Currency>,
    /// Whether hours, minutes or seconds go on beyond their day, as in `[h]:mm`.
    is_elapsed: bool,
}

fn bare(code: &str) -> Code {
    let mut read = Code { bare: String::new(), currency: None, is_elapsed: false };
    let mut rest = code.chars();
    while let Some(c) = rest.next() {
        match c {
            ';' => break,
            '"' => drop(rest.by_ref().take_while(|c| *c != '"').count()),
            '\\' | '_' | '*' => drop(rest.next()),
            '[' => {
                let inside: String = rest.by_ref().take_while(|c| *c != ']').collect();
                let lower = inside.to_ascii_lowercase();
                let counts = |letter| !lower.is_empty() && lower.chars().all(|c| c == letter);
                read.is_elapsed |= ['h', 'm', 's'].into_iter().any(counts);
                read.currency = read.currency.or_else(|| named(&inside));
            }
            c => read.bare.push(c),
        }
    }
    read
}

/// The currency of `[$CAD]` and `[$¥-804]`: a code, or a sign with the place where it is used.
fn named(inside: &str) -> Option<Currency> {
    const PLACES: &[(&str, &str, &str)] = &[
        ("¥", "804", "CNY"),
        ("￥", "804", "CNY"),
        ("¥", "411", "JPY"),
        ("￥", "411", "JPY"),
        ("$", "409", "USD"),
        ("$", "1009", "CAD"),
        ("$", "c0c", "CAD"),
        ("$", "c09", "AUD"),
        ("£", "809", "GBP"),
        ("₹", "4009", "INR"),
    ];
    let said = inside.strip_prefix('$')?;
    let (sign, place) = said.split_once('-').unwrap_or((said, ""));
    let by_place = PLACES.iter().find(|(of, at, _)| *of == sign && at.eq_ignore_ascii_case(place));
    match (by_place, sign) {
        (Some((.., code)), _) => Currency::from_code(code),
        (None, "€") => Currency::from_code("EUR"),
        (None, sign) if sign.len() == 3 => Currency::from_code(sign),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_for_what_they_mean() {
        let day = Format::Moment(Shown::Day);
        let elapsed = Format::Moment(Shown::Elapsed);
        let amount = |code| Format::Amount(Currency::from_code(code).unwrap());
        for (code, format) in [
            ("General", Format::Plain),
            ("#,##0.00", Format::Plain),
            ("0.00E+00", Format::Plain),
            ("0\" days\"", Format::Plain),
            ("[Red]-0.00;[Blue]yyyy", Format::Plain),
            ("yyyy-mm-dd", day.clone()),
            ("yyyy\"年\"m\"月\"d\"日\"", day.clone()),
            ("[$-804]e\"年\"m\"月\"", day.clone()),
            ("[$-F800]dddd, mmmm dd, yyyy", day),
            ("m/d/yy h:mm", Format::Moment(Shown::Time)),
            ("[h]:mm:ss", elapsed.clone()),
            ("[mm]", elapsed),
            ("0.0%", Format::Percent),
            ("000000", Format::Digits(6)),
            ("0", Format::Plain),
            ("[$CAD] #,##0.00", amount("CAD")),
            ("[$¥-804]#,##0.00", amount("CNY")),
            ("#,##0.00 [$€-407]", amount("EUR")),
            ("\"$\"#,##0.00", Format::Plain),
            ("[$$-409]#,##0.00_);([$$-409]#,##0.00)", amount("USD")),
        ] {
            assert_eq!(Format::of_code(code), format, "{code}");
        }
        assert_eq!(Format::builtin(14), Format::Moment(Shown::Day));
        assert_eq!(Format::builtin(22), Format::Moment(Shown::Time));
        assert_eq!(Format::builtin(2), Format::Plain);
    }

    #[test]
    fn numbers_are_shown_with_what_the_format_adds() {
        let shown = |code: &str, number: &str| {
            Format::of_code(code).shown(number::decimal(number).unwrap(), Epoch::Y1900)
        };
        assert_eq!(shown("0%", "0.3"), "30%");
        assert_eq!(shown("0.00%", "0.125"), "12.5%");
        assert_eq!(shown("000000", "42"), "000042");
        assert_eq!(shown("0000", "123456"), "123456");
        assert_eq!(shown("0000", "1.5"), "1.5");
        assert_eq!(shown("[$CAD] #,##0.00", "1317169.92"), "CAD 1317169.92");
        assert_eq!(shown("yyyy-mm-dd", "46112"), "2026-03-31");
        assert_eq!(shown("yyyy-mm-dd", "-5"), "-5");
        assert_eq!(shown("#,##0.00", "0.30000000000000004"), "0.3");
    }
}
