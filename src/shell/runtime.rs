//! The loop: hears, lets the reducers decide, does what they want done, draws once.
//!
//! The first frame is drawn when its data is there, and is the only one of the start. After that
//! everything waiting is heard before anything is drawn, so a held key never queues up frames;
//! an answer that is about to come is waited for shortly, so that a key is one frame.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use termprofile::Env;

use crate::app::board::Board;
use crate::app::command::{Folder, tell_nameless};
use crate::app::geometry::Size;
use crate::app::key::Key;
use crate::app::keymap::Keymap;
use crate::app::look::{Look, Told};
use crate::app::mouse::Mouse;
use crate::app::present;
use crate::app::reference::Opened;
use crate::app::settings::Personal;
use crate::app::state::{Overlay, Place, Setup, State};
use crate::app::view::Views;
use crate::app::welcome::Welcome;
use crate::app::{Effect, Msg, update};
use crate::entity::Ref;
use crate::limits;
use crate::register::export::Told as ExportTold;
use crate::register::finding::Finding;
use crate::register::import::Told as ImportTold;
use crate::register::{Refusal, Ticket, Write};
use crate::shell::drafts::Keeper;
use crate::shell::files::Files;
use crate::shell::keyboard::Keyboard;
use crate::shell::lent::Lent;
use crate::shell::past::Past;
use crate::shell::terminal::{self, Questions, Screen};
use crate::shell::{clock, fault, paths, signals};
use crate::store::worker::{Report, Workers, answer};
use crate::store::{Access, Opening, Store};
use crate::texts::Lang;
use crate::ui::theme::{Depth, Theme};

mod ahead;
mod clicks;
mod effects;
mod end;
mod others;
mod registers;

use clicks::Clicks;
use registers::workers;

/// What the screens start with.
#[derive(Debug, Clone)]
pub struct Start {
    /// The register to open.
    pub opening: Opening,
    /// The language.
    pub lang: Lang,
    /// How the screens look at first.
    pub look: Look,
    /// The key map.
    pub keymap: Keymap,
    /// Which letters of other layouts count as which keys.
    pub board: Board,
    /// Whether nobody has named a register and there is none: then it is asked how to begin.
    pub first: bool,
    /// The day whose register is shown at first.
    pub as_of: Option<NaiveDate>,
    /// How lists are shown.
    pub views: Views,
    /// The settings of this machine, with where each comes from.
    pub personal: Vec<Personal>,
    /// Whether nothing says who works here.
    pub nameless: bool,
    /// Whether the register is thrown away at the end: then no drafts are kept for it.
    pub throwaway: bool,
    /// What is shown first.
    pub show: Show,
}

/// What the screens show first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// The Overview.
    Overview,
    /// A meeting, to go on with it.
    Meeting(Ref),
    /// A meeting that another program leads.
    Following(Ref),
}

/// How the screens ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The user left.
    Left,
    /// A signal ended the program; the number is the signal's.
    Signal(i32),
    /// The terminal went away.
    TerminalGone,
}

/// Why the screens could not run on.
#[derive(Debug)]
pub enum Failure {
    /// The register refused.
    Register(Refusal),
    /// The terminal refused.
    Terminal(std::io::Error),
}

/// What the loop hears.
#[derive(Debug)]
pub enum Heard {
    /// A key.
    Key(Key),
    /// Pasted text.
    Paste(String),
    /// The mouse was used.
    Mouse(Mouse),
    /// The screen has another size.
    Resized(Size),
    /// The threads of the register report.
    Register(Report),
    /// What is told of an import.
    Import(Ticket, ImportTold),
    /// What is told of a view that is being written.
    Export(ExportTold),
    /// What a check of the register found.
    Checked(Result<Vec<Finding>, Refusal>),
    /// What became of a file that was to be opened.
    Opened(Opened),
    /// What a folder holds.
    Listed(Folder),
    /// The program is to stop until it is continued.
    StopAsked,
    /// The program was stopped and goes on.
    Continued,
    /// The terminal told of itself.
    Told(Told),
    /// The terminal is gone.
    TerminalGone,
    /// A signal wants the program to end.
    Signal(i32),
    /// The register of a day was made, or not.
    Past(NaiveDate, Result<Past, Refusal>),
}

