//! Opening a meeting: on what is marked, on a list as it is filtered, or one that was cut off.

use crate::app::list::List;
use crate::app::present::Stage;
use crate::app::state::{Menu, MenuDoes, MenuItem, Message, Overlay, Place, State};
use crate::app::{Effect, marks, words};
use crate::entity::{Kind, Ref};
use crate::register::meeting::{Convening, Session, Whom};
use crate::register::{Anchor, Request, Slot, Write};
use crate::texts::{Lang, Sentence, Text, text};

/// `p`: opens the meeting under the cursor, or asks whether one is under way before a new one is opened.
pub(in crate::app) fn open(state: &mut State, out: &mut Vec<Effect>) {
    match state.selected().filter(|at| at.kind == Kind::Meeting) {
        Some(at) => take_up(state, Some(at), out),
        None => state.ask(Slot::Meeting, Request::Meeting(None), out),
    }
}

/// Takes up a meeting; the one that is under way where none is named.
pub fn take_up(state: &mut State, at: Option<Ref>, out: &mut Vec<Effect>) {
    state.stage = Some(Box::new(Stage::new(None, false)));
    state.ask(Slot::Meeting, Request::Meeting(at), out);
}

/// Shows a meeting that another program leads.
pub fn follow(state: &mut State, at: Ref, out: &mut Vec<Effect>) {
    state.stage = Some(Box::new(Stage::new(None, true)));
    state.ask(Slot::Meeting, Request::Meeting(Some(at)), out);
}

/// Takes the meeting that is under way, if any, while none is on the screen.
pub(super) fn found(state: &mut State, session: Option<Box<Session>>, out: &mut Vec<Effect>) {
    match (session, wish(state)) {
        (None, None) => state.message = Some(Message::note(words::NO_MEETING)),
        // What is marked was chosen; a whole list is asked about first.
        (None, Some((wish, _))) if marks::any(state) => convene(state, wish, out),
        (None, Some((wish, count))) => menu(state, vec![new_item(wish, count)]),
        (Some(session), None) => {
            let masked = session.desk.masked;
            state.stage = Some(Box::new(Stage::new(Some(session), false)));
            state.masked |= masked;
        }
        (Some(session), Some((wish, count))) => {
            let at = session.meeting.at;
            let (page, all) = ((session.desk.page + 1).min(session.items.len()), session.items.len());
            let resume = Sentence::from(RESUME)
                .with("title", session.meeting.label())
                .with("page", page)
                .with("all", all);
            let resume = MenuItem { label: resume, does: MenuDoes::TakeUp(at), off: None };
            menu(state, vec![resume, new_item(wish, count)]);
        }
    }
}

fn menu(state: &mut State, items: Vec<MenuItem>) {
    state.overlay = Some(Overlay::Menu(Menu { title: MEETING, items, cursor: 0 }));
}

fn new_item(wish: Convening, count: Option<usize>) -> MenuItem {
    let label = match (&wish.whom, count) {
        (Whom::Marked(Kind::Review, _), Some(count)) => Sentence::from(NEW_ON_REVIEWS).with("n", count),
        (Whom::Marked(..), Some(count)) => Sentence::from(NEW).with("n", count),
        (Whom::Listed(_), Some(count)) => Sentence::from(NEW_ON_ALL).with("n", count),
        (_, None) => NEW_ON_LIST.into(),
    };
    MenuItem { label, does: MenuDoes::Convene(Box::new(wish)), off: None }
}

/// Opens a new meeting.
pub(in crate::app) fn convene(state: &mut State, wish: Convening, out: &mut Vec<Effect>) {
    let wanted = match &wish.whom {
        Whom::Marked(_, ids) => Some(ids.len()),
        Whom::Listed(_) => None,
    };
    let Some(ticket) = state.write(Write::Convene(Box::new(wish)), None, out) else { return };
    let mut stage = Stage::new(None, false);
    stage.opening = Some(ticket);
    stage.wanted = wanted;
    state.stage = Some(Box::new(stage));
}

/// On whom a meeting would be opened from here, and on how many, where that is known.
fn wish(state: &State) -> Option<(Convening, Option<usize>)> {
    let is_met = |kind: Kind| matches!(kind, Kind::Vendor | Kind::Review);
    let (whom, count, title) = match state.place() {
        Place::List(key) if is_met(key.kind) => {
            let list = state.list()?;
            let title = title(list, state.lang);
            match marks::chosen(state) {
                Some(chosen) => {
                    let count = chosen.ids.len();
                    (Whom::Marked(key.kind, chosen.ids), Some(count), title)
                }
                None => {
                    let query = list.ask(Anchor::First, u16::MAX, &state.reading());
                    let count = list.page.total.and_then(|total| usize::try_from(total).ok());
                    (Whom::Listed(query), count, title)
                }
            }
        }
        Place::Record(_) => {
            let at = state.selected().filter(|at| is_met(at.kind))?;
            (Whom::Marked(at.kind, vec![at.id]), Some(1), TITLE.in_(state.lang).to_owned())
        }
        _ => return None,
    };
    Some((Convening { title, chair: state.user.clone(), whom }, count))
}

/// What a meeting on a list is called: by the view it shows, if any.
fn title(list: &List, lang: Lang) -> String {
    let review = TITLE.in_(lang);
    match &list.view {
        Some(view) if !view.is_empty() => format!("{review} {view}"),
        _ => review.to_owned(),
    }
}

const TITLE: Text = text("review", "评审");
const MEETING: Text = text("Meeting", "评审会议");
const RESUME: Text = text("Take up {title}, page {page} of {all}", "继续 {title}，第 {page}/{all} 页");
const NEW: Text = text("Open a new meeting on {n} vendors", "召开新会议，评审 {n} 家供应商");
const NEW_ON_REVIEWS: Text = text("Open a new meeting on {n} reviews", "召开新会议，评审 {n} 项考核");
const NEW_ON_ALL: Text =
    text("Open a new meeting on this whole list ({n})", "就整个列表召开新会议（{n} 条）");
const NEW_ON_LIST: Text = text("Open a new meeting on this list", "就本列表召开新会议");
