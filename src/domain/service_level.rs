//! Service levels: what was promised, what was measured, and the credit that is due for what was missed.
//!
//! Integers only: values are exact decimals, shares are basis points, credits minor units rounded once,
//! half away from zero. This module must never take a period that was not measured for a bad one.

use crate::closed_list;
use crate::domain::decimal::{Decimal4, divide_rounded};
use crate::domain::money::Money;

closed_list! {
    /// Which side of its target a service level has to be on.
    Aim {
        AtLeast = "at_least", Plain, "At least", "不低于";
        AtMost = "at_most", Plain, "At most", "不高于";
    }
}

closed_list! {
    /// What came of one period of a service level.
    Outcome {
        Met = "met", Good, "Met", "达标";
        Missed = "missed", Bad, "Missed", "未达标";
        Excused = "excused", Plain, "Excused", "免责";
        NotMeasured = "not_measured", Attention, "Not measured", "未测量";
    }
}

/// The whole of something, in basis points.
const WHOLE_BP: i64 = 10_000;

/// What a vendor promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// The value to be on the right side of; the target itself is met.
    pub target: Decimal4,
    /// Which side that is.
    pub aim: Aim,
    /// What a miss costs; `None` where the contract gives no credit.
    pub credit: Option<CreditRule>,
}

/// What a miss costs (a service credit: charge x at-risk share x allocation x tier).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditRule {
    /// What is charged for one period.
    pub charge: Money,
    /// The most of it that is at risk in one period, in basis points.
    pub at_risk_bp: i64,
    /// The part of what is at risk that falls to this service level, in basis points.
    pub allocation_bp: i64,
    /// How much of that a miss costs, worse values later; empty where any miss costs all of it.
    pub tiers: Vec<Tier>,
    /// The least it costs when the measured period before was missed too, in basis points.
    pub repeat_bp: Option<i64>,
}

/// From which value on a miss costs how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tier {
    /// Values on the wrong side of this one, itself not, are in the tier.
    pub beyond: Decimal4,
    /// What it costs of the allocation, in basis points.
    pub share_bp: i64,
}

/// One measured period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// What was measured; `None` where nothing was.
    pub value: Option<Decimal4>,
    /// Whether the contract excuses what was missed.
    pub is_excused: bool,
}

/// What follows from one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    /// Met, missed, excused or not measured.
    pub outcome: Outcome,
    /// The credit before the cap of its period; `None` where the contract gives none.
    pub credit: Option<Money>,
    /// Whether the measured period before was missed too.
    pub is_repeat: bool,
}

impl Aim {
    /// Whether `value` is worse than `bound`.
    #[must_use]
    pub fn is_worse(self, value: Decimal4, bound: Decimal4) -> bool {
        match self {
            Self::AtLeast => value < bound,
            Self::AtMost => value > bound,
        }
    }
}

/// What follows from the periods of one service level, oldest first. Excused periods and those that were
/// not measured stand between two misses without parting them.
#[must_use]
pub fn judge(promise: &Promise, periods: &[Measured]) -> Vec<Judged> {
    let mut missed_before = false;
    let mut judged = Vec::with_capacity(periods.len());
    for period in periods {
        let outcome = match period.value {
            _ if period.is_excused => Outcome::Excused,
            None => Outcome::NotMeasured,
            Some(value) if promise.aim.is_worse(value, promise.target) => Outcome::Missed,
            Some(_) => Outcome::Met,
        };
        let is_repeat = outcome == Outcome::Missed && missed_before;
        let credit = promise.credit.as_ref().map(|rule| match (outcome, period.value) {
            (Outcome::Missed, Some(value)) => rule.credit(promise.aim, value, is_repeat),
            _ => Money { minor: 0, ..rule.charge },
        });
        judged.push(Judged { outcome, credit, is_repeat });
        match outcome {
            Outcome::Met => missed_before = false,
            Outcome::Missed => missed_before = true,
            Outcome::Excused | Outcome::NotMeasured => {}
        }
    }
    judged
}

impl CreditRule {
    /// The most that all service levels of the contract together can cost in one period.
    #[must_use]
    pub fn cap(&self) -> Money {
        share(self.charge, &[self.at_risk_bp])
    }

    /// What a miss with this value costs.
    #[must_use]
    pub fn credit(&self, aim: Aim, value: Decimal4, is_repeat: bool) -> Money {
        share(self.charge, &[self.at_risk_bp, self.allocation_bp, self.tier_bp(aim, value, is_repeat)])
    }

