//! Lists, records, the Overview and histories: what their keys do.

use crate::app::action::Action;
use crate::app::command::CommandLine;
use crate::app::key::{Key, is_han};
use crate::app::keymap::Meaning;
use crate::app::possible::why_not;
use crate::app::state::{Message, Of, Overlay, Place, State};
use crate::app::{
    Effect, bulk, checklist, clauses, columns, copy, deeds, erasing, explain, export, finder, help, levels,
    marks, mask, money, mouse, past, present, problems, proposal, reference, settings, silence, standing,
    timeline, views, words,
};
use crate::entity::Kind;
use crate::register::{Anchor, Shelves, Write};
use crate::texts::Sentence;

use lists::{group, sort, sort_menu, start_filter};
use places::{back, close, go_to, go_to_history, open, tab, walk};
use records::{add, archive, edit, notes, undo};
use steps::{end, half, page, panel, step, wrap};

pub use lists::{filter_act, filter_key, filter_paste};
pub(in crate::app) use lists::{show_shelf, sort_by};
pub(in crate::app) use places::linked;
pub use records::notes_edited;
pub(in crate::app) use records::{loaded, needed};

/// Goes to a tab by its place in the bar.
pub(in crate::app) fn open_tab(state: &mut State, at: usize, out: &mut Vec<Effect>) {
    state.message = None;
    tab(state, at, out);
}

/// Moves the cursor by so many lines.
pub(in crate::app) fn step_by(state: &mut State, by: i64, out: &mut Vec<Effect>) {
    state.message = None;
    step(state, by, out);
}

mod lists;
mod places;
mod records;
mod steps;

/// The tabs, in their order.
pub const TABS: &[Option<Kind>] =
    &[None, Some(Kind::Vendor), Some(Kind::Contract), Some(Kind::Review), Some(Kind::Risk)];

/// The tab a place belongs to; `None` for kinds without a tab.
#[must_use]
pub fn tab_of(place: Place) -> Option<usize> {
    let kind = match place {
        Place::Overview => return Some(0),
        Place::List(key) => key.kind,
        Place::Record(at) | Place::History(Of::Record(at)) => at.kind,
        Place::History(_) => return None,
    };
    TABS.iter().position(|tab| *tab == Some(kind))
}

/// Takes a key where no text is typed. `asked` says that `q` came just before.
pub fn on_key(state: &mut State, key: Key, asked: bool, out: &mut Vec<Effect>) {
    if state.awaited.is_some() {
        return not_yet(state, key);
    }
    if let Key::Char(c) = key
        && is_han(key)
    {
        return finder::open(state, &c.to_string(), out);
    }
    let key = state.board.command(key);
    if key == Key::Esc && !state.pending.is_empty() {
        state.pending.clear();
        return;
    }
    state.pending.push(key);
    let pressed = state.pending.clone();
    match state.keymap.resolve(state.browsing(), &pressed) {
        Meaning::Pending(_) => {}
        Meaning::Do(action) => {
            state.pending.clear();
            if action == Action::Close {
                return close(state, asked, out);
            }
            act(state, action, out);
        }
        Meaning::Nothing => {
            state.pending.clear();
            let keys: String = pressed.iter().map(ToString::to_string).collect();
            state.message = Some(Message::note(Sentence::from(words::NO_ACTION).with("key", keys)));
        }
    }
}

/// A key that comes before the record of an action is there, though it waited for it: what was
/// typed for a form is no command.
fn not_yet(state: &mut State, key: Key) {
    if matches!(key, Key::Esc | Key::Ctrl('c')) {
        state.awaited = None;
    } else {
        state.message = Some(Message::note(words::STILL_LOADING));
    }
}

/// Goes on to the next line.
pub(super) fn down(state: &mut State, out: &mut Vec<Effect>) {
    step(state, 1, out);
}

