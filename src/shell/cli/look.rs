//! Looking: `find`, `show` and `history`. Nothing here changes a record.

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use crate::domain::zone::Zone;
use crate::entity::Ref;
use crate::limits;
use crate::register::answer::role_key;
use crate::register::{Event, Found, KINDS, PUT_AWAY_NOTE, Refusal, Turn, UP_TO_NOW, ref_of};
use crate::shell::cli::stop::{Exit, Stop};
use crate::shell::cli::{Desk, card};
use crate::shell::clock;
use crate::store::Store;
use crate::texts::{Lang, Sentence, Text, text};

/// `vendeck find QUERY`.
pub(super) fn find(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    let store = desk.store_to_read()?;
    let found = store.find(&query(matches), KINDS)?;
    let lang = desk.lang;
    if desk.out.is_json() {
        desk.out.json_list(found.iter().map(|hit| Ok(hit_json(hit))))?;
    } else {
        // Hits speak for themselves; a line of headings would only push the first one down.
        desk.out.rows(&found.iter().map(|hit| hit_row(hit, lang)).collect::<Vec<_>>())?;
    }
    Ok(Exit::findings(found.is_empty()))
}

/// `vendeck show CODE|QUERY`.
pub(super) fn show(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    let store = desk.store_to_read()?;
    let asked = query(matches);
    let Some(at) = meant(&store, asked.trim())? else {
        return Err(Stop::NoHit(Sentence::from(NO_HIT).with("asked", asked)));
    };
    card::print(desk, &store, at)?;
    Ok(Exit::Done)
}

/// `vendeck history [CODE]`.
pub(super) fn history(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    let limit = matches.get_one::<usize>("limit").copied();
    let store = desk.store_to_read()?;
    let today = desk.opening.today;
    let from = super::day(today, matches, "from")?;
    let mut events = match (from, matches.get_one::<String>("code")) {
        (Some(from), _) => {
            let zone = clock::zone();
            let to = super::day(today, matches, "to")?;
            let (first, last) = (from.min(to.unwrap_or(from)), to.map(|to| from.max(to)));
            let end = last.map_or_else(|| UP_TO_NOW.to_owned(), |last| zone.ends(last));
            store.between(&zone.ends(first), &end)?
        }
        (None, Some(word)) => {
            let at =
                ref_of(word.trim()).ok_or_else(|| Stop::Usage(Sentence::from(NO_CODE).with("word", word)))?;
            let events = store.history_of(at)?;
            if events.is_empty() {
                // A record without events is no record; this says so in the usual words.
                store.record(at)?;
            }
            events
        }
        (None, None) => store.history(limit.unwrap_or(limits::HISTORY_EVENTS))?,
    };
    events.truncate(limit.unwrap_or(usize::MAX));
    if desk.out.is_json() {
        desk.out.json_list(events.iter().map(|event| Ok(event_json(event))))?;
    } else {
        let (lang, zone) = (desk.lang, clock::zone());
        desk.out.rows(&events.iter().map(|event| event_row(event, &zone, lang)).collect::<Vec<_>>())?;
    }
    Ok(Exit::Done)
}

/// The word of JSON for whether an act was done, taken back or brought back.
pub(super) const fn turn_key(turn: Turn) -> &'static str {
    match turn {
        Turn::Done => "done",
        Turn::Undone => "undone",
        Turn::Redone => "redone",
    }
}

fn query(matches: &ArgMatches) -> String {
    let first = matches.get_one::<String>("query").into_iter();
    let more = matches.get_many::<String>("more").unwrap_or_default();
    first.chain(more).cloned().collect::<Vec<_>>().join(" ")
}

/// The record that a code names, else that of the best hit; a contact stands for its vendor.
fn meant(store: &Store, asked: &str) -> Result<Option<Ref>, Refusal> {
    if let Some(at) = ref_of(asked) {
        match store.record(at) {
            Ok(_) => return Ok(Some(at)),
            Err(Refusal::Missing(_)) => {}
            Err(other) => return Err(other),
        }
    }
    let best = store.find(asked, KINDS)?.into_iter().next();
    Ok(best.map(|hit| ref_of(&hit.code).unwrap_or(hit.at)))
}

fn hit_json(hit: &Found) -> Json {
    json!({
        "kind": hit.at.kind.table().word,
        "code": hit.code,
        "title": hit.title,
        "detail": hit.detail(Lang::En),
        "matched": { "field": role_key(hit.role), "text": hit.text },
    })
}

fn hit_row(hit: &Found, lang: Lang) -> Vec<String> {
    let mut title = hit.title.clone();
    if hit.archived {
        title = format!("{title} {}", PUT_AWAY_NOTE.in_(lang));
    }
    vec![hit.code.clone(), hit.at.kind.table().one.in_(lang).to_owned(), title, hit.detail(lang)]
}

fn event_json(event: &Event) -> Json {
    let fields = event.fields.iter();
    let fields: Vec<Json> = fields
        .map(|field| json!({ "field": field.key, "before": field.before, "after": field.after }))
        .collect();
    json!({
        "seq": event.seq,
        "change": event.change,
        "at": event.at,
        "user": event.actor,
        "act": event.act,
        "turn": turn_key(event.turn),
        "op": event.op,
        "kind": event.record.kind.table().word,
        "code": event.code,
        "label": event.label,
        "fields": fields,
        "reason": event.reason,
    })
}

fn event_row(event: &Event, zone: &Zone, lang: Lang) -> Vec<String> {
    let turn = event.turn.label().map_or("", |turn| turn.in_(lang));
    let reason = event.reason.as_ref().map(|reason| format!("  “{reason}”")).unwrap_or_default();
    vec![
        zone.civil(&event.at),
        event.actor.clone(),
        format!("{turn} {}", event.what().in_(lang)).trim_start().to_owned(),
        event.code.clone(),
        event.label.clone(),
        format!("{}{reason}", card::changes(event)),
    ]
}

const NO_HIT: Text = text("Nothing was found for “{asked}”.", "没有找到“{asked}”。");
const NO_CODE: Text = text(
    "“{word}” is no code; codes look like V-0001 or C-0012.",
    "“{word}”不是编号；编号形如 V-0001、C-0012。",
);
