//! `vendeck review explain | bridge | score`: how a score comes about, what moved it, and giving one; and the
//! score of a review in JSON.

use clap::ArgMatches;
use serde_json::{Map, Value as Json, json};

use crate::domain::decimal::Decimal4;
use crate::domain::list::ClosedList;
use crate::domain::review::{KpiMeasure, KpiValue, Outcome, ReviewState, RowStatus, Score, VetoRule};
use crate::entity::{Kind, Problem, Ref, Value};
use crate::register::explain::Explained;
use crate::register::review::{Line, Scored, Way, explain as words};
use crate::register::{Act, Edit, Refusal};
use crate::shell::cli::stop::{Exit, Stop};
use crate::shell::cli::{Desk, records};
use crate::store::Txn;
use crate::texts::{Lang, Sentence, Text, text};

/// The word of what does not apply.
const NA: &str = "na";
/// The word of what was not measured.
const NOT_MEASURED: &str = "not_measured";
/// The word that takes an override back.
const NO_OVERRIDE: &str = "none";

/// What a review in JSON says of its score: `score` and `rows`.
pub(super) fn parts(scored: &Scored) -> Map<String, Json> {
    let total = &scored.total;
    let hundredths = |score: Option<Score>| score.map(Score::hundredths);
    let score = json!({
        "total_hundredths": hundredths(total.total),
        "coverage_bp": total.coverage_bp,
        "grade": total.grade.map(ClosedList::key),
        "vetoed": total.veto_failed,
        "rolling_hundredths": hundredths(scored.rolling),
    });
    let rows: Vec<Json> = scored.lines.iter().map(row).collect();
    [("score".to_owned(), score), ("rows".to_owned(), Json::Array(rows))].into_iter().collect()
}

fn row(line: &Line) -> Json {
    let value = match line.value() {
        Some(KpiValue::Raw(raw) | KpiValue::Mean(raw)) => json!(raw.to_string()),
        Some(KpiValue::Rating(rating)) => json!(rating),
        None => Json::Null,
    };
    let original = line.judged.original.filter(|_| matches!(line.judged.row.outcome, Outcome::Points(_)));
    json!({
        "kpi": line.word,
        "weight_bp": line.criterion.weight_bp,
        "state": line.state(),
        "value": value,
        "points_hundredths": line.points().map(Score::hundredths),
        "original_points_hundredths": original.map(Score::hundredths),
    })
}

/// `vendeck review explain CODE`.
pub(super) fn explain(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    let at = records::code(Kind::Review, matches, "code")?;
    let scored = desk.store_to_read()?.scored(at).map_err(Stop::no_hit)?;
    let explained = words::score(&scored);
    if !desk.out.is_json() {
        desk.out.line(&format!("{}  {}", scored.code, scored.name))?;
        return print(desk, &explained);
    }
    let lang = desk.lang;
    let mut object = parts(&scored);
    if let Some(Json::Array(rows)) = object.get_mut("rows") {
        for ((row, line), told) in rows.iter_mut().zip(&scored.lines).zip(&explained.lines) {
            if let Some(row) = row.as_object_mut() {
                row.extend(details(line, lang));
                row.insert("rule".to_owned(), json!(told.how.in_(lang)));
            }
        }
    }
    object.insert("code".to_owned(), json!(scored.code));
    object.insert("bands".to_owned(), json!(scored.rules.bands.to_string()));
    object.insert("trend_hundredths".to_owned(), json!(scored.trend()));
    object.insert("capped_by_veto".to_owned(), json!(scored.total.capped_by_veto));
    object.insert("steps".to_owned(), steps(&explained, lang));
    object.insert("notes".to_owned(), notes(&explained, lang));
    desk.out.json(&Json::Object(object))?;
    Ok(Exit::Done)
}

