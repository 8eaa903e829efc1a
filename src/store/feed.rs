//! What the register knows of the rows of a review: what was measured in its period, and what its raters
//! gave. A person confirms; nothing of it is written before.
//!
//! A value names the records it comes from and how many they are. Where nothing was measured there is no
//! value: neither 0 nor 100.

use std::fmt::Display;

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::domain::decimal::Decimal4;
use crate::domain::interaction::About;
use crate::domain::list::ClosedList;
use crate::domain::period::{FiscalStart, Period};
use crate::domain::punctuality::Deliveries;
use crate::domain::review::{Feed, Found, KpiMeasure, ReviewState, RowStatus};
use crate::domain::service_level::Outcome;
use crate::entity::{
    DeliveryMonth, Kind, Kpi, Record, Ref, Review, ReviewPlan, ReviewRow, Survey, Value, typed,
};
use crate::register::proposal::{Fate, Line};
use crate::register::service_level::Level;
use crate::register::{Edit, Refusal};
use crate::store::change::Txn;
use crate::store::index::review::gathered;
use crate::store::{card, refused, settings};
use crate::texts::{Sentence, Text, text};

/// Codes that an evidence names; those behind are counted.
const NAMED: usize = 8;

/// A proposal for one row.
struct Filling {
    row: Ref,
    line: Line,
    /// The fields it puts, by their keys.
    fields: Vec<(&'static str, Value)>,
}

/// What was found for a row, and by which records.
struct Source {
    value: Decimal4,
    evidence: String,
    /// Who gave it, where they were raters.
    raters: Option<String>,
}

/// The lines of a review.
pub(super) fn lines(conn: &Connection, review: Ref) -> Result<Vec<Line>, Refusal> {
    Ok(fillings(conn, review)?.into_iter().map(|filling| filling.line).collect())
}

impl Txn<'_> {
    /// Fills the rows of a review whose lines are chosen. Returns how many.
    ///
    /// # Errors
    /// As [`Txn::update`].
    pub(super) fn fill_review(&mut self, review: Ref, chosen: &[String]) -> Result<usize, Refusal> {
        let mut filled = 0;
        for filling in fillings(&self.tx, review)? {
            let wanted = matches!(filling.line.fate, Fate::Will | Fate::Over);
            if !wanted || !chosen.contains(&filling.line.key) {
                continue;
            }
            let table = Kind::ReviewRow.table();
            let edit = |(key, value): &(&str, Value)| {
                let field = table.field(key)?;
                Some(Edit { field, seen: None, new: value.clone().into() })
            };
            let edits: Vec<Edit> = filling.fields.iter().filter_map(edit).collect();
            self.update(filling.row, &edits, None, None)?;
            filled += 1;
        }
        let state = self.record(review)?.get("state").as_key();
        if filled > 0 && state == ReviewState::Planned.key() {
            let collecting = Value::Choice(ReviewState::Collecting.choice());
            let field = Kind::Review.table().field("state");
            let edit = field.map(|field| Edit { field, seen: None, new: collecting.into() });
            self.update(review, edit.as_slice(), None, None)?;
        }
        Ok(filled)
    }
}

fn fillings(conn: &Connection, at: Ref) -> Result<Vec<Filling>, Refusal> {
    let record = card::record(conn, at)?;
    let Ok(review) = typed::<Review>(&record.values) else { return Ok(Vec::new()) };
    let open =
        matches!(review.state, Some(ReviewState::Planned | ReviewState::Collecting | ReviewState::Draft));
    if !open {
        return Err(Refusal::Rule(Sentence::from(NOT_OPEN).with("code", &record.code)));
    }
    let scope = Scope::of(conn, &review)?;
    let mut found = Vec::new();
    for row in card::children(conn, Kind::ReviewRow, "review", at.id)? {
        let Some(kpi) = row.get("kpi").as_link() else { continue };
        let kpi_record = card::record(conn, Ref { kind: Kind::Kpi, id: kpi.id })?;
        let (Ok(typed_row), Ok(kpi)) = (typed::<ReviewRow>(&row.values), typed::<Kpi>(&kpi_record.values))
        else {
            continue;
        };
        let source = match raters(conn, row.at)? {
            None if kpi.feed.is_none() => continue,
            None => match (&scope, kpi.feed) {
                (Some(scope), Some(feed)) => scope.source(conn, feed, &kpi)?,
                _ => Err(NO_PERIOD.into()),
            },
            Some(source) => Ok(source),
        };
        found.push(filling(&row, &typed_row, &kpi, &kpi_record.label(), source));
    }
    Ok(found)
}

