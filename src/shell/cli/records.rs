//! `vendeck KIND list | show | add | edit | archive | unarchive`, the same for every kind.
//!
//! Values are read, checked and written by the code the screens use; nothing here knows a kind.

use std::collections::BTreeSet;

use clap::ArgMatches;
use serde_json::{Map, Value as Json, json};

use crate::app::view::View;
use crate::entity::filter::{self, Asked};
use crate::entity::input::{self, Reading};
use crate::entity::words::{self, Sign, holds_several};
use crate::entity::{Column, Kind, Meta, Order, Problem, Record, Ref, Table, Value, show};
use crate::register::explain::DATES;
use crate::register::{
    Act, Anchor, Bulk, Does, Edit, New, PUT_AWAY_NOTE, Query, Refusal, Saved, Shelf, Shelves, Unfit, coded,
};
use crate::shell::cli::args::{field_id, scopes};
use crate::shell::cli::output::Head;
use crate::shell::cli::stop::{Exit, Stop};
use crate::shell::cli::{
    Desk, card, deeds, explain, meeting, money, propose, rankings, reviews, templates, timeline, under,
};
use crate::shell::{paths, views};
use crate::store::Store;
use crate::texts::{Sentence, Text, text};

/// Rows whose day has passed that are brought up to date before a list is ordered by them.
const STALE_ROWS: usize = 2_000;

/// Runs a command of the kind `word`.
pub(super) fn run(desk: &mut Desk, word: &str, matches: &ArgMatches) -> Result<Exit, Stop> {
    let Some(kind) = Kind::from_word(word) else {
        return Err(Stop::Usage(Sentence::from(NO_COMMAND).with("word", word)));
    };
    let Some((verb, of)) = matches.subcommand() else {
        return Err(Stop::Usage(Sentence::from(NO_COMMAND).with("word", word)));
    };
    if let Some(deed) = deeds::verb(kind, verb) {
        return deeds::one(desk, kind, deed, of);
    }
    match verb {
        "list" => list(desk, kind, of),
        "show" => show_one(desk, kind, of),
        "explain" if kind == Kind::Review => reviews::explain(desk, of),
        "bridge" => reviews::bridge(desk, of),
        "score" => reviews::score(desk, of),
        "revise" => templates::revise(desk, of),
        "adopt" => templates::adopt(desk, of),
        "built-in" => templates::built_in(desk),
        "compare" => rankings::compare(desk, of),
        "rank" => rankings::rank(desk, of),
        "explain" => explain::run(desk, kind, of),
        "clauses" => under::clauses(desk, kind, of),
        "open" => propose::open(desk, of),
        "fill" => propose::fill(desk, kind, of),
        "decide" => propose::decide(desk, kind, of),
        "levels" => under::levels(desk, kind, of),
        "money" => money::run(desk, kind, of),
        "minutes" => meeting::write_minutes(desk, kind, of),
        "do" => deeds::run(desk, kind, of),
        "actions" => deeds::list(desk, kind, of),
        "add" => add(desk, kind, of),
        "edit" => edit(desk, kind, of),
        "archive" => shelve(desk, kind, of, Shelf::Archive),
        _ => shelve(desk, kind, of, Shelf::Open),
    }
}

/// The record in JSON, in the words of the command line: `kind`, `code`, `version`, `archived`,
/// the fields, the derived columns. A field of the kind that has one of these names keeps it.
pub(super) fn to_json(record: &Record) -> Map<String, Json> {
    let table = record.table();
    let mut object = Map::new();
    object.insert("kind".to_owned(), json!(table.word));
    object.insert("code".to_owned(), json!(record.code));
    object.insert("version".to_owned(), json!(record.version));
    object.insert("archived".to_owned(), json!(record.archived_at.is_some()));
    for (meta, value) in table.fields.iter().zip(&record.values).filter(|(meta, _)| !meta.hidden) {
        // A list without words is a list, so that programs need not ask what it is.
        let empty = value.is_null() && holds_several(meta.shape);
        object.insert(meta.key.to_owned(), if empty { json!([]) } else { show::to_json(value) });
    }
    for (derived, value) in table.derived.iter().zip(&record.derived) {
        object.insert(derived.key.to_owned(), show::to_json(value));
    }
    object
}

