//! Lists, records, the Overview and histories: what their keys do.

use crate::app::action::Action;
use crate::app::command::{self, CommandLine};
use crate::app::key::{Key, folded, is_han};
use crate::app::keymap::{Context, Meaning};
use crate::app::list::ListKey;
use crate::app::state::{Editing, Menu, MenuDoes, MenuItem, Message, Overlay, Panel, Place, State};
use crate::app::{Effect, finder, form, words};
use crate::entity::input::Entered;
use crate::entity::{Kind, Record, Ref, Shape, Value};
use crate::register::{Act, Anchor, Change, Edit, Request, Shelf, Shelves, Slot, Step, Write, code_of};
use crate::texts::{Sentence, text};

/// The tabs, in their order.
pub const TABS: &[Option<Kind>] =
    &[None, Some(Kind::Vendor), Some(Kind::Contract), Some(Kind::Review), Some(Kind::Risk)];

/// The tab a place belongs to; `None` for kinds without a tab.
#[must_use]
pub fn tab_of(place: Place) -> Option<usize> {
    let kind = match place {
        Place::Overview => return Some(0),
        Place::List(key) => key.kind,
        Place::Record(at) | Place::History(Some(at)) => at.kind,
        Place::History(None) => return None,
    };
    TABS.iter().position(|tab| *tab == Some(kind))
}

/// Takes a key where no text is typed. `asked` says that `q` came just before.
pub fn on_key(state: &mut State, key: Key, asked: bool, out: &mut Vec<Effect>) {
    if let Key::Char(c) = key
        && is_han(key)
    {
        return finder::open(state, &c.to_string(), out);
    }
    let key = folded(key);
    if key == Key::Esc && !state.pending.is_empty() {
        state.pending.clear();
        return;
    }
    state.pending.push(key);
    let pressed = state.pending.clone();
    match state.keymap.resolve(&[Context::Browse, Context::Global], &pressed) {
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

/// Does an action.
pub fn act(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    match action {
        Action::Down => step(state, 1, out),
        Action::Up => step(state, -1, out),
        Action::HalfDown => step(state, half(state), out),
        Action::HalfUp => step(state, -half(state), out),
        Action::PageDown => step(state, i64::from(state.size.list_rows()), out),
        Action::PageUp => step(state, -i64::from(state.size.list_rows()), out),
        Action::First => end(state, Anchor::First, out),
        Action::Last => end(state, Anchor::Last, out),
        Action::NextHit => wrap(state, 1, out),
        Action::PrevHit => wrap(state, -1, out),
        Action::NextPanel => panel(state, 1, out),
        Action::PrevPanel => panel(state, -1, out),
        Action::Open => open(state, out),
        Action::Back => back(state, out),
        Action::TrailBack => drop(state.walk(-1, out)),
        Action::TrailForward => drop(state.walk(1, out)),
        Action::Tab1 => tab(state, 0, out),
        Action::Tab2 => tab(state, 1, out),
        Action::Tab3 => tab(state, 2, out),
        Action::Tab4 => tab(state, 3, out),
        Action::Tab5 => tab(state, 4, out),
        Action::Filter => start_filter(state),
        Action::Sort => sort_menu(state),
        Action::Reverse | Action::SortLeft | Action::SortRight => sort(state, action, out),
        Action::Add => add(state, out),
        Action::Edit => edit(state, out),
        Action::Archive => archive(state, out),
        Action::EditNotes => notes(state, out),
        Action::Copy => copy(state, out),
        Action::GoVendor => go_to(state, Kind::Vendor, out),
        Action::GoContracts => go_to(state, Kind::Contract, out),
        Action::GoReviews => go_to(state, Kind::Review, out),
        Action::GoRisks => go_to(state, Kind::Risk, out),
        Action::GoHistory => {
            let of = state.selected();
            state.go(Place::History(of), out);
        }
        Action::Undo => drop(state.write(Write::Undo, None, out)),
        Action::Redo => state.redoing = state.write(Write::Redo, None, out),
        Action::FindAnything => finder::open(state, "", out),
        Action::Command => state.overlay = Some(Overlay::Command(CommandLine::default())),
        Action::Help => state.overlay = Some(Overlay::Help { top: 0 }),
        Action::Refresh => state.refresh(out),
        Action::Redraw => out.push(Effect::Redraw),
        Action::Suspend => out.push(Effect::Suspend),
        Action::Close => close(state, false, out),
        Action::Quit => out.push(Effect::Quit),
        Action::NextField
        | Action::PrevField
        | Action::Save
        | Action::ResetField
        | Action::OpenEditor
        | Action::LeaveForm
        | Action::PrevWord
        | Action::NextWord => form::act(state, action, out),
    }
}

/// Takes a key while something lies over the screen.
pub fn overlay_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    match &mut state.overlay {
        Some(Overlay::Find(_)) => finder::on_key(state, key, out),
        Some(Overlay::Command(_)) => command::on_key(state, key, out),
        Some(Overlay::Drafts(_)) => form::offer::on_key(state, key, out),
        Some(Overlay::Help { top }) => match folded(key) {
            Key::Down | Key::Char('j') => *top += 1,
            Key::Up | Key::Char('k') => *top = top.saturating_sub(1),
            Key::PageDown | Key::Char(' ') | Key::Ctrl('d') => *top += 10,
            Key::PageUp | Key::Ctrl('u') => *top = top.saturating_sub(10),
            Key::Home => *top = 0,
            Key::Ctrl('l') => out.push(Effect::Redraw),
            _ => state.overlay = None,
        },
        Some(Overlay::Menu(menu)) => match folded(key) {
            Key::Down | Key::Char('j') | Key::Tab => {
                menu.cursor = (menu.cursor + 1) % menu.items.len().max(1);
            }
            Key::Up | Key::Char('k') | Key::BackTab => {
                menu.cursor = (menu.cursor + menu.items.len().saturating_sub(1)) % menu.items.len().max(1);
            }
            Key::Enter | Key::Char('l') | Key::Right => choose(state, out),
            Key::Ctrl('l') => out.push(Effect::Redraw),
            _ => state.overlay = None,
        },
        None => {}
    }
}

/// Takes a key while the words of a list are typed.
pub fn filter_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    let Place::List(list_key) = state.place() else { return };
    match key {
        Key::Esc | Key::Ctrl('c') => {
            let list = state.list_mut(list_key);
            list.typing = false;
            clear_words(state, list_key, out);
        }
        Key::Enter => state.list_mut(list_key).typing = false,
        Key::Down => step(state, 1, out),
        Key::Up => step(state, -1, out),
        Key::PageDown => step(state, i64::from(state.size.list_rows()), out),
        Key::PageUp => step(state, -i64::from(state.size.list_rows()), out),
        Key::Ctrl('p') => finder::open(state, "", out),
        Key::Ctrl('l') => out.push(Effect::Redraw),
        Key::Ctrl('z') => out.push(Effect::Suspend),
        _ => {
            if state.list_mut(list_key).words.key(key) == super::input::Typed::Changed {
                narrowed(state, list_key, out);
            }
        }
    }
}

