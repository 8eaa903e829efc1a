//! Vendors held against each other: ranked, and side by side by criterion and over time.
//!
//! A vendor without a grade is in no ranking, not even as the last: it is listed apart, as not rated.

use crate::domain::list::ClosedList;
use crate::domain::period::{FiscalStart, Period};
use crate::domain::review::{self, Contender, Grade, Score, Swing};
use crate::entity::{Ref, Value, show};
use crate::limits;
use crate::register::review::explain::{percent, signed, two};
use crate::register::review::{Line, Scored};
use crate::texts::{Sentence, Text, text};

/// Which vendors are ranked, and by which reviews.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Among {
    /// Only those of this class, by its word.
    pub class: Option<String>,
    /// Only those of this tier, by its word.
    pub tier: Option<String>,
    /// Only those of this owner.
    pub owner: Option<String>,
    /// By the reviews of this period; else by the newest with a grade of each.
    pub period: Option<Period>,
}

/// A ranking.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ranking {
    /// Of which vendors.
    pub among: Among,
    /// Those with a grade, the best first.
    pub ranked: Vec<Ranked>,
    /// Those without.
    pub unrated: Vec<Unrated>,
    /// The smallest change of one weight that changes the order.
    pub swing: Option<Told>,
    /// Whether the order was tried for such a change.
    pub tried: Tried,
    /// The owners of vendors, and the newest periods with a grade: what can be asked for.
    pub offers: (Vec<String>, Vec<Period>),
}

/// Whether a ranking was tried for what would change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tried {
    /// It was.
    #[default]
    Yes,
    /// It has more vendors than are tried.
    TooMany,
}

/// A vendor with a rank.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// Its rank; equal totals share one.
    pub rank: usize,
    /// The vendor.
    pub vendor: Ref,
    /// Its code.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// The review.
    pub review: Ref,
    /// The period of the review.
    pub period: Option<Period>,
    /// Its total.
    pub total: Score,
    /// Its grade.
    pub grade: Option<Grade>,
    /// The change since the review before, in hundredths.
    pub change: Option<i64>,
}

/// A vendor that is not rated.
#[derive(Debug, Clone, PartialEq)]
pub struct Unrated {
    /// The vendor.
    pub vendor: Ref,
    /// Its code.
    pub code: String,
    /// What people call it.
    pub name: String,
}

/// The smallest change that turns an order, in names.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// What programs call the criterion.
    pub word: String,
    /// What people call it.
    pub criterion: Sentence,
    /// By how much its weight changes, in basis points.
    pub change_bp: i64,
    /// Who falls behind, as code and name.
    pub falls: (String, String),
    /// Who passes.
    pub rises: (String, String),
}

impl Ranking {
    /// Ranks vendors by their reviews; `scored` are the reviews of `rated` as they are scored, or nothing where
    /// there are too many to be tried.
    #[must_use]
    pub fn of(
        among: Among,
        mut rated: Vec<Ranked>,
        unrated: Vec<Unrated>,
        scored: Option<&[Scored]>,
    ) -> Self {
        let totals: Vec<Score> = rated.iter().map(|one| one.total).collect();
        for (one, rank) in rated.iter_mut().zip(review::ranks(&totals)) {
            one.rank = rank;
        }
        let swing = scored.and_then(|scored| told(&rated, scored));
        let tried = if scored.is_some() { Tried::Yes } else { Tried::TooMany };
        rated.sort_by(|a, b| (a.rank, &a.code).cmp(&(b.rank, &b.code)));
        Self { among, ranked: rated, unrated, swing, tried, offers: (Vec::new(), Vec::new()) }
    }

    /// It as a table.
    #[must_use]
    pub fn table(&self) -> Table {
        let heads = [RANK, VENDOR, PERIOD, TOTAL, GRADE, CHANGE].map(Sentence::from).to_vec();
        let mut rows: Vec<Row> = self.ranked.iter().map(ranked_row).collect();
        for one in &self.unrated {
            let cells = vec![data("–"), data(&one.name), NOT_RATED.into(), data(""), data(""), data("")];
            rows.push(Row { at: Some(one.vendor), cells });
        }
        let mut notes = vec![self.among.sentence()];
        notes.push(match (&self.swing, self.tried) {
            _ if self.ranked.len() < 2 => TOO_FEW.into(),
            (_, Tried::TooMany) => Sentence::from(NOT_TRIED).with("most", limits::SWING_VENDORS),
            (None, Tried::Yes) => STABLE.into(),
            (Some(told), Tried::Yes) => Sentence::from(SWINGS)
                .with_sentence("criterion", told.criterion.clone())
                .with("change", format!("{}%", signed(told.change_bp)))
                .with("rises", &told.rises.1)
                .with("falls", &told.falls.1),
        });
        Table { title: RANKING.into(), heads, rows, notes }
    }
}

