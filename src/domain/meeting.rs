//! Review meetings: how far one is.
//!
//! This module must never hold where a meeting stands: a page turned is no fact of the register.

use crate::closed_list;

closed_list! {
    /// How far a meeting is.
    MeetingState {
        Planned = "planned", Plain, "Planned", "已计划";
        Running = "running", Attention, "Running", "进行中";
        Closed = "closed", Good, "Closed", "已结束";
    }
}