    /// How much of the allocation a miss with this value costs, in basis points.
    #[must_use]
    pub fn tier_bp(&self, aim: Aim, value: Decimal4, is_repeat: bool) -> i64 {
        let reached = self.tiers.iter().filter(|tier| aim.is_worse(value, tier.beyond));
        let tier = if self.tiers.is_empty() {
            WHOLE_BP
        } else {
            reached.map(|tier| tier.share_bp).max().unwrap_or(0)
        };
        tier.max(self.repeat_bp.filter(|_| is_repeat).unwrap_or(0))
    }
}

/// A share of a share of an amount, rounded once. Shares are within the whole, so the result is never
/// greater than the amount.
fn share(amount: Money, shares_bp: &[i64]) -> Money {
    let mut numerator = i128::from(amount.minor);
    let mut denominator = 1_i128;
    for bp in shares_bp {
        numerator *= i128::from(*bp);
        denominator *= i128::from(WHOLE_BP);
    }
    let minor = i64::try_from(divide_rounded(numerator, denominator)).unwrap_or(amount.minor);
    Money { minor, ..amount }
}

/// The credits of one period of a contract, and what is due of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodCredit {
    /// What the misses come to.
    pub sum: Money,
    /// The most that can be due.
    pub cap: Money,
    /// What is due: the sum, or the cap where that is less.
    pub due: Money,
}

/// What is due of the credits of one period, in one currency. The cap is the greatest that a rule of that
/// period names, for it is one cap for the contract, stated with each of its service levels.
///
/// `None` for none, or for two currencies.
#[must_use]
pub fn period_credit(credits: &[(Money, Money)]) -> Option<PeriodCredit> {
    let (first, _) = credits.first()?;
    let mut sum = Money { minor: 0, ..*first };
    let mut cap = sum;
    for (credit, limit) in credits {
        if credit.currency != sum.currency || limit.currency != sum.currency {
            return None;
        }
        sum.minor = sum.minor.saturating_add(credit.minor);
        cap.minor = cap.minor.max(limit.minor);
    }
    let due = Money { minor: sum.minor.min(cap.minor), ..sum };
    Some(PeriodCredit { sum, cap, due })
}

/// The share of the measured periods that were met, in basis points, rounded half up; `None` before any
/// was measured. Excused periods do not count.
#[must_use]
pub fn attainment_bp(outcomes: &[Outcome]) -> Option<i64> {
    let count = |wanted: Outcome| outcomes.iter().filter(|outcome| **outcome == wanted).count();
    let (met, missed) = (count(Outcome::Met), count(Outcome::Missed));
    let all = i128::try_from(met + missed).ok().filter(|all| *all > 0)?;
    i64::try_from(divide_rounded(i128::try_from(met).ok()? * i128::from(WHOLE_BP), all)).ok()
}

/// The tiers as they are typed: `99.5: 10 %`, each a bound and what it costs beyond it.
///
/// # Errors
/// The word that is no tier, or that does not follow the one before: bounds get worse from the target
/// on, and what they cost never falls.
pub fn tiers(words: &[String], aim: Aim, target: Decimal4) -> Result<Vec<Tier>, String> {
    let mut tiers: Vec<Tier> = Vec::with_capacity(words.len());
    for word in words {
        let tier = tier(word).ok_or_else(|| word.clone())?;
        let (bound, least) = tiers.last().map_or((target, 0), |last| (last.beyond, last.share_bp));
        let is_first = tiers.is_empty();
        let follows =
            if is_first { !aim.is_worse(bound, tier.beyond) } else { aim.is_worse(tier.beyond, bound) };
        if !follows || tier.share_bp < least {
            return Err(word.clone());
        }
        tiers.push(tier);
    }
    Ok(tiers)
}

fn tier(word: &str) -> Option<Tier> {
    let folded = crate::domain::decimal::fold_width(word);
    let (beyond, share) = folded.split_once(':')?;
    let share = share.trim();
    let share = share.strip_suffix('%').unwrap_or(share);
    let Decimal4(percent) = share.trim().parse().ok()?;
    // A percent is a hundred basis points, and the decimal keeps ten thousand parts of one.
    let share_bp = (percent % 100 == 0).then_some(percent / 100)?;
    let fits = (0..=WHOLE_BP).contains(&share_bp);
    Some(Tier { beyond: beyond.trim().parse().ok()?, share_bp }).filter(|_| fits)
}

#[cfg(test)]
mod tests;
