//! Which key means which action, where. A table, what the user lays over it, a lookup over
//! sequences, and its checks.
//!
//! Innermost context first; what is not bound there falls through to the outer one. Chords do
//! not depend on time: a pending key waits for the next.

use crate::app::action::{Action, Group};
use crate::app::key::{Key, sequence};
use crate::texts::{Sentence, Text, text};

pub use table::{BINDINGS, CONTEXTS};

pub mod file;
mod table;

/// Where keys are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// Everywhere but in text.
    Global,
    /// A list, a record, the Overview, a history.
    Browse,
    /// A list that is shown as a timeline; what is not bound here is as in any list.
    Timeline,
    /// The page of a record that is a list of steps.
    Checklist,
    /// The words that narrow a list, while they are typed.
    Filter,
    /// A form.
    Form,
    /// A field of a form that holds one of a few words.
    Choice,
    /// A field of a form that holds several of a few words.
    Several,
    /// What a field that links offers.
    Picker,
    /// The import of a file.
    Import,
    /// What a check of the register found; what is not bound here is as in a menu.
    Problems,
    /// Find anything.
    Find,
    /// The command line.
    Command,
    /// A menu.
    Menu,
    /// The drafts that earlier runs left; what is not bound here is as in a menu.
    Drafts,
    /// The columns of a list.
    Columns,
    /// The views of a list; what is not bound here is as in a menu.
    Views,
    /// The name of a view, while it is typed.
    Naming,
    /// Among the clauses of a contract.
    Clauses,
    /// Among the service levels of a contract.
    Levels,
    /// Among the lines of a proposal.
    Proposal,
    /// The settings.
    Settings,
    /// What is typed to be sure of what no undo takes back, or of an act on many records.
    Sure,
    /// The records of an act that cannot; what is not bound here is as among problems and in a menu.
    Misfits,
    /// How a date comes about.
    Explained,
    /// In a ranking or a comparison of vendors.
    Standing,
    /// The money of a contract.
    Money,
    /// A meeting on the screen.
    Meeting,
    /// What is typed in a meeting.
    Jotting,
    /// The keys.
    Help,
}

impl Context {
    /// The context with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        CONTEXTS.iter().find(|(_, known, _)| *known == word).map(|(context, ..)| *context)
    }

    /// Its word in a key map.
    #[must_use]
    pub fn word(self) -> &'static str {
        CONTEXTS.iter().find(|(context, ..)| *context == self).map_or("", |(_, word, _)| word)
    }

    /// What it is called.
    #[must_use]
    pub fn title(self) -> Text {
        CONTEXTS.iter().find(|(context, ..)| *context == self).map_or(text("", ""), |(.., title)| *title)
    }

    /// Whether letters are text here, which no binding may take away.
    const fn types(self) -> bool {
        matches!(
            self,
            Self::Filter | Self::Form | Self::Picker | Self::Find | Self::Command | Self::Help | Self::Naming
        )
    }

    /// Whether an action means anything here.
    fn knows(self, action: Action) -> bool {
        let is_bound = |context: Self| BINDINGS.iter().any(|(c, _, a)| *c == context && *a == action);
        match self {
            Self::Browse => action.spec().group != Group::Inside,
            // What is open reads these itself.
            Self::Drafts | Self::Views => is_bound(self) || is_bound(Self::Menu),
            _ => is_bound(self),
        }
    }
}

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

/// A key of one's own: what a sequence means in a context from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// Where.
    pub context: Context,
    /// The keys, one after another.
    pub keys: Vec<Key>,
    /// What they do; `None` takes their meaning away.
    pub action: Option<Action>,
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
    /// Lays keys of one's own over the map, all of them or none.
    ///
    /// # Errors
    /// The place among `bindings` of the first that cannot be, and why.
    pub fn bind(&mut self, bindings: &[Binding]) -> Result<(), (usize, Sentence)> {
        let mut made = self.clone();
        for (at, binding) in bindings.iter().enumerate() {
            binding.check().map_err(|why| (at, why))?;
            made.rows.retain(|(context, keys, _)| *context != binding.context || *keys != binding.keys);
            if let Some(action) = binding.action {
                made.rows.push((binding.context, binding.keys.clone(), action));
            }
        }
        for (at, binding) in bindings.iter().enumerate() {
            if let Some(why) = made.clash(binding) {
                return Err((at, why));
            }
        }
        *self = made;
        Ok(())
    }

    /// Why a binding cannot stand beside the others: it begins one of them, or the other way round.
    fn clash(&self, binding: &Binding) -> Option<Sentence> {
        binding.action?;
        let is_clash = |keys: &Vec<Key>| {
            *keys != binding.keys && (keys.starts_with(&binding.keys) || binding.keys.starts_with(keys))
        };
        let (_, keys, action) =
            self.rows.iter().find(|(context, keys, _)| *context == binding.context && is_clash(keys))?;
        let sentence = Sentence::from(CLASH).with("keys", spelled(&binding.keys));
        Some(sentence.with("other", spelled(keys)).with("word", action.spec().word))
    }

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

    /// What exactly these keys do in a context.
    #[must_use]
    pub fn meaning(&self, context: Context, keys: &[Key]) -> Option<Action> {
        self.rows.iter().find(|(c, k, _)| *c == context && k == keys).map(|(.., action)| *action)
    }

    /// The sequences of an action in a context.
    #[must_use]
    pub fn sequences(&self, context: Context, action: Action) -> Vec<Vec<Key>> {
        let rows = self.rows.iter().filter(|(c, _, a)| *c == context && *a == action);
        rows.map(|(_, keys, _)| keys.clone()).collect()
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

impl Binding {
    /// What is wrong with it by itself.
    fn check(&self) -> Result<(), Sentence> {
        let keys = spelled(&self.keys);
        if self.context.types() && matches!(self.keys.first(), Some(Key::Char(_))) {
            return Err(Sentence::from(IS_TEXT).with("keys", keys).with("context", self.context.word()));
        }
        if self.context != Context::Browse && self.keys.len() > 1 {
            return Err(Sentence::from(ONE_KEY).with("keys", keys).with("context", self.context.word()));
        }
        match self.action {
            Some(action) if !self.context.knows(action) => Err(Sentence::from(NOT_THERE)
                .with("word", action.spec().word)
                .with("context", self.context.word())),
            _ => Ok(()),
        }
    }
}

/// Keys as the key map writes them.
#[must_use]
pub fn spelled(keys: &[Key]) -> String {
    keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

const CLASH: Text = text(
    "“{keys}” and “{other}” ({word}) cannot both be: one begins the other",
    "“{keys}”与“{other}”（{word}）不能并存：一个是另一个的开头",
);
const IS_TEXT: Text = text(
    "“{keys}” is text in {context}: take a key with Ctrl or a named one",
    "“{keys}”在 {context} 中是文字：请用带 Ctrl 的键或功能键",
);
const ONE_KEY: Text = text(
    "“{keys}”: more than one key works in browse only, not in {context}",
    "“{keys}”：多键序列仅可用于 browse，不能用于 {context}",
);
const NOT_THERE: Text = text("“{word}” does nothing in {context}", "“{word}”在 {context} 中不起作用");

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
        assert_eq!(map.resolve(&browse, &[Key::Char('g'), Key::Char('q')]), Meaning::Nothing);
        assert_eq!(map.resolve(&[Context::Form], &[Key::Char('g')]), Meaning::Nothing);
    }
}
