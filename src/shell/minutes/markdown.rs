//! The minutes of a meeting as a text in Markdown: scores, changes, notes, decisions, asks, who was there,
//! and a line for each vendor to acknowledge.
//!
//! Whatever stands in the register stands here as it was typed: nothing of it becomes a sign of Markdown.

use std::fmt::Write as _;

use crate::domain::action::ActionState;
use crate::domain::list::ClosedList;
use crate::domain::review::Outcome;
use crate::entity::{Record, ReviewRow, Value, show};
use crate::register::meeting::{Item, NONE, Session, Standing, change_words, value_words};
use crate::texts::{Lang, Text, text};

/// The minutes of a meeting.
pub(super) fn markdown(session: &Session, lang: Lang) -> String {
    let standings = session.standings(None);
    let mut out = String::new();
    heading(&mut out, session, lang);
    ranking(&mut out, session, &standings, lang);
    for (place, (item, standing)) in session.items.iter().zip(&standings).enumerate() {
        page(&mut out, place + 1, item, standing, lang);
    }
    let decisions = session.meeting.get("decisions").as_text();
    if !decisions.is_empty() {
        let _ = writeln!(out, "## {}\n\n{}\n", DECISIONS.in_(lang), said(decisions));
    }
    asks(&mut out, session, lang);
    out
}

/// A text in which nothing is a sign of Markdown; its lines stay lines.
fn said(text: &str) -> String {
    let lines = text.trim().lines().map(|line| escaped(line.trim()));
    lines.collect::<Vec<_>>().join("\\\n")
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in crate::clean::clean(text).chars() {
        if c.is_ascii_punctuation()
            && !matches!(c, '.' | ',' | '%' | '/' | ':' | '\'' | '(' | ')' | '"' | '-' | '+' | '=')
        {
            out.push('\\');
        }
        out.push(c);
    }
    // A number with a point or a bracket begins a list.
    let digits = out.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && matches!(out.as_bytes().get(digits), Some(b'.' | b')')) {
        out.insert(digits, '\\');
    }
    // At the head of a line these begin a list or a rule.
    if out.starts_with(['-', '+', '=']) {
        out.insert(0, '\\');
    }
    out
}

/// A text in a cell of a table: on one line.
fn cell(text: &str) -> String {
    escaped(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn heading(out: &mut String, session: &Session, lang: Lang) {
    let meeting = &session.meeting;
    let _ = writeln!(out, "# {}\n", cell(&meeting.label()));
    let facts = [
        (HELD, show::full(meeting.get("held_on"), lang)),
        (PERIOD, show::full(meeting.get("period"), lang)),
        (CHAIR, meeting.get("chair").as_text().to_owned()),
        (PRESENT, show::full(meeting.get("attendees"), lang)),
        (APOLOGIES, show::full(meeting.get("apologies"), lang)),
        (STATE, show::full(meeting.get("state"), lang)),
    ];
    for (label, value) in facts.into_iter().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(out, "- **{}**{}{}", label.in_(lang), COLON.in_(lang), cell(&value));
    }
    out.push('\n');
    let notes = meeting.get("notes").as_text();
    if !notes.is_empty() {
        let _ = writeln!(out, "{}\n", said(notes));
    }
}

fn ranking(out: &mut String, session: &Session, standings: &[Standing], lang: Lang) {
    let _ = writeln!(out, "## {}\n", RESULT.in_(lang));
    let heads = [RANK, VENDOR, TOTAL, CHANGE, GRADE, COVERAGE].map(|text| text.in_(lang));
    let _ = writeln!(out, "| {} |\n| ---: | --- | ---: | ---: | --- | ---: |", heads.join(" | "));
    for at in session.ranking(standings) {
        let (Some(item), Some(standing)) = (session.items.get(at), standings.get(at)) else { continue };
        let rank = standing.rank.map_or_else(|| NONE.to_owned(), |rank| rank.to_string());
        let coverage = standing.total.coverage_bp.map(Value::Weight);
        let _ = writeln!(
            out,
            "| {rank} | {} | {} | {} | {} | {} |",
            cell(&item.vendor.label()),
            total_words(standing),
            change_words(standing.change),
            grade_words(standing, lang),
            coverage.map_or_else(|| NONE.to_owned(), |value| show::full(&value, lang)),
        );
    }
    out.push('\n');
}

fn page(out: &mut String, place: usize, item: &Item, standing: &Standing, lang: Lang) {
    let vendor = cell(&item.vendor.label());
    let _ = writeln!(out, "## {place}. {vendor} ({}, {})\n", item.vendor.code, item.review.code);
    let before = item.before.as_ref().map(|before| {
        SINCE.fill(
            lang,
            &[
                ("change", &change_words(standing.change)),
                ("period", &before.period.to_string()),
                ("total", &show::points(before.total)),
            ],
        )
    });
    let _ = writeln!(
        out,
        "**{}**{}{}{}{}\n",
        TOTAL.in_(lang),
        COLON.in_(lang),
        total_words(standing),
        standing.total.grade.map(|grade| format!(", {}", grade.label().in_(lang))).unwrap_or_default(),
        before.map(|says| format!(", {says}")).unwrap_or_default(),
    );
    if standing.total.veto_failed {
        let _ = writeln!(out, "**{}**\n", VETO.in_(lang));
    }
    let heads = [CRITERION, WEIGHT, VALUE, POINTS, WAS, EVIDENCE].map(|text| text.in_(lang));
    let _ = writeln!(out, "| {} |\n| --- | ---: | ---: | ---: | ---: | --- |", heads.join(" | "));
    for line in &item.lines {
        let row = line.row();
        let points = match line.scored(None).outcome {
            Outcome::Points(points) => points.to_string(),
            _ => NONE.to_owned(),
        };
        let _ = writeln!(
            out,
            "| {} | {} | {} | {points} | {} | {} |",
            cell(&line.kpi.label()),
            row.weight.map(|weight| show::full(&Value::Weight(weight.0), lang)).unwrap_or_default(),
            cell(&value_words(line, &row, lang)),
            line.was.as_ref().map(|was| cell(&value_words(line, was, lang))).unwrap_or_default(),
            cell(&evidence(&row)),
        );
    }
    out.push('\n');
    long(out, NOTE, item.review.get("summary").as_text(), lang);
    long(out, DECISION, item.agenda.get("decision").as_text(), lang);
    list(out, AGREED, &item.since, lang);
    list(out, ASKS, &item.asks, lang);
    let _ = writeln!(out, "{}\n", ACKNOWLEDGED.fill(lang, &[("vendor", &vendor)]));
}

fn evidence(row: &ReviewRow) -> String {
    let mut parts = vec![row.evidence.as_str(), row.note.as_str()];
    if row.override_points.is_some() {
        parts.push(&row.override_reason);
    }
    parts.retain(|part| !part.is_empty());
    parts.join("; ")
}

fn long(out: &mut String, label: Text, words: &str, lang: Lang) {
    if !words.is_empty() {
        let _ = writeln!(out, "**{}**{}{}\n", label.in_(lang), COLON.in_(lang), said(words));
    }
}

fn list(out: &mut String, label: Text, actions: &[Record], lang: Lang) {
    if actions.is_empty() {
        return;
    }
    let _ = writeln!(out, "**{}**\n", label.in_(lang));
    for action in actions {
        let _ = writeln!(out, "- {}", action_words(action, lang));
    }
    out.push('\n');
}

/// An action with its owner, its day and how far it is.
fn action_words(action: &Record, lang: Lang) -> String {
    let mut parts = vec![cell(&action.label())];
    parts.extend(["owner", "due_on"].map(|key| cell(&show::full(action.get(key), lang))));
    let state = ActionState::from_key(action.get("state").as_key());
    parts.extend(
        state.filter(|state| *state != ActionState::Open).map(|state| state.label().in_(lang).to_owned()),
    );
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}

fn asks(out: &mut String, session: &Session, lang: Lang) {
    let mut asks = session.asks().peekable();
    if asks.peek().is_none() {
        return;
    }
    let _ = writeln!(out, "## {}\n", ALL_ASKS.in_(lang));
    let heads = [VENDOR, ASK, OWNER, DUE].map(|text| text.in_(lang));
    let _ = writeln!(out, "| {} |\n| --- | --- | --- | --- |", heads.join(" | "));
    for (item, ask) in asks {
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} |",
            cell(&item.vendor.label()),
            cell(&ask.label()),
            cell(ask.get("owner").as_text()),
            show::full(ask.get("due_on"), lang),
        );
    }
    out.push('\n');
}

