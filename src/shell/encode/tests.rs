//! What is sent is what terminals show, and it is short.

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use super::*;

const WIDTH: u16 = 40;
const HEIGHT: u16 = 6;

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
    "╭─────━━━╮",
    "Иван",
    "– ·",
];

fn style(n: u8) -> Style {
    match n % 8 {
        0 => Style::new(),
        1 => Style::new().fg(Color::Indexed(75)),
        2 => Style::new().fg(Color::White).bg(Color::Rgb(47, 65, 89)).add_modifier(Modifier::BOLD),
        3 => Style::new().add_modifier(Modifier::REVERSED),
        4 => Style::new().fg(Color::Red).add_modifier(Modifier::DIM),
        5 => Style::new().fg(Color::Rgb(255, 255, 255)).add_modifier(Modifier::ITALIC),
        6 => Style::new().fg(Color::Rgb(154, 163, 178)).add_modifier(Modifier::UNDERLINED),
        _ => Style::new().add_modifier(Modifier::UNDERLINED | Modifier::BOLD),
    }
}

fn frame(lines: &[Vec<(usize, u8)>]) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
    for (y, line) in (0..HEIGHT).zip(lines) {
        let mut x = 0;
        for (word, look) in line {
            x = buffer.set_stringn(x, y, WORDS[word % WORDS.len()], usize::from(WIDTH - x), style(*look)).0;
        }
    }
    buffer
}

/// What two terminal emulators show must be the buffer, cell by cell.
fn compare(buffer: &Buffer, vt: &vt100::Parser, av: &avt::Terminal) -> Result<(), TestCaseError> {
    let lines: Vec<_> = av.screen().visible_lines().collect();
    for y in 0..HEIGHT {
        let mut x = 0;
        while x < WIDTH {
            let cell = &buffer[(x, y)];
            let symbol = cell.symbol();
            let wide = u16::try_from(symbol.width()).unwrap().max(1);
            let seen = vt.screen().cell(y, x).unwrap();
            let shown = if seen.contents().is_empty() { " " } else { seen.contents() };
            if symbol.chars().count() == 1 {
                prop_assert_eq!(shown, symbol, "vt100 at {},{}", x, y);
                prop_assert_eq!(
                    lines[usize::from(y)].cells()[usize::from(x)].char().to_string(),
                    symbol,
                    "avt at {},{}",
                    x,
                    y
                );
            }
            prop_assert_eq!(
                seen.inverse(),
                cell.modifier.contains(Modifier::REVERSED),
                "reversed at {},{}",
                x,
                y
            );
            let underlined = cell.modifier.contains(Modifier::UNDERLINED);
            prop_assert_eq!(seen.underline(), underlined, "underlined at {},{}", x, y);
            if symbol != " " {
                prop_assert_eq!(seen.bold(), cell.modifier.contains(Modifier::BOLD), "bold at {},{}", x, y);
                prop_assert_eq!(
                    seen.italic(),
                    cell.modifier.contains(Modifier::ITALIC),
                    "italic at {},{}",
                    x,
                    y
                );
                let ink = match cell.fg {
                    Color::Rgb(255, 255, 255) => vt100::Color::Idx(231),
                    Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
                    Color::Indexed(n) => vt100::Color::Idx(n),
                    Color::Red => vt100::Color::Idx(1),
                    Color::White => vt100::Color::Idx(15),
                    _ => vt100::Color::Default,
                };
                prop_assert_eq!(seen.fgcolor(), ink, "ink at {},{}", x, y);
            }
            let ground = match cell.bg {
                Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
                _ => vt100::Color::Default,
            };
            prop_assert_eq!(seen.bgcolor(), ground, "ground at {},{}", x, y);
            x += wide;
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("VENDECK_ROUNDS").is_some() { 2_000 } else { 150 }))]

    #[test]
    fn two_terminals_show_what_the_buffer_holds(frames in prop::collection::vec(prop::collection::vec(prop::collection::vec((0..WORDS.len(), any::<u8>()), 0..6), usize::from(HEIGHT)), 1..8)) {
        let mut vt = vt100::Parser::new(HEIGHT.try_into().unwrap(), WIDTH.try_into().unwrap(), 0);
        let mut av = avt::Terminal::new(usize::from(WIDTH), usize::from(HEIGHT)).unwrap();
        let mut encoder = Encoder::default();
        let mut before = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
        for lines in frames {
            let now = frame(&lines);
            let mut out = String::new();
            encoder.cells(&changes(&before, &now, Breadth::One), WIDTH, &mut out);
            encoder.plain(&mut out);
            vt.process(out.as_bytes());
            av.feed(&out);
            compare(&now, &vt, &av)?;
            before = now;
        }
    }
}

