//! Revisions of a scorecard: one that reviews were made by keeps its rows, and a change of them is a new revision.
//!
//! A revision is a draft until it is taken into use. Then the earlier ones are retired, and reviews that are still
//! open can be moved to it; what a vendor has been told stays as it was told.

use crate::domain::list::ClosedList;
use crate::domain::review::{ReviewState, TemplateState};
use crate::entity::input::Entered;
use crate::entity::{Kind, Record, Ref, Value};
use crate::register::{Act, Edit, Refusal, Shelf, code_of};
use crate::store::change::{Txn, link_to};
use crate::store::{card, refused, settings};
use crate::texts::{Sentence, Text, text};

/// The states of a review whose vendor has not been told its score, or disputes it.
const OPEN: [ReviewState; 4] =
    [ReviewState::Planned, ReviewState::Collecting, ReviewState::Draft, ReviewState::Disputed];

impl Txn<'_> {
    /// Refuses to change a row of a scorecard that reviews were made by. An import may bring new rows.
    pub(super) fn refuse_used_template(&self, at: Ref, values: &[Value]) -> Result<(), Refusal> {
        if at.kind != Kind::TemplateRow || self.log.is_reverting() || self.log.act() == Act::Found {
            return Ok(());
        }
        let place = Kind::TemplateRow.table().field("template");
        let Some(template) = place.and_then(|at| values.get(at)).and_then(Value::as_link) else {
            return Ok(());
        };
        let used = self
            .tx
            .prepare_cached("SELECT 1 FROM review WHERE template = ?")
            .and_then(|mut s| s.exists([template.id]))
            .map_err(refused)?;
        if !used {
            return Ok(());
        }
        let code = code_of(Ref { kind: Kind::Template, id: template.id });
        Err(Refusal::Rule(Sentence::from(USED).with("code", code)))
    }

    /// Makes a new revision of a scorecard with the same rows, but for the weights that are given by their KPI: none
    /// leaves a row out. A draft, until it is taken into use.
    ///
    /// # Errors
    /// [`Refusal::Missing`], or what stands against a row.
    pub fn revise(&mut self, template: Ref, weights: &[(Ref, i64)]) -> Result<Ref, Refusal> {
        let record = self.record(template)?;
        let last = self.family(&record)?.iter().map(revision).max().unwrap_or(1);
        let table = Kind::Template.table();
        let with = |(at, value): (usize, &Value)| match table.fields.get(at).map(|meta| meta.key) {
            Some("revision") => (at, Entered::Value(Value::Int(last + 1))),
            Some("state") => (at, Entered::Value(Value::Choice(TemplateState::Draft.choice()))),
            _ => (at, Entered::Value(value.clone())),
        };
        let fields: Vec<_> = record.values.iter().enumerate().map(with).collect();
        let made = self.add(Kind::Template, &fields, None)?;
        let mut rows = self.weights_of(template)?;
        for (kpi, weight) in weights {
            match rows.iter_mut().find(|(known, _)| known == kpi) {
                Some(row) => row.1 = *weight,
                None => rows.push((*kpi, *weight)),
            }
        }
        for (kpi, weight) in rows.into_iter().filter(|(_, weight)| *weight > 0) {
            let values =
                [("template", link_to(made)), ("kpi", link_to(kpi)), ("weight", Value::Weight(weight))];
            self.add(Kind::TemplateRow, &entered(Kind::TemplateRow, values), None)?;
        }
        Ok(made)
    }

    /// Takes a revision into use: the earlier ones are retired, and new reviews take it where they took one of them.
    ///
    /// # Errors
    /// [`Refusal::Missing`]; at the commit when its weights do not make up the whole.
    pub fn adopt(&mut self, template: Ref) -> Result<(), Refusal> {
        let record = self.record(template)?;
        self.put(template, "state", Value::Choice(TemplateState::Current.choice()))?;
        let usual = settings::read(&self.tx, settings::DEFAULT_TEMPLATE)?;
        for other in self.family(&record)? {
            let is_older =
                other.at != template && other.get("state").as_key() == TemplateState::Current.key();
            if is_older {
                self.put(other.at, "state", Value::Choice(TemplateState::Retired.choice()))?;
            }
            if other.at != template && other.code == usual {
                self.put_setting(settings::DEFAULT_TEMPLATE, &record.code)?;
            }
        }
        Ok(())
    }

    /// The open reviews that were made by another revision of a scorecard.
    ///
    /// # Errors
    /// [`Refusal::Missing`].
    pub fn touched(&self, template: Ref) -> Result<Vec<Record>, Refusal> {
        let record = self.record(template)?;
        let mut found = Vec::new();
        for other in self.family(&record)?.into_iter().filter(|other| other.at != template) {
            let reviews = card::children(&self.tx, Kind::Review, "template", other.at.id)?;
            found.extend(
                reviews
                    .into_iter()
                    .filter(|review| OPEN.iter().any(|state| review.get("state").as_key() == state.key())),
            );
        }
        Ok(found)
    }

    /// Moves an open review to a revision: the weights become those of it, its criteria come in, and what it does not
    /// have goes out. What is scored stays.
    ///
    /// # Errors
    /// What stands against a change of the review.
    pub fn move_review(&mut self, review: Ref, template: Ref) -> Result<(), Refusal> {
        self.put(review, "template", link_to(template))?;
        let wanted = self.weights_of(template)?;
        let mut held = Vec::new();
        for row in card::children(&self.tx, Kind::ReviewRow, "review", review.id)? {
            let kpi = row.get("kpi").as_link().map(|link| link.id);
            match wanted.iter().find(|(known, _)| Some(known.id) == kpi) {
                Some((known, weight)) => {
                    held.push(*known);
                    self.put(row.at, "weight", Value::Weight(*weight))?;
                }
                None => {
                    self.shelve(row.at, Shelf::Archive)?;
                }
            }
        }
        for (kpi, weight) in wanted.into_iter().filter(|(kpi, _)| !held.contains(kpi)) {
            let values =
                [("review", link_to(review)), ("kpi", link_to(kpi)), ("weight", Value::Weight(weight))];
            self.add(Kind::ReviewRow, &entered(Kind::ReviewRow, values), None)?;
        }
        Ok(())
    }

    /// The KPIs of a scorecard with their weights in basis points.
    fn weights_of(&self, template: Ref) -> Result<Vec<(Ref, i64)>, Refusal> {
        let rows = card::children(&self.tx, Kind::TemplateRow, "template", template.id)?;
        let read = |row: &Record| {
            let kpi = row.get("kpi").as_link()?;
            let Value::Weight(weight) = row.get("weight") else { return None };
            Some((Ref { kind: kpi.kind, id: kpi.id }, *weight))
        };
        Ok(rows.iter().filter_map(read).collect())
    }

    /// The revisions of a scorecard, itself among them: those of its key, else of its name.
    fn family(&self, record: &Record) -> Result<Vec<Record>, Refusal> {
        let key = record.get("key").as_text();
        let (column, value) =
            if key.is_empty() { ("name", record.get("name").as_text()) } else { ("key", key) };
        let statement =
            format!("SELECT id FROM template WHERE \"{column}\" = ? AND archived_at IS NULL ORDER BY id");
        let ids: Vec<i64> = self
            .tx
            .prepare_cached(&statement)
            .and_then(|mut s| s.query_map([value], |row| row.get(0))?.collect())
            .map_err(refused)?;
        ids.into_iter().map(|id| self.record(Ref { kind: Kind::Template, id })).collect()
    }

    /// Gives one field of a record a value.
    pub(in crate::store) fn put(&mut self, at: Ref, key: &str, value: Value) -> Result<(), Refusal> {
        let Some(field) = at.kind.table().field(key) else { return Ok(()) };
        let edit = Edit { field, seen: None, new: Entered::Value(value) };
        self.update(at, &[edit], None, None).map(drop)
    }
}

fn revision(record: &Record) -> i64 {
    match record.get("revision") {
        Value::Int(revision) => *revision,
        _ => 1,
    }
}

/// Fields by their keys.
fn entered<const N: usize>(kind: Kind, values: [(&str, Value); N]) -> Vec<(usize, Entered)> {
    let table = kind.table();
    values.into_iter().filter_map(|(key, value)| Some((table.field(key)?, Entered::Value(value)))).collect()
}

const USED: Text = text(
    "Reviews were made by {code}, so its rows stay. Make a new revision: vendeck template revise {code}.",
    "已有考核使用 {code}，其行不可更改。请建立新版：vendeck template revise {code}。",
);
