//! Putting a backup in the place of the register.
//!
//! The backup is verified before: its checksum, its marks and format, its pages, tables and history, and
//! that it is of this register; and what stands at the path is verified after.
//!
//! Whatever happens on the way, what is at the path of the register is the old one or the new
//! one: never none, and never the one with the log of the other.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Row};

use crate::entity::{Kind, Ref};
use crate::place::{Fresh, LOGS, beside, sync_folder};
use crate::register::{Refusal, code_of};
use crate::store::backup::{Checksum, Copied, checksum, copy, no_copy, place, sound, taken};
use crate::store::check::{self, chain};
use crate::store::open::{self, held};
use crate::store::{Access, Store, migrate, refused};
use crate::texts::{Sentence, Text, text};

/// What a restore has done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What was there before.
    pub kept: Copied,
    /// What the checksum beside the backup said; never [`Checksum::Differs`].
    pub checksum: Checksum,
    /// The codes of records that were erased after the backup was made, of which it brings back what was
    /// erased; none are known where the register was damaged.
    pub brings_back: Vec<String>,
}

impl Store {
    /// Puts the content of a backup in the place of a register, after verifying it and after a
    /// backup of what is there now. Other operators see the new content at once. Of a register
    /// that is damaged itself a copy is kept as it is: that it is damaged is why one restores.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] when the backup is no sound register or not as it was made,
    /// [`Refusal::Newer`], [`Refusal::Rule`] when it is of another register; nothing was changed then.
    pub fn restore(opening: &open::Opening, from: &Path) -> Result<Restored, Refusal> {
        if opening.access == Access::Read {
            return Err(Refusal::ReadOnly);
        }
        if held::is_same(from, &opening.path) {
            return Err(Refusal::Rule(named(ITSELF, from)));
        }
        let reading = open::Opening { path: from.to_path_buf(), access: Access::Read, ..opening.clone() };
        open::confirm_readable(from)?;
        let checksum = checksum::compare(from).map_err(|error| unreadable(from, &error))?;
        if checksum == Checksum::Differs {
            return Err(Refusal::Damaged(named(CHANGED, from).with("sum", checksum::beside(from).display())));
        }
        let source = Self::open_as_it_is(&reading)?;
        verify(&source.conn)?;
        let there = Self::open(opening).and_then(|store| {
            let erased = store.erased_behind(&source)?;
            Ok((store.keep_before(&source)?, erased, store))
        });
        let (kept, brings_back) = match there {
            Err(Refusal::Damaged(_)) if open::is_ours(&opening.path) => {
                (over_damaged(opening, &source)?, Vec::new())
            }
            other => {
                let (kept, erased, mut store) = other?;
                // What is refused from here on is the fault of the backup: what was there is back.
                store.take_over(&source, &kept, checksum)?;
                (kept, erased)
            }
        };
        Ok(Restored { kept, checksum, brings_back })
    }

    /// The codes of records that were erased since the last event of a backup.
    fn erased_behind(&self, source: &Self) -> Result<Vec<String>, Refusal> {
        let last: i64 = source
            .conn
            .query_row("SELECT ifnull(max(seq), 0) FROM event", [], |row| row.get(0))
            .map_err(refused)?;
        let erased = "SELECT kind, record FROM event WHERE seq > ? AND seals IS NOT NULL ORDER BY seq";
        let of_row = |row: &Row| Ok((row.get(0)?, row.get(1)?));
        let rows: Vec<(i64, i64)> = self
            .conn
            .prepare(erased)
            .and_then(|mut s| s.query_map([last], of_row)?.collect())
            .map_err(refused)?;
        let code = |(kind, id): (i64, i64)| Some(code_of(Ref { kind: Kind::from_number(kind)?, id }));
        let mut codes: Vec<String> = rows.into_iter().filter_map(code).collect();
        let mut seen = BTreeSet::new();
        codes.retain(|code| seen.insert(code.clone()));
        Ok(codes)
    }

    /// Copies what is there before the backup comes in its place.
    fn keep_before(&self, source: &Self) -> Result<Copied, Refusal> {
        if !self.is_as_founded()? && founding(&self.conn)? != founding(&source.conn)? {
            return Err(Refusal::Rule(named(OF_ANOTHER, &source.path)));
        }
        self.backup(&free(&self.path, "before-restore", &(self.clock)()))
    }

