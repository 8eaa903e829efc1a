//! Drafts: what was typed into a form and not saved.
//!
//! A draft names its form by the record, so that opening the same form goes on with it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

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
    /// The version of the record when the form was opened; 0 for a new one.
    pub version: i64,
    /// The fields that differ from the record, by key, byte for byte as typed.
    pub fields: BTreeMap<String, String>,
    /// The key of the field under the cursor.
    pub focus: String,
}
