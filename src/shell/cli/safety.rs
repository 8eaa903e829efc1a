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
use crate::store::check::Severity;
use crate::texts::{Sentence, Text, text};

/// `vendeck backup FILE`.
pub(super) fn backup(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    let store = desk.store()?;
    let copied = store.backup(&path(matches))?;
    if desk.out.is_json() {
        desk.out.json(&json!({ "path": copied.path.to_string_lossy(), "bytes": copied.bytes }))?;
    } else {
        desk.out.line(&copied.path.to_string_lossy())?;
        desk.say(&Sentence::from(BACKED_UP).with("bytes", copied.bytes));
    }
    Ok(Exit::Done)
}

/// `vendeck restore FILE`.
pub(super) fn restore(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    let from = path(matches);
    let kept = Store::restore(&desk.opening, &from)?;
    if desk.out.is_json() {
        let register = desk.opening.path.to_string_lossy();
        desk.out.json(&json!({
            "register": register,
            "restored": from.to_string_lossy(),
            "kept": kept.path.to_string_lossy(),
            "bytes": kept.bytes,
        }))?;
    } else {
        desk.out.line(&desk.opening.path.to_string_lossy())?;
        desk.say(&Sentence::from(RESTORED).with("kept", kept.path.display()));
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
        desk.out.line(&reverted_sentence(reverted).in_(desk.lang))?;
    }
    Ok(Exit::Done)
}

fn path(matches: &ArgMatches) -> PathBuf {
    matches.get_one::<PathBuf>("file").cloned().unwrap_or_default()
}

const BACKED_UP: Text = text("{bytes} bytes copied and checked.", "已复制并校验 {bytes} 字节。");
const RESTORED: Text = text("What was there before is kept in {kept}.", "原有内容保存在 {kept}。");
const ALL_WELL: Text = text("All is well.", "一切正常。");
