//! Drafts on disk: what is typed in a form is there again after a crash, a closed terminal or a
//! power cut of the line.
//!
//! Each process keeps its drafts in one private file of its own, of a random name, which it holds
//! locked; a file that nobody holds was left by a process that is gone, and is offered at the
//! next start. The number of a process says nothing: in a container each has the same.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::app::draft::{Draft, DraftId};
use crate::register::erase::Erasure;
use crate::shell::private;

/// The least time between two writes; what is typed is never further behind than this and the
/// time of one write.
const PAUSE: Duration = Duration::from_millis(150);

/// The extension of a file of drafts.
const WHOLE: &str = "json";
/// The extension of a file that is being written.
const PART: &str = "new";

/// What a file holds.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    /// The register the drafts belong to, as [`the_one`] names it.
    register: String,
    /// The drafts.
    drafts: Vec<Draft>,
}

/// Keeps the drafts of this process.
#[derive(Debug)]
pub struct Keeper {
    state: Mutex<State>,
    wake: Condvar,
}

#[derive(Debug)]
struct State {
    /// Where this process's file is, or will be.
    path: PathBuf,
    /// The file as it was written last, locked.
    file: Option<File>,
    kept: Kept,
    dirty: bool,
    closed: bool,
}

impl Keeper {
    /// A keeper for a register; its file is made when there is something to keep.
    #[must_use]
    pub fn new(folder: &Path, register: &Path) -> Self {
        let path = folder.join(private::name()).with_extension(WHOLE);
        let kept = Kept { register: the_one(register), drafts: Vec::new() };
        let state = State { path, file: None, kept, dirty: false, closed: false };
        Self { state: Mutex::new(state), wake: Condvar::new() }
    }

    /// Keeps drafts for another register from now on; none was kept for the one before.
    pub fn turn_to(&self, register: &Path) {
        self.lock().kept.register = the_one(register);
    }

