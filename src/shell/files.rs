//! The thread of files: reads lists of others in and writes views out while the screen goes on.
//!
//! A newer wish stops the trying of an older one; what is being written is never stopped. It has a
//! connection of its own, so that neither questions nor saves wait for it but for the lock.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::domain::money::MoneyRules;
use crate::entity::input::Reading;
use crate::entity::{Column, Shape, Value};
use crate::intake::dates::DateOrder;
use crate::intake::decode::Encoding;
use crate::limits;
use crate::register::export::{Format, Told as ExportTold, View};
use crate::register::finding::Finding;
use crate::register::import::{About, Done, Job, Judged, Seen, Told, Wish};
use crate::register::{Act, Refusal, Ticket, code_of};
use crate::shell::export::{Heading, Words, Writer};
use crate::shell::import::outcome::Outcome;
use crate::shell::import::plan::{Asked, Plan};
use crate::shell::import::source::{self, Loaded, Source};
use crate::shell::import::{Halted, look, rejects, rows};
use crate::shell::records::CODE;
use crate::shell::save::{Existing, not_saved, save};
use crate::shell::{deadlines, paths, reference};
use crate::store::backup::Before;
use crate::store::{Access, Opening, Store};
use crate::texts::{Sentence, Text, text};

/// Time between two reports of how far it is.
const PROGRESS: Duration = Duration::from_millis(100);
/// Rejected rows whose reasons are told; the file has them all.
const NAMED: usize = 20;

/// No ticket: nothing is tried any more.
const LEFT: Ticket = Ticket::MAX - 1;
/// No ticket: nothing is written any more.
const STOPPED: Ticket = Ticket::MAX;

/// The running thread.
#[derive(Debug)]
pub(in crate::shell) struct Files {
    jobs: Option<SyncSender<Work>>,
    newest: Arc<AtomicU64>,
    thread: Option<JoinHandle<()>>,
}

/// What the thread does.
enum Work {
    Import(Opening, Ticket, Job),
    Export(Opening, View),
    Check(Opening),
}

/// What it tells.
pub(in crate::shell) enum Heard {
    /// Of an import.
    Import(Ticket, Told),
    /// Of a view that is being written.
    Export(ExportTold),
    /// What a check found.
    Checked(Result<Vec<Finding>, Refusal>),
}

impl Files {
    /// Starts the thread with its first job to come. What it tells goes to `tell`.
    pub(in crate::shell) fn start(tell: impl Fn(Heard) + Send + 'static) -> Self {
        let (jobs, queue) = sync_channel(limits::QUEUE);
        let newest = Arc::new(AtomicU64::new(0));
        let watched = Arc::clone(&newest);
        let work = move || {
            let told = |ticket, told| tell(Heard::Import(ticket, told));
            let mut desk = Desk { tell: &told, newest: watched, held: None };
            desk.run(&queue, &tell);
        };
        let thread = std::thread::Builder::new().name("files".to_owned()).spawn(work).ok();
        Self { jobs: Some(jobs), newest, thread }
    }

    /// Gives it a file to look at or to read in; what it tries for an older wish stops.
    pub(in crate::shell) fn import(&self, opening: Opening, ticket: Ticket, job: Job) {
        self.newest.store(ticket, Ordering::Release);
        self.give(Work::Import(opening, ticket, job));
    }

    /// Gives it a view to write.
    pub(in crate::shell) fn export(&self, opening: Opening, view: View) {
        self.give(Work::Export(opening, view));
    }

    /// Has it check the register.
    pub(in crate::shell) fn check(&self, opening: Opening) {
        self.give(Work::Check(opening));
    }

    fn give(&self, work: Work) {
        if let Some(jobs) = &self.jobs {
            // A full queue holds more than anybody waits for.
            let _ = jobs.try_send(work);
        }
    }
}

