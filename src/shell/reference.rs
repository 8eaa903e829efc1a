//! Files and links in the world outside: where they are, whether they are there, and who opens them.
//!
//! A path is handed over as one argument, never through a shell; a link only by a scheme that is
//! known to show or fetch something.

use std::path::{Path, PathBuf};

use crate::domain::file::Target;
use crate::entity::Kind;
use crate::place::folder_of;
use crate::register::{Anchor, Query, Refusal, Shelves};
use crate::shell::paths;
use crate::store::check::{Finding, Severity};
use crate::store::{Access, Opening, Store};
use crate::texts::{Sentence, Text, text};

/// The path that a reference in a register means: `~/` is the home folder, and what is relative is
/// so to the folder of the register.
pub(in crate::shell) fn path_of(written: &str, register: &Path) -> PathBuf {
    folder_of(register).join(paths::typed(written))
}

/// Whether there is a desktop here that opens things: not over SSH, where it is the other side's.
pub(in crate::shell) fn has_desktop(variable: impl Fn(&str) -> bool) -> bool {
    let is_far = ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"].into_iter().any(&variable);
    let has_screen = cfg!(target_os = "macos") || ["DISPLAY", "WAYLAND_DISPLAY"].into_iter().any(&variable);
    has_screen && !is_far
}

/// Hands a reference to the desktop.
///
/// # Errors
/// The sentence that says why it was not opened.
pub(in crate::shell) fn open(written: &str, register: &Path) -> Result<(), Sentence> {
    let failed = |what: String| Sentence::from(NOT_OPENED).with("target", written).with("what", what);
    match Target::read(written) {
        Ok(Target::Link(link)) => opener::open(link).map_err(|error| failed(error.to_string())),
        Ok(Target::Path(path)) => {
            let path = path_of(path, register);
            if !path.exists() {
                return Err(Sentence::from(GONE).with("path", path.display()));
            }
            opener::open(path).map_err(|error| failed(error.to_string()))
        }
        Err(unknown) => Err(failed(format!("{}:", unknown.0))),
    }
}

/// Everything that is wrong with a register, missing files with it.
///
/// # Errors
/// When the register cannot be read at all.
pub(in crate::shell) fn check(opening: &Opening) -> Result<Vec<Finding>, Refusal> {
    let store = Store::again(&Opening { access: Access::Read, ..opening.clone() })?;
    let mut findings = store.check()?;
    findings.extend(missing(&store, &opening.path)?);
    Ok(findings)
}

/// The files that records in use refer to and that are not there.
///
/// # Errors
/// When the register cannot be read.
pub(in crate::shell) fn missing(store: &Store, register: &Path) -> Result<Vec<Finding>, Refusal> {
    let table = Kind::File.table();
    let target = table.column("target").and_then(|target| table.columns.iter().position(|of| *of == target));
    let mut findings = Vec::new();
    store.each_row(&all(), None, |row, _, _| {
        let written = target.and_then(|at| row.cells.get(at)).map_or("", |value| value.as_text());
        if let Ok(Target::Path(path)) = Target::read(written)
            && let path = path_of(path, register)
            && !path.exists()
        {
            findings.push(Finding {
                severity: Severity::Warning,
                rule: "file",
                code: row.code,
                field: "target".to_owned(),
                sentence: Sentence::from(GONE).with("path", path.display()),
            });
        }
        std::ops::ControlFlow::Continue(())
    })?;
    Ok(findings)
}

fn all() -> Query {
    Query {
        kind: Kind::File,
        scope: None,
        filter: crate::entity::filter::Asked::default(),
        order: Kind::File.table().order,
        then: None,
        extra: Vec::new(),
        shelf: Shelves::Open,
        anchor: Anchor::First,
        reach: (0, 0),
    }
}

const NOT_OPENED: Text = text("{target} was not opened ({what}).", "未能打开 {target}（{what}）。");
const GONE: Text = text(
    "There is no file {path}. Correct the path, or archive the reference.",
    "文件 {path} 不存在。请更正路径，或归档该条引用。",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_relative_is_so_to_the_register() {
        let register = Path::new("/srv/desk/r.db");
        assert_eq!(path_of("a/b.pdf", register), Path::new("/srv/desk/a/b.pdf"));
        assert_eq!(path_of("/a.pdf", register), Path::new("/a.pdf"));
        assert_eq!(path_of("-rf", register), Path::new("/srv/desk/-rf"), "never taken for a flag");
    }

    #[test]
    fn nothing_is_opened_where_the_desktop_is_elsewhere() {
        assert!(has_desktop(|name| name == "DISPLAY"));
        assert!(!has_desktop(|name| matches!(name, "DISPLAY" | "SSH_CONNECTION")));
        assert!(!has_desktop(|_| false), "a text browser would take the terminal");
    }

    #[test]
    fn a_script_is_no_link() {
        assert!(open("javascript:alert(1)", Path::new("/r.db")).is_err());
        assert!(open("/no/such/file", Path::new("/r.db")).is_err());
    }
}