/// Takes pasted text while the words of a list are typed.
pub fn filter_paste(state: &mut State, pasted: &str, out: &mut Vec<Effect>) {
    if let Place::List(key) = state.place() {
        state.list_mut(key).words.paste_line(pasted);
        narrowed(state, key, out);
    }
}

/// Takes the long text of a record back from the editor.
pub fn notes_edited(
    state: &mut State,
    at: Ref,
    field: usize,
    seen: Value,
    text: &str,
    out: &mut Vec<Effect>,
) {
    let trimmed = text.trim_end();
    let new = if trimmed.is_empty() { Value::Null } else { Value::Text(trimmed.to_owned()) };
    if new == seen {
        state.message = Some(Message::note(words::NO_CHANGES));
        return;
    }
    let label = at.kind.table().fields.get(field).map_or(text_blank(), |meta| meta.label);
    let said = Sentence::from(words::NOTES_SAVED).with_word("field", label).with("code", code_of(at));
    let edits = vec![Edit { field, seen: Some(seen), new: Entered::Value(new) }];
    let step = Step::Update { at, edits, reason: None, only_if: None };
    state.write(Write::Apply(Change { act: Act::Edit, steps: vec![step] }), Some(said), out);
}

fn text_blank() -> crate::texts::Text {
    text("", "")
}

fn half(state: &State) -> i64 {
    i64::from(state.size.list_rows() / 2).max(1)
}

fn step(state: &mut State, by: i64, out: &mut Vec<Effect>) {
    let rows = state.size.list_rows();
    match state.place() {
        Place::List(key) => {
            let before = state.selected();
            if let Some(anchor) = state.list_mut(key).step(by, rows) {
                state.ask_list_at(key, anchor, out);
            }
            if state.selected() != before {
                state.follow(out);
            }
        }
        Place::Record(_) => {
            let rows = state.card.as_ref().map_or(0, |card| card.related.iter().map(|r| r.rows.len()).sum());
            state.record.cursor = moved(state.record.cursor, by, rows + 1);
        }
        Place::History(_) => {
            state.history.cursor = moved(state.history.cursor, by, state.history.events.len());
        }
        Place::Overview => {
            state.overview.cursor = moved(state.overview.cursor, by, state.overview.lines());
            if state.overview.wants_more() {
                state.overview.reach = 4 * state.overview.lines();
                state.ask_overview(out);
            }
        }
    }
}

