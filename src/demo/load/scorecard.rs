//! Expands a compact scorecard into reviews and their rows, a review per period.
//!
//! All scorecards are expanded first and numbered by the end of their period, as a register that
//! grew over the years would be. This module must never score: it hands on ratings and figures.

use chrono::Days;
use serde::Deserialize;
use toml::{Table, Value};

use super::{DemoError, Loader, bad};
use crate::demo::when::{Period, Unit};

/// How many days after the end of its period a review is due, unless the scorecard says otherwise.
const DUE_AFTER: Days = Days::new(20);

/// The reviews of one vendor by one template, oldest first in `rows`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scorecard {
    vendor: String,
    contract: Option<String>,
    template: String,
    earlier: Option<Earlier>,
    until: String,
    /// When the newest review is due; the others are due [`DUE_AFTER`] the end of their period.
    due: Option<String>,
    owner: String,
    states: Vec<String>,
    rows: Vec<Vec<Value>>,
    #[serde(default)]
    remarks: Vec<Remark>,
    #[serde(default)]
    notes: Vec<RowRemark>,
}

/// The template of the oldest periods.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Earlier {
    template: String,
    periods: usize,
}

/// What was said about a whole review; `at` counts back from the newest, which is 0.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Remark {
    at: i32,
    summary: Option<String>,
    response: Option<String>,
    response_by: Option<String>,
    response_on: Option<String>,
    response_text: Option<String>,
}

/// What was said about one row of a review.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RowRemark {
    at: i32,
    kpi: String,
    note: Option<String>,
    evidence: Option<String>,
    rater: Option<String>,
    override_points: Option<String>,
    override_reason: Option<String>,
}

