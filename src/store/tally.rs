//! Counts and sums that screens show at once, kept by adding and taking away.
//!
//! The index row of a record keeps what the record added; a change takes exactly that away and
//! adds what follows now. So a tally is always the sum over all rows; `check` counts again and
//! compares.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use crate::domain::contract::ContractState;
use crate::domain::list::ClosedList;
use crate::domain::risk::RiskState;
use crate::entity::{Kind, Record, Ref, Value};
use crate::register::due::What;
use crate::register::{Due, Refusal};
use crate::store::index::is_superseded;
use crate::store::refused;
use crate::texts::{Sentence, Text, text};

/// One share of one record: what is counted, under which word, and what it adds to the sum.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Share {
    what: String,
    word: String,
    sum: i64,
}

/// What the index row of a record says it added; nothing where there is no row.
pub(super) fn stored(conn: &Connection, at: Ref) -> Result<Vec<Share>, Refusal> {
    let statement = format!("SELECT shares FROM \"{}_x\" WHERE id = ?", at.kind.table().word);
    let found: rusqlite::Result<String> =
        conn.prepare_cached(&statement).and_then(|mut s| s.query_row([at.id], |row| row.get(0)));
    match found {
        Err(rusqlite::Error::QueryReturnedNoRows) => Ok(Vec::new()),
        other => Ok(parse(&other.map_err(refused)?)),
    }
}

/// The shares as the index row keeps them: one a line, its parts at tabs.
pub(super) fn print(shares: &[Share]) -> String {
    let lines: Vec<String> = shares.iter().map(|s| format!("{}\t{}\t{}", s.what, s.word, s.sum)).collect();
    lines.join("\n")
}

fn parse(text: &str) -> Vec<Share> {
    let share = |line: &str| {
        let mut parts = line.split('\t');
        let (what, word) = (parts.next()?.to_owned(), parts.next()?.to_owned());
        Some(Share { what, word, sum: parts.next()?.parse().ok()? })
    };
    text.lines().filter_map(share).collect()
}

/// A count and a sum on their way into the register: the sum of many shares may be more than a
/// tally holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Total {
    /// How many.
    pub(super) count: i64,
    /// What they come to.
    pub(super) sum: i128,
}

impl Total {
    fn add(&mut self, share: &Share) {
        self.count += 1;
        self.sum += i128::from(share.sum);
    }

    fn take(&mut self, share: &Share) {
        self.count -= 1;
        self.sum -= i128::from(share.sum);
    }
}

/// Takes the old shares of a record away and adds the new ones. Refused when the shares under one
/// word come to more than a tally holds.
pub(super) fn apply(conn: &Connection, kind: Kind, old: &[Share], new: &[Share]) -> Result<(), Refusal> {
    let mut net: BTreeMap<(&str, &str), Total> = BTreeMap::new();
    for share in old {
        net.entry((&share.what, &share.word)).or_default().take(share);
    }
    for share in new {
        net.entry((&share.what, &share.word)).or_default().add(share);
    }
    for ((what, word), Total { count, sum }) in net {
        let too_much = || Refusal::Rule(Sentence::from(TOO_MUCH).with("word", word));
        if (count, sum) != (0, 0) {
            let sum = i64::try_from(sum).map_err(|_| too_much())?;
            conn.prepare_cached(
                "INSERT INTO tally (kind, what, word, count, sum) VALUES (?1, ?2, ?3, ?4, ?5) \
                 ON CONFLICT DO UPDATE SET count = count + ?4, sum = sum + ?5",
            )
            .and_then(|mut s| s.execute(params![kind as i64, what, word, count, sum]))
            // A sum beyond 64 bits is no whole number any more, and the column takes no other.
            .map_err(|error| match refused(error) {
                Refusal::Rule(_) => too_much(),
                other => other,
            })?;
        }
    }
    Ok(())
}

/// Count and sum under one word.
pub(super) fn one(conn: &Connection, kind: Kind, what: &str, word: &str) -> Result<(i64, i64), Refusal> {
    let found = conn
        .prepare_cached("SELECT count, sum FROM tally WHERE kind = ? AND what = ? AND word = ?")
        .and_then(|mut s| {
            s.query_row(params![kind as i64, what, word], |row| Ok((row.get(0)?, row.get(1)?)))
        });
    match found {
        Err(rusqlite::Error::QueryReturnedNoRows) => Ok((0, 0)),
        other => other.map_err(refused),
    }
}

