//! What a satisfaction survey comes to, from how many gave each answer from 1 to 5.
//!
//! This module must never show a mean of a few as that of many: how many answered goes with it.

use super::score::{FULL, Score};

/// The answers below which a result is flagged: one person more or less would turn it.
pub const THIN: u64 = 3;

/// How many gave each answer, from 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Answers(pub [u64; 5]);

/// What a survey came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Satisfaction {
    /// `(mean − 1) / 4 · 100`, rounded half away from zero.
    pub score: Score,
    /// The mean answer in hundredths, 100 to 500, rounded half away from zero.
    pub mean: i64,
    /// How many answered.
    pub count: u64,
    /// Whether they are fewer than [`THIN`].
    pub is_thin: bool,
}

impl Answers {
    /// What the answers come to; `None` without any.
    #[must_use]
    pub fn satisfaction(self) -> Option<Satisfaction> {
        let count: u128 = self.0.iter().copied().map(u128::from).sum();
        let weighted: u128 = self.0.iter().zip(0_u128..).map(|(given, step)| u128::from(*given) * step).sum();
        let (count, steps) = (i128::try_from(count).ok()?, i128::try_from(weighted).ok()?);
        if count == 0 {
            return None;
        }
        let score = Score::of_fraction(i128::from(FULL) * steps, 4 * count);
        let mean = crate::domain::decimal::divide_rounded(100 * (steps + count), count);
        let (mean, count) = (i64::try_from(mean).ok()?, u64::try_from(count).ok()?);
        Some(Satisfaction { score, mean, count, is_thin: count < THIN })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(answers: [u64; 5]) -> Satisfaction {
        Answers(answers).satisfaction().unwrap()
    }

    #[test]
    fn the_mean_is_put_on_the_scale_of_points() {
        for (answers, mean, hundredths) in [
            ([1, 0, 0, 0, 2], 367, 6_667),
            ([3, 0, 0, 0, 0], 100, 0),
            ([0, 0, 3, 0, 0], 300, 5_000),
            ([0, 0, 0, 0, 9], 500, 10_000),
            ([1, 2, 5, 9, 4], 362, 6_548),
        ] {
            let found = of(answers);
            assert_eq!((found.mean, found.score.hundredths()), (mean, hundredths), "{answers:?}");
        }
    }

    #[test]
    fn few_answers_are_flagged_and_none_are_no_result() {
        assert_eq!(Answers([0; 5]).satisfaction(), None);
        assert!(of([0, 0, 0, 0, 2]).is_thin);
        assert!(!of([0, 0, 1, 0, 2]).is_thin);
        assert_eq!(of([u64::MAX, 0, 0, 0, 0]).score, Score::ZERO);
    }

    proptest! {
        #[test]
        fn a_better_answer_never_lowers_it(answers: [u8; 5], at in 0_usize..5) {
            let answers = answers.map(u64::from);
            let mut better = answers;
            better[4] += 1;
            let mut worse = answers;
            worse[at] += 1;
            let (Some(better), Some(worse)) = (Answers(better).satisfaction(), Answers(worse).satisfaction()) else { return Ok(()) };
            prop_assert!(better.score >= worse.score);
        }
    }
}
