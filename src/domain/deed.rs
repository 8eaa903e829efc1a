//! What one does with a contract or a review, as data: from which states, what it asks for, what it
//! sets, and why it cannot be done.
//!
//! This module must never do a deed: it says what one is. Which states may follow each other is the
//! table of moves alone; a deed that changes the state is possible where that table has the move.

use chrono::NaiveDate;

use crate::closed_list;
use crate::domain::contract::{ContractState, Decision, Renewal, Terms};
use crate::domain::list::{Choice, ClosedList};
use crate::domain::moves::{CONTRACT_MOVES, Move, MoveFacts, Need, REVIEW_MOVES, check_move};
use crate::domain::review::ReviewState;

closed_list! {
    /// What one does with a contract, in the order of its life, and then with a review.
    Deed {
        LegalReview = "legal-review", Plain, "Start legal review", "提交法务审核";
        BackToDraft = "back-to-draft", Plain, "Back to draft", "退回起草";
        Approve = "approve", Plain, "Approve", "审批通过";
        Sign = "sign", Plain, "Sign", "签署";
        InForce = "in-force", Plain, "Put in force", "生效";
        Notice = "notice", Plain, "Give notice", "发出通知";
        Renew = "renew", Plain, "Renew with new terms", "按新条款续约";
        LetRenew = "let-renew", Plain, "Let it renew", "同意自动续约";
        LetLapse = "let-lapse", Plain, "Let it lapse", "到期不续";
        Renegotiate = "renegotiate", Plain, "Renegotiate", "重新谈判";
        Amend = "amend", Plain, "Amend by a supplement", "签补充协议";
        Terminate = "terminate", Plain, "Terminate", "提前终止";
        End = "end", Plain, "Record its end", "登记终止";
        Exit = "exit", Plain, "Open the exit case", "启动退出";
        Cancel = "cancel", Plain, "Cancel", "取消";
        Collect = "collect", Plain, "Collect scores", "开始评分";
        Draft = "draft", Plain, "Draft it", "形成草稿";
        Share = "share", Plain, "Share with the vendor", "反馈给供应商";
        Acknowledge = "acknowledge", Plain, "The vendor acknowledges", "供应商确认";
        Dispute = "dispute", Plain, "The vendor disputes", "供应商提出异议";
        Lock = "lock", Plain, "Lock", "锁定";
        Correct = "correct", Plain, "Correct by a new revision", "以新修订更正";
    }
}

/// What a deed is done with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A contract.
    Contract,
    /// A review.
    Review,
}

/// A state that a deed leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// Of a contract.
    Contract(ContractState),
    /// Of a review.
    Review(ReviewState),
}

impl To {
    /// The word of the state.
    #[must_use]
    pub fn choice(self) -> &'static Choice {
        match self {
            Self::Contract(state) => state.choice(),
            Self::Review(state) => state.choice(),
        }
    }
}

impl Subject {
    fn moves(self) -> &'static [Move] {
        match self {
            Self::Contract => CONTRACT_MOVES,
            Self::Review => REVIEW_MOVES,
        }
    }

    fn states(self) -> &'static [Choice] {
        match self {
            Self::Contract => ContractState::CHOICES,
            Self::Review => ReviewState::CHOICES,
        }
    }
}

/// A field that a deed asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    /// The key of the field.
    pub field: &'static str,
    /// Whether it may not be left blank.
    pub needed: bool,
    /// What stands there before anybody types; what the contract holds goes before all but
    /// [`Begins::Blank`], [`Begins::NextTerm`] and [`Begins::NextPrice`].
    pub begins: Begins,
}

/// What a field begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begins {
    /// Nothing, whatever the contract holds.
    Blank,
    /// What the contract holds, if anything.
    Held,
    /// Else today.
    Today,
    /// Else whoever does it.
    Actor,
    /// The day after its last day.
    NextTerm,
    /// Else what the contract renews for, or its term.
    Term,
    /// What the next term comes to, at what a year of this one costs and with the agreed uplift.
    NextPrice,
    /// Else why it ended, as far as is known.
    EndReason,
}

/// What becomes of the fields that were asked for, beside the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sets {
    /// They are the contract's own.
    Own,
    /// They are the contract's own, and this was decided, by whoever does it, today.
    Decision(Decision),
    /// They are those of a new contract that is to take the place of this one: the old one keeps its
    /// anchor, term and price, so that every date of it stays true.
    ///
    /// What is decided with it is [`Deed::decides`].
    Successor,
    /// They are those of a new supplement under this contract.
    Supplement,
    /// They are those of the exit case that is opened about it, with its steps.
    Exit,
    /// A review with the same rows that takes the place of this one, as its next revision.
    Revision,
}

/// One row of the table of deeds.
#[derive(Debug, Clone, Copy)]
pub struct Spec {
    /// The deed.
    pub deed: Deed,
    /// What it is done with.
    pub subject: Subject,
    /// The state it leads to; `None` where the state stays.
    pub to: Option<To>,
    /// What it asks for, in order.
    pub asks: &'static [Ask],
    /// What it sets.
    pub sets: Sets,
}

