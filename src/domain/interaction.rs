//! Interactions: contacts with a vendor that are worth a line.
//!
//! This module must never decide anything: it only holds words.

use crate::closed_list;

closed_list! {
    /// How we spoke (seed text 2, line 85: regular meeting, phone, e-mail; and the visit).
    Channel {
        Meeting = "meeting", Plain, "Meeting", "会议";
        Phone = "phone", Plain, "Phone", "电话";
        Email = "email", Plain, "E-mail", "邮件";
        Visit = "visit", Plain, "Visit", "走访";
    }
}

closed_list! {
    /// What it was about, where that counts: complaints and praise (seed text 2, lines 567 and 661), and
    /// what the vendor needs (line 43).
    About {
        Complaint = "complaint", Bad, "Complaint", "投诉";
        Praise = "praise", Good, "Praise", "表扬";
        Need = "need", Attention, "Need", "诉求";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::list::ClosedList;

    #[test]
    fn the_channels_of_the_communication_plan() {
        let keys = Channel::ALL.iter().map(|c| c.key()).collect::<Vec<_>>();
        assert_eq!(keys, ["meeting", "phone", "email", "visit"]);
    }
}
