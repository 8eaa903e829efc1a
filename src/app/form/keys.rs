//! Keys and pasted text of an open form.

use super::kept::{keep, leave};
use super::save::{as_typed, save, say_saving};
use super::{EMPTY, Form, choices, deed, many, picker, several, word};
use crate::app::action::Action;
use crate::app::input::Typed;
use crate::app::key::Key;
use crate::app::keymap::{Context, Meaning};
use crate::app::state::{Editing, Message, State};
use crate::app::{Effect, browse, mask, words};
use crate::entity::input::{self, one_line};
use crate::texts::Sentence;

/// Takes a key.
pub fn on_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    let Some(form) = &state.form else { return };
    if form.saving.is_some() {
        return while_saving(state, key, out);
    }
    let is_long = form.is_long();
    let mut contexts = form.contexts();
    // What the picker leaves is the form's.
    contexts.retain(|context| *context != Context::Picker);
    if picker::on_key(state, key) || word::on_key(state, key) {
        return keep(state, out);
    }
    if is_long && key == Key::Enter {
        return typed(state, Key::Char('\n'), out);
    }
    match state.keymap.resolve(&contexts, &[key]) {
        Meaning::Do(Action::Close) => act(state, Action::LeaveForm, out),
        Meaning::Do(action @ (Action::Redraw | Action::Suspend)) => browse::act(state, action, out),
        Meaning::Do(Action::FindAnything) => state.message = Some(Message::note(words::NOT_IN_FORMS)),
        Meaning::Do(action) => act(state, action, out),
        _ => typed(state, key, out),
    }
}

/// Takes a key while the form is being saved: one can leave it, but not change it.
fn while_saving(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    say_saving(state);
    match state.keymap.resolve(&[Context::Form, Context::Global], &[key]) {
        Meaning::Do(Action::Close | Action::LeaveForm) => leave(state, out),
        Meaning::Do(action @ (Action::Redraw | Action::Suspend)) => browse::act(state, action, out),
        _ => {}
    }
}

/// Does an action of the form.
pub fn act(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    if picker::act(state, action) || word::act(state, action) {
        return keep(state, out);
    }
    let Some(form) = &mut state.form else { return };
    let last = form.fields.len().saturating_sub(1);
    match action {
        Action::NextField => leave_field(state, |focus| if focus >= last { 0 } else { focus + 1 }, out),
        Action::PrevField => leave_field(state, |focus| focus.checked_sub(1).unwrap_or(last), out),
        Action::ToggleWord => several::toggle(state, out),
        Action::PrevWord if several(form).is_some() => several::step(state, -1),
        Action::NextWord if several(form).is_some() => several::step(state, 1),
        Action::PrevWord => word::cycle(state, -1, out),
        Action::NextWord => word::cycle(state, 1, out),
        Action::ResetField => {
            let meta = form.focused().and_then(|field| form.meta(field));
            if let (Some(field), Some(meta)) = (form.focused_mut(), meta) {
                field.reset(meta);
            }
            picker::close(state);
            word::close(state);
            deed::follow(state);
            keep(state, out);
        }
        Action::ClearField if form.is_long() => typed(state, Key::Ctrl('u'), out),
        Action::ClearField if choices(form).is_some() || several(form).is_some() => {
            typed(state, Key::Delete, out);
        }
        Action::ClearField => {
            if let Some(field) = form.focused_mut() {
                field.input.set("");
            }
            changed(state, out);
        }
        Action::TakeTheirs | Action::KeepMine => decide(state, action, out),
        Action::Save => save(state, out),
        Action::OpenEditor
            if state.masked && form.focused().and_then(|field| form.meta(field)).is_some_and(mask::hides) =>
        {
            state.message = Some(Message::note(words::HIDDEN));
        }
        Action::OpenEditor => {
            let text = form.focused().map(|field| field.input.text().to_owned()).unwrap_or_default();
            state.editing = Some(Editing::Field);
            out.push(Effect::OpenEditor(text));
        }
        Action::LeaveForm => leave(state, out),
        _ => {}
    }
}

