//! Every screen as text, at six sizes, in both languages, with each set of signs, beside how it was:
//! `golden/`. The text of a screen is the same in every theme; which role each of its cells has stands
//! in files of its own, and what a role looks like in a theme in another.
//!
//! Drawn without a terminal, from the demo register on the tests' day. `UPDATE=1 cargo test screens`
//! writes the files anew; what changed in them is then looked at as any other change.

use std::collections::{BTreeSet, VecDeque};
use std::path::Path;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::Color;
use unicode_width::UnicodeWidthStr;
use vendeck::app::board::Board;
use vendeck::app::geometry::{GUTTER, Layout, Size};
use vendeck::app::key::sequence;
use vendeck::app::list::ListKey;
use vendeck::app::look::{Glyphs, Ground, Look, ThemeName};
use vendeck::app::settings::{Origin, Personal};
use vendeck::app::state::{Place, Setup, State};
use vendeck::app::view::arrange;
use vendeck::app::{Effect, Msg, update};
use vendeck::domain::money::Currency;
use vendeck::domain::zone::Zone;
use vendeck::entity::{Column, Kind, Ref, Shape, Value};
use vendeck::register::finding::{Finding, Severity};
use vendeck::register::import::{Holds, Job, Judged, Seen, SeenColumn, Told};
use vendeck::register::{Answer, Bulk, Misfit, Misfits, Refusal, Request, Write};
use vendeck::store::worker::answer;
use vendeck::store::{Access, Opening, Store};
use vendeck::texts::{Lang, text};
use vendeck::ui::glyph::{Signs, signs};
use vendeck::ui::theme::{Depth, Role, Theme};
use vendeck::ui::{self, Caret};
use vendeck::wrap::Breadth;

use crate::readme::without_clock;
use crate::support::{Desk, TODAY};
use crate::terminals::Terminals;

