//! What follows from a review: the points of its rows, its total, grade and change.

use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::decimal::Decimal4;
use crate::domain::list::ClosedList;
use crate::domain::review::{
    self, Gathered, GradeRules, KpiDirection, KpiMeasure, KpiRule, KpiValue, Outcome, ReviewState, RowStatus,
    Score, ScoredRow, Veto,
};
use crate::entity::{Kind, Kpi, Record, Ref, Review, ReviewRow, Value, typed};
use crate::register::Refusal;
use crate::register::{Due, What};
use crate::store::index::Derivation;
use crate::store::{card, refused, settings, sql};

/// Days after the end of its period on which a review without a date of its own is due.
pub(super) const REVIEW_DAYS: u64 = 15;

/// The points of one row, and what its raters came to.
pub(super) fn derive_row(conn: &Connection, record: &Record) -> Result<Derivation, Refusal> {
    let points = match typed::<ReviewRow>(&record.values) {
        Ok(row) => score(&row, kpi_of(conn, &row)?.as_ref()),
        Err(_) => None,
    };
    let points = points.map_or(Value::Null, |score| Value::Points(score.hundredths()));
    let found = gathered(conn, record.at.id)?;
    let derived = vec![
        points,
        found.map_or(Value::Null, |found| Value::Int(i64::try_from(found.raters).unwrap_or(i64::MAX))),
        found.map_or(Value::Null, |found| Value::Decimal(found.mean)),
        found.map_or(Value::Null, |found| Value::Decimal(found.spread())),
    ];
    Ok(Derivation::always(derived, Vec::new()))
}

/// What the raters of a row came to; sealed values are nobody's yet.
pub(in crate::store) fn gathered(conn: &Connection, row: i64) -> Result<Option<Gathered>, Refusal> {
    let values: Vec<i64> = conn
        .prepare_cached(
            "SELECT coalesce(raw, rating * 10000) FROM rater_score WHERE \"row\" = ? AND archived_at IS NULL \
             AND sealed = 0 AND status = 'measured' AND coalesce(raw, rating) IS NOT NULL",
        )
        .and_then(|mut s| s.query_map([row], |found| found.get(0))?.collect())
        .map_err(refused)?;
    Ok(review::gather(&values.into_iter().map(Decimal4).collect::<Vec<_>>()))
}

/// The review that corrects this one, if one in use does.
pub(in crate::store) fn corrected_by(conn: &Connection, review: i64) -> Result<Option<Ref>, Refusal> {
    let id: Option<i64> = conn
        .prepare_cached("SELECT max(id) FROM review WHERE corrects = ? AND archived_at IS NULL")
        .and_then(|mut s| s.query_row([review], |row| row.get(0)))
        .map_err(refused)?;
    Ok(id.map(|id| Ref { kind: Kind::Review, id }))
}

/// What a review came to, as derived columns.
pub(in crate::store) fn result(conn: &Connection, record: &Record) -> Result<Vec<Value>, Refusal> {
    Ok(derive(conn, record)?.derived)
}

/// The total of the rows, the grade, and the change since the review before.
pub(super) fn derive(conn: &Connection, record: &Record) -> Result<Derivation, Refusal> {
    let blank = || Derivation::always(vec![Value::Null; 5], Vec::new());
    let Ok(review) = typed::<Review>(&record.values) else { return Ok(blank()) };
    let rows = scored_rows(conn, record.at.id)?;
    let total = review::total(&rows, &GradeRules::default());
    let before = match (&review.vendor, review.period) {
        (Some(vendor), Some(period)) => {
            previous_total(conn, vendor.id, &sql::period_key(period), record.at.id)?
        }
        _ => None,
    };
    let points = total.total.map(review::Score::hundredths);
    let change = points.zip(before).map(|(now, before)| now - before);
    let open = !matches!(review.state, Some(ReviewState::Locked | ReviewState::Acknowledged));
    let fiscal = settings::fiscal_start(conn)?;
    let due = review.due_on.or_else(|| {
        let end = review.period?.last_day(fiscal);
        end.checked_add_days(chrono::Days::new(REVIEW_DAYS))
    });
    let dues = due.filter(|_| open).map(|date| Due { what: What::Review, date });
    let derived = vec![
        points.map_or(Value::Null, Value::Points),
        total.grade.map_or(Value::Null, |grade| Value::Choice(grade.choice())),
        total.coverage_bp.map_or(Value::Null, Value::Weight),
        change.map_or(Value::Null, Value::Points),
        Value::Bool(corrected_by(conn, record.at.id)?.is_some()),
    ];
    Ok(Derivation::always(derived, dues.into_iter().collect()))
}

/// The rows of reviews that are not locked and measure this KPI.
pub(in crate::store) fn rows_of_kpi(conn: &Connection, kpi: i64) -> Result<Vec<Ref>, Refusal> {
    let ids: Vec<i64> = conn
        .prepare_cached(
            "SELECT r.id FROM review_row r JOIN review p ON p.id = r.review WHERE r.kpi = ? AND p.state <> 'locked'",
        )
        .and_then(|mut s| s.query_map([kpi], |row| row.get(0))?.collect())
        .map_err(refused)?;
    Ok(ids.into_iter().map(|id| Ref { kind: Kind::ReviewRow, id }).collect())
}

