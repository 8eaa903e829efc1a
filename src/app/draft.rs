//! Drafts: what was typed into a form and not saved.
//!
//! A draft names its form by the record, so that opening the same form goes on with it. With
//! each field stands what it held when it was typed over: what another operator wrote meanwhile
//! is then a conflict like any other.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// Names a form: the kind, and the record that was edited.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DraftKey {
    /// The word of the kind.
    pub kind: String,
    /// The code of the record; empty for a new one.
    pub code: String,
}

/// What was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// The form.
    pub key: DraftKey,
    /// The fields that differ from the record, by key.
    pub fields: BTreeMap<String, DraftField>,
    /// The key of the field under the cursor.
    pub focus: String,
}

/// One field of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftField {
    /// What was typed, byte for byte.
    pub text: String,
    /// The code of the record that was picked, while the text is still its name.
    pub picked: Option<String>,
    /// What the field held when it was typed over, as one would type it.
    pub was: String,
    /// The same as a value, in the JSON of [`crate::entity::show::to_json`].
    pub seen: Json,
}
