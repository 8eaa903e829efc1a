//! What a list is narrowed by: words, held against each record, and what is asked of columns, which
//! the engine answers.
//!
//! What few records fulfil is asked of an index first, and the list is made of those; what many
//! fulfil is met soon on the way along the list. Values are bound, names come from the tables.

use std::cell::RefCell;
use std::collections::BTreeMap;

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use crate::entity::filter::{Asked, Sense, Test, Where};
use crate::entity::{Kind, Shape};
use crate::limits;
use crate::register::Refusal;
use crate::store::filter::columns::Predicate;
use crate::store::filter::words::ByWords;
use crate::store::refused;

pub(super) use functions::register;

mod columns;
mod functions;
mod words;

/// Records that come into question for a filter, up to which they are asked of the look-up; beyond it
/// every row on the way is held against the filter.
pub(super) const CANDIDATES: usize = 10_000;

/// What one list is narrowed by.
pub(super) struct Filter<'c> {
    conn: &'c Connection,
    kind: Kind,
    words: Option<ByWords<'c>>,
    /// Words none of which may stand in a record.
    without: Vec<ByWords<'c>>,
    named: Vec<Named<'c>>,
    predicates: Vec<Predicate>,
}

/// The records that are let through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Matching {
    /// None but these, by id; what is asked of columns is to be asked of them.
    All(Vec<i64>),
    /// More than were asked for: the list is to be walked and each row held against the filter.
    More,
}

/// A record that is linked to and found by words, where it may be one of so many that each is asked
/// when a row of it comes along.
struct Named<'c> {
    column: String,
    sense: Sense,
    words: ByWords<'c>,
    known: RefCell<BTreeMap<i64, bool>>,
}

impl<'c> Filter<'c> {
    /// What is asked; nothing when every record is let through.
    pub(super) fn of(conn: &'c Connection, kind: Kind, asked: &Asked) -> Result<Option<Self>, Refusal> {
        let words = ByWords::of(conn, kind, &asked.words, words::Where::List);
        let (without, named, predicates) = Default::default();
        let mut filter = Self { conn, kind, words, without, named, predicates };
        for text in &asked.without {
            if let Some(words) = ByWords::of(conn, kind, text, words::Where::List) {
                filter.leave_out(words)?;
            }
        }
        for asked in &asked.wheres {
            filter.ask(asked)?;
        }
        let lets_all = filter.words.is_none() && filter.predicates.is_empty() && !filter.asks_rows();
        Ok((!lets_all).then_some(filter))
    }

    /// What the engine is to ask of each row, with what it binds.
    pub(super) fn predicates(&self) -> impl Iterator<Item = (&str, &[Sql])> {
        self.predicates.iter().map(|p| (p.sql.as_str(), p.bound.as_slice()))
    }

    /// Whether each row must be held against it, beyond what the engine asks.
    pub(super) fn asks_rows(&self) -> bool {
        self.words.is_some() || !self.without.is_empty() || !self.named.is_empty()
    }

    /// The records that may be let through, unless more than `most` come into question. What the
    /// engine asks is still to be asked of them.
    pub(super) fn matching(&self, most: usize) -> Result<Matching, Refusal> {
        let mut found = match &self.words {
            Some(words) => words.matching(most)?,
            None => Matching::More,
        };
        for predicate in &self.predicates {
            if found == Matching::More {
                found = self.by_index(predicate, most)?;
            }
        }
        let Matching::All(ids) = found else { return Ok(Matching::More) };
        let mut kept = Vec::with_capacity(ids.len());
        for id in ids {
            if self.lets(id)? {
                kept.push(id);
            }
        }
        Ok(Matching::All(kept))
    }

    /// Whether a record is let through, as far as the engine does not ask it.
    pub(super) fn holds(&self, id: i64) -> Result<bool, Refusal> {
        match &self.words {
            Some(words) if !words.holds(id)? => Ok(false),
            _ => self.lets(id),
        }
    }

    fn lets(&self, id: i64) -> Result<bool, Refusal> {
        for words in &self.without {
            if words.holds(id)? {
                return Ok(false);
            }
        }
        for named in &self.named {
            if !self.is_of(named, id)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Leaves out what holds these words: those records where they are few, else row by row.
    fn leave_out(&mut self, words: ByWords<'c>) -> Result<(), Refusal> {
        match words.matching(limits::FILTER_IDS)? {
            Matching::All(ids) => {
                self.predicates.push(Predicate::among("x.id", &ids).turned(Sense::HoldsNot));
            }
            Matching::More => self.without.push(words),
        }
        Ok(())
    }

    fn ask(&mut self, asked: &Where) -> Result<(), Refusal> {
        let head = self.kind.table().head(asked.column);
        let (Test::Named(text), Shape::Link(kind)) = (&asked.test, head.shape) else {
            let predicate = Predicate::of(self.kind.table(), asked.column, &asked.test);
            self.predicates.push(predicate.turned(asked.sense));
            return Ok(());
        };
        let column = format!("x.\"l_{}\"", head.key);
        let Some(words) = ByWords::of(self.conn, kind, text, words::Where::Record) else {
            // Signs alone are nobody's name.
            self.predicates.push(Predicate::among(&column, &[]).turned(asked.sense));
            return Ok(());
        };
        match words.matching(limits::FILTER_IDS)? {
            Matching::All(ids) => self.predicates.push(Predicate::among(&column, &ids).turned(asked.sense)),
            Matching::More => {
                self.named.push(Named { column, sense: asked.sense, words, known: RefCell::default() });
            }
        }
        Ok(())
    }

    /// The records that an index names for what is asked of its column, where these are few.
    fn by_index(&self, predicate: &Predicate, most: usize) -> Result<Matching, Refusal> {
        let Some(index) = &predicate.index else { return Ok(Matching::More) };
        let table = self.kind.table().word;
        // Both shelves, so that the index by shelf and column can be walked.
        let statement = format!(
            "SELECT x.id FROM \"{table}_x\" x INDEXED BY \"{table}_x_{index}\" WHERE x.archived IN (0, 1) AND {} LIMIT ?",
            predicate.sql
        );
        let limit = i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1);
        let bound = predicate.bound.iter().cloned().chain([Sql::Integer(limit)]);
        let ids: Vec<i64> = self
            .conn
            .prepare_cached(&statement)
            .and_then(|mut s| s.query_map(params_from_iter(bound), |row| row.get(0))?.collect())
            .map_err(refused)?;
        Ok(if ids.len() <= most { Matching::All(ids) } else { Matching::More })
    }

    fn is_of(&self, named: &Named<'_>, id: i64) -> Result<bool, Refusal> {
        let statement =
            format!("SELECT {} FROM \"{}_x\" x WHERE x.id = ?", named.column, self.kind.table().word);
        let link: Option<i64> = self
            .conn
            .prepare_cached(&statement)
            .and_then(|mut s| s.query_row([id], |row| row.get(0)).optional())
            .map_err(refused)?;
        let holds = match link.filter(|link| *link != 0) {
            None => false,
            Some(link) => {
                let known = named.known.borrow().get(&link).copied();
                match known {
                    Some(known) => known,
                    None => {
                        let holds = named.words.holds(link)?;
                        named.known.borrow_mut().insert(link, holds);
                        holds
                    }
                }
            }
        };
        Ok(holds == (named.sense == Sense::Holds))
    }
}
