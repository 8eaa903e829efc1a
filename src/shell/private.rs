//! Files for the user's eyes alone: names that nobody can guess or hold already, made anew with
//! mode 0600 in a folder of mode 0700. Nothing that exists is ever opened or cut.

use std::fs::{DirBuilder, File, OpenOptions};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use crate::shell::paths;
use crate::texts::{Sentence, Text, text};

/// A random name of 16 hexadecimal digits.
#[must_use]
pub fn name() -> String {
    // The keys of a hash map of the standard library come from the system's random numbers.
    format!("{:016x}", RandomState::new().build_hasher().finish())
}

/// Makes a file, and its folder where that is missing.
///
/// # Errors
/// When the path is taken, or the system refuses.
pub fn create(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(path)
}

/// A private folder among the temporary files, which goes with its holder.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// Makes it.
    ///
    /// # Errors
    /// The sentence that says where none can be made.
    pub fn make() -> Result<Self, Sentence> {
        let path = paths::temporary().join(format!("vendeck-{}", name()));
        match DirBuilder::new().mode(0o700).create(&path) {
            Ok(()) => Ok(Self(path)),
            Err(error) => Err(Sentence::from(NO_FOLDER).with("path", path.display()).with("what", error)),
        }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed is left to the system, which clears its temporary files.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const NO_FOLDER: Text = text(
    "No folder can be made at {path} ({what}). Set TMPDIR to another place.",
    "无法建立文件夹 {path}（{what}）。请用 TMPDIR 指定其他位置。",
);

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_private_file_is_new_and_for_its_user_alone() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("folder").join(name());
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        create(&path).unwrap();
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
        assert_eq!(create(&path).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_ne!(name(), name());
    }
}
