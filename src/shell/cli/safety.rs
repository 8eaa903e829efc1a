//! Safety of the register: `backup`, `restore`, `check`, `undo`, `redo`.

use std::path::PathBuf;

use clap::ArgMatches;
use serde_json::json;

use crate::register::history::reverted_sentence;
use crate::register::{Reverted, code_of};
use crate::shell::cli::output::Head;
use crate::shell::cli::stop::{Exit, Stop};
use crate::shell::cli::{Desk, look};
use crate::shell::reference;
use crate::store::Store;
use crate::store::backup::{Checksum, Kept, Restored, checksum, copies};
use crate::store::check::Severity;
use crate::texts::{Sentence, Text, text};

/// `vendeck backup FILE`, `vendeck backup --list`.
pub(super) fn backup(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    if matches.get_flag("list") {
        return list(desk);
    }
    let store = desk.store()?;
    let copied = store.backup(&path(matches))?;
    if desk.out.is_json() {
        desk.out.json(&json!({
            "path": copied.path.to_string_lossy(),
            "bytes": copied.bytes,
            "checksum": checksum::beside(&copied.path).to_string_lossy(),
        }))?;
    } else {
        desk.out.line(&copied.path.to_string_lossy())?;
        desk.say(&Sentence::from(BACKED_UP).with("bytes", copied.bytes));
    }
    Ok(Exit::Done)
}

/// The copies beside the register. A copy that is not as it was made is a finding.
fn list(desk: &mut Desk) -> Result<Exit, Stop> {
    let copies = copies::of(&desk.opening.path);
    let told = |copy: &Kept| checksum::compare(&copy.path).unwrap_or(Checksum::Differs);
    let told: Vec<Checksum> = copies.iter().map(told).collect();
    let at = |copy: &Kept| copy.at.map(|at| at.format("%Y-%m-%dT%H:%M:%SZ").to_string());
    let lang = desk.lang;
    if desk.out.is_json() {
        desk.out.json_list(copies.iter().zip(&told).map(|(copy, told)| {
            Ok(json!({
                "path": copy.path.to_string_lossy(),
                "made": copy.made.key(),
                "at": at(copy),
                "bytes": copy.bytes,
                "checksum": told.key(),
            }))
        }))?;
    } else if copies.is_empty() {
        desk.say(&NO_COPIES.into());
    } else {
        let rows = copies.iter().zip(&told).map(|(copy, told)| {
            let when = at(copy).unwrap_or_default().replace('T', " ").replace('Z', "");
            let words = [copy.made.label(), of_checksum(*told)].map(|text| text.in_(lang).to_owned());
            let [made, told] = words;
            vec![when, made, copy.bytes.to_string(), told, copy.path.to_string_lossy().into_owned()]
        });
        let rows: Vec<Vec<String>> = rows.collect();
        let heads = [
            Head::left(text("Made (UTC)", "时间（UTC）").in_(lang)),
            Head::left(text("Why", "原因").in_(lang)),
            Head::right(text("Bytes", "字节").in_(lang)),
            Head::left(text("Checksum", "校验和").in_(lang)),
            Head::left(text("File", "文件").in_(lang)),
        ];
        desk.out.whole_table(&heads, &rows)?;
    }
    Ok(Exit::findings(told.contains(&Checksum::Differs)))
}

const fn of_checksum(told: Checksum) -> Text {
    match told {
        Checksum::Matches => text("matches", "一致"),
        Checksum::Differs => text("DIFFERS: do not rely on it", "不一致：请勿依赖"),
        Checksum::Missing => text("none", "无"),
    }
}

/// `vendeck restore FILE`.
pub(super) fn restore(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    let from = path(matches);
    let Restored { kept, checksum, brings_back } = Store::restore(&desk.opening, &from)?;
    if desk.out.is_json() {
        let register = desk.opening.path.to_string_lossy();
        desk.out.json(&json!({
            "register": register,
            "restored": from.to_string_lossy(),
            "kept": kept.path.to_string_lossy(),
            "bytes": kept.bytes,
            "checksum": checksum.key(),
            "brings_back": brings_back,
        }))?;
    } else {
        desk.out.line(&desk.opening.path.to_string_lossy())?;
        desk.say(&if checksum == Checksum::Matches { VERIFIED.into() } else { UNSUMMED.into() });
        desk.say(&Sentence::from(RESTORED).with("kept", kept.path.display()));
        if !brings_back.is_empty() {
            desk.say(&Sentence::from(BRINGS_BACK).with("codes", brings_back.join(" ")));
        }
    }
    Ok(Exit::Done)
}