fn ranked_row(one: &Ranked) -> Row {
    let cells = vec![
        data(one.rank),
        data(&one.name),
        data(one.period.map(|period| period.to_string()).unwrap_or_default()),
        data(two(one.total.hundredths())),
        data(one.grade.map_or("", ClosedList::key)),
        data(one.change.map(signed).unwrap_or_default()),
    ];
    Row { at: Some(one.vendor), cells }
}

impl Among {
    /// Of which vendors, in words.
    fn sentence(&self) -> Sentence {
        let word = |value: &Option<String>| value.clone().unwrap_or_else(|| "*".to_owned());
        let period = self.period.map(|period| period.to_string());
        Sentence::from(AMONG)
            .with("class", word(&self.class))
            .with("tier", word(&self.tier))
            .with("owner", word(&self.owner))
            .with_sentence("period", period.map_or_else(|| NEWEST.into(), data))
    }
}

/// What turns the order, with names.
fn told(rated: &[Ranked], scored: &[Scored]) -> Option<Told> {
    let rows = |scored: &Scored| scored.lines.iter().map(|line| (line.kpi.id, line.judged.row)).collect();
    let contenders: Vec<Contender> = scored.iter().map(|scored| Contender { rows: rows(scored) }).collect();
    let Swing { kpi, change_bp, falls, rises } = review::swing(&contenders)?;
    let line = [falls, rises].iter().find_map(|at| scored.get(*at)?.line(kpi))?;
    let named = |at: usize| rated.get(at).map(|one| (one.code.clone(), one.name.clone())).unwrap_or_default();
    Some(Told {
        word: line.word.clone(),
        criterion: line.name.clone(),
        change_bp,
        falls: named(falls),
        rises: named(rises),
    })
}

/// Vendors side by side.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Comparison {
    /// By the reviews of this period; else by the newest with a grade of each.
    pub period: Option<Period>,
    /// The vendors, in the order in which they were named.
    pub vendors: Vec<Compared>,
}

/// One vendor of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// The vendor.
    pub vendor: Ref,
    /// Its code.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// Its review; `None` where it has none with a grade.
    pub scored: Option<Scored>,
}

impl Compared {
    /// Its totals over time, the newest first.
    #[must_use]
    pub fn over_time(&self) -> Vec<(Period, Score)> {
        let Some(scored) = &self.scored else { return Vec::new() };
        let own = scored.period.zip(scored.total.total).into_iter();
        own.chain(scored.earlier.iter().filter_map(|earlier| Some((earlier.period?, earlier.total))))
            .collect()
    }
}

impl Comparison {
    /// The criteria of all, each once, in the order of the first that has it.
    #[must_use]
    pub fn criteria(&self) -> Vec<&Line> {
        let mut found: Vec<&Line> = Vec::new();
        for line in self.vendors.iter().filter_map(|one| one.scored.as_ref()).flat_map(|scored| &scored.lines)
        {
            if !found.iter().any(|known| known.kpi == line.kpi) {
                found.push(line);
            }
        }
        found
    }

    /// The newest periods of all, the newest first.
    #[must_use]
    pub fn periods(&self) -> Vec<Period> {
        let mut found: Vec<Period> =
            self.vendors.iter().flat_map(Compared::over_time).map(|(period, _)| period).collect();
        let order = |period: &Period| show::plain(&Value::Period(*period));
        found.sort_by_key(|period| {
            std::cmp::Reverse((period.last_day(FiscalStart::default()), order(period)))
        });
        found.dedup();
        found.truncate(limits::COMPARED_PERIODS);
        found
    }

