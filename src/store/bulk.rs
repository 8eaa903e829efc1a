//! Acts on many records: one change in the history, whole or not at all.
//!
//! Each record is tried by itself. Where some cannot, either nothing is done to any and all of them
//! are named, or it is done to the others: the caller has said which.

use crate::domain::money::MoneyRules;
use crate::entity::input::{Entered, Reading};
use crate::entity::{Problem, Record, Ref, Value, words};
use crate::limits;
use crate::register::{Bulk, Does, Edit, Misfit, Misfits, New, Refusal, Saved, Shelves, Unfit};
use crate::store::Store;
use crate::store::backup::Before;
use crate::store::change::Txn;
use crate::texts::{Sentence, Text, text};

impl Store {
    /// Does an act on many records, and tells `watch` after each how many are done. Before one of
    /// `limits::MANY` and more the register is copied beside itself.
    ///
    /// # Errors
    /// [`Refusal::Misfits`] where some cannot and none is to be left out, or none can; whatever else
    /// stands against the act as a whole. Then nothing was changed.
    pub fn bulk(&mut self, bulk: &Bulk, watch: &mut dyn FnMut(usize)) -> Result<Saved, Refusal> {
        let precaution = if bulk.ids.len() >= limits::MANY { self.copy_before(Before::Bulk)? } else { None };
        let reading = Reading { today: self.today, money: MoneyRules::of_base(self.base_currency()?) };
        let mut txn = self.begin(bulk.act())?;
        txn.expect(bulk.ids.len())?;
        let mut misfits = Misfits { of: bulk.ids.len(), count: 0, first: Vec::new() };
        for (done, id) in bulk.ids.iter().enumerate() {
            let at = Ref { kind: bulk.kind, id: *id };
            match txn.attempt(|txn| txn.bulk_step(at, bulk, &reading)) {
                Ok(()) => {}
                Err(refusal) => misfits.note(&txn, at, refusal)?,
            }
            watch(done + 1);
        }
        let is_none_left = misfits.count == misfits.of;
        if misfits.count > 0 && (bulk.unfit == Unfit::Refuse || is_none_left) {
            return Err(Refusal::Misfits(misfits));
        }
        let saved = txn.commit()?;
        if let Some(precaution) = precaution.filter(|_| saved.change.is_some()) {
            let _path = precaution.keep();
        }
        Ok(saved)
    }
}

impl Txn<'_> {
    fn bulk_step(&mut self, at: Ref, bulk: &Bulk, reading: &Reading) -> Result<(), Refusal> {
        let record = self.record(at)?;
        refuse_moved(&record, bulk.shelf)?;
        match &bulk.does {
            Does::Shelve(to) => self.shelve(at, *to).map(drop),
            Does::Edit { fields, reason } => {
                let edits = fields.iter().map(|(field, new)| edit(&record, *field, new, reading));
                let edits = edits.collect::<Result<Vec<_>, _>>()?;
                self.update(at, &edits, reason.as_deref(), None).map(drop)
            }
        }
    }
}

/// Refuses a record that another operator put away or brought back since it was chosen.
fn refuse_moved(record: &Record, shelf: Option<Shelves>) -> Result<(), Refusal> {
    match (shelf, record.archived_at.is_some()) {
        (Some(Shelves::Open), true) => Err(Refusal::Rule(PUT_AWAY.into())),
        (Some(Shelves::Archived), false) => Err(Refusal::Rule(BROUGHT_BACK.into())),
        _ => Ok(()),
    }
}

/// The change of one field; what comes and goes is counted from what the record holds now.
fn edit(record: &Record, field: usize, new: &New, reading: &Reading) -> Result<Edit, Refusal> {
    let new = match (new, record.table().fields.get(field)) {
        (New::Words(changes), Some(meta)) => {
            let old = record.values.get(field).unwrap_or(&Value::Null);
            words::changed(meta, changes, old, reading)
                .map_err(|says| Refusal::Invalid(vec![Problem::new(meta.key, says)]))?
        }
        (New::Words(_), None) => Entered::Value(Value::Null),
        (New::Value(value), _) => value.clone(),
    };
    Ok(Edit { field, seen: None, new })
}

impl Misfits {
    /// Notes a record that cannot.
    ///
    /// # Errors
    /// The refusal, where it is not about this record alone.
    fn note(&mut self, txn: &Txn<'_>, at: Ref, refusal: Refusal) -> Result<(), Refusal> {
        let is_its_own = matches!(
            refusal,
            Refusal::Invalid(_) | Refusal::Rule(_) | Refusal::Conflict(_) | Refusal::Missing(_)
        );
        if !is_its_own {
            return Err(refusal);
        }
        self.count += 1;
        if self.first.len() < limits::MISFITS {
            let name = txn.record(at).map(|record| record.label()).unwrap_or_default();
            let why = refusal.sentences().into_iter().next().unwrap_or_else(|| Sentence::from(PUT_AWAY));
            self.first.push(Misfit { at, name, why });
        }
        Ok(())
    }
}

const PUT_AWAY: Text = text("archived meanwhile", "已被归档");
const BROUGHT_BACK: Text = text("restored meanwhile", "已被恢复");
