//! Below a timeline: the contract under the cursor, and what happens unless somebody acts.

use crate::app::geometry::Layout;
use crate::app::state::State;
use crate::domain::contract::{Renewal, initial_term};
use crate::domain::list::ClosedList;
use crate::entity::{Contract, Kind, Record, Value, show, typed};
use crate::register::{Card, renewal};
use crate::texts::{Lang, Text, text};
use crate::ui::pen::Pen;
use crate::ui::theme::{Role, role_of};

/// Cells of number and title, where the chips need not stand nearer.
const TITLE: u16 = 62;
/// The most lines of the sentence.
const SENTENCE: usize = 2;

/// Draws what is told of the contract under the cursor.
pub(super) fn draw(state: &State, pen: &mut Pen) {
    let area = pen.area;
    let last = area.bottom().saturating_sub(1);
    let is_stacked = state.size.layout() == Layout::Stacked;
    if is_stacked {
        let legend = super::legend(state.lang, pen);
        super::draw_legend(&legend, area.x + 2, last, pen);
    }
    let Some(card) = state.selected_card().filter(|card| card.record.at.kind == Kind::Contract) else {
        return;
    };
    let Ok(contract) = typed::<Contract>(&card.record.values) else { return };
    let x = area.x + 2;
    let room = area.width.saturating_sub(3);
    title(&card.record, &contract, state.lang, pen);
    line(x, area.y + 1, &whose(&card.record, &contract, state), pen);
    let mut y = area.y + 2;
    if let Some(outlook) = renewal::outlook(&card.record, state.today) {
        for part in pen.measure.wrapped(&outlook.says.in_(state.lang), room).iter().take(SENTENCE) {
            pen.put(x, y, room, part, Role::Strong);
            y += 1;
        }
    }
    if y < last || (y == last && !is_stacked) {
        line(x, y, &around(card, &contract, state), pen);
    }
}

/// Number, title and code of the contract, where it stands and how it renews.
fn title(record: &Record, contract: &Contract, lang: Lang, pen: &mut Pen) {
    let area = pen.area;
    let x = area.x + 2;
    let end = pen.put_right(area.right().saturating_sub(1), area.y, 12, &record.code, Role::Muted);
    let mut chips: Vec<(String, Role)> = Vec::new();
    for key in ["badge", "state"] {
        if let Value::Choice(choice) = record.get(key) {
            chips.push((choice.label.in_(lang).to_owned(), role_of(choice.tone)));
        }
    }
    chips.extend(renews(contract, lang).map(|says| (says, Role::Text)));
    let wide = |says: &str, pen: &Pen| pen.width(says) + 3;
    let all: u16 = chips.iter().map(|(says, _)| wide(says, pen)).sum();
    let room = end.saturating_sub(x + 1);
    let mut at = x;
    if !contract.number.is_empty() {
        at = pen.put(at, area.y, room, &contract.number, Role::Strong) + 2;
    }
    // The chips say more than the end of a long title, and stand where they stood where there is room.
    let title = pen.width(&contract.title);
    let chips_at = (end.saturating_sub(all + 1)).min((x + TITLE).max(at + title + 2));
    pen.put(at, area.y, chips_at.saturating_sub(at + 2), &contract.title, Role::Strong);
    at = chips_at.max(at);
    for (says, role) in chips {
        if at + wide(&says, pen) <= end {
            at = pen.chip(at, area.y, wide(&says, pen), &says, role) + 1;
        }
    }
}

/// How the contract goes on at its end.
fn renews(contract: &Contract, lang: Lang) -> Option<String> {
    let renewal = contract.renewal?;
    Some(match (renewal, contract.renewal_term) {
        (Renewal::Auto, Some(term)) => {
            let term = show::full(&Value::Span(term), lang);
            text("Renews for {term}", "自动续约 {term}").fill(lang, &[("term", &term)])
        }
        _ => renewal.label().in_(lang).to_owned(),
    })
}

