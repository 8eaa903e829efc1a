//! Review meetings: opened on vendors or reviews, read with all their pages, and kept where they stand.
//!
//! Where a meeting stands is no record: turning a page is no event of the history.

use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::contract::ContractState;
use crate::domain::list::ClosedList;
use crate::domain::meeting::MeetingState;
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::review::ReviewState;
use crate::entity::input::Entered;
use crate::entity::{Kind, Record, Ref, Review, ReviewRow, Value, typed};
use crate::limits;
use crate::register::meeting::{Before, Convening, Desk, Item, Line, Session, TREND, Whom, is_open};
use crate::register::{Act, Refusal, Saved};
use crate::store::change::link_to;
use crate::store::{Store, card, refused, sql};
use crate::texts::{Sentence, Text, text};

impl Store {
    /// A meeting with its pages.
    ///
    /// # Errors
    /// [`Refusal::Missing`].
    pub fn session(&self, at: Ref) -> Result<Session, Refusal> {
        let _moment = self.moment()?;
        let meeting = card::record(&self.conn, at)?;
        let mut agenda = card::children(&self.conn, Kind::AgendaItem, "meeting", at.id)?;
        agenda.sort_by_key(|item| (item.get("place").as_int(), item.at.id));
        let mut items = Vec::with_capacity(agenda.len());
        for item in agenda {
            items.push(self.page_of(item)?);
        }
        Ok(Session { meeting, items, desk: self.desk(at)? })
    }

