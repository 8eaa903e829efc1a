//! Consequences: what a result may lead to, and how far one is.
//!
//! This module must never decide one: it proposes, a person decides.

use crate::closed_list;

closed_list! {
    /// What a result leads to (seed text 2, lines 33, 335 and 731: rewards and penalties).
    ConsequenceKind {
        Reward = "reward", Good, "Reward", "奖励";
        Praise = "praise", Good, "Praise", "表扬";
        MoreVolume = "more_volume", Good, "More volume", "增加业务量";
        Warning = "warning", Attention, "Warning", "警告";
        LessVolume = "less_volume", Attention, "Less volume", "减少业务量";
        Penalty = "penalty", Bad, "Penalty", "处罚";
        Plan = "plan", Attention, "Improvement plan", "改进计划";
        Watch = "watch", Attention, "Watch", "列入观察";
        Suspend = "suspend", Bad, "Suspension", "暂停合作";
        Terminate = "terminate", Bad, "Termination", "终止合作";
    }
}

closed_list! {
    /// How far a consequence is.
    ConsequenceState {
        Proposed = "proposed", Attention, "Proposed", "待决定";
        Decided = "decided", Plain, "Decided", "已决定";
        Done = "done", Good, "Done", "已执行";
        Declined = "declined", Plain, "Declined", "不予执行";
    }
}
