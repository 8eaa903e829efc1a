//! Improvement plans: how far one is.
//!
//! This module must never decide whether a plan worked: a person verifies it.

use crate::closed_list;

closed_list! {
    /// How far an improvement plan is.
    ImprovementState {
        Proposed = "proposed", Plain, "Proposed", "已提出";
        Agreed = "agreed", Plain, "Agreed", "双方已确认";
        InProgress = "in_progress", Plain, "In progress", "进行中";
        Verify = "verify", Attention, "To verify", "待验证";
        Effective = "effective", Good, "Effective", "有效";
        Ineffective = "ineffective", Bad, "Ineffective", "无效";
        Dropped = "dropped", Plain, "Dropped", "已取消";
    }
}
