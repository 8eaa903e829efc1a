//! Vendors held against each other by their reviews.

use rusqlite::types::Value as Sql;
use rusqlite::{params, params_from_iter};

use crate::domain::list::ClosedList;
use crate::domain::period::Period;
use crate::domain::review::{Grade, Score};
use crate::entity::{Kind, Ref, Review, Value, typed};
use crate::limits;
use crate::register::Refusal;
use crate::register::review::standing::{Among, Compared, Comparison, Ranked, Ranking, Unrated};
use crate::store::{Store, card, refused, sql};

/// The newest review with a grade of the vendor `v.id`, of a period where one is asked for; one that another
/// corrects does not count beside it.
const NEWEST: &str = "SELECT x.id FROM review_x x INDEXED BY review_x_vendor_period WHERE x.l_vendor = v.id \
     AND (?1 IS NULL OR x.s_period = ?1) AND x.archived = 0 AND x.grade > ?2 \
     AND NOT EXISTS (SELECT 1 FROM review r WHERE r.corrects = x.id AND r.archived_at IS NULL) \
     ORDER BY x.s_period DESC, x.id DESC LIMIT 1";

impl Store {
    /// Vendors ranked by their reviews. Those without a grade are told apart, if one works with them.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn ranking(&self, among: &Among) -> Result<Ranking, Refusal> {
        let _moment = self.moment()?;
        let (mut rated, mut unrated) = (Vec::new(), Vec::new());
        for (vendor, review, works) in self.newest(among)? {
            let at = Ref { kind: Kind::Vendor, id: vendor };
            let record = card::record(&self.conn, at)?;
            let (code, name) = (record.code.clone(), record.label());
            match review {
                Some(review) => rated.extend(self.ranked(at, code, name, review)?),
                None if works => unrated.push(Unrated { vendor: at, code, name }),
                None => {}
            }
        }
        let scored = if rated.len() > limits::SWING_VENDORS {
            None
        } else {
            Some(rated.iter().map(|one| self.scored(one.review)).collect::<Result<Vec<_>, _>>()?)
        };
        let mut ranking = Ranking::of(among.clone(), rated, unrated, scored.as_deref());
        ranking.offers = (self.owners()?, self.graded_periods()?);
        Ok(ranking)
    }

    /// Vendors side by side, in the order in which they are named.
    ///
    /// # Errors
    /// [`Refusal::Missing`].
    pub fn comparison(&self, vendors: &[Ref], period: Option<Period>) -> Result<Comparison, Refusal> {
        let _moment = self.moment()?;
        let statement = format!("SELECT ({NEWEST}) FROM vendor v WHERE v.id = ?3");
        let mut found = Vec::new();
        for at in vendors {
            let record = card::record(&self.conn, *at)?;
            let review: Option<i64> = self
                .conn
                .prepare_cached(&statement)
                .and_then(|mut s| {
                    s.query_row(params![period.map(sql::period_key), sql::LOW, at.id], |row| row.get(0))
                })
                .map_err(refused)?;
            let scored = review.map(|id| self.scored(Ref { kind: Kind::Review, id })).transpose()?;
            found.push(Compared { vendor: *at, code: record.code.clone(), name: record.label(), scored });
        }
        Ok(Comparison { period, vendors: found })
    }

    /// The vendors that are asked for, with their review and whether one works with them.
    fn newest(&self, among: &Among) -> Result<Vec<(i64, Option<i64>, bool)>, Refusal> {
        let mut statement = format!(
            "SELECT v.id, ({NEWEST}), v.state IN ('approved', 'active', 'watch', 'suspended', 'exiting') \
             FROM vendor v WHERE v.archived_at IS NULL"
        );
        let text = |text: &Option<String>| text.clone().map(Sql::Text);
        let mut bound = vec![
            among.period.map_or(Sql::Null, |period| Sql::Text(sql::period_key(period))),
            Sql::Integer(sql::LOW),
        ];
        let asked = [
            (text(&among.class), "instr(',' || v.class || ',', ',' || ? || ',') > 0"),
            (text(&among.tier), "v.tier = ?"),
            (text(&among.owner), "v.owner = ?"),
        ];
        for (value, says) in asked {
            let Some(value) = value else { continue };
            bound.push(value);
            statement.push_str(" AND ");
            statement.push_str(&says.replace('?', &format!("?{}", bound.len())));
        }
        statement.push_str(" ORDER BY v.id");
        self.conn
            .prepare_cached(&statement)
            .and_then(|mut s| {
                let read = |row: &rusqlite::Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
                s.query_map(params_from_iter(bound), read)?.collect()
            })
            .map_err(refused)
    }

    fn ranked(&self, vendor: Ref, code: String, name: String, id: i64) -> Result<Option<Ranked>, Refusal> {
        let at = Ref { kind: Kind::Review, id };
        let record = card::record(&self.conn, at)?;
        let Value::Points(total) = record.get("total") else { return Ok(None) };
        let Some(total) = Score::from_hundredths(*total) else { return Ok(None) };
        let change = match record.get("change") {
            Value::Points(change) => Some(*change),
            _ => None,
        };
        let period = typed::<Review>(&record.values).ok().and_then(|review| review.period);
        let grade = Grade::from_key(record.get("grade").as_key());
        Ok(Some(Ranked { rank: 0, vendor, code, name, review: at, period, total, grade, change }))
    }

    /// The owners of vendors, by name.
    fn owners(&self) -> Result<Vec<String>, Refusal> {
        self.conn
            .prepare_cached(
                "SELECT DISTINCT owner FROM vendor WHERE archived_at IS NULL AND owner IS NOT NULL ORDER BY owner LIMIT 50",
            )
            .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
            .map_err(refused)
    }

    /// The newest periods of reviews with a grade.
    fn graded_periods(&self) -> Result<Vec<Period>, Refusal> {
        let most = i64::try_from(limits::COMPARED_PERIODS).unwrap_or(i64::MAX);
        let found: Vec<String> = self
            .conn
            .prepare_cached(
                "SELECT DISTINCT r.period FROM review_x x JOIN review r ON r.id = x.id WHERE x.archived = 0 AND x.grade > ?1 \
                 ORDER BY x.s_period DESC LIMIT ?2",
            )
            .and_then(|mut s| s.query_map([sql::LOW, most], |row| row.get(0))?.collect())
            .map_err(refused)?;
        Ok(found.iter().filter_map(|text| text.parse().ok()).collect())
    }
}