/// What becomes of a row for which this was found.
fn filling(
    record: &Record,
    row: &ReviewRow,
    kpi: &Kpi,
    name: &str,
    source: Result<Source, Sentence>,
) -> Filling {
    let what = Sentence::from(ROW).with("code", &record.code).with("kpi", name);
    let line =
        |fate, says, puts| Line { key: record.code.clone(), fate, at: Some(record.at), what, says, puts };
    let source = match source {
        Ok(source) => source,
        Err(why) => {
            return Filling {
                row: record.at,
                line: line(Fate::Skipped, why, Vec::new()),
                fields: Vec::new(),
            };
        }
    };
    let rated = kpi.measure != Some(KpiMeasure::Quant);
    let held = if rated { row.mean.or(row.rating.map(|rating| Decimal4(rating * 10_000))) } else { row.raw };
    let unit = kpi.unit.as_str();
    let says = |text: Text| {
        let says = Sentence::from(text).with("value", source.value).with("unit", unit);
        says.with("evidence", &source.evidence)
    };
    let puts = vec![("value", source.value.to_string()), ("evidence", source.evidence.clone())];
    let fields = fields(row, &source, rated);
    let line = if row.override_points.is_some() {
        line(Fate::Skipped, says(OVERRIDDEN), puts)
    } else if row.status == Some(RowStatus::NotMeasured) {
        line(Fate::Will, says(FILLS), puts)
    } else if held == Some(source.value) {
        line(Fate::Stands, says(HELD), puts)
    } else {
        let held = held.map_or_else(String::new, |held| held.to_string());
        let by = if row.rater.is_empty() { record.code.clone() } else { row.rater.clone() };
        let text = if held.is_empty() { REPLACES_NONE } else { REPLACES };
        line(Fate::Over, says(text).with("held", held).with("by", by), puts)
    };
    Filling { row: record.at, line, fields }
}

/// What a source writes into its row.
fn fields(row: &ReviewRow, source: &Source, rated: bool) -> Vec<(&'static str, Value)> {
    let mut fields = vec![("status", Value::Choice(RowStatus::Measured.choice()))];
    if rated {
        // The nearest step is what a scale of five shows; points follow from the mean.
        let step = crate::domain::decimal::divide_rounded(i128::from(source.value.0), 10_000);
        fields.push(("rating", Value::Int(i64::try_from(step).unwrap_or(0))));
        fields.push(("mean", Value::Decimal(source.value)));
    } else {
        fields.push(("raw", Value::Decimal(source.value)));
    }
    if let Some(raters) = &source.raters {
        fields.push(("rater", Value::Text(raters.clone())));
    }
    if source.raters.is_none() || row.evidence.is_empty() {
        fields.push(("evidence", Value::Text(source.evidence.clone())));
    }
    fields
}

/// What the raters of a row came to, each named with what they gave.
fn raters(conn: &Connection, row: Ref) -> Result<Option<Source>, Refusal> {
    let Some(found) = gathered(conn, row.id)? else { return Ok(None) };
    let mut names = Vec::new();
    let mut given = Vec::new();
    for score in card::children(conn, Kind::RaterScore, "row", row.id)? {
        let value = match (score.get("raw"), score.get("rating")) {
            (Value::Decimal(raw), _) => raw.to_string(),
            (_, Value::Int(rating)) => rating.to_string(),
            _ => continue,
        };
        if *score.get("sealed") == Value::Bool(true) {
            continue;
        }
        let name = score.get("rater").as_text().to_owned();
        given.push(format!("{name} {value}"));
        names.push(name);
    }
    let (low, high, spread) = (found.low, found.high, found.spread());
    let evidence = format!("{} ({low}–{high}, Δ {spread})", listed(&given));
    Ok(Some(Source { value: found.mean, evidence, raters: Some(names.join(", ")) }))
}

/// Of whom and of when a review tells.
struct Scope {
    vendor: i64,
    /// The contracts whose records count.
    contracts: Vec<i64>,
    first: NaiveDate,
    last: NaiveDate,
    fiscal: FiscalStart,
}

