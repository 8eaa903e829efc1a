//! The life of a review as it is written: what its states note by themselves, and its next revision.
//!
//! What stands in a review by its state is completed on whichever path it came there: a form, the command
//! line, a meeting.

use rusqlite::Connection;

use crate::domain::consequence::ConsequenceKind;
use crate::domain::improvement::ImprovementState;
use crate::domain::list::{Choice, ClosedList};
use crate::domain::review::{ResponseKind, ReviewState};
use crate::entity::input::Entered;
use crate::entity::{Kind, Problem, Record, Ref, Value};
use crate::register::{Refusal, code_of};
use crate::store::change::{Txn, link_to};
use crate::store::index::review::corrected_by;
use crate::store::{card, seal};
use crate::texts::{Sentence, Text, text};

/// Days from the opening of a revision on by which it is due.
const REVISION_DAYS: u64 = 15;

/// The fields that the next revision of a review has in common with it.
const COMMON: &[&str] = &["vendor", "contract", "template", "period", "owner", "plan", "bands", "summary"];

impl Txn<'_> {
    /// Fills in what a review notes of a move it makes: who and when, and how the vendor answered.
    pub(super) fn complete_review(&self, kind: Kind, before: &[Value], values: &mut [Value]) {
        let table = kind.table();
        let state_of = |values: &[Value]| {
            let cell = table.field("state").and_then(|at| values.get(at));
            ReviewState::from_key(cell.map_or("", Value::as_key))
        };
        let Some(state) = state_of(values).filter(|_| kind == Kind::Review) else { return };
        let was = state_of(before);
        if was == Some(state) {
            return;
        }
        let today = || Value::Date(self.today);
        let answered = |answer: ResponseKind| Value::Choice(answer.choice());
        let notes: &[(&str, Value)] = &match state {
            ReviewState::Shared => [("shared_on", today()), ("", Value::Null)],
            ReviewState::Acknowledged => {
                [("response_on", today()), ("response", answered(ResponseKind::Acknowledged))]
            }
            ReviewState::Disputed => {
                [("response_on", today()), ("response", answered(ResponseKind::Disputed))]
            }
            ReviewState::Locked => {
                [("locked_on", today()), ("locked_by", Value::Text(self.log.actor().to_owned()))]
            }
            // What was disputed is drafted anew, and shared on another day.
            ReviewState::Draft if was == Some(ReviewState::Disputed) => {
                for key in ["shared_on", "response_on"] {
                    if let Some(cell) = table.field(key).and_then(|at| values.get_mut(at)) {
                        *cell = Value::Null;
                    }
                }
                return;
            }
            ReviewState::Planned | ReviewState::Collecting | ReviewState::Draft => return,
        };
        for (key, value) in notes {
            let cell = table.field(key).and_then(|at| values.get_mut(at));
            // How the vendor answered is what the state says.
            if let Some(cell) = cell.filter(|cell| cell.is_null() || *key == "response") {
                *cell = value.clone();
            }
        }
    }

    /// The values of a record, with their seal where they lock a review: whichever way it is locked, by a
    /// deed or by bringing one back that was taken back.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub(super) fn sealed(&mut self, record: &Record, values: &[Value]) -> Result<Vec<Value>, Refusal> {
        let mut values = values.to_vec();
        let table = record.table();
        let state = table.field("state").and_then(|at| values.get(at)).map_or("", Value::as_key);
        let locks = state == ReviewState::Locked.key() && record.get("state").as_key() != state;
        if record.at.kind != Kind::Review || !locks {
            return Ok(values);
        }
        if self.rowless.contains_key(&record.at.id) {
            // Added and locked by one act: the rows it is to have are there before it is sealed.
            self.seed_rows()?;
        }
        let seal = seal::of(&self.tx, &Record { values: values.clone(), ..record.clone() })?;
        if let Some(cell) = table.field("seal").and_then(|at| values.get_mut(at)) {
            *cell = Value::Text(seal);
        }
        Ok(values)
    }

    /// Opens the next revision of a locked review, with its rows: a draft that is to say what the old one
    /// ought to have said.
    ///
    /// # Errors
    /// [`Refusal::Rule`] where a revision corrects it already.
    pub(super) fn correct(&mut self, review: &Record, reason: Option<&str>) -> Result<Ref, Refusal> {
        if let Some(next) = corrected_by(&self.tx, review.at.id)? {
            let says = Sentence::from(CORRECTED).with("code", &review.code).with("next", code_of(next));
            return Err(Refusal::Rule(says));
        }
        let revision = match review.get("revision") {
            Value::Int(revision) => *revision,
            _ => 1,
        };
        let due = self.today.checked_add_days(chrono::Days::new(REVISION_DAYS));
        let mut fields = copied(review, COMMON);
        let own = [
            ("state", choice(ReviewState::Draft.choice())),
            ("revision", Value::Int(revision + 1)),
            ("corrects", link_to(review.at)),
            ("due_on", due.map_or(Value::Null, Value::Date)),
        ];
        fields.extend(placed(Kind::Review, own));
        let next = self.add(Kind::Review, &fields, reason)?;
        for row in card::children(&self.tx, Kind::ReviewRow, "review", review.at.id)? {
            let keys: Vec<&str> = row.table().fields.iter().map(|meta| meta.key).collect();
            let keys: Vec<&str> = keys.into_iter().filter(|key| *key != "review").collect();
            let mut fields = copied(&row, &keys);
            fields.extend(placed(Kind::ReviewRow, [("review", link_to(next))]));
            self.insert(Kind::ReviewRow, None, &fields)?;
        }
        Ok(next)
    }
}