impl Files {
    /// Stops what is being written, too: nothing of it is kept.
    pub(in crate::shell) fn stop(&self) {
        self.newest.store(STOPPED, Ordering::Release);
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        let _ = self.newest.fetch_max(LEFT, Ordering::AcqRel);
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct Desk<'t> {
    tell: &'t dyn Fn(Ticket, Told),
    newest: Arc<AtomicU64>,
    /// The file that was read last: another field for a column does not read it again.
    held: Option<(Read, Loaded)>,
}

/// What says how a file is read.
#[derive(PartialEq)]
struct Read {
    path: String,
    sheet: Option<usize>,
    encoding: Option<&'static str>,
}

impl Desk<'_> {
    fn run(&mut self, queue: &Receiver<Work>, tell: &dyn Fn(Heard)) {
        while let Ok(work) = queue.recv() {
            let (opening, ticket, job) = match work {
                Work::Import(opening, ticket, job) => (opening, ticket, job),
                Work::Export(opening, view) => {
                    let told = self.export(&opening, &view, &|told| tell(Heard::Export(told)));
                    tell(Heard::Export(told.unwrap_or_else(ExportTold::Failed)));
                    continue;
                }
                Work::Check(opening) => {
                    tell(Heard::Checked(reference::check(&opening)));
                    continue;
                }
            };
            let told = match job {
                Job::Forget => {
                    self.held = None;
                    continue;
                }
                // Where a newer one waits, this is not wanted any more.
                Job::Try(_) if self.newest.load(Ordering::Acquire) != ticket => continue,
                Job::Try(wish) => self.try_out(&opening, ticket, &wish),
                Job::Write(wish) => self.write(&opening, ticket, &wish),
            };
            match told {
                Ok(told) => (self.tell)(ticket, told),
                Err(Halted::Refused(Refusal::Interrupted)) => {}
                Err(halted) => (self.tell)(ticket, Told::Failed(halted.sentence())),
            }
        }
    }

    /// Says what is in the file, and goes through its rows where nothing must be asked first.
    fn try_out(&mut self, opening: &Opening, ticket: Ticket, wish: &Wish) -> Result<Told, Halted> {
        let mut store = Store::again(opening)?;
        let base = store.base_currency()?;
        if let Err(halted) = self.load(wish) {
            return unread(&halted, wish);
        }
        let loaded = self.loaded()?;
        let kind = wish.kind.unwrap_or_else(|| look::sense(&loaded.table));
        let asked = asked(opening, wish, loaded, base);
        let plan = Plan::make(&loaded.table, asked);
        let seen = look::seen(loaded, wish, kind, base, &plan).map_err(Halted::Usage)?;
        let is_asked = seen.question.is_some();
        (self.tell)(ticket, Told::Seen(Box::new(seen)));
        let plan = match plan {
            Ok(plan) if !is_asked => plan,
            _ => return Err(Halted::Refused(Refusal::Interrupted)),
        };
        let mut watch = self.watch(ticket, Stops::ForNewer);
        let mut txn = store.begin(Act::Import)?;
        let outcome =
            rows::enter(&mut txn, &plan, &loaded.table, &mut |done| watch(done, loaded.table.rows.len()))?;
        Ok(Told::Tried(judged(&outcome, wish)))
    }

    /// Reads the file in, with a copy of the register from before and a file of what is rejected.
    fn write(&mut self, opening: &Opening, ticket: Ticket, wish: &Wish) -> Result<Told, Halted> {
        let mut store = Store::again(opening)?;
        let base = store.base_currency()?;
        self.load(wish)?;
        let loaded = self.loaded()?;
        let plan = Plan::make(&loaded.table, asked(opening, wish, loaded, base))?;
        let precaution = store.copy_before(Before::Import)?;
        let mut watch = self.watch(ticket, Stops::Never);
        let mut txn = store.begin(Act::Import)?;
        let outcome =
            rows::enter(&mut txn, &plan, &loaded.table, &mut |done| watch(done, loaded.table.rows.len()))?;
        // Before the commit: an import whose rejected rows cannot be kept does not happen.
        let written =
            rejects::write(&paths::typed(&wish.path), None, &loaded.table, &outcome.rejected, wish.lang)?;
        let saved = txn.commit()?;
        let copy =
            precaution.filter(|_| saved.change.is_some()).map(|copy| copy.keep().display().to_string());
        let done = Done {
            judged: judged(&outcome, wish),
            rejects: written.map(|path| path.display().to_string()),
            copy,
        };
        Ok(Told::Done(Box::new(done)))
    }

