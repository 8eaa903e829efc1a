//! Present mode: a meeting that walks through scorecards, one vendor a page, scored as it is spoken.
//!
//! A score is an act of its own and is written at once; what is being typed and where one stands is
//! kept beside the register, so that a meeting that was cut off goes on at the same place. A second
//! program may follow: it shows what the first keeps, and writes nothing.

use std::collections::BTreeMap;

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
use crate::register::meeting::{About, Desk, Given, Item, Line, Session, Tried, Typing};
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
    /// Acts of this meeting that can be taken back from here, by their numbers in the history.
    acts: Vec<i64>,
    /// Writes of this meeting that are not answered, with what was typed for each.
    sent: BTreeMap<Ticket, Sent>,
    /// The act that is being taken back.
    undoing: Option<Undoing>,
    /// Where it stands has changed since that was last written.
    is_moved: bool,
    /// Whether the minutes are wanted as soon as all is written.
    wants_minutes: bool,
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
            acts: Vec::new(),
            sent: BTreeMap::new(),
            undoing: None,
            is_moved: false,
            wants_minutes: false,
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

/// A write of the meeting that is under way.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Sent {
    /// What was typed for it: it comes back where the write is refused.
    typed: Option<Typing>,
    /// Whether keys wait for its answer: what they act on follows from it.
    holds: bool,
}

/// An act that is being taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Undoing {
    ticket: Ticket,
    act: i64,
}

/// Whether keys wait: for the pages, or for what a key typed ahead would act on.
#[must_use]
pub fn must_wait(stage: &Stage) -> bool {
    stage.session.is_none() || stage.undoing.is_some() || stage.sent.values().any(|sent| sent.holds)
}

/// Sends a write of the meeting.
fn send(state: &mut State, write: Write, sent: Sent, out: &mut Vec<Effect>) {
    let said = None;
    let Some(ticket) = state.write(write, said, out) else { return };
    if let Some(stage) = &mut state.stage {
        stage.sent.insert(ticket, sent);
    }
}

/// Sends an act of the meeting that no key has to wait for.
fn send_steps(state: &mut State, act: Act, steps: Vec<Step>, out: &mut Vec<Effect>) {
    send(state, Write::Apply(Change { act, steps }), Sent { typed: None, holds: false }, out);
}

/// Why nothing of this meeting can be changed; `None` where it can.
fn closed_to(state: &State) -> Option<Sentence> {
    if state.read_only {
        return Some(words::READ_ONLY.into());
    }
    let session = state.stage.as_ref()?.session.as_ref()?;
    session.is_closed().then(|| CLOSED.into())
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
    let is_other = stage.at() != Some(session.meeting.at);
    if is_other && !stage.follows {
        state.masked |= session.desk.masked;
    }
    // By what they are, not by their place: another operator may have taken a page or a row away.
    let here = (stage.item().map(|item| item.agenda.at), stage.line().map(|line| line.row.at));
    if stage.follows || is_other {
        stage.desk = session.desk.clone();
        stage.pick_up_typing();
    } else if let Some(page) = session.items.iter().position(|item| Some(item.agenda.at) == here.0) {
        stage.desk.page = page;
        let lines = session.items.get(page).map(|item| item.lines.as_slice()).unwrap_or_default();
        let line = lines.iter().position(|line| Some(line.row.at) == here.1);
        stage.desk.line = line.unwrap_or(stage.desk.line);
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
    let wants_minutes = std::mem::take(&mut stage.wants_minutes);
    if is_planned && !stage.follows && !state.read_only {
        move_to(state, at, MeetingState::Running, out);
    }
    if wants_minutes {
        minutes(state, out);
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
        if state.stage.as_ref().is_some_and(|stage| stage.is_moved) {
            keep(state, out);
        }
        return true;
    }
    let Some(stage) = &mut state.stage else { return false };
    if let Some(sent) = stage.sent.remove(&ticket) {
        match result {
            Ok(saved) => stage.acts.extend(saved.change),
            Err(_) if stage.desk.typing.is_none() => {
                stage.desk.typing = sent.typed;
                stage.pick_up_typing();
            }
            Err(_) => {}
        }
        return false;
    }
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

/// Goes to what was taken back; an act that could not be stays one that can.
pub(super) fn reverted(state: &mut State, ticket: Ticket, result: Result<&Reverted, ()>) {
    let Some(stage) = &mut state.stage else { return };
    let Some(Undoing { act, .. }) = stage.undoing.take_if(|undoing| undoing.ticket == ticket) else { return };
    match result {
        Ok(reverted) => {
            let found =
                stage.session.as_ref().zip(reverted.first).and_then(|(session, at)| session.place_of(at));
            if let Some((page, line)) = found {
                (stage.desk.page, stage.desk.line) = (page, line);
            }
        }
        Err(()) => stage.acts.push(act),
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

/// Keeps where the meeting stands: one write at a time, the newest next.
pub(super) fn keep(state: &mut State, out: &mut Vec<Effect>) {
    let (masked, is_busy) = (state.masked, !state.desks.is_empty());
    let Some(stage) = state.stage.as_mut().filter(|stage| !stage.follows) else { return };
    stage.is_moved = is_busy;
    if !is_busy {
        stage.desk.masked = masked;
        keep_now(state, out);
    }
}

fn keep_now(state: &mut State, out: &mut Vec<Effect>) {
    let Some(stage) = state.stage.as_ref().filter(|stage| !stage.follows) else { return };
    let Some(at) = stage.at().filter(|_| !state.read_only) else { return };
    let mut desk = Box::new(stage.desk.clone());
    if let (Some(_), Some(typing)) = (&desk.rater, desk.typing.as_mut())
        && typing.about == About::Value
    {
        // What is sealed is kept nowhere but under its seal.
        typing.texts.iter_mut().for_each(String::clear);
    }
    let ticket = state.ticket();
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
        _ if stage.follows => return state.message = Some(Message::note(FOLLOWS)),
        Action::Minutes => return minutes(state, out),
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
        Action::LeaveCriterion => return give::give(state, Given::NotApplicable, out),
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
    if stage.follows {
        return out.push(Effect::Quit);
    }
    if stage.tried.take().is_some() {
        return;
    }
    if stage.desk.rater.take().is_some() {
        return keep(state, out);
    }
    let open = stage.session.as_ref().is_some_and(|session| !session.is_closed());
    stage.desk.masked = state.masked;
    keep_now(state, out);
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
        return;
    }
    let Some(act) = stage.acts.pop() else {
        return state.message = Some(Message::note(NOTHING_TO_TAKE_BACK));
    };
    let ticket = state.write(Write::UndoAct(act), None, out);
    if let Some(stage) = &mut state.stage {
        stage.undoing = ticket.map(|ticket| Undoing { ticket, act });
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
    if let Some(why) = closed_to(state) {
        return state.message = Some(Message::note(why));
    }
    let Some(stage) = &mut state.stage else { return };
    (stage.desk.rater, stage.tried) = (None, None);
    let Some(session) = &stage.session else { return };
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
    if state.masked {
        return state.message = Some(Message::note(words::HIDDEN));
    }
    if !state.writing.is_empty() {
        // They tell what is in the register: what is under way comes into it first.
        if let Some(stage) = &mut state.stage {
            stage.wants_minutes = true;
        }
        return;
    }
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
