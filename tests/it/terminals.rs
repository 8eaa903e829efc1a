//! What is sent is what terminals show: held against two emulators that nobody here wrote, and
//! against a model of a terminal that draws lines and quotation marks two cells wide.

use proptest::prelude::*;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;
use vendeck::app::look::{Glyphs, Look, ThemeName};
use vendeck::shell::encode::{Encoder, changes};
use vendeck::ui::pen::Pen;
use vendeck::ui::theme::{Depth, Role, Theme};
use vendeck::wrap::Breadth;

use crate::support::rounds;

/// A screen and the terminals that show it.
pub(crate) struct Terminals {
    shown: Buffer,
    encoder: Encoder,
    breadth: Breadth,
    shows: Shows,
}

enum Shows {
    Narrow(Box<(vt100::Parser, avt::Terminal)>),
    Wide(Wide),
}

impl Terminals {
    /// Terminals of this size that draw ambiguous characters so wide, as they told or have not told.
    pub(crate) fn new(width: u16, height: u16, breadth: Breadth, told: Option<Breadth>) -> Self {
        let shows = match breadth {
            Breadth::One => {
                let vt = vt100::Parser::new(height.try_into().unwrap(), width.try_into().unwrap(), 0);
                let av = avt::Terminal::new(usize::from(width), usize::from(height)).unwrap();
                Shows::Narrow(Box::new((vt, av)))
            }
            Breadth::Two => Shows::Wide(Wide::new(width, height)),
        };
        let mut encoder = Encoder::default();
        encoder.hear(told);
        Self { shown: Buffer::empty(Rect::new(0, 0, width, height)), encoder, breadth, shows }
    }

    /// Shows the next screen as the program would; the first cell that is not as it should be.
    pub(crate) fn show(&mut self, now: &Buffer) -> Result<(), String> {
        let mut out = String::new();
        let cells = changes(&self.shown, now, self.breadth);
        self.encoder.cells(&cells, now.area.width, &mut out);
        self.encoder.plain(&mut out);
        self.shown = now.clone();
        match &mut self.shows {
            Shows::Narrow(both) => {
                let (vt, av) = &mut **both;
                vt.process(out.as_bytes());
                av.feed(&out);
                narrow(now, vt, av)
            }
            Shows::Wide(wide) => {
                wide.feed(&out);
                wide.compare(now)
            }
        }
    }
}

/// Holds a screen against what both emulators show, cell by cell: signs, ink, ground and weight.
fn narrow(now: &Buffer, vt: &vt100::Parser, av: &avt::Terminal) -> Result<(), String> {
    let lines: Vec<_> = av.screen().visible_lines().collect();
    for y in 0..now.area.height {
        let mut x = 0;
        while x < now.area.width {
            let cell = &now[(x, y)];
            let seen = vt.screen().cell(y, x).unwrap();
            let other = lines[usize::from(y)].cells()[usize::from(x)];
            same_sign(cell, seen, other.char()).map_err(|what| format!("{what} at {x},{y}"))?;
            same_look(cell, seen).map_err(|what| format!("{what} at {x},{y} under {:?}", cell.symbol()))?;
            x += u16::try_from(cell.symbol().width().max(1)).unwrap();
        }
    }
    Ok(())
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, is: T, should: T) -> Result<(), String> {
    if is == should { Ok(()) } else { Err(format!("{what} is {is:?}, not {should:?}")) }
}

fn same_sign(cell: &Cell, seen: &vt100::Cell, other: char) -> Result<(), String> {
    let symbol = cell.symbol();
    let shown = if seen.contents().is_empty() { " " } else { seen.contents() };
    same("the sign of vt100", shown, symbol)?;
    // The other emulator keeps one character a cell.
    if symbol.chars().count() == 1 {
        same("the sign of avt", other.to_string().as_str(), symbol)
    } else {
        Ok(())
    }
}