    /// Writes a view to a file that is not there yet.
    fn export(
        &self,
        opening: &Opening,
        view: &View,
        tell: &dyn Fn(ExportTold),
    ) -> Result<ExportTold, Sentence> {
        let path = paths::typed(&view.path);
        let words = match view.format {
            Format::Csv | Format::Json => Words::Exact,
            Format::Markdown | Format::Xlsx => Words::Shown(view.lang),
            Format::Ics => return self.export_deadlines(opening, view),
        };
        let mut writer = Writer::new(view.format, headings(view), words)?;
        let opening = Opening { access: Access::Read, ..opening.clone() };
        let store = Store::again(&opening).map_err(|refusal| first(&refusal))?;
        let (mut told, mut broken) = (Instant::now(), None);
        let places = places(view);
        let rows = store.each_row(&view.query, view.only.as_deref(), |row, at, all| {
            if told.elapsed() >= PROGRESS {
                told = Instant::now();
                tell(ExportTold::Progress(at, all));
            }
            let code = Value::Text(code_of(row.at));
            let cell = |place: &Option<usize>| place.and_then(|at| row.cells.get(at)).cloned();
            let cells = places.iter().map(|place| cell(place).unwrap_or(Value::Null));
            let values: Vec<Value> = std::iter::once(code).chain(cells).collect();
            broken = writer.row(&values).err();
            let is_stopped = self.newest.load(Ordering::Acquire) == STOPPED;
            if broken.is_some() || is_stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        let rows = rows.map_err(|refusal| broken.take().unwrap_or_else(|| first(&refusal)))?;
        let bytes = writer.finish()?;
        save(&path, Existing::Kept, &bytes).map_err(|error| not_saved(&path, &error))?;
        Ok(ExportTold::Done(path.display().to_string(), rows))
    }

    /// Writes the deadlines of a view's records to a file that is not there yet.
    fn export_deadlines(&self, opening: &Opening, view: &View) -> Result<ExportTold, Sentence> {
        let opening = Opening { access: Access::Read, ..opening.clone() };
        let store = Store::again(&opening).map_err(|refusal| first(&refusal))?;
        let mut records = BTreeSet::new();
        let rows = store.each_row(&view.query, view.only.as_deref(), |row, _, _| {
            records.insert(row.at);
            let is_stopped = self.newest.load(Ordering::Acquire) == STOPPED;
            if is_stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        rows.map_err(|refusal| first(&refusal))?;
        let found = deadlines::of(&store, view.lang, |at| records.contains(&at));
        let (bytes, count) =
            found.map_err(|refusal| first(&refusal))?.ok_or_else(|| Sentence::from(deadlines::NONE))?;
        let path = paths::typed(&view.path);
        save(&path, Existing::Kept, &bytes).map_err(|error| not_saved(&path, &error))?;
        Ok(ExportTold::Done(path.display().to_string(), count))
    }

    /// Reads the file, unless it was read last.
    fn load(&mut self, wish: &Wish) -> Result<(), Halted> {
        let read = Read { path: wish.path.clone(), sheet: wish.sheet, encoding: wish.encoding };
        if self.held.as_ref().is_none_or(|(held, _)| *held != read) {
            self.held = None;
            let sheet = wish.sheet.map(|sheet| (sheet + 1).to_string());
            let encoding = wish.encoding.and_then(Encoding::from_name);
            let how = Source { encoding, sheet: sheet.as_deref() };
            self.held = Some((read, source::read(&paths::typed(&wish.path), &how)?));
        }
        Ok(())
    }

    fn loaded(&self) -> Result<&Loaded, Halted> {
        self.held.as_ref().map(|(_, loaded)| loaded).ok_or(Halted::Refused(Refusal::Interrupted))
    }

    /// Tells now and then how far it is, and stops for a newer job.
    fn watch(&self, ticket: Ticket, stops: Stops) -> impl FnMut(usize, usize) -> ControlFlow<()> {
        let mut told = Instant::now();
        let (tell, newest) = (self.tell, Arc::clone(&self.newest));
        move |done, all| {
            let wanted = newest.load(Ordering::Acquire);
            if wanted == STOPPED || (stops == Stops::ForNewer && wanted != ticket) {
                return ControlFlow::Break(());
            }
            if told.elapsed() >= PROGRESS {
                told = Instant::now();
                tell(ticket, Told::Progress(done, all));
            }
            ControlFlow::Continue(())
        }
    }
}

/// How the rows of a file are read.
fn asked(opening: &Opening, wish: &Wish, loaded: &Loaded, base: crate::domain::money::Currency) -> Asked {
    let money = MoneyRules { currency: wish.currency, base, decimal: wish.decimal.unwrap_or_default() };
    Asked {
        kind: wish.kind.unwrap_or_else(|| look::sense(&loaded.table)),
        map: look::map_of(wish),
        set: Vec::new(),
        key: Vec::new(),
        dates: wish.dates.and_then(DateOrder::from_name),
        reading: Reading { today: opening.today, money },
        source: paths::typed(&wish.path).file_name().unwrap_or_default().to_string_lossy().into_owned(),
    }
}

/// What a job stops for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stops {
    ForNewer,
    Never,
}

/// What is told of a file that could not be read at all: a question, where an answer would help.
fn unread(halted: &Halted, wish: &Wish) -> Result<Told, Halted> {
    let question = look::asked(halted).map_err(Halted::Usage)?;
    if !matches!(question.about, About::Encoding(_)) {
        return Err(Halted::Usage(question.sentence));
    }
    Ok(Told::Seen(Box::new(Seen {
        kind: wish.kind.unwrap_or(crate::entity::Kind::Vendor),
        sheets: Vec::new(),
        sheet: 0,
        rows: 0,
        columns: Vec::new(),
        notes: Vec::new(),
        dates: None,
        has: crate::register::import::Holds::default(),
        question: Some(question),
    })))
}

/// What stands above the columns: the code, then those of the view.
fn headings(view: &View) -> Vec<Heading> {
    let table = view.query.kind.table();
    let code = Heading { key: CODE, label: CODE_LABEL.in_(view.lang).to_owned(), shape: Shape::Line };
    let heading = |column: &Column| {
        let head = table.head(*column);
        Heading { key: head.key, label: head.label.in_(view.lang).to_owned(), shape: head.shape }
    };
    std::iter::once(code).chain(view.columns.iter().map(heading)).collect()
}

/// Where the columns of the view stand among the cells of a row: those that every list of the kind
/// has, then those that this one wants beside them.
fn places(view: &View) -> Vec<Option<usize>> {
    let loaded = view.query.kind.table().columns.iter().chain(&view.query.extra);
    let place = |column: &Column| loaded.clone().position(|loaded| loaded == column);
    view.columns.iter().map(place).collect()
}

fn first(refusal: &Refusal) -> Sentence {
    refusal.sentences().into_iter().next().unwrap_or_else(|| Sentence::from(NOT_WRITTEN))
}

fn judged(outcome: &Outcome, wish: &Wish) -> Judged {
    Judged {
        read: outcome.read,
        imported: outcome.imported,
        changed: outcome.changed,
        unchanged: outcome.unchanged,
        rejected: outcome.rejected.len(),
        vendors_created: outcome.vendors_created,
        first: outcome.rejected.iter().take(NAMED).map(|one| look::reason(one, wish.lang)).collect(),
    }
}

const CODE_LABEL: Text = text("Code", "编号");
const NOT_WRITTEN: Text = text("The file was not written.", "文件未写入。");
