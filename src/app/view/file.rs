//! Views as a file: a table for each kind of record, with how its list was left and its views.
//!
//! Text in, views out, and the other way round; no file is touched here. What is not understood is
//! refused with its line and column: a view that shows other records than it says is worse.

use chrono::NaiveDate;
use toml_edit::{Document, Item, Table as Toml, Value};

use super::{Left, OfKind, Shown, View, Views, least_width};
use crate::app::timeline::has_timeline;
use crate::domain::money::{Currency, MoneyRules};
use crate::entity::input::Reading;
use crate::entity::{Kind, Order, Table, filter};
use crate::limits;
use crate::texts::{Sentence, Text, place_in, text};

/// What is wrong, and at which byte.
type Fault = (usize, Sentence);

/// The views of a text; `name` is how messages call the file.
///
/// # Errors
/// The sentence that names the file, the place and what is wrong.
pub fn parse(content: &str, name: &str) -> Result<Views, Sentence> {
    read(content).map_err(|(byte, why)| {
        let (line, column) = place_in(content, byte);
        let sentence = Sentence::from(AT).with("name", name).with("line", line).with("column", column);
        sentence.with_sentence("why", why)
    })
}

/// The text of a file with these views.
#[must_use]
pub fn print(views: &Views) -> String {
    let mut made = String::from(HEAD);
    for (kind, of) in views.kinds.iter().filter(|(_, of)| **of != OfKind::default()) {
        let table = kind.table();
        if let Some(start) = &of.start {
            made.push_str(&format!("\n[{}]\nstart = {}\n", table.word, quoted(start)));
        }
        let Left { order, columns, grouped, timeline } = of.last.clone();
        let left = View { order, columns, grouped, timeline, ..View::default() };
        if left != View::default() {
            made.push_str(&format!("\n[{}.last]\n{}", table.word, lines(table, &left)));
        }
        for view in &of.own {
            made.push_str(&format!("\n[[{}.views]]\n{}", table.word, lines(table, view)));
        }
    }
    made
}

fn lines(table: &Table, view: &View) -> String {
    let mut made = String::new();
    let mut line = |key: &str, value: String| made.push_str(&format!("{key} = {value}\n"));
    if !view.name.is_empty() {
        line("name", quoted(&view.name));
    }
    if !view.filter.is_empty() {
        line("filter", quoted(&view.filter));
    }
    if let Some(order) = view.order {
        line("sort", quoted(&order.write(table)));
    }
    if !view.columns.shown.is_empty() {
        let column = |shown: &Shown| quoted(&format!("{}:{}", table.head(shown.column).key, shown.width));
        let columns: Vec<String> = view.columns.shown.iter().map(column).collect();
        line("columns", format!("[{}]", columns.join(", ")));
        if view.columns.frozen > 0 {
            line("frozen", view.columns.frozen.to_string());
        }
    }
    if view.grouped {
        made.push_str("group = true\n");
    }
    if view.timeline {
        made.push_str("timeline = true\n");
    }
    made
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

fn read(content: &str) -> Result<Views, Fault> {
    let document = Document::parse(content).map_err(|error| {
        let what = error.message().lines().next().unwrap_or_default();
        (error.span().map_or(0, |span| span.start), Sentence::from(PLAIN).with("what", what))
    })?;
    let mut views = Views::default();
    for (word, item) in document.iter() {
        let at = start(document.as_table(), word);
        let kind = Kind::from_word(word).ok_or((at, Sentence::from(NO_KIND).with("word", word)))?;
        let toml = item.as_table().ok_or_else(|| (at, unknown(word)))?;
        let of = views.of_mut(kind);
        for (key, item) in toml {
            let at = start(toml, key);
            match (key, item) {
                ("start", item) => of.start = Some(string(item, at)?),
                ("last", Item::Table(last)) => {
                    let left = view(kind.table(), last, Naming::None)?;
                    of.last.order = left.order;
                    of.last.columns = left.columns;
                    of.last.grouped = left.grouped;
                    of.last.timeline = left.timeline;
                }
                ("views", Item::ArrayOfTables(all)) => {
                    for toml in all {
                        let view = view(kind.table(), toml, Naming::Name)?;
                        if of.own.iter().any(|known| known.name == view.name) {
                            let twice = Sentence::from(TWICE).with("name", view.name);
                            return Err((start(toml, "name"), twice));
                        }
                        of.own.push(view);
                    }
                }
                _ => return Err((at, unknown(key))),
            }
        }
    }
    Ok(views)
}

/// Whether a table has a name and a filter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Naming {
    Name,
    None,
}