/// The screens, and the keys that lead there from the start.
const SCREENS: &[(&str, &str)] = &[
    ("overview", "j"),
    ("vendors", "2 j j"),
    ("contracts", "3 j"),
    ("reviews", "4 j"),
    ("risks", "5 j"),
    ("record of a vendor", "Ctrl-P t y s j Enter"),
    ("record of a contract", "3 j Enter"),
    ("checklist of an exit", "3 / R E C - 1 4 Enter g x Enter Space"),
    ("meeting, a vendor", ": M T - 0 0 0 1 Enter p"),
    (
        "meeting, measured criteria and an ask",
        ": M T - 0 0 0 1 Enter p Space Space Space Space a C o l d Tab M e i",
    ),
    ("meeting, tried", ": M T - 0 0 0 1 Enter p w 2 > -"),
    ("meeting, the ranking", ": M T - 0 0 0 1 Enter p G"),
    ("history of a record", "2 j g h"),
    ("form", "2 j e"),
    ("form of a new contract", "3 a"),
    ("what one does with a contract", "3 j m"),
    ("form of a notice", "3 j m Enter"),
    ("find anything", "Ctrl-P t y s j"),
    ("help", "?"),
    ("help searched", "2 ? a r c"),
    ("what may follow a key", "2 g"),
    ("menu of orders", "2 s"),
    ("order of two keys", "2 s j j j Enter"),
    ("columns of a list", "2 c j Space j f J"),
    ("columns of one's own", "2 c End Space Home j j + + + + K f k k Space j j j Space K K K K Esc ]"),
    ("groups of a list", "2 s j j Enter O G"),
    ("views of a list", "3 f j"),
    ("a list in a view", "3 f j Enter"),
    ("renewal timeline", "3 w j j Space"),
    ("renewal timeline, its months moved", "3 f Enter Right ] ] Left PgDn"),
    ("renewal timeline to its end", "3 w G"),
    ("renewal timeline in another order", "3 w s j Enter /"),
    ("the name of a view", "2 f s H i"),
    ("marked records", "2 j Space j Space"),
    ("a range being marked", "3 s j Enter v j j"),
    ("all marked and to be archived", "2 * d 3 Backspace 3"),
    ("marks out of sight", "2 * / t e n g y u n Enter d"),
    ("contracts narrowed by a column", "3 / e n d s : < 9 0 d Enter"),
    ("form for several", "3 Space Space Space e Tab Tab - Tab 法"),
    ("those that cannot", "2 j Space Space Space d j"),
    ("money of a contract by month", "3 / B P O - 0 7 7 Enter $"),
    ("money in two currencies", "3 / D A T - 0 4 1 Space ! s t a t e : s i g n e d Enter $ PgDn"),
    ("how a month comes about", "3 / D A T - 0 4 1 Space ! s t a t e : s i g n e d Enter $ k ="),
    ("total cost of a contract", "3 / B P O - 0 7 7 Enter $ Tab"),
    ("money where there is none", "3 / C L D Enter $"),
    ("how dates come about", "3 / C L D Enter ="),
    ("clauses of a contract", "3 / C L D Enter C G Up Up Up Up Up Up"),
    ("where a clause stands", "3 / C L D Enter C j Enter 4 . 2"),
    ("service levels of a contract", "3 / C L D Enter K j"),
    ("no service levels yet", "3 j j K"),
    ("filter", "2 / a l p"),
    ("filter as it is kept", "2 / r i s k : > = m e d i u m Space ! t a g : i t Space x x : 1 Enter"),
    ("filter and what may follow", "3 / e n d s : < 2 y Space s t a t e : Tab"),
    ("command line", ": l a n g"),
    ("hidden from onlookers", ": m a s k Enter 3 j Enter"),
    ("a form hidden from onlookers", ": m a s k Enter 2 j e Shift-Tab"),
    ("problems", ": p r o b l e m s Enter j"),
    ("a person erased?", ": C T - 0 0 0 1 Enter : e r a s e Enter c t"),
    ("settings", ", Down"),
    ("a setting edited", ", Enter d o l Down Down"),
    ("a setting that does not fit", ", Enter g o l d Enter"),
    ("settings of this machine", ", Down Down Down Down Down Down"),
    ("settings searched", ", 主 题"),
    ("import", ": i m p o r t Space a . x l s x Enter Up"),
    ("filter in Chinese", "2 / 云 客"),
    ("find anything in Chinese", "Ctrl-P 腾 云"),
    ("form with Chinese typed", "2 a 云 “ é ” ("),
    ("several choices of a field", "2 j e Tab Tab Tab Tab Tab Tab Space Space Down"),
    (
        "values that a field has",
        "2 a Shift-Tab Shift-Tab Shift-Tab Shift-Tab Shift-Tab Shift-Tab Shift-Tab Shift-Tab l i n",
    ),
    ("a long text being typed", "2 j e Shift-Tab Shift-Tab End"),
];

/// The settings of a machine.
fn personal() -> Vec<Personal> {
    let one = |key, value: &str, from| Personal { key, value: value.to_owned(), from };
    let file = || Origin::File("~/.config/vendeck/config.toml".to_owned());
    vec![
        one("lang", "en", Origin::Environment("LANG")),
        one("theme", "auto", Origin::Default),
        one("glyphs", "ascii", Origin::Flag("--ascii")),
        one("layout", "cyrillic, greek", Origin::Default),
        one("user", "mei.lin", file()),
        one("db", "~/register.db", Origin::Flag("--db")),
        one("config", "~/.config/vendeck/config.toml", Origin::Default),
        one("keymap", "~/.config/vendeck/keymap.toml", Origin::NotYet),
        one("views", "~/.config/vendeck/views.toml", Origin::NotYet),
        one("drafts", "~/.local/state/vendeck/drafts", Origin::Default),
    ]
}

const fn size(width: u16, height: u16) -> Size {
    Size { width, height }
}