    /// Takes over the drafts that processes left which are gone, and numbers them anew, the
    /// newest file last: each process counted for itself. Their files are removed once their
    /// content is in this one's.
    pub fn adopt(&self) -> Vec<Draft> {
        let mut state = self.lock();
        let Some(folder) = state.path.parent() else { return Vec::new() };
        let mut left = Vec::new();
        for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            match path.extension().and_then(|extension| extension.to_str()) {
                Some(WHOLE) => left.extend(Left::at(path, &state.kept.register)),
                // A process ended while it wrote; its last whole file is beside.
                Some(PART) => drop(hold(&path).map(|_held| fs::remove_file(&path))),
                _ => {}
            }
        }
        left.sort_by_key(|left| left.held.metadata().and_then(|data| data.modified()).ok());
        let drafts = left.iter_mut().flat_map(|left| std::mem::take(&mut left.kept.drafts));
        state.kept.drafts = (1..).zip(drafts).map(|(id, draft)| Draft { id, ..draft }).collect();
        if !left.is_empty() {
            state.dirty = true;
            write(&mut state);
        }
        if !state.dirty {
            for left in &left {
                let _ = fs::remove_file(&left.path);
            }
        }
        state.kept.drafts.clone()
    }

    /// Keeps a draft; it is on disk within half a second.
    pub fn keep(&self, draft: Draft) {
        let mut state = self.lock();
        match state.kept.drafts.iter_mut().find(|kept| kept.id == draft.id) {
            Some(kept) => *kept = draft,
            None => state.kept.drafts.push(draft),
        }
        state.dirty = true;
        drop(state);
        self.wake.notify_one();
    }

    /// Forgets a draft.
    pub fn forget(&self, id: DraftId) {
        let mut state = self.lock();
        let before = state.kept.drafts.len();
        state.kept.drafts.retain(|kept| kept.id != id);
        if state.kept.drafts.len() != before {
            state.dirty = true;
            drop(state);
            self.wake.notify_one();
        }
    }

    /// Forgets, here and in what programs left that are gone, every draft of an erased record and every
    /// one that holds a word of it; now, and not with the next write. How many files of programs that
    /// still run hold it: those forget it when their form is saved or left.
    pub fn erase(&self, erased: &Erasure) -> usize {
        let mut state = self.lock();
        let stays = |draft: &Draft| !draft.holds(erased);
        let before = state.kept.drafts.len();
        state.kept.drafts.retain(stays);
        if state.kept.drafts.len() != before {
            state.dirty = true;
            write(&mut state);
        }
        let Some(folder) = state.path.parent() else { return 0 };
        let all = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let others =
            all.filter(|path| *path != state.path && path.extension().is_some_and(|end| end == WHOLE));
        let mut held = 0;
        for path in others {
            let Some(mut left) = Left::at(path.clone(), &state.kept.register) else {
                held += usize::from(
                    Left::of_running(&path, &state.kept.register).iter().any(|draft| !stays(draft)),
                );
                continue;
            };
            let before = left.kept.drafts.len();
            left.kept.drafts.retain(stays);
            if left.kept.drafts.is_empty() {
                let _ = fs::remove_file(&left.path);
            } else if left.kept.drafts.len() != before {
                // The lock goes with the old file, and the new one is nobody's.
                let _ = replaced(&left.path, &left.kept);
            }
        }
        held
    }

    /// Writes what is not yet on disk, now.
    pub fn flush(&self) {
        let mut state = self.lock();
        if state.dirty {
            write(&mut state);
        }
    }

    /// The work of the keeper's thread: writes when something changed, until [`Keeper::close`].
    pub fn run(&self) {
        let mut state = self.lock();
        loop {
            while !state.dirty && !state.closed {
                state = self.wake.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
            if state.dirty {
                write(&mut state);
            }
            if state.closed {
                return;
            }
            drop(state);
            std::thread::park_timeout(PAUSE);
            state = self.lock();
        }
    }

    /// Writes what is left and ends the thread. A file without drafts is removed.
    pub fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        if state.dirty {
            write(&mut state);
        }
        if state.kept.drafts.is_empty() && state.file.take().is_some() {
            let _ = fs::remove_file(&state.path);
        }
        drop(state);
        self.wake.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The name of a register, the same from every folder and by every link. Its bytes are escaped:
/// a path that is no text has drafts too.
fn the_one(register: &Path) -> String {
    let path = fs::canonicalize(register).or_else(|_| std::path::absolute(register));
    path.as_deref().unwrap_or(register).as_os_str().as_encoded_bytes().escape_ascii().to_string()
}

/// A file that its process left; held, so that no other process takes it over too.
struct Left {
    path: PathBuf,
    kept: Kept,
    held: File,
}

impl Left {
    /// The drafts in the file of a program that may still run.
    fn of_running(path: &Path, register: &str) -> Vec<Draft> {
        let kept = fs::read_to_string(path).ok().and_then(|text| serde_json::from_str::<Kept>(&text).ok());
        kept.filter(|kept| kept.register == register).map(|kept| kept.drafts).unwrap_or_default()
    }

    fn at(path: PathBuf, register: &str) -> Option<Self> {
        let read = |text: &str| -> Option<Kept> {
            serde_json::from_str(text).ok().filter(|kept: &Kept| kept.register == register)
        };
        // Looked at before it is held: who starts with its register now must find it free.
        read(&fs::read_to_string(&path).ok()?)?;
        let mut held = hold(&path)?;
        let mut text = String::new();
        held.read_to_string(&mut text).ok()?;
        Some(Self { kept: read(&text)?, path, held })
    }
}

/// The file at a path, locked, unless a living process holds it.
fn hold(path: &Path) -> Option<File> {
    let file = OpenOptions::new().read(true).write(true).open(path).ok()?;
    file.try_lock().ok()?;
    // Between opening and locking it may have been replaced by its process or taken by another.
    let is_there = fs::metadata(path).ok()?.ino() == file.metadata().ok()?.ino();
    is_there.then_some(file)
}

/// Writes the drafts over the file. After a failure the next turn tries again.
fn write(state: &mut State) {
    if state.file.is_some() || !state.kept.drafts.is_empty() {
        let Ok(file) = replaced(&state.path, &state.kept) else { return };
        state.file = Some(file);
    }
    state.dirty = false;
}

/// Writes beside and moves over: a kill in between leaves the older drafts whole.
fn replaced(path: &Path, kept: &Kept) -> io::Result<File> {
    let part = path.with_extension(PART);
    let mut file = private::create(&part)?;
    let moved = file
        .lock()
        .and_then(|()| file.write_all(&serde_json::to_vec(kept)?))
        .and_then(|()| fs::rename(&part, path));
    if moved.is_err() {
        let _ = fs::remove_file(&part);
    }
    moved.map(|()| file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::draft::{DraftField, DraftForm};
    use std::collections::BTreeMap;
    use std::os::unix::fs::PermissionsExt;

    fn draft(code: &str, text: &str) -> Draft {
        let field = DraftField {
            text: text.to_owned(),
            picked: None,
            was: String::new(),
            seen: serde_json::Value::Null,
        };
        Draft {
            id: 1,
            form: DraftForm { kind: "vendor".to_owned(), code: code.to_owned(), linked: String::new() },
            name: "Acme".to_owned(),
            fields: BTreeMap::from([("name".to_owned(), field)]),
            focus: "name".to_owned(),
        }
    }

    fn files(folder: &Path) -> Vec<PathBuf> {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
    }

    #[test]
    fn drafts_of_a_process_that_is_gone_come_back_byte_for_byte() {
        let folder = tempfile::tempdir().unwrap();
        let register = Path::new("/r.db");
        let typed = "腾云\u{202e} \t半";
        let gone = Keeper::new(folder.path(), register);
        gone.keep(draft("V-0001", typed));
        gone.flush();
        let left = files(folder.path());
        assert_eq!(left.len(), 1);
        assert_eq!(fs::metadata(&left[0]).unwrap().permissions().mode() & 0o777, 0o600);
        // A kill: nothing is closed, and the next process may well have the same number.
        drop(gone);
        assert!(Keeper::new(folder.path(), Path::new("/other.db")).adopt().is_empty());
        let next = Keeper::new(folder.path(), register);
        assert_eq!(next.adopt(), vec![draft("V-0001", typed)]);
        assert!(!left[0].exists(), "what was taken over is left behind");
        assert_eq!(files(folder.path()).len(), 1);
    }

    #[test]
    fn drafts_of_a_living_process_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let living = Keeper::new(folder.path(), Path::new("/r.db"));
        living.keep(draft("", "x"));
        living.flush();
        let own = File::options().write(true).open(&files(folder.path())[0]).unwrap();
        own.set_modified(std::time::UNIX_EPOCH).unwrap();
        let beside = Keeper::new(folder.path(), Path::new("/r.db"));
        assert!(beside.adopt().is_empty());
        beside.keep(draft("", "y"));
        beside.flush();
        drop((living, beside));
        let both = Keeper::new(folder.path(), Path::new("/r.db")).adopt();
        let told: Vec<_> = both.iter().map(|draft| (draft.id, draft.fields["name"].text.as_str())).collect();
        assert_eq!(told, [(1, "x"), (2, "y")], "the newest comes last");
    }

    #[test]
    fn a_register_is_the_same_by_every_path_that_leads_to_it() {
        let home = tempfile::tempdir().unwrap();
        let (register, link) = (home.path().join("r.db"), home.path().join("link.db"));
        fs::write(&register, "").unwrap();
        std::os::unix::fs::symlink(&register, &link).unwrap();
        let folder = home.path().join("drafts");
        let gone = Keeper::new(&folder, &link);
        gone.keep(draft("", "x"));
        gone.flush();
        drop(gone);
        assert_eq!(Keeper::new(&folder, &register).adopt(), vec![draft("", "x")]);
    }

    #[test]
    fn drafts_of_an_erased_record_go_and_those_that_hold_its_words() {
        let folder = tempfile::tempdir().unwrap();
        let register = Path::new("/r.db");
        let gone = Keeper::new(folder.path(), register);
        for (id, code, typed) in
            [(1, "CT-0003", "x"), (2, "V-0001", "ask Wang Min first"), (3, "V-0002", "y")]
        {
            gone.keep(Draft { id, ..draft(code, typed) });
        }
        gone.flush();
        drop(gone);
        let running = Keeper::new(folder.path(), register);
        running.keep(draft("", "for wang min"));
        running.flush();
        let mut erasure = Erasure { code: "CT-0003".to_owned(), ..Erasure::default() };
        erasure.words.add_name("Wang Min");
        let own = Keeper::new(folder.path(), register);
        own.keep(draft("CT-0003", "z"));
        assert_eq!(own.erase(&erasure), 1, "one that runs still holds it");
        let texts: String =
            files(folder.path()).iter().map(|path| fs::read_to_string(path).unwrap()).collect();
        assert!(!texts.contains("CT-0003") && !texts.contains("Wang Min"), "{texts}");
        assert!(texts.contains("V-0002") && texts.contains("for wang min"), "{texts}");
        assert_eq!(running.erase(&erasure), 0);
        let left = Keeper::new(folder.path(), register).adopt();
        assert_eq!(left.iter().map(|draft| draft.form.code.as_str()).collect::<Vec<_>>(), ["V-0002"]);
    }

    #[test]
    fn what_a_killed_process_was_writing_is_swept_away() {
        let folder = tempfile::tempdir().unwrap();
        let half = folder.path().join("0.new");
        fs::write(&half, "{").unwrap();
        Keeper::new(folder.path(), Path::new("/r.db")).adopt();
        assert!(!half.exists());
    }
}