impl Txn<'_> {
    /// Refuses that an improvement plan is told ineffective while nothing comes of that: there must be a
    /// consequence of it, or a risk.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] at the state.
    pub(super) fn refuse_idle(&self, at: Ref, before: &[Value], values: &[Value]) -> Result<(), Refusal> {
        let state = |values: &[Value]| {
            let cell = at.kind.table().field("state").and_then(|place| values.get(place));
            ImprovementState::from_key(cell.map_or("", Value::as_key))
        };
        let comes = state(values) == Some(ImprovementState::Ineffective) && state(before) != state(values);
        if at.kind != Kind::Improvement || !comes || is_answered(&self.tx, at)? {
            return Ok(());
        }
        let says = Sentence::from(UNANSWERED).with("code", code_of(at));
        Err(Refusal::Invalid(vec![Problem::new("state", says)]))
    }
}

/// Whether anything came of an improvement plan that did not work.
pub(in crate::store) fn is_answered(conn: &Connection, plan: Ref) -> Result<bool, Refusal> {
    // The decision that opened the plan is no answer to what became of it.
    let opened = |record: &Record| record.get("kind").as_key() == ConsequenceKind::Plan.key();
    let consequences = card::children(conn, Kind::Consequence, "improvement", plan.id)?;
    if !consequences.iter().all(opened) {
        return Ok(true);
    }
    Ok(!card::children(conn, Kind::Risk, "improvement", plan.id)?.is_empty())
}

/// What a record holds in these fields, as one would enter it.
fn copied(record: &Record, keys: &[&str]) -> Vec<(usize, Entered)> {
    let held = keys.iter().filter_map(|key| Some((record.table().field(key)?, record.get(key).clone())));
    held.filter(|(_, value)| !value.is_null()).map(|(at, value)| (at, Entered::Value(value))).collect()
}

fn placed<const N: usize>(kind: Kind, fields: [(&str, Value); N]) -> Vec<(usize, Entered)> {
    let table = kind.table();
    let placed = fields.into_iter().filter_map(|(key, value)| Some((table.field(key)?, value)));
    placed.map(|(at, value)| (at, Entered::Value(value))).collect()
}

const fn choice(word: &'static Choice) -> Value {
    Value::Choice(word)
}

const UNANSWERED: Text = text(
    "What did not work is answered first: add a consequence of {code} (vendeck consequence add --improvement {code}) or a risk.",
    "改进无效须先有应对：请为 {code} 登记措施（vendeck consequence add --improvement {code}）或风险。",
);
const CORRECTED: Text = text(
    "{next} corrects {code} already. Correct that one, once it is locked.",
    "{next} 已更正 {code}。如需再更正，请在其锁定后对其更正。",
);
