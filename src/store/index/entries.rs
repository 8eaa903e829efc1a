//! By what words each kind of record is found.

use crate::entity::{Kind, Record, Value, show};
use crate::lookup::{Entry, FieldRole};
use crate::texts::Lang;

/// The words of a record, with the part each plays.
pub(in crate::store) fn of(record: &Record) -> Vec<Entry> {
    let fields: &[(&str, FieldRole)] = match record.at.kind {
        Kind::Vendor => &[
            ("name", FieldRole::Name),
            ("name_zh", FieldRole::Name),
            ("name_en", FieldRole::Name),
            ("short_name", FieldRole::Name),
            ("aliases", FieldRole::Alias),
            ("credit_code", FieldRole::CreditCode),
            ("external_id", FieldRole::ExternalId),
            ("phone", FieldRole::Phone),
            ("email", FieldRole::Email),
            ("website", FieldRole::Website),
            ("tags", FieldRole::Tag),
            ("category", FieldRole::Tag),
        ],
        Kind::Contact => {
            &[("name", FieldRole::Name), ("phone", FieldRole::Phone), ("email", FieldRole::Email)]
        }
        Kind::Contract => &[
            ("title", FieldRole::Title),
            ("number", FieldRole::Number),
            ("external_id", FieldRole::ExternalId),
            ("tags", FieldRole::Tag),
        ],
        Kind::Kpi => &[("name", FieldRole::Name), ("name_zh", FieldRole::Name)],
        Kind::Service | Kind::Template | Kind::ReviewPlan => &[("name", FieldRole::Name)],
        Kind::Review => &[("period", FieldRole::Number)],
        Kind::Risk => &[("title", FieldRole::Title), ("external_id", FieldRole::ExternalId)],
        Kind::Action
        | Kind::Deliverable
        | Kind::ChangeRequest
        | Kind::Breach
        | Kind::Report
        | Kind::ServiceLevel
        | Kind::ExitCase
        | Kind::CostLine
        | Kind::Survey
        | Kind::Improvement
        | Kind::Meeting => &[("title", FieldRole::Title)],
        Kind::Invoice => &[("number", FieldRole::Number)],
        Kind::Payment => &[("reference", FieldRole::Number)],
        Kind::File => &[("title", FieldRole::Title), ("target", FieldRole::Title)],
        Kind::Interaction => &[("summary", FieldRole::Title), ("people", FieldRole::Tag)],
        Kind::TemplateRow
        | Kind::ReviewRow
        | Kind::Setting
        | Kind::Clause
        | Kind::Measurement
        | Kind::ExitStep
        | Kind::Acknowledgement
        | Kind::Rate
        | Kind::Calendar
        | Kind::RaterScore
        | Kind::Consequence
        | Kind::AgendaItem
        | Kind::DeliveryMonth => &[],
    };
    let mut entries = Vec::with_capacity(fields.len() + 1);
    for (key, role) in fields {
        match record.get(key) {
            Value::Null => {}
            Value::List(words) => {
                entries.extend(words.iter().map(|word| Entry::new(*role, word.clone())));
            }
            value => entries.push(Entry::new(*role, show::full(value, Lang::En))),
        }
    }
    if !fields.is_empty() {
        entries.push(Entry::new(FieldRole::Code, record.code.clone()));
    }
    entries
}
