//! What each column of a file becomes, decided once before the first row.
//!
//! It must never look at the register: the same file with the same flags has the same plan.

use crate::entity::input::{self, Entered, Reading};
use crate::entity::{Column, Kind, Meta, Shape, Table as Fields};
use crate::intake::dates::{DateOrder, DateReader};
use crate::intake::identity::{RowKey, key_columns, whole_row};
use crate::intake::mapping::{ColumnUse, FieldSpec, Mapping, find_column};
use crate::intake::synonyms::synonyms;
use crate::intake::{CellProblem, IntakeError, Row, Table, cells};
use crate::register::coded;
use crate::register::explain::DATES;
use crate::shell::import::Halted;
use crate::shell::records::{ARCHIVED, CODE, OWN, VERSION};
use crate::texts::{Sentence, Text, text};

/// The field that keeps what identifies a row of a source.
pub(in crate::shell) const SOURCE_KEY: &str = "source_key";

/// Who made a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::shell) enum Origin {
    /// Our export did: its codes are ours, and a cell says exactly what it says.
    Own,
    /// Somebody else: codes are theirs, and `N/A` is a blank.
    Foreign,
}

/// What the command line asks for.
pub(in crate::shell) struct Asked {
    /// The kind of the records.
    pub(in crate::shell) kind: Kind,
    /// The entries of `--map`.
    pub(in crate::shell) map: Vec<String>,
    /// The entries of `--set`.
    pub(in crate::shell) set: Vec<String>,
    /// The entries of `--key`.
    pub(in crate::shell) key: Vec<String>,
    /// The order of `--date-format`.
    pub(in crate::shell) dates: Option<DateOrder>,
    /// How values are read.
    pub(in crate::shell) reading: Reading,
    /// The name of the file.
    pub(in crate::shell) source: String,
}

/// A field that a column fills.
pub(in crate::shell) struct Filled {
    /// The place of the field in its table.
    pub(in crate::shell) field: usize,
    /// What the field says about itself.
    pub(in crate::shell) meta: &'static Meta,
    /// The column.
    pub(in crate::shell) column: usize,
    /// How the dates of the column are read.
    pub(in crate::shell) dates: Option<DateReader>,
}

/// Where the records of a child kind stand in a JSON file.
pub(in crate::shell) struct Children {
    /// Their kind.
    pub(in crate::shell) kind: Kind,
    /// The place of the field that links them to their parent.
    pub(in crate::shell) parent: usize,
}

/// What makes a row the same row in the next file.
pub(in crate::shell) enum Identity {
    /// The columns of `--key`.
    Key(RowKey),
    /// `external_id`, else `number`, else the whole row.
    Natural {
        /// The columns of these fields, in this order.
        fields: Vec<(&'static str, usize)>,
        /// The whole row.
        whole: RowKey,
    },
}

/// The plan.
pub(in crate::shell) struct Plan {
    /// The table of the kind.
    pub(in crate::shell) fields: &'static Fields,
    /// Who made the file.
    pub(in crate::shell) origin: Origin,
    /// The names of the columns.
    pub(in crate::shell) columns: Vec<String>,
    /// What columns fill.
    pub(in crate::shell) filled: Vec<Filled>,
    /// What `--set` fills, the same in every row.
    pub(in crate::shell) set: Vec<(usize, Entered)>,
    /// The column of codes, in a file of our own.
    pub(in crate::shell) code: Option<usize>,
    /// The column of versions, in a file of our own.
    pub(in crate::shell) version: Option<usize>,
    /// The column that says whether a record is put away, in a file of our own.
    pub(in crate::shell) archived: Option<usize>,
    /// The identity of a row without a code.
    pub(in crate::shell) identity: Identity,
    /// Child records of JSON rows.
    pub(in crate::shell) children: Vec<Children>,
    /// Title and number: the number stands in for a blank title.
    pub(in crate::shell) title: Option<(usize, usize)>,
    /// How values are read.
    pub(in crate::shell) reading: Reading,
    /// The name of the file, the reason that the history gives.
    pub(in crate::shell) source: String,
    unused: Vec<usize>,
    stand_in: Option<(&'static str, &'static str)>,
}

impl Plan {
    /// Lays the columns of `table` onto the fields of a kind.
    pub(in crate::shell) fn make(table: &Table, asked: Asked) -> Result<Self, Halted> {
        let fields = asked.kind.table();
        let origin = origin(table, asked.kind, &asked.map);
        let specs = specs(fields, origin);
        let mut mapping = Mapping::build(&table.columns, &specs, &asked.map)?;
        let stand_in = (origin == Origin::Foreign).then(|| stand_in(fields, &mut mapping)).flatten();
        let set = set(fields, &asked)?;
        let filled = filled(table, fields, &mapping, &set, asked.dates)?;
        let column = |key| mapping.column(key).filter(|_| origin == Origin::Own);
        let children = children(table, asked.kind);
        let place = |key: &str| fields.field(key);
        let title = place("title").zip(place("number"));
        let plan = Self {
            fields,
            origin,
            columns: table.columns.clone(),
            code: column(CODE),
            version: column(VERSION),
            archived: column(ARCHIVED),
            identity: identity(table, &mapping, &asked, fields)?,
            unused: unused(table, fields, &mapping, &children, origin),
            filled,
            set,
            children,
            title,
            reading: asked.reading,
            source: asked.source,
            stand_in,
        };
        plan.refuse_hopeless(table)?;
        Ok(plan)
    }

