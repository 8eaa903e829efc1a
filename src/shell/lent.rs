//! Registers that are lent for a run: the demo, and the empty one behind the first start. Their files are
//! in a private folder, and go with the program.

use std::collections::BTreeSet;
use std::fs::{self, DirBuilder};
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::Path;

use crate::demo::synthetic::{self, Sizes};
use crate::demo::{self, Entry};
use crate::domain::money::Currency;
use crate::register::{Act, Refusal};
use crate::shell::paths;
use crate::shell::private::Folder;
use crate::store::{Access, Opening, SCHEMA_VERSION, Store};
use crate::texts::{Sentence, Text, text};

/// Records written in one act: a million in one would hold the log of the file in memory.
const BATCH: usize = 10_000;
/// The seed of synthetic registers: two machines make the same one on the same day.
const SEED: u64 = 1;

/// A register that goes with its holder.
#[derive(Debug)]
pub struct Lent {
    /// How it is opened.
    pub opening: Opening,
    _folder: Folder,
}

impl Lent {
    /// One with nothing in it, opened as another would be.
    ///
    /// # Errors
    /// [`Refusal::Io`] when no file can be made.
    pub fn empty(opening: &Opening) -> Result<Self, Refusal> {
        let folder = Folder::make().map_err(Refusal::Io)?;
        let opening = Opening { path: folder.path().join("demo.db"), ..opening.clone() };
        Ok(Self { opening, _folder: folder })
    }

    /// The demo register of this day.
    ///
    /// # Errors
    /// As [`Lent::empty`], or when it cannot be filled.
    pub fn demo(opening: &Opening, sizes: Option<Sizes>) -> Result<Self, Refusal> {
        let mut lent = Self::empty(opening)?;
        lent.opening.currency = Currency::CNY;
        if sizes.is_some() || !from_cache(&lent.opening) {
            fill(&lent.opening, sizes)?;
        }
        Ok(lent)
    }
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

/// Fills a new register; returns how many records went in.
///
/// # Errors
/// What the register refuses.
pub fn fill(opening: &Opening, sizes: Option<Sizes>) -> Result<usize, Refusal> {
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

const BAD_DEMO: Text = text("The built-in demo cannot be read ({what}).", "内置演示数据无法读取（{what}）。");
