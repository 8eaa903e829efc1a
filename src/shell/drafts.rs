//! Drafts on disk: what is typed in a form is there again after a crash, a closed terminal or a
//! power cut of the line.
//!
//! Each process keeps its drafts in one private file of its own, which it holds locked; a file
//! that nobody holds was left by a process that is gone, and is offered at the next start.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::app::draft::{Draft, DraftId};

/// The least time between two writes; what is typed is never further behind than this and the
/// time of one write.
const PAUSE: Duration = Duration::from_millis(150);

/// What a file holds.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    /// The register the drafts belong to.
    register: PathBuf,
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
    file: Option<File>,
    path: PathBuf,
    kept: Kept,
    dirty: bool,
    closed: bool,
}

impl Keeper {
    /// A keeper for a register; its file is made when there is something to keep.
    #[must_use]
    pub fn new(folder: &Path, register: &Path) -> Self {
        let path = folder.join(format!("{}.json", std::process::id()));
        let kept = Kept { register: register.to_path_buf(), drafts: Vec::new() };
        let state = State { file: None, path, kept, dirty: false, closed: false };
        Self { state: Mutex::new(state), wake: Condvar::new() }
    }

    /// Takes over the drafts that processes left which are gone, and numbers them anew: each
    /// process counted for itself. Their files are removed once their content is in this one's.
    pub fn adopt(&self) -> Vec<Draft> {
        let mut state = self.lock();
        let Some(folder) = state.path.parent().map(Path::to_path_buf) else { return Vec::new() };
        let mut emptied = Vec::new();
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.extension().is_none_or(|e| e != "json") || path == state.path {
                continue;
            }
            if let Some(kept) = abandoned(&path)
                && kept.register == state.kept.register
            {
                state.kept.drafts.extend(kept.drafts);
                emptied.push(path);
            }
        }
        for (id, draft) in (1..).zip(&mut state.kept.drafts) {
            draft.id = id;
        }
        if !state.kept.drafts.is_empty() {
            state.dirty = true;
            write(&mut state);
        }
        let found = state.kept.drafts.clone();
        if !state.dirty {
            for path in emptied {
                let _ = fs::remove_file(path);
            }
        }
        found
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

/// The drafts of a file that no process holds.
fn abandoned(path: &Path) -> Option<Kept> {
    let mut file = OpenOptions::new().read(true).write(true).open(path).ok()?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock | TryLockError::Error(_)) => return None,
    }
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok()
}

/// Writes the drafts over the file. A failure leaves them to be written with the next key.
fn write(state: &mut State) {
    if state.file.is_none() && state.kept.drafts.is_empty() {
        state.dirty = false;
        return;
    }
    if state.file.is_none() {
        state.file = open(&state.path).ok();
    }
    let Some(file) = &mut state.file else { return };
    let Ok(text) = serde_json::to_vec(&state.kept) else { return };
    // Written beside and moved over: a kill in between leaves the older drafts whole.
    let fresh = state.path.with_extension("new");
    let written = private(&fresh).and_then(|mut new| {
        new.write_all(&text)?;
        new.lock()?;
        fs::rename(&fresh, &state.path)?;
        Ok(new)
    });
    match written {
        Ok(new) => {
            *file = new;
            let _ = file.rewind();
            state.dirty = false;
        }
        Err(_) => drop(fs::remove_file(&fresh)),
    }
}

fn open(path: &Path) -> std::io::Result<File> {
    if let Some(folder) = path.parent() {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    let file = private(path)?;
    file.lock()?;
    Ok(file)
}

fn private(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(true).mode(0o600).open(path)
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
            fields: BTreeMap::from([("name".to_owned(), field)]),
            focus: "name".to_owned(),
        }
    }

    #[test]
    fn drafts_of_a_process_that_is_gone_come_back_byte_for_byte() {
        let folder = tempfile::tempdir().unwrap();
        let register = Path::new("/r.db");
        let typed = "腾云\u{202e} \t半";
        {
            let gone = Keeper::new(folder.path(), register);
            gone.keep(draft("V-0001", typed));
            gone.flush();
            let file = fs::metadata(folder.path().join(format!("{}.json", std::process::id()))).unwrap();
            assert_eq!(file.permissions().mode() & 0o777, 0o600);
        }
        // The same process number would be the same file: as another process would have named it.
        let left = folder.path().join(format!("{}.json", std::process::id()));
        fs::rename(&left, folder.path().join("1.json")).unwrap();
        let next = Keeper::new(folder.path(), register);
        assert_eq!(next.adopt(), vec![draft("V-0001", typed)]);
        assert!(!folder.path().join("1.json").exists());
        assert!(Keeper::new(folder.path(), Path::new("/other.db")).adopt().is_empty());
    }

    #[test]
    fn drafts_of_a_living_process_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let living = Keeper::new(folder.path(), Path::new("/r.db"));
        living.keep(draft("", "x"));
        living.flush();
        let own = folder.path().join(format!("{}.json", std::process::id()));
        fs::rename(&own, folder.path().join("1.json")).unwrap();
        assert!(Keeper::new(folder.path(), Path::new("/r.db")).adopt().is_empty());
    }
}
