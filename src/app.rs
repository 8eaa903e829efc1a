//! The reducers: what every key, answer and report does to the state, and what it wants done.
//!
//! `update(&mut State, Msg) -> Vec<Effect>` is the one door. No I/O, no clock, no thread, no
//! randomness: the same messages always give the same state, so a test can replay them.

pub mod action;
mod bind;
pub mod board;
pub mod browse;
pub mod bulk;
pub mod checklist;
pub mod clauses;
pub mod columns;
pub mod command;
pub mod copy;
pub mod cursor;
pub mod deeds;
pub mod draft;
pub mod erasing;
pub mod explain;
mod export;
pub mod filter;
pub mod finder;
pub mod form;
pub mod geometry;
pub mod help;
pub mod importer;
pub mod input;
pub mod key;
pub mod keymap;
pub mod levels;
pub mod list;
pub mod look;
pub mod marks;
pub mod mask;
pub mod money;
pub mod mouse;
pub mod overlay;
pub mod past;
pub mod possible;
pub mod present;
pub mod problems;
pub mod proposal;
pub mod reference;
pub mod settings;
pub mod sheet;
mod silence;
pub mod standing;
pub mod state;
pub mod timeline;
pub mod tour;
pub mod view;
pub mod views;
pub mod welcome;
mod words;

use chrono::NaiveDate;

use crate::app::action::Action;
use crate::app::bind::bind;
use crate::app::draft::{Draft, DraftId};
use crate::app::geometry::Size;
use crate::app::key::Key;
use crate::app::keymap::{Binding, Context, Meaning};
use crate::app::look::Told;
use crate::app::state::{Editing, Message, Overlay, Panel, Place, State};
use crate::app::view::{OfKind, Views};
use crate::app::welcome::{Begin, Begun};
use crate::entity::Kind;
use crate::register::erase::{Erased, Erasure};
use crate::register::export::{Told as ExportTold, View};
use crate::register::finding::Finding;
use crate::register::history::reverted_sentence;
use crate::register::import::{Job, Told as ImportTold};
use crate::register::meeting::Session;
use crate::register::{Answer, Refusal, Request, Reverted, Saved, Slot, Ticket, Write};
use crate::texts::{Lang, Sentence};

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse was used.
    Mouse(mouse::Mouse),
    /// The screen has another size.
    Resized(Size),
    /// The register answered.
    Answered(Ticket, Answer),
    /// The register wrote, or refused to.
    Written(Ticket, Result<Saved, Refusal>),
    /// An act was taken back or brought back, or that was refused.
    Reverted(Ticket, Result<Reverted, Refusal>),
    /// A person's data was erased, or that was refused.
    Erased(Ticket, Result<Box<Erased>, Refusal>),
    /// Copies of the register were removed: how many; or why one was not.
    CopiesRemoved(Result<usize, Refusal>),
    /// So many of the records of an act on many are done.
    Writing(Ticket, usize, usize),
    /// Another operator changed the register.
    Changed,
    /// The editor was closed: its text, or why there is none.
    Edited(Result<String, Sentence>),
    /// A new day began.
    DayBegan(NaiveDate),
    /// The terminal told of itself.
    Told(Told),
    /// What is told of an import.
    Import(Ticket, ImportTold),
    /// What is told of a view that is being written to a file.
    Export(ExportTold),
    /// What a check of the register found.
    Checked(Result<Vec<Finding>, Refusal>),
    /// What became of a file or link that was to be opened.
    Opened(reference::Opened),
    /// What became of a text that was to be copied.
    Copied(String, copy::Way),
    /// What a folder holds that paths go on in.
    Listed(command::Folder),
    /// The time for the second `q` is over.
    QuitLapsed,
    /// The register of another day is there, or that of the present again, or why it is not.
    Arrived(Result<Option<NaiveDate>, Refusal>),
    /// The register of the first start is there, or why it is not.
    Begun(Result<Begun, Sentence>),
    /// The file of the key map could not be written.
    KeysNotKept(Sentence),
    /// The file of the views could not be written.
    ViewsNotKept(Sentence),
    /// Views were written to a file, or why not.
    ViewsGiven(Result<String, Sentence>),
    /// Views were read from a file, or why not.
    ViewsTaken(Result<Box<Views>, Sentence>),
    /// A second has passed since this write was sent off.
    WriteDelayed(Ticket),
    /// So many seconds of the day are over; told each second while a meeting is on the screen.
    Ticked(u32),
    /// The minutes of a meeting were written: where; or why not.
    MinutesWritten(Result<String, Sentence>),
}

