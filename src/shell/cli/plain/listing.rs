//! Lists of numbered lines: what needs attention, hits, records of a kind, changes.

use std::collections::VecDeque;

use super::{Session, commands};
use crate::domain::calendar::Calendar;
use crate::domain::day::Span;
use crate::domain::list::ClosedList as _;
use crate::entity::order::Order;
use crate::entity::{Head, Kind, Ref, Sense, Table, Value, filter, show};
use crate::register::{Anchor, Attention, Event, Found, KINDS, PUT_AWAY_NOTE, Query, Shelves};
use crate::shell::cli::stop::Stop;
use crate::shell::cli::{card, plain::card::cell_words};
use crate::shell::clock;
use crate::texts::{Lang, Sentence, Text, text};

/// Lines of a list that are told at once: as many as one keeps in mind, or reads on a braille line.
const PAGE: usize = 10;
/// Rows whose day has passed that are brought up to date before a list is ordered by them.
const STALE_ROWS: usize = 2_000;

/// What was listed last.
#[derive(Default)]
pub(super) struct Listing {
    /// What each number stands for, from 1.
    numbered: Vec<Ref>,
    more: More,
}

/// What of a list was not told yet.
#[derive(Default)]
enum More {
    /// Nothing.
    #[default]
    None,
    /// Lines that are there already.
    Lines(VecDeque<(Ref, String)>),
    /// Records of a kind from a row on, of so many.
    Records(Box<Query>, u64, u64),
}

