//! What is shown while others look on: amounts, long texts, and who people are and how to reach them
//! are hidden, on every screen, until that is turned off.
//!
//! The state is masked as a whole before it is drawn, so no screen can forget it. A long text is
//! hidden whole, for nobody can tell what stands in it; blanks stay blank. What one types oneself
//! stays to be seen. Copies, exports and the editor would show or hand out the rest: they wait.

use crate::app::draft::Draft;
use crate::app::erasing::{Erasing, Stage};
use crate::app::form::{Form, FormField};
use crate::app::importer::{Importer, Phase};
use crate::app::state::{Message, Overlay, State};
use crate::app::words;
use crate::domain::blot::Words;
use crate::domain::money::Money;
use crate::entity::{Column, Kind, Meta, Record, Shape, Table, Value};
use crate::lookup::FieldRole;
use crate::register::proposal::AMOUNT;
use crate::register::{Card, Event, Found, Page};
use crate::texts::{Text, text};

/// Stands for what is hidden.
pub const MASK: &str = "***";
/// Signs in a row that tell of what a field held.
const TOLD: usize = 3;
/// Stands for a long text, in which three stars alone would be a line across.
const LONG_MASK: &str = "(***)";

/// Turns it on or off.
pub(super) fn turn(state: &mut State) {
    state.masked = !state.masked;
    state.message = Some(Message::note(if state.masked { words::MASKED } else { words::UNMASKED }));
}

/// Whether anything is hidden: here, or on the screen that this one follows.
#[must_use]
pub fn is_on(state: &State) -> bool {
    state.masked || state.stage.as_ref().is_some_and(|stage| stage.follows && stage.desk.masked)
}

/// Whether a field is hidden.
#[must_use]
pub fn hides(meta: &Meta) -> bool {
    meta.personal || matches!(meta.shape, Shape::Money | Shape::Long)
}

/// The state as it is drawn while others look on.
#[must_use]
pub fn masked(state: &State) -> State {
    let mut shown = state.clone();
    for list in shown.lists.values_mut() {
        page(&mut list.page, list.key.kind.table());
    }
    if let Some(of) = &mut shown.card {
        card(of);
    }
    shown.history.events.iter_mut().for_each(event);
    if let Some(data) = &mut shown.overview.data {
        data.committed.iter_mut().for_each(|money| *money = money.hidden());
        data.ends.iter_mut().for_each(|month| month.annual = month.annual.map(Money::hidden));
        data.recent.iter_mut().for_each(event);
    }
    if let Some(Overlay::Find(finder)) = &mut shown.overlay {
        finder.hits.iter_mut().for_each(found);
        finder.preview.iter_mut().for_each(|preview| card(preview));
    }
    if let Some(Overlay::Erase(Erasing { stage: Stage::Asked(erasure), .. })) = &mut shown.overlay {
        MASK.clone_into(&mut erasure.label);
        erasure.words = Words::default();
    }
    if let Some(Overlay::Clauses(pane)) = &mut shown.overlay {
        let lines = pane.list.iter_mut().flat_map(|list| &mut list.lines);
        lines.filter_map(|line| line.found.as_mut()).for_each(record);
    }
    if let Some(Overlay::Levels(pane)) = &mut shown.overlay {
        for line in pane.levels.iter_mut().flat_map(|levels| &mut levels.credits) {
            for money in [&mut line.credit.sum, &mut line.credit.cap, &mut line.credit.due] {
                *money = money.hidden();
            }
        }
    }
    if let Some(Overlay::Proposal(pane)) = &mut shown.overlay {
        let lines = pane.proposal.iter_mut().flat_map(|proposal| &mut proposal.lines);
        for line in lines.filter(|line| line.puts.iter().any(|(key, _)| *key == AMOUNT)) {
            // The reason tells the amount, and of what it is a share.
            line.says = HIDDEN_AMOUNT.into();
            line.puts.clear();
        }
    }
    if let Some(Overlay::Money(pane)) = &mut shown.overlay {
        pane.is_hidden = true;
    }
    if let Some(session) = shown.stage.as_mut().and_then(|stage| stage.session.as_mut()) {
        record(&mut session.meeting);
    }
    for item in shown.stage.iter_mut().filter_map(|stage| stage.session.as_mut()).flat_map(|s| &mut s.items) {
        item.annual.iter_mut().for_each(|money| *money = money.hidden());
        [&mut item.vendor, &mut item.review, &mut item.agenda].into_iter().for_each(record);
        item.since.iter_mut().chain(&mut item.asks).for_each(record);
        for line in &mut item.lines {
            record(&mut line.row);
            line.raters.iter_mut().for_each(record);
        }
    }
    shown.form.iter_mut().for_each(form);
    shown.drafts.iter_mut().for_each(draft);
    shown.importer.iter_mut().for_each(importer);
    shown
}

/// Stands for a reason that names an amount.
const HIDDEN_AMOUNT: Text = text("with an amount, hidden while others look on", "含金额，遮挡期间不显示");

