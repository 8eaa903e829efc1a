//! The clauses of a contract as a checklist: the 24 types, what was found of each, and what is said of
//! those that are missing.
//!
//! The screen, the command line and the check of the register ask here, so that a gap is one thing for all
//! of them.

use crate::domain::clause::{self, ClauseState, ClauseType, Gap, Verdict};
use crate::domain::contract::ContractKind;
use crate::domain::list::ClosedList;
use crate::entity::{Clause, Record, Ref, typed};
use crate::register::settings::Known;
use crate::texts::{Sentence, Text, text};

/// What hangs on a contract: the most critical service under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stake {
    /// Its business criticality, 1 low to 4 vital.
    pub criticality: i64,
    /// What people call it.
    pub service: String,
}

/// The checklist of one contract.
#[derive(Debug, Clone, PartialEq)]
pub struct Checklist {
    /// The contract.
    pub contract: Ref,
    /// Its code.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// Its kind, by which a template was chosen.
    pub kind: Option<ContractKind>,
    /// What hangs on it, if that is known.
    pub stake: Option<Stake>,
    /// A line for each type, in their order.
    pub lines: Vec<Line>,
}

/// One line of a checklist.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The type.
    pub about: ClauseType,
    /// What is to be said of it.
    pub verdict: Verdict,
    /// What was found of it, if anybody looked.
    pub found: Option<Record>,
}

impl Checklist {
    /// The checklist of a contract: what was found, held against what its kind is expected to have.
    #[must_use]
    pub fn of(contract: &Record, found: Vec<Record>, template: &str, stake: Option<Stake>) -> Self {
        let expected = clause::template(template).unwrap_or_default();
        let criticality = stake.as_ref().map(|stake| stake.criticality);
        let mut found: Vec<(Clause, Record)> =
            found.into_iter().filter_map(|record| Some((typed(&record.values).ok()?, record))).collect();
        let lines = ClauseType::ALL.iter().map(|about| {
            let place = found.iter().position(|(clause, _)| clause.about == Some(*about));
            let found = place.map(|place| found.swap_remove(place));
            let state = found.as_ref().and_then(|(clause, _)| clause.state);
            let verdict = clause::verdict(*about, state, expected.contains(about), criticality);
            Line { about: *about, verdict, found: found.map(|(_, record)| record) }
        });
        Self {
            contract: contract.at,
            code: contract.code.clone(),
            name: contract.label(),
            kind: ContractKind::from_key(contract.get("kind").as_key()),
            lines: lines.collect(),
            stake,
        }
    }

    /// How many lines are so.
    #[must_use]
    pub fn count(&self, is_so: impl Fn(Verdict) -> bool) -> usize {
        self.lines.iter().filter(|line| is_so(line.verdict)).count()
    }

    /// What is said of the clauses that are missing, the worst first.
    #[must_use]
    pub fn gaps(&self) -> Vec<(Gap, &Line, Sentence)> {
        let gap = |line: &Line| match line.verdict {
            Verdict::Missing(gap) => Some(gap),
            _ => None,
        };
        let mut gaps: Vec<_> = self
            .lines
            .iter()
            .filter_map(|line| gap(line).map(|gap| (gap, line, says(line.about, gap, self.stake.as_ref()))))
            .collect();
        gaps.sort_by_key(|(gap, ..)| *gap);
        gaps
    }
}

/// The template of a kind of contract, as the setting that holds it; a contract without a kind is held
/// against the frame's.
#[must_use]
pub const fn template_of(kind: Option<ContractKind>) -> &'static Known {
    match kind {
        Some(ContractKind::Order) => &ORDER,
        Some(ContractKind::Nda) => &NDA,
        Some(ContractKind::Dispatch) => &DISPATCH,
        Some(ContractKind::Amendment) => &AMENDMENT,
        Some(ContractKind::Master) | None => &MASTER,
    }
}

/// What is said of a clause that is missing.
#[must_use]
pub fn says(about: ClauseType, gap: Gap, stake: Option<&Stake>) -> Sentence {
    let with = |text: Text| Sentence::from(text).with("n", about.number()).with_word("about", about.label());
    match (gap, stake) {
        (Gap::Error, Some(stake)) => {
            with(NEEDED).with("much", stake.criticality).with("service", &stake.service)
        }
        _ if about.is_critical() => with(CRITICAL),
        _ => with(MISSING),
    }
}

/// What is said of a line in a word.
#[must_use]
pub const fn word(verdict: Verdict) -> Text {
    match verdict {
        Verdict::Present => text("present", "已有"),
        Verdict::Missing(_) => text("missing", "缺少"),
        Verdict::NotApplicable => text("n.a.", "不适用"),
        Verdict::Unchecked => UNCHECKED,
        Verdict::Unexpected => text("not asked", "不要求"),
    }
}

/// Says of a clause that it is expected, and that nobody has looked.
pub const UNCHECKED: Text = text("unchecked", "待核对");

