//! `vendeck` and `vendeck demo`: the screens, on the register or on a throwaway one.

use std::collections::BTreeSet;
use std::fs::{self, DirBuilder};
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use crate::demo::synthetic::{self, Sizes};
use crate::demo::{self, Entry};
use crate::domain::money::Currency;
use crate::register::{Act, Refusal};
use crate::shell::cli::Desk;
use crate::shell::cli::stop::{Exit, Stop};
use crate::shell::private::Folder;
use crate::shell::runtime::{self, Ended, Failure, Start};
use crate::shell::{keys, paths, terminal};
use crate::store::{Access, Opening, SCHEMA_VERSION, Store};
use crate::texts::{Sentence, Text, text};

/// Records written in one act: a million in one would hold the log of the file in memory.
const BATCH: usize = 10_000;
/// The seed of synthetic registers: two machines make the same one on the same day.
const SEED: u64 = 1;

/// `vendeck`: opens the register.
pub(super) fn open(desk: &mut Desk) -> Result<Exit, Stop> {
    find_terminal()?;
    start(desk, desk.opening.clone(), false)
}

/// `vendeck demo`.
pub(super) fn run(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    let sizes = sizes(matches);
    if let Some(path) = matches.get_one::<PathBuf>("keep") {
        return keep(desk, path, sizes);
    }
    find_terminal()?;
    let folder = Folder::make().map_err(Stop::Io)?;
    let path = folder.path().join("demo.db");
    let opening = Opening { path, currency: Currency::CNY, ..desk.opening.clone() };
    if sizes.is_some() || !from_cache(&opening) {
        fill(&opening, sizes)?;
    }
    start(desk, opening, true)
}

/// Copies the demo register of this day from the cache, made there when it is the first of the
/// day: its dates are relative to today, and to fill it anew at each start would take longer than
/// all the rest. Whether there was one in the end; without a cache the demo is filled in place.
///
/// Each build has its own: what another worked out of the same data need not be what this one does.
fn from_cache(opening: &Opening) -> bool {
    let (Some(folder), Some(build)) = (paths::cache(), build()) else { return false };
    let name = format!("demo-{build}-{SCHEMA_VERSION}-{}.db", opening.today);
    let cached = folder.join(&name);
    if !cached.exists() && make_cached(&folder, &cached, opening).is_err() {
        return false;
    }
    // No connection of this process has either file open.
    fs::copy(&cached, &opening.path).is_ok()
}

/// Tells this build from every other: when its program was written, and how long it is.
fn build() -> Option<String> {
    let program = fs::metadata(std::env::current_exe().ok()?).ok()?;
    Some(format!("{:x}-{:x}", program.mtime(), program.len()))
}

fn make_cached(folder: &Path, cached: &Path, opening: &Opening) -> std::io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let old = |path: &Path| path.file_name().is_some_and(|n| n.to_string_lossy().starts_with("demo-"));
    for entry in fs::read_dir(folder)?.flatten().filter(|entry| old(&entry.path())) {
        let _ = fs::remove_file(entry.path());
    }
    let fresh = cached.with_extension(format!("{}.new", std::process::id()));
    let making = Opening { path: fresh.clone(), ..opening.clone() };
    let made = fill(&making, None).map_err(|_| std::io::Error::other("not filled"));
    let made = made.and_then(|_| fs::rename(&fresh, cached));
    let _ = fs::remove_file(&fresh);
    made
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
fn find_terminal() -> Result<(), Stop> {
    match terminal::missing() {
        Some(stream) => Err(Stop::Io(Sentence::from(NOT_A_TERMINAL).with("stream", stream))),
        None => Ok(()),
    }
}

fn start(desk: &mut Desk, opening: Opening, throwaway: bool) -> Result<Exit, Stop> {
    let keymap = keys::read(paths::keymap().as_deref()).map_err(Stop::Usage)?;
    let start = Start { opening, lang: desk.lang, look: desk.look, keymap, as_of: desk.as_of, throwaway };
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

/// Fills a new register; returns how many records went in.
fn fill(opening: &Opening, sizes: Option<Sizes>) -> Result<usize, Refusal> {
    let opening = Opening { access: Access::Write, currency: Currency::CNY, ..opening.clone() };
    let mut store = Store::open(&opening)?;
    let at_fault = |error| Refusal::Damaged(Sentence::from(BAD_DEMO).with("what", format!("{error:?}")));
    if let Some(sizes) = sizes {
        return enter(&mut store, synthetic::register(SEED, sizes, opening.today));
    }
    // A new register holds the defaults already.
    let defaults = demo::defaults().map_err(at_fault)?;
    let held: BTreeSet<String> = defaults.into_iter().map(|entry| entry.code).collect();
    let entries = demo::entries(opening.today).map_err(at_fault)?;
    enter(&mut store, entries.into_iter().filter(|entry| !held.contains(&entry.code)))
}

fn enter(store: &mut Store, entries: impl Iterator<Item = Entry>) -> Result<usize, Refusal> {
    let mut entries = entries.peekable();
    let mut records = 0;
    while entries.peek().is_some() {
        let mut txn = store.begin(Act::Found)?;
        for entry in entries.by_ref().take(BATCH) {
            txn.enter(&entry)?;
            records += 1;
        }
        txn.commit()?;
    }
    Ok(records)
}

const EXISTS: Text = text("{path} exists already; name another file.", "{path} 已存在，请另选文件名。");
const BAD_DEMO: Text = text("The built-in demo cannot be read ({what}).", "内置演示数据无法读取（{what}）。");
const NOT_A_TERMINAL: Text = text(
    "{stream} is no terminal, and the screens need one. Run vendeck in a terminal, or use its commands: vendeck --help.",
    "{stream} 不是终端，而界面需要终端。请在终端中运行，或使用命令：vendeck --help。",
);
const NO_TERMINAL: Text = text(
    "There is no terminal to draw on ({what}). Run vendeck in one, or use its commands: vendeck --help.",
    "没有可用的终端（{what}）。请在终端中运行，或使用命令：vendeck --help。",
);
