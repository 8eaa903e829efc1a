//! The closed lists of contracts.
//!
//! This module must never decide anything: it only holds words.

use crate::closed_list;

closed_list! {
    /// What a contract is.
    ContractKind {
        Master = "master", Plain, "Master agreement", "框架协议";
        Order = "order", Plain, "Work order", "订单";
        Nda = "nda", Plain, "Non-disclosure agreement", "保密协议";
        Dispatch = "dispatch", Plain, "Labour dispatch", "劳务派遣协议";
        Amendment = "amendment", Plain, "Amendment", "补充协议";
    }
}

closed_list! {
    /// The stored state of a contract, from draft to end; what follows from the day is a
    /// [`Badge`](super::Badge).
    ContractState {
        Draft = "draft", Plain, "Draft", "起草";
        LegalReview = "legal_review", Attention, "Legal review", "法务审核";
        Approved = "approved", Plain, "Approved", "已审批";
        Signed = "signed", Plain, "Signed", "已签署";
        InForce = "in_force", Good, "In force", "履行中";
        Ended = "ended", Plain, "Ended", "已终止";
        Cancelled = "cancelled", Plain, "Cancelled", "已取消";
    }
}

impl ContractState {
    /// Whether nothing more is to be done about its dates.
    #[must_use]
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Ended | Self::Cancelled)
    }
}

closed_list! {
    /// What happens at the end of a term.
    Renewal {
        None = "none", Plain, "No renewal", "期满终止";
        Express = "express", Plain, "By agreement", "协商续签";
        Auto = "auto", Attention, "Automatic", "自动续约";
        Evergreen = "evergreen", Plain, "Evergreen", "无固定期限";
    }
}

closed_list! {
    /// What was decided for the end of a term.
    Decision {
        Renew = "renew", Good, "Renew", "续约";
        LetLapse = "let_lapse", Plain, "Let lapse", "不再续约";
        Renegotiate = "renegotiate", Attention, "Renegotiate", "重新谈判";
    }
}

closed_list! {
    /// How a notice was given.
    NoticeMethod {
        Email = "email", Plain, "Email", "电子邮件";
        Portal = "portal", Plain, "Portal", "供应商门户";
        Letter = "letter", Plain, "Letter", "信函";
        Registered = "registered", Plain, "Registered letter", "挂号信";
        InPerson = "in_person", Plain, "In person", "当面递交";
    }
}

closed_list! {
    /// Why a contract ended (seed text 2, lines 772 to 778: mutual consent, breach, force majeure).
    EndReason {
        Expired = "expired", Plain, "Expired", "期满终止";
        TerminatedMutual = "terminated_mutual", Plain, "Terminated by mutual consent", "协商解除";
        TerminatedBreach = "terminated_breach", Bad, "Terminated for breach", "违约解除";
        ForceMajeure = "force_majeure", Attention, "Force majeure", "不可抗力解除";
        Replaced = "replaced", Plain, "Replaced", "被新合同取代";
    }
}