/// The record in JSON with the records that belong to it, such as the contacts of a vendor.
pub(super) fn whole_json(store: &Store, record: &Record) -> Result<Json, Refusal> {
    let mut object = to_json(record);
    object.extend(explain::dates(record, store.today()).map(|dates| (DATES.to_owned(), dates)));
    for (kind, field) in record.at.kind.children() {
        let children = store.related(record.at, kind, field, usize::MAX)?;
        let rows = children.rows.iter().map(|child| Json::Object(to_json(child)));
        object.insert(kind.table().plural.to_owned(), rows.collect());
    }
    Ok(Json::Object(object))
}

/// The record in JSON as `show` tells it: a review with its score too, which follows from its rows and is no
/// column of an export.
pub(super) fn shown_json(store: &Store, record: &Record) -> Result<Json, Refusal> {
    let mut json = whole_json(store, record)?;
    if let (Kind::Review, Some(object)) = (record.at.kind, json.as_object_mut()) {
        object.extend(reviews::parts(&store.scored(record.at)?));
    }
    Ok(json)
}

/// The record a code of this kind means.
pub(super) fn code(kind: Kind, matches: &ArgMatches, id: &str) -> Result<Ref, Stop> {
    read_code(kind, matches.get_one::<String>(id).map(String::as_str).unwrap_or_default())
}

fn read_code(kind: Kind, word: &str) -> Result<Ref, Stop> {
    let word = word.trim();
    coded(kind, word).ok_or_else(|| {
        let sentence = Sentence::from(NO_CODE).with("word", word).with_word("kind", kind.table().one);
        Stop::Usage(sentence.with("prefix", kind.table().prefix))
    })
}

/// The records that several codes mean, each once.
pub(super) fn codes(kind: Kind, matches: &ArgMatches) -> Result<Vec<Ref>, Stop> {
    let mut found = Vec::new();
    for word in matches.get_many::<String>("code").into_iter().flatten() {
        let at = read_code(kind, word)?;
        if !found.contains(&at) {
            found.push(at);
        }
    }
    Ok(found)
}

fn list(desk: &mut Desk, kind: Kind, matches: &ArgMatches) -> Result<Exit, Stop> {
    let table = kind.table();
    let view = view(desk, kind, matches)?;
    let order = order(table, &view, matches)?;
    let given = scopes(table).into_iter().filter(|(key, _)| matches.contains_id(key));
    let given = given.map(|(key, linked)| code(linked, matches, key)).collect::<Result<Vec<_>, _>>()?;
    let archived = matches.get_flag("archived");
    let mut store = desk.store_to_read()?;
    let query = Query {
        kind,
        scope: None,
        filter: filter(table, &view, matches, &desk.reading(&store)?)?,
        order: order.first,
        then: order.then,
        extra: Vec::new(),
        shelf: if archived { Shelves::Archived } else { Shelves::Open },
        anchor: Anchor::First,
        reach: (0, 0),
    };
    let is_derived = |column: &Column| matches!(column, Column::Derived(_));
    let keys = std::iter::once(order.first).chain(order.then);
    let mut columns =
        query.filter.wheres.iter().map(|asked| asked.column).chain(keys.map(|(column, _)| column));
    if columns.any(|column| is_derived(&column)) && store.is_writable() {
        store.refresh_stale(STALE_ROWS)?;
    }
    let ids = narrowed(&store, &query, &given, matches.get_one::<usize>("limit").copied())?;
    let records = ids.into_iter().map(|id| store.record(Ref { kind, id }));
    if desk.out.is_json() {
        let lang = desk.lang;
        desk.out.json_list(records.map(|record| {
            let record = record?;
            let mut json = whole_json(&store, &record)?;
            let outlook = timeline::json(&record, store.today(), lang).filter(|_| view.timeline);
            if let (Some(outlook), Some(object)) = (outlook, json.as_object_mut()) {
                object.insert(timeline::TIMELINE.to_owned(), outlook);
            }
            Ok(json)
        }))?;
        return Ok(Exit::Done);
    }
    let records = records.collect::<Result<Vec<_>, _>>()?;
    if view.timeline {
        timeline::print(desk, &store, table, &records)?;
        return Ok(Exit::Done);
    }
    let chosen: Vec<Column> = view.columns.shown.iter().map(|shown| shown.column).collect();
    print_list(desk, table, if chosen.is_empty() { &table.columns } else { &chosen }, &records)?;
    Ok(Exit::Done)
}