/// What is to be done outside.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Ask the register.
    Read(Slot, Ticket, Request),
    /// Write to the register.
    Write(Ticket, Write),
    /// See what is in a file, or read it in.
    Import(Ticket, Job),
    /// Write a view to a file.
    Export(View),
    /// Check the register.
    Check,
    /// Have the desktop open a file or a link.
    OpenFile(String),
    /// Put text on the clipboard of the terminal.
    Copy(String),
    /// Forget what drafts hold of what was erased.
    ForgetErased(Box<Erasure>),
    /// Remove copies of the register.
    RemoveCopies(Vec<String>),
    /// Open the user's editor on a text.
    OpenEditor(String),
    /// Keep what is typed in a form.
    KeepDraft(Draft),
    /// Forget it: it was saved, or is empty.
    DropDraft(DraftId),
    /// Keep keys of the user's own in the file of the key map.
    KeepKeys(Vec<Binding>),
    /// Show the register as it was at the end of a day, which ends at this instant (UTC); `None` the
    /// present again.
    GoTo(Option<(NaiveDate, String)>),
    /// Begin with a register, at the first start.
    Begin(Begin),
    /// Keep what was chosen about the lists of a kind in the file of the views.
    KeepViews(Kind, Box<OfKind>),
    /// Write views to a file that others can take them from.
    GiveViews(String, Box<Views>),
    /// Read the views of a file.
    TakeViews(String),
    /// Name whoever works here so in the history from now on.
    CallMe(String),
    /// Write the minutes of a meeting, as Markdown and as a page that prints.
    Minutes(Box<Session>, Lang),
    /// Say what this folder holds, named as it was typed.
    ListFolder(String),
    /// Draw the whole screen anew.
    Redraw,
    /// Give the terminal back until the program is continued.
    Suspend,
    /// Say when the time for the second `q` is over.
    WakeAfterQuit,
    /// Say when a second has passed and this write is not answered.
    WakeUnlessWritten(Ticket),
    /// End.
    Quit,
}