fn view(table: &Table, toml: &Toml, naming: Naming) -> Result<View, Fault> {
    let mut view = View::default();
    for (key, item) in toml {
        let at = start(toml, key);
        let place = item.span().map_or(at, |span| span.start);
        match key {
            "name" if naming == Naming::Name => view.name = string(item, at)?,
            "filter" if naming == Naming::Name => view.filter = filter_of(table, string(item, at)?, place)?,
            "sort" => {
                let order = Order::read(table, &string(item, at)?).map_err(|why| (place, why))?;
                view.order = Some(order);
            }
            "columns" => view.columns.shown = columns(table, item, place)?,
            "frozen" => {
                let frozen = item.as_integer().and_then(|n| usize::try_from(n).ok());
                view.columns.frozen = frozen.ok_or((place, Sentence::from(NO_NUMBER)))?;
            }
            "timeline" if has_timeline(table) => {
                view.timeline = item.as_bool().ok_or((place, Sentence::from(NO_ANSWER)))?;
            }
            "group" => view.grouped = item.as_bool().ok_or((place, Sentence::from(NO_ANSWER)))?,
            _ => return Err((at, unknown(key))),
        }
    }
    let is_named = (1..=limits::VIEW_NAME).contains(&view.name.chars().count());
    if naming == Naming::Name && !is_named {
        let at = toml.span().map_or(0, |span| span.start);
        return Err((at, Sentence::from(NO_NAME).with("most", limits::VIEW_NAME)));
    }
    Ok(view)
}

/// A filter whose every term can be read, on whatever day.
fn filter_of(table: &Table, typed: String, at: usize) -> Result<String, Fault> {
    let today = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default();
    let reading = Reading { today, money: MoneyRules::of_base(Currency::CNY) };
    match filter::read(table, &typed, &reading).problem(table) {
        Some(why) => Err((at, why)),
        None => Ok(typed),
    }
}

fn columns(table: &Table, item: &Item, at: usize) -> Result<Vec<Shown>, Fault> {
    let all = item.as_array().ok_or((at, Sentence::from(NO_COLUMNS)))?;
    let mut shown: Vec<Shown> = Vec::new();
    for value in all {
        let at = value.span().map_or(at, |span| span.start);
        let word = value.as_str().ok_or((at, Sentence::from(NO_COLUMNS)))?;
        let (name, width) = word.split_once(':').map_or((word, None), |(name, width)| (name, Some(width)));
        let column = filter::column(table, name).map_err(|why| (at, why))?;
        let mut one = Shown::usual(table, column);
        if let Some(width) = width {
            let (least, most) = (least_width(table, column), limits::COLUMN_WIDTH.1);
            let width: Option<u16> = width.trim().parse().ok().filter(|width| (least..=most).contains(width));
            let says = || Sentence::from(NO_WIDTH).with("word", word).with("least", least).with("most", most);
            one.width = width.ok_or_else(|| (at, says()))?;
        }
        if shown.iter().any(|known| known.column == column) {
            return Err((at, Sentence::from(TWICE).with("name", name)));
        }
        shown.push(one);
    }
    Ok(shown)
}

fn string(item: &Item, at: usize) -> Result<String, Fault> {
    let at = item.span().map_or(at, |span| span.start);
    item.as_str().map(str::to_owned).ok_or((at, Sentence::from(NO_TEXT)))
}

/// The byte at which a key of a table begins.
fn start(table: &Toml, key: &str) -> usize {
    table.key(key).and_then(toml_edit::Key::span).map_or(0, |span| span.start)
}

fn unknown(key: &str) -> Sentence {
    Sentence::from(UNKNOWN).with("key", key)
}

const HEAD: &str = "# How lists are shown. Written by the program; a copy of it can be given to others.\n";
const AT: Text =
    text("{name}, line {line}, column {column}: {why}", "{name} 第 {line} 行第 {column} 列：{why}");
