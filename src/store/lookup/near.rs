//! What a query may have been meant for: words, pinyin and names one slip of the keyboard away.
//!
//! Asked only when little matches as it was typed; every list is cut at a stated number.

use std::collections::BTreeSet;

use rusqlite::{Connection, Result, params};

use super::{KEYS, keys_of, number, sql};
use crate::lookup::pinyin::{full_keys, is_spelling};
use crate::lookup::query::{FIXES, Probe, Query, Reach, Term};
use crate::lookup::{Kind, fold, typo};

/// Words of the register held against a mistyped one.
const WORDS: usize = 2_000;
/// First letters that a mistyped word shares with most words it may have been meant for.
const SHARED_LETTERS: usize = 3;
/// Spellings by pinyin that are looked up; letters that can be cut anyhow (`aaaa`) are no name.
const POSSIBLE_SPELLINGS: usize = 150;
/// Spellings by pinyin that are asked for.
const SPELLINGS: usize = 12;

/// The query with what its words may have been meant for.
pub(super) fn corrected(conn: &Connection, query: &Query, kinds: &[Kind]) -> Result<Query> {
    let mut wider = query.clone().with_reach(Reach::Corrected);
    for (at, term) in query.terms().iter().enumerate() {
        let words = fixes(conn, term)?;
        wider = wider.with_fixes(at, &words);
    }
    let alike = query.is_wide().then(|| full_keys(&fold::fold(query.compact())));
    Ok(wider.with_spellings(alike.map_or_else(|| spellings(conn, query, kinds), Ok)?))
}

/// Names that begin with the same letters as the query, or differ by one slip in these, near enough to be it.
pub(super) fn near_names(
    conn: &Connection,
    query: &Query,
    kinds: &[Kind],
    docs: &mut BTreeSet<i64>,
) -> Result<()> {
    let typed: Vec<char> = query.compact().chars().collect();
    let most = typo::allowed(typed.len());
    if most == 0 || typed.len() > typo::NAME_LETTERS || query.code().is_some() || query.phone().is_some() {
        return Ok(());
    }
    let from: String = typed.iter().take(SHARED_LETTERS).collect();
    let before = format!("{from}\u{10FFFF}");
    let slips = typo::one_slip(query.compact(), SHARED_LETTERS);
    for kind in kinds {
        let mut select = conn.prepare_cached(
            "SELECT key, id FROM lookup_key WHERE kind = ?1 AND key >= ?2 AND key < ?3 LIMIT ?4",
        )?;
        let mut rows = select.query(params![kind.number, from, before, sql(WORDS)])?;
        while let Some(row) = rows.next()? {
            let key: String = row.get(0)?;
            let far = typo::distance(&typed, &key.chars().collect::<Vec<_>>());
            if far.whole <= most || far.beginning <= 1 {
                docs.insert(number(row.get(1)?, kind.number));
            }
        }
        for slip in &slips {
            keys_of(conn, kind.number, slip, KEYS, docs)?;
        }
    }
    Ok(())
}

/// Words of the register that a term may have been meant for, nearest first.
fn fixes(conn: &Connection, term: &Term) -> Result<Vec<String>> {
    let typed: Vec<char> = term.text().chars().collect();
    let most = typo::allowed(typed.len());
    if most == 0
        || typed.len() > typo::WORD_LETTERS
        || !typed.iter().all(|c| c.is_alphabetic() && !fold::is_wide(*c))
    {
        return Ok(Vec::new());
    }
    let mut near: Vec<((usize, usize), String)> = Vec::new();
    let from: String = typed.iter().take(SHARED_LETTERS).collect();
    let before = format!("{from}\u{10FFFF}");
    let mut select =
        conn.prepare_cached("SELECT word FROM lookup_word WHERE word >= ?1 AND word < ?2 LIMIT ?3")?;
    let mut rows = select.query(params![from, before, sql(WORDS)])?;
    while let Some(row) = rows.next()? {
        let word: String = row.get(0)?;
        let distance = typo::distance(&typed, &word.chars().collect::<Vec<_>>());
        if distance.whole == 0 {
            return Ok(Vec::new());
        }
        if distance.whole <= most {
            near.push(((distance.whole, 0), word));
        } else if distance.beginning <= 1 && typed.len() > typo::SLIP_LETTERS {
            near.push(((most, word.len()), word));
        }
    }
    let mut has = conn.prepare_cached("SELECT 1 FROM lookup_word WHERE word = ?1")?;
    if term.text().is_ascii() {
        for word in typo::one_slip(term.text(), SHARED_LETTERS) {
            if has.exists(params![word])? {
                near.push(((1, 0), word));
            }
        }
    }
    near.sort_unstable();
    near.dedup();
    Ok(near.into_iter().map(|(_, word)| word).take(FIXES).collect())
}

/// Pinyin one slip away from the letters of the query by which some name begins; else any such pinyin.
fn spellings(conn: &Connection, query: &Query, kinds: &[Kind]) -> Result<Vec<String>> {
    let typed = query.compact();
    if typed.len() < typo::SLIP_LETTERS || typed.len() > typo::WORD_LETTERS || !query.is_latin() {
        return Ok(Vec::new());
    }
    let mut possible = typo::one_slip(typed, typed.len());
    possible.retain(|word| is_spelling(word));
    possible.truncate(POSSIBLE_SPELLINGS);
    let mut read = Vec::new();
    for kind in kinds {
        if begins(conn, *kind, "")? {
            read.push(*kind);
        }
    }
    let mut known = Vec::new();
    for word in &possible {
        for kind in &read {
            if begins(conn, *kind, word)? {
                known.push(word.clone());
                break;
            }
        }
    }
    let mut wanted = if known.is_empty() { possible } else { known };
    wanted.truncate(SPELLINGS);
    Ok(wanted)
}

/// Whether the pinyin of some name of `kind` begins with `letters`.
fn begins(conn: &Connection, kind: Kind, letters: &str) -> Result<bool> {
    let mut one = BTreeSet::new();
    keys_of(conn, kind.number, &Probe::of_reading(letters).text, 1, &mut one)?;
    Ok(!one.is_empty())
}
