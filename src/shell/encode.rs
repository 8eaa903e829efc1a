//! From changed cells to the bytes of a terminal, and few of them: over a slow line a key is
//! worth what it sends.
//!
//! The cursor's place is followed through text whose width every terminal agrees on, so no move
//! is sent where none is needed; runs of blanks are erased and not written; styles are sent as
//! the difference to the last one.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// Blanks from which on erasing is shorter than writing them.
const BLANKS: usize = 6;

/// What the terminal is known to be at.
#[derive(Debug, Default)]
pub struct Encoder {
    at: Option<(u16, u16)>,
    style: Look,
    used: bool,
}

/// How the next character would look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Default for Look {
    fn default() -> Self {
        Self { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() }
    }
}

impl Encoder {
    /// Whether nothing is known of the screen yet.
    #[must_use]
    pub const fn is_fresh(&self) -> bool {
        !self.used
    }

    /// Appends what draws these cells on a screen `width` cells wide.
    pub fn cells(&mut self, cells: &[(u16, u16, &Cell)], width: u16, out: &mut String) {
        self.used = true;
        let mut rest = cells;
        while let Some(((x, y, cell), after)) = rest.split_first() {
            let look = Look { fg: cell.fg, bg: cell.bg, modifier: cell.modifier };
            let blanks = blank_run(rest, look);
            if blanks >= BLANKS {
                self.go(*x, *y, out);
                self.look(look, out);
                let to_the_edge = usize::from(*x) + blanks >= usize::from(width);
                let _ = if to_the_edge { write!(out, "\x1b[K") } else { write!(out, "\x1b[{blanks}X") };
                rest = rest.get(blanks..).unwrap_or_default();
                continue;
            }
            self.go(*x, *y, out);
            self.look(look, out);
            out.push_str(cell.symbol());
            self.at = after_symbol(*x, *y, cell.symbol(), width);
            rest = after;
        }
    }

    /// Appends what makes the style plain, at the end of a frame.
    pub fn plain(&mut self, out: &mut String) {
        if self.style != Look::default() {
            out.push_str("\x1b[m");
            self.style = Look::default();
        }
    }

    /// Appends a move to a cell, the shortest that is sure.
    pub fn go(&mut self, x: u16, y: u16, out: &mut String) {
        match self.at {
            Some((at_x, at_y)) if at_y == y && at_x == x => return,
            Some((at_x, at_y)) if at_y == y && at_x < x => {
                let by = x - at_x;
                let _ = if by == 1 { write!(out, "\x1b[C") } else { write!(out, "\x1b[{by}C") };
            }
            Some((_, at_y)) if y == at_y + 1 && x == 0 => out.push_str("\r\n"),
            _ if x == 0 => {
                let _ = write!(out, "\x1b[{}H", y + 1);
            }
            _ => {
                let _ = write!(out, "\x1b[{};{}H", y + 1, x + 1);
            }
        }
        self.at = Some((x, y));
    }

    fn look(&mut self, wanted: Look, out: &mut String) {
        if wanted == self.style {
            return;
        }
        let from_here = steps(self.style, wanted);
        let from_plain = steps(Look::default(), wanted);
        let best = match from_here {
            Some(steps) if steps.len() <= from_plain.as_ref().map_or(0, String::len) + 2 => steps,
            _ => match from_plain {
                Some(steps) if !steps.is_empty() => format!("0;{steps}"),
                _ => String::new(),
            },
        };
        let _ = write!(out, "\x1b[{best}m");
        self.style = wanted;
    }
}

/// Cells that are sent again rather than moved over: a move takes four bytes.
const BRIDGE: usize = 3;

/// The cells that must be sent so that a screen that shows `before` shows `now`.
///
/// A wide character is one thing of two cells: when either half changes, on the screen as it is
/// or as it is to be, the whole of it is sent, and so is whatever it touched. Else a terminal
/// would keep half a character, or the ground of one.
#[must_use]
pub fn changes<'n>(before: &Buffer, now: &'n Buffer) -> Vec<(u16, u16, &'n Cell)> {
    let area = now.area;
    let mut changed = Vec::new();
    for y in area.top()..area.bottom() {
        let is_same = (area.left()..area.right()).all(|x| before.cell((x, y)) == now.cell((x, y)));
        if is_same {
            continue;
        }
        let (old, new) = (starts(before, y), starts(now, y));
        let mut dirty: Vec<bool> = (area.left()..area.right())
            .map(|x| {
                let at = usize::from(x - area.left());
                old.get(at) != new.get(at) || before.cell((x, y)) != now.cell((x, y))
            })
            .collect();
        while spread(&mut dirty, &old) | spread(&mut dirty, &new) {}
        bridge(&mut dirty, now, y);
        for (x, (is_dirty, start)) in (area.left()..).zip(dirty.iter().zip(&new)) {
            let leads = usize::from(x - area.left()) == *start;
            if let (true, true, Some(cell)) = (*is_dirty, leads, now.cell((x, y))) {
                changed.push((x, y, cell));
            }
        }
    }
    changed
}

