//! What is due and was acknowledged or snoozed: asked of the records of it on each day, so that it comes
//! back by itself.
//!
//! Nothing is kept of a date being silent but who said so: a date that moves is told again.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::{OptionalExtension, params};

use crate::domain::list::ClosedList;
use crate::entity::input::Entered;
use crate::entity::{Kind, Problem, Ref, Value};
use crate::register::{Act, Attention, Due, Edit, Refusal, Saved, Shelf, Silence, What, code_of, ref_of};
use crate::store::change::Txn;
use crate::store::due::Renewed;
use crate::store::{Store, card, index, refused};
use crate::texts::{Sentence, Text, text};

/// The dates that are silent today.
#[derive(Debug, Default)]
pub(super) struct Silences(BTreeMap<(Ref, What, NaiveDate), Silence>);

impl Silences {
    /// Whether nothing is to be told of this date.
    pub(super) fn cover(&self, at: Ref, due: Due) -> bool {
        self.0.contains_key(&(at, due.what, due.date))
    }
}

impl Store {
    /// Which dates are silent today.
    pub(super) fn silences(&self) -> Result<Silences, Refusal> {
        let mut statement = self
            .conn
            .prepare_cached(
                "SELECT id, record, what, due_on, until, why FROM acknowledgement \
                 WHERE archived_at IS NULL AND (until IS NULL OR until > ?) ORDER BY id",
            )
            .map_err(refused)?;
        let rows = statement
            .query_map([self.today().to_string()], |row| {
                let text = |at: usize| row.get::<_, String>(at);
                let until: Option<String> = row.get(4)?;
                Ok((row.get::<_, i64>(0)?, text(1)?, text(2)?, text(3)?, until, text(5)?))
            })
            .map_err(refused)?;
        let mut found = BTreeMap::new();
        for row in rows {
            let (id, record, what, date, until, reason) = row.map_err(refused)?;
            let (Some(at), Some(what), Ok(date)) = (ref_of(&record), What::from_key(&what), date.parse())
            else {
                continue;
            };
            let own = Ref { kind: Kind::Acknowledgement, id };
            let until = until.and_then(|until| until.parse().ok());
            found.insert((at, what, date), Silence { at: own, until, reason });
        }
        Ok(Silences(found))
    }

