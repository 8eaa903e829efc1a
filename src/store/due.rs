//! What needs attention: dates that follow from records, ranked by how pressing they are.

use std::sync::LazyLock;

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use crate::domain::action::ActionState;
use crate::domain::consequence::ConsequenceState;
use crate::domain::delivery::{Acceptance, BreachState, ChangeState, ReportState};
use crate::domain::improvement::ImprovementState;
use crate::domain::list::ClosedList;
use crate::entity::{
    Action, Breach, ChangeRequest, Column, Consequence, Deliverable, Improvement, Interaction, Kind, Record,
    Ref, Report, Value, show, typed,
};
use crate::register::due::consequence;
use crate::register::{Attention, Due, Refusal, What, code_of};
use crate::store::index::{Derivation, day_text};
use crate::store::silence::Silences;
use crate::store::{Store, card, index, refused, sql, tally};
use crate::texts::Sentence;

/// What an action needs: its day, until it is done.
pub(super) fn of_action(record: &Record) -> Derivation {
    let due = typed::<Action>(&record.values).ok().and_then(|action| {
        let open = matches!(action.state, Some(ActionState::Open | ActionState::InProgress));
        action.due_on.filter(|_| open)
    });
    let dues = due.map(|date| Due { what: What::Action, date });
    Derivation::always(Vec::new(), dues.into_iter().collect())
}

/// What an interaction needs: the follow-up that was promised, until its date is cleared.
pub(super) fn of_interaction(record: &Record) -> Derivation {
    let due = typed::<Interaction>(&record.values).ok().and_then(|interaction| interaction.next_due);
    let dues = due.map(|date| Due { what: What::FollowUp, date });
    Derivation::always(Vec::new(), dues.into_iter().collect())
}

/// What a deliverable, a change, a breach or a report needs until it is settled: by its date, and where it
/// has none, since it is known.
pub(super) fn of_part(record: &Record) -> Derivation {
    let due = match record.at.kind {
        Kind::Deliverable => typed::<Deliverable>(&record.values).ok().and_then(|part| {
            let date = part.due_on.or(part.delivered_on)?;
            (part.state != Some(Acceptance::Met)).then_some(Due { what: What::Deliverable, date })
        }),
        Kind::ChangeRequest => typed::<ChangeRequest>(&record.values).ok().and_then(|part| {
            let date = match part.state? {
                ChangeState::Requested | ChangeState::Assessed => part.decide_by.or(part.requested_on),
                ChangeState::Approved => part.implement_by.or(part.decided_on),
                ChangeState::Implemented | ChangeState::Rejected | ChangeState::Withdrawn => None,
            };
            date.map(|date| Due { what: What::Change, date })
        }),
        Kind::Breach => typed::<Breach>(&record.values).ok().and_then(|part| {
            let date = match part.state? {
                BreachState::Closed => None,
                BreachState::Remedying => part.remedy_due.or(part.next_on).or(part.found_on),
                BreachState::Open | BreachState::Negotiating | BreachState::InCourt => {
                    part.next_on.or(part.found_on)
                }
            };
            date.map(|date| Due { what: What::Remedy, date })
        }),
        _ => typed::<Report>(&record.values).ok().and_then(|part| {
            let open = matches!(part.state, Some(ReportState::Due | ReportState::Returned));
            part.due_on.filter(|_| open).map(|date| Due { what: What::Report, date })
        }),
    };
    Derivation::always(Vec::new(), due.into_iter().collect())
}

/// What a consequence needs: once it is decided, that it is done.
pub(super) fn of_consequence(record: &Record) -> Derivation {
    let due = typed::<Consequence>(&record.values).ok().and_then(|consequence| {
        let decided = consequence.state == Some(ConsequenceState::Decided);
        consequence.due_on.or(consequence.decided_on).filter(|_| decided)
    });
    let dues = due.map(|date| Due { what: What::Consequence, date });
    Derivation::always(Vec::new(), dues.into_iter().collect())
}

