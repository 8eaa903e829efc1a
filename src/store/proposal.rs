//! Proposals of the house: worked out when they are asked for, and once more when they are confirmed.

use crate::register::proposal::{Proposal, Wish};
use crate::register::{Act, Refusal, Saved};
use crate::store::{Store, Txn, cycle, feed, verdict};

impl Store {
    /// What the house proposes.
    ///
    /// # Errors
    /// When the register cannot be read, or [`Refusal::Missing`].
    pub fn propose(&self, wish: Wish) -> Result<Proposal, Refusal> {
        let _moment = self.moment()?;
        let lines = match wish {
            Wish::Open { period, plan } => cycle::lines(&self.conn, period, plan, self.today())?,
            Wish::Fill(at) => feed::lines(&self.conn, at)?,
            Wish::Decide(at) => verdict::lines(&self.conn, at, self.today())?,
        };
        Ok(Proposal { wish, lines })
    }

    /// Does the chosen lines of a proposal, as one act; what is no longer so is not done.
    ///
    /// # Errors
    /// What stands against one of them; then nothing was changed.
    pub fn accept(&mut self, wish: Wish, chosen: &[String]) -> Result<Saved, Refusal> {
        let act = match wish {
            Wish::Open { .. } => Act::Add,
            Wish::Fill(_) | Wish::Decide(_) => Act::Edit,
        };
        let mut txn = self.begin(act)?;
        txn.accept(wish, chosen)?;
        txn.commit()
    }
}

impl Txn<'_> {
    fn accept(&mut self, wish: Wish, chosen: &[String]) -> Result<usize, Refusal> {
        match wish {
            Wish::Open { period, plan } => self.open_reviews(period, plan, chosen),
            Wish::Fill(at) => self.fill_review(at, chosen),
            Wish::Decide(at) => self.decide(at, chosen),
        }
    }
}
