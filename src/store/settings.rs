//! Settings of the register: kept as records, so that they have a history and an undo.

use rusqlite::{Connection, OptionalExtension};

use crate::domain::money::Currency;
use crate::domain::period::FiscalStart;
use crate::entity::input::Entered;
use crate::entity::{Kind, Problem, Ref, Value};
use crate::lookup::EDITION;
use crate::register::settings::Held;
pub use crate::register::settings::{
    BASE_CURRENCY, CALENDAR, DEFAULT_TEMPLATE, FISCAL_YEAR_START, GRADE_BANDS, KNOWN, Known, known,
};
use crate::register::{Act, Clash, Conflict, Edit, Refusal, Saved, code_of};
use crate::store::{Store, Txn, index, refused};
use crate::texts::{Sentence, Text, text};

/// The key of the edition that made the index of the look-up. The house writes it and nobody sets
/// it, so it is none of [`KNOWN`].
pub(super) const LOOKUP_EDITION: &str = "lookup_edition";
/// The edition of the program that made the index rows.
pub(super) const INDEX_EDITION: &str = "index_edition";
/// The base currency where none was set.
pub const DEFAULT_CURRENCY: Currency = Currency::CNY;

/// What a new register is made with.
#[derive(Debug, Clone, Copy)]
pub struct Founding {
    /// The currency that bare numbers mean.
    pub base_currency: Currency,
}

impl Store {
    /// The value of a setting; its default where nothing was set.
    ///
    /// # Errors
    /// [`Refusal::Rule`] when there is no such setting.
    pub fn setting(&self, key: &str) -> Result<String, Refusal> {
        known(key)?;
        read(&self.conn, key)
    }

    /// Every setting as the register holds it.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn settings(&self) -> Result<Vec<Held>, Refusal> {
        let _moment = self.moment()?;
        let held = |known: &Known| {
            let offers = if known.key == DEFAULT_TEMPLATE { templates(&self.conn)? } else { Vec::new() };
            let is_set = row_of(&self.conn, known.key)?.is_some();
            Ok(Held { key: known.key, value: read(&self.conn, known.key)?, is_set, offers })
        };
        KNOWN.iter().map(held).collect()
    }

    /// Sets a setting.
    ///
    /// # Errors
    /// [`Refusal::Rule`] when there is no such setting or the value is not one for it.
    pub fn set(&mut self, key: &str, value: &str) -> Result<Saved, Refusal> {
        self.set_over(key, value, None)
    }

    /// Sets a setting that held `seen` when it was looked at.
    ///
    /// # Errors
    /// As [`Store::set`]; [`Refusal::Conflict`] when another has set it meanwhile.
    pub fn set_over(&mut self, key: &str, value: &str, seen: Option<&str>) -> Result<Saved, Refusal> {
        let known = known(key)?;
        if let Some(sentence) = known.problem(value) {
            return Err(Refusal::Rule(sentence));
        }
        let mut txn = self.begin(Act::Set)?;
        let now = read(&txn.tx, key)?;
        if seen.is_some_and(|seen| seen != now) {
            let at = Ref { kind: Kind::Setting, id: row_of(&txn.tx, key)?.unwrap_or_default() };
            let text = |value: &str| Value::Text(value.to_owned());
            let clashes = vec![Clash { field: 1, theirs: text(&now), mine: text(value) }];
            return Err(Refusal::Conflict(Conflict { at, code: code_of(at), version: 0, clashes }));
        }
        if key == DEFAULT_TEMPLATE && txn.named(Kind::Template, value)?.is_none() {
            return Err(Refusal::Rule(Sentence::from(NO_TEMPLATE).with("code", value)));
        }
        txn.put_setting(key, value)?;
        txn.commit()
    }

    /// Writes what every new register starts with: its currency, the KPIs and the scorecards.
    pub(super) fn establish(&mut self, founding: Founding) -> Result<(), Refusal> {
        let entries = crate::demo::defaults().map_err(|error| {
            Refusal::Damaged(Sentence::from(BAD_DEFAULTS).with("what", format!("{error:?}")))
        })?;
        let mut txn = self.begin(Act::Found)?;
        txn.put_setting(BASE_CURRENCY, founding.base_currency.code())?;
        txn.put_setting(LOOKUP_EDITION, &EDITION.to_string())?;
        txn.put_setting(INDEX_EDITION, &index::EDITION.to_string())?;
        for entry in entries {
            txn.enter(&entry)?;
        }
        txn.commit().map(drop)
    }
}

