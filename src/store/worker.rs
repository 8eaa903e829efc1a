//! The two threads of the register: one reads, the newest question first; one writes in order.
//!
//! A newer question of the same slot replaces the one that waits and stops the one that runs. A
//! count stops for every question, and is asked again after it.
//! Writes are stopped only where nobody is there any more; on leaving, the queue is written out and
//! the thread joined. A new day is house work of the writer, done in rounds between the writes; what an erasing
//! left to be swept is done with it.

use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use chrono::NaiveDate;

use crate::limits;
use crate::register::erase::Erased;
use crate::register::review::explain;
use crate::register::{Answer, Refusal, Request, Reverted, Saved, Slot, Ticket, Write};
use crate::store::open::Opening;
use crate::store::{Access, StopWish, Store};

use queue::{Question, Queue};

mod queue;

/// What the threads report.
#[derive(Debug)]
pub enum Report {
    /// A question was answered.
    Answered(Ticket, Answer),
    /// A change was written, or refused.
    Written(Ticket, Result<Saved, Refusal>),
    /// So many of the records of an act are done.
    Writing(Ticket, usize, usize),
    /// An act was taken back or brought back, or that was refused.
    Reverted(Ticket, Result<Reverted, Refusal>),
    /// A person's data was erased, or that was refused.
    Erased(Ticket, Result<Box<Erased>, Refusal>),
    /// Rows whose day has passed could not be brought up to this one.
    Stale(Refusal),
    /// Another process has changed the register.
    Changed,
}

impl Report {
    /// What was met where the file is damaged: whatever was asked or written, no more can be.
    #[must_use]
    pub fn damage(&self) -> Option<&Refusal> {
        match self {
            Self::Answered(_, Answer::Refused(refusal))
            | Self::Written(_, Err(refusal))
            | Self::Reverted(_, Err(refusal))
            | Self::Erased(_, Err(refusal))
            | Self::Stale(refusal) => Some(refusal).filter(|refusal| matches!(refusal, Refusal::Damaged(_))),
            _ => None,
        }
    }
}

/// Records between two reports of how far an act on many is: some tenths of a second.
const PROGRESS: usize = 500;
/// How often another process's changes are looked for.
const POLL: Duration = Duration::from_millis(250);
/// Index rows brought up to the day in one round, for which a save may have to wait: 14 ms of it at
/// 20,000 vendors with 40,000 contracts. Rounds of 100 rows take 42 ms, and all of it a quarter less.
pub(super) const STALE_ROWS: usize = 25;

/// The running threads.
#[derive(Debug)]
pub struct Workers {
    asking: Arc<Asking>,
    writes: Option<SyncSender<(Ticket, Write)>>,
    stop: StopWish,
    threads: Vec<JoinHandle<()>>,
}

#[derive(Default)]
struct Asking {
    queue: Mutex<Queue>,
    wake: Condvar,
}

impl std::fmt::Debug for Asking {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Asking")
    }
}

impl Workers {
    /// Starts the threads. Their reports go to `report`, from either thread. The reader goes on
    /// with the connection `open`, if there is one: its schema is read and its pages are warm.
    #[must_use]
    pub fn start(
        opening: &Opening,
        open: Option<Store>,
        report: impl Fn(Report) + Send + Sync + 'static,
    ) -> Self {
        let report: Arc<dyn Fn(Report) + Send + Sync> = Arc::new(report);
        let asking = Arc::new(Asking::default());
        let (writes, queue) = sync_channel(limits::QUEUE);
        let mut threads = Vec::new();
        let (questions, told, how) = (Arc::clone(&asking), Arc::clone(&report), opening.clone());
        threads.push(spawn("reader", move || reader(&how, open, &questions, &*told)));
        let (how, stop) = (opening.clone(), StopWish::default());
        let wish = stop.clone();
        threads.push(spawn("writer", move || writer(&how, &wish, &queue, &*report)));
        Self { asking, writes: Some(writes), stop, threads: threads.into_iter().flatten().collect() }
    }

    /// Asks; the answer comes as a report with the same ticket.
    pub fn ask(&self, slot: Slot, ticket: Ticket, request: Request) {
        lock(&self.asking.queue).put((slot, ticket, request));
        self.asking.wake.notify_one();
    }

    /// Writes; done in the order of the calls. `false` when the queue is full.
    #[must_use]
    pub fn write(&self, ticket: Ticket, write: Write) -> bool {
        self.writes.as_ref().is_some_and(|writes| writes.try_send((ticket, write)).is_ok())
    }

    /// A new day has begun.
    pub fn set_today(&self, today: NaiveDate) {
        lock(&self.asking.queue).today = Some(today);
        let _ = self.write(0, Write::NewDay(today));
    }

    /// Gives up what is being written: nothing of it is kept, and nothing more is written.
    pub fn stop_writing(&self) {
        self.stop.want();
    }

