//! A list of deliveries becomes counts: how many of a vendor's month came in time, and how many late.
//!
//! `vendeck import FILE --as measurements` with a column for the day each delivery was scheduled for and
//! one for the day it came. A row without either, or whose day cannot be read, is rejected with its
//! reason and never counted. The counts of one file stand beside those of others and take the place of
//! what the same file said before, so that reading it again changes nothing.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use crate::domain::period::Period;
use crate::domain::punctuality::{Deliveries, month_of};
use crate::entity::input::{Entered, one_line};
use crate::entity::{Kind, Link, Ref, Value};
use crate::intake::dates::{DateOrder, DateReader};
use crate::intake::mapping::{FieldSpec, Mapping};
use crate::intake::synonyms::synonyms;
use crate::intake::{Row, Table, cells};
use crate::register::Edit;
use crate::shell::import::Halted;
use crate::shell::import::outcome::{Halt, Outcome, Rejected, Why};
use crate::shell::import::plan::Origin;
use crate::shell::import::rows::links::{find, make_vendor};
use crate::shell::import::words;
use crate::store::Txn;
use crate::store::change::Changed;
use crate::texts::{Sentence, Text, text};

/// The words of `--map` for the day a delivery was scheduled for, and for the day it came.
const SCHEDULED: [&str; 4] = ["scheduled", "scheduled_on", "scheduled_date", "due_on"];
const DELIVERED: [&str; 4] = ["delivered", "delivered_on", "delivered_date", "came_on"];

/// The columns of a list of deliveries.
pub(in crate::shell) struct Columns {
    vendor: usize,
    scheduled: (usize, DateReader),
    delivered: (usize, DateReader),
}

/// What a list says of one vendor and year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::shell) struct OfYear {
    /// The vendor, as the list calls it.
    pub(in crate::shell) vendor: String,
    /// The calendar year.
    pub(in crate::shell) year: i32,
    /// What came of its months.
    pub(in crate::shell) sum: Deliveries,
}

/// What a list of deliveries came to.
pub(in crate::shell) struct Counted {
    /// What became of its rows and of the records they make: `read` and `rejected` are rows, `imported`,
    /// `changed` and `unchanged` are months of vendors.
    pub(in crate::shell) outcome: Outcome,
    /// All of it.
    pub(in crate::shell) sum: Deliveries,
    /// The same by vendor and year.
    pub(in crate::shell) years: Vec<OfYear>,
}

/// Whether `--map` names the two days of a list of deliveries.
pub(in crate::shell) fn is_asked(kind: Kind, map: &[String]) -> bool {
    let names = |words: &[&str]| {
        map.iter()
            .filter_map(|entry| entry.rsplit_once('='))
            .any(|(_, field)| words.contains(&word(field).as_str()))
    };
    kind == Kind::Measurement && (names(&SCHEDULED) || names(&DELIVERED))
}

fn word(field: &str) -> String {
    field.trim().to_lowercase().replace(['-', ' '], "_")
}

/// Finds the columns of a list of deliveries.
///
/// # Errors
/// When one of them is not there, or its days can be read in two ways.
pub(in crate::shell) fn columns(
    table: &Table,
    map: &[String],
    order: Option<DateOrder>,
) -> Result<Columns, Halted> {
    const KEYS: [(&str, Text); 3] = [
        ("vendor", text("Vendor", "供应商")),
        ("scheduled", text("Scheduled", "计划交付日期")),
        ("delivered", text("Delivered", "实际交付日期")),
    ];
    let specs = KEYS.map(|(key, label)| {
        let known: &'static [&'static str] = if key == "vendor" { synonyms("vendor", "name") } else { &[] };
        FieldSpec { key, label, synonyms: known }
    });
    let entries: Vec<String> = map.iter().map(|entry| canonical(entry)).collect();
    let mapping = Mapping::build(&table.columns, &specs, &entries)?;
    let column = |key: &str| {
        mapping.column(key).ok_or_else(|| {
            let says = Sentence::from(NO_COLUMN).with("field", key);
            Halted::Usage(says.with("columns", table.columns.join(", ")))
        })
    };
    let day = |key: &str| -> Result<(usize, DateReader), Halted> {
        let at = column(key)?;
        let name = table.columns.get(at).map_or("", String::as_str);
        Ok((at, DateReader::settle(name, table.column(at), order)?))
    };
    Ok(Columns { vendor: column("vendor")?, scheduled: day("scheduled")?, delivered: day("delivered")? })
}

/// An entry of `--map` with the word of its field as it stands here.
fn canonical(entry: &str) -> String {
    let Some((source, field)) = entry.rsplit_once('=') else { return entry.to_owned() };
    let field = word(field);
    let key = match field.as_str() {
        known if SCHEDULED.contains(&known) => "scheduled",
        known if DELIVERED.contains(&known) => "delivered",
        other => other,
    };
    format!("{source}={key}")
}

