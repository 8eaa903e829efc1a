//! From what was entered to what is written: links looked up, rules held, conflicts found.
//!
//! Every problem of a record is told at once. Nothing here writes a row itself: what is in order
//! goes to `rows`.

use crate::demo::Entry;
use crate::domain::money::MoneyRules;
use crate::entity::input::{self, Entered, Reading};
use crate::entity::{Kind, Moment, Problem, Ref, Shape, Table, Value};
use crate::register::{Act, Clash, Edit, Refusal, Shelf, ref_of};
use crate::store::change::event::fields_json;
use crate::store::change::frozen::refuse_new_locked;
use crate::store::change::rows::same;
use crate::store::change::rules::{
    check, check_calendar, check_links, check_period, check_single, check_snooze, check_state,
};
use crate::store::change::{Changed, Txn, conflict};
use crate::store::{find, settings};
use crate::texts::{Sentence, Text, text};

impl Txn<'_> {
    /// Adds a record that a person enters; `reason` is why it starts in the state it does.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every problem of the record at once.
    pub fn add(
        &mut self,
        kind: Kind,
        fields: &[(usize, Entered)],
        reason: Option<&str>,
    ) -> Result<Ref, Refusal> {
        let values = self.values_of(kind, None, fields)?;
        self.refuse_silence(kind, &values)?;
        refuse_new_locked(kind, &values)?;
        self.note_doubts(kind.table(), &(kind.table().blank)(), &values);
        self.put_new(kind, None, &values, reason)
    }

    /// Notes what wants a look among the fields that change. Of a whole list `check` tells.
    fn note_doubts(&mut self, table: &Table, before: &[Value], values: &[Value]) {
        let is_changed = |key: &str| table.field(key).is_some_and(|at| before.get(at) != values.get(at));
        let found = (table.advise)(values, &Moment { today: self.today });
        self.doubts.extend(found.into_iter().filter(|doubt| is_changed(doubt.field)));
    }

    /// Adds a record from a list or an export, in whatever state it is; `id` when its number is given.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every problem of the record at once.
    pub fn insert(
        &mut self,
        kind: Kind,
        given: Option<i64>,
        fields: &[(usize, Entered)],
    ) -> Result<Ref, Refusal> {
        let values = self.values_of(kind, given, fields)?;
        self.put_new(kind, given, &values, None)
    }

    /// The values of a new record with these fields.
    fn values_of(
        &self,
        kind: Kind,
        given: Option<i64>,
        fields: &[(usize, Entered)],
    ) -> Result<Vec<Value>, Refusal> {
        let table = kind.table();
        let mut values = (table.blank)();
        let mut problems = Vec::new();
        for (at, entered) in fields {
            match self.resolve(table, *at, entered) {
                Ok(value) => {
                    if let Some(cell) = values.get_mut(*at) {
                        *cell = value;
                    }
                }
                Err(Refusal::Invalid(found)) => problems.extend(found),
                Err(other) => return Err(other),
            }
        }
        if given.is_none() {
            self.complete(kind, &mut values)?;
            self.complete_exit(kind, &(table.blank)(), &mut values)?;
            self.complete_review(kind, &(table.blank)(), &mut values);
        }
        (table.settle)(&mut values, &(table.blank)());
        if given.is_none() {
            self.name_overrider(kind, &(table.blank)(), &mut values);
        }
        check(table, &values, self.today, problems)?;
        Ok(values)
    }

    fn put_new(
        &mut self,
        kind: Kind,
        given: Option<i64>,
        values: &[Value],
        reason: Option<&str>,
    ) -> Result<Ref, Refusal> {
        let table = kind.table();
        let at = Ref { kind, id: self.number(kind, given)? };
        check_links(&self.tx, at, values)?;
        check_single(&self.tx, at, values)?;
        check_period(&self.tx, at, values, self.today)?;
        check_snooze(at, values, self.today)?;
        self.check_score(at, values)?;
        self.check_money(at, values)?;
        self.refuse_frozen_new_row(at, values)?;
        self.write_row(at, 1, values)?;
        self.log("add", at, 1, None, Some(&fields_json(table, values)), reason)?;
        self.touch(at);
        self.note_scorecard(at, values);
        self.note_weights(at);
        if given.is_none() {
            self.want_rows(at, values);
            self.want_steps(at);
        }
        self.refuse_exit()?;
        Ok(at)
    }

    /// Changes fields of a record. Fields that another operator changed meanwhile are a
    /// conflict; changes to different fields merge. Returns whether anything changed.
    ///
    /// # Errors
    /// [`Refusal::Conflict`], [`Refusal::Invalid`], [`Refusal::Rule`] for a move between
    /// states that the table of moves does not have.
    pub fn update(
        &mut self,
        at: Ref,
        edits: &[Edit],
        reason: Option<&str>,
        only_if: Option<i64>,
    ) -> Result<Changed, Refusal> {
        let record = self.record(at)?;
        let table = at.kind.table();
        if only_if.is_some_and(|version| version != record.version) {
            return Err(conflict(&record, Vec::new()));
        }
        let mut values = record.values.clone();
        let mut problems = Vec::new();
        let mut clashes = Vec::new();
        for edit in edits {
            let Some(old) = record.values.get(edit.field) else { continue };
            let new = match self.resolve(table, edit.field, &edit.new) {
                Ok(new) => new,
                Err(Refusal::Invalid(found)) => {
                    problems.extend(found);
                    continue;
                }
                Err(other) => return Err(other),
            };
            let moved = edit.seen.as_ref().is_some_and(|seen| !same(seen, old));
            if moved && !same(old, &new) {
                clashes.push(Clash { field: edit.field, theirs: old.clone(), mine: new });
            } else if let Some(cell) = values.get_mut(edit.field) {
                *cell = new;
            }
        }
        if !clashes.is_empty() {
            return Err(conflict(&record, clashes));
        }
        (table.settle)(&mut values, &record.values);
        self.name_overrider(at.kind, &record.values, &mut values);
        self.complete_exit(at.kind, &record.values, &mut values)?;
        self.complete_review(at.kind, &record.values, &mut values);
        check(table, &values, self.today, problems)?;
        check_links(&self.tx, at, &values)?;
        check_single(&self.tx, at, &values)?;
        check_period(&self.tx, at, &values, self.today)?;
        check_snooze(at, &values, self.today)?;
        check_calendar(&self.tx, &record, values.first().map(Value::as_text))?;
        self.check_score(at, &values)?;
        self.check_money(at, &values)?;
        check_state(table, &record.values, &values, reason)?;
        self.refuse_idle(at, &record.values, &values)?;
        if self.log.act() != Act::Import {
            self.note_doubts(table, &record.values, &values);
        }
        let changed = self.replace(&record, &values, "edit", reason)?;
        self.follow_exit(&record, &values, reason)?;
        self.refuse_exit()?;
        Ok(changed)
    }

    /// Adds a record of the built-in data, whose words are those of the command line.
    ///
    /// # Errors
    /// As [`Txn::insert`].
    pub fn enter(&mut self, entry: &Entry) -> Result<Ref, Refusal> {
        self.enter_as(entry, ref_of(&entry.code).map(|at| at.id))
    }

    /// Adds a record of the built-in data under the next number of its kind.
    ///
    /// # Errors
    /// As [`Txn::insert`].
    pub(in crate::store) fn enter_anew(&mut self, entry: &Entry) -> Result<Ref, Refusal> {
        self.enter_as(entry, None)
    }

    fn enter_as(&mut self, entry: &Entry, given: Option<i64>) -> Result<Ref, Refusal> {
        let kind = Kind::from_word(entry.kind).ok_or_else(|| Refusal::Rule(UNKNOWN_KIND.into()))?;
        let table = kind.table();
        let reading = Reading { today: self.today, money: MoneyRules::of_base(settings::DEFAULT_CURRENCY) };
        let mut fields = Vec::with_capacity(entry.fields.len());
        let mut problems = Vec::new();
        for (key, words) in &entry.fields {
            let Some((at, meta)) = table.fields.iter().enumerate().find(|(_, meta)| meta.key == *key) else {
                continue;
            };
            match input::read(meta, words, &reading) {
                Ok(entered) => fields.push((at, entered)),
                Err(sentence) => problems.push(Problem::new(meta.key, sentence)),
            }
        }
        if !problems.is_empty() {
            return Err(Refusal::Invalid(problems));
        }
        self.insert(kind, given, &fields)
    }

    /// Puts a record away or brings it back. Returns whether anything changed.
    ///
    /// # Errors
    /// [`Refusal::Missing`].
    pub fn shelve(&mut self, at: Ref, to: Shelf) -> Result<Changed, Refusal> {
        let record = self.record(at)?;
        let (op, archived_at) = match to {
            Shelf::Archive => ("archive", Some((self.clock)())),
            Shelf::Open => ("unarchive", None),
        };
        if record.archived_at.is_some() == archived_at.is_some() {
            return Ok(Changed::No);
        }
        if to == Shelf::Open {
            check_single(&self.tx, at, &record.values)?;
            self.check_money(at, &record.values)?;
        }
        self.set_archived(&record, archived_at.as_deref(), op)?;
        self.refuse_exit()?;
        Ok(Changed::Yes)
    }

    /// Turns what was entered into a value; a named record is looked up.
    fn resolve(&self, table: &Table, at: usize, entered: &Entered) -> Result<Value, Refusal> {
        let Some(meta) = table.fields.get(at) else { return Ok(Value::Null) };
        let name = match entered {
            Entered::Value(Value::Link(link)) if link.id == 0 => &link.code,
            Entered::Value(value) => return Ok(value.clone()),
            Entered::Refer(name) => name,
        };
        let Shape::Link(kind) = meta.shape else { return Ok(Value::Null) };
        let text = match self.named(kind, name)? {
            Some(link) => return Ok(Value::Link(link)),
            None if find::is_ambiguous(&self.tx, kind, name)? => SEVERAL,
            None => NO_SUCH,
        };
        let sentence = Sentence::from(text).with_word("kind", kind.table().one).with("name", name);
        Err(Refusal::Invalid(vec![Problem::new(meta.key, sentence)]))
    }
}

const UNKNOWN_KIND: Text =
    text("The built-in data names an unknown kind of record.", "内置数据含未知的记录类型。");
const NO_SUCH: Text = text("There is no {kind} “{name}”.", "没有{kind}“{name}”。");
const SEVERAL: Text = text(
    "Several records ({kind}) are called “{name}”. Give the code of the one that is meant.",
    "有多个{kind}名为“{name}”，请填写编号。",
);