    /// The key of what a column fills: a field, or one of the columns of our own exports.
    pub(in crate::shell) fn fill(&self, column: usize) -> Option<&'static str> {
        let own = [(CODE, self.code), (VERSION, self.version), (ARCHIVED, self.archived)];
        let filled = self.filled.iter().find(|filled| filled.column == column).map(|filled| filled.meta.key);
        filled.or_else(|| own.into_iter().find(|(_, at)| *at == Some(column)).map(|(key, _)| key))
    }

    /// What stands in for a column that is not there.
    pub(in crate::shell) fn stood_in(&self) -> Option<Sentence> {
        let (field, other) = self.stand_in?;
        Some(Sentence::from(STANDS_IN).with("field", field).with("other", other))
    }

    /// What the user should know before the rows: columns that fill nothing, names that stand in.
    pub(in crate::shell) fn notes(&self, table: &Table) -> Vec<Sentence> {
        let mut notes = Vec::new();
        let named: Vec<&str> =
            self.unused.iter().filter_map(|at| table.columns.get(*at)).map(String::as_str).collect();
        if !named.is_empty() {
            notes.push(Sentence::from(UNUSED).with("columns", named.join(", ")));
        }
        notes.extend(self.stood_in());
        notes
    }

    /// Whether a blank cell says that its field is blank, as it does in an exported row, which has a
    /// code. In a row written below those, and where a JSON object lacks the key, it was left out.
    pub(in crate::shell) fn clears(&self, row: &Row, column: usize) -> bool {
        let is_coded = self.code.is_some_and(|column| !row.cell(column).trim().is_empty());
        is_coded && !self.columns.get(column).is_some_and(|name| row.lacks(name))
    }

    /// A file without a column for a field that every record needs would be rejected row by row.
    fn refuse_hopeless(&self, table: &Table) -> Result<(), Halted> {
        if table.rows.is_empty() {
            return Ok(());
        }
        let blank = (self.fields.blank)();
        for (at, (meta, value)) in self.fields.fields.iter().zip(&blank).enumerate() {
            let filled = self.filled.iter().any(|filled| filled.field == at)
                || self.set.iter().any(|(field, _)| *field == at)
                || self.title.is_some_and(|(title, number)| title == at && self.fills(number));
            // A file of codes alone may change records that are there.
            if meta.required && value.is_null() && !filled && self.origin == Origin::Foreign {
                return Err(Halted::NoColumn { field: meta, columns: table.columns.clone() });
            }
        }
        Ok(())
    }

