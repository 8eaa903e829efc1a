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
    fn sides_are_read_by_their_words() {
        assert_eq!(Side::from_key("theirs"), Some(Side::Theirs));
    }
}
