//! Rows become records: new, changed, unchanged or rejected, each row whole or not at all.
//!
//! Vendors of a contract list are found by code, external id or exact name, else made. A row that
//! repeats an earlier one changes nothing; one that contradicts it is rejected, never laid over it.
//! A row of our own export changes the version it was made of, never a later one.

use std::collections::HashMap;
use std::ops::ControlFlow;

use crate::entity::input::{Entered, one_line};
use crate::entity::{Kind, Link, Ref, Shape, Table as EntityTable, Value};
use crate::intake::{Row, Table, cells};
use crate::limits;
use crate::register::{Edit, Refusal, Shelf, code_of, coded};
use crate::shell::import::Halted;
use crate::shell::import::outcome::{Halt, Outcome, Rejected, Why, reject};
use crate::shell::import::plan::{Identity, Plan, SOURCE_KEY};
use crate::shell::import::words;
use crate::store::Txn;
use crate::store::change::Changed;
use crate::texts::{Sentence, Text, text};

use links::{SEVERAL, code, find, make_vendor, present};
use values::entered;

mod children;
pub(in crate::shell::import) mod links;
mod values;

/// Fields by their place, with what a row says of them.
type Fields = Vec<(usize, Entered)>;

/// Enters every row of the table; the caller commits, or drops what was entered.
///
/// `watch` is told how many rows have been gone through, and says whether to go on; where it does
/// not, all is given up as [`Refusal::Interrupted`].
pub(in crate::shell) fn enter(
    txn: &mut Txn<'_>,
    plan: &Plan,
    table: &Table,
    watch: &mut dyn FnMut(usize) -> ControlFlow<()>,
) -> Result<Outcome, Halted> {
    let unread = |row: &crate::intake::RejectedRow| Rejected {
        line: row.line,
        row: None,
        why: vec![Why::Row(words::of_row(&row.problem))],
    };
    let mut intake =
        Intake { plan, vendors: HashMap::new(), seen: HashMap::new(), outcome: Outcome::default() };
    intake.outcome.read = table.read();
    intake.outcome.rejected = table.rejected.iter().map(unread).collect();
    let mut waiting: Vec<usize> = (0..table.rows.len()).collect();
    loop {
        let before = waiting.len();
        let mut later = Vec::new();
        for (done, at) in std::mem::take(&mut waiting).into_iter().enumerate() {
            if watch(table.rows.len() - before + done).is_break() {
                return Err(Halted::Refused(Refusal::Interrupted));
            }
            let Some(row) = table.rows.get(at) else { continue };
            match intake.one(txn, row) {
                Ok(()) => {}
                Err(Halt::Give(stop)) => return Err(stop),
                Err(Halt::Later(why)) => later.push((at, row.line(), why)),
                Err(Halt::Reject(why)) => {
                    intake.outcome.rejected.push(Rejected { line: row.line(), row: Some(at), why });
                }
            }
        }
        // A round in which nothing new came in will not be followed by a better one.
        if later.len() == before || later.is_empty() {
            let given_up = later.into_iter().map(|(at, line, why)| Rejected { line, row: Some(at), why });
            intake.outcome.rejected.extend(given_up);
            break;
        }
        waiting = later.into_iter().map(|(at, ..)| at).collect();
    }
    intake.outcome.rejected.sort_by_key(|rejected| rejected.line);
    Ok(intake.outcome)
}

struct Intake<'p> {
    plan: &'p Plan,
    /// Vendors that were found or made for earlier rows, by their name in the file.
    vendors: HashMap<String, Link>,
    /// The identities of earlier rows, with their line and record.
    seen: HashMap<String, (usize, Ref)>,
    outcome: Outcome,
}

/// What one row did.
struct Done {
    what: What,
    at: Ref,
    vendor: Option<(String, Link)>,
    title_from_number: bool,
}

#[derive(PartialEq, Eq)]
enum What {
    Imported,
    Changed,
    Unchanged,
}

/// A row as it was read.
struct Read<'t> {
    row: &'t Row,
    identity: Named,
    fields: Vec<(usize, Entered)>,
    title_from_number: bool,
}

