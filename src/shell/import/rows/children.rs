//! The child records that a JSON row brings along.

use serde_json::{Map, Value as Json};

use super::links::present;
use super::values::of_json;
use super::{Intake, moved_on, only_without};
use crate::entity::input::Entered;
use crate::entity::{Link, Ref, Value};
use crate::intake::Row;
use crate::intake::json_table::cell_text;
use crate::limits;
use crate::register::{Edit, code_of, coded};
use crate::shell::import::outcome::{Halt, Why, reject};
use crate::shell::import::plan::{Children, Origin};
use crate::shell::records::{CODE, VERSION};
use crate::store::Txn;
use crate::store::change::Changed;
use crate::texts::{Sentence, Text, text};

impl Intake<'_> {
    /// Adds the child records of a JSON row, or changes those that are there under the same code
    /// or name. Returns whether anything changed.
    pub(super) fn enter_children(
        &self,
        txn: &mut Txn<'_>,
        parent: Ref,
        row: &Row,
        children: &Children,
    ) -> Result<bool, Halt> {
        let table = children.kind.table();
        let Some(json) = row.json(table.plural).filter(|json| !json.is_null()) else { return Ok(false) };
        let not_a_list = || reject(Sentence::from(NO_CHILDREN).with("column", table.plural));
        let objects = json.as_array().ok_or_else(not_a_list)?;
        let mut changed = false;
        for object in objects {
            let object = object.as_object().ok_or_else(not_a_list)?;
            changed |= self.enter_child(txn, parent, object, children)?;
        }
        Ok(changed)
    }

    fn enter_child(
        &self,
        txn: &mut Txn<'_>,
        parent: Ref,
        object: &Map<String, Json>,
        children: &Children,
    ) -> Result<bool, Halt> {
        let table = children.kind.table();
        let link = Link { kind: parent.kind, id: parent.id, code: code_of(parent), label: String::new() };
        let code = object.get(CODE).and_then(Json::as_str).filter(|_| self.plan.origin == Origin::Own);
        let code = code.and_then(|code| coded(children.kind, code));
        let mut fields = vec![(children.parent, Entered::Value(Value::Link(link)))];
        for (at, meta) in table.fields.iter().enumerate().filter(|(at, _)| *at != children.parent) {
            let Some(json) = object.get(meta.key) else { continue };
            match of_json(meta, json, self.plan) {
                Ok(Some(entered)) => fields.push((at, entered)),
                // As in the row around it, a blank of an exported record says that it is one.
                Ok(None) if code.is_some() => fields.push((at, Value::Null.into())),
                Ok(None) => {}
                Err(sentence) => return Err(Halt::Reject(vec![Why::At(meta.key.to_owned(), sentence)])),
            }
        }
        let (fields, _) = self.resolved(txn, table, &fields)?;
        let existing = match code {
            Some(at) => present(txn, at)?.map(|record| record.at),
            None => child_of_name(txn, parent, children, &fields)?,
        };
        if let Some(at) = existing {
            let edits: Vec<Edit> =
                fields.into_iter().map(|(field, new)| Edit { field, seen: None, new }).collect();
            let version = object.get(VERSION).map(cell_text).unwrap_or_default();
            let objection = code.map_or(Ok(None), |_| moved_on(txn, at, &version))?;
            let tried = txn.update(at, &edits, Some(&self.plan.source), None);
            return only_without(objection, tried.map(|done| done == Changed::Yes).map_err(Halt::from));
        }
        let number = code.map(|at| at.id).filter(|id| (1..=limits::FILE_CODE).contains(id));
        txn.insert(children.kind, number, &fields)?;
        Ok(true)
    }
}

/// The child of this parent with the same name.
fn child_of_name(
    txn: &Txn<'_>,
    parent: Ref,
    children: &Children,
    fields: &[(usize, Entered)],
) -> Result<Option<Ref>, Halt> {
    let table = children.kind.table();
    let Some(place) = table.field("name") else { return Ok(None) };
    let name = fields.iter().find_map(|(at, entered)| match entered {
        Entered::Value(Value::Text(name)) if *at == place => Some(name),
        _ => None,
    });
    let Some(name) = name else { return Ok(None) };
    for at in txn.children(parent, children.kind, children.parent)? {
        let record = txn.record(at)?;
        if record.values.get(place).is_some_and(|held| held.as_text() == name) {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

const NO_CHILDREN: Text = text("{column} is not a list of objects.", "{column} 不是对象列表。");
