//! Present mode: a meeting that walks through scorecards, one vendor a page, scored as it is spoken.
//!
//! A score is an act of its own and is written at once; what is being typed and where one stands is
//! kept beside the register, so that a meeting that was cut off goes on at the same place. A second
//! program may follow: it shows what the first keeps, and writes nothing.

use crate::app::action::Action;
use crate::app::input::TextField;
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::overlay::no_action;
use crate::app::state::{Message, Overlay, State};
use crate::app::{Effect, help, mask, words};
use crate::domain::list::ClosedList;
use crate::domain::meeting::MeetingState;
use crate::domain::review::{FULL, KpiMeasure};
use crate::entity::{Kind, Ref, Value};
use crate::register::meeting::{About, Desk, Given, Item, Line, Session, Tried};
use crate::register::{Act, Change, Edit, Request, Reverted, Saved, Slot, Step, Ticket, Write};
use crate::texts::{Sentence, Text, text};

mod convene;
mod give;
mod typing;

pub(super) use convene::{convene, open};
pub use convene::{follow, take_up};
pub use typing::labels;
pub(super) use typing::paste;

/// Seconds between two times that the time spent is kept, where nothing else is.
const KEEP_EVERY: u32 = 10;
/// By how much `<` and `>` change a weight that is tried, in basis points.
const WEIGHT_STEP: i64 = 500;
/// Minutes for a vendor where the meeting does not say.
pub const MINUTES_EACH: i64 = 10;

/// A meeting on the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// The meeting with its pages, as soon as it is there.
    pub session: Option<Box<Session>>,
    /// Where it stands.
    pub desk: Desk,
    /// Whether another program leads, and this one only shows.
    pub follows: bool,
    /// What is tried and not entered; `None` while nothing is.
    pub tried: Option<Tried>,
    /// The text under the cursor, while one is typed.
    pub field: TextField,
    /// The time of day, hours and minutes, once it was told.
    pub clock: Option<(u32, u32)>,
    /// Acts of this meeting that can be taken back from here.
    acts: usize,
    /// On how many it was opened, until it is told how many have a page.
    wanted: Option<usize>,
    /// The write that opens the meeting.
    opening: Option<Ticket>,
}

impl Stage {
    fn new(session: Option<Box<Session>>, follows: bool) -> Self {
        let desk = session.as_ref().map(|session| session.desk.clone()).unwrap_or_default();
        let mut stage = Self {
            session,
            desk,
            follows,
            tried: None,
            field: TextField::default(),
            clock: None,
            acts: 0,
            opening: None,
            wanted: None,
        };
        stage.pick_up_typing();
        stage
    }

    /// The meeting.
    #[must_use]
    pub fn at(&self) -> Option<Ref> {
        self.session.as_ref().map(|session| session.meeting.at)
    }

    /// The page one is at; `None` on the ranking, and before the pages are there.
    #[must_use]
    pub fn item(&self) -> Option<&Item> {
        self.session.as_ref()?.item(self.desk.page)
    }

    /// The criterion under the cursor.
    #[must_use]
    pub fn line(&self) -> Option<&Line> {
        self.item()?.lines.get(self.desk.line)
    }

    /// Whether one is behind the last vendor, at the ranking.
    #[must_use]
    pub fn is_ranking(&self) -> bool {
        self.session.as_ref().is_some_and(|session| self.desk.page >= session.items.len())
    }

    /// Seconds that are left for this vendor, negative when they are over; `None` on the ranking.
    #[must_use]
    pub fn left(&self) -> Option<i64> {
        let item = self.item()?;
        let each = self.session.as_ref()?.meeting.get("minutes_each").as_int().unwrap_or(MINUTES_EACH);
        let spent = self.desk.spent.get(&item.agenda.at.id).copied().unwrap_or(0);
        Some(each * 60 - i64::from(spent))
    }

    /// Where keys are read.
    #[must_use]
    pub const fn context(&self) -> Context {
        if self.desk.typing.is_some() { Context::Jotting } else { Context::Meeting }
    }

    fn last_line(&self) -> usize {
        self.item().map_or(0, |item| item.lines.len().saturating_sub(1))
    }