    fn take_over(&mut self, source: &Self, kept: &Copied, checksum: Checksum) -> Result<(), Refusal> {
        let taken = self.become_copy_of(&source.conn).and_then(|()| match checksum {
            Checksum::Matches => Ok(()),
            // Nothing says that it is as it was made, so each of its values is held against its history.
            Checksum::Missing | Checksum::Differs => verify_values(&self.conn),
        });
        if let Err(refusal) = taken {
            // What was there before comes back; if even that fails, its copy is named all the same.
            let before = Self::open(&open::Opening {
                path: kept.path.clone(),
                access: Access::Read,
                actor: self.actor.clone(),
                today: self.today,
                clock: self.clock,
                currency: crate::store::settings::DEFAULT_CURRENCY,
            });
            let _ = before.and_then(|before| copy(&before.conn, &mut self.conn));
            return Err(refusal);
        }
        Ok(())
    }

    fn become_copy_of(&mut self, source: &Connection) -> Result<(), Refusal> {
        checksum::lift(&self.path)?;
        copy(source, &mut self.conn)?;
        verify(&self.conn)?;
        migrate::bring_up(self)?;
        self.renew_index()?;
        self.renew_lookup()
    }
}

/// Verifies every index and every value of a register of this program's format.
fn verify_values(conn: &Connection) -> Result<(), Refusal> {
    let verdict: String =
        conn.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0)).map_err(refused)?;
    if verdict != "ok" {
        return Err(Refusal::Damaged(Sentence::from(NOT_AS_MADE).with("what", verdict)));
    }
    match check::facts::differing(conn)?.into_iter().next() {
        Some(finding) => {
            let what =
                Sentence::from(FINDING).with("code", finding.code).with_sentence("what", finding.sentence);
            Err(Refusal::Damaged(Sentence::from(NOT_AS_MADE).with_sentence("what", what)))
        }
        None => Ok(()),
    }
}

/// Verifies the pages, tables and history of a register, of whatever format this program knows.
fn verify(conn: &Connection) -> Result<(), Refusal> {
    sound(conn)?;
    let found = [check::schema(conn)?, chain::broken(conn)?];
    match found.into_iter().flatten().next() {
        Some(finding) => Err(Refusal::Damaged(finding.sentence)),
        None => Ok(()),
    }
}

