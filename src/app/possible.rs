//! Whether an action can be done where one is, and why not. Help greys by it, keys refuse by it.

use crate::app::action::{Action, Group};
use crate::app::browse::{linked, loaded};
use crate::app::checklist::leaver;
use crate::app::state::{Place, State};
use crate::app::{deeds, marks, words};
use crate::domain::deed::{Deed, Subject};
use crate::domain::exit::StepState;
use crate::domain::list::ClosedList;
use crate::domain::vendor::VendorState;
use crate::entity::{Kind, Shape};
use crate::register::Shelves;
use crate::register::deed::{kind_of, subject};
use crate::register::erase::is_of_a_person;
use crate::texts::Sentence;

/// Why an action does nothing here; `None` where it can be done, as far as is known: of a record
/// that is not loaded yet, the best is assumed.
#[must_use]
pub fn why_not(state: &State, action: Action) -> Option<Sentence> {
    if action.spec().group == Group::Inside {
        return Some(Sentence::from(words::ELSEWHERE).with("word", action.spec().word));
    }
    let writes = matches!(
        action,
        Action::Edit
            | Action::Add
            | Action::Archive
            | Action::Erase
            | Action::EditNotes
            | Action::Tag
            | Action::Assign
            | Action::Deeds
            | Action::Do(_)
            | Action::OpenReviews
            | Action::Fill
            | Action::Decide
            | Action::Snooze
            | Action::Acknowledge
            | Action::Tick
            | Action::NotApplicable
            | Action::Exited
            | Action::Undo
            | Action::Redo
    );
    if writes && state.read_only {
        return Some(words::READ_ONLY.into());
    }
    if state.masked && matches!(action, Action::Copy | Action::Export | Action::EditNotes) {
        return Some(words::HIDDEN.into());
    }
    match action {
        Action::Columns if is_timeline(state) => Some(words::TIMELINE_COLUMNS.into()),
        Action::Group if is_timeline(state) => Some(words::TIMELINE_GROUPS.into()),
        Action::OpenFile if state.selected().is_none_or(|at| at.kind != Kind::File) => {
            Some(words::NO_FILE_HERE.into())
        }
        Action::Export | Action::Columns | Action::Views | Action::ShowArchived if state.list().is_none() => {
            Some(words::ONLY_IN_LISTS.into())
        }
        Action::Mark | Action::MarkRange | Action::MarkAll => no_rows(state),
        Action::Tag => no_field(state, "tags"),
        Action::Assign => no_field(state, "owner"),
        Action::Edit | Action::Archive if marks::any(state) => None,
        Action::Filter if state.list().is_none() => Some(words::NO_FILTER.into()),
        Action::Sort | Action::Reverse | Action::SortLeft | Action::SortRight => no_order(state),
        Action::Group => no_groups(state),
        Action::ScrollLeft | Action::ScrollRight if is_timeline(state) => None,
        Action::ScrollLeft | Action::ScrollRight => no_columns(state),
        Action::TrailBack if !state.trail.leads(-1) => Some(words::NO_WAY_BACK.into()),
        Action::TrailForward if !state.trail.leads(1) => Some(words::NO_WAY_ON.into()),
        Action::Add => nothing_to_add(state),
        Action::Erase => no_record(state).or_else(|| no_person(state)),
        Action::EditNotes => no_record(state).or_else(|| no_notes(state)),
        Action::Clauses | Action::Levels | Action::Money => no_record(state).or_else(|| no_contract(state)),
        Action::Fill | Action::Decide => no_record(state).or_else(|| no_review(state)),
        Action::Deeds => no_record(state).or_else(|| no_deeds(state)),
        Action::Do(deed) => {
            no_record(state).or_else(|| no_subject(state, deed)).or_else(|| no_deed(state, deed))
        }
        Action::Snoozed => nothing_snoozed(state),
        Action::Tick | Action::NotApplicable => no_record(state).or_else(|| no_step(state, action)),
        Action::Exited => no_record(state).or_else(|| no_leaver(state)),
        Action::Explain => no_record(state).or_else(|| nothing_to_explain(state)),
        Action::SideBySide => no_rows(state).or_else(|| no_vendors(state)),
        Action::Bridge => no_record(state).or_else(|| no_score(state)),
        Action::Open
        | Action::Edit
        | Action::Archive
        | Action::Snooze
        | Action::Acknowledge
        | Action::Copy
        | Action::GoHistory => no_record(state),
        Action::GoVendor => no_link(state, Kind::Vendor),
        Action::GoContracts => no_link(state, Kind::Contract),
        Action::GoReviews => no_link(state, Kind::Review),
        Action::GoRisks => no_link(state, Kind::Risk),
        Action::GoExits => no_link(state, Kind::ExitCase),
        _ => None,
    }
}

fn no_record(state: &State) -> Option<Sentence> {
    state.selected().is_none().then(|| words::NOT_HERE.into())
}

fn no_rows(state: &State) -> Option<Sentence> {
    match state.list() {
        None => Some(words::ONLY_IN_LISTS.into()),
        Some(list) => list.record().is_none().then(|| words::NOT_HERE.into()),
    }
}

/// Why a field cannot be given to what is marked, or to the record under the cursor.
fn no_field(state: &State, key: &str) -> Option<Sentence> {
    let marked = state.list().filter(|list| !list.marks.is_empty()).map(|list| list.key.kind);
    let Some(kind) = marked.or_else(|| state.selected().map(|at| at.kind)) else {
        return Some(words::NOT_HERE.into());
    };
    let table = kind.table();
    let says = || Sentence::from(words::NO_SUCH_FIELD).with_word("kinds", table.many).with("field", key);
    table.field(key).is_none().then(says)
}