/// The state after a message, and what it wants done.
pub fn update(state: &mut State, msg: Msg) -> Vec<Effect> {
    let mut out = Vec::new();
    let said = state.message.clone();
    let watched = tour::Watched::of(&msg);
    match msg {
        Msg::Key(key) => on_key(state, key, &mut out),
        Msg::Paste(text) => on_paste(state, &text, &mut out),
        Msg::Mouse(did) => mouse::on(state, did, &mut out),
        Msg::Resized(size) => on_resize(state, size, &mut out),
        Msg::Answered(ticket, answer) => on_answer(state, ticket, answer, &mut out),
        Msg::Written(ticket, result) => on_written(state, ticket, result, &mut out),
        Msg::Reverted(ticket, result) => on_reverted(state, ticket, result, &mut out),
        Msg::Erased(ticket, result) => erasing::written(state, ticket, result, &mut out),
        Msg::CopiesRemoved(result) => erasing::copies_removed(state, result),
        Msg::Writing(ticket, done, of) => bulk::on_writing(state, ticket, done, of),
        Msg::Changed => {
            state.refresh(&mut out);
            form::merge::look(state, &mut out);
            settings::look(state, &mut out);
        }
        Msg::Edited(result) => on_edited(state, result, &mut out),
        Msg::DayBegan(today) => {
            state.begin_day(today);
            state.refresh(&mut out);
        }
        Msg::Told(told) => state.look.hear(told),
        Msg::Export(told) => export::told(state, told),
        Msg::Checked(found) => problems::found(state, found),
        Msg::Opened(opened) => reference::told(state, opened),
        Msg::Listed(folder) => export::listed(state, folder),
        Msg::Copied(text, way) => copy::told(state, text, way),
        Msg::Import(ticket, told) => importer::told(state, ticket, told, &mut out),
        Msg::QuitLapsed => {
            if std::mem::take(&mut state.quit_asked) {
                state.message = None;
            }
        }
        Msg::Begun(result) => welcome::begun(state, result, &mut out),
        Msg::Arrived(result) => past::arrived(state, result, &mut out),
        Msg::KeysNotKept(why) => {
            let sentence = Sentence::from(words::KEYS_NOT_KEPT).with_sentence("why", why);
            state.message = Some(Message::bad(sentence));
        }
        Msg::ViewsNotKept(why) => {
            let sentence = Sentence::from(words::VIEWS_NOT_KEPT).with_sentence("why", why);
            state.message = Some(Message::bad(sentence));
        }
        Msg::ViewsGiven(result) => {
            let given = |path: String| Message::good(Sentence::from(words::VIEWS_GIVEN).with("path", path));
            state.message = Some(result.map_or_else(Message::bad, given));
        }
        Msg::ViewsTaken(result) => views::taken(state, result, &mut out),
        Msg::WriteDelayed(ticket) => form::on_delayed(state, ticket),
        Msg::Ticked(seconds) => present::ticked(state, seconds, &mut out),
        Msg::MinutesWritten(result) => present::minutes_told(state, result),
    }
    marks::follow(state, &mut out);
    tour::watch(state, watched);
    state.remember_message(said.as_ref());
    out
}

fn on_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    // Whatever is open: these are about the terminal, not about what it shows, or tell what the
    // others are.
    match state.keymap.resolve(&[Context::Global], &[key]) {
        Meaning::Do(action @ (Action::Redraw | Action::Suspend)) => return browse::act(state, action, out),
        Meaning::Do(Action::Help) if !state.is_binding() => {
            state.message = None;
            return help::toggle(state);
        }
        _ => {}
    }
    let asked = std::mem::take(&mut state.quit_asked);
    state.message = None;
    if state.overlay.is_some() {
        overlay::on_key(state, key, out);
    } else if state.form.is_some() {
        form::on_key(state, key, out);
    } else if state.importer.is_some() {
        importer::on_key(state, key, out);
    } else if state.stage.is_some() {
        present::on_key(state, key, out);
    } else if state.is_filtering() {
        browse::filter_key(state, key, out);
    } else {
        browse::on_key(state, key, asked, out);
    }
}

/// Does an action where one is: in what lies over the screen, in a form, in a filter, in a list.
fn act(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    match &state.overlay {
        _ if matches!(action, Action::Redraw | Action::Suspend) => browse::act(state, action, out),
        Some(Overlay::Find(_)) => finder::act(state, action, out),
        Some(Overlay::Command(_)) => command::act(state, action, out),
        Some(Overlay::Drafts(_)) => form::offer::act(state, action, out),
        Some(Overlay::Menu(_)) => overlay::menu_act(state, action, out),
        Some(Overlay::Problems(_)) => problems::act(state, action, out),
        Some(Overlay::Erase(_)) => erasing::act(state, action, out),
        Some(Overlay::Settings(_)) => settings::act(state, action, out),
        Some(Overlay::Columns(_)) => columns::act(state, action, out),
        Some(Overlay::Views(_)) => views::act(state, action, out),
        Some(Overlay::Confirm(_)) => bulk::confirm_act(state, action, out),
        Some(Overlay::Misfits(_)) => bulk::misfits_act(state, action, out),
        Some(Overlay::Explained(_)) => explain::act(state, action),
        Some(Overlay::Clauses(_)) => clauses::act(state, action, out),
        Some(Overlay::Levels(_)) => levels::act(state, action, out),
        Some(Overlay::Money(_)) => money::act(state, action),
        Some(Overlay::Proposal(_)) => proposal::act(state, action, out),
        Some(Overlay::Standing(_)) => standing::act(state, action, out),
        Some(Overlay::Help(_) | Overlay::Shown(_) | Overlay::Welcome(_)) => {}
        None if state.form.is_some() => form::act(state, action, out),
        None if state.importer.is_some() => importer::act(state, action, out),
        None if state.stage.is_some() => present::act(state, action, out),
        None if state.is_filtering() => browse::filter_act(state, action, out),
        None => browse::act(state, action, out),
    }
}

