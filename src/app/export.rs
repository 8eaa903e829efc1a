//! What leaves as a file: the list as it is seen, in a format and under a name one chooses.

use crate::app::Effect;
use crate::app::command::{CommandLine, Folder, paths};
use crate::app::list::List;
use crate::app::marks::chosen;
use crate::app::state::{Menu, MenuDoes, MenuItem, Message, Overlay, State};
use crate::app::words;
use crate::entity::Column;
use crate::entity::filter::Asked;
use crate::register::export::{Format, Told, View};
use crate::register::{Anchor, Query};
use crate::texts::{Sentence, text};

/// Opens the menu of formats.
pub(super) fn open(state: &mut State) {
    let item =
        |format: Format| MenuItem { label: format.label().into(), does: MenuDoes::Export(format), off: None };
    let items = Format::ALL.into_iter().map(item).collect();
    let title = text("Write the list to a file", "将列表写入文件");
    state.overlay = Some(Overlay::Menu(Menu { title, items, cursor: 0 }));
}

/// Proposes a name on the command line, where it can be changed before Enter.
pub(super) fn propose(state: &mut State, format: Format, out: &mut Vec<Effect>) {
    let Some(list) = state.list() else { return };
    let name = format!("{}-{}.{}", list.key.kind.table().plural, state.today, format.ending());
    state.overlay = Some(Overlay::Command(CommandLine::with(&format!("export {name}"))));
    // Looked at afresh: the last list that was written is there since.
    state.folder = None;
    paths::ask_for(state, &name, out);
}

/// Takes what a folder holds. A name that was proposed and is taken gets a number.
pub(super) fn listed(state: &mut State, folder: Folder) {
    if let (Some(Overlay::Command(line)), Some(list)) = (&state.overlay, state.list()) {
        let stem = format!("export {}-{}.", list.key.kind.table().plural, state.today);
        let path = line.field.text().strip_prefix("export ").filter(|_| line.field.text().starts_with(&stem));
        if let Some(path) = path.filter(|path| folder.typed.is_empty() && !path.contains('/')) {
            let line = CommandLine::with(&format!("export {}", paths::free(path, &folder)));
            state.overlay = Some(Overlay::Command(line));
        }
    }
    paths::listed(state, folder);
}

/// `:export FILE`: has the list written, in the format that the name ends in.
pub(super) fn write(state: &mut State, path: &str, out: &mut Vec<Effect>) {
    if state.masked {
        return state.message = Some(Message::note(words::HIDDEN));
    }
    let reading = state.reading();
    let (Some(list), Some(format)) = (state.list(), Format::of_name(path)) else {
        let why = if state.list().is_none() { words::ONLY_IN_LISTS } else { words::EXPORT_NAME };
        state.message = Some(Message::bad(why));
        return;
    };
    let table = list.key.kind.table();
    let chosen = chosen(state);
    if let Some(why) = list.filter(&reading).problem(table).filter(|_| chosen.is_none()) {
        // The list shows what the rest of the filter lets through, which is not what was asked for.
        state.message = Some(Message::bad(Sentence::from(words::FILTER_FIRST).with_sentence("why", why)));
        return;
    }
    let extra = state.views.columns(list.key.kind).extra(list.key.kind.table());
    let mut query = Query { reach: (0, 0), extra, ..list.ask(Anchor::First, 0, &reading) };
    if chosen.is_some() {
        // What is marked is written whether the filter shows it or not.
        query.filter = Asked::default();
    }
    let only = chosen.map(|chosen| chosen.ids);
    let view =
        View { path: path.to_owned(), format, query, only, columns: columns(state, list), lang: state.lang };
    out.push(Effect::Export(view));
}

/// The columns of a list that are shown, in their order.
fn columns(state: &State, list: &List) -> Vec<Column> {
    let chosen = state.views.columns(list.key.kind).shown;
    if chosen.is_empty() {
        return list.key.kind.table().columns.clone();
    }
    chosen.iter().map(|shown| shown.column).collect()
}

/// Says how far it is, and what became of it.
pub(super) fn told(state: &mut State, told: Told) {
    state.message = Some(match told {
        Told::Progress(done, all) => {
            Message::note(Sentence::from(words::EXPORTING).with("done", done).with("all", all))
        }
        Told::Done(path, rows) => {
            Message::good(Sentence::from(words::EXPORTED).with("rows", rows).with("path", path))
        }
        Told::Failed(why) => Message::bad(why),
    });
}
