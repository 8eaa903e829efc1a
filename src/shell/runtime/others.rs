//! What the loop leaves to others: the user's editor, the shell that stopped it, the programs that open
//! files, the thread that reads lists and writes views out.

use std::time::Instant;

use super::registers::NO_THREAD;
use super::{Ended, Heard, Loop};
use crate::app::Msg;
use crate::app::geometry::Size;
use crate::app::reference::Opened;
use crate::shell::files::{self, Files};
use crate::shell::{clipboard, editor, fault, paths, reference, signals, terminal};
use crate::texts::Sentence;

impl Loop {
    /// Has the desktop open a file or link, on a thread of its own: it may take its time.
    pub(super) fn open_file(&mut self, target: String) {
        if !reference::has_desktop(|name| clipboard::HERE.has(name)) {
            let way = clipboard::HERE.way(&target);
            let _ = terminal::send(&clipboard::bytes(&target, way));
            return self.tell(Msg::Opened(Opened::Elsewhere(target, way)));
        }
        let (register, tell) = (self.opening.path.clone(), self.ears.clone());
        let open = move || {
            fault::at("open");
            let opened = match reference::open(&target, &register) {
                Ok(()) => Opened::Here(target),
                Err(why) => Opened::Failed(why),
            };
            let _ = tell.send(Heard::Opened(opened));
        };
        if let Err(error) = std::thread::Builder::new().name("open".to_owned()).spawn(open) {
            let why = Sentence::from(NO_THREAD).with("what", error);
            self.tell(Msg::Opened(Opened::Failed(why)));
        }
    }

    /// Reads what a folder holds, on a thread of its own: one over the network may take its time.
    pub(super) fn list_folder(&self, typed: String) {
        let tell = self.ears.clone();
        let list = move || {
            fault::at("folder");
            let _ = tell.send(Heard::Listed(paths::listed(typed)));
        };
        // Without a thread nothing is offered, and a path is typed as ever.
        let _ = std::thread::Builder::new().name("folder".to_owned()).spawn(list);
    }

    /// The thread of files, which is started when it is first wanted.
    pub(super) fn files(&mut self) -> &Files {
        let tell = &self.ears;
        self.files.get_or_insert_with(|| {
            let tell = tell.clone();
            Files::start(move |heard| {
                fault::at("files");
                let _ = tell.send(match heard {
                    files::Heard::Import(ticket, told) => Heard::Import(ticket, told),
                    files::Heard::Export(told) => Heard::Export(told),
                    files::Heard::Checked(found) => Heard::Checked(found),
                });
            })
        })
    }

    /// Leaves the keys to another program; what is heard meanwhile is for later.
    pub(super) fn leave_keys(&mut self) {
        let (heard, backlog) = (&self.heard, &mut self.backlog);
        self.keyboard.pause(|| backlog.extend(heard.try_iter()));
    }

    pub(super) fn open_editor(&mut self, text: &str) {
        self.leave_keys();
        terminal::give_back();
        let result = editor::edit(text);
        let taken = self.screen.take_again();
        self.keyboard.resume();
        if taken.is_err() {
            self.outcome = Some(Ok(Ended::TerminalGone));
            return;
        }
        self.tell(Msg::Edited(result));
    }

    /// Gives the terminal back and stops; goes on when the shell says so.
    pub(super) fn suspend(&mut self) {
        self.leave_keys();
        self.keeper.flush();
        terminal::give_back();
        signals::stop();
        self.continued();
        self.keyboard.resume();
    }

    pub(super) fn continued(&mut self) {
        if self.screen.take_again().is_err() {
            self.outcome = Some(Ok(Ended::TerminalGone));
        }
        self.dirty_since.get_or_insert_with(Instant::now);
        if let Ok((width, height)) = crossterm::terminal::size() {
            self.tell(Msg::Resized(Size { width, height }));
        }
    }
}
