//! Money: whole minor units of one ISO 4217 currency, read from what people write.
//!
//! This module must never guess and never touch floating point: a text that is not exactly one
//! number of one currency is refused with its reason, never read as zero or as a prefix.

mod currency;
mod mark;
mod number;
mod print;
mod read;

pub use currency::Currency;

/// An exact amount: `minor` units of `10^-exponent` of `currency`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    /// The amount in minor units (fen, cents, yen, fils), negative for a credit.
    pub minor: i64,
    /// The currency, which also says how many decimals the amount has.
    pub currency: Currency,
}

/// What a text may leave unsaid, and how it writes decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoneyRules {
    /// The currency named beside the value (`--currency`): for bare numbers and for symbols that
    /// name several currencies. A code in the value itself wins over it.
    pub currency: Option<Currency>,
    /// The currency of the register, taken where neither the value nor the caller names one.
    pub base: Currency,
    /// Which sign separates the decimals.
    pub decimal: DecimalMark,
}

impl MoneyRules {
    /// The rules of a register whose base currency is `base`, with a decimal point.
    #[must_use]
    pub const fn of_base(base: Currency) -> Self {
        Self { currency: None, base, decimal: DecimalMark::Point }
    }
}

/// Which sign separates whole units from decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum DecimalMark {
    /// `1,234.56`.
    #[default]
    Point,
    /// `1.234,56`.
    Comma,
}

impl DecimalMark {
    /// Both marks.
    pub const ALL: [Self; 2] = [Self::Point, Self::Comma];

    /// Its word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Point => "point",
            Self::Comma => "comma",
        }
    }

    /// The mark of a word.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.name() == name)
    }
}

/// Why a text is not an amount of money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MoneyError {
    /// Nothing but spaces.
    Empty,
    /// More characters than any amount needs.
    TooLong {
        /// The most characters that are read.
        max: usize,
    },
    /// No digit in it.
    NoNumber,
    /// Something beside the digits is neither a currency nor a multiple: `S2,035,000`, `31.65/MT`.
    UnknownText {
        /// The part that is not understood.
        text: String,
    },
    /// The digits are interrupted by something that no number contains.
    NotOneNumber {
        /// The sign that interrupts them.
        at: char,
    },
    /// The thousands are not groups of three under one separator: `1,31,169`, `982, 900`.
    BadGrouping,
    /// A decimal mark without a digit on both sides: `942467.`.
    BareMark,
    /// More than one decimal mark: `76500.0025.95625.00`.
    SecondMark,
    /// More decimals than the currency has, other than zeros.
    TooManyDecimals {
        /// The currency of the amount.
        currency: Currency,
        /// How many decimals it has.
        allowed: u32,
    },
    /// A symbol names several currencies and neither `--currency` nor the base is one of them.
    AmbiguousSymbol {
        /// The symbol.
        symbol: String,
        /// The currencies it may mean.
        may_mean: Vec<Currency>,
    },
    /// A symbol cannot mean the currency named by `--currency`.
    SymbolNotCurrency {
        /// The symbol.
        symbol: String,
        /// The currency that was asked for.
        currency: Currency,
    },
    /// The value names two currencies: `€5 USD`.
    TwoCurrencies {
        /// The first as it is written.
        first: String,
        /// The second as it is written.
        second: String,
    },
    /// Two signs, or a sign and parentheses.
    TwoSigns,
    /// One parenthesis without the other.
    UnbalancedParenthesis,
    /// More than any amount may be, to either side.
    OutOfRange {
        /// The greatest amount of the currency.
        most: Money,
    },
}

#[cfg(test)]
mod tests;