/// What the explanation of a criterion says beyond its row.
fn details(line: &Line, lang: Lang) -> Map<String, Json> {
    let veto = match line.criterion.veto {
        VetoRule::None => Json::Null,
        VetoRule::AtZero => json!({ "failed": line.judged.row.fails_veto(), "at": null }),
        VetoRule::At(bound) => json!({ "failed": line.judged.row.fails_veto(), "at": bound.to_string() }),
    };
    let overridden = line.overridden.as_ref().map(|(reason, by)| json!({ "reason": reason, "by": by }));
    let fields = [
        ("label", json!(line.name.in_(lang))),
        ("contribution_hundredths", json!(line.contribution)),
        ("veto", veto),
        ("override", json!(overridden)),
        ("evidence", json!(Some(&line.evidence).filter(|text| !text.is_empty()))),
        ("rater", json!(Some(&line.rater).filter(|text| !text.is_empty()))),
    ];
    fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

/// `vendeck review bridge CODE [CODE]`.
pub(super) fn bridge(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    let to = records::code(Kind::Review, matches, "code")?;
    let from =
        matches.contains_id("from").then(|| records::code(Kind::Review, matches, "from")).transpose()?;
    let way = desk.store_to_read()?.way(to, from).map_err(Stop::no_hit)?;
    let explained = words::way(&way);
    if !desk.out.is_json() {
        desk.out.line(&format!("{}  {}", way.to.code, way.to.name))?;
        return print(desk, &explained);
    }
    let lang = desk.lang;
    let end = |scored: &Scored| {
        json!({
            "code": scored.code,
            "period": scored.period.map(|period| period.to_string()),
            "total_hundredths": scored.total.total.map(Score::hundredths),
            "grade": scored.total.grade.map(ClosedList::key),
        })
    };
    let difference = way.bridge.as_ref().map(|bridge| bridge.to.hundredths() - bridge.from.hundredths());
    let parts: Vec<Json> =
        way.bridge.iter().flat_map(|bridge| &bridge.parts).map(|part| part_json(&way, part, lang)).collect();
    desk.out.json(&json!({
        "from": end(&way.from),
        "to": end(&way.to),
        "difference_hundredths": difference,
        "parts": parts,
        "notes": notes(&explained, lang),
    }))?;
    Ok(Exit::Done)
}

fn part_json(way: &Way, part: &crate::domain::review::Part, lang: Lang) -> Json {
    let line = way.line(part.kpi);
    json!({
        "kpi": line.map(|line| line.word.clone()),
        "label": line.map(|line| line.name.in_(lang)),
        "effect": part.effect.key(),
        "hundredths": part.hundredths,
        "points_before_hundredths": part.points.0.map(Score::hundredths),
        "points_after_hundredths": part.points.1.map(Score::hundredths),
        "share_before_bp": part.share_bp.0,
        "share_after_bp": part.share_bp.1,
    })
}

fn steps(explained: &Explained, lang: Lang) -> Json {
    let steps = explained.lines.iter().map(|line| {
        json!({ "step": line.key, "label": line.what.in_(lang), "value": line.value, "rule": line.how.in_(lang) })
    });
    steps.collect()
}

fn notes(explained: &Explained, lang: Lang) -> Json {
    explained.notes.iter().map(|note| note.in_(lang)).collect()
}

/// The lines of an explanation, and what is to be said beside them.
fn print(desk: &mut Desk, explained: &Explained) -> Result<Exit, Stop> {
    let lang = desk.lang;
    let line = |line: &crate::register::explain::Line| {
        vec![format!("  {}", line.what.in_(lang)), line.value.clone(), line.how.in_(lang)]
    };
    let rows: Vec<Vec<String>> = explained.lines.iter().map(line).collect();
    desk.out.rows(&rows)?;
    for note in &explained.notes {
        desk.out.line(&format!("  {}", note.in_(lang)))?;
    }
    Ok(Exit::Done)
}

/// `vendeck review score CODE KPI VALUE`.
pub(super) fn score(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    let at = records::code(Kind::Review, matches, "code")?;
    let word = |id: &str| matches.get_one::<String>(id).map(|word| word.trim().to_owned());
    let kpi = word("kpi").unwrap_or_default();
    let mut store = desk.store()?;
    let actor = desk.opening.actor.clone();
    let scored = store.scored(at).map_err(Stop::no_hit)?;
    let line = scored.lines.iter().find(|line| is_called(line, &kpi)).ok_or_else(|| {
        let known = scored.lines.iter().map(|line| line.word.as_str()).collect::<Vec<_>>().join(", ");
        let says = if scored.lines.is_empty() { NO_ROWS } else { NO_SUCH_ROW };
        Stop::Refused(Refusal::Rule(
            Sentence::from(says).with("code", &scored.code).with("kpi", &kpi).with("known", known),
        ))
    })?;
    let mut fields = value_fields(line, &word("value").unwrap_or_default())?;
    fields.extend(override_fields(word("override").as_deref(), word("reason"))?);
    let is_blank = fields.iter().any(|(key, value)| *key == "status" && value != &measured());
    if !is_blank {
        fields.push(("rater", Value::Text(word("rater").unwrap_or(actor))));
    }
    for key in ["evidence", "note"] {
        fields.extend(
            word(key).map(|text| (key, if text.is_empty() { Value::Null } else { Value::Text(text) })),
        );
    }
    let mut txn = store.begin(Act::Edit)?;
    collect(&mut txn, at)?;
    txn.update(line.row, &edits(&fields), None, None)?;
    let saved = txn.commit()?;
    let after = store.scored(at)?;
    if desk.out.is_json() {
        let record = store.record(at)?;
        desk.out.json(&records::shown_json(&store, &record)?)?;
    } else {
        print(desk, &words::score(&after))?;
    }
    records::tell_doubts(desk, saved);
    Ok(Exit::Done)
}

/// A planned review that is scored is being collected.
fn collect(txn: &mut Txn<'_>, at: Ref) -> Result<(), Refusal> {
    let record = txn.record(at)?;
    if record.get("state").as_key() != ReviewState::Planned.key() {
        return Ok(());
    }
    let Some(field) = Kind::Review.table().field("state") else { return Ok(()) };
    let new = Value::Choice(ReviewState::Collecting.choice());
    let edit = Edit { field, seen: None, new: crate::entity::input::Entered::Value(new) };
    txn.update(at, &[edit], None, None).map(drop)
}

fn is_called(line: &Line, word: &str) -> bool {
    line.word.eq_ignore_ascii_case(word) || crate::register::coded(Kind::Kpi, word) == Some(line.kpi)
}

fn measured() -> Value {
    Value::Choice(RowStatus::Measured.choice())
}

/// The fields of a row that hold a value as it is typed.
fn value_fields(line: &Line, typed: &str) -> Result<Vec<(&'static str, Value)>, Stop> {
    let blank = |status: RowStatus| {
        vec![
            ("status", Value::Choice(status.choice())),
            ("raw", Value::Null),
            ("mean", Value::Null),
            ("rating", Value::Null),
            ("override_points", Value::Null),
            ("override_reason", Value::Null),
        ]
    };
    match typed {
        NA => return Ok(blank(RowStatus::NotApplicable)),
        NOT_MEASURED => return Ok(blank(RowStatus::NotMeasured)),
        _ => {}
    }
    let measure = line.criterion.rule.as_ref().map_or(KpiMeasure::Qual, |rule| rule.measure);
    let value = match measure {
        KpiMeasure::Quant => typed.parse::<Decimal4>().ok().map(|raw| ("raw", Value::Decimal(raw))),
        KpiMeasure::Qual => {
            let rating = typed.parse::<i64>().ok().filter(|rating| (0..=5).contains(rating));
            rating.map(|rating| ("rating", Value::Int(rating)))
        }
    };
    let says = if measure == KpiMeasure::Quant { NO_NUMBER } else { NO_RATING };
    let problem = || {
        let sentence = Sentence::from(says)
            .with("value", typed)
            .with_sentence("kpi", line.name.clone())
            .with("unit", &line.unit);
        Stop::Refused(Refusal::Invalid(vec![Problem::new("value", sentence)]))
    };
    Ok(vec![("status", measured()), value.ok_or_else(problem)?])
}

/// The fields of an override as it is typed.
fn override_fields(typed: Option<&str>, reason: Option<String>) -> Result<Vec<(&'static str, Value)>, Stop> {
    let reason = reason.map(Value::Text);
    match typed {
        None => match reason {
            Some(_) => Err(Stop::Usage(REASON_ALONE.into())),
            None => Ok(Vec::new()),
        },
        Some(NO_OVERRIDE) => Ok(vec![("override_points", Value::Null), ("override_reason", Value::Null)]),
        Some(typed) => {
            let points: Score = typed.parse().map_err(|_| {
                let sentence = Sentence::from(NO_POINTS).with("value", typed);
                Stop::Refused(Refusal::Invalid(vec![Problem::new("override", sentence)]))
            })?;

            Ok(vec![
                ("override_points", Value::Points(points.hundredths())),
                ("override_reason", reason.unwrap_or(Value::Null)),
            ])
        }
    }
}

fn edits(fields: &[(&'static str, Value)]) -> Vec<Edit> {
    let table = Kind::ReviewRow.table();
    let edit = |(key, value): &(&'static str, Value)| {
        let new = crate::entity::input::Entered::Value(value.clone());
        Some(Edit { field: table.field(key)?, seen: None, new })
    };
    fields.iter().filter_map(edit).collect()
}

const NO_ROWS: Text =
    text("{code} has no criteria: give it a scorecard with rows.", "{code} 没有指标，请先选用考核表。");
const NO_SUCH_ROW: Text =
    text("{code} has no criterion “{kpi}”. It has: {known}.", "{code} 没有指标“{kpi}”。可用：{known}。");
const NO_NUMBER: Text = text(
    "“{value}” is no measured value of {kpi} ({unit}): a number such as 97.5, or na, or not_measured.",
    "“{value}”不是{kpi}（{unit}）的实测值：请填数字（如 97.5）、na 或 not_measured。",
);
const NO_RATING: Text = text(
    "“{value}” is no rating of {kpi}: 0 to 5, or na, or not_measured.",
    "“{value}”不是{kpi}的评级：请填 0 至 5、na 或 not_measured。",
);
const NO_POINTS: Text = text(
    "“{value}” are no points: 0 to 100 with at most two decimals, such as 92.5.",
    "“{value}”不是有效分数：0 至 100，最多两位小数，如 92.5。",
);
const REASON_ALONE: Text =
    text("--reason goes with --override POINTS.", "--reason 须与 --override 分数 同用。");
