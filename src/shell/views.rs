//! The user's views: `views.toml` beside the configuration, read at the start of the screens and
//! written when something about a list is chosen; and files of views given to others.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;

use crate::app::view::{OfKind, Views, file};
use crate::entity::Kind;
use crate::place::{Fresh, folder_of};
use crate::shell::paths;
use crate::texts::{Sentence, Text, text};

/// The views of the user; none where there is no file.
///
/// # Errors
/// The sentence that names the file, the place and what is wrong.
pub fn read(path: Option<&Path>) -> Result<Views, Sentence> {
    let Some(path) = path else { return Ok(Views::default()) };
    match fs::read_to_string(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Views::default()),
        Err(error) => Err(not(UNREADABLE, path, &error)),
        Ok(content) => file::parse(&content, &paths::told(path)),
    }
}

/// Keeps what was chosen about one kind; of the others the file keeps what stands there, which
/// another program may have written meanwhile.
///
/// # Errors
/// The sentence that says why the file cannot be read or written: then it is as it was.
pub fn keep(path: Option<&Path>, kind: Kind, of: &OfKind) -> Result<(), Sentence> {
    let path = path.ok_or_else(|| Sentence::from(NO_HOME))?;
    let mut views = read(Some(path))?;
    *views.of_mut(kind) = of.clone();
    write(path, &views)
}

/// Reads the views of a file that somebody gave.
///
/// # Errors
/// As [`read`]; and where there is no such file.
pub fn take(path: &Path) -> Result<Views, Sentence> {
    if !path.exists() {
        return Err(Sentence::from(NO_FILE).with("path", path.display()));
    }
    read(Some(path))
}

/// Writes views to a file for others. Its path, as people write it.
///
/// # Errors
/// The sentence that says why it cannot be written; a file that is there stays.
pub fn give(path: &Path, views: &Views) -> Result<String, Sentence> {
    if path.exists() {
        return Err(Sentence::from(EXISTS).with("path", path.display()));
    }
    write(path, views)?;
    Ok(paths::told(path))
}

fn write(path: &Path, views: &Views) -> Result<(), Sentence> {
    let made = || {
        // A file that is kept elsewhere, as those who keep their choices in one folder do, stays there.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder_of(&path))?;
        let fresh = Fresh::beside(&path)?;
        fs::write(fresh.path(), file::print(views))?;
        fresh.replace()
    };
    made().map_err(|error: std::io::Error| not(UNWRITABLE, path, &error))
}

fn not(says: Text, path: &Path, error: &std::io::Error) -> Sentence {
    Sentence::from(says).with("path", paths::told(path)).with("what", error)
}

const UNREADABLE: Text = text("{path} cannot be read ({what}).", "无法读取 {path}（{what}）。");
const UNWRITABLE: Text = text("{path} cannot be written ({what}).", "无法写入 {path}（{what}）。");
const NO_HOME: Text = text("there is no home folder.", "找不到主目录。");
const NO_FILE: Text = text("There is no file {path}.", "没有文件 {path}。");
const EXISTS: Text = text("{path} is there already: name another file.", "{path} 已存在：请换一个文件名。");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::view::View;
    use crate::texts::Lang;

    #[test]
    fn what_is_kept_is_read_and_leaves_other_kinds_as_they_are() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("vendeck/views.toml");
        assert_eq!(read(Some(&path)), Ok(Views::default()));
        let named = |name: &str| OfKind {
            own: vec![View { name: name.to_owned(), filter: "acme".to_owned(), ..View::default() }],
            ..OfKind::default()
        };
        keep(Some(&path), Kind::Vendor, &named("a")).unwrap();
        keep(Some(&path), Kind::Contract, &named("b")).unwrap();
        keep(Some(&path), Kind::Contract, &named("c")).unwrap();
        let views = read(Some(&path)).unwrap();
        assert_eq!(views.kinds[&Kind::Vendor].own[0].name, "a");
        assert_eq!(views.kinds[&Kind::Contract].own[0].name, "c");
        fs::write(&path, "[vendor]\nx = 1").unwrap();
        let said = keep(Some(&path), Kind::Vendor, &named("d")).unwrap_err().in_(Lang::En);
        assert!(said.contains("line 2, column 1"), "{said}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "[vendor]\nx = 1", "nothing is written over it");
    }

    #[test]
    fn views_are_given_and_taken_and_no_file_is_written_over() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("given.toml");
        let mut views = Views::default();
        views.save(Kind::Vendor, View { name: "x".to_owned(), ..View::default() });
        give(&path, &views).unwrap();
        assert_eq!(take(&path), Ok(views.clone()));
        assert!(give(&path, &views).unwrap_err().in_(Lang::En).contains("is there already"));
        let missing = home.path().join("none.toml");
        assert!(take(&missing).unwrap_err().in_(Lang::En).contains("There is no file"));
    }
}