impl Session<'_> {
    /// Begins a list anew.
    fn begin(&mut self, more: More) {
        self.listing = Listing { numbered: Vec::new(), more };
    }

    /// Tells a line with its number.
    pub(super) fn number(&mut self, at: Ref, line: &str) -> Result<(), Stop> {
        self.listing.numbered.push(at);
        let line = format!("{} {line}", self.listing.numbered.len());
        self.say(&line)
    }

    /// Forgets what the numbers stood for: others follow.
    pub(super) fn number_anew(&mut self) {
        self.begin(More::None);
    }

    /// Opens what a number stands for.
    pub(super) fn open_number(&mut self, number: usize) -> Result<(), Stop> {
        let last = self.listing.numbered.len();
        match number.checked_sub(1).and_then(|at| self.listing.numbered.get(at)).copied() {
            Some(at) => self.open(at),
            None if last == 0 => Err(Stop::Usage(NOTHING_LISTED.into())),
            None => Err(Stop::Usage(Sentence::from(NO_NUMBER).with("last", last))),
        }
    }

    /// What has to be done, before anything else.
    pub(super) fn overview(&mut self) -> Result<(), Stop> {
        let store = self.desk.store_to_read()?;
        let overview = store.overview(0)?;
        let lines = store.attention(None, usize::try_from(overview.due).unwrap_or(usize::MAX))?;
        let says = Sentence::from(OVERVIEW).with("active", overview.counts.active);
        self.tell(says.with("due", overview.due))?;
        if !overview.snoozed.is_empty() {
            self.tell(Sentence::from(SNOOZED).with("n", overview.snoozed.len()))?;
        }
        let lang = self.lang();
        self.tell_lines(lines.iter().map(|line| (line.at, attention_words(line, lang))).collect())
    }

    fn tell_lines(&mut self, lines: VecDeque<(Ref, String)>) -> Result<(), Stop> {
        self.begin(More::Lines(lines));
        self.more()
    }

    /// The next lines of what is listed.
    pub(super) fn more(&mut self) -> Result<(), Stop> {
        match std::mem::take(&mut self.listing.more) {
            More::None => Err(Stop::Usage(NO_MORE.into())),
            More::Lines(mut lines) => {
                for (at, line) in lines.drain(..PAGE.min(lines.len())).collect::<Vec<_>>() {
                    self.number(at, &line)?;
                }
                let left = lines.len();
                if left > 0 {
                    self.listing.more = More::Lines(lines);
                }
                self.tell_left(left)
            }
            More::Records(query, next, total) if next >= total => {
                // Kept, so that it can still be sorted.
                self.listing.more = More::Records(query, next, total);
                Err(Stop::Usage(NO_MORE.into()))
            }
            More::Records(query, next, _) => self.records(*query, next),
        }
    }

    fn tell_left(&mut self, left: usize) -> Result<(), Stop> {
        if left == 0 { Ok(()) } else { self.tell(Sentence::from(MORE).with("n", left)) }
    }

    /// Finds anything.
    pub(super) fn find(&mut self, words: &str) -> Result<(), Stop> {
        if words.is_empty() {
            return Err(Stop::Usage(FIND_WHAT.into()));
        }
        let found = self.desk.store_to_read()?.find(words, KINDS)?;
        let lang = self.lang();
        self.tell(Sentence::from(if found.is_empty() { NO_HIT } else { FOUND }).with("n", found.len()))?;
        self.tell_lines(found.iter().map(|hit| (hit.at, hit_words(hit, lang))).collect())
    }

    /// Lists the records of a kind, narrowed by a filter.
    pub(super) fn list(&mut self, rest: &str) -> Result<(), Stop> {
        let (word, typed) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let (shelf, typed) = match typed.trim().strip_prefix("archived") {
            Some(typed) => (Shelves::Archived, typed),
            None => (Shelves::Open, typed),
        };
        let kind = self.kind(word)?;
        let mut store = self.desk.store_to_read()?;
        let asked = filter::read(kind.table(), typed.trim(), &self.desk.reading(&store)?);
        if let Some(problem) = asked.problem(kind.table()) {
            return Err(Stop::Usage(problem));
        }
        if store.is_writable() {
            store.refresh_stale(STALE_ROWS)?;
        }
        let query = Query {
            kind,
            scope: None,
            filter: asked.asked(),
            order: kind.table().order,
            then: None,
            extra: Vec::new(),
            shelf,
            anchor: Anchor::First,
            reach: (0, 0),
        };
        self.records(query, 0)
    }

    /// The kind that a word names; all of them where it names none.
    pub(super) fn kind(&self, word: &str) -> Result<Kind, Stop> {
        let lang = self.lang();
        let word = commands::folded(word, &self.desk.board);
        let shown = |kind: &Kind| {
            [kind.table().one, kind.table().many].iter().any(|name| name.in_(lang).to_lowercase() == word)
        };
        let kinds = || Kind::ALL.iter().copied().filter(|kind| *kind != Kind::Setting);
        Kind::from_word(&word).or_else(|| kinds().find(shown)).ok_or_else(|| {
            let words = kinds().map(|kind| kind.table().plural).collect::<Vec<_>>().join(", ");
            Stop::Usage(Sentence::from(WHICH_KIND).with("kinds", words))
        })
    }

    /// Sorts the listed records, as `ends`, `-score` or `tier,-score` says.
    pub(super) fn sort(&mut self, key: &str) -> Result<(), Stop> {
        let More::Records(query, ..) = &self.listing.more else { return Err(Stop::Usage(SORT_WHAT.into())) };
        let mut query = query.clone();
        let order = Order::read(query.kind.table(), key).map_err(Stop::Usage)?;
        (query.order, query.then) = (order.first, order.then);
        self.records(*query, 0)
    }

    /// Tells the records of a list from a row on.
    fn records(&mut self, query: Query, from: u64) -> Result<(), Stop> {
        let store = self.desk.store_to_read()?;
        let table = query.kind.table();
        if from == 0 {
            self.begin(More::None);
            let count = store.count_matching(&query)?;
            let many = Sentence::from(LISTED).with_word("many", table.many).with("n", count);
            self.tell(many)?;
        }
        let page = store.page(&Query { anchor: Anchor::Row(from), reach: (0, PAGE), ..query.clone() })?;
        let lang = self.lang();
        for row in page.rows.iter().take(PAGE) {
            self.number(row.at, &format!("{}, {}", row_words(table, &row.cells, "", lang), row.code))?;
        }
        let total = match page.total {
            Some(total) => total,
            None => store.count_matching(&query)?,
        };
        let next = from + page.rows.len().min(PAGE) as u64;
        self.listing.more = More::Records(Box::new(query), next, total);
        self.tell_left(usize::try_from(total.saturating_sub(next)).unwrap_or(usize::MAX))
    }

    /// The changes of the open record, or of all.
    pub(super) fn history(&mut self, rest: &str) -> Result<(), Stop> {
        let store = self.desk.store_to_read()?;
        let events = match self.trail.last() {
            Some(at) if rest.is_empty() => store.history_of(*at)?,
            _ => store.history(crate::limits::HISTORY_EVENTS)?,
        };
        let lang = self.lang();
        self.tell_lines(events.iter().map(|event| (event.record, event_words(event, lang))).collect())
    }

    /// What is due up to a span from today, and what happens if nobody acts.
    pub(super) fn due(&mut self, rest: &str) -> Result<(), Stop> {
        let today = self.desk.opening.today;
        let until = match rest {
            "" => None,
            word => {
                let day = word.parse::<Span>().ok().and_then(|span| Calendar::weekends().after(today, span));
                Some(day.ok_or_else(|| Stop::Usage(Sentence::from(NO_SPAN).with("word", word)))?)
            }
        };
        let lines = self.desk.store_to_read()?.consequences(until)?;
        let lang = self.lang();
        self.tell(Sentence::from(DUE).with("n", lines.len()))?;
        let words = lines.iter().map(|(line, consequence)| {
            (line.at, format!("{}, {}. {}", attention_words(line, lang), line.date, consequence.in_(lang)))
        });
        self.tell_lines(words.collect())
    }
}

