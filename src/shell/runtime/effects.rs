//! What the reducers want done: asked of the threads, the files and the terminal.

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::{Ended, Loop, QUIT_TIME, WRITE_TIME};
use crate::app::{Effect, Msg};
use crate::register::Refusal;
use crate::shell::{clipboard, editor, keys, minutes, paths, terminal, views};
use crate::store::backup::copies;

impl Loop {
    /// Does what is wanted.
    pub(super) fn effect(&mut self, effect: Effect) {
        match effect {
            Effect::Read(slot, ticket, request) => self.workers.ask(slot, ticket, request),
            Effect::Write(ticket, write) => {
                if !self.workers.write(ticket, write) {
                    self.tell(Msg::Written(ticket, Err(Refusal::Busy)));
                }
            }
            Effect::Import(ticket, job) => {
                let opening = self.shown();
                self.files().import(opening, ticket, job);
            }
            Effect::Export(view) => {
                let opening = self.shown();
                self.files().export(opening, view);
            }
            Effect::Check => {
                let opening = self.shown();
                self.files().check(opening);
            }
            Effect::OpenFile(target) => self.open_file(target),
            Effect::Copy(text) => {
                let way = clipboard::HERE.way(&text);
                let _ = terminal::send(&clipboard::bytes(&text, way));
                self.tell(Msg::Copied(text, way));
            }
            Effect::OpenEditor(text) => self.open_editor(&text),
            Effect::KeepDraft(draft) if self.keeps_drafts => self.keeper.keep(draft),
            Effect::DropDraft(id) if self.keeps_drafts => self.keeper.forget(id),
            Effect::KeepDraft(_) | Effect::DropDraft(_) => {}
            Effect::ForgetErased(erased) => {
                self.keeper.erase(&erased);
                editor::forget(&erased);
            }
            Effect::RemoveCopies(paths) => {
                let paths: Vec<PathBuf> = paths.into_iter().map(PathBuf::from).collect();
                self.tell(Msg::CopiesRemoved(copies::discard(&paths)));
            }
            Effect::KeepKeys(bindings) => {
                if let Err(why) = keys::keep(paths::keymap().as_deref(), &bindings) {
                    self.tell(Msg::KeysNotKept(why));
                }
            }
            Effect::GoTo(Some((day, instant))) => self.go_to(day, instant),
            Effect::GoTo(None) => self.come_back(),
            Effect::Begin(with) => {
                let begun = self.begin(with);
                self.tell(Msg::Begun(begun));
            }
            Effect::KeepViews(kind, of) => {
                if let Err(why) = views::keep(paths::views().as_deref(), kind, &of) {
                    self.tell(Msg::ViewsNotKept(why));
                }
            }
            Effect::GiveViews(path, of) => {
                let given = views::give(&paths::typed(&path), &of);
                self.tell(Msg::ViewsGiven(given));
            }
            Effect::TakeViews(path) => {
                let taken = views::take(&paths::typed(&path)).map(Box::new);
                self.tell(Msg::ViewsTaken(taken));
            }
            Effect::Minutes(session, lang) => {
                let written = minutes::write(Path::new("."), &session, lang);
                self.tell(Msg::MinutesWritten(written));
            }
            Effect::CallMe(name) => self.call_me(name),
            Effect::ListFolder(folder) => self.list_folder(folder),
            Effect::Redraw => self.screen.forget(),
            Effect::Suspend => self.suspend(),
            Effect::WakeAfterQuit => self.quit_at = Some(Instant::now() + QUIT_TIME),
            Effect::WakeUnlessWritten(ticket) => self.quiet = Some((ticket, Instant::now() + WRITE_TIME)),
            Effect::Quit => self.outcome = Some(Ok(Ended::Left)),
        }
    }
}
