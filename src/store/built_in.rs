//! The built-in KPIs and scorecards of today in a register that was made by an older program.

use std::collections::BTreeMap;

use crate::demo::{self, Entry};
use crate::entity::{Kind, Ref, Value};
use crate::register::{Act, Refusal, code_of};
use crate::store::{Store, Txn, refused};
use crate::texts::{Sentence, Text, text};

impl Store {
    /// Adds what of the built-in KPIs and scorecards is missing, in one act. What is there is left as it is; one
    /// from before KPIs had keys gets its key, where nobody gave it another. Returns the records that were added.
    ///
    /// # Errors
    /// When the register cannot be written.
    pub fn add_built_in(&mut self) -> Result<Vec<Ref>, Refusal> {
        let entries = demo::defaults()
            .map_err(|error| Refusal::Damaged(Sentence::from(BAD).with("what", format!("{error:?}"))))?;
        let mut txn = self.begin(Act::Add)?;
        let mut known: BTreeMap<String, Ref> = BTreeMap::new();
        let mut added = Vec::new();
        for entry in &entries {
            let Some(kind) = Kind::from_word(entry.kind) else { continue };
            let found = match kind {
                Kind::TemplateRow => {
                    // Rows come with their scorecard, and only with one that is new.
                    let owner = entry.get("template").and_then(|code| known.get(code));
                    if !owner.is_some_and(|at| added.contains(at)) {
                        continue;
                    }
                    None
                }
                _ => txn.built_in(kind, entry)?,
            };
            let at = match found {
                Some(at) => at,
                None => {
                    let at = txn.enter_anew(&renamed(entry, &known))?;
                    added.push(at);
                    at
                }
            };
            known.insert(entry.code.clone(), at);
        }
        txn.commit()?;
        Ok(added)
    }
}

impl Txn<'_> {
    /// The record that stands for a built-in one: that of its key, put away or not, else the one of its name
    /// without a key, which it then gets.
    fn built_in(&mut self, kind: Kind, entry: &Entry) -> Result<Option<Ref>, Refusal> {
        let (Some(key), Some(name)) = (entry.get("key"), entry.get("name")) else { return Ok(None) };
        if let Some(at) = self.holding(kind, "key", key)?.first() {
            return Ok(Some(*at));
        }
        let statement = format!(
            "SELECT id FROM \"{}\" WHERE name = ? AND key IS NULL ORDER BY id DESC LIMIT 1",
            kind.table().word
        );
        let found: Vec<i64> = self
            .tx
            .prepare_cached(&statement)
            .and_then(|mut s| s.query_map([name], |row| row.get(0))?.collect())
            .map_err(refused)?;
        let Some(id) = found.first() else { return Ok(None) };
        let at = Ref { kind, id: *id };
        self.put(at, "key", Value::Text(key.to_owned()))?;
        Ok(Some(at))
    }
}

/// An entry whose links name the records of this register.
fn renamed(entry: &Entry, known: &BTreeMap<String, Ref>) -> Entry {
    let field = |(key, words): &(&'static str, String)| {
        (*key, known.get(words).map_or_else(|| words.clone(), |at| code_of(*at)))
    };
    Entry { fields: entry.fields.iter().map(field).collect(), ..entry.clone() }
}

const BAD: Text = text("The built-in templates cannot be read ({what}).", "内置模板无法读取（{what}）。");