fn on_paste(state: &mut State, text: &str, out: &mut Vec<Effect>) {
    match &mut state.overlay {
        Some(Overlay::Find(_)) => finder::paste(state, text, out),
        Some(Overlay::Command(command)) => {
            command.paste(text);
            command::paths::ask(state, out);
        }
        Some(Overlay::Help(help)) => help::paste(help, text),
        Some(Overlay::Welcome(welcome)) => welcome::paste(welcome, text),
        Some(Overlay::Views(pane)) => views::paste(pane, text),
        Some(Overlay::Erase(asked)) => erasing::paste(asked, text),
        Some(Overlay::Confirm(confirm)) => drop(confirm.field.paste_line(text)),
        Some(Overlay::Settings(pane)) => settings::paste(pane, text),
        Some(_) => {}
        None => paste_below(state, text, out),
    }
}

fn paste_below(state: &mut State, text: &str, out: &mut Vec<Effect>) {
    if state.form.is_some() {
        form::paste(state, text, out);
    } else if state.stage.is_some() {
        present::paste(state, text, out);
    } else if state.importer.is_none() && state.is_filtering() {
        browse::filter_paste(state, text, out);
    } else {
        state.message = Some(Message::note(words::PASTE_IGNORED));
    }
}

fn on_resize(state: &mut State, size: Size, out: &mut Vec<Effect>) {
    state.size = size;
    for list in state.lists.values_mut() {
        list.show(list.rows_in(size));
    }
    if !state.overview.panel.is_among(size.overview_panels()) {
        // Nothing is done to what is not seen.
        state.overview.enter(Panel::default());
    }
    match state.place() {
        Place::List(key) => state.ask_list(key, out),
        Place::Overview => state.ask_overview(out),
        Place::Record(_) | Place::History(_) => {}
    }
}

fn on_answer(state: &mut State, ticket: Ticket, answer: Answer, out: &mut Vec<Effect>) {
    let Some((slot, request)) = state.answered(ticket) else { return };
    match (answer, request) {
        (Answer::Page(page, counts), Request::Page(query)) => {
            state.counts = counts;
            state.take_page(page, &query, out);
        }
        (Answer::Count(total), Request::Count(query)) => state.take_count(total, &query),
        (Answer::Known(values), Request::Known(key)) => form::learnt(state, key, values),
        (Answer::Ids(ids), Request::Ids(query, ends)) => marks::take(state, ids, &query, ends),
        (Answer::Page(..) | Answer::Count(_) | Answer::Known(_) | Answer::Ids(_), _)
        | (Answer::Refused(_), Request::Known(_)) => {}
        (Answer::Card(card), _) if slot == Slot::Preview => {
            if let Some(Overlay::Find(finder)) = &mut state.overlay {
                finder.preview = Some(card);
            }
        }
        (Answer::Card(card), _) if slot == Slot::Form => form::merge::take(state, &card, out),
        (Answer::Card(card), _) => state.take_card(card, out),
        (Answer::Overview(overview), _) => state.take_overview(overview),
        (Answer::Found(hits), _) => finder::take(state, hits, out),
        (Answer::History(events), _) => state.take_history(events),
        (Answer::Settings(held), _) => settings::told(state, held),
        (Answer::Refused(refusal), _) if slot == Slot::Settings => settings::not_told(state, &refusal),
        (Answer::Clauses(list), _) => clauses::found(state, *list),
        (Answer::Levels(found), _) => levels::found(state, *found),
        (Answer::Ranked(found), request) => standing::ranked(state, &request, *found),
        (Answer::Compared(found), request) => standing::compared(state, &request, &found),
        (Answer::Refused(refusal), Request::Rank(_) | Request::Compare(_)) => {
            standing::refused(state, &refusal);
        }
        (Answer::Explained(found), request) => explain::found(state, &request, *found),
        (Answer::Refused(refusal), Request::Explain(_) | Request::Bridge(_)) => {
            explain::refused(state, &refusal);
        }
        (Answer::Refused(refusal), Request::Clauses(_)) => clauses::refused(state, &refusal),
        (Answer::Refused(refusal), Request::Levels(_)) => levels::refused(state, &refusal),
        (Answer::Erasure(erasure), _) => erasing::found(state, Ok(erasure)),
        (Answer::Refused(refusal), _) if slot == Slot::Erasure => erasing::found(state, Err(&refusal)),
        (Answer::Proposed(found), _) => proposal::found(state, found),
        (Answer::Refused(refusal), Request::Propose(_)) => proposal::refused(state, &refusal),
        (Answer::Money(account), _) => money::found(state, account),
        (Answer::Refused(refusal), Request::Money(_)) => money::refused(state, &refusal),
        (Answer::Meeting(session), _) => present::found(state, session, out),
        (Answer::Refused(refusal), Request::Meeting(_)) => present::refused(state, &refusal),
        (Answer::Refused(refusal), _) if slot == Slot::Form => form::merge::refused(state, &refusal),
        (Answer::Refused(refusal), request) => state.take_refusal(slot, &request, &refusal, out),
    }
}

