//! Which column of a file fills which field of a record.
//!
//! Names are compared folded; a field takes one column only. It must never choose between two
//! columns that fit a field equally well: that is an error which names both.

use unicode_normalization::UnicodeNormalization;

use crate::intake::error::IntakeError;
use crate::texts::Text;

/// The word of `--map` that drops a column.
pub const IGNORE: &str = "ignore";

/// What a field is called, by us and by others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldSpec {
    /// Its key: the word of the command line.
    pub key: &'static str,
    /// Its name on the screen.
    pub label: Text,
    /// Its names in the lists of others, from [`crate::intake::synonyms::synonyms`].
    pub synonyms: &'static [&'static str],
}

/// What becomes of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnUse {
    /// It fills the field of this key.
    Field(&'static str),
    /// It was dropped by `--map SRC=ignore`.
    Dropped,
    /// Its name is that of no field.
    Unmapped,
    /// Its name is a synonym of this field, which another column fills by its own name.
    Passed(&'static str),
}

/// The columns of a file and what becomes of each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    uses: Vec<ColumnUse>,
    stand_ins: Vec<(&'static str, usize)>,
}

impl Mapping {
    /// Maps `columns` to `fields`: first by the entries `SRC=FIELD` of `--map`, then by name.
    ///
    /// `SRC` is the name of a column, exact or folded, or its position as `#2`; `FIELD` a key, a
    /// label or `ignore`. By name, the key of a field goes before its labels, and these before its
    /// synonyms; a column that loses is [`ColumnUse::Passed`].
    ///
    /// # Errors
    ///
    /// [`IntakeError::MapWithoutField`], [`IntakeError::UnknownColumn`],
    /// [`IntakeError::UnknownField`] and [`IntakeError::ColumnMappedTwice`] for an entry;
    /// [`IntakeError::FieldMappedTwice`] when columns fit a field equally well;
    /// [`IntakeError::DuplicateHeader`] when columns of one name are not all but one mapped by
    /// position.
    pub fn build(columns: &[String], fields: &[FieldSpec], entries: &[String]) -> Result<Self, IntakeError> {
        let asked = asked_uses(columns, fields, entries)?;
        refuse_duplicates(columns, &asked)?;
        let mut uses: Vec<ColumnUse> =
            asked.iter().map(|asked| asked.unwrap_or(ColumnUse::Unmapped)).collect();

        let mut claims: Vec<(&'static str, Rank, usize)> = Vec::new();
        for (at, name) in columns.iter().enumerate().filter(|(at, _)| !is_asked(&asked, *at)) {
            if let Some((rank, key)) = best_field(name, fields) {
                claims.push((key, rank, at));
            }
        }
        for field in fields {
            let of_field: Vec<_> = claims.iter().filter(|(key, ..)| *key == field.key).collect();
            let taken = asked.contains(&Some(ColumnUse::Field(field.key)));
            let best = of_field.iter().map(|(_, rank, _)| *rank).min().filter(|_| !taken);
            let winners: Vec<usize> =
                of_field.iter().filter(|(_, rank, _)| Some(*rank) == best).map(|(.., at)| *at).collect();
            if winners.len() > 1 {
                return Err(IntakeError::FieldMappedTwice {
                    field: field.key,
                    columns: named(columns, &winners),
                });
            }
            for (.., at) in of_field {
                let winner = winners.contains(at);
                let becomes = if winner { ColumnUse::Field(field.key) } else { ColumnUse::Passed(field.key) };
                uses.splice(at..=at, [becomes]);
            }
        }
        Ok(Self { uses, stand_ins: Vec::new() })
    }

    /// Lets the column of another field fill `field` too when no column fills it: the first of
    /// `others` that has one, so that a list of short names gives names. Returns that key.
    pub fn stand_in(&mut self, field: &'static str, others: &[&'static str]) -> Option<&'static str> {
        if self.column(field).is_some() {
            return None;
        }
        let (key, column) = others.iter().find_map(|key| Some((*key, self.column(key)?)))?;
        self.stand_ins.push((field, column));
        Some(key)
    }

    /// The column that fills the field `key`, from 0.
    #[must_use]
    pub fn column(&self, key: &str) -> Option<usize> {
        let own = self.uses.iter().position(|column| matches!(column, ColumnUse::Field(k) if *k == key));
        own.or_else(|| self.stand_ins.iter().find(|(k, _)| *k == key).map(|(_, column)| *column))
    }

    /// What becomes of a column; one the file does not have is unmapped.
    #[must_use]
    pub fn of(&self, column: usize) -> ColumnUse {
        self.uses.get(column).copied().unwrap_or(ColumnUse::Unmapped)
    }
}