/// What identifies a row.
enum Named {
    /// A code of ours.
    Code(Ref),
    /// The text of a field: key and text.
    Field(&'static str, String),
    /// The hash of the columns of `--key`.
    Key(String),
    /// The hash of the whole row.
    Whole(String),
}

impl Named {
    /// One text for one identity.
    fn text(&self) -> String {
        match self {
            Self::Code(at) => format!("code {}", code_of(*at)),
            Self::Field(key, text) => format!("{key} {text}"),
            Self::Key(hash) | Self::Whole(hash) => format!("row {hash}"),
        }
    }
}

impl Intake<'_> {
    fn one(&mut self, txn: &mut Txn<'_>, row: &Row) -> Result<(), Halt> {
        let read = self.read(row)?;
        let identity = read.identity.text();
        let repeats = self.seen.get(&identity).copied();
        let done = txn.attempt(|txn| self.write(txn, &read, repeats))?;
        self.seen.entry(identity).or_insert((row.line(), done.at));
        if let Some((name, link)) = done.vendor {
            self.vendors.insert(name, link);
            self.outcome.vendors_created += 1;
        }
        self.outcome.titles_from_numbers += usize::from(done.title_from_number);
        match done.what {
            What::Imported => self.outcome.imported += 1,
            What::Changed => self.outcome.changed += 1,
            What::Unchanged => self.outcome.unchanged += 1,
        }
        Ok(())
    }

