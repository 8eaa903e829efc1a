//! `vendeck contract explain CODE`: how each date comes about; and those dates in JSON.

use clap::ArgMatches;
use serde_json::{Map, Value as Json, json};

use crate::domain::contract::{self, NoticePolicy};
use crate::domain::list::ClosedList;
use crate::entity::{Contract, Kind, Record, typed};
use crate::register::explain::explain;
use crate::shell::cli::stop::{Exit, Stop};
use crate::shell::cli::{Desk, records};

/// `vendeck contract explain CODE`.
pub(super) fn run(desk: &mut Desk, kind: Kind, matches: &ArgMatches) -> Result<Exit, Stop> {
    let at = records::code(kind, matches, "code")?;
    let store = desk.store_to_read()?;
    let record = store.record(at).map_err(Stop::no_hit)?;
    let lang = desk.lang;
    let explained = explain(&record, store.today()).unwrap_or_default();
    if desk.out.is_json() {
        let steps = explained.lines.iter().map(|line| {
            json!({ "date": line.key, "label": line.what.in_(lang), "day": line.value, "rule": line.how.in_(lang) })
        });
        let notes: Vec<String> = explained.notes.iter().map(|note| note.in_(lang)).collect();
        let steps: Vec<Json> = steps.collect();
        desk.out.json(&json!({ "code": record.code, "steps": steps, "notes": notes }))?;
        return Ok(Exit::Done);
    }
    desk.out.line(&format!("{}  {}", record.code, record.label()))?;
    let rows: Vec<Vec<String>> = explained
        .lines
        .iter()
        .map(|line| vec![format!("  {}", line.what.in_(lang)), line.value.clone(), line.how.in_(lang)])
        .collect();
    desk.out.rows(&rows)?;
    for note in &explained.notes {
        desk.out.line(&format!("  {}", note.in_(lang)))?;
    }
    Ok(Exit::Done)
}

/// The dates that the terms of a contract give, whatever became of it; `None` for other kinds. Its
/// badge is that of its state.
pub(super) fn dates(record: &Record, today: chrono::NaiveDate) -> Option<Json> {
    let contract = typed::<Contract>(&record.values).ok().filter(|_| record.at.kind == Kind::Contract)?;
    let (calendar, policy) = (contract.working_days(), NoticePolicy::default());
    let terms = contract.open_terms();
    let found = contract::dates(&terms, calendar, today, policy);
    let badge = contract::badge(&found, &contract.terms(), today);
    let mut dates = Map::new();
    let days = [
        ("boundary", found.boundary),
        ("last_day", found.last_day),
        ("cancel_by_calendar", found.cancel_by_calendar),
        ("cancel_by", found.cancel_by),
        ("send_by", found.send_by),
        ("decide_by", found.decide_by),
        ("warn_on", found.warn_on),
        ("earliest_end", found.earliest_end),
    ];
    dates.extend(days.map(|(key, day)| (key.to_owned(), json!(day.map(|day| day.to_string())))));
    dates.insert("term_index".to_owned(), json!(found.term_index));
    dates.insert("badge".to_owned(), json!(badge.map(ClosedList::key)));
    Some(Json::Object(dates))
}
