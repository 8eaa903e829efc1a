//! The user's key map: `keymap.toml` beside the configuration, read at the start of the screens and
//! written when keys are bound in the program.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;

use crate::app::keymap::{Binding, Keymap, file};
use crate::place::{Fresh, folder_of};
use crate::shell::paths;
use crate::texts::{Sentence, Text, text};

/// The key map with the user's own keys; the default one where there is no file.
///
/// # Errors
/// The sentence that names the file, the place and what is wrong.
pub fn read(path: Option<&Path>) -> Result<Keymap, Sentence> {
    let Some(path) = path else { return Ok(Keymap::default()) };
    file::parse(&content(path)?, &paths::told(path))
}

/// Adds keys to the file; what else stands there stays.
///
/// # Errors
/// The sentence that says why the file cannot be read or written: then it is as it was.
pub fn keep(path: Option<&Path>, bindings: &[Binding]) -> Result<(), Sentence> {
    let path = path.ok_or_else(|| Sentence::from(NO_HOME))?;
    let made = file::with(&content(path)?, bindings, &paths::told(path))?;
    write(path, &made).map_err(|error| not(UNWRITABLE, path, &error))
}

fn content(path: &Path) -> Result<String, Sentence> {
    match fs::read_to_string(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
        read => read.map_err(|error| not(UNREADABLE, path, &error)),
    }
}

fn write(path: &Path, content: &str) -> std::io::Result<()> {
    // A file that is kept elsewhere, as those who keep their choices in one folder do, stays there.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder_of(&path))?;
    let fresh = Fresh::beside(&path)?;
    fs::write(fresh.path(), content)?;
    fresh.replace()
}

fn not(says: Text, path: &Path, error: &std::io::Error) -> Sentence {
    Sentence::from(says).with("path", paths::told(path)).with("what", error)
}

const UNREADABLE: Text = text("{path} cannot be read ({what}).", "无法读取 {path}（{what}）。");
const UNWRITABLE: Text = text("{path} cannot be written ({what}).", "无法写入 {path}（{what}）。");
const NO_HOME: Text = text("there is no home folder.", "找不到主目录。");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::Action;
    use crate::app::key::Key;
    use crate::app::keymap::Context;

    fn archive(key: char) -> Binding {
        Binding { context: Context::Browse, keys: vec![Key::Char(key)], action: Some(Action::Archive) }
    }

    #[test]
    fn keys_are_kept_in_a_file_made_for_them() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("vendeck/keymap.toml");
        assert_eq!(read(Some(&path)), Ok(Keymap::default()));
        keep(Some(&path), &[archive('X')]).unwrap();
        keep(Some(&path), &[archive('K')]).unwrap();
        let map = read(Some(&path)).unwrap();
        for key in ['X', 'K', 'd'] {
            assert_eq!(map.meaning(Context::Browse, &[Key::Char(key)]), Some(Action::Archive));
        }
    }

    #[test]
    fn a_link_is_kept_and_a_broken_file_is_left_alone() {
        let home = tempfile::tempdir().unwrap();
        let (path, real) = (home.path().join("keymap.toml"), home.path().join("dots.toml"));
        fs::write(&real, "# mine\n").unwrap();
        std::os::unix::fs::symlink(&real, &path).unwrap();
        keep(Some(&path), &[archive('X')]).unwrap();
        assert!(fs::symlink_metadata(&path).unwrap().is_symlink());
        assert!(fs::read_to_string(&real).unwrap().starts_with("# mine\n"));
        fs::write(&real, "[brwse]\n").unwrap();
        assert!(keep(Some(&path), &[archive('X')]).is_err());
        assert_eq!(fs::read_to_string(&real).unwrap(), "[brwse]\n");
    }
}
