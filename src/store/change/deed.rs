//! Doing what one does with a contract or a review: what `register::deed` says is written, as parts of one act.

use crate::domain::deed::Deed;
use crate::entity::input::Entered;
use crate::entity::{Kind, Record, Ref};
use crate::register::deed::{self, Adds, Doing};
use crate::register::exit::under_way;
use crate::register::{Edit, Refusal, code_of};
use crate::store::Store;
use crate::store::change::exit::open_case;
use crate::store::change::{Txn, link_to};
use crate::texts::Sentence;

impl Store {
    /// Why a deed cannot be done with a record; `None` where it can.
    #[must_use]
    pub fn why_not(&self, record: &Record, what: Deed) -> Option<Sentence> {
        let next = deed::follows(record).and_then(|next| self.record(next).ok());
        let why = deed::why_not(record, what, self.today()).or_else(|| deed::why_not_beside(what, &next?));
        why.or_else(|| {
            let case = open_case(&self.conn, record.at).ok().flatten().filter(|_| what == Deed::Exit)?;
            Some(under_way(&code_of(case)))
        })
    }
}

impl Txn<'_> {
    /// Does a deed; fields that are not given are as they begin. Returns the record it is about. One that is added beside it is told with the act.
    ///
    /// # Errors
    /// [`Refusal::Rule`] when it cannot be done, [`Refusal::Invalid`] with every problem of its fields,
    /// and as [`Txn::update`] and [`Txn::add`].
    pub fn deed(
        &mut self,
        at: Ref,
        what: Deed,
        given: &[Edit],
        reason: Option<&str>,
    ) -> Result<Ref, Refusal> {
        let record = self.record(at)?;
        let next = deed::follows(&record).and_then(|next| self.record(next).ok());
        let why = deed::why_not(&record, what, self.today);
        if let Some(why) = why.or_else(|| deed::why_not_beside(what, next.as_ref()?)) {
            return Err(Refusal::Rule(why));
        }
        if let Some(why) = self.why_no_exit(at)?.filter(|_| what == Deed::Exit) {
            return Err(Refusal::Rule(why));
        }
        let actor = self.log.actor().to_owned();
        let doing = Doing { today: self.today, actor: &actor };
        let plan = deed::plan(&record, what, given, reason, doing).map_err(Refusal::Invalid)?;
        let mut edits = plan.edits;
        if let Some(Adds::Exit(opening)) = plan.adds {
            self.open_exit(&record, *opening, next.as_ref(), reason)?;
        } else if let Some(Adds::Revision) = plan.adds {
            self.correct(&record, reason)?;
        } else if let Some(Adds::Contract(fields)) = plan.adds {
            let beside = self.add(Kind::Contract, &fields, reason)?;
            // A supplement stands under the contract; only a successor is told by it.
            let replaced_by = at.kind.table().field("replaced_by").filter(|_| !edits.is_empty());
            let link = Entered::Value(link_to(beside));
            edits.extend(replaced_by.map(|field| Edit { field, seen: None, new: link }));
        }
        if !edits.is_empty() {
            self.update(at, &edits, reason, None)?;
        }
        Ok(at)
    }
}