/// A name as it is compared: compatibility forms (full width) made plain, letters in lower case,
/// and nothing but letters and digits. May be empty.
#[must_use]
pub fn fold(name: &str) -> String {
    name.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

/// The column that `name` names, from 0: `#2` by position, else exactly, else folded.
///
/// # Errors
///
/// [`IntakeError::UnknownColumn`] with the columns there are; [`IntakeError::DuplicateHeader`]
/// when the name is that of several.
pub fn find_column(columns: &[String], name: &str) -> Result<usize, IntakeError> {
    let name = name.trim();
    let place = |at: &usize| (1..=columns.len()).contains(at);
    let position = name.strip_prefix('#').and_then(|n| n.parse().ok()).filter(place);
    let folded = fold(name);
    let exact = matching(columns, |column| column == name);
    let found = match (exact.is_empty(), position) {
        (false, _) => exact,
        (true, Some(position)) => vec![position - 1],
        (true, None) if folded.is_empty() => Vec::new(),
        (true, None) => matching(columns, |column| fold(column) == folded),
    };
    match found.as_slice() {
        [] => Err(IntakeError::UnknownColumn { name: name.to_owned(), possible: columns.to_vec() }),
        [column] => Ok(*column),
        several => Err(duplicate(name, several)),
    }
}

/// How well a name fits a field; the least fits best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Key,
    Label,
    Synonym,
}

/// What `--map` says of each column.
fn asked_uses(
    columns: &[String],
    fields: &[FieldSpec],
    entries: &[String],
) -> Result<Vec<Option<ColumnUse>>, IntakeError> {
    let mut asked = vec![None; columns.len()];
    for entry in entries {
        // The last `=` parts the entry: names of columns hold anything, keys of fields do not.
        let Some((source, field)) = entry.rsplit_once('=') else {
            return Err(IntakeError::MapWithoutField { entry: entry.clone() });
        };
        let column = find_column(columns, source)?;
        let becomes = asked_use(fields, field.trim())?;
        if is_asked(&asked, column) {
            return Err(IntakeError::ColumnMappedTwice { column: source.trim().to_owned() });
        }
        if let ColumnUse::Field(key) = becomes
            && let Some(first) = asked.iter().position(|use_| *use_ == Some(becomes))
        {
            let columns = named(columns, &[first, column]);
            return Err(IntakeError::FieldMappedTwice { field: key, columns });
        }
        asked.splice(column..=column, [Some(becomes)]);
    }
    Ok(asked)
}

fn asked_use(fields: &[FieldSpec], name: &str) -> Result<ColumnUse, IntakeError> {
    if name == IGNORE {
        return Ok(ColumnUse::Dropped);
    }
    let by_key = fields.iter().find(|field| field.key == name);
    let folded = fold(name);
    let ranked =
        |rank| fields.iter().find(|field| !folded.is_empty() && rank_of(field, &folded) == Some(rank));
    match by_key.or_else(|| ranked(Rank::Key)).or_else(|| ranked(Rank::Label)) {
        Some(field) => Ok(ColumnUse::Field(field.key)),
        None => Err(IntakeError::UnknownField {
            name: name.to_owned(),
            possible: fields.iter().map(|field| field.key).collect(),
        }),
    }
}

/// Columns of one name, of which more than one is left to its name.
fn refuse_duplicates(columns: &[String], asked: &[Option<ColumnUse>]) -> Result<(), IntakeError> {
    for (at, name) in columns.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
        let same = matching(columns, |column| column == name);
        let open = same.iter().filter(|column| !is_asked(asked, **column)).count();
        if open > 1 && same.first() == Some(&at) {
            return Err(duplicate(name, &same));
        }
    }
    Ok(())
}

fn best_field(name: &str, fields: &[FieldSpec]) -> Option<(Rank, &'static str)> {
    let folded = fold(name);
    if folded.is_empty() {
        return None;
    }
    fields
        .iter()
        .filter_map(|field| Some((rank_of(field, &folded)?, field.key)))
        .min_by_key(|(rank, _)| *rank)
}

fn rank_of(field: &FieldSpec, folded: &str) -> Option<Rank> {
    let fits = |name: &str| fold(name) == folded;
    if fits(field.key) {
        Some(Rank::Key)
    } else if fits(field.label.en) || fits(field.label.zh) {
        Some(Rank::Label)
    } else {
        field.synonyms.iter().any(|name| fits(name)).then_some(Rank::Synonym)
    }
}

fn is_asked(asked: &[Option<ColumnUse>], column: usize) -> bool {
    asked.get(column).is_some_and(Option::is_some)
}

fn matching(columns: &[String], fits: impl Fn(&String) -> bool) -> Vec<usize> {
    columns.iter().enumerate().filter(|(_, name)| fits(name)).map(|(at, _)| at).collect()
}

fn named(columns: &[String], at: &[usize]) -> Vec<String> {
    at.iter().filter_map(|at| columns.get(*at).cloned()).collect()
}

fn duplicate(name: &str, columns: &[usize]) -> IntakeError {
    IntakeError::DuplicateHeader {
        name: name.to_owned(),
        columns: columns.iter().map(|column| column + 1).collect(),
    }
}

#[cfg(test)]
mod tests;
