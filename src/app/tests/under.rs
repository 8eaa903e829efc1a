//! What stands over the page of a contract: its clauses judged with a key each, its service levels measured.

use super::*;
use crate::app::clauses::ClausesPane;
use crate::app::state::Overlay;
use crate::domain::clause::{ClauseState, ClauseType};
use crate::domain::list::ClosedList;
use crate::domain::period::Period;
use crate::entity::input::Entered;
use crate::entity::{Clause, Link, Record, ServiceLevel, values};
use crate::register::service_level::Level;
use crate::register::{Shelf, Write};

fn pane(desk: &Desk) -> &ClausesPane {
    match &desk.state.overlay {
        Some(Overlay::Clauses(pane)) => pane,
        other => panic!("no checklist but {other:?}"),
    }
}

fn record(kind: Kind, id: i64, values: Vec<Value>) -> Record {
    let at = Ref { kind, id };
    let derived = vec![Value::Null; kind.table().derived.len()];
    Record { at, code: code_of(at), version: 1, archived_at: None, values, derived }
}

/// A desk over a contract whose second clause is missing and stands in article 3.
fn desk() -> Desk {
    let clause = Clause {
        contract: Some(Link { kind: Kind::Contract, id: 1, code: "C-0001".to_owned(), label: String::new() }),
        about: Some(ClauseType::Deliverables),
        state: Some(ClauseState::Missing),
        article: "3".to_owned(),
        ..Clause::default()
    };
    let mut desk = Desk::new();
    desk.register.clauses = vec![record(Kind::Clause, 7, values(&clause))];
    desk.press("3 C")
}

fn value_of(fields: &[(usize, Entered)], key: &str) -> Option<Value> {
    let at = Kind::Clause.table().field(key)?;
    let found = fields.iter().find(|(place, _)| *place == at)?;
    match &found.1 {
        Entered::Value(value) => Some(value.clone()),
        Entered::Refer(_) => None,
    }
}

#[test]
fn a_clause_nobody_looked_at_is_added_as_found_and_the_cursor_goes_on() {
    let desk = desk().press("p");
    let (_, change) = desk.written().expect("nothing is written");
    let [Step::Insert { kind: Kind::Clause, fields, .. }] = change.steps.as_slice() else {
        panic!("{change:?}")
    };
    assert_eq!(value_of(fields, "about"), Some(Value::Choice(ClauseType::Scope.choice())));
    assert_eq!(value_of(fields, "state"), Some(Value::Choice(ClauseState::Present.choice())));
    let Some(Value::Link(link)) = value_of(fields, "contract") else { panic!("{fields:?}") };
    assert_eq!(link.code, "C-0001");
    assert_eq!(pane(&desk).cursor, 1);
}

#[test]
fn a_clause_that_is_known_changes_from_what_was_seen_or_is_put_away() {
    let desk = desk().press("j -");
    let (_, change) = desk.written().expect("nothing is written");
    let [Step::Update { at, edits, .. }] = change.steps.as_slice() else { panic!("{change:?}") };
    assert_eq!((at.id, edits.len()), (7, 1));
    assert_eq!(edits[0].seen, Some(Value::Choice(ClauseState::Missing.choice())));
    let desk = self::desk().press("j x");
    assert_eq!(desk.wanted.iter().filter(|effect| matches!(effect, Effect::Write(..))).count(), 0);
    assert_eq!(desk.says(), "Nothing had to change.");
    let desk = self::desk().press("j Delete");
    let (_, change) = desk.written().expect("nothing is written");
    assert!(matches!(change.steps.as_slice(), [Step::Shelve { to: Shelf::Archive, .. }]), "{change:?}");
}

#[test]
fn where_a_clause_stands_is_typed_in_place_and_makes_it_present() {
    let desk = desk().press("j Enter");
    assert_eq!(pane(&desk).typing.as_ref().map(crate::app::input::TextField::text), Some("3"));
    let desk = desk.press(". 1 q Backspace Enter");
    let (_, change) = desk.written().expect("nothing is written");
    let [Step::Update { edits, .. }] = change.steps.as_slice() else { panic!("{change:?}") };
    let new: Vec<&Entered> = edits.iter().map(|edit| &edit.new).collect();
    assert_eq!(
        new,
        [
            &Entered::Value(Value::Choice(ClauseState::Present.choice())),
            &Entered::Value(Value::Text("3.1".to_owned())),
        ]
    );
    let left = self::desk().press("j Enter 9 Esc");
    assert!(pane(&left).typing.is_none() && left.written().is_none(), "Esc takes it back");
}

#[test]
fn the_form_of_a_clause_begins_with_its_type_and_its_contract() {
    let desk = desk().press("G e");
    let form = desk.state.form.as_ref().expect("no form");
    let text = |key: &str| {
        let field = form.fields.iter().find(|field| form.meta(field).unwrap().key == key).unwrap();
        field.input.text().to_owned()
    };
    assert_eq!((form.kind, text("about")), (Kind::Clause, "staff".to_owned()));
    assert!(!text("contract").is_empty());
}

#[test]
fn only_contracts_have_clauses_and_service_levels() {
    for key in ["C", "K"] {
        let desk = Desk::new().press(&format!("2 {key}"));
        assert!(desk.state.overlay.is_none() && desk.says().contains("contract"), "{}", desk.says());
    }
}

#[test]
fn the_next_period_of_a_service_level_is_measured_from_its_line() {
    let level = ServiceLevel { title: "Availability".to_owned(), ..ServiceLevel::default() };
    let mut desk = Desk::new();
    let next: Period = "2026-07".parse().unwrap();
    let level = record(Kind::ServiceLevel, 4, values(&level));
    desk.register.levels = vec![Level { record: level, periods: Vec::new(), next: Some(next) }];
    let desk = desk.press("3 K m");
    let form = desk.state.form.as_ref().expect("no form");
    let typed: Vec<&str> = form.fields.iter().map(|field| field.input.text()).collect();
    assert_eq!(form.kind, Kind::Measurement);
    assert!(typed.contains(&"2026-07"), "{typed:?}");
    assert!(!desk.wanted.iter().any(|effect| matches!(effect, Effect::Write(_, Write::Apply(_)))));
}
