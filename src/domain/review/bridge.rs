//! From one total to another: which criteria moved it, and by how much.
//!
//! This module must never leave a rest: what it tells sums to the difference of the two totals as
//! they are shown, to the hundredth.

use super::score::{FULL, Outcome, Score, ScoredRow};
use crate::closed_list;
use crate::domain::decimal::divide_rounded;

/// One criterion on one side of a bridge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BridgeRow {
    /// By what it is known on both sides: the number of its KPI.
    pub kpi: i64,
    /// Its weight and what it came to.
    pub row: ScoredRow,
}

closed_list! {
    /// By what a criterion moved the total.
    Effect {
        /// New share of the weight × change of points.
        Points = "points", Plain, "Points", "得分";
        /// Change of its share of the weight × what its old points lay above the old total.
        Weight = "weight", Plain, "Weight", "权重";
        /// It has points now and had none: new share × what they lie above the old total.
        Came = "came", Plain, "Came in", "新计入";
        /// It had points and has none now: old share × what they lay above the old total, taken away.
        Went = "went", Plain, "Went out", "不再计入";
    }
}

/// One part of the difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The criterion.
    pub kpi: i64,
    /// By what.
    pub effect: Effect,
    /// How much, in hundredths.
    pub hundredths: i64,
    /// Its share of the scored weight in basis points, rounded, before and after; `None` where it had none.
    pub share_bp: (Option<i64>, Option<i64>),
    /// Its points before and after.
    pub points: (Option<Score>, Option<Score>),
}

/// The way from one total to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bridge {
    /// The total it starts from.
    pub from: Score,
    /// The total it ends at.
    pub to: Score,
    /// What lies between, in the order of the newer criteria, then those that went. Parts of nothing
    /// are left out; the others sum to `to − from`.
    pub parts: Vec<Part>,
}

/// The sums of one side: `Σ w` and `Σ w·p` over its scored criteria.
#[derive(Clone, Copy)]
struct Side {
    weights: i128,
    weighted: i128,
}

/// A part before it is rounded: `numerator` over the denominator that all parts share.
struct Exact {
    part: Part,
    numerator: i128,
}

/// The way from the total of `before` to that of `after`; `None` where one of them has no total.
///
/// With shares `s` of the scored weight, points `p` and the old total `T`, exactly
/// `T' − T = Σ s'·(p' − p) + Σ (s' − s)·(p − T)` over the criteria of both, plus `s'·(p' − T)` for each
/// that came and less `s·(p − T)` for each that went. The parts are rounded down to hundredths, and what
/// is then left goes, a hundredth each, to those with the largest remainder; so no part is a whole hundredth
/// off, and a part of nothing stays nothing.
#[must_use]
pub fn bridge(before: &[BridgeRow], after: &[BridgeRow]) -> Option<Bridge> {
    let (old, new) = (Side::of(before)?, Side::of(after)?);
    let mut left: Vec<&BridgeRow> = before.iter().filter(|row| scored(row).is_some()).collect();
    let mut exact = Vec::new();
    for now in after.iter().filter(|row| scored(row).is_some()) {
        let place = left.iter().position(|was| was.kpi == now.kpi);
        let was = place.map(|place| left.remove(place));
        exact.extend(parts(was, Some(now), old, new));
    }
    for was in left {
        exact.extend(parts(Some(was), None, old, new));
    }
    let (from, to) = (old.total(), new.total());
    apportion(&mut exact, old.denominator(new), to.hundredths() - from.hundredths());
    let parts = exact.into_iter().map(|exact| exact.part).filter(|part| part.hundredths != 0);
    Some(Bridge { from, to, parts: parts.collect() })
}

/// What each criterion gives to the total, in hundredths: its share of the scored weight × its points, rounded so
/// that all sum to the total as it is shown. `None` for one without points or weight.
#[must_use]
pub fn contributions(rows: &[ScoredRow]) -> Vec<Option<i64>> {
    let rows: Vec<BridgeRow> = rows.iter().zip(0..).map(|(row, kpi)| BridgeRow { kpi, row: *row }).collect();
    let Some(side) = Side::of(&rows) else { return vec![None; rows.len()] };
    let mut exact: Vec<(i128, i64)> =
        rows.iter().filter_map(scored).map(|(weight, points)| (weight * points, 0)).collect();
    round(&mut exact, side.weights, side.total().hundredths());
    let mut rounded = exact.into_iter().map(|(_, hundredths)| hundredths);
    rows.iter().map(|row| scored(row).and_then(|_| rounded.next())).collect()
}

/// The weight and points of a scored criterion; one without weight moves nothing.
fn scored(row: &BridgeRow) -> Option<(i128, i128)> {
    match row.row.outcome {
        Outcome::Points(points) if row.row.weight_bp > 0 => {
            Some((i128::from(row.row.weight_bp), i128::from(points.hundredths())))
        }
        _ => None,
    }
}