/// Counts the rows of the table and enters the counts; the caller commits, or drops what was entered.
///
/// # Errors
/// When the register refuses; then nothing of the file is kept.
pub(in crate::shell) fn enter(
    txn: &mut Txn<'_>,
    columns: &Columns,
    table: &Table,
    source: &str,
) -> Result<Counted, Halted> {
    let mut outcome = Outcome { read: table.read(), ..Outcome::default() };
    outcome.rejected.extend(table.rejected.iter().map(|row| Rejected {
        line: row.line,
        row: None,
        why: vec![Why::Row(words::of_row(&row.problem))],
    }));
    let mut months: BTreeMap<(String, Period), Deliveries> = BTreeMap::new();
    for (at, row) in table.rows.iter().enumerate() {
        let (month, why) = one(columns, row);
        if let Some((key, deliveries)) = month {
            *months.entry(key).or_default() += deliveries;
        }
        if !why.is_empty() {
            outcome.rejected.push(Rejected { line: row.line(), row: Some(at), why });
        }
    }
    outcome.rejected.sort_by_key(|rejected| rejected.line);
    let mut sum = Deliveries::default();
    let mut years: BTreeMap<(&str, i32), Deliveries> = BTreeMap::new();
    for ((vendor, month), deliveries) in &months {
        sum += *deliveries;
        *years.entry((vendor, month.year())).or_default() += *deliveries;
    }
    let years =
        years.into_iter().map(|((vendor, year), sum)| OfYear { vendor: vendor.to_owned(), year, sum });
    let years = years.collect();
    put(txn, &months, source, &mut outcome)?;
    Ok(Counted { outcome, sum, years })
}

/// The vendor and month of a row with what it counts there, and all that is wrong with it.
#[expect(
    clippy::type_complexity,
    reason = "a row is of one month, or of none, and may be wrong in several ways"
)]
fn one(columns: &Columns, row: &Row) -> (Option<((String, Period), Deliveries)>, Vec<Why>) {
    let mut why = Vec::new();
    let mut day = |key: &str, (column, reader): (usize, DateReader)| match reader.read(row.cell(column)) {
        Ok(Some(day)) => Some(day),
        Ok(None) => {
            why.push(Why::At(key.to_owned(), NO_DAY.into()));
            None
        }
        Err(problem) => {
            why.push(Why::At(key.to_owned(), words::of_cell(problem, row.cell(column))));
            None
        }
    };
    let (scheduled, delivered) = (day("scheduled", columns.scheduled), day("delivered", columns.delivered));
    let vendor: String = one_line(row.cell(columns.vendor)).nfc().collect();
    if cells::is_blank(&vendor) {
        why.push(Why::At("vendor".to_owned(), NO_VENDOR.into()));
        return (None, why);
    }
    let Some(month) = scheduled.and_then(month_of) else { return (None, why) };
    let deliveries = match (scheduled, delivered) {
        (Some(scheduled), Some(delivered)) => Deliveries::one(scheduled, delivered),
        _ => Deliveries { left_out: 1, ..Deliveries::default() },
    };
    (Some(((vendor, month), deliveries)), why)
}

/// Writes the counts of each vendor and month.
fn put(
    txn: &mut Txn<'_>,
    months: &BTreeMap<(String, Period), Deliveries>,
    source: &str,
    outcome: &mut Outcome,
) -> Result<(), Halted> {
    let mut known: BTreeMap<&str, Link> = BTreeMap::new();
    for ((name, month), deliveries) in months {
        let vendor = match known.get(name.as_str()) {
            Some(link) => link.clone(),
            None => {
                let found = find(txn, Kind::Vendor, name, Origin::Foreign).map_err(given_up)?;
                outcome.vendors_created += usize::from(found.is_none());
                let link = match found {
                    Some(link) => link,
                    None => make_vendor(txn, name).map_err(given_up)?,
                };
                known.insert(name, link.clone());
                link
            }
        };
        let at = Ref { kind: Kind::Vendor, id: vendor.id };
        let fields = [
            ("vendor", Value::Link(vendor)),
            ("period", Value::Period(*month)),
            ("deliveries", Value::Int(deliveries.counted)),
            ("late", Value::Int(deliveries.late)),
            ("left_out", Value::Int(deliveries.left_out)),
            ("source", Value::Text(source.to_owned())),
        ];
        let table = Kind::DeliveryMonth.table();
        let placed = fields.into_iter().filter_map(|(key, value)| Some((table.field(key)?, value)));
        let placed: Vec<(usize, Entered)> = placed.map(|(at, value)| (at, Entered::Value(value))).collect();
        let place = table.field("vendor").unwrap_or(0);
        let mut held = None;
        for child in txn.children(at, Kind::DeliveryMonth, place)? {
            let record = txn.record(child)?;
            let is_same =
                *record.get("period") == Value::Period(*month) && record.get("source").as_text() == source;
            if is_same {
                held = Some(child);
            }
        }
        match held {
            None => {
                txn.insert(Kind::DeliveryMonth, None, &placed)?;
                outcome.imported += 1;
            }
            Some(held) => {
                let edits: Vec<Edit> =
                    placed.into_iter().map(|(field, new)| Edit { field, seen: None, new }).collect();
                let changed = txn.update(held, &edits, Some(source), None)? == Changed::Yes;
                outcome.changed += usize::from(changed);
                outcome.unchanged += usize::from(!changed);
            }
        }
    }
    Ok(())
}

/// A vendor that cannot be told from another would put its deliveries to the wrong one.
fn given_up(halt: Halt) -> Halted {
    match halt {
        Halt::Give(halted) => halted,
        Halt::Reject(why) | Halt::Later(why) => {
            let first = why.into_iter().next();
            match first {
                Some(Why::At(_, says) | Why::Row(says)) => Halted::Usage(says),
                Some(Why::Refused(refusal)) => Halted::Refused(refusal),
                None => Halted::Usage(NO_VENDOR.into()),
            }
        }
    }
}

const NO_COLUMN: Text = text(
    "No column says {field}. A list of deliveries needs --map COLUMN=scheduled, COLUMN=delivered and a vendor; there are {columns}.",
    "没有列对应 {field}。交付清单须用 --map 列=scheduled、列=delivered 指定，并有供应商列；文件的列有 {columns}。",
);
const NO_DAY: Text = text("There is no day.", "没有日期。");
const NO_VENDOR: Text = text("There is no vendor.", "没有供应商。");