/// Frames are this far apart in the mean, and an answer may come one early: 60 a second are all a
/// screen shows.
const FRAME: Duration = Duration::from_millis(16);
/// How long a frame waits for an answer that is under way.
const SETTLE: Duration = Duration::from_millis(4);
/// How long a key waits for what it acts on.
const HOLD: Duration = Duration::from_millis(300);
/// How long the second `q` has.
const QUIT_TIME: Duration = Duration::from_secs(2);
/// How long a form is saved without a word.
const WRITE_TIME: Duration = Duration::from_secs(1);
/// How long after the first frame the terminal is asked of itself. Some terminals take their time for
/// an answer: the frame is on the screen by then.
const ASK: Duration = Duration::from_millis(20);
/// How long sizes are gathered: a window that is drawn larger has a new one with every cell.
const RESIZE: Duration = Duration::from_millis(30);
/// Between two ticks of a meeting.
const SECOND: Duration = Duration::from_secs(1);
/// Runs the screens until the user leaves.
///
/// # Errors
/// [`Failure::Register`] when it cannot be opened or is found damaged, [`Failure::Terminal`]
/// when there is no terminal.
pub fn run(start: &Start) -> Result<Ended, Failure> {
    let lent = if start.first { Some(Lent::empty(&start.opening).map_err(Failure::Register)?) } else { None };
    let opening = lent.as_ref().map_or(&start.opening, |lent| &lent.opening);
    let store = Store::open(opening).map_err(Failure::Register)?;
    let folder = paths::state().unwrap_or_else(paths::temporary).join("drafts");
    let keeper = Arc::new(Keeper::new(&folder, &start.opening.path));
    let drafts = if start.throwaway { Vec::new() } else { keeper.adopt() };
    let (tell, heard) = sync_channel(limits::QUEUE);
    // Before the terminal is taken: a signal that comes in between must find its handler.
    terminal::restore_on_panic();
    signals::watch(tell.clone(), Arc::clone(&keeper)).map_err(Failure::Terminal)?;
    let mut screen = Screen::take().map_err(Failure::Terminal)?;
    let register = start.opening.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut state = State::new(Setup {
        today: start.opening.today,
        zone: clock::zone(),
        lang: start.lang,
        look: Look { ground: terminal::ground(&Env), ..start.look },
        size: screen.size(),
        user: start.opening.actor.clone(),
        register: if start.throwaway { "demo".to_owned() } else { register },
        read_only: start.opening.access == Access::Read,
        base_currency: store.base_currency().map_err(Failure::Register)?,
        drafts,
        keymap: start.keymap.clone(),
        board: start.board.clone(),
        views: start.views.clone(),
        personal: start.personal.clone(),
    });
    if start.first {
        state.overlay = Some(Overlay::Welcome(Welcome::default()));
    } else {
        first_data(&mut state, &store, start.show)?;
    }
    state.is_demo = start.throwaway;
    if start.nameless && !start.throwaway && !state.read_only {
        let config = paths::config().map(|path| paths::told(&path)).unwrap_or_default();
        tell_nameless(&mut state, &config);
    }
    let depth = terminal::depth(&Env);
    screen.draw(&state, &Theme::of(&state.look, depth)).map_err(Failure::Terminal)?;
    let mut looped = Loop::start((start, opening), store, state, screen, depth, keeper, (tell, heard))?;
    if let Some(day) = start.as_of {
        looped.tell_as_of(day);
    }
    looped.lent = lent;
    let ended = looped.run();
    looped.end(&ended);
    ended
}