impl Txn<'_> {
    /// Writes a setting, whether there was one or not.
    pub(super) fn put_setting(&mut self, key: &str, value: &str) -> Result<(), Refusal> {
        let text = |text: &str| Entered::Value(Value::Text(text.to_owned()));
        if let Some(id) = row_of(&self.tx, key)? {
            let edit = Edit { field: 1, seen: None, new: text(value) };
            self.update(Ref { kind: Kind::Setting, id }, &[edit], None, None)?;
        } else {
            self.insert(Kind::Setting, None, &[(0, text(key)), (1, text(value))])?;
        }
        Ok(())
    }
}

/// What is wrong with a record of a setting, whichever way it was entered: that there is no such
/// setting, or that the value is not one for it.
pub(super) fn problem(values: &[Value]) -> Option<Problem> {
    let text = |at: usize| values.get(at).map_or("", Value::as_text);
    let (key, value) = (text(0), text(1));
    // The house writes its editions itself.
    if [LOOKUP_EDITION, INDEX_EDITION].contains(&key) {
        return None;
    }
    match known(key) {
        Ok(known) => known.problem(value).map(|sentence| Problem::new("value", sentence)),
        Err(refusal) => refusal.sentences().into_iter().next().map(|sentence| Problem::new("key", sentence)),
    }
}

/// The row of a setting, if somebody ever set it.
fn row_of(conn: &Connection, key: &str) -> Result<Option<i64>, Refusal> {
    conn.prepare_cached("SELECT id FROM setting WHERE key = ?")
        .and_then(|mut s| s.query_row([key], |row| row.get(0)).optional())
        .map_err(refused)
}

/// The scorecards that are in use, as code and name.
fn templates(conn: &Connection) -> Result<Vec<(String, String)>, Refusal> {
    let mut statement = conn
        .prepare_cached("SELECT id, name FROM template WHERE archived_at IS NULL ORDER BY id LIMIT 50")
        .map_err(refused)?;
    let rows = statement
        .query_map([], |row| Ok((code_of(Ref { kind: Kind::Template, id: row.get(0)? }), row.get(1)?)));
    rows.and_then(Iterator::collect).map_err(refused)
}

/// The month the fiscal year starts with.
pub(super) fn fiscal_start(conn: &Connection) -> Result<FiscalStart, Refusal> {
    Ok(read(conn, FISCAL_YEAR_START)?.parse().ok().and_then(FiscalStart::new).unwrap_or_default())
}

/// The edition that made the index of the look-up: the first where none was written down.
pub(super) fn lookup_edition(conn: &Connection) -> Result<i64, Refusal> {
    Ok(read(conn, LOOKUP_EDITION)?.parse().unwrap_or(1))
}

/// The edition that made the index rows: the first where none was written down.
pub(super) fn index_edition(conn: &Connection) -> Result<i64, Refusal> {
    Ok(read(conn, INDEX_EDITION)?.parse().unwrap_or(1))
}

pub(super) fn read(conn: &Connection, key: &str) -> Result<String, Refusal> {
    let found: Option<String> = conn
        .prepare_cached("SELECT value FROM setting WHERE key = ? AND archived_at IS NULL")
        .and_then(|mut s| s.query_row([key], |row| row.get(0)).optional())
        .map_err(refused)?;
    let default = KNOWN.iter().find(|known| known.key == key).map_or("", |known| known.default);
    Ok(found.unwrap_or_else(|| default.to_owned()))
}

const NO_TEMPLATE: Text = text("There is no scorecard {code}.", "没有考核表 {code}。");
const BAD_DEFAULTS: Text =
    text("The built-in templates cannot be read ({what}).", "内置模板无法读取（{what}）。");
