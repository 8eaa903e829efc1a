//! Grade bands: which score has which grade.
//!
//! This module must never let a score fall between two bands: bands tile the whole scale, both ends
//! included (ERPNext checks the same for its standings).

use std::fmt;
use std::str::FromStr;

use super::Grade;
use super::score::{FULL, Score, ScoreError};
use crate::domain::decimal::fold_width;
use crate::domain::list::ClosedList;

/// The scores of one grade: `low <= score < high`, in hundredths; the top band includes 100.00.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Band {
    /// The grade.
    pub grade: Grade,
    /// The lowest score of the band.
    pub low: i64,
    /// The first score above it.
    pub high: i64,
}

/// Bands that tile 0.00 to 100.00, a better grade always above a worse one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradeBands {
    /// From the lowest scores up.
    bands: Vec<Band>,
}

/// Why bands do not tile the scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BandsError {
    /// No band at all.
    NoBands,
    /// A band whose low end is not below its high end.
    EmptyBand {
        /// The grade of the band.
        grade: Grade,
    },
    /// Scores from `from` up to `to` have no grade.
    Gap {
        /// The first score without a grade.
        from: i64,
        /// The first score with one again.
        to: i64,
    },
    /// Scores from `from` up to `to` have two grades, or lie outside 0.00 to 100.00.
    Overlap {
        /// The first such score.
        from: i64,
        /// The first score after them.
        to: i64,
    },
    /// A better grade, or the same again, for lower scores.
    OutOfOrder {
        /// The grade of the lower band.
        lower: Grade,
        /// The grade of the higher band.
        higher: Grade,
    },
}

/// Why a text is no bands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GradesError {
    /// A part that is not a grade and the score it begins at. Parts count from 1.
    Shape {
        /// Which part.
        part: usize,
    },
    /// A score that is none.
    Score {
        /// Which part.
        part: usize,
        /// What is wrong with it.
        error: ScoreError,
    },
    /// Bands that do not tile the scale.
    Bands(BandsError),
}

impl GradeBands {
    /// Checks that `bands`, in any order, tile the scale.
    ///
    /// # Errors
    ///
    /// The first flaw from the lowest score up.
    pub fn new(mut bands: Vec<Band>) -> Result<Self, BandsError> {
        if let Some(empty) = bands.iter().find(|b| b.low >= b.high) {
            return Err(BandsError::EmptyBand { grade: empty.grade });
        }
        bands.sort_unstable_by_key(|b| b.low);
        let mut reached = 0;
        let mut below: Option<Grade> = None;
        for band in &bands {
            meet(reached, band.low)?;
            if let Some(lower) = below.filter(|lower| *lower <= band.grade) {
                return Err(BandsError::OutOfOrder { lower, higher: band.grade });
            }
            (reached, below) = (band.high, Some(band.grade));
        }
        if below.is_none() {
            return Err(BandsError::NoBands);
        }
        meet(reached, FULL)?;
        Ok(Self { bands })
    }

    /// The bands from the lowest scores up.
    #[must_use]
    pub fn bands(&self) -> &[Band] {
        &self.bands
    }

    /// The grade of `score`.
    #[must_use]
    pub fn grade_of(&self, score: Score) -> Grade {
        let reached = self.bands.iter().rev().find(|b| b.low <= score.hundredths());
        // The lowest band begins at 0, so that every score reaches one.
        reached.map_or(worst_grade(), |band| band.grade)
    }
}

impl Default for GradeBands {
    /// A from 90, B from 80, C from 70, D below: the habit of Chinese supplier grading, where 90 to
    /// 100 is purchased from first and below 70 is suspended or reduced.
    fn default() -> Self {
        let band = |grade, low, high| Band { grade, low, high };
        let bands = vec![
            band(Grade::D, 0, 7_000),
            band(Grade::C, 7_000, 8_000),
            band(Grade::B, 8_000, 9_000),
            band(Grade::A, 9_000, FULL),
        ];
        Self { bands }
    }
}

impl FromStr for GradeBands {
    type Err = GradesError;

