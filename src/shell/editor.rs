//! The user's editor on a text: run by its arguments, never through a shell.
//!
//! What was written in it is never thrown away: where it cannot be taken, its file stays and is
//! named.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Command, ExitStatus};

use crate::limits;
use crate::register::erase::Erasure;
use crate::shell::{paths, private, signals};
use crate::texts::{Sentence, Text, text};

/// Bytes of a file that are looked at: the longest field, each character of four bytes.
const MOST_BYTES: usize = 4 * limits::LONG_CHARS;

/// Opens the editor on a text and gives back what was saved.
///
/// # Errors
/// The sentence that says why there is no text, and where what was written is kept.
pub fn edit(before: &str) -> Result<String, Sentence> {
    let named = ["VISUAL", "EDITOR"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|v| !v.trim().is_empty()));
    let line = named.unwrap_or_else(|| "vi".to_owned());
    let folder = paths::state().unwrap_or_else(paths::temporary).join("texts");
    let path = folder.join(private::name()).with_extension("md");
    let outcome = edited(&path, before, &line);
    let wrote_nothing = || read(&path).is_ok_and(|bytes| bytes == before.as_bytes());
    match outcome {
        Err(why) if path.exists() && !wrote_nothing() => {
            Err(why.fill(Sentence::from(KEPT).with("path", paths::told(&path))))
        }
        outcome => {
            let _ = fs::remove_file(&path);
            outcome.map_err(|why| why.fill(Sentence::from(NO_EDITOR).with("editor", line)))
        }
    }
}

/// Removes what was written in an editor and could not be taken, where it holds a word of what was erased.
pub fn forget(erased: &Erasure) {
    let folder = paths::state().unwrap_or_else(paths::temporary).join("texts");
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        let holds = |text: String| erased.words.blot(&text, "").is_some();
        if fs::read_to_string(&path).is_ok_and(holds) {
            // One that cannot be removed is named in the message that left it.
            let _ = fs::remove_file(&path);
        }
    }
}

/// Writes the text into a file of its own, runs the editor on that and reads it.
fn edited(path: &Path, before: &str, line: &str) -> Result<String, Why> {
    private::create(path)?.write_all(before.as_bytes())?;
    let mut words = line.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or("vi"));
    let status = signals::while_lent(|| command.args(words).arg(path).status())?;
    if !status.success() {
        return Err(Why::Ended(status));
    }
    let bytes = read(path)?;
    if bytes.len() > MOST_BYTES {
        return Err(Why::Long);
    }
    let text = String::from_utf8(bytes).map_err(|_| Why::NoText)?;
    if text.trim_end().chars().count() > limits::LONG_CHARS {
        return Err(Why::Long);
    }
    Ok(text)
}

/// What is in a file, as far as it could be taken and a byte more.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Why there is no text.
enum Why {
    System(io::Error),
    Ended(ExitStatus),
    NoText,
    Long,
}

impl Why {
    /// Says it in a sentence, as its `{why}`.
    fn fill(&self, sentence: Sentence) -> Sentence {
        match self {
            Self::System(error) => sentence.with("why", error),
            Self::Ended(status) => sentence.with("why", status),
            Self::NoText => sentence.with_word("why", NO_TEXT),
            Self::Long => sentence.with_word("why", LONG),
        }
    }
}

impl From<io::Error> for Why {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

const NO_EDITOR: Text = text(
    "{editor} gave no text ({why}). Set $EDITOR to your editor.",
    "{editor} 未返回文本（{why}）。请将 $EDITOR 设为您的编辑器。",
);
const KEPT: Text = text("Kept in {path}: {why}", "已保存于 {path}：{why}");
const NO_TEXT: Text = text("not UTF-8 text", "不是 UTF-8 文本");
const LONG: Text = text("too long for any field", "超出字段长度");
