//! The end: what waits is written, drafts are kept, the terminal is given back.

use std::time::{Duration, Instant};

use super::{Asks, Ended, Failure, Heard, Loop};
use crate::app::state::State;
use crate::shell::cli::stderr_line;
use crate::shell::terminal;
use crate::texts::{Text, text};

/// How long after it was asked the end waits for what the terminal was asked.
const HEAR_OUT: Duration = Duration::from_millis(400);
/// How long the end waits for the answers to writes: longer than a write waits for the register.
const END_TIME: Duration = Duration::from_secs(12);
/// How long it waits for those of acts on many records and of erasings, where the user left: all of a huge
/// register take some minutes.
const BULK_TIME: Duration = Duration::from_hours(1);
/// How long it waits for writes where the user is gone.
const GRACE: Duration = Duration::from_millis(500);

impl Loop {
    /// Hears what the terminal still answers, so that the shell does not get it typed.
    fn hear_out(&mut self) {
        if let Asks::Asked(at) = self.asks {
            self.keyboard.hear_out(at + HEAR_OUT);
        }
    }

    /// Writes out what waits, keeps the drafts, gives the terminal back.
    /// What is being imported is written to its end only where the user left.
    pub(super) fn end(mut self, ended: &Result<Ended, Failure>) {
        if let Some(files) = self.files.as_ref().filter(|_| !matches!(ended, Ok(Ended::Left))) {
            files.stop();
        }
        self.keeper.flush();
        if matches!(ended, Ok(Ended::Left)) {
            self.hear_out();
        }
        terminal::give_back();
        let is_long = !self.state.bulks.is_empty() || !self.state.erasings.is_empty();
        if matches!(ended, Ok(Ended::Left)) {
            if is_long || self.state.importing.is_some() {
                stderr_line(STILL_WRITING.in_(self.state.lang));
            }
        } else {
            // What is soon written is; nobody waits for an act on many, so none of it is.
            self.hear_writes(GRACE, |state| !state.writing.is_empty() && state.bulks.is_empty());
            self.workers.stop_writing();
        }
        // What was typed is a draft no more once it is written, and only then.
        let patience = match ended {
            Ok(Ended::Left) if !is_long => END_TIME,
            Ok(Ended::Left) => BULK_TIME,
            _ => GRACE,
        };
        self.hear_writes(patience, State::awaits_word_of_drafts);
        self.keeper.close();
        drop(self.screen);
        // Nobody hears any more: a thread that waits to tell something must not keep the end waiting.
        drop(self.heard);
        if matches!(ended, Ok(Ended::Left)) || self.state.writing.is_empty() {
            self.workers.close();
        } else {
            // It waits for another operator's write, which may take long; the end of the process undoes
            // what it has begun.
            std::mem::forget(self.workers);
        }
        drop(self.files);
    }

    /// Hears what the register says as long as this is waited for, at most so long.
    fn hear_writes(&mut self, patience: Duration, is_waiting: impl Fn(&State) -> bool) {
        let until = Instant::now() + patience;
        while is_waiting(&self.state) {
            let next = match self.waiting() {
                Some(event) => Ok(event),
                None => self.heard.recv_timeout(until.saturating_duration_since(Instant::now())),
            };
            match next {
                Ok(Heard::Register(report)) => self.report(report),
                Ok(_) => {}
                Err(_) => return,
            }
        }
    }
}

const STILL_WRITING: Text = text(
    "vendeck: still writing to the register; it ends when that is done.",
    "vendeck：仍在写入登记册，完成后即结束。",
);
