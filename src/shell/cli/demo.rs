//! `vendeck` and `vendeck demo`: the screens, on the register or on a throwaway one.

use std::fs;
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use crate::demo::synthetic::Sizes;
use crate::shell::cli::stop::{Exit, Stop};
use crate::shell::cli::{Desk, Shown, nobody, plain};
use crate::shell::lent::{Lent, fill};
use crate::shell::runtime::{self, Ended, Failure, Show, Start};
use crate::shell::{keys, paths, terminal, views};
use crate::store::{Access, Opening};
use crate::texts::{Sentence, Text, text};

/// `vendeck`: opens the register.
pub(super) fn open(desk: &mut Desk) -> Result<Exit, Stop> {
    show(desk, Show::Overview)
}

/// Opens the register at what is to be shown first.
pub(super) fn show(desk: &mut Desk, show: Show) -> Result<Exit, Stop> {
    find_terminal(desk)?;
    start(desk, desk.opening.clone(), false, show)
}

/// `vendeck demo`.
pub(super) fn run(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    let sizes = sizes(matches);
    if let Some(path) = matches.get_one::<PathBuf>("keep") {
        return keep(desk, path, sizes);
    }
    find_terminal(desk)?;
    let lent = Lent::demo(&desk.opening, sizes)?;
    start(desk, lent.opening.clone(), true, Show::Overview)
}

/// Makes a demo register and keeps it.
fn keep(desk: &mut Desk, path: &Path, sizes: Option<Sizes>) -> Result<Exit, Stop> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(Stop::Io(Sentence::from(EXISTS).with("path", path.display())));
    }
    let opening = Opening { path: path.to_path_buf(), ..desk.opening.clone() };
    let records = fill(&opening, sizes)?;
    if desk.out.is_json() {
        let json: Json = json!({ "path": path.to_string_lossy(), "records": records });
        desk.out.json(&json)?;
    } else {
        desk.out.line(&path.to_string_lossy())?;
    }
    Ok(Exit::Done)
}

/// Before a register is opened or made: screens that nobody sees, and that hear no key, are refused.
fn find_terminal(desk: &Desk) -> Result<(), Stop> {
    match terminal::missing().filter(|_| desk.shown == Shown::Screens) {
        Some(stream) => Err(Stop::Io(Sentence::from(NOT_A_TERMINAL).with("stream", stream))),
        None => Ok(()),
    }
}

fn start(desk: &mut Desk, opening: Opening, throwaway: bool, show: Show) -> Result<Exit, Stop> {
    if desk.shown == Shown::Lines {
        desk.opening = opening;
        return plain::run(desk);
    }
    let is_free = desk.opening.access == Access::Write && fs::symlink_metadata(&opening.path).is_err();
    let first = !throwaway && !desk.is_named && is_free;
    let keymap = keys::read(paths::keymap().as_deref()).map_err(Stop::Usage)?;
    let views = views::read(paths::views().as_deref()).map_err(Stop::Usage)?;
    let start = Start {
        nameless: opening.actor == nobody(),
        opening,
        lang: desk.lang,
        look: desk.look,
        keymap,
        board: desk.board.clone(),
        first,
        as_of: desk.as_of,
        views,
        personal: desk.personal.clone(),
        throwaway,
        show,
    };
    match runtime::run(&start) {
        Ok(Ended::Left | Ended::TerminalGone) => Ok(Exit::Done),
        Ok(Ended::Signal(number)) => Ok(Exit::Signal(number)),
        Err(Failure::Register(refusal)) => Err(Stop::Refused(refusal)),
        Err(Failure::Terminal(error)) => Err(Stop::Io(Sentence::from(NO_TERMINAL).with("what", error))),
    }
}

fn sizes(matches: &ArgMatches) -> Option<Sizes> {
    let size = |id: &str| matches.get_one::<u32>(id).copied();
    let all = [size("vendors"), size("contracts"), size("reviews"), size("risks")];
    if all.iter().all(Option::is_none) {
        return None;
    }
    let [vendors, contracts, reviews, risks] = all.map(Option::unwrap_or_default);
    Some(Sizes { vendors, contracts, reviews, risks })
}

const EXISTS: Text = text("{path} exists already; name another file.", "{path} 已存在，请另选文件名。");
const NOT_A_TERMINAL: Text = text(
    "{stream} is no terminal, and the screens need one. Run vendeck in a terminal, or use its commands: vendeck --help.",
    "{stream} 不是终端，而界面需要终端。请在终端中运行，或使用命令：vendeck --help。",
);
const NO_TERMINAL: Text = text(
    "There is no terminal to draw on ({what}). Run vendeck in one, or use its commands: vendeck --help.",
    "没有可用的终端（{what}）。请在终端中运行，或使用命令：vendeck --help。",
);