fn same_look(cell: &Cell, seen: &vt100::Cell) -> Result<(), String> {
    let has = |modifier| cell.modifier.contains(modifier);
    same("reversed", seen.inverse(), has(Modifier::REVERSED))?;
    same("underlined", seen.underline(), has(Modifier::UNDERLINED))?;
    same("the ground", seen.bgcolor(), colour(cell.bg))?;
    if cell.symbol() == " " {
        return Ok(());
    }
    same("bold", seen.bold(), has(Modifier::BOLD))?;
    same("the ink", seen.fgcolor(), colour(cell.fg))
}

fn colour(colour: Color) -> vt100::Color {
    match colour {
        Color::Rgb(255, 255, 255) => vt100::Color::Idx(231),
        Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
        Color::Indexed(n) => vt100::Color::Idx(n),
        Color::Red => vt100::Color::Idx(1),
        Color::Blue => vt100::Color::Idx(4),
        Color::Magenta => vt100::Color::Idx(5),
        Color::LightRed => vt100::Color::Idx(9),
        Color::LightGreen => vt100::Color::Idx(10),
        Color::LightYellow => vt100::Color::Idx(11),
        Color::LightMagenta => vt100::Color::Idx(13),
        Color::LightCyan => vt100::Color::Idx(14),
        _ => vt100::Color::Default,
    }
}

/// A terminal that is set to draw ambiguous characters two cells wide: what begins at each cell.
struct Wide {
    cells: Vec<Vec<Option<char>>>,
    x: usize,
    y: usize,
}

impl Wide {
    fn new(width: u16, height: u16) -> Self {
        Self { cells: vec![vec![None; usize::from(width)]; usize::from(height)], x: 0, y: 0 }
    }

    fn feed(&mut self, out: &str) {
        let mut rest = out.chars().peekable();
        while let Some(c) = rest.next() {
            match c {
                '\r' => self.x = 0,
                '\n' => self.y += 1,
                '\x1b' => {
                    assert_eq!(rest.next(), Some('['));
                    let numbers: String =
                        std::iter::from_fn(|| rest.next_if(|c| !c.is_ascii_alphabetic())).collect();
                    self.control(rest.next().unwrap(), &numbers);
                }
                c => self.print(c),
            }
        }
    }

    fn control(&mut self, name: char, numbers: &str) {
        let number = |at: usize| numbers.split(';').nth(at).and_then(|n| n.parse().ok()).unwrap_or(1);
        match name {
            'H' => (self.y, self.x) = (number(0) - 1, number(1) - 1),
            'G' => self.x = number(0) - 1,
            'C' => self.x += number(0),
            'D' => self.x -= number(0),
            'K' => self.cells[self.y][self.x..].fill(None),
            'X' => self.cells[self.y][self.x..][..number(0)].fill(None),
            'm' => {}
            other => panic!("{other}"),
        }
    }

    fn print(&mut self, c: char) {
        let wide = Breadth::Two.cells(&c.to_string());
        if wide == 0 {
            return;
        }
        if self.x + wide > self.cells[self.y].len() {
            (self.x, self.y) = (0, self.y + 1);
        }
        let row = &mut self.cells[self.y];
        let is_wide = |c: char| Breadth::Two.cells(&c.to_string()) == 2;
        let before = self.x.checked_sub(1).filter(|at| row[*at].is_some_and(is_wide));
        if let Some(half) = before {
            row[half] = None;
        }
        row[self.x..][..wide].fill(None);
        row[self.x] = Some(c).filter(|c| *c != ' ');
        self.x += wide;
    }

    fn compare(&self, now: &Buffer) -> Result<(), String> {
        for y in 0..now.area.height {
            let mut x = 0;
            while x < now.area.width {
                let symbol = now[(x, y)].symbol();
                let should = symbol.chars().next().filter(|c| *c != ' ');
                let is = self.cells[usize::from(y)][usize::from(x)];
                same(&format!("the sign of a wide terminal at {x},{y}"), is, should)?;
                x += u16::try_from(Breadth::Two.cells(symbol).max(1)).unwrap();
            }
        }
        Ok(())
    }
}