const SIZES: [Size; 6] =
    [size(150, 42), size(120, 35), size(80, 24), size(60, 20), size(48, 16), size(36, 8)];

/// What else is drawn with: sizes at which lines and quotation marks take two cells, as Chinese
/// terminals may have it, and one at which there is ASCII alone.
const OTHERS: [(Lang, Glyphs, Size); 3] = [
    (Lang::Zh, Glyphs::Wide, size(80, 24)),
    (Lang::Zh, Glyphs::Wide, size(48, 16)),
    (Lang::En, Glyphs::Ascii, size(80, 24)),
];

/// How screens look on a terminal where these signs are drawn.
fn look_with(glyphs: Glyphs) -> Look {
    match glyphs {
        Glyphs::Unicode => Look { told: Some(Breadth::One), ..Look::default() },
        Glyphs::Wide => Look { told: Some(Breadth::Two), ..Look::default() },
        Glyphs::Ascii => Look { glyphs: Some(Glyphs::Ascii), ..Look::default() },
    }
}

/// What a check might find.
fn findings() -> Vec<Finding> {
    let found = |severity, code: &str, field: &str, en, zh| Finding {
        severity,
        rule: "record",
        code: code.to_owned(),
        field: field.to_owned(),
        sentence: text(en, zh).into(),
    };
    vec![
        found(
            Severity::Error,
            "",
            "event_record",
            "The register's own event_record is not as this program made it. Restore a backup.",
            "登记册结构 event_record 与本程序建立的不一致，请恢复备份。",
        ),
        found(
            Severity::Warning,
            "C-0003",
            "owner",
            "A contract in force has no owner. Set one.",
            "履行中的合同没有负责人，请指定。",
        ),
        found(
            Severity::Warning,
            "F-0002",
            "target",
            "There is no file /srv/contracts/2026/腾云数据-运维-补充协议.pdf. Correct the path, or archive the reference.",
            "文件 /srv/contracts/2026/腾云数据-运维-补充协议.pdf 不存在。请更正路径，或归档该条引用。",
        ),
    ]
}

/// What an act might be refused for.
fn misfits(bulk: &Bulk) -> Misfits {
    let why = [
        text("archived meanwhile", "已被归档"),
        text(
            "There is no move from Prospect to Approved. From here one can go to: in_review, rejected.",
            "不能从“潜在”变为“已批准”。可选：in_review、rejected。",
        ),
    ];
    let names = ["腾云数据 Tengyun Data", "Brightline Staffing"];
    let first = bulk.ids.iter().zip(names.iter().zip(why));
    let first = first.map(|(id, (name, why))| {
        let at = Ref { kind: bulk.kind, id: *id };
        Misfit { at, name: (*name).to_owned(), why: why.into() }
    });
    Misfits { of: bulk.ids.len(), count: 2, first: first.collect() }
}

/// What is told of a list of contracts.
fn a_list() -> [Told; 2] {
    let column = |name: &str, fills, samples: &[&str]| SeenColumn {
        name: name.to_owned(),
        samples: samples.iter().map(|sample| (*sample).to_owned()).collect(),
        fills,
    };
    let seen = Seen {
        kind: Kind::Contract,
        sheets: vec!["说明".to_owned(), "合同台账".to_owned()],
        sheet: 1,
        rows: 312,
        columns: vec![
            column("合同编号", Some("number"), &["0001", "0002", "0003"]),
            column("供应商名称", Some("vendor"), &["腾云数据", "Acme Support Services Ltd"]),
            column("Contract title, as in the ledger", Some("title"), &["运维", "Support 24x7"]),
            column("签订日期", Some("signed_on"), &["2026-03-31"]),
            column("合同金额", Some("value"), &["390万", "1,000.50"]),
            column("颜色", None, &["red", "green"]),
        ],
        notes: Vec::new(),
        dates: None,
        has: Holds { dates: true, amounts: true, bare_amounts: true },
        question: None,
    };
    let reason =
        "value: “31.65/MT” is not exactly one amount; type 3,900,000.00, 390万 or USD 5000.".to_owned();
    let judged = Judged {
        read: 312,
        imported: 300,
        changed: 4,
        unchanged: 7,
        rejected: 1,
        vendors_created: 12,
        first: vec![(17, reason)],
    };
    [Told::Seen(Box::new(seen)), Told::Tried(judged)]
}