/// The view that `--view` names, else one of the whole list.
fn view(desk: &Desk, kind: Kind, matches: &ArgMatches) -> Result<View, Stop> {
    let Some(name) = matches.get_one::<String>("view") else { return Ok(View::default()) };
    let views = views::read(paths::views().as_deref()).map_err(Stop::Usage)?;
    views.named(kind, name.trim(), desk.lang).ok_or_else(|| {
        let names: Vec<String> = views.of(kind, desk.lang).into_iter().map(|view| view.name).collect();
        let sentence = Sentence::from(NO_VIEW).with("name", name).with_word("kinds", kind.table().many);
        Stop::Usage(sentence.with("names", names.join(", ")))
    })
}

/// What view and `--filter` ask: all of it, or nothing is listed.
fn filter(
    table: &'static Table,
    view: &View,
    matches: &ArgMatches,
    reading: &Reading,
) -> Result<Asked, Stop> {
    let typed = matches.get_one::<String>("filter").map(String::as_str).unwrap_or_default();
    let filter = filter::read(table, &format!("{} {typed}", view.filter), reading);
    match filter.problem(table) {
        Some(says) => Err(Stop::Usage(Sentence::from(ILL_FILTER).with_sentence("says", says))),
        None => Ok(filter.asked()),
    }
}

/// The numbers of a list's records that belong to every one of `scopes`, at most `limit`.
fn narrowed(store: &Store, query: &Query, scopes: &[Ref], limit: Option<usize>) -> Result<Vec<i64>, Refusal> {
    let within = |scope: &Ref| Query { scope: Some(*scope), ..query.clone() };
    let Some((first, others)) = scopes.split_first() else { return store.list(query, limit) };
    let mut ids = store.list(&within(first), limit.filter(|_| others.is_empty()))?;
    for scope in others {
        let held: BTreeSet<i64> = store.list(&within(scope), None)?.into_iter().collect();
        ids.retain(|id| held.contains(id));
    }
    ids.truncate(limit.unwrap_or(usize::MAX));
    Ok(ids)
}

/// The rows of a list as an aligned table: code, then the columns.
pub(super) fn print_list(
    desk: &mut Desk,
    table: &'static Table,
    columns: &[Column],
    records: &[Record],
) -> Result<(), Stop> {
    let lang = desk.lang;
    let mut heads = vec![Head::left(CODE.in_(lang))];
    heads.extend(columns.iter().map(|column| {
        let head = table.head(*column);
        Head { title: head.label.in_(lang).to_owned(), align: head.shape.align() }
    }));
    let row = |record: &Record| {
        let cells = columns.iter().map(|column| record.cell(*column).map(|cell| show::short(cell, lang)));
        std::iter::once(record.code.clone()).chain(cells.map(Option::unwrap_or_default)).collect::<Vec<_>>()
    };
    let rows: Vec<Vec<String>> = records.iter().map(row).collect();
    desk.out.table(&heads, &rows)
}

fn order(table: &'static Table, view: &View, matches: &ArgMatches) -> Result<Order, Stop> {
    match matches.get_one::<String>("sort") {
        None => Ok(view.order.unwrap_or(Order::of(table))),
        Some(typed) => Order::read(table, typed).map_err(Stop::Usage),
    }
}

