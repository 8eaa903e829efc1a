//! `vendeck contract clauses CODE` and `vendeck contract levels CODE`: what stands in a contract, and what
//! its service levels came to.

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use crate::domain::clause::{Gap, Verdict};
use crate::domain::list::ClosedList;
use crate::domain::service_level;
use crate::entity::{Kind, Value, show};
use crate::register::clauses::{Line, word};
use crate::register::code_of;
use crate::register::service_level::{Level, MeasuredPeriod};
use crate::shell::cli::stop::{Exit, Stop};
use crate::shell::cli::{Desk, records};
use crate::texts::{Lang, Text, text};

/// `vendeck contract clauses CODE`.
pub(super) fn clauses(desk: &mut Desk, kind: Kind, matches: &ArgMatches) -> Result<Exit, Stop> {
    let at = records::code(kind, matches, "code")?;
    let list = desk.store_to_read()?.checklist(at).map_err(Stop::no_hit)?;
    let lang = desk.lang;
    if desk.out.is_json() {
        let lines: Vec<Json> = list.lines.iter().map(|line| clause_json(line, lang)).collect();
        let findings = list.gaps().into_iter().map(|(gap, line, says)| {
            let severity = if gap == Gap::Error { "error" } else { "warning" };
            json!({ "clause": line.about.key(), "severity": severity, "sentence": says.in_(lang) })
        });
        let findings: Vec<Json> = findings.collect();
        let criticality = list.stake.as_ref().map(|stake| stake.criticality);
        let whole =
            json!({ "code": list.code, "criticality": criticality, "clauses": lines, "findings": findings });
        desk.out.json(&whole)?;
        return Ok(Exit::Done);
    }
    desk.out.line(&format!("{}  {}", list.code, list.name))?;
    let rows: Vec<Vec<String>> = list
        .lines
        .iter()
        .map(|line| {
            let held =
                |key: &str| line.found.as_ref().map_or(String::new(), |r| r.get(key).as_text().to_owned());
            vec![
                format!("  {:>2}", line.about.number()),
                line.about.key().to_owned(),
                line.about.label().in_(lang).to_owned(),
                word(line.verdict).in_(lang).to_owned(),
                held("article"),
                held("risk_note"),
            ]
        })
        .collect();
    desk.out.rows(&rows)?;
    for (_, _, says) in list.gaps() {
        desk.out.line(&format!("  {}", says.in_(lang)))?;
    }
    Ok(Exit::Done)
}

fn clause_json(line: &Line, lang: Lang) -> Json {
    let held = |key: &str| line.found.as_ref().map_or(Json::Null, |record| show::to_json(record.get(key)));
    json!({
        "number": line.about.number(),
        "clause": line.about.key(),
        "label": line.about.label().in_(lang),
        "critical": line.about.is_critical(),
        "found": held("state"),
        "expected": line.verdict != Verdict::Unexpected,
        "article": held("article"),
        "excerpt": held("excerpt"),
        "risk_note": held("risk_note"),
        "code": line.found.as_ref().map(|record| record.code.clone()),
    })
}

/// `vendeck contract levels CODE`.
pub(super) fn levels(desk: &mut Desk, kind: Kind, matches: &ArgMatches) -> Result<Exit, Stop> {
    let at = records::code(kind, matches, "code")?;
    let all = desk.store_to_read()?.service_levels(at).map_err(Stop::no_hit)?;
    let lang = desk.lang;
    let money = |money| show::to_json(&Value::Money(money));
    if desk.out.is_json() {
        let levels: Vec<Json> = all.lines.iter().map(level_json).collect();
        let credits = all.credits.iter().map(|line| {
            json!({
                "period": line.period.to_string(),
                "sum": money(line.credit.sum),
                "cap": money(line.credit.cap),
                "due": money(line.credit.due),
                "misses": line.misses.0,
                "claimed": line.misses.1,
            })
        });
        let credits: Vec<Json> = credits.collect();
        desk.out.json(&json!({ "code": all.code, "service_levels": levels, "credits": credits }))?;
        return Ok(Exit::Done);
    }
    desk.out.line(&format!("{}  {}", all.code, all.name))?;
    let rows: Vec<Vec<String>> = all.lines.iter().map(|level| level_row(level, lang)).collect();
    desk.out.rows(&rows)?;
    if !all.credits.is_empty() {
        desk.out.line(CREDITS.in_(lang))?;
    }
    let words = |money| show::full(&Value::Money(money), lang);
    let rows: Vec<Vec<String>> = all
        .credits
        .iter()
        .map(|line| {
            let due = text("due {due} of {sum}, cap {cap}", "应抵扣 {due}，合计 {sum}，上限 {cap}");
            let (due_, sum, cap) = (words(line.credit.due), words(line.credit.sum), words(line.credit.cap));
            let claimed = text("claimed {n} of {all}", "已主张 {n}/{all}");
            vec![
                format!("  {}", line.period),
                due.fill(lang, &[("due", &due_), ("sum", &sum), ("cap", &cap)]),
                claimed.fill(lang, &[("n", &line.misses.1.to_string()), ("all", &line.misses.0.to_string())]),
            ]
        })
        .collect();
    desk.out.rows(&rows)?;
    Ok(Exit::Done)
}

fn level_row(level: &Level, lang: Lang) -> Vec<String> {
    let record = &level.record;
    let plain = |key: &str| show::full(record.get(key), lang);
    let latest = level.periods.iter().rev().find(|period| period.value.is_some());
    let newest = latest.and_then(|period| Some(format!("{} {}", period.period, period.value?)));
    let outcome = level.periods.last().map_or("", |period| period.judged.outcome.label().in_(lang));
    vec![
        format!("  {}", record.code),
        record.label(),
        format!("{} {} {}", plain("aim"), plain("target"), record.get("unit").as_text()).trim().to_owned(),
        newest.unwrap_or_default(),
        outcome.to_owned(),
    ]
}

fn level_json(level: &Level) -> Json {
    let record = &level.record;
    let outcomes: Vec<_> = level.periods.iter().map(|period| period.judged.outcome).collect();
    let periods: Vec<Json> = level.periods.iter().map(period_json).collect();
    json!({
        "code": record.code,
        "metric": record.label(),
        "unit": show::to_json(record.get("unit")),
        "aim": record.get("aim").as_key(),
        "target": show::to_json(record.get("target")),
        "attained_bp": service_level::attainment_bp(&outcomes),
        "change": level.change().map(|change| change.to_string()),
        "next_period": level.next.map(|period| period.to_string()),
        "periods": periods,
    })
}

fn period_json(measured: &MeasuredPeriod) -> Json {
    json!({
        "code": code_of(measured.at),
        "period": measured.period.to_string(),
        "value": measured.value.map(|value| value.to_string()),
        "outcome": measured.judged.outcome.key(),
        "repeat": measured.judged.is_repeat,
        "credit": measured.judged.credit.map(|credit| show::to_json(&Value::Money(credit))),
        "claimed_on": measured.claimed_on.map(|day| day.to_string()),
    })
}

const CREDITS: Text = text("Credits:", "抵扣：");
