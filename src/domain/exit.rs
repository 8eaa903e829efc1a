//! Leaving a vendor: the thirteen steps, when each is due, which block, and what each asks for.
//!
//! This module must never do a step: it holds the words and the one table, and says what is still open.
//! The steps are those of seed text 2, line 699 (notice, handover, settlement) and seed text 4, line 38
//! (data migration) with the playbook of ServiceNow; the days and which of them block are defaults of
//! ours, and each step of a case can be changed.

use chrono::{Days, NaiveDate};

use crate::closed_list;
use crate::domain::list::ClosedList;

closed_list! {
    /// Why a contract is left.
    ExitTrigger {
        Notice = "notice", Plain, "Notice", "已发通知";
        Expiry = "expiry", Plain, "Expiry", "到期不续";
        Termination = "termination", Attention, "Termination", "提前终止";
    }
}

closed_list! {
    /// How far a case is.
    ExitState {
        Open = "open", Attention, "Under way", "进行中";
        Closed = "closed", Good, "Closed", "已结案";
        Withdrawn = "withdrawn", Plain, "Withdrawn", "已撤回";
    }
}

closed_list! {
    /// What became of the data that the vendor held.
    DataFate {
        Returned = "returned", Good, "Returned", "已返还";
        Migrated = "migrated", Good, "Migrated", "已迁移";
        Destroyed = "destroyed", Good, "Destroyed", "已销毁";
        NoneHeld = "none_held", Plain, "None held", "未持有";
    }
}

closed_list! {
    /// The steps of a case, in their order.
    ExitStepKind {
        Decision = "decision", Plain, "Decision and approver", "决定与审批人";
        Notice = "notice", Plain, "Written notice", "书面通知";
        OpenItems = "open_items", Plain, "List of open items", "未结事项清单";
        Handover = "handover", Plain, "Handover, successor", "服务交接与接替方";
        Data = "data", Plain, "Data back or destroyed", "数据返还或销毁";
        Access = "access", Plain, "Access revoked", "撤销访问权限";
        Staff = "staff", Plain, "Staff released", "外包人员离场";
        Assets = "assets", Plain, "Assets, credentials back", "归还资产与凭证";
        Settlement = "settlement", Plain, "Final invoice, penalties", "末期账单与罚款";
        Confidentiality = "confidentiality", Plain, "Secrecy reminder", "保密义务提醒";
        Lessons = "lessons", Plain, "Review and lessons", "复盘与经验";
        Contacts = "contacts", Plain, "Contacts deactivated", "停用联系人";
        Closing = "closing", Plain, "Close the case", "结案";
    }
}

closed_list! {
    /// Whether a step is done.
    StepState {
        Open = "open", Plain, "Open", "待办";
        Done = "done", Good, "Done", "已完成";
        NotApplicable = "not_applicable", Plain, "Not applicable", "不适用";
    }
}

/// What is said of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepRule {
    /// The step.
    pub step: ExitStepKind,
    /// Days from the last day to the day it is due; negative before it.
    pub days: i64,
    /// Whether nobody is out before it is done.
    pub blocks: bool,
    /// Whether it is done only with a proof.
    pub proof: bool,
}

const fn rule(step: ExitStepKind, days: i64, blocks: bool, proof: bool) -> StepRule {
    StepRule { step, days, blocks, proof }
}

/// The table of steps: days from the last day, whether it blocks, whether a proof is asked.
#[rustfmt::skip]
const STEPS: &[StepRule] = &[
    rule(ExitStepKind::Decision,        -60, true,  true),
    rule(ExitStepKind::Notice,          -60, true,  true),
    rule(ExitStepKind::OpenItems,       -45, true,  false),
    rule(ExitStepKind::Handover,        -30, true,  false),
    rule(ExitStepKind::Data,              0, true,  true),
    rule(ExitStepKind::Access,            0, true,  true),
    rule(ExitStepKind::Staff,             0, true,  false),
    rule(ExitStepKind::Assets,            7, true,  true),
    rule(ExitStepKind::Settlement,       30, true,  true),
    rule(ExitStepKind::Confidentiality,  30, false, false),
    rule(ExitStepKind::Lessons,          30, false, false),
    rule(ExitStepKind::Contacts,         30, false, false),
    rule(ExitStepKind::Closing,          45, true,  false),
];