/// For each cell of a row the place of the cell at which its character begins.
fn starts(buffer: &Buffer, y: u16) -> Vec<usize> {
    let mut starts = Vec::with_capacity(usize::from(buffer.area.width));
    for at in 0..usize::from(buffer.area.width) {
        let held = starts.last().copied().filter(|start| {
            let lead = buffer.area.left() + u16::try_from(*start).unwrap_or(0);
            let wide = buffer.cell((lead, y)).map_or(1, |cell| cell.symbol().width());
            at - start < wide.max(1)
        });
        starts.push(held.unwrap_or(at));
    }
    starts
}

/// Makes every cell of a character dirty of which one is. Whether that made a difference.
fn spread(dirty: &mut [bool], starts: &[usize]) -> bool {
    let mut grew = false;
    for at in 1..starts.len().min(dirty.len()) {
        let same = starts.get(at) == starts.get(at - 1);
        let pair = (dirty.get(at - 1).copied(), dirty.get(at).copied());
        if same && pair.0 != pair.1 {
            for place in [at - 1, at] {
                if let Some(cell) = dirty.get_mut(place) {
                    *cell = true;
                }
            }
            grew = true;
        }
    }
    grew
}

/// Makes the few unchanged cells between two changed ones dirty where sending them again is shorter
/// than a move over them: letters and blanks that look like what stands before them.
fn bridge(dirty: &mut [bool], now: &Buffer, y: u16) {
    let cell = |at: usize| now.cell((now.area.left() + u16::try_from(at).ok()?, y));
    let plain = |at: usize, like: &Cell| {
        cell(at).is_some_and(|cell| {
            cell.symbol().len() == 1 && (cell.fg, cell.bg, cell.modifier) == (like.fg, like.bg, like.modifier)
        })
    };
    let mut last: Option<usize> = None;
    for at in 0..dirty.len() {
        if dirty.get(at) != Some(&true) {
            continue;
        }
        if let Some(before) = last.filter(|before| at - before > 1 && at - before <= BRIDGE + 1)
            && let Some(like) = cell(before)
            && (before + 1..at).all(|gap| plain(gap, like))
        {
            for gap in dirty.iter_mut().take(at).skip(before + 1) {
                *gap = true;
            }
        }
        last = Some(at);
    }
}

/// The parameters that lead from one look to another; `None` when something must be taken off
/// that has no parameter of its own.
fn steps(from: Look, to: Look) -> Option<String> {
    let mut words: Vec<String> = Vec::new();
    let gone = from.modifier - to.modifier;
    let mut come = to.modifier - from.modifier;
    if gone.intersects(Modifier::BOLD | Modifier::DIM) {
        words.push("22".to_owned());
        // 22 takes both off; what stays is set again.
        come |= to.modifier & (Modifier::BOLD | Modifier::DIM);
    }
    for (modifier, word) in
        [(Modifier::UNDERLINED, "24"), (Modifier::REVERSED, "27"), (Modifier::ITALIC, "23")]
    {
        if gone.contains(modifier) {
            words.push(word.to_owned());
        }
    }
    let known = Modifier::BOLD | Modifier::DIM | Modifier::UNDERLINED | Modifier::REVERSED | Modifier::ITALIC;
    if !(gone - known).is_empty() {
        return None;
    }
    for (modifier, word) in [
        (Modifier::BOLD, "1"),
        (Modifier::DIM, "2"),
        (Modifier::ITALIC, "3"),
        (Modifier::UNDERLINED, "4"),
        (Modifier::REVERSED, "7"),
    ] {
        if come.contains(modifier) {
            words.push(word.to_owned());
        }
    }
    if from.fg != to.fg {
        words.push(colour(to.fg, 30));
    }
    if from.bg != to.bg {
        words.push(colour(to.bg, 40));
    }
    Some(words.join(";"))
}