    fn fills(&self, field: usize) -> bool {
        self.filled.iter().any(|filled| filled.field == field)
    }
}

/// What the columns of `table` fill by their names and by `map`, as the key of a field.
pub(in crate::shell) fn uses(
    table: &Table,
    kind: Kind,
    map: &[String],
) -> Result<Vec<Option<&'static str>>, IntakeError> {
    let specs = specs(kind.table(), origin(table, kind, map));
    let mapping = Mapping::build(&table.columns, &specs, map)?;
    let of = |column| match mapping.of(column) {
        ColumnUse::Field(key) => Some(key),
        ColumnUse::Dropped | ColumnUse::Unmapped | ColumnUse::Passed(_) => None,
    };
    Ok((0..table.columns.len()).map(of).collect())
}

/// Our exports have the columns of [`OWN`] by exactly these names, and codes of the kind in the
/// first; a column `Code` alone is anybody's. `--map` of that column makes a file somebody else's.
fn origin(table: &Table, kind: Kind, map: &[String]) -> Origin {
    let column = |name: &str| table.columns.iter().position(|column| column == name);
    let is_mapped = |code: usize| {
        let sources = map.iter().filter_map(|entry| Some(entry.rsplit_once('=')?.0));
        sources.filter_map(|source| find_column(&table.columns, source).ok()).any(|at| at == code)
    };
    let codes =
        column(CODE).filter(|code| OWN.iter().all(|name| column(name).is_some()) && !is_mapped(*code));
    let is_coded = |code| table.column(code).any(|(_, cell)| coded(kind, cell.trim()).is_some());
    if codes.is_some_and(is_coded) { Origin::Own } else { Origin::Foreign }
}

fn specs(fields: &'static Fields, origin: Origin) -> Vec<FieldSpec> {
    let is_own = origin == Origin::Own;
    let of_field = |meta: &Meta| FieldSpec {
        key: meta.key,
        label: meta.label,
        synonyms: synonyms(fields.word, meta.key),
    };
    let mut specs: Vec<FieldSpec> =
        fields.fields.iter().filter(|meta| is_own || !meta.hidden).map(of_field).collect();
    if is_own {
        specs.extend(OWN.map(|key| FieldSpec { key, label: text("", ""), synonyms: &[] }));
    }
    specs
}

/// A list without a name column names its records by another name it has.
fn stand_in(fields: &'static Fields, mapping: &mut Mapping) -> Option<(&'static str, &'static str)> {
    const OTHERS: [&str; 3] = ["name_zh", "name_en", "short_name"];
    fields.field("name")?;
    let others: Vec<&'static str> = OTHERS.into_iter().filter(|key| fields.field(key).is_some()).collect();
    mapping.stand_in("name", &others).map(|other| ("name", other))
}

fn set(fields: &'static Fields, asked: &Asked) -> Result<Vec<(usize, Entered)>, Halted> {
    let mut set = Vec::new();
    for entry in &asked.set {
        let Some((key, words)) = entry.split_once('=') else {
            return Err(Halted::Usage(Sentence::from(SET_WITHOUT).with("entry", entry)));
        };
        let key = key.trim().replace('-', "_");
        let found = fields.fields.iter().enumerate().find(|(_, meta)| meta.key == key && !meta.hidden);
        let Some((at, meta)) = found else {
            let keys: Vec<&str> = fields.fields.iter().filter(|m| !m.hidden).map(|m| m.key).collect();
            let sentence = Sentence::from(NO_FIELD).with("field", key).with("fields", keys.join(", "));
            return Err(Halted::Usage(sentence));
        };
        let entered = input::read(meta, words, &asked.reading).map_err(Halted::Usage)?;
        set.push((at, entered));
    }
    Ok(set)
}

