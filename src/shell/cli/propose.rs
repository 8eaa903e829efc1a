//! `vendeck review open --period PERIOD`: what the house proposes, told or done.

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use crate::domain::period::Period;
use crate::entity::{Kind, Ref};
use crate::register::code_of;
use crate::register::proposal::{Fate, Line, Proposal, Wish};
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
    let mut store = desk.store()?;
    let proposal = store.propose(wish)?;
    let chosen = proposal.usual();
    let made = if chosen.is_empty() { Vec::new() } else { store.accept(wish, &chosen)?.records };
    let made: Vec<Ref> = made.into_iter().filter(|at| at.kind == wish.makes()).collect();
    told(desk, &proposal, &made)
}

/// Tells the lines of a proposal; `made` are the records that came of those that were to be done.
fn told(desk: &mut Desk, proposal: &Proposal, made: &[Ref]) -> Result<Exit, Stop> {
    let lang = desk.lang;
    let Wish::Open { period, .. } = proposal.wish;
    let mut made_of = made.iter();
    let lines: Vec<(&Line, Option<Ref>)> = proposal
        .lines
        .iter()
        .map(|line| (line, if line.fate == Fate::Will { made_of.next().copied() } else { None }))
        .collect();
    if desk.out.is_json() {
        let of = |fate: Fate| -> Vec<Json> {
            let of_fate = lines.iter().filter(|(line, _)| line.fate == fate);
            of_fate.map(|(line, made)| line_json(line, *made, lang)).collect()
        };
        desk.out.json(&json!({
            "period": period.to_string(),
            "dry_run": made.is_empty() && proposal.count(Fate::Will) > 0,
            "opened": of(Fate::Will),
            "existing": of(Fate::Stands),
            "skipped": of(Fate::Skipped),
        }))?;
        return Ok(Exit::Done);
    }
    let rows: Vec<Vec<String>> = lines
        .iter()
        .map(|(line, made)| {
            let fate = match (line.fate, made) {
                (Fate::Will, Some(at)) => code_of(*at),
                (Fate::Will | Fate::Over, _) => WOULD.in_(lang).to_owned(),
                (Fate::Stands, _) => STANDS.in_(lang).to_owned(),
                (Fate::Skipped, _) => SKIPPED.in_(lang).to_owned(),
            };
            vec![fate, line.what.in_(lang), line.says.in_(lang)]
        })
        .collect();
    desk.out.rows(&rows)?;
    let says = if made.is_empty() { proposal.summary() } else { proposal.wish.done(made.len()) };
    desk.say(&says);
    Ok(Exit::Done)
}

fn line_json(line: &Line, made: Option<Ref>, lang: Lang) -> Json {
    let code = made.or(line.at.filter(|at| at.kind == Kind::Review)).map(code_of);
    let (plan, subject) = line.key.split_once(' ').unwrap_or((&line.key, ""));
    let mut json = json!({
        "code": code,
        "plan": plan,
        "subject": subject,
        "name": line.what.in_(lang),
        "says": line.says.in_(lang),
    });
    if let Json::Object(object) = &mut json {
        object.extend(line.puts.iter().map(|(key, value)| ((*key).to_owned(), Json::from(value.clone()))));
    }
    json
}

const NO_PERIOD: Text = text(
    "--period: “{typed}” is no period, such as 2026-Q3, 2026-07, 2026-H2 or 2026.",
    "--period：“{typed}”不是期间，如 2026-Q3、2026-07、2026-H2、2026。",
);
const WOULD: Text = text("to open", "待发起");
const STANDS: Text = text("there", "已存在");
const SKIPPED: Text = text("skipped", "跳过");
