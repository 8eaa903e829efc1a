//! The clauses of a contract, with the template and the service they are held against.

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::domain::contract::{ContractKind, ContractState};
use crate::domain::list::ClosedList;
use crate::entity::{Kind, Record, Ref};
use crate::register::Refusal;
use crate::register::clauses::{Checklist, Stake, template_of};
use crate::store::check::{Finding, Severity};
use crate::store::{Store, card, refused, settings};

impl Store {
    /// The checklist of a contract's clauses.
    ///
    /// # Errors
    /// [`Refusal::Missing`].
    pub fn checklist(&self, at: Ref) -> Result<Checklist, Refusal> {
        let _moment = self.moment()?;
        checklist(&self.conn, &card::record(&self.conn, at)?)
    }
}

fn checklist(conn: &Connection, contract: &Record) -> Result<Checklist, Refusal> {
    let found = card::children(conn, Kind::Clause, "contract", contract.at.id)?;
    let kind = ContractKind::from_key(contract.get("kind").as_key());
    let template = settings::read(conn, template_of(kind).key)?;
    Ok(Checklist::of(contract, found, &template, stake(conn, contract)?))
}

/// The most critical of the services under a contract, under its orders or under the frame it stands under; where none
/// names a contract, of all services of its vendor.
fn stake(conn: &Connection, contract: &Record) -> Result<Option<Stake>, Refusal> {
    let id = |key: &str| contract.get(key).as_link().map(|link| link.id);
    let read = |row: &rusqlite::Row| Ok(Stake { criticality: row.get(0)?, service: row.get(1)? });
    let own = conn
        .prepare_cached(
            "SELECT criticality, name FROM service WHERE (contract IN (?1, ?2) OR contract IN (SELECT id FROM contract WHERE parent = ?1)) \
             AND archived_at IS NULL AND criticality IS NOT NULL ORDER BY criticality DESC, id LIMIT 1",
        )
        .and_then(|mut s| s.query_row(params![contract.at.id, id("parent")], read).optional())
        .map_err(refused)?;
    if own.is_some() {
        return Ok(own);
    }
    conn.prepare_cached(
        "SELECT criticality, name FROM service WHERE vendor = ?1 AND contract IS NULL \
         AND archived_at IS NULL AND criticality IS NOT NULL ORDER BY criticality DESC, id LIMIT 1",
    )
    .and_then(|mut s| s.query_row(params![id("vendor")], read).optional())
    .map_err(refused)
}

/// What the contracts that are not over are missing.
pub(super) fn gaps(conn: &Connection) -> Result<Vec<Finding>, Refusal> {
    let contracts: Vec<i64> = conn
        .prepare(
            "SELECT DISTINCT contract FROM clause WHERE state = 'missing' AND archived_at IS NULL ORDER BY contract",
        )
        .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
        .map_err(refused)?;
    let mut findings = Vec::new();
    for id in contracts {
        let contract = card::record(conn, Ref { kind: Kind::Contract, id })?;
        let state = ContractState::from_key(contract.get("state").as_key());
        if contract.archived_at.is_some() || state.is_none_or(ContractState::is_closed) {
            continue;
        }
        let list = checklist(conn, &contract)?;
        findings.extend(list.gaps().into_iter().map(|(_, line, sentence)| Finding {
            // The register is sound; it is the contract that is not.
            severity: Severity::Warning,
            rule: "clause",
            code: contract.code.clone(),
            field: line.about.key().to_owned(),
            sentence,
        }));
    }
    Ok(findings)
}
