//! Which key means which action, where. A table, a lookup over sequences, and its checks.
//!
//! Innermost context first; what is not bound there falls through to the outer one. Chords do
//! not depend on time: a pending key waits for the next.

use crate::app::action::Action;
use crate::app::key::{Key, sequence};

/// Where keys are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// Everywhere but in text.
    Global,
    /// A list, a record, the Overview, a history.
    Browse,
    /// The words that narrow a list, while they are typed.
    Filter,
    /// A form.
    Form,
    /// A field of a form that holds one of a few words.
    Choice,
    /// What a field that links offers.
    Picker,
    /// Find anything.
    Find,
    /// The command line.
    Command,
    /// A menu.
    Menu,
    /// The drafts that earlier runs left; what is not bound here is as in a menu.
    Drafts,
    /// The keys.
    Help,
}

/// The default key map.
pub const BINDINGS: &[(Context, &str, Action)] = &[
    (Context::Browse, "j", Action::Down),
    (Context::Browse, "k", Action::Up),
    (Context::Browse, "Down", Action::Down),
    (Context::Browse, "Up", Action::Up),
    (Context::Browse, "Ctrl-D", Action::HalfDown),
    (Context::Browse, "Ctrl-U", Action::HalfUp),
    (Context::Browse, "PgDn", Action::PageDown),
    (Context::Browse, "PgUp", Action::PageUp),
    (Context::Browse, "g g", Action::First),
    (Context::Browse, "G", Action::Last),
    (Context::Browse, "Home", Action::First),
    (Context::Browse, "End", Action::Last),
    (Context::Browse, "Enter", Action::Open),
    (Context::Browse, "l", Action::Open),
    (Context::Browse, "Right", Action::Open),
    (Context::Browse, "Esc", Action::Back),
    (Context::Browse, "h", Action::Back),
    (Context::Browse, "Left", Action::Back),
    (Context::Browse, "Backspace", Action::Back),
    (Context::Browse, "Tab", Action::NextPanel),
    (Context::Browse, "Shift-Tab", Action::PrevPanel),
    (Context::Browse, "/", Action::Filter),
    (Context::Browse, "n", Action::NextHit),
    (Context::Browse, "N", Action::PrevHit),
    (Context::Browse, "H", Action::TrailBack),
    (Context::Browse, "L", Action::TrailForward),
    (Context::Browse, "s", Action::Sort),
    (Context::Browse, "S", Action::Reverse),
    (Context::Browse, "<", Action::SortLeft),
    (Context::Browse, ">", Action::SortRight),
    (Context::Browse, "a", Action::Add),
    (Context::Browse, "e", Action::Edit),
    (Context::Browse, "d", Action::Archive),
    (Context::Browse, "E", Action::EditNotes),
    (Context::Browse, "y", Action::Copy),
    (Context::Browse, "g v", Action::GoVendor),
    (Context::Browse, "g c", Action::GoContracts),
    (Context::Browse, "g r", Action::GoReviews),
    (Context::Browse, "g k", Action::GoRisks),
    (Context::Browse, "g h", Action::GoHistory),
    (Context::Browse, "u", Action::Undo),
    (Context::Browse, "Ctrl-R", Action::Redo),
    (Context::Browse, "r", Action::Refresh),
    (Context::Browse, "1", Action::Tab1),
    (Context::Browse, "2", Action::Tab2),
    (Context::Browse, "3", Action::Tab3),
    (Context::Browse, "4", Action::Tab4),
    (Context::Browse, "5", Action::Tab5),
    (Context::Browse, ":", Action::Command),
    (Context::Browse, "?", Action::Help),
    (Context::Browse, "q", Action::Close),
    (Context::Global, "Ctrl-P", Action::FindAnything),
    (Context::Global, "Ctrl-L", Action::Redraw),
    (Context::Global, "Ctrl-Z", Action::Suspend),
    (Context::Global, "Ctrl-C", Action::Close),
    (Context::Filter, "Enter", Action::KeepFilter),
    (Context::Filter, "Esc", Action::ClearFilter),
    (Context::Filter, "Ctrl-C", Action::ClearFilter),
    (Context::Filter, "Down", Action::Down),
    (Context::Filter, "Up", Action::Up),
    (Context::Filter, "PgDn", Action::PageDown),
    (Context::Filter, "PgUp", Action::PageUp),
    (Context::Form, "Tab", Action::NextField),
    (Context::Form, "Down", Action::NextField),
    (Context::Form, "Enter", Action::NextField),
    (Context::Form, "Shift-Tab", Action::PrevField),
    (Context::Form, "Up", Action::PrevField),
    (Context::Form, "Ctrl-S", Action::Save),
    (Context::Form, "Ctrl-X", Action::ResetField),
    (Context::Form, "Ctrl-E", Action::OpenEditor),
    (Context::Form, "Esc", Action::LeaveForm),
    (Context::Choice, "Left", Action::PrevWord),
    (Context::Choice, "Right", Action::NextWord),
    (Context::Choice, "Space", Action::NextWord),
    (Context::Picker, "Down", Action::Down),
    (Context::Picker, "Up", Action::Up),
    (Context::Picker, "Enter", Action::Choose),
    (Context::Picker, "Esc", Action::Dismiss),
    (Context::Find, "Enter", Action::Open),
    (Context::Find, "Ctrl-Y", Action::CopyContact),
    (Context::Find, "Ctrl-E", Action::Edit),
    (Context::Find, "Tab", Action::NextScope),
    (Context::Find, "Shift-Tab", Action::PrevScope),
    (Context::Find, "Down", Action::Down),
    (Context::Find, "Ctrl-N", Action::Down),
    (Context::Find, "Up", Action::Up),
    (Context::Find, "Ctrl-K", Action::Up),
    (Context::Find, "PgDn", Action::PageDown),
    (Context::Find, "PgUp", Action::PageUp),
    (Context::Find, "Esc", Action::Dismiss),
    (Context::Find, "Ctrl-C", Action::Dismiss),
    (Context::Find, "Ctrl-P", Action::Dismiss),
    (Context::Command, "Enter", Action::Run),
    (Context::Command, "Tab", Action::NextWord),
    (Context::Command, "Shift-Tab", Action::PrevWord),
    (Context::Command, "Up", Action::Earlier),
    (Context::Command, "Down", Action::Later),
    (Context::Command, "Esc", Action::Dismiss),
    (Context::Command, "Ctrl-C", Action::Dismiss),
    (Context::Menu, "Enter", Action::Choose),
    (Context::Menu, "l", Action::Choose),
    (Context::Menu, "Right", Action::Choose),
    (Context::Menu, "j", Action::Down),
    (Context::Menu, "Down", Action::Down),
    (Context::Menu, "Tab", Action::Down),
    (Context::Menu, "k", Action::Up),
    (Context::Menu, "Up", Action::Up),
    (Context::Menu, "Shift-Tab", Action::Up),
    (Context::Menu, "Esc", Action::Dismiss),
    (Context::Menu, "h", Action::Dismiss),
    (Context::Menu, "Left", Action::Dismiss),
    (Context::Menu, "q", Action::Dismiss),
    (Context::Menu, "Ctrl-C", Action::Dismiss),
    (Context::Drafts, "d", Action::ThrowAway),
    (Context::Drafts, "Delete", Action::ThrowAway),
    (Context::Drafts, "u", Action::BringBack),
    (Context::Help, "j", Action::Down),
    (Context::Help, "Down", Action::Down),
    (Context::Help, "k", Action::Up),
    (Context::Help, "Up", Action::Up),
    (Context::Help, "PgDn", Action::PageDown),
    (Context::Help, "Space", Action::PageDown),
    (Context::Help, "Ctrl-D", Action::PageDown),
    (Context::Help, "PgUp", Action::PageUp),
    (Context::Help, "Ctrl-U", Action::PageUp),
    (Context::Help, "Home", Action::First),
    (Context::Help, "End", Action::Last),
    (Context::Help, "G", Action::Last),
    (Context::Help, "Esc", Action::Dismiss),
    (Context::Help, "?", Action::Dismiss),
    (Context::Help, "q", Action::Dismiss),
    (Context::Help, "Ctrl-C", Action::Dismiss),
];

