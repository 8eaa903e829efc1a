//! What follows from a review: the points of its rows, its total, grade and change.

use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::decimal::Decimal4;
use crate::domain::list::ClosedList;
use crate::domain::review::{self, Gathered, GradeRules, Outcome, ReviewState, Score, ScoredRow};
use crate::entity::{Kind, Kpi, Record, Ref, Review, ReviewRow, Value, typed};
use crate::register::Refusal;
use crate::register::{Due, What};
use crate::store::index::Derivation;
use crate::store::{card, refused, settings, sql};

/// Days after the end of its period on which a review without a date of its own is due.
pub(super) const REVIEW_DAYS: u64 = 15;

/// How many earlier reviews a rolling score reads.
const ROLLING: usize = 11;

/// The points of one row, and what its raters came to.
pub(super) fn derive_row(conn: &Connection, record: &Record) -> Result<Derivation, Refusal> {
    let points = match typed::<ReviewRow>(&record.values) {
        Ok(row) => row.criterion(kpi_of(conn, &row)?.as_ref()).judged().row.outcome,
        Err(_) => Outcome::NotMeasured,
    };
    let points = match points {
        Outcome::Points(score) => Value::Points(score.hundredths()),
        Outcome::NotMeasured | Outcome::NotApplicable => Value::Null,
    };
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
    let blank = || Derivation::always(vec![Value::Null; 6], Vec::new());
    let Ok(review) = typed::<Review>(&record.values) else { return Ok(blank()) };
    let rows = scored_rows(conn, record.at.id)?;
    let total = review::total(&rows, &rules(&review));
    let before = match (&review.vendor, review.period) {
        (Some(vendor), Some(period)) => earlier(conn, vendor.id, &sql::period_key(period), record.at.id)?,
        _ => Vec::new(),
    };
    let points = total.total.map(Score::hundredths);
    let change = points.zip(before.first()).map(|(now, (_, before))| now - before.hundredths());
    // One without a grade says too little to begin with.
    let own = total.total.filter(|_| total.grade.is_some());
    let rolling = own.and_then(|own| {
        let newest_first: Vec<Score> =
            std::iter::once(own).chain(before.iter().map(|(_, score)| *score)).collect();
        review::rolling(&newest_first)
    });
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
        rolling.map_or(Value::Null, |score| Value::Points(score.hundredths())),
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

/// The later reviews of the same vendor as far as a rolling score of theirs reads this one; their change
/// follows from the total of the one before. Only later reviews are named, so the walk ends.
pub(super) fn next_of_vendor(conn: &Connection, place: &Place) -> Result<Vec<Ref>, Refusal> {
    let reach = i64::try_from(ROLLING - 1).unwrap_or_default();
    let ids: Vec<i64> = conn
        .prepare_cached(
            "SELECT id FROM review_x INDEXED BY review_x_vendor_period WHERE l_vendor = ?1 AND s_period > ?2 AND s_period <= coalesce(\
             (SELECT s_period FROM review_x x INDEXED BY review_x_vendor_period WHERE l_vendor = ?1 AND s_period > ?2 AND archived = 0 \
              AND grade > ?3 AND NOT EXISTS (SELECT 1 FROM review r WHERE r.corrects = x.id AND r.archived_at IS NULL) \
              ORDER BY s_period LIMIT 1 OFFSET ?4), '\u{10ffff}')",
        )
        .and_then(|mut s| {
            s.query_map(params![place.vendor, place.period, sql::LOW, reach], |row| row.get(0))?.collect()
        })
        .map_err(refused)?;
    Ok(ids.into_iter().map(|id| Ref { kind: Kind::Review, id }).collect())
}

/// The reviews with a grade before this one, the newest first, as far as a rolling score reads them, each with its
/// total. One that another corrects does not count beside it.
pub(in crate::store) fn earlier(
    conn: &Connection,
    vendor: i64,
    period: &str,
    id: i64,
) -> Result<Vec<(i64, Score)>, Refusal> {
    let most = i64::try_from(ROLLING).unwrap_or(i64::MAX);
    let found: Vec<(i64, i64)> = conn
        .prepare_cached(
            "SELECT id, total FROM review_x x INDEXED BY review_x_vendor_period WHERE l_vendor = ? AND s_period < ? AND id <> ? \
             AND archived = 0 AND grade > ? \
             AND NOT EXISTS (SELECT 1 FROM review r WHERE r.corrects = x.id AND r.archived_at IS NULL) \
             ORDER BY s_period DESC, id DESC LIMIT ?",
        )
        .and_then(|mut s| {
            let read = |row: &rusqlite::Row| Ok((row.get(0)?, row.get(1)?));
            s.query_map(params![vendor, period, id, sql::LOW, most], read)?.collect()
        })
        .map_err(refused)?;
    Ok(found.into_iter().filter_map(|(id, total)| Some((id, Score::from_hundredths(total)?))).collect())
}

/// How the total of a review becomes its grade.
pub(in crate::store) fn rules(review: &Review) -> GradeRules {
    GradeRules { bands: review.grade_bands(), ..GradeRules::default() }
}

fn scored_rows(conn: &Connection, review: i64) -> Result<Vec<ScoredRow>, Refusal> {
    let mut rows = Vec::new();
    for record in card::children(conn, Kind::ReviewRow, "review", review)? {
        let Ok(row) = typed::<ReviewRow>(&record.values) else { continue };
        rows.push(row.criterion(kpi_of(conn, &row)?.as_ref()).judged().row);
    }
    Ok(rows)
}

fn kpi_of(conn: &Connection, row: &ReviewRow) -> Result<Option<Kpi>, Refusal> {
    let Some(link) = &row.kpi else { return Ok(None) };
    let record = card::record(conn, Ref { kind: Kind::Kpi, id: link.id })?;
    Ok(typed::<Kpi>(&record.values).ok())
}