    /// Goes to a page; the cursor goes to its first criterion that is still open.
    fn turn_to(&mut self, page: usize) {
        let last = self.session.as_ref().map_or(0, |session| session.items.len());
        self.desk.page = page.min(last);
        let open = |item: &Item| {
            let blank =
                |line: &Line| line.scored(None).outcome == crate::domain::review::Outcome::NotMeasured;
            item.lines.iter().position(blank).unwrap_or(0)
        };
        self.desk.line = self.item().map_or(0, open);
        // What was tried was tried on one vendor.
        if self.tried.is_some() {
            self.tried = Some(Tried::default());
        }
    }
}

/// Takes a meeting that was asked for, or that changed.
pub(super) fn found(state: &mut State, session: Option<Box<Session>>, out: &mut Vec<Effect>) {
    if state.stage.is_none() {
        return convene::found(state, session, out);
    }
    let is_behind = !state.writing.is_empty();
    let Some(stage) = &mut state.stage else { return };
    let Some(session) = session else {
        return state.message = Some(Message::note(words::NO_MEETING));
    };
    if is_behind && stage.session.is_some() {
        // What was just entered is not in it yet; it is asked for again when that is written.
        return;
    }
    let is_first = stage.session.is_none();
    if stage.follows || is_first {
        // Whoever hid amounts here keeps them hidden, whatever the other screen does.
        match (stage.desk.masked, session.desk.masked) {
            (false, true) => state.masked = true,
            (true, false) => state.masked = false,
            _ => {}
        }
        stage.desk = session.desk.clone();
        stage.pick_up_typing();
    }
    let is_planned = session.meeting.get("state").as_key() == MeetingState::Planned.key();
    let at = session.meeting.at;
    let pages = session.items.len();
    if let Some(wanted) = stage.wanted.take().filter(|wanted| *wanted > pages) {
        state.message = Some(Message::note(Sentence::from(LEFT_OUT).with("n", wanted - pages)));
    }
    stage.desk.page = stage.desk.page.min(pages);
    stage.session = Some(session);
    stage.desk.line = stage.desk.line.min(stage.last_line());
    if is_planned && !stage.follows {
        move_to(state, at, MeetingState::Running, out);
    }
}

/// Takes that there is no such meeting.
pub(super) fn refused(state: &mut State, refusal: &crate::register::Refusal) {
    if state.stage.as_ref().is_some_and(|stage| stage.session.is_none()) {
        state.stage = None;
    }
    state.message = Message::refused(refusal);
}

/// Takes what was written where it is this meeting's own affair; whether it was.
pub(super) fn on_written(
    state: &mut State,
    ticket: Ticket,
    result: &Result<Saved, crate::register::Refusal>,
    out: &mut Vec<Effect>,
) -> bool {
    if state.desks.remove(&ticket) {
        if let Err(refusal) = result {
            state.message = Message::refused(refusal);
        }
        return true;
    }
    let Some(stage) = &mut state.stage else { return false };
    if stage.opening != Some(ticket) {
        return false;
    }
    stage.opening = None;
    match result {
        Ok(saved) => {
            let at = saved.records.iter().copied().find(|at| at.kind == Kind::Meeting);
            state.ask(Slot::Meeting, Request::Meeting(at), out);
        }
        Err(refusal) => {
            state.stage = None;
            state.message = Message::refused(refusal);
        }
    }
    true
}

/// Goes to what was taken back.
pub(super) fn reverted(state: &mut State, reverted: &Reverted) {
    let Some(stage) = &mut state.stage else { return };
    stage.acts = stage.acts.saturating_sub(1);
    let place = stage.session.as_ref().zip(reverted.first).and_then(|(session, at)| session.place_of(at));
    if let Some((page, line)) = place {
        (stage.desk.page, stage.desk.line) = (page, line);
    }
}

/// Takes that a second is over; `day` is how many seconds the day is old.
pub(super) fn ticked(state: &mut State, day: u32, out: &mut Vec<Effect>) {
    let Some(stage) = &mut state.stage else { return };
    stage.clock = Some((day / 3600, day / 60 % 60));
    let is_running = stage.session.as_ref().is_some_and(|session| !session.is_closed());
    let Some(item) = stage.item().map(|item| item.agenda.at.id).filter(|_| is_running) else { return };
    let spent = stage.desk.spent.entry(item).or_default();
    *spent = spent.saturating_add(1).min(86_400);
    if spent.is_multiple_of(KEEP_EVERY) {
        keep(state, out);
    }
}

