//! Reads the embedded TOML into entries: kinds in the order of their links, dates and links resolved.
//!
//! A table per kind says which fields it has, in the order of the form, and how their text is read.
//! Nothing is guessed: an unknown kind, field or link, and a date that cannot be read, is an error.

mod cycle;
mod exits;
mod meetings;
mod money;
mod scorecard;
mod work;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use toml::{Table, Value};

use super::{DemoError, Entry, when};

/// How the text of a field is read.
enum Shape {
    /// As it stands.
    Word,
    /// A day relative to today.
    Day,
    /// The code of an earlier record of this kind.
    Link(&'static str),
    /// A review by vendor and period, as `V-0004 quarter(0)`.
    Review,
    /// A period relative to today, as `month(-1)`.
    Term,
}
use Shape::{Day, Link, Review, Term, Word};

/// A kind of record: its word, the head of its codes, its fields.
struct Spec {
    kind: &'static str,
    prefix: &'static str,
    fields: &'static [(&'static str, Shape)],
    /// The records written inside a record of this kind.
    children: Option<&'static Children>,
}

/// Records written as an array inside their parent's table.
struct Children {
    /// The array's key.
    key: &'static str,
    /// The field of the child that links to the parent.
    parent: &'static str,
    spec: Spec,
}

const KPI: Spec = Spec {
    kind: "kpi",
    prefix: "K",
    fields: &[
        ("name", Word),
        ("name_zh", Word),
        ("key", Word),
        ("measure", Word),
        ("nature", Word),
        ("direction", Word),
        ("unit", Word),
        ("floor", Word),
        ("target", Word),
        ("bands", Word),
        ("precision", Word),
        ("aggregate", Word),
        ("feed", Word),
        ("method", Word),
        ("veto", Word),
        ("veto_at", Word),
        ("description", Word),
    ],
    children: None,
};

const TEMPLATE: Spec = Spec {
    kind: "template",
    prefix: "T",
    fields: &[
        ("name", Word),
        ("key", Word),
        ("revision", Word),
        ("period_kind", Word),
        ("state", Word),
        ("description", Word),
    ],
    children: Some(&Children {
        key: "rows",
        parent: "template",
        spec: Spec {
            kind: "template_row",
            prefix: "TR",
            fields: &[("template", Link("template")), ("kpi", Link("kpi")), ("weight", Word)],
            children: None,
        },
    }),
};

const VENDOR: Spec = Spec {
    kind: "vendor",
    prefix: "V",
    fields: &[
        ("name", Word),
        ("name_zh", Word),
        ("name_en", Word),
        ("short_name", Word),
        ("aliases", Word),
        ("credit_code", Word),
        ("class", Word),
        ("region", Word),
        ("country", Word),
        ("tier", Word),
        ("state", Word),
        ("category", Word),
        ("preferred", Word),
        ("owner", Word),
        ("tags", Word),
        ("phone", Word),
        ("email", Word),
        ("website", Word),
        ("address", Word),
        ("notes", Word),
        ("external_id", Word),
    ],
    children: Some(&Children {
        key: "contacts",
        parent: "vendor",
        spec: Spec {
            kind: "contact",
            prefix: "CT",
            fields: &[
                ("vendor", Link("vendor")),
                ("name", Word),
                ("role", Word),
                ("phone", Word),
                ("email", Word),
                ("primary", Word),
                ("notes", Word),
            ],
            children: None,
        },
    }),
};

const CONTRACT: Spec = Spec {
    kind: "contract",
    prefix: "C",
    fields: &[
        ("number", Word),
        ("vendor", Link("vendor")),
        ("title", Word),
        ("kind", Word),
        ("parent", Link("contract")),
        ("state", Word),
        ("replaced_by", Link("contract")),
        ("signed_on", Day),
        ("starts_on", Day),
        ("term", Word),
        ("ends_on", Day),
        ("renewal", Word),
        ("renewal_term", Word),
        ("notice", Word),
        ("notice_theirs", Word),
        ("transit", Word),
        ("receipt", Word),
        ("calendar", Word),
        ("warn", Word),
        ("uplift", Word),
        ("uplift_index", Word),
        ("value", Word),
        ("owner", Word),
        ("our_entity", Word),
        ("signatory_ours", Word),
        ("signatory_theirs", Word),
        ("tags", Word),
        ("legal_reviewer", Word),
        ("reviewed_on", Day),
        ("approved_by", Word),
        ("approved_on", Day),
        ("decision", Word),
        ("decided_on", Day),
        ("decided_by", Word),
        ("notice_given_on", Day),
        ("notice_method", Word),
        ("notice_proof", Word),
        ("force_majeure_from", Day),
        ("terminated_on", Day),
        ("end_reason", Word),
        ("notes", Word),
        ("external_id", Word),
    ],
    children: None,
};

