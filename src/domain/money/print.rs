//! Printing an amount: exactly, with grouping, or short for lists.
//!
//! This module must never print a short form where it could be taken for the amount itself: short
//! forms are rounded half away from zero and are only for the eye.

use super::{Currency, Money};
use crate::domain::decimal::{Zeros, divide_rounded, print_fixed};

/// The minor units of an amount that is not to be seen; none that is read comes near it.
const HIDDEN: i64 = i64::MIN;

impl Money {
    /// An amount of the same currency of which nothing is printed but that there is one.
    #[must_use]
    pub const fn hidden(self) -> Self {
        Self { minor: HIDDEN, ..self }
    }

    /// Code and exact digits, `CNY 3900000.00`: [`Money::parse`] reads it back to the same value.
    #[must_use]
    pub fn plain(self) -> String {
        format!("{} {}", self.currency.code(), self.plain_digits())
    }

    /// The exact digits with a decimal point and no code, `3900000.00`.
    #[must_use]
    pub fn plain_digits(self) -> String {
        if self.minor == HIDDEN {
            return "***".to_owned();
        }
        print_fixed(i128::from(self.minor), self.currency.exponent(), Zeros::Kept)
    }

    /// Code and grouped digits for forms and cards, `CNY 3,900,000.00`.
    #[must_use]
    pub fn full(self) -> String {
        format!("{} {}", self.currency.code(), self.full_digits())
    }

    /// The grouped digits without code, `3,900,000.00`.
    #[must_use]
    pub fn full_digits(self) -> String {
        group(&self.plain_digits())
    }

    /// So many minor units of a currency as grouped digits without code: for sums, which may be more than
    /// any amount is.
    #[must_use]
    pub fn grouped(minor: i128, currency: Currency) -> String {
        group(&print_fixed(minor, currency.exponent(), Zeros::Kept))
    }

    /// About three digits for lists: `¥3.90M`, `¥42.6M`, `¥0.31M`, `¥86.4k`, `¥980`.
    #[must_use]
    pub fn short(self) -> String {
        self.shortened(ENGLISH, Zeros::Kept)
    }

    /// About three digits for Chinese lists: `¥390万`, `¥1.2亿`, `¥8.64万`, `¥9,800`.
    #[must_use]
    pub fn short_zh(self) -> String {
        self.shortened(CHINESE, Zeros::Trimmed)
    }

    /// The amount in 1/10 000 units, so that amounts of different exponents compare.
    ///
    /// Saturates at the ends of `i64`; equal keys of huge amounts do not mean equal amounts.
    #[must_use]
    pub fn sort_key(self) -> i64 {
        let factor = 10_i128.pow(4_u32.saturating_sub(self.currency.exponent()));
        let key = i128::from(self.minor) * factor;
        i64::try_from(key).unwrap_or(if key < 0 { i64::MIN } else { i64::MAX })
    }

    fn shortened(self, steps: &[Step], zeros: Zeros) -> String {
        if self.minor == HIDDEN {
            return "***".to_owned();
        }
        let sign = if self.minor < 0 { "-" } else { "" };
        let magnitude = i128::from(self.minor).abs();
        let digits = self.short_digits(magnitude, steps, zeros);
        let symbol = match self.currency {
            Currency::CNY => "¥".to_owned(),
            Currency::USD => "$".to_owned(),
            Currency::EUR => "€".to_owned(),
            Currency::GBP => "£".to_owned(),
            other => return format!("{} {sign}{digits}", other.code()),
        };
        format!("{sign}{symbol}{digits}")
    }

    fn short_digits(self, magnitude: i128, steps: &[Step], zeros: Zeros) -> String {
        let exponent = self.currency.exponent();
        let one = 10_i128.pow(exponent);
        for step in steps {
            let shown = divide_rounded(magnitude * 10_i128.pow(step.places), one * 10_i128.pow(step.power));
            // The bound is held against the rounded figure, so that 999.6 is 1.00k and not 1000.
            if step.below.is_none_or(|below| shown < below * 10_i128.pow(step.places)) {
                let small = step.power == 0 && magnitude % one != 0 && magnitude < 100 * one;
                let number = if small {
                    print_fixed(magnitude, exponent, Zeros::Kept)
                } else {
                    print_fixed(shown, step.places, zeros)
                };
                return format!("{}{}", group(&number), step.suffix);
            }
        }
        group(&print_fixed(magnitude, exponent, Zeros::Kept))
    }
}

/// One row of a short form: figures below `below` are shown as multiples of `10^power`.
struct Step {
    below: Option<i128>,
    power: u32,
    places: u32,
    suffix: &'static str,
}

const fn step(below: i128, power: u32, places: u32, suffix: &'static str) -> Step {
    Step { below: Some(below), power, places, suffix }
}

const ENGLISH: &[Step] = &[
    step(1_000, 0, 0, ""),
    step(10, 3, 2, "k"),
    step(100, 3, 1, "k"),
    step(10, 6, 2, "M"),
    step(100, 6, 1, "M"),
    step(1_000, 6, 0, "M"),
    step(10, 9, 2, "B"),
    step(100, 9, 1, "B"),
    step(1_000, 9, 0, "B"),
    step(10, 12, 2, "T"),
    step(100, 12, 1, "T"),
    Step { below: None, power: 12, places: 0, suffix: "T" },
];

const CHINESE: &[Step] = &[
    step(10_000, 0, 0, ""),
    step(10, 4, 2, "万"),
    step(100, 4, 1, "万"),
    step(10_000, 4, 0, "万"),
    step(10, 8, 2, "亿"),
    step(100, 8, 1, "亿"),
    step(10_000, 8, 0, "亿"),
    step(10, 12, 2, "万亿"),
    step(100, 12, 1, "万亿"),
    Step { below: None, power: 12, places: 0, suffix: "万亿" },
];

/// `digits` (a sign, a whole part, perhaps a fraction) with commas between thousands.
fn group(digits: &str) -> String {
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |rest| ("-", rest));
    let mut out = String::from(sign);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}