fn moved(at: usize, by: i64, len: usize) -> usize {
    let by = isize::try_from(by).unwrap_or(0);
    at.saturating_add_signed(by).min(len.saturating_sub(1))
}

/// The next row, and the first after the last.
fn wrap(state: &mut State, by: i64, out: &mut Vec<Effect>) {
    if let Some(list) = state.list() {
        let last = list.known_total().saturating_sub(1);
        if by > 0 && list.row >= last {
            return end(state, Anchor::First, out);
        }
        if by < 0 && list.row == 0 {
            return end(state, Anchor::Last, out);
        }
    }
    step(state, by, out);
}

fn end(state: &mut State, anchor: Anchor, out: &mut Vec<Effect>) {
    match state.place() {
        Place::List(key) => {
            let list = state.list_mut(key);
            let near = match anchor {
                Anchor::First => list.page.start == 0 && !list.page.rows.is_empty(),
                _ => !list.rest_below() && !list.page.rows.is_empty(),
            };
            let by = if anchor == Anchor::First { i64::MIN / 2 } else { i64::MAX / 2 };
            if near { step(state, by, out) } else { state.ask_list_at(key, anchor, out) }
        }
        _ if anchor == Anchor::First => step(state, i64::MIN / 2, out),
        _ => step(state, i64::MAX / 2, out),
    }
}

fn tab(state: &mut State, number: usize, out: &mut Vec<Effect>) {
    let place = match TABS.get(number) {
        Some(Some(kind)) => Place::List(ListKey { kind: *kind, scope: None }),
        _ => Place::Overview,
    };
    state.go(place, out);
}

fn panel(state: &mut State, by: isize, out: &mut Vec<Effect>) {
    match state.place() {
        Place::Overview => {
            const PANELS: [Panel; 3] = [Panel::Attention, Panel::Movers, Panel::Recent];
            let at = PANELS.iter().position(|p| *p == state.overview.panel).unwrap_or(0);
            let next = (at + PANELS.len()).saturating_add_signed(by) % PANELS.len();
            state.overview.panel = PANELS.get(next).copied().unwrap_or_default();
            state.overview.cursor = 0;
        }
        Place::Record(_) => next_section(state, by),
        place => {
            let at = tab_of(place).unwrap_or(0);
            let next = (at + TABS.len()).saturating_add_signed(by) % TABS.len();
            tab(state, next, out);
        }
    }
}

/// The first row of the next section of the record page.
fn next_section(state: &mut State, by: isize) {
    let Some(card) = &state.card else { return };
    let mut starts = vec![0];
    let mut at = 1;
    for related in &card.related {
        if !related.rows.is_empty() {
            starts.push(at);
        }
        at += related.rows.len();
    }
    let now = starts.iter().rposition(|start| *start <= state.record.cursor).unwrap_or(0);
    let next = (now + starts.len()).saturating_add_signed(by) % starts.len();
    state.record.cursor = starts.get(next).copied().unwrap_or(0);
}

fn open(state: &mut State, out: &mut Vec<Effect>) {
    let Some(at) = state.selected() else {
        state.message = Some(Message::note(words::NOT_HERE));
        return;
    };
    if state.place() == Place::Record(at) {
        return edit(state, out);
    }
    state.go(Place::Record(at), out);
}

/// One level up: the words of a list, its scope, then the list of the record, then the Overview.
fn back(state: &mut State, out: &mut Vec<Effect>) {
    match state.place() {
        Place::List(key) => {
            let list = state.list_mut(key);
            if !list.words.text().is_empty() {
                return clear_words(state, key, out);
            }
            if list.shelf == Shelves::Archived {
                list.shelf = Shelves::Open;
                list.at = None;
                return state.ask_list_at(key, Anchor::First, out);
            }
            if let Some(scope) = key.scope {
                state.go(Place::Record(scope), out);
            }
        }
        Place::Record(at) => {
            let key = ListKey { kind: at.kind, scope: None };
            let list = state.list_mut(key);
            if list.words.text().is_empty() {
                list.at = Some(at.id);
            }
            state.go(Place::List(key), out);
        }
        Place::History(Some(at)) => state.go(Place::Record(at), out),
        Place::History(None) => state.go(Place::Overview, out),
        Place::Overview => {}
    }
}

