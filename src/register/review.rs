//! A review as it is scored: its criteria with what each came to, its total, and what lies before it.
//!
//! The one reading of a review for its explanation, its bridge and its JSON, on the screen and on the command
//! line. Nothing here scores by itself: that is [`crate::domain::review`].

use crate::domain::period::Period;
use crate::domain::review::{
    self, Bridge, BridgeRow, Criterion, GradeRules, Judged, KpiValue, Outcome, RowStatus, Score, ScoredRow,
    Total,
};
use crate::entity::{Kpi, Record, Ref, Review, ReviewRow, typed};
use crate::texts::{Sentence, Text, text};

pub mod explain;
pub mod standing;

/// A review as it is scored.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// The review.
    pub at: Ref,
    /// Its code.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// Its period.
    pub period: Option<Period>,
    /// How its total becomes its grade.
    pub rules: GradeRules,
    /// Its criteria, in the order of the review.
    pub lines: Vec<Line>,
    /// What they come to.
    pub total: Total,
    /// The rolling score up to it; `None` without a grade of its own.
    pub rolling: Option<Score>,
    /// The reviews with a grade before it that the rolling score reads, the newest first.
    pub earlier: Vec<Earlier>,
}

/// A review with a grade before another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// The review.
    pub at: Ref,
    /// Its period.
    pub period: Option<Period>,
    /// Its total.
    pub total: Score,
}

/// One criterion of a review.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The row of the review.
    pub row: Ref,
    /// The KPI.
    pub kpi: Ref,
    /// What programs call it.
    pub word: String,
    /// What people call it.
    pub name: Sentence,
    /// The unit of its values.
    pub unit: String,
    /// What is held of it.
    pub criterion: Criterion,
    /// What it came to.
    pub judged: Judged,
    /// Its share of the total in hundredths; all sum to the total as it is shown. `None` without points.
    pub contribution: Option<i64>,
    /// Why its points were overridden, and by whom.
    pub overridden: Option<(String, String)>,
    /// What it is based on.
    pub evidence: String,
    /// Who rated it.
    pub rater: String,
}

impl Scored {
    /// The review `record` with its rows, each with its KPI, and the reviews before it.
    #[must_use]
    pub fn of(record: &Record, rows: &[(Record, Option<Record>)], earlier: Vec<Earlier>) -> Self {
        let review = typed::<Review>(&record.values).unwrap_or_default();
        let rules = GradeRules { bands: review.grade_bands(), ..GradeRules::default() };
        let mut lines: Vec<Line> = rows.iter().filter_map(|(row, kpi)| Line::of(row, kpi.as_ref())).collect();
        let scored: Vec<ScoredRow> = lines.iter().map(|line| line.judged.row).collect();
        for (line, share) in lines.iter_mut().zip(review::contributions(&scored)) {
            line.contribution = share;
        }
        let total = review::total(&scored, &rules);
        let own = total.total.filter(|_| total.grade.is_some());
        let rolling = own.and_then(|own| {
            let before = earlier.iter().map(|earlier| earlier.total);
            review::rolling(&std::iter::once(own).chain(before).collect::<Vec<_>>())
        });
        Self {
            at: record.at,
            code: record.code.clone(),
            name: record.label(),
            period: review.period,
            rules,
            lines,
            total,
            rolling,
            earlier,
        }
    }

    /// How fast the totals rise or fall, in hundredths a review, up to this one; `None` for fewer than three.
    #[must_use]
    pub fn trend(&self) -> Option<i64> {
        let own = self.total.total.filter(|_| self.total.grade.is_some())?;
        let newest_first = std::iter::once(own).chain(self.earlier.iter().map(|earlier| earlier.total));
        let points: Vec<(i64, Score)> = (0..).map(|at: i64| -at).zip(newest_first).take(TREND).collect();
        review::trend(&points)
    }

    /// Its criteria as a bridge reads them.
    fn bridge_rows(&self) -> Vec<BridgeRow> {
        self.lines.iter().map(|line| BridgeRow { kpi: line.kpi.id, row: line.judged.row }).collect()
    }

    /// The line of a KPI.
    fn line(&self, kpi: i64) -> Option<&Line> {
        self.lines.iter().find(|line| line.kpi.id == kpi)
    }
}

/// How many reviews a trend reads: two years of quarters.
const TREND: usize = 8;

impl Line {
    fn of(row: &Record, kpi: Option<&Record>) -> Option<Self> {
        let held = typed::<ReviewRow>(&row.values).ok()?;
        let known = kpi.and_then(|record| Some((typed::<Kpi>(&record.values).ok()?, record)));
        let criterion = held.criterion(known.as_ref().map(|(kpi, _)| kpi));
        let judged = criterion.judged();
        let by = if held.override_by.is_empty() { &held.rater } else { &held.override_by };
        let overridden = held.override_points.map(|_| (held.override_reason.clone(), by.clone()));
        let link = held.kpi.as_ref();
        let (word, name, unit) = match &known {
            Some((kpi, record)) => (kpi.word(&record.code).to_owned(), called(kpi), kpi.unit.clone()),
            None => {
                let label = link.map_or(String::new(), |link| link.label.clone());
                (link.map_or(String::new(), |link| link.code.clone()), plain(label), String::new())
            }
        };
        Some(Self {
            row: row.at,
            kpi: Ref { kind: crate::entity::Kind::Kpi, id: link.map_or(0, |link| link.id) },
            word,
            name,
            unit,
            criterion,
            judged,
            contribution: None,
            overridden,
            evidence: held.evidence,
            rater: held.rater,
        })
    }

    /// Whether it is scored, in the word of programs.
    #[must_use]
    pub const fn state(&self) -> &'static str {
        match self.judged.row.outcome {
            Outcome::Points(_) => "scored",
            Outcome::NotApplicable => "na",
            Outcome::NotMeasured => "not_measured",
        }
    }

    /// Its points, if it has any.
    #[must_use]
    pub const fn points(&self) -> Option<Score> {
        match self.judged.row.outcome {
            Outcome::Points(points) => Some(points),
            Outcome::NotApplicable | Outcome::NotMeasured => None,
        }
    }

    /// What was measured or rated, if it counts.
    #[must_use]
    pub fn value(&self) -> Option<KpiValue> {
        self.criterion.value().filter(|_| self.criterion.status == RowStatus::Measured)
    }
}

/// The name of a KPI in either language.
fn called(kpi: &Kpi) -> Sentence {
    let zh = if kpi.name_zh.is_empty() { &kpi.name } else { &kpi.name_zh };
    Sentence::from(NAME).with_name("name", &kpi.name, zh)
}

/// A name that is the same in both languages.
fn plain(name: impl ToString) -> Sentence {
    Sentence::from(NAME).with("name", name)
}

/// The way from one review to another, with the names of the criteria.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// The older review.
    pub from: Scored,
    /// The newer one.
    pub to: Scored,
    /// What lies between; `None` where one of them has no total.
    pub bridge: Option<Bridge>,
}

impl Way {
    /// The way between two reviews.
    #[must_use]
    pub fn between(from: Scored, to: Scored) -> Self {
        let bridge = review::bridge(&from.bridge_rows(), &to.bridge_rows());
        Self { from, to, bridge }
    }

    /// The criterion of this number, as the newer review has it, else the older.
    #[must_use]
    pub fn line(&self, kpi: i64) -> Option<&Line> {
        self.to.line(kpi).or_else(|| self.from.line(kpi))
    }
}

const NAME: Text = text("{name}", "{name}");