const WIDTH: u16 = 40;
const HEIGHT: u16 = 8;

const WORDS: &[&str] = &[
    "供应商",
    "华为技术",
    "ACME Ltd",
    "，",
    "100",
    "a",
    "      ",
    " ",
    "风险",
    "│",
    "…",
    "▰▱",
    "é",
    "❯",
    "Иван",
    "– ·",
    "“合同”",
    "！",
    "12月31日",
    "①",
    "\u{202e}",
    "ｶﾅ",
    "한국",
];
const ROLES: &[Role] = &[
    Role::Text,
    Role::Muted,
    Role::Strong,
    Role::Accent,
    Role::Good,
    Role::Attention,
    Role::Bad,
    Role::Info,
    Role::Selected,
    Role::Match,
    Role::Heat(2),
];

/// A frame: lines of words in their roles, and perhaps a box over them with lines of its own.
#[derive(Debug, Clone)]
struct Frame {
    lines: Vec<Vec<(usize, usize)>>,
    popup: Option<(u16, u16, u16, u16)>,
    bar: Option<u16>,
}

fn frame() -> impl Strategy<Value = Frame> {
    let line = || prop::collection::vec((0..WORDS.len(), 0..ROLES.len()), 0..9);
    let popup = prop::option::of((0..WIDTH, 0..HEIGHT, 0..WIDTH, 0..=HEIGHT));
    let bar = prop::option::of(0..HEIGHT);
    (prop::collection::vec(line(), usize::from(HEIGHT)), popup, bar).prop_map(|(lines, popup, bar)| Frame {
        lines,
        popup,
        bar,
    })
}

impl Frame {
    fn drawn(&self, look: &Look, theme: &Theme) -> Buffer {
        let area = Rect::new(0, 0, WIDTH, HEIGHT);
        let mut buffer = Buffer::empty(area);
        let mut pen = Pen::new(&mut buffer, theme, look);
        self.lines_on(area, &mut pen);
        if let Some(y) = self.bar {
            pen.bar(Rect { y, height: 1, ..area }, Role::Selected);
        }
        if let Some((x, y, width, height)) = self.popup {
            let over = Rect { x, y, width, height }.intersection(area);
            pen.frame(over, "确认 “é”", "Enter … 关闭");
            let inside = Rect {
                x: over.x + 1,
                y: over.y + 1,
                width: over.width.saturating_sub(2),
                height: over.height.saturating_sub(2),
            };
            self.lines_on(inside.intersection(area), &mut pen);
        }
        buffer
    }

    fn lines_on(&self, area: Rect, pen: &mut Pen) {
        for (y, line) in (area.top()..area.bottom()).zip(&self.lines) {
            let mut x = area.x;
            for (word, role) in line {
                x = pen.put(x, y, area.right().saturating_sub(x), WORDS[*word], ROLES[*role]);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(u32::try_from(rounds(100, 4_000)).unwrap()))]

    #[test]
    fn every_terminal_shows_what_was_drawn(
        frames in prop::collection::vec(frame(), 1..9),
        (is_wide, has_told) in any::<(bool, bool)>(),
        name in prop::sample::select(&ThemeName::ALL[..]),
        depth in prop::sample::select(&[Depth::Mono, Depth::Basic, Depth::Indexed, Depth::True][..]),
    ) {
        let breadth = if is_wide { Breadth::Two } else { Breadth::One };
        let told = has_told.then_some(breadth);
        // Who knows without being told that the terminal is wide has it from the configuration.
        let glyphs = (is_wide && !has_told).then_some(Glyphs::Wide);
        let look = Look { theme: Some(name), glyphs, told, ..Look::default() };
        let theme = Theme::of(&look, depth);
        let mut terminals = Terminals::new(WIDTH, HEIGHT, breadth, told);
        for frame in &frames {
            prop_assert_eq!(terminals.show(&frame.drawn(&look, &theme)), Ok(()));
        }
    }
}