/// Closes the top layer; on the first level asks once before the end.
fn close(state: &mut State, asked: bool, out: &mut Vec<Effect>) {
    if asked {
        out.push(Effect::Quit);
        return;
    }
    match state.place() {
        Place::Record(_) | Place::History(_) | Place::List(ListKey { scope: Some(_), .. }) => {
            back(state, out);
        }
        Place::List(_) | Place::Overview => {
            state.quit_asked = true;
            state.message = Some(Message::note(words::QUIT_AGAIN));
            out.push(Effect::WakeAfterQuit);
        }
    }
}

fn start_filter(state: &mut State) {
    match state.place() {
        Place::List(key) => state.list_mut(key).typing = true,
        _ => finder_hint(state),
    }
}

fn finder_hint(state: &mut State) {
    state.message = Some(Message::note(Sentence::from(words::NO_ACTION).with("key", "/")));
}

fn clear_words(state: &mut State, key: ListKey, out: &mut Vec<Effect>) {
    state.list_mut(key).words.set("");
    state.ask_list(key, out);
}

fn narrowed(state: &mut State, key: ListKey, out: &mut Vec<Effect>) {
    let list = state.list_mut(key);
    list.page.total = None;
    state.ask_list_at(key, Anchor::First, out);
}

fn sort_menu(state: &mut State) {
    let Some(list) = state.list() else { return finder_hint(state) };
    let table = list.key.kind.table();
    let columns = list.sortable();
    if columns.is_empty() {
        state.message = Some(Message::note(words::NOT_SORTABLE));
        return;
    }
    let cursor = columns.iter().position(|column| *column == list.order.0).unwrap_or(0);
    let items = columns
        .iter()
        .map(|column| MenuItem { label: table.head(*column).label, does: MenuDoes::SortBy(*column) })
        .collect();
    state.overlay = Some(Overlay::Menu(Menu { title: text("Sort by", "排序"), items, cursor }));
}

fn sort(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    let Place::List(key) = state.place() else { return };
    let list = state.list_mut(key);
    match action {
        Action::SortLeft => list.sort_beside(-1),
        Action::SortRight => list.sort_beside(1),
        _ => list.order.1 = list.order.1.reversed(),
    }
    sorted(state, key, out);
}

fn sorted(state: &mut State, key: ListKey, out: &mut Vec<Effect>) {
    let list = state.list_mut(key);
    list.at = None;
    list.row = 0;
    list.top = 0;
    state.ask_list_at(key, Anchor::First, out);
}

fn choose(state: &mut State, out: &mut Vec<Effect>) {
    let Some(Overlay::Menu(menu)) = state.overlay.take() else { return };
    let Some(item) = menu.items.into_iter().nth(menu.cursor) else { return };
    match item.does {
        MenuDoes::SortBy(column) => {
            let Place::List(key) = state.place() else { return };
            let list = state.list_mut(key);
            let first = key.kind.table().order;
            let direction = if first.0 == column { first.1 } else { crate::entity::Direction::Up };
            list.order = (column, direction);
            sorted(state, key, out);
        }
        MenuDoes::Add(kind, linked) => form::add(state, kind, linked, out),
    }
}

fn add(state: &mut State, out: &mut Vec<Effect>) {
    match state.place() {
        Place::List(key) => form::add(state, key.kind, key.scope, out),
        Place::Record(at) => add_menu(state, at),
        Place::Overview | Place::History(_) => {
            let kinds =
                [Kind::Vendor, Kind::Contract, Kind::Review, Kind::Risk, Kind::Action, Kind::Interaction];
            let items = kinds
                .iter()
                .map(|kind| MenuItem { label: kind.table().one, does: MenuDoes::Add(*kind, None) });
            let items = items.collect();
            state.overlay = Some(Overlay::Menu(Menu { title: text("Add", "新增"), items, cursor: 0 }));
        }
    }
}

/// What can be added to a record: whatever links to it. The section under the cursor comes first.
fn add_menu(state: &mut State, at: Ref) {
    let kinds: Vec<Kind> = at.kind.related().map(|(kind, _)| kind).filter(|kind| *kind != at.kind).collect();
    let here = state.related_at_cursor().map(|related| related.kind);
    let cursor = kinds.iter().position(|kind| Some(*kind) == here).unwrap_or(0);
    let items: Vec<MenuItem> = kinds
        .iter()
        .map(|kind| MenuItem { label: kind.table().one, does: MenuDoes::Add(*kind, Some(at)) })
        .collect();
    if items.is_empty() {
        state.message = Some(Message::note(words::NOT_HERE));
        return;
    }
    state.overlay =
        Some(Overlay::Menu(Menu { title: text("Add to this record", "为此记录新增"), items, cursor }));
}

