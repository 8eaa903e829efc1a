//! Drafts: what was typed into a form and not saved.
//!
//! A draft has a number of its own and tells its form by the record, or by the one that a new
//! record is linked to: opening the same form goes on with it, and no other form ever does. With
//! each field stands what it held when it was typed over: what another operator wrote meanwhile
//! is then a conflict like any other.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::register::erase::Erasure;

/// Numbers a draft among those that the program keeps at the same time.
pub type DraftId = u64;

/// Stands for the code in the draft of a form that edits several records.
pub const MANY: &str = "*";

/// Tells a form from all others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftForm {
    /// The word of the kind.
    pub kind: String,
    /// The code of the record that is edited, [`MANY`] for several; empty for a new one.
    pub code: String,
    /// The code of the record that a new one was begun for; empty for none.
    pub linked: String,
}

/// What was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// Its number.
    pub id: DraftId,
    /// The form.
    pub form: DraftForm,
    /// What people call the record that is edited, or the one that a new one was begun for.
    pub name: String,
    /// The fields that differ from the record, and those of a new one that link, by key.
    pub fields: BTreeMap<String, DraftField>,
    /// The key of the field under the cursor.
    pub focus: String,
}

impl Draft {
    /// Whether it is of a record that is erased, or holds a word of it.
    #[must_use]
    pub fn holds(&self, erased: &Erasure) -> bool {
        let is_in = |text: &str| erased.words.blot(text, "").is_some();
        let of_field = |field: &DraftField| {
            is_in(&field.text) || is_in(&field.was) || field.seen.as_str().is_some_and(is_in)
        };
        [&self.form.code, &self.form.linked].contains(&&erased.code)
            || is_in(&self.name)
            || self.fields.values().any(of_field)
    }
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
