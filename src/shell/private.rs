//! Files for the user's eyes alone: names that nobody can guess or hold already, made anew with
//! mode 0600 in a folder of mode 0700. Nothing that exists is ever opened or cut.

use std::fs::{DirBuilder, File, OpenOptions};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

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
