//! A meeting that walks through reviews: its pages, what each vendor's criteria come to now, and who
//! stands where among them.
//!
//! All figures follow from what is held here by the rules of `domain::review`, so that a score that was
//! just given is seen at once, before the register has answered.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::action::ActionState;
use crate::domain::list::ClosedList;
use crate::domain::meeting::MeetingState;
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::review::{Grade, GradeRules, Outcome, ReviewState, Score, ScoredRow, Total, total};
use crate::entity::{Kpi, Record, Ref, Review, ReviewRow, Value, typed};
use crate::register::scoring;

pub use words::{NONE, change_words, value_words};

mod words;

/// Periods of the trend, the one under review included.
pub const TREND: usize = 8;

/// A meeting with its pages.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    /// The meeting.
    pub meeting: Record,
    /// A page for each review on the agenda, in its order.
    pub items: Vec<Item>,
    /// Where it stands, as it was left.
    pub desk: Desk,
}

/// One page: the review of one vendor.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The line of the agenda.
    pub agenda: Record,
    /// The review.
    pub review: Record,
    /// Its vendor.
    pub vendor: Record,
    /// What the contracts in force cost a year, a sum for each currency.
    pub annual: Vec<Money>,
    /// The criteria, in the order of the scorecard.
    pub lines: Vec<Line>,
    /// The periods before, oldest first, at most [`TREND`] less one, with their totals in hundredths.
    pub trend: Vec<(Period, i64)>,
    /// The review before that has a grade.
    pub before: Option<Before>,
    /// What was agreed at the review before, and what is still open of older ones.
    pub since: Vec<Record>,
    /// What is asked for at this one.
    pub asks: Vec<Record>,
}

/// The review before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    /// Its code.
    pub code: String,
    /// Its period.
    pub period: Period,
    /// Its total in hundredths.
    pub total: i64,
}

/// One criterion of a review.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The row.
    pub row: Record,
    /// Its KPI.
    pub kpi: Record,
    /// The same criterion in the review before.
    pub was: Option<ReviewRow>,
    /// What several raters gave.
    pub raters: Vec<Record>,
}

/// Where a meeting stands: what is not entered yet, and need not be in the history.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Desk {
    /// The page; the one behind the last vendor is the ranking.
    pub page: usize,
    /// The criterion under the cursor.
    pub line: usize,
    /// What is being typed.
    pub typing: Option<Typing>,
    /// Who gives scores that stay sealed; `None` while scores are given in the open.
    pub rater: Option<String>,
    /// Seconds spent on each line of the agenda, by its number.
    pub spent: BTreeMap<i64, u32>,
    /// Whether amounts and what tells of people are hidden.
    pub masked: bool,
}

/// What is being typed in a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typing {
    /// What it is.
    pub about: About,
    /// The texts of its fields.
    pub texts: Vec<String>,
    /// The field one is in.
    pub field: usize,
}

/// What can be typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum About {
    /// The measured value of the criterion under the cursor.
    Value,
    /// What is noted of this vendor.
    Note,
    /// What is asked for: what, from whom, by when.
    Ask,
    /// What was decided on this vendor.
    Decision,
    /// Who is present.
    Present,
    /// Who gives sealed scores from now on.
    Rater,
}

/// What a review of the meeting comes to now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Total, coverage and grade.
    pub total: Total,
    /// Its rank among those of the meeting that have a grade; equals share one.
    pub rank: Option<usize>,
    /// The rank by the reviews before.
    pub was: Option<usize>,
    /// How it differs from the review before, in hundredths.
    pub change: Option<i64>,
}

/// What is tried and not entered: other weights and other outcomes, by the row's number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tried {
    /// Weights in basis points.
    pub weights: BTreeMap<i64, i64>,
    /// Values of rows.
    pub rows: BTreeMap<i64, Given>,
}

/// A value given to a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// A rating, 0 to 5.
    Rating(u8),
    /// A measured value.
    Raw(crate::domain::decimal::Decimal4),
    /// It does not apply.
    NotApplicable,
    /// It was not measured.
    NotMeasured,
}