    /// It as a table: a column a vendor.
    #[must_use]
    pub fn table(&self) -> Table {
        let mut heads = vec![data("")];
        heads.extend(self.vendors.iter().map(|one| data(&one.name)));
        let row = |label: Sentence, cell: &dyn Fn(&Compared) -> String| {
            let cells =
                std::iter::once(label).chain(self.vendors.iter().map(|one| data(cell(one)))).collect();
            Row { at: None, cells }
        };
        let score =
            |score: Option<Score>| score.map_or_else(|| "–".to_owned(), |score| two(score.hundredths()));
        let of = |one: &Compared, read: &dyn Fn(&Scored) -> String| {
            one.scored.as_ref().map_or_else(|| "–".to_owned(), read)
        };
        let mut rows = vec![
            row(PERIOD.into(), &|one| {
                of(one, &|s| s.period.map(|period| period.to_string()).unwrap_or_default())
            }),
            row(TOTAL.into(), &|one| of(one, &|s| score(s.total.total))),
            row(GRADE.into(), &|one| of(one, &|s| s.total.grade.map_or("–", ClosedList::key).to_owned())),
            row(COVERAGE.into(), &|one| of(one, &|s| s.total.coverage_bp.map_or("–".to_owned(), percent))),
            row(ROLLING.into(), &|one| of(one, &|s| score(s.rolling))),
            row(TREND.into(), &|one| of(one, &|s| s.trend().map_or("–".to_owned(), signed))),
        ];
        for line in self.criteria() {
            let cell = |one: &Compared| of(one, &|s| score(s.line(line.kpi.id).and_then(Line::points)));
            rows.push(row(line.name.clone(), &cell));
        }
        for period in self.periods() {
            let cell = |one: &Compared| {
                let totals = one.over_time();
                score(totals.iter().find(|(other, _)| *other == period).map(|(_, total)| *total))
            };
            rows.push(row(data(period), &cell));
        }
        let unrated = self.vendors.iter().filter(|one| one.scored.is_none());
        let notes = unrated.map(|one| Sentence::from(HAS_NONE).with("name", &one.name)).collect();
        Table { title: SIDE_BY_SIDE.into(), heads, rows, notes }
    }
}

/// A table as it is drawn and printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// What it is.
    pub title: Sentence,
    /// The heads of its columns.
    pub heads: Vec<Sentence>,
    /// Its rows.
    pub rows: Vec<Row>,
    /// What is to be said below.
    pub notes: Vec<Sentence>,
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The record it is about, if it is about one.
    pub at: Option<Ref>,
    /// Its cells.
    pub cells: Vec<Sentence>,
}

fn data(value: impl ToString) -> Sentence {
    Sentence::from(DATA).with("data", value)
}

const DATA: Text = text("{data}", "{data}");
const RANKING: Text = text("Ranking", "排名");
const SIDE_BY_SIDE: Text = text("Side by side", "并列比较");
const RANK: Text = text("Rank", "名次");
const VENDOR: Text = text("Vendor", "供应商");
const PERIOD: Text = text("Period", "考核期");
const TOTAL: Text = text("Total", "总分");
const GRADE: Text = text("Grade", "等级");
const CHANGE: Text = text("Change", "变化");
const COVERAGE: Text = text("Scored", "评分覆盖");
const ROLLING: Text = text("Rolling", "滚动得分");
const TREND: Text = text("Trend", "走势");
const NOT_RATED: Text = text("not rated", "未评级");
const AMONG: Text = text(
    "Class {class}, tier {tier}, owner {owner}; {period}.",
    "类别 {class}，层级 {tier}，负责人 {owner}；{period}。",
);
const NEWEST: Text = text("the newest graded review of each", "各取最近一次已评级的考核");
const TOO_FEW: Text = text("With fewer than two there is no order.", "不足两家，没有次序。");
const NOT_TRIED: Text = text(
    "More than {most} vendors are not tried for what would change the order; narrow them.",
    "超过 {most} 家时不推算次序的稳定性；请缩小范围。",
);
const STABLE: Text = text("No change of one weight changes the order.", "任何单项权重的变化都不会改变次序。");
const SWINGS: Text = text(
    "The order turns when the weight of {criterion} changes by {change}: {rises} passes {falls}.",
    "{criterion}的权重变化 {change} 时次序改变：{rises}超过{falls}。",
);
const HAS_NONE: Text =
    text("{name} has no review with a grade: it is not rated.", "{name}没有已评级的考核：未评级。");