const PLAIN: Text = text("{what}.", "{what}。");
const NO_KIND: Text = text("There is no kind of record “{word}”.", "没有“{word}”这类记录。");
const UNKNOWN: Text = text(
    "“{key}” means nothing here; a kind takes start, last and views, a view name, filter, sort, columns, frozen and group, of contracts timeline.",
    "此处不认识“{key}”；每类可用 start、last、views，视图可用 name、filter、sort、columns、frozen、group，合同另可用 timeline。",
);
const TWICE: Text = text("“{name}” stands here twice.", "“{name}”重复。");
const NO_NUMBER: Text = text("This must be a number of columns.", "此处应为列数。");
const NO_ANSWER: Text = text("This must be true or false.", "此处应为 true 或 false。");
const NO_NAME: Text =
    text("A view needs a name of at most {most} characters.", "视图须有名称，至多 {most} 个字符。");
const NO_COLUMNS: Text = text(
    "This must be a list of columns, as [\"name:32\", \"score\"].",
    "此处应为列的列表，如 [\"name:32\", \"score\"]。",
);
const NO_WIDTH: Text = text(
    "“{word}”: a width is a number of cells from {least} to {most}.",
    "“{word}”：宽度为 {least} 至 {most} 的格数。",
);
const NO_TEXT: Text = text("This must be a text in quotes.", "此处应为引号中的文本。");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::Lang;

    const FILE: &str = r#"
[vendor]
start = "Mine"

[vendor.last]
sort = "tier,-score"
group = true
columns = ["name:40", "email"]
frozen = 1

[[vendor.views]]
name = "Mine"
filter = "state:active !tag:\"a b\""
sort = "-score"

[contract.last]
timeline = true

[[contract.views]]
name = "大额"
filter = "value:>1m"
timeline = true
"#;

    #[test]
    fn what_is_written_is_read_again() {
        let views = parse(FILE, "f").unwrap();
        let of = &views.kinds[&Kind::Vendor];
        assert_eq!((of.start.as_deref(), of.own.len(), of.last.columns.frozen), (Some("Mine"), 1, 1));
        assert_eq!(of.last.columns.shown[0].width, 40);
        assert_eq!(of.own[0].filter, "state:active !tag:\"a b\"");
        let contracts = &views.kinds[&Kind::Contract];
        assert!(contracts.last.timeline && contracts.own[0].timeline);
        assert_eq!(parse(&print(&views), "f"), Ok(views));
        assert_eq!(parse("", "f"), Ok(Views::default()));
        assert_eq!(parse(&print(&Views::default()), "f"), Ok(Views::default()));
    }

    #[test]
    fn what_is_not_understood_is_named_with_its_place() {
        for (content, says) in [
            ("[vendr]\n", "views.toml, line 1, column 2: There is no kind of record “vendr”."),
            ("[vendor]\nstrat = 'x'", "views.toml, line 2, column 1: “strat” means nothing here;"),
            ("[vendor]\nstart = 3", "views.toml, line 2, column 9: This must be a text"),
            (
                "[vendor.last]\nsort = 'shoe'",
                "views.toml, line 2, column 8: Vendors cannot be ordered by “shoe”",
            ),
            ("[vendor.last]\nname = 'x'", "views.toml, line 2, column 1: “name” means nothing here"),
            (
                "[vendor.last]\ncolumns = ['name', 'shoe']",
                "views.toml, line 2, column 20: Vendors have no column “shoe”",
            ),
            ("[vendor.last]\ncolumns = ['name:1000']", "views.toml, line 2, column 12: “name:1000”: a width"),
            (
                "[vendor.last]\ncolumns = ['name', 'Name']",
                "views.toml, line 2, column 20: “Name” stands here twice.",
            ),
            ("[vendor.last]\ntimeline = true", "views.toml, line 2, column 1: “timeline” means nothing here"),
            ("[vendor.last]\ngroup = 1", "views.toml, line 2, column 9: This must be true or false."),
            ("[vendor.last]\nfrozen = -1", "views.toml, line 2, column 10: This must be a number"),
            (
                "[[vendor.views]]\nname = 'x'\nfilter = 'ownr:a'",
                "views.toml, line 3, column 10: Vendors have no column",
            ),
            ("[[vendor.views]]\nfilter = 'a'", "views.toml, line 1, column 1: A view needs a name"),
            ("vendor = 3", "views.toml, line 1, column 1: “vendor” means nothing here"),
            ("[vendor\n", "views.toml, line 1, column 8: "),
        ] {
            let said = parse(content, "views.toml").unwrap_err().in_(Lang::En);
            assert!(said.starts_with(says), "{said}");
        }
    }
}