fn show_one(desk: &mut Desk, kind: Kind, matches: &ArgMatches) -> Result<Exit, Stop> {
    let at = code(kind, matches, "code")?;
    let store = desk.store_to_read()?;
    match card::print(desk, &store, at) {
        Err(Stop::Refused(Refusal::Missing(sentence))) => Err(Stop::NoHit(sentence)),
        other => other.map(|()| Exit::Done),
    }
}

fn add(desk: &mut Desk, kind: Kind, matches: &ArgMatches) -> Result<Exit, Stop> {
    let mut store = desk.store()?;
    let reading = desk.reading(&store)?;
    let fields = all_read(given(kind.table(), matches).map(|(at, meta, typed)| {
        let entered = input::read(meta, &without_sign(meta, typed), &reading);
        Ok((at, entered.map_err(|says| Problem::new(meta.key, says))?))
    }))?;
    let mut txn = store.begin(Act::Add)?;
    let at = txn.add(kind, &fields, reason(matches))?;
    let saved = txn.commit()?;
    print_saved(desk, &store, at, saved)
}

fn edit(desk: &mut Desk, kind: Kind, matches: &ArgMatches) -> Result<Exit, Stop> {
    let codes = codes(kind, matches)?;
    let given: Vec<_> = given(kind.table(), matches).collect();
    if given.is_empty() {
        return Err(Stop::Usage(NOTHING_GIVEN.into()));
    }
    let mut store = desk.store()?;
    let reading = desk.reading(&store)?;
    let [at] = codes[..] else {
        if matches.contains_id("if-version") {
            return Err(Stop::Usage(ONE_VERSION.into()));
        }
        let fields = all_read(given.into_iter().map(|(field, meta, typed)| {
            let new = match words::changes(meta, typed) {
                Some(changes) => New::Words(changes),
                None => {
                    New::Value(input::read(meta, typed, &reading).map_err(|s| Problem::new(meta.key, s))?)
                }
            };
            Ok((field, new))
        }))?;
        let reason = reason(matches).map(str::to_owned);
        return all(desk, &mut store, kind, &codes, Does::Edit { fields, reason });
    };
    let mut txn = store.begin(Act::Edit)?;
    // Inside the act nobody else can change the record, so signs count from what it holds.
    let record = txn.record(at)?;
    let edits = all_read(given.into_iter().map(|(field, meta, typed)| {
        let old = record.values.get(field).unwrap_or(&Value::Null);
        let new = match words::changes(meta, typed) {
            Some(changes) => words::changed(meta, &changes, old, &reading),
            None => input::read(meta, typed, &reading),
        };
        let new = new.map_err(|says| Problem::new(meta.key, says))?;
        Ok(Edit { field, seen: None, new })
    }))?;
    txn.update(at, &edits, reason(matches), matches.get_one::<i64>("if-version").copied())?;
    let saved = txn.commit()?;
    print_saved(desk, &store, at, saved)
}