const SERVICE: Spec = Spec {
    kind: "service",
    prefix: "SV",
    fields: &[
        ("name", Word),
        ("vendor", Link("vendor")),
        ("contract", Link("contract")),
        ("class", Word),
        ("sub_type", Word),
        ("owner", Word),
        ("criticality", Word),
        ("reliance", Word),
        ("substitutability", Word),
        ("description", Word),
    ],
    children: None,
};

const RISK: Spec = Spec {
    kind: "risk",
    prefix: "RK",
    fields: &[
        ("title", Word),
        ("vendor", Link("vendor")),
        ("service", Link("service")),
        ("contract", Link("contract")),
        ("type", Word),
        ("cause", Word),
        ("event", Word),
        ("effect", Word),
        ("inherent", Word),
        ("current", Word),
        ("target", Word),
        ("treatment", Word),
        ("owner", Word),
        ("state", Word),
        ("raised_on", Day),
        ("review_on", Day),
        ("notes", Word),
    ],
    children: None,
};

const ACTION: Spec = Spec {
    kind: "action",
    prefix: "AC",
    fields: &[
        ("title", Word),
        ("vendor", Link("vendor")),
        ("contract", Link("contract")),
        ("review", Review),
        ("risk", Link("risk")),
        ("owner", Word),
        ("side", Word),
        ("due_on", Day),
        ("done_on", Day),
        ("state", Word),
        ("notes", Word),
    ],
    children: None,
};

const INTERACTION: Spec = Spec {
    kind: "interaction",
    prefix: "IN",
    fields: &[
        ("vendor", Link("vendor")),
        ("on", Day),
        ("channel", Word),
        ("about", Word),
        ("people", Word),
        ("summary", Word),
        ("next_due", Day),
        ("owner", Word),
        ("notes", Word),
    ],
    children: None,
};

/// The kinds in an order in which every link points backwards; reviews come between the two groups.
const BEFORE_REVIEWS: [&Spec; 5] = [&KPI, &TEMPLATE, &VENDOR, &CONTRACT, &SERVICE];
const AFTER_REVIEWS: [&Spec; 21] = [
    &RISK,
    &ACTION,
    &INTERACTION,
    &work::DELIVERABLE,
    &work::CHANGE_REQUEST,
    &work::BREACH,
    &work::REPORT,
    &work::CLAUSE,
    &work::SERVICE_LEVEL,
    &exits::EXIT_CASE,
    &exits::EXIT_STEP,
    &exits::ACKNOWLEDGEMENT,
    &money::COST_LINE,
    &money::INVOICE,
    &money::PAYMENT,
    &money::RATE,
    &cycle::REVIEW_PLAN,
    &cycle::SURVEY,
    &cycle::IMPROVEMENT,
    &cycle::CONSEQUENCE,
    &meetings::MEETING,
];

/// The entries of `files` (name and text) as of `today`; files listed earlier come first in each kind.
pub(super) fn load(
    files: &[(&'static str, &'static str)],
    today: NaiveDate,
) -> Result<Vec<Entry>, DemoError> {
    let mut tables: BTreeMap<String, Vec<Table>> = BTreeMap::new();
    for (file, text) in files {
        let parsed: BTreeMap<String, Vec<Table>> =
            toml::from_str(text).map_err(|error| DemoError::Syntax { file, error })?;
        for (kind, records) in parsed {
            tables.entry(kind).or_default().extend(records);
        }
    }
    let mut loader = Loader { today, entries: Vec::new(), places: BTreeMap::new(), numbers: BTreeMap::new() };
    for spec in BEFORE_REVIEWS {
        loader.take(spec, tables.remove(spec.kind))?;
    }
    loader.amend(tables.remove("amend"))?;
    scorecard::take(&mut loader, tables.remove("scorecard"))?;
    for spec in AFTER_REVIEWS {
        loader.take(spec, tables.remove(spec.kind))?;
    }
    match tables.into_keys().next() {
        Some(kind) => Err(DemoError::UnknownKind { kind }),
        None => Ok(loader.entries),
    }
}

