//! How a score comes about, and what lies between two of them: a line for each step, in words.

use super::{Line as Row, Scored, Way};
use crate::domain::list::ClosedList;
use crate::domain::review::{
    Effect, Grade, KpiDirection, KpiValue, MAX_RATING, Outcome, Part, Score, Steps, VetoRule,
};
use crate::entity::show;
use crate::register::explain::{Explained, Line};
use crate::texts::{Sentence, Text, text};

/// How the score of a review comes about.
#[must_use]
pub fn score(scored: &Scored) -> Explained {
    let mut lines: Vec<Line> = scored.lines.iter().map(|row| criterion(row, scored)).collect();
    let mut notes = Vec::new();
    let total = &scored.total;
    let line = |key, what: Text, value: String, how| Line { key, what: what.into(), value, how };
    let points =
        |score: Option<Score>| score.map_or_else(|| NONE.to_owned(), |score| two(score.hundredths()));
    let count = scored.lines.iter().filter(|row| row.contribution.is_some()).count();
    let how = match total.total {
        Some(_) => Sentence::from(SUM).with("count", count),
        None => Sentence::from(NO_TOTAL),
    };
    lines.push(line("total", TOTAL, points(total.total), how));
    if let Some(coverage) = total.coverage_bp {
        let least = percent(scored.rules.min_coverage_bp);
        let how = Sentence::from(COVERAGE_HOW).with("least", least);
        lines.push(line("coverage", COVERAGE, percent(coverage), how));
    }
    lines.push(line("grade", GRADE, total.grade.map_or(NONE, ClosedList::key).to_owned(), grade(scored)));
    if let Some(rolling) = scored.rolling {
        let how = Sentence::from(ROLLING_HOW).with("count", scored.earlier.len());
        lines.push(line("rolling", ROLLING, two(rolling.hundredths()), how));
    }
    if let Some(trend) = scored.trend() {
        let how = Sentence::from(TREND_HOW).with("count", (scored.earlier.len() + 1).min(super::TREND));
        lines.push(line("trend", TREND_WORD, signed(trend), how));
    }
    for row in scored.lines.iter().filter(|row| row.judged.row.fails_veto()) {
        let says = Sentence::from(if veto_bound(row).is_some() { VETO_AT } else { VETO });
        let says = says.with_sentence("kpi", row.name.clone());
        notes.push(match veto_bound(row) {
            Some(bound) => says.with_sentence("bound", bound),
            None => says,
        });
    }
    let weights: i64 = scored.lines.iter().map(|row| row.criterion.weight_bp).sum();
    if weights != 10_000 && !scored.lines.is_empty() {
        notes.push(Sentence::from(WEIGHTS).with("sum", percent(weights)));
    }
    Explained { lines, notes }
}

/// How one criterion came to what it gives to the total.
fn criterion(row: &Row, scored: &Scored) -> Line {
    let weight = percent(row.criterion.weight_bp);
    let how = match row.judged.row.outcome {
        Outcome::NotApplicable => Sentence::from(NOT_APPLICABLE).with("weight", weight),
        Outcome::NotMeasured => Sentence::from(NOT_MEASURED).with("weight", weight),
        Outcome::Points(points) => {
            let value = match (&row.overridden, row.judged.original) {
                (Some((reason, by)), Some(original)) => Sentence::from(OVERRIDDEN)
                    .with_sentence("value", earned(row))
                    .with("original", original)
                    .with("by", by)
                    .with("reason", reason),
                (Some((reason, by)), None) => Sentence::from(SET).with("by", by).with("reason", reason),
                (None, _) => earned(row),
            };
            let counted = scored.lines.iter().filter(|row| row.contribution.is_some());
            let sum: i64 = counted.map(|row| row.criterion.weight_bp).sum();
            let gives = row.contribution.unwrap_or_default();
            let says = if sum == 10_000 { WHOLE } else { PART };
            Sentence::from(says)
                .with_sentence("value", value)
                .with("points", two(points.hundredths()))
                .with("weight", weight)
                .with("sum", percent(sum))
                .with("gives", two(gives))
        }
    };
    let value = row.points().map_or_else(|| NONE.to_owned(), |points| two(points.hundredths()));
    Line { key: "row", what: row.name.clone(), value, how }
}

/// What was measured or rated, and by which rule it earns points.
fn earned(row: &Row) -> Sentence {
    let Some(rule) = &row.criterion.rule else { return Sentence::from(NO_RULE) };
    let with_unit = |value: String| if row.unit.is_empty() { value } else { format!("{value} {}", row.unit) };
    match row.value() {
        Some(KpiValue::Rating(rating)) => {
            Sentence::from(RATED).with("rating", rating).with("most", MAX_RATING)
        }
        Some(KpiValue::Mean(mean)) => Sentence::from(MEAN).with("mean", mean).with("most", MAX_RATING),
        Some(KpiValue::Raw(raw)) => {
            let value = with_unit(raw.to_string());
            match (&rule.steps, rule.floor, rule.target) {
                (Some(steps), ..) => on_step(steps, raw).with("value", value),
                (None, Some(floor), Some(target)) => {
                    Sentence::from(ON_LINE).with("value", value).with("floor", floor).with("target", target)
                }
                _ => Sentence::from(NO_RULE),
            }
        }
        None => Sentence::from(NO_RULE),
    }
}

