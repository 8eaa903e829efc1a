//! Who stands where, and how little would change that.
//!
//! This module must never rank who has no total: such a vendor is not last, it is not rated. What would
//! change an order is counted exactly, in whole basis points of one weight.

use std::cmp::Ordering;

use super::score::{FULL, Outcome, Score, ScoredRow};

/// One who is ranked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contender {
    /// Its criteria by the number of their KPI.
    pub rows: Vec<(i64, ScoredRow)>,
}

/// The smallest change of one weight that puts a lower one above a higher one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swing {
    /// The criterion whose weight changes, for all who are scored by it; the other weights stay, and all
    /// are taken in proportion.
    pub kpi: i64,
    /// By how much, in basis points; below 0 it is less.
    pub change_bp: i64,
    /// The place in the given list of the one who falls behind.
    pub falls: usize,
    /// The place in the given list of the one who passes.
    pub rises: usize,
}

/// The rank of each total, 1 for the best; equal totals share one and the next is left out, as in
/// 1, 2, 2, 4.
#[must_use]
pub fn ranks(totals: &[Score]) -> Vec<usize> {
    let mut sorted: Vec<Score> = totals.to_vec();
    sorted.sort_unstable();
    totals.iter().map(|total| 1 + sorted.len() - sorted.partition_point(|other| other <= total)).collect()
}

/// The smallest change of one weight after which somebody stands strictly above one whose total, as it is
/// shown, was higher. A weight stays within 0 and 100 %. `None` where no change of one weight does that.
///
/// Of equal changes the criterion with the lower number is told, and more weight before less. Whoever has
/// no total is left out. Only neighbours in the order are held against each other: where one passes another,
/// some two neighbours have changed places.
#[must_use]
pub fn swing(contenders: &[Contender]) -> Option<Swing> {
    let mut placed: Vec<(Score, usize, Sums)> = contenders
        .iter()
        .enumerate()
        .filter_map(|(place, contender)| {
            let sums = Sums::of(contender)?;
            Some((sums.total(), place, sums))
        })
        .collect();
    placed.sort_by_key(|(total, place, _)| (std::cmp::Reverse(*total), *place));
    let groups: Vec<&[(Score, usize, Sums)]> = placed.chunk_by(|a, b| a.0 == b.0).collect();
    let mut best: Option<Swing> = None;
    for (above, below) in groups.iter().zip(groups.iter().skip(1)) {
        for (_, falls, high) in *above {
            for (_, rises, low) in *below {
                let found = smallest(contenders, (*falls, *high), (*rises, *low));
                best = found.into_iter().chain(best).min_by(order);
            }
        }
    }
    best
}

/// The order in which swings are told.
fn order(a: &Swing, b: &Swing) -> Ordering {
    let key =
        |swing: &Swing| (swing.change_bp.abs(), swing.kpi, swing.change_bp < 0, swing.falls, swing.rises);
    key(a).cmp(&key(b))
}

/// `Σ w` and `Σ w·p` over the scored criteria.
#[derive(Clone, Copy)]
struct Sums {
    weights: i128,
    weighted: i128,
}

impl Sums {
    fn of(contender: &Contender) -> Option<Self> {
        let scored = contender.rows.iter().filter_map(|(_, row)| scored(row));
        let (weights, weighted) = scored.fold((0, 0), |(sum, weighted), (w, p)| (sum + w, weighted + w * p));
        (weights > 0).then_some(Self { weights, weighted })
    }

    fn total(self) -> Score {
        Score::of_fraction(self.weighted, self.weights)
    }
}

/// The weight and points of a criterion that has any.
fn scored(row: &ScoredRow) -> Option<(i128, i128)> {
    match row.outcome {
        Outcome::Points(points) => Some((i128::from(row.weight_bp.max(0)), i128::from(points.hundredths()))),
        Outcome::NotMeasured | Outcome::NotApplicable => None,
    }
}

