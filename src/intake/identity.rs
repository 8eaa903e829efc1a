//! What makes a row of one list the same row in the next list.
//!
//! It must never depend on the order of the columns or of the rows, nor on a number that the
//! source counts anew for every list.

use sha2::{Digest, Sha256};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::intake::error::IntakeError;
use crate::intake::mapping::{ColumnUse, Mapping, find_column, fold};
use crate::intake::table::{Row, Table};

/// The name CKAN's data store gives to the position of a row: it is counted anew at every
/// publication, so that two lists of one source give one contract two numbers.
const ROW_NUMBER: &str = "_id";

/// The columns that identify a row, by the names of `--key`: `A,B` or `#1`; each counted from 0.
///
/// A name with a comma is found as a whole before it is taken for two names.
///
/// # Errors
///
/// [`IntakeError::UnknownColumn`], [`IntakeError::DuplicateHeader`].
pub fn key_columns(columns: &[String], names: &[String]) -> Result<Vec<usize>, IntakeError> {
    let mut found = Vec::new();
    for name in names {
        match find_column(columns, name) {
            Ok(column) => found.push(column),
            Err(IntakeError::UnknownColumn { .. }) if name.contains(',') => {
                for part in name.split(',') {
                    found.push(find_column(columns, part)?);
                }
            }
            Err(error) => return Err(error),
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// The columns that identify a row when no key is named: all but those dropped by `=ignore` and
/// the row numbers of CKAN (`_id`, whole numbers only).
#[must_use]
pub fn whole_row(table: &Table, mapping: &Mapping) -> Vec<usize> {
    (0..table.columns.len())
        .filter(|column| mapping.of(*column) != ColumnUse::Dropped && !is_row_number(table, *column))
        .collect()
}

/// What identifies the rows of one table: its columns with their names, made ready once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowKey {
    columns: Vec<(String, usize)>,
}

impl RowKey {
    /// The key over `at`, columns of a table whose names are `columns`, counted from 0.
    #[must_use]
    pub fn new(columns: &[String], at: &[usize]) -> Self {
        let named = |at: &usize| {
            let name = columns.get(*at).map_or("", String::as_str);
            let folded = fold(name);
            (if folded.is_empty() { name.nfc().collect() } else { folded }, *at)
        };
        let mut columns: Vec<(String, usize)> = at.iter().map(named).collect();
        columns.sort_unstable();
        Self { columns }
    }

    /// The identity of a row: SHA-256 in hexadecimal over the names and texts of the columns.
    ///
    /// Names are folded as in [`fold`], texts trimmed and in NFC; the order of the columns and what
    /// stands in others do not count.
    #[must_use]
    pub fn identity(&self, row: &Row) -> String {
        let mut hash = Sha256::new();
        // The length before each text keeps "ab", "c" apart from "a", "bc".
        let mut add = |text: &str| {
            hash.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
            hash.update(text.as_bytes());
        };
        for (name, column) in &self.columns {
            add(name);
            let text = row.cell(*column).trim();
            if is_nfc(text) { add(text) } else { add(&text.nfc().collect::<String>()) }
        }
        format!("{:x}", hash.finalize())
    }
}

fn is_row_number(table: &Table, column: usize) -> bool {
    let whole = |cell: &str| !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit());
    table.columns.get(column).is_some_and(|name| name == ROW_NUMBER)
        && table.column(column).all(|(_, cell)| whole(cell.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::csv_table::{CsvOptions, read_csv};

    fn table(text: &str) -> Table {
        read_csv(text, &CsvOptions::DEFAULT).unwrap()
    }

    fn whole(text: &str, ignore: &[&str]) -> Vec<String> {
        let table = table(text);
        let entries: Vec<String> = ignore.iter().map(|name| format!("{name}=ignore")).collect();
        let columns = whole_row(&table, &Mapping::build(&table.columns, &[], &entries).unwrap());
        let key = RowKey::new(&table.columns, &columns);
        table.rows.iter().map(|row| key.identity(row)).collect()
    }

    #[test]
    fn the_order_of_columns_and_the_writing_of_names_do_not_count() {
        let one = whole("Name,PO_Number\nCafé , 7\n", &[]);
        let other = whole("po number;NAME\n7;Cafe\u{301}\n", &[]);
        assert_eq!(one, other);
        assert_eq!(one[0].len(), 64);
        assert_ne!(one, whole("Name,PO_Number\ncafé,7\n", &[]));
        assert_ne!(whole("a,b\nxy,z\n", &[]), whole("a,b\nx,yz\n", &[]));
        assert_ne!(whole("a,b\nx,y\n", &[]), whole("a,b\ny,x\n", &[]));
    }

    #[test]
    fn row_numbers_and_dropped_columns_do_not_count() {
        assert_eq!(whole("_id,a\n1,x\n2,y\n", &[]), whole("_id,a\n8,x\n9,y\n", &[]));
        assert_ne!(whole("_id,a\n5f1c,x\n", &[]), whole("_id,a\n6a2e,x\n", &[]));
        assert_eq!(whole("stamp,a\n1,x\n", &["stamp"]), whole("stamp,a\n2,x\n", &["stamp"]));
        assert_ne!(whole("stamp,a\n1,x\n", &[]), whole("stamp,a\n2,x\n", &[]));
    }

    #[test]
    fn keys_are_named_by_name_or_position() {
        let columns: Vec<String> = ["No", "Name, legal", "Name"].map(String::from).to_vec();
        let keys = |names: &[&str]| {
            key_columns(&columns, &names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(keys(&["name,no"]), Ok(vec![0, 2]));
        assert_eq!(keys(&["Name, legal", "#1", "no"]), Ok(vec![0, 1]));
        let unknown = IntakeError::UnknownColumn { name: "x".to_owned(), possible: columns.clone() };
        assert_eq!(keys(&["no,x"]), Err(unknown));
    }

    #[test]
    fn only_the_key_counts() {
        let table = table("no,a\n7,x\n7,y\n8,x\n");
        let key = RowKey::new(&table.columns, &[0]);
        let keys: Vec<String> = table.rows.iter().map(|row| key.identity(row)).collect();
        assert_eq!(keys[0], keys[1]);
        assert_ne!(keys[0], keys[2]);
    }
}