impl Line {
    /// The KPI.
    #[must_use]
    pub fn kpi(&self) -> Option<Kpi> {
        typed(&self.kpi.values).ok()
    }

    /// The row.
    #[must_use]
    pub fn row(&self) -> ReviewRow {
        typed(&self.row.values).unwrap_or_default()
    }

    /// What it counts in the total, with what is tried in place of what is held.
    #[must_use]
    pub fn scored(&self, tried: Option<&Tried>) -> ScoredRow {
        let mut row = self.row();
        if let Some(given) = tried.and_then(|tried| tried.rows.get(&self.row.at.id)) {
            given.put(&mut row);
        }
        let mut scored = scoring::scored(&row, self.kpi().as_ref());
        if let Some(weight) = tried.and_then(|tried| tried.weights.get(&self.row.at.id)) {
            scored.weight_bp = *weight;
        }
        scored
    }

    /// What several raters gave that may be seen.
    pub fn revealed(&self) -> impl Iterator<Item = &Record> {
        self.raters.iter().filter(|score| score.get("sealed") != &Value::Bool(true))
    }

    /// What this rater gave and nobody may see yet.
    #[must_use]
    pub fn sealed_of(&self, rater: &str) -> Option<&Record> {
        self.raters.iter().find(|score| score.get("rater").as_text() == rater)
    }
}

impl Given {
    /// Whether a row holds just this.
    #[must_use]
    pub fn is_held(self, row: &ReviewRow) -> bool {
        use crate::domain::review::RowStatus;
        let is = |status| row.status == Some(status);
        match self {
            Self::Rating(rating) => {
                is(RowStatus::Measured) && row.mean.is_none() && row.rating == Some(i64::from(rating))
            }
            Self::Raw(raw) => is(RowStatus::Measured) && row.mean.is_none() && row.raw == Some(raw),
            Self::NotApplicable => is(RowStatus::NotApplicable),
            Self::NotMeasured => is(RowStatus::NotMeasured),
        }
    }

    /// Writes it into a row: the override of an older value goes with that value.
    pub fn put(self, row: &mut ReviewRow) {
        use crate::domain::review::RowStatus;
        (row.rating, row.raw, row.mean, row.override_points) = (None, None, None, None);
        row.override_reason.clear();
        row.status = Some(match self {
            Self::Rating(rating) => {
                row.rating = Some(i64::from(rating));
                RowStatus::Measured
            }
            Self::Raw(raw) => {
                row.raw = Some(raw);
                RowStatus::Measured
            }
            Self::NotApplicable => RowStatus::NotApplicable,
            Self::NotMeasured => RowStatus::NotMeasured,
        });
    }
}

impl Item {
    /// The review.
    #[must_use]
    pub fn review(&self) -> Review {
        typed(&self.review.values).unwrap_or_default()
    }

    /// What its criteria come to, with what is tried in place of what is held.
    #[must_use]
    pub fn total(&self, rules: &GradeRules, tried: Option<&Tried>) -> Total {
        let rows: Vec<ScoredRow> = self.lines.iter().map(|line| line.scored(tried)).collect();
        total(&rows, rules)
    }

    /// How many of its criteria have a value or do not apply.
    #[must_use]
    pub fn answered(&self) -> usize {
        self.lines.iter().filter(|line| line.scored(None).outcome != Outcome::NotMeasured).count()
    }

    /// Whether nothing of it is open any more.
    #[must_use]
    pub fn is_scored(&self) -> bool {
        !self.lines.is_empty() && self.answered() == self.lines.len()
    }

    /// Whether it can still be scored: a review that was handed over to the vendor is rated no more.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(
            self.review().state,
            Some(ReviewState::Planned | ReviewState::Collecting | ReviewState::Draft | ReviewState::Disputed)
        )
    }
}

