//! What a locked review freezes: itself, its rows, and the scoring of the KPIs it measured.
//!
//! A locked review is final: inputs, weights and result stay together, and a correction is a new
//! review. The one way out is to take the locking itself back, which the history shows. The
//! points of its rows follow from their KPIs, so those may not be scored in another way any more.
//!
//! A locked review without any row has nothing yet to freeze: an import may bring its rows, all
//! in one act, as where reviews and rows come from two files of an export.

use crate::domain::list::ClosedList;
use crate::domain::review::ReviewState;
use crate::entity::{Kind, Link, Problem, Record, Ref, Value};
use crate::register::{Act, Refusal, code_of};
use crate::store::change::Txn;
use crate::store::change::scorecard::review_of;
use crate::store::refused;
use crate::texts::{Sentence, Text, text};

/// The fields of a KPI from which points follow.
const SCORING: &[&str] = &["measure", "direction", "floor", "target", "bands", "veto", "veto_at"];

impl Txn<'_> {
    /// Refuses to change the fields at `changed` where a lock freezes them.
    pub(super) fn refuse_frozen(
        &self,
        record: &Record,
        values: &[Value],
        changed: &[usize],
    ) -> Result<(), Refusal> {
        let table = record.table();
        match record.at.kind {
            Kind::Review if is_locked(record.get("state")) => {
                let state = table.field("state").and_then(|at| values.get(at));
                let unlocks = state.is_some_and(|state| !is_locked(state));
                if self.log.is_reverting() && unlocks { Ok(()) } else { Err(locked(&record.code)) }
            }
            Kind::TemplateRow => {
                self.refuse_used_template(record.at, &record.values)?;
                self.refuse_used_template(record.at, values)
            }
            Kind::ReviewRow | Kind::RaterScore => {
                self.refuse_frozen_row(record.at, &record.values)?;
                self.refuse_frozen_row(record.at, values)
            }
            Kind::Kpi => {
                let keys = changed.iter().filter_map(|at| table.fields.get(*at)).map(|meta| meta.key);
                let mut scoring = keys.filter(|key| SCORING.contains(key));
                match scoring.next() {
                    Some(_) if self.is_in_locked_review(record.at.id)? => {
                        Err(Refusal::Rule(Sentence::from(KPI_IN_USE).with("code", &record.code)))
                    }
                    _ => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    /// Refuses to put a locked review or a row of one away, or to bring it back.
    pub(super) fn refuse_frozen_shelf(&self, record: &Record) -> Result<(), Refusal> {
        match record.at.kind {
            Kind::Review if self.own_reviews.contains(&record.at.id) => Ok(()),
            Kind::Review if is_locked(record.get("state")) => Err(locked(&record.code)),
            Kind::TemplateRow => self.refuse_used_template(record.at, &record.values),
            _ => self.refuse_frozen_row(record.at, &record.values),
        }
    }

    /// Refuses a new row of a locked review, but for those by which an import fills an empty one.
    pub(in crate::store) fn refuse_frozen_new_row(
        &mut self,
        at: Ref,
        values: &[Value],
    ) -> Result<(), Refusal> {
        if self.log.act() != Act::Import {
            self.refuse_used_template(at, values)?;
        }
        let Err(refusal) = self.refuse_frozen_row(at, values) else { return Ok(()) };
        // What raters gave comes from a file of its own; neither result nor seal follow from it.
        if at.kind == Kind::RaterScore && self.log.act() == Act::Import {
            return Ok(());
        }
        match review_of(values).map(|review| review.id) {
            Some(review) if self.log.act() == Act::Import && !self.has_rows(review)? => {
                self.filled_reviews.insert(review);
                Ok(())
            }
            _ => Err(refusal),
        }
    }

    /// Refuses to change or remove the row of a locked review whose rows are not this act's own.
    pub(super) fn refuse_frozen_row(&self, at: Ref, values: &[Value]) -> Result<(), Refusal> {
        if self.log.act() == Act::Found {
            return Ok(());
        }
        let Some(review) = self.review_above(at.kind, values)? else { return Ok(()) };
        if self.own_reviews.contains(&review.id) || self.filled_reviews.contains(&review.id) {
            return Ok(());
        }
        let state: Option<String> = self
            .tx
            .prepare_cached("SELECT max(state) FROM review WHERE id = ?")
            .and_then(|mut s| s.query_row([review.id], |row| row.get(0)))
            .map_err(refused)?;
        if state.as_deref() == Some(ReviewState::Locked.key()) {
            return Err(locked(&code_of(Ref { kind: Kind::Review, id: review.id })));
        }
        Ok(())
    }

    /// The review that a row belongs to, or that what a rater gave for a row does.
    fn review_above(&self, kind: Kind, values: &[Value]) -> Result<Option<Link>, Refusal> {
        match kind {
            Kind::ReviewRow => Ok(review_of(values).cloned()),
            Kind::RaterScore => {
                let place = kind.table().field("row");
                let Some(row) = place.and_then(|at| values.get(at)).and_then(Value::as_link) else {
                    return Ok(None);
                };
                let row = match self.record(Ref { kind: Kind::ReviewRow, id: row.id }) {
                    Err(Refusal::Missing(_)) => return Ok(None),
                    other => other?,
                };
                Ok(review_of(&row.values).cloned())
            }
            _ => Ok(None),
        }
    }

    fn has_rows(&self, review: i64) -> Result<bool, Refusal> {
        self.tx
            .prepare_cached("SELECT 1 FROM review_row WHERE review = ?")
            .and_then(|mut s| s.exists([review]))
            .map_err(refused)
    }

    fn is_in_locked_review(&self, kpi: i64) -> Result<bool, Refusal> {
        self.tx
            .prepare_cached(
                "SELECT 1 FROM review_row r JOIN review p ON p.id = r.review WHERE r.kpi = ? AND p.state = ?",
            )
            .and_then(|mut s| s.exists(rusqlite::params![kpi, ReviewState::Locked.key()]))
            .map_err(refused)
    }
}

/// Refuses a new review that is locked from the start: nobody could ever rate it.
pub(super) fn refuse_new_locked(kind: Kind, values: &[Value]) -> Result<(), Refusal> {
    let state = kind.table().field("state").and_then(|at| values.get(at));
    if kind == Kind::Review && state.is_some_and(is_locked) {
        return Err(Refusal::Invalid(vec![Problem::new("state", NEW_LOCKED)]));
    }
    Ok(())
}

fn is_locked(state: &Value) -> bool {
    state.as_key() == ReviewState::Locked.key()
}

fn locked(code: &str) -> Refusal {
    Refusal::Rule(Sentence::from(LOCKED).with("code", code))
}

const LOCKED: Text = text(
    "{code} is locked: neither the review nor its scores change any more. Correct it by a new revision: vendeck review correct {code}.",
    "{code} 已锁定，考核及评分不可再更改。如需更正，请新建修订：vendeck review correct {code}。",
);
const NEW_LOCKED: Text = text(
    "A review is rated before it is locked. Add it in an earlier state.",
    "考核须先评分再锁定，请以较早的状态新增。",
);
const KPI_IN_USE: Text = text(
    "Locked reviews were scored by {code}, so its measure, direction, floor, target, steps and veto stay. Make a new KPI instead.",
    "已锁定的考核按 {code} 评分，其类型、方向、零分值、满分值、分段和一票否决不可更改。请新建指标。",
);