impl ExitStepKind {
    /// Its row of the table.
    #[must_use]
    pub fn rule(self) -> StepRule {
        let row = STEPS.iter().find(|row| row.step == self);
        row.copied().unwrap_or(rule(self, 0, true, false))
    }

    /// The day it is due, in a case that was opened on `opened` about a contract whose last day is
    /// `last`: reckoned from that day, and never before the case was there. Where no last day is known,
    /// or it is past, the case begins on the day it was opened.
    #[must_use]
    pub fn due_on(self, last: Option<NaiveDate>, opened: NaiveDate) -> NaiveDate {
        let from = last.map_or(opened, |last| last.max(opened));
        let days = self.rule().days;
        let shift = Days::new(days.unsigned_abs());
        let due = if days < 0 { from.checked_sub_days(shift) } else { from.checked_add_days(shift) };
        due.map_or(opened, |due| due.max(opened))
    }
}

/// One step, as far as it stands in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The step.
    pub step: ExitStepKind,
    /// Whether it is done.
    pub state: StepState,
    /// Whether it blocks.
    pub blocks: bool,
}

/// How far a case is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Steps that are done or not applicable.
    pub settled: usize,
    /// All steps.
    pub all: usize,
    /// Open steps that block.
    pub blocking: usize,
}

/// How far a case with these steps is.
#[must_use]
pub fn progress(steps: &[Standing]) -> Progress {
    let settled = steps.iter().filter(|step| step.state != StepState::Open).count();
    let blocking = steps.iter().filter(|step| step.is_in_the_way()).count();
    Progress { settled, all: steps.len(), blocking }
}

/// The steps that stand against closing a case: those that block and are open, but for the closing itself.
#[must_use]
pub fn against_closing(steps: &[Standing]) -> Vec<ExitStepKind> {
    let steps = steps.iter().filter(|step| step.is_in_the_way() && step.step != ExitStepKind::Closing);
    let mut steps: Vec<ExitStepKind> = steps.map(|step| step.step).collect();
    steps.sort_by_key(|step| step.index());
    steps
}

impl Standing {
    const fn is_in_the_way(self) -> bool {
        self.blocks && matches!(self.state, StepState::Open)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_table_has_each_of_the_thirteen_steps_once_and_in_order() {
        assert_eq!(STEPS.iter().map(|row| row.step).collect::<Vec<_>>(), ExitStepKind::ALL);
        assert_eq!(ExitStepKind::ALL.len(), 13);
        assert!(STEPS.is_sorted_by_key(|row| row.days), "next due is next in order");
    }

    #[test]
    fn a_step_is_due_by_the_last_day_and_never_before_the_case() {
        let due = |step: ExitStepKind, last: &str, opened: &str| step.due_on(last.parse().ok(), day(opened));
        assert_eq!(due(ExitStepKind::Handover, "2026-12-31", "2026-07-26"), day("2026-12-01"));
        assert_eq!(due(ExitStepKind::Settlement, "2026-12-31", "2026-07-26"), day("2027-01-30"));
        assert_eq!(due(ExitStepKind::Decision, "2026-08-31", "2026-07-26"), day("2026-07-26"));
        assert_eq!(
            due(ExitStepKind::Data, "2026-06-30", "2026-07-26"),
            day("2026-07-26"),
            "it ended already"
        );
        assert_eq!(due(ExitStepKind::Assets, "", "2026-07-26"), day("2026-08-02"), "no last day is known");
        let end = NaiveDate::MAX;
        assert_eq!(ExitStepKind::Settlement.due_on(Some(end), day("2026-07-26")), day("2026-07-26"));
    }

    #[test]
    fn what_blocks_and_is_open_stands_in_the_way_but_for_the_closing_itself() {
        let mut steps: Vec<Standing> = ExitStepKind::ALL
            .iter()
            .map(|step| Standing { step: *step, state: StepState::Open, blocks: step.rule().blocks })
            .collect();
        assert_eq!(progress(&steps), Progress { settled: 0, all: 13, blocking: 10 });
        assert_eq!(against_closing(&steps).len(), 9);
        for step in &mut steps {
            step.state = match step.step {
                ExitStepKind::Data | ExitStepKind::Lessons | ExitStepKind::Closing => StepState::Open,
                ExitStepKind::Staff => StepState::NotApplicable,
                _ => StepState::Done,
            };
        }
        assert_eq!(against_closing(&steps), [ExitStepKind::Data]);
        assert_eq!(progress(&steps), Progress { settled: 10, all: 13, blocking: 2 });
    }
}
