//! One record for people: its fields, its derived values, what is around it, its last change.

use serde_json::Value as Json;

use crate::entity::{Ref, Value, show};
use crate::register::history::act_label;
use crate::register::{Event, PUT_AWAY_NOTE, Related};
use crate::shell::cli::output::Head;
use crate::shell::cli::stop::Stop;
use crate::shell::cli::{Desk, records};
use crate::shell::clock;
use crate::store::Store;
use crate::texts::{Lang, text};

/// Prints the card of a record, or the record in JSON.
pub(super) fn print(desk: &mut Desk, store: &Store, at: Ref) -> Result<(), Stop> {
    if desk.out.is_json() {
        let record = store.record(at)?;
        let json: Json = records::shown_json(store, &record)?;
        return desk.out.json(&json);
    }
    let lang = desk.lang;
    let card = store.card(at)?;
    let record = &card.record;
    let archived = if record.archived_at.is_some() { PUT_AWAY_NOTE.in_(lang) } else { "" };
    desk.out.line(format!("{}  {}  {archived}", record.code, record.label()).trim_end())?;
    let table = record.table();
    let fields = table.fields.iter().zip(&record.values).filter(|(meta, _)| !meta.hidden);
    let fields = fields.map(|(meta, value)| (meta.label, value));
    let derived = table.derived.iter().zip(&record.derived).map(|(derived, value)| (derived.label, value));
    let mut rows = Vec::new();
    let mut many_lined = Vec::new();
    for (label, value) in fields.chain(derived).filter(|(_, value)| !value.is_null()) {
        let shown = worded(value, lang);
        if shown.contains('\n') {
            many_lined.push((label, shown));
        } else {
            rows.push(vec![format!("  {}", label.in_(lang)), shown]);
        }
    }
    desk.out.rows(&rows)?;
    for (label, shown) in many_lined {
        desk.out.line(&format!("  {}", label.in_(lang)))?;
        for line in shown.lines() {
            desk.out.lines(&format!("    {line}"))?;
        }
    }
    for related in card.related.iter().filter(|related| related.total > 0) {
        print_related(desk, related)?;
    }
    if let Some(event) = &card.last_event {
        let line = text("Last change: {at} by {actor}, {act}", "最近变更：{at}，{actor}，{act}");
        let act = act_label(&event.act).in_(lang);
        let at = clock::zone().civil(&event.at);
        desk.out.line("")?;
        desk.out.line(&line.fill(lang, &[("at", &at), ("actor", &event.actor), ("act", act)]))?;
    }
    Ok(())
}

/// One line of an event: what each field was and is.
pub(super) fn changes(event: &Event) -> String {
    let plain = |json: &Json| match json {
        Json::Null => "∅".to_owned(),
        Json::String(text) => text.clone(),
        other => crate::intake::json_table::cell_text(other),
    };
    let field = |change: &crate::register::FieldChange| {
        if change.before.is_null() {
            format!("{}: {}", change.key, plain(&change.after))
        } else {
            format!("{}: {} → {}", change.key, plain(&change.before), plain(&change.after))
        }
    };
    event.fields.iter().map(field).collect::<Vec<_>>().join("; ")
}

fn worded(value: &Value, lang: Lang) -> String {
    match value {
        Value::Link(link) if link.label.is_empty() => link.code.clone(),
        Value::Link(link) => format!("{}  {}", link.code, link.label),
        other => show::full(other, lang),
    }
}

fn print_related(desk: &mut Desk, related: &Related) -> Result<(), Stop> {
    let table = related.kind.table();
    let field = table.fields.get(related.field).map_or("", |meta| meta.key);
    let lang = desk.lang;
    desk.out.line("")?;
    desk.out.line(&format!("{} ({})", related.heading().in_(lang), related.total))?;
    // The field by which they refer would say the same in every row.
    let columns: Vec<_> =
        table.columns.iter().filter(|column| table.head(**column).key != field).copied().collect();
    let mut heads = vec![Head::left("")];
    heads.extend(columns.iter().map(|column| {
        let head = table.head(*column);
        Head { title: head.label.in_(lang).to_owned(), align: head.shape.align() }
    }));
    let rows: Vec<Vec<String>> = related
        .rows
        .iter()
        .map(|record| {
            let cells = columns.iter().map(|column| record.cell(*column).map(|cell| show::short(cell, lang)));
            let code = format!("  {}", record.code);
            std::iter::once(code).chain(cells.map(Option::unwrap_or_default)).collect()
        })
        .collect();
    desk.out.table(&heads, &rows)
}