impl Scope {
    fn of(conn: &Connection, review: &Review) -> Result<Option<Self>, Refusal> {
        let (Some(vendor), Some(period)) = (&review.vendor, review.period) else { return Ok(None) };
        let fiscal = settings::fiscal_start(conn)?;
        let begins = match &review.plan {
            None => fiscal,
            Some(link) => {
                let plan = card::record(conn, Ref { kind: Kind::ReviewPlan, id: link.id })?;
                typed::<ReviewPlan>(&plan.values).map_or(fiscal, |plan| plan.rule(fiscal, true).begins)
            }
        };
        let contract = review.contract.as_ref().map(|link| link.id);
        let contracts = match contract {
            Some(id) => vec![id],
            None => conn
                .prepare_cached(
                    "SELECT id FROM contract WHERE vendor = ? AND archived_at IS NULL ORDER BY id",
                )
                .and_then(|mut s| s.query_map([vendor.id], |row| row.get(0))?.collect())
                .map_err(refused)?,
        };
        Ok(Some(Self {
            vendor: vendor.id,
            contracts,
            first: period.first_day(begins),
            last: period.last_day(begins),
            fiscal,
        }))
    }

    /// What a feed says, or why it says nothing.
    fn source(&self, conn: &Connection, feed: Feed, kpi: &Kpi) -> Result<Result<Source, Sentence>, Refusal> {
        let places = kpi.precision.and_then(|places| u32::try_from(places).ok());
        let found = match feed {
            Feed::Sla => self.levels(conn)?,
            Feed::Deliverables => self.deliverables(conn)?,
            Feed::Issues => self.issues(conn)?,
            Feed::Complaints => self.complaints(conn)?,
            Feed::Survey => self.surveys(conn)?,
            Feed::OnTime => self.deliveries(conn)?,
            // Nobody who works for a vendor is in the register.
            Feed::Stability => None,
        };
        let nothing = || Sentence::from(NO_DATA).with_word("feed", feed.label()).with("first", self.first);
        let source = found.and_then(|(found, evidence)| {
            Some(Source { value: found.value(places)?, evidence, raters: None })
        });
        Ok(source.ok_or_else(|| nothing().with("last", self.last)))
    }

    fn holds(&self, period: Period) -> bool {
        self.first <= period.first_day(self.fiscal) && period.last_day(self.fiscal) <= self.last
    }

    fn is_within(&self, day: &Value) -> bool {
        day.as_date().is_some_and(|day| self.first <= day && day <= self.last)
    }

    /// The records of a kind under the contracts.
    fn under(&self, conn: &Connection, kind: Kind) -> Result<Vec<Record>, Refusal> {
        let mut all = Vec::new();
        for contract in &self.contracts {
            all.extend(card::children(conn, kind, "contract", *contract)?);
        }
        Ok(all)
    }

    /// Periods of service levels that were met, of those that were measured and not excused.
    fn levels(&self, conn: &Connection) -> Result<Option<(Found, String)>, Refusal> {
        let (mut part, mut whole, mut told) = (0, 0, Vec::new());
        for record in self.under(conn, Kind::ServiceLevel)? {
            let measured = card::children(conn, Kind::Measurement, "level", record.at.id)?;
            let level = Level::of(record, &measured, self.fiscal);
            let within = level.periods.iter().filter(|measured| self.holds(measured.period));
            let outcomes: Vec<Outcome> = within.map(|measured| measured.judged.outcome).collect();
            let count = |wanted| outcomes.iter().filter(|outcome| **outcome == wanted).count();
            let (met, missed) = (count(Outcome::Met), count(Outcome::Missed));
            if met + missed > 0 {
                part += met;
                whole += met + missed;
                told.push(format!("{} {met}/{}", level.record.code, met + missed));
            }
        }
        Ok(share(part, whole, &told))
    }

    /// Deliverables due in the period that were met, of those that were judged.
    fn deliverables(&self, conn: &Connection) -> Result<Option<(Found, String)>, Refusal> {
        let (mut part, mut whole, mut told) = (0, 0, Vec::new());
        for record in self.under(conn, Kind::Deliverable)? {
            let state = record.get("state").as_key();
            if !self.is_within(record.get("due_on")) || state == "scheduled" {
                continue;
            }
            whole += 1;
            part += usize::from(state == "met");
            told.push(record.code);
        }
        Ok(share(part, whole, &told))
    }

    /// Breaches and disputes found in the period; none are data only where any were ever kept.
    fn issues(&self, conn: &Connection) -> Result<Option<(Found, String)>, Refusal> {
        let all = self.under(conn, Kind::Breach)?;
        let theirs = |record: &&Record| record.get("side").as_key() != "ours";
        let within = all.iter().filter(theirs).filter(|record| self.is_within(record.get("found_on")));
        let told: Vec<String> = within.map(|record| record.code.clone()).collect();
        Ok((!all.is_empty()).then(|| counted(&told, all.len())))
    }