/// What an improvement plan needs: its day, and behind it that somebody verifies it.
pub(super) fn of_improvement(record: &Record) -> Derivation {
    let due = typed::<Improvement>(&record.values).ok().and_then(|plan| match plan.state? {
        ImprovementState::Proposed | ImprovementState::Agreed | ImprovementState::InProgress => plan.due_on,
        ImprovementState::Verify => plan.verify_on.or(plan.due_on),
        ImprovementState::Effective | ImprovementState::Ineffective | ImprovementState::Dropped => None,
    });
    let dues = due.map(|date| Due { what: What::Improvement, date });
    Derivation::always(Vec::new(), dues.into_iter().collect())
}

/// Replaces the due rows of a record.
pub(super) fn put(conn: &Connection, at: Ref, dues: &[Due], derivation: &Derivation) -> Result<(), Refusal> {
    conn.prepare_cached("DELETE FROM due WHERE doc = ?")
        .and_then(|mut s| s.execute([at.doc()]))
        .map_err(refused)?;
    for due in dues {
        conn.prepare_cached(
            "INSERT INTO due (doc, what, date, valid_from, valid_until) VALUES (?, ?, ?, ?, ?)",
        )
        .and_then(|mut s| {
            s.execute(params![
                at.doc(),
                due.what.key(),
                due.date.to_string(),
                day_text(derivation.valid_from),
                day_text(derivation.valid_until),
            ])
        })
        .map_err(refused)?;
    }
    Ok(())
}

/// A contract whose index row was right on another day.
#[derive(Debug)]
pub(super) struct Renewed {
    /// The record with its derived columns as stored.
    pub(super) stored: Record,
    /// What it adds to the tallies as stored.
    pub(super) gone: Vec<tally::Share>,
    /// What follows from it today.
    pub(super) fresh: Derivation,
}

impl Renewed {
    /// Whether it is this record and this is due of it today.
    pub(super) fn is(&self, at: Ref, due: Due) -> bool {
        self.stored.at == at && self.fresh.dues.contains(&due)
    }

    /// What it adds to the tallies today.
    pub(super) fn come(&self) -> Vec<tally::Share> {
        let record = Record { derived: self.fresh.derived.clone(), ..self.stored.clone() };
        tally::shares(&record, &self.fresh.dues)
    }
}

/// What a line tells of the records of one kind: their name and their vendor. The lines stand on the
/// first screen, and whole records are wide.
struct Told {
    kind: Kind,
    columns: Vec<Column>,
    select: String,
}

static TOLD: LazyLock<Vec<Told>> = LazyLock::new(|| {
    let kinds: [(Kind, &[&str]); 16] = [
        (Kind::Contract, &["number", "vendor"]),
        (Kind::Review, &["period", "vendor"]),
        (Kind::Risk, &["title", "vendor"]),
        (Kind::Action, &["title", "vendor"]),
        (Kind::Consequence, &["kind", "vendor"]),
        (Kind::Improvement, &["title", "vendor", "state"]),
        (Kind::Interaction, &["summary", "vendor"]),
        (Kind::Deliverable, &["title", "contract", "delivered_on"]),
        (Kind::ChangeRequest, &["title", "contract", "state"]),
        (Kind::Breach, &["title", "contract"]),
        (Kind::Report, &["title", "contract"]),
        (Kind::ServiceLevel, &["title", "contract"]),
        (Kind::Measurement, &["period", "level"]),
        (Kind::ExitCase, &["title", "vendor"]),
        (Kind::ExitStep, &["step", "exit_case"]),
        (Kind::Invoice, &["number", "contract"]),
    ];
    kinds.into_iter().map(|(kind, keys)| Told::new(kind, keys)).collect()
});

