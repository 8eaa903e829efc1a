//! One row of a review, rated by several: their mean, and how far they are apart.
//!
//! This module must never let one rater's blank count as a number: who did not rate is not asked.

use crate::domain::decimal::{Decimal4, divide_rounded};

/// What several raters made of one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gathered {
    /// How many of them gave a value.
    pub raters: usize,
    /// The mean of their values, rounded once, half away from zero, to the fourth place.
    ///
    /// Points follow from it as from the exact mean: a step is worth 20 points, so the fourth place of
    /// a rating is a fifth of a hundredth of a point, and rounding by fifths first moves no half.
    pub mean: Decimal4,
    /// The lowest value.
    pub low: Decimal4,
    /// The highest value.
    pub high: Decimal4,
}

impl Gathered {
    /// How far the raters are apart: the highest value less the lowest.
    #[must_use]
    pub const fn spread(&self) -> Decimal4 {
        Decimal4(self.high.0.saturating_sub(self.low.0))
    }
}

/// What these values come to; `None` of none.
#[must_use]
pub fn gather(values: &[Decimal4]) -> Option<Gathered> {
    let (low, high) = (values.iter().min()?, values.iter().max()?);
    let sum: i128 = values.iter().map(|value| i128::from(value.0)).sum();
    let mean = divide_rounded(sum, i128::try_from(values.len()).ok()?);
    Some(Gathered { raters: values.len(), mean: Decimal4(i64::try_from(mean).ok()?), low: *low, high: *high })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ratings(steps: &[i64]) -> Vec<Decimal4> {
        steps.iter().map(|step| Decimal4(step * 10_000)).collect()
    }

    #[test]
    fn the_mean_of_three_and_how_far_they_are_apart() {
        let found = gather(&ratings(&[5, 4, 4])).unwrap();
        assert_eq!((found.raters, found.mean.to_string().as_str()), (3, "4.3333"));
        assert_eq!(
            (found.low, found.high, found.spread().to_string().as_str()),
            (Decimal4(40_000), Decimal4(50_000), "1")
        );
        assert_eq!(gather(&[]), None);
        assert_eq!(gather(&ratings(&[5])).unwrap().spread(), Decimal4(0));
    }

    proptest! {
        /// The rounded mean earns the points of the exact mean.
        #[test]
        fn points_follow_from_the_mean_as_from_its_fraction(steps in prop::collection::vec(0_i64..=5, 1..60)) {
            let mean = gather(&ratings(&steps)).unwrap().mean;
            let n = i128::try_from(steps.len()).unwrap();
            let exact = divide_rounded(i128::from(steps.iter().sum::<i64>()) * 2_000, n);
            prop_assert_eq!(divide_rounded(i128::from(mean.0) * 2_000, 10_000), exact);
        }

        #[test]
        fn the_mean_lies_among_the_values(values in prop::collection::vec(-1_000_000_i64..1_000_000, 1..20)) {
            let found = gather(&values.iter().copied().map(Decimal4).collect::<Vec<_>>()).unwrap();
            prop_assert!(found.low <= found.mean && found.mean <= found.high);
        }
    }
}
