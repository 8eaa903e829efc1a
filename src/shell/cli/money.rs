//! `vendeck contract money CODE`: plan, actual and forecast by month, total cost and saving.

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use crate::domain::cost::{Figures, KindSum, Row};
use crate::domain::list::ClosedList;
use crate::domain::money::{Currency, Money};
use crate::entity::Kind;
use crate::register::money::{Account, words};
use crate::shell::cli::output::Head;
use crate::shell::cli::stop::{Exit, Stop};
use crate::shell::cli::{Desk, records};
use crate::texts::Lang;

/// `vendeck contract money CODE`.
pub(super) fn run(desk: &mut Desk, kind: Kind, matches: &ArgMatches) -> Result<Exit, Stop> {
    let at = records::code(kind, matches, "code")?;
    let store = desk.store_to_read()?;
    let found = store.money(at).map_err(Stop::no_hit)?;
    let Some(account) = found else { return Ok(Exit::Done) };
    if desk.out.is_json() {
        desk.out.json(&in_json(&account, desk.lang))?;
        return Ok(Exit::Done);
    }
    print(desk, &account)?;
    Ok(Exit::Done)
}

fn in_json(account: &Account, lang: Lang) -> Json {
    let book = &account.book;
    let both = |figures: Figures| json!({ "own": amount(figures.own, book.own), "base": amount(figures.base, book.base) });
    let row = |row: Row| {
        json!({
            "plan": both(row.plan),
            "actual": both(row.actual),
            "difference": both(row.difference),
            "forecast": both(row.forecast),
        })
    };
    let months = book.months.iter().map(|month| {
        let mut json = row(month.row);
        if let Some(object) = json.as_object_mut() {
            object.insert("month".to_owned(), json!(month.first.format("%Y-%m").to_string()));
            object.insert("closed".to_owned(), json!(month.is_closed));
            object.insert("cumulative".to_owned(), both(month.cumulative));
        }
        json
    });
    let layers = book.layers.iter().map(|sum| (sum.layer.key().to_owned(), both(sum.figures)));
    let kinds = book.kinds.iter().map(|sum| {
        let mut json = row(sum.row);
        if let (false, Some(object)) = (book.has_forecast_by_kind(), json.as_object_mut()) {
            object.retain(|key, _| key == "plan" || key == "actual");
        }
        (sum.kind.map_or("several", ClosedList::key).to_owned(), json)
    });
    let invoices = account.invoices.iter().map(|sum| {
        json!({
            "currency": sum.currency.code(),
            "billed": amount(sum.billed, sum.currency),
            "paid": amount(sum.paid, sum.currency),
            "open": amount(sum.open, sum.currency),
            "overdue": amount(sum.overdue, sum.currency),
            "disputed": amount(sum.disputed, sum.currency),
        })
    });
    json!({
        "code": account.code,
        "currency": book.own.code(),
        "base_currency": book.base.code(),
        "starts_on": account.term.0.map(|day| day.to_string()),
        "last_day": account.term.1.map(|day| day.to_string()),
        "closed_on": book.closed_on().map(|day| day.to_string()),
        "months": months.collect::<Vec<_>>(),
        "total": row(book.total),
        "unbilled": both(book.unbilled),
        "layers": Json::Object(layers.collect()),
        "kinds": Json::Object(kinds.collect()),
        "tco": both(book.tco),
        "baseline": book.baseline.map(both),
        "saving": book.saving,
        "invoices": invoices.collect::<Vec<_>>(),
        "notes": account.notes.iter().map(|note| note.in_(lang)).collect::<Vec<_>>(),
    })
}

/// An amount as JSON has it; of more minor units than a number of JSON surely holds, its digits.
fn amount(minor: i128, currency: Currency) -> Json {
    let exact = i64::try_from(minor).map_or_else(|_| json!(minor.to_string()), |minor| json!(minor));
    json!({ "minor": exact, "currency": currency.code() })
}

