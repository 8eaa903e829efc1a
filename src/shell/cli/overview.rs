//! `vendeck overview`: the figures of the Overview, for a shell and for programs.

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use crate::domain::money::Money;
use crate::entity::{Value, show};
use crate::limits;
use crate::register::history::act_label;
use crate::register::{Attention, MonthEnds, Mover, Overview};
use crate::shell::cli::Desk;
use crate::shell::cli::stop::{Exit, Stop};
use crate::texts::{Lang, Text, text};

/// `vendeck overview`.
pub(super) fn run(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    let lines = matches.get_one::<usize>("lines").copied().unwrap_or(LINES).min(limits::ATTENTION_LINES);
    let overview = desk.store_to_read()?.overview(lines)?;
    if desk.out.is_json() {
        desk.out.json(&as_json(&overview, desk.lang))?;
    } else {
        desk.out.rows(&as_rows(&overview, desk.lang))?;
    }
    Ok(Exit::Done)
}

/// Lines of what needs attention where none are asked for.
const LINES: usize = 20;

fn as_json(overview: &Overview, lang: Lang) -> Json {
    let counts = &overview.counts;
    let money = |money: &Money| show::to_json(&Value::Money(*money));
    json!({
        "counts": {
            "vendors": counts.vendors, "active": counts.active, "arriving": counts.arriving,
            "contracts": counts.contracts, "in_force": counts.in_force, "ending": counts.ending,
            "reviews": counts.reviews, "open_reviews": counts.open_reviews,
            "risks": counts.risks, "high_risks": counts.high_risks, "severe_risks": counts.severe_risks,
        },
        "due": overview.due,
        "snoozed": overview.snoozed.len(),
        "notice": overview.notice,
        "committed": overview.committed.iter().map(money).collect::<Vec<_>>(),
        "mean_score": overview.mean_score.map(|(score, of)| json!({ "score": score, "vendors": of })),
        "periods": overview.periods.iter()
            .map(|(period, score)| json!({ "period": period, "score": score })).collect::<Vec<_>>(),
        "attention": overview.attention.iter().map(|line| attention(line, lang)).collect::<Vec<_>>(),
        "ends": overview.ends.iter().map(ends).collect::<Vec<_>>(),
        "movers": overview.movers.iter().map(mover).collect::<Vec<_>>(),
        "cells": overview.cells.iter().map(|(cell, count)| json!({
            "likelihood": cell.likelihood(), "impact": cell.impact(), "count": count,
        })).collect::<Vec<_>>(),
        "levels": overview.levels.iter().map(|(level, count)| json!({
            "level": level.map(|level| show::plain(&Value::Choice(choice(level)))), "count": count,
        })).collect::<Vec<_>>(),
        "recent": overview.recent.iter().map(|event| json!({
            "at": event.at, "actor": event.actor, "act": event.act,
            "code": crate::register::code_of(event.record), "label": event.label,
            "what": act_label(&event.act).in_(lang),
        })).collect::<Vec<_>>(),
    })
}

fn choice(level: crate::domain::risk::Level) -> &'static crate::domain::list::Choice {
    use crate::domain::list::ClosedList as _;
    level.choice()
}

fn attention(line: &Attention, lang: Lang) -> Json {
    json!({
        "code": line.code,
        "kind": line.at.kind.table().word,
        "what": crate::domain::list::ClosedList::key(line.what),
        "date": line.date.to_string(),
        "days": line.days,
        "label": line.called(lang),
        "vendor": line.vendor,
    })
}

fn ends(month: &MonthEnds) -> Json {
    let annual = month.annual.map(|money| show::to_json(&Value::Money(money)));
    json!({ "month": month.month.format("%Y-%m").to_string(), "count": month.count, "annual": annual })
}

fn mover(mover: &Mover) -> Json {
    json!({ "code": mover.code, "label": mover.label, "score": mover.score, "change": mover.change })
}

/// What each line is about, and what is said there.
fn as_rows(overview: &Overview, lang: Lang) -> Vec<Vec<String>> {
    let counts = &overview.counts;
    let of = |label: Text, said: String| vec![label.in_(lang).to_owned(), said];
    let among = |all: i64, some: i64| format!("{all} ({some})");
    let committed: Vec<String> = overview.committed.iter().map(|money| money.full()).collect();
    let mut rows = vec![
        of(text("Vendors (active)", "供应商（合作中）"), among(counts.vendors, counts.active)),
        of(text("Contracts (in force)", "合同（执行中）"), among(counts.contracts, counts.in_force)),
        of(text("Ending within 90 days", "90 天内到期"), counts.ending.to_string()),
        of(text("Committed a year", "年承诺额"), committed.join(", ")),
        of(text("Reviews (open)", "考核（未结）"), among(counts.reviews, counts.open_reviews)),
        of(
            text("Open risks (high, severe)", "未关闭风险（高、严重）"),
            among(counts.risks, counts.high_risks),
        ),
        of(
            text("Needs attention (snoozed)", "需要关注（已搁置）"),
            among(overview.due, i64::try_from(overview.snoozed.len()).unwrap_or(i64::MAX)),
        ),
    ];
    if let Some((score, _)) = overview.mean_score {
        rows.insert(4, of(text("Mean score", "平均分"), show::points(score)));
    }
    for line in &overview.attention {
        let what = crate::domain::list::ClosedList::label(line.what).in_(lang);
        let said = [line.code.as_str(), what, line.called(lang), line.vendor.as_str()];
        let said: Vec<&str> = said.into_iter().filter(|part| !part.is_empty()).collect();
        rows.push(vec![line.date.to_string(), said.join("  ")]);
    }
    rows
}