/// What a file holds, and the reasons that quote it.
fn importer(importer: &mut Importer) {
    for column in importer.seen.iter_mut().flat_map(|seen| &mut seen.columns) {
        column.samples.iter_mut().for_each(hide);
    }
    if let Phase::Ready(judged) = &mut importer.phase {
        judged.first.iter_mut().for_each(|(_, why)| hide(why));
    }
}

fn hide(text: &mut String) {
    if !text.is_empty() {
        MASK.clone_into(text);
    }
}

/// Hides a value that is always hidden, and any other where its field is.
fn value(value: &mut Value, shape: Shape, is_hidden: bool) {
    match value {
        Value::Money(money) => *money = money.hidden(),
        Value::Text(text) if shape == Shape::Long && !text.is_empty() => LONG_MASK.clone_into(text),
        Value::Text(text) if is_hidden => hide(text),
        Value::Link(link) if link.kind == Kind::Contact => hide(&mut link.label),
        _ => {}
    }
}

fn record(record: &mut Record) {
    let fields = record.at.kind.table().fields.iter();
    for (meta, cell) in fields.zip(&mut record.values) {
        value(cell, meta.shape, hides(meta));
    }
    record.derived.iter_mut().for_each(|cell| value(cell, Shape::Line, false));
}

fn card(card: &mut Card) {
    record(&mut card.record);
    card.related.iter_mut().flat_map(|related| &mut related.rows).for_each(record);
    card.last_event.iter_mut().for_each(event);
}

fn page(page: &mut Page, table: &Table) {
    let columns: Vec<Column> = table.columns.iter().chain(&page.extra).copied().collect();
    for row in &mut page.rows {
        for (column, cell) in columns.iter().zip(&mut row.cells) {
            let meta = match column {
                Column::Field(at) => table.fields.get(*at),
                Column::Derived(_) => None,
            };
            value(cell, meta.map_or(Shape::Line, |meta| meta.shape), meta.is_some_and(hides));
        }
    }
}

fn event(event: &mut Event) {
    let table = event.record.kind.table();
    if event.record.kind == Kind::Contact {
        hide(&mut event.label);
    }
    for change in &mut event.fields {
        let meta = table.field(&change.key).and_then(|at| table.fields.get(at));
        if meta.is_some_and(hides) {
            for side in [&mut change.before, &mut change.after] {
                if !side.is_null() {
                    *side = MASK.into();
                }
            }
        }
    }
}

fn found(hit: &mut Found) {
    let is_person = hit.at.kind == Kind::Contact;
    hit.detail.iter_mut().for_each(|cell| value(cell, Shape::Line, is_person));
    if is_person {
        hide(&mut hit.title);
    }
    if is_person || matches!(hit.role, Some(FieldRole::Phone | FieldRole::Email)) {
        hide(&mut hit.text);
    }
}

/// Whether a text still tells of what a field held: three signs of it in a row, or all of it.
fn shares(typed: &str, original: &str) -> bool {
    let signs: Vec<char> = original.chars().collect();
    let mut parts = signs.windows(TOLD.min(signs.len()).max(1)).map(|part| part.iter().collect::<String>());
    parts.any(|part| typed.contains(&part))
}

/// Of a field that was typed in, what was typed stays, unless what it held can be told from it.
fn form(form: &mut Form) {
    if form.target.or(form.linked).is_some_and(|at| at.kind == Kind::Contact) {
        hide(&mut form.name);
    }
    let hidden: Vec<bool> = form.fields.iter().map(|field| form.meta(field).is_some_and(hides)).collect();
    for (field, _) in form.fields.iter_mut().zip(hidden).filter(|(_, is_hidden)| *is_hidden) {
        let is_typed = Form::is_changed(field) && !shares(field.input.text(), &field.original);
        let FormField { input, original, theirs, error, .. } = field;
        hide(original);
        if !is_typed {
            // What is wrong is told with what was typed.
            *error = None;
            input.set(original.clone());
        }
        if let Some(theirs) = theirs {
            value(theirs, Shape::Line, true);
        }
    }
}

fn draft(draft: &mut Draft) {
    let Some(kind) = Kind::from_word(&draft.form.kind) else { return };
    let table = kind.table();
    for (key, field) in &mut draft.fields {
        if table.field(key).and_then(|at| table.fields.get(at)).is_some_and(hides) {
            hide(&mut field.text);
            // Where both were the same it would be no draft.
            field.was.clear();
        }
    }
    if kind == Kind::Contact {
        hide(&mut draft.name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_field_held_is_not_told_by_typing_on() {
        assert!(shares("CNY 186000.005", "CNY 186000.00"), "typed behind it");
        assert!(shares("CNY 18600", "CNY 186000.00"), "a part of it is left");
        assert!(shares("ab", "ab") && shares("xab", "ab"));
        assert!(!shares("5", "CNY 186000.00"), "what is typed anew is one's own");
        assert!(!shares("5", "") && !shares("", "CNY 186000.00"));
    }
}
