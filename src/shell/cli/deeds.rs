//! `vendeck contract do CODE ACTION` and `vendeck contract actions CODE`: what one does with a contract,
//! and the same of reviews, where each has a verb too: `vendeck review share CODE`.

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use crate::domain::deed::Deed;
use crate::domain::list::ClosedList;
use crate::entity::input;
use crate::entity::{Kind, Meta, Problem, Ref};
use crate::register::{Act, Edit, code_of, deed};
use crate::shell::cli::Desk;
use crate::shell::cli::records::{all_read, code, given, print_saved, reason, whole_json};
use crate::shell::cli::stop::{Exit, Stop};
use crate::texts::{Sentence, Text, text};

/// `vendeck contract do CODE ACTION`.
pub(super) fn run(desk: &mut Desk, kind: Kind, matches: &ArgMatches) -> Result<Exit, Stop> {
    let word = matches.get_one::<String>("action").map(String::as_str).unwrap_or_default();
    let words = || of(kind).map(ClosedList::key).collect::<Vec<_>>().join(", ");
    let what = verb(kind, word.trim()).ok_or_else(|| {
        let says = Sentence::from(NO_DEED).with_word("kinds", kind.table().many);
        Stop::Usage(says.with("word", word).with("words", words()))
    })?;
    one(desk, kind, what, matches)
}

/// What can be done with records of a kind.
fn of(kind: Kind) -> impl Iterator<Item = Deed> {
    deed::subject(kind).into_iter().flat_map(Deed::of)
}

/// What a verb does with records of a kind, if it is one of these.
pub(super) fn verb(kind: Kind, word: &str) -> Option<Deed> {
    of(kind).find(|deed| deed.key() == word)
}

/// Does one thing with the record that is named.
pub(super) fn one(desk: &mut Desk, kind: Kind, what: Deed, matches: &ArgMatches) -> Result<Exit, Stop> {
    let at = code(kind, matches, "code")?;
    let mut store = desk.store()?;
    let reading = desk.reading(&store)?;
    let asked = deed::fields(what);
    let edits = all_read(given(kind.table(), matches).map(|(field, meta, typed)| {
        if !asked.iter().any(|(place, _)| *place == field) {
            return Err(Problem::new(meta.key, not_asked(what, meta)));
        }
        let new = input::read(meta, typed, &reading).map_err(|says| Problem::new(meta.key, says))?;
        Ok(Edit { field, seen: None, new })
    }))?;
    let mut txn = store.begin(Act::Edit)?;
    txn.deed(at, what, &edits, reason(matches))?;
    let saved = txn.commit()?;
    let made = |record: &Ref| *record != at && (record.kind == at.kind || record.kind == Kind::ExitCase);
    let beside = saved.records.iter().copied().find(made);
    let says = deed::done(&store.record(at)?, what, &saved.records, store.today());
    desk.say(&Sentence::from(DONE).with("code", code_of(at)).with_sentence("deed", says));
    let Some(beside) = beside else { return print_saved(desk, &store, at, saved) };
    if desk.out.is_json() {
        let mut whole = whole_json(&store, &store.record(at)?)?;
        let made = whole_json(&store, &store.record(beside)?)?;
        if let Json::Object(object) = &mut whole {
            object.insert("made".to_owned(), made);
        }
        desk.out.json(&whole)?;
        return Ok(Exit::Done);
    }
    let made = saved.clone();
    print_saved(desk, &store, at, made)?;
    print_saved(desk, &store, beside, crate::register::Saved { doubts: Vec::new(), ..saved })
}

/// `vendeck contract actions CODE`.
pub(super) fn list(desk: &mut Desk, kind: Kind, matches: &ArgMatches) -> Result<Exit, Stop> {
    let at = code(kind, matches, "code")?;
    let store = desk.store_to_read()?;
    let record = store.record(at).map_err(Stop::no_hit)?;
    let lang = desk.lang;
    let why = |what: Deed| store.why_not(&record, what);
    if desk.out.is_json() {
        let actions = of(kind).map(|what| {
            let asks = what.spec().asks.iter().map(|ask| json!({ "field": ask.field, "needed": ask.needed }));
            json!({
                "action": what.key(),
                "label": what.label().in_(lang),
                "possible": why(what).is_none(),
                "why_not": why(what).map(|why| why.in_(lang)),
                "asks": asks.collect::<Vec<Json>>(),
                "needs_reason": deed::needs_reason(&record, what),
            })
        });
        let actions: Vec<Json> = actions.collect();
        desk.out.json(&json!({ "code": record.code, "actions": actions }))?;
        return Ok(Exit::Done);
    }
    desk.out.line(&format!("{}  {}", record.code, record.label()))?;
    let rows: Vec<Vec<String>> = of(kind)
        .map(|what| {
            let says = why(what).map_or_else(|| POSSIBLE.in_(lang).to_owned(), |why| why.in_(lang));
            vec![format!("  {}", what.key()), what.label().in_(lang).to_owned(), says]
        })
        .collect();
    desk.out.rows(&rows)?;
    Ok(Exit::Done)
}

/// Says that a deed does not ask for a field, and for which it does.
fn not_asked(what: Deed, meta: &Meta) -> Sentence {
    let asks = what.spec().asks.iter().map(|ask| ask.field).collect::<Vec<_>>().join(", ");
    let says = if asks.is_empty() { ASKS_NOTHING } else { ASKS };
    let says = Sentence::from(says).with("action", what.key()).with("field", meta.key);
    if asks.is_empty() { says } else { says.with("asks", asks) }
}

const POSSIBLE: Text = text("possible", "可办理");
const DONE: Text = text("{code}: {deed}.", "{code}：{deed}。");
const NO_DEED: Text = text(
    "There is no action “{word}” of {kinds}; there are: {words}.",
    "{kinds}没有操作“{word}”；可用：{words}。",
);
const ASKS: Text = text(
    "{action} does not ask for {field}; it asks for: {asks}.",
    "{action} 不需要 {field}；可填：{asks}。",
);
const ASKS_NOTHING: Text = text(
    "{action} does not ask for {field}; it takes a reason only.",
    "{action} 不需要 {field}；只可填理由。",
);