impl Side {
    fn of(rows: &[BridgeRow]) -> Option<Self> {
        let sums = rows.iter().filter_map(scored);
        let (weights, weighted) = sums.fold((0, 0), |(sum, weighted), (w, p)| (sum + w, weighted + w * p));
        (weights > 0).then_some(Self { weights, weighted })
    }

    fn total(self) -> Score {
        Score::of_fraction(self.weighted, self.weights)
    }

    fn share(self, weight: i128) -> i64 {
        i64::try_from(divide_rounded(weight * i128::from(FULL), self.weights)).unwrap_or(FULL)
    }

    /// Under which every part of the way to `new` is a whole number.
    fn denominator(self, new: Self) -> i128 {
        self.weights * self.weights * new.weights
    }
}

/// The parts of one criterion, which is on one side or on both.
fn parts(was: Option<&BridgeRow>, now: Option<&BridgeRow>, old: Side, new: Side) -> Vec<Exact> {
    let kpi = was.or(now).map_or(0, |row| row.kpi);
    let (was, now) = (was.and_then(scored), now.and_then(scored));
    let score = |points: i128| i64::try_from(points).ok().and_then(Score::from_hundredths);
    let part = |effect: Effect, numerator: i128| {
        let share_bp = (was.map(|(w, _)| old.share(w)), now.map(|(w, _)| new.share(w)));
        let points = (was.and_then(|(_, p)| score(p)), now.and_then(|(_, p)| score(p)));
        Exact { part: Part { kpi, effect, hundredths: 0, share_bp, points }, numerator }
    };
    // What points lie above the old total, times its weights.
    let above = |p: i128| p * old.weights - old.weighted;
    match (was, now) {
        (Some((w, p)), Some((w2, p2))) => vec![
            part(Effect::Points, w2 * (p2 - p) * old.weights * old.weights),
            part(Effect::Weight, (w2 * old.weights - w * new.weights) * above(p)),
        ],
        (None, Some((w2, p2))) => vec![part(Effect::Came, w2 * above(p2) * old.weights)],
        (Some((w, p)), None) => vec![part(Effect::Went, -w * above(p) * new.weights)],
        (None, None) => Vec::new(),
    }
}

/// Rounds the parts so that they sum to `difference`.
fn apportion(exact: &mut [Exact], denominator: i128, difference: i64) {
    let mut numbers: Vec<(i128, i64)> = exact.iter().map(|one| (one.numerator, 0)).collect();
    round(&mut numbers, denominator, difference);
    for (one, (_, hundredths)) in exact.iter_mut().zip(numbers) {
        one.part.hundredths = hundredths;
    }
}

