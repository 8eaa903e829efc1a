//! Settings of the register: kept as records, so that they have a history and an undo.

use rusqlite::{Connection, OptionalExtension};

use crate::domain::calendar::{Calendar, WEEKENDS};
use crate::domain::money::Currency;
use crate::domain::period::FiscalStart;
use crate::entity::input::Entered;
use crate::entity::{Kind, Problem, Ref, Value};
use crate::lookup::EDITION;
use crate::register::{Act, Edit, Refusal, Saved};
use crate::store::{Store, Txn, index, refused};
use crate::texts::{Sentence, Text, text};

/// The key of the currency that bare numbers mean.
pub const BASE_CURRENCY: &str = "base_currency";
/// The key of the month in which the fiscal year starts.
pub const FISCAL_YEAR_START: &str = "fiscal_year_start";
/// The key of the working calendar of new contracts.
pub const CALENDAR: &str = "calendar";
/// The key of the scorecard that new reviews take.
pub const DEFAULT_TEMPLATE: &str = "default_template";
/// The key of the edition that made the index of the look-up. The house writes it and nobody sets
/// it, so it is none of [`KNOWN`].
pub(super) const LOOKUP_EDITION: &str = "lookup_edition";
/// The edition of the program that made the index rows.
pub(super) const INDEX_EDITION: &str = "index_edition";
/// The base currency where none was set.
pub const DEFAULT_CURRENCY: Currency = Currency::CNY;

/// One setting: its key, what holds where nothing was set, and what it is for.
#[derive(Debug)]
pub struct Known {
    /// The key.
    pub key: &'static str,
    /// What holds where nothing was set.
    pub default: &'static str,
    /// What it is for.
    pub meaning: Text,
    check: fn(&str) -> bool,
    wanted: Text,
}

/// Every setting there is.
pub const KNOWN: &[Known] = &[
    Known {
        key: BASE_CURRENCY,
        default: "CNY",
        meaning: text("the currency that bare numbers mean", "不带货币的数字所指的货币"),
        check: |value| Currency::from_code(value).is_some(),
        wanted: text("a currency code, such as CNY", "货币代码，如 CNY"),
    },
    Known {
        key: FISCAL_YEAR_START,
        default: "1",
        meaning: text("the month in which the fiscal year starts", "财年起始月份"),
        check: |value| value.parse().is_ok_and(|month: u32| (1..=12).contains(&month)),
        wanted: text("a month from 1 to 12", "1 至 12 的月份"),
    },
    Known {
        key: CALENDAR,
        default: WEEKENDS,
        meaning: text("the working calendar of new contracts", "新合同的工作日历"),
        check: |value| Calendar::named(value).is_some(),
        wanted: text(WEEKENDS, WEEKENDS),
    },
    Known {
        key: DEFAULT_TEMPLATE,
        default: "T-0001",
        meaning: text("the scorecard of new reviews", "新考核使用的考核表"),
        check: |value| crate::register::coded(Kind::Template, value).is_some(),
        wanted: text("the code of a template, such as T-0001", "模板编号，如 T-0001"),
    },
];

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

    /// Sets a setting.
    ///
    /// # Errors
    /// [`Refusal::Rule`] when there is no such setting or the value is not one for it.
    pub fn set(&mut self, key: &str, value: &str) -> Result<Saved, Refusal> {
        let known = known(key)?;
        if !(known.check)(value) {
            let sentence = Sentence::from(NOT_FOR).with("key", key).with("value", value);
            return Err(Refusal::Rule(sentence.with_word("wanted", known.wanted)));
        }
        let mut txn = self.begin(Act::Set)?;
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
        let found: Option<i64> = self
            .tx
            .prepare_cached("SELECT id FROM setting WHERE key = ?")
            .and_then(|mut s| s.query_row([key], |row| row.get(0)).optional())
            .map_err(refused)?;
        if let Some(id) = found {
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
        Ok(known) if (known.check)(value) => None,
        Ok(known) => {
            let sentence = Sentence::from(NOT_FOR).with("key", key).with("value", value);
            Some(Problem::new("value", sentence.with_word("wanted", known.wanted)))
        }
        Err(refusal) => refusal.sentences().into_iter().next().map(|sentence| Problem::new("key", sentence)),
    }
}

/// The setting with this key.
///
/// # Errors
/// [`Refusal::Rule`] that names those there are.
pub fn known(key: &str) -> Result<&'static Known, Refusal> {
    KNOWN.iter().find(|known| known.key == key).ok_or_else(|| {
        let keys: Vec<&str> = KNOWN.iter().map(|known| known.key).collect();
        Refusal::Rule(Sentence::from(NO_SETTING).with("key", key).with("keys", keys.join(", ")))
    })
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

const NO_SETTING: Text =
    text("There is no setting {key}. There are: {keys}.", "没有设置项 {key}。可用：{keys}。");
const NO_TEMPLATE: Text = text("There is no scorecard {code}.", "没有考核表 {code}。");
const NOT_FOR: Text =
    text("“{value}” does not fit {key}; it takes {wanted}.", "“{value}”不适用于 {key}；应为{wanted}。");
const BAD_DEFAULTS: Text =
    text("The built-in templates cannot be read ({what}).", "内置模板无法读取（{what}）。");