    /// Reads every cell; all that is wrong with the row at once.
    fn read<'t>(&self, row: &'t Row) -> Result<Read<'t>, Halt> {
        let plan = self.plan;
        let mut why = Vec::new();
        let mut fields = plan.set.clone();
        for filled in &plan.filled {
            match entered(plan, filled, row) {
                Ok(None) if plan.clears(row, filled.column) => {
                    fields.push((filled.field, Value::Null.into()));
                }
                Ok(None) => {}
                Ok(Some(entered)) => fields.push((filled.field, entered)),
                Err(sentence) => why.push(Why::At(filled.meta.key.to_owned(), sentence)),
            }
        }
        if !why.is_empty() {
            return Err(Halt::Reject(why));
        }
        let has = |fields: &[(usize, Entered)], at| fields.iter().any(|(field, _)| *field == at);
        let mut title_from_number = false;
        if let Some((title, number)) = plan.title
            && !has(&fields, title)
            && let Some((_, entered)) = fields.iter().find(|(field, _)| *field == number).cloned()
        {
            fields.push((title, entered));
            title_from_number = true;
        }
        Ok(Read { row, identity: self.identity(row)?, fields, title_from_number })
    }

    fn identity(&self, row: &Row) -> Result<Named, Halt> {
        let plan = self.plan;
        if let Some(cell) = plan.code.map(|column| row.cell(column).trim()).filter(|cell| !cell.is_empty()) {
            let at = coded(plan.fields.kind, cell).filter(|at| (1..=limits::FILE_CODE).contains(&at.id));
            return at.map(Named::Code).ok_or_else(|| {
                reject(Sentence::from(NO_CODE).with("cell", cell).with("prefix", plan.fields.prefix))
            });
        }
        match &plan.identity {
            Identity::Key(key) => Ok(Named::Key(key.identity(row))),
            Identity::Natural { fields, whole } => {
                let named = fields.iter().find_map(|(key, column)| {
                    let cell = row.cell(*column).trim();
                    // As the field will hold it, so that the next list finds it again.
                    (!cells::is_blank(cell)).then(|| Named::Field(key, one_line(cell)))
                });
                Ok(named.unwrap_or_else(|| Named::Whole(whole.identity(row))))
            }
        }
    }

    fn write(&self, txn: &mut Txn<'_>, read: &Read<'_>, repeats: Option<(usize, Ref)>) -> Result<Done, Halt> {
        let unchanged = |at| Done { what: What::Unchanged, at, vendor: None, title_from_number: false };
        let existing = match repeats {
            Some((_, at)) => Some(at),
            None => self.existing(txn, &read.identity)?,
        };
        if let (Some(at), Named::Whole(_)) = (existing, &read.identity) {
            // The same row again: what people have changed in the record since is theirs.
            return Ok(unchanged(at));
        }
        let (fields, vendor) = self.resolved(txn, self.plan.fields, &read.fields)?;
        let Some(at) = existing else {
            let at = self.insert(txn, read, fields)?;
            return Ok(Done { what: What::Imported, at, vendor, title_from_number: read.title_from_number });
        };
        let objection = match (repeats, &read.identity, self.plan.version) {
            (Some((line, _)), ..) => Some(Sentence::from(CONTRADICTS).with("line", line)),
            (None, Named::Code(_), Some(column)) => moved_on(txn, at, read.row.cell(column))?,
            _ => None,
        };
        let changed = only_without(objection, self.update(txn, at, read, fields))?;
        let what = if changed { What::Changed } else { What::Unchanged };
        Ok(Done { what, at, vendor, title_from_number: false })
    }

    /// The record that a row speaks of, if the register has it.
    fn existing(&self, txn: &Txn<'_>, identity: &Named) -> Result<Option<Ref>, Halt> {
        let kind = self.plan.fields.kind;
        let (key, text) = match identity {
            Named::Code(at) => return Ok(present(txn, *at)?.map(|record| record.at)),
            Named::Field(key, text) => (*key, text),
            Named::Key(hash) | Named::Whole(hash) => (SOURCE_KEY, hash),
        };
        match txn.holding(kind, key, text)?.as_slice() {
            [] => Ok(None),
            [at] => Ok(Some(*at)),
            [first, second, ..] => Err(reject(
                Sentence::from(SEVERAL)
                    .with("what", format!("{key} {text}"))
                    .with("first", code_of(*first))
                    .with("second", code_of(*second)),
            )),
        }
    }

    /// The fields with their links found; a vendor that nobody knows is made.
    fn resolved(
        &self,
        txn: &mut Txn<'_>,
        table: &EntityTable,
        fields: &[(usize, Entered)],
    ) -> Result<(Fields, Option<(String, Link)>), Halt> {
        let is_code = |kind, name: &str| code(kind, name, self.plan.origin).is_some();
        let mut made = None;
        let mut resolved = Vec::with_capacity(fields.len());
        for (at, entered) in fields {
            let meta = table.fields.get(*at);
            let (Entered::Refer(name), Some(Shape::Link(kind))) = (entered, meta.map(|meta| meta.shape))
            else {
                resolved.push((*at, entered.clone()));
                continue;
            };
            let key = meta.map_or("", |meta| meta.key);
            let link = if let (Kind::Vendor, Some(link)) = (kind, self.vendors.get(name)) {
                link.clone()
            } else if let Some(link) = find(txn, kind, name, self.plan.origin)? {
                link
            } else if makes(table.kind, kind) && !is_code(kind, name) {
                let link = make_vendor(txn, name)?;
                made = Some((name.clone(), link.clone()));
                link
            } else {
                let sentence = Sentence::from(NO_SUCH).with_word("kind", kind.table().one).with("name", name);
                let why = vec![Why::At(key.to_owned(), sentence)];
                let later = kind == table.kind && is_code(kind, name);
                return Err(if later { Halt::Later(why) } else { Halt::Reject(why) });
            };
            resolved.push((*at, Entered::Value(Value::Link(link))));
        }
        Ok((resolved, made))
    }

    fn insert(
        &self,
        txn: &mut Txn<'_>,
        read: &Read<'_>,
        mut fields: Vec<(usize, Entered)>,
    ) -> Result<Ref, Halt> {
        let table = self.plan.fields;
        if let (Named::Key(hash) | Named::Whole(hash), Some(at)) = (&read.identity, table.field(SOURCE_KEY)) {
            fields.push((at, Entered::Value(Value::Text(hash.clone()))));
        }
        let number = match read.identity {
            Named::Code(at) => Some(at.id),
            _ => None,
        };
        let at = txn.insert(table.kind, number, &fields)?;
        for children in &self.plan.children {
            self.enter_children(txn, at, read.row, children)?;
        }
        if self.archived(read.row)? == Some(true) {
            txn.shelve(at, Shelf::Archive)?;
        }
        Ok(at)
    }

    fn update(
        &self,
        txn: &mut Txn<'_>,
        at: Ref,
        read: &Read<'_>,
        fields: Vec<(usize, Entered)>,
    ) -> Result<bool, Halt> {
        let edits: Vec<Edit> =
            self.of_existing(read, fields).map(|(field, new)| Edit { field, seen: None, new }).collect();
        let mut changed = txn.update(at, &edits, Some(&self.plan.source), None)? == Changed::Yes;
        for children in &self.plan.children {
            changed |= self.enter_children(txn, at, read.row, children)?;
        }
        if let Some(archived) = self.archived(read.row)? {
            let to = if archived { Shelf::Archive } else { Shelf::Open };
            changed |= txn.shelve(at, to)? == Changed::Yes;
        }
        Ok(changed)
    }

    /// The fields of a row that may change a record: a title made of the number may not.
    fn of_existing(
        &self,
        read: &Read<'_>,
        fields: Vec<(usize, Entered)>,
    ) -> impl Iterator<Item = (usize, Entered)> {
        let stand_in = self.plan.title.filter(|_| read.title_from_number).map(|(title, _)| title);
        fields.into_iter().filter(move |(field, _)| Some(*field) != stand_in)
    }

    fn archived(&self, row: &Row) -> Result<Option<bool>, Halt> {
        let Some(cell) = self.plan.archived.map(|column| row.cell(column).trim()) else { return Ok(None) };
        match cell {
            "" => Ok(None),
            "yes" | "true" => Ok(Some(true)),
            "no" | "false" => Ok(Some(false)),
            _ => Err(reject(Sentence::from(NO_YES).with("cell", cell))),
        }
    }
}