/// The whole record under the cursor, as far as it is loaded.
fn loaded(state: &State) -> Option<Record> {
    let at = state.selected()?;
    let card = state.card.as_deref()?;
    if card.record.at == at {
        return Some(card.record.clone());
    }
    card.related.iter().flat_map(|related| &related.rows).find(|record| record.at == at).cloned()
}

/// Opens the form of the selected record. Where it is not loaded yet, its page is opened first.
fn edit(state: &mut State, out: &mut Vec<Effect>) {
    match (loaded(state), state.selected()) {
        (Some(record), _) => form::edit(state, &record, out),
        (None, Some(at)) => {
            state.edit_wanted = Some(at);
            state.ask(Slot::Card, Request::Card(at), out);
        }
        (None, None) => state.message = Some(Message::note(words::NOT_HERE)),
    }
}

fn archive(state: &mut State, out: &mut Vec<Effect>) {
    let Some(at) = state.selected() else {
        state.message = Some(Message::note(words::NOT_HERE));
        return;
    };
    let is_archived = match state.list() {
        Some(list) => list.shelf == Shelves::Archived,
        None => loaded(state).is_some_and(|record| record.archived_at.is_some()),
    };
    let (act, to, said) = if is_archived {
        (Act::Unarchive, Shelf::Open, words::RESTORED)
    } else {
        (Act::Archive, Shelf::Archive, words::ARCHIVED)
    };
    let said = Sentence::from(said).with("code", code_of(at));
    let change = Change { act, steps: vec![Step::Shelve { at, to }] };
    state.write(Write::Apply(change), Some(said), out);
}

fn notes(state: &mut State, out: &mut Vec<Effect>) {
    let Some(record) = loaded(state) else {
        state.message = Some(Message::note(words::NOT_HERE));
        return;
    };
    let field = record.table().fields.iter().rposition(|meta| meta.shape == Shape::Long);
    let Some(field) = field else {
        state.message = Some(Message::note(words::NO_NOTES));
        return;
    };
    let seen = record.values.get(field).cloned().unwrap_or(Value::Null);
    out.push(Effect::OpenEditor(seen.as_text().to_owned()));
    state.editing = Some(Editing::Notes { at: record.at, field, seen });
}

fn copy(state: &mut State, out: &mut Vec<Effect>) {
    let line = match (loaded(state), state.list().and_then(|list| list.selected())) {
        (Some(record), _) => format!("{}  {}", record.label(), record.code),
        (None, Some(row)) => {
            let name = row.cells.first().map(|cell| crate::entity::show::full(cell, state.lang));
            format!("{}  {}", name.unwrap_or_default(), row.code)
        }
        (None, None) => match state.selected() {
            Some(at) => code_of(at),
            None => return,
        },
    };
    state.message = Some(Message::good(Sentence::from(words::COPIED).with("text", &line)));
    out.push(Effect::Copy(line));
}

/// Goes to the record of a kind that this one names, else to the list of that kind for it.
fn go_to(state: &mut State, kind: Kind, out: &mut Vec<Effect>) {
    let Some(at) = state.selected() else {
        state.message = Some(Message::note(words::NOT_HERE));
        return;
    };
    if at.kind == kind {
        return state.go(Place::Record(at), out);
    }
    let record = loaded(state);
    let link = |wanted: Kind| {
        let record = record.as_ref()?;
        record.values.iter().filter_map(Value::as_link).find(|link| link.kind == wanted)
    };
    if let Some(link) = link(kind) {
        return state.go(Place::Record(Ref { kind: link.kind, id: link.id }), out);
    }
    let links_back = kind.table().fields.iter().any(|meta| meta.shape == Shape::Link(at.kind));
    let scope =
        if links_back { Some(at) } else { link(Kind::Vendor).map(|l| Ref { kind: l.kind, id: l.id }) };
    match scope {
        Some(scope) if kind != Kind::Vendor => {
            state.go(Place::List(ListKey { kind, scope: Some(scope) }), out);
        }
        _ => {
            let sentence = Sentence::from(words::NO_LINK).with_word("kind", kind.table().one);
            state.message = Some(Message::note(sentence));
        }
    }
}