/// Does an action, or says why it cannot be done here.
pub fn act(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    if let Some(why) = why_not(state, action) {
        state.message = Some(Message::note(why));
        return;
    }
    match action {
        Action::Down => step(state, 1, out),
        Action::Up => step(state, -1, out),
        Action::HalfDown => step(state, half(state), out),
        Action::HalfUp => step(state, -half(state), out),
        Action::PageDown => step(state, page(state), out),
        Action::PageUp => step(state, -page(state), out),
        Action::First => end(state, Anchor::First, out),
        Action::Last => end(state, Anchor::Last, out),
        Action::NextHit => wrap(state, 1, out),
        Action::PrevHit => wrap(state, -1, out),
        Action::NextPanel => panel(state, 1, out),
        Action::PrevPanel => panel(state, -1, out),
        Action::Open => open(state, out),
        Action::Back => back(state, out),
        Action::TrailBack => walk(state, -1, out),
        Action::TrailForward => walk(state, 1, out),
        Action::Tab1 => tab(state, 0, out),
        Action::Tab2 => tab(state, 1, out),
        Action::Tab3 => tab(state, 2, out),
        Action::Tab4 => tab(state, 3, out),
        Action::Tab5 => tab(state, 4, out),
        Action::Filter => start_filter(state),
        Action::Sort => sort_menu(state),
        Action::Reverse | Action::SortLeft | Action::SortRight => sort(state, action, out),
        Action::Group => group(state, out),
        Action::Columns => columns::open(state),
        Action::Views => views::open(state),
        Action::ScrollLeft if timeline::scroll(state, -1) => {}
        Action::ScrollRight if timeline::scroll(state, 1) => {}
        Action::ScrollLeft => columns::sideways(state, -1),
        Action::ScrollRight => columns::sideways(state, 1),
        Action::Timeline => timeline::turn(state, out),
        Action::Add => add(state, out),
        Action::Edit => edit(state, out),
        Action::Archive => archive(state, out),
        Action::Erase => erasing::open(state, out),
        Action::ShowArchived => show_shelf(state, Shelves::Archived, out),
        Action::Tag | Action::Assign => bulk::propose(state, action),
        Action::Mark => marks::turn(state, out),
        Action::MarkRange => marks::range(state),
        Action::MarkAll => marks::all(state, out),
        Action::EditNotes => notes(state, out),
        Action::Explain => explain::open(state, out),
        Action::Rank => standing::rank(state, out),
        Action::SideBySide => standing::compare(state, out),
        Action::Bridge => explain::bridge(state, out),
        // On a review a difference is that of its score.
        Action::Differ if state.selected().is_some_and(|at| at.kind == Kind::Review) => {
            explain::bridge(state, out);
        }
        Action::Clauses => clauses::open(state, out),
        Action::Levels => levels::open(state, out),
        Action::Money => money::open(state, out),
        Action::Present => present::open(state, out),
        Action::Deeds => deeds::menu(state, out),
        Action::OpenReviews => proposal::open_reviews(state, out),
        Action::Fill => proposal::fill(state, out),
        Action::Decide => proposal::decide(state, out),
        Action::Do(deed) => deeds::start(state, deed, out),
        Action::Snooze | Action::Acknowledge => silence::snooze(state, action, out),
        Action::Snoozed => silence::turn(state),
        Action::Tick => checklist::tick(state, out),
        Action::NotApplicable => checklist::leave_out(state, out),
        Action::Exited => checklist::take_out(state, out),
        Action::Copy => copy::open(state, out),
        Action::Export => export::open(state),
        Action::OpenFile => reference::open(state, out),
        Action::GoVendor => go_to(state, action, Kind::Vendor, out),
        Action::GoContracts => go_to(state, action, Kind::Contract, out),
        Action::GoReviews => go_to(state, action, Kind::Review, out),
        Action::GoRisks => go_to(state, action, Kind::Risk, out),
        Action::GoExits => go_to(state, action, Kind::ExitCase, out),
        Action::GoHistory => go_to_history(state, out),
        Action::Undo => undo(state, out),
        Action::Messages => state.go(Place::History(Of::Register), out),
        Action::GoToDay | Action::Differ => past::ask(state, action.spec().word),
        Action::Redo => drop(state.write(Write::Redo, None, out)),
        Action::FindAnything => finder::open(state, "", out),
        Action::Command => state.overlay = Some(Overlay::Command(CommandLine::default())),
        Action::Help => help::open(state),
        Action::Problems => problems::open(state, out),
        Action::Settings => settings::open(state, out),
        Action::Refresh => state.refresh(out),
        Action::Mask => {
            mask::turn(state);
            // Whoever follows hides it too.
            present::keep(state, out);
        }
        Action::Mouse => mouse::turn(state),
        Action::Redraw => out.push(Effect::Redraw),
        Action::Suspend => out.push(Effect::Suspend),
        Action::Close => close(state, false, out),
        Action::Quit => out.push(Effect::Quit),
        // What works inside something that is open only was refused above.
        _ => {}
    }
}