/// What a sequence of keys means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// An action.
    Do(Action),
    /// The beginning of longer sequences: their next keys.
    Pending(Vec<(Key, Action)>),
    /// Nothing.
    Nothing,
}

/// The key map as it is used: sequences read once.
#[derive(Debug, Clone, PartialEq)]
pub struct Keymap {
    rows: Vec<(Context, Vec<Key>, Action)>,
}

impl Default for Keymap {
    fn default() -> Self {
        let read = |(context, keys, action): &(Context, &str, Action)| {
            sequence(keys).ok().map(|keys| (*context, keys, *action))
        };
        Self { rows: BINDINGS.iter().filter_map(read).collect() }
    }
}

impl Keymap {
    /// What the keys pressed so far mean in these contexts, innermost first.
    #[must_use]
    pub fn resolve(&self, contexts: &[Context], pressed: &[Key]) -> Meaning {
        for context in contexts {
            let here = || self.rows.iter().filter(move |(c, _, _)| c == context);
            if let Some((_, _, action)) = here().find(|(_, keys, _)| keys == pressed) {
                return Meaning::Do(*action);
            }
            let longer: Vec<(Key, Action)> = here()
                .filter(|(_, keys, _)| keys.starts_with(pressed))
                .filter_map(|(_, keys, action)| keys.get(pressed.len()).map(|next| (*next, *action)))
                .collect();
            if !longer.is_empty() {
                return Meaning::Pending(longer);
            }
        }
        Meaning::Nothing
    }

