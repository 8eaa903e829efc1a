//! Consequences: what a result may lead to, and how far one is.
//!
//! This module must never decide one: it proposes, a person decides.

use crate::closed_list;
use crate::domain::decimal::{divide_rounded, parse_fixed};
use crate::domain::list::ClosedList;
use crate::domain::money::Money;
use crate::domain::review::Grade;

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

/// What is proposed for one grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// What.
    pub kind: ConsequenceKind,
    /// Which share of what the work of the period costs, in basis points; `None` where no money goes
    /// with it.
    pub share_bp: Option<i64>,
    /// Days by which it is to be done.
    pub days: u64,
}

/// What each grade leads to: data of the register, as its setting writes it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConsequenceRules(Vec<(Grade, Vec<Offer>)>);

/// What holds where nobody said otherwise (m.777doc.com/doc-934821 and qituowang.com/portal/30687, abridged:
/// preferred and praised; improve; watched and a plan in 30 days; suspended, a deduction of 2 to 10 %).
pub const USUAL: &str = "A: reward 5%, praise, more_volume; B: praise; C: watch, plan 30d, warning, less_volume; \
                         D: suspend, penalty 5%, plan 30d, warning";

/// Days by which a consequence is to be done where the rule says nothing.
const USUAL_DAYS: u64 = 30;

impl ConsequenceRules {
    /// Reads `A: reward 5%, praise; D: penalty 5% 30d`: grades once each, the kinds of each once each.
    /// `None` where anything else stands there.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut rules: Vec<(Grade, Vec<Offer>)> = Vec::new();
        for part in text.split([';', '；']).map(str::trim).filter(|part| !part.is_empty()) {
            let (grade, offers) = part.split_once([':', '：'])?;
            let grade = Grade::from_key(&grade.trim().to_uppercase())?;
            let offers: Option<Vec<Offer>> =
                offers.split([',', '，']).map(str::trim).filter(|word| !word.is_empty()).map(offer).collect();
            let offers = offers?;
            let twice =
                |at: usize, offer: &Offer| offers.iter().skip(at + 1).any(|other| other.kind == offer.kind);
            if rules.iter().any(|(known, _)| *known == grade)
                || offers.iter().enumerate().any(|(at, offer)| twice(at, offer))
            {
                return None;
            }
            rules.push((grade, offers));
        }
        (!rules.is_empty()).then_some(Self(rules))
    }

    /// What a grade leads to, in the order it was written.
    #[must_use]
    pub fn of(&self, grade: Grade) -> &[Offer] {
        self.0.iter().find(|(known, _)| *known == grade).map_or(&[], |(_, offers)| offers)
    }
}

/// `penalty 5% 30d`: a kind, and what goes with it in any order.
fn offer(words: &str) -> Option<Offer> {
    let mut words = words.split_whitespace();
    let kind = ConsequenceKind::from_key(&words.next()?.to_lowercase().replace('-', "_"))?;
    let mut offer = Offer { kind, share_bp: None, days: USUAL_DAYS };
    for word in words {
        if let Some(percent) = word.strip_suffix('%') {
            let bp = parse_fixed(percent, 2).ok().filter(|bp| (1..=10_000).contains(bp))?;
            offer.share_bp = Some(bp);
        } else {
            offer.days = word.strip_suffix('d')?.parse().ok().filter(|days| *days <= 366)?;
        }
    }
    Some(offer)
}

/// A share of what is charged for so many months of a year, rounded half away from zero.
#[must_use]
pub fn amount(annual: Money, months: u32, share_bp: i64) -> Money {
    let whole = i128::from(annual.minor) * i128::from(months) * i128::from(share_bp);
    let minor = divide_rounded(whole, 12 * 10_000);
    Money { minor: i64::try_from(minor).unwrap_or(annual.minor), ..annual }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;

    #[test]
    fn the_usual_rules_say_something_of_every_grade() {
        let rules = ConsequenceRules::parse(USUAL).unwrap();
        let kinds = |grade| rules.of(grade).iter().map(|offer| offer.kind.key()).collect::<Vec<_>>();
        assert_eq!(kinds(Grade::A), ["reward", "praise", "more_volume"]);
        assert_eq!(kinds(Grade::C), ["watch", "plan", "warning", "less_volume"]);
        let penalty = rules.of(Grade::D)[1];
        assert_eq!((penalty.kind, penalty.share_bp, penalty.days), (ConsequenceKind::Penalty, Some(500), 30));
    }

    #[test]
    fn what_is_no_rule_is_refused() {
        for text in [
            "",
            "A",
            "E: praise",
            "A: gold",
            "A: reward 0%",
            "A: reward 5% soon",
            "A: praise; A: warning",
            "A: praise, praise",
        ] {
            assert_eq!(ConsequenceRules::parse(text), None, "{text}");
        }
        let rules = ConsequenceRules::parse("d：penalty 2.5% 10d，less-volume").unwrap();
        assert_eq!((rules.of(Grade::D)[0].share_bp, rules.of(Grade::D)[0].days), (Some(250), 10));
        assert_eq!(rules.of(Grade::A), []);
    }

    #[test]
    fn an_amount_is_a_share_of_the_period_and_rounded_once() {
        let annual = Money { minor: 1_000_000, currency: Currency::CNY };
        assert_eq!(amount(annual, 3, 500).minor, 12_500);
        assert_eq!(amount(Money { minor: 1, ..annual }, 12, 5_000).minor, 1);
    }
}
