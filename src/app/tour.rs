//! The tour: six things to do on the demo data, one after another. It watches, and goes on when each is
//! done; nothing is done for the user, and nothing is in the way.

use crate::app::Msg;
use crate::app::state::{Message, Overlay, Place, State};
use crate::app::words;
use crate::entity::Kind;
use crate::texts::{Text, text};

/// The steps, each with what is to be done.
pub const STEPS: [Text; 6] = [
    text(
        "Press 2: the vendors. j and k move, the card follows.",
        "按 2 打开供应商列表。j、k 移动，卡片随之变化。",
    ),
    text(
        "Press / and type state:active, then Enter: the list is filtered.",
        "按 /，输入 state:active，再按 Enter：列表已筛选。",
    ),
    text(
        "Press Ctrl-P and type tysj: anything is found, also in pinyin.",
        "按 Ctrl-P，输入 tysj：任何内容都能找到，拼音也行。",
    ),
    text("Press Enter to open it, then e to edit it.", "按 Enter 打开，再按 e 编辑。"),
    text("Change the name and press Ctrl-S to save.", "修改名称，按 Ctrl-S 保存。"),
    text("Press u: it is undone. Whatever you do can be.", "按 u 撤销。任何操作都可以撤销。"),
];

/// `:tour`: begins it, or ends it.
pub(super) fn turn(state: &mut State) {
    if state.tour.take().is_some() {
        return;
    }
    if state.is_demo {
        state.tour = Some(0);
    } else {
        state.message = Some(Message::note(words::TOUR_ON_DEMO));
    }
}

/// Says that there is a tour.
pub(super) fn offer(state: &mut State) {
    state.is_demo = true;
    state.message = Some(Message::note(words::TOUR_OFFERED));
}

/// Goes on where what was to be done is done; `was` is the message that has just been taken.
pub(super) fn watch(state: &mut State, was: Watched) {
    let Some(step) = state.tour else { return };
    let done = match step {
        0 => matches!(state.place(), Place::List(key) if key.kind == Kind::Vendor),
        1 => state.list().is_some_and(|list| !list.typing && !list.words.text().trim().is_empty()),
        2 => matches!(&state.overlay, Some(Overlay::Find(finder)) if !finder.hits.is_empty()),
        3 => state.form.as_ref().is_some_and(|form| form.target.is_some()),
        4 => was == Watched::Saved,
        _ => was == Watched::Reverted,
    };
    if !done {
        return;
    }
    state.tour = Some(step + 1).filter(|next| *next < STEPS.len());
    if state.tour.is_none() {
        state.message = Some(Message::good(words::TOUR_DONE));
    }
}

/// What the tour looks for in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Watched {
    /// A record was saved.
    Saved,
    /// An act was taken back.
    Reverted,
    /// Anything else.
    Other,
}

impl Watched {
    /// What a message is to the tour.
    pub(super) fn of(msg: &Msg) -> Self {
        match msg {
            Msg::Written(_, Ok(_)) => Self::Saved,
            Msg::Reverted(_, Ok(_)) => Self::Reverted,
            _ => Self::Other,
        }
    }
}