/// What is known of the contract.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    /// Its terms.
    pub terms: Terms,
    /// Its last day as it stands, if there is one.
    pub last_day: Option<NaiveDate>,
    /// What was decided for the end of its term.
    pub decision: Option<Decision>,
    /// Today.
    pub today: NaiveDate,
}

/// Why a deed cannot be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyNot {
    /// Only in one of these states.
    Only(Vec<&'static Choice>),
    /// Notice was given on that day.
    Noticed(NaiveDate),
    /// It was terminated to that day.
    Terminated(NaiveDate),
    /// It does not renew by itself.
    NotAutomatic,
    /// It has no term that ends: notice ends it.
    NoTerm,
    /// No end of it is known.
    NoEnd,
    /// It runs to that day.
    RunsTo(NaiveDate),
    /// Nothing ends it yet.
    RunsOn,
}

const fn ask(field: &'static str, begins: Begins) -> Ask {
    Ask { field, needed: false, begins }
}

const fn need(field: &'static str, begins: Begins) -> Ask {
    Ask { field, needed: true, begins }
}

/// The table of deeds, a row for each.
const TABLE: &[Spec] = {
    use Begins::{Actor, Blank, EndReason, Held, NextPrice, NextTerm, Term, Today};
    use ContractState as S;
    use ReviewState as R;
    &[
        row(Deed::LegalReview, Some(S::LegalReview), Sets::Own, &[ask("legal_reviewer", Held)]),
        row(Deed::BackToDraft, Some(S::Draft), Sets::Own, &[]),
        row(
            Deed::Approve,
            Some(S::Approved),
            Sets::Own,
            &[
                need("approved_by", Actor),
                need("approved_on", Today),
                ask("legal_reviewer", Held),
                ask("reviewed_on", Today),
            ],
        ),
        row(
            Deed::Sign,
            Some(S::Signed),
            Sets::Own,
            &[need("signed_on", Today), ask("signatory_ours", Held), ask("signatory_theirs", Held)],
        ),
        row(
            Deed::InForce,
            Some(S::InForce),
            Sets::Own,
            &[need("starts_on", Today), ask("term", Held), ask("ends_on", Held)],
        ),
        row(
            Deed::Notice,
            None,
            Sets::Own,
            &[need("notice_given_on", Today), need("notice_method", Held), ask("notice_proof", Held)],
        ),
        row(
            Deed::Renew,
            None,
            Sets::Successor,
            &[
                need("starts_on", NextTerm),
                need("term", Term),
                ask("value", NextPrice),
                ask("number", Blank),
                need("title", Held),
            ],
        ),
        row(Deed::LetRenew, None, Sets::Decision(Decision::Renew), &[]),
        row(Deed::LetLapse, None, Sets::Decision(Decision::LetLapse), &[]),
        row(Deed::Renegotiate, None, Sets::Decision(Decision::Renegotiate), &[]),
        row(
            Deed::Amend,
            None,
            Sets::Supplement,
            &[need("title", Blank), ask("number", Blank), ask("starts_on", Blank), ask("value", Blank)],
        ),
        row(
            Deed::Terminate,
            Some(S::Ended),
            Sets::Own,
            &[need("terminated_on", Today), need("end_reason", Held), ask("force_majeure_from", Held)],
        ),
        row(Deed::End, Some(S::Ended), Sets::Own, &[need("end_reason", EndReason)]),
        row(Deed::Exit, None, Sets::Exit, &[ask("owner", Held)]),
        row(Deed::Cancel, Some(S::Cancelled), Sets::Own, &[]),
        review(Deed::Collect, Some(R::Collecting), &[]),
        review(Deed::Draft, Some(R::Draft), &[ask("summary", Held)]),
        review(Deed::Share, Some(R::Shared), &[need("shared_on", Today)]),
        review(
            Deed::Acknowledge,
            Some(R::Acknowledged),
            &[need("response_on", Today), ask("response_by", Held), ask("response_text", Held)],
        ),
        review(
            Deed::Dispute,
            Some(R::Disputed),
            &[need("response_text", Blank), need("response_on", Today), ask("response_by", Held)],
        ),
        review(Deed::Lock, Some(R::Locked), &[need("locked_by", Actor), need("locked_on", Today)]),
        Spec { sets: Sets::Revision, ..review(Deed::Correct, None, &[]) },
    ]
};

