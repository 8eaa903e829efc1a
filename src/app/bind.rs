//! Keys of one's own: taken at once, and kept in the file of the key map.

use crate::app::action::Action;
use crate::app::key::sequence;
use crate::app::keymap::{Binding, CONTEXTS, Context, spelled};
use crate::app::state::{Message, State};
use crate::app::{Effect, words};
use crate::texts::{Sentence, Text};

/// Lays keys over the map and wants them kept. Whether they could be; why not is said.
pub(super) fn bind(state: &mut State, bindings: Vec<Binding>, out: &mut Vec<Effect>) -> bool {
    match state.keymap.bind(&bindings) {
        Ok(()) => out.push(Effect::KeepKeys(bindings)),
        Err((_, why)) => {
            state.message = Some(Message::bad(Sentence::from(words::CANNOT_BIND).with_sentence("why", why)));
            return false;
        }
    }
    true
}

/// `:bind KEYS ACTION [PLACE]`.
pub(super) fn command(state: &mut State, rest: &str, out: &mut Vec<Effect>) {
    let all: Vec<&str> = rest.split_whitespace().collect();
    let Some((keys, action, context)) = parts(&all) else { return how(state, words::HOW_TO_BIND) };
    let Some(keys) = keys_of(state, &keys.join(" ")) else { return };
    let said = Sentence::from(words::BOUND).with("keys", spelled(&keys));
    if bind(state, vec![Binding { context, keys, action: Some(action) }], out) {
        state.message = Some(Message::good(said.with_word("what", action.spec().says)));
    }
}

/// The keys, the action and the place of a command. Some words name both an action and a place.
fn parts<'a>(words: &'a [&'a str]) -> Option<(&'a [&'a str], Action, Context)> {
    let (last, before) = words.split_last()?;
    if let (Some(context), Some((action, keys))) = (Context::from_word(last), before.split_last())
        && let (Some(action), false) = (Action::from_word(action), keys.is_empty())
    {
        return Some((keys, action, context));
    }
    let action = Action::from_word(last)?;
    (!before.is_empty()).then_some((before, action, Context::Browse))
}

/// `:unbind KEYS [PLACE]`.
pub(super) fn uncommand(state: &mut State, rest: &str, out: &mut Vec<Effect>) {
    let all: Vec<&str> = rest.split_whitespace().collect();
    let named = all.split_last().filter(|(_, keys)| !keys.is_empty());
    let named = named.and_then(|(last, keys)| Some((keys, Context::from_word(last)?)));
    let (keys, context) = named.unwrap_or((&all, Context::Browse));
    if keys.is_empty() {
        return how(state, words::HOW_TO_UNBIND);
    }
    let Some(keys) = keys_of(state, &keys.join(" ")) else { return };
    let told = spelled(&keys);
    if state.keymap.meaning(context, &keys).is_none() {
        let sentence = Sentence::from(words::NOT_BOUND).with("keys", told).with("context", context.word());
        state.message = Some(Message::bad(sentence));
    } else if bind(state, vec![Binding { context, keys, action: None }], out) {
        state.message = Some(Message::good(Sentence::from(words::UNBOUND).with("keys", told)));
    }
}

fn keys_of(state: &mut State, typed: &str) -> Option<Vec<crate::app::key::Key>> {
    let keys = sequence(typed).ok();
    if keys.is_none() {
        state.message = Some(Message::bad(Sentence::from(words::NO_SUCH_KEYS).with("keys", typed)));
    }
    keys
}

fn how(state: &mut State, says: Text) {
    let places: Vec<&str> = CONTEXTS.iter().map(|(_, word, _)| *word).collect();
    state.message = Some(Message::bad(Sentence::from(says).with("places", places.join(", "))));
}