/// The program without a terminal and without threads: every question is answered at once.
struct Headless<'s> {
    store: &'s Store,
    state: State,
}

impl<'s> Headless<'s> {
    fn start(store: &'s Store, size: Size, lang: Lang, look: Look) -> Self {
        let state = State::new(Setup {
            today: store.today(),
            zone: Zone::default(),
            lang,
            look,
            size,
            user: store.actor().to_owned(),
            register: "demo".to_owned(),
            read_only: false,
            base_currency: Currency::CNY,
            drafts: Vec::new(),
            keymap: vendeck::app::keymap::Keymap::default(),
            board: Board::default(),
            views: vendeck::app::view::Views::default(),
            personal: personal(),
        });
        let mut started = Self { store, state };
        let mut wanted = Vec::new();
        started.state.go(Place::Overview, &mut wanted);
        started.fulfil(wanted);
        started
    }

    fn press(mut self, keys: &str) -> Self {
        for key in sequence(keys).unwrap() {
            let wanted = update(&mut self.state, Msg::Key(key));
            self.fulfil(wanted);
        }
        self
    }

    fn fulfil(&mut self, wanted: Vec<Effect>) {
        let mut wanted = VecDeque::from(wanted);
        while let Some(effect) = wanted.pop_front() {
            if let Effect::Read(_, ticket, request) = effect {
                let answer = answer(self.store, &request).unwrap();
                wanted.extend(update(&mut self.state, Msg::Answered(ticket, answer)));
            } else if effect == Effect::Check {
                wanted.extend(update(&mut self.state, Msg::Checked(Ok(findings()))));
            } else if let Effect::Write(ticket, Write::Bulk(bulk)) = effect {
                let refused = Err(Refusal::Misfits(misfits(&bulk)));
                wanted.extend(update(&mut self.state, Msg::Written(ticket, refused)));
            } else if let Effect::Import(ticket, Job::Try(_)) = effect {
                let [seen, tried] = a_list();
                wanted.extend(update(&mut self.state, Msg::Import(ticket, seen)));
                wanted.extend(update(&mut self.state, Msg::Import(ticket, tried)));
            }
        }
    }

    fn drawn(&self) -> Buffer {
        self.drawn_in(&Theme::of(&self.state.look, Depth::True))
    }

    fn drawn_in(&self, theme: &Theme) -> Buffer {
        self.drawn_with_caret(theme).0
    }

    fn drawn_with_caret(&self, theme: &Theme) -> (Buffer, Caret) {
        let area = Rect::new(0, 0, self.state.size.width, self.state.size.height);
        let mut buffer = Buffer::empty(area);
        let caret = ui::draw(&self.state, theme, &mut buffer);
        (buffer, caret)
    }

    /// The screen in every theme, with every number of colours a terminal may have.
    fn in_every_theme(&self) -> impl Iterator<Item = ((ThemeName, Depth), Buffer)> {
        let depths = [Depth::Mono, Depth::Basic, Depth::Indexed, Depth::True];
        let all = ThemeName::ALL.into_iter().flat_map(move |name| depths.map(|depth| (name, depth)));
        all.map(|(name, depth)| {
            let look = Look { theme: Some(name), ..self.state.look };
            ((name, depth), self.drawn_in(&Theme::of(&look, depth)))
        })
    }
}