impl Told {
    fn new(kind: Kind, keys: &[&str]) -> Self {
        let table = kind.table();
        let columns: Vec<Column> =
            keys.iter().filter_map(|key| table.field(key)).map(Column::Field).collect();
        let select = sql::select(table, &columns);
        Self { kind, columns, select }
    }

    /// The record with these fields; all else is blank.
    fn read(&self, conn: &Connection, at: Ref) -> Result<Record, Refusal> {
        let read = card::read(conn, at, &self.select, &self.columns)?;
        let mut values = vec![Value::Null; self.kind.table().fields.len()];
        for (column, cell) in self.columns.iter().zip(read.cells) {
            if let Column::Field(place) = column
                && let Some(value) = values.get_mut(*place)
            {
                *value = cell;
            }
        }
        let (version, archived_at) = (read.version, read.archived_at);
        Ok(Record { at, code: code_of(at), version, archived_at, values, derived: Vec::new() })
    }
}

impl Store {
    /// What needs attention, most pressing first: at most `most` lines, dated up to `until`.
    ///
    /// Rows whose day has passed are worked out anew here, so the answer is right even where
    /// the register cannot be written.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn attention(&self, until: Option<NaiveDate>, most: usize) -> Result<Vec<Attention>, Refusal> {
        let _moment = self.moment()?;
        let stale = self.stale_contracts()?;
        self.ranked_attention(until, most, &stale, &self.silences()?)
    }

    /// All that needs attention up to `until`, most pressing first, and what happens if nobody acts.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn consequences(&self, until: Option<NaiveDate>) -> Result<Vec<(Attention, Sentence)>, Refusal> {
        let _moment = self.moment()?;
        self.deadlines(until, |_| true)
    }

    /// Those of [`Store::consequences`] of the records that are wanted; no others are read.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn deadlines(
        &self,
        until: Option<NaiveDate>,
        is_wanted: impl Fn(Ref) -> bool,
    ) -> Result<Vec<(Attention, Sentence)>, Refusal> {
        let _moment = self.moment()?;
        let found = self.ranked_dues(until, usize::MAX, &self.stale_contracts()?, &self.silences()?)?;
        let lines = found.into_iter().filter(|(at, _)| is_wanted(*at)).map(|(at, due)| {
            let record = card::record(&self.conn, at)?;
            Ok((self.line_of(&record, due)?, consequence(&record, due, self.today)))
        });
        lines.collect()
    }

    /// [`Store::attention`] with the contracts whose day has passed and what is silent at hand.
    pub(super) fn ranked_attention(
        &self,
        until: Option<NaiveDate>,
        most: usize,
        stale: &[Renewed],
        silences: &Silences,
    ) -> Result<Vec<Attention>, Refusal> {
        let found = self.ranked_dues(until, most, stale, silences)?;
        found.into_iter().map(|(at, due)| self.line(at, due)).collect()
    }

    fn ranked_dues(
        &self,
        until: Option<NaiveDate>,
        most: usize,
        stale: &[Renewed],
        silences: &Silences,
    ) -> Result<Vec<(Ref, Due)>, Refusal> {
        let mut found = self.told_dues(until, most, silences)?;
        for contract in stale {
            let dues = contract.fresh.dues.iter().copied();
            let wanted = dues.filter(|due| until.is_none_or(|until| due.date <= until));
            found.extend(wanted.map(|due| (contract.stored.at, due)));
        }
        found.retain(|(at, due)| !silences.cover(*at, *due));
        found.sort_by_key(|(at, due)| (due.date, at.doc()));
        found.truncate(most);
        Ok(found)
    }

    /// The contracts in use whose index rows were right on another day, with what is right today.
    pub(super) fn stale_contracts(&self) -> Result<Vec<Renewed>, Refusal> {
        let mut renewed = Vec::new();
        for at in index::stale_of(&self.conn, Kind::Contract, self.today, usize::MAX >> 1)? {
            let stored = card::record(&self.conn, at)?;
            if stored.archived_at.is_none() {
                let fresh = index::derive(&self.conn, &stored, self.today)?;
                let gone = tally::stored(&self.conn, at)?;
                renewed.push(Renewed { stored, gone, fresh });
            }
        }
        Ok(renewed)
    }

    /// The first `most` of the stored dates that are told: those that are silent may stand before them.
    fn told_dues(
        &self,
        until: Option<NaiveDate>,
        most: usize,
        silences: &Silences,
    ) -> Result<Vec<(Ref, Due)>, Refusal> {
        let mut asked = most;
        loop {
            let mut found = self.stored_dues(until, asked)?;
            let is_all = found.len() < asked;
            found.retain(|(at, due)| !silences.cover(*at, *due));
            if is_all || found.len() >= most {
                return Ok(found);
            }
            asked = asked.saturating_mul(2);
        }
    }

    fn stored_dues(&self, until: Option<NaiveDate>, most: usize) -> Result<Vec<(Ref, Due)>, Refusal> {
        let until = until.map_or_else(|| sql::LATE.to_owned(), |day| day.to_string());
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let mut statement = self
            .conn
            .prepare_cached(
                "SELECT doc, what, date FROM due WHERE date <= ?1 AND valid_from <= ?2 AND valid_until > ?2 \
                 ORDER BY date, doc LIMIT ?3",
            )
            .map_err(refused)?;
        let rows = statement
            .query_map(params![until, self.today.to_string(), most], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
            })
            .map_err(refused)?;
        let mut found = Vec::new();
        for row in rows {
            let (doc, what, date) = row.map_err(refused)?;
            let (Some(at), Some(what), Ok(date)) = (Ref::from_doc(doc), What::from_key(&what), date.parse())
            else {
                continue;
            };
            found.push((at, Due { what, date }));
        }
        Ok(found)
    }

    fn line(&self, at: Ref, due: Due) -> Result<Attention, Refusal> {
        let told = TOLD.iter().find(|told| told.kind == at.kind);
        let record = match told {
            Some(told) => told.read(&self.conn, at)?,
            None => card::record(&self.conn, at)?,
        };
        self.line_of(&record, due)
    }

    /// What people call the vendor of a record, or of the record it belongs to; blank where there is none.
    fn vendor_of(&self, record: &Record) -> Result<String, Refusal> {
        if let Some(link) = record.get("vendor").as_link() {
            return Ok(link.label.clone());
        }
        let parent = record.table().parent().and_then(|(_, at)| record.values.get(at)?.as_link());
        let told = parent.and_then(|link| TOLD.iter().find(|told| told.kind == link.kind));
        let (Some(link), Some(told)) = (parent, told) else { return Ok(String::new()) };
        // A parent is of another kind than its child, nearer to the vendor, so the way up ends.
        self.vendor_of(&told.read(&self.conn, Ref { kind: link.kind, id: link.id })?)
    }

    /// The line of one date of a record, of which the fields of [`TOLD`] are enough.
    pub(super) fn line_of(&self, record: &Record, due: Due) -> Result<Attention, Refusal> {
        let at = record.at;
        let vendor = self.vendor_of(record)?;
        Ok(Attention {
            at,
            code: code_of(at),
            what: due.what,
            date: due.date,
            days: (due.date - self.today).num_days(),
            label: line_label(record),
            named: match record.get("step") {
                Value::Choice(step) if at.kind == Kind::ExitStep => Some(step.label),
                _ => None,
            },
            vendor,
            silence: None,
        })
    }
}

fn line_label(record: &Record) -> String {
    match record.at.kind {
        Kind::Contract => {
            let number = record.get("number").as_text();
            if number.is_empty() { record.code.clone() } else { number.to_owned() }
        }
        Kind::Review => match record.get("period") {
            Value::Null => record.code.clone(),
            period => show::plain(period),
        },
        _ => record.label(),
    }
}
