//! `erase`: a person's data for good, after the code was typed again.

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use crate::register::erase::{Erased, Erasure, Spot, Swept};
use crate::register::ref_of;
use crate::shell::cli::Desk;
use crate::shell::cli::plain::lines;
use crate::shell::cli::stop::{Exit, Stop};
use crate::shell::drafts::Keeper;
use crate::shell::{editor, paths};
use crate::store::backup::copies;
use crate::texts::{Sentence, Text, text};

/// `vendeck erase CODE`.
pub(super) fn run(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    let word = matches.get_one::<String>("code").map(|word| word.trim()).unwrap_or_default();
    let at = ref_of(word).ok_or_else(|| Stop::Usage(Sentence::from(NO_CODE).with("word", word)))?;
    let also: Vec<String> = matches.get_many("also").into_iter().flatten().cloned().collect();
    let mut store = desk.store()?;
    let erasure = store.erasure(at, &also)?;
    let remove = matches.get_one::<usize>("remove-copies").copied();
    if remove.is_some_and(|count| count != erasure.copies.len()) {
        return Err(Stop::Usage(Sentence::from(OTHER_COUNT).with("count", erasure.copies.len())));
    }
    if matches.get_flag("dry-run") {
        return tell(desk, &erasure, None);
    }
    confirm(desk, matches, &erasure)?;
    let erased = store.erase(at, &also)?;
    drop(store);
    if let Some(folder) = paths::state() {
        let running = Keeper::new(&folder.join("drafts"), &desk.opening.path).erase(&erased.erasure);
        if running > 0 {
            desk.say(&IN_A_FORM.into());
        }
    }
    editor::forget(&erased.erasure);
    // Those that were counted, and no other; and it is told what was erased, whatever comes of them.
    let counted: Vec<PathBuf> = erasure.copies.iter().map(PathBuf::from).collect();
    let removed = if remove.is_some() { copies::discard(&counted) } else { Ok(0) };
    let done = Done { erased: &erased, removed: removed.as_ref().ok().copied() };
    tell(desk, &erased.erasure, Some(&done))?;
    desk.out.flush()?;
    removed?;
    Ok(Exit::Done)
}

/// What was done.
struct Done<'a> {
    erased: &'a Erased,
    /// How many copies were removed; `None` where one could not be.
    removed: Option<usize>,
}

/// Wants the code a second time: by the flag, or typed after all that goes was told.
fn confirm(desk: &Desk, matches: &ArgMatches, erasure: &Erasure) -> Result<(), Stop> {
    let is_it = |typed: &str| typed.trim().eq_ignore_ascii_case(&erasure.code);
    let unsaid = || Stop::Usage(Sentence::from(UNSAID).with("code", &erasure.code));
    if let Some(typed) = matches.get_one::<String>("yes") {
        return if is_it(typed) { Ok(()) } else { Err(unsaid()) };
    }
    if !lines::are_typed() {
        return Err(unsaid());
    }
    for sentence in erasure.sentences() {
        desk.say(&sentence);
    }
    desk.say(&Sentence::from(TYPE_IT).with("code", &erasure.code));
    match lines::next()? {
        Some(typed) if is_it(&typed) => Ok(()),
        _ => Err(Stop::Usage(NOT_ERASED.into())),
    }
}

fn tell(desk: &mut Desk, erasure: &Erasure, done: Option<&Done>) -> Result<Exit, Stop> {
    if desk.out.is_json() {
        let spots = |spots: &[Spot]| -> Vec<Json> {
            spots.iter().map(|spot| json!({ "code": spot.code, "fields": spot.fields })).collect()
        };
        desk.out.json(&json!({
            "code": erasure.code,
            "change": done.and_then(|done| done.erased.saved.change),
            "words": erasure.words.told(),
            "too_short": erasure.words.too_short().collect::<Vec<_>>(),
            "events": erasure.events,
            "places": spots(&erasure.places),
            "other_events": erasure.other_events,
            "left": spots(&erasure.left),
            "copies": erasure.copies,
            "copies_removed": done.and_then(|done| done.removed),
            "swept": done.map(|done| done.erased.swept == Swept::Clean),
        }))?;
        return Ok(Exit::Done);
    }
    let Some(Done { erased, removed }) = done else {
        for sentence in erasure.sentences() {
            desk.out.line(&sentence.in_(desk.lang))?;
        }
        return Ok(Exit::Done);
    };
    desk.out.line(&Sentence::from(ERASED).with("code", &erasure.code).in_(desk.lang))?;
    if erased.swept == Swept::Later {
        desk.say(&LATER.into());
    }
    if let Some(removed) = removed.filter(|removed| *removed > 0) {
        desk.say(&Sentence::from(REMOVED).with("count", removed));
    }
    let left: Vec<&String> = erasure.copies.iter().filter(|copy| Path::new(copy).exists()).collect();
    if !left.is_empty() {
        desk.say(&HOLD.into());
        for copy in left {
            desk.say(&Sentence::from(text("  {copy}", "  {copy}")).with("copy", copy));
        }
    }
    Ok(Exit::Done)
}

const NO_CODE: Text = text("“{word}” is no code, such as CT-0003.", "“{word}”不是编号；编号如 CT-0003。");
const UNSAID: Text = text(
    "Nothing was erased. It cannot be taken back, so say the code twice: --yes {code}. With --dry-run it tells what would go.",
    "未作抹除。此操作无法撤销，请再次写明编号：--yes {code}。用 --dry-run 可查看将清除的内容。",
);
const TYPE_IT: Text = text("Type {code} to erase it:", "输入 {code} 以确认抹除：");
const NOT_ERASED: Text = text("That is not the code; nothing was erased.", "编号不符，未作抹除。");
const ERASED: Text = text("{code} is erased for good.", "{code} 已永久抹除。");
const LATER: Text = text(
    "Free pages of the file still hold it (another program reads it, or the disk is full), until the next start of vendeck that can write.",
    "文件空闲页中仍有残留（有其他程序正在读取，或磁盘已满），下次以可写方式启动 vendeck 时清除。",
);
const REMOVED: Text =
    text("Copies removed from beside the register: {count}.", "已删除登记册旁的 {count} 份副本。");
const HOLD: Text = text(
    "These copies hold it still, and so does every copy kept elsewhere. Remove them, then make a new one (vendeck backup FILE):",
    "以下副本仍含有这些内容，存放在别处的副本亦然。请删除后重新备份（vendeck backup FILE）：",
);
const OTHER_COUNT: Text = text(
    "The number of copies beside the register is {count}; nothing was erased. vendeck backup --list names them.",
    "登记册旁有 {count} 份副本，与所写份数不符；未作抹除。可用 vendeck backup --list 查看。",
);
const IN_A_FORM: Text = text(
    "A form that is open in another window still holds some of it; leave or save that form.",
    "另一窗口中打开的表单仍含有部分内容，请保存或离开该表单。",
);