fn total_words(standing: &Standing) -> String {
    standing.total.total.map_or_else(|| NONE.to_owned(), |score| score.to_string())
}

fn grade_words(standing: &Standing, lang: Lang) -> String {
    standing
        .total
        .grade
        .map_or_else(|| NOT_RATED.in_(lang).to_owned(), |grade| grade.label().in_(lang).to_owned())
}

const COLON: Text = text(": ", "：");
const HELD: Text = text("Held", "会议日期");
const PERIOD: Text = text("Period", "考核期");
const CHAIR: Text = text("Chair", "主持人");
const PRESENT: Text = text("Present", "出席");
const APOLOGIES: Text = text("Apologies", "请假");
const STATE: Text = text("State", "状态");
const RESULT: Text = text("Result", "评审结果");
const RANK: Text = text("Rank", "名次");
const VENDOR: Text = text("Vendor", "供应商");
const TOTAL: Text = text("Total", "总分");
const CHANGE: Text = text("Change", "变化");
const GRADE: Text = text("Grade", "等级");
const COVERAGE: Text = text("Scored", "评分覆盖");
const NOT_RATED: Text = text("not rated", "未评级");
const SINCE: Text = text("{change} since {period} ({total})", "较 {period}（{total}）变化 {change}");
const VETO: Text = text("A veto criterion failed.", "一票否决指标未达标。");
const CRITERION: Text = text("Criterion", "指标");
const WEIGHT: Text = text("Weight", "权重");
const VALUE: Text = text("Value", "评分");
const POINTS: Text = text("Points", "得分");
const WAS: Text = text("Was", "上期");
const EVIDENCE: Text = text("Evidence and notes", "依据与说明");
const NOTE: Text = text("Note", "纪要");
const DECISION: Text = text("Decision", "决定");
const DECISIONS: Text = text("Decisions of the meeting", "会议决定");
const AGREED: Text = text("Agreed last time", "上次约定");
const ASKS: Text = text("Asks", "要求");
const ALL_ASKS: Text = text("Asks of the meeting", "会议要求一览");
const ASK: Text = text("Ask", "要求");
const OWNER: Text = text("Owner", "负责人");
const DUE: Text = text("Due", "截止日期");
const ACKNOWLEDGED: Text = text(
    "Acknowledged for {vendor}: name \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_ date \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_",
    "{vendor} 确认：签字 \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_ 日期 \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_no_sign_of_markdown() {
        assert_eq!(cell("a | b\n<script>*x*"), "a \\| b \\<script\\>\\*x\\*");
        assert_eq!(said("- one\n# two"), "\\- one\\\n\\# two");
        assert_eq!(said("1. one\n  + two\n2) three"), "1\\. one\\\n\\+ two\\\n2\\) three");
    }
}
