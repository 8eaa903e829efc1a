//! The table of exit steps: one line each of the checklist of an exit case.

use chrono::NaiveDate;

use crate::domain::exit::{ExitStepKind, StepState};
use crate::domain::list::ClosedList;
use crate::domain::moves::EXIT_STEP_MOVES;
use crate::entity::field::{Field, Moment, Shape, field};
use crate::entity::value::{Held, Link};
use crate::entity::{Direction, Entity, Kind, Moves, Names, Problem};
use crate::texts::{Text, text};

/// One step of leaving a contract.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each field is described by its row of the table below")]
pub struct ExitStep {
    pub step: Option<ExitStepKind>,
    pub exit_case: Option<Link>,
    pub due_on: Option<NaiveDate>,
    pub owner: String,
    pub state: Option<StepState>,
    pub done_on: Option<NaiveDate>,
    pub proof: String,
    pub why: String,
    pub blocks: bool,
    pub notes: String,
}

impl Default for ExitStep {
    fn default() -> Self {
        Self {
            step: None,
            exit_case: None,
            due_on: None,
            owner: String::new(),
            state: Some(StepState::Open),
            done_on: None,
            proof: String::new(),
            why: String::new(),
            blocks: false,
            notes: String::new(),
        }
    }
}

impl Entity for ExitStep {
    const KIND: Kind = Kind::ExitStep;
    const NAMES: Names = Names {
        word: "exit_step",
        plural: "exit_steps",
        prefix: "XS",
        one: text("Exit step", "退出步骤"),
        many: text("Exit steps", "退出步骤"),
    };
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field("step", text("Step", "步骤"), Shape::Choice(ExitStepKind::CHOICES), |r: &Self| r.step.show(), |r, v| r.step.put(v))
            .required().column(24, 1).sortable(),
        field("exit_case", text("Exit case", "退出事项"), Shape::Link(Kind::ExitCase), |r: &Self| r.exit_case.show(), |r, v| r.exit_case.put(v))
            .parent().column(28, 3).card(),
        field("due_on", text("Due", "期限"), Shape::Date, |r: &Self| r.due_on.show(), |r, v| r.due_on.put(v))
            .column(10, 2).sortable().card(),
        field("owner", text("Owner", "负责人"), Shape::Line, |r: &Self| r.owner.show(), |r, v| r.owner.put(v))
            .repeats().column(12, 5).card(),
        field("state", text("State", "状态"), Shape::Choice(StepState::CHOICES), |r: &Self| r.state.show(), |r, v| r.state.put(v))
            .required().column(14, 3).chip(),
        field("done_on", text("Done", "完成日期"), Shape::Date, |r: &Self| r.done_on.show(), |r, v| r.done_on.put(v))
            .card(),
        field("proof", text("Proof", "凭证"), Shape::Line, |r: &Self| r.proof.show(), |r, v| r.proof.put(v))
            .card().hint(text("receipt, number, who", "回执、编号、经办人")),
        field("why", text("Left out because", "不适用理由"), Shape::Line, |r: &Self| r.why.show(), |r, v| r.why.put(v))
            .card(),
        field("blocks", text("Blocks", "阻断"), Shape::Bool, |r: &Self| r.blocks.show(), |r, v| r.blocks.put(v))
            .column(6, 6).chip().hint(text("nobody is out before it is done", "未完成则不能退出")),
        field("notes", text("Notes", "备注"), Shape::Long, |r: &Self| r.notes.show(), |r, v| r.notes.put(v)),
    ];
    const ORDER: (&'static str, Direction) = ("step", Direction::Up);
    const COLUMNS: &'static [&'static str] = &["step", "exit_case", "due_on", "owner", "blocks", "state"];
    const MOVES: Option<Moves> = Some(Moves { field: "state", table: EXIT_STEP_MOVES });

    /// In both languages: it is found and told by either.
    fn label(&self) -> String {
        self.step.map_or_else(String::new, |step| format!("{} {}", step.label().zh, step.label().en))
    }

    fn check(&self, moment: &Moment) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.done_on.is_some_and(|day| day > moment.today) {
            problems.push(Problem::new("done_on", NOT_YET));
        }
        let asks = self.step.is_some_and(|step| step.rule().proof);
        if self.state == Some(StepState::Done) && asks && self.proof.is_empty() {
            problems.push(Problem::new("proof", NO_PROOF));
        }
        problems
    }
}

const NOT_YET: Text =
    text("That day is to come; a step is ticked when it is done.", "该日期尚未到来，请在完成后登记。");
const NO_PROOF: Text = text(
    "This step is done with a proof: a receipt, a number, who approved.",
    "完成此步骤须有凭证，如回执、编号、审批人。",
);
