//! `vendeck template revise | adopt | built-in`: revisions of a scorecard, and those that come with the program.

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use crate::entity::{Kind, Record, Ref};
use crate::register::{Act, code_of, coded};
use crate::shell::cli::stop::{Exit, Stop};
use crate::shell::cli::{Desk, records};
use crate::store::Txn;
use crate::texts::{Sentence, Text, text};

/// `vendeck template revise CODE`.
pub(super) fn revise(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    let at = records::code(Kind::Template, matches, "code")?;
    let mut store = desk.store()?;
    let mut txn = store.begin(Act::Add)?;
    let mut weights = Vec::new();
    for word in matches.get_many::<String>("weight").into_iter().flatten() {
        weights.push(weight(&txn, word)?);
    }
    let made = txn.revise(at, &weights)?;
    let touched = txn.touched(made)?;
    txn.commit()?;
    let record = store.record(made)?;
    tell(desk, &record, &touched, &[])
}

/// `vendeck template adopt CODE`.
pub(super) fn adopt(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    let at = records::code(Kind::Template, matches, "code")?;
    let mut store = desk.store()?;
    let mut txn = store.begin(Act::Edit)?;
    txn.adopt(at)?;
    let mut touched = txn.touched(at)?;
    let mut moved = Vec::new();
    if matches.get_flag("move") {
        for review in std::mem::take(&mut touched) {
            txn.move_review(review.at, at)?;
            moved.push(review);
        }
    }
    txn.commit()?;
    let record = store.record(at)?;
    tell(desk, &record, &touched, &moved)
}

/// `vendeck template built-in`.
pub(super) fn built_in(desk: &mut Desk) -> Result<Exit, Stop> {
    let mut store = desk.store()?;
    let added = store.add_built_in()?;
    let of =
        |kind: Kind| added.iter().filter(|at| at.kind == kind).map(|at| code_of(*at)).collect::<Vec<_>>();
    let (templates, kpis) = (of(Kind::Template), of(Kind::Kpi));
    if desk.out.is_json() {
        desk.out.json(&json!({ "templates": templates, "kpis": kpis }))?;
        return Ok(Exit::Done);
    }
    let says = Sentence::from(ADDED).with("templates", templates.len()).with("kpis", kpis.len());
    desk.out.line(&says.in_(desk.lang))?;
    Ok(Exit::Done)
}

/// A KPI by its key or code, and its weight in basis points.
fn weight(txn: &Txn<'_>, word: &str) -> Result<(Ref, i64), Stop> {
    let wrong = || Stop::Usage(Sentence::from(NO_WEIGHT).with("word", word));
    let (kpi, percent) = word.split_once('=').ok_or_else(wrong)?;
    let percent = percent.trim().trim_end_matches('%');
    let weight: crate::domain::review::Score = percent.parse().map_err(|_| wrong())?;
    let by_key = txn.holding(Kind::Kpi, "key", kpi.trim())?.first().copied();
    let at = by_key.or_else(|| coded(Kind::Kpi, kpi.trim())).ok_or_else(wrong)?;
    Ok((at, weight.hundredths()))
}

fn tell(desk: &mut Desk, record: &Record, open: &[Record], moved: &[Record]) -> Result<Exit, Stop> {
    let codes = |of: &[Record]| of.iter().map(|record| record.code.clone()).collect::<Vec<_>>();
    if desk.out.is_json() {
        let mut json = records::to_json(record);
        json.insert("open_reviews".to_owned(), json!(codes(open)));
        json.insert("moved".to_owned(), json!(codes(moved)));
        desk.out.json(&Json::Object(json))?;
        return Ok(Exit::Done);
    }
    let lang = desk.lang;
    desk.out.line(&format!("{}  {}", record.code, record.label()))?;
    for (says, of) in [(MOVED, moved), (OPEN, open)] {
        if !of.is_empty() {
            desk.out.line(&format!("  {}", says.in_(lang)))?;
        }
        for review in of {
            desk.out.line(&format!("    {}  {}", review.code, review.label()))?;
        }
    }
    Ok(Exit::Done)
}

const ADDED: Text = text(
    "{templates} scorecards and {kpis} KPIs were added.",
    "已补充 {templates} 个考核表和 {kpis} 个指标。",
);
const MOVED: Text = text("These open reviews were moved to it:", "以下未完成的考核已移至新版：");
const OPEN: Text = text(
    "These open reviews are by an earlier revision; adopt --move moves them:",
    "以下未完成的考核使用此前版本；可用 adopt --move 移至新版：",
);
const NO_WEIGHT: Text = text(
    "--weight: “{word}” is no KPI with its weight; write it as quality=35%.",
    "--weight：“{word}”不是指标及其权重；请写作 quality=35%。",
);
