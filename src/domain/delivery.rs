//! What happens under a contract while it runs: deliverables, change requests, breaches and disputes,
//! reports.
//!
//! This module must never decide anything: it only holds words. What may follow what is in the tables of
//! moves, and lateness is derived from the dates.

use crate::closed_list;

closed_list! {
    /// What became of a deliverable (the statuses of the Open Contracting Data Standard).
    Acceptance {
        Scheduled = "scheduled", Plain, "Scheduled", "待交付";
        Met = "met", Good, "Met", "验收合格";
        PartlyMet = "partly_met", Attention, "Partly met", "部分合格";
        NotMet = "not_met", Bad, "Not met", "不合格";
    }
}

closed_list! {
    /// How far a change request is (seed text 2, line 691: request, assess, approve, implement).
    ChangeState {
        Requested = "requested", Attention, "Requested", "已申请";
        Assessed = "assessed", Attention, "Assessed", "已评估";
        Approved = "approved", Plain, "Approved", "已批准";
        Implemented = "implemented", Good, "Implemented", "已实施";
        Rejected = "rejected", Plain, "Rejected", "已否决";
        Withdrawn = "withdrawn", Plain, "Withdrawn", "已撤回";
    }
}

closed_list! {
    /// Whether a duty was not kept, or the parties disagree.
    BreachKind {
        Breach = "breach", Bad, "Breach", "违约";
        Dispute = "dispute", Attention, "Dispute", "争议";
    }
}

closed_list! {
    /// How far a breach or dispute is (seed text 2, lines 783 and 784: negotiation first, then the court).
    BreachState {
        Open = "open", Bad, "Open", "待处理";
        Remedying = "remedying", Attention, "Remedying", "补救中";
        Negotiating = "negotiating", Attention, "Negotiating", "协商中";
        InCourt = "in_court", Bad, "In court", "诉讼或仲裁";
        Closed = "closed", Plain, "Closed", "已了结";
    }
}

closed_list! {
    /// The reports that contracts ask for (seed text 2, lines 199, 769 and 770).
    ReportKind {
        Work = "work", Plain, "Work", "工作报告";
        Progress = "progress", Plain, "Progress", "进度报告";
        Incident = "incident", Attention, "Incident", "事件报告";
        Other = "other", Plain, "Other", "其他";
    }
}

closed_list! {
    /// Whether a report came, and will do.
    ReportState {
        Due = "due", Plain, "Due", "待交";
        Received = "received", Attention, "Received", "已收到";
        Accepted = "accepted", Good, "Accepted", "已认可";
        Returned = "returned", Bad, "Returned", "已退回";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::list::ClosedList;

    #[test]
    fn the_four_statuses_of_the_open_contracting_data_standard_and_the_four_steps_of_a_change() {
        let keys = Acceptance::ALL.iter().map(|c| c.key()).collect::<Vec<_>>();
        assert_eq!(keys, ["scheduled", "met", "partly_met", "not_met"]);
        let keys = ChangeState::ALL.iter().take(4).map(|c| c.key()).collect::<Vec<_>>();
        assert_eq!(keys, ["requested", "assessed", "approved", "implemented"]);
    }
}
