//! The record that a cell means, found or made.

use unicode_normalization::UnicodeNormalization;

use crate::entity::input::Entered;
use crate::entity::{Kind, Link, Ref, Value};
use crate::register::{Refusal, code_of, coded};
use crate::shell::cli::import::outcome::{Halt, reject};
use crate::store::Txn;
use crate::texts::{Sentence, Text, text};

/// The record that a cell means: by its code, its external id, or its exact name.
///
/// Names are equal after trimming and composing their characters, nothing fuzzier.
pub(super) fn find(txn: &Txn<'_>, kind: Kind, name: &str) -> Result<Option<Link>, Halt> {
    let name = name.trim();
    if let Some(at) = coded(kind, name) {
        return match txn.record(at) {
            Ok(record) => Ok(Some(link(at, record.label()))),
            Err(Refusal::Missing(_)) => Ok(None),
            Err(other) => Err(other.into()),
        };
    }
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
pub(super) fn make_vendor(txn: &mut Txn<'_>, name: &str) -> Result<Link, Halt> {
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
