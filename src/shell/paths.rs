//! Where files lie: the folders the platform gives to a program. Nothing here creates one.

use std::path::{Path, PathBuf};

use directories::{BaseDirs, ProjectDirs};

use crate::app::command::Folder;
use crate::app::command::paths::Name;
use crate::limits;

/// The name of the register in the data folder.
const REGISTER: &str = "register.db";

/// The register that is opened when none is named; `None` without a home folder.
#[must_use]
pub fn register() -> Option<PathBuf> {
    project().map(|dirs| dirs.data_dir().join(REGISTER))
}

/// The file of the user's choices; `None` without a home folder.
#[must_use]
pub fn config() -> Option<PathBuf> {
    project().map(|dirs| dirs.config_dir().join("config.toml"))
}

/// The file of the user's own keys; `None` without a home folder.
#[must_use]
pub fn keymap() -> Option<PathBuf> {
    project().map(|dirs| dirs.config_dir().join("keymap.toml"))
}

/// The file of the user's views; `None` without a home folder.
#[must_use]
pub fn views() -> Option<PathBuf> {
    project().map(|dirs| dirs.config_dir().join("views.toml"))
}

/// The folder of what a running program keeps for its next start, such as drafts.
#[must_use]
pub fn state() -> Option<PathBuf> {
    let dirs = project()?;
    Some(dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()).to_path_buf())
}

/// The folder of what can be made again at any time.
#[must_use]
pub fn cache() -> Option<PathBuf> {
    project().map(|dirs| dirs.cache_dir().to_path_buf())
}

/// The folder of temporary files. `TMPDIR` set to nothing is not set.
#[must_use]
pub fn temporary() -> PathBuf {
    let named = std::env::temp_dir();
    if named.as_os_str().is_empty() { PathBuf::from("/tmp") } else { named }
}

/// A path as people write it, short enough for a line: `~` stands for the home folder.
#[must_use]
pub fn told(path: &Path) -> String {
    let below = BaseDirs::new().and_then(|dirs| path.strip_prefix(dirs.home_dir()).ok().map(Path::to_owned));
    below.map_or_else(|| path.display().to_string(), |below| format!("~/{}", below.display()))
}

/// A path as people type it: `~/` stands for the home folder.
#[must_use]
pub fn typed(path: &str) -> PathBuf {
    match (path.strip_prefix("~/"), BaseDirs::new()) {
        (Some(below), Some(dirs)) => dirs.home_dir().join(below),
        _ => PathBuf::from(path),
    }
}

/// What a folder holds, named as people type it: its names in their order, as far as they are text.
/// Nothing of a folder that cannot be read.
#[must_use]
pub fn listed(folder: String) -> Folder {
    let path = if folder.is_empty() { PathBuf::from(".") } else { typed(&folder) };
    let entries = std::fs::read_dir(path).into_iter().flatten().flatten().take(limits::FOLDER_NAMES);
    let name = |entry: std::fs::DirEntry| {
        // A link to a folder is one to whoever goes on in it.
        let is_folder = std::fs::metadata(entry.path()).is_ok_and(|data| data.is_dir());
        Some(Name { name: entry.file_name().into_string().ok()?, is_folder })
    };
    let mut names: Vec<Name> = entries.filter_map(name).collect();
    names.sort_by(|a, b| a.name.cmp(&b.name));
    Folder { typed: folder, names }
}

fn project() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "vendeck")
}