    /// Complaints among the interactions of the period; none are data only where there were any.
    fn complaints(&self, conn: &Connection) -> Result<Option<(Found, String)>, Refusal> {
        let all: Vec<Record> = card::children(conn, Kind::Interaction, "vendor", self.vendor)?
            .into_iter()
            .filter(|record| self.is_within(record.get("on")))
            .collect();
        let complaints = all.iter().filter(|record| record.get("about").as_key() == About::Complaint.key());
        let told: Vec<String> = complaints.map(|record| record.code.clone()).collect();
        Ok((!all.is_empty()).then(|| counted(&told, all.len())))
    }

    /// Satisfaction over all answers of the period: (mean − 1) / 4.
    fn surveys(&self, conn: &Connection) -> Result<Option<(Found, String)>, Refusal> {
        let (mut part, mut answers, mut told) = (0, 0, Vec::new());
        for record in card::children(conn, Kind::Survey, "vendor", self.vendor)? {
            let Ok(survey) = typed::<Survey>(&record.values) else { continue };
            let other = survey.contract.as_ref().is_some_and(|link| !self.contracts.contains(&link.id));
            if other || !survey.period.is_some_and(|period| self.holds(period)) {
                continue;
            }
            let counts = [survey.ones, survey.twos, survey.threes, survey.fours, survey.fives];
            let counts = counts.map(|count| count.unwrap_or(0));
            let n: i64 = counts.iter().sum();
            part += counts.iter().zip(0..).map(|(count, above)| count * above).sum::<i64>();
            answers += n;
            told.push(format!("{} n={n}", record.code));
        }
        let found = Found::Share { part, whole: 4 * answers };
        Ok((answers > 0).then(|| (found, listed(&told))))
    }

    /// Deliveries in time, of those that were counted.
    fn deliveries(&self, conn: &Connection) -> Result<Option<(Found, String)>, Refusal> {
        let mut sum = Deliveries::default();
        let mut told = Vec::new();
        for record in card::children(conn, Kind::DeliveryMonth, "vendor", self.vendor)? {
            let Ok(month) = typed::<DeliveryMonth>(&record.values) else { continue };
            if month.period.is_some_and(|period| self.holds(period)) {
                sum += month.counts();
                told.push(record.code);
            }
        }
        let found = Found::Share { part: sum.in_time(), whole: sum.counted };
        let evidence = format!("{} {}/{}", listed(&told), sum.in_time(), sum.counted);
        Ok((sum.counted > 0).then_some((found, evidence)))
    }
}

/// A share, with the records that tell it.
fn share(part: usize, whole: usize, told: &[String]) -> Option<(Found, String)> {
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let found = Found::Share { part: number(part), whole: number(whole) };
    (whole > 0).then(|| (found, format!("{part}/{whole}: {}", listed(told))))
}

/// So many of so many, with the records that tell it.
fn counted(told: &[String], of: usize) -> (Found, String) {
    let count = told.len();
    let evidence =
        if told.is_empty() { format!("0/{of}") } else { format!("{count}/{of}: {}", listed(told)) };
    (Found::Count(i64::try_from(count).unwrap_or(i64::MAX)), evidence)
}

/// The first of these by name, and how many more there are.
fn listed<T: Display>(told: &[T]) -> String {
    let named: Vec<String> = told.iter().take(NAMED).map(ToString::to_string).collect();
    let more = told.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" +{more}") } else { String::new() };
    named.join(", ") + &more
}

const NOT_OPEN: Text = text(
    "{code} is shared or locked: its scores are filled while it is planned, collected or in draft.",
    "{code} 已反馈或锁定：仅在计划、收集或草稿状态可填分。",
);
const NO_PERIOD: Text = text("The review has no vendor or no period.", "考核缺少供应商或考核期。");
const NO_DATA: Text = text(
    "Nothing was measured from {first} to {last} ({feed}): it stays not measured.",
    "{first} 至 {last} 无数据（{feed}），保持未测量。",
);
const ROW: Text = text("{code} {kpi}", "{code} {kpi}");
const FILLS: Text = text("{value} {unit}, from {evidence}", "{value} {unit}，依据 {evidence}");
const HELD: Text = text("{value} {unit} stands there already.", "已是 {value} {unit}。");
const REPLACES: Text = text(
    "{value} {unit} in place of {held} ({by}), from {evidence}",
    "{value} {unit}，替换 {held}（{by}），依据 {evidence}",
);
const REPLACES_NONE: Text = text(
    "{value} {unit}, though {by} says otherwise, from {evidence}",
    "{value} {unit}，与 {by} 所填不同，依据 {evidence}",
);
const OVERRIDDEN: Text = text(
    "Its points are overridden; measured {value} {unit}, from {evidence}",
    "得分已被调整；实测 {value} {unit}，依据 {evidence}",
);