fn no_order(state: &State) -> Option<Sentence> {
    match state.list() {
        None => Some(words::ONLY_IN_LISTS.into()),
        Some(list) => list.sortable().is_empty().then(|| words::NOT_SORTABLE.into()),
    }
}

fn no_groups(state: &State) -> Option<Sentence> {
    match state.list() {
        None => Some(words::ONLY_IN_LISTS.into()),
        // Headings that are there can always be taken away.
        Some(list) if list.groupable().is_none() && !list.grouped => Some(words::NO_GROUPS.into()),
        Some(_) => None,
    }
}

fn is_timeline(state: &State) -> bool {
    state.list().is_some_and(|list| list.timeline.is_some())
}

fn no_columns(state: &State) -> Option<Sentence> {
    match state.list() {
        None => Some(words::ONLY_IN_LISTS.into()),
        Some(list) if state.views.columns(list.key.kind).shown.is_empty() => Some(words::NO_COLUMNS.into()),
        Some(_) => None,
    }
}

fn no_notes(state: &State) -> Option<Sentence> {
    let kind = state.selected()?.kind;
    let has_notes = kind.table().fields.iter().any(|meta| meta.shape == Shape::Long);
    (!has_notes).then(|| words::NO_NOTES.into())
}

fn no_person(state: &State) -> Option<Sentence> {
    let kind = state.selected()?.kind;
    (!is_of_a_person(kind)).then(|| Sentence::from(words::NO_PERSON).with_word("kind", kind.table().one))
}

fn no_contract(state: &State) -> Option<Sentence> {
    let kind = state.selected()?.kind;
    (kind != Kind::Contract).then(|| words::NO_CONTRACT.into())
}

fn no_review(state: &State) -> Option<Sentence> {
    let kind = state.selected()?.kind;
    (kind != Kind::Review).then(|| words::NO_REVIEW.into())
}

fn no_deeds(state: &State) -> Option<Sentence> {
    let kind = state.selected()?.kind;
    subject(kind).is_none().then(|| words::NO_DEEDS.into())
}

fn no_subject(state: &State, deed: Deed) -> Option<Sentence> {
    let kind = state.selected()?.kind;
    let wants = match deed.subject() {
        Subject::Contract => words::NO_CONTRACT,
        Subject::Review => words::NO_REVIEW,
    };
    (kind != kind_of(deed)).then(|| wants.into())
}

fn no_deed(state: &State, deed: Deed) -> Option<Sentence> {
    loaded(state).and_then(|record| deeds::why_not(state, &record, deed))
}

fn nothing_snoozed(state: &State) -> Option<Sentence> {
    if state.place() != Place::Overview {
        return Some(words::ONLY_ON_OVERVIEW.into());
    }
    let is_none = state.overview.data.as_ref().is_some_and(|data| data.snoozed.is_empty());
    (is_none && !state.overview.snoozed).then(|| words::NOTHING_SNOOZED.into())
}

fn no_step(state: &State, action: Action) -> Option<Sentence> {
    let at = state.selected()?;
    // On the page of a case its tick goes to the first step.
    if at.kind == Kind::ExitCase && state.place() == Place::Record(at) && action == Action::Tick {
        return None;
    }
    if at.kind != Kind::ExitStep {
        return Some(words::NO_STEP.into());
    }
    let record = loaded(state)?;
    let is_open = record.get("state").as_key() == StepState::Open.key();
    (!is_open).then(|| Sentence::from(words::STEP_SETTLED).with("code", record.code))
}

fn no_leaver(state: &State) -> Option<Sentence> {
    let record = loaded(state)?;
    let Some((vendor, _)) = leaver(state, &record) else {
        return Some(Sentence::from(words::NO_LINK).with_word("kind", Kind::Vendor.table().one));
    };
    let is_out = vendor == record.at && record.get("state").as_key() == VendorState::Exited.key();
    is_out.then(|| words::OUT_ALREADY.into())
}

fn nothing_to_explain(state: &State) -> Option<Sentence> {
    let kind = state.selected()?.kind;
    (!matches!(kind, Kind::Contract | Kind::Review)).then(|| words::NOTHING_TO_EXPLAIN.into())
}

fn no_vendors(state: &State) -> Option<Sentence> {
    let kind = state.list().map(|list| list.key.kind);
    (kind != Some(Kind::Vendor)).then(|| words::NO_VENDORS.into())
}

fn no_score(state: &State) -> Option<Sentence> {
    let kind = state.selected()?.kind;
    (kind != Kind::Review).then(|| words::NO_SCORE.into())
}

fn nothing_to_add(state: &State) -> Option<Sentence> {
    let Place::Record(at) = state.place() else { return None };
    let has_parts = at.kind.related().any(|(kind, _)| kind != at.kind);
    (!has_parts).then(|| words::NOTHING_TO_ADD.into())
}

fn no_link(state: &State, kind: Kind) -> Option<Sentence> {
    if let Some(why) = no_record(state) {
        return Some(why);
    }
    let record = loaded(state)?;
    let leads = linked(&record, kind).is_some();
    (!leads).then(|| Sentence::from(words::NO_LINK).with_word("kind", kind.table().one))
}

/// Which shelf the list one is at shows.
#[must_use]
pub fn shelf(state: &State) -> Option<Shelves> {
    state.list().map(|list| list.shelf)
}