    /// The newest meeting that is under way.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn running_meeting(&self) -> Result<Option<Ref>, Refusal> {
        let newest =
            "SELECT id FROM meeting WHERE state = ? AND archived_at IS NULL ORDER BY id DESC LIMIT 1";
        let id = self.conn.query_row(newest, [MeetingState::Running.key()], |row| row.get(0)).optional();
        Ok(id.map_err(refused)?.map(|id| Ref { kind: Kind::Meeting, id }))
    }

    /// Keeps where a meeting stands.
    ///
    /// # Errors
    /// [`Refusal::ReadOnly`], [`Refusal::Busy`], [`Refusal::Io`].
    pub fn keep_desk(&mut self, at: Ref, desk: &Desk) -> Result<(), Refusal> {
        if !self.is_writable() {
            return Err(Refusal::ReadOnly);
        }
        let json = serde_json::to_string(desk).unwrap_or_default();
        let now = (self.clock)();
        self.conn
            .prepare_cached("INSERT OR REPLACE INTO desk (meeting, desk, changed_at) VALUES (?, ?, ?)")
            .and_then(|mut s| s.execute(params![at.id, json, now]))
            .map(drop)
            .map_err(refused)
    }

    fn desk(&self, at: Ref) -> Result<Desk, Refusal> {
        let kept: Option<String> = self
            .conn
            .prepare_cached("SELECT desk FROM desk WHERE meeting = ?")
            .and_then(|mut s| s.query_row([at.id], |row| row.get(0)).optional())
            .map_err(refused)?;
        Ok(kept.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default())
    }

    /// Opens a meeting that is under way at once, with a page for each vendor or review.
    ///
    /// # Errors
    /// [`Refusal::Rule`] where none of them has a review, or they are too many.
    pub fn convene(&mut self, wanted: &Convening) -> Result<Saved, Refusal> {
        let (kind, ids) = match &wanted.whom {
            Whom::Marked(kind, ids) => (*kind, ids.clone()),
            Whom::Listed(query) => (query.kind, self.ids_of(query, None)?),
        };
        if ids.len() > limits::AGENDA {
            let sentence = Sentence::from(TOO_MANY).with("n", ids.len()).with("most", limits::AGENDA);
            return Err(Refusal::Rule(sentence));
        }
        let mut reviews: Vec<(i64, Option<Period>)> = Vec::new();
        for id in ids {
            let found = match kind {
                Kind::Vendor => review_of_vendor(&self.conn, id)?,
                _ => Some(id),
            };
            let Some(id) = found.filter(|id| reviews.iter().all(|(known, _)| known != id)) else { continue };
            let record = card::record(&self.conn, Ref { kind: Kind::Review, id })?;
            if record.archived_at.is_some() {
                continue;
            }
            reviews.push((id, typed::<Review>(&record.values).ok().and_then(|review| review.period)));
        }
        if reviews.is_empty() {
            return Err(Refusal::Rule(NO_REVIEW.into()));
        }
        let period = most_frequent(reviews.iter().filter_map(|(_, period)| *period));
        let title = match period {
            Some(period) => format!("{period} {}", wanted.title),
            None => wanted.title.clone(),
        };
        let today = self.today;
        let mut txn = self.begin(Act::Add)?;
        let field = |kind: Kind, key: &str| kind.table().field(key).unwrap_or(0);
        let value = |kind: Kind, key: &str, value: Value| (field(kind, key), Entered::Value(value));
        let meeting = Kind::Meeting;
        let mut fields = vec![
            value(meeting, "title", Value::Text(title)),
            value(meeting, "held_on", Value::Date(today)),
            value(meeting, "state", Value::Choice(MeetingState::Running.choice())),
        ];
        if !wanted.chair.is_empty() {
            fields.push(value(meeting, "chair", Value::Text(wanted.chair.clone())));
        }
        fields.extend(period.map(|period| value(meeting, "period", Value::Period(period))));
        let at = txn.add(meeting, &fields, None)?;
        for (place, (id, _)) in (1..).zip(&reviews) {
            let item = Kind::AgendaItem;
            let fields = [
                value(item, "meeting", link_to(at)),
                value(item, "place", Value::Int(place)),
                value(item, "review", link_to(Ref { kind: Kind::Review, id: *id })),
            ];
            txn.add(item, &fields, None)?;
        }
        txn.commit()
    }

    fn page_of(&self, agenda: Record) -> Result<Item, Refusal> {
        let conn = &self.conn;
        let review = agenda.get("review").as_link().map_or(0, |link| link.id);
        let review = self.record(Ref { kind: Kind::Review, id: review })?;
        let about: Review = typed(&review.values).unwrap_or_default();
        let vendor = about.vendor.as_ref().map_or(0, |link| link.id);
        let period = about.period.map(sql::period_key).unwrap_or_default();
        let earlier = earlier_reviews(conn, vendor, &period, review.at.id)?;
        let before = earlier.first().map(|one| Ref { kind: Kind::Review, id: one.id });
        let mut lines = self.lines_of(review.at)?;
        let mut since = Vec::new();
        if let Some(before) = before {
            let were = self.lines_of(before)?;
            for line in &mut lines {
                let kpi = line.kpi.at;
                line.was = were.iter().find(|was| was.kpi.at == kpi).map(Line::row);
            }
            since = card::children(conn, Kind::Action, "review", before.id)?;
            since.sort_by_key(|action| (is_open(action), action.at.id));
        }
        // A month beside a quarter is no trend.
        let kind = about.period.map(Period::kind);
        let same = earlier.iter().filter(|one| Some(one.period.kind()) == kind);
        let mut trend: Vec<(Period, i64)> = same.map(|one| (one.period, one.total)).take(TREND - 1).collect();
        trend.reverse();
        let before = earlier.into_iter().next().map(|one| Before {
            code: crate::register::code_of(Ref { kind: Kind::Review, id: one.id }),
            period: one.period,
            total: one.total,
        });
        let asks = card::children(conn, Kind::Action, "review", review.at.id)?;
        let annual = annual_cost(conn, vendor)?;
        let vendor = self.record(Ref { kind: Kind::Vendor, id: vendor })?;
        Ok(Item { agenda, review, vendor, annual, lines, trend, before, since, asks })
    }

    fn lines_of(&self, review: Ref) -> Result<Vec<Line>, Refusal> {
        let mut lines = Vec::new();
        for row in card::children(&self.conn, Kind::ReviewRow, "review", review.id)? {
            let Some(kpi) = row.get("kpi").as_link().map(|link| link.id) else { continue };
            let kpi = card::record(&self.conn, Ref { kind: Kind::Kpi, id: kpi })?;
            let raters = card::children(&self.conn, Kind::RaterScore, "row", row.at.id)?;
            lines.push(Line { row, kpi, was: None::<ReviewRow>, raters });
        }
        Ok(lines)
    }
}