impl Headless<'_> {
    /// The labels of the columns of a list, in their order from the left.
    fn labels(&self, key: ListKey) -> Vec<&'static str> {
        let table = key.kind.table();
        let chosen = self.state.views.columns(key.kind);
        let across = self.state.lists[&key].across;
        let (placed, _) = arrange(table, &chosen, across, GUTTER, self.state.size.list_width() - 1);
        let chosen: Vec<Column> = placed.iter().map(|placed| placed.column).collect();
        let columns = if chosen.is_empty() { &table.columns } else { &chosen };
        columns.iter().map(|column| table.head(*column).label.in_(self.state.lang)).collect()
    }

    /// Whether all that stands below each other on this screen does.
    fn is_in_line(&self, buffer: &Buffer) -> Result<(), String> {
        let breadth = self.state.look.measure().breadth;
        has_whole_characters(buffer, breadth)?;
        is_what_terminals_show(buffer, &self.state.look)?;
        if self.state.look.glyphs() == Glyphs::Unicode {
            has_whole_boxes(buffer)?;
        }
        if self.state.size.layout() == Layout::Line || self.state.size.record_lines() > 1 {
            return Ok(());
        }
        if self.state.overlay.is_some() || self.state.form.is_some() || !self.state.pending.is_empty() {
            return Ok(());
        }
        match self.state.place() {
            Place::List(key) => {
                let signs = signs(self.state.look.glyphs());
                has_whole_lines(buffer, signs)?;
                if self.state.is_filtering() && self.state.size.list_head() < 3 {
                    // What may follow stands where the headings do else.
                    return Ok(());
                }
                let list = &self.state.lists[&key];
                if list.has_headings() || list.timeline.is_some() {
                    // Headings go across the columns; a timeline has months in their place.
                    return Ok(());
                }
                has_columns(buffer, &self.labels(key), signs)
            }
            _ => Ok(()),
        }
    }
}

/// Fails where a terminal would show anything else than was drawn.
fn is_what_terminals_show(buffer: &Buffer, look: &Look) -> Result<(), String> {
    let (width, height) = (buffer.area.width, buffer.area.height);
    Terminals::new(width, height, look.measure().breadth, look.told).show(buffer)
}

/// The rows of a screen as a terminal shows them: a wide character stands for two cells.
fn rows(buffer: &Buffer, breadth: Breadth) -> Vec<String> {
    let area = buffer.area;
    let row = |y| {
        let mut row = String::new();
        let mut x = area.left();
        while x < area.right() {
            let symbol = buffer[(x, y)].symbol();
            row.push_str(symbol);
            x += u16::try_from(breadth.cells(symbol).max(1)).unwrap();
        }
        row
    };
    (area.top()..area.bottom()).map(row).collect()
}

/// What stands at a cell.
fn at(buffer: &Buffer, x: u16, y: u16) -> &str {
    buffer.cell((x, y)).map_or("", |cell| cell.symbol())
}

fn cells(buffer: &Buffer) -> impl Iterator<Item = (u16, u16)> {
    let area = buffer.area;
    (area.top()..area.bottom()).flat_map(move |y| (area.left()..area.right()).map(move |x| (x, y)))
}

/// The first row behind `y` whose cell `x` holds one of these.
fn below(buffer: &Buffer, x: u16, y: u16, symbols: &[&str]) -> Option<u16> {
    (y + 1..buffer.area.bottom()).find(|y| symbols.contains(&at(buffer, x, *y)))
}

/// The cells of a row that hold a piece of an upright line.
fn uprights(buffer: &Buffer, y: u16, signs: &Signs) -> BTreeSet<u16> {
    (buffer.area.left()..buffer.area.right()).filter(|x| at(buffer, *x, y) == signs.wall).collect()
}

/// Nothing stands in the second cell of a wide character: a terminal would move the rest of the row.
fn has_whole_characters(buffer: &Buffer, breadth: Breadth) -> Result<(), String> {
    let area = buffer.area;
    for (x, y) in cells(buffer).filter(|(x, y)| breadth.cells(at(buffer, *x, *y)) == 2) {
        if x + 1 == area.right() || !matches!(at(buffer, x + 1, y), "" | " ") {
            return Err(format!("the wide character at {x},{y} is cut by {:?}", at(buffer, x + 1, y)));
        }
    }
    Ok(())
}