/// The smallest change by which `rises` passes `falls`.
fn smallest(contenders: &[Contender], falls: (usize, Sums), rises: (usize, Sums)) -> Option<Swing> {
    let rows = |at: usize| contenders.get(at).map_or(&[][..], |contender| &contender.rows);
    let points = |at: usize, kpi: i64| {
        let mut of_kpi = rows(at).iter().filter(|(other, _)| *other == kpi);
        of_kpi.find_map(|(_, row)| scored(row))
    };
    let mut kpis: Vec<i64> = rows(falls.0).iter().chain(rows(rises.0)).map(|(kpi, _)| *kpi).collect();
    kpis.sort_unstable();
    kpis.dedup();
    let mut best: Option<Swing> = None;
    for kpi in kpis {
        let (high, low) = (points(falls.0, kpi), points(rises.0, kpi));
        let weights = || high.iter().chain(&low).map(|(weight, _)| *weight);
        let most = i128::from(FULL) - weights().max().unwrap_or_default();
        let least = weights().min().unwrap_or_default();
        for (sign, reach) in [(1, most), (-1, least)] {
            let lead = Lead::of(falls.1, rises.1, (high.map(|(_, p)| p), low.map(|(_, p)| p)), sign);
            let reach = best.map_or(reach, |best| reach.min(i128::from(best.change_bp.abs())));
            let found = lead.lost_at(reach).and_then(|change| i64::try_from(sign * change).ok());
            let found = found.map(|change_bp| Swing { kpi, change_bp, falls: falls.0, rises: rises.0 });
            best = found.into_iter().chain(best).min_by(order);
        }
    }
    best
}

/// By how much one leads another after a weight changed by `d`: `c + b·d + a·d²`, times both sums of
/// weights, which stay above 0.
#[derive(Debug, Clone, Copy)]
struct Lead {
    a: i128,
    b: i128,
    c: i128,
    /// A sum of weights that comes to 0 here has no total any more.
    most: i128,
}

impl Lead {
    /// `(N + m·p·d) · (W' + m'·d) − (N' + m'·p'·d) · (W + m·d)`, with `m` for whether the criterion is
    /// scored, and `d` towards `sign`.
    fn of(high: Sums, low: Sums, points: (Option<i128>, Option<i128>), sign: i128) -> Self {
        let is_in = (i128::from(points.0.is_some()), i128::from(points.1.is_some()));
        let (of_high, of_low) = (points.0.unwrap_or_default(), points.1.unwrap_or_default());
        let a = is_in.0 * is_in.1 * (of_high - of_low);
        let b =
            of_high * low.weights + is_in.1 * high.weighted - of_low * high.weights - is_in.0 * low.weighted;
        let c = high.weighted * low.weights - low.weighted * high.weights;
        let most = |is_in: i128, sums: Sums| {
            if is_in == 1 && sign < 0 { sums.weights - 1 } else { i128::MAX }
        };
        Self { a, b: b * sign, c, most: most(is_in.0, high).min(most(is_in.1, low)) }
    }

    fn at(self, d: i128) -> i128 {
        self.c + self.b * d + self.a * d * d
    }