/// Word, count and sum of everything counted under `what`, in the order of the words.
pub(super) fn all(conn: &Connection, kind: Kind, what: &str) -> Result<Vec<(String, i64, i64)>, Refusal> {
    conn.prepare_cached(
        "SELECT word, count, sum FROM tally WHERE kind = ? AND what = ? AND count <> 0 ORDER BY word",
    )
    .and_then(|mut s| {
        s.query_map(params![kind as i64, what], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect()
    })
    .map_err(refused)
}

/// Word, count and sum of everything counted under `what` from the word `from` on and before the
/// word `before`; with the shares of some records taken away and those of others added.
pub(super) fn range(
    conn: &Connection,
    (kind, what): (Kind, &str),
    (from, before): (&str, &str),
    gone: &[Share],
    come: &[Share],
) -> Result<Vec<(String, i64, i64)>, Refusal> {
    let stored: Vec<(String, i64, i64)> = conn
        .prepare_cached(
            "SELECT word, count, sum FROM tally WHERE kind = ? AND what = ? AND word >= ? AND word < ? \
             AND count <> 0 ORDER BY word",
        )
        .and_then(|mut s| {
            let read = |row: &rusqlite::Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
            s.query_map(params![kind as i64, what, from, before], read)?.collect()
        })
        .map_err(refused)?;
    if gone.is_empty() && come.is_empty() {
        return Ok(stored);
    }
    let mut sums: BTreeMap<String, Total> =
        stored.into_iter().map(|(word, count, sum)| (word, Total { count, sum: i128::from(sum) })).collect();
    let within = |share: &&Share| share.what == what && *share.word >= *from && *share.word < *before;
    for share in gone.iter().filter(within) {
        sums.entry(share.word.clone()).or_default().take(share);
    }
    for share in come.iter().filter(within) {
        sums.entry(share.word.clone()).or_default().add(share);
    }
    let clamped = |sum: i128| i64::try_from(sum).unwrap_or(if sum < 0 { i64::MIN } else { i64::MAX });
    Ok(sums
        .into_iter()
        .filter(|(_, total)| total.count != 0)
        .map(|(word, total)| (word, total.count, clamped(total.sum)))
        .collect())
}

/// Count and sum of everything that is tallied: by kind, what, and word.
pub(super) type Sums = BTreeMap<(Kind, String, String), Total>;

/// Adds the shares of a record.
pub(super) fn add(sums: &mut Sums, kind: Kind, shares: &[Share]) {
    for share in shares {
        sums.entry((kind, share.what.clone(), share.word.clone())).or_default().add(share);
    }
}

/// What the register keeps; what counts nothing is left out.
pub(super) fn stored_sums(conn: &Connection) -> Result<Sums, Refusal> {
    let mut statement = conn
        .prepare("SELECT kind, what, word, count, sum FROM tally WHERE count <> 0 OR sum <> 0")
        .map_err(refused)?;
    let rows = statement
        .query_map([], |row| {
            let kind: i64 = row.get(0)?;
            let total = Total { count: row.get(3)?, sum: row.get::<_, i64>(4)?.into() };
            Ok((kind, row.get::<_, String>(1)?, row.get::<_, String>(2)?, total))
        })
        .map_err(refused)?;
    let mut sums = Sums::new();
    for row in rows {
        let (kind, what, word, total) = row.map_err(refused)?;
        if let Some(kind) = Kind::from_number(kind) {
            sums.insert((kind, what, word), total);
        }
    }
    Ok(sums)
}

/// How the tally `month` writes one; the currency stands behind it.
pub(super) const MONTH: &str = "%Y-%m";

/// What a record with these derived values adds; nothing when it is put away or a newer revision speaks
/// in its place.
pub(super) fn shares(record: &Record, dues: &[Due]) -> Vec<Share> {
    if record.archived_at.is_some() || is_superseded(record.at.kind, &record.derived) {
        return Vec::new();
    }
    let mut shares = Vec::new();
    let mut add = |what: &str, word: &str, sum| {
        shares.push(Share { what: what.to_owned(), word: word.to_owned(), sum });
    };
    add("all", "", 0);
    let state = record.table().moves.map(|moves| record.get(moves.field).as_key());
    if let Some(state) = state {
        add("state", state, 0);
    }
    match record.at.kind {
        Kind::Vendor => {
            if let Value::Points(score) = record.get("score") {
                add("scored", "", *score);
            }
        }
        Kind::Contract if state == Some(ContractState::InForce.key()) => {
            let annual = match record.get("annual") {
                Value::Money(money) => Some(money),
                _ => None,
            };
            if let Some(money) = annual {
                add("annual", money.currency.code(), money.minor);
            }
            if let Some(day) = record.get("last_day").as_date() {
                add("ends", &day.to_string(), 0);
                let code = annual.map_or("", |money| money.currency.code());
                let month = format!("{} {code}", day.format(MONTH));
                add("month", &month, annual.map_or(0, |money| money.minor));
            }
        }
        Kind::Review => {
            if let (Value::Points(total), Value::Period(period), Value::Choice(_)) =
                (record.get("total"), record.get("period"), record.get("grade"))
            {
                add("period", &period.to_string(), *total);
            }
        }
        Kind::Risk if state != Some(RiskState::Closed.key()) => {
            add("level", record.get("level").as_key(), 0);
            let cell = match record.get("current") {
                Value::Null => record.get("inherent"),
                cell => cell,
            };
            if let Value::Cell(cell) = cell {
                add("cell", &cell.to_string(), 0);
            }
        }
        _ => {}
    }
    shares.extend(dues.iter().map(|due| Share {
        what: due_word(due.what),
        word: due.date.to_string(),
        sum: 0,
    }));
    shares
}

/// Under what the dates of one kind of attention are counted, each by its day.
pub(super) fn due_word(what: What) -> String {
    format!("due {}", what.key())
}

/// How many are counted under `what` from the day `from` on and before the day `before`; with the
/// shares of some records taken away and those of others added.
pub(super) fn count(
    conn: &Connection,
    (kind, what): (Kind, &str),
    (from, before): (&str, &str),
    gone: &[Share],
    come: &[Share],
) -> Result<i64, Refusal> {
    let stored: i64 = conn
        .prepare_cached(
            "SELECT coalesce(sum(count), 0) FROM tally WHERE kind = ? AND what = ? AND word >= ? AND word < ?",
        )
        .and_then(|mut s| s.query_row(params![kind as i64, what, from, before], |row| row.get(0)))
        .map_err(refused)?;
    let within = |share: &&Share| share.what == what && *share.word >= *from && *share.word < *before;
    let count = |shares: &[Share]| i64::try_from(shares.iter().filter(within).count()).unwrap_or(0);
    Ok(stored - count(gone) + count(come))
}

const TOO_MUCH: Text = text(
    "All amounts of this kind ({word}) come to more than the register can add up. Correct the greatest of them.",
    "此类金额（{word}）合计超出登记册可累计的范围，请更正其中过大的金额。",
);