/// Fetches what the first frame shows, on this thread: it is drawn once, with its data.
fn first_data(state: &mut State, store: &Store, show: Show) -> Result<(), Failure> {
    let mut wanted = Vec::new();
    state.go(Place::Overview, &mut wanted);
    match show {
        Show::Overview => {}
        Show::Meeting(at) => present::take_up(state, Some(at), &mut wanted),
        Show::Following(at) => present::follow(state, at, &mut wanted),
    }
    for effect in wanted {
        if let Effect::Read(_, ticket, request) = effect {
            let answer = answer(store, &request).map_err(Failure::Register)?;
            let _: Vec<Effect> = update(state, Msg::Answered(ticket, answer));
        }
    }
    Ok(())
}

struct Loop {
    state: State,
    screen: Screen,
    depth: Depth,
    keeper: Arc<Keeper>,
    workers: Workers,
    /// How the register of the present is opened.
    opening: Opening,
    /// The register that is shown in its place.
    past: Option<Past>,
    ears: SyncSender<Heard>,
    /// The register of the first start, until one is begun with; then that of the demo.
    lent: Option<Lent>,
    /// What reads lists in and writes views out; it starts with the first.
    files: Option<Files>,
    keyboard: Keyboard,
    heard: Receiver<Heard>,
    /// What was heard while the keys were another program's: not more than the channel holds and
    /// those that waited to send into it.
    backlog: VecDeque<Heard>,
    keeps_drafts: bool,
    follows_clock: bool,
    quit_at: Option<Instant>,
    /// When the next second of a meeting is over.
    tick_at: Option<Instant>,
    /// The write that is waited for without a word, and until when.
    quiet: Option<(Ticket, Instant)>,
    /// Until when the frames drawn so far are enough.
    paced_until: Instant,
    dirty_since: Option<Instant>,
    /// Whether the register's answers are all that the next frame is for.
    only_answers: bool,
    /// What was typed ahead of what it acts on, and since when the first of it waits.
    held: VecDeque<Msg>,
    held_since: Option<Instant>,
    outcome: Option<Result<Ended, Failure>>,
    /// The size a screen is being drawn to with the mouse, and when it is taken.
    resizing: Option<(Size, Instant)>,
    asks: Asks,
    clicks: Clicks,
}

impl Loop {
    /// Starts the threads of the register that is opened as `opening`, and those of the terminal.
    fn start(
        (start, opening): (&Start, &Opening),
        store: Store,
        state: State,
        screen: Screen,
        depth: Depth,
        keeper: Arc<Keeper>,
        (tell, heard): (SyncSender<Heard>, Receiver<Heard>),
    ) -> Result<Self, Failure> {
        let has_house_work = store.has_house_work().map_err(Failure::Register)?;
        let workers = workers(opening, Some(store), &tell);
        let ears = tell.clone();
        let keyboard = Keyboard::listen(tell).map_err(Failure::Terminal)?;
        let writing = Arc::clone(&keeper);
        std::thread::Builder::new()
            .name("drafts".to_owned())
            .spawn(move || writing.run())
            .map_err(Failure::Terminal)?;
        if has_house_work {
            let _ = workers.write(0, Write::NewDay(start.opening.today));
        }
        Ok(Self {
            state,
            screen,
            depth,
            keeper,
            workers,
            opening: start.opening.clone(),
            past: None,
            lent: None,
            ears,
            files: None,
            keyboard,
            heard,
            backlog: VecDeque::new(),
            keeps_drafts: !start.throwaway,
            follows_clock: start.opening.today == clock::today(),
            quit_at: None,
            tick_at: None,
            quiet: None,
            paced_until: Instant::now(),
            dirty_since: None,
            only_answers: true,
            held: VecDeque::new(),
            held_since: None,
            outcome: None,
            resizing: None,
            asks: Asks::At(Instant::now() + ASK),
            clicks: Clicks::default(),
        })
    }

    fn run(&mut self) -> Result<Ended, Failure> {
        loop {
            match self.wait() {
                Ok(event) => self.hear(event),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(Ended::TerminalGone),
            }
            while self.outcome.is_none()
                && let Some(event) = self.waiting()
            {
                self.hear(event);
            }
            self.press_held();
            self.look_at_the_time();
            if let Some(outcome) = self.outcome.take() {
                return outcome;
            }
            if self.may_draw() {
                self.draw();
            }
        }
    }