/// Takes what another wrote into the field under the cursor, or keeps what was typed there; then goes to
/// the next field that waits for such a decision.
fn decide(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    let Some(form) = &mut state.form else { return };
    if !form.has_theirs() {
        return state.message = Some(Message::note(words::NOTHING_OF_THEIRS));
    }
    let meta = form.focused().and_then(|field| form.meta(field));
    if let (Some(field), Some(meta)) = (form.focused_mut(), meta) {
        if action == Action::TakeTheirs { field.take_theirs(meta) } else { field.keep_mine() }
    }
    form.go_to_theirs();
    keep(state, out);
}

/// Takes pasted text into the field under the cursor, and says what did not fit.
pub fn paste(state: &mut State, pasted: &str, out: &mut Vec<Effect>) {
    if state.is_saving() {
        return say_saving(state);
    }
    let Some(form) = &mut state.form else { return };
    let pasted = in_lines(form, pasted);
    let Some(field) = form.focused_mut() else { return };
    let left = field.input.paste(&pasted);
    let most = field.input.most();
    changed(state, out);
    if left > 0 {
        let sentence = Sentence::from(words::PASTE_TOO_LONG).with("left", left).with("most", most);
        state.message = Some(Message::bad(sentence));
    }
}

/// Takes the text of the editor into the field under the cursor, whole: what is wrong with it is
/// said at once.
pub fn edited(state: &mut State, text: &str, out: &mut Vec<Effect>) {
    let Some(form) = &mut state.form else { return };
    let text = in_lines(form, text.trim_end());
    if let Some(field) = form.focused_mut() {
        field.input.set(text);
    }
    changed(state, out);
    check(state);
}

/// The text as the field under the cursor takes it: many lines, or one.
fn in_lines(form: &Form, text: &str) -> String {
    if form.is_long() { text.to_owned() } else { one_line(text) }
}

/// What follows from another text in the field under the cursor.
fn changed(state: &mut State, out: &mut Vec<Effect>) {
    if let Some(field) = state.form.as_mut().and_then(Form::focused_mut) {
        field.error = None;
    }
    deed::follow(state);
    picker::ask(state, out);
    keep(state, out);
}

fn typed(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    let Some(form) = &mut state.form else { return };
    let is_chosen = choices(form).is_some() || several(form).is_some();
    if key == Key::Char('-') && form.many.is_some() && form.words.is_none() && is_chosen {
        // No word begins so: in the form of several it empties a field of words as it does the others.
        if let Some(field) = form.focused_mut() {
            field.input.set(EMPTY);
        }
        return changed(state, out);
    }
    if choices(form).is_some() {
        return word::typed(state, key, out);
    }
    if several(form).is_some() {
        return several::typed(state, key, out);
    }
    let Some(field) = form.focused_mut() else { return };
    match field.input.key(key) {
        Typed::Changed => changed(state, out),
        Typed::Full => {
            let sentence = Sentence::from(words::FIELD_FULL).with("most", field.input.most());
            state.message = Some(Message::bad(sentence));
        }
        Typed::Moved | Typed::Passed => {}
    }
}

/// Errors show when a field is left, not while one types.
fn leave_field(state: &mut State, to: impl Fn(usize) -> usize, out: &mut Vec<Effect>) {
    picker::close(state);
    word::close(state);
    check(state);
    if let Some(form) = &mut state.form {
        form.focus = to(form.focus);
    }
    picker::learn(state, out);
}

/// Says what is wrong with the field under the cursor, if anything.
fn check(state: &mut State) {
    let reading = state.reading();
    let Some(form) = &mut state.form else { return };
    let is_of_many = form.many.is_some();
    let meta = form.focused().and_then(|field| form.meta(field));
    if let (Some(meta), Some(field)) = (meta, form.focused_mut()) {
        field.error = if is_of_many && Form::is_changed(field) {
            many::entered(meta, field, &reading).err()
        } else {
            input::read(meta, &as_typed(meta, field.input.text()), &reading).err()
        };
    }
}