fn on_step(steps: &Steps, raw: crate::domain::decimal::Decimal4) -> Sentence {
    let (step, next) = steps.step_of(raw);
    let lowest = steps.steps().first().is_some_and(|first| first.from == step.from);
    match next {
        Some(next) if lowest => Sentence::from(BELOW).with("next", next),
        Some(next) => Sentence::from(STEP).with("from", step.from).with("next", next),
        None => Sentence::from(FROM).with("from", step.from),
    }
}

fn grade(scored: &Scored) -> Sentence {
    let total = &scored.total;
    let bands = scored.rules.bands.to_string();
    match (total.grade, total.total) {
        (Some(_), _) if total.capped_by_veto => Sentence::from(CAPPED).with("bands", bands),
        (Some(_), _) => Sentence::from(BY_BANDS).with("bands", bands),
        (None, Some(_)) => Sentence::from(TOO_LITTLE).with("least", percent(scored.rules.min_coverage_bp)),
        (None, None) => Sentence::from(NO_GRADE),
    }
}

/// What lies between two scores.
#[must_use]
pub fn way(way: &Way) -> Explained {
    let total = |scored: &Scored| scored.total.total.map_or(NONE.to_owned(), |score| two(score.hundredths()));
    let grade = |scored: &Scored| scored.total.grade.map_or(NONE, |grade: Grade| grade.key());
    let end = |key, scored: &Scored| Line {
        key,
        what: Sentence::from(text("{period}", "{period}"))
            .with("period", scored.period.map(|period| period.to_string()).unwrap_or_default()),
        value: total(scored),
        how: Sentence::from(END).with("code", &scored.code).with("grade", grade(scored)),
    };
    let mut lines = vec![end("from", &way.from)];
    let mut notes = Vec::new();
    let parts = way.bridge.as_ref().map_or(&[][..], |bridge| &bridge.parts);
    lines.extend(parts.iter().map(|part| Line {
        key: part.effect.key(),
        what: way.line(part.kpi).map_or_else(|| super::plain(String::new()), |line| line.name.clone()),
        value: signed(part.hundredths),
        how: moved(part),
    }));
    lines.push(end("to", &way.to));
    match &way.bridge {
        None => notes.push(NO_BRIDGE.into()),
        Some(bridge) => {
            let sum =
                |effect| parts.iter().filter(|part| part.effect == effect).map(|part| part.hundredths).sum();
            let difference = bridge.to.hundredths() - bridge.from.hundredths();
            let by: Vec<(Effect, i64)> = Effect::ALL
                .iter()
                .map(|effect| (*effect, sum(*effect)))
                .filter(|(_, sum)| *sum != 0)
                .collect();
            let mut says = Sentence::from(ALL).with("difference", signed(difference));
            for (name, effect) in ["points", "weight", "came", "went"].into_iter().zip(Effect::ALL) {
                let sum = by.iter().find(|(other, _)| other == effect).map_or(0, |(_, sum)| *sum);
                says = says.with(name, signed(sum));
            }
            notes.push(says);
        }
    }
    Explained { lines, notes }
}

fn moved(part: &Part) -> Sentence {
    let points = |score: Option<Score>| score.map_or(NONE.to_owned(), |score| two(score.hundredths()));
    let share = |share: Option<i64>| share.map_or(NONE.to_owned(), percent);
    let says = match part.effect {
        Effect::Points => BY_POINTS,
        Effect::Weight => BY_WEIGHT,
        Effect::Came => BY_COMING,
        Effect::Went => BY_GOING,
    };
    Sentence::from(says)
        .with("was", points(part.points.0))
        .with("now", points(part.points.1))
        .with("before", share(part.share_bp.0))
        .with("after", share(part.share_bp.1))
}

/// At which value a KPI fails its veto; `None` where it has no bound.
fn veto_bound(row: &Row) -> Option<Sentence> {
    let VetoRule::At(bound) = row.criterion.veto else { return None };
    let says = match row.criterion.rule.as_ref()?.direction {
        KpiDirection::Min => VETO_FROM,
        KpiDirection::Max | KpiDirection::Range => VETO_TO,
    };
    Some(Sentence::from(says).with("bound", bound))
}

/// Hundredths with both decimals, so that a column of them is aligned and adds up to the eye.
#[must_use]
pub fn two(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100)
}

/// The same with its sign.
#[must_use]
pub fn signed(hundredths: i64) -> String {
    if hundredths > 0 { format!("+{}", two(hundredths)) } else { two(hundredths) }
}