/// Keeps where the meeting stands.
fn keep(state: &mut State, out: &mut Vec<Effect>) {
    let masked = state.masked;
    let ticket = state.ticket();
    let Some(stage) = state.stage.as_mut().filter(|stage| !stage.follows) else { return };
    let Some(at) = stage.at().filter(|_| !state.read_only) else { return };
    stage.desk.masked = masked;
    let desk = Box::new(stage.desk.clone());
    state.desks.insert(ticket);
    out.push(Effect::Write(ticket, Write::Desk(at, desk)));
}

/// Takes a key while a meeting is on the screen.
pub(super) fn on_key(state: &mut State, key: Key, out: &mut Vec<Effect>) {
    let Some(stage) = &state.stage else { return };
    if stage.desk.typing.is_some() && !stage.follows {
        return typing::on_key(state, key, out);
    }
    let key = state.board.command(key);
    match state.keymap.action(&[Context::Meeting], key) {
        Some(action) => act(state, action, out),
        // Any other digit begins a measured value, as the digits of a rating do.
        None => match key {
            Key::Char(c) if c.is_ascii_digit() => give::digit(state, c, out),
            _ => no_action(state, key),
        },
    }
}

/// Does an action of it.
pub(super) fn act(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    let Some(stage) = &mut state.stage else { return };
    match action {
        Action::Dismiss => return leave(state, out),
        Action::Help => return help::toggle(state),
        Action::Command => {
            return state.overlay = Some(Overlay::Command(crate::app::command::CommandLine::default()));
        }
        Action::Minutes => return minutes(state, out),
        _ if stage.follows => return state.message = Some(Message::note(FOLLOWS)),
        Action::Down => stage.desk.line = (stage.desk.line + 1).min(stage.last_line()),
        Action::Up => stage.desk.line = stage.desk.line.saturating_sub(1),
        Action::NextVendor => stage.turn_to(stage.desk.page + 1),
        Action::PrevVendor => stage.turn_to(stage.desk.page.saturating_sub(1)),
        Action::First => stage.turn_to(0),
        Action::Last => stage.turn_to(usize::MAX),
        Action::Mask => mask::turn(state),
        Action::WhatIf => what_if(stage),
        Action::Lighter => weigh(stage, -WEIGHT_STEP),
        Action::Heavier => weigh(stage, WEIGHT_STEP),
        Action::Rate(rating) => return give::digit(state, char::from(b'0' + rating), out),
        Action::NotApplicable => return give::give(state, Given::NotApplicable, out),
        Action::Unmeasure => return give::give(state, Given::NotMeasured, out),
        Action::Undo => return take_back(state, out),
        Action::TypeValue => typing::begin(state, About::Value),
        Action::JotNote => typing::begin(state, About::Note),
        Action::JotAsk => typing::begin(state, About::Ask),
        Action::JotDecision => typing::begin(state, About::Decision),
        Action::JotPresent => typing::begin(state, About::Present),
        Action::Sealed => give::seal(state),
        Action::Reveal => return give::reveal(state, out),
        Action::CloseMeeting => return close(state, out),
        _ => return,
    }
    keep(state, out);
}

/// Leaves the screen; the meeting goes on when it is taken up again.
fn leave(state: &mut State, out: &mut Vec<Effect>) {
    let Some(stage) = &mut state.stage else { return };
    if stage.tried.take().is_some() {
        return;
    }
    if stage.desk.rater.take().is_some() {
        return keep(state, out);
    }
    if stage.follows {
        return out.push(Effect::Quit);
    }
    let open = stage.session.as_ref().is_some_and(|session| !session.is_closed());
    keep(state, out);
    state.stage = None;
    // Whatever is still asked of it is for a screen that is no more.
    state.forget(Slot::Meeting);
    state.refresh(out);
    if open {
        state.message = Some(Message::note(LEFT));
    }
}