#[test]
fn blanks_are_erased_and_moves_are_short() {
    let mut before = Buffer::empty(Rect::new(0, 0, WIDTH, 2));
    before.set_string(0, 0, "abcdefghijklmnop", Style::new());
    let mut now = Buffer::empty(Rect::new(0, 0, WIDTH, 2));
    now.set_string(0, 0, "a", Style::new());
    let mut out = String::new();
    Encoder::default().cells(&changes(&before, &now, Breadth::One), WIDTH, &mut out);
    assert_eq!(out, "\x1b[1;2H\x1b[15X");
    let mut out = String::new();
    let mut encoder = Encoder { at: Some(At { x: 3, y: 1, drift: 0 }), width: WIDTH, ..Encoder::default() };
    encoder.go(8, 1, &mut out);
    encoder.go(0, 2, &mut out);
    encoder.go(9, 2, &mut out);
    encoder.go(4, 4, &mut out);
    encoder.go(4, 5, &mut out);
    encoder.go(4, 1, &mut out);
    assert_eq!(out, "\x1b[5C\r\n\x1b[9C\x1b[5D\n\n\n\x1b[2;5H");
}

#[test]
fn a_letter_between_changes_is_sent_again_not_moved_over() {
    let lines = |text: &str, style| {
        let mut buffer = Buffer::empty(Rect::new(0, 0, WIDTH, 1));
        buffer.set_string(0, 0, text, Style::new());
        buffer.set_style(Rect::new(2, 0, 1, 1), style);
        buffer
    };
    let sent = |before: &Buffer, now: &Buffer| {
        let mut out = String::new();
        Encoder::default().cells(&changes(before, now, Breadth::One), WIDTH, &mut out);
        out
    };
    let plain = Style::new();
    assert_eq!(sent(&lines("ab cdefg", plain), &lines("xb yd12z", plain)), "\x1b[1Hxb yd12z");
    let bold = style(1);
    assert_eq!(sent(&lines("abc", bold), &lines("axcx", bold)), "\x1b[1;2Hx\x1b[Cx");
}

/// A terminal that is set to draw ambiguous characters two cells wide: what begins at each cell.
struct Wide {
    cells: Vec<Vec<Option<char>>>,
    x: usize,
    y: usize,
}

impl Wide {
    fn new() -> Self {
        Self { cells: vec![vec![None; usize::from(WIDTH)]; usize::from(HEIGHT)], x: 0, y: 0 }
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
        if self.x + wide > usize::from(WIDTH) {
            (self.x, self.y) = (0, self.y + 1);
        }
        let row = &mut self.cells[self.y];
        let before = self
            .x
            .checked_sub(1)
            .filter(|at| row[*at].is_some_and(|c| Breadth::Two.cells(&c.to_string()) == 2));
        if let Some(half) = before {
            row[half] = None;
        }
        row[self.x..][..wide].fill(None);
        row[self.x] = Some(c);
        self.x += wide;
    }
}

proptest! {
    #[test]
    fn where_lines_are_two_cells_wide_all_other_text_stands_at_its_place(
        lines in prop::collection::vec(prop::collection::vec((0..WORDS.len(), any::<u8>()), 0..8), usize::from(HEIGHT) - 1),
    ) {
        let now = frame(&lines);
        let mut out = String::new();
        Encoder::default().cells(&changes(&Buffer::empty(now.area), &now, Breadth::One), WIDTH, &mut out);
        let mut terminal = Wide::new();
        terminal.feed(&out);
        for (y, row) in (0..HEIGHT).zip(&terminal.cells) {
            for (x, seen) in (0..WIDTH).zip(row) {
                let symbol = now[(x, y)].symbol();
                if symbol != " " && taken(symbol, None) != Cells::OneOrTwo {
                    prop_assert_eq!(*seen, symbol.chars().next(), "at {},{} of {:?}", x, y, out);
                }
            }
        }
    }
}

#[test]
fn after_a_run_of_lines_the_place_is_set_once() {
    let mut now = Buffer::empty(Rect::new(0, 0, WIDTH, 2));
    now.set_string(0, 0, "╭─────╮ab…c", Style::new());
    now.set_string(0, 1, "……", Style::new());
    let mut out = String::new();
    let mut encoder = Encoder::default();
    encoder.cells(&changes(&Buffer::empty(now.area), &now, Breadth::One), WIDTH, &mut out);
    encoder.go(0, 1, &mut out);
    assert_eq!(out, "\x1b[1H╭─────╮\x1b[8Gab…\x1b[11Gc\r\n……\r");
    // Where the run may have left the row, only the whole place is sure.
    let mut now = Buffer::empty(Rect::new(0, 0, WIDTH, 1));
    now.set_string(0, 0, format!("{}a", "─".repeat(30)), Style::new());
    let mut out = String::new();
    Encoder::default().cells(&changes(&Buffer::empty(now.area), &now, Breadth::One), WIDTH, &mut out);
    assert_eq!(out, format!("\x1b[1H{}\x1b[1;31Ha", "─".repeat(30)));
}

#[test]
fn white_goes_by_its_number() {
    assert_eq!(colour(Color::Rgb(255, 255, 255), 30), "38;5;231");
    assert_eq!(colour(Color::Rgb(154, 163, 178), 30), "38;2;154;163;178");
}
