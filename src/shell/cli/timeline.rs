//! `vendeck contract list --view renewals`: contracts by when one must act, and what happens unless one
//! does; and the same of one contract in JSON.

use serde_json::{Value as Json, json};

use crate::domain::list::ClosedList;
use crate::entity::{Record, Table, Value, show};
use crate::register::renewal::{Outlook, outlook};
use crate::shell::cli::Desk;
use crate::shell::cli::output::Head;
use crate::shell::cli::stop::Stop;
use crate::store::Store;
use crate::texts::{Lang, Text, text};

/// The name under which JSON has it.
pub(super) const TIMELINE: &str = "timeline";

/// When one must act on a contract, and what happens unless one does; `None` for other kinds.
pub(super) fn json(record: &Record, today: chrono::NaiveDate, lang: Lang) -> Option<Json> {
    let Outlook { due, urgency, days, renews_to, price, index, says } = outlook(record, today)?;
    Some(json!({
        "act_by": due.map(|due| due.date.to_string()),
        "act_in_days": days,
        "urgency": urgency.key(),
        "renews_to": renews_to.map(|day| day.to_string()),
        "price": price.map(|price| show::to_json(&Value::Money(price))),
        "price_before": (price.is_some() && !index.is_empty()).then_some(index),
        "consequence": says.in_(lang),
    }))
}

/// The contracts of a list, those that are equally pressing below their heading.
pub(super) fn print(desk: &mut Desk, store: &Store, table: &Table, records: &[Record]) -> Result<(), Stop> {
    let lang = desk.lang;
    let label = |key| table.column(key).map_or("", |column| table.head(column).label.in_(lang));
    let heads = [
        Head::left(URGENCY.in_(lang)),
        Head::left(CODE.in_(lang)),
        Head::left(label("number")),
        Head::left(label("vendor")),
        Head::right(label("value")),
        Head::left(label("act_by")),
        Head::right(DAYS.in_(lang)),
        Head::left(UNLESS.in_(lang)),
    ];
    let row = |record: &Record| {
        let found = outlook(record, store.today())?;
        let short = |key| show::short(record.get(key), lang);
        Some(vec![
            found.urgency.label().in_(lang).to_owned(),
            record.code.clone(),
            short("number"),
            short("vendor"),
            short("value"),
            found.due.map(|due| due.date.to_string()).unwrap_or_default(),
            found.days.map(|days| days.to_string()).unwrap_or_default(),
            found.says.in_(lang),
        ])
    };
    let rows: Vec<Vec<String>> = records.iter().filter_map(row).collect();
    desk.out.table(&heads, &rows)
}

const URGENCY: Text = text("When", "紧急程度");
const CODE: Text = text("Code", "编号");
const DAYS: Text = text("Days", "天数");
const UNLESS: Text = text("Unless you act", "若不行动");
