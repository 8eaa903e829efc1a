//! Actions: what was agreed in a review, for a risk or in a meeting.
//!
//! This module must never decide anything: it only holds words. Lateness is derived from the due
//! date, not stored.

use crate::closed_list;

closed_list! {
    /// How far an action is.
    ActionState {
        Open = "open", Plain, "Open", "待办";
        InProgress = "in_progress", Plain, "In progress", "进行中";
        Done = "done", Good, "Done", "已完成";
        Dropped = "dropped", Plain, "Dropped", "已取消";
    }
}

impl ActionState {
    /// Whether nothing more is to be done.
    #[must_use]
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Done | Self::Dropped)
    }
}

closed_list! {
    /// Who has to act.
    Side {
        Ours = "ours", Plain, "Ours", "我方";
        Theirs = "theirs", Plain, "Theirs", "对方";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::list::ClosedList;

    #[test]
    fn done_and_dropped_need_no_more_work() {
        let closed = ActionState::ALL.iter().filter(|s| s.is_closed()).map(|s| s.key());
        assert_eq!(closed.collect::<Vec<_>>(), ["done", "dropped"]);
        assert_eq!(Side::from_key("theirs"), Some(Side::Theirs));
    }
}