/// The act that founded a register: when it was and whose. No two registers have the same.
pub(super) fn founding(conn: &Connection) -> Result<(String, String), Refusal> {
    conn.query_row("SELECT at, actor FROM change ORDER BY id LIMIT 1", [], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
    .map_err(refused)
}

fn over_damaged(opening: &open::Opening, source: &Store) -> Result<Copied, Refusal> {
    // The logs lie beside the file itself, not beside a link to it.
    let path = fs::canonicalize(&opening.path).map_err(no_copy(&opening.path))?;
    let aside = || free(&path, "damaged", &(opening.clock)());
    let kept = match overwrite(&path, source, &aside()) {
        // The engine cannot open the file, or for a byte of its head only to read it.
        Err(Refusal::Damaged(_) | Refusal::ReadOnly) => exchange(&path, source, &aside())?,
        other => other?,
    };
    verify(&Store::open(opening)?.conn)?;
    Ok(kept)
}

/// Writes the backup over the pages of the register in one transaction. The engine has to make
/// out where the pages lie, and asks nothing of what they hold.
fn overwrite(path: &Path, source: &Store, kept: &Path) -> Result<Copied, Refusal> {
    let (_held, mut conn) = open::pages_of(path)?;
    let fresh = Fresh::beside(kept).map_err(no_copy(kept))?;
    let mut target = Connection::open(fresh.path()).map_err(refused)?;
    copy(&conn, &mut target)?;
    drop(target);
    let copied = place(fresh, kept)?.ok_or_else(|| taken(kept))?;
    checksum::lift(path)?;
    // All is as it was when this is refused, so the copy of it is of no use.
    copy(&source.conn, &mut conn).inspect_err(|_| drop(fs::remove_file(kept)))?;
    sound(&conn)?;
    Ok(copied)
}

/// Puts a copy of the backup in the place of a register that the engine cannot open to write. Its
/// logs go first, once copies of all are kept: no program opens the old register, with them or
/// without, but into the new one they would be replayed.
fn exchange(path: &Path, source: &Store, kept: &Path) -> Result<Copied, Refusal> {
    let fresh = Fresh::beside(path).map_err(no_copy(path))?;
    source.copy_into(fresh.path())?;
    let io = no_copy(kept);
    let rights = fs::metadata(path).map_err(&io)?.permissions();
    fs::set_permissions(fresh.path(), rights).map_err(&io)?;
    let copied = keep(path, kept)?;
    let logs =
        || LOGS.iter().map(|end| (beside(path, end), beside(kept, end))).filter(|(log, _)| log.exists());
    for (log, kept) in logs() {
        keep(&log, &kept)?;
    }
    for (log, _) in logs() {
        fs::remove_file(log).map_err(&io)?;
    }
    checksum::lift(path)?;
    sync_folder(path).map_err(&io)?;
    fresh.replace().map_err(&io)?;
    Ok(copied)
}

/// Copies the bytes of a file to which this process has no connection.
fn keep(path: &Path, kept: &Path) -> Result<Copied, Refusal> {
    let io = no_copy(kept);
    let fresh = Fresh::beside(kept).map_err(&io)?;
    let mut target = OpenOptions::new().write(true).open(fresh.path()).map_err(&io)?;
    std::io::copy(&mut File::open(path).map_err(&io)?, &mut target).map_err(&io)?;
    place(fresh, kept)?.ok_or_else(|| taken(kept))
}

/// A free name beside the register for what is there before a backup is put in its place.
fn free(path: &Path, what: &str, instant: &str) -> PathBuf {
    super::free_name(instant, |instant| beside(path, &format!(".{what}-{instant}.bak")))
}

fn named(text: Text, path: &Path) -> Sentence {
    Sentence::from(text).with("path", path.display())
}

fn unreadable(from: &Path, error: &std::io::Error) -> Refusal {
    Refusal::Io(named(UNREADABLE, from).with("what", error))
}

const UNREADABLE: Text = text("{path} cannot be read ({what}).", "无法读取 {path}（{what}）。");
const CHANGED: Text = text(
    "{path} is not as it was made: its checksum differs. Restore another backup; if it was changed on purpose, remove {sum} first.",
    "{path} 与制作时不同：校验和不符。请恢复其他备份；如系有意更改，请先删除 {sum}。",
);
const FINDING: Text = text("{code}: {what}", "{code}：{what}");
const NOT_AS_MADE: Text = text(
    "The backup was changed since it was made ({what}), and is not restored. Restore another one.",
    "备份在建立后被改动（{what}），未予恢复。请恢复其他备份。",
);
const OF_ANOTHER: Text = text(
    "{path} is a backup of another register. Put it beside this one: vendeck --db NEW restore FILE.",
    "{path} 是另一登记册的备份。请另存：vendeck --db 新文件 restore FILE。",
);
const ITSELF: Text =
    text("{path} is the register itself. Name a backup.", "{path} 就是当前登记册，请指定备份文件。");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::opening;

    #[test]
    fn what_was_there_comes_back_when_what_was_put_in_its_place_is_not_sound() {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::open(&opening(dir.path())).unwrap();
        let copy = dir.path().join("copy.bak");
        store.backup(&copy).unwrap();
        let meddler = Connection::open(&copy).unwrap();
        meddler
            .execute_batch("DROP TRIGGER event_is_sealed; UPDATE event SET after = '{}' WHERE seq = 3;")
            .unwrap();
        drop(meddler);
        store.set("fiscal_year_start", "4").unwrap();
        let before = store.history(5).unwrap();
        let source = open::Opening { path: copy, access: Access::Read, ..opening(dir.path()) };
        let source = Store::open(&source).unwrap();
        let taken =
            store.keep_before(&source).and_then(|kept| store.take_over(&source, &kept, Checksum::Matches));
        assert!(matches!(taken, Err(Refusal::Damaged(_))));
        assert_eq!(store.history(5).unwrap(), before);
        assert_eq!(store.setting("fiscal_year_start").unwrap(), "4");
    }

    /// The engine folds a log into its file whenever it can; what it leaves is not of its making.
    #[test]
    fn a_file_that_cannot_be_opened_is_exchanged_with_its_logs() {
        let dir = tempfile::tempdir().unwrap();
        let source = Store::open(&opening(dir.path())).unwrap();
        let (path, kept) = (dir.path().join("old.db"), dir.path().join("old.bak"));
        let ends = LOGS.iter().chain([&""]);
        for end in ends.clone() {
            fs::write(beside(&path, end), format!("old{end}")).unwrap();
        }
        let copied = exchange(&path, &source, &kept).unwrap();
        assert_eq!(copied, Copied { path: kept.clone(), bytes: 3 });
        for end in ends {
            assert_eq!(fs::read_to_string(beside(&kept, end)).unwrap(), format!("old{end}"));
        }
        for end in LOGS {
            assert!(!beside(&path, end).exists(), "{end} would be replayed into the new register");
        }
        let new = Store::open(&open::Opening { path, ..opening(dir.path()) }).unwrap();
        assert_eq!(new.history(9).unwrap(), source.history(9).unwrap());
    }
}