/// The sides of every box stand under its corners.
fn has_whole_boxes(buffer: &Buffer) -> Result<(), String> {
    for (x, y) in cells(buffer) {
        let foot = match at(buffer, x, y) {
            "╭" => "╰",
            "╮" => "╯",
            _ => continue,
        };
        let end = below(buffer, x, y, &[foot]).ok_or(format!("the box at {x},{y} has no {foot}"))?;
        if let Some(row) = (y + 1..end).find(|row| at(buffer, x, *row) != "│") {
            return Err(format!("the side of the box at {x},{y} is broken in row {row}"));
        }
    }
    Ok(())
}

/// The line between a list and its card goes through, from the frame's top to its bottom.
fn has_whole_lines(buffer: &Buffer, signs: &Signs) -> Result<(), String> {
    let (top, bottom) = (buffer.area.top() + 2, buffer.area.bottom() - 2);
    let lines = uprights(buffer, top, signs);
    match (top..bottom).find(|y| uprights(buffer, *y, signs) != lines) {
        Some(y) => {
            Err(format!("row {y} has lines at {:?}, the first at {lines:?}", uprights(buffer, y, signs)))
        }
        None => Ok(()),
    }
}

/// Between each two headings of a list there is a column of blanks, in every row.
fn has_columns(buffer: &Buffer, labels: &[&str], signs: &Signs) -> Result<(), String> {
    let area = buffer.area;
    let row = |y: u16| (area.left()..area.right()).map(|x| at(buffer, x, y)).collect::<Vec<_>>();
    // Where a label stands: a wide character is followed by an empty cell.
    let place = |y: u16, label: &str, from: u16| {
        let starts = |x: &u16| {
            row(y)[usize::from(*x)..].concat().replace(' ', "").starts_with(&label.replace(' ', ""))
        };
        (from..area.right()).filter(|x| at(buffer, *x, y) != " ").find(starts)
    };
    let heading =
        (area.top() + 2..area.bottom()).find(|y| labels.iter().take(2).all(|l| place(*y, l, 0).is_some()));
    let heading = heading.ok_or("the list has no headings")?;
    let last = below(buffer, area.left(), heading, &[signs.rule]).ok_or("the list has no end")?;
    let is_gap = |x: u16| (heading..last).all(|y| at(buffer, x, y) == " ");
    let mut before: Option<(&str, u16)> = None;
    for label in labels {
        let Some(start) = place(heading, label, before.map_or(0, |(_, end)| end)) else { continue };
        let end = start + u16::try_from(label.width()).unwrap();
        if let Some((left, from)) = before
            && !(from..start).any(is_gap)
        {
            return Err(format!("no gap goes through between {left} and {label}"));
        }
        before = Some((label, end));
    }
    Ok(())
}

/// All screens of one size in one language, each row checked to be in line.
fn shown(store: &Store, of: Size, lang: Lang, look: Look) -> String {
    let mut shown = String::new();
    for (name, keys) in SCREENS {
        let screen = Headless::start(store, of, lang, look).press(keys);
        let (buffer, caret) = screen.drawn_with_caret(&Theme::of(&look, Depth::True));
        let breadth = look.measure().breadth;
        let rows = rows(&buffer, breadth);
        assert_eq!(screen.is_in_line(&buffer), Ok(()), "{name}, {lang:?}, {of:?}\n{}", rows.join("\n"));
        // At the widest and the narrowest list all that is ever drawn is.
        let themes = [size(120, 35), size(48, 16)].contains(&of).then(|| screen.in_every_theme());
        for (theme, other) in themes.into_iter().flatten() {
            assert_eq!(
                self::rows(&other, breadth),
                rows,
                "{name}, {lang:?}, {of:?}: other words in {theme:?}"
            );
        }
        let caret = caret.map(|(x, y)| format!("   caret {x},{y}")).unwrap_or_default();
        shown.push_str(&format!("== {name}: {keys}{caret}\n"));
        for row in rows {
            shown.push_str(row.trim_end());
            shown.push('\n');
        }
    }
    without_clock(&shown)
}