    /// What one key means in these contexts, innermost first.
    #[must_use]
    pub fn action(&self, contexts: &[Context], key: Key) -> Option<Action> {
        match self.resolve(contexts, &[key]) {
            Meaning::Do(action) => Some(action),
            Meaning::Pending(_) | Meaning::Nothing => None,
        }
    }

    /// The keys of an action in these contexts, as help prints them.
    #[must_use]
    pub fn keys_in(&self, contexts: &[Context], action: Action) -> Vec<String> {
        let print = |keys: &Vec<Key>| keys.iter().map(ToString::to_string).collect::<String>();
        let plain = |keys: &&Vec<Key>| keys.len() == 1 || keys.iter().all(|k| matches!(k, Key::Char(_)));
        self.rows
            .iter()
            .filter(|(context, _, a)| *a == action && contexts.contains(context))
            .map(|(_, keys, _)| keys)
            .filter(plain)
            .map(print)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::{ACTIONS, Group};

    #[test]
    fn no_sequence_is_bound_twice_or_hides_a_longer_one() {
        let map = Keymap::default();
        assert_eq!(map.rows.len(), BINDINGS.len(), "a binding names no key");
        for (i, (context, keys, _)) in map.rows.iter().enumerate() {
            for (other, longer, _) in map.rows.iter().skip(i + 1) {
                let clash = context == other && (longer.starts_with(keys) || keys.starts_with(longer));
                assert!(!clash, "{keys:?} and {longer:?} clash");
            }
        }
    }

    #[test]
    fn every_action_has_a_row_and_a_key_or_a_word() {
        for (_, _, action) in BINDINGS {
            assert!(!action.spec().word.is_empty(), "{action:?} has no row");
        }
        let is_bound = |action| BINDINGS.iter().any(|(_, _, bound)| *bound == action);
        for spec in ACTIONS.iter().filter(|spec| spec.group == Group::Inside) {
            assert!(is_bound(spec.action), "{:?} has no key and is no command", spec.action);
        }
        let words: std::collections::BTreeSet<&str> = ACTIONS.iter().map(|spec| spec.word).collect();
        assert_eq!(words.len(), ACTIONS.len());
    }

    #[test]
    fn a_prefix_waits_for_what_may_follow() {
        let map = Keymap::default();
        let browse = [Context::Browse, Context::Global];
        let Meaning::Pending(next) = map.resolve(&browse, &[Key::Char('g')]) else {
            panic!("g does not wait")
        };
        assert!(next.contains(&(Key::Char('h'), Action::GoHistory)));
        assert_eq!(map.resolve(&browse, &[Key::Char('g'), Key::Char('g')]), Meaning::Do(Action::First));
        assert_eq!(map.resolve(&browse, &[Key::Char('g'), Key::Char('x')]), Meaning::Nothing);
        assert_eq!(map.resolve(&[Context::Form], &[Key::Char('g')]), Meaning::Nothing);
    }
}
