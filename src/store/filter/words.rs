//! The words a list is narrowed by: each stands in the record itself, in its vendor, or in a word
//! that one of its columns shows.
//!
//! A column shows a word in the language of the screen; either language finds it, so that a filter
//! means the same to both readers of a register.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeSet;
use std::collections::btree_map::{BTreeMap, Entry};

use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::list::Choice;
use crate::entity::{Column, Kind, Ref, Shape, Value};
use crate::limits;
use crate::lookup::{Entry as Word, FieldRole, Query as Words, matches, matches_text};
use crate::register::Refusal;
use crate::store::filter::{CANDIDATES, Matching};
use crate::store::{card, find, lookup, refused, sql};

/// The words of one list.
pub(super) struct ByWords<'c> {
    conn: &'c Connection,
    kind: Kind,
    /// Whether more than what the record itself is found by may hold the words.
    place: Where,
    whole: Words,
    terms: Vec<Term>,
    vendors: RefCell<BTreeMap<i64, Vec<Word>>>,
    candidates: OnceCell<Option<BTreeSet<i64>>>,
}

/// Where words may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    /// In what the record is found by: its names, its code, its numbers.
    Record,
    /// There, in its vendor, or in a word that a column shows.
    List,
}

/// One word, and the choices of the columns that begin with it.
struct Term {
    words: Words,
    choices: Vec<(Column, usize)>,
}

impl<'c> ByWords<'c> {
    /// The words of `text`; nothing when there are none.
    pub(super) fn of(conn: &'c Connection, kind: Kind, text: &str, place: Where) -> Option<Self> {
        let whole = Words::parse(text);
        // Its terms are the look-up's own: `licences/huawei` is two words, though it has no blank.
        let term = |word: &str| {
            let words = Words::parse(word);
            let choices = choices(kind, &words);
            Term { words, choices }
        };
        let terms = whole.terms().iter().map(|word| term(word.text())).collect();
        let (vendors, candidates) = (RefCell::default(), OnceCell::new());
        (!whole.is_empty()).then_some(Self { conn, kind, place, whole, terms, vendors, candidates })
    }

    /// Every record that the words let through, put away or not, unless more than `most` come into
    /// question.
    pub(super) fn matching(&self, most: usize) -> Result<Matching, Refusal> {
        let Some(candidates) = self.candidates()?.filter(|ids| ids.len() <= most) else {
            return Ok(Matching::More);
        };
        let mut found = Vec::new();
        for id in candidates {
            if self.holds(*id)? {
                found.push(*id);
            }
        }
        Ok(Matching::All(found))
    }

    /// Whether the words let a record through.
    pub(super) fn holds(&self, id: i64) -> Result<bool, Refusal> {
        if self.candidates()?.is_some_and(|ids| !ids.contains(&id)) {
            return Ok(false);
        }
        let at = Ref { kind: self.kind, id };
        let mut entries = lookup::entries(self.conn, at.doc()).map_err(refused)?;
        if matches(&self.whole, &entries) {
            return Ok(true);
        }
        if self.is_plain() {
            return Ok(false);
        }
        self.add_vendor(at, &mut entries)?;
        self.add_choices(at, &mut entries)?;
        Ok(matches(&self.whole, &entries))
    }

    /// The records that come into question, every one that the words let through among them; nothing
    /// when these are more than is worth asking the index for.
    fn candidates(&self) -> Result<Option<&BTreeSet<i64>>, Refusal> {
        if self.candidates.get().is_none() {
            let found = self.ask_for_candidates(CANDIDATES)?;
            let _ = self.candidates.set(found);
        }
        Ok(self.candidates.get().and_then(Option::as_ref))
    }

    fn ask_for_candidates(&self, most: usize) -> Result<Option<BTreeSet<i64>>, Refusal> {
        let Some(mut found) = self.own(self.kind, &self.whole, most)? else { return Ok(None) };
        if self.is_plain() {
            return Ok(Some(found));
        }
        let mut fewest: Option<BTreeSet<i64>> = None;
        for term in &self.terms {
            if let Some(ids) = self.holding(term, most)?
                && fewest.as_ref().is_none_or(|known| ids.len() < known.len())
            {
                fewest = Some(ids);
            }
        }
        let Some(fewest) = fewest else { return Ok(None) };
        found.extend(fewest);
        // A telephone number, or a name typed in two parts, is more than its words.
        let Some(whole) = self.of_vendors(&self.whole, most)? else { return Ok(None) };
        found.extend(whole);
        Ok((found.len() <= most).then_some(found))
    }

    /// Whether nothing but the record itself can hold the words.
    fn is_plain(&self) -> bool {
        self.place == Where::Record
            || self.vendor_key().is_none() && self.terms.iter().all(|term| term.choices.is_empty())
    }