/// `vendeck check`.
pub(super) fn check(desk: &mut Desk) -> Result<Exit, Stop> {
    let store = desk.store()?;
    let mut findings = store.check()?;
    findings.extend(reference::missing(&store, &desk.opening.path)?);
    let lang = desk.lang;
    if desk.out.is_json() {
        desk.out.json_list(findings.iter().map(|finding| {
            Ok(json!({
                "severity": finding.severity.key(),
                "rule": finding.rule,
                "code": finding.code,
                "field": finding.field,
                "message": finding.sentence.in_(lang),
            }))
        }))?;
    } else if findings.is_empty() {
        desk.say(&ALL_WELL.into());
    } else {
        let heads = [
            text("Severity", "程度"),
            text("Rule", "规则"),
            text("Code", "编号"),
            text("Field", "字段"),
            text("What", "问题"),
        ]
        .map(|head| Head::left(head.in_(lang)));
        let word = |severity| match severity {
            Severity::Damage | Severity::Error => text("error", "错误").in_(lang).to_owned(),
            Severity::Warning => text("warning", "提醒").in_(lang).to_owned(),
        };
        let rows: Vec<Vec<String>> = findings
            .iter()
            .map(|f| {
                vec![
                    word(f.severity),
                    f.rule.to_owned(),
                    f.code.clone(),
                    f.field.clone(),
                    f.sentence.in_(lang),
                ]
            })
            .collect();
        desk.out.whole_table(&heads, &rows)?;
    }
    let damaged = findings.iter().any(|finding| finding.severity == Severity::Damage);
    Ok(if damaged { Exit::Damaged } else { Exit::findings(!findings.is_empty()) })
}

/// `vendeck undo`.
pub(super) fn undo(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    let mut store = desk.store()?;
    let reverted = match matches.get_one::<i64>("change") {
        Some(change) => store.undo_act(*change)?,
        None => store.undo()?,
    };
    print(desk, &reverted)
}

/// `vendeck redo`.
pub(super) fn redo(desk: &mut Desk) -> Result<Exit, Stop> {
    let reverted = desk.store()?.redo()?;
    print(desk, &reverted)
}

fn print(desk: &mut Desk, reverted: &Reverted) -> Result<Exit, Stop> {
    if desk.out.is_json() {
        let records: Vec<String> = reverted.saved.records.iter().map(|at| code_of(*at)).collect();
        desk.out.json(&json!({
            "turn": look::turn_key(reverted.turn),
            "act": reverted.act,
            "events": reverted.events,
            "change": reverted.saved.change,
            "records": records,
        }))?;
    } else {
        desk.out.line(&reverted_sentence(reverted, "").in_(desk.lang))?;
    }
    Ok(Exit::Done)
}

fn path(matches: &ArgMatches) -> PathBuf {
    matches.get_one::<PathBuf>("file").cloned().unwrap_or_default()
}

const BACKED_UP: Text = text("{bytes} bytes copied and checked.", "已复制并校验 {bytes} 字节。");
const NO_COPIES: Text = text(
    "There is no copy beside the register. Make one with vendeck backup FILE.",
    "登记册旁没有副本。可用 vendeck backup FILE 备份。",
);
const BRINGS_BACK: Text = text(
    "The backup is older than an erasing and brings back what was erased: {codes}. Erase it again: vendeck erase CODE.",
    "该备份早于一次抹除，已抹除的内容随之恢复：{codes}。请再次抹除：vendeck erase 编号。",
);
const VERIFIED: Text = text(
    "Checksum, pages and history of the backup were verified before, those of the register after.",
    "恢复前已核对备份的校验和、数据页与历史，恢复后已核对登记册。",
);
const UNSUMMED: Text = text(
    "There was no checksum beside the backup; its pages and history were verified.",
    "备份旁没有校验和；已核对其数据页与历史。",
);
const RESTORED: Text = text("What was there before is kept in {kept}.", "原有内容保存在 {kept}。");
const ALL_WELL: Text = text("All is well.", "一切正常。");