/// What has been read so far.
struct Loader {
    today: NaiveDate,
    entries: Vec<Entry>,
    /// Where the entry of a code stands.
    places: BTreeMap<String, usize>,
    /// The last number given out by kind.
    numbers: BTreeMap<&'static str, u32>,
}

impl Loader {
    /// Takes all records of a kind, each followed by its children.
    fn take(&mut self, spec: &'static Spec, records: Option<Vec<Table>>) -> Result<(), DemoError> {
        for mut record in records.unwrap_or_default() {
            let code = match record.remove("code") {
                Some(code) => words(&code).ok_or_else(|| bad(spec.kind, "code"))?,
                None => self.next_code(spec.kind, spec.prefix),
            };
            let inner = spec.children.map(|children| (children, record.remove(children.key)));
            let fields = self.fields(spec, &code, &record)?;
            self.push(spec.kind, code.clone(), fields)?;
            let Some((children, Some(list))) = inner else { continue };
            let Value::Array(list) = list else { return Err(bad(&code, children.key)) };
            for child in list {
                let Value::Table(mut child) = child else { return Err(bad(&code, children.key)) };
                child.insert(children.parent.to_owned(), Value::String(code.clone()));
                let own = self.next_code(children.spec.kind, children.spec.prefix);
                let fields = self.fields(&children.spec, &own, &child)?;
                self.push(children.spec.kind, own, fields)?;
            }
        }
        Ok(())
    }

    /// Changes fields of earlier entries, named by their code.
    fn amend(&mut self, records: Option<Vec<Table>>) -> Result<(), DemoError> {
        for mut record in records.unwrap_or_default() {
            let code = record.remove("code").as_ref().and_then(words).ok_or_else(|| bad("amend", "code"))?;
            let unknown = || DemoError::UnknownLink {
                at: "amend".to_owned(),
                field: "code".to_owned(),
                to: code.clone(),
            };
            let place = *self.places.get(&code).ok_or_else(unknown)?;
            let kind = self.entries.get(place).ok_or_else(unknown)?.kind;
            let spec = BEFORE_REVIEWS.into_iter().find(|spec| spec.kind == kind).ok_or_else(unknown)?;
            let changed = self.fields(spec, &code, &record)?;
            let entry = self.entries.get_mut(place).ok_or_else(unknown)?;
            entry.fields.retain(|(key, _)| !changed.iter().any(|(other, _)| other == key));
            entry.fields.extend(changed);
            entry.fields.sort_by_key(|(key, _)| spec.fields.iter().position(|(name, _)| name == key));
        }
        Ok(())
    }

    /// The fields of one record in the order of its kind, as words.
    fn fields(
        &self,
        spec: &Spec,
        code: &str,
        record: &Table,
    ) -> Result<Vec<(&'static str, String)>, DemoError> {
        let known = |key: &str| spec.fields.iter().any(|(name, _)| *name == key);
        if let Some(field) = record.keys().find(|key| !known(key)) {
            return Err(DemoError::UnknownField { at: code.to_owned(), field: field.clone() });
        }
        let mut fields = Vec::with_capacity(record.len());
        for (name, shape) in spec.fields {
            let Some(value) = record.get(*name) else { continue };
            let text = words(value).ok_or_else(|| bad(code, name))?;
            fields.push((*name, self.read(shape, code, name, text)?));
        }
        Ok(fields)
    }

