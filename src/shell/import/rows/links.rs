//! The record that a cell means, found or made.

use unicode_normalization::UnicodeNormalization;

use crate::entity::input::Entered;
use crate::entity::{Kind, Link, Record, Ref, Value};
use crate::register::{Refusal, code_of, coded};
use crate::shell::import::outcome::{Halt, reject};
use crate::shell::import::plan::Origin;
use crate::store::Txn;
use crate::texts::{Sentence, Text, text};

/// The record that a cell means: by its code, its external id, its number or its exact name.
///
/// In a file of our own the code comes first; in a list of others it comes last, for theirs may
/// look like ours. Names are equal after trimming and composing their characters, nothing fuzzier.
pub(in crate::shell::import) fn find(
    txn: &Txn<'_>,
    kind: Kind,
    name: &str,
    origin: Origin,
) -> Result<Option<Link>, Halt> {
    let name = name.trim();
    let linked = |record: Option<Record>| record.map(|record| link(record.at, record.label()));
    match (code(kind, name, origin), origin) {
        (Some(at), Origin::Own) => Ok(linked(present(txn, at)?)),
        (Some(at), Origin::Foreign) => match called(txn, kind, name)? {
            None => Ok(linked(present(txn, at)?)),
            found => Ok(found),
        },
        (None, _) => called(txn, kind, name),
    }
}

/// The record whose code a cell holds: in a list of others only a whole one, such as `V-0001`,
/// for `V-1` is a name as good as any.
pub(super) fn code(kind: Kind, name: &str, origin: Origin) -> Option<Ref> {
    coded(kind, name).filter(|at| origin == Origin::Own || code_of(*at) == name)
}

/// A record, if the register has it.
pub(super) fn present(txn: &Txn<'_>, at: Ref) -> Result<Option<Record>, Halt> {
    match txn.record(at) {
        Ok(record) => Ok(Some(record)),
        Err(Refusal::Missing(_)) => Ok(None),
        Err(other) => Err(other.into()),
    }
}

/// The one record with this external id, number or name.
fn called(txn: &Txn<'_>, kind: Kind, name: &str) -> Result<Option<Link>, Halt> {
    let composed: String = name.nfc().collect();
    let taken_apart: String = name.nfd().collect();
    for key in ["external_id", "number", "name"] {
        let mut found = Vec::new();
        for form in [name, &composed, &taken_apart] {
            for at in txn.holding(kind, key, form)? {
                if !found.contains(&at) {
                    found.push(at);
                }
            }
        }
        match found.as_slice() {
            [] => {}
            [at] => return Ok(Some(link(*at, name.to_owned()))),
            [first, second, ..] => {
                let sentence = Sentence::from(SEVERAL).with("what", name).with("first", code_of(*first));
                return Err(reject(sentence.with("second", code_of(*second))));
            }
        }
    }
    Ok(None)
}

/// A vendor that only its name is known of.
pub(in crate::shell::import) fn make_vendor(txn: &mut Txn<'_>, name: &str) -> Result<Link, Halt> {
    let table = Kind::Vendor.table();
    let place = table.field("name").unwrap_or(0);
    let composed: String = name.trim().nfc().collect();
    let at = txn.insert(Kind::Vendor, None, &[(place, Entered::Value(Value::Text(composed.clone())))])?;
    Ok(link(at, composed))
}

fn link(at: Ref, label: String) -> Link {
    Link { kind: at.kind, id: at.id, code: code_of(at), label }
}

/// A text that two records answer to.
pub(super) const SEVERAL: Text = text(
    "“{what}” means {first} and {second}. Give the code, or name the columns that identify a row with --key.",
    "“{what}”同时对应 {first} 和 {second}。请写编号，或用 --key 指定标识列。",
);