fn on_written(state: &mut State, ticket: Ticket, result: Result<Saved, Refusal>, out: &mut Vec<Effect>) {
    let under_way = state.writing.remove(&ticket);
    if present::on_written(state, ticket, &result, out) {
        return;
    }
    let bulk = state.bulks.remove(&ticket);
    if let Ok(saved) = &result {
        state.own.extend(saved.records.iter().copied());
        silence::passed_on(state, saved);
    }
    if let Some(bulk) = bulk {
        return bulk::on_written(state, ticket, bulk, result, out);
    }
    if state.form.as_ref().is_some_and(|form| form.saving == Some(ticket)) {
        return form::on_written(state, result, out);
    }
    if let Some(draft) = state.unanswered.remove(&ticket) {
        return form::on_written_behind(state, draft, result, out);
    }
    if settings::refused(state, ticket, &result, out) {
        return;
    }
    match result {
        Ok(saved) => {
            state.message = match (saved.change, under_way) {
                (None, _) => Some(Message::note(words::NOTHING_CHANGED)),
                (Some(_), Some(Some(sentence))) => Some(Message::good(sentence)),
                // In a meeting scores are written all the time: what was said meanwhile stays.
                (Some(_), _) if state.stage.is_some() => state.message.take(),
                (Some(_), _) => None,
            };
        }
        Err(refusal) => state.message = Message::refused(&refusal),
    }
    state.refresh(out);
}

fn on_reverted(state: &mut State, ticket: Ticket, result: Result<Reverted, Refusal>, out: &mut Vec<Effect>) {
    state.writing.remove(&ticket);
    present::reverted(state, ticket, result.as_ref().map_err(|_| ()));
    match result {
        Ok(reverted) => {
            state.message = Some(Message::good(reverted_sentence(
                &reverted,
                &reverted.first.map(|at| state.name_of(at)).unwrap_or_default(),
            )));
            state.own.extend(reverted.saved.records);
        }
        Err(refusal) => state.message = Message::refused(&refusal),
    }
    state.refresh(out);
}

fn on_edited(state: &mut State, result: Result<String, Sentence>, out: &mut Vec<Effect>) {
    let Some(editing) = state.editing.take() else { return };
    let text = match result {
        Ok(text) => text,
        Err(sentence) => {
            state.message = Some(Message::bad(sentence));
            return;
        }
    };
    match editing {
        Editing::Field => form::edited(state, &text, out),
        Editing::Notes { at, field, seen } => browse::notes_edited(state, at, field, seen, &text, out),
    }
}

#[cfg(test)]
mod tests;
