//! The words and signs that stand beside a number: currencies and multiples.
//!
//! This module must never choose between the currencies a sign may mean; it only lists them.

use iso_currency::Currency as Iso;

use super::Currency;

/// A currency as a value names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    /// As it is written.
    pub(super) text: String,
    /// The currencies it may mean, at least one.
    pub(super) may_mean: Vec<Currency>,
}

/// The currency that `word` (letters, or letters and a dollar sign) names.
pub(super) fn named(word: &str) -> Option<Mark> {
    let mark = |may_mean| Mark { text: word.to_owned(), may_mean };
    let lower = word.to_lowercase();
    match SIGNS.iter().find(|(sign, _)| *sign == lower) {
        Some((_, meanings)) => Some(mark(meanings.iter().copied().map(Currency).collect())),
        None => Currency::from_code(word).map(|c| mark(vec![c])),
    }
}

/// The longest currency word without spaces between its letters (`美元`, `元`) that `text` begins
/// with, and what follows it.
pub(super) fn leading_han(text: &str) -> Option<(Mark, &str)> {
    let fits = HAN.iter().filter(|(word, _)| text.starts_with(word));
    let (word, meanings) = fits.max_by_key(|(word, _)| word.len())?;
    let may_mean = meanings.iter().copied().map(Currency).collect();
    Some((Mark { text: (*word).to_owned(), may_mean }, text.strip_prefix(word)?))
}

/// The power of ten that `word` multiplies by: `m` is 6.
pub(super) fn multiple(word: &str) -> Option<u32> {
    let lower = word.to_lowercase();
    MULTIPLES.iter().find(|(name, _)| *name == lower).map(|(_, power)| *power)
}

/// The longest Chinese multiple that `text` begins with as a power of ten, and what follows it.
pub(super) fn leading_han_multiple(text: &str) -> Option<(u32, &str)> {
    let fits = HAN_MULTIPLES.iter().filter(|(word, _)| text.starts_with(word));
    let (word, power) = fits.max_by_key(|(word, _)| word.len())?;
    Some((*power, text.strip_prefix(word)?))
}

const MULTIPLES: &[(&str, u32)] = &[
    ("k", 3),
    ("thousand", 3),
    ("m", 6),
    ("mm", 6),
    ("mn", 6),
    ("mio", 6),
    ("million", 6),
    ("b", 9),
    ("bn", 9),
    ("billion", 9),
];

const HAN_MULTIPLES: &[(&str, u32)] = &[
    ("千", 3),
    ("万", 4),
    ("萬", 4),
    ("百万", 6),
    ("百萬", 6),
    ("千万", 7),
    ("千萬", 7),
    ("亿", 8),
    ("億", 8),
    ("万亿", 12),
    ("萬億", 12),
];

/// The currencies written with a plain dollar sign.
const DOLLARS: &[Iso] = &[
    Iso::USD,
    Iso::CAD,
    Iso::AUD,
    Iso::NZD,
    Iso::HKD,
    Iso::SGD,
    Iso::TWD,
    Iso::MXN,
    Iso::ARS,
    Iso::CLP,
    Iso::COP,
    Iso::BBD,
    Iso::BMD,
    Iso::BND,
    Iso::BSD,
    Iso::BZD,
    Iso::DOP,
    Iso::FJD,
    Iso::GYD,
    Iso::JMD,
    Iso::KYD,
    Iso::LRD,
    Iso::NAD,
    Iso::SBD,
    Iso::SRD,
    Iso::TTD,
    Iso::UYU,
    Iso::XCD,
];

/// The currencies called `元` without more.
const YUAN: &[Iso] = &[Iso::CNY, Iso::TWD, Iso::HKD, Iso::MOP];

