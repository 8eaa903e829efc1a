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

/// The code of a file: no comments, no tests.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn is_test(name: &str) -> bool {
    name.ends_with("tests.rs") || name.contains("tests/")
}

#[test]
fn each_wing_keeps_to_its_borders() {
    // What may stand only where: the word, and the beginnings of the files that may hold it.
    let only: &[(&str, &[&str])] = &[
        ("rusqlite", &["store"]),
        ("crossterm", &["shell"]),
        ("ratatui", &["ui", "shell"]),
        ("Color::", &["ui/theme.rs", "shell/encode.rs"]),
        ("Local::now", &["shell/clock.rs"]),
        ("Utc::now", &["shell/clock.rs"]),
        // Some file systems have none, and a register with two names is refused.
        ("hard_link", &[]),
        ("Instant::now", &["shell"]),
        ("std::env::var", &["shell"]),
        ("std::thread", &["shell", "store/worker.rs", "store/backup.rs", "store/open.rs"]),
        ("&mut State", &["app", "shell"]),
    ];
    for (name, text) in sources().iter().filter(|(name, _)| !is_test(name)) {
        let code = code(text);
        for (word, places) in only {
            let allowed = places.iter().any(|place| name.starts_with(place));
            assert!(allowed || !code.contains(word), "{name} holds {word}");
        }
        let imports = |wing: &str| code.contains(&format!("crate::{wing}"));
        let forbidden: &[&str] = match name.split(['/', '.']).next().unwrap_or_default() {
            "domain" => &["entity", "store", "app", "ui", "shell", "register"],
            "entity" | "lookup" | "register" => &["store", "app", "ui", "shell"],
            "app" => &["store", "ui", "shell"],
            "ui" => &["store", "shell"],
            "store" => &["app", "ui", "shell"],
            _ => &[],
        };
        for wing in forbidden {
            assert!(!imports(wing), "{name} imports {wing}");
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
