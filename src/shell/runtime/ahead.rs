//! What is typed ahead of what it acts on: it waits, in its order, and not for long.

use std::time::Instant;

use super::{HOLD, Loop};
use crate::app::Msg;
use crate::app::key::Key;
use crate::limits;

impl Loop {
    /// Takes what was typed, in its order. Where a form is being saved, some keys go past those
    /// that wait for that; leaving the form drops what was typed ahead into it.
    pub(super) fn typed(&mut self, typed: Msg) {
        let full = self.held.len() >= limits::TYPED_AHEAD;
        if self.state.is_saving() && (full || self.overtakes(&typed)) {
            self.tell(typed);
            if !self.state.is_saving() {
                self.held.clear();
            }
            return;
        }
        self.held.push_back(typed);
        self.press_held();
    }

    /// Whether this goes past what waits for the form to be saved. A save is short: only where it
    /// is not does leaving the form come before what was typed earlier.
    pub(super) fn overtakes(&self, typed: &Msg) -> bool {
        let delayed = self.state.form.as_ref().is_some_and(|form| form.delayed);
        match typed {
            Msg::Key(Key::Esc | Key::Ctrl('c')) => self.held.is_empty() || delayed,
            Msg::Key(key) => !self.state.must_wait(*key),
            _ => false,
        }
    }

    /// Takes what waits, as far as what it acts on is there. Nothing waits for long, but for a
    /// form that is being saved.
    pub(super) fn press_held(&mut self) {
        while let Some(typed) = self.held.front() {
            let must_wait = match typed {
                Msg::Key(key) => self.state.must_wait(*key),
                _ => self.state.is_saving(),
            };
            if must_wait && self.state.is_saving() {
                self.held_since = None;
                return;
            }
            let patient = self.held_since.is_none_or(|since| since.elapsed() < HOLD);
            if must_wait && patient {
                self.held_since.get_or_insert_with(Instant::now);
                return;
            }
            self.held_since = None;
            if let Some(typed) = self.held.pop_front() {
                self.tell(typed);
            }
        }
    }
}