    /// The next of what was heard already.
    fn waiting(&mut self) -> Option<Heard> {
        self.backlog.pop_front().or_else(|| self.heard.try_recv().ok())
    }

    /// Waits for the next event, as long as [`Loop::timeout`] says.
    fn wait(&mut self) -> Result<Heard, RecvTimeoutError> {
        match (self.waiting(), self.timeout()) {
            (Some(event), _) => Ok(event),
            (None, Some(timeout)) => self.heard.recv_timeout(timeout),
            (None, None) => self.heard.recv().map_err(RecvTimeoutError::from),
        }
    }

    /// How long to wait for the next event: until a frame is due, the second `q` is over, a
    /// write takes long, or the day ends; for ever when nothing of that is near.
    fn timeout(&self) -> Option<Duration> {
        let now = Instant::now();
        let until = |at: Instant| at.saturating_duration_since(now);
        let frame = self.dirty_since.map(|since| until(self.frame_at(since)));
        let quit = self.quit_at.map(until);
        let quiet = self.quiet.map(|(_, at)| until(at));
        let held = self.held_since.map(|since| until(since + HOLD));
        let resizing = self.resizing.map(|(_, due)| until(due));
        let ask = match self.asks {
            Asks::At(at) => Some(until(at)),
            Asks::Asked(_) => None,
        };
        let tick = self.tick_at.map(until);
        let midnight = self.follows_clock.then(clock::until_midnight);
        [frame, quit, quiet, held, resizing, ask, tick, midnight].into_iter().flatten().min()
    }

    /// When the frame for a change of `since` is due. The answer to a key that was echoed already may
    /// come one frame early: the next key pays for it.
    fn frame_at(&self, since: Instant) -> Instant {
        due_at(since, self.paced_until, self.only_answers, self.state.is_waiting())
    }

    fn may_draw(&self) -> bool {
        self.dirty_since.is_some_and(|since| Instant::now() >= self.frame_at(since))
    }

    fn draw(&mut self) {
        fault::at("loop");
        self.dirty_since = None;
        self.only_answers = true;
        match self.screen.draw(&self.state, &Theme::of(&self.state.look, self.depth)) {
            Ok(true) => self.paced_until = self.paced_until.max(Instant::now()) + FRAME,
            Ok(false) => {}
            Err(_) => self.outcome = Some(Ok(Ended::TerminalGone)),
        }
    }

    /// Asks the terminal of itself.
    fn ask(&mut self) {
        if self.screen.is_fresh() {
            // Nothing of ours is on the screen that could stay as it is.
            self.asks = Asks::At(Instant::now() + ASK);
            return;
        }
        self.asks = Asks::Asked(Instant::now());
        if self.screen.ask(Questions::for_terminal(&Env)).is_err() {
            self.outcome = Some(Ok(Ended::TerminalGone));
        }
    }

    fn look_at_the_time(&mut self) {
        if let Asks::At(at) = self.asks
            && Instant::now() >= at
        {
            self.ask();
        }
        if let Some((size, _)) = self.resizing.take_if(|(_, due)| Instant::now() >= *due) {
            self.screen.resize(size);
            self.tell(Msg::Resized(size));
        }
        if self.quit_at.is_some_and(|at| Instant::now() >= at) {
            self.quit_at = None;
            self.tell(Msg::QuitLapsed);
        }
        if self.state.stage.is_none() {
            self.tick_at = None;
        } else if self.tick_at.is_none_or(|at| Instant::now() >= at) {
            // The time of a page goes on from second to second, however long one key took.
            self.tick_at = Some(self.tick_at.unwrap_or_else(Instant::now) + SECOND);
            self.tell(Msg::Ticked(clock::second_of_day()));
        }
        if let Some((ticket, _)) = self.quiet.take_if(|(_, at)| Instant::now() >= *at) {
            self.tell(Msg::WriteDelayed(ticket));
        }
        if self.follows_clock && self.past.is_none() && clock::today() > self.state.today {
            let today = clock::today();
            self.workers.set_today(today);
            self.tell(Msg::DayBegan(today));
        }
    }

