//! The user's editor on a text: run by its arguments, never through a shell.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::process::Command;

use crate::texts::{Sentence, Text, text};

/// Opens the editor on a text and gives back what was saved.
///
/// # Errors
/// The sentence that says why there is no text.
pub fn edit(before: &str) -> Result<String, Sentence> {
    let named = ["VISUAL", "EDITOR"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|v| !v.trim().is_empty()));
    let line = named.unwrap_or_else(|| "vi".to_owned());
    let mut words = line.split_whitespace();
    let program = words.next().unwrap_or("vi");
    let failed =
        |what: &dyn std::fmt::Display| Sentence::from(NO_EDITOR).with("editor", program).with("what", what);
    let path = std::env::temp_dir().join(format!("vendeck-{}.md", std::process::id()));
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path)
        .map_err(|error| failed(&error))?;
    let outcome = file.write_all(before.as_bytes()).map_err(|error| failed(&error)).and_then(|()| {
        let status = Command::new(program).args(words).arg(&path).status().map_err(|error| failed(&error))?;
        if !status.success() {
            return Err(failed(&status));
        }
        std::fs::read_to_string(&path).map_err(|error| failed(&error))
    });
    let _ = std::fs::remove_file(&path);
    outcome
}

const NO_EDITOR: Text = text(
    "{editor} gave no text ({what}). Set $EDITOR to your editor.",
    "{editor} 未返回文本（{what}）。请将 $EDITOR 设为您的编辑器。",
);
