//! Find anything: ranked hits over every kind of record, from words in any script.

use rusqlite::{Connection, OptionalExtension, params};

use crate::entity::{Kind, Link, Record, Ref};
use crate::limits;
use crate::lookup::{self, FieldRole, Query};
use crate::register::{Found, Refusal, Shelf, code_of, ref_of};
use crate::store::{Store, card, lookup as lookup_sql, refused};

/// Contracts, reviews and risks shown for each vendor that was found by its name.
const FOLLOWERS: i64 = 3;
/// Vendors whose contracts, reviews and risks are shown too.
const LEADERS: usize = 3;

impl Store {
    /// The hits for what was typed, best first, at most `limits::FIND_HITS`.
    ///
    /// # Errors
    /// When the register cannot be read, or [`Refusal::Interrupted`].
    pub fn find(&self, typed: &str, kinds: &[Kind]) -> Result<Vec<Found>, Refusal> {
        let _moment = self.moment()?;
        let query = Query::parse(typed);
        let mut hits: Vec<Found> = Vec::new();
        for hit in lookup_sql::find(&self.conn, &query, &ranked(kinds), limits::FIND_HITS).map_err(refused)? {
            let Some(at) = Ref::from_doc(hit.doc) else { continue };
            match card::record(&self.conn, at) {
                Ok(record) => hits.push(found(&record, Some(hit.role), hit.text)),
                Err(Refusal::Missing(_)) => {}
                Err(refusal) => return Err(refusal),
            }
        }
        self.add_followers(&mut hits, kinds)?;
        Ok(hits)
    }

    /// Contracts, reviews and risks of the vendors found first: one looks a vendor up to get there.
    fn add_followers(&self, hits: &mut Vec<Found>, kinds: &[Kind]) -> Result<(), Refusal> {
        let leaders: Vec<(Ref, String)> = hits
            .iter()
            .filter(|hit| hit.at.kind == Kind::Vendor)
            .take(LEADERS)
            .map(|hit| (hit.at, hit.title.clone()))
            .collect();
        for (vendor, name) in leaders {
            for kind in [Kind::Contract, Kind::Review, Kind::Risk] {
                let room = hits.len() < limits::FIND_HITS && kinds.contains(&kind);
                let Some(field) = kind.table().field("vendor").filter(|_| room) else { continue };
                let most = usize::try_from(FOLLOWERS).unwrap_or(0);
                for record in self.related(vendor, kind, field, most)?.rows {
                    if !hits.iter().any(|hit| hit.at == record.at) {
                        hits.push(found(&record, None, name.clone()));
                    }
                }
            }
        }
        Ok(())
    }
}

fn found(record: &Record, role: Option<FieldRole>, text: String) -> Found {
    let vendor = record.get("vendor").as_link();
    let code = match vendor {
        Some(link) if record.at.kind == Kind::Contact => link.code.clone(),
        _ => record.code.clone(),
    };
    let parts = match record.at.kind {
        Kind::Vendor => vec![record.get("category"), record.get("state")],
        Kind::Contact => vec![record.get("vendor"), record.get("role"), record.get("phone")],
        Kind::Contract => vec![record.get("vendor"), record.get("number"), record.get("last_day")],
        Kind::Review => vec![record.get("state"), record.get("total")],
        Kind::Risk => vec![record.get("vendor"), record.get("level")],
        _ => vec![],
    };
    Found {
        at: record.at,
        code,
        title: record.label(),
        detail: parts.into_iter().filter(|value| !value.is_null()).cloned().collect(),
        role,
        text,
        archived: record.archived_at.is_some(),
    }
}

/// The kinds as the look-up wants them: number and letters of the codes.
pub(super) fn ranked(kinds: &[Kind]) -> Vec<lookup::Kind> {
    kinds.iter().map(|kind| lookup::Kind { number: *kind as u8, code: kind.table().code }).collect()
}

/// The record of this kind that a code, an external id, a number or an exact name means.
/// Names are equal after trimming; nothing fuzzier, and no two records. One in use comes before
/// those put away, so that a name that was given up can be given again.
pub(super) fn named(conn: &Connection, kind: Kind, name: &str) -> Result<Option<Link>, Refusal> {
    let name = name.trim();
    if let Some(at) = ref_of(name).filter(|at| at.kind == kind) {
        return label_of(conn, at);
    }
    for key in NAMES {
        match called(conn, kind, key, name)?.as_slice() {
            [(id, _)] | [(id, Shelf::Open), (_, Shelf::Archive)] => {
                return label_of(conn, Ref { kind, id: *id });
            }
            _ => {}
        }
    }
    Ok(None)
}

/// Whether a name means no record because it means several.
pub(super) fn is_ambiguous(conn: &Connection, kind: Kind, name: &str) -> Result<bool, Refusal> {
    for key in NAMES {
        if called(conn, kind, key, name.trim())?.len() > 1 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The fields that name a record, the surest first.
const NAMES: [&str; 3] = ["external_id", "number", "name"];

/// The first two records whose field `key` is exactly `name`, those in use first.
fn called(conn: &Connection, kind: Kind, key: &str, name: &str) -> Result<Vec<(i64, Shelf)>, Refusal> {
    if name.is_empty() || kind.table().field(key).is_none() {
        return Ok(Vec::new());
    }
    let statement = format!(
        "SELECT id, archived_at IS NOT NULL FROM \"{}\" WHERE \"{key}\" = ? \
         ORDER BY archived_at IS NOT NULL, id LIMIT 2",
        kind.table().word
    );
    let shelf = |archived: bool| if archived { Shelf::Archive } else { Shelf::Open };
    conn.prepare_cached(&statement)
        .and_then(|mut s| s.query_map([name], |row| Ok((row.get(0)?, shelf(row.get(1)?))))?.collect())
        .map_err(refused)
}

fn label_of(conn: &Connection, at: Ref) -> Result<Option<Link>, Refusal> {
    let statement = format!("SELECT 1 FROM \"{}\" WHERE id = ?", at.kind.table().word);
    let there: bool = conn.prepare_cached(&statement).and_then(|mut s| s.exists([at.id])).map_err(refused)?;
    if !there {
        return Ok(None);
    }
    let label: Option<String> = conn
        .prepare_cached("SELECT label FROM directory WHERE doc = ?")
        .and_then(|mut s| s.query_row(params![at.doc()], |row| row.get(0)).optional())
        .map_err(refused)?;
    Ok(Some(Link { kind: at.kind, id: at.id, code: code_of(at), label: label.unwrap_or_default() }))
}