    /// The word for `text`, read as `shape`.
    fn read(&self, shape: &Shape, at: &str, field: &str, text: String) -> Result<String, DemoError> {
        match shape {
            Word => Ok(text),
            Day => self.day(at, field, &text),
            Term => {
                let period = when::Period::parse(&text, self.today).ok_or_else(|| bad(at, field))?;
                Ok(period.word())
            }
            Link(kind) => {
                self.linked(kind, at, field, &text)?;
                Ok(text)
            }
            Review => {
                let (vendor, period) = text.split_once(' ').ok_or_else(|| bad(at, field))?;
                let period = when::Period::parse(period, self.today).ok_or_else(|| bad(at, field))?.word();
                let meant = |entry: &&Entry| {
                    entry.kind == "review"
                        && entry.get("vendor") == Some(vendor)
                        && entry.get("period") == Some(period.as_str())
                };
                let review = self.entries.iter().find(meant);
                review.map(|entry| entry.code.clone()).ok_or_else(|| unlinked(at, field, &text))
            }
        }
    }

    /// A day relative to today, in ISO form.
    fn day(&self, at: &str, field: &str, text: &str) -> Result<String, DemoError> {
        let day = when::day(text, self.today).ok_or_else(|| bad(at, field))?;
        Ok(day.format("%Y-%m-%d").to_string())
    }

    /// The earlier record of `kind` that `code` names.
    fn linked(&self, kind: &str, at: &str, field: &str, code: &str) -> Result<&Entry, DemoError> {
        let entry = self.places.get(code).and_then(|place| self.entries.get(*place));
        entry.filter(|entry| entry.kind == kind).ok_or_else(|| unlinked(at, field, code))
    }

    fn next_code(&mut self, kind: &'static str, prefix: &str) -> String {
        let number = self.numbers.entry(kind).or_default();
        *number += 1;
        format!("{prefix}-{number:04}")
    }

    fn push(
        &mut self,
        kind: &'static str,
        code: String,
        fields: Vec<(&'static str, String)>,
    ) -> Result<(), DemoError> {
        if self.places.insert(code.clone(), self.entries.len()).is_some() {
            return Err(DemoError::DuplicateCode { code });
        }
        self.entries.push(Entry { kind, code, fields });
        Ok(())
    }
}

/// A value as words of the command line; lists are comma-separated, long text loses its last line break.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim_end_matches('\n').to_owned()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Boolean(truth) => Some(truth.to_string()),
        Value::Array(items) => {
            let items: Option<Vec<_>> = items.iter().map(Value::as_str).collect();
            Some(items?.join(","))
        }
        Value::Float(_) | Value::Datetime(_) | Value::Table(_) => None,
    }
}

fn bad(at: &str, field: &str) -> DemoError {
    DemoError::BadValue { at: at.to_owned(), field: field.to_owned() }
}

fn unlinked(at: &str, field: &str, to: &str) -> DemoError {
    DemoError::UnknownLink { at: at.to_owned(), field: field.to_owned(), to: to.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_gets_wrong_is_named() {
        let load = |text: &'static str| super::load(&[("t", text)], NaiveDate::default()).unwrap_err();
        let at = |field: &str| (String::from("V-1"), field.to_owned());
        let (vendor, field) = at("nmae");
        let typo = load("[[vendor]]\ncode = 'V-1'\nnmae = 'A'");
        assert_eq!(typo, DemoError::UnknownField { at: vendor, field });
        assert_eq!(load("[[vendors]]"), DemoError::UnknownKind { kind: "vendors".to_owned() });
        let twice = load("[[vendor]]\ncode = 'V-1'\n[[vendor]]\ncode = 'V-1'");
        assert_eq!(twice, DemoError::DuplicateCode { code: "V-1".to_owned() });
        let stray = load("[[contract]]\ncode = 'C-1'\nvendor = 'V-1'");
        let expected = DemoError::UnknownLink { at: "C-1".into(), field: "vendor".into(), to: "V-1".into() };
        assert_eq!(stray, expected);
        let date = load("[[contract]]\ncode = 'C-1'\nstarts_on = 'soon'");
        assert_eq!(date, DemoError::BadValue { at: "C-1".into(), field: "starts_on".into() });
        assert!(matches!(load("[[vendor]"), DemoError::Syntax { file: "t", .. }));
        assert!(matches!(load("[[scorecard]]\nvendor = 'V-1'\nrow = []"), DemoError::Syntax { .. }));
    }
}