    /// The field by which records of this kind are of a vendor.
    fn vendor_key(&self) -> Option<&'static str> {
        sql::scope_key(self.kind.table(), Kind::Vendor)
    }

    fn own(&self, kind: Kind, words: &Words, most: usize) -> Result<Option<BTreeSet<i64>>, Refusal> {
        let kinds = find::ranked(&[kind]);
        let Some(kind) = kinds.first() else { return Ok(Some(BTreeSet::new())) };
        lookup::candidates(self.conn, words, *kind, most).map_err(refused)
    }

    /// The records that may hold one word anywhere; nothing when they are more than `most`.
    fn holding(&self, term: &Term, most: usize) -> Result<Option<BTreeSet<i64>>, Refusal> {
        let Some(mut ids) = self.own(self.kind, &term.words, most)? else { return Ok(None) };
        let Some(of_vendors) = self.of_vendors(&term.words, most)? else { return Ok(None) };
        ids.extend(of_vendors);
        for (column, place) in &term.choices {
            ids.extend(self.choosing(*column, *place, most)?);
        }
        Ok((ids.len() <= most).then_some(ids))
    }

    /// The records of the vendors that may hold these words; nothing when there are too many of either.
    fn of_vendors(&self, words: &Words, most: usize) -> Result<Option<BTreeSet<i64>>, Refusal> {
        let mut ids = BTreeSet::new();
        let Some(key) = self.vendor_key() else { return Ok(Some(ids)) };
        let Some(vendors) = self.own(Kind::Vendor, words, limits::FILTER_VENDORS)? else { return Ok(None) };
        for vendor in vendors {
            ids.extend(self.ids_where(&format!("l_{key}"), Place::Index, &vendor, most)?);
            if ids.len() > most {
                return Ok(None);
            }
        }
        Ok(Some(ids))
    }

    /// The records whose column shows the choice at `place` of its list, at most one beyond `most`.
    fn choosing(&self, column: Column, place: usize, most: usize) -> Result<Vec<i64>, Refusal> {
        let table = self.kind.table();
        let head = table.head(column);
        let is_indexed = match column {
            Column::Field(at) => table.fields.get(at).is_some_and(|meta| meta.sortable),
            Column::Derived(_) => true,
        };
        if is_indexed {
            let number = i64::try_from(place).unwrap_or(i64::MAX);
            return self.ids_where(&sql::order_column(table, column), Place::Index, &number, most);
        }
        let key = list_of(head.shape).and_then(|list| list.get(place)).map_or("", |choice| choice.key);
        self.ids_where(head.key, Place::Record, &key, most)
    }

    fn ids_where(
        &self,
        column: &str,
        place: Place,
        value: &dyn rusqlite::ToSql,
        most: usize,
    ) -> Result<Vec<i64>, Refusal> {
        let table = self.kind.table().word;
        let statement = match place {
            // Both shelves, so that the index by shelf and column can be walked.
            Place::Index => format!(
                "SELECT id FROM \"{table}_x\" WHERE archived IN (0, 1) AND \"{column}\" = ?1 LIMIT ?2"
            ),
            Place::Record => format!("SELECT id FROM \"{table}\" WHERE \"{column}\" = ?1 LIMIT ?2"),
        };
        let most = i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1);
        self.conn
            .prepare_cached(&statement)
            .and_then(|mut s| s.query_map(params![value, most], |row| row.get(0))?.collect())
            .map_err(refused)
    }

    fn add_vendor(&self, at: Ref, words: &mut Vec<Word>) -> Result<(), Refusal> {
        let Some(key) = self.vendor_key() else { return Ok(()) };
        let statement = format!("SELECT \"l_{key}\" FROM \"{}_x\" WHERE id = ?", at.kind.table().word);
        let vendor: Option<i64> = self
            .conn
            .prepare_cached(&statement)
            .and_then(|mut s| s.query_row([at.id], |row| row.get(0)).optional())
            .map_err(refused)?;
        let Some(vendor) = vendor.filter(|id| *id != 0) else { return Ok(()) };
        let mut known = self.vendors.borrow_mut();
        let found = match known.entry(vendor) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(empty) => {
                let doc = Ref { kind: Kind::Vendor, id: vendor }.doc();
                empty.insert(lookup::entries(self.conn, doc).map_err(refused)?)
            }
        };
        words.extend(found.iter().cloned());
        Ok(())
    }

    fn add_choices(&self, at: Ref, words: &mut Vec<Word>) -> Result<(), Refusal> {
        let wanted: BTreeSet<Column> =
            self.terms.iter().flat_map(|term| term.choices.iter().map(|(column, _)| *column)).collect();
        if wanted.is_empty() {
            return Ok(());
        }
        let table = at.kind.table();
        let read = card::read(self.conn, at, &sql::statements(at.kind).select_row, &table.columns)?;
        for (column, cell) in table.columns.iter().zip(&read.cells) {
            if wanted.contains(column)
                && let Value::Choice(choice) = cell
            {
                words
                    .extend([choice.label.en, choice.label.zh].map(|label| Word::new(FieldRole::Tag, label)));
            }
        }
        Ok(())
    }
}

/// In which table of a kind a column stands.
#[derive(Clone, Copy)]
enum Place {
    Index,
    Record,
}

const fn list_of(shape: Shape) -> Option<&'static [Choice]> {
    match shape {
        Shape::Choice(list) => Some(list),
        _ => None,
    }
}

/// The choices of the list columns of a kind that a word means.
fn choices(kind: Kind, words: &Words) -> Vec<(Column, usize)> {
    let table = kind.table();
    let mut found = Vec::new();
    for column in &table.columns {
        for (place, choice) in list_of(table.head(*column).shape).unwrap_or_default().iter().enumerate() {
            if [choice.label.en, choice.label.zh].iter().any(|label| matches_text(words, label)) {
                found.push((*column, place));
            }
        }
    }
    found
}
