//! `vendeck import`: the command line's face of [`crate::shell::import`].

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use serde_json::json;

use crate::domain::money::{Currency, DecimalMark, MoneyRules};
use crate::entity::input::Reading;
use crate::intake::Table;
use crate::intake::dates::DateOrder;
use crate::intake::decode::Encoding;
use crate::register::Act;
use crate::shell::cli::stop::{Exit, Stop};
use crate::shell::cli::{Desk, export, stop};
use crate::shell::import::outcome::{Outcome, Rejected};
use crate::shell::import::plan::{self, Plan};
use crate::shell::import::source::{self, Source};
use crate::shell::import::{deliveries, rejects, rows};
use crate::store::Store;
use crate::store::backup::Before;
use crate::texts::{Sentence, Text, text};

/// Rejected rows that are named on stderr; the file has them all.
const NAMED: usize = 5;

/// `vendeck import FILE --as KIND`.
pub(super) fn run(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    let kind = export::kind(word(matches, "as").unwrap_or_default())?;
    let path = matches.get_one::<PathBuf>("file").cloned().unwrap_or_default();
    let currency = currency(matches)?;
    let source = Source { encoding: encoding(matches)?, sheet: word(matches, "sheet") };
    let loaded = source::read(&path, &source)?;
    let table = &loaded.table;
    let mut store = desk.store()?;
    let decimal = word(matches, "decimal").and_then(DecimalMark::from_name).unwrap_or_default();
    let dates = word(matches, "date-format").and_then(DateOrder::from_name);
    if deliveries::is_asked(kind, &words(matches, "map")) {
        return counted(desk, &mut store, &path, table, dates, matches);
    }
    let money = MoneyRules { currency, base: store.base_currency()?, decimal };
    let asked = plan::Asked {
        kind,
        map: words(matches, "map"),
        set: words(matches, "set"),
        key: words(matches, "key"),
        dates,
        reading: Reading { today: desk.opening.today, money },
        source: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
    };
    let plan = Plan::make(table, asked)?;
    for note in loaded.notes().into_iter().chain(plan.notes(table)) {
        desk.say(&note);
    }

    let is_dry = matches.get_flag("dry-run");
    let precaution = if is_dry { None } else { store.copy_before(Before::Import)? };
    let mut txn = store.begin(Act::Import)?;
    let outcome = rows::enter(&mut txn, &plan, table, &mut |_| ControlFlow::Continue(()))?;
    let rejects = if is_dry {
        None
    } else {
        let given = matches.get_one::<PathBuf>("rejects").map(PathBuf::as_path);
        // Before the commit: an import whose rejected rows cannot be kept does not happen.
        let written = rejects::write(&path, given, table, &outcome.rejected, desk.lang)?;
        let saved = txn.commit()?;
        // A copy from before an import that changed nothing would push out one that is of use.
        if let Some(precaution) = precaution.filter(|_| saved.change.is_some()) {
            desk.say(&Sentence::from(BEFORE).with("path", precaution.keep().display()));
        }
        written
    };
    report(desk, &outcome, rejects.as_deref())?;
    Ok(Exit::findings(!outcome.rejected.is_empty()))
}

/// A list of deliveries: what comes in are counts by vendor and month.
fn counted(
    desk: &mut Desk,
    store: &mut Store,
    path: &Path,
    table: &Table,
    dates: Option<DateOrder>,
    matches: &ArgMatches,
) -> Result<Exit, Stop> {
    let columns = deliveries::columns(table, &words(matches, "map"), dates)?;
    let is_dry = matches.get_flag("dry-run");
    let precaution = if is_dry { None } else { store.copy_before(Before::Import)? };
    let source = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut txn = store.begin(Act::Import)?;
    let counted = deliveries::enter(&mut txn, &columns, table, &source)?;
    let rejected = &counted.outcome.rejected;
    let mut kept = None;
    if !is_dry {
        let given = matches.get_one::<PathBuf>("rejects").map(PathBuf::as_path);
        kept = rejects::write(path, given, table, rejected, desk.lang)?;
        let saved = txn.commit()?;
        if let Some(precaution) = precaution.filter(|_| saved.change.is_some()) {
            desk.say(&Sentence::from(BEFORE).with("path", precaution.keep().display()));
        }
    }
    tell_rejected(desk, rejected, kept.as_deref());
    let sum = counted.sum;
    if desk.out.is_json() {
        let years = counted.years.iter().map(|of| {
            json!({
                "vendor": of.vendor,
                "year": of.year,
                "deliveries": of.sum.counted,
                "late": of.sum.late,
                "on_time_bp": of.sum.rate_bp(),
            })
        });
        desk.out.json(&json!({
            "read": counted.outcome.read,
            "deliveries": sum.counted,
            "late": sum.late,
            "rejected": rejected.len(),
            "rejects_file": kept.as_deref().map(|path| path.to_string_lossy().into_owned()),
            "months_imported": counted.outcome.imported,
            "months_changed": counted.outcome.changed,
            "months_unchanged": counted.outcome.unchanged,
            "vendors_created": counted.outcome.vendors_created,
            "years": years.collect::<Vec<_>>(),
        }))?;
    } else {
        let says = Sentence::from(COUNTED)
            .with("read", counted.outcome.read)
            .with("counted", sum.counted)
            .with("late", sum.late)
            .with("rejected", rejected.len());
        let months = counted.outcome.imported + counted.outcome.changed + counted.outcome.unchanged;
        let says = says.with("months", months).with("vendors", counted.outcome.vendors_created);
        desk.out.line(&says.in_(desk.lang))?;
    }
    Ok(Exit::findings(!rejected.is_empty()))
}

