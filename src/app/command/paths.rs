//! Paths on the command line: what a folder holds, and how a path may go on.
//!
//! The folder is read outside; what it holds comes later, and only for the folder that stands there.

use crate::app::Effect;
use crate::app::command::Completion;
use crate::app::state::{Overlay, State};
use crate::lookup::query::Query;
use crate::lookup::rank::matches_text;
use crate::texts::text;

/// What a folder holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// The folder as it was typed, up to its last `/`; empty for the one the program was started in.
    pub typed: String,
    /// Its names.
    pub names: Vec<Name>,
}

/// One name in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name.
    pub name: String,
    /// Whether it is a folder itself.
    pub is_folder: bool,
}

/// The commands that take a path.
const COMMANDS: [&str; 4] = ["import", "export", "views export", "views import"];

/// The command and the path of a line that takes one.
fn parts(line: &str) -> Option<(&'static str, &str)> {
    let line = line.trim_start();
    let of = |command: &&'static str| Some((*command, line.strip_prefix(*command)?.strip_prefix(' ')?));
    COMMANDS.iter().find_map(of).map(|(command, path)| (command, path.trim_start()))
}

/// A path cut behind its last `/`: the folder, and what is typed of a name in it.
fn cut(path: &str) -> (&str, &str) {
    // The home folder is one without its slash, too.
    if path == "~" {
        return ("", path);
    }
    path.split_at_checked(path.rfind('/').map_or(0, |at| at + 1)).unwrap_or(("", path))
}

/// Has the folder read that stands on the command line, where its names are not known.
pub(in crate::app) fn ask(state: &mut State, out: &mut Vec<Effect>) {
    let Some(Overlay::Command(line)) = &state.overlay else { return };
    if let Some((_, path)) = parts(line.typed()) {
        let path = path.to_owned();
        ask_for(state, &path, out);
    }
}

/// Has the folder of a path read, where its names are not known.
pub(in crate::app) fn ask_for(state: &mut State, path: &str, out: &mut Vec<Effect>) {
    let (folder, _) = cut(path);
    if state.folder.as_ref().is_none_or(|known| known.typed != folder) {
        state.folder = Some(Folder { typed: folder.to_owned(), names: Vec::new() });
        out.push(Effect::ListFolder(folder.to_owned()));
    }
}

/// Takes what a folder holds, if it is still the one that stands there.
pub(in crate::app) fn listed(state: &mut State, folder: Folder) {
    if state.folder.as_ref().is_some_and(|known| known.typed == folder.typed) {
        state.folder = Some(folder);
    }
}

/// The ways to go on with a line that takes a path; `None` for any other line.
#[must_use]
pub(super) fn completions(line: &str, folder: Option<&Folder>) -> Option<Vec<Completion>> {
    let (command, path) = parts(line)?;
    let offer = |word: String| Completion { command, word: word.into(), says: text("", "") };
    Some(ways(path, folder).into_iter().map(offer).collect())
}

/// The paths that go on with one: what begins so, then what matches it in another script; folders
/// end in a `/`. Hidden files are offered behind a dot alone.
#[must_use]
pub(in crate::app) fn ways(path: &str, folder: Option<&Folder>) -> Vec<String> {
    let (before, typed) = cut(path);
    if typed == "~" {
        return vec!["~/".to_owned()];
    }
    let Some(folder) = folder.filter(|folder| folder.typed == before) else { return Vec::new() };
    let lower = typed.to_lowercase();
    let query = Query::parse(typed);
    let is_seen = |name: &&Name| typed.starts_with('.') || !name.name.starts_with('.');
    let has_letters = typed.chars().any(char::is_alphanumeric);
    let begins = |name: &&Name| name.name.to_lowercase().starts_with(&lower);
    let names = || folder.names.iter().filter(is_seen);
    let rest = names().filter(|name| has_letters && !begins(name) && matches_text(&query, &name.name));
    let whole = |name: &Name| format!("{before}{}{}", name.name, if name.is_folder { "/" } else { "" });
    names().filter(begins).chain(rest).map(whole).collect()
}

/// The path as far as all the ways to go on with it agree.
#[must_use]
pub(in crate::app) fn common(path: &str, folder: Option<&Folder>) -> String {
    let ways = ways(path, folder);
    let Some((first, rest)) = ways.split_first() else { return path.to_owned() };
    let shared = |other: &String| first.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let most = rest.iter().map(shared).min().unwrap_or(usize::MAX);
    let common: String = first.chars().take(most).collect();
    if common.len() > path.len() { common } else { path.to_owned() }
}

/// A name like this one that a folder does not hold yet: `list.csv`, `list-2.csv`, `list-3.csv`.
#[must_use]
pub(in crate::app) fn free(path: &str, folder: &Folder) -> String {
    let (before, name) = cut(path);
    let (stem, ending) = name.rsplit_once('.').map_or((name, String::new()), |(s, e)| (s, format!(".{e}")));
    let is_taken = |path: &String| {
        path.strip_prefix(before).is_some_and(|name| folder.names.iter().any(|known| known.name == name))
    };
    let numbered = (2..=folder.names.len() + 2).map(|n| format!("{before}{stem}-{n}{ending}"));
    std::iter::once(path.to_owned())
        .chain(numbered)
        .find(|path| !is_taken(path))
        .unwrap_or_else(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(typed: &str) -> Folder {
        let name =
            |name: &str| Name { name: name.trim_end_matches('/').to_owned(), is_folder: name.ends_with('/') };
        let names = [".cache/", ".list.csv", "Contracts 2026/", "contracts.csv", "合同.xlsx", "华为.csv"];
        Folder { typed: typed.to_owned(), names: names.map(name).to_vec() }
    }

    fn lines(line: &str, of: &str) -> Vec<String> {
        let all = completions(line, Some(&folder(of))).unwrap();
        all.iter().map(Completion::line).collect()
    }

    #[test]
    fn a_path_goes_on_with_what_its_folder_holds() {
        assert_eq!(lines("import con", ""), ["import Contracts 2026/", "import contracts.csv"]);
        assert_eq!(lines("export ~/x/合", "~/x/"), ["export ~/x/合同.xlsx"]);
        assert_eq!(lines("import hetong", ""), ["import 合同.xlsx"], "by its reading");
        assert_eq!(lines("views import /d/hw", "/d/"), ["views import /d/华为.csv"]);
        assert_eq!(lines("import ", "").len(), 4, "what is hidden is not offered");
        assert_eq!(lines("import .", ""), ["import .cache/", "import .list.csv"]);
        assert_eq!(lines("import ~", ""), ["import ~/"]);
        assert_eq!(lines("import other/con", ""), Vec::<String>::new(), "that is another folder");
        assert_eq!(completions("vendors con", Some(&folder(""))), None);
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let folder = folder("");
        assert_eq!(free("new.csv", &folder), "new.csv");
        assert_eq!(free("contracts.csv", &folder), "contracts-2.csv");
        let both = Folder {
            names: [
                folder.names.clone(),
                vec![Name { name: "contracts-2.csv".to_owned(), is_folder: false }],
            ]
            .concat(),
            ..folder
        };
        assert_eq!(free("contracts.csv", &both), "contracts-3.csv");
    }
}