/// The word that an act on a line is told with.
#[must_use]
pub fn told(state: Option<ClauseState>) -> Text {
    state.map_or(text("not looked at", "未核对"), ClosedList::label)
}

const fn template(key: &'static str, label: Text, default: &'static str) -> Known {
    Known {
        key,
        label,
        default,
        meaning: text("the clauses that such a contract is expected to have", "此类合同应有的条款"),
        wanted: text(
            "all, or types with commas, such as scope, price",
            "all，或逗号分隔的类型，如 scope, price",
        ),
        offers: &[],
        check: is_template,
    }
}

fn is_template(words: &str) -> bool {
    clause::template(words).is_some_and(|types| !types.is_empty())
}

/// The templates of clauses, one for each kind of contract. What orders and supplements leave out stands in
/// the frame they are under.
pub const MASTER: Known =
    template("clauses_master", text("Clauses, master", "条款：框架协议"), clause::ALL_TYPES);
/// See [`MASTER`].
pub const ORDER: Known = template(
    "clauses_order",
    text("Clauses, order", "条款：订单"),
    "scope, deliverables, quality, price, term, attachments",
);
/// See [`MASTER`].
pub const NDA: Known = template(
    "clauses_nda",
    text("Clauses, NDA", "条款：保密协议"),
    "scope, term, duties, confidentiality, ip, data_security, breach, disputes",
);
/// See [`MASTER`].
pub const DISPATCH: Known = template(
    "clauses_dispatch",
    text("Clauses, dispatch", "条款：劳务派遣"),
    "scope, quality, price, term, duties, confidentiality, data_security, breach, supervision, termination, \
     force_majeure, exit, disputes, attachments, renewal, subcontracting, insurance, staff",
);
/// See [`MASTER`].
pub const AMENDMENT: Known = template(
    "clauses_amendment",
    text("Clauses, amendment", "条款：补充协议"),
    "scope, price, term, attachments",
);

const MISSING: Text = text("Clause {n}, {about}, is missing.", "缺少第 {n} 类条款：{about}。");
const CRITICAL: Text = text(
    "Clause {n}, {about}, is missing: without it the vendor can hardly be held to anything, or left.",
    "缺少第 {n} 类条款：{about}。缺此条款，难以约束或退出供应商。",
);
const NEEDED: Text = text(
    "Clause {n}, {about}, is missing, and {service}, of criticality {much}, rests on this contract: have it supplemented.",
    "缺少第 {n} 类条款：{about}。关键度为 {much} 的服务“{service}”依赖本合同，请签补充协议。",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Kind;
    use crate::texts::Lang;

    fn checklist(stake: Option<Stake>, template: &str) -> Checklist {
        let record = |kind: Kind, words: &[(&str, &'static str)]| {
            let table = kind.table();
            let mut values = (table.blank)();
            for (key, word) in words {
                let at = table.field(key).unwrap();
                values[at] = match table.fields[at].shape {
                    crate::entity::Shape::Choice(list) => {
                        crate::entity::Value::Choice(list.iter().find(|choice| choice.key == *word).unwrap())
                    }
                    _ => crate::entity::Value::Text((*word).to_owned()),
                };
            }
            let at = Ref { kind, id: 1 };
            Record { at, code: String::new(), version: 1, archived_at: None, values, derived: Vec::new() }
        };
        let contract = record(Kind::Contract, &[("title", "Hosting")]);
        let found = vec![
            record(Kind::Clause, &[("about", "insurance"), ("state", "missing")]),
            record(Kind::Clause, &[("about", "exit"), ("state", "missing")]),
            record(Kind::Clause, &[("about", "scope"), ("state", "present")]),
        ];
        Checklist::of(&contract, found, template, stake)
    }

    #[test]
    fn every_type_has_its_line_and_the_worst_gap_is_told_first_with_what_hangs_on_it() {
        let vital = Stake { criticality: 4, service: "Hosting".to_owned() };
        let list = checklist(Some(vital), "all");
        assert_eq!(list.lines.len(), 24);
        let told: Vec<String> = list.gaps().iter().map(|(_, _, says)| says.in_(Lang::En)).collect();
        assert_eq!(
            told,
            [
                "Clause 18, Exit and handover, is missing, and Hosting, of criticality 4, rests on this contract: have it supplemented.",
                "Clause 23, Insurance, is missing.",
            ]
        );
        assert_eq!(list.count(|verdict| verdict == Verdict::Unchecked), 21);
    }

    #[test]
    fn what_a_template_does_not_ask_for_is_not_to_be_looked_for_and_nothing_known_is_no_error() {
        let list = checklist(None, "scope, price");
        assert_eq!(list.count(|verdict| verdict == Verdict::Unchecked), 1);
        assert!(list.gaps().iter().all(|(gap, ..)| *gap == Gap::Warning));
    }
}
