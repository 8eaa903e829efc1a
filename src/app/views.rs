//! The views of a list, while one is chosen: opened, saved under a name, renamed, taken away, made the
//! one the list starts in; and views given to others as a file.

use crate::app::action::Action;
use crate::app::input::TextField;
use crate::app::key::{Key, folded};
use crate::app::keymap::Context;
use crate::app::list::ListKey;
use crate::app::overlay::no_action;
use crate::app::state::{Message, Overlay, Place, State};
use crate::app::view::{View, Views};
use crate::app::{Effect, columns, words};
use crate::entity::{Kind, Order};
use crate::limits;
use crate::register::{Anchor, Shelves};
use crate::texts::Sentence;

/// The views of a kind.
#[derive(Debug, Clone, PartialEq)]
pub struct ViewsPane {
    /// The kind of the records.
    pub kind: Kind,
    /// The line under the cursor.
    pub cursor: usize,
    /// The name that is being typed, and of which view it is: of none where the list is saved as it
    /// is.
    pub naming: Option<(TextField, Option<String>)>,
}

/// Opens the views of the list one is at.
pub fn open(state: &mut State) {
    if let Place::List(key) = state.place() {
        let here = present(state, key).map(|view| view.name);
        let views = state.views.of(key.kind, state.lang);
        let cursor = views.iter().position(|view| Some(&view.name) == here.as_ref()).unwrap_or(0);
        state.overlay = Some(Overlay::Views(ViewsPane { kind: key.kind, cursor, naming: None }));
    }
}

/// The view a list shows, if it shows it as it is.
#[must_use]
pub fn present(state: &State, key: ListKey) -> Option<View> {
    let list = state.lists.get(&key)?;
    let name = list.view.as_deref()?;
    let view = state.views.named(key.kind, name, state.lang)?;
    let order = view.order.unwrap_or(Order::of(key.kind.table()));
    let is_so = list.words.text().trim() == view.filter
        && list.order == order
        && list.grouped == view.grouped
        && list.timeline.is_some() == view.timeline;
    let has_columns = view.columns.shown.is_empty() || view.columns == state.views.columns(key.kind);
    (is_so && has_columns).then_some(view)
}

/// Takes a key while a view is chosen.
pub fn on_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    let Some(Overlay::Views(pane)) = &mut state.overlay else { return };
    if let Some((name, _)) = &mut pane.naming {
        return match state.keymap.action(&[Context::Naming], key) {
            Some(action) => act(state, action, out),
            None => drop(name.key(key)),
        };
    }
    match state.keymap.action(&[Context::Views, Context::Menu], folded(key)) {
        Some(action) => act(state, action, out),
        None => no_action(state, key),
    }
}

/// Takes pasted text where a name is typed.
pub fn paste(pane: &mut ViewsPane, text: &str) {
    if let Some((name, _)) = &mut pane.naming {
        name.paste_line(text);
    }
}

/// Does an action of the views.
pub fn act(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    let Some(Overlay::Views(pane)) = &mut state.overlay else { return };
    let views = state.views.of(pane.kind, state.lang);
    let last = views.len().saturating_sub(1);
    let kind = pane.kind;
    if let Some((name, of)) = &pane.naming {
        let (name, of) = (name.text().trim().to_owned(), of.clone());
        match action {
            Action::Run => named(state, kind, &name, of.as_deref(), out),
            Action::Dismiss => pane.naming = None,
            _ => {}
        }
        return;
    }
    let here = views.get(pane.cursor.min(last));
    match (action, here) {
        (Action::Dismiss, _) => state.overlay = None,
        (Action::Down, _) => pane.cursor = if pane.cursor >= last { 0 } else { pane.cursor + 1 },
        (Action::Up, _) => pane.cursor = pane.cursor.checked_sub(1).unwrap_or(last),
        (Action::SaveView, _) => pane.naming = Some((TextField::of_at_most(limits::VIEW_NAME, ""), None)),
        (Action::Choose, Some(view)) => {
            state.overlay = None;
            show(state, kind, view, out);
        }
        (Action::StartView, Some(view)) => start_in(state, kind, view.name.clone(), out),
        (Action::RenameView, Some(view)) if is_own(&state.views, kind, &view.name) => {
            let name = TextField::of_at_most(limits::VIEW_NAME, view.name.clone());
            pane.naming = Some((name, Some(view.name.clone())));
        }
        (Action::DropView, Some(view)) if is_own(&state.views, kind, &view.name) => {
            let name = view.name.clone();
            pane.cursor = pane.cursor.min(last.saturating_sub(1));
            let of = state.views.of_mut(kind);
            of.own.retain(|own| own.name != name);
            state.message = Some(Message::note(Sentence::from(words::VIEW_DROPPED).with("name", name)));
            state.keep_views(kind, out);
        }
        (Action::RenameView | Action::DropView, Some(_)) => {
            state.message = Some(Message::note(words::VIEW_BUILT_IN));
        }
        _ => {}
    }
}