    fn hear(&mut self, event: Heard) {
        match event {
            Heard::Key(key) => self.typed(Msg::Key(key)),
            Heard::Paste(text) => self.typed(Msg::Paste(text)),
            Heard::Mouse(mouse) => {
                let mouse = self.clicks.twice(mouse);
                self.tell(Msg::Mouse(mouse));
            }
            Heard::Resized(size) if size == self.state.size => self.resizing = None,
            Heard::Resized(size) => {
                let due = self.resizing.map_or_else(|| Instant::now() + RESIZE, |(_, due)| due);
                self.resizing = Some((size, due));
            }
            Heard::Told(told) => self.tell(Msg::Told(told)),
            Heard::Register(report) => self.report(report),
            Heard::Import(ticket, told) => self.tell(Msg::Import(ticket, told)),
            Heard::Export(told) => self.tell(Msg::Export(told)),
            Heard::Checked(found) => self.tell(Msg::Checked(found)),
            Heard::Opened(opened) => self.tell(Msg::Opened(opened)),
            Heard::Listed(folder) => self.tell(Msg::Listed(folder)),
            Heard::StopAsked => self.suspend(),
            Heard::Continued => self.continued(),
            Heard::TerminalGone => self.outcome = Some(Ok(Ended::TerminalGone)),
            Heard::Past(day, made) => self.went(day, made),
            Heard::Signal(number) => self.outcome = Some(Ok(Ended::Signal(number))),
        }
    }

    fn report(&mut self, report: Report) {
        if let Some(damage) = report.damage() {
            self.outcome = Some(Err(Failure::Register(damage.clone())));
            return;
        }
        match report {
            Report::Answered(ticket, answer) => self.tell(Msg::Answered(ticket, answer)),
            Report::Written(ticket, result) => {
                self.quiet.take_if(|(quiet, _)| *quiet == ticket);
                self.tell(Msg::Written(ticket, result));
            }
            Report::Erased(ticket, result) => self.tell(Msg::Erased(ticket, result)),
            Report::Writing(ticket, done, of) => self.tell(Msg::Writing(ticket, done, of)),
            Report::Reverted(ticket, result) => self.tell(Msg::Reverted(ticket, result)),
            // What is shown is right on any day; the rows only make it quick.
            Report::Stale(_) => {}
            Report::Changed => self.tell(Msg::Changed),
        }
    }

    /// Lets the reducers decide, and does what they want done.
    fn tell(&mut self, msg: Msg) {
        self.dirty_since.get_or_insert_with(Instant::now);
        self.only_answers &= matches!(msg, Msg::Answered(..));
        for effect in update(&mut self.state, msg) {
            self.effect(effect);
        }
    }
}

/// When the terminal is asked of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asks {
    /// Then.
    At(Instant),
    /// It was asked then.
    Asked(Instant),
}

/// When a frame is due for a change of `since`, where the frames drawn so far are enough until
/// `paced_until`; earlier by one frame for what is `only_answers`, later while more is waited for.
fn due_at(since: Instant, paced_until: Instant, only_answers: bool, is_waiting: bool) -> Instant {
    let early = if only_answers { FRAME } else { Duration::ZERO };
    let paced = paced_until.checked_sub(early).unwrap_or(since);
    if is_waiting { paced.max(since + SETTLE) } else { paced }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_paced_and_its_answer_need_not_wait_for_the_next_turn() {
        let now = Instant::now();
        let is_due = |paced: Duration, only_answers, is_waiting| {
            due_at(now, now + paced, only_answers, is_waiting).saturating_duration_since(now)
        };
        let none = Duration::ZERO;
        assert_eq!(is_due(none, false, false), none, "an idle program answers at once");
        assert_eq!(is_due(none, false, true), SETTLE);
        assert_eq!(is_due(FRAME, false, false), FRAME);
        assert_eq!(is_due(FRAME, true, false), none);
        assert_eq!(is_due(2 * FRAME, true, false), FRAME, "of two answers the second waits");
        assert_eq!(is_due(FRAME, true, true), SETTLE);
    }
}