    /// Reads `A 90, B 80, C 70, D 0`: the lowest score of each grade, up to the next better one; or
    /// `A 90-100, B 80-90 …`, whose ends must meet.
    fn from_str(input: &str) -> Result<Self, GradesError> {
        let folded = fold_width(input).replace(['、', ';'], ",");
        let parts = folded.split(',').map(str::trim).filter(|part| !part.is_empty()).enumerate();
        let parts = parts.map(|(at, part)| typed_band(at + 1, part)).collect::<Result<Vec<_>, _>>()?;
        let next = |low: i64| parts.iter().map(|(_, other, _)| *other).filter(|other| *other > low).min();
        let bands = parts.iter().map(|(grade, low, high)| Band {
            grade: *grade,
            low: *low,
            high: high.unwrap_or_else(|| next(*low).unwrap_or(FULL)),
        });
        Self::new(bands.collect()).map_err(GradesError::Bands)
    }
}

/// The grade of a part, its lowest score, and where it ends if that is said.
fn typed_band(part: usize, text: &str) -> Result<(Grade, i64, Option<i64>), GradesError> {
    let shape = GradesError::Shape { part };
    let (word, scores) = text.split_at_checked(1).ok_or(shape)?;
    let grade = Grade::from_key(&word.to_ascii_uppercase()).ok_or(shape)?;
    let score = |text: &str| {
        let score = Score::from_str(text).map_err(|error| GradesError::Score { part, error })?;
        Ok(score.hundredths())
    };
    let scores = scores.trim_start_matches([':', '=', ' ']);
    match scores.split_once('-') {
        Some((low, high)) => Ok((grade, score(low)?, Some(score(high)?))),
        None if scores.is_empty() => Err(shape),
        None => Ok((grade, score(scores)?, None)),
    }
}

impl fmt::Display for GradeBands {
    /// As it is typed, the best grade first: `A 90, B 80, C 70, D 0`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, band) in self.bands.iter().rev().enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            let low = Score::from_hundredths(band.low).unwrap_or(Score::ZERO);
            write!(f, "{comma}{} {low}", band.grade.key())?;
        }
        Ok(())
    }
}

/// The grade a failed veto KPI leaves.
pub(super) fn worst_grade() -> Grade {
    Grade::ALL.last().copied().unwrap_or(Grade::D)
}

