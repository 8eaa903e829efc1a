//! Files and links that belong to a record: opened by the desktop, or told where there is none.

use crate::app::action::Action;
use crate::app::browse::needed;
use crate::app::copy::Way;
use crate::app::state::{Message, Overlay, State};
use crate::app::{Effect, words};
use crate::domain::file::Target;
use crate::entity::Kind;
use crate::texts::Sentence;

/// What became of a file or link that was to be opened.
#[derive(Debug, Clone, PartialEq)]
pub enum Opened {
    /// The desktop has it.
    Here(String),
    /// The desktop is elsewhere, or there is none: it was copied by this way.
    Elsewhere(String, Way),
    /// Why not.
    Failed(Sentence),
}

/// Opens what the record under the cursor leads to.
pub(super) fn open(state: &mut State, out: &mut Vec<Effect>) {
    if state.selected().is_none_or(|at| at.kind != Kind::File) {
        state.message = Some(Message::note(words::NO_FILE_HERE));
        return;
    }
    let Some(record) = needed(state, Action::OpenFile, out) else { return };
    let target = record.get("target").as_text().to_owned();
    match Target::read(&target) {
        Ok(_) => out.push(Effect::OpenFile(target)),
        Err(unknown) => {
            let sentence = Sentence::from(words::SCHEME_NOT_OPENED).with("scheme", unknown.0);
            state.message = Some(Message::bad(sentence));
        }
    }
}

/// Says what became of it.
pub(super) fn told(state: &mut State, opened: Opened) {
    let of = |text, target: String| Sentence::from(text).with("target", target);
    state.message = match opened {
        Opened::Here(target) => Some(Message::good(of(words::FILE_OPENED, target))),
        Opened::Elsewhere(target, Way::None | Way::TooLong) => {
            state.overlay = Some(Overlay::Shown(target));
            None
        }
        Opened::Elsewhere(target, Way::Terminal | Way::Tmux) => {
            Some(Message::note(of(words::FILE_ELSEWHERE, target)))
        }
        Opened::Failed(why) => Some(Message::bad(why)),
    };
}
