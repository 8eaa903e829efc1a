//! The rules of the house, as far as they can be read from the source.

use std::fs;
use std::path::{Path, PathBuf};

fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    walk(&root, &mut paths);
    let name = |path: &Path| path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), fs::read_to_string(path).unwrap())).collect()
}

/// The code of a file: no comments, and nothing that is there in a test build only. Every item is
/// laid out by rustfmt, so it ends as far from the margin as it begins.
fn code(text: &str) -> String {
    let is_comment = |line: &str| line.trim_start().starts_with("//");
    let mut kept = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim() == "#[cfg(test)]" {
            let margin = line.len() - line.trim_start().len();
            let ends = |line: &str| {
                line.len() - line.trim_start().len() == margin
                    && line.ends_with(['}', ';'])
                    && !is_comment(line)
            };
            lines.by_ref().find(|line| ends(line));
        } else if !is_comment(line) {
            kept.push(line);
        }
    }
    kept.join("\n")
}

fn is_test(name: &str) -> bool {
    name.ends_with("tests.rs") || name.contains("tests/")
}

#[test]
fn code_is_read_on_behind_what_is_only_for_tests() {
    let text = "\
//! What it is for.
use a::b;
#[cfg(test)]
pub(crate) mod probe;
/// What it does.
#[cfg(test)]
#[must_use]
fn put(
    // A comment that ends in a sign;
    x: u8,
) -> u8 {
    if x > 1 {
        2
    }
}
impl A {
    #[cfg(test)]
    fn c() {
        d();
    }

    fn e() {}
}
#[cfg(test)]
mod tests {
    use super::*;
}
";
    assert_eq!(code(text), "use a::b;\nimpl A {\n\n    fn e() {}\n}");
}

/// What may stand only where: the word, and the beginnings of the files that may hold it.
const WORDS: &[(&str, &[&str])] = &[
    ("rusqlite", &["store"]),
    ("SELECT ", &["store"]),
    ("PRAGMA ", &["store"]),
    ("crossterm", &["shell"]),
    ("ratatui", &["ui", "shell"]),
    ("Color::", &["ui/theme.rs", "shell/encode.rs"]),
    ("Local::now", &["shell/clock.rs"]),
    ("Utc::now", &["shell/clock.rs"]),
    ("SystemTime", &["shell/clock.rs"]),
    ("Instant::now", &["shell"]),
    ("std::env", &["shell"]),
    ("fs::", &["place.rs", "store/open", "store/backup", "shell"]),
    // Some file systems have none, and a register with two names is refused.
    ("hard_link", &[]),
    // There is no network.
    ("std::net", &[]),
    ("std::thread", &["shell", "store/worker.rs", "store/backup.rs", "store/open.rs"]),
    ("&mut State", &["app", "shell"]),
];