    /// The smallest whole `d` from 1 to `reach` at which the lead is lost.
    fn lost_at(self, reach: i128) -> Option<i128> {
        let reach = reach.min(self.most);
        // Where the lead bends upwards it falls up to its lowest point only; else what is lost stays so.
        let end = match self.a {
            1.. => {
                let lowest = (-self.b).div_euclid(2 * self.a).clamp(0, reach);
                if self.at((lowest + 1).min(reach)) < self.at(lowest) { lowest + 1 } else { lowest }
            }
            _ => reach,
        };
        if end < 1 || self.at(end) >= 0 {
            return None;
        }
        let (mut kept, mut lost) = (0, end);
        while lost - kept > 1 {
            let middle = kept + (lost - kept) / 2;
            if self.at(middle) < 0 { lost = middle } else { kept = middle }
        }
        Some(lost)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::review::Veto;
    use proptest::prelude::*;

    fn contender(rows: &[(i64, i64, Option<i64>)]) -> Contender {
        let row = |(kpi, weight_bp, points): &(i64, i64, Option<i64>)| {
            let outcome = match points {
                Some(points) => Outcome::Points(Score::from_hundredths(*points).unwrap()),
                None => Outcome::NotApplicable,
            };
            (*kpi, ScoredRow { weight_bp: *weight_bp, outcome, veto: Veto::No })
        };
        Contender { rows: rows.iter().map(row).collect() }
    }

    #[test]
    fn equal_totals_share_a_rank() {
        let totals = [8_000, 9_000, 8_000, 7_000].map(|h| Score::from_hundredths(h).unwrap());
        assert_eq!(ranks(&totals), [2, 1, 2, 4]);
        assert!(ranks(&[]).is_empty());
    }

    #[test]
    fn the_smallest_change_of_one_weight_is_found() {
        // 76.00 against 75.00: the first leads in the second criterion by 30, lags in the first by 10.
        let first = contender(&[(1, 7_000, Some(7_000)), (2, 3_000, Some(9_000))]);
        let second = contender(&[(1, 7_000, Some(8_000)), (2, 3_000, Some(6_000))]);
        let found = swing(&[second.clone(), first.clone()]).unwrap();
        // −667 of the second: 7000·70 + 2333·90 = 699 970 < 7000·80 + 2333·60 = 699 980.
        assert_eq!(found, Swing { kpi: 2, change_bp: -667, falls: 1, rises: 0 });
        // One who leads in all stays ahead, and one alone is passed by nobody.
        let worse = contender(&[(1, 7_000, Some(6_000)), (2, 3_000, Some(5_000))]);
        assert_eq!(swing(&[first.clone(), worse]), None);
        assert_eq!(swing(std::slice::from_ref(&first)), None);
        assert_eq!(swing(&[first.clone(), contender(&[(1, 7_000, None)])]), None);
        assert_eq!(swing(&[first.clone(), first]), None);
    }

    /// Every change tried one by one, every two held against each other.
    fn by_force(contenders: &[Contender], most: i64) -> Option<i64> {
        let sums = |contender: &Contender, kpi: i64, change: i64| {
            let mut changed = contender.clone();
            let of_kpi =
                changed.rows.iter_mut().filter(|(other, row)| *other == kpi && scored(row).is_some());
            for (_, row) in of_kpi.take(1) {
                row.weight_bp += change;
                if !(0..=FULL).contains(&row.weight_bp) {
                    return None;
                }
            }
            Sums::of(&changed)
        };
        (1..=most).find(|size| {
            (0..4).any(|kpi| {
                [*size, -size].into_iter().any(|change| {
                    let mut pairs = contenders.iter().flat_map(|a| contenders.iter().map(move |b| (a, b)));
                    pairs.any(|(a, b)| {
                        let (Some(a0), Some(b0)) = (Sums::of(a), Sums::of(b)) else { return false };
                        let (Some(a1), Some(b1)) = (sums(a, kpi, change), sums(b, kpi, change)) else {
                            return false;
                        };
                        a0.total() > b0.total() && a1.weighted * b1.weights < b1.weighted * a1.weights
                    })
                })
            })
        })
    }

    fn any_contender(weights: [i64; 4]) -> impl Strategy<Value = Contender> {
        proptest::collection::vec(proptest::option::weighted(0.8, 0..=FULL), 4).prop_map(move |points| {
            let rows =
                weights.iter().zip(points).zip(0..).map(|((weight, points), kpi)| (kpi, *weight, points));
            contender(&rows.collect::<Vec<_>>())
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]
        #[test]
        fn no_smaller_change_is_found_by_trying_all(
            contenders in [0_i64..40, 0_i64..40, 0_i64..40, 0_i64..40]
                .prop_flat_map(|weights| proptest::collection::vec(any_contender(weights), 2..5)),
        ) {
            let found = swing(&contenders);
            let size = found.map(|found| found.change_bp.abs());
            prop_assert_eq!(by_force(&contenders, size.unwrap_or(200)), size.filter(|size| *size <= 200).or(size));
        }

        #[test]
        fn what_is_found_changes_the_order(contenders in [0_i64..=10_000, 0_i64..=10_000, 0_i64..=10_000, 0_i64..=10_000]
            .prop_flat_map(|weights| proptest::collection::vec(any_contender(weights), 2..8))) {
            if let Some(found) = swing(&contenders) {
                let after = |at: usize| {
                    let mut changed = contenders[at].clone();
                    for (kpi, row) in &mut changed.rows {
                        if *kpi == found.kpi && scored(row).is_some() { row.weight_bp += found.change_bp; }
                    }
                    Sums::of(&changed).unwrap()
                };
                let (falls, rises) = (after(found.falls), after(found.rises));
                prop_assert!(falls.weighted * rises.weights < rises.weighted * falls.weights);
            }
        }
    }
}
