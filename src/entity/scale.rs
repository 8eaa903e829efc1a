//! What is wrong with a scale of points or with the bands of grades, in words.

use crate::domain::decimal::DecimalError;
use crate::domain::list::ClosedList;
use crate::domain::review::{
    BandsError, FEWEST_STEPS, GradeBands, GradesError, MOST_STEPS, Score, ScoreError, StepsError,
};
use crate::entity::Problem;
use crate::texts::{Sentence, Text, text};

/// Why steps are no scale.
#[must_use]
pub fn of_steps(error: StepsError) -> Sentence {
    match error {
        StepsError::Count { count } => {
            Sentence::from(COUNT).with("fewest", FEWEST_STEPS).with("most", MOST_STEPS).with("count", count)
        }
        StepsError::Value { part, error: DecimalError::TooManyPlaces { max } } => {
            Sentence::from(PLACES).with("part", part).with("max", max)
        }
        StepsError::Shape { part } | StepsError::Value { part, .. } => {
            Sentence::from(STEP).with("part", part)
        }
        StepsError::Points { part, .. } => Sentence::from(POINTS).with("part", part),
        StepsError::Twice { from } => Sentence::from(TWICE).with("from", from),
        StepsError::WrongWay { from } => Sentence::from(WRONG_WAY).with("from", from),
    }
}

/// What is wrong with the bands of grades in a field `bands`; blank is nothing wrong.
#[must_use]
pub fn bands_problem(typed: &str) -> Option<Problem> {
    if typed.trim().is_empty() {
        return None;
    }
    let error = typed.parse::<GradeBands>().err()?;
    Some(Problem::new("bands", of_grades(error)))
}

/// Why bands do not give every score one grade.
#[must_use]
pub fn of_grades(error: GradesError) -> Sentence {
    match error {
        GradesError::Score { part, error: ScoreError::OutOfRange } => {
            Sentence::from(POINTS).with("part", part)
        }
        GradesError::Shape { part } | GradesError::Score { part, .. } => {
            Sentence::from(GRADE).with("part", part)
        }
        GradesError::Bands(error) => of_bands(error),
    }
}

fn of_bands(error: BandsError) -> Sentence {
    let score = |hundredths: i64| {
        Score::from_hundredths(hundredths).map_or_else(|| hundredths.to_string(), |score| score.to_string())
    };
    let between =
        |says: Text, from: i64, to: i64| Sentence::from(says).with("from", score(from)).with("to", score(to));
    match error {
        BandsError::NoBands => NO_BANDS.into(),
        BandsError::EmptyBand { grade } => Sentence::from(EMPTY).with("grade", grade.key()),
        BandsError::Gap { from, to } => between(GAP, from, to),
        BandsError::Overlap { from, to } => between(OVERLAP, from, to),
        BandsError::OutOfOrder { lower, higher } => {
            Sentence::from(ORDER).with("lower", lower.key()).with("higher", higher.key())
        }
    }
}

const COUNT: Text = text(
    "A scale has {fewest} to {most} steps, not {count}: such as 0: 20, 90: 60, 98: 100.",
    "分段须为 {fewest} 至 {most} 段，现为 {count} 段：如 0: 20, 90: 60, 98: 100。",
);
const STEP: Text = text(
    "Step {part} is not a value, a colon and its points: write it as 90: 60.",
    "第 {part} 段应为“数值: 得分”，如 90: 60。",
);
const PLACES: Text = text(
    "Step {part} begins at a value of more than {max} decimals.",
    "第 {part} 段的数值小数超过 {max} 位。",
);
const POINTS: Text = text(
    "Part {part}: points are from 0 to 100, with at most two decimals.",
    "第 {part} 部分：得分须为 0 至 100，最多两位小数。",
);
const TWICE: Text = text("Two steps begin at {from}. Keep one.", "有两段从 {from} 开始，请保留一段。");
const WRONG_WAY: Text = text(
    "From {from} on a better value would earn less, or a worse one more: the points follow the direction.",
    "从 {from} 起得分与方向相反：得分须随数值变优而不降低。",
);
const GRADE: Text = text(
    "Part {part} is not a grade A to D and its lowest score: write it as B 80.",
    "第 {part} 部分应为等级 A 至 D 及其最低分，如 B 80。",
);
const NO_BANDS: Text =
    text("No grade is given: write them as A 90, B 80, C 70, D 0.", "未填写等级：如 A 90, B 80, C 70, D 0。");
const EMPTY: Text = text("No score could ever have the grade {grade}.", "没有任何得分会落入等级 {grade}。");
const GAP: Text = text(
    "Scores from {from} up to {to} would have no grade: the lowest grade begins at 0, and each ends where the next begins.",
    "得分 {from} 至 {to} 没有等级：最低等级须从 0 开始，且各等级首尾相接。",
);
const OVERLAP: Text = text(
    "Scores from {from} up to {to} would have two grades, or lie outside 0 to 100.",
    "得分 {from} 至 {to} 重复划分，或超出 0 至 100。",
);
const ORDER: Text = text(
    "{lower} would stand below {higher}: a better grade is for higher scores, and each stands once.",
    "{lower} 低于 {higher}：更好的等级须对应更高的得分，且每个等级只出现一次。",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::review::{KpiDirection, Steps};
    use crate::texts::Lang;

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let steps = |typed: &str| of_steps(Steps::read(typed, KpiDirection::Max).unwrap_err()).in_(Lang::En);
        assert!(steps("0: 20, 90").starts_with("Step 2"), "{}", steps("0: 20, 90"));
        assert!(steps("0: 20, 90: 10").starts_with("From 90"));
        let grades = |typed: &str| of_grades(typed.parse::<GradeBands>().unwrap_err()).in_(Lang::En);
        assert!(grades("A 90, B 80").starts_with("Scores from 0 up to 80 would have no grade"));
        assert!(grades("A 90-100, B 80-89, D 0-80").contains("from 89 up to 90"));
    }
}
