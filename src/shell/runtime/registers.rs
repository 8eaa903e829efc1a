//! Which register the loop asks: that of the start, the one that is begun with, that of another day.

use std::sync::mpsc::SyncSender;

use chrono::NaiveDate;

use super::{Heard, Loop};
use crate::app::welcome::{Begin, Begun};
use crate::app::{Msg, past};
use crate::register::{Refusal, Write};
use crate::shell::lent::Lent;
use crate::shell::past::Past;
use crate::shell::{fault, paths};
use crate::store::worker::Workers;
use crate::store::{Opening, Store};
use crate::texts::{Sentence, Text, text};

/// The threads of a register, which report to the loop.
pub(super) fn workers(opening: &Opening, store: Option<Store>, tell: &SyncSender<Heard>) -> Workers {
    let reports = tell.clone();
    Workers::start(opening, store, move |report| {
        fault::at("worker");
        let _ = reports.send(Heard::Register(report));
    })
}

impl Loop {
    /// Opens the register to begin with, and shows it from now on.
    pub(super) fn begin(&mut self, with: Begin) -> Result<Begun, Sentence> {
        let said = |refusal: &Refusal| {
            refusal.sentences().into_iter().next().unwrap_or_else(|| Sentence::from(NO_REGISTER))
        };
        let mut opening = self.opening.clone();
        match &with {
            Begin::Demo => {
                let lent = Lent::demo(&opening, None).map_err(|refusal| said(&refusal))?;
                opening = lent.opening.clone();
                self.lent = Some(lent);
            }
            Begin::Open(path) => {
                opening.path = paths::typed(path);
                if !opening.path.exists() {
                    return Err(Sentence::from(NO_FILE).with("path", opening.path.display()));
                }
            }
            Begin::Import(path) if !paths::typed(path).is_file() => {
                return Err(Sentence::from(NO_FILE).with("path", path));
            }
            Begin::Import(_) | Begin::Empty => {}
        }
        let store = Store::open(&opening).map_err(|refusal| said(&refusal))?;
        let base_currency = store.base_currency().map_err(|refusal| said(&refusal))?;
        let has_house_work = store.has_house_work().map_err(|refusal| said(&refusal))?;
        self.keeps_drafts = with != Begin::Demo;
        if self.keeps_drafts {
            self.keeper.turn_to(&opening.path);
        }
        self.turn_to(&opening);
        if has_house_work {
            let _ = self.workers.write(0, Write::NewDay(opening.today));
        }
        let name = opening.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        self.opening = opening;
        Ok(Begun { register: name, base_currency, with })
    }

    /// Makes the register of another day, on a thread of its own.
    pub(super) fn go_to(&mut self, day: NaiveDate, instant: String) {
        let (opening, tell) = (self.opening.clone(), self.ears.clone());
        let made = std::thread::Builder::new().name("past".to_owned()).spawn(move || {
            fault::at("past");
            let _ = tell.send(Heard::Past(day, Past::make(&opening, day, &instant)));
        });
        if let Err(error) = made {
            let why = Sentence::from(NO_THREAD).with("what", error);
            self.tell(Msg::Arrived(Err(Refusal::Io(why))));
        }
    }

    /// Goes to another day at once.
    pub(super) fn tell_as_of(&mut self, day: NaiveDate) {
        let mut wanted = Vec::new();
        past::at(&mut self.state, &day.to_string(), &mut wanted);
        for effect in wanted {
            self.effect(effect);
        }
    }

    /// Whoever works here has another name in the history from now on.
    pub(super) fn call_me(&mut self, name: String) {
        self.opening.actor = name;
        if self.past.is_none() {
            let opening = self.opening.clone();
            self.turn_to(&opening);
        }
    }

    /// Shows the register of another day, if it is still wanted.
    pub(super) fn went(&mut self, day: NaiveDate, made: Result<Past, Refusal>) {
        match made {
            Ok(past) if self.state.going == Some(day) => {
                self.turn_to(&past.opening);
                self.past = Some(past);
                self.tell(Msg::Arrived(Ok(Some(day))));
            }
            Ok(_) => {}
            Err(refusal) => self.tell(Msg::Arrived(Err(refusal))),
        }
    }

    pub(super) fn come_back(&mut self) {
        let opening = self.opening.clone();
        self.turn_to(&opening);
        self.past = None;
        self.tell(Msg::Arrived(Ok(None)));
    }

    /// Asks another register from now on; what was to be written is written.
    pub(super) fn turn_to(&mut self, opening: &Opening) {
        let new = workers(opening, None, &self.ears);
        // The old threads may wait to tell something: nobody waits for them here.
        let old = std::mem::replace(&mut self.workers, new);
        let _ = std::thread::Builder::new().name("closing".to_owned()).spawn(move || old.close());
    }

    /// How what is shown now is opened.
    pub(super) fn shown(&self) -> Opening {
        let opening = self.past.as_ref().map_or(&self.opening, |past| &past.opening);
        let today = if self.past.is_some() { opening.today } else { self.state.today };
        Opening { today, ..opening.clone() }
    }
}

const NO_REGISTER: Text = text("The register cannot be opened.", "无法打开登记册。");
const NO_FILE: Text = text("There is no file at {path}.", "{path} 处没有文件。");
pub(super) const NO_THREAD: Text = text("No thread can be started ({what}).", "无法启动线程（{what}）。");