/// A vendor may be reviewed by months, quarters, halves and years at once.
const KINDS_OF_PERIOD: usize = 4;

/// An earlier review of the same vendor that has a grade.
struct Earlier {
    id: i64,
    period: Period,
    total: i64,
}

/// The reviews of a vendor before a period that have a grade, the newest first.
fn earlier_reviews(conn: &Connection, vendor: i64, period: &str, not: i64) -> Result<Vec<Earlier>, Refusal> {
    let most = i64::try_from(TREND * KINDS_OF_PERIOD).unwrap_or(32);
    let found: Vec<(i64, i64)> = conn
        .prepare_cached(
            "SELECT id, total FROM review_x INDEXED BY review_x_vendor_period WHERE l_vendor = ? AND s_period < ? \
             AND id <> ? AND archived = 0 AND grade > ? ORDER BY s_period DESC, id DESC LIMIT ?",
        )
        .and_then(|mut s| {
            s.query_map(params![vendor, period, not, sql::LOW, most], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })
        .map_err(refused)?;
    let mut earlier = Vec::with_capacity(found.len());
    for (id, total) in found {
        let record = card::record(conn, Ref { kind: Kind::Review, id })?;
        let period = typed::<Review>(&record.values).ok().and_then(|review| review.period);
        earlier.extend(period.map(|period| Earlier { id, period, total }));
    }
    Ok(earlier)
}

/// The review that a meeting goes through for a vendor: the newest that is not locked, else the newest.
fn review_of_vendor(conn: &Connection, vendor: i64) -> Result<Option<i64>, Refusal> {
    let locked = i64::try_from(ReviewState::Locked.index()).unwrap_or(0);
    conn.prepare_cached(
        "SELECT id FROM review_x INDEXED BY review_x_vendor_period WHERE l_vendor = ? AND archived = 0 \
         ORDER BY s_state = ? , s_period DESC, id DESC LIMIT 1",
    )
    .and_then(|mut s| s.query_row([vendor, locked], |row| row.get(0)).optional())
    .map_err(refused)
}

/// What the contracts of a vendor that are in force cost a year, by currency.
fn annual_cost(conn: &Connection, vendor: i64) -> Result<Vec<Money>, Refusal> {
    let in_force = i64::try_from(ContractState::InForce.index()).unwrap_or(0);
    let found: Vec<(i64, String)> = conn
        .prepare_cached(
            "SELECT sum(annual_minor), annual_currency FROM contract_x INDEXED BY contract_x_vendor_in_force \
             WHERE l_vendor = ? AND archived = 0 AND s_state = ? AND annual_currency IS NOT NULL \
             GROUP BY annual_currency ORDER BY 1 DESC",
        )
        .and_then(|mut s| {
            s.query_map(params![vendor, in_force], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        })
        .map_err(refused)?;
    let money = |(minor, code): (i64, String)| {
        Some(Money { minor, currency: crate::domain::money::Currency::from_code(&code)? })
    };
    Ok(found.into_iter().filter_map(money).collect())
}

/// The period that most have; of equals the one that came first.
fn most_frequent(periods: impl Iterator<Item = Period>) -> Option<Period> {
    let mut counts: Vec<(Period, usize)> = Vec::new();
    for period in periods {
        match counts.iter_mut().find(|(known, _)| *known == period) {
            Some((_, count)) => *count += 1,
            None => counts.push((period, 1)),
        }
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(period, _)| period)
}

const NO_REVIEW: Text = text(
    "None of these vendors has a review. Open their reviews first; then the meeting can go through them.",
    "所选供应商均无考核。请先建立考核，再开会评审。",
);
const TOO_MANY: Text = text(
    "A meeting goes through at most {most} vendors; these are {n}. Mark some, or narrow the list.",
    "一次会议最多评审 {most} 家供应商，当前为 {n} 家。请标记部分，或缩小列表。",
);
