//! `vendeck review compare | rank`: vendors side by side, and who stands where.

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use crate::domain::list::ClosedList;
use crate::domain::period::Period;
use crate::domain::review::Score;
use crate::entity::Kind;
use crate::register::review::standing::{Among, Compared, Comparison, Ranked, Ranking, Table};
use crate::register::review::{Line, Scored};
use crate::shell::cli::output::Head;
use crate::shell::cli::stop::{Exit, Stop};
use crate::shell::cli::{Desk, records, reviews};
use crate::texts::{Lang, Sentence, Text, text};

/// `vendeck review rank`.
pub(super) fn rank(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    let word = |id: &str| matches.get_one::<String>(id).cloned();
    let among =
        Among { class: word("class"), tier: word("tier"), owner: word("owner"), period: period(matches)? };
    let ranking = desk.store_to_read()?.ranking(&among)?;
    if desk.out.is_json() {
        desk.out.json(&ranking_json(&ranking, desk.lang))?;
        return Ok(Exit::Done);
    }
    print(desk, &ranking.table())
}

fn ranking_json(ranking: &Ranking, lang: Lang) -> Json {
    let ranked: Vec<Json> = ranking.ranked.iter().map(ranked_json).collect();
    let unrated = ranking.unrated.iter().map(|one| json!({ "vendor": one.code, "name": one.name }));
    let unrated: Vec<Json> = unrated.collect();
    let swing = ranking.swing.as_ref().map(|told| {
        json!({
            "kpi": told.word,
            "label": told.criterion.in_(lang),
            "change_bp": told.change_bp,
            "falls": told.falls.0,
            "rises": told.rises.0,
        })
    });
    json!({ "ranked": ranked, "not_rated": unrated, "smallest_change": swing })
}

fn ranked_json(one: &Ranked) -> Json {
    json!({
        "rank": one.rank,
        "vendor": one.code,
        "name": one.name,
        "review": crate::register::code_of(one.review),
        "period": one.period.map(|period| period.to_string()),
        "total_hundredths": one.total.hundredths(),
        "grade": one.grade.map(ClosedList::key),
        "change_hundredths": one.change,
    })
}

/// `vendeck review compare CODE…`.
pub(super) fn compare(desk: &mut Desk, matches: &ArgMatches) -> Result<Exit, Stop> {
    let vendors = records::codes(Kind::Vendor, matches)?;
    let period = period(matches)?;
    let compared = desk.store_to_read()?.comparison(&vendors, period).map_err(Stop::no_hit)?;
    if desk.out.is_json() {
        desk.out.json(&comparison_json(&compared, desk.lang))?;
        return Ok(Exit::Done);
    }
    print(desk, &compared.table())
}

fn comparison_json(compared: &Comparison, lang: Lang) -> Json {
    let vendor = |one: &Compared| {
        let mut json = json!({
            "vendor": one.code,
            "name": one.name,
            "review": one.scored.as_ref().map(|scored| scored.code.clone()),
            "period": one.scored.as_ref().and_then(|scored| scored.period).map(|period| period.to_string()),
            "trend_hundredths": one.scored.as_ref().and_then(Scored::trend),
        });
        let over_time = one.over_time().into_iter().map(
            |(period, total)| json!({ "period": period.to_string(), "total_hundredths": total.hundredths() }),
        );
        let over_time: Vec<Json> = over_time.collect();
        if let Some(object) = json.as_object_mut() {
            object.insert("over_time".to_owned(), json!(over_time));
            let parts = one.scored.as_ref().map(reviews::parts);
            let score = parts.and_then(|mut parts| parts.remove("score"));
            object.insert("score".to_owned(), score.unwrap_or(Json::Null));
        }
        json
    };
    let criterion = |line: &&Line| {
        let points = compared.vendors.iter().map(|one| {
            let row = one.scored.as_ref().and_then(|s| s.lines.iter().find(|other| other.kpi == line.kpi));
            let state = row.map_or("none", Line::state);
            let points = row.and_then(Line::points).map(Score::hundredths);
            let weight = row.map(|row| row.criterion.weight_bp);
            json!({ "vendor": one.code, "state": state, "points_hundredths": points, "weight_bp": weight })
        });
        json!({ "kpi": line.word, "label": line.name.in_(lang), "points": points.collect::<Vec<_>>() })
    };
    let vendors: Vec<Json> = compared.vendors.iter().map(vendor).collect();
    let criteria: Vec<Json> = compared.criteria().iter().map(criterion).collect();
    json!({ "vendors": vendors, "criteria": criteria })
}

/// The period that `--period` names.
fn period(matches: &ArgMatches) -> Result<Option<Period>, Stop> {
    let Some(word) = matches.get_one::<String>("period") else { return Ok(None) };
    let period =
        word.trim().parse().map_err(|_| Stop::Usage(Sentence::from(NO_PERIOD).with("word", word)))?;
    Ok(Some(period))
}

fn print(desk: &mut Desk, table: &Table) -> Result<Exit, Stop> {
    let lang = desk.lang;
    let head = |(at, head): (usize, &Sentence)| match (at, table.heads.len()) {
        (0 | 1, _) => Head::left(&head.in_(lang)),
        _ => Head::right(&head.in_(lang)),
    };
    let heads: Vec<Head> = table.heads.iter().enumerate().map(head).collect();
    let words = |cells: &Vec<Sentence>| cells.iter().map(|cell| cell.in_(lang)).collect::<Vec<_>>();
    let rows: Vec<Vec<String>> = table.rows.iter().map(|row| words(&row.cells)).collect();
    desk.out.line(&table.title.in_(lang))?;
    desk.out.whole_table(&heads, &rows)?;
    for note in &table.notes {
        desk.out.line(&note.in_(lang))?;
    }
    Ok(Exit::Done)
}

const NO_PERIOD: Text = text(
    "--period: “{word}” is no period; write it as 2026-Q1, 2026-03, 2026-H1 or 2026.",
    "--period：“{word}”不是考核期；请写作 2026-Q1、2026-03、2026-H1 或 2026。",
);
