//! Lines from stdin, which may be a person or a pipe.

use std::io::{self, BufRead, IsTerminal, Read};

use crate::limits;
use crate::shell::cli::stop::Stop;
use crate::texts::{Sentence, Text, text};

/// Whether a person types them, so that they stand on the terminal already.
pub(in crate::shell::cli) fn are_typed() -> bool {
    io::stdin().is_terminal()
}

/// The next line without its end; `None` behind the last. One that is longer than any text may be is
/// cut there.
pub(in crate::shell::cli) fn next() -> Result<Option<String>, Stop> {
    let mut line = Vec::new();
    let most = u64::try_from(limits::LONG_CHARS * 4).unwrap_or(u64::MAX);
    let mut stdin = io::stdin().lock();
    let read = stdin.by_ref().take(most).read_until(b'\n', &mut line);
    let read = read.map_err(|error| Stop::Io(Sentence::from(NO_STDIN).with("what", error)))?;
    if read == 0 {
        return Ok(None);
    }
    let line = String::from_utf8_lossy(&line);
    Ok(Some(line.trim_end_matches(['\n', '\r']).to_owned()))
}

const NO_STDIN: Text = text("The next line cannot be read ({what}).", "无法读取下一行（{what}）。");
