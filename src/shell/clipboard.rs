//! The clipboard of the terminal: by which way a text gets there from here, and the bytes for it.
//!
//! OSC 52 goes through SSH, where the clipboard of the desktop is out of reach. What a terminal does
//! with it cannot be asked: the way is known from the environment, and told.

use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;

use crate::app::copy::Way;
use crate::limits::CLIPBOARD_BYTES;

/// The terminals that are known to have no clipboard for programs, by `TERM`.
const WITHOUT: [&str; 6] = ["linux", "dumb", "vt100", "vt102", "vt220", "cons25"];

/// What of the surroundings tells the way.
pub(in crate::shell) struct Around {
    /// The value of a variable of the environment, nothing where it is empty.
    pub(in crate::shell) variable: fn(&str) -> Option<String>,
    /// The names of the programs this one was started from, the nearest first.
    pub(in crate::shell) ancestors: fn() -> Vec<String>,
}

/// The surroundings of this process.
pub(in crate::shell) const HERE: Around = Around { variable, ancestors };

impl Around {
    /// Whether a variable says anything.
    pub(in crate::shell) fn has(&self, name: &str) -> bool {
        (self.variable)(name).is_some()
    }

    /// The way from here to the clipboard.
    pub(in crate::shell) fn way(&self, text: &str) -> Way {
        let term = (self.variable)("TERM").unwrap_or_default();
        if text.len() > CLIPBOARD_BYTES {
            Way::TooLong
        } else if (self.variable)("TMUX").is_some() {
            Way::Tmux
        } else if term.is_empty() || WITHOUT.contains(&term.as_str()) {
            Way::None
        } else if (self.variable)("STY").is_some()
            || (self.ancestors)().iter().any(|name| name == "mosh-server")
        {
            // Of screen and of mosh, only some versions let it pass.
            Way::None
        } else {
            Way::Terminal
        }
    }
}

/// What is sent to the terminal; nothing where there is no way.
pub(in crate::shell) fn bytes(text: &str, way: Way) -> String {
    let mut plain = String::new();
    // Writing to memory does not fail.
    let _ = CopyToClipboard::to_clipboard_from(text).write_ansi(&mut plain);
    match way {
        Way::Terminal => plain,
        // tmux takes the first where `set-clipboard` is on, and hands the second through where
        // `allow-passthrough` is; one of both is the common case, and twice does no harm.
        Way::Tmux => format!("{plain}\x1bPtmux;{}\x1b\\", plain.replace('\x1b', "\x1b\x1b")),
        Way::TooLong | Way::None => String::new(),
    }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// As far as the system tells: the parent, its parent, and on.
fn ancestors() -> Vec<String> {
    let mut names = Vec::new();
    let mut id = rustix::process::getppid().map(|id| id.as_raw_nonzero().get());
    while let Some(process) = id.filter(|id| *id > 1 && names.len() < 16) {
        let Ok(stat) = std::fs::read_to_string(format!("/proc/{process}/stat")) else { break };
        // `1234 (name) S 1 …`: the name may hold anything.
        let Some((name, rest)) = stat.split_once('(').and_then(|(_, rest)| rest.rsplit_once(')')) else {
            break;
        };
        names.push(name.to_owned());
        id = rest.split_whitespace().nth(1).and_then(|parent| parent.parse().ok());
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_is_told_by_what_is_around() {
        let none = Vec::new;
        let way = |variable: fn(&str) -> Option<String>, ancestors: fn() -> Vec<String>, text: &str| {
            Around { variable, ancestors }.way(text)
        };
        let xterm: fn(&str) -> Option<String> = |name| (name == "TERM").then(|| "xterm-256color".to_owned());
        let mosh = || vec!["bash".to_owned(), "mosh-server".to_owned()];
        assert_eq!(way(xterm, none, "a"), Way::Terminal);
        assert_eq!(way(xterm, mosh, "a"), Way::None);
        assert_eq!(
            way(|name| matches!(name, "TERM" | "TMUX").then(|| "tmux-256color".to_owned()), mosh, "a"),
            Way::Tmux
        );
        assert_eq!(
            way(|name| matches!(name, "TERM" | "STY").then(|| "screen".to_owned()), none, "a"),
            Way::None
        );
        assert_eq!(way(|name| (name == "TERM").then(|| "linux".to_owned()), none, "a"), Way::None);
        assert_eq!(way(|_| None, none, "a"), Way::None);
        assert_eq!(way(xterm, none, &"a".repeat(CLIPBOARD_BYTES + 1)), Way::TooLong);
    }

    #[test]
    fn tmux_gets_it_for_itself_and_for_the_terminal_around_it() {
        let plain = bytes("华为", Way::Terminal);
        assert_eq!(plain, "\x1b]52;c;5Y2O5Li6\x1b\\");
        let tmux = bytes("华为", Way::Tmux);
        assert_eq!(tmux, format!("{plain}\x1bPtmux;\x1b\x1b]52;c;5Y2O5Li6\x1b\x1b\\\x1b\\"));
        assert_eq!(bytes("a", Way::None) + &bytes("a", Way::TooLong), "");
    }

    #[test]
    fn this_process_has_ancestors() {
        assert!(!ancestors().is_empty());
    }
}
