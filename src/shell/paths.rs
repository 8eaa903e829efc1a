//! Where files lie: the folders the platform gives to a program. Nothing here creates one.

use std::path::{Path, PathBuf};

use directories::{BaseDirs, ProjectDirs};

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

fn project() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "vendeck")
}