impl Session {
    /// Whether the meeting is over.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.meeting.get("state").as_key() == MeetingState::Closed.key()
    }

    /// The page under the eye; `None` on the ranking.
    #[must_use]
    pub fn item(&self, page: usize) -> Option<&Item> {
        self.items.get(page)
    }

    /// What each review comes to now, and where it stands among the others.
    #[must_use]
    pub fn standings(&self, tried: Option<&Tried>) -> Vec<Standing> {
        let totals: Vec<Total> =
            self.items.iter().map(|item| item.total(&scoring::rules(&item.review()), tried)).collect();
        let now: Vec<Option<i64>> = totals.iter().map(graded).collect();
        let before: Vec<Option<i64>> =
            self.items.iter().map(|item| item.before.as_ref().map(|before| before.total)).collect();
        let (ranks, were) = (ranks(&now), ranks(&before));
        let whole = totals.into_iter().zip(ranks.into_iter().zip(were)).zip(before);
        whole
            .map(|((total, (rank, was)), before)| {
                let change = total.total.map(Score::hundredths).zip(before).map(|(now, was)| now - was);
                Standing { total, rank, was, change }
            })
            .collect()
    }

    /// The pages of the ranking: those with a grade from the best down, then those without.
    #[must_use]
    pub fn ranking(&self, standings: &[Standing]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.items.len()).collect();
        order.sort_by_key(|at| standings.get(*at).and_then(|one| one.rank).unwrap_or(usize::MAX));
        order
    }

    /// Every ask of the meeting, page by page.
    pub fn asks(&self) -> impl Iterator<Item = (&Item, &Record)> {
        self.items.iter().flat_map(|item| item.asks.iter().map(move |ask| (item, ask)))
    }

    /// The page and line of a row of it.
    #[must_use]
    pub fn place_of(&self, at: Ref) -> Option<(usize, usize)> {
        self.items.iter().enumerate().find_map(|(page, item)| {
            let line = item.lines.iter().position(|line| line.row.at == at)?;
            Some((page, line))
        })
    }
}

/// The total of a review that has a grade, in hundredths: without one it stands in no ranking.
fn graded(total: &Total) -> Option<i64> {
    let _: Grade = total.grade?;
    total.total.map(Score::hundredths)
}

/// The ranks of totals, the highest first; equals share one, and blanks have none.
fn ranks(totals: &[Option<i64>]) -> Vec<Option<usize>> {
    let above = |mine: i64| totals.iter().flatten().filter(|other| **other > mine).count();
    totals.iter().map(|total| total.map(|mine| above(mine) + 1)).collect()
}

/// Whether an action is still to be done.
#[must_use]
pub fn is_open(action: &Record) -> bool {
    let state = ActionState::from_key(action.get("state").as_key());
    matches!(state, Some(ActionState::Open | ActionState::InProgress))
}

/// What a meeting is held on.
#[derive(Debug, Clone, PartialEq)]
pub struct Convening {
    /// What it is called; the period is put before it.
    pub title: String,
    /// Who chairs it.
    pub chair: String,
    /// The vendors or reviews: those with these numbers, or those of a list.
    pub whom: Whom,
}

/// Vendors or reviews that a meeting goes through, in their order.
#[derive(Debug, Clone, PartialEq)]
pub enum Whom {
    /// Those with these numbers.
    Marked(crate::entity::Kind, Vec<i64>),
    /// Those of a list.
    Listed(crate::register::Query),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_share_a_rank_and_blanks_have_none() {
        assert_eq!(
            ranks(&[Some(80), None, Some(90), Some(80), Some(10)]),
            [Some(2), None, Some(1), Some(2), Some(4)]
        );
        assert_eq!(ranks(&[None, None]), [None, None]);
    }

    #[test]
    fn a_desk_of_another_time_is_read_as_far_as_it_goes() {
        let desk = Desk { page: 3, rater: Some("Mei".to_owned()), ..Desk::default() };
        let json = serde_json::to_string(&desk).unwrap();
        assert_eq!(serde_json::from_str::<Desk>(&json).unwrap(), desk);
        assert_eq!(
            serde_json::from_str::<Desk>("{\"page\":2}").unwrap(),
            Desk { page: 2, ..Desk::default() }
        );
    }
}