/// The parameter of a colour; `base` is 30 for text, 40 for ground.
fn colour(colour: Color, base: u8) -> String {
    let plain = |n: u8| (base + n).to_string();
    let bright = |n: u8| (base + 60 + n).to_string();
    match colour {
        Color::Reset => (base + 9).to_string(),
        Color::Black => plain(0),
        Color::Red => plain(1),
        Color::Green => plain(2),
        Color::Yellow => plain(3),
        Color::Blue => plain(4),
        Color::Magenta => plain(5),
        Color::Cyan => plain(6),
        Color::Gray => plain(7),
        Color::DarkGray => bright(0),
        Color::LightRed => bright(1),
        Color::LightGreen => bright(2),
        Color::LightYellow => bright(3),
        Color::LightBlue => bright(4),
        Color::LightMagenta => bright(5),
        Color::LightCyan => bright(6),
        Color::White => bright(7),
        Color::Indexed(n) => format!("{};5;{n}", base + 8),
        Color::Rgb(r, g, b) => format!("{};2;{r};{g};{b}", base + 8),
    }
}

/// How many of the next cells are blanks of this look, each beside the last.
fn blank_run(cells: &[(u16, u16, &Cell)], look: Look) -> usize {
    let Some((first_x, first_y, _)) = cells.first() else { return 0 };
    // An erased cell keeps the ground and nothing else: lines under or through it would be lost.
    if !(look.modifier - (Modifier::BOLD | Modifier::DIM)).is_empty() {
        return 0;
    }
    cells
        .iter()
        .zip(0_u16..)
        .take_while(|((x, y, cell), n)| {
            let beside = *y == *first_y && x.checked_sub(*first_x) == Some(*n);
            beside && cell.symbol() == " " && cell.bg == look.bg && cell.modifier == look.modifier
        })
        .count()
}

/// Where the terminal is after a symbol, if every terminal agrees.
fn after_symbol(x: u16, y: u16, symbol: &str, width: u16) -> Option<(u16, u16)> {
    let mut chars = symbol.chars();
    let only = chars.next().filter(|_| chars.next().is_none())?;
    let sure = matches!(u32::from(only),
        0x20..=0x7e | 0xa1..=0x2ff | 0x370..=0x5cf | 0x2026 | 0x2500..=0x28ff
        | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xff01..=0xff60 | 0x20000..=0x3fffd);
    let next = x + u16::try_from(symbol.width()).ok()?;
    // Behind the last column terminals differ in where they stand.
    (sure && next < width).then_some((next, y))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

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
    ];

    fn style(n: u8) -> Style {
        match n % 6 {
            0 => Style::new(),
            1 => Style::new().fg(Color::Indexed(75)),
            2 => Style::new().fg(Color::White).bg(Color::Rgb(47, 65, 89)).add_modifier(Modifier::BOLD),
            3 => Style::new().add_modifier(Modifier::REVERSED),
            4 => Style::new().fg(Color::Red).add_modifier(Modifier::DIM),
            _ => Style::new().add_modifier(Modifier::UNDERLINED | Modifier::BOLD),
        }
    }

    fn frame(lines: &[Vec<(usize, u8)>]) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
        for (y, line) in (0..HEIGHT).zip(lines) {
            let mut x = 0;
            for (word, look) in line {
                x = buffer
                    .set_stringn(x, y, WORDS[word % WORDS.len()], usize::from(WIDTH - x), style(*look))
                    .0;
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
                if symbol != " " {
                    prop_assert_eq!(
                        seen.bold(),
                        cell.modifier.contains(Modifier::BOLD),
                        "bold at {},{}",
                        x,
                        y
                    );
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
                encoder.cells(&changes(&before, &now), WIDTH, &mut out);
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
        Encoder::default().cells(&changes(&before, &now), WIDTH, &mut out);
        assert_eq!(out, "\x1b[1;2H\x1b[15X");
        let mut out = String::new();
        let mut encoder = Encoder { at: Some((3, 1)), ..Encoder::default() };
        encoder.go(8, 1, &mut out);
        encoder.go(0, 2, &mut out);
        assert_eq!(out, "\x1b[5C\r\n");
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
            Encoder::default().cells(&changes(before, now), WIDTH, &mut out);
            out
        };
        let plain = Style::new();
        assert_eq!(sent(&lines("ab cdefg", plain), &lines("xb yd12z", plain)), "\x1b[1Hxb yd12z");
        let bold = style(1);
        assert_eq!(sent(&lines("abc", bold), &lines("axcx", bold)), "\x1b[1;2Hx\x1b[Cx");
    }
}