/// What is hidden while others look on: each amount as it is written anywhere, who people outside are,
/// how to reach them, and a piece of every note.
fn secrets(store: &Store) -> BTreeSet<String> {
    let (mut all, mut open) = (BTreeSet::new(), String::new());
    for (kind, id) in Kind::ALL.iter().copied().flat_map(|kind| (1..120).map(move |id| (kind, id))) {
        let Ok(answer) = answer(store, &Request::Card(Ref { kind, id })) else { continue };
        let Answer::Card(card) = answer else { continue };
        let fields = card.record.table().fields.iter().zip(&card.record.values);
        for (meta, value) in fields.filter(|(_, value)| !value.is_null()) {
            match value {
                Value::Money(money) => {
                    all.extend([money.full_digits(), money.plain_digits(), money.short(), money.short_zh()]);
                }
                Value::Text(text) if meta.personal || meta.shape == Shape::Long => {
                    all.insert(text.chars().take(14).collect::<String>().trim().to_owned());
                }
                Value::Text(text) => open.push_str(text),
                _ => {}
            }
        }
    }
    // What is as short as this, or told elsewhere in the same words, is nothing to look for.
    all.retain(|secret| secret.width() > 4 && !open.contains(secret));
    all
}

/// The demo register, to be read.
fn demo(desk: &Desk) -> Store {
    let path = desk.path("demo.db");
    desk.ok(["demo", "--keep", path.to_str().unwrap()]);
    Store::open(&Opening {
        path,
        access: Access::Read,
        actor: "mei.lin".to_owned(),
        today: TODAY.parse().unwrap(),
        clock: String::new,
        currency: Currency::CNY,
    })
    .unwrap()
}

#[test]
fn what_is_hidden_from_onlookers_is_on_no_screen() {
    let desk = Desk::new();
    let store = demo(&desk);
    let secrets = secrets(&store);
    assert!(secrets.len() > 200, "{secrets:?}");
    let look = look_with(Glyphs::Unicode);
    let mut told = 0;
    let open = SCREENS.iter().filter(|(_, keys)| !keys.starts_with(": m a s k"));
    for (lang, (name, keys)) in Lang::ALL.into_iter().flat_map(|lang| open.clone().map(move |of| (lang, of)))
    {
        let on = |keys: &str| {
            let screen = Headless::start(&store, size(150, 42), lang, look).press(keys);
            rows(&screen.drawn(), Breadth::One).join("\n")
        };
        let found = |shown: &str| secrets.iter().find(|secret| shown.contains(*secret)).cloned();
        let masked = on(&format!(": m a s k Enter {keys}"));
        assert_eq!(found(&masked), None, "{name}\n{masked}");
        told += usize::from(found(&on(keys)).is_some());
    }
    assert!(told > 20, "what is looked for is on {told} screens that hide nothing");
}

/// Every role, and the sign that stands for it.
const ROLES: [(Role, char); 14] = [
    (Role::Text, ' '),
    (Role::Muted, '.'),
    (Role::Strong, 'S'),
    (Role::Accent, 'A'),
    (Role::Good, 'g'),
    (Role::Attention, '!'),
    (Role::Bad, 'x'),
    (Role::Info, 'i'),
    (Role::Selected, '#'),
    (Role::Frame, '-'),
    (Role::Heat(0), '0'),
    (Role::Heat(1), '1'),
    (Role::Heat(2), '2'),
    (Role::Heat(3), '3'),
];

