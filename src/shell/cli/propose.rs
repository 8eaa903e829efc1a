//! `vendeck review open --period PERIOD`, `review fill CODE` and `review decide CODE`: what the house
//! proposes, told or done.

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use crate::domain::period::Period;
use crate::entity::{Kind, Ref};
use crate::register::proposal::{Fate, Line, Proposal, Wish};
use crate::register::{Refusal, code_of};
use crate::shell::cli::stop::{Exit, Stop};
use crate::shell::cli::{Desk, records};
use crate::texts::{Lang, Sentence, Text, text};

/// `vendeck review open --period PERIOD [--plan CODE] [--dry-run]`.
pub(super) fn open(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    let typed = matches.get_one::<String>("period").map(String::as_str).unwrap_or_default();
    let period: Period =
        typed.parse().map_err(|_| Stop::Usage(Sentence::from(NO_PERIOD).with("typed", typed)))?;
    let plan = matches.contains_id("plan").then(|| records::code(Kind::ReviewPlan, matches, "plan"));
    let wish = Wish::Open { period, plan: plan.transpose()? };
    if matches.get_flag("dry-run") {
        let proposal = desk.store_to_read()?.propose(wish)?;
        return told(desk, &proposal, &[]);
    }
    done(desk, wish, |proposal| Ok(proposal.usual()))
}

/// `vendeck review fill CODE [--confirm] [--over]`.
pub(super) fn fill(desk: &mut Desk, kind: Kind, matches: &ArgMatches) -> Result<Exit, Stop> {
    let wish = Wish::Fill(records::code(kind, matches, "code")?);
    let over = matches.get_flag("over");
    if !matches.get_flag("confirm") && !over {
        let proposal = desk.store_to_read()?.propose(wish)?;
        return told(desk, &proposal, &[]);
    }
    done(desk, wish, |proposal| {
        let wanted = |line: &&Line| line.fate == Fate::Will || (over && line.fate == Fate::Over);
        Ok(proposal.lines.iter().filter(wanted).map(|line| line.key.clone()).collect())
    })
}

/// `vendeck review decide CODE [KIND…]`.
pub(super) fn decide(desk: &mut Desk, kind: Kind, matches: &ArgMatches) -> Result<Exit, Stop> {
    let wish = Wish::Decide(records::code(kind, matches, "code")?);
    let kinds: Vec<String> = matches.get_many::<String>("kinds").unwrap_or_default().cloned().collect();
    if kinds.is_empty() {
        let proposal = desk.store_to_read()?.propose(wish)?;
        return told(desk, &proposal, &[]);
    }
    done(desk, wish, |proposal| {
        for kind in &kinds {
            let line = proposal.lines.iter().find(|line| line.key == *kind);
            let refused = |says: Sentence| Err(Stop::Refused(Refusal::Rule(says)));
            match line {
                None => {
                    let known: Vec<&str> = proposal.lines.iter().map(|line| line.key.as_str()).collect();
                    return refused(
                        Sentence::from(NOT_PROPOSED).with("kind", kind).with("kinds", known.join(", ")),
                    );
                }
                Some(line) if line.fate != Fate::Will => return refused(line.says.clone()),
                Some(_) => {}
            }
        }
        Ok(kinds.clone())
    })
}

/// Does the lines that `choose` names, and tells what came of them.
fn done(
    desk: &mut Desk,
    wish: Wish,
    choose: impl Fn(&Proposal) -> Result<Vec<String>, Stop>,
) -> Result<Exit, Stop> {
    let mut store = desk.store()?;
    let proposal = store.propose(wish)?;
    let chosen = choose(&proposal)?;
    let saved = if chosen.is_empty() { None } else { Some(store.accept(wish, &chosen)?) };
    let touched = saved.iter().flat_map(|saved| &saved.records).filter(|at| at.kind == wish.makes());
    // Of rows that are filled each line names its own; what is made comes in the order of the lines.
    let made: Vec<(String, Ref)> = match wish {
        Wish::Fill(_) => {
            let of = |at: &Ref| (code_of(*at), *at);
            touched.map(of).filter(|(code, _)| chosen.contains(code)).collect()
        }
        Wish::Open { .. } | Wish::Decide(_) => {
            let in_order = proposal.lines.iter().filter(|line| chosen.contains(&line.key));
            in_order.map(|line| line.key.clone()).zip(touched.copied()).collect()
        }
    };
    told(desk, &proposal, &made)
}