    /// Writes out what waits and ends the threads.
    pub fn close(mut self) {
        self.shut();
    }

    fn shut(&mut self) {
        self.writes = None;
        {
            let mut queue = lock(&self.asking.queue);
            queue.closed = true;
            queue.waiting.clear();
            if let Some(running) = &queue.running {
                running.stop();
            }
        }
        self.asking.wake.notify_all();
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.shut();
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Option<JoinHandle<()>> {
    std::thread::Builder::new().name(name.to_owned()).spawn(work).ok()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn reader(opening: &Opening, open: Option<Store>, asking: &Asking, report: &(dyn Fn(Report) + Send + Sync)) {
    let mut opening = Opening { access: Access::Read, ..opening.clone() };
    let mut reading = open.and_then(|store| Reading::of(store.into_reading().ok()?).ok());
    while let Some(woken) = next_question(asking, reading.as_ref().map(|r| &r.stop)) {
        if let Some(today) = woken.today {
            opening.today = today;
            if let Some(reading) = &mut reading {
                reading.store.set_today(today);
            }
        }
        if woken.question.is_none() && reading.is_none() {
            continue;
        }
        let open = match &mut reading {
            Some(reading) => Ok(reading),
            // Opened with the first question, and again after a refusal.
            empty => Reading::start(&opening, asking).map(|opened| empty.insert(opened)),
        };
        let Some(question) = woken.question else {
            if open.is_ok_and(Reading::has_moved) {
                report(Report::Changed);
            }
            continue;
        };
        let (_, ticket, request) = &question;
        let (ticket, answer) = (*ticket, open.and_then(|reading| answer(&reading.store, request)));
        let is_stopped = answer == Err(Refusal::Interrupted);
        lock(&asking.queue).finish(question, is_stopped);
        if !is_stopped {
            report(Report::Answered(ticket, answer.unwrap_or_else(Answer::Refused)));
        }
    }
}

/// The connection of the reader.
struct Reading {
    store: Store,
    stop: StopWish,
    epoch: i64,
}

impl Reading {
    fn start(opening: &Opening, asking: &Asking) -> Result<Self, Refusal> {
        let reading = Self::of(Store::again(opening)?)?;
        let mut queue = lock(&asking.queue);
        let closed = queue.closed;
        if let Some(running) = &mut queue.running {
            running.stop = Some(reading.stop.clone());
            if closed || !running.is_wanted {
                running.stop();
            }
        }
        Ok(reading)
    }

    fn of(mut store: Store) -> Result<Self, Refusal> {
        let stop = store.stoppable()?;
        let epoch = store.epoch()?;
        // A register of another day may have taught its own.
        store.learn_calendars()?;
        Ok(Self { store, stop, epoch })
    }

    /// Whether anybody has written since this was asked last.
    fn has_moved(&mut self) -> bool {
        let now = self.store.epoch().unwrap_or(self.epoch);
        // What is asked anew is counted by the calendars of now; while they cannot be read, it is not asked.
        let moved = now != self.epoch && self.store.learn_calendars().is_ok();
        if moved {
            self.epoch = now;
        }
        moved
    }
}

/// What the reader is woken for: a question, or a look at whether others have written.
struct Woken {
    today: Option<NaiveDate>,
    question: Option<Question>,
}

/// Waits for the next question, at most for the time of a poll; `None` at the end.
fn next_question(asking: &Asking, stop: Option<&StopWish>) -> Option<Woken> {
    let mut queue = lock(&asking.queue);
    if queue.waiting.is_empty() && !queue.closed {
        queue = asking.wake.wait_timeout(queue, POLL).unwrap_or_else(PoisonError::into_inner).0;
    }
    if queue.closed {
        return None;
    }
    let today = queue.today.take();
    let question = queue.take(stop);
    Some(Woken { today, question })
}

/// Answers one question.
///
/// # Errors
/// What the register refuses.
pub fn answer(store: &Store, request: &Request) -> Result<Answer, Refusal> {
    let _moment = store.moment()?;
    Ok(match request {
        Request::Page(query) => Answer::Page(store.page(query)?, store.tab_counts()?),
        Request::Count(query) => Answer::Count(store.count_matching(query)?),
        Request::Ids(query, ends) => Answer::Ids(store.ids_of(query, *ends)?),
        Request::Card(at) => Answer::Card(Box::new(store.card(*at)?)),
        Request::Sheet(at) => Answer::Card(Box::new(store.sheet(*at)?)),
        Request::Overview { lines } => Answer::Overview(Box::new(store.overview(*lines)?)),
        Request::Find { text, kinds } => Answer::Found(store.find(text, kinds)?),
        Request::Known(key) => Answer::Known(store.known(key)?),
        Request::History(Some(at)) => Answer::History(store.history_of(*at)?),
        Request::Clauses(at) => Answer::Clauses(Box::new(store.checklist(*at)?)),
        Request::Levels(at) => Answer::Levels(Box::new(store.service_levels(*at)?)),
        Request::Meeting(at) => {
            let at = at.map_or_else(|| store.running_meeting(), |at| Ok(Some(at)))?;
            Answer::Meeting(at.map(|at| store.session(at).map(Box::new)).transpose()?)
        }
        Request::Explain(at) => Answer::Explained(Box::new(explain::score(&store.scored(*at)?))),
        Request::Rank(among) => Answer::Ranked(Box::new(store.ranking(among)?)),
        Request::Compare(vendors) => Answer::Compared(Box::new(store.comparison(vendors, None)?)),
        Request::Bridge(at) => Answer::Explained(Box::new(explain::way(&store.way(*at, None)?))),
        Request::Settings => Answer::Settings(store.settings()?),
        Request::Erasure(at) => Answer::Erasure(Box::new(store.erasure(*at, &[])?)),
        Request::Propose(wish) => Answer::Proposed(Box::new(store.propose(*wish)?)),
        Request::Money(at) => Answer::Money(store.money(*at)?.map(Box::new)),
        Request::Between(from, to) => Answer::History(store.between(from, to)?),
        Request::History(None) => Answer::History(store.history(limits::HISTORY_EVENTS)?),
    })
}

fn writer(
    opening: &Opening,
    stop: &StopWish,
    queue: &Receiver<(Ticket, Write)>,
    report: &(dyn Fn(Report) + Send + Sync),
) {
    let mut writing = Writing { opening, stop, report, store: None, has_stale: false };
    loop {
        // Rows are brought up to the day while there is nothing else to write: a save and the end
        // wait for one round of it, and what is left then is for the next start.
        let next =
            if writing.has_stale { queue.try_recv() } else { queue.recv().map_err(TryRecvError::from) };
        match next {
            Ok((ticket, write)) => writing.perform(ticket, write),
            Err(TryRecvError::Empty) => writing.refresh(),
            Err(TryRecvError::Disconnected) => return,
        }
    }
}

fn opened(opening: &Opening, stop: &StopWish) -> Result<Store, Refusal> {
    let mut store = Store::again(opening)?;
    store.stop_by(stop)?;
    Ok(store)
}

/// The connection of the writer.
struct Writing<'a> {
    opening: &'a Opening,
    stop: &'a StopWish,
    report: &'a (dyn Fn(Report) + Send + Sync),
    store: Option<Store>,
    /// Whether there may be rows whose day has passed.
    has_stale: bool,
}

impl Writing<'_> {
    fn perform(&mut self, ticket: Ticket, write: Write) {
        let open = match &mut self.store {
            Some(store) => Ok(store),
            empty => opened(self.opening, self.stop).map(|opened| empty.insert(opened)),
        };
        let store = match open {
            Ok(store) => store,
            Err(refusal) => return (self.report)(Report::Written(ticket, Err(refusal))),
        };
        match write {
            Write::Apply(change) => (self.report)(Report::Written(ticket, store.apply(&change))),
            Write::Bulk(bulk) => {
                let of = bulk.ids.len();
                let mut watch = |done: usize| {
                    if done.is_multiple_of(PROGRESS) {
                        (self.report)(Report::Writing(ticket, done, of));
                    }
                };
                (self.report)(Report::Written(ticket, store.bulk(&bulk, &mut watch)));
            }
            Write::Undo => (self.report)(Report::Reverted(ticket, store.undo())),
            Write::UndoAct(change) => (self.report)(Report::Reverted(ticket, store.undo_act(change))),
            Write::Set { key, value, seen } => {
                (self.report)(Report::Written(ticket, store.set_over(key, &value, Some(&seen))));
            }
            Write::Accept(wish, chosen) => {
                (self.report)(Report::Written(ticket, store.accept(wish, &chosen)));
            }
            Write::Convene(wanted) => (self.report)(Report::Written(ticket, store.convene(&wanted))),
            Write::Desk(at, desk) => {
                let kept = store.keep_desk(at, &desk);
                let nothing = Saved { change: None, records: Vec::new(), doubts: Vec::new() };
                (self.report)(Report::Written(ticket, kept.map(|()| nothing)));
            }
            Write::Erase(at) => (self.report)(Report::Erased(ticket, store.erase(at, &[]).map(Box::new))),
            Write::Redo => (self.report)(Report::Reverted(ticket, store.redo())),
            Write::NewDay(today) => {
                store.set_today(today);
                if let Err(refusal) = store.sweep_left() {
                    (self.report)(Report::Stale(refusal));
                }
                self.refresh();
            }
        }
    }

    /// One round; the last is one that makes no row right.
    fn refresh(&mut self) {
        let right = self.store.as_mut().map_or(Ok(0), |store| store.refresh_stale(STALE_ROWS));
        self.has_stale = right.as_ref().is_ok_and(|right| *right > 0);
        if let Err(refusal) = right {
            (self.report)(Report::Stale(refusal));
        }
    }
}
