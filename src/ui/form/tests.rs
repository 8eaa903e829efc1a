//! Forms as they are drawn.

use super::*;
use crate::app::form::FormField;
use crate::app::geometry::Size;
use crate::app::key::Key;
use crate::app::state::Setup;
use crate::app::{Msg, update};
use crate::domain::money::Currency;
use crate::entity::Value;
use crate::texts::{Lang, Sentence};
use crate::ui::theme::{Depth, Theme};
use chrono::NaiveDate;
use ratatui::buffer::Buffer;

/// The form of a new vendor on a screen of this size.
fn new_vendor(width: u16, height: u16) -> State {
    let mut state = State::new(Setup {
        today: NaiveDate::from_ymd_opt(2026, 7, 26).unwrap(),
        lang: Lang::En,
        theme: "dark".to_owned(),
        size: Size { width, height },
        user: "mei.lin".to_owned(),
        register: "acme.db".to_owned(),
        read_only: false,
        base_currency: Currency::CNY,
        drafts: Vec::new(),
    });
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

/// What stands on the row of the caret, before it and from it on.
fn at_caret(state: &State) -> (String, String) {
    let mut buf = Buffer::empty(Rect::new(0, 0, state.size.width, state.size.height));
    let caret = crate::ui::draw(state, &Theme::named("dark", Depth::True), &mut buf);
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
            let theme = Theme::named("dark", Depth::True);
            let area = buf.area;
            let mut pen = Pen { buf: &mut buf, theme: &theme, area, cursor: None };
            let block = Block::of(form, at, area, Lang::En).unwrap();
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