/// All of what was read, or all that is wrong with it.
pub(super) fn all_read<T>(read: impl Iterator<Item = Result<T, Problem>>) -> Result<Vec<T>, Refusal> {
    let (mut good, mut problems) = (Vec::new(), Vec::new());
    for one in read {
        match one {
            Ok(one) => good.push(one),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(good) } else { Err(Refusal::Invalid(problems)) }
}

/// Does the same to several records, as one change.
fn all(desk: &mut Desk, store: &mut Store, kind: Kind, codes: &[Ref], does: Does) -> Result<Exit, Stop> {
    let ids = codes.iter().map(|at| at.id).collect();
    let bulk = Bulk { kind, ids, shelf: None, does, unfit: Unfit::Refuse };
    let saved = store.bulk(&bulk, &mut |_| {})?;
    if desk.out.is_json() {
        let records = codes.iter().map(|at| store.record(*at));
        desk.out.json_list(records.map(|record| Ok(whole_json(store, &record?)?)))?;
    } else {
        for at in codes {
            print_line(desk, &store.record(*at)?)?;
        }
    }
    tell_doubts(desk, saved);
    Ok(Exit::Done)
}

/// Why, as given.
pub(super) fn reason(matches: &ArgMatches) -> Option<&str> {
    // Kinds without states have no such flag.
    let given = matches.try_get_one::<String>("reason").ok().flatten();
    given.map(|reason| reason.trim()).filter(|reason| !reason.is_empty())
}

fn shelve(desk: &mut Desk, kind: Kind, matches: &ArgMatches, to: Shelf) -> Result<Exit, Stop> {
    let codes = codes(kind, matches)?;
    let mut store = desk.store()?;
    let [at] = codes[..] else { return all(desk, &mut store, kind, &codes, Does::Shelve(to)) };
    let act = match to {
        Shelf::Archive => Act::Archive,
        Shelf::Open => Act::Unarchive,
    };
    let mut txn = store.begin(act)?;
    txn.shelve(at, to)?;
    let saved = txn.commit()?;
    print_saved(desk, &store, at, saved)
}

/// The record as it is after the commit; beside it, what of it wants a look.
pub(super) fn print_saved(desk: &mut Desk, store: &Store, at: Ref, saved: Saved) -> Result<Exit, Stop> {
    let record = store.record(at)?;
    if desk.out.is_json() {
        desk.out.json(&shown_json(store, &record)?)?;
    } else {
        print_line(desk, &record)?;
    }
    tell_doubts(desk, saved);
    Ok(Exit::Done)
}

fn print_line(desk: &mut Desk, record: &Record) -> Result<(), Stop> {
    let archived = if record.archived_at.is_some() { PUT_AWAY_NOTE.in_(desk.lang) } else { "" };
    desk.out.line(format!("{}  {}  {archived}", record.code, record.label()).trim_end())
}

pub(super) fn tell_doubts(desk: &Desk, saved: Saved) {
    for doubt in saved.doubts {
        desk.say(&Sentence::from(DOUBT).with("field", doubt.field).with_sentence("doubt", doubt.sentence));
    }
}

const DOUBT: Text = text("{field}: {doubt}", "{field}：{doubt}");

/// The fields that stand in the command line, with their words.
pub(super) fn given<'m>(
    table: &'static Table,
    matches: &'m ArgMatches,
) -> impl Iterator<Item = (usize, &'static Meta, &'m str)> {
    table.fields.iter().enumerate().filter(|(_, meta)| !meta.hidden).filter_map(|(at, meta)| {
        // Not every command of a kind has a flag for every field.
        let words = matches.try_get_one::<String>(&field_id(meta)).ok().flatten()?;
        Some((at, meta, words.as_str()))
    })
}

/// In a new record there is nothing to take away, and everything is added.
fn without_sign(meta: &Meta, typed: &str) -> String {
    match words::changes(meta, typed) {
        None => typed.to_owned(),
        Some(changes) => {
            let added = changes.into_iter().filter(|change| change.sign == Sign::Add);
            added.map(|change| change.word).collect::<Vec<_>>().join(",")
        }
    }
}

const CODE: Text = text("Code", "编号");
const NO_COMMAND: Text =
    text("There is no command {word}. See vendeck --help.", "没有命令 {word}。详见 vendeck --help。");
const NO_CODE: Text = text(
    "“{word}” is no code of a {kind}; codes look like {prefix}-0001. vendeck find looks for names.",
    "“{word}”不是{kind}编号；编号形如 {prefix}-0001。按名称查找请用 vendeck find。",
);
const NO_VIEW: Text = text(
    "There is no view “{name}” of {kinds}; there are {names}.",
    "{kinds}没有视图“{name}”；可用：{names}。",
);
const ILL_FILTER: Text = text("--filter: {says}", "--filter：{says}");
const ONE_VERSION: Text = text("--if-version is for one record only.", "--if-version 仅适用于单条记录。");
const NOTHING_GIVEN: Text = text(
    "Nothing to change was named; give a field, such as --owner NAME.",
    "未指明要修改的内容；请给出字段，例如 --owner 姓名。",
);