/// A review ready to be numbered.
struct Expanded {
    order: (chrono::NaiveDate, Unit, String),
    fields: Vec<(&'static str, String)>,
    rows: Vec<Vec<(&'static str, String)>>,
}

/// Takes all scorecards into the loader, the oldest period first.
pub(super) fn take(loader: &mut Loader, records: Option<Vec<Table>>) -> Result<(), DemoError> {
    let mut reviews = Vec::new();
    for record in records.unwrap_or_default() {
        let at = record.get("vendor").and_then(Value::as_str).unwrap_or("scorecard").to_owned();
        let card: Scorecard =
            record.try_into().map_err(|error| DemoError::Syntax { file: "scorecards.toml", error })?;
        expand(loader, &card, &at, &mut reviews)?;
    }
    reviews.sort_by(|a, b| a.order.cmp(&b.order));
    for review in reviews {
        let code = loader.next_code("review", "PR");
        loader.push("review", code.clone(), review.fields)?;
        for mut fields in review.rows {
            fields.insert(0, ("review", code.clone()));
            let own = loader.next_code("review_row", "RR");
            loader.push("review_row", own, fields)?;
        }
    }
    Ok(())
}

fn expand(loader: &Loader, card: &Scorecard, at: &str, out: &mut Vec<Expanded>) -> Result<(), DemoError> {
    let newest = Period::parse(&card.until, loader.today).ok_or_else(|| bad(at, "until"))?;
    if card.states.len() > card.rows.len() {
        return Err(bad(at, "states"));
    }
    let oldest = 1 - i32::try_from(card.rows.len()).map_err(|_| bad(at, "rows"))?;
    let said_at = card.remarks.iter().map(|remark| remark.at).chain(card.notes.iter().map(|note| note.at));
    if said_at.into_iter().any(|said| !(oldest..=0).contains(&said)) {
        return Err(bad(at, "at"));
    }
    for (nth, points) in card.rows.iter().enumerate() {
        let behind = card.rows.len() - 1 - nth;
        let back = -i32::try_from(behind).map_err(|_| bad(at, "rows"))?;
        let period = newest.plus(back).ok_or_else(|| bad(at, "until"))?;
        let template = match &card.earlier {
            Some(earlier) if nth < earlier.periods => &earlier.template,
            _ => &card.template,
        };
        // The states are those of the newest periods; all before them are locked.
        let state = (card.states.len().checked_sub(1 + behind)).and_then(|place| card.states.get(place));
        let state = state.map_or("locked", String::as_str);
        out.push(Expanded {
            order: (period.last().ok_or_else(|| bad(at, "until"))?, period.unit, card.vendor.clone()),
            fields: head(loader, card, (template, state), period, back)?,
            rows: rows(loader, card, template, points, back)?,
        });
    }
    Ok(())
}

/// The fields of the review itself; `back` is 0 for the newest period and falls.
fn head(
    loader: &Loader,
    card: &Scorecard,
    (template, state): (&String, &str),
    period: Period,
    back: i32,
) -> Result<Vec<(&'static str, String)>, DemoError> {
    let at = &card.vendor;
    loader.linked("vendor", at, "vendor", at)?;
    loader.linked("template", at, "template", template)?;
    let mut fields = vec![("vendor", card.vendor.clone())];
    if let Some(contract) = &card.contract {
        loader.linked("contract", at, "contract", contract)?;
        fields.push(("contract", contract.clone()));
    }
    fields.push(("template", template.clone()));
    fields.push(("period", period.word()));
    fields.push(("state", state.to_owned()));
    fields.push(("owner", card.owner.clone()));
    let due = match &card.due {
        Some(text) if back == 0 => loader.day(at, "due", text)?,
        _ => {
            let due = period.last().and_then(|last| last.checked_add_days(DUE_AFTER));
            due.ok_or_else(|| bad(at, "until"))?.format("%Y-%m-%d").to_string()
        }
    };
    fields.push(("due_on", due));
    if let Some(remark) = card.remarks.iter().find(|remark| remark.at == back) {
        let on = remark.response_on.as_ref().map(|text| loader.day(at, "response_on", text)).transpose()?;
        put(&mut fields, "response", remark.response.clone());
        put(&mut fields, "response_by", remark.response_by.clone());
        put(&mut fields, "response_on", on);
        put(&mut fields, "response_text", remark.response_text.clone());
        put(&mut fields, "summary", remark.summary.clone());
    }
    Ok(fields)
}

/// A row for each row of the template, in its order and with its weight.
fn rows(
    loader: &Loader,
    card: &Scorecard,
    template: &str,
    points: &[Value],
    back: i32,
) -> Result<Vec<Vec<(&'static str, String)>>, DemoError> {
    let of_template = loader
        .entries
        .iter()
        .filter(|entry| entry.kind == "template_row" && entry.get("template") == Some(template))
        .filter_map(|entry| Some((entry.get("kpi")?, entry.get("weight")?)));
    let of_template: Vec<_> = of_template.collect();
    if !points.is_empty() && points.len() != of_template.len() {
        return Err(bad(&card.vendor, "rows"));
    }
    let stray = |note: &&RowRemark| note.at == back && !of_template.iter().any(|(kpi, _)| *kpi == note.kpi);
    if card.notes.iter().find(stray).is_some() {
        return Err(bad(&card.vendor, "notes"));
    }
    let unmeasured = Value::String("?".to_owned());
    let mut out = Vec::with_capacity(of_template.len());
    for (nth, (kpi, weight)) in of_template.into_iter().enumerate() {
        let mut fields = vec![("kpi", kpi.to_owned()), ("weight", weight.to_owned())];
        let measure = loader.linked("kpi", &card.vendor, "rows", kpi)?.get("measure");
        let point = point(measure, points.get(nth).unwrap_or(&unmeasured));
        fields.extend(point.ok_or_else(|| bad(&card.vendor, "rows"))?);
        let note = card.notes.iter().find(|note| note.at == back && note.kpi == kpi);
        put(&mut fields, "override_points", note.and_then(|note| note.override_points.clone()));
        put(&mut fields, "override_reason", note.and_then(|note| note.override_reason.clone()));
        if fields.iter().any(|(key, words)| *key == "status" && words == "measured") {
            let rater = note.and_then(|note| note.rater.clone());
            put(&mut fields, "rater", Some(rater.unwrap_or_else(|| card.owner.clone())));
        }
        put(&mut fields, "evidence", note.and_then(|note| note.evidence.clone()));
        put(&mut fields, "note", note.and_then(|note| note.note.clone()));
        out.push(fields);
    }
    Ok(out)
}

/// The status of a row, with its rating or its raw figure; `None` when it does not fit the KPI.
fn point(measure: Option<&str>, value: &Value) -> Option<Vec<(&'static str, String)>> {
    let status = |word: &str| ("status", word.to_owned());
    match (measure?, value) {
        (_, Value::String(text)) if text == "?" => Some(vec![status("not_measured")]),
        (_, Value::String(text)) if text == "na" => Some(vec![status("not_applicable")]),
        ("quant", Value::String(raw)) => Some(vec![status("measured"), ("raw", raw.clone())]),
        ("qual", Value::Integer(rating @ 0..=5)) => {
            Some(vec![status("measured"), ("rating", rating.to_string())])
        }
        _ => None,
    }
}

fn put(fields: &mut Vec<(&'static str, String)>, key: &'static str, words: Option<String>) {
    if let Some(words) = words {
        fields.push((key, words));
    }
}