/// Signs that are drawn: arrows, lines, boxes, blocks, braille, dingbats, and all that fonts of some
/// people alone have.
const fn is_glyph(c: char) -> bool {
    matches!(c, '›' | '‹' | '\u{2190}'..='\u{2bff}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

#[test]
fn a_sign_of_a_frame_is_spelt_in_its_table_alone() {
    let all = sources();
    let drawn =
        all.iter().filter(|(name, _)| name.starts_with("ui") && !is_test(name) && name != "ui/glyph.rs");
    for (name, text) in drawn {
        let found: String = code(text).chars().filter(|c| is_glyph(*c)).collect();
        assert!(found.is_empty(), "{name} spells {found}");
    }
    for (name, text) in &all {
        let private = text.chars().find(|c| *c >= '\u{e000}' && is_glyph(*c));
        assert_eq!(private, None, "{name} holds a sign that most fonts have not");
    }
}

/// Every wing of the house, and the others it may use.
const WINGS: &[(&str, &[&str])] = &[
    ("texts", &[]),
    ("clean", &[]),
    ("wrap", &["clean"]),
    ("markdown", &["clean", "wrap"]),
    ("limits", &[]),
    ("place", &[]),
    ("domain", &["texts", "limits"]),
    ("entity", &["domain", "calendars", "texts", "limits"]),
    ("lookup", &["limits"]),
    ("register", &["entity", "domain", "calendars", "lookup", "texts", "limits"]),
    ("store", &["register", "entity", "domain", "lookup", "demo", "calendars", "place", "texts", "limits"]),
    ("intake", &["domain", "texts", "limits"]),
    ("demo", &[]),
    ("calendars", &["domain"]),
    ("app", &["register", "entity", "domain", "lookup", "wrap", "markdown", "texts", "limits"]),
    ("ui", &["app", "register", "entity", "domain", "clean", "wrap", "markdown", "texts", "limits"]),
    (
        "shell",
        &[
            "app", "ui", "store", "register", "entity", "domain", "intake", "demo", "clean", "place", "wrap",
            "texts", "limits",
        ],
    ),
];

#[test]
fn each_wing_keeps_to_its_borders() {
    for (name, text) in sources().iter().filter(|(name, _)| !is_test(name)) {
        let code = code(text);
        for (word, places) in WORDS {
            let allowed = places.iter().any(|place| name.starts_with(place));
            assert!(allowed || !code.contains(word), "{name} holds {word}");
        }
        let wing = name.split(['/', '.']).next().unwrap_or_default();
        if matches!(wing, "lib" | "main") {
            continue;
        }
        let list = WINGS.iter().find(|(known, _)| *known == wing);
        let (_, may_use) = list.unwrap_or_else(|| panic!("{wing} is a wing without a list"));
        assert!(!code.contains("crate::{"), "{name} names several wings at once, which is not read here");
        for used in code.split("crate::").skip(1).filter_map(|rest| rest.split([':', ';', '!', ' ']).next()) {
            let is_wing = WINGS.iter().any(|(known, _)| *known == used);
            assert!(!is_wing || used == wing || may_use.contains(&used), "{name} uses {used}");
        }
    }
}

#[test]
fn every_sentence_has_the_same_places_in_both_languages() {
    let sentence = |text: &str, at: usize| -> Option<(String, usize)> {
        let rest = &text[at..];
        let start = at + rest.find('"')? + 1;
        let mut end = start;
        let bytes = text.as_bytes();
        while bytes.get(end).is_some_and(|b| *b != b'"') {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        Some((text[start..end].to_owned(), end + 1))
    };
    let places = |text: &str| {
        let mut found: Vec<&str> =
            text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let mut checked = 0;
    for (name, text) in sources().iter().filter(|(name, _)| !is_test(name)) {
        let code = code(text);
        for (at, _) in code.match_indices("text(") {
            let before = code[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '.')
                || code[..at].ends_with("fn ")
            {
                continue;
            }
            let open = code[at + 5..].trim_start();
            if !open.starts_with('"') {
                continue;
            }
            let Some((en, next)) = sentence(&code, at + 5) else { continue };
            let Some((zh, _)) = sentence(&code, next) else { continue };
            assert_eq!(places(&en), places(&zh), "{name}: {en}");
            assert_eq!(en.is_empty(), zh.is_empty(), "{name}: {en} / {zh}");
            checked += 1;
        }
    }
    assert!(checked > 300, "only {checked} sentences were found");
}

#[test]
fn every_module_says_what_it_is_for() {
    for (name, text) in sources().into_iter().filter(|(name, _)| !is_test(name)) {
        assert!(text.starts_with("//!"), "{name} begins without a word on what it is for");
    }
}

#[test]
fn the_tests_of_the_readme_are_those_that_are_run_and_with_the_versions_of_the_lock_file() {
    let read = |name: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
    let (readme, run) = (read("README.md"), read(".ci/run"));
    let promised = readme.lines().find(|line| line.starts_with("cargo test")).unwrap();
    let promised = promised.split('#').next().unwrap().trim();
    let steps: Vec<&str> = run.lines().filter_map(|line| Some(line.split_once("; ")?.1.trim())).collect();
    let place = |command: &str| steps.iter().position(|step| step.starts_with(command)).unwrap();
    assert!(steps.contains(&promised), "{promised} is not among {steps:?}");
    assert!(place("cargo tree --locked") < place("cargo clippy"), "{steps:?}");
}