    /// What is due up to `until` and silent today, most pressing first.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn silenced(&self, until: Option<NaiveDate>) -> Result<Vec<Attention>, Refusal> {
        let _moment = self.moment()?;
        self.silent_lines(until, &self.silences()?, &self.stale_contracts()?)
    }

    /// [`Store::silenced`] with what is known already.
    pub(super) fn silent_lines(
        &self,
        until: Option<NaiveDate>,
        silences: &Silences,
        stale: &[Renewed],
    ) -> Result<Vec<Attention>, Refusal> {
        let mut lines = Vec::new();
        for ((at, what, date), silence) in &silences.0 {
            let due = Due { what: *what, date: *date };
            if until.is_none_or(|until| *date <= until) && self.is_due(*at, due, stale)? {
                let line = self.line_of(&card::record(&self.conn, *at)?, due)?;
                lines.push(Attention { silence: Some(silence.clone()), ..line });
            }
        }
        lines.sort_by_key(|line| (line.date, line.at.doc()));
        Ok(lines)
    }

    /// Whether a date is due today, silent or not.
    fn is_due(&self, at: Ref, due: Due, stale: &[Renewed]) -> Result<bool, Refusal> {
        if stale.iter().any(|found| found.is(at, due)) {
            return Ok(true);
        }
        let today = self.today().to_string();
        self.conn
            .prepare_cached(
                "SELECT 1 FROM due WHERE doc = ?1 AND what = ?2 AND date = ?3 \
                 AND valid_from <= ?4 AND valid_until > ?4",
            )
            .and_then(|mut s| s.exists(params![at.doc(), due.what.key(), due.date.to_string(), today]))
            .map_err(refused)
    }

    /// What of a record is due today and is told, most pressing first.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn dues_of(&self, at: Ref) -> Result<Vec<Due>, Refusal> {
        let mut dues = self.all_dues_of(at)?;
        let mut told = Vec::new();
        for due in dues.drain(..) {
            if self.silence_of(at, due)?.is_none() {
                told.push(due);
            }
        }
        Ok(told)
    }

    fn all_dues_of(&self, at: Ref) -> Result<Vec<Due>, Refusal> {
        if !What::ALL.iter().any(|what| what.of() == at.kind) {
            return Ok(Vec::new());
        }
        let record = card::record(&self.conn, at)?;
        if record.archived_at.is_some() {
            return Ok(Vec::new());
        }
        let mut dues = index::derive(&self.conn, &record, self.today())?.dues;
        dues.sort_by_key(|due| due.date);
        Ok(dues)
    }

    /// The record by which a date is silent today, if it is.
    fn silence_of(&self, at: Ref, due: Due) -> Result<Option<Ref>, Refusal> {
        let found: Option<i64> = self
            .conn
            .prepare_cached(
                "SELECT id FROM acknowledgement WHERE record = ?1 AND what = ?2 AND due_on = ?3 \
                 AND archived_at IS NULL AND (until IS NULL OR until > ?4) ORDER BY id DESC LIMIT 1",
            )
            .and_then(|mut s| {
                let bound =
                    params![code_of(at), due.what.key(), due.date.to_string(), self.today().to_string(),];
                s.query_row(bound, |row| row.get(0)).optional()
            })
            .map_err(refused)?;
        Ok(found.map(|id| Ref { kind: Kind::Acknowledgement, id }))
    }

    /// Leaves what of a record is due out of what needs attention: until a day, or as long as its date
    /// stays. What is silent already gets another day and reason. Where several dates of it are due,
    /// `what` says which.
    ///
    /// # Errors
    /// [`Refusal::Rule`] where nothing is due or several are; [`Refusal::Invalid`] for the day and the
    /// reason.
    pub fn silence(
        &mut self,
        at: Ref,
        what: Option<What>,
        until: Option<NaiveDate>,
        reason: &str,
    ) -> Result<(Due, Saved), Refusal> {
        let dues = self.all_dues_of(at)?;
        let wanted: Vec<Due> =
            dues.iter().copied().filter(|due| what.is_none_or(|w| w == due.what)).collect();
        let due = match wanted.as_slice() {
            [] => return Err(Refusal::Rule(Sentence::from(NOTHING_DUE).with("code", code_of(at)))),
            [due] => *due,
            several => {
                let words = several.iter().map(|due| due.what.key()).collect::<Vec<_>>().join(", ");
                let says = Sentence::from(SEVERAL).with("code", code_of(at)).with("words", words);
                return Err(Refusal::Rule(says));
            }
        };
        refuse_past(until, self.today())?;
        let known = self.silence_of(at, due)?;
        let value = |text: String| if text.is_empty() { Value::Null } else { Value::Text(text) };
        let fields = [
            ("record", Value::Text(code_of(at))),
            ("what", Value::Text(due.what.key().to_owned())),
            ("due_on", Value::Date(due.date)),
            ("until", until.map_or(Value::Null, Value::Date)),
            ("why", value(reason.trim().to_owned())),
        ];
        let table = Kind::Acknowledgement.table();
        let fields: Vec<(usize, Entered)> = fields
            .into_iter()
            .filter_map(|(key, value)| Some((table.field(key)?, Entered::Value(value))))
            .collect();
        let mut txn = self.begin(if known.is_some() { Act::Edit } else { Act::Add })?;
        match known {
            Some(known) => {
                let edits = fields.into_iter().map(|(field, new)| Edit { field, seen: None, new });
                txn.update(known, &edits.collect::<Vec<_>>(), None, None)?;
            }
            None => drop(txn.add(Kind::Acknowledgement, &fields, None)?),
        }
        Ok((due, txn.commit()?))
    }

    /// Tells again what of a record is due and silent.
    ///
    /// # Errors
    /// [`Refusal::Rule`] where nothing of it is.
    pub fn wake(&mut self, at: Ref) -> Result<Saved, Refusal> {
        let mut silent = Vec::new();
        for due in self.all_dues_of(at)? {
            silent.extend(self.silence_of(at, due)?);
        }
        if silent.is_empty() {
            return Err(Refusal::Rule(Sentence::from(NOT_SILENT).with("code", code_of(at))));
        }
        let mut txn = self.begin(Act::Archive)?;
        for silence in silent {
            txn.shelve(silence, Shelf::Archive)?;
        }
        txn.commit()
    }
}

impl Txn<'_> {
    /// A person snoozes to a day that is to come, and what there is; a list may tell of days that are past.
    pub(super) fn refuse_silence(&self, kind: Kind, values: &[Value]) -> Result<(), Refusal> {
        if kind != Kind::Acknowledgement {
            return Ok(());
        }
        let until = kind.table().field("until").and_then(|at| values.get(at)).and_then(Value::as_date);
        refuse_past(until, self.today)
    }
}

fn refuse_past(until: Option<NaiveDate>, today: NaiveDate) -> Result<(), Refusal> {
    if until.is_none_or(|until| until > today) {
        return Ok(());
    }
    Err(Refusal::Invalid(vec![Problem::new("until", Sentence::from(PAST).with("day", today))]))
}

const NOTHING_DUE: Text = text("Nothing of {code} is due.", "{code} 没有到期事项。");
const SEVERAL: Text = text(
    "Several dates of {code} are due; say which with --what: {words}.",
    "{code} 有多项到期，请用 --what 指明：{words}。",
);
const NOT_SILENT: Text =
    text("Nothing of {code} is snoozed or acknowledged.", "{code} 没有被搁置或知悉的事项。");
const PAST: Text = text("Give a day after {day}.", "请填写晚于 {day} 的日期。");