/// Signs and short names in Latin letters, in lower case.
const SIGNS: &[(&str, &[Iso])] = &[
    ("$", DOLLARS),
    ("us$", &[Iso::USD]),
    ("c$", &[Iso::CAD]),
    ("ca$", &[Iso::CAD]),
    ("cdn$", &[Iso::CAD]),
    ("a$", &[Iso::AUD]),
    ("au$", &[Iso::AUD]),
    ("nz$", &[Iso::NZD]),
    ("hk$", &[Iso::HKD]),
    ("s$", &[Iso::SGD]),
    ("sg$", &[Iso::SGD]),
    ("nt$", &[Iso::TWD]),
    ("mop$", &[Iso::MOP]),
    ("mx$", &[Iso::MXN]),
    ("r$", &[Iso::BRL]),
    ("¥", &[Iso::CNY, Iso::JPY]),
    ("cn¥", &[Iso::CNY]),
    ("jp¥", &[Iso::JPY]),
    ("rmb", &[Iso::CNY]),
    ("rmb¥", &[Iso::CNY]),
    ("€", &[Iso::EUR]),
    ("£", &[Iso::GBP, Iso::EGP, Iso::FKP, Iso::GIP, Iso::SHP, Iso::SSP, Iso::SYP, Iso::LBP]),
    ("kr", &[Iso::DKK, Iso::NOK, Iso::SEK, Iso::ISK]),
    ("rs", &[Iso::INR, Iso::PKR, Iso::LKR, Iso::NPR, Iso::MUR, Iso::SCR]),
    ("₨", &[Iso::INR, Iso::PKR, Iso::LKR, Iso::NPR, Iso::MUR, Iso::SCR]),
    ("₹", &[Iso::INR]),
    ("₩", &[Iso::KRW, Iso::KPW]),
    ("₱", &[Iso::PHP, Iso::CUP]),
    ("₽", &[Iso::RUB]),
    ("₺", &[Iso::TRY]),
    ("₴", &[Iso::UAH]),
    ("₦", &[Iso::NGN]),
    ("₫", &[Iso::VND]),
    ("฿", &[Iso::THB]),
    ("₪", &[Iso::ILS]),
    ("₸", &[Iso::KZT]),
    ("rm", &[Iso::MYR]),
    ("rp", &[Iso::IDR]),
    ("zł", &[Iso::PLN]),
    ("kč", &[Iso::CZK]),
    ("ft", &[Iso::HUF]),
];

/// Names in Chinese characters.
const HAN: &[(&str, &[Iso])] = &[
    ("元", YUAN),
    ("圆", YUAN),
    ("圓", YUAN),
    ("人民币", &[Iso::CNY]),
    ("人民币元", &[Iso::CNY]),
    ("人民幣", &[Iso::CNY]),
    ("円", &[Iso::JPY]),
    ("日元", &[Iso::JPY]),
    ("美元", &[Iso::USD]),
    ("美金", &[Iso::USD]),
    ("欧元", &[Iso::EUR]),
    ("英镑", &[Iso::GBP]),
    ("港元", &[Iso::HKD]),
    ("港币", &[Iso::HKD]),
    ("新台币", &[Iso::TWD]),
    ("新台币元", &[Iso::TWD]),
    ("加元", &[Iso::CAD]),
    ("澳元", &[Iso::AUD]),
    ("新加坡元", &[Iso::SGD]),
    ("韩元", &[Iso::KRW]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_names_a_currency_that_can_be_stored() {
        for (sign, meanings) in SIGNS.iter().chain(HAN) {
            assert!(!meanings.is_empty(), "{sign}");
            for iso in *meanings {
                assert!(Currency::from_code(iso.code()).is_some(), "{sign}");
            }
        }
    }

    #[test]
    fn the_longest_word_is_taken() {
        let (mark, rest) = leading_han("人民币元整").unwrap();
        assert_eq!((mark.text.as_str(), rest), ("人民币元", "整"));
        assert_eq!(leading_han_multiple("万亿元"), Some((12, "元")));
        assert_eq!(leading_han_multiple("元"), None);
    }
}
