//! Exact decimal numbers with four places: measured KPI values, floors and targets.
//!
//! This module must never round what a person typed: a number that does not fit is refused with
//! its reason. No floating point touches a value here.

use std::fmt;
use std::str::FromStr;

/// How many decimal places a [`Decimal4`] keeps.
pub const PLACES: u32 = 4;

/// An exact decimal in ten-thousandths: `97.5` is `Decimal4(975_000)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Decimal4(pub i64);

impl FromStr for Decimal4 {
    type Err = DecimalError;

    /// Reads `97.5`, `-3`, `＋９７．５` (full-width characters are folded); no grouping, no unit.
    ///
    /// Zeros beyond the fourth place are allowed, other digits are not.
    fn from_str(input: &str) -> Result<Self, DecimalError> {
        parse_fixed(input, PLACES).map(Self)
    }
}

impl fmt::Display for Decimal4 {
    /// Prints without trailing zeros, so that what is printed parses to the same value.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&print_fixed(i128::from(self.0), PLACES, Zeros::Trimmed))
    }
}

/// Why a text is not an exact decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DecimalError {
    /// Nothing but spaces.
    Empty,
    /// Something else than a sign, digits and one decimal point with digits on both sides.
    NotANumber,
    /// A digit other than zero stands beyond the last place that is kept.
    TooManyPlaces {
        /// How many places are kept.
        max: u32,
    },
    /// The number is larger than can be stored.
    OutOfRange,
}

/// Whether a printed number keeps the zeros at the end of its fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Zeros {
    /// `3.50` and `3.00`.
    Kept,
    /// `3.5` and `3`.
    Trimmed,
}

/// The number of `10^-places` units that `input` names.
pub(crate) fn parse_fixed(input: &str, places: u32) -> Result<i64, DecimalError> {
    let folded = fold_width(input);
    let text = folded.trim();
    if text.is_empty() {
        return Err(DecimalError::Empty);
    }
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) if all_digits(fraction) => (whole, fraction.trim_end_matches('0')),
        Some(_) => return Err(DecimalError::NotANumber),
        None => (digits, ""),
    };
    if !all_digits(whole) {
        return Err(DecimalError::NotANumber);
    }
    let missing = usize::try_from(places).unwrap_or(usize::MAX).checked_sub(fraction.len());
    let Some(missing) = missing else {
        return Err(DecimalError::TooManyPlaces { max: places });
    };
    // The sign is read together with the digits, so that the smallest number fits as well.
    let sign = if negative { "-" } else { "" };
    let units = format!("{sign}{whole}{fraction}{}", "0".repeat(missing));
    units.parse().map_err(|_| DecimalError::OutOfRange)
}

/// `units` of `10^-places` as text, without grouping.
pub(crate) fn print_fixed(units: i128, places: u32, zeros: Zeros) -> String {
    let scale = 10_u128.pow(places);
    let magnitude = units.unsigned_abs();
    let mut out = String::from(if units < 0 { "-" } else { "" });
    out.push_str(&(magnitude / scale).to_string());
    if places == 0 {
        return out;
    }
    let width = usize::try_from(places).unwrap_or_default();
    let fraction = format!("{:0width$}", magnitude % scale);
    let fraction = match zeros {
        Zeros::Kept => fraction.as_str(),
        Zeros::Trimmed => fraction.trim_end_matches('0'),
    };
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// `numerator / denominator` rounded half away from zero; `denominator` is positive.
pub(crate) const fn divide_rounded(numerator: i128, denominator: i128) -> i128 {
    let half = denominator / 2;
    if numerator < 0 { -((half - numerator) / denominator) } else { (numerator + half) / denominator }
}

/// `input` with full-width letters, digits and signs as their ASCII twins, and the typographic
/// minus as a hyphen: what a Chinese input method types means the same as what a Latin one does.
///
/// Only characters that are the same sign in another width are folded; `²` or `½` stay as they are.
pub(crate) fn fold_width(input: &str) -> String {
    input.chars().map(fold_char).collect()
}

/// Whether `text` is one or more ASCII digits and nothing else.
pub(crate) fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn fold_char(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        '\u{FFE5}' => '¥',
        '\u{FFE1}' => '£',
        '\u{FFE6}' => '₩',
        '\u{2212}' => '-',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_people_type() {
        for (input, units) in [
            ("97.5", 975_000),
            ("-3", -30_000),
            ("+0.0001", 1),
            (" 0.3000 ", 3_000),
            ("2.50000000", 25_000),
            ("９７．５", 975_000),
            ("\u{2212}1", -10_000),
            ("-922337203685477.5808", i64::MIN),
        ] {
            assert_eq!(input.parse(), Ok(Decimal4(units)), "{input}");
        }
    }

    #[test]
    fn refuses_with_the_reason() {
        for (input, error) in [
            ("", DecimalError::Empty),
            ("  ", DecimalError::Empty),
            ("97.", DecimalError::NotANumber),
            (".5", DecimalError::NotANumber),
            ("1,5", DecimalError::NotANumber),
            ("--1", DecimalError::NotANumber),
            ("1e3", DecimalError::NotANumber),
            ("97.5%", DecimalError::NotANumber),
            ("5²", DecimalError::NotANumber),
            ("0.00001", DecimalError::TooManyPlaces { max: 4 }),
            ("922337203685477.5808", DecimalError::OutOfRange),
        ] {
            assert_eq!(input.parse::<Decimal4>(), Err(error), "{input}");
        }
    }

    #[test]
    fn prints_without_trailing_zeros() {
        assert_eq!(Decimal4(975_000).to_string(), "97.5");
        assert_eq!(Decimal4(-1).to_string(), "-0.0001");
        assert_eq!(Decimal4(30_000).to_string(), "3");
    }

    #[test]
    fn divides_half_away_from_zero() {
        for (n, d, q) in [(5, 2, 3), (-5, 2, -3), (7, 3, 2), (-7, 3, -2), (1, 3, 0), (-1, 3, 0), (3, 6, 1)] {
            assert_eq!(divide_rounded(n, d), q, "{n}/{d}");
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_parses_to_the_same(units: i64) {
            prop_assert_eq!(Decimal4(units).to_string().parse(), Ok(Decimal4(units)));
        }

        #[test]
        fn no_text_panics(text in ".*") {
            let _ = text.parse::<Decimal4>();
        }
    }
}