impl Deed {
    /// Its row of the table.
    #[must_use]
    pub fn spec(self) -> &'static Spec {
        static NONE: Spec = row(Deed::Cancel, None, Sets::Own, &[]);
        TABLE.iter().find(|spec| spec.deed == self).unwrap_or(&NONE)
    }

    /// What it is done with.
    #[must_use]
    pub fn subject(self) -> Subject {
        self.spec().subject
    }

    /// What is done with such a record, in the order of its life.
    pub fn of(subject: Subject) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |deed| deed.subject() == subject)
    }

    /// The states it can be done in. Where it changes the state, those are what the table of moves says.
    #[must_use]
    pub fn states(self) -> Vec<&'static Choice> {
        self.subject().states().iter().filter(|from| self.fits(from.key)).collect()
    }

    /// What it decides for the end of the term, if anything.
    ///
    /// The contract that follows is a draft at first, and stops no renewal. Where the old one renews by
    /// itself the way out is notice, so it is renegotiated, which goes on telling the deadline; decided to
    /// renew would silence it. Any other contract ends with its term, and is renewed.
    #[must_use]
    pub fn decides(self, renewal: Renewal) -> Option<Decision> {
        match self.spec().sets {
            Sets::Decision(decision) => Some(decision),
            Sets::Successor if renewal == Renewal::Auto => Some(Decision::Renegotiate),
            Sets::Successor => Some(Decision::Renew),
            Sets::Own | Sets::Supplement | Sets::Exit | Sets::Revision => None,
        }
    }

    /// Whether it cannot be done without a reason.
    #[must_use]
    pub fn needs_reason(self, from: &str) -> bool {
        let Some(to) = self.spec().to else { return self == Self::Correct };
        let mut rows = self.subject().moves().iter();
        let row = rows.find(|row| row.from == from && row.to == to.choice().key);
        self == Self::Terminate || row.is_some_and(|row| row.needs.contains(&Need::Reason))
    }

    /// Why it cannot be done in a state, whatever else is known; `None` where it can.
    #[must_use]
    pub fn why_not_in(self, state: &str) -> Option<WhyNot> {
        (!self.fits(state)).then(|| WhyNot::Only(self.states()))
    }

    /// Why it cannot be done with a contract; `None` where it can.
    #[must_use]
    pub fn why_not(self, facts: &Facts) -> Option<WhyNot> {
        let Facts { terms, last_day, today, .. } = *facts;
        if let Some(why) = self.why_not_in(terms.state.key()) {
            return Some(why);
        }
        let evergreen = terms.renewal == Renewal::Evergreen;
        match self {
            Self::Notice | Self::LetRenew | Self::Renew | Self::LetLapse | Self::Renegotiate
                if terms.terminated_on.is_some() =>
            {
                terms.terminated_on.map(WhyNot::Terminated)
            }
            Self::Notice | Self::LetRenew => match terms.notice_given_on {
                Some(day) => Some(WhyNot::Noticed(day)),
                None => {
                    (self == Self::LetRenew && terms.renewal != Renewal::Auto).then_some(WhyNot::NotAutomatic)
                }
            },
            Self::Renew | Self::LetLapse | Self::Renegotiate if evergreen && last_day.is_none() => {
                Some(WhyNot::NoTerm)
            }
            Self::Renew => last_day.is_none().then_some(WhyNot::NoEnd),
            Self::End => match last_day {
                None => Some(WhyNot::NoEnd),
                Some(last) => (last > today).then_some(WhyNot::RunsTo(last)),
            },
            Self::Exit => (!facts.ends()).then_some(WhyNot::RunsOn),
            _ => None,
        }
    }

    /// Whether it can be done in this state, as far as the table of moves and its own states say.
    fn fits(self, from: &str) -> bool {
        let Some(to) = self.spec().to else {
            return match self {
                Self::Correct => from == ReviewState::Locked.key(),
                _ => {
                    from == ContractState::InForce.key()
                        || (self == Self::Amend && from == ContractState::Signed.key())
                        || (self == Self::Exit && from == ContractState::Ended.key())
                }
            };
        };
        let all = MoveFacts { filled: &|_| true, reason: Some("given with it") };
        let to = to.choice().key;
        from != to && check_move(self.subject().moves(), from, to, &all).is_ok()
    }
}

impl Facts {
    /// Whether it has ended, or will by what was done or decided.
    fn ends(&self) -> bool {
        let Self { terms, last_day, decision, today } = *self;
        let runs_out = !terms.renews_itself();
        let is_over = last_day.is_some_and(|last| last < today);
        terms.state == ContractState::Ended
            || terms.is_last()
            || (runs_out && (is_over || decision == Some(Decision::LetLapse)))
    }
}

const fn row(deed: Deed, to: Option<ContractState>, sets: Sets, asks: &'static [Ask]) -> Spec {
    let to = match to {
        Some(state) => Some(To::Contract(state)),
        None => None,
    };
    Spec { deed, subject: Subject::Contract, to, asks, sets }
}

const fn review(deed: Deed, to: Option<ReviewState>, asks: &'static [Ask]) -> Spec {
    let to = match to {
        Some(state) => Some(To::Review(state)),
        None => None,
    };
    Spec { deed, subject: Subject::Review, to, asks, sets: Sets::Own }
}

#[cfg(test)]
mod tests;