const fn meet(reached: i64, next: i64) -> Result<(), BandsError> {
    if next > reached {
        return Err(BandsError::Gap { from: reached, to: next });
    }
    if next < reached {
        return Err(BandsError::Overlap { from: next, to: reached });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn band(grade: Grade, low: i64, high: i64) -> Band {
        Band { grade, low, high }
    }

    fn grade(hundredths: i64) -> Grade {
        GradeBands::default().grade_of(Score::from_hundredths(hundredths).unwrap())
    }

    #[test]
    fn the_default_bands_are_half_open_and_closed_at_the_top() {
        for (score, expected) in [
            (0, Grade::D),
            (6_999, Grade::D),
            (7_000, Grade::C),
            (7_999, Grade::C),
            (8_000, Grade::B),
            (8_999, Grade::B),
            (9_000, Grade::A),
            (10_000, Grade::A),
        ] {
            assert_eq!(grade(score), expected, "{score}");
        }
        let default = GradeBands::default();
        assert_eq!(GradeBands::new(default.bands().to_vec()), Ok(default));
    }

    #[test]
    fn bands_may_be_given_in_any_order_and_number() {
        let two = vec![band(Grade::A, 6_000, 10_000), band(Grade::D, 0, 6_000)];
        assert_eq!(GradeBands::new(two).unwrap().bands()[0].grade, Grade::D);
        assert!(GradeBands::new(vec![band(Grade::B, 0, 10_000)]).is_ok());
    }

    #[test]
    fn bands_that_do_not_tile_are_refused() {
        let cases = [
            (vec![], BandsError::NoBands),
            (vec![band(Grade::A, 5, 5)], BandsError::EmptyBand { grade: Grade::A }),
            (vec![band(Grade::A, 1, 10_000)], BandsError::Gap { from: 0, to: 1 }),
            (vec![band(Grade::A, 0, 9_999)], BandsError::Gap { from: 9_999, to: 10_000 }),
            (vec![band(Grade::A, -1, 10_000)], BandsError::Overlap { from: -1, to: 0 }),
            (vec![band(Grade::A, 0, 10_001)], BandsError::Overlap { from: 10_000, to: 10_001 }),
            (
                vec![band(Grade::D, 0, 5_000), band(Grade::A, 5_001, 10_000)],
                BandsError::Gap { from: 5_000, to: 5_001 },
            ),
            (
                vec![band(Grade::D, 0, 5_000), band(Grade::A, 4_000, 10_000)],
                BandsError::Overlap { from: 4_000, to: 5_000 },
            ),
            (
                vec![band(Grade::A, 0, 5_000), band(Grade::D, 5_000, 10_000)],
                BandsError::OutOfOrder { lower: Grade::A, higher: Grade::D },
            ),
            (
                vec![band(Grade::A, 0, 5_000), band(Grade::A, 5_000, 10_000)],
                BandsError::OutOfOrder { lower: Grade::A, higher: Grade::A },
            ),
        ];
        for (bands, error) in cases {
            assert_eq!(GradeBands::new(bands.clone()), Err(error), "{bands:?}");
        }
    }

    #[test]
    fn bands_are_typed_by_their_lowest_score_or_from_end_to_end() {
        let default = GradeBands::default();
        assert_eq!(default.to_string(), "A 90, B 80, C 70, D 0");
        for typed in ["A 90, B 80, C 70, D 0", "d0;c 70、b:80，a=９０", "A 90-100, D 0-70, B 80-90, C 70-80"]
        {
            assert_eq!(typed.parse(), Ok(default.clone()), "{typed}");
        }
        let half: GradeBands = "A 89.5, D 0".parse().unwrap();
        assert_eq!((half.to_string().as_str(), half.bands().len()), ("A 89.5, D 0", 2));
    }

    #[test]
    fn what_is_no_bands_says_where() {
        let bands = GradesError::Bands;
        for (typed, error) in [
            ("", bands(BandsError::NoBands)),
            ("A 90, E 0", GradesError::Shape { part: 2 }),
            ("A", GradesError::Shape { part: 1 }),
            ("A 90, 级 0", GradesError::Shape { part: 2 }),
            ("A 900, D 0", GradesError::Score { part: 1, error: ScoreError::OutOfRange }),
            ("A 90, B 80", bands(BandsError::Gap { from: 0, to: 8_000 })),
            ("A 90-100, B 80-89, D 0-80", bands(BandsError::Gap { from: 8_900, to: 9_000 })),
            ("A 90, B 90, D 0", bands(BandsError::Overlap { from: 9_000, to: FULL })),
            ("A 0, D 50", bands(BandsError::OutOfOrder { lower: Grade::A, higher: Grade::D })),
            ("A 100, D 0", bands(BandsError::EmptyBand { grade: Grade::A })),
        ] {
            assert_eq!(typed.parse::<GradeBands>(), Err(error), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn printed_bands_parse_to_the_same(mut lows in proptest::collection::btree_set(1..FULL, 0..4)) {
            lows.insert(0);
            let lows: Vec<i64> = lows.into_iter().take(4).collect();
            let highs = lows.iter().skip(1).copied().chain([FULL]);
            let grades = Grade::ALL.iter().take(lows.len()).rev();
            let bands = lows.iter().zip(highs).zip(grades).map(|((low, high), grade)| band(*grade, *low, high));
            let bands = GradeBands::new(bands.collect()).unwrap();
            prop_assert_eq!(bands.to_string().parse(), Ok(bands));
        }

        #[test]
        fn no_text_panics(text in ".*") {
            let _ = text.parse::<GradeBands>();
        }

        #[test]
        fn a_better_score_never_has_a_worse_grade(a in 0..=FULL, b in 0..=FULL) {
            prop_assert!(grade(a.max(b)) <= grade(a.min(b)));
        }
    }
}
