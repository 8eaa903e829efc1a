//! The clauses of a contract: the checklist of 24 types, which of them a kind of contract is expected to
//! have, and what is said of those that are missing.
//!
//! The types are the union of the seed texts' lists (seed text 2, lines 115, 153, 233, 291, 533 and 717;
//! seed text 4, lines 28 and 38) and, for the last four, of the registers of renewals that were studied.
//! This module must never read a contract: what was found in it is an argument.

use crate::closed_list;
use crate::domain::list::ClosedList;

closed_list! {
    /// What a clause is about, in the order of the checklist.
    ClauseType {
        Scope = "scope", Plain, "Scope and content", "服务范围与内容";
        Deliverables = "deliverables", Plain, "Deliverables and time", "交付物与时间节点";
        Quality = "quality", Plain, "Quality and acceptance", "质量标准与验收";
        ServiceLevels = "service_levels", Plain, "Service levels and KPIs", "服务水平与指标";
        Price = "price", Plain, "Price and payment", "价格与支付结算";
        Term = "term", Plain, "Term and validity", "期限与生效";
        Duties = "duties", Plain, "Rights and duties", "双方权利义务与配合";
        Confidentiality = "confidentiality", Plain, "Confidentiality", "保密（含终止后）";
        Ip = "ip", Plain, "Intellectual property", "知识产权归属";
        DataSecurity = "data_security", Plain, "Data security and access", "数据安全与访问";
        Breach = "breach", Plain, "Breach and liability", "违约责任";
        LiabilityLimit = "liability_limit", Plain, "Limit of liability", "责任限制";
        Guarantee = "guarantee", Plain, "Quality guarantee", "质量保证";
        Supervision = "supervision", Plain, "Supervision and audit", "监督、报告与审计";
        Change = "change", Plain, "Change management", "变更管理";
        Termination = "termination", Plain, "Termination", "解除与终止条件";
        ForceMajeure = "force_majeure", Plain, "Force majeure", "不可抗力";
        Exit = "exit", Plain, "Exit and handover", "退出与交接";
        Disputes = "disputes", Plain, "Disputes and governing law", "争议解决与适用法律";
        Attachments = "attachments", Plain, "Attachments and supplements", "附件与补充协议";
        Renewal = "renewal", Plain, "Renewal and notice", "续约与通知";
        Subcontracting = "subcontracting", Plain, "Sub-contracting", "转包与分包";
        Insurance = "insurance", Plain, "Insurance", "保险";
        Staff = "staff", Plain, "Staff requirements", "人员要求";
    }
}

impl ClauseType {
    /// Its number in the checklist, from 1.
    #[must_use]
    pub fn number(self) -> usize {
        self.index() + 1
    }

    /// Whether the vendor cannot be held, or left, without it: confidentiality, data security, breach,
    /// termination, exit, renewal and notice.
    #[must_use]
    pub const fn is_critical(self) -> bool {
        matches!(
            self,
            Self::Confidentiality
                | Self::DataSecurity
                | Self::Breach
                | Self::Termination
                | Self::Exit
                | Self::Renewal
        )
    }
}

closed_list! {
    /// What was found of a clause in the text of a contract.
    ClauseState {
        Present = "present", Good, "Present", "已有";
        Missing = "missing", Bad, "Missing", "缺少";
        NotApplicable = "na", Plain, "n.a.", "不适用";
    }
}

/// How much hangs on a contract from which a missing critical clause is an error: the business
/// criticality, 1 low to 4 vital, of the services under it.
pub const CRITICAL_FROM: i64 = 3;

/// How bad it is that a clause is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// It is a critical one, and much hangs on the contract.
    Error,
    /// It wants a look.
    Warning,
}

/// What stands in one line of the checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is there.
    Present,
    /// It does not apply to this contract: somebody said so.
    NotApplicable,
    /// Somebody looked, and it is not there.
    Missing(Gap),
    /// It is expected, and nobody has looked yet.
    Unchecked,
    /// A contract of this kind is not expected to have it, and nobody has looked.
    Unexpected,
}

/// What is to be said of one type of clause: what was found, if anybody looked, whether the template of
/// the contract's kind asks for it, and the highest criticality of the services under it.
///
/// A clause that somebody says is missing is a gap whether or not the template asks for it.
#[must_use]
pub const fn verdict(
    clause: ClauseType,
    found: Option<ClauseState>,
    is_expected: bool,
    criticality: Option<i64>,
) -> Verdict {
    match found {
        Some(ClauseState::Present) => Verdict::Present,
        Some(ClauseState::NotApplicable) => Verdict::NotApplicable,
        Some(ClauseState::Missing) => Verdict::Missing(gap(clause, criticality)),
        None if is_expected => Verdict::Unchecked,
        None => Verdict::Unexpected,
    }
}

const fn gap(clause: ClauseType, criticality: Option<i64>) -> Gap {
    match criticality {
        Some(much) if much >= CRITICAL_FROM && clause.is_critical() => Gap::Error,
        _ => Gap::Warning,
    }
}

/// The types that a template names: words with commas between them, or `all`. `None` where a word is no
/// type.
#[must_use]
pub fn template(words: &str) -> Option<Vec<ClauseType>> {
    if words.trim() == ALL_TYPES {
        return Some(ClauseType::ALL.to_vec());
    }
    let words = words.split([',', '，']).map(str::trim).filter(|word| !word.is_empty());
    words.map(ClauseType::from_key).collect()
}

/// The word of a template that names every type.
pub const ALL_TYPES: &str = "all";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_union_of_the_lists_has_24_types_of_which_six_are_critical() {
        assert_eq!(ClauseType::ALL.len(), 24);
        let critical: Vec<usize> = ClauseType::ALL
            .iter()
            .filter(|clause| clause.is_critical())
            .map(|clause| clause.number())
            .collect();
        assert_eq!(critical, [8, 10, 11, 16, 18, 21]);
    }

    #[test]
    fn a_missing_critical_clause_is_an_error_where_much_hangs_on_the_contract() {
        let of = |clause, much| verdict(clause, Some(ClauseState::Missing), true, much);
        assert_eq!(of(ClauseType::Exit, Some(3)), Verdict::Missing(Gap::Error));
        assert_eq!(of(ClauseType::Exit, Some(2)), Verdict::Missing(Gap::Warning));
        assert_eq!(of(ClauseType::Exit, None), Verdict::Missing(Gap::Warning));
        assert_eq!(of(ClauseType::Insurance, Some(4)), Verdict::Missing(Gap::Warning));
    }

    #[test]
    fn what_nobody_has_looked_for_is_neither_there_nor_missing() {
        let of = |is_expected| verdict(ClauseType::Exit, None, is_expected, Some(4));
        assert_eq!((of(true), of(false)), (Verdict::Unchecked, Verdict::Unexpected));
        let na = verdict(ClauseType::Exit, Some(ClauseState::NotApplicable), true, Some(4));
        assert_eq!(na, Verdict::NotApplicable);
    }

    #[test]
    fn a_template_names_types_or_all_and_nothing_else() {
        assert_eq!(template("all").map(|all| all.len()), Some(24));
        assert_eq!(template("scope， price,").as_deref(), Some(&[ClauseType::Scope, ClauseType::Price][..]));
        assert_eq!(template("scope, prize"), None);
        assert_eq!(template(""), Some(Vec::new()));
    }
}
