//! Vendors: their state, tier and class, and the check of the unified social credit code.
//!
//! State, grade, tier and preferred are four independent axes; this module must never fold them
//! into one status.

use std::fmt;
use std::str::FromStr;

use crate::closed_list;
use crate::domain::decimal::fold_width;

closed_list! {
    /// How far the relation with a vendor is.
    VendorState {
        Prospect = "prospect", Plain, "Prospect", "潜在";
        InReview = "in_review", Attention, "In review", "准入评审";
        Approved = "approved", Good, "Approved", "合格";
        Active = "active", Good, "Active", "合作中";
        Watch = "watch", Attention, "Watch", "观察整改";
        Suspended = "suspended", Bad, "Suspended", "暂停";
        Exiting = "exiting", Attention, "Exiting", "退出中";
        Exited = "exited", Plain, "Exited", "已退出";
        Rejected = "rejected", Bad, "Rejected", "不合格";
        Blacklisted = "blacklisted", Bad, "Blacklisted", "黑名单";
    }
}

closed_list! {
    /// The quadrant of the Kraljic matrix.
    Tier {
        Strategic = "strategic", Attention, "Strategic", "战略";
        Leverage = "leverage", Plain, "Leverage", "杠杆";
        Bottleneck = "bottleneck", Attention, "Bottleneck", "瓶颈";
        Routine = "routine", Plain, "Routine", "常规";
    }
}

closed_list! {
    /// What is outsourced (seed text 4, line 3).
    VendorClass {
        Ito = "ito", Plain, "ITO", "信息技术外包";
        Bpo = "bpo", Plain, "BPO", "业务流程外包";
        Kpo = "kpo", Plain, "KPO", "知识流程外包";
    }
}

closed_list! {
    /// Where the work is done.
    Region {
        Domestic = "domestic", Plain, "Domestic", "境内";
        Offshore = "offshore", Plain, "Offshore", "离岸";
    }
}

/// A unified social credit code (统一社会信用代码) whose check character is right.
///
/// Source: GB 32100-2015. A few codes of the early pilot regions do not follow the standard and are
/// lawful all the same, so a failed check is a reason to warn, not to refuse.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CreditCode(String);

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether `input` is a unified social credit code; see [`CreditCode`].
///
/// # Errors
///
/// The first flaw.
pub fn check_credit_code(input: &str) -> Result<(), CreditCodeError> {
    input.parse::<CreditCode>().map(|_| ())
}

/// Why a text is not a unified social credit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CreditCodeError {
    /// Not eighteen characters.
    Length {
        /// How many there are.
        found: usize,
    },
    /// A character that does not occur there: a letter in the region (places 3 to 8), or one of
    /// `I O S V Z`, which the standard leaves out.
    Character {
        /// Its place, from 1.
        place: usize,
        /// The character.
        found: char,
    },
    /// The last character does not follow from the others: a typing mistake somewhere.
    CheckCharacter {
        /// What it would have to be.
        expected: char,
        /// What it is.
        found: char,
    },
}

impl FromStr for CreditCode {
    type Err = CreditCodeError;

    /// Checks `input` after folding full-width characters, lower case and spaces.
    fn from_str(input: &str) -> Result<Self, CreditCodeError> {
        let folded = fold_width(input).to_uppercase();
        let code: Vec<char> = folded.chars().filter(|c| !c.is_whitespace()).collect();
        if code.len() != LENGTH {
            return Err(CreditCodeError::Length { found: code.len() });
        }
        let mut values = Vec::with_capacity(LENGTH);
        for (found, place) in code.iter().copied().zip(1..) {
            let value = ALPHABET.chars().position(|c| c == found);
            let fits = !REGION.contains(&place) || found.is_ascii_digit();
            values.push(value.filter(|_| fits).ok_or(CreditCodeError::Character { place, found })?);
        }
        let sum: usize = values.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
        let expected = ALPHABET.chars().nth((31 - sum % 31) % 31).unwrap_or('0');
        match code.last() {
            Some(found) if *found != expected => {
                Err(CreditCodeError::CheckCharacter { expected, found: *found })
            }
            _ => Ok(Self(code.into_iter().collect())),
        }
    }
}

const LENGTH: usize = 18;
/// The places, from 1, of the administrative division of the registering authority.
const REGION: std::ops::RangeInclusive<usize> = 3..=8;
/// The digits and the letters without I, O, S, V and Z; the place of a character is its value.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
/// The powers of three modulo 31.
const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::list::ClosedList;
    use proptest::prelude::*;

    const GOOD: &str = "91110000600037341L";

    #[test]
    fn states_are_named_as_the_field_names_them() {
        let names = VendorState::ALL.iter().map(|s| s.label().zh).collect::<Vec<_>>();
        let expected = [
            "潜在",
            "准入评审",
            "合格",
            "合作中",
            "观察整改",
            "暂停",
            "退出中",
            "已退出",
            "不合格",
            "黑名单",
        ];
        assert_eq!(names, expected);
        assert_eq!(Tier::from_key("bottleneck").map(|t| t.label().zh), Some("瓶颈"));
        assert_eq!(VendorClass::from_key("kpo"), Some(VendorClass::Kpo));
        assert_eq!(Region::from_key("offshore"), Some(Region::Offshore));
    }

    #[test]
    fn a_right_code_is_taken_in_any_writing() {
        for input in
            [GOOD, "91110000 6000 3734 1L", "91110000600037341l", "９１１１００００６０００３７３４１Ｌ"]
        {
            assert_eq!(input.parse::<CreditCode>().map(|c| c.to_string()), Ok(GOOD.to_owned()), "{input}");
        }
        assert!(check_credit_code("92371000MA3MXH0E3W").is_ok());
        // The sum is a multiple of 31, so the check character is a zero.
        assert!(check_credit_code("91110000MA00000240").is_ok());
    }

    #[test]
    fn a_wrong_code_is_refused_with_the_reason() {
        let check = check_credit_code;
        assert_eq!(check(""), Err(CreditCodeError::Length { found: 0 }));
        assert_eq!(check("9111000060003734"), Err(CreditCodeError::Length { found: 16 }));
        assert_eq!(
            check("91110000600037342L"),
            Err(CreditCodeError::CheckCharacter { expected: 'P', found: 'L' })
        );
        assert_eq!(check("9111000O600037341L"), Err(CreditCodeError::Character { place: 8, found: 'O' }));
        assert_eq!(check("91A10000600037341L"), Err(CreditCodeError::Character { place: 3, found: 'A' }));
        assert_eq!(check("91110000S00037341L"), Err(CreditCodeError::Character { place: 9, found: 'S' }));
        assert_eq!(check("9111000060003734-L"), Err(CreditCodeError::Character { place: 17, found: '-' }));
    }

    proptest! {
        #[test]
        fn one_wrong_character_is_always_found(place in 0_usize..18, other in 0_usize..31) {
            let mut code: Vec<char> = GOOD.chars().collect();
            let wrong = ALPHABET.chars().nth(other).unwrap();
            prop_assume!(code[place] != wrong);
            code[place] = wrong;
            prop_assert!(code.into_iter().collect::<String>().parse::<CreditCode>().is_err());
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,20}") {
            let _ = text.parse::<CreditCode>();
        }
    }
}