/// What stands against changing a record by a row that was exported at this version: that the
/// record has changed since, so that the row does not say what its writer had before their eyes.
fn moved_on(txn: &Txn<'_>, at: Ref, exported: &str) -> Result<Option<Sentence>, Halt> {
    let exported = exported.trim();
    let now = txn.record(at)?.version;
    Ok(match exported.parse::<i64>() {
        Ok(version) if version == now => None,
        Ok(version) => {
            let sentence = Sentence::from(MOVED_ON).with("code", code_of(at));
            Some(sentence.with("exported", version).with("now", now))
        }
        Err(_) => Some(Sentence::from(NO_VERSION).with("cell", exported)),
    })
}

/// Whether a try changed anything, where nothing stands against that; else the row is rejected,
/// and the try is taken back with it.
fn only_without(objection: Option<Sentence>, tried: Result<bool, Halt>) -> Result<bool, Halt> {
    match (objection, tried) {
        (Some(objection), Ok(true) | Err(Halt::Reject(_))) => Err(reject(objection)),
        (_, tried) => tried,
    }
}

/// Whether a row of kind `from` that names an unknown record of kind `to` makes it: the vendors of
/// a contract list.
fn makes(from: Kind, to: Kind) -> bool {
    from == Kind::Contract && to == Kind::Vendor
}

const NO_CODE: Text = text(
    "“{cell}” is no code of this kind; codes look like {prefix}-0001.",
    "“{cell}”不是此类编号；编号形如 {prefix}-0001。",
);
const CONTRADICTS: Text = text(
    "It has the identity of line {line} but says something else. Name the columns that tell them apart with --key.",
    "与第 {line} 行标识相同但内容不同。请用 --key 指定能区分它们的列。",
);
const MOVED_ON: Text = text(
    "{code} has changed since the export: it was version {exported} and is now {now}. Export it again.",
    "{code} 在导出后已有更改：导出时为版本 {exported}，现为 {now}。请重新导出。",
);
const NO_VERSION: Text = text(
    "version: “{cell}” is not the number that the export wrote. Export the record again.",
    "version：“{cell}”不是导出时写入的版本号。请重新导出。",
);
const NO_SUCH: Text = text("There is no {kind} “{name}”.", "没有{kind}“{name}”。");
const NO_YES: Text =
    text("archived: “{cell}” is neither yes nor no.", "archived：“{cell}”既不是 yes 也不是 no。");