fn filled(
    table: &Table,
    fields: &'static Fields,
    mapping: &Mapping,
    set: &[(usize, Entered)],
    order: Option<DateOrder>,
) -> Result<Vec<Filled>, Halted> {
    let mut filled = Vec::new();
    for (field, meta) in fields.fields.iter().enumerate() {
        // What `--set` says holds for every row, whatever its cells say.
        let Some(column) = mapping.column(meta.key).filter(|_| !set.iter().any(|(at, _)| *at == field))
        else {
            continue;
        };
        let dates = match meta.shape {
            Shape::Date => {
                let name = table.columns.get(column).map_or("", String::as_str);
                let settled = DateReader::settle(name, table.column(column), order);
                Some(settled?)
            }
            _ => None,
        };
        filled.push(Filled { field, meta, column, dates });
    }
    Ok(filled)
}

fn identity(
    table: &Table,
    mapping: &Mapping,
    asked: &Asked,
    fields: &'static Fields,
) -> Result<Identity, Halted> {
    if asked.key.is_empty() {
        let natural = ["external_id", "number"].into_iter();
        let natural = natural.filter(|key| fields.field(key).is_some());
        let columns = natural.filter_map(|key| Some((key, mapping.column(key)?))).collect();
        let whole = RowKey::new(&table.columns, &whole_row(table, mapping));
        return Ok(Identity::Natural { fields: columns, whole });
    }
    if fields.field(SOURCE_KEY).is_none() {
        return Err(Halted::Usage(Sentence::from(NO_KEY).with_word("kinds", fields.many)));
    }
    let columns = key_columns(&table.columns, &asked.key)?;
    Ok(Identity::Key(RowKey::new(&table.columns, &columns)))
}

/// The child kinds whose plural is a column of JSON values: `contacts` of vendors.
fn children(table: &Table, kind: Kind) -> Vec<Children> {
    let holds = |kind: Kind| {
        let plural = kind.table().plural;
        let column = table.columns.iter().position(|name| name == plural);
        column.is_some() && table.rows.iter().any(|row| row.json(plural).is_some())
    };
    kind.children()
        .filter(|(child, _)| holds(*child))
        .map(|(kind, parent)| Children { kind, parent })
        .collect()
}

/// The columns that fill nothing though nobody dropped them, less those every export of ours has.
fn unused(
    table: &Table,
    fields: &'static Fields,
    mapping: &Mapping,
    children: &[Children],
    origin: Origin,
) -> Vec<usize> {
    let known = |name: &str| {
        let own = origin == Origin::Own
            && (OWN.contains(&name)
                || name == "kind"
                || name == DATES
                || matches!(fields.column(name), Some(Column::Derived(_))));
        own || children.iter().any(|child| child.kind.table().plural == name)
    };
    let idle = (0..table.columns.len())
        .filter(|at| matches!(mapping.of(*at), ColumnUse::Unmapped | ColumnUse::Passed(_)));
    idle.filter(|at| table.columns.get(*at).is_some_and(|name| !known(name))).collect()
}

/// The text of a cell: blanks are blank in a list of others, while a file of our own says exactly
/// what it says.
pub(in crate::shell) fn cell_value(cell: &str, origin: Origin) -> Result<Option<&str>, CellProblem> {
    match origin {
        Origin::Own => Ok((!cell.trim().is_empty()).then_some(cell)),
        Origin::Foreign => cells::value(cell),
    }
}

const UNUSED: Text = text("Columns that fill nothing: {columns}.", "未使用的列：{columns}。");
const STANDS_IN: Text =
    text("No column is called {field}; {other} stands in for it.", "没有 {field} 列，以 {other} 代替。");
const SET_WITHOUT: Text = text("--set {entry}: write FIELD=VALUE.", "--set {entry}：请写成 FIELD=VALUE。");
const NO_FIELD: Text = text(
    "--set: there is no field {field}; there are {fields}.",
    "--set：没有字段 {field}；可用：{fields}。",
);
const NO_KEY: Text = text(
    "--key: {kinds} keep no key of their source; leave it out, or use external_id.",
    "--key：{kinds}不保存来源键；请去掉该参数，或使用 external_id。",
);