/// A part of a line: what it is, which may be blank, the value, and the cells it has. Parts stand where
/// they stood for the contract before: the eye finds them, and a step sends the values only.
type Part = (&'static str, String, u16);

/// Whose it is, from when to when, and for how much.
fn whose(record: &Record, contract: &Contract, state: &State) -> Vec<Part> {
    let lang = state.lang;
    let is_wide = state.size.layout() == Layout::Wide;
    let day = |key| show::full(record.get(key), lang);
    let (from, to) = (day("starts_on"), day("last_day"));
    let span = match (from.is_empty() || !is_wide, to.is_empty()) {
        (false, false) => text("{from} to {to}", "{from} 至 {to}"),
        (true, false) => text("to {to}", "至 {to}"),
        (false, true) => text("from {from}", "{from} 起"),
        (true, true) => text("", ""),
    };
    let vendor = contract.vendor.as_ref().map(|link| link.label.clone()).unwrap_or_default();
    let value = record.get("value");
    let term = initial_term(&contract.terms(), contract.working_days()).filter(|_| !value.is_null());
    let mut amount = if is_wide { show::full(value, lang) } else { show::short(value, lang) };
    if let Some(term) = term.filter(|_| is_wide) {
        let term = show::full(&Value::Span(term), lang);
        amount = text("{amount} for {term}", "{amount}（{term}）")
            .fill(lang, &[("amount", &amount), ("term", &term)]);
    }
    if state.look.measure().width(&amount) > AMOUNT {
        amount = show::short(value, lang);
    }
    let span = span.fill(lang, &[("from", &from), ("to", &to)]);
    if !is_wide {
        let owner = contract.owner.clone();
        return vec![("", vendor, 28), ("", span, 15), ("", amount, 13), (OWNER.in_(lang), owner, REST)];
    }
    // Of what was agreed for an unknown time it is not known what a year costs.
    let annual = term.map(|_| show::short(record.get("annual"), lang)).unwrap_or_default();
    vec![("", vendor, 34), ("", span, 26), ("", amount, AMOUNT), (A_YEAR.in_(lang), annual, REST)]
}

/// Who answers for it, and what else is known of it.
fn around(card: &Card, contract: &Contract, state: &State) -> Vec<Part> {
    let lang = state.lang;
    let codes = |kind: Kind| {
        let of_kind = card.related.iter().filter(|related| related.kind == kind);
        let codes: Vec<&str> =
            of_kind.clone().flat_map(|related| &related.rows).map(|record| record.code.as_str()).collect();
        let total: i64 = of_kind.map(|related| related.total).sum();
        let rest = total - i64::try_from(codes.len()).unwrap_or(total);
        let more = if rest > 0 { format!(" +{rest}") } else { String::new() };
        format!("{}{more}", codes.join(", "))
    };
    let notice = contract.notice.filter(|notice| notice.n > 0);
    let notice = notice.map(|span| show::full(&Value::Span(span), lang)).unwrap_or_default();
    let mut parts = vec![
        (NOTICE.in_(lang), notice, 26),
        (RISKS.in_(lang), codes(Kind::Risk), 33),
        (FILES.in_(lang), codes(Kind::File), REST),
    ];
    if state.size.layout() == Layout::Wide {
        parts.insert(0, (OWNER.in_(lang), contract.owner.clone(), 34));
    }
    parts
}

/// Draws parts, each from its own cell on; what is too long for its cells is cut, and the last is left out
/// then: it may be an amount, and a part of that is another.
fn line(x: u16, y: u16, parts: &[Part], pen: &mut Pen) {
    let end = pen.area.right().saturating_sub(1);
    let mut from = x;
    for (label, value, cells) in parts {
        let last = from.saturating_add(*cells).min(end);
        let lead = if label.is_empty() { 0 } else { pen.width(label) + 1 };
        let is_whole = *cells != REST || from + lead + pen.width(value) <= last;
        if !value.is_empty() && from < last && is_whole {
            let mut at = from;
            if !label.is_empty() {
                at = pen.put(at, y, last - at, label, Role::Muted) + 1;
            }
            pen.put(at, y, last.saturating_sub(at), &value.replace('\n', " "), Role::Text);
        }
        from = last + 2;
    }
}

/// Cells of an amount with the time it is for.
const AMOUNT: u16 = 33;
/// Cells up to the end of the line.
const REST: u16 = u16::MAX;
const OWNER: Text = text("Owner", "负责人");
const A_YEAR: Text = text("a year", "每年");
const NOTICE: Text = text("Notice", "通知期");
const RISKS: Text = text("Linked risks", "关联风险");
const FILES: Text = text("Files", "文件");