fn take_back(state: &mut State, out: &mut Vec<Effect>) {
    let Some(stage) = &mut state.stage else { return };
    if stage.tried.is_some() {
        stage.tried = Some(Tried::default());
    } else if stage.acts == 0 {
        state.message = Some(Message::note(NOTHING_TO_TAKE_BACK));
    } else {
        let _: Option<Ticket> = state.write(Write::Undo, None, out);
    }
}

fn what_if(stage: &mut Stage) {
    stage.tried = match stage.tried {
        Some(_) => None,
        None => stage.item().map(|_| Tried::default()),
    };
}

/// Tries another weight of the criterion under the cursor.
fn weigh(stage: &mut Stage, by: i64) {
    let Some((row, weight)) =
        stage.line().map(|line| (line.row.at.id, line.scored(stage.tried.as_ref()).weight_bp))
    else {
        return;
    };
    let tried = stage.tried.get_or_insert_default();
    tried.weights.insert(row, (weight + by).clamp(0, FULL));
}

/// Ends the meeting: the time each vendor took goes into the agenda.
fn close(state: &mut State, out: &mut Vec<Effect>) {
    let Some(stage) = &state.stage else { return };
    let Some(session) = &stage.session else { return };
    if session.is_closed() {
        return state.message = Some(Message::note(CLOSED));
    }
    let seconds = Kind::AgendaItem.table().field("seconds").unwrap_or(0);
    let taken = |item: &Item| {
        let spent = stage.desk.spent.get(&item.agenda.at.id).filter(|spent| **spent > 0)?;
        let edit = Edit { field: seconds, seen: None, new: Value::Int(i64::from(*spent)).into() };
        Some(Step::Update { at: item.agenda.at, edits: vec![edit], reason: None, only_if: None })
    };
    let mut steps: Vec<Step> = session.items.iter().filter_map(taken).collect();
    steps.push(state_step(session.meeting.at, MeetingState::Closed));
    let said = Sentence::from(ENDED);
    let _: Option<Ticket> = state.write(Write::Apply(Change { act: Act::Edit, steps }), Some(said), out);
}

fn move_to(state: &mut State, at: Ref, to: MeetingState, out: &mut Vec<Effect>) {
    let steps = vec![state_step(at, to)];
    let _: Option<Ticket> = state.write(Write::Apply(Change { act: Act::Edit, steps }), None, out);
}

fn state_step(at: Ref, to: MeetingState) -> Step {
    let field = at.kind.table().field("state").unwrap_or(0);
    let edit = Edit { field, seen: None, new: Value::Choice(to.choice()).into() };
    Step::Update { at, edits: vec![edit], reason: None, only_if: None }
}

/// Has the minutes written.
fn minutes(state: &mut State, out: &mut Vec<Effect>) {
    if let Some(session) = state.stage.as_ref().and_then(|stage| stage.session.clone()) {
        out.push(Effect::Minutes(session, state.lang));
    }
}

/// Says what became of the minutes.
pub(super) fn minutes_told(state: &mut State, result: Result<String, Sentence>) {
    let written = |path: String| Message::good(Sentence::from(WRITTEN).with("path", path));
    state.message = Some(result.map_or_else(Message::bad, written));
}

/// How the KPI of a criterion is expressed.
#[must_use]
pub fn is_measured(line: &Line) -> bool {
    line.kpi().is_some_and(|kpi| kpi.measure == Some(KpiMeasure::Quant))
}

const FOLLOWS: Text = text(
    "This screen follows the meeting and changes nothing; q leaves it.",
    "本屏仅跟随会议，不作更改；按 q 离开。",
);
const LEFT: Text =
    text("The meeting is still open: p takes it up at the same place.", "会议尚未结束：按 p 从原处继续。");
const CLOSED: Text = text("This meeting is over. x writes its minutes.", "会议已结束。按 x 生成会议纪要。");
const ENDED: Text = text("The meeting is over; x writes the minutes", "会议已结束；按 x 生成会议纪要");
const NOTHING_TO_TAKE_BACK: Text = text(
    "Nothing was entered since this meeting was opened here. Older acts are in the history (g h).",
    "本次打开会议后尚无录入。更早的操作见历史（g h）。",
);
const LEFT_OUT: Text = text("{n} have no review and are left out.", "{n} 家尚无考核，未列入议程。");
const WRITTEN: Text = text("Minutes written: {path}", "会议纪要已写入：{path}");
