//! Doing what one does with a contract: what `register::deed` says is written, as parts of one act.

use crate::domain::contract::Deed;
use crate::entity::input::Entered;
use crate::entity::{Kind, Ref};
use crate::register::deed::{self, Doing};
use crate::register::{Edit, Refusal};
use crate::store::change::{Txn, link_to};

impl Txn<'_> {
    /// Does a deed with a contract; fields that are not given are as they begin. Returns the contract it
    /// is about. One that is added beside it is told with the act.
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
        if let Some(why) = deed::why_not(&record, what, self.today) {
            return Err(Refusal::Rule(why));
        }
        let actor = self.log.actor().to_owned();
        let doing = Doing { today: self.today, actor: &actor };
        let plan = deed::plan(&record, what, given, reason, doing).map_err(Refusal::Invalid)?;
        let mut edits = plan.edits;
        if let Some(fields) = plan.adds {
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