fn print(desk: &mut Desk, account: &Account) -> Result<(), Stop> {
    let lang = desk.lang;
    let book = &account.book;
    desk.out.line(&format!("{}  {}", account.code, account.name))?;
    for line in account.heading() {
        desk.out.line(&format!("  {}", line.in_(lang)))?;
    }
    if book.months.iter().all(|month| month.parts.is_empty()) {
        desk.out.line(&format!("  {}", words::NOTHING.in_(lang)))?;
        return notes(desk, account);
    }
    let own = |minor: i128| Money::grouped(minor, book.own);
    let figures = |row: Row| [row.plan.own, row.actual.own, row.difference.own, row.forecast.own].map(own);
    let titles = [words::PLAN, words::ACTUAL, words::DIFFERENCE, words::FORECAST, words::CUMULATIVE];
    let heads = |first: &str, count: usize| {
        let first = Head::left(first);
        let titles = titles.iter().take(count).map(|title| Head::right(title.in_(lang)));
        std::iter::once(first).chain(titles).collect::<Vec<_>>()
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    for month in &book.months {
        let mut row = vec![month.first.format("%Y-%m").to_string()];
        let [plan, actual, difference, forecast] = figures(month.row);
        let or_blank = |has: bool, cell: String| if has { cell } else { String::new() };
        row.extend([plan, or_blank(month.has_bills(), actual)]);
        row.extend([or_blank(month.is_settled(), difference), forecast]);
        row.push(own(month.cumulative.own));
        rows.push(row);
    }
    let total = |row: Row, minor: fn(Figures) -> i128, currency: Currency| {
        let figures = [row.plan, row.actual, row.difference, row.forecast];
        let cells = figures.map(|figures| Money::grouped(minor(figures), currency));
        std::iter::once(format!("{} {currency}", words::TOTAL.in_(lang))).chain(cells).collect::<Vec<_>>()
    };
    rows.push(total(book.total, |figures| figures.own, book.own));
    if book.own != book.base {
        rows.push(total(book.total, |figures| figures.base, book.base));
    }
    desk.out.line("")?;
    desk.out.whole_table(&heads(words::MONTH.in_(lang), 5), &rows)?;
    // An invoice that names no kind settles the plan of all of them: then none has a forecast of its own.
    let columns = if book.has_forecast_by_kind() { 4 } else { 2 };
    let kind_row = |sum: &KindSum| {
        let label = sum.kind.map_or(words::SEVERAL_KINDS, ClosedList::label);
        std::iter::once(label.in_(lang).to_owned())
            .chain(figures(sum.row).into_iter().take(columns))
            .collect()
    };
    let kinds: Vec<Vec<String>> = book.kinds.iter().map(kind_row).collect();
    if !kinds.is_empty() {
        desk.out.line("")?;
        desk.out.whole_table(&heads(words::KIND.in_(lang), columns), &kinds)?;
    }
    costs(desk, account)?;
    invoices(desk, account)?;
    notes(desk, account)
}

/// The layers of total cost, and what is saved.
fn costs(desk: &mut Desk, account: &Account) -> Result<(), Stop> {
    let (lang, book) = (desk.lang, &account.book);
    let both = |label: &str, figures: Figures| {
        vec![label.to_owned(), Money::grouped(figures.own, book.own), Money::grouped(figures.base, book.base)]
    };
    let mut rows: Vec<Vec<String>> =
        book.layers.iter().map(|sum| both(sum.layer.label().in_(lang), sum.figures)).collect();
    rows.push(both(words::TCO.in_(lang), book.tco));
    rows.extend(book.baseline.map(|figures| both(words::BASELINE.in_(lang), figures)));
    let mut heads =
        vec![Head::left(words::LAYER.in_(lang)), Head::right(book.own.code()), Head::right(book.base.code())];
    if book.own == book.base {
        heads.pop();
        for row in &mut rows {
            row.pop();
        }
    }
    desk.out.line("")?;
    desk.out.whole_table(&heads, &rows)?;
    desk.out.line(&format!("{}  {}", words::SAVING.in_(lang), account.saving(lang)))
}

fn invoices(desk: &mut Desk, account: &Account) -> Result<(), Stop> {
    if account.invoices.is_empty() {
        return Ok(());
    }
    let lang = desk.lang;
    let titles = [words::BILLED, words::PAID, words::OPEN, words::OVERDUE, words::DISPUTED];
    let mut heads = vec![Head::left(words::INVOICES.in_(lang))];
    heads.extend(titles.map(|title| Head::right(title.in_(lang))));
    let rows: Vec<Vec<String>> = account
        .invoices
        .iter()
        .map(|sum| {
            let figures = [sum.billed, sum.paid, sum.open, sum.overdue, sum.disputed];
            let cells = figures.map(|minor| Money::grouped(minor, sum.currency));
            std::iter::once(sum.currency.code().to_owned()).chain(cells).collect()
        })
        .collect();
    desk.out.line("")?;
    desk.out.whole_table(&heads, &rows)
}

fn notes(desk: &mut Desk, account: &Account) -> Result<(), Stop> {
    if account.notes.is_empty() {
        return Ok(());
    }
    desk.out.line("")?;
    for note in &account.notes {
        desk.out.line(&format!("  {}", note.in_(desk.lang)))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_beyond_what_json_holds_is_its_digits() {
        assert_eq!(amount(5, Currency::CNY), json!({ "minor": 5, "currency": "CNY" }));
        let large = i128::from(i64::MAX) + 1;
        assert_eq!(amount(large, Currency::CNY)["minor"], json!(large.to_string()));
    }
}