fn is_own(views: &Views, kind: Kind, name: &str) -> bool {
    views.kinds.get(&kind).is_some_and(|of| of.own.iter().any(|view| view.name == name))
}

/// Makes a view the one the list starts in, or takes that back.
fn start_in(state: &mut State, kind: Kind, name: String, out: &mut Vec<Effect>) {
    let of = state.views.of_mut(kind);
    let says = if of.start.as_ref() == Some(&name) {
        of.start = None;
        words::VIEW_STARTS_NOT
    } else {
        of.start = Some(name.clone());
        words::VIEW_STARTS
    };
    state.message = Some(Message::good(Sentence::from(says).with("name", name)));
    state.keep_views(kind, out);
}

/// A name was typed: for the list as it is, or in the place of another.
fn named(state: &mut State, kind: Kind, name: &str, of: Option<&str>, out: &mut Vec<Effect>) {
    let is_taken = |other: &str| other.to_lowercase() == name.to_lowercase();
    if name.is_empty() {
        state.message = Some(Message::bad(words::VIEW_NAMELESS));
        return;
    }
    if let Some(old) = of {
        if !is_taken(old) && is_own(&state.views, kind, name) {
            state.message = Some(Message::bad(Sentence::from(words::VIEW_TAKEN).with("name", name)));
            return;
        }
        let of = state.views.of_mut(kind);
        for view in of.own.iter_mut().filter(|view| view.name == old) {
            name.clone_into(&mut view.name);
        }
        if of.start.as_deref() == Some(old) {
            of.start = Some(name.to_owned());
        }
    } else {
        let Some(view) = as_it_is(state, kind, name) else { return };
        state.views.save(kind, view);
        if let Place::List(key) = state.place() {
            state.list_mut(key).view = Some(name.to_owned());
        }
        state.overlay = None;
    }
    if let Some(Overlay::Views(pane)) = &mut state.overlay {
        pane.naming = None;
    }
    state.message = Some(Message::good(Sentence::from(words::VIEW_SAVED).with("name", name)));
    state.keep_views(kind, out);
}

/// The list one is at as a view; nothing, which is said, where part of its filter cannot be read.
fn as_it_is(state: &mut State, kind: Kind, name: &str) -> Option<View> {
    let list = state.list().filter(|list| list.key.kind == kind)?;
    if let Some(why) = list.filter(&state.reading()).problem(kind.table()) {
        state.message = Some(Message::bad(why));
        return None;
    }
    Some(View {
        name: name.to_owned(),
        filter: list.words.text().trim().to_owned(),
        order: Some(list.order),
        columns: state.views.columns(kind),
        grouped: list.grouped,
        timeline: list.timeline.is_some(),
    })
}

/// Shows the list one is at as a view says.
pub fn show(state: &mut State, kind: Kind, view: &View, out: &mut Vec<Effect>) {
    let Place::List(key) = state.place() else { return };
    if !view.columns.shown.is_empty() {
        columns::choose(state, kind, view.columns.clone(), out);
    }
    let today = state.today;
    let list = state.list_mut(key);
    list.show_as(view, today);
    list.shelf = Shelves::Open;
    (list.at, list.row, list.top) = (None, 0, 0);
    list.page.total = None;
    state.ask_list_at(key, Anchor::First, out);
}

/// `:views`, `:views NAME`, `:views export FILE`, `:views import FILE`.
pub fn command(state: &mut State, rest: &str, out: &mut Vec<Effect>) {
    let (word, file) = rest.split_once(' ').map_or((rest, ""), |(word, file)| (word, file.trim()));
    match (word, file, state.place()) {
        ("export", file, _) if !file.is_empty() => {
            let views =
                Views { kinds: state.views.kinds.iter().map(|(kind, of)| (*kind, of.to_give())).collect() };
            out.push(Effect::GiveViews(file.to_owned(), Box::new(views)));
        }
        ("import", file, _) if !file.is_empty() => out.push(Effect::TakeViews(file.to_owned())),
        ("export" | "import", ..) => state.message = Some(Message::bad(words::VIEWS_FILE)),
        ("", _, Place::List(_)) => open(state),
        (_, _, Place::List(key)) => match state.views.named(key.kind, rest, state.lang) {
            Some(view) => show(state, key.kind, &view, out),
            None => {
                let sentence = Sentence::from(words::NO_VIEW).with("name", rest);
                state.message = Some(Message::bad(sentence));
            }
        },
        _ => state.message = Some(Message::bad(words::ONLY_IN_LISTS)),
    }
}

/// The views of a file came, or why not.
pub fn taken(state: &mut State, result: Result<Box<Views>, Sentence>, out: &mut Vec<Effect>) {
    match result {
        Err(why) => state.message = Some(Message::bad(why)),
        Ok(others) => {
            let taken = state.views.take(&others);
            for kind in others.kinds.keys() {
                state.keep_views(*kind, out);
            }
            state.message = Some(Message::good(Sentence::from(words::VIEWS_TAKEN).with("n", taken)));
        }
    }
}