/// All screens of one size as the roles of their cells.
fn roles(store: &Store, size: Size, lang: Lang) -> String {
    let look = look_with(Glyphs::Unicode);
    let theme = Theme::of(&look, Depth::True);
    let mut shown = String::new();
    for (name, keys) in SCREENS {
        let buffer = Headless::start(store, size, lang, look).press(keys).drawn();
        shown.push_str(&format!("== {name}: {keys}\n"));
        for y in 0..size.height {
            let row: String = (0..size.width).map(|x| role_of(&buffer[(x, y)], &theme)).collect();
            shown.push_str(row.trim_end());
            shown.push('\n');
        }
    }
    shown
}

/// The sign of the role that a cell is drawn in. A blank is one of text where nobody sees a difference.
fn role_of(cell: &Cell, theme: &Theme) -> char {
    let is_drawn_in = |role: Role| {
        let style = theme.style(role);
        let ink = style.fg.unwrap_or_default() == cell.fg && style.add_modifier == cell.modifier;
        (ink || cell.symbol() == " ") && style.bg.unwrap_or_default() == cell.bg
    };
    let found = ROLES.iter().find(|(role, _)| is_drawn_in(*role));
    found.map_or('?', |(_, sign)| *sign)
}

/// What each role looks like in each theme, on each ground, with so many colours.
fn themes() -> String {
    let colour = |colour: Option<Color>| colour.map_or_else(|| "-".to_owned(), |colour| colour.to_string());
    let mut shown = String::new();
    for name in ThemeName::ALL {
        for ground in [Ground::Dark, Ground::Light] {
            let look = Look { theme: Some(name), ground, ..Look::default() };
            for depth in [Depth::True, Depth::Indexed, Depth::Basic, Depth::Mono] {
                shown.push_str(&format!("== {} on {ground:?}, {depth:?}\n", name.word()));
                for (role, _) in ROLES.into_iter().chain([(Role::Match, 'm')]) {
                    let style = Theme::of(&look, depth).style(role);
                    let (ink, behind) = (colour(style.fg), colour(style.bg));
                    let weight = if style.add_modifier.is_empty() {
                        String::new()
                    } else {
                        format!("{:?}", style.add_modifier)
                    };
                    shown.push_str(
                        format!("{:<10} {ink:<13} {behind:<13} {weight}", format!("{role:?}")).trim_end(),
                    );
                    shown.push('\n');
                }
            }
        }
    }
    shown
}

/// Compares with a file of `golden/`, or writes it anew.
fn is_golden(name: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/golden").join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, made).unwrap();
    }
    let was = std::fs::read_to_string(&path).unwrap_or_default();
    let lines = made.lines().count().max(was.lines().count());
    let other = (0..lines).find(|line| made.lines().nth(*line) != was.lines().nth(*line));
    let told = other.map(|line| (line + 1, was.lines().nth(line), made.lines().nth(line)));
    assert_eq!(
        told, None,
        "line, was, is of {name}: UPDATE=1 cargo test screens, and look at the difference"
    );
}

#[test]
fn every_screen_is_as_it_was_and_nothing_is_out_of_line() {
    let desk = Desk::new();
    let store = demo(&desk);
    for lang in Lang::ALL {
        for size in SIZES {
            let name = format!("{}-{}x{}.txt", lang.word(), size.width, size.height);
            is_golden(&name, &shown(&store, size, lang, look_with(Glyphs::Unicode)));
        }
        for (_, glyphs, size) in OTHERS.into_iter().filter(|(of, ..)| *of == lang) {
            let name = format!("{}-{}x{}-{}.txt", lang.word(), size.width, size.height, glyphs.word());
            is_golden(&name, &shown(&store, size, lang, look_with(glyphs)));
        }
        is_golden(&format!("{}-roles.txt", lang.word()), &roles(&store, size(120, 35), lang));
    }
    is_golden("themes.txt", &themes());
}