/// Names the first rows that went nowhere, and where all of them are.
fn tell_rejected(desk: &Desk, rejected: &[Rejected], kept: Option<&Path>) {
    for one in rejected.iter().take(NAMED) {
        let line = Sentence::from(LINE).with("line", one.line).in_(desk.lang);
        stop::say(&format!("{line}{}", one.reason(desk.lang)));
    }
    if rejected.len() > NAMED {
        desk.say(&Sentence::from(MORE).with("count", rejected.len() - NAMED));
    }
    if let Some(path) = kept {
        desk.say(&Sentence::from(KEPT).with("path", path.display()));
    }
}

fn report(desk: &mut Desk, outcome: &Outcome, rejects: Option<&Path>) -> Result<(), Stop> {
    if outcome.titles_from_numbers > 0 {
        desk.say(&Sentence::from(TITLES).with("count", outcome.titles_from_numbers));
    }
    tell_rejected(desk, &outcome.rejected, rejects);
    if desk.out.is_json() {
        return desk.out.json(&json!({
            "read": outcome.read,
            "imported": outcome.imported,
            "changed": outcome.changed,
            "unchanged": outcome.unchanged,
            "rejected": outcome.rejected.len(),
            "rejects_file": rejects.map(|path| path.to_string_lossy().into_owned()),
            "vendors_created": outcome.vendors_created,
        }));
    }
    let done = Sentence::from(DONE)
        .with("read", outcome.read)
        .with("imported", outcome.imported)
        .with("changed", outcome.changed)
        .with("unchanged", outcome.unchanged)
        .with("rejected", outcome.rejected.len())
        .with("vendors", outcome.vendors_created);
    desk.out.line(&done.in_(desk.lang))
}

fn word<'m>(matches: &'m ArgMatches, id: &str) -> Option<&'m str> {
    matches.get_one::<String>(id).map(String::as_str)
}

fn words(matches: &ArgMatches, id: &str) -> Vec<String> {
    matches.get_many::<String>(id).unwrap_or_default().cloned().collect()
}

fn encoding(matches: &ArgMatches) -> Result<Option<Encoding>, Stop> {
    let Some(word) = word(matches, "encoding") else { return Ok(None) };
    let names: Vec<&str> = Encoding::ALL.iter().map(|encoding| encoding.name()).collect();
    let unknown = || Sentence::from(NO_ENCODING).with("word", word).with("names", names.join(", "));
    Encoding::from_name(word).map(Some).ok_or_else(|| Stop::Usage(unknown()))
}

fn currency(matches: &ArgMatches) -> Result<Option<Currency>, Stop> {
    let Some(word) = word(matches, "currency") else { return Ok(None) };
    let unknown = || Stop::Usage(Sentence::from(NO_CURRENCY).with("word", word));
    Currency::from_code(word).map(Some).ok_or_else(unknown)
}

const DONE: Text = text(
    "{read} read: {imported} imported, {changed} changed, {unchanged} unchanged, {rejected} rejected; {vendors} vendors created.",
    "共读取 {read} 行：新增 {imported}，更改 {changed}，未变 {unchanged}，拒绝 {rejected}；新建供应商 {vendors}。",
);
const COUNTED: Text = text(
    "{read} read: {counted} deliveries counted, {late} late, {rejected} rejected; {months} months, {vendors} vendors created.",
    "共读取 {read} 行：计入交付 {counted}，逾期 {late}，拒绝 {rejected}；供应商月度 {months} 条，新建供应商 {vendors}。",
);
const TITLES: Text = text(
    "{count} rows have no title; their number stands in for it.",
    "{count} 行没有标题，以合同编号代替。",
);
const LINE: Text = text("line {line}: ", "第 {line} 行：");
const MORE: Text = text("and {count} rows more.", "另有 {count} 行。");
const KEPT: Text = text("Rejected rows are in {path}.", "被拒的行保存在 {path}。");
const BEFORE: Text = text(
    "The register as it was before is in {path} (vendeck restore FILE).",
    "导入前的登记册备份在 {path}（vendeck restore FILE）。",
);
const NO_ENCODING: Text = text(
    "--encoding: “{word}” is not known; there are {names}.",
    "--encoding：未知编码“{word}”；可用：{names}。",
);
const NO_CURRENCY: Text = text(
    "--currency: “{word}” is no currency code, such as CAD.",
    "--currency：“{word}”不是货币代码，如 CAD。",
);