/// The reviews that are due by the end of their period, which follows from the fiscal year.
pub(super) fn without_due_date(conn: &Connection) -> Result<Vec<Ref>, Refusal> {
    let ids: Vec<i64> = conn
        .prepare_cached("SELECT id FROM review WHERE due_on IS NULL")
        .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
        .map_err(refused)?;
    Ok(ids.into_iter().map(|id| Ref { kind: Kind::Review, id }).collect())
}

/// Where a review stands among those of its vendor, and what the next ones take from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    vendor: i64,
    period: String,
    archived: i64,
    /// Its total if it has a grade, else the mark of a blank.
    graded: i64,
}

/// The place of a review as indexed; nothing for other kinds and where there is no index row.
pub(super) fn place(conn: &Connection, at: Ref) -> Result<Option<Place>, Refusal> {
    if at.kind != Kind::Review {
        return Ok(None);
    }
    let read = |row: &rusqlite::Row| {
        Ok(Place { vendor: row.get(0)?, period: row.get(1)?, archived: row.get(2)?, graded: row.get(3)? })
    };
    conn.prepare_cached(
        "SELECT l_vendor, s_period, archived, iif(grade > ?2, total, ?2) FROM review_x WHERE id = ?1",
    )
    .and_then(|mut s| s.query_row([at.id, sql::LOW], read).optional())
    .map_err(refused)
}

/// The reviews of the same vendor up to the next one with a grade: their change follows from the
/// total of the one before. Only later reviews are named, so the walk ends.
pub(super) fn next_of_vendor(conn: &Connection, place: &Place) -> Result<Vec<Ref>, Refusal> {
    let ids: Vec<i64> = conn
        .prepare_cached(
            "SELECT id FROM review_x INDEXED BY review_x_vendor_period WHERE l_vendor = ?1 AND s_period > ?2 AND s_period <= coalesce(\
             (SELECT s_period FROM review_x INDEXED BY review_x_vendor_period WHERE l_vendor = ?1 AND s_period > ?2 AND archived = 0 \
              AND grade > ?3 ORDER BY s_period LIMIT 1), '\u{10ffff}')",
        )
        .and_then(|mut s| {
            s.query_map(params![place.vendor, place.period, sql::LOW], |row| row.get(0))?.collect()
        })
        .map_err(refused)?;
    Ok(ids.into_iter().map(|id| Ref { kind: Kind::Review, id }).collect())
}

fn previous_total(conn: &Connection, vendor: i64, period: &str, id: i64) -> Result<Option<i64>, Refusal> {
    conn.prepare_cached(
        "SELECT total FROM review_x INDEXED BY review_x_vendor_period WHERE l_vendor = ? AND s_period < ? AND id <> ? AND archived = 0 \
         AND grade > ? ORDER BY s_period DESC, id DESC LIMIT 1",
    )
    .and_then(|mut s| s.query_row(params![vendor, period, id, sql::LOW], |row| row.get(0)).optional())
    .map_err(refused)
}

fn scored_rows(conn: &Connection, review: i64) -> Result<Vec<ScoredRow>, Refusal> {
    let mut rows = Vec::new();
    for record in card::children(conn, Kind::ReviewRow, "review", review)? {
        let Ok(row) = typed::<ReviewRow>(&record.values) else { continue };
        let kpi = kpi_of(conn, &row)?;
        let outcome = match row.status {
            Some(RowStatus::NotApplicable) => Outcome::NotApplicable,
            _ => score(&row, kpi.as_ref()).map_or(Outcome::NotMeasured, Outcome::Points),
        };
        let veto = if kpi.is_some_and(|kpi| kpi.veto) { Veto::Yes } else { Veto::No };
        rows.push(ScoredRow { weight_bp: row.weight.map_or(0, |w| w.0), outcome, veto });
    }
    Ok(rows)
}

/// The points of a measured row: the override, else what the KPI makes of its value.
fn score(row: &ReviewRow, kpi: Option<&Kpi>) -> Option<Score> {
    if row.status != Some(RowStatus::Measured) {
        return None;
    }
    if let Some(points) = row.override_points {
        return Score::from_hundredths(points.0);
    }
    let kpi = kpi?;
    let rule = KpiRule {
        measure: kpi.measure.unwrap_or(KpiMeasure::Qual),
        direction: kpi.direction.unwrap_or(KpiDirection::Max),
        floor: kpi.floor,
        target: kpi.target,
    };
    let value = match rule.measure {
        KpiMeasure::Quant => KpiValue::Raw(row.raw?),
        KpiMeasure::Qual if row.mean.is_some() => KpiValue::Mean(row.mean?),
        KpiMeasure::Qual => KpiValue::Rating(u8::try_from(row.rating?).ok()?),
    };
    review::kpi_points(&rule, value).ok()
}

fn kpi_of(conn: &Connection, row: &ReviewRow) -> Result<Option<Kpi>, Refusal> {
    let Some(link) = &row.kpi else { return Ok(None) };
    let record = card::record(conn, Ref { kind: Kind::Kpi, id: link.id })?;
    Ok(typed::<Kpi>(&record.values).ok())
}