/// A line of what needs attention, in words.
fn attention_words(line: &Attention, lang: Lang) -> String {
    let n = line.days.abs().to_string();
    let when = match line.days {
        -1 => text("late 1 day", "逾期 1 天"),
        ..0 => text("late {n} days", "逾期 {n} 天"),
        0 => text("today", "今天"),
        1 => text("in 1 day", "还有 1 天"),
        _ => text("in {n} days", "还有 {n} 天"),
    };
    let when = when.fill(lang, &[("n", &n)]);
    let what = line.what.label().in_(lang).to_lowercase();
    let named = [when.as_str(), &what, &line.vendor, line.called(lang), &line.code];
    named.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn hit_words(hit: &Found, lang: Lang) -> String {
    let kind = hit.at.kind.table().one.in_(lang).to_lowercase();
    let mut parts = vec![hit.title.clone(), kind];
    parts.extend(hit.detail.iter().map(|value| show::full(value, lang)));
    if hit.archived {
        parts.push(PUT_AWAY_NOTE.in_(lang).to_owned());
    }
    parts.push(hit.code.clone());
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// A row of a list in words: what it is called, then each cell behind the name of its column, but for
/// the column that says what is `known`.
pub(super) fn row_words(table: &Table, cells: &[Value], known: &str, lang: Lang) -> String {
    let columns = table.columns.iter().map(|column| table.head(*column)).zip(cells);
    let is_told = |(_, (head, value)): &(usize, (Head, &Value))| !value.is_null() && head.key != known;
    let words = columns.enumerate().filter(is_told).map(|(nth, (head, value))| {
        let shown = cell_words(value, head.sense == Sense::Change, lang);
        if nth == 0 { shown } else { format!("{} {shown}", head.label.in_(lang)) }
    });
    words.collect::<Vec<_>>().join(", ")
}

fn event_words(event: &Event, lang: Lang) -> String {
    let turn = event.turn.label().map(|turn| turn.in_(lang).to_owned());
    let when = clock::zone().civil(&event.at);
    let parts = [
        Some(when),
        Some(event.actor.clone()),
        turn,
        Some(event.what().in_(lang).to_owned()),
        Some(event.code.clone()),
        Some(event.label.clone()),
        Some(card::changes(event)),
        event.reason.clone(),
    ];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

const OVERVIEW: Text = text(
    "{active} vendors active. {due} items need attention.",
    "合作中供应商 {active} 家，{due} 项需要关注。",
);
const SNOOZED: Text = text("{n} more snoozed or acknowledged.", "另有 {n} 项已搁置或知悉。");
const MORE: Text = text("{n} more: n lists them.", "还有 {n} 条：输入 n 继续。");
const NO_MORE: Text = text("There is nothing more to list.", "没有更多内容。");
const NOTHING_LISTED: Text =
    text("Nothing is listed: o lists what needs attention, f finds.", "尚未列出内容：o 列出待办，f 查找。");
const NO_NUMBER: Text = text("The numbers listed go from 1 to {last}.", "可选数字为 1 至 {last}。");
const FIND_WHAT: Text = text("Type f and what to find: f tysj.", "请输入 f 和要找的内容：f tysj。");
const NO_HIT: Text = text("Nothing was found; {n} hits.", "没有找到，共 {n} 条。");
const FOUND: Text = text("{n} found.", "找到 {n} 条。");
const LISTED: Text = text("{many}, {n}.", "{many}，{n} 条。");
const DUE: Text = text("{n} due.", "{n} 项到期。");
const WHICH_KIND: Text = text("Name a kind of record: {kinds}.", "请指明记录种类：{kinds}。");
const SORT_WHAT: Text =
    text("Only a list of records is sorted: l lists one.", "只有记录列表可以排序：用 l 列出。");
const NO_SPAN: Text = text(
    "“{word}” is not a length of time; write 30d, 20bd or 3m.",
    "“{word}”不是时长；请写 30d、20bd 或 3m。",
);