/// Basis points as percent.
#[must_use]
pub fn percent(bp: i64) -> String {
    format!("{}%", show::points(bp))
}

const NONE: &str = "–";
const TOTAL: Text = text("Total", "总分");
const COVERAGE: Text = text("Scored", "评分覆盖");
const GRADE: Text = text("Grade", "等级");
const ROLLING: Text = text("Rolling score", "滚动得分");
const TREND_WORD: Text = text("Trend", "走势");
const SUM: Text = text(
    "sum of what the {count} scored criteria give, rounded once",
    "{count} 项已评分指标贡献之和，仅舍入一次",
);
const NO_TOTAL: Text = text("nothing is scored yet", "尚无评分");
const COVERAGE_HOW: Text = text(
    "scored weight of the weight that applies; a grade needs {least}",
    "已评分权重占适用权重的比例；达到 {least} 才有等级",
);
const CAPPED: Text = text(
    "capped by a failed veto, whatever the total; bands: {bands}",
    "一票否决，不论总分；等级划分：{bands}",
);
const BY_BANDS: Text = text("by the bands of this review: {bands}", "按本次考核的等级划分：{bands}");
const TOO_LITTLE: Text = text("none: less than {least} is scored", "无：评分覆盖不足 {least}");
const NO_GRADE: Text = text("none: there is no total", "无：没有总分");
const ROLLING_HOW: Text = text(
    "this one and the {count} before it, weighted 12, 11, 10 … down to 1",
    "本次与之前 {count} 次，权重依次为 12、11、10 … 1",
);
const TREND_HOW: Text = text("a review, over the last {count}", "每次，按最近 {count} 次推算");
const VETO: Text = text("{kpi} is a veto KPI and failed.", "{kpi}为一票否决项，未通过。");
const VETO_AT: Text =
    text("{kpi} is a veto KPI and failed: it {bound}.", "{kpi}为一票否决项，未通过：{bound}。");
const VETO_FROM: Text = text("fails from {bound} on", "达到 {bound} 即否决");
const VETO_TO: Text = text("fails down from {bound}", "低至 {bound} 即否决");
const WEIGHTS: Text = text("The weights add up to {sum}, not 100%.", "权重合计为 {sum}，不是 100%。");
const NOT_APPLICABLE: Text =
    text("does not apply: its {weight} drop out of the weights", "不适用：其 {weight} 权重不计入");
const NOT_MEASURED: Text =
    text("not measured: its {weight} lower the coverage", "未测量：其 {weight} 权重降低评分覆盖");
const OVERRIDDEN: Text = text(
    "{value} earns {original}; overridden by {by}: {reason}",
    "{value}，原得 {original}；{by} 调整：{reason}",
);
const SET: Text = text("set by {by}: {reason}", "{by} 直接给分：{reason}");
const WHOLE: Text =
    text("{value} → {points} × {weight} = {gives}", "{value} → {points} × {weight} = {gives}");
const PART: Text = text(
    "{value} → {points} × {weight} of {sum} scored = {gives}",
    "{value} → {points} × {weight}/{sum}（已评分）= {gives}",
);
const NO_RULE: Text = text("the KPI has no scale", "该指标没有计分规则");
const RATED: Text = text("rated {rating} of {most}, 20 points a step", "评级 {rating}/{most}，每级 20 分");
const MEAN: Text =
    text("rated {mean} of {most} in the mean, 20 points a step", "平均评级 {mean}/{most}，每级 20 分");
const ON_LINE: Text = text(
    "{value} on the line from {floor} (0) to {target} (100)",
    "{value}，按 {floor}（0 分）至 {target}（100 分）线性计分",
);
const BELOW: Text = text("{value} on the lowest step, below {next}", "{value}，最低段，低于 {next}");
const STEP: Text = text("{value} on the step from {from} up to {next}", "{value}，位于 {from} 至 {next} 段");
const FROM: Text = text("{value} on the step from {from} up", "{value}，位于 {from} 及以上段");
const END: Text = text("{code}, grade {grade}", "{code}，等级 {grade}");
const NO_BRIDGE: Text =
    text("One of the two has no total, so nothing lies between.", "其中一次没有总分，无法比较。");
const ALL: Text = text(
    "{difference} in all: points {points}, changed weights {weight}, came in {came}, went out {went}.",
    "合计 {difference}：得分 {points}，权重变化 {weight}，新计入 {came}，不再计入 {went}。",
);
const BY_POINTS: Text =
    text("{was} → {now} points, at {after} of the weight", "得分 {was} → {now}，权重 {after}");
const BY_WEIGHT: Text =
    text("its weight {before} → {after}, at {was} points", "权重 {before} → {after}，得分 {was}");
const BY_COMING: Text = text("scored now: {now} points at {after}", "新计入：得分 {now}，权重 {after}");
const BY_GOING: Text =
    text("not scored any more: was {was} points at {before}", "不再计入：原得分 {was}，权重 {before}");
