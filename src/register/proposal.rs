//! What the house proposes and a person confirms: reviews to open for a period, values to fill in, what a
//! grade leads to.
//!
//! A proposal is a list of lines, each with its reason. It is worked out from the register whenever it is
//! asked for, and once more when it is confirmed; nothing of it is stored before.

use crate::domain::period::Period;
use crate::entity::{Kind, Ref};
use crate::register::code_of;
use crate::texts::{Sentence, Text, text};

/// What a proposal is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// The reviews that plans ask for in a period; of one plan only where it is named.
    Open {
        /// The period.
        period: Period,
        /// The plan.
        plan: Option<Ref>,
    },
    /// Values for the rows of a review: what was measured, and what its raters gave.
    Fill(Ref),
    /// What the grade of a review leads to.
    Decide(Ref),
}

/// What becomes of a line that is confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It will be done.
    Will,
    /// It would take the place of what a person entered: only where that is wanted.
    Over,
    /// It is there already.
    Stands,
    /// It cannot be done, or is not wanted; the line says why.
    Skipped,
}

/// What a line is said to put where it names an amount.
pub const AMOUNT: &str = "amount";

/// One line of a proposal.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it is called when it is chosen; one name for one line.
    pub key: String,
    /// What becomes of it.
    pub fate: Fate,
    /// The record that it is about, or that is there already.
    pub at: Option<Ref>,
    /// What it is about, in words.
    pub what: Sentence,
    /// What is proposed, or why not.
    pub says: Sentence,
    /// What it puts, in the words of the command line: a field and its value.
    pub puts: Vec<(&'static str, String)>,
}

/// A proposal.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// What it was asked for.
    pub wish: Wish,
    /// Its lines, in their order.
    pub lines: Vec<Line>,
}

impl Proposal {
    /// How many of its lines have this fate.
    #[must_use]
    pub fn count(&self, fate: Fate) -> usize {
        self.lines.iter().filter(|line| line.fate == fate).count()
    }

    /// The keys of the lines that are done unless somebody chooses otherwise. What a grade leads to is
    /// decided one by one.
    #[must_use]
    pub fn usual(&self) -> Vec<String> {
        if matches!(self.wish, Wish::Decide(_)) {
            return Vec::new();
        }
        self.lines.iter().filter(|line| line.fate == Fate::Will).map(|line| line.key.clone()).collect()
    }

    /// What it comes to, in one sentence.
    #[must_use]
    pub fn summary(&self) -> Sentence {
        let says = match self.wish {
            Wish::Open { period, .. } => Sentence::from(OPEN).with("period", period),
            Wish::Fill(at) => {
                Sentence::from(FILL).with("code", code_of(at)).with("over", self.count(Fate::Over))
            }
            Wish::Decide(at) => Sentence::from(DECIDE).with("code", code_of(at)),
        };
        says.with("will", self.count(Fate::Will))
            .with("stands", self.count(Fate::Stands))
            .with("skipped", self.count(Fate::Skipped))
    }
}

impl Wish {
    /// What it is called.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Open { .. } => text("Open reviews", "批量发起考核"),
            Self::Fill(_) => text("Fill in what was measured", "填入实测数据"),
            Self::Decide(_) => text("What the grade leads to", "等级对应的措施"),
        }
    }

    /// The kind of the records that come of it.
    #[must_use]
    pub const fn makes(self) -> Kind {
        match self {
            Self::Open { .. } => Kind::Review,
            Self::Fill(_) => Kind::ReviewRow,
            Self::Decide(_) => Kind::Consequence,
        }
    }

    /// What was done, where so many lines were confirmed.
    #[must_use]
    pub fn done(self, count: usize) -> Sentence {
        match self {
            Self::Open { period, .. } => {
                let says = match count {
                    0 => NONE_OPENED,
                    1 => ONE_OPENED,
                    _ => OPENED,
                };
                Sentence::from(says).with("n", count).with("period", period)
            }
            Self::Fill(at) => {
                let says = if count == 1 { ONE_FILLED } else { FILLED };
                Sentence::from(says).with("n", count).with("code", code_of(at))
            }
            Self::Decide(at) => {
                let says = if count == 1 { ONE_DECIDED } else { DECIDED };
                Sentence::from(says).with("n", count).with("code", code_of(at))
            }
        }
    }
}

const OPEN: Text = text(
    "{period}: {will} to open, {stands} there already, {skipped} skipped.",
    "{period}：待发起 {will}，已存在 {stands}，跳过 {skipped}。",
);
const FILL: Text = text(
    "{code}: {will} to fill in, {over} in place of what was entered, {stands} as it is, {skipped} without data.",
    "{code}：待填入 {will}，将替换 {over}，无变化 {stands}，无数据 {skipped}。",
);
const DECIDE: Text = text(
    "{code}: {will} proposed, {stands} in the ledger already, {skipped} not possible.",
    "{code}：建议 {will}，台账已有 {stands}，不可行 {skipped}。",
);
const FILLED: Text = text("{n} rows of {code} filled in", "已填入 {code} 的 {n} 行");
const ONE_FILLED: Text = text("1 row of {code} filled in", "已填入 {code} 的 1 行");
const DECIDED: Text = text("{n} consequences of {code} decided", "已就 {code} 决定 {n} 项措施");
const ONE_DECIDED: Text = text("1 consequence of {code} decided", "已就 {code} 决定 1 项措施");
const OPENED: Text = text("{n} reviews opened for {period}", "已为 {period} 发起 {n} 份考核");
const ONE_OPENED: Text = text("1 review opened for {period}", "已为 {period} 发起 1 份考核");
const NONE_OPENED: Text = text("No review was to be opened for {period}", "{period} 没有需要发起的考核");