/// Tells the lines of a proposal; `made` are the records that came of those that were done, by their keys.
fn told(desk: &mut Desk, proposal: &Proposal, made: &[(String, Ref)]) -> Result<Exit, Stop> {
    let lang = desk.lang;
    let of = |line: &Line| made.iter().find(|(key, _)| *key == line.key).map(|(_, at)| *at);
    if desk.out.is_json() {
        let lines = |fate: Fate| -> Vec<Json> {
            let of_fate = proposal.lines.iter().filter(|line| line.fate == fate);
            of_fate.map(|line| line_json(line, proposal.wish, of(line), lang)).collect()
        };
        let json = match proposal.wish {
            Wish::Open { period, .. } => json!({
                "period": period.to_string(),
                "dry_run": made.is_empty() && proposal.count(Fate::Will) > 0,
                "opened": lines(Fate::Will),
                "existing": lines(Fate::Stands),
                "skipped": lines(Fate::Skipped),
            }),
            Wish::Fill(at) => json!({
                "code": code_of(at),
                "filled": made.len(),
                "proposed": lines(Fate::Will),
                "in_place": lines(Fate::Over),
                "unchanged": lines(Fate::Stands),
                "without_data": lines(Fate::Skipped),
            }),
            Wish::Decide(at) => json!({
                "code": code_of(at),
                "decided": made.len(),
                "proposed": lines(Fate::Will),
                "ledger": lines(Fate::Stands),
                "not_possible": lines(Fate::Skipped),
            }),
        };
        desk.out.json(&json)?;
        return Ok(Exit::Done);
    }
    let rows: Vec<Vec<String>> = proposal
        .lines
        .iter()
        .map(|line| {
            let fate = match (line.fate, of(line)) {
                (_, Some(at)) => code_of(at),
                (Fate::Will, None) => WOULD.in_(lang).to_owned(),
                (Fate::Over, None) => OVER.in_(lang).to_owned(),
                (Fate::Stands, None) => STANDS.in_(lang).to_owned(),
                (Fate::Skipped, None) => SKIPPED.in_(lang).to_owned(),
            };
            // What a person types to decide a line stands before it.
            let key = matches!(proposal.wish, Wish::Decide(_)).then(|| line.key.clone());
            [fate].into_iter().chain(key).chain([line.what.in_(lang), line.says.in_(lang)]).collect()
        })
        .collect();
    desk.out.rows(&rows)?;
    let says = if made.is_empty() { proposal.summary() } else { proposal.wish.done(made.len()) };
    desk.say(&says);
    Ok(Exit::Done)
}

fn line_json(line: &Line, wish: Wish, made: Option<Ref>, lang: Lang) -> Json {
    let code = made.or(line.at.filter(|at| at.kind == wish.makes())).map(code_of);
    let mut json = json!({ "code": code, "name": line.what.in_(lang), "says": line.says.in_(lang) });
    if let Json::Object(object) = &mut json {
        if let Wish::Open { .. } = wish {
            let (plan, subject) = line.key.split_once(' ').unwrap_or((&line.key, ""));
            object.insert("plan".to_owned(), plan.into());
            object.insert("subject".to_owned(), subject.into());
        }
        object.extend(line.puts.iter().map(|(key, value)| ((*key).to_owned(), Json::from(value.clone()))));
    }
    json
}

const NO_PERIOD: Text = text(
    "--period: “{typed}” is no period, such as 2026-Q3, 2026-07, 2026-H2 or 2026.",
    "--period：“{typed}”不是期间，如 2026-Q3、2026-07、2026-H2、2026。",
);
const NOT_PROPOSED: Text =
    text("{kind} is not proposed; there are: {kinds}.", "未建议 {kind}；可选：{kinds}。");
const WOULD: Text = text("proposed", "待执行");
const OVER: Text = text("in place", "将替换");
const STANDS: Text = text("there", "已存在");
const SKIPPED: Text = text("skipped", "跳过");