/// Rounds each first number over `denominator` into the second, so that these sum to `sum`: down, and what is then
/// left goes to the largest remainders, a hundredth each.
fn round(numbers: &mut [(i128, i64)], denominator: i128, sum: i64) {
    let mut by_rest: Vec<(i128, usize)> = Vec::with_capacity(numbers.len());
    let mut rest = sum;
    for (at, (numerator, hundredths)) in numbers.iter_mut().enumerate() {
        *hundredths = i64::try_from(numerator.div_euclid(denominator)).unwrap_or_default();
        rest -= *hundredths;
        by_rest.push((numerator.rem_euclid(denominator), at));
    }
    // Of equal remainders the earlier criterion is the first.
    by_rest.sort_by_key(|(remainder, at)| (std::cmp::Reverse(*remainder), *at));
    let lifted = usize::try_from(rest).unwrap_or_default();
    for (_, at) in by_rest.into_iter().take(lifted) {
        if let Some((_, hundredths)) = numbers.get_mut(at) {
            *hundredths += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::review::{GradeRules, Veto, total};
    use proptest::prelude::*;

    fn row(kpi: i64, weight_bp: i64, hundredths: i64) -> BridgeRow {
        let outcome = Outcome::Points(Score::from_hundredths(hundredths).unwrap());
        BridgeRow { kpi, row: ScoredRow { weight_bp, outcome, veto: Veto::No } }
    }

    fn blank(kpi: i64, weight_bp: i64, outcome: Outcome) -> BridgeRow {
        BridgeRow { kpi, row: ScoredRow { weight_bp, outcome, veto: Veto::No } }
    }

    fn told(before: &[BridgeRow], after: &[BridgeRow]) -> Vec<(i64, Effect, i64)> {
        let found = bridge(before, after).unwrap();
        found.parts.iter().map(|part| (part.kpi, part.effect, part.hundredths)).collect()
    }

    #[test]
    fn points_move_the_total_by_their_share() {
        let before = [row(1, 6_000, 8_000), row(2, 4_000, 6_000)];
        let after = [row(1, 6_000, 9_000), row(2, 4_000, 5_000)];
        assert_eq!(told(&before, &after), [(1, Effect::Points, 600), (2, Effect::Points, -400)]);
        assert_eq!(told(&before, &before), []);
    }

    #[test]
    fn a_changed_weight_is_told_apart_from_the_points() {
        let before = [row(1, 5_000, 9_000), row(2, 5_000, 7_000)];
        let after = [row(1, 7_000, 9_500), row(2, 3_000, 7_000)];
        // Old total 80.00: 20 points of share moved from one that lay 10 below to one 10 above.
        let expected = [(1, Effect::Points, 350), (1, Effect::Weight, 200), (2, Effect::Weight, 200)];
        assert_eq!(told(&before, &after), expected);
    }

    #[test]
    fn criteria_that_came_or_went_are_held_against_the_old_total() {
        let before = [row(1, 5_000, 8_000), row(2, 5_000, 6_000), blank(3, 5_000, Outcome::NotMeasured)];
        let after = [row(1, 5_000, 8_000), blank(2, 5_000, Outcome::NotApplicable), row(3, 5_000, 9_000)];
        // Old total 70.00: the second, 10 below, went with half the weight; the third came 20 above.
        assert_eq!(told(&before, &after), [(3, Effect::Came, 1_000), (2, Effect::Went, 500)]);
        let found = bridge(&before, &after).unwrap();
        assert_eq!((found.from.hundredths(), found.to.hundredths()), (7_000, 8_500));
        assert_eq!(
            (found.parts[0].share_bp, found.parts[1].share_bp),
            ((None, Some(5_000)), (Some(5_000), None))
        );
    }

    #[test]
    fn without_a_total_on_both_sides_there_is_no_bridge() {
        let scored = [row(1, 5_000, 8_000)];
        assert_eq!(bridge(&scored, &[]), None);
        assert_eq!(bridge(&[blank(1, 5_000, Outcome::NotMeasured)], &scored), None);
        assert_eq!(bridge(&[row(1, 0, 8_000)], &scored), None);
    }

    #[test]
    fn what_rounding_leaves_goes_to_the_largest_remainder() {
        let before = [row(1, 1, 0), row(2, 1, 0), row(3, 1, 0)];
        let after = [row(1, 1, 100), row(2, 1, 100), row(3, 1, 101)];
        // 33.33…, 33.33… and 33.67 hundredths; the totals are 0 and 100.33… → 100.
        let expected = [(1, Effect::Points, 33), (2, Effect::Points, 33), (3, Effect::Points, 34)];
        assert_eq!(told(&before, &after), expected);
    }

    fn any_side() -> impl Strategy<Value = Vec<BridgeRow>> {
        let outcome = prop_oneof![
            6 => (0..=FULL).prop_map(|h| Outcome::Points(Score::from_hundredths(h).unwrap())),
            1 => Just(Outcome::NotMeasured),
            1 => Just(Outcome::NotApplicable),
        ];
        let row = (0_i64..9, 0_i64..=10_000, outcome)
            .prop_map(|(kpi, weight, outcome)| blank(kpi, weight, outcome));
        proptest::collection::vec(row, 1..10)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]
        #[test]
        fn the_parts_sum_to_the_difference(before in any_side(), after in any_side()) {
            let total_of = |side: &[BridgeRow]| {
                total(&side.iter().map(|row| row.row).collect::<Vec<_>>(), &GradeRules::default()).total
            };
            match (bridge(&before, &after), total_of(&before), total_of(&after)) {
                (Some(found), Some(from), Some(to)) => {
                    prop_assert_eq!((found.from, found.to), (from, to));
                    let sum: i64 = found.parts.iter().map(|part| part.hundredths).sum();
                    prop_assert_eq!(sum, to.hundredths() - from.hundredths());
                }
                (found, from, to) => prop_assert!(found.is_none() && (from.is_none() || to.is_none())),
            }
        }

        #[test]
        fn what_each_criterion_gives_sums_to_the_total(side in any_side()) {
            let rows: Vec<ScoredRow> = side.iter().map(|row| row.row).collect();
            let given = contributions(&rows);
            let sum = total(&rows, &GradeRules::default()).total.map(Score::hundredths);
            let told = given.iter().any(Option::is_some).then(|| given.iter().flatten().sum::<i64>());
            prop_assert_eq!(told, sum);
            prop_assert_eq!(given.len(), rows.len());
        }

        #[test]
        fn no_part_is_a_whole_hundredth_off(before in any_side(), after in any_side()) {
            let (Some(old), Some(new)) = (Side::of(&before), Side::of(&after)) else { return Ok(()) };
            for part in bridge(&before, &after).unwrap().parts {
                let (was, now) = (part.points.0.map(Score::hundredths), part.points.1.map(Score::hundredths));
                // Of the points alone the exact size is told by share and change; shares are rounded, so
                // it is held against a bound that the rounding of a share cannot pass.
                if let (Effect::Points, Some(was), Some(now), Some(share)) = (part.effect, was, now, part.share_bp.1) {
                    let rough = share * (now - was);
                    prop_assert!((rough - part.hundredths * FULL).abs() <= FULL + (now - was).abs());
                }
            }
            prop_assert!(old.weights > 0 && new.weights > 0);
        }
    }
}
