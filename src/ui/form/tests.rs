//! Forms as they are drawn.

use super::*;
use crate::app::form::FormField;
use crate::app::geometry::Size;
use crate::app::key::Key;
use crate::app::look::Look;
use crate::app::state::Setup;
use crate::app::{Effect, Msg, update};
use crate::entity::{Kind, Ref, Value};
use crate::register::{Clash, Conflict, Refusal};
use crate::texts::{Lang, Sentence};
use crate::ui::Caret;
use crate::ui::theme::{Depth, Theme};
use ratatui::buffer::Buffer;

/// The form of a new vendor on a screen of this size.
fn new_vendor(width: u16, height: u16) -> State {
    let mut state = State::new(Setup { size: Size { width, height }, ..Setup::sample() });
    press(&mut state, "2a");
    state
}

fn press(state: &mut State, keys: &str) {
    for key in keys.chars() {
        update(state, Msg::Key(Key::Char(key)));
    }
}

fn field_mut<'s>(state: &'s mut State, key: &str) -> (usize, &'s mut FormField) {
    let form = state.form.as_mut().unwrap();
    let at = form.fields.iter().position(|field| form.meta(field).is_some_and(|meta| meta.key == key));
    (at.unwrap(), &mut form.fields[at.unwrap()])
}

fn focus(state: &mut State, key: &str) {
    let at = field_mut(state, key).0;
    state.form.as_mut().unwrap().focus = at;
}

/// The screen, and where its caret is.
fn drawn(state: &State) -> (Buffer, Caret) {
    let mut buf = Buffer::empty(Rect::new(0, 0, state.size.width, state.size.height));
    let caret = crate::ui::draw(state, &Theme::of(&Look::default(), Depth::True), &mut buf);
    (buf, caret)
}

/// A row of the screen; the second cell of a wide sign is passed over.
fn row(buf: &Buffer, y: u16) -> String {
    let mut text = String::new();
    let mut x = 0;
    while x < buf.area.width {
        let symbol = buf[(x, y)].symbol();
        text.push_str(symbol);
        x += Measure::default().width(symbol).max(1);
    }
    text
}

/// What stands on the row of the caret, before it and from it on.
fn at_caret(state: &State) -> (String, String) {
    let (buf, caret) = drawn(state);
    let (x, y) = caret.unwrap_or_else(|| panic!("no caret in {buf:?}"));
    let part = |cells: std::ops::Range<u16>| cells.map(|x| buf[(x, y)].symbol()).collect();
    (part(0..x), part(x..state.size.width))
}

#[test]
fn what_is_typed_into_a_long_text_is_seen_with_the_caret_behind_it() {
    for (width, height) in [(80, 24), (120, 35), (40, 10)] {
        let mut state = new_vendor(width, height);
        focus(&mut state, "notes");
        let lines: Vec<String> = (1..=40).map(|n| format!("line {n}")).collect();
        update(&mut state, Msg::Paste(lines.join("\n")));
        press(&mut state, "TYPED");
        let (before, _) = at_caret(&state);
        assert!(before.ends_with("line 40TYPED"), "{before}");
        for _ in 0.."line 39\nline 40TYPED".len() {
            update(&mut state, Msg::Key(Key::Left));
        }
        let (_, after) = at_caret(&state);
        assert!(after.starts_with("line 39"), "{after}");
    }
}

#[test]
fn a_field_is_as_high_as_it_is_measured() {
    let mut state = new_vendor(80, 24);
    for key in ["name", "notes", "website"] {
        let (at, field) = field_mut(&mut state, key);
        field.original = "before".to_owned();
        field.theirs = Some(Value::Text("theirs ".repeat(30)));
        field.error = Some(Sentence::from(text("{what}", "{what}")).with("what", "wrong ".repeat(40)));
        for focus in [at, at + 1] {
            state.form.as_mut().unwrap().focus = focus;
            let form = state.form.as_ref().unwrap();
            let mut buf = Buffer::empty(Rect::new(0, 0, 80, 60));
            let theme = Theme::of(&Look::default(), Depth::True);
            let area = buf.area;
            let mut pen = Pen::new(&mut buf, &theme, &Look::default());
            let block = Block::of(form, at, area, Manner::of(&pen, Lang::En, state.reading())).unwrap();
            assert!(block.height() >= 10, "{}", block.height());
            assert_eq!(block.draw(10, &mut pen) - 10, block.height(), "{key}");
        }
    }
}

#[test]
fn the_field_under_the_cursor_is_seen_below_many_lines_of_others() {
    let mut state = new_vendor(80, 24);
    let form = state.form.as_mut().unwrap();
    form.focus = form.fields.len() - 1;
    for field in &mut form.fields {
        field.theirs = Some(Value::Text("theirs ".repeat(30)));
    }
    press(&mut state, "HERE");
    let (before, _) = at_caret(&state);
    assert!(before.ends_with("HERE"), "{before}");
}

#[test]
fn what_a_conflict_asks_for_is_read_in_full_at_80_columns() {
    for (lang, says) in [
        (Lang::En, "Another wrote here too: Ctrl-O takes theirs, Ctrl-Y keeps yours."),
        (Lang::Zh, "对方也写了此项：Ctrl-O 采用对方的，Ctrl-Y 保留您的。"),
    ] {
        let mut state = new_vendor(80, 24);
        state.lang = lang;
        for key in ["phone", "name"] {
            focus(&mut state, key);
            press(&mut state, "mine");
        }
        let wanted = update(&mut state, Msg::Key(Key::Ctrl('s')));
        let ticket = wanted.iter().find_map(|effect| match effect {
            Effect::Write(ticket, _) => Some(*ticket),
            _ => None,
        });
        let (at, field) = field_mut(&mut state, "phone");
        let value = |text: &str| Value::Text(text.to_owned());
        let clash = Clash { field: field.at, theirs: value("theirs"), mine: value("mine") };
        let conflict = Conflict {
            at: Ref { kind: Kind::Vendor, id: 1 },
            code: "V-0001".to_owned(),
            version: 2,
            clashes: vec![clash],
        };
        update(&mut state, Msg::Written(ticket.unwrap(), Err(Refusal::Conflict(conflict))));
        let form = state.form.as_ref().unwrap();
        assert_eq!((form.focus, form.changes()), (at, 2), "the cursor is where the choice is");
        let last = row(&drawn(&state).0, 23);
        assert!(last.contains(says), "{last}");
    }
}

#[test]
fn what_to_type_is_as_legible_as_a_label() {
    let state = new_vendor(80, 24);
    let theme = Theme::of(&Look::default(), Depth::True);
    let form = state.form.as_ref().unwrap();
    let area = Rect::new(0, 0, 80, 60);
    let hinted = form.fields.iter().position(|field| {
        let is_empty = field.input.text().is_empty() && field.at != form.focus;
        is_empty && form.meta(field).is_some_and(|meta| meta.hint.is_some())
    });
    let mut buf = Buffer::empty(area);
    let mut pen = Pen::new(&mut buf, &theme, &Look::default());
    let end = Block::of(form, hinted.unwrap(), area, Manner::of(&pen, Lang::En, state.reading()))
        .unwrap()
        .draw(1, &mut pen);
    assert_eq!(buf[(23, end - 1)].fg, theme.style(Role::Muted).fg.unwrap());
    assert_ne!(theme.style(Role::Muted).fg, theme.style(Role::Frame).fg);
}
